using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Tests.Analysis.Embeddings;

/// <summary>A test that needs a GPU that works; skipped with the reason where there is none.</summary>
public sealed class CudaFactAttribute : FactAttribute
{
    private static readonly DeviceCheck Check = DeviceCheck.Run(Device.Cuda);

    public CudaFactAttribute()
    {
        if (!Check.Works)
        {
            Skip = $"CUDA does not work here: {Check.Detail}";
        }
    }
}
