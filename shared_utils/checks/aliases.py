"""Whose memory an answer changes or hands back: its argument's, or that of an answer it gave before."""

import copy
import itertools
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shared_utils.checks import words
from shared_utils.checks.domain import parts_in
from shared_utils.checks.values import CheckFailed, same, that

PAIRS = 100  # of arrays, that are compared in less time than they are put in the order of their addresses
STALE = "it changed, or handed out again, what an earlier call had returned; make new arrays"


class Watched:
    """What a function hands back, call by call.

    Attributes:
        lent: the places (a number or a name) of the arguments whose memory the last result shares.
        stale: whether the last call changed the result of the call before it, or handed it out again.
    """

    def __init__(self) -> None:
        # The last result, its arrays and containers, and a copy of it.
        self._last: tuple[Any, list[np.ndarray], set[int], Any] = (None, [], set(), None)
        self.lent: list[int | str] = []
        self.stale = False

    def note(self, result: Any, arguments: Sequence, named: Mapping[str, Any]) -> None:
        """Notes a result that the function has given for these arguments."""
        arrays, containers = _changeable(result)
        given = [*enumerate(arguments), *named.items()] if arrays or containers else []
        theirs = {place: _changeable(value) for place, value in given}
        shared = _sharing(arrays, [array for their_arrays, _ in theirs.values() for array in their_arrays])
        self.lent, new = [], containers
        for place, (their_arrays, their_containers) in theirs.items():
            if containers & their_containers or _sharing(shared, their_arrays):
                self.lent.append(place)
                new = new - their_containers
        borrowed = set(map(id, shared))
        own = [array for array in arrays if id(array) not in borrowed]
        before, old, old_containers, then = self._last
        changed = bool(old or old_containers) and not same(_plain(before), then)
        self.stale = changed or bool(_sharing(own, old)) or bool(new & old_containers)
        self._last = (result, arrays, containers, _plain(result))


def _changeable(value: Any) -> tuple[list[np.ndarray], set[int]]:
    """The arrays in a value, and the identities of the dicts and lists."""
    parts = parts_in(value)
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    return arrays, {id(part) for part in parts if isinstance(part, (dict, list))}


def _sharing(arrays: list[np.ndarray], others: list[np.ndarray]) -> list[np.ndarray]:
    """Those of `arrays` that share memory with one of `others`."""
    if len(arrays) * len(others) < PAIRS:
        return [array for array in arrays if any(np.may_share_memory(array, other) for other in others)]
    inorder = sorted(map(_extent, others))
    begins, ends = [begin for begin, _ in inorder], list(itertools.accumulate((end for _, end in inorder), max))
    found = []
    for array in arrays:
        begin, end = _extent(array)
        # Of those that begin before its end, the one that reaches farthest.
        if (before := bisect_left(begins, end)) and ends[before - 1] > begin:
            found.append(array)
    return found


def _extent(array: np.ndarray) -> tuple[int, int]:
    """The address of its first byte, and of the one behind its last; zeros if it has none."""
    if not array.size:
        return 0, 0
    first = array.__array_interface__["data"][0]
    steps = [(size - 1) * stride for size, stride in zip(array.shape, array.strides, strict=True)]
    back, forth = sum(min(step, 0) for step in steps), sum(max(step, 0) for step in steps)
    return first + back, first + forth + array.itemsize


def _plain(value: Any) -> Any:
    """A copy of the arrays, containers, numbers and strings in a value."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value if isinstance(value, (np.generic, int, float, str)) else None


def watched(function: Callable) -> tuple[Callable, Any]:
    """The function, and what has `lent` and `stale` of its last call; one that runs elsewhere is watched there."""
    if peer := getattr(function, "peer", None):
        return function, peer
    seen = Watched()

    def call(*arguments: Any) -> Any:
        result = function(*arguments)
        seen.note(result, arguments, {})
        return result

    return call, seen


def unchanged(function: Callable, *arguments: Any) -> None:
    """`function(*arguments)` leaves its arguments as they were; a second call gives the same answer, in new arrays.

    A random generator among the arguments may move on; the second call begins with it where the first one did.
    """
    call, seen = watched(function)
    before = copy.deepcopy(arguments)
    first = copy.deepcopy(call(*arguments))
    for number, (now, then) in enumerate(zip(arguments, before, strict=True)):
        if not same(now, then):
            raise CheckFailed(words.in_place(function.__name__, words.argument(function, number), then))
    is_drawn_from = [isinstance(argument, np.random.Generator) for argument in arguments]
    again = call(*(then if drawn else now for drawn, now, then in zip(is_drawn_from, arguments, before, strict=True)))
    that(same(first, again), f"{function.__name__} gives another answer when called again with the same arguments")
    that(not seen.stale, f"{function.__name__} is called again with the same arguments: {STALE}")
