using System.CommandLine;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>languages</c> lists the manifest; <c>languages check</c> verifies its rows.</summary>
internal static class LanguagesCommand
{
    private static readonly Argument<string[]> Ids = new("ID") { Description = "Languages to check; all if none is named",
        Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Sample = new("--sample") { Description = "Show what is found in this file", HelpName = "FILE" };

    private static readonly Option<bool> Tokens = new("--tokens") { Description = "With --sample: show the tokens too" };

    public static CliCommand Create()
    {
        var command = new CliCommand("languages", "List the languages", List, "xcoder languages",
            "xcoder languages check python --sample file.py")
        {
            TakesRepository = false,
        };
        var check = new CliCommand("check", "Check each language's grammar, ABI version, query, captures and sample", Check,
            "xcoder languages check", "xcoder languages check lua --sample init.lua --tokens")
        {
            TakesRepository = false,
        };
        check.Add(Ids);
        check.Add(Sample);
        check.Add(Tokens);
        command.Add(check);
        return command;
    }

    private static int List(CommandContext context)
    {
        // Files that hold code of several languages have no id.
        var languages = context.Catalog.Languages.Select(language => (Id: (string?)language.Id, language.Name, language.Parser,
            language.Grammar, Extensions: language.Extensions.Concat(language.Signs.Keys).Distinct(), language.FileNames))
            .Concat(context.Catalog.ContainerFiles.Select(container => (Id: (string?)null, Name: container.Key, Parser: "container",
                Grammar: (Grammar?)null, Extensions: container.Value.AsEnumerable(), FileNames: (IReadOnlyList<string>)[])))
            .ToList();
        if (context.IsJson)
        {
            context.WriteJson(languages, (json, language) =>
            {
                json.WriteStartObject();
                json.WriteString("id", language.Id);
                json.WriteString("name", language.Name);
                json.WriteString("parser", language.Parser);
                json.WriteString("grammar", language.Grammar?.Package);
                json.WriteString("licence", language.Grammar?.Licence);
                json.WriteStartArray("extensions");
                foreach (var extension in language.Extensions)
                {
                    json.WriteStringValue(extension);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }

        var table = new ReportTable(new ReportColumn("id", 9), new ReportColumn("name", 5), new ReportColumn("parser", 4),
            new ReportColumn("files", 2));
        foreach (var language in languages)
        {
            table.Add(language.Id ?? "-", language.Name, language.Parser,
                string.Join(' ', language.Extensions.Concat(language.FileNames)));
        }

        context.WriteReport(console => table.Write(console));
        return ExitCode.Done;
    }

    private static int Check(CommandContext context)
    {
        var ids = context.Get(Ids);
        var languages = ids.Length == 0
            ? context.Catalog.Languages
            : [.. ids.Select(context.Language)];
        if (context.Get(Sample) is { } sample)
        {
            return Show(context, languages.Count == 1 ? languages[0] : throw new UsageException("--sample needs exactly one language."),
                sample);
        }

        var checks = languages.Select(language => LanguageCheck.Run(context.Catalog, language)).ToList();
        if (context.IsJson)
        {
            context.WriteJson(checks, (json, check) =>
            {
                json.WriteStartObject();
                json.WriteString("id", check.Language.Id);
                json.WriteNumber("abi", check.AbiVersion);
                json.WriteNumber("patterns", check.Patterns);
                if (check.Snippets is { } snippets)
                {
                    json.WriteNumber("snippets", snippets);
                }

                json.WriteBoolean("works", check.Problem is null);
                json.WriteString("problem", check.Problem);
                json.WriteEndObject();
            });
            return checks.Exists(check => check.Problem is not null) ? ExitCode.GateFailed : ExitCode.Done;
        }

        var table = new ReportTable(new ReportColumn("id", 9), new ReportColumn("ABI", 3, IsNumber: true),
            new ReportColumn("patterns", 3, IsNumber: true), new ReportColumn("snippets in sample", 2, IsNumber: true),
            new ReportColumn("result", 7));
        foreach (var check in checks)
        {
            table.Add(check.Language.Id, check.AbiVersion == 0 ? "-" : $"{check.AbiVersion}",
                check.AbiVersion == 0 ? "-" : $"{check.Patterns}", check.Snippets is null ? "-" : $"{check.Snippets}",
                check.Problem ?? "works");
        }

        context.WriteReport(console => table.Write(console));
        return checks.Exists(check => check.Problem is not null) ? ExitCode.GateFailed : ExitCode.Done;
    }

    private static int Show(CommandContext context, Language language, string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {SafeText.ForTerminal(path)}.");
        }

        if (language.Parser != "tree-sitter")
        {
            throw new UsageException($"'{language.Id}' is not parsed by tree-sitter; --sample shows only the results of queries.");
        }

        var file = new SourceFile(Path.GetFileName(path), File.ReadAllBytes(path), 0);
        using var extractor = new TreeSitterExtractor(context.Catalog);
        var extracted = extractor.Extract(file, language) ?? throw new InvalidDataException($"{path} took too long to parse.");
        context.WriteText(writer => writer.Write(SafeText.ForLines(SnippetListing.Format(extracted, context.Get(Tokens), file.Text))));
        var errors = extracted.HasErrors ? ", with syntax errors" : "";
        context.Say($"{extracted.Snippets.Count} snippets, {extracted.Tokens.Count} tokens{errors}");
        return ExitCode.Done;
    }
}
