using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Writes a run's report as one JSON document: all counts, but no rows in full.</summary>
internal static class RunReportJson
{
    /// <summary>Writes the report as one JSON document.</summary>
    /// <param name="stream">Receives the document as UTF-8.</param>
    /// <param name="report">The report to write.</param>
    public static void Write(Stream stream, RunReport report) => JsonLines.WriteDocument(stream, json => JsonSerializer.Serialize(json, new
    {
        Run = new { report.Run.Id, report.Run.Kind, report.Run.CreatedAt, report.Run.FinishedAt,
            Options = JsonNode.Parse(report.Run.Options) },
        report.Rows,
        report.Revised,
        report.Verdicts,
        report.Datasets,
        report.Tasks,
        report.Statuses,
        report.Preferences,
        report.Lost,
        report.Usage,
        report.RequestsPerAccepted,
        report.RequestsPerVerified,
        report.Variety,
        report.Pairs,
        report.Scores,
        report.Totals,
        Rejected = report.Faults.Select(fault => new { Fault = fault.Key, Rows = fault.Value }),
        report.Synergy,
        report.Failures,
    }, RowJson.Options));
}
