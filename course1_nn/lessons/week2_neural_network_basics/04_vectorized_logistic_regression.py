# %% [markdown]
# You will build a complete classifier that learns from 1,584 pictures in less than a second, without a loop over
# pictures or pixels.

# %% [markdown]
# ## What you will be able to do
#
# - replace three kinds of loop by NumPy calls, and measure what you gain;
# - compute the predictions, the cost and the gradient for all examples with two matrix products;
# - train logistic regression, and choose a learning rate by looking at the cost;
# - test a classifier on pictures it has never seen, and say how exact the test is;
# - explain what a classifier with one weight for each pixel cannot learn.
#
# **What you need:** the pictures, the sigmoid and the cost of [lesson 01](01_logistic_regression.ipynb), gradient
# descent of [lesson 02](02_derivatives_and_gradient_descent.ipynb), and $dz = a - y$ of
# [lesson 03](03_computation_graphs.ipynb).
#
# The set-up cell gives you three functions that you wrote in lesson 01, so that this notebook stands alone. (The
# sigmoid is written with $\tanh(z/2) = (e^z - 1)/(e^z + 1)$: one half of $1 + \tanh(z/2)$ is $e^z/(e^z + 1)$, which is
# $1/(1 + e^{-z})$.) `time` will measure how long a computation takes.

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
rng = np.random.default_rng(4)


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


def images_to_matrix(images):
    """Pictures of shape (m, h, w, c) as the columns of a matrix of shape (h * w * c, m)."""
    return images.reshape(len(images), -1).T


def standardize(X):
    """X with mean 0 and standard deviation 1 in each row; the means and the deviations, both (n_x, 1)."""
    mu, sigma = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma


# %% [markdown]
# ## 1. One call instead of ten thousand steps
#
# *Lesson 03 was slow. Whose fault is it?*
#
# Take two vectors $u$ and $v$ with $n$ numbers each. Multiply them pair by pair and add up:
#
# $$u^T v = \sum_{k=1}^{n} u_k v_k, \qquad \text{shape } (1, n)(n, 1) \to (1, 1).$$
#
# *On paper.* $u = [1, 2, 3]^T$ and $v = [4, 0, -1]^T$: $\; 1 \cdot 4 + 2 \cdot 0 + 3 \cdot (-1) = 1$.
#
# Here is the sum twice: as a loop, and as one call of NumPy. A small helper measures the time. It calls the function
# several times and keeps the shortest, because other work of your computer can only make a time longer.


# %%
def seconds(function, *arguments, repeats=5):
    """The shortest time of `repeats` calls of function(*arguments), in seconds; fewer calls if they are slow."""
    times = []
    while len(times) < repeats and sum(times) < 0.5:
        begin = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - begin)
    return min(times)


def dot_loop(u, v):
    """The sum of u[k] * v[k], one number at a time."""
    total = 0.0
    for k in range(len(u)):
        total += u[k] * v[k]
    return total


u, v = rng.normal(0, 1, 10_000), rng.normal(0, 1, 10_000)
print(f"the sum of 10,000 products: {dot_loop(u, v):.6f} by the loop, {np.dot(u, v):.6f} by np.dot")
slow, fast = seconds(dot_loop, u, v), seconds(np.dot, u, v)
print(f"loop: {1e6 * slow:.0f} microseconds; np.dot: {1e6 * fast:.1f} microseconds; {slow / fast:.0f} times faster")

# %% [markdown]
# *What to notice.* The same sum, and usually hundreds of times faster. (The times are those of your computer, so they
# differ from run to run.)
#
# The arithmetic is not the slow part. In each round of the loop, Python fetches two numbers out of their arrays,
# wraps each as an object, looks up what `*` and `+` mean for them, and throws the objects away. `np.dot` does all
# this **once**. Then a compiled loop runs over numbers that lie side by side in memory, and the processor multiplies
# several of them in one instruction.
#
# To **vectorise** is to hand whole arrays to NumPy instead of single numbers. The loop is still there, but it runs in
# compiled code.
#
# ## 2. Three kinds of loop
#
# *I have a loop. Which call replaces it?*
#
# | the loop … | write instead | example |
# |---|---|---|
# | multiplies pairs and adds up | a matrix product | `w.T @ X` |
# | does the same to each number, then adds up | a function of the whole array, then a sum | `np.abs(X).sum(axis=0)` |
# | asks `if` of each number, then counts | a comparison, then a sum | `(X < 5).sum(axis=0)` |
#
# In the third row, `X < 5` is an array of `True` and `False`. In a sum they count as 1 and 0.
#
# The **axis** that you name is the one that disappears. $X$ has shape $(n_x, m)$, so `axis=0` adds down each column
# and leaves one number for each example, shape $(m,)$. With `keepdims=True` the axis stays, with length 1: shape
# $(1, m)$.
#
# *On paper.* $w = [1, -2]^T$ and $X = \begin{bmatrix} 3 & 0 & -1 \\ 4 & 2 & 0 \end{bmatrix}$, three examples:
#
# | for each column of $X$ | formula | example 1 | example 2 | example 3 |
# |---|---|---|---|---|
# | score | $\sum_j w_j X_{ji}$ | $3 - 8 = -5$ | $0 - 4 = -4$ | $-1 + 0 = -1$ |
# | length | $\sqrt{\sum_j X_{ji}^2}$ | $\sqrt{9 + 16} = 5$ | $\sqrt{0 + 4} = 2$ | $\sqrt{1 + 0} = 1$ |
# | count | how many $X_{ji} > 0$ | 2 | 1 | 0 |
#
# With loops it is a long function. Read it once; your task is to write it without any loop.


# %%
def column_facts_loop(w, X):
    """Score, length and count of positive numbers of each column, one number at a time."""
    n_x, m = X.shape
    scores, lengths, counts = np.zeros((1, m)), np.zeros((1, m)), np.zeros((1, m))
    for i in range(m):
        for j in range(n_x):
            scores[0, i] += w[j, 0] * X[j, i]
            lengths[0, i] += X[j, i] ** 2
            if X[j, i] > 0:
                counts[0, i] += 1
        lengths[0, i] = np.sqrt(lengths[0, i])
    return scores, lengths, counts


# %% [markdown]
# ### Exercise 1: `column_facts`


# %% exercise="column_facts"
def column_facts(w, X):
    """Three numbers for each column of X, as column_facts_loop computes them, but without a loop.

    Args:
        w: weights, shape (n_x, 1).
        X: examples as columns, shape (n_x, m), floats.

    Returns:
        (scores, lengths, counts), each of shape (1, m). For column i: the sum of w_j X_ji; the square root of the sum
        of X_ji^2; and how many X_ji are above 0 (a 0 itself does not count).

    Example:
        column_facts(np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, -1.0], [4.0, 2.0, 0.0]])) is
        ([[-5, -4, -1]], [[5, 2, 1]], [[2, 1, 0]]).
    """
    # 1. Which row of the table above is each of the three?
    # 2. Which axis must disappear? And which shape must be left?
    ### BEGIN SOLUTION
    scores = w.T @ X
    lengths = np.sqrt((X**2).sum(axis=0, keepdims=True))
    counts = (X > 0).sum(axis=0, keepdims=True)
    return scores, lengths, counts
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The scores are one matrix product; write the shapes down: $(1, n_x)(n_x, m) \to (1, m)$. For the lengths, square the
# whole array with `X**2`, add over `axis=0` with `keepdims=True`, and take `np.sqrt` of the result. The counts are
# the third row of the table, again with `keepdims=True`.
# </details>

