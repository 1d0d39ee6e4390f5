using System.Runtime.InteropServices;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Extracts snippets and tokens with tree-sitter. It owns native parsers, so each thread needs its own extractor.
/// </summary>
public sealed unsafe class TreeSitterExtractor : IDisposable
{
    private readonly LanguageCatalog _catalog;
    private readonly ExtractionOptions _options;
    private readonly void* _parser;
    private readonly void* _walker;
    private readonly DefinitionMatcher _matcher;
    private readonly ErrorRecovery _recovery;
    private readonly TreeReading _reading;
    private readonly Dictionary<string, TestCode> _tests = [];
    private CompiledLanguage? _current;

    /// <summary>Creates an extractor for the languages of <paramref name="catalog"/>.</summary>
    public TreeSitterExtractor(LanguageCatalog catalog, ExtractionOptions? options = null)
    {
        _catalog = catalog;
        _options = options ?? new ExtractionOptions();
        _parser = Native.ts_parser_new();
        _walker = Native.xc_walker_new();
        _reading = new TreeReading(_options);
        _matcher = new DefinitionMatcher(_options.ParseLimit);
        _recovery = new ErrorRecovery(_parser, _walker, _matcher, _options);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matcher.Dispose();
        Native.xc_walker_delete(_walker);
        Native.ts_parser_delete(_parser);
    }

    /// <summary>Extracts one file.</summary>
    /// <returns>The extracted file, or null if parsing exceeded the time limit.</returns>
    /// <exception cref="InvalidDataException">The language's grammar or query is invalid.</exception>
    public ExtractedFile? Extract(SourceFile file, Language language)
    {
        var compiled = _catalog.Compile(language);
        if (_current != compiled)
        {
            if (Native.ts_parser_set_language(_parser, compiled.Grammar) == 0)
            {
                throw new InvalidDataException(
                    $"The grammar of '{language.Id}' has ABI {compiled.AbiVersion}, which the core cannot read.");
            }

            _current = compiled;
        }

        var parsed = compiled.Blanks?.Blank(file.Text) ?? file.Text;
        fixed (byte* text = parsed)
        {
            // An empty array has no address.
            byte nothing = 0;
            var started = Native.xc_thread_time();
            var tree = Native.xc_parse(_parser, text == null ? &nothing : text, (uint)file.Text.Length,
                (ulong)_options.ParseLimit.TotalNanoseconds);
            if (tree == null)
            {
                return null;
            }

            try
            {
                return Read(file, parsed, compiled, tree, started);
            }
            finally
            {
                Native.ts_tree_delete(tree);
            }
        }
    }

    private ExtractedFile Read(SourceFile file, byte[] parsed, CompiledLanguage compiled, void* tree, ulong started)
    {
        if (!Native.Walk(_walker, tree, compiled, out var events, out var nodes))
        {
            throw new OutOfMemoryException($"The syntax tree of {file.Path} does not fit into memory.");
        }

        var reading = _reading;
        reading.Read(compiled, file.Text, events, nodes, _matcher);
        var hasErrors = Native.ts_node_has_error(Native.ts_tree_root_node(tree));
        if (hasErrors && _recovery.Read(compiled, file.Text, parsed, events, nodes, reading, started))
        {
            reading = _recovery.Reading;
            events = _recovery.Events;
        }

        if (!_tests.TryGetValue(compiled.Language.Id, out var tests))
        {
            _tests[compiled.Language.Id] = tests = new TestCode(compiled.Language.Tests);
        }

        var tokens = reading.Tokens;
        var snippets = new SnippetAssembly(file, compiled.Language, reading, tokens, tests).Assemble(events);
        return new ExtractedFile
        {
            Language = compiled.Language.Id,
            Tokens = tokens,
            Layout = reading.Layout,
            Snippets = snippets,
            Imports = [.. reading.Imports.Select(
                import => Layout.Collapse(System.Text.Encoding.UTF8.GetString(file.Text.AsSpan(import.Start..import.End))))],
            HasErrors = hasErrors || reading.IsCut,
        };
    }
}

