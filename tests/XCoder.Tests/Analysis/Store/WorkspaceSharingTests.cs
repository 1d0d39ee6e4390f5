using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Store;

public sealed class WorkspaceSharingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Index_ByTwoProcessesAtOnce_HoldsWhatBothFound()
    {
        Fill("a", 300);
        Fill("b", 300);
        using var first = Start("a", "ws", 60);
        using var second = Start("b", "ws", 60);
        first.Wait().Expect(0);
        second.Wait().Expect(0);
        CliProcess.Run(_folder.Root, "index", "a", "b", "--workspace", "fresh").Expect(0);
        Assert.Equal(StoreDump.Of(_folder.Root + "/fresh"), StoreDump.Of(_folder.Root + "/ws"));
    }

    [Fact]
    public void Index_WhileAnotherHoldsTheWorkspace_GivesUpAndNamesIt()
    {
        Fill("a", 1);
        Directory.CreateDirectory(_folder.Root + "/ws");
        using (WorkspaceLock.Take(_folder.Root + "/ws", TimeSpan.Zero))
        {
            using var process = Start("a", "ws", 1);
            process.Wait().Expect(2, $"is in use by process {Environment.ProcessId}", "waiting up to 1 s", "--workspace");
        }

        using var later = Start("a", "ws", 1);
        later.Wait().Expect(0);
    }

    [Fact]
    public void Index_WhileTheHolderEnds_WaitsAndGoesOn()
    {
        Fill("a", 1);
        Directory.CreateDirectory(_folder.Root + "/ws");
        var hold = WorkspaceLock.Take(_folder.Root + "/ws", TimeSpan.Zero);
        using var process = Start("a", "ws", 30);
        process.Until(() => process.HasSaid("waiting"));
        hold.Dispose();
        process.Wait().Expect(0, "waiting");
    }

    private void Fill(string folder, int files)
    {
        for (var i = 0; i < files; i++)
        {
            _folder.Write($"{folder}/f{i}.py", $"def f{i}(x):\n    return x + {i}\n");
        }
    }

    private CliProcess Start(string path, string workspace, int seconds) =>
        CliProcess.Start(_folder.Root, null, "index", path, "--workspace", workspace, "--wait", $"{seconds}");
}
