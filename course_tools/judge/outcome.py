"""What an executed notebook says of the exercises: points, and one line where a check failed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from course_tools.marks import exercise_of, grade_id

PASSED = re.compile(r"^\w+: (?:\d+ checks? passed|with the right .* in place of yours)$", re.MULTILINE)


@dataclass
class Outcome:
    """One check: its exercise (with the number of the check, if it has more than one), its points, what it said."""

    name: str
    score: float
    points: float
    message: str


def outcomes(notebook: NotebookNode) -> Iterator[Outcome]:
    """The outcomes of an executed notebook's checks, in order."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failures = {grade_id(cell): failure(cell) for cell in code}
    exercises = [grade_id(cell) for cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
    for cell in code:
        if not cell.metadata.get("nbgrader", {}).get("grade"):
            continue
        name, points = grade_id(cell), float(cell.metadata.nbgrader.points)
        exercise, failed = exercise_of(name, exercises), failures[name]
        number = name.removeprefix(f"{exercise}_check").removeprefix("_")
        if failed and failures[exercise] and "still a stub" not in failed:
            failed = f"its cell fails: {failures[exercise]}"
        lent = [line for line in _passed_lines(cell) if "in place of yours" in line]
        passed = f"passed, {lent[0].partition(': ')[2]}" if lent else "passed"
        yield Outcome(exercise + (f" ({number})" if number else ""), 0 if failed else points, points, failed or passed)


def failure(cell: NotebookNode) -> str | None:
    """Why an executed cell failed, in one line; None if it did not."""
    for output in cell.outputs:
        if output.output_type == "error":
            return _sentence(output)
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("grade") and any(output.get("name") == "stderr" for output in cell.outputs):
        return "something was written to stderr, which counts as a failure"
    return None


def printable(text: str) -> str:
    """The text without what a terminal would obey, as a learner may have written it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def _passed_lines(cell: NotebookNode) -> list[str]:
    """What a check cell that passed says of it."""
    texts = [output.text for output in cell.outputs if output.output_type == "stream"]
    return [line for text in texts for line in PASSED.findall(text)]


def _sentence(error: NotebookNode) -> str:
    value = printable(" ".join(error.evalue.split()))
    if error.ename == "CheckFailed":
        return value
    if error.ename in ("CellTimeoutError", "KeyboardInterrupt"):
        return value or "it was stopped, as it took too long: is there an endless loop?"
    return f"{error.ename}: {value}" if value else error.ename
