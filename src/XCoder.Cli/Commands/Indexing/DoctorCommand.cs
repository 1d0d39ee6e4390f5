using System.CommandLine;
using System.Runtime.InteropServices;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Store;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>doctor</c> tries what the tool needs and reports what works on this machine.</summary>
internal static class DoctorCommand
{
    public static CliCommand Create()
    {
        var command = new CliCommand("doctor", "Check what works on this machine", Run, "xcoder doctor", "xcoder doctor --device cuda")
        {
            TakesRepository = false,
        };
        command.Add(DeviceOption.Option);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var findings = new List<(string What, bool? Works, string Detail)>
        {
            ("xcoder", true, $"{AnalysisRun.Version}, .NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}, "
                + $"{Environment.ProcessorCount} cores"),
        };
        var checks = context.Catalog.Languages.Select(language => LanguageCheck.Load(context.Catalog, language)).ToList();
        var broken = checks.Where(check => check.Problem is not null).ToList();
        findings.Add(
            ("languages", broken.Count == 0, broken.Count == 0
                ? $"the parsers of {checks.Count} load; 'xcoder languages check' tries each on a sample"
                : string.Join("; ", broken.Select(check => $"{check.Language.Id}: {check.Problem}"))));
        findings.Add(Try("sqlite", () =>
        {
            using var folder = ScratchFolder.Create("doctor");
            using var store = SnippetStore.Open(folder.Path);
            return $"version {store.SqliteVersion()}, write-ahead "
                + $"log {(store.UsesWriteAheadLog() ? "works" : "does not work")} in {Path.GetTempPath()}";
        }));
        IReadOnlyList<string> roots = [];
        findings.Add(
            Try("workspace", () => File.Exists(Path.Combine(context.WorkspacePath, SnippetStore.FileName)) ? Describe(context, out roots)
                : $"none at {context.WorkspacePath}"));
        findings.Add(
            ("crash guard", true, CrashGuard.Install() ? "works: a file on which a parser hangs or crashes is left out, and the run goes on"
                : "not on this system: a parser that crashes ends the run; the next run leaves the file out"));
        AddVerification(findings, roots);
        AddDevices(findings, DeviceOption.Of(context));

        if (context.IsJson)
        {
            context.WriteJson(findings, (json, finding) =>
            {
                json.WriteStartObject();
                json.WriteString("what", finding.What);
                json.WriteString("state", StateOf(finding.Works));
                json.WriteString("detail", finding.Detail);
                json.WriteEndObject();
            });
        }
        else
        {
            var table = new ReportTable(new ReportColumn("what", 9), new ReportColumn("state", 8), new ReportColumn("detail", 6));
            foreach (var (what, works, detail) in findings)
            {
                table.Add(what, StateOf(works) is "fails" ? "FAILS" : StateOf(works), detail);
            }

            context.WriteReport(table.Write);
        }

        return findings.TrueForAll(finding => finding.Works != false) ? ExitCode.Done : ExitCode.GateFailed;
    }

    private static string StateOf(bool? works) => works switch { true => "works", false => "fails", null => "absent" };

    // Agents' code is verified only where it can be isolated, in the languages whose tools are installed.
    private static void AddVerification(List<(string What, bool? Works, string Detail)> findings, IReadOnlyList<string> roots)
    {
        var sandbox = SandboxCheck.Run(roots);
        findings.Add(("sandbox", sandbox.Works ? true : null, sandbox.Detail));
        findings.Add(("memory", sandbox.Works ? true : null, sandbox.Memory ?? "nothing is run without a sandbox"));
        var toolchains = ToolchainCatalog.Open().Toolchains.DistinctBy(toolchain => toolchain.Language)
            .Select(toolchain => (toolchain.Language, Found: InstalledToolchain.Find(toolchain, out var missing, roots), Missing: missing))
            .ToList();
        var absent = toolchains.Where(toolchain => toolchain.Found is null).ToList();
        var names = string.Join(", ", absent.Select(toolchain => $"{toolchain.Language} ({toolchain.Missing})"));
        findings.Add(
            ("toolchains", toolchains.Count > absent.Count ? true : null,
                $"{toolchains.Count - absent.Count} of {toolchains.Count}{(absent.Count == 0 ? "" : $"; absent: {names}")}"));
    }

    // A missing GPU is a failure only if it is requested with --device; missing ONNX Runtime always is.
    private static void AddDevices(List<(string What, bool? Works, string Detail)> findings, Device device)
    {
        findings.Add(DeviceCheck.Runtime() is { } runtime ? ("onnx", true, runtime)
            : ("onnx", false, "the library cannot be loaded; build again"));
        var cpu = DeviceCheck.Run(Device.Cpu);
        findings.Add(("cpu", cpu.Works, cpu.Detail));
        var cuda = DeviceCheck.Run(Device.Cuda);
        findings.Add(("cuda", cuda.Works ? true : device == Device.Cuda ? false : null, cuda.Detail));
    }

    private static string Describe(CommandContext context, out IReadOnlyList<string> roots)
    {
        roots = context.Workspace.RepositoryRoots();
        return $"{context.WorkspacePath}: {roots.Count} repositories";
    }

    private static (string, bool?, string) Try(string what, Func<string> action)
    {
        try
        {
            return (what, true, action());
        }
        catch (Exception exception) when (exception is StoreException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            return (what, false, exception.Message);
        }
    }
}
