#!/usr/bin/env python3
"""transformer.pt → model.onnx (int8, for CPUs) and model.float16.onnx (float16 matrices, for GPUs); plain operators, opset 17.

    python3 export_transformer.py --model DIR --base DIR --ids train.jsonl

Inputs: ids and marks int32 [count, length], mask float [count, length] (1 a term, 0 padding). Output: vectors
[count, dimension]. Metadata: `terms`, the hash of the static model's tokens.json and vocabulary.txt, without which ids mean
nothing, and `marks`. The int8 file holds weights with a scale a column and activations with one fixed scale each, which
the pieces of --ids give: a vector must not depend on what else is in its batch, as it would with scales taken on the
fly. Weights keep to 7 bits, so that processors without VNNI do not overflow.
"""
import argparse
import hashlib
import itertools
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

import transformer

WEIGHT_PEAK = 63
CALIBRATION_PIECES = 1000
PERCENTILE = 99.99


class Graph:
    def __init__(self, precision, ranges):
        self.precision, self.ranges = precision, ranges
        self.nodes, self.constants, self.serial = [], {}, 0

    def constant(self, value, kind=None):
        value = np.asarray(value, dtype=kind)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def node(self, operator, *inputs, outputs=None, **attributes):
        self.serial += 1
        outputs = outputs or [f"{operator.lower()}{self.serial}"]
        self.nodes.append(helper.make_node(operator, list(inputs), outputs, name=outputs[0], **attributes))
        return outputs[0] if len(outputs) == 1 else outputs

    def weights(self, value):
        """A constant matrix as float32, stored as float16."""
        return self.node("Cast", self.constant(value, np.float16), to=TensorProto.FLOAT)

    def linear(self, x, layer, where, scale=None):
        weight, bias = layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy()
        if scale is not None:
            weight, bias = weight * scale, bias * scale
        return self.node("Add", self.product(x, weight, where), self.constant(bias, np.float32))

    def product(self, x, weight, where):
        if self.precision == "float16":
            return self.node("MatMul", x, self.weights(weight))
        low, high = self.ranges[where]
        low, high = min(low, 0.0), max(high, 1e-6)
        step = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(round(-low / step), 0, 255))
        scale, offset = self.constant(step), self.constant(zero)
        x = self.node("DequantizeLinear", self.node("QuantizeLinear", x, scale, offset), scale, offset)
        peak = np.maximum(np.abs(weight).max(0), 1e-9) / WEIGHT_PEAK
        rounded = np.clip(np.round(weight / peak), -WEIGHT_PEAK, WEIGHT_PEAK)
        w = self.node("DequantizeLinear", self.constant(rounded, np.int8), self.constant(peak, np.float32), self.constant(np.zeros(len(peak)), np.int8), axis=1)
        return self.node("MatMul", x, w)

    def norm(self, x, layer):
        return self.node("LayerNormalization", x, self.constant(layer.weight.detach().numpy()), self.constant(layer.bias.detach().numpy()), axis=-1, epsilon=layer.eps)

    def table(self, value, ids):
        peak = np.maximum(np.abs(value).max(1, keepdims=True), 1e-9) / 127
        rows = self.node("Cast", self.node("Gather", self.constant(np.round(value / peak), np.int8), ids), to=TensorProto.FLOAT)
        return self.node("Mul", rows, self.node("Gather", self.constant(peak, np.float32), ids))

    def unit(self, x, outputs=None):
        length = self.node("Max", self.node("ReduceL2", x, axes=[1], keepdims=1), self.constant(1e-9, np.float32))
        return self.node("Div", x, length, outputs=outputs)


