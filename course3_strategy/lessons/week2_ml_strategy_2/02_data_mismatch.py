# %% [markdown]
# You will find out whether an error comes from bias, from variance or from other data, make data that look like those of the users, and estimate an error on data that nobody has labelled.

# %% [markdown]
# ## What you will be able to do
#
# - split data of two kinds so that dev and test set show what the users will meet;
# - compute the gaps from human-level error to the test error, and name the largest one;
# - add noise to clean data at a chosen strength, and measure when this helps and when it deceives;
# - test whether two sets come from one distribution, with an exact p-value;
# - estimate an error on unlabelled data by importance weights, and see where this cannot work.
#
# **What you need:** [error analysis](01_error_analysis.ipynb), the lesson before this one. The classifier is the dense network of courses 1 and 2, ready to use.

# %%
import math
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import corrupt
from shared_utils.grading import grade
from shared_utils.projects.classifier import activations, error_rate, fit_classifier, inputs, predict, probabilities

plots.use_style()

digits = data.load_digits()
images, truths = digits.X_train[..., 0] / np.float32(255), digits.Y_train[0]
images_test, truths_test = digits.X_test[..., 0] / np.float32(255), digits.Y_test[0]


print(len(images), "digits with their truths, and", len(images_test), "to test")

# %% [markdown]
# ## 1. Where do the pictures of the users go?
#
# *You have many clean pictures, and a few of the kind that matters. How do you split them?*
#
# In the lecture, 200,000 clear pictures of cats come from the web, and only 10,000 blurred ones from the users' phones. We play the same story with digits: 7,000 **clean** pictures, and 1,000 **phone** pictures, which are shifted and blurred. The users will send phone pictures only. The distribution of the clean pictures is the **source**, that of the phone pictures is the **target**.

# %%
rng = np.random.default_rng(0)


def phone(images, rng):
    """Pictures (m, 28, 28) as the phones of the users take them: shifted and blurred, with noise."""
    return corrupt(corrupt(images, "shifted", rng), "blurred", rng)


order = rng.permutation(8000)
labels = truths[order]
pool = np.concatenate([images[order[:7000]], phone(images[order[7000:]], rng)])
phones_test = phone(images_test, rng)
shown = np.concatenate([pool[:8], pool[7000:7008]])
plots.show_images(shown, labels[[*range(8), *range(7000, 7008)]].astype(str), title="Clean (above) and phone (below)")
plt.show()

# %% [markdown]
# **Option 1** shuffles all pictures together. Then train, dev and test set have one distribution. But only one picture in eight of the dev set comes from a phone. You would aim at the wrong target for months.
#
# **Option 2** is the lecture's choice. Dev and test set hold phone pictures *only*. The training set holds all clean pictures, and the phone pictures that are left. Now training set and dev set differ. So one more set is needed, the **train-dev set**: it is cut out of the training set at random, has the same distribution, and is not trained on. It shows what happens on new data of the *old* kind.
#
# *On paper.* 8 source examples, numbered 0 to 7, and 6 target examples, numbered 8 to 13. Two target examples shall go to training, dev shall have 2. Then 2 are left for test. Source and training part of the target are $8 + 2 = 10$ examples. A train-dev set of 5 of them, with the same share of target, has $5 \cdot 2/10 = 1$ target example and 4 source examples. The training set keeps 4 source examples and 1 target example.
#
# ### Exercise 1: `make_train_dev_split`


# %% exercise="make_train_dev_split"
def make_train_dev_split(n_source, n_target, target_in_train, n_train_dev, n_dev, rng):
    """Splits source and target examples at random into train, train-dev, dev and test set (the lecture's option 2).

    The source examples have the numbers 0, ..., n_source - 1, the target examples n_source, ..., n_source + n_target - 1.

    Args:
        n_source, n_target: how many examples there are of each kind, whole numbers >= 1.
        target_in_train: how many target examples go to train and train-dev together, a whole number >= 0.
        n_train_dev, n_dev: the sizes of these sets, whole numbers >= 0.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it: from the same state it gives the
            same split.

    Returns:
        A dict with the keys "train", "train_dev", "dev" and "test": the numbers of their examples, each an array of
        whole numbers with one axis (it may be empty), in any order. Each example is in exactly one set.
        dev: n_dev target examples. test: the target examples that are left.
        train and train_dev: all source examples and target_in_train target examples. train_dev holds n_train_dev of
        these. Its number of target examples is the nearest whole number to
        n_train_dev * target_in_train / (n_source + target_in_train); if this ends in .5, both neighbours are right.
        All examples of one kind have the same chances, and any two of them may come together.

    Raises:
        ValueError: there are not enough target examples for target_in_train and n_dev, or not enough examples of both
            kinds for n_train_dev.
    """
    # 1. Are there enough? 2. Shuffle the numbers of each kind by themselves. 3. How many of each kind go to train-dev?
    # 4. Cut each kind into pieces, and join the pieces.
    ### BEGIN SOLUTION
    if target_in_train + n_dev > n_target or n_train_dev > n_source + target_in_train:
        raise ValueError("there are not enough examples")
    source = rng.permutation(n_source)
    target = n_source + rng.permutation(n_target)
    share = target_in_train / (n_source + target_in_train)  # equivalent "1e-08 added under the division": ties are free
    from_target = round(n_train_dev * share)
    from_source = n_train_dev - from_target
    return {
        "train": np.concatenate([source[from_source:], target[from_target:target_in_train]]),
        "train_dev": np.concatenate([source[:from_source], target[:from_target]]),
        "dev": target[target_in_train : target_in_train + n_dev],
        "test": target[target_in_train + n_dev :],
    }
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `rng.permutation(n)` has the numbers 0 to n - 1 in random order. The target examples begin at `n_source`.
# </details>
# <details><summary>Hint 2</summary>
#
# In the shuffled target numbers, the first few go to train-dev, the next to train (together `target_in_train`), the next `n_dev` to dev, the rest to test. `round` gives the nearest whole number.
# </details>

