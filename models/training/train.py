#!/usr/bin/env python3
"""Trains the static model: a weighted bag of rows → two dense layers → a vector of length 1.

    python3 train.py --ids train.jsonl --problems files.tsv --model DIR [--steps N] [--seed S] [--evaluate held.jsonl]

DIR holds model.json and vocabulary.txt; weights.npz and evaluation.json are written into it, and export.py makes
model.onnx of them. The same seed, data and number of threads give the same weights. The loss is the symmetric InfoNCE
(van den Oord et al., 2018) over a batch of distinct groups, a piece in one language against one in another.
"""
import argparse
import collections
import json
import os
import random
import time

import numpy as np
import torch

import data
import evaluation
import features


FAMILY = 4


class Static(torch.nn.Module):
    def __init__(self, rows, dimension, idf, hidden):
        super().__init__()
        self.table = torch.nn.EmbeddingBag(rows, dimension, mode="sum")
        torch.nn.init.normal_(self.table.weight, std=dimension ** -0.5)
        self.weight = torch.nn.Parameter(torch.as_tensor(idf, dtype=torch.float32))
        self.first = torch.nn.Linear(dimension, hidden)
        self.second = torch.nn.Linear(hidden, dimension)
        with torch.no_grad():
            self.second.weight.mul_(0.5)

    def forward(self, owner, rows, weights, count):
        rows, owner = torch.as_tensor(rows), np.asarray(owner)
        offsets = torch.as_tensor(np.searchsorted(owner, np.arange(count)))
        scale = torch.relu(self.weight[rows]) * torch.as_tensor(weights)
        x = self.table(rows, offsets, per_sample_weights=scale)
        x = 4 * torch.nn.functional.normalize(x, dim=1)
        return torch.nn.functional.normalize(x + self.second(torch.relu(self.first(x))), dim=1)


class Augmenter:
    """What the model must not rely on: names, rare words, the whole of a piece."""

    def __init__(self, settings, vocabulary, rng, masking=True):
        self.mask, self.rng, self.masking = len(vocabulary), rng, masking
        self.hashes = np.array([self.mask + 1 + fnv(term) % settings["hashRows"] for term in vocabulary], dtype=np.int32)
        self.common = 400
        self.begin_batch()

    def begin_batch(self):
        forget = self.rng.random(self.mask) < 0.15
        forget[: self.common] = False
        self.map = np.where(forget, self.hashes, np.arange(self.mask, dtype=np.int32))

    def __call__(self, piece):
        ids, words, rng = piece.ids, piece.words, self.rng
        if rng.random() < 0.2 and len(ids) > 20:
            keep = int(len(ids) * rng.uniform(0.5, 1))
            start = rng.integers(0, len(ids) - keep + 1)
            ids, words = ids[start:start + keep], words[start:start + keep]
        ids = np.where(ids < self.mask, self.map[np.minimum(ids, self.mask - 1)], ids)
        if self.masking and len(words):
            hidden = np.zeros(words.max() + 2, dtype=bool)
            if rng.random() < 0.5:
                hidden[piece.own[piece.own < len(hidden) - 1]] = True
            if rng.random() < 0.5:
                hidden[:-1] |= rng.random(len(hidden) - 1) < rng.uniform(0, 0.7)
            hidden[-1] = False  # words == -1 looks here
            ids = np.where(hidden[words], self.mask, ids)
        return ids, words


def fnv(term):
    value = 2166136261
    for b in term.encode():
        value = ((value ^ b) * 16777619) & 0xFFFFFFFF
    return value


class Balanced:
    """Draws by language, then by repository, each by the root of its size: none drowns the others."""

    def __init__(self, items, rng):
        self.rng = rng
        tree = collections.defaultdict(lambda: collections.defaultdict(list))
        for item in items:
            tree[item[3].language][item[3].repository].append(item)
        self.languages = [(list(repositories.values()), self.cumulative(len(some) for some in repositories.values())) for repositories in tree.values()]
        self.weights = self.cumulative(sum(len(some) for some in repositories.values()) for repositories in tree.values())

    @staticmethod
    def cumulative(sizes):
        roots = np.sqrt(list(sizes))
        return np.cumsum(roots) / roots.sum()

    def draw(self):
        repositories, weights = self.languages[int(np.searchsorted(self.weights, self.rng.random()))]
        items = repositories[int(np.searchsorted(weights, self.rng.random()))]
        return items[self.rng.integers(len(items))]


