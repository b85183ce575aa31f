import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course_tools.syllabus import ROOT, Notebook, written
from course_tools.testing import own_folders

# Without these a browser in a container does not start, or calls home.
CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SYLLABUS = """courses:
- id: course1_nn
  title: 'Small course'
  title_zh: '小课程'
  weeks:
  - id: week1
    title: 'Only week'
    title_zh: '唯一的一周'
    lectures:
      1: ['Doubling', '倍增']
    notebooks:
    - id: 01_double
      title: 'Doubling numbers'
      title_zh: '数字加倍'
      lectures: [1]
      minutes: 5
      terms: {double: 加倍, quadruple: 四倍}
"""

LESSON = '''# %% [markdown]
# You will build a function that doubles numbers.

# %%
import numpy as np

from shared_utils import checks
from shared_utils.grading import grade

# %% exercise="double"
def double(x):
    """Twice x, for arrays too."""
    # 1. Multiply.
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check="double" points=2
with checks.exercise("double"):
    checks.close("double([1, 3])", double(np.array([1.0, 3.0])), [2.0, 6.0])
    ### BEGIN HIDDEN TESTS
    secret = np.array([-0.5, 7.0, 0.25])
    checks.close("double(x)", double(secret), secret + secret)
    ### END HIDDEN TESTS

# %% exercise="quadruple"
def quadruple(x):
    """Four times x."""
    # 1. Use double.
    ### BEGIN SOLUTION
    return double(double(x))
    ### END SOLUTION


# %% check="quadruple" points=1
with checks.exercise("quadruple"):
    checks.close("quadruple(1)", quadruple(1), 4)
    ### BEGIN HIDDEN TESTS
    checks.close("quadruple(-3)", quadruple(-3), -12)
    ### END HIDDEN TESTS

# %% [markdown]
# ## What you built
#
# `double` and `quadruple`.
'''

ANSWERS = """# %% wrong="double" says="half"
def double(x):
    return x


# %% wrong="double" says="half"
def double(x):
    return x + 0


# %% wrong="double" says="double(x)"
def double(x):
    return np.array([2.0, 6.0])


# %% alternative="double"
def double(x):
    return x + x


# %% wrong="quadruple" says="expected about 4, got 2"
def quadruple(x):
    return double(x)


# %% wrong="quadruple" says="expected about 4, got 16"
def quadruple(x):
    return double(2 * double(2 * x))


# %% wrong="quadruple" says="quadruple(-3)"
def quadruple(x):
    return 4


# %% alternative="quadruple"
def quadruple(x):
    return 4 * x
"""


def pytest_configure(config):
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ.update(own_folders(Path(folder.name)))


@pytest.fixture
def project(tmp_path) -> Path:
    """A whole project of one small lesson, in a folder of its own."""
    (tmp_path / "syllabus.yml").write_text(SYLLABUS, encoding="utf-8")
    (tmp_path / "README.md").write_text("<!-- begin: made by course build -->\n<!-- end -->\n")
    (tmp_path / "course1_nn").mkdir()
    shutil.copy(ROOT / "course1_nn" / "nbgrader_config.py", tmp_path / "course1_nn")
    lesson = tmp_path / "course1_nn" / "lessons" / "week1" / "01_double.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON, encoding="utf-8")
    answers = tmp_path / "course1_nn" / "answers" / "week1" / "01_double.py"
    answers.parent.mkdir(parents=True)
    answers.write_text(ANSWERS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(project) -> Notebook:
    """The one lesson of the small project."""
    return written(project)[0]


@pytest.fixture
def course(book) -> Notebook:
    """The small project's lesson, built, with the submissions of a class of eight: each second one has a mistake."""
    # Loading nbgrader takes seconds: only the tests of a class wait for it.
    from tests.classroom import hand_in

    hand_in(book)
    return book


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The repository's own files in another folder, so that no test touches a learner's workspace or gradebook."""
    folder = tmp_path_factory.mktemp("clone")
    private = (
        "__pycache__",
        "submitted",
        "autograded",
        "feedback",
        "gradebook*.db",
        "scores.jsonl",
        "grades.csv",
        ".ipynb_checkpoints",
    )
    for path in [*ROOT.glob("course*"), ROOT / "shared_utils", ROOT / "datasets"]:
        shutil.copytree(path, folder / path.name, ignore=shutil.ignore_patterns(*private))
    for name in ("syllabus.yml", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def environment_of(folder: Path) -> dict[str, str]:
    """The environment in which Python takes the project from `folder` instead of from where it is installed."""
    return os.environ | {"PYTHONPATH": str(folder), "NO_BROWSER": "1", "COURSE_EXCHANGE": str(folder / "exchange")}


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """`course lab` in the clone `folder`; gives its address."""
    command = [sys.executable, "-m", "course_tools", "lab"]
    options = {"stdout": subprocess.PIPE, "text": True, "start_new_session": True}
    lab = subprocess.Popen(command, cwd=folder, env=environment_of(folder), **options)
    try:
        yield next(match[1] for line in lab.stdout if (match := re.search(r"JupyterLab is at (\S+)", line)))
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait(timeout=30)
        lab.stdout.close()
