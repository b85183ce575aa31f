"""`agrees` rejects each kind of answer that looks right on ordinary arguments, and names what was special."""

import numpy as np
import pytest

from shared_utils import checks

SIZES = {"n_x": 130, "m": 1030}
NAMES = ["mean", "spread"]


def loops(X):
    mean = [sum(row) / len(row) for row in X.tolist()]
    spread = [max(row) - min(row) for row in X.tolist()]
    return np.array(mean), np.array(spread)


def examples(rng, n_x, m):
    return rng.normal(0, 1, (n_x, m))


def right(X):
    return X.mean(axis=1), X.max(axis=1) - X.min(axis=1)


def held(answer, oracle=loops, draw=examples, **domain):
    domain = {"sizes": SIZES, "real": {"X": 100}, "types": ["X"], "pixels": ["X"], "returns": NAMES} | domain
    checks.agrees(answer, oracle, draw, **domain)


memory = {}


def remembered(X):
    return memory.setdefault(X.shape, right(X))


def remembered_by_identity(X):
    _, kept = memory.setdefault(id(X), (X, right(X)))
    return tuple(part.copy() for part in kept)


def buffered(X):
    kept = memory.setdefault(("buffer", len(X)), np.zeros(len(X)))
    mean, kept[:] = right(X)
    return mean, kept


def writes(X):
    X -= 0
    return right(X)


def writes_later(X):
    answer = right(X)
    X[0] = 0
    return answer


def counted(X):
    memory["calls"] = memory.get("calls", 0) + 1
    mean, spread = right(X)
    return mean, spread + 1e-3 * (memory["calls"] > 100)


