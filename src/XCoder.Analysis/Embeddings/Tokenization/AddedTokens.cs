using System.Buffers;
using System.Globalization;
using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

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

    private static bool IsWordBefore(ReadOnlySpan<char> text) =>
        Rune.DecodeLastFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWordAfter(ReadOnlySpan<char> text) =>
        Rune.DecodeFromUtf16(text, out var rune, out _) == OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.LetterNumber;
}

/// <summary>A token found in the text before the vocabulary sees it, such as &lt;mask&gt;.</summary>
/// <param name="Content">What stands in the text.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSingleWord">Found only where no letter or digit is next to it.</param>
/// <param name="StripsLeft">Takes the space before it.</param>
/// <param name="StripsRight">Takes the space after it.</param>
internal sealed record AddedToken(string Content, int Id, bool IsSingleWord, bool StripsLeft, bool StripsRight);

/// <summary>The special tokens that the "post_processor" of a tokenizer.json puts before and after a single text.</summary>
/// <param name="Before">Ids in front.</param>
/// <param name="After">Ids at the end.</param>
internal sealed record SpecialTokens(int[] Before, int[] After)
{
    private static readonly SpecialTokens None = new([], []);

    /// <exception cref="EmbeddingException">The kind is not supported.</exception>
    public static SpecialTokens Read(TokenizerPart part) => part.IsMissing ? None : part.Type switch
    {
        "ByteLevel" => None,
        "BertProcessing" or "RobertaProcessing" => new([Id(part["cls"])], [Id(part["sep"])]),
        "TemplateProcessing" => ReadTemplate(part),
        "Sequence" => part["processors"].Items.Select(Read)
            .Aggregate(None, (inner, outer) => new([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After])),
        _ => throw part.Unsupported("post-processor"),
    };

    // ["<s>", 0]
    private static int Id(TokenizerPart pair) =>
        pair.Items.Skip(1).FirstOrDefault() is { IsMissing: false } id ? id.Integer() : throw pair.Wrong("is not a token and its id");

    private static SpecialTokens ReadTemplate(TokenizerPart part)
    {
        var (before, after) = (new List<int>(), new List<int>());
        var target = before;
        foreach (var item in part["single"].Items)
        {
            if (!item["Sequence"].IsMissing)
            {
                target = after;
            }
            else
            {
                var name = item["SpecialToken"].Text("id") ?? throw item.Wrong("is neither a sequence nor a special token");
                target.AddRange(part["special_tokens"][name]["ids"].Items.Select(id => id.Integer()));
            }
        }

        return ReferenceEquals(target, after) ? new([.. before], [.. after]) : throw part["single"].Wrong("holds no sequence");
    }
}
