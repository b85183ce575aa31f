# %% [markdown]
# You will build a classifier for any number of classes: softmax, its cost and its gradient, with loops and with matrices, and the training of a network on top of them.
# It reads ten digits. You will see which of them it confuses, and whether its probabilities can be trusted.

# %% [markdown]
# ## What you will be able to do
#
# - turn scores into the probabilities of many classes, without overflow;
# - compute the cross-entropy from probabilities and, better, from the scores;
# - derive the gradient $a - y$ with the Jacobian of softmax, and write it with loops and with matrices;
# - show that softmax with two classes is logistic regression;
# - train a network for ten classes, read its confusion matrix, and repair its probabilities with a temperature.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb) and [L2 regularisation](../week1_practical_aspects/02_l2_regularization.ipynb).
# So far the softmax of `dense` was a black box. Here you write it yourself, so use your own: while your answers are graded, `dense` has no softmax.

# %%
import sys
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()


def columns(images, most):
    """Pictures (m, height, width, 1) as columns of pixels from 0 to 1; most is the number for full ink."""
    return images.reshape(len(images), -1).T / most


small = data.load_small_digits()
X_small, X_small_test = columns(small.X_train, 16), columns(small.X_test, 16)
print("small digits to train:", X_small.shape, "labels:", small.Y_train.shape, "to test:", X_small_test.shape)

# %% [markdown]
# ## 1. Softmax
#
# *How do scores become the probabilities of several classes?*
#
# A picture shows one of $n$ digits, and exactly one. The last layer of a network has one unit for each class, with a score $z_k$, a number. The **softmax** of the scores $z$ of one example, shape $(n, 1)$, is
#
# $$a_k = \frac{e^{z_k}}{\sum_{j=1}^{n} e^{z_j}}, \qquad k = 1, \dots, n.$$
#
# All $a_k$ are positive and add up to 1. The class with the largest score has the largest probability. With $m$ examples, $Z$ and $A$ have the shape $(n, m)$, and each column is on its own.
#
# *On paper.* $z = (0, \log 3, \log 4)$: the exponentials are 1, 3, 4, their sum is 8, so $a = (1/8, \; 3/8, \; 1/2)$.
#
# **Overflow.** `np.exp(1000)` is `inf`, and `inf / inf` is `nan`. But a constant $c$ that is subtracted from all scores of an example changes nothing:
#
# $$\frac{e^{z_k - c}}{\sum_j e^{z_j - c}} = \frac{e^{-c} e^{z_k}}{e^{-c} \sum_j e^{z_j}} = a_k .$$
#
# With a good $c$ no exponent is above 0, and at least one is 0: nothing overflows and the sum is at least 1. In course 1, week 2, you did this for rows. Here examples are columns.
#
# ### Exercise 1: `softmax`


