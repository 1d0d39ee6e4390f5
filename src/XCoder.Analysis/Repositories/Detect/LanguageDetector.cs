using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Detects a file's language in this order: by its whole name; by the content signs of languages that share its ending;
/// by its longest known ending; and, if the name has no ending, by the interpreter of its <c>#!</c> line. Immutable and
/// thread-safe.
/// </summary>
internal sealed class LanguageDetector
{
    private const int SignBytes = 16 * 1024;

    private readonly Dictionary<string, Language> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byEnding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Language> _byInterpreter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LanguageSign>> _signs = new(StringComparer.Ordinal);

    /// <summary>
    /// Detects the languages of a manifest. The first row to claim a name, ending or interpreter keeps it. Endings
    /// match in any case, but one listed with a capital (<c>.C</c>) takes only files with exactly that case.
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

    /// <summary>Whether a file with this path can be source code; if false, there is no need to open the file.</summary>
    public bool MayBeSource(string path) => Evidence(path) != NameEvidence.None;

    /// <summary>What the name alone reveals, which decides how much of the file <see cref="Detect"/> needs.</summary>
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
    /// At least the first 16 KiB of the text, or 256 bytes if <see cref="Evidence"/> returns
    /// <see cref="NameEvidence.Interpreter"/>.
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

    // The longest ending of the name that a row lists, in the listed case.
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

/// <summary>
/// A regular expression that identifies a language among those that share a file ending. Compiled on first use.
/// </summary>
internal sealed class LanguageSign
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private readonly string _pattern;
    private readonly Lazy<Regex> _regex;

    public LanguageSign(Language language, string pattern)
    {
        (Language, _pattern) = (language, pattern);
        _regex = new Lazy<Regex>(Compile);
    }

    /// <summary>The language of files that match.</summary>
    public Language Language { get; }

    /// <summary>Whether the text matches. A match that exceeds the time limit counts as no match.</summary>
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

    // Prefer the engine with linear time, because the text is untrusted.
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

/// <summary>What a file's name reveals about its language.</summary>
internal enum NameEvidence
{
    /// <summary>No language is possible; the file need not be read.</summary>
    None,

    /// <summary>Nothing by itself, but the first bytes may name an interpreter (<c>#!</c>).</summary>
    Interpreter,

    /// <summary>The name or ending is known; the content may decide between languages that share the ending.</summary>
    Name,
}

/// <summary>Parses the interpreter from a <c>#!</c> line.</summary>
internal static class Shebang
{
    private const int MaxBytes = 256;

    /// <summary>
    /// The interpreter's file name, including its version, for example <c>python3.11</c>; null without a <c>#!</c>
    /// line.
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

    /// <summary>The interpreter's name without version: <c>python3.11</c> becomes <c>python</c>.</summary>
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
