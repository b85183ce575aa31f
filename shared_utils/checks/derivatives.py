"""Derivatives to all digits, for the oracles of backward passes."""

from collections.abc import Callable

import numpy as np

STEP = 1e-200  # no difference is taken, so no step is too small


def complex_step(function: Callable[..., np.ndarray], *arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    """The gradients of the sum of `function(*arrays)` with respect to each of the arrays, one of its shape.

    An entry is moved along the imaginary axis: f(x + ih) = f(x) + ih f'(x) + ..., and the imaginary part holds f'(x).

    Args:
        function: made of NumPy operations that take complex numbers and are analytic: arithmetic, powers, exp, log,
            tanh, sums, products, indices; neither abs, maximum nor comparisons.

    Source:
        W. Squire and G. Trapp (1998), Using Complex Variables to Estimate Derivatives of Real Functions, SIAM Rev. 40.
    """
    gradients = []
    for number, array in enumerate(arrays):
        gradient = np.zeros(np.shape(array))
        for place in np.ndindex(gradient.shape):
            moved = [np.array(each, dtype=complex) for each in arrays]
            moved[number][place] += 1j * STEP
            gradient[place] = np.sum(np.imag(function(*moved)) / STEP)
        gradients.append(gradient)
    return tuple(gradients)
