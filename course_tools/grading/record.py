"""Recording what came of a submission through nbgrader: its gradebook, its autograded notebook, its feedback page."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, LimitOutput, SaveAutoGrades
from traitlets.config import Config

from course_tools.grading import gradebook, scores
from course_tools.grading.own import Graded
from course_tools.nbgrader_runs import RunFailed, run
from course_tools.syllabus import Notebook

SAVED = [LimitOutput, SaveAutoGrades, AssignLatePenalties]

# What nbgrader's `submit` writes; by it `release_feedback` hands the feedback to this student alone.
SECRET = "submission_secret.txt"


class Recording(Autograde):
    """nbgrader's autograde in one pass: the notebook has been mended and judged, what is left is to save the grades."""

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Writes the notebook, which nbgrader would first mend, write and read again."""
        self._init_preprocessors()
        super(Autograde, self).convert_single_notebook(notebook_filename)


def record(book: Notebook, student: str, executed: str, timestamp: str, db: str | None = None) -> None:
    """Has nbgrader record an executed notebook as the student's. Doing it twice is the same as once.

    nbgrader never sees the student's own file, only this notebook, in a folder of its own. The week's other notebooks
    that the student has handed in stand there by name, as nbgrader gives 0 points for those that are missing.

    Args:
        executed: the text of the executed notebook.
        timestamp: when it was handed in, as nbgrader's timestamp.txt has it; empty if nobody knows, as for nbgrader.
        db: the gradebook's address, if it is not the course's own file.

    Raises RunFailed.
    """
    course = book.root / book.course
    with tempfile.TemporaryDirectory() as folder:
        staging = Path(folder, student, book.week)
        staging.mkdir(parents=True)
        for step in ("submitted", "autograded"):
            for other in (course / step / student / book.week).glob("*.ipynb"):
                (staging / other.name).touch()
        (staging / f"{book.name}.ipynb").write_text(executed, encoding="utf-8")
        (staging / "timestamp.txt").write_text(timestamp, encoding="utf-8")
        secret = course / "submitted" / student / book.week / SECRET
        if secret.is_file() and not secret.is_symlink():
            shutil.copyfile(secret, staging / SECRET)
        places = {"submitted_directory": folder, "db_url": gradebook.url(book, db)}
        # One look at the whole notebook at the end, not one after each of these.
        settings = {"Autograde": {"sanitize_preprocessors": SAVED}, "Exporter": {"optimistic_validation": True}}
        run(Recording, course, _selection(book, student), Config({"CourseDirectory": places, **settings}))


def feedback(book: Notebook, student: str) -> Path:
    """Makes the feedback page of a recorded notebook and returns its path. Raises RunFailed."""
    course = book.root / book.course
    run(GenerateFeedback, course, _selection(book, student))
    return course / "feedback" / student / book.week / f"{book.name}.html"


def save(result: Graded, student: str = scores.LEARNER) -> list[str]:
    """Records a result in the course's gradebook and makes its feedback page; returns a line for each thing to say.

    A learner's own score is kept in the journal first, as nbgrader is about to forget the one before.
    """
    try:
        if student == scores.LEARNER:
            scores.keep(result.book, result.score, result.points)
        note = gradebook.record(result.book)
        record(result.book, student, result.executed, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f} UTC")
        page = feedback(result.book, student)
    except (RunFailed, OSError) as error:
        return [f"  not recorded: {error}"]
    return ([f"  note: {note}"] if note else []) + [f"  feedback: {page}"]


def _selection(book: Notebook, student: str) -> dict[str, str]:
    return {"assignment_id": book.week, "notebook_id": book.name, "student_id": student}
