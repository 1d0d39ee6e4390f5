using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using XCoder.Server.Mcp;

namespace XCoder.Server.Pages;

/// <summary>
/// Decides which requests are answered at all, and gives every answer its headers. It refuses writing methods, hosts that a stranger's
/// DNS may point here, requests that another site's page makes in the background, and requests without the token.
/// </summary>
internal sealed class RequestGuard(ExplorerOptions options)
{
    /// <summary>Scripts and styles are the server's own files, and nothing else is loaded, sent or framed.</summary>
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const int MostFormBytes = 64 << 10;
    private const string Parameter = "token";
    private const string Cookie = "xcoder-token";
    private const string Scheme = "Bearer ";

    private readonly byte[]? _token = options.Token is { } token ? Hash(token) : null;

    /// <summary>Passes the request on or refuses it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        var request = context.Request;
        if (!IsOwnHost(request.Host.Host))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This server answers only requests for its own address, "
                + "so that no web site can reach it through a name of its own. Open it as 127.0.0.1 or localhost.");
        }

        var (isOfAgents, isPost) = (request.Path == McpHttp.Path, HttpMethods.IsPost(request.Method));
        if (isOfAgents ? !isPost : !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && !(isPost && options.Write.Count > 0))
        {
            context.Response.Headers.Allow = isOfAgents ? "POST" : "GET, HEAD";
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, isOfAgents
                ? "Agents post their messages here; there are no sessions and no streams." : "This server only reads: GET and HEAD.");
        }

        if (isPost && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } size)
        {
            size.MaxRequestBodySize = isOfAgents ? McpHttp.MostBytes : MostFormBytes;
        }

        // Browsers name the page that posts a form; who does not is none, and an agent posts no forms.
        if (IsOfAnotherSite(request.Headers) || !IsOwnOrigin(request) || (isPost && !isOfAgents && request.Headers.Origin.Count == 0))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "Another site's page made this request. Open the address "
                + "yourself.");
        }

        if (_token is null || IsShown(request))
        {
            return next(context);
        }

        if (request.Query[Parameter] is [{ } given] && IsToken(given))
        {
            // The cookie replaces the token in the address, so that it gets into no history and no permalink.
            context.Response.Cookies.Append(Cookie, given,
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(context, StatusCodes.Status401Unauthorized, "This server asks for its token. Open /?token=TOKEN once; your "
            + "browser then keeps it until it is closed. Programs send the header 'Authorization: Bearer TOKEN'.");
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // An address cannot be made to point elsewhere. The port does not count: tunnels change it.
    private bool IsOwnHost(string host)
    {
        var isLocal = IPAddress.IsLoopback(options.Address);
        return IPAddress.TryParse(host, out var address) ? !isLocal || IPAddress.IsLoopback(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (!isLocal && options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase));
    }

    // Pages without an origin, such as files, say null.
    private static bool IsOwnOrigin(HttpRequest request) => request.Headers.Origin.Count == 0
        || (request.Headers.Origin is [{ } origin] && Uri.TryCreate(origin, UriKind.Absolute, out var site)
            && site.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    // A link that a reader follows is fine; programs that are no browser send no such header.
    private static bool IsOfAnotherSite(IHeaderDictionary headers) => headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"]
        && !(headers["Sec-Fetch-Mode"] is ["navigate"] && headers["Sec-Fetch-Dest"] is ["document"]);

    private bool IsShown(HttpRequest request) => (request.Cookies[Cookie] is { } kept && IsToken(kept))
        || (request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.Ordinal)
            && IsToken(header[Scheme.Length..].Trim()));

    private bool IsToken(string given) => CryptographicOperations.FixedTimeEquals(Hash(given), _token);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}
