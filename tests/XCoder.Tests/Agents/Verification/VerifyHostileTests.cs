using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Analysis.Indexing;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Verification;

/// <summary>Answers that end, hold up or outwait <c>verify</c>, as a process of its own.</summary>
public sealed class VerifyHostileTests(QuarantineTests.Grammars grammars) : IClassFixture<QuarantineTests.Grammars>, IDisposable
{
    private static readonly InstructionRow Good = Row("python", "def add(a, b):\n    return a + b\n", "assert add(2, 3) == 5\n") with { IndependentTests = "assert add(1, 1) == 2\n" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string, string> Endless => new()
    {
        { "csharp", "using System; class C { " + string.Concat(Enumerable.Range(0, 10).Select(i => $"interface I{i} {{ int P {{ get; }} }} static int M(Func<I{i}, int> f) => 0; ")) + "object F() => " + string.Concat(Enumerable.Range(0, 9).Select(i => $"M(x{i} => ")) + "x0.P" + new string(')', 9) + "; }", "class Tests { public static void Run() { } }", "XCoder.Compiler.dll" },
        { "python", "import time\ndef f():\n    time.sleep(1000)\n", "f()\n", "import main" },
        { "python", "def f():\n    while True: pass\n", "f()\n", "import main" },
    };

    [SandboxTheory]
    [MemberData(nameof(Endless))]
    public void Verify_OnASignal_EndsBeforeTheLimitWhateverItDoes(string language, string code, string tests, string busy)
    {
        Fill(Row(language, code, tests));
        using var process = CliProcess.Start(_folder.Root, null, "verify", "--workspace", "ws", "--time-limit", "3600");
        process.Until(() => process.HasChild(busy));
        process.Signal(15);
        process.Wait().Expect(130, "interrupted");
        Assert.Equal(RowStatus.ParsedOnly, Stored()[0].Status);
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxFact]
    public void Verify_OfAnAnswerThatEndsTheCompiler_GoesPastIt()
    {
        Fill(Row("csharp", $"class A<T> {{ }} class C {{ {Repeat("A<", 60_000)}int{Repeat(">", 60_000)} x; }}", "class Tests { public static void Run() { } }"), Good);
        CliProcess.RunAlone(_folder.Root, null, "verify", "--workspace", "ws").Expect(0, "2 went through the gates");
        var stored = Stored();
        Assert.Equal([RowStatus.Unverifiable, RowStatus.Verified], stored.Select(row => row.Status));
        Assert.Contains("ran out of stack", string.Join('\n', stored[0].Evidence), StringComparison.Ordinal);
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxFact]
    public void Verify_OfAnAnswerThatEndsTheParser_GoesPastItAndDoesNotTryAgain()
    {
        grammars.AddOthers();
        Fill(Row("lua", "--②\nfunction f(a) return a end\n", "assert(f(1) == 1)"), Good);
        var environment = new Dictionary<string, string> { ["XCODER_GRAMMARS"] = grammars.Folder };
        CliProcess.RunAlone(_folder.Root, environment, "verify", "--workspace", "ws", "--threads", "1").Expect(0, "2 went through the gates");
        var stored = Stored();
        Assert.Equal([RowStatus.Unverifiable, RowStatus.Verified], stored.Select(row => row.Status));
        Assert.Contains("ended this program", string.Join('\n', stored[0].Evidence), StringComparison.Ordinal);
        CliProcess.RunAlone(_folder.Root, environment, "verify", "--workspace", "ws").Expect(0, "0 went through the gates, 2 had before");
    }

    [SandboxFact]
    public void Verify_WhereUserNamespacesAreForbidden_RunsNothing()
    {
        var mark = Path.Combine(_folder.Root, "ran");
        Fill(Row("python", $"open({System.Text.Json.JsonSerializer.Serialize(mark)}, 'w').close()\ndef f(a):\n    return a\n", "assert f(1) == 1"));
        var inside = "bwrap --unshare-user --uid 65533 --gid 65533 --disable-userns --dev-bind / / --proc /proc $XCODER";
        CliProcess.Shell(_folder.Root, inside + " doctor --workspace ws").Expect(0, "nothing is run without a sandbox");
        CliProcess.Shell(_folder.Root, inside + " verify --workspace ws").Expect(3, "Sandbox: absent");
        Assert.False(File.Exists(mark));
        Assert.Equal(RowStatus.Unverifiable, Assert.Single(Stored()).Status);

        // The row is tried again once there is one.
        CliProcess.Run(_folder.Root, "verify", "--workspace", "ws").Expect(0);
        Assert.Equal(RowStatus.ParsedOnly, Assert.Single(Stored()).Status);
    }

    private void Fill(params InstructionRow[] rows)
    {
        _folder.Write("tree/a.py", "def a():\n    return 1\n");
        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--workspace", "ws").Expect(0);
        SampleRows.Store(_folder.Root + "/ws", [.. rows.Select(row => row with { Id = RowId.Of(row) })]);
    }

    private List<RowVerification> Stored()
    {
        using var store = GenerationStore.Open(_folder.Root + "/ws");
        return [.. store.Rows(new RowSelection(null)).OrderBy(row => row.TargetLanguage == "python").Select(row => row.Verification)];
    }

    private static InstructionRow Row(string language, string code, string tests) => SampleRows.Make(1, target: language) with
    {
        Dataset = RowKind.Discussion.Dataset,
        Task = RowTask.Instruction,
        SourceLanguage = language,
        Response = $"```{language}\n{code}\n```",
        Tests = tests,
        Protocol = "centralised",
    };

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
