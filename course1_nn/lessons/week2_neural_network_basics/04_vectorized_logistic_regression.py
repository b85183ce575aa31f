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
# *Why was lesson 03 slow?*
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
        X: examples as columns, shape (n_x, m). Both may be floats or whole numbers; they are not changed.

    Returns:
        (scores, lengths, counts), arrays of shape (1, m), of numbers (not True and False). For column i: the sum of
        w_j X_ji; the square root of the sum of X_ji^2; and how many X_ji are above 0 (a 0 itself does not count).

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
# <details><summary>Hint 1</summary>
#
# Each of the three replaces one row of the table: the scores the first, the lengths the second, the counts the third.
# The axis of the features must disappear. Which number has it?
# </details>
# <details><summary>Hint 2</summary>
#
# For the scores write the shapes down: $(1, n_x)(n_x, m) \to (1, m)$. For the lengths: first square the whole array, then add, then take the root.
# Both sums go over `axis=0` and keep that axis with length 1.
# </details>
# <details><summary>Hint 3</summary>
#
# `w.T @ X` gives the scores. `(X**2).sum(axis=0, keepdims=True)` is what stands under the root. A comparison such as `X > 0` can be summed in the same way.
# </details>

# %% check="column_facts" points=1
with checks.exercise("column_facts"):
    w = np.array([[1.0], [-2.0], [0.5]])
    X = np.array([[2.0, -1.0, 4.0, -6.0], [-3.0, 2.0, 0.0, -9.0], [6.0, -2.0, 3.0, -2.0]])
    checks.unchanged(column_facts, w, X)
    what = "column_facts(w, X), X of shape (3, 4)"
    scores, lengths, counts = checks.results(what, column_facts(w, X), ["scores", "lengths", "counts"])
    checks.close(f"scores of {what}", scores, [[11, -6, 5.5, 11]])
    lengths_slips = {
        "this is the square of the length; the root is missing": [[49, 9, 25, 121]],
        "the absolute values are added; square, add, then take the root": [[11, 5, 7, 17]],
        "the numbers are added before they are squared; square first, then add": [[5, 1, 7, 17]],
    }
    checks.close(f"lengths of {what}", lengths, [[7, 3, 5, 11]], mistakes=lengths_slips)
    not_below = {
        "a 0 is counted too; count only what is above 0": [[2, 1, 3, 0]],
        "these are the numbers below 0": [[1, 2, 0, 3]],
    }
    checks.close(f"counts of {what}", counts, [[2, 1, 2, 0]], mistakes=not_below)
    ### BEGIN HIDDEN TESTS

    def one_by_one(w, X):
        weights, columns = w[:, 0].tolist(), X.T.tolist()
        scores = [sum(a * c for a, c in zip(weights, column, strict=True)) for column in columns]
        lengths = [sum(c * c for c in column) ** 0.5 for column in columns]
        above = [len([c for c in column if c > 0]) for column in columns]
        return np.array([scores]), np.array([lengths]), np.array([above])

    def columns(rng, n_x, m):
        return rng.normal(0, 1, (n_x, 1)), rng.normal(0, 2, (n_x, m)).round(0) + 0.25 * rng.integers(0, 2, (n_x, m))

    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"w": 1e3, "X": 1e3}, "types": ["w", "X"]}
    three = np.array([[2.0, -1.0, 0.0, 3.0], [-3.0, 2.0, 0.0, 1.0]])
    others = {f"with {n} positive numbers in a column": (np.ones((n, 1)), np.full((n, 2), 0.5)) for n in (300, 1030)}
    others |= {f"with numbers of size {size:g} in X": (np.ones((2, 1)), size * three) for size in (1e-9, 1e-12, 1e9)}
    checks.agrees(column_facts, one_by_one, columns, returns=["scores", "lengths", "counts"], cases=others, **domain)
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
        X: examples as columns, shape (n_x, m). All three may be floats or whole numbers; they are not changed.

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
# <details><summary>Hint 1</summary>
#
# The scores are the same product as in exercise 1, plus `b`. `sigmoid` works on a whole array.
# </details>
# <details><summary>Hint 2</summary>
#
# Python's own `if` cannot be asked of a whole array. A comparison can: it gives an array of `True` and `False` of the same shape.
# You may return that array as it is, or turn it into 0 and 1 with `.astype(int)`.
# </details>
# <details><summary>Hint 3</summary>
#
# `A = sigmoid(w.T @ X + b)` has shape `(1, m)`. Then compare `A` with 0.5.
# </details>

