# %% [markdown]
# You will draw dev and test sets that aim at the same target, compute how many examples they need, find out when your metric orders models differently from your users, and measure how a dev set wears out when it is asked too often.

# %% [markdown]
# ## What you will be able to do
#
# - split examples from several regions into a dev set and a test set of the same distribution;
# - compute how large a dev set must be, with and without assumptions, and how likely a paired test is to find a difference;
# - weigh mistakes that are not equally bad, and count the pairs of models that a metric and the users order differently;
# - show on real pictures that a dev set of the wrong distribution picks the wrong model;
# - compute how much too good the best of many models looks on its dev set, and protect a dev set by the Ladder.
#
# **What you need:** McNemar's test from [lesson 02](02_evaluation_metrics.ipynb).

# %%
import sys
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import corrupt
from shared_utils.grading import grade
from shared_utils.projects.chances import binomial, rejection_limit
from shared_utils.projects.classifier import error_rate, fit_classifier, inputs, predict

plots.use_style()


digits = data.load_digits()
images, truths = digits.X_train[..., 0] / 255, digits.Y_train[0]
images_test, truths_test = digits.X_test[..., 0] / 255, digits.Y_test[0]
order = np.random.default_rng(0).permutation(len(images))
train, dev = order[:6000], order[6000:]
print(len(train), "digits to train on,", len(dev), "in the dev set,", len(images_test), "in the test set")

# %% [markdown]
# ## 1. Dev and test from the same whole
#
# *You have examples from eight regions of the world. Which of them go into the dev set?*
#
# In the lecture, somebody takes four regions for the dev set and the other four for the test set. Then the team spends months on models that do well on the dev set. At the end the test set asks for something else. The dev set is a **target**: the team shoots at it all the time. If the target is moved at the end, the work was partly in vain.
#
# The lecture's advice: put all examples together, **shuffle** them, and cut. Then both sets have the same distribution. Each example is in at most one of the sets. Each way to choose the sets is equally probable.
#
# *On paper.* With 10 examples, `rng.permutation(10)` may give 7, 2, 9, 0, 4, 1, 8, 3, 5, 6. With 3 for dev and 2 for test, the dev set is $\{7, 2, 9\}$ and the test set $\{0, 4\}$. Five examples are left over, for training.
#
# ### Exercise 1: `shuffle_split`


# %% exercise="shuffle_split"
def shuffle_split(m, n_dev, n_test, rng):
    """Positions of a dev set and a test set in a shuffled whole; each way to choose them is equally probable.

    Args:
        m: number of examples, a whole number >= 1.
        n_dev, n_test: how many are wanted in each set, whole numbers >= 0.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it.

    Returns:
        A tuple (dev, test) of arrays or lists of positions from 0 to m - 1, n_dev and n_test of them, each in any order.
        No position is in both, or twice in one.

    Raises:
        ValueError: n_dev and n_test together are more than m.
    """
    # 1. Are there enough examples? 2. Shuffle all positions once. 3. Cut.
    ### BEGIN SOLUTION
    if n_dev + n_test > m:
        raise ValueError(f"{m} examples are too few for {n_dev} and {n_test}")
    order = rng.permutation(m)
    return order[:n_dev], order[n_dev : n_dev + n_test]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.permutation(m)` has the numbers 0 to m - 1 in random order. The first `n_dev` of them are the dev set, the next `n_test` the test set.
# </details>

# %% check="shuffle_split" points=1
with checks.exercise("shuffle_split"):
    what, names = "shuffle_split(10, 3, 2, rng)", ["dev", "test"]
    found = checks.results(what, shuffle_split(10, 3, 2, np.random.default_rng(0)), names)
    for name, part, size in zip(names, found, (3, 2), strict=True):
        checks.length(f"{name} of {what}", part, size)
    together = sorted({int(p) for part in found for p in part})
    checks.that(len(together) == 5, f"{what}: a position is there twice; dev and test are {found}")
    checks.that(0 <= together[0] and together[-1] < 10, f"{what}: positions go from 0 to 9, got {together}")
    checks.raises("7 and 4 of 10 examples", ValueError, shuffle_split, 10, 7, 4, np.random.default_rng(0))
    ### BEGIN HIDDEN TESTS

    def drawn_sets(m, n_dev, n_test, rng):
        what = f"shuffle_split({m}, {n_dev}, {n_test}, rng)"
        parts = checks.results(what, shuffle_split(m, n_dev, n_test, rng), names)
        for name, part, size in zip(names, parts, (n_dev, n_test), strict=True):
            checks.length(f"{name} of {what}", part, size)
            checks.whole(f"{name} of {what}", *part[:1])
        positions = {int(p) for part in parts for p in part}
        checks.that(len(positions) == n_dev + n_test, f"{what}: a position is there twice")
        checks.that(positions <= set(range(m)), f"{what}: positions go from 0 to {m - 1}, got others")
        return tuple(tuple(sorted(int(p) for p in part)) for part in parts)

    rng = np.random.default_rng(1)
    for *sizes, ways in ((5, 2, 1, 30), (4, 2, 2, 6), (4, 1, 3, 4), (5, 1, 1, 20), (3, 2, 0, 3), (3, 0, 1, 3)):
        drawn = [drawn_sets(*sizes, rng) for _ in range(60 * ways)]
        checks.equally_probable("shuffle_split({}, {}, {}, rng)".format(*sizes), drawn, ways)
    for sizes in ((1, 1, 0), (1, 0, 0), (1, 0, 1), (7, 7, 0), (7, 0, 7), (1000, 300, 700), (2000, 150, 120)):
        drawn_sets(*sizes, rng)
    seeds = [drawn_sets(2000, 1000, 1000, np.random.default_rng(seed)) for seed in (3, 3, 4)]
    checks.that(
        seeds[0] == seeds[1], "shuffle_split: the same state of rng must give the same sets; draw from rng only"
    )
    checks.that(seeds[0] != seeds[2], "shuffle_split: another seed of rng must give other sets; draw from rng")
    first = [np.mean(np.array(drawn_sets(1000, 400, 300, rng)[part]) < 500) for _ in range(150) for part in (0, 1)]
    expected = [np.sqrt(0.25 / n * (1000 - n) / 999) for n in (400, 300)] * 150
    z = (np.array(first) - 0.5) / expected
    fair = abs(z.mean()) < 5 / np.sqrt(300) and 0.6 < z.std() < 1.4
    checks.that(
        fair, "shuffle_split(1000, 400, 300, rng): the first 500 positions are in the sets too often or too seldom"
    )
    for sizes in ((1, 1, 1), (3, 4, 0), (3, 0, 4), (100, 60, 41)):
        checks.raises("too few examples", ValueError, shuffle_split, *sizes, np.random.default_rng(0))
    ### END HIDDEN TESTS

# %% [markdown]
# Shuffling gives each region **about** the same share in both sets. If a region is small, "about" may not be enough: a region with 20 of 1,000 examples may have 5 in one half and 15 in the other. A **stratified** split shuffles each region by itself and cuts each in half. Then the shares agree as exactly as whole numbers can.
#
# *On paper.* Regions a, b, a, a, b, a, b. The four a stand at 0, 2, 3, 5: two of them, chosen at random, go to dev, two to test. The three b stand at 1, 4, 6: two go to dev, one to test.
#
# ### Exercise 2: `stratified_halves`


# %% exercise="stratified_halves"
def stratified_halves(regions, rng):
    """Positions of a dev set and a test set, each with half of every region.

    Within a region, each way to choose its examples for the dev set is equally probable, and the choice in one region
    does not depend on that in another.

    Args:
        regions: the region of each example, an array (m,) of whole numbers or strings, m >= 1.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it.

    Returns:
        A tuple (dev, test) of arrays or lists of positions from 0 to m - 1, in any order. Each position is in exactly
        one of them. If a region has an odd number of examples, the dev set has one more of them.
    """
    # 1. For each region: where are its examples? 2. Shuffle them and cut. 3. Put the halves of all regions together.
    ### BEGIN SOLUTION
    dev, test = [], []
    for region in np.unique(regions):
        places = rng.permutation(np.flatnonzero(regions == region))
        half = (len(places) + 1) // 2
        dev.extend(places[:half])
        test.extend(places[half:])
    return dev, test
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.unique(regions)` has each region once, and `np.flatnonzero(regions == region)` the positions of its examples.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `rng.permutation` also shuffles a copy of an array. Half of $n$, with the odd one, is `(n + 1) // 2`. Lists grow by `dev.extend(...)`.
# </details>

