# %% [markdown]
# You will build a check that compares the gradient of a whole network with a slow, simple one, in a single number, and a function that names the place where a backward pass goes wrong. It finds slips that no error message betrays: a wrong slope, a missing $1/m$, a penalty that the gradient forgot.

# %% [markdown]
# ## What you will be able to do
#
# - say how the error of a difference quotient depends on $\varepsilon$, and choose $\varepsilon$;
# - turn the parameters of a network into one vector, and back;
# - check the gradient of a whole network, with its L2 penalty, in one number;
# - check a large network by a sample that misses no parameter;
# - say in which layer, and in which of its gradients, a slip begins.
#
# **What you need:** `deep_backward` and `gradient_check` of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), the central difference of [course 1, week 2](../../../course1_nn/release/week2_neural_network_basics/02_derivatives_and_gradient_descent.ipynb), and the L2 penalty of [lesson 02](02_l2_regularization.ipynb).
# The set-up cell has three functions that you know: the cost and the gradient of lesson 02, and the relative difference of course 1.

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()


def cost_l2(parameters, X, Y, lambd, output="sigmoid"):
    """The cost of lesson 02: the cross-entropy plus lambd / (2m) times the sum of the squares of all weights."""
    squares = sum(np.sum(value**2) for key, value in parameters.items() if key.startswith("W"))
    return dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output) + lambd / (2 * Y.shape[1]) * squares


def backward_l2(parameters, X, Y, lambd, output="sigmoid"):
    """The gradient of cost_l2, a dict with "dW1", "db1", ..., "dWL", "dbL"."""
    AL, caches = dense.deep_forward(X, parameters, output)
    grads, share = dense.deep_backward(AL, Y, caches), lambd / Y.shape[1]
    return {key: grad + (share * parameters[key[1:]] if key[1] == "W" else 0) for key, grad in grads.items()}


def relative_difference(a, b):
    """norm(a - b) / (norm(a) + norm(b)), a number from 0 to 1, for two numbers or two arrays of one shape; 0 if both are 0."""
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size != 0 else 0.0


# %% [markdown]
# ## 1. One parameter
#
# *How exact is a difference quotient?*
#
# We begin with the smallest model there is: one input $x$, one parameter $\theta$, and the cost $J(\theta) = x\,\theta^3$. Its derivative is $J'(\theta) = 3x\,\theta^2$. There are two ways to estimate the derivative from the cost alone:
#
# $$\text{one-sided: } \frac{J(\theta + \varepsilon) - J(\theta)}{\varepsilon}, \qquad \text{centred: } \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}.$$
#
# By Taylor's theorem $J(\theta \pm \varepsilon) = J \pm \varepsilon J' + \frac{\varepsilon^2}{2} J'' \pm \frac{\varepsilon^3}{6} J''' + \dots$ Put this in. The error of the one-sided quotient is about $\frac{\varepsilon}{2} J''$. In the centred quotient the terms with $J''$ cancel, and the error is about $\frac{\varepsilon^2}{6} J'''$. This is the **truncation error**: what is lost because $\varepsilon$ is not 0.
#
# How large an error is, we measure by the relative difference of course 1:
#
# $$\text{difference} = \frac{\lVert \text{gradient} - \text{numerical} \rVert}{\lVert \text{gradient} \rVert + \lVert \text{numerical} \rVert}.$$
#
# For single numbers the norm is the absolute value. It is 0 for equal gradients and 1 for opposite ones.
#
# *On paper.* $x = 2$, $\theta = 1$, $\varepsilon = 0.1$: $J = 2$ and $J' = 6$. One-sided: $(2.662 - 2)/0.1 = 6.62$. Centred: $(2.662 - 1.458)/0.2 = 6.02$, so the difference is $0.02 / 12.02 = 0.00166$.
#
# ### Exercise 1: `warm_up`


# %% exercise="warm_up"
def warm_up(x, theta, eps):
    """Forward pass, backward pass and gradient check of the model J(theta) = x * theta^3.

    Args:
        x: the input, a number.
        theta: the parameter, a number.
        eps: how far theta moves to each side, a number > 0; it need not be small.
        All three may be floats or whole numbers.

    Returns:
        A tuple of four numbers (J, dtheta, numerical, difference): the cost, its derivative by the formula 3 x theta^2, its
        derivative by the centred quotient, and the relative difference of the two derivatives.

    Example:
        warm_up(2, 1, 0.1) is (2, 6, 6.02, 0.00166).
    """
    # 1. The forward pass gives J, the backward pass dtheta.
    # 2. The cost at two other values of theta gives the numerical derivative.
    # 3. The set-up cell has a function for the difference.
    ### BEGIN SOLUTION
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / (2 * eps)
    return J, dtheta, numerical, relative_difference(dtheta, numerical)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write the forward pass as a small function of $\theta$; you need it three times: at $\theta$, at $\theta + \varepsilon$ and at $\theta - \varepsilon$.
# </details>
# <details><summary>Hint 2</summary>
#
# The two points are $2\varepsilon$ apart: divide by `(2 * eps)`, with the brackets. The last result is `relative_difference(dtheta, numerical)`.
# </details>

