"""The warm process: Python, NumPy, matplotlib and IPython loaded once, a locked copy of it forked for each notebook.

`python -m course_tools.judge.warm_process FD` is started by `warm.py` with a socket at FD. It knows no lesson and no
submission. For each two file descriptors that arrive on the socket it forks a supervisor, which forks the learner's
process (`learner.py`) behind the first and obeys the second: "i" interrupts it, "k" or the end of the line kills it
and all that it started.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path

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


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    isolate, limits = sys.argv[2] == "isolate", sandbox.Limits(**json.loads(sys.argv[3]))
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
    _obey(orders, child, most)
    os.kill(child, signal.SIGKILL)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    with contextlib.suppress(ChildProcessError):
        while True:
            for number in children.read_text().split() if children.exists() else []:
                os.kill(int(number), signal.SIGKILL)
            os.waitpid(-1, 0)
    if group:
        group.remove()


def _obey(orders: socket.socket, child: int, most: int) -> None:
    """Interrupts the child when told to; returns when it is to end, or holds more than so many bytes with its own."""
    orders.settimeout(LOOK)
    while True:
        try:
            if orders.recv(1) != b"i":
                return
            os.kill(child, signal.SIGINT)
        except TimeoutError:
            if memory.together(child) > most:
                return


if __name__ == "__main__":
    main()
