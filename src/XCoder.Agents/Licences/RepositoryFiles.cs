using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Agents.Licences;

/// <summary>Small files of a hostile repository: nothing is read that a link leads to, nor anything outside its root.</summary>
/// <param name="root">Absolute path of the repository.</param>
internal sealed class RepositoryFiles(string root)
{
    private const int MostBytes = 256 << 10;

    private readonly string? _root = NativeFiles.RealPath(root);

    /// <summary>The text of a file, or null where it is missing, too large, or not to be read.</summary>
    /// <param name="path">Path below the root.</param>
    public string? Read(string path) =>
        Folder(path) is { } folder && SourceFileReader.ReadSmall($"{folder}/{Name(path)}", MostBytes) is { Length: > 0 } bytes ? Decode(bytes) : null;

    /// <summary>The beginning of a file's text, or null.</summary>
    public string? ReadStart(string path, int bytes) =>
        Folder(path) is { } folder && new SourceFileReader().ReadStart($"{folder}/{Name(path)}", bytes).Bytes is { Length: > 0 } start ? Decode(start) : null;

    /// <summary>Names of the regular files in the folder of a path, in order.</summary>
    public IReadOnlyList<string> Beside(string path) =>
        Folder(path) is { } folder && NativeFiles.List(Encoding.UTF8.GetBytes(folder + '\0'), out _) is { } entries
            ? [.. entries.Where(entry => entry is { Kind: EntryKind.File, RawName: null }).Select(entry => entry.Name).Order(StringComparer.Ordinal)]
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
