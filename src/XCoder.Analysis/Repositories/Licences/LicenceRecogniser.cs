using System.Text;
using XCoder.Analysis.Repositories.Licences.Words;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Recognises licences by their texts. A licence counts where its title or body stands in the text; a permissive one only if its
/// grant is there word by word, departs from its text only where that is known to be harmless, and if what is left over is known to
/// take nothing back (<see cref="LicenceRest"/>). Mentions of other licences, such as the one that a later version changes to, do
/// not count. Texts are compared as lower-case words; layout, punctuation, markup and comment signs do not matter.
/// </summary>
internal static class LicenceRecogniser
{
    // A second licence in a text must bring as many words of its own; fewer are a mention.
    private const int LeastOwn = 25;

    // A title alone counts at the beginning of a text.
    private const int LastOfTitle = 4;

    private const int MostOfStatement = 60;

    // Ids in the order in which alternatives are written.
    private static readonly Lazy<List<string>> Order = new(() => [.. LicenceText.Table.Select(known => known.Spdx)]);

    private const string Subcomponents = "includes a number of subcomponents with separate copyright notices and license terms";

    /// <summary>
    /// The SPDX expression of a licence file, or null where none is recognised or something left over restricts it: several licences
    /// hold together, unless the text gives them as alternatives.
    /// </summary>
    /// <param name="bytes">The text, UTF-8, or UTF-16 with its mark.</param>
    public static string? Recognise(ReadOnlySpan<byte> bytes) => Recognise(Decode(bytes));

    /// <inheritdoc cref="Recognise(ReadOnlySpan{byte})"/>
    public static string? Recognise(string text)
    {
        var plain = PlainWords.Of(text);
        var (words, joined) = (plain.Words, plain.Joined);

        // Behind the licence of the whole, the Apache Foundation's projects list those of parts that they contain.
        if (joined.IndexOf(Subcomponents, StringComparison.Ordinal) is var parts and > 0 && !LicenceWords.Trades.IsMatch(joined[parts..])
            && joined.LastIndexOf(" the ", parts, StringComparison.Ordinal) is var cut and > 0)
        {
            joined = joined[..cut];
            words = joined.Split(' ');
        }

        var found = Covering(words, joined, out var covered);
        if (found.Exists(known => known.Class != LicenceClass.Permissive))
        {
            // A choice that something else takes back is none.
            var isChoice = IsChoice(string.Join(' ', words[..Math.Max(0, Array.IndexOf(covered, true))]), isSentence: true)
                && Runs(covered).Where(run => run.From > 0).All(run => LicenceRest.IsHarmless(
                    string.Join(' ', words[run.From..run.To]), LicenceRest.Place.Between));
            return Combine(found, isChoice ? " OR " : " AND ");
        }

        var texts = LicenceParts.Of(words, joined);
        if (texts.Found.Count > 0)
        {
            // "Dual license" before one text leaves out the other.
            var head = plain.Run(0, texts.Found[0].From);
            var isOffered = IsChoice(head, isSentence: false);
            return texts.AreTrue && !(isOffered && texts.Found.Count == 1 && LicenceWords.Strangers.IsMatch(head))
                && texts.Rest().All(run => IsHarmless(plain, run, words.Length))
                ? Combine(texts.Found.Select(part => part.Licence), isOffered ? " OR " : " AND ") : null;
        }

        // A statement names a licence; a title alone does, too.
        return words.Length > MostOfStatement ? null
            : LicenceStatement.Of(joined) ?? (found is [var only] && only.Body.Length < LeastOwn
                && (Array.IndexOf(covered, true) <= LastOfTitle || LicenceWords.Grants.IsMatch(joined))
                && Runs(covered).All(run => LicenceRest.IsHarmless(string.Join(' ', words[run.From..run.To]),
                    run.From == 0 ? LicenceRest.Place.Head : LicenceRest.Place.Tail)) ? only.Spdx : null);
    }

