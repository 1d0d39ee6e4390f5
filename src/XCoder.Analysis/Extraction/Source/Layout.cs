using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>White space in extracted texts.</summary>
internal static class Layout
{
    private const int QualifierLimit = 1000;

    /// <summary>Runs of white space become one space; none at the ends; cut at <paramref name="limit"/> characters.</summary>
    public static string Collapse(string text, int limit = 1000)
    {
        var result = new System.Text.StringBuilder(Math.Min(text.Length, limit));
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                gap = result.Length > 0;
                continue;
            }

            if (result.Length + (gap ? 2 : 1) > limit)
            {
                break;
            }

            if (gap)
            {
                result.Append(' ');
                gap = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>
    /// A name behind that of its scope, of which at most 1,000 characters are kept: nested names grow with the square of their depth.
    /// </summary>
    public static string Qualify(string scope, string separator, string name) =>
        (scope.Length > QualifierLimit ? scope[..QualifierLimit] + "…" : scope) + separator + name;

    /// <summary>Offsets at which lines begin, the first 0. Line n (1-based) begins at element n - 1.</summary>
    public static int[] LineStarts(ReadOnlySpan<byte> text)
    {
        var starts = new int[text.Count((byte)'\n') + 1];
        var (line, at) = (1, 0);
        while (text[at..].IndexOf((byte)'\n') is var next and >= 0)
        {
            at += next + 1;
            starts[line++] = at;
        }

        return starts;
    }

    /// <summary>1-based line of <paramref name="offset"/>.</summary>
    public static int Line(int[] lineStarts, int offset)
    {
        var index = Array.BinarySearch(lineStarts, offset);
        return index >= 0 ? index + 1 : ~index;
    }
}

/// <summary>Decides by a language's <see cref="TestRules"/> what is test code. Immutable, safe for many threads.</summary>
internal sealed class TestCode(TestRules rules)
{
    // Folders that hold tests in every language.
    private static readonly Regex Folders = Expression("(^|/)(tests?|__tests__|specs?|unittests?|testing|testdata)/");

    private readonly Regex? _paths = rules.Paths is null ? null : Expression(rules.Paths);
    private readonly Regex? _names = rules.Names is null ? null : Expression(rules.Names);
    private readonly Regex? _decorators = rules.Decorators is null ? null : Expression(rules.Decorators);

    /// <summary>Whether all snippets of the file at <paramref name="path"/> are tests.</summary>
    public bool IsTestPath(string path) => Folders.IsMatch(path) || _paths?.IsMatch(path) == true;

    /// <summary>Whether a snippet is a test by its own name or decorators.</summary>
    public bool IsTestSnippet(string name, IReadOnlyList<string> decorators) =>
        _names?.IsMatch(name) == true || (_decorators is not null && decorators.Any(_decorators.IsMatch));

    private static Regex Expression(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
