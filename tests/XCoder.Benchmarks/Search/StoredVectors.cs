using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Benchmarks.Search;

/// <summary>
/// Vectors of a workspace, shuffled, with their language; beyond their number, copies with noise: a direction at random
/// of a given length is added, and the length brought back to 1.
/// </summary>
internal sealed class StoredVectors
{
    private readonly List<(Half[] Vector, byte Label)> _rows = [];

    public StoredVectors(string workspace)
    {
        var languages = new Dictionary<string, byte>();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(workspace, SnippetStore.FileName), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var reader = connection.ExecuteReader("""
            select v.vector, min(f.language) from embedding v join snippet_embedding e on e.embedding_id = v.id
                join snippet s on s.id = e.snippet_id join file f on f.id = s.file_id group by v.id order by v.id
            """);
        while (reader.Read())
        {
            var language = reader.GetString(1);
            if (!languages.TryGetValue(language, out var label))
            {
                languages[language] = label = (byte)languages.Count;
            }

            _rows.Add((MemoryMarshal.Cast<byte, Half>((byte[])reader[0]).ToArray(), label));
        }

        new Random(1).Shuffle(CollectionsMarshal.AsSpan(_rows));
    }

    public int Count => _rows.Count;

    public int Dimension => _rows[0].Vector.Length;

    /// <summary>Rows that <see cref="Table"/> does not have if that many are skipped there.</summary>
    public VectorTable Queries(int count)
    {
        var table = new VectorTable(Dimension);
        foreach (var (vector, _) in _rows.Take(count))
        {
            table.Add(vector.AsSpan());
        }

        return table;
    }

    public (VectorTable Table, byte[] Labels) Table(int rows, int skip, double noise, bool isHalf)
    {
        var (table, labels) = (new VectorTable(Dimension, isHalf), new byte[rows]);
        var random = new Random(2);
        var (row, direction) = (new float[Dimension], new float[Dimension]);
        for (var i = 0; i < rows; i++)
        {
            var isCopy = skip + i >= _rows.Count;
            var (vector, label) = _rows[isCopy ? random.Next(skip, _rows.Count) : skip + i];
            for (var j = 0; j < row.Length; j++)
            {
                (row[j], direction[j]) = ((float)vector[j], isCopy ? (float)(random.NextDouble() - random.NextDouble()) : 0);
            }

            var scale = isCopy ? noise / Math.Sqrt(direction.Sum(value => (double)value * value)) : 0;
            var sum = 0.0;
            for (var j = 0; j < row.Length; j++)
            {
                row[j] += (float)(scale * direction[j]);
                sum += row[j] * row[j];
            }

            for (var j = 0; j < row.Length; j++)
            {
                row[j] = (float)(row[j] / Math.Max(1e-9, Math.Sqrt(sum)));
            }

            table.Add(row.AsSpan());
            labels[i] = label;
        }

        return (table, labels);
    }
}
