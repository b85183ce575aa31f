"""Max pooling of trained networks, whose padding has a name, forward."""

import numpy as np

from shared_utils.nn.pool import pool_forward
from shared_utils.pretrained.padded_conv import padded


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
    return pool_forward(padded(a_prev, f, stride, padding, outside=-np.inf), f, stride, "max")
