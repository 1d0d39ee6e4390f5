using System.Text;
using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Repositories.Licences.Manifests;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Licences;

/// <summary>
/// Reads the notices that a licence requires to accompany the code: the licence file with its NOTICE, or the copyright lines of the file
/// that names the licence. Reads each source once. Not thread-safe.
/// </summary>
internal sealed class NoticeReader
{
    private const int HeadBytes = 8 << 10;
    private const int IdDigits = 20;

    private readonly Dictionary<(string Root, string Source), LicenceNotice?> _notices = [];
    private readonly Dictionary<string, RepositoryFiles> _files = [];

    /// <summary>Returns the notice of a snippet's licence, or null when no source states one or the source can no longer be read.</summary>
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
            _notices[key] = notice = text == null ? null
                : new LicenceNotice(RowId.Hash(licence.Spdx, text)[..IdDigits], licence.Spdx, origin.Repository.Name, licence.Source, text);
        }

        return notice;
    }

    private RepositoryFiles Files(string root) =>
        _files.TryGetValue(root, out var files) ? files : _files[root] = new RepositoryFiles(root);

    private static string? Text(RepositoryFiles files, string spdx, string source, string path)
    {
        var name = source[(source.LastIndexOf('/') + 1)..];
        if (LicenceNames.Contains(name))
        {
            return Join(LicenceTexts(files, source, spdx));
        }

        if (ManifestLicence.IsManifest(name))
        {
            return files.Read(source) is { } manifest
                ? Join([$"Licence: {spdx}", .. Lines(CopyrightLines.OfManifest(name, manifest), "Authors: "),
                    .. Notices(files, source, spdx)]) : null;
        }

        // The file itself, a file beside it, REUSE.toml or a README names the licence; the repository may hold the text at its root.
        var holder = source == path + ".license" ? source : path;
        var holders = files.ReadStart(holder, HeadBytes) is { } head ? CopyrightLines.OfCode(head) : [];
        return Join([$"SPDX-License-Identifier: {spdx}", .. Lines(holders, ""), .. RootTexts(files, spdx)]);
    }

    // The texts of alternative licences lie side by side; the notice includes all of them.
    private static IEnumerable<string?> LicenceTexts(RepositoryFiles files, string source, string spdx)
    {
        var folder = source[..(source.LastIndexOf('/') + 1)];
        var names = spdx.Contains(' ') ? files.Beside(source).Where(LicenceNames.Contains).Select(name => folder + name) : [];
        return [files.Read(source), .. names.Where(other => other != source).Select(files.Read), .. Notices(files, source, spdx)];
    }

    private static IEnumerable<string?> RootTexts(RepositoryFiles files, string spdx) =>
        files.Beside("LICENSE").FirstOrDefault(LicenceNames.Contains) is { } name ? [files.Read(name), .. Notices(files, name, spdx)]
            : files.Beside("LICENSES/x").Where(text => spdx.Contains(Path.GetFileNameWithoutExtension(text), StringComparison.Ordinal))
                .Select(text => files.Read("LICENSES/" + text));

    // Apache-2.0, section 4(d), requires the NOTICE file.
    private static IEnumerable<string?> Notices(RepositoryFiles files, string source, string spdx)
    {
        var folder = source[..(source.LastIndexOf('/') + 1)];
        return !spdx.Contains("Apache-2.0", StringComparison.OrdinalIgnoreCase) ? []
            : files.Beside(source)
                .Where(static name => name is "NOTICE" or "NOTICE.txt" or "NOTICE.md" or "Notice" or "notice" or "Notice.txt")
                .Select(name => files.Read(folder + name));
    }

    private static IEnumerable<string> Lines(IReadOnlyList<string> lines, string before) =>
        lines.Count == 0 ? [] : [before + string.Join(before.Length == 0 ? "\n" : ", ", lines)];

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

/// <summary>Finds the copyright holders that a file or package names.</summary>
internal static class CopyrightLines
{
    private const int MostLines = 20;
    private const int LongestLine = 200;
    private const string CommentSigns = " \t/*#;-<!>%\"'{}|=";

    /// <summary>Returns the copyright lines at the start of a file, without comment signs; at most 20 lines.</summary>
    public static IReadOnlyList<string> OfCode(string head) =>
        [.. head.Split('\n').Select(static line => line.Trim(CommentSigns.ToCharArray()))
            .Where(static line => line.Length is > 0 and <= LongestLine && IsCopyright(line)).Distinct().Take(MostLines)];

