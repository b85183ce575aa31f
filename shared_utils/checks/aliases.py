"""Whose memory an answer changes or hands back: its argument's, or that of an answer it gave before."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shared_utils.checks import words
from shared_utils.checks.domain import parts_in
from shared_utils.checks.values import CheckFailed, same, that

STALE = "it changed, or handed out again, what an earlier call had returned; make new arrays"


class Watched:
    """What a function hands back, call by call.

    Attributes:
        lent: the places (a number or a name) of the arguments whose memory the last result shares.
        stale: whether the last call changed the result of the call before it, or handed it out again.
    """

    def __init__(self) -> None:
        self._last: tuple[Any, Any] = (None, None)
        self.lent: list[int | str] = []
        self.stale = False

    def note(self, result: Any, arguments: Sequence, named: Mapping[str, Any]) -> None:
        """Notes a result that the function has given for these arguments."""
        arrays, containers = _changeable(result)
        self.lent, own, new = [], arrays, containers
        for place, value in [*enumerate(arguments), *named.items()] if arrays or containers else ():
            theirs, their_containers = _changeable(value)
            if containers & their_containers or _share(arrays, theirs):
                self.lent.append(place)
                own = [array for array in own if not _share([array], theirs)]
                new = new - their_containers
        before, then = self._last
        old, old_containers = _changeable(before)
        self.stale = _share(own, old) or bool(new & old_containers) or not same(_plain(before), then)
        self._last = (result, _plain(result))


def _changeable(value: Any) -> tuple[list[np.ndarray], set[int]]:
    """The arrays in a value, and the identities of the dicts and lists."""
    parts = parts_in(value)
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    return arrays, {id(part) for part in parts if isinstance(part, (dict, list))}


def _share(arrays: list[np.ndarray], others: list[np.ndarray]) -> bool:
    return any(np.may_share_memory(array, other) for array in arrays for other in others)


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
