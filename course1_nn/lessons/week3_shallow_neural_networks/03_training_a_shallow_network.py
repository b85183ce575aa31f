# %% [markdown]
# You will train a network with a hidden layer from the first random weights to the last gradient, and let it draw borders that no
# single neuron can draw.
# Use matrix products: loops over the examples are right but slow, and the later cells call your functions many times.

# %% [markdown]
# ## What you will be able to do
#
# - start the weights at random, and say why zeros would waste all hidden units but one;
# - compute the cost and its gradient for every weight of a two-layer network, and check it by central differences;
# - train the network and use it for decisions;
# - judge what hidden units gain by examples that the network has not seen.
#
# **What you need:** the forward pass of [lesson 01](01_forward_pass_of_a_shallow_network.ipynb), tanh and its slope of
# [lesson 02](02_activation_functions.ipynb), and $dz = a - y$ of
# [week 2, lesson 03](../week2_neural_network_basics/03_computation_graphs.ipynb). The forward pass stands in the set-up cell.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()


def forward(X, parameters):
    """Two layers, tanh and sigmoid: returns A2 (n_y, m) and the cache {"A1": (n_h, m), "A2": (n_y, m)}."""
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = (1 + np.tanh((parameters["W2"] @ A1 + parameters["b2"]) / 2)) / 2  # the sigmoid, safe for large scores
    return A2, {"A1": A1, "A2": A2}


# %% [markdown]
# ## 1. The first weights
#
# *Why not start at zero, as logistic regression did?*
#
# The network has $W_1$ of shape $(n_h, n_x)$, $b_1$ $(n_h, 1)$, $W_2$ $(n_y, n_h)$ and $b_2$ $(n_y, 1)$. Suppose all start at 0. Then
# all hidden units compute the same activation. They also get the same gradient, so they take the same step, and stay equal for ever: $n_h$ units
# do the work of one. This is called **symmetry**, and random weights break it.
#
# How large should they be? If the weights are large, the scores are large, and there tanh is flat: the slopes are almost 0 and learning is
# slow. A unit adds up $n$ inputs, so we divide by $\sqrt{n}$, which gives the score the same size for every $n$
# (near 1 if the inputs have a mean square near 1):
#
# $$W_1 = \frac{\text{normal random numbers}}{\sqrt{n_x}}, \qquad W_2 = \frac{\text{normal random numbers}}{\sqrt{n_h}}, \qquad b_1 = 0, \quad b_2 = 0.$$
#
# The biases may start at 0: different weights are enough to break the symmetry.
#
# ### Exercise 1: `initialize_parameters`


