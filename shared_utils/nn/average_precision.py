"""How good a detector is: average precision for one class, over pictures whose true boxes are known.

Source: M. Everingham, L. Van Gool, C. Williams, J. Winn and A. Zisserman (2010), The Pascal Visual Object Classes (VOC)
Challenge, International Journal of Computer Vision 88.
"""

from collections.abc import Sequence

import numpy as np

from shared_utils.nn.boxes import iou

TAUGHT_IN = "course4_cnn/week3_object_detection/03_bounding_boxes_iou_nms"


def true_positives(boxes: np.ndarray, scores: np.ndarray, truth: np.ndarray, least: float) -> np.ndarray:
    """Which boxes are right in one picture: the best score first, each takes the free true box that it fits best.

    Args:
        boxes: (n, 4), corners.
        scores: (n,).
        truth: (k, 4), the true boxes.
        least: the IoU that is enough.

    Returns:
        bool (n,), in the order of boxes.

    Raises:
        ValueError: a box has corners that are exchanged.
    """
    right, free = np.zeros(len(boxes), dtype=bool), np.ones(len(truth), dtype=bool)
    for row in np.argsort(-scores, kind="stable"):
        agreement = np.where(free, iou(boxes[row], truth), 0)
        if agreement.max(initial=0) >= least:
            right[row], free[agreement.argmax()] = True, False
    return right


def average_precision(right: np.ndarray, scores: np.ndarray, n_truth: int) -> float:
    """The area under precision against recall, dips filled up; boxes with equal scores come in together.

    Args:
        right: bool (n,), which boxes are right, over all pictures.
        scores: (n,).
        n_truth: the number of true boxes in all pictures.

    Raises:
        ValueError: n_truth < 1.
    """
    if n_truth < 1:
        raise ValueError("n_truth must be at least 1: there is nothing to find")
    order = np.argsort(-scores, kind="stable")
    found, ranked = np.cumsum(right[order].astype(int)), scores[order]
    last = np.append(ranked[1:] != ranked[:-1], True)[: len(ranked)]
    precision = (found / np.arange(1, len(found) + 1))[last]
    steps = np.diff(found[last] / n_truth, prepend=0)
    return float(np.sum(steps * np.maximum.accumulate(precision[::-1])[::-1]))


def ap_over_thresholds(
    pictures: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], thresholds: np.ndarray
) -> np.ndarray:
    """The average precision at several IoU thresholds.

    Args:
        pictures: for each picture its boxes, their scores and the true boxes, as in true_positives.
        thresholds: (k,).

    Returns:
        (k,), in the order of thresholds.

    Raises:
        ValueError: there is no true box in any picture.
    """
    scores = np.concatenate([scores for _, scores, _ in pictures])
    n_truth = sum(len(truth) for *_, truth in pictures)
    right = [np.concatenate([true_positives(*picture, least) for picture in pictures]) for least in thresholds]
    return np.array([average_precision(each, scores, n_truth) for each in right])
