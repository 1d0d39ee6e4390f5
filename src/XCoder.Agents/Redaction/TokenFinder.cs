using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds tokens by their shape.</summary>
internal sealed class TokenFinder(TokenRule rule, ValueShape shape, TokenChecks checks) : IFinder
{
    private readonly SensitiveKind _kind = new(rule.Id, rule.Placeholder);
    private readonly Lazy<Regex> _pattern = new(() => new Regex($@"\A(?:{rule.Pattern})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < rule.Back && IsOfToken(text[start - 1]))
        {
            start--;
        }

        if (!rule.Inside && start > 0 && (IsOfWord(text[start - 1]) || (rule.Tight && text[start - 1] == '-')) && !IsEscape(text, start - 1))
        {
            return;
        }

        var match = _pattern.Value.Match(text, start, Math.Min(rule.Window, text.Length - start));
        if (!match.Success || (start + match.Length < text.Length && IsOfWord(text[start + match.Length])))
        {
            return;
        }

        var secret = match.Groups["secret"] is { Success: true } group ? group : (Capture)match;
        var value = secret.ValueSpan;
        if (ValueShape.Entropy(value) >= rule.Entropy && !shape.IsPlaceholder(value) && (rule.Check == null || checks.Passes(rule.Check, value)))
        {
            found.Add(new Finding(secret.Index, secret.Index + secret.Length, _kind, rule.IsGuess ? Finding.Named : Finding.Token));
        }
    }

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '~' or '-';

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // The n of \n is no letter of the text.
    private static bool IsEscape(string text, int at) => at > 0 && text[at - 1] == '\\' && text[at] is 'n' or 't' or 'r';
}
