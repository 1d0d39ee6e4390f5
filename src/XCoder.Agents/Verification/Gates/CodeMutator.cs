using System.Globalization;
using System.Text;
using XCoder.Agents.Verification.Compiling;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Gates;

/// <summary>
/// Changes one token of some code so that it still parses but means something else; good tests notice it. The operators of mutation testing
/// that hold in any language: relational, arithmetic and logical replacement, and constants (Offutt et al. 1996); for code with few of
/// them also values plus one, and statements that are left out. All keep the types of results, so that tests of types alone pass them.
/// </summary>
internal sealed class CodeMutator(LanguageCatalog catalog) : IDisposable
{
    // So far off is a number of the tests put that it seldom meets another one: a set in which two numbers became one has another size,
    // and an answer that knows the right size alone would seem to be looked at.
    private const int FarOff = 17;

    // Ordered by how likely a test notices the change: first changes of every result, then changes at a boundary only.
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Operators =
    [
        new Dictionary<string, string> { ["=="] = "!=", ["!="] = "==", ["==="] = "!==", ["!=="] = "===", ["~="] = "==", ["-eq"] = "-ne",
            ["-ne"] = "-eq" },
        new Dictionary<string, string> { ["+"] = "-", ["-"] = "+", ["*"] = "+", ["/"] = "*", ["//"] = "*", ["%"] = "*", ["+="] = "-=",
            ["-="] = "+=", ["*="] = "+=", ["++"] = "--", ["--"] = "++" },
        new Dictionary<string, string> { ["&&"] = "||", ["||"] = "&&", ["and"] = "or", ["or"] = "and", ["true"] = "false",
            ["false"] = "true", ["True"] = "False", ["False"] = "True" },
        new Dictionary<string, string> { ["<"] = ">", [">"] = "<", ["<="] = ">", [">="] = "<", ["-lt"] = "-gt", ["-gt"] = "-lt",
            ["-le"] = "-gt", ["-ge"] = "-lt" },
        new Dictionary<string, string> { ["&"] = "|", ["|"] = "&", ["^"] = "&", ["<<"] = ">>", [">>"] = "<<" },
        new Dictionary<string, string> { ["!"] = "", ["not"] = "", ["break"] = "continue", ["continue"] = "break" },
    ];

    // Names of the libraries that do the opposite in most languages: for code without operators.
    private static readonly IReadOnlyDictionary<string, string> Opposites = Both(
        ("push", "unshift"), ("pop", "shift"), ("min", "max"), ("floor", "ceil"), ("some", "every"), ("any", "all"), ("keys", "values"),
        ("first", "last"), ("upper", "lower"), ("toUpperCase", "toLowerCase"), ("upcase", "downcase"), ("ToUpper", "ToLower"),
        ("ToUpperInvariant", "ToLowerInvariant"), ("uc", "lc"), ("strtoupper", "strtolower"), ("array_push", "array_unshift"),
        ("array_pop", "array_shift"), ("startsWith", "endsWith"), ("startswith", "endswith"), ("starts_with", "ends_with"),
        ("start_with?", "end_with?"), ("StartsWith", "EndsWith"), ("Min", "Max"), ("Any", "All"), ("First", "Last"), ("select", "reject"),
        ("indexOf", "lastIndexOf"), ("trimStart", "trimEnd"), ("lstrip", "rstrip"), ("addFirst", "addLast"), ("push_back", "push_front"));

    // The signs between which a name is a value.
    private static readonly IReadOnlySet<string> Before =
        new HashSet<string> { "(", "[", ",", "=", "+", "-", "*", "/", "<", ">", "<=", ">=", "==", "return", "yield" };

    private static readonly IReadOnlySet<string> After = new HashSet<string> { ")", "]", ",", ";", "}", "+", "-", "*", "/", "<", ">" };

    private readonly CodeReaderPool _readers = new(catalog, TrialReader.IsSafe);

