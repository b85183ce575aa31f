import copy
import sys

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import v4

from course_tools.authoring.build import build
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.repair import Unreadable, parsed, repaired, text_of
from course_tools.judge.sandbox import Limits
from course_tools.marks import grade_id
from course_tools.syllabus import written

ANSWER = "def double(x):\n    return x + x"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    from tests.conftest import project as make

    folder = make.__wrapped__(tmp_path_factory.mktemp("project"))
    build(folder)
    return written(folder)[0]


@pytest.fixture(scope="module")
def release(book):
    return nbformat.read(book.release, 4)


@pytest.fixture
def answer(release):
    notebook = copy.deepcopy(release)
    cell_of(notebook, "double").source = ANSWER
    return notebook


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def test_an_undamaged_answer_is_kept_as_it_is(answer, release):
    notebook, notes = repaired(answer, release)
    assert notes == []
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in answer.cells]
    nbformat.validate(notebook)


def test_a_lost_check_is_put_back_behind_its_exercise(answer, release):
    answer.cells.remove(cell_of(answer, "double_check"))
    notebook, notes = repaired(answer, release)
    order = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    assert order == ["double", "double_check", "quadruple", "quadruple_check"]
    assert notes == ["the check cell double_check was missing; it was put back"]


def test_a_changed_check_is_replaced(answer, release):
    cell_of(answer, "double_check").source = "print('double: 9 checks passed')"
    notebook, notes = repaired(answer, release)
    assert "checks.close" in cell_of(notebook, "double_check").source
    assert notes == ["the check cell double_check is not as the lesson has it; the lesson's was used"]


def test_an_older_notebook_whose_checks_have_no_title_needs_no_note(answer, release):
    for cell in answer.cells:
        cell.source = cell.source.removeprefix(
            f"# Check of {cell.id.removesuffix('_check')}: run this cell (Shift+Enter)\n"
        )
    del answer.cells[0]
    assert "# Check of" not in nbformat.writes(answer)
    assert repaired(answer, release)[1] == []


def test_an_answer_without_metadata_is_found_by_its_function(answer, release):
    for cell in answer.cells:
        cell.metadata = {}
    notebook, _ = repaired(answer, release)
    assert cell_of(notebook, "double").source == ANSWER


def test_helpers_and_copies_run_in_the_learners_order(answer, release):
    position = answer.cells.index(cell_of(answer, "double"))
    answer.cells.insert(position, v4.new_code_cell("two = 2"))
    later = copy.deepcopy(answer.cells[position + 1])
    later.source = "def double(x):\n    return two * x"
    answer.cells.insert(position + 2, later)
    notebook, _ = repaired(answer, release)
    sources = [cell.source for cell in notebook.cells]
    assert sources.index("two = 2") < sources.index(ANSWER) < sources.index(later.source)
    assert sum(grade_id(cell) == "double" for cell in notebook.cells) == 1


def test_a_deleted_exercise_comes_back_empty(answer, release):
    answer.cells.remove(cell_of(answer, "double"))
    notebook, notes = repaired(answer, release)
    assert "raise NotImplementedError" in cell_of(notebook, "double").source
    assert notes == ["no cell defines double; its empty cell was put back"]


def test_an_answer_retyped_to_markdown_is_run_as_code(answer, release):
    cell = cell_of(answer, "double")
    answer.cells[answer.cells.index(cell)] = v4.new_markdown_cell(cell.source, metadata=cell.metadata)
    notebook, notes = repaired(answer, release)
    assert cell_of(notebook, "double").cell_type == "code"
    assert notes == ["the cell double was no code cell; it was run as code"]


def test_the_set_up_cell_runs_first(answer, release):
    answer.cells = answer.cells[::-1]
    notebook, notes = repaired(answer, release)
    assert notebook.cells[0].source.startswith("import numpy")
    assert "the first code cell was not the original set-up, which was run before it" in notes


@st.composite
def damaged(draw, cells):
    """The cells after up to eight mishaps, each of which strikes where it likes."""
    cells = [copy.deepcopy(cell) for cell in cells]
    for _ in range(draw(st.integers(0, 8))):
        position = draw(st.integers(0, max(len(cells) - 1, 0)))
        deed = draw(st.sampled_from(["delete", "double", "move", "strip", "rename", "retype", "empty", "junk"]))
        if deed == "junk" or not cells:
            cells.insert(position, v4.new_code_cell(draw(st.text(max_size=20))))
        elif deed == "delete":
            del cells[position]
        elif deed == "double":
            cells.append(copy.deepcopy(cells[position]))
        elif deed == "move":
            cells.insert(0, cells.pop(position))
        elif deed == "strip":
            cells[position].metadata = {}
        elif deed == "rename":
            cells[position].metadata = {"nbgrader": {"grade_id": draw(st.sampled_from(["double", "x", None, 3]))}}
        elif deed == "retype":
            cells[position] = v4.new_markdown_cell(cells[position].source, metadata=cells[position].metadata)
        else:
            cells[position].source = ""
    return cells


