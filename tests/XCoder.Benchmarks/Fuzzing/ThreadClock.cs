using System.Runtime.InteropServices;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>Processor time of the calling thread: a limit on it holds on a busy machine too.</summary>
internal static partial class ThreadClock
{
    private const int ThreadTime = 3;

    public static TimeSpan Now()
    {
        _ = GetTime(ThreadTime, out var time);
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
