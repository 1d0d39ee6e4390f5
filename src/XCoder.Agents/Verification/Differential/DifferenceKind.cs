using System.Text.Json.Serialization;

namespace XCoder.Agents.Verification.Differential;

/// <summary>How two functions differ.</summary>
internal enum DifferenceKind
{
    /// <summary>They do not.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>They give different values.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>They give nothing and leave different arguments.</summary>
    [JsonStringEnumMemberName("argument")]
    Argument,

    /// <summary>They give different values for text beyond ASCII only.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The target ends by an error where the source gives a value.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>The target does not end where the source gives a value.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>They give the same lists in another order.</summary>
    [JsonStringEnumMemberName("order")]
    Order,

    /// <summary>They differ for large numbers only.</summary>
    [JsonStringEnumMemberName("overflow")]
    Overflow,

    /// <summary>They differ only for values that a function is often not written for: empty, unsorted, out of range.</summary>
    [JsonStringEnumMemberName("domain")]
    Domain,
}
