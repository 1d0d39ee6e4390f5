using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>What the code around a snippet says about it.</summary>
/// <param name="Type">The type that the snippet belongs to, without its other members; empty when there is none.</param>
/// <param name="Calls">Signatures of functions of its repository that it calls, in source order; those of its own file first.</param>
/// <param name="NeedsState">Whether it is a method that uses the state of its object or type.</param>
internal sealed record CodeSurroundings(string Type, IReadOnlyList<string> Calls, bool NeedsState)
{
    /// <summary>Nothing is known.</summary>
    public static CodeSurroundings None { get; } = new("", [], false);
}

/// <summary>Reads what surrounds snippets: from their own files, and signatures also from the rest of their repositories.</summary>
internal static partial class SurroundingsReader
{
    private const int MostCalls = 8, MostLines = 20, MostLine = 200, LeastName = 3;

    /// <summary>Reads the surroundings of snippets, by row id. Rows that are not stored are left out.</summary>
    /// <param name="store">The store.</param>
    /// <param name="rows">Row ids of the snippets.</param>
    /// <param name="licences">Signatures of other files are given only where the licence of the file is allowed.</param>
    public static Dictionary<long, CodeSurroundings> Read(SnippetStore store, IReadOnlyCollection<long> rows, LicencePolicy licences)
    {
        var wanted = rows.ToHashSet();
        var found = new Dictionary<long, (CodeSurroundings Surroundings, SnippetTokens Snippet, List<string> Elsewhere)>();
        foreach (var file in store.FilesOf(wanted))
        {
            foreach (var snippet in file.Snippets.Where(snippet => wanted.Contains(snippet.Row)))
            {
                var (surroundings, elsewhere) = Of(file, snippet);
                found[snippet.Row] = (surroundings, snippet, elsewhere);
            }
        }

        // A name that two functions of a repository share tells nothing.
        var signatures = store.Signatures([.. found.Values.SelectMany(item => item.Elsewhere).Distinct()])
            .Where(item => licences.Allows(item.Licence))
            .GroupBy(item => (item.Repository, item.Language, item.Name))
            .Where(group => group.Take(2).Count() == 1).ToDictionary(group => group.Key, group => group.First().Signature);
        return found.ToDictionary(item => item.Key, item =>
        {
            var (surroundings, snippet, elsewhere) = item.Value;
            return surroundings with { Calls = [.. surroundings.Calls.Concat(elsewhere
                .Select(name => signatures.GetValueOrDefault((snippet.Snippet.Repository, snippet.Snippet.Language, name)))
                .OfType<string>()).Take(MostCalls)] };
        });
    }

    private static (CodeSurroundings Surroundings, List<string> Elsewhere) Of(FileSnippets file, SnippetTokens snippet)
    {
        var (used, called) = Names(file.File, snippet);
        var functions = file.Snippets.Where(other => !other.Snippet.Kind.IsStructure()).ToList();
        var near = functions.Where(other => used.Contains(other.Snippet.Name) && other.Snippet.Name != snippet.Snippet.Name
            && !Overlaps(other, snippet)).ToList();
        var type = TypeOf(file.Snippets, snippet);
        var (outline, fields) = type is null ? ("", []) : Outline(file, type);
        var signature = WordsIn(snippet.Snippet.Signature);
        var needsState = snippet.Snippet.Kind == SnippetKind.Method
            && (fields.Exists(field => used.Contains(field) && field != type!.Snippet.Name && !signature.Contains(field))
                || Receiver().IsMatch(Encoding.UTF8.GetString(
                    file.File.Text.AsSpan(snippet.Snippet.Span.StartByte..snippet.Snippet.Span.EndByte))));
        var known = functions.Select(other => other.Snippet.Name).ToHashSet();
        var calls = near.Select(other => Line(other.Snippet.Signature)).Distinct().Take(MostCalls);
        return (new CodeSurroundings(outline, [.. calls], needsState),
            [.. called.Where(name => name.Length >= LeastName && !known.Contains(name))]);
    }

