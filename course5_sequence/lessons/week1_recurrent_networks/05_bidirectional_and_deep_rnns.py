# %% [markdown]
# You will build a recurrent network that reads a sequence from both ends, and one with several layers, both forward and backward.
# With the first one you find the day, the month and the year in dates of three languages, and you score it as such taggers are scored: by whole entities.

# %% [markdown]
# ## What you will be able to do
#
# - say when a tag depends on what stands to the right of it;
# - reverse padded sequences without moving their padding;
# - write a bidirectional network and a deep one, forward and back;
# - turn tags into entities, and compute precision, recall and F1 by entity;
# - compare networks fairly: with as many units, or with as many parameters.
#
# **What you need:** [the recurrent network and backpropagation through time](02_rnn_and_backpropagation_through_time.ipynb) and [the GRU](04_gru_and_lstm.ipynb); padding, lengths and named entities from [the first lesson](01_sequence_data_and_notation.ipynb).

# %%
import re
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.gru import gru_backward, gru_forward
from shared_utils.nn.optimisers import adam_step, clip_grad_norm
from shared_utils.nn.sequences import (
    embedding_backward,
    embedding_forward,
    temporal_affine_backward,
    temporal_affine_forward,
    temporal_softmax_loss,
)

plots.use_style()


def real_steps(lengths, T_x):
    """Which steps are real: True and False, (m, T_x). Arrays that are multiplied by it keep their number type."""
    return np.arange(T_x) < np.reshape(lengths, (-1, 1))


def gru_parameters(rng, n_a, n_x):
    """Random weights and biases of a GRU, as gru_forward needs them, float64."""
    shapes = {f"W_{g}": (n_a, n_a + n_x) for g in "urc"} | {f"b_{g}": (n_a, 1) for g in "urc"}
    return {key: rng.normal(0, (n_a + n_x) ** -0.5, shape) * (key[0] == "W") for key, shape in shapes.items()}


def averaging_gru(gate):
    """A GRU of one unit and one input: c_t = gate * tanh(x_t * log 2) + (1 - gate) * c_prev. For examples on paper."""
    parameters = {f"W_{g}": np.zeros((1, 2)) for g in "urc"} | {f"b_{g}": np.zeros((1, 1)) for g in "urc"}
    return parameters | {"W_c": np.log([[1, 2]]), "b_u": np.log([[gate / (1 - gate)]])}


# %% [markdown]
# ## 1. What stands to the right
#
# *Is "Teddy" a name?*
#
# - He said, "Teddy bears are on sale!"
# - He said, "Teddy Roosevelt was a great President!"
#
# The first three words are the same in both. A network that reads from left to right has the same state at "Teddy" in both sentences, so it gives the same answer, and one of the two answers is wrong. No amount of training helps: what decides stands to the **right**.
#
# A **bidirectional** network has two networks. One reads from left to right, the other from right to left. At each step both states are there, and the prediction sees both:
#
# $$\hat{y}^{\langle t \rangle} = g\left(W_{ya} \, [\overrightarrow{a}^{\langle t \rangle}; \overleftarrow{a}^{\langle t \rangle}] + b_y\right).$$
#
# With $n_a$ units in each direction, the stacked state has $2 n_a$ numbers, and $W_{ya}$ has the shape $(n_y, 2 n_a)$. The price: you need the whole sequence before the first answer. For a date in a text this is no problem. For speech that must be written down while somebody speaks, it is.
#
# To read from right to left we reverse the sequences and use the network that we have. But a batch has padding at the end. If we turned around the whole array, the second network would read the padding *first*, and short sequences would begin with a state that the padding has spoilt. So **each sequence is reversed within its own length, and the padding stays at the end**.
#
# *On paper.* Let $T_x = 5$.
#
# | sequence | length | reversed |
# |---|---|---|
# | 7, 8, 9, 0, 0 | 3 | 9, 8, 7, 0, 0 |
# | 1, 2, 3, 4, 5 | 5 | 5, 4, 3, 2, 1 |
# | 6, 0, 0, 0, 0 | 1 | 6, 0, 0, 0, 0 |
#
# Reversing only moves numbers to other places, and doing it twice moves them home. So the function is **its own way back**: if `y = reverse_valid(x, lengths)`, then `dx = reverse_valid(dy, lengths)`.
#
# ### Exercise 1: `reverse_valid`


# %% exercise="reverse_valid"
def reverse_valid(x, lengths):
    """Reverses each sequence of a batch within its length; padding stays where it is.

    Args:
        x: sequences, (n_x, m, T_x), T_x >= 1, floats or whole numbers; padding may hold any numbers.
        lengths: the number of real steps of each, (m,), whole numbers from 1 to T_x.

    Returns:
        A new array of the shape and the number type of x. For sequence j with the length n, the steps 0 to n - 1 are
        those of x in reverse order, and the steps from n on are those of x, unchanged.
    """
    # 1. A copy keeps the padding and the number type. 2. For each sequence: which steps are real?
    ### BEGIN SOLUTION
    result = x.copy()
    for j, length in enumerate(lengths):
        result[:, j, :length] = x[:, j, :length][:, ::-1]
    return result
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The real steps of sequence `j` are `x[:, j, :length]`, of shape `(n_x, length)`. `[:, ::-1]` reverses their second axis. Write the result into a copy of `x`.
# </details>

