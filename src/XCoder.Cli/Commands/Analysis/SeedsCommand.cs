using System.CommandLine;
using System.Text.Json;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Cli.Commands.Rows;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>seeds</c> chooses good and different functions to start a generation from, no two of them duplicates.</summary>
internal static class SeedsCommand
{
    private static readonly SeedOptions Defaults = new();

    private static readonly Option<int> Count = new("--count") { Description = "Number of seeds to choose", HelpName = "N",
        DefaultValueFactory = _ => Defaults.Count };

    private static readonly Option<int> Number =
        new("--seed") { Description = "Seed of the random choices; the same number gives the same seeds", HelpName = "N",
            DefaultValueFactory = _ => Defaults.Seed };

    private static readonly Option<string?> Languages = new("--language") { Description = "Only these languages, comma-separated",
        HelpName = "IDS" };

    private static readonly Option<int?> PerConcept = new("--per-concept")
    {
        Description = "Maximum number of seeds per concept",
        HelpName = "N",
    };

    private static readonly Option<bool> WithCode = new("--with-code") { Description = "Add each seed's code" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("seeds",
                "Choose functions to start generations from: documented, self-contained, spread over "
                    + "concepts and languages, one per duplicate group", Run,
            "xcoder seeds --count 20",
            "xcoder seeds --language python,go --per-concept 2 --seed 7",
            "xcoder seeds --count 1000 --format jsonl --with-code > seeds.jsonl");
        foreach (Option option in (Option[])[Count, Number, Languages, PerConcept, WithCode, DecontaminateCommand.Benchmark])
        {
            command.Add(option);
        }

        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var options = new SeedOptions
        {
            Count = Positive("--count", context.Get(Count)),
            Seed = context.Get(Number),
            PerConcept = context.Get(PerConcept) is { } most ? Positive("--per-concept", most) : Defaults.PerConcept,
        };
        var benchmarks = DecontaminateCommand.DetectorOf(context);
        var languages = context.Get(Languages) is { } names ? CommandContext.Split(names) : null;
        var (seeds, basis) =
            context.Workspace.Seeds(options, languages, context.Repository,
                (text, documentation) => benchmarks.Find(text, documentation) is not null, context.Cancellation);
        using var store = context.Workspace.OpenStore();
        Func<string, string?>? code = context.Get(WithCode) ? store.Code : null;
        Action<Utf8JsonWriter, Seed> write = (json, seed) => SeedJson.Write(json, seed, code?.Invoke(seed.Snippet.Id));
        if (context.IsJson)
        {
            context.WriteJson(seeds.Seeds, write);
        }
        else
        {
            context.WriteReport(console => SeedsText.Write(console, seeds, basis, code));
        }

        return ExitCode.Done;
    }

    private static int Positive(string option, int value) =>
        value >= 1 ? value : throw new UsageException($"{option} must be 1 or more, not {value}.");
}
