using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Seeds;

/// <summary>Reads what the quality of a seed is made of: names of each repository at once, code as it is asked for.</summary>
internal sealed class SeedReader(SnippetStore store)
{
    // Shorter names are locals more often than not.
    private const int LeastName = 3;

    private readonly Dictionary<string, Dictionary<string, int>> _names = [];
    private readonly Dictionary<long, SnippetBrief> _snippets = [];
    private readonly Dictionary<long, List<(int First, int Tokens, string Name)>> _files = [];

    /// <summary>Makes a snippet known.</summary>
    public void Add(SnippetBrief snippet)
    {
        _snippets[snippet.Row] = snippet;
        (_files.TryGetValue(snippet.File, out var file) ? file : _files[snippet.File] = []).Add((snippet.FirstToken, snippet.Tokens, snippet.Name));
        if (snippet.Name.Length >= LeastName)
        {
            var names = _names.TryGetValue(snippet.Repository, out var known) ? known : _names[snippet.Repository] = [];
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(names, snippet.Name, out _)++;
        }
    }

    /// <summary>A snippet's cleaned documentation comment, or null.</summary>
    public string? Documentation(long row) => _snippets[row].Documentation;

    /// <summary>What is known of a snippet before its code is read.</summary>
    public static SeedFacts Unread(SnippetBrief snippet, SnippetMarks marks) => new()
    {
        Tokens = snippet.Tokens,
        HasErrors = snippet.HasErrors,
        IsTest = snippet.IsTest,
        IsTested = marks.HasFlag(SnippetMarks.Tested),
        DocumentationWords = snippet.Documentation?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter)) ?? 0,
    };

    /// <summary>All that is known of a snippet, and what gives its code.</summary>
    public (SeedFacts Facts, Func<string> Code) Read(long row, SnippetMarks marks)
    {
        var snippet = _snippets[row];
        var stored = store.File(snippet.File);
        var (distinct, outer, literals) = (new HashSet<ulong>(), new HashSet<string>(), 0);
        var names = _names.GetValueOrDefault(snippet.Repository) ?? [];
        var end = Math.Min(snippet.FirstToken + snippet.Tokens, stored.Tokens.Count);
        for (var token = snippet.FirstToken; token < end; token++)
        {
            var text = stored.Tokens.Text(stored.Text, token);
            var isNew = distinct.Add(SpanHash.Hash64(text));
            switch (stored.Tokens.Classes[token])
            {
                case TokenClass.Number or TokenClass.String or TokenClass.Literal:
                    literals++;
                    break;
                case TokenClass.Identifier when isNew && Encoding.UTF8.GetString(text) is var name && names.ContainsKey(name):
                    outer.Add(name);
                    break;
            }
        }

        // Its own name and those of what stands in it are no outer ones, unless others bear them too.
        foreach (var inner in _files[snippet.File].Where(inner => inner.First >= snippet.FirstToken && inner.First + inner.Tokens <= end).CountBy(inner => inner.Name))
        {
            if (names.GetValueOrDefault(inner.Key) <= inner.Value || inner.Key == snippet.Name)
            {
                outer.Remove(inner.Key);
            }
        }

        return (Unread(snippet, marks) with { DistinctTokens = distinct.Count, Literals = literals, OuterNames = outer.Count }, Code);

        string Code() => end > snippet.FirstToken ? Encoding.UTF8.GetString(stored.Text.AsSpan(stored.Tokens.Starts[snippet.FirstToken]..(stored.Tokens.Starts[end - 1] + stored.Tokens.Lengths[end - 1]))) : "";
    }
}
