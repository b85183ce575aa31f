# %% [markdown]
# You will build the two units that made recurrent networks useful, the GRU and the LSTM, with their backward passes.
# On the way you measure how a gradient fades on its way back through time, and at the end you train both units on a task with a lag of 60 steps, at which the plain network fails.

# %% [markdown]
# ## What you will be able to do
#
# - say why the gradient of a plain recurrent network vanishes or explodes, and measure it lag by lag;
# - write the GRU and the LSTM, one step and whole sequences, forward and back;
# - say what each gate is for, and count the parameters;
# - show that the gradient of an LSTM's memory cell is a product of forget gates, and choose the bias of these gates for a long lag.
#
# **What you need:** [the recurrent network and backpropagation through time](02_rnn_and_backpropagation_through_time.ipynb); [Adam and clipping](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb) from course 2.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, plots
from shared_utils.grading import grade
from shared_utils.nn.optimisers import adam_step, clip_grad_norm
from shared_utils.nn.recurrent import rnn_backward, rnn_cell_backward, rnn_forward
from shared_utils.nn.sequences import temporal_affine_backward, temporal_affine_forward, temporal_softmax_loss

plots.use_style()


def sigmoid(z):
    """1 / (1 + exp(-z)), in a form that never overflows."""
    return 0.5 * np.tanh(0.5 * z) + 0.5


def example_parameters(gates, n_a, n_x, start=0.0):
    """Weights W_g and biases b_g for each letter g of `gates`: numbers without a pattern; others for another start."""
    shapes = {f"W_{g}": (n_a, n_a + n_x) for g in gates} | {f"b_{g}": (n_a, 1) for g in gates}
    ends = np.cumsum([rows * columns for rows, columns in shapes.values()])
    parts = np.split(np.sin((start + np.arange(1, ends[-1] + 1)) ** 2), ends[:-1])
    return {key: part.reshape(shape) for (key, shape), part in zip(shapes.items(), parts, strict=True)}


# %% [markdown]
# ## 1. A gradient fades on its way back
#
# *Why does a plain recurrent network forget the beginning of a sentence?*
#
# "The **cat**, which already ate a lot of fish at the harbour, **was** full." The word *was* depends on the word *cat*, eleven words earlier. To learn this, the network needs the gradient of the cost at *was* with respect to the state at *cat*. That gradient goes back through all the steps in between.
#
# One step is $a^{\langle t \rangle} = \tanh(W_{aa} a^{\langle t-1 \rangle} + W_{ax} x^{\langle t \rangle} + b_a)$. Its **Jacobian**, the matrix of all derivatives of the new state with respect to the old one, is
#
# $$J^{\langle t \rangle} = \frac{\partial a^{\langle t \rangle}}{\partial a^{\langle t-1 \rangle}} = \mathrm{diag}\left(1 - (a^{\langle t \rangle})^2\right) W_{aa}, \qquad \text{shape } (n_a, n_a).$$
#
# Let $g^{\langle t \rangle}$ be the gradient of the cost with respect to $a^{\langle t \rangle}$, where the cost sees the last state $a^{\langle T \rangle}$ alone. By the chain rule
#
# $$g^{\langle t-1 \rangle} = (J^{\langle t \rangle})^T g^{\langle t \rangle}, \qquad g^{\langle T - k \rangle} = (J^{\langle T-k+1 \rangle})^T \cdots (J^{\langle T-1 \rangle})^T (J^{\langle T \rangle})^T g^{\langle T \rangle}.$$
#
# The **lag** $k$ is the number of steps that we go back. It is a product of $k$ matrices. If each of them makes every vector shorter, by a factor of at most $s < 1$, then the length of $g^{\langle T - k \rangle}$ is at most $s^k$ times that of $g^{\langle T \rangle}$: the gradient **vanishes** exponentially. Since $1 - a^2 \le 1$, this is certain as soon as the largest singular value of $W_{aa}$ is below 1. If the matrices make it longer again and again, it **explodes**.
#
# *On paper.* Two steps without tanh, so that the Jacobians are given matrices: $J^{\langle 1 \rangle} = \begin{bmatrix} 0.5 & 1 \\ 0.6 & 0 \end{bmatrix}$, $J^{\langle 2 \rangle} = \begin{bmatrix} 0 & 1 \\ 3 & 0.5 \end{bmatrix}$, and $g^{\langle 2 \rangle} = (3, 4)$ with length 5. Then $g^{\langle 1 \rangle} = (3 \cdot 4, \; 3 + 0.5 \cdot 4) = (12, 5)$ with length 13, and $g^{\langle 0 \rangle} = (6 + 3, \; 12) = (9, 12)$ with length 15. The sizes by lag are 5, 13, 15.
#
# You will use the function for three kinds of units. So it is given the backward function of a cell, and need not know what a cache is. (Formulas count the steps from 1, code from 0, as in lesson 02.)
#
# ### Exercise 1: `gradient_by_lag`


