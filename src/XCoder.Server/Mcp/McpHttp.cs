using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace XCoder.Server.Mcp;

/// <summary>
/// The tools over HTTP: the protocol's Streamable HTTP transport without sessions, so one POST has one answer and nothing is kept of
/// a client.
/// </summary>
internal static class McpHttp
{
    /// <summary>Where clients post their messages.</summary>
    public const string Path = "/mcp";

    /// <summary>Most bytes of a message: code of any length that the tools take, with every character escaped.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Adds what <see cref="MapTo"/> needs.</summary>
    /// <param name="services">Receives it.</param>
    /// <param name="tools">The tools.</param>
    public static void AddTo(IServiceCollection services, ToolTable tools) =>
        services.AddMcpServer(settings => McpEndpoint.Configure(settings, tools)).WithHttpTransport(static http => http.Stateless = true);

    /// <summary>Answers at <see cref="Path"/>.</summary>
    public static void MapTo(IEndpointRouteBuilder routes) => routes.MapMcp(Path);
}
