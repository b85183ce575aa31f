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
# Each layer does the same as before; there are only more of them. A **deep** network has several hidden layers. We write its sizes as a list, `layer_dims`. The next
# cell draws the network `[4, 5, 4, 3, 1]`. (You need not read its code.)

# %%
layer_dims = [4, 5, 4, 3, 1]
figure, axis = plt.subplots(figsize=(8, 4.4))
plots.draw_network(axis, layer_dims)
for layer, n in enumerate(layer_dims):
    kind = "input" if layer == 0 else "output" if layer == len(layer_dims) - 1 else "hidden"
    axis.text(layer, 2.6, f"layer {layer}: {kind}\n$n^{{[{layer}]}}$ = {n}", ha="center", va="bottom")
    if layer > 0:
        axis.text(layer - 0.5, -2.6, f"W{layer} {n, layer_dims[layer - 1]}\nb{layer} {n, 1}", ha="center", va="top")
axis.set_ylim(-3.5, 3.5)
axis.set_title("Five columns of circles, four layers of weights: L = 4")
plt.show()

# %% [markdown]
# *What to notice.* The number of layers $L$ is the number of weight matrices: the hidden layers **and** the output layer. The input is layer 0. It computes nothing
# and is not counted. So `L = len(layer_dims) - 1`.
#
# | network | $L$ | you know it from |
# |---|---|---|
# | `[n_x, 1]` | 1 | logistic regression, week 2 |
# | `[n_x, n_h, 1]` | 2 | the shallow network, week 3 (there with tanh in the hidden layer) |
# | `[4, 5, 4, 3, 1]` | 4 | this week |
#
# We write $n^{[l]}$ for the number of units in layer $l$, so $n^{[0]} = n_x$ and $n^{[L]} = n_y$. Each layer has the shapes that you know from week 3: its rows are its own
# units, its columns are the units of the layer before.
#
# $$W_l \text{ of shape } (n^{[l]}, n^{[l-1]}), \qquad b_l \text{ of shape } (n^{[l]}, 1), \qquad l = 1, \dots, L.$$
#
# **The first weights.** They are random, as in week 3. There we divided by $\sqrt{n}$ for tanh. The hidden layers of a deep network use **ReLU**, which sets the negative scores to 0.
# At the start positive and negative scores are equally likely and equally large, so the activations have only half of the mean square of the scores. A factor 2 in the variance of the weights makes up for it (He initialisation):
#
# $$W_l = \text{normal random numbers} \cdot \sqrt{\frac{2}{n^{[l-1]}}}, \qquad b_l = 0.$$
#
# *On paper.* `[4, 5, 4, 3, 1]` has $5 \cdot 4 + 5 = 25$ parameters in layer 1, then $24$, $15$ and $4$ in the other layers. Together these are $68$. The weights of $W_2$ have the standard deviation
# $\sqrt{2/5} \approx 0.63$.
#
# ### Exercise 1: `initialize_deep`


