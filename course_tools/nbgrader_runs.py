"""Runs nbgrader's own steps in this process (a command of its own costs two seconds of start-up a call)."""

import logging
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter
from traitlets.config import Config


def generate_release(course_folder: Path, week: str) -> None:
    """Makes the release notebooks of a week from its source notebooks, without touching a gradebook."""
    no_database = Config({"GenerateAssignment": {"no_database": True}, "SaveCells": {"enabled": False}})
    run(GenerateAssignment, course_folder, {"assignment_id": week}, no_database)


def run(
    converter: type[BaseConverter], course_folder: Path, selection: dict[str, str], config: Config | None = None
) -> None:
    """Runs one nbgrader converter on what `selection` (assignment_id, student_id, notebook_id) names.

    Files that a former run made are made anew. Raises nbgrader's NbGraderException if the run fails; its log goes
    to the logger `nbgrader`.
    """
    app = NbGrader(load_cwd_config=False, log=logging.getLogger("nbgrader"))
    app.initialize([], root=str(course_folder))
    app.update_config(Config({"CourseDirectory": {"root": str(course_folder), **selection}}))
    if config:
        app.update_config(config)
    converter(coursedir=app.coursedir, parent=app, force=True).start()
