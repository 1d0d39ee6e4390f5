using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>A language's test rules, compiled once.</summary>
internal sealed class TestMarks(TestRules rules)
{
    // The rule for folders that every language has.
    private const string Folders = @"(^|/)(tests?|specs?|__tests__|testing)/";

    private readonly Regex _folders = Compile(Folders, RegexOptions.IgnoreCase)!;
    private readonly Regex? _paths = Compile(rules.Paths);
    private readonly Regex? _names = Compile(rules.Names);
    private readonly Regex? _decorators = Compile(rules.Decorators);

    public bool IsTestPath(string path) => _folders.IsMatch(path) || _paths?.IsMatch(path) == true;

    public bool IsTest(string name, IReadOnlyList<string> decorators) =>
        _names?.IsMatch(name) == true || (_decorators is not null && decorators.Any(_decorators.IsMatch));

    private static Regex? Compile(string? pattern, RegexOptions options = RegexOptions.None) =>
        pattern is null ? null : new Regex(pattern, options | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
}
