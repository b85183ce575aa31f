# %% [markdown]
# You will build a pipeline of two stages that reads pictures of two touching digits, find out which stage is worth your time, and let one network that learns everything from the raw picture compete with it.
# Then you will do the same with decisions: a team that learns from past projects what to do next plays against the hand-made diagnosis of week 1.

# %% [markdown]
# ## What you will be able to do
#
# - say how the errors of the parts add up to the error of the whole, with and without independence;
# - replace the stages of a pipeline by the truth, one after the other, and name the stage that is worth most;
# - predict what a better first stage will be worth before you build the whole;
# - measure from how many examples on an end-to-end system beats a pipeline;
# - learn a policy from past decisions by ridge regression, and judge it by its regret.
#
# **What you need:** the projects and the regret from [week 1, lesson 04](../week1_ml_strategy_1/04_human_level_performance.ipynb); error analysis from [lesson 01](01_error_analysis.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.projects.classifier import fit_classifier, inputs, predict
from shared_utils.projects.simulator import plan_of, play

plots.use_style()


def report_numbers(report):
    """The numbers of a report as they are, after a constant 1; (12,)."""
    names = ("human_error", "train_error", "train_dev_error", "dev_error", "dev_cost", "wrong_labels", "one_way")
    categories = ("plain", "blurred", "shifted", "faint")
    parts = [report["category_errors"][kind] for kind in categories]
    return np.array([1.0, *(report[name] for name in names), *parts])


def mean_regret(policy, projects):
    """What a policy loses on average in these projects."""
    return float(np.mean([sum(decision.regret for decision in play(project, policy)) for project in projects]))


# %% [markdown]
# ## 1. A pipeline: cut, then read
#
# *How would you read two digits that touch?*
#
# Many systems are **pipelines**: the work is split into **stages**, and each stage gets what the one before gave. Speech recognition once went from sound to hand-made features, to phonemes, to words, to a sentence. A gate that knows faces first finds the face in the picture, and then compares it. **End-to-end** learning replaces all stages by one network, which goes straight from the input to the answer.
#
# Our task is small enough to build both. A picture of $28 \times 48$ pixels holds two digits; the right one is pushed so far to the left that they often touch or overlap.
#
# $$\text{pipeline:} \quad \text{picture} \;\to\; \text{cut in two} \;\to\; \text{read each part} \qquad\qquad \text{end to end:} \quad \text{picture} \;\to\; \text{two digits} .$$


# %%
def touching_pairs(images, labels, m, rng):
    """Pictures of two digits (m, 28, 48), their labels (m, 2), and the columns where they should be cut (m,)."""
    left, right = rng.integers(0, len(images), (2, m))
    x = rng.integers(0, 4, m)
    second = x + rng.integers(11, 18, m)
    pictures = np.zeros((m, 28, 48), dtype=np.float32)
    for k in range(m):
        pictures[k, :, x[k] : x[k] + 28] = images[left[k]]
        place = pictures[k, :, second[k] : second[k] + 28]
        np.maximum(place, images[right[k]], out=place)
    inked = images.sum(axis=1) > 1  # columns of each digit that hold ink
    begin, end = inked.argmax(axis=1), 28 - inked[:, ::-1].argmax(axis=1)
    return pictures, np.stack([labels[left], labels[right]], axis=1), (x + end[left] + second + begin[right]) // 2


digits = data.load_digits()
images, labels = (digits.X_train[..., 0] / 255).astype(np.float32), digits.Y_train[0]
test_images, test_labels = (digits.X_test[..., 0] / 255).astype(np.float32), digits.Y_test[0]
test_pairs, pair_labels, true_cuts = touching_pairs(test_images, test_labels, 2000, np.random.default_rng(9))
print("pairs to test on:", test_pairs.shape, " their labels:", pair_labels.shape)
titles = [f"{a} {b}" for a, b in pair_labels[:8]]
plots.show_images(test_pairs[:8], titles, columns=4, title="Two digits, one picture")
plt.show()

# %% [markdown]
# Where to cut? People who look at such pictures soon have an idea: between two digits there is little ink. So add up the ink of each column, and cut at the column with the least. A cut at column $c$ gives the columns $0, \dots, c - 1$ to the left part and $c, \dots$ to the right one. The margins are empty too, so the cut must lie in a **window** of columns near the middle.
#
# *On paper.* One picture of $2 \times 7$ pixels:
#
# $$\begin{bmatrix} 0 & 3 & 2 & 1 & 0 & 4 & 0 \\ 1 & 2 & 0 & 0 & 1 & 2 & 0 \end{bmatrix} \quad \text{ink of the columns:} \quad [1, 5, 2, 1, 1, 6, 0] .$$
#
# The window from column 1 up to, but without, column 6 holds the inks $5, 2, 1, 1, 6$. The least is 1, in columns 3 and 4. The first of them counts: the cut is 3.
#
# ### Exercise 1: `find_cut`


