using System.Collections.Concurrent;
using System.Diagnostics;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>
/// A process of the tool that runs one command after another, for tests that look at nothing but what a command says, writes and
/// ends with. Its folder, streams and crashes are its own. What is killed, waits for others or needs another environment is a <see cref="CliProcess"/>.
/// </summary>
internal sealed class CliWorker : IDisposable
{
    // Memory that commands leave behind goes with the process.
    private const int MostRuns = 150;

    private static readonly ConcurrentBag<CliWorker> Idle = [];

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;
    private readonly BinaryWriter _requests;
    private readonly BinaryReader _replies;
    private readonly string _output;
    private readonly string _errors;
    private int _runs;

    static CliWorker() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var worker in Idle)
        {
            worker.Dispose();
        }
    };

    private CliWorker()
    {
        (_output, _errors) = (Path.Combine(_folder.Root, "output"), Path.Combine(_folder.Root, "errors"));
        var start = new ProcessStartInfo("dotnet", [CliProcess.Assembly]) { WorkingDirectory = _folder.Root, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["XDG_CONFIG_HOME"] = "/dev/null/none"; // no settings of whoever runs the tests, and nobody can make it
        start.Environment[StartupHook.Variable] = typeof(StartupHook).Assembly.Location;
        _process = Process.Start(start)!;
        (_requests, _replies) = (new BinaryWriter(_process.StandardInput.BaseStream), new BinaryReader(_process.StandardOutput.BaseStream));
    }

    /// <summary>Runs a command in a worker that is free, or in a new one; what takes longer than <paramref name="limit"/> is killed and fails the test.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Variables it has beside those of these tests; libraries that are no .NET do not see them.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="limit">Its time.</param>
    /// <param name="input">File that is its standard input.</param>
    public static CliResult Run(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments, TimeSpan limit, string input = "/dev/null")
    {
        var worker = Idle.TryTake(out var idle) ? idle : new CliWorker();
        var isFit = false;
        try
        {
            var result = worker.Ask(folder, environment, arguments, limit, input);
            isFit = ++worker._runs < MostRuns;
            return result;
        }
        finally
        {
            if (isFit)
            {
                Idle.Add(worker);
            }
            else
            {
                worker.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Not its tree: that is stopped before it is ended, and stays so if these tests end in between.
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private CliResult Ask(string folder, IReadOnlyDictionary<string, string> environment, string[] arguments, TimeSpan limit, string input)
    {
        string[] words = [folder, input, _output, _errors, $"{environment.Count}", .. environment.SelectMany(pair => (string[])[pair.Key, pair.Value]), .. arguments];
        _requests.Write(words.Length);
        foreach (var word in words)
        {
            _requests.Write(word);
        }

        _requests.Flush();
        using var timer = new Timer(_ => _process.Kill(entireProcessTree: true), null, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return new CliResult(_replies.ReadInt32(), File.ReadAllText(_output), File.ReadAllText(_errors));
        }
        catch (EndOfStreamException exception)
        {
            _process.WaitForExit();
            throw new InvalidOperationException($"xcoder {string.Join(' ', arguments)} ended its process with {_process.ExitCode}, or was killed after {limit.TotalSeconds} s: {File.ReadAllText(_errors)}", exception);
        }
    }
}
