using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Reads the <c>#if</c> branches of a file that are inactive in a plain build: parses it again, each time with symbols that
/// make some of them active. Names in them are not resolved. What no symbols make active (<c>#if false</c>) stays counted
/// as inactive.
/// </summary>
internal static class InactiveCode
{
    /// <summary>How often a file is parsed again, at most.</summary>
    public const int MaxPasses = 8;

    /// <summary>What the inactive branches hold, in the order in which it must be added; empty if there are none.</summary>
    public static List<FoundBranches> Find(SyntaxResult first, Utf16Text text, Language language, TestCode tests,
        CSharpParseOptions options, CancellationToken cancellation)
    {
        var found = new List<FoundBranches>();
        if (first.Extracted.InactiveBytes == 0)
        {
            return found;
        }

        var root = first.Tree.GetRoot(cancellation);
        var inactive = Disabled(root);
        var directives = Trivia(root).Select(trivia => trivia.GetStructure()).OfType<DirectiveTriviaSyntax>();
        var left = Within(SymbolChooser.Branches(directives), inactive);
        var usual = options.PreprocessorSymbolNames.ToHashSet(StringComparer.Ordinal);
        for (var pass = 0; pass < MaxPasses && left.Count > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (SymbolChooser.Choose(left, usual) is not { } symbols)
            {
                left.RemoveAt(0);
                continue;
            }

            pass++;
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(text.Text), options.WithPreprocessorSymbols(symbols), first.Tree.FilePath,
                cancellation);
            var still = Disabled(tree.GetRoot(cancellation));
            var fresh = Without(inactive, still);
            if (fresh.Count > 0)
            {
                var extracted = SyntaxExtractor.Extract(tree, text, language, tests, cancellation).Extracted;
                found.Add(new FoundBranches(extracted, [.. fresh.Select(range => (text.ByteAt(range.Start), text.ByteAt(range.End)))]));
                inactive = Without(inactive, fresh);
            }

            // A directive in the file may decide on a symbol against all options.
            left.RemoveAt(0);
            left = Within(left, inactive);
        }

        return found;
    }

    private static List<Branch> Within(List<Branch> branches, List<TextSpan> inactive)
    {
        var next = 0;
        return branches.FindAll(branch =>
        {
            while (next < inactive.Count && inactive[next].End <= branch.Start)
            {
                next++;
            }

            return next < inactive.Count && inactive[next].Contains(branch.Start);
        });
    }

    private static List<TextSpan> Disabled(SyntaxNode root) =>
        [.. Trivia(root).Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)).Select(trivia => trivia.Span)];

    // To ask a directive for the next one takes time proportional to the directives before the same token.
    private static IEnumerable<SyntaxTrivia> Trivia(SyntaxNode root) =>
        root.DescendantTokens(node => node.ContainsDirectives).Where(token => token.ContainsDirectives)
            .SelectMany(token => token.LeadingTrivia);

    /// <summary>Parts of <paramref name="spans"/> outside <paramref name="others"/>. Both are ascending and disjoint.</summary>
    private static List<TextSpan> Without(List<TextSpan> spans, List<TextSpan> others)
    {
        var parts = new List<TextSpan>();
        var next = 0;
        foreach (var span in spans)
        {
            var at = span.Start;
            while (next < others.Count && others[next].End <= at)
            {
                next++;
            }

            for (var i = next; i < others.Count && others[i].Start < span.End; i++)
            {
                if (others[i].Start > at)
                {
                    parts.Add(TextSpan.FromBounds(at, others[i].Start));
                }

                at = Math.Max(at, others[i].End);
            }

            if (at < span.End)
            {
                parts.Add(TextSpan.FromBounds(at, span.End));
            }
        }

        return parts;
    }
}

/// <summary>What a parse with other symbols found.</summary>
/// <param name="Extracted">The whole file, parsed with these symbols.</param>
/// <param name="Fresh">Ranges of bytes that no earlier parse saw.</param>
internal sealed record FoundBranches(ExtractedFile Extracted, IReadOnlyList<(int Start, int End)> Fresh);
