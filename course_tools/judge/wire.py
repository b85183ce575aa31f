"""Plain data as bytes: what may cross between a check and a learner's code, and nothing else.

Numbers, strings, bytes, None, NumPy scalars and arrays without objects, lists, tuples, sets and dicts of these, random
generators by their state, and references to functions and objects that stay where they are. What arrives is built
from data alone: bytes that the other side forges can be refused, never run.
"""

import math
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

from shared_utils.checks import CheckFailed

ARRAY, SCALAR, TUPLE, INTEGER, COMPLEX, SET, GENERATOR, REFERENCE, SLICE, RANGE, FROZENSET = range(11)
WITHOUT_OBJECTS = "biufcSUmM"
GENERATORS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")}
# What the whole numbers in a generator's state are below; `inc` is odd, or the same number comes again and again.
BELOW = {"state": 2**128, "inc": 2**128, "pos": 625, "buffer_pos": 5, "has_uint32": 2, "uinteger": 2**32}
BASES = (bool, int, float, str, bytes, list, dict)
CONTAINERS = {
    TUPLE: tuple,
    SET: set,
    FROZENSET: frozenset,
    SLICE: lambda parts: slice(*parts),
    RANGE: lambda parts: range(*parts),
}

DEEPEST = 100  # tuples and sets in one another; a few hundred take all of the C library's stack
HALVES = "surrogatepass"  # half a character is a string in Python, and may cross

Refer = Callable[[Any], list | None]
Resolve = Callable[[list], Any]


class NotPlain(TypeError):
    """A value that may not cross; the message says what it is."""


class Forged(ValueError):
    """Bytes that no honest sender writes."""


def pack(value: Any, refer: Refer = lambda value: None, depth: int = 0) -> bytes:
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

    def special(value: Any) -> Any:
        if (reference := refer(value)) is not None:
            return msgpack.ExtType(REFERENCE, pack(reference))
        if isinstance(value, np.ndarray | np.generic):
            code = ARRAY if isinstance(value, np.ndarray) else SCALAR
            value = np.asarray(value)
            if value.dtype == object and all(isinstance(part, str) for part in value.flat):
                value = value.astype(str)
            if value.dtype.kind not in WITHOUT_OBJECTS:
                raise NotPlain(f"an array of dtype {value.dtype}")
            return msgpack.ExtType(code, pack([value.dtype.str, list(value.shape), value.tobytes(), _layout(value)]))
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
        if type(value) is int:
            return msgpack.ExtType(INTEGER, str(value).encode())
        if isinstance(value, complex):
            return msgpack.ExtType(COMPLEX, pack([value.real, value.imag]))
        for kind in BASES:
            if isinstance(value, kind) and type(value) is not kind:
                return kind(value)
        raise NotPlain(_named(value))

    try:
        return msgpack.packb(value, default=special, strict_types=True, unicode_errors=HALVES)
    except NotPlain:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise NotPlain(f"{_named(value)} that cannot be sent ({error})") from None


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
        parts = unpack(data, resolve, depth + 1)
        if code in (ARRAY, SCALAR):
            array = _array(*parts)
            return array if code == ARRAY else array[()]
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


def _array(dtype: str, shape: list[int], content: bytes, layout: str) -> np.ndarray:
    kind = np.dtype(dtype)
    if (
        kind.kind not in WITHOUT_OBJECTS
        or not kind.itemsize
        or kind.itemsize * math.prod(shape) != len(content)
        or min(shape, default=0) < 0
        or layout not in ("", "F", "S", "R", "FR", "SR")
    ):
        raise Forged(f"an array of dtype {dtype} and shape {shape} in {len(content)} bytes")
    if not content:
        return np.empty(shape, kind)
    array = np.frombuffer(bytearray(content), kind).reshape(shape)
    if "F" in layout:
        array = np.asfortranarray(array)
    elif "S" in layout and array.ndim:
        wide = np.zeros((*shape[:-1], 2 * shape[-1]), kind)
        wide[..., ::2] = array
        array = wide[..., ::2]
    array.flags.writeable = "R" not in layout
    return array


def _generator(state: dict) -> np.random.Generator:
    """A generator in this state. NumPy takes any: a position behind an array's end would be read as it is."""
    generator = GENERATORS[state["bit_generator"]](0)
    if not _fits(state, generator.state):
        raise Forged("a generator's state")
    generator.state = state
    return np.random.Generator(generator)


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
