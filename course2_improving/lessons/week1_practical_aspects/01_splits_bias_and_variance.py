# %% [markdown]
# You will split data so that no picture is on both sides, read from three numbers whether a network suffers from bias or from variance, and follow the basic recipe until its remedies are used up. It takes your network of course 1 from more than 40 % wrong digits to less than 10 %.

# %% [markdown]
# ## What you will be able to do
#
# - split labelled data into training, dev and test set with the same share of each class in all three;
# - find duplicates, and keep together what belongs together, also in a k-fold cross-validation;
# - tell bias from variance by three errors, and say what helps against each;
# - draw a learning curve, and read from it whether more data would pay;
# - measure bias², variance and noise apart by training the same model many times.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb). The set-up cell loads your building blocks as `dense`.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# | call | what it gives |
# |---|---|
# | `dense.initialize_deep(layer_dims, seed)` | `parameters`: `"W1"` $(n_1, n_0)$, `"b1"` $(n_1, 1)$, …, `"bL"` $(n_L, 1)$ |
# | `dense.deep_forward(X, parameters, output)` | `AL` $(n_L, m)$, and the list of `caches`; `output` is `"sigmoid"` or `"softmax"` |
# | `dense.deep_backward(AL, Y, caches)` | `grads`: `"dW1"`, `"db1"`, …, each of the shape of its parameter |
# | `dense.update(parameters, grads, learning_rate)` | new `parameters` after one step of gradient descent |
#
# (`"softmax"` is for exactly one true class among several; week 3 of this course takes it apart. Until then it is a black box.)
#
# ## 1. Three sets for three questions
#
# *Which pictures may tell you what?*
#
# | set | the question that it answers | how often you may ask |
# |---|---|---|
# | **training set** | which weights? | at each step |
# | **dev set** | which network, which learning rate, when to stop? | at each choice |
# | **test set** | how good is the network that we chose? | once |
#
# A choice made by a set is fitted to that set. So the error measured there is mostly too small, and a new set must say the truth. Dev and test set must come from the same source, that of the pictures which the network will meet: otherwise you aim at one target and are judged by another.
#
# **How large?** If the true error is $p$, the error on $m$ new pictures scatters around it with a *standard error* of $\sqrt{p(1-p)/m}$. For $p = 5\,\%$ that is 2.2 points with 100 pictures, 0.7 points with 1,000, and 0.2 points with 10,000. A dev set must be large enough to show the differences that you choose by. With a million pictures 1 % of them is enough, with a thousand 20 % is little.
#
# **Which ones?** Drawn at random, a small dev set may hold hardly any picture of a rare class. A **stratified** split draws within each class, so that each part has the same share of it.
#
# *On paper.* 10 cats and 5 dogs, fractions 0.6, 0.2, 0.2. Shuffle the cats and cut after $0.6 \cdot 10 = 6$ and after $(0.6 + 0.2) \cdot 10 = 8$ of them: 6, 2 and 2 cats. In the same way 3, 1 and 1 dogs. With 4 dogs the cuts lie at 2.4 and 3.2. Rounded to 2 and 3 they give 2, 1 and 1 dogs.
#
# ### Exercise 1: `stratified_split`


# %% exercise="stratified_split"
def stratified_split(Y, fractions, seed):
    """Split examples at random into parts that have the same share of each class.

    Args:
        Y: labels, any whole numbers, shape (1, m), in any order.
        fractions: a list of numbers above 0, one for each part, that add up to 1 but for rounding.
        seed: a whole number from 0 to 2**32 - 1; another seed gives another split.

    Returns:
        A list of index arrays of whole numbers, one for each part (it may be empty). Each of 0, ..., m - 1 is in exactly
        one of them. Of a class with n examples a part of fraction f holds f * n, or at most 1 more or less; each of the
        n examples has the same chance to be among them, and the draw of one class says nothing about another class.
        The order within a part does not matter.

    Raises:
        ValueError: a fraction is not above 0, or the fractions add up to less than 1 - 1e-6 or more than 1 + 1e-6.

    Example:
        of stratified_split(np.array([[4, 4, 9, 9]]), [0.5, 0.5], 0) each part holds one 4 and one 9.
    """
    # 1. Refuse wrong fractions. (Is 0.7 + 0.2 + 0.1 exactly 1 in floating point?)
    # 2. For each class: shuffle its indices, and find where to cut.
    # 3. Join the pieces of all classes.
    ### BEGIN SOLUTION
    ends = np.cumsum(fractions)
    if min(fractions) <= 0 or abs(ends[-1] - 1) > 1e-6:  # equivalent "> → >=": no sum of floats is exactly 1e-6 off
        raise ValueError(f"the fractions are {fractions}; they must be above 0 and add up to 1")
    rng, parts = np.random.default_rng(seed), [[] for _ in fractions]
    for label in np.unique(Y):
        members = rng.permutation(np.flatnonzero(Y[0] == label))
        pieces = np.split(members, np.rint(ends[:-1] * len(members)).astype(int))
        for number, piece in enumerate(pieces):
            parts[number].append(piece)
    return [np.concatenate(part) for part in parts]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.unique(Y)` has each label once. `np.flatnonzero(Y[0] == label)` are the indices of one class. Make `rng = np.random.default_rng(seed)` once, before the loop.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.cumsum(fractions)` is where each part ends, as a share. Times the number of members, rounded with `np.rint(…).astype(int)`, it is where to cut. Round the ends, not the sizes: otherwise the last part collects all that the others lack. Leave the last end out: `np.split(rng.permutation(members), cuts)` gives the pieces. Join the pieces of part `k` with `np.concatenate`.
# </details>

# %% check="stratified_split" points=3
with checks.exercise("stratified_split"):
    Y = np.array([[5] * 40 + [2] * 10 + [9] * 25])[:, np.random.default_rng(0).permutation(75)]
    checks.unchanged(stratified_split, Y, [0.7, 0.2, 0.1], 1)
    for seed in range(4):
        what = f"stratified_split(Y, [0.7, 0.2, 0.1], {seed}), 75 examples"
        parts = stratified_split(Y, [0.7, 0.2, 0.1], seed)
        checks.length(what, parts, 3)
        together = sorted(index for part in parts for index in part)
        checks.that(together == list(range(75)), f"{what}: each of 0, …, 74 must be in exactly one part")
        for number, fraction in enumerate([0.7, 0.2, 0.1]):
            for label, n in ((5, 40), (2, 10), (9, 25)):
                got, slip = sum(Y[0, i] == label for i in parts[number]), f"{what}: of class {label} ({n} examples)"
                checks.that(abs(got - fraction * n) < 1.001, f"{slip} part {number} holds {got}, not {fraction * n:g}")
    checks.raises("stratified_split(Y, [0.7, 0.2], 0)", ValueError, stratified_split, Y, [0.7, 0.2], 0)
    checks.raises("stratified_split(Y, [1.2, -0.2], 0)", ValueError, stratified_split, Y, [1.2, -0.2], 0)
    ### BEGIN HIDDEN TESTS

    def hold(regime, labels, fractions, seed):
        what, known = f"{regime}, stratified_split(Y, fractions, seed)", labels[0].tolist()
        labels.flags.writeable = False
        parts = stratified_split(labels, fractions, seed)
        checks.length(what, parts, len(fractions))
        is_index = all(isinstance(part, np.ndarray) and part.dtype.kind in "iu" for part in parts)
        checks.that(is_index, f"{what}: each part must be an array of whole numbers with one axis")
        found = np.sort(np.concatenate(parts)).tolist()
        checks.that(found == list(range(len(known))), f"{what}: each example must be in exactly one part")
        for label in set(known):
            for part, fraction in zip(parts, fractions, strict=True):
                n, got = known.count(label), np.sum(labels[0, part] == label)
                slip = f"{what}: of a class with {n} examples the part of fraction {fraction:.4g} holds {got}"
                checks.that(abs(got - fraction * n) < 1 + 1e-6, slip)

    check_rng, thirds = np.random.default_rng(11), [0.6, 0.2, 0.2]
    for regime, labels, shares in (
        ("with labels -3, 0 and 700", check_rng.choice([-3, 0, 700], (1, 90)), thirds),
        ("with 60 examples", check_rng.integers(0, 4, (1, 60)), thirds),
        ("with every second column of a larger array", check_rng.integers(0, 3, (1, 80))[:, ::2], thirds),
        ("with one class", np.full((1, 31), 6), thirds),
        ("with one example", np.array([[3]]), thirds),
        ("with a class of one and a class of two examples", np.array([[4, 1, 1, 4, 8, 4, 4, 4]]), thirds),
        ("with a class of 9, sorted", np.array([[0] * 9 + [1] * 14]), thirds),
        ("with another class for each example", np.arange(40).reshape(1, 40), thirds),
        ("with 3,000 examples", check_rng.integers(0, 12, (1, 3000)), [0.98, 0.01, 0.01]),
        ("with ten parts", check_rng.integers(0, 3, (1, 200)), [0.1] * 10),
        ("with three thirds", check_rng.integers(0, 2, (1, 10)), [1 / 3] * 3),
        ("with fractions whose sum is 1 + 9e-7", check_rng.integers(0, 2, (1, 10)), [0.5, 0.5000009]),
        ("with seven parts and 15 examples of a class", np.array([[2] * 15 + [1] * 4]), [0.1] * 4 + [0.2] * 3),
    ):
        for seed in (0, 1, 2**32 - 1):
            hold(regime, labels, shares, seed)
            checks.unchanged(stratified_split, labels, shares, seed)
    for shares in ([0.5, 0.5000015], [0.5, 0.4999985], [0.5, 0.0, 0.5], [1.5, -0.5], [1.0, 0.0], [2.0]):
        checks.raises(f"stratified_split(Y, {shares}, 0)", ValueError, stratified_split, labels, shares, 0)

    halves, rounds = np.array([[0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0]]), 400
    times, alike, seen = np.zeros(12), 0, set()
    for seed in range(rounds):
        taken = np.isin(np.arange(12), stratified_split(halves, [0.5, 0.5], seed)[1])
        times, alike = times + taken, alike + np.array_equal(taken[halves[0] == 0], taken[halves[0] == 1])
        seen.add(tuple(taken.tolist()))
    checks.that(alike < 50, "stratified_split: the draw in one class repeats in the next; make rng before the loop")
    pair = {stratified_split(np.array([[6, 6]]), [0.5, 0.5], seed)[0].item() for seed in range(60)}
    checks.equal("the members that 60 splits of a class of two put into the first part", pair, {0, 1})
    checks.that(len(seen) > 200, f"stratified_split: {rounds} seeds give only {len(seen)} different splits of 400")
    within = np.abs(times / rounds - 0.5).max() < 5 * 0.5 / rounds**0.5
    checks.that(within, "stratified_split: some examples of a class get into a part more often than others")
    ### END HIDDEN TESTS

