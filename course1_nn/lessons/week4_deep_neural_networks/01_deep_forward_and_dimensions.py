# %% [markdown]
# You will build the forward pass of a network with any number of layers, and a checker that finds the first matrix with a wrong shape.

# %% [markdown]
# ## What you will be able to do
#
# - count the layers and the parameters of a deep network, and give it its first weights;
# - compute one layer, and say what must be kept of it for the way back;
# - compute the output of a network with any number of layers;
# - write down the shape of every array of any network, and find the first one that is wrong.
#
# **What you need:** the network with one hidden layer of [week 3, lesson 01](../week3_shallow_neural_networks/01_forward_pass_of_a_shallow_network.ipynb),
# ReLU of [lesson 02](../week3_shallow_neural_networks/02_activation_functions.ipynb), and the random first weights of
# [lesson 03](../week3_shallow_neural_networks/03_training_a_shallow_network.ipynb). The set-up cell gives you the sigmoid.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ## 1. Deeper
#
# *What changes when a network has more than one hidden layer?*
#
# Only the number of times you do the same thing. A **deep** network has several hidden layers. We write its sizes as a list, `layer_dims`. The next
# cell draws the network `[4, 5, 4, 3, 1]`. (You need not read its code.)

# %%
layer_dims = [4, 5, 4, 3, 1]
figure, axis = plt.subplots(figsize=(8, 4))
for layer, n in enumerate(layer_dims):
    heights = np.arange(n) - (n - 1) / 2
    if layer > 0:
        before = np.arange(layer_dims[layer - 1]) - (layer_dims[layer - 1] - 1) / 2
        for y, y_end in [(y, y_end) for y in before for y_end in heights]:
            axis.plot([layer - 1, layer], [y, y_end], color="silver", linewidth=1, linestyle="-", zorder=1)
        axis.text(layer - 0.5, -2.7, f"W{layer} {n, layer_dims[layer - 1]}\nb{layer} {n, 1}", ha="center", va="top")
    axis.scatter(np.full(n, layer), heights, s=500, facecolor="white", edgecolor="black", linewidth=1.5, zorder=2)
    kind = "input" if layer == 0 else "output" if layer == len(layer_dims) - 1 else "hidden"
    axis.text(layer, 2.5, f"layer {layer}: {kind}\n$n^{{[{layer}]}}$ = {n}", ha="center", va="bottom")
axis.set(xlim=(-0.5, 4.5), ylim=(-3.6, 3.4))
axis.set_axis_off()
axis.set_title("Five columns of circles, four layers of weights: L = 4")
plt.show()

# %% [markdown]
# *What to notice.* The number of layers $L$ is the number of weight matrices: the hidden layers **and** the output layer. The input is layer 0; it computes nothing
# and is not counted. So `L = len(layer_dims) - 1`.
#
# | network | $L$ | you know it from |
# |---|---|---|
# | `[n_x, 1]` | 1 | logistic regression, week 2 |
# | `[n_x, n_h, 1]` | 2 | the shallow network, week 3 (there with tanh in the hidden layer) |
# | `[4, 5, 4, 3, 1]` | 4 | this week |
#
# We write $n^{[l]}$ for the number of units in layer $l$, so $n^{[0]} = n_x$ and $n^{[L]} = n_y$. Each layer has the shapes that you know from week 3, rows for its own
# units, columns for the units of the layer before:
#
# $$W_l \text{ of shape } (n^{[l]}, n^{[l-1]}), \qquad b_l \text{ of shape } (n^{[l]}, 1), \qquad l = 1, \dots, L.$$
#
# **The first weights.** They are random, as in week 3. There we divided by $\sqrt{n}$ for tanh. The hidden layers of a deep network use **ReLU**, which sets about half of the
# scores to 0 and so loses half of their mean square. A factor 2 makes up for it (He initialisation):
#
# $$W_l = \text{normal random numbers} \cdot \sqrt{\frac{2}{n^{[l-1]}}}, \qquad b_l = 0.$$
#
# *On paper.* `[4, 5, 4, 3, 1]` has $5 \cdot 4 + 5 = 25$ parameters in layer 1, then $24$, $15$ and $4$: $68$ in all. The weights of $W_2$ have the standard deviation
# $\sqrt{2/5} = 0.63$.
#
# ### Exercise 1: `initialize_deep`


