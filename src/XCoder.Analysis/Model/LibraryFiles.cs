namespace XCoder.Analysis.Model;

/// <summary>
/// Locates the files that ship with the library: grammars, models, prompts. They are next to the program, or next to
/// the library's assembly where a host loads that from elsewhere.
/// </summary>
internal static class LibraryFiles
{
    private static readonly string[] Roots =
        [.. ((string?[])[AppContext.BaseDirectory, Path.GetDirectoryName(typeof(LibraryFiles).Assembly.Location)]).OfType<string>()
            .Where(root => root.Length > 0).Distinct()];

    /// <summary>
    /// Absolute path of a folder that ships with the library; a path next to the program if the folder does not exist.
    /// </summary>
    /// <param name="name">Name of the folder, for example <c>grammars</c>.</param>
    public static string Folder(string name) =>
        Path.Combine(Array.Find(Roots, root => Directory.Exists(Path.Combine(root, name))) ?? Roots[0], name);
}