# %% exercise="initialize_deep"
def initialize_deep(layer_dims, seed):
    """The first parameters of a network with any number of layers.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units, layer 0 being the input; L >= 1. It is not changed.
        seed: whole number >= 0; the same seed gives the same weights, another seed gives others.

    Returns:
        A dict with the 2 L keys "W1", "b1", ..., "WL", "bL" and no other (deep_forward will count them), of new arrays
        (float64). Wl has shape (n_l, n_(l-1)): normal random numbers with mean 0 and standard deviation
        sqrt(2 / n_(l-1)), other ones in each layer. bl has shape (n_l, 1): zeros.

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
        scale = np.sqrt(2 / n_before)  # equivalent "1e-08 added under the division": random anyway
        parameters[f"W{layer}"] = rng.normal(size=(n, n_before)) * scale
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `for layer in range(1, len(layer_dims)):` goes from 1 to $L$. In it, `layer_dims[layer]` is the number of rows and `layer_dims[layer - 1]` the number of columns.
# </details>
# <details><summary>Hint 2</summary>
#
# Make the generator once, before the loop: a new one with the same seed would begin with the same numbers in each layer. Begin with `parameters = {}`; the bias is `parameters[f"b{layer}"] = np.zeros((layer_dims[layer], 1))`.
# </details>
# <details><summary>Hint 3</summary>
#
# The weights are `rng.normal(size=(n, n_before)) * np.sqrt(2 / n_before)`, where `n` and `n_before` are the two lengths of hint 1.
# </details>

# %% check="initialize_deep" points=2
with checks.exercise("initialize_deep"):

    def shaped(layer_dims, seed):  # what initialize_deep returns, if keys and shapes are right
        what, start = f"initialize_deep({layer_dims}, {seed})", initialize_deep(layer_dims, seed)
        checks.keys(what, start, [f"{letter}{layer}" for layer in range(1, len(layer_dims)) for letter in "Wb"])
        for layer, (n_before, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
            checks.shape(f"W{layer} of {what}", start[f"W{layer}"], (n, n_before))
            checks.shape(f"b{layer} of {what}", start[f"b{layer}"], (n, 1))
            checks.that(not np.any(start[f"b{layer}"]), f"b{layer} of {what} must be zeros; biases start at 0")
        return start

    checks.unchanged(initialize_deep, [3, 4, 2, 1], 0)
    start, other, large = shaped([3, 4, 2, 1], 0), shaped([3, 4, 2, 1], 1), shaped([300, 500, 200], 5)
    for key in ("W1", "W2", "W3"):
        what = f"{key} of initialize_deep([3, 4, 2, 1], 0)"
        checks.that(len(np.unique(start[key])) == start[key].size, f"{what}: the weights must all differ")
        checks.that(not np.allclose(start[key], other[key]), f"the seeds 0 and 1 give the same {key}; is `seed` used?")
    for key, n in {"W1": 300, "W2": 500}.items():
        what, ratio = f"{key} of initialize_deep([300, 500, 200], 5)", np.std(large[key]) / (2 / n) ** 0.5
        wanted = f"sqrt(2 / {n}), with the number of units in the layer before"
        checks.that(0.98 < ratio < 1.02, f"{what}: its deviation is {ratio:.2f} times what it must be: {wanted}")
    ### BEGIN HIDDEN TESTS
    for layer_dims in ([400, 900, 300, 200], [3, 20000, 5], [1, 4000, 20], [2, 3000, 9], [300, 300, 300], [60] * 14):
        what, start = f"initialize_deep({layer_dims}, 7)", shaped(layer_dims, 7)
        units = [start[f"W{layer}"] * np.sqrt(n / 2) for layer, n in enumerate(layer_dims[:-1], 1)]
        for layer, unit in enumerate(units, 1):
            rough, name = 1 / np.sqrt(unit.size), f"W{layer} of {what}"
            spread = f"the standard deviation of {name} is {np.std(unit):.3f} times what it must be"
            checks.that(abs(np.std(unit) - 1) < 5 * rough, spread)
            checks.that(abs(np.mean(unit)) < 6 * rough, f"the mean of {name} is not near 0; use normal numbers")
            shares = [(1, 0.3173), (2, 0.0455), (3, 0.0027)]
            normal = all(abs(np.mean(np.abs(unit) > far) - share) < 5 * np.sqrt(share) * rough for far, share in shares)
            checks.that(normal, f"{name} is not drawn from a normal distribution")
            few_digits = len(np.unique(unit)) < unit.size or not np.any(unit != unit.astype(np.float32))
            repeated = start[f"W{layer}"].dtype == np.float64 and few_digits
            checks.that(
                not repeated, f"{name}: numbers repeat, or have too few digits; draw each anew, and do not round"
            )
        for one, two in zip(units, units[1:], strict=False):
            length = min(one.size, two.size)
            twice = abs(np.corrcoef(one.ravel()[:length], two.ravel()[:length])[0, 1]) > 6 / np.sqrt(length)
            checks.that(not twice, f"two layers of {what} hold the same numbers; make the generator only once")
    for layer_dims in ([5, 3], [1, 1, 1], [4, 4, 4, 4], [2, 3, 4, 2, 3, 5, 2, 3, 2, 4, 3, 2, 1], [3, 4, 2, 1]):
        checks.unchanged(initialize_deep, layer_dims, 12)
        start = shaped(layer_dims, 12)
        count = f"initialize_deep({layer_dims}, 12): expected {2 * len(layer_dims) - 2} keys, got {len(start)}"
        checks.that(len(start) == 2 * len(layer_dims) - 2, count)
        for key, value in start.items():
            what = f"{key} of initialize_deep({layer_dims}, 12)"
            checks.that(
                value.dtype == float and np.isfinite(value).all(), f"{what} holds {value.dtype}; make it float64"
            )
            checks.that(key[0] == "b" or len(np.unique(value)) == value.size, f"{what}: the weights must all differ")
            others = [array for name, array in start.items() if name != key]
            lent = any(np.shares_memory(value, array) for array in others)
            checks.that(not lent, f"{what} lies in the memory of another array that was returned; make each one new")
    for seed in (107, 256, 1007, 10**6 + 7):
        far = f"the seeds 7 and {seed} give the same W1; another seed must give other weights"
        checks.that(not np.allclose(initialize_deep([3, 4], 7)["W1"], initialize_deep([3, 4], seed)["W1"]), far)
    ### END HIDDEN TESTS

# %% [markdown]
# How many parameters has a network for the cat pictures, with their $28 \cdot 28 = 784$ pixels?

# %%
for layer_dims in ([784, 1], [784, 40, 1], [784, 40, 20, 10, 1], [784, 40, 40, 40, 40, 40, 1]):
    parameters = initialize_deep(layer_dims, seed=0)
    counts = [parameters[f"W{i}"].size + parameters[f"b{i}"].size for i in range(1, len(layer_dims))]
    print(f"L = {len(counts)}: {' + '.join(f'{n:,}' for n in counts)} = {sum(counts):,} parameters")

# %% [markdown]
# *What to notice.* Nearly all parameters are in $W_1$, because a picture has many pixels. The two additional hidden layers of the third network need only
# about 3 % more parameters. What they are good for is the subject of lesson 02.
#
# ## 2. One layer: the score
#
# *What does a layer compute when it does not know which layer it is?*
#
# Layer $l$ takes the activations of the layer before, $A_{l-1}$, one column for each example. They may be the input: $A_0 = X$. So one function serves all layers:
#
# $$Z_l = W_l A_{l-1} + b_l, \qquad \text{shape } (n^{[l]}, n^{[l-1]})\,(n^{[l-1]}, m) \to (n^{[l]}, m).$$
#
# $b_l$ has shape $(n^{[l]}, 1)$, and broadcasting adds it to each column. A flat $b_l$ of shape $(n^{[l]},)$ is dangerous, because NumPy reads it as a **row**. For most $m$ that is an error. For $m = n^{[l]}$ it gives
# wrong numbers without an error, and for $m = 1$ even wrong numbers of shape $(n^{[l]}, n^{[l]})$. A good layer refuses it.
#
# **The cache.** Training will come back through this layer (lesson 03), and will need what went in and the scores that came out. So each layer returns, together with its result, the tuple
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
        A_prev: activations of the layer before (or X), shape (n_prev, m), m >= 1.
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1). All three may hold floats or whole numbers; they are not changed.

    Returns:
        (Z, cache): Z = W A_prev + b, shape (n, m); cache is the tuple (A_prev, W, b, Z). The cache may hold the arrays
        that came in, or copies of them.

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
# <details><summary>Hint 1</summary>
#
# `W.shape` is the tuple `(n, n_prev)`. Two tuples are compared as a whole, so one comparison refuses every wrong `b.shape`.
# </details>
# <details><summary>Hint 2</summary>
#
# `if b.shape != (n, 1): raise ValueError("…")`, and the same for `A_prev.shape[0] != n_prev`. Then one matrix product with `@`, plus `b`. At the end `return Z, (A_prev, W, b, Z)`.
# </details>

# %% check="linear_forward" points=2
with checks.exercise("linear_forward"):
    W, b = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), np.array([[0.5], [-0.25], [1.0]])
    X = np.array([[2.0, 0.0, 1.0, -0.5], [1.0, 1.0, 0.5, 3.0]])
    checks.unchanged(linear_forward, X, W, b)
    right = [[1.5, -0.5, 1.0, -3.0], [-1.25, 0.75, -0.75, 3.25], [3.0, 3.0, 2.0, 7.0]]
    first = [[1.5, -0.5, 1, -3], [-0.5, 1.5, 0, 4], [2.5, 2.5, 1.5, 6.5]]
    slips = {
        "only the first bias is added; each unit has its own": first,
        "b is left out": [[1, -1, 0.5, -3.5], [-1, 1, -0.5, 3.5], [2, 2, 1, 6]],
        "this is ReLU; the activation comes in exercise 3": [[1.5, 0, 1, 0], [0, 0.75, 0, 3.25], [3, 3, 2, 7]],
    }
    what = "linear_forward(A_prev, W, b) with A_prev (2, 4), W (3, 2)"
    Z, cache = checks.results(what, linear_forward(X, W, b), ["Z", "cache"])
    checks.close(f"Z of {what}", Z, right, mistakes=slips)
    names = ["A_prev", "W", "b", "Z"]
    cache = checks.results(f"the cache of {what}", cache, names)
    for name, given, value in zip(names, cache, [X, W, b, right], strict=True):
        checks.close(f"{name} in the cache (A_prev, W, b, Z) of {what}", given, value, mistakes=slips)
    what = "linear_forward with A_prev (2, 3), W (3, 2) and a flat b of shape (3,), where NumPy sees no error"
    checks.raises(what, ValueError, linear_forward, X[:, :3], W, b[:, 0])
    ### BEGIN HIDDEN TESTS

    def score_by_score(A_prev, W, b):
        sums = (W.T[:, :, np.newaxis] * A_prev[:, np.newaxis, :]).sum(axis=0)
        Z = sums + np.repeat(b, A_prev.shape[1], axis=1)
        return Z, (A_prev, W, b, Z)

    def layer(rng, n_prev, n, m):
        return rng.normal(0, 1, (n_prev, m)), rng.normal(0, 1, (n, n_prev)), rng.normal(0, 1, (n, 1))

    whole = tuple(np.rint(2 * array).astype(int) for array in (X, W, b))
    others = {
        "with whole numbers everywhere": whole,
        "with pixels in A_prev": (np.abs(whole[0]), W, b),
        "with biases of size 1e-9 alone": (0 * X, W, 1e-9 * b),
        "with numbers of size 1e-9 in A_prev": (1e-9 * X, W, 0 * b),
        "with numbers of size 1e9 in W": (1e3 * X, 1e9 * W, b),
        "with one input, one example and 130 units": (X[:1, :1], np.ones((130, 1)), np.ones((130, 1))),
    }
    sizes, real = {"n_prev": 130, "n": 130, "m": 1030}, {"A_prev": 1e4, "W": 1e4, "b": 1e4}
    returns = {"Z": (), "cache": names}
    domain = {"sizes": sizes, "real": real, "types": ["A_prev", "W", "b"], "cases": others, "returns": returns}
    checks.agrees(linear_forward, score_by_score, layer, new=False, **domain)
    for n_prev, n, size, m in ((3, 2, (1, 2), 2), (3, 2, (1, 1), 2), (3, 2, (2, 4), 4), (3, 1, (4, 1), 4), (2, 3, (3,), 3),
                               (2, 3, (3,), 1), (2, 1, (1,), 4), (2, 3, (1, 3), 1), (2, 3, (3, 1, 1), 5), (2, 3, (), 5),
                               (4, 4, (1, 4), 4), (4, 4, (4, 4), 4), (3, 2, (3, 1), 5), (2, 1, (), 1)):  # fmt: skip
        what = f"linear_forward with A_prev ({n_prev}, {m}), W ({n}, {n_prev}) and b of shape {size}"
        checks.raises(what, ValueError, linear_forward, np.ones((n_prev, m)), np.ones((n, n_prev)), np.ones(size))
    for rows in (1, 2, 4):
        what = f"linear_forward with A_prev ({rows}, 5), W (2, 3) and b (2, 1)"
        checks.raises(what, ValueError, linear_forward, np.ones((rows, 5)), np.ones((2, 3)), np.ones((2, 1)))
    what = "linear_forward with A_prev (5, 3), W (2, 3) and b (2, 1)"
    checks.raises(what, ValueError, linear_forward, np.ones((5, 3)), np.ones((2, 3)), np.ones((2, 1)))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. One layer: score and activation
#
# *Which activation stands where?*
#
# The hidden layers use ReLU. The output layer uses the sigmoid, because its result must be a probability:
#
# $$A_l = g(Z_l), \qquad g(z) = \max(0, z) \;\text{ for "relu"}, \qquad g(z) = \sigma(z) \;\text{ for "sigmoid"}, \qquad \text{shape } (n^{[l]}, m).$$
#
# The cache stays $(A_{l-1}, W_l, b_l, Z_l)$. The slope of $g$ is taken at $Z_l$, so the scores must be kept **as they were before** the activation.
#
# *On paper.* ReLU turns the $Z_1$ of section 2 into $A_1 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 3 & 3 \end{bmatrix}$.
#
# ### Exercise 3: `linear_activation_forward`


# %% exercise="linear_activation_forward"
def linear_activation_forward(A_prev, W, b, activation):
    """One whole layer: scores, then activation.

    Args:
        A_prev, W, b: as in linear_forward; their shapes fit together.
        activation: "relu" or "sigmoid".

    Returns:
        (A, cache): A = g(Z), shape (n, m), exact to about 12 digits; cache is the tuple (A_prev, W, b, Z), with Z from
        before the activation.

    Raises:
        ValueError: the activation is any other string, also one such as "ReLU".

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
# <details><summary>Hint 1</summary>
#
# Begin with `Z, cache = linear_forward(A_prev, W, b)`. Then two `if`, one for each name of an activation. What is left to do where neither of them has returned?
# </details>
# <details><summary>Hint 2</summary>
#
# `np.maximum(0, Z)` is ReLU and makes a new array; `sigmoid` stands in the set-up cell. Return the pair `A, cache`. The last line is `raise ValueError("…")`.
# </details>

