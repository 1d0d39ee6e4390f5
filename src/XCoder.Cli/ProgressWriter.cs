using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;

namespace XCoder.Cli;

/// <summary>Shows how far indexing is: one line drawn over itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ProgressWriter : IProgress<IndexProgress>, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly ProgressLine _line;

    public ProgressWriter(TextWriter writer, bool terminal) => _line = new ProgressLine(writer, terminal);

    public void Report(IndexProgress value)
    {
        if (!_line.IsDue)
        {
            return;
        }

        lock (_gate)
        {
            if (_line.IsDue)
            {
                _line.Show(Line(value));
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _line.Clear();
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
            line += string.Create(CultureInfo.InvariantCulture, $"  repository {value.RepositoriesDone + 1} of {value.Repositories}  ETA {ProgressLine.Time(seconds * (1 - share) / share)}");
        }
        else if (value.WalkIsComplete && rate > 0)
        {
            line += $"  ETA {ProgressLine.Time((value.FilesFound - value.FilesDone) / rate)}";
        }

        return line;
    }
}
