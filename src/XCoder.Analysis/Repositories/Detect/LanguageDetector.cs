using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Tells a file's language: by its whole name, by the signs of languages that share its ending, by its ending (the
/// longest known one), and for names without an ending by the interpreter of its <c>#!</c> line. Immutable, safe for
/// concurrent use.
/// </summary>
internal sealed class LanguageDetector
{
    private const int SignBytes = 16 * 1024;

    private readonly Dictionary<string, Language> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byEnding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byInterpreter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LanguageSign>> _signs = new(StringComparer.Ordinal);

    /// <summary>
    /// Detects the languages of a manifest; the first row to claim something keeps it. Endings match whatever their
    /// case, but one listed with a capital (<c>.C</c>) takes files written exactly so.
    /// </summary>
    public LanguageDetector(IReadOnlyList<Language> languages)
    {
        foreach (var language in languages)
        {
            foreach (var name in language.FileNames)
            {
                _byName.TryAdd(name, language);
            }

            foreach (var ending in language.Extensions)
            {
                _byEnding.TryAdd(ending, language);
            }

            foreach (var interpreter in language.Interpreters)
            {
                _byInterpreter.TryAdd(interpreter, language);
            }

            foreach (var (ending, pattern) in language.Signs)
            {
                if (!_signs.TryGetValue(ending, out var signs))
                {
                    _signs[ending] = signs = [];
                }

                signs.Add(new LanguageSign(language, pattern));
            }
        }
    }

    /// <summary>Whether a file of that path can be of a language; false needs no look at the file.</summary>
    public bool MayBeSource(string path) => Evidence(path) != NameEvidence.None;

    /// <summary>What the name alone tells, and so how much of the file <see cref="Detect"/> needs.</summary>
    public NameEvidence Evidence(string path)
    {
        var name = FileName(path);
        return _byName.ContainsKey(name) || KnownEnding(name) != null ? NameEvidence.Name
            : HasEnding(name) || _byInterpreter.Count == 0 ? NameEvidence.None
            : NameEvidence.Interpreter;
    }

    /// <summary>The language, or null.</summary>
    /// <param name="path">Path or name of the file.</param>
    /// <param name="start">
    /// The text's first 16 KiB or more; 256 bytes do where <see cref="Evidence"/> is <see cref="NameEvidence.Interpreter"/>.
    /// </param>
    public Language? Detect(string path, ReadOnlySpan<byte> start)
    {
        var name = FileName(path);
        if (_byName.TryGetValue(name, out var language))
        {
            return language;
        }

        if (KnownEnding(name) is { } ending)
        {
            return BySign(ending, start) ?? _byEnding.GetValueOrDefault(ending);
        }

        if (HasEnding(name) || Shebang.Interpreter(start) is not { } interpreter)
        {
            return null;
        }

        return _byInterpreter.GetValueOrDefault(interpreter) ?? _byInterpreter.GetValueOrDefault(Shebang.WithoutVersion(interpreter));
    }

    private Language? BySign(string ending, ReadOnlySpan<byte> start)
    {
        if (!_signs.TryGetValue(ending, out var signs))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(start[..Math.Min(start.Length, SignBytes)]);
        foreach (var sign in signs)
        {
            if (sign.IsMatch(text))
            {
                return sign.Language;
            }
        }

        return null;
    }

    // The longest ending of the name that a row lists, as it is listed.
    private string? KnownEnding(string name)
    {
        for (var dot = NextDot(name, 1); dot >= 0; dot = NextDot(name, dot + 1))
        {
            var ending = name[dot..];
            if (IsListed(ending) || IsListed(ending = ending.ToLowerInvariant()))
            {
                return ending;
            }
        }

        return null;
    }

    private bool IsListed(string ending) => _byEnding.ContainsKey(ending) || _signs.ContainsKey(ending);

    private static int NextDot(string name, int from) => from < name.Length ? name.IndexOf('.', from) : -1;

    private static bool HasEnding(string name) => name.LastIndexOf('.') >= 0;

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}

/// <summary>A language's regular expression for files of an ending it shares. Compiled on first use.</summary>
internal sealed class LanguageSign
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private readonly string _pattern;
    private readonly Lazy<Regex> _regex;

    /// <summary>The sign of <paramref name="language"/>.</summary>
    public LanguageSign(Language language, string pattern)
    {
        (Language, _pattern) = (language, pattern);
        _regex = new Lazy<Regex>(Compile);
    }

    /// <summary>The language that takes files which match.</summary>
    public Language Language { get; }

    /// <summary>Whether the text matches; one that takes too long does not.</summary>
    public bool IsMatch(string text)
    {
        try
        {
            return _regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // Linear time where the expression allows it: the text is hostile.
    private Regex Compile()
    {
        const RegexOptions Options = RegexOptions.Multiline | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(_pattern, Options | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(_pattern, Options, Timeout);
        }
    }
}

/// <summary>What a file's name tells about its language.</summary>
internal enum NameEvidence
{
    /// <summary>It can be of no language; no need to read it.</summary>
    None,

    /// <summary>Nothing; its first bytes may name an interpreter (<c>#!</c>).</summary>
    Interpreter,

    /// <summary>Its name or ending is known; the content may decide between languages that share the ending.</summary>
    Name,
}

/// <summary>The interpreter a <c>#!</c> line names.</summary>
internal static class Shebang
{
    private const int MaxBytes = 256;

    /// <summary>
    /// The interpreter's file name with its version, for example <c>python3.11</c>; null where there is no <c>#!</c> line.
    /// </summary>
    public static string? Interpreter(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith("#!"u8))
        {
            return null;
        }

        start = start[..Math.Min(start.Length, MaxBytes)];
        var end = start.IndexOfAny((byte)'\n', (byte)'\r');
        var words = Encoding.UTF8.GetString(start[2..(end < 0 ? start.Length : end)])
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
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
