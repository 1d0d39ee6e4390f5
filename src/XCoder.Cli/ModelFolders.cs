namespace XCoder.Cli;

/// <summary>Where models are.</summary>
internal static class ModelFolders
{
    /// <summary>The model that ships.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "models", "default");
}