# %% exercise="softmax"
def softmax(Z):
    """The softmax of each column.

    Args:
        Z: scores, shape (n, m), one column for each example, of floats or whole numbers,
            from -10,000 to 10,000.

    Returns:
        An array of floats, shape (n, m); each column adds up to 1. Nothing overflows, and nothing is clipped or added:
        each entry above 1e-300 is right to 9 digits of itself.

    Example:
        softmax(np.array([[0.0], [np.log(3)], [np.log(4)]])) is [[0.125], [0.375], [0.5]].
    """
    # 1. Which number makes the exponents of a column harmless? Each column has its own.
    # 2. Exponentials, divided by their sum. Over which axis?
    ### BEGIN SOLUTION
    exponentials = np.exp(Z - np.max(Z, axis=0))
    return exponentials / np.sum(exponentials, axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Subtract the largest score of each column. A column runs along axis 0.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.max(Z, axis=0, keepdims=True)` has the shape $(1, m)$. The sum in the denominator needs the same axis.
# </details>

# %% check="softmax" points=2
with checks.exercise("softmax"):
    E = np.array([[1.0, 5.0, 2.0, 6.0], [3.0, 2.0, 2.0, 1.0], [4.0, 3.0, 6.0, 9.0]])
    Z = np.log(E)
    checks.unchanged(softmax, Z)
    by_row = [[1 / 14, 5 / 14, 1 / 7, 3 / 7], [3 / 8, 1 / 4, 1 / 4, 1 / 8], [2 / 11, 3 / 22, 3 / 11, 9 / 22]]
    slips = {"each row adds up to 1 here, but an example is a column": by_row}
    slips |= {"all entries together add up to 1, but each column must": E / 44, "the division is missing": E}
    A = [[0.125, 0.5, 0.2, 0.375], [0.375, 0.2, 0.2, 0.0625], [0.5, 0.3, 0.6, 0.5625]]
    checks.close("softmax(log [[1, 5, 2, 6], [3, 2, 2, 1], [4, 3, 6, 9]])", softmax(Z), A, mistakes=slips)
    far, what = np.array([[1e3, -1e3], [1e3, -1e3], [0, -1e3]]), "softmax([[1000, -1000], [1000, -1000], [0, -1000]])"
    checks.close(what, softmax(far), [[0.5, 1 / 3], [0.5, 1 / 3], [0, 1 / 3]])
    ### BEGIN HIDDEN TESTS

    def by_ratios(Z):
        A = np.zeros(Z.shape)
        for i, z in enumerate(Z.T.astype(float)):
            for k in range(len(z)):
                A[k, i] = 1 / np.sum(np.exp(np.minimum(z - z[k], 705)))
        return A

    def scores(rng, n, m):
        return rng.normal(0, 2, (n, m))

    others = {
        "with one column far above the others": (np.array([[9999.0, 1.0], [1e4, 2.0], [9998.0, 0.5]]),),
        "with all scores near -10,000": (np.array([[-1e4, -9999.5, -9998.0], [-9999.0, -9999.5, -9999.0]]),),
        "with ties": (np.array([[2.0, -3.0, 0.0], [2.0, -3.0, -0.0], [1.0, -3.0, 0.0]]),),
        "with scores of 700 and 710": (np.array([[700.0, 710.0], [690.0, 700.0], [705.0, -710.0]]),),
    }
    checks.agrees(softmax, by_ratios, scores, sizes={"n": 130, "m": 1030}, real={"Z": 300}, types=["Z"], cases=others)
    tiny = softmax(np.array([[0.0, 0.0, 300.0, -690.0], [-40.0, -600.0, 290.0, 0.0]]))
    tiny = np.array([tiny[1, 0], tiny[1, 1], tiny[1, 2], tiny[0, 3]])
    below = np.array([-40.0, -600.0, -10.0, -690.0])
    what = "small entries of softmax([[0, 0, 300, -690], [-40, -600, 290, 0]]), divided by what they should be"
    checks.close(what, tiny / (np.exp(below) / (1 + np.exp(below))), np.ones(4), rtol=1e-9)
    ### END HIDDEN TESTS

# %%
Z = np.array([[0.0, 1.5], [2.0, 1.0], [1.0, -1.0], [-1.0, 1.2]])
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
for example, axis in enumerate(axes):
    for number, T in enumerate((0.25, 1, 4)):
        place = np.arange(4) + 0.27 * (number - 1)
        hatch = ("//", "", "..")[number]
        axis.bar(place, softmax(Z / T)[:, example], 0.25, color=plots.COLORS[number], hatch=hatch, label=f"T = {T}")
    axis.set(
        xlabel="class and its score", xticks=range(4), title=("a clear case", "three scores close together")[example]
    )
    axis.set_xticklabels([f"{k}\nz = {z}" for k, z in enumerate(Z[:, example])])
axes[0].set_ylabel("probability")
axes[0].legend()
figure.suptitle("The order stays; the temperature T says how sure the answer is", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The picture shows $\text{softmax}(z / T)$ with a **temperature** $T > 0$; $T = 1$ is the plain softmax. A small $T$ gives nearly all probability to the largest score: in the limit $T \to 0$ it is the "hardmax" of the lecture, 1 for the largest and 0 elsewhere (if there is no tie).
# A large $T$ makes all classes nearly equal. The class with the largest probability is the same for every $T$. We need this again in section 7.
#
# ## 2. Labels and the cost
#
# *What does a wrong probability cost?*
#
# The label of an example is a whole number from 0 to $n-1$. For formulas it becomes a column $y$ of shape $(n, 1)$ with a single 1 in the row of the true class: the **one-hot** code. $Y$ has the shape $(n, m)$.
#
# *On paper.* The labels 2, 0, 2 with 4 classes:
#
# $$Y = \begin{pmatrix} 0 & 1 & 0 \\ 0 & 0 & 0 \\ 1 & 0 & 1 \\ 0 & 0 & 0 \end{pmatrix}$$
#
# ### Exercise 2: `one_hot`
#
# NumPy takes the index $-1$ as the last one, without a word. A label of $-1$ is mostly a mistake in the data ("unknown"). So refuse it.


# %% exercise="one_hot"
def one_hot(labels, n):
    """The labels as columns with a single 1.

    Args:
        labels: the classes of m examples, whole numbers from 0 to n - 1, shape (1, m). Not each class need occur.
        n: the number of classes, a whole number >= 1.

    Returns:
        An array of floats, shape (n, m): 1 in the row of the class of each column, 0 elsewhere.

    Raises:
        ValueError: a label is below 0, or n or above.

    Example:
        one_hot(np.array([[2, 0, 2]]), 4) is the matrix above.
    """
    # 1. Refuse labels out of range.
    # 2. Begin with zeros. In column i, which row gets the 1?
    ### BEGIN SOLUTION
    if np.min(labels) < 0 or np.max(labels) >= n:
        raise ValueError(f"each label must be at least 0 and below {n}")
    Y = np.zeros((n, labels.shape[1]))
    Y[labels[0], np.arange(labels.shape[1])] = 1
    return Y
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `Y[rows, columns] = 1` with two arrays of indices sets one entry for each pair. The rows are `labels[0]`, the columns are $0, \dots, m-1$. A loop does it as well.
# </details>

# %% check="one_hot" points=1
with checks.exercise("one_hot"):
    labels = np.array([[2, 0, 2]])
    checks.unchanged(one_hot, labels, 4)
    slips = {"label 0 is the first row: NumPy counts from 0": [[0, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 1]]}
    slips["each column has its own 1; here each label sets the whole row"] = [[1] * 3, [0] * 3, [1] * 3, [0] * 3]
    Y = [[0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]]
    checks.close("one_hot([[2, 0, 2]], 4)", one_hot(labels, 4), Y, mistakes=slips)
    checks.raises("one_hot([[2, 0, 2]], 2)", ValueError, one_hot, labels, 2)
    checks.raises("one_hot([[1, -1]], 4)", ValueError, one_hot, np.array([[1, -1]]), 4)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(labels, n):
        return np.array([[1.0 if label == k else 0.0 for label in labels[0].tolist()] for k in range(n)])

    def classes(rng, n, m):
        return rng.integers(0, n, (1, m)), n

    others = {
        "with only the last of 4 classes": (np.array([[3, 3]]), 4),
        "with classes that do not occur": (np.array([[1, 1, 2]]), 6),
    }
    checks.agrees(one_hot, entry_by_entry, classes, sizes={"n": 130, "m": 1030}, cases=others, apart=False)
    for labels, n in (([[0, 3]], 3), ([[4, 0, 1]], 3), ([[-1]], 1), ([[1]], 1), ([[0, -5, 1]], 3), ([[-3, 2]], 3)):
        checks.raises(f"one_hot({labels}, {n})", ValueError, one_hot, np.array(labels), n)
    checks.that(one_hot(np.array([[1, 0]]), 2).dtype.kind == "f", "one_hot: the result must hold floats")
    ### END HIDDEN TESTS

# %% [markdown]
# **The cross-entropy.** The loss of one example is minus the logarithm of the probability of its true class, and the cost is the mean over the examples:
#
# $$\mathcal{L}(a, y) = -\sum_{k=1}^{n} y_k \log a_k, \qquad J = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}\bigl(a^{(i)}, y^{(i)}\bigr).$$
#
# The $y_k$ that are 0 take out all other terms: the other probabilities count only indirectly: the larger they are, the smaller is that of the true class.
# A column of $Y$ may also be *soft*: several positive entries that add up to 1 (label smoothing, [week 1](../week1_practical_aspects/03_dropout_and_other_regularizers.ipynb)). The same formula holds.
#
# *On paper.* $a = (1/8, 3/8, 1/2)$: if class 2 is true, the loss is $-\log(1/2) = 0.693$; if class 0 is true, it is $-\log(1/8) = 2.079$. An answer that gives each of $n$ classes the same probability costs $\log n$: 2.303 for ten.
#
# If the probability is exactly 0, the loss would be infinite. We count probabilities below $10^{-15}$ as $10^{-15}$, so an example costs at most 34.5.
#
# ### Exercise 3: `cross_entropy`


# %% exercise="cross_entropy"
def cross_entropy(A, Y):
    """The mean loss over the examples.

    Args:
        A: probabilities of the classes, from 0 to 1, shape (n, m); each column adds up to 1.
        Y: labels, shape (n, m), of floats or whole numbers; each column adds up to 1, mostly as a single 1, but it may be
            soft, as in [0.9, 0.05, 0.05].

    Returns:
        A number. Probabilities below 1e-15 count as 1e-15. Others are not changed, and no small number is added to them.

    Example:
        cross_entropy(np.array([[0.125], [0.375], [0.5]]), np.array([[0], [0], [1]])) is log 2 = 0.6931.
    """
    # 1. Keep the logarithm away from 0.
    # 2. Add up over the classes, mean over the examples. How many are they?
    ### BEGIN SOLUTION
    log_A = np.log(np.maximum(A, 1e-15))
    return -np.sum(Y * log_A) / Y.shape[1]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.maximum(A, 1e-15)` replaces only what is smaller.
# </details>
# <details><summary>Hint 2</summary>
#
# Multiply `Y` and the logarithms entry by entry, add up everything, and divide by the number of columns. `np.mean` would divide by $n \cdot m$.
# </details>

# %% check="cross_entropy" points=2
with checks.exercise("cross_entropy"):
    A = np.array([[0.125, 0.5, 0.2], [0.375, 0.2, 0.2], [0.5, 0.3, 0.6]])
    Y = np.array([[0, 0, 0], [0, 1, 0], [1, 0, 1]])
    checks.unchanged(cross_entropy, A, Y)
    slips = {
        "this is the sum over the examples, not their mean": 2.8134107,
        "the mean must be over the 3 examples, not over all 9 entries": 0.3126012,
        "only the true class counts; the terms with 1 - Y belong to the sigmoid": 1.637685,
        "use the natural logarithm": 1.3529646,
        "the minus sign is missing": -0.9378036,
    }
    checks.close("cross_entropy(A, Y), classes 2, 1, 2", cross_entropy(A, Y), 0.9378036, mistakes=slips)
    certain, first = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[1, 1], [0, 0]])
    checks.close("cross_entropy([[0, 1], [1, 0]], [[1, 1], [0, 0]])", cross_entropy(certain, first), 17.2693882)
    ### BEGIN HIDDEN TESTS

    def term_by_term(A, Y):
        losses = []
        for a, y in zip(A.T.tolist(), Y.T.tolist(), strict=True):
            losses.append(-sum(y_k * np.log(a_k if a_k > 1e-15 else 1e-15) for a_k, y_k in zip(a, y, strict=True)))
        return sum(losses) / len(losses)

    def answers(rng, n, m):
        A, Y = rng.dirichlet(np.ones(n), m).T, rng.dirichlet(np.ones(n), m).T
        return A.copy(), Y if m % 2 else np.eye(n)[rng.integers(0, n, m)].T

    small_ones = np.array([[1e-14, 1e-16, 1e-15, 3e-15], [1 - 1e-14, 1.0, 1.0, 1.0]])
    others = {
        "with probabilities near 1e-15": (small_ones, np.array([[1, 1, 1, 1], [0, 0, 0, 0]])),
        "with a probability of 1e-10 for the true class": (np.array([[1e-10], [1 - 1e-10]]), np.array([[1.0], [0.0]])),
        "with soft labels": (np.array([[0.3, 0.0], [0.7, 1.0]]), np.array([[0.9, 0.05], [0.1, 0.95]])),
        "with labels of 0.5": (np.array([[0.3, 0.9], [0.7, 0.1]]), np.full((2, 2), 0.5)),
        "with whole numbers in Y": (np.array([[0.3, 0.9, 0.2], [0.7, 0.1, 0.8]]), np.array([[1, 1, 0], [0, 0, 1]])),
        "with whole numbers in A": (np.array([[1, 0, 0], [0, 1, 1]]), np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])),
        "with one class": (np.ones((1, 4)), np.ones((1, 4))),
    }
    sizes = {"n": 130, "m": 1031}
    checks.agrees(cross_entropy, term_by_term, answers, sizes=sizes, cases=others, atol=1e-14)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. The loss from the scores
