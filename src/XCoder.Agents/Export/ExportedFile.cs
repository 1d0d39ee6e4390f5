namespace XCoder.Agents.Export;

/// <summary>A file of records.</summary>
/// <param name="Path">Path below the folder, or its name.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hex digits.</param>
public sealed record ExportedFile(string Path, long Rows, long Bytes, string Sha256);
