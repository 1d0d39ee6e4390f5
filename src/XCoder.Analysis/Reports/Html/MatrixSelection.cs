using XCoder.Analysis.Concepts;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports.Html;

/// <summary>The concepts that come onto the page, the snippets of their cells, and the code that comes with them.</summary>
internal sealed class MatrixSelection
{
    private readonly Dictionary<string, int> _codeBySnippet = [];
    private readonly Dictionary<string, ConceptSample[]> _samples;

    internal MatrixSelection(AnalysisReport report, ConceptMatrix matrix, Func<string, string?> code, HtmlReportOptions options)
    {
        Matrix = matrix;
        Rows = [.. matrix.Rows.Take(options.MaxConcepts)];
        _samples = report.ConceptSamples.GroupBy(sample => sample.Concept).ToDictionary(group => group.Key, group => group.ToArray());
        AddCode(code, options);
    }

    /// <summary>The whole matrix.</summary>
    internal ConceptMatrix Matrix { get; }

    /// <summary>Concepts on the page.</summary>
    internal IReadOnlyList<ConceptRow> Rows { get; }

    /// <summary>Texts of code, safe to show.</summary>
    internal List<string> Codes { get; } = [];

    /// <summary>Snippets of a concept by language.</summary>
    internal ConceptSample[] Samples(ConceptRow row) => _samples.GetValueOrDefault(row.Concept, []);

    /// <summary>Index into <see cref="Codes"/>, or -1.</summary>
    internal int CodeOf(Snippet snippet) => _codeBySnippet.GetValueOrDefault(snippet.Id, -1);

    // First one snippet of every concept, then one of every cell, then the others.
    private void AddCode(Func<string, string?> code, HtmlReportOptions options)
    {
        var characters = 0;
        var cells = Rows.SelectMany(Samples).ToArray();
        foreach (var snippet in Rows.Select(row => row.Representative).Concat(cells.SelectMany(cell => cell.Snippets.Take(1))).Concat(cells.SelectMany(cell => cell.Snippets.Skip(1))))
        {
            if (characters >= options.MaxConceptCodeCharacters)
            {
                return;
            }

            if (!_codeBySnippet.ContainsKey(snippet.Id) && code(snippet.Id) is { } whole)
            {
                _codeBySnippet[snippet.Id] = Codes.Count;
                Codes.Add(PageCode.Shorten(whole, options.MaxConceptCodeLines));
                characters += Codes[^1].Length;
            }
        }
    }
}
