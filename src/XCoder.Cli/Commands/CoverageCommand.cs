using System.CommandLine;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary><c>coverage</c>: what the workspace holds by language and by concept, what was left out, what is missing.</summary>
internal static class CoverageCommand
{
    private const int TextRows = 20;

    private static readonly Option<string?> Language = new("--language") { Description = "Only this language; with --gaps, what this language lacks", HelpName = "ID" };

    private static readonly Option<bool> Gaps = new("--gaps") { Description = "Rank the concepts that a language lacks and others have" };

    private static readonly Option<int?> Concepts = new("--concepts") { Description = $"Rows of concepts and gaps (default: {TextRows} in text, all in JSON)", HelpName = "N" };

    public static CliCommand Create()
    {
        var command = new CliCommand("coverage", "Count files, snippets, documentation and tests by repository and language; concepts by language, and gaps", Run,
            "xcoder coverage",
            "xcoder coverage --gaps",
            "xcoder coverage --gaps --language go --concepts 50",
            "xcoder coverage --repository service --format json");
        foreach (Option option in (Option[])[Language, Gaps, Concepts])
        {
            command.Add(option);
        }

        ConceptStage.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        context.RequireFormat("text", "json", "html");
        if (context.Get(Concepts) is < 0)
        {
            throw new UsageException($"--concepts must be 0 or more, not {context.Get(Concepts)}.");
        }

        _ = SemanticStage.Given(context);
        var workspace = WorkspaceFolder.OpenExisting(context.WorkspacePath, context.Trust);
        using var store = CommandContext.OpenIndexed(workspace);
        var selection = context.Select(store, context.Get(Language));
        var rows = context.Get(Concepts) ?? (context.Format == "text" ? TextRows : int.MaxValue);
        var (stage, concepts) = Report(context, workspace, store, rows);
        switch (context.Format)
        {
            case "json":
                var coverage = CoverageAnalysis.Run(store, selection);
                context.Write(stream => JsonLines.WriteDocument(stream, json => CoverageJson.Write(json, coverage, concepts)));
                break;
            case "html":
                var report = AnalysisRun.Report(workspace, selection, new() { Threads = context.Threads }, context.Catalog, [], cancellation: context.Cancellation) with { Concepts = concepts, Semantic = stage?.Semantic.Basis };
                report = stage is null ? report : stage.WithPage(context, workspace, store, report, int.MaxValue);
                context.WriteText(writer => HtmlReport.Write(writer, report, store.Code));
                break;
            default:
                context.WriteText(writer => WriteText(context, writer, store, selection, concepts, rows));
                break;
        }

        return ExitCode.Done;
    }

    private static void WriteText(CommandContext context, TextWriter writer, SnippetStore store, StoreSelection selection, ConceptReport? concepts, int rows)
    {
        if (context.Get(Gaps))
        {
            ConceptsText.WriteGaps(writer, concepts!, rows, context.Text);
            return;
        }

        CoverageText.Write(writer, CoverageAnalysis.Run(store, selection), context.Text);
        writer.WriteLine();
        if (concepts is null)
        {
            writer.WriteLine("Concepts: not known yet; 'xcoder coverage --gaps' finds them (and embeds what is not embedded).");
        }
        else
        {
            ConceptsText.WriteMatrix(writer, concepts, rows, context.Text);
        }
    }

    // Counting files needs no vectors: without --gaps nothing is embedded, and no large index made.
    private static (ConceptStage? Stage, ConceptReport? Concepts) Report(CommandContext context, WorkspaceFolder workspace, SnippetStore store, int rows)
    {
        if (context.Get(Gaps))
        {
            return Make(context, workspace, store, rows);
        }

        try
        {
            return ConceptStage.IsNear(context, workspace, store) ? Make(context, workspace, store, rows) : (null, null);
        }
        catch (Exception exception) when (exception is StoreException or EmbeddingException)
        {
            context.Say($"Concepts are left out: {exception.Message}");
            return (null, null);
        }
    }

    private static (ConceptStage Stage, ConceptReport Concepts) Make(CommandContext context, WorkspaceFolder workspace, SnippetStore store, int rows)
    {
        var language = context.Get(Language) is { } id ? context.Catalog.FamilyOf(context.Catalog.Find(id)!.Id) : null;

        // In text a row is a concept, whatever the number of languages that lack it.
        var gaps = context.Format == "text" && language is null ? int.MaxValue : rows;
        var stage = ConceptStage.Open(context, workspace);
        var report = stage.Report(context, PairCounts.Of(context, workspace), store, context.Select(store), language, gaps, context.Get(Gaps) ? rows : -1);
        return (stage, context.Format == "text" ? report : report with { Matrix = report.Matrix with { Rows = [.. report.Matrix.Rows.Take(rows)] } });
    }
}