    /// <summary>Returns the authors that a package manifest names; at most 20.</summary>
    public static IReadOnlyList<string> OfManifest(string name, string text) =>
        [.. (name.EndsWith(".json", StringComparison.Ordinal) ? FromJson(text)
            : FromToml(text)).Where(static author => author.Length is > 0 and <= LongestLine).Distinct().Take(MostLines)];

    private static bool IsCopyright(string line) =>
        line.Contains('©') || line.StartsWith("(c) ", StringComparison.OrdinalIgnoreCase)
            || line.Contains("SPDX-FileCopyrightText", StringComparison.Ordinal)
        || (line.Contains("copyright", StringComparison.OrdinalIgnoreCase)
            && (line.Any(char.IsAsciiDigit) || line.Contains("(c)", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("copyright", StringComparison.OrdinalIgnoreCase)));

    private static List<string> FromJson(string text)
    {
        var authors = new List<string>();
        try
        {
            using var json = JsonDocument.Parse(text,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            foreach (var name in (string[])["author", "authors"])
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value))
                {
                    authors.AddRange((value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1))
                        .Select(Name).OfType<string>());
                }
            }
        }
        catch (JsonException)
        {
            // A manifest that is not valid JSON names no authors.
        }

        return authors;
    }

    private static string? Name(JsonElement author) =>
        author.ValueKind == JsonValueKind.String ? author.GetString()
        : author.ValueKind == JsonValueKind.Object && author.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
        : null;

    // Reads authors = ["A", "B"] or [{ name = "A" }], which may span several lines.
    private static List<string> FromToml(string text)
    {
        var authors = new List<string>();
        var lines = text.Split('\n');
        var start = Array.FindIndex(lines, static line => line.TrimStart().StartsWith("authors", StringComparison.Ordinal)
            && line.Contains('='));
        for (var i = start; start >= 0 && i < Math.Min(lines.Length, start + MostLines); i++)
        {
            var parts = lines[i].Split('"');
            for (var part = 1; part < parts.Length; part += 2)
            {
                if (!parts[part - 1].TrimEnd(' ', '=').EndsWith("email", StringComparison.Ordinal))
                {
                    authors.Add(parts[part]);
                }
            }

            if (lines[i].TrimEnd().EndsWith(']'))
            {
                break;
            }
        }

        return authors;
    }
}

/// <summary>Reads small files of an untrusted repository. Follows no links and reads nothing outside the root.</summary>
/// <param name="root">Absolute path of the repository.</param>
internal sealed class RepositoryFiles(string root)
{
    private const int MostBytes = 256 << 10;

    private readonly string? _root = NativeFiles.RealPath(root);

    /// <summary>Returns the text of a file, or null when it is missing, empty, larger than 256 KiB or behind a link.</summary>
    /// <param name="path">Path relative to the root.</param>
    public string? Read(string path) =>
        Folder(path) is { } folder && SourceFileReader.ReadSmall($"{folder}/{Name(path)}", MostBytes) is { Length: > 0 } bytes
            ? Decode(bytes) : null;

    /// <summary>Returns the start of a file's text, or null.</summary>
    public string? ReadStart(string path, int bytes) =>
        Folder(path) is { } folder && new SourceFileReader().ReadStart($"{folder}/{Name(path)}", bytes).Bytes is { Length: > 0 } start
            ? Decode(start) : null;

    /// <summary>Returns the names of the regular files in the folder of a path, in ordinal order.</summary>
    public IReadOnlyList<string> Beside(string path) =>
        Folder(path) is { } folder && NativeFiles.List(Encoding.UTF8.GetBytes(folder + '\0'), out _) is { } entries
            ? [.. entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name)
                .Order(StringComparer.Ordinal)]
            : [];

    // Returns the folder of a path, or null when a part of the path is a link.
    private string? Folder(string path)
    {
        if (_root == null || path.Contains('\0') || path.StartsWith('/') || path.Split('/').Any(static part => part is "" or "." or ".."))
        {
            return null;
        }

        var folder = path.Contains('/') ? $"{_root.TrimEnd('/')}/{path[..path.LastIndexOf('/')]}" : _root;
        return NativeFiles.RealPath(folder) == folder ? folder : null;
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Decode(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n").Trim();
}
