"""A learner's process as the judge sees it: it runs cells, answers calls, can be interrupted, dies and is made anew."""

import contextlib
import socket
import time
import types
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_tools import taught
from course_tools.judge import wire
from course_tools.judge.before import Before
from course_tools.judge.outputs import cleaned
from course_tools.judge.peer import Gone, Peer, rebuilt
from course_tools.judge.sandbox import CannotIsolate
from course_tools.judge.stand_in import Function, Reference
from course_tools.judge.warm import Warm
from shared_utils import checks
from shared_utils.checks import words

START = 60.0  # seconds for a process to be there
FUNCTIONS = (Function, type, types.FunctionType, types.MethodType, types.BuiltinFunctionType)
GRACE = 2.0  # seconds for an interrupted call to come back
AT_ONCE = 2**20  # bytes of arguments in one message
FAR = 0x9E3779B97F4A7C15F39CC0605CEDC835  # numbers, of 2**128 that a generator gives: as far as NumPy jumps
LENT = 30_000  # calls of lent answers in one check


@dataclass
class Foretold:
    """Calls that are about to be made, one after the other, and the replies to those that have crossed ahead.

    Attributes:
        coming: the arguments of each call that has not crossed yet.
        most: how many cross in the next message.
        replies: with each, the packed arguments that it answers.
    """

    target: Reference
    coming: list[Sequence]
    most: int = 1
    replies: list[tuple[list[bytes], list]] = field(default_factory=list)


class Late(Gone):
    """The learner's code ran longer than it may."""


