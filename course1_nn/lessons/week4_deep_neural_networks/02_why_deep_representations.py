# %% [markdown]
# You will build networks by hand that compute the same function with 14 hidden units or with 128, and measure where depth helps a trained network, and where it does not.

# %% [markdown]
# ## What you will be able to do
#
# - compute a parity with a tree, and say how deep the tree is;
# - set the weights of a deep and of a shallow network by hand, and prove both right on every input;
# - say which statement about depth is proved, and for which kind of unit;
# - compare a deep and a shallow network fairly, with the same number of parameters;
# - find the pictures that a hidden unit responds to most.
#
# **What you need:** `deep_forward` and its caches from [lesson 01](01_deep_forward_and_dimensions.ipynb). The set-up cell gives it to you, with the first weights and a table of
# all patterns of $n$ bits.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.dense_forward import deep_forward, initialize_deep

plots.use_style()


def all_inputs(n):
    """All 2^n patterns of n bits as columns, shape (n, 2^n): column i is the number i, its highest bit on top."""
    return np.arange(2**n) >> np.arange(n - 1, -1, -1).reshape(n, 1) & 1


# %% [markdown]
# ## 1. A tree
#
# *Which function is easy in many small steps and hard in one?*
#
# The lecture names one: the **parity** of $n$ bits $x_1, \dots, x_n$. It is 1 if an odd number of the bits are 1, else 0. For two bits it is XOR ("exactly one of the two"):
#
# | $a$ | 0 | 0 | 1 | 1 |
# |---|---|---|---|---|
# | $b$ | 0 | 1 | 0 | 1 |
# | $a \oplus b$ | 0 | 1 | 1 | 0 |
#
# For more bits, take XORs in a **tree**. Level 0 is the bits. Each level joins neighbours, the first with the second, the third with the fourth, and so on. A bit that is left over
# goes up unchanged. The last level is one bit, the parity:
#
# $$a^{[0]} = x, \qquad a^{[l]}_k = a^{[l-1]}_{2k-1} \oplus a^{[l-1]}_{2k}, \qquad \text{shape } (n, m) \to (\lceil n/2 \rceil, m) \to \dots \to (1, m).$$
#
# Each level halves the number of rows, so the **depth** is $\lceil \log_2 n \rceil$. Each XOR turns two bits into one, so $n$ bits need $n - 1$ of them.
#
# *On paper.* $x = 1, 0, 1, 1, 1$ goes to $1, 0, 1$, then to $1, 1$, then to $0$: four ones, parity 0. Depth 3, four XORs.
#
# ### Exercise 1: `parity_tree`


# %% exercise="parity_tree"
def parity_tree(X):
    """The parity of each column, by a tree of XORs.

    Args:
        X: bits, 0 or 1 as whole numbers (int64), one example a column, shape (n, m), n >= 1. It is not changed.

    Returns:
        A list of the levels, arrays of 0 and 1 (numbers, or True and False). Level 0 is X, itself or a copy. Each later
        level has half as many rows (rounded up): row 0 joins rows 0 and 1 of the level before, row 1 joins rows 2 and
        3, ...; a row left over goes up unchanged and stays the last one. The last level has shape (1, m).

    Example:
        for the column 1, 0, 1, 1, 1 the levels are the columns [1, 0, 1, 1, 1], [1, 0, 1], [1, 1] and [0].
    """
    # 1. Level 0 is there. How long do you go on?
    # 2. Take all pairs of a level at once: which rows are the first of a pair, which the second?
    # 3. With an odd number of rows, the last one has no partner.
    ### BEGIN SOLUTION
    levels = [X]
    while len(levels[-1]) > 1:
        A = levels[-1]
        even = len(A) // 2 * 2
        pairs = A[:even:2] ^ A[1:even:2]
        levels.append(np.vstack([pairs, A[even:]]))
    return levels
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Start with the list `[X]`. As long as the last level has more than one row, make the next level from it and append it.
# For arrays of whole numbers `A ^ B` is the XOR, entry by entry; `(A + B) % 2` is the same.
# </details>
# <details><summary>Hint 2</summary>
#
# Let `even` be the number of rows without the one left over. `A[0:even:2]` are the rows 0, 2, 4, … and `A[1:even:2]` the rows 1, 3, 5, …: the XOR of the two joins all pairs at once.
# </details>
# <details><summary>Hint 3</summary>
#
# `even = len(A) // 2 * 2`. `A[even:]` is the row left over; it has no row at all if there is none. `np.vstack([pairs, A[even:]])` puts it under the pairs.
# </details>

