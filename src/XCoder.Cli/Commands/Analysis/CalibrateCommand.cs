using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>
/// The command <c>calibrate</c> chooses a threshold for semantic duplicates in this corpus and reports its precision and recall.
/// </summary>
internal static class CalibrateCommand
{
    private const string ReviewFile = "labels.jsonl";

    private static readonly Option<double> Precision = new("--precision") { Description = "Precision to reach, above 0 and below 1",
        HelpName = "P", DefaultValueFactory = _ => 0.95 };

    private static readonly Option<string?> Labels =
        new("--labels") { Description = "Judged pairs, JSON lines of {\"a\": ID, \"b\": ID, \"same\": true|false}", HelpName = "FILE" };

    private static readonly Option<bool> Review =
        new("--review") { Description = "Show pairs and use your judgements, which are kept in the workspace" };

    private static readonly Option<int> Count = new("--count") { Description = "Number of pairs to review", HelpName = "N",
        DefaultValueFactory = _ => 30 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Seed for the choice of pairs to review", HelpName = "N",
        DefaultValueFactory = _ => 1 };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("calibrate",
                "Choose the threshold of semantic duplicates for this workspace and report its precision and recall", Run,
            "xcoder calibrate",
            "xcoder calibrate --precision 0.99",
            "xcoder calibrate --labels judged.jsonl",
            "xcoder calibrate --review --count 50")
        {
            TakesRepository = false,
        };
        foreach (Option option in (Option[])[Precision, Labels, Review, Count, Seed])
        {
            command.Add(option);
        }

        DuplicateSettings.AddMinTokensTo(command);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(Precision) is not (> 0 and < 1))
        {
            throw new UsageException($"--precision must be above 0 and below 1, not {context.Get(Precision)}.");
        }

        var kept = Path.Combine(context.WorkspacePath, ReviewFile);
        var labels = (context.Get(Labels) is { } path ? ReadLabels(path) : []).Concat(File.Exists(kept) ? ReadLabels(kept) : []).ToList();
        using var session = context.Workspace.Calibrate(new CalibrationOptions { Precision = context.Get(Precision), Labels = labels },
            context.Get(DuplicateSettings.MinTokens), context.Cancellation);
        if (context.Get(Review))
        {
            new PairReview(context, session, kept).Ask(context.Get(Count), context.Get(Seed));
        }

        var calibration = session.Finish();
        if (session.Pairs == 0)
        {
            context.Say("There is nothing to calibrate on: no two functions in different languages are near each other, so the thresholds "
                + "stay as they were. Index code in a second language ('xcoder index PATH') and calibrate again.");
        }

        if (session.Pairs > 0 || context.IsJson)
        {
            Write(context, calibration);
        }

        return ExitCode.Done;
    }

    private static void Write(CommandContext context, Calibration calibration)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => CalibrationReport.WriteJson(json, calibration));
        }
        else
        {
            context.WriteReport(console => CalibrationReport.WriteText(console, calibration));
        }
    }

    private static IReadOnlyList<LabelledPair> ReadLabels(string path)
    {
        try
        {
            return LabelFile.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The labels {SafeText.ForTerminal(path)} cannot be read: {SafeText.ForTerminal(exception.Message)}");
        }
    }
}

/// <summary>Shows pairs of snippets, asks whether they do the same, and stores the answers.</summary>
internal sealed class PairReview(CommandContext context, CalibrationSession session, string file)
{
    private const int MaxLines = 40;

