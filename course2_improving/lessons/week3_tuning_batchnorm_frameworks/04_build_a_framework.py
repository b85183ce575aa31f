# %% [markdown]
# You will build a small deep-learning framework, as PyTorch is inside: tensors that remember how they were made, a backward pass that nobody has to derive any more, layers, dropout, batch norm and Adam.
# Then the classifier of course 1 is trained on it, with the same costs as by hand.

# %% [markdown]
# ## What you will be able to do
#
# - write the rule of each operation: from the gradient of its result to the gradients of its inputs, broadcasting included;
# - write a `Tensor` whose `backward()` walks back through a graph of any shape and fills in all gradients;
# - write `Module`, `Linear`, `Sequential`, `Dropout`, `BatchNorm1d` and `Adam` with the interface that frameworks share;
# - say what a framework does for you.
#
# **What you need:** the chain rule on a graph from [course 1, week 2](../../../course1_nn/release/week2_neural_network_basics/03_computation_graphs.ipynb), the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), [batch norm](02_batch_normalization.ipynb), [Adam](../week2_optimization/03_momentum_rmsprop_adam.ipynb) and [softmax](03_softmax_classifier.ipynb).
# The lecture compares frameworks: how easy they are to use, how fast they run, and whether they are truly open. This lesson shows what is common to all of them. It is long; after section 2 there is a good place for a break.

# %%
import sys
from contextlib import contextmanager

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense
from shared_utils.operations import FORWARD, Operators

plots.use_style()

# %% [markdown]
# `FORWARD` is a table of NumPy functions by name, such as `FORWARD["multiply"]`, which is `np.multiply`. `Operators` makes of `a * b` the call `a.apply("multiply", b)`, and the same for `+`, `-`, `/`, `@`, `**` and methods like `exp`. Neither of them knows a derivative: that is your part.
#
# ## 1. A rule for each operation
#
# *How can a program know the derivative of any formula?*
#
# It does not know formulas, only **operations**: add, multiply, matrix product, exp, and a dozen more. A formula is a **graph** of operations. For each operation the program needs one **rule**. Let $J$ be the number at the end of the graph (the cost), let an operation compute $C$ from $A$ and $B$, and write $G = \partial J / \partial C$ for the gradient of its result, with the shape of $C$. The rule computes from $G$ the gradients $\partial J / \partial A$ and $\partial J / \partial B$, each with the shape of its input.
# Frameworks call this a **vector-Jacobian product**, because $G$ is multiplied by the Jacobian of the operation without ever writing this large matrix down.
#
# **Broadcasting.** Let $b$ of shape $(2, 1)$ be added to $A$ of shape $(2, 3)$. NumPy stretches $b$ to $(2, 3)$: each of its entries is used three times. An entry that is used three times has three ways to change $J$, so its gradient is the **sum** over them. The gradient of the stretched $b$ is $G$; that of $b$ is $G$ summed along the stretched axis.
#
# *On paper.* $G = \begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}$. For $b$ of shape $(2, 1)$: $\begin{bmatrix} 6 \\ 15 \end{bmatrix}$. Of shape $(1, 3)$: $[5, 7, 9]$ as a row. Of shape $(3,)$, to which NumPy adds an axis in front: $[5, 7, 9]$. A single number, shape $()$: $21$.
#
# ### Exercise 1: `unbroadcast`


# %% exercise="unbroadcast"
def unbroadcast(G, shape):
    """The gradient of an array from the gradient of what NumPy's broadcasting made of it.

    Args:
        G: the gradient of the stretched array, floats or whole numbers; up to four axes.
        shape: the shape of the array before it was stretched, a tuple that can be broadcast to the shape of G:
            it may have fewer axes, also none, and axes of length 1.

    Returns:
        An array of this shape, or a number (an array of shape () will do) if it is (); each entry is the sum of the entries of G made from it.
        It is new, also if nothing was stretched.

    Example:
        unbroadcast(np.array([[1, 2, 3], [4, 5, 6]]), (2, 1)) is [[6], [15]].
    """
    # 1. Axes that NumPy has put in front: sum over them.
    # 2. Axes of length 1 in shape: sum over them, and keep them.
    ### BEGIN SOLUTION
    added = G.ndim - len(shape)
    ones = tuple(axis for axis, length in enumerate(shape, added) if length == 1)
    return np.sum(G, axis=(*range(added), *ones)).reshape(shape)  # equivalent "range ends at 100": four axes at most
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# NumPy aligns shapes at their **last** axis. So `G.ndim - len(shape)` axes were added in front.
# Sum over the added axes first: `G = G.sum(axis=tuple(range(added)))`. Then for each axis where `shape[axis] == 1`: `G = G.sum(axis=axis, keepdims=True)`. Where nothing was summed, return a copy.
# </details>

