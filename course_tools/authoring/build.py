"""Builds the notebooks from the lessons: `lessons/*.py` → `source/*.ipynb` → (nbgrader) → `release/*.ipynb`.

The same lessons, syllabus and recorded times give the same bytes on every machine: cell ids come from the marks and
the position, and nothing that a notebook holds depends on the hour or on the versions installed.
"""

import ast
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat import v4

from course_tools import taught
from course_tools.authoring import header
from course_tools.authoring import lesson as lessons
from course_tools.authoring.readme import readmes
from course_tools.marks import check_id
from course_tools.syllabus import ROOT, Notebook, written

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# JupyterLab shows a collapsed cell as a bar with the cell's first line in it.
CHECK = "# Check of {name}: run this cell (Shift+Enter)"
COLLAPSED = {"jupyter": {"source_hidden": True}}


def build(root: Path = ROOT, books: list[Notebook] | None = None) -> list[Path]:
    """Writes every source and release notebook of the lessons in `root`, and the READMEs; returns what changed.

    With `books`, only their notebooks. Raises LessonError if a lesson has a slip; nothing is written then.
    """
    with tempfile.TemporaryDirectory() as folder:
        built = _build_into(Path(folder), root, books)
        changed = [path for path, data in built.items() if _read(root / path) != data]
        for path in changed:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(built[path])
    return changed


def differences(root: Path = ROOT, books: list[Notebook] | None = None) -> list[str]:
    """What a build would change in the committed files: a sentence each, none if they are exact."""
    with tempfile.TemporaryDirectory() as folder:
        built = _build_into(Path(folder), root, books)
    problems = []
    for path, data in built.items():
        if "source" in path.parts:
            continue
        old = _read(root / path)
        if old != data:
            problems.append(f"{path} is missing" if old is None else f"{path} differs from its lesson")
    mend = "; run `course build` and commit the result"
    orphans = [] if books else _orphans(root, set(built))
    return [problem + mend for problem in problems] + [
        f"{path} has no lesson; remove it, or add the lesson" for path in orphans
    ]


def write_source(book: Notebook) -> None:
    """Writes the source notebook of one lesson, if it is not there as it should be. Raises LessonError."""
    data = _bytes(source_notebook(book))
    if _read(book.source) != data:
        (book.root / book.course / "source").mkdir(mode=0o700, parents=True, exist_ok=True)
        book.source.parent.mkdir(exist_ok=True)
        book.source.write_bytes(data)


def source_notebook(book: Notebook) -> nbformat.NotebookNode:
    """The instructor's notebook: head, chapter and closing, hidden tests and reference answers included."""
    lesson = lessons.read(book.lesson)
    slips = header.slips(lesson, book) + _import_slips(lesson, book)
    if slips:
        raise lessons.LessonError.at(book.lesson, slips)
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}, "lesson": book.id}
    return v4.new_notebook(cells=list(_notebook_cells(header.framed(lesson, book))), metadata=metadata)


def _build_into(folder: Path, root: Path, only: list[Notebook] | None) -> dict[Path, bytes]:
    """Builds below `folder`; returns every file's bytes by its path relative to the root."""
    # Loading nbgrader takes seconds; whoever only needs a source notebook does not wait for it.
    from course_tools.nbgrader_runs import generate_release

    books = only or written(root)
    slips, sources = [], {}
    for book in books:
        try:
            sources[book] = _bytes(source_notebook(book))
        except lessons.LessonError as error:
            slips.append(str(error))
    if slips:
        raise lessons.LessonError("\n".join(slips))
    for book, data in sources.items():
        path = folder / book.source.relative_to(root)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for course, week in dict.fromkeys((book.course, book.week) for book in books):
        config = folder / course / "nbgrader_config.py"
        if not config.exists():
            shutil.copy(root / course / "nbgrader_config.py", config)
        generate_release(folder / course, week)
    paths = [path for book in books for path in (book.source, book.release)]
    built = {path.relative_to(root): (folder / path.relative_to(root)).read_bytes() for path in paths}
    return built if only else built | readmes(root)


def _bytes(notebook: nbformat.NotebookNode) -> bytes:
    return (nbformat.writes(notebook) + "\n").encode()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _orphans(root: Path, built: set[Path]) -> list[Path]:
    released = (path.relative_to(root) for path in root.glob("course*/release/*/*"))
    return sorted(path for path in released if path not in built and path.parts[-1] != ".ipynb_checkpoints")


def _import_slips(lesson: lessons.Lesson, book: Notebook) -> list[tuple[int, str]]:
    """A lesson imports no building block that it or a later one teaches, unless it says why it shows a black box."""
    slips, forbidden = [], taught.forbidden(book.id)
    for cell in lesson.cells:
        lines = cell.source.split("\n")
        for line, names in taught.imports(ast.parse(cell.source)) if cell.kind != "markdown" else ():
            if (found := sorted(names & forbidden)) and not taught.BLACK_BOX.match(lines[line - 1]):
                slips.append(
                    (
                        cell.line + line - 1,
                        f"{found[-1]} holds what {taught.teacher(found[-1])} teaches, which does not come before this "
                        "lesson; define what you need here, or end the line of the import with `# black box: ` and why",
                    )
                )
    return slips


def _notebook_cells(cells: Iterable[lessons.Cell]) -> Iterator[nbformat.NotebookNode]:
    checks: dict[str, int] = {}
    section, position = "start", 0
    for cell in cells:
        text = lessons.notebook_text(cell)
        if cell.kind in ("exercise", "check"):
            section, position = cell.name, 0
            if cell.kind == "check":
                checks[cell.name] = checks.get(cell.name, 0) + 1
                section = check_id(cell.name, checks[cell.name])
                text = f"{CHECK.format(name=cell.name)}\n{text}"
            yield v4.new_code_cell(text, id=section, metadata=_metadata(cell, section))
            continue
        position += 1
        new = v4.new_markdown_cell if cell.kind == "markdown" else v4.new_code_cell
        yield new(text, id=f"{section}-{position}")


def _metadata(cell: lessons.Cell, grade_id: str) -> dict:
    check = cell.kind == "check"
    marks = {
        "grade": check,
        "grade_id": grade_id,
        "locked": check,
        "schema_version": 3,
        "solution": not check,
        "task": False,
    }
    return COLLAPSED | {"nbgrader": marks | {"points": cell.points}} if check else {"nbgrader": marks}
