"""The syllabus (`syllabus.yml`) and where each of its notebooks lives in the repository."""

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
import yaml

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Lecture:
    number: int
    title: str
    title_zh: str


@dataclass(frozen=True)
class Notebook:
    """One notebook of the syllabus; whether its lesson is written yet is `lesson.exists()`.

    A notebook that is written has key terms, (English, Chinese) each, and the minutes that a newcomer needs for it.
    `needs` is the package that it teaches and that the course does not install by itself; "" for most.
    """

    course: str
    week: str
    name: str
    title: str
    title_zh: str
    lectures: tuple[Lecture, ...]
    root: Path
    minutes: int | None = None
    terms: tuple[tuple[str, str], ...] = ()
    needs: str = ""

    @property
    def runs_here(self) -> bool:
        """Whether what it needs is installed."""
        return not self.needs or importlib.util.find_spec(self.needs) is not None

    @property
    def id(self) -> str:
        return f"{self.course}/{self.week}/{self.name}"

    @property
    def lesson(self) -> Path:
        return self.root / self.course / "lessons" / self.week / f"{self.name}.py"

    @property
    def answers(self) -> Path:
        return self.root / self.course / "answers" / self.week / f"{self.name}.py"

    @property
    def source(self) -> Path:
        return self.root / self.course / "source" / self.week / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return self.root / self.course / "release" / self.week / f"{self.name}.ipynb"

    @property
    def workspace(self) -> Path:
        return self.root / "workspace" / self.course / self.week / f"{self.name}.ipynb"


@dataclass(frozen=True)
class Week:
    id: str
    title: str
    title_zh: str
    complete: bool
    lectures: tuple[Lecture, ...]
    notebooks: tuple[Notebook, ...]


@dataclass(frozen=True)
class Course:
    id: str
    title: str
    title_zh: str
    weeks: tuple[Week, ...]


@cache
def load(root: Path = ROOT) -> tuple[Course, ...]:
    """All courses of the `syllabus.yml` in `root`, in order."""
    path = root / "syllabus.yml"
    if not path.exists():
        raise click.ClickException(
            f"{path} is missing: run this command from a clone, installed with `pip install -e .`"
        )
    return tuple(_course(entry, root) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["courses"])


def _course(entry: dict, root: Path) -> Course:
    weeks = tuple(_week(week, entry["id"], root) for week in entry["weeks"])
    return Course(entry["id"], entry["title"], entry["title_zh"], weeks)


def _week(entry: dict, course: str, root: Path) -> Week:
    lectures = {number: Lecture(number, *titles) for number, titles in entry["lectures"].items()}
    notebooks = tuple(
        Notebook(
            course,
            entry["id"],
            book["id"],
            book["title"],
            book["title_zh"],
            tuple(lectures[number] for number in book["lectures"]),
            root,
            book.get("minutes"),
            tuple(book.get("terms", {}).items()),
            book.get("needs", ""),
        )
        for book in entry["notebooks"]
    )
    return Week(
        entry["id"],
        entry["title"],
        entry["title_zh"],
        entry.get("complete", False),
        tuple(lectures.values()),
        notebooks,
    )


def notebooks(root: Path = ROOT) -> list[Notebook]:
    """All notebooks of the syllabus, in order, written or not."""
    return [book for course in load(root) for week in course.weeks for book in week.notebooks]


def written(root: Path = ROOT) -> list[Notebook]:
    """The notebooks whose lesson file exists, in order."""
    return [book for book in notebooks(root) if book.lesson.exists()]


def missing(books: list[Notebook]) -> list[str]:
    """A line for each notebook that needs what is not installed: how to get it."""
    return [f"not run: {book.id} needs {book.needs}: pip install {book.needs}" for book in books if not book.runs_here]


def is_submitted(path: Path, root: Path = ROOT) -> bool:
    """Whether the path lies in (or is) the `submitted` folder of a course."""
    place = path.absolute()
    return place.is_relative_to(root.absolute()) and place.relative_to(root.absolute()).parts[1:2] == ("submitted",)
