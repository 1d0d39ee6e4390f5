using System.Net;
using Microsoft.SemanticKernel;

namespace XCoder.Agents.Chat;

/// <summary>What leaves this machine, and where it goes.</summary>
internal static class Disclosure
{
    /// <summary>Whether an endpoint is this machine itself: <c>localhost</c> or an address of the loopback.</summary>
    public static bool IsLoopback(Uri endpoint) =>
        endpoint.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>What to print before the first request; null for this machine itself.</summary>
    /// <param name="endpoint">Where requests go.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="hasKey">Whether an API key goes along.</param>
    public static string? Text(Uri endpoint, string model, bool hasKey)
    {
        if (IsLoopback(endpoint))
        {
            return null;
        }

        var text = $"""
            Text of your repositories will be sent to {CallFailures.Shown(endpoint.Authority)} (model {CallFailures.Shown(model)}): the code and documentation of seeds and
            of their neighbours, with repository-relative names, after secrets and personal data were replaced by placeholders.
            """.ReplaceLineEndings(" ");
        return text + (hasKey ? " Your API key is sent along." : "") + (endpoint.Scheme == Uri.UriSchemeHttp ? " The connection is not encrypted (http): others on the way can read it." : "");
    }

    /// <summary>Refuses an address that cannot be asked.</summary>
    /// <exception cref="ArgumentException">It is no http or https address, or holds a user or password.</exception>
    internal static void Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The endpoint is no http or https address. Give one such as http://localhost:8000/v1.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException("The endpoint's address holds a user or password, which would be logged on the way. Give the key in the environment instead.");
        }
    }
}

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
