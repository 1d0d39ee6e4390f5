namespace XCoder.Analysis.Coverage;

/// <summary>
/// Concepts by language. Functions, methods and constructors only: structures are the context of concepts. Test code is
/// left out, and concepts of nothing else with it.
/// </summary>
public sealed record ConceptMatrix
{
    /// <summary>Languages, most functions first.</summary>
    public required IReadOnlyList<ConceptLanguage> Languages { get; init; }

    /// <summary>Concepts, those in most languages first, then those with most functions.</summary>
    public required IReadOnlyList<ConceptRow> Rows { get; init; }

    /// <summary>Functions in no concept.</summary>
    public required int Noise { get; init; }

    /// <summary>Name of the model whose vectors the concepts were made of.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest mean margin of a member of a concept to the others.</summary>
    public required double Margin { get; init; }

    /// <summary>Functions with fewer tokens were not compared.</summary>
    public required int MinTokens { get; init; }

    /// <summary>Functions in all.</summary>
    public int Functions => Languages.Sum(language => language.Functions);
}
