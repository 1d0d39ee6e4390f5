using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Continues after a native parser that crashes or never ends, by starting the same command again in the same process.
/// The journal tells that run which file to skip. Linux only; elsewhere the run ends, and the next run skips the file.
/// </summary>
public static unsafe class CrashGuard
{
    private static bool _isInstalled;

    /// <summary>Installs the guard for this process. Only for programs that can be started again from the beginning.</summary>
    /// <returns>Whether the guard is active.</returns>
    public static bool Install()
    {
        if (_isInstalled || !File.Exists("/proc/self/cmdline"))
        {
            return _isInstalled;
        }

        var program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: true)?.FullName;
        // Bytes instead of text, because a path need not be UTF-8.
        var arguments = Split(File.ReadAllBytes("/proc/self/cmdline"));
        if (program is null)
        {
            return false;
        }

        // The copies are never freed, because a signal handler reads them.
        var list = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Count; i++)
        {
            list[i] = (byte*)Copy(arguments[i]);
        }

        return _isInstalled = Native.xc_guard_install((byte*)Copy(Encoding.UTF8.GetBytes(program)), list) != 0;
    }

    /// <summary>
    /// From now on, a hung or crashed parser ends the process with this code instead of restarting it, because the user
    /// has interrupted the run.
    /// </summary>
    public static void Stop(int exitCode)
    {
        if (_isInstalled)
        {
            Native.xc_guard_stop(exitCode);
        }
    }

    /// <summary>
    /// Starts the command again, or ends the process after <see cref="Stop"/>. Returns only if neither is possible.
    /// </summary>
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
