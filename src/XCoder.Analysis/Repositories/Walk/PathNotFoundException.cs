namespace XCoder.Analysis.Repositories.Walk;

/// <summary>A path given by the user does not exist or cannot be reached.</summary>
public sealed class PathNotFoundException : IOException
{
    /// <summary>Names <paramref name="path"/>, as the user gave it.</summary>
    public PathNotFoundException(string path)
        : base($"No such file or folder: {path}") => Path = path;

    /// <summary>The path as given.</summary>
    public string Path { get; }
}