QUIETLY = pytest.mark.filterwarnings("ignore:Non-unique cell id")
HEALTH = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@QUIETLY
@settings(max_examples=1000, deadline=None, suppress_health_check=HEALTH)
@given(data=st.data())
def test_no_damage_makes_a_notebook_that_nbgrader_cannot_take(release, data):
    cells = data.draw(damaged(release.cells))
    notebook, notes = repaired(v4.new_notebook(cells=cells), release)
    nbformat.validate(notebook)
    ids = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    assert sorted(ids) == ["double", "double_check", "quadruple", "quadruple_check"]
    assert ids.index("double") < ids.index("double_check") and ids.index("quadruple") < ids.index("quadruple_check")
    assert all(isinstance(note, str) for note in notes)


@settings(max_examples=300, deadline=None, suppress_health_check=HEALTH)
@given(data=st.data())
def test_any_text_is_a_notebook_or_a_sentence(release, data):
    text = nbformat.writes(release)
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = min(len(text), begin + data.draw(st.integers(0, 400)))
        text = text[:begin] + data.draw(st.text(max_size=5)) + text[end:]
    try:
        nbformat.validate(repaired(parsed(text, "answer.ipynb"), release)[0])
    except Unreadable as error:
        assert str(error).startswith("answer.ipynb is not a notebook") and "\n" not in str(error)


@pytest.fixture(scope="module")
def host():
    host = Worker("try", Limits(seconds=5))
    yield host
    host.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")
@QUIETLY
@settings(max_examples=40, deadline=None, suppress_health_check=HEALTH)
@given(data=st.data())
def test_damage_costs_no_point_without_a_sentence(book, host, answer, data):
    cell_of(answer, "quadruple").source = "def quadruple(x):\n    return double(double(x))"
    cells = data.draw(damaged(answer.cells))
    text = nbformat.writes(v4.new_notebook(cells=cells))
    result = host.judge(task_of(book, text, "answer.ipynb"))
    found = {each.name: each for each in outcomes(nbformat.reads(result.notebook, 4))}
    assert set(found) == {"double", "quadruple"}
    for each in found.values():
        assert each.score == each.points or each.message not in ("", "passed")
    if (
        cells
        and ANSWER in {cell.source for cell in cells}
        and not any("NotImplementedError" in c.source for c in cells)
    ):
        assert found["double"].score == 2


@pytest.mark.parametrize(
    "content", [b"", b'{"cells": [', b"[]", b"\xff\xfe\x00", b'{"cells": 3, "nbformat": 4}', b"null"]
)
def test_what_is_no_notebook_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as error:
        parsed(text_of(path), str(path))
    assert str(path) in str(error.value) and "\n" not in str(error.value)
    assert path.read_bytes() == content


def test_an_old_format_is_read(tmp_path):
    path = tmp_path / "old.ipynb"
    cell = {"cell_type": "code", "language": "python", "input": ANSWER, "outputs": [], "metadata": {}}
    notebook = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell], "metadata": {}}]}
    path.write_text(__import__("json").dumps(notebook))
    assert parsed(text_of(path), str(path)).cells[0].source == ANSWER


def test_a_notebook_of_an_earlier_version_of_the_lesson_gets_one_note(release):
    answer = copy.deepcopy(release)
    for cell in answer.cells:
        if "_check" in (grade_id(cell) or ""):
            cell.source = cell.source.replace("checks.close", "checks.that(True, '')\n    checks.close", 1)
    _, notes = repaired(answer, release)
    assert notes == ["2 check cells are not as the lesson has them (it may be newer); its own were used"]


BOTH = f"{ANSWER}\n\n\ndef quadruple(x):\n    return 4 * x"


@pytest.mark.parametrize("keeper", ["double", "quadruple", None])
def test_two_answers_in_one_cell_both_count(book, answer, release, keeper):
    for name in ("double", "quadruple"):
        if name == keeper:
            cell_of(answer, name).source = BOTH
        else:
            answer.cells.remove(cell_of(answer, name))
    if keeper is None:
        answer.cells.insert(2, v4.new_code_cell(BOTH))
    notebook, notes = repaired(answer, release)
    assert not any("put back" in note and "no cell" in note for note in notes)
    names = {"np": __import__("numpy"), "__name__": "a notebook"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not (grade_id(cell) or "").endswith("_check") and "grade()" not in cell.source:
            exec(cell.source, names)
    assert (names["double"](3), names["quadruple"](3)) == (6, 12)


def test_an_assignment_is_an_answer(answer, release):
    answer.cells[answer.cells.index(cell_of(answer, "double"))] = v4.new_code_cell("double = lambda x: 2 * x")
    notebook, notes = repaired(answer, release)
    assert cell_of(notebook, "double").source == "double = lambda x: 2 * x" and notes == []


def test_an_empty_answer_that_is_put_back_overwrites_nothing(answer, release):
    hidden = "globals()['double'] = lambda x: 2 * x"
    answer.cells[answer.cells.index(cell_of(answer, "double"))] = v4.new_code_cell(hidden)
    notebook, _ = repaired(answer, release)
    sources = [cell.source for cell in notebook.cells]
    assert sources.index(cell_of(notebook, "double").source) < sources.index(hidden)


@pytest.mark.parametrize(
    "cells, told",
    [
        ([v4.new_markdown_cell("x")] * 2001, "has 2,0"),
        ([v4.new_code_cell("x = 1\n" * 200_000)], "more than 1,048,576 characters"),
    ],
)
def test_more_than_anybody_writes_is_refused_in_a_sentence(answer, cells, told):
    answer.cells += cells
    with pytest.raises(Unreadable, match=told):
        parsed(nbformat.writes(answer), "mine.ipynb")
