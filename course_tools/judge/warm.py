"""The handle to a warm process, from which learners' processes are forked."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict

from course_tools.judge.sandbox import Limits
from shared_utils.grading import IN_GRADING

# Processes are limited, and so many learners' processes share the cores that threads would only wait for one another.
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")}
ONE_THREAD |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


class Warm:
    """The warm process of this judge (see `warm_process.py`)."""

    def __init__(self, isolate: bool, limits: Limits):
        self.limits = limits
        self._line, theirs = socket.socketpair()
        number = theirs.fileno()
        command = [sys.executable, "-P", "-m", "course_tools.judge.warm_process", str(number)]
        command += ["isolate" if isolate else "limit", json.dumps(asdict(limits))]
        self._process = subprocess.Popen(
            command, pass_fds=[number], env=_environment(), stdin=subprocess.DEVNULL, start_new_session=True
        )
        theirs.close()

    def close(self) -> None:
        """Ends the process."""
        self._line.close()
        self._process.wait()

    def fork(self, talk: socket.socket, orders: socket.socket, roomy: bool) -> None:
        """Has a learner's process forked behind the two sockets, with wider limits if it is to be roomy."""
        socket.send_fds(self._line, [b"r" if roomy else b"f"], [talk.fileno(), orders.fileno()])


def _environment() -> dict[str, str]:
    """What the warm process needs to know of this one's environment, and no more."""
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "HOME")
    }
    return (
        kept | {"MPLBACKEND": "agg", IN_GRADING: "1", "PYTHONUTF8": "1", "HDF5_USE_FILE_LOCKING": "FALSE"} | ONE_THREAD
    )