    /// <summary>
    /// Changes the code by one token at a time, the changes that tests most likely notice first. Changes that the parser refuses are left
    /// out.
    /// </summary>
    /// <param name="language">Language id.</param>
    /// <param name="code">The code to change.</param>
    /// <param name="opening">Text that the parser must read before the code, such as an opening tag, unless the code has it.</param>
    /// <param name="isSpare">
    /// Whether to change what the operators of mutation testing leave alone, for code of which they say nothing: values plus one, and
    /// statements left out. Tests notice these more easily. Default false.
    /// </param>
    public IEnumerable<string> Mutate(string language, string code, string opening = "", bool isSpare = false) =>
        Changed(language, code, opening, isSpare ? (file, bytes) => [.. Values(file, bytes), .. Statements(file, bytes)] : Sites);

    /// <summary>
    /// Changes one number or string of the tests at a time, numbers first. No answer can satisfy both the original and the changed tests.
    /// </summary>
    /// <param name="language">Language id.</param>
    /// <param name="tests">The tests to change.</param>
    /// <param name="opening">Text that the parser must read before the tests, such as an opening tag.</param>
    public IEnumerable<string> MutateLiterals(string language, string tests, string opening = "") =>
        Changed(language, tests, opening, Literals);

    private IEnumerable<string> Changed(string language, string text, string opening,
        Func<ExtractedFile, byte[], List<(int Rank, int Start, int Length, string Text)>> find)
    {
        opening = text.Contains(opening.Trim(), StringComparison.Ordinal) ? "" : opening;
        return Changed(language, opening + text, find).Select(changed => changed[opening.Length..]);
    }

    private IEnumerable<string> Changed(string language, string code,
        Func<ExtractedFile, byte[], List<(int Rank, int Start, int Length, string Text)>> find)
    {
        if (catalog.Find(language) is not { } found)
        {
            yield break;
        }

        var reader = _readers.Take();
        try
        {
            var bytes = Encoding.UTF8.GetBytes(code);
            if (reader.Extract(found, code) is not { } file)
            {
                yield break;
            }

            foreach (var (start, length, text) in find(file, bytes).OrderBy(site => site.Rank).ThenBy(site => site.Start)
                .Select(site => (site.Start, site.Length, site.Text)))
            {
                var changed =
                    Encoding.UTF8.GetString([.. bytes.AsSpan(0, start), .. Encoding.UTF8.GetBytes(text), .. bytes.AsSpan(start + length)]);
                if (reader.Extract(found, changed) is { } other && other.HasErrors == file.HasErrors)
                {
                    yield return changed;
                }
            }
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private static List<(int Rank, int Start, int Length, string Text)> Literals(ExtractedFile file, byte[] bytes)
    {
        var tokens = file.Tokens;
        var sites = new List<(int, int, int, string)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var text = Encoding.UTF8.GetString(tokens.Text(bytes, i));
            if (tokens.Classes[i] == TokenClass.Number
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue - FarOff)
            {
                sites.Add((0, tokens.Starts[i], tokens.Lengths[i], (number + FarOff).ToString(CultureInfo.InvariantCulture)));
            }
            else if (tokens.Classes[i] == TokenClass.String && text.Length > 1 && text[^1] is '"' or '\'' or '`')
            {
                // In front, where it joins no name and no escape of the text.
                var content = text.IndexOf(text[^1], StringComparison.Ordinal) + 1;
                sites.Add((1, tokens.Starts[i], tokens.Lengths[i], $"{text[..content]}x{text[content..]}"));
            }
        }

        return sites;
    }

    private static List<(int Rank, int Start, int Length, string Text)> Sites(ExtractedFile file, byte[] bytes)
    {
        var tokens = file.Tokens;
        var sites = new List<(int, int, int, string)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var text = Encoding.UTF8.GetString(tokens.Text(bytes, i));
            if (tokens.Classes[i] == TokenClass.Number
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue)
            {
                sites.Add((Operators.Count, tokens.Starts[i], tokens.Lengths[i], (number + 1).ToString(CultureInfo.InvariantCulture)));
            }
            else if (tokens.Classes[i] is TokenClass.Punctuation or TokenClass.Keyword)
            {
                for (var rank = 0; rank < Operators.Count; rank++)
                {
                    if (Operators[rank].TryGetValue(text, out var other))
                    {
                        sites.Add((rank, tokens.Starts[i], tokens.Lengths[i], other));
                    }
                }
            }
            else if (tokens.Classes[i] == TokenClass.Identifier && Opposites.TryGetValue(text, out var opposite))
            {
                sites.Add((Operators.Count + 1, tokens.Starts[i], tokens.Lengths[i], opposite));
            }
            else if (tokens.Classes[i] == TokenClass.String && text.Length > 1 && text[^1] is '"' or '\'' or '`')
            {
                sites.Add((Operators.Count + 2, tokens.Starts[i], tokens.Lengths[i], text[..^1] + "x" + text[^1]));
            }
        }

        return sites;
    }

