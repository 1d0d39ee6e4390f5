using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace XCoder.Tests.Cli;

/// <summary>Runs the built tool as a process of its own; what takes longer than its time is killed and fails the test.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    // Between two looks for a sign.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    // Many commands, one after another.
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly StringBuilder _said = new();

    private CliProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = ListenAsync(_process.StandardError);
        _process.StandardInput.Close();
    }

    /// <summary>The tool, built as these tests are.</summary>
    public static string Assembly { get; } = Path.Combine(
        TestPaths.Root, "src/XCoder.Cli/bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0/xcoder.dll");

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    /// <summary>Whether its standard error has a text by now.</summary>
    public bool HasSaid(string text)
    {
        lock (_said)
        {
            return _said.ToString().Contains(text, StringComparison.Ordinal);
        }
    }

    /// <summary>Runs a command of which nothing counts but what it says, writes and ends with: in a process that others ran in before.</summary>
    public static CliResult Run(string folder, params string[] arguments) => Run(folder, new Dictionary<string, string>(), arguments);

    public static CliResult Run(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        OperatingSystem.IsLinux() ? CliWorker.Run(folder, environment, arguments, Limit) : RunAlone(folder, environment, arguments);

    /// <summary>Runs a command in a process of its own: for what may end it, and for what its libraries see of the environment.</summary>
    public static CliResult RunAlone(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        return process.Wait();
    }

    public static CliProcess Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        new(Info(folder, environment, "dotnet", [Assembly, .. arguments]));

    /// <summary>Runs a shell script in which <c>$XCODER</c> is the tool.</summary>
    public static CliResult Shell(string folder, string script, string? tool = null)
    {
        using var process = new CliProcess(Info(folder, new Dictionary<string, string> { ["XCODER"] = tool ?? $"dotnet {Assembly}" }, "bash", ["-c", script]));
        return process.Wait(ScriptLimit);
    }

    /// <summary>Sends a signal unless the process has ended: its number may be another's by then.</summary>
    public void Signal(int signal)
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, signal);
        }
    }

    /// <summary>
    /// Waits for a sign that a process has come so far, such as a file or a line: looks for it until it is there, and fails the test
    /// where the process ends before or the sign does not come.
    /// </summary>
    public void Until(Func<bool> sign) => Assert.True(HasCome(sign), "The tool ended before the sign came.");

    /// <summary>The same where the process may end first.</summary>
    /// <returns>Whether the sign came.</returns>
    public bool HasCome(Func<bool> sign)
    {
        for (var looks = (int)(Limit / Look); !sign(); looks--)
        {
            Assert.True(looks > 0, $"No sign came in {(int)(Limit / Look)} looks.");
            if (_process.WaitForExit(Look))
            {
                return sign();
            }
        }

        return true;
    }

    /// <summary>Waits until the process has worked for so long: a moment of its work, on a busy machine as on an idle one.</summary>
    /// <param name="processor">Processor time.</param>
    /// <returns>False where it ended before.</returns>
    public bool HasWorked(TimeSpan processor)
    {
        try
        {
            return HasCome(() => _process.TotalProcessorTime >= processor);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false; // it has ended
        }
    }

    /// <summary>Whether a process runs that this one started, itself or through others, and whose command line holds a word.</summary>
    public bool HasChild(string word) => Directory.GetDirectories("/proc").Any(path =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(path), out var child) && File.ReadAllText(path + "/cmdline").Contains(word, StringComparison.Ordinal) && IsBelow(child);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private bool IsBelow(int child)
    {
        while (child > 1 && child != _process.Id)
        {
            // The parent is the second field behind the name, which stands in parentheses.
            var stat = File.ReadAllText($"/proc/{child}/stat");
            child = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        return child == _process.Id;
    }

    public CliResult Wait(TimeSpan? limit = null)
    {
        if (!_process.WaitForExit(limit ?? Limit))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The tool did not end within {(limit ?? Limit).TotalSeconds} s.");
        }

        return new CliResult(_process.ExitCode, _output.Result, _errors.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> ListenAsync(StreamReader errors)
    {
        var buffer = new char[4096];
        while (await errors.ReadAsync(buffer) is var read and > 0)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, read);
            }
        }

        return _said.ToString();
    }

    private static ProcessStartInfo Info(string folder, IReadOnlyDictionary<string, string>? environment, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["XDG_CONFIG_HOME"] = "/dev/null/none"; // no settings of whoever runs the tests, and nobody can make it
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
