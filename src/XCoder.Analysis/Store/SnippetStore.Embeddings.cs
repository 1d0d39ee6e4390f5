using System.Runtime.InteropServices;
using Dapper;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <content>Vectors. Their key is the model's input, so equal code is embedded only once, even across repositories.</content>
public sealed partial class SnippetStore
{
    /// <summary>Adds a model, or finds it by its hash, and records that it is the last one used.</summary>
    /// <returns>Row id of the model.</returns>
    public long PutModel(string hash, string name, int dimension) => Guard(() =>
    {
        using var transaction = new StoreTransaction(_connection);
        var id = _connection.ExecuteScalar<long>("""
            insert into model(hash, name, dimension) values(@hash, @name, @dimension)
            on conflict(hash) do update set name = excluded.name
            returning id
            """, new { hash, name, dimension });

        RequireDimension(hash, dimension);

        // Kept in the state table, so that the schema need not change: 'model HASH' → number of the last use.
        _connection.Execute("""
            insert or replace into state(key, value)
            select 'model ' || @hash, 1 + coalesce(max(cast(value as integer)), 0) from state where key like 'model %'
            """, new { hash });
        transaction.Commit();
        return id;
    });

    /// <summary>
    /// Removes the vectors of old models. Keeps the given model and the other one used last, and removes nothing unless
    /// the given model has embedded every snippet in the store. Models without a recorded use count as the oldest.
    /// </summary>
    /// <param name="model">Row id of the model in use.</param>
    /// <returns>Names of the removed models.</returns>
    public IReadOnlyList<string> DropModels(long model) => Guard<IReadOnlyList<string>>(() =>
    {
        var old = Read("""
            select m.id, m.hash, m.name from model m left join state u on u.key = 'model ' || m.hash
            where m.id <> @model order by cast(u.value as integer) desc, m.id desc limit -1 offset 1
            """, new { model }, row => (Id: row.GetInt64(0), Hash: row.GetString(1), Name: row.GetString(2))).ToList();
        if (old.Count == 0 || EmbeddedCounts(model, StoreSelection.All) is var counts && counts.Embedded < counts.Snippets)
        {
            return [];
        }

        using var transaction = new StoreTransaction(_connection);
        foreach (var (id, hash, _) in old)
        {
            _connection.Execute(
                "delete from snippet_embedding where model_id = @id; delete from embedding where model_id = @id; "
                + "delete from model where id = @id; delete from state where key = 'model ' || @hash", new { id, hash });
        }

        transaction.Commit();
        return [.. old.Select(item => item.Name)];
    });

    /// <summary>Row id of the model with this hash, or null if nothing was embedded with it.</summary>
    /// <param name="hash">Hash of the model's files.</param>
    /// <param name="dimension">Number of values in the model's vectors.</param>
    /// <exception cref="StoreException">The store has another dimension for this model.</exception>
    public long? FindModel(string hash, int dimension) => Guard(() =>
    {
        RequireDimension(hash, dimension);
        return _connection.ExecuteScalar<long?>("select id from model where hash = @hash", new { hash });
    });

    private void RequireDimension(string hash, int dimension)
    {
        if (_connection.ExecuteScalar<long?>("select dimension from model where hash = @hash", new { hash }) is { } stored
            && stored != dimension)
        {
            throw new InvalidDataException($"its vectors of model {hash} have {stored} values instead of {dimension}");
        }
    }

    /// <summary>Inputs that a model has embedded: key → row id of the vector.</summary>
    public Dictionary<UInt128, long> EmbeddedKeys(long model) =>
        Read("select key, id from embedding where model_id = @model", new { model },
            row => (Key: MemoryMarshal.Read<UInt128>((byte[])row[0]), Id: row.GetInt64(1))).ToDictionary(row => row.Key, row => row.Id);

    /// <summary>
    /// Files with a snippet that this model has not embedded, together with their snippets. The files are listed first
    /// and then read one by one, because an open query would keep the write-ahead log from being emptied.
    /// </summary>
    public IEnumerable<FileSnippets> FilesToEmbed(long model, StoreSelection selection)
    {
        var parameters = new DynamicParameters(selection.Parameters);
        parameters.Add("model", model);
        var files = Read("select f.id from file f join repository r on r.id = f.repository_id where " + selection.Sql + """
             and exists (select 1 from snippet s where s.file_id = f.id and not exists (
                select 1 from snippet_embedding e where e.snippet_id = s.id and e.model_id = @model))
            order by f.id
            """, parameters, row => row.GetInt64(0)).ToList();
        return WithSnippets(files.Select(File));
    }

