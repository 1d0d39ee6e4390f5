namespace XCoder.Agents.Sandbox;

/// <summary>Programs in the system's folders, which the sandbox sees at the same places.</summary>
internal static class SystemPrograms
{
    private static readonly string[] Folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>The folders as <c>PATH</c> has them.</summary>
    public static string SearchPath { get; } = string.Join(':', Folders);

    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
