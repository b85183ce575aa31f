"""The tables of README.md and of each course's README.md, made from the syllabus and the lessons that exist."""

import re
from pathlib import Path

from course_tools.authoring import lesson as lessons
from course_tools.authoring.times import recorded
from course_tools.syllabus import Course, Notebook, load

TABLE = re.compile(r"(<!-- begin: made by course build -->\n).*?(<!-- end -->)", re.DOTALL)


def readmes(root: Path) -> dict[Path, bytes]:
    """Every README that a build makes or brings up to date, by its path relative to the root."""
    main = (root / "README.md").read_text(encoding="utf-8")
    texts = {Path("README.md"): TABLE.sub(lambda match: match[1] + _courses_table(root) + match[2], main)}
    for course in load(root):
        if any(book.lesson.exists() for book in _books(course)):
            texts[Path(course.id) / "README.md"] = _course_page(course)
    return {path: text.encode() for path, text in texts.items()}


def _books(course: Course) -> list[Notebook]:
    return [book for week in course.weeks for book in week.notebooks]


def _courses_table(root: Path) -> str:
    rows = ["| course | 课程 | weeks | lectures | notebooks | ready |", "|---|---|---|---|---|---|"]
    for number, course in enumerate(load(root), 1):
        books = _books(course)
        ready = sum(book.lesson.exists() for book in books)
        lectures = sum(len(week.lectures) for week in course.weeks)
        title = f"[{course.title}]({course.id}/)" if ready else course.title
        cells = (f"{number}. {title}", course.title_zh, len(course.weeks), lectures, len(books), ready)
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows) + "\n"


def _course_page(course: Course) -> str:
    lines = [f"# {course.title}", "", course.title_zh, "", "This page is made by `course build`; edit the lessons."]
    lines += ["*To run* is what the whole notebook takes on two cores, answers included, as `course time` measured it."]
    for week in course.weeks:
        lines += ["", f"## {week.title}", "", week.title_zh, ""]
        lines += ["| notebook | 标题 | lectures | exercises | points | to work through | to run |", "|---" * 7 + "|"]
        lines += [_row(book) for book in week.notebooks]
    return "\n".join(lines) + "\n"


def _row(book: Notebook) -> str:
    lectures = ", ".join(str(lecture.number) for lecture in book.lectures)
    if not book.lesson.exists():
        return f"| {book.title} (to come) | {book.title_zh} | {lectures} | | | | |"
    lesson = lessons.read(book.lesson)
    names = ", ".join(f"`{cell.name}`" for cell in lesson.of("exercise"))
    points = sum(cell.points for cell in lesson.of("check"))
    link = f"[{book.title}](release/{book.week}/{book.name}.ipynb)"
    seconds = recorded(book.root / book.course).get(book.id)
    times = f"{book.minutes} min | {f'{seconds} s' if seconds else ''}"
    return f"| {link} | {book.title_zh} | {lectures} | {names} | {points} | {times} |"
