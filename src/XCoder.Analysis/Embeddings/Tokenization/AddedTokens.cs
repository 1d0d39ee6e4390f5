using System.Buffers;
using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Finds added tokens in a text: leftmost first, the longest among those that begin at one place.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<int, AddedToken[]> _byBeginning;
    private readonly SearchValues<char> _beginnings;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _byBeginning = tokens.Where(token => token.Content.Length > 0).GroupBy(token => Beginning(token.Content))
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _beginnings = SearchValues.Create([.. _byBeginning.Keys.Select(key => (char)(key >> 16)).Distinct()]);
    }

    /// <summary>Appends the parts of a text in order: (start, end, id), where the id of text between tokens is -1.</summary>
    public void Split(ReadOnlySpan<char> text, List<(int Start, int End, int Id)> parts)
    {
        var done = 0;
        for (var at = 0; _byBeginning.Count > 0 && text[at..].IndexOfAny(_beginnings) is var skipped && skipped >= 0;)
        {
            at += skipped;
            if (Longest(text[at..]) is not { } token)
            {
                at++;
                continue;
            }

            var (start, end) = (at, at + token.Content.Length);
            at = end;
            if (token.IsSingleWord && (IsWordBefore(text[..start]) || IsWordAfter(text[end..])))
            {
                continue;
            }

            start = token.StripsLeft ? Math.Max(done, text[..start].TrimEnd().Length) : start;
            end = token.StripsRight ? text.Length - text[end..].TrimStart().Length : end;
            if (done < start)
            {
                parts.Add((done, start, -1));
            }

            parts.Add((start, end, token.Id));
            (done, at) = (end, Math.Max(at, end));
        }

        if (done < text.Length)
        {
            parts.Add((done, text.Length, -1));
        }
    }

    private static int Beginning(ReadOnlySpan<char> text) => (text[0] << 16) | (text.Length > 1 ? text[1] : 0);

    private AddedToken? Longest(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && Longest(text, Beginning(text)) is { } found)
        {
            return found;
        }

        return Longest(text, text[0] << 16);
    }

    private AddedToken? Longest(ReadOnlySpan<char> text, int beginning)
    {
        foreach (var token in _byBeginning.TryGetValue(beginning, out var tokens) ? tokens : [])
        {
            if (text.StartsWith(token.Content, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }

    private static bool IsWordBefore(ReadOnlySpan<char> text) => Rune.DecodeLastFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWordAfter(ReadOnlySpan<char> text) => Rune.DecodeFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;
}
