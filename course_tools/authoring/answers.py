"""Reads a lesson's answers: the tests of its checks, in `answers/` where the chapter stands in `lessons/`."""

from dataclasses import dataclass
from pathlib import Path

from course_tools.authoring.lesson import Cell, Lesson, LessonError, cells_of, python_slips

MARKS = {
    "wrong": {"wrong", "says"},
    "alternative": {"alternative"},
    "equivalent": {"equivalent", "mutant", "why"},
}


@dataclass(frozen=True)
class Answers:
    """Wrong and right answers to the exercises of a lesson, and the mutants of behaviour that compute the same."""

    path: Path
    cells: tuple[Cell, ...]

    def of(self, kind: str, exercise: str) -> list[Cell]:
        """The cells of one kind for one exercise, in order."""
        return [cell for cell in self.cells if (cell.kind, cell.name) == (kind, exercise)]


def path_of(lesson: Path) -> Path:
    """The file with the answers of the chapter in the file `lesson`."""
    return lesson.parents[2] / "answers" / lesson.parent.name / lesson.name


def read(lesson: Lesson) -> Answers:
    """The answers of a chapter. Raises LessonError with every slip found in their file, or if there is none."""
    path = path_of(lesson.path)
    if not path.exists():
        raise LessonError(
            f"{path} is missing: the answers that the checks of {lesson.path.name} must accept and reject"
        )
    cells, slips = cells_of(path, MARKS, "lessons")
    exercises = {cell.name for cell in lesson.of("exercise")}
    for cell in cells:
        mark = cell.line - 1
        if cell.kind in MARKS and cell.name not in exercises:
            slips.append((mark, f'{cell.kind}="{cell.name}": {lesson.path.name} has no exercise of this name'))
        if cell.kind == "wrong" and not cell.marks.get("says"):
            slips.append((mark, 'a wrong answer needs says="…": words that the message of its check must hold'))
        if cell.kind == "equivalent" and not (cell.marks.get("mutant") and cell.marks.get("why")):
            slips.append((mark, 'write equivalent="exercise" mutant="its name in the table of course prove" why="…"'))
        slips += python_slips(cell, ("wrong", "alternative"))
    if slips:
        raise LessonError.at(path, slips)
    return Answers(path, tuple(cells))
