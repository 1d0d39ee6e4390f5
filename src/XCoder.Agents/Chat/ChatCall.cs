using Microsoft.SemanticKernel;
using XCoder.Agents.Prompts;
using XCoder.Agents.Storage;

namespace XCoder.Agents.Chat;

/// <summary>One question on its way through the filters of a kernel; it travels in the function's arguments.</summary>
internal sealed class ChatCall(PromptTemplate prompt, int sample, IReadOnlyList<string> repositories)
{
    /// <summary>Name of the argument; no prompt takes a value of this name.</summary>
    public const string Argument = "xcoder-call";

    public PromptTemplate Prompt { get; } = prompt;

    public AnswerSchema Schema { get; } = prompt.Schema ?? throw new ArgumentException($"The prompt {prompt.Name} has no json_schema for its answer.");

    public int Sample { get; } = sample;

    public IReadOnlyList<string> Repositories { get; } = repositories;

    /// <summary>How often it was asked before and the answer could not be used.</summary>
    public int Attempt { get; private set; }

    /// <summary>What is said after the prompt when it is asked again.</summary>
    public IReadOnlyList<PromptMessage> Again { get; private set; } = [];

    /// <summary>The whole conversation of this attempt; null until the prompt is rendered.</summary>
    public IReadOnlyList<PromptMessage>? Messages { get; set; }

    /// <summary>Content address of this attempt.</summary>
    public string Key { get; set; } = "";

    /// <summary>The reply, or null.</summary>
    public StoredReply? Reply { get; private set; }

    /// <summary>Why there is no reply, or null.</summary>
    public ChatFailure? Failure { get; private set; }

    /// <summary>Whether the reply was recorded before.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>Whether the service is told the schema by its settings; else the prompt tells it in words.</summary>
    public bool IsFormatSent { get; set; }

    /// <summary>Ends the waits of this attempt, but no request that is under way.</summary>
    public CancellationTokenSource? Waits { get; set; }

    /// <summary>Ends <see cref="Waits"/> when the endpoint is found dead; null until something is to be sent.</summary>
    public CancellationTokenRegistration? EndsWith { get; set; }

    /// <summary>What was set aside for the try that is under way, or null where nothing is sent.</summary>
    public ChatTicket? Ticket { get; set; }

    public static ChatCall? Of(KernelArguments arguments) => arguments.TryGetValue(Argument, out var value) ? value as ChatCall : null;

    public void Take(StoredReply? reply, ChatFailure? failure, bool isRecorded = false) => (Reply, Failure, IsRecorded) = (reply, failure, isRecorded);

    /// <summary>Makes it ready to be asked again.</summary>
    public void AskAgain(IReadOnlyList<PromptMessage> again)
    {
        (Attempt, Again, Messages, Key) = (Attempt + 1, again, null, "");
        Take(null, null);
    }
}

/// <summary>What a try holds while it is under way.</summary>
internal sealed class ChatTicket
{
    /// <summary>Tokens of the request at most.</summary>
    public required int Most { get; init; }

    /// <summary>Tokens of request and reply, most likely.</summary>
    public required double Likely { get; init; }

    /// <summary>Cost that is set aside.</summary>
    public required decimal Reserved { get; init; }

    /// <summary>Timestamp of the sending.</summary>
    public required long Start { get; init; }

    /// <summary>Cost that will be booked. Until a reply or a plain error says otherwise, all that was set aside.</summary>
    public required decimal Spent { get; set; }

    /// <summary>Tokens that will be counted.</summary>
    public required double Used { get; set; }
}