WRONG = {
    "a float32 result": (
        lambda X: (right(X)[0].astype(np.float32), right(X)[1]),
        "the result is float32, right to few digits",
    ),
    "the number type of the argument": (
        lambda X: (np.array([row.mean() for row in X]).astype(X.dtype), right(X)[1]),
        "with whole numbers in X, mean of answer(X): the fractions are cut off",
    ),
    "pixels that wrap": (
        lambda X: (right(X)[0], (2 * X).max(axis=1) / 2 - X.min(axis=1) * 1.0),
        "with pixels (uint8) in X, spread of answer(X): ",
    ),
    "square only": (
        lambda X: right(X.T) if X.shape[0] == X.shape[1] else right(X),
        "with n_x = m, mean of answer(X): ",
    ),
    "two by two only": (lambda X: right(X.T) if X.shape == (2, 2) else right(X), "with n_x = m, mean of answer(X): "),
    "one example": (lambda X: (X.mean(axis=1), np.squeeze(X).max(axis=-1) - X.min(axis=1)), "with m = 1, "),
    "the first hundred": (lambda X: right(X[:, :100]), "with m = 1030, mean of answer(X): "),
    "remembered": (remembered, "answer(X), X of shape (3, 5): "),
    "remembered by identity": (remembered_by_identity, "with arrays whose values have changed since the last call, "),
    "one buffer": (
        buffered,
        "answer(X), X of shape (3, 5): it changed, or handed out again, what an earlier call had returned",
    ),
    "float32": (lambda X: (right(X)[0].astype(np.float32).astype(float), right(X)[1]), "float32"),
    "a tiny number": (lambda X: (right(X)[0] + 1e-8, right(X)[1]), "right to about"),
    "clipped": (lambda X: (right(X)[0], np.minimum(right(X)[1], 10)), "with large numbers in X, spread of answer(X): "),
    "in place where it cannot": (writes, "read-only"),
    "changed": (writes_later, "answer changes its argument X in place"),
    "truth values": (lambda X: (right(X)[0], right(X)[1] > 0), "expected numbers, got True and False"),
    "one result": (lambda X: right(X)[0], "expected a tuple of 2 results (mean, spread), got an array"),
    "three results": (lambda X: (*right(X), 0), "expected a tuple of 2 results (mean, spread), got 3"),
    "nothing": (lambda X: None, "returned None: is `return` missing?"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_kind_of_wrong_answer_is_named(name):
    answer, says = WRONG[name]
    answer.__name__ = "answer"
    memory.clear()
    with pytest.raises((checks.CheckFailed, ValueError)) as failed:
        held(answer)
    assert says in f"{getattr(failed.value, 'call', '')}{failed.value}"


RIGHT = {
    "the reference": right,
    "loops": loops,
    "a list": lambda X: list(right(X)),
    "types converted": lambda X: right(np.array(X, dtype=float)),
    "einsum": lambda X: (np.einsum("ji->j", X) / X.shape[1] if X.dtype != np.uint8 else right(X)[0], np.ptp(X, axis=1)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_of_any_style_pass(name):
    if name == "einsum":  # NumPy's own ptp of pixels wraps nothing
        held(RIGHT[name], pixels=[])
    else:
        held(RIGHT[name])


def test_whole_numbers_here_and_floats_there_are_tried():
    def shifted(X, p):
        Z = p["W"] @ X
        Z += p["b"]
        return Z

    def loops(X, p):
        return np.array([[sum(w * x for w, x in zip(row, column, strict=True)) + b for column in X.T.tolist()]
                         for row, (b,) in zip(p["W"].tolist(), p["b"].tolist(), strict=True)])  # fmt: skip

    def draw(rng, n, m):
        return rng.normal(size=(n, m)), {"W": rng.normal(size=(2, n)), "b": rng.normal(size=(2, 1))}

    domain = {"sizes": {"n": 5, "m": 5}, "types": ["X", "p"]}
    with pytest.raises(TypeError) as failed:
        checks.agrees(shifted, loops, draw, **domain)
    assert failed.value.call == "with whole numbers in all but b of p, "
    checks.agrees(lambda X, p: p["W"] @ X + p["b"], loops, draw, **domain)


def test_whole_numbers_everywhere_are_tried():
    def cut(X, y):
        return np.array([x / 2 for x in X @ y]).astype((X @ y).dtype)

    def draw(rng, n, m):
        return rng.normal(size=(n, m)), rng.normal(size=m)

    domain = {"sizes": {"n": 5, "m": 5}, "types": ["X", "y"]}
    with pytest.raises(checks.CheckFailed, match="^with whole numbers in all of them, "):
        checks.agrees(cut, lambda X, y: X @ y / 2, draw, **domain)


def test_dicts_in_another_order_are_tried():
    def first(p):
        return len(next(iter(p.values()))) * p["b"]

    def draw(rng, n):
        return {"W": rng.normal(size=(n, 2)), "b": rng.normal(size=2)}

    with pytest.raises(checks.CheckFailed, match="^with dicts whose keys come in another order, "):
        checks.agrees(first, lambda p: len(p["W"]) * p["b"], draw, sizes={"n": 5})


def test_an_argument_itself_is_no_new_list():
    def kept(words):
        return words if "" not in words else [word for word in words if word]

    def draw(rng, n):
        return ["a" * int(k) for k in rng.integers(0, 3, n)]

    oracle = lambda words: [word for word in words if len(word) > 0]  # noqa: E731
    with pytest.raises(checks.CheckFailed, match="lies in the memory of the argument words itself; return a copy"):
        checks.agrees(kept, oracle, draw, sizes={"n": 5})
    checks.agrees(kept, oracle, draw, sizes={"n": 5}, new=False)


def test_a_row_of_numbers_is_a_tuple_of_numbers():
    checks.agrees(lambda x: np.array([x, 2 * x]), lambda x: (x, 2 * x), lambda rng: float(rng.random()), sizes={})


def test_a_view_is_refused_unless_it_may_be_one():
    def columns(X):
        return X.T

    def copied(X):
        return np.array([list(row) for row in X.T])

    with pytest.raises(checks.CheckFailed, match="lies in the memory of the argument X itself; return a copy"):
        held(columns, copied, returns=())
    held(columns, copied, returns=(), new=False)


def test_parts_are_compared_whatever_holds_them():
    def answer(words):
        return {"lengths": [len(word) for word in words], "first": words[0], "none": None, "flags": [True, "a"]}

    def draw(rng, n):
        return ["ab" * int(k) for k in rng.integers(1, 4, n)]

    checks.agrees(answer, lambda words: answer(words), draw, sizes={"n": 5})
    for key, other in {"lengths": [0], "first": "x", "none": 0, "flags": [1, "a"]}.items():
        with pytest.raises(checks.CheckFailed, match=f"'{key}' of"):
            checks.agrees(
                lambda words, key=key, other=other: answer(words) | {key: other},
                lambda words: answer(words),
                draw,
                sizes={"n": 5},
            )


def test_the_results_of_a_result_have_their_names():
    def layers(X):
        return X.sum(), [(X.min(), X.max()), (X[0, 0], X[0, -1])]

    def turned(X):
        total, (first, last) = layers(X)
        return total, [first, last[::-1]]

    names = {"total": (), "ends": ("first", "last")}
    held(layers, layers, returns=names, pixels=[])
    with pytest.raises(checks.CheckFailed, match="^first of entry 1 of ends of turned"):
        held(turned, layers, returns=names, pixels=[])


def test_one_argument_is_changed_at_a_time_unless_they_belong_together():
    known = {}

    def product(a, b):
        return known.setdefault(a.tobytes(), a * b).copy()

    def draw(rng, n):
        return rng.normal(0, 1, n), rng.normal(0, 1, n)

    with pytest.raises(checks.CheckFailed, match="with another a than before and the rest as before, product"):
        checks.agrees(product, lambda a, b: a * b, draw, sizes={"n": 5})
    known.clear()
    checks.agrees(product, lambda a, b: a * b, draw, sizes={"n": 5}, apart=False)


def test_cases_and_mistakes_have_their_words():
    def half(x):
        return x / 2 if x < 5 else x

    domain = {"sizes": {}, "cases": {"with a large x": (7.0,)}, "mistakes": {"it is not halved": lambda x: x}}
    with pytest.raises(checks.CheckFailed, match="^with a large x, half.x.: wrong value: it is not halved$"):
        checks.agrees(half, lambda x: x / 2, lambda rng: float(rng.uniform(0, 1)), **domain)


def test_numbers_of_numpy_are_varied_as_those_of_python_are():
    def half(x):
        return int(x) // 2 if isinstance(x, int | np.integer) else x / 2

    domain = {"sizes": {}, "types": ["x"]}
    for kind in (float, np.float64):
        with pytest.raises(checks.CheckFailed, match="^with whole numbers in x, "):
            checks.agrees(half, lambda x: x / 2, lambda rng, kind=kind: kind(rng.uniform(2.2, 2.3)), **domain)


def test_a_number_in_an_array_stays_one_in_every_layout():
    def doubled(x):
        assert x.shape == ()
        return 2 * x

    domain = {"sizes": {}, "types": ["x"], "real": {"x": 1}}
    checks.agrees(doubled, lambda x: 2 * x, lambda rng: np.array(rng.normal()), **domain)


def test_the_same_cases_come_each_time():
    seen = []
    for _ in range(2):
        asked = []
        held(lambda X, asked=asked: (asked.append(X.tobytes()), right(X))[1])
        seen.append(asked)
    assert seen[0] == seen[1] and len(seen[0]) > 20


def test_an_array_that_is_handed_out_again_is_seen():
    threes = {}

    def slope(x):
        return threes.setdefault(x.shape, np.full(x.shape, 3.0))

    with pytest.raises(
        checks.CheckFailed, match="handed out again, what an earlier call had returned; make new arrays"
    ):
        checks.agrees(slope, lambda x: np.array([3.0] * len(x)), lambda rng, n: rng.normal(size=n), sizes={"n": 5})
