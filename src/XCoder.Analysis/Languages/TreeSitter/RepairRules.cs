using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// What to replace in a language's text so that its grammar can parse constructs that it does not know. The rules are
/// data: <c>grammars/repairs.json</c>, and the manifest's <see cref="Model.Language.Blanks"/>.
/// </summary>
internal sealed class RepairRules
{
    // Macros stand side by side, and an expression finds only one of two that share a neighbour: it is tried again.
    private const int Passes = 4;

    private readonly List<Rule> _always = [];
    private readonly List<Rule> _onError = [];

    /// <summary>How the language's code is divided into items within brackets; null if it has no such blocks.</summary>
    public ItemEnds? Items { get; private set; }

    /// <summary>What becomes of <c>#if</c> and the like; null if the language has none.</summary>
    public DirectiveReading? Directives { get; private set; }

    /// <summary>Ids of the languages whose code may stand in this one's files, the likeliest first.</summary>
    public IReadOnlyList<string> Guests { get; private set; } = [];

    /// <summary>How a here-document begins; null if the language has none that its grammar may misread.</summary>
    public HereDocuments? HereDocuments { get; private set; }

    /// <summary>The rules of one language.</summary>
    /// <param name="language">The manifest's row.</param>
    /// <param name="json">The text of <c>repairs.json</c>; empty for none.</param>
    /// <exception cref="InvalidDataException">The file is invalid; the message says where.</exception>
    public static RepairRules Of(Language language, string json)
    {
        var rules = new RepairRules();
        rules._always.AddRange(language.Blanks.Select(blank => new Rule(blank, [], "", false, true, false, "")));
        if (json.Length == 0)
        {
            return rules;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            rules.Read(document.RootElement, language.Id);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"repairs.json cannot be read: {exception.Message}", exception);
        }

        return rules;
    }

    /// <summary>The text to parse first. Its bytes are the same array as <paramref name="text"/> if nothing is replaced.</summary>
    public ParsedText Prepare(byte[] text)
    {
        var result = new ParsedText(text);
        string? characters = null;
        foreach (var rule in _always)
        {
            if (rule.With.Length == 0 || text.AsSpan().IndexOf(rule.With) >= 0)
            {
                // Latin-1 maps each byte to one character, so string positions equal byte positions.
                rule.Apply(result, characters ??= Encoding.Latin1.GetString(text));
            }
        }

        return result;
    }

    /// <summary>Replaces what the grammar does not know in a text that the parser rejected.</summary>
    /// <param name="parsed">The text.</param>
    /// <param name="masked">The same, as it was parsed, without comments and the insides of strings.</param>
    /// <param name="outside">The masked text without directives, for the rules that do not read them.</param>
    public void Repair(ParsedText parsed, byte[] masked, byte[] outside)
    {
        byte[] original = [.. parsed.Bytes];
        HereDocuments?.Hide(parsed);
        var (characters, inside, raw) = ((string?)null, (string?)null, (string?)null);
        IReadOnlyList<Rule> rules = _onError;
        for (var pass = 0; pass < Passes && rules.Count > 0; pass++)
        {
            var applied = new List<Rule>();
            foreach (var rule in rules)
            {
                var read = rule.IsRaw ? raw ??= Encoding.Latin1.GetString(parsed.Bytes)
                    : rule.ReadsDirectives ? inside ??= Encoding.Latin1.GetString(parsed.Mask(original, masked))
                    : characters ??= Encoding.Latin1.GetString(parsed.Mask(original, outside));
                if (rule.Apply(parsed, read))
                {
                    // What was replaced must not match again.
                    (characters, inside, raw) = (null, null, null);
                    applied.Add(rule);
                }
            }

            rules = applied;
        }
    }

    private static Regex Expression(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private void Read(JsonElement root, string language)
    {
        var words = root.GetProperty("words").EnumerateObject()
            .ToDictionary(word => $"{{{{{word.Name}}}}}", word => word.Value.GetString()!);
        foreach (var row in root.GetProperty("rules").EnumerateArray())
        {
            if (!row.GetProperty("languages").EnumerateArray().Any(id => id.GetString() == language))
            {
                continue;
            }

            var pattern = row.GetProperty("find").GetString()!;
            foreach (var (word, meaning) in words)
            {
                pattern = pattern.Replace(word, meaning, StringComparison.Ordinal);
            }

            var put = row.TryGetProperty("put", out var puts) ? puts.EnumerateArray().Select(text => text.GetString()!).ToList() : [];
            var always = row.TryGetProperty("always", out var with) ? with.GetString()! : null;

            // An expression that is none is told now, not in the middle of a run.
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline);
            (always is null ? _onError : _always).Add(new Rule(pattern, put, always ?? "",
                row.TryGetProperty("keywords", out var keywords) && keywords.GetBoolean(),
                row.TryGetProperty("raw", out var raw) && raw.GetBoolean(),
                row.TryGetProperty("directives", out var inDirectives) && inDirectives.GetBoolean(),
                row.TryGetProperty("unless", out var unless) ? unless.GetString()! : ""));
            _ = new Regex(row.TryGetProperty("unless", out unless) ? unless.GetString()! : "", RegexOptions.CultureInvariant);
        }

        if (root.GetProperty("items").TryGetProperty(language, out var items))
        {
            Items = Enum.Parse<ItemEnds>(items.GetString()!, ignoreCase: true);
        }

        if (root.GetProperty("directives").TryGetProperty(language, out var directives))
        {
            Directives = Enum.Parse<DirectiveReading>(directives.GetString()!, ignoreCase: true);
        }

        if (root.TryGetProperty("guests", out var all) && all.TryGetProperty(language, out var guests))
        {
            Guests = [.. guests.EnumerateArray().Select(id => id.GetString()!)];
        }

        if (root.GetProperty("heredocs").TryGetProperty(language, out var documents))
        {
            HereDocuments = new HereDocuments(Expression(documents.GetProperty("open").GetString()!),
                documents.TryGetProperty("tail", out var tail) && tail.GetBoolean());
        }
    }

    /// <summary>One replacement.</summary>
    /// <param name="Pattern">Finds the construct; its groups are replaced. Compiled on first use, which takes milliseconds.</param>
    /// <param name="Put">What each group becomes, filled up with spaces. A group without one becomes spaces.</param>
    /// <param name="WithText">Text without which the expression cannot match; empty for none.</param>
    /// <param name="AreKeywords">Whether words that are replaced are keywords.</param>
    /// <param name="IsRaw">Whether the expression looks inside strings and comments, too.</param>
    /// <param name="ReadsDirectives">
    /// Whether the expression looks inside directives. Else a macro that a directive names would seem to stand before what follows.
    /// </param>
    /// <param name="Unless">A match in which this expression matches is left as it is; empty for none.</param>
    private sealed record Rule(string Pattern, IReadOnlyList<string> Put, string WithText, bool AreKeywords, bool IsRaw,
        bool ReadsDirectives, string Unless)
    {
        private readonly Lazy<Regex> _unless = new(() => Expression(Unless));
        private readonly Lazy<Regex> _expression = new(() => Expression(Pattern));
        private readonly byte[][] _put = [.. Put.Select(Encoding.UTF8.GetBytes)];

        public byte[] With { get; } = Encoding.UTF8.GetBytes(WithText);

        public bool Apply(ParsedText text, string characters)
        {
            var any = false;
            for (var match = _expression.Value.Match(characters); match.Success; match = match.NextMatch())
            {
                if (Unless.Length > 0 && _unless.Value.IsMatch(match.ValueSpan))
                {
                    continue;
                }

                for (var i = 1; i < match.Groups.Count; i++)
                {
                    var group = match.Groups[i];
                    if (group.Success && group.Length > 0)
                    {
                        any = true;
                        text.Replace(group.Index, group.Index + group.Length, i <= _put.Length ? _put[i - 1] : [], AreKeywords);
                    }
                }
            }

            return any;
        }
    }
}

