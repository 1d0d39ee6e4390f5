using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>Decides what is test code by a language's <see cref="TestRules"/>. Immutable and thread-safe.</summary>
internal sealed class TestCode(TestRules rules)
{
    // Folders for tests, in any language.
    private static readonly Regex Folders = Expression("(^|/)(tests?|__tests__|specs?|unittests?|testing|testdata)/");

    private readonly Regex? _paths = rules.Paths is null ? null : Expression(rules.Paths);
    private readonly Regex? _names = rules.Names is null ? null : Expression(rules.Names);
    private readonly Regex? _decorators = rules.Decorators is null ? null : Expression(rules.Decorators);
    private readonly Regex? _calls = rules.Calls is null ? null : Expression(rules.Calls);

    /// <summary>Whether all snippets of the file at <paramref name="path"/> are tests.</summary>
    public bool IsTestPath(string path) => Folders.IsMatch(path) || _paths?.IsMatch(path) == true;

    /// <summary>Whether a snippet is a test by its own name or decorators.</summary>
    public bool IsTestSnippet(string name, IReadOnlyList<string> decorators) =>
        _names?.IsMatch(name) == true || (_decorators is not null && decorators.Any(_decorators.IsMatch));

    /// <summary>Whether a function is a test because it is handed to <paramref name="callee"/>.</summary>
    public bool IsTestCall(string callee) => _calls?.IsMatch(callee) == true;

    private static Regex Expression(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
