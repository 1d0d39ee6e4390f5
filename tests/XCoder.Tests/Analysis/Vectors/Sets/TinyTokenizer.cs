using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Tests.Analysis.Vectors.Sets;

/// <summary>Just enough of a tokenizer to write snippets as strings: C-like, <c>//</c> comments dropped.</summary>
internal static partial class TinyTokenizer
{
    private static readonly HashSet<string> Keywords = ["if", "else", "for", "while", "return", "int", "class", "true", "false"];

    public static TokenStream Tokens(string text)
    {
        var (starts, lengths, classes) = (new List<int>(), new List<int>(), new List<TokenClass>());
        foreach (Match match in Pattern().Matches(text))
        {
            if (match.Value.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            starts.Add(Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index)));
            lengths.Add(Encoding.UTF8.GetByteCount(match.Value));
            classes.Add(Keywords.Contains(match.Value) ? TokenClass.Keyword
                : char.IsLetter(match.Value[0]) ? TokenClass.Identifier
                : char.IsDigit(match.Value[0]) ? TokenClass.Number
                : match.Value[0] == '"' ? TokenClass.String
                : TokenClass.Punctuation);
        }

        return new TokenStream([.. starts], [.. lengths], [.. classes]);
    }

    public static TokenHashes Hashes(string text) => TokenHashes.Compute(Encoding.UTF8.GetBytes(text), Tokens(text));

    public static UInt128 Exact(string text) => Hashes(text) is var hashes ? hashes.ExactHash(0, hashes.Values.Length) : 0;

    public static UInt128 Renamed(string text) => Hashes(text) is var hashes ? hashes.RenamedHash(0, hashes.Values.Length) : 0;

    [GeneratedRegex("""//[^\n]*|\p{L}[\p{L}\d_]*|\d+|"[^"]*"|\S""")]
    private static partial Regex Pattern();
}
