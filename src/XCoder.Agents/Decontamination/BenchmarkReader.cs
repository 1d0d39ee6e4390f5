using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>
/// Reads benchmarks from JSON lines, a JSON array of objects, or plain text, which counts as one problem; any of them may be gzipped. Knows
/// the fields of HumanEval, HumanEval-X, MBPP and MultiPL-E.
/// </summary>
/// <param name="fields">Fields whose text is read; null for <see cref="DefaultFields"/>.</param>
public sealed class BenchmarkReader(IReadOnlyList<string>? fields = null)
{
    // A solution continues its head. Joining the two lets an n-gram span both.
    private static readonly string[] Heads = ["prompt", "declaration"];
    private static readonly string[] Solutions = ["canonical_solution"];
    private static readonly string[] Ids = ["task_id", "id", "name", "question_id", "slug"];

    private readonly IReadOnlyList<string> _fields = fields ?? DefaultFields;

    /// <summary>Fields that are read by default.</summary>
    public static IReadOnlyList<string> DefaultFields { get; } =
        ["prompt", "declaration", "canonical_solution", "solution", "text", "code", "test", "tests", "test_list", "challenge_test_list",
            "question", "answer", "instruction", "input", "output", "response", "reference", "docstring"];

    /// <summary>Reads the problems of a benchmark from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">Prefix for the ids of the problems, followed by a slash; null for none.</param>
    /// <exception cref="InvalidDataException">The file is damaged or contains none of the fields.</exception>
    public BenchmarkFile Read(string path, string? label = null)
    {
        using var file = File.OpenRead(path);
        var name = Path.GetFileName(path);
        try
        {
            var raw = BoundedRead.All(file);
            var bytes = raw is [0x1F, 0x8B, ..] ? Unzip(raw) : raw;
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            var texts = text.AsSpan().TrimStart() is ['{' or '[', ..] ? Records(text, label, name)
                : [new BenchmarkText(label ?? name, "text", text)];
            return texts.Any(item => item.Text.AsSpan().ContainsAnyExcept(" \r\n\t"))
                ? new BenchmarkFile(new FingerprintSource(name, HexHash.Of(raw), texts.Count), texts)
                : throw new InvalidDataException($"none of the fields {string.Join(", ", _fields)} is in it; name others with --fields");
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException(
                $"{path} cannot be read as a benchmark: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. It must be JSON lines, a "
                    + "JSON array or plain text in UTF-8.", exception);
        }
    }

    private List<BenchmarkText> Records(string text, string? label, string name)
    {
        var texts = new List<BenchmarkText>();
        if (text.AsSpan().TrimStart()[0] == '[')
        {
            using var document = JsonDocument.Parse(text);
            foreach (var record in document.RootElement.EnumerateArray())
            {
                texts.AddRange(Record(record, label, name, texts.Count));
            }

            return texts;
        }

        var line = 0;
        foreach (var json in text.Split('\n'))
        {
            line++;
            if (string.IsNullOrWhiteSpace(json))
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(json);
                texts.AddRange(Record(document.RootElement, label, name, line));
            }
            catch (JsonException exception)
            {
                throw new InvalidDataException($"line {line}: {exception.Message}", exception);
            }
        }

        return texts;
    }

    private List<BenchmarkText> Record(JsonElement record, string? label, string name, int number)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"record {number} is not an object");
        }

        var id = Ids.Select(field => record.TryGetProperty(field, out var value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString()
            : null).FirstOrDefault(value => value is not null)
            ?? FormattableString.Invariant($"{name}:{number}");
        var problem = label is null ? id : $"{label}/{id}";
        var found = _fields.Select(field => (Field: field, Text: record.TryGetProperty(field, out var value) ? TextOf(value) : ""))
            .Where(item => item.Text.Length > 0).ToDictionary(item => item.Field, item => item.Text);
        var (heads, solutions) = (Heads.Where(found.ContainsKey).ToList(), Solutions.Where(found.ContainsKey).ToList());
        var joined = heads.SelectMany(
            head => solutions.Select(solution => new BenchmarkText(problem, $"{head}+{solution}", found[head] + "\n" + found[solution])));
        return [.. found.Select(item => new BenchmarkText(problem, item.Key, item.Value)), .. joined];
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(TextOf)),
        _ => "",
    };

    private static byte[] Unzip(byte[] raw)
    {
        using var gzip = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
        return BoundedRead.All(gzip, "unpacks to");
    }
}

/// <summary>The content of a benchmark's file.</summary>
/// <param name="Source">The file.</param>
/// <param name="Texts">The texts read from it.</param>
public sealed record BenchmarkFile(FingerprintSource Source, IReadOnlyList<BenchmarkText> Texts);

/// <summary>A text of a benchmark's problem.</summary>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Field">The field it was read from, such as <c>prompt</c>, or several joined by <c>+</c>.</param>
/// <param name="Text">The text.</param>
public sealed record BenchmarkText(string Problem, string Field, string Text);

/// <summary>A file that a fingerprint was made from.</summary>
/// <param name="File">Name of the file without folders.</param>
/// <param name="Sha256">SHA-256 of its bytes, in hex.</param>
/// <param name="Texts">Number of texts read from it.</param>
public sealed record FingerprintSource(string File, string Sha256, int Texts);

/// <summary>Extracts the texts of a training record in any format: every string that a model would be trained on.</summary>
public static class RecordTexts
{
    private static readonly string[] Ids = ["id", "task_id"];

    // Fields that describe a record's origin are metadata, not training text.
    private static readonly HashSet<string> Left = ["id", "dataset", "task", "sourceLanguage", "targetLanguage", "concept", "verdict",
        "status", "licence", "notices", "lineage", "model", "promptHash", "createdAt", "role", "from", "repository", "path", "language",
        "kind"];

    /// <summary>Returns the texts of a record, each with the name of its outermost field.</summary>
    /// <param name="json">The record.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <param name="line">Its line number, for messages.</param>
    /// <exception cref="InvalidDataException">The record is not a JSON object.</exception>
    public static IReadOnlyList<(string Part, string Text)> Of(string json, string file, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Where(field => !Left.Contains(field.Name))
                    .SelectMany(field => Strings(field.Value).Select(text => (field.Name, text)))]
                : throw new InvalidDataException($"Line {line} of {file} is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Line {line} of {file} is not JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the id of a record, or null.</summary>
    public static string? IdOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Ids.Select(name => document.RootElement.TryGetProperty(name, out var id) ? id.ToString() : null)
            .FirstOrDefault(id => id is not null);
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => value.EnumerateObject().Where(field => !Left.Contains(field.Name))
            .SelectMany(field => Strings(field.Value)),
        _ => [],
    };
}
