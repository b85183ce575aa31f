"""Mutants of behaviour: a reference answer wrapped so that it does what real answers do wrong between the lines.

A wrapper is tried where what the checks call the answer with, and what it returns, could show it (`applies`). One that
cannot matter for an exercise all the same is declared in the lesson's answers, with the reason.
"""

import copy
import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from shared_utils.checks.domain import arrays_in
from shared_utils.checks.values import same

MANY = 100
STEPS = {"steps", "epochs", "iterations", "repeat"}
NEAR = 1e-7

Facts = dict[str, bool]
Answer = Callable[..., Any]


@dataclass(frozen=True)
class Behaviour:
    """A way to go wrong: its name, the facts of which one must hold for it to be tried, and what wraps an answer."""

    name: str
    needs: tuple[str, ...]
    wrap: Callable[[Answer], Answer]


BEHAVIOURS: list[Behaviour] = []


def behaviour(name: str, *needs: str) -> Callable:
    def add(wrap: Callable[[Answer], Answer]) -> Callable[[Answer], Answer]:
        BEHAVIOURS.append(Behaviour(name, needs, wrap))
        return wrap

    return add


def wrapped(function: Answer, wrap: Callable[[Answer], Answer]) -> Answer:
    """The answer in a wrapper, called as before: with its own name and signature, by place or by keyword."""
    inside, signature = wrap(function), inspect.signature(function)

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        bound = signature.bind(*arguments, **named)
        bound.apply_defaults()  # else what stands by keyword behind one that is left out would stay a keyword
        return inside(*bound.args, **bound.kwargs)

    return call


def applicable(facts: Facts) -> list[Behaviour]:
    """The behaviours that an exercise with these facts may show."""
    return [each for each in BEHAVIOURS if not each.needs or any(facts[need] for need in each.needs)]


class Recorder:
    """Wraps an answer and notes, over all its calls, what the behaviours need to know."""

    def __init__(self) -> None:
        needed = {need for each in BEHAVIOURS for need in each.needs}
        self.facts: Facts = dict.fromkeys(sorted(needed), False)
        self._within = True

    def __call__(self, function: Answer) -> Answer:
        def call(*arguments: Any) -> Any:
            result = function(*arguments)
            self._note(function, list(arguments), result)
            return result

        return call

    def _note(self, function: Answer, arguments: list, result: Any) -> None:
        facts, given, made = self.facts, list(arrays_in(arguments)), list(arrays_in(result))
        numbers = [np.asarray(number) for number in _numbers(result)]
        facts["array argument"] |= any(array.ndim for array in given)
        facts["real argument"] |= any(
            array.dtype.kind == "f" and array.size and (array.min() < 0 or array.max() > 1) for array in given
        )
        first = next(iter(given), np.zeros(0))
        of_any_type = first.dtype.kind in "iu" or bool(((first < 0) | (first > 1)).any())
        facts["numbers of any type"] |= of_any_type and bool(numbers)
        facts["array result"] |= bool(made)
        facts["real result"] |= any(number.dtype.kind == "f" for number in numbers)
        facts["container result"] |= bool(made) or isinstance(result, dict | list)
        facts["matrix result"] |= any(array.ndim == 2 and min(array.shape) > 1 for array in made)
        facts["argument returned"] |= any(_alike(array, other) for array in made for other in given)
        facts["steps"] |= bool(STEPS & set(inspect.signature(function).parameters))
        self._within &= all(number.min() >= 0 and number.max() <= 1 for number in numbers if number.size)
        facts["probability result"] = self._within and facts["real result"]


def _numbers(value: Any) -> Iterator[Any]:
    """Every number and array in a value, but truth values."""
    if isinstance(value, np.ndarray | np.generic | int | float) and np.asarray(value).dtype.kind in "iuf":
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from _numbers(part)


def _alike(array: np.ndarray, other: np.ndarray) -> bool:
    return array.shape == other.shape and array.dtype == other.dtype and np.array_equal(array, other, equal_nan=True)


def _mapped(value: Any, change: Callable[[np.ndarray], Any]) -> Any:
    """The value with every array (and float) in it changed."""
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_mapped(part, change) for part in value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "iufb":
        return change(value)
    if isinstance(value, float | np.floating):
        return float(change(np.asarray(value)))
    return value


def on_result(change: Callable[[np.ndarray], Any]) -> Callable[[Answer], Answer]:
    """The wrapper that changes every array and float in the result."""
    return lambda function: lambda *arguments: _mapped(function(*arguments), change)


def on_arguments(change: Callable[[np.ndarray], Any]) -> Callable[[Answer], Answer]:
    """The wrapper that changes every array and float in the arguments."""
    return lambda function: lambda *arguments: function(*_mapped(arguments, change))


def _real(change: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], Any]:
    return lambda array: change(array) if array.dtype.kind == "f" else array


