"""Derivatives to all digits, for the oracles of backward passes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from shared_utils.checks.domain import arrays_in
from shared_utils.checks.values import close

STEP = 1e-200  # no difference is taken, so no step is too small


def complex_step(function: Callable[..., np.ndarray], *arguments: Any) -> tuple[Any, ...]:
    """The gradients of the sum of `function(*arguments)` with respect to each of the arguments.

    An entry is moved along the imaginary axis: f(x + ih) = f(x) + ih f'(x) + ..., and the imaginary part holds f'(x).

    Args:
        function: made of NumPy operations that take complex numbers and are analytic: arithmetic, powers, exp, log,
            tanh, sums, products, indices; neither abs, maximum nor comparisons.
        arguments: arrays, and dicts of arrays; the gradients of a dict stand in a dict under "d" + key.

    Source:
        W. Squire and G. Trapp (1998), Using Complex Variables to Estimate Derivatives of Real Functions, SIAM Rev. 40.
    """
    moved = [_complex(each) for each in arguments]
    return tuple(
        {f"d{key}": _gradient(function, moved, array) for key, array in each.items()}
        if isinstance(each, dict)
        else _gradient(function, moved, each)
        for each in moved
    )


def along(what: str, function: Callable[..., np.ndarray], arguments: Sequence[Any], gradients: Sequence[Any]) -> None:
    """The gradients of the sum of `function(*arguments)` agree with its derivative along one random direction.

    One call instead of one for each entry: for arguments too large for `complex_step`, which are given alike.

    Raises:
        CheckFailed: they do not.
    """
    rng, total = np.random.default_rng(1), 0.0
    moved = [_complex(each) for each in arguments]
    for array, gradient in zip(arrays_in(moved), _in_order(arguments, gradients), strict=True):
        direction = rng.normal(0, 1, array.shape)
        array += 1j * STEP * direction
        total += np.sum(np.reshape(gradient, array.shape) * direction)
    expected = np.sum(np.imag(function(*moved)) / STEP)
    close(f"{what}, all gradients along one direction", total, expected, rtol=1e-8)


def _complex(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: np.array(array, dtype=complex) for key, array in value.items()}
    return np.array(value, dtype=complex)


def _gradient(function: Callable[..., np.ndarray], moved: list, array: np.ndarray) -> np.ndarray:
    """With respect to an array that lies in `moved`; each of its entries is moved and put back."""
    gradient = np.zeros(array.shape)
    for place in np.ndindex(gradient.shape):
        array[place] += 1j * STEP
        gradient[place] = np.sum(np.imag(function(*moved)) / STEP)
        array[place] = array[place].real
    return gradient


def _in_order(arguments: Sequence[Any], gradients: Sequence[Any]) -> Iterator[np.ndarray]:
    """The gradients in the order of the arrays in `arguments`."""
    for argument, gradient in zip(arguments, gradients, strict=True):
        yield from (gradient[f"d{key}"] for key in argument) if isinstance(argument, dict) else [gradient]
