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
# activations of those. The next cell draws a small network. (You need not read its code.)

# %%
figure, axis = plt.subplots(figsize=(7, 4.2))
plots.draw_network(axis, (3, 4, 1))
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
#   tells them what to be. That is why it is called "hidden".
# - **Layer 2** is the **output layer**: $n_y$ units. For cat or not cat, $n_y = 1$.
#
# A network with one hidden layer is called *shallow*; one with many is called *deep* (week 4).
#
# **How to read $a^{[1]}_2$ and $x^{(3)}$.** Square brackets hold the layer, round brackets the example. The small number below
# is the unit, counted from 1. So $a^{[1](3)}_2$ is the activation of unit 2 in layer 1 for example 3.
#
# In code the layer stands in the name: `W1`, `A1`. For whole arrays we write it in formulas in the same way: our $W_1$, $b_1$, $Z_1$, $A_1$ are $W^{[1]}$, $b^{[1]}$, $Z^{[1]}$, $A^{[1]}$ in the lectures.
# A single unit always has its layer in square brackets, as in $z^{[1]}_2$, so that the two numbers cannot be confused.
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
# Which sizes does a network need for given data? The examples are columns, as always: `X` has shape $(n_x, m)$ and
# `Y` has shape $(n_y, m)$. The data fix $n_x$ and $n_y$; you choose $n_h$.
#
# ### Exercise 1: `layer_sizes`


# %% exercise="layer_sizes"
def layer_sizes(X, Y, n_h):
    """The numbers of units in layers 0, 1 and 2 of a network for the data X, Y.

    Args:
        X: examples as columns, shape (n_x, m), m >= 1.
        Y: labels as columns, shape (n_y, m).
        n_h: how many hidden units you want, a whole number.

    Returns:
        The tuple (n_x, n_h, n_y) of three whole numbers.

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
# <details><summary>Hint 1</summary>
#
# `X.shape` is the pair `(n_x, m)`. Which two of the four numbers in `X.shape` and `Y.shape` must be equal? Do not assume that
# there is one output: $n_y$ is the number of rows of `Y`.
# </details>
# <details><summary>Hint 2</summary>
#
# `X.shape[1]` is the number of examples in `X`. First `if …: raise ValueError("…")`, then return the three numbers.
# </details>

# %% check="layer_sizes" points=1
with checks.exercise("layer_sizes"):
    X, Y, names = np.zeros((3, 5)), np.zeros((2, 5)), ["n_x", "n_h", "n_y"]
    checks.unchanged(layer_sizes, X, Y, 4)
    what = "layer_sizes(X, Y, 4), X of shape (3, 5), Y of shape (2, 5)"
    sizes = tuple(checks.results(what, layer_sizes(X, Y, 4), names))
    count = f"{what}: got {sizes}; 5 is the number of examples, and a network does not depend on it"
    checks.that(sizes not in ((5, 4, 5), (3, 4, 5), (5, 4, 2)), count)
    checks.equal(what, sizes, (3, 4, 2))
    checks.whole(what, *sizes)
    what = "layer_sizes(X, Y, 20), X of shape (784, 6), Y of shape (1, 6)"
    sizes = checks.results(what, layer_sizes(np.zeros((784, 6)), np.zeros((1, 6)), 20), names)
    checks.equal(what, tuple(sizes), (784, 20, 1))
    what = "layer_sizes(X, Y, 4), X of shape (3, 5), Y of shape (1, 6)"
    checks.raises(what, ValueError, layer_sizes, X, np.zeros((1, 6)), 4)
    ### BEGIN HIDDEN TESTS

    def counted(X, Y, n_h):
        return sum(1 for row in X), n_h, sum(1 for row in Y)

    def arguments(rng, n_x, n_y, m):
        return rng.normal(0, 1, (n_x, m)), rng.integers(0, 4, (n_y, m)), int(rng.integers(1, 200))

    others = {"with n_h = 1": (np.ones((2, 3)), np.ones((4, 3)), 1), "with zeros": (0 * X, 0 * Y, 7)}
    sizes = {"n_x": 1030, "n_y": 130, "m": 1030}
    checks.agrees(layer_sizes, counted, arguments, sizes=sizes, types=["X", "Y"], returns=names, cases=others)
    pairs = [((5, 7), (5, 3)), ((5, 3), (5, 7)), ((4, 6), (6, 4)), ((3, 1), (3, 5)), ((3, 5), (2, 1))]
    pairs += [((3, 20), (1, 21)), ((3, 1001), (1, 1000))]
    for of_X, of_Y in pairs:
        what = f"layer_sizes(X, Y, 2), X of shape {of_X}, Y of shape {of_Y}"
        checks.raises(what, ValueError, layer_sizes, np.zeros(of_X), np.zeros(of_Y), 2)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: `parameter_shapes`
#
# Now the shapes of the four arrays, and how many numbers they hold together.


# %% exercise="parameter_shapes"
def parameter_shapes(n_x, n_h, n_y):
    """The shape of each parameter of a network with one hidden layer, and the number of parameters.

    Args:
        n_x, n_h, n_y: how many inputs, hidden units and outputs; whole numbers from 1 on.

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
# <details><summary>Hint 1</summary>
#
# The table above has all four shapes. A shape with one number, `(n_h,)`, is not a column; a column is `(n_h, 1)`.
# </details>
# <details><summary>Hint 2</summary>
#
# An array of shape $(r, c)$ holds $r \cdot c$ numbers. The count is the last column of the table, added up:
# $n_h n_x + n_h + n_y n_h + n_y$. At the end: `return shapes, count`.
# </details>

