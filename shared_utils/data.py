"""Load the course's datasets by name: small files in `datasets/`, recorded in `datasets/manifest.yml`.

Every load verifies the file's sha256 against the manifest first, so a damaged file never reaches a lesson.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np
import yaml

# Installed as a wheel the datasets lie inside the package; in the repository they stand beside it.
_PACKAGE = Path(__file__).resolve().parent
DATASETS = (_PACKAGE if (_PACKAGE / "datasets").is_dir() else _PACKAGE.parent) / "datasets"


class DataError(Exception):
    """A dataset, its record or its source is missing or not what the manifest records."""


class Pictures(NamedTuple):
    """Labelled grey pictures, split once and for all into a training and a test set.

    Attributes:
        X_train: uint8 (m_train, n_H, n_W, 1), grey level of each pixel from 0 (black) to 255 (white).
        Y_train: int64 (1, m_train), the class of each training picture.
        X_test: uint8 (m_test, n_H, n_W, 1), as X_train.
        Y_test: int64 (1, m_test), as Y_train.
    """

    X_train: np.ndarray
    Y_train: np.ndarray
    X_test: np.ndarray
    Y_test: np.ndarray


def load_cat_pictures() -> Pictures:
    """Load white silhouettes of animals on black, labelled 1 for a cat and 0 for any other animal.

    Half of the pictures in each set are cats; the others are drawn in equal numbers from nine classes (bear,
    bird, cow, dog, elephant, giraffe, horse, sheep, zebra), so a constant guess scores 50 %. The order is
    shuffled.

    Returns:
        X_train (1584, 28, 28, 1) and X_test (396, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 1584) and Y_test (1, 396), int64, 1 = cat, 0 = not a cat.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: PyPI animal-mnist 0.4 (MIT), without its duplicates.
    """
    with _open("animals.h5") as file:
        train, test = file["cat_train"][()], file["cat_test"][()]
        [cat] = np.flatnonzero(file["classes"][()] == b"cat")
        return Pictures(
            _rows(file["X_train"], train),
            (file["Y_train"][()][:, train] == cat).astype(np.int64),
            _rows(file["X_test"], test),
            (file["Y_test"][()][:, test] == cat).astype(np.int64),
        )


def load_digits() -> Pictures:
    """Load 10,000 handwritten digits of MNIST, white on black, 8,000 to train and 2,000 to test.

    Returns:
        X_train (8000, 28, 28, 1) and X_test (2000, 28, 28, 1), uint8 grey levels 0..255;
        Y_train (1, 8000) and Y_test (1, 2000), int64, the digit 0..9. The order is shuffled.

    Raises:
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: npm mnist 1.1.0 (MIT); digits by Yann LeCun, Corinna Cortes and Christopher Burges (CC BY-SA 3.0).
    """
    with _open("digits.h5") as file:
        return Pictures(*(file[name][()] for name in Pictures._fields))


def read_manifest() -> dict[str, dict]:
    """Read `datasets/manifest.yml`: the record of each file, by the file's name.

    Raises:
        DataError: there is no readable manifest.
    """
    try:
        text = (DATASETS / "manifest.yml").read_text(encoding="utf-8")
        # The C loader, where PyYAML has it, is ten times as fast: every load of a dataset reads the manifest.
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
    except (OSError, yaml.YAMLError) as error:
        raise DataError("datasets/manifest.yml cannot be read: git checkout datasets/manifest.yml") from error


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(name: str) -> h5py.File:
    """Open a dataset for reading once its sha256 is seen to be the recorded one."""
    path, mend = DATASETS / name, f"course data build {Path(name).stem}"
    record = read_manifest().get(name)
    if record is None:
        raise DataError(f"datasets/manifest.yml has no record of {name}: git checkout datasets/manifest.yml")
    if not path.is_file():
        raise DataError(f"datasets/{name} is missing: {mend}")
    if sha256_of(path) != record.get("sha256"):
        raise DataError(f"datasets/{name} is damaged (its sha256 is not the recorded one): {mend}")
    return h5py.File(path, "r")


def _rows(dataset: h5py.Dataset, rows: np.ndarray) -> np.ndarray:
    """Read ascending rows chunk by chunk: HDF5 is slow to pick rows, and the whole takes too much memory."""
    step = dataset.chunks[0]
    starts = range(0, len(dataset), step)
    return np.concatenate([dataset[a : a + step][rows[(a <= rows) & (rows < a + step)] - a] for a in starts])
