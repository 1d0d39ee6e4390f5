namespace XCoder.Agents.Mining;

/// <summary>What of a function is compared with another language's: hashes, so that a million fit into memory.</summary>
internal sealed class FunctionProfile
{
    /// <summary>Words of its name; of a constructor those of its type.</summary>
    public required IReadOnlyList<string> Name { get; init; }

    /// <summary>Words of the type or module it stands in; empty where there is none.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Functions of its name in its type, repository and language: more than one are overloads.</summary>
    public required int Overloads { get; init; }

    /// <summary>Whether it calls its own name: it delegates, or is recursive.</summary>
    public required bool CallsItself { get; init; }

    /// <summary>Tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Different tokens.</summary>
    public required int Distinct { get; init; }

    /// <summary>Tokens that are numbers, strings or other literals.</summary>
    public required int LiteralTokens { get; init; }

    /// <summary>Number of parameters without the receiver, or -1 where it cannot be told.</summary>
    public required int Arity { get; init; }

    /// <summary>Words of the identifiers in it, ascending hashes.</summary>
    public required uint[] Words { get; init; }

    /// <summary>Names it calls, ascending hashes.</summary>
    public required uint[] Calls { get; init; }

    /// <summary>Its telling numbers (not 0, 1, 2) and strings, ascending hashes.</summary>
    public required uint[] Literals { get; init; }

    /// <summary>Words of the first sentence of its documentation, ascending hashes.</summary>
    public required uint[] Documentation { get; init; }

    /// <summary>What steers it.</summary>
    public required ControlFlowCounts Flow { get; init; }

    /// <summary>Whether it gives a value back; null where that cannot be told.</summary>
    public required bool? Gives { get; init; }

    /// <summary>What its body says, in order, hashes.</summary>
    public required uint[] Steps { get; init; }
}
