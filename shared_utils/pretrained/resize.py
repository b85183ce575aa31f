"""Resizing pictures to what a network wants."""

import numpy as np
from PIL import Image


def resized(image: np.ndarray, height: int, width: int, box: np.ndarray | None = None) -> np.ndarray:
    """Resizes a picture, or the part of it in a box, by Pillow's bilinear filter: uint8 (height, width, 3)."""
    part = None if box is None else tuple(box)
    return np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.BILINEAR, part))


def shrink(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Makes a picture smaller: each new pixel is the mean of the area that it covers, with parts of pixels at its rim.

    Args:
        image: (n_H, n_W, n_C), of any number type.
        height, width: at most n_H and n_W.

    Returns:
        Floats (height, width, n_C).
    """
    shares = []
    for old, new in zip(image.shape, (height, width), strict=False):
        edges, pixels = np.arange(new + 1)[:, None] * old / new, np.arange(old)
        overlap = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
        shares.append(np.maximum(overlap, 0) * new / old)
    return np.einsum("ah,hwc,bw->abc", shares[0], image, shares[1], optimize=True)
