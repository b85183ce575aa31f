"""How a check names what it was given: shortly, and never the whole answer."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np


def kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" + ("" if value.dtype.kind in "biuf" else f" of {value.dtype}")
    if isinstance(value, np.generic | int | float | bool):
        return "a number" if not isinstance(value, bool | np.bool_) else f"{value}"
    if callable(value) and hasattr(value, "__name__") and not isinstance(value, type):
        return "a function"
    return {list: "a list", tuple: "a tuple", dict: "a dict", str: "a string"}.get(type(value), type(value).__name__)


def brief(value: Any) -> str:
    """The value as it is, cut if it is long; what holds arrays by its parts, arrays by their shapes."""
    value = value.item() if isinstance(value, np.generic) else value
    if not _holds_arrays(value):
        text = " ".join(repr(value).split())
        return text if len(text) <= 60 else text[:57] + "..."
    if isinstance(value, dict):
        return f"a dict {_keys(value)}"
    if isinstance(value, np.ndarray) or len(value) > 4:
        return kind(value)
    parts = ", ".join(kind(part) if _holds_arrays(part) else brief(part) for part in value)
    return f"[{parts}]" if isinstance(value, list) else f"({parts})"


def call(function: Callable, arguments: Sequence, named: Mapping[str, Any]) -> str:
    """The arguments of a call, as in "with X of shape (2, 5), steps=0, ": short ones as they are; "" if none."""
    given = {argument(function, number): value for number, value in enumerate(arguments)} | named
    return "".join(["with " * bool(given), *(f"{_given(name, value)}, " for name, value in given.items())])


def _given(name: str, value: Any) -> str:
    is_array = isinstance(value, np.ndarray)
    if not callable(value) and (not is_array or 0 < value.size <= 12):
        text = repr(value.tolist() if isinstance(value, np.ndarray | np.generic) else value)
        if len(text) <= 30:
            return f"{name}={text}"
    if is_array:
        return f"{name} of shape {value.shape}"
    return f"{name} ({kind(value)} {_keys(value)})" if isinstance(value, dict) else f"{name} ({kind(value)})"


def _keys(value: dict) -> str:
    return f"with the keys {', '.join(map(str, value))}" if len(value) <= 8 else f"of {len(value)} entries"


def _holds_arrays(value: Any) -> bool:
    if isinstance(value, list | tuple | dict):
        return any(map(_holds_arrays, value.values() if isinstance(value, dict) else value))
    return isinstance(value, np.ndarray)


def container(value: Any) -> str | None:
    """The kind of container, so that a list does not pass for a tuple nor a 1 for True."""
    return next((kind.__name__ for kind in (bool, tuple, list, dict, str) if isinstance(value, kind)), None)


def argument(function: Callable, number: int) -> str:
    """The name of the argument with that number (from 0), or the number in words where the name cannot be had."""
    try:
        return list(inspect.signature(function).parameters)[number]
    except (ValueError, TypeError, IndexError):
        return f"number {number + 1}"


def in_place(function: str, changed: str, value: Any) -> str:
    """That a function changes an argument which it should leave alone, and the remedy; `value` is the argument."""
    if isinstance(value, dict):
        return f"{function} changes its argument {changed} in place: it fills the caller's dict; fill a new one"
    if isinstance(value, list):
        return f"{function} changes its argument {changed} in place: work on a copy of the list, list({changed})"
    return (
        f"{function} changes its argument {changed} in place: work on a copy (for arrays write a = a - b, not a -= b)"
    )


def worst(actual: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> str:
    """Where the values differ most; one expected value, to three digits, is all of the answer that is shown."""
    if not actual.shape:
        return _compared(float(actual), float(expected))
    excess = np.abs(actual - expected.astype(float)) - (atol + rtol * np.abs(expected))
    place = np.unravel_index(int(np.argmax(excess)), excess.shape)
    where = ", ".join(map(str, place))
    return (
        f"{(excess > 0).sum()} of {actual.size} values are wrong, "
        f"most at [{where}]: {_compared(float(actual[place]), float(expected[place]))}"
    )


def _compared(actual: float, expected: float) -> str:
    """The two numbers with as many digits, at least three, as it takes to see that they differ."""
    digits = next((n for n in range(3, 16) if f"{actual:.{n}g}" != f"{expected:.{n}g}"), 16)
    return f"expected about {expected:.{digits}g}, got {actual + 0.0:.{max(digits, 6)}g}"
