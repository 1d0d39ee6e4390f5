#!/usr/bin/env python3
"""Compares extracted Python snippets with what Python's own parser finds.

    python3 python.py ROOT SNIPPETS.jsonl

ROOT is the folder that was extracted, SNIPPETS.jsonl holds one snippet a line with at least
{path, kind, name, startLine, endLine}, path below ROOT. A definition counts as found if name, first line
(decorators included) and last line are equal. Files that `ast` cannot parse are left out; so are lambdas bound to
names (form "lambda"), which `ast` does not call definitions. The exit code is 1 if recall or precision of functions
or structures is below 0.995.
"""
import ast
import collections
import json
import os
import sys
import warnings

LEAST = 0.995
FUNCTIONS = {"function", "method", "constructor"}


def source_files(root):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in ("site-packages", "__pycache__"))
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def definitions(path):
    """Counts (class, name, first line, last line); None if the file cannot be parsed."""
    try:
        with open(path, "rb") as file:
            tree = ast.parse(file.read())
    except (SyntaxError, ValueError, RecursionError):
        return None
    found = collections.Counter()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            start = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            what = "structure" if isinstance(node, ast.ClassDef) else "function"
            found[what, node.name, start, node.end_lineno] += 1
    return found


def read_snippets(path):
    found = collections.defaultdict(collections.Counter)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("form") != "lambda":
                what = "function" if row["kind"] in FUNCTIONS else "structure"
                found[row["path"]][what, row["name"], row["startLine"], row["endLine"]] += 1
    return found


def main(root, snippets):
    warnings.simplefilter("ignore")
    extracted = read_snippets(snippets)
    counts = collections.Counter()
    files = unparsed = 0
    shown = 0
    for path in source_files(root):
        expected = definitions(os.path.join(root, path))
        if expected is None:
            unparsed += 1
            continue
        files += 1
        actual = extracted.get(path, collections.Counter())
        missing, surplus = expected - actual, actual - expected
        for what in ("function", "structure"):
            counts[what, "expected"] += sum(n for key, n in expected.items() if key[0] == what)
            counts[what, "extracted"] += sum(n for key, n in actual.items() if key[0] == what)
            counts[what, "equal"] += sum(n for key, n in (expected & actual).items() if key[0] == what)
        for sign, difference in (("missing", missing), ("surplus", surplus)):
            for what, name, start, end in difference:
                if shown < 40:
                    print(f"{sign} {what} {name} {path}:{start}-{end}")
                    shown += 1

    print(f"files compared {files}, left out because ast cannot parse them {unparsed}")
    passed = True
    for what in ("function", "structure"):
        expected, actual, equal = (counts[what, key] for key in ("expected", "extracted", "equal"))
        recall = equal / expected if expected else 1.0
        precision = equal / actual if actual else 1.0
        passed = passed and recall >= LEAST and precision >= LEAST
        print(f"{what}s: ast {expected}, extracted {actual}, equal {equal}, recall {recall:.5f}, precision {precision:.5f}")
    return 0 if passed else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
