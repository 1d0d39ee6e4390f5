using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Replaces what a language's <see cref="XCoder.Analysis.Model.Language.Blanks"/> take by blanks, so that no position moves.</summary>
internal sealed class BlankedText(IReadOnlyList<string> expressions)
{
    private readonly Regex[] _expressions = [.. expressions.Select(expression =>
        new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline))];

    /// <summary>The text to parse; <paramref name="text"/> itself if nothing in it is to be blanked.</summary>
    public byte[] Blank(byte[] text)
    {
        // Latin-1 makes one character of each byte: positions in the string are those in the text.
        var characters = Encoding.Latin1.GetString(text);
        byte[]? result = null;
        foreach (var expression in _expressions)
        {
            foreach (Match match in expression.Matches(characters))
            {
                result ??= [.. text];
                foreach (Group group in match.Groups.Values.Skip(1))
                {
                    foreach (ref var character in result.AsSpan(group.Index, group.Length))
                    {
                        character = character is (byte)'\n' or (byte)'\r' ? character : (byte)' ';
                    }
                }
            }
        }

        return result ?? text;
    }
}
