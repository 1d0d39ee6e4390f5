namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// The features by which functions of different languages are compared. Texts are stored as hashes, so that the functions of a large
/// workspace fit into memory.
/// </summary>
internal sealed class FunctionProfile
{
    /// <summary>Words of the function's name; for a constructor, words of its type and "new".</summary>
    public required IReadOnlyList<string> Name { get; init; }

    /// <summary>Words of the enclosing type or module; empty when there is none.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Number of functions with the same qualified name in the file; more than one means overloads.</summary>
    public required int Overloads { get; init; }

    /// <summary>Whether the function calls its own name, by delegation or recursion.</summary>
    public required bool CallsItself { get; init; }

    /// <summary>Hash of its tokens in order: equal where two functions are one text.</summary>
    public required ulong Text { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Number of different tokens.</summary>
    public required int Distinct { get; init; }

    /// <summary>Number of tokens that are numbers, strings or other literals.</summary>
    public required int LiteralTokens { get; init; }

    /// <summary>Number of parameters without the receiver, or -1 when unknown.</summary>
    public required int Arity { get; init; }

    /// <summary>The calls in the body, ordered by name, then by number of arguments.</summary>
    public required CallShape[] Calls { get; init; }

    /// <summary>Hashes of its distinctive numbers (not 0, 1 or 2) and strings, ascending, each once.</summary>
    public required uint[] Literals { get; init; }

    /// <summary>Hashes of the words in the first sentence of its documentation, ascending, each once.</summary>
    public required uint[] Documentation { get; init; }

    /// <summary>Counts of its control flow and operators.</summary>
    public required ControlFlowCounts Flow { get; init; }

    /// <summary>Counts of the plain literals in its body.</summary>
    public required PlainCounts Plain { get; init; }

    /// <summary>Whether it returns a value; null when unknown.</summary>
    public required bool? Gives { get; init; }

    /// <summary>The steps of its body, in order; see <see cref="StepReader"/>.</summary>
    public required uint[] Steps { get; init; }
}

/// <summary>A call in a body.</summary>
/// <param name="Name">Hash of the words of the name that is called.</param>
/// <param name="Arguments">Number of arguments.</param>
/// <param name="HasReceiver">Whether an object or a module stands before the name.</param>
internal readonly record struct CallShape(uint Name, int Arguments, bool HasReceiver) : IComparable<CallShape>
{
    /// <inheritdoc/>
    public int CompareTo(CallShape other) => (Name, Arguments, HasReceiver).CompareTo((other.Name, other.Arguments, other.HasReceiver));
}

/// <summary>Counts of literals that say little alone, but whose number should agree.</summary>
/// <param name="Zeros">Numbers equal to 0.</param>
/// <param name="Ones">Numbers equal to 1.</param>
/// <param name="Twos">Numbers equal to 2.</param>
/// <param name="Trues">Words for true.</param>
/// <param name="Falses">Words for false.</param>
/// <param name="Nulls">Words for no value.</param>
/// <param name="Negations">Signs and words that negate.</param>
internal readonly record struct PlainCounts(int Zeros, int Ones, int Twos, int Trues, int Falses, int Nulls, int Negations);

/// <summary>Counts a function's branches, loops, failures and operators.</summary>
/// <param name="Branches">Conditions and arms of switches.</param>
/// <param name="Loops">Loops, and calls that act as loops.</param>
/// <param name="Failures">Errors raised and assertions; errors that are only passed on do not count.</param>
/// <param name="Arithmetic">Arithmetic operators.</param>
/// <param name="Logic">Logical operators (and, or).</param>
internal readonly record struct ControlFlowCounts(int Branches, int Loops, int Failures, int Arithmetic, int Logic);
