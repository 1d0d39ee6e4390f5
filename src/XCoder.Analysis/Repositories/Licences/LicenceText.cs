using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>How much a licence asks of those who use the code, from little to more than can be said.</summary>
internal enum LicenceClass
{
    /// <summary>Use, change and distribution are allowed if the notice goes along.</summary>
    Permissive,

    /// <summary>Changes, or works that contain the code, must be passed on under the same licence.</summary>
    Copyleft,

    /// <summary>Some use is forbidden, or nothing says what is allowed.</summary>
    Restricted,
}

/// <summary>A licence of the table <c>licences.txt</c>: its words, and those that must or must not occur in a text under it.</summary>
internal sealed class LicenceText
{
    /// <summary>Words a run: shorter ones meet by chance, longer ones break at every word that a text changes.</summary>
    public const int Run = 4;

    /// <summary>Where a licence leaves a word open, such as the name of its holder.</summary>
    public const string Open = "*";

    private const string Texts = "XCoder.Analysis.Repositories.Licences.licences.txt";
    private const string OpenWords = @"\w+(?: \w+){0,3}";

    private static readonly Lazy<LicenceText[]> Known = new(Read);
    private static readonly Lazy<FrozenDictionary<string, LicenceClass>> Classes = new(() => Known.Value
        .DistinctBy(known => known.Spdx).ToFrozenDictionary(known => known.Spdx, known => known.Class, StringComparer.OrdinalIgnoreCase));

    private readonly string[] _all;
    private readonly string[] _none;
    private readonly Regex[] _grants;
    private readonly Lazy<string[]> _body;
    private readonly Lazy<Dictionary<string, List<int>>> _runs;

    private LicenceText(string spdx, LicenceClass kind, string[] all, string[] none, Regex[] grants, string body)
    {
        (Spdx, Class, _all, _none, _grants) = (spdx, kind, all, none, grants);
        _body = new Lazy<string[]>(() => body.Split(' '));
        _runs = new Lazy<Dictionary<string, List<int>>>(() => RunsOf(_body.Value));
    }

    /// <summary>All licences of the table, in its order.</summary>
    public static IReadOnlyList<LicenceText> Table => Known.Value;

    /// <summary>SPDX id, an exception with it.</summary>
    public string Spdx { get; }

    /// <summary>What it asks.</summary>
    public LicenceClass Class { get; }

    /// <summary>Its words; <see cref="Open"/> where it leaves some open.</summary>
    public string[] Body => _body.Value;

    /// <summary>Whether the table tells what of the text it grants.</summary>
    public bool HasGrants => _grants.Length > 0;

    /// <summary>What an SPDX id asks; null where the table has not got it.</summary>
    public static LicenceClass? ClassOf(string spdx) => Classes.Value.TryGetValue(spdx, out var found) ? found : null;

    /// <summary>The lines of a data file of this folder, which the assembly holds.</summary>
    public static IEnumerable<string> Resource(string name)
    {
        using var stream = typeof(LicenceText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Whether a text, words with single spaces, holds the phrases that tell this licence from others.</summary>
    public bool Occurs(string words) =>
        Array.TrueForAll(_all, phrase => Has(words, phrase)) && !Array.Exists(_none, phrase => Has(words, phrase));

    /// <summary>Whether a text, words with single spaces, holds all that the licence grants, word by word.</summary>
    public bool Grants(string words) => Array.TrueForAll(_grants, grant => grant.IsMatch(words));

    /// <summary>Which words of a text belong to a <see cref="Run"/> of words of this licence, wherever it stands.</summary>
    public bool[] Cover(string[] words)
    {
        var cover = new bool[words.Length];
        for (var i = 0; i + Run <= words.Length; i++)
        {
            if (Places(words, i).Count > 0)
            {
                cover.AsSpan(i, Run).Fill(true);
            }
        }

        return cover;
    }

    /// <summary>Where in the licence the <see cref="Run"/> stands that begins at a word of a text.</summary>
    public IReadOnlyList<int> Places(string[] words, int at) =>
        _runs.Value.TryGetValue(string.Join(' ', words, at, Run), out var places) ? places : [];

    // Places of each run in a licence's words.
    private static Dictionary<string, List<int>> RunsOf(string[] words)
    {
        var runs = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i + Run <= words.Length; i++)
        {
            if (Array.IndexOf(words, Open, i, Run) < 0)
            {
                var run = string.Join(' ', words, i, Run);
                (runs.TryGetValue(run, out var places) ? places : runs[run] = []).Add(i);
            }
        }

        return runs;
    }

    // As whole words.
    private static bool Has(string words, string phrase)
    {
        for (var at = words.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = words.IndexOf(phrase, at + 1,
            StringComparison.Ordinal))
        {
            if ((at == 0 || words[at - 1] == ' ') && (at + phrase.Length == words.Length || words[at + phrase.Length] == ' '))
            {
                return true;
            }
        }

        return false;
    }

    private static LicenceText[] Read()
    {
        var (table, all, none, grants) = (new List<LicenceText>(), new List<string>(), new List<string>(), new List<Regex>());
        string? head = null;
        foreach (var line in Resource(Texts))
        {
            switch (line)
            {
                case ['#', ..]:
                    break;
                case ['=', ' ', .. var rest]:
                    head = rest;
                    break;
                case ['+', ' ', .. var phrase]:
                    all.Add(phrase);
                    break;
                case ['-', ' ', .. var phrase]:
                    none.Add(phrase);
                    break;
                case ['!', ' ', .. var phrase]:
                    // No expression repeats what repeats, so none takes long; those that cannot would take longer to compile.
                    grants.Add(new Regex($@"\b(?:{phrase.Replace(" | ", "|", StringComparison.Ordinal).Replace("*", OpenWords,
                        StringComparison.Ordinal)})\b", RegexOptions.CultureInvariant));
                    break;
                default:
                    var at = head!.LastIndexOf(' ');
                    table.Add(new LicenceText(head[..at], Enum.Parse<LicenceClass>(head[(at + 1)..], ignoreCase: true), [.. all], [.. none],
                        [.. grants], line));
                    grants.Clear();
                    all.Clear();
                    none.Clear();
                    break;
            }
        }

        return [.. table];
    }
}
