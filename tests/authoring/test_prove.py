import os
import time

import pytest

from course_tools.authoring import answers, prove, trial
from course_tools.authoring.lesson import LessonError, read
from course_tools.authoring.mutate import mutants
from course_tools.authoring.prove_all import prove_lessons

LESSON = "course1_nn/lessons/week1/01_double.py"


DOMAIN = """
    def slow(x):
        return np.array([[NUMBER * v for v in row] for row in x.tolist()])

    draw = lambda rng, n, m: rng.normal(0, 1, (n, m))
    checks.agrees(EXERCISE, slow, draw, sizes={"n": 130, "m": 130}, real={"x": 30}, types=["x"])
"""
SAME_TYPE = (
    '\n# %% equivalent="{0}" mutant="number type of the first argument" why="a product of whole numbers is whole"\n'
)


def over_the_domain(exercise, number, before):
    """The change of the lesson that makes the check of an exercise look at a whole domain."""
    return before, before + DOMAIN.replace("EXERCISE", exercise).replace("NUMBER", number)


SOUND = (
    over_the_domain("double", "2", '    checks.close("double(x)", double(secret), secret + secret)'),
    over_the_domain("quadruple", "4", '    checks.close("quadruple(-3)", quadruple(-3), -12)'),
    *(
        (f'\n\n# %% alternative="{name}"', SAME_TYPE.format(name) + f'\n\n# %% alternative="{name}"')
        for name in ("double", "quadruple")
    ),
)


def proved(project, *changes):
    """The table and the problems of the small lesson, made sound, then changed."""
    path = project / LESSON
    texts = {file: file.read_text(encoding="utf-8") for file in (path, answers.path_of(path))}
    for old, new in [*SOUND, *changes]:
        file = next(file for file, text in texts.items() if old in text)
        texts[file] = texts[file].replace(old, new, 1)
        file.write_text(texts[file], encoding="utf-8")
    lesson = read(path)
    proofs = prove.prove(lesson, answers.read(lesson))
    return prove.table(lesson, proofs), [text for *_, text in prove.problems(lesson, proofs)]


def test_a_sound_lesson_is_proved(project):
    text, problems = proved(project)
    assert problems == []
    assert "double" in text and "SURVIVES" not in text


@pytest.mark.parametrize(
    "old, new, problem",
    [
        ("    return 2 * x\n", "    return 3 * x\n", "the reference answer fails its check"),
        ('says="half"', 'says="transposed"', "its message does not say “transposed”"),
        ("def double(x):\n    return x + x", "def double(x):\n    return x * x", "this correct answer is rejected"),
        ('# %% alternative="double"\ndef double(x):\n    return x + x\n', "", 'has no cell alternative="double"'),
        ('# %% wrong="double" says="half"\ndef double(x):\n    return x\n', "", "double has 2 wrong cells; write 3"),
    ],
)
def test_what_does_not_hold_is_said(project, old, new, problem):
    _, problems = proved(project, (old, new))
    assert any(problem in found for found in problems)


def test_a_check_that_looks_at_too_little_lets_mutants_survive(project):
    weak = ("checks.agrees(double, slow, draw, ", 'checks.shape("d", double(secret), (3,))\n    dict(')
    hidden = ('checks.close("double(x)", double(secret), secret + secret)', "pass")
    visible = ('checks.close("double([1, 3])", double(np.array([1.0, 3.0])), [2.0, 6.0])', "double(1)")
    text, problems = proved(project, weak, hidden, visible)
    assert "this wrong answer passes" in problems
    assert "SURVIVES in double: 2 → 3" in text
    assert any("mutants are killed, 98% are wanted" in problem for problem in problems)


def test_a_mutant_declared_equivalent_that_is_caught_is_a_slip(project):
    clause = '  # equivalent "is → is not": no reason'
    _, problems = proved(project, ("    return 2 * x\n", f"    return 2 * x if x is x else 0{clause}\n"))
    assert "declared equivalent, yet killed: is → is not" in problems


def test_an_equivalent_mutant_that_survives_does_not_count(project):
    clause = '  # equivalent "1 → 2": anything true will do'
    text, _ = proved(project, ("    return 2 * x\n", f"    if 1:{clause}\n        return 2 * x\n"))
    assert "equivalent: 1 → 2 (anything true will do)" in text


@pytest.mark.parametrize("endless", ["while True: pass", "import time; time.sleep(100)"])
def test_an_endless_answer_is_stopped(project, monkeypatch, endless):
    monkeypatch.setattr(trial, "SECONDS", 1)
    start = time.perf_counter()
    _, problems = proved(project, ("def double(x):\n    return x + x", f"def double(x):\n    {endless}"))
    assert any("no answer within 1 seconds" in problem for problem in problems)
    assert time.perf_counter() - start < 40


def test_a_dying_answer_harms_nobody_else(project):
    _, problems = proved(project, ("def double(x):\n    return x + x", "def double(x):\n    import os; os._exit(3)"))
    assert any("the process died" in problem for problem in problems)


def test_trials_do_not_see_each_other(project):
    marker = "PROVE_TEST_MARK"
    change = (
        "def double(x):\n    return x + x",
        f"import os; os.environ['{marker}'] = '1'\ndef double(x):\n    return x + x",
    )
    _, problems = proved(project, change)
    assert problems == [] and marker not in os.environ


def test_mutants_change_the_solution_only(book):
    lesson = read(book.lesson)
    found = [(mutant.line, mutant.change) for mutant in mutants(lesson.of("exercise", "double")[0])]
    line = lesson.path.read_text(encoding="utf-8").splitlines().index("    return 2 * x") + 1
    assert found == [(line, "* → /"), (line, "2 → 3"), (line, "2 → 1")]


def test_a_set_up_cell_that_fails_is_named(project):
    with pytest.raises(LessonError, match="01_double.py:5: the set-up cell fails: ModuleNotFoundError"):
        proved(project, ("import numpy as np", "import numpie as np"))


def test_many_lessons_at_once(project, book, tmp_path):
    assert proved(project)[1] == []
    broken = tmp_path / "broken.py"
    broken.write_text("x = 1\n")
    (_, none), (_, (slip, *_)) = prove_lessons([book.lesson, broken])
    assert none == [] and slip.startswith(f"{broken}:1: ")
    with pytest.raises(LessonError):
        read(broken)
