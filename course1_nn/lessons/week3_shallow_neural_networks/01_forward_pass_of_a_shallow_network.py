# %% [markdown]
# You will build a neural network with one hidden layer, compute its output for hundreds of pictures at once, and choose
# weights by hand for a question that no single neuron can answer.

# %% [markdown]
# ## What you will be able to do
#
# - name the layers of a network, write the shape of every weight matrix, and count the parameters;
# - compute the output for one example, unit by unit;
# - compute it for all examples with two matrix products, and say why each column is one example;
# - choose weights by hand so that a network says "one of the two, but not both";
# - say what a hidden layer is for.
#
# **What you need** from week 2: the neuron of
# [lesson 01](../week2_neural_network_basics/01_logistic_regression.ipynb), matrix products in place of loops
# ([lesson 04](../week2_neural_network_basics/04_vectorized_logistic_regression.ipynb)), and broadcasting
# ([lesson 05](../week2_neural_network_basics/05_broadcasting_and_vectors.ipynb)).
#
# In this lesson nothing is learned from data except in the last section: the weights are given, or you choose them. How
# a network finds its own weights is the subject of lesson 03.
#
# The set-up cell gives you the sigmoid. `time` will measure how long a computation takes.

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
rng = np.random.default_rng(31)


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ## 1. From a neuron to a network
#
# *What is inside a neural network?*
#
# A neuron does two things: it computes a score $z = w^T x + b$, and then an activation $a = \sigma(z)$. A **neural
# network** is made of many neurons. They are then called **units**. Some units take the input; other units take the
# activations of those. The next two cells draw a small network. (You need not read their code.)


# %%
def draw_network(axis, sizes, parameters=None):
    """Draws the units of layers 0, 1 and 2 (one output), an edge for each weight; if given, the parameters."""
    places = [[(layer, (n - 1) / 2 - j) for j in range(n)] for layer, n in enumerate(sizes)]
    for layer in (1, 2):
        W = np.ones((sizes[layer], sizes[layer - 1])) if parameters is None else parameters[f"W{layer}"]
        for j, (x_end, y_end) in enumerate(places[layer]):
            for k, (x, y) in enumerate(places[layer - 1]):
                color = "silver" if parameters is None else plots.COLORS[int(W[j, k] >= 0)]
                width = 1.5 if parameters is None else 0.5 + 3 * abs(W[j, k]) / np.abs(W).max()
                style = "--" if W[j, k] < 0 else "-"
                axis.plot([x, x_end], [y, y_end], color=color, linewidth=width, linestyle=style, zorder=1)
                if parameters is not None:
                    label = {"color": color, "ha": "center", "va": "center", "fontsize": 9, "backgroundcolor": "white"}
                    axis.text(x + 0.3, y + 0.3 * (y_end - y), f"{W[j, k]:.3g}", **label)
    hidden = [f"$a^{{[1]}}_{j + 1}$" for j in range(sizes[1])]
    names = ([f"$x_{j + 1}$" for j in range(sizes[0])], hidden, ["$a^{[2]}$"])
    for layer, column in enumerate(places):
        for j, (x, y) in enumerate(column):
            axis.scatter(x, y, s=1100, facecolor="white", edgecolor="black", linewidth=1.5, zorder=2)
            axis.text(x, y, names[layer][j], ha="center", va="center", fontsize=12, zorder=3)
            if parameters is not None and layer > 0:
                axis.text(x, y - 0.24, f"b = {parameters[f'b{layer}'][j, 0]:.3g}", ha="center", va="top", fontsize=9)
    axis.set(xlim=(-0.35, 2.35), ylim=(-max(sizes) / 2 - 0.1, max(sizes) / 2 + 0.1))
    axis.set_axis_off()


# %%
figure, axis = plt.subplots(figsize=(7, 4.2))
draw_network(axis, (3, 4, 1))
for layer, text in enumerate(("layer 0: input\n$n_x = 3$", "layer 1: hidden\n$n_h = 4$", "layer 2: output\n$n_y = 1$")):
    axis.text(layer, 2.05, text, ha="center", va="bottom")
axis.text(0.5, -1.75, "W1 (4, 3)\nb1 (4, 1)", ha="center", va="top")
axis.text(1.5, -1.75, "W2 (1, 4)\nb2 (1, 1)", ha="center", va="top")
axis.set_ylim(-2.3, 2.7)
axis.set_title("A network with one hidden layer: each edge is a weight")
plt.show()

# %% [markdown]
# *What to notice.* Three columns of circles, and an edge from each circle to each circle of the next column.
#
# - **Layer 0** is the input: $n_x$ numbers. It computes nothing, so it is not counted. This is a network of 2 layers.
# - **Layer 1** is the **hidden layer**: $n_h$ units. Its values are neither in the input nor in the labels; nobody
#   tells them what to be. Therefore "hidden".
# - **Layer 2** is the **output layer**: $n_y$ units. For cat or not cat, $n_y = 1$.
#
# A network with one hidden layer is called *shallow*; one with many is called *deep* (week 4).
#
# **How to read $a^{[1]}_2$ and $x^{(3)}$.** Square brackets: the layer. Round brackets: the example. Below: the unit,
# counted from 1. So $a^{[1](3)}_2$ is the activation of unit 2 in layer 1 for example 3. In code the layer stands in
# the name: `W1`, `A1`. For whole matrices we write the same in formulas, too: our $W_1$ is $W^{[1]}$ in the lectures.
#
# Each unit of layer 1 has a row of $n_x$ weights and one bias. All rows, one below the other, are the matrix $W_1$; all
# biases are the column $b_1$. Layer 2 is built in the same way, with the $n_h$ activations in the place of the input:
#
# | | shape | how many numbers |
# |---|---|---|
# | $W_1$ | $(n_h, n_x)$ | $n_h \cdot n_x$ |
# | $b_1$ | $(n_h, 1)$ | $n_h$ |
# | $W_2$ | $(n_y, n_h)$ | $n_y \cdot n_h$ |
# | $b_2$ | $(n_y, 1)$ | $n_y$ |
#
# One rule for both layers: **rows = units of this layer, columns = units of the layer before**. A program keeps the
# four arrays in a dict, `parameters`, with the keys `"W1"`, `"b1"`, `"W2"` and `"b2"`. These are the **parameters**:
# the numbers that training will change.
#
# *On paper.* The network in the picture has $4 \cdot 3 + 4 + 1 \cdot 4 + 1 = 21$ parameters.
#
# First: which sizes does a network need for given data? The examples are columns, as always: `X (n_x, m)`,
# `Y (n_y, m)`. The data fix $n_x$ and $n_y$; you choose $n_h$.
#
# ### Exercise 1: `layer_sizes`


# %% exercise="layer_sizes"
def layer_sizes(X, Y, n_h):
    """The numbers of units in layers 0, 1 and 2 of a network for the data X, Y.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: labels as columns, shape (n_y, m).
        n_h: how many hidden units you want.

    Returns:
        The tuple (n_x, n_h, n_y).

    Raises:
        ValueError: X and Y do not hold the same number of examples.

    Example:
        layer_sizes(np.zeros((3, 5)), np.zeros((2, 5)), 4) is (3, 4, 2).
    """
    # 1. Which axis of X and Y counts the examples? It must be equally long in both.
    # 2. Which axis counts the numbers of one example?
    ### BEGIN SOLUTION
    n_x, m = X.shape
    n_y, m_labels = Y.shape
    if m != m_labels:
        raise ValueError(f"X holds {m} examples, Y holds {m_labels}")
    return n_x, n_h, n_y
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `X.shape` is the pair `(n_x, m)`, so `X.shape[0]` is $n_x$ and `X.shape[1]` is $m$. Write
# `if …: raise ValueError("…")`. Do not assume that there is one output: $n_y$ is the number of rows of `Y`.
# </details>

