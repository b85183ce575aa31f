"""What a learner gets back: by exercise the points, the message and the answer; no hidden test, no network needed.

nbgrader's own `generate_feedback` makes these pages too: the course's configuration gives it this exporter.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from nbconvert.exporters.exporter import Exporter, ResourcesDict
from nbformat import NotebookNode

from course_tools.judge.outcome import outcomes
from course_tools.marks import exercise_of, grade_id


class FeedbackPage(Exporter):
    """A graded notebook as a page. nbgrader's GetGrades has put scores and comments into the notebook before.

    The template escapes everything, so what a learner wrote is text there and nothing else.
    """

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: ResourcesDict | None = None, **options: object
    ) -> tuple[str, ResourcesDict]:
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
        title = next((cell.source.split("\n")[0].lstrip("# ") for cell in notebook.cells), "")
        page = templates.get_template("feedback.html.j2")
        return page.render(title=title, exercises=exercises(notebook), **resources["nbgrader"]), resources


def exercises(notebook: NotebookNode) -> list[dict]:
    """By exercise what its page shows: name, answer, comments, and of each check the score, the points, the message."""
    marked = {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}
    found = {
        name: {"name": name, "answer": cell.source, "checks": [], "comments": []}
        for name, cell in marked.items()
        if cell.metadata.nbgrader.get("solution")
    }
    graded = [name for name, cell in marked.items() if cell.metadata.nbgrader.get("grade")]
    for name, outcome in zip(graded, outcomes(notebook), strict=True):
        # A score that the instructor gave by hand counts.
        score = marked[name].metadata.nbgrader.get("score", outcome.score)
        row = {"score": score, "points": outcome.points, "message": outcome.message}
        found[exercise_of(name, found)]["checks"].append(row)
    for name, cell in marked.items():
        if comment := cell.metadata.nbgrader.get("comment"):
            found[name if name in found else exercise_of(name, found)]["comments"].append(comment)
    return list(found.values())
