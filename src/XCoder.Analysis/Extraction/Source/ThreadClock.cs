using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>
/// Processor time of a thread, to be read by others, in steps of 10 ms. On systems without <c>/proc</c> it is the time that passes.
/// </summary>
internal sealed class ThreadClock
{
    // USER_HZ, which is 100 wherever .NET runs.
    private const int TicksASecond = 100;

    private readonly string? _path;
    private readonly TimeSpan _start;
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>A clock of a thread that begins at 0.</summary>
    /// <param name="thread">The thread, as <see cref="Thread"/> numbers it.</param>
    public ThreadClock(int thread)
    {
        _path = OperatingSystem.IsLinux() ? string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/stat") : null;
        _start = Read() ?? TimeSpan.Zero;
    }

    /// <summary>The system's number of the calling thread; 0 where there is no <c>/proc</c>.</summary>
    public static int Thread => OperatingSystem.IsLinux() ? gettid() : 0;

    /// <summary>Processor time since the clock was made.</summary>
    public TimeSpan Elapsed => (Read() ?? Passed) - _start;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Passed => Stopwatch.GetElapsedTime(_started);

    // proc(5): utime and stime are the fields 14 and 15; the second is a name in brackets that may hold anything. Null where the thread has
    // ended.
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
