# %% [markdown]
# You will build the functions that make a network more than a linear formula, and their derivatives, which training needs.

# %% [markdown]
# ## What you will be able to do
#
# - compute sigmoid, tanh, ReLU and leaky ReLU, and choose between them;
# - compute the derivative of each, from the score or from the activation itself;
# - replace a deep network without activation functions by one layer that gives the same output;
# - choose the activation of the output layer from the labels.
#
# **What you need:** the forward pass of [lesson 01](01_forward_pass_of_a_shallow_network.ipynb), and slopes measured by
# central differences ([week 2, lesson 02](../week2_neural_network_basics/02_derivatives_and_gradient_descent.ipynb)).

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()

# %% [markdown]
# ## 1. Four functions
#
# *What happens to a score before the next layer sees it?*
#
# A hidden unit computes a score $z = w^T x + b$ and then its **activation** $a = g(z)$. In lesson 01 $g$ was tanh in
# the hidden layer and the sigmoid at the output. These are the four that you will meet most:
#
# | name | $g(z)$ | values | used for |
# |---|---|---|---|
# | sigmoid | $\sigma(z) = 1 / (1 + e^{-z})$ | between 0 and 1 | an output that is a probability |
# | tanh | $(e^z - e^{-z}) / (e^z + e^{-z})$ | between −1 and 1 | hidden units; mean near 0 |
# | ReLU | $\max(0, z)$ | 0 and above | hidden units; the usual first choice |
# | leaky ReLU | $z$ if $z > 0$, else $0.01\,z$ | any number | hidden units that must never fall silent |
#
# ReLU means *rectified linear unit*. All four are applied to each entry: $Z$ and $A = g(Z)$ have the same shape.
#
# *On paper.* For $z = -2$: sigmoid $0.119$, tanh $-0.964$, ReLU $0$, leaky ReLU $-0.02$. And tanh is a sigmoid in other units:
# $\tanh(z) = 2\sigma(2z) - 1$. Check it: $\sigma(-4) = 0.018$, and $2 \cdot 0.018 - 1 = -0.964$.
#
# ### Exercise 1: `activation`