# %% [markdown]
# The 1,438 training pictures of the small handwritten digits, 8 × 8 pixels. How many eights come into a dev set of 72 pictures, a twentieth of them, if it is drawn 1,000 times?

# %%
digits = data.load_small_digits()
rng, labels = np.random.default_rng(0), digits.Y_train
at_random = [np.sum(labels[0, rng.permutation(1438)[:72]] == 8) for _ in range(1000)]
stratified = [np.sum(labels[0, stratified_split(labels, [0.95, 0.05], seed)[1]] == 8) for seed in range(1000)]
bins = np.arange(-0.5, 20)
plt.hist(at_random, bins, color=plots.COLORS[1], alpha=0.6, label="drawn from all pictures")
plt.hist(stratified, bins, color=plots.COLORS[0], alpha=0.6, hatch="//", label="stratified")
plt.xticks(range(0, 20, 2))
plt.xlabel("eights among the 72 pictures of the dev set")
plt.ylabel("number of draws")
plt.title("Stratified, the dev set has its share of eights each time")
plt.legend()
plt.show()
print(
    f"eights drawn from all: {min(at_random)} to {max(at_random)}; stratified: {min(stratified)} to {max(stratified)}"
)

# %% [markdown]
# *What to notice.* Both have about 7 eights on average. Drawn from all pictures, some dev sets have only a few of them or none, and others more than a dozen: whether the network reads an eight is then a matter of luck. A stratified split leaves hardly anything to luck here. With thousands of pictures of each class the two ways hardly differ.
#
# ## 2. The same picture twice
#
# *What if a test picture is in the training set, too?*
#
# Then the test does not ask what the network can do with new pictures. It asks what the network remembers. This is a **leak**, and it is common: in the source of our animals (course 1) 284 of 10,000 pictures are copies of another one, and they were taken out before the split.
#
# To find copies, give each column of $X$, shape $(n, m)$, the number of its group: equal columns get the same number. The groups are numbered 0, 1, 2, … in the order in which they first appear.
#
# *On paper.* The columns of $X = \begin{bmatrix} 7 & 1 & 7 & 2 & 1 \\ 0 & 5 & 0 & 5 & 5 \end{bmatrix}$: the first is new (0), the second is new (1), the third equals the first (0), the fourth is new (2), the fifth equals the second (1). So the groups are $[0, 1, 0, 2, 1]$.
#
# ### Exercise 2: `find_duplicates`


# %% exercise="find_duplicates"
def find_duplicates(X):
    """Give equal columns the same number.

    Args:
        X: examples as columns, shape (n, m): floats, whole numbers or pixels (uint8).

    Returns:
        An array of whole numbers, shape (m,): the group of each column. Two columns are in the same group exactly if
        they are equal in every row, to the last digit (0.0 and -0.0 are equal). The groups are numbered 0, 1, 2, ...
        in the order of their first columns.

    Example:
        find_duplicates(np.array([[7, 1, 7, 2, 1], [0, 5, 0, 5, 5]])) is [0, 1, 0, 2, 1].
    """
    # 1. Which columns have you seen before, and which number did they get?
    # 2. A new column gets the next number. (A dict finds a column at once; comparing all pairs takes m * m steps.)
    ### BEGIN SOLUTION
    numbers = {}
    return np.array([numbers.setdefault(tuple(column), len(numbers)) for column in X.T.tolist()])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# An array cannot be the key of a dict, but a tuple can. `tuple(column.tolist())` has the numbers of one column.
# </details>
# <details><summary>Hint 2</summary>
#
# Go through the columns with `for column in X.T`. If the key is not in the dict yet, set `numbers[key] = len(numbers)`. Then append `numbers[key]` to a list, and make an array of it at the end.
# </details>

# %% check="find_duplicates" points=2
with checks.exercise("find_duplicates"):
    X = np.array([[7.0, 1.0, 7.0, 2.0, 1.0, 5.0, 7.0], [0.0, 5.0, 0.0, 5.0, 5.0, 1.0, 3.0]])
    checks.unchanged(find_duplicates, X)
    slips = {
        "the groups are sorted by their values; number them in the order of their first columns": [3, 0, 3, 1, 0, 2, 4],
        "this counts how often each column occurs": [2, 2, 2, 1, 2, 1, 1],
        "the numbers must be 0, 1, 2, … without gaps, not the place of the first column": [0, 1, 0, 3, 1, 5, 6],
        "the order of the rows matters: (1, 5) is not (5, 1)": [0, 1, 0, 2, 1, 1, 3],
        "compare whole columns, not the first row": [0, 1, 0, 2, 1, 3, 0],
    }
    checks.close("find_duplicates(X)", find_duplicates(X), [0, 1, 0, 2, 1, 3, 4], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(X):
        firsts, groups = [], []
        for i in range(X.shape[1]):
            same = [number for number, first in enumerate(firsts) if np.all(X[:, first] == X[:, i])]
            groups.append(same[0] if same else len(firsts))
            firsts += [] if same else [i]
        return np.array(groups)

    def repeated(rng, n, m):
        return rng.normal(0, 3, (n, m))[:, rng.integers(0, m, m)]

    def few(rng, n, m):
        return rng.integers(0, 3, (n, m))

    last = np.zeros((150, 5))
    last[-1] = [1, 2, 1, 3, 2]
    others = {
        "with columns that differ in the last row alone": (last,),
        "with columns that differ by 1e-12": (np.array([[0.3, 0.3 + 1e-12, 0.3], [5.0, 5.0, 5.0]]),),
        "with columns that differ in the last digit": (np.array([[0.3, 0.1 + 0.2, 0.3], [5.0, 5.0, 5.0]]),),
        "with columns of 1e-15 and 2e-15": (np.array([[1e-15, 2e-15, 1e-15, 0.0]]),),
        "with 0.0 and -0.0": (np.array([[0.0, -0.0, 1.0, 0.0], [2.0, 2.0, -0.0, 2.0]]),),
        "with columns of -1 and of -2": (np.array([[-1, -2, -1], [-2, -1, -2]]),),
        "with columns of the same digits": (np.array([[1, 11, 1, 111], [11, 1, 11, 1], [2, 2, 2, 2]]),),
        "with columns of the same sum": (np.array([[1, 1, 1, 1], [2, 1, 3, 2], [1, 2, 0, 1], [3, 3, 3, 3]]),),
        "with pixels that are 16 apart": (np.array([[0, 16, 32, 16]], dtype=np.uint8),),
        "with whole numbers above 2**53": (np.array([[2**53, 2**53 + 1, 2**53]]),),
        "with 1,500 columns": (np.random.default_rng(5).integers(0, 4, (2, 1500)),),
    }
    domain = {"types": ["X"], "pixels": ["X"]}
    checks.agrees(find_duplicates, pair_by_pair, repeated, sizes={"n": 130, "m": 130}, real={"X": 1e9}, **domain)
    checks.agrees(find_duplicates, pair_by_pair, few, sizes={"n": 3, "m": 130}, cases=others, **domain)
    checks.that(find_duplicates(X).dtype.kind in "iu", "find_duplicates(X): the groups must be whole numbers")
    ### END HIDDEN TESTS

# %% [markdown]
# Four searches. The last two are in a collection that we make: 200 animals, shrunk to 14 × 14 pixels, each four times, two of them mirrored. What is collected from the web often holds such copies.

# %%
animals = data.load_animals()


def collection(seed, n=200):
    """n animals, each twice as it is and twice mirrored, in random order: X (196, 4 n), Y (1, 4 n)."""
    rng = np.random.default_rng(seed)
    rows = np.repeat(rng.permutation(len(animals.X_train))[:n], 4)
    small = animals.X_train[rows].reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)) / 255
    small[::2] = small[::2, :, ::-1]
    order = rng.permutation(4 * n)
    return small.reshape(4 * n, -1).T[:, order], animals.Y_train[:, rows[order]]