# %% check="stratified_halves" points=2
with checks.exercise("stratified_halves"):
    regions = np.array(["a", "b", "a", "a", "b", "a", "b", "c"])
    checks.unchanged(stratified_halves, regions, np.random.default_rng(0))
    what, names = "stratified_halves(regions, rng)", ["dev", "test"]
    found = checks.results(what, stratified_halves(regions, np.random.default_rng(0)), names)
    for name, part, wanted in zip(names, found, ("aabbc", "aab"), strict=True):
        checks.equal(f"the regions in {name} of {what}, sorted", "".join(sorted(regions[list(part)])), wanted)
    checks.equal(f"all positions of {what}, sorted", sorted(int(p) for part in found for p in part), list(range(8)))
    ### BEGIN HIDDEN TESTS

    def halves(regions, rng):
        what = f"stratified_halves(regions, rng) with {len(regions)} examples"
        before = regions.copy()
        parts = checks.results(what, stratified_halves(regions, rng), names)
        checks.that(np.array_equal(before, regions), f"{what} changes regions; work on a copy")
        n_dev = sum((np.sum(regions == region) + 1) // 2 for region in set(regions.tolist()))
        for name, part, size in zip(names, parts, (n_dev, len(regions) - n_dev), strict=True):
            checks.length(f"{name} of {what}", part, size)
            checks.whole(f"{name} of {what}", *part[:1])
        dev, test = (sorted(int(p) for p in part) for part in parts)
        checks.that(
            sorted(dev + test) == list(range(len(regions))), f"{what}: each position must be there exactly once"
        )
        for region in set(regions.tolist()):
            n, wanted = np.sum(regions[dev] == region), (np.sum(regions == region) + 1) // 2
            checks.that(n == wanted, f"{what}: dev has {n} examples of a region, expected {wanted}")
        return tuple(dev)

    rng = np.random.default_rng(2)
    for word, ways in {"abbab": 6, "aaaabb": 12, "abcabc": 8, "aaaaa": 10, "ababab": 9}.items():
        drawn = [halves(np.array(list(word)), rng) for _ in range(60 * ways)]
        checks.equally_probable(f"stratified_halves with the regions {word}", drawn, ways)
    for regions in (np.array([7]), np.array(["b"]), np.array([0, 0]), np.array([-1, 3, -1, 300, 3, 0, -1])):
        halves(regions, rng)
    halves(rng.integers(0, 130, 1500), rng)
    halves(np.arange(150)[::-1], rng)
    halves(np.array(["India", "China", "other Asia", "other Europe", "UK", "", "China "])[rng.integers(0, 7, 400)], rng)
    halves(np.repeat(np.array([250, 3, 0]), [300, 111, 5]), rng)
    many = np.zeros(1200, dtype=int)
    seeds = [halves(many, np.random.default_rng(seed)) for seed in (3, 3, 4)]
    checks.that(seeds[0] == seeds[1], "stratified_halves: the same state of rng must give the same sets; draw from rng")
    checks.that(seeds[0] != seeds[2], "stratified_halves: another seed of rng must give other sets; draw from rng")
    share = np.mean([np.array(halves(many, rng)) < 600 for _ in range(60)])
    checks.that(abs(share - 0.5) < 0.01, "stratified_halves: one end of regions is in the dev set too often")
    ### END HIDDEN TESTS

# %%
NAMES = np.array(["US", "UK", "other Europe", "South America", "India", "China", "other Asia", "Australia"])
rng = np.random.default_rng(3)
regions = rng.choice(NAMES, 800, p=[0.3, 0.14, 0.14, 0.12, 0.1, 0.1, 0.07, 0.03])
by_region = np.flatnonzero(np.isin(regions, NAMES[:4])), np.flatnonzero(np.isin(regions, NAMES[4:]))
try:
    splits = {"four regions each": by_region, "shuffled": shuffle_split(800, 400, 400, rng)}
    splits["stratified"] = stratified_halves(regions, rng)
except NotImplementedError:
    print("this picture waits for shuffle_split and stratified_halves")
else:
    figure, axes = plt.subplots(1, 3, figsize=(8, 3.4), sharey=True)
    for axis, (name, (its_dev, its_test)) in zip(axes, splits.items(), strict=True):
        for part, words, marker in ((its_dev, "dev", "o"), (its_test, "test", "x")):
            shares = [np.mean(regions[part] == region) for region in NAMES]
            axis.plot(shares, NAMES, marker, label=words)
        axis.set(xlabel="share of the set", title=name)
    axes[0].invert_yaxis()
    axes[0].legend()
    plt.show()

# %% [markdown]
# *What to notice.* On the left, no region is in both sets. In the middle the shares agree up to some points: luck moves them, and it moves the share of a small region by a large part of its size. On the right, dots and crosses lie on each other. Shuffling is enough for thousands of examples; stratify if a small group matters.
#
# What the wrong target does to the choice of a model follows in section 5, on real pictures.
#
# ## 2. How many examples?
#
# *How large must the dev set be so that it shows which of two models is better?*
#
# Let A be wrong alone with probability $p_A$ (B is right there), and B alone with probability $p_B$. The errors of the two differ by $\delta = |p_A - p_B|$. What both get wrong does not count. For example $i$ let $D_i$ be $+1$ if only the **worse** model is wrong, $-1$ if only the better one is, and 0 otherwise. The dev set shows the **right order** if $\bar D = \frac1n \sum_i D_i > 0$. How probable is that?
#
# **Without assumptions about the models: Hoeffding's bound.** For independent numbers between $-1$ and $1$ with mean $\delta$,
#
# $$P(\bar D \le 0) \;\le\; e^{-n \delta^2 / 2} .$$
#
# If the right side is at most $1 - \text{confidence}$, the dev set is large enough:
#
# $$n \;\ge\; \frac{2}{\delta^2} \ln \frac{1}{1 - \text{confidence}} .$$
#
# **With more knowledge: the normal approximation for paired models.** The variance of $D_i$ is $v = p_A + p_B - \delta^2$, so $\bar D$ has the **standard error** $\sqrt{v / n}$. If $\bar D$ is nearly normal, the right order shows with probability $\Phi(\delta \sqrt{n / v})$. Let $z$ be the number with $\Phi(z) = \text{confidence}$. Then
#
# $$n \;\ge\; \frac{z^2 \, v}{\delta^2} .$$
#
# The first one is sure but large. The second one is only an approximation, and you need to know how often the models disagree.
#
# *On paper.* Confidence 0.95, so $z = 1.645$. For $\delta = 0.1$, Hoeffding: $2 \cdot 2.996 / 0.01 = 599.1$, so 600 examples. For $p_A = 0.06$ and $p_B = 0.04$: $v = 0.1 - 0.0004 = 0.0996$ and $n \ge 2.7055 \cdot 0.0996 / 0.0004 = 673.7$, so 674. Hoeffding would ask for 14,979.
#
# ### Exercise 3: `dev_size_for` and `paired_size`


# %% exercise="dev_size_for"
def dev_size_for(delta, confidence):
    """The size of a dev set that shows the right order of two models, by Hoeffding's bound.

    Args:
        delta: the difference of the two errors, a number above 0 and at most 1.
        confidence: the wanted probability of the right order, a number between 0 and 1.

    Returns:
        The smallest whole number n (of type int) with exp(-n delta^2 / 2) <= 1 - confidence.

    Raises:
        ValueError: delta is not above 0 and at most 1, or confidence is not above 0 and below 1.
    """
    # 1. Refuse what has no answer. 2. Solve for n. 3. Round to which side?
    ### BEGIN SOLUTION
    if not 0 < delta <= 1 or not 0 < confidence < 1:
        raise ValueError("delta must be above 0 and at most 1, confidence between 0 and 1")
    return int(np.ceil(-2 * np.log(1 - confidence) / delta**2))
    ### END SOLUTION


# %% exercise="paired_size"
def paired_size(only_A, only_B, confidence):
    """The size of a dev set that shows the right order of two models, by the normal approximation.

    Args:
        only_A, only_B: the probabilities that only A is wrong, and only B, numbers from 0 to 1, together at most 1.
        confidence: the wanted probability of the right order, a number above 0.5 and below 1.

    Returns:
        The smallest whole number n >= 1 (of type int) with n >= z^2 v / delta^2.

    Raises:
        ValueError: only_A and only_B are equal, or confidence is not above 0.5 and below 1.
    """
    # 1. Refuse what has no answer. 2. The variance of one D, and z. 3. At least 1.
    ### BEGIN SOLUTION
    if only_A == only_B or not 0.5 < confidence < 1:  # equivalent "1 → 2": inv_cdf refuses, too
        raise ValueError("the models must differ, and confidence must be between 0.5 and 1")
    delta = only_A - only_B
    z = NormalDist().inv_cdf(confidence)
    return max(1, int(np.ceil(z**2 * (only_A + only_B - delta**2) / delta**2)))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $\ln \frac{1}{1 - c} = -\ln(1 - c)$. To have *at least* so many examples, round up: `int(np.ceil(...))`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `NormalDist().inv_cdf(confidence)` is $z$. It is not the two-sided 1.96: only one side is wrong here.
# </details>

# %% check="dev_size_for" points=1
with checks.exercise("dev_size_for"):
    slips = {"round up": 599, "numbers from -1 to 1": 150, "one side, not two": 738, "delta squared": 60}
    checks.close("dev_size_for(0.1, 0.95)", dev_size_for(0.1, 0.95), 600, rtol=0, atol=0, mistakes=slips)
    checks.close("dev_size_for(0.5, 0.9)", dev_size_for(0.5, 0.9), 19, rtol=0, atol=0)
    checks.whole("dev_size_for(0.5, 0.9)", dev_size_for(0.5, 0.9))
    checks.raises("a difference of 0", ValueError, dev_size_for, 0.0, 0.9)
    checks.raises("confidence 1", ValueError, dev_size_for, 0.1, 1.0)
    ### BEGIN HIDDEN TESTS

    def by_halving(delta, confidence):
        low, high = 0, 2**50  # low is too small, high large enough
        while high - low > 1:
            middle = (low + high) // 2
            enough = np.exp(-middle * delta * delta / 2) <= 1 - confidence
            low, high = (low, middle) if enough else (middle, high)
        return high

    draws = np.random.default_rng(4)
    tried = [*draws.uniform(0.002, 0.99, (150, 2)).tolist(), (1, 0.5), (1, 0.01), (0.001, 0.99), (0.9, 0.999)]
    for delta, confidence in tried:
        what = f"dev_size_for({delta:.4g}, {confidence:.4g})"
        n = dev_size_for(delta, confidence)
        checks.whole(what, n)
        checks.equal(what, n, by_halving(delta, confidence))
    checks.equal("dev_size_for(0.1, 0.000001)", dev_size_for(0.1, 0.000001), 1)
    refused = [(0, 0.9), (-0.1, 0.9), (1.0001, 0.9), (0.1, 0), (0.1, 1), (0.1, -0.2), (0.1, 1.2), (2, 0.9), (0.1, 95)]
    for delta, confidence in refused:
        checks.raises(f"dev_size_for({delta}, {confidence})", ValueError, dev_size_for, delta, confidence)
    ### END HIDDEN TESTS

# %% check="paired_size" points=2
with checks.exercise("paired_size"):
    slips = {"z has one side here, not two": 957, "the two models see the same examples": 642, "delta^2 goes off": 677}
    slips |= {"round up": 673}
    what = "paired_size(0.06, 0.04, 0.95)"
    checks.close(what, paired_size(0.06, 0.04, 0.95), 674, rtol=0, atol=0, mistakes=slips)
    checks.close("paired_size(0.04, 0.06, 0.95)", paired_size(0.04, 0.06, 0.95), 674, rtol=0, atol=0)
    checks.close("paired_size(1, 0, 0.95): always A alone", paired_size(1, 0, 0.95), 1, rtol=0, atol=0)
    checks.whole(what, paired_size(0.06, 0.04, 0.95))
    checks.raises("equal models", ValueError, paired_size, 0.05, 0.05, 0.95)
    checks.raises("confidence 0.5", ValueError, paired_size, 0.06, 0.04, 0.5)
    ### BEGIN HIDDEN TESTS

    def by_search(only_A, only_B, confidence):
        values, chances = np.array([1.0, -1.0, 0.0]), np.array([only_A, only_B, 1 - only_A - only_B])
        mean = abs(values @ chances)
        spread = np.sqrt(max(0.0, chances @ values**2 - mean**2))
        low, high, normal = 0, 2**50, NormalDist()
        while high - low > 1:
            middle = (low + high) // 2
            enough = spread == 0 or normal.cdf(mean * np.sqrt(middle) / spread) >= confidence
            low, high = (low, middle) if enough else (middle, high)
        return high

    draws = np.random.default_rng(5)
    tried = [(*(draws.dirichlet([1, 1, 2])[:2]).tolist(), float(draws.uniform(0.51, 0.99))) for _ in range(150)]
    tried += [(0.3, 0, 0.9), (0, 0.01, 0.8), (0.0, 1.0, 0.99), (0.9, 0.1, 0.75), (0.002, 0.001, 0.99), (0.01, 0, 0.501)]
    for only_A, only_B, confidence in [*tried, (0, 1, 0.7), (1e-9, 0, 0.9), (0.06, 0.05, 0.52), (0.0501, 0.05, 0.6)]:
        what = f"paired_size({only_A:.4g}, {only_B:.4g}, {confidence:.4g})"
        n = paired_size(only_A, only_B, confidence)
        checks.whole(what, n)
        checks.equal(what, n, by_search(only_A, only_B, confidence))
    for chances in ((0.1, 0.1, 0.9), (0, 0, 0.9), (0.5, 0.5, 0.6), (0.1, 0.2, 1), (0.1, 0.2, 0.3), (0.1, 0.2, 95)):
        checks.raises("paired_size({}, {}, {})".format(*chances), ValueError, paired_size, *chances)
    checks.raises("paired_size(0.1, 0.2, 0)", ValueError, paired_size, 0.1, 0.2, 0)
    ### END HIDDEN TESTS

# %% [markdown]
# Do both keep their promise? Two real digit readers, with 64 and with 32 hidden units, are compared on 4,000 pictures. These 4,000 are now the whole truth: dev sets of $n$ pictures are drawn from them, with replacement, 1,000 times for each $n$.

# %%
X, X_test = inputs(images), inputs(images_test)
pool, pool_truths = np.hstack([X[:, dev], X_test]), np.append(truths[dev], truths_test)
wrong = {h: predict(pool, fit_classifier(X[:, train], truths[train], (h,))) != pool_truths for h in (64, 32)}
only_64, only_32 = np.mean(wrong[64] & ~wrong[32]), np.mean(wrong[32] & ~wrong[64])
difference = 1.0 * wrong[32] - wrong[64]
print(f"errors {wrong[64].mean():.4f} and {wrong[32].mean():.4f}; wrong alone {only_64:.4f} and {only_32:.4f}")
rng, tried_sizes = np.random.default_rng(1), np.array([30, 100, 300, 1000, 3000, 10000])
right = [np.mean([difference[rng.integers(0, 4000, n)].sum() > 0 for _ in range(1000)]) for n in tried_sizes]
delta, grid = only_32 - only_64, np.geomspace(30, 10000, 100)
v = only_64 + only_32 - delta**2
figure, axis = plt.subplots(figsize=(7, 3.8))
axis.semilogx(tried_sizes, right, "o", label="drawn dev sets")
axis.semilogx(grid, [NormalDist().cdf(delta * np.sqrt(n / v)) for n in grid], label="normal approximation")
axis.semilogx(grid, 1 - np.exp(-grid * delta**2 / 2), label="Hoeffding: at least this")
axis.axhline(0.95, color="gray", linewidth=1, linestyle=":")
axis.set(xlabel="pictures in the dev set (log scale)", ylabel="share with the right order", ylim=(0, 1.03))
axis.set_title("The approximation is near, the bound far on the safe side")
axis.legend(fontsize=8)
plt.show()
try:
    sizes = paired_size(only_64, only_32, 0.95), dev_size_for(delta, 0.95)
    held = np.mean([difference[rng.integers(0, 4000, sizes[0])].sum() > 0 for _ in range(1000)])
    print(f"for 95 %: {sizes[0]} pictures by the approximation, {sizes[1]} by Hoeffding")
    print(f"with {sizes[0]} pictures the right order shows in {held:.1%} of the dev sets")
except NotImplementedError:
    print("the two sizes wait for dev_size_for and paired_size")

# %% [markdown]
# *What to notice.* The normal approximation nearly holds: with the size that it asks for, about 95 % of the dev sets show the right order. With 30 or 100 pictures it is far too hopeful, because so small dev sets often show a **tie**, which is not the right order. Hoeffding's bound is never broken, but here it asks for more than 50 times as many pictures.
#
# Now the lecture's rules. With 100 to 10,000 examples the old rule was 60 % train, 20 % dev, 20 % test. With 1,000,000 examples the lecture takes 98, 1 and 1 %: a dev set of 10,000. Its size is set by what it must show, not by a share of the data. What can it show?

# %%
print(
    "size of the dev set for 95 %, by the normal approximation (a model alone wrong: half of 'disagree' +- delta / 2)"
)
print("  delta   disagree on 0.5 %        2 %        6 %      Hoeffding")
try:
    for delta in (0.03, 0.01, 0.003, 0.001):
        row = [(s + delta) / 2 for s in (0.005, 0.02, 0.06)]
        needed = [f"{paired_size(a, a - delta, 0.95):10,}" if a >= delta else "         -" for a in row]
        print(f"  {delta:<15}", " ".join(needed), f"   {dev_size_for(delta, 0.95):12,}")
except NotImplementedError:
    print("  this table waits for paired_size and dev_size_for")

# %% [markdown]
# *What to notice.* (A difference cannot be larger than the share on which the models disagree: there the table has a dash.) Half the difference needs about four times the examples. With 10,000 examples you see a difference of 0.01 by the approximation, however often the models disagree in the table; by Hoeffding's bound you need six times as many. The book *Machine Learning Yearning* says that 10,000 examples give a good chance to see a difference of 0.001. By the table that holds nearly, if the models disagree on 0.5 % of the examples; if they disagree on 6 %, it takes more than 100,000. Two versions of one model disagree seldom; two different models often.
#
# ## 3. The power of a paired test
#
# *The dev set shows that B is better. Will a test be convinced, too?*
#
# A right order may still be luck. [Lesson 02](02_evaluation_metrics.ipynb) has the test for that: **McNemar's exact test** looks at the $d$ **discordant** examples, on which exactly one model is wrong, and asks whether they could be throws of a fair coin. The **power** of the test is the probability that it says "significant" if the models really differ. You can compute it exactly, before you collect a single example.
#
# Of $n$ examples, the number $d$ of discordant ones is binomial with the probability $p_A + p_B$. Of these $d$, the number $b$ on which only A is wrong is binomial with the probability $p_A / (p_A + p_B)$. The split is significant if the smaller part is at most a limit $k_d$, that is, if $b \le k_d$ or $b \ge d - k_d$:
#
# $$\text{power} = \sum_{d=0}^{n} P(d) \; \Big( \sum_{b=0}^{k_d} P(b \mid d) \; + \sum_{b=d-k_d}^{d} P(b \mid d) \Big) .$$
#
# Two functions are given. `rejection_limit(d, alpha)` is $k_d$: the largest smaller part with $p \le \alpha$. It is $-1$ if no split of $d$ examples is significant; then both inner sums are empty. And `binomial(n, p)` has the probabilities of 0, 1, …, n, an array (n + 1,).

# %%
for d in (5, 6, 8, 9, 20):
    print(f"{d:2} discordant examples: significant if the smaller part is at most {rejection_limit(d, 0.05)}")
print("binomial(3, 0.2):", binomial(3, 0.2).round(3))

# %% [markdown]
# *On paper.* $n = 6$, $p_A = 0.4$, $p_B = 0.1$, $\alpha = 0.05$. With fewer than 6 discordant examples nothing is significant. $d = 6$ has the probability $0.5^6$; then $k_6 = 0$: the split must be 6 to 0 ($0.8^6$) or 0 to 6 ($0.2^6$). The power is $0.5^6 (0.8^6 + 0.2^6) = 0.4^6 + 0.1^6 = 0.0041$: six examples are hopeless.
#
# ### Exercise 4: `paired_power`


# %% exercise="paired_power"
def paired_power(n, only_A, only_B, alpha):
    """The probability that McNemar's exact test finds a significant difference on n examples.

    Args:
        n: number of examples, a whole number >= 0.
        only_A, only_B: the probabilities that only A is wrong, and only B, numbers from 0 to 1, together at most 1.
            Both may be 0: then nothing is ever significant.
        alpha: a difference is significant if p is at most alpha, a number between 0 and 1.

    Returns:
        The power, a number from 0 to 1.
    """
    # 1. How probable is each number d of discordant examples? 2. Given d, how probable is each split?
    # 3. Which splits are significant? Both ends count.
    ### BEGIN SOLUTION
    discordant, power = only_A + only_B, 0
    if discordant == 0:
        return power
    for d, chance in enumerate(binomial(n, discordant)):
        k, split = rejection_limit(d, alpha), binomial(d, only_A / discordant)
        power += chance * (split[: k + 1].sum() + split[d - k :].sum())
    return power
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `binomial(n, only_A + only_B)[d]` is the probability of d discordant examples. Go through all d with a `for` loop and add up.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `split = binomial(d, only_A / (only_A + only_B))`. The significant splits are `split[: k + 1]` and `split[d - k :]`. With `k = -1` both of these are empty, as they should be. Only the case of two models that never disagree needs a line of its own.
# </details>

# %% check="paired_power" points=3
with checks.exercise("paired_power"):
    slips = {"both ends count": 0.4**6, "d must be weighted by its probability": 0.8**6 + 0.2**6}
    what = "paired_power(6, 0.4, 0.1, 0.05)"
    checks.close(what, paired_power(6, 0.4, 0.1, 0.05), 0.004097, mistakes=slips)
    checks.close("paired_power(5, 0.4, 0.1, 0.05)", paired_power(5, 0.4, 0.1, 0.05), 0)
    checks.close("paired_power(7, 0.5, 0, 0.05)", paired_power(7, 0.5, 0, 0.05), 0.0625, mistakes={"all d": 0.0078125})
    what = "paired_power(6, 0.4, 0.1, 1 / 32), where p is exactly alpha"
    checks.close(what, paired_power(6, 0.4, 0.1, 1 / 32), 0.004097)
    checks.close("of models that never disagree", paired_power(9, 0, 0, 0.05), 0)
    checks.close("paired_power(1000, 0.04, 0.02, 0.05)", paired_power(1000, 0.04, 0.02, 0.05), 0.70227919, rtol=1e-6)
    ### BEGIN HIDDEN TESTS

    def over_all_counts(n, only_A, only_B, alpha):
        # The chances of each pair of counts (only A, only B), one example after the other.
        chances = np.zeros((n + 1, n + 1))
        chances[0, 0] = 1
        for _ in range(n):
            after = chances * (1 - only_A - only_B)
            after[1:] += chances[:-1] * only_A
            after[:, 1:] += chances[:, :-1] * only_B
            chances = after
        counts = np.arange(n + 1)
        limits = np.array([rejection_limit(d, alpha) for d in range(2 * n + 1)])
        return float(chances[np.minimum.outer(counts, counts) <= limits[np.add.outer(counts, counts)]].sum())

    def models(rng, n):
        parts = rng.dirichlet([2, 1, 1])
        return n, float(parts[0]), float(parts[1]), float(rng.uniform(0.01, 0.3))

    cases = {"with models that disagree everywhere": (20, 0.75, 0.25, 0.05), "with n = 0": (0, 0.3, 0.1, 0.05)}
    cases |= {"with whole numbers": (12, 1, 0, 0.05), "with whole numbers 0": (12, 0, 0, 0.05), "one": (12, 0, 1, 0.05)}
    cases |= {f"with alpha = {alpha}": (16, 0.5, 0.125, alpha) for alpha in (0.5, 0.25, 0.125, 1 / 16, 0.9, 0.999)}
    cases |= {"with equal models": (60, 0.2, 0.2, 0.05), "with B better": (130, 0.01, 0.2, 0.01)}
    cases |= {"with A never wrong alone": (40, 0, 0.2, 0.05), "with seldom mistakes": (130, 0.001, 0.0002, 0.2)}
    checks.agrees(paired_power, over_all_counts, models, sizes={"n": (1, 110)}, cases=cases, apart=False, atol=1e-12)
    checks.close(
        "paired_power(1500, 0.03, 0.02, 0.01)", paired_power(1500, 0.03, 0.02, 0.01), 0.16961822101479, rtol=1e-8
    )
    ### END HIDDEN TESTS

# %%
rng, sizes = np.random.default_rng(2), np.array([50, 100, 200, 400, 800, 1600])
pairs = {"3 %": (0.025, 0.005), "6 %": (0.04, 0.02), "20 %": (0.11, 0.09)}
figure, axis = plt.subplots(figsize=(7, 3.8))
try:
    for (name, (only_A, only_B)), marker in zip(pairs.items(), "osD", strict=True):
        drawn = []
        for n in sizes:
            counts = rng.multinomial(n, [only_A, only_B, 1 - only_A - only_B], 1000)[:, :2]
            limits = np.array([rejection_limit(int(d), 0.05) for d in counts.sum(axis=1)])
            drawn.append(np.mean(counts.min(axis=1) <= limits))
        power = [paired_power(int(n), only_A, only_B, 0.05) for n in sizes]
        print(f"disagree on {name:4}: power", np.round(power, 3), " drawn", np.round(drawn, 3))
        line = axis.semilogx(sizes, power, label=f"disagree on {name}")[0]
        axis.semilogx(sizes, drawn, marker, color=line.get_color(), linestyle="none")
    equal = [paired_power(int(n), 0.03, 0.03, 0.05) for n in sizes]
    print("equal models, both wrong alone on 3 %:", np.round(equal, 3))
except NotImplementedError:
    print("this picture waits for paired_power")
axis.axhline(0.8, color="gray", linewidth=1, linestyle=":")
axis.set(xlabel="examples (log scale)", ylabel="power at alpha = 0.05", ylim=(0, 1.03), xticks=sizes, xticklabels=sizes)
axis.set_title("The same difference, 0.02: what counts is how often models disagree")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The formula (lines) and 1,000 drawn dev sets (markers) agree. In all three pairs A's error is larger by 0.02. If the models disagree on 3 % of the examples, 800 examples find it nine times in ten; if on 20 %, 1,600 examples find it less than half of the time. For equal models the test says "significant" in less than 5 % of the cases, with few examples much less: the exact test is cautious.
#
# A common wish is a power of 0.8 (the dotted line). For the second pair that takes more than 800 examples. `paired_size(0.04, 0.02, 0.95)` asks only for about 400: to *choose* the better model is easier than to *prove* that it is better.
#
# ## 4. When the metric and the users disagree
#
# *Your metric prefers A. The users prefer B. What is wrong?*
#
# In the lecture, a cat finder A has an error of 3 %, and B of 5 %. But A shows unacceptable pictures to some users. The metric says A, company and users say B. Then the metric no longer does its work, which is to order models as the users do: **change it**. A first cure is to weigh the mistakes. If example $i$ has the weight $w_i$ (10 for an unacceptable picture, 1 for all others, say) and $M_i$ is 1 if the model is wrong on it and 0 if not, the **weighted error** is
#
# $$e_w = \frac{\sum_i w_i M_i}{\sum_i w_i} .$$
#
# The sum of the weights stands below, and not $m$, so that $e_w$ is between 0 and 1.
#
# *On paper.* Mistakes on the examples 0 and 2 of five; the weights 1, 10, 10, 1, 3. $e_w = (1 + 10)/25 = 0.44$, where the plain error is 0.4.
#
# How do you see that a metric must be changed? Count the pairs of models that it orders differently from the users. Let each model have an error by the metric and a **cost** to the users; less is better in both. A pair **flips** if the model with the lower error has the higher cost. A pair that is tied in the errors, or in the costs, is left out.
#
# *On paper.* Errors 0.03, 0.05, 0.04, 0.05; costs 0.3, 0.1, 0.2, 0.4. Of the six pairs, the models 1 and 3 are tied. Of the other five, (0, 1), (0, 2) and (1, 2) flip: the share is 3/5.
#
# ### Exercise 5: `weighted_error` and `flipped_share`


# %% exercise="weighted_error"
def weighted_error(mistakes, weights):
    """The share of the weights that lies on mistakes.

    Args:
        mistakes: True where the model is wrong, (m,), m >= 1.
        weights: what a mistake on each example counts, floats or whole numbers >= 0 of any type, uint8 too, (m,).

    Returns:
        A number from 0 to 1.

    Raises:
        ValueError: all weights are 0.
    """
    # 1. Is there any weight? 2. The weight of the mistakes, as a share.
    ### BEGIN SOLUTION
    if not np.any(weights):
        raise ValueError("all weights are 0")
    return np.sum(weights * mistakes) / np.sum(weights)
    ### END SOLUTION


# %% exercise="flipped_share"
def flipped_share(errors, costs):
    """The share of the pairs of models that a metric and the users order differently.

    Args:
        errors: the error of each model by the metric, floats or whole numbers (k,).
        costs: the cost of each model to the users, floats or whole numbers (k,).
            In both, less is better. Numbers tie only if they are exactly equal.

    Returns:
        Of the pairs of two models that are tied neither in errors nor in costs, the share that flips: the model with
        the lower error has the higher cost. A number from 0 to 1.

    Raises:
        ValueError: there is no such pair.
    """
    # 1. For each pair: which model does the metric prefer, which the users? 2. Leave out the ties. 3. Count.
    ### BEGIN SOLUTION
    metric, users = errors[:, None] < errors, costs[:, None] < costs  # True at (i, j) where i is better
    agree, flip = np.sum(metric & users), np.sum(metric & users.T)
    if agree + flip == 0:
        raise ValueError("no pair is ordered by both")
    return flip / (agree + flip)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Two `for` loops go through all pairs `i < j`. Count two things: the pairs without a tie, and those of them that flip.
# </details>
#
# <details><summary>Hint 2</summary>
#
# A pair flips if `(errors[i] < errors[j] and costs[i] > costs[j])` or the other way round. For two differences, `np.sign(...)` and a product tell whether they have the same sign.
# </details>

# %% check="weighted_error" points=1
with checks.exercise("weighted_error"):
    mistakes, weights = np.array([True, False, True, False, False]), np.array([1, 10, 10, 1, 3])
    checks.unchanged(weighted_error, mistakes, weights)
    slips = {"divide by the sum of the weights, not by m": 2.2, "use the weights": 0.4, "mistakes, not the rest": 0.56}
    slips |= {"divide by all weights, not by those of the mistakes": 5.5}
    checks.close("weighted_error(mistakes, weights)", weighted_error(mistakes, weights), 0.44, mistakes=slips)
    checks.close("with the weight 0 for the first", weighted_error(mistakes, np.array([0, 1, 2, 1, 0])), 0.5)
    checks.raises("with weights 0", ValueError, weighted_error, mistakes, np.zeros(5))
    ### BEGIN HIDDEN TESTS

    def one_by_one(mistakes, weights):
        total, lost = 0.0, 0.0
        for wrong, weight in zip(mistakes.tolist(), weights.tolist(), strict=True):
            total += weight
            lost += weight if wrong else 0
        return lost / total

    rng = np.random.default_rng(6)
    some, zeros, ones = rng.random(40) < 0.4, np.zeros(40, dtype=bool), np.ones(40, dtype=bool)
    free = rng.uniform(0, 9, 40)
    cases = {"without mistakes": (zeros, free), "mistakes only": (ones, free), "tiny weights": (some, free * 1e-200)}
    cases |= {"large weights": (some, free * 1e9), "with one weight": (some, 1.5 * (free == free.max()))}
    cases |= {"with the mistake on a tiny weight": (np.arange(3) == 0, np.array([1e-12, 1, 1]))}
    cases |= {"weights off mistakes": (some, free * ~some), "weights on mistakes": (some, free * some)}
    cases |= {"with weights uint8": (some, np.full(40, 200, np.uint8)), "with weights 0.01": (some, np.full(40, 0.01))}
    cases |= {"with one example": (ones[:1], free[:1]), "with whole weights": (some, rng.integers(0, 99, 40))}
    draw = lambda rng, m: (rng.random(m) < 0.5, rng.uniform(0.1, 5, m))  # noqa: E731
    checks.agrees(weighted_error, one_by_one, draw, sizes={"m": 1030}, types=["weights"], cases=cases)
    for m in (1, 3, 120):
        for values in (np.zeros(m), np.zeros(m, dtype=int)):
            checks.raises(f"with {m} weights 0", ValueError, weighted_error, np.ones(m, dtype=bool), values)
    ### END HIDDEN TESTS

# %% check="flipped_share" points=2
with checks.exercise("flipped_share"):
    errors, costs = np.array([0.03, 0.05, 0.04, 0.05]), np.array([0.3, 0.1, 0.2, 0.4])
    checks.unchanged(flipped_share, errors, costs)
    slips = {"leave out the tied pair": 0.5, "count the pairs that flip, not those that agree": 0.4}
    checks.close("flipped_share(errors, costs)", flipped_share(errors, costs), 0.6, mistakes=slips)
    checks.close("flipped_share(costs, errors)", flipped_share(costs, errors), 0.6)
    checks.close("flipped_share(costs, costs)", flipped_share(costs, costs), 0)
    checks.close("flipped_share(costs, -costs)", flipped_share(costs, -costs), 1)
    checks.raises("two models with equal errors", ValueError, flipped_share, errors[[1, 3]], costs[[1, 3]])
    ### BEGIN HIDDEN TESTS

    def by_pairs(errors, costs):
        e, c, decided, flips = errors.tolist(), costs.tolist(), 0, 0
        for j in range(len(e)):
            for i in range(j):
                if e[i] != e[j] and c[i] != c[j]:
                    decided += 1
                    flips += (e[i] < e[j]) != (c[i] < c[j])
        return flips / decided

    rng = np.random.default_rng(7)
    free, other, few = rng.random(30), rng.random(30), rng.integers(0, 4, 30)
    cases = {"with many ties in errors": (few, other), "with many ties in costs": (free, few / 4)}
    cases |= {"with ties in both": (few, rng.integers(0, 3, 30)), "with tiny numbers": (free * 1e-200, other * 1e-200)}
    cases |= {"with errors that hardly differ": (0.1 + few * 1e-15, other), "with large costs": (free, other * 1e200)}
    cases |= {
        "with two models": (np.array([0.1, 0.2]), np.array([7, 3])),
        "equal orders": (np.sort(free), np.arange(30)),
    }
    cases["with as many flips as agreements"] = np.array([0.1, 0.2, 0.3, 0.4]), np.array([1, 4, 3, 2])
    cases |= {"with negative costs": (free, other - 0.5), "with the error 0": (free * (free > 0.5), other)}
    draw = lambda rng, k: (rng.permutation(k) / 8.0, rng.integers(0, 5, k) + np.arange(k) / 4.0)  # noqa: E731
    sizes = {"k": (6, 130)}
    checks.agrees(flipped_share, by_pairs, draw, sizes=sizes, types=["errors", "costs"], cases=cases, apart=False)
    same = np.full(9, 0.25)
    for pair in ((same, free[:9]), (free[:9], same), (same, same), (free[:1], free[1:2]), (free[:0], free[:0])):
        checks.raises("without a pair that both order", ValueError, flipped_share, *pair)
    apart = np.array([1.0, 1.0, 2.0]), np.array([1.0, 2.0, 2.0])
    checks.close("where one pair of three is ordered by both", flipped_share(*apart), 0)
    ### END HIDDEN TESTS

# %% [markdown]
# Now with real models. Suppose a wrong 8 costs the users ten times as much as any other mistake. Ten digit readers of different sizes are trained; half of them were trained with these weights. The plain error on the dev set, and the weighted error on the same dev set, are two metrics. The cost to the users is the weighted error on the **test** set.

# %%
readers, eights = {}, np.where(truths[train] == 8, 10.0, 1.0)
for hidden in (64, 32, 16, 12, 8):
    readers[f"{hidden}"] = fit_classifier(X[:, train], truths[train], (hidden,))
    readers[f"{hidden}, weighted"] = fit_classifier(X[:, train], truths[train], (hidden,), weights=eights)
wrong = np.array([predict(X[:, dev], reader) != truths[dev] for reader in readers.values()])
wrong_test = np.array([predict(X_test, reader) != truths_test for reader in readers.values()])
try:
    weighted = np.array([weighted_error(each, np.where(truths[dev] == 8, 10, 1)) for each in wrong])
    costs = np.array([weighted_error(each, np.where(truths_test == 8, 10, 1)) for each in wrong_test])
    print(f"flipped pairs: plain metric {flipped_share(wrong.mean(axis=1), costs):.2f}", end="")
    print(f", weighted metric {flipped_share(weighted, costs):.2f}")
except NotImplementedError:
    print("this picture waits for weighted_error and flipped_share")
else:
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharey=True)
    titles = "Plain: twins in the wrong order", "Weighted: twins in the right order"
    for axis, metric, title in zip(axes, (wrong.mean(axis=1), weighted), titles, strict=True):
        for start, marker, label in ((0, "o", "trained without weights"), (1, "s", "trained with weights")):
            axis.plot(metric[start::2], costs[start::2], marker, linestyle="none", label=label)
        axis.set(xlabel=f"{title.split(':')[0].lower()} error on the dev set", title=title)
    axes[0].set_ylabel("cost to the users (test)")
    axes[0].legend(fontsize=8)
    plt.show()

