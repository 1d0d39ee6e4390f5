using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>Handles white space, lines and qualified names in extracted texts.</summary>
internal static class Layout
{
    private const int QualifierLimit = 1000;

    /// <summary>
    /// Collapses runs of white space to one space, trims both ends, and cuts at <paramref name="limit"/> characters.
    /// </summary>
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
    /// A name qualified by its scope. The scope is cut after 1,000 characters, because the total length of nested names
    /// grows with the square of their depth.
    /// </summary>
    public static string Qualify(string scope, string separator, string name) =>
        (scope.Length > QualifierLimit ? scope[..QualifierLimit] + "…" : scope) + separator + name;

    /// <summary>Offsets at which lines begin; the first is 0. Line n (1-based) begins at element n - 1.</summary>
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

    /// <summary>The line of <paramref name="offset"/>, 1-based.</summary>
    public static int Line(int[] lineStarts, int offset)
    {
        var index = Array.BinarySearch(lineStarts, offset);
        return index >= 0 ? index + 1 : ~index;
    }
}

/// <summary>Decides what is test code by a language's <see cref="TestRules"/>. Immutable and thread-safe.</summary>
internal sealed class TestCode(TestRules rules)
{
    // Folders for tests, in any language.
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
