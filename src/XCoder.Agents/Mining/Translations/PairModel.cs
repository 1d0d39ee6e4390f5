using System.Text.Json;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Estimates the probability that two functions are translations of each other, by logistic regression over <see cref="PairSignals"/>. The
/// weights were fitted to pairs that readers had judged; models/pairs/card.md says which, and how well it holds on other projects.
/// </summary>
internal sealed class PairModel
{
    private static readonly Lazy<PairModel> Known = new(() => Load(Path.Combine(LibraryFiles.Folder("models"), "pairs", "model.json")));

    private readonly double _intercept;
    private readonly IReadOnlyDictionary<string, double> _weights;

    private readonly IReadOnlyList<(double Precision, double Probability)> _ofCode;
    private readonly IReadOnlyList<(double Precision, double Probability)> _ofTests;

    private PairModel(double intercept, IReadOnlyDictionary<string, double> weights, JsonElement levels) =>
        (_intercept, _weights, _ofCode, _ofTests) = (intercept, weights, Levels(levels, "code"), Levels(levels, "tests"));

    /// <summary>Hash of the model's file.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>The model that ships with the program.</summary>
    /// <exception cref="InvalidDataException">Its file is missing or broken.</exception>
    public static PairModel Shipped => Known.Value;

    /// <summary>
    /// Reads a model: an object with <c>intercept</c>; by the name of each signal it uses, <c>weights</c>; and <c>levels</c> of <c>code</c>
    /// and of <c>tests</c>, pairs of a precision and the probability that reaches it, ascending.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is missing or broken.</exception>
    public static PairModel Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return new PairModel(root.GetProperty("intercept").GetDouble(),
                root.GetProperty("weights").EnumerateObject().ToDictionary(weight => weight.Name, weight => weight.Value.GetDouble()),
                root.GetProperty("levels"))
            {
                Hash = HexHash.Of(bytes),
            };
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The model of translation pairs cannot be read: {path}. Build again, or reinstall the tool.",
                exception);
        }
    }

    /// <summary>
    /// Returns the lowest probability of a pair so that all pairs at or above it reach a precision, as judged pairs of projects that the
    /// model was not fitted to did. Between the precisions that were measured it is interpolated.
    /// </summary>
    /// <param name="precision">The precision wanted, in (0, 1).</param>
    /// <param name="areTests">Whether the pairs are tests.</param>
    public double Least(double precision, bool areTests)
    {
        var (above, levels) = (0, areTests ? _ofTests : _ofCode);
        while (above < levels.Count - 1 && levels[above].Precision < precision)
        {
            above++;
        }

        var (high, low) = (levels[above], levels[Math.Max(0, above - 1)]);
        var share = high.Precision <= low.Precision ? 1
            : Math.Clamp((precision - low.Precision) / (high.Precision - low.Precision), 0, 1);
        return low.Probability + ((high.Probability - low.Probability) * share);
    }

    private static IReadOnlyList<(double, double)> Levels(JsonElement levels, string kind) =>
        levels.GetProperty(kind).EnumerateArray().Select(level => (level[0].GetDouble(), level[1].GetDouble())).ToList()
            is { Count: > 0 } some ? some : throw new FormatException($"There are no levels of {kind}.");

    /// <summary>Returns the probability that a strict reader calls the pair a translation, in [0, 1].</summary>
    public double Probability(PairSignals signals) =>
        1 / (1 + Math.Exp(-(_intercept + signals.All().Sum(signal => signal.Value * _weights.GetValueOrDefault(signal.Name)))));
}