# %% exercise="gradient_by_lag"
def gradient_by_lag(g, caches, cell_backward):
    """How large the gradient is with respect to the state 0, 1, 2, … steps before the last one.

    Args:
        g: the derivative of the cost with respect to the last state, (n_a, m), floats or whole numbers.
        caches: a list with the cache of each step, the first step first; it may be empty.
        cell_backward: cell_backward(g_t, cache) gives (dx_t, g_prev, grads) for the derivative g_t with respect to the
            state after a step; g_prev (n_a, m) is that with respect to the state before it. Only g_prev is needed
            here. It must be called once for each step, the last step first.

    Returns:
        An array of len(caches) + 1 floats. Entry k is the size of the gradient with respect to the state k steps
        before the last: the root of its sum of squares.
    """
    # 1. The size of g itself. 2. Which cache comes first on the way back? 3. What is g for the next cache?
    ### BEGIN SOLUTION
    sizes = [np.linalg.norm(g)]
    for cache in reversed(caches):
        _, g, _ = cell_backward(g, cache)
        sizes.append(np.linalg.norm(g))
    return np.array(sizes)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for cache in reversed(caches):` goes from the last step to the first. `_, g, _ = cell_backward(g, cache)` takes the gradient one step back. `np.linalg.norm(g)` is the root of the sum of the squares of all entries.
# </details>

# %% check="gradient_by_lag" points=1
with checks.exercise("gradient_by_lag"):
    g, caches = np.array([[3.0], [4.0]]), [np.array([[0.5, 1.0], [0.6, 0.0]]), np.array([[0.0, 1.0], [3.0, 0.5]])]

    def linear_backward(g_t, J):
        return 7 * g_t, J.T @ g_t, {}

    checks.unchanged(gradient_by_lag, g, caches, linear_backward)
    slips = {"the last step comes first": [5, 4.920366, 10.49571], "entry 0 is the size of g itself": [13, 15, 15]}
    slips |= {"dx_t is the first result of cell_backward; take the second": [5, 35, 245]}
    slips |= {"where is the root?": [25, 169, 225], "each step alone, not one after the other": [5, 13, 4.920366]}
    checks.close("the sizes on paper, by lag", gradient_by_lag(g, caches, linear_backward), [5, 13, 15], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_products(g, caches, cell_backward):
        products = [np.eye(len(g))]
        for J in caches[::-1]:
            products.append(products[-1] @ J)
        return np.array([np.sqrt(np.einsum("ij,im,kj,km->", P, g, P, g)) for P in products])

    def problem(rng, n_a, m, T):
        return rng.normal(0, 1, (n_a, m)), [rng.normal(0, n_a**-0.5, (n_a, n_a)) for _ in range(T)], linear_backward

    rng = np.random.default_rng(3)
    wide = rng.normal(0, 1, (120, 2)), list(rng.normal(0, 0.1, (3, 120, 120))), linear_backward
    stay = rng.normal(0, 1, (3, 4)), [np.eye(3)] * 5, lambda g_t, J: (7 * g_t, g_t, {})
    others = {"with 120 units": wide, "with a cell that copies": stay}
    others["with a gradient that becomes 0"] = stay[0], [np.eye(3), np.zeros((3, 3)), np.eye(3)], linear_backward
    domain = {"real": {"g": 1e6}, "types": ["g"], "cases": others, "apart": False}
    checks.agrees(gradient_by_lag, by_products, problem, sizes={"n_a": 9, "m": 120, "T": (0, 130)}, **domain)
    asked = []
    one_step = lambda g_t, cache: asked.append(cache) or (None, cache * g_t, {})  # noqa: E731
    shares = gradient_by_lag(g, [1e-40, 2, 1e20], one_step) / np.array([5, 5e20, 1e21, 1e-19])
    checks.close("sizes of 5, 5e20, 1e21, 1e-19, as shares of these", shares, np.ones(4))
    checks.that(asked == [1e20, 2, 1e-40], f"cell_backward is called for the steps {asked}; once a step, back in time")
    gradient_by_lag(0 * g, [5, 6], one_step)
    checks.length("the calls of cell_backward for a gradient of 0 and two steps", asked[3:], 2)
    ### END HIDDEN TESTS

# %% [markdown]
# Now a plain network of 32 units with random weights. The weights of the state have the variance $1/n_a$; we multiply them by 0.5, by 1 and by 4. Everything that is trained in this lesson has float32 numbers, which take half the time of float64; hence the `astype`.

# %%
n_a, n_x, lag = 32, 5, 60


def initialize(kind, bias, rng):
    """float32 parameters of an "RNN", a "GRU" or an "LSTM" with an output; `bias` makes the gates keep what they hold."""
    gates = {"RNN": "a", "GRU": "urc", "LSTM": "ufoc"}[kind]
    parts = {g: (rng.normal(0, n_a**-0.5, (n_a, n_a)), rng.normal(0, 0.5, (n_a, n_x))) for g in gates}
    parameters = {f"W_{g}": np.hstack(parts[g]) for g in gates} | {f"b_{g}": np.zeros((n_a, 1)) for g in gates}
    if kind == "RNN":
        parameters = {"W_aa": parts["a"][0], "W_ax": parts["a"][1], "b_a": np.zeros((n_a, 1))}
    else:
        parameters["b_u" if kind == "GRU" else "b_f"] += -bias if kind == "GRU" else bias
    parameters |= {"W_ya": rng.normal(0, n_a**-0.5, (4, n_a)), "b_y": np.zeros((4, 1))}
    return {key: value.astype(np.float32) for key, value in parameters.items()}


def draw_batch(m, rng):
    """m sequences of lag + 1 symbols out of four, one-hot, and the first symbol of each: x (5, m, lag + 1), y (m, 1)."""
    symbols = rng.integers(0, 4, (m, lag + 1))
    x = np.zeros((n_x, m, lag + 1), np.float32)
    np.put_along_axis(x, symbols[None], 1, axis=0)
    x[4, :, 0] = 1
    return x, symbols[:, :1]


# %%
x, _ = draw_batch(16, np.random.default_rng(0))
zeros = np.zeros((n_a, 16), np.float32)
g = np.random.default_rng(1).normal(0, 1, zeros.shape).astype(np.float32)
figure, axis = plt.subplots()
for scale in (0.5, 1, 4):
    rnn = initialize("RNN", 0, np.random.default_rng(0))
    rnn["W_aa"] *= scale
    _, caches = rnn_forward(x, zeros, rnn)
    sizes = gradient_by_lag(g, caches, rnn_cell_backward)
    axis.plot(sizes / sizes[0], label=f"weights of the state times {scale}")
what = {"xlabel": "lag in steps", "ylabel": "size of the gradient, 1 at lag 0"}
axis.set(yscale="log", title="The gradient of a plain network vanishes or explodes", **what)
axis.legend()
plt.show()
da = g[:, :, None] * (np.arange(lag + 1) == lag)
clipped, norm = clip_grad_norm(rnn_backward(da, caches)[2], 1.0)
print(f"norm of the last network's gradients: {norm:.1e} before clipping, {clip_grad_norm(clipped, 1.0)[1]:.2f} after")

# %% [markdown]
# *What to notice.* Straight lines on a logarithmic axis: the gradient shrinks or grows exponentially. With the factor 1, which is a usual initialisation, less than a thousandth is left after 40 steps.
#
# **Exploding** gradients are easy to notice (the cost jumps, or is nan) and easy to mend: clip them to a norm, as the last line does. The direction stays, only the step becomes shorter. **Vanishing** gradients cannot be mended in this way. The gradient of $W_{aa}$ is a sum over all steps, and the part of the early steps is lost beside the part of the late ones; a common factor does not change that. Here another unit is needed.
#
# ## 2. The gated recurrent unit
#
# *How can a unit keep something for a long time?*
#
# By not changing it. The **gated recurrent unit** (GRU; Cho and others, 2014) has a memory cell $c^{\langle t \rangle}$ of $n_a$ numbers, which is also its hidden state. In each step it makes a candidate $\tilde{c}$, and then decides, number by number, how much of the old value it replaces. This decision is a **gate**, a sigmoid between 0 and 1. With $[p; q]$ for $p$ stacked above $q$:
#
# $$\Gamma_u = \sigma\left(W_u [c^{\langle t-1 \rangle}; x^{\langle t \rangle}] + b_u\right), \qquad \Gamma_r = \sigma\left(W_r [c^{\langle t-1 \rangle}; x^{\langle t \rangle}] + b_r\right),$$
#
# $$\tilde{c}^{\langle t \rangle} = \tanh\left(W_c [\Gamma_r * c^{\langle t-1 \rangle}; x^{\langle t \rangle}] + b_c\right), \qquad c^{\langle t \rangle} = \Gamma_u * \tilde{c}^{\langle t \rangle} + (1 - \Gamma_u) * c^{\langle t-1 \rangle} .$$
#
# The star is the product of entries. $W_u, W_r, W_c$ have the shape $(n_a, n_a + n_x)$, the biases $(n_a, 1)$, and the states of a batch, the gates and the candidate $(n_a, m)$. $\Gamma_u$ is the **update gate**: where it is 0, the cell keeps its value exactly. $\Gamma_r$ is the **reset gate**: it says how much of the old state the candidate sees.
#
# *On paper.* One unit, one input: $c^{\langle t-1 \rangle} = 2$, $x = 1$, $W_u = [0, \ln 3]$, $W_r = [0, 0]$, $W_c = [1, -1]$, $b_u = b_r = 0$, $b_c = \ln 2$. The gates are $\Gamma_u = \sigma(\ln 3) = 0.75$ and $\Gamma_r = \sigma(0) = 0.5$. The candidate is $\tanh(1 \cdot (0.5 \cdot 2) - 1 + \ln 2) = \tanh(\ln 2) = 0.6$. So $c^{\langle t \rangle} = 0.75 \cdot 0.6 + 0.25 \cdot 2 = 0.95$.
#
# ### Exercise 2: `gru_cell_forward` (`sigmoid` stands in the first code cell)


# %% exercise="gru_cell_forward"
def gru_cell_forward(x_t, c_prev, parameters):
    """One step of a GRU.

    Args:
        x_t: the input of the step, (n_x, m), floats or whole numbers.
        c_prev: the state before it, (n_a, m), floats or whole numbers, from -1e6 to 1e6.
        parameters: a dict of "W_u", "W_r", "W_c" (n_a, n_a + n_x) and "b_u", "b_r", "b_c" (n_a, 1), floats or whole
            numbers; it may hold other keys, which are ignored.

    Returns:
        c_t: the state after the step, (n_a, m), floats.
        cache: the tuple (x_t, c_prev, gate_u, gate_r, c_tilde, parameters), the arguments as they came in.
    """
    # 1. The state above the input. 2. Two gates. 3. The candidate sees another state. 4. The new state.
    ### BEGIN SOLUTION
    stacked = np.concatenate([c_prev, x_t])
    gate_u = sigmoid(parameters["W_u"] @ stacked + parameters["b_u"])
    gate_r = sigmoid(parameters["W_r"] @ stacked + parameters["b_r"])
    c_tilde = np.tanh(parameters["W_c"] @ np.concatenate([gate_r * c_prev, x_t]) + parameters["b_c"])
    c_t = gate_u * c_tilde + (1 - gate_u) * c_prev
    return c_t, (x_t, c_prev, gate_u, gate_r, c_tilde, parameters)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.concatenate([c_prev, x_t])` stacks the state above the input, shape $(n_a + n_x, m)$. Both gates see it. The candidate sees `np.concatenate([gate_r * c_prev, x_t])`.
# </details>

# %% check="gru_cell_forward" points=2
with checks.exercise("gru_cell_forward"):
    x_t, c_prev = np.array([[1.0, -1, 2], [0, 2, 1]]), np.array([[1.0, 0, -2], [-1, 3, 1]])
    parameters = example_parameters("urc", 2, 2)
    checks.unchanged(gru_cell_forward, x_t, c_prev, parameters)
    c_t, cache = checks.results("gru_cell_forward(...)", gru_cell_forward(x_t, c_prev, parameters), ["c_t", "cache"])
    slips = {"gate_u belongs to the candidate, 1 - gate_u to the old state": -0.986764}
    slips |= {"the state stands above the input": -1.465108, "the candidate sees gate_r * c_prev": -1.833477}
    slips |= {"multiply the state by gate_r before the matrix product": -1.832599}
    checks.shape("c_t", c_t, (2, 3))
    checks.close("c_t[0, 2]", c_t[0, 2], -1.8199, mistakes=slips)
    paper = {"W_u": np.log([[1, 3]]), "W_r": np.zeros((1, 2)), "W_c": np.array([[1, -1]]), "b_u": np.zeros((1, 1))}
    paper |= {"b_r": np.zeros((1, 1)), "b_c": np.log([[2]])}
    checks.close("c_t on paper", gru_cell_forward(np.array([[1]]), np.array([[2]]), paper)[0], [[0.95]])
    ### BEGIN HIDDEN TESTS

    def one_sequence_at_a_time(x_t, c_prev, parameters):
        u, r, c_tilde = np.zeros((3, *c_prev.shape))
        W, b = ({g: parameters[f"{kind}_{g}"].astype(float) for g in "urc"} for kind in "Wb")
        for i, (x, c) in enumerate(zip(x_t.T, c_prev.T, strict=True)):
            u[:, i], r[:, i] = (0.5 + 0.5 * np.tanh((W[g] @ [*c, *x] + b[g][:, 0]) / 2) for g in "ur")
            c_tilde[:, i] = np.tanh(W["c"] @ [*(r[:, i] * c), *x] + b["c"][:, 0])
        return c_prev + u * (c_tilde - c_prev), (x_t, c_prev, u, r, c_tilde, parameters)

    def problem(rng, n_x, m, n_a):
        x_t, c_prev = rng.normal(0, 1, (n_x, m)), rng.normal(0, 1, (n_a, m))
        return x_t, c_prev, example_parameters("urc", n_a, n_x, rng.uniform(0, 9))

    x_t, c_prev, parameters = problem(np.random.default_rng(2), 3, 4, 2)
    more = {"W_ya": np.ones((3, 2)), **dict(reversed(parameters.items())), "b_a": np.ones((2, 1))}
    others = {"with other keys in parameters, in another order": (x_t, c_prev, more)}
    others["with an update gate of almost 0"] = x_t, 1e6 * c_prev, parameters | {"b_u": np.full((2, 1), -60.0)}
    others["with scores of size 10,000"] = 1e4 * x_t, c_prev, parameters
    returns = {"c_t": (), "cache": ("x_t", "c_prev", "gate_u", "gate_r", "c_tilde", "parameters")}
    names = ["x_t", "c_prev", "parameters"]
    domain = {"real": dict.fromkeys(names, 30), "types": names, "cases": others, "returns": returns, "new": False}
    domain["sizes"] = {"n_x": 105, "m": 120, "n_a": 110}
    checks.agrees(gru_cell_forward, one_sequence_at_a_time, problem, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: `gru_forward`
#
# A whole sequence: the state after a step is the state before the next one. The parameters are the same in all steps. The input of step `t` is `x[:, :, t]`, and `np.stack(states, axis=2)` makes an array of a list of states.


# %% exercise="gru_forward"
def gru_forward(x, c0, parameters):
    """All steps of a GRU.

    Args:
        x: the inputs, (n_x, m, T_x), T_x >= 1, floats or whole numbers.
        c0: the state before the first step, (n_a, m), floats or whole numbers, from -1e6 to 1e6.
        parameters: as for gru_cell_forward.

    Returns:
        c: the states after each step, a new array of floats, (n_a, m, T_x).
        caches: the list of the caches of the T_x steps, each as gru_cell_forward returns it, the first step first.
    """
    # 1. Begin with c0. 2. Step by step: the cell, its state, its cache. 3. The states along a third axis.
    ### BEGIN SOLUTION
    states, caches, c_t = [], [], c0
    for t in range(x.shape[2]):
        c_t, cache = gru_cell_forward(x[:, :, t], c_t, parameters)
        states.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), caches
    ### END SOLUTION