# %% check="parameter_shapes" points=2
with checks.exercise("parameter_shapes"):
    what, names = "parameter_shapes(5, 4, 3)", ["shapes", "count"]
    shapes, count = checks.results(what, parameter_shapes(5, 4, 3), names)
    wanted = {"W1": (4, 5), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1)}
    checks.keys(f"shapes of {what}", shapes, wanted)
    for key, shape in wanted.items():
        got = tuple(np.ravel(shapes[key]).tolist())
        turned = f"{key} of {what}: got {got}; rows are the units of this layer, columns those of the layer before"
        checks.that(key[0] == "b" or got != shape[::-1], turned)
        lying = f"{key} of {what}: got {got}; a bias is a column, with 1 as its second number"
        checks.that(key[0] == "W" or got not in (shape[:1], shape[::-1]), lying)
        checks.equal(f"{key} of {what}", got, shape)
        checks.whole(f"{key} of {what}", *shapes[key])
    checks.that(count != 32, f"count of {what}: got 32; these are the weights, the biases count too")
    checks.equal(f"count of {what}", count, 39)
    checks.whole(f"count of {what}", count)
    ### BEGIN HIDDEN TESTS

    def by_arrays(n_x, n_h, n_y):
        layer_1, layer_2 = np.zeros((n_h, n_x + 1)), np.zeros((n_y, n_h + 1))
        shapes = {"W1": [*layer_1[:, 1:].shape], "b1": [*layer_1[:, :1].shape]}
        shapes |= {"W2": [*layer_2[:, 1:].shape], "b2": [*layer_2[:, :1].shape]}
        return shapes, layer_1.size + layer_2.size

    def numbers(rng, n_x, n_h, n_y):
        return n_x, n_h, n_y

    others = {"with n_x = n_h": (4, 4, 3), "with n_h = n_y": (3, 4, 4), "with n_x = n_y": (4, 3, 4)}
    others["with large numbers"] = (12288, 1500, 1100)
    sizes = {"n_x": 2000, "n_h": 1500, "n_y": 1100}
    checks.agrees(parameter_shapes, by_arrays, numbers, sizes=sizes, returns=names, cases=others)
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
# $$z^{[1]}_j = \sum_{f=1}^{n_x} (W_1)_{jf}\, x_f + (b_1)_j, \qquad
# a^{[1]}_j = \tanh\bigl(z^{[1]}_j\bigr), \qquad j = 1, \dots, n_h.$$
#
# Then each output unit does the same, with the hidden activations in the place of the input:
#
# $$z^{[2]}_j = \sum_{f=1}^{n_h} (W_2)_{jf}\, a^{[1]}_f + (b_2)_j, \qquad
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
        x: one example, shape (n_x, 1).
        parameters: a dict with "W1" (n_h, n_x), "b1" (n_h, 1), "W2" (n_y, n_h) and "b2" (n_y, 1). All arrays may hold
            floats or whole numbers, also so large that the scores are far above 1000.

    Returns:
        a2, the activations of the output layer, shape (n_y, 1), finite and exact to about 12 digits.

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
    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    paper = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5]]), "b2": np.array([[-0.3]])}
    x = np.array([[2], [-1], [3]])
    checks.unchanged(forward_one, x, paper)
    slips = {
        "the hidden units have the sigmoid; here they need tanh": [[0.6878111258]],
        "the hidden units have no tanh": [[0.7502601056]],
        "this is the score z2; the sigmoid of it is missing": [[0.9562526997]],
        "b1 is left out": [[0.7416173647]],
        "all hidden activations are 0; were they written into an integer array?": [[0.4255574832]],
        "W1[j] * x is a square table: W1[j] is flat and x is a column; take x[:, 0]": [[0.7723944439]],
        "W2[j] * a1 is a square table: W2[j] is flat and a1 is a column; take a1[:, 0]": [[0.3536852046]],
    }
    what = "forward_one(x, parameters) for the numbers on paper"
    checks.close(what, forward_one(x, paper), [[0.7223709062]], mistakes=slips)
    three = paper | {"W2": np.array([[2.0, -0.5], [0.7, 1.3], [-0.4, 0.9]]), "b2": np.array([[-0.3], [0.8], [0.2]])}
    what = "forward_one(x, parameters) with 3 output units"
    checks.close(what, forward_one(x, three), [[0.7223709062], [0.5646938646], [0.3583621556]])
    ### BEGIN HIDDEN TESTS

    def number_by_number(x, parameters):
        W1, b1, W2, b2 = (parameters[key].tolist() for key in ("W1", "b1", "W2", "b2"))
        a1 = [[np.tanh(sum(w * x[k, 0] for k, w in enumerate(row)) + b1[j][0])] for j, row in enumerate(W1)]
        z2 = [sum(w * a1[k][0] for k, w in enumerate(row)) + b2[j][0] for j, row in enumerate(W2)]
        return np.array([[np.exp(-np.logaddexp(0, -z))] for z in z2])

    def example(rng, n_x, n_h, n_y):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        return rng.normal(0, 1, (n_x, 1)), {key: rng.normal(0, 0.7, shape) for key, shape in shapes.items()}

    whole = {key: np.arange(1, np.size(value) + 1).reshape(value.shape) % 3 - 1 for key, value in three.items()}
    reverse = dict(reversed(three.items()))
    others = {"with whole numbers everywhere": (x, whole), "with the keys in another order": (x, reverse)}
    others["with outputs near 0"] = (x, three | {"b2": np.array([[-16.0], [-12.0], [-20.0]])})
    domain = {"sizes": {"n_x": 130, "n_h": 130, "n_y": 130}, "real": {"x": 1e5, "parameters": 1e3}, "cases": others}
    checks.agrees(forward_one, number_by_number, example, types=["x", "parameters"], atol=1e-12, **domain)
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
        X: examples as columns, shape (n_x, m), m >= 1, floats or whole numbers.
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
# <details><summary>Hint 1</summary>
#
# `X[:, i]` has shape `(n_x,)`: the column has become a rank-1 array (week 2, lesson 05). `X[:, i : i + 1]` keeps it a
# column, which `forward_one` can take.
# </details>
# <details><summary>Hint 2</summary>
#
# Collect the answers for `i` from 0 to `X.shape[1] - 1` in a list. `np.hstack(answers)` puts them side by side. (`np.vstack`
# would put them one below the other.)
# </details>

