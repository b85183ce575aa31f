"""Holding an answer to an independent oracle over the whole domain that its docstring promises."""

import copy
import inspect
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from shared_utils.checks import domain, values, words
from shared_utils.checks.aliases import STALE, unchanged, watched
from shared_utils.checks.domain import Case
from shared_utils.checks.values import CheckFailed

RTOL = 1e-9
SINGLE = 1e-4  # with numbers of single precision

Names = Sequence[str] | Mapping[str, Sequence[str]]


def agrees(
    function: Callable,
    oracle: Callable,
    draw: Callable[..., Any],
    *,
    sizes: Mapping[str, int | tuple[int, int]],
    real: Mapping[str, float] | None = None,
    types: Sequence[str] = (),
    pixels: Sequence[str] = (),
    returns: Names = (),
    cases: Mapping[str, tuple] | None = None,
    mistakes: Mapping[str, Callable] | None = None,
    new: bool = True,
    apart: bool = True,
    rtol: float = RTOL,
    atol: float = 0.0,
) -> None:
    """`function` gives what `oracle` gives, wherever the docstring promises an answer.

    Tried are: all sizes as different, as exchanged, as equal, each at its smallest and its largest; the same sizes with
    other values; one argument changed and the rest as before; other values, number types and layouts in memory, dicts
    in another order; at last other values in the same arrays, of all arguments and of one. Each time the arguments must
    stay as they were, and what was returned before must not change. A message begins with what was special: "with whole
    numbers in X, …".

    Args:
        function: the exercise.
        oracle: computes the same in another way; the names of its parameters are those of the arguments. Where it
            gives True and False, the answer may give these or 1 and 0; where it gives numbers, only numbers will do.
        draw: draw(rng, **sizes) gives arguments, a tuple (or one argument); it returns floats where any real number
            may stand, and whole numbers where only these may.
        sizes: for each size that `draw` takes, the largest (the smallest is 1), or (smallest, largest).
        real: the arguments that may hold any real numbers, each with how many times larger than drawn they may be:
            zeros, equal, negative, very small and large numbers are tried in them.
        types: the arguments that may be of another number type: whole numbers and float32 are tried, or floats where
            whole numbers are drawn.
        pixels: the arguments that may hold pixels, numbers from 0 to 255 of type uint8, which wrap.
        returns: the names of several results, for the messages; a dict where a result has several itself, as in
            {"Z": (), "cache": ("A_prev", "W")}, also for each tuple in a list.
        cases: more arguments, each by the words for what is special about them: {"with one class only": (X, Y)}.
        mistakes: by its words, what a misconception computes from the same arguments.
        new: whether the result must not share memory with an argument, nor hold a list or dict of one.
        apart: whether each argument may be changed without the others.
        rtol, atol: how exact the answer must be, relative to each entry (and to a thousandth of the largest one).

    Raises:
        CheckFailed: at the first case in which it does not.
    """
    this = _Agreement(function, oracle, returns, mistakes or {}, new, (rtol, atol))
    found = list(domain.cases(draw, this.names, sizes, real or {}, types, pixels, apart))
    if cases:
        found += [Case(regime, arguments, arguments, {}) for regime, arguments in cases.items()]
    if peer := getattr(function, "peer", None):  # it then asks for several in one message
        peer.foretell(function.reference, [case.arguments for case in found])
    last = _overwritten(found[0], found[1], apart)
    # A result that holds its arguments changes with them.
    for case, lasting in itertools.chain(((case, True) for case in found), ((case, new) for case in last)):
        try:
            this.hold(case, lasting)
        except CheckFailed as failed:
            raise CheckFailed(f"{case.regime}, {failed}" if case.regime else str(failed)) from None
        except Exception as error:
            if case.regime:
                error.call = f"{case.regime}, "
            raise
    unchanged(function, *found[0].arguments)


def _overwritten(case: Case, other: Case, apart: bool) -> Iterator[Case]:
    """A case, and then, written into its very arrays, the values of another one of the same sizes.

    If arguments may change alone, then also each of them back, while the rest stays. A case is made when it is asked
    for: call the answer with the one before.
    """
    # A copy, in which no argument is a part of another one.
    own = copy.deepcopy(case.arguments)
    yield replace(case, arguments=own)
    regime = "with arrays whose values have changed since the last call"
    own = domain.overwrite(own, other.arguments)
    yield replace(other, regime=regime, arguments=own)
    for place in range(len(own) if apart and len(own) > 1 else 0):
        arguments, plain = (
            now[:place] + then[place : place + 1] + now[place + 1 :]
            for now, then in ((other.arguments, case.arguments), (other.plain, case.plain))
        )
        own = domain.overwrite(own, arguments)
        yield replace(other, regime=regime, arguments=own, plain=plain)


