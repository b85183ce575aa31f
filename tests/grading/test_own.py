import shutil

import nbformat
import pytest
from nbformat import v4

import course_tools.grading.own
from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.grading.own import grade, notebooks_in, table
from course_tools.grading.record import save
from course_tools.grading.scores import LEARNER
from course_tools.judge.sandbox import Limits
from course_tools.lab import fill_workspace
from course_tools.syllabus import load, written
from tests.classroom import recorded_scores


@pytest.fixture
def answered(project, book):
    build(project)
    fill_workspace(project)
    answer_notebook(book, book.workspace)
    return book


def graded(book, path=None, student=LEARNER):
    before = (path or book.workspace).read_bytes()
    [result] = grade([path or book.workspace], root=book.root)
    assert (path or book.workspace).read_bytes() == before
    result.said = save(result, student) if not result.problem else []
    return result


def feedback(book):
    page = book.root / "course1_nn" / "feedback" / LEARNER / book.week / f"{book.name}.html"
    return page.read_text(encoding="utf-8")


def change(book, name, source):
    notebook = nbformat.read(book.workspace, 4)
    next(cell for cell in notebook.cells if cell.id == name).source = source
    nbformat.write(notebook, book.workspace)


def test_right_answers_score_full_marks_and_are_recorded(answered):
    result = graded(answered)
    assert (result.score, result.points, result.notes) == (3, 3, [])
    assert [check.message for check in result.checks] == ["passed", "passed"]
    recorded = recorded_scores(answered, LEARNER)
    assert recorded == [("double_check", 2.0, 2.0), ("quadruple_check", 1.0, 1.0)]


def test_hard_coded_answers_fall_to_the_hidden_tests_which_nobody_sees(answered):
    change(answered, "double", "import numpy as np\ndef double(x):\n    return np.array([2.0, 6.0])")
    result = graded(answered)
    assert result.checks[0].score == 0
    assert result.checks[0].message.startswith("double(x): expected shape (3,), got shape (2,)")
    page = feedback(answered)
    assert "np.array([2.0, 6.0])" in page and "expected shape (3,)" in page
    assert "secret" not in page and "HIDDEN" not in page
    assert "://" not in page


def test_a_traceback_through_a_hidden_test_is_not_shown(answered):
    change(answered, "double", "def double(x):\n    if x.size == 3:\n        raise KeyError('lost')\n    return 2 * x")
    result = graded(answered)
    assert result.checks[0].message.startswith(
        "double: with x=[-0.5, 7.0, 0.25], KeyError: 'lost' (in double, line `raise KeyError('lost')`): no such key"
    )
    assert "secret" not in feedback(answered)


def test_an_untouched_notebook_scores_zero_and_is_told_why(project, book):
    build(project)
    fill_workspace(project)
    result = graded(book)
    assert result.score == 0
    assert result.checks[0].message.startswith("double is still a stub")


def test_an_exercise_may_itself_be_called_a_check(project, book):
    lesson = book.lesson.read_text(encoding="utf-8").replace("quadruple", "gradient_check")
    book.lesson.write_text(lesson, encoding="utf-8")
    build(project)
    fill_workspace(project)
    assert [check.name for check in graded(book).checks] == ["double", "gradient_check"]


def test_a_cell_that_fails_is_named_as_the_cause(answered):
    change(answered, "quadruple", "import no_such_module\ndef quadruple(x):\n    return 4 * x")
    result = graded(answered)
    assert [check.score for check in result.checks] == [2, 0]
    assert result.checks[1].message == "its cell fails: ModuleNotFoundError: No module named 'no_such_module'"


def test_an_endless_loop_costs_its_own_points_only(answered, monkeypatch):
    monkeypatch.setattr(course_tools.grading.own, "Limits", lambda: Limits(seconds=2))
    change(answered, "quadruple", "def quadruple(x):\n    while True:\n        pass")
    result = graded(answered)
    assert [check.score for check in result.checks] == [2, 0]
    assert "is there an endless loop?" in result.checks[1].message


def test_an_earlier_mistake_costs_its_own_points_only(answered):
    change(answered, "double", "def double(x):\n    return 3 * x")
    result = graded(answered)
    assert [check.score for check in result.checks] == [0, 1]
    assert result.checks[1].message == "passed, with the right double in place of yours"


