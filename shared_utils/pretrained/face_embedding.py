"""A residual network on `data.load_weights("face_embedding")`: 128 numbers for a face, near for the same person.

He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2015, in a version of 29 convolutions that
Davis King trained for dlib on three million faces, 2017: two faces less than about 0.6 apart are one person's.
"""

import numpy as np

from shared_utils.pretrained.padded_conv import conv
from shared_utils.pretrained.padded_pool import max_pool
from shared_utils.pretrained.resize import resized

SIDE = 150
MEAN = np.array([122.782, 117.001, 104.298], dtype=np.float32)
BLOCKS = ("conv32_1", "conv32_2", "conv32_3", "conv64_down", "conv64_1", "conv64_2", "conv64_3")
BLOCKS += ("conv128_down", "conv128_1", "conv128_2", "conv256_down", "conv256_1", "conv256_2", "conv256_down_out")


def crop(image: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Cuts the face in a box (x1, y1, x2, y2) out of a picture and resizes it: uint8 (150, 150, 3)."""
    n_H, n_W = image.shape[:2]
    return resized(image, SIDE, SIDE, np.clip(box, 0, (n_W, n_H, n_W, n_H)))


def embed(faces: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Turns faces into points, near one another if they are of one person.

    Args:
        faces: (m, 150, 150, 3), red, green and blue from 0 to 255, of `crop`.
        weights: of `data.load_weights("face_embedding")`.

    Returns:
        float32 (m, 128), of length about 1.4.
    """
    a = (np.asarray(faces, dtype=np.float32) - MEAN) / 256
    a = max_pool(np.maximum(_scaled_conv(a, weights, "conv32_down", 2, "valid"), 0), f=3, stride=2)
    for block in BLOCKS:
        a = residual_block(a, weights, block)
    return a.mean(axis=(1, 2)) @ weights["fc"]


def residual_block(a_prev: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Adds two convolutions to what goes in; a block whose name has "down" halves its height and width."""
    down = "down" in name
    stride, padding = (2, "valid") if down else (1, "same")
    a = np.maximum(_scaled_conv(a_prev, weights, f"{name}/conv1", stride, padding), 0)
    z = _scaled_conv(a, weights, f"{name}/conv2", 1, "same")
    shortcut = _halved(a_prev) if down else a_prev
    # Where one of the two is smaller, in pixels or channels, it counts as zero there.
    total = np.zeros(np.maximum(z.shape, shortcut.shape), dtype=np.float32)
    for part in (z, shortcut):
        total[tuple(slice(side) for side in part.shape)] += part
    return np.maximum(total, 0)


def _scaled_conv(
    a_prev: np.ndarray, weights: dict[str, np.ndarray], name: str, stride: int, padding: str
) -> np.ndarray:
    """Convolves, then scales and shifts each channel, as a batch normalisation does after training."""
    z = conv(a_prev, weights[f"{name}/W"], weights[f"{name}/b"], stride, padding)
    return weights[f"{name}/gamma"] * z + weights[f"{name}/beta"]


def _halved(a: np.ndarray) -> np.ndarray:
    """Averages each square of 2 × 2 pixels; an odd row or column at the end is left out."""
    n_H, n_W = (side // 2 * 2 for side in a.shape[1:3])
    return sum(a[:, i:n_H:2, j:n_W:2] for i, j in np.ndindex(2, 2)) / 4
