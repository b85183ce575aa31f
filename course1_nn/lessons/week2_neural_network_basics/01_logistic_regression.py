# %% [markdown]
# # Logistic regression and its cost
#
# 中文标题：logistic 回归与代价函数
#
# You will build a classifier that gives the probability that a picture shows a cat, and the cost that says how good its
# probabilities are.
#
# | Lectures of week 2 | 课程视频 |
# |---|---|
# | 1. Binary classification | 二分分类 |
# | 2. Logistic regression | logistic 回归 |
# | 3. Logistic regression cost function | logistic 回归损失函数 |
# | 18. Explanation of the logistic regression cost function (optional) | （选修）logistic 损失函数的解释 |
#
# Time to work through: about 60 minutes. Time to run: a few seconds.

# %% [markdown]
# ## What you will be able to do
#
# - turn a stack of pictures into a matrix `X` with one column per picture, and standardise it;
# - compute the sigmoid without overflow, and the prediction `A` for all pictures at once;
# - derive the loss of one example from a probability, and the cost of `m` examples from their likelihood;
# - say what a cost of 0.693 means.
#
# **What you need:** Python functions, NumPy arrays and their shapes. This is the first lesson of the week.
#
# **How a lesson works.** Replace `raise NotImplementedError` by your code, run the cell, then run the check cell below it.
# A check either says how many tests passed, or says in one line what is wrong. The last cell of the notebook runs more
# checks, which you do not see, and shows your score.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
rng = np.random.default_rng(1)

# %% [markdown]
# ## 1. Pictures as columns of numbers
#
# *How does a picture become the input of a formula?*
#
# **Binary classification** asks a question with two answers: is there a cat in this picture ($y = 1$) or not ($y = 0$)?
# Our pictures show the shapes of animals, white on black, 28 pixels high and 28 wide, with one colour channel. Half of them
# show cats.

# %%
cats = data.load_cat_pictures()
print("pictures:", cats.X_train.shape, cats.X_train.dtype, " labels:", cats.Y_train.shape)
words = ["cat" if y else "not cat" for y in cats.Y_train[0, :16]]
plots.show_images(cats.X_train[:16], words, title="Half of the pictures show a cat")
plt.show()

# %% [markdown]
# *What to notice.* Sixteen shapes, each labelled cat or not cat. Most you name at once. A cat lying down
# and a cow seen from the front are harder: some pictures will stay hard for every classifier.
#
# A picture of height $h$, width $w$ with $c$ channels holds $n_x = h \cdot w \cdot c$ numbers. We write them one below the
# other, as a column $x$ of shape $(n_x, 1)$. The columns of all $m$ pictures side by side make the matrix
#
# $$X = \begin{bmatrix} | & | & & | \\ x^{(1)} & x^{(2)} & \cdots & x^{(m)} \\ | & | & & | \end{bmatrix}
# \qquad \text{shape } (n_x, m).$$
#
# *On paper.* Two pictures of 1 × 2 pixels, $[[10, 20]]$ and $[[30, 40]]$, give
# $X = \begin{bmatrix} 10 & 30 \\ 20 & 40 \end{bmatrix}$: each picture is a column, not a row.
#
# ### Exercise 1: `images_to_matrix`


# %% exercise="images_to_matrix"
def images_to_matrix(images):
    """Write each picture as one column.

    Args:
        images: pictures, shape (m, h, w, c).

    Returns:
        X, shape (h * w * c, m): column i holds the numbers of picture i, read row by row, the channels of a
        pixel next to each other (NumPy's own order).

    Example:
        images_to_matrix(np.array([[[[10], [20]]], [[[30], [40]]]])) is [[10, 30], [20, 40]].
    """
    # 1. Lay each picture out flat: one row per picture. Which of the two lengths do you know, which can NumPy find?
    # 2. Turn rows into columns.
    ### BEGIN SOLUTION
    return images.reshape(images.shape[0], -1).T  # equivalent "1 → 2": any negative length means the same
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `reshape(m, -1)` keeps the first axis and joins all others; `-1` lets NumPy compute the length. Why is
# `reshape(-1, m)` wrong, although its shape is right? Try it on the example and look at the first column.
# </details>