# %% exercise="initialize_deep"
def initialize_deep(layer_dims, seed):
    """The first parameters of a network with any number of layers.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units, layer 0 being the input; L >= 1.
        seed: whole number; the same seed gives the same weights, another seed gives others.

    Returns:
        A dict with "W1", "b1", ..., "WL", "bL". Wl has shape (n_l, n_(l-1)): normal random numbers with mean 0 and
        standard deviation sqrt(2 / n_(l-1)). bl has shape (n_l, 1): zeros.

    Example:
        initialize_deep([3, 4, 1], 0) has W1 (4, 3), b1 (4, 1), W2 (1, 4), b2 (1, 1).
    """
    # 1. One generator, np.random.default_rng(seed), draws the numbers of all layers.
    # 2. Which layers have weights? The first has the number 1; what is the number of the last?
    # 3. f"W{layer}" makes the key.
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n, n_before = layer_dims[layer], layer_dims[layer - 1]
        parameters[f"W{layer}"] = rng.normal(size=(n, n_before)) * np.sqrt(2 / n_before)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for layer in range(1, len(layer_dims)):` goes from 1 to $L$. In it, `layer_dims[layer]` is the number of rows and `layer_dims[layer - 1]` the number of columns.
# Make the generator once, before the loop: a new one with the same seed would begin with the same numbers in each layer.
# </details>

# %% check="initialize_deep" points=2
with checks.exercise("initialize_deep"):

    def check_parameters(layer_dims, seed):
        what = f"initialize_deep({layer_dims}, {seed})"
        start, keys = (
            initialize_deep(layer_dims, seed),
            [f"{k}{i + 1}" for i in range(len(layer_dims) - 1) for k in "Wb"],
        )
        checks.that(
            isinstance(start, dict),
            f"{what}: expected a dict, got {type(start).__name__}; end with `return parameters`",
        )
        missing = f"{what}: expected the keys {', '.join(keys)}, got {', '.join(map(str, start)) or 'none'}"
        checks.that(set(start) == set(keys), missing)
        for i in range(1, len(layer_dims)):
            checks.shape(f"W{i} in {what}", start[f"W{i}"], (layer_dims[i], layer_dims[i - 1]))
            ones = {"biases start at 0": np.ones((layer_dims[i], 1))}
            checks.close(f"b{i} in {what}", start[f"b{i}"], np.zeros((layer_dims[i], 1)), mistakes=ones)
            differ = f"{what}: the weights in W{i} must all differ, or units stay equal; draw random numbers"
            checks.that(max(layer_dims) > 99 or len(np.unique(start[f"W{i}"])) == start[f"W{i}"].size, differ)
        return start

    def check_spread(layer_dims, seed):
        start = check_parameters(layer_dims, seed)
        for i, n in enumerate(layer_dims[:-1], 1):
            ratio = float(np.std(start[f"W{i}"])) / np.sqrt(2 / n)
            spread = f"the standard deviation of W{i} is {ratio:.2f} times what it must be"
            rule = "sqrt(2 / number of units in the layer before)"
            checks.that(0.98 < ratio < 1.02, f"initialize_deep({layer_dims}, {seed}): {spread}: {rule}")
        return start

    checks.unchanged(initialize_deep, [3, 4, 2, 1], 0)
    start, other = check_parameters([3, 4, 2, 1], 0), check_parameters([3, 4, 2, 1], 1)
    for key in ("W1", "W2", "W3"):
        seeds = f"initialize_deep: {key} is the same for the seeds 0 and 1; is `seed` used?"
        checks.that(not np.allclose(start[key], other[key]), seeds)
    check_parameters([5, 3], 2)
    check_spread([300, 500, 200], 5)
    ### BEGIN HIDDEN TESTS
    check_parameters([2, 3, 4, 2, 3, 5, 2, 3, 2, 4, 3, 2], 3)
    big = check_spread([400, 900, 300, 200], 7)
    for key, n in (("W1", 400), ("W2", 900), ("W3", 300)):
        unit = big[key] / np.sqrt(2 / n)
        checks.that(abs(np.mean(unit)) < 0.02, f"initialize_deep: the mean of {key} is not near 0; use normal numbers")
        tails = float(np.mean(np.abs(unit) > 2))
        checks.that(0.04 < tails < 0.05, f"initialize_deep: {key} is not drawn from a normal distribution")
    begin = [big[key].ravel()[:9] / big[key][0, 0] for key in ("W1", "W2", "W3")]
    repeated = any(np.allclose(begin[i], begin[j]) for i, j in ((0, 1), (0, 2), (1, 2)))
    checks.that(not repeated, "initialize_deep: two layers begin with the same numbers; make the generator only once")
    ### END HIDDEN TESTS

# %% [markdown]
# How many parameters has a network for the cat pictures, with their $28 \cdot 28 = 784$ pixels?

# %%
for layer_dims in ([784, 1], [784, 40, 1], [784, 40, 20, 10, 1], [784, 40, 40, 40, 40, 40, 1]):
    parameters = initialize_deep(layer_dims, seed=0)
    counts = [parameters[f"W{i}"].size + parameters[f"b{i}"].size for i in range(1, len(layer_dims))]
    print(f"L = {len(counts)}: {' + '.join(f'{n:,}' for n in counts)} = {sum(counts):,} parameters")

# %% [markdown]
# *What to notice.* Nearly all parameters are in $W_1$, because a picture has many pixels. Going deeper is cheap: the two additional hidden layers of the third network cost
# about 3 % more. What they buy is the subject of lesson 02.
#
# ## 2. One layer: the score
#
# *What does a layer compute when it does not know which layer it is?*
#
# Layer $l$ takes the activations of the layer before, $A_{l-1}$, one column for each example. They may be the input: $A_0 = X$. So one function serves all layers:
#
# $$Z_l = W_l A_{l-1} + b_l, \qquad \text{shape } (n^{[l]}, n^{[l-1]})\,(n^{[l-1]}, m) \to (n^{[l]}, m).$$
#
# $b_l$ has shape $(n^{[l]}, 1)$; broadcasting adds it to each column. Beware of a flat $b_l$ of shape $(n^{[l]},)$: NumPy reads it as a **row**. That is an error, or, if $m$ is
# $n^{[l]}$ or 1, a wrong result without an error (for $m = 1$ even of shape $(n^{[l]}, n^{[l]})$). A good layer refuses it.
#
# **The cache.** Training will come back through this layer (lesson 03) and will need what went in and what came out. So each layer returns, with its result, the tuple
# $(A_{l-1}, W_l, b_l, Z_l)$.
#
# *On paper.* Two examples as the columns of $X$, and three units:
#
# $$W_1 = \begin{bmatrix} 1 & -1 \\ -1 & 1 \\ 0 & 2 \end{bmatrix}, \quad X = \begin{bmatrix} 2 & 0 \\ 1 & 1 \end{bmatrix}, \quad b_1 = \begin{bmatrix} 0 \\ 0 \\ 1 \end{bmatrix}
# \quad\Rightarrow\quad Z_1 = \begin{bmatrix} 1 & -1 \\ -1 & 1 \\ 2 + 1 & 2 + 1 \end{bmatrix}.$$
#
# ### Exercise 2: `linear_forward`


# %% exercise="linear_forward"
def linear_forward(A_prev, W, b):
    """The scores of one layer, and its cache.

    Args:
        A_prev: activations of the layer before (or X), shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).

    Returns:
        (Z, cache): Z = W A_prev + b, shape (n, m); cache is the tuple (A_prev, W, b, Z).

    Raises:
        ValueError: W has not as many columns as A_prev has rows, or b has not the shape (n, 1).

    Example:
        for the X, W1 and b1 on paper, Z is [[1, -1], [-1, 1], [3, 3]].
    """
    # 1. Compare the shapes before you compute. Which cases would NumPy let pass without an error?
    # 2. One matrix product, then b. Loops are right but slow: the later cells call this function many times.
    ### BEGIN SOLUTION
    n, n_prev = W.shape
    if A_prev.shape[0] != n_prev or b.shape != (n, 1):
        raise ValueError(f"W {W.shape}, A_prev {A_prev.shape} and b {b.shape} do not fit together")
    Z = W @ A_prev + b
    return Z, (A_prev, W, b, Z)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `W.shape` is the tuple `(n, n_prev)`. Two tuples are compared as a whole: `if b.shape != (n, 1): raise ValueError("…")`. Then `Z = W @ A_prev + b`, and
# `return Z, (A_prev, W, b, Z)`.
# </details>

# %% check="linear_forward" points=2
with checks.exercise("linear_forward"):

    def check_linear(what, A_prev, W, b):
        answer = linear_forward(A_prev, W, b)
        two = isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], tuple | list)
        checks.that(two, f"{what}: expected two results, `return Z, cache`, with a tuple as the cache")
        Z, cache = answer
        sums = [[sum(W[j] * A_prev[:, i]) for i in range(A_prev.shape[1])] for j in range(len(W))]
        right = np.array([[total + b[j, 0] for total in row] for j, row in enumerate(sums)])
        slips = {"b is left out": right - b, "b is subtracted": right - 2 * b,
                 "only the first bias is added; each unit has its own": right - b + b[0, 0],
                 "this is ReLU of the scores; the activation comes in exercise 3": np.maximum(0, right),
                 "this is the sigmoid of the scores; the activation comes in exercise 3": sigmoid(right)}  # fmt: skip
        checks.close(f"Z in {what}", Z, right, mistakes=slips)
        four = f"{what}: the cache has 4 entries (A_prev, W, b, Z), got {len(cache)}"
        checks.that(len(cache) == 4, four)
        for name, got, value in zip(("A_prev", "W", "b", "Z"), cache, (A_prev, W, b, right), strict=True):
            checks.close(f"{name} in the cache (A_prev, W, b, Z) of {what}", got, value)

    A_prev, W, b = np.arange(12).reshape(3, 4) / 10, np.array([[2, -1, 0.5], [0, 3, 1]]), np.array([[0.5], [-2]])
    checks.unchanged(linear_forward, A_prev, W, b)
    check_linear("linear_forward(A_prev, W, b) with A_prev (3, 4), W (2, 3)", A_prev, W, b)
    what = "linear_forward with A_prev (3, 2), W (2, 3) and a flat b of shape (2,), where NumPy sees no error"
    checks.raises(what, ValueError, linear_forward, A_prev[:, :2], W, b[:, 0])
    W, b = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), np.array([[0.0], [0.0], [1.0]])
    X = np.array([[2.0, 0.0], [1.0, 1.0]])
    check_linear("linear_forward(X, W1, b1) on paper", X, W, b)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(51)
    for n_prev, n, m in ((4, 3, 6), (2, 5, 3), (1, 4, 2), (6, 1, 1), (3, 3, 3)):
        A_prev, W, b = (check_rng.normal(size=size) for size in ((n_prev, m), (n, n_prev), (n, 1)))
        check_linear(f"linear_forward(A_prev, W, b) with A_prev ({n_prev}, {m}), W ({n}, {n_prev})", A_prev, W, b)
    for n_prev, n, size, m in (
        (3, 2, (1, 2), 2),
        (3, 2, (1, 1), 2),
        (3, 2, (2, 4), 4),
        (3, 1, (4, 1), 4),
        (2, 3, (3,), 3),
    ):
        what = f"linear_forward with A_prev ({n_prev}, {m}), W ({n}, {n_prev}) and b of shape {size}"
        checks.raises(what, ValueError, linear_forward, np.ones((n_prev, m)), np.ones((n, n_prev)), np.ones(size))
    for rows in (1, 2, 4):
        what = f"linear_forward with A_prev ({rows}, 5), W (2, 3) and b (2, 1)"
        checks.raises(what, ValueError, linear_forward, np.ones((rows, 5)), np.ones((2, 3)), np.ones((2, 1)))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. One layer: score and activation
#
# *Which activation stands where?*
#
# ReLU in the hidden layers, the sigmoid at the output, because the output must be a probability:
#
# $$A_l = g(Z_l), \qquad g(z) = \max(0, z) \;\text{ for "relu"}, \qquad g(z) = \sigma(z) \;\text{ for "sigmoid"}, \qquad \text{shape } (n^{[l]}, m).$$
#
# The cache stays $(A_{l-1}, W_l, b_l, Z_l)$. The slope of $g$ is taken at $Z_l$, so the scores must be kept **as they were before** the activation.
#
# *On paper.* The scores of above: ReLU turns $Z_1$ into $A_1 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 3 & 3 \end{bmatrix}$.
#
# ### Exercise 3: `linear_activation_forward`


# %% exercise="linear_activation_forward"
def linear_activation_forward(A_prev, W, b, activation):
    """One whole layer: scores, then activation.

    Args:
        A_prev, W, b: as in linear_forward.
        activation: "relu" or "sigmoid".

    Returns:
        (A, cache): A = g(Z), shape (n, m); cache is the tuple (A_prev, W, b, Z), with Z from before the activation.

    Raises:
        ValueError: the activation is another one.

    Example:
        for the X, W1 and b1 on paper and "relu", A is [[1, 0], [0, 1], [3, 3]].
    """
    # 1. You have a function for the scores and the cache.
    # 2. A is a new array: the cache holds Z, and Z must not change.
    ### BEGIN SOLUTION
    Z, cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        return np.maximum(0, Z), cache
    if activation == "sigmoid":
        return sigmoid(Z), cache
    raise ValueError(f'unknown activation {activation!r}: it is "relu" or "sigmoid"')
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `Z, cache = linear_forward(A_prev, W, b)`. `np.maximum(0, Z)` is ReLU and makes a new array; `sigmoid(Z)` stands in the set-up cell. If neither `if` has returned,
# `raise ValueError("…")`.
# </details>

# %% check="linear_activation_forward" points=2
with checks.exercise("linear_activation_forward"):

    def check_layer(what, A_prev, W, b, activation):
        answer = linear_activation_forward(A_prev, W, b, activation)
        two = isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], tuple | list)
        checks.that(two, f"{what}: expected two results, `return A, cache`, with a tuple as the cache")
        A, cache = answer
        Z = np.einsum("jk,ki->ji", W, A_prev) + b
        values = {"relu": np.where(Z > 0, Z, 0), "sigmoid": 1 / (1 + np.exp(-Z)), "tanh": np.tanh(Z), "identity": Z,
                  "leaky ReLU": np.where(Z > 0, Z, 0.01 * Z), "the absolute value": np.abs(Z),
                  "the smaller of 0 and z": np.minimum(0, Z), "1 where Z > 0, else 0": Z > 0}  # fmt: skip
        right = values.pop(activation)
        checks.close(
            f"A in {what}", A, right, mistakes={f"this is {name}, not {activation}": values[name] for name in values}
        )
        four = f"{what}: the cache has 4 entries (A_prev, W, b, Z), got {len(cache)}"
        checks.that(len(cache) == 4, four)
        slips = {"this is A; keep the scores from before the activation": right}
        for name, got, value in zip(("A_prev", "W", "b", "Z"), cache, (A_prev, W, b, Z), strict=True):
            checks.close(f"{name} in the cache of {what}", got, value, mistakes=slips if name == "Z" else None)

    W, b = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), np.array([[0.0], [0.0], [1.0]])
    X = np.array([[2.0, 0.0], [1.0, 1.0]])
    for activation in ("relu", "sigmoid"):
        checks.unchanged(linear_activation_forward, X, W, b, activation)
        check_layer(f'linear_activation_forward(X, W1, b1, "{activation}") on paper', X, W, b, activation)
    what = 'linear_activation_forward(X, W1, b1, "softplus")'
    checks.raises(what, ValueError, linear_activation_forward, X, W, b, "softplus")
    ### BEGIN HIDDEN TESTS
    for other in ("tanh", "ReLU", "linear", ""):
        what = f'linear_activation_forward(X, W1, b1, "{other}")'
        checks.raises(what, ValueError, linear_activation_forward, X, W, b, other)
    check_rng = np.random.default_rng(52)
    for n_prev, n, m in ((4, 3, 7), (2, 6, 3), (5, 1, 1)):
        A_prev, W, b = (check_rng.normal(size=size) for size in ((n_prev, m), (n, n_prev), (n, 1)))
        for activation in ("sigmoid", "relu"):
            what = f'linear_activation_forward(A_prev, W, b, "{activation}") with A_prev ({n_prev}, {m}), W ({n}, {n_prev})'
            check_layer(what, A_prev, W, b, activation)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. All layers
#
# *Can the loop over the layers go, too?*
#
# No. The loop over the examples went away, because examples do not depend on each other. But layer 2 needs the result of layer 1. So one loop stays, over the layers:
#
# $$A_0 = X, \qquad A_l = \text{ReLU}(W_l A_{l-1} + b_l) \;\text{ for } l = 1, \dots, L - 1, \qquad A_L = \sigma(W_L A_{L-1} + b_L).$$
#
# *On paper.* The network `[2, 3, 2, 1]` goes on from above with
# $W_2 = \begin{bmatrix} 1 & 5 & -1 \\ 2 & 0 & 1 \end{bmatrix}$, $b_2 = \begin{bmatrix} 1 \\ -1 \end{bmatrix}$, $W_3 = [-1, \; 0.75]$, $b_3 = [-1]$:
#
# | layer | what goes in | score | what comes out |
# |---|---|---|---|
# | 1, ReLU | $A_0 = X$ | $Z_1$, above | $A_1 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 3 & 3 \end{bmatrix}$ |
# | 2, ReLU | $A_1$ | $Z_2 = \begin{bmatrix} 1 - 3 + 1 & 5 - 3 + 1 \\ 2 + 3 - 1 & 3 - 1 \end{bmatrix} = \begin{bmatrix} -1 & 3 \\ 4 & 2 \end{bmatrix}$ | $A_2 = \begin{bmatrix} 0 & 3 \\ 4 & 2 \end{bmatrix}$ |
# | 3, sigmoid | $A_2$ | $Z_3 = [3 - 1, \; -3 + 1.5 - 1] = [2, -2.5]$ | $A_3 = [0.881, 0.076]$ |
#
# The caches of all layers, in a list, are what backpropagation will walk through from the last to the first. Python counts from 0, so the cache of layer $l$ is
# `caches[l - 1]`:
#
# | `caches[l - 1]` | 0 | 1 | 2 | 3 |
# |---|---|---|---|---|
# | what | $A_{l-1}$ | $W_l$ | $b_l$ | $Z_l$ |
#
# $A_l$ is not in the cache of its own layer: it is $A_{l-1}$ of the next one, and the last one, $A_L$, is returned.
#
# ### Exercise 4: `deep_forward`


# %% exercise="deep_forward"
def deep_forward(X, parameters):
    """The forward pass of a network with any number of layers: ReLU in the hidden layers, the sigmoid at the output.

    Args:
        X: examples as columns, shape (n_0, m).
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order; L >= 1.

    Returns:
        (AL, caches): AL has shape (n_L, m); caches is a list of L tuples, caches[l - 1] = (A_prev, W, b, Z) of layer l.

    Example:
        for the network and the X on paper, AL is [[0.881, 0.076]], and caches[1][3], which is Z2, is [[-1, 3], [4, 2]].
    """
    # 1. How many layers has the network? The dict has two entries for each.
    # 2. A goes into a layer, and the new A comes out. Which layer is different?
    # 3. Each layer leaves its cache.
    ### BEGIN SOLUTION
    L = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        activation = "sigmoid" if layer == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation)
        caches.append(cache)
    return A, caches
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `L = len(parameters) // 2` and `A = X`. Then `for layer in range(1, L + 1):`; each round replaces `A` by the result of `linear_activation_forward`.
# </details>
# <details><summary>Hint 2</summary>
#
# The activation is `"sigmoid"` if `layer == L`, else `"relu"`. The arrays are `parameters[f"W{layer}"]` and `parameters[f"b{layer}"]`; do not sort the keys: `"W10"` would come
# before `"W2"`.
# </details>

