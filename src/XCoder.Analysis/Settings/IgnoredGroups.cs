using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Settings;

/// <summary>A piece of code in a group that is ignored.</summary>
/// <param name="Repository">Its repository; null for the one whose file has the entry, because a folder's name differs by clone.</param>
/// <param name="Path">Path of its file below the repository's root.</param>
/// <param name="Name">Its qualified name; empty for a whole file.</param>
/// <param name="Hash">First 64 bits of the fingerprint of its content.</param>
public sealed record IgnoredMember(string? Repository, string Path, string Name, ulong Hash);

/// <summary>A group of copies that people decided to keep.</summary>
/// <param name="Group">Id of the group when it was ignored; it only tells entries apart.</param>
/// <param name="Reason">Why.</param>
/// <param name="Members">Its members; a group with another one is reported again.</param>
public sealed record IgnoredEntry(string Group, string Reason, IReadOnlyList<IgnoredMember> Members)
{
    /// <summary>
    /// Whether the entry covers code: each piece stands where one of its members stood or, moved, has the content of one, and no two
    /// stand for the same.
    /// </summary>
    /// <param name="code">The code, as members.</param>
    internal bool Covers(IReadOnlyCollection<IgnoredMember> code)
    {
        if (code.Count > Members.Count)
        {
            return false;
        }

        var left = Members.ToList();
        var moved = code.Where(piece => !Take(member => member.Repository == piece.Repository && member.Path == piece.Path
            && member.Name == piece.Name)).ToList();
        return moved.TrueForAll(piece => Take(member => member.Hash == piece.Hash
            && (member.Name.Length == 0) == (piece.Name.Length == 0)));

        bool Take(Predicate<IgnoredMember> isIt)
        {
            var at = left.FindIndex(isIt);
            if (at >= 0)
            {
                left.RemoveAt(at);
            }

            return at >= 0;
        }
    }
}

/// <summary>
/// The file <c>xcoder.ignores.json</c> in the root of a repository: groups that its people decided to keep. One member a line, ordered, so
/// that changes are easily reviewed and merged.
/// </summary>
public sealed class IgnoredGroups
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "xcoder.ignores.json";

    private const int Version = 1;
    private const int MostEntries = 100_000;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <param name="entries">The entries; of those with one id the last counts.</param>
    public IgnoredGroups(IEnumerable<IgnoredEntry> entries) => Entries =
    [
        .. entries.Reverse().DistinctBy(static entry => entry.Group).OrderBy(static entry => entry.Members.Count > 0
            ? entry.Members[0].Path : "", StringComparer.Ordinal).ThenBy(static entry => entry.Group, StringComparer.Ordinal),
    ];

    /// <summary>The entries, ordered by the place of their first member.</summary>
    public IReadOnlyList<IgnoredEntry> Entries { get; }

    /// <summary>Writes the file as UTF-8; equal entries give equal bytes.</summary>
    public void Write(Stream stream)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{{\"version\":{Version},\"groups\":[");
        for (var i = 0; i < Entries.Count; i++)
        {
            var entry = Entries[i];
            text.Append(i == 0 ? "\n" : ",\n").Append($"{{\"group\":{Quoted(entry.Group)},\"reason\":{Quoted(entry.Reason)},\"members\":[")
                .AppendJoin(',', entry.Members.Select(static member => "\n  {" + (member.Repository is null ? ""
                    : $"\"repository\":{Quoted(member.Repository)},") + $"\"path\":{Quoted(member.Path)}"
                    + (member.Name.Length == 0 ? "" : $",\"name\":{Quoted(member.Name)}")
                    + string.Create(CultureInfo.InvariantCulture, $",\"hash\":\"{member.Hash:x16}\"}}"))).Append("]}");
        }

        stream.Write(Encoding.UTF8.GetBytes(text.Append("\n]}\n").ToString()));
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote, or that people edited.</summary>
    /// <param name="file">Name of the file in messages.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="SettingsException">The content is not such a file, or one of a later version.</exception>
    public static IgnoredGroups Read(string file, ReadOnlyMemory<byte> text)
    {
        text = text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new SettingsException(file, $"it is of version {version}; this program reads version {Version}.");
            }

            var groups = root.GetProperty("groups");
            return groups.GetArrayLength() <= MostEntries ? new IgnoredGroups(groups.EnumerateArray().Select(Entry).ToList())
                : throw new SettingsException(file, $"it has more than {NumberText.Count(MostEntries)} groups.");
        }
        catch (JsonException exception)
        {
            throw new SettingsException(file, $"this is not JSON at line {exception.LineNumber + 1}.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException
            or OverflowException)
        {
            throw new SettingsException(file, $"it lacks a value or has a wrong one: {exception.Message}");
        }
    }

    private static IgnoredEntry Entry(JsonElement element) => new(Text(element, "group"), Text(element, "reason") is { Length: > 0 } reason
        ? IgnoreReason.OneLine(reason)
        : throw new FormatException("a group without a reason."),
        [.. element.GetProperty("members").EnumerateArray().Select(static member => new IgnoredMember(
            member.TryGetProperty("repository", out _) ? Text(member, "repository") : null, Text(member, "path"),
            member.TryGetProperty("name", out _) ? Text(member, "name") : "",
            ulong.Parse(Text(member, "hash"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))]);

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";
}
