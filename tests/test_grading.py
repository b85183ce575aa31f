import contextlib
import json
import sys
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import pytest
from nbformat import v4

from shared_utils import grading

plt.switch_backend("agg")


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    cell = v4.new_code_cell("def f():\n    return 1", metadata={"nbgrader": {"solution": True, "grade_id": "f"}})
    path = tmp_path / "lesson.ipynb"
    nbformat.write(v4.new_notebook(cells=[cell]), path)
    monkeypatch.delenv("COURSE_GRADING", raising=False)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    return path


@pytest.fixture
def commands(monkeypatch):
    ran = []

    def record(command, **options):
        ran.append(command)
        return contextlib.nullcontext(SimpleNamespace(stdout=["lesson: 1 of 1 points\n"]))

    monkeypatch.setattr(grading.subprocess, "Popen", record)
    return ran


def test_it_grades_the_notebook_it_stands_in(notebook, commands, capsys):
    grading.grade()
    assert commands == [[sys.executable, "-P", "-m", "course_tools", "grade", str(notebook)]]
    assert capsys.readouterr().out == "lesson: 1 of 1 points\n"


def test_it_warns_of_work_that_is_not_saved(notebook, commands, capsys, monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "In", ["", "def f():\n    return 2"], raising=False)
    grading.grade()
    assert "f: the saved file differs from what you ran last; save (Ctrl+S)" in capsys.readouterr().out


def test_saved_work_gets_no_warning(notebook, commands, capsys, monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "In", ["def f(): pass", "def f():\n    return 1"], raising=False)
    grading.grade()
    assert "save" not in capsys.readouterr().out


def test_an_answer_with_a_magic_is_compared_as_it_was_typed(notebook, commands, capsys, monkeypatch):
    typed = "%%time\ndef f():\n    return 1"
    nbformat.write(
        v4.new_notebook(cells=[v4.new_code_cell(typed, metadata={"nbgrader": {"solution": True, "grade_id": "f"}})]),
        notebook,
    )
    shell = SimpleNamespace(history_manager=SimpleNamespace(input_hist_raw=["", typed]))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr(
        sys.modules["__main__"], "In", ["", "get_ipython().run_cell_magic('time', '', 'def f()…')"], raising=False
    )
    grading.grade()
    assert "save" not in capsys.readouterr().out


@pytest.mark.parametrize("setting", [{"JPY_SESSION_NAME": ""}, {"COURSE_GRADING": "1"}])
def test_it_does_not_grade_while_being_graded_nor_outside_a_notebook(notebook, commands, capsys, monkeypatch, setting):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    grading.grade()
    assert commands == []
    assert "course grade path/to/this_notebook.ipynb" in capsys.readouterr().out


def test_the_status_is_drawn_and_said_in_words(monkeypatch, capsys):
    found = {"weeks": [{"name": "1.1", "shares": [1, 0.5, None]}], "next": [0, 1], "summary": "1.1 Only week: 4 / 6"}
    done = SimpleNamespace(returncode=0, stdout=json.dumps(found))
    monkeypatch.setattr(grading.subprocess, "run", lambda command, **options: done)
    plt.close("all")
    grading.status()
    [axes] = plt.gcf().axes
    assert [text.get_text() for text in axes.texts] == ["100", "50"] and len(axes.patches) == 3
    assert axes.get_title() == "✓ 1 / 3"
    assert capsys.readouterr().out == "1.1 Only week: 4 / 6\n"


def test_a_status_that_cannot_be_had_is_one_line(monkeypatch, capsys):
    failed = SimpleNamespace(returncode=1, stderr="Traceback\nError: no syllabus\n")
    monkeypatch.setattr(grading.subprocess, "run", lambda command, **options: failed)
    grading.status()
    assert capsys.readouterr().out == "Error: no syllabus\n"
