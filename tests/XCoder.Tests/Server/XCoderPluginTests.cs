using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Server.Plugin;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Tests.Server;

/// <summary>The functions of Semantic Kernel, called by a model on loopback.</summary>
public sealed class XCoderPluginTests(McpCorpus corpus) : IClassFixture<McpCorpus>
{
    [Fact]
    public async Task Functions_AreThoseOfTheServer_WithTheirSchemas()
    {
        using var xcoder = Open();
        var tools = await corpus.Client.ListToolsAsync();
        Assert.Equal(tools.Select(tool => tool.Name).Order(StringComparer.Ordinal), xcoder.Plugin.Select(function => function.Name).Order(StringComparer.Ordinal));
        var find = xcoder.Plugin["find_code"].Metadata;
        Assert.True(find.Parameters.Single(parameter => parameter.Name == "question").IsRequired);
        Assert.Equal("integer", find.Parameters.Single(parameter => parameter.Name == "count").Schema!.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task ProgramOfTheReadme_LetsAModelCallTheFunctions()
    {
        using var server = Model();
        var program = Compile(Assert.Single(Readmes.Programs("src/XCoder.Server/README.md")));
        await Task.Run(() => program.Invoke(null, [new[] { server.Endpoint.ToString(), Path.Combine(corpus.Root, "ws") }]));
        var answer = JsonDocument.Parse(server.Requests.Last().Body).RootElement.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString();
        Assert.Equal(await corpus.AskAsync("find_code", "question", "parse an ISO date", "count", 1), answer);
    }

    [Fact]
    public async Task Model_ThatCallsAFunction_GetsTheAnswerOfTheServer()
    {
        using var server = Model();
        using var xcoder = Open();
        var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("tiny", server.Endpoint, apiKey: "none").Build();
        kernel.Plugins.Add(xcoder.Plugin);
        var settings = new OpenAIPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        var history = new ChatHistory("Find code before you write any.");
        history.AddUserMessage("Where are dates parsed?");
        var reply = await kernel.GetRequiredService<IChatCompletionService>().GetChatMessageContentAsync(history, settings, kernel);

        Assert.Equal("It is in shop/a.py.", reply.Content);
        var requests = server.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.Contains(requests[0].GetProperty("tools").EnumerateArray(), tool => tool.GetProperty("function").GetProperty("name").GetString() == "xcoder-find_similar");
        var answer = requests[1].GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString();
        Assert.Equal(await corpus.AskAsync("find_code", "question", "parse an ISO date", "count", 1), answer);
    }

    [Theory]
    [InlineData("find_code", "question", "", "needs the argument 'question'")]
    [InlineData("find_code", "count", "many", "'count' must be a whole number")]
    [InlineData("find_code", "colour", "red", "has no argument 'colour'")]
    [InlineData("find_similar", "language", "cobol", "needs the argument 'code'")]
    public async Task Function_CalledWrongly_AnswersWhatToDo(string function, string name, string value, string message)
    {
        using var xcoder = Open();
        var result = await xcoder.Plugin[function].InvokeAsync(new Kernel(), new() { [name] = value });
        Assert.Contains(message, result.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_OfAWorkspaceThatDoesNotExist_SaysHowToMakeIt()
    {
        using var xcoder = XCoderPlugin.Open(Workspace.Open(Path.Combine(corpus.Root, "nowhere"), new() { Device = Device.Cpu }));
        Assert.Contains("xcoder index", (await xcoder.Plugin["find_code"].InvokeAsync(new Kernel(), new() { ["question"] = "x" })).GetValue<string>(), StringComparison.Ordinal);
    }

    private XCoderPlugin Open() => XCoderPlugin.Open(Workspace.Open(Path.Combine(corpus.Root, "ws"), new() { Device = Device.Cpu }));

    private static LoopbackChatServer Model() => new(request => request.Body.Contains("\"role\":\"tool\"", StringComparison.Ordinal)
        ? "It is in shop/a.py."
        : new LoopbackAnswer { Body = ToolCall("xcoder-find_code", new JsonObject { ["question"] = "parse an ISO date", ["count"] = "1" }) });

    private static MethodInfo Compile(string program)
    {
        const string Usings = "using System; using System.Linq; using System.Threading.Tasks; using System.Collections.Generic;\n";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("readme", [CSharpSyntaxTree.ParseText(Usings + program)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static one => one.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(assembly.ToArray()).EntryPoint!;
    }

    private static string ToolCall(string function, JsonObject arguments) => new JsonObject
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "tiny",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["finish_reason"] = "tool_calls",
            ["message"] = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = null,
                ["tool_calls"] = new JsonArray(new JsonObject { ["id"] = "call_1", ["type"] = "function", ["function"] = new JsonObject { ["name"] = function, ["arguments"] = arguments.ToJsonString() } }),
            },
        }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
    }.ToJsonString();
}