# %% exercise="find_cut"
def find_cut(pictures, first, last):
    """For each picture the column of a window that holds the least ink.

    Args:
        pictures: ink, floats or whole numbers, also pixels of type uint8, shape (m, n_H, n_W), m >= 1.
        first, last: the window, whole numbers: columns first, first + 1, ..., last - 1.

    Returns:
        Columns of the pictures, whole numbers, shape (m,). Of columns with equally little ink, the leftmost counts.

    Raises:
        ValueError: not 0 <= first < last <= n_W.
    """
    # 1. Is there such a window? 2. The ink of each column. 3. The least one in the window, counted from column 0.
    ### BEGIN SOLUTION
    if not 0 <= first < last <= pictures.shape[2]:
        raise ValueError(f"there is no window from {first} to {last}")
    ink = pictures.sum(axis=1)  # equivalent "sum → mean": both are least in the same column
    return first + ink[:, first:last].argmin(axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The sum over axis 1 has the shape (m, n_W). `argmin` gives the first of several smallest values.
# </details>
# <details><summary>Hint 2</summary>
#
# `ink[:, first:last].argmin(axis=1)` counts from the beginning of the window. Add `first`.
# </details>

# %% check="find_cut" points=1
with checks.exercise("find_cut"):
    one = [[0, 3, 2, 1, 0, 4, 0], [1, 2, 0, 0, 1, 2, 0]]
    other = [[0, 0, 9, 1, 2, 0, 0], [0, 4, 8, 5, 3, 7, 1]]
    pictures = np.array([one, other, np.flip(one, axis=1)], dtype=float)
    checks.unchanged(find_cut, pictures, 1, 6)
    slips = {"the window begins at column 1: count from column 0": [2, 0, 1]}
    slips |= {"of equal columns the leftmost counts": [4, 1, 3], "only the columns of the window": [6, 0, 0]}
    slips |= {"column 6 is not in the window": [6, 6, 2], "here it has the most ink": [5, 2, 1]}
    slips |= {"add all rows of a column": [4, 1, 2]}
    checks.close("the cuts, window from 1 to 6", find_cut(pictures, 1, 6), [3, 1, 2], mistakes=slips)
    checks.whole("an entry of the cuts", *find_cut(pictures, 4, 5).tolist())
    checks.close("the cuts, window from 4 to 5", find_cut(pictures, 4, 5), [4, 4, 4])
    checks.close("the cuts, window from 3 to 7", find_cut(pictures, 3, 7), [6, 6, 3])
    checks.raises("a window that ends before it begins", ValueError, find_cut, pictures, 5, 5)
    ### BEGIN HIDDEN TESTS

    def column_by_column(pictures, first, last):
        if first < 0 or last > pictures.shape[2] or first >= last:
            raise ValueError("no window")
        cuts = []
        for picture in pictures.astype(float):
            best = first
            for column in range(first, last):
                if sum(picture[:, column].tolist()) < sum(picture[:, best].tolist()):
                    best = column
            cuts.append(best)
        return np.array(cuts)

    def sheet(rng, m, n_H, n_W):
        first = int(rng.integers(0, n_W))
        return rng.integers(-1, 9, (m, n_H, n_W)) / 8, first, int(rng.integers(first + 1, n_W + 1))

    rng = np.random.default_rng(0)
    wide = rng.integers(0, 5, (7, 3, 12)).astype(float)
    cases = {f"with the window from {a} to {b}": (wide, a, b) for a, b in ((0, 12), (0, 1), (11, 12), (2, 11), (3, 9))}
    cases |= {"with dark pixels (uint8)": (np.full((2, 300, 4), 255, np.uint8) - np.eye(4, dtype=np.uint8)[3], 0, 4)}
    cases |= {"with a large window": (rng.integers(0, 256, (40, 6, 50)) * 1.0, 15, 45)}
    cases |= {"without any ink": (np.zeros((3, 4, 6)), 2, 5), "with a large sheet": sheet(rng, 5, 300, 400)}
    cases |= {"with tiny differences": (np.array([[[1.0, 1 - 1e-12, 1 - 2e-12, 1.0]]]), 0, 4)}
    domain = {"real": {"pictures": 1e3}, "types": ["pictures"], "pixels": ["pictures"], "apart": False}
    sizes = {"m": 1030, "n_H": 120, "n_W": 110}
    checks.agrees(find_cut, column_by_column, sheet, sizes=sizes, cases=cases, **domain)
    for a, b in ((-1, 3), (0, 13), (5, 4), (0, 0), (12, 13), (-3, -1), (12, 12)):
        checks.raises(f"the window from {a} to {b} of 12 columns", ValueError, find_cut, wide, a, b)
    ### END HIDDEN TESTS

# %% [markdown]
# The next cell holds the rest of the pipeline. Each part is moved so that its ink is in the middle of $28 \times 28$ pixels. The second stage is a network with 128 hidden units. It has learned from 8,000 **single** digits, and has never seen a pair.

# %%
WINDOW = (16, 30)


def digit_parts(pictures, cuts):
    """The left and the right parts of the pictures, each with its ink in the middle; (2, m, 28, 28)."""
    parts = np.zeros((2, len(pictures), 28, 28), dtype=np.float32)
    for k, cut in enumerate(cuts):
        for side, part in enumerate((pictures[k, :, :cut], pictures[k, :, cut:])):
            ink = part.sum(axis=0)
            middle = int(round(ink @ np.arange(len(ink)) / max(ink.sum(), 1e-6)))
            seen = part[:, max(0, middle - 14) : middle + 14]
            begin = max(0, 14 - middle)
            parts[side, k, :, begin : begin + seen.shape[1]] = seen
    return parts


def read_parts(parts, reader):
    """What a network reads in the left and right parts; (m, 2)."""
    return np.stack([predict(inputs(side), reader) for side in parts], axis=1)


reader = fit_classifier(inputs(images), labels, (128,), 0, steps=1000)
print(f"error on whole single digits: {np.mean(predict(inputs(test_images), reader) != test_labels):.3f}")

# %%
cuts = find_cut(test_pairs, *WINDOW)
found_parts, true_parts = digit_parts(test_pairs, cuts), digit_parts(test_pairs, true_cuts)
readings, readings_of_true = read_parts(found_parts, reader), read_parts(true_parts, reader)
figure, axes = plt.subplots(2, 4, figsize=(8, 3))
for k, axis in enumerate(axes.flat):
    axis.imshow(test_pairs[k], cmap="gray_r")
    axis.axvline(true_cuts[k] - 0.5, color=plots.COLORS[0], linestyle="-", label="should be")
    axis.axvline(cuts[k] - 0.5, color=plots.COLORS[1], linestyle="--", label="least ink")
    axis.set_title("true {} {}, read {} {}".format(*pair_labels[k], *readings[k]), fontsize=9)
    axis.set(xticks=[], yticks=[])
axes[0, 0].legend(fontsize=7, loc="lower right")
figure.suptitle("The column with the least ink is not always between the digits", fontsize=11)
plt.show()
print(f"cuts that miss by more than two columns: {np.mean(np.abs(cuts - true_cuts) > 2):.2f}")

# %% [markdown]
# **What to notice.** The idea was plausible, and it is wrong in about four of ten pictures. An 8, a 0 or a 6 may have little ink in its own middle. Where digits overlap, no column is empty.
#
# ## 2. The error of the whole
#
# *Each digit is read with an error of 20 %. How often is a pair wrong?*
#
# A pair is right if **both** digits are. Let $e_1$ and $e_2$ be the error rates of the left and of the right digit. If the two errors were **independent** of each other, both digits would be right in a share $(1 - e_1)(1 - e_2)$ of the pairs. In general, for $K$ parts,
#
# $$e_\text{independent} = 1 - \prod_{k=1}^{K} (1 - e_k) .$$
#
# Independence is an assumption. The measured error of the whole may be smaller: if the parts tend to fail *together*, more wholes are right. It may also be larger, if they tend to fail in different wholes.
#
# *On paper.* Four pairs:
#
# | | read | true | left wrong? | right wrong? |
# |---|---|---|---|---|
# | pair 0 | 3 5 | 3 5 | no | no |
# | pair 1 | 1 7 | 7 1 | yes | yes |
# | pair 2 | 2 2 | 2 3 | no | yes |
# | pair 3 | 9 0 | 9 0 | no | no |
#
# Two of four pairs are wrong: 0.5. With independence, $e_1 = \frac14$ and $e_2 = \frac12$ would give $1 - \frac34 \cdot \frac12 = 0.625$.
#
# ### Exercise 2: `pair_error`


# %% exercise="pair_error"
def pair_error(predictions, labels):
    """The error rate of wholes that are right only if all their parts are, measured and as if parts were independent.

    Args:
        predictions, labels: whole numbers of any integer type, shape (m, K): K parts of m wholes, m >= 1, K >= 1.
            (K = 2 for pairs.)

    Returns:
        A tuple of two numbers: the share of the wholes with at least one wrong part; and what this share would be if
        each part failed at its own error rate, independently of the others.
    """
    # 1. Which parts are wrong? 2. Which wholes are? 3. The error rate of each part, and the product.
    ### BEGIN SOLUTION
    mistakes = predictions != labels
    return mistakes.any(axis=1).mean(), 1 - np.prod(1 - mistakes.mean(axis=0))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `predictions != labels` is True where a part is wrong. `.any(axis=1)` is True for a row with at least one True. `.mean(axis=0)` gives the error rate of each column.
# </details>

# %% check="pair_error" points=1
with checks.exercise("pair_error"):
    predictions, truth = np.array([[3, 5], [1, 7], [2, 2], [9, 0]]), np.array([[3, 5], [7, 1], [2, 3], [9, 0]])
    checks.unchanged(pair_error, predictions, truth)
    names = ["measured", "as if independent"]
    found = checks.results("pair_error(predictions, labels)", pair_error(predictions, truth), names)
    slips = {"this is the share of wrong digits": 0.375, "one wrong digit spoils a pair": 0.25}
    slips |= {"pairs with two wrong digits count once": 0.75}
    checks.close("measured", found[0], 0.5, mistakes=slips)
    slips = {"error rates do not simply add up": 0.75, "this is the share of pairs with two errors": 0.125}
    slips |= {"this is the share of right pairs": 0.375, "left and right have different error rates": 0.609375}
    checks.close("as if independent", found[1], 0.625, mistakes=slips)
    three = pair_error(np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1, 2, 0], [4, 0, 6], [0, 8, 9]]))
    checks.close("measured, of three wholes with three parts", three[0], 1)
    checks.close("as if independent, of these", three[1], 19 / 27)
    ### BEGIN HIDDEN TESTS

    def one_by_one(predictions, labels):
        wrong, by_part = 0, [0] * len(labels[0])
        for row, truth in zip(predictions.tolist(), labels.tolist(), strict=True):
            wrong += row != truth
            for place, (a, b) in enumerate(zip(row, truth, strict=True)):
                by_part[place] += a != b
        right = 1.0
        for count in by_part:
            right *= (len(labels) - count) / len(labels)
        return wrong / len(labels), 1 - right

    def answers(rng, m, K):
        truth = rng.integers(0, 10, (m, K))
        return np.where(rng.random((m, K)) < 0.7, truth, rng.integers(0, 10, (m, K))), truth

    rng = np.random.default_rng(1)
    a, b = answers(rng, 400, 3)
    cases = {"with all right": (b, b.copy()), "with all wrong": (b + 1, b), "with labels above 255": (a + 300, b + 300)}
    cases |= {"with labels that differ by 256": (b, b + 256 * (a != b)), "with negative labels": (a - 20, b - 20)}
    cases |= {"with one part that always fails": (np.where([0, 1, 0], b + 1, a), b)}
    cases |= {"with labels of type uint8": (a.astype(np.uint8), b.astype(np.uint8))}
    cases |= {"with labels far apart": (np.where(a != b, -(2**40), b), b), "with one whole": (a[:1], b[:1])}
    cases |= {"with whole numbers above 9": (np.array([[1, 0], [3, 4]]), np.array([[0, 10], [3, 4]]))}
    cases |= {"with two integer types": (a, b.astype(np.uint64))}
    sizes = {"m": 1500, "K": 130}
    checks.agrees(pair_error, one_by_one, answers, sizes=sizes, cases=cases, returns=names, apart=False, atol=1e-12)
    ### END HIDDEN TESTS