# %% check="parity_tree" points=2
with checks.exercise("parity_tree"):
    X = np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [1, 0, 1], [0, 0, 1], [0, 1, 1]])
    checks.unchanged(parity_tree, X)
    slips = {
        "a pair becomes 1 if any of the two is 1 (OR); XOR wants exactly one": [[1, 0, 1], [1, 1, 1], [0, 1, 1]],
        "the pairs are added; 1 and 1 must give 0": [[2, 0, 1], [1, 1, 2], [0, 1, 2]],
        "the first half meets the second half; join neighbours": [[0, 0, 0], [1, 0, 1], [0, 0, 0]],
        "the row left over belongs under the pairs": [[0, 1, 0], [1, 1, 1]],
        "the row left over must go up unchanged": [[1, 1, 1], [0, 0, 0]],
        "the row left over is joined with row 1; it must go up unchanged": [[1, 1, 1], [1, 0, 0]],
    }
    levels = parity_tree(X)
    checks.length("parity_tree(X), whose levels have 6, 3, 2, 1 rows", levels, 4)
    for i, level in enumerate([X, [[0, 0, 1], [1, 1, 0], [0, 1, 0]], [[1, 1, 1], [0, 1, 0]], [[1, 0, 1]]]):
        checks.close(f"level {i} of parity_tree(X)", levels[i], level, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def counted(X):
        """Row k of level l counts the ones among 2^l bits."""
        n, levels = len(X), [X == 1]
        while len(levels[-1]) > 1:
            width = 2 ** len(levels)
            levels.append(np.array([X[k : k + width].sum(axis=0) % 2 == 1 for k in range(0, n, width)]))
        return levels

    def bits(rng, n, m):
        return rng.integers(0, 2, (n, m))

    sevens = np.arange(7 * 9).reshape(7, 9) % 5 % 2
    others = {f"with n = {n}": (sevens[:n],) for n in range(1, 8)} | {"with one example": (sevens[:, 3:4],)}
    others["with only ones"] = (np.ones((11, 4), dtype=int),)
    others["with two bits and two examples"] = (np.array([[1, 0], [1, 1]]),)
    checks.agrees(parity_tree, counted, bits, sizes={"n": 130, "m": 1030}, cases=others, new=False)

    ### END HIDDEN TESTS

# %%
bits = np.array([[1], [0], [1], [1], [0], [1], [1], [0]])
for level, A in enumerate(parity_tree(bits)):
    print(f"level {level}:", " ".join(f"{bit:^{2 * 2**level - 1}}" for bit in A[:, 0]))
for n in (8, 64, 1000):
    levels = parity_tree(np.ones((n, 1), dtype=int))
    print(f"{n} bits: depth {len(levels) - 1}")

# %% [markdown]
# *What to notice.* A thousand bits need only ten levels: doubling $n$ adds one level.
#
# ## 2. The tree as a deep network
#
# *Can units with ReLU compute XOR?*
#
# One unit cannot (week 3). Two can. Both read the sum $a + b$, which is 0, 1 or 2. One has the bias 0, the other the bias $-1$:
#
# $$h = \text{ReLU}(a + b), \qquad h' = \text{ReLU}(a + b - 1), \qquad a \oplus b = h - 2 h'.$$
#
# *On paper.*
#
# | $a + b$ | $h$ | $h'$ | $h - 2h'$ |
# |---|---|---|---|
# | 0 | 0 | 0 | 0 |
# | 1 | 1 | 0 | 1 |
# | 2 | 2 | 1 | 0 |
#
# Call such a pair of units a **gate**. The difference $h - 2h'$ needs no layer of its own: the weights of the **next** layer compute it. A gate of a later layer adds up two gates
# $(h_1, h_1')$ and $(h_2, h_2')$, so both its units have the weights $[1, -2, 1, -2]$. For $n = 4$, with zeros left blank:
#
# $$W_1 = \begin{bmatrix} 1 & 1 & & \\ 1 & 1 & & \\ & & 1 & 1 \\ & & 1 & 1 \end{bmatrix}, \;
# b_1 = \begin{bmatrix} 0 \\ -1 \\ 0 \\ -1 \end{bmatrix}, \quad
# W_2 = \begin{bmatrix} 1 & -2 & 1 & -2 \\ 1 & -2 & 1 & -2 \end{bmatrix}, \; b_2 = \begin{bmatrix} 0 \\ -1 \end{bmatrix}, \quad
# W_3 = [1, -2], \; b_3 = [-\tfrac{1}{2}].$$
#
# The output reads the last gate. With its bias the score $Z_L$ is $+\frac{1}{2}$ for odd and $-\frac{1}{2}$ for even patterns, so "$A_L > 0.5$" says "odd".
#
# For every $n = 2, 4, 8, 16, \dots$ the network is `[n, n, n/2, ..., 4, 2, 1]`: hidden layer $l$ has $n / 2^l$ gates, hence $2n / 2^l$ units. There are $\log_2 n$ hidden layers, and
# $n - 1$ gates with $2(n - 1)$ units.
#
# ### Exercise 2: `deep_parity_network`


# %% exercise="deep_parity_network"
def deep_parity_network(n):
    """The weights of a deep network that computes the parity of n bits, set by hand.

    Args:
        n: the number of bits, a power of two: 2, 4, 8, ...

    Returns:
        A new dict with "W1", "b1", ..., "WL", "bL" and no other key, arrays of floats or whole numbers, for the network
        [n, n, n/2, ..., 4, 2, 1], L = log2(n) + 1: Wl has shape (n_l, n_(l-1)), bl (n_l, 1). For deep_forward, whose
        hidden layers have ReLU. The score ZL of the output is +1/2 for an odd pattern and -1/2 for an even one. Other
        weights than those on paper will do if this holds.

    Example:
        for n = 4 they are the three matrices and the three biases on paper.
    """
    # 1. How many hidden layers are there, and how many gates in each?
    # 2. A block of two rows, once for each gate, along the diagonal. Which layer has another block?
    # 3. The output reads one gate.
    ### BEGIN SOLUTION
    parameters, L = {}, int(np.log2(n)) + 1
    block = np.array([[1, 1], [1, 1]])
    for layer in range(1, L):
        gates = n // 2**layer
        parameters[f"W{layer}"] = np.kron(np.eye(gates), block)
        parameters[f"b{layer}"] = np.tile([[0], [-1]], (gates, 1))
        block = np.array(2 * [[1, -2, 1, -2]])
    return parameters | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `L = int(np.log2(n)) + 1`. A loop over the hidden layers 1 to L - 1 makes their weights and biases, the output comes after it. Hidden layer `layer` has `gates = n // 2**layer` gates, so `W` has `2 * gates` rows.
# </details>
# <details><summary>Hint 2</summary>
#
# In layer 1 a gate reads 2 columns, in a later layer 4. Gate `g` fills `W[2*g : 2*g + 2, width*g : width*(g + 1)]`, with `width` 2 or 4; the rest is zero.
# </details>
# <details><summary>Hint 3</summary>
#
# `np.kron(np.eye(gates), block)` puts `block` along the diagonal `gates` times. The block is `[[1, 1], [1, 1]]` in layer 1 and `[[1, -2, 1, -2], [1, -2, 1, -2]]` later. `np.tile([[0], [-1]], (gates, 1))` repeats the two biases.
# </details>

# %% check="deep_parity_network" points=3
with checks.exercise("deep_parity_network"):

    def check_deep(n, dims, X, expected, mistakes):
        what, p = f"deep_parity_network({n})", deep_parity_network(n)
        sizes = {f"W{i}": (dims[i], dims[i - 1]) for i in range(1, len(dims))}
        sizes |= {f"b{i}": (dims[i], 1) for i in range(1, len(dims))}
        checks.keys(what, p, sizes)
        for key, size in sizes.items():
            checks.shape(f"{key} in {what}", p[key], size)
        checks.that(len(p) == len(sizes), f"{what}: {len(p)} keys, expected {len(sizes)}, so add no other one")
        Z = deep_forward(X, p)[1][-1][3]
        checks.close(f"ZL in {what} for {X.shape[1]} patterns", Z, expected, rtol=1e-9, mistakes=mistakes)

    slips = {"the second unit of each gate has the bias -1": [[-0.5, -1.5, -1.5, -2.5]]}
    slips |= {"the bias of the output is not -1/2": [[0, 1, 1, 0]]}
    slips |= {"this reads a gate as h - h', which is the OR of two bits; XOR is h - 2h'": [[-0.5, 0.5, 0.5, 0.5]]}
    check_deep(2, (2, 2, 1), all_inputs(2), [[-0.5, 0.5, 0.5, -0.5]], slips)
    slips = {"no pattern is odd: does each gate read its own two inputs?": [16 * [-0.5]]}
    ones = [-1, 1, 1, -1, 1, -1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1]
    check_deep(4, (4, 4, 2, 1), all_inputs(4), np.array([ones]) / 2, slips)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(63)
    for n in (8, 16, 32, 64, 128, 256):
        X = all_inputs(n) if n <= 16 else check_rng.integers(0, 2, (n, 1030))
        odd = np.array([[sum(bits) % 2 for bits in X.T.tolist()]])
        check_deep(n, (n, *(n >> k for k in range(n.bit_length()))), X, odd - 0.5, {})
    for n in (2, 4):
        checks.unchanged(deep_parity_network, n)
    ### END HIDDEN TESTS

# %% [markdown]
# Eight bits have only 256 patterns. So a table of right answers is a proof.

# %%
X = all_inputs(8)
AL, caches = deep_forward(X, deep_parity_network(8))
print(f"right on {np.sum((AL > 0.5) == X.sum(axis=0) % 2)} of {X.shape[1]} patterns of 8 bits")
print("shapes of W:", ", ".join(f"W{i} {W.shape}" for i, (A_prev, W, b, Z) in enumerate(caches, 1)))

# %% [markdown]
# *What to notice.* All 256, with $8 + 4 + 2 = 14$ hidden units in three layers. Nothing was trained.
#
# ## 3. One hidden layer that knows every pattern
#
# *What if only one hidden layer is allowed?*
#
# The lecture's answer: give each odd pattern a unit of its own, which responds to this pattern and to no other. Take a pattern $p$, a row of $n$ bits. Its unit has the weight $+1$ where $p$ has a 1
# and $-1$ where it has a 0, and a bias that depends on how many ones $p$ has:
#
# $$w = 2p - 1, \qquad b = 1 - \sum_k p_k, \qquad h = \text{ReLU}(w\,x + b), \qquad \text{shape } (1, n)(n, m) \to (1, m).$$
#
# For $x = p$ the score is $\sum_k p_k + 1 - \sum_k p_k = 1$. Each bit that differs takes 1 away, so for every other $x$ the score is 0 or below, and $h = 0$.
#
# *On paper.* $p = [1, 0, 1]$: $w = [1, -1, 1]$, $b = -1$. $x = (1, 0, 1)$ gives $2 - 1 = 1$; $(1, 1, 1)$ gives $1 - 1 = 0$; $(0, 0, 0)$ gives $-1$.
#
# The output adds up all units and subtracts $\frac{1}{2}$. Half of all patterns are odd, so there are $2^{n-1}$ units, one for each row of $W_1$, shape $(2^{n-1}, n)$.
#
# ### Exercise 3: `shallow_parity_network`


# %% exercise="shallow_parity_network"
def shallow_parity_network(n):
    """The weights of a network with one hidden layer that has one unit for each odd pattern of n bits.

    Args:
        n: the number of bits, at least 1.

    Returns:
        A new dict for deep_forward, of arrays of floats or whole numbers: "W1" (2^(n-1), n), "b1" (2^(n-1), 1), "W2"
        (1, 2^(n-1)), "b2" (1, 1), and no other key. Each hidden unit is 1 for its own odd pattern and 0 for all other
        patterns; their order does not matter. The score of the output is +1/2 for an odd pattern and -1/2 for an even
        one. Other weights than those on paper will do if this holds.

    Example:
        for n = 2: W1 = [[-1, 1], [1, -1]], b1 = [[0], [0]], W2 = [[1, 1]], b2 = [[-0.5]].
    """
    # 1. all_inputs(n) has every pattern as a column. Which columns are odd? You need them as rows.
    # 2. The formulas for one unit work for all rows at once.
    ### BEGIN SOLUTION
    X = all_inputs(n)
    P = X[:, X.sum(axis=0) % 2 == 1].T
    return {
        "W1": 2 * P - 1,
        "b1": 1 - P.sum(axis=1, keepdims=True),
        "W2": np.ones((1, len(P))),  # equivalent "ones of the first argument's type": a 1 is a 1 in any type
        "b2": np.array([[-0.5]]),
    }
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `X = all_inputs(n)` has all patterns as columns. A column is odd if its sum is odd.
# </details>
# <details><summary>Hint 2</summary>
#
# `X[:, X.sum(axis=0) % 2 == 1]` keeps the odd columns; `.T` turns them into the rows of a matrix `P`. How do the formulas for one pattern $p$ look for all rows of `P` at once?
# </details>
# <details><summary>Hint 3</summary>
#
# `2 * P - 1` are all weights, and `1 - P.sum(axis=1, keepdims=True)` all biases. `W2` is a row of ones, `b2` is `[[-0.5]]`.
# </details>

# %% check="shallow_parity_network" points=3
with checks.exercise("shallow_parity_network"):

    def check_shallow(n, odd):
        what, p, units = f"shallow_parity_network({n})", shallow_parity_network(n), len(odd)
        sizes = {"W1": (units, n), "b1": (units, 1), "W2": (1, units), "b2": (1, 1)}
        checks.keys(what, p, sizes)
        rows = len(np.atleast_1d(p["W1"]))
        checks.that(rows in (units, n), f"{what}: expected {units} rows of W1, one for each odd pattern, got {rows}")
        for key, size in sizes.items():
            checks.shape(f"{key} in {what}", p[key], size)
        (*_, Z1), (*_, Z2) = deep_forward(all_inputs(n), {key: p[key] for key in sizes})[1]
        own, even = (Z1 > 1e-12).sum(axis=1), np.setdiff1d(np.arange(2**n), odd)
        checks.that(own.max() <= 1, f"{what}: a hidden unit responds to {own.max()} patterns, not only to its own one")
        checks.that(own.min() == 1, f"{what}: a hidden unit responds to no pattern; is b = 1 - the number of ones?")
        checks.that(Z1[:, even].max() < 1e-12, f"{what}: a unit responds to an even pattern; choose the odd ones")
        checks.close(f"Z2 in {what}, odd patterns", Z2[0, odd], np.full(units, 0.5), rtol=1e-9)
        checks.close(f"Z2 in {what}, even patterns", Z2[0, even], np.full(units, -0.5), rtol=1e-9)

    check_shallow(2, [1, 2])
    check_shallow(3, [1, 2, 4, 7])
    ### BEGIN HIDDEN TESTS
    for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11):
        what, odd = f"shallow_parity_network({n})", [k for k in range(2**n) if f"{k:b}".count("1") % 2]
        check_shallow(n, odd)
        p = shallow_parity_network(n)
        checks.that(len(p) == 4, f"{what}: {len(p)} keys, expected 4; deep_forward counts them, so add no other one")
        A1 = np.maximum(0, deep_forward(all_inputs(n), p)[1][0][3])
        checks.that((A1[:, odd] > 0).any(axis=0).all(), f"{what}: two hidden units respond to the same pattern")
        checks.close(f"A1 of each unit for its own pattern in {what}", A1.max(axis=1), np.ones(len(odd)))
    for n in (2, 4):
        checks.unchanged(shallow_parity_network, n)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. What is proved, and what is not
