using System.Globalization;
using Microsoft.SemanticKernel;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Answers by schema from a kernel whose chat model may be slow, dear and faulty: every reply is recorded under the content address
/// of its request before it is used, and is never requested again. All of it hangs on the kernel's filters, so any chat
/// completion service will do. For many threads.
/// </summary>
/// <remarks>
/// The filters nest, on the way in: answers and repairs, records, tries and limits, the model. A prompt meets them in the same order
/// once it is rendered: what is said after it, the look-up, a place and money.
/// </remarks>
public sealed class ChatGateway : IChatGateway, IDisposable
{
    /// <summary>Name of the plugin that <see cref="AddTo"/> adds.</summary>
    public const string Plugin = "xcoder";

    /// <summary>
    /// Argument of a host's own call, an <see cref="IReadOnlyList{T}"/> of strings: the repositories whose text it holds, so that a purge
    /// of one of them forgets the reply.
    /// </summary>
    public const string RepositoriesArgument = "xcoder-repositories";

    private const string FormatVersion = "1";

    private readonly ChatGatewayOptions _options;
    private readonly ChatCounters _counters = new();
    private readonly Budget _budget;
    private readonly ReplayFilter _replay;
    private readonly CallFilter _calls;
    private readonly Kernel _kernel;

    /// <summary>Makes a gateway.</summary>
    /// <param name="kernel">Has the chat completion service; it stays as it is, and its own filters stand outside the gateway's.</param>
    /// <param name="replies">Where replies are recorded.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Time of waits, limits and latencies; the system's by default.</param>
    /// <exception cref="ArgumentException">A limit makes no sense, or lacks prices.</exception>
    public ChatGateway(Kernel kernel, ReplyStore replies, ChatGatewayOptions options, TimeProvider? time = null)
    {
        options.Check();
        _options = options;
        _budget = new Budget(options, options.Run is { } run ? replies.UsageOf(run) : new ReplyUsage());
        _replay = new ReplayFilter(replies, options, _counters);
        _calls = new CallFilter(options, _budget, _counters, time ?? TimeProvider.System);
        _kernel = kernel.Clone();
        AddFilters(_kernel, new Dictionary<string, PromptTemplate>());
    }

    /// <summary>What was done so far.</summary>
    public ChatStatistics Statistics => _counters.Snapshot(_budget.Spent);

    /// <summary>Content address of a question: 64 hex digits over all that may change its answer, and nothing of the endpoint's.</summary>
    /// <param name="query">The question.</param>
    /// <param name="model">Name of the model.</param>
    public static string KeyOf(ChatQuery query, string model) => KeyOf(new ChatCall(query.Prompt, query.Sample, query.Repositories) { Messages = query.Messages() }, model);

    /// <summary>
    /// Adds the prompts to a kernel as functions of the plugin <see cref="Plugin"/>, and this gateway's filters, which leave all
    /// other functions alone. The result of such a function is a <see cref="ChatReply"/>. A kernel takes the filters of one gateway.
    /// </summary>
    /// <param name="kernel">A host's kernel.</param>
    /// <param name="prompts">The prompts; those without a schema for an answer are left out.</param>
    public void AddTo(Kernel kernel, PromptLibrary prompts)
    {
        var asking = prompts.Names.Select(name => prompts[name]).Where(prompt => prompt.Schema is not null).ToDictionary(prompt => prompt.Function.Name);
        kernel.Plugins.AddFromFunctions(Plugin, asking.Values.Select(prompt => prompt.Function));
        AddFilters(kernel, asking);
    }

    /// <inheritdoc/>
    public async Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation)
    {
        query.Prompt.Check(query.Values);
        var arguments = new KernelArguments { [ChatCall.Argument] = new ChatCall(query.Prompt, query.Sample, query.Repositories) };
        foreach (var (name, value) in query.Values)
        {
            arguments[name] = value;
        }

        var result = await _kernel.InvokeAsync(query.Prompt.Function, arguments, cancellation);
        return result.GetValue<ChatReply>()!;
    }

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    internal static string KeyOf(ChatCall call, string model) => RowId.Hash(
    [
        FormatVersion, model, call.Prompt.Name, call.Schema.Name, call.Schema.Text,
        call.Prompt.Temperature.ToString("R", CultureInfo.InvariantCulture), Text(call.Prompt.MaxTokens), Text(call.Sample), Text(call.Attempt),
        .. call.Messages!.SelectMany(message => new[] { message.Role, message.Text }),
    ]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void AddFilters(Kernel kernel, IReadOnlyDictionary<string, PromptTemplate> prompts)
    {
        var answers = new AnswerFilter(_options, _counters, prompts);
        IFunctionInvocationFilter[] invocations = [answers, _replay, _calls];
        Array.ForEach(invocations, kernel.FunctionInvocationFilters.Add);

        // What a filter does after rendering, the innermost does first.
        IPromptRenderFilter[] renderings = [_calls, _replay, answers];
        Array.ForEach(renderings, kernel.PromptRenderFilters.Add);
    }
}