# %%
for name, found in (("found", readings), ("true", readings_of_true)):
    measured, independent = pair_error(found, pair_labels)
    left, right = np.mean(found != pair_labels, axis=0)
    print(
        f"{name:5} cuts: left {left:.3f}, right {right:.3f}, pair {measured:.3f}; independence says {independent:.3f}"
    )

# %% [markdown]
# **What to notice.** With true cuts, the digits fail about independently: both figures agree to about half a point. With found cuts they do not. One bad cut spoils both digits, so errors come together, and fewer pairs are wrong than independence says. Also compare with the 4 or 5 % of whole single digits: the reader is much worse even on parts that were cut perfectly, because a piece of the neighbour is still there, or a piece of the digit is missing.
#
# ## 3. Which stage is worth most?
#
# *The pair error is about 0.33. Should you improve the cut, or the reader?*
#
# Replace the first stage by the **truth**: what it ought to have given. Leave the rest as it is, and measure the error of the whole. Then replace the first two stages, and so on. If $E_k$ is the error of the whole with the first $k$ of $K$ stages replaced, then
#
# $$\text{gain of stage } k = E_{k-1} - E_k, \qquad k = 1, \dots, K .$$
#
# $E_0$ is the error of the pipeline as it is, and $E_K$ that of the truth itself, usually 0. The gain is a **ceiling**: no work on this stage alone can gain more, as long as the stages before it are perfect. Ng calls this *ceiling analysis*.
#
# *On paper.* Three stages: $x \mapsto x + 1$, then $x \mapsto 2x$, then $x \mapsto x - 3$. The input is $[1, 2, 3, 4, 5]$, and the error is the share of wrong numbers at the end.
#
# | stage | it ought to give |
# |---|---|
# | 1 | $[2, 3, 4, 5, 7]$ |
# | 2 | $[4, 6, 9, 11, 14]$ |
# | 3 | $[1, 4, 6, 8, 11]$ |
#
# - As it is: $[1, 3, 5, 7, 9]$, so $E_0 = 0.8$.
# - Stage 1 replaced: $[2, 3, 4, 5, 7] \to [4, 6, 8, 10, 14] \to [1, 3, 5, 7, 11]$, so $E_1 = 0.6$.
# - Stages 1 and 2 replaced: $[4, 6, 9, 11, 14] \to [1, 3, 6, 8, 11]$, so $E_2 = 0.2$.
# - All replaced: $E_3 = 0$. The gains are 0.2, 0.4 and 0.2: work on stage 2.
#
# ### Exercise 3: `component_ceilings`


# %% exercise="component_ceilings"
def component_ceilings(stages, truths, start, error):
    """The ceiling analysis of a pipeline.

    Args:
        stages: a list of K functions, K >= 1. The first gets `start`, each other one gets what the stage before it
            gave. They may take and give anything, and do not change what they get.
        truths: a list of the K things that the stages ought to give, in the same order.
        start: the input of the pipeline.
        error: a function that gives the error, a number, of what comes out at the end.

    Returns:
        A tuple (errors, gains, best): the errors of the whole with the first 0, 1, ..., K stages replaced by the truth,
        K + 1 numbers, an array or a list; the gains of the stages, K numbers, an array or a list; and the
        place of the stage with the largest gain, a whole number from 0, the first of equal ones.
    """
    # 1. With the first k stages perfect, what does stage k get? 2. Send it through the rest. 3. Gains, and the best.
    ### BEGIN SOLUTION
    errors = []
    for k in range(len(stages) + 1):
        value = start if k == 0 else truths[k - 1]
        for stage in stages[k:]:
            value = stage(value)
        errors.append(error(value))
    gains = [errors[k] - errors[k + 1] for k in range(len(stages))]
    return errors, gains, gains.index(max(gains))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# With the first $k$ stages perfect, the earlier ones need not be called at all: stage $k$ (counted from 0) gets `truths[k - 1]`, or `start` if $k = 0$.
# </details>
# <details><summary>Hint 2</summary>
#
# Two loops: over `k` from 0 to K, and inside it over the stages in `stages[k:]`. With `k = K` this inner loop does nothing, and the error is that of `truths[-1]`.
# </details>

# %% check="component_ceilings" points=2
with checks.exercise("component_ceilings"):
    stages = [lambda x: x + 1, lambda x: 2 * x, lambda x: x - 3]
    truths = [np.array([2, 3, 4, 5, 7]), np.array([4, 6, 9, 11, 14]), np.array([1, 4, 6, 8, 11])]
    start, share_wrong = np.array([1, 2, 3, 4, 5]), lambda x: np.mean(x != np.array([1, 4, 6, 8, 11]))
    checks.unchanged(component_ceilings, stages, truths, start, share_wrong)
    names = ["errors", "gains", "best"]
    found = checks.results("component_ceilings(…)", component_ceilings(stages, truths, start, share_wrong), names)
    checks.length("errors", found[0], 4)
    slips = {"replace the first stage first": [0.8, 0.0, 0.0, 0.0], "this counts what is right": [0.2, 0.4, 0.8, 1]}
    checks.close("errors", np.array(found[0]), [0.8, 0.6, 0.2, 0.0], mistakes=slips)
    slips = {"compare with the error just before": [0.2, 0.6, 0.8], "its sign is wrong": [-0.2, -0.4, -0.2]}
    checks.close("gains", np.array(found[1]), [0.2, 0.4, 0.2], mistakes=slips)
    checks.equal("best, counted from 0", found[2], 1)
    ### BEGIN HIDDEN TESTS

    def recursive(stages, truths, start, error):
        def rest(value, functions):
            return error(value) if not functions else rest(functions[0](value), functions[1:])

        entries = [start, *truths]
        errors = [rest(entry, stages[place:]) for place, entry in enumerate(entries)]
        gains, best = [], 0
        for place in range(len(stages)):
            gains.append(errors[place] - errors[place + 1])
            best = place if gains[place] > gains[best] else best
        return [float(value) for value in errors], [float(value) for value in gains], best

    def chain(rng, m, K):
        def stage(a, b):
            return lambda x: (a * x + b) % 17

        def measure(x):
            return float(np.mean(x != truths[-1]) + 0.125)  # also the truth need not have the error 0

        functions, truths = [stage(*rng.integers(1, 16, 2).tolist()) for _ in range(K)], []
        start = value = rng.integers(0, 17, m)
        for function in functions:
            value = np.where(rng.random(m) < 0.2, rng.integers(0, 17, m), function(value))
            truths.append(value)
        return functions, truths, start, measure

    rng = np.random.default_rng(2)
    cases = {f"draw {k}": chain(rng, 64, 1 + k % 13) for k in range(40)}
    letters = [str.upper, lambda text: text.replace("O", "0"), lambda text: text[::-1], lambda text: [text]]
    right = ["GOOD", "G00D", "D00G", ["D00G"]]
    cases["with texts"] = (letters, right, "good", lambda out: 1.0 * (out != ["D00G"]))
    cases["with a stage that makes it worse"] = ([lambda x: x, lambda x: x - 3], [3, 2], 2, lambda x: abs(x) / 4)
    cases["with equal gains"] = ([abs, abs, abs], [2, 1, 0], 3, lambda x: x / 4)
    cases["with gains below 0 alone"] = ([abs, abs], [9, 10], 1, lambda x: x / 8)
    cases["with errors that are counts"] = ([abs, abs], [4, 1], 9, lambda x: x)
    cases["with a truth that is None"] = ([lambda x: 5, lambda x: x or 3], [None, 2], 1, lambda x: 0.5 * x)
    options = {"cases": cases, "returns": names, "apart": False, "atol": 1e-12}
    checks.agrees(component_ceilings, recursive, chain, sizes={"m": 300, "K": 120}, **options)
    ### END HIDDEN TESTS

