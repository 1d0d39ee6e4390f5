using System.Collections.Concurrent;
using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction;

/// <summary>
/// Reads code that comes from no file: a function, a class or several of them, in a given language. One thread at a
/// time.
/// </summary>
public sealed class CodeReader : IDisposable
{
    private readonly TreeSitterExtractor _extractor;
    private readonly Func<string, bool>? _isSafe;

    /// <summary>A reader.</summary>
    /// <param name="catalog">The languages.</param>
    public CodeReader(LanguageCatalog catalog)
        : this(catalog, null)
    {
    }

    /// <summary>A reader of strangers' code.</summary>
    /// <param name="catalog">The languages.</param>
    /// <param name="isSafe">Asked before a compiler reads a text in this process, which a text may end; what it refuses counts as given up.
    /// Null reads all.</param>
    internal CodeReader(LanguageCatalog catalog, Func<string, bool>? isSafe) =>
        (_extractor, _isSafe) = (new TreeSitterExtractor(catalog, new ExtractionOptions()), isSafe);

    /// <summary>
    /// The code as models see it: from its first definition to the end of its last, so that imports and comments
    /// around it do not count; all of it where it defines nothing. A structure without functions is read as a
    /// structure, all else as code: a class around a function is mostly a wrapper.
    /// </summary>
    /// <param name="language">Language of the code.</param>
    /// <param name="code">The code.</param>
    /// <returns>The input, or null where the parser gave up (nesting or time).</returns>
    public SnippetInput? Read(Language language, string code)
    {
        var file = new SourceFile("code", Encoding.UTF8.GetBytes(code), 0);
        if (Extract(file, language) is not { } extracted)
        {
            return null;
        }

        var outer = extracted.Snippets.Where(snippet => snippet.Parent < 0).ToList();
        var (first, end) = outer.Count == 0 ? (0, extracted.Tokens.Count)
            : (outer.Min(snippet => snippet.FirstToken), outer.Max(snippet => snippet.FirstToken + snippet.TokenCount));
        return new SnippetInput
        {
            Language = language.Id,
            Kind = KindOf(extracted, outer),
            Name = (outer.Find(snippet => !snippet.Kind.IsStructure()) ?? outer.FirstOrDefault())?.Name ?? "",
            Text = file.Text,
            StartByte = outer.Count == 0 ? 0 : outer.Min(snippet => snippet.Span.StartByte),
            EndByte = outer.Count == 0 ? file.Text.Length : outer.Max(snippet => snippet.Span.EndByte),
            Stream = extracted.Tokens,
            FirstToken = first,
            TokenCount = end - first,
            Documentation = outer is [{ Documentation: { } documentation }] ? documentation : null,
        };
    }

    /// <summary>What extraction finds in the code, or null where the parser gave up.</summary>
    public ExtractedFile? Extract(Language language, string code) =>
        Extract(new SourceFile("code", Encoding.UTF8.GetBytes(code), 0), language);

    private static SnippetKind KindOf(ExtractedFile extracted, List<ExtractedSnippet> outer) =>
        outer is [{ } one] && one.Kind.IsStructure() && extracted.Snippets.All(snippet => snippet.Kind.IsStructure()) ? one.Kind
            : SnippetKind.Function;

    /// <inheritdoc/>
    public void Dispose() => _extractor.Dispose();

    private ExtractedFile? Extract(SourceFile file, Language language)
    {
        if (language.Parser == "tree-sitter")
        {
            return _extractor.Extract(file, language);
        }

        if (_isSafe?.Invoke(Encoding.UTF8.GetString(file.Text)) == false)
        {
            return null;
        }

        ExtractedFile? extracted = null;
        RoslynProject.Extract([file], language, new RoslynOptions { Resolve = false }, result => extracted = result.Extracted);
        return extracted;
    }
}

/// <summary>Readers that are used again: making one costs more than reading with it. Safe for concurrent use.</summary>
/// <param name="catalog">The languages.</param>
/// <param name="isSafe">Asked before a compiler reads a text in this process, which a text may end; null reads all.</param>
internal sealed class CodeReaderPool(LanguageCatalog catalog, Func<string, bool>? isSafe = null) : IDisposable
{
    private readonly ConcurrentBag<CodeReader> _readers = [];

    /// <summary>A reader for one thread, to be given back.</summary>
    public CodeReader Take() => _readers.TryTake(out var reader) ? reader : new CodeReader(catalog, isSafe);

    /// <summary>Gives a reader back.</summary>
    public void Return(CodeReader reader) => _readers.Add(reader);

    /// <summary>Frees the readers that were given back.</summary>
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
