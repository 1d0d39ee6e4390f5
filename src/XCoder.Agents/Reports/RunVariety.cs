using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>How different the tasks of a run are.</summary>
/// <param name="Drawn">Rows by what they were asked to be like: lists of <c>variety.json</c> with the ids of their entries.</param>
/// <param name="DistinctGrams">
/// Share of distinct sequences of three words in all instructions, in [0, 1]: distinct-3 of Li et al. 2016 (A Diversity-Promoting Objective
/// Function). Counted over the first million sequences; null without any.
/// </param>
/// <param name="NearestCosine">Mean cosine of a response to the nearest earlier one in its language, in [-1, 1]; null without any.</param>
public sealed record RunVariety(IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Drawn, double? DistinctGrams,
    double? NearestCosine);

/// <summary>Counts what <see cref="RunVariety"/> tells.</summary>
internal sealed class VarietyCounter
{
    private const int Words = 3, MostGrams = 1_000_000;

    private readonly SortedDictionary<string, Dictionary<string, long>> _drawn = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _grams = [];
    private long _seen, _near;
    private double _cosines;

    public void Add(InstructionRow row)
    {
        foreach (var (list, id) in row.Drawn ?? new Dictionary<string, string>())
        {
            var counts = _drawn.TryGetValue(list, out var known) ? known : _drawn[list] = [];
            CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _)++;
        }

        if (row.Novelty is { } novelty)
        {
            (_cosines, _near) = (_cosines + 1 - novelty, _near + 1);
        }

        var words = row.Instruction.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + Words <= words.Length && _seen < MostGrams; i++, _seen++)
        {
            var gram = string.Join(' ', words, i, Words).ToUpperInvariant();
            _grams.Add(BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(gram))));
        }
    }

    public RunVariety Variety() => new(_drawn.ToDictionary(list => list.Key, list => (IReadOnlyDictionary<string, long>)list.Value),
        _seen == 0 ? null : Math.Round((double)_grams.Count / _seen, 4), _near == 0 ? null : Math.Round(_cosines / _near, 4));
}
