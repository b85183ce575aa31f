"""Resizing pictures to what a network wants."""

import numpy as np
from PIL import Image


def resized(image: np.ndarray, height: int, width: int, box: np.ndarray | None = None) -> np.ndarray:
    """Resizes a picture, or the part of it in a box, by Pillow's bilinear filter: uint8 (height, width, 3)."""
    part = None if box is None else tuple(box)
    return np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.BILINEAR, part))
