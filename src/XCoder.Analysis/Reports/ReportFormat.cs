using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>
/// A form of an <see cref="AnalysisReport"/>: its name, the file it goes to, what it shows, and what writes it. <see cref="All"/> is the
/// table of all forms. Another form is a class that writes it and an entry there.
/// </summary>
public sealed record ReportFormat
{
    /// <summary>All of a run, for programs.</summary>
    public static ReportFormat Json { get; } = new()
    {
        Name = "json",
        FileName = "report.json",
        HasDuplicates = true,
        HasCoverage = true,
        Writer = (stream, report, _) => JsonReport.Write(stream, report),
    };

    /// <summary>Duplicates for viewers of code scanning.</summary>
    public static ReportFormat Sarif { get; } = new()
    {
        Name = "sarif",
        FileName = "duplicates.sarif",
        HasDuplicates = true,
        Writer = (stream, report, _) => SarifReport.Write(stream, report),
    };

    /// <summary>A page for people.</summary>
    public static ReportFormat Html { get; } = new()
    {
        Name = "html",
        FileName = "report.html",
        HasDuplicates = true,
        HasCoverage = true,
        Writer = (stream, report, code) => AsideFile.Text(writer => HtmlReport.Write(writer, report, code))(stream),
    };

    /// <summary>The table of forms, in the order in which help lists them.</summary>
    public static IReadOnlyList<ReportFormat> All { get; } = [Json, Sarif, Html];

    /// <summary>Its name, a value of <c>--format</c>: lower case.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the file that <see cref="Workspace.Analyze"/> writes into the workspace.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether it shows duplicates, so that the command that lists them offers it. Default: no.</summary>
    public bool HasDuplicates { get; init; }

    /// <summary>Whether it shows coverage, so that the command that counts it offers it. Default: no.</summary>
    public bool HasCoverage { get; init; }

    /// <summary>
    /// Writes a report to a stream, which stays open. The last argument gives the code of a snippet by id, or null where there is none.
    /// </summary>
    public required Action<Stream, AnalysisReport, Func<string, string?>> Writer { get; init; }

    /// <summary>Finds a form by its name; null where there is none.</summary>
    public static ReportFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
