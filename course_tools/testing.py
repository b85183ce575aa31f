"""`course test`: everything that must hold before a change lands."""

import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from course_tools.syllabus import ROOT, Notebook, missing, written

COURSE = [sys.executable, "-m", "course_tools"]
# A worker takes a whole notebook: its cells need one another.
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "--durations=10"]
PYTEST += ["--durations-min=1", "--nbval-lax", "--nbval-cell-timeout=300"]
LAST = 12  # lines of a failed step that are shown once more at the end
STYLE = {
    "style": [sys.executable, "-m", "ruff", "check"],
    "format": [sys.executable, "-m", "ruff", "format", "--check", "--quiet"],
}


def run_all() -> bool:
    """Runs every step, whether or not an earlier one failed; True if all passed."""
    passed = _passed(STYLE | _steps((), written(), ["tests"]))
    for line in missing(written()):
        print(line)
    return passed


def run_lessons(names: Sequence[str], books: Sequence[Notebook]) -> bool:
    """Runs the steps that concern the lessons `books`, which are those that `names` choose; True if all passed."""
    return _passed(_steps(names, books, []))


def own_folders(folder: Path) -> dict[str, str]:
    """Environment variables by which Jupyter, IPython and matplotlib keep everything below `folder`.

    With them nothing depends on the settings and the open tabs of whoever runs the tests, and nothing touches them.
    """
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    names += ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    return {name: str(folder / name) for name in names} | {"JUPYTER_PATH": "", "JUPYTER_CONFIG_PATH": ""}


def _steps(names: Sequence[str], books: Sequence[Notebook], tests: list[str]) -> dict[str, list[str]]:
    wanted = [*tests, *(str(book.source.relative_to(ROOT)) for book in books if book.runs_here)]
    steps = {
        "build": [*COURSE, "build", "--check", *names],
        "sources": [*COURSE, "build", *names],
        "prove": [*COURSE, "prove", *names],
    }
    # Without a path, pytest would run all that there is.
    return steps | ({" and ".join([*tests, "notebooks"]): [*PYTEST, *wanted]} if wanted else {})


def _passed(steps: dict[str, list[str]]) -> bool:
    failed = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Two workers with two threads each would wait for one another on two processors.
        environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"} | own_folders(Path(folder))
        for name, command in steps.items():
            print(f"--- {name}", flush=True)
            start = time.perf_counter()
            code, last = _shown(command, environment)
            if code:
                failed[name] = last
            print(f"    {time.perf_counter() - start:.0f} s", flush=True)
    for name, last in failed.items():
        print(f"--- {name} failed; its last lines", *last, sep="\n")
    print(f"failed: {', '.join(failed)}" if failed else "everything passed")
    return not failed


def _shown(command: list[str], environment: dict[str, str]) -> tuple[int, list[str]]:
    """Runs a command and shows what it says; its exit code and its last lines."""
    last: deque[str] = deque(maxlen=LAST)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            last.append(line.rstrip("\n"))
    return process.returncode, list(last)