def facing_one_way(X):
    """Each picture, or its mirror image if more of its white is on the right: the same for a picture and its mirror."""
    pictures = X.T.reshape(-1, 14, 14)
    mirrored = pictures[:, :, ::-1]
    turn = np.rint(1020 * (pictures - mirrored)).sum(axis=1) @ np.arange(14) > 0
    return np.where(turn[:, np.newaxis, np.newaxis], mirrored, pictures).reshape(-1, 196).T


# %%
iris, cats = data.load_iris(), data.load_cat_pictures()
X, Y = collection(seed=0)
for name, columns in {
    "iris flowers": np.concatenate([iris.X_train, iris.X_test], axis=1),
    "cat pictures of course 1, training and test": np.concatenate([cats.X_train, cats.X_test]).reshape(-1, 784).T,
    "pictures of our collection": X,
    "of them, with mirror images counted as equal": facing_one_way(X),
}.items():
    print(f"{columns.shape[1]} {name}: {len(set(find_duplicates(columns)))} different")

groups = find_duplicates(facing_one_way(X))
shown = np.concatenate([np.flatnonzero(groups == 0), np.flatnonzero(groups == 1)])
plots.show_images(X.T[shown].reshape(-1, 14, 14), [f"column {i}" for i in shown], title="Two animals, eight pictures")
plt.show()

# %% [markdown]
# *What to notice.* Among 150 iris flowers two have the same four measurements. They may be two flowers, or one that was copied twice: the data cannot tell. The cats are free of copies, as [the page of the datasets](../../../datasets/README.md) says. In our collection exact copies are found at once. Mirror images are found only after we said what counts as equal. A search finds the copies that you think of.
#
# ## 3. k folds
#
# *How do you measure with few data, and what belongs together?*
#
# With 200 pictures a dev set of 40 has a standard error of several points. **k-fold cross-validation** uses every picture for measuring, once: split the data into $k$ **folds**, train $k$ times, each time without one fold, and measure on the fold that was left out. The mean of the $k$ errors is the estimate.
#
# The copies of a picture, the photographs of one person, the measurements of one patient: such examples form a **group**. If a group is on both sides, the network is asked what it has learned by heart. So it is the *groups* that we deal out into folds, and each example goes where its group goes. Without such ties every example is a group of its own: `groups = np.arange(m)`.
#
# *On paper.* `groups` $= [0, 1, 0, 2, 1]$ and $k = 3$: each fold has one group, for example the groups 1, 0 and 2. The first pair is: train on the examples $0, 2, 3$, measure on the examples $1, 4$.
#
# ### Exercise 3: `k_fold_indices`


