using System.Collections.Concurrent;
using XCoder.Analysis.Languages;

namespace XCoder.Analysis.Extraction;

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
