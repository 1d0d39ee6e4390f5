using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>Files named on the command line that have no end: a repository may hold a link to one.</summary>
public sealed class EndlessFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EndlessFileTests()
    {
        _folder.Write("tree/a.py", "def a(x):\n    return x + 1\n");
        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--workspace", "ws").Expect(0);
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "endless"), "/dev/zero");
    }

    public void Dispose() => _folder.Dispose();

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Theory]
    [InlineData("duplicates", "--baseline", "endless", "--kind", "exact", "--workspace", "ws")]
    [InlineData("calibrate", "--labels", "endless", "--workspace", "ws", "--device", "cpu")]
    [InlineData("decontaminate", "--make", "own", "--from", "endless", "--output", "own.fingerprint")]
    [InlineData("decontaminate", "--check", "tree/a.py", "--benchmark", "endless")]
    public void Command_OfAFileWithoutEnd_SaysThatItIsTooLong(params string[] arguments) =>
        CliProcess.Run(_folder.Root, arguments).Expect(2, "more than 256 MiB");
}
