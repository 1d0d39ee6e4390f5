namespace XCoder.Agents.Decontamination;

/// <summary>A file that a fingerprint was made from.</summary>
/// <param name="File">Its name without folders.</param>
/// <param name="Sha256">Hash of its bytes, hex.</param>
/// <param name="Texts">Texts read from it.</param>
public sealed record FingerprintSource(string File, string Sha256, int Texts);
