using System.Collections.Concurrent;
using XCoder.Agents.Rows;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Pipeline;

namespace XCoder.Agents.Generation;

/// <summary>What parsers say of responses. Safe for concurrent use.</summary>
public sealed class CodeCheck(LanguageCatalog catalog) : IDisposable
{
    private readonly ConcurrentBag<CodeReader> _readers = [];

    /// <summary>Faults that a parser finds in code; empty where it finds none, or where there is no parser.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public IReadOnlyList<string> Faults(string language, string code) => Verify(language, code) is { Status: RowVerification.Failed } failed ? failed.Evidence : [];

    /// <summary>Status and evidence of code.</summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code.</param>
    public RowVerification Verify(string language, string code)
    {
        if (catalog.Find(language) is not { } found)
        {
            return new RowVerification(RowVerification.Unverifiable, [$"There is no parser for '{language}'."]);
        }

        if (code.Trim().Length == 0)
        {
            return new RowVerification(RowVerification.Failed, ["There is no code."]);
        }

        var reader = _readers.TryTake(out var spare) ? spare : new CodeReader(catalog);
        try
        {
            return reader.Extract(found, code) switch
            {
                null => new RowVerification(RowVerification.Unverifiable, [$"The {found.Name} parser gave up."]),
                { HasErrors: true } => new RowVerification(RowVerification.Failed, [$"The {found.Name} parser finds a syntax error."]),
                var file => new RowVerification(RowVerification.ParsedOnly, [$"The {found.Name} parser finds no syntax error; {file.Snippets.Count} functions and structures."]),
            };
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
