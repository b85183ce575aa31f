# %% [markdown]
# You will write batch normalization forward and backward, put it into your deep network, and make the trained network ready for a single picture.
# It will train at rates at which your plain network fails, and from first weights at which it does not learn at all. You will also see where it does not help.

# %% [markdown]
# ## What you will be able to do
#
# - normalise the scores of a hidden layer over a batch, and derive the gradient in two ways;
# - fit batch norm into a deep network, and say why the biases of its hidden layers are useless;
# - keep running averages for test time, and fold batch norm into the weights;
# - measure what batch norm gains and what it does not;
# - write layer norm, which does the same without a batch.
#
# **What you need:** normalised inputs and first weights ([week 1](../week1_practical_aspects/04_normalization_and_initialization.ipynb)), mini-batches and exponentially weighted averages ([week 2](../week2_optimization/02_exponentially_weighted_averages.ipynb)). The set-up cell loads your deep network of course 1 as `dense`, and your mini-batches and your momentum of week 2.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense
from shared_utils.nn.mini_batches import DataLoader
from shared_utils.nn.optimisers import initialize_velocity, momentum_step

plots.use_style()


def columns(images, most):
    """Pictures (m, height, width, 1) as columns of ink from 0 to 1; most is the number for full ink."""
    return images.reshape(len(images), -1).T / most


def one_hot(Y):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == Y) * 1.0


small = data.load_small_digits()
ink, ink_test = columns(small.X_train, 16), columns(small.X_test, 16)
mean_ink = ink.mean(axis=1, keepdims=True)
X_train, X_test, Y_train = ink - mean_ink, ink_test - mean_ink, one_hot(small.Y_train)

# %% [markdown]
# ## 1. Normalise every layer
#
# *Inputs are normalised before the training. Why not the inputs of the later layers?*
#
# Because they move: the activations of a hidden layer change with each step of the weights below it. So the normalising must be a part of the network, done anew in each step. **Batch normalization**, short **batch norm**, does it with the mean and the variance of the mini-batch at hand.
#
# Take one layer with $n$ units and a batch of $m$ examples. $Z$, shape $(n, m)$, holds its scores: a row for each unit, a column for each example. For each unit, over the $m$ examples of the batch:
#
# $$\mu = \frac{1}{m} \sum_{i=1}^{m} z^{(i)}, \qquad \text{var} = \frac{1}{m} \sum_{i=1}^{m} \bigl(z^{(i)} - \mu\bigr)^2, \qquad \sigma = \sqrt{\text{var} + \varepsilon}, \qquad \hat{z}^{(i)} = \frac{z^{(i)} - \mu}{\sigma}.$$
#
# $\mu$, var and $\sigma$ have the shape $(n, 1)$, $\hat{Z}$ has the shape of $Z$. Each row of $\hat{Z}$ has the mean 0 and a variance of nearly 1. The small number $\varepsilon$ stands **inside** the root. It keeps a unit whose scores are all equal from becoming $0/0$.
#
# Must every unit have the mean 0 and the variance 1? No. The network may choose both, by two new parameters for each unit, **scale and shift**, $\gamma$ and $\beta$, shape $(n, 1)$. They are learned like the weights:
#
# $$\tilde{z}^{(i)} = \gamma \, \hat{z}^{(i)} + \beta .$$
#
# $\tilde{Z}$ takes the place of $Z$: the layer goes on with $A = \text{ReLU}(\tilde{Z})$. At the start $\gamma = 1$ and $\beta = 0$. (This $\beta$ has nothing to do with the $\beta$ of momentum.)
#
# *On paper.* One unit, three examples, $z = (3, 1, 8)$, and $\varepsilon = 1/3$ so that the root comes out even (usual is $10^{-5}$). The mean is 4, the differences are $(-1, -3, 4)$, the variance is $26/3$, so $\sigma = \sqrt{26/3 + 1/3} = 3$ and $\hat{z} = (-\frac{1}{3}, -1, \frac{4}{3})$.
# With $\gamma = 2$ and $\beta = 1$: $\tilde{z} = (\frac{1}{3}, -1, \frac{11}{3})$.
#
# ### Exercise 1: `batchnorm_forward`
#
# The way back will need some of the numbers again, and so will the running averages. They go into a dict, the cache.


