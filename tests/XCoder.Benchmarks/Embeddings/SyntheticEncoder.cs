using XCoder.Analysis.Onnx;

namespace XCoder.Benchmarks.Embeddings;

/// <summary>An encoder of BERT's shape with random weights: as fast as a trained one.</summary>
internal static class SyntheticEncoder
{
    private const int Vocabulary = 4000;
    private const int Positions = 512;

    /// <summary>Writes model.onnx and copies the tokenizer beside it.</summary>
    public static int Write(string folder, string tokenizer, int layers, int width)
    {
        Directory.CreateDirectory(folder);
        File.Copy(tokenizer, Path.Combine(folder, "tokenizer.json"), overwrite: true);
        var random = new Random(1);
        var graph = new OnnxGraph("encoder").IntegerInput("input_ids", true, -1, -1).IntegerInput("attention_mask", true, -1, -1).IntegerInput("position_ids", true, -1, -1)
            .Output("last_hidden_state", -1, -1, width);
        var names = 0;
        string Node(string operation, string[] inputs, params (string, object)[] attributes)
        {
            var output = $"t{names++}";
            graph.Node(operation, inputs, [output], attributes);
            return output;
        }

        string Weights(float scale, params long[] shape)
        {
            var values = new float[shape.Aggregate(1L, (product, dimension) => product * dimension)];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = (float)(random.NextDouble() - 0.5) * scale;
            }

            graph.Constant($"w{names}", values, shape);
            return $"w{names++}";
        }

        string Scalar(float value)
        {
            graph.Constant($"s{names}", [value]);
            return $"s{names++}";
        }

        string Linear(string x, int from, int to) => Node("Add", [Node("MatMul", [x, Weights(2 / MathF.Sqrt(from), from, to)]), Weights(0.1f, to)]);
        string Norm(string x)
        {
            var centred = Node("Sub", [x, Node("ReduceMean", [x], ("axes", new long[] { -1 }))]);
            var variance = Node("ReduceMean", [Node("Pow", [centred, Scalar(2)])], ("axes", new long[] { -1 }));
            return Node("Add", [Node("Mul", [Node("Div", [centred, Node("Sqrt", [Node("Add", [variance, Scalar(1e-5f)])])]), Weights(2, width)]), Weights(0.1f, width)]);
        }

        graph.Numbers("axes", 1, 2).Numbers("heads", 0, 0, width / 32, 32).Numbers("joined", 0, 0, width);
        var mask = Node("Cast", ["attention_mask"], ("to", 1L));
        var bias = Node("Mul", [Node("Sub", [Node("Unsqueeze", [mask, "axes"]), Scalar(1)]), Scalar(10000)]);
        var x = Norm(Node("Add", [Node("Gather", [Weights(1, Vocabulary, width), "input_ids"]), Node("Gather", [Weights(1, Positions, width), "position_ids"])]));
        for (var layer = 0; layer < layers; layer++)
        {
            string Heads(params long[] order) => Node("Transpose", [Node("Reshape", [Linear(x, width, width), "heads"])], ("perm", order));
            var scores = Node("Mul", [Node("MatMul", [Heads(0, 2, 1, 3), Heads(0, 2, 3, 1)]), Scalar(1 / MathF.Sqrt(32))]);
            var mixed = Node("MatMul", [Node("Softmax", [Node("Add", [scores, bias])], ("axis", -1L)), Heads(0, 2, 1, 3)]);
            x = Norm(Node("Add", [Linear(Node("Reshape", [Node("Transpose", [mixed], ("perm", new long[] { 0, 2, 1, 3 })), "joined"]), width, width), x]));
            var wide = Linear(x, width, width * 4);
            var gelu = Node("Mul", [Node("Mul", [wide, Node("Add", [Node("Erf", [Node("Div", [wide, Scalar(MathF.Sqrt(2))])]), Scalar(1)])]), Scalar(0.5f)]);
            x = Norm(Node("Add", [Linear(gelu, width * 4, width), x]));
        }

        graph.Node("Identity", [x], ["last_hidden_state"]);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.ToArray());
        return 0;
    }
}
