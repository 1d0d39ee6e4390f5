using System.Text;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Analysis.Store;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Indexing;

/// <summary>A grammar that hangs or crashes costs its file and nothing else.</summary>
public sealed class QuarantineTests : IClassFixture<QuarantineTests.Grammars>, IDisposable
{
    private const int GoodFiles = 30;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public QuarantineTests(Grammars grammars) => _environment = new() { ["XCODER_GRAMMARS"] = grammars.Folder, ["XCODER_TEST_SIGN"] = Sign };

    // Made by the poisoned scanner when it hangs.
    private string Sign => Path.Combine(_folder.Root, "hangs");

    public void Dispose() => _folder.Dispose();

    // The suite tries those that end the process together, below.
    public static TheoryData<string, string> Poisons => FullRun.IsWanted
        ? new() { { "①", "did not end" }, { "②", "ended the process" }, { "③", "ended the process" }, { "④", "ended the process" } }
        : new() { { "①", "did not end" } };

    [Theory]
    [MemberData(nameof(Poisons))]
    public void Index_OfAFileThatKillsItsParser_LeavesItOutAndGoesOn(string poison, string detail)
    {
        Fill(poison);
        Index().Expect(3, "lost: tree/bad.lua: quarantined", detail);
        AssertGoodFiles();

        // Named again, without another try.
        Index().Expect(3, "lost: tree/bad.lua: quarantined", $"0 files extracted, {GoodFiles} unchanged");

        _folder.Write("tree/bad.lua", "function better() end\n");
        Index().Expect(0, $"1 files extracted, {GoodFiles} unchanged");
        Assert.Contains("qualified_name=better|", Dump());
    }

    [Fact]
    public void Index_OfAFileWhoseReadingFails_LosesThatFileOnly()
    {
        _folder.Write("tree/a.py", "def one():\n    return 1\n");
        _folder.Write("tree/b.py", "def two():\n    return 2\n");
        var catalog = LanguageCatalog.Open();
        using var extractor = new TreeSitterExtractor(catalog);
        var workspace = WorkspaceFolder.Create(Path.Combine(_folder.Root, "ws"));
        var options = new IndexOptions
        {
            Threads = 1,
            Extract = file => Encoding.UTF8.GetString(file.Text).Contains("one", StringComparison.Ordinal) ? throw new ArgumentOutOfRangeException(null, "too far")
                : extractor.Extract(file, catalog.Find("python")!),
        };

        new Indexer(workspace, catalog, options).Run([Path.Combine(_folder.Root, "tree")]);

        using var store = workspace.OpenStore();
        Assert.Equal(["two"], store.Briefs().Select(brief => brief.Name));
        var skip = Assert.Single(CoverageAnalysis.Run(store, StoreSelection.All).Losses);
        Assert.Equal(("a.py", SkipReason.Quarantined.Name()), (skip.Path, skip.Reason));
        Assert.Contains("ArgumentOutOfRangeException: too far", skip.Detail);
    }

    [Fact]
    public void Encode_TokensThatOverlap_AreRefused() =>
        Assert.Throws<InvalidOperationException>(() => new TokenStream([0, 2], [3, 1], [TokenClass.Identifier, TokenClass.Identifier]).Encode());

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Index_OfSeveralPoisonedFiles_NamesEach()
    {
        Fill("②");
        _folder.Write("tree/worse.lua", "--④\n");
        _folder.Write("tree/z/worst.lua", "--③\n");
        Index().Expect(3, "tree/bad.lua", "tree/worse.lua", "tree/z/worst.lua");
        AssertGoodFiles();
    }

