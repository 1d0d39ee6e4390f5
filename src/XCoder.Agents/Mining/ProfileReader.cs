using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Similarity;
using XCoder.Analysis.Storage;

namespace XCoder.Agents.Mining;

/// <summary>Makes profiles of tokens. Not safe for concurrent use.</summary>
public sealed class ProfileReader
{
    private const int LeastWord = 2;

    private static readonly HashSet<string> Receivers = ["self", "this", "cls", "void", "mut"];

    private readonly HashSet<uint> _words = [];
    private readonly HashSet<uint> _calls = [];
    private readonly HashSet<uint> _literals = [];
    private readonly HashSet<ulong> _distinct = [];
    private readonly FlowCounter _flow = new();

    /// <summary>The profile of a snippet.</summary>
    /// <param name="snippet">What is known of it.</param>
    /// <param name="file">Text and tokens of its file.</param>
    /// <param name="overloads">Functions of its name in its type.</param>
    public TwinProfile Read(SnippetBrief snippet, StoredFile file, int overloads)
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

        var scope = NameWords.Split(ScopeName.Of(snippet.Name, snippet.QualifiedName));
        return new TwinProfile
        {
            Name = snippet.Kind == SnippetKind.Constructor && scope.Count > 0 ? [.. scope, "new"] : NameWords.Split(snippet.Name),
            Scope = scope,
            Overloads = overloads,
            CallsItself = callsItself,
            Tokens = snippet.Tokens,
            Distinct = _distinct.Count,
            LiteralTokens = literals,
            Arity = Arity(snippet, file, end),
            Words = Sorted(_words),
            Calls = Sorted(_calls),
            Literals = Sorted(_literals),
            Documentation = Sorted([.. NameWords.Split(DocumentationText.FirstSentence(snippet.Documentation ?? "")).Where(word => word.Length > LeastWord).Select(Hash)]),
            Flow = _flow.Take(),
            Gives = ResultReader.Read(file, snippet.FirstToken, end),
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

    // Commas at the top of the brackets after the name.
    private static int Arity(SnippetBrief snippet, StoredFile file, int end)
    {
        var at = snippet.FirstToken;
        while (at < end && !file.Tokens.Text(file.Text, at).SequenceEqual(Encoding.UTF8.GetBytes(snippet.Name)))
        {
            at++;
        }

        while (at < end && file.Tokens.Text(file.Text, at) is not [(byte)'('])
        {
            if (file.Tokens.Text(file.Text, at) is [(byte)'{'] or [(byte)':'] or [(byte)';'])
            {
                return -1;
            }

            at++;
        }

        var (depth, count, words, isReceiver) = (0, 0, 0, false);
        for (; at < end; at++)
        {
            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, at));
            depth += text is "(" or "[" or "{" or "<" ? 1 : text is ")" or "]" or "}" or ">" ? -1 : 0;
            if (depth == 0 || (depth == 1 && text == ","))
            {
                count += words > 0 && !(isReceiver && words == 1) ? 1 : 0;
                (words, isReceiver) = (0, false);
                if (depth == 0)
                {
                    return count;
                }
            }
            else if (char.IsLetter(text[0]) || text[0] is '_' or '$' or '@')
            {
                words += text == "mut" ? 0 : 1;
                isReceiver |= Receivers.Contains(text);
            }
        }

        return -1;
    }

    private static uint Hash(string text) => (uint)SpanHash.Hash64(Encoding.UTF8.GetBytes(text));

    private static uint[] Sorted(IReadOnlyCollection<uint> hashes) => [.. hashes.Order()];
}
