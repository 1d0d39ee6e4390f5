using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;

namespace XCoder.Analysis.Store;

/// <summary>A part of the store: repositories by name, paths below them, a language. Null means all.</summary>
public sealed class StoreSelection
{
    private StoreSelection(string sql, DynamicParameters parameters) => (Sql, Parameters) = (sql, parameters);

    /// <summary>Everything.</summary>
    public static StoreSelection All => new("1 = 1", new DynamicParameters());

    // Conditions over r (repository) and f (file).
    internal string Sql { get; }

    internal DynamicParameters Parameters { get; }

    /// <summary>One repository, or all where it is null; one language, or all.</summary>
    public static StoreSelection Of(string? repository, string? language = null)
    {
        var parameters = new DynamicParameters();
        parameters.Add("repository", repository);
        parameters.Add("language", language);
        return new StoreSelection("(@repository is null or r.name = @repository) and (@language is null or f.language = @language)",
            parameters);
    }

    /// <summary>Folders or files below repositories; the path <c>""</c> stands for the whole repository.</summary>
    public static StoreSelection Of(IEnumerable<(string Repository, string Path)> parts)
    {
        var list = parts.ToList();
        var parameters = new DynamicParameters();
        parameters.Add("whole", StoredList.Write([.. list.Where(part => part.Path.Length == 0).Select(part => part.Repository)]));
        parameters.Add("parts",
            StoredList.Write([.. list.Where(part => part.Path.Length > 0).Select(part => part.Repository + "/" + part.Path)]));

        // Lists, not a condition each: there may be thousands, and SQLite nests conditions no deeper than 1000.
        return new StoreSelection("""
            (r.name in (select value from json_each(@whole)) or exists (select 1 from json_each(@parts) part
                where part.value = r.name || '/' || f.path or substr(r.name || '/' || f.path, 1, length(part.value) + 1) = part.value ||
                '/'))
            """, parameters);
    }
}

/// <summary>Texts as a JSON array.</summary>
internal static class StoredList
{
    public static string Write(IReadOnlyList<string> values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