def test_a_given_cell_is_run_if_the_learners_code_needs_it(project, book):
    text = book.lesson.read_text(encoding="utf-8")
    given = "# %%\nFOUR = 4\n\n\n"
    book.lesson.write_text(
        text.replace('# %% exercise="quadruple"', given + '# %% exercise="quadruple"'), encoding="utf-8"
    )
    build(project)
    fill_workspace(project)
    answer_notebook(book, book.workspace)
    change(book, "quadruple", "def quadruple(x):\n    return FOUR * x")
    assert graded(book).score == 3


def test_a_renamed_notebook_is_recognised(answered):
    path = answered.workspace.rename(answered.workspace.with_name("my answers.ipynb"))
    result = graded(answered, path)
    assert result.score == 3
    assert result.notes == ["my answers.ipynb is graded as 01_double"]


def test_a_kernel_that_dies_is_reported(answered):
    change(answered, "double", "import os\nos._exit(1)")
    result = graded(answered)
    assert [check.score for check in result.checks] == [0, 1]
    assert result.checks[0].message.startswith("its cell fails: DeadKernelError: the process ended")


def test_a_bad_file_does_not_stop_the_good_ones(answered):
    bad = answered.workspace.with_name("broken.ipynb")
    bad.write_text("{")
    other = answered.workspace.with_name("other.ipynb")
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1")]), other)
    copy = answered.workspace.with_name("01_double-Copy1.ipynb")
    copy.write_bytes(answered.workspace.read_bytes())
    results = {each.path.name: each for each in grade(notebooks_in([answered.root / "workspace"]), root=answered.root)}
    assert results["01_double.ipynb"].score == 3
    assert "is not a notebook" in results["broken.ipynb"].problem
    assert "holds no exercise of this course" in results["other.ipynb"].problem
    assert "as 01_double.ipynb does" in results["01_double-Copy1.ipynb"].problem


def test_a_changed_lesson_keeps_the_learners_former_gradebook(answered):
    graded(answered)
    text = answered.lesson.read_text(encoding="utf-8")
    answered.lesson.write_text(text.replace("quadruple", "fourfold"), encoding="utf-8")
    build(answered.root)
    result = graded(answered)
    assert result.score == 2
    assert any("the former scores are kept in gradebook-until-" in line for line in result.said)
    assert len(list((answered.root / "course1_nn").glob("gradebook-until-*.db"))) == 1


def test_a_gradebook_with_students_is_never_set_aside(answered):
    assert graded(answered, student="alice").score == 3
    text = answered.lesson.read_text(encoding="utf-8")
    answered.lesson.write_text(text.replace("quadruple", "fourfold"), encoding="utf-8")
    build(answered.root)
    result = graded(answered)
    assert any("holds grades of an earlier version of 01_double" in line for line in result.said)


def test_a_lesson_added_to_a_graded_week_can_be_graded(answered):
    assert graded(answered).score == 3
    syllabus = answered.root / "syllabus.yml"
    text = syllabus.read_text(encoding="utf-8")
    second = text[text.index("    - id: 01_double") :].replace("01_double", "02_more")
    syllabus.write_text(text + second, encoding="utf-8")
    shutil.copy(answered.lesson, answered.lesson.with_name("02_more.py"))
    load.cache_clear()
    build(answered.root)
    fill_workspace(answered.root)
    more = written(answered.root)[1]
    answer_notebook(more, more.workspace)
    for book in (answered, more):
        assert graded(book).score == 3
        assert recorded_scores(book, LEARNER)[0] == ("double_check", 2, 2)


def test_a_table_has_a_line_a_check(answered):
    lines = table(graded(answered)).splitlines()
    assert lines[0] == "01_double: 3 of 3 points"
    assert lines[1].split() == ["+", "double", "2", "/", "2", "passed"]


def test_a_workspace_file_is_never_overwritten(answered):
    mine = answered.workspace.read_bytes()
    assert fill_workspace(answered.root) == []
    assert answered.workspace.read_bytes() == mine
    answered.workspace.unlink()
    assert fill_workspace(answered.root) == [answered.workspace]
    assert answered.workspace.read_bytes() == answered.release.read_bytes()
