using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;

namespace XCoder.Agents.Chat;

/// <summary>
/// Answers by schema from an endpoint that may be slow, dear and faulty: every reply is recorded under the content address of its
/// request before it is used, and is never requested again. For many threads.
/// </summary>
public sealed class ChatGateway : IChatGateway, IDisposable
{
    private const int MaxTold = 8000;
    private const string FormatVersion = "1";

    private readonly ReplyStore _replies;
    private readonly ChatGatewayOptions _options;
    private readonly ChatCounters _counters = new();
    private readonly ModelCaller _caller;
    private readonly ConcurrentDictionary<string, Task<CallOutcome>> _inFlight = new();

    /// <summary>Makes a gateway.</summary>
    /// <param name="client">Sends one try; it throws <see cref="ChatCallException"/>.</param>
    /// <param name="replies">Where replies are recorded.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Time of waits, limits and latencies; the system's by default.</param>
    /// <exception cref="ArgumentException">A limit makes no sense, or lacks prices.</exception>
    public ChatGateway(IChatClient client, ReplyStore replies, ChatGatewayOptions options, TimeProvider? time = null)
    {
        options.Check();
        (_replies, _options) = (replies, options);
        var before = options.Run is { } run ? replies.UsageOf(run) : new ReplyUsage();
        _caller = new ModelCaller(client, options, new Budget(options, before), _counters, time ?? TimeProvider.System);
    }

    /// <summary>What was done so far.</summary>
    public ChatStatistics Statistics => _counters.Snapshot(_caller.Budget.Spent);

    /// <summary>Content address of a question: 64 hex digits over all that may change its answer, and nothing of the endpoint's.</summary>
    /// <param name="query">The question.</param>
    /// <param name="model">Name of the model.</param>
    public static string KeyOf(ChatQuery query, string model) => KeyOf(query, model, query.Messages, attempt: 0);

    /// <inheritdoc/>
    public async Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation)
    {
        IReadOnlyList<ChatText> messages = query.Messages;
        var (prompt, completion, isRecorded, first) = (0L, 0L, true, "");
        for (var attempt = 0; ; attempt++)
        {
            var key = KeyOf(query, _options.Model, messages, attempt);
            first = attempt == 0 ? key : first;
            var outcome = await ReplyAsync(key, query, messages, cancellation);
            if (outcome.Reply is not { } reply)
            {
                return Failed(outcome.Failure!);
            }

            isRecorded &= outcome.Recorded;
            (prompt, completion) = (prompt + reply.PromptTokens, completion + reply.CompletionTokens);
            if (Read(reply, query, out var failure) is { } answer)
            {
                _counters.Answer();
                return new ChatReply(new ChatAnswer(first, answer, (int)prompt, (int)completion, isRecorded), null);
            }

            // What the model will not say it will not say again; anything else may be an accident.
            if (failure!.Kind == ChatFailureKind.Refused || attempt >= _options.MaxRepairs)
            {
                return Failed(failure);
            }

            _counters.Repair();
            messages = AskedAgain(query, reply, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _caller.Dispose();

    private static string KeyOf(ChatQuery query, string model, IReadOnlyList<ChatText> messages, int attempt) => RowId.Hash(
    [
        FormatVersion, model, query.Role, query.Schema.Name, query.Schema.Text,
        query.Temperature.ToString("R", CultureInfo.InvariantCulture), Text(query.MaxTokens), Text(query.Sample), Text(attempt),
        .. messages.SelectMany(message => new[] { message.Role, message.Text }),
    ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonElement? Read(StoredReply reply, ChatQuery query, out ChatFailure? failure)
    {
        if (!string.IsNullOrEmpty(reply.Refusal) || reply.Finish == ChatFinishReason.ContentFilter.Value)
        {
            failure = new ChatFailure(ChatFailureKind.Refused, reply.Refusal is { Length: > 0 } said ? $"The model refused: {CallFailures.Shown(said)}" : "The endpoint's filter refused.");
            return null;
        }

        // Half an answer may be repaired to something that fits, and still lacks its other half.
        if (reply.Finish == ChatFinishReason.Length.Value)
        {
            failure = new ChatFailure(ChatFailureKind.Truncated, $"The reply reached the limit of {query.MaxTokens} tokens and was cut.");
            return null;
        }

        return AnswerReader.Read(reply.Text, query.Schema, out failure);
    }

    private static IReadOnlyList<ChatText> AskedAgain(ChatQuery query, StoredReply reply, ChatFailure failure) => failure.Kind switch
    {
        ChatFailureKind.Empty => query.Messages,
        ChatFailureKind.Truncated => [.. query.Messages, new ChatText(ChatText.User, "Your last answer was too long and was cut. Answer again, much shorter, with the JSON object alone.")],
        _ =>
        [
            .. query.Messages,
            new ChatText(ChatText.Assistant, reply.Text.Length > MaxTold ? reply.Text[..MaxTold] : reply.Text),
            new ChatText(ChatText.User, $"That answer cannot be used. {failure.Message} Answer again with one JSON object that fits the schema, and with nothing else."),
        ],
    };

    // Recorded, being asked by another, or asked now.
    private async Task<CallOutcome> ReplyAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, CancellationToken cancellation)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<CallOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
            var task = _inFlight.GetOrAdd(key, mine.Task);
            if (task != mine.Task)
            {
                try
                {
                    var other = await task.WaitAsync(cancellation);
                    return other.Reply is null ? other : await ReplayAsync(key, query) ?? other;
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    // The other one gave up; this one has not.
                    continue;
                }
            }

            try
            {
                var outcome = await ReplayAsync(key, query) ?? await RecordAsync(key, query, messages, cancellation);
                _inFlight.TryRemove(key, out _);
                mine.SetResult(outcome);
                return outcome;
            }
            catch (Exception exception)
            {
                _inFlight.TryRemove(key, out _);
                Give(mine, exception);
                throw;
            }
        }
    }

    private static void Give(TaskCompletionSource<CallOutcome> waiting, Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            waiting.SetCanceled();
            return;
        }

        waiting.SetException(exception);
        _ = waiting.Task.Exception;
    }

    private async Task<CallOutcome?> ReplayAsync(string key, ChatQuery query)
    {
        if (_replies.Find(key, query.Repositories, out var isComplete) is not { } known)
        {
            return null;
        }

        if (!isComplete)
        {
            await _replies.AddAsync(known, query.Repositories, _options.Run);
        }

        _counters.Replay();
        _counters.Role(query.Role);
        return new CallOutcome(known, null, Recorded: true);
    }

    private async Task<CallOutcome> RecordAsync(string key, ChatQuery query, IReadOnlyList<ChatText> messages, CancellationToken cancellation)
    {
        var outcome = await _caller.CallAsync(key, query, messages, cancellation);
        if (outcome.Reply is { } reply)
        {
            await _replies.AddAsync(reply, query.Repositories, _options.Run);
            _counters.Role(query.Role);
        }

        return outcome;
    }

    private ChatReply Failed(ChatFailure failure)
    {
        _counters.Fail(failure.Kind);
        return new ChatReply(null, failure);
    }
}
