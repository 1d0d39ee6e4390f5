namespace XCoder.Analysis.Store;

/// <summary>Files that this program keeps in a workspace. What else is there is the user's own.</summary>
internal static class WorkspaceNames
{
    /// <summary>The databases; SQLite keeps files beside them.</summary>
    public static IReadOnlyList<string> Databases { get; } = [SnippetStore.FileName, "generation.db"];

    /// <summary>Endings of the names of files that belong to one database.</summary>
    public static IReadOnlyList<string> DatabaseParts { get; } = ["", "-wal", "-shm", "-journal"];

    /// <summary>Files that are made again from the rest.</summary>
    public static IReadOnlyList<string> Derived { get; } =
        ["semantic.index", "semantic.neighbours", "concepts.index", "analysis.cache", "calibration.json", "journal", "verifying", "checking", "report.html", "report.json", "duplicates.sarif", "generation.html"];

    /// <summary>All that are written aside and renamed.</summary>
    public static IReadOnlyCollection<string> Written { get; } = [.. Derived, "labels.jsonl", "purge.pending", "workspace.id", ".gitignore"];

    /// <summary>Whether a file's name is that of one of ours, or of one that is written aside.</summary>
    public static bool IsOurs(string name) => Written.Contains(name) || name is "lock" or "lock.holder" || name.EndsWith(".tmp", StringComparison.Ordinal)
        || Databases.Any(database => name.StartsWith(database, StringComparison.Ordinal) && DatabaseParts.Contains(name[database.Length..]));
}
