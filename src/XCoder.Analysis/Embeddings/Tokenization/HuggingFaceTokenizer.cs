using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// Reads Hugging Face's tokenizer.json and converts text to ids as the "tokenizers" library does: byte-pair encoding
/// (GPT-2, RoBERTa, Llama 3, Qwen), WordPiece (BERT) and Unigram (SentencePiece). Several threads may use an instance
/// at once; it caches a bounded number of words.
/// </summary>
internal sealed class HuggingFaceTokenizer
{
    [ThreadStatic]
    private static Scratch? _scratch;

    private readonly AddedTokens _inText;
    private readonly AddedTokens _inNormalized;
    private readonly Dictionary<string, int> _addedIds;
    private readonly Func<string, string>? _normalizer;
    private readonly IPreTokenizer[] _preTokenizers;
    private readonly ByteLevelPreTokenizer? _bytes;
    private readonly IVocabulary _vocabulary;
    private readonly SpecialTokens _special;
    private readonly bool _cutsLeft;
    private readonly WordCache _cache = new();

    private HuggingFaceTokenizer(TokenizerPart file)
    {
        _vocabulary = Vocabulary.Read(file["model"]);
        _normalizer = Normalizer.Read(file["normalizer"]);
        var steps = PreTokenizer.Read(file["pre_tokenizer"]);
        // Words are looked up in the cache before they are converted to bytes, so the conversion is seldom needed.
        _bytes = steps.LastOrDefault() as ByteLevelPreTokenizer;
        _preTokenizers = _bytes is null ? steps : steps[..^1];
        _special = SpecialTokens.Read(file["post_processor"]);
        MaxLength = file["truncation"].Number("max_length");
        _cutsLeft = file["truncation"].Text("direction") == "Left";
        PadId = file["padding"].Number("pad_id");

        var added = file["added_tokens"].Items.Select(
            token => (Token: ReadToken(token), IsNormalized: token.Flag("normalized", !token.Flag("special", false)))).ToList();
        _addedIds = added.GroupBy(pair => pair.Token.Content, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Token.Id, StringComparer.Ordinal);
        _inText = new AddedTokens(added.Where(pair => !pair.IsNormalized).Select(pair => pair.Token));
        _inNormalized = new AddedTokens(added.Where(pair => pair.IsNormalized)
            .Select(pair => _normalizer is null ? pair.Token : pair.Token with { Content = _normalizer(pair.Token.Content) }));
        VocabularySize = Math.Max(_vocabulary.Size, _addedIds.Values.DefaultIfEmpty(-1).Max() + 1);
    }

    /// <summary>The greatest id plus 1.</summary>
    public int VocabularySize { get; }

    /// <summary>The maximum number of tokens that the file itself specifies, or null.</summary>
    public int? MaxLength { get; }

    /// <summary>The padding id that the file itself specifies, or null.</summary>
    public int? PadId { get; }

    /// <summary>Number of special tokens added to every text.</summary>
    public int SpecialTokenCount => _special.Before.Length + _special.After.Length;

