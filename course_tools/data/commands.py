"""`course data`: rebuild the datasets, measure what they are good for, write their page."""

import tempfile
from pathlib import Path

import click

from course_tools.data.fitness import fits_of, renewed
from course_tools.data.manifest import records_by_name, write_manifest
from course_tools.data.page import used_by, write_page
from course_tools.data.rebuild import Packages, rebuild
from shared_utils.data import DataError, read_manifest


@click.group()
def data() -> None:
    """Rebuild the datasets from their sources, measure what they are good for, and write their page."""


@data.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--accept", is_flag=True, help="Record what was built in the manifest, even if it differs.")
def build(names: tuple[str, ...], accept: bool) -> None:
    """Rebuild the named datasets (default: all) and replace each file that agrees with its record."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        packages = Packages(Path(folder))
        for name, file in _chosen(names).items():
            try:
                click.echo(f"{name}: {rebuild(file, packages, accept)}")
            except DataError as error:
                click.echo(f"{name}: {error}", err=True)
                failed = True
    if failed:
        raise SystemExit(1)


@data.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def fit(names: tuple[str, ...]) -> None:
    """Train the simple models on the named datasets (default: all) and record what they reach, and in what time."""
    manifest, records = read_manifest(), _chosen(names)
    for name, key in records.items():
        if fits := fits_of(name):
            manifest[key]["fitness"] = renewed(manifest[key].get("fitness", []), fits)
            for line in manifest[key]["fitness"]:
                click.echo(f"{name}: {line['model']}: {line['measure']} {line['score']:.3f} in {line['seconds']:.2f} s")
    write_manifest(manifest)


@data.command()
def page() -> None:
    """Write datasets/README.md and its pictures from the manifest, once it names every lesson that loads a dataset."""
    manifest = read_manifest()
    for record in manifest.values():
        record["used_by"] = used_by(record)
    write_manifest(manifest)
    write_page()
    click.echo("datasets/README.md and datasets/pictures are what the manifest says")


def _chosen(names: tuple[str, ...]) -> dict[str, str]:
    """The named datasets, or all of them if none is named: each one's key in the manifest by its name."""
    records = records_by_name()
    if unknown := sorted(set(names) - set(records)):
        raise click.UsageError(f"no dataset is called {', '.join(unknown)}; there are {', '.join(sorted(records))}")
    return {name: records[name] for name in names or records}
