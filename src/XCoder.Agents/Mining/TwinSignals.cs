namespace XCoder.Agents.Mining;

/// <summary>In what two functions agree besides their embeddings; each in [0, 1], null where one of them says nothing.</summary>
/// <param name="Name">Their names.</param>
/// <param name="Scope">The types they stand in.</param>
/// <param name="Documentation">First sentences of their documentation.</param>
/// <param name="Words">Words of the identifiers.</param>
/// <param name="Calls">Names they call.</param>
/// <param name="Literals">Telling numbers and strings.</param>
/// <param name="Shape">Branches, loops, errors, arithmetic.</param>
/// <param name="Arity">1 for as many parameters, 0.5 for one more.</param>
/// <param name="Size">Tokens of the smaller by those of the larger.</param>
internal sealed record TranslationSignals(double Name, double? Scope, double? Documentation, double Words, double? Calls, double? Literals, double Shape, double? Arity, double Size)
{
    /// <summary>What their bodies share: words 0.4, calls, literals and shape 0.2 each, of those that are known; in [0, 1].</summary>
    public double Content
    {
        get
        {
            var (sum, weight) = ((0.4 * Words) + (0.2 * Shape), 0.6);
            foreach (var value in (double?[])[Calls, Literals])
            {
                (sum, weight) = value is { } known ? (sum + (0.2 * known), weight + 0.2) : (sum, weight);
            }

            return sum / weight;
        }
    }

    /// <summary>One number to rank partners by: names 0.3, content 0.5, type, documentation and arity a little; in [0, 1].</summary>
    public double Score => (0.3 * Name) + (0.5 * Content) + (0.08 * (Scope ?? 0.5)) + (0.06 * (Documentation ?? 0.5)) + (0.06 * (Arity ?? 0.5));

    /// <summary>Those that are known, by name.</summary>
    public IReadOnlyDictionary<string, double> Known()
    {
        (string Name, double? Value)[] all = [("name", Name), ("scope", Scope), ("documentation", Documentation), ("words", Words), ("calls", Calls), ("literals", Literals), ("shape", Shape), ("arity", Arity), ("size", Size), ("score", Score)];
        return all.Where(signal => signal.Value is not null).ToDictionary(signal => signal.Name, signal => Math.Round(signal.Value!.Value, 3));
    }
}
