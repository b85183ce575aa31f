"""A lesson as the judge needs it, taken from its source notebook."""

import contextlib
import io
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from course_tools import taught
from course_tools.judge.check import Check
from course_tools.marks import exercise_of, grade_id


@dataclass
class Lesson:
    """The graded parts of a source notebook.

    Attributes:
        checks: the checks by grade_id, in order.
        sources: their texts, hidden tests included, by grade_id.
        classes: the exercises that are classes.
        given: the texts of the code cells that a learner need not touch.
        withheld: the modules of shared_utils that an answer cannot import.
    """

    checks: dict[str, Check]
    sources: dict[str, str]
    classes: list[str]
    given: set[str]
    withheld: frozenset[str]


@lru_cache(maxsize=2)
def read(lesson: str, source: str) -> Lesson:
    """The lesson of this id and source notebook, whose set-up cell and answers are executed here: they are ours."""
    notebook = nbformat.reads(source, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    graded = [cell for cell in code if "nbgrader" in cell.metadata]
    names = _executed([code[0].source], {"__name__": "__main__"})
    answers = [cell for cell in graded if cell.metadata.nbgrader.solution]
    answered = _executed([cell.source for cell in answers], dict(names))
    references = {grade_id(cell): answered[grade_id(cell)] for cell in answers}
    sources = {grade_id(cell): cell.source for cell in graded if cell.metadata.nbgrader.grade}
    checks = {
        name: Check(exercise_of(name, references), _compiled(text, name), names, references, answered)
        for name, text in sources.items()
    }
    classes = [name for name, reference in references.items() if isinstance(reference, type)]
    given = [cell.source.strip() for cell in code if "nbgrader" not in cell.metadata]
    return Lesson(checks, sources, classes, set(given[1:]), taught.withheld(lesson, given))


def _executed(sources: list[str], names: dict[str, Any]) -> dict[str, Any]:
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            exec(_compiled(source, "lesson"), names)
    return names


def _compiled(source: str, name: str) -> CodeType:
    try:
        return compile(source, f"<{name}>", "exec")
    except SyntaxError:  # with IPython's own signs; to look for them takes long
        return compile(TransformerManager().transform_cell(source), f"<{name}>", "exec")
