"""What a function changed in its copies of arguments, changed in the arguments themselves."""

from typing import Any

import numpy as np


def update(old: Any, new: Any) -> None:
    """Makes the changes in `old` that a function made in its copy `new`, whatever lies inside them."""
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and (old.shape, old.dtype) == (new.shape, new.dtype):
        if old.flags.writeable:
            old[...] = new
    elif isinstance(old, np.random.Generator) and isinstance(new, np.random.Generator):
        old.bit_generator.state = new.bit_generator.state
    elif isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        for inner, changed in zip(old, new, strict=True):
            update(inner, changed)
    elif isinstance(old, list) and isinstance(new, list):
        old[:] = [_kept(inner, changed) for inner, changed in zip(old, new, strict=False)] + new[len(old) :]
    elif isinstance(old, dict) and isinstance(new, dict):
        merged = {key: _kept(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(merged)
    elif isinstance(old, set) and isinstance(new, set):
        old.clear()
        old.update(new)


def _kept(old: Any, new: Any) -> Any:
    """`old` itself, changed to equal `new`, where it can be changed; else `new`."""
    if type(old) is not type(new) or not isinstance(old, np.ndarray | list | dict | set | np.random.Generator):
        return new
    if isinstance(old, np.ndarray) and (old.shape, old.dtype) != (new.shape, new.dtype):
        return new
    update(old, new)
    return old
