using System.Text;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>Renders a check as a badge: an SVG image that says how many new duplicates there are, or how much is duplicated.</summary>
public static class ChangeBadge
{
    private const string Good = "#2c7a3f", Bad = "#b3261e", Neutral = "#8a6100", Left = "#444";
    private const int Character = 7, Padding = 10;

    /// <summary>Writes the report.</summary>
    public static void Write(Stream stream, ChangeReport report)
    {
        var isShare = report.Gate?.Percent is not null;
        var count = report.Findings.Count(static finding => finding.Gates);
        var (label, value) = isShare ? ("duplicated", NumberText.Share(report.DuplicatedShare))
            : ("new duplicates", NumberText.Count(count));
        var colour = report.Gate is null ? count == 0 ? Good : Neutral : report.Fails ? Bad : Good;
        stream.Write(Encoding.UTF8.GetBytes(Draw(label, value, colour)));
    }

    // Of the report only numbers come in, but texts are escaped all the same.
    private static string Draw(string label, string value, string colour)
    {
        var (left, right) = ((label.Length * Character) + (2 * Padding), (value.Length * Character) + (2 * Padding));
        (label, value) = (System.Security.SecurityElement.Escape(label), System.Security.SecurityElement.Escape(value));
        return FormattableString.Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{label}: {value}">
              <title>{label}: {value}</title>
              <rect width="{left + right}" height="20" rx="3" fill="{colour}"/>
              <rect width="{left}" height="20" rx="3" fill="{Left}"/>
              <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
                <text x="{left / 2}" y="14">{label}</text>
                <text x="{left + (right / 2)}" y="14">{value}</text>
              </g>
            </svg>

            """);
    }
}
