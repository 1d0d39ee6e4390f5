using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>What the query matched at one definition node.</summary>
internal sealed class Definition
{
    public required int Event { get; set; }

    public required int Start { get; set; }

    public required int End { get; set; }

    public CaptureRole Role { get; set; }

    public string? Form { get; set; }

    public string? Name { get; set; }

    public int NameStart { get; set; } = -1;

    public string? Receiver { get; set; }

    public int ReceiverStart { get; set; } = -1;

    public int BodyStart { get; set; } = -1;

    public (int Start, int End)? Documentation { get; set; }

    public List<(int Start, string Text)>? Parameters { get; set; }

    public bool HasErrors { get; set; }

    /// <summary>Whether it may take its name from what is around it.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>What may name it; null unless <see cref="IsAnonymous"/>.</summary>
    public NamesAround? Around { get; set; }

    /// <summary>
    /// Whether it goes by a name that nobody can call it by: the call that it is handed to, or its file. Such a name is
    /// taken whole.
    /// </summary>
    public bool IsNamedByPlace { get; set; }

    /// <summary>Whether later definitions of the same name that follow directly continue this one.</summary>
    public bool Joins { get; set; }

    /// <summary>Whether several definitions were joined into this one.</summary>
    public bool IsJoined { get; set; }

    /// <summary>The most recently read definition directly inside this one.</summary>
    public Definition? LastChild { get; set; }

    /// <summary>The innermost enclosing definition, including scopes.</summary>
    public Definition? Parent { get; set; }

    /// <summary>Number of enclosing definitions.</summary>
    public int Depth { get; set; }

    /// <summary>The innermost wrapper around the definition, inside its parent.</summary>
    public Wrapper? Wrapper { get; set; }

    /// <summary>Index among the file's snippets; -1 for scopes.</summary>
    public int Index { get; set; } = -1;

    public string? QualifiedName { get; set; }

    /// <summary>Whether it is a scope of tests; null before anybody asked.</summary>
    public bool? IsTest { get; set; }

    public bool IsType => Role is CaptureRole.Structure or CaptureRole.Interface or CaptureRole.Enumeration or CaptureRole.Extension;

    public bool IsSnippet => Role switch
    {
        CaptureRole.Scope or CaptureRole.Extension => false,
        CaptureRole.Declaration => (BodyStart >= 0 && (IsJoined || Parent is { IsType: true }))
            || Parent is { Role: CaptureRole.Interface },
        _ => true,
    };

    /// <summary>Merges a following definition of the same name: another equation, or the body of a type signature.</summary>
    public void Join(Definition next)
    {
        if (next.Role > Role)
        {
            (Role, Form) = (next.Role, next.Form ?? Form);
        }

        End = next.End;
        BodyStart = BodyStart < 0 ? next.BodyStart : BodyStart;
        Parameters ??= next.Parameters;
        Documentation ??= next.Documentation;
        HasErrors |= next.HasErrors;
        IsJoined = true;
    }
}

/// <summary>A node that belongs to the only definition inside it: <c>export …</c>, <c>const … =</c>, decorators.</summary>
internal sealed class Wrapper
{
    public required int Event { get; init; }

    public required int Start { get; init; }

    public required int End { get; set; }

    public Wrapper? Outer { get; init; }

    /// <summary>Number of definitions directly inside, without nested ones.</summary>
    public int Definitions { get; set; }
}