# %% check="unbroadcast" points=2
with checks.exercise("unbroadcast"):
    G = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    checks.unchanged(unbroadcast, G, (2, 1))
    slips = {"this is the mean; each use adds its part": [[2], [5]], "this is the first use alone": [[1], [4]]}
    checks.close(
        "unbroadcast(G, (2, 1)), G = [[1, 2, 3], [4, 5, 6]]", unbroadcast(G, (2, 1)), [[6], [15]], mistakes=slips
    )
    for shape, expected in (((1, 3), [[5, 7, 9]]), ((3,), [5, 7, 9]), ((), 21), ((2, 3), G)):
        checks.close(f"unbroadcast(G, {shape})", unbroadcast(G, shape), expected)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(G, shape):
        total = np.zeros(shape)
        for place in np.ndindex(G.shape):
            end = place[G.ndim - len(shape) :]
            total[tuple(0 if length == 1 else k for k, length in zip(end, shape, strict=True))] += G[place]
        return total

    G, square = (np.random.default_rng(7).normal(0, 1, shape) for shape in ((4, 3, 2, 5), (3, 3, 3)))
    shapes = [(4, 3, 1, 5), (1, 3, 2, 1), (3, 1, 1), (1, 5), (5,), (1,), (), (4, 3, 2, 5), (1, 1, 1, 1), (2, 5), (2, 1)]
    pairs = [(square, shape) for shape in [(3, 1, 3), (1, 3), (3,), (3, 3), (1, 3, 3)]]
    pairs += [(G, shape) for shape in shapes] + [(G[:1, :, :1, 0], (3, 1)), (G[0, 0, 0], (1,)), (np.array(2.5), ())]
    others = {f"with G {G.shape} and shape {shape}": (G, shape) for G, shape in pairs}

    def stretched(rng, n, m):
        return rng.normal(0, 1, (n, m)), [(n, 1), (1, m)][rng.integers(2)]

    domain = {"sizes": {"n": 40, "m": 130}, "real": {"G": 30}, "types": ["G"], "apart": False}
    checks.agrees(unbroadcast, entry_by_entry, stretched, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Two inputs
#
# Where $A$ and $B$ have equal shapes, all products entry by entry:
#
# | operation | $C$ | $\partial J / \partial A$ | $\partial J / \partial B$ |
# |---|---|---|---|
# | add | $A + B$ | $G$ | $G$ |
# | subtract | $A - B$ | $G$ | $-G$ |
# | multiply | $A * B$ | $G * B$ | $G * A$ |
# | divide | $A / B$ | $G / B$ | $-G * A / B^2$ |
#
# If an input was stretched, its gradient must be brought back to its shape. The matrix product has a rule of its own: for $C = A B$ with $A$ of shape $(n, k)$ and $B$ of shape $(k, m)$, $G$ has the shape $(n, m)$, and
#
# $$\frac{\partial J}{\partial A} = G B^T, \qquad \frac{\partial J}{\partial B} = A^T G.$$
#
# You know it: with $A = W$ and $B = X$ it is $dW = dZ \, X^T$. (The division by $m$ belongs to the cost: here it is an operation of its own.)
#
# *On paper.* $A = [1, 2]$, shape $(1, 2)$; $B = 4$, shape $(1, 1)$; $G = [10, 20]$. Divide: $\partial J/\partial A = [2.5, \; 5]$, and $\partial J / \partial B = -(10 \cdot 1 + 20 \cdot 2) / 16 = -3.125$.
#
# ### Exercise 2: `binary_rule`


# %% exercise="binary_rule"
def binary_rule(name, G, A, B):
    """The rule of an operation with two inputs: their gradients from that of its result.

    Args:
        name: "add", "subtract", "multiply", "divide" or "matmul".
        G: the gradient of the result, of its shape, floats or whole numbers.
        A, B: the inputs, arrays of floats or whole numbers. For matmul of shapes (n, k) and (k, m); else of shapes
            that NumPy broadcasts to that of G: with fewer axes, also none, or axes of length 1. For divide, B has no 0.

    Returns:
        The gradients of A and of B, each an array of the shape of its input (a number where that is ()).

    Raises:
        ValueError: another name.

    Example:
        binary_rule("subtract", np.array([[1.0, 2.0]]), np.array([[5.0, 5.0]]), np.array([[3.0]])) is [[1, 2]], [[-3]].
    """
    # 1. The matrix product, which stretches nothing.
    # 2. The table, for inputs of the shape of G.
    # 3. Each gradient back to the shape of its input.
    ### BEGIN SOLUTION
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
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Four branches that set `dA` and `dB`, one that raises ValueError, and at the end `unbroadcast(dA, A.shape)` and the same for B.
# </details>

# %% check="binary_rule" points=3
with checks.exercise("binary_rule"):
    G, A, B = np.array([[10.0, 20.0]]), np.array([[1.0, 2.0]]), np.array([[4.0]])
    checks.unchanged(binary_rule, "divide", G, A, B)
    expected = {"add": (G, 30), "subtract": (G, -30), "multiply": ([[40, 80]], 50), "divide": ([[2.5, 5]], -3.125)}
    for name, (dA, dB) in expected.items():
        what = f'binary_rule("{name}", [[10, 20]], [[1, 2]], [[4]])'
        found = checks.results(what, binary_rule(name, G, A, B), ["dA", "dB"])
        checks.close(f"dA of {what}", found[0], dA)
        checks.close(f"dB of {what}", found[1], [[dB]])
    G, B = np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
    dA, dB = binary_rule("matmul", G, A, B)
    checks.close("dA for matmul, G = [[1, 2, 3]], A = [[1, 2]], B = [[1, 0, 2], [0, 1, -1]]", dA, [[7, -1]])
    checks.close("dB for the same matmul", dB, [[1, 2, 3], [2, 4, 6]])
    checks.raises('binary_rule("modulo", G, A, B)', ValueError, binary_rule, "modulo", G, A, B)
    ### BEGIN HIDDEN TESTS

    def by_complex_step(name, G, A, B):
        return checks.complex_step(lambda a, b: G * FORWARD[name](a, b), A, B)

    def inputs(name, k):
        def draw(rng, n, m):
            shapes = [((n, m), other) for other in ((n, m), (n, 1), (m,), ())] + [((n, 1), (1, m)), ((1, m), (n, m))]
            for_a, for_b = ((n, 3), (3, m)) if name == "matmul" else shapes[k % 6][:: 1 if k < 6 else -1]
            B = np.array(rng.uniform(0.4, 3, for_b) * np.where(rng.random(for_b) < 0.4, -1, 1))
            A = np.array(rng.normal(0, 1, for_a))
            return name, rng.normal(0, 1, FORWARD[name](A, B).shape), A, B

        return draw

    rng, deep = np.random.default_rng(5), np.ones((2, 3, 4))
    for name in ("add", "subtract", "multiply", "divide", "matmul"):
        for k in range(12 if name != "matmul" else 1):
            real, among = {"G": 30, "A": 30}, ["G", "A"] if name == "divide" else ["G", "A", "B"]
            domain = {"real": real if name == "divide" else real | {"B": 30}, "types": among, "returns": ["dA", "dB"]}
            sizes = {"n": 12, "m": 110} if name == "matmul" else {"n": 3, "m": 11}
            checks.agrees(binary_rule, by_complex_step, inputs(name, k), sizes=sizes, apart=False, **domain)
        others = [(rng.normal(0, 1, (2, 3, 4)), np.array([[1.0], [2], [-3]]), 3 * deep)]
        others += [(deep, 2 * deep[..., :1], -0.7 * deep[0]), (np.array(2.0), np.array(3.0), np.array(-4.0))]
        others += [
            (deep[0], 3 * deep[0], 10**9 * np.array([[4], [-7], [5]])),
            (deep[0], -deep[0], np.array([[1e-9], [-2.0], [1e6]])),
        ]
        for G, A, B in others if name != "matmul" else []:
            what = f'binary_rule("{name}", G, A, B), A of shape {A.shape}, B of shape {B.shape}'
            for part, wanted in zip(binary_rule(name, G, A, B), by_complex_step(name, G, A, B), strict=True):
                checks.close(what, part, wanted, rtol=1e-9, atol=1e-30)
    for name in ("Add", "", "sum", "mul"):
        checks.raises(f'binary_rule("{name}", G, A, B)', ValueError, binary_rule, name, deep, deep, deep)
    ### END HIDDEN TESTS

# %% [markdown]
# ### One input
#
# Here a **sum** keeps its axes, with length 1, as `keepdims=True` does. The last row is the logarithm of the sum of the exponentials along an axis, one operation in every framework because step by step it overflows. Its derivative is the softmax.
#
# | operation | $C$ | $\partial J / \partial A$ |
# |---|---|---|
# | negate | $-A$ | $-G$ |
# | exp, log | $e^A$, $\log A$ | $G * e^A$, $G / A$ |
# | relu | $\max(A, 0)$ | $G$ where $A > 0$, else $0$ |
# | power | $A^k$, with a constant $k$ | $G * k A^{k-1}$ |
# | sum | sums along an axis, or of all entries | $G$, broadcast to the shape of $A$ |
# | broadcast | $A$, broadcast to another shape | $G$, summed to the shape of $A$ |
# | reshape | the same numbers in another shape | $G$ in the shape of $A$ |
# | transpose | $A^T$ | $G^T$ |
# | logsumexp | $\log \sum_k e^{a_k}$ along an axis | $G$ times the softmax of $A$ along it |
#
# The backward pass of a sum is a broadcast, and the backward pass of a broadcast is a sum. Two places need care. ReLU has no derivative at 0; take 0 there. And $A^0$ is 1 everywhere, also at $A = 0$: its gradient is 0, while the formula would give $0 \cdot \infty$ there, which is `nan`.
#
# *On paper.* $A = [-2, \; 0, \; 3]$, $G = [5, 5, 5]$. ReLU: $[0, 0, 5]$; power with $k = 2$: $[-20, \; 0, \; 30]$. The sum of all three entries, $G = [7]$: $[7, 7, 7]$. Logsumexp of $(0, \log 3)$, $G = 8$: the softmax is $(1/4, \; 3/4)$, the gradient $(2, 6)$.
#
# ### Exercise 3: `unary_rule`


# %% exercise="unary_rule"
def unary_rule(name, G, A, option=None):
    """The rule of an operation with one input: its gradient from that of the result.

    Args:
        name: one of the ten in the table: "negate", "exp", ..., "logsumexp".
        G: the gradient of the result, of its shape: for sum and logsumexp that of A with length 1 where it was summed.
        A: the input, floats or whole numbers. Entries for exp are from -50 to 50; for log above 0; for power above 0
            if k is negative or not whole. Two axes for transpose and logsumexp, else any number of them.
        option: for power the exponent k, from -10 to 10, whole or not, 2 or 2.0; for logsumexp the axis, 0 or 1; else None.

    Returns:
        The gradient of A: a new array of its shape (a number where that is ()). relu has 0 where A is 0, power with
        k = 0 everywhere.
        For logsumexp nothing overflows, though A may hold numbers from -10,000 to 10,000.

    Raises:
        ValueError: another name.

    Example:
        unary_rule("power", np.array([5.0, 5.0]), np.array([-2.0, 3.0]), 2) is [-20, 30].
    """
    # 1. A branch for each operation of the table. 2. Is the result new, or does it lie in the memory of G?
    ### BEGIN SOLUTION
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
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.broadcast_to(G, A.shape)`, `G.T` and mostly `G.reshape(A.shape)` lie in the memory of `G`; `.copy()` makes a new array. For broadcast you have a function already.
# NumPy refuses whole numbers to a negative whole power; `A ** (option - 1.0)` always works. Handle `option == 0` first. Logsumexp: the stable softmax of lesson 03 with `axis=option, keepdims=True`, times `G`.
# </details>

# %% check="unary_rule" points=4
with checks.exercise("unary_rule"):
    G, A = np.array([5.0, 5.0, -10.0]), np.array([-2.0, 0.0, 3.0])
    checks.unchanged(unary_rule, "relu", G, A)
    slips = {"at 0 take 0: use > and not >=": [0, 5, -10], "G is missing": [0, 0, 1], "A > 0 counts, not G": [0, 0, 0]}
    checks.close('unary_rule("relu", [5, 5, -10], [-2, 0, 3])', unary_rule("relu", G, A), [0, 0, -10], mistakes=slips)
    checks.close('unary_rule("negate", G, A)', unary_rule("negate", G, A), -G)
    checks.close('unary_rule("exp", G, [0, 1, 0])', unary_rule("exp", G, np.array([0, 1, 0])), [5, 5 * np.e, -10])
    checks.close('unary_rule("log", G, [1, 2, 4])', unary_rule("log", G, np.array([1, 2, 4])), [5, 2.5, -2.5])
    for k, expected in ((2, [-20, 0, -60]), (0, [0, 0, 0])):
        checks.close(f'unary_rule("power", [5, 5, -10], [-2, 0, 3], {k})', unary_rule("power", G, A, k), expected)
    G, A = np.array([[7.0], [8.0]]), np.log(np.array([[1.0, 3.0, 3.0], [1.0, 6.0, 1.0]]))
    checks.close('unary_rule("sum", [[7], [8]], A of shape (2, 3))', unary_rule("sum", G, A), [[7, 7, 7], [8, 8, 8]])
    what = 'unary_rule("logsumexp", [[7], [8]], log [[1, 3, 3], [1, 6, 1]], 1)'
    checks.close(what, unary_rule("logsumexp", G, A, 1), [[1, 3, 3], [1, 6, 1]])
    checks.close('unary_rule("broadcast", A, G)', unary_rule("broadcast", A, G), [[np.log(9)], [np.log(6)]])
    checks.raises('unary_rule("add", G, A)', ValueError, unary_rule, "add", G, A)
    ### BEGIN HIDDEN TESTS

    def by_complex_step(name, G, A, option=None):
        along = tuple(axis for axis in range(G.ndim) if G.ndim == A.ndim and G.shape[axis] == 1)
        options = {
            "power": [option],
            "logsumexp": [option],
            "sum": [along],
            "broadcast": [G.shape],
            "reshape": [G.shape],
        }
        (slope,) = checks.complex_step(lambda a: G * FORWARD[name](a, *options.get(name, [])), A)
        return slope * (A > 0) if name == "relu" else slope

    def arguments(name, option, k):
        def draw(rng, n, m):
            few = [(n, 1), (1, m), (1, 1)][k % 3 if name in ("sum", "broadcast") else option == 0]
            A = rng.uniform(0.3, 4, (n, m)) if name in ("log", "power") else rng.normal(0, 2, (n, m))
            G = {"transpose": (m, n), "reshape": [(m, n), (n * m,), (m, 1, n)][k % 3], "sum": few, "logsumexp": few}
            if name == "broadcast":
                G, A = {name: (n, m)}, rng.normal(0, 2, few if k < 3 else (m,))
            return name, rng.normal(0, 1, G.get(name, (n, m))), A, option

        return draw

    powers = [("power", k) for k in (2, 3, 1, 0, -1, 0.5, -2, 10, -2.5)]
    plain = [(name, None) for name in ("negate", "exp", "log", "relu", "sum", "broadcast", "reshape", "transpose")]
    for name, option in [*plain, *powers, ("logsumexp", 0), ("logsumexp", 1)]:
        free = {"A": 300 if name == "logsumexp" else 6} if name not in ("log", "power") else {}
        domain = {"real": {"G": 30} | free, "types": ["G", "A"], "sizes": {"n": 3, "m": 104}, "apart": False}
        for k in range(4 if name in ("sum", "broadcast", "reshape") else 1):
            checks.agrees(unary_rule, by_complex_step, arguments(name, option, k), **domain)
    deep, A = np.random.default_rng(3).normal(0, 1, (2, 3, 4, 3)), np.array([[-2, 0, 3], [1, -1, 5]])
    cases = [("sum", deep[:1], deep), ("sum", deep[:, :1, :, :1], deep), ("sum", deep[0, 0, 0, :1], deep[0, 0, 0])]
    cases += [("sum", np.array(2.0), np.array(3.0)), ("exp", np.array(2.0), np.array(-3)), ("relu", deep, 1.0 * deep)]
    cases += [("broadcast", deep, np.zeros(shape)) for shape in [(), (3,), (1,), (4, 1), (2, 1, 4, 1), deep.shape]]
    cases += [("reshape", deep, np.zeros(shape)) for shape in [(72,), (8, 9), (1, 72)]]
    cases += [("power", deep[0, :2, 1], each, k) for each in (A, -np.abs(A) - 1.0, -0.0 * A) for k in (0, 1, 2, 3)]
    cases += [("relu", deep[0, :2, 1], each) for each in (-np.abs(A), 1e-9 * A)] + [
        ("log", deep[:1], 1e-50 + 0 * deep[:1])
    ]
    cases += [("logsumexp", A[:1], 1e4 * np.array([[1, -0.9999, 0], [0.9998, -1, 1], [0.9999, -0.9998, -1]]), 0)]
    for name, *given in cases:
        what = f'unary_rule("{name}", ...), G of shape {given[0].shape}, A of shape {given[1].shape}'
        checks.close(what, unary_rule(name, *given), by_complex_step(name, *given), rtol=1e-9)
    for name in ("tanh", "Exp", ""):
        checks.raises(f'unary_rule("{name}", G, A)', ValueError, unary_rule, name, A, A)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. The walk back
#
# *In which order are the rules applied?*
#
# A tensor may be used in several places. The rule of the operation that made it needs its **whole** gradient, the sum over all these places. So a tensor may have its turn only after everything that was made from it. Walked forwards, that is an order in which each node stands after all its inputs: a **topological order**. The backward pass goes through it from the end to the beginning.
#
# *On paper.* $J = a b + a$: with $c = a b$ and $J = c + a$ the inputs are: of $J$: $c, a$; of $c$: $a, b$. One topological order is $b, a, c, J$; another is $a, b, c, J$. The order $a, c, b, J$ is none: $c$ stands before its input $b$.
#
# A **depth-first search** finds one. It goes from a node to its inputs, from these to theirs, and so on; a node is written down once all its inputs have been. Written with a function that calls itself, it is short, but a graph of a few thousand operations one after the other is deeper than Python lets functions call each other. A list as a **stack** has no such limit: take the last entry off; if it comes for the first time, put it back with the mark "inputs done", and its inputs on top of it; if it carries the mark, write it down.
#
# ### Exercise 4: `topological_order`


# %% exercise="topological_order"
def topological_order(output, inputs_of):
    """An order of all nodes from which `output` is made, each after its inputs.

    Args:
        output: the last node. Nodes are strings, numbers or tensors: whatever can be in a set. Equal ones are one node.
        inputs_of: a function; inputs_of(node) is a tuple or a list of the nodes that the node is made from. It may be
            empty, and may hold a node twice. No node is made from itself, directly or through others.

    Returns:
        A list of all nodes that are reached from output, each once and after all its inputs; output is the last.
        Any such order will do. inputs_of is called at most three times for each node. The graph may be a chain of
        10,000 nodes.

    Example:
        For the inputs {"J": ("c", "a"), "c": ("a", "b"), "a": (), "b": ()} it may be ["b", "a", "c", "J"].
    """
    # 1. A stack of pairs: a node, and whether its inputs have been written down.
    # 2. Which nodes have been met already?
    ### BEGIN SOLUTION
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
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `stack = [(output, False)]`, an empty list for the order and an empty set of nodes that you have met. Go on while the stack is not empty.
# A node that comes without the mark, but has been met before, is skipped. One that is new goes back onto the stack as `(node, True)`, and after it each of its inputs as `(each, False)`. So its inputs are taken off before it comes again.
# </details>

# %% check="topological_order" points=2
with checks.exercise("topological_order"):
    graph = {"J": ("c", "a"), "c": ("a", "b"), "a": (), "b": ()}
    order = topological_order("J", lambda node: graph[node])
    checks.that(isinstance(order, list), f"topological_order must return a list, not a {type(order).__name__}")
    checks.equal("the nodes that it found, sorted", sorted(order), ["J", "a", "b", "c"])
    checks.equal("the last of them", order[-1], "J")
    for node in graph:
        late = [each for each in graph[node] if order.index(each) > order.index(node)]
        checks.that(not late, f"topological_order gives {order}: {node!r} stands before its inputs {late}")
    ### BEGIN HIDDEN TESTS

    def hold(words, output, graph):
        calls, reached, new, what = {}, set(), {output}, f"topological_order of {words}"
        before = {node: [*inputs] for node, inputs in graph.items()}
        order = topological_order(output, lambda node: calls.update({node: calls.get(node, 0) + 1}) or graph[node])
        while new:
            reached |= new
            new = {each for node in new for each in graph[node]} - reached
        checks.length(what, order, len(reached))
        places = {node: place for place, node in enumerate(order)}
        checks.that(places.keys() == reached, f"{what}: some node is missing, or not reached from the output")
        kept = all([*graph[node]] == before[node] for node in graph)
        checks.that(kept, f"{what}: the list that inputs_of returned was changed; leave it as it is")
        good = all(places[each] < places[node] for node in reached for each in graph[node])
        checks.that(good, f"{what}: a node stands before one of its inputs")
        most = f"{what} calls inputs_of {max(calls.values())} times for one node: remember which nodes have been met"
        checks.that(max(calls.values()) <= 3, most)

    first, second = (topological_order(node, lambda node: ()) for node in "ab")
    checks.equal("the order of a node a alone, and then that of b", [first, second], [["a"], ["b"]])
    hold("a graph with a node used twice by one, and one not reached", "J", {"J": ("a", "a"), "a": (), "K": ("J", "a")})
    longer = {"d": ("c",), "c": ["b"], "b": ("a",), "a": []}
    hold("a graph in which a short way and a long way meet", "J", {"J": ("a", "d")} | longer)
    hold("the same graph, the long way first", "J", {"J": ["d", "a"]} | longer)
    hold("nodes that are numbers, 0 among them", 3, {3: (0, 2), 2: (0, -1), 0: (), -1: (0,)})
    mixed = ("", 1, "b", 0, None, (1, "b"))
    hold("strings beside numbers", "J", {"J": mixed} | dict.fromkeys(mixed, ()))
    hold("a ladder of 14 steps, 2**14 ways", 14, {0: ()} | {k + 1: (k, k) for k in range(14)})
    hold("a chain of 6,000 nodes", 5999, {0: ()} | {k: (k - 1,) for k in range(1, 6000)})
    rng = np.random.default_rng(12)
    for _ in range(40):
        n = int(rng.integers(2, 14))
        names = [f"n{k}" for k in rng.permutation(n)]
        inputs = [[names[j] for j in rng.integers(0, k, rng.integers(0, 7) if k else 0)] for k in range(n)]
        graph = {name: ["n" + each[1:] for each in parts] for name, parts in zip(names, inputs, strict=True)}
        hold(f"the graph {graph} from {names[-1]}", names[-1], graph)
    ### END HIDDEN TESTS

# %% [markdown]
# ### A tensor that remembers
#
# A `Tensor` holds an array, `value`. `apply` makes the result of an operation, and writes into it which tensors it was made from (`inputs`) and the `rule` that sends its gradient back to them. This record is the **tape**.
# Not every tensor needs a gradient: the data are constants. So a tensor has a mark `requires_grad`. A result wants a gradient if one of its inputs does; if none does, nothing is recorded, and the memory of the inputs can be freed.
#
# `backward()` begins with $G = 1$ for each entry of the last tensor. Then, in the order from exercise 4 walked backwards, each tensor that wants a gradient has its turn with the gradient that this walk has collected for it: it **adds** it to its `gradient`, and hands its inputs their parts by its `rule`.
# Why *add* to `gradient`? Because calls of `backward()` add up: two costs with the same parameters, or a large batch in two halves. Who wants a fresh gradient sets it to `None` before. But what is handed on in this walk is what was collected *in this walk*, never what stood in `gradient` from an earlier one.
#
# *On paper.* $a = [1, \; 2]$ of shape $(1, 2)$, $b = 3$, $J = \text{sum}(a * b + a) = 12$. Backwards: the sum hands $[1, 1]$ to $c + a$, the addition hands $[1, 1]$ to $c$ and to $a$; the product hands $[1, 1] \cdot 3$ to $a$ and $1 \cdot 1 + 1 \cdot 2 = 3$ to $b$. Together: $a$ has $[4, 4]$, $b$ has $3$.
#
# ### Exercise 5: `Tensor`, with a given function that calls your rules


# %% exercise="Tensor"
def gradients_of(name, G, values, options):
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
        value: the array. At any time it may be replaced by another one of the same shape.
        requires_grad: as given; for a result of `apply`: True if one of its inputs has True at this moment.
            Nobody changes it between apply and backward.
        inputs: the tensors that it was made from, a tuple. () for one made by hand, and where requires_grad is False.
        rule: the function that makes of the gradient of this tensor those of its inputs, for the values that they had
            when it was made. None where inputs is ().
        gradient: None, until a backward() has reached it; then an array of the shape of value, or a number.

    Methods:
        backward(): adds to the gradient of this tensor, and of each tensor from which it was made and that requires
            one, the derivative of the sum of this tensor's entries. Returns nothing. Raises ValueError if this tensor
            does not require a gradient. It may be called on a tensor made by hand, too: its derivative is 1.
    """

    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        """The result of the operation `name` of this tensor and others, a Tensor; others may be numbers or arrays."""
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        # 1. Does the result want a gradient? Only then keep inputs and rule; gradients_of(name, G, values, options).
        # 2. Return the result, and write def backward(self) below.
        ### BEGIN SOLUTION
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):  # equivalent "True → False": as many
                    collected[each] = collected.get(each, 0) + part
        ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `result.requires_grad = any(each.requires_grad for each in inputs)`. If it is True, set `result.inputs = inputs` and `result.rule = lambda G: gradients_of(name, G, values, options)`.
# In `backward`, keep what this walk has collected in a dict, `{self: np.ones(self.shape)}` at first. The order is `topological_order(self, lambda node: node.inputs)`; go through it with `reversed`.
# At its turn, a tensor with `requires_grad` takes `G` out of the dict. Its gradient becomes `G`, or the old gradient `+ G`. If it has inputs, go through them together with `tensor.rule(G)`, and add each part to what the dict has for this input, 0 at first.
# </details>

# %% check="Tensor" points=4
with checks.exercise("Tensor"):
    a, b, data_only = Tensor([[1.0, 2.0]]), Tensor(3.0), Tensor([[5.0, 7.0]], requires_grad=False)
    J = (a * b + a).sum()
    J.backward()
    checks.close("J = (a * b + a).sum(), a = [[1, 2]], b = 3", J.value, [[12.0]])
    slips = {"a is used twice; add both parts up": [[1, 1]], "the part of a * b alone": [[3, 3]]}
    checks.close("a.gradient", a.gradient, [[4.0, 4.0]], mistakes=slips)
    checks.close("b.gradient", b.gradient, 3.0)
    J.backward()
    slips = {"a new backward() adds to the gradient": [[4, 4]], "hand on what this walk collected alone": [[12, 12]]}
    checks.close("a.gradient after a second J.backward()", a.gradient, [[8.0, 8.0]], mistakes=slips)
    c = data_only * 2
    checks.equal("requires_grad and inputs of a constant times 2", [c.requires_grad, c.inputs], [False, ()])
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(11)
    W, X, v, row, V = (rng.normal(0, 1, shape) for shape in ((3, 4), (4, 5), (3, 1), 5, (3, 4)))
    formulas = {
        "W @ X + v": (lambda W, X, v: W @ X + v, (W, X, v)),
        "(W @ X + v) / (s * s + 1) * (W @ X)": (
            lambda W, X, v, s: (W @ X + v) / (s * s + 1) * (W @ X),
            (W, X, v, v[0]),
        ),
        "X - X * X + 3 * X / row": (lambda X, row: X - X * X + 3 * X / row, (X, row)),
        "(2 - v) * (2 / v) + v ** 3": (lambda v: (2 - v) * (2 / v) + v**3, (v,)),
        "X.T @ -X * 5 and W, a NumPy array, @ X": (lambda X: (X.T @ -X * 5) ** 2 - (V @ X).T @ (V @ X), (X,)),
    }
    for words, (formula, values) in formulas.items():
        made = [Tensor(value) for value in values]
        result = formula(*made)
        result.backward()
        checks.close(f"the value of {words}", result.value, formula(*values))
        for k, each in enumerate(made):
            cost = lambda value, k=k, f=formula, v=values: np.sum(f(*v[:k], value, *v[k + 1 :]))  # noqa: E731
            checks.gradient(f"gradient {k} of {words}", cost, each.gradient, values[k])
    a, b = Tensor(X), Tensor(2 * X)
    total = a + b
    for times in (1, 2, 3):
        total.backward()
        for name, each in (("a", a), ("b", b), ("a + b", total)):
            what = f"the gradient of {name} after backward() of a + b, call {times}"
            checks.close(what, each.gradient, np.full(X.shape, times))
    a, b, c = Tensor([[2.0, 5.0]]), Tensor([[3.0, 4.0]]), Tensor([[2.0, 5.0]], False)
    square, cube, product = a * a, a**3, (a * b).exp().log()
    square.backward()
    cube.backward()
    checks.close("a.gradient after backward() of a * a and of a ** 3", a.gradient, [[16.0, 85.0]])
    checks.close("the gradient of a * a itself", square.gradient, [[1.0, 1.0]])
    a.value, b.value, a.gradient = np.array([[7.0, 7.0]]), np.array([[9.0, 9.0]]), None
    product.backward()
    checks.close("a.gradient of a * b, when b.value was replaced before backward()", a.gradient, [[3.0, 4.0]])
    checks.close("b.gradient of a * b, when a.value was replaced before backward()", b.gradient, [[2.0, 5.0]])
    mixed, b.gradient = c * 3 - b * c, None
    mixed.backward()
    checks.equal("the gradient of a constant", c.gradient, None)
    facts = [len((b * c).inputs), mixed.requires_grad, mixed.rule is None]
    checks.equal("constant c: inputs of b * c, requires_grad of c * 3 - b * c, no rule", facts, [2, True, False])
    checks.close("b.gradient of c * 3 - b * c, c constant", b.gradient, [[-2.0, -5.0]])
    for words, none in {"a constant": c, "constant + 1": c + 1, "constant.exp()": c.exp()}.items():
        checks.equal(f"the rule of {words}", none.rule, None)
        checks.raises(f"backward() of {words}", ValueError, none.backward)
    b.backward()
    checks.close("b.gradient after b.backward() in addition", b.gradient, [[-1.0, -4.0]])
    deep = ladder = a = Tensor([[1.0]])
    for _ in range(1500):
        deep = deep + a
    for _ in range(14):
        ladder = (ladder + ladder) * 0.5
    for words, last, wanted in (("1,500 additions of a to a", deep, 1501.0), ("14 halved doublings of a", ladder, 1.0)):
        a.gradient = None
        last.backward()
        checks.close(f"a.gradient after {words}", a.gradient, [[wanted]])
    ### END HIDDEN TESTS

# %% [markdown]
# Here is the tape of a small network, $J = \text{sum}(\text{relu}(W x + b))$, as a picture. Each box is a tensor, with its value and below it its gradient.


# %%
def draw_graph(axis, output, names):
    """Draws the tape of a tensor: inputs on the left, each tensor one column behind its last input."""
    column, place, used = {}, {}, [0] * 99
    for tensor in topological_order(output, lambda tensor: tensor.inputs):
        column[tensor] = 1 + max((column[each] for each in tensor.inputs), default=-1)
        place[tensor] = 2.1 * column[tensor], -1.2 * used[column[tensor]] - 0.6 * (column[tensor] > 0)
        used[column[tensor]] += 1
        for each in tensor.inputs:
            arrow = {"arrowstyle": "->", "color": "grey", "shrinkA": 26, "shrinkB": 30}
            axis.annotate("", place[tensor], place[each], arrowprops=arrow)
        value, gradient = (
            np.array2string(part, precision=3).replace("\n", "") for part in (tensor.value, tensor.gradient)
        )
        box = {"boxstyle": "round", "facecolor": "white", "edgecolor": plots.COLORS[0 if tensor.inputs else 1]}
        text = f"{names[tensor]}\n{value}\n{gradient}"
        axis.text(*place[tensor], text, ha="center", va="center", fontsize=8, bbox=box)
    axis.set(xlim=(-1, 2.1 * max(column.values()) + 1), ylim=(-1.2 * max(used) + 0.3, 0.6))
    axis.set_axis_off()


# %%
W, x, b = Tensor([[1.0, -2.0], [0.5, 3.0]]), Tensor([[4.0], [1.0]]), Tensor([[-3.0], [1.0]])
product = W @ x
score = product + b
active = score.relu()
J = active.sum()
J.backward()
figure, axis = plt.subplots(figsize=(9, 3.4))
draw_graph(axis, J, {W: "W", x: "x", b: "b", product: "W @ x", score: "+", active: "relu", J: "sum"})
axis.set_title("Values are computed from left to right, gradients (last line) from right to left")
plt.show()

# %% [markdown]
# *What to notice.* The score of the first unit is $-1$, so ReLU lets no gradient through: the first rows of the gradients of $W$ and $b$ are 0. The orange boxes were made by hand, the blue ones by operations. Nobody derived anything for this formula.
# %% [markdown]
# ## 3. Parts of a network
#
# *Where do the parameters live?*
#
# In a **module**: an object that holds tensors and other modules as attributes, and can be called. Everything else follows from walking through these attributes: all parameters for the optimiser, all gradients back to `None`, all modules into training or test mode. PyTorch, TensorFlow and JAX's libraries share this idea. A module made of layers, which are called one after the other, is what they call *sequential*.
#
# ### Exercise 6: `Module`


# %% exercise="Module"
class Module:
    """A part of a network; it holds tensors and modules as attributes, alone or in lists or tuples (not in deeper ones).

    Args:
        layers: modules, or functions of a Tensor; kept in the attribute `layers`, a tuple.

    Attributes:
        training: True at first.

    Methods:
        __call__(x): the tensor x through all layers, one after the other; x itself if there are none.
        modules(): a list of this module and all modules that it holds now, or that these hold, and so on; each once.
            They may be of a class made from Module, a few levels deep. No module holds itself, directly or through others.
        parameters(): a list of all tensors that these modules hold, each once; in any order.
        train(), eval(): set `training` of all these modules to True, to False. They return nothing.
        zero_grad(): sets the gradient of all parameters to None. Returns nothing.
    Attributes that are something else (numbers, arrays, strings, functions, None) are left alone.
    """

    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        """All attributes, those in lists and tuples one by one."""
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        # 1. Through the layers. 2. Then write def modules(self), and with it parameters, train, eval and zero_grad.
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None
        ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `modules`: begin with `[self]`; for each `part` of `self._held()` that is a `Module`, add those of `part.modules()` that are not in the list yet.
# `parameters`: each `part` of `module._held()` that is a `Tensor`, for each module of `self.modules()`. A module or a tensor may be held in two places: each counts once.
# </details>

# %% check="Module" points=3
with checks.exercise("Module"):
    inner, outer = Module(), Module(lambda x: x * 2, lambda x: x + 1)
    inner.W, outer.b, outer.parts = Tensor([[1.0, 2.0]]), Tensor(5.0), [inner, "a name"]
    checks.close("outer(Tensor(3)).value: times 2, plus 1", outer(Tensor(3.0)).value, 7.0)
    checks.equal("the number of modules of outer", len(outer.modules()), 2)
    checks.equal(
        "sums of the parameters of outer", sorted(np.sum(each.value) for each in outer.parameters()), [3.0, 5.0]
    )
    outer.eval()
    checks.equal("training of outer and inner after eval()", [outer.training, inner.training], [False, False])
    outer.train()
    checks.equal("training of outer and inner after train()", [outer.training, inner.training], [True, True])
    inner.W.gradient = np.ones((1, 2))
    outer.zero_grad()
    checks.equal("inner.W.gradient after outer.zero_grad()", inner.W.gradient, None)

    ### BEGIN HIDDEN TESTS
    Part = type("Part", (Module,), {})
    parts = [Module(), Part(), Module(), Part(), Part(), Module(), Module()]
    checks.equal("modules that each of seven modules alone has", [len(part.modules()) for part in parts], [1] * 7)
    checks.equal("parameters() of seven modules without any", [[*part.parameters()] for part in parts], [[]] * 7)
    tensors = [Tensor(np.full((2, 1), 10.0**k), requires_grad=k != 5) for k in range(9)]
    top, first, second, third, fourth, fifth, apart = parts
    for number, each in enumerate(parts):
        each.number = number
    top.first, top.rest, top.W, top.n, apart.W = first, (second, third, 3, None), tensors[0], 0, tensors[6]
    first.inside, first.W, first.again = fourth, tensors[1], tensors[0]
    second.shared, third.shared, third.list = fifth, fifth, [tensors[2], tensors[2], tensors[3]]
    fourth.W, fifth.b, fifth.text, fifth.array = tensors[4], tensors[5], "W", np.ones(3)
    facts = {0: ([0, 1, 2, 3, 4, 5], 111111), 1: ([1, 4], 10011), 3: ([3, 5], 101100), 6: ([6], 10**6)}
    for number, (numbers, total) in facts.items():
        found = parts[number].parameters()
        checks.equal(f"modules() of module {number}", sorted(each.number for each in parts[number].modules()), numbers)
        checks.close(f"the sum of parameters() of module {number}", sum(each.value[0, 0] for each in found), total)
    state = [True] * 7
    for turn, on, inside in ((top.eval, False, range(6)), (first.train, True, (1, 4)), (third.train, True, (3, 5))):
        turn()
        state = [on if number in inside else state[number] for number in range(7)]
        checks.equal(
            "training of all modules, after train() or eval() of one", [each.training for each in parts], state
        )
    for each in tensors:
        each.gradient = np.ones((2, 1))
    top.zero_grad()
    checks.equal("which gradients are None", [each.gradient is None for each in tensors], [True] * 6 + [False] * 3)
    checks.close("a module without layers", Module()(Tensor([2.0, 3.0])).value, [2.0, 3.0])
    inner = Module(lambda x: x - 3, lambda x: x * x)
    inner.W, inner.b = tensors[7], [Tensor([[1e7]]), Tensor(0.0), Tensor(0.0)]
    model = Module(inner, lambda x: x + 10, inner)
    facts = [model(Tensor(1.0)).value.item(), len(model.modules()), len(model.parameters())]
    checks.equal("a module with a layer twice: its result for 1, its modules, its parameters", facts, [121.0, 2, 4])
    ### END HIDDEN TESTS

# %% [markdown]
# The dense layer is then short: $Z = W X + b$, one column for each example. (PyTorch has examples as rows.) So are dropout, which needs the attribute `training`, and a switch for predictions:


# %%
class Linear(Module):
    """Z = W X + b for columns X, with He's normal weights."""

    def __init__(self, n_in, n_out, rng):
        super().__init__()
        self.W = Tensor(rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)))
        self.b = Tensor(np.zeros((n_out, 1)))

    def __call__(self, X):
        return self.W @ X + self.b


class Dropout(Module):
    """Inverted dropout; each entry is kept with probability keep_prob."""

    def __init__(self, keep_prob, rng):
        super().__init__()
        self.keep_prob, self.rng = keep_prob, rng

    def __call__(self, x):
        return x * ((self.rng.random(x.shape) < self.keep_prob) / self.keep_prob) if self.training else x


# %%
@contextmanager
def no_grad(model):
    """Inside `with no_grad(model):` nothing is recorded, as no parameter wants a gradient."""
    wanted = [parameter for parameter in model.parameters() if parameter.requires_grad]
    for parameter in wanted:
        parameter.requires_grad = False
    try:
        yield
    finally:
        for parameter in wanted:
            parameter.requires_grad = True


# %% [markdown]
# ## 4. A layer with two modes
#
# *Dropout and batch norm behave differently at test time. Who tells them?*
#
# The attribute `training`, which `train()` and `eval()` of the whole network set. Look at what is *not* in this class: a backward pass. In lesson 02 it was a page of derivation; here the tape does it.


# %%
class BatchNorm1d(Module):
    """Batch norm for columns of n numbers, with running values for test time."""

    def __init__(self, n, momentum=0.9, epsilon=1e-5):
        super().__init__()
        self.momentum, self.epsilon = momentum, epsilon
        self.gamma, self.beta = Tensor(np.ones((n, 1))), Tensor(np.zeros((n, 1)))
        self.running_mean, self.running_var = np.zeros((n, 1)), np.ones((n, 1))

    def __call__(self, Z):
        mean, var = self.running_mean, self.running_var
        if self.training:
            m, keep = Z.shape[1], self.momentum
            mean = Z.sum(1) / m
            var = ((Z - mean) ** 2).sum(1) / m
            self.running_mean = keep * self.running_mean + (1 - keep) * mean.value
            self.running_var = keep * self.running_var + (1 - keep) * var.value
        return self.gamma * ((Z - mean) / (var + self.epsilon) ** 0.5) + self.beta


# %% [markdown]
# The running values are arrays and no tensors: `parameters()` must not find them, and a tensor would keep the tape of every batch in memory.
#
# ## 5. Training
#
# *What is left for the one who uses the framework?*
#
# An **optimiser** holds a list of parameters; its `step()` changes their values by their gradients. Gradient descent is a line. Adam (week 2, lesson 03) also keeps two averages for each parameter. Both begin as zeros. With $g$ the gradient, in step $t = 1, 2, \dots$, entry by entry:
#
# $$v \leftarrow \beta_1 v + (1 - \beta_1) g, \qquad s \leftarrow \beta_2 s + (1 - \beta_2) g^2, \qquad p \leftarrow p - \alpha \, \frac{v / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \varepsilon}.$$
#
# *On paper.* In the first step $v / (1 - \beta_1) = g$ and $s / (1 - \beta_2) = g^2$, so each entry moves by about $\alpha$ against the sign of its gradient, whether that is large or small (but for gradients near $\varepsilon$ or 0).
#
# ### Exercise 7: `Adam`


# %% exercise="Adam"
class Adam:
    """Adam, with the correction of both averages, for parameters of any shapes.

    Args:
        parameters: a list of Tensors.
        learning_rate, beta1, beta2, epsilon: as in the formula; epsilon > 0 stands outside the root, beta1 and beta2
            may be 0.

    Methods:
        step(): one step for each parameter that has a gradient: its value is replaced by a new array. t counts all
            calls of step, also those that find no gradient. A parameter whose gradient is None stays as it is, and so
            do its averages. Gradients stay as they are.
    """

    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        # 1. Keep all of it, a counter, and two averages for each parameter. 2. Then write step(self).
        ### BEGIN SOLUTION
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
        ### END SOLUTION


# %% check="Adam" points=2
with checks.exercise("Adam"):
    a, b = Tensor([[1.0, 2.0]]), Tensor(5.0)
    optimiser = Adam([a, b], learning_rate=0.1)
    a.gradient = np.array([[4.0, -0.5]])
    optimiser.step()
    slips = {"correct both averages by 1 - beta ** t": [[0.6837722, 2.3162278]], "go against the sign": [[1.1, 1.9]]}
    checks.close("a.value after step 1", a.value, [[0.9, 2.1]], rtol=1e-6, mistakes=slips)
    checks.close("b.value, which has no gradient", b.value, 5.0)
    a.gradient = np.array([[-1.0, -0.5]])
    optimiser.step()
    checks.close("a.value after step 2", a.value, [[0.8530532, 2.2]], rtol=1e-6)
    ### BEGIN HIDDEN TESTS
    rng, usual = np.random.default_rng(17), {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    held = [rng.normal(0, 1, shape) for shape in ((3, 2), (2, 3), (), (1, 2))]
    tensors, rare = [Tensor(value) for value in held], dict(learning_rate=0.3, beta1=0.5, beta2=0.9, epsilon=0.2)
    for options in ({}, rare, {"beta1": 0.0, "beta2": 0.0}):  # three optimisers of the same tensors
        optimiser, rows = Adam(tensors, **options), [[] for _ in held]
        rate, beta1, beta2, epsilon = (usual | options).values()
        for each in tensors:
            each.gradient = None
        optimiser.step()
        for t in range(2, 41):
            words = f"after step {t} of Adam(parameters, **{options})"
            old = [(each.value, each.value.copy()) for each in tensors]
            for k, each in enumerate(tensors):
                each.gradient = rng.normal(0.3, 10.0 ** (t % 3 - 1), np.shape(held[k])) * (t % 2 or k)
                if k == 1 and t in (1, 2, 7):
                    each.gradient = None
                    continue
                rows[k].append(each.gradient)
                ages = np.arange(len(rows[k]))[::-1].reshape(-1, *[1] * np.ndim(held[k]))
                v = np.sum((1 - beta1) * np.power(float(beta1), ages) * rows[k], 0) / (1 - beta1**t)
                s = np.sum((1 - beta2) * np.power(float(beta2), ages) * np.square(rows[k]), 0) / (1 - beta2**t)
                held[k] = held[k] - rate * v / (s**0.5 + epsilon)
            optimiser.step()
            for k, each in enumerate(tensors):
                checks.close(f"parameter {k} {words}", each.value, held[k], rtol=1e-9)
            checks.close(f"the gradient of the last parameter {words}", each.gradient, rows[-1][-1])
            checks.that(all(np.array_equal(*pair) for pair in old), f"an old value was changed in place {words}")
    ### END HIDDEN TESTS

# %% [markdown]
# And this is what one writes with a framework: five lines that are the same for every network. Forget the old gradients, go forward, compute the cost, go backward, take a step. The cost is the mean cross-entropy from scores, with one-hot labels $Y$ (lesson 03):
#
# $$J = \frac{1}{m} \sum_{i=1}^{m} \Big( \log \sum_{k} e^{z_{ki}} - \sum_k y_{ki} z_{ki} \Big).$$
#
# ### Exercise 8: `train_step`


# %% exercise="train_step"
def train_step(model, optimiser, X, Y):
    """One step of training on a batch, in training mode.

    Args:
        model: a Module that makes scores, a Tensor of shape (n, m), of a Tensor of shape (n_x, m). It is set into
            training mode, and stays in it. Gradients from earlier do not count.
        optimiser: has a method step(), which uses the gradients of the model's parameters.
        X: examples as columns, floats, shape (n_x, m). No gradient is recorded for it.
        Y: one-hot labels, floats, shape (n, m).

    Returns:
        The cost before the step, a number (float): the mean cross-entropy of the softmax of the scores, which may be from
        -10,000 to 10,000. After the call the parameters hold the gradients of this cost.
    """
    # 1. Mode; old gradients. 2. Scores and cost, with operations of tensors. 3. Backward, step.
    ### BEGIN SOLUTION
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    return cost.value.item()
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Z.logsumexp(0)` and `(Z * Y).sum(0)` have the shape (1, m). Their difference, summed and divided by m, is the cost, a Tensor of shape (1, 1).
# In this order: `model.train()`, `model.zero_grad()`, the scores, the cost, `cost.backward()`, `optimiser.step()`; `cost.value.item()` is the number.
# </details>

# %% check="train_step" points=2
with checks.exercise("train_step"):
    W = Tensor(np.zeros((2, 1)))
    network = Module(lambda x: W @ x)
    network.W, network.training = W, False
    inputs, labels = np.array([[1.0, 2.0, 3.0]]), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    cost = train_step(network, Adam([W], learning_rate=0.1), inputs, labels)
    slips = {"divide by the number of examples, 3": 3 * np.log(2), "not by that of the classes": 1.5 * np.log(2)}
    checks.close("the cost with W = 0 and two classes: log 2", cost, np.log(2), mistakes=slips)
    checks.close("W.gradient", W.gradient, [[2 / 3], [-2 / 3]])
    checks.close("W.value after a step of Adam with the rate 0.1", W.value, [[-0.1], [0.1]], rtol=1e-6)
    checks.equal("training of the model", network.training, True)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(23)
    for n_x, n, m, scale in ((3, 4, 7, 1), (4, 4, 4, 1), (2, 3, 5, 3000), (1, 2, 1, 1), (3, 1, 4, 1), (2, 3, 130, 0.1)):
        inputs, labels = rng.normal(0, 1 / scale, (n_x, 2 * m))[:, ::2], np.eye(n)[:, rng.integers(0, n, m)]
        inputs.flags.writeable = labels.flags.writeable = m == 4
        inputs_before, labels_before = inputs.copy(), labels.copy()
        held, seen = [rng.normal(0, scale**2, (n, n_x)), rng.normal(0, 1, (n, 1))], []
        weights, bias = (Tensor(value) for value in held)
        network, inside = Module(lambda x, W=weights, b=bias: W @ x + b), Module()
        watch = lambda z, seen=seen, inside=inside: seen.append([z.value, inside.training, z.requires_grad]) or z  # noqa: E731
        network.layers, network.parts, network.inside = (watch, *network.layers, watch), [weights, bias], inside
        optimiser = Adam([weights, bias], learning_rate=0.02)
        for step in (1, 2, 3):
            network.training = inside.training = False
            Z = held[0] @ inputs + held[1]
            logs = Z - np.max(Z, 0) - np.log(np.sum(np.exp(Z - np.max(Z, 0)), 0))
            what = f"train_step {step} with X ({n_x}, {m}) and Y ({n}, {m})"
            cost = train_step(network, optimiser, inputs, labels)
            checks.that(isinstance(cost, float), f"{what}: the cost must be a number, not a {type(cost).__name__}")
            checks.close(f"{what}: the cost", cost, -np.sum(labels * logs) / m, rtol=1e-9, atol=1e-12)
            slope = (np.exp(logs) - labels) / m
            for name, each, wanted in (("W", weights, slope @ inputs.T), ("b", bias, slope.sum(1, keepdims=True))):
                checks.close(f"{what}: the gradient of {name}", each.gradient, wanted, rtol=1e-7, atol=1e-10)
            checks.close(f"{what}: the scores that the model made", seen[-1][0], Z, rtol=1e-9)
            facts = [seen[-1][1], seen[-2][2], len(seen) // 2]
            checks.equal(f"{what}: training of a module inside; requires_grad of X; calls", facts, [True, False, step])
            kept = np.array_equal(inputs, inputs_before) and np.array_equal(labels, labels_before)
            checks.that(kept, f"{what}: X or Y was changed in place; leave arguments as they are")
            checks.that(
                np.any(weights.value != held[0]) or n == 1, f"{what}: the parameters stay the same; call step()"
            )
            held = [weights.value, bias.value]
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. The classifier of course 1, twice
#
# *Is it really the same as by hand?*
#
# Take the cat pictures and the network of course 1, week 4: 784 pixels, layers of 20 and 10 units, one output. Once with `dense`, whose backward pass was derived by hand; once with tensors, where only the forward pass is written. The sigmoid's cross-entropy from the score $z$ is $\log(1 + e^z) - y z$. Both start from the same weights and take 100 steps of gradient descent.


# %%
cats = data.load_cat_pictures()
X_cats = cats.X_train.reshape(len(cats.X_train), -1).T / 255
Y_cats, m = cats.Y_train, len(cats.X_train)
by_hand = dense.initialize_deep([784, 20, 10, 1], seed=0)
tensors = {name: Tensor(value) for name, value in by_hand.items()}
costs = {"by hand": [], "on the tape": []}

for _ in range(100):
    AL, caches = dense.deep_forward(X_cats, by_hand)
    costs["by hand"].append(dense.deep_cost(AL, Y_cats))
    by_hand = dense.update(by_hand, dense.deep_backward(AL, Y_cats, caches), 0.05)

for _ in range(100):
    A = (tensors["W1"] @ X_cats + tensors["b1"]).relu()
    A = (tensors["W2"] @ A + tensors["b2"]).relu()
    Z = tensors["W3"] @ A + tensors["b3"]
    cost = ((Z.exp() + 1).log() - Z * Y_cats).sum() / m
    cost.backward()
    costs["on the tape"].append(cost.value.item())
    for each in tensors.values():
        each.value, each.gradient = each.value - 0.05 * each.gradient, None

# %%
print(f"the largest difference of the costs: {np.max(np.abs(np.subtract(*costs.values()))):.0e}")
plt.plot(costs["by hand"], "o", markevery=5, label="by hand")
plt.plot(costs["on the tape"], label="on the tape")
plt.gca().set(title="The same costs: nobody derived the second curve's gradients", xlabel="step", ylabel="cost")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The costs agree to more than nine digits. The tape does more work than you did by hand: the rule of `W1 @ X` also computes the gradient of the pictures, which nobody wants. Real frameworks ask first whether an input requires a gradient.
#
# Now what would be tedious by hand: a network for ten digits with batch norm, dropout and Adam. The network is a line, and so is a step.


# %%
small = data.load_small_digits()
X, X_test = (images.reshape(len(images), -1).T / 16 for images in (small.X_train, small.X_test))
Y = np.eye(10)[:, small.Y_train[0]]
rng = np.random.default_rng(1)
hidden = [Linear(64, 64, rng), BatchNorm1d(64), lambda z: z.relu(), Dropout(0.8, rng)]
model = Module(*hidden, Linear(64, 10, rng))
optimiser = Adam(model.parameters(), learning_rate=0.01)
for _ in tqdm(range(30), desc="epochs", file=sys.stdout):
    for batch in np.array_split(rng.permutation(X.shape[1]), 22):
        train_step(model, optimiser, X[:, batch], Y[:, batch])
for mode in (model.train, model.eval):
    mode()
    with no_grad(model):
        right = np.mean(np.argmax(model(Tensor(X_test)).value, axis=0) == small.Y_test[0])
    print(f"{mode.__name__:5} mode: {right:.1%} of the test pictures are right")

# %% [markdown]
# *What to notice.* In training mode dropout is at work in the predictions, too: always call `eval()` before you measure.
# **An aside: arrays without copies.** A reshaped or transposed array is mostly no new data. NumPy keeps the numbers in one row of memory, and for each axis the **stride**: how many bytes to the next entry along it. The entry $(i, j)$ begins at byte $i s_0 + j s_1$. A transposition exchanges the strides; broadcasting sets a stride to 0, so that the same number is read again and again.

# %% [markdown]
# ## What you built
#
# - `unbroadcast`, `binary_rule`, `unary_rule`: the rules of fifteen operations, broadcasting included.
# - `topological_order` and `Tensor`: a tape that gives the gradients of any formula made of these operations.
# - `Module`, `Adam` and `train_step`: the interface that you will meet in every framework. Course 1's classifier runs on it, with the same costs.
#
# ## On your own
#
# Give your tensors a second derivative. Write the rules with operations of tensors instead of arrays, so that `backward()` itself is recorded. Then compute the Hessian-vector product of week 2, lesson 04, and compare it with differences. (What must `unbroadcast` become? What does the rule of ReLU record?)
#
# ## In practice
#
# `torch.Tensor`, `requires_grad`, `backward()`, `torch.nn.Module`, `torch.optim.Adam`, `torch.no_grad()` are the same ideas with the same names; there `gradient` is called `grad`, and operations run on graphics processors. TensorFlow records on a `GradientTape`, as in [the next lesson](05_tensorflow.ipynb). JAX records nothing while it computes: it transforms functions.
#
# ## References
#
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul and J. M. Siskind (2018), [Automatic Differentiation in Machine Learning: a Survey](https://www.jmlr.org/papers/v18/17-468.html), JMLR 18.
# - A. Paszke et al. (2019), [PyTorch: An Imperative Style, High-Performance Deep Learning Library](https://arxiv.org/abs/1912.01703), NeurIPS.
# - A. Karpathy (2020), [micrograd](https://github.com/karpathy/micrograd): a tape for single numbers in a hundred lines.
