using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>Counts what steers a function, in the words of any language. Not safe for concurrent use.</summary>
internal sealed class FlowCounter
{
    private const string Branch = "if";
    private const string PassedOn = "err";
    private const string Ternary = "?";

    private static readonly HashSet<string> Branches = ["if", "elif", "elsif", "elseif", "unless", "case", "when", "cond", "guard"];
    private static readonly HashSet<string> Loops = ["for", "foreach", "while", "until", "loop", "repeat", "each"];
    private static readonly HashSet<string> Failures = ["throw", "raise", "panic", "die", "fail", "croak", "confess", "bail", "assert", "errors"];
    private static readonly HashSet<string> Arithmetic = ["+", "-", "*", "/", "%", "<<", ">>", ">>>", "&", "|", "^", "+=", "-=", "*=", "/=", "<<=", ">>=", "|=", "&=", "^=", "//", "mod", "shl", "shr", "band", "bor", "xor"];
    private static readonly HashSet<string> Logic = ["&&", "||", "and", "or", "andalso", "orelse"];

    // Calls that are a loop or an error where the language has no word for it.
    private static readonly HashSet<string> LoopCalls = ["map", "foreach", "times", "collect", "select", "filter", "flatmap", "reduce", "fold", "any", "all", "where"];
    private static readonly HashSet<string> FailureCalls = ["check", "assert", "require", "ensure", "precondition", "throw", "raise", "error", "errorf", "terror", "abort", "stop", "err"];

    private int _cases;
    private int _choices;
    private int _whens;
    private int _thick;
    private int _thin;

    private ControlFlowCounts _flow = new(0, 0, 0, 0, 0);

    /// <summary>What was counted since the last call.</summary>
    public ControlFlowCounts Take()
    {
        // Arms of a choice that names no cases; the last of them is what else there is.
        var arms = _choices > 0 && _cases == 0 ? Math.Max(0, _thick - 1) : _whens == 1 && _thin > 0 ? Math.Max(0, _thin - 2) : 0;
        var flow = _flow with { Branches = _flow.Branches + arms };
        (_cases, _choices, _whens, _thick, _thin, _flow) = (0, 0, 0, 0, 0, new(0, 0, 0, 0, 0));
        return flow;
    }

    /// <summary>Counts a token that is no string.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="token">Its index.</param>
    /// <param name="text">Its text.</param>
    /// <param name="next">Text of the next one; empty at the end.</param>
    public void Add(StoredFile file, int token, string text, string next)
    {
        _cases += text == "case" ? 1 : 0;
        _choices += text is "match" or "switch" ? 1 : 0;
        _whens += text == "when" ? 1 : 0;
        _thick += text == "=>" ? 1 : 0;
        _thin += text == "->" ? 1 : 0;
        // A choice stands apart; a type that may be null or an error that is passed on does not.
        if (Branches.Contains(text) ? !(text == Branch && next == PassedOn) : text == Ternary && TokenGaps.StandsApart(file, token))
        {
            _flow = _flow with { Branches = _flow.Branches + 1 };
        }
        else if (Loops.Contains(text) || (next is "(" or "{" or "do" && LoopCalls.Contains(string.Concat(NameWords.Split(text)))))
        {
            _flow = _flow with { Loops = _flow.Loops + 1 };
        }
        else if (Failures.Contains(text) || (next == "(" && file.Tokens.Classes[token] == TokenClass.Identifier && NameWords.Split(text) is [var first, ..] && FailureCalls.Contains(first)))
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
