"""The shipped static model in torch, from its model.onnx: what the transformer stands beside and is trained against."""
import json
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

import features


class StaticHalf:
    def __init__(self, folder):
        self.settings = json.load(open(os.path.join(folder, "model.json")))
        self.vocabulary = open(os.path.join(folder, "vocabulary.txt"), encoding="utf-8").read().split("\n")[:-1]
        self.mask = len(self.vocabulary)
        self.layout = (self.mask + 1 + self.settings["hashRows"], self.settings["bigramRows"], self.settings["skeletonRows"])
        constants = {item.name: numpy_helper.to_array(item).astype(np.float32) for item in onnx.load(os.path.join(folder, "model.onnx")).graph.initializer}
        self.table = torch.as_tensor(constants["table_"] * constants["scale_"][:, None])
        self.w1, self.b1, self.w2, self.b2 = (torch.as_tensor(constants[name]) for name in ("w1", "b1", "w2", "b2"))

    def vectors(self, pieces):
        """[(ids, words)] → [len(pieces), dimension], rows of length 1."""
        with torch.no_grad():
            owner, rows, weights = features.rows(pieces, self.layout, mask=self.mask)
            offsets = torch.as_tensor(np.searchsorted(owner, np.arange(len(pieces))))
            x = functional.embedding_bag(torch.as_tensor(rows), self.table, offsets, per_sample_weights=torch.as_tensor(weights), mode="sum")
            x = 4 * functional.normalize(x, dim=1)
            return functional.normalize(x + torch.relu(x @ self.w1.T + self.b1) @ self.w2.T + self.b2, dim=1)
