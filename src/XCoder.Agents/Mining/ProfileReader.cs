using System.Globalization;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Makes the profile of a function from its tokens. Not thread-safe.</summary>
internal sealed class ProfileReader
{
    private const int LeastWord = 2;

    private readonly HashSet<uint> _words = [];
    private readonly HashSet<uint> _calls = [];
    private readonly HashSet<uint> _literals = [];
    private readonly HashSet<ulong> _distinct = [];
    private readonly FlowCounter _flow = new();

    /// <summary>Reads the profile of a function.</summary>
    /// <param name="snippet">The function.</param>
    /// <param name="file">Text and tokens of its file.</param>
    /// <param name="overloads">Number of functions with its qualified name in its file.</param>
    public FunctionProfile Read(SnippetBrief snippet, StoredFile file, int overloads)
    {
        var (isNamed, callsItself) = (false, false);
        _words.Clear();
        _calls.Clear();
        _literals.Clear();
        _distinct.Clear();
        var literals = 0;
        var end = Math.Min(snippet.FirstToken + snippet.Tokens, file.Tokens.Count);
        for (var token = snippet.FirstToken; token < end; token++)
        {
            var bytes = file.Tokens.Text(file.Text, token);
            _distinct.Add(SpanHash.Hash64(bytes));
            var text = Encoding.UTF8.GetString(bytes);
            var kind = file.Tokens.Classes[token];
            var next = token + 1 < end ? Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token + 1)) : "";
            if (kind is not (TokenClass.String or TokenClass.Other))
            {
                _flow.Add(file, token, text, next);
            }

            switch (kind)
            {
                case TokenClass.Identifier:
                    var isCalled = next is ['(', ..];
                    AddIdentifier(text, snippet.Name, isCalled);
                    callsItself |= isNamed && isCalled && text == snippet.Name;
                    isNamed |= text == snippet.Name;
                    break;
                case TokenClass.Number or TokenClass.String or TokenClass.Literal:
                    literals++;
                    if (LiteralText.Normalise(text) is { } literal)
                    {
                        _literals.Add(Hash(literal));
                    }

                    break;
            }
        }

        var (arity, body) = ParameterReader.Read(snippet, file, end);
        var scope = NameWords.Split(ScopeName.Of(snippet.Name, snippet.QualifiedName));
        return new FunctionProfile
        {
            Name = snippet.Kind == SnippetKind.Constructor && scope.Count > 0 ? [.. scope, "new"] : NameWords.Split(snippet.Name),
            Scope = scope,
            Overloads = overloads,
            CallsItself = callsItself,
            Tokens = snippet.Tokens,
            Distinct = _distinct.Count,
            LiteralTokens = literals,
            Arity = arity,
            Words = Sorted(_words),
            Calls = Sorted(_calls),
            Literals = Sorted(_literals),
            Documentation = Sorted(
                [.. NameWords.Split(DocumentationProse.FirstSentence(snippet.Documentation ?? "")).Where(word => word.Length > LeastWord)
                    .Select(Hash)]),
            Flow = _flow.Take(),
            Gives = ResultReader.Read(file, snippet.FirstToken, body, end),
            Steps = StepReader.Read(file, body, end),
        };
    }

    private void AddIdentifier(string text, string own, bool isCalled)
    {
        var words = NameWords.Split(text);
        foreach (var word in words)
        {
            if (word.Length >= LeastWord)
            {
                _words.Add(Hash(word));
            }
        }

        if (isCalled && text != own)
        {
            _calls.Add(Hash(string.Concat(words)));
        }
    }

    internal static uint Hash(string text) => (uint)SpanHash.Hash64(Encoding.UTF8.GetBytes(text));

    private static uint[] Sorted(IReadOnlyCollection<uint> hashes) => [.. hashes.Order()];
}

/// <summary>
/// Normalises literals so that they compare across languages: <c>0xFF</c> equals 255; quotes and punctuation are ignored.
/// </summary>
internal static class LiteralText
{
    private const int LongestNumber = 40;

