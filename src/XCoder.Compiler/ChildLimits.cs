using System.Runtime.InteropServices;

namespace XCoder.Compiler;

/// <summary>Limits that this process sets itself before it reads anything: it writes no file, leaves no core and starts nothing.</summary>
internal static class ChildLimits
{
    private const int FileSize = 1, Core = 4;

    public static void Set()
    {
        if (OperatingSystem.IsLinux())
        {
            var none = default(Limit);
            _ = setrlimit(FileSize, in none);
            _ = setrlimit(Core, in none);
        }
    }

    [DllImport("libc")]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Current, ulong Most);
}
