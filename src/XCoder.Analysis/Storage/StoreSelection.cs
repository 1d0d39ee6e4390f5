using System.Text;
using Dapper;

namespace XCoder.Analysis.Storage;

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
        return new StoreSelection("(@repository is null or r.name = @repository) and (@language is null or f.language = @language)", parameters);
    }

    /// <summary>Folders or files below repositories; the path <c>""</c> stands for the whole repository.</summary>
    public static StoreSelection Of(IEnumerable<(string Repository, string Path)> parts)
    {
        var (sql, parameters) = (new StringBuilder(), new DynamicParameters());
        foreach (var (repository, path) in parts)
        {
            var i = parameters.ParameterNames.Count();
            parameters.Add($"r{i}", repository);
            sql.Append(sql.Length == 0 ? "(" : " or ").Append($"r.name = @r{i}");
            if (path.Length > 0)
            {
                parameters.Add($"p{i}", path);
                sql.Append($" and (f.path = @p{i} or substr(f.path, 1, length(@p{i}) + 1) = @p{i} || '/')");
            }
        }

        return new StoreSelection(sql.Length == 0 ? "1 = 0" : sql.Append(')').ToString(), parameters);
    }
}