# %% check="images_to_matrix" points=1
with checks.exercise("images_to_matrix"):
    images = np.array([[[[10], [20]]], [[[30], [40]]]])
    checks.unchanged(images_to_matrix, images)
    checks.shape("images_to_matrix(two pictures of 1 × 2 pixels)", images_to_matrix(images), (2, 2))
    checks.close(
        "images_to_matrix(two pictures of 1 × 2 pixels)",
        images_to_matrix(images),
        [[10, 30], [20, 40]],
        mistakes={"picture 1 stands in row 1; it must stand in column 1": [[10, 20], [30, 40]]},
    )
    images = np.arange(5 * 2 * 3 * 3).reshape(5, 2, 3, 3)
    checks.close(
        "images_to_matrix(images of shape (5, 2, 3, 3))",
        images_to_matrix(images),
        [[18 * picture + number for picture in range(5)] for number in range(18)],
        mistakes={
            "reshape(-1, m) mixes the pictures; make one row per picture first, then turn": images.reshape(-1, 5),
            "the numbers of a picture stand in another order than row by row": images.transpose(3, 2, 1, 0).reshape(
                18, 5
            ),
        },
    )
    ### BEGIN HIDDEN TESTS
    images = np.random.default_rng(11).integers(0, 256, (4, 3, 5, 2))
    by_picture = np.stack([image.ravel() for image in images], axis=1)
    checks.close("images_to_matrix(4 pictures of 3 × 5 pixels, 2 channels)", images_to_matrix(images), by_picture)
    checks.shape("images_to_matrix(a single picture of 2 × 2 pixels)", images_to_matrix(images[:1, :2, :2]), (8, 1))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Features on one scale
#
# *Why not feed the pixels as they are?*
#
# A pixel is a number from 0 to 255, and some pixels vary far more than others. Gradient descent, in the next lessons, goes
# faster when every feature has mean 0 and standard deviation 1. For each feature (each **row** of $X$), over the $m$
# examples:
#
# $$\mu_j = \frac{1}{m} \sum_{i=1}^{m} X_{ji}, \qquad
# \sigma_j = \sqrt{\frac{1}{m} \sum_{i=1}^{m} (X_{ji} - \mu_j)^2}, \qquad
# \hat X_{ji} = \frac{X_{ji} - \mu_j}{\sigma_j}.$$
#
# $\mu$ and $\sigma$ have shape $(n_x, 1)$: one number per feature. A pixel that is the same in all pictures has
# $\sigma_j = 0$, and $0 / 0$ is `nan`. So where $\sigma_j$ is 0 we use 1 in its place: the row becomes 0.
#
# *On paper.* The row $[1, 3, 5]$ has $\mu = 3$ and $\sigma = \sqrt{8/3} \approx 1.633$: it becomes
# $[-1.225, 0, 1.225]$. The row $[7, 7, 7]$ becomes $[0, 0, 0]$.
#
# ### Exercise 2: `standardize`


# %% exercise="standardize"
def standardize(X):
    """Give every feature mean 0 and standard deviation 1 over the examples.

    Args:
        X: features, shape (n_x, m), of any number type.

    Returns:
        (X_hat, mu, sigma): the standardised features, shape (n_x, m); the mean and the standard deviation of each
        feature, both of shape (n_x, 1). A standard deviation of 0 is replaced by 1, in sigma too.

    Example:
        standardize(np.array([[1, 3, 5], [7, 7, 7]])) has mu [[3], [7]] and sigma [[1.633], [1]].
    """
    # 1. The mean of each row, kept as a column.
    # 2. The standard deviation of each row, kept as a column; 1 where it is 0.
    # 3. Broadcasting does the rest for all columns at once.
    ### BEGIN SOLUTION
    mu = np.mean(X, axis=1, keepdims=True)
    sigma = np.std(X, axis=1, keepdims=True)
    sigma[sigma == 0] = 1
    return (X - mu) / sigma, mu, sigma
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `axis=1` goes along a row, over the examples. `keepdims=True` keeps the result a column of shape `(n_x, 1)`; without it you
# get shape `(n_x,)`, and `X - mu` then fails, or, worse, subtracts the wrong thing. `np.where(sigma == 0, 1, sigma)`
# replaces the zeros.
# </details>

