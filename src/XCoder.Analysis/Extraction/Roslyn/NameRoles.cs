using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>What a name is there for, by its place in the syntax.</summary>
internal static class NameRoles
{
    /// <summary>Whether the name needs no symbol: a word of the language, or the name of an argument.</summary>
    public static bool StandsForNothing(SimpleNameSyntax name)
    {
        if (name.Identifier.IsMissing || !name.Identifier.IsKind(SyntaxKind.IdentifierToken))
        {
            return true;
        }

        return name.Parent switch
        {
            NameEqualsSyntax => true,
            NameColonSyntax colon => colon.Parent is not SubpatternSyntax,
            _ => name.Identifier.Text.Length == 3 && name.IsVar,
        };
    }

    /// <summary>Whether a name without symbol is a word of the language.</summary>
    public static bool IsContextualWord(SimpleNameSyntax name) =>
        name.Identifier.Text is "_" or "nameof" or "dynamic" or "unmanaged" or "notnull" or "nint" or "nuint" or "args" or "value" or "field";

    /// <summary>Whether it is called: <c>F()</c>, <c>x.F()</c>, <c>x?.F()</c>.</summary>
    public static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access => access.Name == name && call.Expression == access,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } binding => call.Expression == binding,
        _ => false,
    };

    /// <summary>Whether something stands before it that says where to look it up.</summary>
    public static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberBindingExpressionSyntax or AliasQualifiedNameSyntax => true,
        _ => false,
    };

    /// <summary>Whether it names an attribute's type.</summary>
    public static bool IsAttributeName(SimpleNameSyntax name) =>
        name.Parent is AttributeSyntax or QualifiedNameSyntax { Parent: AttributeSyntax } or AliasQualifiedNameSyntax { Parent: AttributeSyntax };
}
