"""Pooling of pictures (m, n_H, n_W, n_C), forward and backward, without padding; float32 stays float32.

Source: course 4, week 1, lecture 9.
"""

import functools

import numpy as np

from shared_utils.nn.padding import output_size

TAUGHT_IN = "course4_cnn/week1_convolutions/04_pooling_and_a_complete_network"


def pool_forward(A_prev: np.ndarray, f: int, stride: int, mode: str) -> np.ndarray:
    """Takes the largest or the mean value of each channel in each window of f × f pixels.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C).
        f: side of a window in pixels.
        stride: pixels from one window to the next, >= 1.
        mode: "max" or "average".

    Returns:
        (m, n_H, n_W, n_C).

    Raises:
        ValueError: the mode is unknown, stride < 1, or a picture is smaller than a window.
    """
    if mode not in {"max", "average"}:
        raise ValueError(f'mode must be "max" or "average", not {mode!r}')
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    pixels = [A_prev[:, r : r + n_H * stride : stride, c : c + n_W * stride : stride] for r, c in np.ndindex(f, f)]
    if mode == "average":
        return sum(pixels[1:], pixels[0] / 1) / f**2
    return functools.reduce(np.maximum, pixels[1:], pixels[0].copy())


def pool_backward(dA: np.ndarray, A_prev: np.ndarray, f: int, stride: int, mode: str) -> np.ndarray:
    """The derivative with respect to A_prev; windows may overlap.

    Args:
        dA: the derivative with respect to what pool_forward returned, (m, n_H, n_W, n_C).
        A_prev, f, stride, mode: as pool_forward was given them.

    Returns:
        An array of the shape of A_prev. "max": a window's derivative goes to the first of its largest values, row by
        row; "average": all values of the window share it equally.

    Raises:
        ValueError: as pool_forward.
    """
    A, (n_H, n_W) = pool_forward(A_prev, f, stride, mode), dA.shape[1:3]
    share = dA / (f**2 if mode == "average" else 1)
    dA_prev, waiting = np.zeros(A_prev.shape, dtype=share.dtype), np.ones(A.shape, dtype=bool)
    for r, c in np.ndindex(f, f):
        pixel = np.s_[:, r : r + n_H * stride : stride, c : c + n_W * stride : stride]
        if mode == "average":
            dA_prev[pixel] += share
        else:
            found = waiting & (A_prev[pixel] == A)
            waiting &= ~found
            dA_prev[pixel] += share * found
    return dA_prev
