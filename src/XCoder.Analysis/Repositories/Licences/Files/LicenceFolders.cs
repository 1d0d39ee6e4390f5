using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences.Files;

/// <summary>
/// Folders in which people keep the licence of the folder above: <c>legal/</c>, <c>licenses/</c>, <c>LICENSE/</c>, <c>docs/</c>.
/// </summary>
internal static partial class LicenceFolders
{
    /// <summary>The files of such folders that hold terms, below the folder above them.</summary>
    /// <param name="folder">Full path of the folder above, ending in a slash.</param>
    /// <param name="entries">What lies in it.</param>
    public static List<string> Terms(string folder, IReadOnlyCollection<FolderEntry> entries)
    {
        var names = new List<string>();
        var hasOwn = entries.Any(entry => entry.Kind == EntryKind.File && LicenceNames.Contains(entry.Name));
        foreach (var inner in entries.Where(entry => entry is { Kind: EntryKind.Folder, RawName: null }).Select(entry => entry.Name)
            .Order(StringComparer.Ordinal))
        {
            // What REUSE keeps there has rules of its own.
            if (inner.Length > MostOfName || Folder().Match(inner) is not { Success: true } kind || inner == "LICENSES")
            {
                continue;
            }

            var isAll = kind.Groups["all"].Success;
            names.AddRange((NativeFiles.List(Encoding.UTF8.GetBytes(folder + inner + '\0'), out _) ?? [])
                .Where(entry => entry is { Kind: EntryKind.File, RawName: null } && Holds(entry.Name, kind, isAll, hasOwn))
                .Select(entry => inner + "/" + entry.Name).Order(StringComparer.Ordinal));
        }

        return names;
    }

    // LICENSE-jquery.txt beside the licence of the whole is of a part, and LICENSE beside a manual is often of the manual; what users
    // agree to is of the whole.
    private static bool Holds(string name, Match folder, bool isAll, bool hasOwn) => name.Length <= MostOfName
        && (isAll ? Text().IsMatch(name)
            : Agreement().IsMatch(name) || (folder.Groups["docs"].Success ? !hasOwn && LicenceNames.Contains(name)
            : !(hasOwn && Part().IsMatch(name)) && (LicenceNames.HoldsTerms(name)
                || (folder.Groups["many"].Success && Text().IsMatch(name) && LicenceNames.IsNamed(name)))));

    private const int MostOfName = 64;

    [GeneratedRegex(@"^(?:(?<all>licen[sc]e(?:\.\w{1,8})?|copying)|(?<many>licen[sc]es)|legal|(?<docs>docs?))$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Folder();

    [GeneratedRegex(@"^(?:eula|nda|non[-_ ]?disclosure([-_ ]agreement)?|end[-_ ]user[-_ ]\w[-_ \w]*|terms[-_ ](?:of|and)[-_ \w]*"
        + @"|(?:commercial|master|subscription|customer)[-_ ](?:licen[sc]e|agreement|terms)[-_ \w]*)(?:\.(?:txt|md|rst|rtf|pdf|html?))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Agreement();

    [GeneratedRegex(@"^[^.]+(?:[-_.]\d[\d.]*|\.\d+)*(?:\.(?:txt|text|md|markdown|rst|adoc|html?|rtf|pdf))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Text();

    [GeneratedRegex(@"^(?:licen[sc]e|copying)[-_.](?!(?:txt|md|rst|html?|[al]?gpl\S*|mit|bsd\S*|apache\S*|commercial|ee|enterprise)\b)"
        + @"|^(?!licen[sc]e|[al]?gpl|mit|bsd|apache)[\w.]+[-_.]licen[sc]e", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