# %% check="deep_forward" points=3
with checks.exercise("deep_forward"):

    def check_deep(what, X, p):
        answer, L = deep_forward(X, p), len(p) // 2
        two = isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], tuple | list)
        checks.that(two, f"{what}: expected two results, AL and the list of caches")
        AL, caches = answer

        def inputs_and_scores(hidden, order=range(1, L + 1)):
            """[A_0, ..., A_(L-1)] and [Z_1, ..., Z_L] with the given activation of the hidden layers."""
            inputs, scores = [np.asarray(X, dtype=float)], []
            for i in order:
                scores.append(np.einsum("jk,ki->ji", p[f"W{i}"], inputs[-1]) + p[f"b{i}"])
                inputs.append(hidden(scores[-1]))
            return inputs[:-1], scores

        def relu(z):
            return np.where(z > 0, z, 0)

        def logistic(z):
            return 1 / (1 + np.exp(-z))

        inputs, scores = inputs_and_scores(relu)
        slips = {
            "the output layer has ReLU; it needs the sigmoid": relu(scores[-1]),
            "this is the score of the output layer; the sigmoid is missing": scores[-1],
            "these are the decisions; AL holds the probabilities": scores[-1] > 0,
            "the hidden layers have the sigmoid; they need ReLU": logistic(inputs_and_scores(logistic)[1][-1]),
            "the hidden layers have tanh, as in week 3; here they need ReLU": logistic(
                inputs_and_scores(np.tanh)[1][-1]
            ),
            "the activation of the hidden layers is missing": logistic(inputs_and_scores(lambda z: z)[1][-1]),
        }
        orders = {
            "alphabetical order, W10 before W2": sorted(range(1, L + 1), key=str),
            "the order of the dict": [int(key[1:]) for key in p if key[0] == "W"],
        }
        for words, order in orders.items():
            if order != list(range(1, L + 1)) and len({array.shape for array in p.values()}) == 2:
                A = inputs_and_scores(lambda z: z, order[:1])[0][0]
                for i in order:
                    Z = p[f"W{i}"] @ A + p[f"b{i}"]
                    A = logistic(Z) if i == L else relu(Z)
                words = f"the layers are taken in {words}; count them with a number"
                last = logistic(inputs_and_scores(relu, order)[1][-1])
                slips |= {words: last, f"{words} (the sigmoid is not on the last one)": A}
        shape = (
            f"AL in {what}: expected shape {scores[-1].shape}, got {np.shape(AL)}; it comes from layer {L}, the last"
        )
        checks.that(np.shape(AL) == scores[-1].shape, shape)
        loose = {"rtol": 1e-4, "atol": 1e-6}  # linear_forward may have computed in float32
        checks.close(f"AL in {what}", AL, logistic(scores[-1]), mistakes=slips, **loose)
        one = f"{what}: caches is the cache of one layer; collect those of all layers in a list"
        checks.that(not (len(caches) == 4 and isinstance(caches[0], np.ndarray)), one)
        count = f"{what}: expected {L} caches, one for each layer that has weights, got {len(caches)}"
        checks.that(len(caches) == L, count)
        for i, cache in enumerate(caches):
            four = f"caches[{i}] in {what}: expected a tuple of 4, (A_prev, W, b, Z)"
            checks.that(isinstance(cache, tuple | list) and len(cache) == 4, four)
            turned = f"{what}: the caches are in reverse order; caches[{i}] is that of layer {i + 1}"
            checks.that(L == 1 or not np.array_equal(cache[1], p[f"W{L - i}"]) or L - i == i + 1, turned)
            right = inputs[i], p[f"W{i + 1}"], p[f"b{i + 1}"], scores[i]
            active = logistic(scores[i]) if i + 1 == L else relu(scores[i])
            kept = {"this is A; keep the scores from before the activation": active}
            for name, got, value in zip(("A_prev", "W", "b", "Z"), cache, right, strict=True):
                slips = kept if name == "Z" else None
                checks.close(f"{name} in caches[{i}] in {what}", got, value, mistakes=slips, **loose)

    X, W3, b3 = np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([[-1.0, 0.75]]), np.array([[-1.0]])
    p = {"W1": np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), "b1": np.array([[0.0], [0.0], [1.0]])}
    p |= {"W2": np.array([[1.0, 5.0, -1.0], [2.0, 0.0, 1.0]]), "b2": np.array([[1.0], [-1.0]]), "W3": W3, "b3": b3}
    checks.unchanged(deep_forward, X, p)
    check_deep("deep_forward(X, parameters) on paper, L = 3", X, p)
    neuron = {"W1": np.array([[0.5, -1.0]]), "b1": np.array([[0.25]])}
    check_deep("deep_forward(X, one neuron), L = 1", X, neuron)
    p = {"W2": np.array([[0.5, -1.0], [2.0, 1.0]]), "b2": np.array([[1.0], [0.5]])}
    p |= {"W1": np.array([[1.0, 0.5], [0.2, -0.3]]), "b1": np.array([[-0.5], [0.3]])}
    check_deep("deep_forward(X, parameters in the order W2, b2, W1, b1)", X, p)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(53)
    for dims, m in (
        ([5, 4, 1], 6),
        ([3, 6, 4, 2, 3], 5),
        ([2, 3], 4),
        ([5] * 12, 3),
        ([6, 2, 5, 4, 3, 2], 1),
    ):
        sizes = {f"W{i}": (dims[i], dims[i - 1]) for i in range(1, len(dims))}
        sizes |= {f"b{i}": (dims[i], 1) for i in range(len(dims) - 1, 0, -1)}
        p = {key: check_rng.normal(size=size) * (0.7 if key[0] == "W" else 0.3) for key, size in sizes.items()}
        check_deep(f"deep_forward(X, parameters), layer_dims = {dims}, m = {m}", check_rng.normal(size=(dims[0], m)), p)
    ### END HIDDEN TESTS

