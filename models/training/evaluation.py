"""Mean reciprocal rank on what the model was not trained on."""
import collections

import numpy as np
import torch

import data
import features

WHOLE_NAMES = 65536

# What `neighbours` ranks by: NeighbourOptions.cs and model.json.
LEXICAL, SURROUNDINGS, NEAREST = 0.25, 0.5, 10


def bm25(queries, candidates, k1=1.2, b=0.75):
    """Scores [queries, candidates] over term ids, divided by each query's best."""
    import scipy.sparse as sparse
    size = 1 + max(max((ids.max() for ids in queries), default=0), max((ids.max() for ids in candidates), default=0))

    def counts(pieces):
        rows = np.repeat(np.arange(len(pieces)), [len(ids) for ids in pieces])
        return sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, np.concatenate(pieces))), shape=(len(pieces), size))

    c = counts(candidates)
    lengths = np.asarray(c.sum(1)).ravel()
    seen = np.asarray((c > 0).sum(0)).ravel()
    idf = np.log(1 + (len(candidates) - seen + 0.5) / (seen + 0.5)).astype(np.float32)
    norm = (k1 * (1 - b + b * lengths / max(lengths.mean(), 1))).astype(np.float32)
    c = c.tocoo()
    weighted = sparse.csr_matrix((c.data * (k1 + 1) / (c.data + norm[c.row]) * idf[c.col], (c.row, c.col)), shape=c.shape)
    q = counts(queries)
    q.data[:] = 1
    scores = np.asarray((q @ weighted.T).todense())
    return scores / np.maximum(scores.max(1, keepdims=True), 1e-9)


