using System.Text;
using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>Servers that reject every request: the search for a dialect ends.</summary>
public sealed class DialectEndTests
{
    private static readonly byte[] Question = Encoding.UTF8.GetBytes("""{"model": "m", "messages": [{"role": "user", "content": "q"}], "max_completion_tokens": 1000}""");

    [Theory]
    [InlineData("max_completion_tokens must be at least 4000", "max_completion_tokens must be at most 300, the maximum")]
    [InlineData("max_completion_tokens must be at least {more}", "max_completion_tokens must be at least {more}")]
    [InlineData("max_completion_tokens must be greater than {limit}", "max_completion_tokens must be greater than {limit}")]
    [InlineData("max_completion_tokens is {limit}, but the maximum is {less}", "max_completion_tokens is {limit}, but the maximum is {less}")]
    [InlineData("max_completion_tokens must be at least {more}", "max_completion_tokens is {limit}, but the maximum is {less}")]
    [InlineData("`inputs` tokens + `max_new_tokens` must be <= 2048", "`inputs` tokens + `max_new_tokens` must be <= 2048")]
    [InlineData("max_completion_tokens must be at least 1000", "`inputs` tokens + `max_new_tokens` must be <= 2048")]
    [InlineData("max_completion_tokens must be at least 5000", "`inputs` tokens + `max_new_tokens` must be <= 2048")]
    [InlineData("max_tokens is \u0663\u0660\u0660, the maximum is \u0662\u0662\u0662", "maximum tokens \u0663\u0660\u0660 at least \u0663\u0660\u0660")]
    public void After_AServerThatIsNeverContent_Ends(string odd, string even)
    {
        var dialect = new Dialect();
        for (var n = 1; ; n++)
        {
            Assert.True(n < 100);
            var sent = dialect.Write(Question, new OpenAIChatOptions { Endpoint = new Uri("http://localhost/v1"), Model = "m" });
            var said = (n % 2 == 1 ? odd : even).Replace("{limit}", $"{sent.Limit}", StringComparison.Ordinal).Replace("{more}", $"{sent.Limit + 1}", StringComparison.Ordinal).Replace("{less}", $"{sent.Limit - 1}", StringComparison.Ordinal);
            if (dialect.After(new ChatCallException(ChatCallError.Connection, said) { Status = 400, Said = said }, sent, new Dialect(), isProven: false) is not { } next)
            {
                return;
            }

            dialect = next;
        }
    }
}
