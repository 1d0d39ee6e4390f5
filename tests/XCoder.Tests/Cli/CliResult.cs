using Xunit;

namespace XCoder.Tests.Cli;

/// <summary>What a run of the tool left.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Fails unless the run ended so, with a message where it failed and never with a stack trace.</summary>
    public CliResult Expect(int exitCode, params string[] messages)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Output}\n{Errors}");
        Assert.DoesNotContain("   at ", Errors);
        Assert.DoesNotContain("unexpected error", Errors);
        Assert.All(messages, message => Assert.Contains(message, Output + Errors));
        return this;
    }
}
