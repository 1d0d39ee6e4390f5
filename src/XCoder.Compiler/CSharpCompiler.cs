using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace XCoder.Compiler;

/// <summary>Compiles C# against the running framework without executing any of it.</summary>
internal static class CSharpCompiler
{
    /// <summary>
    /// Prefix of the messages if the program uses a namespace that the framework does not have, so that it needs a package.
    /// </summary>
    public const string Lacking = "Needs what the framework lacks: ";

    private const int MostMessages = 5, LongestMessage = 2000, LargestAssembly = 32 << 20;

    // Errors for unknown names: in any place, in a namespace, in the global namespace.
    private static readonly HashSet<string> Unknown = ["CS0246", "CS0234", "CS0400"];

    // Errors for types that the framework has forwarded to a package.
    private static readonly HashSet<string> Moved = ["CS1068", "CS1069", "CS1070"];

    // The implicit usings of a console project.
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
            + "System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    // As in a project's usual build: Debug.Assert stands for a check.
    private static readonly string[] Symbols = ["DEBUG", "TRACE"];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Framework = new(() =>
        [.. Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll").Where(IsManaged)
            .Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>Compiles a program on the calling thread, whose stack limits the nesting of the program.</summary>
    public static CompileReply Compile(CompileRequest request)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None,
            preprocessorSymbols: Symbols);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(request.Text, Encoding.UTF8), parse, request.File);
        var isProgram = request.Main is not null || tree.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement);
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, mainTypeName: request.Main,
            checkOverflow: request.IsChecked, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release, deterministic: true,
            concurrentBuild: false, nullableContextOptions: NullableContextOptions.Annotations, warningLevel: 0);
        var compilation = CSharpCompilation.Create("main", [tree, CSharpSyntaxTree.ParseText(Usings, parse)], Framework.Value, options);
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        if (result.Success)
        {
            return assembly.Length <= LargestAssembly ? new CompileReply(assembly.ToArray(), "")
                : new CompileReply(null, "", $"made a program of more than {LargestAssembly >> 20} MB");
        }

        var errors = result.Diagnostics.Where(message => message.Severity == DiagnosticSeverity.Error).ToList();
        var lacking = errors.Select(message => Package(tree, message)).OfType<string>().Take(1).Select(name => Lacking + name);
        return new CompileReply(null,
            string.Join('\n', lacking.Concat(errors.Take(MostMessages).Select(message => message.ToString())).Select(Cut)));
    }

    // An unknown name comes from a package if it is imported or is used as a namespace; an unknown type alone is a mistake.
    private static string? Package(SyntaxTree tree, Diagnostic message)
    {
        if (!(Unknown.Contains(message.Id) || Moved.Contains(message.Id)) || message.Location.SourceTree != tree)
        {
            return null;
        }

        var node = tree.GetRoot().FindNode(message.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { NamespaceOrType: var imported })
        {
            return imported.ToString();
        }

        if (Moved.Contains(message.Id))
        {
            return node.ToString();
        }

        var name = node.FirstAncestorOrSelf<NameSyntax>();
        name = name?.Parent as AliasQualifiedNameSyntax ?? name;
        name = name?.Parent is QualifiedNameSyntax { Right: var right } parent && right == name ? parent : name;
        return name?.Parent is QualifiedNameSyntax { Left: var left } whole && left == name ? whole.ToString() : null;
    }

    // A message may quote a type's name that is as long as the program.
    private static string Cut(string message) => message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;

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
