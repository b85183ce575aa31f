"""`course data build`: rebuild the datasets from their sources and hold them to `datasets/manifest.yml`.

People write a record's words and its sources; the facts (shapes, dtypes, sha256, bytes) are measured from the
built file by `--accept`, and reviewed as the change of the manifest that `git diff` shows.
"""

import hashlib
import importlib.util
import itertools
import shutil
import tempfile
from pathlib import Path

import click
import h5py
import yaml

from course_tools.recipe_kit import fetch
from shared_utils import data as shared
from shared_utils.data import DataError, read_manifest, sha256_of


@click.group()
def data() -> None:
    """Rebuild the datasets from their sources."""


@data.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--accept", is_flag=True, help="Record what was built in the manifest, even if it differs.")
def build(names: tuple[str, ...], accept: bool) -> None:
    """Rebuild the named datasets (default: all) and replace each file that agrees with its record."""
    failed = False
    try:
        records = {Path(file).stem: file for file in read_manifest()}
    except DataError as error:
        raise click.ClickException(str(error)) from error
    if unknown := sorted(set(names) - set(records)):
        raise click.UsageError(f"no dataset is called {', '.join(unknown)}; there are {', '.join(sorted(records))}")
    for name in names or records:
        try:
            click.echo(f"{name}: {rebuild(records[name], accept)}")
        except DataError as error:
            click.echo(f"{name}: {error}", err=True)
            failed = True
    if failed:
        raise SystemExit(1)


def rebuild(file: str, accept: bool = False) -> str:
    """Rebuild one dataset in a temporary folder and put it in its place if it agrees with the manifest.

    Args:
        file: its name in the manifest, e.g. "animals.h5".
        accept: record what was built, even if it differs.

    Returns:
        One sentence saying how the built file compares with its record and what was done.

    Raises:
        DataError: a source cannot be fetched, or the built values differ and accept is False.
    """
    record, target = read_manifest()[file], shared.DATASETS / file
    with tempfile.TemporaryDirectory() as folder:
        packages = [fetch(source, Path(folder, str(i))) for i, source in enumerate(record["sources"])]
        built = Path(folder, file)
        _recipe(record["recipe"]).build(built, *packages)
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


def measure(path: Path) -> dict:
    """Return the facts of a record: shape, dtype and sha256 of each array; sha256 and bytes of the file."""
    with h5py.File(path, "r") as file:
        values = {name: dataset[()] for name, dataset in file.items()}
    return {
        "arrays": {
            name: {
                "shape": list(array.shape),
                "dtype": str(array.dtype),
                "sha256": hashlib.sha256(array.tobytes()).hexdigest(),
            }
            for name, array in values.items()
        },
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
    }


def differences(record: dict, found: dict) -> list[str]:
    """Say, a line each, how the measured arrays differ from the recorded ones; none if all values agree."""
    recorded = {name: facts for name, facts in record["arrays"].items() if "sha256" in facts}
    measured = found["arrays"]
    lines = [f"{name}: recorded but not built" for name in recorded if name not in measured]
    lines += [f"{name}: built but not recorded" for name in measured if name not in recorded]
    for name in sorted(recorded.keys() & measured.keys()):
        for fact, value in measured[name].items():
            if (before := recorded[name][fact]) != value:
                lines.append(f"{name}: {fact} is {value}, recorded {before}")
    return lines


def manifest_text(header: str, manifest: dict) -> str:
    """Return the manifest as its one canonical text, so that a renewed record changes no other line."""
    return header + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)


def _recipe(path: str):
    """Import a recipe from its file: `datasets` is no package, as that name belongs to a known library."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, shared.DATASETS / path)
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    return recipe


def _replace(built: Path, target: Path) -> None:
    """Put the built file in its place in one step, so that nobody ever reads half of it."""
    part = target.with_name(target.name + ".part")
    shutil.copyfile(built, part)
    part.replace(target)


def _record(file: str, found: dict) -> None:
    """Write the measured facts into the manifest and leave the words that people wrote as they are."""
    path, manifest = shared.DATASETS / "manifest.yml", read_manifest()
    record, arrays = manifest[file], found["arrays"]
    names = [name for name in record["arrays"] if name in arrays]
    names += [name for name in arrays if name not in names]
    record["arrays"] = {name: record["arrays"].get(name, {}) | arrays[name] for name in names}
    record.update(sha256=found["sha256"], bytes=found["bytes"])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header = itertools.takewhile(lambda line: line.startswith("#"), lines)
    path.write_text(manifest_text("".join(header), manifest), encoding="utf-8")
