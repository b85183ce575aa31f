# %% [markdown]
# You will train a network with a hidden layer, from its first random weights on, and let it draw borders that no
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
# all hidden units compute the same activation. They also get the same gradient, so they take the same step and stay equal after every step. Then $n_h$ units
# do the work of one. This is called **symmetry**, and random weights break it.
#
# How large should the weights be? If they are large, the scores are large, and there tanh is flat: the slopes are almost 0 and learning is
# slow. A score is a sum of $n$ products. If each weight has mean 0 and variance $1/n$, and the weights are independent, then the variance of the score is the mean square of the $n$ inputs,
# whatever $n$ is. So we divide normal random numbers (mean 0, variance 1) by $\sqrt{n}$:
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
        n_x, n_h, n_y: numbers of inputs, hidden units and outputs; whole numbers from 1 on.
        seed: whole number >= 0; the same seed gives the same weights, another seed gives others.

    Returns:
        A dict of new arrays (float64): "W1" (n_h, n_x), normal random numbers with mean 0 and standard deviation
        1 / sqrt(n_x); "b1" (n_h, 1), zeros; "W2" (n_y, n_h), other normal random numbers with mean 0 and standard
        deviation 1 / sqrt(n_h); "b2" (n_y, 1), zeros. The order in which you draw W1 and W2 does not matter.

    Example:
        initialize_parameters(400, 9, 1, 0)["W1"] holds 3,600 numbers, most of them between -0.1 and 0.1.
    """
    # 1. One generator, np.random.default_rng(seed), draws all numbers.
    # 2. Which shape has each of the four, and which two are zero?
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    W1 = rng.normal(size=(n_h, n_x)) / np.sqrt(n_x)  # equivalent "1e-08 added under the division": random anyway
    W2 = rng.normal(size=(n_y, n_h)) / np.sqrt(n_h)  # equivalent "1e-08 added under the division": random anyway
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `rng = np.random.default_rng(seed)` makes the generator. `rng.normal(size=(2, 3))` draws a table of that shape, with standard deviation 1. How do you change the standard deviation of a table?
# </details>
# <details><summary>Hint 2</summary>
#
# `rng.normal(size=(n_h, n_x)) / np.sqrt(n_x)` is W1. W2 looks the same: which sizes take the place of `n_h` and `n_x`? Use the same `rng` for it. A bias is `np.zeros((n_h, 1))`.
# </details>

# %% check="initialize_parameters" points=2
with checks.exercise("initialize_parameters"):
    start, again = initialize_parameters(3, 4, 2, 0), initialize_parameters(3, 4, 2, 0)
    other, large = initialize_parameters(3, 4, 2, 1), initialize_parameters(400, 900, 300, 0)
    what, sizes = "initialize_parameters(3, 4, 2, 0)", {"W1": (4, 3), "b1": (4, 1), "W2": (2, 4), "b2": (2, 1)}
    checks.keys(what, start, sizes)
    for key, size in sizes.items():
        checks.shape(f"{key} of {what}", start[key], size)
    for key in ("b1", "b2"):
        checks.that(not np.any(start[key]), f"{key} of {what} must be zeros; biases start at 0")
    for key, inputs, n in (("W1", "n_x", 400), ("W2", "n_h", 900)):
        checks.that(len(np.unique(start[key])) == start[key].size, f"the weights in {key} of {what} must all differ")
        same = np.array_equal(again[key], start[key])
        checks.that(same, f"two calls of {what} give different {key}; draw all numbers from default_rng(seed)")
        checks.that(not np.allclose(other[key], start[key]), f"the seeds 0 and 1 give the same {key}; is `seed` used?")
        ratio, name = np.std(large[key]) * n**0.5, f"{key} of initialize_parameters(400, 900, 300, 0)"
        spread = f"the standard deviation of {name} is {ratio:.3g} / sqrt({inputs})"
        checks.that(0.98 < ratio < 1.02, f"{spread}; it must be 1 / sqrt({inputs}), with the inputs of that layer")
    ### BEGIN HIDDEN TESTS
    for sizes in ((400, 900, 300), (3, 20000, 5), (1, 4000, 20), (900, 300, 300)):
        what, drawn = f"initialize_parameters{(*sizes, 7)}", initialize_parameters(*sizes, 7)
        for key, rows, n in (("W1", sizes[1], sizes[0]), ("W2", sizes[2], sizes[1])):
            checks.shape(f"{key} of {what}", drawn[key], (rows, n))
            unit, rough = drawn[key] * np.sqrt(n), 1 / np.sqrt(rows * n)
            spread = (
                f"the standard deviation of {key} of {what} is {np.std(unit):.3g} / sqrt({n}); it must be 1 / sqrt({n})"
            )
            checks.that(abs(np.std(unit) - 1) < 5 * rough, spread)
            checks.that(
                abs(np.mean(unit)) < 6 * rough, f"the mean of {key} of {what} is not near 0; use normal numbers"
            )
            shares = [(1, 0.3173), (2, 0.0455), (3, 0.0027)]
            normal = all(abs(np.mean(np.abs(unit) > far) - share) < 5 * np.sqrt(share) * rough for far, share in shares)
            checks.that(normal, f"{key} of {what} is not drawn from a normal distribution")
            few_digits = len(np.unique(unit)) < unit.size or not np.any(unit != unit.astype(np.float32))
            repeated = drawn[key].dtype == np.float64 and few_digits
            checks.that(
                not repeated,
                f"{key} of {what}: numbers repeat, or have too few digits; draw each of them anew, and do not round",
            )
        length = min(drawn["W1"].size, drawn["W2"].size)
        W1, W2 = (drawn[key].ravel()[:length] for key in ("W1", "W2"))
        twice = abs(np.corrcoef(W1, W2)[0, 1]) > 6 / np.sqrt(length)
        checks.that(not twice, f"W1 and W2 of {what} hold the same random numbers; use one generator for both")
    seeds = (0, 7, 8, 107, 10**6)
    many = {initialize_parameters(3, 4, 2, seed)["W1"].tobytes() for seed in seeds}
    checks.equal(f"initialize_parameters(3, 4, 2, seed): different W1 of the seeds {seeds}", len(many), 5)
    for sizes in ((3, 2, 2), (4, 4, 4)):
        checks.unchanged(initialize_parameters, *sizes, 5)
        what, once = f"initialize_parameters{(*sizes, 5)}", initialize_parameters(*sizes, 5)
        parts = list(once.values())
        shared = any(np.shares_memory(part, other) for k, part in enumerate(parts) for other in parts[:k])
        checks.that(not shared, f"{what}: two of the arrays are the same; make each one new")
        sizes_differ = len(np.unique(np.abs(once["W1"]))) == once["W1"].size
        checks.that(sizes_differ, f"W1 of {what}: the units are copies of each other; draw all weights")
    for sizes in ((1, 1, 1), (4, 4, 4), (2, 5, 1), (3, 4, 2)):
        what, drawn = f"initialize_parameters{(*sizes, 12)}", initialize_parameters(*sizes, 12)
        n_x, n_h, n_y = sizes
        for key, size in {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}.items():
            checks.shape(f"{key} of {what}", drawn[key], size)
            checks.that(
                bool(np.any(drawn[key])) == (key[0] == "W"), f"{key} of {what}: weights are random, biases are 0"
            )
            checks.that(drawn[key].dtype == float, f"{key} of {what} holds {drawn[key].dtype}; make it float64")
            same = np.array_equal(drawn[key], initialize_parameters(*sizes, 12)[key])
            checks.that(same, f"two calls of {what} give different {key}")
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
# *On paper.* There are two outputs and two examples, and every probability is $0.5$. That gives four losses of $0.693$. Divided by $m = 2$: $J = 1.386$.
#
# ### Exercise 2: `compute_cost`


# %% exercise="compute_cost"
def compute_cost(A2, Y):
    """The cost: the sum of all losses, divided by the number of examples.

    Args:
        A2: predicted probabilities, shape (n_y, m), strictly between 0 and 1, however close to them.
        Y: labels 0 or 1, shape (n_y, m), as whole numbers or floats.

    Returns:
        J, a single number (no array), for any n_y >= 1 and m >= 1.

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
# <details><summary>Hint 1</summary>
#
# The loss of one entry is that of logistic regression (week 2, lesson 01). NumPy computes it for the whole array at once.
# </details>
# <details><summary>Hint 2</summary>
#
# Add up all losses with `np.sum`, and divide by `m = Y.shape[1]`. `np.mean` would divide by `n_y * m`.
# </details>

