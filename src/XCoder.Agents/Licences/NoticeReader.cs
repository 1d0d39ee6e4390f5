using System.Text;
using XCoder.Agents.Rows;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Licences;

/// <summary>
/// Reads what a licence wants to go with the code: the licence file with its NOTICE, or the copyright lines of the file that
/// names the licence. Each source is read once. Not safe for concurrent use.
/// </summary>
internal sealed class NoticeReader
{
    private const int HeadBytes = 8 << 10;
    private const int IdDigits = 20;

    private readonly Dictionary<(string Root, string Source), LicenceNotice?> _notices = [];
    private readonly Dictionary<string, RepositoryFiles> _files = [];

    /// <summary>The notice of a snippet's licence, or null where nothing says one or what says it cannot be read any more.</summary>
    public LicenceNotice? Read(SnippetOrigin origin)
    {
        if (origin.Licence is not { } licence)
        {
            return null;
        }

        var key = (origin.Repository.Root, licence.Source);
        if (!_notices.TryGetValue(key, out var notice))
        {
            var text = Text(Files(origin.Repository.Root), licence.Spdx, licence.Source, origin.Snippet.Path);
            _notices[key] = notice = text == null ? null : new LicenceNotice(RowId.Hash(licence.Spdx, text)[..IdDigits], licence.Spdx, origin.Repository.Name, licence.Source, text);
        }

        return notice;
    }

    private RepositoryFiles Files(string root) => _files.TryGetValue(root, out var files) ? files : _files[root] = new RepositoryFiles(root);

    private static string? Text(RepositoryFiles files, string spdx, string source, string path)
    {
        var name = source[(source.LastIndexOf('/') + 1)..];
        if (LicenceNames.Contains(name))
        {
            return Join(LicenceTexts(files, source, spdx));
        }

        if (ManifestLicence.IsManifest(name))
        {
            return files.Read(source) is { } manifest ? Join([$"Licence: {spdx}", .. Lines(CopyrightLines.OfManifest(name, manifest), "Authors: "), .. Notices(files, source, spdx)]) : null;
        }

        // A tag within the file; the licence's text, where the repository has it, lies at its root.
        return source == path && files.ReadStart(path, HeadBytes) is { } head
            ? Join([$"SPDX-License-Identifier: {spdx}", .. Lines(CopyrightLines.OfCode(head), ""), .. RootTexts(files, spdx)])
            : null;
    }

    // Of alternatives, which lie side by side, all are told.
    private static IEnumerable<string?> LicenceTexts(RepositoryFiles files, string source, string spdx)
    {
        var folder = source[..(source.LastIndexOf('/') + 1)];
        var names = spdx.Contains(' ') ? files.Beside(source).Where(LicenceNames.Contains).Select(name => folder + name) : [];
        return [files.Read(source), .. names.Where(other => other != source).Select(files.Read), .. Notices(files, source, spdx)];
    }

    private static IEnumerable<string?> RootTexts(RepositoryFiles files, string spdx) =>
        files.Beside("LICENSE").FirstOrDefault(LicenceNames.Contains) is { } name ? [files.Read(name), .. Notices(files, name, spdx)] : [];

    // Apache-2.0, section 4 d: the NOTICE file goes along.
    private static IEnumerable<string?> Notices(RepositoryFiles files, string source, string spdx)
    {
        var folder = source[..(source.LastIndexOf('/') + 1)];
        return !spdx.Contains("Apache-2.0", StringComparison.OrdinalIgnoreCase) ? []
            : files.Beside(source).Where(static name => name is "NOTICE" or "NOTICE.txt" or "NOTICE.md" or "Notice" or "notice" or "Notice.txt").Select(name => files.Read(folder + name));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> lines, string before) => lines.Count == 0 ? [] : [before + string.Join(before.Length == 0 ? "\n" : ", ", lines)];

    private static string? Join(IEnumerable<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.Where(static part => !string.IsNullOrWhiteSpace(part)).Distinct())
        {
            text.Append(text.Length == 0 ? "" : "\n\n").Append(part);
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
