"""Boxes in pictures: float (n, 4), each (x1, y1, x2, y2) in pixels from the upper left corner, x to the right."""

import numpy as np

TAUGHT_IN = "course4_cnn/week3_object_detection/03_bounding_boxes_iou_nms"


def iou(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """The intersection of a box (4,) with each of boxes (n, 4), divided by their union: (n,), 0 to 1."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.maximum(sides, 0).prod(axis=1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return intersection / ((box[2:] - box[:2]).prod() + areas - intersection)


def nms(boxes: np.ndarray, scores: np.ndarray, overlap: float) -> np.ndarray:
    """Keeps the best box, drops all that overlap it, and so on (non-max suppression).

    Args:
        boxes: (n, 4).
        scores: (n,).
        overlap: the IoU above which the lesser of two boxes is dropped.

    Returns:
        The rows kept, int64, the best first.
    """
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        kept.append(left[0])
        left = left[1:][iou(boxes[left[0]], boxes[left[1:]]) <= overlap]
    return np.array(kept, dtype=np.int64)