# %% [markdown]
# Now real pictures: cat or not a cat, as in week 2, standardised with the training pictures. Follow 24 test pictures through a network with random weights.

# %%
cats = data.load_cat_pictures()
X_train, X_test = (images.reshape(len(images), -1).T / 255 for images in (cats.X_train, cats.X_test))
mean, deviation = X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)
deviation[deviation == 0] = 1
X_train, X_test = (X_train - mean) / deviation, (X_test - mean) / deviation

layer_dims = [784, 40, 20, 10, 1]
AL, caches = deep_forward(X_test[:, :24], initialize_deep(layer_dims, seed=0))
print(f"AL {AL.shape}; what the caches hold:")
for i, (A_prev, W, b, Z) in enumerate(caches):
    print(f"caches[{i}]: A_prev {A_prev.shape}, W {W.shape}, b {b.shape}, Z {Z.shape}; Z < 0: {np.mean(Z < 0):.0%}")

# %%
activations = [A_prev for A_prev, W, b, Z in caches] + [AL]
figure, axes = plt.subplots(5, 1, figsize=(8, 5), sharex=True, height_ratios=[5, 4, 3, 2, 1])
for layer, (axis, A) in enumerate(zip(axes, activations, strict=True)):
    axis.imshow(
        A,
        aspect="auto",
        interpolation="nearest",
        cmap="gray_r" if layer else "PuOr_r",
        vmin=0 if layer else -3,
        vmax=3 if layer < 4 else 1,
    )
    axis.set_ylabel(f"A{layer} {A.shape}", rotation=0, ha="right", va="center")
    axis.set_yticks([])
    axis.grid(False)
