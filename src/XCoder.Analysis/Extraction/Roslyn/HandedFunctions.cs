using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Decides which lambdas handed to calls are snippets, as <c>app.MapGet("/carts", async () => …)</c>: those of calls with a title,
/// the first string among the arguments, if they are more than a short expression; and long ones outside of functions.
/// </summary>
internal static class HandedFunctions
{
    /// <summary>The form of a function that goes by the call that it is handed to.</summary>
    public const string Form = "callback";

    // Shorter code is not compared by default, and seldom says anything without its surroundings.
    private const int LongFunction = 25;
    private const int MostWrappers = 4, MostCalls = 100, TitleLimit = 120;

    private static readonly FrozenSet<string> Consumers = FrozenSet.Create(
        "Select", "SelectMany", "Where", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "GroupBy", "GroupJoin", "Join",
        "ToDictionary", "ToLookup", "ToFrozenDictionary", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault",
        "Any", "All", "Count", "Sum", "Min", "Max", "MinBy", "MaxBy", "DistinctBy", "Average", "Aggregate", "TakeWhile", "SkipWhile", "Zip",
        "ForEach", "ConvertAll", "Find", "FindAll", "FindIndex", "Exists", "RemoveAll", "Sort", "TrueForAll", "Throws", "ThrowsAsync");

    /// <summary>The declaration of a call that hands on one function, or null if the call is no snippet.</summary>
    public static Declaration? OfCall(SyntaxNode call)
    {
        if (Arguments(call) is not { } arguments || Only(arguments, MostWrappers) is not { } function || HasEarlier(call))
        {
            return null;
        }

        return Of(function, call, arguments);
    }

    /// <summary>The declaration of a function that a call with a title takes beside others, or null if it is no snippet.</summary>
    public static Declaration? OfFunction(AnonymousFunctionExpressionSyntax function) =>
        function.Parent is ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: { } call } }
            && Arguments(call) is { } arguments && (Only(arguments, MostWrappers) is null || HasEarlier(call))
            ? Of(function, call, arguments) : null;

    /// <summary>The only function that a value hands to calls, as in <c>new Lazy(() => …)</c>, or null.</summary>
    public static AnonymousFunctionExpressionSyntax? Within(ExpressionSyntax? value) =>
        value is not null && Arguments(value) is { } arguments && !HasEarlier(value) && !Consumes(value)
            ? Only(arguments, MostWrappers) : null;

    private static Declaration? Of(AnonymousFunctionExpressionSyntax function, SyntaxNode call, BaseArgumentListSyntax arguments)
    {
        var title = Title(arguments);
        var isInside = IsInFunction(call);
        if ((title is null && (isInside || function.Parent?.Parent != arguments || IsInTitled(call))) || Consumes(call) || IsNamed(call)
            || !((title is not null && (!isInside || function.Block is not null || IsBroken(function))) || IsLong(function)))
        {
            return null;
        }

        var callee = call switch
        {
            InvocationExpressionSyntax invocation => invocation.Expression,
            ObjectCreationExpressionSyntax creation => creation.Type,
            _ => null,
        };
        var name = callee is null ? "new" : CallNames.Callee(SignatureText.Name(callee));
        return Bound(function, Form, title is null ? name : $"{name} {Layout.Collapse(title, TitleLimit)}".Trim(), default);
    }

    /// <summary>The declaration of a function that goes by a name from around it.</summary>
    public static Declaration Bound(AnonymousFunctionExpressionSyntax function, string form, string name,
        SyntaxList<AttributeListSyntax> attributes) => function switch
    {
        SimpleLambdaExpressionSyntax lambda =>
            new(SnippetKind.Function, form, name, lambda.ArrowToken.SpanStart, attributes, Parameter: lambda.Parameter),
        ParenthesizedLambdaExpressionSyntax lambda =>
            new(SnippetKind.Function, form, name, lambda.ArrowToken.SpanStart, attributes, lambda.ParameterList),
        _ => new(SnippetKind.Function, form, name, function.Body.SpanStart, attributes,
            (function as AnonymousMethodExpressionSyntax)?.ParameterList),
    };

    private static BaseArgumentListSyntax? Arguments(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        _ => null,
    };

    /// <summary>The only function among the arguments and those of calls among them; null if there is none, or several.</summary>
    private static AnonymousFunctionExpressionSyntax? Only(BaseArgumentListSyntax arguments, int depth)
    {
        AnonymousFunctionExpressionSyntax? only = null;
        foreach (var argument in arguments.Arguments)
        {
            var found = argument.Expression as AnonymousFunctionExpressionSyntax
                ?? (depth > 0 && Arguments(argument.Expression) is { } inner && Title(inner) is null
                    && !Consumes(argument.Expression) ? Only(inner, depth - 1) : null);
            if (found is not null && only is not null)
            {
                return null;
            }

            only ??= found;
        }

        return only;
    }

    /// <summary>Whether an earlier call of a chain takes a function, too: that one is something else.</summary>
    private static bool HasEarlier(SyntaxNode call)
    {
        var calls = 0;
        for (var at = (call as InvocationExpressionSyntax)?.Expression; at is not null;)
        {
            if (++calls > MostCalls || (Arguments(at)?.Arguments.Any(a => a.Expression is AnonymousFunctionExpressionSyntax) ?? false))
            {
                return true;
            }

            at = at switch
            {
                MemberAccessExpressionSyntax member => member.Expression,
                InvocationExpressionSyntax inner => inner.Expression,
                _ => null,
            };
        }

        return false;
    }

    private static string? Title(BaseArgumentListSyntax arguments) =>
        arguments.Arguments.Select(argument => Title(argument.Expression)).FirstOrDefault(text => text is not null);

    private static string? Title(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) =>
            literal.Token.ValueText is { Length: > 0 } text ? text : null,
        InterpolatedStringExpressionSyntax text => text.Contents.ToString(),
        _ => null,
    };

    /// <summary>Whether a query or a test of an exception runs the function, which is a step of the code around it.</summary>
    private static bool Consumes(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member }
        && Consumers.Contains(member.Name.Identifier.ValueText);

    /// <summary>Whether a field or property gives the function its name.</summary>
    private static bool IsNamed(SyntaxNode call)
    {
        var node = call;
        for (; node is ExpressionSyntax or ArgumentSyntax or BaseArgumentListSyntax; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax)
            {
                return false;
            }
        }

        return node is EqualsValueClauseSyntax value && Declarations.OfHolder(value) is not null;
    }

    /// <summary>Whether the value of a call goes to one with a title, by which the function goes.</summary>
    private static bool IsInTitled(SyntaxNode call)
    {
        for (var depth = 0; depth < MostWrappers && call.Parent is ArgumentSyntax { Parent: BaseArgumentListSyntax arguments }; depth++)
        {
            if (Title(arguments) is not null)
            {
                return true;
            }

            call = arguments.Parent!;
        }

        return false;
    }

    private static bool IsInFunction(SyntaxNode node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
        {
            if (at is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax)
            {
                return true;
            }

            if (at is MemberDeclarationSyntax)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsBroken(AnonymousFunctionExpressionSyntax function) => function.SyntaxTree.GetLineSpan(function.Span) is var span
        && span.EndLinePosition.Line > span.StartLinePosition.Line;

    private static bool IsLong(AnonymousFunctionExpressionSyntax function) =>
        function.DescendantTokens().Take(LongFunction).Count() == LongFunction;
}
