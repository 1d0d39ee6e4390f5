namespace XCoder.Agents.Dialogue;

/// <summary>
/// Weights of the nine criteria (Qwen2.5-xCoder's checklist): total = Σ wᵢ·sᵢ / Σ wᵢ. The paper gives no values; all are 1 by default.
/// </summary>
public sealed record CritiqueWeights
{
    private static readonly string[] Known = ["consistency", "relevance", "difficulty", "codeExists", "codeCorrect", "clarity", "comments",
        "easyToLearn", "overall"];

    private readonly double[] _weights;

    private CritiqueWeights(double[] weights) => _weights = weights;

    /// <summary>Names of the criteria.</summary>
    public static IReadOnlyList<string> Criteria => Known;

    /// <summary>All alike.</summary>
    public static CritiqueWeights Equal { get; } = new([.. Known.Select(_ => 1.0)]);

    /// <summary>Reads <c>name=weight</c> pairs separated by commas; a criterion that is not named weighs 1.</summary>
    /// <exception cref="FormatException">Says what is wrong and which names there are.</exception>
    public static CritiqueWeights Parse(string text)
    {
        var weights = Known.Select(_ => 1.0).ToArray();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', StringSplitOptions.TrimEntries);
            var at = Array.IndexOf(Known, pair[0]);
            if (pair.Length != 2 || at < 0 || !double.TryParse(pair[1], System.Globalization.CultureInfo.InvariantCulture, out var weight)
                || !double.IsFinite(weight) || weight < 0)
            {
                throw new FormatException(
                    $"'{part}' is no weight: write NAME=NUMBER, 0 or more. The names are {string.Join(", ", Known)}.");
            }

            weights[at] = weight;
        }

        return weights.Sum() > 0 ? new CritiqueWeights(weights) : throw new FormatException("At least one weight must be above 0.");
    }

    /// <summary>Weighted mean of scores; a missing score counts as 0.</summary>
    public double Total(IReadOnlyDictionary<string, double> scores) =>
        Known.Select((name, i) => _weights[i] * scores.GetValueOrDefault(name)).Sum() / _weights.Sum();

    /// <summary>Weights by criterion.</summary>
    public IReadOnlyDictionary<string, double> ByName => Known.Select((name, i) => (name, _weights[i])).ToDictionary();
}
