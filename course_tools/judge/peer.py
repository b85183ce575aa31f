"""Two processes that call each other's functions over a socket; either may call while it waits for an answer.

A message is its length in eight bytes and a packed list. Functions, and objects of the classes that are named to the
peer, stay where they are: what crosses is a reference, which the other side turns into a stand-in that calls back.
"""

import builtins
import socket
import struct
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from course_tools.judge import wire
from course_tools.judge.in_place import update
from course_tools.judge.stand_in import OPERATORS, Function, Instance, Reference, stand_in_class

LONGEST = 256 * 2**20
HEADER = struct.Struct("!Q")
ERRORS = {name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)}
ERRORS["LinAlgError"] = np.linalg.LinAlgError


class Gone(BaseException):
    """The other side has ended, or sent what no honest side sends. No check may take it for an ordinary error."""


class Remote(Exception):
    """An error of the other side that has no class here."""


class Peer:
    """One end of the connection: `call` asks the other side, `answer` serves what it asks meanwhile.

    Args:
        side: this end's name, "judge" or "learner"; a reference tells on which side a thing is.
        connection: a connected stream socket.
        names: finds a function of this side that is called by its name, not by a reference.
        classes: the names of classes whose objects may cross as references.
    """

    def __init__(self, side: str, connection: socket.socket, names: Callable[[str], Any], classes: Iterable[str] = ()):
        self._side, self._connection, self._names = side, connection, names
        self._held: dict[int, Any] = {}
        self._instances: dict[Reference, Instance] = {}
        self._ahead = bytearray()
        # Of the other side's last call: in which arguments' memory its result lay; whether it changed an earlier one.
        self.lent: list[int | str] = []
        self.stale = False
        self.allow(classes)

    def allow(self, classes: Iterable[str]) -> None:
        """Lets objects of the classes of these names cross as references."""
        self._classes = {name: stand_in_class(name, self, self._over_there(name)) for name in classes}

    def function(self, name: str) -> Callable:
        """The stand-in of what the other side calls `name`."""
        return self._classes.get(name) or Function(self, self._over_there(name))

    def _over_there(self, name: str) -> Reference:
        """The reference of what the other side calls `name`."""
        return Reference("learner" if self._side == "judge" else "judge", name, None, "function")

    def call(self, target: Reference, arguments: Sequence = (), named: dict | None = None) -> Any:
        """What the other side's function returns for these arguments; changes that it makes in them are made here."""
        packed = [wire.pack(value, self.refer) for value in arguments]
        options = {name: wire.pack(value, self.refer) for name, value in (named or {}).items()}
        reply = self.reply(target, arguments, packed, options)
        if [type(part) for part in reply] != [str, bytes, dict, list, bool]:
            raise Gone("no reply to a call")
        sent = {**dict(enumerate(packed)), **options}
        self.lent = [place for place in reply[3] if isinstance(place, int | str) and place in sent]
        self.stale = reply[4]
        changed = {place: data for place, data in reply[2].items() if place in sent}
        for place, new in self.changes(target, sent, changed).items():
            update((named or {})[place] if isinstance(place, str) else arguments[place], new)
        return self.read_value(reply[1])

    def reply(self, target: Reference, arguments: Sequence, packed: list[bytes], options: dict[str, bytes]) -> list:
        """The other side's reply to a call. Raises what the function raised, or Gone."""
        return self.ask(["call", list(target), packed, options, []])

    def changes(self, target: Reference, sent: dict[int | str, bytes], changed: dict[int | str, bytes]) -> dict:
        """What the arguments become that the other side's function changed in its copies of them, by their places."""
        return {place: self.read_value(data) for place, data in changed.items()}

    def ask(self, request: list) -> list:
        """The answer to a request; raises what the other side raised, or Gone."""
        self.send(request)
        while True:
            message = self.receive()
            if message[0] == "return":
                return message
            if message[0] == "raise":
                raise rebuilt(*message[1:])
            self.send(self.answer(message))

    def answer(self, request: list) -> list:
        """The reply to a request of the other side. Raises Gone if it is none."""
        handler = getattr(self, f"on_{request[0]}", None)
        if handler is None:
            raise Gone(f"asked for {request[0]!r}")
        try:
            return ["return", *handler(*request[1:])]
        except Gone:
            raise
        except BaseException as error:
            return ["raise", *self.told(error)]

    def on_call(self, target: list, packed: list[bytes], options: dict[str, bytes], same: list[int]) -> list:
        """Calls a function of this side; the reply holds the result and the arguments that it changed in place."""
        reference = Reference(*target)
        function = self._find(reference)
        arguments = [self.read_value(data) for data in packed]
        named = {name: self.read_value(data) for name, data in options.items()}
        result, lent, stale = self.carried_out(reference.name, function, arguments, named, same)
        given = {**dict(enumerate(packed)), **options}
        changed = {}
        for place, value in [*enumerate(arguments), *named.items()]:
            try:
                data = wire.pack(value, self.refer)
            except wire.NotPlain:
                continue
            if data != given[place]:
                changed[place] = data
        try:
            return [wire.pack(result, self.refer), changed, lent, stale]
        except wire.NotPlain as error:
            text = "numbers, strings, arrays, and lists, tuples or dicts of these can be checked"
            raise TypeError(f"{reference.name} returned {error}; {text}") from None

    def carried_out(self, name: str, function: Callable, arguments: list, named: dict, same: list[int]) -> tuple:
        """The function's result, and what is `lent` and `stale` of it if this side is watched."""
        return function(*arguments, **named), [], False

    def on_get(self, target: list, name: str) -> list:
        """An attribute of an object of this side that the other side holds a reference to."""
        return [wire.pack(getattr(self._object(Reference(*target), name), name), self.refer)]

    def on_set(self, target: list, name: str, data: bytes) -> list:
        """Sets an attribute of such an object."""
        setattr(self._object(Reference(*target), name), name, self.read_value(data))
        return []

    def on_entries(self, target: list) -> list:
        """What such an object gives to a `for` that goes over it."""
        return [wire.pack(list(self._object(Reference(*target), "entries")), self.refer)]

    def get(self, target: Reference, name: str) -> Any:
        return self.read_value(self.ask(["get", list(target), name])[1])

    def set(self, target: Reference, name: str, value: Any) -> None:
        self.ask(["set", list(target), name, wire.pack(value, self.refer)])

    def entries(self, target: Reference) -> list:
        """The entries of an object of the other side, one pass over it."""
        found = self.read_value(self.ask(["entries", list(target)])[1])
        if type(found) is not list:
            raise Gone("entries that are no list")
        return found

    def told(self, error: BaseException) -> list:
        """An error as plain data: class (the nearest one known), arguments, function and line that raised it."""
        last = traceback.extract_tb(error.__traceback__)[-1]
        try:
            arguments = wire.pack(list(error.args))
        except wire.NotPlain:
            arguments = wire.pack([str(error)])
        known = [kind.__name__ for kind in type(error).__mro__ if kind is not Exception and kind.__name__ in ERRORS]
        return [[*known, type(error).__name__][0], arguments, getattr(error, "name", None), last.name, last.line]

    def refer(self, value: Any) -> list | None:
        """The reference of a function, or of an object of a named class, of either side; None for plain data."""
        if isinstance(value, (Function, Instance)) or (isinstance(value, type) and issubclass(value, Instance)):
            return list(value.reference)
        kind = type(value).__name__
        is_object = kind in self._classes and type(value) is self._names(kind)
        if not is_object and not callable(value):
            return None
        self._held[id(value)] = value
        name = kind if is_object else getattr(value, "__name__", kind)
        return list(Reference(self._side, name, id(value), "object" if is_object else "function"))

    def resolve(self, arrived: list) -> Any:
        """What a reference that arrived stands for here."""
        reference = Reference(*arrived)
        if reference.side == self._side:
            return self._find(reference)
        if reference.kind != "object":
            return Function(self, reference)
        # One stand-in for one object, so that `is` and a set tell objects apart.
        return self._instances.setdefault(reference, self._classes[reference.name].of(reference))

    def forget(self) -> None:
        """Drops what the other side holds references to; they find nothing from now on."""
        self._held.clear()
        self._instances.clear()

    def send(self, message: list) -> None:
        data = wire.pack(message)
        try:
            self._connection.sendall(HEADER.pack(len(data)) + data)
        except OSError as error:
            raise Gone(str(error)) from None

    def receive(self) -> list:
        (size,) = HEADER.unpack(self.read(HEADER.size))
        if size > LONGEST:
            raise Gone(f"a message of {size} bytes")
        try:
            message = wire.unpack_message(self.read(size))
        except wire.Forged as error:
            raise Gone(str(error)) from None
        if not (isinstance(message, list) and message and isinstance(message[0], str)):
            raise Gone("no message")
        return message

    def read(self, size: int) -> bytearray:
        """So many bytes from the connection."""
        while len(self._ahead) < size:
            self._ahead += self.piece(2**20 if size > 2**16 else 2**16)
        data = self._ahead[:size]
        del self._ahead[:size]
        return data

    def piece(self, most: int) -> bytes:
        """What has come on the connection, at most so many bytes; waits until something has."""
        try:
            piece = self._connection.recv(most)
        except TimeoutError:
            raise
        except OSError as error:
            raise Gone(str(error)) from None
        if not piece:
            raise Gone("it has ended")
        return piece

    def _find(self, target: Reference) -> Any:
        if target.number is None:
            return self._names(target.name)
        if target.number not in self._held:
            raise Gone(f"asked for {target.name!r}, which it does not hold")
        return self._held[target.number]

    def _object(self, target: Reference, attribute: str) -> Any:
        """An object of a named class, if the other side may see this attribute of it."""
        found = self._find(target)
        if type(found).__name__ not in self._classes or (attribute.startswith("_") and attribute not in OPERATORS):
            raise AttributeError(attribute)
        return found

    def read_value(self, data: bytes) -> Any:
        try:
            return wire.unpack(data, self.resolve)
        except wire.Forged as error:
            raise Gone(str(error)) from None


def rebuilt(kind: str, arguments: bytes, name: str | None, function: str, line: str | None) -> Exception:
    """The error that the other side told, as one of the same class if it is an ordinary one."""
    try:
        values = wire.unpack(arguments)
        error = ERRORS[kind](*values) if kind in ERRORS else Remote(f"{kind}: {', '.join(map(str, values))}")
    except (wire.Forged, TypeError):
        error = Remote(str(kind))
    if isinstance(error, NameError):
        error.name = name
    error.origin = (str(function), line if isinstance(line, str) else "")
    return error
