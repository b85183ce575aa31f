"""`course data build`: rebuild the datasets from their sources and hold them to `datasets/manifest.yml`.

People write a record's words and its sources; the facts (shapes, dtypes, sha256, bytes) are measured from the
built file by `--accept`, and reviewed as the change of the manifest that `git diff` shows.
"""

import hashlib
import importlib.util
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import h5py
import numpy as np
from PIL import Image

from course_tools.data.manifest import write_manifest
from course_tools.data.recipe_kit import fetch
from shared_utils import data as loaders
from shared_utils.data import DataError, files, read_manifest, sha256_of


class Packages:
    """The unpacked packages of one run, each fetched when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fetched = {}

    def unpacked(self, source: dict) -> Path:
        """The folder of a source of the manifest; sources with one sha256 are one package."""
        key = source["sha256"]
        if key not in self._fetched:
            self._fetched[key] = fetch(source, Path(tempfile.mkdtemp(dir=self._folder)))
        return self._fetched[key]


def rebuild(file: str, packages: Packages, accept: bool = False) -> str:
    """Rebuilds one dataset in a temporary folder and puts it in its place if it agrees with the manifest.

    Args:
        file: its path in the manifest, e.g. "animals.h5".
        packages: where its sources come from.
        accept: record what was built, even if it differs.

    Returns:
        One sentence saying how the built file compares with its record and what was done.

    Raises:
        DataError: a source cannot be fetched, or the built values differ and accept is False.
    """
    record, target = read_manifest()[file], files.DATASETS / file
    if "generator" in record:
        return redraw(file, accept)
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder, target.name)
        _recipe(record["recipe"]).build(built, *[packages.unpacked(source) for source in record["sources"]])
        found = measure(built)
        different = differences(record, found)
        if different and not accept:
            raise DataError(
                f"what was built differs from datasets/manifest.yml, and datasets/{file} was left alone:\n  "
                + "\n  ".join(different)
                + f"\n  If this is meant: course data build {target.stem} --accept, then review with git diff"
            )
        if found["sha256"] == record.get("sha256"):
            _replace(built, target)
            return f"datasets/{file} is the recorded one, byte for byte"
        if not different and target.is_file() and sha256_of(target) == record.get("sha256"):
            return f"the same value for value in other bytes (another HDF5 or zlib); datasets/{file} was kept"
        _replace(built, target)
        _record(file, found)
        how = "differs and was accepted" if different else "is the same value for value in other bytes"
        return f"datasets/{file} {how}; its record in datasets/manifest.yml was renewed: review it with git diff"


def redraw(name: str, accept: bool = False) -> str:
    """Draws what a generator draws by default arguments and compares it with the manifest, as `rebuild` a file."""
    record = read_manifest()[name]
    drawn = getattr(loaders, record["generator"])()._asdict()
    arrays = {key: np.round(array, 6) + 0 for key, array in drawn.items() if isinstance(array, np.ndarray)}
    found = {"arrays": facts_of(arrays)}
    different = differences(record, found)
    if different and not accept:
        raise DataError(
            "the points drawn differ from datasets/manifest.yml:\n  "
            + "\n  ".join(different)
            + f"\n  If this is meant: course data build {name} --accept, then review with git diff"
        )
    if not different:
        return "the points drawn are the recorded ones"
    _record(name, found)
    return "its record in datasets/manifest.yml was renewed: review it with git diff"


def measure(path: Path) -> dict:
    """The facts of a record: shape, dtype and sha256 of each array; sha256 and bytes of the file."""
    return {"arrays": facts_of(arrays_of(path)), "sha256": sha256_of(path), "bytes": path.stat().st_size}


def facts_of(arrays: Mapping[str, np.ndarray]) -> dict[str, dict]:
    """Shape, dtype and sha256 of each array, by its name."""
    return {
        name: {
            "shape": list(array.shape),
            "dtype": str(array.dtype),
            "sha256": hashlib.sha256(array.tobytes()).hexdigest(),
        }
        for name, array in arrays.items()
    }


def arrays_of(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a dataset by name: those of an HDF5 file, or the pixels of a picture."""
    if path.suffix == ".png":
        with Image.open(path) as picture:
            return {"pixels": np.array(picture)}
    with h5py.File(path, "r") as file:
        return {name: dataset[()] for name, dataset in file.items()}


def differences(record: dict, found: dict) -> list[str]:
    """Says, a line each, how the measured arrays differ from the recorded ones; none if all values agree."""
    recorded = {name: facts for name, facts in record["arrays"].items() if "sha256" in facts}
    measured = found["arrays"]
    lines = [f"{name}: recorded but not built" for name in recorded if name not in measured]
    lines += [f"{name}: built but not recorded" for name in measured if name not in recorded]
    for name in sorted(recorded.keys() & measured.keys()):
        for fact, value in measured[name].items():
            if (before := recorded[name][fact]) != value:
                lines.append(f"{name}: {fact} is {value}, recorded {before}")
    return lines


def _recipe(path: str):
    """Imports a recipe from its file: `datasets` is no package, as that name belongs to a known library."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, files.DATASETS / path)
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    return recipe


def _replace(built: Path, target: Path) -> None:
    """Puts the built file in its place in one step, so that nobody ever reads half of it."""
    target.parent.mkdir(exist_ok=True)
    part = target.with_name(target.name + ".part")
    shutil.copyfile(built, part)
    part.replace(target)


def _record(key: str, found: dict) -> None:
    """Writes the measured facts into the manifest and leaves the words that people wrote as they are."""
    manifest = read_manifest()
    record, arrays = manifest[key], found["arrays"]
    names = [name for name in record["arrays"] if name in arrays]
    names += [name for name in arrays if name not in names]
    found = found | {"arrays": {name: record["arrays"].get(name, {}) | arrays[name] for name in names}}
    record.update(found)
    write_manifest(manifest)
