namespace XCoder.Agents.Verification;

/// <summary>Translations from one language into another.</summary>
/// <param name="Source">Language id of the source.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Agree">Rows whose source and response gave the same.</param>
/// <param name="Differ">Rows whose source and response did not.</param>
/// <param name="Unknown">Rows of which nothing can be said.</param>
public sealed record TranslationCount(string Source, string Target, int Agree, int Differ, int Unknown);
