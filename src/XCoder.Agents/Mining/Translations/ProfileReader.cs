using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>Makes the profile of a function from its tokens. Not thread-safe.</summary>
internal sealed class ProfileReader
{
    private const int LeastWord = 2;
    private const ulong TextKey = 0x9E3779B97F4A7C15;

    private readonly HashSet<uint> _literals = [];
    private readonly HashSet<string> _distinct = [];
    private readonly FlowCounter _flow = new();
    private readonly CallReader _calls = new();

    /// <summary>Reads the profile of a function.</summary>
    /// <param name="snippet">The function.</param>
    /// <param name="file">Text and tokens of its file.</param>
    /// <param name="overloads">Number of functions with its qualified name in its file.</param>
    public FunctionProfile Read(SnippetBrief snippet, StoredFile file, int overloads)
    {
        var tokens = new FunctionTokens(file, snippet.FirstToken, snippet.Tokens);
        var (isNamed, callsItself, literals, whole) = (false, false, 0, 0UL);
        _literals.Clear();
        _distinct.Clear();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (text, kind) = (tokens[i], tokens.Class(i));
            _distinct.Add(text);
            whole = SpanHash.Mix(whole ^ SpanHash.Hash64(Encoding.UTF8.GetBytes(text)), TextKey);
            if (kind is not (TokenClass.String or TokenClass.Other))
            {
                _flow.Add(tokens, i);
            }

            if (kind == TokenClass.Identifier && text == snippet.Name)
            {
                callsItself |= isNamed && tokens.IsCalled(i);
                isNamed = true;
            }
            else if (kind is TokenClass.Number or TokenClass.String or TokenClass.Literal)
            {
                literals++;
                if (LiteralText.Normalise(text, kind) is { } literal)
                {
                    _literals.Add(Hash(literal));
                }
            }
        }

        var (arity, body) = ParameterReader.Read(snippet.Name, tokens);
        var scope = NameWords.Split(ScopeName.Of(snippet.Name, snippet.QualifiedName));
        return new FunctionProfile
        {
            Name = NameOf(snippet, scope),
            Scope = scope,
            Overloads = overloads,
            CallsItself = callsItself,
            Text = whole,
            Tokens = snippet.Tokens,
            Distinct = _distinct.Count,
            LiteralTokens = literals,
            Arity = arity,
            Calls = _calls.Read(tokens, body, snippet.Name),
            Literals = [.. _literals.Order()],
            Documentation = [.. NameWords.Split(DocumentationProse.FirstSentence(snippet.Documentation ?? ""))
                .Where(word => word.Length > LeastWord).Select(Hash).Distinct().Order()],
            Flow = _flow.Take(),
            Plain = PlainReader.Read(tokens, body),
            Gives = ResultReader.Read(tokens, body),
            Steps = StepReader.Read(tokens, body),
        };
    }

    /// <summary>Words of a function's name; for a constructor, words of its type and "new".</summary>
    public static IReadOnlyList<string> NameOf(SnippetBrief snippet, IReadOnlyList<string> scope) =>
        snippet.Kind == SnippetKind.Constructor && scope.Count > 0 ? [.. scope, "new"] : NameWords.Split(snippet.Name);

    internal static uint Hash(string text) => (uint)SpanHash.Hash64(Encoding.UTF8.GetBytes(text));
}

/// <summary>The tokens of a function as text.</summary>
internal sealed class FunctionTokens
{
    private readonly StoredFile _file;
    private readonly int _first;
    private readonly string[] _texts;

    /// <summary>Reads the tokens.</summary>
    /// <param name="file">Text and tokens of the function's file.</param>
    /// <param name="first">Index of its first token in the file.</param>
    /// <param name="count">Number of its tokens.</param>
    public FunctionTokens(StoredFile file, int first, int count)
    {
        (_file, _first) = (file, first);
        _texts = new string[Math.Max(0, Math.Min(count, file.Tokens.Count - first))];
        for (var i = 0; i < _texts.Length; i++)
        {
            _texts[i] = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, first + i));
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _texts.Length;

    /// <summary>Text of a token; empty beyond the last.</summary>
    public string this[int index] => index < _texts.Length ? _texts[index] : "";

    /// <summary>Class of a token.</summary>
    public TokenClass Class(int index) => _file.Tokens.Classes[_first + index];

    /// <summary>Whether an opening bracket follows a token.</summary>
    public bool IsCalled(int index) => this[index + 1] is ['(', ..];

    /// <summary>Whether blanks surround a token. This tells a binary operator from a sign, a pointer or a type's bracket.</summary>
    public bool StandsApart(int index)
    {
        var token = _first + index;
        return token > 0 && token + 1 < _file.Tokens.Count && End(token - 1) < _file.Tokens.Starts[token]
            && End(token) < _file.Tokens.Starts[token + 1];
    }

    /// <summary>Whether a line ends after a token.</summary>
    public bool BreaksAfter(int index) => _first + index + 1 < _file.Tokens.Count
        && _file.Text.AsSpan()[End(_first + index).._file.Tokens.Starts[_first + index + 1]].Contains((byte)'\n');

    private int End(int token) => _file.Tokens.Starts[token] + _file.Tokens.Lengths[token];
}