# %% exercise="activation"
def activation(name, Z):
    """The activation g(Z) of each score.

    Args:
        name: "sigmoid", "tanh", "relu" or "leaky_relu" (slope 0.01 below 0).
        Z: scores, an array of any shape, of floats or whole numbers; any finite ones, also -1000 and 1000.

    Returns:
        A new array of the shape of Z, exact to about 12 digits. Z itself stays as it was.

    Raises:
        ValueError: the name is another one; "ReLU" and "linear" are others, too.

    Example:
        activation("relu", np.array([-2.0, 3.0])) is [0, 3].
    """
    # 1. Which formula? exp(1000) overflows: write the sigmoid with a function that does not.
    # 2. Entry by entry: an `if` cannot decide for a whole array, np.where can.
    ### BEGIN SOLUTION
    if name == "sigmoid":
        return (1 + np.tanh(Z / 2)) / 2
    if name == "tanh":
        return np.tanh(Z)
    if name == "relu":
        return np.maximum(0, Z)
    if name == "leaky_relu":
        return np.where(Z > 0, Z, 0.01 * Z)  # equivalent "> → >=": both branches are 0 at 0
    raise ValueError(f"unknown activation {name!r}")
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.tanh(Z)` and `np.maximum(0, Z)` exist. `np.where(Z > 0, Z, 0.01 * Z)` chooses for each entry. A sigmoid without overflow:
# `(1 + np.tanh(Z / 2)) / 2`, which is the line about tanh in *On paper*, solved for the sigmoid. End with `raise ValueError(...)`.
# </details>

# %% check="activation" points=2
with checks.exercise("activation"):
    Z = np.array([[-2.0, -0.5, 0.0], [0.25, 3.0, 1.5]])
    sigmoid = [[0.1192029220, 0.3775406688, 0.5], [0.5621765009, 0.9525741268, 0.8175744762]]
    tanh = [[-0.9640275801, -0.4621171573, 0], [0.2449186624, 0.9950547537, 0.9051482536]]
    relu, leaky = [[0, 0, 0], [0.25, 3, 1.5]], [[-0.02, -0.005, 0], [0.25, 3, 1.5]]
    slips = {"this is tanh": tanh, "this is the sigmoid": sigmoid, "below 0 it must be 0": np.abs(Z)}
    slips |= {"below 0 the slope is 0.01": relu, "below 0 it must be 0, not 0.01 z": leaky}
    for name, A in {"sigmoid": sigmoid, "tanh": tanh, "relu": relu, "leaky_relu": leaky}.items():
        checks.unchanged(activation, name, Z)
        others = {words: values for words, values in slips.items() if values is not A}
        checks.close(f"activation({name!r}, Z)", activation(name, Z), A, mistakes=others)
    checks.close("activation('sigmoid', [-1000, 1000])", activation("sigmoid", np.array([-1000.0, 1000])), [0, 1])
    checks.close("activation('tanh', [-1000, 1000])", activation("tanh", np.array([-1000.0, 1000])), [-1, 1])
    checks.raises("activation('softplus', Z)", ValueError, activation, "softplus", Z)
    ### BEGIN HIDDEN TESTS

    def sure(z):
        return 1 / (1 + np.exp(-z)) if z > 0 else np.exp(z) / (1 + np.exp(z))

    rules = {
        "sigmoid": sure,
        "tanh": lambda z: 2 * sure(2 * z) - 1,
        "relu": lambda z: (z + abs(z)) / 2,
        "leaky_relu": lambda z: 0.505 * z + 0.495 * abs(z),
    }

    def entry_by_entry(name, Z):
        return np.array([float(rules[name](z)) for z in Z.ravel().tolist()]).reshape(Z.shape)

    for name in rules:
        others = {
            "with an array of shape (4,)": (name, np.array([-30.0, -1e-9, 1e-9, 40.0])),
            "with an array of shape (2, 3, 2)": (name, np.linspace(-9, 9, 12).reshape(2, 3, 2)),
            "with an array of shape (2, 1, 3)": (name, np.linspace(-3, 7, 6).reshape(2, 1, 3)),
            "with an array of shape (1,)": (name, np.array([-1.5])),
            "with an array of shape ()": (name, np.array(-1.5)),
            "with scores very close to 0": (name, np.array([[1e-12, -1e-12, 3e-10]])),
            "with scores up to 1e9": (name, np.array([[1e9, -1e9, 2e4]])),
            "with positive scores": (name, np.array([[0.5, 2.0, 1.25]])),
            "with other positive scores": (name, np.array([[3.0, 0.25, 1.0]])),
            "with whole numbers from -800 to 800": (name, np.array([[-800, -3, 0, 2, 800]])),
        }
        domain = {"sizes": {"n": 130, "m": 130}, "real": {"Z": 300}, "types": ["Z"], "cases": others}
        domain["atol"] = 0 if "relu" in name else 1e-12
        checks.agrees(
            activation, entry_by_entry, lambda rng, n, m, name=name: (name, rng.normal(0, 3, (n, m))), **domain
        )
    near = (
        "ReLU",
        "Relu",
        "relu ",
        " relu",
        "leaky_relu ",
        "leaky relu",
        "LeakyReLU",
        "lrelu",
        "leaky",
        "Sigmoid",
        "sigmoid ",
    )
    for name in (*near, "logistic", "sigm", "Tanh", "tanh ", "tan", "softmax", "identity", "linear", "none", ""):
        checks.raises(f"activation({name!r}, Z)", ValueError, activation, name, Z)
    ### END HIDDEN TESTS

# %%
names = ("sigmoid", "tanh", "relu", "leaky_relu")
z = np.linspace(-4, 4, 201)
for name in names:
    plt.plot(z, activation(name, z), label=name)
plt.ylim(-1.2, 2.2)
plt.xlabel("score z")
plt.ylabel("activation g(z)")
plt.title("Two curves become flat on both sides, two grow without end")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Sigmoid and tanh are S-shaped and flat for large $|z|$; tanh passes through 0, the sigmoid through 1/2. ReLU is
# two straight lines with a corner at 0. Leaky ReLU looks the same here; below 0 it falls very slowly.
#
# ## 2. Why not leave the activation out?
#
# *If $g(z) = z$, what does the second layer add?*
#
# Nothing. Put one layer into the other:
#
# $$W_2 (W_1 x + b_1) + b_2 = \underbrace{W_2 W_1}_{W} x + \underbrace{W_2 b_1 + b_2}_{b}.$$
#
# Shapes: $W_1$ $(n_1, n_0)$, $W_2$ $(n_2, n_1)$, so $W$ is $(n_2, n_0)$ and $b$ is $(n_2, 1)$. A linear function of a linear function is
# linear: however many layers, the network computes what **one** layer computes. A third layer is put on top in the same way.
#
# *On paper.* $W_1 = [[1, 2], [0, 1]]$, $b_1 = [[1], [0]]$, $W_2 = [[3, -1]]$, $b_2 = [[5]]$. Then $W = [[3, 5]]$, because
# $3 \cdot [1, 2] - 1 \cdot [0, 1] = [3, 5]$, and $b = 3 \cdot 1 - 1 \cdot 0 + 5 = 8$.
#
# ### Exercise 2: `collapse`


# %% exercise="collapse"
def collapse(parameters):
    """The single layer that computes the same as a network of L layers without activation functions.

    Args:
        parameters: a dict with "W1", "b1", ..., "WL", "bL", in any order: Wl has shape (n_l, n_{l-1}), bl has shape
            (n_l, 1), of floats or whole numbers. L is at least 1; the dict holds nothing else.

    Returns:
        (W, b) of shapes (n_L, n_0) and (n_L, 1), so that W @ X + b is the network's output for every X. For L = 1 they
        may be the arrays of the dict themselves.

    Example:
        for the numbers of "On paper" above, W is [[3, 5]] and b is [[8]].
    """
    # 1. Start with the first layer. How many layers are there?
    # 2. Put the next layer on top of what you have: which product gives the new W, which the new b? Mind the order.
    ### BEGIN SOLUTION
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2 + 1):
        W_next, b_next = parameters[f"W{layer}"], parameters[f"b{layer}"]
        W, b = W_next @ W, W_next @ b + b_next
    return W, b
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `len(parameters) // 2` is the number of layers. Keep `W` and `b` of the layers so far; one step of the loop is the formula above with
# $W_1, b_1$ in the place of what you have: `W_next @ W` and `W_next @ b + b_next`. Compute both before you overwrite either.
# </details>

