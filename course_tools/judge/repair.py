"""A learner's notebook made fit for nbgrader: answers are kept, everything else comes from the released lesson.

Cells may be deleted, duplicated, renamed or stripped of their metadata; an answer is found by its grade_id, else by the
function that it defines. The learner's file is only read.
"""

import re
from pathlib import Path

import click
import nbformat
from nbformat import NotebookNode, v4

from course_tools.judge.text_cells import harmless
from course_tools.marks import HIDDEN, SOLUTION, defines, exercise_of, grade_id

MOST = 64 * 2**20  # bytes of a notebook
CELLS, TEXT = 2000, 2**20  # cells of a notebook, and characters of all that is written in them


class Unreadable(click.ClickException):
    """The file is no notebook; the message says in one line what is wrong and what to do."""


def text_of(path: Path) -> str:
    """The text of a file. Raises Unreadable."""
    if why := unfit(path):
        raise Unreadable(why)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise _no_notebook(str(path), error) from None


def unfit(path: Path) -> str | None:
    """Why what is at `path` is not to be opened at all, in a sentence; None if it may be."""
    if path.exists() and not path.is_file():
        return f"{path} is not a file"
    if path.is_file() and path.stat().st_size > MOST:
        return f"{path} is larger than {MOST >> 20} MiB; clear its outputs in JupyterLab and save it"
    return None


def parsed(text: str, name: str) -> NotebookNode:
    """The notebook of that text, of whatever format version; `name` is its file. Raises Unreadable."""
    try:
        notebook = nbformat.reads(text, as_version=4)
        _bounded(notebook, name)
        cells = [_plain(cell.cell_type, cell.source, cell.get("metadata", {})) for cell in notebook.cells]
        for cell, theirs in zip(cells, notebook.cells, strict=True):
            if cell.cell_type == "markdown" and isinstance(theirs.get("attachments"), dict):
                cell.attachments = theirs.attachments
        return _notebook(cells, notebook.get("metadata", {}))
    except Unreadable:
        raise
    except Exception as error:  # nbformat raises whatever the damage leads to
        raise _no_notebook(name, error) from None


def _bounded(notebook: NotebookNode, name: str) -> None:
    """Raises Unreadable if there is more in it than anybody has written by hand."""
    if len(notebook.cells) > CELLS:
        raise Unreadable(f"{name} has {len(notebook.cells):,} cells; leave at most {CELLS:,}")
    if sum(len(cell.source) for cell in notebook.cells) > TEXT:
        raise Unreadable(f"{name} holds more than {TEXT:,} characters of code and text; take out what is not yours")


def _no_notebook(name: str, error: Exception) -> Unreadable:
    why = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
    return Unreadable(
        f"{name} is not a notebook ({why}); open it in JupyterLab, or take your last good copy from "
        "`.ipynb_checkpoints`"
    )


def refuse_source(text: str, name: str) -> None:
    """Raises Unreadable if the text of a notebook is the lesson's own, with its reference answers or hidden tests."""
    for mark in (SOLUTION[0], HIDDEN[0]):
        if mark in text:
            raise Unreadable(f"{name} holds {mark!r}, as the instructor's own notebook does; hand in the learner's")


