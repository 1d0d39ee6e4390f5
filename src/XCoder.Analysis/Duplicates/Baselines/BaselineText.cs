using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates.Baselines;

/// <summary>
/// The file of a baseline. Version 2:
/// <code>
/// {"version":2,"kinds":["exact"],"groups":[
/// {"kind":"exact","members":2,"places":[
///   {"repository":"shop","path":"src/a.py","name":"total","hash":"(32 hex digits)"},
///   {"repository":"shop","path":"src/b.py","name":"total","hash":"(32 hex digits)"}]}
/// ],"files":[
/// {"repository":"shop","path":"src/a.py","hash":"(16 hex digits)","code":["(16 hex digits) total"]}
/// ]}
/// </code>
/// Version 1 has neither <c>kinds</c> nor <c>files</c>, and per group the hashes of its contents with their numbers.
/// </summary>
internal static class BaselineText
{
    private const int Old = 1;
    private const int Version = 2;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The text of a baseline, of version 1 if it does not know the code.</summary>
    public static string Write(DuplicateBaseline baseline)
    {
        var text = new StringBuilder();
        if (baseline.Code is not { } code)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"version\":{Old},\"groups\":[");
            return text.Append(Lines(baseline.Groups.Select(OldGroup))).Append("\n]}\n").ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"{{\"version\":{Version},\"kinds\":[");
        text.AppendJoin(',', baseline.Kinds!.Select(static kind => Quoted(DuplicateRule.Of(kind).Name))).Append("],\"groups\":[");
        text.Append(Lines(baseline.Groups.Select(Group))).Append("\n],\"files\":[");
        var files = code.GroupBy(static place => (place.Repository, place.Path))
            .OrderBy(static file => file.Key.Repository, StringComparer.Ordinal)
            .ThenBy(static file => file.Key.Path, StringComparer.Ordinal);
        return text.Append(Lines(files.Select(File))).Append("\n]}\n").ToString();
    }

    /// <summary>Reads a baseline of either version.</summary>
    /// <exception cref="BaselineFormatException">The version is another one.</exception>
    /// <exception cref="FormatException">A value is wrong. A missing one throws as <see cref="JsonElement"/> does.</exception>
    public static DuplicateBaseline Read(JsonElement root) => root.GetProperty("version").GetInt32() switch
    {
        Old => new DuplicateBaseline([.. root.GetProperty("groups").EnumerateArray().Select(ReadOldGroup)]),
        Version => new DuplicateBaseline(
            [.. root.GetProperty("groups").EnumerateArray().Select(ReadGroup)],
            [.. root.GetProperty("kinds").EnumerateArray().Select(static kind => ReadKind(kind.GetString()))],
            [.. root.GetProperty("files").EnumerateArray().SelectMany(ReadFile)]),
        var other => throw new BaselineFormatException(
            $"The baseline is of version {other}; this program reads versions {Old} and {Version}."),
    };

    /// <summary>A hash as 32 hex digits.</summary>
    public static string Hex(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);

    private static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string> lines) =>
        string.Concat(lines.Select(static (line, i) => (i == 0 ? "\n" : ",\n") + line));

    private static string OldGroup(BaselineGroup group) => $"{Head(group)}\"contents\":{{"
        + string.Join(',', group.Contents.Select(static content => $"\"{Hex(content.Hash)}\":{content.Count}")) + "}}";

    private static string Group(BaselineGroup group) => $"{Head(group)}\"places\":["
        + string.Join(',', group.Places.Select(static place => $"\n  {{{Place(place.Repository, place.Path)},"
            + (place.Name.Length == 0 ? "" : $"\"name\":{Quoted(place.Name)},") + $"\"hash\":\"{Hex(place.Hash)}\"}}")) + "]}";

    private static string Head(BaselineGroup group) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{{\"kind\":\"{DuplicateRule.Of(group.Kind).Name}\",\"members\":{group.Members},");

    private static string File(IGrouping<(string Repository, string Path), CodePlace> file)
    {
        var hash = file.Where(static place => place.Name.Length == 0).Select(static place => place.Hash).FirstOrDefault();
        var code = file.Where(static place => place.Name.Length > 0).Select(static place => $"{Hex(place.Hash)} {place.Name}")
            .Order(StringComparer.Ordinal).Select(Quoted);
        return $"{{{Place(file.Key.Repository, file.Key.Path)},\"hash\":\"{Hex(hash)}\",\"code\":[{string.Join(',', code)}]}}";
    }

    private static string Place(string repository, string path) => $"\"repository\":{Quoted(repository)},\"path\":{Quoted(path)}";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";

    private static BaselineGroup ReadOldGroup(JsonElement element) => Checked(element, element.GetProperty("contents").EnumerateObject()
        .Select(static content => new GroupContent(ReadHash(content.Name), content.Value.GetInt32())), []);

    private static BaselineGroup ReadGroup(JsonElement element)
    {
        KnownMember[] places = [.. element.GetProperty("places").EnumerateArray().Select(static place => new KnownMember(
            Text(place, "repository"), Text(place, "path"), place.TryGetProperty("name", out _) ? Text(place, "name") : "",
            ReadHash(Text(place, "hash"))))];
        return Checked(element,
            places.CountBy(static place => place.Hash).Select(static hash => new GroupContent(hash.Key, hash.Value)), places);
    }

    private static BaselineGroup Checked(JsonElement element, IEnumerable<GroupContent> contents, IReadOnlyList<KnownMember> places)
    {
        var name = element.GetProperty("kind").GetString();
        GroupContent[] all = [.. contents.OrderBy(static content => content.Hash)];
        return all.Length > 0 && all.All(static content => content.Count > 0)
            && all.DistinctBy(static content => content.Hash).Count() == all.Length
            ? new BaselineGroup(ReadKind(name), all) { Places = places }
            : throw new FormatException($"a group of kind '{name}' with {all.Length} contents.");
    }

    private static IEnumerable<CodePlace> ReadFile(JsonElement element)
    {
        var (repository, path) = (Text(element, "repository"), Text(element, "path"));
        return element.GetProperty("code").EnumerateArray().Select(static code => code.GetString() ?? "")
            .Select(code => code.Length > 17 ? new CodePlace(repository, path, code[17..], ReadShort(code[..16]))
                : throw new FormatException($"'{code}' is no code."))
            .Append(new CodePlace(repository, path, "", ReadShort(Text(element, "hash"))));
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static DuplicateKind ReadKind(string? name) =>
        DuplicateRule.Find(name)?.Kind ?? throw new FormatException($"'{name}' is no kind of duplicate.");

    private static UInt128 ReadHash(string text) =>
        text.Length == 32 && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : throw new FormatException($"'{text}' is not a hash of 32 hex digits.");

    private static ulong ReadShort(string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : throw new FormatException($"'{text}' is not a hash of 16 hex digits.");
}