# %% check="gru_forward" points=1
with checks.exercise("gru_forward"):
    x, c0 = np.sin(np.arange(1.0, 25).reshape(2, 3, 4)), np.array([[1.0, 0, -2], [-1, 3, 1]])
    parameters = example_parameters("urc", 2, 2)
    checks.unchanged(gru_forward, x, c0, parameters)
    c, caches = checks.results("gru_forward(x, c0, parameters)", gru_forward(x, c0, parameters), ["c", "caches"])
    checks.shape("c for n_a = 2, m = 3, T_x = 4", c, (2, 3, 4))
    slips = {"each step begins with the state after the step before": -1.852116, "begin with c0": -0.4356056}
    checks.close("c[0, 2, 3], after the last step", c[0, 2, 3], -1.176861, mistakes=slips)
    checks.close("c[1, 2, 0], after the first step", c[1, 2, 0], 0.55379)
    checks.length("caches", caches, 4)
    ### BEGIN HIDDEN TESTS

    def by_steps(x, c0, parameters):
        n_a, states, caches = len(c0), [c0], []
        W, b = ({g: parameters[f"{kind}_{g}"] for g in "urc"} for kind in "Wb")
        for x_t in np.moveaxis(x, 2, 0):
            score = {g: np.einsum("ij,jm->im", W[g][:, n_a:], x_t) + b[g] for g in "urc"}
            u, r = (0.5 + 0.5 * np.tanh((W[g][:, :n_a] @ states[-1] + score[g]) / 2) for g in "ur")
            c_tilde = np.tanh(W["c"][:, :n_a] @ (r * states[-1]) + score["c"])
            caches.append((x_t, states[-1], u, r, c_tilde, parameters))
            states.append(states[-1] + u * (c_tilde - states[-1]))
        return np.stack(states[1:], axis=2), caches

    def problem(rng, n_x, m, n_a, T_x):
        parameters = example_parameters("urc", n_a, n_x, rng.uniform(0, 9))
        return rng.normal(0, 1, (n_x, m, T_x)), rng.normal(0, 1, (n_a, m)), parameters

    returns = {"c": (), "caches": ("x_t", "c_prev", "gate_u", "gate_r", "c_tilde", "parameters")}
    domain = {"real": {"x": 30, "c0": 30}, "types": ["x", "c0", "parameters"], "returns": returns, "new": False}
    x, c0, own = np.repeat([[[1.0], [2.0]]], 5, axis=2), np.array([[0.5, -1.0]]), example_parameters("urc", 1, 1)
    late = x * (np.arange(5) > 1), 0 * c0, {key: value * (key[0] == "W") for key, value in own.items()}
    domain["cases"] = {"with the same input in all steps": (x, c0, own), "with zeros in the first steps": late}
    sizes = {"n_x": 12, "m": 110, "n_a": 105, "T_x": 130}
    checks.agrees(gru_forward, by_steps, problem, sizes=sizes, atol=1e-11, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# A GRU of one unit, wired by hand. Its candidate is about 1 for a noun in the singular and about −1 for one in the plural. Its update gate opens for a noun that is the subject, and is almost closed for all other words.

# %%
words = "The cat which already ate a lot of fish at the harbour was full".split()
wired = {"W_u": [[0, 12, 12]], "b_u": [[-6]], "W_r": [[0, 0, 0]], "b_r": [[0]], "W_c": [[0, 3, -3]], "b_c": [[0]]}
wired = {key: np.array(value, dtype=float) for key, value in wired.items()}
x = np.zeros((2, 2, len(words)))
x[0, 0, 1] = x[1, 1, 1] = 1  # "cat" in the first sentence, "cats" in the second one
c, caches = gru_forward(x, np.zeros((1, 2)), wired)
figure, axis = plt.subplots(figsize=(8, 3.4))
axis.plot(c[0, 0], marker="o", label="The cat which … was full")
axis.plot(c[0, 1], marker="s", label="The cats which … were full")
axis.plot([cache[2][0, 0] for cache in caches], label="update gate")
axis.set_xticks(range(len(words)), words, rotation=40)
axis.set(ylabel="c after the word", title="The gate opens once; then the cell keeps what it has read")
axis.legend(loc="center right", bbox_to_anchor=(1, 0.7))
plt.show()

# %% [markdown]
# *What to notice.* The gate is $\sigma(-6) \approx 0.0025$ for the twelve words after the noun, and the cell loses only about 3 % in all this time. A plain network computes its whole state anew in every step. Nobody wires a GRU by hand: gradient descent must find such weights. For that we need the way back.
#
# ## 3. Back through a GRU
#
# *How does the gradient go through the gates?*
#
# Let $dc^{\langle t \rangle}$ be the derivative of the cost with respect to $c^{\langle t \rangle}$, through everything that comes later. Let $z_u, z_r, z_c$ be the scores, inside the sigmoids and the tanh. With $\sigma' = \sigma (1 - \sigma)$ and $\tanh' = 1 - \tanh^2$:
#
# $$dz_c = dc^{\langle t \rangle} * \Gamma_u * (1 - \tilde{c}^2), \qquad dz_u = dc^{\langle t \rangle} * (\tilde{c} - c^{\langle t-1 \rangle}) * \Gamma_u * (1 - \Gamma_u).$$
#
# Let $W_c = [W_{cc}, W_{cx}]$: the first $n_a$ columns meet the state, the others the input; $W_u$ and $W_r$ likewise. The candidate saw $s = \Gamma_r * c^{\langle t-1 \rangle}$:
#
# $$ds = W_{cc}^T \, dz_c, \qquad dz_r = ds * c^{\langle t-1 \rangle} * \Gamma_r * (1 - \Gamma_r).$$
#
# The old state comes in in **four** ways: kept by $1 - \Gamma_u$, through the candidate, and through the two gates. The input comes in in three:
#
# $$dc^{\langle t-1 \rangle} = dc^{\langle t \rangle} * (1 - \Gamma_u) + ds * \Gamma_r + W_{uc}^T \, dz_u + W_{rc}^T \, dz_r, \qquad dx^{\langle t \rangle} = W_{ux}^T \, dz_u + W_{rx}^T \, dz_r + W_{cx}^T \, dz_c .$$
#
# The first way is the important one: where the update gate is closed, the gradient comes back as it was. For the weights, as in a dense layer, with sums over the batch:
#
# $$dW_u = dz_u \, [c^{\langle t-1 \rangle}; x^{\langle t \rangle}]^T, \quad dW_r = dz_r \, [c^{\langle t-1 \rangle}; x^{\langle t \rangle}]^T, \quad dW_c = dz_c \, [s; x^{\langle t \rangle}]^T, \quad db_u = \textstyle\sum dz_u \text{ over the batch}, \; \dots$$
#
# *On paper*, the example of section 2 with $dc^{\langle t \rangle} = 1$: $dz_c = 0.75 \cdot 0.64 = 0.48$ and $dz_u = (0.6 - 2) \cdot 0.75 \cdot 0.25 = -0.2625$. $ds = 1 \cdot 0.48$ and $dz_r = 0.48 \cdot 2 \cdot 0.25 = 0.24$. $dc^{\langle t-1 \rangle} = 0.25 + 0.48 \cdot 0.5 + 0 + 0 = 0.49$, and $dx = \ln 3 \cdot (-0.2625) + 0 - 0.48 \approx -0.768$.
#
# ### Exercise 4: `gru_cell_backward`


# %% exercise="gru_cell_backward"
def gru_cell_backward(dc_t, cache):
    """The way back through one step of a GRU.

    Args:
        dc_t: the derivative of the cost with respect to c_t, from above and from the later steps together, (n_a, m),
            floats or whole numbers.
        cache: the tuple (x_t, c_prev, gate_u, gate_r, c_tilde, parameters) as gru_cell_forward returned it.

    Returns:
        dx_t (n_x, m), dc_prev (n_a, m), and grads, a dict of "dW_u", "dW_r", "dW_c" (n_a, n_a + n_x) and "db_u",
        "db_r", "db_c" (n_a, 1), sums over the m sequences. New arrays of floats; grads has no other keys.
    """
    # 1. dz_c and dz_u. 2. Back into what the candidate saw: ds, and dz_r from it. 3. The ways to the old state and to
    # the input. 4. The weights: what did each of them meet on the way forward?
    ### BEGIN SOLUTION
    x_t, c_prev, gate_u, gate_r, c_tilde, parameters = cache
    n_a, seen = len(c_prev), np.concatenate([c_prev, x_t])
    dz_c = dc_t * gate_u * (1 - c_tilde**2)
    dz_u = dc_t * (c_tilde - c_prev) * gate_u * (1 - gate_u)
    d_seen_c = parameters["W_c"].T @ dz_c
    dz_r = d_seen_c[:n_a] * c_prev * gate_r * (1 - gate_r)
    d_seen = parameters["W_u"].T @ dz_u + parameters["W_r"].T @ dz_r
    dc_prev = dc_t * (1 - gate_u) + d_seen_c[:n_a] * gate_r + d_seen[:n_a]
    seen_c = np.concatenate([gate_r * c_prev, x_t])
    grads = {"dW_u": dz_u @ seen.T, "dW_r": dz_r @ seen.T, "dW_c": dz_c @ seen_c.T}
    scores = {"u": dz_u, "r": dz_r, "c": dz_c}
    grads |= {f"db_{gate}": np.sum(dz, axis=1, keepdims=True) for gate, dz in scores.items()}
    return d_seen[n_a:] + d_seen_c[n_a:], dc_prev, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Multiply by the whole transposed matrices and cut afterwards: of `parameters["W_c"].T @ dz_c`, shape $(n_a + n_x, m)$, the first `n_a` rows are $ds$, the others a part of $dx$. `both = parameters["W_u"].T @ dz_u + parameters["W_r"].T @ dz_r` holds what comes through the gates: the first `n_a` rows for the old state, the others for the input.
# </details>
# <details><summary>Hint 2</summary>
#
# `dW_c` is `dz_c @ np.concatenate([gate_r * c_prev, x_t]).T`; the other two have `c_prev` instead of `gate_r * c_prev`. Biases: `np.sum(dz, axis=1, keepdims=True)`.
# </details>

# %% check="gru_cell_backward" points=3
with checks.exercise("gru_cell_backward"):
    x_t, c_prev = np.array([[1.0, -1, 2], [0, 2, 1]]), np.array([[1.0, 0, -2], [-1, 3, 1]])
    dc_t, cache = np.array([[1.0, 2, -1], [3, 1, 2]]), gru_cell_forward(x_t, c_prev, example_parameters("urc", 2, 2))[1]
    checks.unchanged(gru_cell_backward, dc_t, cache)
    found = checks.results("gru_cell_backward(...)", gru_cell_backward(dc_t, cache), ["dx_t", "dc_prev", "grads"])
    checks.keys("grads", found[2], ["dW_u", "dW_r", "dW_c", "db_u", "db_r", "db_c"])
    slips = {"the way that 1 - gate_u keeps is missing": 0.04648785}
    slips |= {"the way through the candidate is missing": -0.9508271}
    slips |= {"the way through gate_u is missing": -0.6897621, "the way through gate_r is missing": -0.8136716}
    slips |= {"the candidate saw gate_r * c_prev; where is gate_r?": -0.7892765}
    checks.close("dc_prev[0, 2]", found[1][0, 2], -0.802591, mistakes=slips)
    checks.close("dx_t[0, 2]", found[0][0, 2], 0.1677967)
    slips = {"W_c met gate_r * c_prev, not c_prev": -0.73292502, "a sum over the batch, not the mean": -0.00947904}
    checks.close("dW_c[0, 1]", found[2]["dW_c"][0, 1], -0.02843713, mistakes=slips)
    checks.close("db_u", found[2]["db_u"], [[-0.37213], [0.3821697]])
    ### BEGIN HIDDEN TESTS

    def step(x_t, c, given):
        n_a, score = len(c), {g: given[f"W_{g}"][:, len(c) :] @ x_t + given[f"b_{g}"] for g in "urc"}
        u, r = (0.5 + 0.5 * np.tanh((given[f"W_{g}"][:, :n_a] @ c + score[g]) / 2) for g in "ur")
        c_tilde = np.tanh(given["W_c"][:, :n_a] @ (r * c) + score["c"])
        return u, r, c_tilde, c + u * (c_tilde - c)

    def by_complex_steps(dc_t, cache):
        own = {key: cache[-1][key] for key in example_parameters("urc", 1, 1)}
        return checks.complex_step(lambda *given: dc_t * step(*given)[3], *cache[:2], own)

    def problem(rng, n_x, m, n_a, scale=1.0):
        parameters = {k: scale * each for k, each in example_parameters("urc", n_a, n_x, rng.uniform(0, 9)).items()}
        parameters["b_r"] -= 900.0 * (n_a == 2)  # a gate of exactly 0
        x_t, c_prev = rng.normal(0, 1, (n_x, m)), (n_x != 2) * rng.normal(0, 1, (n_a, m))
        x_t = np.rint(2 * x_t).astype(int) if m == 2 else x_t
        return rng.normal(0, 1, (n_a, m)), (x_t, c_prev, *step(x_t, c_prev, parameters)[:3], parameters)

    rng = np.random.default_rng(4)
    others = {f"with weights of size {size:g}": problem(rng, 3, 5, 2, size) for size in (9.0, 1e-6)}
    dc_t, cache = problem(rng, 2, 3, 4)
    more = {"W_ya": np.ones((3, 4)), **dict(reversed(cache[-1].items())), "b_a": np.ones((4, 1))}
    others["with other keys in parameters, in another order"] = dc_t, (*cache[:-1], more)
    domain = {"real": {"dc_t": 1e6}, "types": ["dc_t"], "apart": False, "cases": others}
    domain["returns"] = {"dx_t": (), "dc_prev": (), "grads": ()}
    checks.length("grads, with other keys", list(gru_cell_backward(dc_t, (*cache[:-1], more))[2]), 6)
    checks.agrees(gru_cell_backward, by_complex_steps, problem, sizes={"n_x": 14, "m": 105, "n_a": 8}, **domain)
    dc_t, cache = problem(rng, 102, 3, 130, 0.1)
    checks.along("130", lambda *v: dc_t * step(*v)[3], (*cache[:2], cache[-1]), gru_cell_backward(dc_t, cache))
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5: `gru_backward`
#
# Back through all steps, the last one first. The state after step $t$ is used twice: by what lies above it (the derivative is given, `dc[:, :, t]`) and by step $t + 1$ (the derivative comes back from there). The two are added. The parameters are used in every step, so their gradients are sums over the steps.


# %% exercise="gru_backward"
def gru_backward(dc, caches):
    """The way back through all steps of a GRU.

    Args:
        dc: the derivative of the cost with respect to each state from above alone, (n_a, m, T_x), floats or whole
            numbers.
        caches: the list of the T_x >= 1 caches, as gru_forward returned it.

    Returns:
        dx (n_x, m, T_x), dc0 (n_a, m), and grads, a dict with the keys of gru_cell_backward, sums over sequences and
        steps. New arrays of floats.
    """
    # 1. Nothing comes back from behind the last step. 2. From the last step to the first: both derivatives together.
    # 3. Sums of the gradients. 4. dx in the order of time.
    ### BEGIN SOLUTION
    dx, dc_next, grads = [], 0, {}
    for t in reversed(range(len(caches))):
        dx_t, dc_next, step = gru_cell_backward(dc[:, :, t] + dc_next, caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), dc_next, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for t in reversed(range(len(caches)))`, with `gru_cell_backward(dc[:, :, t] + dc_next, caches[t])`. Which of its results is the next `dc_next`?
#
# Sums of dicts: `grads = {key: grads.get(key, 0) + step[key] for key in step}`, beginning with `{}`. The list of the `dx_t` is in the wrong order at the end: `dx[::-1]`.
# </details>

# %% check="gru_backward" points=2
with checks.exercise("gru_backward"):
    x, c0 = np.sin(np.arange(1.0, 25).reshape(2, 3, 4)), np.array([[1.0, 0, -2], [-1, 3, 1]])
    dc, caches = np.cos(np.arange(1.0, 25).reshape(2, 3, 4)), gru_forward(x, c0, example_parameters("urc", 2, 2))[1]
    checks.unchanged(gru_backward, dc, caches)
    found = checks.results("gru_backward(dc, caches)", gru_backward(dc, caches), ["dx", "dc0", "grads"])
    slips = {"add what comes back from the later step": -1.022256, "add dc[:, :, t] in each step": 0.8096119}
    checks.close("dc0[0, 2]", found[1][0, 2], -1.911246, mistakes=slips)
    slips = {"dx is in the order of time": 0.730645}
    checks.close("dx[1, 2, 2]", found[0][1, 2, 2], 0.009360382, mistakes=slips)
    slips = {"a sum over the steps, not the first alone": 0.1281483, "not the last alone": -0.1030798}
    checks.close("dW_u[0, 2]", found[2]["dW_u"][0, 2], -0.0002923358, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def run(x, c, given):
        n_a, states, caches = len(c), [], []
        for x_t in np.moveaxis(x, 2, 0):
            score = {g: given[f"W_{g}"][:, n_a:] @ x_t + given[f"b_{g}"] for g in "urc"}
            u, r = (0.5 + 0.5 * np.tanh((given[f"W_{g}"][:, :n_a] @ c + score[g]) / 2) for g in "ur")
            c_tilde = np.tanh(given["W_c"][:, :n_a] @ (r * c) + score["c"])
            caches.append((x_t, c, u, r, c_tilde, given))
            c = c + u * (c_tilde - c)
            states.append(c)
        return np.stack(states, axis=2), caches

    def start(caches):
        return np.stack([cache[0] for cache in caches], axis=2), caches[0][1], caches[0][-1]

    def by_complex_steps(dc, caches):
        return checks.complex_step(lambda *given: dc * run(*given)[0], *start(caches))

    def problem(rng, n_x, m, n_a, T_x):
        x = rng.integers(-2, 3, (n_x, m, T_x)) if m == 2 else rng.normal(0, 1, (n_x, m, T_x))
        c0 = (n_x != 2) * rng.normal(0, 1, (n_a, m))
        caches = run(x, c0, example_parameters("urc", n_a, n_x, rng.uniform(0, 9)))[1]
        return rng.normal(0, 1, (n_a, m, T_x)), caches

    rng = np.random.default_rng(6)
    dc, caches = problem(rng, 2, 3, 2, 5)
    others = {f"with a derivative at step {t + 1} alone": (dc * (np.arange(5) == t), caches) for t in (0, 2, 4)}
    domain = {"real": {"dc": 1e6}, "types": ["dc"], "apart": False, "cases": others}
    domain["returns"] = {"dx": (), "dc0": (), "grads": ()}
    checks.agrees(gru_backward, by_complex_steps, problem, sizes={"n_x": 4, "m": 6, "n_a": 4, "T_x": 6}, **domain)
    for sizes in ((2, 3, 4, 130), (3, 120, 2, 3), (2, 3, 105, 4)):
        dc, caches = problem(rng, *sizes)
        found, cost = gru_backward(dc, caches), lambda *given, dc=dc: dc * run(*given)[0]
        checks.along(f"n_x, m, n_a, T_x = {sizes}", cost, start(caches), found)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Long short-term memory
#
# *Must a unit that writes something new forget as much of the old?*
#
# In a GRU one gate does both: it writes with $\Gamma_u$ and keeps with $1 - \Gamma_u$. The **LSTM** is older (Hochreiter and Schmidhuber, 1997; the forget gate came with Gers and others, 2000) and has a gate for each: the **update gate** writes, the **forget gate** keeps. A third one, the **output gate**, says how much of the cell the rest of the network sees. So there are two states, the memory cell $c$ and the hidden state $a$:
#
# $$\Gamma_u, \Gamma_f, \Gamma_o = \sigma\left(W [a^{\langle t-1 \rangle}; x^{\langle t \rangle}] + b\right) \text{ with } W_u, b_u; \; W_f, b_f; \; W_o, b_o, \qquad \tilde{c}^{\langle t \rangle} = \tanh\left(W_c [a^{\langle t-1 \rangle}; x^{\langle t \rangle}] + b_c\right),$$
#
# $$c^{\langle t \rangle} = \Gamma_u * \tilde{c}^{\langle t \rangle} + \Gamma_f * c^{\langle t-1 \rangle}, \qquad a^{\langle t \rangle} = \Gamma_o * \tanh(c^{\langle t \rangle}).$$
#
# The shapes are those of the GRU. All four scores see $a$, not $c$. (In a variant with *peephole connections* the gates see $c$ too; we leave them out, as the lecture does at first.)
#
# *On paper.* One unit with the scores $z_u = 0$, $z_f = \ln 3$, $z_o = \ln 4$, $z_c = \ln 2$, and $c^{\langle t-1 \rangle} = 2$. $\Gamma_u = 0.5$, $\Gamma_f = 0.75$, $\Gamma_o = 0.8$, $\tilde{c} = 0.6$. So $c^{\langle t \rangle} = 0.5 \cdot 0.6 + 0.75 \cdot 2 = 1.8$, and $a^{\langle t \rangle} = 0.8 \cdot \tanh(1.8) \approx 0.757$.
#
# ### Exercise 6: `lstm_cell_forward`


# %% exercise="lstm_cell_forward"
def lstm_cell_forward(x_t, a_prev, c_prev, parameters):
    """One step of an LSTM.

    Args:
        x_t: the input of the step, (n_x, m), floats or whole numbers.
        a_prev, c_prev: the hidden state and the memory cell before it, (n_a, m), floats or whole numbers.
        parameters: a dict of "W_u", "W_f", "W_o", "W_c" (n_a, n_a + n_x) and "b_u", "b_f", "b_o", "b_c" (n_a, 1),
            floats or whole numbers; it may hold other keys, which are ignored.

    Returns:
        a_t, c_t: the hidden state and the memory cell after the step, (n_a, m), floats.
        cache: the tuple (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters), the arguments as they
            came in.
    """
    # 1. The hidden state above the input. 2. Three gates and the candidate. 3. The cell, then the hidden state.
    ### BEGIN SOLUTION
    stacked = np.concatenate([a_prev, x_t])
    z = {gate: parameters[f"W_{gate}"] @ stacked + parameters[f"b_{gate}"] for gate in "ufoc"}
    gate_u, gate_f, gate_o, c_tilde = sigmoid(z["u"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["c"])
    c_t = gate_u * c_tilde + gate_f * c_prev
    return gate_o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `stacked = np.concatenate([a_prev, x_t])` serves all four. Then the formulas, one line each.
# </details>

# %% check="lstm_cell_forward" points=2
with checks.exercise("lstm_cell_forward"):
    x_t, a_prev = np.array([[1.0, -1, 2], [0, 2, 1]]), np.array([[0.5, 0, -0.5], [-0.25, 0.75, 1]])
    c_prev, parameters = np.array([[1.0, 0, -2], [-1, 3, 1]]), example_parameters("ufoc", 2, 2)
    checks.unchanged(lstm_cell_forward, x_t, a_prev, c_prev, parameters)
    found = lstm_cell_forward(x_t, a_prev, c_prev, parameters)
    a_t, c_t, cache = checks.results("lstm_cell_forward(...)", found, ["a_t", "c_t", "cache"])
    slips = {"the forget gate, not 1 - gate_u, keeps the old cell": -1.259616, "gate_u writes, gate_f keeps": -1.649454}
    slips |= {"the gates see a_prev, not c_prev": -1.986995, "the hidden state stands above the input": -0.6163692}
    checks.close("c_t[0, 2]", c_t[0, 2], -1.889983, mistakes=slips)
    slips = {"a_t is gate_o * tanh(c_t); where is tanh?": -0.3881374, "take c_t, not c_tilde": -0.1229646}
    checks.close("a_t[0, 2]", a_t[0, 2], -0.1962004, mistakes=slips)
    paper = {f"W_{gate}": np.zeros((1, 2)) for gate in "ufoc"} | {"b_u": np.log([[1]]), "b_f": np.log([[3]])}
    paper |= {"b_o": np.log([[4]]), "b_c": np.log([[2]])}
    found = np.array(lstm_cell_forward(np.ones((1, 1)), np.ones((1, 1)), np.array([[2]]), paper)[:2])
    checks.close("a_t and c_t on paper", found, [[[0.757445]], [[1.8]]], rtol=1e-5)
    ### BEGIN HIDDEN TESTS

    def one_sequence_at_a_time(x_t, a_prev, c_prev, parameters):
        W, b = (np.array([parameters[f"{kind}_{gate}"] for gate in "ufoc"], dtype=float) for kind in "Wb")
        z = np.stack([W @ [*a, *x] for a, x in zip(a_prev.T, x_t.T, strict=True)], axis=2) + b
        u, f, o = 0.5 + 0.5 * np.tanh(z[:3] / 2)
        c_t = np.sum([u * np.tanh(z[3]), f * c_prev], axis=0)
        return o * np.tanh(c_t), c_t, (x_t, a_prev, c_prev, u, f, o, np.tanh(z[3]), c_t, parameters)

    def problem(rng, n_x, m, n_a):
        parameters = example_parameters("ufoc", n_a, n_x, rng.uniform(0, 9))
        return rng.normal(0, 1, (n_x, m)), *rng.normal(0, 1, (2, n_a, m)), parameters

    x_t, a_prev, c_prev, parameters = problem(np.random.default_rng(2), 3, 4, 2)
    more = {"W_ya": np.ones((3, 2)), **dict(reversed(parameters.items())), "b_a": np.ones((2, 1))}
    others = {"with other keys in parameters, in another order": (x_t, a_prev, c_prev, more)}
    others["with cells of size 1e6"] = x_t, a_prev, 1e6 * c_prev, parameters
    others["with scores of size 10,000"] = 1e4 * x_t, a_prev, c_prev, parameters
    inside = ("x_t", "a_prev", "c_prev", "gate_u", "gate_f", "gate_o", "c_tilde", "c_t", "parameters")
    names = ["x_t", "a_prev", "c_prev", "parameters"]
    domain = {"real": dict.fromkeys(names, 30), "types": names, "cases": others, "new": False}
    domain |= {"returns": {"a_t": (), "c_t": (), "cache": inside}, "sizes": {"n_x": 105, "m": 120, "n_a": 110}}
    checks.agrees(lstm_cell_forward, one_sequence_at_a_time, problem, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7: `lstm_forward`
#
# As for the GRU, but two states go from step to step: `a_t` and `c_t` of a step are `a_prev` and `c_prev` of the next one.


# %% exercise="lstm_forward"
def lstm_forward(x, a0, c0, parameters):
    """All steps of an LSTM.

    Args:
        x: the inputs, (n_x, m, T_x), T_x >= 1, floats or whole numbers.
        a0, c0: the hidden state and the memory cell before the first step, (n_a, m), floats or whole numbers.
        parameters: as for lstm_cell_forward.

    Returns:
        a, c: the hidden states and the memory cells after each step, new arrays of floats, (n_a, m, T_x) each.
        caches: the list of the caches of the T_x steps, each as lstm_cell_forward returns it, the first step first.
    """
    # 1. Begin with a0 and c0. 2. Step by step. 3. Two arrays and a list.
    ### BEGIN SOLUTION
    states, cells, caches, a_t, c_t = [], [], [], a0, c0
    for t in range(x.shape[2]):
        a_t, c_t, cache = lstm_cell_forward(x[:, :, t], a_t, c_t, parameters)
        states.append(a_t)
        cells.append(c_t)
        caches.append(cache)
    return np.stack(states, axis=2), np.stack(cells, axis=2), caches
    ### END SOLUTION


# %% check="lstm_forward" points=1
with checks.exercise("lstm_forward"):
    x, a0 = np.sin(np.arange(1.0, 25).reshape(2, 3, 4)), np.array([[0.5, 0, -0.5], [-0.25, 0.75, 1]])
    c0, parameters = np.array([[1.0, 0, -2], [-1, 3, 1]]), example_parameters("ufoc", 2, 2)
    checks.unchanged(lstm_forward, x, a0, c0, parameters)
    a, c, caches = checks.results("lstm_forward(...)", lstm_forward(x, a0, c0, parameters), ["a", "c", "caches"])
    checks.shape("a for n_a = 2, m = 3, T_x = 4", a, (2, 3, 4))
    slips = {"the cell goes on from step to step too": -0.2601, "the hidden state goes on too": 0.2818839}
    slips |= {"begin with a0 and c0, not with zeros": 0.9635217}
    checks.close("c[0, 2, 3], after the last step", c[0, 2, 3], 0.8045227, mistakes=slips)
    checks.close("a[1, 2, 0], after the first step", a[1, 2, 0], 0.1226796)
    checks.length("caches", caches, 4)
    ### BEGIN HIDDEN TESTS

    def by_steps(x, a0, c0, parameters):
        W, b = (np.array([parameters[f"{kind}_{gate}"] for gate in "ufoc"], dtype=float) for kind in "Wb")
        from_x = np.einsum("gij,jmt->tgim", W[:, :, len(a0) :], x.astype(float))
        states, cells, caches = [a0], [c0], []
        for x_t, z in zip(np.moveaxis(x, 2, 0), from_x, strict=True):
            z = z + W[:, :, : len(a0)] @ states[-1] + b
            u, f, o = 0.5 + 0.5 * np.tanh(z[:3] / 2)
            cells.append(f * cells[-1] + u * np.tanh(z[3]))
            caches.append((x_t, states[-1], cells[-2], u, f, o, np.tanh(z[3]), cells[-1], parameters))
            states.append(o * np.tanh(cells[-1]))
        return np.stack(states[1:], axis=2), np.stack(cells[1:], axis=2), caches

    def problem(rng, n_x, m, n_a, T_x):
        parameters = example_parameters("ufoc", n_a, n_x, rng.uniform(0, 9))
        return rng.normal(0, 1, (n_x, m, T_x)), *rng.normal(0, 1, (2, n_a, m)), parameters

    inside = ("x_t", "a_prev", "c_prev", "gate_u", "gate_f", "gate_o", "c_tilde", "c_t", "parameters")
    names = ["x", "a0", "c0"]
    domain = {"real": dict.fromkeys(names, 30), "types": [*names, "parameters"], "new": False}
    x, a0, own = np.repeat([[[1.0], [2.0]]], 5, axis=2), np.array([[0.5, -1.0]]), example_parameters("ufoc", 1, 1)
    late = x * (np.arange(5) > 1), 0 * a0, 0 * a0, {key: value * (key[0] == "W") for key, value in own.items()}
    domain["cases"] = {"with the same input in all steps": (x, a0, a0 * 1, own), "with zeros in the first steps": late}
    domain["returns"] = {"a": (), "c": (), "caches": inside}
    sizes = {"n_x": 12, "m": 110, "n_a": 105, "T_x": 130}
    checks.agrees(lstm_forward, by_steps, problem, sizes=sizes, atol=1e-10, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# **How many parameters?** Each score needs a matrix $(n_a, n_a + n_x)$ and a bias, $n_a (n_a + n_x + 1)$ numbers. A plain network has one score, a GRU three and an LSTM four. With $n_a = 32$ and $n_x = 5$: 1,216 in a plain network, 3,648 in a GRU, 4,864 in an LSTM.
#
# ## 5. Back through an LSTM
#
# *Which way does the gradient take?*
#
# Two derivatives come in: $da^{\langle t \rangle}$ from everything that uses the hidden state, and $dc^{\langle t \rangle}$ from the next step's cell. The cell is used in one more place, in $a^{\langle t \rangle} = \Gamma_o * \tanh(c^{\langle t \rangle})$. So first add what comes that way; call the sum $\overline{dc}$:
#
# $$\overline{dc} = dc^{\langle t \rangle} + da^{\langle t \rangle} * \Gamma_o * \left(1 - \tanh^2(c^{\langle t \rangle})\right).$$
#
# Then the four scores, and the old cell:
#
# $$dz_o = da^{\langle t \rangle} * \tanh(c^{\langle t \rangle}) * \Gamma_o * (1 - \Gamma_o), \qquad dz_u = \overline{dc} * \tilde{c} * \Gamma_u * (1 - \Gamma_u),$$
#
# $$dz_f = \overline{dc} * c^{\langle t-1 \rangle} * \Gamma_f * (1 - \Gamma_f), \qquad dz_c = \overline{dc} * \Gamma_u * (1 - \tilde{c}^2), \qquad dc^{\langle t-1 \rangle} = \overline{dc} * \Gamma_f .$$
#
# All four scores saw the same $[a^{\langle t-1 \rangle}; x^{\langle t \rangle}]$. With $g$ for each of $u, f, o, c$:
#
# $$\begin{bmatrix} da^{\langle t-1 \rangle} \\ dx^{\langle t \rangle} \end{bmatrix} = \sum_g W_g^T \, dz_g, \qquad dW_g = dz_g \, [a^{\langle t-1 \rangle}; x^{\langle t \rangle}]^T, \qquad db_g = \textstyle\sum dz_g \text{ over the batch}.$$
#
# *On paper*, the example of section 4 with $da^{\langle t \rangle} = 1$ and $dc^{\langle t \rangle} = 0.5$: $\tanh(1.8) \approx 0.947$, $\overline{dc} \approx 0.5 + 0.8 \cdot 0.104 \approx 0.583$. $dz_o \approx 0.947 \cdot 0.16 \approx 0.151$, $dz_u \approx 0.583 \cdot 0.6 \cdot 0.25 \approx 0.087$, $dz_f \approx 0.583 \cdot 2 \cdot 0.1875 \approx 0.219$, $dz_c \approx 0.583 \cdot 0.5 \cdot 0.64 \approx 0.187$, and $dc^{\langle t-1 \rangle} \approx 0.583 \cdot 0.75 \approx 0.437$.
#
# ### Exercise 8: `lstm_cell_backward`


# %% exercise="lstm_cell_backward"
def lstm_cell_backward(da_t, dc_t, cache):
    """The way back through one step of an LSTM.

    Args:
        da_t: the derivative of the cost with respect to a_t, from above and from the later steps together, (n_a, m),
            floats or whole numbers.
        dc_t: the cost's derivative with respect to c_t from the later steps alone, without the way through a_t, (n_a, m),
            floats or whole numbers.
        cache: the tuple (x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters) as lstm_cell_forward
            returned it.

    Returns:
        dx_t (n_x, m), da_prev (n_a, m), dc_prev (n_a, m), and grads, a dict of "dW_u", "dW_f", "dW_o", "dW_c"
        (n_a, n_a + n_x) and "db_u", "db_f", "db_o", "db_c" (n_a, 1), sums over the m sequences. New arrays of floats;
        grads has no other keys.
    """
    # 1. What reaches the cell on both ways. 2. Four scores. 3. Back to the old states and the input. 4. The weights.
    ### BEGIN SOLUTION
    x_t, a_prev, c_prev, gate_u, gate_f, gate_o, c_tilde, c_t, parameters = cache
    dc_t = dc_t + da_t * gate_o * (1 - np.tanh(c_t) ** 2)
    dz = {"u": dc_t * c_tilde * gate_u * (1 - gate_u), "f": dc_t * c_prev * gate_f * (1 - gate_f)}
    dz |= {"o": da_t * np.tanh(c_t) * gate_o * (1 - gate_o), "c": dc_t * gate_u * (1 - c_tilde**2)}
    seen = np.concatenate([a_prev, x_t])
    d_seen = sum(parameters[f"W_{gate}"].T @ dz[gate] for gate in dz)
    grads = {f"dW_{gate}": dz[gate] @ seen.T for gate in dz}
    grads |= {f"db_{gate}": np.sum(dz[gate], axis=1, keepdims=True) for gate in dz}
    return d_seen[len(a_prev) :], d_seen[: len(a_prev)], dc_t * gate_f, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write `dc_t = dc_t + …` (a new array), not `dc_t += …`, which changes the argument. From there on, only $dz_o$ uses `da_t`.
# </details>
# <details><summary>Hint 2</summary>
#
# A dict `dz` with the keys "u", "f", "o", "c" saves lines: `d_seen = sum(parameters[f"W_{gate}"].T @ dz[gate] for gate in dz)`. Its first $n_a$ rows are `da_prev`, the others `dx_t`.
# </details>

# %% check="lstm_cell_backward" points=3
with checks.exercise("lstm_cell_backward"):
    x_t, a_prev = np.array([[1.0, -1, 2], [0, 2, 1]]), np.array([[0.5, 0, -0.5], [-0.25, 0.75, 1]])
    c_prev, parameters = np.array([[1.0, 0, -2], [-1, 3, 1]]), example_parameters("ufoc", 2, 2)
    da_t, dc_t = np.array([[1.0, 2, -1], [3, 1, 2]]), np.array([[0.5, -1, 2], [1, 0, -2]])
    cache, names = lstm_cell_forward(x_t, a_prev, c_prev, parameters)[2], ["dx_t", "da_prev", "dc_prev", "grads"]
    checks.unchanged(lstm_cell_backward, da_t, dc_t, cache)
    found = checks.results("lstm_cell_backward(...)", lstm_cell_backward(da_t, dc_t, cache), names)
    checks.keys("grads", found[3], [f"d{kind}_{gate}" for kind in "Wb" for gate in "ufoc"])
    slips = {"the way through a_t is missing": 1.498963, "dc_t itself is missing": -0.01343164}
    slips |= {"tanh has the derivative 1 - tanh(c_t) ** 2": 1.345046, "the old cell came in times gate_f": 1.982079}
    checks.close("dc_prev[0, 2]", found[2][0, 2], 1.485532, mistakes=slips)
    slips = {"take both ways together in dz_u, dz_f, dz_c": 0.882383}
    checks.close("da_prev[0, 2]", found[1][0, 2], 0.6955136, mistakes=slips)
    checks.close("dx_t[0, 2]", found[0][0, 2], -0.3346811)
    checks.close("dW_o[0, 2]", found[3]["dW_o"][0, 2], 0.548155, mistakes={"dz_o is da_t times tanh(c_t)": 0.9496681})
    checks.close("db_f", found[3]["db_f"], [[-0.6015484], [-0.7910483]])
    ### BEGIN HIDDEN TESTS

    def step(x_t, a, c, given):
        z = {g: given[f"W_{g}"][:, : len(a)] @ a + given[f"W_{g}"][:, len(a) :] @ x_t for g in "ufoc"}
        u, f, o = (0.5 + 0.5 * np.tanh((z[g] + given[f"b_{g}"]) / 2) for g in "ufo")
        c_tilde = np.tanh(z["c"] + given["b_c"])
        c = f * c + u * c_tilde
        return u, f, o, c_tilde, c, o * np.tanh(c)

    def cost(da_t, dc_t):
        return lambda *given: np.sum([da_t * step(*given)[5], dc_t * step(*given)[4]], axis=0)

    def by_complex_steps(da_t, dc_t, cache):
        own = {key: cache[-1][key] for key in example_parameters("ufoc", 1, 1)}
        return checks.complex_step(cost(da_t, dc_t), *cache[:3], own)

    def problem(rng, n_x, m, n_a, scale=1.0):
        parameters = {k: scale * each for k, each in example_parameters("ufoc", n_a, n_x, rng.uniform(0, 9)).items()}
        parameters["b_f"] -= 900.0 * (n_a == 2)  # a gate of exactly 0
        x_t = rng.integers(-2, 3, (n_x, m)) if m == 2 else rng.normal(0, 1, (n_x, m))
        before = x_t, (n_x != 2) * rng.normal(0, 1, (n_a, m)), (1 + 500 * (scale == 9)) * rng.normal(0, 1, (n_a, m))
        return *rng.normal(0, 1, (2, n_a, m)), (*before, *step(*before, parameters)[:5], parameters)

    rng = np.random.default_rng(4)
    others = {f"with weights of size {size:g}": problem(rng, 3, 5, 2, size) for size in (9.0, 1e-6)}
    da_t, dc_t, cache = problem(rng, 2, 3, 4)
    more = {"W_ya": np.ones((3, 4)), **dict(reversed(cache[-1].items())), "b_a": np.ones((4, 1))}
    others["with other keys in parameters, in another order"] = da_t, dc_t, (*cache[:-1], more)
    domain = {"real": {"da_t": 1e6, "dc_t": 1e6}, "types": ["da_t", "dc_t"], "apart": False, "cases": others}
    domain["returns"] = {"dx_t": (), "da_prev": (), "dc_prev": (), "grads": ()}
    checks.length("grads, with other keys", list(lstm_cell_backward(da_t, dc_t, (*cache[:-1], more))[3]), 8)
    checks.agrees(lstm_cell_backward, by_complex_steps, problem, sizes={"n_x": 12, "m": 105, "n_a": 7}, **domain)
    da_t, dc_t, cache = problem(rng, 102, 3, 130, 0.1)
    checks.along("130 units", cost(da_t, dc_t), (*cache[:3], cache[-1]), lstm_cell_backward(da_t, dc_t, cache))
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 9: `lstm_backward`
#
# The cost sees the hidden states alone; so from above comes only `da`. From the later step come back both, a derivative of $a$ and one of $c$. Behind the last step both are 0. The one of $a$ is added to `da[:, :, t]`; the one of $c$ goes in alone.


# %% exercise="lstm_backward"
def lstm_backward(da, caches):
    """The way back through all steps of an LSTM, for a cost that sees the hidden states alone.

    Args:
        da: the derivative of the cost with respect to each hidden state from above alone, (n_a, m, T_x), floats or
            whole numbers.
        caches: the list of the T_x >= 1 caches, as lstm_forward returned it.

    Returns:
        dx (n_x, m, T_x), da0 (n_a, m), dc0 (n_a, m), and grads, a dict with the keys of lstm_cell_backward, sums over
        sequences and steps. New arrays of floats.
    """
    # 1. Nothing comes back from behind the last step. 2. Back in time; what is added to da[:, :, t], what is not?
    # 3. Sums of the gradients. 4. dx in the order of time.
    ### BEGIN SOLUTION
    dx, da_next, dc_next, grads = [], 0, np.zeros(da.shape[:2], da.dtype), {}
    for t in reversed(range(len(caches))):
        dx_t, da_next, dc_next, step = lstm_cell_backward(da[:, :, t] + da_next, dc_next, caches[t])
        grads = {key: grads.get(key, 0) + step[key] for key in step}
        dx.append(dx_t)
    return np.stack(dx[::-1], axis=2), da_next, dc_next, grads
    ### END SOLUTION


# %% check="lstm_backward" points=2
with checks.exercise("lstm_backward"):
    x, a0 = np.sin(np.arange(1.0, 25).reshape(2, 3, 4)), np.array([[0.5, 0, -0.5], [-0.25, 0.75, 1]])
    c0, parameters = np.array([[1.0, 0, -2], [-1, 3, 1]]), example_parameters("ufoc", 2, 2)
    da, caches = np.cos(np.arange(1.0, 25).reshape(2, 3, 4)), lstm_forward(x, a0, c0, parameters)[2]
    checks.unchanged(lstm_backward, da, caches)
    dx, da0, dc0, grads = checks.results("lstm_backward(...)", lstm_backward(da, caches), ["dx", "da0", "dc0", "grads"])
    slips = {"dc comes back from the later step too": -0.02252743, "da comes back from the later step too": -0.0485221}
    checks.close("dc0[0, 2]", dc0[0, 2], -0.05133177, mistakes=slips)
    checks.close("da0[0, 2]", da0[0, 2], -0.02351151)
    checks.close("dx[1, 2, 2]", dx[1, 2, 2], 0.006036136, mistakes={"dx is in the order of time": 0.1700183})
    slips = {"a sum over the steps, not the first alone": -0.04335199, "not the last alone": 0.002085617}
    checks.close("dW_u[0, 2]", grads["dW_u"][0, 2], -0.05576358, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def run(x, a, c, given):
        states, caches = [], []
        for x_t in np.moveaxis(x, 2, 0):
            z = {g: given[f"W_{g}"][:, : len(a)] @ a + given[f"W_{g}"][:, len(a) :] @ x_t for g in "ufoc"}
            u, f, o = (0.5 + 0.5 * np.tanh((z[g] + given[f"b_{g}"]) / 2) for g in "ufo")
            c_tilde = np.tanh(z["c"] + given["b_c"])
            caches.append((x_t, a, c, u, f, o, c_tilde, f * c + u * c_tilde, given))
            c = caches[-1][7]
            a = o * np.tanh(c)
            states.append(a)
        return np.stack(states, axis=2), caches

    def start(caches):
        return np.stack([cache[0] for cache in caches], axis=2), *caches[0][1:3], caches[0][-1]

    def by_complex_steps(da, caches):
        return checks.complex_step(lambda *given: da * run(*given)[0], *start(caches))

    def problem(rng, n_x, m, n_a, T_x):
        x = rng.integers(-2, 3, (n_x, m, T_x)) if m == 2 else rng.normal(0, 1, (n_x, m, T_x))
        before = x, *(n_x != 2) * rng.normal(0, 1, (2, n_a, m))
        caches = run(*before, example_parameters("ufoc", n_a, n_x, rng.uniform(0, 9)))[1]
        return rng.normal(0, 1, (n_a, m, T_x)), caches

    rng = np.random.default_rng(6)
    da, caches = problem(rng, 2, 3, 2, 5)
    others = {f"with a derivative at step {t + 1} alone": (da * (np.arange(5) == t), caches) for t in (0, 2, 4)}
    domain = {"real": {"da": 1e6}, "types": ["da"], "apart": False, "cases": others}
    domain["returns"] = {"dx": (), "da0": (), "dc0": (), "grads": ()}
    checks.agrees(lstm_backward, by_complex_steps, problem, sizes={"n_x": 4, "m": 6, "n_a": 4, "T_x": 5}, **domain)
    for sizes in ((2, 3, 4, 130), (3, 120, 2, 3), (2, 3, 105, 4)):
        da, caches = problem(rng, *sizes)
        found, cost = lstm_backward(da, caches), lambda *given, da=da: da * run(*given)[0]
        checks.along(f"n_x, m, n_a, T_x = {sizes}", cost, start(caches), found)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. A product of forget gates
#
# *What does the gradient lose on its way along the cell?*
#
# Look at the last formula for the cell, $dc^{\langle t-1 \rangle} = \overline{dc} * \Gamma_f$. There is no matrix in it and no derivative of a tanh. Along this way, from cell to cell, the gradient is multiplied by the forget gate in each step and by nothing else. So the share that comes from the last cell back to the cell after step $t$ is, number by number,
#
# $$\prod_{s = t+1}^{T} \Gamma_f^{\langle s \rangle} .$$
#
# (It is not the whole gradient: the gates depend on $a^{\langle t-1 \rangle}$, and that gives other ways. But these go through matrices and tanh, and vanish or explode as in section 1.) The same product says how much of a number that was written in step $t$ is still in the cell at the end.
#
# *On paper.* Three steps with forget gates 0.5, 0.8, 0.25. From the last cell to itself: 1. Back to the cell after step 2: 0.25. After step 1: $0.8 \cdot 0.25 = 0.2$. The 0.5 of step 1 does not count, because it belongs to what was there *before* step 1.
#
# ### Exercise 10: `memory_kept`


# %% exercise="memory_kept"
def memory_kept(gate_f):
    """The share of each memory cell that the later forget gates keep until the end.

    Args:
        gate_f: the forget gates of all steps, (n_a, m, T_x), T_x >= 1, numbers from 0 to 1, floats or whole numbers;
            exactly 0 and exactly 1 may occur.

    Returns:
        A new array of floats, (n_a, m, T_x): at step t the product of the gates of all steps after t; 1 at the last.

    Example:
        memory_kept(np.array([[[0.5, 0.8, 0.25]]])) is [[[0.2, 0.25, 1]]].
    """
    # 1. What is known at the last step? 2. From each step to the one before it.
    ### BEGIN SOLUTION
    kept = np.ones(gate_f.shape)
    for t in reversed(range(gate_f.shape[2] - 1)):
        kept[:, :, t] = kept[:, :, t + 1] * gate_f[:, :, t + 1]
    return kept
    ### END SOLUTION


# %% check="memory_kept" points=1
with checks.exercise("memory_kept"):
    gate_f = np.array([[[0.5, 0.8, 0.25]], [[1.0, 0.0, 0.5]]])
    checks.unchanged(memory_kept, gate_f)
    slips = {"the gate of step t itself does not count": [[[0.1, 0.2, 0.25]], [[0, 0, 0.5]]]}
    slips |= {"this is the product of the gates up to t; it wants those after t": [[[0.5, 0.4, 0.1]], [[1, 0, 0]]]}
    slips |= {"all the gates after t, not the next one alone": [[[0.8, 0.25, 1]], [[0, 0.5, 1]]]}
    checks.close("memory_kept(gate_f)", memory_kept(gate_f), [[[0.2, 0.25, 1]], [[0, 0.5, 1]]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_products(gate_f):
        kept = np.empty(gate_f.shape)
        for t in range(gate_f.shape[2]):
            kept[:, :, t] = np.prod(gate_f[:, :, t + 1 :], axis=2, dtype=float)
        return kept

    def problem(rng, n_a, m, T_x):
        return rng.uniform(0, 1, (n_a, m, T_x)).round(1 if T_x == 2 else 12)

    gates = np.random.default_rng(3).integers(0, 2, (3, 4, 5))
    gates[0], gates[1, 2] = 1, [0, 0, 1, 1, 1]
    others = {"with gates that are whole numbers": (gates,), "with gates of 1": (np.ones((2, 3, 4)),)}
    others["with gates of 0"] = (np.zeros((2, 3, 40)),)
    others["with 200 gates near 0.1"] = (np.random.default_rng(4).uniform(0.09, 0.11, (2, 1, 200)),)
    checks.agrees(memory_kept, by_products, problem, sizes={"n_a": 105, "m": 110, "T_x": 130}, cases=others)
    found = memory_kept(others["with 200 gates near 0.1"][0])[:, :, 0]
    right = [[np.exp(np.sum(np.log(gates[0, 1:])))] for gates in others["with 200 gates near 0.1"][0]]
    checks.that(memory_kept(gates).dtype.kind == "f", "for gates that are whole numbers it wants floats too")
    checks.that(np.allclose(found, right, rtol=1e-9, atol=0), "a share of about 1e-199 is not 0; keep small numbers")
    ### END HIDDEN TESTS

# %% [markdown]
# At the start of training all scores are small, so the gates are near $\sigma(b_f)$. Then the share after $k$ steps is about $\sigma(b_f)^k$. **The bias of the forget gate decides it.** With $b_f = 0$ it is $0.5^k$, with $b_f = 1$ it is $0.73^k$, with $b_f = 3$ it is $0.95^k$. In a GRU the same is done by the update gate: $1 - \Gamma_u$ keeps, so its bias is negative. Now measure all the ways together. The state of an LSTM is the pair of $a$ and $c$; we stack the two, so that `gradient_by_lag` can take it.


# %%
def forward(kind, x, parameters):
    """The hidden states (n_a, m, T_x) and the caches, from states of zeros."""
    zeros = np.zeros((n_a, x.shape[1]), np.float32)
    if kind == "LSTM":
        a, _, caches = lstm_forward(x, zeros, zeros, parameters)
        return a, caches
    return {"RNN": rnn_forward, "GRU": gru_forward}[kind](x, zeros, parameters)


def lstm_pair_backward(g, cache):
    """lstm_cell_backward for the derivatives with respect to a and c in one array, (2 n_a, m)."""
    dx_t, da_prev, dc_prev, grads = lstm_cell_backward(*np.split(g, 2), cache)
    return dx_t, np.concatenate([da_prev, dc_prev]), grads


def sizes_by_lag(kind, parameters):
    """The size of the gradient by lag, 1 at lag 0, for a random derivative at the last hidden state."""
    x, _ = draw_batch(16, np.random.default_rng(0))
    g = np.random.default_rng(1).normal(0, 1, (n_a, 16)).astype(np.float32)
    g = np.concatenate([g, np.zeros_like(g)]) if kind == "LSTM" else g
    way = {"RNN": rnn_cell_backward, "GRU": gru_cell_backward, "LSTM": lstm_pair_backward}[kind]
    sizes = gradient_by_lag(g, forward(kind, x, parameters)[1], way)
    return sizes / sizes[0]


# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True)
for axis, kind in zip(axes, ("GRU", "LSTM"), strict=True):
    axis.plot(sizes_by_lag("RNN", initialize("RNN", 0, np.random.default_rng(0))), label="RNN")
    for bias in (0, 1, 3):
        parameters = initialize(kind, bias, np.random.default_rng(0))
        axis.plot(sizes_by_lag(kind, parameters), label=f"{kind}, bias {bias if kind == 'LSTM' else -bias}")
        if kind == "LSTM":
            x, _ = draw_batch(16, np.random.default_rng(0))
            gates = np.stack([cache[4] for cache in forward(kind, x, parameters)[1]], axis=2)
            print(f"forget bias {bias}: share of the first cell kept, {memory_kept(gates)[:, :, 0].mean():.1e}")
    axis.set(yscale="log", xlabel="lag in steps", title=f"{kind} before training")
    axis.legend()
axes[0].set_ylabel(what["ylabel"])
figure.suptitle("A gated unit alone does not help; a gate that begins open does", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* With bias 0 both units lose the gradient even faster than the plain network: a gate of one half halves it in each step. With bias 1, often called the standard, less than a hundredth is left after 40 steps. With bias 3 (for the GRU: −3) more than a twentieth is left after 60. So the gates make it *possible* to keep a gradient, and the bias makes it so from the beginning.
#
# ## 7. The whole thing: a lag of 60 steps
#
# *Do the units learn what the plain network cannot?*
#
# The task: read 61 symbols out of four kinds, and name the **first** one after the last. (A fifth input marks the first symbol.) Guessing gives an accuracy of 0.25 and a cost of $\ln 4 \approx 1.39$. Nothing in the other 60 symbols helps. Each batch is new, so nothing can be learned by heart. The network is trained with Adam, rate 0.005, and gradients clipped to norm 1, until the mean cost of 20 steps is below 0.05, or for a given number of steps.


# %%
def train(kind, bias, seed, steps):
    """Trains on batches of 32 sequences; returns the cost of each step, and the parameters."""
    rng = np.random.default_rng(seed)
    parameters, costs = initialize(kind, bias, rng), []
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    way_back = {"RNN": rnn_backward, "GRU": gru_backward, "LSTM": lstm_backward}[kind]
    for step in tqdm(range(1, steps + 1), desc=f"{kind}, seed {seed}", file=sys.stdout):
        x, y = draw_batch(32, rng)
        a, caches = forward(kind, x, parameters)
        last = a[:, :, -1:]  # the output stands above the last step alone
        cost, dz = temporal_softmax_loss(temporal_affine_forward(last, parameters), y, np.ones(y.shape))
        da = np.zeros_like(a)
        da[:, :, -1:], grads = temporal_affine_backward(dz, last, parameters)
        grads, _ = clip_grad_norm(grads | way_back(da, caches)[-1], 1.0)
        parameters, v, s = adam_step(parameters, grads, v, s, step, 0.005)
        parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
        costs.append(cost)
        if np.mean(costs[-20:]) < 0.05:
            break
    return costs, parameters


wanted = [("RNN", 0, 0), ("RNN", 0, 1), *((kind, 3, seed) for kind in ("GRU", "LSTM") for seed in (0, 1))]
wanted += [("GRU", 1, 0), ("LSTM", 1, 0)]
runs = {each: train(*each, {0: 1000, 1: 150, 3: 600}[each[1]]) for each in wanted}

# %%
x, y = draw_batch(500, np.random.default_rng(9))
figure, axis = plt.subplots()
for (kind, bias, seed), (costs, parameters) in runs.items():
    z = temporal_affine_forward(forward(kind, x, parameters)[0][:, :, -1:], parameters)
    right, shown = np.mean(z.argmax(axis=0) == y), -bias if kind == "GRU" else bias
    print(f"{kind:4} bias {shown:2} seed {seed}: {len(costs):4} steps, accuracy on 500 new sequences {right:.3f}")
    number = ("RNN", "GRU", "LSTM").index(kind)
    style = {"color": plots.COLORS[number], "linestyle": ":" if bias == 1 else ("-", "--", "-.")[number]}
    shown = "" if seed else f"{kind}, bias {shown}"
    axis.plot(np.convolve(costs, np.ones(20) / 20, mode="valid"), label=shown, **style)
axis.set(xlabel="step", ylabel="cost, mean of 20 steps", title="Lag 60: with bias 3 the gates solve it", ylim=0)
axis.legend(ncols=3, loc="center right")
plt.show()

# %% [markdown]
# *What to notice.* GRU and LSTM name the first symbol of nearly every sequence after a few hundred steps, if their gates begin open. (How many depends on the seed, and even on the rounding.) The plain network guesses for hundreds of steps, because hardly any gradient from the first symbol reaches it. It is not *impossible* for it: after 1,000 steps one of them may have half of the sequences right, and when we let three of them run for 3,000 steps, one found the solution after about 1,500. That is luck. With gates that begin open, no luck is needed.
#
# **The bias is a part of the recipe.** With bias 1 (for the GRU −1), both still guess after 150 steps, when most runs with bias 3 have learned. So write the bias down when you report that an LSTM "failed" or "worked". If you do not know the lags of your data, 1 is a fair beginning (Jozefowicz and others, 2015); for a known long lag $k$ choose the bias so that $\sigma(b_f)^k$ is not tiny. At last, the gradients again, before and after training:

# %%
figure, axis = plt.subplots()
for number, (kind, bias) in enumerate((("RNN", 0), ("GRU", 3), ("LSTM", 3))):
    before = sizes_by_lag(kind, initialize(kind, bias, np.random.default_rng(0)))
    axis.plot(before, color=plots.COLORS[number], linestyle="--", label=f"{kind}, before")
    after = sizes_by_lag(kind, runs[kind, bias, 0][1])
    axis.plot(after, color=plots.COLORS[number], linestyle="-", label=f"{kind}, after")
    print(f"{kind:4} size at lag 60: before training {before[60]:.1e}, after {after[60]:.1e}")
axis.set(yscale="log", title="After training, both gated units still carry the gradient over 60 steps", **what)
axis.legend(ncols=3)
plt.show()

# %% [markdown]
# *What to notice.* Before training both gated units have more than a twentieth of the gradient left after 60 steps, and that was enough to begin with. (A line may also rise: there are several ways back, and the others add to the one through the gate.) Training moves both lines, and at the end more than a tenth is left: this is how the first symbol is still known at the end. The plain network has less than a hundredth, before and after its 1,000 steps.

# %% [markdown]
# ## What you built
#
# - `gradient_by_lag`: how a gradient fades, for any unit.
# - `gru_cell_forward`, `gru_forward`, `gru_cell_backward`, `gru_backward`: the gated recurrent unit.
# - `lstm_cell_forward`, `lstm_forward`, `lstm_cell_backward`, `lstm_backward`: long short-term memory.
# - `memory_kept`: the product of the forget gates, and with it the choice of their bias.
#
# ## On your own
#
# - **Padding.** Let a mask (m, T_x) say which steps are real. At padding the state must stay as it is. Change `gru_forward` and `gru_backward`, and check the gradients with central differences.
# - **Faster.** Most of the time of `lstm_cell_backward` goes into many small products. Put the weights of the four scores one below the other into one matrix $(4 n_a, n_a + n_x)$, and do with one product what takes four. How much faster is it, for $n_a = 16$ and for $n_a = 128$? (The modules `gru` and `lstm` in `shared_utils/nn`, which the next lessons use, do this.)
# - *Hard.* **No bias to choose.** In a *chrono initialisation* (Tallec and Ollivier, 2018) each unit gets a forget bias $\ln(u)$ with $u$ uniform between 1 and the longest lag, and the negative of it as the update bias. Derive from $\sigma(b)^k$ why that gives units for all lags, and try it for lags of 20, 60 and 200.
#
# ## In practice
#
# `torch.nn.LSTM` and `tf.keras.layers.LSTM` compute your LSTM; only the order of the gates in their weight matrices differs (PyTorch: update, which it calls input, forget, candidate, output), and PyTorch has two biases that are added. Keras sets the forget bias to 1 (`unit_forget_bias`), PyTorch does not: there you must do it yourself. `torch.nn.GRU` is a little different from the lecture's GRU: its update gate is our $1 - \Gamma_u$, and its reset gate multiplies the product $W_{cc} c^{\langle t-1 \rangle}$ instead of the state before the product. So the weights of one do not work in the other. Attention (week 3) shortens the way of the gradient in another manner: from any step to any other it is one step.
#
# ## References
#
# - Course 5, week 1, lectures 8 to 10.
# - S. Hochreiter and J. Schmidhuber (1997), Long Short-Term Memory, Neural Computation 9(8).
# - F. Gers, J. Schmidhuber and F. Cummins (2000), Learning to Forget: Continual Prediction with LSTM, Neural Computation 12(10).
# - K. Cho and others (2014), Learning Phrase Representations Using RNN Encoder-Decoder for Statistical Machine Translation, EMNLP.
# - R. Jozefowicz, W. Zaremba and I. Sutskever (2015), An Empirical Exploration of Recurrent Network Architectures, ICML.
# - C. Tallec and Y. Ollivier (2018), Can Recurrent Neural Networks Warp Time?, ICLR.
