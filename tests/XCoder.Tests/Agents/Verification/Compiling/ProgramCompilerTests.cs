using System.Diagnostics;
using System.Text;
using XCoder.Agents.Verification.Compiling;

namespace XCoder.Tests.Agents.Verification.Compiling;

/// <summary>Programs that make the compiler itself fail cost their own compilation and nothing else.</summary>
public sealed class ProgramCompilerTests(ProgramCompilerTests.Compiler shared) : IClassFixture<ProgramCompilerTests.Compiler>
{
    private const string Sound = "class A { int F() => 1; }";

    // The second bomb would take hours, the third gigabytes: each is given one limit that it meets, however slow the machine.
    private static readonly CompilerLimits Tight = new() { Cpu = TimeSpan.FromSeconds(2), Memory = 512L << 20 };

    public static TheoryData<string, string> Bombs
    {
        get
        {
            var bombs = Reasons;
            if (FullRun.IsWanted)
            {
                bombs.Add("ran out of stack", $"class A<T> {{ }} class C : {Repeat("A<", 60_000)}int{Repeat(">", 60_000)} {{ }}");
            }

            return bombs;
        }
    }

    private static TheoryData<string, string> Reasons => new()
    {
        { "ran out of stack", $"class A<T> {{ }} class C {{ {Repeat("A<", 60_000)}int{Repeat(">", 60_000)} x; }}" },
        { "processor time", $"using System; class C {{ {Overloads(10)} object F() => {Nested(9)}; }}" },
        { "of memory", $"class C {{ const string A0 = \"{new string('x', 1 << 16)}\"; {string.Concat(Enumerable.Range(1, 14).Select(i => $"const string A{i} = A{i - 1} + A{i - 1};"))} string F() => A14; }}" },
    };

    [Fact]
    public void Compile_Hostile_IsNotExecuted()
    {
        var compiled = shared.Value.Compile("class C { static C() => throw new Exception(); [System.Runtime.CompilerServices.ModuleInitializer] internal static void M() => Environment.Exit(7); }", "a.cs", null);
        Assert.NotNull(compiled.Assembly);
        Assert.Empty(compiled.Messages);
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Theory]
    [MemberData(nameof(Bombs))]
    public void Compile_OfWhatKillsTheCompiler_SaysWhyAndGoesOn(string reason, string bomb)
    {
        using var compiler = new ProgramCompiler(reason == "processor time" ? Tight : Tight with { Cpu = TimeSpan.FromMinutes(5) });
        var compiled = compiler.Compile(bomb, "a.cs", null);
        Assert.Null(compiled.Assembly);
        Assert.Contains(reason, compiled.Failure, StringComparison.Ordinal);
        Assert.NotNull(compiler.Compile(Sound, "a.cs", null).Assembly);
    }

    [Fact]
    public void Compile_OneAfterAnother_KeepsTheProcess()
    {
        _ = shared.Value.Compile(Sound, "a.cs", null);
        var before = shared.Value.Processes;
        Assert.Contains("CS0029", shared.Value.Compile("class A { int F() => \"a\"; }", "a.cs", null).Messages, StringComparison.Ordinal);
        _ = shared.Value.Compile("class B { string F() => \"\ud800\"; }", "a.cs", null);
        Assert.Equal(before, shared.Value.Processes);
        Assert.Single(before);
    }

    [Fact]
    public void Compile_OfAKilledProcess_IsTriedAgain()
    {
        using var compiler = new ProgramCompiler();
        _ = compiler.Compile(Sound, "a.cs", null);
        foreach (var child in compiler.Processes)
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
            process.WaitForExit();
        }

        Assert.NotNull(compiler.Compile(Sound, "a.cs", null).Assembly);
    }

    [Fact]
    public void Compile_Cancelled_EndsTheProcess()
    {
        using var compiler = new ProgramCompiler();
        _ = compiler.Compile(Sound, "a.cs", null);
        using var child = Process.GetProcessById(Assert.Single(compiler.Processes));
        using var cancellation = new CancellationTokenSource();
        var before = child.TotalProcessorTime;
        var compiling = Task.Run(() => compiler.Compile((string)Reasons.ElementAt(1)[1], "a.cs", null, cancellation.Token));

        // It is in the middle of the text, which takes it hours.
        Assert.True(SpinWait.SpinUntil(() => compiling.IsCompleted || HasWorked(), TimeSpan.FromMinutes(1)));
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => compiling.GetAwaiter().GetResult());
        Assert.True(child.WaitForExit(TimeSpan.FromMinutes(1)));

        bool HasWorked()
        {
            child.Refresh();
            return child.TotalProcessorTime - before > TimeSpan.FromMilliseconds(200);
        }
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Overloads(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"static int M(Func<{string.Concat(Enumerable.Repeat("int, ", i % 2))}I{i}, int> f) => 0; interface I{i} {{ int P {{ get; }} }} "));

    private static string Nested(int depth) => string.Concat(Enumerable.Range(0, depth).Select(i => $"M(x{i} => ")) + "x0.P" + new string(')', depth);

    public sealed class Compiler : IDisposable
    {
        internal ProgramCompiler Value { get; } = new(Tight);

        public void Dispose() => Value.Dispose();
    }
}
