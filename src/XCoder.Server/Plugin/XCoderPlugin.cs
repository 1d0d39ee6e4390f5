using System.Globalization;
using System.Text.Json;
using Microsoft.SemanticKernel;
using ModelContextProtocol.Protocol;
using XCoder.Analysis;
using XCoder.Server.Mcp;

namespace XCoder.Server.Plugin;

/// <summary>
/// The tools of <c>xcoder mcp</c> as functions of Semantic Kernel, for agents of a .NET program: the same names, descriptions, schemas and
/// answers. What a model asks wrongly is answered by a text that says what to do, never by an exception. Calls are answered one after
/// another; nothing is written.
/// </summary>
public sealed class XCoderPlugin : IDisposable
{
    private readonly ToolTable _tools;

    private XCoderPlugin(Workspace workspace, string name, Action<string> log)
    {
        _tools = new ToolTable(workspace, log);
        var functions = _tools.Tools.Select(Function);
        Plugin = KernelPluginFactory.CreateFromFunctions(name, "Searches an index of code in many languages.", functions);
    }

    /// <summary>The functions: <c>kernel.Plugins.Add(xcoder.Plugin)</c>. They work until this object is disposed.</summary>
    public KernelPlugin Plugin { get; }

    /// <summary>Makes the plugin of a workspace. Nothing is opened before the first call.</summary>
    /// <param name="workspace">The workspace. It need not exist yet; the functions then say how to make it.</param>
    /// <param name="name">Name of the plugin: letters, digits and underscores.</param>
    /// <param name="log">Receives what a call failed of unexpectedly, for people; null ignores it.</param>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static XCoderPlugin Open(Workspace workspace, string name = "xcoder", Action<string>? log = null) =>
        new(workspace, name, log ?? (static _ => { }));

    /// <inheritdoc/>
    public void Dispose() => _tools.Dispose();

    private KernelFunction Function(Tool tool)
    {
        var required = tool.InputSchema.TryGetProperty("required", out var names)
            ? names.EnumerateArray().Select(static name => name.GetString()!).ToHashSet() : [];
        var properties = tool.InputSchema.GetProperty("properties");
        return KernelFunctionFactory.CreateFromMethod(CallAsync, new KernelFunctionFromMethodOptions
        {
            FunctionName = tool.Name,
            Description = tool.Description,
            Parameters = [.. properties.EnumerateObject().Select(property => new KernelParameterMetadata(property.Name)
            {
                Description = property.Value.GetProperty("description").GetString()!,
                IsRequired = required.Contains(property.Name),
                Schema = KernelJsonSchema.Parse(property.Value.GetRawText()),
            })],
            ReturnParameter = new() { Description = "What was found, as text.", ParameterType = typeof(string) },
        });

        async Task<string> CallAsync(KernelArguments arguments, CancellationToken cancellation)
        {
            var given = arguments.Where(argument => argument.Value is not null)
                .ToDictionary(static argument => argument.Key, argument => Value(argument.Value!, properties, argument.Key));
            var result = await _tools.CallAsync(tool.Name, given, cancellation).ConfigureAwait(false);
            return string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
        }
    }

    // Connectors hand on what a model wrote, often as text whatever the schema says.
    private static JsonElement Value(object value, JsonElement properties, string name)
    {
        var element = value as JsonElement? ?? JsonSerializer.SerializeToElement(value is string or bool or int ? value
            : Convert.ToString(value, CultureInfo.InvariantCulture));
        if (element.ValueKind != JsonValueKind.String || !properties.TryGetProperty(name, out var schema))
        {
            return element;
        }

        var text = element.GetString()!;
        return schema.GetProperty("type").GetString() switch
        {
            "integer" when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                JsonSerializer.SerializeToElement(number),
            "boolean" when bool.TryParse(text, out var flag) => JsonSerializer.SerializeToElement(flag),
            _ => element,
        };
    }
}
