using System.Globalization;

namespace XCoder.Agents.Redaction;

/// <summary>The placeholders of a text's findings: equal values share one, several values of a kind are numbered in their order.</summary>
internal sealed class PlaceholderNames
{
    private const int MostDigits = 8;

    private readonly string _text;
    private readonly Dictionary<(string Word, string Value), string> _names = [];

    /// <summary>Names the findings of a text; a placeholder that stands in it already is not given anew.</summary>
    public PlaceholderNames(string text, IReadOnlyList<Finding> findings)
    {
        _text = text;
        foreach (var kind in findings.Select(Key).Distinct().GroupBy(key => key.Word).ToList())
        {
            var isOne = kind.Count() == 1 && !text.Contains($"<{kind.Key}>", StringComparison.Ordinal);
            var number = isOne ? 0 : Greatest($"<{kind.Key}_");
            foreach (var key in kind)
            {
                _names[key] = isOne ? $"<{kind.Key}>" : $"<{kind.Key}_{++number}>";
            }
        }
    }

    /// <summary>The placeholder of a finding.</summary>
    public string Of(Finding finding) => _names[Key(finding)];

    // The greatest number of a placeholder that stands in the text already.
    private int Greatest(string start)
    {
        var greatest = 0;
        for (var at = _text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = _text.IndexOf(start, at, StringComparison.Ordinal))
        {
            at += start.Length;
            var end = _text.AsSpan(at, Math.Min(MostDigits + 1, _text.Length - at)).IndexOf('>');
            greatest = end > 0 && int.TryParse(_text.AsSpan(at, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(greatest, number) : greatest;
        }

        return greatest;
    }

    private (string Word, string Value) Key(Finding finding) => (finding.Kind.Placeholder, _text[finding.Start..finding.End]);
}
