"""Likely causes of a wrong value or shape, found by comparing what came with variants of what was expected."""

import re
from collections.abc import Callable

import numpy as np

Cause = Callable[[np.ndarray, np.ndarray, int | None, float], str | None]
VALUE_CAUSES: list[Cause] = []
ERRORS = {
    "'NoneType' object has no attribute 'numpy'": "a gradient is None: the tape did not watch, or saw no use of it",
    "NoneType": "something is None: is `return` missing? list.sort and its kind change a list and return None",
    "unhashable type: 'slice'": "a dict has no [a:b], a list has",
    "truth value of an array": "`if` and `or` need one truth value: np.all makes one, np.where decides for each entry",
    "could not broadcast input array": "the array on the left of = has another shape than what goes into it",
    "could not be broadcast": "print the shapes of both sides",
    "mismatch in its core dimension": "for A @ B the columns of A must be as many as the rows of B; print the shapes",
    "enough dimensions": "@ multiplies arrays with axes, and one side is a single number; * multiplies with a number",
    "not aligned": "for np.dot(A, B) the columns of A must be as many as the rows of B; print the shapes",
    "not enough values to unpack": "as many names on the left as values on the right; see Returns in the docstring",
    "read-only": "it writes into an argument; work on a copy (for arrays write a = a - b, not a -= b)",
    "same_kind": "it writes floats into an array of whole numbers; make a new array, a = a - b, not a -= b",
    "can be converted to": "math.exp, float() and the like take one number; np.exp and its kind take arrays",
    "numpy boolean subtract": "True and False cannot be subtracted; .astype(int) makes numbers of them",
    "has no len()": "a number may come here, which has no length; np.ndim(z) == 0 tells",
    "not subscriptable": "a number may come here, which has no entries; np.ndim(z) == 0 tells",
    "an array of size 1": ".item() takes an array of one number; print the shape (a column @ a row is a table)",
    "unhashable": "an array cannot be the key of a dict or stand in a set; a number or a tuple can",
    "was expected to be a": "TensorFlow does not mix number types; tf.constant(x, tf.float64) makes float64 of it",
    "have the same dtype": "TensorFlow does not mix number types; tf.constant(x, tf.float64) makes float64 of it",
    "too many values to unpack": "as many names on the left as values on the right; see Returns in the docstring",
}


def value_cause(cause: Cause) -> Cause:
    """Registers a cause: called with (actual, expected, m, rtol) of one shape, it returns a sentence or None."""
    VALUE_CAUSES.append(cause)
    return cause


def of_value(actual: np.ndarray, expected: np.ndarray, m: int | None = None, rtol: float = 1e-6) -> str | None:
    """The likely cause of finite wrong values, or None if none of the registered ones fits.

    `actual` and `expected` have one shape; `m` is the number of examples, if the quantity has to do with it.
    """
    return next((found for cause in VALUE_CAUSES if (found := cause(actual, expected, m, rtol))), None)


def of_shape(actual: tuple[int, ...], expected: tuple[int, ...]) -> str | None:
    """The likely cause of a wrong shape, or None."""
    squeezed = tuple(size for size in expected if size != 1)
    if len(expected) == 0 and set(actual) == {1}:
        return "it is an array that holds one number: .item() gives the number"
    if len(expected) == 0:
        return "a single number is wanted: is a sum or a mean over the examples missing?"
    if actual == () and set(expected) == {1}:
        return "a plain number came: keepdims=True or reshape makes it an array"
    if actual == ():
        return "one number came: is it for all together instead of one for each?"
    if len(actual) == 2 and actual[0] == actual[1] > 1 and actual[0] in expected and 1 in (*expected, len(expected)):
        return f"did a row and a column broadcast to {actual}? look at the shapes on both sides of - and *"
    if len(actual) == len(expected) > 1 and actual == expected[::-1]:
        return "is it transposed?"
    if actual == squeezed:
        return "the axis of length 1 is lost: keepdims=True or reshape keeps it"
    if expected == tuple(size for size in actual if size != 1):
        return "an axis of length 1 too many"
    if len(actual) == len(expected) == 1 and abs(actual[0] - expected[0]) == 1:
        return "one entry too few or too many: is the first or the last one missing, or counted twice?"
    if len(actual) == len(expected) and sorted(actual) == sorted(expected):
        return "are two axes swapped?"
    differ = [(a, e) for a, e in zip(actual, expected, strict=False) if a != e]
    crossed = len(differ) == 2 and 1 in (max(differ[0][0], differ[1][1]), max(differ[0][1], differ[1][0]))
    if len(actual) == len(expected) and crossed:
        return "was it summed over the wrong axis?"
    if len(actual) == len(expected) and all(e in (a, 1) for a, e in zip(actual, expected, strict=True)):
        return "an axis should have become 1: is a sum left out, or * written for the matrix product @?"
    return None


def of_error(error: Exception) -> str | None:
    """What usually causes an error that NumPy raises in a beginner's code, or None."""
    text = str(error)
    if isinstance(error, KeyError):
        return "no such key in the dict; compare its spelling with the docstring, and print the keys"
    if isinstance(error, NameError):
        return "is it misspelt? Here the answer has its arguments, what the set-up cell defines, and earlier exercises"
    cause = next((cause for words, cause in ERRORS.items() if words in text), None)
    axes = {len(re.findall(r"\d+", shape)) for shape in re.findall(r"\([\d,]+\)", text)}
    if cause and "broadcast" in text and axes == {1, 2}:
        return f"{cause}; one is flat, as are A[:, i] and a sum without keepdims=True"
    return cause


