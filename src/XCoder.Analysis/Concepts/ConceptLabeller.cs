using System.Collections.Frozen;
using System.Runtime.InteropServices;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Labels clusters with the words of their members' names, documentation and code that distinguish them from other
/// clusters: class-based TF-IDF (Grootendorst, "BERTopic", 2022). A word counts once per member, and every language has
/// the same weight however many members it has.
/// </summary>
internal sealed class ConceptLabeller
{
    private const int MaxWords = 8;
    private const int MaxLabelWords = 4;

    // Least weighted share of the members whose name contains a word of the label. A fourth word needs the greater
    // share.
    private const double LabelShare = 0.4;
    private const double FourthShare = 0.5;

    // Words that are in few names or none need at least this share, for example by occurring in half of the members'
    // documentation.
    private const double OtherShare = 0.25;

    /// <summary>Label of a cluster whose members have no words.</summary>
    private const string Unnamed = "unnamed";

    /// <summary>Labels clusters. The more of a run's clusters are given at once, the better common words are recognised.</summary>
    /// <param name="clusters">Numbers of the member nodes of each cluster, in any order.</param>
    /// <param name="facts">Returns the facts of a node; called once per member.</param>
    /// <param name="representatives">The node that represents each cluster; null for its first.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>One label per cluster, in the same order.</returns>
    public IReadOnlyList<ConceptLabel> Label(IReadOnlyList<int[]> clusters, Func<int, ConceptFacts> facts,
        IReadOnlyList<int>? representatives = null, CancellationToken cancellation = default)
    {
        var words = new List<ClusterWords>(clusters.Count);
        var (shares, total) = (new Dictionary<string, double>(), 0.0);
        foreach (var cluster in clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            words.Add(new ClusterWords(Array.ConvertAll(cluster, node => facts(node))));
            foreach (var word in words[^1].Words)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(shares, word.Folded, out _) += word.Share;
                total += word.Share;
            }
        }

        var mean = total / Math.Max(1, clusters.Count);
        var ranked = words.ConvertAll(cluster => cluster.Words
            .OrderByDescending(word => word.Share * Math.Log(1 + (mean / shares[word.Folded])))
            .ThenBy(static word => word.Folded, StringComparer.Ordinal).ToArray());
        var labels = Enumerable.Range(0, ranked.Count).Select(i => Label(ranked[i], words[i].Name,
            ClusterWords.Split(facts(representatives is null ? clusters[i][0] : representatives[i]).Name))).ToList();
        return new LabelContexts(labels, ranked).Complete();
    }

    /// <param name="ranked">Words of a cluster, the most distinctive first.</param>
    /// <param name="name">The words of the name that half of the cluster bears, or none.</param>
    /// <param name="example">The words of the name of its representative.</param>
    private static ConceptLabel Label(ClusterWord[] ranked, IReadOnlyList<string> name, IReadOnlyList<string> example)
    {
        // A name as written reads better than words put together. That of the representative is the one shown with the label.
        string[] first = [.. ranked.Take(MaxWords).Select(static word => word.Text)];
        foreach (var words in (IReadOnlyList<string>[])[name, example])
        {
            if (words.Count(word => !ConceptWords.IsStopWord(ConceptWords.Fold(word), isName: true)) > 1)
            {
                return new ConceptLabel(string.Join(' ', words), first);
            }
        }

        var chosen = ranked.Where(static word => word.NameShare >= LabelShare).Take(MaxLabelWords - 1)
            .Concat(ranked.Where(static word => word.NameShare >= FourthShare)).Distinct().Take(MaxLabelWords).ToList();

        // The names differ or say little, so use the words on which documentation and code agree.
        if (chosen.Count < 2)
        {
            var others = ranked.Where(static word => word.Share >= OtherShare && word.Share > word.NameShare).ToList();
            chosen = [.. chosen.Concat(chosen.Count + others.Count > 0 ? others : ranked).Distinct().Take(MaxLabelWords - 1)];
        }

        var label = string.Join(' ', chosen.OrderBy(static word => word.Position).Select(static word => word.Text));
        return new ConceptLabel(label.Length > 0 ? label : Unnamed, first);
    }
}

/// <summary>Label and words of a concept.</summary>
/// <param name="Label">Lower-case words, in parentheses those that tell it from namesakes; never empty, and unique in a run.</param>
/// <param name="Words">The most distinctive words, at most eight, best first; may be empty.</param>
internal sealed record ConceptLabel(string Label, IReadOnlyList<string> Words);

