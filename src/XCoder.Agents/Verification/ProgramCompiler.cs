using System.Runtime.InteropServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace XCoder.Agents.Verification;

/// <summary>Compiles C# in process against the running framework, and executes nothing of it.</summary>
public static class ProgramCompiler
{
    /// <summary>What the messages begin with where the program names a namespace that the framework does not have, hence a package's.</summary>
    public const string Lacking = "Needs what the framework lacks: ";

    private const int MostMessages = 5;

    // A name that is not there: anywhere, in a namespace, in the namespace of all.
    private static readonly HashSet<string> Unknown = ["CS0246", "CS0234", "CS0400"];

    // A type that the framework knows to have moved into a package.
    private static readonly HashSet<string> Moved = ["CS1068", "CS1069", "CS1070"];

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
        if (result.Success)
        {
            return (assembly.ToArray(), "");
        }

        var errors = result.Diagnostics.Where(message => message.Severity == DiagnosticSeverity.Error).ToList();
        var lacking = errors.Select(message => Package(tree, message, cancellation)).OfType<string>().Take(1).Select(name => Lacking + name);
        return (null, string.Join('\n', lacking.Concat(errors.Take(MostMessages).Select(message => message.ToString()))));
    }

    /// <summary>A compiled program as files that can be run, by name.</summary>
    /// <param name="file">Name of the file it was compiled from.</param>
    /// <param name="assembly">The assembly.</param>
    public static Dictionary<string, byte[]> Files(string file, byte[] assembly) => new()
    {
        [Path.ChangeExtension(file, ".dll")] = assembly,
        [Path.ChangeExtension(file, ".runtimeconfig.json")] = Encoding.UTF8.GetBytes(RuntimeConfiguration),
    };

    private static string RuntimeConfiguration { get; } =
        "{\"runtimeOptions\":{\"tfm\":\"net" + Environment.Version.ToString(2) + "\",\"framework\":{\"name\":\"Microsoft.NETCore.App\",\"version\":\"" + Environment.Version.ToString(3) + "\"}}}";

    // An unknown name is a package's where it is imported or stands for a namespace; an unknown type alone is a mistake.
    private static string? Package(SyntaxTree tree, Diagnostic message, CancellationToken cancellation)
    {
        if (!(Unknown.Contains(message.Id) || Moved.Contains(message.Id)) || message.Location.SourceTree != tree)
        {
            return null;
        }

        var node = tree.GetRoot(cancellation).FindNode(message.Location.SourceSpan, getInnermostNodeForTie: true);
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
