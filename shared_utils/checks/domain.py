"""The arguments on which an answer must agree with an oracle: sizes, values, number types and layouts in memory."""

import copy
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

ORDINARY = (3, 5, 4, 2, 6, 7)  # sizes for the first, the second, … name: all different
EQUAL = 4
MIXTURES = 6  # of whole numbers here and floats there, at most so many arguments or parts of them

Change = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Case:
    """One call of an answer and of its oracle.

    Attributes:
        regime: what is special about it, as a message says it: "with whole numbers in X"; empty if nothing is.
        arguments: what the answer is called with.
        plain: the same values as the oracle gets them, in the number types that were drawn.
        sizes: the sizes that they were drawn with.
        single: whether numbers of single precision come in, so that the answer may be as inexact.
    """

    regime: str
    arguments: tuple
    plain: tuple
    sizes: Mapping[str, int]
    single: bool = False


def cases(
    draw: Callable[..., Any],
    names: Sequence[str],
    sizes: Mapping[str, int | tuple[int, int]],
    real: Mapping[str, float],
    types: Sequence[str],
    pixels: Sequence[str],
    apart: bool,
) -> Iterator[Case]:
    """The cases of a domain, the plain ones first; the same ones each time.

    Args:
        draw: draw(rng, **sizes) gives the arguments, a tuple (or one argument).
        names: the names of the arguments.
        sizes, real, types, pixels, apart: as `agrees` describes them.
    """
    bounds = {name: (1, size) if isinstance(size, int) else size for name, size in sizes.items()}
    for regime, chosen in _sizes(bounds):
        # Twice, with other values: an answer that is remembered by its shapes shows.
        for number in (0, 1):
            arguments = _drawn(draw, chosen, number)
            yield Case(regime, arguments, arguments, chosen)
    ordinary = _clipped(bounds, ORDINARY)
    first, second = _drawn(draw, ordinary, 0), _drawn(draw, ordinary, 1)

    def case(regime: str, arguments: tuple, plain: tuple | None = None, single: bool = False) -> Case:
        return Case(regime, arguments, arguments if plain is None else plain, ordinary, single)

    for place, name in enumerate(names if apart and len(names) > 1 else ()):
        mixed = first[:place] + second[place : place + 1] + first[place + 1 :]
        yield case(f"with another {name} than before and the rest as before", mixed)
    for name, largest in real.items():
        for words, change in _values(largest):
            yield case(f"with {words} {name}", _changed(first, names, [name], change))
    for drawn in (first, second):  # one of the two may hide what a type does: behind a ReLU, say
        for name in types:
            for words, change, single in _types(drawn[names.index(name)]):
                arguments = _changed(drawn, names, [name], change)
                yield case(f"with {words} in {name}", arguments, _as_drawn(arguments, drawn), single)
        for words, wanted in _mixtures(drawn, names, types):
            arguments = _changed(drawn, names, types, _some(_whole, wanted))
            yield case(f"with whole numbers in {words}", arguments, _as_drawn(arguments, drawn))
    if any(isinstance(part, dict) and len(part) > 1 for part in parts_in(first)):
        yield case("with dicts whose keys come in another order", tuple(map(_turned, first)))
    for name in pixels:
        arguments = _changed(first, names, [name], _pixels)
        yield case(f"with pixels (uint8) in {name}", arguments, _as_drawn(arguments, first))
        if beside := [other for other in types if other != name]:
            # With whole numbers, products stay as narrow as a pixel in some answers.
            arguments = _changed(arguments, names, beside, _whole)
            yield case(f"with pixels (uint8) in {name}, whole numbers beside", arguments, _as_drawn(arguments, first))
    if arrays_in(first):
        for drawn, (words, change) in itertools.product((first, second), LAYOUTS.items()):
            yield case(f"with arrays {words}", _changed(drawn, names, names, change), drawn)
        # Two arrays that lie in different orders must not be gone through side by side.
        alone = [
            name for name, value in zip(names, second, strict=True) if isinstance(value, np.ndarray) and value.ndim > 1
        ]
        for name in alone[:1] if len(alone) > 1 else ():
            words, change = next(iter(LAYOUTS.items()))
            yield case(f"with {name} alone as an array {words}", _changed(second, names, [name], change), second)


def parts_in(value: Any) -> list:
    """The value itself, and every part of what dicts, lists and tuples in it hold."""
    parts = [value]
    if isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            parts += parts_in(part)
    return parts


def arrays_in(value: Any) -> list[np.ndarray]:
    """Every array in a value, whatever holds it."""
    return [part for part in parts_in(value) if isinstance(part, np.ndarray)]


