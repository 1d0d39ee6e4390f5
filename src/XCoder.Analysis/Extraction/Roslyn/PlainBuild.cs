using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>What a plain Release build for the running framework passes to the compiler.</summary>
internal static class PlainBuild
{
    private const string ScriptEnding = ".csx";

    private static readonly CSharpParseOptions Regular = new CSharpParseOptions(
        LanguageVersion.Preview,
        DocumentationMode.None,
        SourceCodeKind.Regular,
        Symbols())
        .WithFeatures([new("run-nullable-analysis", "never"), new("FileBasedProgram", "true")]);

    private static readonly CSharpParseOptions Script = Regular.WithKind(SourceCodeKind.Script);

    private static readonly Lazy<CSharpCompilation> SharedCompilation = new(CreateCompilation);

    /// <summary>
    /// A compilation without source over the running framework. Compilations derived from it share what was read
    /// of the framework.
    /// </summary>
    public static CSharpCompilation Compilation => SharedCompilation.Value;

    /// <summary>The SDK's implicit usings.</summary>
    public static SyntaxTree ImplicitUsings { get; } = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """,
        Regular);

    public static bool IsScript(string path) => path.EndsWith(ScriptEnding, StringComparison.OrdinalIgnoreCase);

    public static CSharpParseOptions ParseOptions(string path) => IsScript(path) ? Script : Regular;

    // Symbols of Microsoft.NET.Sdk for net10.0: NET10_0 and one NETx_0_OR_GREATER for each version since 5.
    private static IEnumerable<string> Symbols()
    {
        var version = Environment.Version.Major;
        return
        [
            "RELEASE", "TRACE", "NET", "NETCOREAPP", $"NET{version}_0",
            .. Enumerable.Range(5, version - 4).Select(major => $"NET{major}_0_OR_GREATER"),
            .. new[] { "1_0", "1_1", "2_0", "2_1", "2_2", "3_0", "3_1" }.Select(old => $"NETCOREAPP{old}_OR_GREATER"),
        ];
    }

    // No concurrent build: it would bind on pool threads, whose stack is small.
    private static CSharpCompilation CreateCompilation() => CSharpCompilation.Create(
        "unit",
        references: FrameworkReferences.Load(),
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            concurrentBuild: false));
}