# %% check="forward_by_stacking" points=2
with checks.exercise("forward_by_stacking"):
    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    p = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5]]), "b2": np.array([[-0.3]])}
    X = np.array([[2, 1, -3, 0.7], [-1, 0.5, 2, 0.4], [3, -2, 1.1, -0.9]])
    checks.unchanged(forward_by_stacking, X, p)
    A2 = [[0.7223709062, 0.6433850696, 0.7504636422, 0.6807657344]]
    slips = {
        "every column is the answer for example 1": [[0.7223709062] * 4],
        "every column is the answer for the last example": [[0.6807657344] * 4],
    }
    what = "forward_by_stacking(X, parameters), the 2 examples on paper and 2 more"
    checks.close(what, forward_by_stacking(X, p), A2, mistakes=slips)
    p |= {"W2": np.array([[2.0, -0.5], [0.7, 1.3]]), "b2": np.array([[-0.3], [0.8]])}
    A2 += [[0.5646938646, 0.4827054859, 0.9372923668, 0.5602220912]]
    checks.close("forward_by_stacking(X, parameters) with 2 output units, 4 examples", forward_by_stacking(X, p), A2)
    ### BEGIN HIDDEN TESTS

    def at_once(X, parameters):
        W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
        A1 = np.tanh(np.einsum("jk,ki->ji", W1, X) + b1)
        return np.exp(-np.logaddexp(0, -np.einsum("jk,ki->ji", W2, A1) - b2))

    def examples(rng, n_x, n_h, n_y, m):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        return rng.normal(0, 1, (n_x, m)), {key: rng.normal(0, 0.7, shape) for key, shape in shapes.items()}

    whole = {key: np.rint(2 * value).astype(int) for key, value in p.items()}
    others = {
        "with the same example three times": (np.repeat(X[:, :1], 3, axis=1), p),
        "with whole numbers everywhere": (np.rint(X).astype(int), whole),
    }
    others["with examples that are nearly equal"] = (X[:, :1] + [[0, 1e-6, 2e-6]], p)
    others["with outputs near 0"] = (X, p | {"b2": np.array([[-16.0], [-12.0]])})
    sizes = {"n_x": 110, "n_h": 110, "n_y": 110, "m": 1010}
    domain = {"sizes": sizes, "real": {"X": 1e5, "parameters": 1e3}, "types": ["X", "parameters"], "cases": others}
    checks.agrees(forward_by_stacking, at_once, examples, atol=1e-12, **domain)
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
    """The forward pass of a network with one hidden layer, for all examples.

    A loop over the examples is right, but slow: see the times below.

    Args:
        X: examples as columns, shape (n_x, m), m >= 1, floats or whole numbers.
        parameters: a dict with "W1" (n_h, n_x), "b1" (n_h, 1), "W2" (n_y, n_h) and "b2" (n_y, 1). Each array may hold
            floats or whole numbers, also so large that the scores are far above 1000. Neither the dict nor an array is
            changed.

    Returns:
        (A2, cache): A2 has shape (n_y, m); cache is a dict with the keys "Z1" and "A1", both of shape (n_h, m), and
        "Z2" and "A2", both of shape (n_y, m); it may hold more. Z1 and Z2 are the scores, A1 = tanh(Z1),
        A2 = sigmoid(Z2). All are finite and exact, nothing is clipped.

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
# <details><summary>Hint 1</summary>
#
# `@` is the matrix product: `W1 @ X` has shape `(n_h, m)`. If NumPy says that shapes do not fit, print `W1.shape` and
# `X.shape`: nothing needs to be transposed here. What takes the place of `X` in layer 2?
# </details>
# <details><summary>Hint 2</summary>
#
# Take `W1 = parameters["W1"]` and so on out of the dict. Then one line for each formula, with `np.tanh` and `sigmoid`. At the
# end: `return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}`.
# </details>

# %% check="forward" points=3
with checks.exercise("forward"):
    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    p = {"W1": W1, "b1": b1, "W2": np.array([[2.0, -0.5], [0.7, 1.3]]), "b2": np.array([[-0.3], [0.8]])}
    X = np.array([[2, 1, -3], [-1, 0.5, 2], [3, -2, 1.1]])
    checks.unchanged(forward, X, p)
    right = {"Z1": [[0.5, 0.25, 1.74], [-0.8, -1.1, 1.93]]}
    right["A1"] = [[0.462117, 0.244919, 0.940227], [-0.664037, -0.800499, 0.958733]]
    right["Z2"] = [[0.956253, 0.590087, 1.101087], [0.260234, -0.069206, 2.704512]]
    right["A2"] = [[0.722371, 0.643385, 0.750464], [0.564694, 0.482705, 0.937292]]
    slips = {f"this is {key}": value for key, value in right.items()}
    slips["b1 is left out"] = [[0.7, 0.45, 1.94], [-0.3, -0.6, 2.43]]
    other = [[0.622459, 0.562177, 0.850687], [0.310026, 0.249740, 0.873249]]
    slips["the hidden layer has the sigmoid; here it needs tanh"] = other
    slips["W2 is multiplied with Z1; layer 2 takes A1"] = [[1.1, 0.75, 2.215], [0.11, -0.455, 4.527]]
    what = "forward(X, parameters), X of shape (3, 3)"
    given, cache = checks.results(what, forward(X, p), ["A2", "cache"])
    checks.keys(f"the cache of {what}", cache, right)
    for key, value in right.items():
        checks.close(f'cache["{key}"] of {what}', cache[key], value, mistakes=slips, atol=1e-6)
    checks.close(f"A2 of {what}", given, right["A2"], mistakes=slips, atol=1e-6)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(X, parameters):
        def scores(W, A, b):
            return (W[:, :, np.newaxis] * A).sum(axis=1) + b

        Z1 = scores(parameters["W1"], X, parameters["b1"])
        A1 = np.tanh(Z1)
        Z2 = scores(parameters["W2"], A1, parameters["b2"])
        A2 = np.exp(-np.logaddexp(0, -Z2))
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    def examples(rng, n_x, n_h, n_y, m):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        return rng.normal(0, 1, (n_x, m)), {key: rng.normal(0, 0.7, shape) for key, shape in shapes.items()}

    whole = {key: np.rint(2 * value).astype(int) for key, value in p.items()}
    others = {
        "with the same example three times": (np.repeat(X[:, :1], 3, axis=1), p),
        "with whole numbers everywhere": (np.rint(X).astype(int), whole),
        "with the keys in another order": (X, dict(reversed(p.items()))),
    }
    others["with examples that are nearly equal"] = (X[:, :1] + [[0, 1e-6, 2e-6]], p)
    others["with outputs near 0"] = (X, p | {"b2": np.array([[-16.0], [-12.0]])})
    sizes = {"n_x": 130, "n_h": 130, "n_y": 130, "m": 1030}
    domain = {"sizes": sizes, "real": {"X": 1e5, "parameters": 1e3}, "types": ["X", "parameters"], "cases": others}
    checks.agrees(forward, entry_by_entry, examples, returns=["A2", "cache"], new=False, atol=1e-12, **domain)
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
# Both axes are logarithmic. The upper line is straight: ten times the examples take ten times the time. The lower line is
# nearly flat at first: for few examples most of the time goes into calling NumPy. For 1,024 pictures the difference is
# a factor of a hundred or more. The times are those of your computer and differ from run to run. If your lines are close
# together, `forward` still holds a loop over the examples.
#
# Now you see why $b_1$ must be a column. With shape $(n_h, 1)$ broadcasting adds it to each column of $W_1 X$. With
# shape $(n_h,)$ it would be read as a row. For most $m$ that is an error. For $m = n_h$ it gives wrong numbers without an
# error, and for $m = 1$ even wrong numbers of shape $(n_h, n_h)$.
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
# One neuron with the weights $u$ and $v$ says 1 where its score $u x_1 + v x_2 + b$ is above 0. For the four rows of the table it would need
#
# $$b \le 0, \qquad v + b > 0, \qquad u + b > 0, \qquad u + v + b \le 0.$$
#
# Add the two in the middle: $u + v + 2b > 0$. Add the first and the last: $u + v + 2b \le 0$. Both cannot be
# true. **So no single neuron computes XOR**, whatever its weights, and no training can help.
#
# **A hidden unit as a step.** $\tanh(k(s - t))$ with a large $k$ is a step at the **threshold** $t$: nearly $-1$ for
# $s < t$, nearly $1$ for $s > t$. The number $k$ is the **steepness**. With two steps a network can say "between":
#
# *On paper.* There is one input $s$, and the answer must be 1 for $-1 < s < 2$, else 0. Unit 1 steps at $-1$, unit 2 at $2$:
#
# | $s$ | $a^{[1]}_1 = \tanh(k(s + 1))$ | $a^{[1]}_2 = \tanh(k(s - 2))$ | $r = a^{[1]}_1 - a^{[1]}_2 - 1$ | output $\sigma(k r)$ |
# |---|---|---|---|---|
# | $-3$ | $-1$ | $-1$ | $-1$ | 0 |
# | $0$ | $1$ | $-1$ | $1$ | 1 |
# | $5$ | $1$ | $1$ | $-1$ | 0 |
#
# All values are rounded. With $k = 5$ the activations and $r$ are within 0.001 of what you see, and the output is within 0.01.
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
        k: the steepness, a number >= 20, a float or a whole number.

    Returns:
        A dict with "W1" (n_h, 2), "b1" (n_h, 1), "W2" (1, n_h) and "b2" (1, 1), NumPy arrays (float64 or whole
        numbers). Two hidden units are enough; more are allowed. Each entry is k times a fixed number, so
        xor_parameters(40) holds twice the numbers of xor_parameters(20). With tanh in the hidden layer and the sigmoid
        at the output, the output is
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

    def output(x1, x2, p):  # of the network, at each point (x1, x2)
        A1 = np.tanh(p["W1"] @ np.stack([x1, x2]) + p["b1"])
        return (1 + np.tanh((p["W2"] @ A1 + p["b2"]) / 2))[0] / 2

    what, p = "xor_parameters(20)", xor_parameters(20)
    checks.keys(what, p, ["W1", "b1", "W2", "b2"])
    n_h = (*np.shape(p["W1"]), 2)[0]
    for key, shape in {"W1": (n_h, 2), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}.items():
        checks.shape(f"{key} of {what} with {n_h} hidden units and 2 inputs", p[key], shape)
    a = output(np.array([0, 0, 1, 1, 0.2, 0.2, -0.2]), np.array([0, 1, 0, 1, 0.2, 0.8, 0.8]), p)
    says = {"0000": "it never says 1; look at the signs in b1 and b2", "½11½": "what about the bias of the output?"}
    says |= {"0111": "this is OR: (1, 1) must be 0; does the second step count against?"}
    decided = "".join("½" if abs(z - 0.5) < 0.01 else "1" if z > 0.5 else "0" for z in a[:4])
    words = says.get(decided, "look at the thresholds, the signs of the weights and the bias of the output")
    wrong = f"{what} decides {', '.join(decided)} at (0, 0), (0, 1), (1, 0), (1, 1), XOR is 0, 1, 1, 0: {words}"
    checks.that(decided == "0110", wrong)
    got = f"{what}: at (0.2, 0.2), (0.2, 0.8), (-0.2, 0.8) the output is {', '.join(f'{z:.2f}' for z in a[4:])}"
    far = f"{got}; it must be near 0, 1, 1: how far are your thresholds from these points, and are the steps steep?"
    checks.that(a[4] <= 0.1 and a[5:].min() >= 0.9, far)
    ### BEGIN HIDDEN TESTS
    for key, larger in xor_parameters(40).items():
        slips = {"it does not depend on k": p[key], "k stands in it twice": 4 * p[key]}
        rule = f"{key} of xor_parameters(40), which is twice that of xor_parameters(20)"
        checks.close(rule, larger, 2 * p[key], mistakes=slips)

    def holds(k, x1, x2, off1, off2):
        """The output at a corner (x1, x2) that is moved by all the distances off1 and off2."""
        a = output(x1 + off1, x2 + off2, xor_parameters(k))
        worst = int(np.argmin(a) if x1 != x2 else np.argmax(a))
        point = f"({x1 + off1[worst]:.2f}, {x2 + off2[worst]:.2f})"
        wanted = "at least 0.9" if x1 != x2 else "at most 0.1"
        message = (
            f"the output of xor_parameters({k}) at {point}, near ({x1}, {x2}): expected {wanted}, got {a[worst]:.3g}"
        )
        flips = (a[worst] > 0.5) != (x1 != x2)
        hint = "how far are your thresholds from the points?" if flips else "are the steps steep?"
        checks.that(bool(a[worst] >= 0.9 if x1 != x2 else a[worst] <= 0.1), f"{message}; {hint}")

    check_rng, p, side = np.random.default_rng(314), xor_parameters(20), np.linspace(-0.2, 0.2, 21)
    for k in (20, 21, 22.5, 100 / 3, 100, 123456.75):
        here = xor_parameters(k)
        for key in ("W1", "b1", "W2", "b2"):
            exact = 1e-6 if here[key].dtype == np.float32 else 1e-9
            scaled = np.allclose(here[key], k / 20 * p[key], rtol=exact, atol=1e-9)
            rule = f"{key} of xor_parameters({k}) is not {k}/20 times that of xor_parameters(20)"
            checks.that(scaled, f"{rule}; each entry is k times a fixed number")
        for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
            holds(k, x1, x2, *(off.ravel() for off in np.meshgrid(side, side)))
            holds(k, x1, x2, *check_rng.uniform(-0.2, 0.2, (2, 400)))
    checks.unchanged(xor_parameters, 50)
    ### END HIDDEN TESTS

# %% [markdown]
# See your network at work. Left: its weights. Right: its output at every point of the plane, computed by `forward`.

# %%
hand_wired = xor_parameters(20)
grid = np.linspace(-0.5, 1.5, 201)
points = np.stack([axis.ravel() for axis in np.meshgrid(grid, grid)])
A2, cache = forward(points, hand_wired)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.9), width_ratios=[1.05, 1])
plots.draw_network(axes[0], (2, len(hand_wired["W1"]), 1), hand_wired)
axes[0].set_title("The weights (solid: positive; dashed: negative)")
colors = [plots.LABEL_COLORS[0], plots.LABEL_COLORS[1]]
axes[1].contourf(grid, grid, A2.reshape(201, 201), levels=[0, 0.5, 1], colors=colors, alpha=0.6)
for Z in cache["Z1"]:
    if Z.min() < 0 < Z.max():
        axes[1].contour(grid, grid, Z.reshape(201, 201), levels=[0], colors="black", linestyles="--", linewidths=1)
for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
    axes[1].add_patch(plt.Rectangle((x1 - 0.2, x2 - 0.2), 0.4, 0.4, fill=False, edgecolor="white"))
    axes[1].text(x1, x2, str(int(x1 != x2)), ha="center", va="center", fontsize=14, weight="bold")
axes[1].set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title="The output: blue is 1, orange is 0")
axes[1].set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
axes[1].grid(False)
figure.suptitle("Two steps make a band, and the band holds both corners that are 1", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Each dashed line is one hidden unit: its score is 0 there. A single neuron has **one** straight
# line, with 1 on one side and 0 on the other; no straight line separates the corners marked 1 from those marked 0. Two
# hidden units give two lines, and the output unit joins their answers. (If you chose other weights, your lines and
# your blue region look different; the white squares must have the same colours.)
#
# The output unit never sees $x_1$ and $x_2$. It sees $a^{[1]}_1$ and $a^{[1]}_2$:

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
# So far every cat was white on black. Now we exchange black and white, and also show each picture black on white. To
# your eye it is the same animal. If the pixels are scaled so that black is $-1$ and white is $+1$, then exchanging the colours
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
# It must be so. At $w = 0$, $b = 0$ all predictions are 1/2, so in the gradient for $w$ each picture $x$ has the share $(1/2 - y)\,x$, and its
# twin $-x$ with the same label has the share $(1/2 - y)(-x)$. The two cancel, so the gradient for $w$ is 0 at the very start. In the gradient for $b$
# each picture has the share $1/2 - y$. These shares cancel because exactly half of the pictures show cats. The cost of logistic regression is
# *convex* (week 2), so where its gradient is 0 it is lowest. **No single neuron has a lower cost on
# these pictures.** A picture shows a cat if the shape of a cat is white, *or else* if the shape of a cat is black. That is XOR again.
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
    color = plots.LABEL_COLORS[label]
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
# In the grid of pictures, the upper row holds white-on-black pictures. There the second activation is $-1.0$, and the
# first one decides. In the lower row the same two numbers are exchanged, and the second one decides.
#
# The two pictures of weights are negatives of each other. Where a weight is orange, a white pixel makes the score of this unit larger; where it is purple, smaller.
# The strong pixels in the corners are those that tell the background.
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
