namespace XCoder.Analysis.Concepts;

/// <summary>A concept of an earlier run.</summary>
/// <param name="Id">Its id, 16 hex digits.</param>
/// <param name="Contents">Content keys of its members, each once.</param>
internal sealed record KnownConcept(string Id, IReadOnlyCollection<ulong> Contents);
