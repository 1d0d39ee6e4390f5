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
    // How many times fewer bytes another language's parser must leave unread.
    private const int LeastBetter = 3;

    private readonly LanguageCatalog _catalog;
    private readonly ExtractionOptions _options;
    private readonly void* _parser;
    private readonly void* _walker;
    private readonly DefinitionMatcher _matcher;
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
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matcher.Dispose();
        Native.xc_walker_delete(_walker);
        Native.ts_parser_delete(_parser);
    }

    /// <summary>Extracts one file, in the one of several languages that explains it best.</summary>
    /// <param name="file">The file.</param>
    /// <param name="languages">
    /// The languages that it may be of, the likeliest first. Another counts where its parser leaves far fewer bytes unread.
    /// </param>
    /// <returns>The extracted file, or null if parsing exceeded the time limit.</returns>
    /// <exception cref="InvalidDataException">A language's grammar or query is invalid.</exception>
    public ExtractedFile? Extract(SourceFile file, IReadOnlyList<Language> languages)
    {
        var best = Extract(file, languages[0], int.MaxValue, out var errors);
        foreach (var other in languages.Skip(1))
        {
            if (best is not { ErrorBytes: > 0 })
            {
                break;
            }

            // To recover from errors takes longer than to see that there are more of them.
            if (Extract(file, other, errors - 1, out _) is { } extracted && extracted.ErrorBytes * LeastBetter <= best.ErrorBytes)
            {
                best = extracted;
            }
        }

        return best;
    }

    /// <summary>Extracts one file.</summary>
    /// <returns>The extracted file, or null if parsing exceeded the time limit.</returns>
    /// <exception cref="InvalidDataException">The language's grammar or query is invalid.</exception>
    public ExtractedFile? Extract(SourceFile file, Language language) => Extract(file, language, int.MaxValue, out _);

    /// <summary>
    /// Extracts one file, unless its first reading has more than <paramref name="mostErrors"/> bytes with errors; also
    /// returns how many it has.
    /// </summary>
    private ExtractedFile? Extract(SourceFile file, Language language, int mostErrors, out int errors)
    {
        errors = 0;
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

        var parsed = compiled.Repairs.Prepare(file.Text);
        foreach (var (start, end) in file.Contained?.Commands ?? [])
        {
            parsed.Replace(start, end, "_"u8, areKeywords: false);
        }

        if (compiled.Repairs.Directives == DirectiveReading.Always)
        {
            ConditionalCode.HideDirectives(parsed);
        }

        fixed (byte* text = parsed.Bytes)
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
                if (!Native.Walk(_walker, tree, compiled, out var events, out var nodes))
                {
                    throw new OutOfMemoryException($"The syntax tree of {file.Path} does not fit into memory.");
                }

                var hasErrors = Native.ts_node_has_error(Native.ts_tree_root_node(tree));
                errors = hasErrors ? ErrorBytes(events, parsed) : 0;
                return errors > mostErrors ? null : Read(file, parsed, compiled, events, nodes, hasErrors, started);
            }
            finally
            {
                Native.ts_tree_delete(tree);
            }
        }
    }

    private ExtractedFile Read(SourceFile file, ParsedText parsed, CompiledLanguage compiled, ReadOnlySpan<WalkEvent> events,
        ReadOnlySpan<SyntaxNode> nodes, bool hasErrors, ulong started)
    {
        var reading = _reading;
        reading.Read(compiled, file.Text, parsed, events, nodes, _matcher);
        if (hasErrors)
        {
            using var recovery = new ErrorRecovery(_parser, _walker, _matcher, _options, compiled, file.Text, started,
                id => _catalog.Find(id) is { } guest ? _catalog.Compile(guest) : null);
            var best = recovery.Read(new Attempt(parsed, events.ToArray(), nodes.ToArray(), reading, HasErrors: true));
            (parsed, reading, hasErrors) = (best.Parsed, best.Reading, best.HasErrors);
            events = best.Events;
        }

        if (parsed.IsChanged)
        {
            reading.Fill(parsed, events);
        }

        reading.MarkLines(compiled, file.Text);

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
            ErrorBytes = hasErrors || parsed.HasAside ? ErrorBytes(events, parsed) : 0,
        };
    }

    /// <summary>Bytes within errors, or within items that were set aside because they hold one.</summary>
    private static int ErrorBytes(ReadOnlySpan<WalkEvent> events, ParsedText parsed)
    {
        var ranges = parsed.Changes.Where(change => change.IsAside).Select(change => (change.Start, change.End)).ToList();
        foreach (ref readonly var item in events)
        {
            if (item.Class == SymbolClass.Error)
            {
                ranges.Add(((int)item.Start, (int)item.End));
            }
        }

        ranges.Sort();

        // A missing token is an error without a node.
        var (sum, end) = (1, 0);
        foreach (var range in ranges)
        {
            if (range.End > end)
            {
                sum += range.End - Math.Max(range.Start, end) + 1;
                end = range.End;
            }
        }

        return sum;
    }
}
