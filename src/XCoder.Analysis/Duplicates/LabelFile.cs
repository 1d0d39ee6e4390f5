using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>Judged pairs in a file: JSON lines of <c>{"a": id, "b": id, "same": true}</c>; more fields are passed over.</summary>
public static partial class LabelFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A line is no such object, or the file is too long; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
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
            throw new InvalidDataException($"{path} holds no judged pairs: {exception.Message}.", exception);
        }
    }

    /// <summary>Adds a pair to a file, making it where there is none.</summary>
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

/// <summary>A pair that somebody judged.</summary>
/// <param name="A">Id of a snippet.</param>
/// <param name="B">Id of another.</param>
/// <param name="Same">Whether the two do the same.</param>
public sealed record LabelledPair(string A, string B, bool Same);
