using System.CommandLine;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Analysis;

/// <summary><c>calibrate</c>: a threshold for semantic duplicates on this corpus, with the precision and recall it buys.</summary>
internal static class CalibrateCommand
{
    private const string ReviewFile = "labels.jsonl";

    private static readonly Option<double> Precision = new("--precision") { Description = "Precision to reach, above 0, below 1", HelpName = "P", DefaultValueFactory = _ => 0.95 };

    private static readonly Option<string?> Labels = new("--labels") { Description = "Judged pairs, JSON lines of {\"a\": ID, \"b\": ID, \"same\": true|false}", HelpName = "FILE" };

    private static readonly Option<bool> Review = new("--review") { Description = "Show pairs and learn from your answers; they are kept in the workspace" };

    private static readonly Option<int> Count = new("--count") { Description = "Pairs to review", HelpName = "N", DefaultValueFactory = _ => 30 };

    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of the choice of pairs to review", HelpName = "N", DefaultValueFactory = _ => 1 };

    public static CliCommand Create()
    {
        var command = new CliCommand("calibrate", "Choose the threshold of semantic duplicates for this workspace, with the precision and recall it buys", Run,
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
        using var session = context.Workspace.Calibrate(new CalibrationOptions { Precision = context.Get(Precision), Labels = labels }, context.Get(DuplicateSettings.MinTokens), context.Cancellation);
        if (context.Get(Review))
        {
            new PairReview(context, session, kept).Ask(context.Get(Count), context.Get(Seed));
        }

        Write(context, session.Finish());
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
