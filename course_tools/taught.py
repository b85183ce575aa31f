"""Which lesson may import what of shared_utils: a building block is for the lessons after the one that teaches it.

A module that a lesson has its learners write says so in `TAUGHT_IN`, the lesson's id. Ids are in the syllabus's order.
A lesson's own cells may show such a module earlier, unexplained: `from shared_utils.nn import dense  # black box: why`.
A building block may use a later one in the same way, inside a function: it is there for lessons that come before the
one that teaches it.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shared_utils

PACKAGE = Path(shared_utils.__file__).parent
# The packages of shared_utils with building blocks and what is made of them; while a lesson is graded, its learner's
# process imports them through `course_tools.judge.imports` alone.
GUARDED = ("shared_utils.nn", "shared_utils.pretrained", "shared_utils.projects")
BLACK_BOX = re.compile(r"\s*(?:from|import)\s[\w., ]+# black box: \S")


@dataclass(frozen=True)
class Module:
    """A module of shared_utils: the lesson that teaches it ("" if none does), and the modules that it imports.

    What it imports as a black box is told apart from what it cannot do without.
    """

    taught_in: str
    imports: frozenset[str]
    black_boxes: frozenset[str]


@cache
def files() -> dict[str, Path]:
    """The files of all modules and packages of shared_utils, by name."""
    paths = {path.relative_to(PACKAGE.parent).with_suffix("").parts: path for path in sorted(PACKAGE.rglob("*.py"))}
    return {".".join(parts).removesuffix(".__init__"): path for parts, path in paths.items()}


@cache
def module(name: str) -> Module:
    """What is known of a module of shared_utils from its text; it is not executed."""
    text = files()[name].read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    taught_in = [ast.literal_eval(node.value) for node in tree.body if _assigned(node) == "TAUGHT_IN"]
    found: dict[bool, set[str]] = {True: set(), False: set(_way_to(name))}
    for line, names in imports(tree):
        found[BLACK_BOX.match(lines[line - 1]) is not None] |= names
    return Module("".join(taught_in), frozenset(found[False]), frozenset(found[True] - found[False]))


def guarded(name: str) -> bool:
    """Whether it is the name of a guarded package or of something in it."""
    return f"{name}.".startswith(tuple(f"{package}." for package in GUARDED))


def forbidden(lesson: str) -> frozenset[str]:
    """The modules that this lesson or a later one teaches, and those that import one of them."""
    return frozenset(name for name in files() if guarded(name) and teacher(name) >= lesson)


def withheld(lesson: str, given: Iterable[str]) -> frozenset[str]:
    """What a learner's code cannot import while the lesson is graded: what is forbidden and no black box of it.

    Args:
        given: the texts of the lesson's cells that are neither exercises nor checks; magics may stand in them.
    """
    marked = [line.strip() for text in given for line in text.splitlines() if BLACK_BOX.match(line)]
    shown = _needed({name for line in marked for _, names in imports(ast.parse(line)) for name in names})
    away = forbidden(lesson)
    inside = {box for name in files() if name not in away or name in shown for box in module(name).black_boxes}
    return away - shown - {name for name in _needed(inside) if teacher(name) > lesson}


def teacher(name: str) -> str:
    """The last lesson that teaches the module or one that it imports; "" if none does."""
    return max(module(needed).taught_in for needed in _needed({name}))


def imports(tree: ast.AST) -> Iterator[tuple[int, set[str]]]:
    """Each import of shared_utils in it: the line, and the modules that it imports, their packages included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        if found := {each for name in names for each in _way_to(name) if each in files()}:
            yield node.lineno, found


def supply(name: str, withheld: Set[str]) -> tuple[str, str] | None:
    """The text and the file of a module of shared_utils; None if there is none. Raises ImportError if withheld."""
    if name in withheld:
        raise ImportError(f"{name} holds what this lesson or a later one asks for: write it yourself")
    if name not in files():
        return None
    return files()[name].read_text(encoding="utf-8"), str(files()[name])


def _assigned(node: ast.stmt) -> str | None:
    return getattr(node.targets[0], "id", None) if isinstance(node, ast.Assign) else None


def _needed(names: set[str]) -> set[str]:
    """The modules, and all that importing them imports."""
    found, new = set(), names
    while new:
        found |= new
        new = {each for name in new for each in module(name).imports} - found
    return found


def _way_to(name: str) -> list[str]:
    """The dotted name and those of all packages around it."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
