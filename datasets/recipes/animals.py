"""Ten animals as 28 × 28 silhouettes, and a balanced choice among them for the task cat / not a cat."""

import gzip
from pathlib import Path

import numpy as np

from course_tools.data.recipe_kit import arrays_from_pickle, distinct, stratified_split, write_h5

CLASSES = ["bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra"]
CAT = CLASSES.index("cat")
SEED = 5


def build(target: Path, package: Path) -> None:
    """Writes animals.h5 from the unpacked PyPI package animal-mnist."""
    folder = package / "animal_mnist/data/Animal_MNIST"
    X = arrays_from_pickle(gzip.decompress((folder / "animal_data_version_3.gz").read_bytes()))
    y = arrays_from_pickle(gzip.decompress((folder / "animal_label_version_3.gz").read_bytes()))

    # Duplicates go before the split: a picture on both sides would be a test question seen in training.
    first = distinct(X)
    X, y = X[first][..., np.newaxis], y[first]
    train, test = stratified_split(y, test_share=0.2, seed=SEED)
    write_h5(
        target,
        {
            "X_train": X[train],
            "Y_train": y[np.newaxis, train],
            "X_test": X[test],
            "Y_test": y[np.newaxis, test],
            "cat_train": cats_and_as_many_others(y[train], seed=SEED),
            "cat_test": cats_and_as_many_others(y[test], seed=SEED),
            "classes": np.array(CLASSES, dtype="S8"),
        },
    )


def cats_and_as_many_others(y: np.ndarray, seed: int) -> np.ndarray:
    """Ascending rows of y (m,): half cats, the other half in equal numbers from each other class.

    Up to eight cats are left out, so that the nine other classes can share the other half exactly.
    """
    rng = np.random.RandomState(seed)
    others = len(CLASSES) - 1
    each = np.count_nonzero(y == CAT) // others
    takes = [others * each if label == CAT else each for label in range(len(CLASSES))]
    rows = [rng.permutation(np.flatnonzero(y == label))[:take] for label, take in enumerate(takes)]
    return np.sort(np.concatenate(rows))