class Sampler:
    """
    Batches of distinct groups. Kinds of source take fixed shares, or contests would drown the rest. Documentation of
    parallel code (`words`) and of libraries (`docs`) is paired with its code, a name of a library (`names`) with code
    that hides it.
    """

    def __init__(self, groups, documented, named, rng, shares, mask):
        self.rng, self.mask, self.pools, self.families = rng, mask, collections.defaultdict(list), collections.defaultdict(list)
        for group in groups:
            kind = "port" if group.namespace.startswith("port") else group.namespace
            self.pools[kind if kind in shares else "other"].append(group)
            if kind == "port":
                self.families[group.namespace].append(group)
        self.pools["words"] = [item for item in documented if item[0] != data.LIBRARY]
        self.libraries = {kind: Balanced(items, rng) for kind, items in (("docs", [item for item in documented if item[0] == data.LIBRARY]), ("names", named)) if items}
        # A draw of a port brings a family.
        self.shares = {kind: share / (FAMILY if kind == "port" else 1) for kind, share in shares.items() if self.pools.get(kind) or kind in self.libraries}
        self.cumulative = np.cumsum(list(self.shares.values())) / sum(self.shares.values())
        self.kinds = list(self.shares)

    def batch(self, size):
        """[(problem, a, b)]: pieces of a group in two languages, or documentation and its code."""
        chosen, pairs, tries = set(), [], 0
        while len(pairs) < size and tries < 20 * size:
            tries += 1
            kind = self.kinds[int(np.searchsorted(self.cumulative, self.rng.random()))]
            if kind in self.libraries:
                _, _, text, piece = self.libraries[kind].draw()
                key = (kind, text.tobytes())
                if key not in chosen:
                    chosen.add(key)
                    pairs.append((key, in_words(text), data.Piece(piece.language, piece.author, piece.repository, piece.hidden(self.mask), piece.words, piece.own) if kind == "names" else piece))
                continue
            item = self.pools[kind][self.rng.integers(len(self.pools[kind]))]
            if kind == "words":
                namespace, problem, text, piece = item
                if id(piece) in chosen:
                    continue
                chosen.add(id(piece))
                pairs.append(((namespace, problem), in_words(text), piece))
                continue
            # Functions of one library are each other's hardest negatives: some of a family at once.
            family = self.families[item.namespace] if kind == "port" else []
            for item in [item] + [family[self.rng.integers(len(family))] for _ in range(min(FAMILY - 1, len(family) - 1))]:
                # Two groups of one contest problem would be each other's negatives and do much the same.
                key = item.key if kind == "port" else (item.namespace, item.problem)
                if key in chosen or len(pairs) >= size:
                    continue
                chosen.add(key)
                languages = list(item.by_language)
                i, j = self.rng.choice(len(languages), 2, replace=False)
                a = item.by_language[languages[i]]
                b = item.by_language[languages[j]]
                pairs.append((key, a[self.rng.integers(len(a))], b[self.rng.integers(len(b))]))
        return pairs


def in_words(text):
    return data.Piece("words", "", "", text, np.full(len(text), -1), ())


def contrast(a, b, same, temperature):
    """The symmetric InfoNCE of rows of length 1, and the share of a's rows whose own b is the nearest; pairs marked `same` are no negatives."""
    logits = (a @ b.T / temperature).masked_fill(same, -1e4)
    target = torch.arange(len(a), device=a.device)
    loss = (torch.nn.functional.cross_entropy(logits, target) + torch.nn.functional.cross_entropy(logits.T, target)) / 2
    return loss, (logits.argmax(1) == target).float().mean().item()


def follow(average, model, step):
    """Moves the mean of the last weights towards the newest, each fifth step."""
    if step % 5 == 0:
        with torch.no_grad():
            for name, value in model.named_parameters():
                average[name].lerp_(value, min(1.0, 5 / (0.15 * step)))


