using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>How many files this process may open. With too few the runtime cannot even load the libraries that would say so.</summary>
internal static unsafe class OpenFileLimit
{
    /// <summary>Files that the smallest run needs.</summary>
    public const ulong Least = 128;

    // With fewer than these a large run may fail.
    private const ulong Enough = 512;

    private static readonly int Resource = OperatingSystem.IsMacOS() ? 8 : 7; // RLIMIT_NOFILE

    /// <summary>What to say after a failure that too few files may explain, or nothing.</summary>
    public static string Advice =>
        Read() is < Enough and var limit
            ? $" This process may open {limit} files only: if that is the reason, allow more with 'ulimit -n 1024'." : "";

    // Before anything that has to be loaded.
    [ModuleInitializer]
    internal static void Check()
    {
        if (!OperatingSystem.IsWindows() && Read() is < Least and var limit)
        {
            Write("xcoder: this process may open "u8);
            Span<byte> digits = stackalloc byte[20];
            var at = digits.Length;
            do
            {
                digits[--at] = (byte)('0' + (limit % 10));
                limit /= 10;
            }
            while (limit > 0);

            Write(digits[at..]);
            Write(" files only, and needs at least 128. Allow more with 'ulimit -n 1024' and run it again.\n"u8);
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