# %% exercise="batchnorm_forward"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    """Normalise the scores of each unit over the batch, then scale and shift them.

    Args:
        Z: scores, shape (n, m), a row for each unit, of floats or whole numbers.
        gamma, beta: scale and shift of each unit, shape (n, 1), of floats or whole numbers; also 0 or negative.
        epsilon: a number from 1e-12 to 1, added to the variance.

    Returns:
        A tuple (Z_tilde, cache): an array of floats, shape (n, m), and a dict with
        "Z_hat": (Z - mu) / sigma, shape (n, m),
        "mu": the means, "var": the variances (divided by m, without epsilon), "sigma": sqrt(var + epsilon), each (n, 1),
        "gamma": the scale.
        A unit with equal scores up to 1000 (also: m = 1) has Z_hat = 0, up to rounding. Of a unit with scores around 1e5 that differ
        by about 1, the variance is still right to 9 digits.

    Example:
        batchnorm_forward(np.array([[3.0, 1.0, 8.0]]), np.array([[2.0]]), np.array([[1.0]]), 1 / 3) has Z_tilde =
        [[1/3, -1, 11/3]].
    """
    # 1. Mean and variance of each unit. Over which axis, and which shape do they need?
    # 2. The deviation, with epsilon in the right place; then Z_hat.
    # 3. Scale, shift, and keep what the docstring names.
    ### BEGIN SOLUTION
    mu = np.mean(Z, axis=1, keepdims=True)
    var = np.mean((Z - mu) ** 2, axis=1, keepdims=True)
    sigma = np.sqrt(var + epsilon)
    Z_hat = (Z - mu) / sigma
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The examples are columns, so the mean of a unit runs along its row: `axis=1`. With `keepdims=True` it stays a column, and `Z - mu` works. The deviation is the root of the variance **plus** `epsilon`, not the root plus `epsilon`.
# </details>

# %% check="batchnorm_forward" points=2
with checks.exercise("batchnorm_forward"):
    Z, gamma, beta = np.array([[3.0, 1.0, 8.0], [-5.0, 5.0, 6.0]]), np.array([[2.0], [-0.5]]), np.array([[1.0], [0.25]])
    checks.unchanged(batchnorm_forward, Z, gamma, beta, 1 / 3)
    what = "batchnorm_forward([[3, 1, 8], [-5, 5, 6]], [[2], [-0.5]], [[1], [0.25]], 1/3)"
    Z_tilde, cache = checks.results(what, batchnorm_forward(Z, gamma, beta, 1 / 3), ["Z_tilde", "cache"])
    checks.shape(f"Z_tilde of {what}", Z_tilde, (2, 3))
    slips = {"epsilon is missing": [0.3206338, -1.0380987, 3.7174649]}
    slips["epsilon must be inside the root"] = [0.3897329, -0.8308012, 3.4410683]
    slips["the variance is divided by m - 1"] = [0.4522774, -0.6431677, 3.1908902]
    slips |= {"the root is missing": [7 / 9, 1 / 3, 17 / 9], "scale and shift are missing": [-1 / 3, -1, 4 / 3]}
    slips["each row is a unit; here the mean is over the units"] = [2.9794866, -0.9215378, 2.7320508]
    checks.close(f"row 0 of Z_tilde of {what}", Z_tilde[0], [1 / 3, -1, 11 / 3], mistakes=slips)
    checks.keys(f"cache of {what}", cache, ["Z_hat", "mu", "var", "sigma", "gamma"])
    checks.close(f"Z_hat in the cache of {what}", cache["Z_hat"], [[-1 / 3, -1, 4 / 3], [-1.4, 0.6, 0.8]])
    checks.close(f"var in the cache of {what}", cache["var"], [[26 / 3], [74 / 3]])
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(Z, gamma, beta, epsilon):
        rows = Z.astype(float)
        var = np.array([[np.mean((row[:, None] - row) ** 2) / 2] for row in rows])  # half the mean square of all pairs
        mu = np.array([[row[0] + sum(z - row[0] for z in row.tolist()) / len(row)] for row in rows])
        inverse = (var + epsilon) ** -0.5
        Z_hat = np.einsum("jk,jl->jk", rows - mu, inverse)
        cache = {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": 1 / inverse, "gamma": gamma}
        return np.einsum("jk,jl->jk", Z_hat, gamma) + beta, cache

    def layer(rng, n, m):
        Z = rng.normal(rng.normal(0, 3, (n, 1)), rng.uniform(0.2, 4, (n, 1)), (n, m))
        return Z, rng.normal(0, 2, (n, 1)), rng.normal(0, 2, (n, 1)), float(10 ** rng.uniform(-6, -0.5))

    Z, gamma, beta, epsilon = layer(np.random.default_rng(20), 3, 6)
    flat = np.array([[2.5] * 4, Z[0, :4], [-1e4] * 4])
    others = {
        "with units whose scores are equal": (flat, gamma, beta, 1e-5),
        "with units whose scores are equal and epsilon = 1e-12": (flat, gamma, beta, 1e-12),
        "with one example": (flat[:, :1], gamma, beta, 1e-5),
        "with units of very different scales": (Z * [[1e-6], [1.0], [1e5]], gamma, beta, 1e-12),
        "with scores of about 1e60": (1e60 * Z, gamma, beta, 1e-5),
        "with epsilon = 1": (Z, gamma, beta, 1),
    }
    domain = {"real": {"Z": 1e6, "gamma": 100, "beta": 100}, "types": ["Z", "gamma", "beta"], "cases": others}
    domain |= {"returns": {"Z_tilde": (), "cache": ()}, "new": False, "atol": 1e-11}
    checks.agrees(batchnorm_forward, unit_by_unit, layer, sizes={"n": 130, "m": 1030}, **domain)
    for words, far in (("scores around 1e5", Z + 1e5), ("scores of about 0.01", 0.01 * Z)):
        found, wanted = batchnorm_forward(far, gamma, beta), unit_by_unit(far, gamma, beta, 1e-5)
        checks.close(f"with {words}, without epsilon, Z_tilde", found[0], wanted[0], rtol=1e-8, atol=1e-8)
        for key, theirs in wanted[1].items():
            scale, what = np.abs(theirs).max(), f"with {words}, without epsilon, {key} in the cache"
            checks.close(what, found[1][key] / scale, theirs / scale, rtol=1e-8, atol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. The way back
#
# *How does the cost change with a score, if each score changes the mean and the variance of all?*
#
# A word on $m$. In course 1, $dZ$ was the derivative of the *sum* of the losses, and each $dW$ was divided by $m$. Batch norm mixes the examples, so it is simpler to divide only once, at the output of the network. In this lesson each $d\ldots$ is the derivative of the cost $J$ itself: $d\tilde{Z} = \partial J / \partial \tilde{Z}$ comes from the layer above, and the division by $m$ is in it already.
#
# The parameters of a unit: $\gamma$ and $\beta$ are used by all examples, so their derivatives are sums over the batch,
#
# $$d\gamma = \sum_{i} d\tilde{z}^{(i)} \hat{z}^{(i)}, \qquad d\beta = \sum_{i} d\tilde{z}^{(i)}, \qquad \text{both } (n, 1), \qquad d\hat{z}^{(i)} = \gamma \, d\tilde{z}^{(i)}.$$
#
# For $dZ$ write batch norm as a **computation graph** (course 1, week 2) of five nodes:
#
# $$\mu = \frac{1}{m} \sum_i z^{(i)} \quad \to \quad c^{(i)} = z^{(i)} - \mu \quad \to \quad \text{var} = \frac{1}{m} \sum_i \bigl(c^{(i)}\bigr)^2 \quad \to \quad \sigma = \sqrt{\text{var} + \varepsilon} \quad \to \quad \hat{z}^{(i)} = \frac{c^{(i)}}{\sigma}.$$
#
# Go through it from the last node to the first: $d\hat{z} \to d\sigma \to d\text{var} \to dc \to d\mu \to dz$. Beside the chain rule two things matter. A number that all examples use ($\sigma$, $\mu$) collects a sum over the examples. A node that is used twice adds up what comes back: $c$ is used in var and in $\hat{z}$, and $z$ is used in $\mu$ and in $c$.
#
# *On paper.* The unit from above, $\hat{z} = (-\frac{1}{3}, -1, \frac{4}{3})$, $\sigma = 3$, $\gamma = 2$, $c = \sigma \hat{z} = (-1, -3, 4)$. From above comes $d\tilde{z} = (3, 0, 3)$. Then $d\gamma = -1 + 0 + 4 = 3$, $d\beta = 6$ and $d\hat{z} = (6, 0, 6)$. The nodes:
#
# | node | its derivative |
# |---|---|
# | $\sigma$ | $d\sigma = -\frac{1}{9} \, (6 \cdot (-1) + 0 \cdot (-3) + 6 \cdot 4) = -2$ |
# | var | $d\text{var} = -2 \cdot \frac{1}{2 \cdot 3} = -\frac{1}{3}$ |
# | $c$ | $dc = (2, 0, 2) + (\frac{2}{9}, \frac{6}{9}, -\frac{8}{9}) = (\frac{20}{9}, \frac{6}{9}, \frac{10}{9})$ |
# | $\mu$ | $d\mu = -(\frac{20}{9} + \frac{6}{9} + \frac{10}{9}) = -4$ |
# | $z$ | $dz = (\frac{20}{9}, \frac{6}{9}, \frac{10}{9}) - \frac{4}{3} = (\frac{8}{9}, -\frac{6}{9}, -\frac{2}{9})$ |
#
# ### Exercise 2: `batchnorm_backward`


# %% exercise="batchnorm_backward"
def batchnorm_backward(dZ_tilde, cache):
    """The derivatives of the cost with respect to the scores, the scales and the shifts.

    Args:
        dZ_tilde: the derivative of the cost with respect to Z_tilde, shape (n, m), of floats or whole numbers.
        cache: what batchnorm_forward returned for the same batch, a dict with the five keys of its docstring.

    Returns:
        A tuple (dZ, dgamma, dbeta) of arrays, shapes (n, m), (n, 1), (n, 1); that mean and variance depend on Z is counted.
        dgamma and dbeta are sums over the examples, not divided by m.

    Example:
        for the unit on paper and dZ_tilde = [[3, 0, 3]] it is ([[8/9, -6/9, -2/9]], [[3]], [[6]]).
    """
    # 1. The sums for gamma and beta, and the derivative of Z_hat.
    # 2. Back through the nodes: sigma, var, C, mu, Z. Which of them are used twice?
    ### BEGIN SOLUTION
    Z_hat, sigma, m = cache["Z_hat"], cache["sigma"], dZ_tilde.shape[1]
    C = sigma * Z_hat
    dZ_hat = cache["gamma"] * dZ_tilde
    dsigma = -np.sum(dZ_hat * C, axis=1, keepdims=True) / sigma**2
    dvar = dsigma / (2 * sigma)
    dC = dZ_hat / sigma + dvar * 2 * C / m
    dmu = -np.sum(dC, axis=1, keepdims=True)
    dgamma, dbeta = np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)
    return dC + dmu / m, dgamma, dbeta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# One line for each row of the table, in this order. `C = sigma * Z_hat` is not in the cache, but quickly made. All sums are `np.sum(…, axis=1, keepdims=True)`.
# </details>
# <details><summary>Hint 2</summary>
#
# $\hat{z} = c / \sigma$ has the derivative $-c / \sigma^2$ with respect to $\sigma$, and $\sigma$ has the derivative $1 / (2 \sigma)$ with respect to var. Compare each node with the numbers of the table.
# `dC` has two terms: `dZ_hat / sigma` from $\hat{z}$, and from var `dvar` times the derivative of $c^2 / m$. `dZ` has two terms as well: `dC`, and a share `1 / m` of `dmu`.
# </details>

# %% check="batchnorm_backward" points=3
with checks.exercise("batchnorm_backward"):
    cache = {"Z_hat": np.array([[-1 / 3, -1.0, 4 / 3], [-1.4, 0.6, 0.8]]), "sigma": np.array([[3.0], [5.0]])}
    cache |= {"gamma": np.array([[2], [-0.5]]), "mu": np.array([[4.0], [2.0]]), "var": np.array([[26 / 3], [74 / 3]])}
    dZ_tilde = np.array([[3.0, 0.0, 3.0], [1.0, -2.0, 4.0]])
    checks.unchanged(batchnorm_backward, dZ_tilde, cache)
    what = "batchnorm_backward([[3, 0, 3], [1, -2, 4]], cache), m = 3"
    dZ, dgamma, dbeta = checks.results(what, batchnorm_backward(dZ_tilde, cache), ["dZ", "dgamma", "dbeta"])
    checks.shape(f"dZ of {what}", dZ, (2, 3))
    slips = {"mu also depends on Z": [20 / 9, 6 / 9, 10 / 9], "sigma also depends on Z": [2 / 3, -4 / 3, 2 / 3]}
    slips |= {"mu and sigma also depend on Z": [2, 0, 2], "gamma is missing": [4 / 9, -3 / 9, -1 / 9]}
    slips["between sigma and var the derivative of the root is missing"] = [2, 8 / 3, -14 / 3]
    checks.close(f"row 0 of dZ of {what}", dZ[0], [8 / 9, -6 / 9, -2 / 9], mistakes=slips)
    checks.close(f"row 1 of dZ of {what}", dZ[1], [-0.028, 0.312, -0.284])
    checks.close(f"dgamma of {what}", dgamma, [[3.0], [0.6]], m=3)
    checks.close(f"dbeta of {what}", dbeta, [[6.0], [3.0]], m=3)
    ### BEGIN HIDDEN TESTS

    def by_jacobians(dZ_tilde, cache):
        h, m = cache["Z_hat"], dZ_tilde.shape[1]
        slopes = np.eye(m) - 1 / m - np.einsum("ji,jk->jik", h, h) / m
        dZ = np.einsum("ji,jik->jk", dZ_tilde, slopes) * cache["gamma"] / cache["sigma"]
        return dZ, np.einsum("jk,jk->j", dZ_tilde, h)[:, None], dZ_tilde @ np.ones((m, 1))

    def way_back(rng, n, m, epsilon=None, scale=1.0):
        Z, gamma = scale * rng.normal(0, rng.uniform(0.5, 4, (n, 1)), (n, m)), rng.normal(0, 2, (n, 1))
        mu, var, gamma = Z.mean(axis=1)[:, None], Z.var(axis=1)[:, None], gamma * rng.integers(0, 4, (n, 1)).clip(0, 1)
        sigma = np.sqrt(var + (epsilon or 10 ** rng.uniform(-5, 0)))
        cache = {"Z_hat": (Z - mu) / sigma, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}
        return rng.normal(0, 1, (n, m)), cache

    d, cache = way_back(np.random.default_rng(21), 3, 6, 1.0)
    others = {
        "with epsilon = 1 and gamma = 1": (d, cache | {"gamma": np.ones((3, 1))}),
        "with dZ_tilde that is Z_hat": (cache["Z_hat"].copy(), cache),
        "with a unit whose scores were equal": way_back(np.random.default_rng(22), 3, 6, 0.1, np.c_[[1, 0, 2]]),
        "with whole numbers in dZ_tilde and gamma": (np.rint(3 * d).astype(int), cache | {"gamma": np.c_[[2, -1, 1]]}),
        "with sigma of about 1e-6": way_back(np.random.default_rng(23), 3, 6, 1e-12, 1e-6),
        "with sigma of about 1e9": way_back(np.random.default_rng(24), 3, 6, 1e-5, 1e9),
    }
    domain = {"real": {"dZ_tilde": 1e6}, "types": ["dZ_tilde"], "returns": ["dZ", "dgamma", "dbeta"], "atol": 1e-11}
    checks.agrees(batchnorm_backward, by_jacobians, way_back, sizes={"n": 130, "m": 1030}, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The same, shorter
#
# *The graph has five nodes. How much of it is really needed?*
#
# Put the nodes together. With $c = \sigma \hat{z}$ the derivative of $\sigma$ is $d\sigma = -\frac{1}{\sigma} \sum_i d\hat{z}^{(i)} \hat{z}^{(i)}$, and so
#
# $$d\text{var} = -\frac{1}{2 \sigma^2} \sum_k d\hat{z}^{(k)} \hat{z}^{(k)}, \qquad
# dc^{(i)} = \frac{d\hat{z}^{(i)}}{\sigma} + \frac{2}{m} \sigma \hat{z}^{(i)} \, d\text{var} = \frac{1}{\sigma} \Bigl( d\hat{z}^{(i)} - \hat{z}^{(i)} \cdot \frac{1}{m} \sum_k d\hat{z}^{(k)} \hat{z}^{(k)} \Bigr).$$
#
# The sum in the last bracket is a mean over the batch. Now $d\mu = -\sum_i dc^{(i)}$. The row $\hat{z}$ has the mean 0, so one of the two parts of this sum is 0. Put the other one into $dz^{(i)} = dc^{(i)} + d\mu / m$. What is left has two means and no $m$.
#
# *On paper.* $d\hat{z} = (6, 0, 6)$, its mean is 4. The products $d\hat{z} \, \hat{z}$ are $(-2, 0, 8)$, their mean is 2. Find $dz = (\frac{8}{9}, -\frac{6}{9}, -\frac{2}{9})$ again with these two means, $\hat{z} = (-\frac{1}{3}, -1, \frac{4}{3})$ and $\sigma = 3$.
#
# ### Exercise 3: `batchnorm_backward_short`


# %% exercise="batchnorm_backward_short"
def batchnorm_backward_short(dZ_tilde, cache):
    """The same derivatives as batchnorm_backward, from less.

    Args:
        dZ_tilde: as in batchnorm_backward.
        cache: a dict with at least "Z_hat", "sigma" and "gamma" of batchnorm_forward. Other keys may be missing.

    Returns:
        A tuple (dZ, dgamma, dbeta), as in batchnorm_backward.
    """
    # 1. The two sums for gamma and beta, as before, and dZ_hat.
    # 2. Two means over the batch, each of shape (n, 1); then dZ in one line.
    ### BEGIN SOLUTION
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    centre = np.mean(dZ_hat, axis=1, keepdims=True)
    slope = np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)
    dgamma, dbeta = np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)
    return (dZ_hat - centre - Z_hat * slope) / cache["sigma"], dgamma, dbeta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Add up the formula of $dc^{(i)}$ over all $i$: the second term is $\hat{z}^{(i)}$ times something that does not depend on $i$, so its sum is 0. So $d\mu / m$ is minus the mean of $d\hat{z}$, divided by $\sigma$, and $\sigma \, dz^{(i)}$ has three terms.
# </details>

# %% check="batchnorm_backward_short" points=2
with checks.exercise("batchnorm_backward_short"):
    cache = {"Z_hat": np.array([[-1 / 3, -1.0, 4 / 3], [-1.4, 0.6, 0.8]]), "sigma": np.array([[3.0], [5.0]])}
    cache |= {"gamma": np.array([[2.0], [-0.5]])}
    dZ_tilde = np.array([[3.0, 0.0, 3.0], [1.0, -2.0, 4.0]])
    checks.unchanged(batchnorm_backward_short, dZ_tilde, cache)
    what = "batchnorm_backward_short([[3, 0, 3], [1, -2, 4]], cache), m = 3"
    dZ, dgamma, dbeta = checks.results(what, batchnorm_backward_short(dZ_tilde, cache), ["dZ", "dgamma", "dbeta"])
    checks.shape(f"dZ of {what}", dZ, (2, 3))
    slips = {"the mean of dZ_hat is missing": [20 / 9, 6 / 9, 10 / 9], "gamma is missing": [4 / 9, -3 / 9, -1 / 9]}
    slips |= {"the term with Z_hat is missing": [2 / 3, -4 / 3, 2 / 3], "sigma is missing": [8 / 3, -2, -2 / 3]}
    checks.close(f"row 0 of dZ of {what}", dZ[0], [8 / 9, -6 / 9, -2 / 9], mistakes=slips)
    checks.close(f"row 1 of dZ of {what}", dZ[1], [-0.028, 0.312, -0.284])
    checks.close(f"dgamma of {what}", dgamma, [[3.0], [0.6]], m=3)
    checks.close(f"dbeta of {what}", dbeta, [[6.0], [3.0]], m=3)
    ### BEGIN HIDDEN TESTS

    def by_jacobians(dZ_tilde, cache):
        h, m = cache["Z_hat"], dZ_tilde.shape[1]
        slopes = np.eye(m) - 1 / m - np.einsum("ji,jk->jik", h, h) / m
        dZ = np.einsum("ji,jik->jk", dZ_tilde, slopes) * cache["gamma"] / cache["sigma"]
        return dZ, np.einsum("jk,jk->j", dZ_tilde, h)[:, None], dZ_tilde @ np.ones((m, 1))

    def way_back(rng, n, m, epsilon=None, scale=1.0):
        Z, gamma = scale * rng.normal(0, rng.uniform(0.5, 4, (n, 1)), (n, m)), rng.normal(0, 2, (n, 1))
        gamma *= rng.integers(0, 4, (n, 1)).clip(0, 1)
        sigma = np.sqrt(Z.var(axis=1, keepdims=True) + (epsilon or 10 ** rng.uniform(-5, 0)))
        cache = {"gamma": gamma, "Z_hat": (Z - Z.mean(axis=1)[:, None]) / sigma, "sigma": sigma}
        return rng.normal(0, 1, (n, m)), cache

    d, cache = way_back(np.random.default_rng(22), 3, 6, epsilon=1.0)
    others = {
        "with epsilon = 1 and gamma = 1": (d, cache | {"gamma": np.ones((3, 1))}),
        "with dZ_tilde that is Z_hat": (cache["Z_hat"].copy(), cache),
        "with a unit whose scores were equal": way_back(np.random.default_rng(22), 3, 6, 0.1, np.c_[[1, 0, 2]]),
        "with whole numbers in dZ_tilde and gamma": (np.rint(3 * d).astype(int), cache | {"gamma": np.c_[[2, -1, 1]]}),
        "with sigma of about 1e-6": way_back(np.random.default_rng(23), 3, 6, 1e-12, 1e-6),
        "with sigma of about 1e9": way_back(np.random.default_rng(24), 3, 6, 1e-5, 1e9),
        "with more keys in the cache": (d, cache | {"mu": cache["sigma"] + 5, "var": cache["sigma"] + 7}),
    }
    domain = {"real": {"dZ_tilde": 1e6}, "types": ["dZ_tilde"], "returns": ["dZ", "dgamma", "dbeta"], "cases": others}
    checks.agrees(batchnorm_backward_short, by_jacobians, way_back, sizes={"n": 130, "m": 1030}, atol=1e-11, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The short formula says two things that one does not see in the graph. Add up $dz^{(i)}$ over the batch: the first two terms cancel and the third is 0, so
#
# $$\sum_i dz^{(i)} = 0 .$$
#
# The gradient of a bias is this sum (as in course 1; the division by $m$ has been done at the output). So **a bias before batch norm has the gradient 0**. It could not do anything anyway: it adds the same number to all scores of a unit, and the mean takes it away. Layers with batch norm have no bias; $\beta$ has its place.
# The second: if all weights of a unit are multiplied by $a > 0$, its $z$ and $\sigma$ grow by $a$ and $\hat{z}$ stays (but for $\varepsilon$). The layers above do not notice. But $dz$ has $\sigma$ in the denominator: it is divided by $a$. The cell shows both.

# %%
rng = np.random.default_rng(0)
gamma, beta, d = rng.normal(size=(64, 1)), rng.normal(size=(64, 1)), rng.normal(size=(64, 256))
Z = rng.normal(0, 2, (64, 64)) @ X_train[:, :256]
Z_tilde, _ = batchnorm_forward(Z, gamma, beta)
for name, changed in (("as it is", Z), ("with a bias of 7", Z + 7), ("weights times 10", 10 * Z)):
    other, cache = batchnorm_forward(changed, gamma, beta)
    dZ, _, _ = batchnorm_backward_short(d, cache)
    moved, slope = np.abs(other - Z_tilde).max(), np.abs(dZ.sum(axis=1)).max()
    norm = np.linalg.norm(dZ)
    print(f"{name:17}: Z_tilde moves by {moved:.0e}, norm of dZ {norm:6.2f}, gradient of a bias {slope:.0e}")

# %% [markdown]
# *What to notice.* The bias moves nothing, and its gradient is 0 up to rounding. With ten times larger weights $\tilde{Z}$ is nearly the same ($\varepsilon$ counts a little), and $dZ$ is ten times smaller.
# This is a brake. A step that is too long makes the weights large, and then the next steps are short. A network without batch norm has no such brake.
#
# ## 4. In your network
#
# *Where does it stand in a deep network?*
#
# Between the product and the ReLU of each hidden layer $l = 1, \dots, L-1$, with $A_0 = X$; the output layer has none:
#
# $$Z_l = W_l A_{l-1} \;\to\; \tilde{Z}_l = \text{batch norm of } Z_l \text{ with } \gamma_l, \beta_l \;\to\; A_l = \max(0, \tilde{Z}_l), \qquad\quad A_L = \text{softmax}(W_L A_{L-1} + b_L).$$
#
# The parameters are $W_l$, $\gamma_l$, $\beta_l$ for each hidden layer and $W_L$, $b_L$. Softmax is still the black box of `dense` (the next lesson takes it apart).
# On the way back, with derivatives of $J$:
#
# $$dZ_L = \frac{1}{m} (A_L - Y), \qquad dW_L = dZ_L A_{L-1}^T, \qquad db_L = \text{the sums of the rows of } dZ_L,$$
#
# and for each hidden layer from the last to the first: $dA_l = W_{l+1}^T dZ_{l+1}$, through ReLU to $d\tilde{Z}_l$ (0 where $\tilde{Z}_l \le 0$), through batch norm to $dZ_l$, $d\gamma_l$, $d\beta_l$, and $dW_l = dZ_l A_{l-1}^T$. Outside batch norm there is no other $1/m$.
#
# | call | what it gives |
# |---|---|
# | `dense.linear_activation_forward(A, W, b, "softmax")` | the probabilities $A_L$, shape $(n_L, m)$, and a cache that you do not need |
# | `dense.deep_cost(AL, Y, "softmax")` | the cost $J$, a number |
#
# ### Exercise 4: `batchnorm_gradients`


# %% exercise="batchnorm_gradients"
def batchnorm_gradients(X, Y, parameters):
    """The cost of a network with batch norm in its hidden layers, and its gradient.

    Args:
        X: a batch of examples, shape (n_0, m). Y: labels, shape (n_L, m): one-hot, or shares that add up to 1 in
            each column. Both floats or whole numbers.
        parameters: a dict of floats: "W1", "gamma1", "beta1", ..., and "WL", "bL" for the output layer L, 1 <= L <= 20.
            Wl is (n_l, n_(l-1)), the others (n_l, 1). The keys come in any order; there are no others.

    Returns:
        A tuple (J, grads, caches): the cost, a number, as dense.deep_cost gives it; a dict with the key "d" + key for
        each parameter, the derivative of J, a new array of its shape; a list of the L - 1 caches that batchnorm_forward
        gave, from layer 1 upward. epsilon has its usual value 1e-5. The slope of ReLU at 0 is 0.

    Example:
        with L = 1 it is softmax regression: grads has dW1 and db1, and caches is [].
    """
    # 1. How many layers are there, if each hidden one has three parameters and the last has two?
    # 2. Forward through the hidden layers. Keep what the way back needs: the inputs, Z_tilde, the cache.
    # 3. The output layer, the cost, and its gradients.
    # 4. Back, from layer L - 1 to 1.
    ### BEGIN SOLUTION
    L = (len(parameters) + 1) // 3  # equivalent "1 → 2": there are 3 L - 1 parameters
    A, inputs, outputs, caches = X, [], [], []
    for layer in range(1, L):
        inputs.append(A)
        W, gamma, beta = parameters[f"W{layer}"], parameters[f"gamma{layer}"], parameters[f"beta{layer}"]
        Z_tilde, cache = batchnorm_forward(W @ A, gamma, beta)
        outputs.append(Z_tilde)
        caches.append(cache)
        A = np.maximum(0, Z_tilde)
    AL, _ = dense.linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "softmax")
    dZ = (AL - Y) / Y.shape[1]
    grads = {f"dW{L}": dZ @ A.T, f"db{L}": np.sum(dZ, axis=1, keepdims=True)}
    for layer in range(L - 1, 0, -1):
        dZ_tilde = parameters[f"W{layer + 1}"].T @ dZ * (outputs[layer - 1] > 0)
        dZ, grads[f"dgamma{layer}"], grads[f"dbeta{layer}"] = batchnorm_backward(dZ_tilde, caches[layer - 1])
        grads[f"dW{layer}"] = dZ @ inputs[layer - 1].T
    return dense.deep_cost(AL, Y, "softmax"), grads, caches
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $L$ layers have $3 (L - 1) + 2 = 3L - 1$ parameters. Forward: `for layer in range(1, L)`. Append `A` to a list of inputs before it changes.
# </details>
# <details><summary>Hint 2</summary>
#
# Back: `for layer in range(L - 1, 0, -1)`. At its beginning `dZ` belongs to the layer above, whose weights are `parameters[f"W{layer + 1}"]`; at its end it must belong to `layer`. `dA * (Z_tilde > 0)` goes through ReLU. Lists that start at 0 hold layer `l` at `l - 1`.
# </details>

# %% check="batchnorm_gradients" points=4
with checks.exercise("batchnorm_gradients"):
    X, Y = np.array([[1.0, -2.0, 0.5, 3.0], [0.0, 1.0, -1.0, 2.0]]), np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    p = {"W1": np.array([[1.0, 2.0], [-2.0, 0.5]]), "W2": np.array([[1.0, -1.0], [0.5, 2.0]])}
    p |= {"gamma1": np.array([[1.0], [0.5]]), "beta1": np.array([[0.4], [0.3]]), "b2": np.array([[0.3], [-0.3]])}
    checks.unchanged(batchnorm_gradients, X, Y, p)
    what = "batchnorm_gradients(X, Y, parameters), L = 2, m = 4"
    J, grads, caches = checks.results(what, batchnorm_gradients(X, Y, p), ["J", "grads", "caches"])
    checks.keys(f"grads of {what}", grads, [f"d{key}" for key in p])
    checks.length(f"caches of {what}", caches, 1)
    checks.close(f"J of {what}", J, 0.369437190)
    checks.close(f"db2 of {what}", grads["db2"], [[-0.015350929], [0.015350929]], m=4)
    slips = {"the way through ReLU is missing": [[-0.085356437], [-0.261866347]]}
    slips["ReLU is applied to Z_tilde, not to Z"] = [[-0.023361763], [-0.075801235]]
    checks.close(f"dgamma1 of {what}", grads["dgamma1"], [[-0.023361763], [-0.119536229]], m=4, mistakes=slips)
    checks.close(f"dW1 of {what}", grads["dW1"], [[-0.011801139, 0.005900558], [0.012079637, 0.048318447]], m=4)
    ### BEGIN HIDDEN TESTS

    def layer_by_layer(X, Y, parameters):
        L, m = sum(key[0] == "W" for key in parameters), X.shape[1]
        A, below, masks, caches, grads = X.astype(float), [], [], [], {}
        for n in range(1, L):
            Z = np.einsum("jk,ki->ji", parameters[f"W{n}"], A)
            mu, var = np.average(Z, axis=1)[:, None], np.average((Z.T - Z.T.mean(axis=0)) ** 2, axis=0)[:, None]
            sigma, gamma, beta = (var + 1e-5) ** 0.5, parameters[f"gamma{n}"], parameters[f"beta{n}"]
            caches.append({"Z_hat": (Z - mu) / sigma, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma})
            below.append(A)
            A = np.clip(beta + gamma * (Z - mu) / sigma, 0, None)
            masks.append(A > 0)
        Z = parameters[f"W{L}"] @ A + parameters[f"b{L}"]
        AL = np.exp(Z - np.logaddexp.reduce(Z, axis=0))
        dZ = (AL - Y) / m
        for n in range(L, 0, -1):
            if n < L:
                d = np.where(masks[n - 1], np.einsum("jk,ji->ki", parameters[f"W{n + 1}"], dZ), 0)
                hat, sigma, gamma = (caches[n - 1][key] for key in ("Z_hat", "sigma", "gamma"))
                grads |= {f"dbeta{n}": d @ np.ones((m, 1)), f"dgamma{n}": np.einsum("ji,ji->j", d, hat)[:, None]}
                slopes = np.eye(m) - 1 / m - np.einsum("ji,jk->jik", hat, hat) / m
                dZ = np.einsum("ji,jik->jk", d, slopes) * gamma / sigma
            grads[f"dW{n}"] = np.einsum("ji,ki->jk", dZ, below[n - 1] if n < L else A)
        grads[f"db{L}"] = ((AL - Y) @ np.ones((m, 1))) / m
        return -float(np.sum(Y * np.log(np.maximum(AL, 1e-15)))) / m, grads, caches

    def network(rng, n_0, n, m, L):
        dims, p = [n_0, *rng.integers(2, 7, L - 1).tolist(), n], {f"b{L}": rng.normal(size=(n, 1))}
        for i in range(1, L + 1):
            p[f"W{i}"] = rng.normal(0, 1, (dims[i], dims[i - 1]))
            laws = {f"gamma{i}": (0.5, 1), f"beta{i}": (0.3, 0.7)} if i < L else {}
            p |= {name: rng.normal(*law, (dims[i], 1)) for name, law in laws.items()}
        Y = rng.dirichlet(np.ones(n), m).T.copy() if m % 2 else np.eye(n)[rng.integers(0, n, m)].T
        return rng.normal(0, 1, (n_0, m)), Y, {key: p[key] for key in rng.permutation(list(p)).tolist()}

    X, Y, p = network(np.random.default_rng(23), 3, 4, 6, 3)
    others = {
        "with gamma and beta of 0 in layer 1": (X, Y, p | {"gamma1": 0 * p["gamma1"], "beta1": 0 * p["beta1"]}),
        "with large scores at the output": (X, Y, p | {"W3": 200 * p["W3"]}),
        "with whole numbers in X and Y": (np.rint(3 * X).astype(int), np.eye(4, dtype=int)[:, [0, 3, 2, 2, 1, 0]], p),
    }
    domain = {"real": {"X": 1}, "types": ["X"], "returns": {"J": (), "grads": (), "caches": ()}, "new": False}
    sizes = {"n_0": 110, "n": 110, "m": 310, "L": 12}
    checks.agrees(batchnorm_gradients, layer_by_layer, network, sizes=sizes, cases=others, atol=1e-11, **domain)
    grads = batchnorm_gradients(X, Y, p)[1]
    checks.gradients("grads of batchnorm_gradients, L = 3", lambda t: layer_by_layer(X, Y, t)[0], grads, p)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. At test time
#
# *With which mean does one normalise a single picture?*
#
# With a batch of one picture, $\mu$ is the score itself, so $\hat{z} = 0$ and each picture gets the same answer, made of $\beta$ alone. In larger batches the answer for a picture depends on the other pictures. Neither is what we want. At test time one takes a mean and a variance from the *training*: the **running averages** over its batches, as in week 2,
#
# $$\mu_{\text{run}} \leftarrow \rho \, \mu_{\text{run}} + (1 - \rho) \, \mu, \qquad \text{var}_{\text{run}} \leftarrow \rho \, \text{var}_{\text{run}} + (1 - \rho) \, \text{var}, \qquad 0 \le \rho < 1 .$$
#
# $\rho$ is called `momentum`. With 0.9 about the last ten batches count. That is good here, because the weights change. All shapes are $(n, 1)$. We start with $\mu_{\text{run}} = 0$ and $\text{var}_{\text{run}} = 1$; after a hundred batches hardly anything is left of them.
#
# *On paper.* $\rho = 0.9$, $\mu_{\text{run}} = 2$, $\text{var}_{\text{run}} = 10$, and the batch has $\mu = 4$ and $\text{var} = 5$: now $\mu_{\text{run}} = 1.8 + 0.4 = 2.2$ and $\text{var}_{\text{run}} = 9 + 0.5 = 9.5$.
#
# ### Exercise 5: `update_running`


# %% exercise="update_running"
def update_running(running, cache, momentum=0.9):
    """The running averages of mean and variance after one more batch.

    Args:
        running: the averages so far, a dict with "mu" and "var", both of shape (n, 1), of floats or whole numbers.
        cache: what batchnorm_forward returned for the batch, a dict with the five keys of its docstring.
        momentum: the share of the old averages, a number with 0 <= momentum < 1.

    Returns:
        A new dict with "mu" and "var": new arrays of floats, shape (n, 1). What is averaged is "mu" and "var" of the cache
        as they are (the variance divided by m, without epsilon).

    Example:
        update_running({"mu": np.array([[2.0]]), "var": np.array([[10.0]])}, cache) with mu [[4]] and var [[5]] in the cache
        is {"mu": [[2.2]], "var": [[9.5]]}.
    """
    # The same average for both: how much of the old, how much of the new?
    ### BEGIN SOLUTION
    return {key: momentum * running[key] + (1 - momentum) * cache[key] for key in ("mu", "var")}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `momentum` belongs to the old average. In PyTorch it is the other way round: there `momentum=0.1` means your 0.9.
# </details>

# %% check="update_running" points=1
with checks.exercise("update_running"):
    cache = {"Z_hat": np.outer(np.sqrt([7.5 / 5.25, 3 / 2.25]), [-1, 0, 1]), "gamma": np.array([[1.0], [1.0]])}
    cache |= {"mu": np.array([[4.0], [-1.0]]), "var": np.array([[5.0], [2.0]])}
    cache["sigma"] = np.array([[5.25], [2.25]]) ** 0.5
    running = {"mu": np.array([[2.0], [3.0]]), "var": np.array([[10.0], [1.0]])}
    checks.unchanged(update_running, running, cache)
    what, new = "update_running(running, cache)", update_running(running, cache)
    checks.keys(what, new, ["mu", "var"])
    slips = {"momentum is the share of the old averages": [[3.8], [-0.6]], "these are sums": [[6.0], [2.0]]}
    checks.close(f"mu of {what}", new["mu"], [[2.2], [2.6]], mistakes=slips)
    slips = {"the variance of the cache is taken as it is; m - 1 has no place here": [[9.75], [1.2]]}
    slips |= {"sigma is averaged; take the variance": [[9.2291288], [1.05]], "epsilon is in it": [[9.525], [1.125]]}
    checks.close(f"var of {what}", new["var"], [[9.5], [1.1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_gaps(running, cache, momentum):
        return {k: cache[k] * 1.0 - momentum * (cache[k] * 1.0 - running[k]) for k in ("mu", "var")}

    def one_batch(rng, n, m):
        Z, epsilon = rng.normal(0, 2, (n, m)) + rng.normal(0, 3, (n, 1)), float(rng.uniform(0.01, 1))
        mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
        sigma = np.sqrt(var + epsilon)
        cache = {"Z_hat": (Z - mu) / sigma, "mu": mu, "var": var, "sigma": sigma, "gamma": rng.normal(0, 1, (n, 1))}
        running = {"var": rng.uniform(0.1, 9, (n, 1)), "mu": rng.normal(0, 3, (n, 1))}
        return running, cache, float(rng.uniform(0.05, 0.99))

    running, cache, _ = one_batch(np.random.default_rng(24), 3, 5)
    scale = {"mu": 1e-8, "sigma": 1e-8, "var": 1e-16}
    small_ones = [{key: scale.get(key, 1) * array for key, array in each.items()} for each in (running, cache)]
    others = {
        "with momentum = 0": (running, cache, 0),
        "with momentum = 0.9999": (running, cache, 0.9999),
        "at the start, mu = 0 and var = 1": ({"mu": np.zeros((3, 1)), "var": np.ones((3, 1))}, cache, 0.9),
        "with scores of about 1e-8": (*small_ones, 0.9),
        "with averages that hardly differ": ({key: 1.000001 * cache[key] for key in running}, cache, 0.9),
    }
    domain = {"real": {"running": 1e6}, "types": ["running"], "cases": others}
    checks.agrees(update_running, by_gaps, one_batch, sizes={"n": 1030, "m": 130}, **domain)
    found, wanted = update_running(running, cache)["var"], by_gaps(running, cache, 0.9)["var"]
    checks.close("var of update_running(running, cache), without momentum", found, wanted, rtol=1e-9)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6: `batchnorm_inference`
#
# At test time the running averages take the place of $\mu$ and var, the rest stays: the variance plus $\varepsilon$ under the root, then scale and shift.
#
# *On paper.* $\mu_{\text{run}} = 2$, $\text{var}_{\text{run}} = 8$, $\varepsilon = 1$, so the root is 3. With $\gamma = 2$ and $\beta = 1$ the score $z = 6.5$ becomes $2 \cdot 4.5/3 + 1 = 4$, whatever stands next to it.


# %% exercise="batchnorm_inference"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    """Batch norm at test time: with the running averages, so that each example is on its own.

    Args:
        Z: scores, shape (n, m), of floats or whole numbers. gamma, beta: as in batchnorm_forward.
        running: a dict with "mu" and "var" (>= 0), both of shape (n, 1), of floats or whole numbers.
        epsilon: a number from 1e-12 to 1, added to the variance.

    Returns:
        Z_tilde, an array of floats, shape (n, m).

    Example:
        batchnorm_inference(np.array([[6.5]]), np.array([[2.0]]), np.array([[1.0]]), {"mu": np.array([[2.0]]),
        "var": np.array([[8.0]])}, 1) is [[4.0]].
    """
    # Which numbers of the batch at hand are needed?
    ### BEGIN SOLUTION
    return gamma * (Z - running["mu"]) / np.sqrt(running["var"] + epsilon) + beta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# No mean and no variance is computed here. `running["mu"]` and `running["var"]` are columns already.
# </details>

# %% check="batchnorm_inference" points=1
with checks.exercise("batchnorm_inference"):
    Z, gamma, beta = np.array([[6.5, 2.0, -4.0], [0.5, 3.0, 1.0]]), np.array([[2.0], [-1.5]]), np.array([[1.0], [0.5]])
    running = {"mu": np.array([[2.0], [-1.0]]), "var": np.array([[8.0], [3.0]])}
    checks.unchanged(batchnorm_inference, Z, gamma, beta, running, 1)
    what = "batchnorm_inference(Z, gamma, beta, running, 1), Z of shape (2, 3)"
    found = batchnorm_inference(Z, gamma, beta, running, 1)
    checks.shape(what, found, (2, 3))
    slips = {"the mean and the variance of the batch at hand must not matter": [3.2645541, 1.2264554, -1.4910095]}
    slips |= {"epsilon is missing": [4.1819805, 1.0, -3.2426407], "the root is missing": [2.0, 1.0, -1 / 3]}
    slips["epsilon must be inside the root"] = [3.3508349, 1.0, -2.1344465]
    checks.close(f"row 0 of {what}", found[0], [4.0, 1.0, -3.0], mistakes=slips)
    checks.close(f"row 1 of {what}", found[1], [-0.625, -2.5, -1.0])
    alone = batchnorm_inference(Z[:, 2:], gamma, beta, running, 1)
    checks.close("the last column alone", alone, [[-3.0], [-1.0]])
    ### BEGIN HIDDEN TESTS

    def score_by_score(Z, gamma, beta, running, epsilon):
        found = np.zeros(Z.shape)
        for j in range(len(Z)):
            factor = float(gamma[j, 0]) / float(running["var"][j, 0] + epsilon) ** 0.5
            found[j] = [factor * (z - float(running["mu"][j, 0])) + float(beta[j, 0]) for z in Z[j].tolist()]
        return found

    def at_test_time(rng, n, m):  # among the variances are 0, tiny and large ones
        var = rng.uniform(0.1, 9, (n, 1)) * rng.choice([0, 1e-9, 1, 1, 1e8], (n, 1))
        columns, running = (rng.normal(0, 2, (n, 1)) for _ in range(2)), {"var": var, "mu": rng.normal(0, 3, (n, 1))}
        return rng.normal(0, 3, (n, m)), *columns, running, float(10 ** rng.uniform(-4, 0))

    Z, gamma, beta, running, _ = at_test_time(np.random.default_rng(26), 4, 6)
    whole = {"mu": np.array([[0], [3], [-2], [5]]), "var": np.array([[1], [2], [0], [9]])}
    others = {
        "with epsilon = 1e-12": (Z, gamma, beta, running | {"var": np.array([[0.0], [1e-12], [2e-10], [1.0]])}, 1e-12),
        "with running averages 0 and 1, epsilon = 1": (Z, gamma, beta, {"mu": 0 * beta, "var": 0 * beta + 1}, 1),
        "with whole numbers in running": (Z, gamma, beta, whole, 1e-5),
    }
    domain = {"real": {"Z": 1e6, "gamma": 100, "beta": 100}, "types": ["Z", "gamma", "beta"], "cases": others}
    checks.agrees(batchnorm_inference, score_by_score, at_test_time, sizes={"n": 130, "m": 1030}, **domain)
    low = running | {"var": np.array([[1e-4], [3e-5], [1e-5], [0.0]])}
    found, wanted = batchnorm_inference(Z, gamma, beta, low), score_by_score(Z, gamma, beta, low, 1e-5)
    checks.close("batchnorm_inference(Z, gamma, beta, running), without epsilon", found, wanted, rtol=1e-9)
    ### END HIDDEN TESTS

# %% [markdown]
# Now a training. `train` takes mini-batches, notes the running averages of each hidden layer, and also trains the plain network of course 1 (if there is no `"gamma1"`).


# %%
def start(dims, seed, batch_norm=True, spread=None):
    """First parameters: He's weights, or normal ones with the deviation spread; with batch norm, gamma 1 and beta 0."""
    parameters, rng = dense.initialize_deep(dims, seed), np.random.default_rng(seed)
    for layer in range(1, len(dims)):
        if spread is not None:
            parameters[f"W{layer}"] = spread * rng.normal(size=(dims[layer], dims[layer - 1]))
        if batch_norm and layer < len(dims) - 1:
            parameters[f"beta{layer}"] = parameters.pop(f"b{layer}")
            parameters[f"gamma{layer}"] = np.ones((dims[layer], 1))
    return parameters