# %% check="standardize" points=2
with checks.exercise("standardize"):
    X = np.array([[1.0, 3.0, 5.0], [7.0, 7.0, 7.0]])
    checks.unchanged(standardize, X)
    results = standardize(X)
    checks.that(isinstance(results, tuple) and len(results) == 3, "standardize: return three arrays, X_hat, mu, sigma")
    X_hat, mu, sigma = results
    checks.close("mu in standardize([[1, 3, 5], [7, 7, 7]])", mu, [[3.0], [7.0]])
    checks.close(
        "sigma in standardize([[1, 3, 5], [7, 7, 7]])",
        sigma,
        [[np.sqrt(8 / 3)], [1.0]],
        mistakes={
            "the sum of squares is divided by m - 1 instead of m": [[2.0], [1.0]],
            "this is the variance; the standard deviation is its square root": [[8 / 3], [1.0]],
            "a standard deviation of 0 must be replaced by 1": [[np.sqrt(8 / 3)], [0.0]],
        },
    )
    checks.close("X_hat in standardize([[1, 3, 5], [7, 7, 7]])", X_hat, [[-(1.5**0.5), 0, 1.5**0.5], [0, 0, 0]])
    ### BEGIN HIDDEN TESTS
    checks.close("mu in standardize(X), X of whole numbers", standardize(np.array([[1, 2]]))[1], [[1.5]])
    X = np.random.default_rng(12).normal(5, 3, (4, 7)) * [[1.0], [10.0], [0.01], [1.0]]
    X[3] = -2.5
    X_hat, mu, sigma = standardize(X)
    checks.close("mu in standardize(X), X of shape (4, 7)", mu, X.sum(axis=1, keepdims=True) / 7)
    checks.close("the mean of each row of X_hat", X_hat.mean(axis=1), np.zeros(4))
    sample = X.std(axis=1, keepdims=True, ddof=1)
    sample[3] = 1
    checks.close(
        "sigma in standardize(X), X of shape (4, 7)",
        sigma,
        np.r_[np.sqrt(((X[:3] - mu[:3]) ** 2).mean(axis=1, keepdims=True)), [[1.0]]],
        mistakes={"the sum of squares is divided by m - 1 instead of m": sample},
    )
    checks.close("X_hat * sigma + mu (it gives X back)", X_hat * sigma + mu, X)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. From a score to a probability
#
# *How does any number become a probability?*
#
# Logistic regression first computes a score $z = w^T x + b$, which can be any real number. The **sigmoid** turns it into a
# number between 0 and 1:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# *On paper.* $\sigma(0) = 1/2$. For large $z$, $e^{-z}$ vanishes and $\sigma(z) \to 1$; for very negative $z$, $\sigma(z) \to 0$.
# And $\sigma(-z) = 1 - \sigma(z)$: the probability of *not cat* is the sigmoid of the opposite score.
#
# There is a trap. The same function is often written $e^{z} / (1 + e^{z})$. But $e^{1000}$ is too large for a float64: it becomes
# `inf` (this is called *overflow*), and `inf / inf` is `nan`. In the first form the result is still right, only a warning appears. Write
# yours so that no exponential is ever larger than 1; then $z = \pm 1000$ gives 1 and 0 in peace.
#
# ### Exercise 3: `sigmoid`


# %% exercise="sigmoid"
def sigmoid(z):
    """The sigmoid 1 / (1 + exp(-z)) of each number, finite for every finite z.

    Args:
        z: a number or an array of any shape.

    Returns:
        A number if z is one, else an array of the shape of z; every value between 0 and 1.

    Example:
        sigmoid(0) is 0.5; sigmoid(np.array([-1000, 1000])) is [0, 1].
    """
    # 1. Which power stays small: exp of -|z|. Compute it once.
    # 2. For z >= 0 the formula is 1 / (1 + exp(-z)). Multiply it above and below by exp(z): what is it for z < 0?
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1, small) / (1 + small)  # equivalent ">= → >": both branches agree at 0
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# With $s = e^{-|z|} \le 1$: for $z \ge 0$ the result is $1 / (1 + s)$, for $z < 0$ it is $s / (1 + s)$. `np.where(z >= 0, 1, s)`
# chooses the numerator. `np.tanh` gives a formula in one line: $\sigma(z) = (1 + \tanh(z/2)) / 2$.
# </details>

