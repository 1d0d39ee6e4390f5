using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace XCoder.Agents.Verification.Judging;

/// <summary>
/// Passes values between the tests and the answer, whose processes do not see one another. Requests are lines that begin with a secret of
/// the tests. Only a name, values and errors pass, and each is checked to be exactly that. After the tests have passed, they run again as
/// controls with false replies. The second run returns values that differ from the first. The third runs if the answer returned a value
/// that careless tests accept for any other, and returns only such values. The fourth runs if the answer also raised errors, and returns
/// only errors.
/// </summary>
/// <param name="judgeSecret">Prefix of the lines of the tests' program.</param>
/// <param name="answerSecret">Prefix of the lines of the answer's program.</param>
/// <param name="keys">Keys of the functions that may be called.</param>
internal sealed class JudgeRelay(string judgeSecret, string answerSecret, IReadOnlySet<string> keys) : IDisposable
{
    private const int LongestLine = 1 << 20, MostCalls = 100_000;
    private const long MostBytes = 64L << 20;
    private const int EmptyRun = 2, ErrorRun = 3;
    private const string Built = "^";
    private const string TooLong = "# a value is too long";
    private const string Ended = "! s616e737765722d656e646564; s;";

    private readonly BlockingCollection<string> _replies = [];
    private readonly ManualResetEventSlim _isReady = new();
    private readonly List<string> _given = [], _asked = [];
    private bool _isAsking;
    private Stream? _answer;
    private int _run;

    /// <summary>Number of calls that the tests made.</summary>
    public int Calls => _given.Count;

    /// <summary>
    /// The calls that returned a value: the request is the function's key and its arguments, the reply is the value, a space and the
    /// arguments after the call.
    /// </summary>
    public IEnumerable<(string Asked, string Reply)> Given =>
        _asked.Zip(_given).Where(call => call.Second[0] == '=').Select(call => (call.First, call.Second[2..]));

    /// <summary>Exit code of the tests, or null until they end.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether the tests ran to their end.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether a control run with false replies ended like passing tests; null if none ran.</summary>
    public bool? IsControlPassed { get; private set; }

    /// <summary>Why something could not be passed on, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the answer's program ended before the tests did.</summary>
    public bool HasAnswerEnded { get; private set; }

    /// <summary>Whether the last call gave an error, or ended the answer's program.</summary>
    public bool IsLastAnError => _given.Count > 0 && _given[^1][0] == '!';

    /// <summary>Whether the tests are waiting for the answer now.</summary>
    public bool IsAsking => Volatile.Read(ref _isAsking);

    /// <summary>Reads the lines of the answer's program until its output ends. Returns false if it wrote too much.</summary>
    public bool TalkToAnswer(Stream input, Stream output)
    {
        _answer = input;
        try
        {
            return Lines(output, answerSecret, line =>
            {
                if (line == Built)
                {
                    _isReady.Set();
                }
                else
                {
                    _replies.Add(line);
                }

                return true;
            });
        }
        finally
        {
            _isReady.Set();
            _replies.CompleteAdding();
        }
    }

    /// <summary>Reports that the answer's program has ended or will not start.</summary>
    public void AnswerIsOver()
    {
        if (!_replies.IsAddingCompleted)
        {
            _replies.CompleteAdding();
        }

        _isReady.Set();
    }

