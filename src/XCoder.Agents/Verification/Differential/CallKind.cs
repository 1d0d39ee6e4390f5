namespace XCoder.Agents.Verification.Differential;

/// <summary>What a parameter takes, whatever its language calls it.</summary>
internal enum CallKind
{
    /// <summary>Nothing says.</summary>
    Any,

    /// <summary>A number that may or may not be whole.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A string.</summary>
    Text,

    /// <summary>One character.</summary>
    Character,

    /// <summary>One character as a number, or a small number.</summary>
    Code,

    /// <summary>A list or an array.</summary>
    List,
}