# %% check="warm_up" points=1
with checks.exercise("warm_up"):
    results = checks.results("warm_up(2, 1.5, 0.2)", warm_up(2, 1.5, 0.2), ["J", "dtheta", "numerical", "difference"])
    checks.close("J of warm_up(2, 1.5, 0.2)", results[0], 6.75)
    checks.close("dtheta of warm_up(2, 1.5, 0.2)", results[1], 13.5)
    slips = {
        "this quotient is one-sided; go to both sides": 15.38,
        "the two points are 2 eps apart; divide by 2 eps": 27.16,
        "2 * eps needs brackets: / 2 * eps multiplies by eps": 0.5432,
        "this is the formula, not the quotient": 13.5,
    }
    checks.close("numerical of warm_up(2, 1.5, 0.2)", results[2], 13.58, mistakes=slips)
    slips = {"this is the distance; divide it": 0.08, "divide by the sum of both sizes": 0.08 / 13.5}
    checks.close("difference of warm_up(2, 1.5, 0.2)", results[3], 0.0029542097, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def expanded(x, theta, eps):
        x, theta, eps = float(x), float(theta), float(eps)
        slope, extra = 3 * x * theta * theta, x * eps * eps
        size = abs(slope) + abs(slope + extra)
        return x * theta * theta * theta, slope, slope + extra, abs(extra) / size if size else 0.0

    def numbers(rng, n):
        return float(rng.uniform(0.5, 3)), float(rng.uniform(0.5, 2)), float(rng.uniform(0.3, 1.6))

    others = {"with theta = 0": (2.0, 0.0, 0.1), "with x = 0": (0.0, 1.5, 0.1), "with eps = 5": (1.5, 0.5, 5.0)}
    others |= {"with eps = 0.01": (-1.5, 0.5, 0.01), "with whole numbers": (-3, 2, 1), "with x = 1e6": (1e6, -0.5, 0.1)}
    domain = {"real": {"x": 100, "theta": 10}, "types": ["x", "theta", "eps"], "cases": others}
    parts = ["J", "dtheta", "numerical", "difference"]
    checks.agrees(warm_up, expanded, numbers, sizes={"n": 1}, returns=parts, rtol=3e-9, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# How small should $\varepsilon$ be? The next cell takes 14 values of $\varepsilon$ and, for each, the mean error over 50 pairs of $x$ and $\theta$.
# The third curve is an aside (you will not need it again). Instead of a step along the numbers, take an **imaginary** one: Taylor's theorem gives $J(\theta + i\varepsilon) = J + i\varepsilon J' - \dots$, so $J' \approx \operatorname{Im} J(\theta + i\varepsilon) / \varepsilon$. Nothing is subtracted.

# %%
epsilons = 10.0 ** -np.arange(1, 15)
rng = np.random.default_rng(0)
x, theta = rng.uniform(0.5, 2, (2, 50))


def model(theta):
    return x * theta**3


quotients = {
    "one-sided": lambda eps: (model(theta + eps) - model(theta)) / eps,
    "centred": lambda eps: (model(theta + eps) - model(theta - eps)) / (2 * eps),
    "complex step": lambda eps: model(theta + 1j * eps).imag / eps,
}
exact = 3 * x * theta**2
errors = {
    name: np.array([np.mean(np.abs(quotient(eps) - exact) / (2 * exact)) for eps in epsilons])
    for name, quotient in quotients.items()
}
for name, error in errors.items():
    plt.loglog(epsilons, np.maximum(error, 1e-17), marker="o", label=name)
    if name != "complex step":
        slope = np.polyfit(np.log10(epsilons[:4]), np.log10(error[:4]), 1)[0]
        print(f"{name}: slope {slope:.2f}, smallest error {error.min():.0e} at ε = {epsilons[error.argmin()]:.0e}")
plt.xlabel(r"$\varepsilon$")
plt.ylabel("mean relative difference")
plt.title(r"Too large an $\varepsilon$ truncates, too small an $\varepsilon$ rounds")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Read each curve from right to left. First the error falls along a straight line. In a picture with logarithmic axes, a power $\varepsilon^p$ is a line with the slope $p$: the one-sided quotient has the slope 1, the centred one the slope 2. Ten times smaller an $\varepsilon$ makes the centred error 100 times smaller.
#
# Then both curves turn. The computer keeps about 16 digits, so each cost has a **rounding error** of about $u\,|J|$ with $u \approx 10^{-16}$. The quotient divides it by $\varepsilon$: the error $u\,|J| / \varepsilon$ grows to the left with the slope $-1$, in the same way for both. The sum of the two errors is the **U**. Its lowest point lies where truncation and rounding are about equal:
#
# $$\text{one-sided: } \varepsilon \approx u^{1/2} \approx 10^{-8}, \text{ error} \approx 10^{-8}; \qquad \text{centred: } \varepsilon \approx u^{1/3} \approx 10^{-5}, \text{ error} \approx 10^{-10} \text{ or less}.$$
#
# So the centred quotient costs about twice as much and gives two digits more. We take it, with $\varepsilon$ between $10^{-5}$ and $10^{-6}$. An $\varepsilon$ of $10^{-12}$ is not careful, it is useless: hardly five digits are left.
# (The complex step has no left side of the U, because nothing is subtracted. But the whole cost has to be computed with complex numbers, and ReLU and the absolute value do not allow that.)
#
# ## 2. The corner of ReLU
#
# *What does the quotient say where there is no derivative?*
#
# Taylor's theorem needs a smooth function. ReLU has a corner at 0. If the two points lie on different sides of the corner, the quotient gives a mixture of the slopes 0 and 1.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4))
z = np.linspace(-0.3, 0.3, 601)
for eps in (0.1, 0.03, 0.001):
    axes[0].plot(z, (np.maximum(0, z + eps) - np.maximum(0, z - eps)) / (2 * eps), label=rf"$\varepsilon$ = {eps}")
axes[0].set(xlabel="z", ylabel="centred quotient of ReLU", title="Within ε of the corner it is wrong")
axes[0].legend(fontsize=9)


def small_network(seed, m=20):
    """A network [4, 5, 3, 1] with random biases, and random inputs and labels."""
    rng = np.random.default_rng(seed)
    parameters = dense.initialize_deep([4, 5, 3, 1], seed)
    parameters = {key: value + 0.1 * rng.normal(size=value.shape) for key, value in parameters.items()}
    return parameters, rng.normal(size=(4, m)), rng.integers(0, 2, (1, m))


def crosses(eps, seed):
    """Whether some score of layer 1 changes its sign when one of its weights or biases moves by eps."""
    parameters, X, _ = small_network(seed)
    Z = parameters["W1"] @ X + parameters["b1"]
    return np.any(np.abs(Z) < eps * np.maximum(1, np.abs(X).max(axis=0)))


steps = 10.0 ** -np.arange(1, 7)
shares = [np.mean([crosses(eps, seed) for seed in range(60)]) for eps in steps]
axes[1].semilogx(steps, shares, marker="o", color=plots.COLORS[1])
axes[1].set(xlabel=r"$\varepsilon$", ylabel="share of 60 networks", title="Small steps seldom cross a corner")
plt.show()

# %% [markdown]
# *What to notice.* On the left the quotient rises along a ramp of the width $2\varepsilon$; exactly at the corner it is 1/2, for every $\varepsilon$. Your backward pass says 0 there. Neither is a mistake: there is no derivative.
#
# The right picture counts the small networks `[4, 5, 3, 1]` with 20 examples in which one step of a parameter of layer 1 takes a score across its corner. With $\varepsilon = 0.1$ this happens in all of them, with $10^{-5}$ in hardly any. So a corner is a second reason for a small $\varepsilon$.
# It also tells how to recognise a corner: **repeat the check with another $\varepsilon$.** The error of a crossed corner changes or disappears. The error of a slip stays the same.
#
# One corner never disappears. At the start all biases are 0. If an input, or a whole layer, is 0 for some example, the scores of the next layer are exactly 0. Random biases help, or a few steps of training.
#
# ## 3. All parameters in one column
#
# *How does a network of many matrices become a function of one vector?*
#
# In course 1 you compared the gradients matrix by matrix. The lecture has a simpler view: put all parameters into one column $\theta$. Then $J(\theta)$ is a function of a vector, and one loop and one norm do for a network of any shape.
#
# $$\theta = \bigl[\, W_1 \text{ row by row},\; b_1,\; W_2 \text{ row by row},\; b_2,\; \dots,\; W_L,\; b_L \,\bigr]^T, \qquad \text{shape } (n, 1), \quad n = \sum_{l=1}^{L} n_l\,(n_{l-1} + 1).$$
#
# The order is a convention. What matters is that the parameters and their gradients have the **same** one. A dict remembers the order in which its keys were put in, and a backward pass begins at the end. So the order must come from the names of the keys.
#
# *On paper.* $W_1 = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}$, $b_1 = \begin{bmatrix} 5 \\ 6 \end{bmatrix}$, $W_2 = [7, \; 8]$, $b_2 = [9]$ become the column of the numbers 1 to 9.
#
# ### Exercise 2: `params_to_vector`


# %% exercise="params_to_vector"
def params_to_vector(parameters):
    """All parameters of a network in one column: W1 row by row, then b1, W2, b2, ..., WL, bL.

    Args:
        parameters: a dict with exactly the keys "W1", "b1", ..., "WL", "bL", in ANY order; Wl (n_l, n_(l-1)), bl (n_l, 1), of
            floats or whole numbers. L >= 1, also 10 and more. It is not changed.

    Returns:
        A new array of shape (n, 1).

    Example:
        params_to_vector({"b1": np.array([[3.0]]), "W1": np.array([[1.0, 2.0]])}) is [[1], [2], [3]].
    """
    # 1. How many layers are there? Count the keys.
    # 2. Layer by layer: the entries of W and of b, each as a column.
    # 3. Put all columns under each other.
    ### BEGIN SOLUTION
    columns = []
    for layer in range(1, len(parameters) // 2 + 1):
        columns += [parameters[f"W{layer}"].ravel(), parameters[f"b{layer}"].ravel()]
    return np.concatenate(columns)[:, np.newaxis]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# There are two keys for each layer, so `L = len(parameters) // 2`. Sorting the names does not help: `"W10"` comes before `"W2"`.
# </details>
# <details><summary>Hint 2</summary>
#
# `W.ravel()` and `W.reshape(-1, 1)` go through a matrix row by row. Collect the columns `W.reshape(-1, 1)` and `b` in a list, and return `np.concatenate(columns)`.
# </details>

# %% check="params_to_vector" points=1
with checks.exercise("params_to_vector"):
    p = {"W2": np.array([[7.0, 8.5]]), "b2": np.array([[9.0]]), "b1": np.array([[5.0], [6.0]])}
    p |= {"W1": np.array([[1.0, 2.0, 2.5], [3.0, 4.0, 4.5]])}
    checks.unchanged(params_to_vector, p)
    column, what = params_to_vector(p), "params_to_vector(two layers, in another order)"
    checks.shape(what, column, (11, 1))
    slips = {
        "the order is that of the dict; it must be W1, b1, W2, b2": [7, 8.5, 9, 5, 6, 1, 2, 2.5, 3, 4, 4.5],
        "all W come before all b; the order is W1, b1, W2, b2": [1, 2, 2.5, 3, 4, 4.5, 7, 8.5, 5, 6, 9],
        "a matrix is taken column by column; take it row by row": [1, 3, 2, 4, 2.5, 4.5, 5, 6, 7, 8.5, 9],
        "b comes before W; the order is W1, b1, W2, b2": [5, 6, 1, 2, 2.5, 3, 4, 4.5, 9, 7, 8.5],
    }
    entries = [1, 2, 2.5, 3, 4, 4.5, 5, 6, 7, 8.5, 9]
    checks.close(f"the entries of {what}", np.ravel(column), entries, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(parameters):
        entries = []
        for layer in range(1, len(parameters) // 2 + 1):
            for letter in "Wb":
                for row in np.asarray(parameters[f"{letter}{layer}"], dtype=float).tolist():
                    entries += row
        return np.array([[entry] for entry in entries])

    def network(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        return {key: rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}

    shapes = {f"{k}{i}": (i + 1, i if k == "W" else 1) for k in "bW" for i in range(11, 0, -1)}
    others = {
        "with 11 layers of different sizes": ({key: np.full(shape, sum(shape) / 3) for key, shape in shapes.items()},)
    }
    domain = {"real": {"parameters": 1e3}, "types": ["parameters"], "sizes": {"n": 130, "n_prev": 130, "L": 12}}
    checks.agrees(params_to_vector, entry_by_entry, network, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: `vector_to_params`
#
# The way back needs to know the shapes. A second dict, `like`, shows them; its values do not matter.


# %% exercise="vector_to_params"
def vector_to_params(theta, like):
    """The parameters of a network from one column: the inverse of params_to_vector.

    Args:
        theta: a column of shape (n, 1), of floats or whole numbers; it is not changed.
        like: a dict with exactly the keys "W1", "b1", ..., "WL", "bL", in ANY order, whose arrays have the shapes wanted. Only
            the shapes count.

    Returns:
        A new dict with the keys of like, in any order. Each value is a new array with the shape of like[key]; none shares
        memory with theta, so that a change of one leaves the other alone.

    Raises:
        ValueError: theta has fewer or more entries than the arrays of like together.

    Example:
        vector_to_params(np.array([[1.0], [2.0], [3.0]]), {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}) is
        {"W1": [[1, 2]], "b1": [[3]]}.
    """
    # 1. Refuse a column that does not fit with raise ValueError("…"); both sides of the comparison can be counted.
    # 2. Go through the arrays in the order of exercise 2. Where does the next one begin?
    # 3. Cut its piece out, give it its shape, and copy it.
    ### BEGIN SOLUTION
    n = sum(value.size for value in like.values())
    if theta.size != n:
        raise ValueError(f"theta has {theta.size} entries; the network has {n} parameters")
    parameters, start = {}, 0
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            end = start + like[key].size
            parameters[key] = theta[start:end].reshape(like[key].shape).copy()
            start = end
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `value.size` is the number of entries of an array. Keep a number `start`, 0 at first, and add the size of each array that you have cut out.
# </details>
# <details><summary>Hint 2</summary>
#
# `theta[start:end].reshape(like[key].shape)` is a view: it lies in the memory of `theta`. Add `.copy()`.
# </details>

# %% check="vector_to_params" points=2
with checks.exercise("vector_to_params"):
    like = {"W2": np.zeros((1, 2)), "b2": np.zeros((1, 1)), "b1": np.zeros((2, 1)), "W1": np.ones((2, 3))}
    column = np.array([[1.0], [2], [2.5], [3], [4], [4.5], [5], [6], [7], [8.5], [9]])
    checks.unchanged(vector_to_params, column, like)
    p, what = vector_to_params(column, like), "vector_to_params(column, like)"
    checks.keys(what, p, ["W1", "b1", "W2", "b2"])
    slips = {"fill W1 row by row": [[1, 2.5, 4], [2, 3, 4.5]], "W1 comes first, and then b1": [[3, 4, 4.5], [5, 6, 7]]}
    slips |= {"the order is W1, b1, W2, b2, not that of the dict": [[4.5, 5, 6], [7, 8.5, 9]]}
    checks.close(f'"W1" of {what}', p["W1"], [[1, 2, 2.5], [3, 4, 4.5]], mistakes=slips)
    checks.close(f'"b1" of {what}', p["b1"], [[5], [6]], mistakes={"all W come before all b": [[7], [8.5]]})
    what = "vector_to_params(a column with one entry too many, like)"
    checks.raises(what, ValueError, vector_to_params, np.ones((12, 1)), like)
    ### BEGIN HIDDEN TESTS

    def number_by_number(theta, like):
        rest, parameters = iter(np.asarray(theta, dtype=float)[:, 0].tolist()), {}
        for layer in range(1, len(like) // 2 + 1):
            for key in (f"W{layer}", f"b{layer}"):
                parameters[key] = np.array([[next(rest) for _ in row] for row in like[key]])
        return parameters

    def problem(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        like = {key: rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        return rng.normal(0, 2, (L * n * (n_prev + 1), 1)), like

    sizes = {"n": 110, "n_prev": 110, "L": 12}
    domain = {"real": {"theta": 1e3}, "types": ["theta", "like"]}
    checks.agrees(vector_to_params, number_by_number, problem, sizes=sizes, **domain)
    wide = {f"{k}{i}": np.zeros((i + 1, i if k == "W" else 1)) for k in "bW" for i in range(11, 0, -1)}
    n = sum(value.size for value in wide.values())
    theta = np.arange(1.0, n + 1).reshape(-1, 1)
    back, expected = vector_to_params(theta, wide), number_by_number(theta, wide)
    for key in wide:
        checks.close(f"{key!r} of vector_to_params(theta, 11 layers of different sizes)", back[key], expected[key])
    for length in (n - 1, n + 1, 2 * n, 1, 0):
        what = f"vector_to_params(a column of {length} entries, a network of {n} parameters)"
        checks.raises(what, ValueError, vector_to_params, np.ones((length, 1)), wide)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. The numerical gradient of a vector
#
# *Which entries do we need?*
#
# Entry $i$ of the numerical gradient moves entry $i$ of $\theta$, while all others stay:
#
# $$\text{numerical}_i = \frac{J(\theta + \varepsilon e_i) - J(\theta - \varepsilon e_i)}{2 \varepsilon}, \qquad e_i \text{ is 1 in place } i \text{ and 0 elsewhere, shape } (n, 1).$$
#
# You wrote this loop in course 1. What is new: it computes **only the entries that it is asked for**. Each entry costs two forward passes of the network. For a network with a million parameters nobody can wait for all entries, and section 6 shows that nobody has to.
#
# *On paper.* $f(\theta) = \theta_1^2 + 3\,\theta_1 \theta_2$ at $\theta = [2, 1]^T$ with $\varepsilon = 0.1$. Entry 1: $f(2.1, 1) = 4.41 + 6.3 = 10.71$ and $f(1.9, 1) = 3.61 + 5.7 = 9.31$, so it is $1.4/0.2 = 7$. Entry 2: $f(2, 1.1) = 10.6$ and $f(2, 0.9) = 9.4$, so it is $1.2/0.2 = 6$. With `entries = [1]` the result is the column $[6]$ alone. (Indices start at 0 in code.)
#
# ### Exercise 4: `numerical_gradient`


# %% exercise="numerical_gradient"
def numerical_gradient(f, theta, eps, entries=None):
    """Entries of the gradient of f at theta, by centred quotients.

    Args:
        f: a function; f(column) is a number for every column of the shape of theta.
        theta: a column of shape (n, 1), of floats or whole numbers; it is not changed.
        eps: how far an entry moves to each side, a number > 0; it need not be small.
        entries: the places that are wanted, each from 0 to n - 1, in any order: a list or an array of shape (k,), k >= 1. None
            means all n, from the first to the last.

    Returns:
        A column of floats of shape (k, 1): row j belongs to place entries[j]. f is called twice for each of the k entries, and
        not more often: with theta + eps e_i and with theta - eps e_i.

    Example:
        numerical_gradient(lambda t: t[0, 0] ** 2 + 3 * t[0, 0] * t[1, 0], np.array([[2.0], [1.0]]), 0.1, [1]) is [[6]].
    """
    # 1. Which places?
    # 2. For each: two columns that differ from theta in this place only. Make new ones.
    # 3. One row of the result for each place.
    ### BEGIN SOLUTION
    slopes = []
    for place in range(len(theta)) if entries is None else entries:
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta - step)) / (2 * eps)])
    return np.array(slopes)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `if entries is None: entries = range(len(theta))`. (Not `if not entries`: for an array this is an error, and `[0]` is not empty.)
# </details>
# <details><summary>Hint 2</summary>
#
# `step = np.zeros(theta.shape)` and `step[i, 0] = eps`. Then `theta + step` and `theta - step` are new columns of floats.
# </details>
# <details><summary>Hint 3</summary>
#
# Collect `[slope]` for each entry in a list; `np.array` of a list of lists with one number each has the shape `(k, 1)`.
# </details>

# %% check="numerical_gradient" points=2
with checks.exercise("numerical_gradient"):

    def bumpy(t):
        return t[0, 0] ** 2 - 3 * t[0, 0] * t[1, 0] + t[2, 0] ** 3

    theta = np.array([[2], [1], [-1]])
    checks.unchanged(numerical_gradient, bumpy, theta, 0.1)
    slips = {
        "earlier entries still moved; begin with a new column for each entry": [[1], [-5], [-1.99]],
        "an entry that has moved must go back before the next one moves": [[1], [-5.7], [3.01]],
        "these quotients are one-sided; go to both sides": [[1.1], [-6], [2.71]],
        "the two points are 2 eps apart; divide by 2 eps": [[2], [-12], [6.02]],
        "an array of whole numbers cannot hold 2.1; make the column float": [[0], [-30], [5]],
    }
    what = "numerical_gradient(f, theta, 0.1), whole numbers in theta"
    checks.close(what, numerical_gradient(bumpy, theta, 0.1), [[1], [-6], [3.01]], mistakes=slips)
    slips = {"the rows come in the order of entries, here 2 before 0": [[1], [3.01]]}
    some = numerical_gradient(bumpy, theta, 0.1, [2, 0])
    checks.close("numerical_gradient(f, theta, 0.1, entries=[2, 0])", some, [[3.01], [1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def from_both_sides(f, theta, eps, entries=None):
        column, slopes = np.asarray(theta, dtype=float)[:, 0].tolist(), []
        for place in range(len(column)) if entries is None else np.asarray(entries).tolist():
            sides = (float(eps), -float(eps))
            up, down = (np.array([[t + s * (i == place)] for i, t in enumerate(column)]) for s in sides)
            slopes.append([0.5 * f(up) / float(eps) - 0.5 * f(down) / float(eps)])
        return np.array(slopes, dtype=float)

    def costs(rng, n):
        A, c = rng.normal(0, 1, (n, n)) / n, rng.normal(0, 1, (n, 1))
        theta, eps = rng.normal(0, 1, (n, 1)), float(rng.uniform(0.3, 1.5))
        return lambda t: float((t.T @ A @ t + c.T @ np.sin(t))[0, 0]), theta, eps, None

    def sampled(rng, n):
        return *costs(rng, n)[:3], rng.permutation(n)[: max(1, n // 2)]

    c, place = np.array([[1.0], [-2.0], [3.0]]), np.array([[0.5], [1.5], [-2.0]])
    others = {
        "with eps = 1e-4": (lambda t: float(np.exp((t * c).sum() / 5)), place, 1e-4, None),
        "with eps = 30": (lambda t: float((c * t**2).sum()), place, 30.0, [2, 1]),
        "with entries = [0]": (lambda t: float((c * t**2).sum()), place, 0.5, [0]),
        "with the same entry twice": (lambda t: float((c * t**2).sum()), place, 0.5, [1, 1, 0]),
        "with an f that does not change": (lambda t: 4.0, place, 0.5, None),
        "with an f that returns whole numbers": (lambda t: int(t[0, 0] > 0.2) - 2 * int(t[1, 0] > 1), place, 0.6, None),
        "with eps = 1e-9": (lambda t: float(2 * t[0, 0] - 3 * t[1, 0]), np.zeros((3, 1)), 1e-9, None),
        "with slopes of 1e-9": (lambda t: float(1e-9 * t[0, 0] - 2e-9 * t[2, 0] * t[1, 0]), place, 0.25, None),
    }
    domain = {"real": {"theta": 10}, "types": ["theta", "eps"], "rtol": 1e-8}
    checks.agrees(numerical_gradient, from_both_sides, costs, sizes={"n": 110}, **domain)
    checks.agrees(numerical_gradient, from_both_sides, sampled, sizes={"n": 110}, cases=others, **domain)
    calls = []

    def counted(t):
        calls.append(np.array(t, dtype=float))
        return float(np.sum(t**3))

    for entries, k in (([7, 3, 11], 3), (None, 20)):
        calls.clear()
        numerical_gradient(counted, np.linspace(-1, 1, 20).reshape(-1, 1), 0.1, entries)
        what = f"numerical_gradient(f, a column of 20, 0.1, entries={entries})"
        checks.that(len(calls) <= 2 * k, f"{what}: f was called {len(calls)} times; {2 * k} calls are enough")
        checks.that(all(t.shape == (20, 1) for t in calls), f"{what}: f must get columns of shape (20, 1)")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. A whole network in one number
#
# *Is this gradient right?*
#
# Now three pieces make the check of the lecture, whatever the depth:
#
# 1. the parameters become the column $\theta$, and the gradients that backpropagation gave become the column $d\theta$, in the same order;
# 2. the numerical gradient of $\theta \mapsto J(\text{vector\_to\_params}(\theta))$ is another column;
# 3. one relative difference compares the two.
#
# What to expect, in float64 with $\varepsilon = 10^{-5}$ to $10^{-6}$: a right gradient is below $10^{-6}$, mostly far below. Above $10^{-3}$ there is a slip or a corner. In between it may be a small slip: look closer, and repeat with another $\varepsilon$.
#
# *On paper.* $W_1 = [2]$, $b_1 = [1]$ and the cost $W_1^2 + 3 W_1 b_1$: the right gradients are $7$ and $6$. Somebody returns $dW_1 = 7$ and $db_1 = 5$. The column $[7, 5]^T$ has the norm $8.602$, the numerical one $[7, 6]^T$ has $9.220$, and their difference has the norm 1. So the relative difference is $1/17.82 = 0.0561$.
#
# ### Exercise 5: `gradient_check_n`


# %% exercise="gradient_check_n"
def gradient_check_n(cost, parameters, grads, eps):
    """The relative difference of all gradients of a network together, against centred quotients.

    Args:
        cost: a function; cost(parameters) is a number for every dict with the keys "W1", "b1", ..., "WL", "bL" and the shapes
            of parameters.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order, arrays of floats; it is not changed.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order, arrays of the shapes of their parameters.
        eps: how far each parameter moves to each side, a number > 0.

    Returns:
        One number: the relative difference of two columns, of which each holds the gradients of ALL parameters.

    Example:
        for the two parameters on paper with dW1 = 7 and db1 = 5 it is 0.0561.
    """
    # 1. params_to_vector knows the keys of parameters. What must happen to the keys of grads?
    # 2. A function of one column: which dict does it give to cost? Then: two columns, one relative difference.
    ### BEGIN SOLUTION
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, eps)
    return relative_difference(gradient, numerical)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `{key: grads[f"d{key}"] for key in parameters}` is a dict of the gradients with the keys `"W1"`, `"b1"` and so on.
# </details>
# <details><summary>Hint 2</summary>
#
# Write an inner function `def f(column): return cost(vector_to_params(column, parameters))`, and give it to `numerical_gradient`. Do not average differences of the single matrices; take one norm of the whole columns.
# </details>

# %% check="gradient_check_n" points=2
with checks.exercise("gradient_check_n"):

    def cubes(p):
        return np.sum(p["W1"] ** 3) + np.sum(p["b1"] ** 2) * np.sum(p["W1"])

    p = {"b1": np.array([[0.5], [-1.0]]), "W1": np.array([[1.0, -0.5, 2.0], [0.25, 1.5, -1.0]])}
    right = {"dW1": 3 * p["W1"] ** 2 + 1.25, "db1": 6.5 * p["b1"]}
    checks.unchanged(gradient_check_n, cubes, p, right, 0.1)
    slips = {
        "these quotients are one-sided; go to both sides": 0.0269218297,
        "the parameters and the gradients are in different orders": 0.4951814206,
        "this is the mean over the matrices; take one norm of all entries": 0.0003646069,
        "this is the largest over the matrices; take one norm of all entries": 0.0007292138,
    }
    what = "gradient_check_n(sum(W1^3) + sum(b1^2) sum(W1), parameters, grads, 0.1)"
    checks.close(what, gradient_check_n(cubes, p, right, 0.1), 0.0006692510004, mistakes=slips, rtol=1e-6)
    difference, slips = gradient_check_n(cubes, p, right | {"db1": -right["db1"]}, 0.1), {"this is db1 alone": 1.0}
    checks.close(f"{what}, with the sign of db1 changed", difference, 0.3971114227, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def speed(key):  # each parameter of each layer swings at its own speed
        return int(key[1:]) + (key[0] == "b") / 2

    def wavy(p):
        return float(sum(np.sum(np.sin(speed(key) * p[key])) for key in p))

    def problem(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        p, grads = ({k: rng.normal(size=shapes[k]) for k in rng.permutation(list(shapes)).tolist()} for _ in range(2))
        return wavy, p, {f"d{key}": gradient for key, gradient in grads.items()}, float(rng.uniform(0.05, 0.2))

    def by_the_sine(cost, parameters, grads, eps):
        found = [np.cos(speed(key) * p) * np.sin(speed(key) * eps) / eps for key, p in parameters.items()]
        given = [grads[f"d{key}"] for key in parameters]
        return relative_difference(*(np.concatenate([part.ravel() for part in parts]) for parts in (given, found)))

    one = {"W1": np.ones((1, 1)), "b1": np.full((1, 1), 2.0)}
    others = {"with eps = 2": (wavy, one, {f"d{key}": np.ones((1, 1)) for key in one}, 2.0)}
    others["with 103 inputs"] = problem(np.random.default_rng(1), 1, 103, 1)
    sizes = {"L": 11, "n": 2, "n_prev": 3}
    checks.agrees(gradient_check_n, by_the_sine, problem, sizes=sizes, cases=others, rtol=1e-8)
    for size, expected in ((0.0, 0.0), (1e-12, 1.0)):
        difference = gradient_check_n(lambda p: 3.0, one, {f"d{key}": np.full((1, 1), size) for key in one}, 0.1)
        checks.close(f"gradient_check_n of a constant cost with gradients of {size}", difference, expected)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the cost of lesson 02, with its L2 penalty, for a network `[4, 5, 3, 1]` and 20 examples. Two slips are common; the lecture warns of the first:
#
# - **the penalty is in the cost but not in the gradient** ("remember your regularisation term");
# - **the gradient has a penalty on the biases**, and the cost has none.
#
# We check at the start, and again after 200 steps of training.


# %%
def with_slip(parameters, X, Y, lambd, slip):
    """backward_l2 with one of two slips in the penalty, or with none."""
    m, grads = Y.shape[1], backward_l2(parameters, X, Y, lambd)
    if slip == "penalty missing":
        return backward_l2(parameters, X, Y, 0)
    if slip == "penalty on b":
        return {key: grad + (lambd / m * parameters[key[1:]] if key[1] == "b" else 0) for key, grad in grads.items()}
    return grads


# %%
_, X, Y = small_network(seed=1)
start = dense.initialize_deep([4, 5, 3, 1], seed=1)
trained = start
for _ in range(200):
    trained = dense.update(trained, backward_l2(trained, X, Y, 1), 0.1)
lambdas, slips = [0.001, 0.01, 0.1, 1], ("right", "penalty missing", "penalty on b")
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
stages = {"at the start, b = 0": start, "after 200 steps": trained}
for axis, (name, parameters) in zip(axes, stages.items(), strict=True):
    for slip in slips:
        found = []
        for strength in lambdas:
            grads = with_slip(parameters, X, Y, strength, slip)
            found.append(gradient_check_n(lambda p, s=strength: cost_l2(p, X, Y, s), parameters, grads, 1e-5))
        axis.loglog(lambdas, found, marker="o", label=slip)
    axis.axhspan(1e-12, 1e-6, color="gray", alpha=0.15)
    axis.set(xlabel="strength of the penalty, λ", title=name, ylim=(1e-12, 2))
axes[0].set_ylabel("relative difference")
axes[1].legend(loc="center right", fontsize=9)
figure.suptitle("At the start one of the slips cannot be seen", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The grey band is where right gradients lie. The right one is in it everywhere. A forgotten penalty is above it even for $\lambda = 0.001$, where it would hardly change the training.
#
# The third line teaches the most. **At the start all biases are 0, so a penalty on them is 0 as well, and the check cannot see the slip.** After some training it can. So check at random parameters, biases included, or train a little and check again.
#
# And **do not check with dropout on** ([lesson 03](03_dropout_and_other_regularizers.ipynb)): each call of the cost draws other units, so $J(\theta + \varepsilon e_i)$ and $J(\theta - \varepsilon e_i)$ belong to two different functions; set `keep_prob` to 1 for the check.
#
# ## 6. A sample of a large network
#
# *What if there are too many parameters?*
#
# The network `[64, 64, 10]` of lesson 02 has 4,810 parameters, so a full check costs 9,620 forward passes. A slip usually spoils many entries at once, so a few entries should do. But which?
#
# The obvious answer is to draw $k$ of the $n$ entries of $\theta$. If a slip spoils a share $q$ of the entries, all draws miss it with the probability of about $(1 - q)^k$. For the 10 biases of the last layer $q = 10/4810$, and with $k = 80$ this is $0.85$.
# So the obvious answer is a bad one: **small parameters are missed**. Draw from every parameter by itself: $k$ different entries of each $W_l$ and of each $b_l$, or all entries where there are fewer than $k$.
#
# *On paper.* `[64, 64, 10]` and $k = 20$: 20 entries of $W_1$, 20 of $b_1$, 20 of $W_2$ and all 10 of $b_2$ are 70 entries, 140 forward passes instead of 9,620.
#
# ### Exercise 6: `sampled_check`


# %% exercise="sampled_check"
def sampled_check(cost, parameters, grads, eps, k, seed):
    """The relative difference of each gradient over a random sample of its entries.

    Args:
        cost: a function; cost(parameters) is a number for every dict with the keys and shapes of parameters.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order, arrays of floats; it is not changed.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order, arrays of the shapes of their parameters.
        eps: how far an entry moves to each side, a number > 0.
        k: how many entries of each parameter are drawn, a whole number >= 1; all entries of a parameter that has fewer.
        seed: a whole number >= 0. All random numbers come from ONE generator, np.random.default_rng(seed).

    Returns:
        A dict with the keys "dW1", "db1", ..., "dWL", "dbL", in any order: the relative difference of the drawn entries of
        this gradient, a number. The entries of one parameter are all different, and each is equally likely. The same seed draws
        the same entries again. cost is called twice for each drawn entry, and not more often.

    Example:
        sampled_check(cost, parameters, grads, 1e-6, 20, seed=0) of a network [64, 64, 10] moves 20, 20, 20
        and 10 entries and returns {"dW1": …, "db1": …, "dW2": …, "db2": …}.
    """
    # 1. Two columns, as in exercise 5, and one generator before the loop.
    # 2. For each parameter: at which place of the column does it begin, and how many entries has it?
    # 3. Draw different places among these.
    # 4. numerical_gradient computes only the entries it is asked for. Which entries of the other column belong to them?
    ### BEGIN SOLUTION
    theta, start, differences, rng = params_to_vector(parameters), 0, {}, np.random.default_rng(seed)
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            n = parameters[key].size
            entries = start + rng.choice(n, min(k, n), replace=False)
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += n
    return differences
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `rng = np.random.default_rng(seed)` stands before the loop. `rng.choice(n, size, replace=False)` draws `size` different numbers from 0 to n - 1. Never ask for more than there are: `min(k, n)`.
# </details>
# <details><summary>Hint 2</summary>
#
# Go through the parameters in the order of the column and keep a number `start`, as in exercise 3. The places in the column are `entries = start + rng.choice(...)`.
# </details>
# <details><summary>Hint 3</summary>
#
# `gradient[entries]` of a column has the shape `(k, 1)`, the same as `numerical_gradient(f, theta, eps, entries)`.
# </details>

# %% check="sampled_check" points=3
with checks.exercise("sampled_check"):
    p = {"b1": np.array([[0.5], [-1.0]]), "W1": np.array([[1.0, -0.5, 2.0], [0.25, 1.5, -1.0]])}
    grads, moved = {"dW1": 1.5 * p["W1"] ** 2, "db1": p["b1"]}, []

    def watching(q):
        moved.extend((key, i) for key in p for i in np.flatnonzero(np.abs(q[key] - p[key]) > 0.05).tolist())
        return float(np.sum(q["W1"] ** 3) + np.sum(q["b1"] ** 2))

    for seed in range(3):
        moved.clear()
        differences = sampled_check(watching, p, grads, 0.1, 3, seed)
        what = f"sampled_check(…, eps=0.1, k=3, seed={seed}), W1 of 6 entries, b1 of 2"
        counts = {key: len({i for name, i in moved if name == key}) for key in ("W1", "b1")}
        checks.equal(f"how many different entries are moved by {what}", counts, {"W1": 3, "b1": 2})
        checks.equal(f"how often an entry is moved by {what}", len(moved), 10)
        checks.keys(what, differences, ["dW1", "db1"])
        checks.close(f"db1 (half of the right one) of {what}", differences["db1"], 1 / 3)
    ### BEGIN HIDDEN TESTS

    def bowl(p):  # each parameter has its own steepness; its centred quotient is exact for every eps
        return sum(float(np.sum(p[key] ** 2)) * (2 * int(key[1:]) + (key[0] == "b")) for key in p)

    def problem(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        p = {key: rng.normal(size=shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        return bowl, p, {f"d{key}": rng.normal(size=shapes[key]) for key in shapes}, float(rng.uniform(0.05, 0.2))

    def over(entries, parameters, grads, eps):
        """The relative differences over these entries, given by the names of the parameters."""
        differences = {}
        for key, places in entries.items():
            found = 2 * (2 * int(key[1:]) + (key[0] == "b")) * parameters[key].ravel()[places]
            differences[f"d{key}"] = relative_difference(grads[f"d{key}"].ravel()[places], found)
        return differences

    def all_entries(cost, parameters, grads, eps, k, seed):
        return over({key: np.arange(array.size) for key, array in parameters.items()}, parameters, grads, eps)

    def whole(rng, n, n_prev, L):
        return *problem(rng, n, n_prev, L), 10_000, int(rng.integers(1000))

    sizes, real = {"L": 2, "n": 2, "n_prev": 3}, {"parameters": 30, "grads": 30}
    checks.agrees(sampled_check, all_entries, whole, sizes=sizes, real=real, rtol=1e-8)
    zero = {"W1": np.ones((1, 2)), "b1": np.full((1, 1), 2.0)}
    flat = sampled_check(lambda p: 3.0, zero, {f"d{key}": 0 * zero[key] for key in zero}, 0.1, 2, 1)
    checks.close("dW1 of sampled_check of a constant cost with gradients of 0", flat["dW1"], 0.0)
    seen = []

    def followed(arguments, k, seed):
        """Which entries an answer moves, by parameter, and what it returns."""
        cost, base, grads, eps = arguments
        seen.clear()

        def watch(q):
            seen.append([(key, int(i)) for key in base for i in np.flatnonzero(np.abs(q[key] - base[key]) > eps / 2)])
            return cost(q)

        answer = sampled_check(watch, base, grads, eps, k, seed)
        checks.that(all(len(places) == 1 for places in seen), "sampled_check: call cost with one entry moved at a time")
        moved = dict.fromkeys(places[0] for places in seen)
        return {key: [i for name, i in moved if name == key] for key in base}, answer

    plan = [(3, 5, 2, 4), (3, 5, 2, 4), (4, 1, 3, 1), (12, 20, 1, 15), (2, 3, 11, 2), (5, 5, 2, 25), (1, 150, 1, 130)]
    for seed, (n, n_prev, L, k) in enumerate(plan):
        arguments = problem(np.random.default_rng([3, seed]), n, n_prev, L)
        entries, answer = followed(arguments, k, seed)
        what = f"sampled_check with layers {n} × {n_prev}, L = {L}, k = {k}"
        wanted = {key: min(k, array.size) for key, array in arguments[1].items()}
        counts = {key: len(entries[key]) for key in wanted}
        checks.equal(f"how many different entries are moved by {what}", counts, wanted)
        checks.equal(f"how often cost is called by {what}", len(seen), 2 * sum(wanted.values()))
        for key, value in over(entries, *arguments[1:]).items():
            checks.close(f"{key!r} of {what}", answer[key], value, rtol=1e-8)
        again, _ = followed(arguments, k, seed)
        checks.that(again == entries, f"{what}: the same seed must draw the same entries")
    hits, pairs = np.zeros((2, 6)), set()
    arguments = problem(np.random.default_rng(2), 2, 3, 2)
    for seed in range(60):
        entries, _ = followed(arguments, 2, seed)
        for row, key in enumerate(("W1", "W2")):
            hits[row, entries[key]] += 1
        pairs.add((tuple(sorted(entries["W1"])), tuple(sorted(entries["W2"]))))
    # 60 times 2 of 6: each entry 20 times, with a standard deviation of 3.7
    checks.that(np.all(np.abs(hits - 20) < 19), "sampled_check: not every entry of a parameter is drawn equally often")
    checks.that(len(pairs) > 30, "sampled_check: draw W1 and W2 with one generator, and other entries for another seed")
    ### END HIDDEN TESTS

# %% [markdown]
# Now the network of lesson 02, after 100 steps on 100 digits with $\lambda = 1$. First the time, then two values of $\varepsilon$, and then a slip in the 10 biases of the last layer, looked for in two ways.

# %%
digits = data.load_small_digits()
order = np.random.default_rng(2).permutation(len(digits.X_train))[:100]
X_digits = digits.X_train[order].reshape(100, -1).T / 16 - 0.5
Y_digits = (np.arange(10).reshape(10, 1) == digits.Y_train[:, order]) * 1.0
large = dense.initialize_deep([64, 64, 10], seed=2)
for _ in range(100):
    large = dense.update(large, backward_l2(large, X_digits, Y_digits, 1, "softmax"), 0.5)
grads_large = backward_l2(large, X_digits, Y_digits, 1, "softmax")


def cost_large(parameters):
    return cost_l2(parameters, X_digits, Y_digits, 1, "softmax")


for eps in (1e-5, 1e-6):
    begin = time.perf_counter()
    difference = gradient_check_n(cost_large, large, grads_large, eps)
    print(f"ε = {eps:.0e}, all 4,810 entries: {difference:.0e} in {time.perf_counter() - begin:.1f} s")
begin = time.perf_counter()
sample = sampled_check(cost_large, large, grads_large, 1e-6, 20, seed=0)
seconds = time.perf_counter() - begin
values = ", ".join(f"{key} {value:.0e}" for key, value in sample.items())
print(f"ε = 1e-06, a sample of 70: {values} in {seconds:.2f} s")

# %%
slipped = grads_large | {"db2": 2 * grads_large["db2"]}
sample = sampled_check(cost_large, large, slipped, 1e-6, 20, seed=0)
print(f"db2 doubled, 20 of each parameter: {', '.join(f'{key} {value:.0e}' for key, value in sample.items())}")
rng = np.random.default_rng(0)
first = large["W1"].size + large["b1"].size + large["W2"].size
missed = np.mean([np.all(rng.choice(4810, 80, replace=False) < first) for _ in range(2000)])
print(f"db2 doubled, 80 of all 4,810: {missed:.0%} of 2,000 samples hold no entry of db2")

# %% [markdown]
# *What to notice.* The sample is many times faster, and says the same.
#
# The full check with $\varepsilon = 10^{-5}$ is alarming: about $3 \cdot 10^{-4}$. Is it a slip? Ten times smaller an $\varepsilon$ makes it disappear, so it is a **corner**: this network has 64 hidden units and 100 examples, that is 6,400 scores, and one of them is closer to 0 than the step. With many scores $\varepsilon$ must be smaller than in section 1.
# (Smaller still is worse: at $10^{-7}$ rounding makes it about $2 \cdot 10^{-7}$. It is the U again.)
#
# The slip in the biases shows at once if each parameter has its own sample: $1/3$, the relative difference of a number and its double. A sample of the whole column misses it more than four times out of five.
#
# ## 7. Where is the slip?
#
# *The check says 0.2. Where do you look?*
#
# Backpropagation goes from layer $L$ to layer 1, and each layer works with what the layer behind it has handed down:
#
# $$dZ_L = A_L - Y; \qquad dW_l = \frac{1}{m} dZ_l A_{l-1}^T + \frac{\lambda}{m} W_l, \quad db_l = \frac{1}{m} \sum_{i=1}^{m} dZ_l^{(i)}, \quad dZ_{l-1} = W_l^T dZ_l * g'(Z_{l-1}).$$
#
# $dW_l$ and $db_l$ are dead ends: nothing is computed from them. $dZ_l$ is the main road. So the pattern of wrong gradients tells where the slip is. Go through the layers **in the order of the backward pass**, from $L$ down to 1, and stop at the first layer in which something is wrong:
#
# | what is wrong in this layer | then the slip is in |
# |---|---|
# | $dW_l$ only | the line of $dW_l$ |
# | $db_l$ only | the line of $db_l$ |
# | both | $dZ_l$, from which both are computed |
#
# (A wrong $dZ_l$ could leave one of the two right by coincidence. This hardly ever happens with random inputs.) Whatever is wrong in the layers before it may be a consequence.
#
# *On paper.* Three layers. Right: $dW_3$, $db_3$, $dW_2$. Wrong: $db_2$, $dW_1$, $db_1$. The first layer with something wrong is 2, and there only $db_2$: the answer is `"db2"`. (There is a second slip in layer 1. After mending the first one you check again.) Right: $dW_3$, $db_3$. Wrong: all four others. The answer is `"dZ2"`.
#
# ### Exercise 7: `find_the_bug`


# %% exercise="find_the_bug"
def find_the_bug(cost, parameters, grads, eps, tol):
    """The name of the gradient in which a backward pass first goes wrong.

    Args:
        cost: a function; cost(parameters) is a number for every dict with the keys and shapes of parameters.
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order, arrays of floats; it is not changed.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order, as a backward pass gave them.
        eps: how far each parameter moves to each side, a number > 0.
        tol: the largest relative difference of ONE gradient (not of all together) that still counts as right, a number > 0.

    Returns:
        None if every gradient is right. Otherwise a string, for the first layer l in the order L, L - 1, ..., 1 that has a wrong
        gradient: "dWl" if only that of the weights is wrong, "dbl" if only that of the bias is wrong, "dZl" if both are wrong
        (with the number in the place of l, as in "dZ2"). A gradient is wrong if its relative difference is above tol, if
        its shape is not that of its parameter, or if it holds a nan or an infinity.

    Example:
        for three layers with dW1, db1 and db2 wrong it is "db2"; with dW1, db1, dW2 and db2 wrong it is "dZ2".
    """
    # 1. The numerical gradient of every parameter, each in its own shape. Which two functions do this together?
    # 2. When is a gradient wrong? Look at the shape first. (A comparison with nan is never true.)
    # 3. From the last layer to the first: which of the two gradients are wrong?
    ### BEGIN SOLUTION
    theta = params_to_vector(parameters)
    column = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(column, parameters)

    def is_wrong(key):
        grad = grads[f"d{key}"]
        return grad.shape != parameters[key].shape or not relative_difference(grad, numerical[key]) <= tol

    for layer in range(len(parameters) // 2, 0, -1):
        wrong = [letter for letter in "Wb" if is_wrong(f"{letter}{layer}")]
        if wrong:
            return f"d{wrong[0] if len(wrong) == 1 else 'Z'}{layer}"
    return None
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `numerical_gradient` gives a column, and `vector_to_params(column, parameters)` gives it the shapes of the parameters.
# </details>
# <details><summary>Hint 2</summary>
#
# Write an inner function `is_wrong(key)`. If a gradient holds a `nan`, so does its relative difference, and `nan > tol` is `False`; `not difference <= tol` is `True`. Inside, return `True` at once for a wrong shape.
# </details>
# <details><summary>Hint 3</summary>
#
# `for layer in range(L, 0, -1):` find `W_wrong` and `b_wrong`. If both: `return f"dZ{layer}"`. If one: return its name. Only after the loop `return None`.
# </details>

# %% check="find_the_bug" points=4
with checks.exercise("find_the_bug"):

    def smooth(p):
        return float(sum(np.sum(np.sin(p[key])) for key in p))

    check_rng = np.random.default_rng(6)
    p = {f"{k}{i}": check_rng.normal(size=(2, 3 if k == "W" else 1)) for i in (1, 2, 3) for k in "Wb"}
    right = {f"d{key}": np.cos(p[key]) for key in p}
    checks.unchanged(find_the_bug, smooth, p, right, 1e-4, 1e-6)
    slips = {(): None, ("db1",): "db1", ("dW1", "db1", "db2"): "db2", ("dW3", "dW2", "dW1"): "dW3"}
    slips |= {("dW1", "db1", "dW2", "db2"): "dZ2", ("dW2", "dW1", "db1"): "dW2"}
    for wrong, answer in slips.items():
        grads = right | {key: 1.1 * right[key] for key in wrong}
        what = f"find_the_bug of three layers, wrong: {', '.join(wrong) or 'nothing'}"
        checks.equal(what, find_the_bug(smooth, p, grads, 1e-4, 1e-6), answer)
    ### BEGIN HIDDEN TESTS

    def by_the_sine(cost, parameters, grads, eps, tol):
        for layer in range(len(parameters) // 2, 0, -1):
            wrong = ""
            for letter in "Wb":
                given, found = grads[f"d{letter}{layer}"], np.cos(parameters[f"{letter}{layer}"]) * np.sin(eps) / eps
                right = given.shape == found.shape and relative_difference(given, found) <= tol
                wrong += "" if right else letter
            if wrong:
                return {"W": "dW", "b": "db", "Wb": "dZ"}[wrong] + str(layer)
        return None

    def problem(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "Wb"}
        p = {key: rng.normal(size=shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        grads = {f"d{key}": np.cos(p[key]) for key in p}
        for key in grads:
            grads[key][-1, -1] += 0.3 * (rng.random() < 0.4)
        return smooth, p, grads, 1e-4, 1e-5

    p = {key: np.full((1, 1), 0.3 * i) for i, key in enumerate(("W1", "b1", "b2"), 1)} | {"W2": np.full((1, 2), 0.2)}
    right = {f"d{key}": np.cos(p[key]) for key in p}
    others = {
        "with a nan in dW1": ({"dW1": np.array([[np.nan]])}, 1e-4, 1e-5),
        "with an infinity in one entry of dW2": ({"dW2": np.array([[1.0, np.inf]])}, 1e-4, 1e-5),
        "with db1 not summed": ({"db1": np.full((1, 4), np.cos(0.6))}, 1e-4, 1e-5),
        "with dW2 of shape (2, 1)": ({"dW2": np.full((2, 1), np.cos(0.2))}, 1e-4, 1e-5),
        "with db2 of shape (1,)": ({"db2": np.cos([0.9])}, 1e-4, 1e-5),
        "with both shapes of layer 2 wrong": ({"dW2": np.ones((2, 2)), "db2": np.ones((2, 2))}, 1e-4, 1e-5),
        "with a relative difference of 1e-4, tol = 1e-5": ({"db1": 1.0002 * right["db1"]}, 1e-4, 1e-5),
        "with a relative difference of 1e-4, tol = 0.001": ({"db1": 1.0002 * right["db1"]}, 1e-4, 1e-3),
        "with the opposite sign": ({"dW2": -right["dW2"]}, 1e-4, 1e-5),
        "with one wrong entry of two": ({"dW2": right["dW2"] + [[0, 0.01]]}, 1e-4, 1e-5),
        "with eps = 0.5, where truncation is above tol": ({}, 0.5, 1e-5),
        "with eps = 0.5 and tol = 0.1": ({}, 0.5, 0.1),
    }
    others = {words: (smooth, p, right | changed, eps, tol) for words, (changed, eps, tol) in others.items()}
    others |= {"with 103 inputs": problem(np.random.default_rng(3), 1, 103, 1)}
    checks.agrees(find_the_bug, by_the_sine, problem, sizes={"L": 12, "n": 2, "n_prev": 3}, cases=others)
    still = {key: 0 * grad for key, grad in right.items()}
    for db1, tol, name in ((0.0, 1e-5, None), (1e-12, 1e-5, "db1"), (1e-12, 1.0, None)):
        answer = find_the_bug(lambda p: 2.0, p, still | {"db1": np.full((1, 1), db1)}, 1e-4, tol)
        checks.equal(f"find_the_bug of a constant cost with db1 = {db1}, tol = {tol}", answer, name)
    uneven, tall = (
        right | {"dW2": right["dW2"] + 1e4, "db1": 1.01 * right["db1"]},
        lambda p: 1e4 * float(np.sum(p["W2"])),
    )
    answer = find_the_bug(lambda p: smooth(p) + tall(p), p, uneven, 1e-4, 1e-5)
    checks.equal("find_the_bug with a small wrong db1 beside a large dW2", answer, "db1")
    slips = [(), ("dW1",), ("db1",), ("dW1", "db1"), ("dW2", "dW1", "db1"), ("dW2", "db2", "db1"), ("db2", "dW1")]
    for layer_dims in ([3, 2, 1], [3, 3, 3, 2], [2, 2, 2, 2, 2, 1]):
        check_rng = np.random.default_rng(len(layer_dims))
        X, Y = check_rng.normal(size=(layer_dims[0], 7)), check_rng.integers(0, 2, (layer_dims[-1], 7))
        p = {key: v + 0.3 * check_rng.normal(size=v.shape) for key, v in dense.initialize_deep(layer_dims, 1).items()}
        right = backward_l2(p, X, Y, 0.9)
        for keys in slips:
            grads = right | {key: right[key] / 7 for key in keys}
            answer = find_the_bug(lambda p, X=X, Y=Y: cost_l2(p, X, Y, 0.9), p, grads, 1e-5, 1e-5)
            last = max((key[2] for key in keys), default="")
            there = {key[1] for key in keys if key[2] == last}
            name = f"d{there.pop() if len(there) == 1 else 'Z'}{last}" if keys else None
            checks.equal(f"find_the_bug of a network {layer_dims}, wrong: {', '.join(keys) or 'nothing'}", answer, name)
    ### END HIDDEN TESTS

# %% [markdown]
# Now a gallery of slips. The network is `[4, 4, 4, 4, 1]`, with a penalty and random biases. Each row of the picture is a backward pass with one slip in it. You see them in the code; `find_the_bug` sees the gradients alone.


# %%
def slipped_backward(parameters, X, Y, lambd, slip, at):
    """The gradient of cost_l2 with a slip whose effect begins in layer `at`."""
    (AL, caches), m, grads = dense.deep_forward(X, parameters), Y.shape[1], {}
    dZ = AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, b, Z = caches[layer - 1]
        here = slip if layer == at else ""
        if layer < len(caches):
            W_next, Z_next = caches[layer][1], caches[layer][3]
            back = W_next @ dZ if here == "W not transposed" else W_next.T @ dZ
            dZ = back * (Z_next > 0) if here == "ReLU's slope at the wrong Z" else back * (Z > 0)
        grads[f"dW{layer}"] = dZ @ A_prev.T / (m**2 if here == "1/m twice" else m)
        if here != "no penalty":
            grads[f"dW{layer}"] += lambd / m * W
        grads[f"db{layer}"] = dZ / m if here == "b not summed" else np.sum(dZ, axis=1, keepdims=True) / m
        if here == "penalty on b":
            grads[f"db{layer}"] += lambd / m * b
    return grads


# %%
rng = np.random.default_rng(0)
X, Y = rng.normal(size=(4, 20)), rng.integers(0, 2, (1, 20))
network = dense.initialize_deep([4, 4, 4, 4, 1], seed=0)
network = {key: value + 0.2 * rng.normal(size=value.shape) + 0.3 * (key[0] == "b") for key, value in network.items()}
gallery = [("none", 0), ("no penalty", 4), ("1/m twice", 3), ("b not summed", 3), ("ReLU's slope at the wrong Z", 3)]
gallery += [("W not transposed", 2), ("penalty on b", 2), ("ReLU's slope at the wrong Z", 1), ("1/m twice", 1)]
columns = [f"d{letter}{layer}" for layer in (4, 3, 2, 1) for letter in "Wb"]


def network_cost(parameters):
    return cost_l2(parameters, X, Y, 1)


numerical = vector_to_params(
    numerical_gradient(lambda t: network_cost(vector_to_params(t, network)), params_to_vector(network), 1e-5), network
)
table, found = np.zeros((len(gallery), 8)), []
for row, (slip, at) in enumerate(gallery):
    grads = slipped_backward(network, X, Y, 1, slip, at)
    found.append(find_the_bug(network_cost, network, grads, 1e-5, 1e-6))
    for place, key in enumerate(columns):
        fits = grads[key].shape == numerical[key[1:]].shape
        table[row, place] = relative_difference(grads[key], numerical[key[1:]]) if fits else 1

# %%
figure, axis = plt.subplots(figsize=(8, 4.4))
exponents = np.log10(np.maximum(table, 1e-12))
exponents[np.abs(exponents) < 0.5] = 0  # 0 and not -0
shown = axis.imshow(exponents, cmap="viridis", vmin=-12, vmax=0, aspect="auto")
axis.set_xticks(range(8), columns)
axis.set_yticks(range(len(gallery)), [f"{slip}{f', layer {at}' if at else ''}" for slip, at in gallery])
for row, answer in enumerate(found):
    axis.text(7.6, row, answer or "None", va="center", fontweight="bold")
    for place in range(8):
        color = "black" if table[row, place] > 1e-4 else "white"
        axis.text(place, row, f"{exponents[row, place]:.0f}", ha="center", va="center", color=color, fontsize=8)
axis.text(7.6, -0.75, "found", va="center")
figure.colorbar(shown, label="log10 of the relative difference", pad=0.12)
axis.set_xlabel("gradient, in the order of the backward pass")
axis.grid(False)
axis.set_title("The first bright column names the place of the slip", pad=16, loc="left")
plt.show()

# %% [markdown]
# *What to notice.* The numbers are exponents: $-10$ is a right gradient, $-1$ and 0 are wrong ones. Nothing lies between $-8$ and $-4$, so the choice of `tol` does not matter much.
#
# Slips in $dW$ or in $db$ spoil one field. Slips in $dZ$ spoil both fields of their layer and everything to the right. This is why one looks from layer $L$ down, and not from layer 1 up: layer 1 is wrong in most rows. A slip in $dZ_1$ spoils both fields of layer 1 only, so the last two rows differ in one field.

# %% [markdown]
# ## What you built
#
# - `warm_up`: the check of one parameter, and with it the U of truncation and rounding: take centred quotients with $\varepsilon$ from $10^{-5}$ to $10^{-6}$;
# - `params_to_vector` and `vector_to_params`: any network as a function of one column;
# - `numerical_gradient`: the entries that you ask for, by two costs each;
# - `gradient_check_n`: a whole network, penalty included, in one number;
# - `sampled_check`: a sample in which no parameter is forgotten;
# - `find_the_bug`: the name of the place where a backward pass goes wrong.
#
# The rules of the lecture, now with reasons: use the check for debugging, not in training (it is slow); if it fails, look which gradient is wrong; remember the penalty; switch dropout off; check again after some training.
#
# ## On your own
#
# - Write a backward pass with a slip of your own and let somebody else find it with `find_the_bug`.
# - Give the hidden layers tanh in place of ReLU, in the forward and in the backward pass. What becomes of the corners in section 6?
# - Do the check in float32: where is the lowest point of the U now? Compute first what $u^{1/3}$ says for $u \approx 6 \cdot 10^{-8}$.
# - *Hard.* One **directional** check costs two forward passes, whatever the number of parameters: draw a random direction $v$ and compare $\frac{J(\theta + \varepsilon v) - J(\theta - \varepsilon v)}{2\varepsilon}$ with $d\theta^T v$. How probable is it that a slip in one bias is seen?
#   Why does the direction have to be random? Find a wrong gradient that the check with $v = d\theta / \lVert d\theta \rVert$ does not notice. Then find a slip by bisection: directions that are 0 in half of the layers.
#
# ## In practice
#
# `torch.autograd.gradcheck(function, inputs, eps=1e-6, atol=1e-5)` is your check; it demands float64 and compares entry by entry. Its `fast_mode=True` is the directional check. `scipy.optimize.check_grad` does the same for a function of one vector, with one-sided quotients.
# With automatic differentiation nobody writes a backward pass by hand any more. One still checks the gradients of operations that are written by hand, such as a fast kernel for a new layer.
#
# ## References
#
# - W. Squire and G. Trapp (1998), *Using complex variables to estimate derivatives of real functions*, SIAM Review 40.
# - P. E. Gill, W. Murray and M. H. Wright (1981), *Practical Optimization*, section 8.6, Academic Press.
# - Y. Bengio (2012), *Practical recommendations for gradient-based training of deep architectures*, in: Neural Networks: Tricks of the Trade, Springer.
