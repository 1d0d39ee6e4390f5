#!/usr/bin/env python3
"""Trains the transformer half of the hybrid model beside a static model that is trained already.

    python3 train_transformer.py --ids train.jsonl --problems files.tsv --base DIR --model DIR [--minutes M] [--device cuda]

The base is the folder of the static model. transformer.pt and evaluation.json are written into the model's folder, and
export_transformer.py makes the ONNX files of them. The data, the split and the augmentation are those of train.py; the
loss is the same symmetric InfoNCE (van den Oord et al., 2018), but batches are made of groups that the static model finds
alike (Robinson et al., "Contrastive Learning with Hard Negative Samples", 2021): what it cannot tell apart is what the
other half is for.
"""
import argparse
import json
import os
import time

import numpy as np
import torch
from torch.nn import functional

import data
import evaluation
import static_half
import train
import transformer

NEIGHBOURS = 16
SAME = 0.8  # groups nearer than this are likely one thing under two names: a contest problem and the algorithm it asks for


def problem_of(group):
    return group.key if group.namespace.startswith("port") else (group.namespace, group.problem)


def name_of(group):
    """A `gcd` is no hard negative of another problem's `gcd`."""
    return group.key[3].rsplit(".", 1)[-1]


class HardSampler:
    """Batches of distinct groups: draws of the sampler, each with some of the nearest groups by the static model."""

    def __init__(self, sampler, shares, groups, half, hard, rng):
        self.pools, self.groups, self.hard, self.rng = sampler.pools, groups, hard, rng
        # A draw of code brings `hard` pairs, one of documentation a single one.
        self.kinds = [kind for kind in shares if self.pools.get(kind)]
        draws = [shares[kind] / (1 if kind == "words" else hard) for kind in self.kinds]
        self.cumulative = np.cumsum(draws) / sum(draws)
        self.position = {id(group): i for i, group in enumerate(groups)}
        centres = []
        for begin in range(0, len(groups), 1000):
            some = [(piece, i) for i, group in enumerate(groups[begin:begin + 1000]) for piece in group.pieces[:4]]
            centre = torch.zeros(len(groups[begin:begin + 1000]), half.table.shape[1])
            centre.index_add_(0, torch.tensor([i for _, i in some]), half.vectors([(piece.ids, piece.words) for piece, _ in some]))
            centres.append(functional.normalize(centre, dim=1))
        centres = torch.cat(centres)
        number = [{}, {}]
        problem, name = (torch.tensor([numbers.setdefault(of(group), len(numbers)) for group in groups]) for of, numbers in zip((problem_of, name_of), number))
        near = []
        for begin in range(0, len(centres), 2000):
            part = slice(begin, begin + 2000)
            cosine = centres[part] @ centres.T
            nameless = name[part, None] == number[1].get("", -1)
            alike = (problem[part, None] == problem[None]) | ((name[part, None] == name[None]) & ~nameless) | (cosine > SAME)
            near.append(cosine.masked_fill(alike, -1).topk(NEIGHBOURS, 1)[1])
        self.near = torch.cat(near).numpy()

    def batch(self, size):
        chosen, pairs, tries = set(), [], 0

        def take(group):
            key = problem_of(group)
            if key not in chosen and len(pairs) < size:
                chosen.add(key)
                i, j = self.rng.choice(len(group.by_language), 2, replace=False)
                a, b = (list(group.by_language.values())[n] for n in (i, j))
                pairs.append(((key, name_of(group)), a[self.rng.integers(len(a))], b[self.rng.integers(len(b))]))

        while len(pairs) < size and tries < 20 * size:
            tries += 1
            kind = self.kinds[int(np.searchsorted(self.cumulative, self.rng.random()))]
            item = self.pools[kind][self.rng.integers(len(self.pools[kind]))]
            if kind == "words":
                namespace, problem, text, piece = item
                if id(piece) not in chosen:
                    chosen.add(id(piece))
                    pairs.append((((namespace, problem), ""), train.in_words(text), piece))
                continue
            take(item)
            for n in self.rng.choice(NEIGHBOURS, self.hard - 1, replace=False):
                take(self.groups[self.near[self.position[id(item)], n]])
        return pairs


class HybridJudge(evaluation.Judge):
    """Judges the transformer's vectors beside the static ones, at a weight; alone for the weight None."""

    def __init__(self, model, half, longest, *arguments):
        super().__init__(*arguments)
        self.model, self.half, self.longest, self.known = model, half, longest, {}

    def vectors(self, weight, pieces):
        key = hash(b"".join(ids.tobytes() for ids, _ in pieces))
        if key not in self.known:
            parts = []
            with torch.no_grad():
                for begin in range(0, len(pieces), 512):
                    some = pieces[begin:begin + 512]
                    parts.append((self.half.vectors(some), self.model.embed(some, self.longest, 16384).cpu()))
            self.known[key] = [torch.cat(side) for side in zip(*parts)]
        left, right = self.known[key]
        return (right if weight is None else functional.normalize(torch.cat([left, weight * right], 1), dim=1)).numpy()


