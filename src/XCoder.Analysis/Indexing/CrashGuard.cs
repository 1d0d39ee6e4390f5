using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Goes on past a native parser that crashes or never ends: starts the same command again in the same process; the
/// journal tells that run what to leave out. Linux only; elsewhere the run ends and the next one leaves the file out.
/// </summary>
public static unsafe class CrashGuard
{
    private static bool _isInstalled;

    /// <summary>Installs the guard for this process. Call once, from a program that may be started again from its beginning.</summary>
    /// <returns>Whether it is in force.</returns>
    public static bool Install()
    {
        if (_isInstalled || !File.Exists("/proc/self/cmdline"))
        {
            return _isInstalled;
        }

        var program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: true)?.FullName;
        // Bytes, not text: a path need not be UTF-8.
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        if (program is null)
        {
            return false;
        }

        // The copies live as long as the process: a signal handler reads them.
        var list = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Count; i++)
        {
            list[i] = (byte*)Copy(arguments[i]);
        }

        return _isInstalled = Native.xc_guard_install((byte*)Copy(Encoding.UTF8.GetBytes(program)), list) != 0;
    }

    /// <summary>Lets a hung or crashed parser end the process with this code from now on: the user has interrupted the run.</summary>
    public static void Stop(int exitCode)
    {
        if (_isInstalled)
        {
            Native.xc_guard_stop(exitCode);
        }
    }

    /// <summary>Starts the command again, or ends it after <see cref="Stop"/>. Returns only where that is not possible.</summary>
    public static void Restart()
    {
        if (_isInstalled)
        {
            Native.xc_guard_restart();
        }
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> list)
    {
        var parts = new List<byte[]>();
        while (list.IndexOf((byte)0) is var end and >= 0)
        {
            parts.Add(list[..end].ToArray());
            list = list[(end + 1)..];
        }

        return parts;
    }

    private static void* Copy(byte[] bytes)
    {
        var copy = NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
