namespace XCoder.Agents.Redaction;

/// <summary>What the name of a variable, key or parameter says of its value.</summary>
internal enum SecretName
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A person chose it.</summary>
    Password,

    /// <summary>A machine drew it.</summary>
    Secret,
}
