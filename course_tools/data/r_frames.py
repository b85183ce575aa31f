"""Reads a data frame from the data of an R package, as R installs it: a store of compressed, serialised objects.

The two files and the format of an object are described in R Internals, sections "Lazy loading" and "Serialization
Formats"; this reader knows the parts that a data frame of numbers and factors is made of.
"""

import gzip
import lzma
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

_SYMBOL, _PAIRS, _CHARACTERS, _LOGICALS, _INTEGERS, _REALS, _STRINGS, _LIST = 1, 2, 9, 10, 13, 14, 16, 19
_AGAIN, _NOTHING = 255, 254
_HAS_ATTRIBUTES, _HAS_TAG = 1 << 9, 1 << 10
# R does not record the size of the dictionary; the one of its highest setting opens every store.
_LZMA = [{"id": lzma.FILTER_LZMA2, "preset": 9}]


class _Vector(NamedTuple):
    """Numbers, strings or vectors, and what R says about them: names, levels of a factor, …"""

    values: np.ndarray | list
    attributes: Mapping[str, "_Vector"]

    def by_name(self) -> dict:
        """The elements by their names."""
        return dict(zip(self.attributes["names"].values, self.values, strict=True))


def read_frame(folder: Path, name: str) -> dict[str, np.ndarray]:
    """The columns of a data frame by name: numbers as they are, factors as strings, each (m,).

    Args:
        folder: the folder data of an installed R package, which holds Rdata.rdx and Rdata.rdb.
        name: the data frame's name.

    Raises:
        ValueError: the object holds something that no data frame of numbers and factors needs.
    """
    index = _Reader(gzip.decompress((folder / "Rdata.rdx").read_bytes())).read().by_name()
    start, size = index["variables"].by_name()[name].values
    # Four bytes of length and one, Z, that names the compression.
    stored = (folder / "Rdata.rdb").read_bytes()[start + 5 : start + size]
    frame = _Reader(lzma.decompress(stored, lzma.FORMAT_RAW, filters=_LZMA)).read()
    return {column: _plain(vector) for column, vector in frame.by_name().items()}


def _plain(column: _Vector) -> np.ndarray:
    levels = column.attributes.get("levels")
    return column.values if levels is None else np.array(levels.values)[column.values - 1]


class _Reader:
    """Reads one serialised object from its first byte on."""

    def __init__(self, content: bytes) -> None:
        self._content, self._place, self._symbols = content, 2, []
        version, _, _ = (self._integer() for _ in range(3))
        if version == 3:
            self._bytes(self._integer())  # the name of an encoding

    def read(self):
        """The next item: a vector, a string, a dict of attributes, or None."""
        flags = self._integer()
        kind = flags & 255
        if kind == _NOTHING:
            return None
        if kind == _AGAIN:
            return self._symbols[(flags >> 8) - 1]
        if kind == _SYMBOL:
            self._symbols.append(self.read())
            return self._symbols[-1]
        if kind == _CHARACTERS:
            return self._bytes(self._integer()).decode()
        if kind == _PAIRS:
            if not flags & _HAS_TAG:
                raise ValueError("a pair without a name")
            name, value, rest = self.read(), self.read(), self.read()
            return {name: value, **(rest or {})}
        values = self._values(kind)
        return _Vector(values, self.read() if flags & _HAS_ATTRIBUTES else {})

    def _values(self, kind: int) -> np.ndarray | list:
        size = self._integer()
        if kind in {_LOGICALS, _INTEGERS}:
            return np.frombuffer(self._bytes(4 * size), ">i4").astype(np.int64)
        if kind == _REALS:
            return np.frombuffer(self._bytes(8 * size), ">f8").astype(np.float64)
        if kind in {_STRINGS, _LIST}:
            return [self.read() for _ in range(size)]
        raise ValueError(f"an item of kind {kind}, which no data frame of numbers and factors needs")

    def _integer(self) -> int:
        return struct.unpack(">i", self._bytes(4))[0]

    def _bytes(self, size: int) -> bytes:
        self._place += size
        return self._content[self._place - size : self._place]
