using System.Diagnostics;
using System.Globalization;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;

namespace XCoder.Cli;

/// <summary>How far a generation is: rows by verdict, tokens, cost, ETA.</summary>
internal sealed class GenerationLine(TextWriter writer, bool terminal, Func<ChatStatistics> statistics) : IProgress<GenerationProgress>, IDisposable
{
    private readonly ProgressLine _line = new(writer, terminal);
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int? _before;

    public void Report(GenerationProgress value)
    {
        lock (_gate)
        {
            _before ??= value.Done - 1;
            if (!_line.IsDue)
            {
                return;
            }

            var now = statistics();
            var rate = (value.Done - _before.Value) / Math.Max(_watch.Elapsed.TotalSeconds, 1e-3);
            var cost = now.Cost is { } spent ? string.Create(CultureInfo.InvariantCulture, $"  cost {spent:0.00}") : "";
            var lost = value.Lost > 0 ? $"  lost {value.Lost:N0}" : "";
            _line.Show(string.Create(CultureInfo.InvariantCulture,
                $"generating  {value.Done:N0}/{value.Count:N0} rows  accepted {value.Accepted:N0}  revised {value.Revised:N0}  rejected {value.Rejected:N0}{lost}  {now.PromptTokens + now.CompletionTokens:N0} tokens{cost}  ETA {ProgressLine.Time((value.Count - value.Done) / rate)}"));
        }
    }

    public void Dispose() => _line.Clear();
}
