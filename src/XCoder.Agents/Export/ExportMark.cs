using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>
/// Marks what a workspace exports, so that a purge of it deletes its own files and no others, whatever path is recorded. A mark is
/// a keyed hash: the key, the workspace's id, never leaves the workspace, so that nobody who reads an export can mark another file.
/// </summary>
public sealed class ExportMark
{
    /// <summary>Name of the file of the id within a workspace.</summary>
    public const string KeyFile = "workspace.id";

    /// <summary>Ending of the name of the file that stands beside an exported file and holds its mark.</summary>
    public const string Ending = ".xcoder";

    private const int KeyBytes = 32, TagDigits = 16, MostBytes = 1 << 16;
    private const string CardStart = "<!-- xcoder-export ", CardEnd = " -->";

    private readonly byte[] _key;

    private ExportMark(byte[] key) => _key = key;

    /// <summary>The mark of a workspace, whose id is made where it has none.</summary>
    /// <param name="workspace">Its folder.</param>
    /// <exception cref="InvalidDataException">The file of its id is damaged.</exception>
    public static ExportMark Of(string workspace)
    {
        var path = Path.Combine(workspace, KeyFile);
        if (WorkspaceFile.Read(path) is not { } text)
        {
            Make(path);
            text = WorkspaceFile.Read(path) ?? [];
        }

        try
        {
            var key = Convert.FromHexString(Encoding.ASCII.GetString(text).Trim());
            return key.Length == KeyBytes ? new ExportMark(key)
                : throw new FormatException($"It holds {key.Length} bytes in place of {KeyBytes}.");
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException(
                $"{path}, the id of the workspace, is damaged: {exception.Message} Delete it: a new one is made. A purge then leaves the "
                    + $"exports made before and names them.",
                exception);
        }
    }

    /// <summary>A hash of a value that only this workspace can make, hexadecimal.</summary>
    internal string Pseudonym(string value) => Hash("value", value);

    /// <summary>Part of the name of what is written aside for an export.</summary>
    internal string Tag(string name) => Hash("aside", name)[..TagDigits];

    /// <summary>A line for the data card of a folder.</summary>
    internal string CardLine()
    {
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TagDigits));
        return $"{CardStart}{number} {Hash("folder", number)}{CardEnd}";
    }

    /// <summary>Whether a line of a data card was made by <see cref="CardLine"/> of this workspace.</summary>
    internal bool IsCardLine(string line) =>
        line.StartsWith(CardStart, StringComparison.Ordinal) && line.EndsWith(CardEnd, StringComparison.Ordinal)
        && line[CardStart.Length..^CardEnd.Length].Split(' ') is [var number, var hash] && IsSame(hash, Hash("folder", number));

    /// <summary>Whether a line of a data card marks some workspace's export.</summary>
    internal static bool IsAnyCardLine(string line) => line.StartsWith(CardStart, StringComparison.Ordinal);

    /// <summary>
    /// Writes the mark of an exported file, and of its attribution if it has one, beside it; nothing for a terminal or a pipe.
    /// </summary>
    /// <param name="path">The exported file, complete.</param>
    public void Write(string path)
    {
        if (NativeFiles.OwnershipOf(path).Kind != EntryKind.File)
        {
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<MarkedFile> files = [];
        foreach (var name in Names(path))
        {
            files.AddRange(HashOf(Path.Combine(folder, name)) is { } hash ? [new MarkedFile(name, hash)] : []);
        }

        var about = "Made by 'xcoder export'; lets 'xcoder purge' know its own files.";
        var text = JsonSerializer.SerializeToUtf8Bytes(new Sidecar(about, files, Hash("file", Text(files))));
        AsideFile.Write(path + Ending, stream => stream.Write(text));
    }

    /// <summary>
    /// The files of an export to one file that are marked by this workspace and unchanged since, the mark's own included; empty where
    /// the exported file is none of them.
    /// </summary>
    /// <param name="path">The exported file, absolute.</param>
    internal IReadOnlyList<string> Files(string path)
    {
        try
        {
            using var stream = WorkspaceFile.OpenRead(path + Ending);
            if (stream is not { Length: <= MostBytes }
                || JsonSerializer.Deserialize<Sidecar>(stream) is not { Files: { } files, Mark: { } mark }
                || !IsSame(mark, Hash("file", Text(files))))
            {
                return [];
            }

            // Names come from the path, not from the mark.
            var folder = Path.GetDirectoryName(path)!;
            var own = Names(path).Where(name => files.Any(file => file.Name == name && file.Sha256 == HashOf(Path.Combine(folder, name))))
                .Select(name => Path.Combine(folder, name)).ToList();
            return own.Contains(path) ? [.. own, path + Ending] : [];
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    private static void Make(string path)
    {
        var aside = Path.Combine(Path.GetDirectoryName(path)!, AsideFile.NameOf(KeyFile));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(aside, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker.
            File.Delete(aside);
        }
    }

    private static IEnumerable<string> Names(string path) =>
        [Path.GetFileName(path), Path.GetFileName(DatasetExporter.AttributionOf(path))];

    private static string Text(IEnumerable<MarkedFile> files) => string.Join('\n', files.Select(file => $"{file.Sha256} {file.Name}"));

    private static string? HashOf(string path)
    {
        using var stream = WorkspaceFile.OpenRead(path);
        return stream is null ? null : HexHash.Of(stream);
    }

    private string Hash(string kind, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(kind + "\n" + text)));

    private static bool IsSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private sealed record MarkedFile(string Name, string Sha256);

    private sealed record Sidecar(string About, IReadOnlyList<MarkedFile> Files, string Mark);
}
