using System.Collections.Frozen;

namespace XCoder.Analysis.Concepts;

/// <summary>Words of names and of documentation: lower case, split at case and punctuation.</summary>
internal static class ConceptWords
{
    private const int MaxLength = 32;
    private static readonly string[] PluralsOfSibilants = ["sses", "xes", "ches", "shes"];
    private static readonly FrozenSet<string> Everywhere = Load("everywhere");
    private static readonly FrozenSet<string> InProse = Load("documentation");

    /// <summary>Whether a folded word says nothing about a concept where it stands in a name, or elsewhere.</summary>
    public static bool IsStopWord(string folded, bool isName) =>
        folded.Length < 2 || Everywhere.Contains(folded) || (!isName && InProse.Contains(folded));

    /// <summary>The words of a name: <c>parseHTTPDate2</c> has parse, http and date2; numbers alone are none.</summary>
    public static List<string> OfName(ReadOnlySpan<char> text, int most)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < most; at++)
        {
            if (IsLetter(text[at]))
            {
                at = Add(text, at, words) - 1;
            }
        }

        return words;
    }

    /// <summary>The words of a documentation's first sentence, without mark-up.</summary>
    public static List<string> OfProse(ReadOnlySpan<char> text, int most)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < most; at++)
        {
            if (text[at] == '<' && text[at..].IndexOf('>') is var length and > 0)
            {
                at += length;
            }
            else if (IsLetter(text[at]))
            {
                at = Add(text, at, words) - 1;
            }
            else if (words.Count > 0 && IsEnd(text[at..]))
            {
                break;
            }
            else if (text[at] == '@' && at + 1 < text.Length && IsLetter(text[at + 1]))
            {
                at = EndOfWord(text, at + 1) - 1;
            }
        }

        return words;
    }

    /// <summary>
    /// A word without the ending of an English plural and without a number that tells one of several from the others,
    /// so that date, dates and date2 count as one.
    /// </summary>
    public static string Fold(string word)
    {
        if (word.Length > 4 && char.IsAsciiDigit(word[^1]) && !char.IsAsciiDigit(word[^2]))
        {
            word = word[..^1];
        }

        return word.Length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i' or 'o' ? word
            : word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 ? word[..^3] + "y"
            : PluralsOfSibilants.Any(ending => word.EndsWith(ending, StringComparison.Ordinal)) ? word[..^2]
            : word[..^1];
    }

    private static bool IsLetter(char c) => char.IsLetter(c) || char.IsSurrogate(c);

    private static int Add(ReadOnlySpan<char> text, int at, List<string> words)
    {
        var end = EndOfWord(text, at);
        words.Add(text[at..Math.Min(end, at + MaxLength)].ToString().ToLowerInvariant());
        return end;
    }

    // A full stop, a tag or an empty line.
    private static bool IsEnd(ReadOnlySpan<char> text) =>
        text[0] is '@' or '。'
        || (text[0] is '.' or '!' or '?' or ';' && (text.Length == 1 || char.IsWhiteSpace(text[1]) || text[1] == '<'))
        || (text[0] == '\n' && text[1..].TrimStart(" \t\r") is ['\n', ..]);

    // HTTPServer → http server; parseURL → parse url; sha256 stays together.
    private static int EndOfWord(ReadOnlySpan<char> text, int at)
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

        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static FrozenSet<string> Load(string section)
    {
        using var stream = typeof(ConceptWords).Assembly.GetManifestResourceStream("XCoder.Analysis.Concepts.stop-words.txt")
            ?? throw new InvalidOperationException("The table of stop words is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').SkipWhile(line => line != $"[{section}]").Skip(1)
            .TakeWhile(static line => !line.StartsWith('['))
            .SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet();
    }
}
