namespace XCoder.Analysis.Seeds;

/// <summary>A function that may become a seed.</summary>
/// <param name="Concept">Number of its concept, or below 0 for none.</param>
/// <param name="Language">Language id, of a dialect that of the language.</param>
/// <param name="Group">Number of its duplicate group; one of its own where it has no duplicate.</param>
/// <param name="Promise">Quality as far as it is known without reading the code, in [0, 1]: better ones are looked at first.</param>
internal readonly record struct SeedCandidate(int Concept, string Language, int Group, double Promise);
