using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>
/// Chooses rows to show, the language pairs in turn. Within a pair those with the lowest ids: ids are hashes, so that this is a
/// random choice that stays.
/// </summary>
internal sealed class SampleChooser(int most)
{
    // Bounds memory where pairs are many; a run with few pairs fills the samples from each.
    private const int MostKept = 4_000;

    private readonly SortedDictionary<(string, string), SortedList<string, InstructionRow>> _pairs = [];

    public void Add(InstructionRow row)
    {
        if (most == 0)
        {
            return;
        }

        var key = (row.SourceLanguage, row.TargetLanguage);
        if (!_pairs.TryGetValue(key, out var rows))
        {
            _pairs[key] = rows = new SortedList<string, InstructionRow>(StringComparer.Ordinal);
        }

        var room = Math.Clamp(MostKept / _pairs.Count, 1, most);
        if (rows.Count >= room && string.CompareOrdinal(row.Id, rows.GetKeyAtIndex(rows.Count - 1)) > 0)
        {
            return;
        }

        rows[row.Id] = row;
        while (rows.Count > room)
        {
            rows.RemoveAt(rows.Count - 1);
        }
    }

    /// <summary>The chosen rows, by pair.</summary>
    public IReadOnlyList<InstructionRow> Choose()
    {
        var chosen = _pairs.Keys.ToDictionary(key => key, _ => 0);
        for (var (left, round) = (Math.Min(most, _pairs.Sum(pair => pair.Value.Count)), 0); left > 0; round++)
        {
            foreach (var (key, rows) in _pairs)
            {
                if (left > 0 && round < rows.Count)
                {
                    (chosen[key], left) = (round + 1, left - 1);
                }
            }
        }

        return [.. _pairs.SelectMany(pair => pair.Value.Values.Take(chosen[pair.Key]))];
    }
}
