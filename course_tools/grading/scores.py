"""A learner's own scores, every one of them: from the journal of each course and from its gradebooks.

nbgrader keeps the last score of a notebook only; the journal, a line of JSON a score, keeps them all. A notebook that
the journal does not know yet is looked up in the gradebooks, directly: loading nbgrader takes longer than all the rest.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_tools.syllabus import ROOT, Notebook, load

# The student under whose name a learner's own scores stand, and the one of `course demo`.
LEARNER, DEMO = "me", "demo"
JOURNAL = "scores.jsonl"
# For a notebook that was never graded nbgrader records 0 as soon as another one of its week is.
REACHED = """
SELECT assignment.name, notebook.name, submitted_assignment.timestamp,
    SUM(COALESCE(grade.manual_score, grade.auto_score, 0) + COALESCE(grade.extra_credit, 0)) AS score,
    SUM(grade_cells.max_score)
FROM grade
JOIN grade_cells ON grade_cells.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN notebook ON notebook.id = submitted_notebook.notebook_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
WHERE submitted_assignment.student_id = ? AND submitted_assignment.timestamp IS NOT NULL
GROUP BY submitted_notebook.id
HAVING score > 0
"""


@dataclass(frozen=True)
class Score:
    """When a notebook was graded (UTC), what it reached, and of how many points."""

    time: datetime
    score: float
    points: float

    @property
    def share(self) -> float:
        return self.score / self.points


def keep(book: Notebook, score: float, points: float) -> None:
    """Writes a score into the course's journal; before the first one of a notebook, what the gradebooks hold of it."""
    folder = book.root / book.course
    former = [] if book.id in _journal(folder) else _gradebooks(folder)[0].get(book.id, [])
    with (folder / JOURNAL).open("a", encoding="utf-8") as journal:
        for each in [*former, Score(datetime.now(UTC), score, points)]:
            time = each.time.isoformat(timespec="seconds")
            entry = {"time": time, "lesson": book.id, "score": each.score, "points": each.points}
            journal.write(json.dumps(entry) + "\n")


def reached(root: Path = ROOT) -> tuple[dict[str, list[Score]], list[str]]:
    """All scores by the notebook's id, oldest first, and a sentence for each gradebook that cannot be read."""
    found, problems = {}, []
    for course in load(root):
        recorded, unread = _gradebooks(root / course.id)
        found |= recorded | _journal(root / course.id)
        problems += unread
    return {name: sorted(scores, key=lambda score: score.time) for name, scores in found.items()}, problems


def _journal(course: Path) -> dict[str, list[Score]]:
    """The scores in the journal of a course; a line that was torn by the end of a process is left out."""
    path = course / JOURNAL
    found: dict[str, list[Score]] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []:
        try:
            entry = json.loads(line)
            score = Score(datetime.fromisoformat(entry["time"]), entry["score"], entry["points"])
            found.setdefault(entry["lesson"], []).append(score)
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _gradebooks(course: Path) -> tuple[dict[str, list[Score]], list[str]]:
    """The learner's scores in the gradebook of a course and in those set aside, and what could not be read."""
    found: dict[str, list[Score]] = {}
    problems = []
    for path in sorted(course.glob("gradebook*.db")):
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.5)) as database:
                rows = database.execute(REACHED, (LEARNER,)).fetchall()
        except sqlite3.Error as error:
            problems.append(f"{course.name}/{path.name} cannot be read, its scores are missing here: {error}")
            continue
        for week, name, time, score, points in rows:
            reached = Score(datetime.fromisoformat(time).replace(tzinfo=UTC), score, points)
            found.setdefault(f"{course.name}/{week}/{name}", []).append(reached)
    return found, problems