# %% [markdown]
# *What to notice.* By the plain error, every reader that was trained with weights looks worse than its twin. The users like it better: its cost is lower. The plain metric flips about a quarter of the pairs or more, the weighted one at most half as many. (Over four seeds: 0.23 to 0.36 against 0.02 to 0.11.) It is not perfect either, since both sets have only some 200 eights each.
#
# As the lecture says, these are two steps. First place the target: define the metric. Then aim: train for it. Both were needed here.
#
# ## 5. When the pictures change
#
# *The metric is right, the dev set comes from another place than the users. Does it matter?*
#
# In the lecture's second example, the dev set has fine pictures from the web, and users upload blurred ones from their phones. Eight readers compete here: four sizes, each trained once on clean digits and once with half of the digits blurred. The old dev set is clean. The users' pictures are blurred. The test set is from the users, as it should be.

# %%
rng = np.random.default_rng(0)
X_half_blurred = X[:, train].copy()
X_half_blurred[:, :3000] = inputs(corrupt(images[train[:3000]], "blurred", rng))
sets = {"clean dev": (X[:, dev], truths[dev])}
sets["phone dev"] = inputs(corrupt(images[dev], "blurred", rng)), truths[dev]
sets["users (test)"] = inputs(corrupt(images_test, "blurred", rng)), truths_test
rows = {}
for hidden in (256, 64, 32, 16):
    for name, its_X in (("clean", X[:, train]), ("half blurred", X_half_blurred)):
        reader = fit_classifier(its_X, truths[train], (hidden,))
        rows[f"{hidden}, {name}"] = [error_rate(*each, reader) for each in sets.values()]
