# %% [markdown]
# You will take the mistakes of a real classifier apart, compute what each repair can gain at best, find wrong labels that nobody marked, and spend four days of work where they gain most.

# %% [markdown]
# ## What you will be able to do
#
# - count the mistakes of a system by category, and compute the ceiling of each category;
# - say how exact a share is that comes from 100 mistakes;
# - compute which part of an error is due to wrong labels, and estimate the error that remains when the labels are corrected;
# - find wrong labels by confident learning, and estimate how labels are confused;
# - run the loop: build a first system quickly, analyse its errors, work on one category, measure again.
#
# **What you need:** NumPy. The classifier is the dense network of courses 1 and 2, ready to use.

# %%
import sys
from statistics import NormalDist

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import corrupt
from shared_utils.grading import grade
from shared_utils.projects.classifier import error_rate, fit_classifier, inputs, predict, probabilities

plots.use_style()

digits = data.load_digits()
images, truths = digits.X_train[..., 0] / np.float32(255), digits.Y_train[0]
images_test, truths_test = digits.X_test[..., 0] / np.float32(255), digits.Y_test[0]


print(len(images), "digits with their truths, and", len(images_test), "to test")

# %% [markdown]
# ## 1. Look at the mistakes
#
# *A first system has an error of one quarter. What should you work on?*
#
# In the lecture somebody proposes to work for months on dogs, because a classifier of cats takes some dogs for cats. Before that, one hour is well spent: take about 100 mistakes from the dev set, look at each of them, and write down in a **table** what is special about it. This is **error analysis**.
#
# Our first system learns from 6,000 clean digits. But its users have bad cameras. In the dev set and in the test set, some pictures are **blurred** (3 in 10), **shifted** (1 in 10) or **faint** (1 in 10: dark ink on light ground). A picture can be several of these, or none. We made the pictures ourselves, so we know the **tags** of all of them: an array of shape $(m, k)$ for $m$ pictures and $k$ categories, which is True where a picture belongs to a category.

# %%
KINDS = ("blurred", "shifted", "faint")


def bad_cameras(images, rng):
    """Pictures (m, 28, 28) as the users take them, and their tags (m, 3): blurred, shifted, faint."""
    taken, tags = images.copy(), rng.random((len(images), 3)) < (0.3, 0.1, 0.1)
    for k in (1, 0, 2):
        taken[tags[:, k]] = corrupt(taken[tags[:, k]], KINDS[k], rng)
    return taken, tags


rng = np.random.default_rng(0)
dev, tags = bad_cameras(images[6000:], rng)
test, tags_test = bad_cameras(images_test, rng)
first_system = fit_classifier(inputs(images[:6000]), truths[:6000], steps=1000)
found = predict(inputs(dev), first_system)
mistakes = found != truths[6000:]
print(f"error: train {error_rate(inputs(images[:6000]), truths[:6000], first_system):.3f}, dev {mistakes.mean():.3f}")

looked_at = np.flatnonzero(mistakes)[:24]
titles = [f"{truths[6000 + i]} read as {found[i]}" for i in looked_at]
plots.show_images(dev[looked_at], titles, columns=8, title="24 mistakes: how many are blurred, shifted, faint?")
plt.show()

# %% [markdown]
# **Count them by hand before you read on.** Faint pictures have a light ground. Blurred ones have grains all over. Shifted ones are not in the middle, and what left at one side has come in at the other. Some have two marks, and some have none. Write down four numbers: blurred, shifted, faint, no mark.
#
# For each category, the table has the **count** of the mistakes in it, and their **share** of all mistakes. The shares need not add up to 1, because a picture can be in several categories. The pictures that are *no* mistakes do not count here.
#
# *On paper.* Eight examples, five of them mistakes:
#
# | example | mistake | blurred | shifted | faint |
# |---|---|---|---|---|
# | 0 | yes | yes | | |
# | 1 | no | yes | | |
# | 2 | yes | yes | yes | |
# | 3 | yes | yes | | |
# | 4 | yes | | | |
# | 5 | no | | | yes |
# | 6 | yes | | yes | yes |
# | 7 | no | | yes | |
#
# The counts are 3, 2 and 1, the shares 0.6, 0.4 and 0.2. One mistake has no tag.
#
# ### Exercise 1: `error_table`


# %% exercise="error_table"
def error_table(mistakes, tags):
    """The table of an error analysis: how many mistakes each category has.

    Args:
        mistakes: True where an example is a mistake, an array of truth values (bool), shape (m,), m >= 1.
        tags: True where an example belongs to a category, an array of truth values (bool), shape (m, k), k >= 1.

    Returns:
        A tuple (counts, shares, untagged):
        counts: the number of mistakes in each category, whole numbers (k,).
        shares: counts divided by the number of all mistakes, floats (k,); all 0 if there are no mistakes.
        untagged: the number of mistakes that belong to no category, a whole number.
    """
    # 1. The rows of the mistakes. 2. Count in each column. 3. Which of these rows have no True?
    ### BEGIN SOLUTION
    rows = tags[mistakes]
    counts = rows.sum(axis=0)
    untagged = len(rows) - rows.any(axis=1).sum()
    return counts, counts / max(len(rows), 1), untagged
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `tags[mistakes]` holds the rows of the mistakes alone. The sum of an array of truth values along an axis is a count.
#
# `rows.any(axis=1)` is True for each row with at least one True. Without mistakes, divide by 1 in place of 0.
# </details>

