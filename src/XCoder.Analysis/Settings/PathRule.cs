using System.Text;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Settings;

/// <summary>
/// A rule that takes code out of reports of duplicates. It is ignored altogether (<see cref="IsIgnored"/>), or where it does not reach a
/// threshold. A rule can only take out: it never adds to what a search finds.
/// </summary>
public sealed record PathRule
{
    private IgnoreList? _pattern;

    /// <summary>
    /// Pattern of paths in the syntax of <c>.gitignore</c>, relative to the folder of the file that holds the rule; null for all below that
    /// folder.
    /// </summary>
    public string? Path
    {
        get;
        init => (field, _pattern) = (value, value is null ? null : Parse(value));
    }

    /// <summary>Why, in the words of whoever wrote the rule; a rule that ignores must have one.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether code under the path is ignored altogether.</summary>
    public bool IsIgnored { get; init; }

    /// <summary>Code with fewer tokens is left out; null for no limit, else 1 or more.</summary>
    public int? MinTokens { get; init; }

    /// <summary>Near duplicates whose Jaccard similarity is lower are left out; null for no limit, else above 0, at most 1.</summary>
    public double? MinSimilarity { get; init; }

    /// <summary>Duplicates of other kinds are left out; null for no limit.</summary>
    public IReadOnlyList<DuplicateKind>? Kinds { get; init; }

    /// <summary>The file that holds the rule, as reports name it: <c>shop/xcoder.json</c>, <c>shop/src/xcoder.json</c>.</summary>
    public required string File { get; init; }

    /// <summary>The rule in a few words: <c>shop/xcoder.json: third_party/</c>.</summary>
    public string Name => Path is null ? File : $"{File}: {Path}";

    /// <summary>Whether a text is a pattern that can match.</summary>
    internal static bool IsPattern(string path) => path.Length > 0 && path[0] != '!' && !path.Contains('\n') && Parse(path) is not null;

    /// <summary>Why code under the rule's path is left out; null if the rule lets it be.</summary>
    /// <param name="tokens">Number of its tokens.</param>
    /// <param name="kind">Kind of the duplicate that it is in.</param>
    /// <param name="similarity">Similarity of that duplicate.</param>
    internal IgnoreReason? Of(int tokens, DuplicateKind kind, double similarity)
    {
        var why = IsIgnored ? Reason!
            : tokens < MinTokens ? $"fewer than {NumberText.Count(MinTokens.Value, "token")}"
            : kind == DuplicateKind.Near && similarity < MinSimilarity ? $"similarity below {NumberText.Similarity(MinSimilarity.Value)}"
            : Kinds?.Contains(kind) == false ? $"{DuplicateRule.Of(kind).Name} duplicates are left out" : null;
        return why is null ? null
            : new IgnoreReason(IsIgnored ? IgnoreSource.Path : IgnoreSource.Threshold, Name,
                IsIgnored || Reason is null ? why : $"{why} ({Reason})");
    }

    /// <summary>The rule as a reason that speaks of no code in particular.</summary>
    public IgnoreReason Describe()
    {
        string?[] limits = [MinTokens is { } tokens ? $"fewer than {NumberText.Count(tokens, "token")}" : null,
            MinSimilarity is { } similarity ? $"similarity below {NumberText.Similarity(similarity)}" : null,
            Kinds is { } kinds ? $"kinds other than {string.Join(", ", kinds.Select(static kind => DuplicateRule.Of(kind).Name))}" : null];
        return new IgnoreReason(IsIgnored ? IgnoreSource.Path : IgnoreSource.Threshold, Name, IsIgnored ? Reason!
            : string.Join("; ", limits.OfType<string>()) + (Reason is null ? "" : $" ({Reason})"));
    }

    /// <summary>Whether a path lies under that of the rule; a pattern that names a folder holds for all below it.</summary>
    /// <param name="below">Path of a file below the folder of the rule's file.</param>
    internal bool IsMatch(string below)
    {
        if (_pattern is null)
        {
            return Path is null;
        }

        var path = Encoding.UTF8.GetBytes(below);
        for (var from = 0; from < path.Length;)
        {
            var end = path.AsSpan(from).IndexOf((byte)'/') is var at and >= 0 ? from + at : path.Length;
            if (_pattern.Judge(path.AsSpan(0, end), path.AsSpan(from, end - from), isFolder: end < path.Length) == IgnoreVerdict.Ignored)
            {
                return true;
            }

            from = end + 1;
        }

        return false;
    }

    private static IgnoreList? Parse(string path) => IgnoreList.Parse(Encoding.UTF8.GetBytes(path));
}

/// <summary>What said that code is to be ignored.</summary>
public enum IgnoreSource
{
    /// <summary>A comment in the code.</summary>
    Comment,

    /// <summary>A rule for its path.</summary>
    Path,

    /// <summary>A threshold that a file of settings raises.</summary>
    Threshold,

    /// <summary>An entry for the group.</summary>
    Group,
}

/// <summary>Why code is not reported.</summary>
/// <param name="Source">What said so.</param>
/// <param name="Place">Where: <c>shop/src/a.py:12</c>, <c>shop/xcoder.json: third_party/</c>. Not yet made safe for a terminal.</param>
/// <param name="Text">The reason given there. Not yet made safe for a terminal.</param>
public sealed record IgnoreReason(IgnoreSource Source, string Place, string Text)
{
    /// <summary>A reason as it is kept: on one line, its words apart by one space.</summary>
    internal static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
