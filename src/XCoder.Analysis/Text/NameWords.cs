namespace XCoder.Analysis.Text;

/// <summary>
/// Splits names into words, so that <c>readFieldBegin</c>, <c>read_field_begin</c> and <c>ReadFieldBegin</c> compare
/// equal.
/// </summary>
internal static class NameWords
{
    /// <summary>
    /// The words of a name in lower case. Names split at case changes, before digits that follow a word, and at other
    /// characters.
    /// </summary>
    public static IReadOnlyList<string> Split(string name)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            var isPart = i < name.Length && char.IsLetterOrDigit(name[i]);
            if (start >= 0 && (!isPart || IsBoundary(name, i)))
            {
                words.Add(name[start..i].ToLowerInvariant());
                start = -1;
            }

            start = isPart && start < 0 ? i : start;
        }

        return words;
    }

    /// <summary>Letters and digits of a name in lower case, so that names are equal in every style of writing.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>
    /// Where a word of letters ends: HTTPServer is http and server, parseURL is parse and url. Unlike <see cref="Split"/> it leaves
    /// digits to its callers: the terms of the embedding models and the labels of concepts are stored and must not change.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the word begins: at a letter.</param>
    public static int EndOfLetters(ReadOnlySpan<char> text, int at)
    {
        var begin = at++;
        var capitals = char.IsUpper(text[begin]);
        for (; at < text.Length && IsLetter(text[at]); at++)
        {
            if (char.IsUpper(text[at]))
            {
                if (!capitals)
                {
                    return at;
                }
            }
            else if (capitals && at - begin > 1)
            {
                return at - 1;
            }
            else
            {
                capitals = false;
            }
        }

        return at;
    }

    /// <summary>Whether a character is a letter, or a part of one outside the basic plane.</summary>
    public static bool IsLetter(char c) => char.IsLetter(c) || char.IsSurrogate(c);

    /// <summary>Twice the shared words over all of both, in [0, 1]; 0 where one has none.</summary>
    public static double Dice(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var left = a.ToHashSet();
        var shared = b.Distinct().Count(left.Contains);
        return left.Count == 0 || b.Count == 0 ? 0 : 2.0 * shared / (left.Count + b.Distinct().Count());
    }

    // Boundaries: before a capital after a small letter, and before the last of several capitals (HTTPServer → http,
    // server). A digit after two letters also starts a word (utf8 → utf, 8), but not after one (v2).
    private static bool IsBoundary(string name, int i) =>
        (char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))
            && !char.IsDigit(name[i - 1]))
        || (char.IsDigit(name[i]) != char.IsDigit(name[i - 1]) && char.IsLetter(name[i - 1]) && char.IsLower(name[i - 1]) && i - 1 > 0
            && char.IsLetter(name[i - 2]));
}
