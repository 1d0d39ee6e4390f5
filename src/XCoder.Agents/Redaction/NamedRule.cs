namespace XCoder.Agents.Redaction;

/// <summary>A secret known by words on its line and the shape of a quoted value; a row of <c>sensitive.json</c>.</summary>
internal sealed record NamedRule
{
    /// <summary>Id of its kind.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Words, whatever their case, one of which stands before the value.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Pattern of the whole value.</summary>
    public required string Value { get; init; }

    /// <summary>Least entropy, bits a character.</summary>
    public double Entropy { get; init; }
}
