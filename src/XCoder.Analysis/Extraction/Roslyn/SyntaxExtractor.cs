using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Extracts the snippets, tokens and imports of one syntax tree.</summary>
internal sealed class SyntaxExtractor : DeclarationWalker
{
    private readonly Utf16Text _text;
    private readonly string _separator;
    private readonly TestCode _tests;
    private readonly bool _isTestFile;
    private readonly TokenCollector _tokens;
    private readonly List<ExtractedSnippet> _snippets = [];
    private readonly List<TextSpan> _spans = [];
    private readonly List<string> _imports = [];
    private readonly Stack<(int End, string Name)> _namespaces = new();
    private readonly Stack<int> _lambdaEnds = new();
    private int _lambdaDepth;

    private SyntaxExtractor(Utf16Text text, string path, Language language, TestCode tests, CancellationToken cancellation)
        : base(cancellation)
    {
        (_text, _separator, _tests, _isTestFile) = (text, language.Separator, tests, tests.IsTestPath(path));
        _tokens = new TokenCollector(text);
    }

    public static SyntaxResult Extract(SyntaxTree tree, Utf16Text text, Language language, TestCode tests, CancellationToken cancellation)
    {
        var extractor = new SyntaxExtractor(text, tree.FilePath, language, tests, cancellation);
        var root = tree.GetRoot(cancellation);
        extractor.Walk(root, tokens: true);
        return extractor.Finish(tree, root, language);
    }

    protected override void OnToken(SyntaxToken token) => _tokens.Add(token);

    protected override void OnNamespace(BaseNamespaceDeclarationSyntax node, int end)
    {
        var outer = NamespaceAt(node.FullSpan.Start);
        var name = SignatureText.Name(node.Name).Replace(".", _separator, StringComparison.Ordinal);
        _namespaces.Push((end, outer.Length > 0 && name.Length > 0 ? Layout.Qualify(outer, _separator, name) : outer + name));
    }

    protected override bool OnNode(SyntaxNode node)
    {
        if (node is UsingDirectiveSyntax)
        {
            _imports.Add(SignatureText.Of(_text.Text, node));
        }
        else if (node is AnonymousFunctionExpressionSyntax)
        {
            var span = node.FullSpan;
            while (_lambdaEnds.TryPeek(out var end) && end <= span.Start)
            {
                _lambdaEnds.Pop();
            }

            _lambdaEnds.Push(span.End);
            _lambdaDepth = Math.Max(_lambdaDepth, _lambdaEnds.Count);
        }

        return true;
    }

    protected override void OnSnippet(SyntaxNode node, Declaration declaration, int index, int parent)
    {
        var span = node.Span;
        var (start, end) = (_text.ByteAt(span.Start), _text.ByteAt(span.End));
        var scope = parent >= 0 ? _snippets[parent].QualifiedName : NamespaceAt(span.Start);
        var decorators = declaration.Attributes.Select(list => SignatureText.Of(_text.Text, list)).ToArray();
        var signature = SignatureText.Of(_text.Text, node, SignatureStart(declaration, span), Math.Min(declaration.BodyStart, span.End));
        var isTestCall = declaration.Form == HandedFunctions.Form && _tests.IsTestCall(declaration.Name.Split(' ')[0]);
        var isTest = _isTestFile || isTestCall || (parent >= 0 && _snippets[parent].IsTest)
            || _tests.IsTestSnippet(declaration.Name, decorators, signature, () => SignatureText.Of(_text.Text, node));
        _spans.Add(span);
        _snippets.Add(new ExtractedSnippet
        {
            Kind = declaration.Kind,
            Form = isTestCall ? "test" : declaration.Form,
            Name = declaration.Name,
            QualifiedName = scope.Length > 0 ? Layout.Qualify(scope, _separator, declaration.Name) : declaration.Name,
            Span = new SourceSpan(start, end, _text.LineOf(start), _text.LineOf(Math.Max(start, end - 1))),
            FirstToken = 0,
            TokenCount = 0,
            Signature = signature,
            Parameters = Parameters(declaration),
            Documentation = CommentText.Before(node.GetFirstToken(includeZeroWidth: true)),
            Parent = parent,
            Decorators = decorators,
            IsTest = isTest,
        });
    }

    private string NamespaceAt(int position)
    {
        while (_namespaces.TryPeek(out var scope))
        {
            if (position < scope.End)
            {
                return scope.Name;
            }

            _namespaces.Pop();
        }

        return "";
    }

    private static int SignatureStart(Declaration declaration, TextSpan span) =>
        declaration.Attributes.Count > 0
            ? declaration.Attributes[^1].GetLastToken(includeZeroWidth: true).GetNextToken(includeZeroWidth: true).SpanStart
            : span.Start;

    private string[] Parameters(Declaration declaration) => declaration switch
    {
        { Parameter: { } only } => [SignatureText.Of(_text.Text, only)],
        { Parameters: { } list } => [.. list.Parameters.Select(parameter => SignatureText.Of(_text.Text, parameter))],
        _ => [],
    };

    private SyntaxResult Finish(SyntaxTree tree, SyntaxNode root, Language language)
    {
        var tokens = _tokens.ToStream();
        var errors = new ErrorMarks(_snippets, _spans);
        var hasErrors = root.ContainsDiagnostics && errors.Mark(tree, Cancellation);
        var imports = Enumerable.Range(0, _imports.Count).ToArray();
        for (var i = 0; i < _snippets.Count; i++)
        {
            var snippet = _snippets[i];
            var first = tokens.IndexAtOrAfter(snippet.Span.StartByte);
            _snippets[i] = snippet with
            {
                FirstToken = first,
                TokenCount = tokens.IndexAtOrAfter(snippet.Span.EndByte) - first,
                Imports = imports,
                HasErrors = errors.Has(i),
            };
        }

        _tests.MarkClasses(_snippets);
        var file = new ExtractedFile
        {
            Language = language.Id,
            Tokens = tokens,
            Snippets = _snippets.ToArray(),
            Imports = _imports,
            HasErrors = hasErrors || IsCut,
            InactiveBytes = _tokens.InactiveBytes,
        };
        return new SyntaxResult(tree, file, [.. _spans], Depth, _lambdaDepth);
    }
}

