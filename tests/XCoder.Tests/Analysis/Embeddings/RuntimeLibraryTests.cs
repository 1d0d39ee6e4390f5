using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Analysis.Embeddings;

/// <summary>When the native library is loaded, and what it leaves behind.</summary>
public partial class RuntimeLibraryTests
{
    [Fact]
    public void Doctor_LoadsTheLibraryAndRunsASession_AndLeavesNoFileOfTelemetry()
    {
        using var folder = new TemporaryFolder();
        var home = Directory.CreateDirectory(Path.Combine(folder.Root, "home")).FullName;
        var environment = new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = folder.Root + "/loaded", ["HOME"] = home, ["XDG_CACHE_HOME"] = home + "/.cache", ["XDG_DATA_HOME"] = home + "/.local", ["XDG_STATE_HOME"] = home + "/.state" };
        var output = CliProcess.RunAlone(folder.Root, environment, "doctor").Expect(0);
        Assert.Matches("cpu +works +.* matrix product", output.Output);
        Assert.Empty(output.Errors);

        // Where Rust is managed by rustup, asking for its folder makes rustup's own settings.
        Assert.DoesNotContain(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories), file => !file.StartsWith(home + "/.rustup/", StringComparison.Ordinal));
        Assert.Equal(OperatingSystem.IsLinux(), IsLoaded(folder));
    }

    [Fact]
    public void Doctor_AskedForCuda_FailsWithoutIt()
    {
        using var folder = new TemporaryFolder();
        var works = DeviceCheck.Run(Device.Cuda).Works;
        var run = CliProcess.Run(folder.Root, "doctor", "--device", "cuda").Expect(works ? 0 : 1);
        Assert.Matches(works ? "cuda +works" : "cuda +FAILS", run.Output);
    }

    [Fact]
    public void Check_BeforeItLoadsTheLibrary_SwitchesItsTelemetryOff()
    {
        Assert.True(DeviceCheck.Run(Device.Cpu).Works);

        // What the library reads, not the copy that .NET shows.
        Assert.Equal("1", Marshal.PtrToStringUTF8(Variable("ORT_DISABLE_TELEMETRY")));
    }

    [Fact]
    public void Languages_DoesNotLoadTheLibrary()
    {
        using var folder = new TemporaryFolder();
        CliProcess.RunAlone(folder.Root, new Dictionary<string, string> { ["LD_DEBUG"] = "files", ["LD_DEBUG_OUTPUT"] = folder.Root + "/loaded" }, "languages").Expect(0);
        Assert.False(IsLoaded(folder));
    }

    private static bool IsLoaded(TemporaryFolder folder) =>
        Directory.EnumerateFiles(folder.Root, "loaded*").Any(file => File.ReadAllText(file).Contains("libonnxruntime.so", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Variable(string name);
}
