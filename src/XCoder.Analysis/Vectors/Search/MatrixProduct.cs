using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// A·Bᵀ of matrices by rows, as ONNX Runtime's Gemm on the calling thread: 220 GFLOP/s a core where Vector512 code of
/// ours reached 95. Several threads may use it at once.
/// </summary>
internal sealed class MatrixProduct : IDisposable
{
    // With fewer the library takes another path, of other rounding: a row's products must not depend on its company.
    public const int LeastLeft = 2;
    public const int LeastRight = 128;

    private static readonly string[] Inputs = ["left", "right"];
    private static readonly string[] Outputs = ["product"];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    public MatrixProduct()
    {
        var model = new OnnxGraph("product").Input(Inputs[0], -1, -1).Input(Inputs[1], -1, -1).Output(Outputs[0], -1, -1)
            .Node("Gemm", Inputs, Outputs, ("transB", 1L)).ToArray();
        using var options = OnnxEnvironment.Options(threads: 1);
        _session = new InferenceSession(model, options);
    }

    /// <summary>Computes <paramref name="product"/> [m, n] of <paramref name="left"/> [m, k] and <paramref name="right"/> [n, k].</summary>
    public void Run(Memory<float> left, int m, Memory<float> right, int n, int k, Memory<float> product)
    {
        using var a = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, left, [m, k]);
        using var b = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, right, [n, k]);
        using var c = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, product, [m, n]);
        _session.Run(_options, Inputs, [a, b], Outputs, [c]);
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
