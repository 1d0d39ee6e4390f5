#!/usr/bin/env python3
"""SOURCES.md of a model: what it was trained on, under which licence, at which commit.

    python3 credits.py --problems files.tsv > SOURCES.md
"""
import argparse
import json
import os

import data

HEAD = """# What the default model was trained on

Each repository under the licence that stands in its licence file (of `nayuki/QR-Code-generator`: in the headers of its
files) at that commit. Of those marked `library`, which have no twin in another language, documentation and names were
paired with the code. The weights hold no source text; the authors are owed the credit all the same.

| repository | licence | commit | |
|---|---|---|---|"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--problems", required=True)
    parser.add_argument("--list", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "sources.json"))
    options = parser.parse_args()
    with open(options.problems, encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines]
    used = {row[0] for row in rows if row[5] == "train" or (row[5] == data.LIBRARY and not data.held_out(row[3], row[4]))}
    sources = {source["repository"]: source for source in json.load(open(options.list)) if source["repository"] in used}
    print(HEAD)
    for name in sorted(sources, key=str.lower):
        source = sources[name]
        print(f"| {name} | {source['licence']} | {source['commit'][:12]} | {'library' if source['use'] == 'library' else ''} |")


if __name__ == "__main__":
    main()
