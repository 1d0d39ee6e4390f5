namespace XCoder.Agents.Mining.Translations;

/// <summary>How far two functions agree, apart from their embeddings: what <see cref="PairModel"/> weighs.</summary>
/// <param name="Name">Agreement of their names, in [0, 1]: 1 for one name, 0.95 for the same words of type and name.</param>
/// <param name="Scope">Agreement of the names of their types, in [0, 1]; 0.6 where one has none.</param>
/// <param name="Steps">Steps in a common order, of those of both bodies, in [0, 1].</param>
/// <param name="Missing">Words that only one body has although the other's repository knows them, at most 6.</param>
/// <param name="Foreign">Words that only one body has and the other's repository does not know, at most 8.</param>
/// <param name="Branches">Difference of the branches over the larger number, in [0, 1].</param>
/// <param name="Loops">Difference of the loops, at most 2.</param>
/// <param name="Logic">Difference of the logical operators, at most 3.</param>
/// <param name="Arithmetic">Difference of the arithmetic operators, at most 4.</param>
/// <param name="Literals">Agreement of distinctive numbers and strings less one, in [-1, 0]; 0 where neither has any.</param>
/// <param name="Numbers">Difference of how often 0, 1 and 2 occur, at most 4.</param>
/// <param name="Truths">Difference of how often true and false occur, at most 3.</param>
/// <param name="Nulls">Difference of how often no value is named, at most 3.</param>
/// <param name="Parameters">Difference of the parameters, at most 2; a receiver may be one of them; 0 where unknown.</param>
/// <param name="Arguments">Calls of one name that pass another number of arguments, at most 3.</param>
/// <param name="Overloads">1 where one of them has overloads in its file, else 0.</param>
/// <param name="Size">Logarithm of the smaller's tokens over the larger's.</param>
/// <param name="Length">Logarithm of the smaller's tokens over 60.</param>
/// <param name="Company">Logarithm of one more than the other twins of the two files.</param>
/// <param name="Alone">1 where the files have no other twins, else 0.</param>
/// <param name="Port">Mean agreement of the steps of twins of the two repositories, in [0, 1]: how closely one follows the other.</param>
/// <param name="Rival">How much better the type of another function of that name agrees, in [0, 1].</param>
internal sealed record PairSignals(double Name, double Scope, double Steps, double Missing, double Foreign, double Branches, double Loops,
    double Logic, double Arithmetic, double Literals, double Numbers, double Truths, double Nulls, double Parameters, double Arguments,
    double Overloads, double Size, double Length, double Company, double Alone, double Port, double Rival)
{
    private const double Near = 0.9;
    private const double Equal = 0.97;

    /// <summary>
    /// All signals by name, and what follows from them: two that stress high agreement of the steps, the number of counts that differ at
    /// all, and whether the weightiest of them all agree.
    /// </summary>
    public IReadOnlyList<(string Name, double Value)> All() =>
    [
        ("name", Name), ("scope", Scope), ("steps", Steps), ("nearSteps", Math.Max(0, Steps - Near)),
        ("equalSteps", Steps >= Equal ? 1 : 0),
        ("missing", Missing), ("foreign", Foreign), ("branches", Branches), ("loops", Loops), ("logic", Logic), ("arithmetic", Arithmetic),
        ("literals", Literals), ("numbers", Numbers), ("truths", Truths), ("nulls", Nulls), ("parameters", Parameters),
        ("arguments", Arguments), ("overloads", Overloads), ("size", Size), ("length", Length), ("company", Company), ("alone", Alone),
        ("port", Port), ("rival", Rival),
        ("differences", Differing(Branches, Loops, Logic, Numbers, Parameters, Arguments, Literals, Truths, Nulls, Arithmetic)),
        ("noDifference", Differing(Branches, Loops, Logic, Numbers, Parameters, Arguments, Literals) == 0 ? 1 : 0),
    ];

    private static int Differing(params ReadOnlySpan<double> signals)
    {
        var count = 0;
        foreach (var signal in signals)
        {
            count += signal != 0 ? 1 : 0;
        }

        return count;
    }
}