/// <summary>The result of parsing one file and extracting its snippets, before names are resolved.</summary>
/// <param name="Tree">The syntax tree.</param>
/// <param name="Extracted">The extracted file, without resolved names.</param>
/// <param name="Spans">Span of each snippet in characters.</param>
/// <param name="Depth">Depth of the tree, in nodes.</param>
/// <param name="LambdaDepth">Depth of the deepest nesting of lambdas; 1 if no lambda is inside another, 0 without lambdas.</param>
internal sealed record SyntaxResult(SyntaxTree Tree, ExtractedFile Extracted, TextSpan[] Spans, int Depth, int LambdaDepth);

/// <summary>Marks the snippets that contain a syntax error: the innermost one, and all snippets around that one.</summary>
internal sealed class ErrorMarks(List<ExtractedSnippet> snippets, List<TextSpan> spans)
{
    // An #error directive reached in a plain build says nothing about the syntax.
    private const string ErrorDirective = "CS1029";

    private readonly bool[] _marked = new bool[snippets.Count];

    public bool Has(int snippet) => _marked[snippet];

    /// <summary>Marks the snippets that contain a syntax error of the tree; returns whether the tree has any.</summary>
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

            // A missing token is reported at the end of the text before it, so it belongs to a snippet that ends there.
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

/// <summary>Reads the documentation comment before a declaration as plain text.</summary>
internal static partial class CommentText
{
    /// <summary>The text, or null if there is no documentation comment or it is empty.</summary>
    public static string? Before(SyntaxToken first)
    {
        if (!first.HasLeadingTrivia)
        {
            return null;
        }

        var comments = new List<string>();
        var lineEnds = 0;
        foreach (var trivia in first.LeadingTrivia.Reverse())
        {
            var kind = trivia.Kind();
            if (kind == SyntaxKind.EndOfLineTrivia)
            {
                // A blank line separates a declaration's comment from those above it.
                if (++lineEnds > 1 && comments.Count > 0)
                {
                    break;
                }
            }
            else if (kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            {
                lineEnds = 0;
                if (Written(trivia.ToString(), kind) is { } text)
                {
                    comments.Add(text);
                }
            }
        }

        if (comments.Count == 0)
        {
            return null;
        }

        comments.Reverse();
        return Clean(string.Join('\n', comments));
    }

    /// <summary>Removes the tags of XML documentation and keeps their text.</summary>
    public static string? Clean(string xml)
    {
        var text = Tag().Replace(xml, Spoken);
        var builder = new StringBuilder(text.Length);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            builder.Append(builder.Length > 0 ? "\n" : "").Append(line.Trim());
        }

        return builder.Length == 0 ? null : Entities(builder);
    }

    // The comment without its delimiters, or null if it is not documentation.
    private static string? Written(string comment, SyntaxKind kind)
    {
        if (kind == SyntaxKind.SingleLineCommentTrivia)
        {
            return comment.StartsWith("///", StringComparison.Ordinal) && !comment.StartsWith("////", StringComparison.Ordinal)
                ? comment[3..]
                : null;
        }

        if (!comment.StartsWith("/**", StringComparison.Ordinal) || comment.Length < 5)
        {
            return null;
        }

        var body = comment.EndsWith("*/", StringComparison.Ordinal) ? comment[3..^2] : comment[3..];
        return string.Join('\n', body.Split('\n').Select(line => line.Trim() is ['*', .. var rest] ? rest : line));
    }

    private static string Spoken(Match tag)
    {
        var name = tag.Groups["name"].Value;
        var value = tag.Groups["value"] is { Success: true } values ? values.Captures[0].Value : "";
        var closing = tag.Groups["close"].Length > 0;
        return name switch
        {
            "param" or "typeparam" or "exception" or "permission" => closing || value.Length == 0 ? "\n" : $"\n{Reference(value)}: ",
            "see" or "seealso" or "paramref" or "typeparamref" => tag.Groups["empty"].Length > 0 ? Reference(value) : "",
            "returns" => closing ? "\n" : "\nreturns: ",
            "summary" or "remarks" or "value" or "example" or "para" or "br" or "list" or "item" or "code" => "\n",
            "term" => closing ? ": " : "",
            _ => "",
        };
    }

    // Removes the compiler's prefix from "T:System.String" and "M:A.B(System.Int32)".
    private static string Reference(string value) =>
        value.Length > 2 && value[1] == ':' && char.IsAsciiLetterUpper(value[0]) ? value[2..] : value;

    private static string Entities(StringBuilder text) =>
        text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&amp;", "&").ToString();

    // Only documentation tags match, so List<int> in a comment stays text.
    [GeneratedRegex(
        """
        <(?<close>/)?(?<name>summary|remarks|returns|value|example|para|br|list|listheader|item|term|description|code|c|b|i|u|em|strong|a|
        param|typeparam|exception|permission|seealso|see|paramref|typeparamref|inheritdoc|include)
        (\s+(?<key>[\w:]+)\s*=\s*("(?<value>[^"<]*)"|'(?<value>[^'<]*)'))*\s*(?<empty>/)?>
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
