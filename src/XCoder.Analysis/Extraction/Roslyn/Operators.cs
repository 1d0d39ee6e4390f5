using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Which operators are worth asking the compiler about: those that a type may define.</summary>
internal static class Operators
{
    public static bool MayBeUserDefined(BinaryExpressionSyntax node) =>
        node.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression or SyntaxKind.IsExpression or SyntaxKind.AsExpression)
        && MayBeUserDefined(node.Left)
        && MayBeUserDefined(node.Right);

    public static bool MayBeUserDefined(PrefixUnaryExpressionSyntax node) =>
        node.Kind() is SyntaxKind.UnaryMinusExpression or SyntaxKind.BitwiseNotExpression && MayBeUserDefined(node.Operand);

    /// <summary>Beside a literal a user's operator is rare; asking there would cost more than it finds.</summary>
    public static bool MayBeUserDefined(ExpressionSyntax operand) => operand is not LiteralExpressionSyntax;
}
