# %% [markdown]
# You will build a classifier that gives the probability that a picture shows a cat, and the cost that says how good its
# probabilities are.

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
        images: pictures, shape (m, h, w, c): floats, whole numbers or pixels (uint8); they are not changed.

    Returns:
        X, shape (h * w * c, m): column i holds the numbers of picture i, read row by row, the channels of a
        pixel next to each other (NumPy's own order). It may be a view of images.

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
    rows = {"picture 1 stands in row 1; it must stand in column 1": [[10, 20], [30, 40]]}
    what = "images_to_matrix(two pictures of 1 × 2 pixels)"
    checks.close(what, images_to_matrix(images), [[10, 30], [20, 40]], mistakes=rows)
    images = np.arange(5 * 2 * 3 * 3).reshape(5, 2, 3, 3)
    slips = {
        "reshape(-1, m) mixes the pictures; make one row per picture first, then turn": images.reshape(-1, 5),
        "the numbers of a picture stand in another order than row by row": images.T.reshape(18, 5),
    }
    columns = [[18 * picture + number for picture in range(5)] for number in range(18)]
    checks.close("images_to_matrix(images of shape (5, 2, 3, 3))", images_to_matrix(images), columns, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def one_by_one(images):
        m, h, w, c = images.shape
        places = [(y, x, channel) for y in range(h) for x in range(w) for channel in range(c)]
        return np.array([[images[i][place] for i in range(m)] for place in places])

    def pictures(rng, m, h, w, c):
        return rng.normal(0, 300, (m, h, w, c))

    sizes, more = {"m": 130, "h": 8, "w": 8, "c": 4}, {"real": {"images": 1e6}}
    checks.agrees(
        images_to_matrix, one_by_one, pictures, sizes=sizes, types=["images"], pixels=["images"], new=False, **more
    )
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
# s_j = \sqrt{\frac{1}{m} \sum_{i=1}^{m} (X_{ji} - \mu_j)^2}, \qquad
# \hat X_{ji} = \frac{X_{ji} - \mu_j}{s_j}.$$
#
# $\mu$ and $s$ have shape $(n_x, 1)$: one number per feature. In code $s$ is called `sigma`, the usual letter for a standard deviation. In formulas $\sigma$ is kept for the sigmoid of the next section. A pixel that is the same in all pictures has
# $s_j = 0$, and $0 / 0$ is `nan`. So where the computed $s_j$ is 0 we use 1 in its place, and the row becomes 0.
# (Pixels are whole numbers, whose sums are exact. For three times 0.1 rounding can leave a deviation of $10^{-17}$ instead of 0. Libraries guard against that too; here it is not asked.)
#
# *On paper.* The row $[1, 2, 6]$ has $\mu = 3$ and $s = \sqrt{14/3} \approx 2.16$: it becomes
# $[-0.926, -0.463, 1.389]$. The row $[7, 7, 7]$ becomes $[0, 0, 0]$.
#
# ### Exercise 2: `standardize`


# %% exercise="standardize"
def standardize(X):
    """Give every feature mean 0 and standard deviation 1 over the examples.

    Args:
        X: features, shape (n_x, m): floats, whole numbers or pixels (uint8); it is not changed.

    Returns:
        (X_hat, mu, sigma), floats: the standardised features, shape (n_x, m); the mean and the standard deviation of
        each feature, both of shape (n_x, 1). A computed deviation of exactly 0 is replaced by 1, in sigma too.

    Example:
        standardize(np.array([[1, 2, 6], [7, 7, 7]])) has mu [[3], [7]] and sigma [[2.16], [1]].
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
    X = np.array([[1.0, 2.0, 6.0], [7.0, 7.0, 7.0]])
    checks.unchanged(standardize, X)
    what = "standardize([[1, 2, 6], [7, 7, 7]])"
    X_hat, mu, sigma = checks.results(what, standardize(X), ["X_hat", "mu", "sigma"])
    slips = {
        "the sum of squares is divided by m - 1 instead of m": [[7**0.5], [1]],
        "this is the variance; the standard deviation is its square root": [[14 / 3], [1]],
        "a standard deviation of 0 must be replaced by 1": [[(14 / 3) ** 0.5], [0]],
    }
    checks.close(f"mu of {what}", mu, [[3], [7]], mistakes={"this is the median, not the mean": [[2], [7]]})
    checks.close(f"sigma of {what}", sigma, [[(14 / 3) ** 0.5], [1]], mistakes=slips)
    checks.close(f"X_hat of {what}", X_hat, np.array([[-2, -1, 3], [0, 0, 0]]) / (14 / 3) ** 0.5)
    ### BEGIN HIDDEN TESTS

    def row_by_row(X):
        X_hat, mu, sigma = np.zeros(X.shape), [], []
        for j, row in enumerate(X.tolist()):
            mu.append([sum(row) / len(row)])
            squares = [(number - mu[j][0]) ** 2 for number in row]
            sigma.append([(sum(squares) / len(row)) ** 0.5 or 1.0])
            X_hat[j] = [(number - mu[j][0]) / sigma[j][0] for number in row]
        return X_hat, np.array(mu), np.array(sigma)

    def features(rng, n_x, m):
        X = rng.normal(2, 3, (n_x, m))
        X[1::3] = 0  # deviations of exactly 0, whatever X is multiplied by
        return X

    three = np.array([[1.0, 2.0, 6.0], [5.0, -1.0, 0.5]])
    others = {f"with numbers of size {size:g}": (size * three,) for size in (1e-9, 1e-12, 1e9)}
    others["with a mean a million times the deviation"] = (1e6 + three,)
    others["with one number far from 149 others"] = (np.eye(2, 150) - 3,)
    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"X": 1e4}, "types": ["X"], "pixels": ["X"], "cases": others}
    checks.agrees(standardize, row_by_row, features, returns=["X_hat", "mu", "sigma"], **domain)
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
# `inf` (this is called *overflow*), and `inf / inf` is `nan`. The first form has the same overflow for very negative $z$: $1 / (1 + \infty)$ is 0, which is right, but NumPy warns.
# If you write yours so that no exponential is larger than 1, then $z = \pm 1000$ gives 1 and 0 without any warning.
#
# ### Exercise 3: `sigmoid`


# %% exercise="sigmoid"
def sigmoid(z):
    """The sigmoid 1 / (1 + exp(-z)) of each number, finite for every finite z.

    Args:
        z: a number or an array of any shape, of floats or whole numbers; it is not changed.

    Returns:
        A number if z is one, else a new array of the shape of z; every value from 0 to 1, exact to about 12 digits.

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
    checks.unchanged(sigmoid, z)
    checks.shape("sigmoid(z), z of shape (2, 3)", sigmoid(z), (2, 3))
    ### BEGIN HIDDEN TESTS

    def by_tanh(z):
        return (1 + np.tanh(np.asarray(z) / 2)) / 2

    others = {
        "with a number": (-3.5,),
        "with a whole number": (2,),
        "with an array of shape (4,)": (np.array([-30.0, -2.0, 0.0, 40.0]),),
        "with an array of shape (2, 3, 2)": (np.linspace(-9, 9, 12).reshape(2, 3, 2),),
        "with an array of shape (2, 1, 3)": (np.linspace(-9, 9, 6).reshape(2, 1, 3),),
        "with an array of shape (1, 1)": (np.array([[0.7]]),),
        "with an array of shape (1,)": (np.array([-1.5]),),
        "with numbers close to 0": (np.array([1e-8, -3e-8, 1e-7]),),
        "with very large numbers": (np.array([1e9, -1e9, 1e300, -1e300]),),
        "with whole numbers from -800 to 800": (np.array([-800, -3, 0, 800]),),
    }
    slips = {"this is tanh(z)": np.tanh, "this is 1 minus the sigmoid": lambda z: (1 - np.tanh(np.asarray(z) / 2)) / 2}
    domain = {"sizes": {"rows": 130, "columns": 1030}, "real": {"z": 400}, "types": ["z"], "cases": others}
    checks.agrees(
        sigmoid,
        by_tanh,
        lambda rng, rows, columns: rng.normal(0, 3, (rows, columns)),
        mistakes=slips,
        atol=1e-12,
        **domain,
    )
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
# $3 - 4 + 1 = 0$ and $1$, so $A = [0.5, 0.731]$. With $b = -2$ the scores are $-3$ and $-2$, and $A = [0.047, 0.119]$.
#
# ### Exercise 4: `predict_proba`


# %% exercise="predict_proba"
def predict_proba(w, b, X):
    """The probability that y = 1, for each example.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m). All three may be floats or whole numbers.

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
    no_bias = {"the bias b is left out": [[0.2689414214, 0.5, 0.9525741268]]}
    what = "X of shape (2, 3)"
    checks.shape(f"predict_proba(w, 1, X), {what}", predict_proba(w, 1.0, X), (1, 3))
    A = [[0.5, 0.7310585786, 0.9820137900]]
    checks.close(f"predict_proba(w, 1, X), {what}", predict_proba(w, 1.0, X), A, mistakes=no_bias)
    A = [[0.0474258732, 0.1192029220, 0.7310585786]]
    checks.close(f"predict_proba(w, -2, X), {what}", predict_proba(w, -2.0, X), A, mistakes=no_bias)
    ### BEGIN HIDDEN TESTS

    def score_by_score(w, b, X):
        scores = [sum(w[j, 0] * X[j, i] for j in range(len(w))) + b for i in range(X.shape[1])]
        return np.array([[0.5 + np.tanh(score / 2) / 2 for score in scores]])

    def examples(rng, n_x, m):
        return rng.normal(0, 1, (n_x, 1)), rng.normal(), rng.normal(0, 1, (n_x, m))

    slips = {
        "the bias b is left out": lambda w, b, X: score_by_score(w, 0, X),
        "the bias b is subtracted": lambda w, b, X: score_by_score(w, -b, X),
    }
    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"w": 30, "b": 30, "X": 30}, "types": ["w", "b", "X"]}
    checks.agrees(predict_proba, score_by_score, examples, mistakes=slips, atol=1e-12, **domain)
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
        a: predicted probabilities that y = 1, strictly between 0 and 1: a number or an array of any shape.
        y: true labels, 0 or 1, of the shape of a, as whole numbers or floats.

    Returns:
        The loss of each example, however close a is to 0 or 1: a number if a is one, else an array of the shape of a.

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
    base_10 = {"use the natural logarithm, np.log": 0.0457574906, "this is the squared error": 0.01}
    checks.close("loss(0.9, 1)", loss(0.9, 1), 0.1053605157, mistakes=base_10)
    only_1 = {"the part of the examples with y = 0 is missing": 0.0}
    checks.close("loss(0.9, 0)", loss(0.9, 0), 2.3025850930, mistakes=only_1)
    a, y = np.array([[0.2, 0.5, 0.7]]), np.array([[0, 1, 1]])
    checks.unchanged(loss, a, y)
    checks.close("loss([[0.2, 0.5, 0.7]], [[0, 1, 1]])", loss(a, y), [[0.2231435513, 0.6931471806, 0.3566749439]])
    ### BEGIN HIDDEN TESTS

    def surprise(a, y):
        told = np.array(
            [given if true == 1 else 1 - given for given, true in zip(np.ravel(a), np.ravel(y), strict=True)]
        )
        return -np.log(told).reshape(np.shape(a))

    def predictions(rng, rows, columns):
        return rng.uniform(0.02, 0.98, (rows, columns)), rng.integers(0, 2, (rows, columns))

    others = {
        "with numbers": (0.25, 1),
        "with y = 0.0": (0.25, 0.0),
        "with arrays of shape (3,)": (np.array([0.1, 0.5, 0.8]), np.array([1, 0, 1])),
        "with arrays of shape (2, 1, 2)": (np.array([[[0.3, 0.6]], [[0.9, 0.2]]]), np.array([[[0, 1]], [[1, 0]]])),
        "with a close to 0 and 1": (np.array([[1e-12, 1e-12, 1 - 1e-12, 1 - 1e-12]]), np.array([[0, 1, 0, 1]])),
        "with a even closer to 0 and 1": (np.array([1e-300, 1e-15, 1 - 1e-15, 1 - 2**-53]), np.array([1, 1, 0, 0])),
    }
    sizes = {"rows": 130, "columns": 1030}
    checks.agrees(loss, surprise, predictions, sizes=sizes, types=["y"], cases=others, atol=1e-12)
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
# *On paper.* $A = [0.8, 0.5, 0.1]$ and $Y = [1, 0, 1]$: the likelihood is $0.8 \cdot 0.5 \cdot 0.1 = 0.04$, the cost $-\frac13 \log 0.04 \approx 1.073$.
#
# ### Exercise 6: `cost`


# %% exercise="cost"
def cost(A, Y):
    """The cost: the mean of the losses of m examples.

    Args:
        A: predicted probabilities that y = 1, shape (1, m), strictly between 0 and 1.
        Y: true labels, 0 or 1, shape (1, m), as whole numbers or floats.

    Returns:
        A single number (no array), for any m >= 1.

    Example:
        cost(np.array([[0.8, 0.5, 0.1]]), np.array([[1, 0, 1]])) is 1.073.
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
    A, Y = np.array([[0.8, 0.5, 0.1]]), np.array([[1, 0, 1]])
    checks.unchanged(cost, A, Y)
    only_1 = {"the part of the examples with y = 0 is missing": 0.8419095481}
    checks.close("cost([[0.8, 0.5, 0.1]], [[1, 0, 1]])", cost(A, Y), 1.0729586082, m=3, mistakes=only_1)
    checks.close("cost([[0.8, 0.5, 0.1]], [[0, 0, 0]])", cost(A, 0 * Y), 0.8026485362, m=3)
    many = np.tile([[0, 1]], 1500)
    checks.close("cost of 3,000 examples, each prediction 0.5", cost(np.full((1, 3000), 0.5), many), np.log(2))
    ### BEGIN HIDDEN TESTS

    def mean_surprise(A, Y):
        surprises = [-np.log(a if y == 1 else 1 - a) for a, y in zip(A[0].tolist(), Y[0].tolist(), strict=True)]
        return sum(surprises) / len(surprises)

    def predictions(rng, m):
        return rng.uniform(0.02, 0.98, (1, m)), rng.integers(0, 2, (1, m))

    others = {
        "with A close to 0 and 1": (np.array([[1e-12, 1e-12, 1 - 1e-12]]), np.array([[0, 1, 0]])),
        "with A very close to 0": (np.array([[1e-300, 1e-200, 0.5]]), np.array([[1, 1, 0]])),
        "with equal predictions": (np.array([[0.25, 0.25, 0.25, 0.75]]), np.array([[0, 1, 0, 1]])),
        "with one example that is certain": (np.array([[1 - 1e-12]]), np.array([[1]])),
    }
    checks.agrees(cost, mean_surprise, predictions, sizes={"m": 1030}, types=["Y"], cases=others, atol=1e-12)
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
costs = []
for length in lengths:
    A = predict_proba(length * direction, 0.0, X_train)
    # In float64 a very sure prediction rounds to exactly 1, and log(1 - 1) is -inf: keep it a little below.
    costs.append(cost(np.clip(A, 1e-12, 1 - 1e-12), cats.Y_train))
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
