using System.Text;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Redaction;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Reads functions in the form in which rows contain them: checked for secrets, dedented and described.</summary>
internal sealed class MinedReader(SnippetStore store, MinedFunctions functions, SensitiveTextGuard guard, LicencePolicy licences,
    ContaminationDetector benchmarks)
{
    private const int LongestLine = 400;

    /// <summary>Reads functions by node. For a function that cannot be used, returns the reason.</summary>
    public Dictionary<int, (MinedCode? Code, MinedDrop? Drop)> Read(IEnumerable<int> nodes)
    {
        var result = new Dictionary<int, (MinedCode?, MinedDrop?)>();
        var byRow = nodes.Distinct().ToDictionary(functions.Row);
        StoredFile? file = null;
        foreach (var origin in store.Origins(byRow.Keys))
        {
            var node = byRow[origin.Row];
            var place = functions.Place(node);
            file = file?.Id == place.File ? file : store.File(place.File);
            result[node] = Read(origin, file, place.First, place.Tokens);
        }

        return result;
    }

    private (MinedCode?, MinedDrop?) Read(SnippetOrigin origin, StoredFile file, int first, int tokens)
    {
        var snippet = origin.Snippet;
        if (!licences.Allows(origin.Licence?.Spdx))
        {
            return (null, MinedDrop.Licence);
        }

        if (snippet.IsCallback)
        {
            return (null, MinedDrop.Callback);
        }

        var (words, distinct, literals) = Words(file, first, tokens);
        var facts = new SeedFacts { Tokens = snippet.Tokens, DistinctTokens = distinct, Literals = literals };
        if (SeedRater.Reject(facts) is SeedRejection.Trivial or SeedRejection.Generated)
        {
            return (null, MinedDrop.Trivial);
        }

        var code = RowCode.Read(file, snippet.Span.StartByte, snippet.Span.EndByte, first, tokens, null);
        var bare = snippet.Documentation is { } text
            ? RowCode.Read(file, snippet.Span.StartByte, snippet.Span.EndByte, first, tokens, text) : code;
        if (RowCode.HasControls(code) || RowCode.HasControls(snippet.Name + snippet.QualifiedName + snippet.Signature) || code.Split('\n')
            .Any(line => line.Length > LongestLine))
        {
            return (null, MinedDrop.Controls);
        }

        if (RowCode.IsDeclaration(code, snippet.Signature))
        {
            return (null, MinedDrop.Declaration);
        }

        if (benchmarks.Find(code, snippet.Documentation) is not null)
        {
            return (null, MinedDrop.Benchmark);
        }

        if (guard.Redact(code).Counts.Count > 0)
        {
            return (null, MinedDrop.Redacted);
        }

        // A constructor's documentation says what the type is, if anything.
        var description = snippet.Kind != SnippetKind.Constructor && snippet.Documentation is { } documentation
            ? DocumentationProse.Describe(documentation,
                new DescribedFunction(snippet.Name, words, ScopeName.Of(snippet.Name, snippet.QualifiedName), snippet.Signature))
            : null;
        var redacted = description is null || RowCode.HasControls(description) ? null : guard.Redact(description);
        return (new MinedCode(origin, code, bare, redacted?.Text, ScopeName.Of(snippet.Name, snippet.QualifiedName),
            redacted?.Counts ?? new Dictionary<string, int>()), null);
    }

    private static (HashSet<string> Words, int Distinct, int Literals) Words(StoredFile file, int first, int tokens)
    {
        var (words, distinct, literals) = (new HashSet<string>(), new HashSet<string>(), 0);
        for (var token = first; token < Math.Min(first + tokens, file.Tokens.Count); token++)
        {
            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
            distinct.Add(text);
            literals += file.Tokens.Classes[token] is TokenClass.Number or TokenClass.String or TokenClass.Literal ? 1 : 0;
            if (file.Tokens.Classes[token] == TokenClass.Identifier)
            {
                words.UnionWith(NameWords.Split(text));
            }
        }

        return (words, distinct.Count, literals);
    }
}

