using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Reads snippets, tokens and imports off one tree.</summary>
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
        var isTest = _isTestFile || (parent >= 0 && _snippets[parent].IsTest) || _tests.IsTestSnippet(declaration.Name, decorators);
        _spans.Add(span);
        _snippets.Add(new ExtractedSnippet
        {
            Kind = declaration.Kind,
            Form = declaration.Form,
            Name = declaration.Name,
            QualifiedName = scope.Length > 0 ? Layout.Qualify(scope, _separator, declaration.Name) : declaration.Name,
            Span = new SourceSpan(start, end, _text.LineOf(start), _text.LineOf(Math.Max(start, end - 1))),
            FirstToken = 0,
            TokenCount = 0,
            Signature = SignatureText.Of(_text.Text, node, SignatureStart(declaration, span), Math.Min(declaration.BodyStart, span.End)),
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
