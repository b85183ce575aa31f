"""The arguments of the call before: what is the same array there and here must be so on the other side as well.

Only then an answer shows that it remembers its arguments by their identity, although their values have changed.
"""

from collections.abc import Sequence

import numpy as np

from shared_utils.checks.domain import overwrite


class Before:
    """The arguments of the last call of each function, by its name."""

    def __init__(self) -> None:
        self._last: dict[str, list] = {}

    def same(self, name: str, arguments: Sequence) -> list[int]:
        """The places of those that are the very arrays, lists or dicts of the last call; notes this one."""
        last = self._last.get(name, [])
        self._last[name] = list(arguments)
        pairs = enumerate(zip(arguments, last, strict=False))
        return [place for place, (now, then) in pairs if now is then and isinstance(now, np.ndarray | list | dict)]

    def renewed(self, name: str, arguments: list, same: Sequence[int]) -> list:
        """These arguments, at the places of `same` written into the objects of the last call; notes them."""
        last = self._last.get(name, [])
        self._last[name] = [
            overwrite(last[place], value) if place in same and place < len(last) else value
            for place, value in enumerate(arguments)
        ]
        return list(self._last[name])