# %% check="layer_sizes" points=1
with checks.exercise("layer_sizes"):

    def check_sizes(n_x, n_h, n_y, m):
        what = f"layer_sizes(X, Y, {n_h}), X of shape ({n_x}, {m}), Y of shape ({n_y}, {m})"
        answer = layer_sizes(np.zeros((n_x, m)), np.zeros((n_y, m)), n_h)
        count = f"{what}: got {answer}; {m} is the number of examples, and a network does not depend on it"
        checks.that(not (isinstance(answer, tuple) and m in answer and len(answer) == 3), count)
        checks.equal(what, answer, (n_x, n_h, n_y))

    checks.unchanged(layer_sizes, np.zeros((3, 5)), np.zeros((2, 5)), 4)
    check_sizes(3, 4, 2, 5)
    check_sizes(784, 20, 1, 6)
    what = "layer_sizes(X, Y, 4), X of shape (3, 5), Y of shape (1, 6)"
    checks.raises(what, ValueError, layer_sizes, np.zeros((3, 5)), np.zeros((1, 6)), 4)
    ### BEGIN HIDDEN TESTS
    for sizes in ((7, 3, 4, 9), (2, 11, 6, 1), (5, 1, 3, 8)):
        check_sizes(*sizes)
    what = "layer_sizes(X, Y, 2), X of shape (5, 7), Y of shape (5, 3)"
    checks.raises(what, ValueError, layer_sizes, np.zeros((5, 7)), np.zeros((5, 3)), 2)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: `parameter_shapes`
#
# Now the shapes of the four arrays, and how many numbers they hold together.


# %% exercise="parameter_shapes"
def parameter_shapes(n_x, n_h, n_y):
    """The shape of each parameter of a network with one hidden layer, and the number of parameters.

    Args:
        n_x, n_h, n_y: how many inputs, hidden units and outputs.

    Returns:
        (shapes, count): shapes is a dict with the keys "W1", "b1", "W2", "b2" whose values are tuples (or
        lists) of two whole numbers; count is how many numbers the four arrays hold together, a whole number.

    Example:
        parameter_shapes(3, 4, 1) is ({"W1": (4, 3), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}, 21).
    """
    # 1. Rows: the units of this layer. Columns: the units of the layer before. A bias is a column.
    # 2. How many numbers does an array of shape (r, c) hold?
    ### BEGIN SOLUTION
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    count = sum(rows * columns for rows, columns in shapes.values())
    return shapes, count
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The table above has all four shapes. The count is its last column, added up: $n_h n_x + n_h + n_y n_h + n_y$. A shape
# with one number, `(n_h,)`, is not a column; a column is `(n_h, 1)`.
# </details>

# %% check="parameter_shapes" points=2
with checks.exercise("parameter_shapes"):

    def check_shapes(n_x, n_h, n_y):
        what, answer = f"parameter_shapes({n_x}, {n_h}, {n_y})", parameter_shapes(n_x, n_h, n_y)
        two = isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[0], dict)
        checks.that(two, f"{what}: expected the two results (shapes, count), shapes a dict")
        shapes, count = answer
        more = f"{what}: shapes holds {', '.join(map(str, shapes))}; a network of 2 layers has only W1, b1, W2, b2"
        checks.that(set(shapes) <= {"W1", "b1", "W2", "b2"}, more)
        for key, here, before in (("W1", n_h, n_x), ("b1", n_h, 1), ("W2", n_y, n_h), ("b2", n_y, 1)):
            name, got = f'shapes["{key}"] in {what}', shapes.get(key)
            checks.that(key in shapes, f'{what}: the key "{key}" is missing in shapes')
            checks.that(isinstance(got, tuple | list), f"{name}: expected a tuple of two numbers")
            turned = f"{name}: got {got}; rows are the units of this layer, columns those of the layer before"
            checks.that(before == 1 or here == before or tuple(got) != (before, here), turned)
            lying = key[0] == "b" and tuple(got) in ((here,), (1, here)) and here != 1
            checks.that(not lying, f"{name}: got {got}; a bias is a column, with 1 as its second number")
            checks.equal(name, tuple(got), (here, before))
        weights = n_h * n_x + n_y * n_h
        checks.that(count != weights, f"count in {what}: got {weights}; these are the weights, the biases count too")
        checks.equal(f"count in {what}", count, weights + n_h + n_y)
        checks.that(isinstance(count, int | np.integer), f"count in {what}: got {count!r}, expected a whole number")

    check_shapes(3, 4, 1)
    check_shapes(784, 20, 5)
    ### BEGIN HIDDEN TESTS
    for sizes in ((5, 2, 3), (2, 9, 4), (1, 6, 1), (7, 1, 2)):
        check_shapes(*sizes)
    ### END HIDDEN TESTS

# %% [markdown]
# How large is a network for the cat pictures of week 2? They have 784 pixels, so $n_x = 784$, and $n_y = 1$.

# %%
print("logistic regression: 784 + 1 = 785 parameters")
for n_h in (2, 4, 20, 100):
    shapes, count = parameter_shapes(784, n_h, 1)
    print(f"n_h = {n_h:3}: W1 {shapes['W1']} holds {784 * n_h:6,} of all {count:6,} parameters")

# %% [markdown]
# *What to notice.* Nearly all parameters are in $W_1$: $784 \cdot n_h$ of them. Each hidden unit looks at the whole
# picture, with 784 weights of its own. That is as much as all of logistic regression, for each unit.
#
# ## 2. One example, unit by unit
#
# *What does the network compute when one picture comes in?*
#
# One example is a column $x$ of shape $(n_x, 1)$. Each hidden unit $j$ does what a neuron does, with its own row of
# weights:
#
# $$z^{[1]}_j = \sum_{k=1}^{n_x} (W_1)_{jk}\, x_k + (b_1)_j, \qquad
# a^{[1]}_j = \tanh\bigl(z^{[1]}_j\bigr), \qquad j = 1, \dots, n_h.$$
#
# Then each output unit does the same, with the hidden activations in the place of the input:
#
# $$z^{[2]}_j = \sum_{k=1}^{n_h} (W_2)_{jk}\, a^{[1]}_k + (b_2)_j, \qquad
# a^{[2]}_j = \sigma\bigl(z^{[2]}_j\bigr), \qquad j = 1, \dots, n_y.$$
#
# Two things to see:
#
# - The hidden units use $\tanh$ in the place of the sigmoid. It has the same S-shape, but its values lie between $-1$
#   and $1$, with $\tanh(0) = 0$. Lesson 02 says why this is better. The output stays a sigmoid, because it is a
#   probability.
# - **The output unit is logistic regression**, with $a^{[1]}$ in the place of $x$. It never sees the pixels. It sees
#   only what the hidden units make of them.
#
# *On paper.* $n_x = 3$, $n_h = 2$, $n_y = 1$, and the numbers
#
# $$x = \begin{bmatrix} 2 \\ -1 \\ 3 \end{bmatrix}, \quad
# W_1 = \begin{bmatrix} 0.5 & 1.5 & 0.4 \\ -0.3 & 0.6 & 0.3 \end{bmatrix}, \quad
# b_1 = \begin{bmatrix} -0.2 \\ -0.5 \end{bmatrix}, \quad
# W_2 = \begin{bmatrix} 2 & -0.5 \end{bmatrix}, \quad b_2 = \begin{bmatrix} -0.3 \end{bmatrix}.$$
#
# | unit | score $z$ | activation $a$ |
# |---|---|---|
# | hidden 1 | $0.5 \cdot 2 + 1.5 \cdot (-1) + 0.4 \cdot 3 - 0.2 = 0.5$ | $\tanh(0.5) = 0.462$ |
# | hidden 2 | $-0.3 \cdot 2 + 0.6 \cdot (-1) + 0.3 \cdot 3 - 0.5 = -0.8$ | $\tanh(-0.8) = -0.664$ |
# | output | $2 \cdot 0.462 - 0.5 \cdot (-0.664) - 0.3 = 0.956$ | $\sigma(0.956) = 0.722$ |
#
# ### Exercise 3: `forward_one`
#
# Write it unit by unit, with a loop over the units of each layer. You will write the fast version soon; this one is to
# understand, and later to test the fast one.


