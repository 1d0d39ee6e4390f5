using System.Collections.Frozen;
using System.Net;
using System.Text;
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

/// <summary>
/// Recognises licences by their texts. A licence counts where its title or body stands in the text; a permissive one only if its
/// grant is there word by word, and if what is left of the text is known to take nothing back (<see cref="LicenceRest"/>).
/// Mentions of other licences, such as the one that a later version changes to, do not count. Texts are compared as lower-case
/// words; layout, punctuation, markup and comment signs do not matter.
/// </summary>
internal sealed class LicenceText
{
    private const string Texts = "XCoder.Analysis.Repositories.Licences.licences.txt";

    // Words a run: shorter ones meet by chance, longer ones break at every word that a text changes.
    private const int Run = 4;

    // A second licence in a text must bring as many words of its own; fewer are a mention.
    private const int LeastOwn = 25;

    // So many foreign words within a sentence of the licence were put in on purpose; fewer are a word that was exchanged.
    private const int LeastInserted = 3;

    // An open word lies at most so far from a run of foreign words that stands for it.
    private const int Near = 3;

    // Where a licence leaves a word open, such as the name of its holder.
    private const string Open = "*";

    private const string OpenWords = @"\w+(?: \w+){0,3}";

    private const string Subcomponents = "includes a number of subcomponents with separate copyright notices and license terms";

    // A title alone counts at the beginning of a text.
    private const int LastOfTitle = 4;

    // No expression repeats what repeats, so none takes long; those that cannot would take longer to compile.
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly Lazy<LicenceText[]> Table = new(Read);
    private static readonly Lazy<FrozenDictionary<string, LicenceClass>> Classes = new(() => Table.Value
        .DistinctBy(known => known.Spdx).ToFrozenDictionary(known => known.Spdx, known => known.Class, StringComparer.OrdinalIgnoreCase));

    private static readonly Regex Copyright =
        new(@"^\W*(portions )?(copyright\b|copr\b|\(c\)|©).{0,300}$", Options | RegexOptions.IgnoreCase);
    private static readonly Regex Markup = new("</?[a-zA-Z][^<>\n]{0,200}>", RegexOptions.CultureInvariant);
    // A line of a licence may begin with the word, too.
    private static readonly Regex Sentence = new(@"^\W*copyrights? (licen[sc]e|notice|owner|holder|statement|law|interest|and related)",
        Options | RegexOptions.IgnoreCase);
    private static readonly Regex Address = new(@"\S{1,99}@\S+|\S{1,99}://\S+|www\.\S+|<[^>]{0,300}>", Options);
    private static readonly Regex Reserved = new(@"all rights reserved\.?", Options | RegexOptions.IgnoreCase);
    private static readonly Regex Break = new(@"\p{L}{3}[.!;:。]\s*\p{L}", Options);
    private static readonly Regex Letter = new(@"\b\p{Ll}\b", Options);
    private static readonly Regex Word = new(@"\p{L}[\p{L}\p{N}]*", Options);
    private static readonly Regex Joined = new(@"\b(non|sub)-\s*([a-z])", RegexOptions.CultureInvariant);

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

    /// <summary>SPDX id, an exception with it.</summary>
    public string Spdx { get; }

    /// <summary>What it asks.</summary>
    public LicenceClass Class { get; }

    /// <summary>What an SPDX id asks; null where the table has not got it.</summary>
    public static LicenceClass? ClassOf(string spdx) => Classes.Value.TryGetValue(spdx, out var found) ? found : null;

    /// <summary>
    /// The SPDX expression of a licence file, or null where none is recognised or something left over restricts it: several licences
    /// hold together, unless the text gives them as alternatives.
    /// </summary>
    /// <param name="text">The text, UTF-8.</param>
    public static string? Recognise(ReadOnlySpan<byte> text) => Recognise(Encoding.UTF8.GetString(text));