# %% check="reverse_valid" points=1
with checks.exercise("reverse_valid"):
    x = np.array([[[7, 8, 9, 0, 0], [1, 2, 3, 4, 5], [6, 0, 0, 0, 0]]])
    x, lengths = np.concatenate([x, 10 * x]), np.array([3, 5, 1])
    checks.unchanged(reverse_valid, x, lengths)
    found = reverse_valid(x, lengths)
    checks.shape("reverse_valid(x, lengths)", found, (2, 3, 5))
    slips = {"the padding must stay at the end": [[0, 0, 9, 8, 7], [5, 4, 3, 2, 1], [0, 0, 0, 0, 6]]}
    slips |= {"these are the sequences in another order; reverse their steps": [x[0, 2], x[0, 1], x[0, 0]]}
    right = [[9, 8, 7, 0, 0], [5, 4, 3, 2, 1], [6, 0, 0, 0, 0]]
    checks.close("the first numbers of the sequences on paper", found[0], right, mistakes=slips)
    padded = reverse_valid(np.array([[[1.5, 2.5, -9.0, -8.0]]]), np.array([2]))
    slips = {"the padding keeps its order and its numbers": [2.5, 1.5, -8, -9], "padding is copied": [2.5, 1.5, 0, 0]}
    checks.close("1.5, 2.5 and the padding -9, -8", padded[0, 0], [2.5, 1.5, -9, -8], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def step_by_step(x, lengths):
        result = np.empty_like(x)
        for j, t in np.ndindex(x.shape[1:]):
            result[:, j, t] = x[:, j, lengths[j] - 1 - t] if t < lengths[j] else x[:, j, t]
        return result

    def problem(rng, n_x, m, T_x):
        return rng.normal(0, 1, (n_x, m, T_x)), rng.integers(1, T_x + 1, m)

    rng = np.random.default_rng(0)
    x = rng.normal(0, 1, (3, 4, 5))
    cases = {"with all lengths equal": (x, np.full(4, 3)), "with no padding": (x, np.full(4, 5))}
    cases |= {"with all lengths 1": (x, np.ones(4, int)), "with equal steps": (0 * x + 2, np.array([1, 5, 2, 4]))}
    cases |= {"with real steps that are 0": (x * (np.arange(5) < 2), np.array([4, 2, 5, 3]))}
    cases |= {"with numbers of all sizes": (x * 10.0 ** np.arange(-200, 200, 80), np.array([5, 3, 2, 4]))}
    cases |= {"with large whole numbers": (rng.integers(2**60, 2**62, (2, 3, 4)), np.array([2, 4, 3]))}
    cases |= {"with 300 steps": (rng.normal(0, 1, (1, 2, 300)), np.array([299, 260]))}
    domain = {"real": {"x": 1e6}, "types": ["x"], "cases": cases, "rtol": 0}
    checks.agrees(reverse_valid, step_by_step, problem, sizes={"n_x": 105, "m": 110, "T_x": 130}, **domain)
    for kind in (np.float32, np.int64, np.int32):
        got = reverse_valid(np.ones((1, 2, 3), kind), np.array([2, 3])).dtype
        checks.that(got == kind, f"x of type {np.dtype(kind)}: the result is {got}; keep the number type of x")
    checks.close("x reversed twice", reverse_valid(reverse_valid(x, [4, 2, 5, 1]), [4, 2, 5, 1]), x, rtol=0, atol=0)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Two networks, one state
#
# *How do the two networks come together again?*
#
# 1. The first network reads $x$. Its state at step $t$ knows the steps $1$ to $t$.
# 2. The second network, with its own parameters, reads the reversed $x$. Its first state belongs to the *last* real step. So its states are reversed back: then the state at step $t$ knows the steps $t$ to the end.
# 3. Both are stacked, the first above the second: shape $(2 n_a, m, T_x)$. What the networks made at padding is set to 0.
#
# Any kind of recurrent cell works here. We take the GRU of [lesson 04](04_gru_and_lstm.ipynb), `gru_forward(x, c0, parameters)`, which gives the states and the caches. A GRU's activation $a$ is its cell $c$.
#
# *On paper.* Two GRUs of one unit whose gates are constant, so that $c^{\langle t \rangle} = \Gamma_u \tanh(x^{\langle t \rangle} \log 2) + (1 - \Gamma_u)\, c^{\langle t-1 \rangle}$, with the update gate $\Gamma_u$. The first has $\Gamma_u = 0.5$, the second $\Gamma_u = 0.75$. The inputs are $1, 0, -1$. As $\tanh(\log 2) = 0.6$:
#
# - The first network: $0.5 \cdot 0.6 = 0.3$; then $0.5 \cdot 0 + 0.5 \cdot 0.3 = 0.15$; then $0.5 \cdot (-0.6) + 0.5 \cdot 0.15 = -0.225$.
# - The second network reads $-1, 0, 1$: $0.75 \cdot (-0.6) = -0.45$; then $0.25 \cdot (-0.45) = -0.1125$; then $0.45 - 0.25 \cdot 0.1125 = 0.421875$. Reversed back: $0.421875, -0.1125, -0.45$.
#
# So at the first step the stacked state is $(0.3, \; 0.421875)$: the first number knows the first input alone, the second one knows all three.
#
# ### Exercise 2: `birnn_forward`


# %% exercise="birnn_forward"
def birnn_forward(x, lengths, forward, backward):
    """A bidirectional network of two GRUs over a padded batch.

    Args:
        x: the inputs, (n_x, m, T_x), floats or whole numbers; padding may hold any numbers.
        lengths: the number of real steps of each sequence, (m,), whole numbers from 1 to T_x.
        forward: the parameters of the network that reads from left to right, a dict as gru_forward needs it, with n_a
            units, floats or whole numbers.
        backward: those of the network that reads from right to left, with n_a units too.

    Returns:
        a: (2 n_a, m, T_x). The first n_a rows are the states of the first network, the others those of the second one,
            at the step to which they belong. Both begin with states of 0. At padding a is 0.
        caches: the tuple (forward_caches, backward_caches, lengths): the two lists as gru_forward returned them, for x
            and for the reversed x, and the lengths as they came or a copy.
    """
    # 1. States of 0. 2. One network for x, the other one for the reversed x. 3. To which step
    # does each state of the second one belong? 4. Stack them; padding.
    ### BEGIN SOLUTION
    a0 = np.zeros((len(forward["b_c"]), x.shape[1]), x.dtype)
    from_left, forward_caches = gru_forward(x, a0, forward)
    from_right, backward_caches = gru_forward(reverse_valid(x, lengths), a0, backward)
    a = np.concatenate([from_left, reverse_valid(from_right, lengths)])
    return a * real_steps(lengths, x.shape[2]), (forward_caches, backward_caches, lengths)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `n_a = len(forward["b_c"])`. With `np.zeros((n_a, m), x.dtype)` the states have the number type of `x`, and training in float32 stays in float32. `reverse_valid` is needed twice.
# </details>
# <details><summary>Hint 2</summary>
#
# `real_steps(lengths, T_x)` of the first code cell has the shape $(m, T_x)$. Broadcasting multiplies each of the $2 n_a$ rows by it. Real steps stay, padding becomes 0.
# </details>

# %% check="birnn_forward" points=3
with checks.exercise("birnn_forward"):
    x, lengths = np.array([[[1, 0, -1, 1], [0, 1, 1, 0], [-1, 1, 1, 1]]]), np.array([3, 4, 1])
    arguments = x, lengths, averaging_gru(0.5), averaging_gru(0.75)
    checks.unchanged(birnn_forward, *arguments)
    called = "birnn_forward(x, lengths, forward, backward)"
    a, caches = checks.results(called, birnn_forward(*arguments), ["a", "caches"])
    checks.shape("a", a, (2, 3, 4))
    slips = {"at padding a is 0": [0.3, 0.15, -0.225, 0.1875]}
    slips |= {"the first network comes first": [27 / 64, -9 / 80, -0.45, 0]}
    checks.close("the first network's states, sequence on paper", a[0, 0], [0.3, 0.15, -0.225, 0], mistakes=slips)
    slips = {"it read the padding first; use reverse_valid": [0.42890625, -0.084375, -0.3375, 0]}
    slips |= {"reverse its states back": [-0.45, -0.1125, 0.421875, 0]}
    slips |= {"it must read x reversed": [0.45, 0.1125, -0.421875, 0], "read x reversed": [-27 / 64, 9 / 80, 0.45, 0]}
    slips |= {"it has parameters of its own": [0.225, -0.15, -0.3, 0]}
    checks.close("the second one's, sequence on paper", a[1, 0], [27 / 64, -9 / 80, -0.45, 0], mistakes=slips)
    checks.close("the state of the sequence of one step", a[:, 2], [[-0.3, 0, 0, 0], [-0.45, 0, 0, 0]])
    left, right, _ = checks.results("caches", caches, ["forward_caches", "backward_caches", "lengths"])
    checks.close("x_t of its step 1 in forward_caches", left[0][0], [[1, 0, -1]])
    checks.close("x_t of its step 1 in backward_caches", right[0][0], [[-1, 0, -1]])
    ### BEGIN HIDDEN TESTS

    def alone(x, lengths, forward, backward):
        n_a, turned = len(forward["b_c"]), x.copy()
        a, zeros = np.zeros((2 * n_a, *x.shape[1:])), np.zeros((n_a, 1))
        for j, n in enumerate(lengths):
            turned[:, j, :n] = np.flip(x[:, j, :n], axis=1)
            a[:n_a, j, :n] = gru_forward(x[:, [j], :n], zeros, forward)[0][:, 0]
            a[n_a:, j, n - 1 :: -1][:, :n] = gru_forward(turned[:, [j], :n], zeros, backward)[0][:, 0]
        return a, (x, turned, lengths)

    def with_inputs(x, lengths, forward, backward):
        a, (left, right, lengths) = birnn_forward(x, lengths, forward, backward)
        return a, (*(np.stack([step[0] for step in side], axis=2) for side in (left, right)), lengths)

    with_inputs.__name__ = "birnn_forward"

    def problem(rng, n_x, m, T_x, n_a):
        left, right = (gru_parameters(rng, n_a, n_x) | {"b_c": rng.normal(0, 1, (n_a, 1))} for _ in range(2))
        return rng.normal(0, 1, (n_x, m, T_x)), rng.integers(1, T_x + 1, m), left, right

    x, lengths, left, right = problem(np.random.default_rng(1), 3, 4, 5, 3)
    cases = {"with no padding": (x, np.full(4, 5), left, right), "with lengths of 1": (x, np.ones(4, int), left, right)}
    cases |= {"with the same parameters twice": (x, lengths, left, left)}
    cases |= {"with b_c = 0": (x, lengths, left | {"b_c": 0 * left["b_c"]}, right)}
    cases |= {"with large numbers at padding": (x + 1e6 * ~real_steps(lengths, 5), lengths, left, right)}
    cases |= {"with other keys": (x, lengths, left | {"W_ya": x}, dict(reversed(right.items())))}
    cases |= {"with one sequence and padding": (x[:, :1], np.array([2]), left, right)}
    domain = {"real": {"x": 100}, "types": ["x", "forward", "backward"], "cases": cases, "new": False, "atol": 1e-12}
    domain["returns"] = {"a": (), "caches": ("x_t in forward_caches", "x_t in backward_caches", "lengths")}
    checks.agrees(with_inputs, alone, problem, sizes={"n_x": 101, "m": 104, "T_x": 105, "n_a": 102}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The way back
#
# *How does an input affect both networks?*
#
# Let $da$ be the derivative of the cost with respect to the stacked states, shape $(2 n_a, m, T_x)$. Go the way of the forward pass from its end to its beginning:
#
# 1. Padding: $a$ is 0 there whatever the networks made. So **nothing comes back through padding**: set $da$ to 0 there.
# 2. The first $n_a$ rows go back through the first network, with `gru_backward(da, caches)`. It gives $dx$ from the left, the derivative of the start states (which we do not need), and the gradients of the parameters.
# 3. The other rows go back through the reversal, then through the second network, then through the first reversal.
# 4. $x$ went two ways, so its two derivatives are **added**.
#
# *On paper*, with the two GRUs of section 2 and inputs $1, 0, -1$. The cost is the first network's state at step 2, plus 4 times the second network's state at step 1. The derivative of $\tanh(x \log 2)$ is $\log 2 \cdot (1 - \tanh^2)$, so $0.64 \log 2$ at $x = \pm 1$ and $\log 2$ at $x = 0$. In units of $\log 2$:
#
# | input | through the first network | through the second network | sum |
# |---|---|---|---|
# | $x^{\langle 1 \rangle}$ | $0.5 \cdot 0.5 \cdot 0.64 = 0.16$ | $4 \cdot 0.75 \cdot 0.64 = 1.92$ | 2.08 |
# | $x^{\langle 2 \rangle}$ | $0.5$ | $4 \cdot 0.25 \cdot 0.75 = 0.75$ | 1.25 |
# | $x^{\langle 3 \rangle}$ | $0$ | $4 \cdot 0.25^2 \cdot 0.75 \cdot 0.64 = 0.12$ | 0.12 |
#
# ### Exercise 3: `birnn_backward`


# %% exercise="birnn_backward"
def birnn_backward(da, caches):
    """The way back through birnn_forward.

    Args:
        da: the derivative of the cost with respect to a, (2 n_a, m, T_x), floats or whole numbers. What stands
            at padding may be any number and has no effect.
        caches: the tuple (forward_caches, backward_caches, lengths) that birnn_forward returned.

    Returns:
        dx: (n_x, m, T_x); at padding it is 0.
        forward_grads, backward_grads: the gradients of the parameters of the two networks, dicts as gru_backward
            returns them.
    """
    # 1. Padding. 2. The first half of the rows. 3. The second half: what came last on the way forward comes first on
    # the way back. 4. x went two ways.
    ### BEGIN SOLUTION
    forward_caches, backward_caches, lengths = caches
    from_left, from_right = np.split(da * real_steps(lengths, da.shape[2]), 2)
    dx, _, forward_grads = gru_backward(from_left, forward_caches)
    dx_reversed, _, backward_grads = gru_backward(reverse_valid(from_right, lengths), backward_caches)
    return dx + reverse_valid(dx_reversed, lengths), forward_grads, backward_grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.split(da, 2)` gives the two halves of the rows. `dx, _, grads = gru_backward(half, caches)`.
# </details>
# <details><summary>Hint 2</summary>
#
# The second half is reversed before `gru_backward`. The `dx` that comes out belongs to the reversed `x`: reverse it too, then add it to the other one.
# </details>

# %% check="birnn_backward" points=3
with checks.exercise("birnn_backward"):
    x, turned = np.array([[[1, 0, -1, 1], [0, 1, 1, 0]]]), np.array([[[-1, 0, 1, 1], [0, 1, 1, 0]]])
    networks, lengths = (averaging_gru(0.5), averaging_gru(0.75)), np.array([3, 4])
    both = [
        gru_forward(each, np.zeros((1, 2)), network)[1] for each, network in zip((x, turned), networks, strict=True)
    ]
    da, caches = np.array([[[0, 1, 0, 5], [0, 0, 0, 1]], [[4, 0, 0, 5], [0, 0, 0, 0]]]), (*both, lengths)
    checks.unchanged(birnn_backward, da, caches)
    names = ["dx", "forward_grads", "backward_grads"]
    dx, left, right = checks.results("birnn_backward(da, caches)", birnn_backward(da, caches), names)
    checks.shape("dx", dx, (1, 2, 4))
    slips = {"the way through the second network is missing": [0.16, 0.5, 0, 0]}
    slips |= {"add the two ways": [1.92, 0.75, 0.12, 0]}
    slips |= {"reverse its dx back": [0.28, 1.25, 1.92, 0], "reverse the lower half of da": [0.16, 0.5, 1.92, 0]}
    slips |= {"padding of da has no effect": [2.88, 2.109375, 0.9575, 4]}
    slips |= {"this is the mean of two ways": [1.04, 0.625, 0.06, 0]}
    checks.close("dx / log 2, as on paper", dx[0, 0] / np.log(2), [2.08, 1.25, 0.12, 0], mistakes=slips)
    for what, grads, right_value in (("forward_grads", left, 1.4625), ("backward_grads", right, 2.79)):
        checks.keys(what, grads, ["dW_u", "dW_r", "dW_c", "db_u", "db_r", "db_c"])
        checks.close(f"db_c in {what}", grads["db_c"], [[right_value]])
    ### BEGIN HIDDEN TESTS

    def states(x, lengths, left, right):
        n_a = len(left["b_c"])
        a, zeros = np.zeros((2 * n_a, *x.shape[1:]), x.dtype), np.zeros((n_a, 1))
        for j, n in enumerate(lengths):
            a[:n_a, j, :n] = gru_forward(x[:, [j], :n], zeros, left)[0][:, 0]
            a[n_a:, j, :n] = np.flip(gru_forward(np.flip(x[:, [j], :n], axis=2), zeros, right)[0][:, 0], axis=1)
        return a

    def each_alone(da, caches):
        x, lengths, n_a = np.stack([step[0] for step in caches[0]], axis=2), caches[2], len(da) // 2
        dx, zeros, found = np.zeros(x.shape), np.zeros((n_a, 1)), [[], []]
        for j, n in enumerate(lengths):
            for side, way in enumerate((1, -1)):
                own, parameters = x[:, [j], :n][..., ::way], caches[side][0][-1]
                d = np.split(da, 2)[side][:, [j], :n][..., ::way]
                back, _, grads = gru_backward(d, gru_forward(own, zeros, parameters)[1])
                dx[:, j, :n] += back[:, 0, ::way]
                found[side].append(grads)
        return dx, *({key: sum(grads[key] for grads in side) for key in side[0]} for side in found)

    def problem(rng, n_x, m, T_x, n_a):
        x, lengths, zeros = rng.normal(0, 1, (n_x, m, T_x)), rng.integers(1, T_x + 1, m), np.zeros((n_a, m))
        turned = np.stack([np.r_[x_j[:n][::-1], x_j[n:]] for x_j, n in zip(x.transpose(1, 2, 0), lengths, strict=True)])
        left, right = (gru_parameters(rng, n_a, n_x) | {"b_u": rng.normal(0, 1, (n_a, 1))} for _ in range(2))
        caches = gru_forward(x, zeros, left)[1], gru_forward(turned.transpose(2, 0, 1), zeros, right)[1], lengths
        return rng.normal(0, 1, (2 * n_a, m, T_x)), caches

    rng = np.random.default_rng(2)
    da, caches = problem(rng, 3, 4, 5, 2)
    real = real_steps(caches[2], 5)
    cases = {"with 0 at padding": (da * real, caches), "with a derivative at padding alone": (da * ~real, caches)}
    cases |= {"with a derivative at the first step alone": (da * (np.arange(5) == 0), caches)}
    cases |= {"with derivatives that cancel": (np.concatenate([da[:2], -da[:2]]), caches)}
    cases |= {"with a derivative of the first network alone": (da * (np.arange(4) < 2)[:, None, None], caches)}
    cases |= {"with a derivative of the second network alone": (da * (np.arange(4) > 1)[:, None, None], caches)}
    domain = {"real": {"da": 1e6}, "types": ["da"], "apart": False, "cases": cases, "atol": 1e-12}
    domain |= {"returns": {"dx": (), "forward_grads": (), "backward_grads": ()}}
    checks.agrees(birnn_backward, each_alone, problem, sizes={"n_x": 101, "m": 103, "T_x": 104, "n_a": 102}, **domain)
    x = np.stack([step[0] for step in caches[0]], axis=2)
    given = x, caches[0][0][-1], caches[1][0][-1]
    checks.along("m = 4", lambda x, *both: da * states(x, caches[2], *both), given, birnn_backward(da, caches))
    ### END HIDDEN TESTS

# %% [markdown]
# Now we can ask which inputs a state depends on. A random network of 16 units in each direction reads a sequence of 12 real steps, with 3 steps of padding. For each step $t$ we send back a derivative that is 1 for the states of step $t$ alone, and look at the size of $dx^{\langle s \rangle}$ for every $s$.

# %%
rng = np.random.default_rng(0)
x, lengths = rng.normal(0, 1, (8, 1, 15)), np.array([12])
a, caches = birnn_forward(x, lengths, gru_parameters(rng, 16, 8), gru_parameters(rng, 16, 8))
figure, axes = plt.subplots(1, 3, figsize=(8, 3.5), sharey=True, layout="constrained")
rows_of = {"left to right": slice(0, 16), "right to left": slice(16, 32), "both": slice(0, 32)}
for axis, (what, rows) in zip(axes, rows_of.items(), strict=True):
    reach = np.zeros((15, 15))
    for t in range(15):
        da = np.zeros_like(a)
        da[rows, 0, t] = 1
        reach[t] = np.linalg.norm(birnn_backward(da, caches)[0][:, 0], axis=0)
    axis.imshow(np.log10(reach + 1e-6), cmap="Greys", vmin=-4, vmax=1)
    axis.set(title=what, xlabel="input step $s$", xticks=range(0, 15, 4), yticks=range(0, 15, 4))
    axis.grid(False)
axes[0].set_ylabel("state of step $t$")
figure.suptitle("Only both networks together see all real steps (darker: larger gradient)")
plt.show()

# %% [markdown]
# *What to notice.* Row $t$ is one state (counted from 0), column $s$ one input. The first network sees the inputs up to $t$: the dark part is below the diagonal. The second one sees those from $t$ on. Stacked, each state sees all 12 real steps, most of all its own. The last three rows and columns are white: padding has no effect and gets no gradient.
#
# ## 4. From scores to tags, from tags to entities
#
# *What is the answer of a tagger, and when is it right?*
#
# The task of this lesson: in a date as people write it, **each character is a part of the day, the month, the year, or none of these** ("O", for outside, as in lesson 01). Three languages are mixed, and the network is not told which one it reads.
#
# ```
# Fri, Feb 5, 1988        19/1/1950        2026年5月10日
# OOOOOMMMODOOYYYY        DDOMOYYYY        YYYYOMODDO
# ```
#
# The network has an embedding $E$ below, $e = E_{:,k}$, the bidirectional network, and a score for each of the $n_y$ kinds at each step, $z = W_{ya} \, a + b_y$. The tag of a step is the kind with the largest score. Padding gets no tag.
#
# ### Exercise 4: `tag_entities`
#
# You have all parts: `embedding_forward(E, indices)` and `temporal_affine_forward(a, output)` of lesson 02, and your `birnn_forward`.


# %% exercise="tag_entities"
def tag_entities(indices, lengths, E, forward, backward, output, kinds):
    """The tags of a batch of texts.

    Args:
        indices: the characters (or words), (m, T_x), whole numbers; padding holds any of them.
        lengths: the number of real steps of each text, (m,), whole numbers from 1 to T_x.
        E: the embedding matrix, (n_e, n_v).
        forward, backward: as birnn_forward needs them.
        output: a dict with "W_ya" (n_y, 2 n_a) and "b_y" (n_y, 1).
        kinds: the names of the n_y kinds, a list of strings, in the order of the rows of the scores; any strings, "O" at
            any place.

    Returns:
        A list of m lists of strings: the tags of the real steps of each text, lengths[j] of them. Each is the kind with
        the largest score; of several largest ones, the one that comes first in kinds.
    """
    # 1. Embedding, states, scores. 2. The best kind of each step. 3. Names in the place of numbers, without padding.
    ### BEGIN SOLUTION
    a, _ = birnn_forward(embedding_forward(E, indices), lengths, forward, backward)
    best = temporal_affine_forward(a, output).argmax(axis=0)
    return [[kinds[k] for k in best[j, :length]] for j, length in enumerate(lengths)]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The scores have the shape $(n_y, m, T_x)$, so `scores.argmax(axis=0)` is $(m, T_x)$: the number of the best kind, the first one if several are best. Take the first `lengths[j]` of row `j`.
# </details>

# %% check="tag_entities" points=2
with checks.exercise("tag_entities"):
    E, kinds = np.array([[5.0, 1, 0, -1]]), ["O", "day", "year"]
    output = {"W_ya": np.array([[0.0, 0], [1, 0], [0, 1]]), "b_y": np.array([[0.1], [0.05], [0.0]])}
    indices, lengths = np.array([[1, 2, 3, 0], [2, 1, 1, 2], [3, 0, 0, 0]]), np.array([3, 4, 1])
    arguments = indices, lengths, E, averaging_gru(0.5), averaging_gru(0.75), output, kinds
    checks.unchanged(tag_entities, *arguments)
    tags = tag_entities(*arguments)
    checks.length("the result", tags, 3)
    checks.length("the tags of a text of one step", tags[2], 1)
    checks.equal("the tags of the text 1, 0, -1", list(tags[0]), ["year", "day", "O"])
    checks.equal("the tags of the text 0, 1, 1, 0", list(tags[1]), ["year", "year", "day", "day"])
    equal = output | {"W_ya": np.zeros((3, 2)), "b_y": np.array([[0], [1], [1]])}
    checks.equal("where two scores are equal", list(tag_entities(*arguments[:5], equal, kinds)[2]), ["day"])
    ### BEGIN HIDDEN TESTS

    def text_by_text(indices, lengths, E, forward, backward, output, kinds):
        tags = []
        for row, n in zip(indices, lengths, strict=True):
            x = np.stack([E[:, k] for k in row[:n]], axis=1)[:, None]
            a = birnn_forward(x, np.array([n]), forward, backward)[0][:, 0]
            scores = [output["W_ya"] @ a[:, t] + output["b_y"][:, 0] for t in range(n)]
            tags.append([max(zip(each, range(0, -len(each), -1), kinds, strict=True))[2] for each in scores])
        return tags

    def problem(rng, n_e, m, T_x, n_a, n_v, n_y):
        both = [gru_parameters(rng, n_a, n_e) for _ in range(2)]
        output = {"W_ya": rng.normal(0, 1, (n_y, 2 * n_a)), "b_y": rng.normal(0, 0.1, (n_y, 1))}
        E, kinds = (
            3 * rng.normal(0, 1, (n_e, n_v)),
            [("O", "日", "", "Year", "o")[k % 5] + "x" * (k // 5) for k in range(n_y)],
        )
        return rng.integers(0, n_v, (m, T_x)), rng.integers(1, T_x + 1, m), E, *both, output, kinds

    rng = np.random.default_rng(4)
    first = list(problem(rng, 3, 4, 6, 2, 5, 4))
    ties = {"W_ya": np.zeros((4, 4)), "b_y": np.array([[-1.0], [2], [0], [2]])}
    cases = {"with equal scores": (*first[:5], ties, first[6])}
    cases |= {"with scores of 0": (*first[:5], {"W_ya": np.zeros((4, 4)), "b_y": np.zeros((4, 1))}, first[6])}
    cases |= {"with only negative scores": (*first[:5], first[5] | {"b_y": first[5]["b_y"] - 50}, first[6])}
    cases |= {"with a bias that decides": (*first[:5], first[5] | {"b_y": np.array([[0.0], [0], [9], [0]])}, first[6])}
    cases |= {"with large weights": (*first[:5], {"W_ya": 30 * first[5]["W_ya"], "b_y": first[5]["b_y"]}, first[6])}
    cases |= {"with the same kind twice": (*first[:6], ["O", "b", "O", "b"])}
    cases |= {"with no padding": (first[0], np.full(4, 6), *first[2:])}
    near = {"W_ya": first[5]["W_ya"] * 0, "b_y": np.array([[40.0], [800], [-800], [900]])}
    cases |= {
        "with large scores": (*first[:5], near, first[6]),
        "with small differences": (*first[:5], near | {"b_y": 1 + 1e-9 * near["b_y"]}, first[6]),
        "with tiny scores": (*first[:5], near | {"b_y": 1e-22 * near["b_y"]}, first[6]),
    }
    cases |= {"with O as the last kind": (*first[:6], ["day", "month", "year", "O"])}
    cases |= {"with long names": (*first[:6], ["O", "location" * 9, "Organisation", "organisation of the state"])}
    sizes = {"n_e": 6, "m": 110, "T_x": 105, "n_a": 5, "n_v": 300, "n_y": 12}
    checks.agrees(tag_entities, text_by_text, problem, sizes=sizes, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Entities
#
# A tag for each character is not yet what a user wants. The user wants **entities**: "there is a day, it is 10". Here an **entity** is a run of equal tags other than "O", as long as it can be: the tags before and behind it differ from it. We write it as `(start, stop, kind)`, counted from 0 and without `stop`, as in lesson 01. (Two entities of the same kind side by side would melt into one. In a date this cannot happen. Where it can, the tags `B-` and `I-` of lesson 01 keep them apart.)
#
# *On paper.* The tags of "4.9.1994", with `d`, `m`, `y` for day, month, year, are `d O m O y y y y`. The entities are `(0, 1, "d")`, `(2, 3, "m")` and `(4, 8, "y")`. In `d d m O m` there are three: `(0, 2, "d")`, `(2, 3, "m")`, `(4, 5, "m")`.
#
# ### Exercise 5: `entity_spans`


# %% exercise="entity_spans"
def entity_spans(tags):
    """The entities of a text: runs of equal tags other than "O", each as long as it can be.

    Args:
        tags: a list of strings; "O" (the capital letter) is outside, each other string is a kind. It may be empty.

    Returns:
        A list of tuples (start, stop, kind), from left to right; the entity is tags[start:stop].
    """
    # 1. Where does an entity begin? 2. Where does it end? Think of the last tag.
    ### BEGIN SOLUTION
    spans, start = [], 0
    for t in range(1, len(tags) + 1):
        if t == len(tags) or tags[t] != tags[start]:
            if tags[start] != "O":
                spans.append((start, t, tags[start]))
            start = t
    return spans
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Keep the `start` of the present run. At each step `t`, and also at `t == len(tags)`, ask whether the run is over: `t == len(tags) or tags[t] != tags[start]`. If it is over and is not "O", keep it. Then the next run starts at `t`.
# </details>

# %% check="entity_spans" points=1
with checks.exercise("entity_spans"):
    checks.unchanged(entity_spans, ["d", "d", "m", "O", "m"])

    def spans_of(text):
        return [tuple(span) for span in entity_spans(text.split())]

    checks.equal(
        "the entities of d O m O y y y y", spans_of("d O m O y y y y"), [(0, 1, "d"), (2, 3, "m"), (4, 8, "y")]
    )
    checks.equal("the entities of d d m O m", spans_of("d d m O m"), [(0, 2, "d"), (2, 3, "m"), (4, 5, "m")])
    checks.equal("the entities of O O", spans_of("O O"), [])
    checks.equal("the entities of no tags", spans_of(""), [])
    ### BEGIN HIDDEN TESTS

    def by_borders(tags):
        n = len(tags)
        borders = [0, *(t for t in range(1, n) if tags[t - 1] != tags[t]), n] if n else []
        return [(a, b, tags[a]) for a, b in zip(borders, borders[1:], strict=False) if tags[a] != "O"]

    def problem(rng, T, n_y):
        kinds = ["O", "day", "o", "", "日", "B-O", *(f"k{k}" for k in range(n_y))][:n_y]
        return [kinds[k] for k in rng.integers(0, n_y, T)]

    cases = {
        f"with the tags {' '.join(tags)}": ([*tags],) for tags in ("ddd", "Odd", "ddO", "dmd", "O", "d", "OdO", "Oo0")
    }
    cases |= {"with 700 tags of one kind": (["year"] * 700,), "with 300 tags in turn": (["d", "m"] * 150,)}
    cases |= {"with equal strings of several objects": (["".join(["da", "y"]) for _ in range(3)],)}
    cases |= {"with O of several objects": (["xO"[1:], "O", "d", "OO"[:1]],)}
    cases |= {"with kinds that begin with O": (["OO", "O", "ORG"],), "with B and I": (["B-PER", "I-PER", "PER"],)}
    checks.agrees(entity_spans, by_borders, problem, sizes={"T": (0, 1100), "n_y": 120}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Precision, recall and F1
#
# How good is a tagger? The share of characters that are right looks good too easily: in most texts a tagger that only says "O" is often right, and useless. So taggers are scored **by entity**. A predicted entity is right if a true entity of the same text has the same start, the same stop **and** the same kind. Over all texts together, let $r$ be the number of right entities, $p$ the number of predicted ones and $n$ that of true ones:
#
# $$\text{precision} = \frac{r}{p}, \qquad \text{recall} = \frac{r}{n}, \qquad F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}} .$$
#
# A quotient $0/0$ counts as 0 here.
#
# *On paper*, two texts:
#
# | | tags | entities |
# |---|---|---|
# | true | `d d O m m` | `(0, 2, d)`, `(3, 5, m)` |
# | predicted | `d O O m m` | `(0, 1, d)`, `(3, 5, m)` |
# | true | `y y O d O m` | `(0, 2, y)`, `(3, 4, d)`, `(5, 6, m)` |
# | predicted | `y y O m O O` | `(0, 2, y)`, `(3, 4, m)` |
#
# $r = 2$, the month of the first text and the year of the second. $p = 4$ and $n = 5$. Precision $0.5$, recall $0.4$, $F_1 = 0.4 / 0.9 \approx 0.444$. By character, 8 of 11 tags were right: an entity is wrong as soon as one of its characters is.
#
# ### Exercise 6: `entity_f1`


# %% exercise="entity_f1"
def entity_f1(true_tags, predicted_tags):
    """Precision, recall and F1 by entity, over all texts together.

    Args:
        true_tags: a list of m lists of tags, as entity_spans takes them. m may be 0.
        predicted_tags: the same for the predictions, the same texts in the same order.

    Returns:
        precision, recall, f1: three numbers. Where nothing was predicted, precision is 0; where no entity is true,
        recall is 0; where both are 0, f1 is 0.

    Raises:
        ValueError: the two have different numbers of texts, or a text has different numbers of tags.
    """
    # 1. Refuse what does not belong together. 2. Text by text: count the entities, and those in both. 3. Three numbers.
    ### BEGIN SOLUTION
    if [len(tags) for tags in true_tags] != [len(tags) for tags in predicted_tags]:
        raise ValueError("true and predicted tags are not of the same texts")
    true, predicted, right = 0, 0, 0
    for j, tags in enumerate(true_tags):
        truth, guess = set(entity_spans(tags)), set(entity_spans(predicted_tags[j]))
        true, predicted, right = true + len(truth), predicted + len(guess), right + len(truth & guess)
    f1 = 2 * right / max(true + predicted, 1)  # equivalent "1 → 2": if the sum is 1, right is 0
    return right / max(predicted, 1), right / max(true, 1), f1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The entities of a text are tuples, so `set(entity_spans(a)) & set(entity_spans(b))` holds those in both. Do this for each text alone: the same tuple in another text is another entity. `max(predicted, 1)` in the denominator avoids a division by 0.
# </details>

# %% check="entity_f1" points=2
with checks.exercise("entity_f1"):
    true_tags = ["d d O m m".split(), "y y O d O m".split()]
    predicted_tags = ["d O O m m".split(), "y y O m O O".split()]
    checks.unchanged(entity_f1, true_tags, predicted_tags)
    names = ["precision", "recall", "f1"]
    precision, recall, f1 = checks.results("entity_f1(...)", entity_f1(true_tags, predicted_tags), names)
    slips = {"this is the recall": 0.4}
    slips |= {"by character; it must be by entity": 8 / 11, "kind and stop must be right, too": 0.75}
    checks.close("precision on paper", precision, 0.5, mistakes=slips)
    slips = {"count over all texts, not the mean over texts": 5 / 12, "this is the precision": 0.5}
    checks.close("recall on paper", recall, 0.4, mistakes=slips)
    checks.close("f1 on paper", f1, 4 / 9, mistakes={"not the mean of both": 0.45})
    checks.equal("with a wrong start", tuple(entity_f1([["d", "d"]], [["O", "d"]])), (0, 0, 0))
    checks.equal("where nothing was predicted", tuple(entity_f1([["d"]], [["O"]])), (0, 0, 0))
    checks.raises("with one text and two", ValueError, entity_f1, [["d"]], [["d"], ["O"]])
    checks.raises("with texts of 2 and of 3 tags", ValueError, entity_f1, [["d", "O"]], [["d", "O", "O"]])
    ### BEGIN HIDDEN TESTS

    def entity_by_entity(true_tags, predicted_tags):
        right, count = 0, [0, 0]
        for pair in zip(true_tags, predicted_tags, strict=True):
            padded = [["O", *tags, "O"] for tags in pair]
            begins = [[t for t in range(1, len(tags)) if tags[t] not in ("O", tags[t - 1])] for tags in padded]
            count = [count[0] + len(begins[0]), count[1] + len(begins[1])]
            for t in set(begins[0]) & set(begins[1]):
                kind, stop = padded[0][t], t
                while padded[0][stop] == kind == padded[1][stop]:
                    stop += 1
                right += padded[1][t] == kind and padded[0][stop] != kind and padded[1][stop] != kind
        precision, recall = (right / n if n else 0.0 for n in (count[1], count[0]))
        return precision, recall, 2 * right / (count[0] + count[1]) if right else 0.0

    def problem(rng, m, T, n_y):
        kinds = ["O", "d", "m", "y", "o", "日"][:n_y]
        texts = [[kinds[k] for k in rng.integers(0, n_y, rng.integers(0, T + 1))] for _ in range(m)]
        return texts, [[kinds[rng.integers(n_y)] if rng.random() < 0.2 else tag for tag in tags] for tags in texts]

    cases = {"with no text": ([], [])}
    cases |= {"with texts without tags": ([[], []], [[], []])}
    cases |= {"with O alone": ([["O"] * 3], [["O"] * 3])}
    cases |= {"with no true entity": ([["O", "O"]], [["d", "O"]])}
    cases |= {"with all right": ([["d", "O", "m"]], [["d", "O", "m"]])}
    cases |= {"with the same entities in other texts": ([["d"], ["O"], ["O"]], [["O"], ["d"], ["O"]])}
    cases |= {"with equal texts": ([["d", "O"]] * 5, [["d", "O"]] * 3 + [["O", "d"], ["O", "O"]])}
    cases |= {"with an entity in two pieces": ([["y"] * 4], [["y", "O", "y", "y"]])}
    cases |= {"with one too long": ([["d", "O"]], [["d", "d"]])}
    cases |= {"with one right among 400": ([["d"]] + [["O"]] * 399, [["d"]] * 400)}
    checks.agrees(entity_f1, entity_by_entity, problem, sizes={"m": 300, "T": 110, "n_y": 6}, apart=False, cases=cases)
    for left, right in (([[]], []), ([["d"], ["O", "O"]], [["d", "O"], ["O"]]), ([["O"], ["O"]], [["O"], []])):
        checks.raises(f"for the tags {left} and {right}", ValueError, entity_f1, left, right)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. Dates in three languages
#
# *How much does the second direction bring?*
#
# 15,000 dates to train, 3,000 of other days to test, a third of each in English, French and Chinese. Where the day, the month and the year stand is known because our data hold each date a second time, in the form 2026-05-10: the year is its four digits; a month in letters begins like the name of that month; of two other numbers the first is the month in English and in Chinese, and the day in French.

# %%
MONTHS = {"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"}
MONTHS["fr"] = "jan fév mar avr mai jui jui aoû sep oct nov déc"
KINDS = ["O", "day", "month", "year"]
ORDER = {"en": ("month", "day"), "fr": ("day", "month"), "zh": ("month", "day")}


def date_tags(text, iso, language):
    """The tags of the characters of a date, from the same date in the form 2026-05-10."""
    year, month, _ = iso.split("-")
    numbers = [found.span() for found in re.finditer(r"\d+", text) if found.group() != year]
    spans = {"year": (text.index(year), text.index(year) + 4)} | dict(zip(ORDER[language], numbers, strict=False))
    if len(numbers) == 1:
        name = MONTHS[language].split()[int(month) - 1]
        words = [found.span() for found in re.finditer(r"[^\W\d_]+", text) if found.group().startswith(name)]
        spans |= {"day": numbers[0], "month": words[-1]}
    tags = ["O"] * len(text)
    for kind, (start, stop) in spans.items():
        tags[start:stop] = [kind] * (stop - start)
    return tags


def load(side):
    """The dates of all languages, as texts and as tags; `side` is "train" or "test"."""
    texts, tags = [], []
    for language in ("en", "fr", "zh"):
        pairs = data.load_date_pairs(language)
        sources, isos = getattr(pairs, f"source_{side}"), getattr(pairs, f"target_{side}")
        texts += sources
        tags += [date_tags(text, iso, language) for text, iso in zip(sources, isos, strict=True)]
    return texts, tags


# %%
train_texts, train_tags = load("train")
test_texts, test_tags = load("test")
characters = ["<PAD>", *sorted({character for text in train_texts for character in text})]


def as_arrays(texts, tags):
    """indices and y, whole numbers (m, T_x), and lengths (m,)."""
    lengths = np.array([len(text) for text in texts])
    indices, y = np.zeros((2, len(texts), lengths.max()), int)
    number = {character: k for k, character in enumerate(characters)}
    for j, (text, own) in enumerate(zip(texts, tags, strict=True)):
        indices[j, : len(text)] = [number[character] for character in text]
        y[j, : len(text)] = [KINDS.index(tag) for tag in own]
    return indices, y, lengths


def letters(tags):
    return "".join("." if tag == "O" else tag[0] for tag in tags)


train, test = as_arrays(train_texts, train_tags), as_arrays(test_texts, test_tags)
print(len(train_texts), "dates to train,", len(test_texts), "to test;", len(characters), "characters with <PAD>")
for j in (0, 1500, 2000, 2004):
    print(f"{letters(test_tags[j])}   {test_texts[j]}")

# %% [markdown]
# One training function for all networks of this lesson. A network is a pair of functions. `run(x, lengths, parts)` gives the states and the caches; `back(da, caches)` gives $dx$ and a list of gradients, one dict for each of the `parts`. The last part is the embedding and the output. Adam makes 400 steps with batches of 50 dates, in float32, with a rate that falls from 0.008 to a tenth of it, and the gradients are clipped to the norm 5.


# %%
def train_tagger(run, back, sizes, n_states, seed=0, steps=400):
    """Trains a tagger; its parts are GRUs of the sizes (n_a, n_x). Returns the parts, the output last."""
    rng = np.random.default_rng(seed)
    output = {"E": rng.normal(0, 0.3, (32, len(characters))), "W_ya": rng.normal(0, n_states**-0.5, (4, n_states))}
    parts = [*(gru_parameters(rng, *size) for size in sizes), output | {"b_y": np.zeros((4, 1))}]
    parts = [{key: value.astype(np.float32) for key, value in part.items()} for part in parts]
    v, s = ([{f"d{key}": np.zeros_like(value) for key, value in part.items()} for part in parts] for _ in range(2))
    indices, y, lengths = train
    for t in tqdm(range(1, steps + 1), desc="training", file=sys.stdout):
        chosen = rng.permutation(len(y))[:50]
        n, T_x, output = lengths[chosen], lengths[chosen].max(), parts[-1]
        words = indices[chosen, :T_x]
        a, caches = run(embedding_forward(output["E"], words), n, parts[:-1])
        _, dz = temporal_softmax_loss(temporal_affine_forward(a, output), y[chosen, :T_x], real_steps(n, T_x))
        da, grads = temporal_affine_backward(dz, a, output)
        de, found = back(da, caches)
        found = [*found, grads | {"dE": embedding_backward(de, words, len(characters))}]
        named = {(i, key): value for i, part in enumerate(found) for key, value in part.items()}
        clipped, _ = clip_grad_norm(named, 5.0)
        rate = 0.008 * (1 - 0.9 * t / steps)
        for i, part in enumerate(parts):
            grads = {key: clipped[i, key].astype(np.float32) for key in found[i]}
            parts[i], v[i], s[i] = adam_step(part, grads, v[i], s[i], t, rate)
    return parts


# %% [markdown]
# Three networks with states of the same size: 64 units from left to right, 64 from right to left, or 32 in each direction.


# %%
def run_forward(x, lengths, parts):
    return gru_forward(x, np.zeros((len(parts[0]["b_c"]), x.shape[1]), x.dtype), parts[0])


def back_forward(da, caches):
    dx, _, grads = gru_backward(da, caches)
    return dx, [grads]


def run_backward(x, lengths, parts):
    a, caches = run_forward(reverse_valid(x, lengths), lengths, parts)
    return reverse_valid(a, lengths), (caches, lengths)


def back_backward(da, caches):
    dx, grads = back_forward(reverse_valid(da, caches[1]), caches[0])
    return reverse_valid(dx, caches[1]), grads


def run_both(x, lengths, parts):
    return birnn_forward(x, lengths, *parts)


def back_both(da, caches):
    dx, *grads = birnn_backward(da, caches)
    return dx, grads


# %%
def predicted_tags(run, parts):
    """The tags of the test set by a network of any kind."""
    indices, _, lengths = test
    scores = temporal_affine_forward(run(embedding_forward(parts[-1]["E"], indices), lengths, parts[:-1])[0], parts[-1])
    return [[KINDS[k] for k in row[:n]] for row, n in zip(scores.argmax(axis=0), lengths, strict=True)]


def report(name, tags, parts):
    """Prints how a network did; returns which dates are right in all their characters."""
    whole = np.array([own == truth for own, truth in zip(tags, test_tags, strict=True)])
    pairs = [pair for own, truth in zip(tags, test_tags, strict=True) for pair in zip(own, truth, strict=True)]
    right, f1 = np.mean([own == truth for own, truth in pairs]), entity_f1(test_tags, tags)[2]
    size = sum(value.size for part in parts for value in part.values())
    scores = f"characters {right:.3f}   F1 by entity {f1:.3f}   whole dates {whole.mean():.3f}"
    print(f"{name:22} {size:6} parameters   {scores}")
    return whole


# %%
left = train_tagger(run_forward, back_forward, [(64, 32)], 64)
right = train_tagger(run_backward, back_backward, [(64, 32)], 64)
both = train_tagger(run_both, back_both, [(32, 32), (32, 32)], 64)
tags = {"left to right": predicted_tags(run_forward, left), "right to left": predicted_tags(run_backward, right)}
output = {key: both[2][key] for key in ("W_ya", "b_y")}
tags["both"] = tag_entities(test[0], test[2], both[2]["E"], both[0], both[1], output, KINDS)
whole = {name: report(name, tags[name], parts) for name, parts in zip(tags, (left, right, both), strict=True)}

# %%
figure, axis = plt.subplots(figsize=(7, 4))
for k, (name, hatch) in enumerate(zip(tags, ("//", "..", ""), strict=True)):
    shares = whole[name].reshape(3, 1000).mean(axis=1)
    axis.bar(np.arange(3) + 0.27 * (k - 1), shares, 0.25, label=name, hatch=hatch, edgecolor="white")
axis.set(ylabel="share of dates that are wholly right", ylim=(0, 1.3), yticks=np.linspace(0, 1, 6))
axis.set_xticks(range(3), ("English", "French", "Chinese"))
axis.set_title("Both directions together do well in all three languages")
axis.legend(ncols=3, loc="upper center")
plt.show()

# %% [markdown]
# *What to notice.* Over three seeds, at least 95 % of the dates were wholly right with both directions, at most 70 % from left to right and at most 80 % from right to left. This is so although the bidirectional network has fewer parameters: two GRUs of 32 units have about two thirds of the weights of one of 64.
#
# By character all three look good, with more than 96 %. The F1 by entity is stricter, and whole dates are stricter still.
#
# Why not 100 %? "2/6/2004" is 6 February in English and 2 June in French. The network is not told the language, so it can only guess. About 170 of the 3,000 test dates are of this kind, more of them French than English, so about 98 % is the best that can be expected.
#
# Where does each direction fail? We look at dates where it was wrong and both together were right. `d`, `m` and `y` are day, month and year.

# %%
for name in ("left to right", "right to left"):
    print(f"read from {name}:")
    wrong = np.flatnonzero(~whole[name] & whole["both"])
    for language in (0, 1, 2):
        for j in wrong[wrong // 1000 == language][:2]:
            print(f"  said {letters(tags[name][j]):20} true {letters(test_tags[j]):20} {test_texts[j]}")

# %% [markdown]
# *What to notice.* From left to right, the mistakes are at the beginning, where the network has seen too little. The first digit of a date can belong to a day, a month or a year, and an "M" can begin "March" or "Monday". In "1/19/1950" the 1 is a month, in "19/1/1950" it is not, and what decides is the 19, which cannot be a month. A Chinese date always begins with the year, so there the usual guess is right. From right to left, the mistakes are at the end of the text: the 15 of "2006/04/15" could also be the last digits of a year.
#
# ## 6. Deep recurrent networks
#
# *Can a recurrent network have several layers?*
#
# Yes: the states of a layer are the inputs of the layer above it. With $[l]$ for the layer, as in course 1,
#
# $$a^{[l]\langle t \rangle} = \text{cell}\left(a^{[l-1]\langle t \rangle}, \; a^{[l]\langle t-1 \rangle}; \; \text{parameters of layer } l\right), \qquad a^{[0]\langle t \rangle} = x^{\langle t \rangle} .$$
#
# Each layer has its own parameters, the same at all steps, and its own start state 0. Layer $l$ with $n_l$ units reads $n_{l-1}$ numbers, so its matrices have the shape $(n_l, n_l + n_{l-1})$. Such a network is already deep in time. So two or three layers are usual; a hundred, as in networks for images, are not.
#
# The order of the computation is free: we run layer 1 over all steps, then layer 2. On the way back, the top layer comes first; the $dx$ of a layer is the $da$ of the layer below it.
#
# *On paper.* Both GRUs of section 2, the first one below. The states of layer 1 for the inputs $1, 0, -1$ were $0.3, \; 0.15, \; -0.225$. Layer 2 reads these: its first state is $0.75 \tanh(0.3 \log 2) \approx 0.1537$, the second one $0.75 \tanh(0.15 \log 2) + 0.25 \cdot 0.1537 \approx 0.1161$.
#
# ### Exercise 7: `deep_rnn_forward` and `deep_rnn_backward`


# %% exercise="deep_rnn_forward"
def deep_rnn_forward(x, layers):
    """A recurrent network of L layers of GRUs.

    Args:
        x: the inputs, (n_x, m, T_x), floats or whole numbers. Padding at the end needs no lengths: no real step sees it.
        layers: a list of L >= 1 dicts, the parameters of each layer as gru_forward needs them, the lowest layer first.
            The layers may have different numbers of units.

    Returns:
        a: the states of the top layer, (n_L, m, T_x), a new array.
        caches: a list of L lists, the caches of each layer as gru_forward returned them, the lowest layer first.
    """
    # 1. What does the lowest layer read? 2. Layer by layer: states of 0, gru_forward. 3. What does the next one read?
    ### BEGIN SOLUTION
    a, caches = x, []
    for parameters in layers:
        a, cache = gru_forward(a, np.zeros((len(parameters["b_c"]), x.shape[1]), x.dtype), parameters)
        caches.append(cache)
    return a, caches
    ### END SOLUTION


# %% exercise="deep_rnn_backward"
def deep_rnn_backward(da, caches):
    """The way back through deep_rnn_forward.

    Args:
        da: the derivative of the cost with respect to the states of the top layer, (n_L, m, T_x), floats or whole
            numbers.
        caches: as deep_rnn_forward returned them.

    Returns:
        dx: (n_x, m, T_x).
        grads: a list of L dicts, the gradients of each layer as gru_backward returns them, the lowest layer first.
    """
    # 1. Which layer comes first on the way back? 2. What does it hand down? 3. The order of the list.
    ### BEGIN SOLUTION
    grads = []
    for cache in reversed(caches):
        da, _, own = gru_backward(da, cache)
        grads.insert(0, own)
    return da, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Forward: begin with `a = x`, and in the loop `a, cache = gru_forward(a, a0, parameters)` with an `a0` of as many rows as the layer has units. Back: `da, _, own = gru_backward(da, cache)` for `cache in reversed(caches)`.
# </details>

# %% check="deep_rnn_forward" points=2
with checks.exercise("deep_rnn_forward"):
    x, layers = np.array([[[1, 0, -1, 0], [0, 1, 1, 0]]]), [averaging_gru(0.5), averaging_gru(0.75)]
    checks.unchanged(deep_rnn_forward, x, layers)
    a, caches = checks.results("deep_rnn_forward(x, layers)", deep_rnn_forward(x, layers), ["a", "caches"])
    checks.shape("a", a, (1, 2, 4))
    slips = {"these are the states of layer 1": [0.3, 0.15, -0.225, -0.1125]}
    slips |= {"layer 2 must read the states of layer 1, not x": [0.45, 0.1125, -0.421875, -0.10546875]}
    slips |= {"the lowest layer comes first": [0.1510897, 0.1144555, -0.08495324, -0.07896432]}
    slips |= {"layer 2 begins with 0": [0.1256234, 0.1091051, -0.0887531, -0.08055431]}
    checks.close(
        "a of the sequence on paper",
        a[0, 0],
        [0.1537484, 0.1161364, -0.08699529, -0.08011486],
        rtol=1e-5,
        mistakes=slips,
    )
    checks.length("caches", caches, 2)
    checks.length("the caches of layer 2", caches[1], 4)
    checks.close("x_t of step 2 in the caches of layer 2", caches[1][1][0], [[0.15, 0.3]])
    ### BEGIN HIDDEN TESTS

    def step_by_step(x, layers):
        states, read = [np.zeros((len(layer["b_c"]), x.shape[1])) for layer in layers], [[] for _ in layers]
        top = np.zeros((len(states[-1]), *x.shape[1:]))
        for t in range(x.shape[2]):
            below = x[:, :, t]
            for k, layer in enumerate(layers):
                read[k].append(below)
                below = states[k] = gru_forward(below[:, :, None], states[k], layer)[0][:, :, 0]
            top[:, :, t] = below
        return top, [np.stack(own, axis=2) for own in read]

    def with_inputs(x, layers):
        a, caches = deep_rnn_forward(x, layers)
        return a, [np.stack([step[0] for step in own], axis=2) for own in caches]

    with_inputs.__name__ = "deep_rnn_forward"

    def problem(rng, n_x, m, T_x, n_a, L):
        units = [n_x, *(n_a + k % 3 for k in range(L))]
        layers = [gru_parameters(rng, *pair) for pair in zip(units[1:], units, strict=False)]
        return rng.normal(0, 1, (n_x, m, T_x)), [
            layer | {"b_c": rng.normal(0, 0.5, layer["b_c"].shape)} for layer in layers
        ]

    rng = np.random.default_rng(6)
    x, layers = problem(rng, 3, 4, 5, 3, 1)
    same = [gru_parameters(rng, 3, 3)] * 3
    cases = {"with the same parameters in three layers": (x, same)}
    cases |= {"with biases of 0": (x, [gru_parameters(rng, 2, 3)])}
    cases |= {
        "with fewer units in each layer": (
            x,
            [gru_parameters(rng, 7, 3), gru_parameters(rng, 4, 7), gru_parameters(rng, 1, 4)],
        )
    }
    cases |= {"with other keys": (x, [dict(reversed(layers[0].items())) | {"W_ya": x}])}
    domain = {"real": {"x": 100}, "types": ["x", "layers"], "apart": False, "cases": cases, "new": False, "atol": 1e-11}
    domain["returns"] = {"a": (), "what each layer read, by the caches": ()}
    sizes = {"L": 3, "T_x": 104, "n_x": 101, "n_a": 102, "m": 103}
    checks.agrees(with_inputs, step_by_step, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% check="deep_rnn_backward" points=2
with checks.exercise("deep_rnn_backward"):
    x, caches = np.array([[[1, 0, -1, 0], [0, 1, 1, 0]]]), []
    for layer in (averaging_gru(0.5), averaging_gru(0.75)):
        a, own = gru_forward(x if not caches else a, np.zeros((1, 2)), layer)
        caches.append(own)
    da = np.array([[[0, 0, 0, 1], [0, 2, 0, 0]]])
    checks.unchanged(deep_rnn_backward, da, caches)
    dx, grads = checks.results("deep_rnn_backward(da, caches)", deep_rnn_backward(da, caches), ["dx", "grads"])
    checks.shape("dx", dx, (1, 2, 4))
    slips = {"this went back through layer 2 alone": [0.2599302, 0.9960274, 0, 0]}
    slips |= {"through layer 1 alone": [0.3465736, 0.4436142, 0, 0]}
    checks.close("dx of the second sequence", dx[0, 1], [0.2626833, 0.2209259, 0, 0], rtol=1e-5, mistakes=slips)
    checks.length("grads", grads, 2)
    checks.keys("grads[0]", grads[0], ["dW_u", "dW_r", "dW_c", "db_u", "db_r", "db_c"])
    slips = {"the lowest layer comes first": [[2.798032]]}
    checks.close("db_c of layer 1", grads[0]["db_c"], [[1.230148]], rtol=1e-5, mistakes=slips)
    checks.close("db_c of layer 2", grads[1]["db_c"], [[2.798032]], rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def sequence_by_sequence(da, caches):
        dx, sums = [], [{f"d{key}": 0.0 for key in cache[0][-1] if key[-1] in "urc"} for cache in caches]
        for j in range(da.shape[1]):
            d = np.array(da[:, [j]], float)
            for own, cache in zip(sums[::-1], caches[::-1], strict=True):
                steps = [tuple(part if isinstance(part, dict) else part[:, [j]] for part in step) for step in cache]
                d, _, found = gru_backward(d, steps)
                own |= {key: own[key] + found[key] for key in found}
            dx.append(d)
        return np.concatenate(dx, axis=1), sums

    def problem(rng, n_x, m, T_x, n_a, L):
        a, caches, units = rng.normal(0, 1, (n_x, m, T_x)), [], [n_x, *(n_a + k % 3 for k in range(L))]
        for pair in zip(units[1:], units, strict=False):
            a, own = gru_forward(a, np.zeros((pair[0], m)), gru_parameters(rng, *pair))
            caches.append(own)
        return rng.normal(0, 1, a.shape), caches

    rng = np.random.default_rng(7)
    da, caches = problem(rng, 3, 2, 4, 3, 3)
    cases = {f"with a derivative at step {t + 1} alone": (da * (np.arange(4) == t), caches) for t in (0, 3)}
    domain = {"real": {"da": 1e6}, "types": ["da"], "apart": False, "cases": cases, "atol": 1e-12}
    domain["returns"] = {"dx": (), "grads": ()}
    sizes = {"L": 6, "T_x": 104, "n_x": 101, "n_a": 102, "m": 103}
    checks.agrees(deep_rnn_backward, sequence_by_sequence, problem, sizes=sizes, **domain)

    def cost(x, *layers):
        for layer in layers:
            x, _ = gru_forward(x, np.zeros((len(layer["b_c"]), 2)), layer)
        return da * x

    given = np.stack([step[0] for step in caches[0]], axis=2), *(cache[0][-1] for cache in caches)
    dx, grads = deep_rnn_backward(da, caches)
    checks.along("three layers", cost, given, (dx, *grads))
    ### END HIDDEN TESTS

# %% [markdown]
# Does depth help here? A fair comparison gives both networks **as many parameters**. A GRU layer has $3 n_a (n_a + n_x + 1)$ of them. From left to right, one layer of 64 units is about as large as two layers of 40. In both directions, 32 units each are about as many as two layers of 19 units each.


# %%
def run_deep(x, lengths, parts):
    return deep_rnn_forward(x, parts)


def run_deep_both(x, lengths, parts):
    a, lower = birnn_forward(x, lengths, *parts[:2])
    a, upper = birnn_forward(a, lengths, *parts[2:])
    return a, (lower, upper)


def back_deep_both(da, caches):
    da, *upper = birnn_backward(da, caches[1])
    dx, *lower = birnn_backward(da, caches[0])
    return dx, lower + upper


deep = train_tagger(run_deep, deep_rnn_backward, [(40, 32), (40, 40)], 40)
deep_both = train_tagger(run_deep_both, back_deep_both, [(19, 32), (19, 32), (19, 38), (19, 38)], 38)
report("left to right, 1 layer", tags["left to right"], left)
report("left to right, 2", predicted_tags(run_deep, deep), deep)
report("both, 1 layer", tags["both"], both)
report("both, 2 layers", predicted_tags(run_deep_both, deep_both), deep_both)
print("(2: two layers, with about as many parameters)")

# %% [markdown]
# *What to notice.* **Depth brings nothing here.** Over three seeds, one and two layers with as many parameters differ by less than 0.03 in whole dates, now in one direction, now in the other. From left to right this must be so: what is missing stands to the right, and a second layer that reads from left to right cannot see it either. With both directions one layer is already near the 98 % that are possible. And two layers take longer: they need twice as many matrix products, one after the other.
#
# Depth helps where the first layer must find something that the second one combines: sounds, then words. Speech recognisers and translation systems have had three to eight recurrent layers. The lesson of this section is another one: first ask **which information a network can see**, then how many layers it has.

# %% [markdown]
# ## What you built
#
# - `reverse_valid`: sequences reversed within their lengths; it is its own way back.
# - `birnn_forward` and `birnn_backward`: two networks, one from each end, and states that see the whole sequence.
# - `tag_entities`, `entity_spans`, `entity_f1`: a tagger and its score by whole entities.
# - `deep_rnn_forward` and `deep_rnn_backward`: layers on top of each other.
# - A tagger for dates in three languages that is right where one direction cannot be, and a fair comparison of one layer with two.
#
# ## On your own
#
# 1. Give the networks an LSTM in the place of the GRU (`shared_utils.nn.lstm`). What changes in `birnn_forward`?
# 2. Train on English dates alone. One direction is now enough: which one, and why?
# 3. Write `entity_spans` for the tags `B-` and `I-` of lesson 01. What do you do with an `I-` after an "O"? Two programs that answer differently give different scores for the same predictions.
# 4. Really hard: the tagger chooses each tag alone, so a year of three digits is possible. Learn a matrix of scores $S$ of shape $(n_y, n_y)$ for a tag after a tag, and let the score of a whole path be $\sum_t z_{y_t}^{\langle t \rangle} + \sum_t S_{y_{t-1}, y_t}$. **Viterbi decoding** finds the best of $n_y^{T}$ paths in $T n_y^2$ steps: keep for each step and each tag the best score of a path that ends there, and the tag before it; at the end go back along these. Take for $S$ the logarithms of the frequencies in the training tags first. Then learn it, with the loss of a conditional random field (Lafferty, McCallum and Pereira, 2001). Does the F1 by entity rise?
#
# ## In practice
#
# - `torch.nn.GRU(..., num_layers=2, bidirectional=True)` has all of this lesson. Its states are `(T, m, 2 n_a)` by default. Padding needs `pack_padded_sequence`; without it the backward direction reads the padding first, and nothing fails: the score is just a little worse. `tf.keras.layers.Bidirectional` wraps any recurrent layer and needs a mask for the same reason.
# - PyTorch's GRU applies the reset gate after the matrix product, not before it as here.
# - Scores by entity: `seqeval` in Python, or the script `conlleval` of the CoNLL 2003 task. Say in a report which one, for they differ in broken tags.
# - Taggers today are mostly transformers, which also look to both sides, and see all steps at once.
#
# ## References
#
# - Course 5, week 1, lectures 11 and 12.
# - M. Schuster and K. Paliwal (1997), Bidirectional Recurrent Neural Networks, IEEE Transactions on Signal Processing 45.
# - A. Graves, A. Mohamed and G. Hinton (2013), Speech Recognition with Deep Recurrent Neural Networks, ICASSP.
# - Z. Huang, W. Xu and K. Yu (2015), Bidirectional LSTM-CRF Models for Sequence Tagging, arXiv:1508.01991.
# - E. Tjong Kim Sang and F. De Meulder (2003), Introduction to the CoNLL-2003 Shared Task: Language-Independent Named Entity Recognition, CoNLL.
# - J. Lafferty, A. McCallum and F. Pereira (2001), Conditional Random Fields: Probabilistic Models for Segmenting and Labeling Sequence Data, ICML.
# - A. Viterbi (1967), Error Bounds for Convolutional Codes and an Asymptotically Optimum Decoding Algorithm, IEEE Transactions on Information Theory 13.
