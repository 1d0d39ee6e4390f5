namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>Where models run.</summary>
public enum Device
{
    /// <summary>CUDA where it works, the CPU otherwise.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, or a failure.</summary>
    Cuda,
}
