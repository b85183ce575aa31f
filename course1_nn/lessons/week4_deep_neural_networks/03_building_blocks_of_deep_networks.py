# %% [markdown]
# You will build the way back through a network with any number of layers, prove that its gradient is right, and let a deep network learn.

# %% [markdown]
# ## What you will be able to do
#
# - draw the forward and the backward block of a layer, and say what the cache between them holds;
# - compute a cost that stays finite when the network is certain;
# - write the two steps of a backward block, and chain the blocks of any number of layers;
# - check every gradient of a network by central differences, and say which error to expect;
# - train a deep network, one step after the other.
#
# **What you need:** the forward pass of [lesson 01](01_deep_forward_and_dimensions.ipynb), backpropagation through one hidden layer of
# [week 3, lesson 03](../week3_shallow_neural_networks/03_training_a_shallow_network.ipynb), and the central difference of
# [week 2, lesson 02](../week2_neural_network_basics/02_derivatives_and_gradient_descent.ipynb).
#
# The set-up cell gives you the sigmoid and what you wrote in lesson 01: `initialize_deep` for the first weights and `deep_forward` for all layers. (They live in the file
# `shared_utils/nn/dense_forward.py`.)

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.dense_forward import deep_forward, initialize_deep

plots.use_style()


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ## 1. Two blocks for each layer
#
# *What must a layer remember, and who needs it?*
#
# A layer has two blocks. Its **forward block** turns $A_{l-1}$ into $A_l$. Its **backward block** gets $dA_l$, the derivative of the loss with respect to what the layer gave out. It returns three things: $dW_l$ and $db_l$, with which the layer
# learns, and $dA_{l-1}$, which the backward block of the layer before needs. Here is the network `[4, 5, 3, 1]` with $m = 7$ examples. (You need not read the code.)

# %%
layer_dims, m, (blue, orange, *_) = [4, 5, 3, 1], 7, plots.COLORS
figure, axis = plt.subplots(figsize=(8, 5))
boxes, arrows = [(7.9, 3, "cost\n$J$", "#d6e6f5")], []
for i, (n_prev, n) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1):
    x, kind = 2 * i, "sigmoid" if i == 3 else "ReLU"
    boxes += [(x, 3, f"forward {i}\n{kind}", "#d6e6f5"), (x, 0.4, f"backward {i}\n{kind}", "#fbe3d6")]
    boxes += [(x, 1.7, f"cache {i}\n$A_{i - 1}, W_{i}, b_{i}, Z_{i}$", "white")]
    back = f"$dA_{i - 1}$\n{(n_prev, m) if i > 1 else 'not needed'}"
    arrows += [((x - 1.5, 3), (x - 0.45, 3), f"$A_{i - 1}$\n{n_prev, m}", blue, (0, 0.3))]
    arrows += [((x, 2.72), (x, 1.98), "", "black", (0, 0)), ((x, 1.42), (x, 0.68), "", "black", (0, 0))]
    arrows += [((x, 0.12), (x, -0.6), f"$dW_{i}$ {n, n_prev}\n$db_{i}$ {n, 1}", orange, (0, -0.6))]
    arrows += [((x - 0.52, 0.4), (x - 1.45, 0.4), back, orange, (0, 0.3))]