# %%
perfect = [true_parts, pair_labels]
figure, axes = plt.subplots(1, 2, figsize=(8, 2.8), sharex=True, sharey=True)
for axis, (window, name) in zip(axes, ((WINDOW, "least ink"), ((23, 24), "always column 23")), strict=True):
    stages = [
        lambda pictures, window=window: digit_parts(pictures, find_cut(pictures, *window)),
        lambda parts: read_parts(parts, reader),
    ]
    errors, gains, best = component_ceilings(stages, perfect, test_pairs, lambda out: pair_error(out, pair_labels)[0])
    print(f"{name:17} errors", np.round(errors, 3), " gains", np.round(gains, 3), " work on:", ("cut", "reader")[best])
    axis.barh([1, 0], gains, color=[plots.COLORS[0], plots.COLORS[1]])
    axis.set(yticks=[1, 0], yticklabels=["the cut", "the reader"], xlabel="gain in pair error", title=name)
    axis.set_xticks([0, 0.05, 0.1, 0.15])
figure.suptitle("What each stage can gain at most, for two ways to cut", fontsize=11)
plt.show()

# %% [markdown]
# **What to notice.** With the column of least ink, the cut is worth most. On the right, a second cut was tried: the window from 23 to 24 has a single column, so this is a **ruler** that always cuts in the middle. It looks at nothing, and it is clearly better than the clever rule. With it, the reader is worth most. A ceiling analysis belongs to one state of a pipeline: repeat it after each improvement.
#
# The order matters, too. If the *reader* were replaced first, the error would be 0 at once, and nothing would be left to gain for the cut. A gain is what remains to be won after the stages before it are perfect.
#
# ## 4. Errors on their way through the stages
#
# *A colleague promises cuts that miss by more than two columns only half as often. What will the pair error be?*
#
# One may try a simple formula. A cut is wrong in 41 % of the pairs if a miss of more than two columns counts as wrong, and the reader errs in 15 % after a true cut. If a pair were right exactly when both stages are, and the stages failed independently, the error would be $1 - 0.59 \cdot 0.85 = 0.50$. We measured about 0.33. The formula is wrong because a wrong cut is not the end: the reader often reads the digit nevertheless.
#
# The **law of total probability** needs no such assumption. Sort the pairs by the **outcome** $o$ of the first stage: here, by how many columns the cut misses. Then
#
# $$P(\text{wrong}) = \sum_o P(o) \; P(\text{wrong} \mid o) .$$
#
# For the data at hand this is exact. It also predicts: a better first stage has other shares $P(o)$. If it is only the *shares* that change, and pairs of one outcome stay as hard as they were, the sum with the new shares is the new error. That is an assumption again, but a weaker one, and it can be checked.
#
# *On paper.* Ten pairs with the outcomes $0, 0, 0, 0, 1, 1, 1, 2, 2, 2$. Wrong are one of the first four, two of the next three, and all of the last three: $\frac14, \frac23, 1$. With the shares as they are: $0.4 \cdot \frac14 + 0.3 \cdot \frac23 + 0.3 \cdot 1 = 0.6$. With the shares 0.8, 0.15 and 0.05 the three outcomes add 0.2, 0.1 and 0.05, and the error is 0.35.
#
# ### Exercise 4: `error_through_stages`


# %% exercise="error_through_stages"
def error_through_stages(outcomes, mistakes, shares):
    """The error of the whole that is to be expected if the outcomes of the first stage have other shares.

    Args:
        outcomes: what came out of the first stage in m measured examples, any whole numbers, shape (m,), m >= 1.
        mistakes: whether the whole was wrong then, True and False or 1 and 0, shape (m,).
        shares: a dict from outcomes to their new shares, numbers >= 0 with the sum 1. An outcome that was measured
            and is no key has the share 0.

    Returns:
        A tuple (error, added): the expected error, a number; and a dict that says for each key of shares what it adds
        to the error, its share times the error rate of the whole in the measured examples with this outcome. An
        outcome with the share 0 adds 0, also if it was never measured.

    Raises:
        ValueError: an outcome with a share above 0 was never measured.
    """
    # 1. For each outcome: which of the examples had it? 2. How often was the whole wrong in them? 3. Share times rate.
    ### BEGIN SOLUTION
    added = {}
    for outcome, share in shares.items():
        same = mistakes[outcomes == outcome]
        if share > 0 and len(same) == 0:
            raise ValueError(f"the outcome {outcome} was never measured")
        added[outcome] = share * np.mean(same) if share > 0 else 0
    return sum(added.values()), added
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `mistakes[outcomes == outcome]` are the mistakes of the examples with this outcome; their mean is the error rate. The mean of an empty array is NaN: treat the share 0 before.
# </details>

