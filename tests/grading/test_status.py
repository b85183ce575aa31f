import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from course_tools.authoring.build import build
from course_tools.cli import course
from course_tools.demo import answer_notebook
from course_tools.grading.own import grade
from course_tools.grading.record import save
from course_tools.grading.scores import DEMO, LEARNER, keep, reached
from course_tools.grading.status import for_picture, status, summary, table
from course_tools.syllabus import load


@pytest.fixture
def two(project):
    """The two notebooks of a week of a project in which only the first is written."""
    syllabus = project / "syllabus.yml"
    text = syllabus.read_text(encoding="utf-8")
    second = text[text.index("    - id: 01_double") :]
    second = second.replace("01_double", "02_more").replace("Doubling numbers", "More").replace("数字加倍", "更多")
    syllabus.write_text(text + second, encoding="utf-8")
    load.cache_clear()
    build(project)
    return [book for book in load(project)[0].weeks[0].notebooks]


def graded(book, mistakes=(), student=LEARNER):
    path = book.root / f"{book.name}.ipynb"
    answer_notebook(book, path, mistakes)
    [result] = grade([path], root=book.root)
    return save(result, student)


def scores_of(book):
    return [(score.score, score.points) for score in reached(book.root)[0].get(book.id, [])]


def journal(book):
    return book.root / book.course / "scores.jsonl"


def test_best_and_last_are_those_of_all_gradings(two):
    for mistakes in (["double"], [], ["quadruple"]):
        graded(two[0], mistakes)
    progress = status(two[0].root).progress[two[0]]
    assert scores_of(two[0]) == [(1, 3), (3, 3), (2, 3)]
    assert (progress.best.score, progress.scores[-1].score, progress.share) == (3, 2, 1)


def test_what_the_demonstration_does_is_not_the_learners(two):
    graded(two[0], student=DEMO)
    assert not journal(two[0]).exists() and scores_of(two[0]) == []


def test_scores_from_before_the_journal_are_not_lost(two):
    graded(two[0])
    journal(two[0]).unlink()
    assert scores_of(two[0]) == [(3, 3)]
    graded(two[0], ["double"])
    assert scores_of(two[0]) == [(3, 3), (1, 3)]


def test_a_gradebook_that_was_set_aside_counts(two):
    graded(two[0])
    journal(two[0]).unlink()
    book = two[0].root / two[0].course / "gradebook.db"
    book.rename(book.with_name("gradebook-until-2026-01-01-000000.db"))
    assert scores_of(two[0]) == [(3, 3)]
    graded(two[0], ["double"])
    assert scores_of(two[0]) == [(3, 3), (1, 3)]


def test_a_notebook_that_was_never_graded_has_no_score(two):
    two[1].lesson.write_bytes(two[0].lesson.read_bytes())
    two[1].answers.write_bytes(two[0].answers.read_bytes())
    build(two[0].root)
    for book in two:
        graded(book)
    journal(two[0]).unlink()
    with closing(sqlite3.connect(two[0].root / "course1_nn" / "gradebook.db")) as database, database:
        database.execute("UPDATE grade SET auto_score = 0 WHERE notebook_id = (SELECT MAX(notebook_id) FROM grade)")
    assert sorted(scores_of(book) for book in two) == [[], [(3, 3)]]


def test_a_torn_line_of_the_journal_is_left_out(two):
    keep(two[0], 2, 3)
    with journal(two[0]).open("a") as file:
        file.write('{"time": "2026-01-01T00:00:00+00:00", "less\n[]\n')
    keep(two[0], 1, 3)
    assert scores_of(two[0]) == [(2, 3), (1, 3)]


def test_a_damaged_gradebook_is_named_and_nothing_is_written(two):
    keep(two[0], 2, 3)
    (two[0].root / "course1_nn" / "gradebook.db").write_bytes(b"no database, but long enough to be taken for one" * 99)
    before = {path: path.read_bytes() for path in two[0].root.rglob("*") if path.is_file()}
    text = table(status(two[0].root), "en")
    assert "course1_nn/gradebook.db cannot be read, its scores are missing here" in text
    assert "2 / 3" in text
    assert {path: path.read_bytes() for path in two[0].root.rglob("*") if path.is_file()} == before


def test_the_table_has_titles_in_the_languages_that_are_asked_for(two):
    keep(two[0], 2, 3)
    found = status(two[0].root)
    assert "01 Doubling numbers · 数字加倍" in table(found, "both")
    english, chinese = table(found, "en"), table(found, "zh")
    assert "Course 1. Small course: 2 / 3" in english and "02 More (to come)" in english and "数" not in english
    assert "课程 1 小课程: 2 / 3" in chinese and "第 1 周 唯一的一周" in chinese and "02 更多 (待写)" in chinese
    assert "next: Doubling numbers (workspace/course1_nn/week1/01_double.ipynb)" in english
    assert summary(found, "zh").splitlines()[0] == "1.1 唯一的一周: 2 / 3"


def test_the_next_one_is_the_first_without_a_score_then_the_first_that_misses_points(two):
    assert status(two[0].root).next == two[0]
    two[1].lesson.write_bytes(two[0].lesson.read_bytes())
    build(two[0].root)
    keep(two[0], 2, 3)
    assert status(two[0].root).next == two[1]
    keep(two[1], 3, 3)
    assert status(two[0].root).next == two[0]
    keep(two[0], 3, 3)
    assert status(two[0].root).next is None
    assert "all that is written has full points" in table(status(two[0].root), "en")


def test_the_picture_gets_shares_and_the_place_of_the_next(two):
    keep(two[0], 1.5, 3)
    found = json.loads(for_picture(status(two[0].root), "en"))
    assert found["weeks"] == [{"name": "1.1", "shares": [0.5, None]}]
    assert found["next"] == [0, 0]


def test_the_command_shows_all_notebooks():
    result = CliRunner().invoke(course, ["status", "--lang", "en"])
    assert result.exit_code == 0 and "GloVe" in result.output
    assert sum(line.lstrip()[:1].isdigit() or "– /" in line for line in result.output.splitlines()) >= 69