def build(model, precision, ranges, facts):
    graph = Graph(precision, ranges)
    heads, width = model.heads, model.terms.embedding_dim
    size = width // heads
    numbers = {name: graph.constant(value, np.int64) for name, value in {
        "axis0": [0], "axis1": [1], "axis2": [2], "axis12": [1, 2], "split": [0, 0, heads, size], "join": [0, 0, width], "flat": [0, width]}.items()}
    zero, one = graph.constant(0, np.int64), graph.constant(1, np.int64)
    reach, least = graph.constant(transformer.REACH, np.int64), graph.constant(-transformer.REACH, np.int64)

    # Bias of the attention: relative positions, all that are out of reach being one, and padding that nobody looks at.
    length = graph.node("Squeeze", graph.node("Slice", graph.node("Shape", "ids"), numbers["axis1"], numbers["axis2"]), numbers["axis0"])
    position = graph.node("Range", zero, length, one)
    delta = graph.node("Sub", graph.node("Unsqueeze", position, numbers["axis0"]), graph.node("Unsqueeze", position, numbers["axis1"]))
    relative = model.relative(transformer.bucket(torch.arange(-transformer.REACH, transformer.REACH + 1))).detach().numpy()
    bias = graph.node("Gather", graph.weights(relative), graph.node("Add", graph.node("Clip", delta, least, reach), reach))
    hidden = graph.node("Mul", graph.node("Sub", "mask", graph.constant(1, np.float32)), graph.constant(-transformer.HIDDEN, np.float32))
    bias = graph.node("Add", graph.node("Transpose", bias, perm=[2, 0, 1]), graph.node("Unsqueeze", hidden, numbers["axis12"]))

    own = graph.table(model.terms.weight.detach().numpy(), "ids")
    x = graph.node("Add", own, graph.node("Gather", graph.weights(model.marks.weight.detach().numpy()), "marks"))
    for number, layer in enumerate(model.layers):
        scale = np.ones(3 * width, np.float32)
        scale[:width] = size ** -0.5
        qkv = graph.linear(graph.norm(x, layer.n1), layer.qkv, f"layers.{number}.qkv", scale)
        parts = graph.node("Split", qkv, outputs=[f"{name}{number}" for name in "qkv"], axis=-1)
        q, k, v = (graph.node("Transpose", graph.node("Reshape", part, numbers["split"]), perm=perm) for part, perm in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])))
        attention = graph.node("Softmax", graph.node("Add", graph.node("MatMul", q, k), bias), axis=-1)
        mixed = graph.node("Reshape", graph.node("Transpose", graph.node("MatMul", attention, v), perm=[0, 2, 1, 3]), numbers["join"])
        x = graph.node("Add", x, graph.linear(mixed, layer.out, f"layers.{number}.out"))
        inner = graph.node("Relu", graph.linear(graph.norm(x, layer.n2), layer.up, f"layers.{number}.up"))
        x = graph.node("Add", x, graph.linear(inner, layer.down, f"layers.{number}.down"))
    x = graph.norm(x, model.norm)

    # What attention picks: first the mean by each head's weights, then the head's part of the matrix, which is the same and cheaper.
    gate = graph.node("Add", graph.node("MatMul", x, graph.weights(model.gate.weight.detach().numpy().T)), graph.constant(model.gate.bias.detach().numpy()))
    gate = graph.node("Softmax", graph.node("Add", gate, graph.node("Unsqueeze", hidden, numbers["axis2"])), axis=1)
    picked = graph.node("Unsqueeze", graph.node("MatMul", graph.node("Transpose", gate, perm=[0, 2, 1]), x), numbers["axis2"])
    value = model.value.weight.detach().numpy().T.reshape(width, heads, size).transpose(1, 0, 2)
    picked = graph.node("Reshape", graph.node("MatMul", picked, graph.weights(value)), numbers["flat"])
    picked = graph.node("Add", picked, graph.constant(model.value.bias.detach().numpy()))

    keep = graph.node("Unsqueeze", "mask", numbers["axis2"])
    mean = graph.node("Div", graph.node("ReduceSum", graph.node("Mul", x, keep), numbers["axis1"], keepdims=0), graph.node("ReduceSum", "mask", numbers["axis1"], keepdims=1))
    idf = graph.node("Gather", graph.weights(torch.relu(model.idf.weight).detach().numpy()), "ids")
    bag = graph.unit(graph.node("ReduceSum", graph.node("Mul", own, graph.node("Mul", idf, keep)), numbers["axis1"], keepdims=0))
    whole = graph.node("Concat", picked, mean, graph.node("Mul", bag, graph.constant(20, np.float32)), axis=1)
    y = graph.node("Add", graph.node("MatMul", whole, graph.weights(model.project.weight.detach().numpy().T)), graph.constant(model.project.bias.detach().numpy()))
    graph.unit(y, outputs=["vectors"])

    dimension = model.project.out_features
    made = helper.make_model(helper.make_graph(
        graph.nodes, "transformer",
        [helper.make_tensor_value_info("ids", TensorProto.INT32, ["count", "length"]), helper.make_tensor_value_info("marks", TensorProto.INT32, ["count", "length"]),
         helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["count", "length"])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["count", dimension])],
        [numpy_helper.from_array(value, name) for name, value in graph.constants.items()]),
        opset_imports=[helper.make_opsetid("", 17)], producer_name="xcoder")
    made.ir_version = 8
    helper.set_model_props(made, facts)
    onnx.checker.check_model(made)
    return made


def ranges(model, pieces, longest):
    """Least and greatest input of each matrix over some pieces, without the rarest; a piece at a time, so without padding."""
    seen, hooks = {}, []
    for name, module in model.layers.named_modules(prefix="layers"):
        if isinstance(module, torch.nn.Linear):
            def note(_, inputs, name=name):
                value = inputs[0].detach().flatten().numpy()
                value = np.sort(value[np.linspace(0, len(value) - 1, min(len(value), 200_000)).astype(int)])
                rare = int(len(value) * (1 - PERCENTILE / 100))
                low, high = seen.get(name, (0.0, 0.0))
                seen[name] = min(low, float(value[rare])), max(high, float(value[-1 - rare]))
            hooks.append(module.register_forward_pre_hook(note))
    with torch.no_grad():
        model.embed(pieces, longest, 1)
    for hook in hooks:
        hook.remove()
    return seen


def terms(folder):
    """The same as CodeTokenizer.HashOf."""
    value = hashlib.sha256()
    for name in ("tokens.json", "vocabulary.txt"):
        content = open(os.path.join(folder, name), "rb").read()
        value.update(len(content).to_bytes(8, "little") + content)
    return value.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--weights", default="transformer.pt")
    parser.add_argument("--ids", required=True)
    options = parser.parse_args()
    saved = torch.load(os.path.join(options.model, options.weights), map_location="cpu")
    model = transformer.Transformer(**saved["shape"])
    model.load_state_dict(saved["weights"])
    model.eval()
    settings = json.load(open(os.path.join(options.model, "model.json")))
    words = json.load(open(os.path.join(options.base, "model.json")))
    if settings["dimension"] != words["dimension"] + model.project.out_features:
        raise SystemExit(f"model.json says {settings['dimension']} numbers; the halves have {words['dimension']} and {model.project.out_features}")
    facts = {"terms": terms(options.base), "marks": str(transformer.MARKS)}

    with open(options.ids, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, 0, 40 * CALIBRATION_PIECES, 40)]
    pieces = [(np.asarray(row["ids"]), np.asarray(row["words"])) for row in rows if len(row["ids"]) >= 5]
    seen = ranges(model, pieces, settings["maxTerms"])
    for precision, name in (("int8", "model.onnx"), ("float16", "model.float16.onnx")):
        path = os.path.join(options.model, name)
        onnx.save(build(model, precision, seen, facts), path)
        print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