def gradients(X, Y, parameters):
    """Cost, gradients and caches of batch norm, whichever kind of network the parameters belong to."""
    if "gamma1" in parameters:
        return batchnorm_gradients(X, Y, parameters)
    AL, caches = dense.deep_forward(X, parameters, "softmax")
    return dense.deep_cost(AL, Y, "softmax"), dense.deep_backward(AL, Y, caches), []


@np.errstate(all="ignore")  # what diverges may overflow
def train(parameters, learning_rate, epochs, seed, size=64):
    """Mini-batch gradient descent on the small digits: the parameters, and the running averages of the hidden layers."""
    loader, gammas = DataLoader(X_train, Y_train, size, seed), [key for key in parameters if key.startswith("gamma")]
    running = [{"mu": 0 * parameters[key], "var": 0 * parameters[key] + 1} for key in gammas]
    for X, Y in (batch for _ in range(epochs) for batch in loader):
        _, grads, caches = gradients(X, Y, parameters)
        running = [update_running(old, cache) for old, cache in zip(running, caches, strict=True)]
        parameters = dense.update(parameters, grads, learning_rate)
    return parameters, running


# %%
@np.errstate(all="ignore")
def scores(X, parameters, running=None):
    """The scores of the output layer; with batch norm from the running averages, or from X itself if there are none."""
    if "gamma1" not in parameters:
        return dense.deep_forward(X, parameters, "softmax")[1][-1][3]
    A, L = X, (len(parameters) + 1) // 3
    for layer in range(1, L):
        Z, gamma, beta = parameters[f"W{layer}"] @ A, parameters[f"gamma{layer}"], parameters[f"beta{layer}"]
        kept = running and running[layer - 1]
        A = np.maximum(0, batchnorm_inference(Z, gamma, beta, kept) if kept else batchnorm_forward(Z, gamma, beta)[0])
    return parameters[f"W{L}"] @ A + parameters[f"b{L}"]


