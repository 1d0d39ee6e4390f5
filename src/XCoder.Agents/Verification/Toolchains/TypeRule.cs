namespace XCoder.Agents.Verification.Toolchains;

/// <summary>How a language writes values of a type.</summary>
internal sealed record TypeRule
{
    /// <summary>Regular expression of the type as a signature spells it; a group <c>item</c> holds the type of a list's items. Null: for values of parameters without a type.</summary>
    public string? Pattern { get; init; }

    /// <summary>What it is in every language: <c>integer</c>, <c>float</c>, <c>number</c>, <c>boolean</c>, <c>text</c>, <c>character</c>, <c>code</c> (a character as a number), <c>list</c>, <c>any</c>; <c>as item</c>: what its item is.</summary>
    public required string Is { get; init; }

    /// <summary>Least value of an integer.</summary>
    public long Least { get; init; } = -CallForm.Widest;

    /// <summary>Greatest value of an integer.</summary>
    public long Most { get; init; } = CallForm.Widest;

    /// <summary>A value, with <c>{value}</c>; of a list with <c>{items}</c>; <c>{type}</c> and <c>{item}</c> are the types as spelled.</summary>
    public required string Literal { get; init; }

    /// <summary>Statement that declares the argument <c>a{n}</c> as <c>{literal}</c>; null: the language's.</summary>
    public string? Declare { get; init; }

    /// <summary>How it is passed; null: the language's.</summary>
    public string? Pass { get; init; }

    /// <summary>How it is shown after the call; null: the language's.</summary>
    public string? Show { get; init; }

    /// <summary>Whether its length must be passed as the next argument.</summary>
    public bool Length { get; init; }
}
