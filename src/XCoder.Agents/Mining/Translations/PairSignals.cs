namespace XCoder.Agents.Mining.Translations;

/// <summary>How far two functions agree, apart from their embeddings: what <see cref="PairModel"/> weighs.</summary>
/// <param name="Name">Agreement of their names, in [0, 1]: 1 for one name, 0.95 for the same words of type and name.</param>
/// <param name="Scope">Agreement of the names of their types, in [0, 1]; 0.6 where one has none.</param>
/// <param name="Steps">Steps in a common order, of those of both bodies, in [0, 1].</param>
/// <param name="Foreign">Words that only one body has and the other's repository does not know, at most 8.</param>
/// <param name="Branches">Difference of the branches over the larger number, in [0, 1].</param>
/// <param name="Literals">Agreement of distinctive numbers and strings less one, in [-1, 0]; 0 where neither has any.</param>
/// <param name="Nulls">Difference of how often no value is named, at most 3.</param>
/// <param name="Arguments">Calls of one name that pass another number of arguments, at most 3.</param>
/// <param name="Overloads">1 where one of them has overloads in its file, else 0.</param>
/// <param name="Size">Logarithm of the smaller's tokens over the larger's.</param>
/// <param name="Length">Logarithm of the smaller's tokens over 60.</param>
/// <param name="Company">Logarithm of one more than the other twins of the two files.</param>
/// <param name="Alone">1 where the files have no other twins, else 0.</param>
/// <param name="Rival">How much better the type of another function of that name agrees, in [0, 1].</param>
/// <param name="Differences">
/// How many of these differ, 0 to 10: branches, loops, logical and arithmetic operators, how often 0, 1 and 2, true and false, and no value
/// occur, parameters, arguments, distinctive literals.
/// </param>
/// <param name="NoDifference">1 where none of the weightiest of them differs, else 0.</param>
/// <param name="Hole">Logarithm of one more than the most steps by which one side is longer between two common steps.</param>
/// <param name="Surprise">
/// How unusual it is in this port that words which only one side has have no partner, in [0, 12]; see <see cref="WordUse"/>.
/// </param>
/// <param name="Calls">Agreement of the names that both call, in [0, 1]; 1 where neither calls anything.</param>
/// <param name="Documentation">Agreement of the first sentences of their documentation less 0.5; 0 where one has none.</param>
/// <param name="Siblings">Of the functions before and behind them in their files, how many are twins: 0 to 2.</param>
/// <param name="Tests">Logarithm of one more than the twin tests that call both.</param>
internal sealed record PairSignals(double Name, double Scope, double Steps, double Foreign, double Branches, double Literals, double Nulls,
    double Arguments, double Overloads, double Size, double Length, double Company, double Alone, double Rival, double Differences,
    double NoDifference, double Hole, double Surprise, double Calls, double Documentation, double Siblings, double Tests)
{
    private const double Near = 0.9;
    private const double Equal = 0.97;

    /// <summary>All signals by name, and two that stress high agreement of the steps.</summary>
    public IReadOnlyList<(string Name, double Value)> All() =>
    [
        ("name", Name), ("scope", Scope), ("steps", Steps), ("nearSteps", Math.Max(0, Steps - Near)),
        ("equalSteps", Steps >= Equal ? 1 : 0), ("foreign", Foreign), ("branches", Branches), ("literals", Literals), ("nulls", Nulls),
        ("arguments", Arguments), ("overloads", Overloads), ("size", Size), ("length", Length), ("company", Company), ("alone", Alone),
        ("rival", Rival), ("differences", Differences), ("noDifference", NoDifference), ("hole", Hole), ("surprise", Surprise),
        ("calls", Calls), ("documentation", Documentation), ("siblings", Siblings), ("tests", Tests),
    ];
}
