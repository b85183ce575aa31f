"""The judge as a step of nbgrader's autograde, so that `nbgrader autograde` and Formgrader use it too."""

import atexit
from functools import cache
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from course_tools.grading.record import SECRET
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.repair import Unreadable, refuse_source
from course_tools.judge.sandbox import Limits
from course_tools.syllabus import written

KEPT = ("timestamp.txt", SECRET)


class Judge(NbGraderPreprocessor):
    """Replaces a submitted notebook by the repaired and executed one. Raises Unreadable."""

    root = Unicode(help="The folder of the syllabus and the courses.").tag(config=True)

    def preprocess(self, notebook: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        marks, course = resources["nbgrader"], Path(resources["metadata"]["path"])
        path = course / f"{marks['notebook']}.ipynb"
        if path.is_symlink():
            raise Unreadable(f"{path} is a link; a submission must be a file of its own")
        self._leave_notebooks_alone(marks)
        id = f"{self.parent.parent.coursedir.course_id}/{marks['assignment']}/{marks['notebook']}"
        book = next(book for book in written(Path(self.root)) if book.id == id)
        text = nbformat.writes(notebook)
        refuse_source(text, str(path))
        result = _worker().judge(task_of(book, text, str(path)))
        if result.problem:
            raise Unreadable(result.problem)
        for note in result.notes:
            self.log.warning("%s: %s", path, note)
        return nbformat.reads(result.notebook, 4), resources

    def _leave_notebooks_alone(self, marks: dict) -> None:
        """Removes what nbgrader has copied beside the notebook: Formgrader would serve it as a page of its own."""
        coursedir = self.parent.parent.coursedir
        folder = Path(coursedir.format_path(coursedir.autograded_directory, marks["student"], marks["assignment"]))
        for path in folder.rglob("*"):
            if path.is_symlink() or (path.is_file() and path.suffix != ".ipynb" and path.name not in KEPT):
                path.unlink()


@cache
def _worker() -> Worker:
    """The worker of this process. Raises NoWorker where learners' code cannot be locked in."""
    worker = Worker("isolate", Limits())
    worker.require_isolation()
    atexit.register(worker.close)
    return worker