/// <summary>
/// Reads a file with syntax errors a second time. After an error, tree-sitter may swallow intact definitions. Where
/// this is possible, the text is parsed again in chunks that begin where a definition may begin. Each byte is parsed at
/// most once more, within the file's time limit.
/// </summary>
internal sealed unsafe class ErrorRecovery(void* parser, void* walker, DefinitionMatcher matcher, ExtractionOptions options)
{
    private readonly void* _parser = parser;
    private readonly void* _walker = walker;
    private readonly DefinitionMatcher _matcher = matcher;
    private readonly TimeSpan _limit = options.ParseLimit;
    private readonly List<WalkEvent> _events = [];

    /// <summary>The result of the second reading.</summary>
    public TreeReading Reading { get; } = new(options);

    /// <summary>The events of the second reading.</summary>
    public ReadOnlySpan<WalkEvent> Events => CollectionsMarshal.AsSpan(_events);

    /// <summary>Reads a file again.</summary>
    /// <param name="language">The file's language, already set in the parser.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="parsed">The text for the parser, with blanked parts; same length as <paramref name="text"/>.</param>
    /// <param name="events">Events of the tree with errors. The span is invalid after the call.</param>
    /// <param name="nodes">Nodes of the tree with errors, which must stay alive. The span is invalid after the call.</param>
    /// <param name="first">The result of the first reading.</param>
    /// <param name="started">Processor time of the thread, in nanoseconds, when work on the file began.</param>
    /// <returns>Whether the second reading is better than the first.</returns>
    public bool Read(CompiledLanguage language, byte[] text, byte[] parsed, ReadOnlySpan<WalkEvent> events, ReadOnlySpan<SyntaxNode> nodes,
        TreeReading first, ulong started)
    {
        var chunks = ErrorChunks.Find(text, events, first.Definitions);
        if (chunks.Count == 0)
        {
            return false;
        }

        // The walker reuses its memory.
        var (oldEvents, oldNodes) = (events.ToArray(), nodes.ToArray());
        Reading.Clear();
        _events.Clear();
        var (at, next) = (0, 0);
        foreach (var (start, end) in chunks)
        {
            Append(language, text, oldEvents, oldNodes, at, start, ref next);
            if (!AppendAnew(language, text, parsed, start, end,
                _limit - TimeSpan.FromMicroseconds((Native.xc_thread_time() - started) / 1000.0)))
            {
                return false;
            }

            at = end;
        }

        Append(language, text, oldEvents, oldNodes, at, text.Length, ref next);
        return Worth(Reading) > Worth(first);
    }

    /// <summary>Copies the events of the tree with errors between two chunks.</summary>
    private void Append(CompiledLanguage language, byte[] text, WalkEvent[] events, SyntaxNode[] nodes, int start, int end, ref int next)
    {
        while (next < events.Length && events[next].Start < start)
        {
            next++;
        }

        var from = next;
        while (next < events.Length && events[next].Start < end)
        {
            next++;
        }

        var part = events.AsSpan(from..next);
        Reading.Append(language, text.AsSpan(0, end), part, nodes, _matcher, _events.Count);
        _events.AddRange(part);
    }

    private bool AppendAnew(CompiledLanguage language, byte[] text, byte[] parsed, int start, int end, TimeSpan limit)
    {
        void* tree = null;
        fixed (byte* bytes = parsed)
        {
            if (limit > TimeSpan.Zero)
            {
                tree = Native.xc_parse_range(_parser, bytes, (uint)parsed.Length, (uint)start, (uint)end, (ulong)limit.TotalNanoseconds);
            }
        }

        if (tree == null)
        {
            return false;
        }

        try
        {
            if (!Native.Walk(_walker, tree, language, out var events, out var nodes))
            {
                return false;
            }

            Reading.Append(language, text.AsSpan(0, end), events, nodes, _matcher, _events.Count);
            _events.AddRange(events);
            return true;
        }
        finally
        {
            Native.ts_tree_delete(tree);
        }
    }

