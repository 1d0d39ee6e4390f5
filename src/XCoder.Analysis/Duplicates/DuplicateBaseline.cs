using System.Globalization;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// The duplicates that a project accepts, stored as JSON with one group per line, sorted, so that diffs are readable.
/// <c>{"version":1,"groups":[{"kind":"exact","members":2,"contents":{"&lt;32 hex digits&gt;":2}}]}</c>
/// </summary>
public sealed class DuplicateBaseline
{
    private const int Version = 1;

    // A content is known by the digits that depend on its texts alone. Baselines of versions that compared no layout hold others
    // behind them.
    private const int TextDigits = 16;

    private DuplicateBaseline(IEnumerable<BaselineGroup> groups) =>
        Groups = [.. groups.OrderBy(static group => group.Kind).ThenBy(static group => Key(group.Contents, 32), StringComparer.Ordinal)];

    /// <summary>The known groups, ordered by kind, then by contents.</summary>
    public IReadOnlyList<BaselineGroup> Groups { get; }

    /// <summary>Creates a baseline of the given groups.</summary>
    public static DuplicateBaseline Of(IEnumerable<FoundGroup> groups) =>
        new(groups.Select(static group => new BaselineGroup(group.Kind, group.Contents)));

    /// <summary>Writes the baseline as UTF-8; equal baselines give equal bytes.</summary>
    public void Write(Stream stream)
    {
        var text = new StringBuilder($"{{\"version\":{Version},\"groups\":[");
        var separator = "\n";
        foreach (var group in Groups)
        {
            text.Append(separator)
                .Append(CultureInfo.InvariantCulture, $"{{\"kind\":\"{DuplicateRule.Of(group.Kind).Name}\",\"members\":{group.Members},")
                .Append("\"contents\":{");
            text.AppendJoin(',', group.Contents.Select(static content => $"\"{Hex(content.Hash)}\":{content.Count}")).Append("}}");
            separator = ",\n";
        }

        stream.Write(Encoding.UTF8.GetBytes(text.Append("\n]}\n").ToString()));
    }

