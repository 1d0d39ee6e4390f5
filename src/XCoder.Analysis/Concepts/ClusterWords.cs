using System.Runtime.InteropServices;

namespace XCoder.Analysis.Concepts;

/// <summary>Counts the words of a cluster's members; each language has the same weight.</summary>
internal sealed class ClusterWords
{
    private const int MaxNameWords = 8;
    private const int MaxProseWords = 16;
    private const int MaxTokens = 32;

    // What a word counts for by where it stands.
    private const double InName = 1;
    private const double InProse = 0.5;
    private const double InEnclosing = 0.3;
    private const double InCode = 0.2;
    private const double AfterNames = 2;

    private readonly Dictionary<string, Count> _counts = [];

    public ClusterWords(ConceptFacts[] members)
    {
        var sizes = members.CountBy(static member => member.Language).ToDictionary();
        foreach (var member in members)
        {
            Add(member, 1.0 / (sizes.Count * sizes[member.Language]));
        }

        if (_counts.Count == 0)
        {
            // Names made of nothing else, such as "is" or "new", are still names.
            foreach (var member in members)
            {
                AddWords(ConceptWords.OfName(member.Name, MaxNameWords), InName, 1.0 / members.Length, isName: true, keepAll: true, []);
            }
        }
    }

    /// <summary>The words, in no particular order.</summary>
    public ClusterWord[] Words => [.. _counts.Select(static pair => new ClusterWord(
        pair.Key,
        pair.Value.Forms.OrderByDescending(static form => form.Value).ThenBy(static form => form.Key, StringComparer.Ordinal).First().Key,
        pair.Value.Share,
        pair.Value.NameShare,
        pair.Value.NameShare > 0 ? pair.Value.NamePlace / pair.Value.NameShare : AfterNames + (pair.Value.OtherPlace / pair.Value.Share)))];

    private void Add(ConceptFacts member, double weight)
    {
        var seen = new HashSet<string>();
        AddWords(ConceptWords.OfName(member.Name, MaxNameWords), InName, weight, isName: true, keepAll: false, seen);
        AddWords(ConceptWords.OfProse(member.Documentation, MaxProseWords), InProse, weight, isName: false, keepAll: false, seen);
        AddWords(ConceptWords.OfName(member.Enclosing, MaxNameWords), InEnclosing, weight, isName: false, keepAll: false, seen);
        foreach (var token in member.Tokens.Take(MaxTokens))
        {
            AddWords(ConceptWords.OfName(token, MaxNameWords), InCode, weight, isName: false, keepAll: false, seen);
        }
    }

    // A word counts for the best place that it stands in: the places come in falling order.
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
        public double NamePlace;
        public double OtherPlace;
        public readonly Dictionary<string, double> Forms = [];
    }
}
