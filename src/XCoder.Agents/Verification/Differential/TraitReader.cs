namespace XCoder.Agents.Verification.Differential;

/// <summary>Tells what is special about values.</summary>
internal static class TraitReader
{
    private const long LeastBig = 20, LeastLarge = 46_000;

    /// <summary>The traits of the values of a call.</summary>
    public static InputTraits Of(IReadOnlyList<object> values)
    {
        var traits = InputTraits.None;
        foreach (var value in values)
        {
            traits |= Of(value);
        }

        var lengths = values.Select(Length).Where(length => length >= 0).ToList();
        var numbers = values.OfType<long>().ToList();
        traits |= values.Any(value => value is 0L or 0.0) ? InputTraits.Zero : 0;
        traits |= lengths.Distinct().Count() > 1 ? InputTraits.Uneven : 0;
        traits |= lengths.Count > 0 && numbers.Any(number => number < 0 || number >= lengths[0]) ? InputTraits.Outside : 0;
        traits |= numbers.Zip(numbers.Skip(1)).Any(pair => pair.First > pair.Second) ? InputTraits.Falling : 0;
        return traits;
    }

    private static InputTraits Of(object value) => value switch
    {
        long number => (number < 0 ? InputTraits.Negative : number == 1 ? InputTraits.One : 0) | (number >= LeastBig ? InputTraits.Big : 0) | (Math.Abs(number) >= LeastLarge ? InputTraits.Large : 0),
        double number => number < 0 ? InputTraits.Negative : 0,
        char c => c is >= 'a' and <= 'z' ? 0 : InputTraits.Marks,
        string text => (text.Length == 0 ? InputTraits.Empty : text.Length == 1 ? InputTraits.Single : 0) | (text.Any(c => c is < 'a' or > 'z') ? InputTraits.Marks : 0) | (text.Any(c => c > '~') ? InputTraits.Foreign : 0),
        List<object> list => Of(list),
        _ => 0,
    };

    private static InputTraits Of(List<object> list)
    {
        var traits = list.Count == 0 ? InputTraits.Empty : list.Count == 1 ? InputTraits.Single : 0;
        foreach (var item in list)
        {
            traits |= Of(item);
        }

        if (list.Count > 0 && list[0] is List<object>)
        {
            traits |= list.Select(Length).Distinct().Count() > 1 ? InputTraits.Uneven : 0;
            return traits | (list.Any(row => Length(row) != list.Count) ? InputTraits.Oblong : 0);
        }

        traits |= list.Select(item => item.ToString()).Distinct().Count() < list.Count ? InputTraits.Repeated : 0;
        return traits | (list.Zip(list.Skip(1)).Any(pair => pair.First is IComparable first && (first is string text ? string.CompareOrdinal(text, (string)pair.Second) : first.CompareTo(pair.Second)) > 0) ? InputTraits.Unsorted : 0);
    }

    private static int Length(object value) => value switch { string text => text.Length, List<object> list => list.Count, _ => -1 };
}
