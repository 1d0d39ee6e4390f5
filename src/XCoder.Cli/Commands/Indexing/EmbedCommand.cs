using System.CommandLine;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>embed</c> computes vectors for code given as JSON lines.</summary>
internal static class EmbedCommand
{
    private const int PortionItems = 4096;
    private const int PortionCharacters = 16 << 20;

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
            "xcoder embed --model ~/models/all-MiniLM-L6-v2 < functions.jsonl")
        {
            TakesRepository = false,
            Formats = ["jsonl", "text"],
        };
        command.Add(Input);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        using var embedder = context.Workspace.OpenEmbedder();
        var lines = new CodeLines(context);
        IEnumerable<(string Id, float[] Vector)> Vectors()
        {
            foreach (var portion in Portions(lines.Read(context.Get(Input))))
            {
                var vectors = embedder.Embed([.. portion.Select(item => (item.Language, item.Code))], context.Cancellation);
                for (var i = 0; i < portion.Count; i++)
                {
                    if (vectors[i] is { } vector)
                    {
                        yield return (portion[i].Id, vector);
                    }
                    else
                    {
                        lines.RejectCode(portion[i].Id);
                    }
                }
            }
        }

        context.Write(stream => JsonLines.Write(stream, Vectors(), (json, item) =>
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(item.Id);
            json.WriteStartArray("embedding");
            foreach (var value in item.Vector)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
        return lines.Ends;
    }

    private static IEnumerable<List<(string Id, XCoder.Analysis.Model.Language Language, string Code)>> Portions(
        IEnumerable<(string Id, XCoder.Analysis.Model.Language Language, string Code)> items)
    {
        var (portion, characters) = (new List<(string, XCoder.Analysis.Model.Language, string)>(), 0L);
        foreach (var item in items)
        {
            portion.Add(item);
            characters += item.Code.Length;
            if (portion.Count == PortionItems || characters >= PortionCharacters)
            {
                yield return portion;
                (portion, characters) = ([], 0);
            }
        }

        if (portion.Count > 0)
        {
            yield return portion;
        }
    }
}