#
# *Does one hidden layer really need $2^{n-1}$ units?*
#
# It depends on what a unit can do. The story is often told as if the answer were always yes. That is not true.
#
# **If the hidden units are ANDs and the output is an OR: yes.** An AND of some bits, each taken as it is or negated, must mention **all** $n$ bits. If it left one out, you could
# flip that bit: the parity changes, the AND does not. So each AND accepts one pattern only, and each of the $2^{n-1}$ odd patterns needs its own. For AND-OR circuits with
# more levels, Håstad (1986) proved: for every fixed number of levels $d \ge 2$ the number of gates grows faster than any power of $n$, for large $n$ at least like $2^{c\,n^{1/(d-1)}}$ with some $c > 0$. With
# few gates the number of levels must grow with $n$.
#
# **If a unit can add up all inputs: no.** This is often missed. Parity depends on the sum $s = x_1 + \dots + x_n$ only, and one layer of $n$ ReLU units can draw a zigzag over $s$: the
# slope is $+1$ at first, and each further unit reverses it:
#
# $$z = h_0 - 2 h_1 + 2 h_2 - 2 h_3 + \dots, \qquad h_k = \text{ReLU}(s - k), \quad k = 0, \dots, n - 1.$$
#
# **Depth still helps, and this is proved, too.** Let every unit of one hidden layer read $s$ alone. Then the score is a line with at most one kink for each unit. A score that is above 0 at
# each odd $s$ and below 0 at each even one must change its direction $n - 1$ times. So the layer needs at least $n - 1$ units. A deep network needs $2 \log_2 n$. It **folds**:
#
# $$\text{ReLU}(s) - 2\,\text{ReLU}\left(s - \tfrac{n}{2}\right) = \begin{cases} s & \text{for } s \le n/2 \\ n - s & \text{for } s > n/2. \end{cases}$$
#
# As $n$ is even, $n - s$ is odd exactly when $s$ is. The next layer folds at $\frac{n}{4}$, and so on, until only 0 and 1 are left. Your gate is the smallest fold, the one for $n = 2$.
# (Telgarsky 2016 proved a similar statement for networks on real numbers: with far fewer layers, the number of units must grow exponentially.)
#
# The next cell builds both and tries them on all patterns of 8 bits.


