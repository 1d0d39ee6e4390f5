using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace XCoder.Server.Mcp;

/// <summary>
/// Reads and writes messages, one a line. It hides the end of the input until every request has its response, so that whoever
/// writes requests and closes the input, as a script does, gets all answers.
/// </summary>
internal sealed class PatientTransport : ITransport
{
    private readonly StreamServerTransport _inner;
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>();
    private readonly HashSet<RequestId> _open = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private bool _hasEnded;

    /// <param name="input">Gives the messages. It may block.</param>
    /// <param name="output">Takes the messages.</param>
    public PatientTransport(Stream input, Stream output)
    {
        _inner = new StreamServerTransport(new PatientInput(input, Answered), output);
        _made.SetResult();
        _reading = ReadAsync();
    }

    /// <inheritdoc/>
    public string? SessionId => _inner.SessionId;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _inner.SendMessageAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError)
            {
                Close(((JsonRpcMessageWithId)message).Id);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _answered.TrySetResult();
        await _inner.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        while (await _inner.MessageReader.WaitToReadAsync().ConfigureAwait(false))
        {
            for (JsonRpcMessage? message; (message = Take()) is not null;)
            {
                await _messages.Writer.WriteAsync(message).ConfigureAwait(false);

                // A cancelled request has no response.
                if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters }
                    && parameters["requestId"] is JsonValue id)
                {
                    Close(id.TryGetValue<long>(out var number) ? new RequestId(number) : new RequestId(id.ToString()));
                }
            }
        }

        _messages.Writer.TryComplete();
    }

    private JsonRpcMessage? Take()
    {
        lock (_open)
        {
            if (_inner.MessageReader.TryRead(out var message) && message is JsonRpcRequest request)
            {
                _open.Add(request.Id);
            }

            // It may have been the last, and one that has no response.
            End();
            return message;
        }
    }

    // The other transport reads before its constructor has ended.
    private async Task Answered()
    {
        await _made.Task.ConfigureAwait(false);
        lock (_open)
        {
            _hasEnded = true;
            End();
        }

        await _answered.Task.ConfigureAwait(false);
    }

    private void Close(RequestId id)
    {
        lock (_open)
        {
            _open.Remove(id);
            End();
        }
    }

    private void End()
    {
        if (_hasEnded && _open.Count == 0 && !_inner.MessageReader.TryPeek(out _))
        {
            _answered.TrySetResult();
        }
    }
}

/// <summary>A stream that waits before it ends, and whose reading can be cancelled though that of standard input cannot.</summary>
/// <param name="inner">The stream to read.</param>
/// <param name="end">Called at the end; the stream ends when the task does.</param>
internal sealed class PatientInput(Stream inner, Func<Task> end) : Stream
{
    private readonly byte[] _read = new byte[1 << 16];

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A read that was given up may still write; nobody reads again then.
        var most = Math.Min(buffer.Length, _read.Length);
        var count = await Task.Run(() => inner.Read(_read, 0, most), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (count == 0)
        {
            await end().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        _read.AsSpan(0, count).CopyTo(buffer.Span);
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }
}