# %% check="column_facts" points=1
with checks.exercise("column_facts"):

    def check_facts(what, w, X, expected, lengths_slips=None, counts_slips=None):
        answer = column_facts(w, X)
        checks.that(answer is not None, f"{what} returned None: is `return` missing?")
        one = f"{what}: expected a tuple of three arrays, got one array: return scores, lengths, counts"
        checks.that(not isinstance(answer, np.ndarray), one)
        three = isinstance(answer, tuple | list) and len(answer) == 3
        checks.that(three, f"{what}: expected the three results (scores, lengths, counts)")
        checks.close(f"scores in {what}", answer[0], expected[0])
        checks.close(f"lengths in {what}", answer[1], expected[1], mistakes=lengths_slips)
        checks.close(f"counts in {what}", answer[2], expected[2], mistakes=counts_slips)

    w = np.array([[1.0], [-2.0], [0.5]])
    X = np.array([[2.0, -1.0, 4.0, -6.0], [-3.0, 2.0, -4.0, -9.0], [6.0, -2.0, 7.0, -2.0]])
    lengths_slips = {
        "this is the square of the length; the root is missing": [[49, 9, 81, 121]],
        "the absolute values are added; square, add, then take the root": [[11, 5, 15, 17]],
        "the numbers are added before they are squared; square first, then add": [[5, 1, 7, 17]],
    }
    counts_slips = {
        "the positive numbers are added; count them": [[8, 2, 11, 0]],
        "these are the numbers below 0; count those above 0": [[1, 2, 1, 3]],
    }
    checks.unchanged(column_facts, w, X)
    what, expected = "column_facts(w, X), X of shape (3, 4)", ([[11, -6, 15.5, 11]], [[7, 3, 9, 11]], [[2, 1, 2, 0]])
    check_facts(what, w, X, expected, lengths_slips, counts_slips)
    w, X = np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, -1.0], [4.0, 2.0, 0.0]])
    not_below = {"a 0 is counted too; count only what is above 0": [[2, 2, 1]]}
    what, expected = "column_facts(w, X) of the example on paper", ([[-5, -4, -1]], [[5, 2, 1]], [[2, 1, 0]])
    check_facts(what, w, X, expected, counts_slips=not_below)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(41)
    for n_x, m in ((5, 7), (8, 3), (1, 4), (6, 1)):
        w, X = check_rng.normal(0, 1, (n_x, 1)), check_rng.normal(0, 2, (n_x, m)).round(1)
        X[0, 0] = 0
        columns = [X[:, i].tolist() for i in range(m)]
        products = [[sum(a * c for a, c in zip(w[:, 0].tolist(), column, strict=True)) for column in columns]]
        lengths = [[sum(c * c for c in column) ** 0.5 for column in columns]]
        above = [[len([c for c in column if c > 0]) for column in columns]]
        check_facts(f"column_facts(w, X), X of shape ({n_x}, {m})", w, X, (products, lengths, above))
    ### END HIDDEN TESTS

# %% [markdown]
# Now the cat pictures of lesson 01: load them, lay them out as columns, standardise. The test pictures are scaled
# with `mu` and `sigma` of the **training** pictures, as always. Then both functions work on the first 200 training
# pictures.

# %%
cats = data.load_cat_pictures()
Y_train, Y_test = cats.Y_train, cats.Y_test
X_train, mu, sigma = standardize(images_to_matrix(cats.X_train))
X_test = (images_to_matrix(cats.X_test) - mu) / sigma
print("X_train", X_train.shape, " Y_train", Y_train.shape, " X_test", X_test.shape, " Y_test", Y_test.shape)

w_any = rng.normal(0, 0.01, (784, 1))
slow = seconds(column_facts_loop, w_any, X_train[:, :200], repeats=1)
fast = seconds(column_facts, w_any, X_train[:, :200])
print(f"200 pictures: loop {1000 * slow:.0f} milliseconds, yours {1000 * fast:.2f} milliseconds")

# %% [markdown]
# *What to notice.* There are 1,584 training pictures of 784 pixels. The loop needs about a tenth of a second for 200
# of them, yours a small fraction of a millisecond. If your time is close to the loop's, there is still a loop in your
# answer. It is right, but lesson 03 showed where it leads.
#
# ## 3. All predictions with one matrix product
#
# *1,584 pictures, one vector of weights. How do I get all answers at once?*
#
# Write the $m$ columns side by side, as in lesson 01. One product makes all scores, and NumPy adds the number $b$ to
# each of them:
#
# $$Z = [z^{(1)} \cdots z^{(m)}] = w^T X + b, \quad \text{shape } (1, n_x)(n_x, m) \to (1, m), \qquad
# A = \sigma(Z), \quad \text{shape } (1, m).$$
#
# $A$ holds probabilities. To *decide*, compare each with 1/2: say "cat" (1) if $a^{(i)} > 1/2$, else "not cat" (0).
# Exactly 1/2 is no vote for a cat: it becomes 0.
#
# *On paper.* $w = [1, -2]^T$, $b = 1$ and four examples:
#
# | | $x^{(1)} = [3, 2]^T$ | $x^{(2)} = [0, 0]^T$ | $x^{(3)} = [2, -0.5]^T$ | $x^{(4)} = [0, 1]^T$ |
# |---|---|---|---|---|
# | $Z$ | $3 - 4 + 1 = 0$ | $1$ | $2 + 1 + 1 = 4$ | $-2 + 1 = -1$ |
# | $A$ | 0.5 | 0.731 | 0.982 | 0.269 |
# | decision | 0 | 1 | 1 | 0 |
#
# ### Exercise 2: `predict`


# %% exercise="predict"
def predict(w, b, X):
    """The decision for each example: 1 where the probability is above 1/2, else 0.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).

    Returns:
        Decisions, shape (1, m): 1 where sigmoid(w^T x_i + b) > 0.5, else 0 (also where it is exactly 0.5). Any number
        type is fine, and so are True and False.

    Example:
        predict(np.array([[1.0], [-2.0]]), 1.0, np.array([[3.0, 0.0, 2.0, 0.0], [2.0, 0.0, -0.5, 1.0]])) is
        [[0, 1, 1, 0]].
    """
    # 1. The probabilities of all examples: one matrix product and the sigmoid.
    # 2. A comparison works on a whole array.
    ### BEGIN SOLUTION
    A = sigmoid(w.T @ X + b)
    return (A > 0.5).astype(int)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `A = sigmoid(w.T @ X + b)` has shape `(1, m)`. `A > 0.5` is an array of `True` and `False` of the same shape; you
# may return it as it is, or turn it into 0 and 1 with `.astype(int)`. Python's own `if` cannot be asked of a whole
# array.
# </details>

