using Microsoft.Data.Sqlite;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

public sealed class EmbeddingStageTests : IDisposable
{
    private const string Sum = "def add_up(values):\n    total = 0\n    for value in values:\n        total += value\n    return total\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_EqualCodeInTwoRepositories_IsEmbeddedOnce()
    {
        _folder.Write("a/sum.py", Sum);
        _folder.Write("b/copy.py", "\n\n" + Sum);
        _folder.Write("b/other.py", "def greet(name):\n    print('hello', name)\n");

        var summary = Embed("a", "b");

        Assert.Equal(new EmbeddingSummary(3, 2, 1), summary);
        Assert.Equal(2L, Scalar("select count(*) from embedding"));
        Assert.Equal(3L, Scalar("select count(*) from snippet_embedding"));
    }

    [Fact]
    public void Run_NothingChanged_EmbedsNothing()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");

        Assert.Equal(new EmbeddingSummary(1, 0, 0), Embed("a"));
    }

    [Fact]
    public void Run_ChangedFile_EmbedsWhatChanged()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        _folder.Write("a/sum.py", Sum + "\ndef product(values):\n    result = 1\n    for value in values:\n        result *= value\n    return result\n");

        Assert.Equal(new EmbeddingSummary(2, 1, 1), Embed("a"));
    }

    [Fact]
    public void Run_InPieces_StoresWhatOneRunStores()
    {
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            _folder.Write($"a/f{i}.py", $"def f{i}(a):\n    return a + {random.Next(10)}\n");
        }

        Embed("a");
        var whole = Vectors();
        Execute("delete from snippet_embedding where snippet_id % 3 = 0; delete from embedding where id not in (select embedding_id from snippet_embedding) and id % 2 = 0");

        Embed("a");

        Assert.Equal(whole, Vectors());
    }

    [Fact]
    public void Run_AnotherModel_NeverMixes()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        using var model = new Renamed(ShippedModels.Default);

        new EmbeddingStage(store, model, 1, default).Run(StoreSelection.All);

        Assert.Equal(2L, Scalar("select count(*) from model"));
        Assert.Equal(2L, Scalar("select count(distinct model_id) from embedding"));
        Assert.Single(store.Vectors(store.FindModel(model.Hash, model.Dimension)!.Value, StoreSelection.All));
    }

    [Fact]
    public void Run_ThirdModel_DropsTheOneUsedLongestAgo()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        Assert.Empty(Use(store, '1'));
        Embed("a"); // the default model again: now '1' is the oldest

        Assert.Equal(["model 1"], Use(store, '2'));
        Assert.Empty(Use(store, '2'));

        var first = ShippedModels.Default;
        Assert.NotNull(store.FindModel(first.Hash, first.Dimension));
        Assert.Null(store.FindModel(new string('1', 64), 4));
        Assert.Equal(2L, Scalar("select count(*) from embedding"));
        Assert.Equal(2L, Scalar("select count(*) from snippet_embedding"));
        Assert.Equal(2L, Scalar("select count(*) from state where key like 'model %'"));
    }

    [Fact]
    public void Run_OverAPartOfTheStore_DropsNothingYet()
    {
        _folder.Write("a/sum.py", Sum);
        _folder.Write("b/other.py", "def greet(name):\n    print('hello', name)\n");
        Embed("a", "b");
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        Use(store, '1');

        Assert.Empty(Use(store, '2', StoreSelection.Of("a")));
        Assert.Single(Use(store, '2'));
    }

    [Fact]
    public void Run_ModelsOfAStoreThatNotedNoUse_AreTheOldest()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        Use(store, '1');
        Execute("delete from state where key like 'model %'");
        Embed("a");

        Assert.Equal(["model 1"], Use(store, '2'));
    }

    [Fact]
    public void Vectors_OfTheDefaultModel_HaveLengthOne()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        var model = ShippedModels.Default;

        var vector = Assert.Single(store.Vectors(store.FindModel(model.Hash, model.Dimension)!.Value, StoreSelection.All)).Vector;

        Assert.Equal(2 * model.Dimension, vector.Length);
        Assert.Equal(1, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(vector).ToArray().Sum(value => (double)value * (double)value), 2);
    }

    [Fact]
    public void OpenStore_OfVersionOne_GainsTheTablesOfVectors()
    {
        _folder.Write("a/sum.py", Sum);
        Embed("a");
        Execute("drop table ignore_comment; drop table snippet_embedding; drop table embedding; drop table model; pragma user_version = 1");

        Assert.Equal(new EmbeddingSummary(1, 1, 0), Embed("a"));
    }

    [Fact]
    public void OpenStore_OfVersionTwo_GainsTheTableOfIgnores()
    {
        _folder.Write("a/sum.py", "# xcoder-ignore: why\n" + Sum);
        Embed("a");
        Execute("drop table ignore_comment; update file set extractor = ''; pragma user_version = 2");
        Embed("a");

        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        Assert.Equal("why", Assert.Single(store.IgnoreComments()).Comment.Reason);
    }

    public void Dispose() => _folder.Dispose();

    private EmbeddingSummary Embed(params string[] repositories)
    {
        var workspace = WorkspaceFolder.Create(Path.Combine(_folder.Root, "ws"));
        new Indexer(workspace, LanguageCatalog.Open(), new IndexOptions { Threads = 2 }).Run([.. repositories.Select(name => Path.Combine(_folder.Root, name))]);
        using var store = workspace.OpenStore();
        var model = ShippedModels.Default;
        return new EmbeddingStage(store, model, 2, default).Run(StoreSelection.All);
    }

    private static IReadOnlyList<string> Use(SnippetStore store, char digit, StoreSelection? selection = null)
    {
        using var model = new Renamed(ShippedModels.Default, digit);
        return new EmbeddingStage(store, model, 1, default).Run(selection ?? StoreSelection.All).Dropped;
    }

    private string Vectors()
    {
        using var store = WorkspaceFolder.OpenExisting(Path.Combine(_folder.Root, "ws")).OpenStore();
        var model = ShippedModels.Default;
        return string.Join('\n', store.Vectors(store.FindModel(model.Hash, model.Dimension)!.Value, StoreSelection.All).Select(row => Convert.ToHexString(row.Vector)));
    }

    private long Scalar(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Root, "ws", SnippetStore.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The same vectors under another hash.</summary>
    private sealed class Renamed(IEmbeddingModel model, char digit = '0') : IEmbeddingModel
    {
        public string Name => $"model {digit}";

        public string Hash => new(digit, 64);

        public int Dimension => model.Dimension;

        public EncodedInput Encode(SnippetInput snippet) => model.Encode(snippet);

        public EncodedInput EncodeWords(string words) => model.EncodeWords(words);

        public void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors) => model.Embed(inputs, vectors);

        public void Dispose()
        {
        }
    }
}
