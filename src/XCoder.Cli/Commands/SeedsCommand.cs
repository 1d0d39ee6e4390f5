using System.CommandLine;
using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;

namespace XCoder.Cli.Commands;

/// <summary><c>seeds</c>: good and different functions to start a generation from, no two of them duplicates.</summary>
internal static class SeedsCommand
{
    private static readonly SeedOptions Defaults = new();

    private static readonly Option<int> Count = new("--count") { Description = "Seeds to choose", HelpName = "N", DefaultValueFactory = _ => Defaults.Count };

    private static readonly Option<int> Number = new("--seed") { Description = "Number the random choices follow from: the same number, the same seeds", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };

    private static readonly Option<string?> Languages = new("--languages") { Description = "Only these languages, comma-separated", HelpName = "IDS" };

    private static readonly Option<int?> PerConcept = new("--per-concept") { Description = "Most seeds of one concept", HelpName = "N" };

    private static readonly Option<bool> WithCode = new("--with-code") { Description = "Add each seed's code" };

    public static CliCommand Create()
    {
        var command = new CliCommand("seeds", "Choose functions to start generations from: documented, self-contained, spread over concepts and languages, one a duplicate group", Run,
            "xcoder seeds --count 20",
            "xcoder seeds --languages python,go --per-concept 2 --seed 7",
            "xcoder seeds --count 1000 --format jsonl --with-code > seeds.jsonl");
        foreach (Option option in (Option[])[Count, Number, Languages, PerConcept, WithCode, DecontaminateCommand.Benchmark])
        {
            command.Add(option);
        }

        ConceptStage.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        context.RequireFormat("text", "json", "jsonl");
        var options = new SeedOptions
        {
            Count = Positive("--count", context.Get(Count)),
            Seed = context.Get(Number),
            PerConcept = context.Get(PerConcept) is { } most ? Positive("--per-concept", most) : Defaults.PerConcept,
        };
        var languages = LanguagesOf(context, context.Get(Languages));
        var workspace = WorkspaceFolder.OpenExisting(context.WorkspacePath, context.Trust);
        using var store = CommandContext.OpenIndexed(workspace);
        var selection = context.Select(store);
        var stage = ConceptStage.Open(context, workspace);
        var duplicates = new DuplicateOptions { MinTokens = ConceptStage.MinTokens, Threads = context.Threads };
        var benchmarks = DecontaminateCommand.DetectorOf(context);
        var seeds = SeedAnalysis.Run(workspace, stage.Concepts, stage.Semantic.Options, duplicates, selection, languages, context.Catalog.FamilyOf, options, (text, documentation) => benchmarks.Find(text, documentation) is not null, context.Cancellation);
        Func<string, string?>? code = context.Get(WithCode) ? store.Code : null;
        Action<Utf8JsonWriter, Seed> write = (json, seed) => SeedJson.Write(json, seed, code?.Invoke(seed.Snippet.Id));
        switch (context.Format)
        {
            case "json":
                context.Write(stream => JsonLines.WriteArray(stream, seeds.Seeds, write));
                break;
            case "jsonl":
                context.Write(stream => JsonLines.Write(stream, seeds.Seeds, write));
                break;
            default:
                context.WriteText(writer => SeedsText.Write(writer, seeds, stage.Semantic.Basis, context.Text, code));
                break;
        }

        return ExitCode.Done;
    }

    private static int Positive(string option, int value) => value >= 1 ? value : throw new UsageException($"{option} must be 1 or more, not {value}.");

    private static HashSet<string>? LanguagesOf(CommandContext context, string? names) => names is null
        ? null
        : [.. CommandContext.Split(names).Select(context.Family)];
}
