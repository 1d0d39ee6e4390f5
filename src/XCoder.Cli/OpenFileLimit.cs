using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>
/// Checks the number of files that this process may open. With too few, the runtime cannot even load the libraries that would report the
/// error.
/// </summary>
internal static unsafe class OpenFileLimit
{
    /// <summary>Number of open files that the smallest run needs.</summary>
    public const ulong Least = 128;

    // A large run may fail with fewer.
    private const ulong Enough = 512;

    private static readonly int Resource = OperatingSystem.IsMacOS() ? 8 : 7; // RLIMIT_NOFILE

    /// <summary>Advice to add to an error that a low limit may explain; empty if the limit is high enough.</summary>
    public static string Advice =>
        Read() is < Enough and var limit
            ? $" This process may open only {limit} files: if that is the reason, allow more with 'ulimit -n 1024'." : "";

    // Runs before any further library is loaded.
    [ModuleInitializer]
    internal static void Check()
    {
        if (!OperatingSystem.IsWindows() && Read() is < Least and var limit)
        {
            Write("xcoder: this process may open only "u8);
            Span<byte> digits = stackalloc byte[20];
            var at = digits.Length;
            do
            {
                digits[--at] = (byte)('0' + (limit % 10));
                limit /= 10;
            }
            while (limit > 0);

            Write(digits[at..]);
            Write(" files, and needs at least 128. Allow more with 'ulimit -n 1024' and run it again.\n"u8);
            Exit(ExitCode.Usage);
        }
    }

    private static ulong Read()
    {
        ulong* limits = stackalloc ulong[2];
        return Limits(Resource, limits) == 0 ? limits[0] : ulong.MaxValue;
    }

    private static void Write(ReadOnlySpan<byte> text)
    {
        fixed (byte* bytes = text)
        {
            _ = Write(2, bytes, text.Length);
        }
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int Limits(int resource, ulong* limits);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, byte* bytes, nint count);

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void Exit(int code);
}
