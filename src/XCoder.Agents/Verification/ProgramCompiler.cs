using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace XCoder.Agents.Verification;

/// <summary>Compiles C# in process against the running framework, and executes nothing of it.</summary>
public static class ProgramCompiler
{
    private const int MostMessages = 5;

    // What a console project imports.
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
        [.. Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>Compiles a program.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Name of its file in messages.</param>
    /// <param name="main">Name of the type whose <c>Main</c> begins it; null compiles a library, or a program of top-level statements.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="isChecked">Whether arithmetic that overflows throws.</param>
    /// <returns>The assembly, or null with the first error messages.</returns>
    public static (byte[]? Assembly, string Messages) Compile(string text, string file, string? main, CancellationToken cancellation = default, bool isChecked = false)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), parse, file, cancellation);
        var isProgram = main is not null || tree.GetCompilationUnitRoot(cancellation).Members.Any(SyntaxKind.GlobalStatement);
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, mainTypeName: main, checkOverflow: isChecked, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, deterministic: true, nullableContextOptions: NullableContextOptions.Annotations, warningLevel: 0);
        var compilation = CSharpCompilation.Create("main", [tree, CSharpSyntaxTree.ParseText(Usings, parse, cancellationToken: cancellation)], Framework.Value, options);
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: cancellation);
        return result.Success ? (assembly.ToArray(), "") : (null, string.Join('\n', result.Diagnostics.Where(message => message.Severity == DiagnosticSeverity.Error).Take(MostMessages).Select(message => message.ToString())));
    }

    /// <summary>The file that stands beside a compiled program for it to be run.</summary>
    public static string RuntimeConfiguration { get; } =
        "{\"runtimeOptions\":{\"tfm\":\"net" + Environment.Version.ToString(2) + "\",\"framework\":{\"name\":\"Microsoft.NETCore.App\",\"version\":\"" + Environment.Version.ToString(3) + "\"}}}";

    private static bool IsManaged(string file)
    {
        try
        {
            _ = System.Reflection.AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
