using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Server.Index;

/// <summary>Describes how two snippets differ.</summary>
internal static class CodeDifference
{
    // A longer snippet is compared by its beginning: the table of the longest common subsequence is their product.
    private const int MostLines = 1000;

    /// <summary>The pairs of tokens that differ between two snippets with equally many tokens, distinct, in source order.</summary>
    public static IReadOnlyList<(string Old, string New)> Renamed((StoredFile File, SnippetTokens Snippet) one,
        (StoredFile File, SnippetTokens Snippet) other)
    {
        var pairs = new List<(string, string)>();
        for (var i = 0; i < Math.Min(one.Snippet.Snippet.Tokens, other.Snippet.Snippet.Tokens); i++)
        {
            var (a, b) = (Token(one, i), Token(other, i));
            if (a != b && !pairs.Contains((a, b)))
            {
                pairs.Add((a, b));
            }
        }

        return pairs;

        static string Token((StoredFile File, SnippetTokens Snippet) of, int i) =>
            System.Text.Encoding.UTF8.GetString(of.File.Tokens.Text(of.File.Text, of.Snippet.FirstToken + i));
    }

    /// <summary>
    /// The lines that differ: <c>-</c> before those of the first text only, <c>+</c> before those of the second only. Indentation and
    /// empty lines do not count.
    /// </summary>
    public static IEnumerable<string> Lines(string one, string other)
    {
        var (a, b) = (Split(one), Split(other));
        var longest = new ushort[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                longest[i, j] = a[i] == b[j] ? (ushort)(longest[i + 1, j + 1] + 1) : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == b.Length || (i < a.Length && longest[i + 1, j] >= longest[i, j + 1]))
            {
                yield return "- " + a[i++];
            }
            else
            {
                yield return "+ " + b[j++];
            }
        }

        static string[] Split(string text) =>
            [.. text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).Take(MostLines)];
    }
}
