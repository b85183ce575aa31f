"""Convolution of pictures (m, n_H, n_W, n_C), forward: numbers go in and come out as float32.

A convolution copies each window of its input into one row of a matrix (im2col) and multiplies it by the filters, so
that one matrix product does the work: Chellapilla, Puri and Simard, 2006. Padding is "valid" (none) or "same": zeros
around the picture so that n_H becomes n_H / stride, rounded up, with the odd row or column at the bottom or right.
"""

import numpy as np

from shared_utils.nn.padding import same_padding

TAUGHT_IN = "course4_cnn/week1_convolutions/03_convolution_layers"


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
    f, _, n_C_prev, n_C = W.shape
    _check_channels(a_prev, n_C_prev)
    windows = windows_of(a_prev, f, stride, padding, outside=0)
    columns = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, f * f * n_C_prev)
    return (columns @ W.reshape(-1, n_C) + b).reshape(*windows.shape[:3], n_C)


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
    _check_channels(a_prev, n_C)
    windows = windows_of(a_prev, f, stride, padding, outside=0)
    return sum(windows[..., i, j] * W[i, j, :, 0] for i, j in np.ndindex(f, f))


def windows_of(a_prev: np.ndarray, f: int, stride: int, padding: str, outside: float) -> np.ndarray:
    """A view of every window, (m, n_H, n_W, n_C, f, f), after padding with the value outside."""
    if padding not in {"same", "valid"}:
        raise ValueError(f'padding must be "same" or "valid", not {padding!r}')
    sizes = a_prev.shape[1:3]
    if padding == "same":
        around = [same_padding(n, f, stride) for n in sizes]
        a_prev = np.pad(a_prev, ((0, 0), *around, (0, 0)), constant_values=outside)
    elif min(sizes) < f:
        raise ValueError(f"a picture of {sizes[0]} × {sizes[1]} pixels is smaller than a window of {f} × {f}")
    windows = np.lib.stride_tricks.sliding_window_view(a_prev, (f, f), axis=(1, 2))
    return windows[:, ::stride, ::stride]


def _check_channels(a_prev: np.ndarray, n_C: int) -> None:
    if a_prev.shape[-1] != n_C:
        raise ValueError(f"the filters are for {n_C} channels, the pictures have {a_prev.shape[-1]}")
