using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Agents.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Rows;

/// <summary>Writes the result of a generation, an estimate, or the comparison of two settings.</summary>
internal static class GenerationReport
{
    /// <summary>Writes the result of a run.</summary>
    public static void Write(CommandContext context, GenerationSummary summary, ChatStatistics statistics)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => Write(json, summary, statistics));
            return;
        }

        context.WriteText(writer =>
        {
            var outcomes = summary.Outcomes;
            int Of(string outcome) => outcomes.GetValueOrDefault(outcome);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Rows: {summary.Kept:N0} of {summary.Count:N0}: {Of(Outcomes.Accept):N0} accepted, "
                    + $"{Of(Outcomes.Reject):N0} rejected (kept, marked), {Of(Outcomes.Duplicate):N0} already there, "
                    + $"{Of(Outcomes.Lost):N0} lost{(Of(Outcomes.Lost) > 0 && summary.Kept >= summary.Count ? " and replaced" : "")}"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Requests: {statistics.Requests:N0} sent, {statistics.Retried:N0} of them again after a "
                    + $"failure, {statistics.Repaired:N0} after an answer that could not be "
                        + $"used; {statistics.Replayed:N0} replayed from the store"));
            var price = statistics.Cost is { } cost ? string.Create(CultureInfo.InvariantCulture, $"; cost {cost:0.0000}") : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Tokens: {statistics.PromptTokens:N0} sent, {statistics.CompletionTokens:N0} received{price}"));
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"Seeds: {summary.Seeds:N0}{(summary.Unlicensed > 0 ? $", {summary.Unlicensed:N0} left out for their licence" : "")}"));
            if (summary.RejectedSeeds.Count > 0)
            {
                writer.WriteLine("Left out as seeds: " + SeedsText.Rejected(summary.RejectedSeeds));
            }

            if (summary.StatefulSeeds > 0)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"Not translated: {summary.StatefulSeeds:N0} seeds that use the state of an object"));
            }

            if (summary.ContaminatedRows > 0)
            {
                writer.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"Benchmarks: {summary.ContaminatedRows:N0} rows rejected because they hold parts of benchmarks"));
            }

            foreach (var (kind, count) in statistics.Failures.OrderBy(pair => pair.Key).Where(pair => pair.Value > 0))
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Failures: {count:N0} {kind}: ")
                    + statistics.Sentences.GetValueOrDefault(kind));
            }

            if (summary.Ended is { } ended)
            {
                writer.WriteLine(ended);
            }
        });
    }

    /// <summary>Writes the estimate of a run.</summary>
    public static void Write(CommandContext context, RunEstimate estimate)
    {
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("rows", estimate.Rows);
                json.WriteNumber("requests", estimate.Requests);
                json.WriteNumber("promptTokens", estimate.PromptTokens);
                json.WriteNumber("completionTokens", estimate.CompletionTokens);
                if (estimate.Cost is { } price)
                {
                    json.WriteNumber("cost", Math.Round(price, 4));
                }

                json.WriteNumber("seconds", Math.Round(estimate.Time.TotalSeconds));
                json.WriteString("basis", estimate.Basis);
                json.WriteEndObject();
            });
            return;
        }

        context.WriteText(writer => writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {estimate.Rows:N0} rows would take about
              requests   {estimate.Requests:N0}
              tokens     {estimate.PromptTokens:N0} sent, {estimate.CompletionTokens:N0} received
              cost       {(estimate.Cost is { } cost ? $"{cost:0.00}" : "unknown: give --prompt-price and --completion-price")}
              time       {ProgressDisplay.Time(estimate.Time.TotalSeconds)}
            Basis: {estimate.Basis}. Nothing was sent.
            """)));
    }

    /// <summary>Writes the comparison of two settings.</summary>
    public static void Write(CommandContext context, RunComparison comparison)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => JsonSerializer.Serialize(json, comparison, XCoder.Agents.Rows.RowJson.Options));
            return;
        }

        context.WriteReport(console =>
        {
            console.Line(
                string.Create(CultureInfo.InvariantCulture,
                    $"{comparison.Pairs:N0} rows of the same seeds under --context {comparison.First} and {comparison.Second}:"));
            var table = new ReportTable(new ReportColumn("Measure", 9, MinWidth: 20), new ReportColumn(comparison.First, 8, IsNumber: true),
                new ReportColumn(comparison.Second, 8, IsNumber: true), new ReportColumn("Difference", 8, IsNumber: true),
                new ReportColumn("95 %", 7, IsNumber: true), new ReportColumn("Rows", 5, IsNumber: true));
            foreach (var measure in comparison.Measures)
            {
                table.Add(measure.Name, Number(measure.First), Number(measure.Second), Number(measure.Difference?.Value),
                    measure.Difference is { } difference ? $"{Number(difference.Low)} to {Number(difference.High)}" : "-",
                    measure.Pairs.ToString("N0", CultureInfo.InvariantCulture));
            }

            table.Write(console);
            console.Line("Difference: second minus first, over pairs of rows; an interval that includes 0 shows no difference.");
        });
    }

    private static void Write(Utf8JsonWriter json, GenerationSummary summary, ChatStatistics statistics)
    {
        json.WriteStartObject();
        json.WriteNumber("count", summary.Count);
        json.WriteNumber("epochs", summary.Epochs);
        json.WriteStartObject("outcomes");
        foreach (var (outcome, count) in summary.Outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(outcome, count);
        }

        json.WriteEndObject();
        json.WriteNumber("contaminatedSeeds", summary.RejectedSeeds.GetValueOrDefault(SeedRejection.Benchmark));
        json.WriteStartObject("rejectedSeeds");
        foreach (var (reason, count) in summary.RejectedSeeds.OrderBy(pair => pair.Key))
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()), count);
        }

        json.WriteEndObject();
        json.WriteNumber("statefulSeeds", summary.StatefulSeeds);
        json.WriteNumber("contaminatedRows", summary.ContaminatedRows);
        json.WriteNumber("requests", statistics.Requests);
        json.WriteNumber("replayed", statistics.Replayed);
        json.WriteNumber("retried", statistics.Retried);
        json.WriteNumber("promptTokens", statistics.PromptTokens);
        json.WriteNumber("completionTokens", statistics.CompletionTokens);
        if (statistics.Cost is { } cost)
        {
            json.WriteNumber("cost", cost);
        }

        if (summary.Ended is { } ended)
        {
            json.WriteString("ended", ended);
        }

        json.WriteEndObject();
    }

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