class Judge:
    def __init__(self, held, documented, extra, table, layout, mask, kinds, seed=7):
        self.layout, self.mask, self.kinds = layout, mask, kinds
        rng = np.random.default_rng(seed)
        self.words = [documented[i] for i in rng.permutation(len(documented))[:1000]]
        self.sets = {}
        contests = [group for group in held if group.kind == "solution"]
        # One piece a language and problem, both sides from the sources that were trained on (other problems of theirs).
        self.sets["problems"] = [(n, piece.language, "both", piece) for n, group in enumerate(contests)
                                 for pieces in group.by_language.values() for piece in [pieces[rng.integers(len(pieces))]]]
        if extra:
            others = data.load(extra, table, ("heldout",)).groups
            unseen = {group.key: group for group in others if group.kind == "solution" and data.held_out(group.namespace, group.problem)}
            rows = []
            for n, group in enumerate(contests):
                if group.key in unseen:
                    for pieces in unseen[group.key].by_language.values():
                        rows.append((n, pieces[0].language, "q", pieces[rng.integers(len(pieces))]))
                    for pieces in group.by_language.values():
                        rows.append((n, pieces[0].language, "c", pieces[rng.integers(len(pieces))]))
            self.sets["authors"] = rows
            ports = [group for group in others if group.namespace.startswith("port") and group.kind == "function"]
            self.sets["ports"] = [(n, piece.language, "both", piece) for n, group in enumerate(ports) for pieces in group.by_language.values() for piece in pieces[:1]]
            structures = [group for group in others if group.namespace.startswith("port") and group.kind == "structure"]
            self.sets["structures"] = [(n, piece.language, "both", piece) for n, group in enumerate(structures) for pieces in group.by_language.values() for piece in pieces[:1]]
        self.sets = {name: rows for name, rows in self.sets.items() if rows}

    def run(self, model, fused=True):
        report = {name: {form: self.measure(model, rows, form == "masked", fused) for form in ("plain", "masked")} for name, rows in self.sets.items()}
        if len(self.words) > 10:
            report["words"] = self.measure_words(model)
        return report

    def measure_words(self, model):
        """Documentation finds its code among that of the others."""
        texts = [(text, np.full(len(text), -1)) for _, _, text, _ in self.words]
        codes = [(piece.ids, piece.words) for _, _, _, piece in self.words]
        cosine = self.vectors(model, texts) @ self.vectors(model, codes).T
        lexical = bm25([ids for ids, _ in texts], [ids for ids, _ in codes])
        result = {"queries": len(texts)}
        for name, score in (("cosine", cosine), ("bm25", lexical), ("fused 0.3", cosine + 0.3 * lexical), ("fused 0.5", cosine + 0.5 * lexical), ("fused 1.0", cosine + lexical)):
            best = np.diag(score)[:, None]
            result[name] = round(float((1 / (1 + (score > best).sum(1) + 0.5 * ((score == best).sum(1) - 1))).mean()), 4)
        return result

    def encode(self, rows, masked):
        pieces = []
        for _, _, _, piece in rows:
            ids = piece.hidden(self.mask) if masked else piece.ids
            pieces.append((ids, piece.words))
        return pieces

    def terms(self, piece):
        """What BM25 counts: the own name's terms once more, as the name, and the name as a whole."""
        ids, words = piece
        own = (words == 0) & (ids != self.mask)
        if not own.any():
            return ids
        first = int(np.argmax(own))
        end = first
        while end < len(own) and own[end]:
            end += 1
        whole = 0
        for term in ids[first:end]:
            whole = (whole * 31 + int(term) + 1) & 0xFFFFFFFF
        return np.concatenate([ids, self.layout[0] + ids[own], [2 * self.layout[0] + whole % WHOLE_NAMES]])

    def vectors(self, model, pieces):
        parts = []
        with torch.no_grad():
            for begin in range(0, len(pieces), 1024):
                some = pieces[begin:begin + 1024]
                parts.append(model(*features.rows(some, self.layout, **self.kinds), len(some)).numpy())
        return np.concatenate(parts)

    @staticmethod
    def surroundings(candidates, pool):
        """Mean cosine of the nearest of the query's language; copies of one another count here."""
        nearest = min(NEAREST, len(pool))
        return np.partition(candidates @ pool.T, len(pool) - nearest, axis=1)[:, -nearest:].mean(1)

    def measure(self, model, rows, masked, fused):
        pieces = self.encode(rows, masked)
        vectors = self.vectors(model, pieces)
        group = np.array([row[0] for row in rows])
        language = np.array([row[1] for row in rows])
        side = np.array([row[2] for row in rows])
        results, languages = collections.defaultdict(list), collections.defaultdict(list)
        weights = (0, 0.2, 0.3, 0.5, 1.0, 99, "ranked")
        for a in sorted(set(language)):
            for b in sorted(set(language)):
                if a == b:
                    continue
                q = np.flatnonzero((language == a) & (side != "c"))
                c = np.flatnonzero((language == b) & (side != "q"))
                q = q[np.isin(group[q], group[c])]
                if len(q) < 5 or len(c) < 10:
                    continue
                cosine = vectors[q] @ vectors[c].T
                lexical = bm25([self.terms(pieces[i]) for i in q], [self.terms(pieces[i]) for i in c]) if fused else None
                right = group[q][:, None] == group[c][None, :]
                for weight in weights if fused else (0,):
                    if weight == "ranked":
                        score = cosine + LEXICAL * lexical - SURROUNDINGS * self.surroundings(vectors[c], vectors[language == a])
                    else:
                        score = lexical if weight == 99 else cosine + weight * lexical if weight else cosine
                    best = np.where(right, score, -9).max(1, keepdims=True)
                    rank = 1 + ((score > best) & ~right).sum(1) + 0.5 * ((score == best) & ~right).sum(1)
                    results[weight].append((1 / rank).mean())
                    if weight == 0:
                        languages[a].append((1 / rank).mean())
                        languages[b].append((1 / rank).mean())
        name = {0: "cosine", 99: "bm25", "ranked": "ranked"}
        return {name.get(weight, f"fused {weight}"): round(float(np.mean(values)), 4) for weight, values in results.items()} | {
            "queries": len(rows), "language pairs": len(next(iter(results.values()), [])), "cosine by language": {name: round(float(np.mean(values)), 3) for name, values in languages.items()}}
