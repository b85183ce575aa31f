"""Proves the checks of a lesson: right answers pass, wrong ones fail with words that help, mutants are caught.

Nothing here needs a kernel: the lesson's set-up cell runs once, and each trial (a set of answers and the checks of one
exercise) runs in a forked child of its own.
"""

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from course_tools.authoring import behave
from course_tools.authoring import lesson as lessons
from course_tools.authoring.answers import Answers
from course_tools.authoring.mutate import borrowers, mutants
from course_tools.authoring.trial import Step, asked, compiled, file_of, stub, trial
from course_tools.marks import HIDDEN

KILLED_AT_LEAST = 0.98
WRONGS_AT_LEAST = 3


@dataclass(frozen=True)
class Tried:
    """A mutant that was tried: what it does wrong, in which line (of the answers, if it is declared there)."""

    what: str
    line: int
    reason: str
    killed: bool


@dataclass
class Proof:
    """What was found for one exercise: a row of the table, and a sentence for each thing that does not hold."""

    exercise: str
    points: int = 0
    wrongs: int = 0
    alternatives: int = 0
    text: list[Tried] = field(default_factory=list)
    behaviour: list[Tried] = field(default_factory=list)
    problems: list[tuple[Path, int, str]] = field(default_factory=list)


def prove(lesson: lessons.Lesson, answers: Answers) -> list[Proof]:
    """Tries every reference, stub, wrong, alternative and mutant of a lesson; one Proof an exercise, in order.

    Raises LessonError if the set-up cell, the first code cell, fails.
    """
    setup = lesson.of("code")[0]
    names: dict = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compiled(lesson.path, setup), names)
    except Exception as error:
        slip = (setup.line, f"the set-up cell fails: {type(error).__name__}: {error}")
        raise lessons.LessonError.at(lesson.path, [slip]) from None
    return [_Exercise(lesson, answers, cell, names).proved() for cell in lesson.of("exercise")]


class _Exercise:
    """One exercise being proved."""

    def __init__(self, lesson: lessons.Lesson, answers: Answers, cell: lessons.Cell, names: dict[str, Any]):
        self._lesson, self._answers, self._cell, self._names = lesson, answers, cell, names
        self._references = {other.name: compiled(lesson.path, other) for other in lesson.of("exercise")}
        self._cells = lesson.of("check", cell.name)
        self._checks = [compiled(lesson.path, check) for check in self._cells]
        self._proof = Proof(cell.name, points=sum(check.points for check in self._cells))

    def proved(self) -> Proof:
        self._reference_and_stub()
        self._wrongs()
        self._alternatives()
        self._mutants_of_text()
        self._mutants_of_behaviour()
        return self._proof

    def _failure(self, answer: CodeType, *more: Step) -> str | None:
        """Why the checks fail with this answer (and what `more` steps make of it), the others being right."""
        return trial(self._names, [*(self._references | {self._cell.name: answer}).values(), *more, *self._checks])

    def _problem(self, path: Path, line: int, text: str) -> None:
        self._proof.problems.append((path, line, text))

    def _reference_and_stub(self) -> None:
        path = self._lesson.path
        if (failed := self._failure(self._references[self._cell.name])) is not None:
            self._problem(path, self._cell.line, f"the reference answer fails its check: {failed}")
        stubs = [compiled(path, stub(other)) for other in self._lesson.of("exercise")]
        for cell, check in zip(self._cells, self._checks, strict=True):
            if trial(self._names, [*stubs, check]) is None:
                self._problem(path, cell.line, "the stub passes this check")

    def _wrongs(self) -> None:
        path = self._answers.path
        for wrong in self._answers.of("wrong", self._cell.name):
            self._proof.wrongs += 1
            failed = self._failure(compiled(path, wrong))
            if failed is None:
                self._problem(path, wrong.line, "this wrong answer passes")
            elif (says := wrong.marks["says"]) not in failed:
                self._problem(path, wrong.line, f"its message does not say “{says}”: {failed}")
        if self._proof.wrongs < WRONGS_AT_LEAST:
            self._problem(path, 1, f"{self._cell.name} has {self._proof.wrongs} wrong cells; write {WRONGS_AT_LEAST}")

    def _alternatives(self) -> None:
        path = self._answers.path
        for alternative in self._answers.of("alternative", self._cell.name):
            self._proof.alternatives += 1
            if (failed := self._failure(compiled(path, alternative))) is not None:
                self._problem(path, alternative.line, f"this correct answer is rejected: {failed}")
        if not self._proof.alternatives:
            self._problem(path, 1, f'{self._cell.name} has no cell alternative="{self._cell.name}"; add one')

    def _mutants_of_text(self) -> None:
        path, file = self._lesson.path, file_of(self._lesson.path, self._cell)
        for mutant in mutants(self._cell):
            killed = self._failure(compile(mutant.tree, file, "exec")) is not None
            self._proof.text.append(Tried(mutant.change, mutant.line, mutant.reason, killed))
            if killed and mutant.reason:
                self._problem(path, mutant.line, f"declared equivalent, yet killed: {mutant.change}")
        for mutant in borrowers(self._cell):
            # Whatever it is: the answer must not read it.
            there = dict.fromkeys([mutant.change.partition(":")[0]], np.ones((2, 2)))
            killed = self._failure(compile(mutant.tree, file, "exec"), lambda names, there=there: names.update(there))
            self._proof.text.append(Tried(mutant.change, mutant.line, "", killed is not None))

    def _mutants_of_behaviour(self) -> None:
        declared = {cell.marks["mutant"]: cell for cell in self._answers.of("equivalent", self._cell.name)}
        for name, steps in self._behaviours():
            killed = self._failure(self._references[self._cell.name], *steps) is not None
            cell = declared.pop(name, None)
            line, reason = (cell.line - 1, cell.marks["why"]) if cell else (self._cell.line, "")
            self._proof.behaviour.append(Tried(name, line, reason, killed))
            if killed and cell:
                self._problem(self._answers.path, line, f"declared equivalent, yet killed: {name}")
        for name, cell in declared.items():
            self._problem(self._answers.path, cell.line - 1, f"declared equivalent, but not tried here: {name}")

    def _behaviours(self) -> Iterator[tuple[str, list[Step]]]:
        """Each mutant of behaviour that fits the exercise: its name, and what makes the reference answer behave so."""

        def wrapping(wrap: Callable) -> Step:
            return lambda names: names.update({self._cell.name: behave.wrapped(names[self._cell.name], wrap)})

        def is_function(names: dict[str, Any]) -> bool:
            return not isinstance(names[self._cell.name], type)

        recorder, table = behave.Recorder(), behave.Table()
        right = list(self._references.values())
        if not asked(self._names, [*right, is_function])[1]:
            return
        look = [*right, wrapping(recorder), *self._checks, lambda names: recorder.facts]
        facts = asked(self._names, look)[1] or recorder.facts
        for each in behave.applicable(facts):
            yield each.name, [wrapping(each.wrap)]
        reference = self._references[self._cell.name]
        shown = [compiled(self._lesson.path, _visible(check)) for check in self._cells]
        yield "visible answers remembered", [wrapping(table.learn), *shown, reference, wrapping(table.answer)]


