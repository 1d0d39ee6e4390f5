using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>A component of a tokenizer.json, with the file and the place in it for error messages.</summary>
internal readonly struct TokenizerPart(JsonElement element, string file, string place)
{
    public JsonElement Element => element;

    public string File => file;

    /// <summary>The component's "type", or an empty string.</summary>
    public string Type => Text("type") ?? "";

    public bool IsMissing => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>A child of this component; missing if the file does not have it.</summary>
    public TokenizerPart this[string name] =>
        new(element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default, file,
            place.Length == 0 ? name : $"{place}.{name}");

    public IEnumerable<TokenizerPart> Items
    {
        get
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                yield break;
            }

            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                yield return new TokenizerPart(item, file, $"{place}[{index++}]");
            }
        }
    }

    public string? Text(string name) => this[name].Element is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool Flag(string name, bool missing) => this[name].Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => missing,
    };

    public int? Number(string name) =>
        this[name].Element is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>Returns the value as a whole number, or throws.</summary>
    public int Integer() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : throw Wrong("is not a whole number");

    /// <summary>Returns the value as a string, or throws.</summary>
    public string String() => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong("is not a string");

    public EmbeddingException Unsupported(string kind) =>
        new($"{file}: the {kind} \"{Type}\" ({place}) is not supported. Use a model with another tokenizer.");

    public EmbeddingException Wrong(string what) =>
        new($"{file}: {(place.Length == 0 ? "the file" : place)} {what}. The file is not a Hugging Face tokenizer, or it is damaged.");
}

/// <summary>Consecutive pieces of text in one buffer, which pre-tokenizers read and write.</summary>
internal sealed class PieceBuffer
{
    private char[] _text = new char[256];
    private int[] _ends = new int[64];
    private int _length;

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int index] => _text.AsSpan(Start(index), _ends[index] - Start(index));

    public void Clear() => (_length, Count) = (0, 0);

    /// <summary>Adds a piece; an empty one is ignored.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        piece.CopyTo(Append(piece.Length));
        End();
    }

    /// <summary>Makes room for <paramref name="count"/> more characters of the current piece, which <see cref="End"/> completes.</summary>
    public Span<char> Append(int count)
    {
        if (_length + count > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + count, _text.Length * 2));
        }

        _length += count;
        return _text.AsSpan(_length - count, count);
    }

    /// <summary>Ends the piece that was appended.</summary>
    public void End()
    {
        if (_length == (Count == 0 ? 0 : _ends[Count - 1]))
        {
            return;
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        _ends[Count++] = _length;
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