#
# *Why do libraries want scores and not probabilities?*
#
# The limit of $10^{-15}$ is a patch. A probability below about $10^{-323}$ is 0 in the computer, whatever its score was, and the limit hides how wrong the answer is. Put softmax into the logarithm instead:
#
# $$-\log a_k = -\log \frac{e^{z_k}}{\sum_j e^{z_j}} = \log \sum_{j=1}^{n} e^{z_j} - z_k .$$
#
# With the largest score $c$ of the example, $\log \sum_j e^{z_j} = c + \log \sum_j e^{z_j - c}$: the **log-sum-exp** without overflow. The sum is between 1 and $n$, so its logarithm is harmless. No limit is needed.
# The scores are also called *logits*.
#
# *On paper.* $z = (0, \log 3, \log 4)$ and class 0: $\log 8 - 0 = 2.079$, as before. $z = (1000, 0, 0)$ and class 1: $1000 + \log(1 + 2 e^{-1000}) - 0 = 1000$. From the probabilities we would get 34.5.
#
# ### Exercise 4: `cross_entropy_from_logits`


# %% exercise="cross_entropy_from_logits"
def cross_entropy_from_logits(Z, Y):
    """The mean loss over the examples, computed from the scores.

    Args:
        Z: scores, shape (n, m), of floats or whole numbers, from -10,000 to 10,000.
        Y: labels, shape (n, m), of floats or whole numbers; each column adds up to 1, mostly as a single 1.

    Returns:
        A number, without any limit, right to 9 digits (where it is below 0.01: to 1e-11).

    Example:
        cross_entropy_from_logits(np.array([[1000.0], [0.0], [0.0]]), np.array([[0], [1], [0]])) is 1000.
    """
    # 1. Make the exponents harmless, as in softmax.
    # 2. The logarithms of all probabilities, (n, m), without computing any probability.
    # 3. Then the cost as before.
    ### BEGIN SOLUTION
    shifted = Z - np.max(Z, axis=0)
    log_A = shifted - np.log(np.sum(np.exp(shifted), axis=0))
    return -np.sum(Y * log_A) / Y.shape[1]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# With `shifted`, the scores minus the largest of their column, the formula above becomes $\log a_k = \text{shifted}_k - \log \sum_j e^{\text{shifted}_j}$.
# </details>
# <details><summary>Hint 2</summary>
#
# `log_A = shifted - np.log(…)`, where the sum goes over axis 0 with `keepdims=True`. Do not call `softmax`: its 0 has no logarithm.
# </details>

