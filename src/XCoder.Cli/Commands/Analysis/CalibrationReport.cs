using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Semantic;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>Renders a calibration.</summary>
internal static class CalibrationReport
{
    public static void WriteText(IAnsiConsole console, Calibration calibration)
    {
        var table = new ReportTable(new ReportColumn("Margin", 9), new ReportColumn("Pairs", 8, IsNumber: true), new ReportColumn("Precision", 7), new ReportColumn("Recall of twins", 6));
        foreach (var point in calibration.Curve.Concat([new CalibrationPoint(calibration.Threshold, calibration.Pairs, calibration.Precision, calibration.Recall)]).DistinctBy(point => point.Threshold).OrderBy(point => point.Threshold))
        {
            table.Add(Number(point.Threshold) + (point.Threshold == calibration.Threshold ? " <-" : ""), point.Pairs.ToString("N0", CultureInfo.InvariantCulture), Text(point.Precision), Text(point.Recall));
        }

        table.Write(console);
        console.Line();
        console.Line(FormattableString.Invariant($"Known: {calibration.Twins:N0} twins by name or documentation; {calibration.JudgedByTwins:N0} pairs judged by them, {calibration.JudgedByLabels:N0} by labels{(calibration.UnknownLabels > 0 ? FormattableString.Invariant($" ({calibration.UnknownLabels:N0} labels name no snippet compared here)") : "")}."));
        console.Line(calibration.Precision is null && calibration.Pairs == 0 && calibration.Threshold >= 1
            ? FormattableString.Invariant($"No threshold reaches a precision of {calibration.Target}: no semantic duplicate will be reported. Ask for less, or add labels (--labels, --review).")
            : calibration.Precision is null
            ? FormattableString.Invariant($"Threshold {Number(calibration.Threshold)}, the default: too little is known to choose one. Add labels (--labels, --review).")
            : FormattableString.Invariant($"Threshold {Number(calibration.Threshold)}: expected precision {Text(calibration.Precision)}; kept in the workspace, 'duplicates', 'coverage' and 'seeds' use it."));
    }

    public static void WriteJson(Utf8JsonWriter json, Calibration calibration)
    {
        json.WriteStartObject();
        json.WriteString("model", calibration.Model);
        json.WriteNumber("threshold", calibration.Threshold);
        json.WriteNumber("target", calibration.Target);
        Write(json, "precision", calibration.Precision);
        Write(json, "recall", calibration.Recall);
        json.WriteNumber("pairs", calibration.Pairs);
        json.WriteNumber("twins", calibration.Twins);
        json.WriteNumber("judgedByTwins", calibration.JudgedByTwins);
        json.WriteNumber("judgedByLabels", calibration.JudgedByLabels);
        json.WriteNumber("unknownLabels", calibration.UnknownLabels);
        json.WriteStartArray("curve");
        foreach (var point in calibration.Curve)
        {
            json.WriteStartObject();
            json.WriteNumber("threshold", point.Threshold);
            json.WriteNumber("pairs", point.Pairs);
            Write(json, "precision", point.Precision);
            Write(json, "recall", point.Recall);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Estimate? estimate)
    {
        if (estimate is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("value", Math.Round(estimate.Value, 4));
        json.WriteNumber("low", Math.Round(estimate.Low, 4));
        json.WriteNumber("high", Math.Round(estimate.High, 4));
        json.WriteEndObject();
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(Estimate? estimate) =>
        estimate is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.00} ({estimate.Low:0.00} to {estimate.High:0.00})");
}
