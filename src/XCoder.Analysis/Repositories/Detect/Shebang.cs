using System.Text;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>The interpreter a <c>#!</c> line names.</summary>
internal static class Shebang
{
    private const int MaxBytes = 256;

    /// <summary>The interpreter's file name with its version, for example <c>python3.11</c>; null where there is no <c>#!</c> line.</summary>
    public static string? Interpreter(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith("#!"u8))
        {
            return null;
        }

        start = start[..Math.Min(start.Length, MaxBytes)];
        var end = start.IndexOfAny((byte)'\n', (byte)'\r');
        var words = Encoding.UTF8.GetString(start[2..(end < 0 ? start.Length : end)]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return null;
        }

        var first = FileName(words[0]);
        return first == "env" ? FromEnv(words.AsSpan(1)) : first;
    }

    /// <summary>The name without version: <c>python3.11</c> is <c>python</c>.</summary>
    public static string WithoutVersion(string interpreter) => interpreter.TrimEnd("0123456789.-".ToCharArray());

    // env [-S] [-i] [-u NAME] [NAME=value] program
    private static string? FromEnv(ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word is "-u" or "-C" or "--unset" or "--chdir")
            {
                i++;
            }
            else if (word.StartsWith("-S", StringComparison.Ordinal) && word.Length > 2)
            {
                return FileName(word[2..]);
            }
            else if (word.StartsWith("--split-string=", StringComparison.Ordinal))
            {
                return FileName(word["--split-string=".Length..]);
            }
            else if (!word.StartsWith('-') && !word.Contains('='))
            {
                return FileName(word);
            }
        }

        return null;
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..].Trim('"', '\'');
}