# %% check="predict" points=2
with checks.exercise("predict"):
    w, X = np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, 2.0, 0.0], [2.0, 0.0, -0.5, 1.0]])
    checks.unchanged(predict, w, 1.0, X)
    slips = {
        "a probability of exactly 0.5 becomes 0: use > and not >=": [[1, 1, 1, 0]],
        "these are the probabilities; compare them with 0.5": sigmoid(np.array([[0.0, 1.0, 4.0, -1.0]])),
        "0 and 1 are swapped": [[1, 0, 0, 1]],
        "this is 1 where the probability is below 0.5; use > and not <": [[0, 0, 0, 1]],
        "the bias b is left out": [[0, 0, 1, 0]],
    }
    checks.close("predict(w, 1, X), X of shape (2, 4)", predict(w, 1.0, X), [[0, 1, 1, 0]], mistakes=slips)
    slips = {"the score z is compared with 0.5; compare the probability with 0.5, or z with 0": [[0, 0, 1, 0, 0]]}
    scores = np.array([[-0.4, 0.1, 0.6, -0.6, 0.4]])
    what = "predict(w, 0, X) for w = [[1]] and X = [[-0.4, 0.1, 0.6, -0.6, 0.4]]"
    checks.close(what, predict(np.ones((1, 1)), 0.0, scores), [[0, 1, 1, 0, 1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(42)
    for n_x, m, b in ((5, 9, 0.7), (3, 12, -0.6), (7, 2, 0.1), (4, 1, 0.3)):
        w, X = check_rng.normal(0, 1, (n_x, 1)), check_rng.normal(0, 1, (n_x, m))
        scores = np.array([[sum(w[j, 0] * X[j, i] for j in range(n_x)) + b for i in range(m)]])
        what, slips = f"predict(w, {b}, X), X of shape ({n_x}, {m})", {"the bias b is left out": scores - b > 0}
        checks.close(what, predict(w, b, X), (scores > 0).astype(int), mistakes=slips)
    undecided = {"a probability of exactly 0.5 becomes 0: use > and not >=": np.ones((1, 5))}
    answer = predict(np.zeros((2, 1)), 0.0, check_rng.normal(0, 1, (2, 5)))
    checks.close("predict(w, 0, X) with w = 0, X of shape (2, 5)", answer, np.zeros((1, 5)), mistakes=undecided)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. The gradient with one more product
#
# *Which matrix product adds up the gradients of all pictures?*
#
# In lesson 03 you found $dz^{(i)} = a^{(i)} - y^{(i)}$ for one example, and $dw = \frac1m \sum_i x^{(i)} dz^{(i)}$
# for all. The $dz^{(i)}$ side by side are one subtraction:
#
# $$dZ = A - Y, \qquad \text{shape } (1, m).$$
#
# Now look at the sum. A matrix times a column is a sum of its columns, each times one number:
#
# $$X\, dZ^T = \begin{bmatrix} | & & | \\ x^{(1)} & \cdots & x^{(m)} \\ | & & | \end{bmatrix}
# \begin{bmatrix} dz^{(1)} \\ \vdots \\ dz^{(m)} \end{bmatrix} = x^{(1)} dz^{(1)} + \dots + x^{(m)} dz^{(m)}.$$
#
# This is the sum that we need. So
#
# $$\boxed{\;dw = \frac1m X\, dZ^T, \quad \text{shape } (n_x, m)(m, 1) \to (n_x, 1), \qquad
# db = \frac1m \sum_{i=1}^m dz^{(i)}, \quad \text{a number}\;}$$
#
# and the cost, from the same $A$, is
#
# $$J = -\frac1m \sum_{i=1}^m \Bigl(y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)})\Bigr), \quad
# \text{a number}.$$
#
# *On paper*, with the three examples of lesson 03: $X = \begin{bmatrix} 1 & 4 & -2 \\ 2 & 6 & -2 \end{bmatrix}$,
# $Y = [1, 0, 0]$, $w = [2, -1.5]^T$, $b = 1$.
#
# | | computed | shape |
# |---|---|---|
# | $Z = w^T X + b$ | $[2 - 3 + 1,\; 8 - 9 + 1,\; -4 + 3 + 1] = [0, 0, 0]$ | $(1, 3)$ |
# | $A = \sigma(Z)$ | $[0.5, 0.5, 0.5]$ | $(1, 3)$ |
# | $dZ = A - Y$ | $[-0.5, 0.5, 0.5]$ | $(1, 3)$ |
# | $X\, dZ^T$ | $[-0.5 + 2 - 1,\; -1 + 3 - 1]^T = [0.5, 1]^T$ | $(2, 1)$ |
# | $dw$ | $[0.5, 1]^T / 3 = [0.167, 0.333]^T$ | $(2, 1)$ |
# | $db$ | $(-0.5 + 0.5 + 0.5) / 3 = 0.167$ | a number |
# | $J$ | $-\log 0.5 = 0.693$, the same for all three | a number |
#
# These are the numbers of lesson 03, with two products in place of two loops.
#
# ### Exercise 3: `propagate`


# %% exercise="propagate"
def propagate(w, b, X, Y):
    """Forward and backward pass of logistic regression over all examples, without a loop.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m), of any number type.
        Y: labels, 0 or 1, shape (1, m).

    Returns:
        (grads, cost): grads is a dict with the keys "dw", the derivative of the cost with respect to w, shape (n_x, 1),
        and "db", that with respect to b, a number; cost is the mean loss of the m examples, a number. The scores are
        small enough that no prediction is exactly 0 or 1.

    Example:
        propagate(np.array([[2.0], [-1.5]]), 1.0, np.array([[1, 4, -2], [2, 6, -2]]), np.array([[1, 0, 0]])) is
        ({"dw": [[0.167], [0.333]], "db": 0.167}, 0.693).
    """
    # 1. Forward: the predictions A of all examples, and from them the cost. What is m?
    # 2. Backward: dZ, in one subtraction.
    # 3. Which product of X and dZ has the shape of w? And what makes a sum a mean?
    ### BEGIN SOLUTION
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dZ = A - Y
    grads = {"dw": X @ dZ.T / m, "db": np.sum(dZ) / m}
    return grads, cost
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `X` has shape `(n_x, m)`, so `m = X.shape[1]`. `Y` and `A` both have shape `(1, m)`, so `*` and `-` between them
# work entry by entry. `np.sum` without an axis adds everything up to a single number.
# </details>
# <details><summary>Hint 2</summary>
#
# $(n_x, m)$ and $(1, m)$ shall give $(n_x, 1)$. The two lengths $m$ must meet in the middle: `X @ dZ.T`. Both `dw`
# and `db` are divided by `m`, and so is the cost, which also has a minus sign in front. At the end
# `return {"dw": dw, "db": db}, cost`.
# </details>

# %% check="propagate" points=3
with checks.exercise("propagate"):

    def parts(what, w, b, X, Y):
        """dw, db and the cost of the answer, which must have the form (grads, cost)."""
        answer = propagate(w, b, X, Y)
        checks.that(answer is not None, f"{what} returned None: is `return` missing?")
        two = isinstance(answer, tuple | list) and len(answer) == 2
        checks.that(two, f"{what}: expected the two results (grads, cost)")
        keys = isinstance(answer[0], dict) and {"dw", "db"} <= set(answer[0])
        checks.that(keys, f'{what}: expected grads to be a dict with the keys "dw" and "db"')
        return answer[0]["dw"], answer[0]["db"], answer[1]

    X, Y = np.array([[2, -1, 4, 3, -3], [1, 5, -2, 2, -4], [-3, 2, 1, 6, -2]]), np.array([[1, 0, 0, 1, 0]])
    w, what = np.array([[0.5], [-0.3], [0.2]]), "propagate(w, 0.4, X, Y), X of shape (3, 5)"
    checks.unchanged(propagate, w, 0.4, X, Y)
    dw, db, cost = parts(what, w, 0.4, X, Y)
    right = [0.270506713, -0.5991558867, 0.250028534, 0.2328936256, 0.9221115527]  # dw, db and the cost
    by_n_x = "it is divided by n_x = 3; divide by the number of examples, m = 5"
    slips = {  # what dw and db become with it
        by_n_x: np.array(right[:4]) * 5 / 3,
        "dZ is A - Y alone; the factor A (1 - A) is already used up in it": [
            *(-0.080408102, -0.0763817222, 0.0289429616, 0.0174651425)
        ],
        "the sigmoid is missing: the scores Z stand in place of the probabilities A": [3.68, -1.74, 2.38, 0.54],
        "the decisions 0 and 1 stand in place of the probabilities A": [0.8, -0.4, 0.2, 0.2],
        "the bias b is left out": [0.2659905819, -0.613181388, 0.2770992217, 0.1716704066],
        "the labels are left out: dZ is A - Y": [1.270506713, 0.0008441133, 0.850028534, 0.6328936256],
        "the mean column is multiplied by the mean dz; multiply each column by its own dz": [
            *(0.2328936256, 0.0931574502, 0.1863149005, np.inf)
        ],
    }
    dw_slips = {words: np.reshape(values[:3], (3, 1)) for words, values in slips.items()}
    db_slips = {words: values[3] for words, values in slips.items()}
    cost_slips = {
        "the part of the examples with y = 0 is missing: (1 - y) log(1 - a)": 0.1105933437,
        "the part of the examples with y = 1 is missing: y log a": 0.811518209,
        "this is the mean squared error, not the mean loss": 0.2612347751,
        "use the natural logarithm, np.log": 0.400467959,
        "the bias b is left out": 0.8412071599,
        by_n_x: right[4] * 5 / 3,
    }
    checks.close(f"dw in {what}", dw, np.reshape(right[:3], (3, 1)), m=5, mistakes=dw_slips)
    checks.close(f"db in {what}", db, right[3], m=5, mistakes=db_slips)
    checks.close(f"the cost in {what}", cost, right[4], m=5, mistakes=cost_slips)

    X, Y, w = np.array([[1, 4, -2], [2, 6, -2]]), np.array([[1, 0, 0]]), np.array([[2.0], [-1.5]])
    what = "propagate(w, 1, X, Y) of the example on paper"
    dw, db, cost = parts(what, w, 1.0, X, Y)
    checks.close(f"dw in {what}", dw, [[1 / 6], [1 / 3]])
    checks.close(f"db in {what}", db, 1 / 6)
    checks.close(f"the cost in {what}", cost, np.log(2))
    ### BEGIN HIDDEN TESTS

    def cost_at(w, b, X, Y):
        z = w.T @ X + np.sum(b)
        return float(np.mean(np.logaddexp(0, z) - Y * z))  # the cost, written with z

    def check_propagate(what, w, b, X, Y):
        m, (dw, db, cost) = X.shape[1], parts(what, w, b, X, Y)
        checks.gradient(f"dw in {what}", lambda t: cost_at(t, b, X, Y), dw, w, m=m)
        checks.gradient(f"db in {what}", lambda t: cost_at(w, t, X, Y), db, b, m=m)
        checks.close(f"the cost in {what}", cost, cost_at(w, b, X, Y), m=m)

    check_rng = np.random.default_rng(43)
    for n_x, m in ((4, 7), (6, 2), (1, 5), (3, 1)):
        X, w, Y = check_rng.normal(0, 1, (n_x, m)), check_rng.normal(0, 1, (n_x, 1)), np.arange(m)[None] % 3 % 2
        check_propagate(f"propagate(w, -0.6, X, Y), X of shape ({n_x}, {m})", w, -0.6, X, Y)
        check_propagate(f"propagate(w, 0.3, X, 1 - Y), X of shape ({n_x}, {m})", w, 0.3, X, 1 - Y)
    X, Y, w = check_rng.normal(0, 1, (3, 4)), np.array([[0, 1, 1, 0]]), check_rng.normal(0, 1, (3, 1))
    grads, cost = propagate(w, 0.2, X, Y)
    twice, cost_twice = propagate(w, 0.2, np.hstack([X, X]), np.hstack([Y, Y]))
    checks.close("dw of the same 4 examples given twice", twice["dw"], grads["dw"], m=8)
    checks.close("db of the same 4 examples given twice", twice["db"], grads["db"], m=8)
    checks.close("the cost of the same 4 examples given twice", cost_twice, cost, m=8)
    ### END HIDDEN TESTS

# %% [markdown]
# Now race against the loops of lesson 03. Here they are again:


# %%
def propagate_loop(w, b, X, Y):
    """dw, db and the cost with one loop over examples and one over features, as in lesson 03."""
    n_x, m = X.shape
    dw, db, cost = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        z = b
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        cost += -(Y[0, i] * np.log(a) + (1 - Y[0, i]) * np.log(1 - a))
        dz = a - Y[0, i]
        for j in range(n_x):
            dw[j, 0] += X[j, i] * dz
        db += dz
    return dw / m, db / m, cost / m


# %% [markdown]
# Both functions get 10, 30, … pictures, up to all 1,584. (On a slow computer the loop skips the largest numbers.)

# %%
sizes, loop_times, vector_times = np.array([10, 30, 100, 300, 1000, 1584]), [], []
for m in sizes:
    some_X, some_Y = X_train[:, :m].copy(), Y_train[:, :m]
    vector_times.append(seconds(propagate, w_any, 0.1, some_X, some_Y, repeats=50))
    if sum(loop_times) < 1:
        loop_times.append(seconds(propagate_loop, w_any, 0.1, some_X, some_Y, repeats=1))
        print(f"m = {m:4}: loop {loop_times[-1]:.4f} s, yours {vector_times[-1]:.6f} s", end="")
        print(f", {loop_times[-1] / vector_times[-1]:.0f} times faster")
dw_loop, db_loop, _ = propagate_loop(w_any, 0.1, X_train[:, :100], Y_train[:, :100])
grads, _ = propagate(w_any, 0.1, X_train[:, :100], Y_train[:, :100])
print(f"largest difference between the two dw, m = 100: {np.max(np.abs(dw_loop - grads['dw'])):.0e}")

# %%
timed = sizes[: len(loop_times)]
figure, axes = plt.subplots(1, 2, figsize=(8, 3.5))
axes[0].loglog(timed, loop_times, marker="o", label="two loops (lesson 03)")
axes[0].loglog(sizes, vector_times, marker="s", label="propagate (yours)")
axes[0].set(xlabel="number of pictures m", ylabel="time of one gradient in seconds", title="Time")
axes[0].legend()
axes[1].loglog(timed, np.array(loop_times) / vector_times[: len(timed)], marker="o", color=plots.COLORS[2])
axes[1].set(
    xlabel="number of pictures m", ylabel="time of the loop / time of propagate", title="Speed-up", ylim=(1, 1e4)
)
figure.suptitle("The same gradient, far sooner: matrix products leave the loops behind", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left: both axes are logarithmic, so each line of the grid is a factor of 10. The time of the loop
# grows in proportion to $m$: ten times the pictures, ten times the time. The curve of `propagate` lies far below. It
# is flat at first: for a few pictures most of the time goes into calling NumPy, not into arithmetic. Right: the ratio
# of the two times: typically some hundreds, often more than a thousand. (Does your orange curve jump up at a large
# $m$? NumPy shares a large product among all processors, and one of them was busy with another program.)
#
# If your curve runs close to that of the loop, your answer is right but still holds a loop. Replace it now: with a
# loop, the rest of this lesson takes more than ten minutes instead of a few seconds.
#
# The two gradients differ by about $10^{-16}$. That is rounding: they add the same numbers in another order.
#
# ## 5. Gradient descent
#
# *Can I get rid of the loop over the steps, too?*
#
# No. Each step starts from the weights that the step before has left:
#
# $$w \leftarrow w - \alpha\, dw, \qquad b \leftarrow b - \alpha\, db.$$
#
# So one loop stays, over the steps. $\alpha$ is the learning rate of lesson 02. Write down the cost **before** each
# step: `propagate` computes it anyway, and the list of costs shows you whether it learns.
#
# *On paper.* One feature, two examples: $X = [1, 3]$, $Y = [0, 1]$, start at $w = 0$, $b = 0$, with $\alpha = 1$.
#
# | | $Z$ | $A$ | cost | $dZ$ | $dw$ | $db$ | new $w$ | new $b$ |
# |---|---|---|---|---|---|---|---|---|
# | step 1 | $[0, 0]$ | $[0.5, 0.5]$ | 0.693 | $[0.5, -0.5]$ | $(0.5 - 1.5)/2 = -0.5$ | 0 | 0.5 | 0 |
# | step 2 | $[0.5, 1.5]$ | $[0.622, 0.818]$ | 0.588 | $[0.622, -0.182]$ | 0.038 | 0.220 | 0.462 | $-0.220$ |
#
# Two steps give two costs, $[0.693, 0.588]$. The cost after the last step is not in the list.
#
# ### Exercise 4: `optimize`


# %% exercise="optimize"
def optimize(w, b, X, Y, learning_rate, steps):
    """Gradient descent for logistic regression.

    Args:
        w: weights to start from, shape (n_x, 1), floats. This array stays as it was.
        b: bias to start from, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, 0 or 1, shape (1, m).
        learning_rate: the factor alpha of each step, a number > 0.
        steps: how many steps, a whole number >= 0. All of them are taken, also where the cost rises or stays the same.

    Returns:
        (w, b, costs): the weights, shape (n_x, 1), and the bias, a number, after the last step; and a list of `steps`
        numbers: the cost before each step. So costs[0] belongs to the w and b that were given, and for steps = 0 the
        list is empty.

    Example:
        optimize(np.array([[0.0]]), 0.0, np.array([[1.0, 3.0]]), np.array([[0, 1]]), 1.0, 2) is
        ([[0.462]], -0.220, [0.693, 0.588]).
    """
    # 1. Where do gradient and cost come from? You have a function for them.
    # 2. One step: both updates use the gradient of the same place.
    # 3. Will the array that the caller gave you still be the same?
    ### BEGIN SOLUTION
    costs = []
    for _ in range(steps):
        grads, cost = propagate(w, b, X, Y)
        costs.append(cost)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
    return w, b, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Start with `costs = []`. Inside `for _ in range(steps):` call `grads, cost = propagate(w, b, X, Y)` once, append the
# cost, then update `w` and `b`.
# </details>
# <details><summary>Hint 2</summary>
#
# `w = w - learning_rate * grads["dw"]` makes a new array and gives it the name `w`. `w -= …` writes into the old
# array, which belongs to the caller: the next training would then not start where you think.
# </details>

# %% check="optimize" points=3
with checks.exercise("optimize"):

    def check_optimize(what, arguments, right, slips, late_costs):
        """slips: words for a mistake and the w and b that it gives; late_costs: the costs after each step."""
        answer, steps = optimize(*arguments), arguments[-1]
        checks.that(answer is not None, f"{what} returned None: is `return` missing?")
        three = isinstance(answer, tuple | list) and len(answer) == 3
        checks.that(three, f"{what}: expected the three results (w, b, costs)")
        w, b, costs = answer
        checks.that(isinstance(costs, list), f"costs in {what}: expected a list")
        count = f"costs in {what}: expected {steps} numbers, one before each step, got {len(costs)}"
        checks.that(len(costs) == steps, count)
        close, start = {"rtol": 1e-5, "atol": 1e-7}, "is still what it was at the start"
        w_slips = {words: np.reshape(values[0], (-1, 1)) for words, values in slips.items()}
        b_slips = {words: values[1] for words, values in slips.items()}
        checks.close(f"w in {what}", w, right[0], **close, mistakes={f"w {start}": arguments[0]} | w_slips)
        checks.close(f"b in {what}", b, right[1], **close, mistakes={f"b {start}": arguments[1]} | b_slips)
        after = {"these are the costs after each step; write the cost down before the update": late_costs}
        checks.close(f"costs in {what}", np.array(costs), right[2], **close, mistakes=after)

    w, b = np.array([[0.3], [-0.5]]), 0.2
    X, Y = np.array([[1.0, -2.0, 3.0, 0.5], [2.0, 1.5, -1.0, -3.0]]), np.array([[1, 0, 0, 1]])
    right = np.array([[0.0324122847], [-0.2391198678]]), 0.1218622273, [0.7947734298, 0.720561446, 0.6907647775]
    ignored = "the start is not the w and b that were given"
    late = "the second update uses a gradient of the new place; compute both before you move"
    slips = {
        ignored: ((0.0291651184, -0.140176047), -0.0055401576),
        f"{ignored} (w)": ((0.0073075717, -0.1402086867), 0.1426454623),
        f"{ignored} (b)": ((0.0528479918, -0.2342769826), -0.0351243169),
        "w and b go uphill; subtract the gradient": ((0.7908080173, -0.9964031784), 0.2976007192),
        "w goes uphill; subtract the gradient": ((0.7861123959, -1.0032658561), 0.1110806408),
        "b goes uphill; subtract the gradient": ((0.0241959909, -0.2408995999), 0.2938514779),
        "the learning rate is forgotten": ((-0.0202905959, -0.1929010638), 0.0669720626),
        "the gradient is computed once, before the loop; each step needs a new one": (
            *((-0.0974043629, -0.1074245804), 0.105747428),
        ),
        late: ((0.0320168655, -0.2391798624), 0.1297932285),
        f"{late}.": ((0.0350460856, -0.2381750175), 0.1216909465),
    }
    checks.unchanged(optimize, w, b, X, Y, 0.4, 3)
    what = "optimize(w, 0.2, X, Y, 0.4, 3), X of shape (2, 4)"
    check_optimize(what, (w, b, X, Y, 0.4, 3), right, slips, [0.720561446, 0.6907647775, 0.6810918444])
    w, X, Y, right = np.zeros((1, 1)), np.array([[1.0, 3.0]]), np.array([[0, 1]]), (0.46240862, -0.2200169)
    right, what = (np.array([[right[0]]]), right[1], [0.69314718, 0.58774513]), "optimize(w, b, X, Y, 1, 2) on paper"
    check_optimize(what, (w, 0.0, X, Y, 1.0, 2), right, {}, None)
    ### BEGIN HIDDEN TESTS

    def descend(w, b, X, Y, learning_rate, steps):
        """The path of gradient descent, with the gradient from central differences of the cost."""

        def cost_at(w, b):
            z = w.T @ X + b
            return float(np.mean(np.logaddexp(0, z) - Y * z))

        costs, e = [cost_at(w, b)], 1e-5 * np.eye(len(w))
        for _ in range(steps):
            dw = [[(cost_at(w + step[:, None], b) - cost_at(w - step[:, None], b)) / 2e-5] for step in e]
            db = (cost_at(w, b + 1e-5) - cost_at(w, b - 1e-5)) / 2e-5
            w, b = w - learning_rate * np.array(dw), b - learning_rate * db
            costs.append(cost_at(w, b))
        return w, b, costs

    def check_path(what, *arguments):
        w, b, costs = descend(*arguments)
        check_optimize(what, arguments, (w, b, costs[:-1]), {}, costs[1:])

    check_rng = np.random.default_rng(44)
    for n_x, m, rate, steps in ((4, 6, 0.3, 5), (2, 9, 0.05, 8), (5, 3, 1.2, 1), (3, 4, 0.7, 0)):
        w, X, Y = check_rng.normal(0, 1, (n_x, 1)), check_rng.normal(0, 1, (n_x, m)), np.arange(m)[None] % 3 % 2
        what = f"optimize(w, -0.4, X, Y, {rate}, {steps}), X of shape ({n_x}, {m})"
        check_path(what, w, -0.4, X, Y, rate, steps)
    half = optimize(w, 0.1, X, Y, 0.2, 3)
    whole, halves = optimize(w, 0.1, X, Y, 0.2, 6), optimize(half[0], half[1], X, Y, 0.2, 3)
    checks.close("w after 3 steps and 3 more steps", halves[0], whole[0])
    X, Y = np.random.default_rng(447).normal(0, 2, (2, 6)), np.array([[0, 1, 0, 0, 1, 0]])
    what = "optimize(w, 0.1, X, Y, 2.5, 6), where long steps make the cost rise and fall"
    check_path(what, np.array([[0.3], [-0.2]]), 0.1, X, Y, 2.5, 6)
    X, Y = np.array([[-2, -1, 0.5, 1, 2, -0.5], [1, -1, 2, -2, 0.5, -1.5]]), np.array([[0, 1, 0, 1, 1, 0]])
    w, what = np.array([[1.2759], [-1.0289]]), "optimize(w, -0.287, X, Y, 0.9, 5), which starts close to the minimum"
    check_path(what, w, -0.287, X, Y, 0.9, 5)
    ### END HIDDEN TESTS

# %% [markdown]
# What does the very first step do? Start at $w = 0$, $b = 0$. Then every $a^{(i)}$ is 0.5, so $dz^{(i)} = 0.5$ for
# everything that is not a cat, and $-0.5$ for a cat. Half of the $m$ pictures are cats, therefore
#
# $$w_1 = -\alpha\, dw = \frac{\alpha}{2m} \Bigl(\sum_{\text{cats}} x^{(i)} - \sum_{\text{others}} x^{(i)}\Bigr)
# = \frac{\alpha}{4} \bigl(\text{mean cat} - \text{mean not-cat}\bigr), \qquad db = 0.$$
#
# You know this direction: it is the guess of lesson 01! Let us see whether the computer agrees.

# %%
is_cat = Y_train[0] == 1
difference = (X_train[:, is_cat].mean(axis=1) - X_train[:, ~is_cat].mean(axis=1)).reshape(-1, 1)
zeros = np.zeros((784, 1))
w_1, b_1, _ = optimize(zeros, 0.0, X_train, Y_train, learning_rate=0.1, steps=1)
gap = np.max(np.abs(w_1 - 0.1 / 4 * difference))
print(f"largest difference between w_1 and 0.1 / 4 * (mean cat - mean not-cat): {gap:.0e}")
accuracy_1 = np.mean(predict(w_1, b_1, X_test) == Y_test)
print(f"after one step: right on {accuracy_1:.1%} of the test pictures")

# %% [markdown]
# *What to notice.* After one step of gradient descent we are where lesson 01 ended: 86 %. Everything that follows is
# gain.
#
# How large a learning rate? Three of them, 60 steps each, on all training pictures:

# %%
for learning_rate in (0.002, 0.1, 0.5):
    _, _, costs = optimize(zeros, 0.0, X_train, Y_train, learning_rate, steps=60)
    print(
        f"learning rate {learning_rate}: cost {costs[0]:.3f} at first, {max(costs):.3f} at most, {costs[-1]:.3f} last"
    )
    plt.plot(costs, label=f"learning rate {learning_rate}")
plt.axhline(np.log(2), color="gray", linestyle=":", linewidth=1)
plt.text(60, np.log(2) + 0.01, "knowing nothing: log 2", ha="right", va="bottom", color="dimgray")
plt.ylim(0, 1.05)
plt.xlabel("step")
plt.ylabel("cost on the training pictures")
plt.title("With a small learning rate the cost falls slowly, with a large one it jumps up")
plt.legend(loc="center right")
plt.show()

# %% [markdown]
# *What to notice.* With 0.002 the cost falls in every step, but slowly. With 0.1 it drops to half within one step and
# keeps falling, smoothly. With 0.5 the steps are too long: the cost jumps up again and again, twice even above
# $\log 2$, the cost of a classifier that answers 0.5 for every picture. It comes down each time, and it even ends low
# here; but whether it is low depends on the step at which you stop. We take 0.1.
#
# ## 6. The whole classifier
#
# *Train on some pictures, test on others: what belongs together in one function?*
#
# Start from zeros, run gradient descent on the **training** pictures, then count how often the decisions are right,
# on both sets. The **accuracy** is the share of right decisions, a number from 0 to 1:
#
# $$\text{accuracy} = \frac1m \sum_{i=1}^m \bigl[\text{decision}^{(i)} = y^{(i)}\bigr],
# \qquad \text{where } [\,\cdot\,] \text{ is 1 if true, else 0.}$$
#
# *On paper.* Decisions $[1, 0, 1, 1]$ and labels $[1, 0, 0, 1]$: three of four agree, the accuracy is $0.75$.
#
# The test pictures are for the last line only. If they helped to choose the weights, they could no longer tell you
# what happens on new pictures.
#
# ### Exercise 5: `model`


# %% exercise="model"
def model(X_train, Y_train, X_test, Y_test, learning_rate, steps):
    """Train logistic regression from zeros, and measure it on the training and on the test examples.

    Args:
        X_train: training examples as columns, shape (n_x, m_train).
        Y_train: their labels, 0 or 1, shape (1, m_train).
        X_test: test examples, shape (n_x, m_test).
        Y_test: their labels, shape (1, m_test).
        learning_rate: the factor alpha of each step, a number > 0.
        steps: how many steps of gradient descent, a whole number >= 0.

    Returns:
        A dict with the keys "w", shape (n_x, 1), and "b", a number: what was learned from the training examples,
        starting at zeros; "costs": the list that optimize returns; "train_accuracy" and "test_accuracy": the share of
        right decisions on each set, numbers from 0 to 1.

    Example:
        model(X, Y, X_new, Y_new, 1.0, 1) with X = np.array([[-1.0, 2.0]]), Y = np.array([[0, 1]]),
        X_new = np.array([[4.0, 1.0, -2.0]]) and Y_new = np.array([[1, 0, 0]]) has w [[0.75]], b 0, costs [0.693],
        train_accuracy 1.0 and test_accuracy 0.667.
    """
    # 1. Where do you start, and which shape has w?
    # 2. Learn. Which examples may take part?
    # 3. Decide for both sets; compare with the labels; which share is right?
    ### BEGIN SOLUTION
    w, b, costs = optimize(np.zeros((X_train.shape[0], 1)), 0, X_train, Y_train, learning_rate, steps)
    train_accuracy = np.mean(predict(w, b, X_train) == Y_train)
    test_accuracy = np.mean(predict(w, b, X_test) == Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train_accuracy, "test_accuracy": test_accuracy}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.zeros((X_train.shape[0], 1))` is a start of the right shape. `optimize` gives you `w`, `b` and `costs`;
# `predict` gives you decisions for any set of examples.
# </details>
# <details><summary>Hint 2</summary>
#
# `predict(w, b, X_train) == Y_train` is an array of `True` and `False`; `np.mean` counts them as 1 and 0, which is
# the accuracy. Do the same with the test set, and the same `w` and `b`.
# </details>

# %% check="model" points=3
with checks.exercise("model"):

    def check_model(what, arguments, right, leak, shares, slips):
        """right: w, b and costs; leak: w learned from the test examples; slips: words and the two shares they give."""
        result = model(*arguments)
        checks.that(result is not None, f"{what} returned None: is `return` missing?")
        checks.that(isinstance(result, dict), f"{what}: expected a dict")
        for key in ("w", "b", "costs", "train_accuracy", "test_accuracy"):
            checks.that(key in result, f'{what}: the key "{key}" is missing')
        n_x = len(arguments[0])
        flat = n_x > 1 and np.shape(result["w"]) in ((n_x,), (n_x, n_x))
        checks.that(not flat, f"w in {what}: got shape {np.shape(result['w'])}: w must start with shape (n_x, 1)")
        learned = {"it is learned from the test examples; use the training examples": leak}
        checks.close(f"w in {what}", result["w"], right[0], mistakes=learned)
        checks.close(f"b in {what}", result["b"], right[1])
        checks.that(isinstance(result["costs"], list), f"costs in {what}: expected the list that optimize returns")
        checks.close(f"costs in {what}", np.array(result["costs"]), right[2])
        for side, key in enumerate(("train_accuracy", "test_accuracy")):
            share, m = shares[side], arguments[2 * side + 1].shape[1]
            named = {
                "it is a percentage; give the share, a number from 0 to 1": 100 * share,
                "this is the share of wrong decisions": 1 - share,
                "this is a count; divide it by the number of examples": share * m,
                "this is the accuracy on the other set": shares[1 - side],
            }
            named |= {words: values[side] for words, values in slips.items()}
            checks.close(f"{key} in {what}", result[key], share, mistakes=named)

    seen = np.array([[1.0, 2.0, -1.0, 0.5, -2.0, 1.5], [0.5, 1.0, 1.5, -2.0, -1.0, -0.5]])
    unseen = np.array([[2.0, -2.0, 1.0, -1.0, 3.0, 0.5, -0.5, -1.5], [1.0, 0.5, 1.5, -2.0, -1.0, -3.0, 2.5, 2.0]])
    seen_y, unseen_y = np.array([[0, 0, 1, 0, 1, 1]]), np.array([[0, 0, 0, 1, 0, 0, 1, 1]])
    right = np.array([[-0.5488091159], [0.077835686]]), 0.0322839602, [0.6931471806, 0.6038873874, 0.5591679983]
    slips = {  # what the two accuracies become with it
        "only the hits are counted; a right 0 is a right decision, too": (2 / 6, 3 / 8),
        "these are the hits among the examples with y = 1; take the share of all right decisions": (2 / 3, 3 / 3),
        "these are the hits among the decisions 1; take the share of all right decisions": (2 / 2, 3 / 4),
        "it is divided by the number of examples of the other set": (5 / 8, 7 / 6),
    }
    arguments, leak = (seen, seen_y, unseen, unseen_y, 0.6, 3), [[-0.5467759684], [0.1954762697]]
    checks.unchanged(model, *arguments)
    what = "model(…, 0.6, 3), 6 training and 8 test examples"
    check_model(what, arguments, right, leak, (5 / 6, 7 / 8), slips)
    seen, seen_y, unseen, unseen_y = (
        np.array([[-1, 2]]),
        np.array([[0, 1]]),
        np.array([[4, 1, -2]]),
        np.array([[1, 0, 0]]),
    )
    arguments, right = (seen * 1.0, seen_y, unseen * 1.0, unseen_y, 1.0, 1), (np.array([[0.75]]), 0.0, [np.log(2)])
    check_model("model(X, Y, X_new, Y_new, 1, 1) of the docstring", arguments, right, None, (1.0, 2 / 3), {})
    ### BEGIN HIDDEN TESTS

    def trained(X, Y, learning_rate, steps):
        theta, X1, costs = np.zeros(len(X) + 1), np.vstack([X, np.ones(X.shape[1])]), []  # b is the last weight
        for _ in range(steps):
            z = theta @ X1
            costs.append(np.mean(np.logaddexp(0, z) - Y[0] * z))
            theta = theta - learning_rate * (X1 * (1 / (1 + np.exp(-z)) - Y[0])).mean(axis=1)
        return theta[:-1, None], theta[-1], np.array(costs)

    check_rng = np.random.default_rng(45)
    for n_x, m_train, m_test, rate, steps in ((5, 20, 9, 0.2, 12), (2, 7, 15, 0.9, 4), (3, 6, 8, 0.4, 0)):
        truth = check_rng.normal(0, 1, (n_x, 1))
        seen, unseen = check_rng.normal(0, 1, (n_x, m_train)), check_rng.normal(0, 1, (n_x, m_test))
        seen_y, unseen_y = (
            (truth.T @ Q + check_rng.normal(0, 1, Q.shape[1]) > 0.2).astype(int) for Q in (seen, unseen)
        )
        right, leak = trained(seen, seen_y, rate, steps), trained(unseen, unseen_y, rate, steps)[0]
        shares = [
            float(np.mean((right[0].T @ Q + right[1] > 0) == labels))
            for Q, labels in ((seen, seen_y), (unseen, unseen_y))
        ]
        what = f"model(…, {rate}, {steps}), {m_train} training and {m_test} test examples"
        check_model(what, (seen, seen_y, unseen, unseen_y, rate, steps), right, leak, shares, {})
    here, there = (model(seen, seen_y, unseen, labels, 0.3, 7) for labels in (unseen_y, 1 - unseen_y))
    checks.close("w when only the labels of the test examples change", there["w"], here["w"])
    both = there["test_accuracy"] + here["test_accuracy"]
    checks.close("the sum of test_accuracy for the labels Y_test and for 1 - Y_test", both, 1.0)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Real cats
#
# *How good is it?*
#
# 100 steps on all training pictures. For comparison, the same with pixels that are only divided by 255, not
# standardised.

# %%
begin = time.perf_counter()
trained = model(X_train, Y_train, X_test, Y_test, learning_rate=0.1, steps=100)
print(f"100 steps of gradient descent on 1,584 pictures: {time.perf_counter() - begin:.2f} seconds")


def report(name, result):
    train, test = result["train_accuracy"], result["test_accuracy"]
    print(
        f"{name}: cost {result['costs'][-1]:.3f}, right on {train:.1%} of the training, {test:.1%} of the test pictures"
    )


report("standardised,  100 steps", trained)
scaled_train, scaled_test = images_to_matrix(cats.X_train) / 255, images_to_matrix(cats.X_test) / 255
for steps in (100, 1000):
    result = model(scaled_train, Y_train, scaled_test, Y_test, learning_rate=0.1, steps=steps)
    report(f"divided by 255, {steps:,} steps", result)

# %% [markdown]
# *What to notice.* About 93 % on the training pictures and 90 % on the test pictures. A constant guess gets 50 %, the
# guess of lesson 01 gets 86 %. Standardising does not make a better classifier, it makes a faster one: pixels that
# are only divided by 255 need ten times as many steps to get to the same cost.
#
# **How exact is 90 %?** The test set is a sample of 396 pictures. With other pictures the share would come out a
# little different. If each decision is right with probability $p$, the share of right ones among $n$ varies by the
# **standard error**
#
# $$\sqrt{\frac{p\,(1 - p)}{n}}, \qquad n = 396.$$
#
# A share lies within two standard errors of the true value about 95 % of the time.

# %%
p = trained["test_accuracy"]
error = np.sqrt(p * (1 - p) / Y_test.shape[1])
print(f"standard error: {100 * error:.1f} percentage points")
print(f"we can be about 95 % sure that the true accuracy lies between {p - 2 * error:.0%} and {p + 2 * error:.0%}")
now_right = predict(trained["w"], trained["b"], X_test) == Y_test
then_right = predict(w_1, b_1, X_test) == Y_test
print(f"right now but not after one step: {np.sum(now_right & ~then_right)} test pictures", end="; ")
print(f"right after one step but not now: {np.sum(then_right & ~now_right)}")

# %% [markdown]
# *What to notice.* The standard error is about 1.5 percentage points. So do not trust a difference of 1 point between
# two classifiers: another 396 pictures could turn it round. Against the guess of lesson 01 we can look closer,
# because both saw the same pictures. Where the two disagree, the trained weights are right nearly three times as
# often. Chance alone would rarely do that.
#
# **What did it learn?** There is one weight for each pixel, so the weights are a picture. Next to them stands the
# guess of lesson 01.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.9))
titles = [f"mean cat minus mean not-cat: {100 * accuracy_1:.0f} %", f"learned weights: {100 * p:.0f} %"]
for axis, weights, title in zip(axes, (difference, trained["w"]), titles, strict=True):
    limit = np.abs(weights).max()
    shown = axis.imshow(weights.reshape(28, 28), cmap="PuOr_r", vmin=-limit, vmax=limit)
    axis.set_title(title, fontsize=10)
    axis.set_axis_off()
    bar = figure.colorbar(shown, ax=axis, shrink=0.85, ticks=[-limit, 0, limit])
    bar.ax.set_yticklabels(["against\na cat", "0", "for\na cat"], fontsize=8)
figure.suptitle("Training turns one large area into many small spots that decide", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Orange: a white pixel here speaks for a cat. Purple: it speaks against one. Near white: it hardly
# counts. Left, the guess: a broad orange area at the bottom, a purple band above it. Most cats in these pictures sit
# on the ground; most other animals stand on legs and carry their bodies high. Right, the learned weights:
# neighbouring pixels are often the same, and the guess counts them almost alike. Gradient descent also uses the small
# differences between neighbours: one of them can get a positive weight and the next a negative one. It looks noisier, and it decides better.
#
# Which pictures are still wrong? Above each stands its label, and $a$, the predicted probability of a cat.

# %%
A_test = sigmoid(trained["w"].T @ X_test + trained["b"])
surprise = np.where(now_right, 0, np.abs(A_test - Y_test))[0]  # how far a wrong prediction is from the label
worst = np.argsort(-surprise)[:16]
labels = [f"{'cat' if Y_test[0, i] else 'not cat'}\na = {A_test[0, i]:.2f}" for i in worst]
missed, false = np.sum(~now_right & (Y_test == 1)), np.sum(~now_right & (Y_test == 0))
print(f"{missed + false} of {Y_test.shape[1]} wrong: {missed} cats not recognised, {false} others taken for cats")
plots.show_images(
    cats.X_test[worst],
    labels,
    title="The most confident mistakes: sitting dogs pass for cats, cats with a hanging tail do not",
)
plt.show()

# %% [markdown]
# *What to notice.* Among the others taken for cats are sitting dogs and bears: their outline is much like that of a
# sitting cat, and a silhouette has no fur and no face. Two are birds. Now look at the cats that were missed. One stands on four
# legs. In several the tail hangs far down: the animal fills its frame, so the long tail moves the whole cat up, away
# from the pixels where the weights expect it.
#
# Is the place of the animal so important? Test it: move all test pictures up or down by a few pixels. To your
# eye almost nothing changes.


# %%
def moved_down(images, k):
    """The pictures moved down by k pixels (up if k is negative), with black where nothing is left."""
    moved = np.zeros_like(images)
    moved[:, max(k, 0) : 28 + min(k, 0)] = images[:, max(-k, 0) : 28 + min(-k, 0)]
    return moved


shifts = np.arange(-4, 5)
for weights, bias, name in ((trained["w"], trained["b"], "learned weights"), (w_1, b_1, "guess of lesson 01")):
    accuracies = []
    for k in shifts:
        X_moved = (images_to_matrix(moved_down(cats.X_test, k)) - mu) / sigma
        accuracies.append(100 * np.mean(predict(weights, bias, X_moved) == Y_test))
    print(f"{name}: {accuracies[4]:.0f} % in place", end="; ")
    print(f"moved by 2 pixels: down {accuracies[6]:.0f} %, up {accuracies[2]:.0f} %")
    plt.plot(shifts, accuracies, marker="o", label=name)
plt.axhline(50, color="gray", linestyle=":", linewidth=1)
plt.text(0, 50.5, "a constant guess", ha="center", va="bottom", color="dimgray")
plt.xlabel("test pictures moved down by … pixels (negative: up)")
plt.ylabel("right decisions in %")
plt.title("Two pixels up or down, and most of what was learned is lost")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* In place, the learned weights are right on 90 %. When the pictures move down by only two pixels,
# on 67 %; up by two, on 62 %. The broad areas of the guess suffer less. Training has found what is best for pictures
# in exactly this place, and nothing else was asked of it.
#
# **Why it is not 100 %.** Three reasons:
#
# - *One weight for each pixel.* Logistic regression adds up votes: a white pixel speaks for a cat or against it,
#   whatever the other pixels are. A cat that sits, one that lies and one that walks need different pixels, and one
#   set of weights must serve all three. "Two pointed ears, wherever they are" cannot be said in this way. Hidden
#   layers (week 3) can combine pixels first; convolutions (course 4) look for the same thing everywhere.
# - *The gap between 93 % and 90 %.* 785 numbers were fitted to 1,584 pictures. A part of what they learned is true of
#   these pictures only. This is **overfitting**; course 2 is about it.
# - *The pictures.* A sitting dog and a sitting cat can have nearly the same outline, 28 pixels high.

# %% [markdown]
# ## What you built
#
# - `column_facts`: three kinds of loop, each replaced by a NumPy call, and the time it saves;
# - `predict`: decisions for all pictures with one matrix product;
# - `propagate`: cost and gradient of all pictures, with one product forward and one backward;
# - `optimize`: gradient descent, whose first step is the guess of lesson 01, with the costs that show whether it
#   learns;
# - `model`: a whole classifier, right on 90 % of pictures it has never seen, and you can say how exact that is, and
#   why it is not more.
#
# ## On your own
#
# - Train for 1,000 steps and draw the cost on the **test** pictures, too. When does it begin to rise?
# - Add to the training set each picture moved by one pixel up and down. What happens to the accuracy in place, and to
#   the last figure?
# - With a learning rate of 1 the cost becomes `nan`. Where does it come from? Compute the loss from the score
#   instead: $\log(1 + e^z) - y z$, with `np.logaddexp(0, Z) - Y * Z`. Show on paper that it is the same.
# - Sort the test pictures by $a$. What do the twenty surest cats have in common?
#
# ## In practice
#
# `sklearn.linear_model.LogisticRegression` is this model; it has examples as rows, uses a faster method than gradient
# descent (L-BFGS) and by default adds a penalty on large weights, which works against overfitting. In PyTorch it is
# `torch.nn.Linear(784, 1)` with `BCEWithLogitsLoss`, which computes the loss from the score $z$. Matrix products on
# large data run on a graphics processor, and there a loop in Python costs even more. `numpy.vectorize` makes code
# shorter, not faster: inside it is a Python loop.
#
# ## References
#
# - C. R. Harris and others (2020), *Array programming with NumPy*, Nature.
# - S. van der Walt, S. C. Colbert, G. Varoquaux (2011), *The NumPy array: a structure for efficient numerical
#   computation*, Computing in Science & Engineering.
# - T. Hastie, R. Tibshirani, J. Friedman (2009), *The Elements of Statistical Learning*, second edition, section 4.4.
