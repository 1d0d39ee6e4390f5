using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Extraction.Source;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Visits a tree in source order with a stack of its own, since trees of long operator chains are deeper than any
/// thread's stack, and says for each node in which snippet it stands. Two walks number snippets alike.
/// </summary>
internal abstract class DeclarationWalker(CancellationToken cancellation)
{
    private static readonly int MaxNesting = new ExtractionOptions().MaxNesting;

    private readonly Stack<(SyntaxNodeOrToken Item, int Depth)> _open = new();
    private readonly Stack<Scope> _scopes = new();
    private int _snippets;

    /// <summary>Depth of the deepest node so far.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether snippets were left out for their nesting.</summary>
    public bool IsCut { get; private set; }

    protected CancellationToken Cancellation => cancellation;

    protected void Walk(SyntaxNode root, bool tokens)
    {
        _scopes.Push(new Scope(int.MaxValue, -1));
        _open.Push((root, 1));
        for (var steps = 0; _open.TryPop(out var next); steps++)
        {
            if ((steps & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (next.Item.AsNode() is not { } node)
            {
                OnToken(next.Item.AsToken());
                continue;
            }

            Depth = Math.Max(Depth, next.Depth + Hidden(node));
            if (Enter(node))
            {
                PushChildren(node, next.Depth + 1, tokens);
            }
        }
    }

    /// <summary>Index of the innermost snippet around the node being visited, or -1.</summary>
    protected int Current => _scopes.Peek().Snippet;

    protected virtual void OnToken(SyntaxToken token)
    {
    }

    /// <summary>A namespace opens.</summary>
    protected virtual void OnNamespace(BaseNamespaceDeclarationSyntax node, int end)
    {
    }

    /// <summary>Snippet <paramref name="index"/> opens, within <paramref name="parent"/>.</summary>
    protected abstract void OnSnippet(SyntaxNode node, Declaration declaration, int index, int parent);

    /// <summary>Any node, snippets after <see cref="OnSnippet"/>. Its children are left out where this returns false.</summary>
    protected virtual bool OnNode(SyntaxNode node) => true;

    private bool Enter(SyntaxNode node)
    {
        var full = node.FullSpan;
        while (_scopes.Peek().End <= full.Start)
        {
            _scopes.Pop();
        }

        switch (node.Kind())
        {
            case SyntaxKind.NamespaceDeclaration or SyntaxKind.FileScopedNamespaceDeclaration:
                OnNamespace((BaseNamespaceDeclarationSyntax)node, full.End);
                break;
            case SyntaxKind.LocalDeclarationStatement or SyntaxKind.LocalFunctionStatement or SyntaxKind.VariableDeclarator:
                EnterSnippet(node, full.End);
                break;
            default:
                if (node is MemberDeclarationSyntax)
                {
                    EnterSnippet(node, full.End);
                }

                break;
        }

        return OnNode(node);
    }

    // The ranks of int[][] are a list in the tree, but one type inside the other to the binder.
    private static int Hidden(SyntaxNode node) => node is ArrayTypeSyntax array ? array.RankSpecifiers.Count : 0;

    private void EnterSnippet(SyntaxNode node, int end)
    {
        // What has no name, in broken code, is no snippet; what nests deeper would multiply work.
        if (Declarations.Of(node) is { Name.Length: > 0 } declaration)
        {
            if (_scopes.Count > MaxNesting)
            {
                IsCut = true;
                return;
            }

            var parent = Current;
            _scopes.Push(new Scope(end, _snippets));
            OnSnippet(node, declaration, _snippets++, parent);
        }
    }

    private void PushChildren(SyntaxNode node, int depth, bool tokens)
    {
        foreach (var child in node.ChildNodesAndTokens().Reverse())
        {
            if (tokens || child.IsNode)
            {
                _open.Push((child, depth));
            }
        }
    }

    private readonly record struct Scope(int End, int Snippet);
}