print(f"{'reader':18}", *[f"{name:>13}" for name in sets])
for name, row in rows.items():
    print(f"{name:18}", *[f"{error:13.3f}" for error in row])
clean, phone, users = np.array(list(rows.values())).T
plots.show_images(
    np.vstack([images[dev[:8]], corrupt(images[dev[:8]], "blurred", rng)]),
    title="Above: the clean dev set. Below: the same from phones",
)
plt.show()

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8), sharey=True)
for axis, errors, words in zip(axes, (clean, phone), ("clean dev set", "dev set from phones"), strict=True):
    for start, marker, label in ((0, "o", "trained on clean"), (1, "s", "half blurred")):
        axis.plot(errors[start::2], users[start::2], marker, linestyle="none", label=label)
    best = int(np.argmin(errors))
    axis.plot(errors[best], users[best], "o", markersize=15, color="black", fillstyle="none", label="picked")
    axis.set(xlabel=f"error, {words}", title=f"The {words} picks {users[best]:.3f}")
    print(f"{words}: picks the reader '{list(rows)[best]}', whose users' error is {users[best]:.3f}")
    try:
        print(f"    share of flipped pairs: {flipped_share(errors, users):.2f}")
    except NotImplementedError:
        print("    the share of flipped pairs waits for flipped_share")
