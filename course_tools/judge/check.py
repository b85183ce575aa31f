"""Check cells, run in a process that reaches the learner's answers only through their stand-ins."""

import contextlib
import functools
import io
import json
import math
import os
import resource
import socket
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, TextIO

from course_tools.judge.box import Box, Late
from course_tools.judge.peer import Gone
from course_tools.judge.stand_in import Function
from shared_utils import checks

MOST = 2000  # characters of what a check says


@dataclass
class Verdict:
    """What a check found.

    Attributes:
        failed: the one-line message, or None if it passed.
        said: what the check printed.
        instead: the earlier exercises whose reference answers were called in place of wrong ones.
        alive: whether the learner's process still serves.
        late: whether its time was over.
    """

    failed: str | None
    said: str = ""
    instead: list[str] = field(default_factory=list)
    alive: bool = True
    late: bool = False


@dataclass
class Check:
    """A check as the lesson holds it.

    Attributes:
        exercise: what it judges.
        code: its code, hidden tests included.
        names: what the lesson's set-up cell defines.
        references: the reference answers, by exercise.
        scope: the names that they find.
    """

    exercise: str
    code: CodeType
    names: dict[str, Any]
    references: dict[str, Any]
    scope: dict[str, Any]


class Checker:
    """Runs the checks of one learner's process, one after another, in a process that is forked for them all.

    Forking one takes as long as many a check. As in a notebook, a check must not change what the set-up defines.

    Args:
        checks: the lesson's, by grade_id.
        box: the learner's process.
    """

    def __init__(self, checks: dict[str, Check], box: Box):
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            try:
                ours.close()
                with theirs.makefile("rw") as line:
                    _serve(line, checks, box)
            finally:
                os._exit(0)
        theirs.close()
        self._checks, self._line = checks, ours.makefile("rw")
        ours.close()

    def verdict(self, name: str, wrong: Iterable[str]) -> Verdict:
        """What the check of this name finds; `wrong` are the earlier exercises that failed theirs.

        If it fails, and would pass with the reference answers of these, it has passed. Where one of these is a class,
        it must pass with the reference class.
        """
        exercise = self._checks[name].exercise
        try:
            print(json.dumps([name, list(wrong)]), file=self._line, flush=True)
            answer = self._line.readline()
        except OSError:
            answer = ""
        if not answer:
            return Verdict(f"{exercise}: what it returned ended the check: is it very large?", alive=False)
        found = json.loads(answer)
        if "fault" in found:
            raise RuntimeError(f"the check of {exercise} ended without a verdict: {found['fault']}")
        return Verdict(**found)

    def close(self) -> None:
        """Ends the process."""
        with contextlib.suppress(OSError):
            self._line.close()


def _serve(line: TextIO, checks: dict[str, Check], box: Box) -> None:
    """Answers each request for a verdict, until nobody asks."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    for request in line:
        name, wrong = json.loads(request)
        spent = resource.getrusage(resource.RUSAGE_SELF)
        # A wait has its own limit; what is slow to unpack or to compare has this one.
        limit = math.ceil(spent.ru_utime + spent.ru_stime) + 2 * box.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
        box.references = {}
        kept = dict(checks[name].scope)
        try:
            verdict = vars(_tried(checks[name], box, wrong))
        except BaseException as error:
            traceback.print_exc()
            verdict = {"fault": repr(error)}
        checks[name].scope.update(kept)
        print(json.dumps(verdict), file=line, flush=True)


def _tried(check: Check, box: Box, wrong: list[str]) -> Verdict:
    used: list[str] = []
    try:
        verdict = _run(check, box)
        # Objects of a wrong class could tell the check that all is well.
        in_doubt = verdict.failed or any(isinstance(check.references[name], type) for name in wrong)
        if not wrong or not in_doubt:
            return verdict
        box.references = {name: _noted(check.references[name], used) for name in wrong}
        # What is lent meets objects of the learner's other classes, and must know them.
        classes = [name for name, reference in check.references.items() if isinstance(reference, type)]
        check.scope.update((name, box.function(name)) for name in classes if name not in wrong)
        box.ask(["replace", wrong])
        again = _run(check, box)
        box.ask(["restore"])
    except Late:
        why = f"it was still running after {box.seconds} seconds: is there an endless loop?"
        # Where references were lent, a new process gives the learner's own functions back.
        return Verdict(f"{check.exercise}: {why}", alive=not (box.dead or box.references), late=True)
    except Gone:
        return Verdict(f"{check.exercise}: its process ended: too much memory, or a call of exit?", alive=False)
    if verdict.failed is None:
        return verdict if again.failed is None else again
    if again.failed is None and used:
        return Verdict(None, again.said, list(dict.fromkeys(used)))
    return verdict


def _run(check: Check, box: Box) -> Verdict:
    """Executes the check's code with stand-ins for the exercises."""
    names = dict(check.names)
    for name, reference in check.references.items():
        lent = box.references.get(name)
        # A check makes objects of the class that is in force; a function it may only call on the learner's side.
        names[name] = lent if isinstance(lent, type) else box.function(name)
        if isinstance(names[name], Function):
            # Its signature tells the check how the arguments are called.
            names[name].__wrapped__ = reference
    box.begin(check.references)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            exec(check.code, names)
        except checks.CheckFailed as error:
            return Verdict(str(error)[:MOST])
        except Exception as error:
            return Verdict(f"{type(error).__name__}: {error}"[:MOST])
    return Verdict(None, said.getvalue()[:MOST])


def _noted(reference: Any, used: list[str]) -> Any:
    """The reference answer, which notes its calls; a class is left as it is, for its objects are known by it."""
    if isinstance(reference, type):
        used.append(reference.__name__)
        return reference

    @functools.wraps(reference)
    def call(*arguments: Any, **named: Any) -> Any:
        used.append(reference.__name__)
        return reference(*arguments, **named)

    return call
