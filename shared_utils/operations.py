"""Operations by name, and Python's operators spelled in them; what a tape records is left to whoever inherits."""

from typing import Any

import numpy as np

__all__ = ["FORWARD", "Operators"]


def _logsumexp(a: np.ndarray, axis: int) -> np.ndarray:
    largest = np.max(a, axis=axis, keepdims=True)
    return largest + np.log(np.sum(np.exp(a - largest), axis=axis, keepdims=True))


# What each operation computes from arrays. A sum keeps its axes, with length 1.
FORWARD = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "matmul": np.matmul,
    "negate": np.negative,
    "exp": np.exp,
    "log": np.log,
    "relu": lambda a: np.maximum(a, 0),
    "power": lambda a, exponent: a**exponent,
    "sum": lambda a, axis: np.sum(a, axis=axis, keepdims=True),
    "transpose": np.transpose,
    "reshape": lambda a, shape: np.reshape(a, shape),
    "broadcast": lambda a, shape: np.broadcast_to(a, shape),
    "logsumexp": _logsumexp,
}


class Operators:
    """Gives a class with `value` (an array) and `apply(name, *others, **options)` the operators +, -, *, /, @, **.

    `apply` makes the operation of that name in FORWARD of this object and `others`, which may be arrays or numbers.
    """

    # NumPy then leaves `array * object` to the object.
    __array_ufunc__ = None
    value: np.ndarray

    def apply(self, name: str, *others: Any, **options: Any) -> Any:
        raise NotImplementedError

    def _constant(self, value: Any) -> Any:
        return type(self)(value, requires_grad=False)

    def __add__(self, other: Any) -> Any:
        return self.apply("add", other)

    def __sub__(self, other: Any) -> Any:
        return self.apply("subtract", other)

    def __mul__(self, other: Any) -> Any:
        return self.apply("multiply", other)

    def __truediv__(self, other: Any) -> Any:
        return self.apply("divide", other)

    def __matmul__(self, other: Any) -> Any:
        return self.apply("matmul", other)

    def __radd__(self, other: Any) -> Any:
        return self._constant(other) + self

    def __rsub__(self, other: Any) -> Any:
        return self._constant(other) - self

    def __rmul__(self, other: Any) -> Any:
        return self._constant(other) * self

    def __rtruediv__(self, other: Any) -> Any:
        return self._constant(other) / self

    def __rmatmul__(self, other: Any) -> Any:
        return self._constant(other) @ self

    def __neg__(self) -> Any:
        return self.apply("negate")

    def __pow__(self, exponent: float) -> Any:
        return self.apply("power", exponent=exponent)

    @property
    def shape(self) -> tuple[int, ...]:
        return self.value.shape

    @property
    def T(self) -> Any:
        return self.apply("transpose")

    def exp(self) -> Any:
        return self.apply("exp")

    def log(self) -> Any:
        return self.apply("log")

    def relu(self) -> Any:
        return self.apply("relu")

    def sum(self, axis: int | None = None) -> Any:
        return self.apply("sum", axis=axis)

    def logsumexp(self, axis: int) -> Any:
        return self.apply("logsumexp", axis=axis)

    def reshape(self, *shape: int) -> Any:
        return self.apply("reshape", shape=shape)

    def broadcast_to(self, shape: tuple[int, ...]) -> Any:
        return self.apply("broadcast", shape=shape)
