# %% [markdown]
# You will find out which link of a project is broken, measure what each knob of a network really does, and find the knob that mends this link and disturbs the rest least.
# At the end you meet 16 projects whose hidden faults are known. In them, each decision of yours can be counted in lost points.

# %% [markdown]
# ## What you will be able to do
#
# - name the first broken link in the chain from the training set to the users;
# - show why knobs that act on one thing each are quick to tune, and when knobs that act on everything never come to rest;
# - measure the effects of several knobs, and their interactions, in one factorial experiment;
# - choose the knob that clearly acts on what you want and hardly on anything else;
# - compute the regret of a decision.
#
# **What you need:** training, dev and test sets, regularisation and early stopping from [course 2, week 1](../../../course2_improving/release/week1_practical_aspects/01_splits_bias_and_variance.ipynb). Networks are ready-made in this course: you decide about them.

# %%
import sys
from itertools import product

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import corrupt
from shared_utils.grading import grade
from shared_utils.projects.classifier import error_rate, fit_classifier, inputs
from shared_utils.projects.simulator import BUDGET, DAYS, DECISIONS, play

plots.use_style()


digits = data.load_digits()
X, labels = inputs(digits.X_train[..., 0] / 255), digits.Y_train[0]
X_test, test_labels = inputs(digits.X_test[..., 0] / 255), digits.Y_test[0]
print("digits to train on:", X.shape, " to test on:", X_test.shape)

# %% [markdown]
# ## 1. The chain of assumptions
#
# *Your network is not good enough. What do you try next?*
#
# More pictures? A larger network? Another optimiser? Longer training? Dropout? Each of these may cost weeks. Which of them helps depends on **what** is wrong. The lecture names a chain of four things that must be true, one after the other:
#
# 1. **train**: the network does well on the training set, about as well as people do;
# 2. **dev**: what works on the training set works on the dev set;
# 3. **test**: what works on the dev set works on the test set;
# 4. **real**: what works on the test set works for the users.
#
# Each link has its own gap. With the error rates $e$ (shares from 0 to 1) and the error $e_\text{human}$ of people:
#
# $$e_\text{train} - e_\text{human}, \qquad e_\text{dev} - e_\text{train}, \qquad e_\text{test} - e_\text{dev}, \qquad e_\text{real} - e_\text{test} .$$
#
# A link is **broken** if its gap is more than a tolerance. Mend the first broken link before you look at a later one. A negative gap is good luck and breaks nothing.
#
# *On paper.* People: 0.01. Training 0.02, dev 0.12, test 0.13, users 0.25, tolerance 0.05. The gaps are 0.01, 0.10, 0.01 and 0.12. Two links are broken, and the first of them is *dev*.
#
# ### Exercise 1: `first_broken_link`


# %% exercise="first_broken_link"
def first_broken_link(errors, human_error, tolerance):
    """The first link of the chain train, dev, test, real that is broken.

    Args:
        errors: a dict with the error rates "train", "dev", "test" and "real", numbers from 0 to 1. The keys may stand
            in any order.
        human_error: the error rate of people, a number from 0 to 1.
        tolerance: a link is broken if its gap is more than this number, 0 or more. (No gap is so close to it that
            rounding decides, unless both are exactly equal.)

    Returns:
        "train", "dev", "test" or "real"; None if no link is broken.
    """
    # 1. With which error is each one compared? 2. In the order of the chain: is the gap too large?
    ### BEGIN SOLUTION
    before = human_error
    for link in ("train", "dev", "test", "real"):
        if errors[link] - before > tolerance:
            return link
        before = errors[link]
    return None
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Each error is compared with the one before it in the chain, and the first one with the error of people.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Go through the four names in a `for` loop, remember the error before, and return at the first gap that is too large.
# </details>

