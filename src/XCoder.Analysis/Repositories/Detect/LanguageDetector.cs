using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Detects a file's language in this order: by its whole name; by the content signs of languages that share its ending;
/// by its longest known ending, unless a counter-sign of the language stands in the text; and, if the name has no ending, by the
/// program that its <c>#!</c> line starts. Immutable and thread-safe.
/// </summary>
internal sealed class LanguageDetector
{
    private const int SignBytes = 16 * 1024;

    private readonly Dictionary<string, Language> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Claim>> _byEnding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Language>> _byInterpreter = new(StringComparer.Ordinal);

    /// <summary>
    /// Detects the languages of a manifest. Of rows that claim the same name, ending or interpreter, the first comes first. Endings
    /// match in any case, but one listed with a capital (<c>.C</c>) takes only files with exactly that case.
    /// </summary>
    public LanguageDetector(IReadOnlyList<Language> languages)
    {
        foreach (var language in languages)
        {
            foreach (var name in language.FileNames)
            {
                _byName.TryAdd(name, language);
            }

            foreach (var ending in language.Extensions.Union(language.Signs.Keys))
            {
                Add(_byEnding, ending, new Claim(language, language.Extensions.Contains(ending), Sign(language.Signs, ending),
                    Sign(language.CounterSigns, ending)));
            }

            foreach (var interpreter in language.Interpreters)
            {
                Add(_byInterpreter, interpreter, language);
            }
        }

        static LanguageSign? Sign(IReadOnlyDictionary<string, string> signs, string ending) =>
            signs.TryGetValue(ending, out var pattern) ? new LanguageSign(pattern) : null;

        static void Add<T>(Dictionary<string, List<T>> lists, string key, T item)
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists[key] = list = [];
            }

            list.Add(item);
        }
    }

    /// <summary>Whether a file with this path can be source code; if false, there is no need to open the file.</summary>
    public bool MayBeSource(string path) => Evidence(path) != NameEvidence.None;

    /// <summary>What the name alone reveals, which decides how much of the file <see cref="Detect"/> needs.</summary>
    public NameEvidence Evidence(string path)
    {
        var name = FileName(path);
        return _byName.ContainsKey(name) || KnownEnding(name) != null ? NameEvidence.Name
            : HasEnding(name) || _byInterpreter.Count == 0 ? NameEvidence.None
            : NameEvidence.Interpreter;
    }

    /// <summary>
    /// The languages that the file may be in, the likeliest first; empty if it is in none. The others count where the first one's
    /// parser meets errors.
    /// </summary>
    /// <param name="path">Path or name of the file.</param>
    /// <param name="start">
    /// At least the first 16 KiB of the text, or <see cref="Shebang.MaxBytes"/> bytes if <see cref="Evidence"/> returns
    /// <see cref="NameEvidence.Interpreter"/>.
    /// </param>
    public IReadOnlyList<Language> Candidates(string path, ReadOnlySpan<byte> start)
    {
        var name = FileName(path);
        if (_byName.TryGetValue(name, out var language))
        {
            return [language];
        }

        if (KnownEnding(name) is { } ending)
        {
            return ByEnding(_byEnding[ending], start);
        }

        foreach (var program in HasEnding(name) ? [] : Shebang.Programs(start))
        {
            if (_byInterpreter.TryGetValue(program, out var found)
                || _byInterpreter.TryGetValue(Shebang.WithoutVersion(program), out found))
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>The likeliest language, or null; see <see cref="Candidates"/>.</summary>
    public Language? Detect(string path, ReadOnlySpan<byte> start) => Candidates(path, start) is [var first, ..] ? first : null;

    // First the language whose sign stands in the text, then those that claim the ending whatever the text says, then the others.
    private static IReadOnlyList<Language> ByEnding(List<Claim> claims, ReadOnlySpan<byte> start)
    {
        if (claims is [{ Sign: null, CounterSign: null, Language: var only }])
        {
            return [only];
        }

        var text = SignText.Of(start[..Math.Min(start.Length, SignBytes)]);
        var signed = claims.Find(claim => claim.Sign?.IsMatch(text) == true);
        var possible = claims.Where(claim => claim == signed || claim.CounterSign?.IsMatch(text) != true)
            .OrderBy(claim => claim == signed ? 0 : claim.TakesAll ? 1 : 2).ToList();
        return possible is [var first, ..] && (first == signed || first.TakesAll) ? possible.ConvertAll(claim => claim.Language) : [];
    }

    // The longest ending of the name that a row lists, in the listed case.
    private string? KnownEnding(string name)
    {
        for (var dot = NextDot(name, 1); dot >= 0; dot = NextDot(name, dot + 1))
        {
            var ending = name[dot..];
            if (IsListed(ending) || IsListed(ending = ending.ToLowerInvariant()))
            {
                return ending;
            }
        }

        return null;
    }

    private bool IsListed(string ending) => _byEnding.ContainsKey(ending);

    private static int NextDot(string name, int from) => from < name.Length ? name.IndexOf('.', from) : -1;

    private static bool HasEnding(string name) => name.LastIndexOf('.') >= 0;

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    // A row's claim to an ending; TakesAll: whatever the text says.
    private sealed record Claim(Language Language, bool TakesAll, LanguageSign? Sign, LanguageSign? CounterSign);
}

/// <summary>
/// A regular expression that tells for or against a language among those that share a file ending. Compiled on first use.
/// </summary>
internal sealed class LanguageSign
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private readonly string _pattern;
    private readonly Lazy<Regex> _regex;

    public LanguageSign(string pattern)
    {
        _pattern = pattern;
        _regex = new Lazy<Regex>(Compile);
    }

    /// <summary>Whether the text matches. A match that exceeds the time limit counts as no match.</summary>
    public bool IsMatch(string text)
    {
        try
        {
            return _regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // Prefer the engine with linear time, because the text is untrusted.
    private Regex Compile()
    {
        const RegexOptions Options = RegexOptions.Multiline | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(_pattern, Options | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(_pattern, Options, Timeout);
        }
    }
}

/// <summary>What a file's name reveals about its language.</summary>
internal enum NameEvidence
{
    /// <summary>No language is possible; the file need not be read.</summary>
    None,

    /// <summary>Nothing by itself, but the first bytes may name an interpreter (<c>#!</c>).</summary>
    Interpreter,

    /// <summary>The name or ending is known; the content may decide between languages that share the ending.</summary>
    Name,
}