# %% check="collapse" points=2
with checks.exercise("collapse"):
    two = {"W1": np.array([[1.0, 2.0], [0.0, 1.0]]), "b1": np.array([[1.0], [0.0]])}
    two |= {"W2": np.array([[3.0, -1.0]]), "b2": np.array([[5.0]])}
    checks.unchanged(collapse, two)
    what = "collapse(the numbers on paper)"
    W, b = checks.results(what, collapse(two), ["W", "b"])
    checks.that(np.shape(W) != (1, 1), "collapse(the numbers on paper): the two are exchanged; return W, then b")
    checks.that(np.shape(W) != (2, 2), "collapse(the numbers on paper): W is W1 itself; is the last layer left out?")
    twice = {"layer 1 is taken twice; begin the loop with layer 2": [[3.0, 11.0]]}
    checks.close(f"W of {what}", W, [[3.0, 5.0]], mistakes=twice)
    checks.that(np.shape(b) != (2, 1), "collapse(the numbers on paper): for b, b1 must pass through W2 as well")
    checks.close(f"b of {what}", b, [[8.0]], mistakes={"b2 is left out": [[3.0]], "b1 is left out": [[5.0]]})
    three = two | {"W3": np.array([[2.0], [-1.0], [4.0]]), "b3": np.array([[0.0], [1.0], [2.0]])}
    checks.close("W of collapse(3 layers)", collapse(three)[0], [[6.0, 10.0], [-3.0, -5.0], [12.0, 20.0]])
    checks.close("b of collapse(3 layers)", collapse(three)[1], [[16.0], [-7.0], [34.0]])
    ### BEGIN HIDDEN TESTS

    def probed(parameters):
        """What the network makes of 0 is b, what it makes of each unit vector more than that is a column of W."""
        layers = len(parameters) // 2

        def network(x):
            for layer in range(1, layers + 1):
                x = np.einsum("ij,jk->ik", parameters[f"W{layer}"], x) + parameters[f"b{layer}"]
            return x

        n_0 = parameters["W1"].shape[1]
        b = network(np.zeros((n_0, 1)))
        return np.hstack([network(np.eye(n_0)[:, [j]]) - b for j in range(n_0)]), b

    def network(rng, n_0, n_1, n_2, L):
        sizes = [n_0, n_1, n_2, *[3] * L][: L + 1]
        shapes = {f"W{layer}": (sizes[layer], sizes[layer - 1]) for layer in range(1, L + 1)}
        shapes |= {f"b{layer}": (sizes[layer], 1) for layer in range(1, L + 1)}
        return {key: rng.normal(0, 1, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}

    domain = {
        "sizes": {"n_0": 130, "n_1": 130, "n_2": 130, "L": 23},
        "real": {"parameters": 30},
        "types": ["parameters"],
    }
    square = {"b2": np.array([[1.0], [-2.0]]), "W2": np.array([[2.0, 1.0], [-1.0, 3.0]])}
    square |= {"b1": np.array([[0.5], [4.0]]), "W1": np.array([[1.0, -3.0], [0.5, 2.0]])}
    domain["cases"] = {
        "with two layers of 2 units and 2 inputs": (square,),
        "with numbers of size 1e8": ({key: 1e8 * value for key, value in square.items()},),
        "with numbers of size 1e-6": ({key: 1e-6 * value for key, value in square.items()},),
    }
    checks.agrees(
        collapse, probed, lambda rng, n_0, n_1, n_2, L: (network(rng, n_0, n_1, n_2, L),), new=False, **domain
    )
    ### END HIDDEN TESTS

# %% [markdown]
# Now look at it. We take points in the plane that no straight line can part: label 1 in two opposite corners. The network
# has 50 hidden units with **random** weights, and only its output weights are fitted, by least squares (you will train all weights in
# lesson 03). With each activation the hidden weights are the same.


# %%
def hidden_layer(X, W1, b1, name):
    """The hidden activations (n_h, m) of X (n_x, m), and a row of ones for the output's bias; "linear" means g(z) = z."""
    Z1 = W1 @ X + b1
    return np.vstack([Z1 if name == "linear" else activation(name, Z1), np.ones((1, X.shape[1]))])


def fit_output(A1, Y):
    """Output weights (1, n_h + 1) that bring W2 @ A1 close to +1 for label 1 and to -1 for label 0, by least squares."""
    return np.linalg.solve(A1 @ A1.T + 10.0 * np.eye(len(A1)), A1 @ (2 * Y - 1).T).T


# %%
rng = np.random.default_rng(3)
points = rng.uniform(-2, 2, (2, 400))
corners = (points[0] * points[1] > 0).reshape(1, -1).astype(int)
W1, b1 = rng.normal(0, 1.5, (50, 2)), rng.normal(0, 1.5, (50, 1))
side = np.linspace(-2, 2, 150)
plane = np.stack([axis.ravel() for axis in np.meshgrid(side, side)])

figure, axes = plt.subplots(1, 4, figsize=(8, 2.5), sharey=True)
for axis, name in zip(axes, ("linear", "tanh", "relu", "leaky_relu"), strict=True):
    W2 = fit_output(hidden_layer(points, W1, b1, name), corners)
    right = np.mean((W2 @ hidden_layer(points, W1, b1, name) > 0) == corners)
    decision = W2 @ hidden_layer(plane, W1, b1, name) > 0
    axis.contourf(side, side, decision.reshape(150, 150), levels=[-0.5, 0.5, 1.5], colors=["#fbe3d6", "#d6e6f5"])
    for label, marker in ((0, "x"), (1, ".")):
        axis.scatter(*points[:, corners[0] == label][:, ::3], s=12, c=plots.LABEL_COLORS[label], marker=marker)
    axis.set_title(f"{name}: {right:.0%} right", fontsize=10)
    axis.set_xlabel("$x_1$")
axes[0].set_ylabel("$x_2$")
figure.suptitle("Fifty linear hidden units draw one straight line; non-linear ones bend it", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Dots (label 1) lie in two opposite corners, crosses (label 0) in the other two. With linear hidden units the
# border is one straight line, whatever the fifty weights are, and four points in ten are on the wrong side. With tanh, ReLU or leaky
# ReLU the same fifty units bend the border around all four corners, and nearly every point is right.
#
# ## 3. The slopes
#
# *How much does the activation change when the score changes?*
#
# Training goes downhill, so it asks each unit for its slope $g'(z)$:
#
# | name | $g'(z)$ | written with $a = g(z)$ | largest value |
# |---|---|---|---|
# | sigmoid | $\sigma(z)(1 - \sigma(z))$ | $a(1 - a)$ | 1/4, at $z = 0$ |
# | tanh | $1 - \tanh^2(z)$ | $1 - a^2$ | 1, at $z = 0$ |
# | ReLU | 1 if $z > 0$, 0 if $z < 0$ | 1 if $a > 0$, else 0 | 1 |
# | leaky ReLU | 1 if $z > 0$, 0.01 if $z < 0$ | 1 if $a > 0$, else 0.01 | 1 |
#
# At $z = 0$ ReLU has a corner and no slope. It does not matter which one we take, because an exact 0 hardly ever comes; we agree on the
# value for $z < 0$.
#
# Where does $a(1 - a)$ come from? Write $\sigma = 1/u$ with $u = 1 + e^{-z}$. Then $\sigma' = -u'/u^2 = e^{-z}/u^2$. And
# $1 - \sigma = (u - 1)/u = e^{-z}/u$. So $\sigma' = \frac{1}{u} \cdot \frac{e^{-z}}{u} = \sigma (1 - \sigma)$.
#
# *On paper.* tanh at $z = 0.5$: $a = 0.4621$, slope $1 - 0.4621^2 = 0.7865$. By the central difference with $h = 0.1$:
# $(\tanh 0.6 - \tanh 0.4)/0.2 = (0.537 - 0.380)/0.2 = 0.785$.
#
# ### Exercise 3: `activation_derivative`


# %% exercise="activation_derivative"
def activation_derivative(name, Z):
    """The slope g'(Z) of the activation at each score.

    Args:
        name: "sigmoid", "tanh", "relu" or "leaky_relu" (slope 0.01 below 0).
        Z: scores, an array of any shape, of floats or whole numbers; any finite ones, also -1000 and 1000.

    Returns:
        A new array of numbers (not True and False) of the shape of Z, exact to about 12 digits after the point. At
        z = 0, relu gives 0 and leaky_relu gives 0.01.

    Raises:
        ValueError: the name is another one, as for activation.

    Example:
        activation_derivative("relu", np.array([-2.0, 0.0, 3.0])) is [0, 0, 1].
    """
    # 1. For two of them the slope is easiest to write with a = g(z); you have a function for a.
    # 2. For the other two, one comparison decides.
    ### BEGIN SOLUTION
    A = activation(name, Z)
    if name == "sigmoid":
        return A * (1 - A)
    if name == "tanh":
        return 1 - A**2
    return np.where(Z > 0, 1.0, 0.01 * (name == "leaky_relu"))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `A = activation(name, Z)`: it also raises the ValueError for you. Then the third column of the table, line by line. For the last
# two: `np.where(Z > 0, 1.0, ...)`.
# </details>

# %% check="activation_derivative" points=3
with checks.exercise("activation_derivative"):
    Z = np.array([[-2.0, -0.5], [0.25, 3.0], [0.0, -1.25]])
    A = {"sigmoid": np.array([[0.1192029220, 0.3775406688], [0.5621765009, 0.9525741268], [0.5, 0.2227001388]])}
    A["tanh"] = np.array([[-0.9640275801, -0.4621171573], [0.2449186624, 0.9950547537], [0, -0.8482836400]])
    slopes = {"sigmoid": [[0.1049935854, 0.2350037122], [0.2461340828, 0.0451766597], [0.25, 0.1731047869]]}
    slopes |= {"tanh": [[0.0706508249, 0.7864477330], [0.9400148488, 0.0098660372], [1, 0.2804148662]]}
    slopes |= {"relu": [[0, 0], [1, 1], [0, 0]], "leaky_relu": [[0.01, 0.01], [1, 1], [0.01, 0.01]]}
    at_0 = np.array([[0, 0], [0, 0], [1, 0]])
    for name, expected in slopes.items():
        slips = {"this is the activation itself, not its slope": A.get(name, np.maximum(0, Z))}
        slips |= {"below 0 the slope is 0.01": slopes["relu"], "below 0 the slope is 0": slopes["leaky_relu"]}
        slips |= {"at z = 0 take the slope of z < 0": at_0 + expected * (1 - at_0)}
        slips |= {"below 0 it is 0.01, not 0.01 z": np.where(Z > 0, 1, Z / 100)}
        slips |= {"the activation a belongs there, not z": Z * (1 - Z) if name == "sigmoid" else 1 - Z**2}
        checks.unchanged(activation_derivative, name, Z)
        checks.close(f"activation_derivative({name!r}, Z)", activation_derivative(name, Z), expected, mistakes=slips)
    checks.raises("activation_derivative('softplus', Z)", ValueError, activation_derivative, "softplus", Z)
    ### BEGIN HIDDEN TESTS
    bell = lambda z: 0.25 / np.cosh(min(abs(z), 700) / 2) ** 2  # noqa: E731
    rules = {"sigmoid": bell, "tanh": lambda z: 4 * bell(2 * z)}
    rules |= {"relu": lambda z: float(z > 0), "leaky_relu": lambda z: 1.0 if z > 0 else 0.01}

    def entry_by_entry(name, Z):
        return np.array([float(rules[name](z)) for z in Z.ravel().tolist()]).reshape(Z.shape)

    for name in rules:
        others = {
            "with an array of shape (4,)": (name, np.array([-30.0, -1e-9, 1e-9, 40.0])),
            "with an array of shape (2, 3, 2)": (name, np.linspace(-9, 9, 12).reshape(2, 3, 2)),
            "with an array of shape (2, 1, 3)": (name, np.linspace(-3, 7, 6).reshape(2, 1, 3)),
            "with an array of shape (1,)": (name, np.array([-1.5])),
            "with an array of shape ()": (name, np.array(-1.5)),
            "with scores very close to 0": (name, np.array([[1e-12, -1e-12, 3e-10]])),
            "with scores up to 1e9": (name, np.array([[1e9, -1e9, 2e4]])),
            "with positive scores": (name, np.array([[0.5, 2.0, 1.25]])),
            "with other positive scores": (name, np.array([[3.0, 0.25, 1.0]])),
            "with whole numbers from -800 to 800": (name, np.array([[-800, -3, 0, 2, 800]])),
        }
        domain = {"sizes": {"n": 130, "m": 130}, "real": {"Z": 300}, "types": ["Z"], "cases": others, "atol": 1e-12}
        checks.agrees(
            activation_derivative,
            entry_by_entry,
            lambda rng, n, m, name=name: (name, rng.normal(0, 3, (n, m))),
            **domain,
        )
    near = (
        "ReLU",
        "Relu",
        "relu ",
        " relu",
        "leaky_relu ",
        "leaky relu",
        "LeakyReLU",
        "lrelu",
        "leaky",
        "Sigmoid",
        "sigmoid ",
    )
    for name in (*near, "logistic", "sigm", "Tanh", "tanh ", "tan", "softmax", "identity", "linear", "none", ""):
        checks.raises(f"activation_derivative({name!r}, Z)", ValueError, activation_derivative, name, Z)
    ### END HIDDEN TESTS

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.3))
for name in names:
    left.plot(z, activation_derivative(name, z), label=name)
    after = [1.0]
    for _ in range(20):
        after.append(after[-1] * float(activation_derivative(name, np.array([1.0]))[0]))
    right.semilogy(after, label=name)
