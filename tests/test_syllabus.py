from collections import Counter
from dataclasses import replace

import click
import pytest

from course_tools.authoring.times import recorded
from course_tools.syllabus import ROOT, load, missing, notebooks, written

COURSES = load()


def test_its_size_is_the_one_that_is_promised():
    weeks = [week for course in COURSES for week in course.weeks]
    assert len(COURSES) == 5
    assert len(weeks) == 16
    assert sum(len(week.lectures) for week in weeks) == 176
    assert len(notebooks()) == 69


@pytest.mark.parametrize("week", [week for course in COURSES for week in course.weeks], ids=lambda week: week.id)
def test_each_lecture_is_in_exactly_one_notebook(week):
    taught = Counter(lecture.number for book in week.notebooks for lecture in book.lectures)
    assert taught == Counter(lecture.number for lecture in week.lectures)


def test_every_title_stands_in_both_languages():
    things = [thing for course in COURSES for thing in (course, *course.weeks, *notebooks())]
    things += [lecture for course in COURSES for week in course.weeks for lecture in week.lectures]
    assert all(thing.title.strip() and thing.title_zh.strip() for thing in things)


def test_every_lesson_file_stands_in_the_syllabus():
    files = set(ROOT.glob("course*/lessons/**/*.py"))
    assert files == {book.lesson for book in written()}


def test_every_notebook_of_a_complete_week_is_written():
    complete = [week for course in COURSES for week in course.weeks if week.complete]
    assert complete
    assert [book.id for week in complete for book in week.notebooks if not book.lesson.exists()] == []


def test_what_needs_a_package_that_is_missing_is_named_with_the_remedy():
    needy = replace(notebooks()[0], needs="no_such_package")
    assert not needy.runs_here and notebooks()[0].runs_here
    assert missing([notebooks()[0], needy]) == [
        f"not run: {needy.id} needs no_such_package: pip install no_such_package"
    ]


def test_a_missing_syllabus_says_where_to_be(tmp_path):
    with pytest.raises(click.ClickException, match="run this command from a clone"):
        load(tmp_path)


def test_each_lesson_runs_in_a_minute_as_measured():
    for book in written():
        assert 0 < recorded(book.root / book.course).get(book.id, 0) <= 60, f"run: course time {book.name}"
