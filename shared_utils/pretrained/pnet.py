"""P-Net on `data.load_weights("pnet")`: proposes boxes for faces by a window of 12 pixels over a picture at many sizes.

Zhang, Zhang, Li and Qiao, "Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks", 2016.
"""

import numpy as np

from shared_utils.nn.boxes import nms
from shared_utils.pretrained.padded_conv import conv
from shared_utils.pretrained.padded_pool import max_pool
from shared_utils.pretrained.resize import resized

WINDOW, STRIDE = 12, 2


def maps(image: np.ndarray, weights: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Looks at each window of 12 × 12 pixels of a picture, two pixels apart, in one pass.

    Args:
        image: uint8 (n_H, n_W, 3), red, green and blue, at least 12 pixels a side.
        weights: of `data.load_weights("pnet")`.

    Returns:
        faces: float32 (n_rows, n_columns), the probability that window (row, column), whose upper left corner is
            (2 column, 2 row), shows a face; the last may reach one pixel over the edge.
        shifts: float32 (n_rows, n_columns, 4), how far x1, y1, x2 and y2 of the face are from the window's, in
            sides of a window.
    """
    a = (image[np.newaxis].astype(np.float32) - 127.5) / 128
    for layer in ("conv1", "conv2", "conv3"):
        a = conv(a, weights[f"{layer}/W"], weights[f"{layer}/b"], padding="valid")
        a = np.where(a > 0, a, weights[f"{layer}/slope"] * a)
        if layer == "conv1":
            a = max_pool(a, f=2, stride=2, padding="same")
    scores, shifts = (conv(a, weights[f"{head}/W"], weights[f"{head}/b"])[0] for head in ("face", "box"))
    # A softmax of two is a sigmoid of their difference.
    return 1 / (1 + np.exp(scores[..., 0] - scores[..., 1])), shifts


def propose(
    image: np.ndarray, weights: dict[str, np.ndarray], least: float = 0.6, smallest: int = 20
) -> tuple[np.ndarray, np.ndarray]:
    """Proposes boxes for faces, from a pyramid of the picture at ever smaller sizes.

    Args:
        image: uint8 (n_H, n_W, 3).
        weights: of `data.load_weights("pnet")`.
        least: the probability from which a window counts.
        smallest: side of the smallest face to be found, in pixels.

    Returns:
        boxes (n, 4), (x1, y1, x2, y2) in pixels, no two of them with an IoU above 0.7; probabilities (n,), the best
        first.
    """
    boxes, scores, scale = [np.empty((0, 4))], [np.empty(0)], WINDOW / smallest
    while min(image.shape[:2]) * scale >= WINDOW:
        n_H, n_W = (round(side * scale) for side in image.shape[:2])
        faces, shifts = maps(resized(image, n_H, n_W), weights)
        rows, columns = np.nonzero(faces >= least)
        corners = STRIDE * np.stack([columns, rows, columns, rows], axis=1) + [0, 0, WINDOW, WINDOW]
        found = (corners + WINDOW * shifts[rows, columns]) / scale
        kept = nms(found, faces[rows, columns], overlap=0.5)
        boxes.append(found[kept])
        scores.append(faces[rows, columns][kept])
        # Half of the area a step, as in the paper's code.
        scale *= 0.709
    boxes, scores = np.concatenate(boxes), np.concatenate(scores)
    kept = nms(boxes, scores, overlap=0.7)
    return boxes[kept], scores[kept]
