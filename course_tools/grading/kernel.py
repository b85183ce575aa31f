"""Where a learner's code cannot be locked in (macOS, Windows): a kernel runs the notebook, checks and all.

What the lesson withholds cannot be imported there either, but its files can be read.
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbgrader.preprocessors import Execute

from course_tools import taught
from course_tools.judge import imports
from course_tools.judge.repair import Unreadable, parsed, repaired
from course_tools.judge.task import Result, Task
from course_tools.marks import grade_id
from shared_utils.grading import IN_GRADING


def judge_in_kernel(task: Task) -> Result:
    """The result of a task, as `course_tools.judge.notebook.judge` has it."""
    try:
        answer = parsed(task.answer, task.name)
    except Unreadable as error:
        return Result(problem=str(error))
    notebook, notes = repaired(answer, nbformat.reads(task.release, 4))
    cells = [cell for cell in nbformat.reads(task.source, 4).cells if cell.cell_type == "code"]
    source = {grade_id(cell): cell.source for cell in cells if grade_id(cell)}
    withheld = taught.withheld(task.lesson, [cell.source for cell in cells if grade_id(cell) is None])
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = source[grade_id(cell)]
    # A kernel's start-up notes would fail a check: nbgrader takes anything on stderr for an error.
    os.environ[IN_GRADING] = "1"
    options = ["--HistoryManager.hist_file=:memory:", "--log-level=40"]
    options.append(f"--IPKernelApp.exec_lines=__import__('{imports.__name__}', fromlist='_').withhold({set(withheld)})")
    execute = Execute(timeout=30, shutdown_kernel="immediate", extra_arguments=options)
    with tempfile.TemporaryDirectory() as folder:
        try:
            execute.preprocess(notebook, {"metadata": {"path": str(Path(folder))}})
        except RuntimeError as error:
            return Result(problem=f"{task.name}: {error}")
    return Result(nbformat.writes(notebook), notes)
