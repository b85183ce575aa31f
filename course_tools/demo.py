"""`course demo`: one lesson as a learner lives it, without a browser: take it, answer it, grade it."""

import tempfile
from pathlib import Path

import nbformat

from course_tools.authoring import answers
from course_tools.authoring import lesson as lessons
from course_tools.grading.own import grade, table
from course_tools.grading.record import save
from course_tools.grading.scores import DEMO
from course_tools.marks import SOLUTION
from course_tools.syllabus import Notebook, written


def demo() -> bool:
    """Answers the first lesson, one exercise with a typical mistake, and prints the score; whether all went well."""
    book = written()[0]
    mistaken = answers.read(lessons.read(book.lesson)).cells[0].name
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / f"{book.name}.ipynb"
        answer_notebook(book, answer, mistakes=(mistaken,))
        print(f"A learner takes {book.release.relative_to(book.root)} and answers it, {mistaken} with a mistake.")
        [result] = grade([answer])
    print(table(result))
    if not result.problem:
        print(*save(result, DEMO), sep="\n")
    missed = {check.name for check in result.checks if check.score < check.points}
    return not result.problem and missed == {mistaken}


def answer_notebook(book: Notebook, path: Path, mistakes: tuple[str, ...] = ()) -> None:
    """Writes the released notebook with the lesson's answers in it, the first `wrong` one for each of `mistakes`."""
    lesson = lessons.read(book.lesson)
    notebook = nbformat.read(book.release, 4)
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution"):
            name = marks["grade_id"]
            of_it = answers.read(lesson).of("wrong", name) if name in mistakes else lesson.of("exercise", name)
            lines = of_it[0].source.splitlines(keepends=True)
            cell.source = "".join(line for line in lines if line.strip() not in SOLUTION)
    nbformat.write(notebook, path)
