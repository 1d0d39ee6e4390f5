using System.Diagnostics;
using System.Globalization;

namespace XCoder.Cli;

/// <summary>How far a stage is that counts to a known number: done, rate, ETA.</summary>
internal sealed class CountProgress(TextWriter writer, string stage, string unit, bool terminal) : IProgress<(long Done, long All)>, IDisposable
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ProgressLine _line = new(writer, terminal);
    private long? _before;

    public void Report((long Done, long All) value)
    {
        _before ??= value.Done;
        if (!_line.IsDue)
        {
            return;
        }

        var rate = (value.Done - _before.Value) / Math.Max(_watch.Elapsed.TotalSeconds, 1e-3);
        _line.Show(string.Create(CultureInfo.InvariantCulture, $"{stage}  {value.Done:N0}/{value.All:N0} {unit}  {rate:N0} {unit}/s{(rate > 0 ? $"  ETA {ProgressLine.Time((value.All - value.Done) / rate)}" : "")}"));
    }

    public void Dispose() => _line.Clear();
}