# %% check="cross_entropy_from_logits" points=2
with checks.exercise("cross_entropy_from_logits"):
    Z = np.array([[0.0, 2.0, 1.0], [1.0, 2.0, -1.0], [3.0, -1.0, 0.5]])
    Y = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    checks.unchanged(cross_entropy_from_logits, Z, Y)
    slips = {
        "this is the sum over the examples, not their mean": 4.9425389,
        "the mean must be over the 3 examples, not over all 9 entries": 0.549171,
        "the score of the true class is missing": 2.4808463,
        "the minus sign is missing": -1.647513,
        "the sum of exponentials must be over the classes (axis 0), not the examples": 1.7840976,
    }
    what = "cross_entropy_from_logits(Z, Y), classes 0, 1, 2"
    checks.close(what, cross_entropy_from_logits(Z, Y), 1.647513, mistakes=slips)
    far, what = np.array([[1000.0], [0.0], [-500.0]]), "cross_entropy_from_logits([[1000], [0], [-500]], class 2)"
    slips = {"the limit 1e-15 is still in it": 34.5387764}
    checks.close(what, cross_entropy_from_logits(far, np.array([[0], [0], [1]])), 1500.0, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def against_the_true_one(Z, Y):
        total = 0.0
        for z, y in zip(Z.T.tolist(), Y.T.tolist(), strict=True):
            for z_k, y_k in zip(z, y, strict=True):
                gaps = [z_j - z_k for z_j in z]
                if y_k:
                    total += y_k * (max(gaps) + np.log(sum(np.exp(gap - max(gaps)) for gap in gaps)))
        return total / Z.shape[1]

    def examples(rng, n, m):
        soft = rng.dirichlet(np.ones(n), m).T.copy()
        return rng.normal(0, 2, (n, m)), soft if m % 2 else np.eye(n)[rng.integers(0, n, m)].T

    others = {
        "with soft labels and scores of 1000": (np.array([[1e3], [0.0], [-1e3]]), np.array([[0.7], [0.1], [0.2]])),
        "with all scores near 9,000": (9e3 + np.array([[0.0], [1.0], [3.0]]), np.array([[0], [1], [0]])),
        "with all scores near -9,000": (-9e3 + np.array([[0.0, 2.0], [1.0, 0.0]]), np.array([[1, 1], [0, 0]])),
        "with one column far above the others": (np.array([[9e3, 1.0], [9e3 + 1, 2.0]]), np.array([[1, 0], [0, 1]])),
        "with a loss of 20,000": (np.array([[1e4, 1.0], [-1e4, 2.0]]), np.array([[0, 0], [1, 1]])),
        "with a loss of 40": (np.array([[40.0], [0.0]]), np.array([[0], [1]])),
        "with a loss of 1e-9": (np.array([[0.0], [21.0]]), np.array([[0], [1]])),
        "with whole numbers in Y": (np.array([[0.3, 9.0, 2.0], [7.0, 0.1, 8.0]]), np.array([[1, 1, 0], [0, 0, 1]])),
        "with one class": (np.array([[3.0, -800.0]]), np.ones((1, 2))),
    }
    domain = {"real": {"Z": 300}, "types": ["Z"], "cases": others, "atol": 1e-11}
    checks.agrees(cross_entropy_from_logits, against_the_true_one, examples, sizes={"n": 130, "m": 331}, **domain)
    ### END HIDDEN TESTS

# %%
gaps, first = np.linspace(-5, 60, 200), np.array([[1], [0]])
two_scores = [np.array([[0.0], [gap]]) for gap in gaps]
plt.plot(gaps, [cross_entropy_from_logits(Z, first) for Z in two_scores], label="from the scores")
plt.plot(gaps, [cross_entropy(softmax(Z), first) for Z in two_scores], label="from the probabilities")
plt.xlabel("score of the wrong class minus score of the true class")
plt.ylabel("loss")
plt.title("From the probabilities the loss ends at 34.5; from the scores it goes on")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* On the right side the loss is a straight line: it grows by 1 for each unit of the score. On the flat part the derivative of the patched loss would be 0: the most wrong examples would teach nothing.
#
# ## 4. The gradient
#
# *In which direction should each score move?*
#
# We need $dz_k = \partial \mathcal{L} / \partial z_k$. A score changes *all* probabilities, because the denominator holds it. So first the **Jacobian** of softmax, a matrix of shape $(n, n)$. With $\delta_{jk} = 1$ for $j = k$, else 0, the quotient rule gives
#
# $$\frac{\partial a_j}{\partial z_k} = \frac{\delta_{jk} e^{z_j} \sum_l e^{z_l} - e^{z_j} e^{z_k}}{\bigl(\sum_l e^{z_l}\bigr)^2} = a_j (\delta_{jk} - a_k).$$
#
# The chain rule sums over all probabilities, with $\partial \mathcal{L} / \partial a_j = -y_j / a_j$:
#
# $$dz_k = \sum_{j=1}^{n} -\frac{y_j}{a_j} \, a_j (\delta_{jk} - a_k) = -y_k + a_k \sum_{j=1}^{n} y_j = a_k - y_k ,$$
#
# because $y$ adds up to 1. So $dz = a - y$, exactly as for the sigmoid in course 1. With a single 1 in $y$ a step against the gradient raises the score of the true class by what its probability lacks to 1, and lowers each other score by the probability of its class.
#
# **Softmax regression** is the network without a hidden layer: $z = W x + b$ with $W$ $(n, n_x)$, $x$ $(n_x, 1)$ and $b$ $(n, 1)$. From $z_k = \sum_j W_{kj} x_j + b_k$ follows for one example $\partial \mathcal{L} / \partial W_{kj} = dz_k \, x_j$ and $\partial \mathcal{L} / \partial b_k = dz_k$.
# With the L2 penalty of week 1 (the weights only, not $b$), the cost and its gradients are
#
# $$J = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}^{(i)} + \frac{\lambda}{2m} \lVert W \rVert_F^2, \qquad dW_{kj} = \frac{1}{m} \sum_{i=1}^{m} dz_k^{(i)} x_j^{(i)} + \frac{\lambda}{m} W_{kj}, \qquad db_k = \frac{1}{m} \sum_{i=1}^{m} dz_k^{(i)} .$$
#
# *On paper.* One example $x = (1, 2)$ of class 0, $W = 0$ of shape $(3, 2)$, $b = (0, \log 3, \log 4)$. Then $a = (1/8, 3/8, 1/2)$, the loss is $\log 8$, and $dz = db = (-7/8, \; 3/8, \; 1/2)$. The first row of $dW$ is $(-7/8, \; -14/8)$. The entries of $dz$ add up to 0.
#
# ### Exercise 5: `softmax_loss_naive`
#
# First one example at a time, with loops, as the formulas stand. It may be slow. The labels are plain numbers here.


# %% exercise="softmax_loss_naive"
def softmax_loss_naive(W, b, X, labels, lambd):
    """The cost of softmax regression with the L2 penalty, and its gradients, example by example.

    Args:
        W: weights, shape (n, n_x), and b: biases, shape (n, 1), of floats or whole numbers.
        X: examples as columns, shape (n_x, m), of floats or whole numbers. W @ X + b is from -10,000 to 10,000.
        labels: the classes, whole numbers from 0 to n - 1, shape (1, m).
        lambd: the strength of the penalty, a number >= 0.

    Returns:
        A tuple (cost, dW, db): a number, an array of shape (n, n_x) and one of shape (n, 1). The losses have no limit
        (no 1e-15). With or without loops: only the results count.

    Example:
        softmax_loss_naive(np.zeros((3, 2)), np.log([[1.0], [3.0], [4.0]]), np.array([[1.0], [2.0]]), np.array([[0]]), 0.1)
        has the cost log 8 and db = [[-0.875], [0.375], [0.5]].
    """
    # 1. Begin with a cost of 0 and gradients of zeros, of floats.
    # 2. For each example: its scores, its probabilities, its loss, its dz. Add its part to each of the three.
    # 3. After the loop: the mean, then the penalty.
    ### BEGIN SOLUTION
    n, m = W.shape[0], X.shape[1]
    cost, dW, db = 0, np.zeros(W.shape), np.zeros((n, 1))
    for i in range(m):
        x, y = X[:, i : i + 1], one_hot(labels[:, i : i + 1], n)
        z = W @ x + b
        cost += cross_entropy_from_logits(z, y)
        dz = softmax(z) - y
        for k in range(n):
            dW[k] += dz[k, 0] * x[:, 0]
            db[k, 0] += dz[k, 0]
    return cost / m + lambd / (2 * m) * np.sum(W * W), dW / m + lambd / m * W, db / m
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `X[:, i : i + 1]` is the column of one example and keeps the shape $(n_x, 1)$; `labels[0, i]` is its class. Your functions `softmax`, `one_hot` and `cross_entropy_from_logits` all work on a single column.
# </details>
# <details><summary>Hint 2</summary>
#
# In the loop: `z = W @ x + b`, then `dz = softmax(z) - y`. Row $k$ of `dW` grows by $dz_k$ times the inputs.
# </details>
# <details><summary>Hint 3</summary>
#
# The penalty is added once, after the division by `m`: `lambd / (2 * m)` times the sum of squares for the cost, `lambd / m * W` for `dW`. `np.zeros_like(W)` would hold whole numbers if `W` does.
# </details>

# %% check="softmax_loss_naive" points=3
with checks.exercise("softmax_loss_naive"):
    W, b = np.array([[1.0, -1.0], [0.0, 2.0], [0.5, 0.0]]), np.array([[0.0], [-1.0], [0.5]])
    X, labels = np.array([[1.0, 0.0, 2.0, -1.0], [0.0, 1.0, 1.0, 0.5]]), np.array([[0, 2, 1, 1]])
    checks.unchanged(softmax_loss_naive, W, b, X, labels, 0.8)
    what = "softmax_loss_naive(W, b, X, labels, 0.8), m = 4"
    cost, dW, db = checks.results(what, softmax_loss_naive(W, b, X, labels, 0.8), ["cost", "dW", "db"])
    slips = {"the penalty is lambd / (2 m), not lambd / m": 2.226718387, "the penalty is missing": 0.976718387}
    slips |= {"b has no penalty": 1.726718387, "the penalty is added once for each example": 3.476718387}
    checks.close(f"cost of {what}", cost, 1.601718387, m=4, mistakes=slips)
    checks.shape(f"dW of {what}", dW, (3, 2))
    slips = {"the penalty is missing": [-0.020979949, 0.100486995], "this is y - a": [0.220979949, -0.300486995]}
    slips["the derivative of W² / 2 is W, not 2 W"] = [0.379020051, -0.299513005]
    slips["the penalty is not divided by m"] = [0.779020051, -0.699513005]
    checks.close(f"row 0 of dW of {what}", dW[0], [0.179020051, -0.099513005], m=4, mistakes=slips)
    slips = {"b has no penalty": [[-0.019889427], [-0.359659808], [0.279549235]]}
    checks.close(f"db of {what}", db, [[-0.019889427], [-0.159659808], [0.179549235]], m=4, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def with_plain_numbers(W, b, X, labels, lambd):
        (n, n_x), m = W.shape, X.shape[1]
        cost, dW, db = 0.0, lambd * W.astype(float), np.zeros((n, 1))
        for i in range(m):
            z = [sum([float(b[k, 0]), *(float(W[k, j]) * float(X[j, i]) for j in range(n_x))]) for k in range(n)]
            true = int(labels[0, i])
            logs = [max(z) + np.log(sum(np.exp(other - max(z)) for other in z)) - each for each in z]
            cost += logs[true]
            for k in range(n):
                dz = np.exp(-logs[k]) - (1 if k == true else 0)
                db[k, 0] += dz
                dW[k] += [dz * float(X[j, i]) for j in range(n_x)]
        return (cost + lambd / 2 * sum(W.ravel().astype(float) ** 2)) / m, dW / m, db / m

    def setting(rng, n, n_x, m):
        W, b, X = rng.normal(0, 1, (n, n_x)), rng.normal(0, 1, (n, 1)), rng.normal(0, 1, (n_x, m))
        return W, b, X, rng.integers(0, n, (1, m)), float(rng.uniform(0.1, 2))

    W, b, X, labels, lambd = setting(np.random.default_rng(50), 3, 2, 5)
    whole = [np.rint(2 * each).astype(int) for each in (W, b, X)]
    others = {
        "with lambd = 0": (W, b, X, labels, 0.0),
        "with scores of about 1000": (1000 * W, b, X, labels, 0.5),
        "with biases of 9,000": (W, b + 9e3, X, labels, 0.5),
        "with only one class that occurs": (W, b, X, np.zeros((1, 5), dtype=int), 0.5),
        "with whole numbers everywhere": (*whole, labels, 1),
    }
    names, sizes = ["cost", "dW", "db"], {"n": 110, "n_x": 30, "m": 120}
    domain = {"real": {"W": 100, "b": 100, "X": 100}, "types": ["W", "b", "X"], "returns": names, "cases": others}
    checks.agrees(softmax_loss_naive, with_plain_numbers, setting, sizes=sizes, atol=1e-11, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6: `softmax_loss`
#
# Now without a loop, for all examples at once. The sums over the examples become matrix products, with $Z = W X + b$ of shape $(n, m)$:
#
# $$dZ = A - Y \quad (n, m), \qquad dW = \frac{1}{m} \, dZ \, X^T + \frac{\lambda}{m} W \quad (n, n_x), \qquad db = \frac{1}{m} \sum_{i=1}^{m} dz^{(i)} \quad (n, 1).$$
#
# As everywhere in this course $dZ$ holds the derivatives of the *losses*, and $1/m$ comes with $dW$ and $db$.


# %% exercise="softmax_loss"
def softmax_loss(W, b, X, Y, lambd):
    """The cost of softmax regression with the L2 penalty, and its gradients, for all examples at once.

    Args:
        W: weights, shape (n, n_x), and b: biases, shape (n, 1), of floats or whole numbers.
        X: examples as columns, shape (n_x, m), of floats or whole numbers. W @ X + b is from -10,000 to 10,000; m up to 1,000.
        Y: labels, shape (n, m), of floats or whole numbers; each column adds up to 1, mostly as a single 1.
        lambd: the strength of the penalty, a number >= 0.

    Returns:
        A tuple (cost, dW, db): a number, an array of shape (n, n_x) and one of shape (n, 1). The losses have no limit.

    Example:
        softmax_loss(np.zeros((3, 2)), np.log([[1.0], [3.0], [4.0]]), np.array([[1.0], [2.0]]), np.array([[1], [0], [0]]), 0.1)
        has the cost log 8 and db = [[-0.875], [0.375], [0.5]].
    """
    # 1. The scores of all examples.
    # 2. The cost: the mean loss and the penalty.
    # 3. dZ, and from it the two gradients. Which one has a penalty?
    ### BEGIN SOLUTION
    m = X.shape[1]
    Z = W @ X + b
    cost = cross_entropy_from_logits(Z, Y) + lambd / (2 * m) * np.sum(W * W)
    dZ = softmax(Z) - Y
    return cost, dZ @ X.T / m + lambd / m * W, np.sum(dZ, axis=1, keepdims=True) / m
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `cross_entropy_from_logits(Z, Y)` is the mean loss already; `softmax(Z) - Y` is $dZ$.
# </details>
# <details><summary>Hint 2</summary>
#
# `db` is the sum of the columns of $dZ$: `np.sum(dZ, axis=1, keepdims=True)`, divided by `m`.
# </details>

# %% check="softmax_loss" points=2
with checks.exercise("softmax_loss"):
    W, b = np.array([[1.0, -1.0], [0.0, 2.0], [0.5, 0.0]]), np.array([[0.5], [-1.0], [0.0]])
    X, Y = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]), np.array([[1, 0, 0.25], [0, 0, 0.75], [0, 1, 0]])
    checks.unchanged(softmax_loss, W, b, X, Y, 0.6)
    what = "softmax_loss(W, b, X, Y, 0.6), m = 3"
    cost, dW, db = checks.results(what, softmax_loss(W, b, X, Y, 0.6), ["cost", "dW", "db"])
    slips = {"the penalty is lambd / (2 m), not lambd / m": 2.251761528, "the penalty is missing": 1.001761528}
    slips["labels may be soft: each class counts with its share"] = 1.668428195
    checks.close(f"cost of {what}", cost, 1.626761528, m=3, mistakes=slips)
    checks.shape(f"dW of {what}", dW, (3, 2))
    slips = {"the penalty is missing": [0.031132537, 0.114035715], "this is Y - A": [0.168867463, -0.314035715]}
    slips["the penalty is not divided by m"] = [0.631132537, -0.485964285]
    checks.close(f"row 0 of dW of {what}", dW[0], [0.231132537, -0.085964285], m=3, mistakes=slips)
    checks.close(f"db of {what}", db, [[0.010593077], [0.069737357], [-0.080330434]], m=3)
    ### BEGIN HIDDEN TESTS

    def homogeneous(W, b, X, Y, lambd):
        V, U = np.hstack([W, b]).astype(float), np.vstack([X, np.ones((1, X.shape[1]))]).astype(float)
        dV, losses = np.zeros(V.shape), []
        for u, y in zip(U.T, Y.T, strict=True):
            z = V @ u
            largest = z.max()
            total = largest + np.log(np.exp(z - largest).sum())
            losses.append(sum(float(y[k]) * (total - z[k]) for k in range(len(z))))
            dV += np.outer(np.exp(z - total) - y, u)
        dV[:, :-1] += lambd * V[:, :-1]
        m = len(losses)
        return np.mean(losses) + lambd * np.linalg.norm(V[:, :-1]) ** 2 / (2 * m), dV[:, :-1] / m, dV[:, -1:] / m

    def setting(rng, n, n_x, m):
        W, b, X = rng.normal(0, 1, (n, n_x)), rng.normal(0, 1, (n, 1)), rng.normal(0, 1, (n_x, m))
        soft = rng.dirichlet(np.ones(n), m).T.copy()
        return W, b, X, soft if m % 2 else np.eye(n)[rng.integers(0, n, m)].T, float(rng.uniform(0.1, 2))

    W, b, X, Y, lambd = setting(np.random.default_rng(60), 3, 2, 5)
    whole = [np.rint(2 * each).astype(int) for each in (W, b, X)]
    others = {
        "with lambd = 0": (W, b, X, Y, 0.0),
        "with scores of about 1000": (1000 * W, b, X, Y, 0.5),
        "with biases of 9,000": (W, b + 9e3, X, Y, 0.5),
        "with whole numbers everywhere": (*whole, np.eye(3, dtype=int)[:, [0, 2, 2, 1, 0]], 1),
    }
    names, sizes = ["cost", "dW", "db"], {"n": 130, "n_x": 130, "m": 1000}
    domain = {"real": {"W": 100, "b": 100, "X": 100}, "types": ["W", "b", "X"], "returns": names, "cases": others}
    checks.agrees(softmax_loss, homogeneous, setting, sizes=sizes, atol=1e-11, **domain)
    _, dW, db = softmax_loss(W, b, X, Y, lambd)
    checks.gradient("dW of softmax_loss(W, b, X, Y, lambd)", lambda V: softmax_loss(V, b, X, Y, lambd)[0], dW, W)
    checks.gradient("db of softmax_loss(W, b, X, Y, lambd)", lambda c: softmax_loss(W, c, X, Y, lambd)[0], db, b)
    ### END HIDDEN TESTS

# %%
rng = np.random.default_rng(0)
W, b, Y_small = rng.normal(0, 0.1, (10, 64)), np.zeros((10, 1)), one_hot(small.Y_train, 10)
marks = [perf_counter()]
for loss, labels in ((softmax_loss_naive, small.Y_train), (softmax_loss, Y_small)):
    print(f"{loss.__name__:18}: cost {loss(W, b, X_small, labels, 1)[0]:.6f}", end=", ")
    marks.append(perf_counter())
    print(f"{1000 * (marks[-1] - marks[-2]):.1f} ms for {len(small.Y_train[0])} examples")

# %% [markdown]
# *What to notice.* Both give the same numbers. The matrices are usually more than ten times faster, and the code is shorter. The slow version was not in vain: it follows the formulas one by one, so it is a good check of the fast one.
#
# **One minimum.** The cost of softmax regression is convex in $W$ and $b$ (not shown here; the log-sum-exp is convex). So gradient descent cannot end in a bad valley, and with $\lambda > 0$ there is exactly one best $W$. The next cell starts from three different random weights (each pixel minus its mean, so that it needs fewer steps).

# %%
ends, centred = [], X_small - X_small.mean(axis=1, keepdims=True)
for seed in tqdm(range(3), file=sys.stdout):
    W, b, costs = 2 * np.random.default_rng(seed).normal(size=(10, 64)), np.zeros((10, 1)), []
    for _ in range(300):
        cost, dW, db = softmax_loss(W, b, centred, Y_small, 50)
        W, b = W - dW, b - db
        costs.append(cost)
    ends.append(W)
    away = np.linalg.norm(W - ends[0]) / np.linalg.norm(ends[0])
    plt.plot(costs, label=f"start {seed}: ends at {costs[-1]:.4f}, W differs by {away:.2%} from that of start 0")
plt.yscale("log")
plt.xlabel("steps of gradient descent, rate 1")
plt.ylabel("cost with λ = 50")
plt.title("Softmax regression: three different starts, the same end")
plt.legend(fontsize=9)
plt.show()

# %% [markdown]
# *What to notice.* All three end with the same cost and with the same weights. The weights differ by less than 0.1 %, and the difference would shrink further. A network with hidden layers has no such guarantee.
#
# ## 5. Two classes
#
# *Is logistic regression a special case?*
#
# Take $n = 2$ and divide numerator and denominator by $e^{z_2}$, the score of the second class (it has the label 1, as labels begin with 0):
#
# $$a_2 = \frac{e^{z_2}}{e^{z_1} + e^{z_2}} = \frac{1}{1 + e^{-(z_2 - z_1)}} = \sigma(z_2 - z_1).$$
#
# It is the sigmoid of the *difference* of the scores. With $z_k = W_k x + b_k$, $W_k$ being row $k$, the difference is $w^T x + b$ for one column $w$ of shape $(n_x, 1)$ and one number $b$. So softmax with two classes is logistic regression, written with twice as many parameters.
#
# *On paper.* $W = \begin{pmatrix} 1 & -2 \\ 3 & 0.5 \end{pmatrix}$ and $b = (0.2, -0.3)$: $w = (2, \; 2.5)$ and the number is $-0.5$.
#
# ### Exercise 7: `as_logistic`


# %% exercise="as_logistic"
def as_logistic(W, b):
    """The logistic regression that gives label 1 the same probability as softmax regression with two classes.

    Args:
        W: weights, shape (2, n_x), the second row for label 1, and b: biases, shape (2, 1), of floats or whole numbers.

    Returns:
        A tuple (w, b): a new array of shape (n_x, 1) and a number, so that sigmoid(w.T @ x + b) is the second entry of
        softmax(W @ x + b).

    Example:
        as_logistic(np.array([[1.0, -2.0], [3.0, 0.5]]), np.array([[0.2], [-0.3]])) is ([[2.0], [2.5]], -0.5).
    """
    # 1. Which score minus which?
    # 2. A row becomes a column, an array of one number a number.
    ### BEGIN SOLUTION
    return (W[1:] - W[:1]).T, b[1, 0] - b[0, 0]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `W[1] - W[0]` is flat, of shape $(n_x,)$; `.reshape(-1, 1)` makes a column of it. `b[1, 0]` is a number.
# </details>

# %% check="as_logistic" points=1
with checks.exercise("as_logistic"):
    W, b = np.array([[1.0, -2.0, 0.0], [3.0, 0.5, -1.0]]), np.array([[0.2], [-0.3]])
    checks.unchanged(as_logistic, W, b)
    what = "as_logistic([[1, -2, 0], [3, 0.5, -1]], [[0.2], [-0.3]])"
    w, number = checks.results(what, as_logistic(W, b), ["w", "b"])
    slips = {"this is for label 0; turn the difference round": [[-2], [-2.5], [1]]}
    slips["this is the row of label 1 alone; what of the other one?"] = [[3], [0.5], [-1]]
    checks.close(f"w of {what}", w, [[2], [2.5], [-1]], mistakes=slips)
    slips = {"this is for label 0; turn the difference round": 0.5, "this is the bias of label 1 alone": -0.3}
    checks.close(f"b of {what}", number, -0.5, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_entries(W, b):
        return np.array([[float(W[1, j]) - float(W[0, j])] for j in range(W.shape[1])]), float(b[1, 0]) - float(b[0, 0])

    def two_classes(rng, n_x):
        return rng.normal(0, 1, (2, n_x)), rng.normal(0, 1, (2, 1))

    domain = {"real": {"W": 100, "b": 100}, "types": ["W", "b"], "returns": ["w", "b"]}
    others = {"with weights of 1000": (np.array([[0.0, -1000.0], [1000.0, 5.0]]), np.array([[-900.0], [800.0]]))}
    checks.agrees(as_logistic, by_entries, two_classes, sizes={"n_x": 1030}, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The same reason shows that softmax has one class too many for any $n$: add the same row to all rows of $W$, and no probability changes. Without a penalty many $W$ give the same cost. With $\lambda > 0$ the smallest of these is preferred.
#
# ## 6. Ten digits
#
# *How good is it, and what does a hidden layer add?*
#
# Now one training for both. A network with $L$ layers has ReLU in the layers $1, \dots, L-1$ and softmax in layer $L$; with $L = 1$ it is softmax regression. As $dZ_L = A_L - Y$ for softmax too, `dense.deep_backward` of course 1 can be used as it is.
#
# | call | what it gives |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.linear_activation_forward(A_prev, W, b, "relu")` | `A` $(n_l, m)$, and the cache `(A_prev, W, b, Z)` of this layer |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, from the list of the $L$ caches |
# | `dense.update(parameters, grads, learning_rate)` | new parameters after one step of gradient descent |
#
# *On paper.* $X = (1, 2, 3)$ of shape $(1, 3)$, labels 0, 1, 1, no hidden layer, $W_1 = 0$ of shape $(2, 1)$ and $b_1 = 0$: all probabilities are $1/2$ and the cost is $\log 2$. The first row of $dZ$ is $(-1/2, 1/2, 1/2)$, so that of $dW_1$ is $(-0.5 + 1 + 1.5)/3 = 2/3$. With the rate 0.3 the new $W_1$ is $(-0.2, \; 0.2)$.
#
# ### Exercise 8: `train_network`


# %% exercise="train_network"
def train_network(X, Y, parameters, learning_rate, steps):
    """Gradient descent for a network with softmax at the output.

    Args:
        X: examples as columns, shape (n_0, m), of floats or whole numbers.
        Y: labels, shape (n_L, m), of floats or whole numbers; each column adds up to 1, mostly as a single 1.
        parameters: a dict with "W1", "b1", ..., "WL", "bL" of floats and no other keys, in any order; L >= 1. ReLU in the
            hidden layers, softmax in layer L.
        learning_rate: a number > 0. steps: a whole number >= 1.

    Returns:
        A tuple (parameters, costs): a new dict with the same keys, after all steps; a list of the cost before each step, so
        its first entry belongs to the first parameters. The cost is the mean loss (without limits); there is no penalty.
        The gradient is that of dense.deep_backward; the slope of ReLU at 0 is 0.

    Example:
        train_network(np.array([[1, 2, 3]]), np.array([[1, 0, 0], [0, 1, 1]]), {"W1": np.zeros((2, 1)), "b1":
        np.zeros((2, 1))}, 0.3, 1) has W1 = [[-0.2], [0.2]] and costs = [log 2].
    """
    # 1. How many layers are there?
    # 2. In each step: forward through the hidden layers, with a list of caches. What is different in the last one?
    # 3. Note the cost, go back, and step.
    ### BEGIN SOLUTION
    L, costs = len(parameters) // 2, []
    for _ in range(steps):
        A, caches = X, []
        for layer in range(1, L):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            A, cache = dense.linear_activation_forward(A, W, b, "relu")
            caches.append(cache)
        W, b = parameters[f"W{L}"], parameters[f"b{L}"]
        Z = W @ A + b
        caches.append((A, W, b, Z))
        costs.append(cross_entropy_from_logits(Z, Y))
        parameters = dense.update(parameters, dense.deep_backward(softmax(Z), Y, caches), learning_rate)
    return parameters, costs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `len(parameters) // 2` is $L$. The loop over the hidden layers is `for layer in range(1, L)`; for $L = 1$ it does nothing.
# </details>
# <details><summary>Hint 2</summary>
#
# The last layer: `Z = W @ A + b` with `parameters[f"W{L}"]`, then append the cache `(A, W, b, Z)`. `softmax(Z)` is the `AL` of `dense.deep_backward`.
# </details>
# <details><summary>Hint 3</summary>
#
# Inside the loop over the steps: `A, caches = X, []` at its beginning; at its end `costs.append(…)`, `grads = dense.deep_backward(…)`, `parameters = dense.update(…)`.
# </details>

# %% check="train_network" points=3
with checks.exercise("train_network"):
    X, Y = np.array([[1.0, 2.0, 3.0]]), np.array([[1, 0, 0], [0, 1, 1]])
    zeros = {"W1": np.zeros((2, 1)), "b1": np.zeros((2, 1))}
    checks.unchanged(train_network, X, Y, zeros, 0.3, 2)
    what = "train_network(X, Y, zeros, 0.3, 2), L = 1"
    trained, costs = checks.results(what, train_network(X, Y, zeros, 0.3, 2), ["parameters", "costs"])
    checks.keys(f"parameters of {what}", trained, ["W1", "b1"])
    checks.length(f"costs of {what}", costs, 2)
    slips = {"costs[0] belongs to the first parameters, before any step": [0.5187464, 0.4987918]}
    checks.close(f"costs of {what}", np.array(costs), [0.6931472, 0.5187464], mistakes=slips)
    slips = {"this is one step, not two": [[-0.2], [0.2]], "the step goes uphill": [[0.5401863], [-0.5401863]]}
    checks.close(f"W1 of {what}", trained["W1"], [[-0.2598137], [0.2598137]], mistakes=slips)
    deep = dense.initialize_deep([1, 3, 2], 4)
    what, costs = "train_network(X, Y, parameters, 0.3, 3), L = 2", train_network(X, Y, deep, 0.3, 3)[1]
    checks.close(f"costs of {what}", np.array(costs), [5.1482192, 0.6817406, 0.5306281])
    ### BEGIN HIDDEN TESTS

    def with_ones_below(X, Y, parameters, learning_rate, steps):
        L, m = len(parameters) // 2, X.shape[1]
        layers = [np.hstack([parameters[f"W{n}"], parameters[f"b{n}"]]).astype(float) for n in range(1, L + 1)]
        costs = []
        for _ in range(steps):
            inputs = [np.vstack([X, np.ones(m)])]
            for V in layers[:-1]:
                inputs.append(np.vstack([np.clip(V @ inputs[-1], 0, None), np.ones(m)]))
            Z = layers[-1] @ inputs[-1]
            logs = Z - np.logaddexp.reduce(Z, axis=0)
            costs.append(float(np.mean(np.sum(-Y * logs, axis=0))))
            back, slopes = np.exp(logs) - Y, []
            for V, U in zip(layers[::-1], inputs[::-1], strict=True):
                slopes.insert(0, np.einsum("ki,ji->kj", back, U) / m)
                back = np.where(U[:-1] > 0, np.einsum("kj,ki->ji", V[:, :-1], back), 0)
            layers = [V - learning_rate * slope for V, slope in zip(layers, slopes, strict=True)]
        after = {f"W{n}": V[:, :-1] for n, V in enumerate(layers, 1)}
        return after | {f"b{n}": V[:, -1:] for n, V in enumerate(layers, 1)}, costs

    def network(rng, n_0, n, m, L, steps):
        dims = [n_0, *rng.integers(2, 7, L - 1).tolist(), n]
        shapes = {f"{key}{i}": (dims[i], dims[i - 1] if key == "W" else 1) for i in range(1, L + 1) for key in "Wb"}
        parameters = {key: rng.normal(0, 0.7, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        Y = rng.dirichlet(np.ones(n), m).T.copy() if m % 2 else np.eye(n)[rng.integers(0, n, m)].T
        return rng.normal(0, 1, (n_0, m)), Y, parameters, float(rng.uniform(0.05, 0.3)), steps

    X, Y, parameters, _, _ = network(np.random.default_rng(80), 3, 4, 6, 2, 1)
    line, two = np.array([[1.0, 2.0, 3.0, -1.0]]), np.array([[1, 0, 1, 1], [0, 1, 0, 0]])
    start = {"W1": np.array([[0.1], [-0.3]]), "b1": np.zeros((2, 1))}
    far = {key: 30 * value for key, value in parameters.items()}
    still = parameters | {"b1": 0 * parameters["b1"]}
    others = {
        "with 1,500 steps": (line, two, start, 0.5, 1500),
        "with a rate at which the cost rises": (30 * line, two, start, 3.0, 25),
        "with scores of about 1000": (X, Y, far, 0.1, 3),
        "with hidden scores of exactly 0": (X * [[1, 0, 1, 0, 1, 1]], Y, still, 0.1, 3),
        "with a rate that is a whole number": (X, Y, parameters, 1, 4),
        "with whole numbers in X and Y": (np.array([[1, 2, 3, -1]]), two, start, 0.1, 5),
    }
    sizes = {"n_0": 60, "n": 60, "m": 300, "L": 11, "steps": 60}
    domain = {"real": {"X": 1}, "types": ["X"], "returns": ["parameters", "costs"], "cases": others, "atol": 1e-11}
    checks.agrees(train_network, with_ones_below, network, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# First the small digits: 1,438 pictures, 300 steps with the rate 0.5, five seeds for the first weights.


# %%
def scores(X, parameters):
    """The scores Z of the last layer, (n_L, m)."""
    L = len(parameters) // 2
    for layer in range(1, L):
        X, _ = dense.linear_activation_forward(X, parameters[f"W{layer}"], parameters[f"b{layer}"], "relu")
    return parameters[f"W{L}"] @ X + parameters[f"b{L}"]


def accuracy(X, labels, parameters):
    """The share of pictures whose class has the largest score."""
    return np.mean(scores(X, parameters).argmax(axis=0) == labels[0])


models = {"softmax regression": [64, 10], "network 64-64-10": [64, 64, 10]}
trained = {}
for name, seed in tqdm([(name, seed) for name in models for seed in range(5)], file=sys.stdout):
    trained[name, seed] = train_network(X_small, Y_small, dense.initialize_deep(models[name], seed), 0.5, 300)[0]
print("right of 359 test pictures, seeds 0 to 4")
for name in models:
    print(f"{name}:", *(f"{accuracy(X_small_test, small.Y_test, trained[name, seed]):.1%}" for seed in range(5)))

# %% [markdown]
# *What to notice.* The hidden layer is better in each seed, by one to two and a half points. But 359 pictures are few: one point is less than four pictures. The seeds of one model hardly differ, because they all see the same pictures.
#
# Larger pictures are harder. The next cell takes 2,000 of the larger digits (28 × 28 pixels) and tests on 2,000 others, with three seeds; each seed draws its own training pictures.

# %%
digits = data.load_digits()
X_large, X_large_test = columns(digits.X_train, 255), columns(digits.X_test, 255)
large_models = {"softmax regression": [784, 10], "network 784-64-10": [784, 64, 10]}
read = {}
for seed in tqdm(range(3), file=sys.stdout):
    chosen = np.random.default_rng(seed).permutation(8000)[:2000]
    X, Y = X_large[:, chosen], one_hot(digits.Y_train[:, chosen], 10)
    for name, dims in large_models.items():
        read[name, seed] = train_network(X, Y, dense.initialize_deep(dims, seed), 0.3, 150)[0]
for name in large_models:
    print(f"{name}:", *(f"{accuracy(X_large_test, digits.Y_test, read[name, seed]):.1%}" for seed in range(3)))

# %%
confusion = np.zeros((10, 10), dtype=int)
for seed in range(3):
    guesses = scores(X_large_test, read["softmax regression", seed]).argmax(axis=0)
    np.add.at(confusion, (digits.Y_test[0], guesses), 1)
mistakes = np.where(np.eye(10) > 0, 0, confusion)
pairs = np.argsort(-np.triu(mistakes + mistakes.T), axis=None)[:3]
figure, axes = plt.subplots(1, 2, figsize=(8, 3.9), width_ratios=[1, 0.95])
axes[0].imshow(mistakes, cmap="Oranges", vmax=1.7 * mistakes.max())
for (row, column), count in np.ndenumerate(confusion):
    axes[0].text(column, row, count, ha="center", va="center", fontsize=8, color="0.6" if row == column else "black")
axes[0].set(xlabel="class it names", ylabel="true class", xticks=range(10), yticks=range(10))
axes[0].set_title("mixed up most:\n" + ", ".join(f"{pair // 10} and {pair % 10}" for pair in pairs), fontsize=10)
axes[0].grid(False)
weights = read["softmax regression", 0]["W1"].reshape(10, 28, 28)
axes[1].imshow(np.vstack([np.hstack(weights[:5]), np.hstack(weights[5:])]), cmap="PuOr", vmin=-0.6, vmax=0.6)
axes[1].set_title("weights of the classes 0 to 4, 5 to 9:\npurple speaks for the class, orange against it", fontsize=10)
axes[1].set_axis_off()
plt.show()

# %% [markdown]
# *What to notice.* With 2,000 test pictures the gain is clearer: more than a point in each seed. The **confusion matrix** counts the softmax regressions of all three seeds. It has a row for each true class and a column for each named class; colour shows the mistakes. It is not symmetric. Many mistakes lie in a few pairs that also people find similar.
# On the right (seed 0), each class has one picture of weights, and its score is the sum of pixels times weights. One template must fit all ways to write a digit. The hidden layer can hold several.
#
# ## 7. Can the probabilities be trusted?
#
# *When the network says 90 %, is it right in 90 % of the cases?*
#
# A model for which this holds is **calibrated**. To see it, sort the test pictures by their largest probability, the *confidence*, into ten bins. In each bin compare the mean confidence with the share of right answers, the accuracy. The **expected calibration error** is the mean gap, each bin weighted by its number of pictures:
#
# $$\text{ECE} = \sum_{\text{bins } B} \frac{|B|}{m} \, \bigl| \text{accuracy}(B) - \text{confidence}(B) \bigr| .$$
#
# The remedy is the temperature of section 1: divide all scores by one number $T$. It changes no answer, only the confidence. We take the $T$ with the lowest cross-entropy on the first half of the test pictures (they serve as a dev set now), and measure on the second half.
#
# Two models: the softmax regression of the small digits, which was stopped after 300 steps, and a network 784-64-10 that has learned 500 of the larger digits by heart.


# %%
def reliability(Z, labels):
    """Confidence and accuracy in ten bins (nan where a bin is empty), and the ECE."""
    A = softmax(Z)
    confidence, right = A.max(axis=0), A.argmax(axis=0) == labels[0]
    bins = np.minimum((10 * confidence).astype(int), 9)
    masks = [bins == number for number in range(10)]
    means = np.array([[v[mask].mean() if mask.any() else np.nan for mask in masks] for v in (confidence, right)])
    return *means, np.nansum(np.mean(masks, axis=1) * np.abs(means[0] - means[1]))


def fit_temperature(Z, labels):
    """The temperature from 0.2 to 5 with the lowest cross-entropy, out of 200."""
    temperatures, Y = np.geomspace(0.2, 5, 200), one_hot(labels, 10)
    return temperatures[np.argmin([cross_entropy_from_logits(Z / T, Y) for T in temperatures])]


# %%
cases = {}
for seed in tqdm(range(3), file=sys.stdout):
    few = np.random.default_rng(seed).permutation(8000)[:500]
    few_labels = one_hot(digits.Y_train[:, few], 10)
    heart, _ = train_network(X_large[:, few], few_labels, dense.initialize_deep([784, 64, 10], seed), 0.5, 300)
    cases["stopped early", seed] = (scores(X_small_test, trained["softmax regression", seed]), small.Y_test)
    cases["by heart", seed] = (scores(X_large_test, heart), digits.Y_test)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True)
for (name, seed), (Z, labels) in cases.items():
    half = Z.shape[1] // 2
    T, test, truth = fit_temperature(Z[:, :half], labels[:, :half]), Z[:, half:], labels[:, half:]
    before, after = reliability(test, truth), reliability(test / T, truth)
    print(f"{name:13} seed {seed}: T = {T:.2f}, ECE {before[2]:.3f} before, {after[2]:.3f} after")
    if seed == 0:
        axis = axes[int(name == "by heart")]
        axis.plot(before[0], before[1], "o-", label="T = 1")
        axis.plot(after[0], after[1], "s--", label=f"T = {T:.2f}")
        axis.plot([0, 1], [0, 1], color="0.6", linestyle=":", label="calibrated")
        axis.set(title=f"{name}: {'too sure' if T > 1 else 'not sure enough'}", xlabel="confidence", ylim=(0, 1.05))
axes[0].set_ylabel("share of right answers")
for axis in axes:
    axis.legend(fontsize=9, loc="lower right")
plt.show()

# %% [markdown]
# *What to notice.* Left: stopped early, the model is right more often than it says. The points lie above the diagonal, and a temperature below 1 makes it surer. Right: a network that knows its training pictures by heart gives them probabilities near 1, and it is as sure on new ones, where it is wrong in about one of seven. Here $T$ is above 1.
# In each seed the ECE falls by more than a third. (Bins of few pictures jump; the test half of the small digits has only 180.) One number cannot repair everything: after $T$ the model is right on average, not for each picture.

# %% [markdown]
# ## What you built
#
# - `softmax`, `one_hot` and `cross_entropy`: probabilities and cost for any number of classes. The next lessons use them as building blocks;
# - `cross_entropy_from_logits`: the same cost from the scores, without a limit;
# - `softmax_loss_naive` and `softmax_loss`: the cost and its gradients, with loops and with matrices;
# - `as_logistic`: two classes are logistic regression;
# - `train_network`: softmax regression and deep networks with one training; a hidden layer was better in each seed.
#
# ## On your own
#
# - Train softmax regression on 500 of the larger digits with $\lambda = 0, 1, 10, 100$, using `softmax_loss`. Which is best on test pictures, and what happens to the pictures of the weights?
# - Write the Jacobian of softmax as a matrix, `np.diag(a) - np.outer(a, a)`, and check it with numerical derivatives. Which vector does it send to 0, and why?
# - Train ten sigmoid outputs instead of softmax (each digit against the rest). Do the answers or the probabilities differ more?
# - *Hard.* Train the network of section 7 for 50, 100, 200, 400 … steps. How does the best $T$ go with the number of steps, and with the norm of the weights? Explain why.
# - *Hard.* Newton's method: derive the second derivatives of the cost for $n = 3$ and $n_x = 2$, and reach in ten steps what gradient descent reaches in a thousand.
#
# ## In practice
#
# In PyTorch `torch.nn.CrossEntropyLoss` wants **scores** and labels as numbers: it is your `cross_entropy_from_logits`. A softmax layer before it is a common mistake: softmax is applied twice then, nothing fails, and the training is slow.
# In Keras the same is `SparseCategoricalCrossentropy(from_logits=True)`. `scipy.special.softmax` and `logsumexp` take the axis. `sklearn.linear_model.LogisticRegression` is softmax regression with an L2 penalty (its `C` is $1/\lambda$), and finds the minimum with approximate second derivatives instead of a learning rate. Examples are rows in all of them.
#
# ## References
#
# - J. S. Bridle (1990), *Probabilistic interpretation of feedforward classification network outputs*, in: Neurocomputing (the name softmax).
# - C. M. Bishop (2006), *Pattern Recognition and Machine Learning*, section 4.3.
# - C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger (2017), *On calibration of modern neural networks*, ICML.
# - P. Blanchard, D. J. Higham and N. J. Higham (2021), *Accurately computing the log-sum-exp and softmax functions*, IMA Journal of Numerical Analysis 41.
