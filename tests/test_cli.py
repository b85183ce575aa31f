import json
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from course_tools import __main__ as bootstrap
from course_tools import lab
from course_tools.cli import course
from tests.conftest import jupyterlab


def run(*arguments):
    return CliRunner().invoke(course, arguments)


def test_what_cannot_be_graded_ends_with_an_error_and_is_left_alone(tmp_path):
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{")
    result = run("grade", str(broken))
    assert result.exit_code == 1
    assert f"NOT GRADED  {broken} is not a notebook" in result.output
    assert "nothing could be graded" in result.output
    assert broken.read_text() == "{"


def test_nobody_waits_for_nbgrader_to_see_the_score(tmp_path):
    (tmp_path / "mine.ipynb").touch()
    told = """
import sys
from course_tools import cli
from course_tools.grading import own
cli.threading.Thread.start = lambda thread: None
own.grade = lambda files: iter([own.Graded(files[0], problem="not yet")])
own.table = lambda result: f"{'nbgrader' in sys.modules}"
cli.course(["grade", sys.argv[1]])
"""
    command = [sys.executable, "-c", told, str(tmp_path / "mine.ipynb")]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "False\n"


def test_a_folder_without_notebooks_says_where_they_are(tmp_path):
    result = run("grade", str(tmp_path))
    assert result.exit_code == 1 and "`course lab` puts yours into the folder workspace" in result.output


def test_a_path_that_is_not_there_is_named(tmp_path):
    result = run("grade", str(tmp_path / "nowhere.ipynb"))
    assert result.exit_code == 2 and "nowhere.ipynb' does not exist" in result.output


def test_an_unknown_lesson_is_named():
    result = run("prove", "no_such_lesson")
    assert result.exit_code == 1 and "no lesson's path holds no_such_lesson" in result.output


def test_another_server_on_our_port_is_not_ours(monkeypatch, tmp_path):
    monkeypatch.setattr(lab, "jupyter_runtime_dir", lambda: str(tmp_path))
    assert not lab._serves("secret")
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        told = {"hostname": "127.0.0.1", "port": server.getsockname()[1]}
        (tmp_path / "jpserver-3.json").write_text(json.dumps({**told, "token": "secret"}))
        assert not lab._serves("secret")  # JupyterLab writes its file a little before it listens
        server.listen()
        assert lab._serves("secret")
        (tmp_path / "jpserver-1.json").write_text(json.dumps({**told, "token": "other"}))
        (tmp_path / "jpserver-2.json").write_text("torn {")
        assert lab._serves("secret")
        (tmp_path / "jpserver-3.json").unlink()
        assert not lab._serves("secret")


def test_jupyterlab_opens_where_it_says(clone):
    with jupyterlab(clone) as address, urllib.request.urlopen(address, timeout=30) as page:
        assert page.status == 200 and "/workspace/" in page.url
    assert (clone / "workspace/course1_nn/week2_neural_network_basics/01_logistic_regression.ipynb").exists()


@pytest.mark.parametrize("version", [(3, 10), (3, 15)])
def test_another_python_is_refused_with_what_to_do(monkeypatch, version):
    monkeypatch.setattr(bootstrap.sys, "version_info", version)
    with pytest.raises(
        SystemExit, match=rf"this is {version[0]}.{version[1]}; say which .* make lab PYTHON=python3.12"
    ):
        bootstrap._environment(developing=False)


def test_an_environment_is_made_once(monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: calls.append(command) or 0)
    (tmp_path / "pyproject.toml").write_text("one")
    python = bootstrap._environment(developing=False)
    assert python.exists() and len(calls) == 1 and calls[0][-1] == str(tmp_path)
    assert bootstrap._environment(developing=False) == python and len(calls) == 1
    (tmp_path / "pyproject.toml").write_text("two")
    bootstrap._environment(developing=True)
    assert len(calls) == 2 and calls[1][-1] == f"{tmp_path}[dev]"


def test_a_failed_installation_is_tried_again(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap.venv, "create", lambda *arguments, **options: None)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: 1)
    (tmp_path / "pyproject.toml").write_text("one")
    for _ in range(2):
        with pytest.raises(SystemExit, match="the installation failed"):
            bootstrap._environment(developing=False)
