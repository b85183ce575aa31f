"""Runs nbgrader's own steps in this process (a command of its own costs two seconds of start-up a call)."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import click
import nbgrader.api
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config

# nbgrader's database layer warns on every query.
warnings.simplefilter("ignore", SAWarning)

# nbgrader makes an engine for each gradebook that it opens, which compiles every statement anew.
nbgrader.api.create_engine = cache(nbgrader.api.create_engine)


class RunFailed(click.ClickException):
    """An nbgrader step failed; the message is the last line that nbgrader had to say about it."""


class _App(NbGrader):
    """nbgrader configured by the course folder alone, whatever folder the command was started in."""

    load_cwd_config = False

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """There is none; to parse it takes half the time of the configuration."""


class _Errors(logging.Handler):
    """Keeps nbgrader's errors: it logs the cause and raises a sentence that only points to the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.causes: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Traceback") or not self.causes:
            self.causes.append(text.splitlines()[-1])


def generate_release(course_folder: Path, week: str) -> None:
    """Makes the release notebooks of a week from its source notebooks, without touching a gradebook."""
    no_database = Config({"GenerateAssignment": {"no_database": True}, "SaveCells": {"enabled": False}})
    run(GenerateAssignment, course_folder, {"assignment_id": week}, no_database)


def run(
    converter: type[BaseConverter], course_folder: Path, selection: dict[str, str], config: Config | None = None
) -> None:
    """Runs one nbgrader converter on what `selection` (assignment_id, student_id, notebook_id) names.

    Files that a former run made are made anew. Raises RunFailed.
    """
    log, errors = logging.getLogger("nbgrader"), _Errors()
    log.handlers, log.propagate = [errors], False
    app = _App(log=log)
    app.initialize([], root=str(course_folder))
    app.update_config(Config({"CourseDirectory": {"root": str(course_folder), **selection}}))
    if config:
        app.update_config(config)
    try:
        with _opening_once():
            converter(coursedir=app.coursedir, parent=app, force=True).start()
    except NbGraderException as error:
        raise RunFailed(errors.causes[-1] if errors.causes else str(error)) from None
    except SQLAlchemyError as error:
        raise RunFailed(str(error).splitlines()[0]) from None


@contextmanager
def _opening_once() -> Iterator[None]:
    """nbgrader opens its gradebook seven times a notebook; within this it does once for each course that it names."""
    begin, close, opened = Gradebook.__init__, Gradebook.close, {}

    def begin_or_share(gradebook: Gradebook, *where: str) -> None:
        if where not in opened:
            begin(gradebook, *where)
            opened[where] = gradebook
        vars(gradebook).update(vars(opened[where]))

    Gradebook.__init__, Gradebook.close = begin_or_share, lambda gradebook: gradebook.db.remove()
    try:
        yield
    finally:
        Gradebook.__init__, Gradebook.close = begin, close
        for gradebook in opened.values():
            gradebook.close()
