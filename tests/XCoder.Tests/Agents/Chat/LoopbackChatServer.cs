using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace XCoder.Tests.Agents.Chat;

/// <summary>
/// A real HTTP server on loopback that speaks OpenAI's chat protocol, plain and streamed, answers by a function of the request
/// and fails on demand.
/// </summary>
internal sealed class LoopbackChatServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private readonly Func<LoopbackRequest, LoopbackAnswer> _answer;
    private readonly bool _keepsRequests;
    private long _count;
    private int _inFlight;
    private int _mostInFlight;

    /// <param name="answer">Answers; by the schema where none is given.</param>
    /// <param name="keepsRequests">Whether <see cref="Requests"/> grows.</param>
    public LoopbackChatServer(Func<LoopbackRequest, LoopbackAnswer>? answer = null, bool keepsRequests = true)
    {
        (_answer, _keepsRequests) = (answer ?? LoopbackAnswers.BySchema, keepsRequests);
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    /// <summary>Requests so far, failed ones too.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Raised by each request when it is counted, by whatever thread.</summary>
    public event Action? Arrived;

    /// <summary>Requests that wait for their answer.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    /// <summary>Answers that come first, in order.</summary>
    public ConcurrentQueue<LoopbackAnswer> Script { get; } = new();

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        foreach (var client in _clients.Keys)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                client.NoDelay = true;
                _clients[client] = true;
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var reader = new HttpRequestReader(stream);
            while (await reader.ReadAsync(_end.Token) is var (path, authorization, body))
            {
                var request = new LoopbackRequest(Interlocked.Increment(ref _count), path, authorization, body);
                if (_keepsRequests)
                {
                    Requests.Enqueue(request);
                }

                Arrived?.Invoke();
                var now = Interlocked.Increment(ref _inFlight);
                for (var most = _mostInFlight; most < now; most = _mostInFlight)
                {
                    Interlocked.CompareExchange(ref _mostInFlight, now, most);
                }

                try
                {
                    var answer = Script.TryDequeue(out var scripted) ? scripted : _answer(request);
                    await Task.Delay(answer.Fault == LoopbackFault.Hang ? Timeout.InfiniteTimeSpan : answer.Delay, _end.Token);
                    await answer.Until.WaitAsync(_end.Token);
                    if (!await new LoopbackResponse(stream, request, answer).WriteAsync(_end.Token))
                    {
                        return;
                    }
                }
                finally
                {
                    Interlocked.Decrement(ref _inFlight);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    /// <summary>Reads requests of one connection.</summary>
    private sealed class HttpRequestReader(NetworkStream stream)
    {
        private byte[] _buffer = new byte[16384];
        private int _filled;

        public async Task<(string Path, string Authorization, string Body)?> ReadAsync(CancellationToken cancellation)
        {
            int end;
            while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await FillAsync(cancellation))
                {
                    return null;
                }
            }

            var lines = Encoding.ASCII.GetString(_buffer, 0, end).Split("\r\n");
            var length = int.Parse(Header(lines, "Content-Length") is { Length: > 0 } text ? text : "0", CultureInfo.InvariantCulture);
            while (_filled < end + 4 + length)
            {
                if (!await FillAsync(cancellation))
                {
                    return null;
                }
            }

            var body = Encoding.UTF8.GetString(_buffer, end + 4, length);
            _filled -= end + 4 + length;
            Buffer.BlockCopy(_buffer, end + 4 + length, _buffer, 0, _filled);
            return (lines[0].Split(' ')[1], Header(lines, "Authorization"), body);
        }

        private static string Header(string[] lines, string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";

        private async Task<bool> FillAsync(CancellationToken cancellation)
        {
            if (_filled == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellation);
            _filled += read;
            return read > 0;
        }
    }
}