    /// <summary>An intact definition counts twice as much as one with errors.</summary>
    private static int Worth(TreeReading reading) =>
        reading.Definitions.Sum(definition => !definition.IsSnippet ? 0 : definition.HasErrors ? 1 : 2);
}

/// <summary>Splits the parts of a file that a syntax error spoils at lines where a top-level definition may begin.</summary>
internal static class ErrorChunks
{
    // A file with more chunks is not source code. The last chunk then takes the rest of its region.
    private const int Most = 1000;

    /// <summary>Byte ranges to parse separately, ascending and disjoint; none if a second parse cannot help.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<byte> text, ReadOnlySpan<WalkEvent> events,
        IReadOnlyList<Definition> definitions)
    {
        var chunks = new List<(int, int)>();
        var (at, next) = (0, 0);
        foreach (var (start, end) in Regions(text.Length, events, definitions))
        {
            if (start < at)
            {
                continue;
            }

            at = end;
            var from = IsLineStart(text, start) ? start : -1;
            var before = chunks.Count;
            for (var line = NextLine(text, start); line < end && chunks.Count < Most; line = NextLine(text, line))
            {
                if (MayBegin(text, line) && !IsInside(text, events, line, ref next))
                {
                    if (from >= 0)
                    {
                        chunks.Add((from, line));
                    }

                    from = line;
                }
            }

            if (from > start || chunks.Count > before)
            {
                chunks.Add((from, end));
            }
        }

        return chunks;
    }

    /// <summary>Errors outside all definitions, and top-level snippets that contain errors.</summary>
    private static List<(int Start, int End)> Regions(int length, ReadOnlySpan<WalkEvent> events, IReadOnlyList<Definition> definitions)
    {
        var regions = new List<(int Start, int End)>();
        var tops = definitions.Where(definition => definition.Parent is null).ToList();
        var top = 0;
        foreach (ref readonly var item in events)
        {
            if (item.Class != SymbolClass.Error)
            {
                continue;
            }

            var (start, end) = ((int)item.Start, Math.Min((int)item.End, length));
            while (top < tops.Count && tops[top].End <= start)
            {
                top++;
            }

            if (start < end && (top == tops.Count || tops[top].Start > start || tops[top].End < end))
            {
                regions.Add((start, end));
            }
        }

        regions.AddRange(tops.Where(definition => definition.HasErrors && definition.IsSnippet)
            .Select(definition => (definition.Start, definition.End)));
        regions.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        return regions;
    }

    /// <summary>Whether an unindented line follows an empty one and does not close or continue something.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> text, int line)
    {
        var first = text[line];
        if (first is <= (byte)' ' or (byte)'}' or (byte)')' or (byte)']'
            || (first == '#' && line + 1 < text.Length && char.IsAsciiLetter((char)text[line + 1])))
        {
            return false;
        }

        var previous = text[..(line - 1)].LastIndexOf((byte)'\n') + 1;
        return text[previous..line].IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    /// <summary>Whether <paramref name="offset"/> is inside a comment or string. Offsets must ascend from call to call.</summary>
    private static bool IsInside(ReadOnlySpan<byte> text, ReadOnlySpan<WalkEvent> events, int offset, ref int next)
    {
        while (next < events.Length && events[next].Start < offset)
        {
            ref readonly var item = ref events[next];

            // In some grammars, a comment includes the white space before it.
            if (item.Class is SymbolClass.Comment or SymbolClass.String && item.End > offset
                && text[(int)item.Start..offset].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                return true;
            }

            next++;
        }

        return false;
    }

    private static bool IsLineStart(ReadOnlySpan<byte> text, int offset) => offset == 0 || text[offset - 1] == '\n';

    private static int NextLine(ReadOnlySpan<byte> text, int offset) =>
        text[offset..].IndexOf((byte)'\n') is var end and >= 0 ? offset + end + 1 : text.Length;
}
