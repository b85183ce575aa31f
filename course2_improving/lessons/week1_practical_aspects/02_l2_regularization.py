# %% [markdown]
# You will give your deep network of course 1 a penalty on large weights, in its cost, in its gradient and in its update, and let a dev set choose how strong it is.
# With training labels of which more than a third are wrong, it lifts the network from about two thirds of the new pictures right to about nine in ten.

# %% [markdown]
# ## What you will be able to do
#
# - add the L2 penalty to the cost of a network of any depth, and its derivative to the gradient;
# - show that this is the same as *weight decay*, a small shrinking in each step;
# - choose the strength of the penalty by a dev set, and read the curve that this gives;
# - explain in two ways why small weights overfit less, and show both by a measurement;
# - use the L1 penalty to get weights that are exactly 0.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb) and the split into training, dev and test set of [lesson 01](01_splits_bias_and_variance.ipynb).
# The set-up cell loads your building blocks of course 1 as `dense`.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# | call | what it gives |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.deep_forward(X, parameters, output)` | `AL` $(n_L, m)$, and the list of `caches`; `output` is `"sigmoid"` or `"softmax"` |
# | `dense.deep_cost(AL, Y, output)` | the cost without a penalty, a number |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, each of the shape of its parameter |
#
# (`"softmax"` is for exactly one true class among several; week 3 of this course takes it apart. Until then it is a black box.)
#
# ## 1. A network that believes everything
#
# *What does a network learn from labels that are wrong?*
#
# We take 500 small pictures of handwritten digits, 8 × 8 pixels, and spoil the labels: two in five are drawn anew, at random from the ten digits. So about 36 % of the labels are wrong.
# (Some of the new labels are right by luck.) The labels of the dev and of the test set stay as they are. The network has 64 inputs, 64 hidden units and 10 outputs.

# %%
digits = data.load_small_digits()


def flat(images):
    """Pictures of ink from 0 to 16, shape (m, 8, 8, 1), as columns of numbers from 0 to 1, shape (64, m)."""
    return images.reshape(len(images), -1).T / 16


