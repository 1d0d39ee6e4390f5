using System.Diagnostics;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests;

/// <summary>The programs of the README files are restored from the packages, compiled and run by somebody who has nothing else of this repository.</summary>
public sealed class LibraryPackageTests : IDisposable
{
    private static readonly string Version = $"0.1.0-test{Environment.ProcessId}";

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();

        // The packages of a test are nobody else's.
        foreach (var name in (string[])["xcoder.analysis", "xcoder.agents"])
        {
            var cached = Path.Combine(Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages"), name, Version);
            if (Directory.Exists(cached))
            {
                Directory.Delete(cached, recursive: true);
            }
        }
    }

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void ProgramOfTheReadme_FromThePackagesAlone_Runs()
    {
        // What is built is packed as it is: 'dotnet pack' would build it anew, under the tests that run.
        _folder.Write("pack.proj", $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{TestPaths.Root}/src/XCoder.Analysis/XCoder.Analysis.csproj;{TestPaths.Root}/src/XCoder.Agents/XCoder.Agents.csproj" Targets="Pack"
                         Properties="NoBuild=true;Configuration=Release;Version={Version};PackageOutputPath={_folder.Root}/packages" />
              </Target>
            </Project>
            """);
        Run(_folder.Root, "msbuild", "pack.proj", "-v:quiet", "-nologo");
        _folder.Write("program/Program.cs", Program());
        _folder.Write("program/program.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="XCoder.Agents" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("code/a.py", "def first(items):\n    \"\"\"Adds up.\"\"\"\n    return sum(item * 2 for item in items)\n");
        const string Go = "package b\n\nfunc First(items []int) int {\n\ttotal := 0\n\tfor _, item := range items {\n\t\ttotal += item * 2\n\t}\n\treturn total\n}\n";
        _folder.Write("code/b.go", Go);
        _folder.Write("code/c.go", Go);
        Run(Path.Combine(_folder.Root, "program"), "build", "-c", "Release", "-v:quiet", "-nologo", $"-p:RestoreAdditionalProjectSources={_folder.Root}/packages");
        var output = Run(_folder.Root, "program/bin/Release/net10.0/program.dll", "code");
        Assert.Contains("3 files extracted, 2 snippets embedded", output, StringComparison.Ordinal);
        Assert.Contains("Exact: b.go:3, c.go:3", output, StringComparison.Ordinal);
        Assert.Matches(@"first \(python\)\n  0\.\d\d First \(go\)", output);
        Assert.True(File.Exists(Path.Combine(_folder.Root, "workspace/generation.db")));
        Assert.True(File.Exists(Path.Combine(_folder.Root, "program/bin/Release/net10.0/prompts/critique.yaml")));
        Assert.True(File.Exists(Path.Combine(_folder.Root, "program/bin/Release/net10.0/XCoder.Compiler.runtimeconfig.json")));
    }

    // The README's program with the rows of XCoder.Agents runs. The other two are compiled: one needs a chat service, one a folder of the reader's.
    private static string Program()
    {
        var main = Assert.Single(Readmes.Programs("README.md"));
        var opening = Assert.Single(Readmes.Programs("src/XCoder.Analysis/README.md"));
        Assert.Collection(
            Readmes.Programs("src/XCoder.Agents/README.md"),
            rows => main += rows,
            kernel => main += $"static async Task Ask(IChatCompletionService service, string folder, string code)\n{{\n{kernel}}}\n");
        main += $"static void Open()\n{{\n{opening}}}\n";
        var lines = main.Split('\n').ToLookup(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('='));
        return string.Join('\n', lines[true].Distinct().Concat(lines[false]));
    }

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }
}
