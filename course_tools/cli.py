"""The command `course`."""

import os
import sys
from pathlib import Path

import click

from course_tools.data import data
from course_tools.syllabus import ROOT, Notebook, written


@click.group()
def course() -> None:
    """Build, prove, grade and open the lessons of the course."""
    # nbgrader starts `alembic`, and Jupyter its own commands, by name: they stand beside this Python.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


course.add_command(data)


@course.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a committed notebook is not what its lesson gives.")
def build(check: bool) -> None:
    """Make every notebook from its lesson."""
    from course_tools.build import build as build_all
    from course_tools.build import differences

    if check:
        if problems := differences():
            raise click.ClickException("\n".join(problems))
        click.echo(f"the notebooks of {len(written())} lessons are exactly what their lessons give")
        return
    changed = build_all()
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


def _named(names: tuple[str, ...]) -> list[Notebook]:
    books = written()
    chosen = [book for book in books if not names or any(name in str(book.lesson.relative_to(ROOT)) for name in names)]
    if not chosen:
        raise click.ClickException(f"no lesson's path holds {' or '.join(names)}; they are course*/lessons/*/*.py")
    return chosen