# %% exercise="initialize_parameters"
def initialize_parameters(n_x, n_h, n_y, seed):
    """Random first weights, drawn so that the scores of each layer have about the same size.

    Args:
        n_x, n_h, n_y: numbers of inputs, hidden units and outputs.
        seed: whole number; the same seed gives the same weights, another seed gives others.

    Returns:
        A dict: "W1" (n_h, n_x), normal random numbers with mean 0 and standard deviation 1 / sqrt(n_x); "b1" (n_h, 1),
        zeros; "W2" (n_y, n_h), the same with 1 / sqrt(n_h); "b2" (n_y, 1), zeros.
    """
    # 1. One generator, np.random.default_rng(seed), draws all numbers.
    # 2. Which shape has each of the four, and which two are zero?
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(n_h, n_x)) / np.sqrt(n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": rng.normal(size=(n_y, n_h)) / np.sqrt(n_h),
        "b2": np.zeros((n_y, 1)),
    }
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng = np.random.default_rng(seed)`, then `rng.normal(size=(n_h, n_x))` has standard deviation 1; divide it by `np.sqrt(n_x)`. The order in
# which you draw W1 and W2 does not matter.
# </details>

# %% check="initialize_parameters" points=2
with checks.exercise("initialize_parameters"):
    start, again = initialize_parameters(3, 4, 2, 0), initialize_parameters(3, 4, 2, 0)
    checks.that(
        isinstance(start, dict) and set(start) == {"W1", "b1", "W2", "b2"},
        "initialize_parameters: return a dict with the keys W1, b1, W2 and b2",
    )
    for key, size in (("W1", (4, 3)), ("b1", (4, 1)), ("W2", (2, 4)), ("b2", (2, 1))):
        checks.shape(f"{key} in initialize_parameters(3, 4, 2, 0)", start[key], size)
    for key in ("b1", "b2"):
        checks.that(not np.any(start[key]), f"initialize_parameters: {key} must be zeros; biases start at 0")
    checks.that(
        len(np.unique(start["W1"])) == 12 and len(np.unique(start["W2"])) == 8,
        "initialize_parameters: the weights must all differ, or hidden units stay equal; draw random numbers",
    )
    other = initialize_parameters(3, 4, 2, 1)
    for key in ("W1", "W2"):
        checks.that(np.array_equal(again[key], start[key]), f"initialize_parameters: two calls with the same seed "
                    f"give different {key}; draw all numbers from default_rng(seed)")  # fmt: skip
        checks.that(not np.allclose(other[key], start[key]),
                    f"initialize_parameters: another seed must give other {key}; is `seed` used?")  # fmt: skip
    ### BEGIN HIDDEN TESTS
    big = initialize_parameters(400, 900, 300, 7)
    for key, n in (("W1", 400), ("W2", 900)):
        spread = float(np.std(big[key]) * np.sqrt(n))
        checks.that(0.98 < spread < 1.02, f"initialize_parameters(400, 900, 300, 7): the standard deviation of {key} is "
                    f"{spread:.3g} / sqrt({n}); it must be 1 / sqrt of the number of inputs of that layer")  # fmt: skip
        mean = float(np.mean(big[key]) * np.sqrt(n))
        checks.that(abs(mean) < 0.02, f"initialize_parameters: the mean of {key} is not near 0; use normal numbers")
        tails = float(np.mean(np.abs(big[key]) * np.sqrt(n) > 2))
        checks.that(0.04 < tails < 0.05, f"initialize_parameters: {key} is not drawn from a normal distribution")
    checks.that(
        not np.allclose(big["W1"].ravel()[:9] * 20, big["W2"].ravel()[:9] * 30),
        "initialize_parameters: W1 and W2 hold the same random numbers; use one generator for both",
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. The cost of several outputs
#
# *Ten digits need ten outputs. What is the cost then?*
#
# Each output answers a question of its own, *is it a 0?*, *is it a 1?* and so on, with a probability of its own. So we add up the losses of
# all outputs of an example, and take the mean over the $m$ examples:
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{n_y} \Bigl( Y_{ki} \log A_{2,ki} + (1 - Y_{ki}) \log (1 - A_{2,ki}) \Bigr).$$
#
# $A_{2,ki}$ stands in row $k$ and column $i$ of $A_2$. For $n_y = 1$ it is the cost of logistic regression. We divide by $m$, not by $m \cdot n_y$.
#
# *On paper.* Two outputs, two examples, every probability $0.5$: four losses of $0.693$, divided by $m = 2$: $J = 1.386$.
#
# ### Exercise 2: `compute_cost`


# %% exercise="compute_cost"
def compute_cost(A2, Y):
    """The cost: the sum of all losses, divided by the number of examples.

    Args:
        A2: predicted probabilities, shape (n_y, m), strictly between 0 and 1.
        Y: labels 0 or 1, shape (n_y, m).

    Returns:
        J, a single number.

    Example:
        compute_cost(np.full((2, 2), 0.5), np.array([[1, 0], [0, 1]])) is 1.386.
    """
    # 1. The loss of every entry.
    # 2. By which of the two lengths do you divide?
    ### BEGIN SOLUTION
    losses = -(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return np.sum(losses) / Y.shape[1]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Compute all losses as an array of shape `(n_y, m)`, add up everything with `np.sum`, and divide by `m = Y.shape[1]`. `np.mean` would
# divide by `n_y * m`.
# </details>

# %% check="compute_cost" points=1
with checks.exercise("compute_cost"):
    A2 = np.array([[0.9, 0.2, 0.6, 0.3], [0.25, 0.7, 0.55, 0.85]])
    Y = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    checks.unchanged(compute_cost, A2, Y)
    J = -np.log([0.9, 0.8, 0.4, 0.3, 0.75, 0.7, 0.55, 0.15]).sum() / 4
    checks.close("compute_cost(A2, Y), 2 outputs, 4 examples", compute_cost(A2, Y), J, m=4, mistakes={
        "divide the sum by m = 4 alone, not by n_y * m or 2 * m": J / 2,
        "divide by the number of examples, Y.shape[1], not by the number of outputs": 2 * J,
        "the part of the labels 0 is missing: (1 - Y) log(1 - A2)": -np.log([0.9, 0.3, 0.7, 0.55]).sum() / 4,
        "use the natural logarithm, np.log, not np.log10": J / np.log(10),
        "use the natural logarithm, np.log, not np.log2": J / np.log(2),
    })  # fmt: skip
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(41)
    for n_y, m in ((1, 5), (3, 4), (4, 2)):
        A2, Y = check_rng.uniform(0.05, 0.95, (n_y, m)), check_rng.integers(0, 2, (n_y, m))
        total = sum(-np.log(A2[k, i] if Y[k, i] else 1 - A2[k, i]) for k in range(n_y) for i in range(m))
        checks.close(f"compute_cost(A2, Y) of shape ({n_y}, {m})", compute_cost(A2, Y), total / m, m=m)
    sure = np.array([[1e-6, 1 - 1e-6, 1e-6]])
    limits = {f"A2 is cut off at {limit}; take it as it is": (-2 * np.log(limit) - np.log(1 - limit)) / 3
              for limit in (0.01, 0.001, 1e-4, 1e-5)}  # fmt: skip
    checks.close("compute_cost of probabilities near 0 and 1", compute_cost(sure, np.array([[1, 0, 0]])),
                 (12 * np.log(10) + 1e-6) / 3, m=3, mistakes=limits)  # fmt: skip
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The gradient, from right to left
#
# *How does a weight of the hidden layer learn of a mistake at the output?*
#
# Follow the computation backwards: $X \to Z_1 \to A_1 \to Z_2 \to A_2 \to J$.
#
# The **output layer** is logistic regression with the inputs $A_1$. You know its gradient:
#
# $$dZ_2 = A_2 - Y, \qquad dW_2 = \frac{1}{m} dZ_2 A_1^T, \qquad db_2 = \frac{1}{m} \sum_i dZ_2^{(i)}.$$
#
# The **hidden layer** feeds all outputs. A change of $A_1$ reaches $Z_2$ through $W_2$, so the derivative comes back through $W_2^T$; then it
# passes the tanh, whose slope is $1 - A_1^2$ (entry by entry, written $*$):
#
# $$dZ_1 = W_2^T dZ_2 * (1 - A_1^2), \qquad dW_1 = \frac{1}{m} dZ_1 X^T, \qquad db_1 = \frac{1}{m} \sum_i dZ_1^{(i)}.$$
#
# Check the shapes: $W_2^T dZ_2$ is $(n_h, n_y)(n_y, m) \to (n_h, m)$, the shape of $A_1$. Each gradient has the shape of its parameter;
# $db$ is a sum over the examples, with `keepdims=True`. (As in week 2, $dZ$ is the derivative of each example's own loss; the $1/m$ stands in $dW$ and $db$.)
#
# *On paper.* $n_x = n_h = n_y = m = 1$: $x = 2$, $W_1 = 0.5$, $W_2 = 3$, biases 0, $y = 1$ (the indices are those of the layers). Then $a_1 = \tanh 1 = 0.762$, $a_2 = \sigma(2.285) = 0.908$.
# Back: $dz_2 = -0.092$, $dW_2 = -0.092 \cdot 0.762 = -0.070$; $dz_1 = 3 \cdot (-0.092) \cdot (1 - 0.762^2) = -0.116$, $dW_1 = -0.116 \cdot 2 = -0.23$.
#
# ### Exercise 3: `backward`


# %% exercise="backward"
def backward(X, Y, parameters, cache):
    """The gradient of the cost with respect to every parameter of the two-layer network (tanh, then sigmoid).

    Args:
        X: inputs, shape (n_x, m). Y: labels, shape (n_y, m).
        parameters: {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}.
        cache: {"A1": (n_h, m), "A2": (n_y, m)}, as forward(X, parameters) computed them.

    Returns:
        A dict with "dW1", "db1", "dW2", "db2", each of the shape of its parameter.
    """
    # 1. The output layer: dZ2, then its two gradients.
    # 2. Back through W2, then through the slope of tanh.
    # 3. The hidden layer's two gradients look like those of step 1. What takes the place of A1?
    ### BEGIN SOLUTION
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Six lines, one for each formula above. `@` is the matrix product, `*` works entry by entry. `dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)`:
# Python computes `@` and `*` from left to right, which is what we want. For `db`: `np.sum(dZ, axis=1, keepdims=True) / m`.
# </details>

# %% check="backward" points=4
with checks.exercise("backward"):
    check_rng = np.random.default_rng(42)
    X, Y = check_rng.normal(size=(3, 5)), np.array([[1, 0, 0, 1, 1], [0, 1, 0, 0, 1]])
    weights = {"W1": check_rng.normal(size=(4, 3)), "b1": check_rng.normal(size=(4, 1))}
    weights |= {"W2": check_rng.normal(size=(2, 4)), "b2": check_rng.normal(size=(2, 1))}
    A2, cache = forward(X, weights)
    checks.unchanged(backward, X, Y, weights, cache)
    grads = backward(X, Y, weights, cache)
    checks.that(
        isinstance(grads, dict) and set(grads) == {"dW1", "db1", "dW2", "db2"},
        "backward: return a dict with the keys dW1, db1, dW2 and db2",
    )

    def cost_with(key, value):
        probabilities = forward(X, weights | {key: value})[0]
        return -np.sum(np.log(np.where(Y == 1, probabilities, 1 - probabilities))) / 5

    A1, dZ2, back = cache["A1"], A2 - Y, weights["W2"].T @ (A2 - Y)
    no_slope = "the slope of tanh, 1 - A1**2, is missing in dZ1"
    sigmoid_slope = "A1 (1 - A1) is the slope of the sigmoid; the hidden layer has tanh: 1 - A1**2"
    mistakes = {
        "dW2": {"dZ2 is A2 - Y, without the sigmoid's slope": dZ2 * A2 * (1 - A2) @ A1.T / 5},
        "db2": {"dZ2 is A2 - Y, without the sigmoid's slope": np.sum(dZ2 * A2 * (1 - A2), 1, keepdims=True) / 5},
        "dW1": {no_slope: back @ X.T / 5, sigmoid_slope: back * A1 * (1 - A1) @ X.T / 5,
                "the square is missing in 1 - A1**2": back * (1 - A1) @ X.T / 5},
        "db1": {no_slope: back.sum(1, keepdims=True) / 5,
                sigmoid_slope: (back * A1 * (1 - A1)).sum(1, keepdims=True) / 5},
    }  # fmt: skip
    for key in ("W2", "b2", "W1", "b1"):
        checks.gradient(f"d{key} in backward(X, Y, parameters, cache), 5 examples", lambda t, key=key: cost_with(key, t),
                        grads[f"d{key}"], weights[key], m=5, mistakes=mistakes[f"d{key}"])  # fmt: skip
    ### BEGIN HIDDEN TESTS
    for n_x, n_h, n_y, m in ((2, 3, 1, 4), (5, 2, 3, 7), (1, 6, 1, 1)):
        X, Y = check_rng.normal(size=(n_x, m)), check_rng.integers(0, 2, (n_y, m))
        weights = {"W1": check_rng.normal(size=(n_h, n_x)), "b1": check_rng.normal(size=(n_h, 1))}
        weights |= {"W2": check_rng.normal(size=(n_y, n_h)), "b2": check_rng.normal(size=(n_y, 1))}
        cache = forward(X, weights)[1]
        grads = backward(X, Y, weights, cache)
        for key in ("W1", "b1", "W2", "b2"):
            step = np.zeros_like(weights[key])
            step.flat[-1] = 1e-5
            costs = []
            for sign in (1, -1):
                probabilities = forward(X, weights | {key: weights[key] + sign * step})[0]
                costs.append(-np.sum(np.log(np.where(Y == 1, probabilities, 1 - probabilities))) / m)
            what = f"the last entry of d{key}, sizes ({n_x}, {n_h}, {n_y}), m = {m}"
            checks.shape(f"d{key}, sizes ({n_x}, {n_h}, {n_y}), m = {m}", grads[f"d{key}"], weights[key].shape)
            checks.close(what, grads[f"d{key}"].flat[-1], (costs[0] - costs[1]) / 2e-5, m=m, rtol=1e-4, atol=1e-7)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Train it
#
# *What does one round of training do, and how often?*
#
# Each step: forward, cost, backward, and every parameter moves against its gradient,
#
# $$W_1 \leftarrow W_1 - \alpha \, dW_1, \quad b_1 \leftarrow b_1 - \alpha \, db_1, \quad W_2 \leftarrow W_2 - \alpha \, dW_2, \quad b_2 \leftarrow b_2 - \alpha \, db_2.$$
#
# The cost of a network with a hidden layer is **not** convex: it may have several valleys, and another start may end in another one.
#
# ### Exercise 4: `train`


# %% exercise="train"
def train(X, Y, parameters, learning_rate, steps):
    """Gradient descent on the two-layer network.

    Args:
        X: inputs, shape (n_x, m). Y: labels, shape (n_y, m).
        parameters: the start, a dict with "W1", "b1", "W2", "b2"; neither it nor its arrays are changed.
        learning_rate: a number > 0. steps: a whole number >= 0.

    Returns:
        (parameters, costs): the new parameters, a dict with the same keys, and a list with the cost BEFORE each step
        (so it has `steps` entries).
    """
    # 1. Each step: forward, remember the cost, backward.
    # 2. Every parameter moves. A new array for each: the arrays that came in must stay as they are.
    ### BEGIN SOLUTION
    costs = []
    for _ in range(steps):
        A2, cache = forward(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward(X, Y, parameters, cache)
        parameters = {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}
    return parameters, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A loop over `range(steps)` with four lines: `forward`, `costs.append(compute_cost(...))`, `backward`, and a new dict:
# `{key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}`. With `-=` you would change the arrays that came in.
# </details>

# %% check="train" points=3
with checks.exercise("train"):
    check_rng = np.random.default_rng(43)
    X, Y = check_rng.normal(size=(2, 6)), np.array([[1, 0, 1, 1, 0, 0]])
    start = {"W1": check_rng.normal(size=(3, 2)), "b1": check_rng.normal(size=(3, 1))}
    start |= {"W2": check_rng.normal(size=(1, 3)), "b2": check_rng.normal(size=(1, 1))}
    checks.unchanged(train, X, Y, start, 0.3, 2)
    results = train(X, Y, start, 0.3, 2)
    checks.that(
        isinstance(results, tuple | list) and len(results) == 2, "train: return two things, parameters and costs"
    )
    learned, costs = results
    checks.that(isinstance(learned, dict) and set(learned) == set(start),
                "train: the new parameters are a dict with the keys W1, b1, W2 and b2")  # fmt: skip
    checks.that(len(costs) == 2, f"train(…, steps=2): expected 2 costs, one before each step, got {len(costs)}")

    def step(p, rate):
        """One step, by the formulas of the text."""
        A1 = np.tanh(p["W1"] @ X + p["b1"])
        dZ2 = 1 / (1 + np.exp(-p["W2"] @ A1 - p["b2"])) - Y
        dZ1 = p["W2"].T @ dZ2 * (1 - A1**2)
        m = X.shape[1]
        grads = {
            "W1": dZ1 @ X.T / m,
            "b1": dZ1.mean(1, keepdims=True),
            "W2": dZ2 @ A1.T / m,
            "b2": dZ2.mean(1, keepdims=True),
        }
        cost = -np.mean(np.log(np.abs(1 - Y - (dZ2 + Y))))
        return {key: p[key] - rate * grads[key] for key in p}, cost

    one, first = step(start, 0.3)
    two, second = step(one, 0.3)
    uphill = step(step(start, -0.3)[0], -0.3)[0]
    third = step(two, 0.3)[1]
    for key in start:
        checks.that(not np.array_equal(learned[key], start[key]), f"train: {key} is not updated")
    checks.close("costs in train(…, 0.3, steps=2)", np.array(costs), [first, second], mistakes={
        "each cost is taken after its step; take it before": [second, third],
        "it walks uphill; go against the gradient": [first, step(step(start, -0.3)[0], 0)[1]],
        "the learning rate is missing": [first, step(step(start, 1)[0], 1)[1]],
        "each step must begin where the last one ended": [first, first]})  # fmt: skip
    for key in start:
        checks.close(f"{key} in train(…, 0.3, steps=2)", learned[key], two[key], mistakes={
            "it walks uphill; go against the gradient": uphill[key],
            "both steps take the first gradient; compute it anew in each": 2 * one[key] - start[key],
            "only one step is made": one[key]})  # fmt: skip
    ### BEGIN HIDDEN TESTS
    now, expected = start, []
    for _ in range(9):
        now, cost = step(now, 0.11)
        expected.append(cost)
    learned, costs = train(X, Y, start, 0.11, 9)
    checks.close("costs in train(…, 0.11, steps=9)", np.array(costs), expected)
    checks.close("W1 in train(…, 0.11, steps=9)", learned["W1"], now["W1"])
    checks.close("b2 in train(…, 0.11, steps=9)", learned["b2"], now["b2"])
    costs = train(X, Y, start, 4.0, 6)[1]
    now, expected = start, []
    for _ in range(6):
        now, cost = step(now, 4.0)
        expected.append(cost)
    checks.that(
        len(costs) == 6, f"train(…, 4.0, steps=6), where the cost also rises: expected 6 costs, got {len(costs)}"
    )
    checks.close("costs in train(…, 4.0, steps=6)", np.array(costs), expected)
    two_outputs = start | {"W2": np.vstack([start["W2"], -start["W2"]]), "b2": np.zeros((2, 1))}
    first = train(X, np.vstack([Y, Y]), two_outputs, 0.3, 1)[1]
    A2 = forward(X, two_outputs)[0]
    total = -np.log(np.where(np.vstack([Y, Y]) == 1, A2, 1 - A2)).sum()
    checks.close("costs in train(…) with 2 outputs, 6 examples", np.array(first), [total / 6], m=6, mistakes={
        "divide the sum by m = 6 alone, not by n_y * m": [total / 12]})  # fmt: skip
    same, none = train(X, Y, start, 0.5, 0)
    checks.close("W2 in train(…, steps=0)", same["W2"], start["W2"])
    checks.that(len(none) == 0, "train(…, steps=0): no step, so no cost")
    ### END HIDDEN TESTS

# %% [markdown]
# Watch it learn. The flower has two kinds of petals in turn; a straight line cannot part them. With one hidden unit
# the border is one straight line; more units bend it.


# %%
def accuracy(parameters, points):
    """The share of right decisions on labelled points in the plane."""
    return np.mean((forward(points.X, parameters)[0] > 0.5) == points.Y)


flower, fresh_flower = data.make_flower(seed=0), data.make_flower(m=1000, seed=1)
figure, axes = plt.subplots(1, 4, figsize=(8, 3))
for axis, n_h in zip(axes, (1, 2, 3, 20), strict=True):
    learned, costs = train(flower.X, flower.Y, initialize_parameters(2, n_h, 1, seed=0), learning_rate=2.0, steps=3000)
    plots.show_decision(axis, lambda X, learned=learned: forward(X, learned)[0] > 0.5, flower.X, flower.Y)
    axis.set_title(f"$n_h$ = {n_h}\n{accuracy(learned, fresh_flower):.0%} of new points", fontsize=10)
figure.suptitle("Three hidden units are enough for six petals", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Each picture shows the same 400 points, dots (label 1) and crosses (label 0). With one hidden unit the border is one straight
# line, with two there are parallel stripes, and with three hidden units three lines through the middle part all six petals: the number above each picture is the
# accuracy on 1,000 new points. Twenty units do no better than three.
#
# ## 5. When all units are the same
#
# *How would you notice that a network started at zero?*
#
# You look at the rows of $W_1$: each row belongs to one hidden unit. If two rows are equal, and so are the two entries of $b_1$, the two units compute the same:
# one unit twice. If their columns of $W_2$ are equal as well, training never parts them.
#
# ### Exercise 5: `distinct_units`


# %% exercise="distinct_units"
def distinct_units(parameters):
    """How many different hidden units the network has.

    Two hidden units are the same if they have the same weights in W1 and the same bias in b1; W2 does not count.
    Differences below 1e-9 come from rounding and do not count, differences above 1e-6 do.

    Args:
        parameters: a dict with "W1" (n_h, n_x) and "b1" (n_h, 1), and others.

    Returns:
        The number of different units, a whole number from 1 to n_h.

    Example:
        for W1 = [[1, 2], [0, 3], [1, 2]] and b1 = [[5], [5], [5]] it is 2.
    """
    # 1. What describes one unit? Put it into one row for each unit.
    # 2. Compare each unit with those that you have counted already.
    ### BEGIN SOLUTION
    rows = np.hstack([parameters["W1"], parameters["b1"]])
    found = []
    for row in rows:
        if not any(np.allclose(row, each, 0, 1e-9) for each in found):  # equivalent "1e-09 → 2e-09": both are tiny
            found.append(row)
    return len(found)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.hstack([W1, b1])` puts the bias at the end of each unit's row. Then a loop over the rows with a list of the different ones;