    /// <inheritdoc cref="Recognise(ReadOnlySpan{byte})"/>
    public static string? Recognise(string text)
    {
        var words = Words(text);
        var joined = string.Join(' ', words);

        // Behind the licence of the whole, the Apache Foundation's projects list those of parts that they contain.
        if (joined.IndexOf(Subcomponents, StringComparison.Ordinal) is var parts and > 0 && !LicenceWords.Trades.IsMatch(joined[parts..]))
        {
            joined = joined[..joined.LastIndexOf(" the ", parts, StringComparison.Ordinal)];
            words = joined.Split(' ');
        }

        var covered = new bool[words.Length];
        var found = new List<LicenceText>();
        var candidates = Table.Value.Where(known => known.Occurs(joined) && Array.TrueForAll(known._grants, grant => grant.IsMatch(joined)))
            .Select(known => (Known: known, Cover: known.Cover(words)))
            .OrderByDescending(item => item.Known.Class == LicenceClass.Restricted)
            .ThenByDescending(item => item.Cover.Count(isCovered => isCovered)).ToList();
        foreach (var (known, cover) in candidates)
        {
            var own = cover.Where((isCovered, i) => isCovered && !covered[i]).Count();
            if (found.Count == 0 || own >= LeastOwn)
            {
                found.Add(known);
            }

            // What a mention covers is not left over: it restricts nothing by itself.
            for (var i = 0; i < cover.Length; i++)
            {
                covered[i] |= cover[i] && (found.Count == 0 || found.Contains(known));
            }
        }

        if (found.Count == 0)
        {
            return words.Length <= MostOfStatement ? LicenceNames.OfStatement(joined) : null;
        }

        if (found is [{ Class: LicenceClass.Permissive } only] && covered.Count(isCovered => isCovered) < LeastOwn
            && !IsTitle(covered, joined))
        {
            return LicenceNames.OfStatement(joined);
        }

        var (first, last) = (Array.IndexOf(covered, true), Array.LastIndexOf(covered, true));
        var runs = Rest(words, covered);
        var isChoice = runs.Exists(run => run.To <= first && LicenceWords.Alternatives.IsMatch(string.Join(' ', words[run.From..run.To]))
            && IsHarmless(words, run, first, last, found));
        return found.TrueForAll(known => known.Class == LicenceClass.Permissive)
            && runs.Exists(run => !IsHarmless(words, run, first, last, found)) ? null : Combine(found, isChoice ? " OR " : " AND ");
    }

    private static bool IsHarmless(string[] words, (int From, int To) run, int first, int last, List<LicenceText> found)
    {
        var text = string.Join(' ', words[run.From..run.To]);
        var place = run.To <= first ? LicenceRest.Place.Head : run.From > last ? LicenceRest.Place.Tail
            : found.Exists(known => known.IsOpen(words, run.From, run.To)) ? LicenceRest.Place.Open : LicenceRest.Place.Inside;
        text = place == LicenceRest.Place.Head ? LicenceWords.Alternatives.Replace(text, " ") : text;
        return LicenceRest.IsHarmless(text, place)
            && (LicenceRest.IsHarmless(text, LicenceRest.Place.Tail) || !found.Exists(known => known.IsInserted(words, run.From, run.To)));
    }

    /// <summary>
    /// The expression for several licences; of the GNU Lesser licence, which consists of both, the General one is not named.
    /// </summary>
    /// <param name="found">The licences.</param>
    /// <param name="relation">" OR " or " AND ".</param>
    public static string Combine(IEnumerable<LicenceText> found, string relation)
    {
        var ids = found.OrderBy(known => Array.IndexOf(Table.Value, known)).Select(known => known.Spdx).Distinct().ToList();
        return Combine(ids, relation);
    }

    /// <inheritdoc cref="Combine(IEnumerable{LicenceText}, string)"/>
    public static string Combine(IEnumerable<string> expressions, string relation)
    {
        var ids = expressions.Distinct()
            .OrderBy(id => Array.FindIndex(Table.Value, known => known.Spdx == id) is var at and >= 0 ? at : int.MaxValue).ToList();
        if (ids.Exists(id => id.StartsWith("LGPL", StringComparison.Ordinal)))
        {
            ids.RemoveAll(id => id.StartsWith("GPL", StringComparison.Ordinal));
        }

        return ids.Count == 1 ? ids[0]
            : string.Join(relation,
                ids.Select(id => relation == " AND " && id.Contains(" OR ", StringComparison.Ordinal) ? $"({id})" : id));
    }

