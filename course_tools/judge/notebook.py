"""Judging one notebook: the learner's cells run in a box, the checks beside it; the outputs go into the notebook."""

import importlib.util
import signal
import time
from contextlib import closing
from functools import lru_cache
from itertools import takewhile

import nbformat
from nbformat import NotebookNode, v4

from course_tools.judge import answer_key, check
from course_tools.judge.answer_key import Lesson
from course_tools.judge.box import Box, Late
from course_tools.judge.outcome import failure
from course_tools.judge.peer import Gone
from course_tools.judge.repair import Unreadable, parsed, repaired
from course_tools.judge.task import Result, Task
from course_tools.judge.warm import Warm
from course_tools.marks import grade_id

READING = 60  # seconds for reading and repairing a notebook, which some HTML makes slow
WHOLE = 20  # cells' time for the whole notebook
SHOWN = 8 * 2**20  # bytes of all outputs, pictures included
HURRY = 10  # what part of all its time a hurried judgement has
STARTS = 4  # how often a process that ended is started
IMPORT_FAILS = ("ImportError", "ModuleNotFoundError")


def judge(task: Task, warm: Warm) -> Result:
    """The result of a task.

    Raises ConnectionError if the warm process has ended.
    """
    if task.needs and importlib.util.find_spec(task.needs) is None:
        return Result(problem=f"{task.name} needs {task.needs}: pip install {task.needs}, then grade it again")
    part = HURRY if task.hurried else 1
    seconds = max(1, warm.limits.seconds // part)
    run = Run(answer_key.read(task.lesson, task.source), warm, bool(task.needs), seconds, task.hurried)
    signal.signal(signal.SIGALRM, _too_long)
    with closing(run):
        signal.alarm(READING // part)
        try:
            answer = parsed(task.answer, task.name)
            notebook, notes = repaired(answer, _released(task.release))
        except Unreadable as error:
            return Result(problem=str(error))
        except TimeoutError:
            if task.hurried:
                return Result(late=True)
            return Result(problem=f"{task.name} cannot be read in {READING} seconds; take out its longest text cells")
        finally:
            signal.alarm(0)
        run.judge(notebook)
    set_up, *others = (cell for cell in notebook.cells if cell.cell_type == "code")
    if why := failure(set_up):
        notes.append(f"the set-up cell fails: {why}")
    failures = [failure(cell) or "" for cell in others if grade_id(cell) is None]
    notes += [f"a cell of yours fails: {why}" for why in failures if why.startswith(IMPORT_FAILS)]
    # Half a character, as some editors leave, can be printed but not saved.
    text = v4.writes(notebook).encode(errors="replace").decode()
    return Result(text, notes, late=run.late or time.monotonic() > run.end)


@lru_cache(maxsize=2)
def _released(text: str) -> NotebookNode:
    return nbformat.reads(text, 4)


def _too_long(*_: object) -> None:
    raise TimeoutError


class Run:
    """One notebook being judged.

    Attributes:
        late: whether the time of a cell or a check was over.
        end: when that of the whole notebook is over.
    """

    def __init__(self, lesson: Lesson, warm: Warm, roomy: bool, seconds: int, hurried: bool):
        self._lesson, self._warm, self._roomy, self._hurried = lesson, warm, roomy, hurried
        # The first one is ordered already: until it is there, the notebook is read.
        self._ordered: tuple | None = warm.order(roomy)
        self._box: Box | None = None
        self._checker: check.Checker | None = None
        self._seconds = seconds
        self._starts, self.end = 0, time.monotonic() + WHOLE * self._seconds
        self._ended = False
        self._ran: list[str] = []
        self._shown = 0
        self.late = False
        self._wrong: list[str] = []
        self._waiting: list[str] = []

    def judge(self, notebook: NotebookNode) -> None:
        """Executes a repaired notebook in place: its code cells get their outputs, the checks their hidden tests.

        A cell that stands in the lesson as it is, and is neither the set-up cell nor an exercise, is executed only if
        something that the learner wrote turns out to need what it defines.
        """
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(code):
            name = grade_id(cell)
            if name in self._lesson.checks:
                cell.source = self._lesson.sources[name]
                cell.outputs = self._check(name)
            elif number and name is None and cell.source.strip() in self._lesson.given:
                self._waiting.append(cell.source)
                continue
            else:
                cell.outputs = self._run(cell.source)
                if self._waiting and any(output.get("ename") == "NameError" for output in cell.outputs):
                    self._catch_up()
                    cell.outputs = self._run(cell.source)
            cell.execution_count = number + 1
            self._shown += len(str(cell.outputs).encode(errors="replace"))
            if self._shown > SHOWN and name not in self._lesson.checks:
                cell.outputs = [_error("OutputError", f"not kept: a notebook may show {SHOWN:,} bytes in all")]
        if self._ended:
            # No learner is charged with the end of the warm process, which ends all that it forked.
            Box(self._warm).close()

    def close(self) -> None:
        """Ends the learner's process, be it there or only ordered."""
        self._drop()
        for each in self._ordered or ():
            each.close()

    def _run(self, source: str) -> list[NotebookNode]:
        if (box := self._ready()) is None:
            return [_error("TimeoutError", "not run: earlier cells ended their process, or took all the time")]
        box.deadline = min(time.monotonic() + self._seconds, self.end)
        try:
            outputs = box.run(source)
        except Late:
            self._drop()
            self.late = True
            return [
                _error(
                    "CellTimeoutError", f"it was still running after {self._seconds} seconds: is there an endless loop?"
                )
            ]
        except Gone:
            self._drop()
            self._ended = True
            return [_error("DeadKernelError", "the process ended: too much memory, or a call of exit?")]
        if any(output.get("ename") == "KeyboardInterrupt" for output in outputs):
            self.late = True
        else:
            self._ran.append(source)
        return outputs

    def _check(self, name: str) -> list[NotebookNode]:
        verdict = self._verdict(name)
        if verdict.failed and "NameError" in verdict.failed and self._waiting:
            self._catch_up()
            verdict = self._verdict(name)
        exercise = self._lesson.checks[name].exercise
        if verdict.failed:
            if exercise not in self._wrong:
                self._wrong.append(exercise)
            return [_error("CheckFailed", verdict.failed)]
        if verdict.instead:
            verdict.said += f"{exercise}: with the right {' and '.join(verdict.instead)} in place of yours\n"
        return [v4.new_output("stream", name="stdout", text=verdict.said)]

    def _verdict(self, name: str) -> check.Verdict:
        this = self._lesson.checks[name]
        if (box := self._ready()) is None:
            return check.Verdict(
                f"{this.exercise}: not checked, as earlier cells ended their process or took all the time"
            )
        # In the lesson's order, whatever the learner's is: a later answer is often made of the earlier ones.
        earlier = takewhile(lambda name: name != this.exercise, this.references)
        if self._checker is None:
            self._checker = check.Checker(self._lesson.checks, box)
        verdict = self._checker.verdict(name, [name for name in earlier if name in self._wrong])
        self.late |= verdict.late
        if not verdict.alive:
            self._drop()
            self._ended = True
        return verdict

    def _catch_up(self) -> None:
        """Executes the given cells that were left out so far."""
        waiting, self._waiting = self._waiting, []
        for source in waiting:
            self._run(source)

    def _ready(self) -> Box | None:
        """The learner's process, started anew with the cells that went well if it has ended; None if it may not be.

        Nor in a hurry when something was late: all will be judged again.
        """
        if self._hurried and self.late:
            return None
        while self._box is None and self._starts < STARTS and time.monotonic() < self.end:
            self._starts += 1
            ordered, self._ordered = self._ordered or self._warm.order(self._roomy), None
            self._box = Box(self._warm, self._lesson.classes, self._lesson.withheld, ordered)
            self._box.seconds, self._box.deadline = self._seconds, min(time.monotonic() + self._seconds, self.end)
            for source in list(self._ran):
                try:
                    self._box.run(source)
                except Gone:
                    # It went well only because what it began ended the process later: the others go without it.
                    self._ran.remove(source)
                    self._drop()
                    break
        return self._box

    def _drop(self) -> None:
        # Both hold the line to the learner's process, which ends when nobody does.
        for each in filter(None, (self._checker, self._box)):
            each.close()
        self._checker = self._box = None


def _error(kind: str, message: str) -> NotebookNode:
    return v4.new_output("error", ename=kind, evalue=message, traceback=[f"{kind}: {message}"])