# %% check="linear_activation_forward" points=2
with checks.exercise("linear_activation_forward"):
    W, b = np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), np.array([[0.0], [0.0], [1.0]])
    X, names = np.array([[2.0, 0.0, 1.0], [1.0, 1.0, 0.5]]), ["A_prev", "W", "b", "Z"]
    Z, relu = [[1, -1, 0.5], [-1, 1, -0.5], [3, 3, 2]], [[1, 0, 0.5], [0, 1, 0], [3, 3, 2]]
    logistic = [[0.731059, 0.268941, 0.622459], [0.268941, 0.731059, 0.377541], [0.952574, 0.952574, 0.880797]]
    slips = {"this is the sigmoid": logistic, "this is ReLU": relu, "this is Z, with no activation": Z}
    slips |= {"this is tanh": np.tanh(Z), "these are 1 where Z > 0, else 0": np.sign(relu)}
    for activation, right in {"relu": relu, "sigmoid": logistic}.items():
        checks.unchanged(linear_activation_forward, X, W, b, activation)
        what = f'linear_activation_forward(X, W1, b1, "{activation}")'
        A, cache = checks.results(what, linear_activation_forward(X, W, b, activation), ["A", "cache"])
        checks.close(f"A of {what}", A, right, mistakes=slips, atol=1e-6)
        cache = checks.results(f"the cache of {what}", cache, names)
        for name, given, value in zip(names, cache, [X, W, b, Z], strict=True):
            kept = {"this is A; keep the scores from before the activation": right}
            checks.close(f"{name} in the cache of {what}", given, value, mistakes=kept)
    what = 'linear_activation_forward(X, W1, b1, "softplus")'
    checks.raises(what, ValueError, linear_activation_forward, X, W, b, "softplus")
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(A_prev, W, b, activation):
        Z = (W.T[:, :, np.newaxis] * A_prev[:, np.newaxis, :]).sum(axis=0) + b
        A = (Z + np.abs(Z)) / 2 if activation == "relu" else np.exp(-np.logaddexp(0, -Z))
        return A, (A_prev, W, b, Z)

    whole = tuple(np.rint(2 * array).astype(int) for array in (X, W, b))
    sizes, real = {"n_prev": 130, "n": 130, "m": 1030}, {"A_prev": 30, "W": 30, "b": 30}
    domain = {"sizes": sizes, "real": real, "types": ["A_prev", "W", "b"], "returns": {"A": (), "cache": names}}
    for activation in ("relu", "sigmoid"):

        def layer(rng, n_prev, n, m, activation=activation):
            A_prev, W, b = (rng.normal(0, 1, size) for size in ((n_prev, m), (n, n_prev), (n, 1)))
            return A_prev, W, b, activation

        others = {"with whole numbers everywhere": (*whole, activation), "with scores 0": (0 * X, W, 0 * b, activation)}
        others |= {f"with scores of size {size:g}": (size * X, W, 0 * b, activation) for size in (1e-9, 1e9)}
        A, cache = linear_activation_forward(abs(X), abs(W), abs(b), activation)
        apart = (
            f"linear_activation_forward with positive scores and {activation}: A lies in the memory of Z; make a copy"
        )
        checks.that(not np.shares_memory(A, cache[3]), apart)
        checks.agrees(linear_activation_forward, unit_by_unit, layer, new=False, atol=1e-12, cases=others, **domain)
    for other in (
        "tanh",
        "ReLU",
        "RELU",
        "Sigmoid",
        "linear",
        "",
        "relu ",
        "prelu",
        "relu6",
        "sigmoid ",
        "logistic",
        "identity",
        "r",
        "leaky_relu",
        "softmax",
    ):
        what = f'linear_activation_forward(X, W1, b1, "{other}")'
        checks.raises(what, ValueError, linear_activation_forward, X, W, b, other)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. All layers
