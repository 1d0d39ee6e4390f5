using System.CommandLine;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>tokenize</c> prints the terms that the default model reads, for training.</summary>
internal static class TokenizeCommand
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Static model whose rules and vocabulary are used: default, or a folder",
        HelpName = "DIR",
        DefaultValueFactory = _ => WorkspaceOptions.DefaultModel,
    };

    private static readonly Option<bool> Vocabulary =
        new("--vocabulary") { Description = "Print the terms of the workspace, most frequent first, as a new vocabulary" };

    private static readonly Option<int> MinRepositories = new("--min-repositories")
    {
        Description = "With --vocabulary: leave out terms that occur in fewer repositories",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    private static readonly Option<int> MaxTerms = new("--max-terms")
    {
        Description = "With --vocabulary: keep this many terms",
        HelpName = "N",
        DefaultValueFactory = _ => 8192,
    };

    private static readonly Option<string?> Input =
        new("--input") { Description = "Read code from JSON lines {id, language, code} instead of the workspace; - is standard input",
            HelpName = "FILE" };

    public static CliCommand Create()
    {
        var command = new CliCommand("tokenize",
            "Print the token ids that the default model reads from each snippet, for training or inspection", Run,
            "xcoder tokenize --format jsonl --output ids.jsonl",
            "xcoder tokenize --vocabulary --output vocabulary.txt")
        {
            Formats = ["jsonl", "text"],
        };
        command.Add(Input);
        command.Add(Model);
        command.Add(Vocabulary);
        command.Add(MinRepositories);
        command.Add(MaxTerms);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(Input) is { } input)
        {
            return TokenizeLines(context, input);
        }

        using var store = context.Workspace.OpenStore();
        var selection = context.Workspace.Select(store, context.Repository);
        if (context.Get(Vocabulary))
        {
            using var rules = CodeTokenizer.OpenRules(ShippedModels.Folder(context.Get(Model)));
            var terms = Terms(store, selection, rules, context.Get(MinRepositories), context.Get(MaxTerms));
            context.WriteText(writer => terms.ForEach(writer.WriteLine));
            return ExitCode.Done;
        }

        using var tokenizer = CodeTokenizer.Open(EmbeddingModels.FoldersOf(ShippedModels.Folder(context.Get(Model)))[^1]);
        context.Write(stream => JsonLines.Write(stream, store.FilesWithSnippets(selection).SelectMany(InputsOf),
            (json, item) => Write(json, item.Inputs, item.Snippet, tokenizer)));
        return ExitCode.Done;
    }

    private static int TokenizeLines(CommandContext context, string input)
    {
        using var tokenizer = CodeTokenizer.Open(EmbeddingModels.FoldersOf(ShippedModels.Folder(context.Get(Model)))[^1]);
        using var reader = new CodeReader(context.Catalog);
        var lines = new CodeLines(context);
        context.Write(stream => JsonLines.Write(stream, lines.Read(input), (json, item) =>
        {
            var code = new CodeTerms([], []);
            if (reader.Read(item.Language, item.Code) is { } read)
            {
                code = tokenizer.Tokenize(read);
            }
            else
            {
                lines.RejectCode(item.Id);
            }

            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(item.Id);
            json.WriteString("language", item.Language.Id);
            Write(json, "ids", code.Ids);
            Write(json, "words", code.Words);
            json.WriteEndObject();
        }));
        return lines.Ends;
    }

    private static IEnumerable<(SnippetInputs Inputs, SnippetTokens Snippet)> InputsOf(FileSnippets file)
    {
        var inputs = new SnippetInputs(file);
        return file.Snippets.Select(snippet => (inputs, snippet));
    }

    private static void Write(Utf8JsonWriter json, SnippetInputs inputs, SnippetTokens tokens, CodeTokenizer tokenizer)
    {
        var snippet = tokens.Snippet;
        var code = tokenizer.Tokenize(inputs.Of(tokens));
        json.WriteStartObject();
        json.WriteString("id", snippet.Id);
        json.WriteString("repository", snippet.Repository);
        json.WriteString("path", snippet.Path);
        json.WriteString("language", snippet.Language);
        json.WriteString("kind", snippet.Kind.ToString().ToLowerInvariant());
        json.WriteString("qualifiedName", snippet.QualifiedName);
        json.WriteNumber("startLine", snippet.Span.StartLine);
        json.WriteBoolean("isTest", snippet.IsTest);
        json.WriteNumber("ordinal", tokens.Ordinal);
        json.WriteNumber("parent", tokens.Parent);
        Write(json, "ids", code.Ids);
        Write(json, "words", code.Words);
        Write(json, "documentation", tokenizer.TokenizeWords(snippet.Documentation ?? "").Ids);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, int[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    // Orders terms by the number of files that contain them.
    private static List<string> Terms(SnippetStore store, StoreSelection selection, CodeTokenizer tokenizer, int minRepositories, int most)
    {
        var seen = new Dictionary<string, (int Files, HashSet<string> Repositories)>();
        foreach (var file in store.FilesWithSnippets(selection))
        {
            var inputs = new SnippetInputs(file);
            var words = file.Snippets.SelectMany(snippet => tokenizer.Terms(inputs.Of(snippet)))
                .Concat(file.Snippets.SelectMany(snippet => TermsOf(snippet.Snippet, tokenizer))).ToHashSet();
            foreach (var word in words)
            {
                var (files, repositories) = seen.TryGetValue(word, out var known) ? known : (0, []);
                repositories.Add(file.Snippets[0].Snippet.Repository);
                seen[word] = (files + 1, repositories);
            }
        }

        return [.. seen.Where(term => term.Value.Repositories.Count >= minRepositories && !term.Key.Any(char.IsControl))
            .OrderByDescending(term => term.Value.Files).ThenBy(term => term.Key, StringComparer.Ordinal).Take(most)
            .Select(term => term.Key)];
    }

    private static IEnumerable<string> TermsOf(Snippet snippet, CodeTokenizer tokenizer) =>
        snippet.Documentation is { } text ? tokenizer.WordsOf(text) : [];
}
