using System.Globalization;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Duplicates.Baselines;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// The duplicates that a project accepts and, so that the new one of two copies can be told, the code that it had. JSON with
/// one member of a group and one file per line, sorted, so that diffs are readable: see <see cref="BaselineText"/>. Without
/// the code it is of version 1:
/// <c>{"version":1,"groups":[{"kind":"exact","members":2,"contents":{"&lt;32 hex digits&gt;":2}}]}</c>
/// </summary>
public sealed class DuplicateBaseline
{
    // A content is known by the digits that depend on its texts alone. Baselines of versions that compared no layout hold others
    // behind them.
    private const int TextDigits = 16, HashDigits = 32;

    internal DuplicateBaseline(IEnumerable<BaselineGroup> groups, IReadOnlyList<DuplicateKind>? kinds = null,
        IReadOnlyList<CodePlace>? code = null)
    {
        Groups = [.. groups.OrderBy(static group => group.Kind)
            .ThenBy(static group => Key(group.Contents, HashDigits), StringComparer.Ordinal)];
        (Kinds, Code) = (kinds, code);
    }

    /// <summary>The known groups, ordered by kind, then by contents.</summary>
    public IReadOnlyList<BaselineGroup> Groups { get; }

    /// <summary>The kinds that were looked for; null if the baseline does not say (version 1).</summary>
    public IReadOnlyList<DuplicateKind>? Kinds { get; }

    /// <summary>Whether the baseline holds the code that was known, which tells new members of a group from known ones.</summary>
    public bool KnowsCode => Code is not null;

    // The compared snippets and the files; null in version 1.
    internal IReadOnlyList<CodePlace>? Code { get; }

    /// <summary>Creates a baseline of the given groups.</summary>
    public static DuplicateBaseline Of(IEnumerable<FoundGroup> groups) =>
        new(groups.Select(static group => new BaselineGroup(group.Kind, group.Contents)));

    /// <summary>Creates a baseline of groups and of all code among which they were found.</summary>
    internal static DuplicateBaseline Of(IEnumerable<FoundGroup> groups, IEnumerable<DuplicateKind> kinds, CodePlaces places) => new(
        groups.Select(group => new BaselineGroup(group.Kind, group.Contents) { Places = [.. Places(group, places)] }),
        [.. kinds.Order()],
        [.. places.All]);

    /// <summary>Writes the baseline as UTF-8; equal baselines give equal bytes.</summary>
    public void Write(Stream stream) => stream.Write(Encoding.UTF8.GetBytes(BaselineText.Write(this)));

