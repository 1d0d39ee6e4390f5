using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Builds the snippets of one file from the definitions that were read.</summary>
internal sealed class SnippetAssembly(SourceFile file, Language language, TreeReading reading, TokenStream tokens, TestCode tests)
{
    private const int SignatureLimit = 1000;
    private const int DocumentationLimit = 64 * 1024;

    // Of longer functions, the beginning says whether they test something.
    private const int TestLimit = 4096;

    private readonly byte[] _text = file.Text;
    private readonly int[] _lines = Layout.LineStarts(file.Text);
    private readonly ImportIndex _imports = new(file.Text, tokens, reading.Imports);
    private readonly bool _isTestFile = tests.IsTestPath(file.Path);

    /// <summary>The file's snippets, ordered by start; a parent comes before its children.</summary>
    public IReadOnlyList<ExtractedSnippet> Assemble(ReadOnlySpan<WalkEvent> events)
    {
        var snippets = new List<ExtractedSnippet>(reading.Definitions.Count);
        foreach (var definition in reading.Definitions)
        {
            definition.Name ??= Path.GetFileNameWithoutExtension(file.Path) is { Length: > 0 } stem ? stem : file.Path;
            definition.QualifiedName = Qualify(definition);
            if (definition.IsSnippet)
            {
                definition.Index = snippets.Count;
                snippets.Add(Assemble(definition, events, snippets));
            }
        }

        tests.MarkClasses(snippets);
        return snippets;
    }

    private ExtractedSnippet Assemble(Definition definition, ReadOnlySpan<WalkEvent> events, List<ExtractedSnippet> snippets)
    {
        Widen(definition);
        var comments = new List<string>();
        var before = new LeadingText(_text, language, reading, events).Read(definition, comments);
        var decorators = Decorators(definition);
        if (definition.Documentation is { } documentation)
        {
            comments.Add(Slice(documentation.Start, Math.Min(documentation.End, documentation.Start + DocumentationLimit)));
        }

        var parent = Parent(definition);
        var first = tokens.IndexAtOrAfter(before);
        var count = tokens.IndexAtOrAfter(definition.End) - first;
        var signature = Signature(definition, decorators);
        var isTest = IsTest(definition, decorators, signature);
        return new ExtractedSnippet
        {
            Kind = Kind(definition),
            Form = isTest && definition is { IsNamedByPlace: true, IsType: false } ? "test" : definition.Form,
            Name = BareName(definition),
            QualifiedName = definition.QualifiedName!,
            Span = new SourceSpan(before, definition.End, Layout.Line(_lines, before),
                Layout.Line(_lines, Math.Max(before, definition.End - 1))),
            FirstToken = first,
            TokenCount = count,
            Signature = signature,
            Parameters = definition.Parameters is null ? []
                : [.. definition.Parameters.OrderBy(parameter => parameter.Start).Select(parameter => parameter.Text)],
            Documentation = DocumentationComment.Clean(comments),
            Parent = parent,
            Imports = [.. _imports.Needed(first, count).Where(import => Reaches(reading.ImportScopes[import], definition))],
            Decorators = [.. decorators.Select(decorator => Layout.Collapse(Slice(decorator.Start, decorator.End)))],
            IsTest = _isTestFile || (parent >= 0 && snippets[parent].IsTest) || isTest,
            HasErrors = definition.HasErrors,
        };
    }

    private bool IsTest(Definition definition, List<(int Start, int End)> decorators, string signature) =>
        definition.Form == "test"
        || ((definition.Around?.Titled ?? definition.Around?.Called) is { Callee: { } callee } && tests.IsTestCall(callee))
        || tests.IsTestSnippet(BareName(definition), [.. decorators.Select(decorator => Slice(decorator.Start, decorator.End))], signature,
            () => Slice(definition.Start, Math.Min(definition.End, definition.Start + TestLimit)))
        || (definition.Parent is { IsSnippet: false } scope && IsTestScope(scope));

    private bool IsTestScope(Definition scope)
    {
        if (scope.IsTest is not { } isTest)
        {
            var decorators = Decorators(scope);
            scope.IsTest = isTest = IsTest(scope, decorators, Signature(scope, decorators));
        }

        return isTest;
    }

    /// <summary>Extends the definition to what belongs to it alone: <c>export</c>, <c>const … = …;</c>, decorators.</summary>
    private void Widen(Definition definition)
    {
        for (var wrapper = definition.Wrapper; wrapper is { Definitions: 1 }; wrapper = wrapper.Outer)
        {
            var end = Math.Min(wrapper.End, _text.Length);
            if (end < definition.End || _text.AsSpan(definition.End..end).IndexOfAnyExcept(" \t\r\n;,"u8) >= 0)
            {
                break;
            }

            definition.Start = Math.Min(definition.Start, wrapper.Start);
            definition.End = end;
        }

        // Where the parser saw another word than the file has, a definition may begin with blanks.
        while (reading.HasReplacedText && definition.Start < definition.End && _text[definition.Start] <= ' ')
        {
            definition.Start++;
        }

        var limit = definition.End;
        while (definition.End > definition.Start && _text[definition.End - 1] <= ' ')
        {
            definition.End--;
        }

        // An unterminated string includes all white space that follows.
        if (tokens.IndexAtOrAfter(definition.End) - 1 is >= 0 and var last)
        {
            definition.End = Math.Max(definition.End, Math.Min(limit, tokens.Starts[last] + tokens.Lengths[last]));
        }
    }

