using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>
/// Measures a thread's processor time in steps of 10 ms. Any thread may read it. On systems without <c>/proc</c> it
/// measures elapsed time.
/// </summary>
internal sealed class ThreadClock
{
    // USER_HZ is 100 wherever .NET runs.
    private const int TicksASecond = 100;

    private readonly string? _path;
    private readonly TimeSpan _start;
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Creates a clock for a thread, which starts at 0.</summary>
    /// <param name="thread">The system's thread id, see <see cref="Thread"/>.</param>
    public ThreadClock(int thread)
    {
        _path = OperatingSystem.IsLinux() ? string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/stat") : null;
        _start = Read() ?? TimeSpan.Zero;
    }

    /// <summary>The system's id of the calling thread; 0 on systems without <c>/proc</c>.</summary>
    public static int Thread => OperatingSystem.IsLinux() ? gettid() : 0;

    /// <summary>Processor time since the clock was created.</summary>
    public TimeSpan Elapsed => (Read() ?? Passed) - _start;

    /// <summary>Elapsed time since the clock was created.</summary>
    public TimeSpan Passed => Stopwatch.GetElapsedTime(_started);

    // proc(5): utime and stime are fields 14 and 15. Field 2 is a name in brackets that may contain anything. Null if
    // the thread has ended.
    private TimeSpan? Read()
    {
        try
        {
            var stat = _path is null ? "" : File.ReadAllText(_path);
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 12
                ? TimeSpan.FromSeconds(fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksASecond)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc")]
    private static extern int gettid();
}
