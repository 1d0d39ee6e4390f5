using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

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