# %% check="compute_cost" points=1
with checks.exercise("compute_cost"):
    A2 = np.array([[0.9, 0.2, 0.6, 0.3], [0.25, 0.7, 0.55, 0.85]])
    Y = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    checks.unchanged(compute_cost, A2, Y)
    slips = {
        "divide the sum by m = 4 alone, not by n_y * m or 2 * m": 0.6985102007,
        "divide by the number of examples, Y.shape[1], not by the number of outputs": 2.7940408026,
        "the part of the labels 0 is missing": 0.5659613162,
        "use the natural logarithm, np.log, not np.log10": 0.6067182514,
        "use the natural logarithm, np.log, not np.log2": 2.0154744050,
    }
    checks.close("compute_cost(A2, Y), 2 outputs, 4 examples", compute_cost(A2, Y), 1.3970204013, m=4, mistakes=slips)
    one = "compute_cost([[0.9, 0.2, 0.6, 0.3]], [[1, 0, 0, 1]])"
    checks.close(one, compute_cost(A2[:1], Y[:1]), 0.6121919008, m=4)
    ### BEGIN HIDDEN TESTS

    def loss_by_loss(A2, Y):
        given = [(a, y) for row in zip(A2.tolist(), Y.tolist(), strict=True) for a, y in zip(*row, strict=True)]
        return sum(-np.log(a if y == 1 else 1 - a) for a, y in given) / A2.shape[1]

    def predictions(rng, n_y, m):
        return rng.uniform(0.02, 0.98, (n_y, m)), rng.integers(0, 2, (n_y, m))

    near = np.array([[1e-12, 1 - 1e-12, 1e-12], [1 - 1e-12, 0.5, 1e-200]])
    others = {
        "with A2 close to 0 and 1": (near, np.array([[1, 0, 0], [1, 1, 1]])),
        "with one example that is certain": (np.array([[1 - 1e-12]]), np.array([[1]])),
        "with two outputs and one example": (np.array([[0.7], [0.2]]), np.array([[1], [1]])),
        "with a cost of 5e-10": (np.array([[1 - 5e-10]]), np.array([[1]])),
        "with a cost of 460": (np.array([[1e-200]]), np.array([[1]])),
        "with equal losses": (np.full((2, 5), 0.25), np.ones((2, 5))),
        "with labels 1 only": (A2, np.ones((2, 4))),
        "with labels 0 only": (A2, np.zeros((2, 4))),
    }
    sizes = {"n_y": 130, "m": 1030}
    checks.agrees(compute_cost, loss_by_loss, predictions, sizes=sizes, types=["Y"], cases=others, atol=1e-12)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The gradient, from right to left