# `np.allclose(row, each, rtol=0, atol=1e-9)` compares two.
# </details>

# %% check="distinct_units" points=2
with checks.exercise("distinct_units"):
    three = {"W1": np.array([[1.0, 2.0], [0.0, 3.0], [1.0, 2.0]]), "b1": np.array([[5.0], [5.0], [5.0]])}
    checks.unchanged(distinct_units, three)
    checks.equal("distinct_units(the example of the docstring)", distinct_units(three), 2)
    other_bias = {"W1": three["W1"], "b1": np.array([[5.0], [5.0], [4.0]])}
    checks.equal("distinct_units(the example with b1 = 5, 5, 4)", distinct_units(other_bias), 3)
    checks.equal("distinct_units(all zero)", distinct_units({"W1": np.zeros((4, 3)), "b1": np.zeros((4, 1))}), 1)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(44)
    W1, b1 = check_rng.normal(size=(5, 3)), check_rng.normal(size=(5, 1))
    copies = [4, 0, 2, 2, 1, 0, 3, 4]
    many = {"W1": W1[copies], "b1": b1[copies], "W2": check_rng.normal(size=(1, 8))}
    checks.equal("distinct_units(8 units, 5 of them different)", distinct_units(many), 5)
    rounded = {"W1": W1[copies] + check_rng.uniform(-1e-12, 1e-12, (8, 3)), "b1": b1[copies]}
    checks.equal("distinct_units(the same up to rounding)", distinct_units(rounded), 5)
    permuted = {"W1": np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0], [2.0, 2.0, 2.0]]), "b1": np.zeros((3, 1))}
    checks.equal("distinct_units(units with the same sum of weights)", distinct_units(permuted), 3)
    near = {"W1": np.array([[1.0], [1.000002]]), "b1": np.zeros((2, 1))}
    checks.equal("distinct_units(weights 1 and 1.000002)", distinct_units(near), 2)
    ### END HIDDEN TESTS

