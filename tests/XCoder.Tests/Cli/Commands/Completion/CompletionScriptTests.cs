using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands.Completion;

/// <summary>The scripts in the shells they are for, installed as the README says.</summary>
public sealed class CompletionScriptTests : IDisposable
{
    // Each line is completed at its end; the last ones would run a program if a shell evaluated them.
    private static readonly string[] Lines = ["xcoder chec", "xcoder check --format=jun", "xcoder index \"a 'b", "xcoder index \"$(touch pwned) `touch pwned`", "xcoder check --fail-on p"];

    private readonly TemporaryFolder _folder = new();

    public CompletionScriptTests()
    {
        _folder.WriteProgram("bin/xcoder", $"#!/bin/sh\nexec dotnet '{CliProcess.Assembly}' \"$@\"\n");
        _folder.Write("home/a 'b $(touch pwned);.py");

        // What a repository brings along is not run instead.
        _folder.WriteProgram("home/xcoder", "#!/bin/sh\ntouch pwned\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Bash_CompletesALine()
    {
        var output = Run("bash --norc drive", """
            . .local/share/bash-completion/completions/xcoder
            complete -p xcoder
            try() {
                COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
                _xcoder "${1%% *}"
                printf '%s|' "${COMPREPLY[@]}"
                echo
            }
            try './xcoder chec'
            """ + "\n" + string.Concat(Lines.Select(line => $"try {Quoted(line)}\n")));
        Assert.Equal(["complete -o default -F _xcoder xcoder", "check|", "check|", "junit|", "|", "|", "percent:|"], output);
    }

    [SkippableShellFact("zsh")]
    public void Zsh_CompletesALine()
    {
        // The parts of zsh's line editor that the script calls say what they are given.
        var output = Run("zsh -f drive", """
            compdef() { print -r -- "compdef $*" }
            _describe() { print -r -- "${(@j:|:)${(P@)${@[-1]}}%%:[A-Z]*}" }
            _files() { print files }
            . .zfunc/_xcoder
            try() {
                words=(${(z)1}x) CURRENT=$#words PREFIX=${1##* }
                _xcoder
            }
            """ + "\n" + string.Concat(Lines.Select(line => $"try {Quoted(line)}\n")));
        Assert.Equal(["compdef _xcoder xcoder", "check", "--format=junit:", "files", "files", "percent\\::"], output);
    }

    [SkippableShellFact("fish")]
    public void Fish_CompletesALine()
    {
        var output = Run("fish --no-config drive", "source .config/fish/completions/xcoder.fish\n"
            + string.Concat(Lines.Append("xcoder index a").Select(line => $"complete -C '{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'\necho =\n")));
        Assert.StartsWith("check\tCompare a work tree with a revision", output[0]);
        Assert.Contains("--format=junit", output);
        Assert.Contains("percent:", output);
        Assert.Contains(output, line => line.Contains("a 'b $(touch pwned);.py", StringComparison.Ordinal) || line.Contains("a\\ \\'b", StringComparison.Ordinal));
    }

    // The commands of the README, in a home of its own; then the script in the shell.
    private string[] Run(string shell, string script)
    {
        var install = Readmes.Shell("src/XCoder.Cli/README.md", "### Completion in a shell").Single(line => line.Contains($"completion {shell.Split(' ')[0]} ", StringComparison.Ordinal));
        _folder.Write("home/drive", script);
        var result = CliProcess.Shell(Path.Join(_folder.Root, "home"), $"export HOME=$PWD PATH={_folder.Root}/bin:$PATH\n{install} && {shell}");
        result.Expect(0);
        Assert.Empty(result.Errors);
        Assert.Empty(Directory.EnumerateFiles(_folder.Root, "pwned", SearchOption.AllDirectories));
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Quoted(string line) => $"'{line.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>A test that needs a shell.</summary>
internal sealed class SkippableShellFactAttribute : FactAttribute
{
    public SkippableShellFactAttribute(string shell) =>
        Skip = CiTools.Skip(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Join(folder, shell))), $"{shell} is missing.");
}