behaviour("nothing returned")(lambda function: lambda *arguments: function(*arguments) and None)
behaviour("float32 inside", "real result")(on_result(_real(lambda a: a.astype(np.float32).astype(a.dtype))))
behaviour("rounded to six places", "real result")(on_result(_real(lambda a: np.round(a, 6))))
behaviour("arguments clipped at 10", "real argument")(on_arguments(_real(lambda a: np.clip(a, -10, 10))))
behaviour("kept away from 0 and 1", "probability result")(on_result(_real(lambda a: np.clip(a, NEAR, 1 - NEAR))))
behaviour("squeezed", "array result")(on_result(np.squeeze))
behaviour("square results transposed", "matrix result")(
    on_result(lambda a: a.T if a.ndim == 2 and len(set(a.shape)) == 1 else a)
)


@behaviour("remembered by shapes", "array argument")
def _remembered(function: Answer) -> Answer:
    known: dict[Any, Any] = {}

    def call(*arguments: Any) -> Any:
        key = repr([array.shape for array in arrays_in(arguments)])
        if key not in known:
            known[key] = copy.deepcopy(function(*arguments))
        return copy.deepcopy(known[key])

    return call


class Table:
    """The answers that the visible check asks for, in place of the answer: what else is asked gets the last of them."""

    def __init__(self) -> None:
        self._known: list[tuple[tuple, Any]] = []

    def learn(self, function: Answer) -> Answer:
        """Wraps the answer, so that its calls are noted."""

        def call(*arguments: Any) -> Any:
            before = copy.deepcopy(arguments)
            result = function(*arguments)
            self._known.append((before, copy.deepcopy(result)))
            return result

        return call

    def answer(self, function: Answer) -> Answer:
        """Wraps the answer, so that it is never called."""

        def call(*arguments: Any) -> Any:
            last = self._known[-1][1] if self._known else None
            return copy.deepcopy(next((told for asked, told in self._known if same(asked, arguments)), last))

        return call


@behaviour("one object for all results", "container result")
def _one_object(function: Answer) -> Answer:
    kept: dict[Any, Any] = {}

    def call(*arguments: Any) -> Any:
        result = function(*arguments)
        if isinstance(result, dict | list):
            mine = kept.setdefault(type(result), type(result)())
            mine.clear()
            mine.update(result) if isinstance(result, dict) else mine.extend(result)
            return mine

        def into(array: np.ndarray) -> np.ndarray:
            mine = kept.setdefault((array.shape, array.dtype), np.empty_like(array))
            mine[...] = array
            return mine

        return _mapped(result, lambda array: into(array) if array.ndim else array)

    return call


@behaviour("argument changed after use", "array argument")
def _changed_after(function: Answer) -> Answer:
    def call(*arguments: Any) -> Any:
        result = copy.deepcopy(function(*arguments))
        for array in arrays_in(arguments):
            if array.flags.writeable and array.size and array.dtype.kind in "iuf":
                array += 1
                break
        return result

    return call


@behaviour("number type of the first argument", "numbers of any type")
def _type_of_first(function: Answer) -> Answer:
    def call(*arguments: Any) -> Any:
        first = next(iter(arrays_in(arguments)), None)
        result = function(*arguments)
        return result if first is None else _mapped(result, lambda array: array.astype(first.dtype))

    return call


@behaviour("only the first 100", "array argument")
def _first_hundred(function: Answer) -> Answer:
    def cut(array: np.ndarray) -> np.ndarray:
        return array[tuple(slice(MANY) for _ in array.shape)]

    return on_arguments(cut)(function)


@behaviour("only 100 steps", "steps")
def _hundred_steps(function: Answer) -> Answer:
    names = list(inspect.signature(function).parameters)

    def call(*arguments: Any) -> Any:
        few = (min(v, MANY) if name in STEPS else v for name, v in zip(names, arguments, strict=False))
        return function(*few)

    return call


@behaviour("read-only arrays refused", "array argument")
def _wants_writeable(function: Answer) -> Answer:
    def call(*arguments: Any) -> Any:
        if not all(array.flags.writeable for array in arrays_in(arguments)):
            raise ValueError("assignment destination is read-only")
        return function(*arguments)

    return call


@behaviour("scattered arrays refused", "array argument")
def _wants_contiguous(function: Answer) -> Answer:
    def call(*arguments: Any) -> Any:
        if not all(array.flags.c_contiguous for array in arrays_in(arguments)):
            raise ValueError("the array is not contiguous")
        return function(*arguments)

    return call


@behaviour("its argument handed back", "argument returned")
def _handed_back(function: Answer) -> Answer:
    def call(*arguments: Any) -> Any:
        given = list(arrays_in(arguments))
        result = function(*arguments)
        return _mapped(result, lambda array: next((other for other in given if _alike(array, other)), array))

    return call
