using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Says in one line what reports leave out, and what says so.</summary>
public static class IgnoredText
{
    private const int MostPlaces = 5;

    /// <summary>
    /// <c>Left out: 3 groups; by shop/xcoder.json: third_party/ (2: copied from upstream), shop/src/a.py:12 (1: a port).</c> Empty for
    /// nothing. Not yet made safe for a terminal.
    /// </summary>
    /// <param name="reasons">One reason for each thing left out.</param>
    /// <param name="one">What was left out, in the singular.</param>
    /// <param name="more">What to say behind the number; empty for nothing.</param>
    public static string Of(IReadOnlyCollection<IgnoreReason> reasons, string one, string more = "")
    {
        if (reasons.Count == 0)
        {
            return "";
        }

        var places = reasons.CountBy(static reason => reason).OrderByDescending(static place => place.Value)
            .ThenBy(static place => place.Key.Place, StringComparer.Ordinal).ToList();
        var rest = places.Skip(MostPlaces).Sum(static place => place.Value);
        return $"Left out: {NumberText.Count(reasons.Count, one)}{more}; by "
            + string.Join(", ", places.Take(MostPlaces).Select(static place =>
                $"{place.Key.Place} ({NumberText.Count(place.Value)}: {place.Key.Text})"))
            + (rest > 0 ? $" and others ({NumberText.Count(rest)})" : "") + ".";
    }

    /// <summary>What is left out of groups, and by what; empty for nothing. Not yet made safe for a terminal.</summary>
    public static string Of(IReadOnlyCollection<IgnoredGroup> groups) => Of(Reasons(groups), "group",
        groups.Count(static group => !group.IsWhole && group.Group.Within is null) is > 0 and var parts
            ? $", {NumberText.Count(parts)} of them in part" : "");

    /// <summary>One reason for each group of which something is not reported.</summary>
    public static IReadOnlyList<IgnoreReason> Reasons(IEnumerable<IgnoredGroup> groups) =>
        [.. groups.Where(static group => group.Group.Within is null)
            .Select(static group => group.Reasons.First(static reason => reason is not null)!)];
}
