using System.Globalization;

namespace XCoder.Agents.Sandbox;

/// <summary>What <c>/proc</c> says of a process and its descendants.</summary>
internal static class ProcessTree
{
    /// <summary>Bytes of memory that a process and its descendants have in use together; what they share is counted for each.</summary>
    public static long Memory(int process)
    {
        var bytes = 0L;
        var open = new Stack<int>([process]);
        while (open.TryPop(out var id))
        {
            var fields = Read($"/proc/{id}/statm").Split(' ');
            bytes += fields.Length > 1 && long.TryParse(fields[1], CultureInfo.InvariantCulture, out var pages) ? pages * Environment.SystemPageSize : 0;
            foreach (var child in Children(id))
            {
                open.Push(child);
            }
        }

        return bytes;
    }

    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (IOException)
        {
            return [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }

        return threads.SelectMany(thread => Read(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }

    // A process may end while it is looked at.
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