    /// <summary>
    /// Whether a definition can use an import in <paramref name="scope"/> (null for the whole file). An import inside
    /// the definition itself does not count.
    /// </summary>
    private static bool Reaches(Definition? scope, Definition definition)
    {
        var outer = definition.Parent;
        while (outer is not null && outer != scope)
        {
            outer = outer.Parent;
        }

        return outer == scope;
    }

    private static int Parent(Definition definition)
    {
        var parent = definition.Parent;
        while (parent is { IsSnippet: false })
        {
            parent = parent.Parent;
        }

        return parent?.Index ?? -1;
    }

    private SnippetKind Kind(Definition definition) => definition.Role switch
    {
        CaptureRole.Constructor => SnippetKind.Constructor,
        CaptureRole.Method => SnippetKind.Method,
        CaptureRole.Structure => SnippetKind.Structure,
        CaptureRole.Interface => SnippetKind.Interface,
        CaptureRole.Enumeration => SnippetKind.Enumeration,
        _ when definition.Form == "lambda" || definition.IsNamedByPlace => SnippetKind.Function,

        // In every language that allows it, a member with its structure's name is a constructor.
        _ when Owner(definition) is { Role: CaptureRole.Structure } type
            && BareName(type) == BareName(definition) => SnippetKind.Constructor,
        _ when Owner(definition) is { IsType: true } => SnippetKind.Method,
        _ => definition.Receiver is not null ? SnippetKind.Method : SnippetKind.Function,
    };

    private string Qualify(Definition definition)
    {
        var name = definition.IsNamedByPlace ? definition.Name! : Unquote(definition.Name!);
        name = definition.Receiver is null ? name : definition.Receiver + language.Separator + name;
        var scope = definition.Parent;
        while (scope is { IsNamedByPlace: true, IsType: false, Around.Titled: null })
        {
            scope = scope.Parent;
        }

        return scope is null ? name : Layout.Qualify(scope.QualifiedName!, language.Separator, name);
    }

    /// <summary>The type or function that a definition belongs to; a call that it is handed to is neither.</summary>
    private static Definition? Owner(Definition definition)
    {
        var owner = definition.Parent;
        while (owner is { IsNamedByPlace: true, IsType: false })
        {
            owner = owner.Parent;
        }

        return owner;
    }

    /// <summary>Removes quotes, but not the primes of a name (<c>foldl'</c>).</summary>
    private static string Unquote(string name) =>
        name.Length > 2 && name[0] == name[^1] && name[0] is '"' or '\'' or '`' ? name[1..^1] : name;

    private string BareName(Definition definition)
    {
        var name = definition.Name!;
        if (definition.IsNamedByPlace)
        {
            return name;
        }

        if (name is ['"' or '\'' or '`', ..])
        {
            return Unquote(name);
        }

        if (language.HasPlainNames)
        {
            return name;
        }

        // In languages with another separator, dots are part of a name (R's print.default).
        var at = language.Separator.AsSpan().ContainsAny('.', ':') ? name.LastIndexOfAny(['.', ':'])
            : name.LastIndexOf(language.Separator, StringComparison.Ordinal);
        return at > 0 && at < name.Length - 1 && (char.IsLetter(name[at + 1]) || name[at + 1] is '_' or '~' or '$' or '#')
            && !name.AsSpan(at).Contains(' ') && name[0] != '[' ? name[(at + 1)..] : name;
    }

    private List<(int Start, int End)> Decorators(Definition definition)
    {
        var decorators = new List<(int, int)>();
        var limit = definition.NameStart >= 0 ? definition.NameStart : definition.End;
        for (var i = reading.LastDecoratorAtOrBefore(definition.Start - 1) + 1; i < reading.Decorators.Count
            && reading.Decorators[i].Start < limit; i++)
        {
            var (start, end, _) = reading.Decorators[i];
            if (end <= limit && (definition.BodyStart < 0 || end <= definition.BodyStart))
            {
                decorators.Add((start, end));
            }
        }

        return decorators;
    }