# %% check="sigmoid" points=2
with checks.exercise("sigmoid"):
    checks.close("sigmoid(0)", sigmoid(0), 0.5)
    checks.close("sigmoid([0, log 3])", sigmoid(np.array([0.0, np.log(3)])), [0.5, 0.75])
    checks.close("sigmoid([-1000, 1000])", sigmoid(np.array([-1000.0, 1000.0])), [0.0, 1.0])
    z = np.linspace(-4, 4, 6).reshape(2, 3)
    checks.shape("sigmoid(z), z of shape (2, 3)", sigmoid(z), (2, 3))
    checks.unchanged(sigmoid, z)
    ### BEGIN HIDDEN TESTS
    z = np.random.default_rng(13).normal(0, 5, (3, 4))
    tanh = (1 + np.tanh(z / 2)) / 2
    checks.close("sigmoid(z), z of shape (3, 4)", sigmoid(z), tanh, mistakes={"it is tanh(z)": np.tanh(z)})
    checks.close("sigmoid(z) + sigmoid(-z)", sigmoid(z) + sigmoid(-z), np.ones((3, 4)))
    checks.close("sigmoid([-800, -700.5, 700.5, 800])", sigmoid(np.array([-800, -700.5, 700.5, 800])), [0, 0, 1, 1])
    checks.close("sigmoid([-2, 3]), whole numbers", sigmoid(np.array([-2, 3])), (1 + np.tanh([-1, 1.5])) / 2)
    checks.close("sigmoid(-3.5)", sigmoid(-3.5), (1 + np.tanh(-1.75)) / 2)
    ### END HIDDEN TESTS

# %%
z = np.linspace(-8, 8, 200)
plt.plot(z, sigmoid(z))
plt.axhline(0.5, color="gray", linewidth=1)
plt.xlabel("score z")
plt.ylabel("σ(z), probability of a cat")
plt.title("The sigmoid turns any score into a probability")
plt.show()

# %% [markdown]
# *What to notice.* The curve passes through 1/2 at $z = 0$ and is symmetric about that point. Beyond $|z| = 5$ it is nearly
# flat: once the classifier is sure, a larger score changes little.
#
# ## 4. A prediction for every picture at once
#
# *What does one picture's probability cost to compute, and what do 1,000?*
#
# With weights $w$ of shape $(n_x, 1)$ and a bias $b$ (one number),
#
# $$\hat y^{(i)} = a^{(i)} = \sigma(w^T x^{(i)} + b), \qquad
# A = \sigma(w^T X + b), \quad \text{shape } (1, n_x)(n_x, m) \to (1, m).$$
#
# $a$ is the probability that $y = 1$ given $x$. One matrix product makes all $m$ scores, and $b$ is broadcast to all of them.
#
# *On paper.* $w = [1, -2]^T$, $b = 1$, and two examples $x^{(1)} = [3, 2]^T$, $x^{(2)} = [0, 0]^T$: the scores are
# $3 - 4 + 1 = 0$ and $1$, so $A = [0.5, 0.731]$.
#
# ### Exercise 4: `predict_proba`


# %% exercise="predict_proba"
def predict_proba(w, b, X):
    """The probability that y = 1, for each example.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).

    Returns:
        A, shape (1, m): A[0, i] = sigmoid(w^T x_i + b).

    Example:
        predict_proba(np.array([[1.0], [-2.0]]), 1.0, np.array([[3.0, 0.0], [2.0, 0.0]])) is [[0.5, 0.731]].
    """
    # 1. The scores of all examples: one matrix product. Its shape must be (1, m).
    # 2. Their sigmoid.
    ### BEGIN SOLUTION
    return sigmoid(w.T @ X + b)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Write the shapes down: `w.T` is `(1, n_x)`, `X` is `(n_x, m)`. The matrix product is `@` (or `np.dot`); `*` multiplies entry
# by entry.
# </details>

