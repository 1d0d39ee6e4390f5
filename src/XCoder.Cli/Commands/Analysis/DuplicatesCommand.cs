using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>duplicates</c> lists the duplicate groups of the workspace and can fail on them.</summary>
internal static class DuplicatesCommand
{
    private static readonly IReadOnlyList<string> Names = [.. DuplicateRule.All.Select(rule => rule.Name)];

    private static readonly Option<string> Kind = new("--kind") { Description = $"Kinds, comma-separated: {string.Join(", ", Names)}",
        HelpName = "KINDS", DefaultValueFactory = _ => string.Join(',', DuplicateRule.WithoutVectors.Select(kind => kind.Name())) };

    private static readonly Option<bool> CrossLanguage =
        new("--cross-language") { Description = "Only groups with members in more than one language" };

    private static readonly Option<double> MinSimilarity =
        new("--min-similarity") { Description = "Only groups at least this similar, 0 to 1", HelpName = "X" };

    private static readonly Option<string?> Baseline =
        new("--baseline") { Description = "Show only groups that are new or have gained members since this baseline", HelpName = "FILE" };

    private static readonly Option<string?> WriteBaseline = new("--write-baseline")
    {
        Description = "Write the groups to this file as a baseline",
        HelpName = "FILE",
    };

    private static readonly Option<string?> FailOn =
        new("--fail-on") { Description = "Exit with 1 on any group, or on new ones (new groups, or another copy in a known group)",
            HelpName = "any|new" };

    private static readonly Option<bool> Ignored =
        new("--ignored") { Description = "List instead the groups that comments and settings leave out, with reasons" };

    public static CliCommand Create()
    {
        FailOn.AcceptOnlyFromAmong("any", "new");
        var command = new CliCommand("duplicates", $"Find {CommandContext.Listed(Names)} duplicates in the workspace", Run,
            "xcoder duplicates --kind exact,renamed",
            "xcoder duplicates --kind semantic --cross-language",
            "xcoder duplicates --write-baseline duplicates.json",
            "xcoder duplicates --baseline duplicates.json --fail-on new",
            "xcoder duplicates --format sarif --output duplicates.sarif")
        {
            Formats = CliCommand.WithReports(static format => format.HasDuplicates),
        };
        foreach (Option option in (Option[])[Kind, CrossLanguage, MinSimilarity, Baseline, WriteBaseline, FailOn, Ignored,
            IgnoreCommand.NoIgnores])
        {
            command.Add(option);
        }

        DuplicateSettings.AddTo(command);
        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var query = new DuplicateQuery
        {
            Options = DuplicateSettings.Read(context),
            Kinds = Kinds(context.Get(Kind)),
            CrossLanguage = context.Get(CrossLanguage),
            MinSimilarity = context.Get(MinSimilarity),
            Baseline = context.Get(Baseline) is { } path ? ReadBaseline(path) : null,
            Repository = context.Repository,
        };
        if (context.Get(FailOn) == "new" && query.Baseline is null)
        {
            throw new UsageException("--fail-on new needs --baseline FILE; write one with --write-baseline FILE.");
        }

        var workspace = context.Workspace;
        if (context.Get(FailOn) is not null && !workspace.HasFiles(context.Repository))
        {
            throw new StoreException(
                $"The gate has nothing to check: the workspace {workspace.Folder} holds no indexed "
                    + $"file{(context.Repository is { } name ? $" of {name}" : "")}. Run 'xcoder index PATH' first.");
        }

        var findings = workspace.Duplicates(query, context.Cancellation);
        if (context.Get(WriteBaseline) is { } target)
        {
            AsideFile.Write(target, workspace.Baseline(query, findings).Write);
            context.Say($"{findings.Found.Count:N0} groups written to {target}");
        }

        if (context.Get(Ignored))
        {
            WriteIgnored(context, findings.Ignored);
            return ExitCode.Done;
        }

        Write(context, query, findings);
        if (findings.Comparison is { } comparison)
        {
            // What lies within equal files is told by their group.
            var files = findings.Groups.Where(group => group.Kind == DuplicateKind.File).Select(group => group.Group).ToHashSet();
            var changes = findings.Groups.Where(group => group.Within is not { } outer || !files.Contains(outer)).ToList();
            var added = changes.Count(group => group.Change!.IsNewGroup);
            context.Say($"{added:N0} new groups, {changes.Count - added:N0} with more "
                + $"copies, {comparison.Known.Count:N0} known, {comparison.Gone.Count:N0} gone");
            if (!query.Baseline!.KnowsCode)
            {
                context.Say("The baseline is of an older version, which does not tell the new copy from the known one and knows no "
                    + "equal files: write it again with --write-baseline.");
            }
        }

        var failed = context.Get(FailOn) switch
        {
            "any" => findings.Found.Count > 0,
            "new" => findings.Comparison!.HasNew,
            _ => false,
        };
        return failed ? ExitCode.GateFailed : ExitCode.Done;
    }

    private static void Write(CommandContext context, DuplicateQuery query, DuplicateFindings findings)
    {
        var (groups, basis) = (findings.Groups, findings.Basis);
        var uncompared = UncomparedText.Of(findings.Coverage, query.Kinds);
        var ignored = IgnoredText.Of(findings.Ignored);
        ignored += ignored.Length > 0 ? " --ignored lists them." : "";
        if (ignored.Length > 0 && (context.IsJson || context.ReportFormat is not null))
        {
            context.Note(ignored);
        }

        if (context.IsJson && uncompared.Length > 0)
        {
            context.Say(uncompared);
        }

        if (context.IsJson)
        {
            context.WriteJson(groups, (json, group) => DuplicateGroupJson.Write(json, group, basis));
        }
        else if (context.ReportFormat is { } format)
        {
            context.WriteReport(format, context.Workspace.Report(query, findings));
        }
        else
        {
            context.WriteReport(console => DuplicatesText.Write(console, groups, basis,
                UncomparedText.Nothing(findings.Compared, query.Options.MinTokens, findings.Comparison is not null), uncompared, ignored));
        }
    }

    private static void WriteIgnored(CommandContext context, IReadOnlyList<IgnoredGroup> ignored)
    {
        if (context.IsJson)
        {
            context.WriteJson(ignored, IgnoredJson.Write);
        }
        else if (context.ReportFormat is { } format)
        {
            throw new UsageException($"--ignored has no format {format.Name}; choose {CommandContext.Listed(CliCommand.CommonFormats)}.");
        }
        else
        {
            context.WriteReport(console => IgnoredReport.Write(console, ignored));
        }
    }

    private static DuplicateBaseline ReadBaseline(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return DuplicateBaseline.Read(stream);
        }
        catch (Exception exception) when (exception is BaselineFormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"The baseline {SafeText.ForTerminal(path)} cannot be read: {SafeText.ForTerminal(exception.Message)}");
        }
    }

    private static List<DuplicateKind> Kinds(string names) =>
        [.. CommandContext.Split(names).Select(name => DuplicateRule.Find(name.ToLowerInvariant())?.Kind
            ?? throw new UsageException($"--kind '{SafeText.ForTerminal(name)}' is none of {string.Join(", ", Names)}.")).Distinct()];
}
