import sys, os, math, re, string, random, operator, heapq, collections, itertools, functools, bisect, json as xcoder_json
from typing import *
from collections import *
from functools import *
from itertools import *
from heapq import *
from bisect import *
from math import inf, gcd, comb, sqrt, ceil, floor, log, log2, log10, pi, isqrt, factorial
try:
    from math import lcm
except ImportError:
    pass
{code}

def xcoder_show(value, depth=0):
    if depth > 30:
        raise ValueError("unprintable")
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return "NaN" if value != value else ("Infinity" if value > 0 else "-Infinity") if value in (float("inf"), float("-inf")) else repr(value)
    if isinstance(value, str):
        return xcoder_json.dumps(value)
    if isinstance(value, (set, frozenset)):
        return "S[" + ",".join(xcoder_show(item, depth + 1) for item in value) + "]"
    if isinstance(value, dict):
        return "M[" + ",".join("[" + xcoder_show(key, depth + 1) + "," + xcoder_show(item, depth + 1) + "]" for key, item in value.items()) + "]"
    if isinstance(value, (list, tuple, bytes, bytearray, collections.deque)):
        return "[" + ",".join(xcoder_show(item, depth + 1) for item in value) + "]"
    if hasattr(value, "__next__") or isinstance(value, range):
        return "[" + ",".join(xcoder_show(item, depth + 1) for item in itertools.islice(value, 1000)) + "]"
    raise ValueError("unprintable: " + type(value).__name__)

def xcoder_line(text):
    sys.stdout.flush()
    os.write(1, ("\n{secret} " + text + "\n").encode("ascii", "replace"))

def xcoder_call(index, target, arguments):
    if index < int(os.environ.get("XCODER_FROM", "0")):
        return
    xcoder_line("@ %d" % index)
    try:
        result = target()(*arguments)
        line = "= %d %s\t%s" % (index, xcoder_show(result), xcoder_show(arguments))
    except Exception as error:
        line = "! %d %s: %s" % (index, type(error).__name__, " ".join(str(error).split())[:200])
    xcoder_line(line)

{calls}
xcoder_line("$")