left.set(xlabel="score z", ylabel="slope g'(z)", title="A sigmoid's slope is 1/4 at most")
right.set(xlabel="layers passed", ylabel="product of slopes at z = 1", title="Small slopes multiply to almost nothing")
right.legend(fontsize=8, loc="lower left")
plt.show()
print("slope at z = 1:", {name: round(float(activation_derivative(name, np.array([1.0]))[0]), 3) for name in names})

# %% [markdown]
# *What to notice.* Left: the slopes of sigmoid and tanh go to 0 on both sides; there a unit hardly learns. ReLU keeps the slope 1 for every
# positive score. Right: going back through many layers, the slopes are multiplied. With sigmoids and $z = 1$ the product falls to
# less than $10^{-14}$ after 20 layers, with tanh to about $3 \cdot 10^{-8}$; with ReLU it stays 1. This is one reason why ReLU is the usual choice for
# hidden units. (Its price: a unit whose score is negative for every example has slope 0, and its weights stand still until its inputs
# change; in the first hidden layer they never do. Leaky ReLU avoids that.)
#
# ## 4. The output layer
#
# *Which activation for the last layer?*
#
# For hidden units try ReLU first. For the output the **labels** decide:
#
# | labels | activation of the output | why |
# |---|---|---|
# | 0 or 1 | sigmoid | the output is a probability |
# | numbers of at least 0, such as prices | ReLU | a price is never negative |
# | any numbers, such as temperatures | linear: $g(z) = z$ | every number must be possible |
#
# ### Exercise 4: `output_activation`