    /// <summary>
    /// Returns a comparable form, or null for common literals: 0, 1, 2, and strings with fewer than two letters or digits.
    /// </summary>
    public static string? Normalise(string text)
    {
        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1)))
        {
            return Number(text) is { } value && value is not (0 or 1 or 2) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
        }

        var quote = text.AsSpan().IndexOfAny('"', '\'', '`');
        var inner = string.Concat((quote is >= 0 and <= 3 ? text[quote..] : text).Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return inner.Length > 1 ? "\"" + inner : null;
    }

    private static double? Number(string text)
    {
        if (text.Length > LongestNumber)
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(char.IsAsciiHexDigit));
            return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null;
        }

        if (plain.StartsWith("0b", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(c => c is '0' or '1'));
            return digits.Length is > 0 and <= 64 ? Convert.ToUInt64(digits, 2) : null;
        }

        var length = plain.AsSpan().IndexOfAnyExcept("0123456789.e+-");
        return double.TryParse(length < 0 ? plain : plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : null;
    }
}

/// <summary>Reads the layout around a token.</summary>
internal static class TokenGaps
{
    /// <summary>Whether blanks surround a token. This tells a binary operator from a sign, a pointer or a type's bracket.</summary>
    public static bool StandsApart(StoredFile file, int token) =>
        token > 0 && token + 1 < file.Tokens.Count && End(file, token - 1) < file.Tokens.Starts[token]
            && End(file, token) < file.Tokens.Starts[token + 1];

    /// <summary>Whether a line ends after a token.</summary>
    public static bool BreaksAfter(StoredFile file, int token) =>
        token + 1 < file.Tokens.Count && file.Text.AsSpan()[End(file, token)..file.Tokens.Starts[token + 1]].Contains((byte)'\n');

    private static int End(StoredFile file, int token) => file.Tokens.Starts[token] + file.Tokens.Lengths[token];
}

/// <summary>Counts control flow by the keywords of all languages. Not thread-safe.</summary>
internal sealed class FlowCounter
{
    private const string Branch = "if";
    private const string PassedOn = "err";
    private const string Ternary = "?";

    private static readonly HashSet<string> Branches = ["if", "elif", "elsif", "elseif", "unless", "case", "when", "cond", "guard"];
    private static readonly HashSet<string> Loops = ["for", "foreach", "while", "until", "loop", "repeat", "each"];
    private static readonly HashSet<string> Failures = ["throw", "raise", "panic", "die", "fail", "croak", "confess", "bail", "assert",
        "errors"];
    private static readonly HashSet<string> Arithmetic = ["+", "-", "*", "/", "%", "<<", ">>", ">>>", "&", "|", "^", "+=", "-=", "*=", "/=",
        "<<=", ">>=", "|=", "&=", "^=", "//", "mod", "shl", "shr", "band", "bor", "xor"];
    private static readonly HashSet<string> Logic = ["&&", "||", "and", "or", "andalso", "orelse"];

    // Calls that act as a loop or raise an error in languages without a keyword for it.
    private static readonly HashSet<string> LoopCalls = ["map", "foreach", "times", "collect", "select", "filter", "flatmap", "reduce",
        "fold", "any", "all", "where"];
    private static readonly HashSet<string> FailureCalls = ["check", "assert", "require", "ensure", "precondition", "throw", "raise",
        "error", "errorf", "terror", "abort", "stop", "err"];

    private int _cases;
    private int _choices;
    private int _whens;
    private int _thick;
    private int _thin;

    private ControlFlowCounts _flow = new(0, 0, 0, 0, 0);

    /// <summary>Returns the counts since the last call and resets them.</summary>
    public ControlFlowCounts Take()
    {
        // Without the word "case", arms are counted by their arrows: => in match and switch, -> in when. The default arm does not
        // count, and "when" itself was already counted as one branch.
        var arms = _choices > 0 && _cases == 0 ? Math.Max(0, _thick - 1) : _whens == 1 && _thin > 0 ? Math.Max(0, _thin - 2) : 0;
        var flow = _flow with { Branches = _flow.Branches + arms };
        (_cases, _choices, _whens, _thick, _thin, _flow) = (0, 0, 0, 0, 0, new(0, 0, 0, 0, 0));
        return flow;
    }

