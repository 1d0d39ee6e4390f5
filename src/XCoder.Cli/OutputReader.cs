using System.Runtime.InteropServices;

namespace XCoder.Cli;

/// <summary>
/// Looks whether somebody still reads standard output. Writing does not tell: .NET ignores that a pipe has no reader. A command that
/// runs until it is interrupted would outlive the editor that started it.
/// </summary>
internal static unsafe class OutputReader
{
    // POLLERR: of a pipe or socket that nobody reads any more. The same on Linux and macOS.
    private const short Error = 8;

    /// <summary>Whether standard output is a pipe whose reader has gone. False for files and terminals.</summary>
    public static bool HasGone()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var output = new Descriptor { Number = 1 };
        return Poll(&output, 1, 0) > 0 && (output.Answer & Error) != 0;
    }

    // The number of descriptors is an unsigned long on Linux and an unsigned int on macOS; 1 is passed alike.
    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(Descriptor* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Descriptor
    {
        public int Number;
        public short Asked;
        public short Answer;
    }
}
