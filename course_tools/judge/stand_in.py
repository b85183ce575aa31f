"""What stands on one side for a function, a class or an object of the other side."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

# Comparisons and truth are left out on purpose: a check compares plain data, never what an object says of itself.
OPERATORS = (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__rtruediv__"),
    *("__matmul__", "__rmatmul__", "__pow__", "__rpow__", "__neg__", "__call__", "__len__", "__getitem__"),
)


class Reference(NamedTuple):
    """What crosses, as a list, for a function or an object that stays where it is.

    Attributes:
        side: where it is, "judge" or "learner".
        name: of the function, or of the object's class.
        number: under which that side holds it; None if it is found by its name.
    """

    side: str
    name: str
    number: int | None
    kind: Literal["function", "object"]


class Function:
    """The stand-in of a function."""

    def __init__(self, peer: Any, reference: Reference):
        self.peer, self.reference = peer, reference
        self.__name__ = reference.name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.peer.call(self.reference, arguments, named)

    def __deepcopy__(self, memo: dict) -> "Function":
        return self


class Instance:
    """The stand-in of an object; attributes, methods, arithmetic and iteration are the other side's."""

    # NumPy then leaves `array * object` to the object.
    __array_ufunc__ = None
    peer: Any
    reference: Reference

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.peer.get(self.reference, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.peer.set(self.reference, name, value)

    def __iter__(self) -> Iterator:
        # All at once: a generator cannot cross.
        return iter(self.peer.entries(self.reference))

    @classmethod
    def of(cls, reference: Reference) -> "Instance":
        """The stand-in of the object that `reference` names."""
        instance = object.__new__(cls)
        object.__setattr__(instance, "reference", reference)
        return instance


def _operator(name: str):
    def operate(self: Instance, *arguments: Any) -> Any:
        try:
            method = self.peer.get(self.reference, name)
        except AttributeError:  # as Python says it; `list` asks for a length and goes on without one
            raise TypeError(f"{self.reference.name} has no {name}") from None
        return method(*arguments)

    operate.__name__ = name
    return operate


for _name in OPERATORS:
    setattr(Instance, _name, _operator(_name))


def stand_in_class(name: str, peer: Any, reference: Reference) -> type[Instance]:
    """The stand-in of a class: calling it makes an object on the other side, `isinstance` holds here."""

    def make(cls: type[Instance], *arguments: Any, **named: Any) -> Instance:
        return peer.call(reference, arguments, named)

    members = {"__new__": make, "__init__": lambda self, *_, **__: None, "peer": peer, "reference": reference}
    return type(name, (Instance,), members)