# %% exercise="k_fold_indices"
def k_fold_indices(groups, k, seed):
    """Deal the groups out into k folds at random, and give the examples to train and to measure on for each fold.

    Args:
        groups: the group of each example, any whole numbers, shape (m,); the members of a group may lie apart.
        k: the number of folds, a whole number.
        seed: a whole number from 0 to 2**32 - 1; another seed gives other folds.

    Returns:
        A list of k pairs (train, dev) of index arrays of whole numbers. dev are all examples whose group is in this fold,
        train all others. Each group is in one fold. The numbers of GROUPS in two folds differ by at most 1, and
        each way to deal out the groups has the same chance, apart from the order of the folds. The order within an array does
        not matter.

    Raises:
        ValueError: k is below 2, or larger than the number of different groups.

    Example:
        k_fold_indices(np.array([0, 1, 0]), 2, 0) has the pairs ([1], [0, 2]) and ([0, 2], [1]), in either order.
    """
    # 1. Which groups are there? Refuse a k that does not suit them.
    # 2. Shuffle the groups, and cut them into k pieces.
    # 3. For each piece: which examples have their group in it?
    ### BEGIN SOLUTION
    names = np.unique(groups)
    if not 2 <= k <= len(names):
        raise ValueError(f"k is {k}; it must be from 2 to the number of groups, {len(names)}")
    pairs = []
    for fold in np.array_split(np.random.default_rng(seed).permutation(names), k):
        inside = np.isin(groups, fold)
        pairs.append((np.flatnonzero(~inside), np.flatnonzero(inside)))
    return pairs
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.unique(groups)` has each group once. Shuffle these, not the examples. `np.array_split(shuffled, k)` makes k pieces whose lengths differ by at most 1.
# </details>
# <details><summary>Hint 2</summary>
#
# `inside = np.isin(groups, piece)` is True for each example whose group is in the piece. `np.flatnonzero(inside)` are their indices, `np.flatnonzero(~inside)` all others.
# </details>

# %% check="k_fold_indices" points=2
with checks.exercise("k_fold_indices"):
    groups = np.array([8, 3, 8, 5, 3, 8, 1, 8, 6])
    checks.unchanged(k_fold_indices, groups, 2, 1)
    pairs, what = k_fold_indices(groups, 2, 1), "k_fold_indices([8, 3, 8, 5, 3, 8, 1, 8, 6], 2, 1)"
    checks.length(what, pairs, 2)
    for number, pair in enumerate(pairs):
        train, dev = checks.results(f"pair {number} of {what}", pair, ["train", "dev"])
        torn = set(groups[train]) & set(groups[dev])
        checks.that(not torn, f"{what}: group {min(torn, default=0)} is in train and dev of one pair; that is a leak")
        whole = sorted([*train, *dev]) == list(range(9))
        checks.that(whole, f"{what}: train and dev of pair {number} must hold all 9 together")
        in_fold = len(set(groups[dev]))
        checks.that(in_fold in (2, 3), f"{what}: 5 groups in 2 folds, fold {number} has {in_fold}, expected 2 or 3")
    checks.raises("k_fold_indices(…, 6, 0) with 5 groups", ValueError, k_fold_indices, groups, 6, 0)
    checks.raises("k_fold_indices(…, 1, 0)", ValueError, k_fold_indices, groups, 1, 0)
    ### BEGIN HIDDEN TESTS

    def hold(regime, names, k, seed):
        what, known, measured, counts = f"{regime}, k_fold_indices(groups, {k}, seed)", names.tolist(), [], []
        names.flags.writeable = False
        pairs = k_fold_indices(names, k, seed)
        checks.length(what, pairs, k)
        for number, pair in enumerate(pairs):
            parts = checks.results(f"pair {number} of {what}", pair, ["train", "dev"])
            is_index = all(isinstance(part, np.ndarray) and part.dtype.kind in "iu" for part in parts)
            checks.that(is_index, f"{what}: train and dev must be arrays of whole numbers with one axis")
            train, dev = (part.tolist() for part in parts)
            whole = sorted(train + dev) == list(range(len(known)))
            checks.that(whole, f"{what}: train and dev of a pair must hold each example once")
            torn = {known[i] for i in train} & {known[i] for i in dev}
            checks.that(not torn, f"{what}: a group is in train and in dev of one pair")
            measured, counts = measured + dev, [*counts, len({known[i] for i in dev})]
        checks.that(sorted(measured) == list(range(len(known))), f"{what}: each example must be in exactly one dev")
        checks.that(max(counts) - min(counts) <= 1, f"{what}: the folds have {counts} groups")

    check_rng = np.random.default_rng(12)
    for regime, names, k in (
        ("with groups -4, 0 and 10**12", check_rng.choice([-4, 0, 10**12], 30), 2),
        ("with 40 examples", check_rng.integers(0, 9, 40), 4),
        ("with the groups in falling order", np.arange(23)[::-1], 5),
        ("with as many folds as groups", check_rng.permutation(np.repeat(np.arange(6), 4)), 6),
        ("with one large group", np.array([1] * 30 + [2, 3, 4, 5]), 2),
        ("with two examples", np.array([7, 3]), 2),
        ("with 3,000 examples", check_rng.integers(0, 500, 3000), 7),
        ("with 130 folds", check_rng.permutation(400), 130),
    ):
        for seed in (0, 1, 2**32 - 1):
            hold(regime, names, k, seed)
    for names, k in (([4, 4, 4], 2), (range(5), 6), ([1, 1, 2], 3), (range(5), 1), (range(5), 0), (range(5), -2)):
        what = f"k_fold_indices({list(names)}, {k}, 0)"
        checks.raises(what, ValueError, k_fold_indices, np.array(names), k, 0)
    eleven, together = np.array([5, 2, 9, 2, 5, 7, 0, 4, 4, 9, 11]), np.zeros((7, 7))
    for seed in range(300):
        for _, dev in k_fold_indices(eleven, 2, seed):
            inside = np.isin(np.unique(eleven), eleven[dev]) * 1
            together += np.outer(inside, inside) * (inside.sum() == 4) / 300
    even = np.abs(np.diag(together) - 4 / 7).max() < 0.143
    even &= np.abs(together - 2 / 7)[~np.eye(7, dtype=bool)].max() < 0.131
    checks.that(even, "k_fold_indices: some groups are together in a fold more often than others; shuffle the groups")
    checks.unchanged(k_fold_indices, np.arange(60) % 30, 4, 3)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the leak. We train your network of course 1 on the collection of section 2, in five folds, twice: once with each picture as a group of its own, once with all copies and mirror images in one group. Each trained network is also tried on 1,941 new animals, which nobody has seen.


# %%
def train(X, Y, n_h, steps=500, learning_rate=0.5, seed=0):
    """Your network of course 1, n_0 inputs, n_h hidden units and 10 outputs, trained on labels 0 to 9, shape (1, m)."""
    parameters = dense.initialize_deep([len(X), n_h, 10], seed)
    wanted = (np.arange(10).reshape(10, 1) == Y) * 1.0
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, "softmax")
        parameters = dense.update(parameters, dense.deep_backward(AL, wanted, caches), learning_rate)
    return parameters


def error(parameters, X, Y):
    """Wrong decisions in %: the columns of X whose largest output is not that of the label in Y, shape (1, m)."""
    return 100 * np.mean(dense.deep_forward(X, parameters, "softmax")[0].argmax(axis=0) != Y[0])


X_new = animals.X_test.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(1941, -1).T / 255
measured = {"each picture alone": [], "copies in one group": []}
for seed in tqdm(range(3), file=sys.stdout, desc="collections"):
    X, Y = collection(seed)
    for name, groups in zip(measured, (np.arange(800), find_duplicates(facing_one_way(X))), strict=True):
        for inside, outside in k_fold_indices(groups, 5, seed):
            network = train(X[:, inside], Y[:, inside], n_h=32, steps=200, learning_rate=0.3)
            measured[name].append((error(network, X[:, outside], Y[:, outside]), error(network, X_new, animals.Y_test)))

# %%
kinds = (("on the folds left out", -0.2, plots.COLORS[0], ""), ("on new animals", 0.2, plots.COLORS[4], "//"))
errors = np.reshape(list(measured.values()), (2, 3, 5, 2)).mean(axis=2)  # by grouping, collection, kind
for k, (kind, shift, color, hatch) in enumerate(kinds):
    plt.bar(np.arange(2) + shift, errors[:, :, k].mean(axis=1), 0.36, color=color, hatch=hatch, label=kind)
    plt.plot(np.arange(2) + shift, errors[:, :, k], "ko", markersize=4)
    print(f"{kind}: {errors[0, :, k].mean():.0f} % with each picture alone, {errors[1, :, k].mean():.0f} % with groups")
plt.xticks([0, 1], list(measured))
plt.ylabel("wrong decisions in %")
plt.title("Copies on both sides: the folds promise what new animals do not keep")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Each point is one of three collections. With every picture alone the folds promise an error that is at least 10 points below the truth, because most pictures that are asked for were also learned. With the copies in one group the folds come much nearer to the truth, sometimes a little above it and sometimes below; more than that 200 different animals cannot promise, for their standard error is about 3.5 points. The network itself is hardly better or worse. What was wrong is the measurement.
#
# ## 4. Bias or variance?
#
# *The dev error is too high. Why?*
#
# Three numbers answer it. The **Bayes error** is the lowest error that anybody could reach on such data; often it is estimated by what people reach.
#
# $$\text{dev error} = \underbrace{\text{Bayes error}}_{\text{nobody does better}} + \underbrace{(\text{training error} - \text{Bayes error})}_{\text{avoidable bias}} + \underbrace{(\text{dev error} - \text{training error})}_{\text{variance}}.$$
#
# High **bias**: the network does not even fit what it has seen (it **underfits**). High **variance**: it fits what it has seen, and that does not carry over to new pictures (it **overfits**). Both can be high at once. (These are the words of the lecture for two gaps between errors. Section 7 has the mathematical quantities that gave them their names.)
#
# *On paper*, errors in %, a gap up to 2 points counts as small:
#
# | Bayes | training | dev | avoidable bias | variance | diagnosis |
# |---|---|---|---|---|---|
# | 0 | 1 | 11 | 1 | 10 | high variance |
# | 0 | 15 | 16 | 15 | 1 | high bias |
# | 0 | 15 | 30 | 15 | 15 | both |
# | 0 | 0.5 | 1 | 0.5 | 0.5 | neither |
# | 14 | 15 | 16 | 1 | 1 | neither |
#
# The second and the last network have the same errors. If the pictures are so blurred that people get 14 % of them wrong, there is little left to mend.
#
# ### Exercise 4: `diagnose`


# %% exercise="diagnose"
def diagnose(train_error, dev_error, bayes_error=0.0, small=2.0):
    """Tell bias from variance.

    Args:
        train_error, dev_error, bayes_error: errors in %, numbers from 0 to 100, floats or whole numbers, in any order of
            size (the dev error may by chance be below the training error).
        small: the largest gap that counts as small, in points, a number >= 0.

    Returns:
        (avoidable_bias, variance, diagnosis): the two gaps, which may be negative, and "high bias", "high variance",
        "both" or "neither". A gap is high if it is above small, without any tolerance; a gap that equals small is not.

    Example:
        diagnose(1, 11) is (1, 10, "high variance").
    """
    # 1. The two gaps: which error is subtracted from which?
    # 2. Which of the two is high?
    ### BEGIN SOLUTION
    avoidable_bias, variance = train_error - bayes_error, dev_error - train_error
    if avoidable_bias > small and variance > small:
        diagnosis = "both"
    elif avoidable_bias > small:
        diagnosis = "high bias"
    else:
        diagnosis = "high variance" if variance > small else "neither"
    return avoidable_bias, variance, diagnosis
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The avoidable bias is the training error minus the Bayes error, the variance is the dev error minus the training error.
# </details>
# <details><summary>Hint 2</summary>
#
# Ask for "both" first: `if avoidable_bias > small and variance > small`. Then three cases are left.
# </details>

# %% check="diagnose" points=1
with checks.exercise("diagnose"):
    bias_slips = {"it is measured from the Bayes error, not from 0": 15.0, "this is the dev error's gap to Bayes": 2.0}
    names = ["avoidable_bias", "variance", "diagnosis"]
    bias, variance, _ = checks.results("diagnose(15, 16, 14)", diagnose(15, 16, 14), names)
    checks.close("avoidable_bias of diagnose(15, 16, 14)", bias, 1.0, mistakes=bias_slips)
    slips = {"it is measured from the training error, not from the Bayes error": 2.0, "the sign is wrong": -1.0}
    checks.close("variance of diagnose(15, 16, 14)", variance, 1.0, mistakes=slips)
    told = {(1, 11): "high variance", (15, 16): "high bias", (15, 30): "both", (0.5, 1): "neither", (9, 4): "high bias"}
    for errors, name in told.items():
        checks.equal(f"diagnosis of diagnose{errors}", diagnose(*errors)[2], name)
    checks.equal("diagnosis of diagnose(15, 16, 14)", diagnose(15, 16, 14)[2], "neither")
    checks.equal("diagnosis of diagnose(3, 6, 1, 2), a gap of exactly 2", diagnose(3, 6, 1, 2)[2], "high variance")
    ### BEGIN HIDDEN TESTS

    def by_table(train_error, dev_error, bayes_error, small):
        table = {(True, True): "both", (True, False): "high bias", (False, True): "high variance"}
        high = (float(train_error - bayes_error - small) > 0, float(dev_error - train_error - small) > 0)
        return float(train_error - bayes_error), float(dev_error - train_error), table.get(high, "neither")

    def quarters(rng):
        errors = rng.integers(0, 401, 3) / 4
        return (*errors.tolist(), float(rng.integers(0, 81) / 4))

    ties = {"with errors of many digits": (7.123456789, 19.987654321, 1.000000001, 2.000000003)}
    drawn = [np.random.default_rng(number).integers(0, 10, 4) / 4 for number in range(60)]
    exact = ((5, 5, 5, 0), (100, 100, 0, 99.5), (0.0, 100.0, 0.0, 100.0), (3, 8, 40, 2), (1, 4, 0, 2), (2, 9, 0, 2))
    near = ((12.000001, 24.000003, 10.0, 2.0), (11.999999, 13.999997, 10.0, 2.0), (0.0, 0.0, 0.0, 0.0), (3, 5, 0, 2))
    for numbers in (*(tuple(each.tolist()) for each in drawn), *exact, *near):
        ties[f"with train_error, dev_error, bayes_error, small = {numbers}"] = numbers
    domain = {"sizes": {}, "types": ["train_error", "dev_error", "bayes_error", "small"], "returns": names}
    checks.agrees(diagnose, by_table, quarters, cases=ties, **domain)
    for errors, name in {
        (3, 4, 0): "high bias",
        (2, 4, 0): "neither",
        (3, 5): "high bias",
        (2, 5): "high variance",
    }.items():
        checks.equal(f"diagnosis of diagnose{errors}", diagnose(*errors)[2], name)
    ### END HIDDEN TESTS

# %% [markdown]
# Your own network on the small digits, trained on 100 pictures only, with 1 to 64 hidden units. The dev set is a stratified fifth of all 1,438 training pictures. A careful person reads nearly all of these digits; we take 1 % as the Bayes error.


# %%
def split_digits(seed):
    """Training and dev set of the small digits: X, Y, X_dev, Y_dev; the training pictures in random order."""
    X = digits.X_train.reshape(1438, 64).T / 16 - 0.5
    inside, dev = stratified_split(digits.Y_train, [0.8, 0.2], seed)
    inside = np.random.default_rng(seed).permutation(np.sort(inside))
    return X[:, inside], digits.Y_train[:, inside], X[:, dev], digits.Y_train[:, dev]


def show_errors(axis, x, runs):
    """Draws training and dev errors, shape (runs, len(x), 2): their mean over the runs, and a band from least to most."""
    for k, name in enumerate(("training error", "dev error")):
        each = np.array(runs)[:, :, k]
        axis.plot(x, each.mean(axis=0), marker="o", color=plots.COLORS[k], label=name)
        axis.fill_between(x, each.min(axis=0), each.max(axis=0), color=plots.COLORS[k], alpha=0.15)


X_test, Y_test = digits.X_test.reshape(359, 64).T / 16 - 0.5, digits.Y_test
widths, by_width = [1, 2, 3, 4, 6, 8, 16, 32, 64], []
for seed in tqdm(range(3), file=sys.stdout, desc="splits"):
    X, Y, X_dev, Y_dev = split_digits(seed)
    networks = [train(X[:, :100], Y[:, :100], n_h, seed=seed) for n_h in widths]
    by_width.append([(error(n, X[:, :100], Y[:, :100]), error(n, X_dev, Y_dev)) for n in networks])

# %%
show_errors(plt.gca(), widths, by_width)
plt.xscale("log", base=2)
plt.xticks(widths, widths)
plt.xlabel("hidden units")
plt.ylabel("wrong decisions in %")
plt.title("On the left bias and variance, on the right variance alone (100 pictures, three splits)", fontsize=11)
plt.legend()
plt.show()
for n_h, (train_error, dev_error) in zip(widths, np.mean(by_width, axis=0), strict=True):
    bias, variance, diagnosis = diagnose(train_error, dev_error, bayes_error=1)
    print(f"{n_h:2} hidden units: avoidable bias {bias:5.1f}, variance {variance:5.1f}: {diagnosis}")

# %% [markdown]
# *What to notice.* One or two hidden units cannot tell ten digits apart, not even those that they have seen. From eight units on the network has nearly all 100 training pictures right, and the gap to the dev set is what is left: at least 5 points for the widest one. (There the avoidable bias is printed as $-1$: on its own 100 pictures the network is better than our 1 %.) The textbook's dev curve would rise again on the right. Here it does not: wider networks have no higher variance at this size. The remedy against bias cost nothing in variance.
#
# ## 5. The basic recipe
#
# *What do you do next?*
#
# Each diagnosis has its own remedies:
#
# | what is high | what helps | what does not |
# |---|---|---|
# | bias | a bigger network; training longer; another kind of network, such as the convolutional ones of course 4 | more data |
# | variance | more data; regularisation ([lesson 02](02_l2_regularization.ipynb), [lesson 03](03_dropout_and_other_regularizers.ipynb)); another kind of network | training longer |
#
# The lecture's **basic recipe**: first ask for the bias. As long as it is high, mend it, and train again. Only then ask for the variance, mend it, and go back to the first question. So when both are high, the bias comes first.
#
# We use one remedy for each: twice as many hidden units, or twice as many examples. Both have a limit, that of the computer and that of the data.
#
# *On paper.* A network with 8 hidden units and 100 examples, limits 64 and 150. "both": 16 units, 100 examples. "high variance": 8 units, and not 200 but 150 examples, for there are no more.
#
# ### Exercise 5: `recipe_step`


# %% exercise="recipe_step"
def recipe_step(diagnosis, n_h, m, n_h_max, m_max):
    """The next network to train by the basic recipe.

    Args:
        diagnosis: "high bias", "high variance", "both" or "neither".
        n_h: the number of hidden units now, a whole number from 1 to n_h_max.
        m: the number of training examples now, a whole number from 1 to m_max.
        n_h_max, m_max: the largest numbers that can be had, whole numbers.

    Returns:
        (n_h, m) of the next network, two whole numbers. The one that mends the diagnosis is doubled, but never goes above
        its limit; the other one stays. With "both" the bias comes first. With "neither" n_h and m stay. If the number
        that would grow is at its limit already, n_h and m stay as well: the recipe is at its end.

    Raises:
        ValueError: another diagnosis.

    Example:
        recipe_step("high variance", 8, 100, 64, 150) is (8, 150).
    """
    # 1. Which diagnoses are mended by a bigger network, which one by more data?
    # 2. Double it, up to the limit. What is refused?
    ### BEGIN SOLUTION
    if diagnosis not in ("high bias", "high variance", "both", "neither"):
        raise ValueError(f"unknown diagnosis {diagnosis!r}")
    if diagnosis in ("high bias", "both"):
        n_h = min(2 * n_h, n_h_max)
    elif diagnosis == "high variance":
        m = min(2 * m, m_max)
    return n_h, m
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `min(2 * n_h, n_h_max)` doubles and stops at the limit. More is not needed for the case "already at the limit".
# </details>
# <details><summary>Hint 2</summary>
#
# Three branches: `if diagnosis in ("high bias", "both")`, `elif diagnosis == "high variance"`, `elif diagnosis != "neither"` for the error. Return `n_h, m` at the end.
# </details>

# %% check="recipe_step" points=2
with checks.exercise("recipe_step"):
    slips = {
        ("both", 8, 100, 64, 150): ("with both, the bias comes first, and one thing is changed at a time", (16, 100)),
        ("high variance", 8, 100, 64, 150): ("more data help against variance, but there are only 150", (8, 150)),
        ("high bias", 8, 100, 64, 150): ("a bigger network helps against bias, and more data do not", (16, 100)),
        ("high bias", 40, 100, 64, 150): ("the network may have 64 units at most", (64, 100)),
        ("high bias", 64, 100, 64, 150): ("the network cannot grow, and more data do not help against bias", (64, 100)),
    }
    for arguments, (slip, expected) in slips.items():
        what = f"recipe_step{arguments}"
        n_h, m = checks.results(what, recipe_step(*arguments), ["n_h", "m"])
        checks.that((n_h, m) == expected, f"{what}: expected {expected}, got {(n_h, m)}: {slip}")
        checks.whole(what, n_h, m)
    checks.raises('recipe_step("bias", …)', ValueError, recipe_step, "bias", 8, 100, 64, 150)
    ### BEGIN HIDDEN TESTS

    def by_rules(diagnosis, n_h, m, n_h_max, m_max):
        grows = {"high bias": (1, 0), "both": (1, 0), "high variance": (0, 1), "neither": (0, 0)}[diagnosis]
        return sorted([n_h * 2 ** grows[0], n_h_max])[0], sorted([m * 2 ** grows[1], m_max])[0]

    def state(rng):
        n_h_max, m_max = (int(number) for number in rng.integers(1, 3000, 2))
        n_h, m = int(rng.integers(1, n_h_max + 1)), int(rng.integers(1, m_max + 1))
        return str(rng.choice(["high bias", "high variance", "both", "neither"])), n_h, m, n_h_max, m_max

    drawn = [state(np.random.default_rng(number)) for number in range(60)]
    for diagnosis in ("high bias", "high variance", "both", "neither"):
        edges = ((1, 1, 1, 1), (8, 5, 16, 10), (9, 6, 17, 11), (7, 4, 13, 7), (5, 7, 5, 90), (5, 7, 90, 7))
        drawn += [(diagnosis, *sizes) for sizes in (*edges, (2, 100, 10**6, 10**6))]
    others = {f"with {each[0]!r} and n_h, m, n_h_max, m_max = {each[1:]}": each for each in drawn}
    checks.agrees(recipe_step, by_rules, state, sizes={}, returns=["n_h", "m"], cases=others, apart=False)
    for arguments in others.values():
        checks.whole(f"recipe_step{arguments}", *recipe_step(*arguments))
    for name in ("", "Both", "high bias ", "variance", "HIGH BIAS", "high", "none", None, "low bias", "high  variance"):
        for sizes in ((4, 5, 64, 150), (64, 150, 64, 150)):
            checks.raises(f"recipe_step({name!r}, …)", ValueError, recipe_step, name, *sizes)
    ### END HIDDEN TESTS

# %% [markdown]
# The whole recipe, with your two functions, for three splits. It begins with 2 hidden units and 100 pictures. The limits are 64 units and all pictures of the training set.


# %%
def follow_recipe(seed, n_h=2, m=100):
    """Train, diagnose, take a step, until nothing changes; the rounds (n_h, m, errors, diagnosis), and the network."""
    X, Y, X_dev, Y_dev = split_digits(seed)
    rounds = []
    while True:
        network = train(X[:, :m], Y[:, :m], n_h, seed=seed)
        errors = error(network, X[:, :m], Y[:, :m]), error(network, X_dev, Y_dev)
        diagnosis = diagnose(*errors, bayes_error=1)[2]
        rounds.append((n_h, m, errors, diagnosis))
        step = tuple(recipe_step(diagnosis, n_h, m, 64, X.shape[1]))
        if step == (n_h, m):
            return rounds, network
        n_h, m = step


recipes = [follow_recipe(seed) for seed in tqdm(range(3), file=sys.stdout, desc="recipes")]
for n_h, m, (train_error, dev_error), diagnosis in recipes[0][0]:
    print(f"{n_h:2} units, {m:4} pictures: training {train_error:4.1f} %, dev {dev_error:4.1f} %: {diagnosis}")
for seed, (rounds, network) in enumerate(recipes):
    first, last = rounds[0][2][1], rounds[-1][2][1]
    on_test = error(network, X_test, Y_test)
    print(f"split {seed}: dev {first:.1f} % at first, {last:.1f} % at the end; test {on_test:.1f} %")

# %%
for seed, (rounds, _) in enumerate(recipes):
    plt.plot(range(1, len(rounds) + 1), [errors[1] for _, _, errors, _ in rounds], label=f"split {seed}")
    for place, (_, _, errors, diagnosis) in enumerate(rounds, 1):
        plt.plot(place, errors[1], "s" if diagnosis in ("high bias", "both") else "o", color=plots.COLORS[seed])
for marker, name in (("s", "then: twice the units"), ("o", "then: twice the pictures, or the end")):
    plt.plot([], [], marker, color="black", label=name)
plt.xlabel("round of the recipe")
plt.ylabel("dev error in %")
plt.title("First the bias, then the variance: the recipe takes the dev error below 10 %")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* In each split the first rounds double the units, until the network fits its 100 pictures. Then the recipe asks for more pictures, and the dev error falls to less than 10 %. Where more pictures bring the bias back, it widens the network once more. At the end the variance is still high, or just small enough, and there are no more pictures. What is left is regularisation: lessons 02 and 03 go on from here. The test set was used once, at the end. It lies within a few points of the dev error, as hardly anything was chosen by the dev set.
#
# ## 6. Learning curves
#
# *Would more data help? Can you know before you collect them?*
#
# Pretend to have less. Train on the first 20, 50, 100, … examples and measure two errors each time: on the examples that *this* training used, and on the whole dev set. The two curves over the number of examples are the **learning curve**.
#
# *On paper.* A very simple model: it always predicts the mean of the labels that it was trained on, and its error is the mean distance of the labels from this prediction. $Y = [3, 1, 2, 6]$, $Y_{dev} = [2, 4, 6]$.
#
# | examples | model | error on them | dev error |
# |---|---|---|---|
# | 1 | 3 | 0 | $(1 + 1 + 3)/3 = 1.67$ |
# | 2 | 2 | $(1 + 1)/2 = 1$ | $(0 + 2 + 4)/3 = 2$ |
# | 4 | 3 | $(0 + 2 + 1 + 3)/4 = 1.5$ | $1.67$ |
#
# ### Exercise 6: `learning_curve`


# %% exercise="learning_curve"
def learning_curve(fit, error, X, Y, X_dev, Y_dev, sizes):
    """Training and dev error of a model for growing numbers of training examples.

    Args:
        fit: a function; fit(X, Y) trains on these examples and returns a model of whatever kind. It is called once for
            each entry of sizes, in their order. It may return the same object each time, trained anew.
        error: a function; error(model, X, Y) is the error of a model on these examples, a number. Both functions get their
            arguments by position, for they may call them by other names.
        X, Y: training examples, shapes (n, m) and (n_y, m).
        X_dev, Y_dev: dev examples, shapes (n, m_dev) and (n_y, m_dev).
        sizes: a list of whole numbers from 1 to m, in any order, also repeated: how many of the first examples to train on.

    Returns:
        (train_errors, dev_errors): two arrays of floats, of the length of sizes. A training error is measured on the
        examples that its model was trained on, a dev error on all dev examples.

    Example:
        with fit = lambda X, Y: Y.mean() and error = lambda model, X, Y: np.abs(Y - model).mean(), Y = [[3, 1, 2, 6]],
        Y_dev = [[2, 4, 6]] and sizes [1, 2, 4] it is ([0, 1, 1.5], [1.67, 2, 1.67]).
    """
    # 1. For each size: which columns are used for training?
    # 2. One model, two errors. On which examples is each of them measured?
    ### BEGIN SOLUTION
    train_errors, dev_errors = [], []
    for m in sizes:
        model = fit(X[:, :m], Y[:, :m])
        train_errors.append(error(model, X[:, :m], Y[:, :m]))
        dev_errors.append(error(model, X_dev, Y_dev))
    return np.array(train_errors, dtype=float), np.array(dev_errors, dtype=float)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The first `m` examples are the columns `X[:, :m]` and `Y[:, :m]`. Call `fit` once for each size and keep its model.
# </details>
# <details><summary>Hint 2</summary>
#
# Append `error(model, X[:, :m], Y[:, :m])` to one list and `error(model, X_dev, Y_dev)` to another. At the end `np.array(train_errors, dtype=float)` makes an array of floats.
# </details>

# %% check="learning_curve" points=2
with checks.exercise("learning_curve"):
    Y, Y_dev, sizes, calls = np.array([[3.0, 1.0, 2.0, 6.0]]), np.array([[2.0, 4.0, 6.0]]), [1, 2, 4], []

    def mean_of(X, Y):
        calls.append((X.shape, Y.shape))
        return float(Y.mean())

    distance = lambda model, X, Y: float(np.abs(Y - model).mean() + 0 * (X + Y).sum())  # noqa: E731
    examples = (mean_of, distance, 5 * Y, Y, 5 * Y_dev, Y_dev, sizes)
    train_errors, dev_errors = checks.results("learning_curve(…)", learning_curve(*examples), ["train", "dev"])
    seen = [(shape[1], len_y[1]) for shape, len_y in calls]
    checks.that(seen == [(1, 1), (2, 2), (4, 4)], f"fit must get the first 1, 2 and 4 columns, it got (X, Y): {seen}")
    slips = {"measure on the examples that the model was trained on, not on all of them": [1.5, 1.5, 1.5]}
    slips |= {"this is the dev error": [5 / 3, 2, 5 / 3]}
    checks.close("train_errors for sizes [1, 2, 4]", train_errors, [0, 1, 1.5], mistakes=slips)
    slips = {"this is the training error": [0, 1, 1.5], "use all dev examples, not the first of them": [1, 1, 5 / 3]}
    checks.close("dev_errors for sizes [1, 2, 4]", dev_errors, [5 / 3, 2, 5 / 3], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def size_by_size(fit, error, X, Y, X_dev, Y_dev, sizes):
        train, dev = [], []
        for columns in map(np.arange, sizes):
            model = fit(X[:, columns], Y[:, columns])
            train.append(float(error(model, X[:, columns], Y[:, columns])))
            dev.append(float(error(model, X_dev, Y_dev)))
        return np.array(train), np.array(dev)

    def means(X, Y):
        return {"x": X.mean(axis=1), "y": Y.mean(axis=1), "m": X.shape[1]}

    def far(model, X, Y):
        places = np.arange(1, X.shape[1] + 1)
        return float(((X.T - model["x"]) ** 2).sum() + places @ np.abs(Y.T - model["y"]).sum(axis=1) + 0.1 * model["m"])

    def problem(rng, n, n_y, m, m_dev, count, fit=means, error=far):
        arrays = [rng.normal(size=shape) for shape in ((n, m), (n_y, m), (n, m_dev), (n_y, m_dev))]
        return (fit, error, *arrays, rng.integers(1, m + 1, count).tolist())

    def case(fit=means, error=far, sizes=(7, 30, 7, 2, 1)):
        return (*problem(np.random.default_rng(3), 2, 1, 30, 20, 5, fit, error)[:6], list(sizes))

    others = {
        "with errors that are whole numbers": case(error=lambda model, X, Y: int(np.sum(np.abs(Y) > 1))),
        "with the largest size alone": case(sizes=[30]),
        "with errors above 100": case(error=lambda model, X, Y: 1e9),
        "with models that are None": case(lambda X, Y: None, lambda model, X, Y: X[0, -1]),
    }
    bounds = {"n": 130, "n_y": 12, "m": 1030, "m_dev": 1030, "count": 120}
    names, kinds = ["train_errors", "dev_errors"], ["X", "Y", "X_dev", "Y_dev"]
    domain = {"types": kinds, "real": dict.fromkeys(kinds, 100), "returns": names, "cases": others, "apart": False}
    checks.agrees(learning_curve, size_by_size, problem, sizes=bounds, **domain)

    calls = []
    note = lambda X, Y: calls.append(X.shape[1]) or [len(calls), X.shape[1]]  # noqa: E731
    arguments = case(note, lambda a, b, c: a[0], [9, 2, 9, 20])
    for curve, name in zip(learning_curve(*arguments), names, strict=True):
        checks.close(f"{name} of models that know which training they come from", curve, [1, 2, 3, 4])
        checks.that(curve.dtype == float, f"learning_curve: {name} must hold floats")
    one = [0]
    same = lambda a, b: one.__setitem__(0, a.shape[1]) or one  # noqa: E731
    dev = learning_curve(*case(same, lambda a, b, c: one[0], [9, 2, 20]))[1]
    checks.close("dev_errors where fit trains one and the same object anew", dev, [9, 2, 20])
    checks.that(calls == [9, 2, 9, 20], f"learning_curve, sizes [9, 2, 9, 20]: fit was called with {calls} examples")
    ### END HIDDEN TESTS

# %% [markdown]
# The learning curves of two networks on the digits, with 4 and with 64 hidden units, over three splits.

# %%
sizes = [20, 50, 100, 200, 400, 800, 1100]
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
for axis, n_h, finding in zip(axes, (4, 64), ("more data hardly help", "more data help"), strict=True):
    curves = []
    for seed in tqdm(range(3), file=sys.stdout, desc=f"{n_h} hidden units"):
        fit = lambda X, Y, n_h=n_h, seed=seed: train(X, Y, n_h, steps=600, learning_rate=0.2, seed=seed)  # noqa: E731
        curves.append(np.transpose(learning_curve(fit, error, *split_digits(seed), sizes)))
    show_errors(axis, sizes, curves)
    print(f"{n_h} hidden units, {sizes[-1]} pictures: training and dev error {np.mean(curves, axis=0)[-1].round(1)} %")
    axis.set(title=f"{n_h} hidden units: {finding}", xlabel="training pictures", xscale="log")
    axis.set_xticks(sizes, sizes, fontsize=8)
    axis.minorticks_off()
axes[0].set_ylabel("wrong decisions in %")
axes[0].legend()
plt.show()

# %% [markdown]
# *What to notice.* On the left the training error rises and the dev error falls, until they have nearly met, at several times the error of the network on the right. More pictures cannot push the dev error far below the training error, so they will not help this network any further. On the right the training error stays near 0, and the dev error still falls with each doubling: here more pictures pay. That the training error on the left *rises* is no fault: 20 pictures are easier to fit than 1,100.
#
# ## 7. Bias², variance and noise
#
# *Where do the two words come from?*
#
# Predict a number instead of a class, and imagine that the whole experiment is done $R$ times, each time with other training data. Model $r$ predicts $P_{rj}$ at the point $x_j$. At the same point $K$ labels $Y_{kj}$ are measured; they differ because measurements are noisy. With the means $\bar P_j = \frac{1}{R} \sum_r P_{rj}$ and $\bar Y_j = \frac{1}{K} \sum_k Y_{kj}$ the mean squared error of all models on all labels falls apart into three:
#
# $$\frac{1}{RKm} \sum_{r,k,j} (P_{rj} - Y_{kj})^2 = \underbrace{\frac{1}{m} \sum_j (\bar P_j - \bar Y_j)^2}_{\text{bias}^2}
# + \underbrace{\frac{1}{m} \sum_j \frac{1}{R} \sum_r (P_{rj} - \bar P_j)^2}_{\text{variance}} + \underbrace{\frac{1}{m} \sum_j \frac{1}{K} \sum_k (Y_{kj} - \bar Y_j)^2}_{\text{noise}}.$$
#
# (Write $P - Y = (P - \bar P) + (\bar P - \bar Y) + (\bar Y - Y)$ and multiply out: the mixed terms add up to 0, because the first bracket has mean 0 over $r$ and the last one over $k$.)
#
# **Bias** is what all models have wrong in common. **Variance** is how far they differ from one another. **Noise** is wrong in the labels themselves, and no model can get below it.
#
# *On paper.* Three models at two points, two labels at each: $P = \begin{bmatrix} 1 & 4 \\ 3 & 4 \\ 2 & 1 \end{bmatrix}$, $Y = \begin{bmatrix} 4 & 7 \\ 8 & 1 \end{bmatrix}$. $\bar P = [2, 3]$ and $\bar Y = [6, 4]$. Bias²: $((-4)^2 + (-1)^2)/2 = 8.5$. Variance: $\frac{1+1+0}{3} = \frac{2}{3}$ and $\frac{1+1+4}{3} = 2$, on average $\frac{4}{3}$. Noise: $\frac{4+4}{2} = 4$ and $\frac{9+9}{2} = 9$, on average 6.5. Together about 16.33.
#
# ### Exercise 7: `bias_variance`


# %% exercise="bias_variance"
def bias_variance(P, Y):
    """The three parts of the mean squared error of refitted models.

    Args:
        P: predictions, shape (R, m), one row for each model, one column for each point, floats or whole numbers; R >= 1.
        Y: labels, shape (K, m), one row for each time that the labels were measured, floats or whole numbers; K >= 1.
            They may be large numbers that differ little.

    Returns:
        (bias_squared, variance, noise): three numbers, by the formula above. They add up to the mean of
        (P[r, j] - Y[k, j])**2 over all r, k and j.

    Example:
        bias_variance(np.array([[1, 4], [3, 4], [2, 1]]), np.array([[4, 7], [8, 1]])) is (8.5, 4/3, 6.5).
    """
    # 1. The mean prediction and the mean label at each point: over which axis?
    # 2. The square of what for the bias? The spread of what for the variance, and for the noise?
    ### BEGIN SOLUTION
    bias_squared = np.mean((np.mean(P, axis=0) - np.mean(Y, axis=0)) ** 2)
    return bias_squared, np.mean(np.var(P, axis=0)), np.mean(np.var(Y, axis=0))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A point is a column, so `P.mean(axis=0)` has the mean prediction at each point, shape `(m,)`.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.var(P, axis=0)` is the mean squared distance from the mean, at each point. (It divides by R, as the formula wants.) Take its mean over the points.
