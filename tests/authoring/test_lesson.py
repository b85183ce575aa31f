import re

import jupytext
import pytest

from course_tools.authoring import answers
from course_tools.authoring.lesson import LessonError, notebook_text, read
from course_tools.marks import HIDDEN
from course_tools.syllabus import written

PARTS = {
    "exercise": '# %% exercise="f"\ndef f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n',
    "check": '# %% check="f" points=1\n### BEGIN HIDDEN TESTS\nassert f() == 1\n### END HIDDEN TESTS\n',
}
SLIPS = [
    ("x = 1\n", 1, "begin the file with a cell marker"),
    ('# %% excercise="f"\n', 1, "no cell of kind excercise stands here"),
    ('# %% exercise="f" points=2\n', 1, "unknown mark `points`"),
    ("# %% exercise=f\n", 1, 'neither "text" nor a number'),
    ('# %% [markdown] exercise="f"\n', 1, "a markdown cell takes no marks"),
    (PARTS["exercise"], 1, 'exercise="f" has no check'),
    (PARTS["check"], 1, 'check="f" has no exercise="f" before it'),
    (PARTS["check"] + PARTS["exercise"], 1, 'check="f" has no exercise="f" before it'),
    (PARTS["exercise"] + PARTS["exercise"] + PARTS["check"], 6, "names are unique"),
    (PARTS["exercise"] + PARTS["check"].replace("points=1", "points=0"), 6, "a whole number above 0"),
    (PARTS["exercise"] + PARTS["check"].replace("points=1", "points=-3"), 6, "a whole number above 0"),
    (PARTS["exercise"] + PARTS["check"].replace(" points=1", ""), 6, "a whole number above 0"),
    (PARTS["exercise"].replace("    ### END SOLUTION\n", "") + PARTS["check"], 3, "unbalanced solution"),
    (PARTS["exercise"].replace("### BEGIN", "###") + PARTS["check"], 5, "unbalanced solution"),
    ("# %% \n### BEGIN SOLUTION\n### END SOLUTION\n", 2, "solution outside a cell of kind exercise"),
    ("# %%\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n", 2, "hidden tests outside a cell of kind check"),
    (PARTS["exercise"] + '# %% check="f" points=1\nassert f() == 1\n', 6, "has no hidden tests"),
    (PARTS["exercise"].replace("def f", "def g") + PARTS["check"], 2, "must define `f`"),
    (PARTS["exercise"] + PARTS["check"] + '# %% wrong="f"\ndef f(): pass\n', 10, "answers/ may be its place"),
    ("# %%\nx = 1\nif x\n", 3, "not valid Python"),
]


@pytest.mark.parametrize("text, line, message", SLIPS, ids=[slip[2] for slip in SLIPS])
def test_a_slip_is_named_with_file_line_and_remedy(tmp_path, text, line, message):
    path = tmp_path / "lesson.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError) as error:
        read(path)
    assert any(row.startswith(f"{path}:{line}: ") and message in row for row in str(error.value).splitlines())


def test_all_slips_are_told_at_once(tmp_path):
    path = tmp_path / "lesson.py"
    path.write_text('# %% foo="f"\n# %%\nx = = 1\n# %%\ny = = 2\n')
    with pytest.raises(LessonError) as error:
        read(path)
    assert [row.split(":")[1] for row in str(error.value).splitlines()] == ["1", "3", "5"]


@pytest.mark.parametrize("file", ["lesson", "answers"])
@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_jupytext_reads_the_same_cells(book, file):
    lesson = read(book.lesson)
    ours = (lesson if file == "lesson" else answers.read(lesson)).cells
    theirs = jupytext.read(getattr(book, file), fmt="py:percent").cells
    assert [notebook_text(cell) for cell in ours] == [cell.source for cell in theirs]
    assert [cell.kind == "markdown" for cell in ours] == [cell.cell_type == "markdown" for cell in theirs]


@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_a_chapter_is_short(book):
    assert len(book.lesson.read_text(encoding="utf-8").splitlines()) < 1150


@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_a_given_cell_is_short(book):
    bodies = {cell.line: cell.source.splitlines() for cell in read(book.lesson).of("code")}
    own = {line: [row for row in body if not row.startswith(("import ", "from "))] for line, body in bodies.items()}
    assert [line for line, rows in own.items() if len(rows) > 30] == [], "imports apart"


@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_what_a_learner_sees_of_a_check_is_short(book):
    seen = {cell.line: cell.source.split(HIDDEN[0])[0].strip().splitlines() for cell in read(book.lesson).of("check")}
    assert [line for line, rows in seen.items() if len(rows) - 1 > 20] == [], "the first line, its mark, apart"


@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_each_link_leads_to_a_lesson(book):
    text = "\n".join(cell.source for cell in read(book.lesson).of("markdown"))
    links = re.findall(r"\]\(([^)#:]+\.ipynb)\)", text)
    assert [link for link in links if not (book.release.parent / link).exists()] == []
