"""The visible checks of a notebook, all at once: what `grade()` runs where the hidden ones are not at hand."""

import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path

from shared_utils.checks import CheckFailed


def table(path: Path) -> str:
    """Runs the check cells of the notebook file in this kernel, on what was run in it; a line for each."""
    import nbformat

    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        marks = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and marks.get("grade"):
            found.append((re.sub(r"_check(_\d+)?$", r"\1", marks["grade_id"]), _failure(cell.source)))
    width = max((len(name) for name, _ in found), default=0)
    lines = [f"{path.stem}: {sum(not failed for _, failed in found)} of {len(found)} visible checks passed"]
    for name, failed in found:
        lines.append(f"  {'-' if failed else '+'} {name:{width}}  {failed or 'passed'}")
    return "\n".join(lines)


def _failure(check: str) -> str:
    """Why a check fails, in one line; empty if it passes."""
    try:
        with redirect_stdout(io.StringIO()):
            exec(compile(check, "<check>", "exec"), vars(sys.modules["__main__"]))
    except CheckFailed as error:
        return str(error)
    except NameError as error:
        return f"{error}: run all cells above first"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