# </details>

# %% check="bias_variance" points=2
with checks.exercise("bias_variance"):
    P, Y = np.array([[1.0, 4.0], [3.0, 4.0], [2.0, 1.0]]), np.array([[4.0, 7.0], [8.0, 1.0]])
    checks.unchanged(bias_variance, P, Y)
    names, what = ["bias_squared", "variance", "noise"], "bias_variance(P, Y) of the numbers on paper"
    answer = checks.results(what, bias_variance(P, Y), names)
    slips = [
        {"square at each point first, then take the mean": 6.25, "the square is missing": -2.5},
        {"divide by R, not by R - 1": 2.0, "this is the standard deviation": 1.1153551},
        {"divide by K, not by K - 1": 13.0, "this is the standard deviation": 2.5},
    ]
    slips[0] |= {"this is the absolute value, not the square": 2.5, "this is bias² and noise together": 15.0}
    slips[1] |= {"the spread is over the models (axis 0), not over the points": 11 / 12}
    slips[2] |= {"the spread is over the labels of one point (axis 0)": 7.25}
    for name, result, expected, slip in zip(names, answer, (8.5, 4 / 3, 6.5), slips, strict=True):
        checks.close(f"{name} of {what}", result, expected, mistakes=slip)
    ### BEGIN HIDDEN TESTS

    def point_by_point(P, Y):
        parts = []
        for models, labels in zip(P.T.astype(float), Y.T.astype(float), strict=True):
            p, y = models.sum() / len(models), labels.sum() / len(labels)
            parts.append(((p - y) ** 2, sum((models - p) ** 2) / len(models), sum((labels - y) ** 2) / len(labels)))
        return tuple(np.array(parts).sum(axis=0) / len(parts))

    def refits(rng, R, K, m):
        return rng.normal(1, 2, (R, m)), rng.normal(3, 1, (K, m))

    check_rng = np.random.default_rng(4)
    others = {
        "with equal rows in P": (np.tile([[1.0, 5.0, 2.0]], (4, 1)), check_rng.normal(size=(3, 3))),
        "with P = Y": (np.array([[1.0, 6.0], [3.0, 0.0]]), np.array([[1.0, 6.0], [3.0, 0.0]])),
        "with predictions around 1e5": (1e5 + check_rng.normal(size=(5, 4)), 1e5 + check_rng.normal(size=(3, 4))),
        "with whole numbers in P and Y": (check_rng.integers(0, 9, (5, 4)), check_rng.integers(0, 9, (3, 4))),
    }
    domain = {"real": {"P": 1e6, "Y": 1e6}, "types": ["P", "Y"], "returns": names, "cases": others}
    checks.agrees(bias_variance, point_by_point, refits, sizes={"R": 250, "K": 250, "m": 1030}, **domain)
    P, Y = check_rng.normal(size=(6, 5)), check_rng.normal(size=(4, 5))
    squares = [(p - y) ** 2 for row in P for labels in Y for p, y in zip(row, labels, strict=True)]
    checks.close("the sum of the three results, P (6, 5), Y (4, 5)", sum(bias_variance(P, Y)), np.mean(squares))
    ### END HIDDEN TESTS

