using System.CommandLine;
using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>Which rows <c>export</c> takes.</summary>
internal static class ExportSelection
{
    private static readonly Option<string?> Datasets = new("--dataset") { Description = $"Only these data sets: {string.Join(", ", RowKind.Datasets)} ({RowKind.Preference.Label})", HelpName = "NAMES" };

    private static readonly Option<string> Verdicts = new("--verdict") { Description = "Only rows with these verdicts: accept, revise, reject", HelpName = "NAMES", DefaultValueFactory = _ => "accept" };

    private static readonly Option<bool> All = new("--all") { Description = "Rows of every verdict, rejected ones too" };

    private static readonly Option<string?> Statuses = new("--status") { Description = "Only rows whose verification ended so: verified, parsed-only, failed, unverifiable", HelpName = "NAMES" };

    private static readonly Option<string> Licences = new("--licences") { Description = "permissive, any, or SPDX ids; what is under another licence or an unknown one is left out", HelpName = "permissive|any|LIST", DefaultValueFactory = _ => "permissive" };

    private static readonly Option<string?> Languages = new("--language") { Description = "Only rows whose languages are all among these", HelpName = "IDS" };

    private static readonly Option<string?> Tasks = new("--task") { Description = "Only these tasks: translation, implementation, documentation, completion, port, instruction", HelpName = "NAMES" };

    private static readonly Option<double?> MinTotal = new("--min-total") { Description = "Least total of the critique, 0 to 10; leaves out rows without scores", HelpName = "X" };

    private static readonly Option<string?> Run = new("--run") { Description = RunOption.Only, HelpName = "NAME" };

    public static IReadOnlyList<Option> Options => [Datasets, Verdicts, All, Statuses, Licences, Languages, Tasks, MinTotal, Run, DecontaminateCommand.Benchmark];

    public static RowFilterOptions Filter(CommandContext context) => new()
    {
        Datasets = Names(context.Get(Datasets)) is { } datasets ? [.. datasets.Select(DatasetOf)] : (HashSet<Dataset>?)null,
        Verdicts = context.Get(All) ? null : Values<Verdict>("--verdict", Names(context.Get(Verdicts))!),
        Statuses = Names(context.Get(Statuses)) is { } statuses ? [.. statuses.Select(Status)] : (HashSet<RowStatus>?)null,
        Tasks = Names(context.Get(Tasks)) is { } tasks ? Values<RowTask>("--task", tasks) : null,
        Languages = Names(context.Get(Languages)) is { } languages ? [.. languages.Select(name => context.Family(name))] : (HashSet<string>?)null,
        Repository = context.Repository,
        Family = context.Catalog.FamilyOf,
        Benchmarks = DecontaminateCommand.DetectorOf(context),
        Licences = Policy(context.Get(Licences)),
        MinTotal = context.Get(MinTotal),
    };

    /// <summary>The run that was asked for, or null for all.</summary>
    public static string? RunOf(CommandContext context) => context.Get(Run);

    /// <summary>What was chosen, for the data card; nothing of this machine.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(CommandContext context, ExportOptions options)
    {
        (string Name, string? Value)[] choices =
        [
            ("verdict", context.Get(All) ? "all" : context.Get(Verdicts)), ("licences", context.Get(Licences)), ("data sets", context.Get(Datasets)), ("tasks", context.Get(Tasks)),
            ("verification", context.Get(Statuses)), ("languages", context.Get(Languages)), ("least total", Number(context.Get(MinTotal))), ("repository", context.Repository), ("run", context.Get(Run)),
            ("validation share", options.Validation > 0 ? Number(options.Validation) : null),
        ];
        return [.. choices.Where(choice => choice.Value is not null).Select(choice => KeyValuePair.Create(choice.Name, choice.Value!))];
    }

    private static string? Number(IFormattable? value) => value?.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static string[]? Names(string? list) => list is null ? null : CommandContext.Split(list);

    private static HashSet<T> Values<T>(string option, string[] names)
        where T : struct, Enum =>
        [.. names.Select(name => RowNames.Find<T>(name) ?? throw new UsageException($"{option} does not know '{SafeText.ForTerminal(name)}'; choose from {string.Join(", ", Enum.GetValues<T>().Select(RowNames.Of))}."))];

    private static Dataset DatasetOf(string name) => Dataset.Find(name)
        ?? throw new UsageException($"--dataset does not know '{SafeText.ForTerminal(name)}'; choose from {string.Join(", ", RowKind.Datasets)}.");

    private static RowStatus Status(string name) => Enum.GetValues<RowStatus>().Where(status => RowNames.Of(status) == name).Select(status => (RowStatus?)status).FirstOrDefault()
        ?? throw new UsageException($"--status does not know '{SafeText.ForTerminal(name)}'; choose from {string.Join(", ", Enum.GetValues<RowStatus>().Select(status => RowNames.Of(status)))}.");

    private static LicencePolicy Policy(string text)
    {
        try
        {
            return LicencePolicy.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--licences: {exception.Message}");
        }
    }
}
