using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences.Reuse;

/// <summary>REUSE's folder <c>LICENSES/</c>: the text of each licence that occurs in a repository, by its id.</summary>
internal sealed class ReuseTexts
{
    private const string Folder = "LICENSES/";
    private const int MostBytes = 256 * 1024;

    private readonly HashSet<string> _false;

    private ReuseTexts(Licence? licence, Licence? strict, HashSet<string> others) =>
        (Licence, Strict, _false) = (licence, strict, others);

    /// <summary>
    /// The licence of files of which nothing else is said: where they do not say which of them is theirs, all hold. Permissive ones
    /// alone grant nothing: they are there for the files that name them.
    /// </summary>
    public Licence? Licence { get; }

    /// <summary>Of these licences, those that ask for more than a notice of code; null where there are none.</summary>
    public Licence? Strict { get; }

    /// <summary>Reads the folder.</summary>
    /// <param name="root">Root of the repository, ending in a slash.</param>
    public static ReuseTexts Read(string root)
    {
        var (ids, others, first) = (new List<string>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase), "");
        foreach (var name in (NativeFiles.List(Encoding.UTF8.GetBytes(root + Folder + '\0'), out _) ?? [])
            .Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name).Order(StringComparer.Ordinal))
        {
            first = first.Length == 0 ? Folder + name : first;
            var id = Path.GetFileNameWithoutExtension(name);
            var isId = SpdxTag.Check(id) is not null;
            var isTrue = isId && SourceFileReader.ReadSmall(root + Folder + name, MostBytes) is { } text
                && (LicenceText.ClassOf(id) is null || ReuseFile.IsTextOf(id, LicenceRecogniser.Decode(text)));
            ids.Add(isTrue ? id : SpdxTag.NoAssertion);
            if (isId && !isTrue)
            {
                others.Add(id);
            }
        }

        var spdx = ids.Count == 0 ? null : LicenceFinder.Join(ids, isChoice: false);
        var strict = ids.FindAll(id => id != SpdxTag.NoAssertion && !IsOfContent(id)
            && LicenceFinder.ClassOf(id) != LicenceClass.Permissive);
        return new ReuseTexts(spdx is null ? null : new Licence(LicenceFinder.ClassOf(spdx) == LicenceClass.Permissive
            ? SpdxTag.NoAssertion : spdx, first),
            strict.Count == 0 ? null : new Licence(LicenceFinder.Join(strict, isChoice: false), first), others);
    }

    // Of texts, pictures and fonts.
    private static bool IsOfContent(string id) => id.StartsWith("CC-", StringComparison.Ordinal)
        || id.StartsWith("OFL-", StringComparison.Ordinal) || id.StartsWith("GFDL-", StringComparison.Ordinal);

    /// <summary>Whether no licence of an expression has the text of another one here.</summary>
    public bool IsTrue(string spdx) => _false.Count == 0 || !Array.Exists(spdx.Split([' ', '(', ')']), _false.Contains);
}
