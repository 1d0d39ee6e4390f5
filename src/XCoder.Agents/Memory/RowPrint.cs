namespace XCoder.Agents.Memory;

/// <summary>What two rows are compared by.</summary>
/// <param name="Row">Id of the row.</param>
/// <param name="Language">Language id of its response.</param>
/// <param name="Signature">MinHash signature of the instruction's 3-word shingles.</param>
/// <param name="Vector">Embedding of the response's code, length 1; empty where it could not be read.</param>
public sealed record RowSignature(string Row, string Language, uint[] Signature, float[] Vector);
