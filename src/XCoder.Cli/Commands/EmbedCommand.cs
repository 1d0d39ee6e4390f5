using System.CommandLine;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;

namespace XCoder.Cli.Commands;

/// <summary><c>embed</c>: vectors for code given as JSON lines.</summary>
internal static class EmbedCommand
{
    private const int Portion = 4096;

    private static readonly Option<string> Input = new("--input")
    {
        Description = "JSON lines {id, language, code}; - is standard input",
        HelpName = "FILE",
        DefaultValueFactory = _ => "-",
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("embed", "Embed code: JSON lines {id, language, code} → {id, embedding}, in the same order", Run,
            "xcoder embed --input functions.jsonl --output vectors.jsonl",
            "xcoder embed --model ~/models/all-MiniLM-L6-v2 < functions.jsonl");
        command.Add(Input);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        using var model = ModelOptions.Open(context);
        var embedder = new CodeEmbedder(context.Catalog, model, context.Threads);
        var lost = 0;
        void Reject(string problem)
        {
            lost++;
            context.Messages.WriteLine(SafeText.ForTerminal($"lost: {problem}"));
        }

        IEnumerable<(string Id, float[] Vector)> Vectors()
        {
            foreach (var portion in CodeLines.Read(context.Get(Input), context.Catalog, Reject).Chunk(Portion))
            {
                var vectors = embedder.Embed([.. portion.Select(item => (item.Language, item.Code))], context.Cancellation);
                for (var i = 0; i < portion.Length; i++)
                {
                    if (vectors[i] is { } vector)
                    {
                        yield return (portion[i].Id, vector);
                    }
                    else
                    {
                        Reject($"{portion[i].Id}: the parser gave up (nesting or time)");
                    }
                }
            }
        }

        context.Write(stream => JsonLines.Write(stream, Vectors(), (json, item) =>
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WriteStartArray("embedding");
            foreach (var value in item.Vector)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
        return lost > 0 ? ExitCode.Lost : ExitCode.Done;
    }
}
