"""The marks of graded cells: which nbgrader id belongs to which exercise, and which text answers it."""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

# The lines around what no learner sees: a reference answer, and hidden tests.
SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


def check_id(exercise: str, number: int) -> str:
    """The grade_id of an exercise's check: `sigmoid_check`, then `sigmoid_check_2` and so on."""
    return f"{exercise}_check" + (f"_{number}" if number > 1 else "")


def exercise_of(check: str, exercises: Iterable[str]) -> str:
    """The exercise that the check with this grade_id judges."""
    return max((name for name in exercises if check.startswith(f"{name}_check")), key=len)


def grade_id(cell: NotebookNode) -> str | None:
    """The nbgrader id that the cell carries, if any."""
    marks = cell.metadata.get("nbgrader", {})
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None


def defines(source: str, name: str) -> bool:
    """Whether the text defines the function or class `name` at its top level, or assigns one to it."""
    begin = rf"(async def|def|class)\s+{re.escape(name)}\b|{re.escape(name)}\s*(:[^=\n]+)?=(?!=)"
    return name in source and re.search(f"^({begin})", source, re.MULTILINE) is not None
