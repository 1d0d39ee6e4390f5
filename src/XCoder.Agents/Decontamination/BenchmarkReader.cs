using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>
/// Reads benchmarks: JSON lines or a JSON array of objects, also in gzip, or plain text, which is one problem. Known fields are
/// those of HumanEval, HumanEval-X, MBPP and MultiPL-E.
/// </summary>
/// <param name="fields">Fields whose text counts; null for <see cref="DefaultFields"/>.</param>
public sealed class BenchmarkReader(IReadOnlyList<string>? fields = null)
{
    // Solutions continue these: read together, a gram may lie across the two.
    private static readonly string[] Heads = ["prompt", "declaration"];
    private static readonly string[] Solutions = ["canonical_solution"];
    private static readonly string[] Ids = ["task_id", "id", "name", "question_id", "slug"];

    private readonly IReadOnlyList<string> _fields = fields ?? DefaultFields;

    /// <summary>Fields that count where none are named.</summary>
    public static IReadOnlyList<string> DefaultFields { get; } =
        ["prompt", "declaration", "canonical_solution", "solution", "text", "code", "test", "tests", "test_list", "challenge_test_list",
            "question", "answer", "instruction", "input", "output", "response", "reference", "docstring"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">Put before the ids of its problems with a slash; null for ids as they are.</param>
    /// <exception cref="InvalidDataException">It is damaged or holds none of the fields.</exception>
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
                    + $"JSON array or plain text in UTF-8.", exception);
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
            throw new InvalidDataException($"record {number} is no object");
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

/// <summary>A benchmark's file as it was read.</summary>
/// <param name="Source">The file.</param>
/// <param name="Texts">Its texts.</param>
public sealed record BenchmarkFile(FingerprintSource Source, IReadOnlyList<BenchmarkText> Texts);

/// <summary>A text of a benchmark's problem.</summary>
/// <param name="Problem">Id of the problem.</param>
/// <param name="Field">Field or fields it was read from, such as <c>prompt</c>.</param>
/// <param name="Text">The text.</param>
public sealed record BenchmarkText(string Problem, string Field, string Text);

/// <summary>A file that a fingerprint was made from.</summary>
/// <param name="File">Its name without folders.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
/// <param name="Texts">Texts read from it.</param>
public sealed record FingerprintSource(string File, string Sha256, int Texts);

/// <summary>Texts of a record of training data, whatever its form: every string in it that a model would be trained on.</summary>
public static class RecordTexts
{
    private static readonly string[] Ids = ["id", "task_id"];

    // What says where a record comes from is no text of it.
    private static readonly HashSet<string> Left = ["id", "dataset", "task", "sourceLanguage", "targetLanguage", "concept", "verdict",
        "status", "licence", "notices", "lineage", "model", "promptHash", "createdAt", "role", "from", "repository", "path", "language",
        "kind"];

    /// <summary>The texts, each under the name of its outermost field.</summary>
    /// <param name="json">The record.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <param name="line">Its line, for messages.</param>
    /// <exception cref="InvalidDataException">It is no JSON object.</exception>
    public static IReadOnlyList<(string Part, string Text)> Of(string json, string file, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Where(field => !Left.Contains(field.Name))
                    .SelectMany(field => Strings(field.Value).Select(text => (field.Name, text)))]
                : throw new InvalidDataException($"Line {line} of {file} is no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Line {line} of {file} is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Id of a record, or null.</summary>
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
