"""The reader of R's data frames, on bytes laid out by hand as R Internals says."""

import gzip
import lzma
import struct

import numpy as np
import pytest

from course_tools.data.r_frames import read_frame

NOTHING = struct.pack(">i", 254)
HEADERS = {2: b"X\n" + struct.pack(">3i", 2, 0, 0), 3: b"X\n" + struct.pack(">4i", 3, 0, 0, 5) + b"UTF-8"}


def string(text):
    return struct.pack(">2i", 9, len(text.encode())) + text.encode()


def strings(*texts):
    return struct.pack(">2i", 16, len(texts)) + b"".join(map(string, texts))


def numbers(kind, code, *values):
    return struct.pack(f">2i{len(values)}{code}", kind, len(values), *values)


def attributes(*pairs):
    """Each a symbol, in bytes, and its value."""
    return b"".join(struct.pack(">i", 2 | 1 << 10) + symbol + value for symbol, value in pairs) + NOTHING


def having(vector, *pairs):
    [flags] = struct.unpack(">i", vector[:4])
    return struct.pack(">i", flags | 1 << 9) + vector[4:] + attributes(*pairs)


def named(*items):
    """A list whose elements have names; `names` is written out once and then referred to as the first symbol."""
    content = struct.pack(">2i", 19, len(items)) + b"".join(value for _, value in items)
    return having(content, (SYMBOL["names"], strings(*(name for name, _ in items))))


SYMBOL = {name: struct.pack(">i", 1) + string(name) for name in ("names", "levels")}
FIRST_SYMBOL = struct.pack(">i", 1 << 8 | 255)


@pytest.fixture
def store(tmp_path):
    def write(frame, version=3):
        packed = lzma.compress(HEADERS[version] + frame, lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])
        stored = struct.pack(">i", len(frame)) + b"Z" + packed
        place = numbers(13, "i", 3, len(stored))
        inner = having(struct.pack(">2i", 19, 1) + place, (SYMBOL["names"], strings("frame")))
        outer = struct.pack(">2i", 19, 1) + inner
        index = HEADERS[version] + having(outer, (FIRST_SYMBOL, strings("variables")))
        (tmp_path / "Rdata.rdx").write_bytes(gzip.compress(index))
        (tmp_path / "Rdata.rdb").write_bytes(b"..." + stored + b"...")
        return tmp_path

    return write


@pytest.mark.parametrize("version", HEADERS)
def test_numbers_and_factors_are_read(store, version):
    factor = having(numbers(13, "i", 2, 1, 2), (SYMBOL["levels"], strings("naïve", "wise")))
    frame = named(("size", numbers(14, "d", 1.5, -2, 1e300)), ("kind", factor), ("rooms", numbers(13, "i", 3, -4, 5)))
    columns = read_frame(store(frame, version), "frame")
    assert list(columns) == ["size", "kind", "rooms"]
    np.testing.assert_array_equal(columns["size"], [1.5, -2, 1e300])
    assert columns["kind"].tolist() == ["wise", "naïve", "wise"]
    assert columns["rooms"].tolist() == [3, -4, 5] and columns["rooms"].dtype == np.int64


def test_what_no_such_frame_holds_is_refused(store):
    with pytest.raises(ValueError, match="kind 15"):
        read_frame(store(named(("complex", numbers(15, "d", 1, 0)))), "frame")