    /// <summary>Reads a baseline that <see cref="Write"/> wrote.</summary>
    /// <exception cref="BaselineFormatException">The stream holds no baseline, or one of another version.</exception>
    public static DuplicateBaseline Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedRead.All(stream));
            var version = document.RootElement.GetProperty("version").GetInt32();
            return version == Version
                ? new DuplicateBaseline(document.RootElement.GetProperty("groups").EnumerateArray().Select(ReadGroup).ToArray())
                : throw new BaselineFormatException($"The baseline is of version {version}; this program reads version {Version}.");
        }
        catch (InvalidDataException error)
        {
            throw new BaselineFormatException($"The file is not a baseline: {error.Message}.", error);
        }
        catch (JsonException error)
        {
            throw new BaselineFormatException($"The baseline is not valid JSON at line {error.LineNumber + 1}.", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new BaselineFormatException($"The baseline lacks a required value or has a wrong one: {error.Message}", error);
        }
    }

    /// <summary>
    /// Matches current groups with known ones: first by equal contents, then by shared contents within the same kind,
    /// and last, for copies edited since, by shared contents across kinds. A known group is matched at most once.
    /// </summary>
    /// <param name="groups">The current groups.</param>
    public BaselineComparison Compare(IReadOnlyList<FoundGroup> groups)
    {
        var before = new BaselineGroup?[groups.Count];
        var isFound = new bool[Groups.Count];
        var byKey = Enumerable.Range(0, Groups.Count).ToLookup(number => (Groups[number].Kind, Key(Groups[number].Contents, TextDigits)));
        var byHash = Enumerable.Range(0, Groups.Count)
            .SelectMany(number => Groups[number].Contents.Select(content => (Text: TokenHashes.TextOf(content.Hash), Number: number)))
            .ToLookup(static pair => pair.Text, static pair => pair.Number);
        Match(group => byKey[(group.Kind, Key(group.Contents, TextDigits))]);
        Match(group => Sharing(group).Where(number => Groups[number].Kind == group.Kind));
        Match(group => Sharing(group).Where(number => Groups[number].Members >= group.Members.Count));

        var numbers = Enumerable.Range(0, groups.Count).ToArray();
        return new BaselineComparison(
            [.. numbers.Where(i => before[i] is null).Select(i => groups[i])],
            [.. numbers.Where(i => before[i]?.Members < groups[i].Members.Count).Select(i => (groups[i], before[i]!.Members))],
            [.. numbers.Where(i => before[i]?.Members >= groups[i].Members.Count).Select(i => groups[i])],
            [.. Groups.Where((_, number) => !isFound[number])]);

        IEnumerable<int> Sharing(FoundGroup group) => group.Contents
            .SelectMany(content => byHash[TokenHashes.TextOf(content.Hash)])
            .GroupBy(static number => number)
            .OrderByDescending(static shared => shared.Count()).ThenBy(static shared => shared.Key)
            .Select(static shared => shared.Key);

        void Match(Func<FoundGroup, IEnumerable<int>> candidates)
        {
            for (var i = 0; i < groups.Count; i++)
            {
                if (before[i] is null && candidates(groups[i]).Where(number => !isFound[number]).FirstOrDefault(-1) is var found and >= 0)
                {
                    (before[i], isFound[found]) = (Groups[found], true);
                }
            }
        }
    }

    private static BaselineGroup ReadGroup(JsonElement element)
    {
        var name = element.GetProperty("kind").GetString();
        var rule = DuplicateRule.Find(name);
        var contents = element.GetProperty("contents").EnumerateObject()
            .Select(static content => new GroupContent(ReadHash(content.Name), content.Value.GetInt32()))
            .OrderBy(static content => content.Hash).ToArray();
        return rule is not null && contents.Length > 0 && contents.All(static content => content.Count > 0)
            ? new BaselineGroup(rule.Kind, contents)
            : throw new FormatException($"a group of kind '{name}' with {contents.Length} contents.");
    }

    private static UInt128 ReadHash(string text) =>
        text.Length == 32 && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            ? hash
            : throw new FormatException($"'{text}' is not a hash of 32 hex digits.");

    private static string Key(IEnumerable<GroupContent> contents, int digits) =>
        string.Join(',', contents.Select(content => Hex(content.Hash)[..digits]));

    private static string Hex(UInt128 hash) => hash.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>What changed since a baseline was written.</summary>
/// <param name="New">Groups that the baseline does not contain.</param>
/// <param name="Grown">Known groups with more members than in the baseline, and the number of members there.</param>
/// <param name="Known">Known groups with the same number of members or fewer.</param>
/// <param name="Gone">Groups of the baseline that no longer exist.</param>
public sealed record BaselineComparison(
    IReadOnlyList<FoundGroup> New,
    IReadOnlyList<(FoundGroup Group, int Before)> Grown,
    IReadOnlyList<FoundGroup> Known,
    IReadOnlyList<BaselineGroup> Gone)
{
    /// <summary>Whether duplicates were added, on which <c>--fail-on new</c> fails.</summary>
    public bool HasNew => New.Count > 0 || Grown.Count > 0;
}

/// <summary>A known duplicate group. It stores neither names nor places, so that it is recognised wherever its members move.</summary>
/// <param name="Kind">Kind of the group.</param>
/// <param name="Contents">Its distinct contents, ordered by hash.</param>
public sealed record BaselineGroup(DuplicateKind Kind, IReadOnlyList<GroupContent> Contents)
{
    /// <summary>Number of members.</summary>
    public int Members { get; } = Contents.Sum(static content => content.Count);
}

/// <summary>Thrown when a file is not a baseline of duplicates; the message says where, and what to do.</summary>
public sealed class BaselineFormatException : Exception
{
    /// <summary>Creates the exception; the message ends with the advice to write a new baseline.</summary>
    public BaselineFormatException(string message, Exception? inner = null)
        : base($"{message} Write a new baseline with --write-baseline.", inner)
    {
    }
}
