"""Zeros around pictures (m, n_H, n_W, n_C), and the sizes that padding and stride give, along one axis."""

import numpy as np

TAUGHT_IN = "course4_cnn/week1_convolutions/02_padding_and_stride"


def zero_pad(images: np.ndarray, p: int) -> np.ndarray:
    """Puts a frame of zeros, p pixels wide, around each channel.

    Args:
        images: (m, n_H, n_W, n_C).
        p: rows above and below, columns on the left and on the right.

    Returns:
        (m, n_H + 2 p, n_W + 2 p, n_C), of the number type of images.
    """
    return np.pad(images, ((0, 0), (p, p), (p, p), (0, 0)))


def output_size(n: int, f: int, p: int = 0, s: int = 1) -> int:
    """In how many places a filter of f pixels can lie on n pixels with p zeros on each side, with the stride s.

    Raises:
        ValueError: the filter is longer than the axis with its padding.
    """
    if f > n + 2 * p:
        raise ValueError(f"a filter of {f} pixels does not fit into {n} pixels with {p} more on each side")
    return (n + 2 * p - f) // s + 1


def same_padding(n: int, f: int, s: int = 1) -> tuple[int, int]:
    """The fewest zeros before and after n pixels with which a filter of f pixels has n / s places, rounded up.

    If their number is odd, there is one more after.
    """
    total = max((-(-n // s) - 1) * s + f - n, 0)
    return total // 2, total - total // 2