    /// <summary>The text of a file, UTF-8, or UTF-16 with its mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, .. var little] => Encoding.Unicode.GetString(little),
        [0xFE, 0xFF, .. var big] => Encoding.BigEndianUnicode.GetString(big),
        _ => Encoding.UTF8.GetString(bytes),
    };

    /// <summary>
    /// The expression for several licences; of the GNU Lesser licence, which consists of both, the General one is not named.
    /// </summary>
    /// <param name="found">The licences.</param>
    /// <param name="relation">" OR " or " AND ".</param>
    public static string Combine(IEnumerable<LicenceText> found, string relation) =>
        Combine(found.Select(known => known.Spdx), relation);

    /// <inheritdoc cref="Combine(IEnumerable{LicenceText}, string)"/>
    public static string Combine(IEnumerable<string> expressions, string relation)
    {
        var all = expressions.Distinct().ToList();
        var ids = all.SelectMany(id => relation == " OR " && all.Count > 1 && !id.Contains(" AND ", StringComparison.Ordinal)
            ? id.Split(" OR ") : [id]).Distinct().OrderBy(id => Order.Value.IndexOf(id) is var at and >= 0 ? at : int.MaxValue).ToList();
        if (ids.Exists(id => id.StartsWith("LGPL", StringComparison.Ordinal)))
        {
            ids.RemoveAll(id => id.StartsWith("GPL", StringComparison.Ordinal));
        }

        return ids.Count == 1 ? ids[0]
            : string.Join(relation,
                ids.Select(id => relation == " AND " && id.Contains(" OR ", StringComparison.Ordinal) ? $"({id})" : id));
    }

    private static bool IsHarmless(PlainWords plain, (int From, int To) run, int count)
    {
        var text = plain.Run(run.From, run.To);
        return !LicenceWords.Elsewhere.IsMatch(string.Join(' ', plain.Words[run.From..run.To]))
            && !Marks.LeadAway(plain.Text(run.From, run.To))
            && (run.From == 0 ? IsHead(text, plain.IsSentence(run.From, run.To))
                : run.To < count ? LicenceRest.IsHarmless(text, LicenceRest.Place.Between)
                : LicenceRest.IsHarmless(text, LicenceRest.Place.Tail) || plain.IsSignature(run.From, run.To));
    }

    private static bool IsHead(string text, bool isSentence) => LicenceStatement.Of(text) is { } named
        ? LicenceFinder.ClassOf(named) == LicenceClass.Permissive : !LicenceWords.Strangers.IsMatch(text)
        && LicenceRest.IsHarmless(LicenceWords.Alternatives.Replace(text, " "),
            isSentence ? LicenceRest.Place.Lead : LicenceRest.Place.Head);

    private static bool IsChoice(string head, bool isSentence) => LicenceWords.Alternatives.IsMatch(head) && IsHead(head, isSentence);

    // Licences by their phrases; the strictest first, then the longest, and any other that has words of its own.
    private static List<LicenceText> Covering(string[] words, string joined, out bool[] covered)
    {
        (covered, var found) = (new bool[words.Length], new List<LicenceText>());
        var candidates = LicenceText.Table.Where(known => known.Occurs(joined) && known.Grants(joined))
            .Select(known => (Known: known, Cover: known.Cover(words)))
            .OrderByDescending(item => item.Known.Class == LicenceClass.Restricted)
            .ThenByDescending(item => item.Cover.Count(isCovered => isCovered)).ToList();
        foreach (var (known, cover) in candidates)
        {
            var own = 0;
            for (var i = 0; i < cover.Length; i++)
            {
                own += cover[i] && !covered[i] ? 1 : 0;
            }

            if (found.Count == 0 || own >= LeastOwn)
            {
                found.Add(known);
                for (var i = 0; i < cover.Length; i++)
                {
                    covered[i] |= cover[i];
                }
            }
        }

        return found;
    }

    // Runs of words that no licence covers.
    private static IEnumerable<(int From, int To)> Runs(bool[] covered)
    {
        for (var from = 0; from < covered.Length;)
        {
            var to = from;
            while (to < covered.Length && covered[to] == covered[from])
            {
                to++;
            }

            if (!covered[from])
            {
                yield return (from, to);
            }

            from = to;
        }
    }
}
