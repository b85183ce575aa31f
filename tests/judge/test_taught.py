"""What a lesson asks for cannot be imported while it is graded, by whatever way, and the score table says so."""

import importlib
import subprocess
import sys

import nbformat
import pytest

from course_tools import taught
from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.grading.kernel import judge_in_kernel
from course_tools.grading.workers import Worker, task_of
from course_tools.judge.outcome import outcomes
from course_tools.judge.sandbox import Limits
from course_tools.marks import grade_id
from course_tools.syllabus import written
from tests.classroom import recorded_scores, submission
from tests.conftest import environment_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the judge forks, on Linux only")

BOOKS = {book.id: book for book in written()}
WEEK = "course1_nn/week4_deep_neural_networks"
FIRST, THIRD, FOURTH = (
    BOOKS[f"{WEEK}/{name}"]
    for name in ("01_deep_forward_and_dimensions", "03_building_blocks_of_deep_networks", "04_deep_image_classifier")
)
DENSE = taught.files()["shared_utils.nn.dense"]
SENTENCE = "holds what this lesson or a later one asks for: write it yourself"


@pytest.fixture(scope="module", params=["isolate", "limit"])
def worker(request):
    worker = Worker(request.param, Limits())
    if why_not := worker.why_not_isolated() if request.param == "isolate" else "":
        pytest.skip(why_not)
    worker.how = request.param
    yield worker
    worker.close()


@pytest.fixture
def judged(worker):
    return lambda book, answers, more="": judged_by(worker.judge, book, answers, more)


def judged_by(judge, book, answers, more=""):
    """The outcomes and the notes for the reference answers with some replaced, and a cell `more` after the set-up."""
    notebook = nbformat.read(book.source, 4)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    place = [cell.cell_type for cell in notebook.cells].index("code") + 1
    notebook.cells.insert(place, nbformat.v4.new_code_cell(more))
    result = judge(task_of(book, nbformat.writes(notebook), "answer.ipynb"))
    notes = [note for note in result.notes if "used" not in note]
    return list(outcomes(nbformat.reads(result.notebook, 4))), notes


def refused(found, exercise):
    """The message of an exercise all of whose checks earned nothing."""
    own = [each for each in found if each.name.split(" (")[0] == exercise]
    assert own and sum(each.score for each in own) == 0
    assert all(each.score == each.points for each in found if each not in own), "the others keep their points"
    return own[0].message


IMPORTS = {
    "a statement": "from shared_utils.nn.dense import deep_cost",
    "import_module": "import importlib\ndeep_cost = importlib.import_module('shared_utils.nn.dense').deep_cost",
    "__import__": "deep_cost = __import__('shared_utils.nn.dense', fromlist=['deep_cost']).deep_cost",
    "all names": "from shared_utils.nn.dense import *",
    "by what imports it": "from shared_utils.pretrained.squeezenet import conv as deep_cost",
    "when it is called": "def deep_cost(*a):\n    from shared_utils.nn import dense\n    return dense.deep_cost(*a)",
}


@pytest.mark.parametrize("code", IMPORTS.values(), ids=IMPORTS)
def test_an_import_ends_with_a_sentence_that_reaches_the_score_table(judged, code):
    found, _ = judged(THIRD, {"deep_cost": code})
    assert refused(found, "deep_cost").split(" (in")[0].endswith(SENTENCE)


def test_an_import_in_the_lesson_that_teaches_the_forward_pass(judged):
    code = "from shared_utils.nn import dense_forward as f\n\ndeep_forward = f.deep_forward"
    found, _ = judged(FIRST, {"deep_forward": code})
    expected = f"its cell fails: ImportError: shared_utils.nn.dense_forward {SENTENCE}"
    assert refused(found, "deep_forward") == expected


LOADED = {
    "what is loaded": "import sys\ndeep_cost = sys.modules['shared_utils.nn.dense'].deep_cost",
    "its package": "import shared_utils.nn\ndeep_cost = shared_utils.nn.dense.deep_cost",
}
FILES = {
    "its file": f"exec(open({str(DENSE)!r}).read())",
    "what Python made of its file": "import importlib.util, marshal\n"
    f"exec(marshal.loads(open(importlib.util.cache_from_source({str(DENSE)!r}), 'rb').read()[16:]))",
    "a loader": "from importlib.machinery import SourceFileLoader\n"
    f"deep_cost = SourceFileLoader('own', {str(DENSE)!r}).load_module().deep_cost",
    "Python's own finders": "import sys\nsys.meta_path[:] = sys.meta_path[1:]\n"
    "from shared_utils.nn.dense import deep_cost",
    "another process": "import subprocess, sys\nprogram = 'import inspect, shared_utils.nn.dense as d; "
    "print(inspect.getsource(d))'\nexec(subprocess.check_output([sys.executable, '-c', program], text=True))",
}


