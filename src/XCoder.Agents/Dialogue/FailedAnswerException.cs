using XCoder.Agents.Chat;

namespace XCoder.Agents.Dialogue;

/// <summary>Ends a dialogue that lacks an answer; caught where the dialogue began.</summary>
internal sealed class FailedAnswerException(ChatFailure failure) : Exception(failure.Message)
{
    public ChatFailure Failure => failure;
}
