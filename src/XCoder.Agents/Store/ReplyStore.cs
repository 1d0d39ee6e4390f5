using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Store;

/// <summary>
/// Records replies of the chat model in the database of <see cref="GenerationStore"/>, over its own connections. Thread-safe: one task
/// writes, and replies that wait at the same time share one transaction, which is flushed to disk.
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
    /// <exception cref="StoreException">The store is damaged, has another version or cannot be opened.</exception>
    public static ReplyStore Open(string folder)
    {
        var writer = GenerationStore.Connect(folder);
        try
        {
            // Replies cost money, so they must survive a power failure.
            writer.Execute("pragma synchronous = full");
            return new ReplyStore(writer, GenerationStore.Connect(folder), Path.Combine(folder, GenerationStore.FileName));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Returns a recorded reply, or null.</summary>
    /// <param name="key">Content hash of the request.</param>
    /// <param name="repositories">Repositories whose text the request contains this time.</param>
    /// <param name="isComplete">Whether the record already names all of them; otherwise <see cref="AddAsync"/> adds them.</param>
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

    /// <summary>Records a reply. The task completes when the reply is on disk. An existing reply with the same key stays.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="repositories">Repositories whose text the request contains.</param>
    /// <param name="run">Number of the run that sent the request, or null.</param>
    public Task AddAsync(StoredReply reply, IReadOnlyCollection<string> repositories, long? run)
    {
        var entry = new Entry(reply, repositories, run);
        return _queue.Writer.TryWrite(entry) ? entry.Done.Task : throw new ObjectDisposedException(nameof(ReplyStore));
    }

    /// <summary>Returns the requests and tokens of a run's replies, or of all replies.</summary>
    public ReplyUsage UsageOf(long? run = null)
    {
        lock (_reading)
        {
            return _reader.QuerySingle<ReplyUsage>("""
                select count(*) as Requests, coalesce(sum(prompt_tokens), 0) as PromptTokens, coalesce(sum(completion_tokens), 0) as
                  CompletionTokens
                from request where (@run is null or run_id = @run) and role <> @trial
                """, new { run, trial = StoredReply.Trial });
        }
    }

    /// <summary>Waits until pending replies are recorded, then closes.</summary>
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
                _writer.Execute("insert into request_repository(request_id, repository) select id, @repository from request "
                    + "where key = @Key on conflict do nothing", new { repository, reply.Key });
            }
        }

        transaction.Commit();
    }

    private sealed record Entry(StoredReply Reply, IReadOnlyCollection<string> Repositories, long? Run)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A reply of the chat model as it was received, before it is parsed.</summary>
public sealed record StoredReply
{
    /// <summary>Content hash of the request.</summary>
    public string Key { get; init; } = "";

    /// <summary>The role of a record that holds no reply but what running a draft showed.</summary>
    public const string Trial = "trial";

    /// <summary>Purpose of the question: the prompt's name, or <see cref="Trial"/>.</summary>
    public string Role { get; init; } = "";

    /// <summary>Name of the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>Text of the reply; may be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>Refusal that the endpoint reports, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Finish reason: <c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Prompt tokens, as the endpoint reports them; 0 when it does not.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Completion tokens, as the endpoint reports them; 0 when it does not.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Milliseconds from sending the request to the end of the reply.</summary>
    public long Milliseconds { get; init; }

    /// <summary>Time when the reply arrived, ISO 8601.</summary>
    public string CreatedAt { get; init; } = "";
}

/// <summary>Number and tokens of recorded replies.</summary>
public sealed record ReplyUsage
{
    /// <summary>Number of replies.</summary>
    public long Requests { get; init; }

    /// <summary>Prompt tokens of all replies.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Completion tokens of all replies.</summary>
    public long CompletionTokens { get; init; }
}