# %% exercise="forward_one"
def forward_one(x, parameters):
    """The output of the network for one example: tanh in the hidden layer, sigmoid in the output layer.

    Args:
        x: one example, shape (n_x, 1), of any number type.
        parameters: a dict with "W1" (n_h, n_x), "b1" (n_h, 1), "W2" (n_y, n_h) and "b2" (n_y, 1).

    Returns:
        a2, the activations of the output layer, shape (n_y, 1).

    Example:
        for the numbers of "On paper" above, a2 is [[0.722]].
    """
    # 1. Take the four arrays out of the dict. How many units has each layer?
    # 2. Each hidden unit: its row of weights times x, plus its bias; then tanh.
    # 3. Each output unit: its row of weights times the hidden activations, plus its bias; then the sigmoid.
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    n_h, n_y = W1.shape[0], W2.shape[0]
    a1 = np.empty(n_h)
    for j in range(n_h):
        a1[j] = np.tanh(np.sum(W1[j] * x[:, 0]) + b1[j, 0])
    a2 = np.empty((n_y, 1))
    for j in range(n_y):
        a2[j, 0] = sigmoid(np.sum(W2[j] * a1) + b2[j, 0])
    return a2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `W1 = parameters["W1"]`, and so on. `W1` has one row for each hidden unit, so `n_h = W1.shape[0]`. Start with
# `a1 = np.zeros(n_h)`, one number for each unit, and fill in `a1[j]` for each `j`. The answer must be a column:
# `a2 = np.zeros((n_y, 1))`, filled in at `a2[j, 0]`.
# </details>
# <details><summary>Hint 2</summary>
#
# `W1[j]` is the row of unit `j`, with $n_x$ numbers; `x[:, 0]` holds the $n_x$ numbers of the example. Their score is
# `np.sum(W1[j] * x[:, 0]) + b1[j, 0]`. `np.tanh` exists, `sigmoid` is in the set-up cell. The second layer is the same
# code with `W2`, `a1`, `b2`.
# </details>

# %% check="forward_one" points=3
with checks.exercise("forward_one"):

    def by_hand(x, p):
        """The output with one number at a time."""
        n_h, n_x = p["W1"].shape
        a1 = [np.tanh(sum(p["W1"][j, k] * x[k, 0] for k in range(n_x)) + p["b1"][j, 0]) for j in range(n_h)]
        z2 = [sum(w * a for w, a in zip(row, a1, strict=True)) + b[0] for row, b in zip(p["W2"], p["b2"], strict=True)]
        return np.array([[1 / (1 + np.exp(-z))] for z in z2])

    def check_one(what, x, p):
        z1 = p["W1"] @ x + p["b1"]
        z2 = p["W2"] @ np.tanh(z1) + p["b2"]
        slips = {
            "the hidden units have the sigmoid; here they need tanh": sigmoid(p["W2"] @ sigmoid(z1) + p["b2"]),
            "the hidden units have no tanh": sigmoid(p["W2"] @ z1 + p["b2"]),
            "this is the score z2; the sigmoid of it is missing": z2,
            "the output has tanh; here it needs the sigmoid": np.tanh(z2),
            "b1 is left out": sigmoid(p["W2"] @ np.tanh(z1 - p["b1"]) + p["b2"]),
            "b2 is left out": sigmoid(z2 - p["b2"]),
            "b1 and b2 are left out": sigmoid(p["W2"] @ np.tanh(z1 - p["b1"])),
            "all hidden activations are 0; were they written into an integer array?": sigmoid(p["b2"]),
        }
        a2 = forward_one(x, p)
        rows = f"{what}: expected shape {z2.shape}, got shape {np.shape(a2)}: one row for each output unit"
        checks.that(np.shape(a2) == z2.shape or np.shape(a2)[1:] != (1,), rows)
        checks.close(what, a2, by_hand(x, p), mistakes=slips)

    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    paper = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5]]), "b2": np.array([[-0.3]])}
    x = np.array([[2], [-1], [3]])
    checks.unchanged(forward_one, x, paper)
    check_one("forward_one(x, parameters) for the numbers on paper", x, paper)
    W2, b2 = np.array([[2.0, -0.5], [0.7, 1.3], [-0.4, 0.9]]), np.array([[-0.3], [0.8], [0.2]])
    check_one("forward_one(x, parameters) with n_x = 3, n_h = 2, n_y = 3", x, paper | {"W2": W2, "b2": b2})
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(311)
    for n_x, n_h, n_y in ((5, 4, 2), (2, 7, 3), (6, 1, 1), (1, 3, 4)):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        p = {key: check_rng.normal(0, 0.7, shape) for key, shape in shapes.items()}
        what = f"forward_one(x, parameters) with n_x = {n_x}, n_h = {n_h}, n_y = {n_y}"
        check_one(what, check_rng.normal(0, 1, (n_x, 1)), p)
    x, p["W1"] = np.array([[2]]), np.array([[1], [-2], [1]])
    check_one("forward_one(x, parameters) with whole numbers in x and W1", x, p)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Many examples: the slow and sure way
#
# *I can do one. How do I do $m$?*
#
# Take the columns of $X$ one after the other, and put the answers side by side:
#
# $$X = \begin{bmatrix} | & & | \\ x^{(1)} & \cdots & x^{(m)} \\ | & & | \end{bmatrix} \text{ of shape } (n_x, m)
# \quad\longrightarrow\quad
# A_2 = \begin{bmatrix} | & & | \\ a^{[2](1)} & \cdots & a^{[2](m)} \\ | & & | \end{bmatrix}
# \text{ of shape } (n_y, m).$$
#
# *On paper.* A second example, $x^{(2)} = [1, 0.5, -2]^T$, through the same network: the hidden scores are
# $0.5 + 0.75 - 0.8 - 0.2 = 0.25$ and $-0.3 + 0.3 - 0.6 - 0.5 = -1.1$, the activations $0.245$ and $-0.800$, the output
# $\sigma(0.590) = 0.643$. Both together: $A_2 = [0.722, 0.643]$, shape $(1, 2)$.
#
# ### Exercise 4: `forward_by_stacking`


