using System.Diagnostics;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>A folder of real files for one test, deleted with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Root = Directory.CreateTempSubdirectory("xcoder-").FullName;

    public string Root { get; }

    public string Write(string path, string text = "x\n") => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] bytes)
    {
        var full = Path.Join(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return full;
    }

    /// <summary>Writes a script that can be run.</summary>
    public string WriteProgram(string path, string text)
    {
        var full = Write(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return full;
    }

    /// <summary>Makes a folder look like a clone.</summary>
    public void WriteGit(string path, string config = "", string head = "ref: refs/heads/main\n")
    {
        Write(Path.Join(path, ".git/HEAD"), head);
        Write(Path.Join(path, ".git/config"), config);
    }

    public void Link(string path, string target) => File.CreateSymbolicLink(Path.Join(Root, path), target);

    public string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {errors.Result}");
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It cannot name what is no UTF-8 or lies too deep.
        }

        using var process = Process.Start("rm", ["-rf", "--", Root]);
        process.WaitForExit();
    }
}
