namespace XCoder.Analysis.Indexing;

/// <summary>Divides the C# files of a repository into units, each bound as one compilation.</summary>
internal static class ProjectFolders
{
    /// <summary>
    /// The unit of each file: the nearest folder at or above it with a project file, else the root.
    /// </summary>
    /// <param name="files">Paths of C# files below the repository's root, <c>/</c>-separated.</param>
    /// <param name="projects">Paths of the repository's <c>.csproj</c> files, in the same form.</param>
    /// <returns>For each file, in order, a folder without trailing slash; the empty string for the root.</returns>
    public static string[] Assign(IReadOnlyList<string> files, IEnumerable<string> projects)
    {
        var units = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        foreach (var project in projects)
        {
            var folder = Folder(project);
            units[folder] = folder;
        }

        var assigned = new string[files.Count];
        var passed = new List<string>();
        for (var i = 0; i < assigned.Length; i++)
        {
            passed.Clear();
            var folder = Folder(files[i]);
            string? unit;
            while (!units.TryGetValue(folder, out unit))
            {
                passed.Add(folder);
                folder = Folder(folder);
            }

            assigned[i] = unit;
            foreach (var below in passed)
            {
                units[below] = unit;
            }
        }

        return assigned;
    }

    private static string Folder(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
