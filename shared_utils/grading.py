"""`grade()`, which scores the saved notebook in place, and `status()`, which shows what was reached in all of them."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

IN_GRADING = "COURSE_GRADING"


def grade() -> None:
    """Runs the hidden checks on the saved notebook and prints its score, exercise by exercise.

    It grades the file on disk, so it first compares that file with what you ran: unsaved work would not count.
    Where the hidden checks are not at hand, it runs the visible ones. Outside JupyterLab, and while a notebook is being
    graded, it prints how to get the score and does nothing else.
    """
    path = _this_notebook()
    if path is None or os.environ.get(IN_GRADING):
        print("In JupyterLab this cell shows your score; in a terminal: course grade path/to/this_notebook.ipynb")
        return
    if _in_clone():
        _run_hidden_checks(path)
    else:
        from shared_utils import visible_checks

        print("The hidden checks are your instructor's: hand in this notebook to have it graded. The visible checks:")
        print(visible_checks.table(path))
    for function in _unsaved(path):
        print(f"{function}: the saved file differs from what you ran last; save (Ctrl+S) and run this cell again")


def status(lang: str = "both") -> None:
    """Draws what you have reached: a row a week, a square a notebook; and says the same in words.

    Args:
        lang: "en", "zh", or "both", for titles in both languages.
    """
    from shared_utils.progress import draw

    if not _in_clone():
        print("Your scores are with your instructor: this works in a clone of the course only.")
        return
    command = [sys.executable, "-P", "-m", "course_tools", "status", "--json", "--lang", lang]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONUTF8": "1"}, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1])
        return
    found = json.loads(done.stdout)
    draw(found["weeks"], found["next"])
    print(found["summary"])


def _in_clone() -> bool:
    """Whether the lessons are here: in a clone of the course, not where only notebooks were given out."""
    tools = importlib.util.find_spec("course_tools")
    return tools is not None and (Path(tools.origin).parents[1] / "syllabus.yml").exists()


def _run_hidden_checks(path: Path) -> None:
    command = [sys.executable, "-P", "-m", "course_tools", "grade", str(path)]
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    # The score is shown when it is there; recording it takes another second.
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, env=environment, **pipes) as run:
        for line in run.stdout:
            print(line, end="", flush=True)


def _this_notebook() -> Path | None:
    """The file of the notebook that this kernel serves, as JupyterLab or VS Code tell it; None elsewhere."""
    main = sys.modules["__main__"]
    told = getattr(main, "__vsc_ipynb_file__", None) or os.environ.get("JPY_SESSION_NAME", "")
    path = Path(told)
    if not path.is_absolute():
        path = Path.cwd() / path.name
    return path if told and path.suffix == ".ipynb" and path.exists() else None


def _unsaved(path: Path) -> list[str]:
    """The exercises whose last run text is not the one in the file."""
    import nbformat
    from IPython import get_ipython

    # As it was typed: in `In` a magic such as %%time has become a call.
    shell = get_ipython()
    ran = list(shell.history_manager.input_hist_raw if shell else getattr(sys.modules["__main__"], "In", []))
    unsaved = []
    for cell in nbformat.read(path, as_version=4).cells:
        if not cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        name = cell.metadata["nbgrader"]["grade_id"]
        texts = [text for text in ran if f"def {name}(" in text or f"class {name}" in text]
        if texts and texts[-1].strip() != cell.source.strip():
            unsaved.append(name)
    return unsaved