axes[-1].set_xlabel("picture")
figure.suptitle("Each picture stays a column, from 784 pixels to one probability", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* From top to bottom: the pixels, three hidden layers, the output; a column is one picture all the way down. The number of rows changes from layer to layer, the
# number of columns never does. In the hidden layers (white: 0, dark: large) roughly half of the entries are 0: there the score was negative. Some units are 0 for nearly all
# pictures, others for nearly none: after the first ReLU all activations are 0 or above, so the weights of a unit decide more than the picture.
#
# Is the factor 2 of exercise 1 worth it? The caches know the scores of every layer. Ten hidden layers of 100 units:

# %%
deep = initialize_deep([784] + [100] * 10 + [1], seed=0)
shrunk = {key: value / np.sqrt(2) for key, value in deep.items()}
for name, parameters in (("weights · sqrt(2 / n)", deep), ("weights · sqrt(1 / n)", shrunk)):
    _, caches = deep_forward(X_test, parameters)
    plt.plot(range(1, 11), [np.mean(Z**2) for A_prev, W, b, Z in caches[:-1]], marker="o", label=name)
plt.yscale("log")
plt.xticks(range(1, 11))
plt.xlabel("hidden layer")
plt.ylabel("mean square of the scores Z")
plt.title("The factor 2 keeps the scores through ten layers; without it they halve in each")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The scale is logarithmic. The upper line stays between 1.5 and 3; the lower one loses about a factor 2 in each layer after the first, together a
# factor of about 600. Course 2 comes back to it: what vanishes on the way forward also vanishes on the way back.
#
# ## 5. Dimensions
#
# *How do you find a bug before you run the program?*
#
# Write down the shapes. They follow from `layer_dims` and $m$ alone. For layer $l$:
#
# | array | shape | its derivative |
# |---|---|---|
# | $W_l$ | $(n^{[l]}, n^{[l-1]})$ | $dW_l$, the same shape |
# | $b_l$ | $(n^{[l]}, 1)$ | $db_l$, the same shape |
# | $Z_l$ | $(n^{[l]}, m)$ | $dZ_l$, the same shape |
# | $A_l$ | $(n^{[l]}, m)$ | $dA_l$, the same shape |
#
# Parameters do not know $m$: the same network works for one picture and for a thousand. And a derivative has one entry for each entry of its quantity, so it has the same shape:
# this will catch many a mistake in lesson 03.
#
# *On paper.* `[2, 3, 2, 1]` with $m = 5$: $W_2$ is $(2, 3)$, $b_2$ is $(2, 1)$, $Z_2$ and $A_2$ are $(2, 5)$.
#
# ### Exercise 5: `shapes_table`


# %% exercise="shapes_table"
def shapes_table(layer_dims, m):
    """The shape of every array in the forward pass of a network.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units, layer 0 being the input.
        m: the number of examples.

    Returns:
        A dict with the 4 L keys "W1", "b1", "Z1", "A1", ..., "WL", "bL", "ZL", "AL" (with the number in place of L),
        whose values are tuples of two whole numbers.

    Example:
        shapes_table([3, 4], 5) is {"W1": (4, 3), "b1": (4, 1), "Z1": (4, 5), "A1": (4, 5)}.
    """
    # 1. A loop over the layers that have weights, as in initialize_deep.
    # 2. Four entries for each.
    ### BEGIN SOLUTION
    shapes = {}
    for layer in range(1, len(layer_dims)):
        n = layer_dims[layer]
        shapes[f"W{layer}"] = (n, layer_dims[layer - 1])
        shapes[f"b{layer}"] = (n, 1)
        shapes[f"Z{layer}"] = shapes[f"A{layer}"] = (n, m)
    return shapes
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `shapes = {}`. In the loop `for layer in range(1, len(layer_dims)):` write `shapes[f"W{layer}"] = (layer_dims[layer], layer_dims[layer - 1])` and three more lines,
# from the table above.
# </details>

# %% check="shapes_table" points=2
with checks.exercise("shapes_table"):

    def check_table(layer_dims, m):
        what = f"shapes_table({layer_dims}, {m})"
        shapes, L = shapes_table(layer_dims, m), len(layer_dims) - 1
        checks.that(
            isinstance(shapes, dict), f"{what}: expected a dict, got {type(shapes).__name__}; end with `return shapes`"
        )
        for i, (before, n) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1):
            for key, columns in (("W", before), ("b", 1), ("Z", m), ("A", m)):
                name, got = f"{key}{i}", shapes.get(f"{key}{i}")
                checks.that(name in shapes, f'{what}: the key "{name}" is missing')
                checks.that(isinstance(got, tuple | list), f'{what}["{name}"]: expected a tuple of two numbers')
                turned = f'{what}["{name}"]: got {got}; rows are the units of this layer'
                checks.that(n == columns or tuple(got) != (columns, n), turned)
                flat = f'{what}["{name}"]: got {got}; two numbers are wanted, rows and columns'
                checks.that(len(got) == 2, flat)
                checks.equal(f'{what}["{name}"]', tuple(got), (n, columns))
        more = f"{what}: expected {4 * L} entries, 4 for each of the {L} layers, got {len(shapes)}"
        checks.that(len(shapes) == 4 * L, f"{more}; the keys are W, b, Z and A of layers 1 to {L}")

    checks.unchanged(shapes_table, [2, 3, 2, 1], 5)
    check_table([2, 3, 2, 1], 5)
    check_table([7, 4], 6)
    ### BEGIN HIDDEN TESTS
    for layer_dims, m in (([6, 3, 5, 2, 4, 3], 7), ([3, 8, 2], 1), ([2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5], 10)):
        check_table(layer_dims, m)
    ### END HIDDEN TESTS