def idf(groups, layout, vocabulary_size):
    total = sum(layout)
    seen = np.zeros(total)
    some = [piece for group in groups for piece in group.pieces[:2]]
    for begin in range(0, len(some), 2000):
        part = [(piece.ids, piece.words) for piece in some[begin:begin + 2000]]
        _, rows, _ = features.rows(part, layout)
        seen += np.bincount(rows, minlength=total)
    value = np.log(1 + len(some) / (1 + seen))
    return value / np.median(value[seen > 0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ids", nargs="+", required=True)
    parser.add_argument("--problems", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--evaluate", nargs="*", default=[])
    parser.add_argument("--uses", default="train,library")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--minutes", type=float, default=0, help="end the schedule after this time instead of --steps")
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.0, help="most rows that a piece loses at random, as a share")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--leave-out", default="", help="languages to keep out of training, comma-separated")
    parser.add_argument("--without", default="", help="for ablations: bigrams, skeleton, name, masking, words, docs, names, or a namespace")
    parser.add_argument("--shares", default="leetcode=42,exercism=9,algorithms=12,port=25,words=6,other=6,docs=50,names=50")
    parser.add_argument("--output", default="weights.npz")
    parser.add_argument("--evaluate-every", type=int, default=0)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = np.random.default_rng(options.seed)
    without = set(filter(None, options.without.split(",")))
    settings = json.load(open(os.path.join(options.model, "model.json")))
    vocabulary = open(os.path.join(options.model, "vocabulary.txt"), encoding="utf-8").read().split("\n")[:-1]
    layout = (len(vocabulary) + 1 + settings["hashRows"], settings["bigramRows"], settings["skeletonRows"])
    kinds = {"mask": len(vocabulary), **{part: part not in without for part in ("bigrams", "skeleton", "name")}}

    table = data.problems(options.problems)
    loaded = data.load(options.ids, table, options.uses.split(","))
    left_out = set(filter(None, options.leave_out.split(",")))
    training, held = [], []
    for group in loaded.groups:
        if data.held_out(group.namespace, group.problem):
            held.append(group)
        elif group.namespace not in without and group.namespace.split(":")[0] not in without:
            group.pieces = [piece for piece in group.pieces if piece.language not in left_out]
            group.close()
            if len(group.by_language) >= 2:
                training.append(group)
    unseen = [item for item in loaded.documented if data.held_out(item[0], item[1])]
    documented, named = ([item for item in items if not data.held_out(item[0], item[1]) and item[3].language not in left_out] for items in (loaded.documented, loaded.named))
    print(f"{len(training)} groups to train on, {sum(len(group.pieces) for group in training)} pieces, {len(documented)} documented, {len(named)} named; {len(held)} groups held out", flush=True)

    shares = {name: float(share) for name, share in (part.split("=") for part in options.shares.split(","))}
    sampler = Sampler(training, documented, named, rng, {kind: share for kind, share in shares.items() if kind not in without}, len(vocabulary))
    augment = Augmenter(settings, vocabulary, rng, "masking" not in without)
    model = Static(sum(layout), settings["dimension"], idf(training, layout, len(vocabulary)), settings["dimension"])
    optimizer = torch.optim.AdamW([
        {"params": model.table.parameters(), "lr": options.rate, "weight_decay": 0.0},
        {"params": [model.weight], "lr": 8 * options.rate, "weight_decay": 0.0},
        {"params": [*model.first.parameters(), *model.second.parameters()], "lr": options.rate, "weight_decay": 0.01},
    ], betas=(0.9, 0.98))
    base = [group["lr"] for group in optimizer.param_groups]
    judge = evaluation.Judge(held, unseen, options.evaluate, table, layout, len(vocabulary), kinds)

    # The mean of the last weights generalises better than the last ones (Izmailov et al., "Averaging Weights", 2018).
    average = {name: value.detach().clone() for name, value in model.named_parameters()}
    begin, step, losses = time.time(), 0, []
    while True:
        done = (time.time() - begin) / 60 / options.minutes if options.minutes else step / options.steps
        if done >= 1:
            break
        rate = min(1, (step + 1) / 30) * (0.5 + 0.5 * np.cos(np.pi * done))
        for group, value in zip(optimizer.param_groups, base):
            group["lr"] = value * rate
        augment.begin_batch()
        pairs = sampler.batch(options.batch)
        pieces = [augment(a) for _, a, _ in pairs] + [augment(b) for _, _, b in pairs]
        owner, rows, weights = features.rows(pieces, layout, **kinds)
        if options.drop:
            # Each piece loses a random share of its rows: no few of them may decide.
            keep = rng.random(len(rows)) >= (rng.random(len(pieces)) * options.drop)[owner]
            owner, rows, weights = owner[keep], rows[keep], weights[keep]
        vectors = model(owner, rows, weights, len(pieces))
        a, b = vectors[: len(pairs)], vectors[len(pairs):]
        numbers = {}
        problem = torch.tensor([numbers.setdefault(key, len(numbers)) for key, _, _ in pairs])
        same = (problem[:, None] == problem[None, :]) & ~torch.eye(len(pairs), dtype=torch.bool)
        loss, _ = contrast(a, b, same, 0.05)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
        losses.append(loss.item())
        step += 1
        follow(average, model, step)
        if step % 25 == 0:
            print(f"step {step} loss {np.mean(losses[-25:]):.3f} {(time.time() - begin) / step:.2f} s a step", flush=True)
        if options.evaluate_every and step % options.evaluate_every == 0:
            print(json.dumps(judge.run(model)), flush=True)

    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(average[name])
    path = os.path.join(options.model, options.output)
    np.savez(path, table=model.table.weight.detach().numpy(), weight=torch.relu(model.weight).detach().numpy(),
             w1=model.first.weight.detach().numpy(), b1=model.first.bias.detach().numpy(),
             w2=model.second.weight.detach().numpy(), b2=model.second.bias.detach().numpy())
    report = {"steps": step, "minutes": round((time.time() - begin) / 60, 1), "options": vars(options), "evaluation": judge.run(model)}
    print(json.dumps(report["evaluation"], indent=1))
    with open(path.replace(".npz", ".json"), "w") as out:
        json.dump(report, out, indent=1)


if __name__ == "__main__":
    main()