class Box(Peer):
    """One learner's process. No wait for it outlasts `deadline`, whatever it does.

    Args:
        classes: the names of classes whose objects may cross.
        withheld: the modules of shared_utils that it cannot import.
        ordered: what `warm.order` gave; one is ordered now if there is none.

    Raises CannotIsolate, or ConnectionError if the warm process has ended.
    """

    def __init__(
        self,
        warm: Warm,
        classes: Iterable[str] = (),
        withheld: Set[str] = frozenset(),
        ordered: tuple[socket.socket, socket.socket] | None = None,
    ):
        ours, self._orders = ordered or warm.order(roomy=False)
        # What the learner's code may call by name: the reference answers that stand in for wrong ones.
        self.references: dict[str, Any] = {}
        self._lent, self._before = 0, Before()
        self._foretold: Foretold | None = None
        # The reference answers of all exercises: what they leave as it is, the learner's must leave as well.
        self.answers: dict[str, Any] = {}
        self.seconds, self._withheld = warm.limits.seconds, withheld
        self.deadline, self._late, self._depth = time.monotonic() + START, False, 0
        self.dead = False
        super().__init__("judge", ours, self._reference, classes)
        try:
            answer = self.read(1)
        except Gone as end:
            raise ConnectionError(f"no learner's process: {end}") from None
        if answer != b"+":
            raise CannotIsolate(self._ahead.decode(errors="replace") if answer == b"-" else "it did not start")
        self.ask(["classes", list(classes)])

    def begin(self, answers: dict[str, Any]) -> None:
        """Forgets what crossed before; from now on these are the reference answers, and the time of a check runs."""
        self.forget()
        self._lent, self._before, self._foretold = 0, Before(), None
        self.answers, self.deadline = answers, time.monotonic() + self.seconds

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

    def foretell(self, target: Reference, many: Iterable[Sequence]) -> None:
        """Says with which arguments `call` is about to be called, one after the other.

        They then cross several in a message, twice as many each time: most wrong answers fail in one of the first.
        """
        self._foretold = Foretold(target, list(many))

    def reply(self, target: Reference, arguments: Sequence, packed: list[bytes], options: dict[str, bytes]) -> list:
        ahead = self._foretold
        if ahead and target == ahead.target and not options:
            if not ahead.replies and ahead.coming:
                self._ask_ahead(ahead)
            if ahead.replies and ahead.replies[0][0] == packed:
                reply = ahead.replies.pop(0)[1]
                if reply[0] == "raise":
                    raise rebuilt(*reply[1:])
                return reply
            self._foretold = None
        return self.ask(["call", list(target), packed, options, self._before.same(target.name, arguments)])

    def _ask_ahead(self, ahead: Foretold) -> None:
        """Has the next of the foretold calls answered."""
        requests, size = [], 0
        for arguments in ahead.coming[: ahead.most]:
            packed = [wire.pack(value, self.refer) for value in arguments]
            requests.append([packed, self._before.same(ahead.target.name, arguments)])
            size += sum(map(len, packed))
            if size > AT_ONCE:
                break
        del ahead.coming[: len(requests)]
        ahead.most *= 2
        _, *replies = self.ask(["calls", list(ahead.target), requests])
        if not all(isinstance(reply, list) and reply for reply in replies):
            raise Gone("no replies")
        ahead.replies = [(packed, reply) for (packed, _), reply in zip(requests, replies, strict=False)]

    def changes(self, target: Reference, sent: dict[int | str, bytes], changed: dict[int | str, bytes]) -> dict:
        """As Peer's, for what the reference answer changes, too. Raises CheckFailed if it leaves an argument alone.

        A check that compares with what it computes from the argument would otherwise compare with the changed one.
        A generator goes on from where the reference leaves it: what comes back could be one that gives zeros for ever.
        """
        # What is held by number bears the name that its side gave it.
        reference = self.answers.get(target.name) if target.number is None else None
        if reference is None or not changed:
            return {}
        values = {key: self.read_value(data) for key, data in sent.items()}
        with contextlib.suppress(Exception):
            arguments = [value for key, value in values.items() if isinstance(key, int)]
            reference(*arguments, **{key: value for key, value in values.items() if isinstance(key, str)})
        found = {}
        for place, data in changed.items():
            if isinstance(values[place], np.random.Generator):
                # It may go on, and where its side left it is not read: the reference's place is taken.
                found[place] = _far_ahead(values[place])
                continue
            new = self.read_value(data)
            left = wire.pack(values[place], self.refer) == sent[place]
            if left and wire.pack(_with_generators(new, values[place]), self.refer) != sent[place]:
                name = place if isinstance(place, str) else words.argument(reference, place)
                raise checks.CheckFailed(words.in_place(target.name, name, values[place]))
            found[place] = _with_generators(new, values[place], ahead=True)
        return found

    def resolve(self, arrived: list) -> Any:
        """As Peer's; objects of a class of theirs, in whose place the reference is lent, count for nothing."""
        reference = Reference(*arrived)
        if reference.side == "learner" and reference.kind == "object" and reference.name in self.references:
            raise checks.CheckFailed(f"an object of {reference.name}, whose own check failed: mend that first")
        return super().resolve(arrived)

    def on_set(self, target: list, name: str, data: bytes) -> list:
        """As Peer's, for attributes that hold values: what a class defines is not set from outside, nor a function."""
        own = getattr(type(self._object(Reference(*target), name)), name, None)
        if callable(own) or isinstance(own, property) or isinstance(self.read_value(data), FUNCTIONS):
            raise AttributeError(f"{name} is no attribute that may be set")
        return super().on_set(target, name, data)

    def on_module(self, name: str) -> list:
        """The text and the file of a module that it cannot read itself. Raises ImportError if it is withheld."""
        return list(taught.supply(name, self._withheld) or ())

    def piece(self, most: int) -> bytes:
        while True:
            # Looked at before each piece: one that keeps talking is late as one that says nothing is.
            if (left := self.deadline - time.monotonic()) <= 0:
                if self._late:
                    self.kill()
                    raise Late
                self._late, self.deadline, left = True, time.monotonic() + GRACE, GRACE
                self._orders.send(b"i")
            self._connection.settimeout(left)
            with contextlib.suppress(TimeoutError):
                return super().piece(most)

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
        # What is lent serves the check, and is no oracle to be asked for everything.
        self._lent += 1
        if self._lent > LENT:
            raise checks.CheckFailed(f"{name} is called more than {LENT:,} times in one check")
        return self.references[name]


def _with_generators(new: Any, reference: Any, ahead: bool = False) -> Any:
    """`new` with the generators of `reference` in the places of its own, perhaps far ahead of where they are.

    Raises CheckFailed where it has none.
    """
    if isinstance(new, np.random.Generator):
        if not isinstance(reference, np.random.Generator):
            raise checks.CheckFailed("a random generator stands in an argument where none was")
        return _far_ahead(reference) if ahead else reference
    if isinstance(new, dict):
        within = reference if isinstance(reference, dict) else {}
        return {key: _with_generators(value, within.get(key), ahead) for key, value in new.items()}
    if type(new) in (list, tuple):
        within = list(reference) if type(reference) is type(new) else []
        within += [None] * (len(new) - len(within))
        return type(new)(_with_generators(*pair, ahead) for pair in zip(new, within, strict=False))
    return new


def _far_ahead(generator: np.random.Generator) -> np.random.Generator:
    """`generator` far ahead of where it is, if its kind can be.

    An answer may draw more than the reference, and must not get the same numbers in its next call.
    """
    source = generator.bit_generator
    if hasattr(source, "advance"):
        source.advance(FAR)
        return generator
    return np.random.Generator(source.jumped()) if hasattr(source, "jumped") else generator
