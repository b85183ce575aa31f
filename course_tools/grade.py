"""`course grade`: a learner's notebooks through nbgrader's autograde, and the score as a table.

The learner's file is copied into nbgrader's own layout (`submitted/me/<week>/`), graded there with the hidden tests,
recorded in the course's `gradebook.db`, and given feedback in `feedback/me/<week>/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde, GenerateFeedback

from course_tools import gradebook
from course_tools.build import write_source
from course_tools.feedback import failure
from course_tools.lesson import LessonError
from course_tools.nbgrader_runs import RunFailed, run
from course_tools.submission import Unreadable, defines, grade_id, read, repaired
from course_tools.syllabus import ROOT, Notebook, written


@dataclass
class Check:
    """One row of the table: an exercise (with the number of its check, if it has more than one)."""

    name: str
    score: float
    points: float
    message: str


@dataclass
class Result:
    """What came of one file: its checks, or the reason why it could not be graded; and notes on what was mended."""

    path: Path
    book: Notebook | None = None
    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    feedback: Path | None = None

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks)

    @property
    def points(self) -> float:
        return sum(check.points for check in self.checks)


def notebooks_in(paths: list[Path]) -> list[Path]:
    """The notebook files that the paths name: each file itself, and of a folder every notebook below it."""
    found = []
    for path in paths:
        below = sorted(p for p in path.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
        found += below if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def grade(paths: list[Path], student: str = gradebook.LEARNER, root: Path = ROOT) -> Iterator[Result]:
    """Grades each file as the work of `student`; a result each. Never raises for what is in a file, nor writes to it.

    Files that bear a lesson's name come first, so that of two answers to one lesson the copy is left out.
    """
    books = written(root)
    by_book: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: path.stem not in {book.name for book in books}):
        result = Result(path)
        try:
            answer = read(path)
            result.book = _book_of(path, answer, books)
            if first := by_book.get(result.book.id):
                raise Unreadable(f"{path} answers {result.book.name}, as {first.name} does, which was graded; name one")
            by_book[result.book.id] = path
            _grade(result, answer, student)
        except (Unreadable, RunFailed, LessonError) as error:
            result.problem = str(error)
        yield result


def _book_of(path: Path, answer: nbformat.NotebookNode, books: list[Notebook]) -> Notebook:
    """The notebook of the syllabus that the file answers: by its own word, its place, or the exercises it holds."""
    told = answer.metadata.get("lesson")
    here = path.resolve()
    for book in books:
        if book.id == told or (not told and here == book.workspace.resolve()):
            return book
    shared = {book: sum(_answers(answer, name) for name in _exercises(book)) for book in books}
    best = max(shared, key=shared.get, default=None)
    if best is None or not shared[best]:
        raise Unreadable(f"{path} holds no exercise of this course; give a notebook from the folder workspace")
    return best


def _exercises(book: Notebook) -> list[str]:
    return [grade_id(cell) for cell in _release(book).cells if cell.metadata.get("nbgrader", {}).get("solution")]


def _answers(answer: nbformat.NotebookNode, exercise: str) -> bool:
    return any(grade_id(cell) == exercise or defines(cell.source, exercise) for cell in answer.cells)


def _release(book: Notebook) -> nbformat.NotebookNode:
    return nbformat.read(book.release, 4)


def _grade(result: Result, answer: nbformat.NotebookNode, student: str) -> None:
    book, path = result.book, result.path
    if path.stem != book.name:
        result.notes.append(f"{path.name} is graded as {book.name}")
    write_source(book)
    if note := gradebook.record(book):
        result.notes.append(note)
    submitted, notes = repaired(answer, _release(book))
    result.notes += notes
    _submit(book, student, submitted)
    course = book.root / book.course
    selection = {"assignment_id": book.week, "notebook_id": book.name, "student_id": student}
    run(Autograde, course, selection)
    run(GenerateFeedback, course, selection)
    result.feedback = _folder(book, student, "feedback") / f"{book.name}.html"
    graded = nbformat.read(_folder(book, student, "autograded") / f"{book.name}.ipynb", 4)
    messages = {grade_id(cell): failure(cell) for cell in graded.cells if cell.cell_type == "code"}
    for name, score, points in gradebook.scores(book, student):
        exercise, _, number = name.rpartition("_check")
        part = f" ({number[1:]})" if number else ""
        message = messages.get(name) or "passed"
        if messages.get(name) and messages.get(exercise) and "still a stub" not in message:
            message = f"its cell fails: {messages[exercise]}"
        result.checks.append(Check(exercise + part, score, points, message))


def _submit(book: Notebook, student: str, submitted: nbformat.NotebookNode) -> None:
    folder = _folder(book, student, "submitted")
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(submitted, folder / f"{book.name}.ipynb")
    (folder / "timestamp.txt").write_text(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n")


def _folder(book: Notebook, student: str, step: str) -> Path:
    return book.root / book.course / step / student / book.week


def table(result: Result) -> str:
    """The result as text: a line a check with what failed, the score, and a line a note."""
    if result.problem:
        return f"NOT GRADED  {result.problem}"
    width = max(len(check.name) for check in result.checks)
    lines = [f"{result.book.name}: {result.score:g} of {result.points:g} points"]
    for check in result.checks:
        mark = "+" if check.score == check.points else "-"
        lines.append(f"  {mark} {check.name:{width}}  {check.score:g} / {check.points:g}  {check.message}")
    return "\n".join([*lines, *(f"  note: {note}" for note in result.notes), f"  feedback: {result.feedback}"])