def order(model, pairs, longest):
    """Mean cosine distance between pieces and themselves with their terms in another order: 0 is a model that reads a bag."""
    pieces = [(a.ids, a.words) for _, a, _ in pairs[:32]]
    with torch.no_grad():
        return (1 - (model.embed(pieces, longest) * model.embed([(ids[::-1].copy(), words[::-1].copy()) for ids, words in pieces], longest)).sum(1)).mean().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ids", nargs="+", required=True)
    parser.add_argument("--problems", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--evaluate", nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=0, help="end the schedule after this time instead of --steps")
    parser.add_argument("--batch", type=int, default=160)
    parser.add_argument("--hard", type=int, default=4, help="groups a draw brings, itself among them")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--temperature", type=float, default=0.05)
    parser.add_argument("--longest", type=int, default=160, help="terms read of a piece in training")
    parser.add_argument("--width", type=int, default=384)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--inner", type=int, default=1024)
    parser.add_argument("--dimension", type=int, default=256)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--shares", default="leetcode=42,exercism=9,algorithms=12,port=25,words=6,other=6")
    parser.add_argument("--weights", default="0.4,0.7,1", help="weights of the transformer's half to judge")
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = np.random.default_rng(options.seed)
    half = static_half.StaticHalf(options.base)
    settings = json.load(open(os.path.join(options.model, "model.json")))
    table = data.problems(options.problems)
    groups, documented, _ = data.load(options.ids, table, ["train"])
    held = [group for group in groups if data.held_out(group.namespace, group.problem)]
    training = [group for group in groups if not data.held_out(group.namespace, group.problem)]
    unseen = [item for item in documented if data.held_out(item[0], item[1])]
    documented = [item for item in documented if not data.held_out(item[0], item[1])]
    print(f"{len(training)} groups to train on, {len(documented)} documented; {len(held)} groups held out", flush=True)

    shares = {name: float(share) for name, share in (part.split("=") for part in options.shares.split(","))}
    sampler = HardSampler(train.Sampler(training, documented, [], rng, shares, half.mask), shares, training, half, options.hard, rng)
    augment = train.Augmenter(half.settings, half.vocabulary, rng)
    shape = {"terms": half.layout[0], "dimension": options.dimension, "width": options.width, "layers": options.layers, "heads": options.heads, "inner": options.inner}
    model = transformer.Transformer(**shape)
    model.start(half.table, half.table.norm(dim=1))
    model.to(options.device)
    judge = HybridJudge(model, half, settings["maxTerms"], held, unseen, options.evaluate, table, half.layout, half.mask, {"mask": half.mask})

    matrices = [value for name, value in model.named_parameters() if value.dim() > 1 and name.split(".")[0] not in ("terms", "idf")]
    others = [value for name, value in model.named_parameters() if value.dim() == 1 or name.split(".")[0] in ("terms", "idf")]
    optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": 0.02}, {"params": others, "weight_decay": 0.0}], lr=options.rate, betas=(0.9, 0.98))
    average = {name: value.detach().clone() for name, value in model.named_parameters()}
    begin, step, losses, right = time.time(), 0, [], []
    while True:
        done = (time.time() - begin) / 60 / options.minutes if options.minutes else step / options.steps
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 40) * (0.02 + 0.98 * (0.5 + 0.5 * np.cos(np.pi * done)))
        augment.begin_batch()
        pairs = sampler.batch(options.batch)
        vectors = model.embed([augment(a) for _, a, _ in pairs] + [augment(b) for _, _, b in pairs], options.longest)
        same = torch.zeros(len(pairs), len(pairs), dtype=torch.bool)
        for part in (0, 1):
            numbers = {"": -1}
            number = torch.tensor([numbers.setdefault(key[part], len(numbers)) for key, _, _ in pairs])
            same |= (number[:, None] == number[None, :]) & (number[:, None] >= 0)
        same &= ~torch.eye(len(pairs), dtype=torch.bool)
        loss, nearest = train.contrast(vectors[: len(pairs)], vectors[len(pairs):], same.to(options.device), options.temperature)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
        losses.append(loss.item())
        right.append(nearest)
        step += 1
        train.follow(average, model, step)
        if step % 25 == 0:
            print(f"step {step} loss {np.mean(losses[-25:]):.3f}, {np.mean(right[-25:]):.3f} right, order {order(model, pairs, options.longest):.3f}, {(time.time() - begin) / step:.2f} s a step", flush=True)

    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(average[name])
    torch.save({"shape": shape, "weights": {name: value.cpu() for name, value in model.state_dict().items()}}, os.path.join(options.model, "transformer.pt"))
    report = {"steps": step, "minutes": round((time.time() - begin) / 60, 1), "options": vars(options)}
    report["evaluation"] = {str(weight): judge.run(weight) for weight in [0.0, None, *map(float, options.weights.split(","))]}
    print(json.dumps(report["evaluation"], indent=1))
    with open(os.path.join(options.model, "evaluation.json"), "w") as out:
        json.dump(report, out, indent=1)


if __name__ == "__main__":
    main()