#
# *How does a weight of the hidden layer learn of a mistake at the output?*
#
# The computation goes $X \to Z_1 \to A_1 \to Z_2 \to A_2 \to J$. We follow it backwards.
#
# Here $dW_1$, $db_1$, $dW_2$, $db_2$ are the derivatives of the cost $J$. $dZ_1$ and $dZ_2$ are, as in week 2, derivatives of the losses: column $i$ of $dZ_2$ holds the derivative of the loss of example $i$ with respect to its own scores. The factor $1/m$ of the mean stands in $dW$ and $db$.
#
# The **output layer** is logistic regression with the inputs $A_1$. You know its gradient:
#
# $$dZ_2 = A_2 - Y, \qquad dW_2 = \frac{1}{m} dZ_2 A_1^T, \qquad db_2 = \frac{1}{m} \sum_i dZ_2^{(i)}.$$
#
# The **hidden layer** feeds all outputs. A change of $A_1$ reaches $Z_2$ through $W_2$, so the derivative comes back through $W_2^T$. Then it
# passes the tanh, whose slope is $1 - A_1^2$. The sign $*$ multiplies entry by entry:
#
# $$dZ_1 = W_2^T dZ_2 * (1 - A_1^2), \qquad dW_1 = \frac{1}{m} dZ_1 X^T, \qquad db_1 = \frac{1}{m} \sum_i dZ_1^{(i)}.$$
#
# Check the shapes: $W_2^T dZ_2$ is $(n_h, n_y)(n_y, m) \to (n_h, m)$, the shape of $A_1$. Each gradient has the shape of its parameter.
# $db$ is a sum over the examples, with `keepdims=True`.
#
# *On paper.* Take $n_x = n_h = n_y = m = 1$, so that every array holds one number: $X = [2]$, $W_1 = [0.5]$, $W_2 = [3]$, biases 0, $Y = [1]$.
#
# | way | step | result |
# |---|---|---|
# | forward | $A_1 = \tanh(0.5 \cdot 2) = \tanh(1)$ | $0.7616$ |
# | forward | $A_2 = \sigma(3 \cdot 0.7616) = \sigma(2.2848)$ | $0.9076$ |
# | back | $dZ_2 = 0.9076 - 1$, which is $db_2$, too | $-0.0924$ |
# | back | $dW_2 = -0.0924 \cdot 0.7616$ | $-0.0704$ |
# | back | $dZ_1 = 3 \cdot (-0.0924) \cdot (1 - 0.7616^2)$, which is $db_1$, too | $-0.1164$ |
# | back | $dW_1 = -0.1164 \cdot 2$ | $-0.2328$ |
#
# ### Exercise 3: `backward`


