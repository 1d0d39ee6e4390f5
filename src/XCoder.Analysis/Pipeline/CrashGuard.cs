using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Pipeline;

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
        var arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        if (program is null)
        {
            return false;
        }

        // The copies live as long as the process: a signal handler reads them.
        var list = (byte**)NativeMemory.AllocZeroed((nuint)(arguments.Length + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < arguments.Length; i++)
        {
            list[i] = (byte*)Copy(arguments[i]);
        }

        return _isInstalled = Native.xc_guard_install((byte*)Copy(program), list) != 0;
    }

    /// <summary>Starts the command again. Returns only where that is not possible.</summary>
    public static void Restart()
    {
        if (_isInstalled)
        {
            Native.xc_guard_restart();
        }
    }

    private static void* Copy(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + '\0');
        var copy = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
