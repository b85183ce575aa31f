import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.authoring.header import CONTRACT
from course_tools.authoring.lesson import LessonError, read
from course_tools.syllabus import load, written

HEAD = f"""# Doubling numbers

中文标题：数字加倍

You will build a function that doubles numbers.

| Lectures of week 1 | 课程视频 |
|---|---|
| 1. Doubling | 倍增 |

**Key terms:** double 加倍 · quadruple 四倍

Time to work through: about 5 minutes.

The grey bars are check cells: run them with Shift+Enter, click one to read it.

{CONTRACT}"""


def built(book):
    load.cache_clear()
    build(book.root)
    return nbformat.read(book.release, 4).cells


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_head_holds_titles_lectures_terms_and_minutes(book):
    first = built(book)[0]
    assert (first.id, first.source) == ("start-1", HEAD)


@pytest.mark.parametrize("seconds, told", [(1, 5), (5, 5), (6, 10), (22, 30), (60, 60)])
def test_the_time_to_run_is_rounded_up(book, seconds, told):
    (book.root / "course1_nn" / "times.yml").write_text(f"{book.id}: {seconds}\n")
    assert f"about 5 minutes. Time to run: about {told} seconds if nothing else runs.\n" in built(book)[0].source


def test_the_closing_stands_before_the_recap_with_ids_of_its_own(book):
    cells = built(book)
    assert [cell.source.split("\n")[0] for cell in cells[-3:]] == ["## Hidden checks", "grade()", "## What you built"]
    assert [cell.id for cell in cells[-3:]] == ["quadruple_check-1", "quadruple_check-2", "quadruple_check-3"]
    assert len({cell.id for cell in cells}) == len(cells)


@pytest.mark.parametrize(
    "file, old, new, slip",
    [
        (
            "lesson",
            "# ## What you built",
            "# ## Summary",
            "write one markdown cell that begins with `## What you built`",
        ),
        ("lesson", "# %% [markdown]\n# ## What", "# %%\ngrade()\n\n# %% [markdown]\n# ## What", "remove this cell"),
        (
            "lesson",
            "# You will build",
            "# # Doubling\n#\n# You will build",
            "begin with a markdown cell without",
        ),
        ("syllabus", "      minutes: 5\n", "", "give this notebook `terms` and `minutes` in syllabus.yml"),
        ("syllabus", "      terms: {double: 加倍, quadruple: 四倍}\n", "", "give this notebook `terms` and `minutes`"),
    ],
)
def test_what_is_missing_for_head_or_closing_is_a_slip(book, file, old, new, slip):
    change(book.lesson if file == "lesson" else book.root / "syllabus.yml", old, new)
    with pytest.raises(LessonError, match=slip):
        built(book)


@pytest.mark.parametrize("book", written(), ids=lambda book: book.name)
def test_key_terms_are_five_to_ten_and_the_lesson_uses_them(book):
    lesson = read(book.lesson)
    titles = [book.title, *(lecture.title for lecture in book.lectures)]
    text = "\n".join([*titles, *(cell.source for cell in lesson.cells)]).lower()
    assert 5 <= len(book.terms) <= 10
    assert [english for english, _ in book.terms if english.lower() not in text] == []
    assert all(any("一" <= letter <= "鿿" for letter in chinese) for _, chinese in book.terms)
