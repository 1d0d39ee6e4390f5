namespace XCoder.Analysis.Text;

/// <summary>Checks options when a stage is built with them.</summary>
internal static class OptionRange
{
    /// <summary>Throws if an option is out of its range.</summary>
    /// <param name="holds">Whether it is in its range.</param>
    /// <param name="name">Name of the option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="range">The range, as the message says it: "1 to 256".</param>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public static void Check(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}
