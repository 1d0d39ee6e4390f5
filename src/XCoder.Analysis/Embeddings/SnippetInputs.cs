using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Embeddings;

/// <summary>
/// The snippets of a stored file as embedding models see them. Who is whose member is found out once a file. Safe for
/// many threads.
/// </summary>
public sealed class SnippetInputs
{
    private const string Separators = ".:#/\\";

    private readonly FileSnippets _file;
    private readonly ILookup<int, SnippetTokens> _inside;
    private readonly Dictionary<string, List<SnippetTokens>> _beside;

    /// <summary>Looks through a file.</summary>
    public SnippetInputs(FileSnippets file)
    {
        _file = file;
        var members = file.Snippets.Where(snippet => !snippet.Snippet.Kind.IsStructure()).ToList();
        _inside = members.Where(member => member.Parent >= 0).ToLookup(member => member.Parent);
        _beside = Beside(file.Snippets.Where(snippet => snippet.Snippet.Kind.IsStructure()), members.Where(member => member.Parent < 0));
    }

    /// <summary>A snippet of the file as a model's input, with its members if it is a structure.</summary>
    public SnippetInput Of(SnippetTokens snippet)
    {
        var facts = snippet.Snippet;
        return new SnippetInput
        {
            Language = facts.Language,
            Kind = facts.Kind,
            Name = facts.Name,
            Enclosing = EnclosingName(facts),
            Text = _file.File.Text,
            StartByte = facts.Span.StartByte,
            EndByte = facts.Span.EndByte,
            Stream = _file.File.Tokens,
            FirstToken = snippet.FirstToken,
            TokenCount = facts.Tokens,
            Documentation = facts.Documentation,
            Members = facts.Kind.IsStructure() ? [.. Members(snippet)] : [],
        };
    }

    /// <summary>Functions and methods that belong to a structure, in source order.</summary>
    internal IEnumerable<SnippetTokens> MembersOf(SnippetTokens structure) =>
        _inside[structure.Ordinal].Concat(_beside[structure.Snippet.QualifiedName]).OrderBy(member => member.FirstToken)
            .ThenBy(member => member.Ordinal);

    /// <summary>The last part of a qualified name before the name itself: its structure, or the function it stands in.</summary>
    internal static string EnclosingName(Snippet snippet) => EnclosingName(snippet.Name, snippet.QualifiedName);

    /// <inheritdoc cref="EnclosingName(Snippet)"/>
    internal static string EnclosingName(string name, ReadOnlySpan<char> qualified)
    {
        if (!qualified.EndsWith(name, StringComparison.Ordinal))
        {
            return "";
        }

        var before = qualified[..^name.Length].TrimEnd(Separators);
        return before[(before.LastIndexOfAny(Separators) + 1)..].ToString();
    }

    // Members stand inside, or beside it under its qualified name (Go, Rust, C++).
    private IEnumerable<(string Signature, int FirstToken, int TokenCount)> Members(SnippetTokens structure) =>
        MembersOf(structure).Select(member => (member.Snippet.Signature, member.FirstToken, member.Snippet.Tokens));

    // A name is asked at each of its own separators, not by each structure: a file may hold thousands of both.
    private static Dictionary<string, List<SnippetTokens>> Beside(IEnumerable<SnippetTokens> structures, IEnumerable<SnippetTokens> members)
    {
        var result = new Dictionary<string, List<SnippetTokens>>(StringComparer.Ordinal);
        foreach (var structure in structures)
        {
            result.TryAdd(structure.Snippet.QualifiedName, []);
        }

        if (result.Count == 0)
        {
            return result;
        }

        var byPart = result.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var member in members)
        {
            var name = member.Snippet.QualifiedName;
            for (var end = 0; end < name.Length; end++)
            {
                if (!char.IsLetterOrDigit(name[end]) && byPart.TryGetValue(name.AsSpan(0, end), out var found))
                {
                    found.Add(member);
                }
            }
        }

        return result;
    }
}
