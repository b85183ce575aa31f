"""Workers that judge notebooks: on this machine, or on a Dask cluster. They compute; whoever asks records.

A task and its result are plain dicts, see `course_tools.judge.notebook.judged`.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

import click

from course_tools.judge.sandbox import Limits
from course_tools.syllabus import Notebook

AHEAD = 3  # tasks a worker that are read before their turn, so that none waits and few are held
TRIES = 3

Judged = Callable[[Iterable[tuple[Any, dict]]], Iterator[tuple[Any, dict]]]

# Only Linux can fork a warm process safely and lock its children in; elsewhere a kernel runs the notebooks.
CAN_JUDGE = sys.platform == "linux"


def task_of(book: Notebook, answer: str, name: str) -> dict[str, str]:
    """The task of judging the text of an answer to a notebook, from the file `name`."""
    texts = {
        kind: path.read_text(encoding="utf-8") for kind, path in (("source", book.source), ("release", book.release))
    }
    return texts | {"answer": answer, "name": name}


class NoWorker(click.ClickException):
    """No worker can be started; the message says why and what to do."""


class Host:
    """A worker on this machine (see `course_tools.judge.host`), started at once, awaited at the first task.

    Args:
        how: "isolate", "limit", or "try": isolate if this system can.
    """

    def __init__(self, how: str, limits: Limits):
        self._how, self._limits = how, limits
        self._start()

    def judge(self, task: dict[str, str]) -> dict:
        """The result of a task. A host that dies is started anew; a task that kills it again and again is a problem.

        Raises NoWorker.
        """
        for _ in range(TRIES):
            try:
                self.why_not_isolated()
                self._process.stdin.write(json.dumps(task) + "\n")
                self._process.stdin.flush()
                if line := self._process.stdout.readline():
                    return json.loads(line)
            except BrokenPipeError:
                pass
            self._start_anew()
        return {"problem": f"{task['name']} ended its worker {TRIES} times; look at it by hand"}

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

    def _start_anew(self) -> None:
        self.close()
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "course_tools.judge.host", self._how, json.dumps(asdict(self._limits))]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self._process = subprocess.Popen(command, **pipes, start_new_session=True)
        self._greeting: dict[str, Any] | None = None


@contextmanager
def hired(workers: int, scheduler: str | None, how: str, limits: Limits) -> Iterator[Judged]:
    """So many workers on this machine, or those of a Dask cluster; they are let go at the end. Raises NoWorker."""
    if scheduler:
        yield lambda tasks: judged_by_cluster(tasks, scheduler, how, limits)
        return
    hosts = [Host(how, limits) for _ in range(workers)]
    try:
        if how == "isolate":
            hosts[0].require_isolation()
        yield lambda tasks: judged(tasks, hosts)
    finally:
        for host in hosts:
            host.close()


def judged(tasks: Iterable[tuple[Any, dict]], hosts: list[Host]) -> Iterator[tuple[Any, dict]]:
    """The result of each task with the key that came with it, as they come, from workers on this machine."""
    free = queue.SimpleQueue()
    for host in hosts:
        free.put(host)

    def judge(task: dict) -> dict:
        host = free.get()
        try:
            return host.judge(task)
        finally:
            free.put(host)

    with ThreadPoolExecutor(len(hosts)) as threads:
        yield from _as_they_come(tasks, lambda task: threads.submit(judge, task), AHEAD * len(hosts))


def judged_by_cluster(
    tasks: Iterable[tuple[Any, dict]], address: str, how: str, limits: Limits
) -> Iterator[tuple[Any, dict]]:
    """As `judged`, from the Dask cluster whose scheduler is at `address`; its machines have the course installed."""
    try:
        from distributed import Client
    except ImportError:
        raise NoWorker('a cluster wants Dask: pip install "deep-learning-course[cluster]"') from None
    try:
        client = Client(address, timeout="10s")
    except OSError:
        raise NoWorker(f"no Dask scheduler answers at {address}; start one with `dask scheduler`") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoWorker(f"the Dask scheduler at {address} has no workers; start some with `dask worker {address}`")
        executor = client.get_executor(pure=False, retries=TRIES)
        options = {"how": how, "limits": asdict(limits)}
        yield from _as_they_come(tasks, lambda task: executor.submit(judge_here, task, **options), AHEAD * threads)


_here = threading.local()


def judge_here(task: dict, how: str, limits: dict) -> dict:
    """The result of a task, from a worker that belongs to this thread and lives as long: what a cluster executes."""
    if not hasattr(_here, "host"):
        _here.host = Host(how, Limits(**limits))
        if how == "isolate":
            _here.host.require_isolation()
    return _here.host.judge(task)


def _as_they_come(
    tasks: Iterable[tuple[Any, dict]], submit: Callable[[dict], Future], most: int
) -> Iterator[tuple[Any, dict]]:
    """Keeps at most so many tasks under way, so that memory does not grow with their number."""
    running: dict[Future, Any] = {}
    for key, task in tasks:
        running[submit(task)] = key
        if len(running) >= most:
            yield from _done(running)
    while running:
        yield from _done(running)


def _done(running: dict[Future, Any]) -> Iterator[tuple[Any, dict]]:
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future.result()
