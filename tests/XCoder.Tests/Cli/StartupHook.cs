using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

/// <summary>
/// Makes the tool's own process run one command after another for <see cref="XCoder.Tests.Cli.CliWorker"/>: the runtime calls it before the
/// program (docs/design/features/host-startup-hook.md of dotnet/runtime), and here the program's Main is called for each command, with
/// its folder and its streams. Linux only. What a command costs beyond its work, the start of the runtime and the compilation of its code, is paid once.
/// </summary>
internal static class StartupHook
{
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    private const int DuplicateAbove = 1030; // F_DUPFD_CLOEXEC
    private const int WriteNew = 1 | 64 | 512; // O_WRONLY, O_CREAT, O_TRUNC
    private const int Aborted = 134; // what a shell says of an unhandled exception

    public static void Initialize()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        using var requests = new BinaryReader(new FileStream(Aside(0), FileAccess.Read));
        using var replies = new BinaryWriter(new FileStream(Aside(1), FileAccess.Write));
        Replace(0, "/dev/null", 0);
        var main = Assembly.Load("xcoder").EntryPoint!;
        while (true)
        {
            string[] words;
            try
            {
                words = [.. Enumerable.Range(0, requests.ReadInt32()).Select(_ => requests.ReadString())];
            }
            catch (EndOfStreamException)
            {
                Environment.Exit(0); // the tests have ended
                return;
            }

            var arguments = 5 + (2 * int.Parse(words[4]));
            var environment = words[5..arguments].Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
            Replace(0, words[1], 0);
            replies.Write(Run(main, words[0], words[2], words[3], environment, words[arguments..]));
            replies.Flush();
        }
    }

    private static int Run(MethodInfo main, string folder, string output, string errors, Dictionary<string, string> environment, string[] arguments)
    {
        Directory.SetCurrentDirectory(folder);
        Replace(1, output, WriteNew);
        Replace(2, errors, WriteNew);
        var before = environment.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        foreach (var (name, value) in environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        using var console = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(console);
        try
        {
            return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
        }
        catch (Exception exception)
        {
            using var message = new StreamWriter(Console.OpenStandardError());
            message.WriteLine($"Unhandled exception. {exception}");
            return Aborted;
        }
        finally
        {
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            Replace(1, "/dev/null", 1);
            Replace(2, "/dev/null", 1);
        }
    }

    // The stream under another number, which no child inherits.
    private static SafeFileHandle Aside(int stream) => new(fcntl(stream, DuplicateAbove, 10), ownsHandle: true);

    private static void Replace(int stream, string path, int flags)
    {
        var opened = open(path, flags, 0x180);
        if (opened < 0 || dup2(opened, stream) < 0 || close(opened) < 0)
        {
            throw new IOException($"{path} cannot be stream {stream}.");
        }
    }

    [DllImport("libc")]
    private static extern int fcntl(int stream, int command, int value);

    [DllImport("libc")]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc")]
    private static extern int dup2(int from, int to);

    [DllImport("libc")]
    private static extern int close(int stream);
}
