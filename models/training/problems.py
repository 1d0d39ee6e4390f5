#!/usr/bin/env python3
"""A folder of repositories and sources.json → files.tsv: which problem each file solves.

    python3 problems.py --sources FOLDER --output files.tsv [--list sources.json]

FOLDER holds a repository a folder, named owner+name. Of sources.json's entries those count whose licence allows training
(or whose use is not train); a file's problem is the group `problem` of the first of its repository's expressions that
matches its path, lower case, letters and digits alone; of a library it is its name. Contest problems go by number: leetcode-slugs.tsv has the number
of a title.
"""
import argparse
import json
import os
import re

ALLOWED = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Unlicense", "CC0-1.0", "CC-BY-4.0", "0BSD", "BSL-1.0", "Zlib"}
JUDGES = {"google/diff-match-patch", "google/open-location-code", "antlr/antlr4", "apache/thrift"}
FORBIDDEN = re.compile(r"(?i)diff[-_ ]?match[-_ ]?patch|open[-_]?location[-_]?code|human[-_]?eval|mbpp|multipl-e[-_/.]")
LEFT_OUT = re.compile(
    r"(^|/)(vendor|third_party|node_modules|\.github|dist|build|target|bench(marks?)?|perf|examples?|samples?|docs?|fixtures?|testdata|tests?|specs?|t|"
    r"website|fuzz|demos?|Pods|coverage|typings|scripts|tools)/|[._]tests?\.[a-z]+$|\.(spec|stories)\.[a-z]+$|(Tests?|Spec)\.[a-z]+$|_spec\.[a-z]+$|\.min\.js$|\.d\.ts$", re.I)


def normal(key):
    return re.sub(r"[^a-z0-9]", "", key.lower())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--list", default=os.path.join(os.path.dirname(__file__), "sources.json"))
    options = parser.parse_args()
    rows = []
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "leetcode-slugs.tsv"), encoding="utf-8") as lines:
        numbers = {normal(slug): number.strip() for slug, number in (line.split("\t") for line in lines)}
    for source in json.load(open(options.list)):
        folder = os.path.join(options.sources, source["repository"].replace("/", "+"))
        if not os.path.isdir(folder) or source["repository"] in JUDGES or (source["use"] != "heldout" and source["licence"] not in ALLOWED):
            continue
        include, exclude = re.compile(source.get("include", "")), re.compile(source["exclude"]) if source.get("exclude") else None
        problems = [re.compile(pattern) for pattern in source["problem"]]
        plain = source["kind"] not in ("port", "library")
        for root, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.relpath(os.path.join(root, name), folder).replace(os.sep, "/")
                if any(c in path for c in "\t\n\r") or not include.search(path) or (exclude and exclude.search(path)) or FORBIDDEN.search(source["repository"] + "/" + path) or (not plain and LEFT_OUT.search(path)):
                    continue
                match = next((found for found in (pattern.search(path) for pattern in problems) if found), None)
                if match is None:
                    continue
                groups = match.groupdict()
                key = "all" if source["namespace"].startswith("port") else normal(source["repository"]) if source["kind"] == "library" else normal(groups.get("problem") or "")
                key = key.lstrip("0") or key if key.isdigit() else key
                key = source.get("aliases", {}).get(key, key)
                if source["namespace"] == "leetcode":
                    digits = re.match(r"0*(\d+)", key)
                    key = numbers.get(key) or (digits[1] if digits else key)
                namespace = "-".join(filter(None, [source["namespace"], groups.get("year")]))
                if key:
                    rows.append([source["repository"], path, "", namespace, key, source["use"], groups.get("author") or source["author"], source["licence"]])
    with open(options.output, "w", encoding="utf-8") as out:
        out.write("repository\tpath\tlanguage\tnamespace\tproblem\tuse\tauthor\tlicence\n")
        for row in rows:
            out.write("\t".join(row) + "\n")
    print(f"{len(rows)} files of {len({(row[3], row[4]) for row in rows})} problems")


if __name__ == "__main__":
    main()