def repaired(answer: NotebookNode, release: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The learner's cells, in their order, with the graded cells as nbgrader needs them.

    Returns the notebook and a sentence for each thing that had to be mended.
    """
    pristine = {cell.metadata.nbgrader.grade_id: cell for cell in release.cells if "nbgrader" in cell.metadata}
    exercises = [name for name, cell in pristine.items() if cell.metadata.nbgrader.solution]
    checks = [name for name in pristine if name not in exercises]
    known = {cell.source for cell in release.cells}
    homes: dict[int | None, list[str]] = {}
    for name in exercises:
        homes.setdefault(_home(answer.cells, name, pristine), []).append(name)
    lost = homes.pop(None, [])
    placed: dict[str, NotebookNode] = {}
    cells, notes, other = [], [], []
    for position, cell in enumerate(answer.cells):
        name, *beside = homes.get(position, [None])
        if name is None and grade_id(cell) not in checks:
            shown = cell.cell_type == "code" or cell.source in known
            cells.append(_plain(*((cell.cell_type, cell.source) if shown else harmless(cell))))
            continue
        name = name or grade_id(cell)
        if name in placed:
            continue
        placed[name] = _graded(pristine[name], pristine[name].source if name in checks else cell.source)
        cells.append(placed[name])
        if name in checks and _untitled(cell.source) != _untitled(pristine[name].source):
            other.append(name)
        if cell.cell_type != "code":
            notes.append(f"the cell {name} was no code cell; it was run as code")
        for each in beside:
            placed[each] = _graded(pristine[each], f"# {each} is answered in the cell of {name}.")
            cells.append(placed[each])
    if len(other) == 1:
        notes.append(f"the check cell {other[0]} is not as the lesson has it; the lesson's was used")
    elif other:
        notes.append(f"{len(other)} check cells are not as the lesson has them (it may be newer); its own were used")
    set_up = next(cell.source for cell in release.cells if cell.cell_type == "code")
    if set_up != next((cell.source for cell in cells if cell.cell_type == "code"), None):
        cells.insert(0, _plain("code", set_up))
        notes.append("the first code cell was not the original set-up, which was run before it")
    # Right after the set-up: an empty answer then undoes nothing that the learner has written in whatever way.
    first = next(place for place, cell in enumerate(cells) if cell.cell_type == "code") + 1
    for name in lost:
        placed[name] = _graded(pristine[name], pristine[name].source)
        notes.append(f"no cell defines {name}; its empty cell was put back")
        cells.insert(first, placed[name])
    for name in checks:
        _place_check(cells, placed, name, pristine[name], exercises, notes)
    return _notebook(cells, release.metadata), notes


def _untitled(check: str) -> str:
    """A check's text without the comments at its beginning, which do nothing: older notebooks have none."""
    return re.sub(r"\A(#.*\n)+", "", check.strip())


def _home(cells: list[NotebookNode], name: str, pristine: dict[str, NotebookNode]) -> int | None:
    """Which of the learner's cells answers an exercise: one with its id that defines it, else the last code cell that
    does, be it that of another exercise, else one with its id, else the last cell of any kind that defines it."""
    marked = [place for place, cell in enumerate(cells) if grade_id(cell) == name]
    defining = [place for place in reversed(range(len(cells))) if defines(cells[place].source, name)]
    others = [place for place in defining if grade_id(cells[place]) not in pristine]
    of_others = [place for place in defining if _is_exercise(pristine.get(grade_id(cells[place])))]
    found = [place for place in marked if place in defining]
    found += [place for place in others if cells[place].cell_type == "code"]
    return next(iter(found + of_others + marked + others), None)


def _is_exercise(pristine: NotebookNode | None) -> bool:
    return pristine is not None and pristine.metadata.nbgrader.solution


def _place_check(
    cells: list, placed: dict, name: str, pristine: NotebookNode, exercises: list[str], notes: list[str]
) -> None:
    """Puts a check cell back if it is missing, and behind its exercise if it stands before it."""
    home = placed[exercise_of(name, exercises)]
    check = placed.get(name)
    if check is None:
        notes.append(f"the check cell {name} was missing; it was put back")
        check = _graded(pristine, pristine.source)
    elif _index(cells, check) > _index(cells, home):
        return
    else:
        del cells[_index(cells, check)]
    cells.insert(_index(cells, home) + 1, check)


def _index(cells: list, cell: NotebookNode) -> int:
    return next(number for number, other in enumerate(cells) if other is cell)


def _graded(pristine: NotebookNode, source: str) -> NotebookNode:
    return _cell("code", source, pristine.metadata)


def _plain(cell_type: str, source: str, metadata: dict | None = None) -> NotebookNode:
    """A cell of that text without outputs, attachments or foreign keys."""
    marks = (metadata or {}).get("nbgrader")
    return _cell(cell_type, source, {"nbgrader": marks} if isinstance(marks, dict) else {})


def _cell(cell_type: str, source: str, metadata: dict) -> NotebookNode:
    """A cell not validated yet, as nbformat's own new_code_cell does one by one: a notebook is, as a whole."""
    outputs = {"outputs": [], "execution_count": None} if cell_type == "code" else {}
    return nbformat.from_dict({"cell_type": cell_type, "source": source, "metadata": metadata} | outputs)


def _notebook(cells: list[NotebookNode], metadata: dict) -> NotebookNode:
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return v4.new_notebook(cells=cells, metadata=metadata)
