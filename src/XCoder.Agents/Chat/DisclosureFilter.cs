using Microsoft.SemanticKernel;

namespace XCoder.Agents.Chat;

/// <summary>Says once what leaves this machine, before the first prompt does. What is answered from records says nothing.</summary>
internal sealed class DisclosureFilter(string text, Action<string> say) : IPromptRenderFilter
{
    private int _isSaid;

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        if (context.Result is null && Interlocked.Exchange(ref _isSaid, 1) == 0)
        {
            say(text);
        }
    }
}
