using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// A file's text as its parser sees it: of the same length as the file's, but with other words or spaces where the
/// grammar does not know what stands there. Tokens of the replaced parts are read from the file's text.
/// </summary>
internal sealed class ParsedText
{
    private readonly List<Change> _changes = [];
    private readonly List<int> _breaks = [];
    private readonly byte[] _original;
    private bool _areSorted;

    /// <summary>Begins with the text of the file, unchanged.</summary>
    public ParsedText(byte[] original) => (_original, Bytes) = (original, original);

    private ParsedText(ParsedText other)
    {
        (_original, Bytes, Masked) = (other._original, other.IsChanged ? [.. other.Bytes] : other.Bytes, other.Masked);
        _changes.AddRange(other._changes);
        _breaks.AddRange(other._breaks);
    }

    /// <summary>The text to parse.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>The text with comments and the insides of strings hidden, if anything was replaced after the first parse.</summary>
    public byte[]? Masked { get; set; }

    /// <summary>Whether anything was replaced.</summary>
    public bool IsChanged => _changes.Count > 0;

    /// <summary>Whether an item was set aside.</summary>
    public bool HasAside => _changes.Exists(static change => change.IsAside);

    /// <summary>Hides an item that the parser rejects. It is read on its own, so its tokens are not those of this text.</summary>
    public void SetAside(int start, int end)
    {
        Replace(start, end, [], areKeywords: false);
        _changes[^1] = _changes[^1] with { IsAside = true };
    }

    /// <summary>A copy, which can be changed on its own.</summary>
    public ParsedText Copy() => new(this);

    /// <summary>Replaces a range by a word and spaces, but leaves line ends.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="end">End, exclusive.</param>
    /// <param name="word">What the parser sees at the start; cut to the range.</param>
    /// <param name="areKeywords">Whether the words replaced are keywords of the language; else they are identifiers.</param>
    public void Replace(int start, int end, ReadOnlySpan<byte> word, bool areKeywords)
    {
        if (!IsChanged)
        {
            Bytes = [.. _original];
        }

        for (var i = start; i < end; i++)
        {
            Bytes[i] = i - start < word.Length ? word[i - start] : Bytes[i] is (byte)'\n' or (byte)'\r' ? Bytes[i] : (byte)' ';
        }

        _changes.Add(new Change(start, end, areKeywords, IsString: false, IsAside: false));
    }

    /// <summary>Hides the text of a string that the parser cannot find the end of. It is one token.</summary>
    public void ReplaceString(int start, int end, ReadOnlySpan<byte> word)
    {
        Replace(start, end, word, areKeywords: false);
        _changes[^1] = _changes[^1] with { IsString = true };
    }

    /// <summary>Says that what stands on the two sides of <paramref name="offset"/> belongs to different definitions.</summary>
    public void Break(int offset)
    {
        _breaks.Add(offset);
        _areSorted = false;
    }

    /// <summary>Whether two definitions were said to be different although they look like one.</summary>
    public bool Separates(int end, int start)
    {
        if (!_areSorted)
        {
            _breaks.Sort();
            _areSorted = true;
        }

        var at = _breaks.BinarySearch(end);
        at = at < 0 ? ~at : at;
        return at < _breaks.Count && _breaks[at] <= start;
    }

    /// <summary>A masked text in which what was replaced since is replaced, too.</summary>
    /// <param name="before">This text when it was masked.</param>
    /// <param name="masked">The masked text; it stays as it is.</param>
    public byte[] Mask(byte[] before, byte[] masked)
    {
        byte[] now = [.. masked];
        for (var i = 0; i < now.Length; i++)
        {
            if (Bytes[i] != before[i])
            {
                now[i] = Bytes[i];
            }
        }

        return now;
    }

    /// <summary>
    /// What was replaced, in order of the starts; outer changes come before those inside. Two changes that part a string are one.
    /// </summary>
    public IEnumerable<Change> Changes
    {
        get
        {
            Change? last = null;
            foreach (var change in _changes.OrderBy(change => change.Start).ThenByDescending(change => change.End))
            {
                if (last is { IsAside: false, IsString: false } first && !change.IsAside && first.End == change.Start
                    && EndsInString(first))
                {
                    last = first with { End = change.End };
                    continue;
                }

                if (last is { } whole)
                {
                    yield return whole;
                }

                last = change;
            }

            if (last is { } rest)
            {
                yield return rest;
            }
        }
    }

    private bool EndsInString(Change change)
    {
        var text = _original.AsSpan(change.Start..change.End);
        return text.IndexOfAny((byte)'"', (byte)'\'') is var quote and >= 0 && text.Count(text[quote]) % 2 == 1;
    }

    /// <summary>The tokens of a replaced part, from the text of the file.</summary>
    public IEnumerable<(int Start, int Length, TokenClass Class)> Tokens(Change change)
    {
        var text = Masked ?? _original;
        if (change.IsString)
        {
            var content = text.AsSpan(change.Start..change.End).TrimEnd(" \t\r\n"u8).Length;
            if (content > 0)
            {
                yield return (change.Start, content, TokenClass.String);
            }

            yield break;
        }

        for (var at = change.Start; at < change.End;)
        {
            var length = TokenLength(text, at, change.End, out var kind);
            if (kind is { } found)
            {
                // What the parser did not see at all, models do not see, either.
                yield return (at, length, change.AreKeywords ? found == TokenClass.Identifier ? TokenClass.Keyword : found
                    : Bytes.AsSpan(at, length).Trim((byte)' ').IsEmpty ? TokenClass.Other : found);
            }

            at += length;
        }
    }

    private static int TokenLength(byte[] text, int start, int limit, out TokenClass? kind)
    {
        var end = start + 1;
        switch (text[start])
        {
            case <= (byte)' ':
                kind = null;
                return 1;
            case (byte)'"' or (byte)'\'':
                kind = TokenClass.String;
                while (end < limit && text[end] != text[start] && text[end] != '\n')
                {
                    end += text[end] == '\\' ? 2 : 1;
                }

                return Math.Min(limit, end < limit && text[end] == text[start] ? end + 1 : end) - start;
            case var first when IsWord(first):
                kind = char.IsAsciiDigit((char)first) ? TokenClass.Number : TokenClass.Identifier;
                while (end < limit && IsWord(text[end]))
                {
                    end++;
                }

                return end - start;
            default:
                kind = TokenClass.Punctuation;
                return 1;
        }
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or >= 0x80;

}

/// <summary>A replaced part of a text.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="AreKeywords">Whether its words are keywords; else they are identifiers.</param>
/// <param name="IsString">Whether it is the text of a string.</param>
/// <param name="IsAside">Whether it is parsed on its own.</param>
internal readonly record struct Change(int Start, int End, bool AreKeywords, bool IsString, bool IsAside);
