"""Plain data as bytes: what may cross between a check and a learner's code, and nothing else.

Numbers, strings, bytes, None, NumPy scalars and arrays without objects, lists, tuples, sets and dicts of these, random
generators by their state, and references to functions and objects that stay where they are. What arrives is built
from data alone: bytes that the other side forges can be refused, never run.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgpack
import numpy as np

from shared_utils.checks import CheckFailed

ARRAY, SCALAR, TUPLE, INTEGER, COMPLEX, SET, GENERATOR, REFERENCE, SLICE, RANGE, FROZENSET = range(11)
WITHOUT_OBJECTS = "biufcSUmM"
GENERATORS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")}
# What the whole numbers in a generator's state are below; `inc` is odd, or the same number comes again and again.
BELOW = {"state": 2**128, "inc": 2**128, "pos": 625, "buffer_pos": 5, "has_uint32": 2, "uinteger": 2**32}
ARRAYS = (np.ndarray, np.generic)
BASES = (bool, int, float, str, bytes, list, dict)
CONTAINERS = {
    TUPLE: tuple,
    SET: set,
    FROZENSET: frozenset,
    SLICE: lambda parts: slice(*parts),
    RANGE: lambda parts: range(*parts),
}

DEEPEST = 100  # tuples and sets in one another; a few hundred take all of the C library's stack
HEAD = 2000  # bytes of the line before an array's content; one of 64 dimensions has fewer
LARGE = 2**20  # bytes; what has packed as many is not kept, as its buffer stays as large
HALVES = "surrogatepass"  # half a character is a string in Python, and may cross
SMALL = 1024  # bytes a buffer begins with; at what msgpack begins with, memory is given back and taken anew each time

Refer = Callable[[Any], list | None]
Resolve = Callable[[list], Any]


class NotPlain(TypeError):
    """A value that may not cross; the message says what it is."""


class Forged(ValueError):
    """Bytes that no honest sender writes."""


def nothing(value: Any) -> None:
    """Refers to nothing: no function and no object may cross."""


def pack(value: Any, refer: Refer = nothing, depth: int = 0) -> bytes:
    """The bytes of a value.

    Args:
        value: any nesting of what the module's docstring names.
        refer: returns the plain data that stand for a function or an object, or None if it has no reference.
        depth: in how many others it lies.

    Raises:
        NotPlain: the value, or something in it, may not cross.
    """

    if depth > DEEPEST:
        raise NotPlain(f"{_named(value)} more than {DEEPEST} deep in others")
    idle = _idle(refer, depth)
    packer = idle.pop() if idle else _packer(refer, depth)
    try:
        data = packer.pack(value)
    except NotPlain:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise NotPlain(f"{_named(value)} that cannot be sent ({error})") from None
    if len(data) < LARGE:
        idle.append(packer)
    return data


@lru_cache(maxsize=8)
def _idle(refer: Refer, depth: int) -> list[msgpack.Packer]:
    """Those that pack nothing at the moment: to make one takes longer than to use it."""
    return []


def _packer(refer: Refer, depth: int) -> msgpack.Packer:
    """What packs values that lie in so many others."""

    def special(value: Any) -> Any:
        if type(value) is int:
            return msgpack.ExtType(INTEGER, str(value).encode())
        if not isinstance(value, ARRAYS) and (reference := refer(value)) is not None:
            return msgpack.ExtType(REFERENCE, pack(reference))
        if isinstance(value, ARRAYS):
            code = ARRAY if isinstance(value, np.ndarray) else SCALAR
            value = np.asarray(value)
            if value.dtype == object and all(isinstance(part, str) for part in value.flat):
                value = value.astype(str)
            if value.dtype.kind not in WITHOUT_OBJECTS:
                raise NotPlain(f"an array of dtype {value.dtype}")
            head = _head(value.dtype.str, value.shape, _layout(value))
            return msgpack.ExtType(code, head + value.tobytes())
        if isinstance(value, np.random.Generator) and type(value.bit_generator).__name__ in GENERATORS:
            return msgpack.ExtType(GENERATOR, pack(value.bit_generator.state))
        if isinstance(value, slice | range):
            code = SLICE if isinstance(value, slice) else RANGE
            return msgpack.ExtType(code, pack([value.start, value.stop, value.step], refer, depth + 1))
        if isinstance(value, tuple):
            return msgpack.ExtType(TUPLE, pack(list(value), refer, depth + 1))
        if isinstance(value, set | frozenset):
            # In one order, so that equal sets are equal bytes.
            parts = sorted(value, key=lambda part: pack(part, refer, depth + 1))
            return msgpack.ExtType(SET if isinstance(value, set) else FROZENSET, pack(parts, refer, depth + 1))
        if isinstance(value, complex):
            return msgpack.ExtType(COMPLEX, pack([value.real, value.imag]))
        for kind in BASES:
            if isinstance(value, kind) and type(value) is not kind:
                return kind(value)
        raise NotPlain(_named(value))

    return msgpack.Packer(default=special, strict_types=True, unicode_errors=HALVES, buf_size=SMALL)


def unpack(data: bytes, resolve: Resolve = lambda reference: None, depth: int = 0) -> Any:
    """The value of bytes that `pack` wrote; `resolve` turns what stands for a function or an object into one.

    Raises:
        Forged: `pack` did not write these bytes.
    """

    def special(code: int, data: bytes) -> Any:
        if code == INTEGER:
            return int(data)
        if depth > DEEPEST:
            raise Forged(f"more than {DEEPEST} deep")
        if code in (ARRAY, SCALAR):
            array = _array(data)
            return array if code == ARRAY else array[()]
        parts = unpack(data, resolve, depth + 1)
        if code == COMPLEX:
            return complex(*parts)
        if code == GENERATOR:
            return _generator(parts)
        if code == REFERENCE:
            return resolve(parts)
        return CONTAINERS[code](parts)

    return unpack_message(data, special)


def unpack_message(data: bytes, special: Callable[[int, bytes], Any] = msgpack.ExtType) -> Any:
    """The lists, dicts, strings and numbers of a message; bytes in them, and what is `special`, stay unopened."""
    try:
        return msgpack.unpackb(data, ext_hook=special, strict_map_key=False, unicode_errors=HALVES)
    except (Forged, CheckFailed):
        raise
    except Exception as error:  # whatever the damage leads to
        raise Forged(f"{type(error).__name__}: {error}") from None


def _layout(array: np.ndarray) -> str:
    """How an array lies in memory: columns first (F) or scattered (S), may only be read (R); else nothing."""
    order = "" if array.flags.c_contiguous else "F" if array.flags.f_contiguous else "S"
    return order + "R" * (not array.flags.writeable)


@lru_cache
def _head(dtype: str, shape: tuple[int, ...], layout: str) -> bytes:
    """The line before an array's content: its type, its layout, its shape."""
    return f"{dtype} {layout or '-'} {' '.join(map(str, shape))}\n".encode()


