using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Store;

/// <summary>Whatever stands where the store should be: exit code 2 and what to do, never a stack trace.</summary>
public sealed class BrokenStoreTests : IDisposable
{
    private const int PageBytes = 4096;

    private readonly TemporaryFolder _folder = new();

    public BrokenStoreTests()
    {
        for (var i = 0; i < 60; i++)
        {
            _folder.Write($"tree/f{i}.py", $"def f{i}(first, second):\n    for item in first:\n        second.append(item + {i})\n    return second\n");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("header")]
    [InlineData("truncated")]
    [InlineData("text")]
    [InlineData("garbage")]
    public void Commands_OnADamagedStore_SayWhatToDo(string damage)
    {
        Index("ws").Expect(0);
        var path = _folder.Root + "/ws/" + SnippetStore.FileName;
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "header":
                bytes.AsSpan(0, 64).Fill(0x5A);
                break;
            case "truncated":
                bytes = bytes[..(bytes.Length / 3)];
                break;
            case "text":
                bytes = "this is no database\n"u8.ToArray();
                break;
            default:
                new Random(1).NextBytes(bytes.AsSpan(PageBytes * 2));
                break;
        }

        File.WriteAllBytes(path, bytes);
        foreach (var command in (string[][])[["index", "tree"], ["snippets"], ["duplicates"], ["coverage"]])
        {
            CliProcess.Run(_folder.Root, [.. command, "--workspace", "ws"]).Expect(2, "damaged", "delete ");
        }
    }

    [Fact]
    public void Commands_OnAStoreWithWrongContent_SayItIsDamaged()
    {
        Index("ws").Expect(0);
        Change("update file set content = x'0102', tokens = x'FF'");
        CliProcess.Run(_folder.Root, "snippets", "--with-code", "--workspace", "ws").Expect(2, "damaged");
        Change("update snippet set exact_hash = x'00'");
        CliProcess.Run(_folder.Root, "duplicates", "--workspace", "ws").Expect(2, "damaged");
    }

    [Fact]
    public void Commands_OnAStoreOfAnotherVersion_NameBothVersions()
    {
        Index("ws").Expect(0);
        Change("pragma user_version = 77");
        Index("ws").Expect(2, "version 77", "Delete it");
    }

    [Fact]
    public void Index_WhereTheStoreIsAFolder_SaysSo()
    {
        Directory.CreateDirectory(_folder.Root + "/ws/" + SnippetStore.FileName);
        Index("ws").Expect(2, "cannot be opened", "--workspace");
    }

    [Fact]
    public void Index_WhereTheWorkspaceIsAFile_SaysSo()
    {
        _folder.Write("ws", "x");
        Index("ws").Expect(2, "cannot be written", "--workspace");
    }

    [Fact]
    public void Snippets_WithoutAStore_SaysWhatToRun()
    {
        Directory.CreateDirectory(_folder.Root + "/ws");
        CliProcess.Run(_folder.Root, "snippets", "--workspace", "ws").Expect(2, "xcoder index PATH");
    }

    [RootFact("DOTNET_CLI_HOME=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups dotnet --version")]
    public void Index_InAReadOnlyWorkspace_SaysSo()
    {
        Index("ws").Expect(0);
        _folder.Run("chmod", "-R", "a+rX,a-w", _folder.Root);
        CliProcess.Shell(_folder.Root, "DOTNET_CLI_HOME=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups $XCODER index tree --workspace ws").Expect(2, "cannot be ", "--workspace");
        CliProcess.Shell(_folder.Root, "DOTNET_CLI_HOME=/tmp setpriv --reuid=65534 --regid=65534 --clear-groups $XCODER index tree --workspace other").Expect(2, "cannot be ", "--workspace");
    }

    [RootFact("d=$(mktemp -d) && mount -t tmpfs -o size=1m none $d && umount $d && rmdir $d")]
    public void Index_OnAFullDisk_SaysSoAndKeepsWhatWasFinished()
    {
        for (var i = 0; i < 3000; i++)
        {
            _folder.Write($"tree/g{i}.py", $"def g{i}(first, second):\n    return first * {i} + second\n");
        }

        Directory.CreateDirectory(_folder.Root + "/disk");
        _folder.Run("mount", "-t", "tmpfs", "-o", "size=2m", "none", _folder.Root + "/disk");
        try
        {
            Index("disk/ws").Expect(2, "disk");
            _folder.Run("mount", "-o", "remount,size=64m", _folder.Root + "/disk");
            Index("disk/ws").Expect(0);
            Index("fresh").Expect(0);
            Assert.Equal(StoreDump.Of(_folder.Root + "/fresh"), StoreDump.Of(_folder.Root + "/disk/ws"));

            _folder.Run("bash", "-c", "head -c 80m /dev/zero > disk/fill || true");
            Index("disk/other").Expect(2, "--workspace");
        }
        finally
        {
            _folder.Run("umount", _folder.Root + "/disk");
        }
    }

    [Theory]
    [InlineData("update embedding set vector = x''", "has 0 bytes")]
    [InlineData("update embedding set vector = substr(vector, 3)", "bytes in place of")]
    [InlineData("update embedding set vector = zeroblob(100000)", "bytes in place of")]
    [InlineData("update embedding set vector = unhex(replace(hex(zeroblob(length(vector) / 2)), '00', 'ff7f'))", "no number")]
    [InlineData("update model set dimension = 1000000000", "1000000000 values")]
    [InlineData("update model set dimension = -1", "-1 values")]
    public void Commands_OnDamagedVectors_NameThem(string sql, string message)
    {
        // Long enough for semantic duplicates.
        _folder.Write("tree/long.py", $"def long(values, limit):\n{CliCorpus.Copied}");
        _folder.Write("tree/long.js", "function long(values, limit) {\n  let total = 0;\n  for (const value of values) {\n    if (value > limit) { total += value * 2; } else { total -= value; }\n  }\n  return [total, limit, values];\n}\n");
        Index("ws").Expect(0);
        Change(sql);

        // What was made of the vectors before is as good as it was.
        Array.ForEach(["semantic.index", "semantic.neighbours", "concepts.index"], name => File.Delete($"{_folder.Root}/ws/{name}"));
        foreach (var command in (string[])["neighbours --all", "duplicates --kind semantic", "coverage --gaps", "seeds", "calibrate"])
        {
            CliProcess.Run(_folder.Root, [.. command.Split(' '), "--workspace", "ws", "--device", "cpu"]).Expect(2, message, "delete ");
        }
    }

    private CliResult Index(string workspace) => CliProcess.Run(_folder.Root, "index", "tree", "--workspace", workspace);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Root}/ws/{SnippetStore.FileName};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