#
# *Can we get rid of the loop over the layers, too?*
#
# No. The loop over the examples could go, because examples do not depend on each other. But layer 2 needs the result of layer 1. So one loop stays, over the layers:
#
# $$A_0 = X, \qquad A_l = \text{ReLU}(W_l A_{l-1} + b_l) \;\text{ for } l = 1, \dots, L - 1, \qquad A_L = \sigma(W_L A_{L-1} + b_L).$$
#
# *On paper.* The network `[2, 3, 2, 1]` goes on from above with
# $W_2 = \begin{bmatrix} 1 & 5 & -1 \\ 2 & 0 & 1 \end{bmatrix}$, $b_2 = \begin{bmatrix} 1 \\ -1 \end{bmatrix}$, $W_3 = [-1, \; 0.75]$, $b_3 = [-1]$:
#
# | layer | what goes in | score | what comes out |
# |---|---|---|---|
# | 1, ReLU | $A_0 = X$ | $Z_1$ of section 2 | $A_1 = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 3 & 3 \end{bmatrix}$ |
# | 2, ReLU | $A_1$ | $Z_2 = \begin{bmatrix} 1 - 3 + 1 & 5 - 3 + 1 \\ 2 + 3 - 1 & 3 - 1 \end{bmatrix} = \begin{bmatrix} -1 & 3 \\ 4 & 2 \end{bmatrix}$ | $A_2 = \begin{bmatrix} 0 & 3 \\ 4 & 2 \end{bmatrix}$ |
# | 3, sigmoid | $A_2$ | $Z_3 = [3 - 1, \; -3 + 1.5 - 1] = [2, -2.5]$ | $A_3 = [0.881, 0.076]$ |
#
# The caches of all layers stand in a list. Backpropagation will go through it from the last to the first. Python counts from 0, so the cache of layer $l$ is
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
        X: examples as columns, shape (n_0, m), m >= 1, floats or whole numbers.
        parameters: a dict with "W1", "b1", ..., "WL", "bL" and no other key, in any order; L >= 1. Floats or whole
            numbers. Neither the dict nor an array is changed.

    Returns:
        (AL, caches): AL has shape (n_L, m), exact to about 12 digits; caches is a list of L tuples,
        caches[l - 1] = (A_prev, W, b, Z) of layer l.

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
# `L = len(parameters) // 2`, and the first layer gets `A = X`. Then `for layer in range(1, L + 1):`. Each round replaces `A` by the result of `linear_activation_forward` and keeps the cache in a list.
# </details>
# <details><summary>Hint 2</summary>
#
# The activation is `"sigmoid"` if `layer == L`, else `"relu"`. The arrays are `parameters[f"W{layer}"]` and `parameters[f"b{layer}"]`; do not sort the keys: `"W10"` would come
# before `"W2"`.
# </details>

