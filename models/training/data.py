"""Reads what `xcoder tokenize` wrote into groups of code that does the same.

A *problem* is what several people solved: a contest problem, an exercise, an algorithm, a library that was ported.
A *group* is a set of pieces of code that do the same within it: whole solutions, or functions (or structures) of one
name. A *piece* is (language, author, ids, words); words >= 0 number the names, own[word] says whether it is the name
of one of the piece's own functions, or of what they stand in. A *library* has no twin in another language; its
documentation and its names in words are what its code has in common with that of others.
"""
import collections
import json
import re

import numpy as np

MAX_TERMS = 640
MIN_TERMS = 10
FUNCTIONS = ("function", "method", "constructor")
LIBRARY = "library"

# Groups of two languages or more; (namespace, problem, ids of documentation or of a name, piece).
Loaded = collections.namedtuple("Loaded", "groups documented named")


class Piece:
    __slots__ = ("language", "author", "repository", "ids", "words", "own")

    def __init__(self, language, author, repository, ids, words, own):
        self.language, self.author, self.repository = language, author, repository
        self.ids = np.asarray(ids[:MAX_TERMS], dtype=np.int32)
        self.words = np.asarray(words[:MAX_TERMS], dtype=np.int32)
        self.own = np.asarray(sorted(own), dtype=np.int32)

    def hidden(self, mask):
        """Ids without the own names and those of what the piece stands in."""
        return np.where(np.isin(self.words, self.own), mask, self.ids)


class Group:
    __slots__ = ("key", "namespace", "problem", "kind", "pieces", "by_language")

    def __init__(self, namespace, problem, kind, key):
        self.namespace, self.problem, self.kind, self.key = namespace, problem, kind, key
        self.pieces = []

    def close(self):
        self.by_language = collections.defaultdict(list)
        for piece in self.pieces:
            self.by_language[piece.language].append(piece)


def normal(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def simple(qualified):
    return re.split(r"[.:#/\\$]+", qualified)[-1]


def held_out(namespace, problem):
    """The split by problem: contest problems whose number ends in 7, and a tenth of the others by a hash of the name."""
    if problem.isdigit():
        return problem.endswith("7")
    value = 2166136261
    for b in f"{namespace}/{problem}".encode():
        value = ((value ^ b) * 16777619) & 0xFFFFFFFF
    return not namespace.startswith("port") and value % 10 == 7


def problems(path):
    """files.tsv → (repository folder, path) → (namespace, problem, use, author)."""
    table = {}
    with open(path, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            repository, file, _, namespace, problem, use, author, _ = line.rstrip("\n").split("\t")
            if '.md__' in file:
                continue  # cut out of prose: excerpts
            table[repository.replace("/", "+"), file] = namespace, problem, use, author
    return table


def files(paths):
    """Lines of tokenize, file by file."""
    for path in paths:
        now, key = [], None
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if (row["repository"], row["path"]) != key:
                    if now:
                        yield key, now
                    now, key = [], (row["repository"], row["path"])
                now.append(row)
        if now:
            yield key, now


def joined(rows):
    ids, words, own, offset = [], [], set(), 0
    for row in rows:
        ids += row["ids"]
        words += [w + offset if w >= 0 else -1 for w in row["words"]]
        own |= {offset, offset + 1}
        offset += max(max(row["words"], default=0), 1) + 1
        if len(ids) >= MAX_TERMS:
            break
    return ids, words, own


def own_name(row):
    """Terms of a snippet's name, where it is first called so."""
    own = np.asarray(row["words"][:MAX_TERMS]) == 0
    if not own.any():
        return np.zeros(0, dtype=np.int32)
    first = int(np.argmax(own))
    end = first + int(np.argmin(np.append(own[first:], False)))
    return np.asarray(row["ids"][first:end], dtype=np.int32)


def load(paths, table, uses=("train",)):
    """Groups, documented functions, and functions and structures of libraries by their names."""
    groups, documented, named, seen = {}, [], [], set()

    def add(namespace, problem, kind, name, piece):
        key = (namespace, problem, kind, name)
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(namespace, problem, kind, key)
        group.pieces.append(piece)

    for (repository, path), rows in files(paths):
        entry = table.get((repository, path))
        if entry is None or entry[2] not in uses:
            continue
        namespace, problem, _, author = entry
        port = namespace.startswith("port")
        rows = [row for row in rows if not row["isTest"]]
        if namespace == LIBRARY:
            # A copy of another library's file is no second witness.
            rows = [row for row in rows if hash(tuple(row["ids"])) not in seen]
            seen.update(hash(tuple(row["ids"])) for row in rows)
        language = "typescript" if rows and rows[0]["language"] == "tsx" else rows[0]["language"] if rows else None
        kinds = {row["ordinal"]: row for row in rows}
        outer = []
        for row in rows:
            parent, inner = row["parent"], False
            while parent in kinds:
                inner |= kinds[parent]["kind"] in FUNCTIONS
                parent = kinds[parent]["parent"]
            if row["kind"] in FUNCTIONS and not inner:
                outer.append(row)
            if len(row["documentation"]) >= 5 and row["kind"] in FUNCTIONS and len(row["ids"]) >= MIN_TERMS:
                documented.append((namespace, problem, np.asarray(row["documentation"][:64], dtype=np.int32), Piece(language, author, repository, row["ids"], row["words"], {0, 1})))

        if namespace == LIBRARY:
            for row in rows:
                name = own_name(row)
                if len(name) >= 2 and len(row["ids"]) >= MIN_TERMS and (row["kind"] in FUNCTIONS or row["parent"] == -1):
                    named.append((namespace, problem, name, Piece(language, author, repository, row["ids"], row["words"], {0, 1})))
            continue

        names = collections.Counter(normal(simple(row["qualifiedName"])) for row in outer)
        if not port and sum(len(row["ids"]) for row in outer) >= MIN_TERMS:
            add(namespace, problem, "solution", "", Piece(language, author, repository, *joined(outer)))
        if port or len(outer) > 1:
            for row in outer:
                name = normal(simple(row["qualifiedName"]))
                if len(row["ids"]) >= MIN_TERMS and names[name] == 1 and len(name) > 1:
                    # In a port a name alone says little: two files may both have a `get`.
                    file = normal(path.rsplit("/", 1)[-1].rsplit(".", 1)[0]) if port and len(name) < 6 else ""
                    add(namespace, problem, "function", f"{file}.{name}", Piece(language, author, repository, row["ids"], row["words"], {0, 1}))
        for row in rows:
            if row["kind"] not in FUNCTIONS and row["parent"] == -1 and len(row["ids"]) >= MIN_TERMS:
                name = normal(simple(row["qualifiedName"]))
                if name not in ("solution", "main", "program", "node", "test"):
                    add(namespace, problem, "structure", name, Piece(language, author, repository, row["ids"], row["words"], {0, 1}))

    result = []
    for group in groups.values():
        # A name that one repository repeats is no name of one thing.
        if group.kind != "solution":
            counts = collections.Counter(piece.repository for piece in group.pieces)
            group.pieces = [piece for piece in group.pieces if counts[piece.repository] <= 2]
        group.close()
        if len(group.by_language) >= 2:
            result.append(group)
    return Loaded(result, documented, named)
