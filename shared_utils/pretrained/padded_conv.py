"""Convolutions of trained networks, whose padding has a name, forward: numbers go in and come out as float32.

Padding is "valid" (none) or "same": zeros around the picture so that n_H becomes n_H / stride, rounded up, with the
odd row or column at the bottom or right.
"""

import numpy as np

from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.padding import same_padding


def conv(
    a_prev: np.ndarray, W: np.ndarray, b: np.ndarray | float = 0, stride: int = 1, padding: str = "same"
) -> np.ndarray:
    """Convolves pictures with filters over all their channels.

    Args:
        a_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        W: the filters, (f, f, n_C_prev, n_C).
        b: the biases, (n_C,).
        stride: pixels from one window to the next.
        padding: "same" or "valid".

    Returns:
        (m, n_H, n_W, n_C), without an activation function.

    Raises:
        ValueError: the filters are for another number of channels, the padding is unknown, or a picture is smaller
            than a filter.
    """
    return conv_forward_fast(padded(a_prev, len(W), stride, padding), W, b, stride, pad=0)


def depthwise_conv(a_prev: np.ndarray, W: np.ndarray, stride: int = 1, padding: str = "same") -> np.ndarray:
    """Convolves each channel with a filter of its own; followed by a 1 × 1 convolution it is a separable one.

    Args:
        a_prev: (m, n_H_prev, n_W_prev, n_C).
        W: a filter for each channel, (f, f, n_C, 1).
        stride, padding: as in `conv`.

    Returns:
        (m, n_H, n_W, n_C).

    Raises:
        ValueError: as `conv`.
    """
    f, _, n_C, _ = W.shape
    if a_prev.shape[3] != n_C:
        raise ValueError(f"the filters are for {n_C} channels, the pictures have {a_prev.shape[3]}")
    windows = windows_of(a_prev, f, stride, padding)
    return sum(windows[..., i, j] * W[i, j, :, 0] for i, j in np.ndindex(f, f))


def windows_of(a_prev: np.ndarray, f: int, stride: int, padding: str, outside: float = 0) -> np.ndarray:
    """A view of every window, (m, n_H, n_W, n_C, f, f), after padding with the value outside."""
    windows = np.lib.stride_tricks.sliding_window_view(padded(a_prev, f, stride, padding, outside), (f, f), axis=(1, 2))
    return windows[:, ::stride, ::stride]


def padded(a_prev: np.ndarray, f: int, stride: int, padding: str, outside: float = 0) -> np.ndarray:
    """The pictures with what "same" puts around them, the value outside; as they are for "valid"."""
    if padding not in {"same", "valid"}:
        raise ValueError(f'padding must be "same" or "valid", not {padding!r}')
    sizes = a_prev.shape[1:3]
    if padding == "valid":
        if min(sizes) < f:
            raise ValueError(f"a picture of {sizes[0]} × {sizes[1]} pixels is smaller than a window of {f} × {f}")
        return a_prev
    around = [same_padding(n, f, stride) for n in sizes]
    return np.pad(a_prev, ((0, 0), *around, (0, 0)), constant_values=outside)
