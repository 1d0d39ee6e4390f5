using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Which nodes of a C# tree are snippets.</summary>
internal static class Declarations
{
    /// <summary>What <paramref name="node"/> declares, or null where it is no snippet.</summary>
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
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: > 1 } } variable => OfLambda(variable.Identifier, variable.Initializer, default),
        _ => null,
    };

    private static Declaration? OfMember(MemberDeclarationSyntax node) => node switch
    {
        BaseMethodDeclarationSyntax method => OfMethod(method),
        TypeDeclarationSyntax type => OfType(type),
        EnumDeclarationSyntax type => new(SnippetKind.Enumeration, "enum", type.Identifier.ValueText, type.OpenBraceToken.SpanStart, type.AttributeLists),
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
            OperatorDeclarationSyntax o => (SnippetKind.Method, "operator", o.CheckedKeyword.RawKind == 0 ? "operator " + o.OperatorToken.Text : "operator checked " + o.OperatorToken.Text),
            ConversionOperatorDeclarationSyntax conversion => (
                SnippetKind.Method,
                "conversion",
                $"{conversion.ImplicitOrExplicitKeyword.Text} operator {SignatureText.Name(conversion.Type)}"),
            MethodDeclarationSyntax { Parent: BaseTypeDeclarationSyntax } method => (SnippetKind.Method, bodyless, method.Identifier.ValueText),
            MethodDeclarationSyntax function => (SnippetKind.Function, bodyless, function.Identifier.ValueText),
            _ => (SnippetKind.Method, bodyless, ""),
        };
        return new Declaration(kind, form, name, BodyStart(node.Body, node.ExpressionBody, node.SemicolonToken), node.AttributeLists, node.ParameterList);
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

    // An automatic property is data; one with a written accessor is code; one that holds a lambda is a function.
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

        return value switch
        {
            SimpleLambdaExpressionSyntax lambda => new(SnippetKind.Function, "lambda", name.ValueText, lambda.ArrowToken.SpanStart, attributes, Parameter: lambda.Parameter),
            ParenthesizedLambdaExpressionSyntax lambda => new(SnippetKind.Function, "lambda", name.ValueText, lambda.ArrowToken.SpanStart, attributes, lambda.ParameterList),
            AnonymousMethodExpressionSyntax method => new(SnippetKind.Function, "lambda", name.ValueText, method.Block.SpanStart, attributes, method.ParameterList),
            _ => null,
        };
    }

    private static string Bodyless(BaseMethodDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.PartialKeyword) ? "partial" : node.Modifiers.Any(SyntaxKind.ExternKeyword) ? "extern" : "abstract";

    private static bool HasBody(AccessorListSyntax? accessors, ArrowExpressionClauseSyntax? expression) =>
        expression is not null || accessors?.Accessors.Any(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) == true;

    private static int BodyStart(BlockSyntax? block, ArrowExpressionClauseSyntax? expression, SyntaxToken semicolon) =>
        block?.SpanStart ?? expression?.SpanStart ?? semicolon.SpanStart;
}
