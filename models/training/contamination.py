#!/usr/bin/env python3
"""Looks for benchmark code among the training files.

    xcoder tokenize --model DIR --input benchmark.jsonl --output benchmark.ids
    python3 contamination.py --train train.jsonl --problems files.tsv --benchmarks benchmark.ids [--refuse REPOSITORY ...]

Fails (exit code 1) if a refused repository is among the training files, or if more than a hundredth of a benchmark's
functions of 40 terms or more share 9 of 10 of their runs of 12 terms with the training files. A few do: two people write
the same `is_prime`.
"""
import argparse
import json
import sys

import numpy as np

RUN, SHARE, LEAST = 12, 0.9, 40
REFUSED = ["google+diff-match-patch", "google+open-location-code", "antlr+antlr4", "apache+thrift", "openai+human-eval", "THUDM+CodeGeeX", "zai-org+CodeGeeX", "nuprl+MultiPL-E", "google-research+google-research"]


def runs(ids):
    ids = np.asarray(ids, dtype=np.uint64)
    if len(ids) < RUN:
        return np.zeros(0, dtype=np.uint64)
    value = np.zeros(len(ids) - RUN + 1, dtype=np.uint64)
    for i in range(RUN):
        value = value * np.uint64(0x9E3779B97F4A7C15) + ids[i:len(ids) - RUN + 1 + i] + np.uint64(1)
    return value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--problems", required=True)
    parser.add_argument("--benchmarks", nargs="*", default=[])
    parser.add_argument("--refuse", nargs="*", default=REFUSED)
    options = parser.parse_args()
    used = set()
    with open(options.problems, encoding="utf-8") as lines:
        for line in lines:
            row = line.split("\t")
            if row[5] != "heldout":
                used.add((row[0].replace("/", "+"), row[1]))
    seen, repositories = [], set()
    for path in options.train:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if (row["repository"], row["path"]) in used:
                    repositories.add(row["repository"])
                    seen.append(np.unique(runs(row["ids"])))
    seen = np.unique(np.concatenate(seen))
    bad = sorted(repositories & set(options.refuse))
    failed = bool(bad)
    print(f"{len(repositories)} repositories, {len(seen)} runs of {RUN} terms; refused repositories among them: {', '.join(bad) or 'none'}")
    for path in options.benchmarks:
        found, counted = [], 0
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            own = runs(row["ids"])
            if len(row["ids"]) < LEAST:
                continue
            counted += 1
            at = np.minimum(np.searchsorted(seen, own), len(seen) - 1)
            if (seen[at] == own).mean() >= SHARE:
                found.append(row["id"])
        print(f"{path}: {len(found)} of {counted} functions of {LEAST} terms or more are in the training files: {', '.join(found[:20])}")
        failed |= len(found) > counted / 100
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
