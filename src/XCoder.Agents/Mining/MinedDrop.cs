namespace XCoder.Agents.Mining;

/// <summary>Why something came to no row.</summary>
public enum MinedDrop
{
    /// <summary>A function: test code.</summary>
    Test,

    /// <summary>A function: holds a syntax error.</summary>
    Errors,

    /// <summary>A function: too few tokens.</summary>
    Short,

    /// <summary>A function: too many tokens.</summary>
    Long,

    /// <summary>A function: too few different tokens, or half of them literals.</summary>
    Trivial,

    /// <summary>A pair: sizes differ.</summary>
    Size,

    /// <summary>A pair: neither names nor documentation agree.</summary>
    Name,

    /// <summary>A pair: numbers of parameters differ.</summary>
    Parameters,

    /// <summary>A pair: the types they stand in have other names.</summary>
    Scope,

    /// <summary>A pair: one of the two calls its own name and the other does not, as a wrapper and what it wraps.</summary>
    Delegation,

    /// <summary>A pair: branches, loops, errors or joined conditions differ.</summary>
    Shape,

    /// <summary>A pair: numbers and strings differ.</summary>
    Literals,

    /// <summary>A pair: names in the bodies differ.</summary>
    Content,

    /// <summary>A pair: their bodies say different things, or the same in another order.</summary>
    Order,

    /// <summary>A pair: one of the two gives a value back and the other does not.</summary>
    Result,

    /// <summary>A pair: one of the two has a better partner where the other stands, or one as good.</summary>
    Partner,

    /// <summary>A pair: the only one of its two files, which hold other functions too.</summary>
    Alone,

    /// <summary>A pair or function: alike one that is taken.</summary>
    Duplicate,

    /// <summary>A pair: enough of its concept or its two repositories.</summary>
    Enough,

    /// <summary>A row: the documentation says too little of what the function does.</summary>
    Documentation,

    /// <summary>A row: a licence is not wanted.</summary>
    Licence,

    /// <summary>A row: code without its secrets would not be the code.</summary>
    Redacted,

    /// <summary>A row: control characters, or ones that turn the direction of writing.</summary>
    Controls,

    /// <summary>A row: holds part of a benchmark.</summary>
    Benchmark,

    /// <summary>A row: no functions to show the style by.</summary>
    Style,
}