# %% check="deep_forward" points=3
with checks.exercise("deep_forward"):
    X, names = np.array([[2.0, 0.0, 1.0], [1.0, 1.0, 0.5]]), ["A_prev", "W", "b", "Z"]
    p = {"W1": np.array([[1.0, -1.0], [-1.0, 1.0], [0.0, 2.0]]), "b1": np.array([[0.0], [0.0], [1.0]])}
    p |= {"W2": np.array([[1.0, 5.0, -1.0], [2.0, 0.0, 1.0]]), "b2": np.array([[1.0], [-1.0]])}
    p |= {"W3": np.array([[-1.0, 0.75]]), "b3": np.array([[-1.0]])}
    checks.unchanged(deep_forward, X, p)
    what = "deep_forward(X, parameters), the network on paper"
    AL, caches = checks.results(what, deep_forward(X, p), ["AL", "caches"])
    slips = {"the output layer has ReLU; it needs the sigmoid": [[2, 0, 0.5]]}
    slips["this is the score of the output layer; the sigmoid is missing"] = [[2, -2.5, 0.5]]
    slips["the hidden layers have the sigmoid; they need ReLU"] = [[0.2158937232, 0.1800002528, 0.2031952687]]
    slips["the hidden layers have tanh; here they need ReLU"] = [[0.6630107917, 0.0642771829, 0.6179805692]]
    checks.that(np.shape(AL) != (2, 3), f"AL of {what} has shape (2, 3): that is layer 2, but the last is layer 3")
    checks.close(f"AL of {what}", AL, [[0.8807970780, 0.0758581800, 0.6224593312]], mistakes=slips)
    checks.that(len(caches) == 3, f"{what}: expected a list of 3 caches, one for each layer, got {len(caches)} entries")
    turned = f"{what}: the caches are in reverse order; caches[0] is that of layer 1"
    checks.that(np.shape(caches[0][-1]) != (1, 3), turned)
    for i, Z in enumerate(([[1, -1, 0.5], [-1, 1, -0.5], [3, 3, 2]], [[-1, 3, -0.5], [4, 2, 2]], [[2, -2.5, 0.5]])):
        cache = checks.results(f"caches[{i}] of {what}", caches[i], names)
        checks.close(f"Z in caches[{i}] of {what}", cache[3], Z)
    ### BEGIN HIDDEN TESTS
    weights, biases = [9, 12, 5, 8, 11, 13, 7, 14, 6, 15], [3, -2, 4, 1, -5, 2, -1, 2, 3, -11]
    p = {f"W{i}": np.array([[weights[i - 1] / 10]]) for i in range(10, 0, -1)}
    p |= {f"b{i}": np.array([[biases[i - 1] / 10]]) for i in range(1, 11)}
    slips = {
        "the layers are taken in alphabetical order, W10 before W2; count with a number": [
            [0.6547100213, 0.7657868304]
        ],
        "the layers are taken in the order of the dict; count with a number": [[0.6977632038, 0.7992371440]],
    }
    what = "AL of deep_forward(X, parameters) with 10 layers of one unit, the keys W10, W9, ..., W1, b1, ..., b10"
    AL = checks.results(what, deep_forward(np.array([[1.0, 2.0]]), p), ["AL", "caches"])[0]
    checks.close(what, AL, [[0.5405145202, 0.6697995247]], mistakes=slips)

    def layer_by_layer(X, parameters):
        L, A, caches = max(int(key[1:]) for key in parameters), X, []
        for i in range(1, L + 1):
            W, b = parameters[f"W{i}"], parameters[f"b{i}"]
            Z = np.einsum("jk,ki->ji", W, A) + b
            caches.append((A, W, b, Z))
            A = (Z + np.abs(Z)) / 2
        return np.exp(-np.logaddexp(0, -Z)), caches

    def network(rng, n_0, n_1, n_L, m, L):
        dims = [n_0, *(n_1 + 2 * (i % 2) for i in range(L - 1)), n_L]
        shapes = {
            f"{letter}{i}": (dims[i], dims[i - 1] if letter == "W" else 1) for i in range(L, 0, -1) for letter in "bW"
        }
        weights = {key: rng.normal(0, 1, size) / np.sqrt(size[1]) for key, size in shapes.items()}
        return rng.normal(0, 1, (n_0, m)), weights

    def square(rng, L):
        return {
            f"{letter}{i}": rng.normal(0, 0.6, (5, 5 if letter == "W" else 1))
            for letter in "Wb"
            for i in range(1, L + 1)
        }

    check_rng = np.random.default_rng(53)
    X = check_rng.normal(0, 1, (5, 6))
    others = {f"with L = {L} square layers": (X, square(check_rng, L)) for L in (1, 2, 12, 31, 103)}
    others["with numbers of size 1e9 in X"] = 1e9 * X, square(check_rng, 3)
    whole = {key: np.rint(2 * value).astype(int) for key, value in square(check_rng, 3).items()}
    others |= {"with whole numbers everywhere": (np.rint(2 * X).astype(int), whole)}
    sizes, returns = {"n_0": 130, "n_1": 110, "n_L": 130, "m": 1030, "L": (1, 12)}, {"AL": (), "caches": names}
    domain = {"sizes": sizes, "real": {"X": 30, "parameters": 3}, "types": ["X", "parameters"], "returns": returns}
    checks.agrees(deep_forward, layer_by_layer, network, new=False, atol=1e-12, cases=others, **domain)
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
# *What to notice.* From top to bottom you see the pixels, three hidden layers and the output. A column is one picture all the way down. The number of rows changes from layer to layer, the
# number of columns never does. In the hidden layers (white: 0, dark: large) many entries are 0: there the score was negative. In the deeper layers some units are 0 for nearly all
# pictures, others for nearly none. After the first ReLU all activations are 0 or above, so the sign of a score depends more on the weights of its unit than on the picture.
#
# What does the factor 2 of exercise 1 do? The caches hold the scores of every layer, so we can look. Here are ten hidden layers of 100 units:

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
plt.title("With the factor 2 the scores keep their size; without it they fade")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The scale is logarithmic. The upper line goes up and down with the random weights, but keeps its order of magnitude. In the lower one every layer has half the variance of the weights, so its line is lower by a factor of 2 in layer 1, of $2^2$ in layer 2, and of $2^{10} = 1024$ in layer 10.
# Course 2 comes back to it: there the gradients vanish on the way back for the same reason.
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
# The shapes of the parameters do not depend on $m$: the same network works for one picture and for a thousand. And a derivative has one entry for each entry of its quantity, so it has the same shape.
# This will reveal many mistakes in lesson 03.
#
# *On paper.* For `[2, 3, 4, 1]` with $m = 5$, $W_2$ has the shape $(4, 3)$, $b_2$ has $(4, 1)$, and $Z_2$ and $A_2$ have $(4, 5)$.
#
# ### Exercise 5: `shapes_table`


