"""The learner's side: runs cells, answers calls of the functions that they define. Nothing here is trusted."""

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

from course_tools.judge import imports, shell
from course_tools.judge.before import Before
from course_tools.judge.peer import Gone, Peer
from shared_utils.checks import frame, reads
from shared_utils.checks.aliases import Watched


class Learner(Peer):
    """Serves a notebook's cells; the names that they define are found by name."""

    def __init__(self, connection: socket.socket, own_shell: shell.Shell):
        super().__init__("learner", connection, self._named)
        self._shell, self._replaced, self._busy = own_shell, {}, False
        self._watched, self._before = dict[str, Watched](), Before()

    def answer(self, request: list) -> list:
        """The reply to a request; an interrupt that comes when there is none to answer does nothing."""
        busy, self._busy = self._busy, True
        try:
            return super().answer(request)
        finally:
            self._busy = busy

    def interrupted(self, *_: object) -> None:
        if self._busy:
            raise KeyboardInterrupt

    def _named(self, name: str) -> Any:
        if name not in self._shell.user_ns:
            raise NameError(f"name {name!r} is not defined", name=name)
        return self._shell.user_ns[name]

    def on_run(self, source: str) -> list:
        """Runs a cell; the reply holds its outputs."""
        return [shell.run(self._shell, source)]

    def on_reads(self, name: str) -> list:
        """The variables of the notebook that the answer of this name reads."""
        return [reads.data_read(self._named(name))]

    def on_classes(self, names: list[str]) -> list:
        """Says which classes' objects may cross."""
        self.allow(names)
        return []

    def on_calls(self, target: list, requests: list) -> list:
        """The replies to calls of one function, one after the other, until one of them fails."""
        replies = []
        for packed, same in requests:
            replies.append(self.answer(["call", target, packed, {}, same]))
            if replies[-1][0] == "raise":
                break
        return replies

    def carried_out(self, name: str, function: Callable, arguments: list, named: dict, same: list[int]) -> tuple:
        arguments[:] = self._before.renewed(name, arguments, same)
        watched = self._watched.get(name, Watched())
        # Its last result may have lain in arguments that are other ones now.
        self._watched[name] = watched = Watched() if same and watched.lent else watched
        result = function(*arguments, **named)
        with contextlib.suppress(Exception):  # code that spoils what this is made of spoils its own call only
            watched.note(result, arguments, named)
        return result, watched.lent, watched.stale

    def on_replace(self, names: list[str]) -> list:
        """Puts the other side's functions and classes in the place of the learner's, until `restore`."""
        for name in names:
            self._replaced[name] = self._shell.user_ns.get(name)
            self._shell.user_ns[name] = self.function(name)
        return []

    def on_restore(self) -> list:
        """Puts the learner's own functions back and forgets what crossed."""
        self._shell.user_ns.update(self._replaced)
        self._replaced = {}
        self.forget()
        return []

    def module(self, name: str) -> tuple[str, str] | None:
        """The text and the file of a module, from the other side. Raises ImportError if it does not give it."""
        _, *found = self.ask(["module", name])
        return tuple(found) or None

    def told(self, error: BaseException) -> list:
        """An error with the learner's own function and line that raised it, where it came from one."""
        frames = zip(traceback.walk_tb(error.__traceback__), traceback.extract_tb(error.__traceback__), strict=True)
        own = [text for (frame, _), text in frames if frame.f_globals is self._shell.user_ns]
        kind, arguments, name, function, line = super().told(error)
        return [kind, arguments, name, *((own[-1].name, own[-1].line) if own else (function, ""))]


def serve(connection: socket.socket, own_shell: shell.Shell) -> None:
    """Answers until the other side ends. What the code prints outside a cell goes nowhere."""
    nowhere = open(os.devnull, "w")  # noqa: SIM115
    sys.stdout = sys.stderr = nowhere
    for number in (0, 1, 2):
        os.dup2(nowhere.fileno(), number)
    os.environ.update(HOME="/tmp", TMPDIR="/tmp")
    sys.setrecursionlimit(frame.DEEPEST)
    peer = Learner(connection, own_shell)
    signal.signal(signal.SIGINT, peer.interrupted)
    imports.guard(peer.module)
    with contextlib.suppress(Gone):
        while True:
            peer.send(peer.answer(peer.receive()))
