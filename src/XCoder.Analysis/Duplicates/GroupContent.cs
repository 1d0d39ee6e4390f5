namespace XCoder.Analysis.Duplicates;

/// <summary>One content of a group: what does not change when files move.</summary>
/// <param name="Hash">Fingerprint of the token texts.</param>
/// <param name="Count">Members that have it.</param>
public readonly record struct GroupContent(UInt128 Hash, int Count);