axes[0].set_ylabel("error of the users (test)")
axes[0].legend(fontsize=8, loc="center left")
plt.show()

# %% [markdown]
# *What to notice.* The clean dev set picks a reader trained on clean digits, and its users meet about twice the error that they could have. The dev set from the phones picks another reader; the order of the models on it is nearly that of the users. (Over three seeds the clean dev set always picked a reader whose users' error was higher by 0.09 or more.) Nothing was wrong with the clean dev set's *size*: 2,000 pictures. More pictures of the wrong kind would not help.
#
# So the rule of the lecture holds here: if doing well on your metric and dev set does not mean doing well for the users, change the metric or the dev set, or both.
#
# ## 6. How many looks spoil a dev set?
#
# *You try 1,000 models and take the best by the dev set. How good is it really?*
#
# Let $K$ models all have the true error $e$, and let their mistakes be independent. On a dev set of $n$ examples, model $k$ makes $X_k$ mistakes, a binomial number. You take the best. Its dev error is $\min_k X_k / n$, which is too small by luck. How much too small on average? The smallest of $K$ numbers is at least $j$ only if **all** of them are, and the mean of a number of 0, 1, 2, … is the sum of the probabilities that it is at least 1, at least 2, and so on:
#
# $$E[\min_k X_k] = \sum_{j=1}^{n} P(X \ge j)^K , \qquad \text{luck} = e - \frac{1}{n} \sum_{j=1}^{n} P(X \ge j)^K .$$
#
# *On paper.* $n = 2$, $e = 0.5$: $X$ is 0, 1, 2 with the probabilities 0.25, 0.5, 0.25. So $P(X \ge 1) = 0.75$ and $P(X \ge 2) = 0.25$. For $K = 2$: $E[\min] = 0.5625 + 0.0625 = 0.625$ mistakes of 2, a dev error of 0.3125. The luck is $0.5 - 0.3125 = 0.1875$.
#
# ### Exercise 6: `luck_of_the_best`


