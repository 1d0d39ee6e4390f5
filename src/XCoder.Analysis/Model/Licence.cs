namespace XCoder.Analysis.Model;

/// <summary>The licence of a file.</summary>
/// <param name="Spdx">SPDX expression, or <c>NOASSERTION</c> where a licence text was found but not recognised.</param>
/// <param name="Source">Path of the file that says so, below the repository's root; the file itself for an SPDX tag.</param>
public sealed record Licence(string Spdx, string Source);
