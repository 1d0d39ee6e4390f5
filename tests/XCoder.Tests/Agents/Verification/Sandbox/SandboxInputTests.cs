using System.Text;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Sandbox;

public class SandboxInputTests
{
    [SandboxFact]
    public void Run_WithInput_ProgramReadsItToItsEnd()
    {
        using var sandbox = new SandboxRunner();
        var result = sandbox.Run(new SandboxJob { Command = ["sh", "-c", "cat; echo end"], Input = Encoding.ASCII.GetBytes("word\n") });
        Assert.Equal((SandboxOutcome.Exited, "word\nend\n"), (result.Outcome, result.Output));
    }

    [SandboxFact]
    public void Run_WithoutInput_InputIsEmpty()
    {
        using var sandbox = new SandboxRunner();
        Assert.Equal("0\n", sandbox.Run(new SandboxJob { Command = ["sh", "-c", "wc -c"] }).Output);
    }

    [SandboxFact]
    public void Run_ProgramThatReadsNothingOfALongInput_EndsByItself()
    {
        using var sandbox = new SandboxRunner();
        Assert.True(sandbox.Run(new SandboxJob { Command = ["true"], Input = new byte[1 << 22] }).Succeeded);
    }
}
