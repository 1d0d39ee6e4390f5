namespace XCoder.Analysis.Model;

/// <summary>
/// Files that come with the library: grammars, models, prompts. They stand beside the program, or beside the library where a host loads it
/// from elsewhere.
/// </summary>
internal static class LibraryFiles
{
    private static readonly string[] Roots =
        [.. ((string?[])[AppContext.BaseDirectory, Path.GetDirectoryName(typeof(LibraryFiles).Assembly.Location)]).OfType<string>()
            .Where(root => root.Length > 0).Distinct()];

    /// <summary>Absolute path of a folder that comes with the library; beside the program where it is nowhere.</summary>
    /// <param name="name">Name of the folder.</param>
    public static string Folder(string name) =>
        Path.Combine(Array.Find(Roots, root => Directory.Exists(Path.Combine(root, name))) ?? Roots[0], name);
}
