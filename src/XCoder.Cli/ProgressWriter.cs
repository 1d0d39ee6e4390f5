using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;

namespace XCoder.Cli;

/// <summary>Shows how far indexing is: one line drawn over itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ProgressWriter : IProgress<IndexProgress>, IDisposable
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _writer;
    private readonly bool _terminal;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private TimeSpan _next;
    private int _width;

    public ProgressWriter(TextWriter writer, bool terminal)
    {
        (_writer, _terminal) = (writer, terminal);
        _next = terminal ? TerminalInterval : PlainInterval;
    }

    public void Report(IndexProgress value)
    {
        if (_watch.Elapsed < _next)
        {
            return;
        }

        lock (_gate)
        {
            if (_watch.Elapsed < _next)
            {
                return;
            }

            _next = _watch.Elapsed + (_terminal ? TerminalInterval : PlainInterval);
            Show(Line(value));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_width > 0)
            {
                _writer.Write('\r' + new string(' ', _width) + '\r');
                _width = 0;
            }
        }
    }

    private string Line(IndexProgress value)
    {
        var seconds = _watch.Elapsed.TotalSeconds;
        var rate = value.FilesDone / seconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"index {SafeText.ForTerminal(value.Repository)}  {value.FilesDone:N0}/{value.FilesFound:N0}{(value.WalkIsComplete ? "" : "+")} files  {rate:N0} files/s  {value.Bytes / seconds / 1e6:0.0} MB/s");
        if (value.Repositories > 1)
        {
            // Repositories differ in size; their number is all that is known ahead.
            var share = (value.RepositoriesDone + (value.FilesFound == 0 ? 0 : 0.5)) / value.Repositories;
            line += string.Create(CultureInfo.InvariantCulture, $"  repository {value.RepositoriesDone + 1} of {value.Repositories}  ETA {Time(seconds * (1 - share) / share)}");
        }
        else if (value.WalkIsComplete && rate > 0)
        {
            line += $"  ETA {Time((value.FilesFound - value.FilesDone) / rate)}";
        }

        return line;
    }

    private void Show(string line)
    {
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

    private static string Time(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 359999)) is var time && time.TotalHours >= 1
        ? $"{(int)time.TotalHours}:{time:mm\\:ss}"
        : $"{time:mm\\:ss}";
}
