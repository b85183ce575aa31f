"""The command `course`."""

import importlib
import os
import re
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path

import click
from click.core import ParameterSource

from course_tools.syllabus import ROOT, Notebook, missing, written


class _Commands(click.Group):
    """Has the commands of `course data` too, which take a while to load and are loaded only when they are asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), "data"])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name == "data":
            from course_tools.data.commands import data

            return data
        return super().get_command(context, name)


@click.group(cls=_Commands)
def course() -> None:
    """Build, prove, grade and open the lessons of the course."""
    # A student's name may hold what this terminal cannot show.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


RECORD = "course_tools.grading.record"  # with nbgrader, which takes a second to load
NAMES = click.argument("names", metavar="[LESSON]...", nargs=-1)


@course.command()
@NAMES
@click.option("--check", is_flag=True, help="Write nothing; fail if a committed notebook is not what its lesson gives.")
def build(names: tuple[str, ...], check: bool) -> None:
    """Make the notebooks from their lessons, and the READMEs.

    With words: only the notebooks of the lessons whose path holds one of them.
    """
    from course_tools.authoring.build import differences

    books = _named(names)
    if check:
        if problems := differences(books=books if names else None):
            raise click.ClickException("\n".join(problems))
        click.echo(f"the notebooks of {len(books)} lessons are exactly what their lessons give")
        return
    changed = _build_and_record(books if names else None)
    for path in changed:
        click.echo(f"wrote {path}")
    click.echo(f"{len(books)} lessons built, {len(changed)} files changed")


@course.command()
@NAMES
def prove(names: tuple[str, ...]) -> None:
    """Prove the checks of the lessons.

    With words: only of the lessons whose path holds one of them.
    """
    from course_tools.authoring.prove_all import prove_lessons

    books = _runnable(names)
    problems = []
    for text, found in prove_lessons([book.lesson for book in books]):
        click.echo(text)
        problems += found
    if problems:
        raise click.ClickException("\n".join(["not proved:", *problems]))
    click.echo(f"{len(books)} lessons proved")


@course.command()
@NAMES
def time(names: tuple[str, ...]) -> None:
    """Measure how long the lessons run, for the tables of the READMEs.

    With words: only the lessons whose path holds one of them.
    """
    from course_tools.authoring.times import measured, record

    _build_if_missing()
    for book in _runnable(names):
        seconds = measured(book)
        record(book, seconds)
        click.echo(f"{book.id}: {seconds:.1f} s")
    click.echo("run `course build` to bring the tables up to date")


@course.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="For a class: how many at once.")
@click.option("--scheduler", metavar="TLS", help="For a class: the address of a Dask scheduler, whose workers judge.")
@click.option(
    "--keys",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="For a scheduler: the folder with ca.pem, cert.pem and key.pem.",
)
@click.option("--db", metavar="URL", envvar="COURSE_DB", help="For a class: the gradebook, if not the course's file.")
@click.option("--no-sandbox", is_flag=True, help="For a class: run submissions with limits alone, not locked in.")
def grade(
    paths: tuple[Path, ...], workers: int, scheduler: str | None, keys: Path | None, db: str | None, no_sandbox: bool
) -> None:
    """Grade notebooks: files, or folders of them (default: your whole workspace). Your files are only read.

    A class's submissions are the folder `submitted` of a course, or something in it: course1_nn/submitted/alice.
    """
    from course_tools.grading.cluster import on_cluster
    from course_tools.grading.workers import hired
    from course_tools.judge.sandbox import Limits
    from course_tools.syllabus import is_submitted

    typed = click.get_current_context().get_parameter_source("db") == ParameterSource.COMMANDLINE
    if db and typed and re.search("://[^/@]*:[^/@]*@", db):
        raise click.UsageError("others see a password in a command; put the address into the variable COURSE_DB")
    _build_if_missing()
    of_class = [path for path in paths if is_submitted(path)]
    if of_class and len(of_class) < len(paths):
        raise click.UsageError("name either submissions of a class or notebooks of your own, not both")
    if of_class:
        how, limits = "limit" if no_sandbox else "isolate", Limits()
        judges = on_cluster(scheduler, keys, how, limits) if scheduler else hired(workers, how, limits)
        _grade_class(of_class, judges, db)
    elif scheduler or keys or (db and typed) or no_sandbox or workers > 1:
        raise click.UsageError("these options are for a class: name its folder, for instance course1_nn/submitted")
    else:
        _grade_own(list(paths))


def _grade_own(paths: list[Path]) -> None:
    from course_tools.grading.own import grade as grade_files
    from course_tools.grading.own import notebooks_in, table

    files = notebooks_in(paths or [ROOT / "workspace"])
    if not files:
        raise click.ClickException("no notebooks found there; `course lab` puts yours into the folder workspace")
    # It is loaded while the first notebook is judged, whose score nobody should wait for it to see.
    threading.Thread(target=importlib.import_module, args=(RECORD,)).start()
    graded = []
    for result in grade_files(files):
        click.echo(table(result))
        if not result.problem:
            graded.append(result)
            click.echo("\n".join(importlib.import_module(RECORD).save(result)))
    if not graded:
        raise click.ClickException("nothing could be graded")
    if len(files) > 1:
        score, points = sum(each.score for each in graded), sum(each.points for each in graded)
        click.echo(f"total: {score:g} of {points:g} points in {len(graded)} of {len(files)} notebooks")


def _grade_class(paths: list[Path], judges: AbstractContextManager, db: str | None) -> None:
    from course_tools.grading.workers import CAN_JUDGE

    if not CAN_JUDGE:
        raise click.ClickException("a class is graded on Linux; elsewhere `nbgrader autograde` does it, unprotected")
    from course_tools.grading.classwork import ClassRun

    this = ClassRun(paths, db)
    with judges as judge:
        this.grade(judge, click.echo)
    for problem in this.problems:
        click.echo(f"NOT GRADED  {problem}", err=True)
    click.echo(f"{this.graded} graded, {this.unchanged} unchanged since they were, {len(this.problems)} not graded")
    if this.problems:
        sys.exit(1)


@course.command()
@click.option("--lang", type=click.Choice(["en", "zh", "both"]), default="both", help="The language of the titles.")
@click.option("--json", "as_json", is_flag=True, help="What the picture in a notebook is drawn from.")
def status(lang: str, as_json: bool) -> None:
    """Show what you have reached in every notebook, and which one comes next."""
    from course_tools.grading import status as progress

    click.echo((progress.for_picture if as_json else progress.table)(progress.status(), lang))


@course.command()
def lab() -> None:
    """Open JupyterLab on your notebooks in the folder workspace (NO_BROWSER=1: do not open a browser)."""
    from course_tools.lab import fill_workspace, start_jupyterlab

    _build_if_missing()
    for path in fill_workspace():
        click.echo(f"new: {path.relative_to(ROOT)}")
    sys.exit(start_jupyterlab(open_browser=not os.environ.get("NO_BROWSER")))


@course.command()
@click.argument("folder", type=click.Path(path_type=Path))
def kit(folder: Path) -> None:
    """Write into a new FOLDER what students need who have no clone: notebooks, data, no solutions."""
    from course_tools.kit import write_kit

    _build_if_missing()
    write_kit(folder)
    click.echo(f"{folder} is ready to be given out; its README.md tells students how to install it")


@course.command()
def demo() -> None:
    """Take a lesson, answer it with one mistake, grade it, and show the score; no browser."""
    from course_tools.demo import demo as run_demo

    _build_if_missing()
    if not run_demo():
        raise click.ClickException("the demonstration did not get the score that it should")


@course.command()
@NAMES
def test(names: tuple[str, ...]) -> None:
    """Run everything that must hold: style, exact build, proofs, unit tests, every lesson executed.

    With words: only what concerns the lessons whose path holds one of them.
    """
    from course_tools.testing import run_all, run_lessons

    passed = run_lessons(names, _named(names)) if names else run_all()
    sys.exit(0 if passed else 1)


def _build_if_missing() -> None:
    if not all(book.source.exists() and book.release.exists() for book in written()):
        click.echo("Building the notebooks (once) ...")
        _build_and_record()


def _build_and_record(books: list[Notebook] | None = None) -> list[Path]:
    """Builds all notebooks, or these, and enters them into the gradebooks, where plain nbgrader looks for them."""
    from course_tools.authoring.build import build
    from course_tools.grading import gradebook
    from course_tools.nbgrader_runs import RunFailed

    changed = build(books=books)
    for book in books or written():
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


def _runnable(names: tuple[str, ...]) -> list[Notebook]:
    """Those of the named notebooks that run here; says which do not, and what they need."""
    books = _named(names)
    for line in missing(books):
        click.echo(line)
    return [book for book in books if book.runs_here]
