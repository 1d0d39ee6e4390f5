namespace XCoder.Analysis.Text;

/// <summary>Licences of several pieces of code taken together.</summary>
public static class LicenceJoin
{
    private const string Unknown = "NOASSERTION";

    /// <summary>An SPDX expression that asks for each of several, or null where one is unknown.</summary>
    public static string? Join(IEnumerable<string?> licences)
    {
        var all = licences.Distinct().ToList();
        return all.Count == 0 || all.Any(licence => licence is null or Unknown) ? null
            : all.Count == 1 ? all[0]
            : string.Join(" AND ", all.Order(StringComparer.Ordinal).Select(licence => licence!.Contains(" OR ", StringComparison.Ordinal) ? $"({licence})" : licence));
    }
}
