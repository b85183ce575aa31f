"""Proves the checks of a lesson: right answers pass, wrong ones fail with words that help, mutants are caught.

Nothing here needs a kernel: the lesson's set-up cell runs once, and each trial (a set of answers and the checks of one
exercise) runs in a forked child of its own, so that no trial sees another's names.
"""

import contextlib
import io
import os
import signal
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from course_tools.authoring import lesson as lessons
from course_tools.authoring.answers import Answers
from course_tools.authoring.mutate import Mutant, mutants

KILLED_AT_LEAST = 0.98
WRONGS_AT_LEAST = 3
SECONDS = 20


@dataclass
class Proof:
    """What was found for one exercise: a row of the table, and a sentence for each thing that does not hold."""

    exercise: str
    points: int = 0
    wrongs: int = 0
    alternatives: int = 0
    mutants: int = 0
    killed: int = 0
    equivalent: list[Mutant] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)
    problems: list[tuple[Path, int, str]] = field(default_factory=list)


def prove(lesson: lessons.Lesson, answers: Answers) -> list[Proof]:
    """Tries every reference, stub, wrong, alternative and mutant of a lesson; one Proof an exercise, in order.

    Raises LessonError if the set-up cell, the first code cell, fails.
    """
    setup = lesson.of("code")[0]
    names: dict = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(_compiled(lesson.path, setup), names)
    except Exception as error:
        slip = (setup.line, f"the set-up cell fails: {type(error).__name__}: {error}")
        raise lessons.LessonError.at(lesson.path, [slip]) from None
    return [_prove_exercise(lesson, answers, cell, names) for cell in lesson.of("exercise")]


def _prove_exercise(lesson: lessons.Lesson, answers: Answers, cell: lessons.Cell, names: dict) -> Proof:
    proof = Proof(cell.name)
    references = {other.name: _compiled(lesson.path, other) for other in lesson.of("exercise")}
    checks = [(check, _compiled(lesson.path, check)) for check in lesson.of("check", cell.name)]
    proof.points = sum(check.points for check, _ in checks)

    def message(answers: dict, only: Iterable = checks) -> str | None:
        return _trial(names, [*answers.values(), *(code for _, code in only)])

    def failure_of(answer: object) -> str | None:
        return message(references | {cell.name: answer})

    if (failed := message(references)) is not None:
        proof.problems.append((lesson.path, cell.line, f"the reference answer fails its check: {failed}"))
    stubs = {other.name: _compiled(lesson.path, _stub(other)) for other in lesson.of("exercise")}
    for check in checks:
        if message(stubs, [check]) is None:
            proof.problems.append((lesson.path, check[0].line, "the stub passes this check"))
    _prove_wrongs(proof, answers, failure_of)
    for alternative in answers.of("alternative", cell.name):
        proof.alternatives += 1
        if (failed := failure_of(_compiled(answers.path, alternative))) is not None:
            proof.problems.append((answers.path, alternative.line, f"this correct answer is rejected: {failed}"))
    if not proof.alternatives:
        proof.problems.append((answers.path, 1, f'{cell.name} has no cell alternative="{cell.name}"; add one'))
    _prove_mutants(proof, lesson, cell, failure_of)
    return proof


def _prove_wrongs(proof: Proof, answers: Answers, failure_of: Callable) -> None:
    for wrong in answers.of("wrong", proof.exercise):
        proof.wrongs += 1
        failed = failure_of(_compiled(answers.path, wrong))
        if failed is None:
            proof.problems.append((answers.path, wrong.line, "this wrong answer passes"))
        elif (says := wrong.marks["says"]) not in failed:
            proof.problems.append((answers.path, wrong.line, f"its message does not say “{says}”: {failed}"))
    if proof.wrongs < WRONGS_AT_LEAST:
        proof.problems.append((answers.path, 1, f"{proof.exercise} has {proof.wrongs} wrong cells; write 3"))


def _prove_mutants(proof: Proof, lesson: lessons.Lesson, cell: lessons.Cell, failure_of: Callable) -> None:
    for mutant in mutants(cell):
        failed = failure_of(compile(mutant.tree, str(lesson.path), "exec"))
        if failed is None and mutant.reason:
            proof.equivalent.append(mutant)
            continue
        proof.mutants += 1
        if failed is None:
            proof.survivors.append(mutant)
        else:
            proof.killed += 1
            if mutant.reason:
                proof.problems.append((lesson.path, mutant.line, f"declared equivalent, yet killed: {mutant.change}"))


def _compiled(path: Path, cell: lessons.Cell):
    """The cell's code with the line numbers of its file."""
    return compile("\n" * (cell.line - 1) + cell.source, str(path), "exec")


def _stub(cell: lessons.Cell) -> lessons.Cell:
    """What nbgrader leaves of an exercise: the text without its solution."""
    lines = cell.source.split("\n")
    begin, end = (next(n for n, line in enumerate(lines) if marker in line) for marker in lessons.SOLUTION)
    indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
    source = "\n".join([*lines[:begin], f"{indent}raise NotImplementedError", *lines[end + 1 :]])
    return lessons.Cell(cell.kind, cell.name, source, cell.line)


def _trial(names: dict, codes: list) -> str | None:
    """Runs the codes in a forked child; None if all went well, else the message of what failed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            # The default action of the alarm ends the child, even inside a long NumPy call.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(SECONDS)
            os.write(writer, b"+" if (failed := _run(dict(names), codes)) is None else b"-" + failed.encode()[:60000])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        return f"no answer within {SECONDS} seconds, or the process died"
    return None if answer == b"+" else answer[1:].decode(errors="replace")


def _run(names: dict, codes: list) -> str | None:
    with open(os.devnull, "w") as sink, contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        try:
            for code in codes:
                exec(code, names)
        except BaseException as error:
            return f"{type(error).__name__}: {error}"
    return None


def table(lesson: lessons.Lesson, proofs: list[Proof]) -> str:
    """The proofs as a table, then each mutant that is equivalent or survived, then each problem."""
    lines = [f"{lesson.path.parent.name}/{lesson.path.stem}"]
    lines.append(f"  {'exercise':32}{'points':>7}{'wrongs':>8}{'alternatives':>14}{'mutants':>9}{'killed':>8}")
    for proof in proofs:
        row = f"  {proof.exercise:32}{proof.points:7}{proof.wrongs:8}{proof.alternatives:14}"
        lines.append(row + f"{proof.mutants:9}{proof.killed:8}")
    for proof in proofs:
        lines += [f"  line {each.line}: equivalent: {each.change} ({each.reason})" for each in proof.equivalent]
        lines += [f"  line {each.line}: SURVIVES in {each.exercise}: {each.change}" for each in proof.survivors]
    return "\n".join(lines + [f"{path}:{line}: {text}" for path, line, text in problems(lesson, proofs)])


def problems(lesson: lessons.Lesson, proofs: list[Proof]) -> list[tuple[Path, int, str]]:
    """Everything that does not hold, as (file, line, sentence); a lesson is proved when this is empty."""
    found = [problem for proof in proofs for problem in proof.problems]
    tried, killed = sum(proof.mutants for proof in proofs), sum(proof.killed for proof in proofs)
    if tried and killed < KILLED_AT_LEAST * tried:
        survivor = next(mutant for proof in proofs for mutant in proof.survivors)
        found.append(
            (lesson.path, survivor.line, f"{killed} of {tried} mutants are killed, {KILLED_AT_LEAST:.0%} are wanted")
        )
    return sorted(found)