/// <summary>A function in the form in which rows contain it.</summary>
/// <param name="Origin">The snippet and its origin.</param>
/// <param name="Code">The function's code, dedented.</param>
/// <param name="Bare">The code without its documentation.</param>
/// <param name="Description">What the function does, in sentences; null when its documentation does not say.</param>
/// <param name="Scope">Name of the enclosing type; empty when there is none.</param>
/// <param name="Redactions">Replacements in <paramref name="Description"/>, by kind.</param>
internal sealed record MinedCode(SnippetOrigin Origin, string Code, string Bare, string? Description, string Scope,
    IReadOnlyDictionary<string, int> Redactions);

/// <summary>Finds the type or module that encloses a function.</summary>
internal static class ScopeName
{
    private const string Prototype = "prototype";

    /// <summary>
    /// Returns the enclosing type's bare name, or an empty string. A function assigned to a prototype belongs to the prototype's type.
    /// </summary>
    public static string Of(string name, string qualifiedName)
    {
        var scope = SnippetInputs.EnclosingName(name, qualifiedName);
        return scope == Prototype ? SnippetInputs.EnclosingName(Prototype + "." + name, qualifiedName) : scope;
    }
}

/// <summary>Formats code for rows.</summary>
internal static class RowCode
{
    // Leading letters and digits that identify a documentation.
    private const int Known = 24;

    /// <summary>
    /// Returns code without its common indentation, with line feeds as line ends. Lines that begin within a token keep their indentation.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="start">First byte of the code.</param>
    /// <param name="end">End of the code in bytes, exclusive.</param>
    /// <param name="firstToken">Index of its first token.</param>
    /// <param name="tokens">Number of its tokens.</param>
    /// <param name="without">Documentation whose comment or string is left out; null keeps everything.</param>
    public static string Read(StoredFile file, int start, int end, int firstToken, int tokens, string? without)
    {
        var documentation = without is null ? "" : Letters(without) is { Length: > Known } letters ? letters[..Known] : Letters(without);
        var text = file.Text.AsSpan();
        var indent = start;
        while (indent > 0 && text[indent - 1] is (byte)' ' or (byte)'\t')
        {
            indent--;
        }

        var width = indent == 0 || text[indent - 1] == (byte)'\n' ? start - indent : 0;
        var result = new StringBuilder();
        var at = start;
        var last = Math.Min(firstToken + tokens, file.Tokens.Count);
        for (var token = firstToken; token < last; token++)
        {
            var begin = file.Tokens.Starts[token];
            AppendGap(result, Encoding.UTF8.GetString(text[at..begin]), width, documentation);
            at = begin + file.Tokens.Lengths[token];
            result.Append(Encoding.UTF8.GetString(text[begin..at]));
        }

        AppendGap(result, Encoding.UTF8.GetString(text[at..Math.Max(at, end)]), width, "");
        return result.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n', ' ', '\t', '\r');
    }

    /// <summary>
    /// Whether a text contains characters that control a terminal or change the text direction, or U+FFFD, which stands for bytes
    /// that could not be decoded.
    /// </summary>
    public static bool HasControls(string text) =>
        text.Any(c => (char.IsControl(c) && c is not ('\n' or '\t'))
            || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or '\uFFFD');

    /// <summary>Whether code ends with its signature, as that of an interface's or abstract function does.</summary>
    public static bool IsDeclaration(string code, string signature) =>
        signature.Length > 0 && Solid(code).EndsWith(Solid(signature), StringComparison.Ordinal);

    private static string Solid(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c))).TrimEnd(';');

    // Between tokens lie only layout and comments; documentation strings count as comments.
    private static void AppendGap(StringBuilder result, string gap, int width, string documentation)
    {
        if (documentation.Length > 0 && Letters(gap).Contains(documentation, StringComparison.Ordinal))
        {
            var line = gap.LastIndexOf('\n');
            gap = line < 0 ? " " : "\n" + string.Concat(gap[(line + 1)..].TakeWhile(char.IsWhiteSpace));
        }

        for (var i = 0; i < gap.Length; i++)
        {
            result.Append(gap[i]);
            for (var skipped = 0; gap[i] == '\n' && skipped < width && i + 1 < gap.Length && gap[i + 1] is ' ' or '\t'; skipped++)
            {
                gap = gap.Remove(i + 1, 1);
            }
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