    /// <summary>Counts a token that is not a string.</summary>
    /// <param name="file">The token's file.</param>
    /// <param name="token">Index of the token.</param>
    /// <param name="text">Text of the token.</param>
    /// <param name="next">Text of the next token; empty at the end.</param>
    public void Add(StoredFile file, int token, string text, string next)
    {
        _cases += text == "case" ? 1 : 0;
        _choices += text is "match" or "switch" ? 1 : 0;
        _whens += text == "when" ? 1 : 0;
        _thick += text == "=>" ? 1 : 0;
        _thin += text == "->" ? 1 : 0;
        // A conditional operator has blanks around it; a nullable type or an error that is passed on does not.
        if (Branches.Contains(text) ? !(text == Branch && next == PassedOn) : text == Ternary && TokenGaps.StandsApart(file, token))
        {
            _flow = _flow with { Branches = _flow.Branches + 1 };
        }
        else if (Loops.Contains(text) || (next is "(" or "{" or "do" && LoopCalls.Contains(string.Concat(NameWords.Split(text)))))
        {
            _flow = _flow with { Loops = _flow.Loops + 1 };
        }
        else if (Failures.Contains(text)
            || (next == "(" && file.Tokens.Classes[token] == TokenClass.Identifier && NameWords.Split(text) is [var first, ..]
                && FailureCalls.Contains(first)))
        {
            _flow = _flow with { Failures = _flow.Failures + 1 };
        }
        else if (Arithmetic.Contains(text))
        {
            _flow = _flow with { Arithmetic = _flow.Arithmetic + 1 };
        }
        else if (Logic.Contains(text))
        {
            _flow = _flow with { Logic = _flow.Logic + 1 };
        }
    }
}

/// <summary>
/// Reads the steps of a body in order: words of names, operators and returns, in any language. Leaves out the names of common types,
/// collections and errors, which differ between languages, and literals, which are compared elsewhere.
/// </summary>
internal static class StepReader
{
    private const int Stem = 5;
    private const int LeastPlural = 4;

    private static readonly HashSet<string> Plain = [.. (
        "self this cls super base null nil none undefined true false std var let val const new return not is in of as "
        + "int integer long short byte bytes char character string str bool boolean double float number void "
            + "any object uint usize size isize "
        + "vec vector list array arr map hash dict dictionary set hashmap option optional some result ok err "
            + "error unwrap clone cloned iter into to box rc arc "
        + "collection iterable iterator sequence span slice builder ptr ref mut shared unique argument "
            + "invalid illegal exception runtime throw raise "
        + "add append push put insert concat len length count math floor value values items tostring format at get isempty empty").Split(
            ' ')];

    private static readonly HashSet<string> Operators = [
        "==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^",
        "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="];

    private static readonly Dictionary<string, string> Spellings = new() { ["==="] = "==", ["!=="] = "!=", ["and"] = "&&", ["or"] = "||" };

    /// <summary>Returns the hashes of the steps, in order.</summary>
    /// <param name="file">The function's file.</param>
    /// <param name="first">Index of the body's first token.</param>
    /// <param name="end">End of the function's tokens, exclusive.</param>
    public static uint[] Read(StoredFile file, int first, int end)
    {
        var steps = new List<uint>();
        for (var token = first; token < end; token++)
        {
            var kind = file.Tokens.Classes[token];
            if (kind is TokenClass.Number or TokenClass.String or TokenClass.Literal)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
            text = Spellings.GetValueOrDefault(text, text);
            if (text is "return" or "++" or "--"
                || (Operators.Contains(text)
                    && (char.IsLetter((char)file.Text[file.Tokens.Starts[token]]) || TokenGaps.StandsApart(file, token))))
            {
                steps.Add(ProfileReader.Hash(text));
            }
            else if (kind == TokenClass.Identifier && !IsQualifier(text, token + 1 < end ? file.Tokens.Text(file.Text, token + 1) : []))
            {
                steps.AddRange(NameWords.Split(text).Where(word => word.Count(char.IsLetter) > 1 && !Plain.Contains(word))
                    .Select(word => ProfileReader.Hash(Short(word))));
            }
        }

        return [.. steps];
    }

    // Only some languages write the type before a member, as in Blend.first.
    private static bool IsQualifier(string text, ReadOnlySpan<byte> next) =>
        (next.SequenceEqual("."u8) || next.SequenceEqual("::"u8)) && text.AsSpan().TrimStart("_$") is [>= 'A' and <= 'Z', ..];

    // Maps singular and plural to the same word, even index and indices.
    private static string Short(string word) => word.Length > Stem ? word[..Stem] : word.Length >= LeastPlural ? word.TrimEnd('s') : word;
}
