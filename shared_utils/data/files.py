"""The files in `datasets/`: their records in `datasets/manifest.yml`, and opening one that is as recorded.

Every load verifies the file's sha256 against the manifest first, so a damaged file never reaches a lesson.
"""

import hashlib
import pickle
from functools import lru_cache
from pathlib import Path

import h5py
import numpy as np
import yaml

# Installed as a wheel the datasets lie inside the package; in the repository they stand beside it.
_PACKAGE = Path(__file__).resolve().parent.parent
DATASETS = (_PACKAGE if (_PACKAGE / "datasets").is_dir() else _PACKAGE.parent) / "datasets"


class DataError(Exception):
    """A dataset, its record or its source is missing or not what the manifest records."""


def read_manifest() -> dict[str, dict]:
    """Reads `datasets/manifest.yml`: the record of each file, by the file's path in `datasets/`.

    Raises:
        DataError: there is no readable manifest.
    """
    try:
        return pickle.loads(_parsed((DATASETS / "manifest.yml").read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        raise DataError("datasets/manifest.yml cannot be read: git checkout datasets/manifest.yml") from error


@lru_cache(maxsize=1)
def _parsed(text: str) -> bytes:
    """The records of a manifest, pickled, as who reads it may change them, and YAML takes far longer to read."""
    # The C loader, where PyYAML has it, is ten times as fast.
    return pickle.dumps(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {})


def record_of(file: str) -> dict:
    """A file's record in the manifest.

    Raises:
        DataError: there is none.
    """
    record = read_manifest().get(file)
    if record is None:
        raise DataError(f"datasets/manifest.yml has no record of {file}: git checkout datasets/manifest.yml")
    return record


def class_names(name: str) -> list[str]:
    """The names of a dataset's classes: the label k in Y is the class `class_names(name)[k]`.

    Args:
        name: the dataset's name, e.g. "clothes".

    Raises:
        ValueError: no dataset of that name has classes; the message lists those that have.
    """
    classes = {Path(file).stem: record["classes"] for file, record in read_manifest().items() if "classes" in record}
    if name not in classes:
        raise ValueError(f"no dataset called {name!r} has classes; these have: {', '.join(sorted(classes))}")
    return classes[name]


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verified(file: str) -> Path:
    """The path of a dataset once its sha256 is seen to be the recorded one.

    Args:
        file: its path in `datasets/`, e.g. "animals.h5".

    Raises:
        DataError: it is missing or damaged; the message names it and the command that mends it.
    """
    path, mend = DATASETS / file, f"course data build {Path(file).stem}"
    recorded = record_of(file).get("sha256")
    if not path.is_file():
        raise DataError(f"datasets/{file} is missing: {mend}")
    if sha256_of(path) != recorded:
        raise DataError(f"datasets/{file} is damaged (its sha256 is not the recorded one): {mend}")
    return path


def open_h5(file: str) -> h5py.File:
    """Opens an HDF5 dataset for reading once it is verified."""
    # Nobody writes it, and a lock of somebody else's would keep it shut.
    return h5py.File(verified(file), "r", locking=False)


def read_rows(dataset: h5py.Dataset, rows: np.ndarray) -> np.ndarray:
    """Reads ascending rows chunk by chunk: HDF5 is slow to pick rows, and the whole takes too much memory."""
    step = dataset.chunks[0]
    starts = range(0, len(dataset), step)
    return np.concatenate([dataset[a : a + step][rows[(a <= rows) & (rows < a + step)] - a] for a in starts])


def read_lines(dataset: h5py.Dataset) -> tuple[str, ...]:
    """Reads texts that the file holds as the bytes of UTF-8, one text a line."""
    return tuple(dataset[()].tobytes().decode().split("\n"))
