using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Judging;

/// <summary>
/// Writes control answers that are wrong on purpose: they declare every function, and each returns a wrong value. Tests that pass one prove
/// nothing, because they are weak or because the answer has redefined what they assert with. Safe for concurrent use.
/// </summary>
internal sealed class ControlWriter(LanguageCatalog catalog, TrickCatalog tricks) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CodeReaderPool _readers = new(catalog);

    /// <summary>
    /// Writes one control answer for each kind of error that the manifest knows. Returns an empty list if no function can be made wrong.
    /// </summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The answer.</param>
    public IReadOnlyList<string> Write(string language, string code)
    {
        if (tricks.Find(language) is not { } row || catalog.Find(language) is not { } found)
        {
            return [];
        }

        var head = row.Head.Length > 0 && !code.TrimStart().StartsWith(row.Head, StringComparison.Ordinal) ? row.Head + "\n" : "";
        var reader = _readers.Take();
        try
        {
            return reader.Extract(found, head + code) is not { } file ? []
                : [.. row.Controls.Select(control => control.Free is null ? Replaced(control, file, head + code)?[head.Length..]
                    : Appended(control, file, head + code, code)).OfType<string>()];
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private static string? Appended(Control control, ExtractedFile file, string whole, string code)
    {
        var (text, bound) = (new StringBuilder(), Bound(file, whole));
        foreach (var snippet in file.Snippets.Where(snippet => !snippet.Kind.IsStructure() && snippet.Kind != SnippetKind.Constructor))
        {
            var owner = snippet.QualifiedName.Length > snippet.Name.Length
                ? snippet.QualifiedName[..^snippet.Name.Length].TrimEnd('.', ':') : "";
            var isFree = owner.Length == 0 && snippet.Parent < 0;
            var isMember = owner.Length > 0
                && (snippet.Parent < 0
                    || (file.Snippets[snippet.Parent] is { } parent && parent.Kind.IsStructure() && parent.QualifiedName == owner));
            if ((isFree && control.Bound is not null && snippet.Form == "lambda" ? "" : isFree ? control.Free : isMember ? control.Member
                : null) is { } form && Regex.IsMatch(snippet.Name, @"^\w+[?!]?$", RegexOptions.None, Patience))
            {
                text.Append(form.Replace("{name}", snippet.Name, StringComparison.Ordinal)
                    .Replace("{bare}", snippet.Name, StringComparison.Ordinal)
                    .Replace("{qualified}", snippet.QualifiedName, StringComparison.Ordinal)
                    .Replace("{owner}", owner, StringComparison.Ordinal));
            }
        }

        if (text.Length == 0 && !file.Snippets.Any(snippet => snippet is { Parent: < 0, Form: "lambda" }))
        {
            return null;
        }

        foreach (var name in control.Bound is null ? [] : bound)
        {
            text.Append(control.Bound!.Replace("{name}", name, StringComparison.Ordinal));
        }

        return text.Length == 0 ? null : code + "\n" + control.Before + text;
    }

    // Finds names that are assigned at the beginning of a line, outside of functions and structures.
    private static HashSet<string> Bound(ExtractedFile file, string code)
    {
        var (bytes, tokens, names, inner) =
            (Encoding.UTF8.GetBytes(code), file.Tokens, new HashSet<string>(StringComparer.Ordinal), new bool[file.Tokens.Count]);
        foreach (var snippet in file.Snippets.Where(snippet => snippet.Parent < 0))
        {
            inner.AsSpan(snippet.FirstToken, snippet.TokenCount).Fill(snippet.Form != "lambda");
        }

        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var isFirst = i == 0 || bytes.AsSpan(tokens.Starts[i - 1], tokens.Starts[i] - tokens.Starts[i - 1])
                .Contains((byte)'\n') || tokens.Classes[i - 1] == TokenClass.Keyword;
            if (!inner[i] && isFirst && tokens.Classes[i] == TokenClass.Identifier && tokens.Text(bytes, i + 1).SequenceEqual("="u8))
            {
                names.Add(Encoding.UTF8.GetString(tokens.Text(bytes, i)));
            }
        }

        return names;
    }

    private static string? Replaced(Control control, ExtractedFile file, string code)
    {
        var bytes = Encoding.UTF8.GetBytes(code);
        var (text, at) = (new List<byte>(), 0);
        foreach (var snippet in file.Snippets.Where(snippet => !snippet.Kind.IsStructure() && snippet.Kind != SnippetKind.Constructor
            && snippet.TokenCount > 0))
        {
            // The body of an outer function replaces the functions inside it, too.
            if (file.Tokens.Starts[snippet.FirstToken] < at || Body(file.Tokens, bytes, snippet) is not { } body
                || (body.IsArrow ? control.Arrows : control.Bodies).FirstOrDefault(
                    pair => Regex.IsMatch(snippet.Signature, pair[0], RegexOptions.None, Patience)) is not { } form || form[1].Length == 0)
            {
                continue;
            }

            text.AddRange(bytes.AsSpan(at, body.Start - at));
            var filled = Regex.Match(snippet.Signature, form[0], RegexOptions.None, Patience)
                .Result(form[1].Replace("$", form[1].Contains("${", StringComparison.Ordinal) ? "$" : "$$", StringComparison.Ordinal));
            var inner = body.IsArrow ? "" : Encoding.UTF8.GetString(bytes, body.Start + 1, body.End - body.Start - 2);
            text.AddRange(Encoding.UTF8.GetBytes(filled.Replace("{body}", inner, StringComparison.Ordinal)));
            at = body.End;
        }

        text.AddRange(bytes.AsSpan(at));
        return at == 0 ? null : Encoding.UTF8.GetString([.. text]);
    }

    // Finds the block that ends a function, or the expression after its arrow.
    private static (int Start, int End, bool IsArrow)? Body(TokenStream tokens, byte[] bytes, ExtractedSnippet snippet)
    {
        var (last, end) = (snippet.FirstToken + snippet.TokenCount - 1, snippet.FirstToken + snippet.TokenCount - 1);
        if (tokens.Text(bytes, last).SequenceEqual(";"u8))
        {
            last--;
        }

        if (tokens.Text(bytes, last).SequenceEqual("}"u8))
        {
            for (var (i, depth) = (last, 0); i >= snippet.FirstToken; i--)
            {
                var token = tokens.Text(bytes, i);
                depth += token.SequenceEqual("}"u8) ? 1 : token.SequenceEqual("{"u8) || token.SequenceEqual("${"u8) ? -1 : 0;
                if (depth == 0)
                {
                    // An arrow function may return an object in parentheses; then the block is not its body.
                    return i > snippet.FirstToken ? (tokens.Starts[i], tokens.Starts[last] + tokens.Lengths[last], false) : null;
                }
            }
        }

        for (var (i, depth) = (snippet.FirstToken, 0); i < last; i++)
        {
            var token = tokens.Text(bytes, i);
            depth += token is [(byte)'(' or (byte)'[' or (byte)'{', ..] ? 1 : token is [(byte)')' or (byte)']' or (byte)'}', ..] ? -1 : 0;
            if (depth == 0 && token.SequenceEqual("=>"u8))
            {
                return (tokens.Starts[i + 1], tokens.Starts[last] + tokens.Lengths[last], true);
            }
        }

        return null;
    }
}