def _turned(value: Any) -> Any:
    """A copy in which the last key of each dict comes first."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    if type(value) in (list, tuple):
        return type(value)(map(_turned, value))
    return copy.deepcopy(value)


def overwrite(old: Any, new: Any) -> Any:
    """The values of `new`, in the objects of `old` where these are of the same kind, arrays also of one layout."""
    if isinstance(old, dict) and isinstance(new, dict):
        found = {key: overwrite(old.get(key), value) for key, value in new.items()}
        old.clear()
        old.update(found)
        return old
    if isinstance(old, list) and isinstance(new, list):
        old[:] = [overwrite(*pair) for pair in itertools.zip_longest(old[: len(new)], new)]
        return old
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        return tuple(map(overwrite, old, new))
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.flags.writeable and new.flags.writeable:
        if (old.shape, old.dtype, old.strides) == (new.shape, new.dtype, new.strides):
            old[...] = new
            return old
    return new


def _drawn(draw: Callable[..., Any], sizes: Mapping[str, int], number: int) -> tuple:
    arguments = draw(np.random.default_rng([number, *sizes.values()]), **sizes)
    return arguments if isinstance(arguments, tuple) else (arguments,)


def _clipped(bounds: Mapping[str, tuple[int, int]], wanted: Sequence[int]) -> dict[str, int]:
    return {name: min(max(size, low), high) for (name, (low, high)), size in zip(bounds.items(), wanted, strict=False)}


def _sizes(bounds: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, dict[str, int]]]:
    """What is special about each choice of sizes, and the sizes: ordinary, exchanged, equal, smallest, 2, largest."""
    ordinary = _clipped(bounds, ORDINARY)
    wanted = [("", ordinary), ("", _clipped(bounds, ORDINARY[: len(bounds)][::-1]))]
    for size in (EQUAL, 2):
        wanted.append((f"with {' = '.join(bounds)}" if len(bounds) > 1 else "", _clipped(bounds, [size] * len(bounds))))
    for name, ends in bounds.items():
        within = [2] if ends[0] < 2 < ends[1] else []
        wanted += [(f"with {name} = {size}", ordinary | {name: size}) for size in (ends[0], *within, ends[1])]
    smallest = {name: low for name, (low, _) in bounds.items()}
    wanted.append((f"with {', '.join(f'{name} = {low}' for name, low in smallest.items())}", smallest))
    found = []
    for regime, chosen in wanted:
        if chosen not in found:
            found.append(chosen)
            yield regime, chosen


def _values(largest: float) -> Iterator[tuple[str, Change]]:
    yield "only zeros in", np.zeros_like
    # Quarters, whose sums and means are exact.
    yield "equal numbers in", lambda a: np.full_like(a, np.rint(4 * np.abs(a.flat[0]) + 1) / 4 if a.size else 0)
    yield "negative numbers in", lambda a: -np.abs(a)
    yield "positive numbers in", np.abs
    yield "very small numbers in", lambda a: a * 1e-6
    if largest > 1:
        yield "large numbers in", lambda a: a * largest


def _types(value: Any) -> Iterator[tuple[str, Change, bool]]:
    """What is special about each other number type that this argument may have, the change, and if it is inexact."""
    if np.asarray([*arrays_in(value), value][0]).dtype.kind in "iu":
        yield "floats", lambda a: a.astype(float), False
        return
    yield "whole numbers", _whole, False
    yield "float32", lambda a: a.astype(np.float32), True


def _whole(array: np.ndarray) -> np.ndarray:
    return np.rint(2 * array).astype(np.int64)


def _mixtures(arguments: tuple, names: Sequence[str], types: Sequence[str]) -> Iterator[tuple[str, Sequence[int]]]:
    """Which of the floats in the arguments become whole numbers while others stay, by their numbers, and in words."""
    floats = [
        label
        for name, value in zip(names, arguments, strict=True)
        if name in types
        for label, part in _labelled(name, value)
        if np.asarray(part).dtype.kind == "f"
    ]
    every = range(len(floats))
    for number, label in enumerate(floats[:MIXTURES] if len(floats) > 1 else ()):
        if label not in names:
            yield f"{label} alone", [number]
        if len(floats) > 2 or label in names:
            yield f"all but {label}", [other for other in every if other != number]
    if len(floats) > 1:
        yield "all of them", every


def _labelled(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The arrays and numbers in a value, each by what a message calls it."""
    if isinstance(value, dict | list | tuple):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _labelled(f"{key} of {name}" if isinstance(value, dict) else f"part {key} of {name}", part)
    elif isinstance(value, np.ndarray) or _is_number(value):
        yield name, value


def _some(change: Change, wanted: Sequence[int]) -> Change:
    """Changes only these of the floats that it is given one after the other."""
    number = itertools.count()
    return lambda array: change(array) if array.dtype.kind == "f" and next(number) in wanted else array


def _pixels(array: np.ndarray) -> np.ndarray:
    if array.dtype.kind in "iu":
        return array.astype(np.uint8)
    pixels = np.abs(100 * array).clip(0, 255).astype(np.uint8)
    pixels.flat[: pixels.size // 2 : 7] = 0  # black, whose negative does not wrap
    return pixels


def _strided(array: np.ndarray) -> np.ndarray:
    wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1] + 1), array.dtype)
    wide[..., 1::2] = array
    return wide[..., 1::2]


def _read_only(array: np.ndarray) -> np.ndarray:
    fixed = array.copy()
    fixed.flags.writeable = False
    return fixed


LAYOUTS: dict[str, Change] = {
    "whose columns come first in memory (Fortran's order)": lambda array: np.array(array, order="F"),
    "that are every second column of larger ones": lambda array: _strided(array) if array.ndim else array,
    "that may only be read": _read_only,
}


def _changed(arguments: tuple, names: Sequence[str], chosen: Sequence[str], change: Change) -> tuple:
    """The arguments, with every number and array in the chosen ones changed, whatever holds it."""
    parts = zip(names, arguments, strict=True)
    return tuple(_inside(value, change) if name in chosen else copy.deepcopy(value) for name, value in parts)


def _inside(value: Any, change: Change) -> Any:
    if isinstance(value, dict):
        return {key: _inside(part, change) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_inside(part, change) for part in value)
    if isinstance(value, np.ndarray):
        return change(value)
    if _is_number(value) and change not in LAYOUTS.values():
        number = change(np.asarray(value))[()]
        return number if number.dtype == np.float32 else number.item()
    return value


def _as_drawn(value: Any, drawn: Any) -> Any:
    """The values in the number types of what was drawn."""
    if isinstance(value, dict):
        return {key: _as_drawn(part, drawn[key]) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_as_drawn(*parts) for parts in zip(value, drawn, strict=True))
    if isinstance(value, np.ndarray):
        return value.astype(drawn.dtype)
    return type(drawn)(value) if _is_number(drawn) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)