# %% exercise="luck_of_the_best"
def luck_of_the_best(n, error, looks):
    """By how much the best of many equal, independent models looks too good on a dev set, on average.

    Args:
        n: number of examples in the dev set, a whole number >= 1.
        error: the true error of each model, a number from 0 to 1.
        looks: the number K of models, a whole number from 1 to 10,000.

    Returns:
        error minus the mean of the smallest dev error, a number >= 0 (but for rounding).
    """
    # 1. The probability of at least j mistakes, for j = 1 to n. 2. That all models have so many. 3. As an error.
    ### BEGIN SOLUTION
    at_least = np.cumsum(binomial(n, error)[::-1])[::-1]
    return error - np.sum(at_least[1:] ** looks) / n
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `binomial(n, error)[j:].sum()` is the probability of at least j mistakes. The sum begins at j = 1, not at 0.
# </details>
#
# <details><summary>Hint 2</summary>
#
# All sums at once: `np.cumsum(chances[::-1])[::-1]` adds up from the end. Entry j is then the probability of at least j.
# </details>

# %% check="luck_of_the_best" points=2
with checks.exercise("luck_of_the_best"):
    slips = {"this is the best dev error; how much is it below error?": 0.3125, "an error is a share of n": -0.125}
    slips |= {"j begins at 1": -0.3125, "the best has the fewest mistakes": -0.1875, "all K models": 0.0}
    checks.close("luck_of_the_best(2, 0.5, 2)", luck_of_the_best(2, 0.5, 2), 0.1875, mistakes=slips)
    checks.close("luck_of_the_best(1, 0.3, 4)", luck_of_the_best(1, 0.3, 4), 0.2919, mistakes={"K is 4": 0})
    checks.close("luck_of_the_best(7, 0.3, 1), one model only", luck_of_the_best(7, 0.3, 1), 0)
    ### BEGIN HIDDEN TESTS

    def by_the_smallest(n, error, looks):
        # The distribution of the minimum, built up from the distribution of one model.
        chances = np.ones(1)
        for _ in range(n):
            chances = np.convolve(chances, [1 - error, error])
        above = np.append(np.cumsum(chances[::-1])[::-1], 0.0) ** looks
        return error - float(np.arange(n + 1) @ (above[:-1] - above[1:])) / n

    draw = lambda rng, n, looks: (n, float(rng.random()), looks)  # noqa: E731
    cases = {"with error 0": (9, 0, 5), "with error 1": (9, 1, 5), "with error 1.0": (120, 1.0, 1000)}
    cases |= {"with n = 1500": (1500, 0.04, 30), "with n = 1": (1, 0.25, 3)}
    cases |= {"with rare mistakes": (200, 1e-4, 7), "with rare successes": (150, 0.999, 40), "one look": (130, 0.4, 1)}
    sizes = {"n": 130, "looks": 130}
    checks.agrees(luck_of_the_best, by_the_smallest, draw, sizes=sizes, cases=cases, apart=False, atol=1e-12)
    for n, error, looks in ((300, 0.2, 10**4), (1500, 0.04, 1000), (7, 0.5, 10**4), (1, 0.999, 2000)):
        what = f"luck_of_the_best({n}, {error}, {looks})"
        checks.close(what, luck_of_the_best(n, error, looks), by_the_smallest(n, error, looks), rtol=1e-6)
    ### END HIDDEN TESTS

