using System.Runtime.InteropServices;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>Finds parts of benchmarks in texts. Immutable and thread-safe.</summary>
public sealed class ContaminationDetector
{
    private const int PrefixBits = 18;

    private readonly IReadOnlyList<Fingerprint> _fingerprints;
    private readonly DetectorOptions _options;
    private readonly ulong[] _grams;
    private readonly int[] _sources;
    private readonly int[] _first = new int[(1 << PrefixBits) + 1];
    private readonly int _leastNamed;

    /// <summary>Makes a detector of the given benchmarks.</summary>
    public ContaminationDetector(IEnumerable<Fingerprint> fingerprints, DetectorOptions? options = null)
    {
        (_fingerprints, _options) = ([.. fingerprints], options ?? new DetectorOptions());
        _leastNamed = _fingerprints.Select(fingerprint => fingerprint.Header.LeastNamed).DefaultIfEmpty(0).Min();
        var places = _fingerprints.SelectMany(
            (fingerprint, f) => fingerprint.Grams.Select((gram, i) => (gram, Source: (f << 16) | fingerprint.GramProblems[i])))
            .OrderBy(item => item.gram).ToList();
        (_grams, _sources) = ([.. places.Select(item => item.gram)], [.. places.Select(item => item.Source)]);
        for (var i = 0; i < _grams.Length; i++)
        {
            _first[(int)(_grams[i] >> (Fingerprint.HashBits - PrefixBits)) + 1] = i + 1;
        }

        for (var i = 1; i < _first.Length; i++)
        {
            _first[i] = Math.Max(_first[i], _first[i - 1]);
        }

        Hash = RowId.Hash(_fingerprints.Select(fingerprint => fingerprint.Hash).Order(StringComparer.Ordinal))[..16];
    }

    /// <summary>The benchmarks.</summary>
    public IReadOnlyList<Fingerprint> Fingerprints => _fingerprints;

    /// <summary>Hash over everything that affects the findings: 16 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Searches the instruction, responses and tests of a row. Returns the first finding, or null.</summary>
    public Contamination? Find(InstructionRow row) =>
        TextsOf(row).Select(text => FindIn(text.Part, text.Text)).FirstOrDefault(found => found is not null);

    /// <summary>Searches the code and documentation of a snippet. Returns the first finding, or null.</summary>
    public Contamination? Find(string code, string? documentation) =>
        FindIn("code", code) ?? (documentation is null ? null : FindIn("documentation", documentation));

    /// <summary>
    /// Searches a text. Returns the problem that shares the most word 10-grams with it, else the problem with the highest Jaccard
    /// similarity, or null.
    /// </summary>
    public Contamination? FindIn(string part, string text) => ByGrams(part, text, WordHashes.Of(text)) ?? ByLikeness(part, text);

    private static IEnumerable<(string Part, string Text)> TextsOf(InstructionRow row) =>
        [("response", row.Response), ("instruction", row.Instruction), ("tests", row.Tests ?? ""), ("tests", row.IndependentTests ?? ""),
            .. row.Candidates.Select(candidate => ("candidate", candidate.Response))];

    private Contamination? ByGrams(string part, string text, WordHashes words)
    {
        Dictionary<int, (int Count, int Start)>? hits = null;
        foreach (var (hash, start) in words.Grams(_leastNamed))
        {
            var prefix = (int)(hash >> (Fingerprint.HashBits - PrefixBits));
            for (var i = _first[prefix]; i < _first[prefix + 1] && _grams[i] <= hash; i++)
            {
                if (_grams[i] == hash)
                {
                    hits ??= [];
                    ref var hit = ref CollectionsMarshal.GetValueRefOrAddDefault(hits, _sources[i], out var known);
                    hit = known ? (hit.Count + 1, hit.Start) : (1, start);
                }
            }
        }

        if (hits is null)
        {
            return null;
        }

        var (source, (count, at)) = hits.OrderByDescending(hit => hit.Value.Count).ThenBy(hit => hit.Key).First();
        return count < _options.LeastGrams ? null
            : Named(source, Contamination.Grams, part, 1 + text.AsSpan(0, at).Count('\n'), count, null);
    }

    // Separates code from prose: returns each fenced block, then all text outside fences as one block. Leaves out blank blocks.
    private static IEnumerable<string> Blocks(string text)
    {
        var parts = CodeFence.Parts(text.ReplaceLineEndings("\n"), anyIndent: true).ToLookup(part => part.IsCode, part => part.Text);
        return parts[true].Append(string.Join('\n', parts[false])).Where(block => block.AsSpan().ContainsAnyExcept(" \n\t"));
    }

    private Contamination? ByLikeness(string part, string text)
    {
        var (nearest, most) = (-1, 0.0);
        foreach (var words in Blocks(text).Select(WordHashes.Of))
        {
            if (WordSignature.Of(words) is not { } signature)
            {
                continue;
            }

            var least = words.Count < _options.ShortWords ? _options.ShortJaccard : _options.LeastJaccard;
            for (var f = 0; f < _fingerprints.Count; f++)
            {
                var fingerprint = _fingerprints[f];
                for (var i = 0; i < fingerprint.Signatures.Length; i++)
                {
                    if (WordSignature.Estimate(signature, fingerprint.Signatures[i]) is var jaccard && jaccard >= least && jaccard > most)
                    {
                        (nearest, most) = ((f << 16) | fingerprint.SignatureProblems[i], jaccard);
                    }
                }
            }
        }

        return nearest < 0 ? null : Named(nearest, Contamination.MinHash, part, 1, 0, Math.Round(most, 3));
    }

    private Contamination Named(int source, string kind, string part, int line, int count, double? jaccard)
    {
        var fingerprint = _fingerprints[source >> 16];
        return new Contamination(fingerprint.Header.Name, fingerprint.Problems[source & ushort.MaxValue], kind, part, line, count, jaccard);
    }
}

/// <summary>Thresholds above which a text counts as contaminated.</summary>
public sealed record DetectorOptions
{
    /// <summary>Lowest number of 10-grams shared with one problem, 1 or more. Default 1.</summary>
    public int LeastGrams { get; init; } = 1;

    /// <summary>Lowest estimated Jaccard similarity of a whole text or code block, in (0, 1]. Default 0.5.</summary>
    public double LeastJaccard { get; init; } = 0.5;

    /// <summary>
    /// Lowest estimated Jaccard similarity of a text or code block with fewer words than <see cref="ShortWords"/>, in (0, 1]. Default 0.9.
    /// </summary>
    public double ShortJaccard { get; init; } = 0.9;

    /// <summary>
    /// Number of words below which <see cref="ShortJaccard"/> applies instead of <see cref="LeastJaccard"/>. Default 20.
    /// </summary>
    public int ShortWords { get; init; } = 20;
}
