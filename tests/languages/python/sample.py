"""Module text: not a snippet."""
import os.path
import json as js
from typing import List, Optional
from math import *


# An ordinary comment directly before a function documents it.
def area(width: float, height: float = 1.0, *rest, **options) -> float:
    return width * height + 0x1F + 1e-3


def read(path: str) -> Optional[dict]:
    """Reads a JSON file.

    Indented text stays:
        indented
    """
    def inner(text):  # trailing comments document nothing
        '''Local documentation.'''
        return js.loads(text)

    with open(os.path.join("data", path)) as handle:
        return inner(handle.read())


square = lambda x: x ** 2


@register("shape")
@dataclass
class Shape(Base, metaclass=Meta):
    """A shape."""

    sides: List[int]
    scale = lambda self, k: [s * k for s in self.sides]

    def __init__(self, sides):
        self.sides = sides

    @property
    def count(self):
        return len(self.sides)

    @staticmethod
    async def load(name):
        return f"shape {name!r:>{10}} of {Shape.count} and {'nested'}"

    class Inner:
        def method(self): return None


def test_area():
    assert area(2, 3) == 6 + 31 + 0.001


def broken(x:
    return x +


def after(x):
    return x
