using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Makes profiles of tokens. Not safe for concurrent use.</summary>
internal sealed class ProfileReader
{
    private const int LeastWord = 2;

    private readonly HashSet<uint> _words = [];
    private readonly HashSet<uint> _calls = [];
    private readonly HashSet<uint> _literals = [];
    private readonly HashSet<ulong> _distinct = [];
    private readonly FlowCounter _flow = new();

    /// <summary>The profile of a snippet.</summary>
    /// <param name="snippet">What is known of it.</param>
    /// <param name="file">Text and tokens of its file.</param>
    /// <param name="overloads">Functions of its name in its type.</param>
    public FunctionProfile Read(SnippetBrief snippet, StoredFile file, int overloads)
    {
        var (isNamed, callsItself) = (false, false);
        _words.Clear();
        _calls.Clear();
        _literals.Clear();
        _distinct.Clear();
        var literals = 0;
        var end = Math.Min(snippet.FirstToken + snippet.Tokens, file.Tokens.Count);
        for (var token = snippet.FirstToken; token < end; token++)
        {
            var bytes = file.Tokens.Text(file.Text, token);
            _distinct.Add(SpanHash.Hash64(bytes));
            var text = Encoding.UTF8.GetString(bytes);
            var kind = file.Tokens.Classes[token];
            var next = token + 1 < end ? Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token + 1)) : "";
            if (kind is not TokenClass.String)
            {
                _flow.Add(file, token, text, next);
            }

            switch (kind)
            {
                case TokenClass.Identifier:
                    var isCalled = next is ['(', ..];
                    AddIdentifier(text, snippet.Name, isCalled);
                    callsItself |= isNamed && isCalled && text == snippet.Name;
                    isNamed |= text == snippet.Name;
                    break;
                case TokenClass.Number or TokenClass.String or TokenClass.Literal:
                    literals++;
                    if (LiteralText.Normalise(text) is { } literal)
                    {
                        _literals.Add(Hash(literal));
                    }

                    break;
            }
        }

        var (arity, body) = ParameterReader.Read(snippet, file, end);
        var scope = NameWords.Split(ScopeName.Of(snippet.Name, snippet.QualifiedName));
        return new FunctionProfile
        {
            Name = snippet.Kind == SnippetKind.Constructor && scope.Count > 0 ? [.. scope, "new"] : NameWords.Split(snippet.Name),
            Scope = scope,
            Overloads = overloads,
            CallsItself = callsItself,
            Tokens = snippet.Tokens,
            Distinct = _distinct.Count,
            LiteralTokens = literals,
            Arity = arity,
            Words = Sorted(_words),
            Calls = Sorted(_calls),
            Literals = Sorted(_literals),
            Documentation = Sorted([.. NameWords.Split(DocumentationProse.FirstSentence(snippet.Documentation ?? "")).Where(word => word.Length > LeastWord).Select(Hash)]),
            Flow = _flow.Take(),
            Gives = ResultReader.Read(file, snippet.FirstToken, body, end),
            Steps = StepReader.Read(file, body, end),
        };
    }

    private void AddIdentifier(string text, string own, bool isCalled)
    {
        var words = NameWords.Split(text);
        foreach (var word in words)
        {
            if (word.Length >= LeastWord)
            {
                _words.Add(Hash(word));
            }
        }

        if (isCalled && text != own)
        {
            _calls.Add(Hash(string.Concat(words)));
        }
    }

    private static uint Hash(string text) => (uint)SpanHash.Hash64(Encoding.UTF8.GetBytes(text));

    private static uint[] Sorted(IReadOnlyCollection<uint> hashes) => [.. hashes.Order()];
}
