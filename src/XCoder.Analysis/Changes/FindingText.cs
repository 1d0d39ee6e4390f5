using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Changes;

/// <summary>Says in one sentence what a finding is.</summary>
internal static class FindingText
{
    /// <summary>The sentence. Names and places in it are not yet made safe for a terminal.</summary>
    public static string Of(ChangeFinding finding) => Of(finding, static name => name);

    /// <summary>The sentence for a format.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="mark">Makes a name or a place safe in the format, and marks it as code.</param>
    public static string Of(ChangeFinding finding, Func<string, string> mark)
    {
        var more = finding.Also.Count == 0 ? "" : $" and {NumberText.Count(finding.Also.Count)} more like it";
        var (name, place) = (mark(Name(finding.Snippet)) + more, Place(finding, mark));
        return finding.Kind switch
        {
            ChangeKind.Closer => $"{name} now {Verb(finding, "equals", "equal")} {place}{But(finding)}; before, the two were alike "
                + $"(Jaccard {NumberText.Similarity(finding.Before ?? 0)}).",
            ChangeKind.Twin => $"{name} {Verb(finding, "was", "were")} changed, but {Twins(finding)} not: {place}.",
            ChangeKind.Parallel or ChangeKind.GapClosed when finding.Evidence == DuplicateKind.Semantic =>
                $"{name} does in {finding.Snippet.Language} what {place} {(finding.Others.Count == 1 ? "does" : "do")}"
                + (finding.Kind == ChangeKind.GapClosed ? $"; so far nothing in {finding.Snippet.Language} did." : "."),
            _ => $"{name} {Relation(finding)} {place}.",
        };
    }

    private static string Relation(ChangeFinding finding) => finding.Evidence switch
    {
        DuplicateKind.Exact => Verb(finding, "equals", "equal"),
        DuplicateKind.File => $"{Verb(finding, "equals", "equal")}, byte for byte,",
        DuplicateKind.Renamed => $"{Verb(finding, "equals", "equal")}, but for names and literals,",
        _ => $"{Verb(finding, "resembles", "resemble")} (Jaccard {NumberText.Similarity(finding.Similarity)})",
    };

    private static string Verb(ChangeFinding finding, string one, string many) => finding.Also.Count == 0 ? one : many;

    private static string But(ChangeFinding finding) => finding.Evidence == DuplicateKind.Exact ? "" : ", but for names and literals";

    private static string Twins(ChangeFinding finding) => finding.Others.Count == 1
        ? finding.Evidence == DuplicateKind.Near ? "code like it was" : "its copy was"
        : finding.Evidence == DuplicateKind.Near ? $"{NumberText.Count(finding.Others.Count)} pieces of code like it were"
            : $"its {NumberText.Count(finding.Others.Count)} copies were";

    private static string Place(ChangeFinding finding, Func<string, string> mark)
    {
        var first = finding.Others[0];
        var more = finding.Others.Count - 1;
        return (first.IsFile ? "" : $"{mark(Name(first))} in ") + mark(PlaceOf(first, finding.Snippet.Repository))
            + (more > 0 ? $" and {NumberText.Count(more, "other place")}" : "");
    }

    /// <summary>Path and line of a snippet, and its repository where that is another one.</summary>
    public static string PlaceOf(Snippet snippet, string repository) => (snippet.Repository == repository ? "" : snippet.Repository + "/")
        + snippet.Path + (snippet.IsFile ? "" : FormattableString.Invariant($":{snippet.Span.StartLine}"));

    private static string Name(Snippet snippet) => snippet.IsFile ? snippet.Path : snippet.QualifiedName;
}
