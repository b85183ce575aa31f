"""Proves many lessons at once: a process a lesson, as many at a time as the machine has processors."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from course_tools.authoring import answers, prove
from course_tools.authoring import lesson as lessons


def prove_lessons(paths: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """For each lesson, in order: its table, and a line for each thing that is not proved.

    Raises ClickException where processes cannot be forked (Windows).
    """
    if sys.platform == "win32":
        raise click.ClickException("proving forks processes, which Windows cannot; run it under WSL, Linux or macOS")
    os.environ["MPLBACKEND"] = "agg"
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        yield from pool.imap(_prove, paths)


def _prove(path: Path) -> tuple[str, list[str]]:
    try:
        lesson = lessons.read(path)
        proofs = prove.prove(lesson, answers.read(lesson))
    except lessons.LessonError as slips:
        return f"{path.parent.name}/{path.stem}", str(slips).splitlines()
    return prove.table(lesson, proofs), [
        f"{file}:{line}: {text}" for file, line, text in prove.problems(lesson, proofs)
    ]
