using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using XCoder.Agents;
using XCoder.Agents.Chat;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Rows;

/// <summary>
/// The command <c>verify</c> puts agents' rows through the gates (parser, compiler or checker, isolated tests, mutation) and compares
/// translations with their sources.
/// </summary>
internal static class VerifyCommand
{
    private static readonly VerifierOptions Defaults = new();
    private static readonly Option<string?> Run = new("--run") { Description = RunOption.Only, HelpName = "NAME" };
    private static readonly Option<bool> Again = new("--again") { Description = "Also verify rows that were verified before" };
    private static readonly Option<double> Seconds =
        new("--time-limit") { Description =
            "Limit on a program's processor time, in seconds; its elapsed time may reach five times that plus 5 s", HelpName = "S",
            DefaultValueFactory = _ => Defaults.Limits.Cpu.TotalSeconds };
    private static readonly Option<int> Megabytes = new("--memory-limit") { Description = "Limit on a program's memory, in MiB",
        HelpName = "MIB", DefaultValueFactory = _ => (int)(Defaults.Limits.Memory >> 20) };
    private static readonly Option<int> Mutations =
        new("--mutations") { Description = "Mutants of each response to try; tests that accept all of them are weak; 0 tries none",
            HelpName = "N", DefaultValueFactory = _ => Defaults.Mutations };

    private static readonly Option<bool> OwnTests =
        new("--accept-own-tests") { Description = "Accept a row as verified even if only its author wrote tests for it" };

    private static readonly Option<bool> Lenient =
        new("--lenient") { Description =
            "Count translations as unknown, not failed, if they differ only for unusual values: negative, empty, unsorted, non-ASCII" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("verify",
                "Check what agents wrote: parser, compiler, isolated tests; run translations beside their sources; "
                    + "a chat model, if named, ranks answers that cannot be run",
                Execute,
            "xcoder verify",
            "xcoder verify --again --time-limit 5",
            "xcoder verify --endpoint http://localhost:8000/v1 --chat-model NAME",
            "xcoder export --status verified --data-format chat > verified.jsonl");
        foreach (Option option in (Option[])[Run, Again, OwnTests, Seconds, Megabytes, Mutations, Lenient])
        {
            command.Add(option);
        }

        AgentSettings.AddConnectionTo(command);
        return command;
    }

    private static int Execute(CommandContext context)
    {
        var query = new VerificationQuery
        {
            Run = context.Get(Run),
            Repository = context.Repository,
            Again = context.Get(Again),
            Options = OptionsOf(context),
            IsLenient = context.Get(Lenient),
            Prompts = context.Get(AgentSettings.Prompts),
        };
        var where = JudgeOf(context);
        using var endpoint = where is null ? null : AgentSettings.Connect(context, where);
        if (where is not null)
        {
            query = query with { Judge = AgentSettings.ModelOf(endpoint!, where),
                JudgeLimits = AgentSettings.LimitsOf(context, where.Model, where.Endpoint.Authority) };
        }

        CrashGuard.Install();
        using var end = new InterruptLimit(context);
        var result = context.Rows.Verify(query, context.Cancellation);
        var (sandbox, rows, translations, judged, reported) = result;
        if (context.IsJson)
        {
            context.WriteJson(
                json => JsonSerializer.Serialize(json,
                    new { sandbox, rows.Verified, rows.Before,
                        Statuses = rows.Statuses.Select(count => new { count.Language, count.Status, count.Rows }), rows.Missing,
                        rows.Preferences, Translations = translations, Judged = judged }, RowJson.Options));
        }
        else
        {
            context.WriteReport(console => Show(console, result));
        }

        if (reported is { } number)
        {
            context.SayReport(number);
        }

        // Rows that could not run here, but had to, were not verified; a message names them.
        return judged.IsOutOfBudget ? ExitCode.GateFailed : rows.Verified + translations.Compared > 0 && !sandbox.Works ? ExitCode.Lost
            : ExitCode.Done;
    }

    // The settings of the judge, or null if none is requested. Errors in them are reported before anything runs.
    private static OpenAIChatOptions? JudgeOf(CommandContext context) =>
        (context.Get(AgentSettings.ChatModel), context.Get(AgentSettings.Endpoint)) switch
    {
        (null, null) => null,
        ({ } model, { }) => AgentSettings.ClientOf(context, model),
        _ => throw new UsageException("A judge needs both: --endpoint URL and --chat-model NAME."),
    };

