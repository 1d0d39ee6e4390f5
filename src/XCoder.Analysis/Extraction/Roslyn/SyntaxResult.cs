using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>What the syntax of one file gave.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Extracted">The file, nothing resolved.</param>
/// <param name="Spans">Span of each snippet in characters.</param>
/// <param name="Depth">Depth of the tree in nodes.</param>
/// <param name="LambdaDepth">Number of lambdas around the innermost one, itself included.</param>
internal sealed record SyntaxResult(SyntaxTree Tree, ExtractedFile Extracted, TextSpan[] Spans, int Depth, int LambdaDepth);