    // Names that stand as values, such as arguments. Where one is no number, the changed code crashes or does not build, which counts for
    // nothing.
    private static IEnumerable<(int Rank, int Start, int Length, string Text)> Values(ExtractedFile file, byte[] bytes)
    {
        var tokens = file.Tokens;
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (tokens.Classes[i] == TokenClass.Identifier && Before.Contains(Text(i - 1)) && (After.Contains(Text(i + 1))
                || bytes.AsSpan(tokens.Starts[i]..tokens.Starts[i + 1]).Contains((byte)'\n')) && IsInFunction(file, tokens.Starts[i]))
            {
                yield return (Operators.Count + 3, tokens.Starts[i], tokens.Lengths[i], $"({Text(i)} + 1)");
            }
        }

        string Text(int token) => Encoding.UTF8.GetString(tokens.Text(bytes, token));
    }

    private static bool IsInFunction(ExtractedFile file, int at) => file.Snippets.Any(snippet => !snippet.Kind.IsStructure()
        && snippet.Span.StartByte < at && at < snippet.Span.EndByte);

    // Lines in functions that begin with a name, and so are mostly a call or an assignment; and, in a body on one line, what stands after a
    // brace or a semicolon and ends with a semicolon.
    private static IEnumerable<(int Rank, int Start, int Length, string Text)> Statements(ExtractedFile file, byte[] bytes)
    {
        var tokens = file.Tokens;
        for (int i = 0, end; i < tokens.Count; i = end)
        {
            end = i + 1;
            while (end < tokens.Count && !bytes.AsSpan(tokens.Starts[end - 1]..tokens.Starts[end]).Contains((byte)'\n'))
            {
                end++;
            }

            var at = tokens.Starts[i];
            if (tokens.Classes[i] == TokenClass.Identifier && end - i > 2 && IsInFunction(file, at))
            {
                yield return (Operators.Count + 4, at, tokens.Starts[end - 1] + tokens.Lengths[end - 1] - at, "");
            }

            // Not between the parentheses of a loop.
            for (int j = i + 1, begin = -1, depth = 0; j < end; j++)
            {
                var sign = Encoding.UTF8.GetString(tokens.Text(bytes, j));
                depth += sign is "(" or "[" ? 1 : sign is ")" or "]" ? -1 : 0;
                if (depth == 0 && sign == ";" && begin >= 0 && j - begin > 2 && IsInFunction(file, tokens.Starts[begin]))
                {
                    yield return (Operators.Count + 4, tokens.Starts[begin], tokens.Starts[j] + 1 - tokens.Starts[begin], "");
                }

                begin = depth != 0 ? begin : sign is "{" or ";" && j + 1 < end && tokens.Classes[j + 1] == TokenClass.Identifier ? j + 1
                    : sign is "{" or "}" or ";" ? -1 : begin;
            }
        }
    }

    private static Dictionary<string, string> Both(params (string One, string Other)[] pairs) =>
        pairs.Concat(pairs.Select(pair => (One: pair.Other, Other: pair.One))).ToDictionary(pair => pair.One, pair => pair.Other);
}
