using System.CommandLine;
using System.Globalization;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary><c>neighbours</c>: the nearest snippets of a snippet, of code, of every snippet, or of words.</summary>
internal static class NeighboursCommand
{
    private const int MostCandidates = 5;

    private static readonly Argument<string?> Of = new("ID | FILE:LINE | -")
    {
        Description = "A snippet's id, a place in an indexed file, or - for code on standard input (with --from)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> All = new("--all") { Description = "Of every snippet (or of those of --repository)" };

    private static readonly Option<int> Count = new("-k") { Description = "Neighbours a snippet", HelpName = "N", DefaultValueFactory = _ => 10 };

    private static readonly Option<bool> CrossLanguage = new("--cross-language") { Description = "Only neighbours in another language" };

    private static readonly Option<string?> To = new("--to") { Description = "Only neighbours in this language", HelpName = "LANGUAGE" };

    private static readonly Option<string?> From = new("--from") { Description = "Language of the code on standard input", HelpName = "LANGUAGE" };

    private static readonly Option<string?> Text = new("--text") { Description = "Find code by a question in words", HelpName = "WORDS" };

    private static readonly Option<float?> LexicalWeight = new("--lexical-weight")
    {
        Description = "Weight of BM25 beside the cosine, 0 to 100 (default: the model's, measured)",
        HelpName = "W",
    };

    private static readonly Option<float> SurroundingsWeight = new("--surroundings-weight")
    {
        Description = "Weight by which snippets that are near to everything fall back, 0 to 1",
        DefaultValueFactory = _ => new NeighbourOptions().SurroundingsWeight,
        HelpName = "W",
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("neighbours", "Find the nearest snippets, in any language, of a snippet, of code or of words", Run,
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
        context.RequireFormat("text", "json", "jsonl");
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
            Count = context.Get(Count) is var count and >= 1 and <= 10_000 ? count : throw new UsageException($"-k must be 1 to 10000, not {context.Get(Count)}."),
            CrossLanguage = context.Get(CrossLanguage),
            Language = context.Get(To) is { } to ? context.Language(to).Id : null,
            LexicalWeight = context.Get(LexicalWeight) is var weight and (null or >= 0 and <= 100) ? weight : throw new UsageException("--lexical-weight must be 0 to 100."),
            SurroundingsWeight = context.Get(SurroundingsWeight) is var surroundings and >= 0 and <= 1 ? surroundings : throw new UsageException("--surroundings-weight must be 0 to 1."),
            Threads = context.Threads,
        };
        if (words is not null && options.CrossLanguage)
        {
            throw new UsageException("--cross-language needs code to start from, and words are in no programming language; name the one to find with --to LANGUAGE.");
        }

        if (words is not null && !words.Any(char.IsLetterOrDigit))
        {
            throw new UsageException("--text needs words.");
        }

        var code = of == "-" ? ReadCode(context) : null;

        var workspace = WorkspaceFolder.OpenExisting(context.WorkspacePath, context.Trust);
        using var store = CommandContext.OpenIndexed(workspace);
        using var model = ModelOptions.Open(context);
        using var snapshot = Embedded(context, store, model);
        long? query = of is null or "-" ? null : Find(context, store, of);
        var selection = context.Get(All) ? StoreSelection.All : context.Select(store);
        var tokenizer = ModelOptions.TokenizerOf(model);
        using var search = NeighbourSearch.Open(store, selection, model, tokenizer, options, context.Catalog, withDocumentation: words is not null, context.Cancellation);
        var found = words is not null ? [(null, search.OfWords(words, context.Cancellation))]
            : code is not null ? [(null, search.Of(code, context.Cancellation))]
            : search.Of(Queries(context, store, query), context.Cancellation).Select(item => ((long?)item.Snippet, item.Neighbours));
        if (query is { } asked && !search.Contains(asked))
        {
            throw new UsageException($"The snippet {SafeText.ForTerminal(of!)} is not in --repository {SafeText.ForTerminal(context.Repository!)}; leave the option out, or name a snippet of it.");
        }

        // The snapshot keeps the log from being emptied: what may take long is done without it.
        var items = Described(store, found);
        items = query is null && of is null && words is null ? items : [.. items];
        snapshot.Dispose();
        Write(context, items);
        return ExitCode.Done;
    }

    /// <summary>The store as it is while every snippet has a vector of the model, until the result is disposed.</summary>
    private static IDisposable Embedded(CommandContext context, SnippetStore store, IEmbeddingModel model)
    {
        while (true)
        {
            var snapshot = store.Snapshot();
            try
            {
                var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
                if (counts.Embedded == counts.Snippets)
                {
                    return snapshot;
                }
            }
            catch
            {
                snapshot.Dispose();
                throw;
            }

            snapshot.Dispose();
            using var hold = context.OpenForWriting().Lock;
            EmbedStage.Run(context, store, model, StoreSelection.All);
        }
    }

    private static IEnumerable<long>? Queries(CommandContext context, SnippetStore store, long? query) =>
        query is { } one ? [one] : context.Repository is null ? null : [.. store.Rows(context.Select(store)).Select(row => row.Row)];

    private static SnippetInput ReadCode(CommandContext context)
    {
        var language = context.Language(context.Get(From)!);
        using var reader = new CodeReader(context.Catalog);
        using var input = new StreamReader(Console.OpenStandardInput());
        return reader.Read(language, input.ReadToEnd()) ?? throw new UsageException("The code on standard input could not be parsed: it is nested too deeply, or takes too long.");
    }

    private static long Find(CommandContext context, SnippetStore store, string of)
    {
        if (store.FindSnippet(of) is { } row)
        {
            return row;
        }

        var colon = of.LastIndexOf(':');
        if (colon > 0 && int.TryParse(of.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            var (path, full) = (of[..colon].Replace('\\', '/'), Path.GetFullPath(of[..colon]));
            return Only(context, of, store.FindSnippetsAt(path, full, line));
        }

        throw new UsageException($"There is no snippet {SafeText.ForTerminal(of)}. Give an id that 'xcoder snippets' lists, or FILE:LINE.");
    }

    private static long Only(CommandContext context, string of, IReadOnlyList<(long Snippet, string Repository, string Path, string FullPath)> found)
    {
        // Of repositories one within the other, both may hold the one file.
        var named = found.Where(item => item.Repository == context.Repository).ToList();
        var meant = (named.Count > 0 ? named : found).DistinctBy(item => item.FullPath).ToList();
        if (meant.Count == 0)
        {
            throw new UsageException($"No snippet stands at {SafeText.ForTerminal(of)}. 'xcoder snippets' lists what there is.");
        }

        if (meant.Count > 1)
        {
            var names = meant.Select(item => $"{item.Repository}/{item.Path}").Order(StringComparer.Ordinal).Take(MostCandidates);
            throw new UsageException($"{meant.Count} files are meant by {SafeText.ForTerminal(of)}: {SafeText.ForTerminal(string.Join(", ", names))}{(meant.Count > MostCandidates ? ", …" : "")}. Give one of them as REPOSITORY/PATH:LINE.");
        }

        return meant[0].Snippet;
    }

    private static IEnumerable<(Snippet? Snippet, IReadOnlyList<(Snippet, Neighbour)> Neighbours)> Described(SnippetStore store, IEnumerable<(long? Snippet, IReadOnlyList<Neighbour> Neighbours)> found)
    {
        foreach (var block in found.Chunk(512))
        {
            // What another process removed meanwhile is left out.
            var facts = store.Snippets(block.SelectMany(item => item.Neighbours.Select(neighbour => neighbour.Snippet)).Concat(block.Select(item => item.Snippet).OfType<long>()));
            foreach (var (snippet, neighbours) in block)
            {
                if (snippet is not { } row || facts.ContainsKey(row))
                {
                    yield return (snippet is { } known ? facts[known] : null, [.. neighbours.Where(neighbour => facts.ContainsKey(neighbour.Snippet)).Select(neighbour => (facts[neighbour.Snippet], neighbour))]);
                }
            }
        }
    }

    private static void Write(CommandContext context, IEnumerable<(Snippet? Snippet, IReadOnlyList<(Snippet, Neighbour)> Neighbours)> items)
    {
        switch (context.Format)
        {
            case "json":
                context.Write(stream => JsonLines.WriteArray(stream, items, (json, item) => NeighboursJson.Write(json, item.Snippet, item.Neighbours)));
                break;
            case "jsonl":
                context.Write(stream => JsonLines.Write(stream, items, (json, item) => NeighboursJson.Write(json, item.Snippet, item.Neighbours)));
                break;
            default:
                context.WriteText(writer =>
                {
                    foreach (var (snippet, neighbours) in items)
                    {
                        NeighboursText.Write(writer, snippet, neighbours, context.Text);
                    }
                });
                break;
        }
    }
}
