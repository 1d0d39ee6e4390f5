namespace XCoder.Agents.Memory;

/// <summary>A merit or fault that an agent found in its own rows (the paper's reflection), or that a person wrote for it.</summary>
public sealed record Lesson
{
    /// <summary>Id, 12 hex digits of a hash over language, kind and text.</summary>
    public required string Id { get; init; }

    /// <summary>Language id of the agent.</summary>
    public required string Language { get; init; }

    /// <summary>Merit or fault.</summary>
    public required LessonKind Kind { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Epoch it was found in; -1 for one a person wrote.</summary>
    public required int Epoch { get; init; }

    /// <summary>Rows written with it in the prompt.</summary>
    public int Uses { get; init; }

    /// <summary>How many of those were accepted.</summary>
    public int Accepted { get; init; }

    /// <summary>Whether it is never dropped: written or kept by a person.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Share of the rows written with it that were accepted, with one of each supposed: 0.5 for an unused one.</summary>
    public double Usefulness => (Accepted + 1.0) / (Uses + 2.0);

    /// <summary>A lesson with its id.</summary>
    public static Lesson Of(string language, LessonKind kind, string text, int epoch, bool isPinned = false) => new()
    {
        Id = XCoder.Agents.Rows.RowId.Hash(language, kind.ToString(), Normal(text))[..12],
        Language = language,
        Kind = kind,
        Text = text.ReplaceLineEndings(" ").Trim(),
        Epoch = epoch,
        IsPinned = isPinned,
    };

    // Case, layout and the full stop make no other lesson.
    private static string Normal(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