# %% [markdown]
# Your table for any network: change `layer_dims` and $m$ as you like.

# %%
layer_dims, m = [784, 40, 20, 10, 1], 396
shapes, total = shapes_table(layer_dims, m), 0
print("layer  W and dW     b and db   Z and dZ     A and dA     parameters")
for layer in range(1, len(layer_dims)):
    W, b, Z, A = (shapes[f"{key}{layer}"] for key in "WbZA")
    total += W[0] * W[1] + b[0]
    print(f"{layer:5}  {str(W):11}  {str(b):9}  {str(Z):11}  {str(A):11}  {W[0] * W[1] + b[0]:10,}")
print(f"together {total:,} parameters, whatever m is")

# %% [markdown]
# *What to notice.* Read the columns of W from row to row: the second number of each layer is the first number of the layer above it. That is why the matrix products fit.
#
# ### Exercise 6: `check_dimensions`
#
# *The program stopped with an error in some layer. Which array is wrong?*
#
# NumPy says something like "mismatch in its core dimension 0 (size 20 is different from 40)". It knows neither layer nor name, and a product may fail in a layer whose own weights are right.
# Often it says nothing: if $W_1$ and $b_1$ have a row too many, and $W_2$ a column, everything fits and is still not the network that you wanted. So compare each parameter
# with the shape that it must have, from the first layer on, and name the **first** that is wrong: $W_1$, $b_1$, $W_2$, $b_2$ and so on. The others may be wrong only because of it.


