"""`course grade` for a class: what lies in a course's `submitted/` is judged by workers and recorded by one writer.

A run can be ended at any moment, by whatever means, and goes on where it was: what has been recorded is left alone
until the submission or the lesson changes, and recording twice is the same as once.
"""

import fcntl
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from nbformat import v4
from tqdm import tqdm

from course_tools.authoring.build import write_source
from course_tools.grading import gradebook
from course_tools.grading.private import keep_private
from course_tools.grading.record import record
from course_tools.grading.submissions import Submission, submissions
from course_tools.grading.workers import Results, Tasks, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.repair import Unreadable, refuse_source, text_of
from course_tools.judge.task import Result, Task
from course_tools.nbgrader_runs import RunFailed
from course_tools.syllabus import ROOT, Notebook

RECORDINGS = 5  # tries, as a database may be away for a moment


class NotRecorded(click.ClickException):
    """nbgrader does not take this one submission, though it takes others."""


class ClassRun:
    """One run over a class's submissions.

    Attributes:
        graded, unchanged: how many were graded in this run, and how many had been before.
        problems: a sentence for each that could not be.
    """

    def __init__(self, paths: Iterable[Path], db: str | None = None, root: Path = ROOT):
        self.graded, self.unchanged, self.problems = 0, 0, []
        self._db, self._found = db, []
        for found in submissions(paths, root):
            if isinstance(found, str):
                self.problems.append(found)
            else:
                self._found.append(found)

    def grade(self, judge: Callable[[Tasks], Results], say: Callable[[str], Any]) -> None:
        """Judges what is new or has changed and records it, one line each to `say`. Raises RunFailed."""
        books = list(dict.fromkeys(submission.book for submission in self._found))
        with _alone(books):
            recorded, students = set(), set()
            self._keep_private(books, say)
            for book in books:
                write_source(book)
                if note := gradebook.record(book, self._db):
                    say(f"note: {note}")
                with gradebook.opened(book, self._db) as book_of_grades:
                    students |= {student.id for student in book_of_grades.students}
                recorded |= {(book.id, student) for student in gradebook.graded(book, self._db)}
            due = [each for each in self._found if (each.book.id, each.student) not in recorded or _changed(each)]
            self.unchanged = len(self._found) - len(due)
            # A worker keeps the lessons that it has read last.
            due.sort(key=lambda submission: submission.book.id)
            progress = tqdm(self._judged(judge, due), total=len(due), unit="notebook", disable=not due)
            for (submission, content, when), result in progress:
                if result.problem:
                    self.problems.append(result.problem)
                    continue
                try:
                    self._record(submission, result.notebook, content, when)
                except NotRecorded as error:
                    self.problems.append(error.message)
                    continue
                with progress.external_write_mode():
                    say(_line(submission, result, new=submission.student not in students))
                students.add(submission.student)
            self._keep_private(books, lambda _: None)

    def _judged(self, judge: Callable[[Tasks], Results], due: list[Submission]) -> Results:
        """Judges all in a hurry; what was late is judged once more at the end, alone: others may have taken its time.

        So an endless loop holds nobody up for long. Loading a framework takes long by itself: such lessons have all
        their time at once.
        """
        tasks, late = {}, []

        def noted() -> Tasks:
            for key, task in self._tasks(due):
                tasks[key] = task
                yield key, replace(task, hurried=not task.needs)

        for key, result in judge(noted()):
            task = tasks.pop(key)
            if result.late:
                late.append((key, task))
            else:
                yield key, result
        for each in late:
            yield from judge([each])

    def _tasks(self, due: list[Submission]) -> Iterator[tuple[tuple[Submission, str, str], Task]]:
        for submission in due:
            try:
                # Taken before the file is read: what is handed in anew while this run goes on is graded by the next.
                content, when = submission.hash, submission.timestamp
                text = text_of(submission.path)
                refuse_source(text, str(submission.path))
                task = task_of(submission.book, text, str(submission.path))
            except Unreadable as error:
                self.problems.append(str(error))
            else:
                yield (submission, content, when), task

    def _record(self, submission: Submission, executed: str, content: str, when: str) -> None:
        """Records one result; waits for a database or a disk that cannot take it for a moment.

        Raises NotRecorded if it is at fault itself, and RunFailed if nothing can be recorded.
        """
        for tried in range(RECORDINGS):
            try:
                record(submission.book, submission.student, executed, when, self._db)
                break
            except (OSError, RunFailed) as error:
                why = f"{submission.path} cannot be recorded: {str(error).splitlines()[0]}"
                if isinstance(error, RunFailed) and self._can_record(submission.book):
                    raise NotRecorded(why) from None
                if tried == RECORDINGS - 1:
                    raise RunFailed(f"{why}; run the command again") from None
                time.sleep(2**tried)
        submission.mark.parent.mkdir(parents=True, exist_ok=True)
        part = submission.mark.with_suffix(".part")
        part.write_text(content)
        part.replace(submission.mark)
        self.graded += 1

    def _keep_private(self, books: list[Notebook], say: Callable[[str], Any]) -> None:
        for course in dict.fromkeys(book.root / book.course for book in books):
            if found := keep_private(course):
                say(f"note: others on this machine could read {', '.join(found)} of {course.name}; now only you can")

    def _can_record(self, book: Notebook) -> bool:
        """Whether the gradebook and the disk take what is written."""
        try:
            with gradebook.opened(book, self._db) as book_of_grades:
                book_of_grades.update_or_create_assignment(book.week)
            with tempfile.TemporaryFile(dir=book.root / book.course) as file:
                file.write(bytes(2**20))
        except (OSError, RunFailed):
            return False
        return True


def _changed(submission: Submission) -> bool:
    """Whether it is not what was last recorded; what cannot be read is said when its turn comes."""
    try:
        return not submission.mark.is_file() or submission.mark.read_text() != submission.hash
    except Unreadable:
        return True


def _line(submission: Submission, result: Result, new: bool) -> str:
    found = list(outcomes(v4.reads(result.notebook)))
    score, points = sum(each.score for each in found), sum(each.points for each in found)
    notes = [*result.notes, *(["the student is new in the gradebook"] if new else [])]
    if submission.path.suffix != ".ipynb":
        notes.append(f"handed in as {submission.path.name}")
    line = f"{submission.student}  {submission.book.week}/{submission.book.name}  {score:g} / {points:g}"
    return line + (f"  ({'; '.join(notes)})" if notes else "")


@contextmanager
def _alone(books: Iterable[Notebook]) -> Iterator[None]:
    """Holds the courses' locks: two writers would undo one another's work. Raises RunFailed if another run has one."""
    files = []
    try:
        for course in dict.fromkeys(book.root / book.course for book in books):
            files.append((course / ".grading.lock").open("w"))
            try:
                fcntl.flock(files[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunFailed(f"another run is grading {course.name}; wait for it, or end it") from None
        yield
    finally:
        for file in files:
            file.close()