# %% check="predict_proba" points=2
with checks.exercise("predict_proba"):
    w, X = np.array([[1.0], [-2.0]]), np.array([[3.0, 0.0, 2.0], [2.0, 0.0, -0.5]])
    checks.unchanged(predict_proba, w, 1.0, X)
    A = predict_proba(w, 1.0, X)
    checks.shape("predict_proba(w, 1, X), X of shape (2, 3)", A, (1, 3))
    checks.close("predict_proba(w, 1, X), X of shape (2, 3)", A, [[0.5, 0.7310585786, 0.9820137900]])
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(14)
    w, b, X = check_rng.normal(0, 1, (5, 1)), 0.7, check_rng.normal(0, 1, (5, 8))
    one_by_one = [[float(0.5 + np.tanh((w[:, 0] @ X[:, i] + b) / 2) / 2) for i in range(8)]]
    no_bias = 0.5 + np.tanh(w.T @ X / 2) / 2
    checks.close(
        "predict_proba(w, 0.7, X), X of shape (5, 8)",
        predict_proba(w, b, X),
        one_by_one,
        mistakes={"the bias b is left out": no_bias, "the bias b is subtracted": 0.5 + np.tanh((w.T @ X - b) / 2) / 2},
    )
    checks.shape("predict_proba(w, b, x), x a single example of shape (5, 1)", predict_proba(w, b, X[:, :1]), (1, 1))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. How wrong is one probability?
#
# *The model said 0.9 and there was no cat. How bad is that?*
#
# The model states $P(y = 1 \mid x) = a$, hence $P(y = 0 \mid x) = 1 - a$. Both in one formula: $P(y \mid x) = a^{y} (1 - a)^{1 - y}$
# (put in $y = 1$ and $y = 0$ to see it). The **loss** is the negative logarithm of the probability that the model gave to what
# really happened:
#
# $$\mathcal{L}(a, y) = -\log P(y \mid x) = -\bigl(y \log a + (1 - y) \log(1 - a)\bigr).$$
#
# *On paper.* $y = 1$ and $a = 0.9$: $-\log 0.9 \approx 0.105$, a small loss. $y = 0$ and $a = 0.9$: $-\log 0.1 \approx 2.303$,
# twenty-two times as much. ($\log$ is the natural logarithm.)
#
# ### Exercise 5: `loss`


