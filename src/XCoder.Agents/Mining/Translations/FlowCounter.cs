using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

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
    /// <param name="tokens">The function's tokens.</param>
    /// <param name="index">Index of the token.</param>
    public void Add(FunctionTokens tokens, int index)
    {
        var (text, next) = (tokens[index], tokens[index + 1]);
        _cases += text == "case" ? 1 : 0;
        _choices += text is "match" or "switch" ? 1 : 0;
        _whens += text == "when" ? 1 : 0;
        _thick += text == "=>" ? 1 : 0;
        _thin += text == "->" ? 1 : 0;
        // A conditional operator has blanks around it; a nullable type or an error that is passed on does not.
        if (Branches.Contains(text) ? !(text == Branch && next == PassedOn) : text == Ternary && tokens.StandsApart(index))
        {
            _flow = _flow with { Branches = _flow.Branches + 1 };
        }
        else if (Loops.Contains(text) || (next is "(" or "{" or "do" && LoopCalls.Contains(string.Concat(NameWords.Split(text)))))
        {
            _flow = _flow with { Loops = _flow.Loops + 1 };
        }
        else if (Failures.Contains(text)
            || (next == "(" && tokens.Class(index) == TokenClass.Identifier && NameWords.Split(text) is [var first, ..]
                && FailureCalls.Contains(first)))
        {
            _flow = _flow with { Failures = _flow.Failures + 1 };
        }
        else if (Arithmetic.Contains(text) || (Logic.Contains(text) && tokens.Class(index) == TokenClass.Identifier))
        {
            // Kotlin's and, or work on bits; there they are names.
            _flow = _flow with { Arithmetic = _flow.Arithmetic + 1 };
        }
        else if (Logic.Contains(text) && tokens.Class(index) != TokenClass.Identifier)
        {
            _flow = _flow with { Logic = _flow.Logic + 1 };
        }
    }
}
