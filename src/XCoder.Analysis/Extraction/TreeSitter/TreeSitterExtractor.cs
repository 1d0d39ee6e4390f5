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

        var parsed = compiled.Repairs.Prepare(file.Text);
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
                return Read(file, parsed, compiled, tree, started);
            }
            finally
            {
                Native.ts_tree_delete(tree);
            }
        }
    }

    private ExtractedFile Read(SourceFile file, ParsedText parsed, CompiledLanguage compiled, void* tree, ulong started)
    {
        if (!Native.Walk(_walker, tree, compiled, out var events, out var nodes))
        {
            throw new OutOfMemoryException($"The syntax tree of {file.Path} does not fit into memory.");
        }

        var reading = _reading;
        reading.Read(compiled, file.Text, parsed, events, nodes, _matcher);
        var hasErrors = Native.ts_node_has_error(Native.ts_tree_root_node(tree));
        if (hasErrors)
        {
            using var recovery = new ErrorRecovery(_parser, _walker, _matcher, _options, compiled, file.Text, started);
            var best = recovery.Read(new Attempt(parsed, events.ToArray(), nodes.ToArray(), reading, HasErrors: true));
            (parsed, reading, hasErrors) = (best.Parsed, best.Reading, best.HasErrors);
            events = best.Events;
        }

        if (parsed.IsChanged)
        {
            reading.Fill(parsed, events);
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
            ErrorBytes = hasErrors ? ErrorBytes(events) : 0,
        };
    }

    private static int ErrorBytes(ReadOnlySpan<WalkEvent> events)
    {
        // A missing token is an error without a node.
        var (sum, end) = (1u, 0u);
        foreach (ref readonly var item in events)
        {
            if (item.Class == SymbolClass.Error && item.End > end)
            {
                sum += item.End - Math.Max(item.Start, end) + 1;
                end = item.End;
            }
        }

        return (int)sum;
    }
}
