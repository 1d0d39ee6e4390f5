using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Says which snippets hold a syntax error: the innermost around it and those around that one.</summary>
internal sealed class ErrorMarks(List<ExtractedSnippet> snippets, List<TextSpan> spans)
{
    // An #error that a plain build meets says nothing about the syntax.
    private const string ErrorDirective = "CS1029";

    private readonly bool[] _marked = new bool[snippets.Count];

    public bool Has(int snippet) => _marked[snippet];

    /// <summary>Marks the snippets of a tree with diagnostics; whether there was an error at all.</summary>
    public bool Mark(SyntaxTree tree, CancellationToken cancellation)
    {
        var positions = new List<(int Position, bool IsEmpty)>();
        foreach (var diagnostic in tree.GetDiagnostics(cancellation))
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != ErrorDirective)
            {
                var span = diagnostic.Location.SourceSpan;
                positions.Add((span.Start, span.IsEmpty));
            }
        }

        positions.Sort();
        var inner = -1;
        var next = 0;
        foreach (var (position, isEmpty) in positions)
        {
            for (; next < spans.Count && spans[next].Start <= position; next++)
            {
                inner = next;
            }

            // Something missing is reported where the text before it ends: still in the snippet that ends there.
            var at = inner;
            while (at >= 0 && !(position < spans[at].End || (isEmpty && position == spans[at].End)))
            {
                at = snippets[at].Parent;
            }

            for (; at >= 0 && !_marked[at]; at = snippets[at].Parent)
            {
                _marked[at] = true;
            }
        }

        return positions.Count > 0;
    }
}