    /// <summary>The lines of a data file of this folder, which the assembly holds.</summary>
    internal static IEnumerable<string> Resource(string name)
    {
        using var stream = typeof(LicenceText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Lower-case words; copyright lines and markup are left out.</summary>
    internal static string[] Words(string text)
    {
        text = text.Contains('<') ? WebUtility.HtmlDecode(Markup.Replace(text, " ")) : text;
        var kept = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            if (!IsCopyright(line.TrimEnd()))
            {
                kept.Append(line).Append('\n');
            }
        }

        return Plain(kept.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private const int MostOfStatement = 60, MostSmallWords = 1, MostOtherLetters = 10, MostLetters = 4;

    // Names, years and addresses. Names begin with capitals; a sentence behind them does not.
    private static bool IsCopyright(string line)
    {
        if (!Copyright.IsMatch(line) || Sentence.IsMatch(line)
            || LicenceWords.Restricts.IsMatch(LicenceWords.Harmless.Replace(Plain(line), " "))
            || LicenceWords.Elsewhere.IsMatch(line.ToLowerInvariant()))
        {
            return false;
        }

        var names = Address.Replace(Reserved.Replace(line, ""), " ");
        var small = Word.Matches(names).Count(word => char.IsLower(word.Value[0]) && word.Length > 1
            && !LicenceWords.Silent.IsWhole(word.Value) && !LicenceWords.Particles.IsWhole(word.Value));
        return small <= MostSmallWords && !Break.IsMatch(names) && Letter.Count(names) <= MostLetters
            && names.Count(letter => char.IsLetter(letter) && !char.IsLower(letter) && !char.IsUpper(letter)) <= MostOtherLetters;
    }

    private static string Plain(string text)
    {
        text = Joined.Replace(text.ToLowerInvariant(), "$1$2").Replace("licence", "license", StringComparison.Ordinal);
        var words = new StringBuilder(text.Length);
        foreach (var symbol in text)
        {
            if (char.IsLetterOrDigit(symbol))
            {
                words.Append(symbol);
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.ToString();
    }

    private static bool IsTitle(bool[] covered, string words) =>
        Array.IndexOf(covered, true) <= LastOfTitle || LicenceWords.Grants.IsMatch(words);

    // Runs of words that no licence covers.
    private static List<(int From, int To)> Rest(string[] words, bool[] covered)
    {
        var rest = new List<(int From, int To)>();
        for (var from = 0; from < words.Length;)
        {
            if (covered[from])
            {
                from++;
                continue;
            }

            var to = from;
            while (to < words.Length && !covered[to])
            {
                to++;
            }

            rest.Add((from, to));
            from = to;
        }

        return rest;
    }

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

    // Whether words stand between two neighbouring places of the licence, where it leaves nothing open: somebody put them in.
    private bool IsInserted(string[] words, int from, int to)
    {
        if (to - from < LeastInserted || from < Run || to + Run > words.Length
            || !_runs.Value.TryGetValue(string.Join(' ', words, from - Run, Run), out var before)
            || !_runs.Value.TryGetValue(string.Join(' ', words, to, Run), out var after))
        {
            return false;
        }

        return before.Exists(last => after.Exists(next => next - last is >= 0 and <= Run + LeastInserted
            && Array.IndexOf(_body.Value, Open, last, next - last) < 0));
    }

    // Whether the licence leaves a word open beside one of the run's ends.
    private bool IsOpen(string[] words, int from, int to)
    {
        return (from >= Run && Places(from - Run).Exists(place => HasOpen(place + Run, place + Run + Near)))
            || (to + Run <= words.Length && Places(to).Exists(place => HasOpen(place - Near, place)));

        List<int> Places(int at) => _runs.Value.GetValueOrDefault(string.Join(' ', words, at, Run), []);

        bool HasOpen(int start, int end)
        {
            (start, end) = (Math.Max(0, start), Math.Min(_body.Value.Length, end));
            return start < end && Array.IndexOf(_body.Value, Open, start, end - start) >= 0;
        }
    }

    private bool Occurs(string words) =>
        Array.TrueForAll(_all, phrase => Has(words, phrase)) && !Array.Exists(_none, phrase => Has(words, phrase));

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

    private bool[] Cover(string[] words)
    {
        var cover = new bool[words.Length];
        for (var i = 0; i + Run <= words.Length; i++)
        {
            if (_runs.Value.ContainsKey(string.Join(' ', words, i, Run)))
            {
                cover.AsSpan(i, Run).Fill(true);
            }
        }

        return cover;
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
                    grants.Add(new Regex($@"\b(?:{phrase.Replace(" | ", "|", StringComparison.Ordinal).Replace("*", OpenWords,
                        StringComparison.Ordinal)})\b", Options));
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
