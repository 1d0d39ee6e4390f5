namespace XCoder.Agents.Verification.Differential;

/// <summary>Proposes types for parameters that neither side declares.</summary>
internal static class TypeGuesser
{
    private const int Most = 30;

    private static readonly CallType Whole = new(CallKind.Integer), Text = new(CallKind.Text), Numbers = new(CallKind.List, Whole);
    private static readonly IReadOnlyList<CallType> Few = [Whole, Text, Numbers], Some = [Whole, Text, Numbers, new(CallKind.List, Text)],
        Many = [Whole, Text, Numbers, new(CallKind.List, Text), new(CallKind.List, Numbers), new(CallKind.Float)];

    /// <summary>Fills in the unknown types. Returns at most 30 combinations, the likeliest first.</summary>
    public static IReadOnlyList<IReadOnlyList<CallType>> Guess(IReadOnlyList<CallType> types)
    {
        var open = types.Count(type => type.IsOpen);
        IEnumerable<IEnumerable<CallType>> result = [[]];
        foreach (var type in types)
        {
            var choices = !type.IsOpen ? [type.Settled()] : (open == 1 ? Many : open == 2 ? Some : Few)
                .Select(choice => type.With(choice)).OfType<CallType>().Select(choice => choice.Settled()).Distinct().ToList();
            result = result.SelectMany(row => choices.Select(choice => row.Append(choice)));
        }

        return [.. result.Select(row => row.ToList()).Take(Most)];
    }
}
