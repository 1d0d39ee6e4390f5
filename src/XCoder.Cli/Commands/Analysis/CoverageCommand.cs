using System.CommandLine;
using Spectre.Console;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Store;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>
/// The command <c>coverage</c> counts what the workspace holds by language and concept, what was left out and what is missing.
/// </summary>
internal static class CoverageCommand
{
    private const int TextRows = 20;

    private static readonly Option<string?> Language =
        new("--language") { Description = "Only this language; with --gaps, what this language lacks", HelpName = "ID" };

    private static readonly Option<bool> Gaps = new("--gaps") { Description = "Rank the concepts that a language lacks and others have" };

    private static readonly Option<int?> Concepts =
        new("--concepts") { Description = $"Concepts and gaps to list (default: {TextRows} in text, all in JSON)", HelpName = "N" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("coverage",
                "Count files, snippets, documentation and tests by repository and language; list concepts by language, and gaps", Run,
            "xcoder coverage",
            "xcoder coverage --gaps",
            "xcoder coverage --gaps --language go --concepts 50",
            "xcoder coverage --repository service --format json")
        {
            Formats = CliCommand.WithReports(static format => format.HasCoverage),
        };
        foreach (Option option in (Option[])[Language, Gaps, Concepts])
        {
            command.Add(option);
        }

        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(Concepts) is < 0)
        {
            throw new UsageException($"--concepts must be 0 or more, not {context.Get(Concepts)}.");
        }

        var (workspace, language) = (context.Workspace, context.Get(Language));
        var rows = context.Get(Concepts) ?? (context.Format == "text" ? TextRows : int.MaxValue);
        using (var store = workspace.OpenStore())
        {
            workspace.Select(store, context.Repository, language); // reports a wrong repository or language before the long work
        }

        var query = AreConceptsWanted(context) ? QueryOf(context, rows) : null;
        if (!context.IsJson && context.ReportFormat is { } format)
        {
            context.WriteReport(format, workspace.Page(query, context.Repository, language, context.Cancellation));
            return ExitCode.Done;
        }

        var concepts = query is null ? null : workspace.Concepts(query, context.Cancellation);
        if (context.Get(Gaps) && context.Format != "json")
        {
            // Gaps need no counts of files.
            if (context.IsJson)
            {
                context.WriteJson(concepts!.Gaps, ConceptsJson.Write);
            }
            else
            {
                context.WriteReport(console => ConceptsText.WriteGaps(console, concepts!, rows));
            }

            return ExitCode.Done;
        }

        var coverage = workspace.Coverage(context.Repository, language);
        switch (context.Format)
        {
            case "json":
                context.WriteJson(json => CoverageJson.Write(json, coverage, concepts));
                break;
            case "jsonl":
                context.WriteJson(coverage.Languages, CoverageJson.Write);
                break;
            default:
                context.WriteReport(console => WriteReport(console, coverage, concepts, rows));
                break;
        }

        return ExitCode.Done;
    }

    private static void WriteReport(IAnsiConsole console, CoverageReport coverage, ConceptReport? concepts, int rows)
    {
        CoverageText.Write(console, coverage);
        console.Line();
        if (concepts is null)
        {
            console.Line("Concepts: not known yet; 'xcoder coverage --gaps' finds them (and embeds snippets that are not embedded).");
        }
        else
        {
            ConceptsText.WriteMatrix(console, concepts, rows);
        }
    }

    // Counting files needs no vectors. So without --gaps nothing is embedded and no large index is built.
    private static bool AreConceptsWanted(CommandContext context)
    {
        if (context.Get(Gaps))
        {
            return true;
        }

        try
        {
            return context.Workspace.AreConceptsNear();
        }
        catch (Exception exception) when (exception is StoreException or EmbeddingException)
        {
            context.Say($"Concepts are left out: {exception.Message}");
            return false;
        }
    }

    private static ConceptQuery QueryOf(CommandContext context, int rows)
    {
        var language = context.Get(Language);
        return new ConceptQuery
        {
            Repository = context.Repository,
            Language = language,
            // In text, a row is a concept, however many languages lack it.
            MostGaps = context.Format == "text" && language is null ? int.MaxValue : rows,
            MostConcepts = context.Format == "text" ? int.MaxValue : rows, // the text tells how many it left out
            MostFunctions = context.Get(Gaps) ? rows : -1,
            Pairs = PairCounts.Of(context),
        };
    }
}
