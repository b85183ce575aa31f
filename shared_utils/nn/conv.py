"""A convolutional layer for pictures (m, n_H, n_W, n_C) as one matrix product; float32 stays float32.

Each window is copied into one row of a matrix (im2col), which is multiplied by the filters, one in each column.

Source: K. Chellapilla, S. Puri and P. Simard (2006), High Performance Convolutional Neural Networks for Document
Processing, International Workshop on Frontiers in Handwriting Recognition.
"""

import numpy as np

from shared_utils.nn.padding import output_size, zero_pad

TAUGHT_IN = "course4_cnn/week1_convolutions/03_convolution_layers"


def im2col(A_prev: np.ndarray, f: int, stride: int, pad: int) -> np.ndarray:
    """The windows of all pictures as the rows of one new matrix, in the number type of A_prev.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        f: side of a window in pixels.
        stride: pixels from one window to the next, >= 1.
        pad: rows and columns of zeros on each of the four sides.

    Returns:
        (m * n_H * n_W, f * f * n_C_prev). Rows: by picture, row and column of the window. Columns: by row, column and
        channel within it.

    Raises:
        ValueError: a padded picture is smaller than a window, or stride < 1.
    """
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    n_H, n_W = _places(n_H_prev, n_W_prev, f, stride, pad)
    X = zero_pad(A_prev, pad) if pad else A_prev
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    columns = np.empty((m, n_H, n_W, f, f, n_C_prev), dtype=A_prev.dtype)
    columns[:] = windows.transpose(0, 1, 2, 4, 5, 3)
    return columns.reshape(m * n_H * n_W, -1)


def col2im(columns: np.ndarray, shape: tuple[int, int, int, int], f: int, stride: int, pad: int) -> np.ndarray:
    """The adjoint of im2col: lays each row back to its window, and adds up where windows overlap.

    Args:
        columns: (m * n_H * n_W, f * f * n_C_prev), as im2col orders them.
        shape: (m, n_H_prev, n_W_prev, n_C_prev), that of the pictures without padding.
        f, stride, pad: as in im2col.

    Returns:
        An array of this shape in the number type of columns, 0 where no window is.

    Raises:
        ValueError: as im2col, or columns has another number of entries.
    """
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = _places(n_H_prev, n_W_prev, f, stride, pad)
    windows = columns.reshape(m, n_H, n_W, f, f, n_C_prev)
    X = zero_pad(np.zeros(shape, dtype=columns.dtype), pad)
    for r, c in np.ndindex(f, f):
        X[:, r : r + n_H * stride : stride, c : c + n_W * stride : stride] += windows[:, :, :, r, c]
    return X[:, pad : pad + n_H_prev, pad : pad + n_W_prev]


def conv_forward_fast(A_prev: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int, pad: int) -> np.ndarray:
    """Convolves pictures with filters over all their channels, without an activation function.

    Args:
        A_prev: (m, n_H_prev, n_W_prev, n_C_prev).
        W: the filters, (f, f, n_C_prev, n_C).
        b: the biases, (n_C,).
        stride, pad: as in im2col.

    Returns:
        (m, n_H, n_W, n_C).

    Raises:
        ValueError: the filters are for another number of channels; or as im2col.
    """
    f, _, n_C_prev, n_C = W.shape
    if A_prev.shape[3] != n_C_prev:
        raise ValueError(f"the filters are for {n_C_prev} channels, the pictures have {A_prev.shape[3]}")
    Z = im2col(A_prev, f, stride, pad) @ W.reshape(-1, n_C) + b
    return Z.reshape(len(A_prev), *_places(*A_prev.shape[1:3], f, stride, pad), n_C)


def _places(n_H_prev: int, n_W_prev: int, f: int, stride: int, pad: int) -> tuple[int, int]:
    """How many windows there are, one below the other and side by side."""
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    return output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
