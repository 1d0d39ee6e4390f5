using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining.Translations;

/// <summary>Pairs of tests that check the same in two languages; what both call is probably the same, too.</summary>
internal sealed class TestTwins
{
    // A twin test that calls more functions than this says little about each.
    private const int MostCalls = 40;

    private readonly Dictionary<(long Cell, uint Name), List<int>> _calls = [];

    /// <summary>Adds the two tests of a twin.</summary>
    /// <param name="twin">Number of the twin.</param>
    /// <param name="cell">Repository and language of one of its tests.</param>
    /// <param name="test">That test.</param>
    public void Add(int twin, long cell, FunctionProfile test)
    {
        var names = test.Calls.Select(call => call.Name).Distinct().ToList();
        foreach (var name in names.Count <= MostCalls ? names : [])
        {
            ref var twins = ref CollectionsMarshal.GetValueRefOrAddDefault(_calls, (cell, name), out _);
            (twins ??= []).Add(twin);
        }
    }

    /// <summary>Returns the number of twins of which one test calls the one function and the other the other.</summary>
    public int Count((long Cell, FunctionProfile Function) a, (long Cell, FunctionProfile Function) b) =>
        Twins(a) is { } left && Twins(b) is { } right ? left.Intersect(right).Count() : 0;

    private List<int>? Twins((long Cell, FunctionProfile Function) of) =>
        _calls.GetValueOrDefault((of.Cell, ProfileReader.Hash(string.Concat(of.Function.Name))))
        ?? (of.Function.Name is [.., "new"]
            ? _calls.GetValueOrDefault((of.Cell, ProfileReader.Hash(string.Concat(of.Function.Name.SkipLast(1))))) : null);
}