# %% check="make_train_dev_split" points=2
with checks.exercise("make_train_dev_split"):
    rng = np.random.default_rng(1)
    what, names = "make_train_dev_split(8, 6, 2, 5, 2, rng)", ["train", "train_dev", "dev", "test"]
    for _ in range(5):
        parts = make_train_dev_split(8, 6, 2, 5, 2, rng)
        checks.keys(what, parts, names)
        together = sorted(int(index) for name in names for index in parts[name])
        checks.equal(f"all numbers of {what}, sorted", together, list(range(14)))
        for name, source, target in (("train", 4, 1), ("train_dev", 4, 1), ("dev", 0, 2), ("test", 0, 2)):
            kinds = [sum(int(index < 8) for index in parts[name]), sum(int(index >= 8) for index in parts[name])]
            checks.equal(f"the numbers of source and target examples in {name} of {what}", kinds, [source, target])
    checks.raises("5 target examples to train, 2 to dev, of 6", ValueError, make_train_dev_split, 8, 6, 5, 5, 2, rng)
    checks.raises("11 of 10 to train-dev", ValueError, make_train_dev_split, 8, 6, 2, 11, 2, rng)
    ### BEGIN HIDDEN TESTS

    def hold(sizes, rng):
        what = f"make_train_dev_split{sizes}, with rng at the end"
        parts = make_train_dev_split(*sizes, rng)
        checks.keys(what, parts, names)
        for name in names:
            array = parts[name]
            is_index = isinstance(array, np.ndarray) and array.ndim == 1 and array.dtype.kind in "iu"
            checks.that(is_index, f"{what}: {name} must be an array of whole numbers with one axis")
        n_source, n_target, in_train, n_train_dev, n_dev = sizes
        found = np.sort(np.concatenate([parts[name] for name in names])).tolist()
        checks.that(found == list(range(n_source + n_target)), f"{what}: each example must be in exactly one set")
        size = [len(parts[name]) for name in names]
        wanted = [n_source + in_train - n_train_dev, n_train_dev, n_dev, n_target - in_train - n_dev]
        checks.equal(f"the sizes of {what}", size, wanted)
        clean = any((parts[name] < n_source).any() for name in ("dev", "test"))
        checks.that(not clean, f"{what}: a source example is in dev or test")
        count, share = (parts["train_dev"] >= n_source).sum(), n_train_dev * in_train / (n_source + in_train)
        near = abs(count - share) <= 0.5 + 1e-9
        checks.that(near, f"{what}: train-dev has {count} target examples, expected about {share:.4g}")
        return parts

    rng = np.random.default_rng(2)
    edges = [(1, 1, 0, 0, 0), (1, 1, 1, 2, 0), (1, 1, 1, 1, 0), (1, 1, 0, 1, 1), (9, 5, 5, 14, 0), (9, 5, 0, 3, 5)]
    edges += [(7, 9, 3, 4, 0), (3, 200, 120, 50, 30), (2000, 150, 100, 900, 20), (30, 40, 20, 49, 20)]
    for sizes in edges:
        hold(sizes, rng)
    for _ in range(150):
        n_source, n_target, in_train = int(rng.integers(1, 40)), int(rng.integers(1, 40)), int(rng.integers(0, 20))
        in_train = min(in_train, n_target)
        hold((n_source, n_target, in_train, int(rng.integers(0, n_source + in_train + 1)), n_target - in_train), rng)
    checks.unchanged(make_train_dev_split, 20, 30, 10, 12, 7, np.random.default_rng(3))
    rounds, where = 800, {name: np.zeros((800, 17)) for name in names}
    for number in range(rounds):
        parts = hold((8, 9, 4, 6, 3), rng if number % 2 else np.random.default_rng([5, number]))
        for name in names:
            where[name][number, parts[name]] = 1
    # Of a set with k of n examples of a kind, each is in with k/n, each two with k (k - 1) / (n (n - 1)).
    kinds = {"source": (slice(0, 8), 8, {"train": 4, "train_dev": 4})}
    kinds["target"] = (slice(8, 17), 9, {"train": 2, "train_dev": 2, "dev": 3, "test": 2})
    for kind, (rows, n, counts) in kinds.items():
        for name, k in counts.items():
            inside = where[name][:, rows]
            together, pair = inside.T @ inside / rounds, k * (k - 1) / n / (n - 1)
            expected = np.where(np.eye(n) > 0, k / n, pair)
            far = np.abs(together - expected) / np.sqrt(expected * (1 - expected) / rounds)
            words = f"make_train_dev_split: some {kind} examples, or pairs, are in {name} more often than others"
            checks.that(far.max() < 5, words)
    cross = where["train_dev"][:, :8].T @ where["dev"][:, 8:] / rounds - 4 / 8 * 3 / 9
    apart = np.abs(cross).max() < 5 * np.sqrt(1 / 6 * 5 / 6 / rounds)
    checks.that(apart, "make_train_dev_split: the draw of the source examples repeats in the target examples")
    drawn = [int(make_train_dev_split(2, 6, 2, 1, 1, rng)["dev"][0]) for _ in range(4000)]
    checks.equally_probable("the one dev example of six", drawn, 6)
    for sizes in ((8, 6, 4, 3, 3), (8, 6, 7, 3, 0), (8, 6, 0, 3, 7), (8, 6, 0, 9, 2), (1, 1, 1, 3, 0), (8, 6, 6, 3, 1)):
        checks.raises(f"make_train_dev_split{sizes}", ValueError, make_train_dev_split, *sizes, rng)
    ### END HIDDEN TESTS

# %% [markdown]
# Both options on our pictures. The error that counts is the one on 2,000 new phone pictures.

# %%
shuffled = np.random.default_rng(1).permutation(8000)
option_1 = {"train": shuffled[1000:], "dev": shuffled[:500]}
option_2 = make_train_dev_split(7000, 1000, 500, 500, 250, np.random.default_rng(1))
for name, parts in (("option 1", option_1), ("option 2", option_2)):
    parameters = fit_classifier(inputs(pool[parts["train"]]), labels[parts["train"]])
    seen = error_rate(inputs(pool[parts["dev"]]), labels[parts["dev"]], parameters)
    real = error_rate(inputs(phones_test), truths_test, parameters)
    share = np.mean(parts["dev"] >= 7000)
    print(f"{name}: {share:4.0%} of dev from phones; dev error {seen:.3f}, error for the users {real:.3f}")

# %% [markdown]
# *What to notice.* Both systems read about every second phone picture wrongly. With option 2 the dev set says so. With option 1 it shows an error that is less than a third of the real one: the few phone pictures hide among the clean ones.
#
# Option 1 has the better system here by a little, because it trains on more phone pictures. That is the price of option 2: some phone pictures are needed to measure.
#
# ## 2. Four gaps
#
# *The dev error is 10 %, the training error 1 %. Is this variance?*
#
# It was, as long as both sets had one distribution. Now two things change at once from train to dev: the examples are *new*, and they are of *another kind*. The train-dev set separates the two. With the error rate $e_\text{human}$ of people there are four gaps:
#
# | gap | computed as | what it means |
# |---|---|---|
# | avoidable bias | $e_\text{train} - e_\text{human}$ | the network does not fit the training set |
# | variance | $e_\text{train-dev} - e_\text{train}$ | it does not generalise to new data of the same kind |
# | data mismatch | $e_\text{dev} - e_\text{train-dev}$ | the data of the users are another kind |
# | overfitting to dev | $e_\text{test} - e_\text{dev}$ | so many decisions were made on dev that it flatters |
#
# *On paper.* A system of the lecture has 1 % in training, 1.5 % on train-dev, 10 % on dev; people make hardly any mistakes. Add a test error of 11 %. The gaps are 0.01, 0.005, 0.085 and 0.01. The largest is the data mismatch, although the dev error alone looked like variance.
#
# A gap can be **negative**. In the lecture's speech example, people have 4 %, training 7 %, train-dev 10 %, dev 6 %: the gap of data mismatch is $-0.04$. The users' data are then *easier* than the training data. This is worth knowing; it is nothing to repair.
#
# ### Exercise 2: `gap_table` and `diagnose`


# %% exercise="gap_table"
def gap_table(human, train, train_dev, dev, test):
    """The four gaps from human-level error to test error.

    Args:
        human, train, train_dev, dev, test: error rates, numbers from 0 to 1 (shares, not per cents).

    Returns:
        A dict with the keys "avoidable bias", "variance", "data mismatch" and "overfitting to dev": the gaps, numbers,
        perhaps negative.

    Raises:
        ValueError: an error rate is below 0 or above 1.
    """
    # 1. Refuse what is no share. 2. Each error minus the one before it in the chain.
    ### BEGIN SOLUTION
    errors = (human, train, train_dev, dev, test)
    if min(errors) < 0 or max(errors) > 1:
        raise ValueError("an error rate must be a share from 0 to 1")
    return {
        "avoidable bias": train - human,
        "variance": train_dev - train,
        "data mismatch": dev - train_dev,
        "overfitting to dev": test - dev,
    }
    ### END SOLUTION


# %% exercise="diagnose"
def diagnose(gaps):
    """Which gap is the largest, and which ones are negative.

    Args:
        gaps: a dict with the keys of gap_table, in any order; numbers.

    Returns:
        A tuple (largest, negative):
        largest: the name of the largest gap; of equal ones the first in the order avoidable bias, variance, data
        mismatch, overfitting to dev. None if no gap is above 0.
        negative: a list of the names of the gaps below 0, in this order too; perhaps empty.
    """
    # 1. Write down the order. 2. The first of the largest. 3. Is it above 0? 4. Which ones are below 0?
    ### BEGIN SOLUTION
    order = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    largest = max(order, key=lambda name: gaps[name])
    return (largest if gaps[largest] > 0 else None), [name for name in order if gaps[name] < 0]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `max(order, key=gaps.get)` is the first name in the list `order` whose gap is the largest. Take the order of the docstring, not that of the dict.
# </details>

# %% check="gap_table" points=1
with checks.exercise("gap_table"):
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    found = gap_table(0.005, 0.01, 0.02, 0.1, 0.11)
    checks.keys("gap_table(0.005, 0.01, 0.02, 0.1, 0.11)", found, names)
    for name, gap in zip(names, (0.005, 0.01, 0.08, 0.01), strict=True):
        checks.close(f'"{name}" of gap_table(0.005, 0.01, 0.02, 0.1, 0.11)', found[name], gap)
    easy = gap_table(0.04, 0.07, 0.1, 0.06, 0.06)
    checks.close("data mismatch where the users' data are easier", easy["data mismatch"], -0.04)
    checks.raises("gap_table in per cents", ValueError, gap_table, 0.5, 1, 1.5, 10, 11)
    ### BEGIN HIDDEN TESTS

    def by_differences(human, train, train_dev, dev, test):
        return dict(zip(names, np.diff([human, train, train_dev, dev, test]).tolist(), strict=True))

    def errors(rng, scale):
        return tuple(rng.uniform(0, 1 / scale, 5).tolist())

    cases = {"with whole numbers": (0, 1, 0, 1, 1), "all equal": (0.3,) * 5, "all 0": (0,) * 5, "all 1": (1.0,) * 5}
    cases |= {"with falling errors": (0.9, 0.5, 0.4, 0.2, 0.1), "with tiny errors": (0, 1e-9, 3e-9, 4e-9, 9e-9)}
    checks.agrees(gap_table, by_differences, errors, sizes={"scale": 1000}, cases=cases)
    for place in range(5):
        for bad in (-0.1, 1.01, 5):
            given = [0.2, 0.3, 0.25, 0.4, 0.1]
            given[place] = bad
            checks.raises(f"gap_table{tuple(given)}", ValueError, gap_table, *given)
    ### END HIDDEN TESTS

