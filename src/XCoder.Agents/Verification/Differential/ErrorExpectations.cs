using System.Text.RegularExpressions;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Recognizes calls that are written to fail: in a test that expects an error, or in words that call them wrong.</summary>
internal static partial class ErrorExpectations
{
    private const int MostLines = 3, LongestLine = 200, LongestRest = 400;

    /// <summary>Whether the text around a call says that it fails.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Index of the call.</param>
    /// <param name="end">Index after the call.</param>
    /// <param name="isProse">Whether the text documents the function, so that ordinary words count, too.</param>
    public static bool IsAround(string text, int start, int end, bool isProse)
    {
        var around = Before(text, start) + " " + Rest().Match(text.Substring(end, Math.Min(LongestRest, text.Length - end))).Value;
        return Expectation().IsMatch(around) || (isProse && Word().IsMatch(around));
    }

    // The call's statement up to the call, and the lines before it that open what it stands in.
    private static string Before(string text, int start)
    {
        var from = LineStart(text, start);
        for (var lines = 0; lines < MostLines && from > 0 && text[from - 1] == '\n'; lines++)
        {
            var previous = LineStart(text, from - 1);
            if (!Opening().IsMatch(text[previous..(from - 1)]))
            {
                break;
            }

            from = previous;
        }

        var before = text[from..start];
        var done = before[..(before.LastIndexOf(';') + 1)];
        return IsClosed(done, '(', ')') && IsClosed(done, '{', '}') && !Opening().IsMatch(done) ? before[done.Length..] : before;
    }

    private static bool IsClosed(string text, char open, char close) => text.Count(c => c == open) <= text.Count(c => c == close);

    private static int LineStart(string text, int at)
    {
        var least = Math.Max(0, at - LongestLine);
        var found = at > least ? text.LastIndexOf('\n', at - 1, at - least) : -1;
        return found < 0 ? least : found + 1;
    }

    [GeneratedRegex(@"(?:(?<!Traceback.*)[{(,:]|\bdo|[=-]>|\|)\s*$|^\s*(?:@|#\[)|[eE]xpectException")]
    private static partial Regex Opening();

    // The rest of the statement, and lines that close what it stands in or show an error.
    [GeneratedRegex(@"\A[^;\n]*(?:[;\n]\s*[})][^;\n]*|\n\s*(?:[#/*]+\s*)?(?:\.|Traceback|=>\s*\w*Error)[^;\n]*){0,3}")]
    private static partial Regex Rest();

    [GeneratedRegex(@"[a-z_]Throw|\bThrow|THROW|\bthrows(?:_|\b)(?!\s+[\w.]*(?:Exception|Throwable))|\bthrown\b|[rR]aises|raise_error"
        + @"|assert_raise|[eE]xpectException|[eE]xpect_?[eE]rr|is_err\b|IsError|unwrap_err|\bErr\(|should_panic|[pP]anics|\brejects\b"
        + @"|toReject|Traceback|\(\s*expected\s*=|DEATH|\b(?:assert|require)\.Error|catch_unwind|assert_error|=>\s*\w*Error\b|\bpcall\b")]
    private static partial Regex Expectation();

    [GeneratedRegex(@"\b(?:throw|rais(?:e[sd]?|ing)\b|errors?\b|exceptions?\b|panic|fail|try\b|catch\b|invalid|illegal|crash|wrong"
        + @"|incorrect|unsupported|forbidden|bad\b|not (?:allowed|supported|valid|defined)|undefined behaviou?r|must not|do not"
        + @"|don't)|\w(?:Error|Exception)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