# %% exercise="loss"
def loss(a, y):
    """The loss -(y log a + (1 - y) log(1 - a)) of each example.

    Args:
        a: predicted probabilities that y = 1, strictly between 0 and 1: a number or an array.
        y: true labels, 0 or 1, of the shape of a.

    Returns:
        The loss of each example: a number if a is one, else an array of the shape of a.

    Example:
        loss(0.9, 1) is 0.105; loss(0.9, 0) is 2.303.
    """
    # 1. Which probability did the model give to the label that is true?
    # 2. Its negative natural logarithm.
    ### BEGIN SOLUTION
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.log` is the natural logarithm and works on numbers and arrays. The formula is one line of Python. Mind the sign: a
# logarithm of a probability is negative, a loss is positive.
# </details>

# %% check="loss" points=1
with checks.exercise("loss"):
    checks.close("loss(0.9, 1)", loss(0.9, 1), -np.log(0.9))
    checks.close("loss(0.9, 0)", loss(0.9, 0), -np.log(0.1))
    a, y = np.array([[0.2, 0.5, 0.7]]), np.array([[0, 1, 1]])
    checks.close("loss([[0.2, 0.5, 0.7]], [[0, 1, 1]])", loss(a, y), -np.log([[0.8, 0.5, 0.7]]))
    checks.unchanged(loss, a, y)
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(15)
    a, y = check_rng.uniform(0.02, 0.98, (2, 6)), np.array([[1, 0, 0, 1, 1, 0], [0, 0, 1, 0, 1, 1]])
    chosen = np.array([[a[r, i] if y[r, i] == 1 else 1 - a[r, i] for i in range(6)] for r in range(2)])
    checks.close("loss(a, y), both of shape (2, 6)", loss(a, y), -np.log(chosen))
    checks.close("loss(1 - a, 1 - y), the same question asked the other way", loss(1 - a, 1 - y), -np.log(chosen))
    checks.close("loss(0.25, 1)", loss(0.25, 1), 2 * np.log(2))
    ### END HIDDEN TESTS

# %%
a = np.linspace(0.01, 0.99, 99)
plt.plot(a, loss(a, np.ones_like(a)), label="loss, y = 1")
plt.plot(a, loss(a, np.zeros_like(a)), label="loss, y = 0")
plt.plot(a, (a - 1) ** 2, label="squared error, y = 1")
plt.xlabel("predicted probability a")
plt.ylabel("loss")
plt.title("A confident mistake costs without limit; squared error never costs more than 1")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* For $y = 1$ the loss falls from 4.6 at $a = 0.01$ to almost 0 at $a = 0.99$; the curve for $y = 0$ is its
# mirror image. The squared error never exceeds 1: to be certain and wrong costs little more than to be wrong. Joined with the
# sigmoid it also gives a cost with flat regions far from the minimum, where gradient descent would get stuck; the cost below has
# the form of a single valley (it is *convex*), so that every step downhill is a step towards the lowest cost.
#
# ## 6. The cost of all examples, from their likelihood
#
# *Why the mean of the losses, and not something else?*
#
# If the $m$ examples are independent, the probability that the model gives to **all** labels is the product of their
# probabilities, the **likelihood** $\prod_i P(y^{(i)} \mid x^{(i)})$. A good model makes it large. A product of many small numbers
# becomes too small for a float64 and ends at 0. So we take the logarithm, which turns it into a sum; we change the sign, so that smaller is better; and we divide
# by $m$, so that the number does not grow with the amount of data. This is the **cost**:
#
# $$J(w, b) = -\frac{1}{m} \log \prod_{i=1}^{m} P(y^{(i)} \mid x^{(i)})
# = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}(a^{(i)}, y^{(i)}).$$
#
# *On paper.* $A = [0.8, 0.5]$ and $Y = [1, 0]$: the likelihood is $0.8 \cdot 0.5 = 0.4$, the cost $-\frac12 \log 0.4 \approx 0.458$.
#
# ### Exercise 6: `cost`


# %% exercise="cost"
def cost(A, Y):
    """The cost: the mean loss of m examples, minus one m-th of the logarithm of their likelihood.

    Args:
        A: predicted probabilities that y = 1, shape (1, m), strictly between 0 and 1.
        Y: true labels, 0 or 1, shape (1, m).

    Returns:
        A single number (no array).

    Example:
        cost(np.array([[0.8, 0.5]]), np.array([[1, 0]])) is 0.458.
    """
    # 1. How many examples are there?
    # 2. The loss of each; you have a function for it.
    # 3. Their mean, as a number.
    ### BEGIN SOLUTION
    m = Y.shape[1]
    return np.sum(loss(A, Y)) / m
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Y` has shape `(1, m)`, so `m = Y.shape[1]`; `len(Y)` is 1. `np.sum` without an axis adds everything up to a single number.
# Do not compute the product of the probabilities: for 1,000 examples it is 0 in float64.
# </details>

# %% check="cost" points=2
with checks.exercise("cost"):
    A, Y = np.array([[0.8, 0.5]]), np.array([[1, 0]])
    checks.unchanged(cost, A, Y)
    checks.close("cost([[0.8, 0.5]], [[1, 0]])", cost(A, Y), -np.log(0.4) / 2, m=2)
    A, Y = np.full((1, 5), 0.5), np.array([[1, 0, 1, 1, 0]])
    checks.close("cost when every prediction is 0.5", cost(A, Y), np.log(2), m=5)
    many = np.tile([[0, 1]], 1500)
    checks.close("cost of 3,000 examples, each prediction 0.5", cost(np.full((1, 3000), 0.5), many), np.log(2))
    ### BEGIN HIDDEN TESTS
    check_rng = np.random.default_rng(16)
    A, Y = check_rng.uniform(0.05, 0.95, (1, 7)), np.array([[1, 1, 0, 1, 0, 0, 1]])
    likelihood = np.prod(np.where(Y == 1, A, 1 - A))
    checks.close("cost(A, Y) of 7 examples", cost(A, Y), -np.log(likelihood) / 7, m=7)
    twice = cost(np.hstack([A, A]), np.hstack([Y, Y]))
    checks.close("cost of the same 7 examples given twice", twice, -np.log(likelihood) / 7, m=14)
    many = check_rng.integers(0, 2, (1, 3000))
    checks.close("cost of 3,000 examples, each given the probability 0.25", cost(np.abs(many - 0.75), many), np.log(4))
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. On the real pictures, before any learning
#
# *How far does one get without training?*
#
# Put all together on the pictures of animals. A simple guess for the weights: the **mean cat minus the mean not-cat**. A pixel that is
# white in cats only gets a large positive weight, one that is white in other animals only a negative one, and one that both share a weight near 0. How long should $w$ be? Its
# direction decides who is called a cat, its length how sure the model is. We try several lengths and look at the cost.

