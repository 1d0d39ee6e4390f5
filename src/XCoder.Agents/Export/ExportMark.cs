using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>
/// Marks the exports of a workspace so that a purge deletes only the workspace's own files, whatever path is recorded. A mark is a keyed
/// hash. The key is the workspace's id and never leaves the workspace, so a reader of an export cannot mark other files.
/// </summary>
public sealed class ExportMark
{
    /// <summary>Name of the workspace's file that holds the id.</summary>
    public const string KeyFile = "workspace.id";

    /// <summary>Ending of a mark's file: the mark of an exported file is stored beside it, under its name plus this ending.</summary>
    public const string Ending = ".xcoder";

    private const int KeyBytes = 32, TagDigits = 16, MostBytes = 1 << 16;
    private const string CardStart = "<!-- xcoder-export ", CardEnd = " -->";

    private readonly byte[] _key;

    private ExportMark(byte[] key) => _key = key;

    /// <summary>Reads the mark of a workspace; creates its id if there is none.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <exception cref="InvalidDataException">The file with the id is damaged.</exception>
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
                $"{path}, the id of the workspace, is damaged: {exception.Message} Delete it, and a new one will be made. A later "
                    + $"purge then keeps the exports made before and lists them.",
                exception);
        }
    }

    /// <summary>A hash of a value that only this workspace can compute, in hexadecimal.</summary>
    internal string Pseudonym(string value) => Hash("value", value);

    /// <summary>The part of an unfinished export's name that identifies the workspace, 16 hexadecimal digits.</summary>
    internal string Tag(string name) => Hash("aside", name)[..TagDigits];

    /// <summary>A new marked line for a folder's data card.</summary>
    internal string CardLine()
    {
        var number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TagDigits));
        return $"{CardStart}{number} {Hash("folder", number)}{CardEnd}";
    }

    /// <summary>Whether <see cref="CardLine"/> of this workspace made a line.</summary>
    internal bool IsCardLine(string line) =>
        line.StartsWith(CardStart, StringComparison.Ordinal) && line.EndsWith(CardEnd, StringComparison.Ordinal)
        && line[CardStart.Length..^CardEnd.Length].Split(' ') is [var number, var hash] && IsSame(hash, Hash("folder", number));

    /// <summary>Whether a line of a data card marks an export of any workspace.</summary>
    internal static bool IsAnyCardLine(string line) => line.StartsWith(CardStart, StringComparison.Ordinal);

    /// <summary>
    /// Writes the mark beside an exported file, for the file and its attribution if there is one. Writes nothing for a terminal or a pipe.
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
        AsideFile.Replace(path + Ending, stream => stream.Write(text));
    }

    /// <summary>
    /// The files of an export to one file that this workspace marked and that have not changed since, the mark's file included. Empty if
    /// the exported file itself is not among them.
    /// </summary>
    /// <param name="path">Absolute path of the exported file.</param>
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

            // File names come from the path, since the mark's file could name any.
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
            // Another process has created the id in the meantime.
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
