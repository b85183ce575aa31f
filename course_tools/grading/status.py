"""`course status`: what a learner has reached in every notebook of the syllabus, and which one comes next."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from course_tools.grading.scores import Score, reached
from course_tools.syllabus import ROOT, Course, Notebook, Week, load, notebooks

HEADS = {
    "en": "       best       last  date        notebook",
    "zh": "       最好       最近  日期        课",
}
NEXT = {"en": "next: ", "zh": "下一个："}
DONE = {"en": "all that is written has full points", "zh": "已有的课全部满分"}
TO_COME = {"en": "to come", "zh": "待写"}
COURSE = {"en": "Course {}.", "zh": "课程 {}"}
WEEK = {"en": "Week {}.", "zh": "第 {} 周"}


@dataclass(frozen=True)
class Progress:
    """What a learner has reached in one notebook.

    points: what it has to give today; None if it is not written yet.
    scores: all that were reached, oldest first; an older version of the notebook may have had other points.
    """

    book: Notebook
    points: float | None
    scores: tuple[Score, ...]

    @property
    def best(self) -> Score | None:
        return max(self.scores, key=lambda score: (score.share, score.time), default=None)

    @property
    def share(self) -> float:
        return self.best.share if self.best else 0

    @property
    def reached(self) -> float:
        """The points that count: the best share, of today's points."""
        return self.share * (self.points or 0)


@dataclass(frozen=True)
class Status:
    """What a learner has reached in all notebooks, and a sentence for each gradebook that cannot be read."""

    courses: tuple[Course, ...]
    progress: dict[Notebook, Progress]
    problems: list[str]

    @property
    def next(self) -> Notebook | None:
        """The first notebook that has no score yet, else the first that misses points."""
        written = [each for each in self.progress.values() if each.points is not None]
        begun = sorted((each for each in written if each.share < 1), key=lambda each: bool(each.scores))
        return begun[0].book if begun else None


def status(root: Path = ROOT) -> Status:
    """Reads the learner's scores; writes nothing."""
    scores, problems = reached(root)
    progress = {book: Progress(book, _points(book), tuple(scores.get(book.id, ()))) for book in notebooks(root)}
    return Status(load(root), progress, problems)


def table(status: Status, lang: str) -> str:
    """All notebooks as text: a line each, with the best and the last score.

    lang: "en", "zh", or "both", which gives titles in both languages.
    """
    words = "zh" if lang == "zh" else "en"
    lines = [HEADS[words]]
    for number, course in enumerate(status.courses, 1):
        books = [book for week in course.weeks for book in week.notebooks]
        lines += ["", f"{COURSE[words].format(number)} {_sum(status, course, books, lang, words)}"]
        for week_number, week in enumerate(course.weeks, 1):
            lines.append(f"  {WEEK[words].format(week_number)} {_title(week, lang)}")
            lines += [_row(status.progress[book], lang, words) for book in week.notebooks]
    return "\n".join([*lines, "", _next(status, lang, words), *status.problems])


def summary(status: Status, lang: str) -> str:
    """The status in words: a line a week, and what comes next."""
    words = "zh" if lang == "zh" else "en"
    lines = [f"{name} {_sum(status, week, week.notebooks, lang, words)}" for name, week in _weeks(status)]
    return "\n".join([*lines, _next(status, lang, words), *status.problems])


def for_picture(status: Status, lang: str) -> str:
    """What `shared_utils.progress` draws, as JSON: by week the share of points of each notebook (null: not written),
    the place of the next one, and the summary to print beside it."""
    weeks, place = [], None
    for row, (name, week) in enumerate(_weeks(status)):
        here = [status.progress[book] for book in week.notebooks]
        weeks.append({"name": name, "shares": [None if each.points is None else each.share for each in here]})
        if status.next in week.notebooks:
            place = [row, week.notebooks.index(status.next)]
    return json.dumps({"weeks": weeks, "next": place, "summary": summary(status, lang)})


def _weeks(status: Status) -> Iterable[tuple[str, Week]]:
    """Each week with its number in the whole, as in 1.4 for the fourth of the first course."""
    for number, course in enumerate(status.courses, 1):
        for week_number, week in enumerate(course.weeks, 1):
            yield f"{number}.{week_number}", week


def _points(book: Notebook) -> float | None:
    if not book.lesson.exists():
        return None
    cells = json.loads(book.release.read_text(encoding="utf-8"))["cells"]
    return sum(cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in cells)


def _title(thing: Course | Week | Notebook, lang: str) -> str:
    titles = {"en": [thing.title], "zh": [thing.title_zh]}.get(lang, dict.fromkeys([thing.title, thing.title_zh]))
    return " · ".join(titles)


def _sum(status: Status, thing: Course | Week, books: Iterable[Notebook], lang: str, words: str) -> str:
    here = [status.progress[book] for book in books]
    score, points = sum(each.reached for each in here), sum(each.points or 0 for each in here)
    return f"{_title(thing, lang)}: " + (f"{score:.3g} / {points:g}" if points else TO_COME[words])


def _row(each: Progress, lang: str, words: str) -> str:
    title = f"{each.book.name[:2]} {_title(each.book, lang)}"
    if each.points is None:
        return f"{'':35}{title} ({TO_COME[words]})"
    if not each.scores:
        return f"{f'– / {each.points:g}':>11}{'':24}{title}"
    best, last = (f"{score.score:g} / {score.points:g}" for score in (each.best, each.scores[-1]))
    return f"{best:>11}{last:>11}  {each.scores[-1].time.astimezone():%Y-%m-%d}  {title}"


def _next(status: Status, lang: str, words: str) -> str:
    book = status.next
    if not book:
        return DONE[words]
    return f"{NEXT[words]}{_title(book, lang)} ({book.workspace.relative_to(book.root).as_posix()})"
