"""The mutants of behaviour: tried where they can show, and killed by a check that looks at the whole domain."""

import pytest

from course_tools.authoring import answers, behave, prove
from course_tools.authoring.lesson import read

AGREES = """
    def slow(x):
        return np.array([[2 * v for v in row] for row in x.tolist()])

    draw = lambda rng, n, m: rng.normal(0, 1, (n, m))
    checks.agrees(double, slow, draw, sizes={"n": 130, "m": 130}, real={"x": 30}, types=["x"])
"""


def proved(book, hidden=None, declared=""):
    text = book.lesson.read_text(encoding="utf-8")
    if hidden:
        old = '    checks.close("double(x)", double(secret), secret + secret)\n'
        text = text.replace(old, old + hidden)
    book.lesson.write_text(text, encoding="utf-8")
    book.answers.write_text(book.answers.read_text(encoding="utf-8") + declared, encoding="utf-8")
    lesson = read(book.lesson)
    proofs = prove.prove(lesson, answers.read(lesson))
    return proofs[0], [text for *_, text in prove.problems(lesson, proofs)]


def survivors(proof):
    return {each.what for each in proof.behaviour if not each.killed}


def test_a_check_of_a_few_values_lets_behaviours_survive(book):
    proof, problems = proved(book)
    assert {"remembered by shapes", "only the first 100", "read-only arrays refused"} <= survivors(proof)
    assert any("mutants are killed, 98% are wanted" in problem for problem in problems)


def test_a_check_of_the_domain_kills_them_all(book):
    proof, _ = proved(book, AGREES)
    assert survivors(proof) == {"number type of the first argument"}  # twice a whole number is whole
    assert len(proof.behaviour) >= 12


def test_one_that_cannot_matter_is_declared_with_its_reason(book):
    cell = '\n\n# %% equivalent="double" mutant="only the first 100" why="never longer"\n'
    proof, _ = proved(book, declared=cell)
    [declared] = [each for each in proof.behaviour if each.what == "only the first 100"]
    assert declared.reason == "never longer" and not declared.killed


@pytest.mark.parametrize(
    "mutant, problem",
    [
        ("squared", "declared equivalent, but not tried here: squared"),
        ("nothing returned", "yet killed: nothing returned"),
    ],
)
def test_a_wrong_declaration_is_said(book, mutant, problem):
    _, problems = proved(book, declared=f'\n\n# %% equivalent="double" mutant="{mutant}" why="no"\n')
    assert any(problem in found for found in problems)


def test_what_an_exercise_cannot_show_is_not_tried(book):
    names = {each.name for each in behave.applicable(behave.Recorder().facts)}
    assert names == {"nothing returned"}


def test_what_is_named_behind_a_default_that_is_left_out_reaches_the_answer():
    def scaled(x, factor=2, shift=0):
        return factor * x + shift

    rounded = behave.wrapped(scaled, lambda function: lambda *arguments: round(function(*arguments)))
    assert rounded(3.2, shift=1) == 7