# %%
def zigzag_network(n):
    """One hidden layer of n units; all read the sum of the bits."""
    turns = np.array([[1] + [2 * (-1) ** k for k in range(1, n)]])
    return {"W1": np.ones((n, n)), "b1": -np.arange(n).reshape(n, 1), "W2": turns, "b2": np.array([[-0.5]])}


def folding_network(n):
    """log2(n) hidden layers of two units; each layer folds the sum in the middle. n is a power of two."""
    L, parameters = int(np.log2(n)) + 1, {}
    for layer in range(1, L):
        parameters[f"W{layer}"] = np.ones((2, n)) if layer == 1 else np.array([[1, -2], [1, -2]])
        parameters[f"b{layer}"] = np.array([[0], [-n / 2**layer]])
    return parameters | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}


networks = {"patterns": shallow_parity_network, "zigzag": zigzag_network}
networks |= {"gates": deep_parity_network, "folds": folding_network}
X = all_inputs(8)
for name, build in networks.items():
    AL, caches = deep_forward(X, build(8))
    units = [len(Z) for A_prev, W, b, Z in caches[:-1]]
    right = np.mean((AL > 0.5) == X.sum(axis=0) % 2)
    print(f"{name:8}: {right:.0%} of 256 patterns right; hidden units {' + '.join(map(str, units))} = {sum(units)}")

# %%
s = np.linspace(0, 16, 321)
figure, axes = plt.subplots(1, 4, figsize=(8, 2.6))
axes[0].set_ylabel("what the next layer reads")
caches = deep_forward(np.tile(s / 16, (16, 1)), folding_network(16))[1]
for layer, axis in enumerate(axes, 1):
    h, h_ = np.maximum(0, caches[layer - 1][3])
    axis.plot(s, h - 2 * h_)
    axis.set(title=f"layer {layer}", xlabel="sum of 16 bits", xticks=[0, 4, 8, 12, 16], ylim=(0, 8.2))
