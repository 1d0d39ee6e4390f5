using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>
/// Runs a shell script in which <c>$XCODER</c> hands each command to a <see cref="CliWorker"/>: for scripts of many commands. A command's
/// output comes when it has ended; what depends on pipes, signals or a terminal is for <see cref="CliProcess.Shell"/>.
/// </summary>
internal static class CliShell
{
    // Asks with a folder: standard input, working folder and words go in; the outputs come back, at last the exit code.
    private const string Client = """
        ask=$(mktemp -d -p "$(dirname "$0")") && cat > $ask/input && printf '%s\0' "$PWD" "$@" > $ask/words && mv $ask/words $ask/request || exit 99
        until [ -e $ask/code ]; do sleep 0.02; done
        cat $ask/output; cat $ask/errors >&2; exit $(cat $ask/code)
        """;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10), Limit = TimeSpan.FromSeconds(120);

    public static CliResult Run(string folder, string script)
    {
        if (!OperatingSystem.IsLinux())
        {
            return CliProcess.Shell(folder, script);
        }

        using var asked = new TemporaryFolder();
        using var ended = new CancellationTokenSource();
        var client = asked.Write("client", Client);
        var serving = Task.Factory.StartNew(() => Serve(asked.Root, ended.Token), TaskCreationOptions.LongRunning);
        try
        {
            return CliProcess.Shell(folder, script, "bash " + client);
        }
        finally
        {
            ended.Cancel();
            serving.Wait();
        }
    }

    private static void Serve(string folder, CancellationToken ended)
    {
        while (!ended.WaitHandle.WaitOne(Look))
        {
            foreach (var ask in Directory.EnumerateDirectories(folder).Where(ask => File.Exists(Path.Combine(ask, "request"))))
            {
                string Of(string name) => Path.Combine(ask, name);
                var words = File.ReadAllText(Of("request")).Split('\0')[..^1];
                File.Delete(Of("request"));
                var result = Answer(words, Of("input"));
                File.WriteAllText(Of("output"), result.Output);
                File.WriteAllText(Of("errors"), result.Errors);
                File.WriteAllText(Of("code.new"), $"{result.ExitCode}");
                File.Move(Of("code.new"), Of("code"));
            }
        }
    }

    // The script has to end, whatever happens.
    private static CliResult Answer(string[] words, string input)
    {
        try
        {
            return CliWorker.Run(words[0], new Dictionary<string, string>(), words[1..], Limit, input);
        }
        catch (InvalidOperationException exception)
        {
            return new CliResult(99, "", exception.Message);
        }
    }
}
