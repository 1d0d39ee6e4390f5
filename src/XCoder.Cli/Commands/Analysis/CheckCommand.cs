using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports.Changes;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands.Indexing;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>check</c> compares a work tree with a revision and can fail on what the change does to duplicates.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "A git work tree, or a part of one",
        DefaultValueFactory = _ => ["."],
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Base = new("--base")
    {
        Description = "Revision to compare with: a hash, branch or tag, origin/main, HEAD~2. Compared is the commit from which it and HEAD "
            + "came, as in a pull request",
        HelpName = "REV",
        Required = true,
    };

    private static readonly Option<bool> Direct = new("--direct") { Description = "Compare with the revision itself" };

    private static readonly Option<string?> FailOn = new("--fail-on")
    {
        Description = "Exit with 1 on new duplicates outside tests, on any finding, or if more than N percent of the changed code is "
            + "duplicated",
        HelpName = "new|any|percent:N",
    };

    private static readonly Option<bool> NoSemantic =
        new("--no-semantic") { Description = "Do not look for the same in other languages: no embedding" };

    /// <summary>The formats that no other command has.</summary>
    public static IEnumerable<string> OwnFormats => ChangeFormat.All.Select(static format => format.Name).Except(CliCommand.WithReports());

    public static CliCommand Create()
    {
        var command = new CliCommand("check", "Compare a work tree with a revision: new duplicates, copies changed without their twins, "
            + "code that other languages have", Run,
            "xcoder check --base origin/main --fail-on new",
            "xcoder check --base HEAD~1 --format markdown >> \"$GITHUB_STEP_SUMMARY\"",
            "xcoder check src --base v1.0 --format sarif --output check.sarif")
        {
            Formats = [.. CliCommand.CommonFormats.Union(ChangeFormat.All.Select(static format => format.Name))],
        };
        command.Add(Paths);
        foreach (var option in (Option[])[Base, Direct, FailOn, NoSemantic, IgnoreCommand.NoIgnores, IndexStage.MaxFileSize,
            IndexStage.ParseLimit, IndexStage.NoResolve])
        {
            command.Add(option);
        }

        DuplicateSettings.AddTo(command);
        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var paths = context.Get(Paths);
        var query = new CheckQuery
        {
            Base = context.Get(Base),
            IsDirect = context.Get(Direct),
            Index = IndexStage.OptionsOf(context, paths),
            Duplicates = DuplicateSettings.Read(context),
            IsSemantic = !context.Get(NoSemantic),
            Gate = context.Get(FailOn) is { } gate ? ChangeGate.Parse(gate)
                ?? throw new UsageException($"--fail-on takes new, any or percent:N with N from 0 to 100, not '{gate}'.") : null,
        };
        CrashGuard.Install();
        var (_, report, coverage) = context.Workspace.Check(paths, query, cancellation: context.Cancellation);
        if (report is null || coverage is null)
        {
            context.Messages.WriteLine("xcoder: interrupted while indexing; finished work is kept. Run the command again to continue.");
            return ExitCode.Interrupted;
        }

        if (ChangeFormat.Find(context.Format) is { } format)
        {
            context.Write(stream => format.Writer(stream, report));
            // Most formats have no place for these.
            foreach (var left in ((string?[])[ChangeSummary.Unread(report), ChangeSummary.Ignored(report)]).OfType<string>())
            {
                context.Note(left);
            }
        }
        else
        {
            context.WriteReport(console => ChangesText.Write(console, report));
        }

        foreach (var loss in report.Losses)
        {
            context.Say($"lost: {loss.Repository}/{loss.Path}: {loss.Reason}{(loss.Detail.Length > 0 ? $" ({loss.Detail})" : "")}");
        }

        if (context.Verbose)
        {
            context.Say("Time: " + string.Join(", ", report.Timings.Select(stage => $"{stage.Key} {NumberText.Seconds(stage.Value)}")));
        }

        // A gate that looks at nothing must not pass.
        return report.Files.Count == 0 && coverage.Files.Parsed == 0 ? IndexStage.ExitCodeOf(context, coverage)
            : report.Fails ? ExitCode.GateFailed : report.Losses.Count > 0 ? ExitCode.Lost : ExitCode.Done;
    }
}