def _close(actual: np.ndarray, expected: np.ndarray, rtol: float) -> bool:
    scale = np.abs(expected).max(initial=0.0)
    return bool(np.allclose(actual, expected, rtol=rtol, atol=rtol * scale * 1e-3))


def _ratio(actual: np.ndarray, expected: np.ndarray, rtol: float) -> float | None:
    """k if actual is k times expected in every entry and that says something, else None."""
    norm = float(np.sum(expected * expected))
    if norm == 0:
        return None
    k = float(np.sum(actual * expected)) / norm
    return k if k != 0 and _close(actual, k * expected, rtol) else None


def _levels(values: np.ndarray) -> np.ndarray:
    """The different values, in units of the largest; what rounding leaves of a difference does not count."""
    return np.unique(np.round(values / (np.abs(values).max(initial=0.0) or 1), 6))


def _round(values: np.ndarray) -> bool:
    return np.allclose(values, np.round(values, 2), rtol=0, atol=1e-7)


def _varied(expected: np.ndarray) -> bool:
    """Whether the values differ so much that a rearrangement of them hardly comes about by chance."""
    return _levels(expected).size > (2 if _round(expected) else 1)


@value_cause
def _nearly(actual, expected, m, rtol):
    scale = np.abs(expected).max(initial=0.0)
    worst = np.abs(actual - expected).max(initial=0.0)
    if rtol > 1e-8 or not 0 < worst < 1e-5 * scale:
        return None
    return (
        f"right to about {max(1, int(-np.log10(worst / scale)))} digits only: is a small number such as 1e-8 added, "
        "something clipped or rounded, or float32 used?"
    )


@value_cause
def _zeros(actual, expected, m, rtol):
    if not actual.shape or actual.any():
        return None
    if actual.dtype.kind in "iu" and not expected.astype(int).any():
        return "every value is 0 in an array of integers, where fractions are cut off: should it be float?"
    return "every value is 0, not all of the expected ones are"


@value_cause
def _truncated(actual, expected, m, rtol):
    if actual.shape and actual.dtype.kind in "iu" and np.array_equal(actual, np.trunc(expected)):
        return "the fractions are cut off: values were written into an integer array; make it float"
    return None


@value_cause
def _factor(actual, expected, m, rtol):
    k = _ratio(actual, expected, max(rtol, 1e-9))
    if k is None:
        return None
    if np.isclose(k, -1, rtol=1e-6):
        return "your value is the negative of the expected one: is the sign flipped?"
    if m is not None and m > 1:
        two = " (or is a factor 2 wrong?)" if m == 2 else ""
        if np.isclose(k, m, rtol=1e-6):
            return (
                f"your value is exactly m = {m} times the expected one: is the mean over the m examples missing?{two}"
            )
        if np.isclose(k, 1 / m, rtol=1e-6):
            return f"your value is exactly 1/m = 1/{m} of the expected one: is it divided by m once too often?{two}"
        if np.isclose(k, -m, rtol=1e-6):
            return f"your value is exactly -m = -{m} times the expected one: sign and mean are both missing"
    sizes = _levels(np.abs(expected[expected != 0]))
    if sizes.size < 2 and _round(expected):  # of round numbers one is soon twice another
        return None
    if np.isclose(k, 2, rtol=1e-6):
        return "your value is exactly twice the expected one"
    if np.isclose(k, 0.5, rtol=1e-6):
        return "your value is exactly half the expected one"
    if sizes.size > 1 and 1e-4 < abs(k) < 1e4:  # no mistake is a factor 1e17: the expected values are nearly 0
        return f"your values are {k:.3g} times the expected ones, all by the same factor"
    return None


@value_cause
def _transposed(actual, expected, m, rtol):
    square = actual.ndim == 2 and actual.shape[0] == actual.shape[1] > 1
    return "is it transposed?" if square and _varied(expected) and _close(actual, expected.T, rtol) else None


@value_cause
def _reversed(actual, expected, m, rtol):
    if actual.ndim and _varied(expected) and _close(actual, expected[::-1], rtol):
        return f"the {'rows' if actual.ndim > 1 else 'values'} are right but in reverse order"
    return None


@value_cause
def _complement(actual, expected, m, rtol):
    if _levels(expected).size > 1 and _close(actual, 1 - expected, rtol):
        return "your value is 1 minus the expected one"
    return None


@value_cause
def _permuted(actual, expected, m, rtol):
    if _varied(expected) and _close(np.sort(actual, axis=None), np.sort(expected, axis=None), rtol):
        axes = ": look at the order of axes in reshape and transpose" if actual.ndim > 1 < min(actual.shape) else ""
        return f"the values are right but in the wrong places{axes}"
    return None


@value_cause
def _offset(actual, expected, m, rtol):
    difference = actual.astype(float) - expected
    offset = float(np.mean(difference))
    if offset and _levels(expected).size > 1 and _close(difference, np.full_like(difference, offset), 1e-6):
        return f"your values differ from the expected ones by {offset:.3g} everywhere"
    return None