# %% check="predict" points=2
with checks.exercise("predict"):
    w, X = np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, 2.0, 0.0], [2.0, 0.0, -0.5, 1.0]])
    checks.unchanged(predict, w, 1.0, X)
    slips = {
        "a probability of exactly 0.5 becomes 0: use > and not >=": [[1, 1, 1, 0]],
        "these are the probabilities; compare them with 0.5": [[0.5, 0.7310585786, 0.9820137900, 0.2689414214]],
        "this is 1 where the probability is below 0.5; use > and not <": [[0, 0, 0, 1]],
        "the bias b is left out": [[0, 0, 1, 0]],
    }
    checks.close("predict(w, 1, X), X of shape (2, 4)", predict(w, 1.0, X), [[0, 1, 1, 0]], mistakes=slips)
    slips = {"the score z is compared with 0.5; compare the probability with 0.5, or z with 0": [[0, 0, 1, 0, 0]]}
    scores = np.array([[-0.4, 0.1, 0.6, -0.6, 0.4]])
    what = "predict(w, 0, X) for w = [[1]] and X = [[-0.4, 0.1, 0.6, -0.6, 0.4]]"
    checks.close(what, predict(np.ones((1, 1)), 0.0, scores), [[0, 1, 1, 0, 1]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def votes(w, b, X):
        scores = [sum(w[j, 0] * X[j, i] for j in range(len(w))) + b for i in range(X.shape[1])]
        return np.array([[score > 0 for score in scores]])

    def examples(rng, n_x, m):
        return rng.normal(0, 1, (n_x, 1)), rng.normal(), rng.normal(0, 1, (n_x, m))

    one = np.ones((1, 1))
    others = {
        "with scores very close to 0": (one, 0.0, np.array([[1e-9, -1e-9, 0.0, 1e-4, -1e-4, 1e-12, -1e-12]])),
        "with a score of 0 and one of 1": (one, 0.0, np.array([[0.0, 1.0]])),
        "with one score, which is 0": (one, -2.0, 2 * one),
        "with b = 1e-9 and w = 0": (0 * one, 1e-9, np.array([[1.0, -2.0, 0.0]])),
    }
    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"w": 300, "b": 300, "X": 300}, "types": ["w", "b", "X"]}
    checks.agrees(predict, votes, examples, cases=others, **domain)
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
        X: examples as columns, shape (n_x, m).
        Y: labels, 0 or 1, shape (1, m). All four may be floats or whole numbers; they are not changed.
            The scores are so small that no prediction is exactly 0 or 1: nothing has to be clipped.

    Returns:
        (grads, cost): grads is a dict with the keys "dw", the derivative of the cost with respect to w, shape (n_x, 1),
        and "db", that with respect to b, a number; cost is the mean loss of the m examples, a number.

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
# The table above is the plan: go down its first column, one line of code for each row. Check each shape against the third column.
# </details>
# <details><summary>Hint 2</summary>
#
# `X` has shape `(n_x, m)`, so `m = X.shape[1]`. `Y` and `A` both have shape `(1, m)`, so `*` and `-` between them
# work entry by entry. `np.sum` without an axis adds everything up to a single number.
# For `dw`, the two lengths $m$ of $(n_x, m)$ and $(1, m)$ must meet in the middle of a product. Which of the two factors is transposed?
# </details>
# <details><summary>Hint 3</summary>
#
# `dw` is `X @ dZ.T / m`. `db` and the cost are also divided by `m`, and the cost has a minus sign in front.
# At the end: `return {"dw": dw, "db": db}, cost`.
# </details>