# %%
zeros = {key: np.zeros_like(value) for key, value in initialize_parameters(2, 20, 1, seed=0).items()}
constant = zeros | {"W1": np.full((20, 2), 0.5), "W2": np.full((1, 20), 0.5)}
starts = {"zeros": zeros, "all weights 0.5": constant, "random": initialize_parameters(2, 20, 1, seed=0)}
for name, start in starts.items():
    learned, costs = train(flower.X, flower.Y, start, learning_rate=0.5, steps=3000)
    plt.plot(
        costs, label=f"{name}: {distinct_units(learned)} different units, {accuracy(learned, fresh_flower):.0%} right"
    )
plt.xscale("symlog")
plt.yscale("log")
plt.xlabel("step (logarithmic scale)")
plt.ylabel("cost on the training points (logarithmic scale)")
plt.title("Twenty units that start equal stay one unit")
plt.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* From zeros the network does not learn at all: with $W_2 = 0$ no derivative comes back to the hidden layer, and with $A_1 = 0$ none goes to $W_2$. ($b_2$ stays 0 as well, because half
# of the labels are 1.) From equal weights the cost falls to 0.684, hardly below the $\log 2 = 0.693$ of a coin toss: after 3,000 steps its twenty units are still one. Random weights give twenty different units and the lowest cost.
#
# ## 6. On real pictures
#
# *What does the hidden layer gain?*
#
# First the ten digits: ten outputs, one for each digit, and the decision is the output with the highest probability. Logistic regression is the same network without the
# hidden layer (ten neurons side by side). Both get the same 4,000 pictures, learning rate and 200 steps.

# %%
digits = data.load_digits()
X_train, X_test = (images.reshape(len(images), -1).T / 255 for images in (digits.X_train[:4000], digits.X_test))
mean = X_train.mean(axis=1, keepdims=True)
X_train, X_test = X_train - mean, X_test - mean
Y_train = (digits.Y_train[:, :4000] == np.arange(10).reshape(10, 1)).astype(float)


def train_with_bar(X, Y, parameters, learning_rate, steps, what):
    """`train` in pieces of 10 steps, with a progress bar."""
    costs = []
    for _ in tqdm(range(steps // 10), desc=what, file=sys.stdout):
        parameters, more = train(X, Y, parameters, learning_rate, 10)
        costs += more
    return parameters, costs


def train_neurons(X, Y, learning_rate, steps):
    """Logistic regression from zero, one neuron for each row of Y: returns W (n_y, n_x) and b (n_y, 1)."""
    W, b = np.zeros((len(Y), len(X))), np.zeros((len(Y), 1))
    for _ in range(steps):
        dZ = ((1 + np.tanh((W @ X + b) / 2)) / 2 - Y) / X.shape[1]
        W, b = W - learning_rate * dZ @ X.T, b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return W, b


# %% [markdown]
# Now train both, and compare them on the test digits.

# %%
network, costs = train_with_bar(
    X_train, Y_train, initialize_parameters(784, 25, 10, seed=0), 2.0, 200, "25 hidden units"
)
W, b = train_neurons(X_train, Y_train, 2.0, 200)
outputs = forward(X_test, network)[0]
right = np.mean(np.argmax(outputs, axis=0) == digits.Y_test[0])
alone = np.mean(np.argmax(W @ X_test + b, axis=0) == digits.Y_test[0])
print(f"ten neurons without a hidden layer: {alone:.1%} of the 2,000 test digits; 25 hidden units: {right:.1%}")

# %%
figure, axes = plt.subplots(3, 9, figsize=(8, 3))
limit = np.abs(network["W1"]).max() / 2
for axis, weights in zip(axes.flat, network["W1"], strict=False):
    axis.imshow(weights.reshape(28, 28), cmap="PuOr_r", vmin=-limit, vmax=limit)
for axis in axes.flat:
    axis.set_axis_off()
figure.suptitle("What the 25 hidden units look for: bright and dark patches, not whole digits", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The hidden layer turns about 89 % into about 92 %: a quarter of the mistakes are gone. Each small picture shows one row of $W_1$ as 28 × 28 weights
# (orange: the unit grows when the pixel is white; purple: it shrinks). Most like white in one place and dislike it in another. A single neuron for each digit had to describe
# the whole digit at once.
#
# Now the cats.

# %%
cats = data.load_cat_pictures()
X_cats, X_new = (images.reshape(len(images), -1).T / 255.0 for images in (cats.X_train, cats.X_test))
mean, deviation = X_cats.mean(axis=1, keepdims=True), X_cats.std(axis=1, keepdims=True)
deviation[deviation == 0] = 1
X_cats, X_new = (X_cats - mean) / deviation, (X_new - mean) / deviation

print("hidden units   training   test   (right decisions)")
W, b = train_neurons(X_cats, cats.Y_train, 0.1, 300)
shares = [np.mean((W @ X + b > 0) == Y) for X, Y in ((X_cats, cats.Y_train), (X_new, cats.Y_test))]
print(f"{'none':>12}   {shares[0]:8.1%}   {shares[1]:.1%}")
for n_h in (1, 5):
    learned, costs = train(X_cats, cats.Y_train, initialize_parameters(784, n_h, 1, seed=0), 0.1, 300)
    shares = [np.mean((forward(X, learned)[0] > 0.5) == Y) for X, Y in ((X_cats, cats.Y_train), (X_new, cats.Y_test))]
    print(f"{n_h:12}   {shares[0]:8.1%}   {shares[1]:.1%}")

# %% [markdown]
# *What to notice.* On the training pictures logistic regression has about 95 %, the network about 97 %, with one hidden unit as with five. The border of one
# unit is as straight as that of logistic regression: it only learns faster in these 300 steps. On the test pictures all three have about 90 %, within the standard error of 1.5 points.
# A gain in training is not yet a gain.

# %% [markdown]
# ## What you built
#
# - `initialize_parameters`: random weights of the right size, and `distinct_units`, which shows what happens without them;
# - `compute_cost` and `backward`: the gradient of every weight of a two-layer network, checked by central differences;
# - `train`: a network that parts a flower's petals, and reads digits better than ten neurons;
# - and you know the difference between a gain in training and a gain.
#
# ## On your own
#
# - Train the flower with five other seeds and three hidden units. Do all end in the same valley?
# - Use ReLU in the hidden layer. Which two places must change?
# - Give the moons of `data.make_moons()` to the network. How many hidden units do they need?
#
# ## In practice
#
# `torch.nn.Sequential(Linear, Tanh, Linear)` with `loss.backward()` does what you wrote; the gradient comes from the recorded computation graph. scikit-learn's `MLPClassifier`
# trains such a network in one call. Dividing by $\sqrt{n}$ is LeCun's initialisation; Xavier's and He's are close relatives (course 2).
#
# ## References
#
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), *Learning representations by back-propagating errors*, Nature 323.
# - Y. LeCun, L. Bottou, G. B. Orr and K.-R. Müller (1998), *Efficient BackProp*, in *Neural Networks: Tricks of the Trade*.