    /// <summary>Number of snippets, and number of those that the model has embedded.</summary>
    public (long Snippets, long Embedded) EmbeddedCounts(long model, StoreSelection selection)
    {
        var parameters = new DynamicParameters(selection.Parameters);
        parameters.Add("model", model);
        return Read("select count(*), count(e.embedding_id) from snippet s "
            + "join file f on f.id = s.file_id join repository r on r.id = f.repository_id "
            + "left join snippet_embedding e on e.snippet_id = s.id and e.model_id = @model where " + selection.Sql,
            parameters, row => (row.GetInt64(0), row.GetInt64(1))).Single();
    }

    /// <summary>Writes new vectors and assigns vectors to snippets, in one transaction.</summary>
    /// <param name="model">Row id of the model.</param>
    /// <param name="vectors">Row id, key and vector of each new input. The caller chooses the row ids.</param>
    /// <param name="snippets">Row id of a snippet → row id of its vector.</param>
    public void PutEmbeddings(long model, IReadOnlyList<(long Id, UInt128 Key, Half[] Vector)> vectors,
        IReadOnlyList<(long Snippet, long Embedding)> snippets) => Guard(() =>
    {
        using var transaction = new StoreTransaction(_connection);
        using (var insert = new InsertStatement(_connection.Handle!, "embedding", "id", "model_id", "key", "vector"))
        {
            foreach (var (id, key, vector) in vectors)
            {
                insert.Add(id).Add(model).Add(Bytes(key)).Add(MemoryMarshal.AsBytes<Half>(vector)).Run();
            }
        }

        _connection.Execute("delete from snippet_embedding where snippet_id = @Snippet and model_id = @model",
            snippets.Select(snippet => new { snippet.Snippet, model }));
        using (var insert = new InsertStatement(_connection.Handle!, "snippet_embedding", "snippet_id", "model_id", "embedding_id"))
        {
            foreach (var (snippet, embedding) in snippets)
            {
                insert.Add(snippet).Add(model).Add(embedding).Run();
            }
        }

        transaction.Commit();
        return true;
    });

    /// <summary>The next free row id for a vector.</summary>
    public long NextEmbedding() => Guard(() => 1 + _connection.ExecuteScalar<long>("select coalesce(max(id), 0) from embedding"));

    /// <summary>Removes vectors that no snippet uses, once they outnumber those in use. Returns their number.</summary>
    public int PruneEmbeddings() => Guard(() => _connection.Execute("""
        delete from embedding where not exists (select 1 from snippet_embedding e where e.embedding_id = embedding.id)
            and (select count(*) from embedding) > 2 * (select count(distinct embedding_id) from snippet_embedding)
        """));

    /// <summary>Row ids of embedded snippets and their stored vectors, ordered by repository, path and position.</summary>
    public IEnumerable<(long Snippet, byte[] Vector)> Vectors(long model, StoreSelection selection)
    {
        var parameters = new DynamicParameters(selection.Parameters);
        parameters.Add("model", model);
        return Read("""
            select s.id, v.id, v.vector, m.dimension
            from repository r cross join file f on f.repository_id = r.id cross join snippet s on s.file_id = f.id
                cross join snippet_embedding e on e.snippet_id = s.id and e.model_id = @model
                cross join embedding v on v.id = e.embedding_id cross join model m on m.id = v.model_id
            where
            """ + " " + selection.Sql + " order by r.name, f.path, s.ordinal", parameters,
            row => (row.GetInt64(0), StoredVector.Checked((byte[])row[2], row.GetInt64(1), row.GetInt64(3))));
    }

    /// <summary>Stored vectors by row id. Missing ones are left out.</summary>
    public Dictionary<long, byte[]> Vectors(IEnumerable<long> embeddings)
    {
        var result = new Dictionary<long, byte[]>();
        foreach (var some in embeddings.Distinct().Chunk(5000))
        {
            foreach (var (id, vector) in Read(
                $"select v.id, vector, dimension from embedding v join model m on m.id = model_id where v.id in ({string.Join(',', some)})",
                null, row => (row.GetInt64(0), StoredVector.Checked((byte[])row[1], row.GetInt64(0), row.GetInt64(2)))))
            {
                result[id] = vector;
            }
        }

        return result;
    }

