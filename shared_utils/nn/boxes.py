"""Boxes in pictures: float (n, 4), each (x1, y1, x2, y2) in pixels from the upper left corner, x to the right.

Source: course 4, week 3, lectures 5 to 7.
"""

import numpy as np

TAUGHT_IN = "course4_cnn/week3_object_detection/03_bounding_boxes_iou_nms"


def convert_boxes(boxes: np.ndarray, to: str) -> np.ndarray:
    """Boxes in the other form.

    Args:
        boxes: (n, 4), corners x1, y1, x2, y2 for "center"; centre and size x, y, w, h for "corner".
        to: "center" or "corner".

    Returns:
        (n, 4), a new array.

    Raises:
        ValueError: another form, corners that are exchanged, or a size below 0.
    """
    if to not in {"center", "corner"}:
        raise ValueError(f'the form must be "center" or "corner", not {to!r}')
    first, last = boxes[:, :2], boxes[:, 2:]
    if to == "center":
        _refuse_exchanged(boxes)
        return np.hstack([(first + last) / 2, last - first])
    if np.any(last < 0):
        raise ValueError("a box has a width or a height below 0")
    return np.hstack([first - last / 2, first + last / 2])


def iou(box: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """The intersection of a box (4,) with each of boxes (n, 4), divided by their union: (n,), 0 to 1.

    A box without area has 0 with every box.

    Raises:
        ValueError: a box has corners that are exchanged.
    """
    _refuse_exchanged(box[np.newaxis], boxes)
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.maximum(sides, 0).prod(axis=1)
    union = (box[2:] - box[:2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(axis=1) - intersection
    return intersection / np.where(union > 0, union, 1)


def nms(boxes: np.ndarray, scores: np.ndarray, overlap: float, labels: np.ndarray | None = None) -> np.ndarray:
    """Keeps the best box, drops all that overlap it, and so on (non-max suppression).

    Args:
        boxes: (n, 4).
        scores: (n,).
        overlap: the IoU above which the lesser of two boxes is dropped.
        labels: (n,), the classes, if only boxes of the same class drop one another.

    Returns:
        The rows kept, int64, the best first; of equal scores the earlier row.

    Raises:
        ValueError: as iou.
    """
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        near = iou(boxes[best], boxes[left]) > overlap
        left = left[~near if labels is None else ~near | (labels[left] != labels[best])]
    return np.array(kept, dtype=np.int64)


def _refuse_exchanged(*groups: np.ndarray) -> None:
    if any(np.any(boxes[:, 2:] < boxes[:, :2]) for boxes in groups):
        raise ValueError("a box has corners that are exchanged: x1 > x2 or y1 > y2")