def _visible(check: lessons.Cell) -> lessons.Cell:
    """A check cell without its hidden tests."""
    lines = check.source.split("\n")
    begin, end = (next(n for n, line in enumerate(lines) if marker in line) for marker in HIDDEN)
    return lessons.Cell("check", check.name, "\n".join([*lines[:begin], *lines[end + 1 :]]), check.line)


def table(lesson: lessons.Lesson, proofs: list[Proof]) -> str:
    """The proofs as a table, then each mutant that is equivalent or survived."""
    lines = [f"{lesson.path.parent.name}/{lesson.path.stem}"]
    lines.append(f"  {'exercise':28}{'points':>7}{'wrongs':>8}{'alternatives':>14}{'text':>12}{'behaviour':>12}")
    for proof in proofs:
        row = f"  {proof.exercise:28}{proof.points:7}{proof.wrongs:8}{proof.alternatives:14}"
        lines.append(row + f"{_share(proof.text):>12}{_share(proof.behaviour):>12}")
    lines.append(f"  killed, equivalents apart: {_share(_all_tried(proofs))}")
    for proof in proofs:
        for each in [*proof.text, *proof.behaviour]:
            if each.reason and not each.killed:
                lines.append(f"  line {each.line}: equivalent: {each.what} ({each.reason})")
            elif not each.killed:
                lines.append(f"  line {each.line}: SURVIVES in {proof.exercise}: {each.what}")
    return "\n".join(lines)


def problems(lesson: lessons.Lesson, proofs: list[Proof]) -> list[tuple[Path, int, str]]:
    """Everything that does not hold, as (file, line, sentence); a lesson is proved when this is empty."""
    found = [problem for proof in proofs for problem in proof.problems]
    tried = [each for each in _all_tried(proofs) if not each.reason]
    survivors = [each for each in tried if not each.killed]
    if len(survivors) > (1 - KILLED_AT_LEAST) * len(tried):
        share = f"{len(tried) - len(survivors)} of {len(tried)} mutants are killed, {KILLED_AT_LEAST:.0%} are wanted"
        found.append((lesson.path, survivors[0].line, share))
    return sorted(found)


def _all_tried(proofs: Iterable[Proof]) -> list[Tried]:
    return [each for proof in proofs for each in [*proof.text, *proof.behaviour]]


def _share(tried: list[Tried]) -> str:
    counted = [each for each in tried if not each.reason]
    return f"{sum(each.killed for each in counted)}/{len(counted)}"
