using System.Diagnostics;
using System.Globalization;

namespace XCoder.Cli;

/// <summary>How far a stage of several steps is: the step, its share, its ETA.</summary>
internal sealed class StepProgress(TextWriter writer, bool terminal) : IProgress<(string Step, long Done, long All)>, IDisposable
{
    private readonly ProgressLine _line = new(writer, terminal);
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string _step = "";

    public void Report((string Step, long Done, long All) value)
    {
        lock (_gate)
        {
            if (value.Step != _step)
            {
                _step = value.Step;
                _watch.Restart();
            }

            if (!_line.IsDue)
            {
                return;
            }

            var share = value.All > 0 ? value.Done / (double)value.All : 0;
            var rest = share is > 0.01 and < 1 ? $"  ETA {ProgressLine.Time(_watch.Elapsed.TotalSeconds * (1 - share) / share)}" : "";
            _line.Show(string.Create(CultureInfo.InvariantCulture, $"{value.Step}{(value.All > 0 ? $"  {100 * share:0} %" : "")}{rest}"));
        }
    }

    public void Dispose() => _line.Clear();
}
