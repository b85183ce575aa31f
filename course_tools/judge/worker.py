"""A worker: judges notebooks, one after another, in a process of its own that has one thread and a warm process.

`python -m course_tools.judge.worker HOW LIMITS` reads a task a line on stdin and writes a result a line on stdout, both
JSON. HOW is "isolate", "limit", or "try": isolate if this system can. The first line says which it is.
"""

import gc
import json
import os
import resource
import signal
import sys
from contextlib import closing, suppress
from dataclasses import asdict

from course_tools.judge.sandbox import MIB, CannotIsolate, Limits, address_space, visible
from course_tools.judge.task import Result, Task
from course_tools.judge.warm import Warm
from course_tools.syllabus import ROOT
from shared_utils.data import DataError, read_manifest


def main() -> None:
    how, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    # Whatever prints in this process must not come between the results.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    # The learner's process is another user there, and must be able to read what is laid out for it.
    os.umask(0o022)
    # Once, and not in each process that is forked: most lessons load data.
    with suppress(DataError):
        read_manifest()
    warm = Warm(how != "limit", limits)
    # Only now, as a learner's process has in it what was loaded before.
    from course_tools.judge.notebook import judge

    why_not = _why_not_isolated(warm) if how != "limit" else "it was told not to"
    if why_not and how == "try":
        warm.close()
        warm = Warm(False, limits)
    print(json.dumps({"isolated": not why_not, "why_not": why_not}), file=results, flush=True)
    if why_not and how == "isolate":
        warm.close()
        return
    # A check's process has said its verdict before it ends, so nobody waits for that; nor need a collection copy
    # what it shares with this one.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    # What an answer unpacks to can be a hundred times its bytes; a check has this limit from here.
    most = address_space() + 2 * limits.memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with closing(warm):
        for line in sys.stdin:
            task = Task(**json.loads(line))
            try:
                result = judge(task, warm)
            except ConnectionError:
                raise
            except Exception as error:  # a fault of ours costs this notebook, not the others
                result = Result(problem=f"{task.name}: the grader itself failed: {type(error).__name__}: {error}")
            print(json.dumps(asdict(result)), file=results, flush=True)


def _why_not_isolated(warm: Warm) -> str:
    """Why the processes that this one forks are not locked in; empty if they are."""
    from course_tools.judge.box import Box

    if seen := [str(folder) for folder in visible() if ROOT.is_relative_to(folder)]:
        return f"the course lies in {seen[0]}, which they can read; move it elsewhere"
    try:
        Box(warm).close()
    except CannotIsolate as error:
        return str(error)
    return ""


if __name__ == "__main__":
    # Whoever asks has ended, or the warm process has, and another worker will be asked.
    with suppress(ConnectionError):
        main()
