"""Seven thousand pictures of clothes in ten classes (Fashion-MNIST), 28 × 28, a balanced choice."""

import gzip
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import balanced_choice, distinct, write_h5

EACH = {"train": 600, "test": 100}
PREFIX = {"train": "train", "test": "t10k"}


def build(target: Path, package: Path) -> None:
    """Writes clothes.h5 from the unpacked Debian package dataset-fashion-mnist."""
    folder = package / "usr/share/datasets/fashion-mnist"
    arrays = {}
    for side, prefix in PREFIX.items():
        # The pictures of one side stay on that side: Zalando drew its test set apart.
        X = idx(folder / f"{prefix}-images-idx3-ubyte.gz", dimensions=3)[..., np.newaxis]
        y = idx(folder / f"{prefix}-labels-idx1-ubyte.gz", dimensions=1).astype(np.int64)
        first = distinct(X)
        X, y = X[first], y[first]
        rows = balanced_choice(y, each=EACH[side], seed=0)
        arrays |= {f"X_{side}": X[rows], f"Y_{side}": y[np.newaxis, rows]}
    write_h5(target, arrays)


def idx(path: Path, dimensions: int) -> np.ndarray:
    """Reads an array of bytes in MNIST's IDX format: a magic number, the shape as big-endian integers, the values."""
    content = gzip.decompress(path.read_bytes())
    shape = np.frombuffer(content, ">i4", count=dimensions, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)