    /// <summary>Vectors of snippets, by row id of the snippet. Snippets that the model has not embedded are left out.</summary>
    internal Dictionary<long, byte[]> VectorsOf(long model, IEnumerable<long> snippets)
    {
        var result = new Dictionary<long, byte[]>();
        foreach (var some in snippets.Distinct().Chunk(5000))
        {
            // Numbers cannot inject SQL.
            foreach (var (id, vector) in Read($"""
                select e.snippet_id, v.id, v.vector, m.dimension from snippet_embedding e join embedding v on v.id = e.embedding_id
                    join model m on m.id = v.model_id
                where e.model_id = @model and e.snippet_id in ({string.Join(',', some)})
                """, new { model }, row => (row.GetInt64(0), StoredVector.Checked((byte[])row[2], row.GetInt64(1), row.GetInt64(3)))))
            {
                result[id] = vector;
            }
        }

        return result;
    }

    /// <summary>The vector with this row id, L2-normalised; null if it is gone.</summary>
    public float[]? Vector(long embedding) =>
        Read("select vector, dimension from embedding v join model m on m.id = model_id where v.id = @embedding", new { embedding },
        row => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(StoredVector.Checked((byte[])row[0], embedding, row.GetInt64(1))).ToArray(),
            value => (float)value)).FirstOrDefault();

    /// <summary>Embedded snippets of a minimum length, ordered by repository, path and position. Read lazily.</summary>
    /// <param name="model">Row id of the model.</param>
    /// <param name="minTokens">Minimum number of tokens.</param>
    public IEnumerable<EmbeddedSnippet> EmbeddedSnippets(long model, int minTokens) => Read("""
        select s.id, e.embedding_id, r.name, f.language, s.kind, s.tokens, s.exact_hash, v.vector, m.dimension
        from repository r cross join file f on f.repository_id = r.id cross join snippet s on s.file_id = f.id
            cross join snippet_embedding e on e.snippet_id = s.id and e.model_id = @model
            cross join embedding v on v.id = e.embedding_id cross join model m on m.id = v.model_id
        where s.tokens >= @minTokens order by r.name, f.path, s.ordinal
        """, new { model, minTokens },
        row => new EmbeddedSnippet(row.GetInt64(0), row.GetInt64(1), string.Intern(row.GetString(2)), string.Intern(row.GetString(3)),
            (SnippetKind)row.GetInt32(4), row.GetInt32(5), MemoryMarshal.Read<UInt128>((byte[])row[6]),
            StoredVector.Checked((byte[])row[7], row.GetInt64(1), row.GetInt64(8))));
}

/// <summary>A snippet with its vector.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="Embedding">Row id of the vector. Snippets with equal input to the model share it.</param>
/// <param name="Repository">Name of the snippet's repository.</param>
/// <param name="Language">Language id.</param>
/// <param name="Kind">Kind of the snippet.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Exact">Hash of the snippet's tokens.</param>
/// <param name="Vector">The vector as stored: half precision, little-endian.</param>
public readonly record struct EmbeddedSnippet(long Row, long Embedding, string Repository, string Language, SnippetKind Kind, int Tokens,
    UInt128 Exact, byte[] Vector);

/// <summary>Validates vectors from the store (float16, little-endian).</summary>
internal static class StoredVector
{
    private const ushort Exponent = 0x7C00;

    /// <summary>Returns the vector's bytes after checking them.</summary>
    /// <param name="vector">Bytes of the vector.</param>
    /// <param name="id">Row id of the vector.</param>
    /// <param name="dimension">Number of values in a vector of its model.</param>
    /// <exception cref="InvalidDataException">The length is wrong, or a value is infinite or not a number.</exception>
    public static byte[] Checked(byte[] vector, long id, long dimension)
    {
        if (vector.Length != dimension * sizeof(ushort))
        {
            throw new InvalidDataException($"vector {id} has {vector.Length} bytes in place of {dimension * sizeof(ushort)}");
        }

        foreach (var value in MemoryMarshal.Cast<byte, ushort>(vector))
        {
            if ((value & Exponent) == Exponent)
            {
                throw new InvalidDataException($"vector {id} contains a value that is infinite or not a number");
            }
        }

        return vector;
    }
}
