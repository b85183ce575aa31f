"""One trial: answers and checks run in a forked child, so that no trial sees another's names."""

import contextlib
import json
import linecache
import os
import random
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from course_tools.authoring.lesson import Cell
from course_tools.marks import SOLUTION

SECONDS = 20

Step = CodeType | Callable[[dict[str, Any]], Any]


def trial(names: dict[str, Any], steps: Iterable[Step]) -> str | None:
    """Runs the steps, one after another, on a copy of the names; None if all went well, else why not."""
    return asked(names, steps)[0]


def asked(names: dict[str, Any], steps: Iterable[Step]) -> tuple[str | None, Any]:
    """As `trial`; also what the last step returned, if it is a function: plain data."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            # The default action of both signals ends the child, even inside a long NumPy call. The first counts its
            # processor time alone, as others may have the machine; the second is for one that waits.
            for alarm in (signal.SIGPROF, signal.SIGALRM):
                signal.signal(alarm, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            signal.alarm(10 * SECONDS)
            answer = json.dumps(_run(dict(names), steps)).encode()
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(answer)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        return f"no answer within {SECONDS} seconds, or the process died", None
    failed, told = json.loads(answer)
    return failed, told


def _run(names: dict[str, Any], steps: Iterable[Step]) -> tuple[str | None, Any]:
    told = None
    # An answer that draws from these, and not from the generator that it is given, fails in the same way each time.
    random.seed(1)
    np.random.seed(1)
    with open(os.devnull, "w") as sink, contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        try:
            for step in steps:
                told = step(names) if callable(step) else exec(step, names)
        except BaseException as error:
            return f"{type(error).__name__}: {error}"[:60000], None
    return None, told


def compiled(path: Path, cell: Cell) -> CodeType:
    """The cell's code with the line numbers of its file, under a file name of its own, as a notebook's cells have."""
    text = "\n" * (cell.line - 1) + cell.source
    name = file_of(path, cell)
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    return compile(text, name, "exec")


def file_of(path: Path, cell: Cell) -> str:
    """The name under which a cell's code is compiled."""
    return f"{path}:{cell.line}"


def stub(cell: Cell) -> Cell:
    """What nbgrader leaves of an exercise: the text without its solution."""
    lines = cell.source.split("\n")
    begin, end = (next(n for n, line in enumerate(lines) if marker in line) for marker in SOLUTION)
    indent = lines[begin][: len(lines[begin]) - len(lines[begin].lstrip())]
    source = "\n".join([*lines[:begin], f"{indent}raise NotImplementedError", *lines[end + 1 :]])
    return Cell(cell.kind, cell.name, source, cell.line)