# %% check="diagnose" points=1
with checks.exercise("diagnose"):
    names = ["avoidable bias", "variance", "data mismatch", "overfitting to dev"]
    as_dict = lambda *values: dict(zip(names, values, strict=True))  # noqa: E731
    for gaps, largest, negative in (
        ((0.01, 0.005, 0.085, 0.01), "data mismatch", []),
        ((0.03, 0.02, -0.04, 0), "avoidable bias", ["data mismatch"]),
        ((0.01, 0.25, 0.02, 0.25), "variance", []),
        ((-0.5, 0.125, 0.0, -0.25), "variance", ["avoidable bias", "overfitting to dev"]),
        ((0, -0.02, 0, 0), None, ["variance"]),
    ):
        found = checks.results(f"diagnose of the gaps {gaps}", diagnose(as_dict(*gaps)), ["largest", "negative"])
        checks.equal(f"largest of diagnose, gaps {gaps}", found[0], largest)
        checks.equal(f"negative of diagnose, gaps {gaps}", list(found[1]), negative)
    ### BEGIN HIDDEN TESTS

    def by_sorting(gaps):
        ranked = sorted((-gaps[name], number, name) for number, name in enumerate(names))
        below = [number for number, name in enumerate(names) if gaps[name] < 0]
        return (ranked[0][2] if ranked[0][0] < 0 else None), [names[number] for number in below]

    rng = np.random.default_rng(3)
    tried = [(rng.integers(-3, 4, 4) / 8).tolist() for _ in range(200)] + rng.normal(0, 0.1, (100, 4)).tolist()
    tried += [(1e-9, 0, 0, 0), (-1e-9, 0, 0, 1e-12), (0, 0, 0, 0), (-1, -2, -1, -3), (0, 0, 0, 1), (1, 1, 1, 1)]
    tried += [(0.1, 0.1 + 1e-12, 0.1, 0), (-0.0, -0.0, -0.0, -0.0)]
    for values in tried:
        given = {names[k]: values[k] for k in rng.permutation(4)}
        found = checks.results(f"diagnose({given})", diagnose(dict(given)), ["largest", "negative"])
        checks.equal(f"largest of diagnose({given})", found[0], by_sorting(given)[0])
        checks.length(f"negative of diagnose({given})", found[1], len(by_sorting(given)[1]))
        checks.equal(f"negative of diagnose({given})", list(found[1]), by_sorting(given)[1])
    checks.unchanged(diagnose, as_dict(0.1, -0.2, 0.3, 0.0))
    ### END HIDDEN TESTS

# %% [markdown]
# Six digit readers follow, four of them with a known fault. In the fourth, the phone pictures of the dev set have slipped into the training set, a mistake that happens often. (Another way to overfit to dev, the choice among many networks, is in [week 1](../week1_ml_strategy_1/01_orthogonalization.ipynb).) The last reader trains on clean *and* phone pictures, but its users send clean ones.

# %%
train, train_dev = slice(0, 6000), slice(6000, 7000)  # clean pictures of the pool
X, X_test, X_phones_test = inputs(pool), inputs(images_test), inputs(phones_test)
dev, test = (inputs(images[order[7000:]]), labels[7000:]), (X_test, truths_test)
phone_dev, phone_test = (X[:, 7500:], labels[7500:]), (X_phones_test, truths_test)
clean, few = (X[:, train], labels[train]), (X[:, :300], labels[:300])
mixed = pool[:7000].copy()
mixed[::2] = phone(mixed[::2], rng)
both, both_dev = (inputs(mixed[train]), labels[train]), (inputs(mixed[train_dev]), labels[train_dev])
same = (X[:, train_dev], labels[train_dev])

leak = [np.concatenate([a, *[b] * 6], axis=-1) for a, b in zip(clean, phone_dev, strict=True)]

only_clean = fit_classifier(*clean)
readers = {
    "three hidden units": (fit_classifier(*clean, (3,)), clean, same, dev, test),
    "300 pictures": (fit_classifier(*few), few, same, dev, test),
    "users with phones": (only_clean, clean, same, phone_dev, phone_test),
    "dev in training": (fit_classifier(*leak), clean, same, phone_dev, phone_test),
    "nothing broken": (fit_classifier(*clean, (128,), steps=1000, l2=0.001), clean, same, dev, test),
    "easier users": (fit_classifier(*both, (128,), steps=800), both, both_dev, dev, test),
}

# %%
LEVELS = ("people", "train", "train-dev", "dev", "test")
figure, axes = plt.subplots(2, 3, figsize=(8, 5), sharex=True, sharey=True)
for axis, (name, (parameters, *sets)) in zip(axes.flat, readers.items(), strict=True):
    errors = [0.01] + [error_rate(*each, parameters) for each in sets]
    gaps = gap_table(*errors)
    largest, negative = diagnose(gaps)
    print(f"{name:19} " + ", ".join(f"{key} {gap:+.3f}" for key, gap in gaps.items()))
    for k in range(1, 5):
        color = plots.COLORS[1] if list(gaps)[k - 1] == largest else plots.COLORS[0]
        axis.bar(k, errors[k] - errors[k - 1], bottom=errors[k - 1], color=color, width=0.5)
    axis.step(range(5), errors, where="mid", color="black", linewidth=1, linestyle="-")
    axis.set_title(f"{name}:\n{largest}", fontsize=9)
    axis.set_xticks(range(5), LEVELS, rotation=60, fontsize=8)
for axis in axes[:, 0]:
    axis.set(ylabel="error rate", ylim=(0, 0.8))
