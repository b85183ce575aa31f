"""Reads a lesson's chapter: a Python file in jupytext's percent format whose cells carry the marks of CONTRIBUTING.md.

jupytext could read the cells too, but not their line numbers, and an author who made a slip is helped by
a line number; the tests hold this reader to jupytext's.
"""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from course_tools.marks import HIDDEN, SOLUTION

MARKER = re.compile(r"^# %%(?:\s+(?P<markdown>\[markdown\]))?(?P<marks>(?:\s.*)?)$")
MARK = re.compile(r"\s+(\w+)=(\"(?:[^\"\\]|\\.)*\"|\S+)")
MAGIC = re.compile(r"^# (%[a-z]\w*.*)$", re.MULTILINE)
MARKS = {"exercise": {"exercise"}, "check": {"check", "points"}}


@dataclass(frozen=True)
class Cell:
    """One cell: its kind (markdown, code, or what its first mark says), and where its text begins."""

    kind: str
    name: str
    source: str
    line: int
    marks: dict[str, str | int] = field(default_factory=dict)

    @property
    def points(self) -> int:
        return self.marks.get("points", 0)

    def line_of(self, text: str) -> int:
        """The line in the lesson's file on which `text` first stands in this cell (the first line if nowhere)."""
        lines = self.source.split("\n")
        return self.line + next((number for number, line in enumerate(lines) if text in line), 0)


@dataclass(frozen=True)
class Lesson:
    path: Path
    cells: tuple[Cell, ...]

    def of(self, kind: str, name: str | None = None) -> list[Cell]:
        """The cells of one kind, in order; of one exercise if `name` is given."""
        return [cell for cell in self.cells if cell.kind == kind and name in (None, cell.name)]


class LessonError(click.ClickException):
    """Slips in one or more lessons, a line each: file, line and what to do."""

    @classmethod
    def at(cls, path: Path, slips: list[tuple[int, str]]) -> "LessonError":
        return cls("\n".join(f"{path}:{line}: {text}" for line, text in sorted(slips)))


def read(path: Path) -> Lesson:
    """The chapter in the file `path`. Raises LessonError with every slip found in it."""
    cells, slips = cells_of(path, MARKS, "answers")
    lesson = Lesson(path, tuple(cells))
    slips += _slips(lesson)
    if slips:
        raise LessonError.at(path, slips)
    return lesson


def cells_of(path: Path, marks: Mapping[str, set[str]], elsewhere: str) -> tuple[list[Cell], list[tuple[int, str]]]:
    """The cells of a file, and a (line, sentence) for each whose marks cannot be read.

    Args:
        marks: the kinds of marked cells that may stand in it, each with all marks that such a cell takes.
        elsewhere: the folder of the lesson's other file, for the sentence about a kind that belongs there.

    Raises LessonError if it does not begin with a cell.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if MARKER.match(line)]
    if not starts or any(line.strip() for line in lines[: starts[0]]):
        raise LessonError.at(path, [(1, "begin the file with a cell marker, for instance `# %% [markdown]`")])
    cells, slips = [], []
    for start, end in zip(starts, starts[1:] + [len(lines)], strict=True):
        try:
            cell = _cell(lines[start], "\n".join(lines[start + 1 : end]).rstrip(), start + 2)
            cells.append(_allowed(cell, marks, elsewhere))
        except ValueError as slip:
            slips.append((start + 1, str(slip)))
    return cells, slips


def _allowed(cell: Cell, marks: Mapping[str, set[str]], elsewhere: str) -> Cell:
    """The cell, if its kind may stand in this file and takes its marks. Raises ValueError."""
    if not cell.marks:
        return cell
    if cell.kind not in marks:
        here = ", ".join(marks)
        raise ValueError(f"no cell of kind {cell.kind} stands here ({here}); {elsewhere}/ may be its place")
    for key in cell.marks.keys() - marks[cell.kind]:
        takes = ", ".join(sorted(marks[cell.kind]))
        raise ValueError(f"unknown mark `{key}` on a cell of kind {cell.kind}; it takes {takes}")
    return cell


def _cell(marker: str, source: str, line: int) -> Cell:
    match = MARKER.match(marker)
    if match["markdown"]:
        if match["marks"].strip():
            raise ValueError(f"a markdown cell takes no marks; remove `{match['marks'].strip()}`")
        return Cell("markdown", "", re.sub(r"^# ?", "", source, flags=re.MULTILINE), line)
    if MARK.sub("", match["marks"]).strip():
        raise ValueError(f'write marks as name="value"; cannot read `{match["marks"].strip()}`')
    marks = {}
    for key, value in MARK.findall(match["marks"]):
        try:
            marks[key] = json.loads(value)
        except json.JSONDecodeError:
            raise ValueError(f'the value of {key} is neither "text" nor a number: {value}') from None
    if not marks:
        return Cell("code", "", source, line)
    kind = next(iter(marks))
    return Cell(kind, str(marks[kind]), source, line, marks)


def notebook_text(cell: Cell) -> str:
    """The cell's text as a notebook shows it: a commented line magic (`# %timeit …`) becomes a live one."""
    return MAGIC.sub(r"\1", cell.source) if cell.kind == "code" else cell.source


