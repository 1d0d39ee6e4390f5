using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

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
