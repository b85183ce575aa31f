"""Runs nbgrader's own steps in this process (a command of its own costs two seconds of start-up a call)."""

import logging
import warnings
from functools import cache
from pathlib import Path

import click
import nbgrader.api
from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config

# nbgrader's database layer warns on every query.
warnings.simplefilter("ignore", SAWarning)

# nbgrader opens its gradebook nine times a notebook, each time with an engine that compiles every statement anew.
nbgrader.api.create_engine = cache(nbgrader.api.create_engine)


class RunFailed(click.ClickException):
    """An nbgrader step failed; the message is the last line that nbgrader had to say about it."""


class _App(NbGrader):
    """nbgrader configured by the course folder alone, whatever folder the command was started in."""

    load_cwd_config = False


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
        converter(coursedir=app.coursedir, parent=app, force=True).start()
    except NbGraderException as error:
        raise RunFailed(errors.causes[-1] if errors.causes else str(error)) from None
    except SQLAlchemyError as error:
        raise RunFailed(str(error).splitlines()[0]) from None
