"""The tests lean on nothing of whoever runs them, and load what they need only where they need it."""

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import matplotlib
import pytest
from IPython.paths import get_ipython_dir
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core import paths
from jupyterlab.commands import get_user_settings_dir, get_workspaces_dir

from course_tools import testing
from course_tools.syllabus import ROOT, written


def test_no_test_sees_the_folders_of_whoever_runs_it():
    own = Path(paths.jupyter_config_dir()).parent
    assert own.is_relative_to(tempfile.gettempdir())
    used = [paths.jupyter_data_dir(), paths.jupyter_runtime_dir(), get_user_settings_dir(), get_workspaces_dir()]
    used += [get_ipython_dir(), matplotlib.get_configdir(), matplotlib.get_cachedir()]
    assert [folder for folder in used if not Path(folder).is_relative_to(own)] == []


def test_the_kernel_is_the_one_of_this_python():
    found = KernelSpecManager().get_kernel_spec("python3")
    assert Path(found.resource_dir).is_relative_to(sys.prefix)


@pytest.mark.parametrize("module", ["tests.conftest", "course_tools.cli"])
def test_what_each_test_and_each_command_loads_is_light(module):
    heavy = {"nbgrader", "nbconvert", "nbformat", "nbclient", "jupyter_client", "IPython", "numpy", "sqlalchemy"}
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert module in loaded.split() and not heavy & set(loaded.split())


def test_a_lesson_is_tested_alone(monkeypatch):
    run = []
    monkeypatch.setattr(testing, "_shown", lambda command, _: (run.append(command[2:]) or 0, []))
    assert testing.run_lessons(["01_neuron"], written()[:1])
    *steps, notebooks = run
    assert [" ".join(step[1:]) for step in steps] == ["build --check 01_neuron", "build 01_neuron", "prove 01_neuron"]
    assert notebooks[0] == "pytest" and "--nbval-lax" in notebooks and "tests" not in notebooks
    assert notebooks[-1] == str(written()[0].source.relative_to(ROOT))


def test_a_lesson_that_cannot_run_here_has_no_step_that_runs_it(monkeypatch):
    run = []
    monkeypatch.setattr(testing, "_shown", lambda command, _: (run.append(command[2:]) or 0, []))
    assert testing.run_lessons(["01_neuron"], [replace(written()[0], needs="no_such_package")])
    assert [command[1] for command in run] == ["build", "build", "prove"]


def test_every_step_runs_though_one_fails(monkeypatch, capsys):
    says = [sys.executable, "-c", "for k in range(100): print(k)\nraise SystemExit('line 7: wrong')"]
    monkeypatch.setattr(testing, "_steps", lambda *_: {"prove": says, "pass": [sys.executable, "-c", ""]})
    monkeypatch.setattr(testing, "STYLE", {})
    assert not testing.run_all()
    *_, last, end = capsys.readouterr().out.splitlines()
    assert (last, end) == ("line 7: wrong", "failed: prove")
