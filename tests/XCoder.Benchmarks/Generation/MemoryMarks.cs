using System.Diagnostics;
using System.Globalization;
using XCoder.Agents.Generation;

namespace XCoder.Benchmarks.Generation;

/// <summary>Memory of this process when a run has so many rows.</summary>
internal sealed class MemoryMarks(params int[] marks) : IProgress<GenerationProgress>
{
    private readonly List<string> _lines = [];
    private int _next;

    public void Report(GenerationProgress value)
    {
        lock (_lines)
        {
            if (_next == marks.Length || value.Done < marks[_next])
            {
                return;
            }

            using var process = Process.GetCurrentProcess();
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"after {marks[_next]:N0} rows {process.PeakWorkingSet64 >> 20:N0} MiB at most, {GC.GetTotalMemory(forceFullCollection: true) >> 10:N0} KiB of objects"));
            _next++;
        }
    }

    public override string ToString() => string.Join("; ", _lines);
}