# %% exercise="check_dimensions"
def check_dimensions(parameters, layer_dims):
    """Says which parameter is the first that does not fit the network, or None if all fit.

    Args:
        parameters: a dict that should hold "W1", "b1", ..., "WL", "bL"; it may lack some. Other keys do not matter.
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units.

    Returns:
        None, or a sentence (a string) about the first wrong one in the order W1, b1, W2, b2, ... If it is missing, its
        key stands in the sentence; if its shape is wrong, its key, then the expected shape, then its own shape, both
        as tuples or lists: (1, 4), not 1 x 4. No other key stands there.

    Example:
        for [3, 4, 1] and a W2 of shape (4, 1) it is "W2: expected shape (1, 4), got (4, 1)".
    """
    # 1. For each layer, from the first: two keys, two expected shapes.
    # 2. Is the key there? Then: is its shape the expected one? The first "no" returns at once.
    ### BEGIN SOLUTION
    for layer in range(1, len(layer_dims)):
        n, n_before = layer_dims[layer], layer_dims[layer - 1]
        for key, expected in ((f"W{layer}", (n, n_before)), (f"b{layer}", (n, 1))):
            if key not in parameters:
                return f"{key} is missing; expected shape {expected}"
            if parameters[key].shape != expected:
                return f"{key}: expected shape {expected}, got {parameters[key].shape}"
    return None
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Two loops: over the layers, and in it over the two pairs of key and shape, `((f"W{layer}", (n, n_before)), (f"b{layer}", (n, 1)))`. In the inner one first `if key not in parameters:`, then
# `if parameters[key].shape != expected:`; each returns an f-string. `return None` stands after both loops.
# </details>

# %% check="check_dimensions" points=3
with checks.exercise("check_dimensions"):

    def changed(layer_dims, changes, missing=()):
        """Fitting parameters of zeros, but with the shapes in `changes` and without the keys in `missing`."""
        shapes = {f"b{i}": (layer_dims[i], 1) for i in range(len(layer_dims) - 1, 0, -1)}
        shapes |= {f"W{i}": (layer_dims[i], layer_dims[i - 1]) for i in range(len(layer_dims) - 1, 0, -1)} | changes
        return {key: np.zeros(size) for key, size in shapes.items() if key not in missing}

    def check_message(layer_dims, changes, missing, key, expected=None):
        """The message must name `key` and no other; for a wrong shape, the expected and then the given shape."""
        what = f"check_dimensions(parameters, {layer_dims})"
        story = [f"{name} of shape {size}" for name, size in changes.items()] + [f"no {name}" for name in missing]
        what += f" with {' and '.join(story)}"
        answer = check_dimensions(changed(layer_dims, changes, missing), layer_dims)
        checks.that(answer is not None, f"{what}: expected a sentence about {key}, got None")
        checks.that(isinstance(answer, str), f"{what}: expected a string, got {type(answer).__name__}")
        words = "".join(c if c.isalnum() else " " for c in answer).split()
        named = [word for word in words if word[0] in "Wb" and word[1:].isdigit()]
        first = (
            f"{what}: name the first wrong one, {key}, by its key and no other; you name {', '.join(named) or 'none'}"
        )
        checks.that(set(named) == {key}, first)
        if expected:
            shapes = "".join(c for c in answer.replace("[", "(").replace("]", ")") if c != " ").replace(",)", ")")
            places = [shapes.find(str(size).replace(" ", "").replace(",)", ")")) for size in (expected, changes[key])]
            both = (
                f"{what}: the sentence must hold the expected shape {expected} and the shape {changes[key]} that came"
            )
            checks.that(min(places) >= 0, both)
            checks.that(
                places[0] < places[1], f"{what}: name the expected shape {expected} first, then the one that came"
            )

    def check_fit(layer_dims, more=None):
        answer = check_dimensions(changed(layer_dims, more or {}), layer_dims)
        what = f"check_dimensions(parameters that fit, {layer_dims})"
        checks.that(answer is None, f"{what}: expected None, got {answer!r}")

    checks.unchanged(check_dimensions, changed([3, 4, 2, 1], {}), [3, 4, 2, 1])
    check_fit([3, 4, 2, 1])
    check_message([3, 4, 1], {"W2": (4, 1)}, (), "W2", (1, 4))
    check_message([3, 4, 2, 1], {"W3": (2, 1), "b1": (4,)}, (), "b1", (4, 1))
    check_message([3, 4, 2, 1], {}, ("b2",), "b2")
    ### BEGIN HIDDEN TESTS
    for layer_dims in ([5, 2], [4, 3, 3, 2, 5], [2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1]):
        check_fit(layer_dims)
    check_fit([3, 4, 1], {"W7": (2, 2), "A1": (1, 1)})
    check_message([6, 4, 3, 1], {"W1": (4, 5), "W3": (1, 4)}, (), "W1", (4, 6))
    check_message([6, 4, 3, 1], {"W2": (5, 4), "b2": (5, 1), "W3": (1, 5)}, (), "W2", (3, 4))
    check_message([6, 4, 3, 1], {"b3": (3, 1), "b2": (1, 3)}, (), "b2", (3, 1))
    check_message([6, 4, 3, 2], {"W3": (3, 2)}, (), "W3", (2, 3))
    check_message([6, 4, 3, 2], {"b3": (1, 1)}, (), "b3", (2, 1))
    check_message([5, 3], {"b1": (3, 3)}, (), "b1", (3, 1))
    check_message([6, 4, 3, 2], {"W2": (12,)}, (), "W2", (3, 4))
    check_message([6, 4, 3, 2], {"b1": (4, 2)}, ("W2", "b3"), "b1", (4, 1))
    check_message([6, 4, 3, 2], {"b3": (3, 1)}, ("W3",), "W3")
    check_message([2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1], {"W10": (3, 2), "W2": (3, 2)}, (), "W2", (2, 3))
    ### END HIDDEN TESTS