# %% check="error_table" points=2
with checks.exercise("error_table"):
    wrong = np.array([1, 0, 1, 1, 1, 0, 1, 0], dtype=bool)
    kinds = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 1, 1], [0, 1, 0]]) == 1
    checks.unchanged(error_table, wrong, kinds)
    names = ["counts", "shares", "untagged"]
    counts, shares, untagged = checks.results("error_table(mistakes, tags)", error_table(wrong, kinds), names)
    checks.close("counts", counts, [3, 2, 1], mistakes={"only mistakes count": [4, 3, 2]})
    slips = {"divide by the number of mistakes, not of examples": [0.375, 0.25, 0.125]}
    slips |= {"divide by the number of mistakes, not by the sum of the counts": [1 / 2, 1 / 3, 1 / 6]}
    slips |= {"this is the share of a category that is wrong": [3 / 4, 2 / 3, 1 / 2]}
    checks.close("shares", shares, [0.6, 0.4, 0.2], mistakes=slips)
    slips = {"a mistake with two tags is one mistake; do not subtract the sum of the counts": -1}
    checks.close("untagged", untagged, 1, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def row_by_row(mistakes, tags):
        counts, untagged, total = [0] * tags.shape[1], 0, 0
        for wrong, row in zip(mistakes.tolist(), tags.tolist(), strict=True):
            if wrong:
                total += 1
                untagged += not sum(row)
                counts = [count + int(tag) for count, tag in zip(counts, row, strict=True)]
        return np.array(counts), np.array([count / total if total else 0.0 for count in counts]), int(untagged)

    def spreadsheet(rng, m, k):
        return rng.random(m) < 0.6, rng.random((m, k)) < rng.uniform(0, 0.6, k)

    rng = np.random.default_rng(1)
    all_of_them, none = np.ones(7, bool), np.zeros(7, bool)
    cases = {"without mistakes": (none, spreadsheet(rng, 7, 3)[1])}
    cases |= {"without tags": (all_of_them, np.zeros((7, 2), bool))}
    cases |= {"with mistakes only": (all_of_them, spreadsheet(rng, 7, 3)[1])}
    cases |= {"with all tags": (all_of_them, np.ones((7, 2), bool)), "with one mistake": (np.arange(7) == 3, kinds[:7])}
    cases |= {"with 2,000 examples": spreadsheet(rng, 2000, 3)}
    checks.agrees(error_table, row_by_row, spreadsheet, sizes={"m": 300, "k": 110}, cases=cases, returns=names)
    ### END HIDDEN TESTS

# %%
for words, chosen in (("the 24 above", looked_at), ("all of dev", np.arange(len(dev)))):
    counts, shares, untagged = error_table(mistakes[chosen], tags[chosen])
    listed = ", ".join(f"{kind} {n} ({share:.0%})" for kind, n, share in zip(KINDS, counts, shares, strict=True))
    print(f"{words}: {mistakes[chosen].sum()} mistakes; {listed}; no mark {untagged}")

# %% [markdown]
# *What to notice.* Compare the first line with your four numbers. If yours differ, find out why: tags by hand are never perfect, and two people seldom agree on all of them.
#
# Only 3 pictures in 10 are blurred, and only 1 in 10 is faint. But among the *mistakes* the shares are larger. This is what the table is for: it shows where the mistakes are, and not where the pictures are.
#
# ## 2. The ceiling
#
# *How much can the error fall at best?*
#
# Suppose that you work on blurred pictures until not one of them is a mistake. Then the error falls by the share of *all* examples that are blurred *and* mistakes. This is the **ceiling** of the category. In the lecture, the error is 10 %, and 5 % of the mistakes are dogs: perfect work on dogs lowers the error from 10 % to 9.5 %. If 50 % of the mistakes were dogs, it could fall to 5 %.
#
# For a *set* of categories, a mistake counts once, also if it has several of the tags:
#
# $$\text{ceiling} = \frac{\text{number of mistakes with at least one of the chosen tags}}{m} .$$
#
# So the ceilings of two categories must not be added where the tags overlap.
#
# *On paper*, with the table above: the ceiling of blurred is $3/8$, of shifted $2/8$, of both together $4/8$ and not $5/8$: the mistake in the row of example 2 has both tags.
#
# ### Exercise 2: `ceiling`


# %% exercise="ceiling"
def ceiling(mistakes, tags, chosen):
    """By how much the error falls at best, if work on some categories is perfect.

    Args:
        mistakes: True where an example is a mistake, an array of truth values (bool), shape (m,), m >= 1.
        tags: True where an example belongs to a category, an array of truth values (bool), shape (m, k).
        chosen: a list of the numbers of the categories, from 0 to k - 1, in any order; perhaps empty.

    Returns:
        The share of all m examples that are mistakes and belong to at least one of the chosen categories.
    """
    # 1. Which examples have at least one of the tags? 2. Which of them are mistakes? 3. Their share of m.
    ### BEGIN SOLUTION
    return np.mean(mistakes & tags[:, chosen].any(axis=1))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `tags[:, chosen]` holds the chosen columns. `a & b` is True where both are. The mean of truth values is a share.
# </details>

# %% check="ceiling" points=1
with checks.exercise("ceiling"):
    wrong = np.array([1, 0, 1, 1, 1, 0, 1, 0], dtype=bool)
    kinds = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 1, 1], [0, 1, 0]]) == 1
    checks.unchanged(ceiling, wrong, kinds, [0, 1])
    slips = {"a share of all examples, not of the mistakes": 0.6, "only mistakes count": 0.5}
    checks.close("ceiling(mistakes, tags, [0])", ceiling(wrong, kinds, [0]), 0.375, mistakes=slips)
    slips = {"a mistake with both tags counts once": 0.625, "at least one of the tags, not all of them": 0.125}
    slips |= {"a share of all examples, not of the mistakes": 0.8, "only mistakes count": 0.75}
    checks.close("ceiling(mistakes, tags, [0, 1])", ceiling(wrong, kinds, [0, 1]), 0.5, mistakes=slips)
    checks.close("ceiling(mistakes, tags, [])", ceiling(wrong, kinds, []), 0)
    ### BEGIN HIDDEN TESTS

    def by_sets(mistakes, tags, chosen):
        rows = {i for j in chosen for i in range(len(tags)) if tags[i, j]}
        return len(rows & {i for i, wrong in enumerate(mistakes) if wrong}) / len(mistakes)

    def choice(rng, m, k, c):
        picked = rng.permutation(k)[: max(0, min(k, c))].tolist()
        return rng.random(m) < 0.6, rng.random((m, k)) < rng.uniform(0, 0.6, k), picked

    rng = np.random.default_rng(2)
    cases = {f"with categories {chosen}": (wrong, kinds, chosen) for chosen in ([2, 0], [1, 2], [2, 1, 0], [0, 0, 1])}
    cases |= {"without mistakes": (np.zeros(8, bool), kinds, [0, 1])}
    cases |= {"with mistakes only": (np.ones(8, bool), kinds, [1]), "with no tags": (wrong, kinds & False, [0])}
    cases |= {"with 2,000 examples": (np.ones(2000, bool), np.ones((2000, 2), bool), [1])}
    checks.agrees(ceiling, by_sets, choice, sizes={"m": 300, "k": 105, "c": (0, 101)}, cases=cases)
    ### END HIDDEN TESTS

# %%
alone = [ceiling(mistakes, tags, [k]) for k in range(3)]
for kind, best in zip(KINDS, alone, strict=True):
    print(f"{kind:8} ceiling {best:.3f}: error {mistakes.mean():.3f} could become {mistakes.mean() - best:.3f}")
print(f"all three together: {ceiling(mistakes, tags, [0, 1, 2]):.3f}; the sum of the three ceilings: {sum(alone):.3f}")

# %% [markdown]
# *What to notice.* No category alone can bring the error below half of what it is. The sum of the ceilings is larger than the ceiling of all three together: the tags overlap.
# The ceiling is what *perfect* work gains. Section 7 measures what real work gains.
#
# ## 3. How exact is a share from 100 mistakes?
#
# *You looked at 100 mistakes and 8 were faint. Is the share 8 %?*
#
# In another sample, there might be 5 or 12. Let $\hat p = s/n$, with $s$ of $n$ mistakes in the category, and let $p$ be the share among all mistakes that the system will ever make. If the mistakes are drawn independently, the variance of $\hat p$ is $p(1-p)/n$. The textbook interval puts $\hat p$ in the place of the unknown $p$; it is called the **Wald interval**:
#
# $$\hat p \pm z \sqrt{\hat p (1 - \hat p) / n} .$$
#
# Here $z$ is the number that a normal variable exceeds with probability $(1 - \text{confidence})/2$: $z = 1.96$ for a confidence of $0.95$. For $s = 0$ this interval is one point, as if we were sure. That is wrong: the category is rare, but it may exist.
#
# Wilson (1927) does not replace $p$. His interval holds **all $p$ that fit the data**:
#
# $$(\hat p - p)^2 \le z^2 \, p (1 - p) / n .$$
#
# This is a quadratic inequality in $p$. Written out, $(1 + z^2/n) \, p^2 - (2 \hat p + z^2/n) \, p + \hat p^2 \le 0$. Its solutions lie between
#
# $$\frac{1}{1 + z^2/n} \left( \hat p + \frac{z^2}{2n} \; \pm \; z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4 n^2}} \right) .$$
#
# *On paper.* $n = 4$, $s = 1$ and $z = 2$, so $z^2/n = 1$: $\frac12 \left( 0.25 + 0.5 \pm 2 \sqrt{0.046875 + 0.0625} \right) = 0.375 \pm 0.331$. From 4 mistakes, nearly everything is possible.
#
# ### Exercise 3: `wilson_interval`


