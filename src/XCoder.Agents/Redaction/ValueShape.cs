using System.Buffers;

namespace XCoder.Agents.Redaction;

/// <summary>Whether a value was drawn by a machine, chosen by a person, or made up to stand for either.</summary>
internal sealed class ValueShape(SensitiveRules rules)
{
    private const int LongestRun = 6;
    private const int LongestDummy = 64;
    private const int LongRandom = 24;
    private const string Leet = "0o1l3e4a5s7t@a$s!i";

    private static readonly SearchValues<char> OfCode = SearchValues.Create(" \t\r\n\"'`<>(){}[]\\,;|=");

    private readonly SearchValues<string> _placeholders =
        SearchValues.Create([.. rules.PlaceholderWords], StringComparison.OrdinalIgnoreCase);

    /// <summary>Shannon entropy of the characters, bits each.</summary>
    public static double Entropy(ReadOnlySpan<char> value)
    {
        Span<ushort> counts = stackalloc ushort[128];
        foreach (var c in value)
        {
            counts[c & 127]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            bits -= count == 0 ? 0 : (double)count / value.Length * Math.Log2((double)count / value.Length);
        }

        return bits;
    }

    /// <summary>
    /// Whether it says that it stands for a secret: a word like example, or six characters alike or in alphabetical order.
    /// </summary>
    public bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        // Long random texts hold any short word now and then.
        if (value[..Math.Min(value.Length, 160)].ContainsAny(_placeholders))
        {
            return true;
        }

        var (alike, rising) = (1, 1);
        for (var i = 1; i < value.Length; i++)
        {
            alike = value[i] == value[i - 1] ? alike + 1 : 1;
            rising = value[i] == value[i - 1] + 1 ? rising + 1 : 1;
            if (alike >= LongestRun || rising >= LongestRun)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether its letters are words that people make up values of, <c>test-P4ssword123</c>.</summary>
    public bool IsDummy(ReadOnlySpan<char> value) =>
        value.Length <= LongestDummy && (IsOfWords(value, leet: false) || IsOfWords(value, leet: true));

    /// <summary>Whether a machine drew it: letters and digits by turns, no words, no two parts of a name.</summary>
    public bool IsRandom(ReadOnlySpan<char> value, int least)
    {
        if (value.Length < least || value.ContainsAny(OfCode) || value.ContainsAnyExceptInRange('!', '~') || Entropy(value) < 3
            || IsPlaceholder(value) || IsDummy(value))
        {
            return false;
        }

        var (turns, digits, letters, words) = (0, 0, 0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            digits += char.IsAsciiDigit(value[i]) ? 1 : 0;
            letters += char.IsAsciiLetter(value[i]) ? 1 : 0;
            turns += i > 0 && Class(value[i]) != Class(value[i - 1])
                && !(char.IsAsciiLetterUpper(value[i - 1]) && char.IsAsciiLetterLower(value[i])) ? 1 : 0;
        }

        for (var rest = value; rest.Length > 0;)
        {
            var word = WordLength(rest);
            words += word >= 4 && IsPronounceable(rest[..word]) ? word : 0;
            rest = rest[Math.Max(word, 1)..];
        }

        return letters > 0 && (digits >= 2 || (value.Length >= LongRandom && Entropy(value) >= 3.8)) && turns * 5 >= value.Length
            && words * 2 < value.Length;
    }

    /// <summary>Whether a person chose it as a password: letters with digits, eight characters or more, no name or path.</summary>
    public bool IsPassword(ReadOnlySpan<char> value)
    {
        if (value.Length is < 8 or > 64 || value.ContainsAny(OfCode) || value.ContainsAnyExceptInRange('!', '~')
            || value[0] is '$' or '%' or '.' or '/' or '@' or ':' or '#'
            || IsPlaceholder(value) || IsDummy(value) || value.Contains("://", StringComparison.Ordinal)
            || value.Contains("%s", StringComparison.Ordinal))
        {
            return false;
        }

        var (turns, digits, letters, separators) = (0, 0, 0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            digits += char.IsAsciiDigit(value[i]) ? 1 : 0;
            letters += char.IsAsciiLetter(value[i]) ? 1 : 0;
            separators += value[i] is '.' or '_' or '-' or '/' or ':' ? 1 : 0;
            turns += i > 0 && Class(value[i]) != Class(value[i - 1]) ? 1 : 0;
        }

        return digits > 0 && letters > 1 && turns >= 2 && separators <= 2;
    }

    private bool IsOfWords(ReadOnlySpan<char> value, bool leet)
    {
        Span<char> run = stackalloc char[LongestDummy];
        var length = 0;
        foreach (var c in value)
        {
            var place = leet ? Leet.IndexOf(c) : -1;
            var letter = place >= 0 && place % 2 == 0 ? Leet[place + 1] : char.ToLowerInvariant(c);
            if (char.IsAsciiLetter(letter))
            {
                run[length++] = letter;
            }
            else if (!IsSegmented(run[..length]))
            {
                return false;
            }
            else
            {
                length = 0;
            }
        }

        return IsSegmented(run[..length]);
    }

    private bool IsSegmented(ReadOnlySpan<char> run)
    {
        var words = rules.DummyWords.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<bool> ends = stackalloc bool[LongestDummy + 1];
        ends[0] = true;
        for (var end = 1; end <= run.Length; end++)
        {
            for (var start = Math.Max(0, end - 16); start < end && !ends[end]; start++)
            {
                ends[end] = ends[start] && words.Contains(run[start..end]);
            }
        }

        return ends[run.Length];
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        var end = 1;
        var isCapital = text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);
        while (end < text.Length && (isCapital ? char.IsAsciiLetterUpper(text[end]) : char.IsAsciiLetterLower(text[end])))
        {
            end++;
        }

        return end;
    }

    // Vowels a fifth to three fifths, no four consonants in a row.
    private static bool IsPronounceable(ReadOnlySpan<char> word)
    {
        var (vowels, row) = (0, 0);
        foreach (var c in word)
        {
            var isVowel = "aeiouyAEIOUY".Contains(c);
            vowels += isVowel ? 1 : 0;
            row = isVowel ? 0 : row + 1;
            if (row >= 4)
            {
                return false;
            }
        }

        return vowels * 5 >= word.Length && vowels * 5 <= word.Length * 3;
    }

    private static int Class(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterLower(c) ? 1 : char.IsAsciiLetterUpper(c) ? 2 : 3;
}
