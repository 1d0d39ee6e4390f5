using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Onnx;

namespace XCoder.Tests.Analysis.Onnx;

public class OnnxGraphTests
{
    [Fact]
    public void Graph_WithConstantAndAttributes_RunsAsWritten()
    {
        var model = new OnnxGraph("scale").Input("x", -1, 2).Output("y", -1, 2)
            .Constant("w", [1, 2, 3, 4], 2, 2)
            .Node("Gemm", ["x", "w"], ["z"], ("transB", 1L), ("alpha", 0.5f))
            .Node("Identity", ["z"], ["y"]).ToArray();
        using var options = OnnxEnvironment.Options(threads: 1);
        using var session = new InferenceSession(model, options);
        using var input = OrtValue.CreateTensorValueFromMemory([10f, 20f, -2f, 0f], [2, 2]);
        using var run = new RunOptions();
        using var results = session.Run(run, ["x"], [input], ["y"]);
        Assert.Equal([25f, 55f, -1f, -3f], results[0].GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal([-1, 2], session.InputMetadata["x"].Dimensions);
    }
}