# %%
X_train, mu, sigma = standardize(images_to_matrix(cats.X_train))
X_test = (images_to_matrix(cats.X_test) - mu) / sigma  # the test pictures are scaled with the training statistics
is_cat = cats.Y_train[0] == 1
direction = (X_train[:, is_cat].mean(axis=1) - X_train[:, ~is_cat].mean(axis=1)).reshape(-1, 1)
direction /= np.linalg.norm(direction)

lengths = np.linspace(0, 2, 21)
costs = [cost(np.clip(predict_proba(k * direction, 0.0, X_train), 1e-12, 1 - 1e-12), cats.Y_train) for k in lengths]
best = lengths[np.argmin(costs)]
guess = predict_proba(best * direction, 0.0, X_test) > 0.5
print(f"cost with w = 0: {costs[0]:.4f} (log 2 = {np.log(2):.4f})")
print(
    f"lowest cost {min(costs):.4f} at length {best:.1f}; right on {np.mean(guess == cats.Y_test):.1%} of the test pictures"
)

# %%
plt.plot(lengths, costs, marker="o")
plt.axhline(np.log(2), color="gray", linestyle="--", linewidth=1, label="knowing nothing: log 2")
plt.xlabel("length of w")
plt.ylabel("cost on the training pictures")
plt.title("A longer w helps at first; then it costs more than knowing nothing")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* With $w = 0$ every prediction is 0.5 and the cost is $\log 2 \approx 0.693$: the price of knowing nothing. A
# classifier with a higher cost than that is worse than no classifier. As $w$ grows, the cost first falls to about 0.35 and then rises
# above 0.693. The decisions are the same at every length above 0 (with $b = 0$), and right on 86 % of the test pictures; but with a long $w$ the mistakes are made
# with too much confidence. Accuracy does not see that; the cost does.
#
# The other 14 % are pictures that a mean of all cats cannot tell: cats lie, walk and turn. In lesson 04 gradient descent finds better
# weights for the same pictures.

# %% [markdown]
# ## Hidden checks
#
# Save the notebook (Ctrl+S, or Cmd+S on a Mac), then run this cell. It grades the saved file with more tests than you see above.

# %%
grade()

# %% [markdown]
# ## What you built
#
# - `images_to_matrix` and `standardize`: real pictures as a matrix `X` of shape `(n_x, m)`, every row on one scale;
# - `sigmoid` and `predict_proba`: a probability for every picture with one matrix product, without overflow;
# - `loss` and `cost`: the negative logarithm of what the model gave to the truth, and its mean;
# - and you know that 0.693 is the cost of a coin toss.
#
# ## On your own
#
# - Where is the cost lowest if you also move the bias $b$?
# - Show that the derivative of the loss with respect to $z$ is $a - y$. Lesson 03 needs it.
# - Draw the pixels of `direction` as a 28 × 28 picture. What do you recognise?
#
# ## In practice
#
# `sklearn.preprocessing.StandardScaler` standardises and remembers the training statistics (with examples as rows, not columns).
# `scipy.special.expit` is the sigmoid. `sklearn.metrics.log_loss` is our cost; it clips probabilities away from 0 and 1. PyTorch's
# `binary_cross_entropy_with_logits` takes the score $z$ instead of $a$, which is exact even where the sigmoid rounds to 1.
#
# ## References
#
# - D. R. Cox (1958), *The regression analysis of binary sequences*, Journal of the Royal Statistical Society B.
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, section 4.3.2.
