using System.Text;
using ModelContextProtocol.Protocol;
using XCoder.Server.Mcp;

namespace XCoder.Tests.Server;

public class PatientTransportTests
{
    private const string Notice = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    // The end of the input may be seen before or after the last message is taken.
    [Theory]
    [InlineData("")]
    [InlineData(Notice + "\n")]
    [InlineData(Notice + "\n" + Notice)]
    public async Task Messages_WithoutRequests_EndWithTheInput(string text)
    {
        for (var i = 0; i < 300; i++)
        {
            await using var transport = new PatientTransport(new MemoryStream(Encoding.UTF8.GetBytes(text)), Stream.Null);
            var count = 0;
            await foreach (var message in transport.MessageReader.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token))
            {
                Assert.IsType<JsonRpcNotification>(message);
                count++;
            }

            Assert.Equal(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, count);
        }
    }

    [Theory]
    [InlineData("7", "7", true)]
    [InlineData("\"seven\"", "\"seven\"", true)]
    [InlineData("7", "8", false)]
    public async Task Requests_HoldTheEnd_UntilTheyAreAnsweredOrCancelled(string asked, string cancelled, bool isCancelled)
    {
        var text = $$$"""
            {"jsonrpc":"2.0","id":{{{asked}}},"method":"ping"}
            {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{cancelled}}}}}

            """;
        using var output = new MemoryStream();
        await using var transport = new PatientTransport(new MemoryStream(Encoding.UTF8.GetBytes(text)), output);
        var request = Assert.IsType<JsonRpcRequest>(await transport.MessageReader.ReadAsync());
        Assert.IsType<JsonRpcNotification>(await transport.MessageReader.ReadAsync());
        if (!isCancelled)
        {
            Assert.False(transport.MessageReader.Completion.IsCompleted);
            await transport.SendMessageAsync(new JsonRpcResponse { Id = request.Id, Result = new System.Text.Json.Nodes.JsonObject() });
            Assert.Contains("\"result\"", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        }

        await transport.MessageReader.Completion.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
