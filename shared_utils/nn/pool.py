"""Pooling of pictures (m, n_H, n_W, n_C), forward; windows and padding are those of a convolution."""

import functools

import numpy as np

from shared_utils.nn.padded_conv import windows_of

TAUGHT_IN = "course4_cnn/week1_convolutions/04_pooling_and_a_complete_network"


def max_pool(a_prev: np.ndarray, f: int, stride: int, padding: str = "valid") -> np.ndarray:
    """Takes the largest value of each channel in each window of f × f pixels; what lies outside counts for nothing.

    Args:
        a_prev: (m, n_H_prev, n_W_prev, n_C).
        f: side of a window in pixels.
        stride, padding: as in `conv`.

    Returns:
        (m, n_H, n_W, n_C).

    Raises:
        ValueError: the padding is unknown, or a picture is smaller than a window.
    """
    windows = windows_of(a_prev, f, stride, padding, outside=-np.inf)
    return functools.reduce(np.maximum, (windows[..., i, j] for i, j in np.ndindex(f, f)))
