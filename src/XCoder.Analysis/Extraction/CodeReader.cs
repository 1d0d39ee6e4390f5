using System.Collections.Concurrent;
using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction;

/// <summary>
/// Reads code that is not in a file: one or more functions or classes in a given language. For one thread at a time.
/// </summary>
public sealed class CodeReader : IDisposable
{
    private readonly TreeSitterExtractor _extractor;
    private readonly Func<string, bool>? _isSafe;

    /// <summary>Creates a reader.</summary>
    /// <param name="catalog">The languages that it can read.</param>
    public CodeReader(LanguageCatalog catalog)
        : this(catalog, null)
    {
    }

    /// <summary>Creates a reader for untrusted code.</summary>
    /// <param name="catalog">The languages that it can read.</param>
    /// <param name="isSafe">
    /// Called before the compiler reads a text in this process, because a text may crash it. If it returns false, the
    /// result is null. If the function is null, every text is read.
    /// </param>
    internal CodeReader(LanguageCatalog catalog, Func<string, bool>? isSafe) =>
        (_extractor, _isSafe) = (new TreeSitterExtractor(catalog, new ExtractionOptions()), isSafe);

    /// <summary>
    /// The code as models see it: from its first definition to the end of its last, without the imports and comments
    /// around them. Code without definitions is taken whole. A structure without functions counts as a structure,
    /// everything else as a function, because a class around a function is usually just a wrapper.
    /// </summary>
    /// <param name="language">Language of the code.</param>
    /// <param name="code">The source text.</param>
    /// <returns>The input, or null if the parser gave up (nesting or time).</returns>
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

    /// <summary>The result of extraction, or null if the parser gave up.</summary>
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

/// <summary>Reuses readers, because creating one costs more than reading with it. Thread-safe.</summary>
/// <param name="catalog">The languages that the readers can read.</param>
/// <param name="isSafe">
/// Called before the compiler reads a text in this process, because a text may crash it; null to read every text.
/// </param>
internal sealed class CodeReaderPool(LanguageCatalog catalog, Func<string, bool>? isSafe = null) : IDisposable
{
    private readonly ConcurrentBag<CodeReader> _readers = [];

    /// <summary>Takes a reader for one thread; give it back with <see cref="Return"/>.</summary>
    public CodeReader Take() => _readers.TryTake(out var reader) ? reader : new CodeReader(catalog, isSafe);

    /// <summary>Puts a reader back into the pool.</summary>
    public void Return(CodeReader reader) => _readers.Add(reader);

    /// <summary>Disposes the readers in the pool. Readers in use are not affected.</summary>
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
