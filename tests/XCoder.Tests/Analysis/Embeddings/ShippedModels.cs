using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;

namespace XCoder.Tests.Analysis.Embeddings;

/// <summary>The static models that ship, opened once for all tests, which share them and do not dispose of them: each takes half a second and more to open.</summary>
internal static class ShippedModels
{
    private static readonly Lazy<StaticModel> OpenedDefault = new(() => Open("default")), OpenedQuality = new(() => Open("quality"));

    public static StaticModel Default => OpenedDefault.Value;

    public static StaticModel Of(string name) => name == "default" ? Default : name == "quality" ? OpenedQuality.Value : throw new ArgumentException($"No model '{name}' ships.", nameof(name));

    private static StaticModel Open(string name) => StaticModel.Open(Path.Combine(TestPaths.Root, "models", name), new SessionFactory(Device.Cpu));
}
