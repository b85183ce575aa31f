"""Reading and writing `datasets/manifest.yml`, so that a renewed record changes no other line."""

import itertools
from pathlib import Path

import click
import yaml

from shared_utils.data import DataError, files, read_manifest


def records_by_name() -> dict[str, str]:
    """Each dataset's key in the manifest (a file's path in datasets/, a generator's name) by its name."""
    try:
        return {Path(key).stem: key for key in read_manifest()}
    except DataError as error:
        raise click.ClickException(str(error)) from error


def manifest_text(header: str, manifest: dict) -> str:
    """The manifest as its one canonical text, so that a renewed record changes no other line."""
    return header + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)


def write_manifest(manifest: dict) -> None:
    """Writes the manifest's records under the comment that it begins with."""
    path = files.DATASETS / "manifest.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header = itertools.takewhile(lambda line: line.startswith("#"), lines)
    path.write_text(manifest_text("".join(header), manifest), encoding="utf-8")
