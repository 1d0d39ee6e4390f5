using System.CommandLine;
using System.Diagnostics;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>index</c> extracts repositories into the workspace incrementally and embeds the snippets.</summary>
internal static class IndexCommand
{
    public static readonly Option<bool> NoEmbed = new("--no-embed") { Description = "Do not embed: no neighbours, no semantic duplicates" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("index",
                "Extract functions and structures of repositories into the workspace and embed them; only changed files are read again",
                Run,
            "xcoder index ~/src/project",
            "xcoder index ~/src --workspace /data/corpus --threads 8");
        IndexStage.AddTo(command);
        command.Add(NoEmbed);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var options = IndexStage.OptionsOf(context);
        CrashGuard.Install();
        var watch = Stopwatch.StartNew();
        var (summary, coverage, embedded) =
            context.Workspace.Index(context.Get(IndexStage.Paths), options, !context.Get(NoEmbed), context.Cancellation);
        Write(context, summary, embedded, coverage, watch.Elapsed.TotalSeconds);
        if (context.Verbose && embedded?.Dropped.Count > 0)
        {
            context.Say($"Vectors of superseded models dropped: {string.Join(", ", embedded.Dropped)}. The "
                + $"model in use and the one used before it are kept.");
        }

        if (summary.Interrupted)
        {
            context.Messages.WriteLine("xcoder: interrupted; finished work is kept. Run the command again to continue.");
            return ExitCode.Interrupted;
        }

        return IndexStage.ExitCodeOf(context, coverage);
    }

    private static void Write(CommandContext context, IndexSummary summary, EmbeddingSummary? embedded,
        XCoder.Analysis.Indexing.CoverageReport coverage, double seconds)
    {
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("extracted", summary.Extracted);
                json.WriteNumber("unchanged", summary.Unchanged);
                json.WriteNumber("removed", summary.Removed);
                json.WriteNumber("bytes", summary.Bytes);
                json.WriteNumber("seconds", Math.Round(seconds, 3));
                json.WriteBoolean("interrupted", summary.Interrupted);
                if (embedded is not null)
                {
                    json.WriteNumber("embedded", embedded.Embedded);
                }

                json.WritePropertyName("coverage");
                CoverageJson.Write(json, coverage);
                json.WriteEndObject();
            });
            return;
        }

        var (snippets, languages) =
            (coverage.Languages.Sum(language => language.Snippets), coverage.Languages.Count(language => language.Files > 0));
        var vectors = embedded is null ? "" : FormattableString.Invariant($", {embedded.Embedded:N0} newly embedded");
        context.WriteText(writer => writer.WriteLine(FormattableString.Invariant(
            $"{summary.Extracted:N0} files extracted, {summary.Unchanged:N0} unchanged, {summary.Removed:N0} removed; ")
                + FormattableString.Invariant($"{snippets:N0} snippets in {languages} languages{vectors}; ")
                + FormattableString.Invariant($"{summary.Bytes / 1e6:0.0} MB in {seconds:0.00} s")));
    }
}

/// <summary>The options and exit codes that commands share which index.</summary>
internal static class IndexStage
{
    public static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Repositories, folders of repositories, folders or files",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<long> MaxFileSize = new("--max-file-size")
    {
        Description = "Skip files above this many bytes",
        HelpName = "BYTES",
        DefaultValueFactory = _ => 1 << 20,
    };

    public static readonly Option<double> ParseLimit = new("--parse-limit")
    {
        Description = "Skip files that take longer to parse",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 3,
    };

    public static readonly Option<bool> NoResolve = new("--no-resolve") { Description = "Do not resolve C# symbols (faster)" };

    public static void AddTo(Command command)
    {
        command.Add(Paths);
        command.Add(MaxFileSize);
        command.Add(ParseLimit);
        command.Add(NoResolve);
    }

    /// <summary>Reads the options. Throws on wrong options and missing paths before any work begins.</summary>
    public static IndexOptions OptionsOf(CommandContext context) => OptionsOf(context, context.Get(Paths));

    /// <summary>The same for a command with paths of its own.</summary>
    public static IndexOptions OptionsOf(CommandContext context, IReadOnlyList<string> paths)
    {
        var (size, limit) = (context.Get(MaxFileSize), context.Get(ParseLimit));
        if (size is < 1 or > 1 << 30)
        {
            throw new UsageException($"--max-file-size must be 1 to {1 << 30} bytes, not {size}.");
        }

        if (limit is not (> 0 and <= 3600))
        {
            throw new UsageException($"--parse-limit must be above 0 and at most 3600 seconds, not {limit}.");
        }

        return paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing
            ? throw new PathNotFoundException(missing)
            : new IndexOptions { Repository = context.Repository, MaxFileBytes = size, Resolve = !context.Get(NoResolve),
                Extraction = new() { ParseLimit = TimeSpan.FromSeconds(limit) } };
    }

    /// <summary>Chooses the exit code and reports lost files, or why no source file was found.</summary>
    public static int ExitCodeOf(CommandContext context, XCoder.Analysis.Indexing.CoverageReport coverage)
    {
        if (coverage.Files.Parsed == 0)
        {
            context.Messages.WriteLine(
                $"xcoder: no source file was found. {coverage.Files.Seen:N0} files were seen and "
                    + $"skipped{(coverage.Files.Skipped.Count == 0 ? "." : ":")}");
            foreach (var (reason, files) in coverage.Files.Skipped)
            {
                context.Messages.WriteLine($"  {reason,-17} {files,9:N0}");
            }

            return coverage.Losses.Count > 0 ? ExitCode.Lost : ExitCode.NothingFound;
        }

        foreach (var loss in coverage.Losses)
        {
            context.Say($"lost: {loss.Repository}/{loss.Path}: {loss.Reason}{(loss.Detail.Length > 0 ? $" ({loss.Detail})" : "")}");
        }

        return coverage.Losses.Count > 0 ? ExitCode.Lost : ExitCode.Done;
    }
}