# %% [markdown]
# To measure it we must be able to draw labels anew, as often as we like. So for once the data are made: a curve, and noise of standard deviation 0.5. The models are polynomials, which are fitted in no time: 200 refits for each degree.

# %%
rng, x = np.random.default_rng(7), np.linspace(-1, 1, 15)
curve = np.sin(4 * x + 1)
drawn = lambda times: curve + rng.normal(0, 0.5, (times, 15))  # noqa: E731
refits = {degree: np.polyfit(x, drawn(200).T, degree) for degree in range(10)}
predictions = [np.array([np.polyval(each, x) for each in coefficients.T]) for coefficients in refits.values()]
parts = np.array([bias_variance(P, drawn(200)) for P in predictions])
figure, axes = plt.subplots(1, 3, figsize=(8, 2.8), sharey=True)
fine = np.linspace(-1, 1, 200)
for axis, degree, finding in zip(axes, (1, 4, 9), ("wrong together", "about right", "each wrong alone"), strict=True):
    for each in refits[degree].T[:25]:
        axis.plot(fine, np.polyval(each, fine), color=plots.COLORS[5], linewidth=0.7, linestyle="-", alpha=0.6)
    axis.plot(fine, np.sin(4 * fine + 1), color="black", linestyle="--")
    axis.set(title=f"degree {degree}: {finding}", xlabel="x", ylim=(-2.5, 2.5))
