using XCoder.Agents.Storage;

namespace XCoder.Agents.Chat;

/// <summary>A reply, or why none came.</summary>
/// <param name="Reply">The reply, or null.</param>
/// <param name="Failure">The reason, or null.</param>
/// <param name="Recorded">Whether it was recorded before.</param>
internal sealed record CallOutcome(StoredReply? Reply, ChatFailure? Failure, bool Recorded = false);