# %% exercise="shapes_table"
def shapes_table(layer_dims, m):
    """The shape of every array in the forward pass of a network.

    Args:
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units, layer 0 being the input; L >= 1. It is not changed.
        m: the number of examples, a whole number from 1 on.

    Returns:
        A dict with exactly the 4 L keys "W1", "b1", "Z1", "A1", ..., "WL", "bL", "ZL", "AL" (with the number in place
        of L), whose values are tuples (or lists) of two whole numbers. The input A0 is not in it.

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
# <details><summary>Hint 1</summary>
#
# Begin with `shapes = {}`. The loop is `for layer in range(1, len(layer_dims)):`, and each line of the table above is one entry.
# </details>
# <details><summary>Hint 2</summary>
#
# The first entry is `shapes[f"W{layer}"] = (layer_dims[layer], layer_dims[layer - 1])`. The three others have the same first number.
# </details>

# %% check="shapes_table" points=2
with checks.exercise("shapes_table"):
    right = {"W1": (3, 2), "b1": (3, 1), "Z1": (3, 5), "A1": (3, 5), "W2": (4, 3), "b2": (4, 1), "Z2": (4, 5)}
    right |= {"A2": (4, 5), "W3": (1, 4), "b3": (1, 1), "Z3": (1, 5), "A3": (1, 5)}
    what = "shapes_table([2, 3, 4, 1], 5)"
    checks.unchanged(shapes_table, [2, 3, 4, 1], 5)
    shapes = shapes_table([2, 3, 4, 1], 5)
    checks.keys(what, shapes, right)
    more = f"{what}: expected 12 entries, got {len(shapes)}; the keys are W, b, Z and A of layers 1 to 3"
    checks.that(len(shapes) == 12, more)
    for key, shape in right.items():
        got = tuple(np.ravel(shapes[key]).tolist())
        turned = f"{key} of {what}: got {got}; rows are the units of this layer"
        checks.that(got != shape[::-1] or shape == (1, 1), turned)
        checks.that(len(got) == 2, f"{key} of {what}: got {got}; two numbers are wanted, rows and columns")
        checks.equal(f"{key} of {what}", got, shape)
    ### BEGIN HIDDEN TESTS

    def from_arrays(layer_dims, m):
        A, table = np.zeros((layer_dims[0], m)), {}
        for layer, n in enumerate(layer_dims[1:], 1):
            W, b = np.zeros((n, len(A))), np.zeros((n, 1))
            A = W @ A + b
            arrays = {"W": W, "b": b, "Z": A, "A": A}
            table |= {f"{letter}{layer}": list(array.shape) for letter, array in arrays.items()}
        return table

    def network(rng, L, largest):
        return rng.integers(1, largest + 1, L + 1).tolist(), int(rng.integers(1, largest + 1))

    others = {"with n = m": ([4, 4, 4], 4), "with n_0 = m": ([5, 3, 1], 5), "with m = 2000": ([3, 2], 2000)}
    sizes = {"L": (1, 120), "largest": 300}
    checks.agrees(shapes_table, from_arrays, network, sizes=sizes, cases=others)
    for key, size in shapes_table([3, 4, 2], 1).items():
        what = f"{key} of shapes_table([3, 4, 2], 1)"
        checks.that(isinstance(size, tuple | list), f"{what}: expected a tuple or a list, got {type(size).__name__}")
        for number in size:
            checks.whole(what, number)
    for layer_dims in ([3, 4], [3, 4, 2], [3, 4, 2, 5], [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]):
        count = 4 * (len(layer_dims) - 1)
        more = f"shapes_table({layer_dims}, 6): expected {count} entries, 4 for each layer that has weights"
        checks.that(len(shapes_table(layer_dims, 6)) == count, more)
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
# NumPy says something like "mismatch in its core dimension 0 (size 20 is different from 40)". It knows neither the layer nor the name, and a product may fail in a layer whose own weights are right.
# Often it says nothing. If $W_1$ and $b_1$ have a row too many, and $W_2$ a column too many, everything fits, and it is still not the network that you wanted.
#
# So compare each parameter with the shape that it must have, in the order $W_1$, $b_1$, $W_2$, $b_2$ and so on. Name the **first** that is wrong. The others may be wrong only because of it.


# %% exercise="check_dimensions"
def check_dimensions(parameters, layer_dims):
    """Says which parameter is the first that does not fit the network, or None if all fit.

    Args:
        parameters: a dict of NumPy arrays that should hold "W1", "b1", ..., "WL", "bL", in any order; it may lack some.
            Other keys do not matter, and it is not changed.
        layer_dims: list [n_0, n_1, ..., n_L] of the numbers of units; L >= 1.

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
# <details><summary>Hint 1</summary>
#
# A loop over the layers, and in it a look at the weights, then at the biases. For each of the two: is the key there, and is the shape right? `return` ends the function at once. Where does `return None` stand?
# </details>
# <details><summary>Hint 2</summary>
#
# The inner loop is `for key, expected in ((f"W{layer}", (n, n_before)), (f"b{layer}", (n, 1))):`. In it first `if key not in parameters:`, then
# `if parameters[key].shape != expected:`. Each returns an f-string. `return None` stands after both loops.
# </details>