figure.suptitle("Two units a layer: each fold doubles the teeth of the zigzag", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* After four folds there are eight teeth: the value is 1 at each odd sum and 0 at each even one. Eight hidden units did it; one layer that reads the sum needs at least fifteen.
# With two more units the shallow network gets one more tooth; the deep one gets twice as many teeth.
#
# Now the number of hidden units for more bits.

# %%
n = 2 ** np.arange(1, 7)
curves = {
    "one hidden layer, a unit for each odd pattern": 2.0 ** (n - 1),
    "deep, gates that join two: $2(n - 1)$": 2 * (n - 1),
    "one hidden layer on the sum, zigzag: $n$": n,
    "deep on the sum, folds: $2\\,\\log_2 n$": 2 * np.log2(n),
}
for (name, units), marker in zip(curves.items(), "osD^", strict=True):
    plt.plot(n, units, marker=marker, label=name)
plt.xscale("log", base=2)
plt.yscale("log")
plt.ylim(1, 1e20)
plt.xticks(n, n)
plt.xlabel("number of bits n")
plt.ylabel("hidden units (logarithmic scale)")
plt.title("A unit for each pattern is far too many; depth saves units of either kind")
plt.legend(fontsize=9)
plt.show()

# %% [markdown]
# *What to notice.* For 64 bits the lecture's shallow network needs $2^{63}$, about $9 \cdot 10^{18}$ units, and the tree 126. But the best shallow network here is the zigzag with 64 units. The deep one that
# reads the same sum needs 12. So do not remember "shallow networks cannot do parity". Remember: **a function that is made in steps can be cheaper in steps**.
#
# ## 5. A fair comparison
#
# *Does a deep network also **learn** better?*
#
# "Can be expressed" is about the best weights that exist; training has to find them. So we train, and to be fair we give both networks the same number of **parameters**.
# The network `[n_0, ..., n_L]` has
#
# $$P = \sum_{l=1}^{L} n^{[l]} \left( n^{[l-1]} + 1 \right), \qquad \text{and } [n_0, n_h, n_L] \text{ has } \quad P_h = n_h (n_0 + 1) + n_L (n_h + 1) = n_h (n_0 + n_L + 1) + n_L.$$
#
# Set $P_h = P$, solve for $n_h$, and round to the **nearest** whole number. Then the counts differ by at most half the parameters of one hidden unit, $(n_0 + n_L + 1) / 2$.
#
# *On paper.* `[2, 16, 16, 16, 1]` has $48 + 272 + 272 + 17 = 609$ parameters. $4 n_h + 1 = 609$ gives $n_h = 152$.
#
# ### Exercise 4: `matching_width`


# %% exercise="matching_width"
def matching_width(layer_dims):
    """The hidden units of the shallow network with as many parameters as a given deep one, as nearly as possible.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units of the deep network, whole numbers, each at least
            1, L >= 2. It is not changed.

    Returns:
        n_h, a whole number (an int, not 152.0): of all networks [n_0, n_h, n_L], the one whose number of parameters
        (weights and biases) is nearest to that of layer_dims. If two are equally near, either will do.

    Example:
        matching_width([2, 16, 16, 16, 1]) is 152.
    """
    # 1. Count the parameters of the deep network, layer by layer.
    # 2. Solve the equation for n_h. Round down, up, or to the nearest?
    ### BEGIN SOLUTION
    total = 0
    for layer in range(1, len(layer_dims)):
        total += layer_dims[layer] * (layer_dims[layer - 1] + 1)
    n_x, n_y = layer_dims[0], layer_dims[-1]
    return round((total - n_y) / (n_x + n_y + 1))  # equivalent "1e-08 added under the division": crosses no half
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A loop over `l` from 1 to L adds up the parameters of the deep network: `layer_dims[l]` units, each with `layer_dims[l - 1]` weights and a bias. Biases count in both networks.
# </details>
# <details><summary>Hint 2</summary>
#
# From $P = n_h (n_0 + n_L + 1) + n_L$ follows $n_h = (P - n_L) / (n_0 + n_L + 1)$. `layer_dims[-1]` is $n_L$.
# </details>
# <details><summary>Hint 3</summary>
#
# Python's `round(…)` gives the nearest whole number, and it is an `int`; `//` rounds down.
# </details>

# %% check="matching_width" points=2
with checks.exercise("matching_width"):
    checks.unchanged(matching_width, [2, 13, 3, 6, 5])
    slips = {
        "this gives as many hidden units, not as many parameters": 48,
        "this is the number of parameters of the deep network": 609,
        "the biases are not counted": 187,
        "the biases of the shallow network are not counted": 203,
        "the biases of the deep network are not counted": 140,
    }
    checks.close("matching_width([2, 16, 16, 16, 1])", matching_width([2, 16, 16, 16, 1]), 152, mistakes=slips)
    slips = {
        "round to the nearest whole number, not down": 16,
        "the shallow network also has n_L biases at its output": 18,
    }
    checks.close("matching_width([2, 13, 3, 6, 5])", matching_width([2, 13, 3, 6, 5]), 17, rtol=0, mistakes=slips)
    n_h, up = matching_width([9, 4, 5, 3]), {"round to the nearest whole number, not up": 7}
    checks.close("matching_width([9, 4, 5, 3])", n_h, 6, rtol=0, mistakes=up)
    whole = f"matching_width([9, 4, 5, 3]): expected a whole number, got {n_h!r}; round(…) or int(…) makes an int"
    checks.that(np.asarray(n_h).dtype.kind in "iu", whole)
    ### BEGIN HIDDEN TESTS

    def parameters_of(dims):
        return sum((before + 1) * n for before, n in zip(dims[:-1], dims[1:], strict=True))

    def off(layer_dims, n_h):
        return abs(parameters_of([layer_dims[0], n_h, layer_dims[-1]]) - parameters_of(layer_dims))

    def grown(layer_dims):
        """One unit more and more, until the next one makes it worse."""
        n_h = 1
        while off(layer_dims, n_h + 1) < off(layer_dims, n_h):
            n_h += 1
        return n_h

    def networks(rng, hidden, largest):
        """Without networks that have two answers."""
        dims = rng.integers(1, largest + 1, hidden + 2).tolist()
        while off(dims, grown(dims)) == off(dims, grown(dims) + 1):
            dims = rng.integers(1, largest + 2, hidden + 2).tolist()
        return dims

    near_half = [600, 9, 10, 400], [600, 10, 28, 400]
    some = *near_half, [784, 30, 20, 20, 10], [3, 11, 8], [1, 1, 1], [6, 200, 5, 300, 5, 9]
    others = {f"with {dims}": (dims,) for dims in some}
    checks.agrees(matching_width, grown, networks, sizes={"hidden": 105, "largest": 12}, cases=others)
    for dims in some:
        checks.whole(f"matching_width({dims})", matching_width(dims))
    checks.close("matching_width([1, 300, 300, 1])", matching_width([1, 300, 300, 1]), 30400, rtol=0, atol=0)
    for dims, both in (([2, 2, 2, 1], (3, 4)), ([1, 1, 2, 2], (2, 3))):
        near = f"matching_width({dims}): expected {both[0]} or {both[1]}, which are equally near"
        checks.that(matching_width(dims) in both, near)
    ### END HIDDEN TESTS

# %% [markdown]
# Three tasks:
#
# - **clothes**: real pictures of ten classes, 3,000 to learn from, 1,000 new ones;
# - **steps**: eight normal random numbers; the label is 1 if $(x_1 x_2 + x_3 x_4)(x_5 x_6 + x_7 x_8) > 0$, a function made in steps;
# - **signs**: eight numbers of random size; the label is the parity of the number of minus signs.
#
# Training is given; you will write its backward pass in lesson 03. Each step uses 100 examples drawn at random. For each network and each of the last two tasks we tried the learning
# rates 0.03, 0.1 and 0.3 and took the best. (You need not read the code.)


# %%
def train(X, Y, layer_dims, learning_rate, steps, seed):
    """Gradient descent from random first weights; each step uses 100 examples. Returns the parameters."""
    parameters, rng = initialize_deep(layer_dims, seed), np.random.default_rng(seed)
    for _ in range(steps):
        some = rng.choice(X.shape[1], 100, replace=False)
        AL, caches = deep_forward(X[:, some], parameters)
        dZ = (AL - Y[:, some]) / 100
        for layer in range(len(caches), 0, -1):
            A_prev, W, b, Z = caches[layer - 1]
            parameters[f"W{layer}"] = W - learning_rate * dZ @ A_prev.T
            parameters[f"b{layer}"] = b - learning_rate * dZ.sum(axis=1, keepdims=True)
            if layer > 1:
                dZ = W.T @ dZ * (A_prev > 0)
    return parameters


def accuracy(X, Y, parameters):
    """The share of right decisions: the largest of several outputs, or one output above 0.5."""
    AL = deep_forward(X, parameters)[0]
    return np.mean(AL.argmax(axis=0) == Y.argmax(axis=0)) if len(Y) > 1 else np.mean((AL > 0.5) == Y)


# %% [markdown]
# And the two made-up tasks: *steps*, a formula in three steps, and *signs*, a parity of noisy numbers.


# %%
def draw_steps(m, rng):
    """m columns of eight normal random numbers, and whether (x1 x2 + x3 x4)(x5 x6 + x7 x8) > 0, shape (1, m)."""
    X = rng.normal(size=(8, m))
    products = X[0::2] * X[1::2]
    return X, (products[:2].sum(axis=0) * products[2:].sum(axis=0) > 0).reshape(1, m)


def draw_signs(m, rng):
    """m columns of eight numbers with 0.5 <= |x| <= 1.5, and the parity of their minus signs, shape (1, m)."""
    X = rng.choice([-1, 1], (8, m)) * rng.uniform(0.5, 1.5, (8, m))
    return X, (X < 0).sum(axis=0, keepdims=True) % 2


# %%
clothes = data.load_clothes()
X_train, X_test = (images.reshape(len(images), -1).T / 255 for images in (clothes.X_train[:3000], clothes.X_test))
mean, classes = X_train.mean(axis=1, keepdims=True), np.arange(10).reshape(10, 1)
X_train, X_test = X_train - mean, X_test - mean
sets = X_train, clothes.Y_train[:, :3000] == classes, X_test, clothes.Y_test == classes
tasks = {"clothes": (sets, [784, 30, 20, 20, 10], 600, {"deep": 0.1, "shallow": 0.1})}
rates = {"steps": {"deep": 0.3, "shallow": 0.1}, "signs": {"deep": 0.3, "shallow": 0.3}}
for name, draw, m in (("steps", draw_steps, 5000), ("signs", draw_signs, 1500)):
    sets = *draw(m, np.random.default_rng(1)), *draw(3000, np.random.default_rng(2))
    tasks[name] = sets, [8, 24, 24, 24, 1], 3000, rates[name]

# %%
runs = [(name, kind, seed) for name in tasks for kind in ("deep", "shallow") for seed in range(5)]
trained, scores = {}, {}
for name, kind, seed in tqdm(runs, desc="30 networks", file=sys.stdout):
    (X, Y, X_new, Y_new), dims, steps, learning_rates = tasks[name]
    if kind == "shallow":
        dims = [dims[0], matching_width(dims), dims[-1]]
    parameters = trained[name, kind, seed] = train(X, Y, dims, learning_rates[kind], steps, seed)
    scores[name, kind, seed] = accuracy(X, Y, parameters), accuracy(X_new, Y_new, parameters)

for name, kind, seed in runs[::5]:
    parameters, known_new = trained[name, kind, seed], [scores[name, kind, each] for each in range(5)]
    dims = [tasks[name][1][0]] + [len(parameters[f"b{i + 1}"]) for i in range(len(parameters) // 2)]
    size, (known, new) = sum(array.size for array in parameters.values()), np.mean(known_new, axis=0)
    print(f"{name:8}{dims!s:23}{size:7,} parameters; right: training {known:.0%}, new {new:.0%}")

# %%
for kind, shift, marker, color in (("deep", -0.1, "o", plots.COLORS[0]), ("shallow", 0.1, "s", plots.COLORS[1])):
    places = [place + shift for place in range(3) for seed in range(5)]
    values = [100 * scores[name, kind, seed][1] for name in tasks for seed in range(5)]
    plt.plot(places, values, marker, color=color, alpha=0.7, label=kind)
plt.xticks(range(3), tasks)
plt.xlim(-0.5, 2.5)
plt.ylim(50, 100)
plt.ylabel("right on new examples, in % (axis from 50)")
plt.title("With equal numbers of parameters, the deep network is not always better")
plt.legend(loc="lower left")
plt.show()

# %% [markdown]
# *What to notice.* Each mark is one run with its own random weights.
#
# - *Clothes: no clear winner.* 80 % and 79 % on new pictures, and with 1,000 of them the standard error is 1.3 points. The deep network is right on more of its training pictures, but that does not help on new ones.
# - *Steps: the deep network is better*, 91 % against 73 %. The label is made of products, sums of products and a product of sums.
# - *Signs: the deep network is worse*, 79 % against 96 %, although parity is the lecture's own example. Good weights exist for the deep network, too: 16 units can turn the eight numbers into bits, and 8 more draw
#   the zigzag. Training did not find them in 3,000 steps. This experiment does not tell why one wide layer finds better ones.
#
# So depth does not always help. It helps where the function is made in steps **and** training finds the steps. To know which of two networks is better, measure both on examples that
# neither has seen.
#
#
# ## 6. What the layers see
#
# *What does a hidden unit respond to?*
#
# The lecture's picture: first edges, then parts, then faces. Look at the deep network for clothes. A unit of the **first** layer has one weight for each pixel, so its row of $W_1$ is
# a picture.

# %%
network = trained["clothes", "deep", 0]
change = network["W1"] - initialize_deep([784, 30, 20, 20, 10], seed=0)["W1"]
figure, axes = plt.subplots(3, 10, figsize=(8, 2.9))
for row, weights in zip(axes, (network["W1"][:10], change[:10], change[10:20]), strict=True):
    limit = np.abs(weights).max() * 0.7
    for axis, each in zip(row, weights, strict=True):
        axis.imshow(each.reshape(28, 28), cmap="PuOr_r", vmin=-limit, vmax=limit)
        axis.set_axis_off()
figure.suptitle("The random start hides what was learned; the change shows pieces of clothes", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Top: ten rows of $W_1$ after training look like noise; most of it is the random start. Middle: the same ten with the start subtracted. Orange: the unit grows when the
# pixel is white; purple: it shrinks. Now you see shoulders and sleeves, the gap between two trouser legs, the outline of a shoe. Bottom: ten more. These are not the small edges
# of the lecture. Each unit reads the whole picture, so its piece may be as large as a coat. Edges come when a unit reads a small window only (course 4).
#
# A unit of a later layer reads activations, not pixels, so its weights are no picture. But you can ask which pictures **excite** it: sort them by its score. Unit $j$ of layer $l$ has
# row $j$ of $Z_l$, shape $(n^{[l]}, m)$. (Sort by $Z$, not by $A$: ReLU makes all negative scores 0, and equal values have no order.)
#
# *On paper.* If row 1 of $Z_2$ is $[0.5, -1, 3, 2]$, the two pictures that excite unit 1 of layer 2 most are 2, then 3.
#
# ### Exercise 5: `most_exciting`


# %% exercise="most_exciting"
def most_exciting(X, parameters, layer, unit, k):
    """The k examples for which one unit has its highest scores.

    Args:
        X: examples as columns, shape (n_0, m): floats, whole numbers or pixels (uint8).
        parameters: a dict with "W1", "b1", ..., "WL", "bL", for deep_forward.
        layer: the number of the layer, from 1 to L (L is the output).
        unit: the number of the unit in its layer, from 0 to n_l - 1.
        k: how many examples, from 1 to m. No argument is changed.

    Returns:
        The numbers of the k columns of X with the highest score Z of that unit, highest first: whole numbers, a new array
        of shape (k,) or a list. Among equal scores any order will do.

    Example:
        if row 1 of Z2 is [0.5, -1, 3, 2], then most_exciting(X, parameters, 2, 1, 2) is [2, 3].
    """
    # 1. The caches hold the scores of every layer. Which cache, which entry, which row?
    # 2. np.argsort gives the places from the lowest to the highest value.
    ### BEGIN SOLUTION
    _, caches = deep_forward(X, parameters)
    A_prev, W, b, Z = caches[layer - 1]
    order = np.argsort(-Z[unit])
    return order[:k]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `deep_forward(X, parameters)` returns `AL` and the list of caches. Layers are counted from 1, lists from 0: the cache of layer `layer` is `caches[layer - 1]`.
# </details>
# <details><summary>Hint 2</summary>
#
# A cache is `(A_prev, W, b, Z)`, and `Z[unit]` is the row of the unit: one score for each example. `np.argsort` of a row gives the places of its values, the lowest value first.
# </details>
# <details><summary>Hint 3</summary>
#
# `np.argsort(-Z[unit])` has the place of the highest score first; `[:k]` takes the first k.
# </details>

# %% check="most_exciting" points=3
with checks.exercise("most_exciting"):
    X = np.array([[-3.0, 3.0, -3.0, 0.0, 2.0, 3.0], [-1.0, 2.0, -2.0, 2.0, -3.0, -2.0]])
    p = {"W1": np.array([[2, 2], [-2, -1], [1, 2], [-1, 2]]), "b1": np.array([[2], [-1], [0], [0]])}
    p |= {"W2": np.array([[-1, 2, -1, 0], [1, 2, -1, 0]]), "b2": np.array([[-1], [-1]])}
    checks.unchanged(most_exciting, X, p, 1, 1, 4)
    what = "most_exciting(X, p, 1, 1, 4), where row 1 of Z1 is [6, -9, 7, -3, -2, -5]"
    slips = {"these are the scores; give the numbers of the columns": [7, 6, -2, -3]}
    slips |= {"this is the lowest score first": [1, 5, 3, 4], "the highest must come first": [3, 4, 0, 2]}
    slips |= {"a large negative score does not excite: sort Z, not |Z|": [1, 2, 0, 5]}
    slips |= {"sort Z, not A: ReLU makes all negative scores equal": [2, 0, 1, 3]}
    slips |= {"this is layer 2; the cache of layer l is caches[l - 1]": [2, 0, 1, 5]}
    slips |= {"this is the output AL[0]; take the scores Z of the layer": [2, 0, 4, 5]}
    slips |= {"this is column 1 of Z; unit 1 is row 1, and the examples are the columns": [0, 2, 3, 1]}
    answer = most_exciting(X, p, 1, 1, 4)
    checks.length(what, answer, 4)
    checks.close(what, np.array(answer), [2, 0, 4, 3], mistakes=slips)
    checks.that(np.array(answer).dtype.kind in "iu", f"{what}: expected whole numbers, got floats")
    ### BEGIN HIDDEN TESTS

    def ranked(X, parameters, layer, unit, k):
        A = X.astype(float)
        for i in range(1, layer + 1):
            Z = np.einsum("jk,ki->ji", parameters[f"W{i}"], A) + parameters[f"b{i}"]
            A = np.where(Z > 0, Z, 0)
        return sorted(range(X.shape[1]), key=lambda i: -Z[unit, i])[:k]

    def networks(rng, n, m, units, L):
        """A network whose unit gives each example another score."""
        layer, unit, k = int(rng.integers(1, L + 1)), int(rng.integers(0, units)), int(rng.integers(1, m + 1))
        dims, parameters = [n, *(L * [units])], {}
        for i in range(1, L + 1):
            parameters[f"W{i}"] = rng.normal(0, 1, (dims[i], dims[i - 1])) / dims[i - 1] ** 0.5
            parameters[f"b{i}"] = rng.uniform(3, 5, (dims[i], 1))
        return rng.normal(0, 1, (n, m)), parameters, layer, unit, k

    one = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    line, far = np.array([[0.5, 0.2, -3.0, 0.9, -0.1]]), np.array([[50.0, 45.0, 60.0, -800.0, -900.0]])
    near = np.array([[0.3, 0.3 + 1e-12, 0.3 - 1e-12]])
    others = {
        "with k = m": (line, one, 1, 0, 5),
        "with k = 1": (line, one, 1, 0, 1),
        "with scores whose sigmoid rounds to 0 or 1": (far, one, 1, 0, 5),
        "with scores that are nearly equal": (near, one, 1, 0, 3),
        "with scores of size 1e-12": (1e-12 * line, one, 1, 0, 5),
        "with scores of size 1e9": (1e9 * line, one, 1, 0, 5),
        "with two examples": (line[:, 1:3], one, 1, 0, 2),
        "with 600 examples": (np.arange(600.0)[None] * 7 % 600, one, 1, 0, 9),
        "with negative scores alone": (line - 4, one, 1, 0, 3),
        "with a network of 130 layers": (
            line,
            {f"{key[0]}{i}": one[key] for i in range(1, 131) for key in one},
            1,
            0,
            4,
        ),
    }
    sizes = {"n": 130, "m": 1030, "units": 130, "L": 6}
    checks.agrees(most_exciting, ranked, networks, sizes=sizes, types=["X"], pixels=["X"], cases=others)
    scores = np.array([0.5, 2.0, 0.5, -1.0, 2.0, 0.5])
    for k in range(1, 7):
        order = np.array(most_exciting(scores[None], one, 1, 0, k)).tolist()
        what = f"most_exciting(X, parameters, 1, 0, {k}) with the scores [0.5, 2, 0.5, -1, 2, 0.5]"
        checks.that(len(set(order)) == k, f"{what}: expected {k} different examples, got {order}")
        checks.close(f"the scores of {what}", scores[order], sorted(scores, reverse=True)[:k])
    ### END HIDDEN TESTS

# %%
rows = [most_exciting(X_test, network, 2, unit, 8) for unit in range(4)]
plots.show_images(
    clothes.X_test[np.concatenate(rows)], title="Four units of layer 2: bags and tops, flat shoes, heels, trousers"
)
plt.show()

# %% [markdown]
# *What to notice.* Each row is one unit, the most exciting picture on the left. The third unit takes boots and sandals, two classes that have the high heel in common. The first
# mixes bags and tops: a broad bright body. Nobody told these units what to look for; training made them useful to the layer above.
#
# Is a unit more of a specialist the higher its layer? Take the 20 pictures of the 1,000 that excite it most, and the share of their commonest class.

# %%
names = ["pixels", "layer 1", "layer 2", "layer 3", "output"]
for label, marker, start in (("trained", "o", None), ("random first weights", "s", 0)):
    purity = []
    for seed in range(5):
        p = trained["clothes", "deep", seed] if start is None else initialize_deep([784, 30, 20, 20, 10], seed)
        orders = [np.argsort(-X_test, axis=1)[:, :20]]
        for layer in range(1, 5):
            orders.append([most_exciting(X_test, p, layer, unit, 20) for unit in range(len(p[f"b{layer}"]))])
        classes = [[np.bincount(clothes.Y_test[0, each]).max() / 20 for each in order] for order in orders]
        purity.append([np.mean(units) for units in classes])
    plt.plot(names, 100 * np.mean(purity, axis=0), marker=marker, label=label)
    print(f"{label}:", ", ".join(f"{name} {p:.0%}" for name, p in zip(names, np.mean(purity, axis=0), strict=True)))
plt.ylim(0, 100)
plt.ylabel("share of the commonest class in %")
plt.title("From layer to layer, what excites a unit belongs more and more to one class")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Means over all units and five networks. A single pixel reaches 40 %, random weights about 50 % in every hidden layer, the trained layers 76 %, 79 % and 82 %, the outputs 94 %. So there
# is a hierarchy, and training makes it, not depth alone. But the largest step is that of the first layer. The later steps are small, and in a single network one of them may go down.
# The clear picture of the lecture, edges, then parts, then faces, needs convolutions and many more pictures.

# %% [markdown]
# ## What you built
#
# - `parity_tree`: parity in $\lceil \log_2 n \rceil$ levels of XORs;
# - `deep_parity_network` and `shallow_parity_network`: the same function with $2(n - 1)$ units or with $2^{n-1}$, both checked on every input; and you know the zigzag and the folds in between;
# - `matching_width`: a fair comparison, in which the deep network was not always better;
# - `most_exciting`: what a hidden unit responds to.
#
# ## On your own
#
# - Extend `deep_parity_network` to any $n$: a bit that is left over needs one unit that hands it on unchanged.
# - Give the shallow network 20,000 steps on the second task, or the deep one two hidden layers. How much of the distance is left?
# - Take points of the plane with the colour of their field on a board of 4 × 4. Depth seems to win. Then start both networks with random $b_1$ instead of zeros. What is left of it?
# - Look at the pictures that excite a unit of layer 3. Are they more alike than those of layer 2?
#
# ## In practice
#
# In PyTorch, `sum(p.numel() for p in model.parameters())` counts the parameters, and a forward hook on a layer gives you its scores for `most_exciting`. For pictures, depth pays with
# **convolutions** (course 4), whose later layers see larger parts of the picture; fully connected layers like ours seldom gain from more than a few.
#
# ## References
#
# - J. Håstad (1986), *Almost optimal lower bounds for small depth circuits*, STOC.
# - M. Telgarsky (2016), *Benefits of depth in neural networks*, COLT.
# - M. D. Zeiler and R. Fergus (2014), *Visualizing and Understanding Convolutional Networks*, ECCV.
# - H. Xiao, K. Rasul and R. Vollgraf (2017), *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms*.