# %% exercise="forward_by_stacking"
def forward_by_stacking(X, parameters):
    """The outputs of the network for all examples, one example at a time.

    Args:
        X: examples as columns, shape (n_x, m), m >= 1, of any number type.
        parameters: a dict with "W1", "b1", "W2" and "b2", as for forward_one.

    Returns:
        A2, shape (n_y, m): column i is what forward_one returns for column i of X.

    Example:
        for the two examples on paper above, A2 is [[0.722, 0.643]].
    """
    # 1. How many examples are there?
    # 2. Take column i out of X so that it still is a column, of shape (n_x, 1).
    # 3. Put the answers, each of shape (n_y, 1), side by side.
    ### BEGIN SOLUTION
    columns = [forward_one(X[:, [i]], parameters) for i in range(X.shape[1])]
    return np.concatenate(columns, axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `X[:, i]` has shape `(n_x,)`: the column has become a rank-1 array (week 2, lesson 05). `X[:, i : i + 1]` keeps it a
# column. Collect the answers in a list, then `np.hstack(answers)` puts them side by side. (`np.vstack` would put them
# one below the other.)
# </details>

# %% check="forward_by_stacking" points=2
with checks.exercise("forward_by_stacking"):

    def column_by_column(X, p):
        A2 = np.zeros((len(p["b2"]), X.shape[1]))
        for i in range(X.shape[1]):
            a1 = np.tanh((p["W1"] * X[:, i]).sum(axis=1) + p["b1"][:, 0])
            A2[:, i] = 1 / (1 + np.exp(-(p["W2"] * a1).sum(axis=1) - p["b2"][:, 0]))
        return A2

    def check_stacking(what, X, p):
        A2 = column_by_column(X, p)
        slips = {
            "every column is the answer for example 1": np.repeat(A2[:, :1], X.shape[1], axis=1),
            "every column is the answer for the last example": np.repeat(A2[:, -1:], X.shape[1], axis=1),
        }
        answer = forward_by_stacking(X, p)
        got = f"{what}: expected shape {A2.shape}, got shape {np.shape(answer)}"
        few = np.shape(answer)[:1] == A2.shape[:1] and np.ndim(answer) == 2 and np.shape(answer) != A2.shape
        columns = "one column for each example; is X[:, i:i + 1], a column, taken for every i?"
        checks.that(not few, f"{got}: {columns}")
        low = np.shape(answer)[1:] == A2.shape[1:] and np.shape(answer) != A2.shape
        checks.that(not low, f"{got}: one row for each output unit")
        checks.close(what, answer, A2, mistakes=slips)

    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    p = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5]]), "b2": np.array([[-0.3]])}
    X = np.array([[2, 1, -3, 0.7, 1.2], [-1, 0.5, 2, 0.4, -0.6], [3, -2, 1.1, -0.9, 0.8]])
    checks.unchanged(forward_by_stacking, X, p)
    check_stacking("forward_by_stacking(X, parameters), the 2 examples on paper", X[:, :2], p)
    p |= {"W2": np.array([[2.0, -0.5], [0.7, 1.3]]), "b2": np.array([[-0.3], [0.8]])}
    check_stacking("forward_by_stacking(X, parameters), X of shape (3, 5), n_h = 2, n_y = 2", X, p)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(312)
    for n_x, n_h, n_y, m in ((4, 3, 2, 6), (2, 5, 3, 7), (6, 2, 1, 1), (1, 2, 4, 3)):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        p = {key: check_rng.normal(0, 0.8, shape) for key, shape in shapes.items()}
        what = f"forward_by_stacking(X, parameters), X of shape ({n_x}, {m}), n_h = {n_h}, n_y = {n_y}"
        check_stacking(what, check_rng.normal(0, 1, (n_x, m)), p)
    check_stacking("forward_by_stacking(X, parameters), X of whole numbers", check_rng.integers(-2, 3, (1, 5)), p)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. All examples with two matrix products
#
# *Where did the loop over the units go, and where the loop over the examples?*
#
# **The units.** The scores of all hidden units for one example are a matrix times a column: row $j$ of $W_1$ times $x$
# is the score of unit $j$. So $z^{[1]} = W_1 x + b_1$, with the shapes $(n_h, n_x)(n_x, 1) + (n_h, 1) \to (n_h, 1)$.
#
# **The examples.** A matrix times several columns gives several columns, each computed on its own:
#
# $$W_1 X = W_1 \begin{bmatrix} | & & | \\ x^{(1)} & \cdots & x^{(m)} \\ | & & | \end{bmatrix}
# = \begin{bmatrix} | & & | \\ W_1 x^{(1)} & \cdots & W_1 x^{(m)} \\ | & & | \end{bmatrix}.$$
#
# Nothing mixes the columns: column $i$ on the right depends on column $i$ of $X$ alone. $b_1$ is a column of shape
# $(n_h, 1)$, so broadcasting adds it to each column. $\tanh$ works on each entry. So everything stays column by
# column, through both layers:
#
# $$\begin{aligned}
# Z_1 &= W_1 X + b_1 &&(n_h, n_x)(n_x, m) + (n_h, 1) \to (n_h, m) \\
# A_1 &= \tanh(Z_1) &&(n_h, m) \\
# Z_2 &= W_2 A_1 + b_2 &&(n_y, n_h)(n_h, m) + (n_y, 1) \to (n_y, m) \\
# A_2 &= \sigma(Z_2) &&(n_y, m)
# \end{aligned}$$
#
# In each of these matrices you walk **down** through the units and **to the right** through the examples.
#
# *On paper*, with both examples from above, $X = \begin{bmatrix} 2 & 1 \\ -1 & 0.5 \\ 3 & -2 \end{bmatrix}$:
#
# $$Z_1 = \begin{bmatrix} 0.5 & 0.25 \\ -0.8 & -1.1 \end{bmatrix}, \quad
# A_1 = \begin{bmatrix} 0.462 & 0.245 \\ -0.664 & -0.800 \end{bmatrix}, \quad
# Z_2 = \begin{bmatrix} 0.956 & 0.590 \end{bmatrix}, \quad A_2 = \begin{bmatrix} 0.722 & 0.643 \end{bmatrix}.$$
#
# The first columns are the numbers of section 2, the second columns those of section 3.
#
# This computation from the input to the output is the **forward pass**. Training will need the four matrices again, so
# the function returns them, too, in a dict with the name `cache` (a store for things that are needed later).
#
# ### Exercise 5: `forward`


# %% exercise="forward"
def forward(X, parameters):
    """The forward pass of a network with one hidden layer, for all examples, without a loop over examples.

    Args:
        X: examples as columns, shape (n_x, m), of any number type.
        parameters: a dict with "W1" (n_h, n_x), "b1" (n_h, 1), "W2" (n_y, n_h) and "b2" (n_y, 1).

    Returns:
        (A2, cache): A2 has shape (n_y, m); cache is a dict with the keys "Z1" and "A1", both of shape (n_h, m), and
        "Z2" and "A2", both of shape (n_y, m). Z1 and Z2 are the scores, A1 = tanh(Z1), A2 = sigmoid(Z2).

    Example:
        for the two examples on paper, A2 is [[0.722, 0.643]] and cache["Z1"] is [[0.5, 0.25], [-0.8, -1.1]].
    """
    # 1. Four lines, one for each formula above. Write the shape of each result next to it.
    # 2. Keep all four results for later.
    ### BEGIN SOLUTION
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `@` is the matrix product: `W1 @ X` has shape `(n_h, m)`. If NumPy says that shapes do not fit, print `W1.shape` and
# `X.shape`: nothing needs to be transposed here. At the end: `return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}`.
# </details>