# %% exercise="output_activation"
def output_activation(Y):
    """The activation of the output layer that fits the labels.

    Args:
        Y: labels, shape (1, m), m >= 1: floats, whole numbers, or True and False, which count as 1 and 0.

    Returns:
        "sigmoid" if every label is 0 or 1; else "relu" if every label is at least 0; else "linear".

    Example:
        output_activation(np.array([[3.5, 0.0]])) is "relu".
    """
    # 1. Ask the narrowest question first: labels 0 and 1 are also numbers of at least 0.
    # 2. Which question remains?
    ### BEGIN SOLUTION
    if np.all((Y == 0) | (Y == 1)):
        return "sigmoid"
    if np.all(Y >= 0):
        return "relu"
    return "linear"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.all((Y == 0) | (Y == 1))` is true if every label is 0 or 1. The brackets are needed: `|` binds more tightly than `==`.
# </details>

# %% check="output_activation" points=1
with checks.exercise("output_activation"):
    checks.equal("output_activation([[0, 1, 1]])", output_activation(np.array([[0, 1, 1]])), "sigmoid")
    checks.equal("output_activation([[3.5, 0]])", output_activation(np.array([[3.5, 0.0]])), "relu")
    checks.equal("output_activation([[3.5, 0, 12]])", output_activation(np.array([[3.5, 0.0, 12.0]])), "relu")
    checks.equal("output_activation([[-4, 0, 1]])", output_activation(np.array([[-4.0, 0.0, 1.0]])), "linear")
    checks.equal("output_activation([[0.5, 1, 0]])", output_activation(np.array([[0.5, 1.0, 0.0]])), "relu")
    ### BEGIN HIDDEN TESTS

    def one_by_one(Y):
        labels = Y[0].tolist()
        if min(labels) < 0:
            return "linear"
        return "sigmoid" if not [y for y in labels if y not in (0, 1)] else "relu"

    kinds = {
        "0 and 1": lambda rng, m: rng.integers(0, 2, (1, m)),
        "0.0 and 1.0": lambda rng, m: rng.integers(0, 2, (1, m)).astype(float),
        "prices": lambda rng, m: rng.uniform(0, 9, (1, m)),
        "counts": lambda rng, m: rng.integers(0, 4, (1, m)),
        "temperatures": lambda rng, m: rng.normal(0, 9, (1, m)),
    }
    for draw in kinds.values():
        checks.agrees(output_activation, one_by_one, draw, sizes={"m": 1030}, types=["Y"])
    for labels in (
        [1],
        [0, 0],
        [1, 1],
        [1, -1],
        [0, 1, -1e-15],
        [0, 1, -1e-300],
        [0, 1, 1 + 2**-52],
        [0, 1, 1 - 2**-53],
        [0, 1.5, 0],
        [0, 2, 2],
        [-1, 1, 1],
        [0.5, -0.5],
        [0.5, 0.5, 0.5],
        [1e9, 3],
        [1e-12, 1],
        [0.5],
        [7, 8],
        [True, False],
        [-0.0, 3.5],
    ):
        Y = np.array([labels])
        checks.equal(f"output_activation([{labels}])", output_activation(Y), one_by_one(Y))
    rare = np.zeros((1, 2030))
    for last in (1.0, 0.5, -1.0):
        rare[0, -1] = last
        checks.equal(f"output_activation(2,029 zeros and {last})", output_activation(rare), one_by_one(rare))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. On the real pictures
#
# *Do non-linear hidden units help to find cats?*
#
# The same experiment as in section 2, on the cat pictures of week 2: 1,000 hidden units with random weights, output weights by least
# squares. Only the activation changes.

# %%
cats = data.load_cat_pictures()
X_train, X_test = (images.reshape(len(images), -1).T / 255 for images in (cats.X_train, cats.X_test))
mean = X_train.mean(axis=1, keepdims=True)
X_train, X_test = X_train - mean, X_test - mean

accuracies = {name: [] for name in ("linear", *names)}
for seed in range(3):
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(0, 0.1, (1000, 784)), rng.normal(0, 1, (1000, 1))
    for name, found in accuracies.items():
        A1 = hidden_layer(X_train, W1, b1, name)
        W2 = fit_output(A1, cats.Y_train)
        train = np.mean((W2 @ A1 > 0) == cats.Y_train)
        found.append((train, np.mean((W2 @ hidden_layer(X_test, W1, b1, name) > 0) == cats.Y_test)))
for name, found in accuracies.items():
    train, test = np.mean(found, axis=0)
    print(
        f"{name:10}  right on {train:.1%} of the training and {test:.1%} of the test pictures (mean of 3 random layers)"
    )

# %% [markdown]
# To compare: logistic regression on the same pixels, without a hidden layer.

# %%
w, b = np.zeros((784, 1)), 0.0
for _ in range(1000):
    dZ = activation("sigmoid", w.T @ X_train + b) - cats.Y_train
    w, b = w - 0.1 * X_train @ dZ.T / dZ.size, b - 0.1 * np.mean(dZ)
neuron_train, neuron_test = (
    np.mean((w.T @ X + b > 0) == Y) for X, Y in ((X_train, cats.Y_train), (X_test, cats.Y_test))
)
print(f"logistic regression: right on {neuron_train:.1%} of the training and {neuron_test:.1%} of the test pictures")

# %%
positions = np.arange(len(accuracies))
means = np.array([np.mean(found, axis=0) for found in accuracies.values()]) * 100
plt.bar(positions - 0.2, means[:, 0], 0.4, label="training pictures", color=plots.COLORS[5])
plt.bar(positions + 0.2, means[:, 1], 0.4, label="test pictures", color=plots.COLORS[0], hatch="//", edgecolor="white")
label = f"logistic regression, test: {neuron_test:.1%}"
plt.axhline(100 * neuron_test, color="gray", linestyle="--", linewidth=1, label=label)
plt.xticks(positions, list(accuracies))
plt.ylim(80, 104)
plt.yticks(range(80, 101, 5))
plt.ylabel("right decisions in %")
plt.title("With the same fit, non-linear hidden units beat linear ones by 4 points")
plt.legend(loc="upper left", ncols=3, fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Linear hidden units reach about 87 % on the test pictures. The network is one linear formula, as you proved: it fits
# the training pictures better than logistic regression does (97 % against 93 %) and the test pictures worse: least squares with so many weights overfits. (The penalty in `fit_output`, called *ridge*, holds the output weights only a little; a stronger one would bring the linear units to about the 90 % of logistic regression.) With each of the four
# non-linear activations it is 91 to 92 %, 4 to 5 points above the linear units, although nobody trained the hidden weights. The gap to
# logistic regression (about 90 %) and those between the four are smaller than the standard error of 396 test pictures (1.5 points): this
# experiment does not decide them. In lesson 03 the hidden weights learn as well.

# %% [markdown]
# ## What you built
#
# - `activation` and `activation_derivative`: sigmoid, tanh, ReLU, leaky ReLU and their slopes, safe for large scores;
# - `collapse`: the proof, in code, that layers without activation functions are one layer;
# - `output_activation`: the output layer chosen from the labels;
# - and you measured what non-linear hidden units are worth on real pictures.
#
# ## On your own
#
# - Make the hidden weights of section 5 ten times larger, then ten times smaller. Which activation suffers, and why?
# - Softplus is $\log(1 + e^z)$. What is its slope? Where have you seen it?
# - How many of the 1,000 ReLU units are 0 for every training picture? And with `b1 - 3`?
#
# ## In practice
#
# `torch.nn.ReLU`, `LeakyReLU`, `Tanh`, `Sigmoid` and the same names in Keras. Large language models often use GELU, a smooth relative of ReLU.
# Networks with random hidden weights are known as *random features* or *extreme learning machines*; `sklearn.kernel_approximation` has some.
#
# ## References
#
# - X. Glorot, A. Bordes and Y. Bengio (2011), *Deep sparse rectifier neural networks*, AISTATS.
# - A. L. Maas, A. Y. Hannun and A. Y. Ng (2013), *Rectifier nonlinearities improve neural network acoustic models*, ICML workshop.
# - A. Rahimi and B. Recht (2007), *Random features for large-scale kernel machines*, NIPS.