def solution_lines(cell: Cell) -> range:
    """The lines of the file that hold the reference answer of an exercise cell, without its two markers."""
    return range(cell.line_of(SOLUTION[0]) + 1, cell.line_of(SOLUTION[1]))


def _slips(lesson: Lesson) -> list[tuple[int, str]]:
    slips = []
    seen: set[str] = set()
    for cell in lesson.cells:
        mark = cell.line - 1
        if cell.kind == "exercise" and cell.name in seen:
            slips.append((mark, f'a second exercise="{cell.name}"; names are unique in a lesson'))
        elif cell.kind == "check" and cell.name not in seen:
            slips.append((mark, f'check="{cell.name}" has no exercise="{cell.name}" before it; add one'))
        if cell.kind == "exercise":
            seen.add(cell.name)
            if not lesson.of("check", cell.name):
                slips.append((mark, f'exercise="{cell.name}" has no check; add a cell check="{cell.name}"'))
        if cell.kind == "check" and not (isinstance(cell.points, int) and cell.points > 0):
            slips.append((mark, f'check="{cell.name}" needs points: a whole number above 0'))
        slips += _regions(cell, SOLUTION, "exercise", "solution")
        slips += _regions(cell, HIDDEN, "check", "hidden tests")
        slips += python_slips(cell, ("exercise",))
    return slips


def _regions(cell: Cell, markers: tuple[str, str], home: str, what: str) -> list[tuple[int, str]]:
    """The slips in one kind of region: it stands once in each cell of its kind, and in no other cell."""
    begin, end = (
        [n for n, line in enumerate(cell.source.split("\n"), cell.line) if marker in line] for marker in markers
    )
    if cell.kind != home:
        return [(line, f"{what} outside a cell of kind {home}; move or remove it") for line in begin + end]
    if not begin and not end:
        return [(cell.line - 1, f'{home}="{cell.name}" has no {what}; add {markers[0]} … {markers[1]}')]
    if len(begin) != 1 or len(end) != 1 or begin > end:
        return [((begin + end)[0], f"unbalanced {what}: write {markers[0]} once, then {markers[1]} once")]
    return []


def python_slips(cell: Cell, answers: tuple[str, ...]) -> list[tuple[int, str]]:
    """The slips in a code cell's Python: it must parse, and a cell of a kind in `answers` define what it names."""
    if cell.kind == "markdown":
        return []
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        return [(cell.line + (error.lineno or 1) - 1, f"this cell is not valid Python: {error.msg}")]
    if cell.kind not in answers:
        return []
    if cell.name in {getattr(node, "name", None) for node in tree.body}:
        return []
    return [(cell.line, f'{cell.kind}="{cell.name}" must define `{cell.name}`; name the function after the mark')]