class _Agreement:
    """A function, its oracle, and how they are compared; the arguments are those of `agrees`."""

    def __init__(
        self,
        function: Callable,
        oracle: Callable,
        returns: Names,
        mistakes: Mapping[str, Callable],
        new: bool,
        exactness: tuple[float, float],
    ):
        self.names = list(inspect.signature(oracle).parameters)
        self._name, self._oracle, self._returns, self._mistakes = function.__name__, oracle, returns, mistakes
        self._call, self._seen = watched(function)
        self._new, self._exactness = new, exactness

    def hold(self, case: Case, lasting: bool) -> None:
        """Raises CheckFailed if function and oracle do not agree in this case, or a `lasting` result changed."""
        what = self._called(case)
        before = copy.deepcopy(case.arguments)
        answer = self._call(*case.arguments)
        for name, now, then in zip(self.names, case.arguments, before, strict=True):
            if not values.same(now, then):
                raise CheckFailed(f"{what}: {words.in_place(self._name, name, then)}")
        if lasting and self._seen.stale:
            raise CheckFailed(f"{what}: {STALE}")
        if self._new and self._seen.lent:
            place = self._seen.lent[0]
            name = place if isinstance(place, str) else self.names[place]
            raise CheckFailed(f"{what}: the result lies in the memory of the argument {name} itself; return a copy")
        # Also where the answer is right: a misconception that cannot be computed in some case shows in the proof.
        slips = {slip: variant(*copy.deepcopy(case.plain)) for slip, variant in self._mistakes.items()}
        # Where it is the same, what was copied before the call is as good, and nobody's but ours.
        plain = before if case.plain is case.arguments else copy.deepcopy(case.plain)
        self._compare(what, answer, self._oracle(*plain), slips, case, self._returns)

    def _called(self, case: Case) -> str:
        """The call, as a message names it; with the shapes of the last two arrays if nothing else is special."""
        call = f"{self._name}({', '.join(self.names)})"
        shapes = [
            f"{name} of shape {value.shape}"
            for name, value in zip(self.names, case.arguments, strict=True)
            if isinstance(value, np.ndarray) and not case.regime
        ]
        return ", ".join([call, *shapes[-2:]])

    def _compare(
        self, what: str, answer: Any, expected: Any, slips: Mapping[str, Any], case: Case, returns: Names
    ) -> None:
        """Compares part by part; `slips` are what misconceptions give in the place of this part."""
        if isinstance(expected, tuple):
            names = list(returns) or [f"result {number}" for number in range(1, len(expected) + 1)]
            results = values.results(what, answer, names)
            for number, name in enumerate(names):
                theirs = {slip: variant[number] for slip, variant in slips.items()}
                inside = returns[name] if isinstance(returns, Mapping) else ()
                self._compare(f"{name} of {what}", results[number], expected[number], theirs, case, inside)
        elif isinstance(expected, dict):
            values.keys(what, answer, expected)
            for key in expected:
                theirs = {slip: variant[key] for slip, variant in slips.items()}
                self._compare(f"{key!r} of {what}", answer[key], expected[key], theirs, case, returns)
        elif isinstance(expected, list) and not all(isinstance(part, int | float) for part in expected):
            values.length(what, answer, len(expected))
            for number, part in enumerate(expected):
                theirs = {slip: variant[number] for slip, variant in slips.items() if number < len(variant)}
                self._compare(f"entry {number} of {what}", answer[number], part, theirs, case, returns)
        elif isinstance(expected, str | bool | None):
            values.equal(what, answer, expected)
        else:
            self._compare_numbers(what, answer, expected, slips, case)

    def _compare_numbers(self, what: str, answer: Any, expected: Any, slips: Mapping[str, Any], case: Case) -> None:
        if isinstance(expected, list):
            values.length(what, answer, len(expected))
            answer = np.asarray(answer)
        expected = np.asarray(expected)
        values.number_type(what, answer, expected)
        if np.asarray(answer).dtype in (np.float16, np.float32) and expected.dtype == float and not case.single:
            raise CheckFailed(f"{what}: the result is {np.asarray(answer).dtype}, right to few digits; keep float64")
        rtol, atol = (SINGLE, SINGLE / 100) if case.single else self._exactness
        if expected.dtype.kind in "iub" and not case.single:
            rtol = atol = 0.0
        atol += 1e-3 * rtol * np.abs(expected[np.isfinite(expected)]).max(initial=0)
        values.close(what, answer, expected, m=case.sizes.get("m"), rtol=rtol, atol=atol, mistakes=slips)
