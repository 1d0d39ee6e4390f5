namespace XCoder.Analysis.Reports.Changes;

/// <summary>
/// A form of a <see cref="XCoder.Analysis.Changes.ChangeReport"/>: its name and what writes it. <see cref="All"/> is the table of all
/// forms. Another form is a class that writes it and an entry there.
/// </summary>
/// <param name="Name">Its name, a value of <c>--format</c>: lower case.</param>
/// <param name="Writer">Writes a report to a stream, which stays open.</param>
public sealed record ChangeFormat(string Name, Action<Stream, XCoder.Analysis.Changes.ChangeReport> Writer)
{
    /// <summary>The table of forms, in the order in which help lists them.</summary>
    public static IReadOnlyList<ChangeFormat> All { get; } =
    [
        new("json", ChangeJson.Write),
        new("jsonl", ChangeJson.WriteLines),
        new("sarif", ChangeSarif.Write),
        new("github", ChangeAnnotations.Write),
        new("markdown", ChangeMarkdown.Write),
        new("junit", ChangeJUnit.Write),
        new("codeclimate", ChangeCodeClimate.Write),
        new("badge", ChangeBadge.Write),
    ];

    /// <summary>Finds a form by its name; null where there is none.</summary>
    public static ChangeFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
