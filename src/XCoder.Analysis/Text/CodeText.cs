namespace XCoder.Analysis.Text;

/// <summary>Code as models write it.</summary>
internal static class FencedCode
{
    private const int LeastTicks = 3;

    /// <summary>The code within a fence that encloses all of it; other text as it is.</summary>
    public static string Unfence(string text)
    {
        var trimmed = text.Trim('\n', '\r');
        var ticks = trimmed.TakeWhile(character => character == '`').Count();
        var first = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var fence = new string('`', ticks);
        return ticks >= LeastTicks && first > 0 && first < trimmed.TrimEnd().Length - ticks && trimmed.TrimEnd().EndsWith("\n" + fence, StringComparison.Ordinal)
            ? trimmed.TrimEnd()[(first + 1)..Math.Max(first + 1, trimmed.TrimEnd().Length - ticks - 1)].TrimEnd('\r')
            : trimmed;
    }

    /// <summary>The code of the fence that a response begins with; all of it where it begins with none.</summary>
    public static string Fenced(string response)
    {
        var fence = response[..response.TakeWhile(character => character == '`').Count()];
        var first = response.IndexOf('\n', StringComparison.Ordinal);
        var end = fence.Length < LeastTicks || first < 0 ? -1 : response.IndexOf("\n" + fence, first, StringComparison.Ordinal);
        return end < 0 ? response : response[(first + 1)..Math.Max(first + 1, end)];
    }

    /// <summary>Code in a fence longer than any run of backticks in it.</summary>
    /// <param name="language">Language id, written after the fence.</param>
    /// <param name="code">The code.</param>
    public static string Fence(string language, string code) => CodeFence.Around(code.TrimEnd('\n'), language);
}
