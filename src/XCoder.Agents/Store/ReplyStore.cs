using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Store;

/// <summary>
/// Recorded replies of the chat model, in the database of <see cref="GenerationStore"/> by connections of its own. Many
/// threads may use it: one task writes, what waits at the same time goes into one transaction, flushed to the disk.
/// </summary>
public sealed class ReplyStore : IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly string _path;
    private readonly Lock _reading = new();
    private readonly Channel<Entry> _queue = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    private ReplyStore(SqliteConnection writer, SqliteConnection reader, string path)
    {
        (_writer, _reader, _path) = (writer, reader, path);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Opens the replies of a workspace.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <exception cref="StoreException">The store is damaged, of another version, or cannot be opened.</exception>
    public static ReplyStore Open(string folder)
    {
        var writer = GenerationStore.Connect(folder);
        try
        {
            // What was paid for outlives a power cut, too.
            writer.Execute("pragma synchronous = full");
            return new ReplyStore(writer, GenerationStore.Connect(folder), Path.Combine(folder, GenerationStore.FileName));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Finds a recorded reply.</summary>
    /// <param name="key">Content address of the request.</param>
    /// <param name="repositories">Repositories whose text the request holds this time.</param>
    /// <param name="isComplete">Whether all of them are known to stand in it; otherwise <see cref="AddAsync"/> adds them.</param>
    public StoredReply? Find(string key, IReadOnlyCollection<string> repositories, out bool isComplete)
    {
        lock (_reading)
        {
            try
            {
                var reply = _reader.QuerySingleOrDefault<StoredReply>("""
                    select key, role, model, text, refusal, finish, prompt_tokens as PromptTokens, completion_tokens as CompletionTokens,
                      milliseconds, created_at as CreatedAt
                    from request where key = @key
                    """, new { key });
                isComplete = reply is null || repositories.Count == 0
                    || _reader.Query<string>("select repository from request_repository join request on id = request_id where key = @key",
                        new { key }).ToHashSet().IsSupersetOf(repositories);
                return reply;
            }
            catch (SqliteException exception)
            {
                throw GenerationStoreException.From(exception, _path);
            }
            catch (Exception exception) when (exception is InvalidCastException or FormatException or System.Data.DataException)
            {
                throw GenerationStoreException.Damaged(_path, exception);
            }
        }
    }

    /// <summary>Records a reply; done when it is on the disk. A key that is known keeps its reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="repositories">Repositories whose text the request holds.</param>
    /// <param name="run">The run it was asked in, or null.</param>
    public Task AddAsync(StoredReply reply, IReadOnlyCollection<string> repositories, long? run)
    {
        var entry = new Entry(reply, repositories, run);
        return _queue.Writer.TryWrite(entry) ? entry.Done.Task : throw new ObjectDisposedException(nameof(ReplyStore));
    }

    /// <summary>What a run's replies took, or those of all runs.</summary>
    public ReplyUsage UsageOf(long? run = null)
    {
        lock (_reading)
        {
            return _reader.QuerySingle<ReplyUsage>("""
                select count(*) as Requests, coalesce(sum(prompt_tokens), 0) as PromptTokens, coalesce(sum(completion_tokens), 0) as
                  CompletionTokens
                from request where @run is null or run_id = @run
                """, new { run });
        }
    }

    /// <summary>Waits for what is being recorded, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _writer.Dispose();
        lock (_reading)
        {
            _reader.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Entry>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            try
            {
                Write(batch);
                batch.ForEach(entry => entry.Done.SetResult());
            }
            catch (Exception exception)
            {
                var said = exception is SqliteException sqlite ? GenerationStoreException.From(sqlite, _path) : exception;
                batch.ForEach(entry => entry.Done.SetException(said));
            }
        }
    }

    private void Write(List<Entry> batch)
    {
        using var transaction = new StoreTransaction(_writer);
        foreach (var (reply, repositories, run) in batch)
        {
            _writer.Execute("""
                insert into request(key, run_id, role, model, text, refusal, finish, prompt_tokens, completion_tokens, milliseconds,
                  created_at)
                values(@Key, @run, @Role, @Model, @Text, @Refusal, @Finish, @PromptTokens, @CompletionTokens, @Milliseconds, @CreatedAt)
                on conflict(key) do nothing
                """, new { reply.Key, run, reply.Role, reply.Model, reply.Text, reply.Refusal, reply.Finish, reply.PromptTokens,
                    reply.CompletionTokens, reply.Milliseconds, reply.CreatedAt });
            foreach (var repository in repositories)
            {
                _writer.Execute(
                    "insert into request_repository(request_id, repository) select id, @repository from "
                        + "request where key = @Key on conflict do nothing", new { repository, reply.Key });
            }
        }

        transaction.Commit();
    }

    private sealed record Entry(StoredReply Reply, IReadOnlyCollection<string> Repositories, long? Run)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A reply of the chat model as it is recorded: what was received, before anything is read into it.</summary>
public sealed record StoredReply
{
    /// <summary>Content address of the request.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the question was for.</summary>
    public string Role { get; init; } = "";

    /// <summary>Name of the model asked.</summary>
    public string Model { get; init; } = "";

    /// <summary>The reply's text; may be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the endpoint gives as refusal, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it ended: <c>stop</c>, <c>length</c>, <c>content_filter</c> or what else the endpoint says.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Tokens of the request, by the endpoint's count; 0 where it gives none.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the reply.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Milliseconds from sending to the reply's end.</summary>
    public long Milliseconds { get; init; }

    /// <summary>When it came, ISO 8601.</summary>
    public string CreatedAt { get; init; } = "";
}

/// <summary>What recorded replies took.</summary>
public sealed record ReplyUsage
{
    /// <summary>Number of replies.</summary>
    public long Requests { get; init; }

    /// <summary>Tokens of their requests.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the replies.</summary>
    public long CompletionTokens { get; init; }
}
