"""The plan of the house: who may import whom, how long a file is, in which of a lesson's two files a mark stands."""

import ast
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

from course_tools.authoring import answers
from course_tools.syllabus import ROOT

ROOMS = ("authoring", "data", "grading", "judge")
GROUND = ("syllabus", "marks", "nbgrader_runs", "taught")


def modules(package: str) -> dict[str, Path]:
    """The files of a package by their modules' names."""
    paths = (ROOT / package).rglob("*.py")
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported(path: Path, known: set[str]) -> set[str]:
    """The modules of `known` that a file imports, in functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: name the module from the top, without dots"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found & known


COURSE_TOOLS, SHARED_UTILS = modules("course_tools"), modules("shared_utils")
GRAPH = {name: imported(path, COURSE_TOOLS.keys() - {name}) for name, path in COURSE_TOOLS.items()}


def reached(names: set[str]) -> set[str]:
    """What these modules import, and what that imports, and so on."""
    found, new = set(), names
    while new:
        new = set().union(*(GRAPH[name] for name in new)) - found
        found |= new
    return found


def inside(*rooms: str) -> set[str]:
    return {name for name in GRAPH if name.split(".")[1:2] and name.split(".")[1] in rooms}


def test_imports_go_in_no_circle():
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_the_judge_knows_neither_grading_nor_authoring():
    assert inside("judge") and not reached(inside("judge")) & inside("grading", "authoring", "data")


def test_the_ground_floor_imports_no_room():
    ground = {f"course_tools.{name}" for name in GROUND}
    assert ground <= GRAPH.keys() and not reached(ground) & inside(*ROOMS)


def test_the_rooms_import_no_entrance():
    entrances = GRAPH.keys() - inside(*ROOMS, *GROUND) - {"course_tools"}
    assert not reached(inside(*ROOMS)) & entrances


def test_what_notebooks_import_needs_no_tools():
    assert not {name for name, path in SHARED_UTILS.items() if imported(path, set(COURSE_TOOLS))}


def test_files_are_short():
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in (COURSE_TOOLS | SHARED_UTILS).items()
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_chapters_hold_no_marks_of_answers():
    marks = tuple(f"# %% {kind}=" for kind in answers.MARKS)
    lines = [
        f"{path}:{number}"
        for path in ROOT.glob("course*/lessons/*/*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith(marks)
    ]
    assert lines == []


def is_command(function: ast.FunctionDef) -> bool:
    """Whether its docstring is the help text of a command."""
    return any("command" in ast.dump(each) or "group" in ast.dump(each) for each in function.decorator_list)


def test_docstrings_speak_one_dialect():
    """A bare verb ("Write") is found by the others, which are in the third person ("Writes")."""
    first = {}
    tops = ("course_tools", "shared_utils", "datasets", "benchmarks")
    for path in chain(*((ROOT / top).rglob("*.py") for top in tops)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) and not is_command(node):
                first[f"{path}:{node.lineno}"] = ast.get_docstring(node).split()[0]
    words = {"Returns", *first.values()}
    assert {place: word for place, word in first.items() if word != "A" and f"{word}s" in words} == {}
