using System.Collections.Concurrent;
using XCoder.Analysis;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Engine;

/// <summary>Watching on a real file system. Time passes as the test tells it to, while it waits for a cycle.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100), Look = TimeSpan.FromMilliseconds(10);

    private readonly TemporaryFolder _folder = new(), _store = new();
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _end = new();
    private readonly BlockingCollection<WatchCycle> _cycles = [];
    private readonly ConcurrentQueue<string> _messages = new();
    private Task _watching = Task.CompletedTask;

    public WatchTests()
    {
        _folder.WriteGit("tree");
        _folder.Write("tree/.gitignore", "out/\n");
        _folder.Write("tree/src/a.py", "def a():\n    return 1\n");
        _folder.Write("tree/src/b.py", "def b():\n    return 2\n");
    }

    private string Tree => Path.Join(_folder.Root, "tree");

    public void Dispose()
    {
        _end.Cancel();
        Assert.True(_watching.Wait(TimeSpan.FromSeconds(60)), "Watching did not end.");
        _folder.Dispose();
        _store.Dispose();
        _end.Dispose();
        _cycles.Dispose();
    }

    [Fact]
    public void Changes_AreIndexed_AndTheWorkspaceIsFreeInBetween()
    {
        Watch(Tree);
        Assert.Equal((1, 2, 0), Next());

        _folder.Write("tree/src/a.py", "def a():\n    return 3\n\ndef c():\n    return 4\n");
        Assert.Equal((2, 1, 0), Next());
        Assert.Equal(3, Open().Snippets().Count());

        File.Delete(Tree + "/src/b.py");
        Assert.Equal((3, 0, 1), Next());
        _folder.Write("tree/new/folder/d.py", "def d():\n    return 5\n");
        Assert.Equal((4, 1, 0), Next());
        _folder.Write("tree/.xcoderignore", "new\n");
        Assert.Equal((5, 0, 1), Next());

        WorkspaceLock.Take(_store.Root, TimeSpan.FromSeconds(60)).Dispose();
        Assert.Equal(2, Open().Snippets().Count());
    }

    [Fact]
    public void ManyChanges_AreOneCycle_AndIgnoredOnesAreNone()
    {
        Watch(Tree);
        Next();
        for (var i = 0; i < 200; i++)
        {
            _folder.Write($"tree/many/{i % 7}/{i}.py", $"def f{i}():\n    return {i}\n");
            _folder.Write($"tree/out/{i}.py");
            _folder.Write($"tree/node_modules/{i}/index.js");
            _folder.Write($"tree/.git/objects/{i}");
        }

        Assert.Equal((2, 200, 0), Next());
        File.Delete(Tree + "/src/b.py");
        Assert.Equal((3, 0, 1), Next());
    }

    [Fact]
    public void ACheckout_IsWaitedFor_WhileGitHoldsItsLock()
    {
        Watch(Tree);
        Next();
        _folder.Write("tree/.git/index.lock");
        _folder.Write("tree/src/c.py", "def c():\n    return 1\n");

        // Longer than changes without end are waited for.
        for (var i = 0; i < 50; i++)
        {
            Assert.False(_cycles.TryTake(out _, Look));
            _time.Advance(Step);
        }

        _folder.Write("tree/src/d.py", "def d():\n    return 1\n");
        File.Delete(Tree + "/.git/index.lock");
        Assert.Equal((2, 2, 0), Next());

        // Of one that a crash left behind nobody waits forever.
        _folder.Write("tree/.git/index.lock");
        _folder.Write("tree/src/e.py", "def e():\n    return 1\n");
        Assert.Equal(1, Take(TimeSpan.FromSeconds(2)).Result!.Summary.Extracted);
    }

    [Fact]
    public void AFolderThatVanishes_IsReportedAndReturns()
    {
        _folder.Write("other/x.py", "def x():\n    return 1\n");
        Watch(Tree, Path.Join(_folder.Root, "other"));
        Next();
        Directory.Move(Tree, Tree + "-gone");
        var cycle = Take();
        Assert.Equal([Tree], cycle.Missing);
        Assert.Equal((1, 0), (cycle.Result!.Summary.Unchanged, cycle.Result.Summary.Removed));
        Assert.Equal(3, Open().Snippets().Count()); // what was indexed stays

        Directory.Move(Tree + "-gone", Tree);
        _folder.Write("tree/src/b.py", "def b():\n    return 22\n");
        Assert.Empty(Until(static cycle => cycle.Missing.Count == 0).Missing);

        // Its events come again, also after it was replaced between two looks.
        Directory.Delete(Tree, recursive: true);
        _folder.Write("tree/src/z.py", "def z():\n    return 1\n");
        Until(static cycle => cycle.Missing.Count == 0 && cycle.Result!.Summary.Removed > 0);
        _folder.Write("tree/src/y.py", "def y():\n    return 1\n");
        Assert.Equal(1, Take().Result!.Summary.Extracted);
    }

    [Fact]
    public void WhenAllFoldersVanish_ItGoesOn()
    {
        Watch(Tree);
        Next();
        Directory.Move(Tree, Tree + "-gone");
        var cycle = Take();
        Assert.Equal([Tree], cycle.Missing);
        Assert.Equal((null, null), (cycle.Result, cycle.Error));
        Directory.Move(Tree + "-gone", Tree);
        Assert.Equal((3, 0, 0), Next());
    }

    // It went and returned between two looks at the paths, and only an event of something else showed that it was gone.
    [Fact]
    public void AFolderThatReturnsBeforeTheNextLook_IsIndexed()
    {
        Action<string> change = _ => { };
        Watch(new WatchOptions { Interval = TimeSpan.FromMinutes(5), Events = (_, changed, _) =>
        {
            change = changed;
            return new TemporaryFolder();
        } }, Tree);
        Next();
        Directory.Move(Tree, Tree + "-gone");
        change("");
        Assert.Equal([Tree], Take().Missing);
        Directory.Move(Tree + "-gone", Tree);
        Assert.Empty(Take(TimeSpan.FromMinutes(1)).Missing);
    }

    [Fact]
    public void AFailure_IsReportedOnce_AndTriedAgain()
    {
        Watch(Tree);
        Next();
        using (WorkspaceLock.Take(_store.Root, TimeSpan.Zero))
        {
            _folder.Write("tree/src/c.py", "def c():\n    return 1\n");
            var cycle = Take();
            Assert.Contains("in use by", cycle.Error, StringComparison.Ordinal);
            Assert.Null(cycle.Result);
            _time.Advance(TimeSpan.FromSeconds(2));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal((3, 1, 0), Next());
    }

    [Fact]
    public void WithoutEvents_ItLooksInIntervals_AndSaysWhy()
    {
        Watch(new WatchOptions { Events = (_, _, failed) =>
        {
            failed("The limit of inotify watches has been reached.");
            return new TemporaryFolder();
        } }, Tree);
        Next();
        Assert.Equal("The system gives no events about changes (The limit of inotify watches has been reached): looking every 2 s instead. On Linux, a higher "
            + "fs.inotify.max_user_watches or max_user_instances (sysctl) gives events again.", Assert.Single(_messages));
        _folder.Write("tree/src/c.py", "def c():\n    return 1\n");
        Assert.Equal((2, 1, 0), Next());
        File.Delete(Tree + "/src/c.py");
        Assert.Equal((3, 0, 1), Next());
        Assert.Single(_messages);
    }

    [Fact]
    public void Polls_UsesNoEvents()
    {
        Watch(new WatchOptions { Polls = true, Events = (_, _, _) => throw new InvalidOperationException("asked for events") }, Tree);
        Next();
        _folder.Write("tree/src/c.py", "def c():\n    return 1\n");
        Assert.Equal((2, 1, 0), Next());
        Assert.Empty(_messages);
    }

    [Fact]
    public void AFile_CanBeWatched()
    {
        Watch(Tree + "/src/a.py");
        Assert.Equal((1, 1, 0), Next());
        _folder.Write("tree/src/b.py", "def b():\n    return 5\n");
        _folder.Write("tree/src/a.tmp", "def a():\n    return 6\n");
        File.Move(Tree + "/src/a.tmp", Tree + "/src/a.py", overwrite: true);
        Assert.Equal((2, 1, 0), Next());
    }

    // A clone that comes later is a repository of its own.
    [Fact]
    public void AFolderOfClones_TakesInNewOnes()
    {
        Watch(_folder.Root);
        Next();
        Directory.CreateDirectory(Path.Join(_folder.Root, "clone/.git"));
        _folder.WriteGit("clone");
        _folder.Write("clone/x.py", "def x():\n    return 1\n");
        var cycle = Until(static cycle => cycle.Result!.Summary.Scopes.Count == 2);
        Assert.Equal(["clone", "tree"], cycle.Result!.Summary.Scopes.Select(static scope => scope.Repository).Order());
    }

    [Fact]
    public void Links_OutOfTheTree_AreNotFollowed()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret.py", "def secret():\n    return 1\n");
        Watch(Tree);
        Next();
        _folder.Link("tree/link", outside.Root);
        _folder.Link("tree/src/link.py", Path.Join(outside.Root, "secret.py"));
        Until(static cycle => cycle.Result!.Coverage.Files.Skipped.Any(static skipped => skipped is { Key: "link", Value: 2 }));
        outside.Write("secret.py", "def secret():\n    return 2\n");
        _folder.Write("tree/src/c.py", "def c():\n    return 1\n");
        Assert.Equal(1, Take().Result!.Summary.Extracted);
        Assert.DoesNotContain(Open().Snippets(), static snippet => snippet.Name == "secret");
    }

    [Fact]
    public void WrongUse_FailsBeforeAnythingIsWatched()
    {
        var workspace = Open();
        Assert.Throws<PathNotFoundException>(() => workspace.Watch([Tree + "/nowhere"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => workspace.Watch([Tree], new WatchOptions { Quiet = TimeSpan.FromSeconds(3) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => workspace.Watch([Tree], new WatchOptions { Interval = TimeSpan.Zero }));
        Assert.Throws<StoreException>(() =>
        {
            using (WorkspaceLock.Take(_store.Root, TimeSpan.Zero))
            {
                return workspace.Watch([Tree], new WatchOptions { Embed = false }).First();
            }
        });
    }

    private Workspace Open() => Workspace.Open(_store.Root, new WorkspaceOptions { Threads = 1, Wait = TimeSpan.Zero, Message = _messages.Enqueue });

    private void Watch(params string[] paths) => Watch(new WatchOptions(), paths);

    private void Watch(WatchOptions options, params string[] paths)
    {
        var cycles = Open().Watch(paths, options with { Embed = false, Time = _time }, _end.Token);
        _watching = Task.Factory.StartNew(() =>
        {
            foreach (var cycle in cycles)
            {
                _cycles.Add(cycle);
            }
        }, TaskCreationOptions.LongRunning);
    }

    // Number of the next cycle, and the files that it extracted and removed.
    private (int Number, int Extracted, int Removed) Next()
    {
        var cycle = Take();
        Assert.True(cycle.Error is null && cycle.Result is not null, cycle.Error ?? "nothing was indexed");
        return (cycle.Number, cycle.Result.Summary.Extracted, cycle.Result.Summary.Removed);
    }

    private WatchCycle Until(Func<WatchCycle, bool> isMeant)
    {
        while (true)
        {
            if (Take() is var cycle && isMeant(cycle))
            {
                return cycle;
            }
        }
    }

    // Events come when the system gives them; time passes until they have led to a cycle.
    private WatchCycle Take(TimeSpan? step = null)
    {
        WatchCycle? cycle;
        for (var looks = 6000; !_cycles.TryTake(out cycle, Look); looks--)
        {
            Assert.False(_watching.IsFaulted, _watching.Exception?.ToString());
            Assert.True(looks > 0, "No cycle came.");
            _time.Advance(step ?? Step);
        }

        return cycle;
    }
}
