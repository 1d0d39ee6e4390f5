using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>Decides what is test code by a language's <see cref="TestRules"/>. Immutable and thread-safe.</summary>
internal sealed class TestCode(TestRules rules)
{
    private readonly Regex? _paths = Expression(rules.Paths);
    private readonly Regex? _production = Expression(rules.Production);
    private readonly Regex? _names = Expression(rules.Names);
    private readonly Regex? _asserts = Expression(rules.Asserts);
    private readonly Regex? _decorators = Expression(rules.Decorators);
    private readonly Regex? _calls = Expression(rules.Calls);
    private readonly Regex? _signatures = Expression(rules.Signatures);

    /// <summary>Whether all snippets of the file at <paramref name="path"/> are tests.</summary>
    public bool IsTestPath(string path)
    {
        if (_production?.Match(path) is { Success: true } production)
        {
            path = path[..(production.Index + production.Length)];
        }

        return _paths?.IsMatch(path) == true;
    }

    /// <summary>Whether a snippet is a test by what it says of itself.</summary>
    /// <param name="name">Its bare name.</param>
    /// <param name="decorators">Its decorators, as written.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="code">Gives its code, which is read only if its name is that of a test.</param>
    public bool IsTestSnippet(string name, IReadOnlyList<string> decorators, string signature, Func<string> code) =>
        (_names?.IsMatch(name) == true && (_asserts is null || _asserts.IsMatch(code())))
        || (_decorators is not null && decorators.Any(_decorators.IsMatch))
        || _signatures?.IsMatch(signature) == true;

    /// <summary>Whether a function is a test because it is handed to <paramref name="callee"/>.</summary>
    public bool IsTestCall(string callee) => _calls?.IsMatch(callee) == true;

    private static Regex? Expression(string? pattern) =>
        pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
