"""nbgrader's gradebook of a course: recording its notebooks, and who has been graded."""

import datetime
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.api import Notebook as RecordedNotebook
from nbgrader.converters import GenerateAssignment
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from course_tools.grading.scores import DEMO, LEARNER
from course_tools.nbgrader_runs import RunFailed, run
from course_tools.syllabus import Notebook


def path(book: Notebook) -> Path:
    return book.root / book.course / "gradebook.db"


def url(book: Notebook, db: str | None = None) -> str:
    """The address of the gradebook: `db`, or the course's own file."""
    # SQLAlchemy's default driver for PostgreSQL is the one that is no longer developed.
    return db.replace("postgresql://", "postgresql+psycopg://", 1) if db else f"sqlite:///{path(book)}"


@contextmanager
def opened(book: Notebook, db: str | None = None) -> Iterator[Gradebook]:
    """The gradebook, closed afterwards. Raises RunFailed, also for what the database refuses meanwhile."""
    try:
        with Gradebook(url(book, db), book.course) as gradebook:
            yield gradebook
    except ImportError:
        raise RunFailed('PostgreSQL wants a driver: pip install "deep-learning-course[cluster]"') from None
    except SQLAlchemyError as error:
        raise RunFailed(f"{_named(book, db)} cannot be used: {str(error).splitlines()[0]}") from None


def record(book: Notebook, db: str | None = None) -> str | None:
    """Records the source notebook in the course's gradebook, unless it stands there as it is.

    nbgrader refuses to change a notebook that has been graded. If the only grades are the learner's own, which can
    be made again at any time, the old gradebook is set aside; returns a sentence if so. Raises RunFailed otherwise.
    """
    if _recorded(book, db):
        return None
    try:
        _generate(book, db)
        return None
    except RunFailed:
        with opened(book, db) as gradebook:
            students = {student.id for student in gradebook.students}
        if db or students - {LEARNER, DEMO}:
            raise RunFailed(
                f"{_named(book, db)} holds grades of an earlier version of {book.name}; to grade with the new one, "
                "rename it and run this command again"
            ) from None
    aside = path(book).with_name(f"gradebook-until-{datetime.datetime.now():%Y-%m-%d-%H%M%S}.db")
    path(book).rename(aside)
    _generate(book, db)
    return f"{book.name} has changed since it was last graded; the former scores are kept in {aside.name}"


def _named(book: Notebook, db: str | None) -> str:
    # Not its address, which can hold a password.
    return "the gradebook of --db" if db else str(path(book))


def graded(book: Notebook, db: str | None = None) -> set[str]:
    """The students whose work on this notebook has been graded."""
    with opened(book, db) as gradebook:
        rows = (
            gradebook.db.query(SubmittedAssignment.student_id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(RecordedNotebook, SubmittedNotebook.notebook_id == RecordedNotebook.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .filter(RecordedNotebook.name == book.name, Grade.auto_score.isnot(None))
        )
        return {student for (student,) in rows.distinct()}


def _recorded(book: Notebook, db: str | None) -> bool:
    if not db and not path(book).exists():
        return False
    source = nbformat.read(book.source, 4)
    wanted = {
        (cell.metadata.nbgrader.grade_id, cell.source, float(cell.metadata.nbgrader.points))
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    with opened(book, db) as gradebook:
        try:
            notebook = gradebook.find_notebook(book.name, book.week)
        except MissingEntry:
            return False
        points = {cell.name: cell.max_score for cell in notebook.grade_cells}
        there = {(cell.name, cell.source, points[cell.name]) for cell in notebook.source_cells if cell.name in points}
    return wanted == there


def _generate(book: Notebook, db: str | None) -> None:
    """Has nbgrader record the notebook; the release that it makes on the way is the one that `course build` made."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / book.course
        source = course / book.source.relative_to(book.root / book.course)
        source.parent.mkdir(parents=True)
        shutil.copy(book.source, source)
        shutil.copy(book.root / book.course / "nbgrader_config.py", course)
        config = Config({"CourseDirectory": {"db_url": url(book, db)}})
        run(GenerateAssignment, course, {"assignment_id": book.week, "notebook_id": book.name}, config)
    _add_to_submissions(book, db)


def _add_to_submissions(book: Notebook, db: str | None) -> None:
    """Gives the week's earlier submissions a place for a notebook that is new; nbgrader cannot grade them without."""
    with opened(book, db) as gradebook, gradebook.db.no_autoflush:
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
