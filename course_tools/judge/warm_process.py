"""The warm process: Python, NumPy, matplotlib and IPython loaded once, a locked copy of it forked for each notebook.

It is forked by `warm.py` with a socket, and knows no lesson and no submission. For each two file descriptors that
arrive on the socket it forks a supervisor, which forks the learner's process (`learner.py`) behind the first and obeys
the second: "i" interrupts it, "k" or the end of the line kills it and all that it started.
"""

import contextlib
import gc
import os
import signal
import socket
import sys
from pathlib import Path

# Loaded before the fork, so that the process that forks this one has it too: checks need it as answers do.
from matplotlib import pyplot  # noqa: F401

from course_tools.judge import cgroup, learner, memory, sandbox, seccomp, shell
from course_tools.taught import GUARDED
from shared_utils.data import files

FOLDERS = [Path(learner.__file__).parents[1], Path(files.__file__).parents[1], files.DATASETS]
# They hold answers, wherever this Python finds them: the building blocks, and the tools of authors.
ANSWERS = (*GUARDED, "course_tools.authoring", "course_tools.data", "course_tools.grading")
HIDDEN = [
    Path(place, *package.split("."))
    for place in dict.fromkeys([*map(os.path.abspath, sys.path), *(str(folder.parent) for folder in FOLDERS)])
    for package in ANSWERS
]

LOOK = 0.1  # seconds between two looks at the memory


def serve(line: socket.socket, isolate: bool, limits: sandbox.Limits) -> None:
    """Forks what is asked for, until nobody asks."""
    os.setsid()
    _forget_files(line.fileno())
    groups, warm_shell, held = cgroup.home(), shell.start(), sandbox.address_space()
    # What is here is shared with all that is forked, until someone writes to it: a collection would.
    gc.freeze()
    # Supervisors are nobody's business once they are forked.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        data, numbers, _, _ = socket.recv_fds(line, 1, 2)
        if not data:
            return
        if os.fork() == 0:
            try:
                line.close()
                talk, orders = (socket.socket(fileno=number) for number in numbers)
                its_limits = limits.roomy() if data == b"r" else limits
                _supervise(talk, orders, warm_shell, held, isolate, its_limits, groups)
            finally:
                os._exit(0)
        for number in numbers:
            os.close(number)


def _forget_files(kept: int) -> None:
    """Closes all files of the process from which this one was forked, but this and where errors are told."""
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number != kept:
            with contextlib.suppress(OSError):
                os.close(number)
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    os.close(nowhere)


def _supervise(
    talk: socket.socket,
    orders: socket.socket,
    warm_shell: shell.Shell,
    held: int,
    isolate: bool,
    limits: sandbox.Limits,
    groups: cgroup.Home | None,
) -> None:
    """Forks the learner's process, obeys the orders about it, and leaves nothing running."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sandbox.die_with_parent()
    os.setsid()
    # Where it stands the processes can be seen even when the child has changed the root for both.
    folder = Path.cwd()
    os.chdir("/proc")
    most = memory.together(os.getpid()) + limits.memory * sandbox.MIB
    try:
        if isolate:
            sandbox.enter()
        else:
            sandbox.adopt_orphans()
        # Files in its /tmp are in memory as well.
        group = cgroup.Group(groups, most + limits.file * sandbox.MIB) if groups else None
    except (sandbox.CannotIsolate, OSError) as error:
        talk.sendall(f"-{error}".encode())
        return
    user = sandbox.user_nobody_has(os.getpid())
    if (child := os.fork()) == 0:
        try:
            sandbox.die_with_parent()
            # Out of the supervisor's group, which a signal to the own group would end.
            os.setsid()
            orders.close()
            if group:
                group.join()
            os.chdir(folder)
            if isolate:
                sandbox.lock(limits, held, user, FOLDERS, HIDDEN)
                seccomp.forbid()
            else:
                sandbox.restrict(limits, held)
            talk.sendall(b"+")
            learner.serve(talk, warm_shell)
        except OSError as error:
            talk.sendall(f"-{error}".encode())
        finally:
            os._exit(0)
    talk.close()
    _obey(orders, child, most, group)
    os.kill(child, signal.SIGKILL)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    with contextlib.suppress(ChildProcessError):
        while True:
            for number in children.read_text().split() if children.exists() else []:
                os.kill(int(number), signal.SIGKILL)
            os.waitpid(-1, 0)
    if group:
        group.remove()


def _obey(orders: socket.socket, child: int, most: int, group: cgroup.Group | None) -> None:
    """Interrupts the child when told to; returns when it is to end, or holds more than so many bytes with its own.

    Also when the kernel has killed one of them: which one it chose must not decide what the others earn.
    """
    orders.settimeout(LOOK)
    while True:
        try:
            if orders.recv(1) != b"i":
                return
            os.kill(child, signal.SIGINT)
        except TimeoutError:
            if memory.together(child) > most or (group and group.has_killed()):
                return
