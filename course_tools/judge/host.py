"""A worker: judges notebooks, one after another, in a process of its own that has one thread and a warm process.

`python -m course_tools.judge.host HOW LIMITS` reads a task a line on stdin and writes a result a line on stdout, both
JSON. HOW is "isolate", "limit", or "try": isolate if this system can. The first line says which it is.
"""

import json
import os
import sys

import matplotlib
import nbformat

from course_tools.judge import lesson
from course_tools.judge.box import Box, Warm
from course_tools.judge.notebook import Run
from course_tools.judge.sandbox import CannotIsolate, Limits
from course_tools.outcome import failure
from course_tools.submission import Unreadable, parsed, repaired


def main() -> None:
    how, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    # Whatever prints in this process must not come between the results.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    matplotlib.use("agg")
    warm, why_not = _warm(how, limits)
    print(json.dumps({"isolated": not why_not, "why_not": why_not}), file=results, flush=True)
    if warm is None:
        return
    with warm:
        for line in sys.stdin:
            task = json.loads(line)
            try:
                result = judged(task, warm)
            except Exception as error:  # a fault of ours costs this notebook, not the others
                result = {"problem": f"{task['name']}: the grader itself failed: {type(error).__name__}: {error}"}
            print(json.dumps(result), file=results, flush=True)


def judged(task: dict[str, str], warm: Warm) -> dict:
    """The result of a task.

    Args:
        task: the texts of three notebooks: `source`, `release`, and the `answer` of the file `name`.

    Returns:
        `notebook`: the executed notebook's text; `notes`: what was mended in it, a sentence each.
        Or `problem`: why the answer could not be read.
    """
    try:
        answer = parsed(task["answer"], task["name"])
    except Unreadable as error:
        return {"problem": str(error)}
    notebook, notes = repaired(answer, nbformat.reads(task["release"], 4))
    Run(lesson.read(task["source"]), warm).judge(notebook)
    if why := failure(next(cell for cell in notebook.cells if cell.cell_type == "code")):
        notes.append(f"the set-up cell fails: {why}")
    return {"notebook": nbformat.writes(notebook), "notes": notes}


def _warm(how: str, limits: Limits) -> tuple[Warm | None, str]:
    """A warm process, isolated if it can be, and why it is not; None if it must be isolated and cannot."""
    if how == "limit":
        return Warm(False, limits), "it was told not to"
    warm = Warm(True, limits)
    try:
        Box(warm, []).close()
        return warm, ""
    except CannotIsolate as error:
        warm.__exit__()
        return (Warm(False, limits) if how == "try" else None), str(error)


if __name__ == "__main__":
    main()
