using XCoder.Agents.Store;

namespace XCoder.Benchmarks.Generation;

/// <summary>A workspace copied aside, without what was generated in it; gone with this.</summary>
internal sealed class WorkspaceCopy : IDisposable
{
    public WorkspaceCopy(string workspace)
    {
        Folder = Directory.CreateTempSubdirectory("xcoder-generate-").FullName;
        foreach (var file in Directory.EnumerateFiles(workspace).Where(file => !Path.GetFileName(file).StartsWith(GenerationStore.FileName, StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    public string Folder { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
