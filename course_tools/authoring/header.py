"""The head and the closing of a notebook: what is the same in all of them, so no chapter repeats it.

The head comes from the chapter's own first sentences, the syllabus and the measured times; the closing is the cell
that calls `grade()`, and stands before the recap.
"""

import re

from course_tools.authoring.lesson import Cell, Lesson
from course_tools.authoring.times import recorded
from course_tools.syllabus import Notebook

RECAP = "## What you built"
SECONDS = (5, 10, 15, 20, 30, 45, 60)
CHECKS = "The grey bars are check cells: run them with Shift+Enter, click one to read it."
CONTRACT = """<details><summary>What every docstring takes for granted</summary>

Where a docstring says nothing else:

- A *float* is a float64, and so are the results, right to about 9 digits (in an array: of its
  largest entry). No answer need be more exact than the formula in the text. Some demonstrations use
  float32, which is quicker and takes less memory; your answers need nothing more for it.
- A *whole number* is an int or int64, and no product or sum of them is too large for that.
- Arrays and lists are not empty, and sizes go up to a few thousand.
- Numbers, and right results, are 0 or between 1e-100 and 1e100 in size, never nan or infinite.
- A *seed* is a whole number from 0 to 2**32 - 1.
- A number may also come back as a NumPy number, and a list as a tuple or an array.
- A function changes neither its arguments nor what it returned before.
- It gives the same answer when it is called again.
- It may call itself, also once for each entry of an array.
</details>"""
HIDDEN_CHECKS = """## Hidden checks

Save the notebook (Ctrl+S, or Cmd+S on a Mac), then run the cell below.
It grades the saved file with more tests than you see above."""


def framed(lesson: Lesson, book: Notebook) -> list[Cell]:
    """The chapter's cells with the notebook's head as the first one, and with the closing before the recap.

    The chapter must have no slips.
    """
    first = lesson.cells[0]
    recap = next(number for number, cell in enumerate(lesson.cells) if _is_recap(cell))
    line = lesson.cells[recap].line
    closing = [Cell("markdown", "", HIDDEN_CHECKS, line), Cell("code", "", "grade()", line)]
    head = Cell("markdown", "", head_text(first.source, book), first.line)
    return [head, *lesson.cells[1:recap], *closing, *lesson.cells[recap:]]


def slips(lesson: Lesson, book: Notebook) -> list[tuple[int, str]]:
    """What keeps the head and the closing from being made: a (line, sentence) each."""
    found = []
    first = lesson.cells[0]
    if first.kind != "markdown" or first.source.startswith("#"):
        found.append(
            (1, "begin with a markdown cell without a title: one or two sentences that say what one will have built")
        )
    if not book.terms or not book.minutes:
        found.append((1, "give this notebook `terms` and `minutes` in syllabus.yml"))
    if sum(map(_is_recap, lesson.cells)) != 1:
        found.append((1, f"write one markdown cell that begins with `{RECAP}`; the build puts `grade()` before it"))
    for cell in lesson.cells:
        if cell.source.strip() == "grade()" or cell.source.startswith("## Hidden checks"):
            found.append((cell.line, f"remove this cell; the build puts it before `{RECAP}`"))
    return found


def head_text(promise: str, book: Notebook) -> str:
    """The notebook's first cell as Markdown.

    Args:
        promise: one or two sentences that say what the learner will have built.
    """
    week = re.match(r"week(\d+)", book.week)[1]
    lectures = "\n".join(f"| {each.number}. {each.title} | {each.title_zh} |" for each in book.lectures)
    terms = " · ".join(f"{english} {chinese}" for english, chinese in book.terms)
    return f"""# {book.title}

中文标题：{book.title_zh}

{promise}

| Lectures of week {week} | 课程视频 |
|---|---|
{lectures}

**Key terms:** {terms}

Time to work through: about {book.minutes} minutes.{_time_to_run(book)}{_needs(book)}

{CHECKS}

{CONTRACT}"""


def _time_to_run(book: Notebook) -> str:
    seconds = recorded(book.root / book.course).get(book.id)
    if not seconds:
        return ""
    bound = next((bound for bound in SECONDS if seconds <= bound), seconds)
    return f" Time to run: about {bound} seconds if nothing else runs."


def _needs(book: Notebook) -> str:
    return f" It needs `{book.needs}`, which the course does not install by itself." if book.needs else ""


def _is_recap(cell: Cell) -> bool:
    return cell.kind == "markdown" and cell.source.startswith(RECAP)
