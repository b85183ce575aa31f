"""Workers that judge notebooks: on this machine, or on a Dask cluster. They compute; whoever asks records."""

import itertools
import json
import os
import queue
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, Literal

import click

from course_tools.judge.sandbox import Limits, environment
from course_tools.judge.task import Result, Task
from course_tools.syllabus import Notebook

AHEAD = 3  # tasks a worker that are read before their turn, so that none waits and few are held
TRIES = 3
# A worker keeps to its own limits (see judge/notebook.py); one that does not come back in twice that time is replaced.
CELLS, READING = 40, 180

How = Literal["isolate", "limit", "try"]
Tasks = Iterable[tuple[Any, Task]]
Results = Iterator[tuple[Any, Result]]

# Only Linux can fork a warm process safely and lock its children in; elsewhere a kernel runs the notebooks.
CAN_JUDGE = sys.platform == "linux"


def task_of(book: Notebook, answer: str, name: str) -> Task:
    """The task of judging the text of an answer to a notebook, from the file `name`."""
    source, release = (path.read_text(encoding="utf-8") for path in (book.source, book.release))
    return Task(book.id, source, release, answer, name, book.needs)


class NoWorker(click.ClickException):
    """No worker can be started; the message says why and what to do."""


class Worker:
    """A worker on this machine (see `course_tools.judge.worker`), started at once, awaited at the first task.

    Args:
        how: "isolate", "limit", or "try": isolate if this system can.
        core: the only one that it and its learners' processes run on. A check and an answer wait for each other, and
            another core takes longer to wake than this one to turn from the one to the other.
    """

    def __init__(self, how: How, limits: Limits, core: int | None = None):
        self._how, self._limits, self._core = how, limits, core
        self._start()

    def judge(self, task: Task) -> Result:
        """The result of a task. A worker that dies is started anew; a task that kills it again and again is a problem.

        Raises NoWorker.
        """
        for _ in range(TRIES):
            hung = threading.Event()
            watchdog = threading.Timer(CELLS * self._limits.seconds + READING, self._kill, [hung])
            try:
                self.why_not_isolated()
                watchdog.start()
                self._process.stdin.write(json.dumps(asdict(task)) + "\n")
                self._process.stdin.flush()
                if line := self._process.stdout.readline():
                    return Result(**json.loads(line))
            except BrokenPipeError:
                pass
            finally:
                watchdog.cancel()
            self._start_anew()
            if hung.is_set():
                return Result(problem=f"{task.name} was not judged in time; look at it by hand")
        return Result(problem=f"{task.name} ended its worker {TRIES} times; look at it by hand")

    def why_not_isolated(self) -> str:
        """Why this worker cannot lock learners' code in; empty if it can. Raises NoWorker if it does not start."""
        for _ in range(TRIES):
            if self._greeting is None and (line := self._process.stdout.readline()):
                self._greeting = json.loads(line)
            if self._greeting is not None:
                return self._greeting["why_not"]
            self._start_anew()
        raise NoWorker("the worker that judges notebooks did not start; run `make lab` or `make test` once")

    def require_isolation(self) -> None:
        """Raises NoWorker if this worker cannot lock learners' code in."""
        if why_not := self.why_not_isolated():
            raise NoWorker(
                f"this system cannot lock the code of submissions in ({why_not}), so they could read and change what "
                "you can; grade where the kernel grants namespaces, or say --no-sandbox where there is nothing to lose"
            )

    def close(self) -> None:
        """Ends the worker and its warm process."""
        # What a worker that has died did not read cannot be written any more.
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _kill(self, hung: threading.Event) -> None:
        hung.set()
        self._process.kill()

    def _start_anew(self) -> None:
        self.close()
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "course_tools.judge.worker", self._how, json.dumps(asdict(self._limits))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self._process = subprocess.Popen(command, **pipes, env=environment(), start_new_session=True)
        if self._core is not None:
            with suppress(ProcessLookupError):
                os.sched_setaffinity(self._process.pid, [self._core])
        self._greeting: dict[str, Any] | None = None


def cores() -> list[int]:
    """The cores that this process may use, in any order, as other runs take some too."""
    found = list(os.sched_getaffinity(0))
    random.shuffle(found)
    return found


@contextmanager
def hired(workers: int, how: How, limits: Limits) -> Iterator[Callable[[Tasks], Results]]:
    """What judges tasks: so many workers here, let go at the end. It raises NoWorker before the first task."""
    hands = [Worker(how, limits, core) for core in itertools.islice(itertools.cycle(cores()), workers)]

    def judge(tasks: Tasks) -> Results:
        if how == "isolate":
            hands[0].require_isolation()
        return results_of(tasks, hands)

    try:
        yield judge
    finally:
        for worker in hands:
            worker.close()


def results_of(tasks: Tasks, workers: list[Worker]) -> Results:
    """The result of each task with the key that came with it, as they come, from workers on this machine."""
    free = queue.SimpleQueue()
    for worker in workers:
        free.put(worker)

    def judge(task: Task) -> Result:
        worker = free.get()
        try:
            return worker.judge(task)
        finally:
            free.put(worker)

    with ThreadPoolExecutor(len(workers)) as threads:
        for key, future in as_they_come(tasks, lambda task: threads.submit(judge, task), AHEAD * len(workers)):
            yield key, future.result()


def as_they_come(tasks: Tasks, submit: Callable[[Task], Future], most: int) -> Iterator[tuple[Any, Future]]:
    """Keeps at most so many tasks under way, so that memory does not grow with their number."""
    running: dict[Future, Any] = {}
    for key, task in tasks:
        running[submit(task)] = key
        if len(running) >= most:
            yield from _done(running)
    while running:
        yield from _done(running)


def _done(running: dict[Future, Any]) -> Iterator[tuple[Any, Future]]:
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future
