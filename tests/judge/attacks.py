"""What dishonest and unlucky submissions try: code in the cell of `double`, or something done to the file.

The lesson is that of `conftest.py`: `double` (2 points) and `quadruple` (1 point). An attack's own `double` is wrong
and its `quadruple` right, so that 1 point is earned; what breaks its own process earns none, a right `double` all 3.
Every bomb is bounded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4

from course_tools.marks import grade_id
from tests.judge.hostile import HOSTILE

WRONG = "def double(x):\n    return x\n"
RIGHT = "def quadruple(x):\n    return 4 * x"
LEAK = "-0.5, 7.0, 0.25"  # stands in the hidden test of `double`, and nowhere else
ORPHAN = "left-running-by-an-attack"


@dataclass
class Attack:
    """What is tried.

    Attributes:
        what: in words.
        code: the cell of `double`; {root} is the project's folder, {port} a listener on loopback.
        damage: what is done to the notebook.
        raw: what is done to the file's text.
        earned: the points of what is right in it; None where the file cannot be graded and a sentence says so.
    """

    what: str
    code: str = WRONG
    damage: Callable[[NotebookNode], object] = lambda notebook: None
    raw: Callable[[str], str] = lambda text: text
    earned: float | None = 1


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(each for each in notebook.cells if grade_id(each) == name)


def _edit(name: str, source: str | None = None, **marks: object) -> Callable[[NotebookNode], None]:
    def damage(notebook: NotebookNode) -> None:
        edited = cell(notebook, name)
        edited.source = edited.source if source is None else source
        edited.metadata.nbgrader.update(marks)

    return damage


def _remove(*names: str) -> Callable[[NotebookNode], None]:
    def damage(notebook: NotebookNode) -> None:
        notebook.cells = [each for each in notebook.cells if grade_id(each) not in names]

    return damage


def _retype(notebook: NotebookNode) -> None:
    old = cell(notebook, "double_check")
    notebook.cells[notebook.cells.index(old)] = v4.new_markdown_cell(old.source, metadata=old.metadata)


def _strip(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        each.metadata = {}


def _later_first(notebook: NotebookNode) -> None:
    """`double` is made of `quadruple`, which is left empty and stands before it: its reference must not be lent."""
    cell(notebook, "double").source = "def double(x):\n    return quadruple(x) / 2"
    cell(notebook, "quadruple").source = "def quadruple(x):\n    raise NotImplementedError"
    later = [each for each in notebook.cells if (grade_id(each) or "").startswith("double")]
    notebook.cells = [each for each in notebook.cells if each not in later] + later


def _odd_id(notebook: NotebookNode) -> None:
    notebook.cells.append(v4.new_code_cell("1", metadata={"nbgrader": {"grade_id": ["double"]}}))


def _written(*texts: str) -> Callable[[NotebookNode], None]:
    def damage(notebook: NotebookNode) -> None:
        notebook.cells += map(v4.new_markdown_cell, texts)

    return damage


def _in_code() -> dict[str, Attack]:
    """The attacks of `attacks.txt`: cells whose first line says `name (points earned): what`."""
    cells = Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8").split("# %% ")[1:]
    found = {}
    for text in cells:
        first, code = text.split("\n", 1)
        name, earned, what = re.fullmatch(r"(\w+) \((\d)\): (.*)", first).groups()
        found[name] = Attack(what, code.strip(), earned=int(earned))
    return found


ATTACKS = _in_code() | {
    **{
        f"text_{number}": Attack(f"a text cell, number {number}", damage=_written(text))
        for number, text in enumerate(HOSTILE)
    },
    "texts": Attack("a raw cell and many texts", damage=_written(*HOSTILE)),
    "edited_check": Attack("an edited check", damage=_edit("double_check", source="pass")),
    "deleted_checks": Attack("deleted checks", damage=_remove("double_check", "quadruple_check")),
    "deleted_answer": Attack("a deleted exercise", damage=_remove("double")),
    "renamed_check": Attack("a renamed check", damage=_edit("double_check", grade_id="other", source="pass")),
    "swapped_ids": Attack("a check with an exercise's id", damage=_edit("double_check", grade_id="double")),
    "more_points": Attack("more points in the metadata", damage=_edit("quadruple_check", points=99)),
    "duplicated": Attack("every cell twice", damage=lambda notebook: notebook.cells.extend(list(notebook.cells))),
    "later_first": Attack("an answer made of the next one, which is put before it", damage=_later_first, earned=0),
    "half_in_text": Attack(
        "half a character in a text cell",
        damage=lambda notebook: notebook.cells.append(v4.new_markdown_cell("HALF")),
        raw=lambda text: text.replace("HALF", "\\ud83d"),
    ),
    "odd_id": Attack("a list as an id", damage=_odd_id),
    "reordered": Attack("all cells in reverse order", damage=lambda notebook: notebook.cells.reverse()),
    "retyped_check": Attack("a check as Markdown", damage=_retype),
    "old_schema": Attack("an old schema_version", damage=_edit("double_check", schema_version=1)),
    "no_metadata": Attack("no metadata, as other editors save it", damage=_strip),
    "wrong_kernel": Attack(
        "a kernelspec of another language",
        damage=lambda notebook: notebook.metadata.update(
            kernelspec={"name": "bash", "display_name": "", "language": ""}
        ),
    ),
    "broken_json": Attack("broken JSON", raw=lambda text: text[: len(text) // 2], earned=None),
    "not_utf8": Attack("not even text", raw=lambda text: "\udcff\udcfe" + text, earned=None),
}


def write(attack: Attack, release: Path, target: Path, root: Path, port: int) -> None:
    """Writes the submission of an attack, whose `quadruple` is right."""
    notebook = nbformat.read(release, 4)
    cell(notebook, "double").source = attack.code.replace("{root}", str(root)).replace("{port}", str(port))
    cell(notebook, "quadruple").source = RIGHT
    attack.damage(notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(attack.raw(nbformat.writes(notebook)).encode(errors="surrogateescape"))
