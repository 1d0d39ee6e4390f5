using System.Text;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat;

/// <summary>Tokens of a question before it is sent.</summary>
internal sealed class TokenEstimate
{
    private const int PerMessage = 8;
    private const double StartingBytes = 3.5, Weight = 0.05, LeastBytes = 1;

    private double _bytesPerToken = StartingBytes;

    /// <summary>More than it can be: byte-level tokenizers never make more tokens than there are bytes.</summary>
    public static int Most(IReadOnlyList<PromptMessage> messages, AnswerSchema schema) =>
        messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text) + PerMessage) + Encoding.UTF8.GetByteCount(schema.Text) + PerMessage;

    /// <summary>What it will be, as far as the replies so far tell.</summary>
    public double Likely(int most) => most / Volatile.Read(ref _bytesPerToken);

    /// <summary>Learns from a reply's usage. Two at the same time may overwrite each other: it stays an estimate.</summary>
    public void Learn(int most, long promptTokens)
    {
        if (promptTokens > 0)
        {
            var known = Volatile.Read(ref _bytesPerToken);
            Volatile.Write(ref _bytesPerToken, Math.Max(LeastBytes, known + (Weight * (((double)most / promptTokens) - known))));
        }
    }
}
