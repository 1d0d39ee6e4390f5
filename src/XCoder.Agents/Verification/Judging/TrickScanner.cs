using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification.Judging;

/// <summary>
/// Looks in an answer for means to tamper with tests that share its process: ending the program, reading files, redefining equality or
/// assertions, or hiding any of these. A match does not mean that the answer is wrong, only that its tests prove nothing. Safe for
/// concurrent use.
/// </summary>
internal sealed partial class TrickScanner(LanguageCatalog catalog, TrickCatalog tricks) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CodeReaderPool _readers = new(catalog);

    /// <summary>Finds the first trick in an answer. Returns text that completes "the answer …", or null.</summary>
    /// <param name="toolchain">Defines the form in which the code runs.</param>
    /// <param name="code">The answer.</param>
    /// <param name="tests">The tests that run in the same process.</param>
    public string? Find(Toolchain toolchain, string code, string tests)
    {
        if (tricks.Find(toolchain.Language) is not { } row || catalog.Find(toolchain.Language) is not { } language)
        {
            return "is in a language for which nothing is known of tricks";
        }

        // Searches the text that is compiled, because the toolchain moves and replaces lines of the answer.
        var text = ProgramText.Alone(toolchain with { CheckHead = row.Head }, code);
        var reader = _readers.Take();
        try
        {
            if (reader.Extract(language, text) is not { HasErrors: false, InactiveBytes: 0 } file)
            {
                return "cannot be read as a whole by its parser";
            }

            var harness = ProgramText.Alone(toolchain with { CheckHead = row.Head }, tests);
            return Find(row, new TrickText(row, file, text), tests, row.Defined.Count > 0 && reader.Extract(language, harness) is { } read
                ? new TrickText(row, read, harness) : null);
        }
        catch (RegexMatchTimeoutException)
        {
            return "takes too long to be searched for tricks";
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    private static string? Find(TrickRow row, TrickText text, string tests, TrickText? harness)
    {
        if (text.Hidden is { } hidden)
        {
            return $"holds what is neither code nor comment: {Shown(hidden)}";
        }

        var options = RegexOptions.CultureInvariant | (row.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var modules = row.Modules is null ? [] : Regex.Matches(text.Full, row.Modules, options, Patience)
            .SelectMany(match => match.Groups["module"].Captures).Select(capture => capture.Value).ToList();
        var library = Words(row.Library);
        var names = new Dictionary<string, string> { ["{library}"] = Any(library), ["{modules}"] = Any(modules),
            ["{tests}"] = Any(Word().Matches(tests).Select(match => match.Value)) };
        names["{defined}"] = Any(harness is null ? [] : harness.Defined
            .Concat(row.Defined.SelectMany(
                pattern => Regex.Matches(row.SeesCallers ? harness.Code : harness.Outer, pattern, options, Patience))
                .SelectMany(match => match.Groups["name"].Captures).Select(capture => capture.Value)).Where(name => name.Length > 0));
        foreach (var trick in row.Tricks)
        {
            var found = trick.Words.Length > 0
                ? Regex.Match(text.Code, $"(?<=[ ~\n]){Any(Words(trick.Words))}(?=[ ~])", options, Patience).Value : "";
            found = found.Length > 0 ? found : First(trick.Code, text.Code) ?? First(trick.Outer, text.Outer)
                ?? First(trick.Text, text.Text) ?? text.Strings.Select(part => First(trick.Strings, part))
                    .FirstOrDefault(part => part is not null) ?? "";
            found = found.Length > 0 ? found : trick.Find.SelectMany(pattern => Regex.Matches(text.Full, pattern, options, Patience))
                .SelectMany(match => match.Groups["name"].Captures).Select(capture => capture.Value)
                .FirstOrDefault(name => !(trick.AllowsOwn && text.Own.Contains(name))
                    && !trick.Allowed.Any(allowed => Regex.IsMatch(name, $"^(?:{allowed})$", options, Patience))) ?? "";
            found = found.Length == 0 && trick.Shadows
                ? text.OuterNames.FirstOrDefault(
                    name => library.Contains(name, row.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)) ?? ""
                    : found;
            if (found.Length > 0)
            {
                return string.Format(CultureInfo.InvariantCulture, trick.Name, Shown(found));
            }
        }

        return null;

        string? First(IReadOnlyList<string> patterns, string where) => patterns
            .Select(pattern => Regex.Match(where,
                names.Aggregate(pattern, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal)), options,
                Patience))
            .FirstOrDefault(match => match.Success) is { } match ? match.Value.Trim() is { Length: > 0 } value ? value : " " : null;
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Any(IEnumerable<string> names) =>
        string.Join('|', names.Distinct().Select(Regex.Escape)) is { Length: > 0 } any ? $@"(?<![\w$@])(?:{any})(?![\w$@])" : "(?!)";

    private static string Shown(string found) => "'" + Blanks().Replace(found.Length <= 60 ? found : found[..60] + "…", " ").Trim() + "'";

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    // The code in the forms that the patterns see.
    private sealed partial class TrickText
    {
        public TrickText(TrickRow row, ExtractedFile file, string text)
        {
            Text = text;
            var (bytes, tokens, strings) = (Encoding.UTF8.GetBytes(text), file.Tokens, new List<string>());
            var (code, full, outer) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
            var (end, joined, column) = (0, false, 0);
            var inner = new bool[tokens.Count];
            foreach (var snippet in file.Snippets.Where(snippet => snippet.Parent < 0))
            {
                // The names that a function is bound to stand outside of it.
                var (first, last) = (snippet.FirstToken, snippet.FirstToken + snippet.TokenCount);
                while (snippet.Form == "lambda" && first < last && !tokens.Text(bytes, first).SequenceEqual("="u8))
                {
                    first++;
                }

                first = first == last ? snippet.FirstToken : first;
                inner.AsSpan(first..last).Fill(true);
            }

            for (var i = 0; i < tokens.Count; i++)
            {
                var gap = Encoding.UTF8.GetString(bytes, end, tokens.Starts[i] - end);
                Hidden ??= Outside(row, gap);
                var token = Encoding.UTF8.GetString(tokens.Text(bytes, i)).Normalize(NormalizationForm.FormKC);
                var line = gap.LastIndexOf('\n');
                column = line >= 0 ? gap.Length - line - 1 : -1;
                (var wasJoined, joined, end) = (joined, token == "\\", tokens.Starts[i] + tokens.Lengths[i]);
                if (tokens.Classes[i] == TokenClass.Other)
                {
                    Hidden ??= Outside(row, token);
                    continue;
                }

                if (joined)
                {
                    continue;
                }

                var isText = IsText(row, tokens.Classes[i], token);
                var before = (line >= 0 || i == 0) && !wasJoined ? column > 0 ? "\n\t " : "\n"
                    : row.MarksTouching && gap.Length == 0 && i > 0 ? "~" : "";
                if (isText)
                {
                    strings.Add(token);
                }

                var shown = isText ? "\" " : Parts(row, tokens.Classes[i], token);
                foreach (var into in inner[i] ? (ReadOnlySpan<StringBuilder>)[code, full] : [code, full, outer])
                {
                    into.Append(before).Append(ReferenceEquals(into, full) && isText ? Blanks().Replace(token, " ") + " " : shown);
                }
            }

            Hidden ??= Outside(row, Encoding.UTF8.GetString(bytes, end, bytes.Length - end));
            (Code, Full, Outer, Strings) =
                (code.Replace(" ~", "~").Append('\n').ToString(), full.Append('\n').ToString(), outer.Append('\n').ToString(), strings);
            OuterNames = [.. file.Snippets.Where(snippet => snippet.Parent < 0)
                .Select(snippet => snippet.Name.Normalize(NormalizationForm.FormKC))];
            Defined = [.. file.Snippets.Where(snippet => snippet is { Parent: < 0, Form: not "lambda", Kind: not SnippetKind.Method })
                .Select(snippet => snippet.Name)];
            Own = file.Snippets.Select(snippet => snippet.Name)
                .ToHashSet(row.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        }

        public string Text { get; }

        public string Code { get; }

        public string Full { get; }

        public string Outer { get; }

        public IReadOnlyList<string> Strings { get; }

        public IReadOnlyList<string> OuterNames { get; }

        public IReadOnlyList<string> Defined { get; }

        public IReadOnlySet<string> Own { get; }

        // Text between tokens that is not a comment, or null.
        public string? Hidden { get; }

        private static string? Outside(TrickRow row, string gap) =>
            gap.Trim() is { Length: > 0 } between
                && !Regex.IsMatch(between, $@"^(?:(?:{row.Comment})\s*)*$", RegexOptions.CultureInvariant, Patience) ? between : null;

        private static bool IsText(TrickRow row, TokenClass kind, string token) =>
            kind == TokenClass.String
                || (kind == TokenClass.Literal
                    && (Quoted().IsMatch(token)
                        || (row.Quotes is not null && Regex.IsMatch(token, "^(?:" + row.Quotes + ")", RegexOptions.None, Patience))));

        // Some tokens hold several words: the body of a macro, or a name with its namespace.
        private static string Parts(TrickRow row, TokenClass kind, string token)
        {
            var name = row.Prefix is not null && kind == TokenClass.Identifier ? Regex.Replace(token, "^(?:" + row.Prefix + ")", "")
                : token;
            return name.StartsWith('#') ? Blanks().Replace(name, "") + " "
                : string.Concat(Part().Matches(name).Select(match => match.Value + " "));
        }

        [GeneratedRegex(@"^\w{0,3}(?:'(?:\\.|[^'\\])*'|""(?:\\.|[^""\\])*"")$")]
        private static partial Regex Quoted();

        [GeneratedRegex(@"[\w$@]+(?:::\w+)*[?!]?(?!\w)|[\w$@]+|[^\w\s$@]+")]
        private static partial Regex Part();
    }
}
