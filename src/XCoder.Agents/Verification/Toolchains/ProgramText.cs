using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>Combines a response and its tests into files that a toolchain can build and run.</summary>
internal static class ProgramText
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The file for checking the response alone.</summary>
    public static string Alone(Toolchain toolchain, string code) => Join(toolchain, toolchain.CheckHead ?? toolchain.Head, [code], "");

    /// <summary>The files of the response with its tests and the code that calls them, by name.</summary>
    /// <param name="toolchain">Defines the form of the files.</param>
    /// <param name="code">The response's code.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="secret">Text that the program prints before the word when the tests have ended.</param>
    public static IReadOnlyDictionary<string, string> WithTests(Toolchain toolchain, string code, string tests, string secret)
    {
        var tail = toolchain.Tail.Replace("{secret}", secret, StringComparison.Ordinal);
        return (toolchain.TestsApart ?? toolchain.TestsFile) is { } file
            ? new Dictionary<string, string> { [toolchain.File] = Join(toolchain, toolchain.Head, [code], ""),
                [file] = Join(toolchain, toolchain.TestsHead ?? toolchain.Head, [tests], tail) }
            : new Dictionary<string, string> { [toolchain.File] = Join(toolchain, toolchain.TestsHead ?? toolchain.Head,
                toolchain.TestsFrame is [{ } open, { } close] ? [code, open, tests, close] : [code, tests], tail) };
    }

    /// <summary>The files of the response with a program that calls it, by name.</summary>
    /// <param name="toolchain">Defines the form of the files.</param>
    /// <param name="lines">Lines that must precede the response, such as imports.</param>
    /// <param name="code">The response's code.</param>
    /// <param name="before">Beginning of the program, up to the response.</param>
    /// <param name="after">The rest of the program.</param>
    public static IReadOnlyDictionary<string, string> WithCalls(Toolchain toolchain, string lines, string code, string before,
        string after) => toolchain.TestsFile is { } file
        ? new Dictionary<string, string> { [toolchain.File] = Join(toolchain, toolchain.Head, [lines + "\n" + code], ""),
            [file] = Join(toolchain, toolchain.Head, [before], after) }
        : new Dictionary<string, string> { [toolchain.File] = Join(toolchain, toolchain.Head, [before + "\n" + lines + "\n" + code],
            after) };

    /// <summary>
    /// The first match of a manifest's pattern in multi-line mode; null if there is none or matching takes more than 5 s.
    /// </summary>
    public static Match? Match(string text, string pattern)
    {
        try
        {
            return Regex.Match(text, pattern, RegexOptions.Multiline, Patience) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    /// <summary>All matches of a manifest's pattern in multi-line mode; empty if matching takes more than 5 s.</summary>
    public static IReadOnlyList<Match> Matches(string text, string pattern)
    {
        try
        {
            return [.. Regex.Matches(text, pattern, RegexOptions.Multiline, Patience).Cast<Match>()];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    /// <summary>Whether a text matches a manifest's pattern in multi-line mode; false if matching takes more than 5 s.</summary>
    public static bool IsMatch(string text, string pattern) => Match(text, pattern) is not null;

    private static string Join(Toolchain toolchain, string head, IReadOnlyList<string> parts, string tail)
    {
        var (hoisted, body) = (new List<string>(), new StringBuilder());
        foreach (var part in parts)
        {
            var text = toolchain.Replace.Aggregate(part.ReplaceLineEndings("\n"),
                (text, pair) => Replace(text, pair[0], match => match.Result(pair[1])));
            body.Append(toolchain.Hoist is null ? text : Replace(text, toolchain.Hoist, match =>
            {
                hoisted.Add(match.Value.Trim());
                return "";
            })).Append('\n');
        }

        return string.Join('\n', new[] { head }.Concat(hoisted.Distinct()).Where(line => line.Length > 0).Append(body.ToString())
            .Append(tail)) + "\n";
    }

    /// <summary>Replaces the matches of a manifest's pattern; returns the text unchanged if that takes more than 5 s.</summary>
    public static string Replace(string text, string pattern, string replacement) => Replace(text, pattern, _ => replacement);

    /// <summary>Replaces the matches of a manifest's pattern; returns the text unchanged if that takes more than 5 s.</summary>
    public static string Replace(string text, string pattern, MatchEvaluator replacement)
    {
        try
        {
            return Regex.Replace(text, pattern, replacement, RegexOptions.Multiline, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }
}
