"""A learner's process as the judge sees it: it runs cells, answers calls, can be interrupted, dies and is made anew."""

import contextlib
import socket
import time
from collections.abc import Iterable, Set
from typing import Any

from nbformat import v4

from course_tools import taught
from course_tools.judge import shell, wire
from course_tools.judge.peer import Gone, Peer
from course_tools.judge.sandbox import CannotIsolate
from course_tools.judge.stand_in import Reference
from course_tools.judge.warm import Warm
from shared_utils import checks
from shared_utils.checks import words

START = 60.0  # seconds for a process to be there
GRACE = 2.0  # seconds for an interrupted call to come back


class Late(Gone):
    """The learner's code ran longer than it may."""


class Box(Peer):
    """One learner's process. No wait for it outlasts `deadline`, whatever it does.

    Args:
        classes: the names of classes whose objects may cross.
        withheld: the modules of shared_utils that it cannot import.
    """

    def __init__(self, warm: Warm, classes: Iterable[str] = (), withheld: Set[str] = frozenset()):
        ours, theirs = socket.socketpair()
        self._orders, their_orders = socket.socketpair()
        # What the learner's code may call by name: the reference answers that stand in for wrong ones.
        self.references: dict[str, Any] = {}
        # The reference answers of all exercises: what they leave as it is, the learner's must leave as well.
        self.answers: dict[str, Any] = {}
        self.seconds, self._withheld = warm.limits.seconds, withheld
        self.deadline, self._late, self._depth = time.monotonic() + START, False, 0
        self.dead = False
        super().__init__("judge", ours, self._reference, classes)
        with theirs, their_orders:
            warm.fork(theirs, their_orders)
        if (answer := self.read(1)) != b"+":
            raise CannotIsolate(ours.recv(1000).decode(errors="replace") if answer == b"-" else "it did not start")
        self.ask(["classes", list(classes)])

    def run(self, source: str) -> list[dict]:
        """The outputs of a cell; one that is interrupted at the deadline ends with that error."""
        try:
            outputs = super().ask(["run", source])[1]
        except Exception as error:  # an honest learner's side raises none here
            raise Gone(f"no outputs: {error}") from None
        self._late = False
        return cleaned(outputs)

    def ask(self, request: list) -> list:
        """As Peer's; raises Late if the answer came only because it was interrupted at the deadline."""
        self._depth += 1
        try:
            reply = super().ask(request)
        except Exception:
            if not self._late:
                raise
        finally:
            self._depth -= 1
        if self._late:
            if self._depth:
                self.kill()
            self._late = False
            raise Late
        return reply

    def reads(self, name: str) -> list[str]:
        """The variables of the notebook that an answer reads, as its own side tells it."""
        try:
            told = self.ask(["reads", name])[1]
        except NameError:
            raise
        except Exception as error:  # an honest learner's side raises nothing else here
            raise Gone(f"no names: {error}") from None
        names = told if isinstance(told, list) else []
        return [found for found in names if isinstance(found, str) and found.isidentifier()]

    def may_change(self, target: Reference, sent: dict[int | str, bytes], place: int | str) -> bool:
        """Whether the reference answer changes this argument too. Raises CheckFailed if it does not.

        A check that compares with what it computes from the argument would otherwise compare with the changed one.
        """
        # What is held by number bears the name that its side gave it.
        reference = self.answers.get(target.name) if target.number is None else None
        if reference is None:
            return False
        values = {key: self.read_value(data) for key, data in sent.items()}
        with contextlib.suppress(Exception):
            arguments = [value for key, value in values.items() if isinstance(key, int)]
            reference(*arguments, **{key: value for key, value in values.items() if isinstance(key, str)})
        if wire.pack(values[place], self.refer) == sent[place]:
            name = place if isinstance(place, str) else words.argument(reference, place)
            raise checks.CheckFailed(words.in_place(target.name, name))
        return True

    def on_module(self, name: str) -> list:
        """The text and the file of a module that it cannot read itself. Raises ImportError if it is withheld."""
        return list(taught.supply(name, self._withheld) or ())

    def piece(self, most: int) -> bytes:
        while True:
            self._connection.settimeout(max(0.01, self.deadline - time.monotonic()))
            try:
                return super().piece(most)
            except TimeoutError:
                if self._late:
                    self.kill()
                    raise Late from None
                self._late, self.deadline = True, time.monotonic() + GRACE
                self._orders.send(b"i")

    def kill(self) -> None:
        """Ends the process and all that it started."""
        self.dead = True
        with contextlib.suppress(OSError):
            self._orders.send(b"k")

    def close(self) -> None:
        self._orders.close()
        self._connection.close()

    def _reference(self, name: str) -> Any:
        if name not in self.references:
            raise NameError(f"name {name!r} is not defined", name=name)
        return self.references[name]


def cleaned(outputs: Any) -> list[dict]:
    """Outputs rebuilt from what nbformat knows, as the other side could send anything. Raises Gone if they are none."""
    found = []
    try:
        for output in outputs[:1000]:
            kind = output["output_type"]
            if kind == "stream":
                name = "stderr" if output["name"] == "stderr" else "stdout"
                found.append(v4.new_output(kind, name=name, text=str(output["text"])))
            elif kind == "error":
                lines = [str(line) for line in output["traceback"]]
                found.append(
                    v4.new_output(kind, ename=str(output["ename"]), evalue=str(output["evalue"]), traceback=lines)
                )
            else:
                data = {key: str(output["data"][key]) for key in shell.SHOWN if key in output["data"]}
                count = {"execution_count": int(output["execution_count"])} if kind == "execute_result" else {}
                found.append(v4.new_output("execute_result" if count else "display_data", data, **count))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Gone(f"no outputs: {error}") from None
    if sum(len(str(output)) for output in found) > 4 * shell.MOST:
        return [v4.new_output("stream", name="stdout", text="[the outputs were too large to keep]")]
    return found
