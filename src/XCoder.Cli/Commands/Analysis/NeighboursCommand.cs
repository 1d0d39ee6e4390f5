using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>neighbours</c> finds the snippets nearest to a snippet, to other code, to words, or to each snippet.</summary>
internal static class NeighboursCommand
{
    private static readonly Argument<string?> Of = new("ID | FILE:LINE | -")
    {
        Description = "A snippet's id, a place in an indexed file, or - for code on standard input (with --from)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Find the neighbours of every snippet; with --repository, of that repository's snippets only",
    };

    private static readonly Option<int> Count = new("-k") { Description = "Number of neighbours per snippet", HelpName = "N",
        DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> CrossLanguage = new("--cross-language") { Description = "Only neighbours in another language" };

    private static readonly Option<string?> To = new("--to") { Description = "Only neighbours in this language", HelpName = "LANGUAGE" };

    private static readonly Option<string?> From = new("--from") { Description = "Language of the code on standard input",
        HelpName = "LANGUAGE" };

    private static readonly Option<string?> Text = new("--text") { Description = "Find code that fits these words", HelpName = "WORDS" };

    private static readonly Option<float?> LexicalWeight = new("--lexical-weight")
    {
        Description = "Weight of BM25 relative to the cosine, 0 to 100 (default: measured for the model)",
        HelpName = "W",
    };

    private static readonly Option<float> SurroundingsWeight = new("--surroundings-weight")
    {
        Description = "Weight of the penalty for snippets that are near to everything (hubness), 0 to 1",
        DefaultValueFactory = _ => new NeighbourOptions().SurroundingsWeight,
        HelpName = "W",
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("neighbours",
            "Find the snippets, in any language, that are nearest to a snippet, to other code or to words", Run,
            "xcoder neighbours src/strings.py:120 --cross-language",
            "xcoder neighbours 3f2a9c0d1b4e5f607182 --to go -k 5",
            "xcoder neighbours - --from python < function.py",
            "xcoder neighbours --text \"parse an ISO date\"",
            "xcoder neighbours --all --format jsonl --output neighbours.jsonl");
        command.Add(Of);
        command.Add(All);
        command.Add(Count);
        command.Add(CrossLanguage);
        command.Add(To);
        command.Add(From);
        command.Add(Text);
        command.Add(LexicalWeight);
        command.Add(SurroundingsWeight);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var (of, words) = (context.Get(Of), context.Get(Text));
        if ((of is null ? 0 : 1) + (words is null ? 0 : 1) + (context.Get(All) ? 1 : 0) != 1)
        {
            throw new UsageException("Name one of: a snippet's ID, FILE:LINE, - (code on standard input), --text WORDS, --all.");
        }

        if (of == "-" != context.Get(From) is not null)
        {
            throw new UsageException("--from LANGUAGE says what the code on standard input (-) is written in; give both or neither.");
        }

        var options = new NeighbourOptions
        {
            Count = context.Get(Count) is var count and >= 1 and <= 10_000 ? count
                : throw new UsageException($"-k must be 1 to 10000, not {context.Get(Count)}."),
            CrossLanguage = context.Get(CrossLanguage),
            Language = context.Get(To) is { } to ? context.Language(to).Id : null,
            LexicalWeight = context.Get(LexicalWeight) is var weight and (null or >= 0 and <= 100) ? weight
                : throw new UsageException("--lexical-weight must be 0 to 100."),
            SurroundingsWeight = context.Get(SurroundingsWeight) is var surroundings and >= 0 and <= 1 ? surroundings
                : throw new UsageException("--surroundings-weight must be 0 to 1."),
        };
        if (words is not null && options.CrossLanguage)
        {
            throw new UsageException("--cross-language needs code, not words; name the language to find with --to LANGUAGE.");
        }

        if (words is not null && !words.Any(char.IsLetterOrDigit))
        {
            throw new UsageException("--text needs words.");
        }

        Write(context, context.Workspace.Neighbours(new NeighbourQuery
        {
            Snippet = of is null or "-" ? null : of,
            Code = of == "-" ? ReadCode(context) : null,
            Words = words,
            Repository = context.Repository,
            Options = options,
        }, context.Cancellation));
        return ExitCode.Done;
    }

    private static (string Language, string Text) ReadCode(CommandContext context)
    {
        var language = context.Language(context.Get(From)!);
        using var input = new StreamReader(Console.OpenStandardInput());
        return (language.Id, input.ReadToEnd());
    }

    private static void Write(CommandContext context, IEnumerable<SnippetNeighbours> items)
    {
        if (context.IsJson)
        {
            context.WriteJson(items, (json, item) => NeighboursJson.Write(json, item.Snippet, item.Neighbours));
            return;
        }

        context.WriteReport(console =>
        {
            foreach (var (snippet, neighbours) in items)
            {
                NeighboursText.Write(console, snippet, neighbours);
            }
        });
    }
}