    public void Ask(int count, int seed)
    {
        var number = 0;
        var pairs = session.PairsToJudge(count, seed).ToList();
        foreach (var (a, b, cosine, margin) in pairs)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Messages.WriteLine(
                FormattableString.Invariant($"\n--- pair {++number} of {pairs.Count}, cosine {cosine:0.00}, margin {margin:0.00}"));
            Show(a);
            Show(b);
            switch (Answer())
            {
                case 'y':
                    Keep(new LabelledPair(a.Id, b.Id, true));
                    break;
                case 'n':
                    Keep(new LabelledPair(a.Id, b.Id, false));
                    break;
                case 'q':
                    return;
                default:
                    break;
            }
        }
    }

    private void Show(Snippet snippet)
    {
        context.Messages.WriteLine(
            SafeText.ForTerminal(
                $"{snippet.Language}  {snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}  {snippet.QualifiedName}"));
        var lines = SafeText.ForLines(session.Code(snippet.Id) ?? "").Split('\n');
        foreach (var line in lines.Take(MaxLines))
        {
            context.Messages.WriteLine("  | " + line);
        }

        if (lines.Length > MaxLines)
        {
            context.Messages.WriteLine($"  … {lines.Length - MaxLines} more lines");
        }
    }

    private char Answer()
    {
        while (true)
        {
            context.Messages.Write("Do they do the same? [y]es, [n]o, [s]kip, [q]uit: ");
            context.Messages.Flush();
            if (Console.In.ReadLine() is not { } line)
            {
                return 'q';
            }

            if (line.Trim() is [var key, ..] && "ynsq".Contains(char.ToLowerInvariant(key), StringComparison.Ordinal))
            {
                return char.ToLowerInvariant(key);
            }
        }
    }

    private void Keep(LabelledPair pair)
    {
        LabelFile.Append(file, pair);
        session.Judge(pair);
    }
}

/// <summary>Writes a calibration as text or JSON.</summary>
internal static class CalibrationReport
{
    public static void WriteText(IAnsiConsole console, Calibration calibration)
    {
        var table = new ReportTable(new ReportColumn("Margin", 9), new ReportColumn("Pairs", 8, IsNumber: true),
            new ReportColumn("Precision", 7), new ReportColumn("Recall of twins", 6));
        foreach (var point in calibration.Curve.Concat(
            [new CalibrationPoint(calibration.Threshold, calibration.Pairs, calibration.Precision, calibration.Recall)])
            .DistinctBy(point => point.Threshold).OrderBy(point => point.Threshold))
        {
            table.Add(Number(point.Threshold) + (point.Threshold == calibration.Threshold ? " <-" : ""),
                point.Pairs.ToString("N0", CultureInfo.InvariantCulture), Text(point.Precision), Text(point.Recall));
        }

        table.Write(console);
        console.Line();
        var unknown = calibration.UnknownLabels == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({calibration.UnknownLabels:N0} labels name no snippet compared here)");
        console.Line(
            string.Create(CultureInfo.InvariantCulture,
                $"Known: {calibration.Twins:N0} twins by name or documentation; {calibration.JudgedByTwins:N0} pairs judged by "
                    + $"them, {calibration.JudgedByLabels:N0} by labels{unknown}."));
        console.Line(calibration.Precision is null && calibration.Pairs == 0 && calibration.Threshold >= 1
            ? string.Create(CultureInfo.InvariantCulture,
                $"No threshold reaches a precision of {calibration.Target}: no semantic duplicate will be "
                    + $"reported. Choose a lower --precision, or add labels (--labels, --review).")
            : calibration.Precision is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"Threshold {Number(calibration.Threshold)}, the default: too little is known to choose one. "
                    + $"Add labels (--labels, --review).")
            : string.Create(CultureInfo.InvariantCulture,
                $"Threshold {Number(calibration.Threshold)}: expected precision {Text(calibration.Precision)}; kept in the workspace, "
                    + $"'duplicates', 'coverage' and 'seeds' use it."));
        console.Line(calibration.UnrelatedPrecision is null && calibration.UnrelatedThreshold is < 1
            ? $"In code that is no port nothing is known, so {Number(calibration.UnrelatedThreshold.Value)}, the default, stays."
            : calibration.UnrelatedPrecision is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"In code that is no port no threshold reaches {calibration.Target}: no pair of it will be reported.")
            : string.Create(CultureInfo.InvariantCulture,
                $"In code that is no port {Number(calibration.UnrelatedThreshold ?? 1)}: {calibration.UnrelatedPairs:N0} pairs, expected "
                    + $"precision {Text(calibration.UnrelatedPrecision)}."));
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
        json.WriteStartObject("unrelated");
        json.WriteNumber("threshold", calibration.UnrelatedThreshold ?? 1);
        Write(json, "precision", calibration.UnrelatedPrecision);
        json.WriteNumber("pairs", calibration.UnrelatedPairs);
        json.WriteEndObject();
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
        estimate is null ? "unknown"
            : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.00} ({estimate.Low:0.00} to {estimate.High:0.00})");
}