# %% check="check_dimensions" points=3
with checks.exercise("check_dimensions"):
    tidy = str.maketrans("[]", "()", " ")
    arrays = lambda shapes: {key: np.zeros(size) for key, size in shapes.items() if size is not None}  # noqa: E731

    def check_sentence(what, answer, key, *shapes):
        checks.that(isinstance(answer, str), f"{what}: expected a sentence about {key}, got {answer!r:.40}")
        words = "".join(c if c.isalnum() else " " for c in answer).split()
        named = ", ".join(sorted({word for word in words if word[0] in "Wb" and word[1:].isdigit()})) or "none"
        checks.that(named == key, f"{what}: name the first wrong one, {key}, by its key and no other; you name {named}")
        text, *sizes = (str(part).translate(tidy).replace(",)", ")") for part in (answer, *shapes))
        places = [text.find(size) for size in sizes]
        ordered = -1 not in places and places == sorted(places)
        checks.that(ordered, f"{what}: name the expected shape, then the one that came: {shapes}")

    fits, dims = {"W1": (4, 3), "b1": (4, 1), "W2": (2, 4), "b2": (2, 1), "W3": (1, 2), "b3": (1, 1)}, [3, 4, 2, 1]
    checks.equal("check_dimensions(parameters that fit, [3, 4, 2, 1])", check_dimensions(arrays(fits), dims), None)
    wrong = {"W2 (4, 2)": ("W2", {"W2": (4, 2)}, (2, 4), (4, 2))}
    wrong |= {"W3 (2, 1) and b1 (4,)": ("b1", {"W3": (2, 1), "b1": (4,)}, (4, 1), (4,)), "no b2": ("b2", {"b2": None})}
    for words, (key, changes, *shapes) in wrong.items():
        what = f"check_dimensions(parameters, [3, 4, 2, 1]) with {words}"
        check_sentence(what, check_dimensions(arrays(fits | changes), dims), key, *shapes)
    ### BEGIN HIDDEN TESTS
    checks.unchanged(check_dimensions, arrays(fits), [3, 4, 2, 1])

    def shapes_of(layer_dims):
        sizes = list(enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1))
        return {f"{letter}{i}": (n, k if letter == "W" else 1) for i, (k, n) in sizes for letter in "Wb"}

    def check_first(layer_dims, changes, missing=()):
        """What comes first in the order W1, b1, W2, ... must be told; None if `changes` change nothing."""
        fits = shapes_of(layer_dims)
        given = dict(reversed((fits | changes).items()))
        parameters = {key: np.broadcast_to(1.0, size) for key, size in given.items() if key not in missing}
        story = [f"{key} of shape {size}" for key, size in changes.items()] + [f"no {key}" for key in missing]
        what = f"check_dimensions(parameters, {layer_dims}) with {' and '.join(story) or 'all as they must be'}"
        answer = check_dimensions(parameters, layer_dims)
        wrong = [key for key in fits if key in missing or given[key] != fits[key]]
        if not wrong:
            checks.that(answer is None, f"{what}: expected None, got {answer!r}")
        elif wrong[0] in missing:
            check_sentence(what, answer, wrong[0])
        else:
            check_sentence(what, answer, wrong[0], fits[wrong[0]], given[wrong[0]])

    for layer_dims in (
        [5, 2],
        [1, 1],
        [4, 3, 3, 2, 5],
        [2, 2, 2],
        [2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1],
        [130, 120, 110],
        [3] * 121,
    ):
        check_first(layer_dims, {})
        last = len(layer_dims) - 1
        for key in dict.fromkeys(
            f"{letter}{layer}" for layer in (1, last // 2 or 1, last - 1 or 1, last) for letter in "Wb"
        ):
            rows, columns = shapes_of(layer_dims)[key]
            for size in (
                (columns, rows),
                (rows + 1, columns),
                (rows, columns + 1),
                (rows,),
                (rows * columns,),
                (rows, columns, 1),
                (0, columns),
                (),
            ):
                check_first(layer_dims, {key: size})
            check_first(layer_dims, {}, (key,))
    check_first([3, 4, 1], {"learning_rate": (1, 1), "mean": (3, 1), "Wx": (2, 2), "b": (4, 1)})
    check_first([3, 4, 1], {"W7": (2, 2), "A1": (1, 1), "W3": (1, 1)})
    check_first([3, 4, 1], {f"{letter}{i}": (2, 2) for i in range(3, 40) for letter in "AWZb"})
    checks.unchanged(check_dimensions, arrays(shapes_of([3, 2, 4, 3, 2, 5, 1])), [3, 2, 4, 3, 2, 5, 1])
    check_first([6, 4, 3, 1], {"W2": (5, 4), "b2": (5, 1), "W3": (1, 5)})
    check_first([6, 4, 3, 1], {"b3": (3, 1), "b2": (1, 3)})
    check_first([6, 4, 3, 2], {"b1": (4, 2)}, ("W2", "b3"))
    check_first([6, 4, 3, 2], {"b3": (3, 1)}, ("W3",))
    check_first([6, 4, 3, 2], {"W3": (3, 2)}, ("b3",))
    check_first([6, 4, 3, 2], {}, tuple(shapes_of([6, 4, 3, 2])))
    check_first([2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1], {"W10": (3, 2), "W2": (3, 2)})
    check_first([2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1], {"b11": (3, 2), "b9": (3, 2)})
    fit, told = arrays(shapes_of([3, 4, 1])), "check_dimensions with the parameters of [3, 4, 1]"
    check_sentence(f"{told} and [3, 4, 2]", check_dimensions(fit, [3, 4, 2]), "W2", (2, 4), (1, 4))
    check_sentence(f"{told} and [3, 4, 1, 5]", check_dimensions(fit, [3, 4, 1, 5]), "W3")
    checks.that(check_dimensions(fit, [3, 4]) is None, f"{told} and [3, 4]: expected None; other keys do not matter")
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
# *What to notice.* NumPy notices the first slip only, and does not say where it is. A forward pass that runs without an error proves little. Compare the shapes.
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
# *What to notice.* On average the untrained networks are right on about half of the pictures, like a coin. Many of them give the same
# answer to almost all pictures, and so stand near the middle. One neuron with 785 trained parameters is right on about 90 %, while 32,000 random parameters know nothing. A deep network can represent more, but only training makes use of it.
# For training we still need the way back through `caches`. That is lesson 03.

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
# - Let `check_dimensions` also say "is it transposed?" where the two numbers of the shape are exchanged.
#
# ## In practice
#
# In PyTorch the network is a `torch.nn.Sequential` of `Linear` and `ReLU` objects, which checks the sizes only when data pass through. `torch.nn.init.kaiming_normal_` draws the weights of exercise 1. PyTorch keeps
# the cache for you, which is one reason why training needs more memory than prediction.
#
# ## References
#
# - K. He, X. Zhang, S. Ren and J. Sun (2015), *Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification*, ICCV.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, chapter 6, MIT Press.