# %% check="propagate" points=3
with checks.exercise("propagate"):
    X, Y = np.array([[2, -1, 4, 3, -3], [1, 5, -2, 2, -4], [-3, 2, 1, 6, -2]]), np.array([[1, 0, 0, 1, 0]])
    w, what = np.array([[0.5], [-0.3], [0.2]]), "propagate(w, 0.4, X, Y), X of shape (3, 5)"
    checks.unchanged(propagate, w, 0.4, X, Y)
    grads, cost = checks.results(what, propagate(w, 0.4, X, Y), ["grads", "cost"])
    checks.keys(f"grads of {what}", grads, ["dw", "db"])
    slips = {"the factor A (1 - A) is already used up": [[-0.080408102], [-0.0763817222], [0.0289429616]]}
    slips |= {"it is divided by n_x; divide by m": [[0.4508445217], [-0.9985931445], [0.4167142234]]}
    slips |= {"the bias b is left out": [[0.2659905819], [-0.613181388], [0.2770992217]]}
    slips |= {"the scores Z stand in place of the probabilities A": [[3.68], [-1.74], [2.38]]}
    dw = [[0.270506713], [-0.5991558867], [0.250028534]]
    checks.close(f"dw of {what}", grads["dw"], dw, m=5, mistakes=slips)
    checks.close(f"db of {what}", grads["db"], 0.2328936256, m=5)
    only_1 = {"the part of the examples with y = 0 is missing: (1 - y) log(1 - a)": 0.1105933437}
    checks.close(f"the cost of {what}", cost, 0.9221115527, m=5, mistakes=only_1)
    ### BEGIN HIDDEN TESTS

    def one_by_one(w, b, X, Y):
        n_x, m = X.shape
        dw, db, cost = np.zeros((n_x, 1)), 0.0, 0.0
        for x, y in zip(X.T, Y[0], strict=True):
            z = float(w[:, 0] @ x) + b
            cost += np.logaddexp(0, z) - y * z
            dz = 0.5 + np.tanh(z / 2) / 2 - y
            dw += dz * x[:, None]
            db += dz
        return {"dw": dw / m, "db": db / m}, cost / m

    def examples(rng, n_x, m):
        w, X = rng.normal(0, 1, (n_x, 1)) / n_x**0.5, rng.normal(0, 1, (n_x, m))
        return w, rng.normal(), X, rng.integers(0, 2, (1, m))

    sure = np.array([[1.0], [-1.0]]), 0.0, np.array([[29.0, 4.0, -3.0], [12.0, 21.0, 11.0]]), np.array([[0, 1, 0]])
    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"w": 4, "b": 8, "X": 4}, "types": ["w", "b", "X", "Y"]}
    tiny = 1e-9 * np.array([[2.0, -1.0, 4.0], [1.0, 5.0, -2.0]]), np.array([[1, 0, 0]])
    others = {
        "with confident mistakes (scores from -17 to 17)": sure,
        "with numbers of size 1e-9 in X": (np.array([[0.5], [-0.3]]), 0.4, *tiny),
    }
    checks.agrees(propagate, one_by_one, examples, returns=["grads", "cost"], cases=others, **domain)
    cost = propagate(np.ones((1, 1)), 0.0, np.array([[30.0, -30.0]]), np.array([[0, 1]]))[1]
    checks.close("the cost of propagate with the scores 30 and -30, both of them wrong", cost, 30.0, rtol=1e-3)
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
figure.suptitle("Matrix products give the same gradient hundreds of times faster", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left: both axes are logarithmic, so each line of the grid is a factor of 10. The time of the loop
# grows in proportion to $m$: ten times the pictures, ten times the time. The curve of `propagate` lies far below. It
# is flat at first: for a few pictures most of the time goes into calling NumPy, not into arithmetic. Right: the ratio
# of the two times is typically some hundreds, often more than a thousand. (Does your orange curve jump up at a large
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
        w: weights to start from, shape (n_x, 1), floats. This array stays as it was, and so do X and Y.
        b: bias to start from, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, 0 or 1, shape (1, m). X and Y may be floats or whole numbers.
        learning_rate: the factor alpha of each step, a number > 0, the same in all steps.
        steps: how many steps, a whole number >= 0. All of them are taken, also where the cost rises or stays the same.

    Returns:
        (w, b, costs): the weights, shape (n_x, 1), and the bias, a number, after the last step; and a list of `steps`
        numbers: the cost before each step. So costs[0] belongs to the w and b that were given, and for steps = 0 the
        list is empty (and w may be the array that was given).

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
# One row of the table above is one round of the loop. `propagate` gives you everything in it but the last two columns.
# </details>
# <details><summary>Hint 2</summary>
#
# Start with an empty list `costs`. In each round call `propagate` once, append its cost, then update `w` and `b` with its two derivatives.
# Update `w` so that a new array is made: `w -= …` writes into the old array, which belongs to the caller. The next training would then not start where you think.
# </details>
# <details><summary>Hint 3</summary>
#
# Inside `for _ in range(steps):` the first line is `grads, cost = propagate(w, b, X, Y)`, and a later one is `w = w - learning_rate * grads["dw"]`.
# </details>

# %% check="optimize" points=3
with checks.exercise("optimize"):
    w, b = np.array([[0.3], [-0.5]]), 0.2
    X, Y = np.array([[1.0, -2.0, 3.0, 0.5], [2.0, 1.5, -1.0, -3.0]]), np.array([[1, 0, 0, 1]])
    checks.unchanged(optimize, w, b, X, Y, 0.4, 3)
    what = "optimize(w, 0.2, X, Y, 0.4, 3), X of shape (2, 4)"
    w_3, b_3, costs = checks.results(what, optimize(w, b, X, Y, 0.4, 3), ["w", "b", "costs"])
    w_slips = {
        "it has not moved": w,
        "w goes uphill; subtract the gradient": [[0.7908080173], [-0.9964031784]],
        "the gradient is computed once; each step needs a new one": [[-0.0974043629], [-0.1074245804]],
        "the learning rate is forgotten": [[-0.0202905959], [-0.1929010638]],
        "the start is not the w and b that were given": [[0.0291651184], [-0.140176047]],
        "db is computed after w has moved; compute both, then move": [[0.0320168655], [-0.2391798624]],
        "dw is computed after b has moved; compute both, then move": [[0.0350460856], [-0.2381750175]],
    }
    checks.close(f"w of {what}", w_3, [[0.0324122847], [-0.2391198678]], mistakes=w_slips, rtol=1e-7)
    checks.close(f"b of {what}", b_3, 0.1218622273, mistakes={"it has not moved": b}, rtol=1e-7)
    after = {"these are the costs after each step": [0.720561446, 0.6907647775, 0.6810918444]}
    expected = [0.7947734298, 0.720561446, 0.6907647775]
    checks.close(f"costs of {what}", np.array(costs), expected, mistakes=after, rtol=1e-7)
    ### BEGIN HIDDEN TESTS

    def path(w, b, X, Y, learning_rate, steps):
        """The path with b as the last weight, whose input is always 1."""
        theta, X1, costs = np.append(w, b), np.vstack([X, np.ones(X.shape[1])]), []
        for _ in range(steps):
            z = theta @ X1
            costs.append(float(np.mean(np.logaddexp(0, z) - Y[0] * z)))
            theta = theta - learning_rate * (X1 * (0.5 + np.tanh(z / 2) / 2 - Y[0])).mean(axis=1)
        return theta[:-1, None], float(theta[-1]), costs

    def starts(rng, n_x, m, steps):
        w, X = rng.normal(0, 1, (n_x, 1)) / n_x**0.5, rng.normal(0, 1, (n_x, m)) / n_x**0.5
        return w, rng.normal(), X, rng.integers(0, 2, (1, m)), rng.uniform(0.2, 1), steps

    wild = np.random.default_rng(447).normal(0, 2, (2, 6)), np.array([[0, 1, 0, 0, 1, 0]])
    near = np.array([[-2, -1, 0.5, 1, 2, -0.5], [1, -1, 2, -2, 0.5, -1.5]]), np.array([[0, 1, 0, 1, 1, 0]])
    far = np.array([[12, 11.5, -12.5, 10.6], [13.2, 12.4, -15.6, 11.5]]), np.array([[1, 0, 0, 1]])
    others = {
        "with a rate at which the cost rises and falls": (np.array([[0.3], [-0.2]]), 0.1, *wild, 2.5, 11),
        "with a start close to the minimum": (np.array([[1.2759], [-1.0289]]), -0.287, *near, 0.9, 5),
        "with a very small learning rate": (np.zeros((2, 1)), 0.0, near[0], np.array([[0, 1, 1, 1, 1, 0]]), 1e-12, 3),
        "with steps = 1": (np.ones((2, 1)), 0.5, *near, 0.3, 1),
        "with 1,100 steps": (np.zeros((2, 1)), 0.0, *near, 0.1, 1100),
        "with numbers above 10": (np.array([[14.0], [-12.0]]), -11.0, *far, 0.02, 3),
    }
    sizes, types = {"n_x": 130, "m": 130, "steps": (0, 12)}, ["X", "Y"]
    right = np.array([[2.0, -2.5, 3.0]]), np.array([[1, 0, 1]])
    others |= {
        "with a start whose cost is below 0.001": (np.array([[4.0]]), 0.0, *right, 1.0, 6),
        "with a step that makes the cost 90 times larger": (
            np.full((1, 1), 8.0),
            0.0,
            np.ones((1, 60)),
            np.array([[0] + 59 * [1]]),
            600.0,
            2,
        ),
        "with a gradient above 10": (np.array([[0.01]]), 0.5, 30 * near[0][:1], 1 - near[1], 1e-3, 4),
    }
    named = {"returns": ["w", "b", "costs"], "cases": others}
    checks.agrees(optimize, path, starts, sizes=sizes, types=types, real={"w": 1, "b": 1, "X": 1}, new=False, **named)
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
# *What to notice.* After one step of gradient descent we are where lesson 01 ended: 86 %. All further steps start from there.
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
        X_train: training examples as columns, shape (n_x, m_train), floats or whole numbers.
        Y_train: their labels, 0 or 1, shape (1, m_train), floats or whole numbers.
        X_test, Y_test: test examples, shape (n_x, m_test), and their labels, shape (1, m_test), of the same kinds.
            None of the four is changed.
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
    start = np.zeros((X_train.shape[0], 1))  # equivalent "zeros of the first argument's type": the steps make floats
    w, b, costs = optimize(start, 0, X_train, Y_train, learning_rate, steps)
    train_accuracy = np.mean(predict(w, b, X_train) == Y_train)
    test_accuracy = np.mean(predict(w, b, X_test) == Y_test)
    return {"w": w, "b": b, "costs": costs, "train_accuracy": train_accuracy, "test_accuracy": test_accuracy}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# You have a function for each part: one learns, one decides. What is left is the start, and counting what is right.
# </details>
# <details><summary>Hint 2</summary>
#
# The weights start as a column of zeros, one for each row of `X_train`. `optimize` gives you `w`, `b` and `costs`.
# Decisions and labels have the same shape, so `==` compares them one by one. What is the mean of `True` and `False`?
# </details>
# <details><summary>Hint 3</summary>
#
# Start with `np.zeros((X_train.shape[0], 1))` and 0. The share on the training set is `np.mean(predict(w, b, X_train) == Y_train)`.
# Do the same with the test set, and the same `w` and `b`.
# </details>

# %% check="model" points=3
with checks.exercise("model"):
    seen = np.array([[1.0, 2.0, -1.0, 0.5, -2.0, 1.5], [0.5, 1.0, 1.5, -2.0, -1.0, -0.5]])
    unseen = np.array([[2.0, -2.0, 1.0, -1.0, 3.0, 0.5, -0.5, -1.5], [1.0, 0.5, 1.5, -2.0, -1.0, -3.0, 2.5, 2.0]])
    seen_y, unseen_y = np.array([[0, 0, 1, 0, 1, 1]]), np.array([[0, 0, 0, 1, 0, 0, 1, 1]])
    checks.unchanged(model, seen, seen_y, unseen, unseen_y, 0.6, 3)
    result, what = model(seen, seen_y, unseen, unseen_y, 0.6, 3), "model(…, 0.6, 3), 6 training and 8 test examples"
    checks.keys(what, result, ["w", "b", "costs", "train_accuracy", "test_accuracy"])
    leak = {"it is learned from the test examples; use the training examples": [[-0.5467759684], [0.1954762697]]}
    checks.close(f"w of {what}", result["w"], [[-0.5488091159], [0.077835686]], mistakes=leak)
    wrong_share = {
        "this is the share of wrong decisions": 1 / 6,
        "it is a percentage; give a number from 0 to 1": 500 / 6,
        "this is a count; divide it by the number of examples": 5,
        "only the hits (right and 1) are counted; a right 0 is a right decision, too": 2 / 6,
        "this is the share of hits among the examples with y = 1; take all right decisions": 2 / 3,
        "this is the accuracy on the test set": 7 / 8,
    }
    checks.close(f"train_accuracy of {what}", result["train_accuracy"], 5 / 6, mistakes=wrong_share)
    other = {"this is the accuracy on the training set": 5 / 6, "divide by the number of test examples": 7 / 6}
    checks.close(f"test_accuracy of {what}", result["test_accuracy"], 7 / 8, mistakes=other)
    ### BEGIN HIDDEN TESTS

    def trained(X_train, Y_train, X_test, Y_test, learning_rate, steps):
        theta, X1, costs = np.zeros(len(X_train) + 1), np.vstack([X_train, np.ones(X_train.shape[1])]), []
        for _ in range(steps):
            z = theta @ X1
            costs.append(float(np.mean(np.logaddexp(0, z) - Y_train[0] * z)))
            theta = theta - learning_rate * (X1 * (0.5 + np.tanh(z / 2) / 2 - Y_train[0])).mean(axis=1)
        sides = ("train", X_train, Y_train), ("test", X_test, Y_test)
        right = {side: (theta[:-1] @ X + theta[-1] > 0) == Y[0] for side, X, Y in sides}
        shares = {f"{side}_accuracy": float(right[side].mean()) for side in right}
        return {"w": theta[:-1, None], "b": float(theta[-1]), "costs": costs} | shares

    def problem(rng, n_x, m_train, m_test, steps):
        sides = [rng.normal(0, 1, (n_x, m)) / n_x**0.5 for m in (m_train, m_test)]
        labels = [rng.integers(0, 2, (1, X.shape[1])) for X in sides]
        return sides[0], labels[0], sides[1], labels[1], rng.uniform(0.2, 1), steps

    kinds = "X_train", "Y_train", "X_test", "Y_test"
    sizes = {"n_x": 130, "m_train": 130, "m_test": 130, "steps": (0, 9)}
    wild = np.random.default_rng(447).normal(0, 2, (2, 6)), np.array([[0, 1, 0, 0, 1, 0]])
    wide = np.array([[-4.0, 3.0, 5.0, 1.0], [2.0, -3.0, 0.5, 1.0]]), np.array([[0, 1, 1, 0]])
    far = np.array([[12, 11.5, -12.5, 10.6], [13.2, 12.4, -15.6, 11.5]]), np.array([[1, 0, 0, 1]])
    others = {
        "with 1,100 steps": (*wide, -wide[0], wide[1], 0.05, 1100),
        "with a rate at which the cost rises and falls": (*wild, *wide, 2.5, 11),
        "with numbers above 10": (*far, *far, 0.02, 4),
        "with a learning rate of 40": (wide[0] / 20, wide[1], *wide, 40.0, 5),
    }
    checks.agrees(model, trained, problem, sizes=sizes, types=list(kinds), cases=others)
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
# little different. If each decision is right with probability $p$, independently of the others, then the standard deviation of the share of right ones among $n$ is the
# **standard error**
#
# $$\sqrt{\frac{p\,(1 - p)}{n}}, \qquad n = 396.$$
#
# A measured share lies within two standard errors of $p$ about 95 % of the time.
# Here $p$ is the true accuracy, which nobody knows. The code puts the measured share in its place. For hundreds of pictures, and shares that are not close to 0 or 1, this changes the standard error very little.

# %%
share = trained["test_accuracy"]  # it stands in for the true accuracy p
error = np.sqrt(share * (1 - share) / Y_test.shape[1])
print(f"standard error: {100 * error:.1f} percentage points")
print(f"two standard errors around the share: from {share - 2 * error:.0%} to {share + 2 * error:.0%}")
now_right = predict(trained["w"], trained["b"], X_test) == Y_test
then_right = predict(w_1, b_1, X_test) == Y_test
print(f"right now but not after one step: {np.sum(now_right & ~then_right)} test pictures", end="; ")
print(f"right after one step but not now: {np.sum(then_right & ~now_right)}")

# %% [markdown]
# *What to notice.* The standard error is about 1.5 percentage points. For 95 of 100 test sets, the range that is printed contains the true accuracy.
# So do not trust a difference of 1 point between two classifiers: with another 396 pictures the other one could be ahead. Against the guess of lesson 01 we can look closer,
# because both saw the same pictures. Where the two disagree, the trained weights are right nearly three times as
# often. Chance alone would rarely do that.
#
# **What did it learn?** There is one weight for each pixel, so the weights are a picture. Next to them stands the
# guess of lesson 01.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.9))
titles = [f"mean cat minus mean not-cat: {100 * accuracy_1:.0f} %", f"learned weights: {100 * share:.0f} %"]
for axis, weights, title in zip(axes, (difference, trained["w"]), titles, strict=True):
    limit = np.abs(weights).max()
    shown = axis.imshow(weights.reshape(28, 28), cmap="RdBu", vmin=-limit, vmax=limit)
    axis.set_title(title, fontsize=10)
    axis.set_axis_off()
    bar = figure.colorbar(shown, ax=axis, shrink=0.85, ticks=[-limit, 0, limit])
    bar.ax.set_yticklabels(["against\na cat", "0", "for\na cat"], fontsize=8)
figure.suptitle("Training turns one large area into many small spots that decide", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Blue: a white pixel here speaks for a cat. Red: it speaks against one. Near white: it hardly
# counts. Left, the guess: a broad blue area at the bottom, a red band above it. Most cats in these pictures sit
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
plt.title("Moving the pictures by two pixels loses most of what was learned")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* In place, the learned weights are right on 90 %. When the pictures move down by only two pixels,
# on 67 %; up by two, on 62 %. The broad areas of the guess suffer less. Training has found what is best for pictures
# in exactly this place. It never saw a picture that was moved.
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