# %% [markdown]
# Three networks with one slip each. What does NumPy say, and what does your checker say?

# %%
layer_dims = [784, 40, 20, 10, 1]
right = initialize_deep(layer_dims, seed=0)
broken = {
    "W2 transposed": right | {"W2": right["W2"].T},
    "layer 1 too wide": initialize_deep([784, 41, 20, 10, 1], seed=0),
    "b3 with one number": right | {"b3": np.zeros((1, 1))},
}
for name, parameters in broken.items():
    A = X_test
    try:
        for layer in range(1, 5):
            A = np.maximum(0, parameters[f"W{layer}"] @ A + parameters[f"b{layer}"])
        said = "nothing, it computes"
    except ValueError as error:
        said = str(error).replace(", with gufunc signature (n?,k),(k,m?)->(n?,m?)", "")
    print(f"{name}\n    NumPy: {said}\n    yours: {check_dimensions(parameters, layer_dims)}")

# %% [markdown]
# *What to notice.* NumPy notices the first slip only, and does not say where it is. A single forward pass that runs without an error proves little: compare the shapes.
#
# ## 6. What does a deep network know before it learns?
#
# *How well does a deep network with random weights recognise cats?*
#
# A network with $L = 1$ is logistic regression, so `deep_forward` can also use weights that were trained as in week 2. Put them next to 300 deep networks that have only their first weights.
# Half of the 396 test pictures show a cat.

# %%
w, b = np.zeros((784, 1)), 0.0
for _ in range(300):
    dZ = sigmoid(w.T @ X_train + b) - cats.Y_train
    w, b = w - 0.01 * X_train @ dZ.T / dZ.size, b - 0.01 * np.mean(dZ)


def accuracy(parameters):
    """The share of the test pictures that a network decides rightly."""
    return np.mean((deep_forward(X_test, parameters)[0] > 0.5) == cats.Y_test)


trained = accuracy({"W1": w.T, "b1": np.full((1, 1), b)})
untrained = [accuracy(initialize_deep([784, 40, 20, 10, 1], seed)) for seed in range(300)]
print(f"L = 1, trained: {trained:.1%}; L = 4, not trained: {np.mean(untrained):.1%} on average")

plt.hist(
    untrained, bins=np.arange(0.3, 0.72, 0.02) - 0.01, color=plots.COLORS[0], label="300 deep networks, first weights"
)
plt.axvline(trained, color=plots.COLORS[1], linestyle="--", label="logistic regression, trained")
plt.xlabel("share of right decisions on the test pictures")
plt.ylabel("number of networks")
plt.title("Depth without training is a coin toss")
plt.legend(loc="upper right", bbox_to_anchor=(0.95, 1))
plt.show()

# %% [markdown]
# *What to notice.* The untrained networks are right on half of the pictures on average, like a coin. About a fifth of them give the same
# answer to at least 95 % of the pictures and so stand near the middle. One neuron with 785 trained parameters is right on about 90 %, while 32,000 random ones know nothing. Depth is a possibility; training makes something of it.
# For that, the way back through `caches` is missing: lesson 03.

# %% [markdown]
# ## What you built
#
# - `initialize_deep`: first weights for any number of layers, of a size that survives ReLU;
# - `linear_forward` and `linear_activation_forward`: one layer, with its cache `(A_prev, W, b, Z)`;
# - `deep_forward`: all layers in one loop, and the list of their caches;
# - `shapes_table` and `check_dimensions`: the shape of every array, and the name of the first that is wrong.
#
# ## On your own
#
# - Which of `[784, 100, 1]` and `[784, 50, 50, 50, 1]` has more parameters? Answer on paper, then with `shapes_table`.
# - Draw the histogram of section 6 for `[784, 1]` and for `[784, 5, 5, 5, 5, 5, 1]`. Why does the peak in the middle grow?
# - Let `check_dimensions` also say "is it transposed?" where the shape is exactly turned round.
#
# ## In practice
#
# In PyTorch the network is `torch.nn.Sequential` of `Linear` and `ReLU` objects, which checks the sizes only when data pass through; `torch.nn.init.kaiming_normal_` draws the weights of exercise 1. There the
# cache is kept for you; it is one reason why training needs more memory than prediction.
#
# ## References
#
# - K. He, X. Zhang, S. Ren and J. Sun (2015), *Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification*, ICCV.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, chapter 6, MIT Press.
