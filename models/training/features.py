"""Rows of the table that a piece of code adds up; the same as BagFeatures.cs, for whole batches."""
import numpy as np

BIGRAM, SKELETON, TRIPLE, NAME = 0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344


def mix(a, b, seed):
    mask = np.uint64(0xFFFFFFFF)
    h = (a.astype(np.uint64) * np.uint64(0x9E3779B1) + b.astype(np.uint64) * np.uint64(0x85EBCA77) + np.uint64(seed)) & mask
    h = ((h ^ (h >> np.uint64(15))) * np.uint64(0x2C1B3C6D)) & mask
    h = ((h ^ (h >> np.uint64(12))) * np.uint64(0x297A2D39)) & mask
    return h ^ (h >> np.uint64(15))


def rows(pieces, layout, mask=-1, bigrams=True, skeleton=True, name=True):
    """pieces: [(ids, words)] → (piece number, row, weight), sorted by piece and row."""
    terms, bigram_rows, skeleton_rows = layout
    lengths = np.array([len(ids) for ids, _ in pieces])
    ids = np.concatenate([ids for ids, _ in pieces]).astype(np.int64)
    words = np.concatenate([words for _, words in pieces])
    owner = np.repeat(np.arange(len(pieces)), lengths)
    owners, found = [owner], [ids]
    if name:
        own = (words == 0) & (ids != mask)
        owners.append(owner[own])
        found.append(terms + (mix(ids[own], np.zeros(own.sum(), dtype=np.int64), NAME) % np.uint64(bigram_rows)).astype(np.int64))
    if bigrams:
        same = owner[1:] == owner[:-1]
        owners.append(owner[1:][same])
        found.append(terms + (mix(ids[:-1][same], ids[1:][same], BIGRAM) % np.uint64(bigram_rows)).astype(np.int64))
    if skeleton:
        fixed = words < 0
        sid, sowner = ids[fixed], owner[fixed]
        same = sowner[1:] == sowner[:-1]
        pair = mix(sid[:-1], sid[1:], SKELETON)
        owners.append(sowner[1:][same])
        found.append(terms + bigram_rows + (pair[same] % np.uint64(skeleton_rows)).astype(np.int64))
        triple = sowner[2:] == sowner[:-2]
        owners.append(sowner[2:][triple])
        found.append(terms + bigram_rows + (mix(sid[:-2][triple], pair[1:][triple], TRIPLE) % np.uint64(skeleton_rows)).astype(np.int64))
    total = terms + bigram_rows + skeleton_rows
    keys, counts = np.unique(np.concatenate(owners) * total + np.concatenate(found), return_counts=True)
    return keys // total, keys % total, (1 + np.log(counts)).astype(np.float32)