    // The identifiers in a snippet, and those that an opening parenthesis follows, in source order.
    private static (HashSet<string> Used, List<string> Called) Names(StoredFile file, SnippetTokens snippet)
    {
        var (used, called) = (new HashSet<string>(), new List<string>());
        var end = Math.Min(snippet.FirstToken + snippet.Snippet.Tokens, file.Tokens.Count);
        for (var token = snippet.FirstToken; token < end; token++)
        {
            if (file.Tokens.Classes[token] == TokenClass.Identifier)
            {
                var name = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
                used.Add(name);
                if (token + 1 < end && file.Tokens.Text(file.Text, token + 1) is [(byte)'('] && !called.Contains(name))
                {
                    called.Add(name);
                }
            }
        }

        return (used, called);
    }

    // The innermost structure around a snippet, or the one that its qualified name names, where methods stand apart from their types.
    private static SnippetTokens? TypeOf(IReadOnlyList<SnippetTokens> snippets, SnippetTokens snippet)
    {
        for (var parent = snippet.Parent; parent >= 0; parent = snippets[parent].Parent)
        {
            if (snippets[parent].Snippet.Kind.IsStructure())
            {
                return snippets[parent];
            }
        }

        var (name, qualified) = (snippet.Snippet.Name, snippet.Snippet.QualifiedName);
        var owner = qualified.Length > name.Length && qualified.EndsWith(name, StringComparison.Ordinal)
            ? WordsIn(qualified[..^name.Length]).LastOrDefault() : null;
        return owner is null ? null
            : snippets.FirstOrDefault(other => other.Snippet.Kind.IsStructure() && other.Snippet.Name == owner);
    }

    // The lines of a structure that hold more than its functions and inner structures, and the identifiers in them.
    private static (string Text, List<string> Names) Outline(FileSnippets file, SnippetTokens type)
    {
        var (text, tokens) = (file.File.Text, file.File.Tokens);
        var members = file.Snippets.Where(other => other.Parent == type.Ordinal).ToList();
        var kept = new SortedSet<int>();
        var names = new List<string>();
        var end = Math.Min(type.FirstToken + type.Snippet.Tokens, tokens.Count);
        for (var token = type.FirstToken; token < end; token++)
        {
            if (members.Find(member => token >= member.FirstToken && token < member.FirstToken + member.Snippet.Tokens) is { } inner)
            {
                token = inner.FirstToken + inner.Snippet.Tokens - 1;
                continue;
            }

            if (tokens.Classes[token] == TokenClass.Identifier)
            {
                names.Add(Encoding.UTF8.GetString(tokens.Text(text, token)));
            }

            // A token may have several lines, as documentation in a string.
            var last = tokens.Starts[token] + tokens.Lengths[token];
            for (var line = LineStart(text, tokens.Starts[token]); line < last; line = LineEnd(text, line) + 1)
            {
                kept.Add(line);
            }
        }

        var lines = kept.Take(MostLines).Select(start => Line(Encoding.UTF8.GetString(text.AsSpan(start..LineEnd(text, start)))));
        return (string.Join('\n', kept.Count > MostLines ? lines.Append("…") : lines), names);
    }

    private static int LineStart(byte[] text, int at) => text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;

    private static int LineEnd(byte[] text, int at) =>
        text.AsSpan(at).IndexOf((byte)'\n') is var length and >= 0 ? at + length : text.Length;

    private static string Line(string text) =>
        text.ReplaceLineEndings(" ").TrimEnd() is var line && line.Length <= MostLine ? line : line[..MostLine] + "…";

    private static bool Overlaps(SnippetTokens a, SnippetTokens b) =>
        a.FirstToken < b.FirstToken + b.Snippet.Tokens && b.FirstToken < a.FirstToken + a.Snippet.Tokens;

    private static List<string> WordsIn(string text) => [.. Word().Matches(text).Select(word => word.Value)];

    // How most languages name the object whose method runs.
    [GeneratedRegex(@"\b(?:this|self|super|base)\s*(?:\.|->|::|\[|\()|@\w")]
    private static partial Regex Receiver();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