# %% exercise="backward"
def backward(X, Y, parameters, cache):
    """The gradient of the cost with respect to every parameter of the two-layer network (tanh, then sigmoid).

    Args:
        X: inputs, shape (n_x, m), m >= 1. Y: labels 0 or 1, shape (n_y, m). Both floats or whole numbers.
        parameters: {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}, floats or whole numbers.
        cache: {"A1": (n_h, m), "A2": (n_y, m)}, as forward(X, parameters) computed them. Nothing of all this is changed.

    Returns:
        A dict with "dW1", "db1", "dW2", "db2", each of the shape of its parameter.

    Example:
        for the numbers on paper, dW2 is [[-0.070]] and dW1 is [[-0.233]].
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
# <details><summary>Hint 1</summary>
#
# Six lines, one for each formula above. `@` is the matrix product, `*` works entry by entry. Python computes `@` and `*` from left to right. Write the shape of each result next to its line.
# </details>
# <details><summary>Hint 2</summary>
#
# The output layer: `dZ2 = cache["A2"] - Y`, then `dZ2 @ A1.T / m` and `np.sum(dZ2, axis=1, keepdims=True) / m`.
# </details>
# <details><summary>Hint 3</summary>
#
# `dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)`. Then the two lines of hint 2 again, with `dZ1` for `dZ2` and `X` for `A1`. Return the four gradients in a dict.
# </details>

# %% check="backward" points=4
with checks.exercise("backward"):
    p = {"W1": np.array([[0.5]]), "b1": np.zeros((1, 1)), "W2": np.array([[3.0]]), "b2": np.zeros((1, 1))}
    cache = {"A1": np.array([[0.7615941560]]), "A2": np.array([[0.9076088633]])}
    slips = {"dZ2 is A2 - Y, without the sigmoid's slope": [[-0.0059004203]]}
    slips |= {"the slope of tanh, 1 - A1**2, is missing in dZ1": [[-0.5543468201]]}
    slips |= {"A1 (1 - A1) is the slope of the sigmoid; the hidden layer has tanh": [[-0.1006519193]]}
    right = {"dW2": -0.0703645497, "db2": -0.0923911367, "dW1": -0.2328114408, "db1": -0.1164057204}
    grads = backward(np.array([[2.0]]), np.array([[1]]), p, cache)
    checks.keys("backward(X, Y, parameters, cache) for the numbers on paper", grads, right)
    for key, value in right.items():
        checks.close(f"{key} for the numbers on paper", grads[key], [[value]], mistakes=slips, atol=1e-8)
    p = {"W1": np.array([[1, -0.5], [0.25, 0.75], [-1, 0.5]]), "b1": np.array([[0.5], [-0.3], [0.1]])}
    p |= {"W2": np.array([[1, -2, 0.5], [0.25, 1, -1]]), "b2": np.array([[0.5], [-1]])}
    X, Y = np.array([[1, -2, 0.5, 0.4], [2, 1, -1, 0.5]]), np.array([[1, 0, 0, 1], [0, 0, 1, 1]])
    grads = backward(X, Y, p, forward(X, p)[1])
    right = {"dW2": [[-0.0457893, -0.3428293, -0.0467949], [-0.2159670, 0.2026175, 0.1660185]]}
    right |= {"dW1": [[-0.1472596, -0.2884466], [0.4284745, 0.2392838], [-0.0864590, -0.4844127]]}
    right |= {"db2": [[0.1099051], [-0.1923937]], "db1": [[-0.1508052], [-0.4463231], [0.0592607]]}
    for key, value in right.items():
        checks.close(f"{key} with 2 inputs, 3 hidden units, 2 outputs, 4 examples", grads[key], value, m=4, atol=1e-6)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, Y, parameters, cache):
        grads = {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}
        for x, y in zip(X.T[:, :, np.newaxis], Y.T[:, :, np.newaxis], strict=True):
            z1 = (parameters["W1"] * x.T).sum(axis=1, keepdims=True) + parameters["b1"]
            z2 = (parameters["W2"] * np.tanh(z1).T).sum(axis=1, keepdims=True) + parameters["b2"]
            dz2 = np.exp(-np.logaddexp(0, -z2)) - y
            dz1 = (parameters["W2"] * dz2).sum(axis=0)[:, np.newaxis] / np.cosh(z1) ** 2
            for key, change in {"dW1": dz1 * x.T, "db1": dz1, "dW2": dz2 * np.tanh(z1).T, "db2": dz2}.items():
                grads[key] += change / X.shape[1]
        return grads

    def arguments(rng, n_x, n_h, n_y, m):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        weights = {key: rng.normal(0, 0.7, size) for key, size in shapes.items()}
        return with_cache(rng.normal(0, 1, (n_x, m)), rng.integers(0, 2, (n_y, m)), weights)

    def with_cache(X, Y, weights):
        return X, Y, weights, forward(X, weights)[1]

    whole = {key: np.rint(2 * value).astype(int) for key, value in p.items()}
    others = {
        "with other labels and the rest as before": with_cache(X, 1 - Y, p),
        "with floats in Y": with_cache(X, Y.astype(float), p),
        "with labels 1 only": with_cache(X, np.ones((2, 4)), p),
        "with whole numbers in X": with_cache(np.rint(X).astype(int), Y, p),
        "with whole numbers everywhere": with_cache(np.rint(X).astype(int), Y, whole),
        "with large numbers in X": with_cache(30 * X, Y, p),
        "with large weights": with_cache(X, Y, {key: 12 * value for key, value in p.items()}),
        "with very small weights": with_cache(X, Y, {key: 1e-6 * value for key, value in p.items()}),
        "with zeros in X": with_cache(0 * X, Y, p),
        "with weights 0": with_cache(X, Y, {key: 0 * value for key, value in p.items()}),
        "with the same example four times": with_cache(np.repeat(X[:, :1], 4, axis=1), Y, p),
    }
    turned = dict(reversed(p.items()))
    others |= {
        "with the keys in another order": (X, Y, turned, dict(reversed(forward(X, p)[1].items()))),
        "with large weights in W2": with_cache(X, Y, p | {"W2": 1e3 * p["W2"]}),
        "with X of 1e6": with_cache(1e6 * X, Y, p | {"W1": 1e-6 * p["W1"]}),
        "with two units and two outputs": arguments(np.random.default_rng(46), 3, 2, 2, 5),
    }
    sizes = {"n_x": 130, "n_h": 130, "n_y": 130, "m": 1030}
    checks.agrees(backward, example_by_example, arguments, sizes=sizes, cases=others, apart=False, atol=1e-12)

    def cost_of(p):
        A2 = forward(X, p)[0]
        return -np.log(np.where(Y == 1, A2, 1 - A2)).sum() / 4

    checks.gradients("backward(X, Y, parameters, cache)", cost_of, backward(X, Y, p, forward(X, p)[1]), p, m=4)
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
# The cost of a network with a hidden layer is in general **not** convex. Exchange two hidden units (their rows in $W_1$ and $b_1$, their columns in $W_2$): the outputs and the cost stay the same.
# If the cost were convex, the network half way between the two would cost no more. But there both units are equal, so it is a network with one unit less, which usually costs more.
# A cost that is not convex may have several valleys, and another start may end in another one. (The first task of *On your own* shows it.)
#
# ### Exercise 4: `train`


# %% exercise="train"
def train(X, Y, parameters, learning_rate, steps):
    """Gradient descent on the two-layer network.

    Args:
        X: inputs, shape (n_x, m), m >= 1. Y: labels 0 or 1, shape (n_y, m). Both floats or whole numbers.
        parameters: the start, a dict with "W1", "b1", "W2", "b2" of floats; neither it nor its arrays are changed.
        learning_rate: a number > 0. steps: a whole number >= 0.

    Returns:
        (parameters, costs): the new parameters, a dict with the same keys, and a list with the cost BEFORE each step
        (so it has `steps` entries). All steps are made with the same learning rate, also where the cost rises or is nan. With
        steps = 0 the arrays that came in may be returned.

    Example:
        for zero steps it is (parameters, []).
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
# <details><summary>Hint 1</summary>
#
# A loop over `range(steps)` with four lines: `forward`, `costs.append(...)`, `backward`, and the new parameters. With `-=` you would change the arrays that came in.
# </details>
# <details><summary>Hint 2</summary>
#
# The first three lines are `A2, cache = forward(X, parameters)`, `costs.append(compute_cost(A2, Y))` and `grads = backward(X, Y, parameters, cache)`. The gradient of `parameters[key]` is `grads["d" + key]`.
# </details>
# <details><summary>Hint 3</summary>
#
# The last line is `parameters = {key: value - learning_rate * grads["d" + key] for key, value in parameters.items()}`.
# </details>

