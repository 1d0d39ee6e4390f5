using System.Runtime.InteropServices;
using System.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Which functions test code calls or names. A function is tested if test code of its repository and language (dialects
/// taken together) has its name among its identifiers, or if a test there is named after it: <c>test_parse_date</c>,
/// <c>parseDateTest</c> and <c>ParseDateTests</c> after <c>parseDate</c>. Names of fewer than four letters, and names that
/// more than five functions there bear, tell too little and count for nothing. Nothing is resolved or run: a test that reaches
/// a function only through others does not count, one that calls a stranger's function of the same name does.
/// </summary>
internal sealed class TestedFunctions
{
    private const int LeastLetters = 4;
    private const int MostBearers = 5;
    private const int LongestName = 256;

    private readonly Dictionary<(string Repository, string Language), Scope> _scopes = [];

    /// <summary>Makes a function known; before any test.</summary>
    /// <param name="repository">Its repository.</param>
    /// <param name="language">Language id, of a dialect that of the language.</param>
    /// <param name="name">Its bare name.</param>
    public void AddFunction(string repository, string language, string name)
    {
        if (IsTelling(name))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(Of(repository, language).Bearers, name, out _)++;
        }
    }

    /// <summary>Takes in a test's name, be it of a function or a structure.</summary>
    public void AddTestName(string repository, string language, string name) => Of(repository, language).Tests.UnionWith(Subjects(name));

    /// <summary>Takes in an identifier of test code, as UTF-8.</summary>
    public void AddIdentifier(string repository, string language, ReadOnlySpan<byte> identifier)
    {
        if (identifier.Length is < LeastLetters or > LongestName || !_scopes.TryGetValue((repository, language), out var scope))
        {
            return;
        }

        Span<char> text = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(identifier, text);
        if (scope.Bearers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var name, out _))
        {
            scope.Named.Add(name);
        }
    }

    /// <summary>Whether a function is tested by what was taken in.</summary>
    public bool IsTested(string repository, string language, string name) =>
        _scopes.TryGetValue((repository, language), out var scope) && scope.Bearers.TryGetValue(name, out var bearers) && bearers <= MostBearers
        && (scope.Named.Contains(name) || scope.Tests.Contains(Folded(name)));

    private Scope Of(string repository, string language)
    {
        ref var scope = ref CollectionsMarshal.GetValueRefOrAddDefault(_scopes, (repository, language), out _);
        return scope ??= new Scope();
    }

    private static bool IsTelling(string name) => name.Length <= LongestName && name.Count(char.IsLetter) >= LeastLetters;

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    // What a test may be named after: its name without "test" or "tests" at either end.
    private static IEnumerable<string> Subjects(string name)
    {
        var folded = Folded(name);
        yield return folded;
        foreach (var mark in (string[])["test", "tests"])
        {
            if (folded.StartsWith(mark, StringComparison.Ordinal))
            {
                yield return folded[mark.Length..];
            }

            if (folded.EndsWith(mark, StringComparison.Ordinal))
            {
                yield return folded[..^mark.Length];
            }
        }
    }

    private sealed class Scope
    {
        public readonly Dictionary<string, int> Bearers = [];
        public readonly HashSet<string> Named = [];
        public readonly HashSet<string> Tests = [];
    }
}
