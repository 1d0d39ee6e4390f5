using System.CommandLine;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>Indexing as <c>index</c> and <c>analyze</c> share it: options, progress, the run itself.</summary>
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

    /// <summary>Limits of the command line. Fails on options and paths that are wrong, before anything else is done.</summary>
    public static IndexOptions OptionsOf(CommandContext context)
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

        return context.Get(Paths).FirstOrDefault(path => !Path.Exists(path)) is { } missing
            ? throw new PathNotFoundException(missing)
            : new IndexOptions { Repository = context.Repository, MaxFileBytes = size, Resolve = !context.Get(NoResolve), Extraction = new() { ParseLimit = TimeSpan.FromSeconds(limit) } };
    }

    /// <summary>The exit code that the files' fate asks for; says what was lost or why nothing was found.</summary>
    public static int ExitCodeOf(CommandContext context, XCoder.Analysis.Indexing.CoverageReport coverage)
    {
        if (coverage.Files.Parsed == 0)
        {
            context.Messages.WriteLine($"xcoder: no source file was found. {coverage.Files.Seen:N0} files were seen and skipped{(coverage.Files.Skipped.Count == 0 ? "." : ":")}");
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