figure.suptitle("The largest step of the ladder (orange) names the fault", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The black line is the error from people to test; each bar is a gap. In the first four readers the orange bar stands at the planted fault. As far as train-dev, "users with phones" looks like a good reader: only the step to dev shows its fault.
#
# In "nothing broken" some gap is the largest, too; it is just small. "Easier users" has a bar that goes *down*: its data mismatch is negative. Its variance comes mostly from phone pictures, which its users never send. So the largest gap is not always the one to work on.
#
# ### The table of both kinds
#
# The lecture puts the errors into a table with one column for each kind of data. The first column is the ladder as far as train-dev. The second one tells how hard the users' data are. We have no people for phone pictures. In their place stands the best reader that we have: it learned from five times as many pictures, most of them from phones. That is an assumption: people may do better.

# %%
from_phones = slice(7000, 7500)
few_phones = (X[:, from_phones], labels[from_phones])
six_times = fit_classifier(*[np.concatenate([a, *[b] * 6], axis=-1) for a, b in zip(clean, few_phones, strict=True)])
rng = np.random.default_rng(2)
everything = np.concatenate([pool[train]] + [phone(pool[train], rng) for _ in range(4)])
best = fit_classifier(inputs(everything), np.tile(labels[train], 5), (128,), steps=1500)
rows = {"best known reader": (best, test, phone_test)}
rows["reader, trained on"] = (six_times, clean, few_phones)
rows["reader, not trained on"] = (six_times, same, phone_dev)
print(f"{'':24} clean  phone   (the reader learned 6,000 clean pictures and 500 from phones, each six times)")
for name, (parameters, *columns) in rows.items():
    print(f"{name:24} " + "  ".join(f"{error_rate(*column, parameters):.3f}" for column in columns))

# %% [markdown]
# *What to notice.* Read the second column from top to bottom. Phone pictures are harder for every reader, so a part of the data mismatch cannot be removed. But the reader makes nearly no mistakes on the 500 phone pictures that it was trained on, and very many on new ones. Within the phone pictures this is *variance*: 500 of them are too few. The remedy is more phone pictures, collected or made.
#
# ## 3. Making target data
#
# *Phone pictures are rare, clean ones are not. Can we make the one from the other?*
#
# The lecture adds the noise of a car to clean speech. Let a clean recording be a row of $T$ numbers $x_t$, and let the noise be a recording of $n$ numbers $v_0, \dots, v_{n-1}$. From a start $s$ on, we read the noise forward; after its last number we go on with its first:
#
# $$u_t = v_{(s + t) \bmod n}, \qquad t = 0, \dots, T - 1 .$$
#
# How loud should it be? The **power** of a signal is the mean of its squares. The **signal-to-noise ratio** (SNR) is counted in decibels (dB). 0 dB means equal powers, and every 10 dB more means a tenth of the noise's power:
#
# $$\text{SNR} = 10 \log_{10} \frac{\text{power of } x}{\text{power of } g u} .$$
#
# Here $g \geq 0$ is the factor (the **gain**) by which we multiply the noise. The noisy signal is $x + g u$. The power of $g u$ is $g^2$ times that of $u$.
#
# *On paper.* $x = (3, -4, 0)$, noise $v = (2, 1)$, start $s = 1$, SNR 0 dB. Then $u = (1, 2, 1)$: it goes around twice. The powers are $25/3$ and $6/3 = 2$. Equal powers need $g^2 \cdot 2 = 25/3$, so $g \approx 2.041$, and $x + g u \approx (5.041, 0.082, 2.041)$. For 20 dB the gain is a tenth of that.
#
# ### Exercise 3: `synthesize`


# %% exercise="synthesize"
def synthesize(clean, noise, starts, snr):
    """Clean signals with noise from a recording.

    Args:
        clean: floats or whole numbers (also int16, as sound is stored), shape (m, T): a signal in each row.
        noise: floats or whole numbers (also int16), shape (n,), n >= 1: the recording. It may be shorter than T.
        starts: whole numbers (m,), from 0 to n - 1: where in the recording the noise of each row begins. After its last
            number, it goes on with its first one, as often as needed.
        snr: the signal-to-noise ratio of each row in dB, a number.

    Returns:
        The noisy signals, floats (m, T), not clipped or rounded. A row of zeros stays as it is.

    Raises:
        ValueError: the noise of a row is silent (all its T numbers are 0).
    """
    # 1. Compute with floats. 2. Which numbers of the recording belong to each row? 3. The powers of each row.
    # 4. The gain from the definition of the SNR.
    ### BEGIN SOLUTION
    clean, noise = clean.astype(float), noise.astype(float)
    used = noise[(starts[:, None] + np.arange(clean.shape[1])) % len(noise)]
    power = np.mean(used**2, axis=1)
    if np.any(power == 0):
        raise ValueError("the noise of a row is silent")
    gain = np.sqrt(np.mean(clean**2, axis=1) / power / 10 ** (snr / 10))
    return clean + gain[:, None] * used
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `starts[:, None] + np.arange(T)` has the shape (m, T). The rest of a division by n (`%`) brings every index back into the recording.
# </details>
# <details><summary>Hint 2</summary>
#
# From the definition, $g^2 = \text{power of } x \,/\, (\text{power of } u \cdot 10^{\text{SNR}/10})$. Each row has its own gain. The square of a large int16 number does not fit into int16: convert first.
# </details>

# %% check="synthesize" points=2
with checks.exercise("synthesize"):
    clean, noise = np.array([[3.0, -4.0, 0.0], [0.0, 1.0, 2.0]]), np.array([2.0, 1.0])
    checks.unchanged(synthesize, clean, noise, np.array([1, 0]), 0)
    slips = {"10 dB are a factor of 10 in power, not in the gain": [[3.02041241, -3.95917517, 0.02041241]]}
    slips |= {"20 dB make the noise weaker, not stronger": [[23.4124145, 36.8248290, 20.4124145]]}
    found = synthesize(clean[:1], noise, np.array([1]), 20)
    checks.close("row 0 with start 1, 20 dB", found, [[3.204124, -3.591752, 0.204124]], rtol=1e-5, mistakes=slips)
    slips = {"each row has its own gain": [[4.41421356, -1.17157288, 1.41421356], [2.82842712, 2.41421356, 4.82842712]]}
    found = synthesize(clean, noise, np.array([1, 0]), 0)
    wanted = [[5.041241, 0.082483, 2.041241], [1.490712, 1.745356, 3.490712]]
    checks.close("both rows with starts 1 and 0, 0 dB", found, wanted, rtol=1e-4, mistakes=slips)
    checks.raises("with silent noise", ValueError, synthesize, clean, np.zeros(4), np.array([1, 0]), 0)
    loud = synthesize(np.array([[20000, -20000]], np.int16), np.array([9000], np.int16), np.array([0]), 20)
    slips = {"squares of int16 overflow": [[23209.601, -16790.399]]}
    checks.close("with int16", loud, [[22000, -18000]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def number_by_number(clean, noise, starts, snr):
        noisy = np.zeros(clean.shape)
        for row in range(len(clean)):
            x = [float(value) for value in clean[row]]
            u = [float(noise[(int(starts[row]) + t) % len(noise)]) for t in range(len(x))]
            gain = math.hypot(*x) / math.hypot(*u) * 10 ** (-float(snr) / 20)
            noisy[row] = [a + gain * b for a, b in zip(x, u, strict=True)]
        return noisy

    def recordings(rng, m, T, n):
        v = (0.6 + rng.exponential(1, n)) * rng.choice([-1, 1], n)
        return rng.normal(0, 2, (m, T)) * rng.uniform(0.1, 5, (m, 1)), v, rng.integers(0, n, m), float(rng.normal(0, 9))

    rng = np.random.default_rng(4)
    x, v, s, _ = recordings(rng, 4, 9, 25)
    cases = {f"with {snr} dB": (x, v, s, snr) for snr in (-30, 0, 3, 60, 100.5)}
    sound = rng.integers(-32768, 32768, (3, 50)).astype(np.int16)
    cases |= {"with int16": (sound, rng.integers(-32768, 32768, 70).astype(np.int16), np.array([69, 0, 30]), 5)}
    cases |= {"with pixels (uint8)": (np.abs(sound).astype(np.uint8), np.array([200, 3], np.uint8), s[:3] % 2, 5)}
    cases |= {"with tiny noise": (x, v * 1e-20, s, 5.0), "with loud noise": (x, v * 1e9, s, 5.0)}
    cases |= {"with a row of zeros": (x * np.array([[1], [0], [1], [0]]), v, s, 5.0)}
    gaps = np.array([0.0, 0, 0, 2, 0, 0])
    cases |= {"where noise is 0 here and there": (x, gaps, np.array([0, 5, 3, 4]), 5.0)}
    cases |= {"with noise that is not centred": (x, v + 9, s, 5.0), "with clean that is not": (x + 9, v, s, 5.0)}
    cases |= {"with the same start": (x, v, np.array([7, 7, 7, 7]), 5.0), "from the end": (x, v, s * 0 + 24, 5.0)}
    domain = {"sizes": {"m": 120, "T": 130, "n": 110}, "real": {"clean": 1e6}, "types": ["clean", "noise"]}
    checks.agrees(synthesize, number_by_number, recordings, cases=cases, **domain)
    for start in ([2, 3, 2, 4], [4, 2, 3, 2], [2, 1, 3, 3]):
        checks.raises("where one row has silence", ValueError, synthesize, x[:, :2], gaps, np.array(start), 5.0)
    checks.raises("silent noise for zeros", ValueError, synthesize, 0 * x, 0 * v, s, 5.0)
    ### END HIDDEN TESTS

# %% [markdown]
# First the lecture's case: speech. The word comes from a recording; the noise is drawn, pink noise as wind and fans make it.

# %%
word, hum = data.load_spoken_words().waves[0][None, :], data.make_noise(2.0)
seconds = np.arange(word.shape[1]) / hum.rate
figure, axes = plt.subplots(1, 3, figsize=(8, 2.6), sharey=True)
for axis, snr in zip(axes, (30, 10, 0), strict=True):
    noisy = synthesize(word, hum.wave, np.array([5000]), snr)
    axis.plot(seconds, noisy[0], linewidth=0.5, linestyle="-")
    axis.plot(seconds, word[0], linewidth=0.5, linestyle="-")
    axis.set(title=f"{snr} dB", xlabel="seconds")
axes[0].set_ylabel("pressure (16-bit units)")
figure.suptitle("A word (orange) in noise (blue): at 0 dB both have the same power", fontsize=11)
plt.show()

# %% [markdown]
# ## 4. Which cure helps, and which one deceives?
#
# *The reader of clean digits fails on phones. What is the best use of what we have?*
#
# Pictures are signals, too: a row of $28 \cdot 28 = 784$ numbers. We compare several training sets on the 2,000 phone pictures: the 500 phone pictures of training, once or six times; and pictures made from clean ones, by one part of what phones do (blur without noise; shift) or by all of it. To make phone pictures, we use your function: shift, blur, then noise at 3.5 dB.


# %%
def blur(images):
    """Means over 9 x 9 pixels, the middle weighing more, as phones have them, without the noise."""
    for axis in (1, 2, 1, 2):
        images = sum(np.roll(images, step, axis) for step in range(-2, 3)) / np.float32(5)
    return images


def with_noise(images, recording, rng, snr=3.5):
    """Noise for pictures (m, 28, 28), from a recording of whole pictures; each takes one of these at random."""
    starts = 784 * rng.integers(0, len(recording) // 784, len(images))
    noisy = synthesize(images.reshape(-1, 784), recording, starts, snr)
    return noisy.reshape(-1, 28, 28).astype(np.float32)


rng = np.random.default_rng(3)
originals, y = pool[train], labels[train]
shifted = corrupt(originals, "shifted", rng)
made = with_noise(blur(shifted), rng.normal(0, 1, 784 * 1000), rng)
phones, y_phones = pool[from_phones], labels[from_phones]
added = {
    "clean ones alone": (originals, y),
    "+ blurred ones": (blur(originals), y),
    "+ 500 from phones": (phones, y_phones),
    "+ 500 from phones, six times": (np.tile(phones, (6, 1, 1)), np.tile(y_phones, 6)),
    "+ shifted ones": (shifted, y),
    "+ made as phones make them": (made, y),
}

# %%
errors = {}
for name, (more, more_labels) in added.items():
    both_X = np.concatenate([X[:, train], inputs(more)], axis=1)
    parameters = fit_classifier(both_X, np.concatenate([y, more_labels]))
    errors[name] = [error_rate(X_phones_test, truths_test, parameters), error_rate(*same, parameters)]
    print(f"{name:30} phones {errors[name][0]:.3f}, new clean pictures {errors[name][1]:.3f}")
figure, axis = plt.subplots(figsize=(7.5, 3.2))
axis.barh(list(errors), [pair[0] for pair in errors.values()], height=0.5, label="phones (test)")
axis.plot([pair[1] for pair in errors.values()], range(len(errors)), "D", color="black", label="clean (train-dev)")
axis.invert_yaxis()
axis.set(xlabel="error rate", title="Made pictures help most, if they are made in the right way")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Blur is what catches the eye in a phone picture, and yet blurred copies bring next to nothing. The shift was the difficulty: shifted copies alone bring more than 500 real phone pictures. So error analysis first: find out *what* is different. Real phone pictures help more if they have more weight (six times). Pictures made by the whole process more than halve the error, and none of the cures harms the clean pictures by much.
#
# ### The trap
#
# The lecture warns: 10,000 hours of speech and *one* hour of car noise sound fine to a person. But the network may learn this one hour by heart. We measure it. Readers learn from 6,000 made pictures. The noise comes from a recording of 1, 8, 100 or 1,000 pictures. Each reader is tried on **its own** dev set, which is made from new digits with *the same recording*, and on the phones.

# %%
digits_dev = blur(corrupt(pool[train_dev], "shifted", rng))
sizes, trap = (1, 8, 100, 1000), []
for size in sizes:
    recording = rng.normal(0, 1, 784 * size)
    parameters = fit_classifier(inputs(with_noise(blur(shifted), recording, rng)), y)
    own = error_rate(inputs(with_noise(digits_dev, recording, rng)), labels[train_dev], parameters)
    trap.append([own, error_rate(X_phones_test, truths_test, parameters)])
    print(f"{size:5} noise pictures: own dev {trap[-1][0]:.3f}, phones {trap[-1][1]:.3f}")
figure, axis = plt.subplots(figsize=(6, 3.4))
for marker, line, name in zip("os", np.transpose(trap), ("own dev set", "phones (test)"), strict=True):
    axis.plot(sizes, line, marker=marker, label=name)
axis.set(xscale="log", xlabel="different noise pictures", ylabel="error rate", ylim=(0, 0.5))
axis.set_title("With one noise picture, the own dev set deceives")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* With one noise picture, the own dev set looks *better* than all others, and the phones look worse: a gap of more than 0.1. The reader has learned this very noise. Nobody sees it in the pictures. Only a dev set of real phone pictures shows it, which is one more reason for option 2.
#
# The cure is cheap here: already 8 noise pictures close most of the gap. How many are enough depends on the task.
#
# ## 5. Are two sets from one distribution?
#
# *You made pictures. Are they like those of the phones? Is the new delivery of data like the old one?*
#
# **Ask a classifier.** Give it examples of both sets and let it learn to tell one from the other (Lopez-Paz and Oquab 2017). If the sets have one distribution, no classifier can do better than guessing on *new* examples. If it does clearly better, they differ.
#
# So we need two halves: one to fit, and one **held out** to count the right answers. Both halves hold as many examples of one set as of the other; otherwise a classifier that always names the larger set would be right in more than half.
#
# *On paper.* Training set with 7 columns, dev set with 5. The smaller number is 5, half of it, rounded down, is 2. To fit: columns 0 and 1 of training, columns 0 and 1 of dev. Held out: columns 2 and 3 of training, columns 2 and 3 of dev. The labels are 0, 0, 1, 1 in both. The remaining columns are not used.
#
# ### Exercise 4: `two_sample_data`


# %% exercise="two_sample_data"
def two_sample_data(X_train, X_dev):
    """The data of a classifier that shall tell dev examples from training examples.

    Args:
        X_train: floats or whole numbers (n_x, m_train), m_train >= 2; the columns are in random order.
        X_dev: floats or whole numbers (n_x, m_dev), m_dev >= 2; the columns are in random order.

    Returns:
        A tuple (X_fit, labels_fit, X_held, labels_held). Let h be half of the smaller number of columns, rounded down.
        X_fit: (n_x, 2 h), the columns 0, ..., h - 1 of X_train, then those of X_dev.
        X_held: (n_x, 2 h), the columns h, ..., 2 h - 1 of X_train, then those of X_dev.
        labels_fit, labels_held: arrays of whole numbers (2 h,), 0 for training examples and 1 for dev examples.
    """
    # 1. How many columns can both give to each half? 2. Put the columns side by side. 3. The labels.
    ### BEGIN SOLUTION
    h = min(X_train.shape[1], X_dev.shape[1]) // 2
    X_fit = np.concatenate([X_train[:, :h], X_dev[:, :h]], axis=1)
    X_held = np.concatenate([X_train[:, h : 2 * h], X_dev[:, h : 2 * h]], axis=1)
    return X_fit, np.repeat([0, 1], h), X_held, np.repeat([0, 1], h)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.concatenate([A, B], axis=1)` puts columns side by side. `np.repeat([0, 1], 3)` is 0, 0, 0, 1, 1, 1.
# </details>

# %% check="two_sample_data" points=1
with checks.exercise("two_sample_data"):
    A = np.arange(14.0).reshape(2, 7)
    B = 100 - np.arange(10.0).reshape(2, 5)
    checks.unchanged(two_sample_data, A, B)
    names = ["X_fit", "labels_fit", "X_held", "labels_held"]
    X_fit, labels_fit, X_held, labels_held = checks.results("two_sample_data(A, B)", two_sample_data(A, B), names)
    checks.close("X_fit", X_fit, [[0, 1, 100, 99], [7, 8, 95, 94]])
    slips = {"these are the columns to fit": [[0, 1, 100, 99], [7, 8, 95, 94]]}
    checks.close("X_held", X_held, [[2, 3, 98, 97], [9, 10, 93, 92]], mistakes=slips)
    slips = {"1 stands for dev": [1, 1, 0, 0]}
    checks.close("labels_fit", labels_fit, [0, 0, 1, 1], mistakes=slips)
    checks.close("labels_held", labels_held, [0, 0, 1, 1], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def column_by_column(X_train, X_dev):
        fit, held = ([], []), ([], [])
        h = min(len(X_train.T), len(X_dev.T)) // 2
        for label, X in enumerate((X_train, X_dev)):
            for number in range(2 * h):
                columns, kinds = fit if number < h else held
                columns.append(X[:, number])
                kinds.append(label)
        return np.stack(fit[0], axis=1), np.array(fit[1]), np.stack(held[0], axis=1), np.array(held[1])

    def two_sets(rng, n_x, m_train, m_dev):
        return rng.normal(0, 3, (n_x, m_train)), rng.normal(1, 3, (n_x, m_dev))

    sizes = {"n_x": 110, "m_train": (2, 1010), "m_dev": (2, 1030)}
    domain = {"real": {"X_train": 1e9, "X_dev": 1e9}, "types": ["X_train", "X_dev"]}
    rng = np.random.default_rng(5)
    cases = {"with 600 columns each": two_sets(rng, 2, 600, 600), "with 2 and 3 columns": two_sets(rng, 3, 2, 3)}
    cases |= {"with 3 columns each": two_sets(rng, 2, 3, 3), "with 7 and 6 columns": two_sets(rng, 2, 7, 6)}
    checks.agrees(two_sample_data, column_by_column, two_sets, sizes=sizes, cases=cases, returns=names, **domain)
    for part in (labels_fit, labels_held):
        checks.that(part.dtype.kind in "iu", "two_sample_data: the labels must be whole numbers")
    ### END HIDDEN TESTS

# %% [markdown]
# Now count. $c$ of $n$ held-out examples are named rightly. If each answer is right with probability $1/2$, independently, then the probability of $c$ or more right answers is
#
# $$p = \sum_{k=c}^{n} \binom{n}{k} \, 2^{-n} .$$
#
# This is the **p-value**. If it is at most 0.05, we say that the sets differ. We are then wrong in at most 5 % of the cases where they do *not* differ.
#
# Why may we take $1/2$? Let the sets have one distribution, and let the classifier say "dev" with probability $q$. On a dev example it is right with probability $q$, on a training example with $1 - q$; half of the held-out examples are of each set, so the mean is $1/2$ whatever $q$ is. The variance is $n q (1 - q)$, at most the $n/4$ of the formula. Hoeffding (1956) proved that large counts are then not likelier than the formula says (from one above the mean on). The assumption is that the examples are independent draws, with no copies in both sets.
#
# *On paper.* $c = 4$ of $n = 5$: $(5 + 1)/32 = 0.1875$. And $c = 5$: $1/32$.
#
# Below 1e-16, the way over "1 minus the rest" gives 0 or noise. Add the terms of the tail itself. In Python, whole numbers have as many digits as they need, and the quotient of two of them is rounded once, at the end.
#
# ### Exercise 5: `two_sample_p_value`


# %% exercise="two_sample_p_value"
def two_sample_p_value(correct, n):
    """The probability that at least so many of n answers are right, if each is right with probability 1/2.

    Args:
        correct: a whole number from 0 to n, Python's or NumPy's.
        n: how many answers there are, a whole number from 1 to some thousands, Python's or NumPy's.

    Returns:
        The probability, a number, right to 9 digits even where it is as small as 1e-100.

    Raises:
        ValueError: n is below 1, or correct is below 0 or above n.
    """
    # 1. Refuse wrong numbers. 2. How many of the 2**n outcomes have k right answers, for each k from correct to n?
    # 3. Divide their sum by the number of all outcomes.
    ### BEGIN SOLUTION
    correct, n = int(correct), int(n)
    if not 0 <= correct <= n or n < 1:
        raise ValueError(f"{correct} of {n} answers cannot be right")
    outcomes = sum(math.comb(n, k) for k in range(correct, n + 1))  # equivalent "1 → 2": comb(n, n + 1) is 0
    return outcomes / 2**n
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `math.comb(n, k)` is the binomial coefficient, a Python whole number of any size.
# NumPy's whole numbers have 64 bits: `2 ** np.int64(100)` is 0. Convert with `int(...)` first.
# </details>

# %% check="two_sample_p_value" points=2
with checks.exercise("two_sample_p_value"):
    slips = {"this is the probability of exactly 4": 0.15625, "at least 4 includes 4": 0.03125}
    slips |= {"this is two-sided": 0.375, "these are the few right answers": 0.96875}
    slips |= {"this is the normal approximation": 0.08985625}
    checks.close("two_sample_p_value(4, 5)", two_sample_p_value(4, 5), 0.1875, mistakes=slips)
    checks.close("two_sample_p_value(0, 7)", two_sample_p_value(0, 7), 1)
    checks.close("two_sample_p_value(60, 100)", two_sample_p_value(60, 100), 0.02844397, rtol=1e-6)
    checks.close("two_sample_p_value(200, 200), times 2**200", two_sample_p_value(200, 200) * 2.0**200, 1)
    checks.raises("two_sample_p_value(6, 5)", ValueError, two_sample_p_value, 6, 5)
    checks.raises("two_sample_p_value(0, 0)", ValueError, two_sample_p_value, 0, 0)
    ### BEGIN HIDDEN TESTS

    def by_products(correct, n):
        correct, n = int(correct), int(n)
        ways, total = 1, 0
        for k in range(n, correct - 1, -1):
            total += ways
            ways = ways * k // (n - k + 1)
        return total / (1 << n)

    def counted(rng, n):
        spread = int(3 * n**0.5) + 1
        return int(np.clip(n // 2 + rng.integers(-spread, spread), 0, n)), n

    cases = {f"with {c} of {n}": (c, n) for n in (1, 2, 7, 66) for c in range(n + 1)}
    cases |= {f"with {c} of 990": (c, 990) for c in (0, 400, 495, 600, 989, 990)}
    cases |= {f"with {c} of 4,000": (c, 4000) for c in (1900, 2100, 2600)}
    cases["with NumPy's numbers"] = (np.int64(70), np.int64(130))
    cases |= {
        "with NumPy's numbers": (np.int64(45), np.int64(61)),
        "with 1,000 of them": (np.int64(520), np.int64(1000)),
    }
    checks.agrees(two_sample_p_value, by_products, counted, sizes={"n": 3000}, cases=cases)
    for bad in ((-1, 4), (5, 4), (0, 0), (0, -3), (-3, -3), (-1, 0), (1, 0), (2001, 2000)):
        checks.raises(f"two_sample_p_value{bad}", ValueError, two_sample_p_value, *bad)
    ### END HIDDEN TESTS

# %% [markdown]
# Does the test keep its word? First we draw both sets from the clean pictures, 300 times, and count how often the test says that they differ. For comparison, we do it wrongly, and count the right answers on the very pictures that the classifier learned from. Then we put blurred or faint pictures into the second set, and count how often the test notices. This is its **power**.


# %%
def two_sample_test(X_train, X_dev, seed, hidden=(), held_out=True):
    """The p-value of the test by a classifier with these hidden units; () is logistic regression."""
    X_fit, labels_fit, X_held, labels_held = two_sample_data(X_train, X_dev)
    parameters = fit_classifier(X_fit, labels_fit, hidden, seed, classes=2, steps=100, l2=0.01)
    X_tried, tried = (X_held, labels_held) if held_out else (X_fit, labels_fit)
    return two_sample_p_value(np.sum(predict(X_tried, parameters) == tried), len(tried))


X_all, rng = inputs(images), np.random.default_rng(0)
alike = {True: [], False: []}
for seed in tqdm(range(300), desc="sets that are alike", file=sys.stdout):
    chosen = rng.permutation(8000)[:200]
    for held_out, found in alike.items():
        found.append(two_sample_test(X_all[:, chosen[:100]], X_all[:, chosen[100:]], seed, held_out=held_out) <= 0.05)
print(f"said to differ: {np.mean(alike[True]):.3f}; counted on the pictures to fit: {np.mean(alike[False]):.3f}")

# %%
settings = {
    "all blurred, logistic regression": ("blurred", 1.0, ()),
    "0.3 faint, logistic regression": ("faint", 0.3, ()),
    "0.3 blurred, logistic regression": ("blurred", 0.3, ()),
    "0.3 blurred, 32 hidden units": ("blurred", 0.3, (32,)),
}
sizes, rng, figure, axis = (50, 100, 200, 500), np.random.default_rng(1), *plt.subplots(figsize=(7, 3.8))
progress = tqdm(total=16, desc="power", file=sys.stdout)
for marker, (name, (kind, share, hidden)) in zip("osD^", settings.items(), strict=True):
    power = []
    for size in sizes:
        noticed = 0
        for seed in range(30):
            chosen = rng.permutation(8000)[: 2 * size]
            second, spoilt = images[chosen[size:]], rng.random(size) < share
            second[spoilt] = corrupt(second[spoilt], kind, rng)
            noticed += two_sample_test(X_all[:, chosen[:size]], inputs(second), seed, hidden) <= 0.05
        power.append(noticed / 30)
        progress.update()
    axis.plot(sizes, power, marker=marker, label=name)
progress.close()
axis.axhline(0.05, color="black", linewidth=1, linestyle=":")
axis.set(xscale="log", xlabel="examples in each set", ylabel="share of sets that are noticed", ylim=(0, 1.05))
axis.minorticks_off()
axis.set_xticks(sizes, [str(size) for size in sizes])
axis.set_title("More examples and a better classifier notice smaller shifts")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* On sets that are alike, the test is wrong in no more than 5 %. Counted on the pictures to fit, it would nearly always cry "different", because a classifier learns even meaningless labels by heart.
#
# A complete change is noticed with 100 pictures. If only 3 in 10 are blurred, logistic regression needs many more, and a network with hidden units needs fewer: the test is as good as its classifier. **A large p-value does not say that the sets are alike.** It says that this classifier saw no difference. And a small one says that they differ, not that this *matters* for your task.
#
# ## 6. The error on dev, without labels
#
# *The users' pictures have no labels yet. Can the labelled pictures tell the error that is to come?*
#
# Let $p_\text{train}(x)$ and $p_\text{dev}(x)$ be the densities of the inputs. We assume **covariate shift**: only the distribution of the inputs changes. Which label belongs to an input does not. Then a training example that is twice as frequent among the users should count twice. Its **importance weight** is $w(x) = p_\text{dev}(x) / p_\text{train}(x)$.
#
# We know neither density. But the classifier of section 5 knows their ratio! Trained on $n_\text{train}$ and $n_\text{dev}$ examples, a perfect one would say "dev" with the probability (Bayes)
#
# $$p = \frac{n_\text{dev} \, p_\text{dev}(x)}{n_\text{dev} \, p_\text{dev}(x) + n_\text{train} \, p_\text{train}(x)}, \qquad\text{so}\qquad \frac{p}{1 - p} = \frac{n_\text{dev}}{n_\text{train}} \, w(x) .$$
#
# *On paper.* 300 training and 100 dev examples. For $p = 0.25$: $\frac{0.25}{0.75} \cdot \frac{300}{100} = 1$. Such an input is as frequent in one set as in the other. For $p = 0.75$ the weight is 9, for $p = 0.1$ it is $1/3$.
#
# ### Exercise 6: `importance_weights`


# %% exercise="importance_weights"
def importance_weights(p_dev, n_train, n_dev):
    """How much more frequent each input is in dev than in training, by a classifier that tells the two apart.

    Args:
        p_dev: its probabilities that an input comes from dev, floats (m,), float64 or float32, each at least 0 and
            below 1.
        n_train, n_dev: how many training and dev examples the classifier was fitted on, whole numbers >= 1.

    Returns:
        The weights w = p_dev(x) / p_train(x) (the ratio of the densities), float64 (m,), also from float32.

    Raises:
        ValueError: a probability is below 0, or 1 or more.
    """
    # 1. Compute with float64. 2. Refuse what has no weight. 3. Solve the formula above for w.
    ### BEGIN SOLUTION
    p = p_dev.astype(float)
    if np.any(p < 0) or np.any(p >= 1):
        raise ValueError("a probability must be from 0 to below 1")
    return p / (1 - p) * n_train / n_dev
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The more training examples the classifier saw, the smaller is $p$ for the same input. Multiply by $n_\text{train} / n_\text{dev}$ to take that back.
# </details>

# %% check="importance_weights" points=1
with checks.exercise("importance_weights"):
    p = np.array([0.25, 0.75, 0.1, 0.0])
    checks.unchanged(importance_weights, p, 300, 100)
    slips = {"these are the odds alone; the sizes of the sets matter": [1 / 3, 3, 1 / 9, 0]}
    slips |= {"more training examples make p smaller: the sizes are the wrong way around": [1 / 9, 1, 1 / 27, 0]}
    slips |= {"divide by 1 - p": [0.75, 2.25, 0.3, 0]}
    checks.close("importance_weights(p, 300, 100)", importance_weights(p, 300, 100), [1, 9, 1 / 3, 0], mistakes=slips)
    checks.raises("with a probability of 1", ValueError, importance_weights, np.array([0.25, 1.0]), 300, 100)
    ### BEGIN HIDDEN TESTS

    def from_densities(p_dev, n_train, n_dev):
        # Of n_train + n_dev inputs at this x, the share p comes from dev: both densities up to one factor.
        dev = [float(p) / n_dev for p in p_dev]
        rest = [(1.0 - float(p)) / n_train for p in p_dev]
        return np.array([a / b for a, b in zip(dev, rest, strict=True)])

    def told(rng, m, n_train, n_dev):
        return rng.uniform(0.001, 0.999, m), n_train, n_dev

    rng = np.random.default_rng(6)
    cases = {"with float32": (rng.random(9).astype(np.float32), 40, 70), "with zeros": (np.zeros(3), 4, 7)}
    cases |= {"with one input": (np.array([0.7]), 5, 2), "with tiny probabilities": (np.array([1e-12, 3e-30]), 40, 7)}
    cases |= {"with probabilities near 1": (1 - np.array([1e-5, 0.25, 1e-9]), 40, 7)}
    cases |= {"with float32 near 1": (np.float32(1) - np.array([2**-12, 2**-18], np.float32), 11, 7)}
    sizes = {"m": 1500, "n_train": 2000, "n_dev": 3000}
    checks.agrees(importance_weights, from_densities, told, sizes=sizes, cases=cases)
    for bad in (1.0, 1.2, -0.1, 7.0, -1e-9):
        checks.raises(f"with a probability of {bad}", ValueError, importance_weights, np.array([0.5, bad, 0.2]), 3, 4)
    checks.raises("with a probability of 1", ValueError, importance_weights, np.ones(1, np.float32), 3, 4)
    ### END HIDDEN TESTS

# %% [markdown]
# Now weight the mistakes on the *train-dev* set, which the reader was not trained on. With $l_i = 1$ for a mistake and 0 otherwise,
#
# $$\hat e = \frac{\sum_i w_i l_i}{\sum_i w_i} .$$
#
# This estimate divides by the sum of the weights, not by $m$. It is called **self-normalised**: a factor that all weights share does no harm. How exact is it? With the weights taken as known, its standard error is approximately
#
# $$\frac{\sqrt{\sum_i w_i^2 (l_i - \hat e)^2}}{\sum_i w_i} .$$
#
# And how many examples carry it? If one weight is huge, one example decides. The **effective sample size** is
#
# $$n_\text{eff} = \frac{\left( \sum_i w_i \right)^2}{\sum_i w_i^2} .$$
#
# It is $m$ if all weights are equal, and 1 if all but one are 0.
#
# *On paper.* Mistakes: yes, no, yes, no. Weights 4, 1, 1, 2. $\hat e = 5/8 = 0.625$. The squares sum to $16 \cdot 0.375^2 + 0.625^2 + 0.375^2 + 4 \cdot 0.625^2 = 4.34375$, so the standard error is $\sqrt{4.34375}/8 \approx 0.261$. And $n_\text{eff} = 64/22 \approx 2.91$.
#
# ### Exercise 7: `weighted_estimate`


# %% exercise="weighted_estimate"
def weighted_estimate(mistakes, weights):
    """The error on dev, estimated from weighted examples of the training kind (train-dev).

    Args:
        mistakes: True where an example is a mistake, an array of truth values (bool), shape (m,), m >= 1.
        weights: floats or whole numbers >= 0 of any type (also uint8), shape (m,), not all 0.

    Returns:
        A tuple of three numbers (error, standard_error, effective):
        the self-normalised error, its standard error, and the effective sample size.

    Raises:
        ValueError: a weight is negative, or all are 0.
    """
    # 1. Compute with floats. 2. Refuse wrong weights. 3. The sums of the three formulas.
    ### BEGIN SOLUTION
    weights = weights.astype(float)
    total = weights.sum()
    if np.any(weights < 0) or total == 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    error = weights[mistakes].sum() / total
    standard_error = np.sqrt(np.sum((weights * (mistakes - error)) ** 2)) / total
    return error, standard_error, total**2 / np.sum(weights**2)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# True counts as 1 in `mistakes - error` if `error` is a float. Square the product of weight and difference as a whole.
# </details>

# %% check="weighted_estimate" points=2
with checks.exercise("weighted_estimate"):
    wrong, w = np.array([1, 0, 1, 0], dtype=bool), np.array([4.0, 1.0, 1.0, 2.0])
    checks.unchanged(weighted_estimate, wrong, w)
    names = ["error", "standard_error", "effective"]
    error, spread, effective = checks.results("weighted_estimate(…)", weighted_estimate(wrong, w), names)
    slips = {"divide by the sum of the weights, not by m": 1.25, "the weights are missing": 0.5}
    checks.close("error", error, 0.625, mistakes=slips)
    slips = {"square the weights, too": 0.17116330, "the root is missing": 0.06787109}
    slips |= {"divide by the sum of the weights, not by m": 0.52104166, "divide after the root": 0.73686215}
    checks.close("standard_error", spread, 0.26052083, rtol=1e-6, mistakes=slips)
    slips = {"square the sum": 8 / 22, "this is one over it": 22 / 64, "this counts the weights": 4}
    checks.close("effective", effective, 2.90909091, rtol=1e-6, mistakes=slips)
    checks.raises("with a negative weight", ValueError, weighted_estimate, wrong, w - 2)
    checks.raises("with weights of 0", ValueError, weighted_estimate, wrong, 0 * w)
    ### BEGIN HIDDEN TESTS

    def example_by_example(mistakes, weights):
        pairs = [(int(wrong), float(w)) for wrong, w in zip(mistakes, weights, strict=True)]
        total = math.fsum(w for _, w in pairs)
        error = math.fsum(w for wrong, w in pairs if wrong) / total
        spread = math.hypot(*[w / total * (wrong - error) for wrong, w in pairs])
        return error, spread, 1 / math.fsum((w / total) ** 2 for _, w in pairs)

    def weighted(rng, m):
        return rng.random(m) < rng.uniform(0.1, 0.9), rng.exponential(2, m) + 0.3

    rng = np.random.default_rng(7)
    given, w = weighted(rng, 9)
    none, every = np.zeros(9, bool), np.ones(9, bool)
    cases = {"without mistakes": (none, w), "with mistakes only": (every, w), "with equal weights": (given, w * 0 + 3)}
    cases |= {"with one weight above 0": (given, np.eye(9)[4]), "with zeros": (given, w * (np.arange(9) % 3 > 0))}
    cases |= {"with tiny weights": (given, w * 1e-20), "with large weights": (given, w * 1e20)}
    cases |= {"with one huge weight": (given, w + 1e4 * np.eye(9)[2]), "with small weights": (given, w / 100)}
    cases |= {"with weights of type uint8": (given, np.arange(90, 99, dtype=np.uint8))}
    cases |= {"with large whole numbers": (given, 4 * 10**9 + np.arange(9))}
    cases |= {"with one example": (given[:1], w[:1]), "with one mistake": (every[:1], np.array([3]))}
    domain = {"types": ["weights"], "returns": names, "atol": 1e-12}
    checks.agrees(weighted_estimate, example_by_example, weighted, sizes={"m": 2000}, cases=cases, **domain)
    for place in range(3):
        bad = np.array([5.0, 3.0, 4.0])
        bad[place] = -1e-9
        checks.raises("with one negative weight", ValueError, weighted_estimate, given[:3], bad)
    checks.raises("with weights that sum to 0", ValueError, weighted_estimate, given[:2], np.array([1.0, -1.0]))
    checks.raises("with one weight of 0", ValueError, weighted_estimate, every[:1], np.zeros(1))
    ### END HIDDEN TESTS

# %% [markdown]
# Four cases on digits, with a known truth. Pictures are plain, blurred or faint. The reader learns from 3,000 pictures. Its mistakes are counted on 2,000 others (train-dev). A logistic regression on the 64 numbers of the reader's hidden layer tells training pictures from 1,500 pictures of the users. No label of these is used. The truth is the error on 2,000 labelled ones.


# %%
def mix(images, shares, rng):
    """Pictures of which these shares are plain, blurred and faint."""
    kinds, mixed = rng.choice(3, len(images), p=shares), images.copy()
    for kind, name in ((1, "blurred"), (2, "faint")):
        mixed[kinds == kind] = corrupt(images[kinds == kind], name, rng)
    return mixed


def compare(train_shares, dev_shares, new_labels, seed):
    """Plain train-dev error, estimate, its standard error, effective size, mean weight, and the truth."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(8000)
    fit, new, users = order[:3000], order[3000:5000], order[5000:6500]
    X_fit, X_new = (inputs(mix(images[rows], train_shares, rng)) for rows in (fit, new))
    X_users, X_truth = inputs(mix(images[users], dev_shares, rng)), inputs(mix(images_test, dev_shares, rng))
    reader = fit_classifier(X_fit, truths[fit], seed=seed)
    mistakes = predict(X_new, reader) != truths[new]
    hidden = [activations(X, reader)[1] for X in (X_fit, X_users, X_new)]
    which = np.repeat([0, 1], [3000, 1500])
    options = {"classes": 2, "steps": 1000, "learning_rate": 1e-3, "l2": 1e-3}
    judge = fit_classifier(np.concatenate(hidden[:2], axis=1), which, (), seed, **options)
    weights = importance_weights(probabilities(hidden[2], judge)[1], 3000, 1500)
    truth = error_rate(X_truth, new_labels[truths_test], reader)
    return mistakes.mean(), *weighted_estimate(mistakes, weights), weights.mean(), truth


# %%
same_labels, exchanged = np.arange(10), np.array([0, 1, 2, 3, 9, 5, 6, 7, 8, 4])
situations = {
    "other shares": ((0.8, 0.1, 0.1), (0.2, 0.4, 0.4), same_labels),
    "more blurred": ((0.7, 0.2, 0.1), (0.3, 0.6, 0.1), same_labels),
    "kinds never seen": ((1.0, 0.0, 0.0), (0.2, 0.4, 0.4), same_labels),
    "4 and 9 exchanged": ((0.8, 0.1, 0.1), (0.8, 0.1, 0.1), exchanged),
}
print(f"{'':18} train-dev  weighted  (s.e.)  truth   n_eff  mean weight")
figure, axis = plt.subplots(figsize=(6, 4.4))
for number, (name, situation) in enumerate(situations.items()):
    for seed in range(3):
        plain, error, spread, effective, mean, truth = compare(*situation, seed)
        print(f"{name:18} {plain:9.3f} {error:9.3f}  ({spread:.3f}) {truth:6.3f} {effective:7.0f} {mean:9.2f}")
        color, label = plots.COLORS[number], name if seed == 0 else None
        axis.plot([truth, truth], [plain, error], color=color, linewidth=1, linestyle="-")
        axis.plot(truth, plain, "x", color=color)
        axis.errorbar(truth, error, 2 * spread, fmt="osD^"[number], color=color, label=label, linestyle="none")
axis.plot([0, 0.55], [0, 0.55], color="black", linewidth=1, linestyle=":")
axis.set(xlabel="true error for the users", ylabel="estimate: x plain, marker weighted")
axis.set_title("Weights reach the truth only where the kinds were seen")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* On the dotted line, the estimate is the truth. In "other shares" the plain train-dev error is less than half of the truth, and the weights bring it there, within 0.05. In "more blurred" the shift is small, and so is the gain: a part of it lies within the noise.
#
# "Kinds never seen" cannot work. No training example looks like a faint picture, so none can stand for it. The estimate stays far below the truth, and **its standard error does not warn**: it knows only the examples that exist. Nor does the effective size. The mean weight does: $w$ has the mean 1 under the training distribution if all that occurs in dev occurs in training, too. Here it is 0.4 to 0.55: the rest of dev is out of reach.
#
# "4 and 9 exchanged" breaks the other assumption: the inputs are the same, their labels are not. Neither weights nor the test of section 5 can notice, since both look at inputs only. Label some pictures of the users; nothing replaces that.

# %% [markdown]
# ## What you built
#
# - a split in which dev and test show what the users will meet, with a train-dev set;
# - the ladder of four gaps and its diagnosis, tried on six readers with known faults;
# - noisy data made at a chosen strength, the measurement of six cures, and the trap of a noise that repeats;
# - an exact test whether two sets have one distribution;
# - an error on unlabelled data by importance weights, with its standard error, and two cases in which it fails.

# %% [markdown]
# ## On your own
#
# - Test the pictures that you made in section 4 against the phone pictures with `two_sample_test`. Does it notice the recording of one noise picture? From how many pictures on?
# - Importance weights can also *train*: `fit_classifier(..., weights=w)`. Does this lower the error in "other shares"? Why is the gain small for a network that can fit everything?
# - Weight the examples by their *kind* (the true ratio of the shares) in place of the classifier. How much of the error of the estimate comes from the classifier?
# - Labels can shift in another way: the shares of the *classes* change, and what a class looks like does not. Estimate the new shares from the confusion matrix on train-dev and the predictions on unlabelled data (Lipton and others 2018). Show by simulation how exact this is. This one is hard.

# %% [markdown]
# ## In practice
#
# - `scipy.stats.binomtest(c, n, alternative="greater")` gives the same p-value.
# - Monitoring tools such as Evidently or Alibi Detect can run a classifier two-sample test on new data. They call a difference *drift*.
# - For speech, noise and room echoes are mixed in while training, anew for each batch (for example `torch-audiomentations`), so that no example has the same noise twice.

# %% [markdown]
# ## References
#
# - Andrew Ng: *Machine Learning Yearning* (2018), chapters 36 to 43.
# - David Lopez-Paz, Maxime Oquab: *Revisiting Classifier Two-Sample Tests* (2017).
# - Wassily Hoeffding: *On the Distribution of the Number of Successes in Independent Trials* (1956).
# - Hidetoshi Shimodaira: *Improving Predictive Inference under Covariate Shift by Weighting the Log-Likelihood Function* (2000).
# - Steffen Bickel, Michael Brückner, Tobias Scheffer: *Discriminative Learning under Covariate Shift* (2009).
# - Art B. Owen: *Monte Carlo Theory, Methods and Examples* (2013), chapter 9 (effective sample size).
# - Zachary C. Lipton, Yu-Xiang Wang, Alexander Smola: *Detecting and Correcting for Label Shift with Black Box Predictors* (2018).
