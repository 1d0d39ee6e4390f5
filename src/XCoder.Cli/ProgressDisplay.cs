using System.Diagnostics;
using System.Globalization;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;

namespace XCoder.Cli;

/// <summary>Shows how far a stage is: one line drawn over itself on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class ProgressDisplay(TextWriter writer, bool terminal) : IProgress<StageProgress>, IDisposable
{
    private readonly ProgressLine _line = new(writer, terminal);
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = new();
    private string _stage = "";
    private long _before;

    public void Report(StageProgress value)
    {
        // Most reports come too soon to be shown.
        if (!_line.IsDue && value.Stage == _stage)
        {
            return;
        }

        lock (_gate)
        {
            if (value.Stage != _stage)
            {
                (_stage, _before) = (value.Stage, value.Done);
                _watch.Restart();
            }

            if (_line.IsDue)
            {
                _line.Show(Line(value));
            }
        }
    }

    /// <summary>Removes the line, so that something else can be written; the next report draws it again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _line.Clear();
        }
    }

    public void Dispose() => Clear();

    private string Line(StageProgress value)
    {
        var seconds = Math.Max(_watch.Elapsed.TotalSeconds, 1e-3);
        var rate = (value.Done - _before) / seconds;
        var line = new StringBuilder(value.Stage);
        Add(value.Item.Length > 0, $" {SafeText.ForTerminal(value.Item)}");
        if (value.Unit.Length > 0)
        {
            Add(true, $"  {value.Done:N0}/{value.Total:N0}{(value.IsTotalOpen ? "+" : "")} {value.Unit}");
            Add(value.Detail.Length == 0, $"  {rate:N0} {value.Unit}/s");
        }
        else
        {
            Add(value.Total > 0, $"  {100 * value.Done / (double)value.Total:0} %");
        }

        Add(value.Bytes > 0, $"  {value.Bytes / seconds / 1e6:0.0} MB/s");
        Add(value.Detail.Length > 0, $"  {SafeText.ForTerminal(value.Detail)}");
        Add(value.Parts > 1, $"  repository {value.PartsDone + 1} of {value.Parts}");
        var rest = Rest(value, seconds, rate);
        Add(rest is not null, $"  ETA {ProgressLine.Time(rest ?? 0)}");
        return line.ToString();

        void Add(bool isShown, FormattableString text) => line.Append(isShown ? text.ToString(CultureInfo.InvariantCulture) : "");
    }

    // Seconds, or null where nothing can be said. Repositories differ in size; their number is all that is known ahead.
    private static double? Rest(StageProgress value, double seconds, double rate) => value switch
    {
        { Parts: > 1 } when (value.PartsDone + (value.Total == 0 ? 0 : 0.5)) / value.Parts is > 0 and < 1 and var share => seconds * (1 - share) / share,
        { IsTotalOpen: true } or { Total: 0 } => null,
        _ => rate > 0 ? (value.Total - value.Done) / rate : null,
    };
}
