"""A small YOLO on `data.load_weights("face_detector")`: boxes around the faces in a photograph.

Redmon and Farhadi, "YOLO9000: Better, Faster, Stronger", 2016, in its tiny version, with the separable convolutions
of Howard et al., "MobileNets", 2017; trained for face-api.js.
"""

import numpy as np

from shared_utils.pretrained.padded_conv import conv, depthwise_conv
from shared_utils.pretrained.padded_pool import max_pool
from shared_utils.pretrained.resize import resized

SIDE, CELLS = 416, 13
# Width and height of each anchor box, in cells.
ANCHORS = np.array(
    [(1.603231, 2.094468), (6.041143, 7.080126), (2.882459, 3.518061), (4.266906, 5.178857), (9.041765, 10.66308)]
)
MEAN = np.array([117.001, 114.697, 97.404], dtype=np.float32)


def raw_grid(image: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Runs the network on a picture, padded with black at the right or the bottom to a square of 416 pixels.

    Args:
        image: uint8 (n_H, n_W, 3), red, green and blue.
        weights: of `data.load_weights("face_detector")`.

    Returns:
        float32 (13, 13, 25): for each row and column of cells five anchors, for each of them t_x, t_y, t_w, t_h and
        the score of a face, all before their sigmoid or exponential.
    """
    n_H, n_W = (round(side * SIDE / max(image.shape[:2])) for side in image.shape[:2])
    square = np.zeros((1, SIDE, SIDE, 3), dtype=np.float32)
    square[0, :n_H, :n_W] = resized(image, n_H, n_W)
    a = _leaky_relu(conv((square - MEAN) / 255, weights["conv0/W"], weights["conv0/b"], padding="valid"))
    for layer in range(1, 6):
        a = depthwise_conv(max_pool(a, f=2, stride=2, padding="same"), weights[f"conv{layer}/depthwise"])
        a = _leaky_relu(conv(a, weights[f"conv{layer}/pointwise"], weights[f"conv{layer}/b"]))
    a = max_pool(a, f=2, stride=1, padding="same")
    return conv(a, weights["conv8/W"], weights["conv8/b"])[0]


def decode(grid: np.ndarray, longer_side: int) -> tuple[np.ndarray, np.ndarray]:
    """Turns the raw grid into a box and a score for every anchor of every cell, with nothing dropped.

    Args:
        grid: (13, 13, 25), of `raw_grid`.
        longer_side: of the picture, in pixels.

    Returns:
        boxes (845, 4), (x1, y1, x2, y2) in pixels; scores (845,), the probability of a face, 0 to 1.
    """
    t = grid.reshape(CELLS, CELLS, len(ANCHORS), 5)
    rows, columns = np.indices((CELLS, CELLS))
    corner = np.stack([columns, rows], axis=-1)[:, :, np.newaxis]
    centres, sizes = corner + _sigmoid(t[..., :2]), ANCHORS * np.exp(t[..., 2:4])
    boxes = np.concatenate([centres - sizes / 2, centres + sizes / 2], axis=-1) * longer_side / CELLS
    return boxes.reshape(-1, 4), _sigmoid(t[..., 4]).ravel()


def detect(image: np.ndarray, weights: dict[str, np.ndarray], least: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
    """Finds the faces in a picture, a tenth to two thirds of its longer side high; one that fills it wants a margin.

    Args:
        image: uint8 (n_H, n_W, 3).
        weights: of `data.load_weights("face_detector")`.
        least: the score from which a box counts.

    Returns:
        boxes (n, 4), (x1, y1, x2, y2) in pixels, no two of them with an IoU above 0.4; scores (n,), the best first.
    """
    from shared_utils.nn.boxes import nms  # black box: non-max suppression, which week 3 of course 4 teaches

    boxes, scores = decode(raw_grid(image, weights), max(image.shape[:2]))
    likely = scores >= least
    boxes, scores = boxes[likely], scores[likely]
    kept = nms(boxes, scores, overlap=0.4)
    return boxes[kept], scores[kept]


def _leaky_relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, np.float32(0.1) * z)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))