# %% check="forward" points=3
with checks.exercise("forward"):

    def entry_by_entry(X, p):
        """Z1, A1, Z2, A2 with one number at a time."""

        def scores(W, A, b):
            columns = range(A.shape[1])
            return np.array([[sum(W[j] * A[:, i]) + b[j, 0] for i in columns] for j in range(len(W))])

        Z1 = scores(p["W1"], X, p["b1"])
        Z2 = scores(p["W2"], np.tanh(Z1), p["b2"])
        return {"Z1": Z1, "A1": np.tanh(Z1), "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}

    def check_forward(what, X, p):
        answer = forward(X, p)
        two = isinstance(answer, tuple | list) and len(answer) == 2
        checks.that(two, f"{what}: expected the two results (A2, cache)")
        A2, cache = answer
        checks.that(isinstance(cache, dict), f"{what}: expected cache to be a dict")
        right = entry_by_entry(X, p)
        Z1, Z2, sigmoid_of_Z1 = right["Z1"], right["Z2"], 1 / (1 + np.exp(-right["Z1"]))
        slips = {
            "Z1": {
                "b1 is left out": Z1 - p["b1"],
                "b1 is subtracted": Z1 - 2 * p["b1"],
                "this is A1; keep the scores from before tanh": right["A1"],
            },
            "A1": {
                "the hidden layer has the sigmoid; here it needs tanh": sigmoid_of_Z1,
                "this is Z1; tanh is missing": Z1,
            },
            "Z2": {
                "b2 is left out": Z2 - p["b2"],
                "b2 is subtracted": Z2 - 2 * p["b2"],
                "W2 is multiplied with Z1; layer 2 takes A1": p["W2"] @ Z1 + p["b2"],
                "this is A2; keep the scores from before the sigmoid": right["A2"],
            },
            "A2": {
                "this is Z2; the sigmoid is missing": Z2,
                "the output has tanh; here it needs the sigmoid": np.tanh(Z2),
            },
        }
        for key, value in right.items():
            checks.that(key in cache, f'{what}: the key "{key}" is missing in cache')
            checks.close(f'cache["{key}"] in {what}', cache[key], value, mistakes=slips[key])
        checks.close(f"A2 in {what}", A2, right["A2"], mistakes=slips["A2"])

    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    p = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5]]), "b2": np.array([[-0.3]])}
    X = np.array([[2, 1, -3, 0.7, 1.2], [-1, 0.5, 2, 0.4, -0.6], [3, -2, 1.1, -0.9, 0.8]])
    checks.unchanged(forward, X, p)
    check_forward("forward(X, parameters), the 2 examples on paper", X[:, :2], p)
    p |= {"W2": np.array([[2.0, -0.5], [0.7, 1.3]]), "b2": np.array([[-0.3], [0.8]])}
    check_forward("forward(X, parameters), X of shape (3, 5), n_h = 2, n_y = 2", X, p)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(313)
    for n_x, n_h, n_y, m in ((4, 3, 2, 6), (2, 5, 3, 7), (6, 2, 1, 1), (5, 4, 4, 4), (1, 2, 4, 3)):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        p = {key: check_rng.normal(0, 0.8, shape) for key, shape in shapes.items()}
        what = f"forward(X, parameters), X of shape ({n_x}, {m}), n_h = {n_h}, n_y = {n_y}"
        check_forward(what, check_rng.normal(0, 1, (n_x, m)), p)
    check_forward("forward(X, parameters), X of whole numbers", check_rng.integers(-2, 3, (1, 5)), p)
    ### END HIDDEN TESTS

# %% [markdown]
# Do both ways give the same numbers? Here are the real cat pictures, made small (each fourth pixel of each fourth row,
# 49 pixels), and a network with 4 hidden units and random weights. `parameter_shapes` of exercise 2 tells how to make
# them. First the answers:

# %%
cats = data.load_cat_pictures()
X_small = cats.X_train[:, 2::4, 2::4].reshape(len(cats.X_train), -1).T / 255
shapes, count = parameter_shapes(len(X_small), 4, 1)
random_parameters = {key: rng.normal(0, 0.5, shape) for key, shape in shapes.items()}
gap = np.max(np.abs(forward(X_small, random_parameters)[0] - forward_by_stacking(X_small, random_parameters)))
print(f"X {X_small.shape}, {count} parameters; largest difference between the two A2: {gap:.0e}")

# %% [markdown]
# Then the times, for 1 picture up to 1,024:


# %%
def seconds(function, *arguments, repeats=7):
    """The shortest time of some calls of function(*arguments), in seconds, after one call to warm up."""
    function(*arguments)
    times = []
    while len(times) < repeats and sum(times) < 0.3:
        begin = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - begin)
    return min(times)


sizes, slow, fast = np.array([1, 4, 16, 64, 256, 1024]), [], []
for m in sizes:
    X = X_small[:, :m].copy()
    slow.append(seconds(forward_by_stacking, X, random_parameters))
    fast.append(seconds(forward, X, random_parameters))
    print(f"m = {m:4}: one by one {1000 * slow[-1]:8.3f} ms, all at once {1000 * fast[-1]:.3f} ms")

# %%
plt.loglog(sizes, slow, marker="o", label="forward_by_stacking: one example at a time")
plt.loglog(sizes, fast, marker="s", label="forward: all at once")
plt.xlabel("number of examples m")
plt.ylabel("time in seconds")
plt.title("The same outputs; all at once is far faster when there are many examples")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The difference is about $10^{-16}$, or even 0: the same numbers up to rounding. Column $i$ of
# `forward` **is** `forward_one` of example $i$.
#
# Both axes are logarithmic. The upper line is straight: ten times the examples, ten times the time. The lower line is
# nearly flat at first: for few examples most of the time goes into calling NumPy. For 1,024 pictures the difference is
# a factor of a hundred or more. (The times are those of your computer and differ from run to run. Are
# your lines close together? Then `forward` still holds a loop over the examples.)
#
# Now you see why $b_1$ must be a column. With shape $(n_h, 1)$ broadcasting adds it to each column of $W_1 X$. With
# shape $(n_h,)$ it would be read as a row: an error, or, if $m$ is $n_h$ or 1, wrong numbers without an error (for
# $m = 1$ even of shape $(n_h, n_h)$).
#
# ## 5. What one neuron cannot do
#
# *Why do we want a hidden layer at all?*
#
# Two inputs, each 0 or 1. The question: **is exactly one of them 1?** It is called XOR (*exclusive or*).
#
# | $x_1$ | $x_2$ | $y$ |
# |---|---|---|
# | 0 | 0 | 0 |
# | 0 | 1 | 1 |
# | 1 | 0 | 1 |
# | 1 | 1 | 0 |
#
# One neuron says 1 where its score is above 0. It would need
#
# $$b \le 0, \qquad w_2 + b > 0, \qquad w_1 + b > 0, \qquad w_1 + w_2 + b \le 0.$$
#
# Add the two in the middle: $w_1 + w_2 + 2b > 0$. Add the first and the last: $w_1 + w_2 + 2b \le 0$. Both cannot be
# true. **So no single neuron computes XOR**, whatever its weights, and no training can help.
#
# **A hidden unit as a step.** $\tanh(k(s - t))$ with a large $k$ is a step at the **threshold** $t$: nearly $-1$ for
# $s < t$, nearly $1$ for $s > t$. The number $k$ is the **steepness**. With two steps a network can say "between":
#
# *On paper.* One input $s$; the answer shall be 1 for $-1 < s < 2$, else 0. Unit 1 steps at $-1$, unit 2 at $2$:
#
# | $s$ | $a_1 = \tanh(k(s + 1))$ | $a_2 = \tanh(k(s - 2))$ | $a_1 - a_2 - 1$ | output $\sigma(k(a_1 - a_2 - 1))$ |
# |---|---|---|---|---|
# | $-3$ | $-1$ | $-1$ | $-1$ | 0 |
# | $0$ | $1$ | $-1$ | $1$ | 1 |
# | $5$ | $1$ | $1$ | $-1$ | 0 |
#
# ($a_1$ and $a_2$ are short for $a^{[1]}_1$ and $a^{[1]}_2$. All values are rounded: with $k = 5$ the activations and
# their sum are within 0.001 of what you see, and the output is within 0.01.)
#
# In words: $s$ has passed the first threshold, but not the second. As arrays:
#
# $$W_1 = \begin{bmatrix} k \\ k \end{bmatrix}, \quad b_1 = \begin{bmatrix} k \\ -2k \end{bmatrix}, \quad
# W_2 = \begin{bmatrix} k & -k \end{bmatrix}, \quad b_2 = \begin{bmatrix} -k \end{bmatrix}.$$
#
# ### Exercise 6: `xor_parameters`
#
# Now you choose the weights for XOR. The network gets $x = [x_1, x_2]^T$. It must also be right when the inputs are a
# little off, by up to 0.2: for $x = [0.9, 0.15]^T$ as for $[1, 0]^T$.


