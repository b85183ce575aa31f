"""`course time`: how long each lesson runs, kept in the course's `times.yml` for the table of its README."""

import math
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import yaml

from course_tools.syllabus import Notebook
from shared_utils.grading import IN_GRADING


def measured(book: Notebook) -> float:
    """Seconds in which all code cells of a lesson's notebook run, one after another, in a process of its own."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-P", "-m", "course_tools.authoring.times", str(book.source)],
        env=os.environ | {IN_GRADING: "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def recorded(course: Path) -> dict[str, int]:
    """The recorded seconds of a course's lessons, by their ids; none where nothing is recorded."""
    path = course / "times.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def record(book: Notebook, seconds: float) -> None:
    """Records a lesson's time, in whole seconds rounded up, unless what is recorded is within a factor of 1.5 of it."""
    course = book.root / book.course
    times = recorded(course)
    if not 1 / 1.5 < times.get(book.id, math.inf) / seconds < 1.5:
        times[book.id] = math.ceil(seconds)
    text = "# Seconds that each lesson runs on two cores, measured by `course time`.\n"
    (course / "times.yml").write_text(text + yaml.safe_dump(times), encoding="utf-8")


def _run(path: Path) -> None:
    from course_tools.judge import shell

    own = shell.start()
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            outputs = shell.run(own, cell.source)
            if errors := [output["evalue"] for output in outputs if output["output_type"] == "error"]:
                sys.exit(f"{path}: {errors[0]}")


if __name__ == "__main__":
    _run(Path(sys.argv[1]))
