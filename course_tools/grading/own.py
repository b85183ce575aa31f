"""`course grade` for a learner's own notebooks: the hidden checks on the saved files, the scores as tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import v4

from course_tools.grading.workers import CAN_JUDGE, Worker, cores, task_of
from course_tools.judge.outcome import Outcome, outcomes
from course_tools.judge.repair import Unreadable, parsed, text_of
from course_tools.judge.sandbox import Limits
from course_tools.judge.task import Result, Task
from course_tools.marks import defines, grade_id
from course_tools.syllabus import ROOT, Notebook, written


@dataclass
class Graded:
    """What came of one file: its checks, or the reason why it could not be graded; and notes on what was mended."""

    path: Path
    book: Notebook | None = None
    checks: list[Outcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    executed: str = ""

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


def grade(paths: list[Path], root: Path = ROOT) -> Iterator[Graded]:
    """Judges each file; a result each. Never raises for what is in a file, nor writes to it.

    Files that bear a lesson's name come first, so that of two answers to one lesson the copy is left out.
    """
    books = written(root)
    by_book: dict[str, Path] = {}
    judge, close = _judge()
    try:
        for path in sorted(paths, key=lambda path: path.stem not in {book.name for book in books}):
            result = Graded(path)
            try:
                text = text_of(path)
                result.book = _book_of(path, parsed(text, str(path)), books)
                if first := by_book.get(result.book.id):
                    raise Unreadable(
                        f"{path} answers {result.book.name}, as {first.name} does, which was graded; name one"
                    )
                by_book[result.book.id] = path
                _fill(result, judge(task_of(result.book, text, str(path))))
            except Unreadable as error:
                result.problem = str(error)
            yield result
    finally:
        close()


def _judge() -> tuple[Callable[[Task], Result], Callable[[], None]]:
    """How a task is judged on this system, and what ends it. Code is locked in where that can be had."""
    if not CAN_JUDGE:
        from course_tools.grading.kernel import judge_in_kernel

        return judge_in_kernel, lambda: None
    worker = Worker("try", Limits(), cores()[0])
    return worker.judge, worker.close


def _fill(graded: Graded, result: Result) -> None:
    if result.problem:
        raise Unreadable(result.problem)
    if graded.path.stem != graded.book.name:
        graded.notes.append(f"{graded.path.name} is graded as {graded.book.name}")
    graded.notes += result.notes
    graded.executed = result.notebook
    graded.checks = list(outcomes(v4.reads(graded.executed)))


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
    release = nbformat.read(book.release, 4)
    return [grade_id(cell) for cell in release.cells if cell.metadata.get("nbgrader", {}).get("solution")]


def _answers(answer: nbformat.NotebookNode, exercise: str) -> bool:
    return any(grade_id(cell) == exercise or defines(cell.source, exercise) for cell in answer.cells)


def table(result: Graded) -> str:
    """The result as text: a line a check with what failed, the score, and a line a note."""
    if result.problem:
        return f"NOT GRADED  {result.problem}"
    width = max(len(check.name) for check in result.checks)
    lines = [f"{result.book.name}: {result.score:g} of {result.points:g} points"]
    for check in result.checks:
        mark = "+" if check.score == check.points else "-"
        lines.append(f"  {mark} {check.name:{width}}  {check.score:g} / {check.points:g}  {check.message}")
    return "\n".join([*lines, *(f"  note: {note}" for note in result.notes)])
