using System.Text;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.TextSearch;

/// <summary>
/// The words by which a question finds a snippet, a field for each place where they stand: in lower case, separated by spaces. Names are
/// split at case, underscores and digits.
/// </summary>
internal sealed record SnippetWords
{
    // A long function repeats its words; what stands beyond this tells little more of what it is for.
    private const int MostTokens = 2000;
    private const int MostProse = 4000;

    // Shorter gaps between tokens cannot hold a comment with a word.
    private const int ShortestComment = 4;

    /// <summary>The snippet's own name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of what contains it, and of its file and folders.</summary>
    public required string Place { get; init; }

    /// <summary>Names and types of its parameters, and of its result.</summary>
    public required string Signature { get; init; }

    /// <summary>Its documentation.</summary>
    public required string Documentation { get; init; }

    /// <summary>What it calls; of a structure, its functions too.</summary>
    public required string Calls { get; init; }

    /// <summary>Other names in its body.</summary>
    public required string Names { get; init; }

    /// <summary>Comments within it.</summary>
    public required string Comments { get; init; }

    /// <summary>Its string literals, such as messages of errors.</summary>
    public required string Strings { get; init; }

    /// <summary>Documentation of what contains it, and what stands before the first token of its file.</summary>
    public required string Around { get; init; }

    /// <summary>The fields in the order of the index, each with its weight.</summary>
    public static IReadOnlyList<(string Name, double Weight, Func<SnippetWords, string> Of)> Fields { get; } =
    [
        ("name", 2.5, static words => words.Name),
        ("place", 2.5, static words => words.Place),
        ("signature", 1, static words => words.Signature),
        ("documentation", 2, static words => words.Documentation),
        ("calls", 1, static words => words.Calls),
        ("names", 0.7, static words => words.Names),
        ("comments", 0.7, static words => words.Comments),
        ("strings", 0.3, static words => words.Strings),
        ("around", 0.5, static words => words.Around),
    ];

    /// <summary>Reads the words of each snippet of a file.</summary>
    public static IEnumerable<(long Row, SnippetWords Words)> Of(FileSnippets file)
    {
        var inputs = new SnippetInputs(file);
        var head = Head(file.File);
        var first = file.Snippets.GroupBy(static snippet => snippet.FirstToken)
            .ToDictionary(static same => same.Key, static same => same.Max(static snippet => snippet.Snippet.Tokens));
        var documentation = file.Snippets.Where(static snippet => snippet.Snippet.Documentation is not null)
            .ToDictionary(static snippet => snippet.Ordinal, static snippet => snippet.Snippet.Documentation!);
        foreach (var snippet in file.Snippets)
        {
            var facts = snippet.Snippet;
            var body = new Body(file.File, snippet, first);
            foreach (var member in facts.Kind.IsStructure() ? inputs.MembersOf(snippet) : [])
            {
                Append(body.Calls, member.Snippet.Name);
            }

            yield return (snippet.Row, new SnippetWords
            {
                Name = Split(facts.Name),
                Place = Split($"{SnippetInputs.EnclosingName(facts)} {facts.Path}"),
                Signature = Split(facts.Signature),
                Documentation = Split(facts.Documentation ?? ""),
                Calls = body.Calls.ToString(),
                Names = body.Names.ToString(),
                Comments = body.Comments.ToString(),
                Strings = body.Strings.ToString(),
                Around = Split(documentation.GetValueOrDefault(snippet.Parent) ?? "") + head,
            });
        }
    }

    /// <summary>The words of a text, in the form in which they are stored.</summary>
    public static string Split(string text)
    {
        var words = new StringBuilder();
        Append(words, text);
        return words.ToString();
    }

    private static string Head(StoredFile file)
    {
        var end = file.Tokens.Count > 0 ? file.Tokens.Starts[0] : 0;
        return Split(Encoding.UTF8.GetString(file.Text.AsSpan(0, Math.Min(end, MostProse))));
    }

    private static void Append(StringBuilder words, string text)
    {
        foreach (var word in TermSplitter.SubWords(text.AsSpan(0, Math.Min(text.Length, MostProse))))
        {
            words.Append(word).Append(' ');
        }
    }

    /// <summary>Sorts the tokens of a snippet into fields. A structure's own code is what lies outside the snippets in it.</summary>
    private readonly struct Body
    {
        public Body(StoredFile file, SnippetTokens snippet, Dictionary<int, int> first)
        {
            var (tokens, text, isStructure) = (file.Tokens, file.Text, snippet.Snippet.Kind.IsStructure());
            var last = Math.Min(tokens.Count, snippet.FirstToken + snippet.Snippet.Tokens);
            for (var (i, count) = (snippet.FirstToken, 0); i < last && count < MostTokens; i++, count++)
            {
                if (isStructure && i > snippet.FirstToken && first.TryGetValue(i, out var inner))
                {
                    i += Math.Max(0, inner - 1);
                    continue;
                }

                var end = i > snippet.FirstToken ? tokens.Starts[i - 1] + tokens.Lengths[i - 1] : tokens.Starts[i];
                if (tokens.Starts[i] - end >= ShortestComment)
                {
                    Append(Comments, Encoding.UTF8.GetString(text.AsSpan(end..Math.Min(tokens.Starts[i], end + MostProse))));
                }

                var field = tokens.Classes[i] switch
                {
                    TokenClass.String => Strings,
                    TokenClass.Identifier => i + 1 < last && tokens.Text(text, i + 1) is [(byte)'('] ? Calls : Names,
                    _ => null,
                };
                if (field is not null)
                {
                    Append(field, Encoding.UTF8.GetString(text.AsSpan(tokens.Starts[i], Math.Min(tokens.Lengths[i], MostProse))));
                }
            }
        }

        public StringBuilder Calls { get; } = new();

        public StringBuilder Names { get; } = new();

        public StringBuilder Comments { get; } = new();

        public StringBuilder Strings { get; } = new();
    }
}