# %% exercise="xor_parameters"
def xor_parameters(k):
    """Weights and biases of a network that computes XOR of two inputs.

    Args:
        k: the steepness, a number >= 20.

    Returns:
        A dict with "W1" (n_h, 2), "b1" (n_h, 1), "W2" (1, n_h) and "b2" (1, 1), NumPy arrays. Two hidden units are
        enough; more are allowed. Each entry is k times a fixed number, so xor_parameters(40) holds twice the numbers of
        xor_parameters(20). With tanh in the hidden layer and the sigmoid at the output, the output is
        - at least 0.9 if one input is within 0.2 of 0 and the other within 0.2 of 1;
        - at most 0.1 if both are within 0.2 of 0, and if both are within 0.2 of 1.

    Example:
        the output at [[1.0], [0.0]] is nearly 1, at [[1.0], [1.0]] nearly 0.
    """
    # 1. Draw the four corners and their answers on paper. Where would you draw two parallel lines?
    # 2. Which number s, made of x_1 and x_2, is the same for both corners with the answer 1? Which thresholds for s?
    # 3. Each hidden unit is a step of s at one threshold. The output: passed the first, but not the second.
    ### BEGIN SOLUTION
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-0.5 * k], [-1.5 * k]]),
        "W2": np.array([[k, -k]]),
        "b2": np.array([[-k]]),
    }
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Try $s = x_1 + x_2$. At the four corners it is 0, 1, 1, 2. The answer is 1 where $s$ lies **between** two thresholds.
# Where are they best, if the inputs may be off by 0.2?
# </details>
# <details><summary>Hint 2</summary>
#
# $k(s - t) = k x_1 + k x_2 - k t$: so the row of weights of a unit is $[k, k]$ and its bias is $-k t$. The output
# layer is the one of *On paper*.
# </details>
# <details><summary>Hint 3</summary>
#
# The thresholds are 0.5 and 1.5, half way between 0 and 1, and between 1 and 2. Mind the brackets:
# `np.array([[k, -k]])` has shape $(1, 2)$, and `np.array([[-k]])` has shape $(1, 1)$.
# </details>

# %% check="xor_parameters" points=3
with checks.exercise("xor_parameters"):

    def output(x1, x2, p):
        """The output of the network at each point (x1, x2)."""
        A1 = np.tanh(p["W1"] @ np.stack([x1, x2]) + p["b1"])
        return (1 + np.tanh((p["W2"] @ A1 + p["b2"]) / 2))[0] / 2

    def shaped(k):
        """What xor_parameters(k) returns, if keys and shapes are right."""
        what, p = f"xor_parameters({k})", xor_parameters(k)
        checks.that(isinstance(p, dict), f"{what}: expected a dict")
        for key in ("W1", "b1", "W2", "b2"):
            checks.that(key in p, f'{what}: the key "{key}" is missing')
        columns = isinstance(p["W1"], np.ndarray) and p["W1"].ndim == 2 and p["W1"].shape[1] == 2
        checks.that(columns, f'{what}["W1"]: expected an array of shape (n_h, 2), for two inputs')
        n_h = len(p["W1"])
        for key, shape in {"b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}.items():
            checks.shape(f'{what}["{key}"] with {n_h} hidden units', p[key], shape)
        return p

    def check_corners(k):
        """The decisions at the four corners: (0, 0), (0, 1), (1, 0), (1, 1)."""
        what, p = f"xor_parameters({k})", shaped(k)
        a = output(np.array([0.0, 0, 1, 1]), np.array([0.0, 1, 0, 1]), p)
        undecided = np.abs(a - 0.5) < 0.01
        z1 = (p["W1"] @ np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]) + p["b1"])[:, undecided]
        place = f"{what}: a hidden unit has the score 0 at a corner: its threshold must lie between the corners"
        checks.that(bool(np.all(np.abs(z1) > 1)), place)
        level = f"{what}: the output at a corner is about 0.5, so its score is about 0; what must its bias be?"
        checks.that(not undecided.any(), level)
        known = {
            (0, 0, 0, 0): "it never says 1; the bias of a step at t is -k t; look at the signs in b1 and b2",
            (1, 1, 1, 1): "it always says 1; is the bias of the output too high?",
            (0, 1, 1, 1): "this is OR: (1, 1) must be 0; does the second step count against?",
            (0, 0, 0, 1): "this is AND: it says 1 only at (1, 1)",
            (1, 0, 0, 1): "the answers are the wrong way round: change the signs of W2 and b2",
            (1, 1, 1, 0): "(0, 0) must be 0; look at the first threshold and at the bias of the output",
        }
        decisions = tuple(int(value > 0.5) for value in a)
        words = known.get(decisions, "look at the signs of the weights and at the thresholds")
        shown = ", ".join(map(str, decisions))
        wrong = f"{what} decides {shown} at (0, 0), (0, 1), (1, 0), (1, 1), XOR is 0, 1, 1, 0: {words}"
        checks.that(decisions == (0, 1, 1, 0), wrong)
        return p

    def check_scale(k, p20):
        """Each entry is k times a fixed number, so k / 20 times the one in p20 = xor_parameters(20)."""
        p, rule = xor_parameters(k), "; each entry is k times a fixed number"
        for key in ("W1", "b1", "W2", "b2"):
            right = k / 20 * p20[key]
            slips = {f"it does not depend on k{rule}": p20[key], f"k stands in it twice{rule}": k / 20 * right}
            checks.close(f'xor_parameters({k})["{key}"]', p[key], right, mistakes=slips)

    def check_near(what, p, off1, off2):
        """The output at the corners, each moved by all the distances off1 and off2."""
        for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
            a = output(x1 + off1, x2 + off2, p)
            worst = int(np.argmin(a) if x1 != x2 else np.argmax(a))
            point = f"({x1 + off1[worst]:.2f}, {x2 + off2[worst]:.2f})"
            wanted = "at least 0.9" if x1 != x2 else "at most 0.1"
            message = f"the output of {what} at {point}, near ({x1}, {x2}): expected {wanted}, got {a[worst]:.3g}"
            flips = np.any((a > 0.5) != (x1 != x2))
            hint = "how far are your thresholds from the points?" if flips else "are the steps steep?"
            checks.that(bool(np.all(a >= 0.9 if x1 != x2 else a <= 0.1)), f"{message}; {hint}")

    checks.unchanged(xor_parameters, 20)
    p = shaped(20)
    check_scale(40, p)
    check_corners(20)
    check_near("xor_parameters(20)", p, np.zeros(1), np.zeros(1))
    off1, off2 = (side.ravel() for side in np.meshgrid([-0.2, 0.0, 0.2], [-0.2, 0.0, 0.2]))
    check_near("xor_parameters(20)", p, off1, off2)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(314)
    for k in (20, 27.5, 100):
        off1, off2 = check_rng.uniform(-0.2, 0.2, (2, 400))
        check_near(f"xor_parameters({k})", check_corners(k), off1, off2)
    for k in (21, 27.5):
        check_scale(k, p)
    ### END HIDDEN TESTS