    /// <summary>Reads a baseline that <see cref="Write"/> wrote, of this version or of an older one.</summary>
    /// <exception cref="BaselineFormatException">The stream holds no baseline, or one of a later version.</exception>
    public static DuplicateBaseline Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedRead.All(stream));
            return BaselineText.Read(document.RootElement);
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
    public BaselineComparison Compare(IReadOnlyList<FoundGroup> groups) => Compare(groups, null);

    /// <summary>
    /// The same, with the places of the current code. A group is then also known if two members or more stand where those of a
    /// known group stood (all copies were edited alike), or if all members come from one known group (it fell apart).
    /// </summary>
    internal BaselineComparison Compare(IReadOnlyList<FoundGroup> groups, CodePlaces? places)
    {
        var code = places is null || Code is null ? null : new KnownCode(this, places);
        var before = new BaselineGroup?[groups.Count];
        var isFound = new bool[Groups.Count];
        var byKey = Enumerable.Range(0, Groups.Count).ToLookup(number => (Groups[number].Kind, Key(Groups[number].Contents, TextDigits)));
        var byHash = Enumerable.Range(0, Groups.Count)
            .SelectMany(number => Groups[number].Contents.Select(content => (Text: TokenHashes.TextOf(content.Hash), Number: number)))
            .ToLookup(static pair => pair.Text, static pair => pair.Number);
        Match(group => byKey[(group.Kind, Key(group.Contents, TextDigits))]);
        Match(group => Sharing(group).Where(number => Groups[number].Kind == group.Kind));
        if (code is not null)
        {
            Match(group => code.GroupsOf(group, leastShared: 2));
        }

        Match(group => Sharing(group).Where(number => Groups[number].Members >= group.Members.Count));
        for (var i = 0; i < groups.Count && code is not null; i++)
        {
            before[i] ??= code.GroupsOf(groups[i], leastShared: groups[i].Members.Count).Select(number => Groups[number]).FirstOrDefault();
        }

        var numbers = Enumerable.Range(0, groups.Count).ToArray();
        var added = numbers.Where(i => before[i] is null).Select(i => groups[i]).ToList();
        var grown = numbers.Where(i => before[i]?.Members < groups[i].Members.Count)
            .Select(i => (Group: groups[i], Before: before[i]!)).ToList();
        return new BaselineComparison(
            added,
            [.. grown.Select(static group => (group.Group, group.Before.Members))],
            [.. numbers.Where(i => before[i]?.Members >= groups[i].Members.Count).Select(i => groups[i])],
            [.. Groups.Where((_, number) => !isFound[number])])
        {
            Changes =
            [
                .. added.Select(group => new FoundChange(group, null, code?.NewIn(group) ?? [])),
                .. grown.Select(group => new FoundChange(group.Group, group.Before,
                    code?.JoinedSince(group.Group, group.Before) ?? Surplus(group.Group, group.Before))),
            ],
        };

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

    // Without places, of equal members the last ones count as new; of other contents, all.
    private static int[] Surplus(FoundGroup group, BaselineGroup before)
    {
        var left = before.Contents.ToDictionary(static content => content.Hash, static content => content.Count);
        var surplus = new List<int>();
        foreach (var (member, hash) in group.Members.Zip(group.MemberHashes))
        {
            if (left.GetValueOrDefault(hash) is var count and > 0)
            {
                left[hash] = count - 1;
            }
            else
            {
                surplus.Add(member);
            }
        }

        return [.. surplus];
    }

    private static IEnumerable<KnownMember> Places(FoundGroup group, CodePlaces places) => group.Members.Zip(group.MemberHashes)
        .Select(member => (Place: places.ByOrdinal[member.First], Hash: member.Second))
        .Where(static member => member.Place is not null)
        .Select(static member => (Place: member.Place!.Value, member.Hash))
        .Select(static member => new KnownMember(member.Place.Repository, member.Place.Path, member.Place.Name, member.Hash));

    private static string Key(IEnumerable<GroupContent> contents, int digits) =>
        string.Join(',', contents.Select(content => BaselineText.Hex(content.Hash)[..digits]));
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

    /// <summary>The new and the grown groups, in this order, with their new members.</summary>
    internal IReadOnlyList<FoundChange> Changes { get; init; } = [];
}

/// <summary>A group that is new or has grown.</summary>
/// <param name="Group">The group.</param>
/// <param name="Before">The group as the baseline has it; null for a new group.</param>
/// <param name="NewMembers">Ordinals of its new members; empty if the baseline cannot tell.</param>
internal sealed record FoundChange(FoundGroup Group, BaselineGroup? Before, IReadOnlyList<int> NewMembers);

/// <summary>A known duplicate group. It is recognised by its contents, wherever its members move.</summary>
/// <param name="Kind">Kind of the group.</param>
/// <param name="Contents">Its distinct contents, ordered by hash.</param>
public sealed record BaselineGroup(DuplicateKind Kind, IReadOnlyList<GroupContent> Contents)
{
    /// <summary>Number of members.</summary>
    public int Members { get; } = Contents.Sum(static content => content.Count);

    /// <summary>Where its members stood, ordered by repository, path and position; empty in a baseline of version 1.</summary>
    public IReadOnlyList<KnownMember> Places { get; init; } = [];
}

/// <summary>A member of a known group.</summary>
/// <param name="Repository">Name of its repository when the baseline was written.</param>
/// <param name="Path">Path of its file below the repository's root.</param>
/// <param name="Name">Its qualified name; empty for a whole file.</param>
/// <param name="Hash">Fingerprint of its content.</param>
public sealed record KnownMember(string Repository, string Path, string Name, UInt128 Hash);

/// <summary>Thrown when a file is not a baseline of duplicates; the message says where, and what to do.</summary>
public sealed class BaselineFormatException : Exception
{
    /// <summary>Creates the exception; the message ends with the advice to write a new baseline.</summary>
    public BaselineFormatException(string message, Exception? inner = null)
        : base($"{message} Write a new baseline with --write-baseline.", inner)
    {
    }
}
