using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>A file of judged pairs: JSON Lines of <c>{"a": id, "b": id, "same": true}</c>; other fields are ignored.</summary>
public static partial class LabelFile
{
    /// <summary>Reads all pairs of a file; blank lines are skipped.</summary>
    /// <exception cref="InvalidDataException">
    /// A line is not a judged pair, or the file is too long; the message names the file and the line.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<LabelledPair> Read(string path)
    {
        var labels = new List<LabelledPair>();
        var number = 0;
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(new MemoryStream(ReadAll(file, path)));
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                labels.Add(Parse(line, path, number));
            }
        }

        return labels;
    }

    private static byte[] ReadAll(FileStream file, string path)
    {
        try
        {
            return BoundedRead.All(file);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} is not a file of judged pairs: {exception.Message}.", exception);
        }
    }

    /// <summary>Appends a pair to a file and creates the file if it does not exist.</summary>
    public static void Append(string path, LabelledPair pair)
    {
        using var stream = WorkspaceFile.OpenWrite(path);
        stream.Seek(0, SeekOrigin.End);
        stream.Write(System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(pair, LabelContext.Default.LabelledPair) + "\n"));
    }

    private static LabelledPair Parse(string line, string path, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new LabelledPair(root.GetProperty("a").GetString()!, root.GetProperty("b").GetString()!,
                root.GetProperty("same").GetBoolean());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"{path}, line {number}: not a judged pair; expected {{\"a\": ID, \"b\": ID, \"same\": true or false}}.", exception);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(LabelledPair))]
    private sealed partial class LabelContext : JsonSerializerContext;
}

/// <summary>A pair of snippets that a person judged.</summary>
/// <param name="A">Id of one snippet.</param>
/// <param name="B">Id of the other snippet.</param>
/// <param name="Same">Whether the two behave the same.</param>
public sealed record LabelledPair(string A, string B, bool Same);
