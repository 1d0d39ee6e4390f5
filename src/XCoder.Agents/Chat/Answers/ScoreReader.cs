using System.Globalization;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads a number that a model wrote as text: "8/10", "8 out of 10", "80%", "85/100", "8,5", "eight out of ten", "★★★★☆" or "high". What
/// counts from another number than the schema's maximum is brought to it.
/// </summary>
internal static partial class ScoreReader
{
    private const int MaxText = 200;

    private static readonly string[] Digits =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    // Words for a grade, as a share of the maximum. Of several that a text begins with, the longest counts.
    private static readonly Dictionary<string, double> Grades = new(StringComparer.OrdinalIgnoreCase)
    {
        ["perfect"] = 1, ["outstanding"] = 1, ["flawless"] = 1, ["excellent"] = 0.9, ["exceptional"] = 0.9, ["very high"] = 0.9,
        ["very good"] = 0.9, ["high"] = 0.8, ["good"] = 0.8, ["strong"] = 0.8, ["above average"] = 0.7, ["fair"] = 0.6, ["adequate"] = 0.6,
        ["acceptable"] = 0.6, ["satisfactory"] = 0.6, ["medium"] = 0.5, ["moderate"] = 0.5, ["average"] = 0.5, ["ok"] = 0.5, ["okay"] = 0.5,
        ["mediocre"] = 0.4, ["below average"] = 0.3, ["weak"] = 0.3, ["low"] = 0.2, ["poor"] = 0.2, ["bad"] = 0.1, ["very low"] = 0.1,
        ["very poor"] = 0.1, ["terrible"] = 0, ["none"] = 0,
    };

    /// <summary>The number in a text, or null where it holds none.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="least">The least number that the schema allows; may be infinite.</param>
    /// <param name="most">The highest number that the schema allows; may be infinite.</param>
    /// <param name="isWhole">Whether the number must be whole; one that was brought to the maximum is rounded.</param>
    public static double? Read(string text, double least, double most, bool isWhole)
    {
        var plain = InDigits(text.Length > MaxText ? text[..MaxText] : text).Trim(' ', '\t', '\r', '\n', '*', '_', '`', '"', '\'');
        if (double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var bare))
        {
            return double.IsFinite(bare) ? bare : null;
        }

        var scored = Scored().Match(plain);
        scored = scored.Success ? scored : Within().Matches(plain) is [var only] ? only : Single().Match(plain);
        if (scored.Success && Number(scored.Groups["points"].Value) is { } points)
        {
            var outOf = scored.Groups["percent"].Success ? 100 : Number(scored.Groups["most"].Value) ?? most;
            return outOf == most || !double.IsFinite(most) ? points : points <= outOf && outOf > 0 ? Scaled(points / outOf) : null;
        }

        if (Stars().Match(plain) is { Success: true } stars && double.IsFinite(most))
        {
            return Scaled((double)stars.Groups["full"].Length / Math.Max(stars.Length, stars.Groups["empty"].Success ? 1 : 5));
        }

        var grade = least >= 0 && double.IsFinite(most)
            ? Grades.Keys.Where(word => BeginsWith(plain, word)).MaxBy(word => word.Length) : null;
        return grade is null ? null : Scaled(Grades[grade]);

        double Scaled(double share) => isWhole ? Math.Round(share * most, MidpointRounding.AwayFromZero) : share * most;
    }

    private static bool BeginsWith(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || !char.IsLetter(text[word.Length]));

    private static double? Number(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string InDigits(string text)
    {
        var digits = Word().Replace(text, word =>
            Array.FindIndex(Digits, name => name.Equals(word.Value, StringComparison.OrdinalIgnoreCase)) is >= 0 and var digit
                ? digit.ToString(CultureInfo.InvariantCulture) : "100");
        return Half().Replace(Point().Replace(digits, "."), ".5");
    }

    [GeneratedRegex(@"^(?<points>-?\d+(?:[.,]\d+)?)\s*(?:(?<percent>%|percent\b)|(?:/|out of|of)\s*(?<most>\d+))?(?![\d.]*[\d]).*$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Scored();

    // The only number that is out of another.
    [GeneratedRegex(@"(?<![\w.])(?<points>\d+(?:[.,]\d+)?)\s*(?:(?<percent>%)|(?:/|out of)\s*(?<most>\d+))(?![\w/])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Within();

    // The only number of a short text.
    [GeneratedRegex(@"^\D{1,40}(?<![\w.])(?<points>\d+(?:[.,]\d+)?)(?!\w)\D{0,80}$", RegexOptions.CultureInvariant)]
    private static partial Regex Single();

    [GeneratedRegex(@"^(?<full>[\u2605\u2B50]+)(?<empty>\u2606*)", RegexOptions.CultureInvariant)]
    private static partial Regex Stars();

    [GeneratedRegex(@"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|(?:a |one )?hundred)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\d) point (?=\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Point();

    [GeneratedRegex(@"(?<=\d) and a half\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Half();
}
