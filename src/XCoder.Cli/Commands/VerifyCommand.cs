using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Generation;
using XCoder.Agents.Rows;
using XCoder.Agents.Sandbox;
using XCoder.Agents.Storage;
using XCoder.Agents.Toolchains;
using XCoder.Agents.Verification;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary><c>verify</c>: what agents wrote goes through the gates: parser, compiler or checker, tests in isolation, mutation.</summary>
internal static class VerifyCommand
{
    private static readonly VerifierOptions Defaults = new();
    private static readonly Option<string?> Run = new("--run") { Description = "Only rows of this run (default: all)", HelpName = "NAME" };
    private static readonly Option<bool> Again = new("--again") { Description = "Also rows that were verified before" };
    private static readonly Option<double> Seconds = new("--time-limit") { Description = "Longest time of a program, in seconds", HelpName = "S", DefaultValueFactory = _ => Defaults.Limits.Wall.TotalSeconds };
    private static readonly Option<int> Megabytes = new("--memory-limit") { Description = "Most memory of a program, in MiB", HelpName = "MIB", DefaultValueFactory = _ => (int)(Defaults.Limits.Memory >> 20) };
    private static readonly Option<int> Mutations = new("--mutations") { Description = "Changed responses of which tests must fail one, lest they are called weak; 0 asks for none", HelpName = "N", DefaultValueFactory = _ => Defaults.Mutations };

    public static CliCommand Create()
    {
        var command = new CliCommand("verify", "Put what agents wrote through the gates: parser, compiler, tests in isolation", Execute,
            "xcoder verify",
            "xcoder verify --again --time-limit 5",
            "xcoder export --status verified --data-format chat > verified.jsonl");
        foreach (Option option in (Option[])[Run, Again, Seconds, Megabytes, Mutations])
        {
            command.Add(option);
        }

        return command;
    }

    private static int Execute(CommandContext context)
    {
        context.RequireFormat("text", "json");
        var options = OptionsOf(context);
        var workspace = Workspace.OpenExisting(context.WorkspacePath);
        if (!GenerationStore.Exists(workspace.Folder))
        {
            throw new StoreException($"Nothing was generated in {workspace.Folder} yet. Run 'xcoder generate --endpoint URL --chat-model NAME' first.");
        }

        using var hold = context.OpenForWriting().Lock;
        using var store = GenerationStore.Open(workspace.Folder);
        var run = context.Get(Run) is { } name ? (store.FindRun(RunKey.Of(name)) ?? throw new UsageException($"There is no run '{SafeText.ForTerminal(name)}'.")).Id : (long?)null;
        using var verifier = new Verifier(context.Catalog, ToolchainCatalog.Open(), SandboxCheck.Run(), options);
        VerificationSummary summary;
        using (var progress = context.Quiet ? null : new StepProgress(context.Messages, !Console.IsErrorRedirected))
        {
            summary = new VerificationRun(store, verifier, context.Threads).Run(run, context.Get(Again), (done, all) => progress?.Report(("verifying", done, all)), context.Cancellation);
        }

        if (context.Format == "json")
        {
            context.Write(stream => JsonSerializer.Serialize(stream, new { verifier.Sandbox, summary.Verified, summary.Before, Statuses = summary.Statuses.Select(count => new { count.Language, count.Status, count.Rows }), summary.Missing }, RowJson.Options));
        }
        else
        {
            context.WriteText(writer => Show(writer, verifier.Sandbox, summary, context.Text));
        }

        RunReportFile.Renew(context, store, run, workspace.Folder);

        // Rows that had to be run and could not are named, and are not verified.
        return summary.Verified > 0 && !verifier.Sandbox.Works ? ExitCode.Lost : ExitCode.Done;
    }

    private static VerifierOptions OptionsOf(CommandContext context)
    {
        var (seconds, megabytes, mutations) = (context.Get(Seconds), context.Get(Megabytes), context.Get(Mutations));
        if (seconds is not (>= 0.1 and <= 3600) || megabytes is not (>= 64 and <= 1 << 20) || mutations is not (>= 0 and <= 1000))
        {
            throw new UsageException("--time-limit must be 0.1 to 3600, --memory-limit 64 to 1048576, --mutations 0 to 1000.");
        }

        var wall = TimeSpan.FromSeconds(seconds);
        return new VerifierOptions { Mutations = mutations, Limits = new SandboxLimits { Wall = wall, Cpu = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(seconds))), Memory = (long)megabytes << 20 } };
    }

    private static void Show(TextWriter writer, SandboxCheck sandbox, VerificationSummary summary, TextOptions options)
    {
        writer.WriteLine(SafeText.ForTerminal("Sandbox: " + sandbox.Detail));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rows: {summary.Verified:N0} went through the gates, {summary.Before:N0} had before"));
        if (summary.Statuses.Count > 0)
        {
            string[] statuses = [RowVerification.Verified, RowVerification.ParsedOnly, RowVerification.Failed, RowVerification.Unverifiable];
            var table = new TextTable([new TextColumn("Language", 9), .. statuses.Select(status => new TextColumn(status, 8, IsNumber: true))]);
            foreach (var language in summary.Statuses.GroupBy(count => count.Language))
            {
                table.Add([language.Key, .. statuses.Select(status => language.Where(count => count.Status == status).Sum(count => count.Rows).ToString("N0", CultureInfo.InvariantCulture))]);
            }

            table.Write(writer, options);
        }

        foreach (var (what, rows) in summary.Missing)
        {
            writer.WriteLine(SafeText.ForTerminal(string.Create(CultureInfo.InvariantCulture, $"Could not be verified: {rows:N0} rows: {what}")));
        }
    }
}