# %% check="error_through_stages" points=2
with checks.exercise("error_through_stages"):
    outcomes = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    mistakes = np.array([False, True, False, False, True, False, True, True, True, True])
    checks.unchanged(error_through_stages, outcomes, mistakes, {1: 0.15, 0: 0.8, 2: 0.05})
    found = error_through_stages(outcomes, mistakes, {1: 0.15, 0: 0.8, 2: 0.05})
    error, added = checks.results("error_through_stages(…)", found, ["error", "added"])
    slips = {"with the new shares, not the measured ones": 0.6, "rates must be weighted by the shares": 0.6388889}
    slips |= {"a share of the errors is no error rate": 0.2083333, "the mistakes, not the right ones": 0.65}
    checks.close("error", error, 0.35, mistakes=slips)
    checks.keys("added", added, [0, 1, 2])
    checks.close("what outcome 1 adds", added[1], 0.1, mistakes={"times its new share": 2 / 3, "of its own": 0.09})
    error, added = error_through_stages(outcomes, mistakes, {2: 0.5, 0: 0.5, 7: 0})
    checks.close("error without outcome 1", error, 0.625)
    checks.close("what outcome 7 with the share 0 adds", added[7], 0)
    checks.raises("a share for outcome 7", ValueError, error_through_stages, outcomes, mistakes, {0: 0.5, 7: 0.5})
    ### BEGIN HIDDEN TESTS

    def by_weights(outcomes, mistakes, shares):
        counts, wrong = {}, {}
        for outcome, mistake in zip(outcomes.tolist(), mistakes.tolist(), strict=True):
            counts[outcome] = counts.get(outcome, 0) + 1
            wrong[outcome] = wrong.get(outcome, 0) + int(mistake)
        added = {key: float(share) * wrong.get(key, 0) / counts.get(key, 1) for key, share in shares.items()}
        return float(sum(added.values())), added

    def measured(rng, m, n):
        outcomes = rng.integers(0, n, m) * 3 - n
        mistakes = (rng.random(m) < 0.3 + 0.4 * (outcomes > 0)).astype(int)
        seen = rng.permutation(np.unique(outcomes))[: 1 + n // 2].tolist()
        raw = rng.random(len(seen)) + 0.01
        shares = dict(zip(seen, (raw / raw.sum()).tolist(), strict=True))
        return outcomes, mistakes, shares | {-1000: 0.0, 5000: 0}

    rng = np.random.default_rng(3)
    far = np.array([-7, 256, 0, 256, 100_000, -7, 512, 0])
    wrong = np.array([1, 0, 0, 1, 1, 0, 1, 0])
    cases = {"with outcomes far apart": (far, wrong, {0: 0.25, 256: 0.25, -7: 0.25, 100_000: 0.25})}
    cases |= {"with one outcome alone": (far, wrong, {256: 1}), "with no mistake": (far, 0 * wrong, {0: 0.5, -7: 0.5})}
    cases |= {
        "with a share of whole numbers": (far, wrong, {512: 1, 0: 0}),
        "with one example": (far[:1], wrong[:1], {-7: 1}),
    }
    many = np.arange(600) % 150, (np.arange(600) % 4 == 0).astype(int)
    cases |= {"with mistakes as 1 and 0": (many[0], 1 - many[1], {2: 0.5, 0: 0.5})}
    cases |= {"with mistakes as floats": (many[0], 1.0 - many[1], {2: 0.5, 0: 0.5})}
    cases |= {"with True and False": (many[0], many[1] == 1, dict.fromkeys(range(150), 1 / 150))}
    cases |= {"with small shares": (far, wrong, {-7: 1e-9, 256: 1 - 1e-9, 0: 0.0})}
    many = np.zeros(1000, dtype=int), (np.arange(1000) < 300).astype(int)
    cases |= {"with 300 mistakes": (*many, {0: 1.0})}
    options = {"cases": cases, "returns": ["error", "added"], "apart": False, "atol": 1e-13}
    checks.agrees(error_through_stages, by_weights, measured, sizes={"m": 1100, "n": 120}, **options)
    added = error_through_stages(far, wrong, {256: 1})[1]
    checks.equal("the outcomes in added, of shares {256: 1}", list(added), [256])
    for shares in ({1: 1e-9, 0: 1 - 1e-9}, {3: 1}, {0: 0.5, -8: 0.5}):
        checks.raises(f"the shares {shares}", ValueError, error_through_stages, far, wrong, shares)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the check. Everything is measured once, with the window from 16 to 30. Then the window becomes narrower. From the *cuts* alone, without reading a single digit again, we predict the pair error, and afterwards measure it. Misses of nine columns and more count as one outcome.


# %%
def missed(cuts):
    """By how many columns cuts miss the true ones, at most 9."""
    return np.minimum(np.abs(cuts - true_cuts), 9)


def shares_of(outcomes):
    """The share of each outcome, as a dict."""
    values, counts = np.unique(outcomes, return_counts=True)
    return dict(zip(values.tolist(), (counts / len(outcomes)).tolist(), strict=True))


wrong = (readings != pair_labels).any(axis=1)
error, added = error_through_stages(missed(cuts), wrong, shares_of(missed(cuts)))
print("what misses of 0, 1, 2, … columns add to the error:", *(f"{added[o]:.3f}" for o in sorted(added)))
print(f"sum {error:.4f}, measured {wrong.mean():.4f}")
for window in ((18, 28), (20, 27), (23, 24)):
    new_cuts = find_cut(test_pairs, *window)
    expected, _ = error_through_stages(missed(cuts), wrong, shares_of(missed(new_cuts)))
    measured, _ = pair_error(read_parts(digit_parts(test_pairs, new_cuts), reader), pair_labels)
    print(f"window from {window[0]} to {window[1]}: expected {expected:.3f}, measured {measured:.3f}")

# %% [markdown]
# **What to notice.** For the data at hand, the sum is the measured error, exactly. The predictions find the order of the windows, and miss by 2.5 points at most; each is a little too low. So the assumption does not hold exactly: a pair that a *good* cut misses by three columns overlaps more than a pair that a bad cut misses by three. Still, this tells you before any new reader is trained what a better cut is worth.
#
# ## 5. End to end
#
# *What if a network learns the whole way by itself?*
#
# **End to end**, a network gets the whole picture of $28 \times 48$ pixels and gives the left digit; another one gives the right digit. Nobody tells them about cuts or parts. For a fair comparison, the reader of the pipeline may learn from the same pairs: from the parts that its own cut makes of them. So it can get used to bad cuts.
#
# The lecture's claim: with little data the pipeline wins, because the hand-made stage puts knowledge into it. With much data, end to end wins, because the hand-made stage throws away information, and no amount of data brings that back. If so, the two learning curves **cross**. The size at the crossing is worth knowing before you collect data.
#
# Learning curves are nearly straight in logarithms (week 1, lesson 04). So we interpolate there: between two neighbouring sizes, $\log$ error is taken as linear in $\log$ size. Let $d = \log e_\text{first} - \log e_\text{second}$. If $d$ changes its sign between the sizes $n_a$ and $n_b$, it is 0 at
#
# $$\log n = \log n_a + \frac{d_a}{d_a - d_b} \left( \log n_b - \log n_a \right) .$$
#
# *On paper.* Errors 0.4 and 0.1 of the first, 0.8 and 0.05 of the second, with 100 and 10,000 examples. $d_a = -\log 2$, $d_b = \log 2$: the crossing lies half way between $\log 100$ and $\log 10{,}000$, so at 1,000.
#
# ### Exercise 5: `crossover`


# %% exercise="crossover"
def crossover(sizes, first, second):
    """The smallest size at which two measured learning curves meet, between the measured sizes.

    Args:
        sizes: numbers above 0, increasing, shape (n,), n >= 1; floats or whole numbers.
        first, second: the errors of two systems with these sizes, floats or whole numbers, shape (n,).

    Returns:
        The smallest size, a number, from sizes[0] to sizes[-1], at which both errors are equal; between neighbouring
        sizes, log error is linear in log size. If the errors are exactly equal at a measured size, this counts,
        also if the curves only touch there. None if they are equal nowhere.

    Raises:
        ValueError: an error is not above 0.
    """
    # 1. Errors above 0? 2. The difference of the logarithms. 3. From the left: is it 0 here? Does its sign change next?
    ### BEGIN SOLUTION
    if np.min(first) <= 0 or np.min(second) <= 0:
        raise ValueError("an error of 0 has no logarithm")
    d, u = np.log(first) - np.log(second), np.log(sizes)
    for k in range(len(d)):
        if first[k] == second[k]:
            return float(sizes[k])
        if k + 1 < len(d) and np.sign(d[k]) == -np.sign(d[k + 1]):
            return np.exp(u[k] + d[k] / (d[k] - d[k + 1]) * (u[k + 1] - u[k]))
    return None
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Go through the sizes from the left. At each size ask first whether both errors are equal; then, unless it is the last one, whether $d$ has the opposite sign at the next size.
# </details>
# <details><summary>Hint 2</summary>
#
# `d[k] * d[k + 1] < 0` says that the sign changes. The formula gives $\log n$; `np.exp` undoes the logarithm.
# </details>

# %% check="crossover" points=2
with checks.exercise("crossover"):
    sizes, first = np.array([100, 10_000, 40_000]), np.array([0.4, 0.1, 0.02])
    second = np.array([0.8, 0.05, 0.04])
    checks.unchanged(crossover, sizes, first, second)
    slips = {"the size is interpolated in logarithms, too": 5050, "the first crossing, not the last": 20_000}
    slips |= {"the errors are interpolated in logarithms, too": 5994.8425}
    checks.close("the crossing", crossover(sizes, first, second), 1000, mistakes=slips)
    slips = {"the part of the way is d_a / (d_a - d_b)": 2154.434690}
    found = crossover(sizes[:2], first[:2], np.array([0.8, 0.025]))
    checks.close("a crossing nearer to 100", found, 464.1588834, mistakes=slips)
    checks.equal("without a crossing", crossover(sizes, first, first / 2), None)
    checks.close("equal at 10,000", crossover(sizes, first, np.array([0.5, 0.1, 0.03])), 10_000)
    checks.close("equal at the last size", crossover(sizes, first, np.array([0.5, 0.2, 0.02])), 40_000)
    checks.raises("with an error of 0", ValueError, crossover, sizes, np.array([0.4, 0.1, 0]), second)
    ### BEGIN HIDDEN TESTS

    def by_slopes(sizes, first, second):
        if any(value <= 0 for value in [*first, *second]):
            raise ValueError("not above 0")
        ratios = [float(a) / float(b) for a, b in zip(first, second, strict=True)]
        for k, ratio in enumerate(ratios):
            if ratio == 1:
                return float(sizes[k])
            if k and (ratios[k - 1] > 1) != (ratio > 1):
                # Both curves are powers of the size here: a (n / n_a)^p and b (n / n_a)^q.
                step = np.log(float(sizes[k]) / float(sizes[k - 1]))
                power = np.log(ratio / ratios[k - 1]) / step
                return float(sizes[k - 1]) * ratios[k - 1] ** (-1 / power)
        return None

    def curves(rng, n):
        sizes = np.cumprod(rng.uniform(1.02, 1.3, n)) * 20
        common = 3 * sizes**-0.4
        return sizes, common * rng.uniform(0.5, 2, n), common * rng.uniform(0.5, 2, n)

    rng = np.random.default_rng(4)
    cases = {f"draw {k}": curves(rng, 1 + k % 7) for k in range(70)}
    apart = {f"with a crossing at the end only, draw {k}": curves(rng, 6) for k in range(20)}
    cases |= {key: (s, f, np.append(f[:5] * 1.3, f[5] * 0.7)) for key, (s, f, _) in apart.items()}
    s, f, g = curves(rng, 5)
    cases |= {"with equal curves": (s, f, f.copy()), "that touch": (s, f, f * np.array([2.0, 1, 2, 2, 0.5]))}
    cases |= {"that meet at the first size": (s, f, f * np.array([1.0, 2, 2, 0.5, 2])), "apart": (s, f, 3 * f)}
    cases |= {"that touch from above": (s, f, f / np.array([2.0, 2, 1, 2, 2])), "with one size": (s[:1], f[:1], g[:1])}
    cases |= {"that meet at their one size": (s[:1], f[:1], f[:1].copy()), "with errors above 1": (s, f * 40, g * 40)}
    cases |= {"with whole numbers": (np.array([1, 2, 4]), np.array([9, 5, 1]), np.array([7, 6, 4]))}
    cases |= {
        "with sizes below 1": (s / 1e4, f, f * np.array([2, 2, 2, 0.5, 2])),
        "with tiny errors": (s, f * 1e-9, f * np.array([2, 2, 0.7, 2, 2]) * 1e-9),
    }
    long = np.arange(1, 301) * 7.0
    cases |= {"with 300 sizes": (long, 2 / long, np.where(long < 1801, 1, 3) / long)}
    cases |= {"with large sizes": (np.array([10**6, 10**9, 10**12]), f[:3], f[:3] * np.array([2, 2, 0.25]))}
    cases |= {
        "that cross, and meet later": (s, f, f * np.array([2, 0.5, 1, 2, 2])),
        "both touch": (s[:2], f[:2], f[:2] * 1),
    }
    cases |= {"nearly equal": (s, f, f * (1 + np.array([1e-6, 1e-6, 2e-6, -1e-6, 1e-6])))}
    domain = {"types": ["sizes", "first", "second"], "apart": False, "cases": cases, "rtol": 1e-8}
    checks.agrees(crossover, by_slopes, curves, sizes={"n": 120}, **domain)
    for k in range(5):
        for value in (0, -0.1):
            bad = np.where(np.arange(5) == k, value, f)
            checks.raises(f"with an error of {value} in the first", ValueError, crossover, s, bad, f * 2)
            checks.raises(f"with an error of {value} in the second", ValueError, crossover, s, f * 2, bad)
    ### END HIDDEN TESTS

# %% [markdown]
# The measurement: 250 to 16,000 pairs, two seeds, on 2,000 test pairs. Three pipelines differ only in the cut: the least ink in a wide window, the least ink in the window from above, and the ruler. All networks make 1,000 steps with the two smaller sizes and 3,000 with the larger ones.

# %%
SIZES, STEPS = np.array([250, 1000, 4000, 16_000]), (1000, 1000, 3000, 3000)
CUTS = {"wide window": (14, 34), "window from above": WINDOW, "ruler": (23, 24)}
test_parts = {name: digit_parts(test_pairs, find_cut(test_pairs, *window)) for name, window in CUTS.items()}
scores = {name: np.zeros((len(SIZES), 2)) for name in (*CUTS, "end to end")}
X_pairs = inputs(test_pairs)
jobs = [(row, seed) for row in range(len(SIZES)) for seed in range(2)]
for row, seed in tqdm(jobs, desc="sizes and seeds", file=sys.stdout):
    pictures, truth, _ = touching_pairs(images, labels, SIZES[row], np.random.default_rng(seed))
    for name, window in CUTS.items():
        X = inputs(np.concatenate(digit_parts(pictures, find_cut(pictures, *window))))
        own = fit_classifier(X, truth.T.ravel(), (128,), seed, steps=STEPS[row])
        scores[name][row, seed] = pair_error(read_parts(test_parts[name], own), pair_labels)[0]
    X = inputs(pictures)
    both = [fit_classifier(X, truth[:, side], (128,), seed, steps=STEPS[row]) for side in (0, 1)]
    found = np.stack([predict(X_pairs, network) for network in both], axis=1)
    scores["end to end"][row, seed] = pair_error(found, pair_labels)[0]

# %%
figure, axis = plt.subplots(figsize=(7, 4))
for name, values in scores.items():
    (line,) = axis.plot(SIZES, values.mean(axis=1), marker="o", label=name)
    axis.fill_between(SIZES, values.min(axis=1), values.max(axis=1), color=line.get_color(), alpha=0.2)
    print(f"{name:18}", *(f"{value:.3f}" for value in values.mean(axis=1)))
whole = scores["end to end"].mean(axis=1)
for name in CUTS:
    curve = scores[name].mean(axis=1)
    meet = crossover(SIZES, curve, whole)
    print(f"{name:18} meets end to end", f"at {meet:,.0f} pairs" if meet else "nowhere in this range")
    if meet:
        height = np.exp(np.interp(np.log(meet), np.log(SIZES), np.log(curve)))
        axis.plot(meet, height, "o", markersize=14, fillstyle="none", color="black")
axis.set(xscale="log", yscale="log", xlabel="pairs to learn from", ylabel="pair error (axes do not start at 0)")
axis.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
axis.set_yticks([0.1, 0.2, 0.4, 0.6], ["0.1", "0.2", "0.4", "0.6"])
axis.minorticks_off()
axis.set_title("The better the cut, the later end to end catches up")
axis.legend()
plt.show()

# %% [markdown]
# **What to notice.** A black circle marks a crossing. With 250 pairs, end to end is wrong in more than six of ten pairs, and every pipeline is better. Its curve is the steepest, as the lecture says. It passes the pipeline with the wide window with about a thousand pairs. To reach the one with the window from above it needs about 16,000; whether the two curves really meet there depends on the seeds. The ruler stays clearly ahead in the whole range. **The better the hand-made stage, the later the curves cross**, and in the range that you can afford they may not cross at all. "End to end wins with much data" is no law of nature.
#
# Be careful with such comparisons. A reader that stops learning too early looks just like the ceiling of a bad cut; with more steps it may get used to the bad cuts. Before you say that one system beats another, ask whether both had their best chance.
#
# There is also the point of the lecture's gate that knows faces: for the *stages* there may be much more data than for the whole. In section 3 the reader had learned from single digits, of which we have 8,000, and **not from a single pair**. With the ruler its pair error was about 0.24. End to end needs about 4,000 pairs for that.
#
# ## 6. A team that learns to decide
#
# *Can decisions be learned end to end?*
#
# In [week 1](../week1_ml_strategy_1/04_human_level_performance.ipynb) you wrote a team for the 32 projects. It was a pipeline: a hand-made diagnosis turned the report into a **gap** for each action, and a fitted rate turned the gap into an expected gain. Now the team learns end to end: from the raw numbers of the report to the gain of each action. Nobody tells it what a gap is.
#
# Past projects are the data. `experience_of` collects all their states: the report, and for each possible action by how much the cost really fell.


# %%
def experience_of(projects):
    """The states of past projects: a list of pairs (report, gains); gains is a dict from each possible action."""
    found = []
    for project in projects:
        for plan, cost in project.costs.items():
            report = project.report(plan)
            after = {action: project.costs[plan_of([*plan, action])] for action in report["possible"]}
            found.append((report, {action: cost - new for action, new in after.items()}))
    return found


projects = data.load_projects(range(32))
past, new = projects[:16], projects[16:]
experience = experience_of(past)
report, gains = experience[0]
print(len(experience), "states of 16 projects. The first:", np.round(report_numbers(report), 3))
print("gains:", {action: round(gain, 3) for action, gain in gains.items()})

# %% [markdown]
# For one action, let column $i$ of $X$, shape $(n, m)$, hold the $n$ numbers of report $i$, and let $y_i$ be the gain there. **Ridge regression** looks for the weights $w$, shape $(n,)$, with the least
#
# $$J(w) = \sum_{i=1}^{m} \left( w^T x_i - y_i \right)^2 + \lambda \sum_{j=1}^{n} w_j^2 .$$
#
# The penalty $\lambda > 0$ keeps weights small when there are few examples: it is the L2 regularisation of course 2. All entries of $w$ are penalised, also the one of the constant 1. The gradient $2 X (X^T w - y) + 2 \lambda w$ is zero where
#
# $$\left( X X^T + \lambda I \right) w = X y .$$
#
# These are the **normal equations**. With $\lambda > 0$ they have exactly one solution, even if $m < n$.
#
# *On paper.* $X = \begin{bmatrix} 1 & 1 & 1 \\ 0 & 1 & 2 \end{bmatrix}$, $y = [1, 2, 4]$, $\lambda = 1$: $X X^T + I = \begin{bmatrix} 4 & 3 \\ 3 & 6 \end{bmatrix}$ and $X y = \begin{bmatrix} 7 \\ 10 \end{bmatrix}$, so $w = \frac{1}{15} \begin{bmatrix} 6 \cdot 7 - 3 \cdot 10 \\ -3 \cdot 7 + 4 \cdot 10 \end{bmatrix} = \frac{1}{15} \begin{bmatrix} 12 \\ 19 \end{bmatrix} \approx \begin{bmatrix} 0.8 \\ 1.267 \end{bmatrix}$.
#
# ### Exercise 6: `fit_gains`


# %% exercise="fit_gains"
def fit_gains(X, y, penalty):
    """Ridge regression: the weights with the least sum of squared errors plus penalty times the squared weights.

    Args:
        X: inputs as columns, floats or whole numbers, shape (n, m), n >= 1, m >= 1; there may be fewer columns than
            rows.
        y: what is to be predicted, floats or whole numbers, shape (m,).
        penalty: a number above 0. All weights are penalised.

    Returns:
        The weights, floats, shape (n,).

    Raises:
        ValueError: the penalty is not above 0.
    """
    # 1. Is there a penalty? 2. Both sides of the normal equations. 3. Solve them.
    ### BEGIN SOLUTION
    if penalty <= 0:
        raise ValueError(f"the penalty {penalty} is not above 0")
    return np.linalg.solve(X @ X.T + penalty * np.eye(len(X)), X @ y)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.solve(A, b)` solves $A w = b$. $X X^T$ has the shape $(n, n)$, and `np.eye(n)` is $I$.
# </details>

# %% check="fit_gains" points=2
with checks.exercise("fit_gains"):
    X, y = np.array([[1.0, 1, 1], [0, 1, 2]]), np.array([1.0, 2, 4])
    checks.unchanged(fit_gains, X, y, 1)
    slips = {"the penalty is missing": [5 / 6, 3 / 2], "the penalty is not multiplied by m": [2 / 3, 1.0]}
    slips |= {"the constant is penalised, too": [4 / 3, 1.0], "the penalty is added, not subtracted": [1.0, 2.0]}
    slips |= {"the penalty is not halved": [0.8292683, 1.3658537]}
    checks.close("fit_gains(X, y, 1)", fit_gains(X, y, 1), [12 / 15, 19 / 15], mistakes=slips)
    slips = {"the penalty is missing or fixed": [0.8, 1.2666667], "the penalty is not squared": [0.6111111, 0.9074074]}
    checks.close("fit_gains(X, y, 2)", fit_gains(X, y, 2), [19 / 26, 29 / 26], mistakes=slips)
    checks.raises("with the penalty 0", ValueError, fit_gains, X, y, 0)
    ### BEGIN HIDDEN TESTS

    def by_more_examples(X, y, penalty):
        # A penalty is n more examples: sqrt(penalty) times a unit vector, for which 0 is to be predicted.
        n = len(X)
        rows = np.vstack([np.asarray(X, dtype=float).T, float(penalty) ** 0.5 * np.eye(n)])
        return np.linalg.lstsq(rows, np.append(np.asarray(y, dtype=float), np.zeros(n)), rcond=None)[0]

    def states(rng, n, m):
        return rng.normal(0, 1, (n, m)), rng.normal(0, 1, m), float(rng.uniform(0.2, 3))

    rng = np.random.default_rng(5)
    X, y, _ = states(rng, 4, 9)
    cases = {f"with the penalty {value:g}": (X, y, value) for value in (1e-6, 0.001, 7, 1e3, 1e6)}
    cases |= {"with a row of zeros": (X * [[1], [0], [1], [1]], y, 0.5), "with equal rows": (X[[0, 1, 1, 0]], y, 0.5)}
    cases |= {"with a constant": (np.vstack([np.ones(9), X]), y + 5, 0.3), "with all gains 0": (X, 0 * y, 0.3)}
    cases |= {"with small gains": (X, y * 1e-9, 0.3), "with more rows than columns": states(rng, 12, 3)}
    cases |= {"with rows of different size": (X * [[100], [1], [0.1], [1]], y, 0.3)}
    domain = {"real": {"X": 30, "y": 1e6}, "types": ["X", "y", "penalty"], "cases": cases}
    checks.agrees(fit_gains, by_more_examples, states, sizes={"n": 105, "m": 1030}, apart=False, **domain)
    w = fit_gains(X, y, 0.7)
    J = lambda w: float(np.sum((w @ X - y) ** 2) + 0.7 * np.sum(w**2))  # noqa: E731
    checks.that(all(J(w) < J(w + step) for step in rng.normal(0, 1e-3, (50, 4))), "other weights have a smaller J")
    for value in (0, -1, -0.5, 0.0):
        checks.raises(f"with the penalty {value}", ValueError, fit_gains, X, y, value)
    ### END HIDDEN TESTS

# %% [markdown]
# Now write the whole: from experience to a **policy**, a function that gets a report and names the next action. `report_numbers(report)`, from the set-up cell, gives the twelve raw numbers of a report.
#
# How your team learns is up to you; only the regret counts. Each half of the 32 projects is judged by a policy that has learned from the *other* half, with the penalty 0.1. Over all 32 projects
#
# | team | mean regret |
# |---|---|
# | chance | about 0.058 |
# | the best three actions of the other half, in every project | 0.020 |
# | week 1: hand-made gaps times rates, fitted on the other half | 0.019 |
#
# You have full marks with at most **0.016**. A ridge regression for each action reaches this with any penalty from 0.003 to 1. The cell below tries the same on projects 0 to 15 alone, with eight projects to learn from. That is fewer, so only 0.022 is asked there.
#
# ### Exercise 7: `learn_policy`


# %% exercise="learn_policy"
def learn_policy(experience, penalty):
    """Learns from past projects what to do next.

    Args:
        experience: a list of pairs (report, gains), as experience_of makes it. A report is what `project.report()`
            gives; gains is a dict that says for each possible action of the report, and for no other, by how much
            the cost fell.
            In the last states of a project no action is possible. Each of the seven actions occurs somewhere.
        penalty: a number above 0, for fit_gains. You need not use it.

    Returns:
        A policy: a function that gets a report with at least one possible action, and returns the name of one
        of report["possible"]. It must not change the report. It is judged by the mean regret on new projects.
    """
    # 1. For each action, collect the numbers of the reports and the gains. 2. Weights for each. 3. The policy.
    ### BEGIN SOLUTION
    weights = {}
    for action in {action for _, gains in experience for action in gains}:
        known = [(report_numbers(report), gains[action]) for report, gains in experience if action in gains]
        X = np.array([numbers for numbers, _ in known]).T
        weights[action] = fit_gains(X, np.array([gain for _, gain in known]), penalty)

    def policy(report):
        return max(report["possible"], key=lambda action: weights[action] @ report_numbers(report))

    return policy
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# For one action only the states count in which it was possible: those whose dict `gains` has it. `np.array(list_of_vectors).T` has the vectors as columns.
# </details>
# <details><summary>Hint 2</summary>
#
# Keep the weights in a dict by the name of the action. The expected gain in a new report is `weights[action] @ report_numbers(report)`. Define the policy inside `learn_policy`, and return it: it remembers `weights`.
# </details>

# %% check="learn_policy" points=3
with checks.exercise("learn_policy"):
    practice = data.load_projects(range(16))

    def states_of(projects):
        reports = [(project.costs, plan, project.report(plan)) for project in projects for plan in project.costs]
        after = lambda costs, plan, action: costs[plan] - costs[plan_of([*plan, action])]  # noqa: E731
        return [(report, {a: after(costs, plan, a) for a in report["possible"]}) for costs, plan, report in reports]

    halves = practice[:8], practice[8:]
    checks.unchanged(learn_policy, states_of(halves[0])[:60], 0.1)
    policies = [learn_policy(states_of(half), 0.1) for half in halves]
    checks.that(callable(policies[0]), "learn_policy must return a function, the policy")
    mean = (mean_regret(policies[0], halves[1]) + mean_regret(policies[1], halves[0])) / 2
    message = f"learned from 8 projects and judged on 8 others, the policy loses {mean:.3f}; at most 0.022 is asked"
    checks.that(mean <= 0.022, message)
    ### BEGIN HIDDEN TESTS
    halves = practice, data.load_projects(range(16, 32))
    policies = [learn_policy(states_of(half)[::-1], 0.1) for half in halves]  # the first one has no possible action
    mean = (mean_regret(policies[0], halves[1]) + mean_regret(policies[1], halves[0])) / 2
    message = f"learned from 16 projects and judged on 16 others, the policy loses {mean:.4f}; at most 0.016 is asked"
    checks.that(mean <= 0.016, message)

    def policy(report):
        return policies[0](report)

    checks.unchanged(policy, practice[9].report())
    invented, report = {}, practice[3].report()
    for wanted in ("regularise", "more_data", "change_metric"):  # three experiences of one size
        gained = [(seen, {action: 0.3 * (action == wanted) for action in gains}) for seen, gains in states_of(practice)]
        invented[wanted] = learn_policy(gained, 0.1)
    for wanted, chosen in invented.items():
        checks.equal(f"where only {wanted} ever gained anything, the policy", chosen(report), wanted)
    ### END HIDDEN TESTS

# %% [markdown]
# A run of 15 decisions, in five new projects. The policy has learned from projects 0 to 15. After each decision you see what it cost, and what would have been better.

# %%
team = learn_policy(experience, 0.1)
total = 0.0
for project in new[:5]:
    print(f"project {project.number}: {project.truth}; best possible cost {project.best_cost():.3f}")
    for decision in play(project, team):
        advice = "nothing was better" if decision.regret == 0 else f"{decision.better} was better"
        print(f"   {decision.action:15} cost {decision.cost:.3f}, regret {decision.regret:.3f}: {advice}")
        total += decision.regret
print(f"lost in 15 decisions: {total:.3f}")

# %% [markdown]
# ### How many projects does a team need?
#
# Here the two ways to decide get the same past projects, from 1 to 16 of them, and play 16 others. All 32 projects are split at random, 12 times. The diagnosis fits one rate for each action, the team from above twelve weights.


# %%
def gaps_of(report):
    """The hand-made gaps of week 1."""
    categories = report["category_errors"]
    gaps = {
        "bigger_network": report["train_error"] - report["human_error"],
        "more_data": report["train_dev_error"] - report["train_error"],
        "user_data": report["dev_error"] - report["train_dev_error"],
        "synthesise": categories["blurred"] + categories["shifted"],
        "clean_labels": report["wrong_labels"],
        "regularise": report["wrong_labels"] * (1 - report["one_way"]),
        "change_metric": report["dev_cost"] - report["dev_error"],
    }
    return {action: max(0.0, gap) for action, gap in gaps.items()}


def diagnosis(experience):
    """The policy of week 1, its rates fitted to the experience."""
    products, squares = {}, {}
    for report, gains in experience:
        gaps = gaps_of(report)
        for action, gain in gains.items():
            products[action] = products.get(action, 0.0) + gaps[action] * gain
            squares[action] = squares.get(action, 1e-12) + gaps[action] ** 2
    rates = {action: products[action] / squares[action] for action in squares}
    return lambda report: max(report["possible"], key=lambda action: rates[action] * gaps_of(report)[action])


# %%
NUMBERS = np.array([1, 2, 4, 8, 16])
states = [experience_of([project]) for project in projects]
lost = np.zeros((2, len(NUMBERS), 12))
for split in tqdm(range(12), desc="splits of the projects", file=sys.stdout):
    order = np.random.default_rng(split).permutation(32)
    others = [projects[k] for k in order[16:]]
    for row, number in enumerate(NUMBERS):
        known = [state for k in order[:number] for state in states[k]]
        for way, policy in enumerate((diagnosis(known), learn_policy(known, 0.1))):
            lost[way, row, split] = mean_regret(policy, others)
means, spread = lost.mean(axis=2), lost.std(axis=2, ddof=1)
figure, axis = plt.subplots(figsize=(7, 3.6))
for way, name in enumerate(("hand-made diagnosis", "end to end")):
    axis.errorbar(NUMBERS * (1 + 0.03 * way), means[way], spread[way], marker="o", capsize=3, label=name)
    print(f"{name:20}", *(f"{value:.3f}" for value in means[way]))
meet = crossover(NUMBERS, means[0], means[1])
print("the curves meet", f"at {meet:.1f} projects" if meet else "nowhere")
print("end to end loses less with 16 projects in", int(np.sum(lost[1, -1] < lost[0, -1])), "of 12 splits")
axis.set(xscale="log", xlabel="past projects to learn from", ylabel="mean regret", ylim=(0, None))
axis.set_xticks(NUMBERS, NUMBERS)
axis.minorticks_off()
axis.set_title("Few projects: use the diagnosis. Many: let the team learn")
axis.legend()
plt.show()

# %% [markdown]
# **What to notice.** With one or two past projects, the diagnosis loses less: it knows already which number matters for which action. It gains little from more projects, because one rate for each action cannot say much. The team that learns end to end starts worse and ends better. The curves cross at a handful of projects. The bars show one standard deviation over the splits; the splits share their projects, so they are not independent of each other.
#
# ## 7. Whether to go end to end
#
# *The lecture ends with questions to ask first. What do the two crossings say?*
#
# **Have you enough data for the whole task?** For two digits, "enough" was about a thousand pairs against the poorest cut, and far more against the others. For the decisions it was about five projects, each with 60 measured states: a linear function of twelve numbers asks for much less than a function of 1,344 pixels. There is no number that holds for all tasks. Measure two or three sizes, and extrapolate both curves.
#
# **How good is the hand-made part?** It puts knowledge into a system, and it limits the system. The wide window limited it soon, the window from above late, the ruler never in this range. The diagnosis of week 1 puts in just the right knowledge for one project, and too little freedom for sixteen.
#
# **How complex is the function to learn, and is there data for its parts?** A cut and a single digit are simple, and for single digits there were data already. Where the parts have much data and the whole has little, a pipeline is the better start.
#
# And it need not be one or the other. A learned cut in the pipeline, or the diagnosis as further inputs of the policy, may beat both.

# %% [markdown]
# ## What you built
#
# - a cut by hand and the error of the whole, with the assumption of independence put to the test;
# - a ceiling analysis, which names the stage that is worth most, and a prediction of what a better stage gains;
# - the crossing of two learning curves, measured for pictures and for decisions;
# - ridge regression by the normal equations, and a team that learned its decisions from past projects.

# %% [markdown]
# ## On your own
#
# - Train the reader on single digits to which you have added pieces of neighbours by yourself. How near does the pipeline come to true cuts without any real pair?
# - Give the policy of section 6 the seven gaps as further inputs. For which numbers of past projects does this help?
# - Learn the cut: a network that gets the whole picture and gives the column, trained with the true cuts. Predict the pair error with `error_through_stages` before you measure it. From how many pairs on does this pipeline beat the ruler, and does end to end ever catch up? This one is hard.

# %% [markdown]
# ## In practice
#
# - `sklearn.linear_model.Ridge` fits ridge regression. By default it adds a constant that is *not* penalised.
# - Speech recognition went end to end when thousands of hours of transcribed speech were there. Cars that drive themselves mostly remain pipelines: each stage can be tested, and for each there are more labels than for the whole way from camera to steering wheel.
# - Long pipelines are often trained in stages first, and then fine-tuned as a whole, if gradients can pass through every stage.

# %% [markdown]
# ## References
#
# - Andrew Ng: *Machine Learning Yearning* (2018).
# - Tobias Glasmachers: *Limits of End-to-End Learning* (2017).
# - Awni Hannun and others: *Deep Speech: Scaling up End-to-End Speech Recognition* (2014).
# - Mariusz Bojarski and others: *End to End Learning for Self-Driving Cars* (2016).
# - Arthur E. Hoerl, Robert W. Kennard: *Ridge Regression: Biased Estimation for Nonorthogonal Problems* (1970).
