"""What an instructor gives out, used by a student who has nothing else of the course."""

import os
import subprocess
import sys
import sysconfig

import click
import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

from course_tools import kit
from course_tools.authoring import lesson as lessons
from course_tools.syllabus import written

BOOK = written()[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit") / "given_out"
    kit.write_kit(folder)
    return folder


@pytest.fixture(scope="module")
def installed(folder):
    """The folder in which pip has installed the kit. It fetches the tool that builds a wheel."""
    site = folder.with_name("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(folder)]
    subprocess.run(command, check=True)
    return site


def test_it_holds_every_notebook_and_no_solution(folder):
    notebooks = {path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb")}
    assert notebooks == {f"{book.id}.ipynb" for book in written()}
    rest = ["LICENSE", "README.md", "datasets", "pyproject.toml", "shared_utils"]
    assert {path.name for path in folder.iterdir()} == {*rest, *(book.course for book in written())}
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.ipynb"))
    assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text
    assert f"`{BOOK.id}.ipynb`" in (folder / "README.md").read_text(encoding="utf-8")


def test_nothing_is_overwritten(folder):
    with pytest.raises(click.ClickException, match="is there already; name a folder that is not"):
        kit.write_kit(folder)


def test_grade_runs_the_visible_checks(folder):
    assert_that_grade_runs_the_visible_checks(folder, folder)


@pytest.mark.network
def test_grade_runs_the_visible_checks_once_it_is_installed(folder, installed):
    assert_that_grade_runs_the_visible_checks(folder, installed)


def assert_that_grade_runs_the_visible_checks(folder, site):
    path = folder / f"{BOOK.id}.ipynb"
    output = shown(path, site, {"relu": lessons.read(BOOK.lesson).of("exercise", "relu")[0].source})
    lines = output.splitlines()
    assert lines[:2] == [
        "The hidden checks are your instructor's: hand in this notebook to have it graded. The visible checks:",
        "01_neuron_and_supervised_learning: 1 of 5 visible checks passed",
    ]
    assert lines[2].split() == ["+", "relu", "passed"]
    assert lines[3].split()[:2] == ["-", "neuron"] and "neuron is still a stub: write your code" in lines[3]
    assert lines[7] == "relu: the saved file differs from what you ran last; save (Ctrl+S) and run this cell again"
    assert lines[8:] == ["Your scores are with your instructor: this works in a clone of the course only."]
    assert str(site) not in output


def shown(path, site, answers):
    """What `grade()` and `status()` print in a kernel that knows only what lies in `site`.

    All code cells of the notebook that are no checks are run before, with the answers in place of their stubs.
    """
    manager = KernelManager()
    # Without `-S` Python would read the .pth file by which a developer's clone is installed.
    argv = [sys.executable, "-S", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    manager._kernel_spec = KernelSpec(argv=argv, language="python")
    packages = os.pathsep.join([str(site), sysconfig.get_path("purelib")])
    environment = os.environ | {"PYTHONPATH": packages, "JPY_SESSION_NAME": str(path)}
    environment.pop("COURSE_GRADING", None)
    manager.start_kernel(cwd=str(path.parent), env=environment)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        code = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        exercises = [cell for cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
        for source in [code[0].source, *(answers.get(cell.id, cell.source) for cell in exercises)]:
            reply = client.execute_interactive(source, output_hook=lambda _: None, timeout=60)
            assert reply["content"]["status"] == "ok", reply["content"]
        messages = []
        client.execute_interactive(
            "from shared_utils.grading import grade, status\ngrade()\nstatus()", output_hook=messages.append, timeout=60
        )
        return "".join(message["content"].get("text", "") for message in messages)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
