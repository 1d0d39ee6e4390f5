using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>What the code around a snippet says about it.</summary>
/// <param name="Type">The type that the snippet belongs to, without its other members; empty when there is none.</param>
/// <param name="Calls">
/// Signatures of functions of its repository that it names: those of its own file in the order of the file, then others that it calls.
/// </param>
/// <param name="NeedsState">Whether it is a method that uses the state of its object or type.</param>
internal sealed record CodeSurroundings(string Type, IReadOnlyList<string> Calls, bool NeedsState)
{
    /// <summary>Nothing is known.</summary>
    public static CodeSurroundings None { get; } = new("", [], false);
}

/// <summary>Reads what surrounds snippets: from their own files, and signatures also from the rest of their repositories.</summary>
internal static partial class SurroundingsReader
{
    // How most languages name the object whose method runs, and what leads to its members.
    private static readonly HashSet<string> Keywords = ["this", "self", "super", "base"], Receivers = ["self", "cls", "$this"],
        Members = [".", "->", "::", "["];

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
            .GroupBy(item => (item.Repository, item.Language, item.Name))
            .Where(group => group.Take(2).Count() == 1 && licences.Allows(group.First().Licence))
            .ToDictionary(group => group.Key, group => group.First().Signature);
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
        var (used, called, usesReceiver) = Names(file.File, snippet);
        var functions = file.Snippets.Where(other => !other.Snippet.Kind.IsStructure()).ToList();
        var near = functions.Where(other => used.Contains(other.Snippet.Name) && other.Snippet.Name != snippet.Snippet.Name
            && !Overlaps(other, snippet)).ToList();
        var type = TypeOf(file.Snippets, snippet);
        var (outline, fields) = type is null ? ("", []) : Outline(file, type);
        var needsState = snippet.Snippet.Kind == SnippetKind.Method && (usesReceiver || fields.Overlaps(used));
        var known = functions.Select(other => other.Snippet.Name).ToHashSet();
        var calls = near.Select(other => Line(other.Snippet.Signature)).Distinct().Take(MostCalls);
        return (new CodeSurroundings(outline, [.. calls], needsState),
            [.. called.Where(name => name.Length >= LeastName && !known.Contains(name))]);
    }

    // The identifiers in a snippet, those that an opening parenthesis follows, in source order, and whether it uses its own object.
    private static (HashSet<string> Used, List<string> Called, bool UsesReceiver) Names(StoredFile file, SnippetTokens snippet)
    {
        var (used, called, calls, usesReceiver) = (new HashSet<string>(), new List<string>(), new HashSet<string>(), false);
        var end = Math.Min(snippet.FirstToken + snippet.Snippet.Tokens, file.Tokens.Count);
        HashSet<string> receivers = [.. Receivers];
        var isBeforeName = true;
        for (var token = snippet.FirstToken; token < end; token++)
        {
            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
            var next = token + 1 < end ? Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token + 1)) : "";
            usesReceiver |= text.StartsWith('@') && text.Length > 1 && char.IsLetter(text.TrimStart('@').FirstOrDefault('-'))
                ? file.Tokens.Classes[token] == TokenClass.Identifier
                : Members.Contains(next) && (file.Tokens.Classes[token] == TokenClass.Identifier ? receivers : Keywords).Contains(text);
            if (file.Tokens.Classes[token] != TokenClass.Identifier)
            {
                continue;
            }

            if (isBeforeName && text != snippet.Snippet.Name && char.IsLower(text[0]))
            {
                // As in Go: "func (s *Stack) Push".
                receivers.Add(text);
            }

            isBeforeName &= text != snippet.Snippet.Name;
            used.Add(text);
            if (next == "(" && calls.Add(text))
            {
                called.Add(text);
            }
        }

        return (used, called, usesReceiver);
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

    // The lines of a structure that hold more than its functions and inner structures, and the names that are declared there.
    private static (string Text, HashSet<string> Names) Outline(FileSnippets file, SnippetTokens type)
    {
        var (text, tokens) = (file.File.Text, file.File.Tokens);
        var members = new Queue<SnippetTokens>(file.Snippets.Where(other => other.Parent == type.Ordinal)
            .OrderBy(other => other.FirstToken));
        var (kept, names, line, lineEnd) = (new SortedSet<int>(), new HashSet<string>(), 0, 0);
        var end = Math.Min(type.FirstToken + type.Snippet.Tokens, tokens.Count);
        for (var token = type.FirstToken; token < end; token++)
        {
            while (members.TryPeek(out var member) && member.FirstToken + member.Snippet.Tokens <= token)
            {
                members.Dequeue();
            }

            if (members.TryPeek(out var inner) && token >= inner.FirstToken)
            {
                token = inner.FirstToken + inner.Snippet.Tokens - 1;
                continue;
            }

            // "int count;", "count = 1", "count: number".
            if (tokens.Classes[token] == TokenClass.Identifier && token + 1 < end
                && tokens.Text(text, token + 1) is [(byte)';'] or [(byte)'='] or [(byte)':'])
            {
                names.Add(Encoding.UTF8.GetString(tokens.Text(text, token)));
            }

            // A token may have several lines, as documentation in a string.
            (line, lineEnd) = tokens.Starts[token] < lineEnd ? (line, lineEnd)
                : LineStart(text, lineEnd, tokens.Starts[token]) is var start ? (start, LineEnd(text, start)) : default;
            kept.Add(line);
            while (lineEnd < tokens.Starts[token] + tokens.Lengths[token])
            {
                line = lineEnd + 1;
                lineEnd = LineEnd(text, line);
                kept.Add(line);
            }
        }

        var lines = kept.Take(MostLines).Select(start => Line(Encoding.UTF8.GetString(text.AsSpan(start..LineEnd(text, start)))));
        return (string.Join('\n', kept.Count > MostLines ? lines.Append("…") : lines), names);
    }

    private static int LineStart(byte[] text, int from, int at) => from + text.AsSpan(from..at).LastIndexOf((byte)'\n') + 1;

    private static int LineEnd(byte[] text, int at) =>
        text.AsSpan(at).IndexOf((byte)'\n') is var length and >= 0 ? at + length : text.Length;

    private static string Line(string text) =>
        text.ReplaceLineEndings(" ").TrimEnd() is var line && line.Length <= MostLine ? line : line[..MostLine] + "…";

    private static bool Overlaps(SnippetTokens a, SnippetTokens b) =>
        a.FirstToken < b.FirstToken + b.Snippet.Tokens && b.FirstToken < a.FirstToken + a.Snippet.Tokens;

    private static List<string> WordsIn(string text) => [.. Word().Matches(text).Select(word => word.Value)];

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
