using System.Runtime.ExceptionServices;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Runs work on threads of its own with a large stack. The compiler recurses over syntax and guards most of its
/// recursion by the stack that is left, so a pool thread's 1.5 MB would reject code that is merely long.
/// </summary>
internal static class LargeStackThreads
{
    /// <summary>Calls <paramref name="work"/> for each index below <paramref name="count"/>; rethrows the first failure.</summary>
    public static void ForEach(int count, RoslynOptions options, Action<int> work)
    {
        var next = -1;
        ExceptionDispatchInfo? failure = null;
        void Worker(int number)
        {
            try
            {
                for (int i; Volatile.Read(ref failure) is null && (i = Interlocked.Increment(ref next)) < count;)
                {
                    options.Entering?.Invoke(number, i);
                    try
                    {
                        work(i);
                    }
                    finally
                    {
                        options.Leaving?.Invoke(number);
                    }
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }

        var threads = new Thread[Math.Min(count, options.Threads)];
        for (var i = 0; i < threads.Length; i++)
        {
            var number = i;
            threads[i] = new Thread(() => Worker(number), options.StackBytes) { IsBackground = true, Name = "C# extraction" };
            threads[i].Start();
        }

        Array.ForEach(threads, thread => thread.Join());
        failure?.Throw();
    }
}
