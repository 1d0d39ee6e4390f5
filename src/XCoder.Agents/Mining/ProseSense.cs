using System.Collections.Frozen;
using System.Text.RegularExpressions;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>What a description is compared with: the function that it belongs to.</summary>
/// <param name="Name">The function's bare name.</param>
/// <param name="Words">Words of the identifiers in the function.</param>
/// <param name="Scope">Name of the enclosing type; empty when there is none.</param>
/// <param name="Signature">The declaration up to its body; empty when it is unknown.</param>
internal sealed record DescribedFunction(string Name, IReadOnlySet<string> Words, string Scope = "", string Signature = "");

/// <summary>
/// Judges whether sentences say what a function does: they begin with a verb or name the result, are prose rather than code, add
/// something to the name, and promise a result only where there is one. Languages other than English are not searched for verbs.
/// </summary>
internal static partial class ProseSense
{
    // Above this share of words that look like code, a text is a signature or an example.
    private const double MostCode = 0.5;
    // Letters of a short form or a stem, and of the ending of a word.
    private const int LeastStem = 3;
    private const int MostEnding = 3;

    private static readonly FrozenSet<string> English = Load("english");
    private static readonly FrozenSet<string> AlsoEnglish = Load("also-english");
    private static readonly FrozenSet<string> Determiners = Load("determiners");
    private static readonly FrozenSet<string> Particles = Load("particles");
    private static readonly FrozenSet<string> Adverbs = Load("adverbs");
    private static readonly FrozenSet<string> Measures = Load("measures");
    private static readonly FrozenSet<string> Empty = Load("empty");
    private static readonly FrozenSet<string> Kinds = Load("kinds");
    private static readonly FrozenSet<string> Auxiliaries = Load("auxiliaries");
    private static readonly FrozenSet<string> Verbs = Load("verbs");

    /// <summary>Whether a description says what its function does.</summary>
    public static bool Says(string prose, DescribedFunction function)
    {
        var words = Tokens(prose);
        return words.Count > 0 && words.Count(LooksLikeCode) <= MostCode * words.Count && AddsToName(words, function)
            && (IsWord(words[0]) || BeginsWith(words[0], function.Name))
            && (!IsEnglish(words) || BeginsWithVerb(words, prose, function.Name))
            && !(Stem(words[0]) == "return" && GivesNothing().IsMatch(function.Signature));
    }

    /// <summary>Whether an English word is the first or third person of a verb, with or without a prefix.</summary>
    public static bool IsVerb(string word)
    {
        var lower = word.ToLowerInvariant();
        var last = lower[(lower.LastIndexOf('-') + 1)..];
        return Forms(last).Any(Verbs.Contains)
            || ((string[])["re", "un", "de", "dis", "pre"]).Any(prefix => last.Length > prefix.Length + 2
                && last.StartsWith(prefix, StringComparison.Ordinal) && Forms(last[prefix.Length..]).Any(Verbs.Contains));
    }

    /// <summary>Whether a word is a preposition, a conjunction or the like.</summary>
    public static bool IsParticle(string word) => Particles.Contains(word.ToLowerInvariant());

    /// <summary>Whether a word is an auxiliary verb, after which a sentence says what something is, not what it does.</summary>
    public static bool IsAuxiliary(string word) => Auxiliaries.Contains(word.ToLowerInvariant());

    private static bool BeginsWithVerb(List<string> words, string prose, string name)
    {
        var at = 0;
        if (BeginsWith(words[0], name) && !IsVerb(words[0]))
        {
            // The sentence may name the function, and the arguments after it.
            var rest = Tokens(prose[(prose.IndexOf(words[0].Contains('(') ? ')' : ' ') + 1)..]);
            return rest.Count > 0 && (rest[0] == "will" || (IsVerb(rest[0]) && rest[0].EndsWith('s') && !IsAuxiliary(rest[0])));
        }

        while (at < words.Count - 1 && IsAdverb(words[at]))
        {
            at++;
        }

        var (first, second) = (words[at].ToLowerInvariant(), at + 1 < words.Count ? words[at + 1].ToLowerInvariant() : "");
        return first switch
        {
            "whether" => true,
            "will" => IsVerb(second),
            "true" or "false" => second is "if" or "when" or "iff",
            "given" => Clause().Matches(prose).Any(match => IsVerb(match.Groups[1].Value)),
            _ when Particles.Contains(first) || (IsAuxiliary(first) && first != "do") => false,
            _ when Measures.Contains(first) && second == "of" => true,
            _ when IsAuxiliary(second) || second == "of" || (Kinds.Contains(second) && !first.EndsWith('s')) => false,
            _ => IsVerb(first) || (Determiners.Contains(second)
                && !first.EndsWith("ing", StringComparison.Ordinal) && !first.EndsWith("ed", StringComparison.Ordinal)),
        };
    }