# %% exercise="wilson_interval"
def wilson_interval(successes, n, confidence):
    """Wilson's interval for a share.

    Args:
        successes: how many of n were counted, a whole number from 0 to n.
        n: how many were looked at, a whole number.
        confidence: a number between 0 and 1, both excluded, such as 0.95.

    Returns:
        A tuple of two numbers from 0 to 1 (up to rounding), the lower and the upper end.

    Raises:
        ValueError: n is 0 or negative, successes is not from 0 to n, or confidence is not between 0 and 1.
    """
    # 1. Refuse. 2. z: NormalDist().inv_cdf(q) is the number below which a standard normal variable is with probability q.
    # 3. The middle and the half width.
    ### BEGIN SOLUTION
    if not 0 < confidence < 1:  # equivalent "1 → 2": inv_cdf refuses, too
        raise ValueError("confidence must be between 0 and 1")
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("n must be positive, and successes from 0 to n")
    z, share = NormalDist().inv_cdf((1 + confidence) / 2), successes / n
    middle = share + z**2 / (2 * n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Above $z$ lies the probability $(1 - \text{confidence})/2$. What probability lies below it? `inv_cdf` wants the latter.
#
# `z = NormalDist().inv_cdf((1 + confidence) / 2)`. Test $n$ before you divide by it.
# </details>

# %% check="wilson_interval" points=2
with checks.exercise("wilson_interval"):
    ends = checks.results("wilson_interval(8, 100, 0.95)", wilson_interval(8, 100, 0.95), ["lower", "upper"])
    slips = {"this is the Wald interval": [0.02682751, 0.13317249]}
    slips |= {"half of 1 - confidence lies at each side: z is 1.96": [0.04566312, 0.13646477]}
    checks.close("wilson_interval(8, 100, 0.95)", np.array(ends), [0.04109346, 0.14998108], mistakes=slips)
    z_is_2 = wilson_interval(1, 4, 0.9544997361036416)
    checks.close("the example on paper", np.array(z_is_2), [0.04428109, 0.70571891])
    slips = {"the lower end is 0 and the upper one is not": [0, 0]}
    empty = np.array(wilson_interval(0, 100, 0.95))
    checks.close("wilson_interval(0, 100, 0.95)", empty, [0, 0.03699350], mistakes=slips)
    checks.raises("n = 0", ValueError, wilson_interval, 0, 0, 0.95)
    checks.raises("5 of 4", ValueError, wilson_interval, 5, 4, 0.95)
    ### BEGIN HIDDEN TESTS

    def by_halving(successes, n, confidence):
        z, share, ends = NormalDist().inv_cdf(0.5 + confidence / 2), successes / n, []
        for outside in (0.0, 1.0):
            inside = share
            for _ in range(200):
                p = (outside + inside) / 2
                if n * (share - p) ** 2 <= z * z * p * (1 - p):
                    inside = p
                else:
                    outside = p
            ends.append(inside)
        return tuple(ends)

    def counted(rng, n):
        return int(rng.integers(0, n + 1)), n, float(rng.uniform(0.05, 0.995))

    cases = {f"with {s} of {n}": (s, n, 0.9) for s, n in ((0, 1), (1, 1), (0, 7), (7, 7), (1, 2), (3, 10**7))}
    cases |= {f"with confidence {c}": (4, 9, c) for c in (0.01, 0.5, 0.68, 0.8, 0.99, 0.9999)}
    cases |= {"with NumPy's numbers": (np.int64(3), np.int64(11), np.float64(0.9))}
    cases |= {f"with {s} of 60": (s, 60, 0.95) for s in range(61)}
    ends = ["lower", "upper"]
    checks.agrees(wilson_interval, by_halving, counted, sizes={"n": 3000}, cases=cases, returns=ends, atol=1e-13)
    for bad in ((0, -3, 0.95), (-1, 4, 0.9), (3, 2, 0.9), (1, 4, 0), (1, 4, 1), (1, 4, 95), (1, 4, -0.5), (0, 0, 0.5)):
        checks.raises(f"wilson_interval{bad}", ValueError, wilson_interval, *bad)
    ### END HIDDEN TESTS

# %% [markdown]
# An interval with confidence 0.95 should hold the truth in 95 % of the samples. This share is its **coverage**. We choose a true share $p$, draw 20,000 samples of 100 mistakes, and count how often each interval holds $p$.

# %%
rng, n = np.random.default_rng(1), 100
possible = np.arange(n + 1)
wilson = np.array([wilson_interval(int(s), n, 0.95) for s in possible])
width = 1.96 * np.sqrt(possible / n * (1 - possible / n) / n)
intervals = {"Wilson": wilson, "Wald": np.stack([possible / n - width, possible / n + width], axis=1)}
true_shares = np.arange(0.01, 0.505, 0.01)
samples = [rng.binomial(n, p, 20_000) for p in true_shares]
figure, axis = plt.subplots()
for name, ends in intervals.items():
    pairs = zip(samples, true_shares, strict=True)
    covered = [np.mean((ends[drawn, 0] <= p) & (p <= ends[drawn, 1])) for drawn, p in pairs]
    axis.plot(true_shares, covered, label=name)
    print(f"{name:6} coverage {min(covered):.3f} at the worst, {np.mean(covered):.3f} on average")
axis.axhline(0.95, color="black", linestyle=":", linewidth=1)
axis.set(xlabel="true share p", ylabel="coverage (from 0.6)", ylim=(0.6, 1))
axis.set_title("100 mistakes: Wald's interval is too sure of itself where the share is small")
axis.legend()
plt.show()

rng = np.random.default_rng(2)
looked_at = rng.choice(np.flatnonzero(mistakes), n, replace=False)
counts, _, _ = error_table(mistakes[looked_at], tags[looked_at])
for kind, s, exact in zip(KINDS, counts, error_table(mistakes, tags)[1], strict=True):
    low, high = wilson_interval(int(s), n, 0.95)
    print(f"{kind:8} {s} of 100 mistakes: {low:.2f} to {high:.2f}; among all mistakes of dev {exact:.2f}")

# %% [markdown]
# *What to notice.* At a share of 1 %, the Wald interval holds the truth in less than 70 % of the samples. Wilson's interval stays near 95 % everywhere, and never below 90 % here. The curves are jagged because a count is a whole number.
#
# The intervals from 100 mistakes are up to 20 points wide. Two categories with 20 and 25 mistakes cannot be told apart; 8 and 40 can. For the choice of the next step this is usually enough.
#
# ## 4. Wrong labels in the dev set
#
# *Some mistakes are no mistakes: the label is wrong. Is it worth correcting?*
#
# In the lecture, the dev error is 10 %. In 6 % of the mistakes the label was wrong and the system was right. So 0.6 points of the error are due to labels, and 9.4 to everything else: work on something else. Later the error is 2 %. Now the same 0.6 % is 30 % of it, and correcting labels is worth the time.
#
# Let a person find the **truth** of every example. There are three groups:
#
# - **from labels**: the prediction differs from the label, and is the truth. A correction makes the error smaller.
# - **from the model**: the prediction differs from the label, and also from the truth. It stays a mistake after the label is corrected.
# - **hidden**: the prediction agrees with the label, and both are wrong. A correction makes the error *larger*.
#
# Each group is a share of all $m$ examples. The error that we see is *from labels* + *from the model*; the true error is *from the model* + *hidden*.
#
# *On paper*, ten examples:
#
# | example | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 |
# |---|---|---|---|---|---|---|---|---|---|---|
# | prediction | 3 | 5 | 8 | 1 | 7 | 9 | 4 | 0 | 2 | 6 |
# | label | 5 | 5 | 8 | 1 | 1 | 4 | 4 | 0 | 7 | 6 |
# | truth | 5 | 3 | 8 | 7 | 7 | 4 | 4 | 0 | 1 | 6 |
#
# Example 4 is from labels. Examples 0, 5 and 8 are from the model (in 8 all three differ). Examples 1 and 3 are hidden. The error that we see is 0.4, the true one is 0.5.
#
# **If you look only at the mistakes, you never see the hidden ones.** The error can then only become smaller: the estimate is biased. One must also look at examples that the system got "right". But there are thousands of them. So we look at a random sample of *both* kinds, and weight each kind by its size. With $m_1$ mistakes and $m_0$ agreements in dev, of which we check some of each,
#
# $$\text{cleaned error} = \frac{m_1}{m} \cdot (\text{share of the checked mistakes that are really wrong}) + \frac{m_0}{m} \cdot (\text{share of the checked agreements that are really wrong}) .$$
#
# *On paper.* We check examples 4, 5, 8 (mistakes) and 3, 1, 9, 2 (agreements). Of the three mistakes, 2 are really wrong; of the four agreements also 2. The cleaned error is $0.4 \cdot 2/3 + 0.6 \cdot 2/4 \approx 0.567$.
#
# ### Exercise 4: `label_error_share` and `cleaned_error`


# %% exercise="label_error_share"
def label_error_share(predictions, labels, truths):
    """What part of an error is due to wrong labels, what part to the model, and what part is hidden.

    Args:
        predictions, labels, truths: whole numbers, arrays of shape (m,) each, m >= 1.

    Returns:
        A tuple of three numbers from 0 to 1, shares of all m examples: from_labels, from_model, hidden.
    """
    # 1. Where do prediction and label differ? 2. Where is the prediction true? 3. Three shares.
    ### BEGIN SOLUTION
    mistake, true = predictions != labels, predictions == truths
    return np.mean(mistake & true), np.mean(mistake & ~true), np.mean(~mistake & ~true)
    ### END SOLUTION


# %% exercise="cleaned_error"
def cleaned_error(predictions, labels, checked, truths):
    """An estimate of the true error, from a sample of mistakes and of agreements that a person has checked.

    Args:
        predictions, labels: whole numbers, arrays of shape (m,), m >= 1.
        checked: the numbers of the examples that were checked, from 0 to m - 1, each at most once, in any order,
            an array of whole numbers, shape (c,), c >= 1.
        truths: what they really are, an array of whole numbers, shape (c,), in the order of `checked`.

    Returns:
        The estimate, a number from 0 to 1. A kind (mistakes, agreements) that does not occur at all in the m examples
        adds nothing.

    Raises:
        ValueError: there are mistakes, or agreements, but none of this kind was checked.
    """
    # 1. Which examples are mistakes, which of the checked ones? 2. In each kind: the share that is really wrong.
    # 3. Weight it by the size of the kind in all m examples.
    ### BEGIN SOLUTION
    mistake, error = predictions != labels, 0  # equivalent "!= → ==": both kinds are treated alike
    wrong = predictions[checked] != truths
    for kind in (mistake, ~mistake):
        seen = kind[checked]
        if kind.any() and not seen.any():
            raise ValueError("check some mistakes and some agreements")
        if kind.any():
            error += kind.mean() * wrong[seen].mean()
    return error
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `~a` exchanges True and False. `np.mean(a & b)` is the share of the examples for which both hold.
#
# `predictions[checked] != truths` is True where a checked prediction is really wrong, whatever the label says. `mistake[checked]` tells which of the checked ones are mistakes.
# </details>

# %% check="label_error_share" points=1
with checks.exercise("label_error_share"):
    P, L, T = np.array([[3, 5, 8, 1, 7, 9, 4, 0, 2, 6], [5, 5, 8, 1, 1, 4, 4, 0, 7, 6], [5, 3, 8, 7, 7, 4, 4, 0, 1, 6]])
    checks.unchanged(label_error_share, P, L, T)
    names = ["from_labels", "from_model", "hidden"]
    shares = checks.results("label_error_share(predictions, labels, truths)", label_error_share(P, L, T), names)
    slips = {"where all three differ, the model is wrong with any label": [0.2, 0.2, 0.2]}
    slips |= {"shares of all examples, not of the mistakes": [0.25, 0.75, 0.5]}
    slips |= {"hidden is where prediction and label agree": [0.1, 0.3, 0.4]}
    checks.close("from_labels, from_model, hidden", np.array(shares), [0.1, 0.3, 0.2], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def one_by_one(predictions, labels, truths):
        groups = {"labels": 0, "model": 0, "hidden": 0, "fine": 0}
        for p, y, t in zip(predictions.tolist(), labels.tolist(), truths.tolist(), strict=True):
            groups[("fine" if p == t else "hidden") if p == y else ("labels" if p == t else "model")] += 1
        return tuple(groups[key] / len(labels) for key in ("labels", "model", "hidden"))

    def three(rng, m, n_y):
        return tuple(rng.integers(0, n_y, m) for _ in range(3))

    cases = {"with the truths as labels": (P, T, T), "with the truths as predictions": (T, L, T)}
    cases |= {"all equal": (T, T, T)}
    cases |= {"with large numbers": (P + 10**12, L + 10**12, T + 10**12), "with two classes": (P % 2, L % 2, T % 2)}
    cases |= {"with the labels as predictions": (L, L, T), "with negative numbers": (-P, -L, -T)}
    cases |= {"with one of 20,000 wrong": (np.arange(20_000) // 19_999, np.zeros(20_000, int), np.zeros(20_000, int))}
    sizes = {"m": 1500, "n_y": 12}
    checks.agrees(label_error_share, one_by_one, three, sizes=sizes, cases=cases, returns=names)
    ### END HIDDEN TESTS

# %% check="cleaned_error" points=2
with checks.exercise("cleaned_error"):
    P, L = np.array([[3, 5, 8, 1, 7, 9, 4, 0, 2, 6], [5, 5, 8, 1, 1, 4, 4, 0, 7, 6]])
    looked, T = np.array([3, 4, 9, 5, 1, 8, 2]), np.array([7, 7, 6, 4, 3, 1, 8])
    checks.unchanged(cleaned_error, P, L, looked, T)
    slips = {"weight each kind by its size in dev": 4 / 7, "the agreements that are wrong are missing": 0.8 / 3}
    slips |= {"the weights are sizes in dev, not in the sample": 3 / 7 * 2 / 3 + 4 / 7 * 2 / 4}
    slips |= {"both kinds have their own weight": (2 / 3 + 2 / 4) / 2}
    error = cleaned_error(P, L, looked, T)
    checks.close("cleaned_error(predictions, labels, checked, truths)", error, 0.56666667, rtol=1e-6, mistakes=slips)
    only = np.array([1, 3, 5])
    checks.raises("with mistakes alone checked", ValueError, cleaned_error, P, L, looked[only], T[only])
    ### BEGIN HIDDEN TESTS

    def with_lists(predictions, labels, checked, truths):
        total, pairs = 0.0, list(zip(checked.tolist(), truths.tolist(), strict=True))
        for agree in (True, False):
            size = sum((p == y) == agree for p, y in zip(predictions.tolist(), labels.tolist(), strict=True))
            seen = [predictions[i] != t for i, t in pairs if (predictions[i] == labels[i]) == agree]
            total += size / len(labels) * sum(map(int, seen)) / len(seen) if size else 0.0
        return total

    def audit(rng, m, c):
        m = m + 4
        predictions, labels = rng.integers(0, 4, m), rng.integers(0, 4, m)
        predictions[:2], predictions[2:4] = labels[:2], labels[2:4] + 1
        others = rng.permutation(np.arange(4, m))[:c]
        checked = rng.permutation(np.concatenate([[1, 3], others]))
        return predictions, labels, checked, rng.integers(0, 4, len(checked))

    rng = np.random.default_rng(4)
    cases = {"without mistakes": (L, L, looked, T), "without agreements": (L + 1, L, looked, T)}
    cases |= {"with large numbers": (P + 10**12, L + 10**12, looked, T + 10**12)}
    cases |= {"with all checked": (P, L, np.arange(10) * 3 % 10, np.array([5, 3, 8, 7, 7, 4, 4, 0, 1, 6]))}
    cases |= {"with the truths as predictions": (P, L, looked, P[looked]), "as labels": (P, L, looked, L[looked])}
    cases |= {"with 3,000 examples": audit(rng, 3000, 200)}
    two = np.array([3, 1]), np.array([3, 2]), np.arange(2), np.array([3, 2])
    cases |= {"with one agreement": two, "one of each": (*(part[::-1].copy() for part in two[:2]), *two[2:])}
    checks.agrees(cleaned_error, with_lists, audit, sizes={"m": 300, "c": 120}, cases=cases, apart=False)
    for words, rows in (("agreements alone", [0, 2, 4, 6]), ("one mistake", [1]), ("one agreement", [4])):
        checks.raises(f"with {words} checked", ValueError, cleaned_error, P, L, looked[rows], T[rows])
    checks.raises("no mistake checked of one", ValueError, cleaned_error, L + (L == 8), L, looked[:2], T[:2])
    ### END HIDDEN TESTS

# %% [markdown]
# Now on digits with wrong labels that *we planted*, so that the truth is known. For this we need a way to spoil labels.
#
# ## 5. Random and systematic wrong labels in training
#
# *Does a network learn from wrong labels?*
#
# A **noise matrix** says how labels come about: $N_{ij}$ is the probability that an example whose truth is $j$ gets the label $i$. Each column adds up to 1. Without wrong labels $N$ is the identity.
#
# - **Random errors**: somebody is tired and writes some other digit. $N_{jj} = 1 - q$, and each other entry of the column is $q/9$.
# - **Systematic errors**: somebody reads some of the 4 as 9, some of the 7 as 1, and some of the 3 as 8, and never the other way round. For $j = 4, 7, 3$ the column has $1 - q$ on the diagonal, and $q$ at $i = 9, 1, 8$.
#
# To draw a label, take a number $u$ that is uniform from 0 to 1, and walk down the column of the truth until the sum of the probabilities exceeds $u$:
#
# $$\text{label} = \text{the smallest } i \text{ with } u < N_{0j} + N_{1j} + \dots + N_{ij} .$$
#
# *On paper.* $N = \begin{bmatrix} 1 & 0 & 0.5 \\ 0 & 0.75 & 0 \\ 0 & 0.25 & 0.5 \end{bmatrix}$. For the truth 1 the sums are $0, 0.75, 1$: with $u = 0.5$ the label is 1, with $u = 0.8$ it is 2. For the truth 2 the sums are $0.5, 0.5, 1$: with $u = 0.2$ the label is 0, with $u = 0.5$ it is 2.
#
# ### Exercise 5: `draw_labels`


# %% exercise="draw_labels"
def draw_labels(truths, noise, u):
    """Labels as a noise matrix gives them.

    Args:
        truths: whole numbers from 0 to n_y - 1, shape (m,), m >= 1.
        noise: noise[i, j] is the probability of label i where the truth is j, floats or whole numbers, shape
            (n_y, n_y), n_y >= 1; each column adds up to 1.
        u: one number for each example, shape (m,), at least 0 and less than the last sum of its column, which is about 1.

    Returns:
        The labels, whole numbers, shape (m,), as in the formula.
    """
    # 1. The sums down each column. 2. The column of each example. 3. How many of its sums are at most u?
    ### BEGIN SOLUTION
    sums = np.cumsum(noise, axis=0)[:, truths]
    return (u >= sums).sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.cumsum(noise, axis=0)` holds the sums. `[:, truths]` takes for each example the column of its truth: shape $(n_y, m)$.
#
# The sums never fall. So the smallest $i$ whose sum exceeds $u$ is the number of the sums that are at most $u$.
# </details>

# %% check="draw_labels" points=1
with checks.exercise("draw_labels"):
    noise = np.array([[1, 0, 0.5], [0, 0.75, 0], [0, 0.25, 0.5]])
    T, u = np.array([0, 1, 1, 2, 2]), np.array([0.9, 0.5, 0.8, 0.2, 0.5])
    checks.unchanged(draw_labels, T, noise, u)
    slips = {"the column of the truth, not the row": [0, 1, 3, 1, 2]}
    slips |= {"u must be less than the sum, not equal": [0, 1, 2, 0, 0]}
    checks.close("draw_labels(truths, noise, u)", draw_labels(T, noise, u), [0, 1, 2, 0, 2], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def walk(truths, noise, u):
        labels = []
        for j, x in zip(truths.tolist(), u.tolist(), strict=True):
            total, i = float(noise[0, j]), 0
            while not x < total:
                i += 1
                total += float(noise[i, j])
            labels.append(i)
        return np.array(labels)

    def noisy(rng, m, n_y):
        counts = np.stack([rng.multinomial(1024, rng.dirichlet(np.full(n_y, 0.3))) for _ in range(n_y)], axis=1)
        return rng.integers(0, n_y, m), counts / 1024, rng.integers(0, 1024, m) / 1024

    rng = np.random.default_rng(5)
    cases = {"with the identity": (T, np.eye(3), u)}
    cases |= {"with whole numbers in noise": (T, np.roll(np.eye(3, dtype=int), 1, 0), u)}
    tenths = np.array([[0.1, 0.9], [0.9, 0.1]])
    cases |= {"with u at a sum of tenths": (np.array([0, 0, 1]), tenths, np.array([0.1, 0.1 - 1e-12, 0.9]))}
    cases |= {"with u = 0": (T, noise, 0 * u), "with u close to 1": (T, noise, 0 * u + (1 - 2**-40))}
    cases |= {"with 3,000 examples": noisy(rng, 3000, 10), "with 300 classes": noisy(rng, 500, 300)}
    cases |= {"with 250 classes": (np.arange(250), np.roll(np.eye(300), 40, 0), np.zeros(250))}
    checks.agrees(draw_labels, walk, noisy, sizes={"m": 1200, "n_y": 12}, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %%
ONE_WAY = {4: 9, 7: 1, 3: 8}


def random_noise(q):
    """The noise matrix (10, 10) of random errors."""
    return np.where(np.eye(10) == 1, 1 - q, q / 9)


def one_way_noise(q):
    """The noise matrix (10, 10) of errors in one direction: 4 becomes 9, 7 becomes 1, 3 becomes 8."""
    noise = np.eye(10)
    for truth, label in ONE_WAY.items():
        noise[truth, truth], noise[label, truth] = 1 - q, q
    return noise


# %%
rng, results = np.random.default_rng(3), {"random": [], "one way": []}
settings = [("random", random_noise(q)) for q in (0, 0.09, 0.27, 0.45)]
settings += [("one way", one_way_noise(q)) for q in (0, 0.1, 0.3, 0.5)]
for name, noise in tqdm(settings, desc="training", file=sys.stdout):
    labels = draw_labels(truths[:6000], noise, rng.random(6000))
    network = fit_classifier(inputs(images[:6000]), labels)
    results[name].append((np.mean(labels != truths[:6000]), error_rate(inputs(images_test), truths_test, network)))
figure, axis = plt.subplots()
for (name, points), marker in zip(results.items(), "os", strict=True):
    axis.plot(*zip(*points, strict=True), marker=marker, label=name)
    print(f"{name:8}", "; ".join(f"{wrong:.0%} wrong labels: test error {error:.3f}" for wrong, error in points))
axis.set(xlabel="share of wrong labels in training", ylabel="test error", ylim=(0, None))
axis.set_title("A few labels that are wrong in one direction cost more than many random ones")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* The lecture says: learning is robust to random errors in the training labels, and not to systematic ones. Both show here. Nearly half of all labels wrong at random costs less than 15 % wrong in one direction. Random errors point in all directions and cancel out; errors in one direction teach the network the wrong rule. But random errors are not free: on these few pictures 9 % of them already cost about one to four points.
#
# ### The cleaned error, measured
#
# Now all labels come from the same people: those of train, dev *and* test. Two networks learn from such labels. We know the truth, so we can compare four errors: as seen, after correcting only the labels of mistakes, after correcting all labels, and estimated from 100 checked mistakes and 100 checked agreements.

# %%
rng = np.random.default_rng(4)
planted = {"random": random_noise(0.1), "one way": one_way_noise(0.4)}
labels = {name: draw_labels(truths, noise, rng.random(8000)) for name, noise in planted.items()}
labels_test = {name: draw_labels(truths_test, noise, rng.random(2000)) for name, noise in planted.items()}
print(f"{'labels':9} {'set':5} seen  mistakes corrected  all corrected  estimate: mean, standard deviation")
for name in planted:
    network = fit_classifier(inputs(images[:6000]), labels[name][:6000])
    sets = ("dev", images[6000:], labels[name][6000:], truths[6000:])
    for words, pictures, given, true in (sets, ("test", images_test, labels_test[name], truths_test)):
        found = predict(inputs(pictures), network)
        from_labels, from_model, hidden = label_error_share(found, given, true)
        kinds, audits = [np.flatnonzero((found != given) == kind) for kind in (True, False)], []
        for _ in range(300):
            rows = np.concatenate([rng.choice(kind, 100, replace=False) for kind in kinds])
            audits.append(cleaned_error(found, given, rows, true[rows]))
        line = f"{from_labels + from_model:.3f} {from_model:10.3f} {from_model + hidden:18.3f}"
        print(f"{name:9} {words:5}{line} {np.mean(audits):18.3f}, {np.std(audits):.3f}")

# %% [markdown]
# *What to notice.* With random errors there is almost nothing hidden: the network would have to make the same random error by chance. Then looking only at the mistakes does no harm. With errors in one direction, the network has learned them. It agrees with wrong labels, and correcting only the mistakes makes the error look clearly smaller than it is. The estimate from both kinds is right on average. It varies by one or two points with errors in one direction, because 100 checked agreements are few.
#
# Compare dev and test, too. If you correct the labels of dev and leave those of test as they are, then with random errors the error of test is about twice that of dev. That looks like overfitting to dev, but only the labels differ. **What you do to dev, do to test, by the same rule.** The training set may keep its random errors.
#
# ## 6. Confident learning
#
# *Which labels are wrong? Nobody can look at 8,000.*
#
# Let a network give probabilities $P$ of shape $(n_y, m)$ to all examples. Where it is sure of another class than the label says, the label is **suspect**. Two things need care.
#
# **Out of sample.** A network has seen the labels of its training set, and may repeat them. So we divide the examples into four parts. The probabilities of each part come from a network that was trained on the three others. This is **cross-validation**.
#
# **How sure is sure?** A network can be less sure in one class than in another. **Confident learning** (Northcutt, Jiang and Chuang, 2021) has a threshold for each class: the mean probability of the class, over the examples that have it as their *label*,
#
# $$t_c = \frac{1}{m_c} \sum_{i:\, \text{label}_i = c} P_{c i}, \qquad m_c = \text{number of examples with label } c .$$
#
# An example is **confidently** of class $c$ if $P_{ci} \ge t_c$. If this holds for several classes, take the one with the largest probability; if for none, the example is of no class, and we write $-1$.
#
# *On paper*, three classes, six examples:
#
# $$P = \begin{bmatrix} 0.8 & 0.2 & 0.1 & 0.4 & 0.1 & 0.55 \\ 0.1 & 0.7 & 0.8 & 0.4 & 0.3 & 0.05 \\ 0.1 & 0.1 & 0.1 & 0.2 & 0.6 & 0.4 \end{bmatrix}, \qquad \text{labels} = [0, 0, 1, 1, 2, 2] .$$
#
# The thresholds are $t = [0.5, 0.6, 0.5]$. The confident classes are $[0, 1, 1, -1, 2, 0]$. They contradict the labels of the examples 1 and 5: these are suspect. A label is never suspect where the confident class is $-1$.
#
# **From counts to a noise matrix.** Let $C_{ij}$ count the examples with label $i$ that are confidently of class $j$; those with $-1$ are left out. Each row is scaled so that it adds up to the number of *all* examples with label $i$. Then each column is divided by its sum. The result estimates the noise matrix: the probability of label $i$ where the truth is $j$.
#
# *On paper*, for the same six examples:
#
# $$C = \begin{bmatrix} 1 & 1 & 0 \\ 0 & 1 & 0 \\ 1 & 0 & 1 \end{bmatrix} \;\longrightarrow\; \begin{bmatrix} 1 & 1 & 0 \\ 0 & 2 & 0 \\ 1 & 0 & 1 \end{bmatrix} \;\longrightarrow\; \begin{bmatrix} 1/2 & 1/3 & 0 \\ 0 & 2/3 & 0 \\ 1/2 & 0 & 1 \end{bmatrix} .$$
#
# ### Exercise 6: `confident_classes` and `noise_matrix`


# %% exercise="confident_classes"
def confident_classes(P, labels):
    """The thresholds of confident learning, and the class that each example has confidently.

    Args:
        P: probabilities of the classes, floats or whole numbers, shape (n_y, m).
        labels: whole numbers from 0 to n_y - 1, shape (m,).

    Returns:
        A tuple (thresholds, confident):
        thresholds: t in the formula, floats, shape (n_y,).
        confident: whole numbers, shape (m,). Among the classes whose probability is at least their threshold, the one
        with the largest probability (of equal ones the smallest number); -1 if there is none.

    Raises:
        ValueError: some class is the label of no example.
    """
    # 1. For each class the mean over the examples with this label. 2. Which probabilities reach the threshold of their
    # class? 3. The largest of these in each column. 4. Where is there none?
    ### BEGIN SOLUTION
    if len(np.unique(labels)) < len(P):
        raise ValueError("each class needs an example with this label")
    thresholds = np.array([P[c, labels == c].mean() for c in range(len(P))])
    sure = P >= thresholds[:, np.newaxis]
    best = np.where(sure, P, -1).argmax(axis=0)  # equivalent "1 → 2": below all
    return thresholds, np.where(sure.any(axis=0), best, -1)
    ### END SOLUTION


# %% exercise="noise_matrix"
def noise_matrix(labels, confident, n_y):
    """An estimate of how probable each label is for each truth, by confident learning.

    Args:
        labels: whole numbers from 0 to n_y - 1, shape (m,), m >= 1.
        confident: the confident classes, whole numbers from -1 to n_y - 1, shape (m,).
        n_y: the number of classes, a whole number.

    Returns:
        Floats, shape (n_y, n_y): entry (i, j) estimates the probability of label i where the truth is j. Each column
        adds up to 1. If no example with label i has a confident class, all examples with label i count as truly of
        class i. A column without any count is that of the identity.
    """
    # 1. Count C. 2. A row without a count. 3. Scale the rows. 4. A column without a count. 5. Divide by column sums.
    ### BEGIN SOLUTION
    C, own = np.zeros((n_y, n_y)), np.arange(n_y)
    np.add.at(C, (labels[confident >= 0], confident[confident >= 0]), 1)  # equivalent "1 → 2": rows are scaled
    empty = C.sum(axis=1) == 0  # equivalent "sum → mean": both are 0
    C[own[empty], own[empty]] = 1  # equivalent "1 → 2": the row is scaled
    C *= (np.bincount(labels, minlength=n_y) / C.sum(axis=1))[:, np.newaxis]  # equivalent "sum → mean": columns follow
    empty = C.sum(axis=0) == 0  # equivalent "sum → mean": both are 0
    C[own[empty], own[empty]] = 1  # equivalent "1 → 2": the column is scaled
    return C / C.sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `P[c, labels == c]` holds the probabilities of class $c$ for the examples with the label $c$.
#
# `thresholds[:, np.newaxis]` has the shape $(n_y, 1)$, which is compared with each column of $P$. Put $-1$ in the place of what does not reach its threshold, and take `argmax` along axis 0.
# </details>
# <details><summary>Hint 2</summary>
#
# A loop over the examples does to count: `C[label, class_] += 1`. The number of all examples with each label is `np.bincount(labels, minlength=n_y)`. Scale the rows with a factor of shape $(n_y, 1)$.
# </details>

# %% check="confident_classes" points=2
with checks.exercise("confident_classes"):
    P = np.array([[0.8, 0.2, 0.1, 0.4, 0.1, 0.55], [0.1, 0.7, 0.8, 0.4, 0.3, 0.05], [0.1, 0.1, 0.1, 0.2, 0.6, 0.4]])
    L, names = np.array([0, 0, 1, 1, 2, 2]), ["thresholds", "confident"]
    checks.unchanged(confident_classes, P, L)
    t, confident = checks.results("confident_classes(P, labels)", confident_classes(P, L), names)
    slips = {"only the examples with this label count": P.mean(axis=1)}
    slips |= {"over the examples with this label, not those that it is likeliest for": [1.75 / 3, 0.75, 0.6]}
    checks.close("thresholds", t, [0.5, 0.6, 0.5], mistakes=slips)
    slips = {"no class reaches its threshold in example 3: -1": [0, 1, 1, 0, 2, 0]}
    checks.close("confident", confident, [0, 1, 1, -1, 2, 0], mistakes=slips)
    P = np.array([[0.5, 0.25, 0.0, 0.375], [0.25, 0.625, 0.5, 0.5], [0.25, 0.125, 0.5, 0.125]])
    slips = {"the largest probability must reach the threshold of its own class": [0, 1, 1, 1]}
    slips |= {"the likeliest class that reaches its threshold, not the likeliest class alone": [0, 1, -1, -1]}
    slips |= {"a probability that equals its threshold is enough": [-1, 1, -1, -1]}
    confident = confident_classes(P, np.array([0, 1, 2, 1]))[1]
    checks.close("confident of the second example", confident, [0, 1, 2, -1], mistakes=slips)
    checks.raises("no label 2", ValueError, confident_classes, P, np.array([0, 0, 1, 1]))
    ### BEGIN HIDDEN TESTS

    def step_by_step(P, labels):
        sums, counts, found = [0.0] * len(P), [0] * len(P), []
        for i, c in enumerate(labels.tolist()):
            sums[c] += float(P[c, i])
            counts[c] += 1
        thresholds = [total / count for total, count in zip(sums, counts, strict=True)]
        for column in P.T:
            best = -1
            for c, p in enumerate(column):
                if p >= thresholds[c] and (best < 0 or p > column[best]):
                    best = c
            found.append(best)
        return np.array(thresholds), np.array(found)

    def predicted(rng, m, n_y):
        labels = rng.permutation(np.concatenate([np.arange(n_y), rng.integers(0, n_y, m)]))
        return rng.multinomial(16, rng.dirichlet(np.full(n_y, 0.5), len(labels))).T / 16, labels

    cases = {"with one class": (np.ones((1, 3)), np.zeros(3, int)), "with one example each": (np.eye(3), np.arange(3))}
    cases |= {"with whole numbers": (np.eye(3, dtype=int)[:, [0, 1, 1, 2]], np.array([0, 1, 2, 2]))}
    cases |= {"with zeros only": (np.zeros((2, 3)), np.array([1, 0, 1]))}
    cases |= {"with 120 classes": predicted(np.random.default_rng(9), 300, 120)}
    zero = np.array([[0.75, 0.25, 0.5, 0.5], [0, 0, 0, 0], [0.25, 0.75, 0.5, 0.5]]), np.array([0, 2, 1, 1])
    P0 = np.array([0.7, 0.7 + 1e-7, 0.3, 0.3 - 1e-7])
    cases |= {"just below a threshold": (np.array([P0, 1 - P0]), np.array([0, 0, 1, 1]))}
    cases |= {"with a threshold of 0": zero, "with equal probabilities": (np.full((4, 8), 0.25), np.arange(8) % 4)}
    cases |= {f"draw {k}": predicted(np.random.default_rng(k), 30, 3) for k in range(8)}
    sizes = {"m": 1100, "n_y": 12}
    checks.agrees(confident_classes, step_by_step, predicted, sizes=sizes, cases=cases, returns=names, apart=False)
    for gone in range(3):
        checks.raises(f"no label {gone}", ValueError, confident_classes, P, (np.arange(4) % 2 + gone + 1) % 3)
    ### END HIDDEN TESTS

# %% check="noise_matrix" points=2
with checks.exercise("noise_matrix"):
    L, confident = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, -1, 2, 0])
    checks.unchanged(noise_matrix, L, confident, 3)
    slips = {"rows are labels, columns are truths": [[1 / 2, 0, 1 / 2], [1 / 3, 2 / 3, 0], [0, 0, 1]]}
    slips |= {"scale the rows to the number of all labels first": [[1 / 2, 1 / 2, 0], [0, 1 / 2, 0], [1 / 2, 0, 1]]}
    slips |= {"divide by the sums of the columns, not of the rows": [[1 / 2, 1 / 2, 0], [0, 1, 0], [1 / 2, 0, 1 / 2]]}
    slips |= {"-1 is no class": [[1 / 2, 1 / 2, 0], [0, 1 / 2, 1 / 2], [1 / 2, 0, 1 / 2]]}
    expected = np.array([[1 / 2, 1 / 3, 0], [0, 2 / 3, 0], [1 / 2, 0, 1]])
    checks.close("noise_matrix(labels, confident, 3)", noise_matrix(L, confident, 3), expected, mistakes=slips)
    unsure = noise_matrix(np.array([0, 0, 1]), np.array([0, 1, -1]), 3)
    expected = np.array([[1, 1 / 2, 0], [0, 1 / 2, 0], [0, 0, 1]])
    checks.close("with no confident class for label 1, and no label 2", unsure, expected)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(labels, confident, n_y):
        N, pairs = np.zeros((n_y, n_y)), list(zip(labels.tolist(), confident.tolist(), strict=True))
        for i in range(n_y):
            own = [c for label, c in pairs if label == i]
            sure = [c for c in own if c != -1] or [i]
            for j in range(n_y):
                N[i, j] = len(own) * sure.count(j) / len(sure)
        for j in range(n_y):
            total = sum(N[:, j])
            N[:, j] = N[:, j] / total if total else np.eye(n_y)[j]
        return N

    def labelled(rng, m, n_y):
        labels = rng.integers(0, n_y, m)
        return labels, np.where(rng.random(m) < 0.5, labels, rng.integers(-1, n_y, m)), n_y

    rng = np.random.default_rng(6)
    cases = {"with no confident class at all": (L, 0 * L - 1, 3), "with all in class 1": (L, 0 * L + 1, 3)}
    cases |= {"with the labels as confident classes": (L, L, 3), "with one class": (0 * L, 0 * L, 1)}
    cases |= {"with classes that do not occur": (L, confident, 5), "an unsure label": (0 * L, np.array([-1] * 6), 2)}
    cases |= {"a label of three that is never confident": (np.array([0, 0, 0, 1]), np.array([-1, -1, -1, 0]), 2)}
    cases |= {"with labels that do not occur": (L, confident + 1, 4), "with 3,000 examples": labelled(rng, 3000, 10)}
    cases |= {f"draw {k}": labelled(np.random.default_rng(k), 12, 4) for k in range(6)}
    checks.agrees(noise_matrix, entry_by_entry, labelled, sizes={"m": 1100, "n_y": 14}, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# Can it find the labels that we planted? We know the truth, so we can say how good the suspects are: their **precision** (the share of the suspects whose label is really wrong) and their **recall** (the share of the wrong labels that are suspect). For comparison, a simple rule names the same number of suspects: those whose label has the lowest probability.


# %%
def fold_probabilities(X, labels, folds=4):
    """Probabilities (10, m); those of each part come from a network that was trained on the other parts."""
    part, P = np.arange(len(labels)) % folds, np.zeros((10, len(labels)))
    for k in range(folds):
        P[:, part == k] = probabilities(X[:, part == k], fit_classifier(X[:, part != k], labels[part != k]))
    return P


X, estimated, suspects = inputs(images), {}, {}
for name in planted:
    given, wrong = labels[name], labels[name] != truths
    P = fold_probabilities(X, given)
    _, confident = confident_classes(P, given)
    suspects[name] = (confident != given) & (confident != -1)
    estimated[name] = noise_matrix(given, confident, 10)
    lowest = np.argsort(P[given, np.arange(len(given))])[: suspects[name].sum()]
    simple = np.isin(np.arange(len(given)), lowest)
    print(f"{name}: {wrong.sum()} wrong labels among {len(given)}, {suspects[name].sum()} suspects")
    for rule, chosen in (("confident learning", suspects[name]), ("lowest probability", simple)):
        hits = (chosen & wrong).sum()
        print(f"    {rule:19} precision {hits / chosen.sum():.2f}, recall {hits / wrong.sum():.2f}")

# %%
rows = np.flatnonzero(suspects["one way"])[:16]
titles = [f"{labels['one way'][i]}, truth {truths[i]}" for i in rows]
plots.show_images(images[rows], titles, columns=8, title="The first 16 suspects: their labels and the truths")
figure, axes = plt.subplots(1, 2, figsize=(8, 3.6))
for axis, noise, words in zip(axes, (planted["one way"], estimated["one way"]), ("planted", "estimated"), strict=True):
    shown = axis.imshow(noise, vmin=0, vmax=1, cmap="viridis")
    axis.set(xlabel="truth", ylabel="label", title=words, xticks=range(10), yticks=range(10))
    axis.grid(False)
figure.colorbar(shown, ax=axes, label="probability of the label")
figure.suptitle("The estimated noise matrix shows who is confused with whom", fontsize=11)
plt.show()
for truth, label in ONE_WAY.items():
    print(f"{truth} labelled {label}: planted 0.40, estimated {estimated['one way'][label, truth]:.2f}")

# %% [markdown]
# *What to notice.* Where errors are random, most of the suspects are really wrong, and about three quarters of the wrong labels are found; the simple rule is even a little better there. Where errors go in one direction, the simple rule fails: the network is unsure of *every* 4, 7 and 3, also of the rightly labelled ones. Only about half of its suspects, or less, are really wrong. The thresholds of these classes are low, and so confident learning stays useful. But it, too, finds only a little more than half of the wrong labels.
#
# The noise matrix is read off without any truth. It names the three confusions; most of them come out somewhat too low. It also shows two weak confusions that nobody planted, 9 labelled 4 and 8 labelled 3: some true 4 and 3 were taken for 9 and 8 by networks that had learned from wrong labels. This is often more useful than the list: now you know what to tell the people who write the labels.
#
# Suspects are only suspects. Let a person look at them before anything is changed, in dev and test alike.
#
# ## 7. A first system quickly, then iterate
#
# *How do you spend a few days of work?*
#
# The lecture's last advice: do not plan for long. Choose a dev set and a metric, build a first system quickly, and let its mistakes say what to do next. After each step the table changes, and so does the best next step.
#
# Work costs time, and the days are counted. If category $j$ takes $d_j$ days, it gains at best $\text{ceiling}_j / d_j$ per day. The loop, with a budget of days:
#
# 1. Measure the first system.
# 2. With the mistakes of the *present* system, take the category with the largest ceiling per day among those that were not worked on before, whose days do not exceed the days that are left, and whose ceiling is not 0. If there is none, stop.
# 3. Work on it, measure again, and go to 2.
#
# *On paper.* Three categories with 4, 1 and 2 days, a budget of 4 days, eight examples; examples 0 to 2 are blurred, 3 and 4 shifted, 5 and 6 faint. At first all these seven are mistakes: the ceilings per day are $3/8/4$, $2/8/1$ and $2/8/2$. So *shifted* is first. The work repairs example 4 but spoils example 7: the ceiling was $0.25$, and the error remains $7/8$. Three days are left. *Faint* is next; both examples are repaired, and the error is $5/8$. One day is left, which is not enough for *blurred*: stop.
#
# ### Exercise 7: `iterate`


# %% exercise="iterate"
def iterate(mistakes_of, tags, days, budget):
    """Error analysis, work on one category, measurement; again until nothing more can be done.

    Args:
        mistakes_of: a function. mistakes_of(done) builds a system and returns its mistakes on dev, truth values (m,).
            `done` is a tuple with the numbers of the categories that were worked on, in the order of the work; () is
            the first system. Building is dear: call it once for each system, and for no other.
        tags: True where an example belongs to a category, an array of truth values (bool), shape (m, k), k >= 1.
        days: what each category costs, an array of positive floats or whole numbers, shape (k,).
        budget: the number of days that there are, at least 0.

    Of categories whose ceilings per day are exactly equal, the one with the smallest number comes first.

    Returns:
        A list with a dict for each round: "category" (its number), "before" (the error before the work), "ceiling" (of
        the category, before the work) and "after" (the error after the work). It is empty if nothing can be done.
    """
    # 1. The first system. 2. Who may be worked on? The best of these per day. 3. Work, measure, write down.
    ### BEGIN SOLUTION
    done, rounds, mistakes = (), [], mistakes_of(())
    while True:
        ceilings = [ceiling(mistakes, tags, [k]) for k in range(len(days))]
        possible = [k for k, best in enumerate(ceilings) if k not in done and days[k] <= budget and best > 0]
        if not possible:
            return rounds
        k = max(possible, key=lambda k: ceilings[k] / days[k])
        done, budget, before = (*done, k), budget - days[k], np.mean(mistakes)
        mistakes = mistakes_of(done)
        rounds.append({"category": k, "before": before, "ceiling": ceilings[k], "after": np.mean(mistakes)})
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Keep four things: `done`, the days that are left, the mistakes of the present system, and the list of rounds. A `while True` loop ends with `return` when no category is possible.
# </details>
# <details><summary>Hint 2</summary>
#
# In each round: a list of the ceilings; a list of the possible categories, by the three conditions; `max(possible, key=…)`, which takes the first of equal ones. A new tuple is `(*done, k)`. Keep the error and the ceiling *before* you overwrite the mistakes.
# </details>

# %% check="iterate" points=2
with checks.exercise("iterate"):
    kinds, days, asked = np.repeat(np.eye(4), [3, 2, 2, 1], axis=0)[:, :3] == 1, np.array([4, 1, 2]), []
    systems = {(): "11111110", (1,): "11110111", (1, 2): "11110001"}

    def system(done):
        asked.append(tuple(done))
        checks.that(tuple(done) in systems, f"mistakes_of({tuple(done)}) was called; expected (), (1,) and (1, 2)")
        return np.array([*systems[tuple(done)]]) == "1"

    rounds = iterate(system, kinds, days, 4)
    checks.length("iterate(mistakes_of, tags, [4, 1, 2], 4)", rounds, 2)
    wanted = [[1, 7 / 8, 1 / 4, 7 / 8], [2, 7 / 8, 1 / 4, 5 / 8]]
    for number, (found, numbers) in enumerate(zip(rounds, wanted, strict=True), 1):
        checks.keys(f"round {number}", found, ["category", "before", "ceiling", "after"])
        for key, expected in zip(("category", "before", "ceiling", "after"), numbers, strict=True):
            checks.close(f"{key!r} of round {number}", found[key], expected)
    checks.equal("how often mistakes_of was called", len(asked), 3)
    ### BEGIN HIDDEN TESTS

    def by_hand(mistakes_of, tags, days, budget):
        done, left, rounds, now = [], float(budget), [], mistakes_of(())
        while True:
            best, most = None, 0
            for k, cost in enumerate(days.tolist()):
                count = sum(bool(a and b) for a, b in zip(now, tags[:, k], strict=True))
                if k not in done and cost <= left and count / cost > most:
                    best, most, caught = k, count / cost, count
            if best is None:
                return rounds
            done.append(best)
            left -= float(days[best])
            old, now = now, mistakes_of(tuple(done))
            m = len(tags)
            rounds.append({"category": best, "before": sum(old) / m, "ceiling": caught / m, "after": sum(now) / m})

    def project(rng, log_m, k, budget):
        m, seed = 2**log_m, int(rng.integers(0, 10**6))
        work = lambda done: np.random.default_rng([seed, *done, 77]).random(m) < 0.5 / (1 + len(done))  # noqa: E731
        return work, rng.random((m, k)) < rng.uniform(0, 0.9, k), rng.integers(1, 9, k) / 4, budget

    def counted(mistakes_of, tags, days, budget):
        calls = []
        rounds = iterate(lambda done: [mistakes_of(done), calls.append(done)][0], tags, days, budget)
        expected = [tuple(found["category"] for found in rounds[:n]) for n in range(len(rounds) + 1)]
        checks.that(calls == expected, "call mistakes_of with a tuple, once for each system, in the order of the work")
        return rounds

    counted.__name__, rng = "iterate", np.random.default_rng(7)
    _, tagged, costs, _ = project(rng, 5, 4, 3)
    now = np.arange(19) > 4
    never, always = lambda done: np.zeros(32, bool), lambda done: np.ones(32, bool)  # noqa: E731
    cases = {"without mistakes": (never, tagged, costs, 9), "with mistakes only": (always, tagged, costs, 9)}
    cases |= {"with a budget of 0": (always, tagged, costs, 0), "of no use": (always, tagged & False, costs, 9)}
    cases |= {"with just enough days": (always, tagged, costs, costs.sum())}
    cases |= {"with a dear category": (always, np.arange(32)[:, None] > [1, 29], np.array([5, 1]), 2)}
    cases |= {"with whole days": (always, tagged, np.array([3, 1, 2, 5]), 6)}
    cases |= {"with equal categories": (always, np.ones((32, 3), bool), np.ones(3), 2)}
    cases |= {"with many days": (always, tagged, costs * 40, 120)}
    cases |= {"with 19 examples": (lambda d: now, now[:, None], costs[:1], 9)}
    many = np.arange(105) == 103 + np.arange(32)[:, None] % 2
    cases |= {"with 105 categories": (always, many, np.arange(106, 1, -1), 3)}
    cases |= {f"draw {n}": project(np.random.default_rng(n), 4, 5, n / 2) for n in range(10)}
    sizes = {"log_m": (1, 7), "k": 8, "budget": (0, 12)}
    checks.agrees(counted, by_hand, project, sizes=sizes, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# To "work on" a category here means: take the 6,000 training pictures, make them blurred, shifted or faint, and add them to the training set. Four days are to be spent: blurred takes 4 days, shifted 1 and faint 2. For comparison we also spend all four days on the category with the largest ceiling.


# %%
def system_with(done):
    """A network that has learned from clean pictures and from worse copies of the kinds in `done`."""
    rng = np.random.default_rng(5)
    copies = [corrupt(images[:6000], kind, rng) for kind in KINDS]
    learned = np.concatenate([images[:6000], *(copies[k] for k in done)])
    return fit_classifier(inputs(learned), np.tile(truths[:6000], 1 + len(done)), steps=1000)


def mistakes_of(done):
    measured[done] = predict(inputs(dev), system_with(done)) != truths[6000:]
    return measured[done]


days, measured = np.array([4, 1, 2]), {}
rounds = iterate(mistakes_of, tags, days, 4)
for done, wrong in measured.items():
    bests = ", ".join(f"{kind} {ceiling(wrong, tags, [k]):.3f}" for k, kind in enumerate(KINDS))
    print(f"after {', '.join(KINDS[k] for k in done) or 'no work':14} error {wrong.mean():.3f}; ceilings {bests}")
plans = {"first system": (), "iterated": tuple(found["category"] for found in rounds), "largest ceiling": (0,)}
for name, done in plans.items():
    print(f"{name:16} test error {error_rate(inputs(test), truths_test, system_with(done)):.3f}")

# %%
figure, axis = plt.subplots()
spent = np.cumsum([0, *(days[found["category"]] for found in rounds)])
axis.plot(spent, [rounds[0]["before"], *(found["after"] for found in rounds)], marker="o", label="error on dev")
for start, found in zip(spent, rounds, strict=False):
    end, best = start + days[found["category"]], found["before"] - found["ceiling"]
    label = "at best, by the ceiling" if start == 0 else None
    axis.plot([start, end], [found["before"], best], color=plots.COLORS[1], linestyle=":", label=label)
    axis.annotate(KINDS[found["category"]], ((start + end) / 2, found["before"] + 0.01), ha="center")
axis.set(xlabel="days of work", ylabel="error on dev", ylim=(0, 0.3), title="Here work gains less than the ceiling")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Two small pieces of work, each with a high ceiling per day, gain more than four days on the category with the largest ceiling. We repeated this with three other draws of pictures and networks, and it held each time.
#
# After each piece of work, the ceiling of *its* category has fallen to about half or less. But the error as a whole falls less, and in the first round it does not fall: the network now reads shifted pictures better, and blurred ones worse. So the ceiling bounds what can be gained *in the category*. Mistakes also move where nobody worked, and only a new measurement of all of dev shows it. It can also go the other way: the error falls by more than the ceiling if pictures of other kinds become easier, too.
#
# Here we knew a cure for each category. Where no cure is known, the days are a guess, and the choice is as good as this guess.

# %% [markdown]
# ## What you built
#
# - `error_table`: the table of an error analysis.
# - `ceiling`: what perfect work gains.
# - `wilson_interval`: how exact a share from few mistakes is.
# - `label_error_share` and `cleaned_error`: what wrong labels do to an error, without bias.
# - `draw_labels`: wrong labels by a noise matrix, for experiments.
# - `confident_classes` and `noise_matrix`: suspects among the labels, and who is confused with whom.
# - `iterate`: the loop of analysis, work and measurement.
#
# ## On your own
#
# 1. Remove the suspects from the training set and train again, for both kinds of wrong labels, with three seeds. Does the error on clean test labels fall? Is it better to remove them, or to replace the labels by the confident classes?
# 2. You can check 200 examples. Is it best to check 100 mistakes and 100 agreements? Write the variance of `cleaned_error` as a function of both numbers, and find the best division for section 5.
# 3. Really hard: in section 6 only half of the one-way errors were found. Give the estimated noise matrix $N$ to the training: replace the probabilities $p$ of the network by $N p$ in the loss (Patrini and others, 2017). The network then learns the truths from wrong labels. Write the gradient, and measure it against plain training.
#
# ## In practice
#
# - Error analysis is done in a spreadsheet, by people. Let two people tag the same 50 mistakes, and compare. Invent new categories while you look, then go through the first ones again.
# - The package cleanlab finds suspects by confident learning, with several ways to rank them.
# - With its help Northcutt, Athalye and Mueller (2021) found on average at least 3.3 % wrong labels in the *test* sets of ten well-known data sets.
#
# ## References
#
# - Course 3, week 2, lectures 1 to 3.
# - E. B. Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American Statistical Association 22.
# - L. Brown, T. Cai and A. DasGupta (2001), Interval Estimation for a Binomial Proportion, Statistical Science 16.
# - C. Northcutt, L. Jiang and I. Chuang (2021), Confident Learning: Estimating Uncertainty in Dataset Labels, Journal of Artificial Intelligence Research 70.
# - C. Northcutt, A. Athalye and J. Mueller (2021), Pervasive Label Errors in Test Sets Destabilize Machine Learning Benchmarks, NeurIPS Datasets and Benchmarks.
# - D. Rolnick, A. Veit, S. Belongie and N. Shavit (2017), Deep Learning is Robust to Massive Label Noise, arXiv 1705.10694.
# - G. Patrini, A. Rozza, A. K. Menon, R. Nock and L. Qu (2017), Making Deep Neural Networks Robust to Label Noise: A Loss Correction Approach, CVPR.