axes[0].set_ylabel("the curve (dashed), 25 refits")
plt.show()

# %%
below, colors = np.zeros(10), plots.COLORS
for k, name, color in ((2, "noise", colors[4]), (0, "bias²", colors[0]), (1, "variance", colors[1])):
    plt.bar(range(10), parts[:, k], 0.7, below, color=color, hatch=("//", "..", "")[k], label=name)
    below += parts[:, k]
plt.xticks(range(10))
plt.xlabel("degree of the polynomial")
plt.ylabel("mean squared error on new labels")
plt.title("From degree 1 on bias² falls, variance rises, noise stays")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* A straight line is about equally wrong in each refit: bias. Degree 9 follows the noise of its own 15 labels, so each refit is another curve: variance, which grows in proportion to the number of coefficients. The sum has the shape of a U, with its lowest point at degree 4 or 5. The noise, 0.25, is in all of them.
#
# ## 8. A network can learn anything
#
# *Is it the size of the network that decides whether it overfits?*
#
# Zhang and others asked this in 2017. Take away the meaning of the labels: draw them all at random. Or take away the pictures: replace all pixels by noise. Is the network still able to learn them? We try 300 digits and 64 hidden units, which are 4,810 parameters.


# %%
def training_errors(X, Y, seed, steps=1200):
    """The training error in % before each step, and the trained network."""
    parameters, errors = dense.initialize_deep([64, 64, 10], seed), []
    wanted = (np.arange(10).reshape(10, 1) == Y) * 1.0
    for _ in range(steps):
        AL, caches = dense.deep_forward(X, parameters, "softmax")
        errors.append(100 * np.mean(AL.argmax(axis=0) != Y[0]))
        parameters = dense.update(parameters, dense.deep_backward(AL, wanted, caches), 0.5)
    return errors, parameters


