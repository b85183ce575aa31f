"""nbgrader's gradebook of a course: recording its notebooks, and reading scores from it."""

import datetime
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, SubmittedNotebook
from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from course_tools.nbgrader_runs import RunFailed, run
from course_tools.syllabus import Notebook

LEARNER, DEMO = "me", "demo"


def path(book: Notebook) -> Path:
    return book.root / book.course / "gradebook.db"


@contextmanager
def opened(book: Notebook) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{path(book)}", book.course) as gradebook:
        yield gradebook


def record(book: Notebook) -> str | None:
    """Records the source notebook in the course's gradebook, unless it stands there as it is.

    nbgrader refuses to change a notebook that has been graded. If the only grades are the learner's own, which can
    be made again at any time, the old gradebook is set aside; returns a sentence if so. Raises RunFailed otherwise.
    """
    if _recorded(book):
        return None
    try:
        _generate(book)
        return None
    except RunFailed:
        with opened(book) as gradebook:
            students = {student.id for student in gradebook.students}
        if students - {LEARNER, DEMO}:
            raise RunFailed(
                f"{path(book)} holds grades of an earlier version of {book.name}; to grade with the new one, "
                "rename that file and run this command again"
            ) from None
    aside = path(book).with_name(f"gradebook-until-{datetime.datetime.now():%Y-%m-%d-%H%M%S}.db")
    path(book).rename(aside)
    _generate(book)
    return f"{book.name} has changed since it was last graded; the former scores are kept in {aside.name}"


def scores(book: Notebook, student: str) -> list[tuple[str, float, float]]:
    """The student's (check, score, points) in a notebook, in the notebook's order; needs a graded submission."""
    with opened(book) as gradebook:
        grades = gradebook.find_submission_notebook(book.name, book.week, student).grades
        found = {grade.name: (grade.score, grade.max_score) for grade in grades}
    order = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nbformat.read(book.release, 4).cells]
    return [(name, *found[name]) for name in order if name in found]


def _recorded(book: Notebook) -> bool:
    if not path(book).exists():
        return False
    source = nbformat.read(book.source, 4)
    wanted = {
        (cell.metadata.nbgrader.grade_id, cell.source, float(cell.metadata.nbgrader.points))
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    with opened(book) as gradebook:
        try:
            notebook = gradebook.find_notebook(book.name, book.week)
        except MissingEntry:
            return False
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        there = {(cell.name, cell.source, points[cell.name]) for cell in notebook.source_cells if cell.name in points}
    return wanted == there


def _generate(book: Notebook) -> None:
    """Has nbgrader record the notebook; the release that it makes on the way is the one that `course build` made."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / book.course
        source = course / book.source.relative_to(book.root / book.course)
        source.parent.mkdir(parents=True)
        shutil.copy(book.source, source)
        shutil.copy(book.root / book.course / "nbgrader_config.py", course)
        config = Config({"CourseDirectory": {"db_url": f"sqlite:///{path(book)}"}})
        run(GenerateAssignment, course, {"assignment_id": book.week, "notebook_id": book.name}, config)
    _add_to_submissions(book)


def _add_to_submissions(book: Notebook) -> None:
    """Gives the week's earlier submissions a place for a notebook that is new; nbgrader cannot grade them without."""
    with opened(book) as gradebook, gradebook.db.no_autoflush:
        notebook = gradebook.find_notebook(book.name, book.week)
        checks, answers = list(notebook.grade_cells), list(notebook.solution_cells)
        for submission in gradebook.find_assignment(book.week).submissions:
            if book.name not in {each.name for each in submission.notebooks}:
                place = SubmittedNotebook(notebook=notebook, assignment=submission)
                for cell in checks:
                    Grade(cell_id=cell.id, notebook=place)
                for cell in answers:
                    Comment(cell_id=cell.id, notebook=place)
                gradebook.db.add(place)
        gradebook.db.commit()
