using Microsoft.Data.Sqlite;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Analysis.Store;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Indexing;

public sealed class InterruptedIndexTests : IDisposable
{
    // SIGTERM, which asks for the same as Ctrl-C: a run in the background inherits SIGINT as ignored.
    private const int Interrupt = 15, KillNow = 9;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Index_KilledAtRandomMoments_IsCompletedByTheNextRun()
    {
        const int Files = 700, Kills = 6;
        var random = new Random(20);
        var landed = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Everything is new to each run, so that each has all of the work ahead of it.
            Fill(Files, kill);
            using var process = CliProcess.Start(_folder.Root, null, "index", "tree", "--workspace", "ws", "--quiet");
            landed += process.HasWorked(TimeSpan.FromMilliseconds(random.Next(100, 1500))) ? 1 : 0;
            process.Signal(KillNow);
            process.Wait();
            if (kill is Kills)
            {
                Run("ws").Expect(0);
                Run($"fresh{kill}").Expect(0);
                Assert.Equal(Dump($"fresh{kill}"), Dump("ws"));
            }
        }

        Assert.True(landed >= 2, $"only {landed} of {Kills} runs were killed before their end");
    }

    [Fact]
    public void Index_Interrupted_Ends130AndKeepsFinishedWork()
    {
        Fill(900, 1);
        using var process = CliProcess.Start(_folder.Root, null, "index", "tree", "--workspace", "ws", "--threads", "1");
        process.Until(() => Stored() > 0);
        process.Signal(Interrupt);
        process.Wait().Expect(130, "interrupted");
        Assert.InRange(Stored(), 1, 899);
        Run("ws").Expect(0, " unchanged");
        Run("fresh").Expect(0);
        Assert.Equal(Dump("fresh"), Dump("ws"));
    }

    private CliResult Run(string workspace) => CliProcess.Run(_folder.Root, "index", "tree", "--workspace", workspace);

    private string Dump(string workspace) => StoreDump.Of(Path.Join(_folder.Root, workspace));

    private void Fill(int files, int version)
    {
        for (var i = 0; i < files; i++)
        {
            _folder.Write($"tree/d{i % 20}/f{i}.py", $"class C{i}:\n    def f(self, a):\n        return [a + {version} for b in range({i})]\n\ndef g{version}(x):\n    return x * {i}\n");
        }
    }

    private long Stored()
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={_folder.Root}/ws/xcoder.db;Pooling=False;Mode=ReadOnly");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select count(*) from file";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }
}