    [Fact]
    public void Index_KilledWhileParsing_QuarantinesNobody()
    {
        Fill("①");
        using (var process = CliProcess.Start(_folder.Root, _environment, "index", "tree", "--no-embed", "--workspace", "ws", "--parse-limit", "600"))
        {
            process.Until(() => File.Exists(Sign));
            process.Signal(9);
            process.Wait();
        }

        _folder.Write("tree/bad.lua", "function better() end\n");
        Index().Expect(0);
        Assert.DoesNotContain("'quarantine'=quarantine", Dump());
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Index_InterruptedWhileAParserHangs_Ends130()
    {
        Fill("①");
        using var process = CliProcess.Start(_folder.Root, _environment, "index", "tree", "--no-embed", "--workspace", "ws", "--parse-limit", "1");
        process.Until(() => File.Exists(Sign));
        process.Signal(15); // SIGTERM: a run in the background inherits SIGINT as ignored
        process.Wait().Expect(130);
        Index().Expect(3, "quarantined");
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(3, 11)]
    [InlineData(60, 125)]
    public void Limit_OfAParseLimit_AddsAGrace(double parse, double limit) =>
        Assert.Equal(TimeSpan.FromSeconds(limit), Watchdog.Limit(TimeSpan.FromSeconds(parse)));

    private void Fill(string poison)
    {
        for (var i = 0; i < GoodFiles; i++)
        {
            _folder.Write($"tree/f{i}.lua", $"function f{i}(a)\n  return a + {i}\nend\n");
        }

        _folder.Write("tree/bad.lua", $"local x = 1\n--{poison}\nfunction bad() end\n");
    }

    private CliResult Index() => CliProcess.RunAlone(_folder.Root, _environment, "index", "tree", "--no-embed", "--workspace", "ws", "--parse-limit", "0.5");

    private string Dump() => StoreDump.Of(_folder.Root + "/ws");

    private void AssertGoodFiles()
    {
        var dump = Dump();
        Assert.All(Enumerable.Range(0, GoodFiles), i => Assert.Contains($"qualified_name=f{i}|", dump));
        Assert.DoesNotContain("qualified_name=bad|", dump);
    }

    /// <summary>A folder of grammars in which Lua's is poisoned.</summary>
    public sealed class Grammars : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Grammars()
        {
            var sources = Path.Combine(TestPaths.Root, "grammars/node_modules/@tree-sitter-grammars/tree-sitter-lua/src");
            var wrapper = Path.Combine(TestPaths.Tests, "XCoder.Tests/Analysis/Indexing/poisoned_scanner.c");
            Directory.CreateDirectory(Folder + "/queries");
            File.Copy(Path.Combine(TestPaths.Root, "grammars/languages.json"), Folder + "/languages.json");
            foreach (var query in Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "grammars/queries")))
            {
                File.Copy(query, Path.Combine(Folder, "queries", Path.GetFileName(query)));
            }

            string[] flags = ["-O0", "-w", "-fPIC", "-I" + sources];
            _folder.Run("cc", [.. flags, "-c", "-Dtree_sitter_lua_external_scanner_scan=real_scan", sources + "/scanner.c", "-o", "scanner.o"]);
            _folder.Run("cc", [.. flags, "-shared", sources + "/parser.c", wrapper, "scanner.o", "-o", "tree_sitter_lua.so"]);
        }

        public string Folder => _folder.Root;

        /// <summary>Adds all other grammars, toolchains and calls, as far as they are not there.</summary>
        public void AddOthers()
        {
            lock (_folder)
            {
                foreach (var file in (string[])["toolchains.json", "calls.json"])
                {
                    File.Copy(Path.Combine(TestPaths.Root, "grammars", file), Path.Combine(Folder, file), overwrite: true);
                }

                foreach (var library in Directory.EnumerateFiles(LanguageCatalog.DefaultFolder, "*.so").Where(library => !File.Exists(Path.Combine(Folder, Path.GetFileName(library)))))
                {
                    File.CreateSymbolicLink(Path.Combine(Folder, Path.GetFileName(library)), library);
                }

                _folder.Run("cp", "-r", Path.Combine(TestPaths.Root, "grammars/calls"), Folder);
            }
        }

        public void Dispose() => _folder.Dispose();
    }
}
