namespace XCoder.Agents.Mining;

/// <summary>Why a function, a pair or a row was not mined.</summary>
public enum MinedDrop
{
    /// <summary>Function: it is test code.</summary>
    Test,

    /// <summary>Function: it contains a syntax error.</summary>
    Errors,

    /// <summary>Function: it has too few tokens.</summary>
    Short,

    /// <summary>Function: it has too many tokens.</summary>
    Long,

    /// <summary>Function: it has too few different tokens, or half of them are literals.</summary>
    Trivial,

    /// <summary>Pair: the sizes differ too much.</summary>
    Size,

    /// <summary>Pair: neither the names nor the documentation match.</summary>
    Name,

    /// <summary>Pair: the numbers of parameters differ.</summary>
    Parameters,

    /// <summary>Pair: the enclosing types have different names.</summary>
    Scope,

    /// <summary>Pair: only one function calls its own name, as a wrapper does.</summary>
    Delegation,

    /// <summary>Pair: the branches, loops, errors or logical operators differ.</summary>
    Shape,

    /// <summary>Pair: the numbers and strings in the code differ.</summary>
    Literals,

    /// <summary>Pair: the names in the bodies differ.</summary>
    Content,

    /// <summary>Pair: the bodies contain different steps, or the same steps in another order.</summary>
    Order,

    /// <summary>Pair: only one function returns a value.</summary>
    Result,

    /// <summary>Pair: one function has a better or equally good partner in the other's repository and language.</summary>
    Partner,

    /// <summary>Pair: it is the only pair of its two files, although both contain other functions.</summary>
    Alone,

    /// <summary>Pair or function: it duplicates one that was already taken.</summary>
    Duplicate,

    /// <summary>Pair: its concept or its two repositories already contribute enough.</summary>
    Enough,

    /// <summary>Row: the documentation says too little about what the function does.</summary>
    Documentation,

    /// <summary>Row: nobody can call the function, because it goes by the call that it is handed to.</summary>
    Callback,

    /// <summary>Row: a licence is not allowed.</summary>
    Licence,

    /// <summary>Row: the code contains secrets, and redacting them would change it.</summary>
    Redacted,

    /// <summary>Row: the text contains control characters or marks that change the text direction.</summary>
    Controls,

    /// <summary>Row: it contains part of a benchmark.</summary>
    Benchmark,

    /// <summary>Row: no other functions show the repository's style.</summary>
    Style,
}
