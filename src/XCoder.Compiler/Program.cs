using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Model;

namespace XCoder.Compiler;

/// <summary>
/// The compiler process: it reads requests from standard input and writes replies to standard output, one after the other, until its input
/// ends. Its parent process watches its time and memory and ends it.
/// </summary>
internal static class Program
{
    // Valid code needs far less stack; more would only let hostile code run longer before it overflows.
    private const int StackBytes = 16 << 20;

    private static int Main()
    {
        ChildLimits.Set();

        // A terminal sends its signals to this process, too. The parent decides what to do about them, and this process ends with its
        // input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        using var requests = new BlockingCollection<byte[]>();
        new Thread(() => Answer(requests, output), StackBytes) { IsBackground = true, Name = "compiler" }.Start();

        // Keeps reading while the other thread compiles, so that the end of input ends a compilation that would never end.
        while (Frame.ReadAsync(input).GetAwaiter().GetResult() is { } message)
        {
            requests.Add(message);
        }

        return 0;
    }

    private static void Answer(BlockingCollection<byte[]> requests, Stream output)
    {
        foreach (var message in requests.GetConsumingEnumerable())
        {
            byte[] reply;
            try
            {
                var request = CompileRequest.Read(Frame.Reader(message));
                reply = (request.IsRead ? TrialReading.Read(request) : CSharpCompiler.Compile(request)).ToBytes();
            }
            catch (Exception exception) when (exception is OutOfMemoryException
                or AggregateException { InnerException: OutOfMemoryException })
            {
                // Ends the process, because the next program would have less memory than in a new process.
                Environment.Exit(CompileReply.OutOfMemory);
                return;
            }
            catch (InsufficientExecutionStackException)
            {
                reply = new CompileReply(null, "", "ran out of stack").ToBytes();
            }
            catch (Exception exception)
            {
                reply = new CompileReply(null, "", $"failed with {exception.GetType().Name}").ToBytes();
            }

            output.Write(reply);
            output.Flush();
        }
    }
}

/// <summary>Limits that the process sets itself before it reads anything: it may write no files and no core dumps.</summary>
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

/// <summary>
/// Parses C# as the extractor does and discards the result, so that a fatal error ends this process instead of the caller's.
/// </summary>
internal static class TrialReading
{
    // Less than the extractor's stack, so that code that parses here also parses there.
    private const int StackBytes = 32 << 20;

    private static readonly Language AnyLanguage = new() { Id = "", Name = "" };

    public static CompileReply Read(CompileRequest request)
    {
        RoslynFile? read = null;
        var file = new SourceFile(request.File, Encoding.UTF8.GetBytes(request.Text), 0);
        RoslynProject.Extract([file], AnyLanguage, new RoslynOptions { Resolve = false, StackBytes = StackBytes }, result => read = result);
        return read is { Extracted: not null } ? new CompileReply(null, "") : new CompileReply(null, "", read?.Detail ?? "gave up");
    }
}