def right(Z):
    """The share of the test pictures, in %, whose class has the largest score in Z, shape (10, 359)."""
    return 100 * np.mean(Z.argmax(axis=0) == small.Y_test[0])


# %%
DEEP = [64, 64, 64, 64, 64, 64, 10]
normed = {seed: train(start(DEEP, seed), 0.1, 8, seed) for seed in range(3)}
places, batches = np.random.default_rng(0).permutation(X_test.shape[1]), [1, 2, 4, 8, 16, 32, 64, 128, 359]
for seed, (parameters, running) in normed.items():
    shares = []
    for size in batches:
        Z = np.zeros((10, X_test.shape[1]))
        for piece in np.split(places, range(size, X_test.shape[1], size)):
            Z[:, piece] = scores(X_test[:, piece], parameters)
        shares.append(right(Z))
    plt.plot(batches, shares, marker="o", color=plots.COLORS[0], label="mean of the test batch" if seed == 0 else None)
    level, label = right(scores(X_test, parameters, running)), "running averages" if seed == 0 else None
    plt.axhline(level, color=plots.COLORS[1], linestyle="--", linewidth=1, label=label)
    print(f"seed {seed}: {level:.1f} % right with the running averages, {shares[0]:.1f} % one by one without")
plt.xscale("log", base=2)
plt.xticks(batches, batches)
title = "At test time a small batch has the wrong mean; the running averages need no batch"
plt.gca().set(xlabel="pictures in a test batch", ylabel="right in %", title=title)
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Each line is a network with five hidden layers and batch norm, trained for 8 epochs; there are three seeds. With the running averages it reads more than 95 of 100 test pictures. With the mean of the test batch it is as good only if the batch is large. One by one, each picture gets the same answer, and one in ten is right by luck.
#
# ### Exercise 7: `fold_batchnorm`
#
# At test time batch norm is a fixed straight line for each unit, and the layer before it is linear too. Two linear steps are one. So the trained network can do without batch norm: put $\gamma$, $\beta$ and the running averages into new weights and a new bias. With $W$ of shape $(n, n_{prev})$ we want, for each $A$ of shape $(n_{prev}, m)$,
#
# $$W_{\text{fold}} \, A + b_{\text{fold}} = \text{batch norm at test time of } (W A + b).$$
#
# Your network has no $b$ there; others have, so the exercise has one as well (it may be 0).
#
# *On paper.* One unit, $W = (3, -6)$, $b = 5$, $\mu_{\text{run}} = 2$, $\text{var}_{\text{run}} = 8$, $\varepsilon = 1$, $\gamma = 2$, $\beta = 1$. A score is multiplied by $\frac{2}{3}$, so $W_{\text{fold}} = (2, -4)$, and what does not depend on $A$ is $\frac{2}{3} (5 - 2) + 1 = 3$.