/// <summary>Counts the words of a cluster's members, with the same weight for each language.</summary>
internal sealed class ClusterWords
{
    private const int MaxNameWords = 8;
    private const int MaxProseWords = 16;
    private const int MaxTokens = 32;
    private const int MaxLabelWords = 6;

    // A name that this share of the members bears, and of their weight, is the name of the cluster.
    private const double MostMembers = 0.5;

    // Weight of a word by where it occurs. AfterNames moves words that are in no name behind those that are.
    private const double InName = 1;
    private const double InProse = 0.5;
    private const double InEnclosing = 0.3;
    private const double InCode = 0.2;
    private const double AfterNames = 2;

    private readonly Dictionary<string, Count> _counts = [];

    public ClusterWords(ConceptFacts[] members)
    {
        var sizes = members.CountBy(static member => member.Language).ToDictionary();
        var names = new Dictionary<string, (double Weight, int Count, string Name)>();
        foreach (var member in members)
        {
            var weight = 1.0 / (sizes.Count * sizes[member.Language]);
            Add(member, weight);
            ref var named = ref CollectionsMarshal.GetValueRefOrAddDefault(names, NameWords.Plain(member.Name), out var isKnown);
            named = (named.Weight + weight, named.Count + 1,
                isKnown && Split(named.Name).Count >= Split(member.Name).Count ? named.Name : member.Name);
        }

        var most = names.Values.MaxBy(static name => name.Weight * name.Count);
        Name = members.Length > 0 && most.Weight >= MostMembers && most.Count >= MostMembers * members.Length ? Split(most.Name)
            : [];
        Words = [.. Ranked(members)];
    }

    /// <summary>The words of the name that half of the members bear, in any convention; none if there is no such name.</summary>
    public IReadOnlyList<string> Name { get; }

    /// <summary>The words, in no particular order.</summary>
    public IReadOnlyList<ClusterWord> Words { get; }

    /// <summary>The words of a name, as many as a label may have.</summary>
    public static List<string> Split(string name) => ConceptWords.OfName(name, MaxLabelWords);

    private IEnumerable<ClusterWord> Ranked(ConceptFacts[] members)
    {

        if (_counts.Count == 0)
        {
            // Names that consist only of stop words, such as "is" or "new", are still names.
            foreach (var member in members)
            {
                AddWords(ConceptWords.OfName(member.Name, MaxNameWords), InName, 1.0 / members.Length, isName: true, keepAll: true, []);
            }
        }

        return _counts.Select(static pair => new ClusterWord(
            pair.Key,
            pair.Value.Forms.OrderByDescending(static form => form.Value).ThenBy(static form => form.Key, StringComparer.Ordinal)
                .First().Key,
            pair.Value.Share,
            pair.Value.NameShare,
            pair.Value.AroundShare,
            pair.Value.NameShare > 0 ? pair.Value.NamePlace / pair.Value.NameShare
                : AfterNames + (pair.Value.OtherPlace / pair.Value.Share)));
    }

    private void Add(ConceptFacts member, double weight)
    {
        var seen = new HashSet<string>();
        AddWords(ConceptWords.OfName(member.Name, MaxNameWords), InName, weight, isName: true, keepAll: false, seen);
        AddWords(ConceptWords.OfProse(member.Documentation, MaxProseWords), InProse, weight, isName: false, keepAll: false, seen);
        AddWords(ConceptWords.OfName(member.Enclosing, MaxNameWords), InEnclosing, weight, isName: false, keepAll: false, seen);
        foreach (var word in ConceptWords.OfName(member.Enclosing, MaxNameWords).Select(ConceptWords.Fold).Distinct())
        {
            if (_counts.TryGetValue(word, out var count))
            {
                count.AroundShare += weight;
            }
        }

        foreach (var token in member.Tokens.Take(MaxTokens))
        {
            AddWords(ConceptWords.OfName(token, MaxNameWords), InCode, weight, isName: false, keepAll: false, seen);
        }
    }

    // Places come in order of descending weight, so a word counts for the best place in which it occurs.
    private void AddWords(List<string> words, double place, double weight, bool isName, bool keepAll, HashSet<string> seen)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var folded = ConceptWords.Fold(words[i]);
            if ((!keepAll && ConceptWords.IsStopWord(folded, isName)) || !seen.Add(folded))
            {
                continue;
            }

            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, folded, out _);
            count ??= new Count();
            count.Share += weight * place;
            count.NameShare += isName ? weight : 0;
            count.NamePlace += isName ? weight * i / words.Count : 0;
            count.OtherPlace += weight * place * i / words.Count;
            CollectionsMarshal.GetValueRefOrAddDefault(count.Forms, words[i], out _) += weight * place;
        }
    }

    private sealed class Count
    {
        public double Share;
        public double NameShare;
        public double AroundShare;
        public double NamePlace;
        public double OtherPlace;
        public readonly Dictionary<string, double> Forms = [];
    }
}