@lru_cache
def _of_head(head: bytes) -> tuple[np.dtype, tuple[int, ...], str, int]:
    """What such a line says, and how many bytes of content must follow. Raises ValueError."""
    name, layout, *sizes = head.decode().split()
    dtype, shape = np.dtype(name), tuple(map(int, sizes))
    if (
        dtype.kind not in WITHOUT_OBJECTS
        or not dtype.itemsize
        or min(shape, default=0) < 0
        or layout not in ("-", "F", "S", "R", "FR", "SR")
    ):
        raise ValueError(f"an array of dtype {name} and shape {shape}")
    return dtype, shape, layout, dtype.itemsize * math.prod(shape)


def _array(data: bytes) -> np.ndarray:
    """The array of a head and a content. Raises ValueError."""
    begin = data.index(b"\n", 0, HEAD) + 1
    dtype, shape, layout, size = _of_head(data[:begin])
    if len(data) - begin != size:
        raise ValueError(f"an array of dtype {dtype} and shape {shape} in {len(data) - begin} bytes")
    if not size:
        return np.empty(shape, dtype)
    array = np.frombuffer(bytearray(memoryview(data)[begin:]), dtype).reshape(shape)
    if "F" in layout:
        array = np.asfortranarray(array)
    elif "S" in layout and array.ndim:
        wide = np.zeros((*shape[:-1], 2 * shape[-1]), dtype)
        wide[..., ::2] = array
        array = wide[..., ::2]
    if "R" in layout:
        array.flags.writeable = False
    return array


def _generator(state: dict) -> np.random.Generator:
    """A generator in this state. NumPy takes any: a position behind an array's end would be read as it is."""
    kind = state["bit_generator"]
    if not _fits(state, _first_state(kind)):
        raise Forged("a generator's state")
    generator = GENERATORS[kind](0)
    generator.state = state
    return np.random.Generator(generator)


@lru_cache
def _first_state(kind: str) -> dict:
    return GENERATORS[kind](0).state


def _fits(state: Any, like: Any, name: str = "") -> bool:
    """Whether a state, or a part of it, is of the kind and in the range of one of NumPy's."""
    if type(state) is not type(like):
        return False
    if isinstance(state, dict):
        return state.keys() == like.keys() and all(_fits(state[key], like[key], key) for key in like)
    if isinstance(state, np.ndarray):
        return (state.dtype, state.shape) == (like.dtype, like.shape)
    if isinstance(state, int):
        return 0 <= state < BELOW[name] and (name != "inc" or state % 2 == 1)
    return state == like


def _named(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
