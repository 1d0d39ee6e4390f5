using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>The running framework as metadata.</summary>
internal static class FrameworkReferences
{
    /// <summary>
    /// The framework's assemblies that declare public types, and of the others those they refer to. The compiler
    /// asks every reference about every name it cannot find, and half of them only forward to another.
    /// </summary>
    public static List<MetadataReference> Load()
    {
        var assemblies = Paths().Select(path => (Path: path, Metadata: AssemblyMetadata.CreateFromFile(path))).ToList();
        var kept = assemblies.Where(assembly => DeclaresPublicTypes(Reader(assembly.Metadata))).ToList();
        var referred = kept.SelectMany(assembly => References(Reader(assembly.Metadata))).ToHashSet(StringComparer.Ordinal);
        var forwarders = assemblies.Except(kept).Where(assembly => referred.Contains(Path.GetFileNameWithoutExtension(assembly.Path)));
        return [.. kept.Concat(forwarders).Select(assembly => assembly.Metadata.GetReference(filePath: assembly.Path))];
    }

    // The trusted platform assemblies also name the application's own; a self-contained application has all in one folder.
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
        reader.TypeDefinitions.Any(type => (reader.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);

    private static IEnumerable<string> References(MetadataReader reader) =>
        reader.AssemblyReferences.Select(reference => reader.GetString(reader.GetAssemblyReference(reference).Name));
}
