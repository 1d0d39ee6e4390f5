"""The transformer half of the hybrid model: terms in order → a vector of length 1.

Pre-norm layers (Xiong et al., "On Layer Normalization in the Transformer Architecture", 2020) with relative positions in
buckets (Raffel et al., "Exploring the Limits of Transfer Learning", 2020, section 2.1). A term is its row of the table
plus that of its mark: no name, the own name, the enclosing one, or the number of the name within the snippet, so that
which names are the same is seen even where they are hidden.
"""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

MARKS = 32
BUCKETS, REACH = 32, 128
HIDDEN = -1e4


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.n1, self.n2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        with torch.no_grad():
            self.out.weight.mul_(0.3)
            self.down.weight.mul_(0.3)

    def forward(self, x, bias):
        count, length, width = x.shape
        q, k, v = self.qkv(self.n1(x)).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attention = torch.softmax(q @ k.transpose(2, 3) * (width // self.heads) ** -0.5 + bias, -1)
        x = x + self.out((attention @ v).transpose(1, 2).reshape(count, length, width))
        return x + self.down(torch.relu(self.up(self.n2(x))))


def bucket(delta):
    """Number of a relative position (key - query): near ones each their own, farther ones in buckets that widen."""
    half = BUCKETS // 2
    exact = half // 2
    distance = delta.abs()
    far = exact + (torch.log(distance.clamp(min=1).float() / exact) / math.log(REACH / exact) * (half - exact)).long()
    return (delta > 0).long() * half + torch.where(distance < exact, distance, far.clamp(max=half - 1))


class Transformer(nn.Module):
    def __init__(self, terms, dimension=256, width=384, layers=3, heads=6, inner=1024):
        super().__init__()
        self.heads = heads
        self.terms = nn.Embedding(terms, width)
        self.marks = nn.Embedding(MARKS, width)
        self.relative = nn.Embedding(BUCKETS, heads)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.gate, self.value = nn.Linear(width, heads), nn.Linear(width, width)
        self.project = nn.Linear(3 * width, dimension)
        self.idf = nn.Embedding(terms, 1)
        nn.init.ones_(self.idf.weight)
        nn.init.normal_(self.marks.weight, std=0.3)
        nn.init.zeros_(self.relative.weight)

    def start(self, table, weight):
        """Terms start as the principal directions of the static model's rows for them, and its weights."""
        rows = table[: self.terms.num_embeddings] - table[: self.terms.num_embeddings].mean(0)
        directions = torch.linalg.svd(rows.T @ rows)[0][:, : self.terms.embedding_dim]
        with torch.no_grad():
            # Numbers of size 1: what the layers add must not drown the terms, or all positions become one.
            self.terms.weight.copy_(self.terms.embedding_dim ** 0.5 * functional.normalize(rows @ directions, dim=1, eps=1e-6))
            self.idf.weight.copy_((weight / weight.mean())[: self.idf.num_embeddings, None])

    def forward(self, ids, marks, lengths):
        """ids and marks [count, length], lengths [count] → [count, dimension]."""
        count, length = ids.shape
        position = torch.arange(length, device=ids.device)
        padding = position[None, :] >= lengths[:, None]
        bias = self.relative(bucket(position[None, :] - position[:, None])).permute(2, 0, 1)[None]
        bias = bias.masked_fill(padding[:, None, None, :], HIDDEN) if padding.any() else bias
        keep = (~padding).float()[..., None]
        own = self.terms(ids)
        x = own + self.marks(marks)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.norm(x)
        # Three readings of the whole: what attention picks, the mean, and the weighted bag of the terms as they came in.
        picked = torch.softmax(self.gate(x).masked_fill(padding[..., None], HIDDEN), 1)
        picked = (picked[..., None] * self.value(x).view(count, length, self.heads, -1)).sum(1).reshape(count, -1)
        mean = (x * keep).sum(1) / keep.sum(1)
        bag = 20 * functional.normalize((own * torch.relu(self.idf(ids)) * keep).sum(1), dim=1)
        return functional.normalize(self.project(torch.cat([picked, mean, bag], 1)), dim=1)

    def embed(self, pieces, longest, batch_terms=8192):
        """[(ids, words)] → [len(pieces), dimension]: batches of neighbours by length."""
        device = self.terms.weight.device
        order, parts = [], []
        for index, ids, marks, lengths in batches(pieces, longest, batch_terms):
            order.append(index)
            parts.append(self(ids.to(device), marks.to(device), lengths.to(device)))
        return torch.cat(parts)[torch.argsort(torch.cat(order)).to(device)]


def batches(pieces, longest, batch_terms):
    lengths = np.array([min(len(ids), longest) for ids, _ in pieces])
    order = np.argsort(lengths, kind="stable")
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and lengths[order[end]] * (end + 1 - start) <= batch_terms:
            end += 1
        part = order[start:end]
        ids = np.zeros((len(part), max(1, lengths[order[end - 1]])), np.int64)
        marks = np.zeros_like(ids)
        for row, i in enumerate(part):
            n = lengths[i]
            ids[row, :n] = pieces[i][0][:n]
            marks[row, :n] = np.minimum(pieces[i][1][:n] + 1, MARKS - 1)
        yield torch.as_tensor(part), torch.as_tensor(ids), torch.as_tensor(marks), torch.as_tensor(lengths[part])
        start = end
