"""The handle to a warm process, from which learners' processes are forked."""

import contextlib
import os
import socket
import traceback

from course_tools.judge import warm_process
from course_tools.judge.sandbox import Limits


class Warm:
    """The warm process of this judge (see `warm_process.py`), forked from this process with all that is loaded in it.

    A learner can read the memory of the one that is forked for him: make it before anything that he must not see is
    read, in a process that was started with `sandbox.environment()`.
    """

    def __init__(self, isolate: bool, limits: Limits):
        self.limits = limits
        self._line, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                warm_process.serve(theirs, isolate, limits)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)
        theirs.close()

    def close(self) -> None:
        """Ends the process."""
        self._line.close()
        # Where nobody waits for children, it is gone without a word.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def order(self, roomy: bool) -> tuple[socket.socket, socket.socket]:
        """Has a learner's process forked, with wider limits if it is to be roomy: the way to it, and to its supervisor.

        It takes a while until it is there; it says "+" then, or "-" and why not. Raises ConnectionError.
        """
        (ours, talk), (orders, theirs) = socket.socketpair(), socket.socketpair()
        with talk, theirs:
            socket.send_fds(self._line, [b"r" if roomy else b"f"], [talk.fileno(), theirs.fileno()])
        return ours, orders