# %% [markdown]
# Real models are not equal, and their mistakes are not independent: they fail on the same difficult pictures. In the next cell, 100 small networks are really trained. Then 200 times, $n$ of the 2,000 test pictures are drawn as a dev set; the best network on it is taken, and its error on all other pictures measured.

# %%
small = [
    fit_classifier(X[:, train], truths[train], (16,), seed, steps=60, learning_rate=0.01)
    for seed in tqdm(range(100), desc="100 networks", file=sys.stdout)
]
wrong = np.array([predict(X_test, net) != truths_test for net in small])
rng, dev_sizes, found = np.random.default_rng(0), (30, 100, 300, 1000), {}
for n in dev_sizes:
    for tried in (10, 100):
        gaps = []
        for _ in range(200):
            places, nets = rng.permutation(2000), rng.permutation(100)[:tried]
            best = nets[wrong[nets][:, places[:n]].mean(axis=1).argmin()]
            gaps.append(wrong[best, places[n:]].mean() - wrong[best, places[:n]].mean())
        found[n, tried] = np.mean(gaps)

# %%
figure, axis = plt.subplots(figsize=(7, 3.8))
for tried, color in ((10, plots.COLORS[0]), (100, plots.COLORS[1])):
    axis.loglog(dev_sizes, [found[n, tried] for n in dev_sizes], "o", color=color, label=f"best of {tried} networks")
    try:
        luck = [luck_of_the_best(n, wrong.mean(), tried) for n in dev_sizes]
        axis.loglog(dev_sizes, luck, color=color, label=f"formula, {tried} independent models")
        print(
            f"best of {tried:3}: formula",
            np.round(luck, 3),
            " networks",
            np.round([found[n, tried] for n in dev_sizes], 3),
        )
    except NotImplementedError:
        print("the lines wait for luck_of_the_best")
axis.set(xlabel="pictures in the dev set (log scale)", ylabel="true minus dev error (log scale)")
axis.set_title("The best network looks too good; the formula is a pessimist")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* With 30 pictures, the best of 100 networks looks better by 0.1 than it is. Ten times the pictures make the luck about three times smaller or more; ten times the networks make it about twice as large. A dev set is spoilt **slowly** by looking, if each look is a new model that does not know the earlier scores. The networks have clearly less luck, often half as much, than the formula predicts for independent models. There is also a bound for any $K$ models, dependent ones too (it is not shown here): luck $\le \sqrt{\ln K / (2n)}$.
#
# ### An attack
#
# Looks that **learn from earlier scores** are far worse. Blum and Hardt (2015) show it with an attacker who has no model at all. The labels are 0 or 1. He submits random predictions and is told the dev error of each. He keeps those whose error was below 1/2 and lets them vote. Each of them has a little luck on this dev set, and the vote adds up the luck.
#
# Their defence, the **Ladder**, tells less. It reports a new error only if it is better than the last *report* by at least a step; else it repeats the last report. The first error is always reported.
#
# *On paper.* Step 0.125. Errors 0.5, 0.4375, 0.375, 0.25, 0.3125, 0.125. Reports: 0.5; 0.5 (better by 0.0625 only); 0.375 (better than 0.5 by exactly 0.125); 0.25; 0.25; 0.125.
#
# ### Exercise 7: `ladder`


# %% exercise="ladder"
def ladder(errors, step):
    """What the Ladder reports for one error after the other.

    Args:
        errors: the true dev errors in the order of submission, floats or whole numbers (K,), perhaps none.
        step: a number >= 0.

    Returns:
        The reports, an array or a list of K numbers. The first error is reported. A later one is reported if the last
        report minus this error is at least step; else the last report is repeated. With step 0 this is the best so far.
        (No gain equals the step but for rounding.)
    """
    # 1. What is the last report before anything was submitted? 2. Is the new error better by at least the step?
    ### BEGIN SOLUTION
    reports, last = [], np.inf
    for error in errors:
        if last - error >= step:
            last = error
        reports.append(last)
    return reports
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Go through the errors and remember the last report. If it is infinite before the first error, the first error is better by any step.
# </details>

