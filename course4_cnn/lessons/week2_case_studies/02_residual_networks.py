# %% [markdown]
# You will build residual networks: blocks with a shortcut, their backward pass, and a start at which each block does nothing yet.
# With them you train 41 layers where a plain network of the same size fails, and you count the 25,557,032 parameters of ResNet-50.

# %% [markdown]
# ## What you will be able to do
#
# - write a residual block forward and backward, also where the number of units changes;
# - say why a block can learn the identity easily, and start it there;
# - write the gradients of a whole residual network, and watch their norms at the first block;
# - show what the shortcut changes in training, and what it does not change by itself;
# - count the parameters of ResNet-50, stage by stage, and say what a bottleneck saves.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb), [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb), and [convolution layers](../week1_convolutions/03_convolution_layers.ipynb) for section 7.
# The blocks of sections 2 to 6 are **dense**: seconds of training instead of minutes. In a convolutional block the two dense layers become two convolutions with same padding; the addition and its gradient stay as they are.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.nn.softmax import cross_entropy, softmax

plots.use_style()
small = data.load_small_digits()
X = small.X_train.reshape(len(small.X_train), -1).T / 16
Y = np.eye(10)[:, small.Y_train[0]]
RATES = {5: 0.01, 21: 0.01, 41: 0.003}


def train(parameters, gradients, rate, seed):
    """500 steps of Adam on batches of 64, the rate falling to 0; parameters is a list of dicts, one for each part."""
    rng = np.random.default_rng(seed)
    averages = [initialize_adam(part) for part in parameters]
    for t in range(1, 501):
        batch = rng.choice(X.shape[1], 64, replace=False)
        grads = gradients(X[:, batch], Y[:, batch], parameters)[1]
        now = rate * np.cos(np.pi / 2 * (t - 1) / 500) ** 2
        moved = [adam_step(*each, t, now) for each in zip(parameters, grads, *zip(*averages, strict=True), strict=True)]
        parameters, averages = [part for part, _, _ in moved], [state for _, *state in moved]
    return parameters


# %% [markdown]
# ## 1. Deeper, and worse on the training set
#
# *Can a network have too many layers?*
#
# Overfitting is one danger of a large network: it does well on the training set and badly on new examples. Here is another one. Take the small digits (64 pixels), and plain networks of course 1: $L$ layers, the hidden ones with 16 units and ReLU, softmax at the end, He's start. For each depth, the learning rate is the best of 0.01, 0.003 and 0.001, judged by the training cost. We look at the **training** accuracy.
# (Everything is computed in float64. Networks as small as these gain nothing from float32.)


# %%
def plain_network(layers, seed):
    return [dense.initialize_deep([64] + [16] * (layers - 1) + [10], seed)]


def plain_gradients(X, Y, parameters):
    AL, caches = dense.deep_forward(X, parameters[0], "softmax")
    return dense.deep_cost(AL, Y, "softmax"), [dense.deep_backward(AL, Y, caches)]


accuracy = {"plain": np.zeros((3, 3))}
for seed, k in tqdm(list(np.ndindex(3, 3)), desc="plain networks", file=sys.stdout):
    layers = list(RATES)[k]
    trained = train(plain_network(layers, seed), plain_gradients, RATES[layers], seed)
    AL, _ = dense.deep_forward(X, trained[0], "softmax")
    accuracy["plain"][seed, k] = np.mean(AL.argmax(axis=0) == small.Y_train[0])
for k, layers in enumerate(RATES):
    print(f"{layers:2} layers, training accuracy of three seeds:", *np.round(accuracy["plain"][:, k], 2))

# %% [markdown]
# *What to notice.* Five layers learn more than 90 % of the training pictures. With 41 layers it is below 80 % for each seed, mostly far below. This is no overfitting: the deep network fails on the pictures that it is trained on. He and others (2015) saw it with 20 and 56 convolutional layers.
#
# And yet the deep network *could* do as well: copy the layers of the shallow one, and let all others be the **identity**, which returns what it is given. So good weights exist. Gradient descent does not find them, in these 500 steps and at this width.
#
# ## 2. A block with a shortcut
#
# *How does one make the identity easy?*
#
# One adds the input. A **residual block** has two layers, and before the last ReLU its input is added. This path around the layers is the **shortcut** (or **skip connection**). With $A_{prev}$ of shape $(n, m)$, examples as columns as in the formulas of the lecture, and $n_h$ hidden units:
#
# $$Z_1 = W_1 A_{prev} + b_1, \qquad A_1 = \text{ReLU}(Z_1), \qquad S = W_2 A_1 + b_2 + A_{prev}, \qquad A = \text{ReLU}(S).$$
#
# Here $W_1$ has the shape $(n_h, n)$, $b_1$ $(n_h, 1)$, $W_2$ $(n, n_h)$, $b_2$ $(n, 1)$; and $S$ and $A$ have that of $A_{prev}$. The layers need to learn only what should be *added* to the input: the **residual**. Where all weights and biases of the block are 0, it is the identity, for activations that are not negative.
#
# *On paper.* One example, $A_{prev} = (2, -1)^T$; $W_1 = [2, \; -1]$, $b_1 = 1$, $W_2 = (-1, 1)^T$, $b_2 = (1, -1)^T$. Then $Z_1 = 4 + 1 + 1 = 6$, $W_2 A_1 + b_2 = (-5, 5)^T$, $S = (-3, 4)^T$, $A = (0, 4)^T$.
#
# ### Exercise 1: `identity_block`


# %% exercise="identity_block"
def identity_block(A_prev, parameters):
    """A residual block whose shortcut is the identity, forward.

    Args:
        A_prev: activations of the block before (or inputs), shape (n, m), floats or whole numbers of any sign.
        parameters: a dict of arrays, "W1" (n_h, n), "b1" (n_h, 1), "W2" (n, n_h), "b2" (n, 1), floats or whole numbers.

    Returns:
        A, floats, shape (n, m), as in the formulas; and the cache, a dict of what backward needs: "A_prev", "Z1" and
        "S". The cache may hold A_prev itself.
    """
    # 1. The first layer. 2. The second one without its ReLU. 3. Add the input, then ReLU.
    ### BEGIN SOLUTION
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"] + A_prev
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The second layer has no ReLU of its own: the addition comes first. `np.maximum(Z, 0)` is the ReLU.
# </details>