    /// <summary>Reads a tokenizer.json.</summary>
    /// <exception cref="EmbeddingException">
    /// The file is missing, damaged or uses an unsupported feature; the message names the file and the component.
    /// </exception>
    public static HuggingFaceTokenizer Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(ModelFiles.ReadAllBytes(path));
            var file = new TokenizerPart(document.RootElement, path, "");
            return file["model"].IsMissing ? throw file.Wrong("has no \"model\"") : new HuggingFaceTokenizer(file);
        }
        catch (JsonException failure)
        {
            throw new EmbeddingException(
                $"{path}: not JSON (line {failure.LineNumber + 1}). The file is damaged: download it again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Returns the id of a token, or null.</summary>
    public int? IdOf(string token) => _addedIds.TryGetValue(token, out var id) ? id : _vocabulary.IdOf(token);

    /// <summary>Converts a text to ids, including special tokens.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">
    /// Most ids. Special tokens are kept; the text's own ids are cut at its end, or at its beginning if the file says
    /// so.
    /// </param>
    public TokenizedText Encode(string text, int maxLength = int.MaxValue)
    {
        // The buffers are taken out of the thread's slot, so a failure leaves no half-filled buffers behind.
        var work = _scratch ?? new Scratch();
        _scratch = null;
        work.Ids.Clear();
        var room = Math.Max(0, maxLength - SpecialTokenCount);
        AddText(text, work, _cutsLeft ? int.MaxValue : room);
        var isTruncated = work.Ids.Count > room;
        var ids = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(work.Ids);
        ids = !isTruncated ? ids : _cutsLeft ? ids[^room..] : ids[..room];
        int[] all = [.. _special.Before, .. ids, .. _special.After];
        _scratch = work;
        return new TokenizedText(all, isTruncated);
    }

    private static AddedToken ReadToken(TokenizerPart token) =>
        new(token["content"].String(), token["id"].Integer(), token.Flag("single_word", false), token.Flag("lstrip", false),
            token.Flag("rstrip", false));

    // Stops shortly after there are enough ids.
    private void AddText(string text, Scratch work, int enough)
    {
        work.Sections.Clear();
        _inText.Split(text, work.Sections);
        foreach (var (start, end, id) in work.Sections)
        {
            if (work.Ids.Count > enough)
            {
                return;
            }

            if (id >= 0)
            {
                work.Ids.Add(id);
                continue;
            }

            var section = start == 0 && end == text.Length ? text : text[start..end];
            AddSection(_normalizer is null ? section : _normalizer(section), start == 0, work, enough);
        }
    }

    private void AddSection(string section, bool isFirst, Scratch work, int enough)
    {
        work.Parts.Clear();
        _inNormalized.Split(section, work.Parts);
        foreach (var (start, end, id) in work.Parts)
        {
            if (id >= 0)
            {
                work.Ids.Add(id);
                continue;
            }

            AddWords(section.AsSpan(start, end - start), isFirst && start == 0, work, enough);
        }
    }

    private void AddWords(ReadOnlySpan<char> text, bool isFirst, Scratch work, int enough)
    {
        var (pieces, others) = (work.Pieces, work.Others);
        pieces.Clear();
        pieces.Add(text);
        foreach (var step in _preTokenizers)
        {
            others.Clear();
            for (var index = 0; index < pieces.Count; index++)
            {
                step.Split(pieces[index], isFirst && index == 0, others);
            }

            (pieces, others) = (others, pieces);
        }

        for (var index = 0; index < pieces.Count && work.Ids.Count <= enough; index++)
        {
            AddWord(pieces[index], work);
        }
    }

    private void AddWord(ReadOnlySpan<char> word, Scratch work)
    {
        if (word.Length > WordCache.LongestWord)
        {
            AddUncached(word, work);
            return;
        }

        if (_cache.Find(word, out var hash) is { } known)
        {
            work.Ids.AddRange(known);
            return;
        }

        var first = work.Ids.Count;
        AddUncached(word, work);
        _cache.Set(word, hash, [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(work.Ids)[first..]]);
    }

    private void AddUncached(ReadOnlySpan<char> word, Scratch work)
    {
        if (_bytes is null)
        {
            _vocabulary.Encode(word, work.Ids);
            return;
        }

        work.Bytes.Clear();
        _bytes.Split(word, false, work.Bytes);
        _vocabulary.Encode(work.Bytes[0], work.Ids);
    }

    /// <summary>Buffers of one thread.</summary>
    private sealed class Scratch
    {
        public readonly List<int> Ids = [];
        public readonly List<(int Start, int End, int Id)> Sections = [];
        public readonly List<(int Start, int End, int Id)> Parts = [];
        public readonly PieceBuffer Pieces = new();
        public readonly PieceBuffer Others = new();
        public readonly PieceBuffer Bytes = new();
    }
}

/// <summary>A text as ids of a vocabulary.</summary>
/// <param name="Ids">Ids in order, including special tokens.</param>
/// <param name="Truncated">Whether tokens were cut off to stay within the maximum length.</param>
internal sealed record TokenizedText(int[] Ids, bool Truncated);

/// <summary>
/// Caches the ids of words. The table has a fixed size, and a new word replaces the one in its slot, so memory is
/// bounded. Several threads can read it without locks, because an entry never changes once it is written.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longer words are not cached, because they are rarely seen twice.</summary>
    public const int LongestWord = 64;

    private const int Slots = 1 << 16;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>Returns the ids of a word, or null if it is not cached.</summary>
    public int[]? Find(ReadOnlySpan<char> word, out uint hash)
    {
        hash = Hash(word);
        var entry = Volatile.Read(ref _entries[hash & (Slots - 1)]);
        return entry is not null && entry.Hash == hash && word.SequenceEqual(entry.Word) ? entry.Ids : null;
    }

    public void Set(ReadOnlySpan<char> word, uint hash, int[] ids) =>
        Volatile.Write(ref _entries[hash & (Slots - 1)], new Entry(word.ToString(), hash, ids));

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261UL + (ulong)word.Length;
        foreach (var unit in word)
        {
            hash = (hash ^ unit) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 29;
        }

        return (uint)(hash ^ (hash >> 32));
    }

    private sealed record Entry(string Word, uint Hash, int[] Ids);
}
