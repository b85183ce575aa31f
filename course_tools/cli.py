"""The command `course`."""

import os
import sys
from pathlib import Path

import click

from course_tools.data import data
from course_tools.syllabus import ROOT, Notebook, written
from shared_utils.grading import IN_GRADING


@click.group()
def course() -> None:
    """Build, prove, grade and open the lessons of the course."""


course.add_command(data)


@course.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a committed notebook is not what its lesson gives.")
def build(check: bool) -> None:
    """Make every notebook from its lesson."""
    from course_tools.build import differences

    if check:
        if problems := differences():
            raise click.ClickException("\n".join(problems))
        click.echo(f"the notebooks of {len(written())} lessons are exactly what their lessons give")
        return
    changed = _build_and_record()
    for path in changed:
        click.echo(f"wrote {path}")
    click.echo(f"{len(written())} lessons built, {len(changed)} files changed")


@course.command()
@click.argument("names", metavar="[LESSON]...", nargs=-1)
def prove(names: tuple[str, ...]) -> None:
    """Prove the checks of the lessons whose path holds one of the given words (default: of all lessons)."""
    from course_tools.prove_all import prove_lessons

    books = _named(names)
    failed = 0
    for text, proved in prove_lessons([book.lesson for book in books]):
        click.echo(text)
        failed += not proved
    if failed:
        raise click.ClickException(f"{failed} of {len(books)} lessons are not proved; see the lines with a file name")
    click.echo(f"{len(books)} lessons proved")


@course.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def grade(paths: tuple[Path, ...]) -> None:
    """Grade notebooks: files, or folders of them (default: your whole workspace). Your files are only read."""
    os.environ[IN_GRADING] = "1"
    from course_tools.grade import grade as grade_files
    from course_tools.grade import notebooks_in, table

    _build_if_missing()
    files = notebooks_in(list(paths) or [ROOT / "workspace"])
    if not files:
        raise click.ClickException("no notebooks found there; `course lab` puts yours into the folder workspace")
    graded = []
    for result in grade_files(files):
        click.echo(table(result))
        if not result.problem:
            graded.append(result)
    if not graded:
        raise click.ClickException("nothing could be graded")
    if len(files) > 1:
        score, points = sum(each.score for each in graded), sum(each.points for each in graded)
        click.echo(f"total: {score:g} of {points:g} points in {len(graded)} of {len(files)} notebooks")


@course.command()
def lab() -> None:
    """Open JupyterLab on your notebooks in the folder workspace (NO_BROWSER=1: do not open a browser)."""
    from course_tools.lab import fill_workspace, start_jupyterlab

    _build_if_missing()
    for path in fill_workspace():
        click.echo(f"new: {path.relative_to(ROOT)}")
    sys.exit(start_jupyterlab(open_browser=not os.environ.get("NO_BROWSER")))


@course.command()
def demo() -> None:
    """Take a lesson, answer it with one mistake, grade it, and show the score; no browser."""
    os.environ[IN_GRADING] = "1"
    from course_tools.demo import demo as run_demo

    _build_if_missing()
    if not run_demo():
        raise click.ClickException("the demonstration did not get the score that it should")


@course.command()
def test() -> None:
    """Run everything that must hold: style, exact build, proofs, unit tests, every lesson executed."""
    from course_tools.testing import run_all

    sys.exit(0 if run_all() else 1)


def _build_if_missing() -> None:
    if not all(book.source.exists() and book.release.exists() for book in written()):
        click.echo("Building the notebooks (once) ...")
        _build_and_record()


def _build_and_record() -> list[Path]:
    """Builds all notebooks and enters them into the gradebooks, where plain nbgrader looks for them."""
    from course_tools import gradebook
    from course_tools.build import build
    from course_tools.nbgrader_runs import RunFailed

    changed = build()
    for book in written():
        try:
            note = gradebook.record(book)
        except RunFailed as error:
            note = str(error)
        if note:
            click.echo(f"note: {note}")
    return changed


def _named(names: tuple[str, ...]) -> list[Notebook]:
    books = written()
    chosen = [book for book in books if not names or any(name in str(book.lesson.relative_to(ROOT)) for name in names)]
    if not chosen:
        raise click.ClickException(f"no lesson's path holds {' or '.join(names)}; they are course*/lessons/*/*.py")
    return chosen
