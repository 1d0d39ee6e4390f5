using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Outermost: turns a reply into an answer by the prompt's schema, and asks again, told what was wrong, where that fails. The
/// function's result is a <see cref="ChatReply"/>.
/// </summary>
/// <param name="options">How often it asks again.</param>
/// <param name="counters">Counts answers and reasons.</param>
/// <param name="prompts">Prompts whose functions a host invokes by itself, by the functions' names.</param>
internal sealed class AnswerFilter(ChatGatewayOptions options, ChatCounters counters, IReadOnlyDictionary<string, PromptTemplate> prompts) : IFunctionInvocationFilter, IPromptRenderFilter
{
    private const int MaxTold = 8000;
    private const string Length = "length", ContentFilter = "content_filter";

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        var (arguments, settings) = (context.Arguments, context.Arguments.ExecutionSettings);
        var call = ChatCall.Of(arguments) ?? CallOf(context.Function, arguments);
        if (call is null)
        {
            await next(context);
            return;
        }

        try
        {
            arguments[ChatCall.Argument] = call;
            arguments.ExecutionSettings ??= SettingsOf(call, context.Kernel);
            context.Result = new FunctionResult(context.Function, await AskAsync(call, () => next(context)));
        }
        finally
        {
            // They may be a host's own.
            arguments.Remove(ChatCall.Argument);
            arguments.ExecutionSettings = settings;
        }
    }

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        if (ChatCall.Of(context.Arguments) is { Again.Count: > 0 } call)
        {
            context.RenderedPrompt += PromptMarkup.Write(call.Again);
        }
    }

    // A host's own call of one of the plugin's functions, or null.
    private ChatCall? CallOf(KernelFunction function, KernelArguments arguments) => function.PluginName == ChatGateway.Plugin && prompts.TryGetValue(function.Name, out var prompt)
        ? new ChatCall(prompt, 0, arguments.GetValueOrDefault(ChatGateway.RepositoriesArgument) as IReadOnlyList<string> ?? []) : null;

    // The connector takes OpenAI's own format, with name and strictness; any other service gets what the prompt's file says.
    private static Dictionary<string, PromptExecutionSettings>? SettingsOf(ChatCall call, Kernel kernel)
    {
        call.IsFormatSent = kernel.Services.GetService<IChatCompletionService>() is OpenAIChatCompletionService;
        return !call.IsFormatSent ? null : new()
        {
            [PromptExecutionSettings.DefaultServiceId] = new OpenAIPromptExecutionSettings
            {
                Temperature = call.Prompt.Temperature,
                MaxTokens = call.Prompt.MaxTokens,
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(call.Schema.Name, BinaryData.FromString(call.Schema.Text), jsonSchemaIsStrict: true),
            },
        };
    }

    private async Task<ChatReply> AskAsync(ChatCall call, Func<Task> ask)
    {
        var (prompt, completion, isRecorded, first) = (0L, 0L, true, "");
        while (true)
        {
            await ask();
            first = call.Attempt == 0 ? call.Key : first;
            if (call.Reply is not { } reply)
            {
                return Failed(call.Failure ?? new ChatFailure(ChatFailureKind.Unavailable, $"{options.Endpoint} was not asked: another filter of the kernel answered."));
            }

            isRecorded &= call.IsRecorded;
            (prompt, completion) = (prompt + reply.PromptTokens, completion + reply.CompletionTokens);
            if (Read(reply, call, out var failure) is { } answer)
            {
                counters.Answer();
                return new ChatReply(new ChatAnswer(first, answer, (int)prompt, (int)completion, isRecorded), null);
            }

            // What the model will not say it will not say again; anything else may be an accident.
            if (failure!.Kind == ChatFailureKind.Refused || call.Attempt >= options.MaxRepairs)
            {
                return Failed(failure);
            }

            counters.Repair();
            call.AskAgain(Again(reply, failure));
        }
    }

    private static JsonElement? Read(StoredReply reply, ChatCall call, out ChatFailure? failure)
    {
        if (!string.IsNullOrEmpty(reply.Refusal) || reply.Finish == ContentFilter)
        {
            failure = new ChatFailure(ChatFailureKind.Refused, reply.Refusal is { Length: > 0 } said ? $"The model refused: {CallFailures.Shown(said)}" : "The endpoint's filter refused.");
            return null;
        }

        // Half an answer may be repaired to something that fits, and still lacks its other half.
        if (reply.Finish == Length)
        {
            failure = new ChatFailure(ChatFailureKind.Truncated, $"The reply reached the limit of {call.Prompt.MaxTokens} tokens and was cut.");
            return null;
        }

        return AnswerReader.Read(reply.Text, call.Schema, out failure);
    }

    private static IReadOnlyList<PromptMessage> Again(StoredReply reply, ChatFailure failure) => failure.Kind switch
    {
        ChatFailureKind.Empty => [],
        ChatFailureKind.Truncated => [new PromptMessage(PromptMessage.User, "Your last answer was too long and was cut. Answer again, much shorter, with the JSON object alone.")],
        _ =>
        [
            new PromptMessage(PromptMessage.Assistant, reply.Text.Length > MaxTold ? reply.Text[..MaxTold] : reply.Text),
            new PromptMessage(PromptMessage.User, $"That answer cannot be used. {failure.Message} Answer again with one JSON object that fits the schema, and with nothing else."),
        ],
    };

    private ChatReply Failed(ChatFailure failure)
    {
        counters.Fail(failure.Kind);
        return new ChatReply(null, failure);
    }
}