    private string Signature(Definition definition, List<(int Start, int End)> decorators)
    {
        var start = definition.Start;
        foreach (var (from, to) in decorators)
        {
            if (_text.AsSpan(start..Math.Max(start, from)).IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                start = Math.Max(start, to);
            }
        }

        var end = definition.BodyStart > start ? definition.BodyStart : definition.End;
        if (end == definition.BodyStart && tokens.IndexAtOrAfter(end) - 1 is >= 0 and var last)
        {
            // Leave out a comment or macro between the signature and the body.
            while (last > 0 && tokens.Classes[last] == TokenClass.Other
                && tokens.Starts[last - 1] + tokens.Lengths[last - 1] < tokens.Starts[last])
            {
                last--;
            }

            end = Math.Max(start, Math.Min(end, tokens.Starts[last] + tokens.Lengths[last]));
        }

        var text = Layout.Collapse(Slice(start, Math.Min(end, start + (4 * SignatureLimit))), SignatureLimit);
        return definition.BodyStart > start ? text.TrimEnd(' ', '{', '(', ',') : text;
    }

    private string Slice(int start, int end) => Encoding.UTF8.GetString(_text.AsSpan(start..Math.Min(Math.Max(start, end), _text.Length)));
}

/// <summary>
/// Finds the imports of a file that a snippet needs: imports of a name that the snippet uses, and imports that do not
/// list the names they import (wildcards, includes).
/// </summary>
internal sealed class ImportIndex
{
    // Limits for files with very many imports of one name, or very many imports that list no names.
    private const int MaxImportsOfName = 16, MaxAlways = 256;

    private readonly Dictionary<string, List<int>> _byName = [];
    private readonly List<int> _always = [];
    private readonly List<(int Token, int Import)> _uses = [];

    /// <summary>Finds the uses of all imports among the file's tokens.</summary>
    /// <param name="text">The file's UTF-8.</param>
    /// <param name="tokens">The file's tokens.</param>
    /// <param name="imports">Byte ranges of the import statements, ascending, and whether each is a known wildcard.</param>
    public ImportIndex(ReadOnlySpan<byte> text, TokenStream tokens, IReadOnlyList<(int Start, int End, bool IsWildcard)> imports)
    {
        for (var import = 0; import < imports.Count; import++)
        {
            AddNames(text, tokens, imports[import], import);
        }

        if (_byName.Count == 0)
        {
            return;
        }

        var lookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[128];
        var next = 0;
        for (var token = 0; token < tokens.Count; token++)
        {
            var start = tokens.Starts[token];
            while (next < imports.Count && start >= imports[next].End)
            {
                next++;
            }

            if (tokens.Classes[token] != TokenClass.Identifier || tokens.Lengths[token] > 100
                || (next < imports.Count && start >= imports[next].Start))
            {
                continue;
            }

            var length = Encoding.UTF8.GetChars(tokens.Text(text, token), buffer);
            if (lookup.TryGetValue(buffer[..length], out var users))
            {
                foreach (var import in users)
                {
                    _uses.Add((token, import));
                }
            }
        }
    }

    /// <summary>
    /// Indexes of the imports that <paramref name="count"/> tokens from <paramref name="first"/> on need, ascending.
    /// </summary>
    public IReadOnlyList<int> Needed(int first, int count)
    {
        var at = _uses.BinarySearch((first, -1));
        at = at < 0 ? ~at : at;
        if (at == _uses.Count || _uses[at].Token >= first + count)
        {
            return _always;
        }

        var needed = new SortedSet<int>(_always);
        for (; at < _uses.Count && _uses[at].Token < first + count; at++)
        {
            needed.Add(_uses[at].Import);
        }

        return [.. needed];
    }

    private void AddNames(ReadOnlySpan<byte> text, TokenStream tokens, (int Start, int End, bool IsWildcard) range, int import)
    {
        var names = new HashSet<string>();
        var isWildcard = range.IsWildcard || text[range.Start..range.End].IndexOf((byte)'*') >= 0;
        for (var i = tokens.IndexAtOrAfter(range.Start); i < tokens.Count && tokens.Starts[i] < range.End; i++)
        {
            var token = Encoding.UTF8.GetString(tokens.Text(text, i));
            if (tokens.Classes[i] == TokenClass.Identifier)
            {
                names.UnionWith(token.Split(['.', ':', '\\', '/'], StringSplitOptions.RemoveEmptyEntries));
            }
            else if (tokens.Classes[i] == TokenClass.String && token.Trim('"', '\'', '`') is { Length: > 0 } path)
            {
                // Go names a package by the last part of its path; Perl lists names in one string.
                names.Add(path[(path.LastIndexOf('/') + 1)..]);
                names.UnionWith(path.Split([' ', '\t', '\r', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries));
            }
        }

        if (isWildcard || names.Count == 0)
        {
            if (_always.Count < MaxAlways)
            {
                _always.Add(import);
            }

            return;
        }

        foreach (var name in names)
        {
            if (!_byName.TryGetValue(name, out var users))
            {
                _byName[name] = users = [];
            }

            if (users.Count < MaxImportsOfName)
            {
                users.Add(import);
            }
        }
    }
}