@pytest.mark.parametrize("code", LOADED.values(), ids=LOADED)
def test_nothing_of_it_is_loaded(judged, code):
    assert "dense" in refused(judged(THIRD, {"deep_cost": code})[0], "deep_cost")


@pytest.mark.parametrize("code", FILES.values(), ids=FILES)
def test_its_files_cannot_be_read_where_code_is_locked_in(worker, judged, code):
    if worker.how == "limit":
        pytest.skip("nothing hides a file there")
    assert "dense" in refused(judged(THIRD, {"deep_cost": code})[0], "deep_cost")


def test_an_import_in_a_cell_of_ones_own_is_noted(judged):
    found, notes = judged(THIRD, {"deep_cost": "deep_cost = deep_cost"}, "from shared_utils.nn.dense import deep_cost")
    assert refused(found, "deep_cost").startswith("its cell fails: NameError")
    assert notes == [f"a cell of yours fails: ImportError: shared_utils.nn.dense {SENTENCE}"]


def test_what_was_taught_before_may_be_imported(judged):
    more = """
import inspect
from shared_utils.nn import dense
from shared_utils.nn.dense_forward import deep_forward
from shared_utils.pretrained.resize import resized

assert dense.deep_forward is deep_forward and "def deep_cost" in inspect.getsource(dense)
raise ImportError(f"{resized.__name__} is there")
"""
    found, notes = judged(FOURTH, {}, more)
    assert {each.message for each in found} == {"passed"}
    assert notes == ["a cell of yours fails: ImportError: resized is there"]


def test_a_black_box_may_be_imported_and_nothing_else(judged):
    book = BOOKS["course1_nn/week1_introduction/02_why_deep_learning_now"]
    found, notes = judged(book, {}, "from shared_utils.nn import dense_forward, conv")
    assert {each.message for each in found} == {"passed"}
    assert notes == [f"a cell of yours fails: ImportError: shared_utils.nn.conv {SENTENCE}"]


def test_a_kernel_refuses_an_import_too():
    found, _ = judged_by(judge_in_kernel, THIRD, {"deep_cost": IMPORTS["a statement"]})
    assert refused(found, "deep_cost").endswith(SENTENCE)


def homonyms():
    """Each lesson with each forbidden module that holds names of its exercises, and these."""
    for book in [book for book in written() if book.runs_here]:
        names = {grade_id(cell) for cell in nbformat.read(book.release, 4).cells}
        for module in sorted(taught.forbidden(book.id)):
            if found := sorted(name for name in names if hasattr(importlib.import_module(module), name or "")):
                yield pytest.param(book, module, found, id=f"{book.name}-{module}")


@pytest.mark.parametrize("book, module, exercises", list(homonyms()))
def test_a_function_named_like_the_exercise_earns_nothing(judged, book, module, exercises):
    found, _ = judged(book, {name: f"from {module} import {name}" for name in exercises})
    own = [each for each in found if each.name.split(" (")[0] in exercises]
    assert [(each.score, SENTENCE in each.message) for each in own] == [(0, True)] * len(own)


def test_autograde_of_nbgrader_gives_nothing_for_it_either(project, book):
    build(project)
    path = submission(book, "ada")
    path.parent.mkdir(parents=True)
    answer_notebook(book, path)
    notebook = nbformat.read(path, 4)
    [cell] = [cell for cell in notebook.cells if grade_id(cell) == "double"]
    step = "def double(x):\n    return update({'x': x}, {'dx': x}, -1)['x']"
    cell.source = f"from shared_utils.nn.dense import update\n\n\n{step}"
    nbformat.write(notebook, path)
    for command in (["generate_assignment", book.week, "--force"], ["autograde", book.week]):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=project / book.course,
            env=environment_of(taught.PACKAGE.parent),
            check=True,
        )
    assert recorded_scores(book, "ada") == [("double_check", 0, 2), ("quadruple_check", 1, 1)]