# %% exercise="fold_batchnorm"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    """The weights and the bias of one layer that does what a layer and batch norm at test time do together.

    Args:
        W, b: of the layer before batch norm, shapes (n, n_prev) and (n, 1), of floats or whole numbers.
        gamma, beta, running, epsilon: as in batchnorm_inference.

    Returns:
        A tuple (W_fold, b_fold) of new arrays of floats, shapes (n, n_prev) and (n, 1), so that W_fold @ A + b_fold is
        batchnorm_inference(W @ A + b, gamma, beta, running, epsilon) for each A.

    Example:
        for the unit on paper it is ([[2.0, -4.0]], [[3.0]]).
    """
    # 1. By which number is each unit multiplied?
    # 2. Sort the rest by what depends on A and what does not.
    ### BEGIN SOLUTION
    factor = gamma / np.sqrt(running["var"] + epsilon)
    return factor * W, factor * (b - running["mu"]) + beta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Write $z = w A + b$ into $\gamma \frac{z - \mu}{\sigma} + \beta$ and expand. What stands before $A$? As a column of shape $(n, 1)$ it multiplies each row of `W` by its own number.
# </details>

# %% check="fold_batchnorm" points=2
with checks.exercise("fold_batchnorm"):
    W, b = np.array([[3.0, -6.0, 0.0], [2.0, 4.0, -1.0]]), np.array([[5.0], [1.0]])
    gamma, beta, running = np.array([[2.0], [-1.0]]), np.array([[1.0], [0.5]]), {"mu": np.array([[2.0], [-3.0]])}
    running["var"] = np.array([[8.0], [3.0]])
    checks.unchanged(fold_batchnorm, W, b, gamma, beta, running, 1)
    what = "fold_batchnorm(W, b, gamma, beta, running, 1), W of shape (2, 3)"
    W_fold, b_fold = checks.results(what, fold_batchnorm(W, b, gamma, beta, running, 1), ["W_fold", "b_fold"])
    slips = {"the division by the root is missing": [[6.0, -12.0, 0.0], [-2.0, -4.0, 1.0]]}
    slips["gamma is missing"] = [[1.0, -2.0, 0.0], [1.0, 2.0, -0.5]]
    checks.close(f"W_fold of {what}", W_fold, [[2.0, -4.0, 0.0], [-1.0, -2.0, 0.5]], mistakes=slips)
    slips = {"the old bias is missing": [[-1 / 3], [-1.0]], "the running mean is missing": [[13 / 3], [0.0]]}
    slips["the old bias must be multiplied too"] = [[14 / 3], [0.0]]
    checks.close(f"b_fold of {what}", b_fold, [[3.0], [-1.5]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_unit(W, b, gamma, beta, running, epsilon):
        weights, biases, old = [], [], W.astype(float).tolist()
        columns = (column[:, 0].tolist() for column in (b, gamma, beta, running["mu"], running["var"]))
        for w, bias, scale, shift, mean, variance in zip(old, *columns, strict=True):
            weights.append([scale * each / (variance + epsilon) ** 0.5 for each in w])
            biases.append([scale * ((bias - mean) / (variance + epsilon) ** 0.5) + shift])
        return np.array(weights), np.array(biases)

    def layers(rng, n, n_prev):  # among the variances are 0, tiny and large ones
        var = rng.uniform(0.1, 9, (n, 1)) * rng.choice([0, 1e-9, 1, 1, 1e8], (n, 1))
        columns, running = (rng.normal(0, 2, (n, 1)) for _ in range(3)), {"var": var, "mu": rng.normal(0, 3, (n, 1))}
        return rng.normal(0, 1, (n, n_prev)), *columns, running, float(10 ** rng.uniform(-4, 0))

    W, b, gamma, beta, running, _ = layers(np.random.default_rng(27), 4, 5)
    whole = {"mu": np.array([[0], [3], [-2], [5]]), "var": np.array([[1], [2], [0], [9]])}
    tiny, low = (running | {"var": f * np.array([[10.0], [3], [1], [0]])} for f in (1e-11, 1e-5))
    others = {
        "with epsilon = 1e-12": (W, b, gamma, beta, tiny, 1e-12),
        "with running averages 0 and 1, epsilon = 1": (W, b, gamma, beta, {"mu": 0 * b, "var": 0 * b + 1}, 1),
        "with whole numbers in running": (W, b, gamma, beta, whole, 1e-5),
    }
    domain = {"real": {"W": 1e6, "b": 1e6, "gamma": 100, "beta": 100}, "types": ["W", "b", "gamma", "beta"]}
    domain |= {"sizes": {"n": 130, "n_prev": 1030}, "returns": ["W_fold", "b_fold"], "cases": others}
    checks.agrees(fold_batchnorm, by_unit, layers, **domain)
    pairs = zip(fold_batchnorm(W, b, gamma, beta, low), by_unit(W, b, gamma, beta, low, 1e-5), strict=True)
    for name, (found, wanted) in zip(("W_fold", "b_fold"), pairs, strict=True):
        checks.close(f"without epsilon, {name} of fold_batchnorm(W, b, gamma, beta, running)", found, wanted, rtol=1e-9)
    ### END HIDDEN TESTS

# %%
parameters, running = normed[0]
folded = {key: parameters[key] for key in ("W6", "b6")}
for layer in range(1, 6):
    W, gamma, beta = (parameters[f"{name}{layer}"] for name in ("W", "gamma", "beta"))
    folded[f"W{layer}"], folded[f"b{layer}"] = fold_batchnorm(W, 0 * beta, gamma, beta, running[layer - 1])
gap = np.abs(scores(X_test, folded) - scores(X_test, parameters, running)).max()
print(f"folded into {', '.join(sorted(folded))}: the scores differ by at most {gap:.0e}")

# %% [markdown]
# *What to notice.* It is the same function, but for rounding, and an ordinary network of course 1. Whoever uses it need not know that there was batch norm in its training.
#
# ## 6. What it gains, and what it does not
#
# *Is it worth the trouble?*
#
# The same network, with and without batch norm, at seven learning rates and with three seeds: 8 epochs each, tested with the running averages.

# %%
rates, names = [0.01, 0.03, 0.1, 0.3, 1, 3, 10], {False: "without batch norm", True: "with batch norm"}
wrong = {key: np.zeros((3, len(rates))) for key in names}
tasks = [(batch_norm, seed, place) for seed in range(3) for place in range(len(rates)) for batch_norm in names]
for batch_norm, seed, place in tqdm(tasks, file=sys.stdout):
    trained = train(start(DEEP, seed, batch_norm), rates[place], 8, seed)
    wrong[batch_norm][seed, place] = 100 - right(scores(X_test, *trained))
for batch_norm, name in names.items():
    plt.plot(rates, np.median(wrong[batch_norm], axis=0), marker="o", label=name)
    plt.fill_between(rates, wrong[batch_norm].min(axis=0), wrong[batch_norm].max(axis=0), alpha=0.15)
    best = ", ".join(f"{each:.1f} %" for each in wrong[batch_norm].min(axis=1))
    print(f"{name}: wrong at the best rate of each seed {best}")
plt.xscale("log")
plt.xticks(rates, rates)
title = "Batch norm widens the range of rates; the best result is about the same"
plt.gca().set(xlabel="learning rate", ylabel="wrong test pictures in %", title=title)
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Without batch norm the network reads at least three of four pictures, in each seed, at rates from 0.03 to 0.3. At 1 at least one seed fails (the upper edge of the band), at 3 all of them. With batch norm the same holds from 0.03 to 3. (The band shows the worst and the best of three seeds.)
# But at its best rate each network is about equally good. Batch norm did **not** make it better. It made it easier to find a rate, and each step takes longer.
#
# Next, bad first weights: normal with the deviations 0.01 and 1.

# %%
for spread, batch_norm in tqdm([(spread, batch_norm) for spread in (0.01, 1) for batch_norm in names], file=sys.stdout):
    found = [right(scores(X_test, *train(start(DEEP, seed, batch_norm, spread), 0.1, 8, seed))) for seed in range(3)]
    text = ", ".join(f"{share:.0f} %" for share in found)
    tqdm.write(f"weights with deviation {spread:4}, {names[batch_norm]:18}: right {text}", file=sys.stdout)

# %% [markdown]
# *What to notice.* Without batch norm both starts are hopeless at this rate: nothing is learned, in any seed. With it the network learns in each seed and reads at least three of four pictures. (The small weights grow fast: their $\sigma$ is small, so their gradients are large.) Good first weights are still better.
#
# **Where it does not help.** Twenty hidden layers of 32 units, 2,000 of the larger digits, 300 steps of momentum with He's weights and the rate 0.03. The cell prints the norm of the gradient of $W_2$ and of $W_{20}$ at the start, and the mean cost of the last 30 steps.

# %%
digits = data.load_digits()
large = columns(digits.X_train, 255)
large -= large.mean(axis=1, keepdims=True)
for seed, batch_norm in tqdm([(seed, batch_norm) for seed in range(3) for batch_norm in names], file=sys.stdout):
    chosen = np.random.default_rng(seed).permutation(8000)[:2000]
    loader = DataLoader(large[:, chosen], one_hot(digits.Y_train[:, chosen]), 64, seed)
    parameters = start([784] + 20 * [32] + [10], seed, batch_norm)
    velocity, costs, norms = initialize_velocity(parameters), [], []
    for X, Y in [batch for _ in range(10) for batch in loader][:300]:
        cost, grads, _ = gradients(X, Y, parameters)
        parameters, velocity = momentum_step(parameters, grads, velocity, 0.03)
        costs.append(cost)
        norms = norms or [np.linalg.norm(grads[key]) for key in ("dW2", "dW20")]
    text = f"norms {norms[0]:6.3f} and {norms[1]:.3f}, cost at the end {np.mean(costs[-30:]):.2f}"
    tqdm.write(f"seed {seed}, {names[batch_norm]:18}: {text}", file=sys.stdout)

# %% [markdown]
# *What to notice.* In each seed the cost is **higher** with batch norm. The norms say why it is hard: with batch norm the gradient grows on its way back. In layer 2 it is more than ten times as large as in layer 20, so no single rate fits both. Without batch norm He's weights keep the two within a factor of ten.
# (For ReLU this growth has been computed: on average about 1.2-fold for each layer; G. Yang and others, 2019. Very deep networks need residual connections, course 4.) On other data and with other optimisers batch norm wins at this depth too. So measure it.

# %% [markdown]
# ## 7. Why does it work?
#
# *What is different in a network with batch norm?*
#
# You have seen one reason that can be proved: the brake of section 3. Here are two more candidates. The lecture's (and the inventors') is **covariate shift**: a hidden layer learns from inputs whose distribution moves while the layers below learn, and batch norm holds their mean and variance. The other is that the cost becomes **smoother**, so that a gradient is still right after a longer step.
#
# We measure both in training with the rate 0.1. For the first: how far has the mean of a unit's score in layer 5 moved after 8 epochs, in units of its deviation at the start, and how much wider has its spread become? (With batch norm we take $\tilde{Z}$, which is what ReLU gets.) For the second: the cosine of the angle between the gradient of 256 pictures and that after one step with it, the mean over 12 moments of about the first four epochs. (The lecture names a third effect: mean and variance of a small batch are noisy, which regularises a little, as dropout does. It is not measured here.)

# %%
probe_X, probe_Y = X_train[:, :256], Y_train[:, :256]


def layer_5(parameters):
    """What the ReLU of layer 5 gets from the 256 pictures: mean and deviation of each unit."""
    _, _, caches = gradients(probe_X, probe_Y, parameters)
    plain = "gamma1" not in parameters
    Z = dense.deep_forward(probe_X, parameters)[1][4][3] if plain else parameters["gamma5"] * caches[4]["Z_hat"]
    return Z.mean(axis=1) + (0 if plain else parameters["beta5"][:, 0]), Z.std(axis=1)


def dot(grads, others):
    return sum(np.sum(grads[key] * others[key]) for key in grads)


for seed, batch_norm in tqdm([(seed, batch_norm) for seed in range(3) for batch_norm in names], file=sys.stdout):
    parameters, cosines = start(DEEP, seed, batch_norm), []
    mean, spread = layer_5(parameters)
    loader = DataLoader(X_train, Y_train, 64, seed)
    for step, (X, Y) in enumerate(batch for _ in range(8) for batch in loader):
        if step % 8 == 0 and step < 96:
            here = gradients(probe_X, probe_Y, parameters)[1]
            there = gradients(probe_X, probe_Y, dense.update(parameters, here, 0.1))[1]
            cosines.append(dot(here, there) / np.sqrt(dot(here, here) * dot(there, there)))
        parameters = dense.update(parameters, gradients(X, Y, parameters)[1], 0.1)
    mean_now, spread_now = layer_5(parameters)
    moved, wider = np.mean(np.abs(mean_now - mean) / spread), np.mean(spread_now / spread)
    text = f"means moved by {moved:5.2f} deviations, spread x {wider:.1f}, cosine {np.mean(cosines):.2f}"
    tqdm.write(f"seed {seed}, {names[batch_norm]:18}: {text}", file=sys.stdout)

# %% [markdown]
# *What to notice.* Without batch norm the scores of layer 5 move by more than two deviations and become more than three times as wide. With it they hardly change. After one step of rate 0.1 the gradient without batch norm points in quite another direction; with batch norm in nearly the same one.
# Both effects are there in each seed. Which one *causes* the easier training is disputed: Santurkar and others (2018) added noise that moved the distributions on purpose, and batch norm helped all the same, so they hold the smoothness to be the reason.
#
# **Covariate shift between training and test** is another thing: the black cats and the coloured cats of the lecture. Here the test pictures are written faintly, with 0.3 times the ink. The third number normalises with the mean and variance of the faint pictures themselves, all 359 of them, without their labels and without training.

# %%
faint = 0.3 * ink_test - mean_ink
for seed, (parameters, running) in normed.items():
    plain, _ = train(start(DEEP, seed, False), 0.1, 8, seed)
    found = {"without batch norm": scores(faint, plain), "running averages": scores(faint, parameters, running)}
    found["mean and variance of the faint pictures"] = scores(faint, parameters)
    print(f"seed {seed}:", ", ".join(f"{name} {right(Z):.0f} %" for name, Z in found.items()))

# %% [markdown]
# *What to notice.* Both networks fail on faint ink, and the one with batch norm fails worse: its running averages belong to dark ink. New averages are enough to repair it, because less ink changes the scores of each unit in layer 1 by a factor and a shift, and batch norm takes out exactly these. So after a change of camera or light it may be enough to collect new averages.
#
# ## 8. Without a batch
#
# *What if batches are tiny, or an example must not depend on others?*
#
# **Layer norm** takes mean and variance over the $n$ units of one example, not over the examples of one unit. With $Z$ of shape $(n, m)$ the means run down the columns: $\mu$, var and $\sigma = \sqrt{\text{var} + \varepsilon}$ have the shape $(1, m)$. $\gamma$ and $\beta$ stay $(n, 1)$, one for each unit:
#
# $$\hat{z}_j = \frac{z_j - \mu}{\sigma}, \qquad \tilde{z}_j = \gamma_j \hat{z}_j + \beta_j, \qquad j = 1, \dots, n .$$
#
# Each example is on its own, so training and test are the same and there are no running averages. The way back is that of section 3 with one care: which sums and means run over the examples, and which over the units? $\gamma_j$ now differs within a mean.
#
# *On paper.* One example, three units: $z = (3, 1, 8)^T$, $\varepsilon = 1/3$, so $\hat{z} = (-\frac{1}{3}, -1, \frac{4}{3})^T$ as before. $\gamma = (2, 1, -1)^T$, $\beta = (1, 0, 0.5)^T$: $\tilde{z} = (\frac{1}{3}, -1, -\frac{5}{6})^T$. From above comes $d\tilde{z} = (3, 3, -3)^T$, so $d\hat{z} = (6, 3, 3)^T$ with the mean 4, and the products $d\hat{z} \, \hat{z} = (-2, -3, 4)^T$ with the mean $-\frac{1}{3}$.
# Then $dz = \frac{1}{3} \bigl(6 - 4 - \frac{1}{9}, \; 3 - 4 - \frac{1}{3}, \; 3 - 4 + \frac{4}{9}\bigr)^T = (\frac{17}{27}, -\frac{12}{27}, -\frac{5}{27})^T$.
#
# ### Exercise 8: `layernorm`


# %% exercise="layernorm"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    """Layer norm, both ways: the normalised scores, and the derivatives of the cost.

    Args:
        Z: scores, shape (n, m), an example in each column, of floats or whole numbers.
        gamma, beta: scale and shift of each unit, shape (n, 1), of floats or whole numbers; also 0 or negative.
        dZ_tilde: the derivative of the cost with respect to Z_tilde, shape (n, m), of floats or whole numbers.
        epsilon: a number from 1e-12 to 1, added to the variance.

    Returns:
        A tuple (Z_tilde, dZ, dgamma, dbeta) of arrays, shapes (n, m), (n, m), (n, 1), (n, 1). Mean and variance
        (divided by n) are those of each column. dgamma and dbeta are sums over the examples.

    Example:
        for the example on paper Z_tilde is [[1/3], [-1], [-5/6]] and dZ is [[17/27], [-12/27], [-5/27]].
    """
    # 1. Forward: as batch norm, but which axis? Which shape has sigma?
    # 2. The two sums and dZ_hat. Do they run over the same axis as in batch norm?
    # 3. The short formula, with means over the units.
    ### BEGIN SOLUTION
    centred = Z - np.mean(Z, axis=0)
    sigma = np.sqrt(np.mean(centred**2, axis=0) + epsilon)
    Z_hat, dZ_hat = centred / sigma, gamma * dZ_tilde
    centre, slope = np.mean(dZ_hat, axis=0), np.mean(dZ_hat * Z_hat, axis=0)
    dgamma, dbeta = np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)
    return gamma * Z_hat + beta, (dZ_hat - centre - Z_hat * slope) / sigma, dgamma, dbeta
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Whatever normalises (mean, variance, the two means of the short formula) runs over the units, `axis=0`. Whatever belongs to the parameters of a unit still runs over the examples, `axis=1`. In batch norm one could multiply by `gamma` at the end; here it is different in each row, so it must be inside of the means.
# </details>

# %% check="layernorm" points=3
with checks.exercise("layernorm"):
    Z, dZ_tilde = np.array([[3.0, -5.0], [1.0, 5.0], [8.0, 6.0]]), np.array([[3.0, 1.0], [3.0, -2.0], [-3.0, 4.0]])
    gamma, beta = np.array([[2.0], [1.0], [-1.0]]), np.array([[1.0], [0.0], [0.5]])
    checks.unchanged(layernorm, Z, gamma, beta, dZ_tilde, 1 / 3)
    what, names = "layernorm(Z, gamma, beta, dZ_tilde, 1/3), Z of shape (3, 2)", ["Z_tilde", "dZ", "dgamma", "dbeta"]
    Z_tilde, dZ, dgamma, dbeta = checks.results(what, layernorm(Z, gamma, beta, dZ_tilde, 1 / 3), names)
    over_examples = [[2.9794866, -0.9794866], [-0.9607689, 0.9607689], [-0.3660254, 1.3660254]]
    slips = {"the mean is over the examples; here it must be over the units of each example": over_examples}
    checks.close(f"Z_tilde of {what}", Z_tilde, [[1 / 3, -1.8], [-1.0, 0.6], [-5 / 6, -0.3]], mistakes=slips)
    after = [[20 / 27, 0.112], [-6 / 27, -0.624], [4 / 27, -0.568]]
    slips = {"gamma comes after the means; it differs from unit to unit, so it belongs inside": after}
    slips["mean and deviation also depend on Z"] = [[2.0, 0.4], [1.0, -0.4], [1.0, -0.8]]
    wanted = [[17 / 27, -0.4 / 75], [-12 / 27, 11.6 / 75], [-5 / 27, -11.2 / 75]]
    checks.close(f"dZ of {what}", dZ, wanted, mistakes=slips)
    checks.close(f"dgamma of {what}", dgamma, [[-2.4], [-4.2], [-0.8]])
    checks.close(f"dbeta of {what}", dbeta, [[4.0], [1.0], [1.0]])
    ### BEGIN HIDDEN TESTS

    def example_by_example(Z, gamma, beta, dZ_tilde, epsilon):
        g, n, parts, dgamma = gamma[:, 0].astype(float), len(Z), [], np.zeros(len(Z))
        for z, d in zip(Z.T.astype(float), dZ_tilde.T, strict=True):
            inverse = (np.mean((z[:, None] - z) ** 2) / 2 + epsilon) ** -0.5  # half the mean square of all pairs
            hat = (z - z[0] - np.mean(z - z[0])) * inverse
            slopes = (np.eye(n) - 1 / n - np.outer(hat, hat) / n) * inverse
            parts.append((g * hat + beta[:, 0], slopes @ (g * d)))
            dgamma = dgamma + d * hat
        Z_tilde, dZ = (np.array([part[number] for part in parts]).T for number in (0, 1))
        return Z_tilde, dZ, dgamma[:, None], dZ_tilde @ np.ones((Z.shape[1], 1))

    def both_ways(rng, n, m):
        Z = rng.normal(rng.normal(0, 3, (1, m)), rng.uniform(0.5, 4, (1, m)), (n, m))
        columns = (rng.normal(0, 2, (n, 1)) for _ in range(2))
        return Z, *columns, rng.normal(0, 1, (n, m)), float(10 ** rng.uniform(-5, -0.5))

    Z, gamma, beta, d, _ = both_ways(np.random.default_rng(28), 4, 3)
    scales = np.array([[1e-2, 1.0, 1e4]])
    others = {
        "with examples whose scores are equal": (np.tile([[2.5, 0.0, -1e4]], (4, 1)), gamma, beta, d, 1e-5),
        "with epsilon = 1": (0.3 * Z, gamma, beta, d, 1),
        "with scores of about 1e-6": (1e-6 * Z, gamma, beta, d, 1e-12),
        "with scores of about 1e9": (1e9 * Z, gamma, beta, d, 1e-5),
        "with examples of very different scales": (scales * Z, gamma, beta, scales * d, 1e-5),
    }
    domain = {
        "real": {"Z": 1e6, "dZ_tilde": 1e6, "gamma": 100, "beta": 100},
        "types": ["Z", "gamma", "beta", "dZ_tilde"],
    }
    domain |= {"returns": names, "cases": others, "atol": 1e-11}
    checks.agrees(layernorm, example_by_example, both_ways, sizes={"n": 130, "m": 1030}, **domain)
    for words, far in (("scores around 1e5", Z + 1e5), ("scores of about 0.01", 0.01 * Z)):
        pairs = zip(layernorm(far, gamma, beta, d), example_by_example(far, gamma, beta, d, 1e-5), strict=True)
        for name, (found, wanted) in zip(names, pairs, strict=True):
            checks.close(f"with {words}, without epsilon, {name} of layernorm", found, wanted, rtol=1e-8, atol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# Batches of 2 pictures for the network with batch norm (one epoch, rate 0.1); and one picture, in a batch and alone.

# %%
for seed in tqdm(range(3), file=sys.stdout):
    share = right(scores(X_test, *train(start(DEEP, seed), 0.1, 1, seed, size=2)))
    tqdm.write(f"seed {seed}, batches of 2: right {share:.0f} %", file=sys.stdout)
Z, ones, zeros = parameters["W1"] @ X_test, np.ones((64, 1)), np.zeros((64, 1))
layer = layernorm(Z, ones, zeros, 0 * Z)[0][:, :1] - layernorm(Z[:, :1], ones, zeros, 0 * Z[:, :1])[0]
batch = batchnorm_forward(Z, ones, zeros)[0][:, :1] - batchnorm_forward(Z[:, :1], ones, zeros)[0]
print(f"picture 0 alone: layer norm differs by {np.abs(layer).max():.0e}, batch norm by {np.abs(batch).max():.1f}")

# %% [markdown]
# *What to notice.* With batches of 2 batch norm fails: two different numbers always normalise to about $+1$ and $-1$, and running averages of so few are poor. Layer norm does not see how many examples there are. Transformers use it (course 5).

# %% [markdown]
# ## What you built
#
# - `batchnorm_forward`, and its gradient twice: `batchnorm_backward` along the graph and `batchnorm_backward_short`;
# - `batchnorm_gradients`: batch norm in a network of any depth, without useless biases;
# - `update_running`, `batchnorm_inference` and `fold_batchnorm`: the network for test time, for one picture at a time;
# - experiments: a wider range of rates and bad first weights saved, no better best result, and no help for the 20 layers;
# - `layernorm`, which needs no batch.
#
# ## On your own
#
# - Put batch norm after ReLU instead of before it. Does the range of rates change? Which of the facts of section 3 still hold?
# - Use all training pictures once, after the training, to compute mean and variance of each layer, in place of the running averages. Does the test accuracy change for batches of 2?
# - *Hard.* Show that gradient descent on the weights of a unit before batch norm can only make $\lVert w \rVert$ larger (leave out $\varepsilon$). Hint: the gradient of a function that does not change along $w$ is orthogonal to $w$. What follows for the learning rate over time, and what does weight decay do then?
#
# ## In practice
#
# `torch.nn.BatchNorm1d(n)` wants examples as rows. Its `momentum=0.1` is the share of the **new** batch, and its running variance divides by $m - 1$. `model.eval()` switches to the running averages; who forgets it gets answers that depend on the batch. Put `bias=False` into the layer before it.
# `keras.layers.BatchNormalization` has `momentum=0.99` for the share of the old, like yours, and $\varepsilon = 0.001$. For pictures there is one $\gamma$ for each channel, and the mean runs over the examples and all places. Layer norm is `torch.nn.LayerNorm`.
#
# ## References
#
# - S. Ioffe and C. Szegedy (2015), *Batch normalization: accelerating deep network training by reducing internal covariate shift*, ICML.
# - J. L. Ba, J. R. Kiros and G. E. Hinton (2016), *Layer normalization*, arXiv:1607.06450.
# - S. Santurkar, D. Tsipras, A. Ilyas and A. Madry (2018), *How does batch normalization help optimization?*, NeurIPS.
# - Y. Li, N. Wang, J. Shi, J. Liu and X. Hou (2017), *Revisiting batch normalization for practical domain adaptation*, ICLR workshop.
# - G. Yang, J. Pennington, V. Rao, J. Sohl-Dickstein and S. S. Schoenholz (2019), *A mean field theory of batch normalization*, ICLR.