# %% [markdown]
# See your network at work. Left: its weights. Right: its output at every point of the plane, computed by `forward`.

# %%
hand_wired = xor_parameters(20)
grid = np.linspace(-0.5, 1.5, 201)
points = np.stack([axis.ravel() for axis in np.meshgrid(grid, grid)])
A2, cache = forward(points, hand_wired)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.9), width_ratios=[1.05, 1])
draw_network(axes[0], (2, len(hand_wired["W1"]), 1), hand_wired)
axes[0].set_title("The weights (orange: positive; dashed: negative)")
shown = axes[1].pcolormesh(grid, grid, A2.reshape(201, 201), cmap="PuOr_r", vmin=-0.3, vmax=1.3, rasterized=True)
for Z in cache["Z1"]:
    if Z.min() < 0 < Z.max():
        axes[1].contour(grid, grid, Z.reshape(201, 201), levels=[0], colors="black", linestyles="--", linewidths=1)
for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
    axes[1].add_patch(plt.Rectangle((x1 - 0.2, x2 - 0.2), 0.4, 0.4, fill=False, edgecolor="white"))
    axes[1].text(x1, x2, str(int(x1 != x2)), ha="center", va="center", fontsize=14, weight="bold")
axes[1].set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title="The output: orange is 1, purple is 0")
axes[1].set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
axes[1].grid(False)
figure.suptitle("Two steps make a band, and the band holds both corners that are 1", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Each dashed line is one hidden unit: its score is 0 there. A single neuron has **one** straight
# line, with 1 on one side and 0 on the other; no straight line separates the corners marked 1 from those marked 0. Two
# hidden units give two lines, and the output unit joins their answers. (If you chose other weights, your lines and
# your orange region look different; the white squares must have the same colours.)
#
# Look at it from the output unit. It never sees $x_1$ and $x_2$. It sees $a^{[1]}_1$ and $a^{[1]}_2$:

# %%
corners = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
A2, cache = forward(corners, hand_wired)
for i in range(4):
    a1 = ", ".join(f"{a:5.2f}" for a in cache["A1"][:, i])
    print(f"x = {tuple(corners[:, i].tolist())}: hidden activations ({a1}), output {A2[0, i]:.3f}")

# %% [markdown]
# *What to notice.* With the weights of hint 3, $(0, 1)$ and $(1, 0)$ become **the same point**, $(1, -1)$, and the
# other corners become $(-1, -1)$ and $(1, 1)$. Draw these three points: now a straight line can separate them, and a
# straight line is what the output unit has. **This is what a hidden layer is for: it gives the output unit new
# numbers, in which the question is easy.**
#
# ## 6. XOR with real pictures
#
# *Does this ever happen outside a table of zeros and ones?*
#
# So far every cat was white on black. Let us also show each picture black on white, by exchanging black and white. To
# your eye it is the same animal. Scale the pixels so that black is $-1$ and white is $+1$: then exchanging the colours
# turns $x$ into $-x$.


# %%
def to_columns(images):
    """Pictures (m, 28, 28, 1) as columns (784, m), with -1 for black and +1 for white."""
    return images.reshape(len(images), -1).T / 127.5 - 1


X_train, Y_train = to_columns(cats.X_train), cats.Y_train
X_test, Y_test = to_columns(cats.X_test), cats.Y_test
both_train, both_Y_train = np.hstack([X_train, -X_train]), np.hstack([Y_train, Y_train])
both_test, both_Y_test = np.hstack([X_test, -X_test]), np.hstack([Y_test, Y_test])
print("white on black:", X_train.shape, " both kinds:", both_train.shape, " to test:", both_test.shape)

# %% [markdown]
# Train one neuron, as in week 2, lesson 04: logistic regression with gradient descent. First on the white-on-black
# pictures, then on both kinds.


# %%
def train_neuron(X, Y, learning_rate=0.02, steps=400):
    """Logistic regression from zeros, by gradient descent: its weights (n_x, 1), its bias and its cost."""
    w, b = np.zeros((len(X), 1)), 0.0
    for _ in range(steps):
        dZ = sigmoid(w.T @ X + b) - Y
        w, b = w - learning_rate * X @ dZ.T / X.shape[1], b - learning_rate * np.mean(dZ)
    A = sigmoid(w.T @ X + b)
    return w, b, -np.mean(np.log(np.where(Y == 1, A, 1 - A)))


def neuron_accuracy(w, b, X, Y):
    """The share of right decisions of one neuron."""
    return np.mean((w.T @ X + b > 0) == Y)


w, b, J = train_neuron(X_train, Y_train)
print(f"trained on white on black: cost {J:.3f}", end="; ")
print(f"right on {neuron_accuracy(w, b, X_test, Y_test):.1%} of the white-on-black test pictures", end=", ")
print(f"on {neuron_accuracy(w, b, -X_test, Y_test):.1%} of the black-on-white ones")
w_both, _, J_both = train_neuron(both_train, both_Y_train, steps=50)
print(f"trained on both kinds, 50 steps: cost {J_both:.4f} (log 2 = {np.log(2):.4f})", end=", ")
print(f"largest weight {np.abs(w_both).max():.0e}")

# %% [markdown]
# *What to notice.* Trained on white on black, the neuron is right on about 90 % of such pictures, as in week 2, and on
# only about 10 % of the others: there each pixel says the opposite. Trained on both kinds, it learns **nothing**: all
# weights stay 0 (up to rounding), and the cost stays $\log 2$, that of a coin toss.
#
# It must be so. At $w = 0$, $b = 0$ all predictions are 1/2, so each picture $x$ pulls with $(1/2 - y)\,x$, and its
# twin with $(1/2 - y)(-x)$: they cancel. The gradient is 0 at the very start. The cost of logistic regression is
# *convex* (a single valley, week 2), so where its gradient is 0 it is lowest. **No single neuron has a lower cost on
# these pictures.** A cat is "the shape of a cat is white, *or else* the shape of a cat is black": XOR again.
#
# A network with **two** hidden units can do it. We wire it by hand, from the neuron $w$, $b$ that knows white cats:
#
# - Some pixels in the corners are black in nearly every white-on-black picture. Let $g(x)$ be the mean of these
#   pixels. It is near $-1$ for white on black, near $+1$ for black on white. So $g$ tells which kind of picture it is.
# - *Hidden unit 1: a white cat on black.* Its score is $z^{[1]}_1 = w^T x + b - 10\,(g(x) + 1)$. On white on black the
#   last term is nearly 0, and the neuron decides. On black on white it is about $-20$: the unit says $-1$, whatever
#   the animal.
# - *Hidden unit 2: a black cat on white.* The same weights with the opposite sign, the same bias. So unit 2 does with
#   $-x$ what unit 1 does with $x$.
# - *Output: one of them is enough.* $a^{[2]} = \sigma(5\,(a^{[1]}_1 + a^{[1]}_2 + 1))$ is above 1/2 exactly when
#   $a^{[1]}_1 + a^{[1]}_2 > -1$.

# %%
edge = X_train.mean(axis=1, keepdims=True) < -0.99
row = (w - 10 * edge / edge.sum()).T
wired = {"W1": np.vstack([row, -row]), "b1": np.full((2, 1), b - 10)}
wired |= {"W2": np.array([[5.0, 5.0]]), "b2": np.array([[5.0]])}
A2, cache = forward(both_test, wired)
right = (A2 > 0.5) == both_Y_test
n_x, n_h, n_y = layer_sizes(both_test, both_Y_test, 2)
print(f"{edge.sum()} pixels tell the background; {parameter_shapes(n_x, n_h, n_y)[1]:,} parameters")
print(f"network with 2 hidden units: right on {np.mean(right):.1%} of the {right.size} test pictures", end=" ")
print(f"({np.mean(right[:, :396]):.1%} white on black, {np.mean(right[:, 396:]):.1%} black on white)")

# %%
some = [*range(8), *range(396, 404)]
titles = []
for i in some:
    a1 = ", ".join(f"{a:.1f}" for a in cache["A1"][:, i])
    titles.append(f"{'cat' if both_Y_test[0, i] else 'not cat'}\n{a1}\n→ {A2[0, i]:.2f}")
images = np.concatenate([cats.X_test[:8], 255 - cats.X_test[:8]])
finding = "Black and white exchanged: the hidden activations are exchanged, the output stays"
figure = plots.show_images(images, titles, title=finding)
figure.set_facecolor("gainsboro")
plt.show()

# %%
figure, axes = plt.subplots(1, 3, figsize=(8, 3.2), width_ratios=[1, 1, 1.3])
names = ("unit 1: white cat on black", "unit 2: black cat on white")
for axis, weights, name in zip(axes[:2], wired["W1"], names, strict=True):
    axis.imshow(weights.reshape(28, 28), cmap="PuOr_r", vmin=-0.12, vmax=0.12)
    axis.set(xlabel=name, xticks=[], yticks=[])
for label, name, marker in ((0, "not a cat", "o"), (1, "cat", "^")):
    chosen = both_Y_test[0] == label
    color = plots.COLORS[1 - label]
    jitter = rng.uniform(-0.06, 0.06, (2, chosen.sum()))
    axes[2].scatter(*(cache["A1"][:, chosen] + jitter), s=14, marker=marker, alpha=0.35, color=color, label=name)
axes[2].plot([-1.1, 0.1], [0.1, -1.1], color="black", linestyle="--", linewidth=1, label="output 1/2")
axes[2].set(xlabel="$a^{[1]}_1$", ylabel="$a^{[1]}_2$", xlim=(-1.15, 1.15), ylim=(-1.15, 1.15), aspect="equal")
axes[2].legend(fontsize=8, loc="upper right")
figure.suptitle("Two rows of W1; in the plane of their activations one line splits cats from the rest", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* First the number: about 90 % on **both** kinds, with two rows of weights, where the lowest cost of
# a single neuron is that of a coin toss.
#
# In the grid of pictures, the upper row holds white-on-black pictures: there the second activation is $-1.0$ and the
# first one decides. In the lower row it is the other way round, with the same numbers exchanged.
#
# The two pictures of weights are negatives of each other (orange: a white pixel speaks for this unit; purple: against
# it). The strong pixels in the corners are those that tell the background.
#
# On the right, each picture has become a point (moved by a little, so that it does not hide others). It lies on the
# lower side of the square if it was white on black, on the left side if it was black on white. Most cats of the first
# kind lie at the lower right, most cats of the second kind at the upper left, and most others at the lower left. One
# straight line is enough to tell them apart, and a straight line is what the output unit has.
#
# **Why it is not 100 %.** Both hidden units are still one template each, made from the neuron of week 2, and a network
# can only be as good as what its hidden units see. Cats that lie, sit and walk would need units of their own.
#
# **What we did not do.** We knew the trick ($-x$), so we could choose the weights. For most questions nobody
# knows which hidden units would help. In lesson 03 the network finds them itself: it starts with random weights, and
# gradient descent changes all of `W1`, `b1`, `W2` and `b2`.

# %% [markdown]
# ## What you built
#
# - `layer_sizes` and `parameter_shapes`: rows = units of this layer, columns = units of the layer before; and nearly
#   all parameters are in $W_1$;
# - `forward_one`: the output for one example, unit by unit;
# - `forward_by_stacking` and `forward`: the same for $m$ examples, column by column and then with two matrix products;
# - `xor_parameters`: a network wired by hand, for a question that no single neuron can answer;
# - and you know what a hidden layer is for: it gives the output unit new numbers, in which the question is easy.
#
# ## On your own
#
# - Draw the region of `xor_parameters(k)` for $k = 0.5$, 2 and 5. From which $k$ on is the network right at the four
#   corners?
# - Wire "exactly one of three inputs is 1". How many hidden units do you need? And "an odd number of three inputs"?
# - Give `forward` parameters in which `b1` has shape `(n_h,)`, with `m` equal to `n_h`. No error: what does it compute?
# - Set all weights of `W1` to the same number. What can you say about the rows of `A1`? Lesson 03 needs the answer.
# - In section 6, train the neuron on both kinds with a learning rate of 0.03 and 300 steps. The weights do not stay 0
#   now. Why? (Week 2, lesson 02: what does a learning rate that is too large do to a tiny error?)
# - In section 6, replace 10 by 2 (in two places). Why does the accuracy fall so far?
#
# ## In practice
#
# In PyTorch this network is four objects in a `torch.nn.Sequential`: `Linear(784, 2)`, `Tanh()`, `Linear(2, 1)` and
# `Sigmoid()`. There the examples are **rows**, so the input has shape `(m, n_x)`. The weight of `Linear` has shape
# `(units, inputs)`, as ours; it computes `X @ W.T + b`, with `b` of shape `(units,)`. In scikit-learn the network is
# `MLPClassifier(hidden_layer_sizes=(2,), activation="tanh")`, with examples as rows, too. PyTorch keeps the cache for
# you, unless you say (with `torch.no_grad()`) that you only want the output.
#
# ## References
#
# - W. S. McCulloch, W. Pitts (1943), *A logical calculus of the ideas immanent in nervous activity*, Bulletin of
#   Mathematical Biophysics. (Networks of threshold units, wired by hand.)
# - M. Minsky, S. Papert (1969), *Perceptrons*, MIT Press. (What a single layer cannot compute.)
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams (1986), *Learning representations by back-propagating errors*, Nature.