    private static VerifierOptions OptionsOf(CommandContext context)
    {
        var (seconds, megabytes, mutations) = (context.Get(Seconds), context.Get(Megabytes), context.Get(Mutations));
        if (seconds is not (>= 0.1 and <= 3600) || megabytes is not (>= 64 and <= 1 << 20) || mutations is not (>= 0 and <= 1000))
        {
            throw new UsageException("--time-limit must be 0.1 to 3600 seconds, --memory-limit 64 to 1048576 MiB, --mutations 0 to 1000.");
        }

        return new VerifierOptions { Mutations = mutations, NeedsIndependentTests = !context.Get(OwnTests),
            Limits = new SandboxLimits { Memory = (long)megabytes << 20 }.WithTime(TimeSpan.FromSeconds(seconds)) };
    }

    private static void Show(IAnsiConsole console, VerificationResult result)
    {
        var (sandbox, summary, translations, judged, _) = result;
        console.Line(SafeText.ForTerminal("Sandbox: " + sandbox.Detail));
        console.Line(
            string.Create(CultureInfo.InvariantCulture,
                $"Rows: {summary.Verified:N0} went through the gates, {summary.Before:N0} had before"));
        if (summary.Statuses.Count > 0)
        {
            var statuses = Enum.GetValues<RowStatus>();
            var table = new ReportTable(
                [new ReportColumn("Language", 9), .. statuses.Select(status => new ReportColumn(RowNames.Of(status), 8, IsNumber: true))]);
            foreach (var language in summary.Statuses.GroupBy(count => count.Language))
            {
                table.Add([language.Key,
                    .. statuses.Select(status => language.Where(count => count.Status == status).Sum(count => count.Rows)
                        .ToString("N0", CultureInfo.InvariantCulture))]);
            }

            table.Write(console);
        }

        if (summary.Preferences > 0)
        {
            console.Line(
                string.Create(CultureInfo.InvariantCulture, $"Preference pairs: {summary.Preferences:N0}, told apart by running them"));
        }

        foreach (var (what, rows) in summary.Missing)
        {
            console.Line(
                SafeText.ForTerminal(string.Create(CultureInfo.InvariantCulture, $"Could not be verified: {rows:N0} rows: {what}")));
        }

        Show(console, translations);
        Show(console, judged);
    }

    private static void Show(IAnsiConsole console, JudgeSummary judged)
    {
        if (judged.Open > 0)
        {
            console.Line(
                string.Create(CultureInfo.InvariantCulture,
                    $"Answers of {judged.Open:N0} rows cannot be run here; with --endpoint URL --chat-model "
                        + $"NAME a model judges them, and the rows say so."));
        }

        if (judged.Rows > 0)
        {
            var lost = judged.Lost == 0 ? ""
                : string.Create(CultureInfo.InvariantCulture, $", {judged.Lost:N0} rows without a usable answer");
            console.Line(
                string.Create(CultureInfo.InvariantCulture,
                    $"Judged: {judged.Rows:N0} rows, {judged.Preferences:N0} preference pairs"
                        + $"{lost}{(judged.IsOutOfBudget ? "; the budget is spent, run it again with a higher one to continue" : "")}"));
        }
    }

    private static void Show(IAnsiConsole console, TranslationSummary translations)
    {
        if (translations.Compared + translations.Before == 0)
        {
            return;
        }

        console.Line(
            string.Create(CultureInfo.InvariantCulture,
                $"Translations: {translations.Compared:N0} were run beside their sources, {translations.Before:N0} had been before"));
        if (translations.Pairs.Count > 0)
        {
            var table = new ReportTable(
                [new ReportColumn("From", 6), new ReportColumn("To", 6), new ReportColumn("agree", 6, IsNumber: true),
                    new ReportColumn("differ", 6, IsNumber: true), new ReportColumn("unknown", 7, IsNumber: true)]);
            foreach (var pair in translations.Pairs)
            {
                table.Add([pair.Source, pair.Target,
                    .. new[] { pair.Agree, pair.Differ,
                        pair.Unknown }.Select(count => count.ToString("N0", CultureInfo.InvariantCulture))]);
            }

            table.Write(console);
        }

        foreach (var (what, rows) in translations.Unknown)
        {
            console.Line(SafeText.ForTerminal(string.Create(CultureInfo.InvariantCulture, $"Unknown: {rows:N0} rows: {what}")));
        }
    }
}

/// <summary>
/// Ends the process 1.2 s after an interruption if the command has not ended by then, because parsers and patterns cannot be cancelled.
/// Stored work stays whole, and programs in the sandbox end with this process.
/// </summary>
internal sealed class InterruptLimit : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.2);

    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _registration;

    public InterruptLimit(CommandContext context)
    {
        _timer = new Timer(_ => End(context), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = context.Cancellation.Register(() => _timer.Change(Limit, Timeout.InfiniteTimeSpan));
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }

    private static void End(CommandContext context)
    {
        context.Messages.WriteLine("xcoder: interrupted; finished work is kept.");
        CrashGuard.Stop(ExitCode.Interrupted);
        CrashGuard.Restart();
        Environment.Exit(ExitCode.Interrupted);
    }
}
