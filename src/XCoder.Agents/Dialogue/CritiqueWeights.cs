namespace XCoder.Agents.Dialogue;

/// <summary>
/// Weights of the nine criteria of Qwen2.5-xCoder's checklist: total = Σ wᵢ·sᵢ / Σ wᵢ. The paper gives no values; the default is 1
/// for all.
/// </summary>
public sealed record CritiqueWeights
{
    private static readonly string[] Known = ["consistency", "relevance", "difficulty", "codeExists", "codeCorrect", "clarity", "comments",
        "easyToLearn", "overall"];

    private readonly double[] _weights;

    private CritiqueWeights(double[] weights) => _weights = weights;

    /// <summary>Names of the criteria, as the critique's scores name them.</summary>
    public static IReadOnlyList<string> Criteria => Known;

    /// <summary>Weight 1 for every criterion.</summary>
    public static CritiqueWeights Equal { get; } = new([.. Known.Select(_ => 1.0)]);

    /// <summary>Parses <c>name=weight</c> pairs separated by commas. A criterion that is not named gets weight 1.</summary>
    /// <exception cref="FormatException">A pair is invalid or all weights are 0; the message lists the names.</exception>
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
                throw new FormatException($"'{part}' is not a weight: write NAME=NUMBER with a number of 0 or more. "
                    + $"The names are {string.Join(", ", Known)}.");
            }

            weights[at] = weight;
        }

        return weights.Sum() > 0 ? new CritiqueWeights(weights) : throw new FormatException("At least one weight must be above 0.");
    }

    /// <summary>Returns the weighted mean of the scores, 0 to 10. A missing score counts as 0.</summary>
    public double Total(IReadOnlyDictionary<string, double> scores) =>
        Known.Select((name, i) => _weights[i] * scores.GetValueOrDefault(name)).Sum() / _weights.Sum();

    /// <summary>The weights by name of the criterion.</summary>
    public IReadOnlyDictionary<string, double> ByName => Known.Select((name, i) => (name, _weights[i])).ToDictionary();
}