# %% check="train" points=3
with checks.exercise("train"):
    W1, b1 = np.array([[1, -0.5], [0.25, 0.75], [-1, 0.5]]), np.array([[0.5], [-0.3], [0.1]])
    start = {"W1": W1, "b1": b1, "W2": np.array([[1, -2, 0.5]]), "b2": np.array([[0.5]])}
    X, Y = np.array([[1, -2, 0.5, 0.4], [2, 1, -1, 0.5]]), np.array([[1, 0, 1, 0]])
    checks.unchanged(train, X, Y, start, 0.5, 2)
    what = "train(X, Y, parameters, 0.5, steps=2)"
    learned, costs = checks.results(what, train(X, Y, start, 0.5, 2), ["parameters", "costs"])
    checks.keys(f"the parameters of {what}", learned, start)
    for key in start:
        checks.that(not np.array_equal(learned[key], start[key]), f"{what}: {key} has not moved")
    checks.that(len(costs) == 2, f"{what}: expected a list of 2 costs, one before each step, got {len(costs)} costs")
    slips = {"each cost is taken after its step; take it before": [0.5509779, 0.4982256]}
    slips |= {"it walks uphill; go against the gradient": [0.7748466, 1.1527005]}
    slips |= {"each step must begin where the last one ended": [0.7748466, 0.7748466]}
    checks.close(f"the costs of {what}", np.array(costs), [0.7748466, 0.5509779], mistakes=slips, atol=1e-6)
    slips = {"both steps take the first gradient; compute it anew": [[1.1291588, -1.8825430, 0.3802100]]}
    slips |= {"only one step is made": [[1.0645794, -1.9412715, 0.4401050]]}
    right = {"W2": [[1.1015218, -1.9166321, 0.4304286]], "b1": [[0.5108934], [0.0720044], [0.1049601]]}
    for key, value in right.items():
        checks.close(f"{key} of {what}", learned[key], value, mistakes=slips, atol=1e-6)
    ### BEGIN HIDDEN TESTS

    def by_sums(X, Y, parameters, learning_rate, steps):
        now, costs, m = {key: value.astype(float) for key, value in parameters.items()}, [], X.shape[1]
        for _ in range(steps):
            Z1 = np.einsum("jk,ki->ji", now["W1"], X) + now["b1"]
            Z2 = np.einsum("jk,ki->ji", now["W2"], np.tanh(Z1)) + now["b2"]
            costs.append(float(np.where(Y == 1, np.logaddexp(0, -Z2), np.logaddexp(0, Z2)).sum() / m))
            pull = (np.exp(-np.logaddexp(0, -Z2)) - Y) * learning_rate / m
            back = np.einsum("kj,ki->ji", now["W2"], pull) / np.cosh(Z1) ** 2
            now["W2"], now["b2"] = (
                now["W2"] - np.einsum("ki,ji->kj", pull, np.tanh(Z1)),
                now["b2"] - pull.sum(axis=1, keepdims=True),
            )
            now["W1"], now["b1"] = (
                now["W1"] - np.einsum("ji,ki->jk", back, X),
                now["b1"] - back.sum(axis=1, keepdims=True),
            )
        return now, costs

    def arguments(rng, n_x, n_h, n_y, m, steps):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        weights = {key: rng.normal(0, 0.5, size) for key, size in shapes.items()}
        return rng.normal(0, 1, (n_x, m)), rng.integers(0, 2, (n_y, m)), weights, rng.uniform(0.05, 0.3), steps

    still = {key: 0 * value for key, value in start.items()}
    no_X, nine = np.zeros((2, 9)), np.array([[1, 0] * 4 + [0]])
    flat = start | {"W2": np.zeros((1, 3)), "b2": np.zeros((1, 1))}
    others = {
        "with a rate at which the cost rises": (X, Y, start, 12.0, 8),
        "with a cost that rises tenfold": (no_X, nine, still, 300.0, 2),
        "with a cost that swings": (no_X, nine, still, 12.0, 11),
        "with a cost that is nan from the start": (X * [1, np.nan, 1, 1], Y, start, 0.5, 3),
        "with a small learning rate": (X, Y, start, 1e-7, 5),
        "with the same example with both labels": (np.repeat(X[:, :1], 2, axis=1), np.array([[0, 1]]), flat, 0.5, 40),
        "with one step": (X, Y, start, 0.5, 1),
        "with the keys in another order": (X, Y, dict(reversed(start.items())), 0.5, 3),
        "with whole numbers in X and steps=1200": (np.rint(X).astype(int), Y, start, 1, 1200),
    }
    sizes = {"n_x": 110, "n_h": 110, "n_y": 110, "m": 1010, "steps": (0, 1100)}
    domain = {"sizes": sizes, "real": {"X": 30}, "types": ["X", "Y", "learning_rate"], "cases": others}
    checks.agrees(train, by_sums, arguments, returns=["parameters", "costs"], new=False, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Watch it learn. The flower has six petals, which belong to two classes in turn. A straight line cannot separate them. With one hidden unit
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
# *What to notice.* Each picture shows the same 400 points, blue dots (label 1) and orange crosses (label 0). The number above it is the accuracy on 1,000 new points.
# With one hidden unit the border is one straight line. With two units it is still too simple for six petals. With three hidden units three lines through the middle separate all six petals.
# Twenty units do no better than three.
#
# ## 5. When all units are the same
#
# *How would you notice that a network started at zero?*
#
# You look at the rows of $W_1$: each row belongs to one hidden unit. If two rows are equal, and so are the two entries of $b_1$, the two units compute the same. They are
# one unit twice. If their columns of $W_2$ are equal as well, they get the same gradient, and training never makes them different.
#
# *On paper.* With $W_1 = \begin{bmatrix} 1 & 2 \\ 0 & 3 \\ 1 & 2 \end{bmatrix}$ and $b_1 = \begin{bmatrix} 5 \\ 5 \\ 5 \end{bmatrix}$ the units 1 and 3 are the same: there are two different units. With $b_1 = \begin{bmatrix} 5 \\ 5 \\ 4 \end{bmatrix}$ there are three.
#
# ### Exercise 5: `distinct_units`


# %% exercise="distinct_units"
def distinct_units(parameters):
    """How many different hidden units the network has.

    Two hidden units are the same if they have the same weights in W1 and the same bias in b1; W2 does not count.
    Differences below 1e-9 come from rounding and do not count, differences above 1e-6 do, also between large numbers.

    Args:
        parameters: a dict with "W1" (n_h, n_x) and "b1" (n_h, 1), floats or whole numbers, and others; it is not
            changed.

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
# <details><summary>Hint 1</summary>
#
# `np.hstack([W1, b1])` puts the bias at the end of each unit's row. Then a loop over the rows, with a list of the different ones that you have found.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.allclose(row, each, rtol=0, atol=1e-9)` compares two rows. Without `rtol=0` it lets large numbers differ by more. If `row` is close to none of the rows in the list, append it. The answer is the length of the list.
# </details>

# %% check="distinct_units" points=2
with checks.exercise("distinct_units"):
    three = {"W1": np.array([[1.0, 2.0], [0.0, 3.0], [1.0, 2.0]]), "b1": np.array([[5.0], [5.0], [5.0]])}
    checks.unchanged(distinct_units, three)
    checks.equal("distinct_units(the example of the docstring)", distinct_units(three), 2)
    other_bias = three | {"b1": np.array([[5.0], [5.0], [4.0]])}
    checks.equal("distinct_units(the example with b1 = 5, 5, 4)", distinct_units(other_bias), 3)
    zeros = {"W1": np.zeros((4, 3)), "b1": np.zeros((4, 1))}
    checks.equal("distinct_units(4 units, all zero)", distinct_units(zeros), 1)
    rounded = three | {"W1": np.array([[0.1 + 0.2, 2.0], [0.0, 3.0], [0.3, 2.0]])}
    checks.equal("distinct_units(the example with 0.1 + 0.2 and 0.3 in place of 1)", distinct_units(rounded), 2)
    ### BEGIN HIDDEN TESTS

    def counted(parameters):
        found = []
        for unit in zip(parameters["W1"].tolist(), parameters["b1"].tolist(), strict=True):
            numbers = [*unit[0], *unit[1]]
            if all(max(abs(a - b) for a, b in zip(numbers, each, strict=True)) > 3e-8 for each in found):
                found.append(numbers)
        return len(found)

    def network(rng, n_x, n_h, kinds):
        rows = rng.normal(0, 1, (kinds, n_x + 1))[rng.integers(0, kinds, n_h)]
        W2, b2 = rng.normal(0, 1, (2, n_h)), rng.normal(0, 1, (2, 1))
        return {"W1": rows[:, :-1].copy(), "b1": rows[:, -1:].copy(), "W2": W2, "b2": b2}

    def units(W1, b1):
        return ({"W1": np.array(W1), "b1": np.array(b1)},)

    check_rng = np.random.default_rng(44)
    W1, b1 = np.repeat(check_rng.normal(size=(5, 3)), 4, axis=0), np.repeat(check_rng.normal(size=(5, 1)), 4, axis=0)
    noise = check_rng.uniform(-1e-12, 1e-12, (20, 3))
    others = {
        "with the same numbers up to rounding": units(W1 + noise, b1 + noise[:, :1]),
        "with the same units apart, up to rounding": units([[0.0], [5], [0]], [[0.0], [1e-12], [2e-12]]),
        "with 5e-9, up to rounding": units([[5e-9 - 1e-12], [5e-9], [5e-9 + 1e-12]], [[0.0], [0], [0]]),
        "with units in between that differ": units([[0.0, 1.0], [1e-12, 2.0], [2e-12, 1.0]], [[0.0], [0], [0]]),
        "with 784 weights, each the same up to rounding": units([[1.0] * 784, [1 + 5e-11] * 784], [[0.0], [0]]),
        "with one weight of 130 that differs by 1.2e-6": units(1.2e-6 * np.eye(2, 130), [[0.0], [0]]),
        "with the keys in another order": (
            {"b1": np.array([[1.0], [2]]), "b2": np.ones((1, 1)), "W1": np.ones((2, 3))},
        ),
        "with zeros up to rounding": units(noise, 0 * b1),
        "with the same sums of weights": units([[1.0, 2, 3], [3, 2, 1], [2, 2, 2]], [[0.0], [0], [0]]),
        "with weight and bias exchanged": units([[1.0], [2.0]], [[2.0], [1.0]]),
        "with the weights 1 and 1.000002": units([[1.0], [1.000002]], [[0.5], [0.5]]),
        "with the biases 3 and 3.00001": units([[1.0], [1.0]], [[3.0], [3.00001]]),
        "with the weights 1000 and 1000.00001": units([[1000.0], [1000.00001]], [[0.5], [0.5]]),
        "with the weights 10000 and 10000.000002": units([[1e4], [1e4 + 2e-6]], [[0.5], [0.5]]),
        "with opposite units": units([[1.0, -2], [-1, 2]], [[3.0], [-3]]),
        "with units that differ above 10": units([[11.0], [12]], [[0.0], [0]]),
        "with whole numbers": units([[4, 1], [4, 2], [4, 1], [1, 4]], [[0], [0], [0], [0]]),
        "with 120 different units": units(np.arange(120.0).reshape(120, 1) / 7, np.zeros((120, 1))),
        "with 130 weights, the last one different": units(np.eye(2, 130, 128), [[0.0], [0]]),
    }
    sizes = {"n_x": 130, "n_h": 300, "kinds": 130}
    checks.agrees(distinct_units, counted, network, sizes=sizes, types=["parameters"], cases=others)
    checks.whole("distinct_units(the example of the docstring)", distinct_units(three))
    ### END HIDDEN TESTS

# %%
zeros = {key: np.zeros_like(value) for key, value in initialize_parameters(2, 20, 1, seed=0).items()}
constant = zeros | {"W1": np.full((20, 2), 0.5), "W2": np.full((1, 20), 0.5)}
starts = {"zeros": zeros, "all weights 0.5": constant, "random": initialize_parameters(2, 20, 1, seed=0)}
for name, start in starts.items():
    learned, costs = train(flower.X, flower.Y, start, learning_rate=0.5, steps=3000)
    plt.plot(
        costs, label=f"{name}; different units: {distinct_units(learned)}; {accuracy(learned, fresh_flower):.0%} right"
    )
plt.xscale("symlog")
plt.yscale("log")
plt.xlabel("step (logarithmic scale)")
plt.ylabel("cost on the training points (logarithmic scale)")
plt.title("Twenty units that start equal stay one unit")
plt.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* From zeros the network does not learn at all. With $W_2 = 0$ the hidden layer gets the derivative 0, and with $A_1 = 0$ so does $W_2$. ($b_2$ stays 0 as well, because exactly half
# of the labels are 1.) From equal weights the cost falls to about 0.684, hardly below the $\log 2 = 0.693$ of a coin toss. After 3,000 steps its twenty units are still one. Random weights give twenty different units and the lowest cost.
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
# *What to notice.* The hidden layer turns about 89 % into about 92 %. Between a fifth and a third of the mistakes are gone; how many depends on the first weights. Each small picture shows one row of $W_1$ as 28 × 28 weights.
# Where a weight is orange, a white pixel makes the score of the unit larger; where it is purple, smaller. Most units have orange patches in one place and purple ones in another. A single neuron for each digit has to describe
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
# unit is as flat as that of logistic regression; it only learns faster in these 300 steps. On the test pictures all three have about 90 %, and their differences are not larger than chance explains: for 396 pictures the standard error of such a share is 1.5 points.
# A better result on the training pictures is not yet a better classifier.

# %% [markdown]
# ## What you built
#
# - `initialize_parameters`: random weights of the right size, and `distinct_units`, which shows what happens without them;
# - `compute_cost` and `backward`: the gradient of every weight of a two-layer network, checked by central differences;
# - `train`: a network that separates a flower's petals, and reads digits better than ten neurons;
# - and you know that a better result on the training examples is not yet a better classifier.
#
# ## On your own
#
# - Train the flower with two hidden units from ten different seeds. Do all end in the same valley? And with three hidden units?
# - Use ReLU in the hidden layer. Which two places must change?
# - Give the moons of `data.make_moons()` to the network. How many hidden units do they need?
#
# ## In practice
#
# `torch.nn.Sequential(Linear, Tanh, Linear)` with `loss.backward()` does what you wrote; the gradient comes from the recorded computation graph. scikit-learn's `MLPClassifier`
# trains such a network in one call. Dividing by $\sqrt{n}$ is LeCun's initialisation; those of Xavier and He are similar (course 2).
#
# ## References
#
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), *Learning representations by back-propagating errors*, Nature 323.
# - Y. LeCun, L. Bottou, G. B. Orr and K.-R. Müller (1998), *Efficient BackProp*, in *Neural Networks: Tricks of the Trade*.
