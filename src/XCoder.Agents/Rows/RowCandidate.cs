namespace XCoder.Agents.Rows;

/// <summary>Another answer to a row's instruction, to be compared with its response (Qwen2.5-xCoder, section 3: Ds4).</summary>
/// <param name="Response">The answer, in the form of <see cref="InstructionRow.Response"/>.</param>
/// <param name="Verification">What was checked of it, against the row's tests; null before.</param>
public sealed record RowCandidate(string Response, RowVerification? Verification = null);
