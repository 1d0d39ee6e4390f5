using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>Decides what is test code by a language's <see cref="TestRules"/>. Immutable and thread-safe.</summary>
internal sealed class TestCode(TestRules rules)
{
    private readonly Lazy<Regex?> _paths = Expression(rules.Paths);
    private readonly Lazy<Regex?> _production = Expression(rules.Production);
    private readonly Lazy<Regex?> _names = Expression(rules.Names);
    private readonly Lazy<Regex?> _asserts = Expression(rules.Asserts);
    private readonly Lazy<Regex?> _decorators = Expression(rules.Decorators);
    private readonly Lazy<Regex?> _calls = Expression(rules.Calls);
    private readonly Lazy<Regex?> _signatures = Expression(rules.Signatures);

    /// <summary>Whether all snippets of the file at <paramref name="path"/> are tests.</summary>
    public bool IsTestPath(string path)
    {
        if (_production.Value?.Match(path) is { Success: true } production)
        {
            path = path[..(production.Index + production.Length)];
        }

        return _paths.Value?.IsMatch(path) == true;
    }

    /// <summary>Whether a snippet is a test by what it says of itself.</summary>
    /// <param name="name">Its bare name.</param>
    /// <param name="decorators">Its decorators, as written.</param>
    /// <param name="signature">Its signature.</param>
    /// <param name="code">Gives its code, which is read only if its name is that of a test.</param>
    public bool IsTestSnippet(string name, IReadOnlyList<string> decorators, string signature, Func<string> code) =>
        (_names.Value?.IsMatch(name) == true && _asserts.Value?.IsMatch(code()) != false)
        || (decorators.Count > 0 && _decorators.Value is { } marks && decorators.Any(marks.IsMatch))
        || _signatures.Value?.IsMatch(signature) == true;

    /// <summary>
    /// Marks each class that itself holds a function marked as a test, and all that it holds: helpers of tests are tests, too.
    /// </summary>
    /// <param name="snippets">Snippets of a file, those around others first. Receives the marks.</param>
    public void MarkClasses(List<ExtractedSnippet> snippets)
    {
        if (_decorators.Value is not { } marks)
        {
            return;
        }

        var classes = snippets.Where(snippet => snippet.Parent >= 0 && !snippet.Kind.IsStructure() && snippet.IsTest
            && snippets[snippet.Parent].Kind == SnippetKind.Structure && snippet.Decorators.Any(marks.IsMatch))
            .Select(static snippet => snippet.Parent).ToHashSet();
        for (var i = 0; classes.Count > 0 && i < snippets.Count; i++)
        {
            var isTest = classes.Contains(i) || (snippets[i].Parent >= 0 && snippets[snippets[i].Parent].IsTest);
            snippets[i] = isTest && !snippets[i].IsTest ? snippets[i] with { IsTest = true } : snippets[i];
        }
    }

    /// <summary>Whether a function is a test because it is handed to <paramref name="callee"/>.</summary>
    public bool IsTestCall(string callee) => _calls.Value?.IsMatch(callee) == true;

    // Most expressions are not needed for most files. None may repeat what may repeat in two ways.
    private static Lazy<Regex?> Expression(string? pattern) =>
        new(() => pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant));
}
