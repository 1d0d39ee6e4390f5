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

    /// <summary>Pair: the names do not match.</summary>
    Name,

    /// <summary>Pair: the steps of the bodies differ too much.</summary>
    Content,

    /// <summary>Pair: the estimated probability that it is a translation is too low for the precision wanted.</summary>
    Doubtful,

    /// <summary>Pair: one function has a better or equally good partner in the other's repository and language.</summary>
    Partner,

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

    /// <summary>Row: the function has no body; another one implements it.</summary>
    Declaration,
}

/// <summary>Counts what is left out.</summary>
internal static class MinedDrops
{
    /// <summary>Adds to the count of a reason.</summary>
    public static void Count(this IDictionary<MinedDrop, long> drops, MinedDrop reason, long number = 1) =>
        drops[reason] = (drops.TryGetValue(reason, out var count) ? count : 0) + number;
}
