using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace XCoder.Compiler;

/// <summary>
/// The compiler as a process: reads requests from standard input and writes replies to standard output, one after the other,
/// until its input ends. Whoever started it measures its time and memory and ends it.
/// </summary>
internal static class Program
{
    // What sound code needs is far below; more would only let hostile code run longer before it overflows.
    private const int StackBytes = 16 << 20;

    private static int Main()
    {
        ChildLimits.Set();

        // A terminal sends its signals to us, too. Whoever started us decides what becomes of them, and we end with our input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        using var requests = new BlockingCollection<byte[]>();
        new Thread(() => Answer(requests, output), StackBytes) { IsBackground = true, Name = "compiler" }.Start();

        // Reading goes on while the other thread compiles: the end of input must end a compilation that never would.
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
            catch (Exception exception) when (exception is OutOfMemoryException or AggregateException { InnerException: OutOfMemoryException })
            {
                // What the next program would find is not what a fresh process has.
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