arrows += [((6.45, 3), (7.65, 3), f"$A_3$\n{1, m}", blue, (0, 0.3))]
arrows += [((7.9, 2.72), (7.9, 0.4), f"$dZ_3 =$\n$A_3 - Y$\n{1, m}", orange, (0.5, 0))]
arrows += [((7.9, 0.4), (6.55, 0.4), f"$dZ_3$\n{1, m}", orange, (0, 0.3))]
for start, end, text, color, shift in arrows:
    axis.annotate("", xytext=start, xy=end, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
    axis.text(*(np.add(start, end) / 2 + shift), text, ha="center", va="center", color=color, fontsize=9)
for x, y, text, color in boxes:
    axis.text(x, y, text, ha="center", va="center", bbox={"boxstyle": "round,pad=0.5", "facecolor": color})
axis.set(xlim=(0.4, 8.9), ylim=(-1.2, 3.7))
axis.set_axis_off()
axis.set_title("Each forward block fills a cache, and its backward block uses it")
plt.show()

# %% [markdown]
# *What to notice.* The upper row runs from left to right, the lower one from right to left. Every arrow downwards in the middle is a cache. Each derivative has the shape of its quantity: $dA_1$ that of $A_1$, $dW_2$ that of
# $W_2$. Nobody needs $dA_0$, the derivative of the input.
#
# The last backward block has a short cut: instead of $dA_3$ it gets $dZ_3$ at once. Section 5 shows why.
#
# **A convention, as in weeks 2 and 3.** Column $i$ of $dA_l$ and of $dZ_l$ is the derivative of the loss **of example $i$**. The mean over the examples comes where the examples come together, in $dW_l$ and $db_l$; only there stands $1/m$.
#
# ## 2. The cost of a network that is certain
#
# *The output is exactly 1. What is the cost?*
#
# The formula is that of week 3, with $A_L$ and $Y$ of shape $(n_y, m)$: the losses of all outputs are added up, and the sum is divided by $m$,
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{n_y} \Bigl( Y_{ki} \log A_{L,ki} + (1 - Y_{ki}) \log (1 - A_{L,ki}) \Bigr).$$
#
# On paper a sigmoid is never 0 or 1. In the computer it is, because a number holds about 16 digits. Then NumPy computes $0 \cdot \log 0$, which is `nan` ("not a number"), or $\log 0$, which is minus infinity. So never let a number below
# $10^{-15}$ come under a log: take $10^{-15}$ in its place. Nothing else changes.
#
# *On paper.* $A_L = [0.9, 0.2]$ and $Y = [1, 0]$: $J = (0.105 + 0.223)/2 = 0.164$. $A_L = [1, 0]$ and $Y = [1, 1]$: the first loss is $0$, the second $-\log 10^{-15} = 34.54$, so $J = 17.27$.
#
# ### Exercise 1: `deep_cost`


# %% exercise="deep_cost"
def deep_cost(AL, Y):
    """The cross-entropy: the sum of all losses, divided by the number of examples; always finite.

    Args:
        AL: predicted probabilities, shape (n_y, m), from 0 to 1, both included.
        Y: labels 0 or 1, shape (n_y, m), as floats or whole numbers.

    Returns:
        J, a number. Where AL or 1 - AL is below 1e-15 under a log, 1e-15 takes its place; nothing else is limited.

    Example:
        deep_cost(np.array([[1.0, 0.0]]), np.array([[1, 1]])) is 17.27.
    """
    # 1. Two numbers come under a log. Keep both away from 0.
    # 2. The loss of every entry; then one number for all. By which length do you divide?
    ### BEGIN SOLUTION
    losses = -Y * np.log(np.maximum(AL, 1e-15)) - (1 - Y) * np.log(np.maximum(1 - AL, 1e-15))
    return np.sum(losses) / Y.shape[1]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.maximum(AL, 1e-15)` replaces what is smaller; the other log needs `np.maximum(1 - AL, 1e-15)`. Add up with `np.sum` and divide by `Y.shape[1]`.
# </details>

# %% check="deep_cost" points=2
with checks.exercise("deep_cost"):
    AL, Y = np.array([[0.9, 0.2, 0.6, 0.3], [0.25, 0.7, 0.55, 0.85]]), np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    checks.unchanged(deep_cost, AL, Y)
    slips = {
        "divide by the m = 4 examples only, not by n_y * m": 0.6985102007,
        "divide by the number of examples, Y.shape[1], not by the number of outputs": 2.7940408026,
        "the part of the labels 0 is missing: (1 - Y) log(1 - AL)": 0.5659613162,
        "the part of the labels 1 is missing: Y log(AL)": 0.8310590851,
        "use the natural logarithm, np.log": 0.6067182514,
    }
    checks.close("deep_cost(AL, Y), 2 outputs, 4 examples", deep_cost(AL, Y), 1.3970204013, m=4, mistakes=slips)
    certain = {"1e-15 takes the place of what is smaller; your limit is larger": 9.210340372}
    J = deep_cost(np.array([[1.0, 0.0]]), np.array([[1, 1]]))
    checks.close("deep_cost([[1, 0]], [[1, 1]]), certain and once wrong", J, 17.2693881975, rtol=1e-9, mistakes=certain)
    J = deep_cost(np.array([[1, 0, 0.5]]), np.array([[1, 0, 1]]))
    checks.close("deep_cost([[1, 0, 0.5]], [[1, 0, 1]]), certain and right", J, 0.2310490602, m=3)
    ### BEGIN HIDDEN TESTS

    def limited(AL, Y, limit):
        told = [a if y == 1 else 1 - a for a, y in zip(AL.ravel().tolist(), Y.ravel().tolist(), strict=True)]
        return sum(-np.log(max(number, limit)) for number in told) / Y.shape[1]

    def one_by_one(AL, Y):
        return limited(AL, Y, 1e-15)

    def predictions(rng, n_y, m):
        return rng.uniform(0.02, 0.98, (n_y, m)), rng.integers(0, 2, (n_y, m))

    others = {
        "with AL close to 0 and 1": (np.array([[1e-9, 1 - 1e-9, 2e-15, 1 - 3e-15]]), np.array([[1, 0, 1, 0]])),
        "with AL below 1e-15": (np.array([[1e-300, 1e-16, 0.75]]), np.array([[1, 1, 0]])),
        "with certain outputs": (np.array([[1.0, 0.3], [0.0, 1.0]]), np.array([[0, 1], [1, 0]])),
        "with certain and right outputs alone": (np.array([[1.0, 0.0]]), np.array([[1, 0]])),
    }
    checks.agrees(deep_cost, one_by_one, predictions, sizes={"n_y": 130, "m": 1030}, types=["Y"])
    # 1 - (1 - 1e-15) is not quite 1e-15, so that whoever limits AL itself gets other last digits here.
    for special, (AL, Y) in others.items():
        slips = {
            f"only a number below 1e-15 is replaced; your limit is 1e-{n}": limited(AL, Y, 10.0**-n)
            for n in (*range(5, 15), 16, 20)
        }
        added = "1e-15 takes the place of what is smaller; it is not added to every number"
        slips[added] = limited(AL + 1e-15, Y, -1) if AL.min() > 0 else np.inf
        checks.close(f"deep_cost(AL, Y) {special}", deep_cost(AL, Y), one_by_one(AL, Y), rtol=1e-4, mistakes=slips)
    J, what = deep_cost(np.array([[1 - 1e-10]]), np.array([[1]])), "deep_cost([[1 - 1e-10]], [[1]])"
    checks.close(what, J, 1e-10, rtol=1e-5, atol=0)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Back through the activation
#
# *The layer gave out $A_l$. How did its scores $Z_l$ change the loss?*
#
# The activation works on each entry by itself, $A = g(Z)$. By the chain rule each entry of $dA$ is multiplied by the slope at its own score:
#
# $$dZ_l = dA_l * g'(Z_l), \qquad \text{all of shape } (n^{[l]}, m).$$
#
# You know the slopes from week 3: that of ReLU is 1 for $z > 0$ and else 0; that of the sigmoid is $\sigma(z)(1 - \sigma(z))$. ReLU is a gate: what it let pass on the way forward comes back unchanged, what it blocked comes back as 0.
#
# *On paper.* $Z = [2, -1, 0]$ and $dA = [0.3, 5, -1]$: with ReLU $dZ = [0.3, 0, 0]$. With the sigmoid the slopes are $0.105$, $0.197$ and $0.25$, so $dZ = [0.031, 0.983, -0.25]$.
#
# ### Exercise 2: `activation_backward`


# %% exercise="activation_backward"
def activation_backward(dA, Z, activation):
    """The first step of a backward block: from the derivative of what the layer gave out to that of its scores.

    Args:
        dA: derivative with respect to A = g(Z), shape (n, m).
        Z: the scores of the layer, from its cache, shape (n, m); any finite numbers, also -1000 and 1000. Z may
            hold floats or whole numbers, dA floats.
        activation: "relu" or "sigmoid".

    Returns:
        dZ = dA * g'(Z), a new array of shape (n, m). At z = 0 the slope of ReLU is 0.

    Raises:
        ValueError: the activation is another one.

    Example:
        activation_backward(np.array([[0.3, 5.0, -1.0]]), np.array([[2.0, -1.0, 0.0]]), "relu") is [[0.3, 0, 0]].
    """
    # 1. The slope of each activation, at every entry of Z.
    # 2. Entry by entry; dA stays as it is.
    ### BEGIN SOLUTION
    if activation == "relu":
        return dA * (Z > 0)
    if activation == "sigmoid":
        A = sigmoid(Z)
        return dA * A * (1 - A)
    raise ValueError(f'unknown activation {activation!r}: it is "relu" or "sigmoid"')
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Z > 0` is an array of `True` and `False`; in a product they count as 1 and 0. `sigmoid` stands in the set-up cell. If neither `if` has returned, `raise ValueError("…")`.
# </details>

# %% check="activation_backward" points=2
with checks.exercise("activation_backward"):
    dA, Z = np.array([[0.3, 5.0, -1.0], [-2.0, 0.7, 4.0]]), np.array([[2.0, -1.0, 0.0], [0.4, -3.0, 1.5]])
    checks.unchanged(activation_backward, dA, Z, "relu")
    checks.unchanged(activation_backward, dA, Z, "sigmoid")
    slips = {
        "the slope is missing": dA,
        "this is the slope alone; multiply it by dA": [[1, 0, 0], [1, 0, 1]],
        "the slope is that at Z, not at dA": dA * (dA > 0),
        "this is dA times relu itself; take its slope": [[0.6, 0, 0], [-0.8, 0, 6]],
        "at Z = 0 the slope of ReLU is 0: use > and not >=": [[0.3, 0, -1], [-2, 0, 4]],
    }
    dZ = [[0.3, 0, 0], [-2, 0, 4]]
    checks.close('activation_backward(dA, Z, "relu")', activation_backward(dA, Z, "relu"), dZ, mistakes=slips)
    itself = [[0.2642391234, 1.3447071068, -0.5], [-1.1973753202, 0.0331981112, 3.2702979048]]
    own = {"this is dA times the sigmoid itself; take its slope": itself}
    own |= {"the slope is a (1 - a) with a = sigmoid(Z), not Z (1 - Z)": [[-0.6, -10, 0], [-0.48, -8.4, -3]]}
    dZ = [[0.0314980756, 0.9830596662, -0.25], [-0.4805214915, 0.0316236618, 0.5965858083]]
    checks.close('activation_backward(dA, Z, "sigmoid")', activation_backward(dA, Z, "sigmoid"), dZ, mistakes=own)
    checks.raises('activation_backward(dA, Z, "softplus")', ValueError, activation_backward, dA, Z, "softplus")
    ### BEGIN HIDDEN TESTS
    slopes = {"relu": lambda z: float(z > 0), "sigmoid": lambda z: 0.25 / np.cosh(min(abs(z), 700) / 2) ** 2}

    def entry_by_entry(dA, Z, activation):
        pairs = zip(dA.ravel().tolist(), Z.ravel().tolist(), strict=True)
        return np.array([d * slopes[activation](z) for d, z in pairs]).reshape(Z.shape)

    for name in slopes:

        def layer(rng, n, m, name=name):
            return rng.normal(0, 2, (n, m)), rng.normal(0, 2, (n, m)), name

        others = {
            "with scores up to 1000": (np.array([[2.0, -1.0, 3.0, 4.0]]), np.array([[-1000.0, 1000, -800, 0]]), name),
            "with scores very close to 0": (np.ones((1, 4)), np.array([[1e-9, -1e-9, 1e-300, 0.0]]), name),
            "with scores up to 1e9": (np.array([[2.0, -1.0, 3.0]]), np.array([[1e9, -1e9, 2e4]]), name),
        }
        dA, Z = np.array([[2.0, -1.0, 3.0], [4.0, -2.0, 0.5]]), np.array([[0.5, 1.5, -1.0], [-2.0, 0.25, 3.0]])
        others |= {f"with dA of size {size:g}": (size * dA, Z, name) for size in (1e-9, 1e9)}
        domain = {"sizes": {"n": 130, "m": 130}, "real": {"dA": 1e3, "Z": 300}, "types": ["Z"], "cases": others}
        checks.agrees(activation_backward, entry_by_entry, layer, atol=1e-12, **domain)
    near = "ReLU", "Relu", "RELU", "relu ", " relu", "relu6", "Sigmoid", "sigmoid ", "SIGMOID", "sigm", "logistic"
    for name in (*near, "tanh", "leaky_relu", "softmax", "linear", ""):
        checks.raises(f"activation_backward(dA, Z, {name!r})", ValueError, activation_backward, dA, Z, name)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Back through the weights
#
# *$Z_l = W_l A_{l-1} + b_l$ has three ingredients. What is the derivative of each?*
#
# $$dW_l = \frac{1}{m}\, dZ_l A_{l-1}^T, \quad \text{shape } (n^{[l]}, m)(m, n^{[l-1]}) \to (n^{[l]}, n^{[l-1]}),$$
#
# $$db_l = \frac{1}{m} \sum_{i=1}^{m} dZ_l^{(i)}, \quad \text{shape } (n^{[l]}, 1), \qquad dA_{l-1} = W_l^T dZ_l, \quad \text{shape } (n^{[l-1]}, n^{[l]})(n^{[l]}, m) \to (n^{[l-1]}, m).$$
#
# The first two are logistic regression with $A_{l-1}$ as its input. The third is new as a step of its own: a unit of layer $l - 1$ feeds all units of layer $l$, so what comes back to it is a sum over these units, with the weights that it
# was multiplied by. $dA_{l-1}$ has one column for each example, so there is no mean over examples and no $1/m$ in it.
#
# *On paper.* One unit with two inputs, $W = [3, -1]$, and two examples, $A_{l-1} = \begin{bmatrix} 1 & 2 \\ 0 & 4 \end{bmatrix}$, $dZ = [0.5, -1]$:
#
# $$dW = \tfrac12 [0.5 - 2, \; 0 - 4] = [-0.75, -2], \qquad db = \tfrac12 (0.5 - 1) = -0.25, \qquad dA_{l-1} = \begin{bmatrix} 1.5 & -3 \\ -0.5 & 1 \end{bmatrix}.$$
#
# ### Exercise 3: `linear_backward`
#
# Loops over the examples are right, too, but slow: the training below calls this function hundreds of times, so use matrix products.


# %% exercise="linear_backward"
def linear_backward(dZ, cache):
    """The second step of a backward block: from the derivative of the scores to those of all that made them.

    Args:
        dZ: derivative with respect to Z, shape (n, m).
        cache: (A_prev, W, b, Z) of this layer, with shapes (n_prev, m), (n, n_prev), (n, 1), (n, m). All may hold floats
            or whole numbers.

    Returns:
        (dA_prev, dW, db), new arrays of the shapes of A_prev, W and b. dW and db are means over the m examples, dA_prev
        is not.

    Example:
        for the layer on paper: ([[1.5, -3], [-0.5, 1]], [[-0.75, -2]], [[-0.25]]).
    """
    # 1. What do you need from the cache? What is m?
    # 2. Each of the three has the shape of its quantity: that tells you what to transpose.
    ### BEGIN SOLUTION
    A_prev, W, b, Z = cache
    m = dZ.shape[1]
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    return dA_prev, dW, db
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `A_prev, W, b, Z = cache` gives the four their names. Then three lines, one for each formula; `np.sum(dZ, axis=1, keepdims=True)` is a column.
# </details>

# %% check="linear_backward" points=3
with checks.exercise("linear_backward"):
    names = ["dA_prev", "dW", "db"]
    W, A_prev = np.array([[2, -1, 0.5], [0, 3, 1]]), np.array([[0, 1, 2, 3, 4], [5, 6, 0, 1, 2], [3, 4, 5, 6, 0]]) / 4
    dZ, b = np.array([[0.5, -1, 0, 1.5, 0.5], [0, 0.5, 2, -0.5, 1]]), np.array([[0.5], [-2]])
    cache, what = (A_prev, W, b, W @ A_prev + b), "linear_backward(dZ, cache) with dZ (2, 5), W (2, 3)"
    checks.unchanged(linear_backward, dZ, cache)
    dA_prev, dW, db = checks.results(what, linear_backward(dZ, cache), names)
    checks.that(np.shape(dA_prev) != (2, 3), f"{what}: the order of the results is dA_prev, dW, db")
    wanted = np.array([[1, -2, 0, 3, 1], [-0.5, 2.5, 6, -3, 2.5], [0.25, 0, 2, 0.25, 1.25]])
    mean = {"dA_prev has a column for each example; no 1/m in it": wanted / 5}
    checks.close(f"dA_prev of {what}", dA_prev, wanted, mistakes=mean)
    wanted = np.array([[0.275, -0.05, 0.325], [0.35, 0.225, 0.45]])
    others = {
        "divide by the m = 5 examples, not by 2": wanted * 5 / 2,
        "divide by the m = 5 examples, not by 3": wanted * 5 / 3,
    }
    checks.close(f"dW of {what}", dW, wanted, m=5, mistakes=others)
    checks.close(f"db of {what}", db, [[0.3], [0.6]], m=5)
    ### BEGIN HIDDEN TESTS

    def one_by_one(dZ, cache):
        A_prev, W, b, _ = (np.asarray(array, dtype=float) for array in cache)
        (n, n_prev), m = W.shape, dZ.shape[1]
        dW, dA_prev, db = np.zeros((n, n_prev)), np.zeros((n_prev, m)), np.zeros((n, 1))
        for j in range(n):
            db[j, 0] = sum(dZ[j].tolist()) / m
            dA_prev += dZ[j] * W[j][:, None]
            for k in range(n_prev):
                dW[j, k] = float(np.dot(dZ[j], A_prev[k])) / m
        return dA_prev, dW, db

    def layer(rng, n, n_prev, m):
        A_prev, W, b = rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), rng.normal(size=(n, 1))
        return rng.normal(size=(n, m)), (A_prev, W, b, W @ A_prev + b)

    domain = {"sizes": {"n": 130, "n_prev": 130, "m": 1030}, "real": {"dZ": 1e3, "cache": 30}, "types": ["dZ", "cache"]}
    others = {f"with dZ of size {size:g}": (size * dZ, cache) for size in (1e-9, 1e-12, 1e9)}
    others["with scores Z that are 0"] = dZ, (A_prev, W, -W @ A_prev[:, :1], 0 * dZ)
    checks.agrees(linear_backward, one_by_one, layer, returns=names, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. The whole way back
#
# *Where does it begin?*
#
# With the loss $-(y \log a + (1 - y) \log(1 - a))$, as a function of the output $a$. Its derivative, and the step back through the sigmoid:
#
# $$dA_L = -\frac{Y}{A_L} + \frac{1 - Y}{1 - A_L}, \qquad dZ_L = dA_L * A_L * (1 - A_L) = A_L - Y, \qquad \text{shape } (n_y, m).$$
#
# On paper both ways are the same. In the computer the first one divides by a number that may be 0. The next cell takes one output with label $y = 0$ and lets its score grow: the network becomes certain, and it is wrong. The true
# derivative $dz = a$ goes to 1. A third way divides by at least $10^{-15}$, as the cost does.

# %%
z = np.linspace(0, 45, 451)[np.newaxis]
a = sigmoid(z)
with np.errstate(all="ignore"):
    by_chain = activation_backward(1 / (1 - a), z, "sigmoid")
limited = activation_backward(1 / np.maximum(1 - a, 1e-15), z, "sigmoid")
for values, name in ((a, "AL - Y"), (limited, "dAL with a limit, then slope"), (by_chain, "dAL, then slope")):
    plt.plot(z[0], values[0], label=name)
plt.plot(36.9, 1, "kx", markersize=9)
plt.text(37.3, 0.96, "dAL, then slope:\nnan from here on", va="top")
plt.xlabel("score z of an output whose label is 0")
plt.ylabel("computed derivative dz")
plt.title("Certain and wrong: only AL - Y still says how to mend it")
plt.legend(loc="lower left")
plt.show()
first = {kind.__name__: np.argmax(sigmoid(z[0].astype(kind)) == 1) / 10 for kind in (np.float64, np.float32)}
print("the sigmoid is exactly 1 from the score", ", ".join(f"{first[kind]} on in {kind}" for kind in first))

# %% [markdown]
# *What to notice.* Up to a score of about 34 the three lines lie on each other. Then the limit makes `dAL` too small, and the orange line falls to 0: the worst mistake teaches nothing. From 37 on the sigmoid is exactly 1; `dAL, then slope` is $\infty \cdot 0$, which is `nan`.
# `AL - Y` divides by nothing. With numbers of half the length (float32), which large networks use, the sigmoid is exactly 1 from about 17 on.
#
# So the way back begins with $dZ_L = A_L - Y$. Then, for $l = L, L - 1, \dots, 1$:
#
# 1. `linear_backward` turns $dZ_l$ into $dA_{l-1}$, $dW_l$ and $db_l$, with the cache of layer $l$;
# 2. if $l > 1$, `activation_backward` turns $dA_{l-1}$ into $dZ_{l-1}$, with ReLU and $Z_{l-1}$ from the cache of layer $l - 1$.
#
# *On paper.* The network `[2, 3, 2, 1]` and the two examples of lesson 01: $A_2 = \begin{bmatrix} 0 & 3 \\ 4 & 2 \end{bmatrix}$, $Z_2 = \begin{bmatrix} -1 & 3 \\ 4 & 2 \end{bmatrix}$, $W_3 = [-1, \; 0.75]$, $A_3 = [0.881, 0.076]$. Let $Y = [1, 0]$.
#
# | layer | step | result |
# |---|---|---|
# | 3 | $dZ_3 = A_3 - Y$ | $[-0.119, \; 0.076]$ |
# | 3 | $dW_3 = \frac12 dZ_3 A_2^T$ | $\frac12 [0 + 0.228, \; -0.477 + 0.152] = [0.114, \; -0.163]$ |
# | 3 | $dA_2 = W_3^T dZ_3$ | $\begin{bmatrix} 0.119 & -0.076 \\ -0.089 & 0.057 \end{bmatrix}$ |
# | 2 | $dZ_2 = dA_2 * (Z_2 > 0)$ | $\begin{bmatrix} 0 & -0.076 \\ -0.089 & 0.057 \end{bmatrix}$, and so on |
#
# ### Exercise 4: `deep_backward`


# %% exercise="deep_backward"
def deep_backward(AL, Y, caches):
    """The gradient of deep_cost with respect to every parameter of a network with any number of layers.

    Args:
        AL: output of the forward pass, shape (n_L, m); some entries may be exactly 0 or 1.
        Y: labels, shape (n_L, m), as floats or whole numbers.
        caches: list of L tuples, caches[l - 1] = (A_prev, W, b, Z) of layer l; L >= 1. The hidden layers have ReLU, the
            output layer the sigmoid.

    Returns:
        A dict with "dW1", "db1", ..., "dWL", "dbL", each a new array of the shape of its parameter.

    Example:
        for the network, X and Y on paper, "dW3" is [[0.114, -0.163]].
    """
    # 1. Which derivative of the output layer is safe for every AL?
    # 2. From the last layer to the first: which cache does layer l need for its weights?
    # 3. Which Z do you need to go on to layer l - 1? And when is there no layer to go on to?
    ### BEGIN SOLUTION
    grads, dZ = {}, AL - Y
    for layer in range(len(caches), 0, -1):
        dA_prev, dW, db = linear_backward(dZ, caches[layer - 1])
        grads[f"dW{layer}"], grads[f"db{layer}"] = dW, db
        if layer > 1:
            dZ = activation_backward(dA_prev, caches[layer - 2][3], "relu")
    return grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `for layer in range(len(caches), 0, -1):` counts L, L - 1, …, 1. In it, `linear_backward(dZ, caches[layer - 1])` gives three results; two of them go into the dict.
# </details>
# <details><summary>Hint 2</summary>
#
# The third, `dA_prev`, belongs to layer `layer - 1`. Its scores stand in that layer's own cache, `caches[layer - 2]`, at the last place, `[3]`. For `layer = 1` there is no such cache: in Python `caches[-1]` would be the last one.
# </details>

# %% check="deep_backward" points=4
with checks.exercise("deep_backward"):
    p = {"W1": [[1, -1], [-1, 1], [0, 2]], "b1": [[0], [0], [1]], "W2": [[1, 5, -1], [2, 0, 1]], "b2": [[1], [-1]]}
    p |= {"W3": [[-1, 0.75]], "b3": [[-1]]}
    p = {key: np.array(rows, dtype=float) for key, rows in p.items()}
    Y, (AL, caches) = np.array([[1, 0]]), deep_forward(np.array([[2.0, 0.0], [1.0, 1.0]]), p)
    checks.unchanged(deep_backward, AL, Y, caches)
    grads, what = deep_backward(AL, Y, caches), "deep_backward of the network on paper"
    checks.keys(what, grads, [f"d{key}" for key in p])
    twice = {"dZL is AL - Y; the sigmoid's slope is already in it": [[0.0079769105, -0.019713144]]}
    checks.close(f"dW3 of {what}", grads["dW3"], [[0.11378727, -0.162547664]], m=2, rtol=1e-7, mistakes=twice)
    slips = {"the slope of ReLU is missing in the hidden layers": [[0.021672371], [-0.0162542783]]}
    slips |= {"the hidden layers have ReLU; you took the sigmoid's slope": [[0.0100048489], [0.002197191]]}
    checks.close(f"db2 of {what}", grads["db2"], [[-0.03792909], [-0.0162542783]], m=2, rtol=1e-7, mistakes=slips)
    dW1 = [[-0.178804383, -0.0894021915], [0, -0.1896454501], [-0.0894021915, 0.0216748118]]
    checks.close(f"dW1 of {what}", grads["dW1"], dW1, m=2, rtol=1e-7)
    AL, caches = deep_forward(np.array([[60.0, -60.0, 0.0]]), {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))})
    dW1, what = deep_backward(AL, np.array([[0, 1, 1]]), caches)["dW1"], "dW1 of deep_backward with AL = [[1, 0, 0.5]]"
    checks.that(np.isfinite(dW1).all(), f"{what}: nan or infinity; here dAL would divide by 0, so begin with AL - Y")
    checks.close(what, dW1, [[40.0]], m=3, mistakes={"a limit on AL makes dAL too small; begin with AL - Y": [[0.0]]})
    ### BEGIN HIDDEN TESTS

    def example_by_example(AL, Y, caches):
        """The mean of the gradients of single examples, each from the layers' matrices alone."""
        m, grads = Y.shape[1], {}
        for i in range(m):
            back = AL[:, i] - Y[:, i]
            for number in range(len(caches), 0, -1):
                A_prev, W, b, Z = caches[number - 1]
                if number < len(caches):
                    back = np.where(Z[:, i] > 0, back, 0)
                rows = {f"dW{number}": np.outer(back, A_prev[:, i]) / m, f"db{number}": back[:, None] / m}
                grads = grads | {key: grads.get(key, 0) + row for key, row in rows.items()}
                back = np.einsum("jk,j->k", W, back)
        return grads

    def network(rng, n_0, n_1, n_L, m, L):
        dims = [n_0, n_1, *[3] * 12][:L] + [n_L]
        p = {key: array + 0.3 * rng.normal(size=array.shape) for key, array in initialize_deep(dims, 7).items()}
        AL, caches = deep_forward(rng.normal(size=(n_0, m)), p)
        return AL, rng.integers(0, 2, (n_L, m)), caches

    zero = deep_forward(np.zeros((2, 3)), initialize_deep([2, 3, 1], 5))
    sure = deep_forward(np.array([[60.0, -60.0, 800.0, -800.0]]), initialize_deep([1, 4, 2], 3))
    others = {
        "where Z1 is exactly 0": (zero[0], np.array([[1, 0, 1]]), zero[1]),
        "with certain outputs": (sure[0], np.array([[0, 1, 1, 0], [1, 1, 0, 0]]), sure[1]),
    }
    for words, X, dims in (
        ("with errors of size 1e-10", np.array([[-22.0, -23.5]]), [1, 1]),
        ("with scores of size 1e-10", np.array([[2e-10, -1e-10, 3e-10], [1e-10, 4e-10, -2e-10]]), [2, 4, 1]),
        ("with activations of size 1e6", np.array([[2e6, -1e6], [1e6, 3e6]]), [2, 4, 2]),
    ):
        p = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))} if dims == [1, 1] else initialize_deep(dims, 4)
        AL, caches = deep_forward(X, p)
        others[words] = AL, np.rint(AL) if dims == [1, 1] else 1 - np.rint(AL), caches
    sizes = {"n_0": 130, "n_1": 130, "n_L": 9, "m": 130, "L": 11}
    checks.agrees(deep_backward, example_by_example, network, sizes=sizes, types=["Y"], cases=others, apart=False)

    def cost_of(p, X, Y):
        A = X
        for i in range(1, len(p) // 2 + 1):
            Z = p[f"W{i}"] @ A + p[f"b{i}"]
            A = np.maximum(0, Z)
        return np.sum(np.logaddexp(0, Z) - Y * Z) / Y.shape[1]

    check_rng = np.random.default_rng(64)
    X, Y, p = check_rng.normal(size=(5, 6)), check_rng.integers(0, 2, (2, 6)), initialize_deep([5, 4, 3, 2], 6)
    grads = deep_backward(*(lambda AL, caches: (AL, Y, caches))(*deep_forward(X, p)))
    checks.gradients("deep_backward, layer_dims = [5, 4, 3, 2]", lambda p: cost_of(p, X, Y), grads, p, m=6)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. One step
#
# *What does the optimiser do with the gradients?*
#
# The same for every layer, with the learning rate $\alpha$: $\; W_l \leftarrow W_l - \alpha \, dW_l$ and $b_l \leftarrow b_l - \alpha \, db_l$, for $l = 1, \dots, L$. The shapes do not change.
#
# *On paper.* $W_3 = [-1, \; 0.75]$, $dW_3 = [0.114, -0.163]$ and $\alpha = 0.5$: the new $W_3$ is $[-1.057, \; 0.832]$.
#
# Make **new** arrays. `W -= ...` would change the arrays of the caller, who may still need them: to compare two learning rates from the same start, or to go back to the best network.
#
# ### Exercise 5: `update`


# %% exercise="update"
def update(parameters, grads, learning_rate):
    """One step of gradient descent.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL"; neither it nor its arrays are changed.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order.
        learning_rate: a number > 0.

    Returns:
        A new dict with the keys of parameters and new arrays.

    Example:
        update({"W1": np.array([[2.0]]), "b1": np.array([[1.0]])}, {"db1": np.array([[4.0]]), "dW1": np.array([[-1.0]])},
        0.5) is {"W1": [[2.5]], "b1": [[-1.0]]}.
    """
    # 1. What is the key of a parameter's gradient?
    # 2. Which way does the cost fall?
    ### BEGIN SOLUTION
    moved = {}
    for key, value in parameters.items():
        moved[key] = value - learning_rate * grads[f"d{key}"]
    return moved
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The gradient of `parameters[key]` is `grads["d" + key]`. Begin with an empty dict and give it one new array for each key.
# </details>

# %% check="update" points=1
with checks.exercise("update"):
    p = {"W1": np.array([[2.0, -1.0], [0.5, 3.0]]), "b1": np.array([[1.0], [0.0]]), "W2": np.array([[4.0, 7.0]])}
    p, grads = p | {"b2": np.array([[-2.0]])}, {"db2": np.array([[0.2]]), "dW2": np.array([[1.0, -3.0]])}
    grads |= {"db1": np.array([[4.0], [-6.0]]), "dW1": np.array([[-1.0, 0.4], [2.0, 5.0]])}
    checks.unchanged(update, p, grads, 0.5)
    moved, what = update(p, grads, 0.5), "update(parameters, grads, 0.5), 2 layers"
    checks.keys(what, moved, p)
    slips = {"it walks uphill; go against the gradient": [[1.5, -0.8], [1.5, 5.5]]}
    slips |= {"W1 has not moved": p["W1"], "the learning rate is missing": [[3, -1.4], [-1.5, -2]]}
    slips |= {"this is the step alone; subtract it from the parameter": [[-0.5, 0.2], [1, 2.5]]}
    checks.close(f"W1 of {what}", moved["W1"], [[2.5, -1.2], [-0.5, 0.5]], mistakes=slips)
    checks.close(f"b1 of {what}", moved["b1"], [[-1.0], [3.0]])
    checks.close(f"W2 of {what}", moved["W2"], [[3.5, 8.5]])
    checks.close(f"b2 of {what}", moved["b2"], [[-2.1]])
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(parameters, grads, learning_rate):
        moved = {}
        for key, array in parameters.items():
            pairs = zip(np.ravel(array).tolist(), np.ravel(grads[f"d{key}"]).tolist(), strict=True)
            moved[key] = np.array([value - learning_rate * slope for value, slope in pairs]).reshape(np.shape(array))
        return moved

    def network(rng, n, n_prev, L):
        shapes = {f"{k}{i}": (n, n_prev) if k == "W" else (n, 1) for i in range(1, L + 1) for k in "bW"}
        order = rng.permutation(list(shapes)).tolist()
        grads = {f"d{key}": rng.normal(size=shapes[key]) for key in order}
        return {key: rng.normal(size=shape) for key, shape in shapes.items()}, grads, rng.uniform(0.01, 2)

    domain = {"real": {"parameters": 1e3, "grads": 1e3}, "types": ["grads"]}
    small = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}, {"dW1": np.full((1, 2), 1e6), "db1": np.full((1, 1), 1e6)}
    more = {"with a learning rate of 1e-9": (*small, 1e-9), "with a learning rate of 1e-12": (*small, 1e-12)}
    at_0 = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    for size in (1e-9, 1e-12, 1e9):
        steps = {"dW1": size * np.array([[2.0, -3.0]]), "db1": size * np.array([[0.5]])}
        more[f"with gradients of size {size:g}"] = at_0, steps, 0.5
    more["with a learning rate of 1000"] = at_0, steps, 1e3
    checks.agrees(update, entry_by_entry, network, sizes={"n": 130, "n_prev": 130, "L": 31}, cases=more, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Is the gradient right?
#
# *A wrong gradient seldom stops the program. How would you know?*
#
# Compare it with a slow gradient that uses the cost alone. In week 2 you took the central difference for one parameter. Here every entry of every parameter gets its turn, while all others stay:
#
# $$\text{numerical}_{jk} = \frac{J(\dots, W_{jk} + \varepsilon, \dots) - J(\dots, W_{jk} - \varepsilon, \dots)}{2 \varepsilon}.$$
#
# The two gradients of one parameter have the same shape. How far apart they are is measured against their own size, so that the measure has no unit:
#
# $$\text{error} = \frac{\lVert \text{gradient} - \text{numerical} \rVert}{\lVert \text{gradient} \rVert + \lVert \text{numerical} \rVert}, \qquad \lVert G \rVert = \sqrt{\textstyle\sum_{j,k} G_{jk}^2}.$$
#
# It is 0 for equal gradients and 1 for opposite ones. If both are 0 everywhere, they agree: error 0.
#
# *On paper.* $J(w) = w^3$ at $w = 1$ with $\varepsilon = 0.1$: $(1.331 - 0.729)/0.2 = 3.01$. The gradient is $3$, so the error is $0.01/6.01 = 0.0017$.
#
# ### Exercise 6: `gradient_check`


# %% exercise="gradient_check"
def gradient_check(cost, parameters, grads, epsilon):
    """The relative error of each gradient, against central differences of the cost.

    Args:
        cost: a function; cost(parameters) is a number, for every dict with the keys and shapes of parameters.
        parameters: a dict of matrices of floats; neither it nor its arrays are changed.
        grads: a dict with the key "d" + key for each key of parameters, arrays of the same shape.
        epsilon: half the distance of the two points, a number > 0.

    Returns:
        A dict with the keys "d" + key: the error of this gradient, a number from 0 to 1; 0 if both gradients are 0.

    Example:
        gradient_check(lambda p: p["w"][0, 0] ** 3, {"w": np.ones((1, 1))}, {"dw": np.full((1, 1), 3.0)}, 0.1) is
        {"dw": 0.0017}.
    """
    # 1. For each parameter an array for the numerical gradient.
    # 2. For each entry: the cost with this entry moved up, and with it moved down. Work on copies.
    # 3. Three norms make the error. What if the denominator is 0?
    ### BEGIN SOLUTION
    errors = {}
    for key, value in parameters.items():
        numerical = np.zeros(value.shape)  # equivalent "zeros → ones", "zeros of the first argument's type": all set
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = epsilon
            up, down = cost(parameters | {key: value + step}), cost(parameters | {key: value - step})
            numerical[place] = (up - down) / (2 * epsilon)
        gradient = grads[f"d{key}"]
        size = np.linalg.norm(gradient) + np.linalg.norm(numerical)
        errors[f"d{key}"] = np.linalg.norm(gradient - numerical) / size if size else 0
    return errors
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Three loops: `for key, value in parameters.items():`, in it `for j in range(value.shape[0]):` and `for k in range(value.shape[1]):`. `moved = value.copy()`, then `moved[j, k] += epsilon`;
# `parameters | {key: moved}` is a new dict in which only this array is another one.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.linalg.norm(G)` of a matrix is the square root of the sum of its squares. Divide only if the sum of the two norms is not 0.
# </details>

# %% check="gradient_check" points=3
with checks.exercise("gradient_check"):

    def cubes(p):
        return np.sum(p["W1"] ** 3) + np.sum(p["b1"] ** 2) * np.sum(p["W1"])

    p = {"W1": np.array([[1.0, -0.5, 2.0], [0.25, 1.5, -1.0]]), "b1": np.array([[0.5], [-1.0]])}
    grads = {"dW1": 3 * p["W1"] ** 2 + 1.25, "db1": 6.5 * p["b1"]}
    checks.unchanged(gradient_check, cubes, p, grads, 0.1)
    what = "gradient_check of sum(W1^3) + sum(b1^2) sum(W1), epsilon = 0.1"
    errors = gradient_check(cubes, p, grads, 0.1)
    checks.keys(what, errors, ["dW1", "db1"])
    slips = {"this difference is one-sided; take the cost at + epsilon and at - epsilon": 0.0259429847}
    slips |= {"the two points are 2 epsilon apart; divide by 2 * epsilon": 0.3338568398}
    slips |= {"this is the norm of the difference; divide it by the sum of the two norms": 0.0244948974}
    slips |= {"all entries moved together; move one, while the others stay": 0.6984985369}
    checks.close(f"dW1 of {what}", errors["dW1"], 0.0007292137952, rtol=1e-6, mistakes=slips)
    checks.close(f"db1 of {what}", errors["db1"], 0.0, atol=1e-9)
    flat = gradient_check(lambda p: 0.0, {"b": np.ones((2, 1))}, {"db": np.zeros((2, 1))}, 0.01)
    checks.close("db of gradient_check of a cost that is always 0", flat["db"], 0.0)
    ### BEGIN HIDDEN TESTS
    errors = gradient_check(cubes, p, {"dW1": grads["dW1"], "db1": -grads["db1"]}, 0.1)
    checks.close(f"db1 of {what}, db1 negative", errors["db1"], 1.0)

    def one_by_one(cost, parameters, grads, epsilon):
        errors = {}
        for key, array in parameters.items():
            squares = [0.0, 0.0, 0.0]
            for place in np.ndindex(array.shape):
                costs = []
                for sign in (1, -1):
                    moved = array.astype(float)
                    moved[place] += sign * epsilon
                    costs.append(float(cost({**parameters, key: moved})))
                given, found = float(grads[f"d{key}"][place]), (costs[0] - costs[1]) / (2 * epsilon)
                squares = [a + b**2 for a, b in zip(squares, (given, found, given - found), strict=True)]
            size = squares[0] ** 0.5 + squares[1] ** 0.5
            errors[f"d{key}"] = squares[2] ** 0.5 / size if size else 0.0
        return errors

    def wavy(p):
        return float(sum((number + 1) * np.sum(np.sin(p[key])) for number, key in enumerate(sorted(p))))

    def problem(rng, n, n_prev, L):
        n, L = (1, 1) if n_prev > 50 else (n, L)  # each entry costs two calls
        p = {f"W{i}": rng.normal(size=(n, n_prev)) for i in range(1, L + 1)}
        return wavy, p, {f"d{key}": rng.normal(size=(n, n_prev)) for key in reversed(p)}, rng.uniform(0.05, 0.2)

    slope = {"dw": np.full((1, 1), 3.0)}
    two = {"w": np.array([[1.0, -0.5]]), "b": np.array([[2.0]])}
    others = {
        "of w^3 on paper": (lambda p: p["w"][0, 0] ** 3, {"w": np.ones((1, 1))}, slope, 0.1),
        "with a gradient of 1e-12 where the numerical one is 0": (
            lambda p: 5.0,
            {"w": np.ones((1, 1))},
            {"dw": np.full((1, 1), 1e-12)},
            0.1,
        ),
        "with a gradient of 1e-100 where the numerical one is 0": (
            lambda p: 5.0,
            {"w": np.ones((1, 1))},
            {"dw": np.full((1, 1), 1e-100)},
            0.1,
        ),
        "with epsilon = 2": (wavy, two, {"dw": np.array([[0.5, 2.0]]), "db": np.array([[-0.75]])}, 2.0),
        "with zeros in the gradients": (wavy, two, {"dw": np.array([[0.0, 2.0]]), "db": np.zeros((1, 1))}, 0.1),
        "with an error of 5e-9": (
            lambda p: 3 * p["w"][0, 0],
            {"w": np.ones((1, 1))},
            {"dw": np.full((1, 1), 3 + 3e-8)},
            0.5,
        ),
    }
    sizes = {"n": 12, "n_prev": 103, "L": 12}
    checks.agrees(gradient_check, one_by_one, problem, sizes=sizes, cases=others, rtol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the whole stack: forward, cost and backward of a network `[4, 5, 3, 1]` with 8 examples. The picture tries twelve values of $\varepsilon$. The second line is the same network, but all inputs of its first example are 0.

# %%
rng = np.random.default_rng(2)
X, Y, start = rng.normal(size=(4, 8)), rng.integers(0, 2, (1, 8)), initialize_deep([4, 5, 3, 1], seed=2)


def stack_errors(X, epsilon, forget=False):
    """The errors of the stack's gradients; `forget` makes the ReLU of layer 2 let everything pass back."""
    AL, caches = deep_forward(X, start)
    if forget:
        caches[1] = (*caches[1][:3], np.ones((3, 8)))
    grads = deep_backward(AL, Y, caches)
    return gradient_check(lambda p: deep_cost(deep_forward(X, p)[0], Y), start, grads, epsilon)


epsilons = 10.0 ** -np.arange(1, 13)
for inputs, name in ((X, "random inputs"), (X * (np.arange(8) > 0), "one example all 0")):
    plt.loglog(epsilons, [max(stack_errors(inputs, e).values()) for e in epsilons], marker="o", label=name)
plt.xlabel(r"$\varepsilon$")
plt.ylabel("largest error of all gradients")
plt.title(r"The check is sharpest near $\varepsilon = 10^{-5}$, and wrong on a corner of ReLU")
plt.legend(loc="lower left", bbox_to_anchor=(0, 0.1))
plt.show()

# %% [markdown]
# *What to notice.* Go from right to left. The error first falls, because a shorter chord is closer to the slope. Below $10^{-5}$ it rises again: the two costs agree in so many digits that their difference is mostly rounding. At $\varepsilon = 10^{-5}$ a right gradient has
# an error of about $10^{-10}$; expect less than $10^{-7}$.
#
# There are two exceptions, and both are **corners of ReLU**. For $\varepsilon \ge 0.01$ the first line is high, but the gradient is not wrong: the step is so long that a score changes its sign on the way. The second line is at about 0.2
# for **every** small $\varepsilon$. The first example is 0 and so are the biases, so its scores are exactly 0, on the corner itself. There the central difference finds half of the slope on the right side, and you took 0.
# So check with random inputs, and with a small $\varepsilon$.
#
# What does a slip look like? Somebody forgets the ReLU of layer 2 on the way back:

# %%
for shift, forget, name in ((-0.2, False, "right"), (0.2, True, "ReLU of layer 2 forgotten")):
    errors = stack_errors(X, 1e-5, forget)
    keys = [f"d{letter}{layer}" for layer in (1, 2, 3) for letter in "Wb"]
    plt.bar(np.arange(6) + shift, [errors[key] for key in keys], 0.4, label=name, color=plots.COLORS[forget])
    print(f"{name}: {', '.join(f'{key} {errors[key]:.0e}' for key in keys)}")
plt.yscale("log")
plt.xticks(range(6), keys)
plt.xlabel("gradient")
plt.ylabel(r"error at $\varepsilon = 10^{-5}$")
plt.title("A slip in layer 2 spoils layers 2 and 1, and spares layer 3")
plt.ylim(1e-12, 1e3)
plt.legend(loc="upper center", ncols=2)
plt.show()

# %% [markdown]
# *What to notice.* The errors also tell where to look. The way back goes from layer 3 to layer 1: what was computed before the slip is right, everything after it is wrong, by about 0.1. Between 0.1 and $10^{-10}$ there is a wide gap; a check that says less than $10^{-7}$ leaves little doubt.
#
# ## 8. It learns
#
# *Do three layers learn what one cannot?*
#
# Four calls make a step. First the flower of week 3, with 400 points and 2,000 steps.


# %%
def step(X, Y, parameters, learning_rate):
    """One step of gradient descent: the new parameters, and the cost before the step."""
    AL, caches = deep_forward(X, parameters)
    grads = deep_backward(AL, Y, caches)
    return update(parameters, grads, learning_rate), deep_cost(AL, Y)


flower, fresh_flower = data.make_flower(seed=0), data.make_flower(m=1000, seed=1)
parameters, costs = initialize_deep([2, 16, 8, 1], seed=0), []
figure, axes = plt.subplots(1, 4, figsize=(8, 2.9))
for axis, steps in zip(axes, (0, 50, 200, 2000), strict=True):
    while len(costs) < steps:
        parameters, cost = step(flower.X, flower.Y, parameters, learning_rate=0.3)
        costs.append(cost)
    plots.show_decision(axis, lambda X, p=parameters: deep_forward(X, p)[0] > 0.5, flower.X, flower.Y)
    right = np.mean((deep_forward(fresh_flower.X, parameters)[0] > 0.5) == fresh_flower.Y)
    axis.set_title(f"{steps:,} steps\n{right:.0%} of new points", fontsize=10)
figure.suptitle("Straight pieces of ReLU bend into six petals", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The border is made of straight pieces, because ReLU is: each hidden unit adds a fold. After 2,000 steps about 97 % of 1,000 new points are right; where the petals meet, the two classes lie on each other.
#
# Last, the cat pictures of week 2, for 30 steps only, from five different first weights.

# %%
cats = data.load_cat_pictures()
X_cats = cats.X_train.reshape(len(cats.X_train), -1).T / 255
mean, deviation = X_cats.mean(axis=1, keepdims=True), X_cats.std(axis=1, keepdims=True)
deviation[deviation == 0] = 1
X_cats = (X_cats - mean) / deviation

for layer_dims, color, line in (([784, 1], plots.COLORS[0], "-"), ([784, 20, 10, 1], plots.COLORS[1], "--")):
    runs = np.zeros((30, 5))
    for seed in range(5):
        parameters = initialize_deep(layer_dims, seed)
        for t in range(30):
            parameters, runs[t, seed] = step(X_cats, cats.Y_train, parameters, learning_rate=0.1)
    plt.plot(runs[:, 0], color=color, linestyle=line, label=f"L = {len(layer_dims) - 1}")
    plt.plot(runs[:, 1:], color=color, linestyle=line)
    print(f"{layer_dims}: first cost {runs[0].round(2)}, last cost {runs[-1].round(2)}")
plt.xlabel("step")
plt.ylabel("cost on the 1,584 training pictures")
plt.title("The cost of the deep network falls from every start")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Every line falls, from each of the ten starts: your gradients of 15,921 parameters point downhill. $L = 1$ is logistic regression; it falls faster at first, and at step 30 it is near 0.22 each time. Four of the five deep networks have passed it by then, the fifth
# has not. Deep networks depend more on their first weights.
# Whether the deep network also recognises **new** pictures better is the question of lesson 04.

# %% [markdown]
# ## What you built
#
# - the blocks of a layer: forward in lesson 01, and now `activation_backward` and `linear_backward`, joined by the cache;
# - `deep_cost`, finite for every output, and `deep_backward`, the gradient of any number of layers, which begins with $A_L - Y$ because nothing is divided there;
# - `gradient_check`, which shows that your gradient is right to about ten digits, and in which layer a slip sits;
# - `update`: with it, four calls make one step of training.
#
# ## On your own
#
# - Give the hidden layers tanh. Which two functions must change, and does `gradient_check` still show corners?
# - Put a slip of your own into `linear_backward` (leave out $1/m$, transpose a square $W$) and predict which errors will grow; then look.
# - Count the multiplications of `linear_backward` and of the forward pass. How much longer does the way back take? Measure it.
#
# ## In practice
#
# In PyTorch the caches are the tensors that each operation saves during the forward pass, and `loss.backward()` walks through them as you did; `torch.autograd.gradcheck` compares with central differences, in float64. `BCEWithLogitsLoss` takes the scores $Z_L$ in place of
# $A_L$, so that neither the cost nor $A_L - Y$ ever divides by 0. To save memory, very deep networks keep only some of the caches and compute the others again on the way back.
#
# ## References
#
# - D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), *Learning representations by back-propagating errors*, Nature 323.
# - A. Griewank and A. Walther (2008), *Evaluating Derivatives: Principles and Techniques of Algorithmic Differentiation*, second edition, SIAM.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, section 6.5, MIT Press.
