using System.Text;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Traits of a call's values that may lie outside of what a function is written for.</summary>
[Flags]
internal enum InputTraits
{
    /// <summary>The values have none of the traits.</summary>
    None = 0,

    /// <summary>A list or string is empty.</summary>
    Empty = 1,

    /// <summary>A list is not in ascending order.</summary>
    Unsorted = 2,

    /// <summary>A number is below 0.</summary>
    Negative = 4,

    /// <summary>A number outside of lists is 0.</summary>
    Zero = 8,

    /// <summary>Lists or strings differ in length, or the rows of a list do.</summary>
    Uneven = 16,

    /// <summary>A matrix is not square.</summary>
    Oblong = 32,

    /// <summary>A number is not a valid index into the first list or string.</summary>
    Outside = 64,

    /// <summary>A list holds an item more than once.</summary>
    Repeated = 128,

    /// <summary>A string has characters other than lower-case ASCII letters.</summary>
    Marks = 256,

    /// <summary>A string has characters beyond ASCII.</summary>
    Foreign = 512,

    /// <summary>A number is 46,000 or more in magnitude, so that its square may overflow 32 bits.</summary>
    Large = 1024,

    /// <summary>A list or string has exactly one item.</summary>
    Single = 2048,

    /// <summary>A number is 1.</summary>
    One = 4096,

    /// <summary>A number outside of lists is greater than the next one.</summary>
    Falling = 8192,

    /// <summary>A number is 20 or more.</summary>
    Big = 16384,

    /// <summary>A string has control characters, such as line breaks.</summary>
    Control = 32768,

    /// <summary>A string has different lengths in the units that the two languages count.</summary>
    Units = 65536,
}

/// <summary>The values of one call.</summary>
/// <param name="Values">Each a long, double, bool, string, char or a list of values.</param>
/// <param name="Traits">Traits of the values.</param>
/// <param name="Passed">How many of the values are passed to functions that have defaults for the others.</param>
/// <param name="IsGiven">Whether the source's documentation or the instruction shows this call, so that the function is written for
/// it.</param>
internal sealed record CallInput(IReadOnlyList<object> Values, InputTraits Traits, int Passed = int.MaxValue, bool IsGiven = false);

/// <summary>Determines the traits of values.</summary>
internal static class TraitReader
{
    private const long LeastBig = 20, LeastLarge = 46_000;

    /// <summary>The traits of a call's values.</summary>
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

    /// <summary>
    /// Whether the texts among some values have different lengths in the units of two languages, as <c>calls.json</c> names them, or in
    /// code points, for every language can go through those.
    /// </summary>
    public static bool DifferInUnits(IEnumerable<object> values, string unit, string other) =>
        values.Any(value => value is string text
            ? Count(text, unit) != Count(text, other) || Count(text, unit) != Count(text, CallForm.Points)
            : value is List<object> list && DifferInUnits(list, unit, other));

    private static int Count(string text, string unit) => unit switch
    {
        CallForm.Bytes => Encoding.UTF8.GetByteCount(text),
        CallForm.Points => text.EnumerateRunes().Count(),
        _ => text.Length,
    };

    private static InputTraits Of(object value) => value switch
    {
        long number => (number < 0 ? InputTraits.Negative : number == 1 ? InputTraits.One : 0) | (number >= LeastBig ? InputTraits.Big : 0)
            | (Math.Abs(number) >= LeastLarge ? InputTraits.Large : 0),
        double number => number < 0 ? InputTraits.Negative : 0,
        char c => c is >= 'a' and <= 'z' ? 0 : InputTraits.Marks,
        string text => (text.Length == 0 ? InputTraits.Empty : text.Length == 1 ? InputTraits.Single : 0)
            | (text.Any(c => c is < 'a' or > 'z') ? InputTraits.Marks : 0) | (text.Any(c => c > '~') ? InputTraits.Foreign : 0)
            | (text.Any(char.IsControl) ? InputTraits.Control : 0),
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
        return traits
            | (list.Zip(list.Skip(1))
                .Any(pair => pair.First is IComparable first
                    && (first is string text ? string.CompareOrdinal(text, (string)pair.Second) : first.CompareTo(pair.Second)) > 0)
                    ? InputTraits.Unsorted : 0);
    }

    private static int Length(object value) => value switch { string text => text.Length, List<object> list => list.Count, _ => -1 };
}
