"""A tape: tensors that remember how they were made, and a backward pass through any graph of operations.

Source: course 2, week 3, lecture 10; A. G. Baydin, B. A. Pearlmutter, A. A. Radul and J. M. Siskind (2018), Automatic
Differentiation in Machine Learning: a Survey, JMLR 18.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np

from shared_utils.operations import FORWARD, Operators

TAUGHT_IN = "course2_improving/week3_tuning_batchnorm_frameworks/04_build_a_framework"


def unbroadcast(G: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The gradient of an array of this shape from the gradient G of what broadcasting made of it."""
    added = G.ndim - len(shape)
    ones = tuple(axis for axis, length in enumerate(shape, added) if length == 1)
    return np.sum(G, axis=(*range(added), *ones)).reshape(shape)


def binary_rule(name: str, G: np.ndarray, A: np.ndarray, B: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The gradients of both inputs of an operation from that of its result.

    Args:
        name: "add", "subtract", "multiply", "divide" or "matmul".
        G: the gradient of the result, of its shape.
        A, B: the inputs; for matmul (n, k) and (k, m), else of shapes that broadcast to that of G.

    Raises:
        ValueError: another name.
    """
    if name == "matmul":
        return G @ B.T, A.T @ G
    if name == "add":
        dA, dB = G, G
    elif name == "subtract":
        dA, dB = G, -1.0 * G
    elif name == "multiply":
        dA, dB = G * B, G * A
    elif name == "divide":
        dA, dB = G / B, -1.0 * G * A / np.square(B, dtype=float)
    else:
        raise ValueError(f"no rule for {name!r}")
    return unbroadcast(dA, A.shape), unbroadcast(dB, B.shape)


def unary_rule(name: str, G: np.ndarray, A: np.ndarray, option: float | None = None) -> np.ndarray:
    """The gradient of the one input of an operation from that of its result.

    Args:
        name: "negate", "exp", "log", "relu", "power", "sum", "broadcast", "reshape", "transpose" or "logsumexp".
        G: the gradient of the result, of its shape; sums keep their axes, with length 1.
        A: the input.
        option: the exponent of power, the axis of logsumexp.

    Raises:
        ValueError: another name.
    """
    if name == "negate":
        return -1.0 * G
    if name == "exp":
        return G * np.exp(A)
    if name == "log":
        return G / A
    if name == "relu":
        return G * (A > 0)
    if name == "power":
        return np.zeros(A.shape) if option == 0 else G * option * np.power(A, option - 1.0)
    if name == "sum":
        return np.zeros(A.shape) + G
    if name == "broadcast":
        return unbroadcast(G, A.shape)
    if name == "reshape":
        return np.array(G, dtype=float).reshape(A.shape)
    if name == "transpose":
        return np.array(G.T, dtype=float)
    if name == "logsumexp":
        exponentials = np.exp(A - np.max(A, axis=option, keepdims=True))
        return G * exponentials / np.sum(exponentials, axis=option, keepdims=True)
    raise ValueError(f"no rule for {name!r}")


def topological_order(output: Hashable, inputs_of: Callable[[Any], Iterable[Hashable]]) -> list:
    """All nodes from which `output` is made, each once and after its inputs; `inputs_of(node)` are a node's inputs."""
    order, met, stack = [], set(), [(output, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in met:
            met.add(node)
            stack.append((node, True))
            stack += [(each, False) for each in inputs_of(node)]
    return order


def _gradients(name: str, G: np.ndarray, values: list[np.ndarray], options: dict[str, Any]) -> tuple[np.ndarray, ...]:
    """The gradients of all inputs of an operation, a tuple of arrays, from that of its result."""
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    """An array that remembers how it was made.

    Args:
        value: a number, a list or an array; kept as an array of float64 of its own.
        requires_grad: whether a gradient is wanted for it.

    Attributes:
        value: the array. It may be replaced by another one at any time.
        requires_grad: as given; for a result of `apply`: True if one of its inputs has True.
        inputs: the tensors that it was made from, a tuple. () for one made by hand, and where requires_grad is False.
        rule: the function that makes of the gradient of this tensor those of its inputs, for the values that they had
            when it was made. None where inputs is ().
        gradient: None, until a backward() has reached it; then an array of the shape of value.
    """

    def __init__(self, value: Any, requires_grad: bool = True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name: str, *others: Any, **options: Any) -> "Tensor":
        """The result of the operation `name` of this tensor and others, a Tensor; others may be numbers or arrays."""
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: _gradients(name, G, values, options)
        return result

    def backward(self) -> None:
        """Adds the derivative of the sum of the entries to the gradient of each tensor that this was made from.

        Raises:
            ValueError: this tensor requires no gradient.
        """
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part