def spoilt_digits(seed, m=500):
    """m training pictures with spoilt labels, and 500 others as a dev set: X, Y, X_dev, Y_dev; Y has the labels 0 to 9."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(digits.X_train))
    train, dev = order[:m], order[m : m + 500]
    Y, anew = digits.Y_train[:, train].copy(), rng.random((1, m)) < 0.4
    Y[anew] = rng.integers(0, 10, anew.sum())
    X = flat(digits.X_train)
    return X[:, train] - 0.5, Y, X[:, dev] - 0.5, digits.Y_train[:, dev]


def one_hot(Y):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == Y) * 1.0


def accuracy(X, Y, parameters):
    """The share of columns whose largest output is that of the label Y, shape (1, m)."""
    return np.mean(dense.deep_forward(X, parameters, "softmax")[0].argmax(axis=0) == Y[0])


# %%
X, Y, X_dev, Y_dev = spoilt_digits(seed=0)
X_test, Y_test = flat(digits.X_test) - 0.5, digits.Y_test
believing, costs = dense.initialize_deep([64, 64, 10], seed=0), []
for _ in range(1500):
    AL, caches = dense.deep_forward(X, believing, "softmax")
    costs.append(dense.deep_cost(AL, one_hot(Y), "softmax"))
    grads = dense.deep_backward(AL, one_hot(Y), caches)
    believing = {key: value - 0.5 * grads[f"d{key}"] for key, value in believing.items()}
print(f"right on {accuracy(X, Y, believing):.0%} of the spoilt training labels")
print(f"right on {accuracy(X_test, Y_test, believing):.0%} of the test pictures, whose labels are true")

# %%
order = np.random.default_rng(0).permutation(len(digits.X_train))[:500]
wrong = np.flatnonzero(digits.Y_train[0, order] != Y[0])[:16]
plots.show_images(
    digits.X_train[order][wrong],
    [f"label {label}" for label in Y[0, wrong]],
    title="It has learned each of these labels by heart",
)
plt.show()

# %% [markdown]
# *What to notice.* The network is right on every training label, also on those that are nonsense. It pays for that on new pictures: more than one in four is wrong.
# 4,810 parameters can remember 500 labels. Nothing in the cost tells it not to.
#
# ## 2. A price for large weights
#
# *How can the cost say: fit the data, but not at any price?*
#
# To bend around a single wrong label, a network needs large weights (section 6 measures it). So we add a price for them, the **L2 penalty**, or **L2 regularisation**:
#
# $$J_{\lambda} = \underbrace{\frac{1}{m} \sum_{i=1}^{m} \mathcal{L}(a^{(i)}, y^{(i)})}_{J, \text{ the cost so far}} + \frac{\lambda}{2m} \sum_{l=1}^{L} \lVert W_l \rVert_F^2,
# \qquad \lVert W_l \rVert_F^2 = \sum_{j=1}^{n_l} \sum_{k=1}^{n_{l-1}} (W_{l,jk})^2.$$
#
# $\lVert W \rVert_F$ is the **Frobenius norm** of the matrix: the root of the sum of all its squares. $\lambda \ge 0$ is a new hyperparameter, the strength of the penalty. In code it is `lambd`, because `lambda` is a word of Python.
#
# The biases are left out. Each layer has only one bias for a unit, and a bias shifts a function without bending it.
#
# *On paper.* $W_1 = \begin{bmatrix} 1 & -2 \\ 0 & 3 \end{bmatrix}$ and $W_2 = [2, \; -1]$: the squares add up to $1 + 4 + 0 + 9 = 14$ and $4 + 1 = 5$, together 19.
# With $m = 4$ examples, $\lambda = 0.8$ and $J = 0.5$: $J_\lambda = 0.5 + \frac{0.8}{8} \cdot 19 = 2.4$.
#
# ### Exercise 1: `squared_norm`


# %% exercise="squared_norm"
def squared_norm(parameters):
    """The sum of the squares of all weights of a network: the squared Frobenius norms of its layers, added up.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order: Wl (n_l, n_(l-1)), bl (n_l, 1), of floats or
            whole numbers. It is not changed.

    Returns:
        A number. The biases do not count.

    Example:
        squared_norm({"W1": np.array([[1.0, -2.0], [0.0, 3.0]]), "b1": np.array([[5.0], [5.0]])}) is 14.
    """
    # 1. Which keys belong to weights?
    # 2. Square, then add up; one number for all layers.
    ### BEGIN SOLUTION
    return sum(np.sum(value**2) for key, value in parameters.items() if key.startswith("W"))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Go through `parameters.items()`. A key of a weight begins with `"W"`.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.sum(value**2)` adds up the squares of one matrix. Begin with `total = 0.0` and add one layer after the other.
# </details>

# %% check="squared_norm" points=1
with checks.exercise("squared_norm"):
    p = {"W1": np.array([[1.0, -2.0], [0.0, 3.0]]), "b1": np.array([[5.0], [-1.0]]), "W2": np.array([[2.0, -1.0]])}
    p |= {"b2": np.array([[3.0]])}
    checks.unchanged(squared_norm, p)
    slips = {
        "the biases are counted too; leave them out": 54.0,
        "this is the sum of the norms; square them": 5.9777253,
        "this is the root of the sum; it wants the square": 4.3588989,
        "the weights are added, not their squares": 3.0,
        "the absolute values are added; square the weights": 9.0,
        "only the first layer is counted": 14.0,
    }
    checks.close("squared_norm(the network on paper)", squared_norm(p), 19.0, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(parameters):
        total = 0.0
        for number in range(1, len(parameters) // 2 + 1):
            for row in parameters[f"W{number}"].tolist():
                total += sum(float(weight) * float(weight) for weight in row)
        return total

    def network(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {f"b{i}": (n, 1) for i in range(1, L + 1)}
        return {key: rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}

    sizes = {"n": 130, "n_prev": 130, "L": 12}
    checks.agrees(squared_norm, entry_by_entry, network, sizes=sizes, real={"parameters": 1e3}, types=["parameters"])
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: `cost_with_l2`


# %% exercise="cost_with_l2"
def cost_with_l2(AL, Y, parameters, lambd, output="sigmoid"):
    """The cost of a network with the L2 penalty.

    Args:
        AL: predicted probabilities, shape (n_L, m).
        Y: labels 0 or 1, shape (n_L, m), as floats or whole numbers.
        parameters: a dict with "W1", "b1", ..., "WL", "bL"; it is not changed.
        lambd: the strength of the penalty, a number >= 0.
        output: "sigmoid" or "softmax", for dense.deep_cost.

    Returns:
        A number: dense.deep_cost(AL, Y, output) + lambd / (2 m) times the sum of the squares of all weights.

    Raises:
        ValueError: lambd is negative.

    Example:
        for the weights on paper, 4 examples with a cost of 0.5 and lambd = 0.8 it is 2.4.
    """
    # 1. Refuse a negative strength with raise ValueError("…").
    # 2. Two terms: what the data cost, and what the weights cost. Which of the two divides by 2m?
    ### BEGIN SOLUTION
    if lambd < 0:
        raise ValueError(f"lambd is {lambd}; it must be 0 or above")
    m = Y.shape[1]
    return dense.deep_cost(AL, Y, output) + lambd / (2 * m) * squared_norm(parameters)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `m = Y.shape[1]` is the number of examples. `dense.deep_cost(AL, Y, output)` has its mean over them inside already.
# </details>
# <details><summary>Hint 2</summary>
#
# The second term is `lambd / (2 * m) * squared_norm(parameters)`. Mind the brackets: `lambd / 2 * m` multiplies by `m`.
# </details>

# %% check="cost_with_l2" points=2
with checks.exercise("cost_with_l2"):
    p = {"W1": np.array([[1.0, -2.0], [0.0, 3.0]]), "b1": np.array([[5.0], [-1.0]]), "W2": np.array([[2.0, -1.0]])}
    p |= {"b2": np.array([[3.0]])}
    AL, Y = np.array([[0.9, 0.2, 0.6, 0.3]]), np.array([[1, 0, 0, 1]])
    checks.unchanged(cost_with_l2, AL, Y, p, 0.8)
    slips = {
        "the penalty is missing": 0.6121919008,
        "the penalty is lambd / (2 m), here it is lambd / m": 4.4121919008,
        "the penalty is lambd / (2 m), here it is lambd / 2: the mean over the examples is missing": 8.2121919008,
        "lambd / (2 m) needs brackets: lambd / 2 * m multiplies by m": 31.0121919008,
        "the biases are counted too; leave them out": 6.0121919008,
    }
    J = cost_with_l2(AL, Y, p, 0.8)
    checks.close("cost_with_l2(AL, Y, parameters, 0.8), m = 4", J, 2.5121919008, mistakes=slips, rtol=1e-7)
    checks.close("cost_with_l2(AL, Y, parameters, 0)", cost_with_l2(AL, Y, p, 0.0), 0.6121919008, rtol=1e-7)
    checks.raises("cost_with_l2(AL, Y, parameters, -1)", ValueError, cost_with_l2, AL, Y, p, -1.0)
    ### BEGIN HIDDEN TESTS

    def term_by_term(AL, Y, parameters, lambd, output):
        losses = weights = 0.0
        for a, y in zip(AL.ravel().tolist(), Y.ravel().tolist(), strict=True):
            losses -= y * np.log(max(a, 1e-15)) + (1 - y) * np.log(max(1 - a, 1e-15)) * (output == "sigmoid")
        for key in parameters:
            weights += float(np.sum(np.square(parameters[key], dtype=float))) * (key[0] == "W")
        return (losses + lambd * weights / 2) / Y.shape[1]

    for output in ("sigmoid", "softmax"):

        def problem(rng, n_L, m, L, output=output):
            p = {f"{k}{i}": rng.normal(size=(n_L, 3 if k == "W" else 1)) for i in range(1, L + 1) for k in "Wb"}
            AL, Y = rng.uniform(0.02, 0.98, (n_L, m)), rng.integers(0, 2, (n_L, m))
            return AL, Y, p, float(rng.uniform(0.1, 3)), output

        domain = {"real": {"parameters": 100}, "types": ["Y", "parameters", "lambd"]}
        checks.agrees(cost_with_l2, term_by_term, problem, sizes={"n_L": 12, "m": 1030, "L": 11}, **domain)
    checks.raises("cost_with_l2(AL, Y, parameters, -1e-9)", ValueError, cost_with_l2, AL, Y, p, -1e-9)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The gradient of the penalty
#
# *Which way does the penalty push a weight?*
#
# The derivative of $\frac{\lambda}{2m} W_{jk}^2$ is $\frac{\lambda}{m} W_{jk}$. (That is why the formula has the 2.) So the gradient gets one more term,
#
# $$dW_l = \underbrace{\frac{1}{m} dZ_l A_{l-1}^T}_{\text{from backpropagation, as before}} + \frac{\lambda}{m} W_l, \qquad db_l \text{ as before.}$$
#
# The term has the direction of $W_l$ itself. A step *against* the gradient makes every weight smaller: a large one by much, a small one by little.
#
# *On paper.* $W = [3, -1]$, from backpropagation $dW = [0.5, 0.1]$, $m = 4$ and $\lambda = 0.8$: the new $dW$ is $[0.5 + 0.2 \cdot 3, \; 0.1 - 0.2 \cdot 1] = [1.1, \; -0.1]$.
#
# ### Exercise 3: `backward_with_l2`


# %% exercise="backward_with_l2"
def backward_with_l2(AL, Y, caches, lambd):
    """The gradient of cost_with_l2 with respect to every parameter of a network.

    Args:
        AL: output of dense.deep_forward, shape (n_L, m).
        Y: labels, shape (n_L, m), as floats or whole numbers.
        caches: the list that dense.deep_forward returned; caches[l - 1] = (A_prev, W, b, Z) of layer l.
        lambd: the strength of the penalty, a number >= 0.

    Returns:
        A dict with "dW1", "db1", ..., "dWL", "dbL", each a new array of the shape of its parameter.

    Example:
        with lambd = 0 it is what dense.deep_backward returns.
    """
    # 1. The gradient of the cost without a penalty is there already.
    # 2. One more term for each W. Where do you find the W of layer l?
    ### BEGIN SOLUTION
    grads, m = dense.deep_backward(AL, Y, caches), Y.shape[1]
    for layer, (_, W, _, _) in enumerate(caches, 1):
        grads[f"dW{layer}"] = grads[f"dW{layer}"] + lambd / m * W
    return grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Begin with `grads = dense.deep_backward(AL, Y, caches)`. The weights of layer `l` are the second entry of `caches[l - 1]`.
# </details>
# <details><summary>Hint 2</summary>
#
# In a loop over `l` from 1 to `len(caches)`: `grads[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * caches[l - 1][1]`, with `m = Y.shape[1]`.
# </details>

# %% check="backward_with_l2" points=3
with checks.exercise("backward_with_l2"):
    p = {"W1": np.array([[1.0, -1.0], [2.0, 0.5]]), "b1": np.array([[0.5], [-1.0]])}
    p |= {"W2": np.array([[3.0, -1.0]]), "b2": np.array([[-2.0]])}
    Y, (AL, caches) = np.array([[1, 0, 0]]), dense.deep_forward(np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]), p)
    checks.unchanged(backward_with_l2, AL, Y, caches, 0.6)
    grads, what = backward_with_l2(AL, Y, caches, 0.6), "backward_with_l2(AL, Y, caches, 0.6), L = 2, m = 3"
    checks.keys(what, grads, [f"d{key}" for key in p])
    slips = {
        "the penalty is missing": [[0.0432579488, 0.2529564837]],
        "the derivative of lambd / (2 m) W^2 is lambd / m W; the 2 is gone": [[0.3432579488, 0.1529564837]],
        "the penalty is lambd / m W; m is missing": [[1.8432579488, -0.3470435163]],
        "the derivative of lambd / (2 m) W^2 is lambd / m W, not twice that": [[1.2432579488, -0.1470435163]],
        "the penalty is added, not subtracted": [[-0.5567420512, 0.4529564837]],
    }
    checks.close(f"dW2 of {what}", grads["dW2"], [[0.6432579488, 0.0529564837]], mistakes=slips, rtol=1e-7)
    dW1 = [[0.5554573189, 0.0689414214], [0.281514227, 0.0103528595]]
    checks.close(f"dW1 of {what}", grads["dW1"], dW1, rtol=1e-7)
    biased = {"a bias has no penalty": [[-0.3314270601]]}
    checks.close(f"db2 of {what}", grads["db2"], [[0.0685729399]], mistakes=biased, rtol=1e-7)
    ### BEGIN HIDDEN TESTS

    def with_penalty(AL, Y, caches, lambd):
        m, grads, back = Y.shape[1], {}, AL - Y
        for layer in range(len(caches), 0, -1):
            A_prev, W, _, _ = caches[layer - 1]
            grads[f"dW{layer}"] = (np.einsum("ji,ki->jk", back, A_prev) + lambd * W) / m
            grads[f"db{layer}"] = back.sum(axis=1, keepdims=True) / m
            back = np.einsum("jk,ji->ki", W, back) * (A_prev > 0)
        return grads

    def network(rng, n_0, n_L, m, L):
        p = dense.initialize_deep([n_0, *[3] * (L - 1), n_L], 5)
        p = {key: array + 0.3 * rng.normal(size=array.shape) for key, array in p.items()}
        AL, caches = dense.deep_forward(rng.normal(0, 9, (n_0, m)), p)
        return AL, rng.integers(0, 2, (n_L, m)), caches, float(rng.uniform(0.1, 3))

    sizes, types = {"n_0": 130, "n_L": 9, "m": 130, "L": 11}, ["Y", "lambd"]
    checks.agrees(backward_with_l2, with_penalty, network, sizes=sizes, types=types, apart=False)

    def cost_of(p, X, Y, lambd):
        A = X
        for i in range(1, len(p) // 2 + 1):
            Z = p[f"W{i}"] @ A + p[f"b{i}"]
            A = np.maximum(0, Z)
        penalty = sum(np.sum(p[f"W{i}"] ** 2) for i in range(1, len(p) // 2 + 1))
        return (np.sum(np.logaddexp(0, Z) - Y * Z) + lambd / 2 * penalty) / Y.shape[1]

    check_rng = np.random.default_rng(72)
    X, Y, p = check_rng.normal(size=(4, 6)), check_rng.integers(0, 2, (2, 6)), dense.initialize_deep([4, 5, 3, 2], 6)
    p = {key: array + 0.3 * check_rng.normal(size=array.shape) for key, array in p.items()}
    AL, caches = dense.deep_forward(X, p)
    grads, what = backward_with_l2(AL, Y, caches, 1.7), "backward_with_l2, layer_dims = [4, 5, 3, 2], lambd = 1.7"
    checks.gradients(what, lambda p: cost_of(p, X, Y, 1.7), grads, p, m=6)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Weight decay
#
# *Where does the name "weight decay" come from?*
#
# Put the new $dW_l$ into a step of gradient descent and collect what stands before $W_l$:
#
# $$W_l \leftarrow W_l - \alpha \Bigl(dW_l + \frac{\lambda}{m} W_l\Bigr) = \Bigl(1 - \frac{\alpha \lambda}{m}\Bigr) W_l - \alpha \, dW_l,$$
#
# where $dW_l$ is now the gradient **without** the penalty. In each step every weight first shrinks by the factor $1 - \alpha\lambda/m$, a number a little below 1. Then comes the usual step. A weight that the data do not hold up decays towards 0.
#
# *On paper.* $\alpha = 0.5$, $\lambda = 0.8$, $m = 4$: the factor is $1 - 0.1 = 0.9$. $W = [3, -1]$ and $dW = [0.5, 0.1]$ give $[2.7, -0.9] - [0.25, 0.05] = [2.45, \; -0.95]$.
# The other way: $[3, -1] - 0.5 \cdot [1.1, -0.1] = [2.45, \; -0.95]$.
#
# ### Exercise 4: `decayed_update`


# %% exercise="decayed_update"
def decayed_update(parameters, grads, learning_rate, lambd, m):
    """One step of gradient descent with weight decay.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL"; neither it nor its arrays are changed.
        grads: a dict with "dW1", "db1", ..., "dWL", "dbL", in any order: the gradient of the cost WITHOUT the penalty.
        learning_rate: alpha, a number > 0.
        lambd: the strength of the penalty, a number >= 0.
        m: the number of examples, a whole number >= 1.

    Returns:
        A new dict with the keys of parameters and new arrays. The weights have shrunk by 1 - learning_rate * lambd / m
        before the step; the biases have not.

    Example:
        decayed_update({"W1": np.array([[3.0, -1.0]]), "b1": np.array([[2.0]])},
        {"dW1": np.array([[0.5, 0.1]]), "db1": np.array([[1.0]])}, 0.5, 0.8, 4) is {"W1": [[2.45, -0.95]], "b1": [[1.5]]}.
    """
    # 1. Which of the parameters shrink, and by which factor?
    # 2. Then the step that you know, for all of them.
    ### BEGIN SOLUTION
    moved = {}
    for key, value in parameters.items():
        kept = 1 - learning_rate * lambd / m if key.startswith("W") else 1
        moved[key] = kept * value - learning_rate * grads[f"d{key}"]
    return moved
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The gradient of `parameters[key]` is `grads[f"d{key}"]`. Ask `key.startswith("W")` to tell a weight from a bias.
# </details>
# <details><summary>Hint 2</summary>
#
# For a weight the new array is `(1 - learning_rate * lambd / m) * value - learning_rate * grads[f"d{key}"]`.
# </details>

# %% check="decayed_update" points=2
with checks.exercise("decayed_update"):
    p, grads = {"W1": np.array([[3.0, -1.0]]), "b1": np.array([[2.0]])}, {"db1": np.array([[1.0]])}
    grads["dW1"] = np.array([[0.5, 0.1]])
    checks.unchanged(decayed_update, p, grads, 0.5, 0.8, 4)
    moved, what = decayed_update(p, grads, 0.5, 0.8, 4), "decayed_update of the layer on paper, 0.5, 0.8, m = 4"
    checks.keys(what, moved, ["W1", "b1"])
    slips = {
        "the weights do not shrink": [[2.75, -1.05]],
        "the factor is 1 - alpha lambd / m; alpha is missing": [[2.15, -0.85]],
        "the factor is 1 - alpha lambd / m; m is missing": [[1.55, -0.65]],
        "the factor is 1 - alpha lambd / m, without the 2 of the cost": [[2.6, -1.0]],
        "the weights grow; the factor is below 1": [[3.05, -1.15]],
        "first shrink the weight, then subtract the whole step": [[2.475, -0.945]],
    }
    checks.close(f"W1 of {what}", moved["W1"], [[2.45, -0.95]], mistakes=slips)
    checks.close(f"b1 of {what}", moved["b1"], [[1.5]], mistakes={"a bias does not shrink": [[1.3]]})
    ### BEGIN HIDDEN TESTS

    def by_the_gradient(parameters, grads, learning_rate, lambd, m):
        moved = {}
        for key, array in parameters.items():
            strength = lambd / m if key[0] == "W" else 0.0
            moved[key] = array - learning_rate * (np.asarray(grads[f"d{key}"], dtype=float) + strength * array)
        return moved

    def network(rng, n, n_prev, L, m):
        shapes = {f"{k}{i}": (n, n_prev if k == "W" else 1) for i in range(1, L + 1) for k in "bW"}
        grads = {f"d{key}": rng.normal(size=shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        p = {key: rng.normal(size=shape) for key, shape in shapes.items()}
        return p, grads, float(rng.uniform(0.01, 2)), float(rng.uniform(0, 3)), m

    domain = {"real": {"parameters": 1e3, "grads": 1e3}, "types": ["grads"]}
    sizes = {"n": 130, "n_prev": 130, "L": 12, "m": 2000}
    checks.agrees(decayed_update, by_the_gradient, network, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Two ways to the same step: does your code agree? The next cell trains the network for 300 steps in both ways and compares all weights.


# %%
def train_with_l2(X, Y, lambd, layer_dims=(64, 64, 10), learning_rate=0.5, steps=1500, seed=0, output="softmax"):
    """Gradient descent with the L2 penalty, by weight decay; returns the parameters."""
    parameters = dense.initialize_deep(list(layer_dims), seed)
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, output)
        grads = dense.deep_backward(AL, Y, caches)
        parameters = decayed_update(parameters, grads, learning_rate, lambd, Y.shape[1])
    return parameters


by_decay = train_with_l2(X, one_hot(Y), lambd=10, steps=300)
by_gradient, costs = dense.initialize_deep([64, 64, 10], seed=0), []
for _ in range(300):
    AL, caches = dense.deep_forward(X, by_gradient, "softmax")
    costs.append(cost_with_l2(AL, one_hot(Y), by_gradient, 10, "softmax"))
    grads = backward_with_l2(AL, one_hot(Y), caches, 10)
    by_gradient = {key: value - 0.5 * grads[f"d{key}"] for key, value in by_gradient.items()}
gap = max(np.abs(by_decay[key] - by_gradient[key]).max() for key in by_decay)
print(f"largest difference of a weight after 300 steps: {gap:.0e}")
print(
    f"cost with the penalty: {costs[0]:.2f} at first, {costs[-1]:.2f} last; it rose in {np.sum(np.diff(costs) > 0)} steps"
)

# %% [markdown]
# *What to notice.* The two agree but for rounding. They agree for gradient descent only: with Adam (week 2) the two are different methods.
#
# When you watch the training of a regularised network, plot the cost **with** the penalty. Gradient descent goes downhill on that one; the cost of the data alone may rise.
#
# ## 5. How strong?
#
# *Which $\lambda$?*
#
# Neither the training data nor the cost can tell: with $\lambda = 0$ both look best. So train once for each candidate and ask the **dev set**.
# If two candidates are equally good there, take the stronger penalty: it gives the simpler function. When the choice is made, and only then, the test set says how good it is.
#
# ### Exercise 5: `choose_lambda`


# %% exercise="choose_lambda"
def choose_lambda(lambdas, train, error):
    """Train once for each strength, and choose by the error on the dev set.

    Args:
        lambdas: a list of different numbers >= 0, in any order, at least one.
        train: a function; train(lambd) returns parameters. It is called once for each strength.
        error: a function; error(parameters) is the share of wrong decisions on the dev set, a number.

    Returns:
        (best, parameters, errors): the strength with the lowest dev error, the largest of them if several have it; the
        parameters that were trained with it; and a dict with the dev error of each strength.

    Raises:
        ValueError: the list is empty.

    Example:
        choose_lambda([1.0, 0.1], lambda lambd: lambd, lambda p: p) is (0.1, 0.1, {1.0: 1.0, 0.1: 0.1}).
    """
    # 1. One training and one dev error for each strength; keep both.
    # 2. The lowest error; among equals the largest strength.
    ### BEGIN SOLUTION
    if not len(lambdas):  # equivalent "dropped: if not len(lambdas):": min of an empty list is a ValueError, too
        raise ValueError("there is no strength to choose from")
    trained = {lambd: train(lambd) for lambd in lambdas}
    errors = {lambd: error(parameters) for lambd, parameters in trained.items()}
    best = min(lambdas, key=lambda lambd: (errors[lambd], -lambd))
    return best, trained[best], errors
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Two dicts help: `trained[lambd]` and `errors[lambd]`. Fill both in one loop, so that `train` is called once for each strength.
# </details>
# <details><summary>Hint 2</summary>
#
# Go through the strengths from the smallest to the largest, `sorted(lambdas)`, and take a new best one if its error is **not above** the lowest so far: `errors[lambd] <= errors[best]`.
# </details>

# %% check="choose_lambda" points=2
with checks.exercise("choose_lambda"):
    table, calls = {0.0: 0.30, 1.0: 0.20, 3.0: 0.12, 10.0: 0.12, 30.0: 0.25}, []

    def note(lambd):
        calls.append(lambd)
        return {"W1": np.full((1, 1), lambd)}

    what = "choose_lambda([10, 0, 30, 3, 1], train, error), dev errors 0.12, 0.30, 0.25, 0.12, 0.20"
    answer = choose_lambda([10.0, 0.0, 30.0, 3.0, 1.0], note, lambda p: table[p["W1"][0, 0]])
    best, parameters, errors = checks.results(what, answer, ["best", "parameters", "errors"])
    slips = {"of two equal errors the stronger penalty wins": 3.0, "this is the highest error": 0.0}
    checks.close(f"best of {what}", best, 10.0, mistakes=slips)
    checks.that(sorted(calls) == sorted(table), f"{what}: train was called {len(calls)} times, once for each is enough")
    checks.close(f"W1 in the parameters of {what}", parameters["W1"], [[10.0]])
    checks.keys(f"errors of {what}", errors, table)
    checks.close(f"the error of 30 in {what}", errors[30.0], 0.25)
    checks.raises("choose_lambda([], train, error)", ValueError, choose_lambda, [], note, lambda p: 0.0)
    ### BEGIN HIDDEN TESTS

    def by_sorting(lambdas, train, error):
        rows = sorted((error(train(lambd)), -lambd) for lambd in lambdas)
        return -rows[0][1] + 0.0, train(-rows[0][1] + 0.0), {lambd: error(train(lambd)) for lambd in lambdas}

    def candidates(rng, n):
        lambdas = rng.choice(40, n, replace=False).astype(float).tolist()
        known = dict(zip(lambdas, (rng.integers(1, 4, n) / 10).tolist(), strict=True))
        return lambdas, lambda lambd: {"strength": lambd}, lambda p: known[p["strength"]]

    bowl = lambda p: (p["strength"] - 8.0) ** 2 + 1.5  # noqa: E731
    others = {
        "with one strength": ([0.0], lambda lambd: {"strength": lambd}, lambda p: 1.0),
        "with errors that are all 0": ([1.0, 5.0, 0.0], lambda lambd: {"strength": lambd}, lambda p: 0.0),
        "with errors that differ by 1e-12": (
            [1.0, 5.0],
            lambda lambd: {"strength": lambd},
            lambda p: p["strength"] * 1e-12,
        ),
        "with errors above 1": ([9.0, 4.0, 7.0], lambda lambd: {"strength": lambd}, bowl),
    }
    names = ["best", "parameters", "errors"]
    checks.agrees(
        choose_lambda, by_sorting, candidates, sizes={"n": 40}, returns=names, cases=others, new=False, apart=False
    )
    ### END HIDDEN TESTS

# %% [markdown]
# Now the sweep, on three draws of the spoilt digits. Each training takes about half a second.

# %%
lambdas = [0, 1, 3, 6, 10, 15, 25, 40]


def sweep(seed):
    """The strength that the dev set chooses, and by the names of the three sets the errors in % for each strength."""
    X, Y, X_dev, Y_dev = spoilt_digits(seed)
    trained = {}

    def train(lambd):
        trained[lambd] = train_with_l2(X, one_hot(Y), lambd, seed=seed)
        return trained[lambd]

    best, _, _ = choose_lambda(lambdas, train, lambda p: 1 - accuracy(X_dev, Y_dev, p))
    sets = {"training labels (spoilt)": (X, Y), "dev": (X_dev, Y_dev), "test": (X_test, Y_test)}
    return best, {
        name: [100 * (1 - accuracy(*each, trained[lambd])) for lambd in lambdas] for name, each in sets.items()
    }


curves = {"training labels (spoilt)": [], "dev": [], "test": []}
for seed in range(3):
    best, errors = sweep(seed)
    for name, curve in curves.items():
        curve.append(errors[name])
    with_it = errors["test"][lambdas.index(best)]
    print(
        f"draw {seed}: the dev set chooses λ = {best}; wrong test pictures: {errors['test'][0]:.0f} % without, {with_it:.0f} % with it"
    )

# %%
places = np.arange(len(lambdas))
for name, curve in curves.items():
    plt.plot(places, np.mean(curve, axis=0), marker="o", label=name)
plt.fill_between(
    places, *np.quantile(curves["test"], [0, 1], axis=0), color=plots.COLORS[2], alpha=0.15, label="test, three draws"
)
plt.xticks(places, lambdas)
plt.xlabel("strength of the penalty, λ")
plt.ylabel("wrong decisions in %")
plt.ylim(0, 100)
plt.title("Too weak: it learns the wrong labels. Too strong: it learns nothing")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* From left to right the error on the training labels rises from 0. That is what we want at first: with $\lambda = 10$ it is close to 36 %, the share of wrong labels. The network now refuses to learn them.
# The dev and the test error have the shape of a **U**. On the left is high variance, on the right high bias (lesson 01). The lowest point of the dev curve is also a good point for the test curve; they are two samples of the same pictures.
#
# In each of the three draws the test accuracy rises by at least 10 points. This is much, because the labels are so bad. On clean labels the same network gains little or nothing: regularisation is a remedy against variance, and does not help where there is none.
#
# ## 6. Why does it work?
#
# *What is different about the network with small weights?*
#
# **First reason: a function with small weights is smooth.** If the input moves by a small vector $\delta$, the scores of a layer move by $W \delta$, and ReLU never makes a move longer. So small weights mean small moves of the output, and a function that changes slowly cannot be right on a wrong label and on its neighbours as well.
# The next cell measures it: by how much does the largest score of the output layer move when the picture moves by a random vector of length 0.1?

# %%
X, Y, X_dev, Y_dev = spoilt_digits(seed=0)
strong = train_with_l2(X, one_hot(Y), lambd=10)
rng = np.random.default_rng(1)
step = rng.normal(size=X_test.shape)
step *= 0.1 / np.linalg.norm(step, axis=0)
for name, parameters in (("λ = 0", believing), ("λ = 10", strong)):
    scores = [dense.deep_forward(X_test + move, parameters, "softmax")[1][-1][3] for move in (0, step)]
    moved = np.linalg.norm(scores[1] - scores[0], axis=0).mean()
    print(
        f"{name}: sum of the squares of all weights {squared_norm(parameters):7.1f}; the scores move by {moved:.3f} on average"
    )

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
for axis, name, parameters in zip(axes, ("λ = 0", "λ = 10"), (believing, strong), strict=True):
    weights = np.concatenate([parameters[key].ravel() for key in ("W1", "W2")])
    axis.hist(weights, bins=np.linspace(-2, 2, 61), color=plots.COLORS[0])
    axis.set(title=f"{name}: {np.mean(np.abs(weights) < 0.02):.0%} of the weights are below 0.02", xlabel="weight")
axes[0].set_ylabel("number of weights")
axes[0].set_yscale("log")
figure.suptitle("The penalty pulls the weights that the data do not hold up towards 0", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* With $\lambda = 10$ the weights are many times smaller, and so is the move of the scores. Most weights are close to 0, but hardly any is exactly 0 (section 7).
#
# The same in the plane, where you can see the function. The data are 200 kicks of a football game: from where on the field, and which team headed the ball.

# %%
kicks, many = data.make_football(200, seed=0), data.make_football(4000, seed=100)
center, spread = kicks.X.mean(axis=1, keepdims=True), kicks.X.std(axis=1, keepdims=True)
field, field_new = (kicks.X - center) / spread, (many.X - center) / spread
figure, axes = plt.subplots(1, 3, figsize=(8, 3))
for axis, lambd in zip(axes, (0, 1, 10), strict=True):
    parameters = train_with_l2(field, kicks.Y, lambd, (2, 64, 64, 1), 0.3, 3000, output="sigmoid")
    plots.show_decision(axis, lambda P, p=parameters: dense.deep_forward(P, p)[0] > 0.5, field, kicks.Y)
    right = [
        np.mean((dense.deep_forward(P, parameters)[0] > 0.5) == labels)
        for P, labels in ((field, kicks.Y), (field_new, many.Y))
    ]
    axis.set_title(f"λ = {lambd}\ntraining {right[0]:.0%}, new {right[1]:.0%}", fontsize=10)
figure.suptitle("The stronger the penalty, the straighter the border", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Without a penalty the border has small bends, made by single kicks. With $\lambda = 1$ fewer are left, with $\lambda = 10$ it is almost a straight line.
# On new kicks the three differ by about two points only: there is little to overfit here.
#
# (The lecture argues with tanh: for small weights the scores are small, tanh is nearly linear there, and a network of linear layers is one linear function. ReLU is not linear near 0, so for your network the argument of smoothness is the right one.)
#
# **Second reason: it is a belief about the weights.** Suppose you believe, before you see any data, that each weight is drawn from a normal distribution with mean 0 and variance $1/\lambda$. Then the logarithm of the probability of all weights is $-\frac{\lambda}{2} \sum w^2$, up to a constant.
# The logarithm of the probability of the labels is $-m J$ (course 1, week 2). The weights that are most probable **after** seeing the data maximise the sum of the two, so they minimise
#
# $$m J + \frac{\lambda}{2} \sum w^2 = m \Bigl(J + \frac{\lambda}{2m} \sum w^2\Bigr) = m J_\lambda.$$
#
# This is the cost with the L2 penalty. It also says why the penalty is divided by $m$: the belief is worth the same however many examples there are, and with many examples the data outvote it.
#
# ## 7. Weights that are exactly 0
#
# *Can a penalty also tell which inputs are needed?*
#
# The **L1 penalty** is $\frac{\lambda}{m} \sum \lvert w \rvert$. L2 pulls a small weight weakly; L1 pulls every weight by the same amount. So L1 can pull a weight to 0 and hold it there. At 0 the absolute value has a corner and no derivative, and a step of gradient descent would jump over the corner.
# One takes the step of the data first, and then solves the rest exactly: which $w$ is best, if $v$ is where the data want to be?
#
# $$\min_w \; \tfrac{1}{2} (w - v)^2 + t \lvert w \rvert, \qquad t = \alpha \lambda / m.$$
#
# For $w > 0$ the derivative $w - v + t$ is 0 at $w = v - t$, which is above 0 only if $v > t$. For $w < 0$ it is $w = v + t$, only if $v < -t$. In between the corner at 0 is the lowest point. This is called **soft thresholding**: each number moves towards 0 by $t$, and stays at 0 if it gets there.
#
# *On paper.* $t = 0.5$: $2 \to 1.5$; $-3 \to -2.5$; $0.4 \to 0$; $-0.5 \to 0$.
#
# ### Exercise 6: `soft_threshold`


# %% exercise="soft_threshold"
def soft_threshold(V, t):
    """Move each number towards 0 by t; where it would pass 0, it becomes 0.

    Args:
        V: an array of any shape, of floats or whole numbers; it is not changed.
        t: a number >= 0.

    Returns:
        A new array of the shape of V: v - t where v > t, v + t where v < -t, else 0.

    Raises:
        ValueError: t is negative.

    Example:
        soft_threshold(np.array([2.0, -3.0, 0.4, -0.5]), 0.5) is [1.5, -2.5, 0, 0].
    """
    # 1. Refuse a negative t.
    # 2. How far from 0 is each number afterwards, and on which side?
    ### BEGIN SOLUTION
    if t < 0:
        raise ValueError(f"t is {t}; it must be 0 or above")
    return np.sign(V) * np.maximum(np.abs(V) - t, 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The distance from 0 was `np.abs(V)`. It becomes smaller by `t`, but never smaller than 0.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.maximum(np.abs(V) - t, 0)` is the new distance, and `np.sign(V)` the side.
# </details>

# %% check="soft_threshold" points=2
with checks.exercise("soft_threshold"):
    V = np.array([[2.0, -3.0, 0.4], [-0.5, 0.0, -0.7]])
    checks.unchanged(soft_threshold, V, 0.5)
    slips = {
        "each number that stays must also move by t (this is a hard threshold)": [[2, -3, 0], [0, 0, -0.7]],
        "t is subtracted everywhere; below 0 it must be added": [[1.5, -3.5, 0], [0, 0, -1.2]],
        "a number must stop at 0 and not pass it": [[1.5, -2.5, -0.1], [0, 0, -0.2]],
        "the side is lost; a negative number stays negative": [[1.5, 2.5, 0], [0, 0, 0.2]],
        "this is the part that t cuts off": [[0.5, -0.5, 0.4], [-0.5, 0, -0.5]],
        "below 0 numbers become 0 as in ReLU; they move towards 0 as well": [[1.5, 0, 0], [0, 0, 0]],
    }
    expected = [[1.5, -2.5, 0], [0, 0, -0.2]]
    checks.close("soft_threshold(V, 0.5), V of shape (2, 3)", soft_threshold(V, 0.5), expected, mistakes=slips)
    checks.close("soft_threshold(V, 0)", soft_threshold(V, 0.0), V)
    checks.raises("soft_threshold(V, -0.1)", ValueError, soft_threshold, V, -0.1)
    ### BEGIN HIDDEN TESTS

    def by_cases(V, t):
        moved = [v - t if v > t else v + t if v < -t else 0.0 for v in V.ravel().tolist()]
        return np.array(moved, dtype=float).reshape(V.shape)

    def numbers(rng, n, m):
        return rng.normal(0, 1, (n, m)), float(rng.uniform(0.1, 1))

    others = {
        "with numbers close to t": (np.array([0.5, 0.5 + 1e-9, 0.5 - 1e-9, -0.5, -0.5 - 1e-9]), 0.5),
        "with t = 0": (np.array([[1e-12, -1e-12, 3.0]]), 0.0),
        "with an array of shape (2, 3, 2)": (np.linspace(-3, 3, 12).reshape(2, 3, 2), 1.0),
        "with t larger than all": (np.array([[5.0, -7.0]]), 100.0),
    }
    domain = {"sizes": {"n": 130, "m": 130}, "real": {"V": 1e3}, "types": ["V"], "cases": others}
    checks.agrees(soft_threshold, by_cases, numbers, **domain)
    checks.raises("soft_threshold(V, -1e-12)", ValueError, soft_threshold, np.ones((1, 2)), -1e-12)
    ### END HIDDEN TESTS

# %% [markdown]
# Logistic regression on the cat pictures of course 1 again, 784 pixels, 300 steps, now with either penalty.

# %%
cats = data.load_cat_pictures()
pixels, pixels_new = (images.reshape(len(images), -1).T / 255.0 for images in (cats.X_train, cats.X_test))
mean, deviation = pixels.mean(axis=1, keepdims=True), pixels.std(axis=1, keepdims=True)
deviation[deviation == 0] = 1
pixels, pixels_new, m = (pixels - mean) / deviation, (pixels_new - mean) / deviation, pixels.shape[1]
figure, axes = plt.subplots(1, 3, figsize=(8, 3))
for axis, (name, l1, l2) in zip(
    axes, (("no penalty", 0, 0), ("L2, λ = 300", 0, 300), ("L1, λ = 20", 20, 0)), strict=True
):
    w, b = np.zeros((784, 1)), 0.0
    for _ in range(300):
        dZ = 0.5 + np.tanh((w.T @ pixels + b) / 2) / 2 - cats.Y_train
        w, b = (1 - 0.05 * l2 / m) * w - 0.05 * pixels @ dZ.T / m, b - 0.05 * dZ.mean()
        w = soft_threshold(w, 0.05 * l1 / m)
    right = np.mean((w.T @ pixels_new + b > 0) == cats.Y_test)
    limit = np.abs(w).max()
    axis.imshow(w.reshape(28, 28), cmap="PuOr", vmin=-limit, vmax=limit)
    axis.set_axis_off()
    axis.set_title(f"{name}\n{np.sum(w != 0)} of 784 pixels used\n{right:.0%} of test pictures right", fontsize=9)
figure.suptitle("L2 makes all weights small, L1 makes most of them 0", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The three are about equally good: 90 % of the test pictures, and the differences are within the standard error of 1.5 points. L2 uses all 784 pixels (but those that are black in every picture). L1 gets along with about a quarter of them, and says which.

# %% [markdown]
# ## What you built
#
# - `squared_norm` and `cost_with_l2`: what the weights cost, beside what the data cost;
# - `backward_with_l2` and `decayed_update`: the same step written in two ways, equal but for rounding;
# - `choose_lambda`: the strength that a dev set likes best; on spoilt labels it gained more than ten points on new pictures in each draw;
# - `soft_threshold`: the L1 penalty, which makes weights exactly 0;
# - and you measured why it works: small weights make a function that changes slowly.
#
# ## On your own
#
# - **Max-norm.** After each step shrink every row of $W_l$ that is longer than $c$ to the length $c$, and leave the others alone. Choose $c$ by the dev set. Does it do as well as L2?
# - Penalise the biases too. Does the test accuracy change?
# - Draw the sweep for clean labels, and for 5,000 training pictures of `data.load_digits()`. Where has the U gone?
# - *Hard.* Multiply all weights and biases of layer 1 by 2 and those of layer 2 by 1/2 (keep its bias). With ReLU the network computes the same. What does the penalty say to that? Which pair of factors is cheapest, and do trained networks come close to it?
#
# ## In practice
#
# In PyTorch `torch.optim.SGD(..., weight_decay=λ/m)` is your `decayed_update`; it also shrinks the biases unless you tell it which parameters to leave alone. For Adam take `AdamW`, which shrinks the weights apart from the gradient.
# In scikit-learn `LogisticRegression(C=1/λ)` and `MLPClassifier(alpha=λ)` have L2 by default, `penalty="l1"` has L1. There C is the inverse: a small C is a strong penalty.
#
# ## References
#
# - A. E. Hoerl and R. W. Kennard (1970), *Ridge regression: biased estimation for nonorthogonal problems*, Technometrics 12.
# - R. Tibshirani (1996), *Regression shrinkage and selection via the lasso*, Journal of the Royal Statistical Society B 58.
# - A. Krogh and J. A. Hertz (1992), *A simple weight decay can improve generalization*, NIPS 4.
# - C. Zhang, S. Bengio, M. Hardt, B. Recht and O. Vinyals (2017), *Understanding deep learning requires rethinking generalization*, ICLR.