curves, test_errors = {"true labels": [], "random labels": [], "random labels and random pixels": []}, []
for seed in tqdm(range(3), file=sys.stdout, desc="splits"):
    X, Y, _, _ = split_digits(seed)
    rng = np.random.default_rng(seed)
    X, Y, anew = X[:, :300], Y[:, :300], rng.integers(0, 10, (1, 300))
    for name, pictures, labels in zip(curves, (X, X, rng.uniform(-0.5, 0.5, (64, 300))), (Y, anew, anew), strict=True):
        errors, network = training_errors(pictures, labels, seed)
        curves[name].append(errors)
        test_errors.append(error(network, X_test, Y_test))

for (name, each), on_test in zip(curves.items(), np.reshape(test_errors, (3, 3)).T, strict=True):
    first = [errors.index(0) for errors in each]
    print(f"{name}: all 300 right at steps {first}; test errors {on_test.round(1)} %")
    plt.plot(np.mean(each, axis=0), label=name)
plt.xlabel("steps")
plt.ylabel("training error in %")
plt.title("The same network learns true labels, random labels and noise, all by heart")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* All three training errors end at 0. With random labels there is nothing to carry over: the test error is near 90 %, as for guessing. With true labels it is below 15 %. Network, size, steps and training error are the same. So a training error of 0 says nothing about new pictures, and neither does the number of parameters alone. What differs: true labels are learned in less than half the steps, for pictures that look alike have the same label. **Only pictures that were not used can tell.**

# %% [markdown]
# ## What you built
#
# - `stratified_split`, `find_duplicates` and `k_fold_indices`: measurements that one can trust; the same network seemed at least 10 points better when copies were on both sides;
# - `diagnose` and `recipe_step`: the basic recipe; it took your network of course 1 from a dev error above 40 % to less than 10 % in each of three splits;
# - `learning_curve`: what more data would bring, known before they are collected;
# - `bias_variance`: the three parts of the error, measured by refitting;
# - and you saw a network learn 300 random labels by heart.
#
# ## On your own
#
# - Mirror images were found because we knew of them. Find pictures in `data.load_animals()` that are *nearly* equal: the smallest distances between two columns. (Two pairs of dogs are suspiciously close.) Are any of them in the training and in the test set?
# - Run the recipe with `data.load_clothes()`. Where does the dev error end, and which diagnosis is the last one?
# - Replace the polynomials of section 7 by your network with one sigmoid output, on `data.make_football(200, seed=r)` for r = 0, 1, …, 19, and predict the probability of label 1. Does the variance rise with the number of hidden units, or with the number of steps?
# - *Hard.* Write `stratified_group_folds(Y, groups, k, seed)`: groups stay together, and each fold has nearly the same share of each class. Not every table of groups allows it; how do you measure how near you came?
#
# ## In practice
#
# scikit-learn has `train_test_split(..., stratify=y)`, `StratifiedKFold`, `GroupKFold` and `learning_curve`. Its `GroupKFold` balances the number of examples in the folds, yours the number of groups. Large collections are searched for copies by *perceptual hashes*: small codes that change little when a picture is scaled or recompressed, so that `find_duplicates` on the codes finds near copies. And data that grow with time, as prices do, are split by time: yesterday's data train, today's test.
#
# ## References
#
# - M. Stone (1974), *Cross-validatory choice and assessment of statistical predictions*, Journal of the Royal Statistical Society B 36.
# - S. Geman, E. Bienenstock and R. Doursat (1992), *Neural networks and the bias/variance dilemma*, Neural Computation 4.
# - C. Zhang, S. Bengio, M. Hardt, B. Recht and O. Vinyals (2017), *Understanding deep learning requires rethinking generalization*, ICLR.
# - B. Barz and J. Denzler (2020), *Do we train on test data? Purging CIFAR of near-duplicates*, Journal of Imaging 6.
# - S. Kapoor and A. Narayanan (2023), *Leakage and the reproducibility crisis in machine-learning-based science*, Patterns 4.
