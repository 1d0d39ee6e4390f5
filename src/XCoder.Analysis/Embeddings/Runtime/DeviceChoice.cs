namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Devices by the names users type.</summary>
public static class DeviceChoice
{
    /// <summary>The names, the default first: <c>auto</c>, <c>cpu</c>, <c>cuda</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "cpu", "cuda"];

    /// <summary>The device of a name, whatever its case.</summary>
    /// <exception cref="ArgumentException">There is no such name; the message lists them.</exception>
    public static Device Parse(string name) => name.ToLowerInvariant() switch
    {
        "auto" => Device.Auto,
        "cpu" => Device.Cpu,
        "cuda" => Device.Cuda,
        _ => throw new ArgumentException($"There is no device '{name}'; choose {string.Join(", ", Names)}.", nameof(name)),
    };

    /// <summary>The name of a device.</summary>
    public static string NameOf(Device device) => Names[(int)device];
}
