using System.Collections.Concurrent;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences.Files;

namespace XCoder.Analysis.Repositories.Licences.Reuse;

/// <summary>
/// What a repository says of its files' licences by the rules of REUSE 3.3 (reuse.software): <c>REUSE.toml</c> in any folder above a
/// file, and <c>.reuse/dep5</c>. Files are read once. Safe for concurrent use.
/// </summary>
/// <param name="root">Root of the repository, ending in a slash.</param>
internal sealed class ReuseFacts(string root)
{
    private const string Toml = "REUSE.toml", Dep5 = ".reuse/dep5";
    private const int MostBytes = 1 << 20;

    private readonly ConcurrentDictionary<string, ReuseFile?> _files = new(StringComparer.Ordinal);

    /// <summary>The licence of a file by what it says itself and what these files say of it, or null where none says any.</summary>
    /// <param name="path">Its path below the root.</param>
    /// <param name="own">What it says itself, or the file <c>.license</c> beside it; null if nothing.</param>
    public Licence? Find(string path, Licence? own)
    {
        var (joined, closest) = (own is null ? [] : new List<Licence> { own }, (Licence?)null);

        // From the root down: the topmost that overrides leaves nothing to those below.
        for (var end = 0; end >= 0; end = path.IndexOf('/', end) is var slash and >= 0 ? slash + 1 : -1)
        {
            if (FileOf(path[..end]) is not { } file || file.Find(path[end..]) is not { } rule)
            {
                continue;
            }

            var licence = rule.Spdx is null ? null : new Licence(rule.Spdx, file.Source);
            switch (rule.Precedence)
            {
                case ReusePrecedence.Override:
                    return licence ?? new Licence(SpdxTag.NoAssertion, file.Source);
                case ReusePrecedence.Aggregate when licence is not null:
                    joined.Add(licence);
                    break;
                case ReusePrecedence.Closest:
                    closest = licence ?? closest;
                    break;
            }
        }

        if (own is null && closest is not null)
        {
            joined.Add(closest);
        }

        return joined.Count == 0 ? null
            : joined[0] with { Spdx = LicenceFinder.Join(joined.SelectMany(licence => Parts(licence.Spdx)), isChoice: false) };

        // What holds together already.
        static IEnumerable<string> Parts(string spdx) => spdx.Contains('(') || spdx.Contains(" OR ") ? [spdx] : spdx.Split(" AND ");
    }

    // Of the root, dep5 is read where there is no REUSE.toml.
    private ReuseFile? FileOf(string folder) => _files.GetOrAdd(folder, at =>
        LicenceFile.Read(root + at + Toml, MostBytes) is { } toml
            ? toml.Bytes is { } rules ? ReuseFile.OfToml(at + Toml, Encoding.UTF8.GetString(rules)) : ReuseFile.Unread(at + Toml)
            : at.Length > 0 || LicenceFile.Read(root + Dep5, MostBytes) is not { } dep5 ? null
            : dep5.Bytes is { } list ? ReuseFile.OfDep5(Dep5, Encoding.UTF8.GetString(list)) : ReuseFile.Unread(Dep5));
}
