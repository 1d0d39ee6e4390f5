using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>Reads from a <c>#!</c> line, and from what follows it, which program runs a script.</summary>
internal static partial class Shebang
{
    /// <summary>Most bytes of a file that are looked at.</summary>
    public const int MaxBytes = 1024;

    // Programs that start the one named behind them.
    private static readonly HashSet<string> Launchers =
    [
        "asdf", "bundle", "bunx", "busybox", "command", "dlx", "doas", "dotenv", "exec", "mise", "nice", "nohup", "npm", "npx", "pnpm",
        "pyenv", "rbenv", "run", "stdbuf", "sudo", "time", "yarn",
    ];

    /// <summary>
    /// File names of the programs that may run the script, with their versions (<c>python3.11</c>), the likeliest first. A shell
    /// that at once replaces itself by another program (<c>exec python3 "$0"</c>) is followed by none but that program.
    /// </summary>
    public static IReadOnlyList<string> Programs(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith("#!"u8))
        {
            return [];
        }

        var lines = Encoding.UTF8.GetString(start[..Math.Min(start.Length, MaxBytes)]).Split('\n');
        var programs = OfLine(lines[0][2..]);
        if (programs is ["nix-shell", ..])
        {
            // It names the program in a line of its own.
            return lines.Skip(1).Select(line => NixInterpreter().Match(line)).FirstOrDefault(match => match.Success) is { } nix
                ? [FileName(nix.Groups["program"].Value)] : [];
        }

        return programs is [var shell, ..] && shell.EndsWith("sh", StringComparison.Ordinal)
            && lines.Skip(1).Select(line => Replacement().Match(line)).FirstOrDefault(match => match.Success) is { } replaced
            ? [FileName(replaced.Groups["program"].Value)] : programs;
    }

    /// <summary>A program's name without version: <c>python3.11</c> becomes <c>python</c>.</summary>
    public static string WithoutVersion(string program) => program.TrimEnd("0123456789.-".ToCharArray());

    // The program; behind a launcher every word, since a launcher's options may have values.
    private static List<string> OfLine(string line)
    {
        var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var at = words.Length > 0 && FileName(words[0]) == "env" ? AfterEnv(words) : 0;
        var programs = words.Skip(at).Select(FileName).Where(word => word.Length > 0 && word[0] != '-' && !word.Contains('=')).ToList();
        return programs is [var first, ..] && Launchers.Contains(first) ? programs : [.. programs.Take(1)];
    }

    // env [-S] [-i] [-u NAME] [NAME=value] program: the index of the program, whose word -S may have swallowed.
    private static int AfterEnv(string[] words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            if (word is "-u" or "-C" or "--unset" or "--chdir")
            {
                i++;
            }
            else if (word.StartsWith("-S", StringComparison.Ordinal) && word.Length > 2)
            {
                words[i] = word[2..];
                return i;
            }
            else if (word.StartsWith("--split-string=", StringComparison.Ordinal))
            {
                words[i] = word["--split-string=".Length..];
                return i;
            }
            else if (!word.StartsWith('-') && !word.Contains('='))
            {
                return i;
            }
        }

        return words.Length;
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..].Trim('"', '\'');

    // exec python3 "$0" "$@"; '''exec' "/opt/x/bin/python" "$0"; exec perl -x -S $0; ":" //; exec /usr/bin/env node "$0"
    [GeneratedRegex("""(?:^|[;&\s])['":]*exec['"]*\s+(?:\S*/env\s+)?(?:-\S+\s+)*(?:["'](?<program>[^"'`$\n]{1,200})["']|(?<program>[\w./+-]+))"""
        + """(?:\s+-\S+)*\s+["']?\$\{?0""", RegexOptions.CultureInvariant)]
    private static partial Regex Replacement();

    [GeneratedRegex(@"^#!.*\s-i\s*[""']?(?<program>[\w./-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex NixInterpreter();
}
