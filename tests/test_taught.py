"""The rule of building blocks: which lesson may import what, and that nothing lies about that passes for an answer."""

import ast
import contextlib
import importlib
import inspect
import io
import json
import os
import signal
import sys
from functools import cache

import pytest

from course_tools import taught
from course_tools.authoring import lesson as lessons
from course_tools.syllabus import notebooks, written

WEEK = "course1_nn/week4_deep_neural_networks"
SECONDS = 30  # of processor time


def test_the_ids_of_lessons_are_in_the_order_of_the_syllabus():
    ids = [book.id for book in notebooks()]
    assert ids == sorted(ids)


def test_each_building_block_names_a_lesson_and_what_is_not_guarded_needs_none():
    teachers = {name: taught.teacher(name) for name in taught.files()}
    assert {lesson for lesson in teachers.values() if lesson} <= {book.id for book in notebooks()}
    assert [name for name, lesson in teachers.items() if lesson and not taught.guarded(name)] == []
    blocks = {name for name in teachers if name.startswith("shared_utils.nn.")}
    assert {name for name in blocks if not taught.module(name).taught_in} == set()


def test_imports_in_shared_utils_are_absolute_as_the_rule_reads_them():
    trees = [ast.parse(file.read_bytes()) for file in taught.files().values()]
    assert not any(getattr(node, "level", 0) for tree in trees for node in ast.walk(tree))


def test_a_module_is_for_the_lessons_after_the_one_that_teaches_it():
    modules = ("dense_forward", "dense", "conv")
    allowed = {
        number: [name for name in modules if f"shared_utils.nn.{name}" not in taught.forbidden(f"{WEEK}/{number}")]
        for number in ("01_deep_forward_and_dimensions", "02_why_deep_representations", "04_deep_image_classifier")
    }
    assert list(allowed.values()) == [[], ["dense_forward"], ["dense_forward", "dense"]]
    forbidden = taught.forbidden(f"{WEEK}/04_deep_image_classifier")
    assert "shared_utils.pretrained.squeezenet" in forbidden and "shared_utils.pretrained.resize" not in forbidden


def test_a_black_box_may_be_imported_with_all_that_it_imports():
    text = "%matplotlib inline\nfrom shared_utils.nn import dense, pool  # black box: you write it later\n"
    first = "course1_nn/week1_introduction/02_why_deep_learning_now"
    assert taught.forbidden(first) - taught.withheld(first, [text]) == {
        f"shared_utils.nn.{name}" for name in ("dense", "dense_forward", "padding", "pool", "softmax")
    }
    assert taught.withheld(first, [text.replace("box: you", "box:\n# you")]) == taught.forbidden(first)


def test_a_block_may_use_a_later_one_as_a_black_box_until_that_is_taught():
    softmax = "shared_utils.nn.softmax"
    teacher = taught.module(softmax).taught_in
    assert taught.teacher("shared_utils.nn.dense") == f"{WEEK}/03_building_blocks_of_deep_networks"
    for lesson in (
        f"{WEEK}/04_deep_image_classifier",
        "course2_improving/week1_practical_aspects/02_l2_regularization",
    ):
        assert softmax in taught.forbidden(lesson) and softmax not in taught.withheld(lesson, [])
    assert softmax in taught.withheld(teacher, ["from shared_utils.nn import dense\n"])
    assert softmax in taught.withheld(f"{WEEK}/01_deep_forward_and_dimensions", [])
    after = "course2_improving/week3_tuning_batchnorm_frameworks/04_build_a_framework"
    assert softmax not in taught.forbidden(after)


@cache
def functions(module):
    """The public functions and classes that a module defines."""
    found = vars(importlib.import_module(module)).items()
    defined = [(name, each) for name, each in found if inspect.isfunction(each) or inspect.isclass(each)]
    return {f"{module}.{name}": each for name, each in defined if each.__module__ == module and name[0] != "_"}


def importable(lesson):
    """The public functions of shared_utils that an answer to the lesson could import."""
    withheld = taught.withheld(lesson.id, [cell.source for cell in lessons.read(lesson.lesson).of("code")])
    return {name: f for module in taught.files() if module not in withheld for name, f in functions(module).items()}


def passing(names, exercise, codes, candidates):
    """The candidates, functions by name, that pass one of the checks in place of the exercise; tried in a fork."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        try:
            signal.signal(signal.SIGPROF, _too_slow)
            found = [
                name for name, f in candidates.items() if any(_passes(names | {exercise: f}, code) for code in codes)
            ]
            os.write(writer, json.dumps(found).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer)


class _Slow(BaseException):
    pass


def _too_slow(*_):
    raise _Slow


def _passes(names, code):
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, names)
    except BaseException:
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("book", [book for book in written() if book.runs_here], ids=lambda book: book.id)
def test_no_function_that_a_lesson_may_import_passes_for_an_answer(book):
    lesson, names = lessons.read(book.lesson), {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in [lesson.of("code")[0], *lesson.of("exercise")]:
            exec(compile(cell.source, str(book.lesson), "exec"), names)
    for exercise in lesson.of("exercise"):
        codes = [compile(cell.source, exercise.name, "exec") for cell in lesson.of("check", exercise.name)]
        # Last, to show that nothing tried before it has spoilt the checks.
        candidates = importable(book) | {"the reference answer": names[exercise.name]}
        assert passing(names, exercise.name, codes, candidates) == ["the reference answer"]


def test_more_than_a_thousand_are_tried():
    tried = [len(importable(book)) * len(lessons.read(book.lesson).of("exercise")) for book in written()]
    assert sum(tried) > 1000