    /// <summary>Replies to the lines of the tests' program until its output ends. Returns false if it wrote too much.</summary>
    public bool TalkToJudge(Stream input, Stream output)
    {
        var (control, isControlDone) = (0, false);
        try
        {
            return Lines(output, judgeSecret, line =>
            {
                switch (line[0])
                {
                    case '?' when _run == 0:
                        Write(input, Call(line[1..].Trim()));
                        break;
                    case '?':
                        Write(input, control < _given.Count ? Control(_given[control], _asked[control], ++control) : Ended);
                        break;
                    case '#':
                        Problem ??= line[1..].Trim();
                        break;
                    case '$':
                        (IsDone, isControlDone) = (IsDone || _run == 0, _run > 0);
                        break;
                    case '~' when _run == 0:
                        ExitCode = int.TryParse(line[1..], CultureInfo.InvariantCulture, out var code) ? code : -1;
                        if (ExitCode != 0 || !IsDone || Problem is not null || _given.Count == 0)
                        {
                            input.Close();
                            return false;
                        }

                        _run = 1;
                        Write(input, "control");
                        break;
                    case '~':
                        IsControlPassed = isControlDone && line[1..].Trim() == "0";
                        if (IsControlPassed == true || NextRun() is not { } next)
                        {
                            input.Close();
                            return false;
                        }

                        (_run, control, isControlDone) = (next, 0, false);
                        Write(input, "control");
                        break;
                }

                return true;
            });
        }
        finally
        {
            CloseAnswer();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _replies.Dispose();
        _isReady.Dispose();
    }

    // The request is "KEY VALUE". Returns the answer's reply, or an error if the answer has ended.
    private string Call(string request)
    {
        var at = request.IndexOf(' ', StringComparison.Ordinal);
        if (at < 0 || !keys.Contains(request[..at]) || !WireValue.IsValid(request.AsSpan(at + 1)) || _given.Count >= MostCalls)
        {
            Problem ??= at > 0 && keys.Contains(request[..at]) ? "the tests pass something that is no value"
                : "the tests call something else than the answer";
            return Ended;
        }

        Volatile.Write(ref _isAsking, true);
        _isReady.Wait();
        var reply = Ask(_given.Count.ToString(CultureInfo.InvariantCulture), request) ?? Ended;
        Volatile.Write(ref _isAsking, false);
        HasAnswerEnded |= reply == Ended;
        _given.Add(reply);
        _asked.Add(request);
        return reply;
    }

    private string? Ask(string index, string request)
    {
        if (_answer is null || !Write(_answer, $"{index} {request}"))
        {
            return null;
        }

        foreach (var line in _replies.GetConsumingEnumerable())
        {
            if (line.Split(' ') is not [var kind, .. var rest] || (kind != "#" && rest.FirstOrDefault() != index))
            {
                continue;
            }

            var parts = rest.Skip(1).ToArray();
            if (kind is "=" or "!" && parts.Length == 2 && WireValue.IsValid(parts[0]) && WireValue.IsValid(parts[1]))
            {
                return $"{kind} {parts[0]} {parts[1]}";
            }

            Problem ??= kind == "#" ? "the answer gives or takes something that is no value" : "the answer's reply is no value";
            return Ended;
        }

        return null;
    }

    // Returns a value other than the answer's, and other items where the answer changed its arguments. If neither can be changed, returns
    // an error; if the answer raised an error, returns a value.
    private string Control(string given, string asked, int step)
    {
        var parts = given.Split(' ');
        if (_run == ErrorRun)
        {
            return parts[0] == "!" ? given : _given.Find(reply => reply[0] == '!')!;
        }

        if (parts[0] == "!")
        {
            return "= n n";
        }

        if (_run == EmptyRun)
        {
            return Emptied(parts, step);
        }

        var (value, after) = (WireValue.Change(parts[1], step), WireValue.ChangeItems(parts[2], asked, step));
        return value is null && after is null ? "! s436f6e74726f6c; s;" : $"= {value ?? parts[1]} {after ?? parts[2]}";
    }

    private static string Emptied(string[] parts, int step) =>
        $"= {WireValue.Empty(parts[1], step)} {(parts[1] is "n" or "v" or "u0;" or "l0;" ? WireValue.EmptyItems(parts[2]) : parts[2])}";

    private int? NextRun() => _run < EmptyRun && _given.Exists(IsCareless) && !_given.TrueForAll(IsRightlyEmpty) ? EmptyRun
        : _run < ErrorRun && _given.Exists(reply => reply[0] == '!') && _given.Exists(reply => reply[0] == '=') ? ErrorRun : null;

    private static bool IsCareless(string given) => given.Split(' ') is ["=", var value, ..] && WireValue.IsEmpty(value);

    // For a call without arguments an empty value, apart from null and NaN, is as right as any other. The same value again would be no
    // control.
    private static bool IsRightlyEmpty(string given) =>
        given.Split(' ') is ["=", var value, "l0;"] && value is not ("n" or "v" or "dNaN;") && Emptied(given.Split(' '), 1) == given;

    private void CloseAnswer()
    {
        _isReady.Wait();
        try
        {
            _answer?.Close();
        }
        catch (IOException)
        {
            // The answer's program has already ended.
        }
    }

    private static bool Write(Stream stream, string line)
    {
        try
        {
            stream.Write(Encoding.ASCII.GetBytes(line + "\n"));
            stream.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    // Passes on the lines that begin with the secret, without it; other lines are the program's own output. Returns false after too many
    // bytes.
    private static bool Lines(Stream stream, string secret, Func<string, bool> take)
    {
        var (buffer, line, bytes, isLong) = (new byte[16 << 10], new MemoryStream(), 0L, false);
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes += read;
            if (bytes > MostBytes)
            {
                return false;
            }

            foreach (var value in buffer.AsSpan(0, read))
            {
                if (value != '\n')
                {
                    isLong |= line.Length >= LongestLine;
                    if (!isLong)
                    {
                        line.WriteByte(value);
                    }

                    continue;
                }

                var text = Encoding.ASCII.GetString(line.GetBuffer(), 0, (int)line.Length);
                line.SetLength(0);
                var said = text.StartsWith(secret + " ", StringComparison.Ordinal) && text.Length > secret.Length + 1 ? isLong ? TooLong
                    : text[(secret.Length + 1)..] : null;
                isLong = false;
                if (said is not null && !take(said))
                {
                    return true;
                }
            }
        }

        return true;
    }
}