/// <summary>A word of a cluster.</summary>
/// <param name="Folded">The word without a plural ending, which identifies it.</param>
/// <param name="Text">Its most common form.</param>
/// <param name="Share">Weighted share of the members that have it, in (0, 1]; occurrences outside names count less.</param>
/// <param name="NameShare">Share of the members that have it in their name, in [0, 1].</param>
/// <param name="AroundShare">Share of the members that have it in the name of the type or file around them, in [0, 1].</param>
/// <param name="Position">Mean position in the names that have it, 0 to 1. If no name has it, its mean position elsewhere plus 2.</param>
internal sealed record ClusterWord(string Folded, string Text, double Share, double NameShare, double AroundShare,
    double Position);

/// <summary>Splits names and documentation into lower-case words, at changes of case and at punctuation.</summary>
internal static class ConceptWords
{
    private const int MaxLength = 32;
    private static readonly string[] PluralsOfSibilants = ["sses", "xes", "ches", "shes"];
    private static readonly FrozenSet<string> Everywhere = Load("everywhere");
    private static readonly FrozenSet<string> InProse = Load("documentation");

    /// <summary>Whether a folded word says nothing about a concept, either in a name or elsewhere.</summary>
    public static bool IsStopWord(string folded, bool isName) =>
        folded.Length < 2 || Everywhere.Contains(folded) || (!isName && InProse.Contains(folded));

    /// <summary>Returns the words of a name: <c>parseHTTPDate2</c> has parse, http and date2. Numbers alone are not words.</summary>
    public static List<string> OfName(ReadOnlySpan<char> text, int most)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < most; at++)
        {
            if (NameWords.IsLetter(text[at]))
            {
                at = Add(text, at, words) - 1;
            }
        }

        return words;
    }

    /// <summary>Returns the words of the first sentence of documentation, without mark-up.</summary>
    public static List<string> OfProse(ReadOnlySpan<char> text, int most)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < most; at++)
        {
            if (text[at] == '<' && text[at..].IndexOf('>') is var length and > 0)
            {
                at += length;
            }
            else if (NameWords.IsLetter(text[at]))
            {
                at = Add(text, at, words) - 1;
            }
            else if (words.Count > 0 && IsEnd(text[at..]))
            {
                break;
            }
            else if (text[at] == '@' && at + 1 < text.Length && NameWords.IsLetter(text[at + 1]))
            {
                at = EndOfWord(text, at + 1) - 1;
            }
        }

        return words;
    }

    /// <summary>Removes an English plural ending and a trailing number, so that date, dates and date2 count as one word.</summary>
    public static string Fold(string word)
    {
        if (word.Length > 4 && char.IsAsciiDigit(word[^1]) && !char.IsAsciiDigit(word[^2]))
        {
            word = word[..^1];
        }

        return word.Length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i' or 'o' ? word
            : word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
            : PluralsOfSibilants.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)) ? word[..^2]
            : word[..^1];
    }

    private static int Add(ReadOnlySpan<char> text, int at, List<string> words)
    {
        var end = EndOfWord(text, at);
        words.Add(text[at..Math.Min(end, at + MaxLength)].ToString().ToLowerInvariant());
        return end;
    }

    // Whether the sentence ends here: at punctuation before a space, a tag, or an empty line.
    private static bool IsEnd(ReadOnlySpan<char> text) =>
        text[0] is '@' or '。'
        || (text[0] is '.' or '!' or '?' or ';' && (text.Length == 1 || char.IsWhiteSpace(text[1]) || text[1] == '<'))
        || (text[0] == '\n' && text[1..].TrimStart(" \t\r") is ['\n', ..]);

    // Splits HTTPServer into http server and parseURL into parse url; sha256 stays one word.
    private static int EndOfWord(ReadOnlySpan<char> text, int at)
    {
        at = NameWords.EndOfLetters(text, at);
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a section of the table of words.</summary>
    public static FrozenSet<string> Load(string section)
    {
        using var stream = typeof(ConceptWords).Assembly.GetManifestResourceStream("XCoder.Analysis.Concepts.stop-words.txt")
            ?? throw new InvalidOperationException("The table of stop words is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').SkipWhile(line => line != $"[{section}]").Skip(1)
            .TakeWhile(static line => !line.StartsWith('['))
            .SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet();
    }
}
