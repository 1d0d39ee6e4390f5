#!/usr/bin/env python3
"""weights.npz → model.onnx: the table as int8 with a scale a row, applied after Gather; plain operators, opset 16.

    python3 export.py --model DIR [--weights weights.npz [second.npz ...]] [--output DIR]

Inputs: rows int32 [n], weights float [n], owners int64 [n], start float [count, d]: row i adds weights[i] · table[rows[i]] to
start[owners[i]]. Outputs: vectors [count, d]; table int8 [rows, d] and scale float [rows], so that a caller may add rows up
itself, hand the sums in as `start` and no rows: on a CPU that is several times as fast as Gather and ScatterND.

Of several weights, trained apart, the tables and the vectors stand side by side: what their mistakes do not share
cancels out (Hansen and Salamon, "Neural Network Ensembles", 1990).
"""
import argparse
import json
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--weights", nargs="+", default=["weights.npz"])
    parser.add_argument("--output", help="folder of model.onnx, if not DIR")
    options = parser.parse_args()
    parts = [np.load(os.path.join(options.model, name)) for name in options.weights]
    table = np.concatenate([w["table"] * w["weight"][:, None] for w in parts], axis=1)
    dimension = table.shape[1]
    peak = np.abs(table).max(1)
    scale = np.where(peak > 0, peak / 127, 1).astype(np.float32)
    rounded = np.clip(np.round(table / scale[:, None]), -127, 127).astype(np.int8)

    constants = {
        "table_": rounded, "scale_": scale, "one": np.array([1], np.int64), "tiny": np.array(1e-9, np.float32),
        "four": np.array(4, np.float32),
    }
    nodes = [
        ("Identity", ["table_"], "table", {}),
        ("Identity", ["scale_"], "scale", {}),
        ("Gather", ["table_", "rows"], "bytes", {"axis": 0}),
        ("Cast", ["bytes"], "values", {"to": TensorProto.FLOAT}),
        ("Gather", ["scale_", "rows"], "scales", {"axis": 0}),
        ("Mul", ["scales", "weights"], "factors", {}),
        ("Unsqueeze", ["factors", "one"], "factor", {}),
        ("Mul", ["values", "factor"], "scaled", {}),
        ("Unsqueeze", ["owners", "one"], "owner", {}),
        ("ScatterND", ["start", "owner", "scaled"], "sums", {"reduction": "add"}),
    ]
    ends = [f"_{n}" for n in range(len(parts))] if len(parts) > 1 else [""]
    if len(parts) > 1:
        # Each part's vector is of length 1: by this theirs together is.
        constants["share"] = np.array(len(parts) ** -0.5, np.float32)
        constants["widths"] = np.array([w["table"].shape[1] for w in parts], np.int64)
        nodes.append(("Split", ["sums", "widths"], [f"sums{end}" for end in ends], {"axis": 1}))
    for w, end in zip(parts, ends):
        constants.update({f"w1{end}": w["w1"].astype(np.float16), f"b1{end}": w["b1"].astype(np.float32), f"w2{end}": w["w2"].astype(np.float16), f"b2{end}": w["b2"].astype(np.float32)})
        nodes += [(op, [name if name in ("tiny", "four") else name + end for name in inputs], output + end, attributes) for op, inputs, output, attributes in [
            ("ReduceL2", ["sums"], "length", {"axes": [1], "keepdims": 1}),
            ("Max", ["length", "tiny"], "safe", {}),
            ("Div", ["sums", "safe"], "unit", {}),
            ("Mul", ["unit", "four"], "x", {}),
            ("Cast", ["w1"], "w1f", {"to": TensorProto.FLOAT}),
            ("Cast", ["w2"], "w2f", {"to": TensorProto.FLOAT}),
            ("Gemm", ["x", "w1f", "b1"], "hidden", {"transB": 1}),
            ("Relu", ["hidden"], "active", {}),
            ("Gemm", ["active", "w2f", "b2"], "change", {"transB": 1}),
            ("Add", ["x", "change"], "y", {}),
            ("ReduceL2", ["y"], "length2", {"axes": [1], "keepdims": 1}),
            ("Max", ["length2", "tiny"], "safe2", {}),
            ("Div", ["y", "safe2"], "vectors", {}),
        ]]
    if len(parts) > 1:
        nodes += [("Concat", [f"vectors{end}" for end in ends], "joined", {"axis": 1}), ("Mul", ["joined", "share"], "vectors", {})]
    graph = helper.make_graph(
        [helper.make_node(op, inputs, output if isinstance(output, list) else [output], name=output if isinstance(output, str) else op, **attributes) for op, inputs, output, attributes in nodes],
        "static",
        [helper.make_tensor_value_info("rows", TensorProto.INT32, ["n"]), helper.make_tensor_value_info("weights", TensorProto.FLOAT, ["n"]),
         helper.make_tensor_value_info("owners", TensorProto.INT64, ["n"]), helper.make_tensor_value_info("start", TensorProto.FLOAT, ["count", dimension])],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["count", dimension]),
         helper.make_tensor_value_info("table", TensorProto.INT8, list(table.shape)), helper.make_tensor_value_info("scale", TensorProto.FLOAT, [len(table)])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], producer_name="xcoder")
    model.ir_version = 8
    onnx.checker.check_model(model)
    path = os.path.join(options.output or options.model, "model.onnx")
    onnx.save(model, path)
    print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
