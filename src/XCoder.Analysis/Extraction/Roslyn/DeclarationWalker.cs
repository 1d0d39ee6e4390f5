using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Visits a tree in source order and tracks the innermost snippet around each node. It uses a stack of its own, because
/// trees of long operator chains are deeper than any thread's stack. Two walks of a tree number its snippets equally.
/// </summary>
internal abstract class DeclarationWalker(CancellationToken cancellation)
{
    private static readonly int MaxNesting = new ExtractionOptions().MaxNesting;

    private readonly Stack<(SyntaxNodeOrToken Item, int Depth)> _open = new();
    private readonly Stack<Scope> _scopes = new();
    private int _snippets;

    /// <summary>Depth of the deepest node visited so far.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether snippets were left out because they nest too deep.</summary>
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

    /// <summary>Index of the innermost snippet around the current node, or -1.</summary>
    protected int Current => _scopes.Peek().Snippet;

    protected virtual void OnToken(SyntaxToken token)
    {
    }

    /// <summary>Called when a namespace opens.</summary>
    protected virtual void OnNamespace(BaseNamespaceDeclarationSyntax node, int end)
    {
    }

    /// <summary>
    /// Called when snippet <paramref name="index"/> opens inside snippet <paramref name="parent"/> (-1 for none).
    /// </summary>
    protected abstract void OnSnippet(SyntaxNode node, Declaration declaration, int index, int parent);

    /// <summary>
    /// Called for every node, for snippets after <see cref="OnSnippet"/>. If it returns false, the children are
    /// skipped.
    /// </summary>
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
            case SyntaxKind.LocalDeclarationStatement or SyntaxKind.LocalFunctionStatement or SyntaxKind.VariableDeclarator
                or SyntaxKind.InvocationExpression or SyntaxKind.ObjectCreationExpression
                or SyntaxKind.ImplicitObjectCreationExpression or SyntaxKind.SimpleLambdaExpression
                or SyntaxKind.ParenthesizedLambdaExpression or SyntaxKind.AnonymousMethodExpression:
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

    // The ranks of int[][] are a list in the tree, but the binder nests one type in the other.
    private static int Hidden(SyntaxNode node) => node is ArrayTypeSyntax array ? array.RankSpecifiers.Count : 0;

    private void EnterSnippet(SyntaxNode node, int end)
    {
        // Broken code may lack a name and is then no snippet. Deeper nesting would multiply the work.
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

/// <summary>The declaration that makes a node a snippet.</summary>
/// <param name="Kind">Kind of the snippet.</param>
/// <param name="Form">A finer distinction, or null.</param>
/// <param name="Name">The bare name.</param>
/// <param name="BodyStart">Index of the character at which the signature ends.</param>
/// <param name="Attributes">Attribute lists before the declaration.</param>
/// <param name="Parameters">The parameter list, or null.</param>
/// <param name="Parameter">The only parameter of a lambda without a list, or null.</param>
internal sealed record Declaration(
    SnippetKind Kind,
    string? Form,
    string Name,
    int BodyStart,
    SyntaxList<AttributeListSyntax> Attributes,
    BaseParameterListSyntax? Parameters = null,
    ParameterSyntax? Parameter = null);

/// <summary>Decides which nodes of a C# tree are snippets.</summary>
internal static class Declarations
{
    /// <summary>The declaration of <paramref name="node"/>, or null if it is not a snippet.</summary>
    public static Declaration? Of(SyntaxNode node) => node switch
    {
        MemberDeclarationSyntax member => OfMember(member),
        LocalFunctionStatementSyntax local => new(
            SnippetKind.Function,
            "local",
            local.Identifier.ValueText,
            BodyStart(local.Body, local.ExpressionBody, local.SemicolonToken),
            local.AttributeLists,
            local.ParameterList),
        LocalDeclarationStatementSyntax local => OfVariables(local.Declaration, local.AttributeLists),
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: > 1 } } variable =>
            OfLambda(variable.Identifier, variable.Initializer, default),
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax => HandedFunctions.OfCall(node),
        AnonymousFunctionExpressionSyntax function => HandedFunctions.OfFunction(function),
        _ => null,
    };

