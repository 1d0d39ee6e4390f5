using System.CommandLine;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary><c>duplicates</c>: the groups of the workspace, and the gate on them.</summary>
internal static class DuplicatesCommand
{
    private static readonly Option<string> Kind = new("--kind") { Description = "Kinds, comma-separated: exact, renamed, near, semantic", HelpName = "KINDS", DefaultValueFactory = _ => "exact,renamed,near" };

    private static readonly Option<bool> CrossLanguage = new("--cross-language") { Description = "Only groups with members in more than one language" };

    private static readonly Option<double> MinSimilarity = new("--min-similarity") { Description = "Only groups at least this similar, 0 to 1", HelpName = "X" };

    private static readonly Option<string?> Baseline = new("--baseline") { Description = "Show only groups that are new, or have more members, since this baseline", HelpName = "FILE" };

    private static readonly Option<string?> WriteBaseline = new("--write-baseline") { Description = "Write the groups as a baseline", HelpName = "FILE" };

    private static readonly Option<string?> FailOn = new("--fail-on") { Description = "Exit with 1 on any group, or on new ones (new groups, or one more copy of a known one)", HelpName = "any|new" };

    public static CliCommand Create()
    {
        FailOn.AcceptOnlyFromAmong("any", "new");
        var command = new CliCommand("duplicates", "Find exact, renamed, near and semantic duplicates in the workspace", Run,
            "xcoder duplicates --kind exact,renamed",
            "xcoder duplicates --kind semantic --cross-language",
            "xcoder duplicates --write-baseline duplicates.json",
            "xcoder duplicates --baseline duplicates.json --fail-on new",
            "xcoder duplicates --format sarif --output duplicates.sarif");
        foreach (Option option in (Option[])[Kind, CrossLanguage, MinSimilarity, Baseline, WriteBaseline, FailOn])
        {
            command.Add(option);
        }

        DuplicateSettings.AddTo(command);
        SemanticStage.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var options = DuplicateSettings.Read(context);
        var kinds = Kinds(context.Get(Kind));
        var workspace = WorkspaceFolder.OpenExisting(context.WorkspacePath, context.Trust);
        using var store = CommandContext.OpenIndexed(workspace);
        var selection = context.Select(store);
        var baseline = context.Get(Baseline) is { } path ? ReadBaseline(path) : null;
        if (context.Get(FailOn) == "new" && baseline is null)
        {
            throw new UsageException("--fail-on new needs --baseline FILE; write one with --write-baseline FILE.");
        }

        if (context.Get(FailOn) is not null && !store.FileIds(selection).Any())
        {
            throw new StoreException($"The gate has nothing to look at: the workspace {workspace.Folder} holds no indexed file{(context.Repository is { } name ? $" of {name}" : "")}. Run 'xcoder index PATH' first.");
        }

        SemanticStage.Validate(context);
        var semantic = kinds.Contains(DuplicateKind.Semantic) ? SemanticStage.Open(context, workspace, options.MinTokens) : null;
        var analysis = DuplicateAnalysis.Run(workspace, selection, options, kinds.Contains(DuplicateKind.Near), semantic is null ? null : (semantic.Index, semantic.Options), context.Cancellation);
        var found = analysis.Result.Groups.Where(group => kinds.Contains(group.Kind) && group.Similarity >= context.Get(MinSimilarity)).ToList();
        var crossing = context.Get(CrossLanguage) ? analysis.Describe(store, found, context.Catalog).Where(group => group.CrossLanguage).Select(group => group.Group).ToHashSet() : null;
        found = crossing is null ? found : found.FindAll(group => crossing.Contains(group.Group));
        if (context.Get(WriteBaseline) is { } target)
        {
            AtomicFile.Write(target, DuplicateBaseline.Of(found).Write);
            context.Say($"{found.Count:N0} groups written to {target}");
        }

        var comparison = baseline?.Compare(found);
        var shown = comparison is null ? found : [.. comparison.New, .. comparison.Grown.Select(grown => grown.Group)];
        Write(context, workspace, options, kinds, analysis, analysis.Describe(store, shown, context.Catalog), semantic?.Basis, store);
        if (comparison is not null)
        {
            context.Say($"{comparison.New.Count:N0} new groups, {comparison.Grown.Count:N0} with more copies, {comparison.Known.Count:N0} known, {comparison.Gone.Count:N0} gone");
        }

        var failed = context.Get(FailOn) switch
        {
            "any" => found.Count > 0,
            "new" => comparison!.HasNew,
            _ => false,
        };
        return failed ? ExitCode.GateFailed : ExitCode.Done;
    }

    private static void Write(CommandContext context, WorkspaceFolder workspace, DuplicateOptions options, IReadOnlyList<DuplicateKind> kinds, DuplicateAnalysis analysis, IReadOnlyList<DuplicateGroup> groups, SemanticBasis? basis, SnippetStore store)
    {
        switch (context.Format)
        {
            case "jsonl":
                context.Write(stream => JsonLines.Write(stream, groups, (json, group) => DuplicateGroupJson.Write(json, group, basis)));
                break;
            case "json":
                context.Write(stream => JsonLines.WriteArray(stream, groups, (json, group) => DuplicateGroupJson.Write(json, group, basis)));
                break;
            case "text":
                context.WriteText(writer => DuplicatesText.Write(writer, groups, context.Text, basis));
                break;
            default:
                var report = new AnalysisReport
                {
                    ToolVersion = AnalysisRun.Version,
                    CreatedAt = TimeProvider.System.GetUtcNow(),
                    Coverage = CoverageAnalysis.Run(store, context.Select(store)),
                    DuplicateOptions = options,
                    Kinds = kinds,
                    Semantic = basis,
                    ComparedSnippets = analysis.Result.Compared,
                    Groups = groups,
                    Sizes = AnalysisRun.Sizes(store, context.Select(store)),
                    Timings = [],
                    Roots = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository.Root),
                };
                if (context.Format == "sarif")
                {
                    context.Write(stream => SarifReport.Write(stream, report));
                }
                else
                {
                    using var codes = workspace.OpenStore();
                    context.WriteText(writer => HtmlReport.Write(writer, report, codes.Code));
                }

                break;
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
            throw new UsageException($"The baseline {SafeText.ForTerminal(path)} cannot be read: {SafeText.ForTerminal(exception.Message)}");
        }
    }

    private static List<DuplicateKind> Kinds(string names) =>
        [.. CommandContext.Split(names).Select(name => name.ToLowerInvariant() switch
        {
            "exact" => DuplicateKind.Exact,
            "renamed" => DuplicateKind.Renamed,
            "near" => DuplicateKind.Near,
            "semantic" => DuplicateKind.Semantic,
            _ => throw new UsageException($"--kind '{SafeText.ForTerminal(name)}' is none of exact, renamed, near, semantic."),
        }).Distinct()];
}
