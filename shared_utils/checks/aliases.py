"""Whose memory an answer hands back: its argument's, or that of an answer it gave before."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from shared_utils.checks.domain import arrays_in


class Watched:
    """What a function hands back, call by call.

    Attributes:
        lent: the places (a number or a name) of the arguments whose memory the last result shares.
        stale: whether the last call changed the result of the call before it.
    """

    def __init__(self) -> None:
        self._last: list[tuple[np.ndarray, np.ndarray]] = []
        self.lent: list[int | str] = []
        self.stale = False

    def note(self, result: Any, arguments: Sequence, named: Mapping[str, Any]) -> None:
        """Notes a result that the function has given for these arguments."""
        found = list(arrays_in(result))
        self.lent = [
            place
            for place, value in [*enumerate(arguments), *named.items()]
            if any(np.may_share_memory(array, part) for part in arrays_in(value) for array in found)
        ]
        self.stale = any(array.tobytes() != before.tobytes() for array, before in self._last)
        self._last = [(array, copy.deepcopy(array)) for array in found]


def watched(function: Callable) -> tuple[Callable, Any]:
    """The function, and what has `lent` and `stale` of its last call; one that runs elsewhere is watched there."""
    if peer := getattr(function, "peer", None):
        return function, peer
    seen = Watched()

    def call(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        seen.note(result, arguments, named)
        return result

    return call, seen
