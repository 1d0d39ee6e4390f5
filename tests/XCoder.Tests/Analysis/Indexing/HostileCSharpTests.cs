using System.Text;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Analysis.Store;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Indexing;

/// <summary>A C# file that ends or holds up the compiler that reads it costs its file and nothing else.</summary>
public sealed class HostileCSharpTests : IDisposable
{
    // Ten overloads, nested six deep, which is as deep as files are bound: a million bindings of the innermost lambda.
    private static readonly string Overloads = "using System; class C { " + string.Concat(Enumerable.Range(0, 12).Select(i => $"interface I{i} {{ int P {{ get; }} }} static int M(Func<I{i}, int> f) => 0; "))
        + "object F() => " + string.Concat(Enumerable.Range(0, 6).Select(i => $"M(x{i} => ")) + "x0.P" + new string(')', 6) + "; }";

    private readonly TemporaryFolder _folder = new();

    public HostileCSharpTests() => _folder.Write("tree/good/good.cs", "class Good { void Fine() { } }\n");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Bombs
    {
        get
        {
            var bombs = new TheoryData<string, string> { { $"class C {{ {Repeat("A<", 300_000)}int{Repeat(">", 300_000)} x; }}", "ended the process" } };
            if (FullRun.IsWanted)
            {
                bombs.Add(Overloads, "did not end");
                bombs.Add($"class C {{ bool M(int a) => {Repeat("a</*>*/", 100_000)}a; }}", "quarantined");
            }

            return bombs;
        }
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Index_OfAFileThatKillsTheCompiler_LeavesItOutAndGoesOn(string bomb, string detail)
    {
        _folder.Write("tree/bad/bad.cs", bomb);
        Index().Expect(3, "lost: tree/bad/bad.cs: quarantined", detail);
        Assert.Contains("qualified_name=Good.Fine|", StoreDump.Of(_folder.Root + "/ws"));
        Index().Expect(3, "lost: tree/bad/bad.cs: quarantined", "0 files extracted, 1 unchanged");
    }

    // A compiler builds these constants when it is asked for their value: gigabytes of text from a few lines.
    [AttackFact]
    public void Index_OfAFileThatTakesGigabytes_LeavesItOutAndGoesOn()
    {
        var constants = string.Concat(Enumerable.Range(1, 21).Select(i => $"const string A{i} = A{i - 1} + A{i - 1};\n")) + string.Concat(Enumerable.Range(0, 8).Select(i => $"const string B{i} = A21 + \"{i}\"; bool F{i}() => A21 == \"{i}\"; int G{i}(string s) {{ switch (s) {{ case B{i}: return 1; }} return 0; }}\n"));
        _folder.Write("tree/bad/bad.cs", $"class C {{ const string A0 = \"{Repeat("x", 1000)}\";\n {constants} }}");
        CliProcess.RunAlone(_folder.Root, null, "index", "tree", "--no-embed", "--workspace", "ws").Expect(3, "lost: tree/bad/bad.cs: quarantined", "too much memory");
        Assert.Contains("qualified_name=Good.Fine|", StoreDump.Of(_folder.Root + "/ws"));
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Index_InterruptedWhileItBinds_EndsBeforeTheLimit()
    {
        _folder.Write("tree/bad/bad.cs", Overloads);
        using var process = CliProcess.Start(_folder.Root, null, "index", "tree", "--no-embed", "--workspace", "ws", "--parse-limit", "3600");

        // Far more than all else of such a run takes: it binds.
        Assert.True(process.HasWorked(TimeSpan.FromSeconds(3)));
        process.Signal(15);
        process.Wait().Expect(130);
    }

    private CliResult Index() => CliProcess.RunAlone(_folder.Root, null, "index", "tree", "--no-embed", "--workspace", "ws", "--parse-limit", "0.2");

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
