namespace XCoder.Analysis.Concepts;

/// <summary>A column of the concept matrix.</summary>
/// <param name="Language">Language id; stands for its dialects too.</param>
/// <param name="Functions">Its functions that were compared, copies counted, test code not.</param>
/// <param name="InConcepts">How many of them are in a concept.</param>
/// <param name="Concepts">Concepts it has a function of.</param>
public sealed record ConceptLanguage(string Language, int Functions, int InConcepts, int Concepts);
