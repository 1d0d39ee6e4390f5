using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>The compiler inputs of a plain Release build for the running framework.</summary>
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
    /// A compilation without source that references the running framework. Compilations derived from it share the
    /// metadata already read.
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

    /// <summary>Whether a file is a script, as the cells of a notebook are.</summary>
    public static bool IsScript(SourceFile file) =>
        file.Contained is not null || file.Path.EndsWith(ScriptEnding, StringComparison.OrdinalIgnoreCase);

    public static CSharpParseOptions ParseOptions(SourceFile file) => IsScript(file) ? Script : Regular;

    // Symbols of Microsoft.NET.Sdk for net10.0: NET10_0, and NETx_0_OR_GREATER for each version since 5.
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

    // No concurrent build, because it would bind on pool threads, whose stack is small.
    private static CSharpCompilation CreateCompilation() => CSharpCompilation.Create(
        "unit",
        references: FrameworkReferences.Load(),
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            concurrentBuild: false));
}

/// <summary>References the running framework as metadata.</summary>
internal static class FrameworkReferences
{
    /// <summary>
    /// The framework's assemblies that declare public types, plus other assemblies that they reference. The rest are
    /// omitted: the compiler searches every reference for each name that it cannot find, and half of the framework's
    /// assemblies only forward types to another.
    /// </summary>
    public static List<MetadataReference> Load()
    {
        var assemblies = Paths().Select(path => (Path: path, Metadata: AssemblyMetadata.CreateFromFile(path))).ToList();
        var kept = assemblies.Where(assembly => DeclaresPublicTypes(Reader(assembly.Metadata))).ToList();
        var referred = kept.SelectMany(assembly => References(Reader(assembly.Metadata))).ToHashSet(StringComparer.Ordinal);
        var forwarders = assemblies.Except(kept).Where(assembly => referred.Contains(Path.GetFileNameWithoutExtension(assembly.Path)));
        return [.. kept.Concat(forwarders).Select(assembly => assembly.Metadata.GetReference(filePath: assembly.Path))];
    }

    // The list of trusted platform assemblies also contains the application's own. A self-contained application has all
    // of them in one folder.
    private static IEnumerable<string> Paths()
    {
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) == folder && IsFramework(Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal);
    }

    private static bool IsFramework(string name) =>
        name is "System" or "mscorlib" or "netstandard" or "WindowsBase" or "Microsoft.CSharp" or "Microsoft.VisualBasic"
        || (name.StartsWith("System.", StringComparison.Ordinal) && name is not "System.CommandLine")
        || name.StartsWith("Microsoft.VisualBasic.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static MetadataReader Reader(AssemblyMetadata assembly) => assembly.GetModules()[0].GetMetadataReader();

    private static bool DeclaresPublicTypes(MetadataReader reader) =>
        reader.TypeDefinitions.Any(
            type => (reader.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);

    private static IEnumerable<string> References(MetadataReader reader) =>
        reader.AssemblyReferences.Select(reference => reader.GetString(reader.GetAssemblyReference(reference).Name));
}
