using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Chooses the symbols with which a file must be parsed again so that its inactive <c>#if</c> branches become active. A set
/// of symbols serves as many branches as agree with it.
/// </summary>
internal static class SymbolChooser
{
    // A condition with more symbols is tried with few sets instead of all.
    private const int MaxSymbols = 10;

    // Conditions of the branches around a branch, and of those before it.
    private const int MaxConditions = 64;

    /// <summary>The branches of a file's <c>#if</c> directives, in source order, without those behind too many conditions.</summary>
    public static List<Branch> Branches(IEnumerable<DirectiveTriviaSyntax> directives)
    {
        var branches = new List<Branch>();
        var open = new Stack<Group>();
        foreach (var directive in directives)
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax first:
                    open.Push(new Group(open.TryPeek(out var around) ? around.Current : []));
                    Add(first, first.Condition);
                    break;
                case ElifDirectiveTriviaSyntax next when open.Count > 0:
                    Add(next, next.Condition);
                    break;
                case ElseDirectiveTriviaSyntax last when open.Count > 0:
                    Add(last, null);
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }

        return branches;

        void Add(DirectiveTriviaSyntax directive, ExpressionSyntax? condition)
        {
            var group = open.Peek();
            if (group.Outer.Count + group.Passed.Count >= MaxConditions)
            {
                return;
            }

            group.Current = [.. group.Outer, .. group.Passed, .. condition is null ? (Condition[])[] : [new Condition(condition, true)]];
            branches.Add(new Branch(directive.FullSpan.End, group.Current));
            if (condition is not null)
            {
                group.Passed.Add(new Condition(condition, false));
            }
        }
    }

    /// <summary>Symbols with which the first branch is active, and those of the others that agree; null if it cannot be.</summary>
    public static HashSet<string>? Choose(IReadOnlyList<Branch> branches, IReadOnlyCollection<string> usual)
    {
        var values = new Dictionary<string, bool>();
        if (!Satisfy(branches[0].Conditions, values, usual))
        {
            return null;
        }

        foreach (var branch in branches.Skip(1))
        {
            Satisfy(branch.Conditions, values, usual);
        }

        return
        [
            .. usual.Where(symbol => values.GetValueOrDefault(symbol, true)),
            .. values.Where(pair => pair.Value).Select(pair => pair.Key),
        ];
    }

    /// <summary>Adds values with which all conditions hold; leaves <paramref name="values"/> as they are if there are none.</summary>
    private static bool Satisfy(List<Condition> conditions, Dictionary<string, bool> values, IReadOnlyCollection<string> usual)
    {
        var names = conditions.SelectMany(condition => condition.Expression.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>()
            .Select(name => name.Identifier.ValueText).Distinct().Where(name => !values.ContainsKey(name)).ToList();
        var tries = names.Count <= MaxSymbols ? 1 << names.Count : 2;
        for (var bits = 0; bits < tries; bits++)
        {
            // First as in the usual build, then with few and with more symbols changed.
            bool Value(string name) => values.TryGetValue(name, out var known) ? known
                : usual.Contains(name) != (names.Count <= MaxSymbols ? (bits & (1 << names.IndexOf(name))) != 0 : bits == 1);
            if (conditions.TrueForAll(condition => Holds(condition.Expression, Value) == condition.IsWanted))
            {
                names.ConvertAll(name => (name, Value(name))).ForEach(pair => values[pair.name] = pair.Item2);
                return true;
            }
        }

        return false;
    }

    private static bool Holds(ExpressionSyntax expression, Func<string, bool> value) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Holds(inner.Expression, value),
        PrefixUnaryExpressionSyntax not => !Holds(not.Operand, value),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both =>
            Holds(both.Left, value) && Holds(both.Right, value),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either =>
            Holds(either.Left, value) || Holds(either.Right, value),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } differ =>
            Holds(differ.Left, value) != Holds(differ.Right, value),
        BinaryExpressionSyntax equal => Holds(equal.Left, value) == Holds(equal.Right, value),
        IdentifierNameSyntax name => value(name.Identifier.ValueText),
        _ => expression.RawKind == (int)SyntaxKind.TrueLiteralExpression,
    };

    private sealed class Group(List<Condition> outer)
    {
        public List<Condition> Outer { get; } = outer;

        public List<Condition> Passed { get; } = [];

        public List<Condition> Current { get; set; } = [];
    }
}

/// <summary>What stands between two directives that belong together.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="Conditions">What must hold for it to be active.</param>
internal sealed record Branch(int Start, List<Condition> Conditions);

/// <summary>A condition, and whether it or its contrary must hold.</summary>
internal readonly record struct Condition(ExpressionSyntax Expression, bool IsWanted);
