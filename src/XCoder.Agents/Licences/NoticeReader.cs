using System.Text;
using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Detect;
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

/// <summary>Who holds the rights in a file or package, as it says itself.</summary>
internal static class CopyrightLines
{
    private const int MostLines = 20;
    private const int LongestLine = 200;
    private const string CommentSigns = " \t/*#;-<!>%\"'{}|=";

    /// <summary>Copyright lines of a file's head, without comment signs.</summary>
    public static IReadOnlyList<string> OfCode(string head) =>
        [.. head.Split('\n').Select(static line => line.Trim(CommentSigns.ToCharArray()))
            .Where(static line => line.Length is > 0 and <= LongestLine && IsCopyright(line)).Distinct().Take(MostLines)];

    /// <summary>Authors that a package manifest names.</summary>
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
            using var json =
                JsonDocument.Parse(text,
                    new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            foreach (var name in (string[])["author", "authors"])
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value))
                {
                    authors.AddRange(
                        (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1)).Select(Name)
                            .OfType<string>());
                }
            }
        }
        catch (JsonException)
        {
            // No manifest then.
        }

        return authors;
    }

    private static string? Name(JsonElement author) =>
        author.ValueKind == JsonValueKind.String ? author.GetString()
        : author.ValueKind == JsonValueKind.Object && author.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
        : null;

    // authors = ["A", "B"] or [{ name = "A" }], over several lines perhaps.
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

/// <summary>Small files of a hostile repository: nothing is read that a link leads to, nor anything outside its root.</summary>
/// <param name="root">Absolute path of the repository.</param>
internal sealed class RepositoryFiles(string root)
{
    private const int MostBytes = 256 << 10;

    private readonly string? _root = NativeFiles.RealPath(root);

    /// <summary>The text of a file, or null where it is missing, too large, or not to be read.</summary>
    /// <param name="path">Path below the root.</param>
    public string? Read(string path) =>
        Folder(path) is { } folder && SourceFileReader.ReadSmall($"{folder}/{Name(path)}", MostBytes) is { Length: > 0 } bytes
            ? Decode(bytes) : null;

    /// <summary>The beginning of a file's text, or null.</summary>
    public string? ReadStart(string path, int bytes) =>
        Folder(path) is { } folder && new SourceFileReader().ReadStart($"{folder}/{Name(path)}", bytes).Bytes is { Length: > 0 } start
            ? Decode(start) : null;

    /// <summary>Names of the regular files in the folder of a path, in order.</summary>
    public IReadOnlyList<string> Beside(string path) =>
        Folder(path) is { } folder && NativeFiles.List(Encoding.UTF8.GetBytes(folder + '\0'), out _) is { } entries
            ? [.. entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name)
                .Order(StringComparer.Ordinal)]
            : [];

    // The folder of a path, provided that no part of it is a link.
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