# %% check="ladder" points=2
with checks.exercise("ladder"):
    errors = np.array([0.5, 0.4375, 0.375, 0.25, 0.3125, 0.125])
    checks.unchanged(ladder, errors, 0.125)
    slips = {"compare with the last report, not with the last error": [0.5, 0.5, 0.5, 0.25, 0.25, 0.125]}
    slips |= {"better by exactly the step counts": [0.5, 0.5, 0.5, 0.25, 0.25, 0.25]}
    slips |= {"a small gain is not reported": [0.5, 0.4375, 0.375, 0.25, 0.25, 0.125]}
    reports = np.array(ladder(errors, 0.125))
    checks.close("ladder(errors, 0.125)", reports, [0.5, 0.5, 0.375, 0.25, 0.25, 0.125], mistakes=slips)
    checks.close("ladder(errors, 0)", np.array(ladder(errors, 0)), [0.5, 0.4375, 0.375, 0.25, 0.25, 0.125])
    ### BEGIN HIDDEN TESTS

    def by_the_first_better(errors, step):
        reports, values, place = [], errors.tolist(), 0
        while place < len(values):
            later = [k for k in range(place + 1, len(values)) if values[place] - values[k] >= step]
            following = later[0] if later else len(values)
            reports += [float(values[place])] * (following - place)
            place = following
        return reports

    def submissions(rng, K, eighths):
        return rng.integers(0, 65, K) / 64.0, eighths / 8

    rng = np.random.default_rng(8)
    falling = np.sort(rng.integers(0, 2**12, 1200))[::-1] / 2.0**12
    tall, near = np.array([90, 85.5, 80, 84, 12, 11]), np.array([0.5, 0.25 + 2.0**-40, 0.25 - 2.0**-40])
    cases = {"without errors": (np.zeros(0), 0.1), "with falling errors": (falling, 2.0**-7), "step 0": (falling, 0)}
    cases |= {"with equal errors, step 0": (np.full(9, 0.25), 0.0), "with equal errors": (np.full(9, 0.25), 0.25)}
    cases |= {"with a step above 1": (falling[::50], 2), "with rising errors": (falling[::-1], 0)}
    cases |= {"with errors above 10": (tall, 5), "with negative numbers": (np.array([-1.0, -1.5, -3.0]), 1.0)}
    cases |= {
        "with whole numbers": (np.array([9, 8, 7, 7, 4, 5, 2, 1]), 2),
        "half a step": (np.array([9, 8, 7, 7, 4]), 0.5),
        "the smallest first": (np.array([0, 3, 1]), 1),
    }
    cases |= {"with the error 0": (np.array([0.5, 0, 0]), 0.5), "with a gain that is a little too small": (near, 0.25)}
    cases |= {"with tiny gains": (1 - falling[::-1] * 1e-9, 2.0**-40), "with free errors": (rng.random(300), 0.01)}
    sizes = {"K": 130, "eighths": (0, 6)}
    checks.agrees(ladder, by_the_first_better, submissions, sizes=sizes, types=["errors"], cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# In the next cell the attacker makes up to 1,000 random predictions for 1,000 dev and 1,000 test examples, whose labels are random, too. Nobody can do better than 1/2 on the test set. He lets all predictions vote whose **report** is below 1/2. Against the Ladder he tries a second way, too: only those vote that changed the report.


# %%
def vote(predictions, chosen, labels):
    """Dev and test error of the majority vote of the chosen predictions (K, 2000); the first 1,000 are the dev set."""
    wrong = (2 * predictions[chosen].sum(axis=0) > np.sum(chosen)) != labels
    return wrong[:1000].mean(), wrong[1000:].mean()


looks, curves = np.array([10, 30, 100, 300, 1000]), {"no defence": [], "Ladder": [], "Ladder, changes only": []}
for seed in range(5):
    rng = np.random.default_rng(seed)
    predictions, labels = rng.integers(0, 2, (1000, 2000)), rng.integers(0, 2, 2000)
    errors = (predictions[:, :1000] != labels[:1000]).mean(axis=1)
    choices = {"no defence": errors < 0.5}
    try:
        reports = np.array(ladder(errors, 0.02))
        choices |= {"Ladder": reports < 0.5, "Ladder, changes only": np.diff(reports, prepend=1) != 0}
    except NotImplementedError:
        print("the defence waits for ladder")
    for name, chosen in choices.items():
        curves[name].append([vote(predictions, chosen & (np.arange(1000) < K), labels) for K in looks])

# %%
figure, axis = plt.subplots(figsize=(7, 3.8))
for name, marker in (("no defence", "o"), ("Ladder", "s"), ("Ladder, changes only", "D")):
    if curves[name]:
        dev_error, test_error = np.mean(curves[name], axis=0).T
        print(f"{name:21} dev", dev_error.round(3), " test", test_error.round(3))
        line = axis.semilogx(looks, dev_error, marker=marker, label=f"{name}: dev error")[0]
        if name == "no defence":
            axis.semilogx(looks, test_error, marker="x", color="gray", label="no defence: test error")
axis.set(xlabel="looks at the dev set (log scale)", ylabel="error of the vote", ylim=(0.25, 0.55))
axis.set_title("A dev set that answers everything can be learned by heart")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Without a defence, 1,000 looks bring the dev error of the vote below 0.32, and nothing whatever was learned: the test error stays at 1/2. By luck alone, without learning from the scores, the best of 1,000 predictions has about 0.45. With the Ladder the vote of all has about 1/2 on the dev set. The few predictions that changed the report have some luck left, but the dev error of their vote is still about 0.46. (The axis does not start at 0.)
#
# You do such an attack yourself, without meaning to, if you combine and change models for months by what one dev set said. The paper's Ladder also rounds its reports to multiples of the step, and it proves that the reports then stay near the smallest true error so far. Here is what teams do: keep a **test set** that is looked at seldom, and a fresh dev set when the old one is worn out.

# %% [markdown]
# ## What you built
#
# - `shuffle_split` and `stratified_halves`: dev and test sets that are the same target;
# - `dev_size_for` and `paired_size`: how many examples show which model is better;
# - `paired_power`: how likely a test finds the difference;
# - `weighted_error` and `flipped_share`: a metric nearer to the users, and the count that tells you when to change it;
# - `luck_of_the_best` and `ladder`: how a dev set wears out, and how to protect it.

# %% [markdown]
# ## On your own
#
# - Compute the *exact* probability of the right order for $n$ examples by a double sum, ties apart. Where is the normal approximation wrong by more than 0.02?
# - Find by `paired_power` the smallest $n$ with a power of 0.8, for all $p_A$ and $p_B$ of a grid. Is there a simple rule in $\delta$ and $p_A + p_B$?
# - Really hard: the *parameter-free* Ladder of the paper has no step. It takes a one-sided paired test in its place: a report changes only if the new predictions differ significantly from the best ones so far, by the standard deviation of the differences over $\sqrt n$. Write it. Then find an attack that is better than ours, against it and against `ladder`.

# %% [markdown]
# ## In practice
#
# - `sklearn.model_selection.train_test_split(..., stratify=regions)` makes stratified splits of any sizes. If several examples are from one person, all of them must go into the same set: `GroupShuffleSplit`.
# - `statsmodels.stats.power` computes sizes and powers of many tests. For McNemar's test a few lines like ours, or a simulation, are usual.
# - Competitions with a leaderboard use two test sets: a public one, which answers during the competition, and a private one, which is opened once, at the end.
# - Most metrics take weights: `sklearn.metrics.accuracy_score(..., sample_weight=weights)` is one minus our weighted error.

# %% [markdown]
# ## References
#
# - Course 3, week 1, lectures 5, 6 and 7.
# - Andrew Ng: *Machine Learning Yearning* (2018), chapters 5 to 11.
# - Wassily Hoeffding (1963), Probability Inequalities for Sums of Bounded Random Variables, Journal of the American Statistical Association 58.
# - Quinn McNemar (1947), Note on the Sampling Error of the Difference Between Correlated Proportions or Percentages, Psychometrika 12.
# - Avrim Blum and Moritz Hardt (2015), The Ladder: A Reliable Leaderboard for Machine Learning Competitions, ICML.
# - Cynthia Dwork, Vitaly Feldman, Moritz Hardt, Toniann Pitassi, Omer Reingold, Aaron Roth (2015), The reusable holdout: Preserving validity in adaptive data analysis, Science 349.
