using System.Diagnostics;

namespace XCoder.Cli;

/// <summary>One line of progress: drawn over itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _writer;
    private readonly bool _terminal;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next;
    private int _width;

    public ProgressLine(TextWriter writer, bool terminal) => (_writer, _terminal, _next) = (writer, terminal, terminal ? TerminalInterval : PlainInterval);

    /// <summary>Whether it is time to show another line.</summary>
    public bool IsDue => _watch.Elapsed >= _next;

    /// <summary>A time for people: mm:ss or h:mm:ss.</summary>
    public static string Time(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 359999)) is var time && time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
        : $"{time:mm\\:ss}";

    public void Show(string line)
    {
        _next = _watch.Elapsed + (_terminal ? TerminalInterval : PlainInterval);
        if (!_terminal)
        {
            _writer.WriteLine(line);
            return;
        }

        var limit = Math.Max(20, Console.WindowWidth) - 1;
        line = line.Length > limit ? line[..limit] : line;
        _writer.Write('\r' + line.PadRight(_width));
        _width = line.Length;
    }

    public void Clear()
    {
        if (_width > 0)
        {
            _writer.Write('\r' + new string(' ', _width) + '\r');
            _width = 0;
        }
    }
}