    /// <summary>The declaration of the variable, field or property that a value goes to, or null if it is no snippet.</summary>
    public static Declaration? OfHolder(EqualsValueClauseSyntax value) => value.Parent switch
    {
        PropertyDeclarationSyntax property => Of(property),
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variables } variable =>
            Of(variables.Variables.Count > 1 || variables.Parent is null ? variable : variables.Parent),
        _ => null,
    };

    private static Declaration? OfMember(MemberDeclarationSyntax node) => node switch
    {
        BaseMethodDeclarationSyntax method => OfMethod(method),
        TypeDeclarationSyntax type => OfType(type),
        EnumDeclarationSyntax type =>
            new(SnippetKind.Enumeration, "enum", type.Identifier.ValueText, type.OpenBraceToken.SpanStart, type.AttributeLists),
        PropertyDeclarationSyntax property => OfProperty(property),
        IndexerDeclarationSyntax indexer when HasBody(indexer.AccessorList, indexer.ExpressionBody) => new(
            SnippetKind.Method,
            "indexer",
            "this[]",
            indexer.AccessorList?.SpanStart ?? indexer.ExpressionBody!.SpanStart,
            indexer.AttributeLists,
            indexer.ParameterList),
        EventDeclarationSyntax { AccessorList: { } accessors } e when HasBody(accessors, null) =>
            new(SnippetKind.Method, "event", e.Identifier.ValueText, accessors.SpanStart, e.AttributeLists),
        BaseFieldDeclarationSyntax field => OfVariables(field.Declaration, field.AttributeLists),
        _ => null,
    };

    private static Declaration OfMethod(BaseMethodDeclarationSyntax node)
    {
        var bodyless = node.Body is null && node.ExpressionBody is null ? Bodyless(node) : null;
        var (kind, form, name) = node switch
        {
            ConstructorDeclarationSyntax constructor => (
                SnippetKind.Constructor,
                constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? "static" : null,
                constructor.Identifier.ValueText),
            DestructorDeclarationSyntax destructor => (SnippetKind.Method, "destructor", "~" + destructor.Identifier.ValueText),
            OperatorDeclarationSyntax o => (
                SnippetKind.Method,
                "operator",
                o.CheckedKeyword.RawKind == 0 ? "operator " + o.OperatorToken.Text : "operator checked " + o.OperatorToken.Text),
            ConversionOperatorDeclarationSyntax conversion => (
                SnippetKind.Method,
                "conversion",
                $"{conversion.ImplicitOrExplicitKeyword.Text} operator {SignatureText.Name(conversion.Type)}"),
            MethodDeclarationSyntax { Parent: BaseTypeDeclarationSyntax } method =>
                (SnippetKind.Method, bodyless, method.Identifier.ValueText),
            MethodDeclarationSyntax function => (SnippetKind.Function, bodyless, function.Identifier.ValueText),
            _ => (SnippetKind.Method, bodyless, ""),
        };
        return new Declaration(kind, form, name, BodyStart(node.Body, node.ExpressionBody, node.SemicolonToken), node.AttributeLists,
            node.ParameterList);
    }

    private static Declaration? OfType(TypeDeclarationSyntax type)
    {
        if (type.IsKind(SyntaxKind.ExtensionBlockDeclaration))
        {
            return null;
        }

        var kind = type.IsKind(SyntaxKind.InterfaceDeclaration) ? SnippetKind.Interface : SnippetKind.Structure;
        var end = type.OpenBraceToken.RawKind != 0 ? type.OpenBraceToken : type.SemicolonToken;
        return new Declaration(
            kind,
            type.Keyword.ValueText,
            type.Identifier.ValueText,
            end.RawKind != 0 ? end.SpanStart : type.Span.End,
            type.AttributeLists,
            type.ParameterList);
    }

    // An automatic property is data. One with a written accessor is code, and one that holds a lambda is a function.
    private static Declaration? OfProperty(PropertyDeclarationSyntax property)
    {
        if (HasBody(property.AccessorList, property.ExpressionBody))
        {
            return new Declaration(
                SnippetKind.Method,
                "property",
                property.Identifier.ValueText,
                property.AccessorList?.SpanStart ?? property.ExpressionBody!.SpanStart,
                property.AttributeLists);
        }

        return OfLambda(property.Identifier, property.Initializer, property.AttributeLists);
    }

    private static Declaration? OfVariables(VariableDeclarationSyntax declaration, SyntaxList<AttributeListSyntax> attributes) =>
        declaration.Variables is [var variable] ? OfLambda(variable.Identifier, variable.Initializer, attributes) : null;

    private static Declaration? OfLambda(SyntaxToken name, EqualsValueClauseSyntax? initializer, SyntaxList<AttributeListSyntax> attributes)
    {
        var value = initializer?.Value;
        for (var wrappers = 0; wrappers < 4; wrappers++)
        {
            value = value switch
            {
                ParenthesizedExpressionSyntax inner => inner.Expression,
                CastExpressionSyntax inner => inner.Expression,
                _ => value,
            };
        }

        // What a field or property gets from a call is the function that the call takes: new Lazy<int>(() => …)
        var isMember = initializer?.Parent is PropertyDeclarationSyntax or { Parent.Parent: BaseFieldDeclarationSyntax };
        return (value as AnonymousFunctionExpressionSyntax ?? (isMember ? HandedFunctions.Within(value) : null)) is { } function
            ? HandedFunctions.Bound(function, "lambda", name.ValueText, attributes) : null;
    }

    private static string Bodyless(BaseMethodDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.PartialKeyword) ? "partial" : node.Modifiers.Any(SyntaxKind.ExternKeyword) ? "extern" : "abstract";

    private static bool HasBody(AccessorListSyntax? accessors, ArrowExpressionClauseSyntax? expression) =>
        expression is not null
            || accessors?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) == true;

    private static int BodyStart(BlockSyntax? block, ArrowExpressionClauseSyntax? expression, SyntaxToken semicolon) =>
        block?.SpanStart ?? expression?.SpanStart ?? semicolon.SpanStart;
}
