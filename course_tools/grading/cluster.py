"""Judging on a Dask cluster: who has its keys belongs to it, and nothing but text comes back.

A worker is sent hidden tests, and what it returns becomes grades; Dask itself runs what a member sends. So the
connection is TLS with a certificate on both sides, or stays on this machine.
"""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from course_tools.grading.workers import AHEAD, TRIES, How, NoWorker, Results, Tasks, Worker, as_they_come
from course_tools.judge.sandbox import Limits
from course_tools.judge.task import Result, Task

KEYS = ("ca.pem", "cert.pem", "key.pem")
HERE = ("127.0.0.1", "::1", "localhost")


@contextmanager
def on_cluster(address: str, keys: Path | None, how: How, limits: Limits) -> Iterator[Callable[[Tasks], Results]]:
    """What judges tasks on the Dask cluster whose scheduler is at `address`; its machines have this package.

    Args:
        keys: the folder with the cluster's ca.pem and this machine's cert.pem and key.pem; None for this machine alone.

    Raises NoWorker.
    """
    with _client(address, keys) as client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoWorker(f"the Dask scheduler at {address} has no workers; start some with `dask worker {address}`")
        executor = client.get_executor(pure=False, retries=TRIES)
        options = {"how": how, "limits": asdict(limits)}

        def submit(task: Task) -> Future:
            return executor.submit(judge_here, json.dumps(asdict(task)), **options)

        def judge(tasks: Tasks) -> Results:
            return ((key, result_of(_returned(future))) for key, future in as_they_come(tasks, submit, AHEAD * threads))

        yield judge


def _returned(future: Future) -> Any:
    """What a worker has returned. Raises NoWorker if it failed."""
    try:
        return future.result()
    except NoWorker:
        raise
    except Exception as error:  # whatever a worker raises, also one of another version
        told = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise NoWorker(f"a worker of the cluster failed ({told}); is its version another one?") from None


def result_of(text: Any) -> Result:
    """The result that a worker has returned as text. Raises NoWorker if it is none."""
    kinds = {"notebook": str, "notes": list, "problem": str, "late": bool}
    try:
        found = json.loads(text)
        fits = found.keys() == kinds.keys() and all(type(found[name]) is kind for name, kind in kinds.items())
        if fits and all(type(note) is str for note in found["notes"]):
            return Result(**found)
    except (TypeError, ValueError, AttributeError):
        pass
    raise NoWorker("a worker of the cluster returned what is no result; is its version another one?")


_here = threading.local()


def judge_here(task: str, how: How, limits: dict) -> str:
    """The result of a task, from a worker that belongs to this thread and lives as long: what a cluster executes."""
    if not hasattr(_here, "worker"):
        _here.worker = Worker(how, Limits(**limits))
        if how == "isolate":
            _here.worker.require_isolation()
    return json.dumps(asdict(_here.worker.judge(Task(**json.loads(task)))))


@contextmanager
def _client(address: str, keys: Path | None) -> Iterator[Any]:
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise NoWorker('a cluster wants Dask: pip install "deep-learning-course[cluster]"') from None
    security = None
    if keys:
        if missing := [name for name in KEYS if not (keys / name).is_file()]:
            raise NoWorker(f"{keys} has no {missing[0]}; it must hold {', '.join(KEYS)}")
        authority, certificate, key = (str(keys / name) for name in KEYS)
        security = Security(
            require_encryption=True, tls_ca_file=authority, tls_client_cert=certificate, tls_client_key=key
        )
    elif address.startswith("tls://") or urlsplit(address).hostname not in HERE:
        raise NoWorker(f"whoever reaches {address} could send grades: use tls:// and name the folder of its --keys")
    try:
        client = Client(address, timeout="10s", security=security)
    except (OSError, ValueError, RuntimeError) as error:
        told = str(error).splitlines()[0]
        raise NoWorker(f"no Dask scheduler answers at {address} ({told}); start one with `dask scheduler`") from None
    with client:
        yield client