# %% check="first_broken_link" points=1
with checks.exercise("first_broken_link"):
    errors = {"train": 0.02, "dev": 0.12, "test": 0.13, "real": 0.25}
    checks.equal("the link of the example on paper", first_broken_link(errors, 0.01, 0.05), "dev")
    checks.equal("the same with tolerance 0.11", first_broken_link(errors, 0.01, 0.11), "real")
    checks.equal("the same with tolerance 0.2", first_broken_link(errors, 0.01, 0.2), None)
    hard = {"train": 0.2, "dev": 0.25, "test": 0.2, "real": 0.2}
    checks.equal("a hard task, where people err in 0.19", first_broken_link(hard, 0.19, 0.1), None)
    checks.equal("the same where people err in 0.01", first_broken_link(hard, 0.01, 0.1), "train")
    ### BEGIN HIDDEN TESTS

    def all_gaps(errors, human_error, tolerance):
        names = ["train", "dev", "test", "real"]
        levels = [human_error] + [errors[name] for name in names]
        broken = [after - level > tolerance for level, after in zip(levels, levels[1:], strict=False)]
        return names[broken.index(True)] if any(broken) else None

    def chains(rng, steps):
        names = rng.permutation(["train", "dev", "test", "real"]).tolist()
        return {name: float(rng.integers(0, 33)) / 32 for name in names}, float(rng.integers(0, 8)) / 32, steps / 32

    rng = np.random.default_rng(0)
    cases = {f"draw {k}": chains(rng, int(rng.integers(0, 20))) for k in range(150)}
    flat = dict.fromkeys(("train", "dev", "test", "real"), 0.25)
    cases |= {"with a gap of exactly the tolerance": (flat, 0.125, 0.125), "with tolerance 0": (flat, 0.25, 0)}
    cases |= {"with tolerance 0 and a tiny gap": (flat | {"real": 0.25000001}, 0.25, 0)}
    cases |= {"with whole numbers": ({"train": 0, "dev": 0, "test": 1, "real": 1}, 0, 0)}
    checks.agrees(first_broken_link, all_gaps, chains, sizes={"steps": (0, 20)}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# Five digit readers follow. In four of them, one link was broken on purpose. The third one is the best of 100 networks **on a dev set of 30 pictures**. Its dev error is small because the best of so many was lucky with these 30 pictures.

# %%
rng = np.random.default_rng(0)
order = rng.permutation(len(labels))
many, few, dev, tiny_dev = order[:6000], order[:400], order[6000:], order[6000:6030]
X_users = inputs(corrupt(digits.X_test[..., 0] / 255, "blurred", rng))


def chain(parameters, train, dev, users=X_test):
    """The four error rates of a digit reader."""
    sets = {"train": (X[:, train], labels[train]), "dev": (X[:, dev], labels[dev]), "test": (X_test, test_labels)}
    sets["real"] = (users, test_labels)
    return {name: error_rate(*each, parameters) for name, each in sets.items()}


good = fit_classifier(X[:, many], labels[many], (128,), steps=1000, l2=0.001)
small = fit_classifier(X[:, many], labels[many], (3,))
starved = fit_classifier(X[:, few], labels[few], (64,))
tried = [
    fit_classifier(X[:, many], labels[many], (24,), seed, steps=250, learning_rate=0.01)
    for seed in tqdm(range(100), desc="100 networks", file=sys.stdout)
]
lucky = min(tried, key=lambda parameters: error_rate(X[:, tiny_dev], labels[tiny_dev], parameters))
readers = {
    "three hidden units": chain(small, many, dev),
    "400 pictures": chain(starved, few, dev),
    "best of 100 on 30": chain(lucky, many, tiny_dev),
    "users blur": chain(good, many, dev, X_users),
    "good": chain(good, many, dev),
}

# %%
print(f"{'reader':20} train   dev  test  real   first broken link (people 0.01, tolerance 0.07)")
figure, axis = plt.subplots(figsize=(7.5, 3.8))
for (name, errors), marker in zip(readers.items(), "osD^v", strict=True):
    try:
        link = first_broken_link(errors, 0.01, 0.07)
    except NotImplementedError:
        link = "waits for first_broken_link"
    print(f"{name:20} " + " ".join(f"{errors[key]:5.2f}" for key in ("train", "dev", "test", "real")) + f"   {link}")
    axis.plot(["people", *errors], [0.01, *errors.values()], marker=marker, label=name)
axis.set(ylabel="error rate", title="Each reader climbs at the link that is broken")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# **What to notice.** The five lines begin at the same point. Each climbs in another place: at *train* with three hidden units, at *dev* with 400 pictures, at *test* with the lucky network, at *real* where users have another camera. The height at the end alone says nothing about what to do.
#
# ## 2. Orthogonal knobs
#
# *Why does the lecture speak of television sets?*
#
# An old television set has a knob for the height of the picture, one for its width, one for its position. Each knob acts on **one** thing, so you can set one after the other. Suppose instead that one knob changed 0.1 of the height, 0.3 of the width and 1.7 of the position at once. Nobody could tune it.
#
# Let $M_{ij}$ be the effect on outcome $i$ when knob $j$ is turned by 1. With the positions $x$ of the knobs, the outcomes are $M x$. Knobs are **orthogonal** in the sense of this lecture if $M$ is diagonal: each knob acts on its own outcome only.
#
# How does a person tune? One knob at a time: turn knob 0 until outcome 0 is as wanted, then knob 1 until outcome 1 is as wanted, and so on; then again from the beginning, since the later knobs have disturbed the earlier outcomes. If knob $j$ has the position $x_j$, it is turned to
#
# $$x_j + \frac{\text{wanted}_j - (M x)_j}{M_{jj}} , \quad\text{after which } (M x)_j = \text{wanted}_j .$$
#
# *On paper.* $M = \begin{pmatrix} 2 & 1 \\ 1 & 2 \end{pmatrix}$, wanted $(6, 6)$, start at $x = (0, 0)$. Knob 0: $6 / 2$, so $x = (3, 0)$ and the outcomes are $(6, 3)$. Knob 1: $0 + (6 - 3)/2 = 1.5$, so $x = (3, 1.5)$ and the outcomes are $(7.5, 6)$. After one round, outcome 0 is wrong again. The second round gives $x = (2.25, 1.875)$.
#
# ### Exercise 2: `tune_in_turn`


# %% exercise="tune_in_turn"
def tune_in_turn(M, wanted, rounds):
    """Turns one knob after the other until its own outcome is as wanted, for some rounds.

    Args:
        M: floats or whole numbers (n, n); M[i, j] is the effect on outcome i of turning knob j by 1.
        wanted: floats or whole numbers (n,), the outcomes that are wanted.
        rounds: how many times all knobs are turned, 0 to n - 1 in this order; a whole number >= 0.

    Returns:
        The positions of the knobs before the first round and after each round, float (rounds + 1, n).
        All knobs begin at 0.

    Raises:
        ValueError: a knob does not act on its own outcome (a 0 in the diagonal of M), also with rounds = 0.
    """
    # 1. The outcomes now? 2. How far must this knob be turned? 3. After each round, write down a copy.
    ### BEGIN SOLUTION
    if np.any(np.diag(M) == 0):
        raise ValueError("a knob has no effect on its own outcome")
    x = np.zeros(len(wanted))
    positions = [x.copy()]
    for _ in range(rounds):
        for j in range(len(x)):
            x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Outcome j now is `M[j] @ x`, with the positions x that the knobs have at this moment, the earlier ones of this round already turned.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `x` changes all the time. A list that holds `x` itself, and not a copy of it, holds the last positions many times.
# </details>

# %% check="tune_in_turn" points=2
with checks.exercise("tune_in_turn"):
    M, wanted = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([6.0, 6.0])
    checks.unchanged(tune_in_turn, M, wanted, 2)
    slips = {
        "knob 1 must see that knob 0 has been turned": [[0, 0], [3, 3], [1.5, 1.5]],
        "write down a copy after each round": [[2.25, 1.875]] * 3,
    }
    checks.close("two rounds", tune_in_turn(M, wanted, 2), [[0, 0], [3, 1.5], [2.25, 1.875]], mistakes=slips)
    M = np.array([[1.0, 3.0], [0.0, 2.0]])
    slips = {"row j of M holds the effects on outcome j": [[0, 0], [4, -4]]}
    checks.close("a knob that disturbs", tune_in_turn(M, np.array([4.0, 4.0]), 1), [[0, 0], [4, 2]], mistakes=slips)
    checks.raises("with a 0 in the diagonal", ValueError, tune_in_turn, np.array([[1.0, 2], [3, 0]]), wanted, 1)
    ### BEGIN HIDDEN TESTS

    def by_triangles(M, wanted, rounds):
        # A round solves (lower triangle of M) x_new = wanted - (strictly upper triangle) x_old.
        M, positions = np.asarray(M, dtype=float), [np.zeros(len(wanted))]
        for _ in range(rounds):
            positions.append(np.linalg.solve(np.tril(M), wanted - np.triu(M, 1) @ positions[-1]))
        return np.array(positions)

    def knobs(rng, n, rounds):
        M = rng.normal(0, 1, (n, n)) / (2 * n)
        M[np.arange(n), np.arange(n)] = rng.uniform(0.5, 2, n) * rng.choice([-1, 1], n)
        return M, rng.normal(0, 3, n), rounds

    tie = np.array([[2, 1, 0], [0, 3, 1], [1, 0, 4]])
    cases = {"with whole numbers": (tie, np.array([1, 2, 5]), 4)}
    cases["with knobs that never come to rest"] = (np.array([[1.0, 3.0], [2.0, 1.0]]), np.array([1.0, 1.0]), 5)
    cases |= {"with equal rows": (np.array([[1.0, 1], [1, 1]]), np.array([2.0, -1]), 3)}
    cases |= {"with 400 small effects": (0.1 * np.eye(400), np.arange(400.0), 2)}
    cases |= {"with tiny effects": (tie * 1e-9, np.array([1e-9, 0, 2e-9]), 3)}
    cases |= {"where nothing is wanted": (tie * 1.0, np.zeros(3), 2)}
    cases |= {"with large effects": (tie * 40.0, np.array([900.0, -500.0, 70.0]), 3)}
    cases |= {"with 120 rounds": (np.array([[1.0, 0.9], [0.99, 1.0]]), np.array([1.0, -1.0]), 120)}
    sizes = {"n": 110, "rounds": (0, 12)}
    checks.agrees(tune_in_turn, by_triangles, knobs, sizes=sizes, types=["M", "wanted"], cases=cases)
    for size in (1, 3):
        M = np.eye(size)
        M[0, 0] = 0
        checks.raises("with a 0 in the diagonal", ValueError, tune_in_turn, M, np.ones(size), 2)
        checks.raises("with a 0 in the diagonal, no round", ValueError, tune_in_turn, M, np.ones(size), 0)
    ### END HIDDEN TESTS

# %%
sets = {
    "orthogonal": np.array([[1.0, 0.0], [0.0, 1.0]]),
    "coupled by 0.7": np.array([[1.0, 0.7], [0.7, 1.0]]),
    "coupled by 1.1": np.array([[1.0, 1.1], [1.1, 1.0]]),
}
figure, axes = plt.subplots(1, 3, figsize=(8, 3.2))
for axis, (name, M) in zip(axes, sets.items(), strict=True):
    try:
        positions = tune_in_turn(M, np.array([1.0, 1.0]), 6)
    except NotImplementedError:
        print("this picture waits for tune_in_turn")
        break
    corners = np.repeat(positions, 2, axis=0)[1:]  # knob 0 moves first, then knob 1
    path = np.array([[after[0], before[1]] for before, after in zip(corners[:-1], corners[1:], strict=True)])
    axis.plot(*np.vstack([[0, 0], path]).T, marker=".")
    axis.plot(*np.linalg.solve(M, [1, 1]), "*", markersize=14, color="black")
    outcome = M @ positions[-1]
    axis.set(title=f"{name}:\nafter 6 rounds {outcome[0]:.2f}, {outcome[1]:.2f}", xlabel="knob 0", ylabel="knob 1")
plt.show()

# %% [markdown]
# **What to notice.** Both outcomes shall be 1, and the star shows the right positions. Orthogonal knobs arrive in one round. Knobs that are coupled by 0.7 come nearer in each round: after the first one, each round shrinks the error by the factor $0.7^2 = 0.49$. Coupled by 1.1 the factor is $1.1^2 = 1.21$, and each round makes it worse: the person who tunes goes away from the goal for ever, although a solution exists.
#
# In two dimensions it is easy to see why: setting outcome 0 right moves outcome 1 by the coupling $c$ times that, and mending outcome 1 moves outcome 0 by $c$ again, so each further round multiplies the error by $c^2$.
#
# ## 3. Measuring the knobs of a network
#
# *Which of the usual knobs are orthogonal?*
#
# The lecture says which knobs belong to which link: a bigger network or a better optimiser for *train*; regularisation or more data for *dev*; a bigger dev set for *test*. We do not have to believe it. We measure.
#
# One could turn one knob at a time. A **factorial experiment** is better: with $k$ knobs that are *off* ($-1$) or *on* ($+1$), train a network for **each** of the $2^k$ combinations. The table of combinations is the **design**, $n$ runs in rows, $k$ knobs in columns. Let the outcomes be an array $(n, q)$, one row for each run. The **main effect** of a knob on an outcome is
#
# $$\text{mean over the runs where the knob is on} \;-\; \text{mean over the runs where it is off} .$$
#
# All runs take part in every effect, so each effect is the average over $2^{k-1}$ pairs of runs that differ in this knob alone.
#
# *On paper.* Two knobs, one outcome.
#
# | run | knob 0 | knob 1 | outcome |
# |---|---|---|---|
# | 0 | −1 | −1 | 10 |
# | 1 | −1 | +1 | 14 |
# | 2 | +1 | −1 | 6 |
# | 3 | +1 | +1 | 2 |
#
# Effect of knob 0: $(6 + 2)/2 - (10 + 14)/2 = -8$. Effect of knob 1: $(14 + 2)/2 - (10 + 6)/2 = 0$. So knob 1 does nothing? Look again: with knob 0 off it adds 4, with knob 0 on it takes away 4. That is exercise 4.
#
# ### Exercise 3: `main_effects`


# %% exercise="main_effects"
def main_effects(design, outcomes):
    """The main effect of each knob on each outcome.

    Args:
        design: whole numbers or floats (n, k), -1 where a knob is off and +1 where it is on. Each knob is on in at
            least one run and off in at least one, not always in equally many.
        outcomes: floats or whole numbers (n, q), a row for each run.

    Returns:
        The effects, float (k, q): the mean over the runs with the knob on, minus that over the runs with it off.
    """
    # 1. Which runs have the knob on? 2. Two means over runs, for all outcomes at once. 3. A row for each knob.
    ### BEGIN SOLUTION
    effects = []
    for knob in design.T:
        effects.append(outcomes[knob == 1].mean(axis=0) - outcomes[knob == -1].mean(axis=0))
    return np.array(effects)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `design[:, j] == 1` is a mask of the runs with knob j on. With it you can choose rows of `outcomes`.
# </details>
#
# <details><summary>Hint 2</summary>
#
# `outcomes[mask].mean(axis=0)` has one mean for each outcome.
# </details>

# %% check="main_effects" points=2
with checks.exercise("main_effects"):
    design = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    outcomes = np.array([[10.0, 1.0, 0.0], [14.0, 2.0, 0.0], [6.0, 1.0, 3.0], [2.0, 2.0, 6.0]])
    checks.unchanged(main_effects, design, outcomes)
    checks.shape("main_effects(design, outcomes)", main_effects(design, outcomes), (2, 3))
    slips = {
        "a difference of means, not half of it": [[-4, 0, 2.25], [0, 0.5, 0.75]],
        "means over the runs, not sums": [[-16, 0, 9], [0, 2, 3]],
        "on minus off": [[8, 0, -4.5], [0, -1, -1.5]],
    }
    expected = [[-8, 0, 4.5], [0, 1, 1.5]]
    checks.close("the effects on paper and two more", main_effects(design, outcomes), expected, mistakes=slips)
    slips = {"a mean over the runs with the knob on, and one over those with it off": [[-6.5, 0.5, 3.0]]}
    found = main_effects(design[1:, :1], outcomes[1:])
    checks.close("three runs", found, [[-10, -0.5, 4.5]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def run_by_run(design, outcomes):
        effects = np.zeros((design.shape[1], outcomes.shape[1]))
        for j in range(design.shape[1]):
            on = [outcomes[i] for i in range(len(design)) if design[i, j] == 1]
            off = [outcomes[i] for i in range(len(design)) if design[i, j] == -1]
            for o in range(outcomes.shape[1]):
                effects[j, o] = sum(float(row[o]) for row in on) / len(on)
                effects[j, o] -= sum(float(row[o]) for row in off) / len(off)
        return effects

    def experiment(rng, n, k, q):
        design = np.where(rng.random((n + 1, k)) < rng.uniform(0.1, 0.9, k), 1, -1)
        design[0], design[-1] = 1, -1
        return design, rng.normal(0, 1, (n + 1, q))

    cases = {"with a design of floats": (design * 1.0, outcomes)}
    cases["with outcomes of whole numbers"] = (design, np.array([[1, 4], [2, 0], [8, 5], [0, 0]]))
    sizes = {"n": 130, "k": 12, "q": 8}
    options = {"real": {"outcomes": 30}, "types": ["outcomes"], "cases": cases}
    checks.agrees(main_effects, run_by_run, experiment, sizes=sizes, **options)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the real experiment, on pictures of clothes. Four knobs, off and on:
#
# | knob | off | on |
# |---|---|---|
# | bigger network | 16 hidden units | 64 |
# | L2 | no penalty | $\lambda = 0.05$ |
# | more data | 500 pictures | 2,000 |
# | early stopping | 800 steps | 80 steps |
#
# There are 16 combinations, and each is trained four times, with other pictures and other first weights: 64 networks. Two outcomes belong to the first two links of the chain: the **training error**, and the **gap**, which is the dev error minus the training error.

# %%
KNOBS = ("bigger network", "L2", "more data", "early stopping")
OUTCOMES = ("train error", "gap")
clothes = data.load_clothes()
X_clothes = inputs(np.concatenate([clothes.X_train, clothes.X_test])[..., 0] / 255)
kinds = np.concatenate([clothes.Y_train[0], clothes.Y_test[0]])
design = np.array(list(product((-1, 1), repeat=4)))


def run(settings, seed):
    """One run: the training error and the gap."""
    bigger, l2, more, stop = (setting > 0 for setting in settings)
    order = np.random.default_rng(seed).permutation(len(kinds))
    train, dev = order[: 2000 if more else 500], order[-4000:]
    hidden, steps = (64,) if bigger else (16,), 80 if stop else 800
    parameters = fit_classifier(X_clothes[:, train], kinds[train], hidden, seed, steps=steps, l2=0.05 if l2 else 0.0)
    train_error, dev_error = (error_rate(X_clothes[:, part], kinds[part], parameters) for part in (train, dev))
    return train_error, dev_error - train_error


seeds = tqdm(range(4), desc="64 networks", file=sys.stdout)
runs = np.array([[run(settings, seed) for settings in design] for seed in seeds])
print("outcomes of all runs (seeds, runs, outcomes):", runs.shape)

# %% [markdown]
# Four seeds give four tables of effects. Their mean is the estimate, and its **standard error** is the standard deviation over the seeds, with $n - 1$ below the root, divided by the root of the number of seeds, as in [course 2](../../../course2_improving/release/week1_practical_aspects/01_splits_bias_and_variance.ipynb).

# %%
try:
    tables = np.array([main_effects(design, outcomes) for outcomes in runs])
except NotImplementedError:
    print("this picture waits for main_effects")
else:
    effects, standard_errors = tables.mean(axis=0), tables.std(axis=0, ddof=1) / np.sqrt(len(tables))
    figure, axis = plt.subplots(figsize=(5.5, 3.6))
    axis.imshow(effects, cmap="RdBu_r", vmin=-0.17, vmax=0.17, aspect="auto")
    axis.grid(False)
    axis.set(xticks=range(2), xticklabels=OUTCOMES, yticks=range(4), yticklabels=KNOBS)
    for j, o in np.ndindex(effects.shape):
        axis.text(o, j, f"{effects[j, o]:+.3f} ± {standard_errors[j, o]:.3f}", ha="center", va="center")
    axis.set_title("No knob acts on one outcome alone (blue: lower, red: higher)")
    plt.show()

# %% [markdown]
# **What to notice.** The lecture is right about what each knob is for. The bigger network lowers the training error. L2, more data and early stopping lower the gap. But **no** knob leaves the other outcome alone: what lowers the gap raises the training error, since the network fits its pictures less closely. More data lowers the gap by more than it raises the training error. L2 raises it by somewhat more than it gains, and early stopping by nearly twice as much. This is why the lecture calls early stopping less orthogonal.
#
# ## 4. Interactions
#
# *Does a knob do the same when another one has been turned?*
#
# In the example on paper, knob 1 adds 4 when knob 0 is off, and takes 4 away when it is on. Its main effect, the mean of both, is 0. The **interaction** of two knobs is half of the difference:
#
# $$\text{interaction}(i, j) = \tfrac12 \big( \text{effect of } i \text{ when } j \text{ is on} \;-\; \text{effect of } i \text{ when } j \text{ is off} \big) .$$
#
# *On paper.* Effect of knob 0 with knob 1 on: $2 - 14 = -12$; off: $6 - 10 = -4$. Interaction: $(-12 - (-4))/2 = -4$. The other way round: effect of knob 1 with knob 0 on: $2 - 6 = -4$; off: $14 - 10 = 4$; half of the difference: $-4$, the same.
#
# It is always the same both ways: each half-difference adds the two runs in which the signs of both knobs agree, and subtracts the two in which they do not.
#
# ### Exercise 4: `interaction_effects`


# %% exercise="interaction_effects"
def interaction_effects(design, outcome):
    """The interactions of all pairs of knobs in a factorial experiment.

    Args:
        design: whole numbers or floats (n, k), -1 or +1; all 2**k combinations, each equally often, in any order.
        outcome: floats or whole numbers (n,), the outcome of each run.

    Returns:
        Float (k, k), symmetric: half of the difference between the effect of knob i where knob j is on, and where
        it is off. The diagonal is 0.
    """
    # 1. In which runs do the signs of two knobs agree? 2. A difference of two means. 3. What about i = j?
    ### BEGIN SOLUTION
    k = design.shape[1]
    interactions = np.zeros((k, k))
    for i in range(k):  # equivalent "range ends at 100": a factorial experiment of 100 knobs has too many runs
        for j in range(i):  # equivalent "range ends at 100": as above
            agree = design[:, i] == design[:, j]
            interactions[i, j] = interactions[j, i] = outcome[agree].mean() - outcome[~agree].mean()
    return interactions
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The product of two columns of the design is +1 where both knobs are on or both are off, and −1 elsewhere.
# </details>
#
# <details><summary>Hint 2</summary>
#
# That product is like the column of a further knob. Its main effect is the interaction.
# </details>

# %% check="interaction_effects" points=2
with checks.exercise("interaction_effects"):
    design = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    outcome = np.array([10.0, 14.0, 6.0, 2.0])
    checks.unchanged(interaction_effects, design, outcome)
    slips = {
        "half of the difference": [[0, -8], [-8, 0]],
        "on minus off": [[0, 4], [4, 0]],
        "the diagonal is 0": [[-8, -4], [-4, 0]],
    }
    expected = [[0, -4], [-4, 0]]
    checks.close("the interactions on paper", interaction_effects(design, outcome), expected, mistakes=slips)
    plus = np.array([1.0, 3.0, 11.0, 13.0])
    checks.close("effects that add up have none", interaction_effects(design, plus), [[0, 0], [0, 0]])
    ### BEGIN HIDDEN TESTS

    def by_definition(design, outcome):
        k, found = design.shape[1], np.zeros((design.shape[1],) * 2)
        for i, j in ((i, j) for i in range(k) for j in range(k) if i != j):
            effect = {}
            for second in (-1, 1):
                means = []
                for first in (1, -1):
                    rows = [n for n in range(len(design)) if design[n, i] == first and design[n, j] == second]
                    means.append(sum(float(outcome[n]) for n in rows) / len(rows))
                effect[second] = means[0] - means[1]
            found[i, j] = (effect[1] - effect[-1]) / 2
        return found

    def factorial(rng, k, r):
        design = np.array(list(product((-1, 1), repeat=k)) * r)[rng.permutation(2**k * r)]
        return design, rng.normal(0, 1, len(design))

    cases = {"with a design of floats": (design * 1.0, outcome)}
    cases["with whole numbers"] = (design, np.array([1, 4, 2, 0]))
    options = {"real": {"outcome": 30}, "types": ["outcome"], "cases": cases, "atol": 1e-12}
    checks.agrees(interaction_effects, by_definition, factorial, sizes={"k": 6, "r": 4}, **options)
    ### END HIDDEN TESTS

# %%
try:
    pairs = np.array([interaction_effects(design, outcomes[:, 0]) for outcomes in runs])
except NotImplementedError:
    print("this table waits for interaction_effects")
else:
    print("interactions on the training error, mean over the seeds ± standard error")
    for i, j in zip(*np.tril_indices(4, -1), strict=True):
        mean, error = pairs[:, i, j].mean(), pairs[:, i, j].std(ddof=1) / np.sqrt(len(pairs))
        print(f"  {KNOBS[j]:15} and {KNOBS[i]:15} {mean:+.3f} ± {error:.3f}")

# %% [markdown]
# **What to notice.** Early stopping interacts with all three others, most with L2: where the network stops early, L2 raises the training error much less than where it does not. A network that stops after 80 steps has small weights anyway, so the penalty has little left to do. The lecture's rule "one knob after the other" is a good start only where such interactions are small.
#
# ## 5. The right knob
#
# *Which knob do you turn for a broken link?*
#
# For a link, the outcome $o$ shall become lower. Look only at the knobs that **clearly** lower it. As a rule of thumb: the mean effect plus two standard errors is still below 0. Among these, take the knob that does least elsewhere, compared with what it does here. Its **share** is
#
# $$s_j = \frac{|E_{jo}|}{\sum_{p} |E_{jp}|} ,$$
#
# where $E$ are the mean effects $(k, q)$ and the sum runs over all outcomes. An orthogonal knob has share 1.
#
# *On paper.* Two outcomes, effects $(-4, 1)$, $(-6, 6)$, $(-9, 0)$, standard errors of the first outcome 1, 1 and 5. For outcome 0: $-4 + 2 < 0$ and $-6 + 2 < 0$, but $-9 + 10 > 0$, so knob 2 is not clear. The shares of the others are $4/5$ and $6/12$. Knob 0 is chosen, although knob 1 does more.
#
# ### Exercise 5: `pick_knob`


# %% exercise="pick_knob"
def pick_knob(effects, standard_errors, outcome):
    """The knob that clearly lowers an outcome and has the largest share of its effects there.

    Args:
        effects: mean effects, float (k, q).
        standard_errors: their standard errors, float (k, q), each 0 or more.
        outcome: which outcome shall become lower, a whole number from 0 to q - 1.

    Returns:
        The number of the knob, a whole number from 0 to k - 1: of those whose effect on the outcome plus two standard
        errors is below 0, the one with the largest share; the first one of several with exactly the same share.
        None if no knob lowers the outcome clearly.
    """
    # 1. Which knobs lower it clearly? 2. The share of each. 3. The best of the clear ones, if there are any.
    ### BEGIN SOLUTION
    highest = effects[:, outcome] + 2 * standard_errors[:, outcome]
    clear = [knob for knob in range(len(effects)) if highest[knob] < 0]

    def share(knob):
        return -effects[knob, outcome] / np.abs(effects[knob]).sum()  # equivalent "sum → mean": q is the same for all

    return max(clear, key=share, default=None)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A knob that does nothing at all has a share of 0 / 0. It is not clear, so do not compute its share.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Make a list of the clear knobs. `max(numbers, key=function, default=None)` finds the first one with the largest value of a function.
# </details>

# %% check="pick_knob" points=2
with checks.exercise("pick_knob"):
    effects = np.array([[-4.0, 1.0], [-6.0, 6.0], [-9.0, 0.0]])
    errors = np.array([[1.0, 0.1], [1.0, 0.1], [5.0, 0.1]])
    checks.unchanged(pick_knob, effects, errors, 0)
    checks.equal("pick_knob(effects, standard_errors, 0)", pick_knob(effects, errors, 0), 0)
    checks.equal("with standard errors of 0", pick_knob(effects, 0 * errors, 0), 2)
    checks.equal("for outcome 1, which no knob lowers", pick_knob(effects, errors, 1), None)
    checks.equal("for outcome 1, effects of the other sign", pick_knob(-effects, errors, 1), 1)
    ### BEGIN HIDDEN TESTS

    def all_shares(effects, standard_errors, outcome):
        clear = [j for j in range(len(effects)) if effects[j, outcome] < -2 * standard_errors[j, outcome]]
        totals = {j: sum(abs(float(effect)) for effect in effects[j]) for j in clear}
        shares = {j: abs(float(effects[j, outcome])) / totals[j] for j in clear}
        return min(clear, key=lambda j: (-shares[j], j)) if clear else None

    def measured(rng, k, q):
        effects = rng.normal(0, 1, (k, q))
        return effects, np.abs(rng.normal(0, 0.4, (k, q))), int(rng.integers(q))

    rng = np.random.default_rng(3)
    cases = {f"draw {n}": measured(rng, 1 + n % 9, 1 + n % 4) for n in range(60)}
    same = np.array([[-1.0, 1.0], [-2.0, 2.0], [-2.0, -2.0]])
    cases |= {"with equal shares": (same, 0 * same, 0), "with equal shares, the first not clear": ()}
    cases["with equal shares, the first not clear"] = (same, np.array([[1.0, 0], [0, 0], [0, 0]]), 0)
    cases["with an effect of exactly two standard errors"] = (same, np.abs(same) / 2, 0)
    cases["with knobs that do nothing"] = (np.array([[0.0, 0.0], [-1.0, 3.0]]), np.zeros((2, 2)), 0)
    cases["with tiny effects"] = (effects * 1e-12, errors * 1e-12, 0)
    cases["with an effect on the other outcome that is not clear"] = (effects, np.array([[1.0, 99]] * 3), 0)
    many = np.vstack([np.ones((110, 2)), [[-30.0, 5.0], [-900.0, 20.0], [-40.0, 2.0]]])
    cases["with 113 knobs, of which the last three are clear"] = (many, 0.1 * np.abs(many), 0)
    checks.agrees(pick_knob, all_shares, measured, sizes={"k": 130, "q": 12}, cases=cases)
    checks.whole("pick_knob(effects, standard_errors, 0)", pick_knob(effects, errors, 0))
    ### END HIDDEN TESTS

# %%
try:
    choices = [pick_knob(effects, standard_errors, o) for o in range(2)]
except NameError:
    print("this picture waits for main_effects")
except NotImplementedError:
    print("this picture waits for pick_knob")
else:
    for outcome, choice in zip(OUTCOMES, choices, strict=True):
        print(f"to lower the {outcome}: {None if choice is None else KNOBS[choice]}")
    figure, axis = plt.subplots(figsize=(6, 4))
    for j, (across, up) in enumerate(effects):
        axis.annotate("", (across, up), (0, 0), arrowprops={"arrowstyle": "->", "color": plots.COLORS[j], "lw": 2})
        axis.text(across, up + 0.004, f" {KNOBS[j]}", color=plots.COLORS[j])
    axis.axhline(0, color="gray", linewidth=1, linestyle="-")
    axis.axvline(0, color="gray", linewidth=1, linestyle="-")
    axis.set(xlim=(-0.06, 0.16), ylim=(-0.1, 0.03), xlabel="effect on the training error", ylabel="effect on the gap")
    axis.set_title("More data points most nearly straight down")
    plt.show()

# %% [markdown]
# **What to notice.** An orthogonal knob for the gap would point straight down, one for the training error straight to the left. *Bigger network* is near to that. *More data* comes nearest for the gap, *early stopping* is the farthest from it. So the lecture's advice holds here in its order, not to the letter: no knob of a network is really orthogonal.
#
# ## 6. Projects with a hidden truth
#
# *How do you know whether a decision was good?*
#
# In a real project you never see what would have happened had you decided otherwise. So this course has a **simulator**: 32 projects, each a digit reader with planted faults. A team has 7 days and makes 3 decisions:

# %%
projects = data.load_projects()
print(f"{BUDGET} days, {DECISIONS} decisions; days of each action: {DAYS}")
print(f"project 6: {projects[6].truth}")
for name, value in projects[6].report().items():
    print(f"  {name:17}", value)

# %% [markdown]
# | action | days | what happens |
# |---|---|---|
# | `more_data` | 3 | 2,000 more training pictures, labelled by the same people |
# | `user_data` | 3 | 600 pictures by the users' cameras, labelled carefully |
# | `clean_labels` | 3 | the wrong labels of the training set are put right |
# | `synthesise` | 2 | blurred and shifted copies of the training pictures are added |
# | `bigger_network` | 1 | four times as many hidden units |
# | `regularise` | 1 | L2 with $\lambda = 0.03$ |
# | `change_metric` | 1 | the network learns what each mistake costs |
#
# For every plan in every project, six networks were really trained on real digits, and their errors averaged. So the **cost** of each plan, the share of mistakes on the users' pictures weighted by what they cost, is known. The team does not see it. It sees the report above. You will read such reports in [lesson 04](04_human_level_performance.ipynb). Here you write the judge.
#
# Some actions are done. What is the best that can **still be reached**? It is the least cost of all plans that contain these actions and fit into the days.
#
# *On paper.* Days: a 3, b 1, c 2; budget 4. Costs of plans: (a, b) 0.2, (a, c) 0.1, (b, c) 0.3. With nothing done, (a, c) is out of reach, because it takes 5 days; so 0.2 can be reached, by (a, b). After c only (b, c) is left: 0.3.
#
# ### Exercise 6: `best_reachable`


# %% exercise="best_reachable"
def best_reachable(costs, days, budget, done):
    """The least cost that can still be reached.

    Args:
        costs: a dict from plans to their costs. A plan is a tuple of the names of its actions, in any order and of
            any length, perhaps (); a cost is a number, 0 or more.
        days: a dict from the name of each action to the days that it takes, whole numbers >= 0.
        budget: the days in all, a whole number >= 0. A plan fits if its actions take at most so many days together.
        done: a list of the names of the actions that are done (each has its days), in any order, perhaps empty.

    Returns:
        The least cost, a number, over the plans that fit and contain all actions that are done.

    Raises:
        ValueError: there is no such plan.
    """
    # 1. Which plans contain all that is done? 2. Which of these fit? 3. The least cost.
    ### BEGIN SOLUTION
    found = []
    for plan, cost in costs.items():
        if set(done) <= set(plan) and sum(days[action] for action in plan) <= budget:
            found.append(cost)
    return min(found)  # a ValueError if there is none
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# For sets, `set(done) <= set(plan)` says whether the plan contains all that is done. `min` of an empty list raises a ValueError by itself.
# </details>

# %% check="best_reachable" points=2
with checks.exercise("best_reachable"):
    days = {"a": 3, "b": 1, "c": 2}
    costs = {("a", "b"): 0.2, ("a", "c"): 0.1, ("b", "c"): 0.3}
    checks.close("best_reachable(costs, days, 4, [])", best_reachable(costs, days, 4, []), 0.2)
    checks.close("the same with 5 days", best_reachable(costs, days, 5, []), 0.1)
    checks.close('after ["c"]', best_reachable(costs, days, 4, ["c"]), 0.3)
    checks.close('after ["b", "a"]', best_reachable(costs, days, 4, ["b", "a"]), 0.2)
    checks.raises('after ["a", "c"], with 4 days', ValueError, best_reachable, costs, days, 4, ["a", "c"])
    ### BEGIN HIDDEN TESTS

    def by_sorting(costs, days, budget, done):
        for plan in sorted(costs, key=costs.get):
            total = 0
            for action in plan:
                total += days[action]
            if total <= budget and all(action in plan for action in done):
                return float(costs[plan])
        raise ValueError("none")

    def small_world(rng, actions, plans):
        names = ["more", "more data", "data", "", "label", "labels", "网络", "b", "a"][:actions]
        days = {name: int(rng.integers(0, 5)) for name in names}
        costs = {(): 9.0}
        for _ in range(plans):
            chosen = rng.permutation(names)[: rng.integers(0, actions + 1)].tolist()
            costs[tuple(chosen)] = float(rng.uniform(0, 1))
        inside = list(list(costs)[rng.integers(len(costs))])
        done = rng.permutation(inside)[: rng.integers(0, len(inside) + 1)].tolist() if inside else []
        return costs, days, int(sum(days[name] for name in inside) + rng.integers(0, 3)), done

    rng = np.random.default_rng(5)
    cases = {f"draw {n}": small_world(rng, 2 + n % 8, 3 + n % 20) for n in range(60)}
    cases["with a cost of 0"] = ({("a",): 0, ("b",): 1.5}, {"a": 0, "b": 1}, 3, [])
    cases["with equal costs"] = ({("a",): 1.0, ("b",): 1.0, ("a", "b"): 2.0}, {"a": 0, "b": 1}, 3, ["a"])
    cases["with costs above 1"] = ({("a",): 7, ("b", "a"): 12.5}, {"a": 1, "b": 1}, 2, ["b"])
    checks.agrees(best_reachable, by_sorting, small_world, sizes={"actions": 9, "plans": 130}, cases=cases, apart=False)
    for given in (["b"], ["a", "b"]):
        checks.raises("an action in no plan", ValueError, best_reachable, {("a",): 1.0}, {"a": 1, "b": 0}, 9, given)
    checks.raises("a plan of too many days", ValueError, best_reachable, {("a",): 1.0}, {"a": 2}, 1, [])
    ### END HIDDEN TESTS

# %% [markdown]
# A decision can only take plans away, so the best that can be reached never becomes better. By how much it becomes worse is the **regret** of the decision:
#
# $$\text{regret} = \text{best reachable after the decision} - \text{best reachable before it} \;\ge\; 0 .$$
#
# The regrets of all decisions of a project add up to what the team lost in all: the least cost that can still be reached after the last one, minus that of the best plan that fits. Each term but the first and the last occurs once with a plus and once with a minus.
#
# *On paper.* As above with 5 days; the team does b, then c. Best reachable: 0.1 at the start, 0.2 after b, 0.3 after b and c. Regrets: 0.1 and 0.1. Together $0.2 = 0.3 - 0.1$.
#
# ### Exercise 7: `decision_regrets`


# %% exercise="decision_regrets"
def decision_regrets(costs, days, budget, decisions):
    """The regret of each decision of a team.

    Args:
        costs, days, budget: as for best_reachable.
        decisions: a list of different names of actions, in the order in which they were done, perhaps empty.

    Returns:
        The regrets, as an array or a list of as many numbers as there are decisions.

    Raises:
        ValueError: at the start, or after a decision, no plan can be reached.
    """
    # 1. What can be reached at the start, and after each decision? 2. How much worse has each decision made it?
    ### BEGIN SOLUTION
    reached = []
    for number in range(len(decisions) + 1):
        reached.append(best_reachable(costs, days, budget, decisions[:number]))
    return np.diff(reached)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `decisions[:n]` are the first n decisions. With three decisions there are four numbers that can be reached, and three differences.
# </details>

# %% check="decision_regrets" points=2
with checks.exercise("decision_regrets"):
    days = {"a": 3, "b": 1, "c": 2}
    costs = {("a", "b"): 0.2, ("a", "c"): 0.1, ("b", "c"): 0.3}
    slips = {"each decision is compared with what could be reached just before it": [0.1, 0.2]}
    found = np.array(decision_regrets(costs, days, 5, ["b", "c"]))
    checks.close("decision_regrets(costs, days, 5, ['b', 'c'])", found, [0.1, 0.1], mistakes=slips)
    slips = {"the order matters": [0.1, 0.1]}
    found = np.array(decision_regrets(costs, days, 5, ["c", "b"]))
    checks.close("decision_regrets(costs, days, 5, ['c', 'b'])", found, [0, 0.2], mistakes=slips)
    checks.raises("a and c in 4 days", ValueError, decision_regrets, costs, days, 4, ["a", "c"])
    ### BEGIN HIDDEN TESTS

    def plan_by_plan(costs, days, budget, decisions):
        fit = {plan: cost for plan, cost in costs.items() if sum(map(days.get, plan)) <= budget}
        regrets, best = [], min(fit.values())
        for action in decisions:
            fit = {plan: cost for plan, cost in fit.items() if action in plan}
            if not fit:
                raise ValueError("none")
            regrets.append(min(fit.values()) - best)
            best = min(fit.values())
        return regrets

    def path(rng, actions, plans):
        names = ["more", "more data", "data", "", "label", "labels", "网络", "b", "a"][:actions]
        days = {name: int(rng.integers(0, 5)) for name in names}
        chosen = [rng.permutation(names)[: rng.integers(1, actions + 1)].tolist() for _ in range(plans)]
        costs = {tuple(plan): float(rng.uniform(0, 1)) for plan in chosen}
        last = list(list(costs)[rng.integers(len(costs))])
        decisions = rng.permutation(last)[: rng.integers(0, len(last) + 1)].tolist()
        return costs, days, int(sum(days[name] for name in last) + rng.integers(0, 3)), decisions

    rng = np.random.default_rng(6)
    cases = {f"draw {n}": path(rng, 2 + n % 8, 3 + n % 20) for n in range(60)}
    cases["with no decision"] = (costs, days, 5, [])
    many = [f"step {n}" for n in range(120)]
    half_done = {tuple(many[: n + 1] + ["end"]): 1.0 - n / 120 for n in range(120)}
    cases["with 110 decisions"] = (half_done | {tuple(many): 2.5}, dict.fromkeys([*many, "end"], 1), 130, many[:110])
    cases["with regrets of 0"] = ({("a", "b", "c"): 0.4, ("a",): 0.5}, days, 6, ["c", "a", "b"])
    sizes = {"actions": 9, "plans": 130}
    checks.agrees(decision_regrets, plan_by_plan, path, sizes=sizes, cases=cases, apart=False, atol=1e-12)
    checks.raises("nothing fits at the start", ValueError, decision_regrets, {("a",): 1.0}, {"a": 2}, 1, [])
    checks.raises("b in no plan", ValueError, decision_regrets, {("a",): 1.0}, {"a": 2, "b": 1}, 9, ["a", "b"])
    ### END HIDDEN TESTS

# %% [markdown]
# Three teams that do not look at the report play the first 16 projects: one decides at random, one always wants more data first, one always a bigger network.


# %%
def in_order(*wishes):
    """A policy that does the first of its wishes that is possible."""
    return lambda report: next(action for action in wishes if action in report["possible"])


chance = np.random.default_rng(1)
policies = {
    "at random": lambda report: str(chance.choice(report["possible"])),
    "more data first": in_order("more_data", "user_data", "bigger_network"),
    "bigger first": in_order("bigger_network", "regularise", "change_metric", "more_data"),
}
lost = {name: [] for name in policies}
try:
    for project, (name, policy) in product(projects, policies.items()):
        full = {plan: cost for plan, cost in project.costs.items() if len(plan) == DECISIONS}
        repeats = 20 if name == "at random" else 1
        for _ in range(repeats):
            actions = [decision.action for decision in play(project, policy)]
            lost[name].append(sum(decision_regrets(full, DAYS, BUDGET, actions)))
except NotImplementedError:
    print("this waits for best_reachable and decision_regrets")
else:
    for name, regrets in lost.items():
        print(f"{name:16} mean regret {np.mean(regrets):.3f}, worst project {np.max(regrets):.3f}")

# %% [markdown]
# **What to notice.** Neither habit is good. *More data first* loses a little less than chance, *bigger first* loses more, because each is right only in the projects that have this fault. A team that reads the report loses much less: that is lesson 04.

# %% [markdown]
# ## What you built
#
# - a judge of the chain from training to users, which names the first broken link;
# - a person who tunes one knob after the other, and the proof by experiment that coupled knobs may never come to rest;
# - a factorial experiment with main effects and interactions, and the rule that picks the knob for a link;
# - the regret of decisions, which will score you for the rest of this course.

# %% [markdown]
# ## On your own
#
# - Add a fifth knob, dropout (`keep_prob=0.7`). How does its arrow lie to that of L2?
# - A *fractional* design trains only 8 of the 16 combinations: those where the product of the four signs is +1. Which main effects and interactions can it no longer tell apart? Show it with `runs`.
# - When does tuning in turn come to rest for three and more knobs? Find the matrix whose eigenvalues decide, and test your rule on 1,000 random matrices. This one is hard.

# %% [markdown]
# ## In practice
#
# - Statistics packages fit all main effects and interactions at once as a linear model, for example `statsmodels` with the formula `error ~ (bigger + l2 + more + stop) ** 2`. They also work where runs are missing.
# - Companies run factorial experiments with users, too (*multivariate tests*), for the same reason: each run serves all questions.

# %% [markdown]
# ## References
#
# - Andrew Ng: *Machine Learning Yearning* (2018).
# - Ronald A. Fisher: *The Design of Experiments* (1935).
# - George E. P. Box, J. Stuart Hunter, William G. Hunter: *Statistics for Experimenters* (2nd edition, 2005).
# - Dan Hendrycks, Thomas Dietterich: *Benchmarking Neural Network Robustness to Common Corruptions and Perturbations* (2019).