/// <summary>
/// Here-documents: the operator becomes a string of its length, and the lines up to the label are hidden, so that what
/// follows the operator, or the label, stays code.
/// </summary>
/// <param name="Opening">Matches an operator; its group is the label.</param>
/// <param name="HasTail">Whether code may follow the label that ends the document, on its line.</param>
internal sealed record HereDocuments(Regex Opening, bool HasTail)
{
    // Each search for a label reads the text to its end.
    private const int MaxUnended = 20;

    /// <summary>Hides all here-documents; returns whether there is one.</summary>
    public bool Hide(ParsedText parsed)
    {
        var characters = Encoding.Latin1.GetString(parsed.Bytes);
        var (any, at, unended) = (false, 0, 0);
        while (unended < MaxUnended && Opening.Match(characters, at) is { Success: true } first)
        {
            var lineEnd = characters.IndexOf('\n', first.Index);
            var body = lineEnd < 0 ? characters.Length : lineEnd + 1;
            at = body;
            for (var match = first; match.Success && (lineEnd < 0 || match.Index < lineEnd); match = match.NextMatch())
            {
                if (End(characters, body, match.Groups[1].Value) is { } end)
                {
                    any = true;
                    var text = Encoding.ASCII.GetBytes($"\"{new string('_', match.Length - 2)}\"");
                    parsed.ReplaceString(match.Index, match.Index + match.Length, text);
                    parsed.ReplaceString(body, end, []);
                    at = body = end;
                }
                else if (++unended == MaxUnended)
                {
                    break;
                }
            }
        }

        return any;
    }

    private int? End(string text, int start, string label)
    {
        for (int line = start, next; line < text.Length; line = next)
        {
            var length = text.AsSpan(line).IndexOf('\n');
            next = length < 0 ? text.Length : line + length + 1;
            var content = text.AsSpan(line..next).TrimStart(" \t");
            if (content.StartsWith(label, StringComparison.Ordinal))
            {
                var rest = content[label.Length..];
                if (rest.Trim().Length == 0 || (HasTail && !char.IsAsciiLetterOrDigit(rest[0]) && rest[0] != '_'))
                {
                    return next - rest.Length;
                }
            }
        }

        return null;
    }
}

/// <summary>Where an item (statement, member, definition) ends within a block.</summary>
internal enum ItemEnds
{
    /// <summary>At a semicolon or behind a block.</summary>
    Statements,

    /// <summary>At the end of a line, too.</summary>
    Lines,
}

/// <summary>What becomes of <c>#if</c>, <c>#else</c> and <c>#endif</c>.</summary>
internal enum DirectiveReading
{
    /// <summary>The grammar knows them where whole statements stand between them; elsewhere they are hidden.</summary>
    Known,

    /// <summary>They are hidden from a parser that has rejected the text.</summary>
    OnError,

    /// <summary>They are always hidden, because the grammar would leave out branches.</summary>
    Always,
}
