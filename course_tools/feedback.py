"""What a learner gets back: the feedback files must not tell the hidden tests."""

import re

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode, v4
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

PASSED = re.compile(r"^\w+: \d+ checks? passed$", re.MULTILINE)


class HideTests(NbGraderPreprocessor):
    """Shows each check cell as it was released, and of its outputs only what a learner may see.

    A traceback quotes the lines of the check around the error, so one line takes its place.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if utils.is_grade(cell) and cell.cell_type == "code":
            cell, resources = ClearHiddenTests(parent=self.parent).preprocess_cell(cell, resources, cell_index)
            message = failure(cell)
            cell.outputs = [_error(message)] if message else [_said(text) for text in _passed_lines(cell)]
        return cell, resources


def failure(cell: NotebookNode) -> str | None:
    """Why an executed check cell failed, in one line; None if it passed."""
    for output in cell.outputs:
        if output.output_type == "error":
            return _sentence(output)
    if any(output.output_type == "stream" and output.name == "stderr" for output in cell.outputs):
        return "something was written to stderr, which counts as a failure"
    return None


def _sentence(error: NotebookNode) -> str:
    value = " ".join(error.evalue.split())
    if error.ename == "CheckFailed":
        return value
    if error.ename in ("CellTimeoutError", "KeyboardInterrupt"):
        return "it was still running after 30 seconds: is there an endless loop?"
    return f"{error.ename}: {value}" if value else error.ename


def _passed_lines(cell: NotebookNode) -> list[str]:
    texts = [output.text for output in cell.outputs if output.output_type == "stream"]
    return [line for text in texts for line in PASSED.findall(text)]


def _error(message: str) -> NotebookNode:
    return v4.new_output("error", ename="CheckFailed", evalue=message, traceback=[message])


def _said(text: str) -> NotebookNode:
    return v4.new_output("stream", name="stdout", text=text + "\n")
