import shutil
from pathlib import Path

import nbformat
import pytest

from course_tools.authoring.build import build, differences
from course_tools.authoring.lesson import LessonError
from course_tools.syllabus import written

RELEASE = "course1_nn/release/week1/01_double.ipynb"


@pytest.fixture
def built(project):
    build(project)
    return project


def test_the_same_lesson_gives_the_same_bytes(built):
    first = (built / RELEASE).read_bytes()
    shutil.rmtree(built / "course1_nn" / "release")
    build(built)
    assert (built / RELEASE).read_bytes() == first
    assert build(built) == []


def test_a_release_holds_stubs_and_visible_checks_only(built):
    text = (built / RELEASE).read_text(encoding="utf-8")
    assert "raise NotImplementedError" in text
    assert "return 2 * x" not in text
    assert "HIDDEN" not in text and "secret" not in text
    assert "return x + x" not in text


def test_cells_carry_what_nbgrader_needs(built):
    notebook = nbformat.read(built / RELEASE, 4)
    nbformat.validate(notebook)
    marks = {cell.id: cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert list(marks) == ["double", "double_check", "quadruple", "quadruple_check"]
    assert marks["double"].solution and not marks["double"].locked
    assert [cell.id for cell in notebook.cells if cell.metadata.get("jupyter") == {"source_hidden": True}] == [
        "double_check",
        "quadruple_check",
    ]
    assert marks["double_check"].grade and marks["double_check"].locked and marks["double_check"].points == 2


def test_an_exact_release_has_no_differences(built):
    assert differences(built) == []


@pytest.mark.parametrize(
    "damage, problem",
    [
        (lambda path: path.unlink(), "is missing; run `course build`"),
        (lambda path: path.write_text(path.read_text().replace("Multiply", "Divide")), "differs from its lesson"),
        (lambda path: path.with_name("99_old.ipynb").write_text("{}"), "99_old.ipynb has no lesson; remove it"),
    ],
)
def test_a_difference_is_named_with_its_remedy(built, damage, problem):
    damage(built / RELEASE)
    [difference] = differences(built)
    assert problem in difference


def test_a_stale_readme_is_a_difference(built):
    lesson = built / "course1_nn" / "lessons" / "week1" / "01_double.py"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("points=2", "points=5"), encoding="utf-8")
    assert any("course1_nn/README.md differs" in problem for problem in differences(built))


def test_nothing_is_written_if_a_lesson_has_a_slip(built):
    lesson = built / "course1_nn" / "lessons" / "week1" / "01_double.py"
    before = (built / RELEASE).read_bytes()
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("points=2", "points=0"), encoding="utf-8")
    with pytest.raises(LessonError, match="01_double.py:19: .*a whole number above 0"):
        build(built)
    assert (built / RELEASE).read_bytes() == before


def test_magics_are_live_in_the_notebook(built):
    lesson = built / "course1_nn" / "lessons" / "week1" / "01_double.py"
    lesson.write_text(lesson.read_text(encoding="utf-8") + "\n# %%\n# %timeit double(3)\n", encoding="utf-8")
    build(built)
    assert nbformat.read(built / RELEASE, 4).cells[-1].source == "%timeit double(3)"


def test_one_lesson_is_built_alone(built):
    (built / RELEASE).unlink()
    (built / "course1_nn" / "README.md").unlink()
    assert build(built, written(built)) == [Path(RELEASE)]
    assert differences(built, written(built)) == []
    assert differences(built) == ["course1_nn/README.md is missing; run `course build` and commit the result"]


@pytest.mark.parametrize(
    "line, problem",
    [
        ("from shared_utils.nn import dense", "shared_utils.nn.dense holds what course1_nn/week4_"),
        (
            "import shared_utils.pretrained.squeezenet as s",
            "shared_utils.pretrained.squeezenet holds what course4_cnn/",
        ),
        ("from shared_utils.nn.dense import update  # black box:", "end the line of the import with `# black box: `"),
        ("from shared_utils.nn.dense import update  # black box: it is taught later", None),
        ("from shared_utils.pretrained.resize import resized", None),
    ],
)
@pytest.mark.parametrize("where", ["import numpy as np\n", "    return 2 * x\n", "    secret = np.array"])
def test_an_import_of_what_is_not_taught_yet_is_a_slip(built, where, line, problem):
    lesson = built / "course1_nn" / "lessons" / "week1" / "01_double.py"
    text = lesson.read_text(encoding="utf-8")
    indented = where[: len(where) - len(where.lstrip())] + line
    lesson.write_text(text.replace(where, f"{indented}\n{where}", 1), encoding="utf-8")
    if problem is None:
        build(built)
        return
    number = text[: text.index(where)].count("\n") + 1
    with pytest.raises(LessonError, match=f"01_double.py:{number}: .*") as raised:
        build(built)
    assert problem in str(raised.value)