# %% check="identity_block" points=1
with checks.exercise("identity_block"):
    A_prev = np.array([[1.0, 2.0, 0.0], [2.0, -1.0, 3.0]])
    parameters = {"W1": [[2, -1]], "b1": [[1]], "W2": [[-1], [1]], "b2": [[1], [-1]]}
    parameters = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    checks.unchanged(identity_block, A_prev, parameters)
    A, cache = checks.results("identity_block(A_prev, parameters)", identity_block(A_prev, parameters), ["A", "cache"])
    slips = {
        "the shortcut is missing": [[0, 0, 1], [0, 5, 0]],
        "add the input before the last ReLU": [[1, 2, 1], [2, 4, 3]],
        "the last ReLU is missing": [[1, -3, 1], [2, 4, 2]],
        "the ReLU after the first layer is missing": [[1, 0, 3], [2, 4, 0]],
    }
    checks.close("A for A_prev of shape (2, 3) and one hidden unit", A, [[1, 0, 1], [2, 4, 2]], mistakes=slips)
    checks.keys("the cache", cache, ["A_prev", "Z1", "S"])
    for name, expected in {"A_prev": A_prev, "Z1": [[1, 6, -2]], "S": [[1, -3, 1], [2, 4, 2]]}.items():
        checks.close(f"{name} in the cache", cache[name], expected)
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(A_prev, parameters):
        W1, b1, W2, b2 = (np.asarray(parameters[name], dtype=float) for name in ("W1", "b1", "W2", "b2"))
        Z1 = np.array([[sum(row * x) for x in A_prev.T] for row in W1]) + b1
        S = np.array([[sum(row * z * (z > 0)) for z in Z1.T] for row in W2]) + b2 + A_prev
        return np.where(S > 0, S, 0.0), {"A_prev": A_prev, "Z1": Z1, "S": S}

    def block(rng, n, n_h, m):
        shapes = {"W1": (n_h, n), "b1": (n_h, 1), "W2": (n, n_h), "b2": (n, 1)}
        return rng.normal(0, 1, (n, m)), {name: rng.normal(0, 1, shape) for name, shape in shapes.items()}

    sizes = {"n": 104, "n_h": 105, "m": 1030}
    domain = {
        "real": {"A_prev": 30, "parameters": 30},
        "types": ["A_prev", "parameters"],
        "returns": {"A": (), "cache": ()},
    }
    others = {}
    for size in (1e-30, 1e12):
        A_prev, parameters = block(np.random.default_rng(9), 4, 3, 5)
        parameters |= {"b1": np.zeros((3, 1)), "b2": np.zeros((4, 1))}
        others[f"with numbers of about {size} in A_prev and biases 0"] = size * A_prev, parameters
    checks.agrees(identity_block, unit_by_unit, block, sizes=sizes, cases=others, new=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The gradient goes both ways
#
# *What does the addition do to the backward pass?*
#
# Write $dA = \partial J / \partial A$, and so on. An addition hands the gradient of its result to *both* of its inputs, unchanged. So $dS$ goes through the two layers, as in course 1, and it goes along the shortcut:
#
# $$dS = dA * (S > 0), \qquad dZ_1 = W_2^T \, dS * (Z_1 > 0), \qquad dA_{prev} = W_1^T \, dZ_1 + dS,$$
#
# where $*$ is entry by entry and $(S > 0)$ is 1 or 0. The parameters of both layers have the gradients of every dense layer: $dW_2 = dS \, A_1^T$ and $dW_1 = dZ_1 A_{prev}^T$, and $db$ is the sum of $dS$ (or $dZ_1$) over the examples. There is no division by $m$ here: it belongs to the cost, and $dA$ contains it already.
#
# *On paper.* The example above, with $dA = (5, 1)^T$: $S = (-3, 4)^T$, so $dS = (0, 1)^T$. Then $dW_2 = (0, 6)^T$, $db_2 = (0, 1)^T$, $dZ_1 = 1$, $dW_1 = [2, \; -1]$, $db_1 = 1$, and $dA_{prev} = (2, -1)^T + (0, 1)^T = (2, 0)^T$.
#
# ### Exercise 2: `identity_block_backward`


# %% exercise="identity_block_backward"
def identity_block_backward(dA, cache, parameters):
    """A residual block whose shortcut is the identity, backward.

    Args:
        dA: the gradient of the block's result A, shape (n, m), floats or whole numbers.
        cache, parameters: as identity_block gave and took them; floats, or whole numbers.

    Returns:
        dA_prev, floats, shape (n, m); and the gradients, a dict of "dW1", "db1", "dW2" and "db2", each of the shape of
        its parameter. They are sums over the examples, not means. The derivative of ReLU at 0 is taken as 0.
    """
    # 1. Through the last ReLU. 2. Back through both layers. 3. The shortcut has its part.
    ### BEGIN SOLUTION
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {
        "dW1": dZ1 @ cache["A_prev"].T,
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": dS @ np.maximum(cache["Z1"], 0).T,
        "db2": np.sum(dS, axis=1, keepdims=True),
    }
    return parameters["W1"].T @ dZ1 + dS, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Not `dA` goes along the shortcut: the last ReLU comes after the addition, so on the way back it comes first.
# </details>
# <details><summary>Hint 2</summary>
#
# `A1` is not in the cache, but `Z1` is. For `db1` and `db2`: `np.sum(..., axis=1, keepdims=True)`.
# </details>

# %% check="identity_block_backward" points=2
with checks.exercise("identity_block_backward"):
    parameters = {"W1": [[2, -1]], "b1": [[1]], "W2": [[-1], [1]], "b2": [[1], [-1]]}
    cache = {"A_prev": [[1, 2, 0], [2, -1, 3]], "Z1": [[1, 6, -2]], "S": [[1, -3, 1], [2, 4, 2]]}
    parameters, cache = ({name: np.array(a, dtype=float) for name, a in d.items()} for d in (parameters, cache))
    dA = np.array([[5.0, 5.0, -1.0], [1.0, 1.0, 2.0]])
    checks.unchanged(identity_block_backward, dA, cache, parameters)
    what = "identity_block_backward(dA, cache, parameters)"
    dA_prev, grads = checks.results(what, identity_block_backward(dA, cache, parameters), ["dA_prev", "grads"])
    slips = {
        "the shortcut's part is missing": [[-8, 2, 0], [4, -1, 0]],
        "dS is its part, not dA": [[-3, 7, -1], [5, 0, 2]],
    }
    slips |= {"the first layer's ReLU is missing": [[-3, 2, 5], [5, 0, -1]]}
    checks.close("dA_prev", dA_prev, [[-3, 2, -1], [5, 0, 2]], mistakes=slips)
    checks.keys("grads", grads, ["dW1", "db1", "dW2", "db2"])
    for name, expected in {"dW1": [[-2, -9]], "db1": [[-3]], "dW2": [[5], [7]], "db2": [[4], [4]]}.items():
        slips = {"it wants the sum over the examples, no mean": np.array(expected) / 3}
        checks.close(name, grads[name], expected, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def example_by_example(dA, cache, parameters):
        W1, W2 = (np.asarray(parameters[name], dtype=float) for name in ("W1", "W2"))
        grads = {f"d{name}": np.zeros(np.shape(value)) for name, value in parameters.items()}
        dA_prev = np.zeros(dA.shape)
        for i in range(dA.shape[1]):
            open_1, open_2 = np.diag(1.0 * (cache["Z1"][:, i] > 0)), np.diag(1.0 * (cache["S"][:, i] > 0))
            into_S = dA[:, i] @ open_2
            into_Z1 = into_S @ W2 @ open_1
            dA_prev[:, i] = dA[:, i] @ (open_2 @ (W2 @ open_1 @ W1 + np.eye(len(dA))))
            grads["dW1"] += np.outer(into_Z1, cache["A_prev"][:, i])
            grads["dW2"] += np.outer(into_S, open_1 @ cache["Z1"][:, i])
            grads["db1"][:, 0] += into_Z1
            grads["db2"][:, 0] += into_S
        return dA_prev, grads

    NAMES = ("W1", "b1", "W2", "b2")

    def forward(A_prev, W1, b1, W2, b2):
        Z1 = np.einsum("hn,nm->hm", W1, A_prev) + b1
        S = np.einsum("nh,hm->nm", W2, np.where(Z1 > 0, Z1, 0)) + b2 + A_prev
        return {"A_prev": A_prev, "Z1": Z1, "S": S}

    def arguments(rng, n, n_h, m, whole=False):
        shapes = {"A_prev": (n, m), "W1": (n_h, n), "b1": (n_h, 1), "W2": (n, n_h), "b2": (n, 1), "dA": (n, m)}
        drawn = {
            name: rng.integers(-2, 3, shape) if whole else rng.normal(0, 1, shape) for name, shape in shapes.items()
        }
        dA = drawn.pop("dA")
        cache = forward(**drawn)
        del drawn["A_prev"]
        return dA, cache, drawn

    rng = np.random.default_rng(6)
    others = {}
    for shape in ((3, 2, 9), (2, 4, 5), (4, 4, 4), (1, 1, 30)):
        dA, cache, parameters = arguments(rng, *shape, whole=True)
        others[f"with whole numbers everywhere, shapes {shape}, and some 0 in Z1 and S"] = dA, cache, parameters
        others[f"with whole numbers in all but dA, shapes {shape}"] = dA / 4 + 0.1, cache, parameters
        halves = {name: value / 2 for name, value in parameters.items()}
        mixed = forward(cache["A_prev"], *(halves[name] for name in NAMES))
        others[f"with whole numbers in A_prev, shapes {shape}, and some 0 in Z1 and S"] = dA / 4, mixed, halves
        W1, positive = abs(parameters["W1"]), abs(cache["A_prev"]) * 1.0
        parameters = {name: 0.0 * value for name, value in parameters.items()} | {"W1": W1}
        open_or_0 = forward(positive, *(parameters[name] for name in NAMES))
        others[f"with W2 = 0, shapes {shape}, some 0 and nothing negative in Z1 and S"] = dA / 4, open_or_0, parameters
    _, _, parameters = arguments(rng, 4, 3, 5)
    parameters |= {"b1": np.zeros((3, 1)), "b2": np.zeros((4, 1))}
    for size in (1e-30, 1e12):
        cache = forward(rng.normal(0, size, (4, 5)), *(parameters[key] for key in NAMES))
        others[f"with numbers of about {size} in the cache"] = rng.normal(0, 1, (4, 5)), cache, parameters
    domain = {
        "sizes": {"n": 24, "n_h": 105, "m": 300},
        "real": {"dA": 1000},
        "types": ["dA"],
        "apart": False,
    }
    domain["returns"] = {"dA_prev": (), "grads": ()}
    checks.agrees(identity_block_backward, example_by_example, arguments, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# *What to notice.* In a plain network a gradient on its way to the first layers is multiplied by $W_2^T$ and $W_1^T$ in each block. If these make it a little smaller, then after twenty blocks little is left: the *vanishing gradient*. Here it reaches the block before through $dS$ as well, whatever the weights are (where $S > 0$).
#
# ## 4. When the number of units changes
#
# *What if input and result have different shapes?*
#
# Then they cannot be added. The shortcut gets a matrix $W_s$ of its own, without a bias (there is one in $b_2$ already) and without ReLU. With $A_{prev}$ of shape $(n_{prev}, m)$, and $n$ units at the end of the block:
#
# $$S = W_2 A_1 + b_2 + W_s A_{prev}, \qquad A = \text{ReLU}(S),$$
#
# where $W_1$ is $(n_h, n_{prev})$, $W_2$ $(n, n_h)$, $W_s$ $(n, n_{prev})$. This is the **projection block**. In a convolutional network it is called *convolutional block*: there $W_s$ is a 1 × 1 convolution, with stride 2 where the pictures are halved.
#
# *On paper.* $A_{prev}$, $W_1$, $b_1$ as before, so $A_1 = 6$. $W_2 = (-1, 1, 2)^T$, $b_2 = (1, -1, 0)^T$ give $(-5, 5, 12)^T$. With $W_s = \begin{bmatrix} 1 & 0 \\ 0 & 2 \\ 1 & -2 \end{bmatrix}$, $W_s A_{prev} = (2, -2, 4)^T$; so $S = (-3, 3, 16)^T$ and $A = (0, 3, 16)^T$.
#
# ### Exercise 3: `projection_block`


# %% exercise="projection_block"
def projection_block(A_prev, parameters):
    """A residual block with a matrix on its shortcut, forward.

    Args:
        A_prev: activations of the block before (or inputs), shape (n_prev, m), floats or whole numbers of any sign.
        parameters: a dict of arrays of floats or whole numbers, "W1" (n_h, n_prev), "b1" (n_h, 1), "W2" (n, n_h),
            "b2" (n, 1), "W_s" (n, n_prev). n may also be n_prev.

    Returns:
        A, floats, shape (n, m), as in the formulas; and the cache, a dict of "A_prev", "Z1" and "S". The cache may hold
        A_prev itself.
    """
    # What is added to the second layer's result now?
    ### BEGIN SOLUTION
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"] + parameters["W_s"] @ A_prev
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}
    ### END SOLUTION


# %% check="projection_block" points=1
with checks.exercise("projection_block"):
    A_prev = np.array([[1.0, 2.0, 0.0], [2.0, -1.0, 3.0]])
    parameters = {"W1": [[2, -1]], "b1": [[1]], "W2": [[-1], [1], [2]], "b2": [[1], [-1], [0]]}
    parameters["W_s"] = [[1, 0], [0, 2], [1, -2]]
    parameters = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    checks.unchanged(projection_block, A_prev, parameters)
    what = "projection_block(A_prev, parameters)"
    A, cache = checks.results(what, projection_block(A_prev, parameters), ["A", "cache"])
    slips = {"the shortcut is missing": [[0, 0, 1], [0, 5, 0], [2, 12, 0]]}
    slips |= {"the shortcut has no ReLU of its own": [[1, 0, 1], [4, 5, 5], [2, 16, 0]]}
    slips |= {"add before the last ReLU": [[1, 2, 1], [4, 3, 6], [-1, 16, -6]]}
    checks.close("A for A_prev (2, 3), W_s (3, 2)", A, [[1, 0, 1], [4, 3, 5], [0, 16, 0]], mistakes=slips)
    checks.keys("the cache", cache, ["A_prev", "Z1", "S"])
    for name, expected in {"A_prev": A_prev, "Z1": [[1, 6, -2]], "S": [[1, -3, 1], [4, 3, 5], [-1, 16, -6]]}.items():
        checks.close(f"{name} in the cache", cache[name], expected)
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(A_prev, parameters):
        W1, b1, W2, b2, W_s = (np.asarray(parameters[name], dtype=float) for name in ("W1", "b1", "W2", "b2", "W_s"))
        Z1 = np.array([[sum(row * x) for x in A_prev.T] for row in W1]) + b1
        S = np.array([[sum(row * z * (z > 0)) for z in Z1.T] for row in W2]) + b2
        S = S + np.array([[sum(row * x) for x in A_prev.T] for row in W_s])
        return np.where(S > 0, S, 0.0), {"A_prev": A_prev, "Z1": Z1, "S": S}

    def block(rng, n_prev, n_h, n, m):
        shapes = {"W1": (n_h, n_prev), "b1": (n_h, 1), "W2": (n, n_h), "b2": (n, 1), "W_s": (n, n_prev)}
        return rng.normal(0, 1, (n_prev, m)), {name: rng.normal(0, 1, shape) for name, shape in shapes.items()}

    sizes = {"n_prev": 104, "n_h": 105, "n": 103, "m": 1030}
    domain = {
        "real": {"A_prev": 30, "parameters": 30},
        "types": ["A_prev", "parameters"],
        "returns": {"A": (), "cache": ()},
    }
    others = {}
    for size in (1e-30, 1e12):
        A_prev, parameters = block(np.random.default_rng(9), 4, 3, 2, 5)
        parameters |= {"b1": np.zeros((3, 1)), "b2": np.zeros((2, 1))}
        others[f"with numbers of about {size} in A_prev and biases 0"] = size * A_prev, parameters
    others["with n = n_prev and n_h another"] = block(np.random.default_rng(5), 4, 3, 4, 6)
    others["with n = n_h and n_prev another"] = block(np.random.default_rng(6), 3, 4, 4, 6)
    checks.agrees(projection_block, unit_by_unit, block, sizes=sizes, cases=others, new=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Backward, $dS$ reaches $A_{prev}$ through $W_s$ now, and $W_s$ itself has a gradient, that of any matrix in a dense layer.
#
# *On paper.* The example above, with $dA = (5, 1, -1)^T$: $dS = (0, 1, -1)^T$, $dZ_1 = W_2^T dS = 1 - 2 = -1$ (as $Z_1 = 6 > 0$). The shortcut's part is $(-1, 2 + 2)^T = (-1, 4)^T$, that of the layers $(-2, 1)^T$, together $dA_{prev} = (-3, 5)^T$.
#
# ### Exercise 4: `projection_block_backward`


# %% exercise="projection_block_backward"
def projection_block_backward(dA, cache, parameters):
    """A residual block with a matrix on its shortcut, backward.

    Args:
        dA: the gradient of the block's result A, shape (n, m), floats or whole numbers.
        cache, parameters: as projection_block gave and took them; floats, or whole numbers.

    Returns:
        dA_prev, floats, shape (n_prev, m); and the gradients, a dict of "dW1", "db1", "dW2", "db2" and "dW_s", each of
        the shape of its parameter. They are sums over the examples. The derivative of ReLU at 0 is taken as 0.
    """
    # 1. As before, as far as the shortcut does not matter. 2. Through W_s. 3. The gradient of W_s.
    ### BEGIN SOLUTION
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {
        "dW1": dZ1 @ cache["A_prev"].T,
        "db1": np.sum(dZ1, axis=1, keepdims=True),
        "dW2": dS @ np.maximum(cache["Z1"], 0).T,
        "db2": np.sum(dS, axis=1, keepdims=True),
        "dW_s": dS @ cache["A_prev"].T,
    }
    return parameters["W1"].T @ dZ1 + parameters["W_s"].T @ dS, grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# For a dense layer $Z = W A_{prev}$ the gradients are $dW = dZ \, A_{prev}^T$ and $dA_{prev} = W^T dZ$. The shortcut is such a layer, and its $dZ$ is $dS$.
# </details>

# %% check="projection_block_backward" points=2
with checks.exercise("projection_block_backward"):
    parameters = {"W1": [[2, -1]], "b1": [[1]], "W2": [[-1], [1], [2]], "b2": [[1], [-1], [0]]}
    parameters["W_s"] = [[1, 0], [0, 2], [1, -2]]
    cache = {"A_prev": [[1, 2, 0], [2, -1, 3]], "Z1": [[1, 6, -2]], "S": [[1, -3, 1], [4, 3, 5], [-1, 16, -6]]}
    parameters, cache = ({name: np.array(a, dtype=float) for name, a in d.items()} for d in (parameters, cache))
    dA = np.array([[5.0, 5.0, -1.0], [1.0, 1.0, 2.0], [7.0, -1.0, 3.0]])
    checks.unchanged(projection_block_backward, dA, cache, parameters)
    what = "projection_block_backward(dA, cache, parameters)"
    dA_prev, grads = checks.results(what, projection_block_backward(dA, cache, parameters), ["dA_prev", "grads"])
    slips = {
        "the shortcut's part is missing": [[-8, -2, 0], [4, 1, 0]],
        "this is its part alone": [[5, -1, -1], [2, 4, 4]],
    }
    checks.close("dA_prev", dA_prev, [[-3, -3, -1], [6, 5, 4]], mistakes=slips)
    checks.keys("grads", grads, ["dW1", "db1", "dW2", "db2", "dW_s"])
    expected = {"dW1": [[-6, -7]], "db1": [[-5]], "dW2": [[5], [7], [-6]], "db2": [[4], [4], [-1]]}
    for name, wanted in (expected | {"dW_s": [[5, 7], [3, 7], [-2, 1]]}).items():
        slips = {"it wants the sum over the examples, no mean": np.array(wanted) / 3}
        checks.close(name, grads[name], wanted, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def example_by_example(dA, cache, parameters):
        W1, W2, W_s = (np.asarray(parameters[name], dtype=float) for name in ("W1", "W2", "W_s"))
        grads = {f"d{name}": np.zeros(np.shape(value)) for name, value in parameters.items()}
        dA_prev = np.zeros((W1.shape[1], dA.shape[1]))
        for i in range(dA.shape[1]):
            open_1, open_2 = np.diag(1.0 * (cache["Z1"][:, i] > 0)), np.diag(1.0 * (cache["S"][:, i] > 0))
            into_S = dA[:, i] @ open_2
            into_Z1 = into_S @ W2 @ open_1
            dA_prev[:, i] = dA[:, i] @ (open_2 @ (W2 @ open_1 @ W1 + W_s))
            grads["dW1"] += np.outer(into_Z1, cache["A_prev"][:, i])
            grads["dW_s"] += np.outer(into_S, cache["A_prev"][:, i])
            grads["dW2"] += np.outer(into_S, open_1 @ cache["Z1"][:, i])
            grads["db1"][:, 0] += into_Z1
            grads["db2"][:, 0] += into_S
        return dA_prev, grads

    NAMES = ("W1", "b1", "W2", "b2", "W_s")

    def forward(A_prev, W1, b1, W2, b2, W_s):
        Z1 = np.einsum("hn,nm->hm", W1, A_prev) + b1
        S = np.einsum("nh,hm->nm", W2, np.where(Z1 > 0, Z1, 0)) + b2 + np.einsum("nk,km->nm", W_s, A_prev)
        return {"A_prev": A_prev, "Z1": Z1, "S": S}

    def arguments(rng, n_prev, n_h, n, m, whole=False):
        shapes = {"A_prev": (n_prev, m), "W1": (n_h, n_prev), "b1": (n_h, 1), "W2": (n, n_h), "b2": (n, 1)}
        shapes |= {"W_s": (n, n_prev), "dA": (n, m)}
        drawn = {
            name: rng.integers(-2, 3, shape) if whole else rng.normal(0, 1, shape) for name, shape in shapes.items()
        }
        dA = drawn.pop("dA")
        cache = forward(**drawn)
        del drawn["A_prev"]
        return dA, cache, drawn

    rng = np.random.default_rng(6)
    others = {}
    for shape in ((3, 2, 4, 9), (2, 4, 3, 5), (4, 4, 4, 4), (4, 3, 4, 6), (1, 1, 1, 30)):
        dA, cache, parameters = arguments(rng, *shape, whole=True)
        others[f"with whole numbers everywhere, shapes {shape}, and some 0 in Z1 and S"] = dA, cache, parameters
        others[f"with whole numbers in all but dA, shapes {shape}"] = dA / 4 + 0.1, cache, parameters
        halves = {name: value / 2 for name, value in parameters.items()}
        mixed = forward(cache["A_prev"], *(halves[name] for name in NAMES))
        others[f"with whole numbers in A_prev, shapes {shape}, and some 0 in Z1 and S"] = dA / 4, mixed, halves
        positive = {name: abs(value) for name, value in parameters.items()} | {"W2": 0 * parameters["W2"]}
        positive |= {"b1": 0 * parameters["b1"], "b2": 0 * parameters["b2"]}
        open_or_0 = forward(abs(cache["A_prev"]) / 4, *(positive[name] for name in NAMES))
        others[f"with W2 = 0, shapes {shape}, some 0 and nothing negative in Z1 and S"] = dA / 4, open_or_0, positive
    _, _, parameters = arguments(rng, 4, 3, 2, 5)
    parameters |= {"b1": np.zeros((3, 1)), "b2": np.zeros((2, 1))}
    for size in (1e-30, 1e12):
        cache = forward(rng.normal(0, size, (4, 5)), *(parameters[key] for key in NAMES))
        others[f"with numbers of about {size} in the cache"] = rng.normal(0, 1, (2, 5)), cache, parameters
    domain = {
        "sizes": {"n_prev": 22, "n_h": 105, "n": 23, "m": 300},
        "real": {"dA": 1000},
        "types": ["dA"],
        "apart": False,
    }
    domain |= {"returns": {"dA_prev": (), "grads": ()}}
    checks.agrees(projection_block_backward, example_by_example, arguments, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. A start at which each block does nothing
#
# *The identity is easy. Where is it used?*
#
# A block computes the identity if what it adds is 0. For this, not all weights must be 0: it is enough that $W_2$ and $b_2$ are 0, whatever $W_1$ is. So **start** there. $W_1$ has He's random weights, and $W_2 = 0$. Then the network of 41 layers computes, before the first step, what a network of two layers computes: the matrix $W_s$ of the first block, a ReLU, and the last layer. From there, each block learns what helps.
#
# If $W_1$ were 0 as well, both gradients $dW_1$ and $dW_2$ would be 0, as $A_1 = 0$ with biases of 0. But with $W_1$ random, $dW_2 = dS \, A_1^T$ is not 0; after the first step neither is $dW_1$.
#
# To see what this start is worth, the function has a number `second`, by which He's random $W_2$ is multiplied: 0 for the identity start, 1 for He's start.
#
# ### Exercise 5: `initialize_block`


# %% exercise="initialize_block"
def initialize_block(n_prev, n, second, rng):
    """The first parameters of a residual block with as many hidden units as units at its end.

    Args:
        n_prev, n: numbers of units before the block and at its end, whole numbers >= 1; n_h is n.
        second: a number >= 0, a float or a whole number.
        rng: a generator of NumPy; all random numbers come from it, in any order.

    Returns:
        A dict of arrays of floats, no two in the same memory: "W1" (n, n_prev), "b1" (n, 1), "W2" (n, n),
        "b2" (n, 1); and "W_s" (n, n_prev) only if n is not n_prev. The biases are 0.
        All weights are normal and independent, with mean 0 and the standard deviations sqrt(2 / n_prev) in W1 and W_s,
        and second * sqrt(2 / n) in W2 (with second = 0 they are all 0).
    """
    # 1. Both layers. 2. Does the shortcut need a matrix?
    ### BEGIN SOLUTION
    first = np.sqrt(2 / n_prev)  # equivalent "1e-08 added under the division": no draw shows it
    last = second * np.sqrt(2 / n)  # equivalent "1e-08 added under the division": no draw shows it
    parameters = {"W1": rng.normal(0, first, (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": rng.normal(0, last, (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = rng.normal(0, first, (n, n_prev))
    return parameters
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.normal(0, deviation, shape)` for each of the matrices. The deviation of a layer's weights depends on the number of its *inputs*.
# </details>

# %% check="initialize_block" points=2
with checks.exercise("initialize_block"):
    made = initialize_block(3, 200, 1, np.random.default_rng(1))
    checks.keys("initialize_block(3, 200, 1, rng)", made, ["W1", "b1", "W2", "b2", "W_s"])
    shapes = {"W1": (200, 3), "b1": (200, 1), "W2": (200, 200), "b2": (200, 1), "W_s": (200, 3)}
    for name, shape in shapes.items():
        checks.shape(f"{name} of initialize_block(3, 200, 1, rng)", made[name], shape)
        if name[0] == "b":
            checks.close(f"{name} of initialize_block(3, 200, 1, rng)", made[name], np.zeros(shape))
    for name, expected in {"W1": 0.816, "W_s": 0.816, "W2": 0.1}.items():
        found = np.std(made[name])
        near = abs(found / expected - 1) < 0.2
        checks.that(
            near, f"{name} of initialize_block(3, 200, 1, rng): the deviation is {found:.3f}, not near {expected}"
        )
    made = initialize_block(4, 4, 0, np.random.default_rng(1))
    checks.equal("keys of initialize_block(4, 4, 0, rng)", sorted(made), ["W1", "W2", "b1", "b2"])
    checks.close("W2 of initialize_block(4, 4, 0, rng)", made["W2"], np.zeros((4, 4)))
    checks.that(np.all(made["W1"] != 0), "W1 of initialize_block(4, 4, 0, rng): only W2 has the factor second")
    ### BEGIN HIDDEN TESTS
    from math import erf

    def spread(values, deviation):
        return np.array([0.5 + 0.5 * erf(value / deviation / 2**0.5) for value in np.ravel(values)])

    several = [(3, 4, 1), (3, 4, 0.5), (4, 4, 2), (5, 1, 0.25), (40, 30, 0), (2, 105, 0.0)]
    for n_prev, n, second in [*several, (2, 3, 1.0), (2, 2, 3), (1, 1, 1.5)]:
        rng, called = np.random.default_rng(11), f"initialize_block({n_prev}, {n}, {second}, rng)"
        wanted = {"W1": (n, n_prev), "b1": (n, 1), "W2": (n, n), "b2": (n, 1)}
        wanted |= {"W_s": (n, n_prev)} if n != n_prev else {}
        draws, deviations = [], {"W1": (2 / n_prev) ** 0.5, "W_s": (2 / n_prev) ** 0.5, "W2": second * (2 / n) ** 0.5}
        for _ in range(120 if (n_prev, n, second) in several else 1100):
            made = initialize_block(n_prev, n, second, rng)
            fits = sorted(made) == sorted(wanted) and all(
                np.shape(made[name]) == shape for name, shape in wanted.items()
            )
            checks.that(fits, f"{called}: other keys or shapes than {wanted}")
            checks.that(all(a.dtype == float for a in made.values()), f"{called}: keep float64")
            zeros = [made[name].ravel() for name in wanted if deviations.get(name, 0) == 0]
            checks.that(not np.any(np.concatenate(zeros)), f"{called}: the biases are 0, and W2 where second is 0")
            random = [spread(made[name], d) for name, d in deviations.items() if name in wanted and d > 0]
            draws.append(np.concatenate(random))
        draws = np.array(draws)
        checks.uniform(f"{called}, called again and again, the weights by their distribution", draws)
        if len(draws) > 1000:
            checks.uniform(f"{called}, each weight by itself", draws[:, None, :])
    for n_prev, n in ((3, 120), (120, 3), (110, 110), (1, 1), (2, 1)):
        state, called = np.random.default_rng(5), f"initialize_block({n_prev}, {n}, 0.7, rng)"
        one, two = initialize_block(n_prev, n, 0.7, state), initialize_block(n_prev, n, 0.7, np.random.default_rng(5))
        before = {name: value.copy() for name, value in one.items()}
        for name, value in one.items():
            checks.close(f"{name} of {called}, with a generator in the same state", two[name], value)
            two[name][:] = 7
            checks.that(value.flags.writeable, f"{name} of {called}: make an array that can be written to")
        third = initialize_block(n_prev, n, 0.7, state)
        checks.that(
            all(np.all(third[name] != one[name]) for name in ("W1", "W2")), f"{called}: a second call draws anew"
        )
        for name, value in one.items():
            checks.close(f"{name} of {called}, after other calls", value, before[name])
            others = [other for key, other in one.items() if key != name]
            checks.that(
                not any(np.shares_memory(value, other) for other in others),
                f"{called}: {name} is not an array of its own",
            )
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(2)
activations = rng.uniform(0, 1, (16, 5))
for second in (0, 1):
    A = activations
    for _ in range(20):
        A, _ = identity_block(A, initialize_block(16, 16, second, rng))
    print(f"second = {second}: after 20 blocks the activations are {A.mean() / activations.mean():.1e} times as large")

# %% [markdown]
# *What to notice.* With $W_2 = 0$, twenty blocks return exactly what they were given. With He's start in both layers each block adds something that is even larger than its input, and after ReLU the mean squares have about doubled: after 20 blocks the activations are mostly some hundred to some thousand times as large.
#
# ## 6. A whole residual network
#
# *Does it train?*
#
# The network: a projection block from 64 pixels to 16 units, then identity blocks, then a last layer with softmax. With $k$ blocks it has $2k + 1$ layers on its main path. With the cost of course 2, $J = -\frac{1}{m} \sum Y * \log A_L$, the backward pass begins as you know it, with $W$ and $b$ the parameters of the last layer and $A$ its input:
#
# $$dZ = \frac{1}{m} (A_L - Y), \qquad dW = dZ \, A^T, \qquad dA = W^T dZ,$$
#
# $db$ is the sum of $dZ$ over the examples, and then $dA$ goes back from block to block. To watch how much arrives, the function also returns the **norm** of the gradient of each block: the root of the sum of the squares of all its entries, those of all its matrices and biases together. For $dW_1 = [3]$, $db_1 = [0]$, $dW_2 = [-4]$, $db_2 = [12]$ it is $\sqrt{9 + 16 + 144} = 13$.
#
# ### Exercise 6: `network_gradients`


# %% exercise="network_gradients"
def network_gradients(X, Y, parameters):
    """The cost of a residual network, its gradients, and the norm of each block's gradient.

    Args:
        X: examples as columns, shape (n_x, m), floats or whole numbers.
        Y: labels, shape (n_y, m), floats or whole numbers; in each column one 1 and otherwise 0.
        parameters: a list of dicts, one for each block (one block or more) and then one for the last layer: "W" (n_y, n)
            and "b" (n_y, 1). A block with a key "W_s" is a projection block, another one is an identity block.
            Arrays of floats or whole numbers.

    Returns:
        cost, a number: the mean cross-entropy, as cross_entropy (imported above) computes it from the probabilities that
        softmax (imported above) makes of the scores: a probability below 1e-15 counts as 1e-15. Scores may be as large
        as 10,000 in size.
        grads, a list of dicts, as long as parameters (in which no dict stands twice), in the same order: "dW1" for "W1", "dW_s" for "W_s", "dW".
        norms, a list of numbers, one for each block, in the order of the blocks: of all its gradients together.
    """
    # 1. Forward, block after block; keep the caches. 2. The last layer and the cost.
    # 3. Back: the last layer, then the blocks from the last to the first. 4. The norms.
    ### BEGIN SOLUTION
    *blocks, last = parameters
    A, caches = X, []
    for block in blocks:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    AL = softmax(last["W"] @ A + last["b"])
    dZ = (AL - Y) / Y.shape[1]
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    way_back = zip(blocks[::-1], caches[::-1], strict=True)  # equivalent "True → False": equally many
    for block, cache in way_back:
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.insert(0, found)
    norms = [np.sqrt(sum(np.sum(gradient**2) for gradient in found.values())) for found in grads[:-1]]
    return cross_entropy(AL, Y), grads, norms
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `*blocks, last = parameters` takes the list apart. Keep one cache for each block in a list.
# </details>
# <details><summary>Hint 2</summary>
#
# On the way back, walk through blocks and caches from the end: `zip(blocks[::-1], caches[::-1])`. The gradients are found in this order too, so turn the list round at the end.
# </details>

# %% check="network_gradients" points=3
with checks.exercise("network_gradients"):
    first = {"W1": [[-1, -2, 1]], "b1": [[1]], "W2": [[1], [0]], "b2": [[2], [-1]], "W_s": [[0, 1, -1], [0, 1, 1]]}
    second = {"W1": [[-1, 0], [1, 0], [2, 1]], "b1": [[0]] * 3, "W2": [[-1, 1, 2], [-1, -2, 1]], "b2": [[2], [-1]]}
    network = [first, second, {"W": [[-1, -2], [-2, 1]], "b": [[2], [-2]]}]
    network = [{name: np.array(a) / 2 for name, a in part.items()} for part in network]
    inputs, labels = np.array([[1.0, 0, 2], [0, 1, -1], [2, -1, 0]]), np.array([[1.0, 0, 0], [0, 1, 1]])
    checks.unchanged(network_gradients, inputs, labels, network)
    what = "network_gradients(X, Y, parameters)"
    cost, grads, norms = checks.results(what, network_gradients(inputs, labels, network), ["cost", "grads", "norms"])
    checks.close("the cost", cost, 2.7285491, mistakes={"the mean over the examples, not their sum": 8.1856472})
    checks.length("grads", grads, 3)
    expected = {"dW_s": [[0.70664, 0.0095711, -0.4073529], [0.025689, 0, 0.051378]]}
    expected |= {"db2": [[0.318316], [0.0237129]], "db": [[0.6366321], [-0.6366321]]}
    for k, (name, wanted) in enumerate(expected.items()):
        checks.keys(f"grads[{k}]", grads[k], [name])
        slips = {"divide by the number of examples": 3 * np.array(wanted)}
        checks.close(f"{name} of grads[{k}]", grads[k][name], wanted, atol=1e-6, mistakes=slips)
    slips = {"the root is missing": [1.397228, 0.7283079], "these are sums of norms": [2.2693661, 1.6751315]}
    checks.length("norms", norms, 2)
    checks.close("norms", np.array(norms), [1.182044, 0.8534096], atol=1e-6, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def example_by_example(X, Y, parameters):
        *blocks, last = [{name: np.asarray(a, dtype=float) for name, a in part.items()} for part in parameters]
        grads = [{f"d{name}": np.zeros(a.shape) for name, a in part.items()} for part in (*blocks, last)]
        m, cost = X.shape[1], 0.0
        for x, y in zip(X.T.astype(float), Y.T, strict=True):
            path, a = [], x
            for block in blocks:
                z = block["W1"] @ a + block["b1"][:, 0]
                s = block["W2"] @ (z * (z > 0)) + block["b2"][:, 0] + (block["W_s"] @ a if "W_s" in block else a)
                path.append((a, z, s))
                a = s * (s > 0)
            scores = last["W"] @ a + last["b"][:, 0]
            p = np.exp(scores - scores.max())
            p = p / sum(p)
            cost -= np.log(max(p[np.argmax(y)], 1e-15)) / m
            g = (p - y) / m
            grads[-1]["dW"] += np.multiply.outer(g, a)
            grads[-1]["db"] += g[:, None]
            g = g @ last["W"]
            for block, grad, (a, z, s) in zip(blocks[::-1], grads[-2::-1], path[::-1], strict=True):
                g = g * (s > 0)
                h = (g @ block["W2"]) * (z > 0)
                for name, value in (("W2", np.multiply.outer(g, z * (z > 0))), ("b2", g[:, None])):
                    grad[f"d{name}"] += value
                grad["dW1"] += np.multiply.outer(h, a)
                grad["db1"] += h[:, None]
                if "W_s" in block:
                    grad["dW_s"] += np.multiply.outer(g, a)
                g = h @ block["W1"] + (g @ block["W_s"] if "W_s" in block else g)
        norms = [np.linalg.norm(np.concatenate([a.ravel() for a in grad.values()])) for grad in grads[:-1]]
        return cost, grads, [float(norm) for norm in norms]

    def network_of(rng, widths, hidden, n_y, scale=1.0, projected=()):
        parts = []
        for k, (n_prev, n) in enumerate(zip(widths, widths[1:], strict=False)):
            n_h = hidden + k % 3
            shapes = {"W1": (n_h, n_prev), "b1": (n_h, 1), "W2": (n, n_h), "b2": (n, 1)}
            shapes |= {"W_s": (n, n_prev)} if n != n_prev or k in projected else {}
            parts.append({name: scale * rng.normal(0, 0.6, shape) for name, shape in shapes.items()})
        return [*parts, {"W": rng.normal(0, 1, (n_y, widths[-1])), "b": rng.normal(0, 1, (n_y, 1))}]

    def problem(rng, n_x, n, n_y, m, blocks=2):
        inputs, labels = rng.normal(0, 1, (n_x, m)), np.eye(n_y)[:, rng.integers(0, n_y, m)]
        return inputs, labels, network_of(rng, [n_x] + [n] * blocks, 3, n_y)

    rng = np.random.default_rng(8)
    others = {}
    for words, widths, hidden, n_y, projected in (
        ("one identity block", [3, 3], 2, 4, ()),
        ("one projection block", [3, 5], 2, 4, ()),
        ("identity blocks alone", [4, 4, 4, 4], 3, 2, ()),
        ("a projection block after identity blocks", [3, 3, 3, 5], 4, 3, ()),
        ("a projection block whose width stays", [3, 3, 3], 3, 3, (1,)),
        ("projection blocks between identity blocks", [2, 4, 4, 3, 3, 4, 2], 3, 5, ()),
        ("12 blocks", [2] + [3] * 12, 3, 2, ()),
        ("103 blocks", [2] + [2] * 103, 1, 2, ()),
        ("one class", [3, 4], 2, 1, ()),
        ("130 hidden units", [2, 3, 3], 130, 2, ()),
    ):
        inputs, labels = rng.normal(0, 1, (widths[0], 6)), np.eye(n_y)[:, rng.integers(0, n_y, 6)]
        others[f"with {words}"] = (
            inputs,
            labels,
            network_of(rng, widths, hidden, n_y, 0.3 if len(widths) > 9 else 1, projected),
        )
    inputs, labels, network = problem(rng, 3, 4, 3, 5)
    network[0]["W2"], network[0]["b2"], network[1]["W2"] = np.zeros((4, 3)), np.zeros((4, 1)), np.zeros((4, 4))
    others["with W2 = 0"] = inputs, labels, network
    others["with scores as large as 10,000"] = (
        1000 * inputs,
        labels,
        [*network[:2], {"W": 2 * network[2]["W"], "b": 0 * network[2]["b"]}],
    )
    blind = [*problem(rng, 3, 4, 3, 5)[2][:2], {"W": np.zeros((3, 4)), "b": np.zeros((3, 1))}]
    others["with W = 0 in the last layer"] = inputs, labels, blind
    whole = [{name: np.rint(2 * a).astype(int) for name, a in part.items()} for part in problem(rng, 3, 4, 3, 5)[2]]
    others["with whole numbers in Y"] = inputs, labels.astype(int), problem(rng, 3, 4, 3, 5)[2]
    others["with whole numbers in the parameters"] = inputs, labels, whole
    others["with whole numbers everywhere"] = np.rint(inputs).astype(int), labels.astype(int), whole
    swapped = [dict(reversed(part.items())) for part in network_of(rng, [3, 4, 4], 3, 2)]
    others["with parameters in another order"] = rng.normal(0, 1, (3, 4)), np.eye(2)[:, [0, 1, 1, 0]], swapped
    domain = {
        "sizes": {"n_x": 12, "n": 14, "n_y": (2, 12), "m": 300},
        "real": {"X": 10},
        "types": ["X"],
        "apart": False,
    }
    domain |= {"returns": {"cost": (), "grads": (), "norms": ()}}
    checks.agrees(network_gradients, example_by_example, problem, cases=others, **domain)
    inputs, labels, network = problem(np.random.default_rng(14), 3, 4, 3, 7)
    for k, part in enumerate(network):
        at = lambda moved, k=k: network_gradients(inputs, labels, [*network[:k], moved, *network[k + 1 :]])[0]  # noqa: E731
        checks.gradients(f"part {k} of network_gradients", at, network_gradients(inputs, labels, network)[1][k], part)
    ### END HIDDEN TESTS

# %% [markdown]
# Before training: how large is the gradient that arrives at the first block, when there are more and more blocks behind it? For the plain network this is the gradient of its first two layers. 300 pictures are enough to see it.


# %%
def residual_network(blocks, second, seed):
    rng = np.random.default_rng(seed)
    parts = [initialize_block(64 if k == 0 else 16, 16, second, rng) for k in range(blocks)]
    return [*parts, {"W": rng.normal(0, 0.25, (10, 16)), "b": np.zeros((10, 1))}]


def first_norm(kind, blocks, seed):
    if kind != "plain":
        return network_gradients(X[:, :300], Y[:, :300], residual_network(blocks, second_of[kind], seed))[2][0]
    _, (grads,) = plain_gradients(X[:, :300], Y[:, :300], plain_network(2 * blocks + 1, seed))
    return np.sqrt(sum(np.sum(grads[name] ** 2) for name in ("dW1", "db1", "dW2", "db2")))


second_of, depths = {"residual, He's start": 1, "residual, identity start": 0}, (1, 2, 5, 10, 20, 40)
for kind in ("plain", *second_of):
    norms = np.array([[first_norm(kind, blocks, seed) for blocks in depths] for seed in range(3)])
    (line,) = plt.plot([2 * blocks + 1 for blocks in depths], np.exp(np.log(norms).mean(axis=0)), label=kind)
    plt.scatter(np.tile([2 * blocks + 1 for blocks in depths], 3), norms.ravel(), s=14, color=line.get_color())
plt.gca().set(yscale="log", xlabel="layers", ylabel="norm of the gradient at block 1")
plt.title("Only the identity start keeps the gradient's size at any depth")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Each point is a seed, the lines are their geometric means. In the plain network the gradient becomes a matter of luck: at 81 layers the three seeds differ by a factor of more than 1,000, and in most of them little arrives. A shortcut with He's start is worse in the other direction: the gradient grows by about half in each block, and at 81 layers it is above 10,000. With the identity start it stays between 0.1 and 2 at each depth.
#
# Now train them. The learning rates are those of section 1: for both residual networks the same rates came out best.

# %%
for kind, second in second_of.items():
    accuracy[kind] = np.zeros((3, 3))
    for seed, k in tqdm(list(np.ndindex(3, 3)), desc=kind, file=sys.stdout):
        layers = list(RATES)[k]
        trained = train(residual_network(layers // 2, second, seed), network_gradients, RATES[layers], seed)
        A = X
        for block in trained[:-1]:
            A, _ = (projection_block if "W_s" in block else identity_block)(A, block)
        scores = trained[-1]["W"] @ A + trained[-1]["b"]
        accuracy[kind][seed, k] = np.mean(scores.argmax(axis=0) == small.Y_train[0])

# %%
for kind, values in accuracy.items():
    (line,) = plt.plot(list(RATES), values.mean(axis=0), label=kind)
    plt.scatter(np.tile(list(RATES), 3), values.ravel(), s=14, color=line.get_color())
    print(f"{kind:24}", *(f"{n} layers: {values[:, k].mean():.3f}  " for k, n in enumerate(RATES)))
plt.gca().set(xlabel="layers", ylabel="accuracy on the training set", ylim=(0, 1.03), xticks=list(RATES))
plt.title("With the shortcut and the identity start, 41 layers train as well as 5")
plt.legend(loc="lower left")
plt.show()

# %% [markdown]
# *What to notice.* The residual network with the identity start learns at least 97 % of the training pictures at each depth and with each seed. The plain network has at most 92 % with 21 layers, and less than 80 % with 41.
#
# Be honest about the reason. **The shortcut alone is not enough here**: with He's start in both layers the residual network with 41 layers stays below 80 % as well. Shortcut and start work together: the shortcut makes the identity easy, the start uses it. In the networks of the literature batch norm, which stands before each addition, keeps what the blocks add in bounds; and there too the best recipes start the last factor $\gamma$ of each block at 0, which is the same idea.
#
# Nor is a plain deep network hopeless: with four times as many steps, or with 64 units instead of 16 (neither is run here), the plain network with 21 layers learns at least 95 % of the training pictures too. What is shown here is that with the shortcut and this start depth does no harm.
#
# ## 7. ResNet-50 as a table
#
# *How does one build 50 layers with 25.6 million parameters?*
#
# The networks of He and others (2015) for photographs are made of convolutional residual blocks of two kinds.
#
# - The **basic** block: two 3 × 3 convolutions, the first one from $n_{prev}$ to $n$ channels, the second one from $n$ to $n$.
# - The **bottleneck**: a 1 × 1 convolution down to $n / 4$ channels, a 3 × 3 convolution that keeps them, a 1 × 1 convolution up to $n$. The expensive 3 × 3 convolution sees a quarter of the channels.
#
# In both, if $n \neq n_{prev}$, the shortcut is a 1 × 1 convolution from $n_{prev}$ to $n$ channels. None of these convolutions has a bias, but after each of them (also on the shortcut) stands batch norm, with two numbers $\gamma$ and $\beta$ for each of its channels.
#
# An $f \times f$ convolution from $n_1$ to $n_2$ channels has $f^2 n_1 n_2$ weights, and its batch norm $2 n_2$ numbers.
#
# *On paper.* A basic block from 256 to 256 channels: $2 \cdot (9 \cdot 256 \cdot 256 + 512) = 1{,}180{,}672$. A bottleneck: $256 \cdot 64 + 128 = 16{,}512$; $9 \cdot 64 \cdot 64 + 128 = 36{,}992$; $64 \cdot 256 + 512 = 16{,}896$; together 70,400. That is less by a factor of about 17.
#
# ### Exercise 7: `block_parameters`


# %% exercise="block_parameters"
def block_parameters(kind, n_prev, n):
    """How many parameters a convolutional residual block has, batch norm included.

    Args:
        kind: "basic" or "bottleneck".
        n_prev, n: channels before the block and at its end, whole numbers >= 1; n is a multiple of 4 for a bottleneck.

    Returns:
        The number of parameters, a whole number (int).

    Raises:
        ValueError: another kind, or a bottleneck whose n is not a multiple of 4.

    Example:
        block_parameters("bottleneck", 256, 256) is 70400.
    """
    # 1. The convolutions of this kind. 2. The shortcut, where it has one. 3. Weights and batch norm of each.
    ### BEGIN SOLUTION
    if kind == "basic":
        convolutions = [(3, n_prev, n), (3, n, n)]
    elif kind == "bottleneck" and n % 4 == 0:
        convolutions = [(1, n_prev, n // 4), (3, n // 4, n // 4), (1, n // 4, n)]
    else:
        raise ValueError(f"there is no block {kind!r} with {n} channels")
    if n != n_prev:
        convolutions.append((1, n_prev, n))
    return sum(f * f * n_1 * n_2 + 2 * n_2 for f, n_1, n_2 in convolutions)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Make a list of the convolutions as triples $(f, n_1, n_2)$, add one for the shortcut if it is needed, and then take the sum over the list.
# </details>

# %% check="block_parameters" points=1
with checks.exercise("block_parameters"):
    for given, expected in {
        ("basic", 256, 256): 1_180_672,
        ("bottleneck", 256, 256): 70_400,
        ("basic", 2, 4): 248,
        ("bottleneck", 2, 4): 43,
    }.items():
        checks.equal(f"block_parameters{given}", block_parameters(*given), expected)
    for given in (("plain", 4, 4), ("bottleneck", 4, 6)):
        checks.raises(f"block_parameters{given}", ValueError, block_parameters, *given)
    ### BEGIN HIDDEN TESTS

    def counted(kind, n_prev, n):
        middle = n // 4
        arrays = {
            "basic": [np.ones((3, 3, n_prev, n)), np.ones((3, 3, n, n)), np.ones((4, n))],
            "bottleneck": [
                np.ones((n_prev, middle)),
                np.ones((3, 3, middle, middle)),
                np.ones((middle, n)),
                np.ones((2, n + 2 * middle)),
            ],
        }[kind]
        arrays += [np.ones((n_prev + 2, n))] if n != n_prev else []
        return sum(int(a.size) for a in arrays)

    for kind, step in (("basic", 1), ("bottleneck", 4)):
        for n_prev in (1, 2, 3, 4, 7, 8, 12, 16, 64, 130):
            for n in (step, 2 * step, 3 * step, 4 * step, 8, 12, 16, 64, 128):
                found = block_parameters(kind, n_prev, n)
                checks.whole(f'block_parameters("{kind}", {n_prev}, {n})', found)
                checks.equal(f'block_parameters("{kind}", {n_prev}, {n})', found, counted(kind, n_prev, n))
    checks.equal('block_parameters("bottleneck", 1024, 2048)', block_parameters("bottleneck", 1024, 2048), 6_039_552)
    for kind, n_prev, n in (("Basic", 4, 4), ("", 4, 8), ("BOTTLENECK", 4, 4), ("bottle", 8, 8), ("basic ", 4, 4)):
        checks.raises(f'block_parameters("{kind}", {n_prev}, {n})', ValueError, block_parameters, kind, n_prev, n)
    for n_prev, n in ((1, 1), (4, 2), (8, 3), (4, 5), (6, 6), (8, 258)):
        given = ("bottleneck", n_prev, n)
        checks.raises(f"block_parameters{given}", ValueError, block_parameters, *given)
    ### END HIDDEN TESTS

# %% [markdown]
# The whole network, for square pictures of $n_H \times n_H$ pixels with three channels. Whatever has stride 2 halves the size, rounded *up*.
#
# | row | what | size after it | channels |
# |---|---|---|---|
# | 1 | 7 × 7 convolution with stride 2, without a bias, and batch norm | halved | 64 |
# | 2 | max pooling with stride 2; then the blocks of stage 1 | halved | 64 in basic blocks, 256 in bottlenecks |
# | 3, 4, … | the blocks of stages 2, 3, …; the first block of a stage has stride 2 | halved | twice those of the stage before |
# | last | the mean over all pixels; a dense layer with biases | 1 | the classes |
#
# The first block of a stage takes the channels of the row before, all its other blocks those of the stage itself. ResNet-50 has bottlenecks, 3, 4, 6 and 3 of them in its four stages: one layer, then $3 \cdot 16$, then one more, together 50.
#
# *On paper.* Row 1 of each of them: $49 \cdot 3 \cdot 64 + 128 = 9{,}536$ parameters. Basic blocks, stage 1 with one block: from 64 to 64 channels, $2 \cdot (9 \cdot 64 \cdot 64 + 128) = 73{,}984$. The last row after it with 10 classes: $64 \cdot 10 + 10 = 650$.
#
# ### Exercise 8: `resnet_table`


# %% exercise="resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    """The rows of a residual network for photographs: size, channels and parameters.

    Args:
        kind: "basic" or "bottleneck".
        blocks: the number of blocks in each stage, a list of one or more whole numbers >= 1.
        n_H: height and width of the picture, a whole number >= 1.
        classes: a whole number >= 1.

    Returns:
        A list of rows (size, channels, parameters), tuples of whole numbers (int): one for each row of the table above,
        len(blocks) + 2 of them. The size is that of the row's result, 1 in the last row.

    Raises:
        ValueError: another kind.

    Example:
        resnet_table("basic", [1], 30, 10) is [(15, 64, 9536), (8, 64, 73984), (1, 10, 650)].
    """
    # 1. The first row. 2. Each stage: its size, its channels, its first block and the others. 3. The last row.
    ### BEGIN SOLUTION
    size, n_prev = (n_H + 1) // 2, 64
    rows = [(size, n_prev, 7 * 7 * 3 * 64 + 2 * 64)]
    n = 64 if kind == "basic" else 256
    for count in blocks:
        size = (size + 1) // 2
        rows.append((size, n, block_parameters(kind, n_prev, n) + (count - 1) * block_parameters(kind, n, n)))
        n_prev, n = n, 2 * n
    return [*rows, (1, classes, (n_prev + 1) * classes)]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Halved and rounded up: `(size + 1) // 2`. Keep two numbers on the way, the channels before the stage and those of the stage.
# </details>

# %% check="resnet_table" points=2
with checks.exercise("resnet_table"):
    blocks = [1, 3]
    found = resnet_table("basic", blocks, 30, 10)
    checks.length('resnet_table("basic", [1, 3], 30, 10)', found, 4)
    for k, row in enumerate([(15, 64, 9536), (8, 64, 73984), (4, 128, 820992), (1, 10, 1290)]):
        checks.equal(f'row {k + 1} of resnet_table("basic", [1, 3], 30, 10)', tuple(found[k]), row)
    checks.equal("the list blocks after the call", blocks, [1, 3])
    found = resnet_table("bottleneck", [3, 4, 6, 3])
    checks.equal("row 2 of ResNet-50", tuple(found[1]), (56, 256, 215808))
    checks.equal("the sum of all parameters of ResNet-50", sum(row[2] for row in found), 25_557_032)
    checks.raises('resnet_table("plain", [1, 3], 30, 10)', ValueError, resnet_table, "plain", [1, 3], 30, 10)
    ### BEGIN HIDDEN TESTS

    def block_by_block(kind, blocks, n_H=224, classes=1000):
        rows, size, before, wide = [(-(-n_H // 2), 64, 9536)], -(-n_H // 2), 64, 1 if kind == "basic" else 4
        for stage, count in enumerate(blocks):
            size, n, total = -(-size // 2), wide * 64 * 2**stage, 0
            for _ in range(count):
                q = n // 4
                sizes = (
                    [9 * before * n, 9 * n * n, 4 * n] if wide == 1 else [before * q, 9 * q * q, q * n, 2 * n + 4 * q]
                )
                total += sum(sizes) + (before * n + 2 * n if before != n else 0)
                before = n
            rows.append((size, n, total))
        return [*rows, (1, classes, before * classes + classes)]

    def same_rows(*given):
        call = f"resnet_table({', '.join(map(repr, given))})"
        kept = list(given[1])
        answer, expected = resnet_table(*given), block_by_block(*given)
        checks.length(call, answer, len(expected))
        for k, row in enumerate(expected):
            checks.whole(f"row {k + 1} of {call}", *answer[k])
            checks.equal(f"row {k + 1} of {call}", tuple(answer[k]), row)
        checks.equal(f"the list blocks after {call}", list(given[1]), kept)

    families = [("basic", [2, 2, 2, 2], 11_689_512), ("basic", [3, 4, 6, 3], 21_797_672)]
    for kind, blocks, total in [*families, ("bottleneck", [3, 4, 23, 3], 44_549_160)]:
        checks.equal(f"the sum of {kind} {blocks}", sum(row[2] for row in resnet_table(kind, blocks)), total)
        same_rows(kind, blocks)
    for kind in ("basic", "bottleneck"):
        for blocks in ([1], [2], [1, 1], [4, 1, 2], [1, 2, 3, 4, 5], [130, 2], [1, 1, 1, 1, 1, 1]):
            for n_H, classes in (
                (224, 1000),
                (33, 10),
                (1, 1),
                (2, 7),
                (225, 2),
                (4, 3),
                (5, 1000),
                (1023, 64),
                (7, 130),
            ):
                same_rows(kind, blocks, n_H, classes)
        same_rows(kind, [2, 1], 64)
        checks.equal(
            "classes given by name",
            list(map(tuple, resnet_table(kind, [2, 1], classes=6))),
            block_by_block(kind, [2, 1], 224, 6),
        )
    for kind in ("Bottleneck", "", "plain", "BASIC"):
        checks.raises(f'resnet_table("{kind}", [2, 2])', ValueError, resnet_table, kind, [2, 2])
    first = resnet_table("basic", [2, 1], 30, 10)
    resnet_table("bottleneck", [3], 40, 20)
    checks.equal("rows that were returned before", list(map(tuple, first)), block_by_block("basic", [2, 1], 30, 10))
    ### END HIDDEN TESTS

# %%
print("ResNet-50:   size  channels  parameters")
for size, n, count in resnet_table("bottleneck", [3, 4, 6, 3]):
    print(f"{size:16} {n:9} {count:11,}")
families = {"ResNet-18": ("basic", [2, 2, 2, 2]), "ResNet-34": ("basic", [3, 4, 6, 3])}
families |= {"ResNet-50": ("bottleneck", [3, 4, 6, 3]), "ResNet-101": ("bottleneck", [3, 4, 23, 3])}
for name, (kind, blocks) in families.items():
    print(f"{name:11} {kind:10} {sum(row[2] for row in resnet_table(kind, blocks)):11,}")
as_basic = block_parameters("basic", 256, 256), block_parameters("bottleneck", 256, 256)
print(f"a block from 256 to 256 channels: basic {as_basic[0]:,}, bottleneck {as_basic[1]:,}")

# %% [markdown]
# *What to notice.* The sum for ResNet-50 is 25,557,032, the number that the libraries print. More than half of the parameters are in the last stage, where pictures are 7 × 7 and channels many. ResNet-34 and ResNet-50 have the same numbers of blocks; the bottlenecks have four times as many channels and three layers instead of two, yet the network has only about 17 % more parameters. VGG-16, with 16 layers, has about 138 million: most of them in its first dense layer, which the mean over all pixels makes unnecessary here.

# %% [markdown]
# ## What you built
#
# - `identity_block` and `identity_block_backward`: the shortcut, and the gradient that goes both ways.
# - `projection_block` and `projection_block_backward`: the same where the number of units changes.
# - `initialize_block`: the start at which each block is the identity.
# - `network_gradients`: a residual network of any depth, and the norm of the gradient at each block.
# - `block_parameters` and `resnet_table`: ResNet-50 and its family, counted.
#
# ## On your own
#
# In the second paper the ReLU moves from after the addition to before the layers: $A = A_{prev} + W_2 \, \text{ReLU}(W_1 \, \text{ReLU}(A_{prev}) + b_1) + b_2$ (*pre-activation*). Then nothing at all stands on the path of the shortcuts. Write forward and backward. Show that the gradient at block 1 is the gradient at the end *plus* one term for each block. Then train 81 layers both ways. (What has to stand after the last block now?)
#
# ## In practice
#
# `torchvision.models.resnet50(weights="DEFAULT")` and `keras.applications.ResNet50()` give the network with its learned weights. In torchvision, `zero_init_residual=True` starts the last $\gamma$ of each block at 0: your identity start. In torchvision the stride 2 of a bottleneck stands in the 3 × 3 convolution, in the paper in the first 1 × 1 convolution; the number of parameters is the same. Transformers, in course 5, add the input of each of their parts in the same way.
#
# ## References
#
# - Course 4, week 2, lectures 3 and 4.
# - K. He, X. Zhang, S. Ren and J. Sun (2015), [Deep Residual Learning for Image Recognition](https://arxiv.org/abs/1512.03385), CVPR 2016.
# - K. He, X. Zhang, S. Ren and J. Sun (2016), [Identity Mappings in Deep Residual Networks](https://arxiv.org/abs/1603.05027), ECCV.
# - P. Goyal et al. (2017), [Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour](https://arxiv.org/abs/1706.02677): the factor $\gamma$ that starts at 0.
# - H. Zhang, Y. N. Dauphin and T. Ma (2019), [Fixup Initialization: Residual Learning Without Normalization](https://arxiv.org/abs/1901.09321), ICLR.
