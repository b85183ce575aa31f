"""Whose memory an answer hands back or changes: its argument's, an earlier answer's, or that of a callback's result."""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shared_utils.checks.domain import arrays_in
from shared_utils.checks.values import same


class Watched:
    """What a function hands back, call by call.

    Attributes:
        lent: the places (a number or a name) of the arguments whose memory the last result shares.
        stale: whether the last call changed the result of the call before it, or handed it out again.
        spoiled: whether the last call changed what a function among its arguments had returned.
    """

    def __init__(self) -> None:
        self._last: tuple[Any, Any] = (None, None)
        self.lent: list[int | str] = []
        self.stale = self.spoiled = False

    def note(
        self, result: Any, arguments: Sequence, named: Mapping[str, Any], returned: Sequence[tuple[Any, Any]] = ()
    ) -> None:
        """Notes a result that the function has given for these arguments.

        Args:
            returned: what functions among the arguments returned meanwhile, each with a copy from then (`plain`).
        """
        found = list(arrays_in(result))
        given = list(arrays_in([*arguments, *named.values()]))
        self.lent = [
            place
            for place, value in [*enumerate(arguments), *named.items()]
            if any(np.may_share_memory(array, part) for part in arrays_in(value) for array in found)
        ]
        before, then = self._last
        own = [array for array in found if not any(np.may_share_memory(array, part) for part in given)]
        again = any(np.may_share_memory(array, old) for old in arrays_in(before) for array in own)
        again |= isinstance(result, dict | list) and result is before and not any(result is part for part in arguments)
        self.stale = again or not same(plain(before), then)
        self.spoiled = any(not same(plain(value), then) for value, then in returned)
        self._last = (result, plain(result))


def plain(value: Any) -> Any:
    """A copy of the arrays, containers, numbers and strings in a value."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, np.ndarray):
        return value.copy()
    return value if isinstance(value, np.generic | int | float | str) else None


def watched(function: Callable) -> tuple[Callable, Any]:
    """The function, and what has `lent` and `stale` of its last call; one that runs elsewhere is watched there."""
    if peer := getattr(function, "peer", None):
        return function, peer
    seen = Watched()

    def call(*arguments: Any) -> Any:
        returned: list[tuple[Any, Any]] = []
        result = function(*(_noting(value, returned) if callable(value) else value for value in arguments))
        seen.note(result, arguments, {}, returned)
        return result

    return call, seen


def _noting(function: Callable, returned: list[tuple[Any, Any]]) -> Callable:
    """The function, which notes what it returns."""

    @functools.wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        value = function(*arguments, **named)
        returned.append((value, plain(value)))
        return value

    return call