    private static bool IsWord(string token) => token.All(c => char.IsLetter(c) || c is '-' or '\'');

    // "parse_date" and "parseDate(text" begin with the name parseDate.
    private static bool BeginsWith(string token, string name) =>
        name.Length > 0 && NameWords.Plain(token.Split('(')[0]) == NameWords.Plain(name);

    private static bool IsEnglish(List<string> words)
    {
        var lower = words.ConvertAll(word => word.ToLowerInvariant());
        return lower.Exists(English.Contains) || lower.Where(AlsoEnglish.Contains).Distinct().Count() > 1;
    }

    private static bool AddsToName(List<string> words, DescribedFunction function)
    {
        var known = NameWords.Split(function.Name).Concat(NameWords.Split(function.Scope)).ToList();
        return words.SelectMany(NameWords.Split).Any(word => !Empty.Contains(word) && !known.Exists(name => AreAlike(name, word)));
    }

    // Forms of one word ("merge", "merging", "merger"), or a word and its short form ("gen").
    private static bool AreAlike(string name, string word)
    {
        var shared = name.AsSpan().CommonPrefixLength(word);
        return name == word || (shared == LeastStem && name.Length == LeastStem)
            || (shared >= LeastStem && Math.Max(name.Length, word.Length) - shared <= MostEnding);
    }

    private static bool IsAdverb(string word) =>
        Adverbs.Contains(word.ToLowerInvariant()) || (word.Length > 4 && word.EndsWith("ly", StringComparison.Ordinal)
            && !Verbs.Contains(word.ToLowerInvariant()));

    private static bool LooksLikeCode(string word) => word.AsSpan().IndexOfAny("()[]{}<>=;_|$#@*\\~^%+") >= 0
        || word.Contains("::", StringComparison.Ordinal) || Camel().IsMatch(word);

    private static string Stem(string word) => Forms(word.ToLowerInvariant()).Last();

    private static IEnumerable<string> Forms(string word)
    {
        yield return word;
        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            yield return word[..^3] + "y";
        }
        else if (word.EndsWith("es", StringComparison.Ordinal) && Verbs.Contains(word[..^2]))
        {
            yield return word[..^2];
        }
        else if (word.EndsWith('s'))
        {
            yield return word[..^1];
        }
    }

    private static List<string> Tokens(string prose) => [.. prose.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Trim('.', ',', ';', ':', '!', '(', ')', '`', '"', '\'')).Where(word => word.Length > 0)];

    private static FrozenSet<string> Load(string section)
    {
        using var stream = typeof(ProseSense).Assembly.GetManifestResourceStream("XCoder.Agents.Mining.prose-words.txt")
            ?? throw new InvalidOperationException("The table of words is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').SkipWhile(line => line != $"[{section}]").Skip(1)
            .TakeWhile(static line => !line.StartsWith('[')).Where(static line => !line.StartsWith('#'))
            .SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet();
    }

    /// <summary>Matches a declaration that gives no result, as C, Python, Kotlin, Rust, Swift and their kin say it.</summary>
    [GeneratedRegex(@"\bvoid\s+[\w.:~]{1,200}\s?(?:<[^()]{0,200}>)?\(|\)\s*(?:->|:)\s*(?:None|void|Void|Unit|\(\))\s*[:;]?$",
        RegexOptions.NonBacktracking)]
    private static partial Regex GivesNothing();

    /// <summary>Matches the first word of the clauses after the first.</summary>
    [GeneratedRegex(@",\s+(?:this\s+|it\s+|will\s+|method\s+|function\s+)*([A-Za-z-]{1,30})", RegexOptions.NonBacktracking)]
    private static partial Regex Clause();

    [GeneratedRegex("[a-z][A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Camel();
}
