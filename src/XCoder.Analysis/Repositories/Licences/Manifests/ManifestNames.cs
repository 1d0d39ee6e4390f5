using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Names and addresses of licences as manifests have them: <c>manifest-names.txt</c>.</summary>
internal static partial class ManifestNames
{
    private const string File = "XCoder.Analysis.Repositories.Licences.Manifests.manifest-names.txt";

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Lists = new(Read);

    /// <summary>Looks a name up in a list.</summary>
    /// <param name="list">Such as <c>cpan</c>.</param>
    /// <param name="name">The name.</param>
    /// <returns>The SPDX expression; empty for a name that says nothing; null where the list has it not.</returns>
    public static string? Find(string list, string name) =>
        Lists.Value[list].GetValueOrDefault(list == "cpan" ? Separator().Replace(name.Trim(), "_") : name.Trim());

    /// <summary>The SPDX expression for an address, or null where it is none of a licence that is known.</summary>
    public static string? FindLink(string address)
    {
        if (address.Length > 200)
        {
            return null;
        }

        var plain = Ending().Replace(Scheme().Replace(address.Trim(), ""), "");
        if (Lists.Value["links"].TryGetValue(plain, out var known))
        {
            return known;
        }

        return ById().Match(plain) is { Success: true } match && match.Groups["id"].Value is var id
            && (LicenceNames.Of(id) ?? id) is var spdx && IsKnown(spdx) ? spdx : null;
    }

    /// <summary>Whether each part of an expression is a licence of the table.</summary>
    public static bool IsKnown(string spdx) => Array.TrueForAll(spdx.Split([" OR ", " AND "], StringSplitOptions.None),
        static part => part.Split(" WITH ")[0].Trim('(', ')', ' ') is var id && (LicenceText.ClassOf(id) is not null || Gnu().IsMatch(id)));

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        var lists = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? current = null;
        foreach (var line in LicenceText.Resource(File))
        {
            switch (line)
            {
                case "" or ['#', ..]:
                    break;
                case ['[', .. var name, ']']:
                    lists.Add(name, current = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
                    break;
                default:
                    var pair = line.Split('=', 2, StringSplitOptions.TrimEntries);
                    current!.Add(pair[0], pair[1]);
                    break;
            }
        }

        return lists;
    }

    [GeneratedRegex(@"[\s.:-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^https?://(?:www\.)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?:[-.](?:en|standalone))?(?:\.(?:html?|txt|php|md|json|jsonld))?/*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ending();

    [GeneratedRegex(@"^(?:(?:opensource|spdx)\.org/licenses?|licenses\.nuget\.org|choosealicense\.com/licenses)/(?<id>[\w.+-]+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ById();

    [GeneratedRegex(@"^[AL]?GPL-\d\.\d(-only|-or-later|\+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Gnu();
}
