# %% [markdown]
# You will give models one number each, choose among them under conditions, find the threshold that a use asks for, and test whether one model is really better than another.
# The models are eight networks that look for cats among the silhouettes of ten animals.

# %% [markdown]
# ## What you will be able to do
#
# - compute precision, recall and the F-scores, and average them over classes and segments;
# - choose a model by one optimizing metric and some satisficing metrics, and see which models are never worth their price;
# - compute ROC and precision-recall curves, the area under the one and the average precision of the other, also where scores are tied;
# - set a threshold under a constraint, and see how the cost of mistakes moves it;
# - test by McNemar's test and by a paired bootstrap whether the difference of two models may be luck.
#
# **What you need:** [the softmax classifier](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb). The training is ready in `fit_classifier`.

# %%
import math

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.data.corruptions import half_size
from shared_utils.grading import grade
from shared_utils.projects.classifier import fit_classifier, probabilities

plots.use_style()

animals = data.load_animals()
kinds = data.class_names("animals")
train_labels, labels = ((Y[0] == kinds.index("cat")).astype(int) for Y in (animals.Y_train, animals.Y_test))
print(f"{len(labels):,} pictures in the dev set, {labels.sum()} of them cats")
examples = animals.X_test[[np.argmax(animals.Y_test[0] == k) for k in range(10)]]
plots.show_images(examples, kinds, columns=10, title="One silhouette of each kind")
plt.show()

# %% [markdown]
# A camera at a cat flap looks at each animal that comes near. The flap opens if a network says *cat*. In the next cell, eight networks learn this. They differ in the size of the picture that they look at (7, 14 or 28 pixels a side) and in their hidden units. A smaller one needs fewer **multiply-adds** for one picture, so it is faster and uses less of the battery.
#
# The network's probability of *cat* is its **score** for a picture. A picture whose score is at least 0.5 is **called** a cat.


# %%
def inputs(pictures, side):
    """The pictures as columns, halved until they have this many pixels a side."""
    grey = pictures[..., 0] / 255
    while grey.shape[1] > side:
        grey = half_size(grey)
    return ((grey.reshape(len(grey), -1) - 0.3) / 0.35).T


designs = {"7 px": (7, ()), "7 px, 16 units": (7, (16,)), "14 px": (14, ()), "14 px, 8 units": (14, (8,))}
designs |= {"14 px, 32 units": (14, (32,)), "28 px": (28, ()), "28 px, 32 units": (28, (32,))}
designs |= {"28 px, 128 units": (28, (128,))}
scores, multiply_adds = {}, {}
for name, (side, hidden) in designs.items():
    net = fit_classifier(inputs(animals.X_train, side), train_labels, hidden, classes=2, steps=600)
    scores[name] = probabilities(inputs(animals.X_test, side), net)[1].astype(float)
    multiply_adds[name] = sum(value.size for key, value in net.items() if key[0] == "W")
for name, its_scores in scores.items():
    accuracy = np.mean((its_scores >= 0.5) == labels)
    print(f"{name:18} {multiply_adds[name]:7,} multiply-adds   accuracy {accuracy:.3f}")
print(f"{'never a cat':18} {0:7,} multiply-adds   accuracy {np.mean(labels == 0):.3f}")

# %% [markdown]
# ## 1. Precision, recall, and one number for both
#
# *What does the accuracy hide?*
#
# A model that never says *cat* is right for nine pictures of ten. It is useless. The accuracy mixes two kinds of mistakes, so we count them apart:
#
# - **true positives**, $tp$: cats that are called cats;
# - **false positives**, $fp$, or false alarms: others that are called cats;
# - **false negatives**, $fn$: cats that are not called cats.
#
# $$\text{precision} = \frac{tp}{tp + fp}, \qquad \text{recall} = \frac{tp}{tp + fn} .$$
#
# Precision: of the pictures that are called cats, which share are cats? Recall: of the cats, which share was found? If nothing is called a cat, the precision is $0/0$. We say that it is 0. If there are no cats, the recall is 0 too.
#
# Two numbers do not say which model is better. The lecture has this example: model A has precision 0.95 and recall 0.90, model B 0.98 and 0.85. A team needs **one number**. The usual one is the harmonic mean of precision $P$ and recall $R$,
#
# $$F_1 = \frac{2}{\frac1P + \frac1R} = \frac{2 P R}{P + R} , \qquad F_\beta = \frac{(1 + \beta^2)\, P R}{\beta^2 P + R} , \quad \beta > 0 .$$
#
# $F_\beta$ lets recall weigh more when $\beta > 1$ and precision weigh more when $\beta < 1$. $\beta = 1$ gives $F_1$. Where $P$ and $R$ are both 0, $F_\beta$ is 0.
#
# *On paper.* $tp = 6$, $fp = 2$, $fn = 4$: $P = 6/8 = 0.75$, $R = 6/10 = 0.6$. $F_1 = 2 \cdot 0.45 / 1.35 = 0.667$; the plain mean is 0.675. $F_2 = 5 \cdot 0.45 / (4 \cdot 0.75 + 0.6) = 2.25 / 3.6 = 0.625$, nearer to the recall.
#
# ### Exercise 1: `precision_recall` and `f_beta`


# %% exercise="precision_recall"
def precision_recall(tp, fp, fn):
    """Precision and recall from three counts.

    Args:
        tp, fp, fn: true positives, false positives, false negatives, whole numbers >= 0.

    Returns:
        A tuple of two numbers from 0 to 1, precision and recall. Where a formula is 0/0, the number is 0.
    """
    # 1. How many were called positive, how many are positive? 2. Two shares; what if there are none?
    ### BEGIN SOLUTION
    called, positive = tp + fp, tp + fn
    return (tp / called if called else 0), (tp / positive if positive else 0)
    ### END SOLUTION


# %% exercise="f_beta"
def f_beta(precision, recall, beta):
    """The F-score, a weighted harmonic mean of precision and recall.

    Args:
        precision, recall: numbers from 0 to 1, floats or whole numbers.
        beta: a number > 0, a float or a whole number.

    Returns:
        A number from 0 to 1; 0 if precision and recall are both 0.
    """
    # 1. The numerator. 2. The denominator; when is it 0?
    ### BEGIN SOLUTION
    if precision == 0 and recall == 0:  # equivalent "and → or": where one is 0, so is the product
        return 0
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Test for 0 before you divide: `tp / called if called else 0`. If only one of precision and recall is 0, the formula of $F_\beta$ needs no special case. The form with $\frac1P$ does.
# </details>

# %% check="precision_recall" points=1
with checks.exercise("precision_recall"):
    names = ["precision", "recall"]
    slips = {"precision first, then recall": (0.6, 0.75), "precision divides by what was called positive": (0.5, 0.6)}
    slips |= {"this is the share of false alarms": (0.25, 0.6), "recall divides by all positives": (0.75, 1.5)}
    found = checks.results("precision_recall(6, 2, 4)", precision_recall(6, 2, 4), names)
    checks.close("precision and recall for tp 6, fp 2, fn 4", np.array(found), [0.75, 0.6], mistakes=slips)
    checks.close("for tp 0, fp 0, fn 4", np.array(precision_recall(0, 0, 4)), [0, 0], mistakes={"0/0 is 0": [1, 0]})
    checks.close("for tp 0, fp 3, fn 0", np.array(precision_recall(0, 3, 0)), [0, 0], mistakes={"0/0 is 0": [0, 1]})

    ### BEGIN HIDDEN TESTS
    def picture_by_picture(tp, fp, fn):
        pairs = [(1, 1)] * int(tp) + [(0, 1)] * int(fp) + [(1, 0)] * int(fn)
        called, cats = [label for label, call in pairs if call], [call for label, call in pairs if label]
        return tuple(float(np.mean(part)) if part else 0.0 for part in (called, cats))

    cases = {f"with {three}": three for three in np.ndindex(3, 3, 3)}
    cases |= {"with NumPy's zeros": tuple(np.zeros(3, int)), "with NumPy's numbers": tuple(np.array([3, 0, 5]))}
    cases |= {"with large counts": (90_000, 7, 30_000), "with one true positive": (1, 40_000, 70_000)}
    domain = {"sizes": {"a": (0, 300), "b": (0, 300), "c": (0, 300)}, "returns": names}
    checks.close("precision and recall for one in 10**12", np.array(precision_recall(1, 10**12, 10**12)) * 1e12, [1, 1])
    checks.agrees(precision_recall, picture_by_picture, lambda rng, a, b, c: (a, b, c), cases=cases, **domain)
    ### END HIDDEN TESTS

# %% check="f_beta" points=1
with checks.exercise("f_beta"):
    slips = {"this is the plain mean": 0.675, "a factor 2 is missing": 1 / 3, "the geometric mean": 0.45**0.5}
    checks.close("f_beta(0.75, 0.6, 1)", f_beta(0.75, 0.6, 1), 2 / 3, mistakes=slips)
    slips = {"beta squared stands at the precision": 2.25 / 3.15, "square beta": 1.35 / 2.1, "use beta": 2 / 3}
    checks.close("f_beta(0.75, 0.6, 2)", f_beta(0.75, 0.6, 2), 0.625, mistakes=slips)
    checks.close("f_beta(0, 0, 1)", f_beta(0, 0, 1), 0)
    checks.close("f_beta(0.5, 0, 1)", f_beta(0.5, 0, 1), 0)

    ### BEGIN HIDDEN TESTS
    def by_shares(precision, recall, beta):
        if 0 in (precision, recall):
            return 0.0
        square = beta * beta
        return 1 / (1 / (1 + square) / precision + square / (1 + square) / recall)

    rates = lambda rng, k: (rng.random(), rng.random(), rng.uniform(0.1, 4))  # noqa: E731
    ends = [(P, R, b) for P in (0, 1, 0.0, 1.0, 0.3) for R in (0, 1, 0.0, 0.8) for b in (1, 2, 0.5, 1.0)]
    cases = {f"with precision {P}, recall {R}, beta {b}": (P, R, b) for P, R, b in ends}
    cases |= {"tiny rates": (2e-12, 3e-12, 2), "tiny precision": (1e-11, 0.9, 1), "tiny recall": (0.9, 1e-11, 1)}
    cases |= {"with beta = 1e-6": (0.9, 1e-12, 1e-6), "with beta = 1e-9": (1.0, 1e-18, 1e-9)}
    cases |= {"with beta = 1000": (0.2, 0.7, 1000), "with beta = 0.001": (0.2, 0.7, 0.001)}
    cases |= {"NumPy's numbers": (*np.array([0.25, 0.5]), np.int64(3)), "NumPy's zeros": (*np.zeros(2), np.float64(1))}
    checks.agrees(f_beta, by_shares, rates, sizes={"k": 60}, cases=cases)
    ### END HIDDEN TESTS


# %%
def counts_of(labels, called):
    """True positives, false positives, false negatives; `called` is True where an example is called positive."""
    true = labels == 1
    return np.sum(called & true), np.sum(called & ~true), np.sum(~called & true)


rates = {name: precision_recall(*counts_of(labels, its_scores >= 0.5)) for name, its_scores in scores.items()}
rates["never a cat"] = precision_recall(*counts_of(labels, labels < 0))
for name, (precision, recall) in rates.items():
    scored = "   ".join(f"F{beta} {f_beta(precision, recall, beta):.3f}" for beta in (0.5, 1, 2))
    print(f"{name:18} precision {precision:.3f}   recall {recall:.3f}   {scored}")
print(f"the lecture's A: F1 = {f_beta(0.95, 0.90, 1):.3f}, B: F1 = {f_beta(0.98, 0.85, 1):.3f}")

figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharey=True)
P, R = np.meshgrid(np.linspace(0.01, 1, 100), np.linspace(0.01, 1, 100))
levels = {"harmonic mean, F1": 2 * P * R / (P + R), "plain mean": (P + R) / 2}
for axis, (name, values) in zip(axes, levels.items(), strict=True):
    lines = axis.contour(P, R, values, levels=np.arange(0.1, 1, 0.1), colors="gray", linewidths=1)
    axis.clabel(lines, fontsize=7)
    axis.plot(*np.transpose([*rates.values()]), "o", color=plots.COLORS[0])
    axis.plot(labels.mean(), 1, "X", color=plots.COLORS[1], markersize=9)
    axis.set(xlabel="precision", title=f"Lines of equal {name}", ylim=(-0.05, 1.05))
axes[0].set_ylabel("recall")
plt.show()

# %% [markdown]
# *What to notice.* Dots are the models, the one at the corner of both zeros never says *cat*. The cross is a model that **always** says *cat*: recall 1, precision 0.10. Its plain mean is 0.55, so the right picture makes it a middling model. Its $F_1$ is below 0.2. The harmonic mean is high only if *both* numbers are high.
#
# The networks without hidden units have an accuracy of 0.94 and more, but they miss more than a quarter of the cats. Their $F_1$ says so, their accuracy does not.
#
# ## 2. Averages
#
# *How do many numbers become one?*
#
# **Segments.** The lecture has six algorithms and their error rates in four regions. Nobody can compare six rows of four numbers. Their **mean** is one number. The plain mean counts each region alike. If most users live in one region, a **weighted** mean is nearer to what users see:
#
# $$\text{mean}_i = \frac{\sum_j w_j\, e_{ij}}{\sum_j w_j},$$
#
# with $e_{ij}$ the error of model $i$ in segment $j$ and $w_j \ge 0$ the number (or the share) of users there.
#
# **Classes.** Now let there be $K$ classes, and a **confusion matrix** $C$ of shape $(K, K)$: $C_{ij}$ examples have the label $i$ and were called $j$. For each class $k$, the others are "negative":
#
# $$tp_k = C_{kk}, \qquad fp_k = \sum_{i \ne k} C_{ik}, \qquad fn_k = \sum_{j \ne k} C_{kj} .$$
#
# - The **macro average** is the plain mean over classes, of the precisions, of the recalls and of the $F_1$ scores. It counts a rare class as much as a frequent one.
# - The **micro average** first adds up the $tp_k$, the $fp_k$ and the $fn_k$ over all classes, then takes precision, recall and $F_1$ of the sums. It counts each example once.
#
# *On paper.* With
#
# $$C = \begin{pmatrix} 5 & 1 & 2 \\ 0 & 3 & 1 \\ 2 & 0 & 6 \end{pmatrix}$$
#
# class 0 has $tp = 5$, $fp = 2$ (its column), $fn = 3$ (its row). The precisions are $5/7, 3/4, 6/9$, the recalls $5/8, 3/4, 6/8$, and the $F_1$ scores $10/15, 3/4, 12/17$. Macro: 0.710, 0.708, 0.708. The sums are $tp = 14$, $fp = 6$, $fn = 6$. Micro: 0.7, 0.7, 0.7.
#
# ### Exercise 2: `average_over_segments` and `average_scores`


# %% exercise="average_over_segments"
def average_over_segments(errors, weights=None):
    """The mean error of each model over segments.

    Args:
        errors: error rates, shape (n_models, n_segments).
        weights: how much each segment counts, shape (n_segments,), floats or whole numbers >= 0, not all 0. Their sum
            may be any number. None: each segment counts the same.

    Returns:
        The means, shape (n_models,).
    """
    # 1. Which weights are used if there are none? 2. A weighted sum for each model. 3. What is it divided by?
    ### BEGIN SOLUTION
    if weights is None:
        weights = np.ones(errors.shape[1])  # equivalent "ones of the first argument's type": 1 is exact in all of them
    return errors @ weights / np.sum(weights)
    ### END SOLUTION


# %% exercise="average_scores"
def average_scores(confusion):
    """Macro and micro averages of precision, recall and F1.

    Args:
        confusion: whole numbers >= 0, shape (K, K), K >= 1, not all 0: confusion[i, j] examples have the label i and
            were called j. A class may have no examples, and a class may never be called.

    Returns:
        A dict with the keys "macro" and "micro", each with a tuple of three numbers: precision, recall, F1. Of each
        class, and of the sums, 0/0 is 0.
    """
    # 1. Three counts for each class. 2. Precision, recall and F1 of each class, and their means. 3. Those of the sums.
    ### BEGIN SOLUTION
    tp = np.diag(confusion)
    counts = np.array([tp, confusion.sum(axis=0) - tp, confusion.sum(axis=1) - tp])

    def three(counts):
        precision, recall = precision_recall(*counts)
        return precision, recall, f_beta(precision, recall, 1)

    macro = np.mean([three(column) for column in counts.T], axis=0)
    return {"macro": tuple(macro), "micro": three(counts.sum(axis=1))}  # equivalent "sum → mean": both are shares
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `errors @ weights` has the sums $\sum_j w_j e_{ij}$ of all models. The weights need not add up to 1.
#
# `np.diag(confusion)` has the $tp_k$. The sum of column $k$ is $tp_k + fp_k$, the sum of row $k$ is $tp_k + fn_k$.
#
# The macro $F_1$ is the mean of the classes' $F_1$ scores, not the $F_1$ of the mean precision and the mean recall.
# </details>

# %% check="average_over_segments" points=1
with checks.exercise("average_over_segments"):
    errors, users = np.array([[0.03, 0.07, 0.05, 0.09], [0.02, 0.04, 0.06, 0.08]]), np.array([1, 5, 2, 2])
    checks.unchanged(average_over_segments, errors, users)
    slips = {"one mean for each model, not for each segment": np.array([0.025, 0.055])}
    checks.close("average_over_segments(errors)", average_over_segments(errors), np.array([0.06, 0.05]), mistakes=slips)
    slips = {"divide by the sum of the weights": np.array([0.66, 0.5])}
    slips |= {"divide by their sum, not by n": np.array([0.165, 0.125]), "use the weights": np.array([0.06, 0.05])}
    found = average_over_segments(errors, users)
    checks.close("average_over_segments(errors, [1, 5, 2, 2])", found, np.array([0.066, 0.05]), mistakes=slips)

    ### BEGIN HIDDEN TESTS
    def model_by_model(errors, weights):
        parts = [1.0] * errors.shape[1] if weights is None else [float(weight) for weight in weights]
        return np.array([sum(e * w for e, w in zip(row, parts, strict=True)) / sum(parts) for row in errors.tolist()])

    segments = lambda rng, n, k: (rng.random((n, k)), rng.random(k) + 0.1)  # noqa: E731
    errors = np.random.default_rng(0).random((3, 5))
    weights = {"one 1": np.eye(5)[3], "whole ones": np.ones(5, int), "zeros": np.array([0, 3.5, 0, 1, 0])}
    weights |= {"tiny": np.arange(5) * 1e-9, "powers of ten": 10 ** np.arange(0, 9, 2), "shares": np.arange(5) / 10}
    cases = {f"with weights {name}": (errors, value) for name, value in weights.items()}
    cases |= {f"without weights for {n} segments": (errors[:, :n], None) for n in (1, 2, 5)}
    cases |= {"without weights for 130": (np.tile(errors, 26), None), "and one model": (np.arange(6)[None], None)}
    domain = {"sizes": {"n": 110, "k": 120}, "real": {"errors": 1e3}, "types": ["errors", "weights"]}
    checks.agrees(average_over_segments, model_by_model, segments, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% check="average_scores" points=2
with checks.exercise("average_scores"):
    confusion, names = np.array([[5, 1, 2], [0, 3, 1], [2, 0, 6]]), ["precision", "recall", "F1"]
    checks.unchanged(average_scores, confusion)
    found = average_scores(confusion)
    checks.keys("average_scores(confusion)", found, ["macro", "micro"])
    macro, micro = (np.array(checks.results(f"its {key}", found[key], names), float) for key in ("macro", "micro"))
    slips = {"a column has what was called so, a row what is so": [0.7083333, 0.7103175, 0.7075163]}
    slips |= {"macro F1 is the mean of the F1 scores": [0.7103175, 0.7083333, 0.7093241]}
    checks.close("macro of average_scores(confusion)", macro, [0.7103175, 0.7083333, 0.7075163], mistakes=slips)
    checks.close("micro of average_scores(confusion)", micro, [0.7, 0.7, 0.7])

    ### BEGIN HIDDEN TESTS
    def class_by_class(confusion):
        K, rows = len(confusion), confusion.tolist()
        share = lambda part, whole: part / whole if whole else 0.0  # noqa: E731
        columns, right = [[row[k] for row in rows] for k in range(K)], [rows[k][k] for k in range(K)]
        P = [share(right[k], sum(columns[k])) for k in range(K)]
        R = [share(right[k], sum(rows[k])) for k in range(K)]
        F = [share(2 * right[k], sum(columns[k]) + sum(rows[k])) for k in range(K)]
        accuracy = sum(right) / sum(map(sum, rows))
        return {"macro": tuple(sum(part) / K for part in (P, R, F)), "micro": (accuracy,) * 3}

    matrices = lambda rng, K: rng.integers(-9, 9, (K, K)).clip(0) + np.eye(K, dtype=int)  # noqa: E731
    one = np.array([[5, 1, 2], [0, 3, 1], [2, 0, 6]])
    row, column, wrong = np.array([[1], [0], [1]]), np.array([1, 0, 1]), np.array([[0, 3], [2, 0]])
    hard = {"a class without examples": one * row, "a class that is never called": one * column, "paper": one}
    hard |= {"a class that does not occur": one * row * column, "all right": np.diag([3, 0, 9]), "all wrong": wrong}
    hard |= {"one class": np.array([[7]]), "large counts": one * 10_000_000, "one call only": one * [0, 1, 0]}
    hard |= {"one label only": one * [[0], [0], [1]], "a rare class": np.array([[1743, 0], [198, 0]])}
    cases = {f"with {words}": (matrix,) for words, matrix in hard.items()}
    checks.agrees(average_scores, class_by_class, matrices, sizes={"K": 110}, cases=cases, returns=names)
    ### END HIDDEN TESTS

# %%
regions = ["US", "China", "India", "Other"]
table = {"A": [3, 7, 5, 9], "B": [5, 6, 5, 10], "C": [2, 3, 4, 5], "D": [5, 8, 7, 2], "E": [4, 5, 2, 4]}
table["F"] = [7, 11, 8, 12]
errors = np.array([*table.values()]) / 100
plain = average_over_segments(errors)
by_use = average_over_segments(errors, np.array([10, 10, 70, 10]))
for name, row, one, other in zip(table, errors, plain, by_use, strict=True):
    cells = "  ".join(f"{region} {error:.2f}" for region, error in zip(regions, row, strict=True))
    marks = "  <- least plain mean" * bool(one == plain.min()) + "  <- least by use" * bool(other == by_use.min())
    print(f"{name}:  {cells}   plain {one:.4f}   seven of ten users in India {other:.4f}{marks}")

print()
for name in ("never a cat", "14 px", "14 px, 32 units"):
    called = scores[name] >= 0.5 if name in scores else labels < 0
    confusion = np.array([[np.sum((labels == i) & (called == j)) for j in (0, 1)] for i in (0, 1)])
    for way, values in average_scores(confusion).items():
        print(f"{name:16} {way}: precision {values[0]:.3f}   recall {values[1]:.3f}   F1 {values[2]:.3f}")

# %% [markdown]
# *What to notice.* By the plain mean, C is the best algorithm, as in the lecture. If seven of ten users live in India, E is. A mean is only right for the weights that stand in it.
#
# Each false positive of one class is a false negative of another one. So the sums of $fp_k$ and of $fn_k$ are equal, and **all three micro averages are the accuracy**. Here that hides the rare class, the cats: the model that never says *cat* has a micro $F_1$ of 0.90, and a macro $F_1$ below 0.5.
#
# ## 3. Satisficing and optimizing
#
# *What if the best model is too slow?*
#
# One could mix everything into one number, as accuracy − 0.5 · time. But nobody knows why it should be 0.5. The lecture's way: **one** metric is **optimizing**, it should be as high as possible. The others are **satisficing**: they must reach a limit, and beyond it they do not matter.
#
# *On paper.* From the lecture: A has accuracy 0.90 and takes 80 ms, B 0.92 and 95 ms, C 0.95 and 1,500 ms. The highest accuracy among those of at most 100 ms is B's.
#
# And if the limit is not known yet? Then we can still drop the models that nobody would take, whatever the limit is. Model $i$ is **dominated** if another model costs no more and gains no less, and is better in one of the two: $c_j \le c_i$ and $g_j \ge g_i$, and $c_j < c_i$ or $g_j > g_i$. The models that are not dominated form the **Pareto front**.
#
# *On paper.* Costs 3, 1, 2, 2, 5, 1 and gains 0.8, 0.5, 0.7, 0.7, 0.8, 0.4. Model 4 is dominated by model 0, which gains the same for less. Model 5 is dominated by model 1, which gains more for the same. Models 2 and 3 are equal: neither dominates the other, and both are on the front.
#
# ### Exercise 3: `select_model` and `pareto_front`


# %% exercise="select_model"
def select_model(table, optimize, satisfy):
    """The model that has the most of one figure, among those that satisfy all conditions.

    Args:
        table: a dict from the name of each model to its figures, a dict of numbers with the same keys for all models.
            A name is a string or a whole number. There is at least one model.
        optimize: the key of the figure that should be as large as possible.
        satisfy: a list of conditions, perhaps empty, each a tuple (key, word, limit); the word is "at most" or
            "at least". A figure equal to the limit satisfies both. There may be several conditions for a key.

    Returns:
        The name of the chosen model, the first in the table of those with equally large figures. None if no model
        satisfies all conditions.

    Raises:
        ValueError: a condition of the list has another word. This does not depend on the figures.
    """
    # 1. Are all words known? 2. Which models satisfy every condition? 3. None left? 4. The largest figure.
    ### BEGIN SOLUTION
    if any(word not in ("at most", "at least") for _, word, _ in satisfy):
        raise ValueError('the word of a condition is "at most" or "at least"')
    left = {
        name: figures[optimize]
        for name, figures in table.items()
        if all(figures[key] <= limit if word == "at most" else figures[key] >= limit for key, word, limit in satisfy)
    }
    return max(left, key=left.get) if left else None
    ### END SOLUTION


# %% exercise="pareto_front"
def pareto_front(costs, gains):
    """Which models are not dominated.

    Args:
        costs: of m models, shape (m,), the less the better.
        gains: of the same models, shape (m,), the more the better.

    Returns:
        An array of shape (m,), True for each model on the front, False for the others. Numbers are equal only if they are exactly
        equal.
    """
    # 1. Compare each model with each other one. 2. No worse in both. 3. Better in one.
    ### BEGIN SOLUTION
    no_worse = (costs[:, None] <= costs) & (gains[:, None] >= gains)
    better = (costs[:, None] < costs) | (gains[:, None] > gains)
    return ~(no_worse & better).any(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Look at all words first, then at the models. `max(left, key=left.get)` has the first of the keys whose values are largest.
#
# `costs[:, None] <= costs` has shape $(m, m)$; its entry $(j, i)$ says whether $c_j \le c_i$. Two loops are as good.
# </details>

# %% check="select_model" points=1
with checks.exercise("select_model"):
    numbers = {"A": (0.90, 80), "B": (0.92, 95), "C": (0.95, 1500), "D": (0.92, 100)}
    table = {name: {"accuracy": accuracy, "ms": ms} for name, (accuracy, ms) in numbers.items()}
    checks.unchanged(select_model, table, "accuracy", [("ms", "at most", 100)])
    for limit, wanted in ((100, "B"), (95, "B"), (94.5, "A"), (80, "A"), (79, None), (2000, "C")):
        name = select_model(table, "accuracy", [("ms", "at most", limit)])
        checks.equal(f"the highest accuracy with ms at most {limit}", name, wanted)
    checks.equal("the highest accuracy without conditions", select_model(table, "accuracy", []), "C")
    both = [("ms", "at most", 100), ("ms", "at least", 96)]
    checks.equal("the highest accuracy with ms from 96 to 100", select_model(table, "accuracy", both), "D")
    checks.raises('the word "below"', ValueError, select_model, table, "accuracy", [("ms", "below", 100)])

    ### BEGIN HIDDEN TESTS
    def one_after_another(table, optimize, satisfy):
        left, best = list(table), None
        for key, word, limit in satisfy:
            sign = {"at most": -1, "at least": 1}[word]
            left = [name for name in left if sign * table[name][key] >= sign * limit]
        for name in left:
            best = name if best is None or table[name][optimize] > table[best][optimize] else best
        return best

    def models(rng, n, k):
        names = [["", 0, "b", "a", 17, "model"][i] if i < 6 else f"m{i}" for i in range(n)]
        table = {names[i]: {key: float(rng.integers(-3, 4)) for key in "xyz"} for i in rng.permutation(n)}
        draw = lambda: ("xyz"[rng.integers(3)], ["at most", "at least"][rng.integers(2)])  # noqa: E731
        return table, "xyz"[rng.integers(3)], [(*draw(), float(rng.integers(-3, 4))) for _ in range(k)]

    cases = {f"draw {i}": models(np.random.default_rng(i), 6, i % 3) for i in range(25)}
    near = {"far": {"x": 1.0, "y": 1e-12}, "near": {"x": 1.0 + 1e-12, "y": 3e-12}, 0: {"x": 1.0, "y": 2e-12}}
    for condition in (("y", "at most", 2e-12), ("y", "at least", 3e-12), ("y", "at most", 0), ("y", "at least", 0)):
        cases[f"with figures that hardly differ, {condition}"] = near, "x", [condition]
    low = {0: {"x": -2, "y": 3}, 1: {"y": 4, "x": -1}, 2: {"x": -1, "y": 5}}
    cases |= {"with negative figures": (low, "x", []), "with the name 0": (low, "x", [("y", "at most", 3)])}
    checks.agrees(select_model, one_after_another, models, sizes={"n": 110, "k": (0, 5)}, cases=cases, apart=False)
    for word in ("At most", "atmost", "<=", "at", "", None, "at most ", "less than", "at least, at most", 0):
        for first in ([], [("y", "at least", 9)], [("x", "at most", 9)]):
            checks.raises(f"the word {word!r}", ValueError, select_model, low, "x", [*first, ("x", word, 1)])
    ### END HIDDEN TESTS

# %% check="pareto_front" points=2
with checks.exercise("pareto_front"):
    costs, gains = np.array([3, 1, 2, 2, 5, 1]), np.array([0.8, 0.5, 0.7, 0.7, 0.8, 0.4])
    checks.unchanged(pareto_front, costs, gains)
    slips = {"it is enough to be better in one": np.ones(6), "equal models are both on the front": [1, 1, 0, 0, 0, 0]}
    slips |= {"these are dominated": [0, 0, 0, 0, 1, 1], "of equal models both are on the front": [1, 1, 1, 0, 0, 0]}
    checks.close("pareto_front(costs, gains)", pareto_front(costs, gains), np.array([1, 1, 1, 1, 0, 0]), mistakes=slips)

    ### BEGIN HIDDEN TESTS
    def pair_by_pair(costs, gains):
        both = [*zip(costs.tolist(), gains.tolist(), strict=True)]
        return np.array([not any(c <= a and g >= b and (c, g) != (a, b) for c, g in both) for a, b in both])

    points = lambda rng, m: (rng.integers(0, 5, m) / 2.0, rng.integers(0, 5, m) / 2.0)  # noqa: E731
    rng, line = np.random.default_rng(4), np.arange(7.0)
    cases = {f"without ties, draw {k}": (rng.random(12), rng.random(12)) for k in range(4)}
    cases |= {f"with ties, draw {k}": (rng.integers(0, 4, 9), rng.integers(0, 4, 9)) for k in range(6)}
    hard = {"all on the front": (line, line), "one that dominates": (line, -line), "equal models": (0 * line, 0 * line)}
    hard |= {"tiny steps": (line * 1e-12, 1 + line * 1e-14 * (-1) ** line), "large costs": (line + 1e9, 0 * line)}
    hard |= {"costs beyond 2**53": (2**53 + np.arange(2), np.ones(2))}
    hard |= {"negative gains": (line, line[::-1] - 9), "equal gains": (line, 0 * line), "equal costs": (0 * line, line)}
    cases |= {f"with {words}": case for words, case in hard.items()}
    domain = {"sizes": {"m": 130}, "real": {"costs": 1e6, "gains": 1e6}, "types": ["costs", "gains"]}
    checks.agrees(pareto_front, pair_by_pair, points, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The chip at the flap has time for 10,000 multiply-adds a picture. That is the satisficing metric. The optimizing metric is $F_1$. A second use, on a larger machine, only asks for a precision of at least 0.8.

# %%
figures = {}
for name in scores:
    precision, recall = rates[name]
    figures[name] = {"precision": precision, "recall": recall, "F1": f_beta(precision, recall, 1)}
    figures[name]["multiply-adds"] = multiply_adds[name]
uses = {"flap": [("multiply-adds", "at most", 10_000)], "machine": [("precision", "at least", 0.8)]}
chosen = {use: select_model(figures, "F1", conditions) for use, conditions in uses.items()}
for name, row in figures.items():
    cells = "   ".join(f"{key} {row[key]:.3f}" for key in ("precision", "recall", "F1"))
    marks = "".join(f"  <- {use}" for use in uses if chosen[use] == name)
    print(f"{name:18} {cells}   multiply-adds {row['multiply-adds']:7,}{marks}")

names, gains = [*figures], np.array([row["F1"] for row in figures.values()])
costs = np.array([multiply_adds[name] for name in names])
front = np.asarray(pareto_front(costs, gains), bool)
figure, axis = plt.subplots(figsize=(7.5, 4))
axis.semilogx(costs[~front], gains[~front], "x", color=plots.COLORS[1], label="dominated", markersize=8)
order = np.argsort(costs[front])
axis.step(costs[front][order], gains[front][order], "o-", where="post", color=plots.COLORS[0], label="Pareto front")
axis.axvline(10_000, color="gray", linestyle=":", label="limit of the flap")
for name, cost, gain in zip(names, costs, gains, strict=True):
    axis.annotate(name, (cost, gain), xytext=(4, -11), textcoords="offset points", fontsize=8)
axis.set(xlabel="multiply-adds a picture (logarithmic)", ylabel="F1 (does not begin at 0)")
axis.set(xlim=(70, 500_000), ylim=(0.7, 0.88), title="Hidden units pay more than pixels")
axis.legend(loc="lower right")
plt.show()

# %% [markdown]
# *What to notice.* The flap gets a network with hidden units that looks at 14 pixels a side. The large picture without hidden units, *28 px*, is dominated: *7 px, 16 units* has the higher $F_1$ with half the multiply-adds. The step from 6,000 to 100,000 multiply-adds brings an $F_1$ that is higher by a few hundredths at most. Section 7 asks when such a difference is luck.
#
# ## 4. All thresholds at once
#
# *What happens if the score that counts as "cat" is not 0.5?*
#
# A low **threshold** $t$ calls more pictures cats: the recall grows, and so do the false alarms. For all $t$ together we get a curve. Only the scores themselves are interesting as thresholds: between two neighbouring scores nothing changes. For each *different* score $t$, from the highest down, count the positives and the negatives with a score of **at least** $t$:
#
# $$tp(t) = \#\{i : s_i \ge t,\; y_i = 1\}, \qquad fp(t) = \#\{i : s_i \ge t,\; y_i = 0\} .$$
#
# Examples with equal scores are **tied**: they enter all at once, because no threshold can separate them. From the counts, with $p$ positives and $n$ negatives:
#
# - the **ROC curve** has the true positive rate $tp(t)/p$ (the recall) over the false positive rate $fp(t)/n$, and begins at $(0, 0)$;
# - the **precision-recall curve** has the precision $tp(t) / (tp(t) + fp(t))$ over the recall.
#
# *On paper.* Seven pictures:
#
# | score | 0.8 | 0.1 | 0.9 | 0.4 | 0.8 | 0.4 | 0.2 |
# |---|---|---|---|---|---|---|---|
# | label | 1 | 0 | 1 | 1 | 0 | 0 | 0 |
#
# | threshold | 0.9 | 0.8 | 0.4 | 0.2 | 0.1 |
# |---|---|---|---|---|---|
# | $tp$ | 1 | 2 | 3 | 3 | 3 |
# | $fp$ | 0 | 1 | 2 | 3 | 4 |
#
# ### Exercise 4: `threshold_counts`


# %% exercise="threshold_counts"
def threshold_counts(labels, scores):
    """True and false positives for each threshold.

    Args:
        labels: 1 for positive and 0 for negative examples, whole numbers, shape (m,). All may be equal.
        scores: any numbers, shape (m,), the higher the more likely positive.

    Returns:
        A tuple of three arrays of the same length: the different scores, from the highest to the lowest; and for each
        of them the number of positive, and of negative examples with at least this score, whole numbers. Scores are
        equal only if they are exactly equal.
    """
    # 1. The different scores, highest first. 2. Which examples reach each of them? 3. How many are positive, negative?
    ### BEGIN SOLUTION
    thresholds = np.unique(scores)[::-1]
    called = scores >= thresholds[:, None]
    return thresholds, called @ labels, called @ (1 - labels)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.unique(scores)` has the different scores in ascending order. `scores >= thresholds[:, None]` is a table: one row for each threshold, one column for each example. A loop over the thresholds is as good.
# </details>

# %% check="threshold_counts" points=2
with checks.exercise("threshold_counts"):
    labels, scores = np.array([1, 0, 1, 1, 0, 0, 0]), np.array([0.8, 0.1, 0.9, 0.4, 0.8, 0.4, 0.2])
    checks.unchanged(threshold_counts, labels, scores)
    names, what = ["thresholds", "tp", "fp"], "threshold_counts(labels, scores)"
    thresholds, tp, fp = checks.results(what, threshold_counts(labels, scores), names)
    slips = {"the highest score comes first": [0.1, 0.2, 0.4, 0.8, 0.9]}
    checks.close(f"thresholds of {what}", thresholds, np.array([0.9, 0.8, 0.4, 0.2, 0.1]), mistakes=slips)
    slips = {"at least the threshold, not above it": [0, 1, 2, 3, 3], "count what is above, too": [1, 1, 1, 0, 0]}
    checks.close(f"tp of {what}", tp, np.array([1, 2, 3, 3, 3]), mistakes=slips)
    checks.close(f"fp of {what}", fp, np.array([0, 1, 2, 3, 4]), mistakes={"these are all": [1, 3, 5, 6, 7]})

    ### BEGIN HIDDEN TESTS
    def by_sorting(labels, scores):
        rows, tp, fp = {}, 0, 0
        for score, label in sorted(zip(scores.tolist(), labels.tolist(), strict=True), reverse=True):
            tp, fp = tp + (label == 1), fp + (label == 0)
            rows[score] = tp, fp
        return np.array([*rows]), *np.array([*rows.values()]).T

    scored = lambda rng, m: (rng.integers(0, 2, m), rng.integers(-8, 9, m) / 4.0)  # noqa: E731
    rng = np.random.default_rng(5)
    y, free, ones = rng.integers(0, 2, 40), rng.normal(size=40), np.ones(40, int)
    hard = {"no ties": (y, free), "ties only": (y, 0 * free), "ties": (y, free.round(1)), "huge ones": (y, free * 1e9)}
    hard |= {"positives only": (ones, free), "negatives only": (0 * ones, free), "tiny scores": (y, free * 1e-12)}
    hard |= {"scores beyond 2**53": (np.array([1, 0]), 2**53 + np.arange(2))}
    hard |= {"scores that hardly differ": (y, 1 + rng.integers(0, 5, 40) * 1e-14), "sorted ones": (y, np.sort(free))}
    domain = {"sizes": {"m": 1030}, "real": {"scores": 1e6}, "types": ["scores"], "returns": names}
    checks.agrees(threshold_counts, by_sorting, scored, cases=hard, **domain)
    checks.whole("tp[0] and fp[0] of threshold_counts", *(part[0] for part in threshold_counts(y, free)[1:]))
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8))
for name in ("14 px", "7 px, 16 units", "14 px, 32 units"):
    _, tp, fp = threshold_counts(labels, scores[name])
    axes[0].plot(np.append(0, fp) / np.sum(labels == 0), np.append(0, tp) / labels.sum(), label=name)
    axes[1].plot(tp / labels.sum(), tp / (tp + fp), label=name)
axes[0].plot([0, 1], [0, 1], color="gray", linestyle=":", linewidth=1, label="scores by chance")
axes[1].axhline(labels.mean(), color="gray", linestyle=":", linewidth=1, label="scores by chance")
axes[0].set(xlabel="false positive rate", ylabel="recall (true positive rate)", title="ROC: all look good")
axes[1].set(xlabel="recall", ylabel="precision", title="Precision and recall: they differ", ylim=(0, 1.03))
axes[0].legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* All ROC curves press themselves into the upper left corner. A false positive *rate* of 0.05 looks small. But there are nine times as many others as cats, so it is 87 false alarms beside at most 198 cats. The precision shows that: *14 px* falls early.
#
# The left end of a precision-recall curve jumps, because few pictures decide there.
#
# ## 5. One number for a curve
#
# *Which curve is better, if no threshold is chosen yet?*
#
# The area under the ROC curve, **AUC**, has a meaning: it is the probability that a positive example, drawn at random, has a higher score than a negative one drawn at random. Ties count one half. With $p$ positives and $n$ negatives,
#
# $$AUC = \frac{1}{p\, n} \sum_{i : y_i = 1} \; \sum_{j : y_j = 0} \begin{cases} 1 & s_i > s_j \\ \tfrac12 & s_i = s_j \\ 0 & s_i < s_j \end{cases}$$
#
# The **average precision**, AP, is the area under the precision-recall curve, in steps. With the thresholds $t_1 > t_2 > \dots > t_k$, the precisions $P_j$ and the recalls $R_j$, and $R_0 = 0$,
#
# $$AP = \sum_{j=1}^{k} (R_j - R_{j-1})\, P_j .$$
#
# *On paper.* The seven pictures. Positives 0.9, 0.8, 0.4, negatives 0.8, 0.4, 0.2, 0.1. Of the 12 pairs, 0.9 wins 4; 0.8 wins 3 and ties 1; 0.4 wins 2, ties 1, loses 1: $AUC = (4 + 3.5 + 2.5)/12 = 0.833$. The recall grows by $\frac13$ at each of the first three thresholds, where the precisions are $1, \frac23, \frac35$. Later it does not grow. $AP = \frac13 (1 + \frac23 + \frac35) = 0.756$.
#
# ### Exercise 5: `auc` and `average_precision`


# %% exercise="auc"
def auc(labels, scores):
    """The probability that a positive example has a higher score than a negative one, ties counting one half.

    Args:
        labels: 1 for positive and 0 for negative examples, whole numbers, shape (m,).
        scores: any numbers, shape (m,). They tie only if they are exactly equal.

    Returns:
        A number from 0 to 1.

    Raises:
        ValueError: there is no positive example, or no negative one.
    """
    # 1. The scores of both kinds; is one kind missing? 2. Compare each with each. 3. The mean over all pairs.
    ### BEGIN SOLUTION
    positive, negative = scores[labels == 1][:, None], scores[labels == 0]
    if positive.size == 0 or negative.size == 0:
        raise ValueError("there must be examples of both kinds")
    return np.mean(positive > negative) + np.mean(positive == negative) / 2
    ### END SOLUTION


# %% exercise="average_precision"
def average_precision(labels, scores):
    """The area under the precision-recall curve, in steps.

    Args:
        labels, scores: as for auc; there may be no negative example.

    Returns:
        A number from 0 to 1.

    Raises:
        ValueError: there is no positive example.
    """
    # 1. Is there a positive? 2. Precision and recall at each threshold. 3. How much does the recall grow at each?
    ### BEGIN SOLUTION
    _, tp, fp = threshold_counts(labels, scores)
    if tp[-1] == 0:
        raise ValueError("there must be a positive example")
    return np.sum(np.diff(tp, prepend=0) / tp[-1] * tp / (tp + fp))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# With `positive` of shape $(p, 1)$ and `negative` of shape $(n,)$, `positive > negative` compares all pairs.
#
# `threshold_counts` gives $tp$ and $fp$ at all thresholds. `np.diff(tp, prepend=0)` says by how much $tp$ grows at each. The last $tp$ is the number of all positives.
# </details>

# %% check="auc" points=1
with checks.exercise("auc"):
    labels, scores = np.array([1, 0, 1, 1, 0, 0, 0]), np.array([0.8, 0.1, 0.9, 0.4, 0.8, 0.4, 0.2])
    checks.unchanged(auc, labels, scores)
    slips = {"ties count one half, not nothing": 9 / 12, "ties count one half, not one": 11 / 12}
    slips |= {"a positive should be above a negative": 2 / 12, "divide by the number of pairs": 10}
    checks.close("auc(labels, scores)", auc(labels, scores), 10 / 12, mistakes=slips)
    checks.raises("without a positive example", ValueError, auc, 0 * labels, scores)
    checks.raises("without a negative example", ValueError, auc, 0 * labels + 1, scores)

    ### BEGIN HIDDEN TESTS
    def by_ranks(labels, scores):
        values, p = scores.tolist(), int(labels.sum())
        ranks = [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]
        return (float(np.dot(ranks, labels)) - p * (p + 1) / 2) / (p * (len(values) - p))

    scored = lambda rng, m: (np.append([1, 0], rng.integers(0, 2, m)), rng.integers(-8, 9, m + 2) / 4.0)  # noqa: E731
    rng = np.random.default_rng(6)
    y, free, one = np.append([0, 1], rng.integers(0, 2, 40)), rng.normal(size=42), np.eye(42, dtype=int)[7]
    hard = {"no ties": (y, free), "ties only": (y, 0 * free), "the best order": (y, y - 0.5), "the worst": (y, 0.5 - y)}
    hard |= {"near ones": (y, 1 + rng.integers(0, 5, 42) * 1e-14), "tiny and large ones": (y, free * 1e4 ** (y - free))}
    hard |= {"one positive": (one, free), "one negative": (1 - one, free), "a tied pair": (y[:2], 0 * free[:2])}
    domain = {"sizes": {"m": 400}, "real": {"scores": 1e6}, "types": ["scores"]}
    checks.agrees(auc, by_ranks, scored, cases=hard, **domain)
    for kind in (np.ones(1, int), np.zeros(1, int), np.ones(9, int), np.zeros(9, int)):
        checks.raises(f"with labels that are all {kind[0]}", ValueError, auc, kind, free[: len(kind)])
    ### END HIDDEN TESTS

# %% check="average_precision" points=2
with checks.exercise("average_precision"):
    labels, scores = np.array([1, 0, 1, 1, 0, 0, 0]), np.array([0.8, 0.1, 0.9, 0.4, 0.8, 0.4, 0.2])
    checks.unchanged(average_precision, labels, scores)
    slips = {"steps, not trapezoids": 37 / 45, "tied examples enter at once": (1 + 1 + 3 / 4) / 3}
    slips |= {"divide by the number of positives": 34 / 15, "weigh by the growth of the recall": 671 / 1050}
    checks.close("average_precision(labels, scores)", average_precision(labels, scores), 34 / 45, mistakes=slips)
    checks.close("of positives only", average_precision(np.ones(7, int), scores), 1)
    checks.raises("without a positive example", ValueError, average_precision, 0 * labels, scores)

    ### BEGIN HIDDEN TESTS
    def positive_by_positive(labels, scores):
        called = [labels[scores >= score].tolist() for score in scores[labels == 1]]
        return sum(sum(part) / len(part) for part in called) / len(called)

    scored = lambda rng, m: (np.append(rng.integers(0, 2, m - 1), 1), rng.integers(-8, 9, m) / 4.0)  # noqa: E731
    rng = np.random.default_rng(6)
    y, free, one = np.append([0, 1], rng.integers(0, 2, 40)), rng.normal(size=42), np.eye(42, dtype=int)[7]
    hard = {"no ties": (y, free), "ties only": (y, 0 * free), "the best order": (y, y - 0.5), "the worst": (y, 0.5 - y)}
    hard |= {"near ones": (y, 1 + rng.integers(0, 5, 42) * 1e-14), "tiny and large ones": (y, free * 1e4 ** (y - free))}
    hard |= {"one positive": (one, free), "one negative": (1 - one, free), "one of each": (y[:2], free[:2])}
    domain = {"sizes": {"m": 400}, "real": {"scores": 1e6}, "types": ["scores"]}
    checks.agrees(average_precision, positive_by_positive, scored, cases=hard, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# What happens to both numbers when cats become rarer? In the next cell, each picture without a cat counts four times.

# %%
rarer = np.append(np.arange(len(labels)), np.tile(np.flatnonzero(labels == 0), 3))
for name, its_scores in scores.items():
    print(f"{name:18} AUC {auc(labels, its_scores):.3f}   AP {average_precision(labels, its_scores):.3f}", end="")
    again = labels[rarer], its_scores[rarer]
    print(f"   with cats four times rarer: AUC {auc(*again):.3f}   AP {average_precision(*again):.3f}")

# %% [markdown]
# *What to notice.* The AUC does not change when cats become rarer: it compares one cat with one other picture. The AP falls much, because precision asks how many false alarms there are for each cat. If your positives are rare, look at precision and recall. And never compare the AP of two test sets with different shares of positives.
#
# ## 6. Which threshold?
#
# *How is the one threshold chosen?*
#
# **Under a constraint.** The lecture's example is a device that wakes up at a word: the recall should be as high as possible, with at most one false alarm in 24 hours. The recall is optimizing, the false alarms are satisficing. The same works for the flap: at most a few other animals may come in.
#
# **By cost.** If we know what each kind of mistake costs, we need no constraint. Let $K_{ij}$ be the cost of calling an example with label $i$ a $j$. With the confusion matrix $C$ of the dev set, the mean cost of an example is
#
# $$\text{cost} = \frac{\sum_{ij} C_{ij} K_{ij}}{\sum_{ij} C_{ij}} .$$
#
# *On paper.* The seven pictures. With at most 1 false alarm, thresholds 0.9 and 0.8 are allowed, and 0.8 finds more cats. With at most 3, the thresholds 0.4 and 0.2 both find all three cats, and 0.4 has fewer false alarms. At the threshold 0.8 there are one false alarm and one missed cat; if a missed cat costs 10 and a false alarm 1, the cost is $(1 + 10)/7 = 1.57$.
#
# ### Exercise 6: `choose_threshold`


# %% exercise="choose_threshold"
def choose_threshold(labels, scores, most_false_alarms):
    """The threshold with the highest recall among those with few enough false alarms.

    Examples whose score is at least the threshold are called positive.

    Args:
        labels, scores: as for threshold_counts.
        most_false_alarms: how many negative examples may be called positive at most, a whole number >= 0.

    Returns:
        One of the scores. Of thresholds with equal recall, the highest. (If there is no positive example, all have
        equal recall.) None if each threshold has too many false alarms.
    """
    # 1. Which thresholds are allowed? 2. None? 3. Which of them finds most, and is the highest of these?
    ### BEGIN SOLUTION
    thresholds, tp, fp = threshold_counts(labels, scores)
    allowed = fp <= most_false_alarms
    return thresholds[np.argmax(tp[allowed])] if allowed.any() else None
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The thresholds come from the highest to the lowest, so the false alarms only grow: the allowed thresholds are the first ones. `np.argmax` has the first of equally large entries.
# </details>

# %% check="choose_threshold" points=2
with checks.exercise("choose_threshold"):
    labels, scores = np.array([1, 0, 1, 1, 0, 0, 0]), np.array([0.8, 0.1, 0.9, 0.4, 0.8, 0.4, 0.2])
    checks.unchanged(choose_threshold, labels, scores, 1)
    for most, wanted in ((1, 0.8), (0, 0.9), (2, 0.4), (3, 0.4), (9, 0.4)):
        slips = {"the highest of those with equal recall": {3: 0.2, 9: 0.1}.get(most, 0.9 if most else 0.8)}
        what = f"choose_threshold(labels, scores, {most})"
        checks.close(what, choose_threshold(labels, scores, most), wanted, mistakes=slips if most in (3, 9) else {})
    none = choose_threshold(np.array([0, 1, 1]), np.array([0.9, 0.9, 0.3]), 0)
    checks.equal("if a negative has the highest score, with 0 false alarms", none, None)

    ### BEGIN HIDDEN TESTS
    def threshold_by_threshold(labels, scores, most_false_alarms):
        best, most = None, -1
        for threshold in sorted(scores.tolist(), reverse=True):
            called = labels[scores >= threshold].tolist()
            if called.count(0) <= most_false_alarms and sum(called) > most:
                best, most = threshold, sum(called)
        return best

    scored = lambda rng, m, most: (rng.integers(0, 2, m), rng.integers(-8, 9, m) / 4.0, most)  # noqa: E731
    rng = np.random.default_rng(8)
    y, free, ones = rng.integers(0, 2, 40), rng.normal(size=40), np.ones(5, int)
    hard = {"no ties": (y, free), "ties": (y, np.round(free)), "scores that hardly differ": (y, 1 - y * 1e-14)}
    hard |= {"negatives only": (0 * ones, free[:5]), "positives only": (ones, free[:5]), "ties only": (y, 0 * free)}
    hard |= {"negative scores": (y, -np.abs(free) - 1), "the score 0": (np.array([1, 0]), np.array([0.0, -1.0]))}
    hard |= {"a negative on top": (np.tile([0, 1], 150), np.arange(300.0)[::-1])}
    limits = (0, 1, 2, 5, 9, 130, np.int64(30), 1000)
    cases = {f"with {words}, at most {most}": (*case, most) for words, case in hard.items() for most in limits}
    domain = {"sizes": {"m": 400, "most": (0, 120)}, "real": {"scores": 1e6}, "types": ["scores"]}
    checks.agrees(choose_threshold, threshold_by_threshold, scored, cases=cases, **domain)
    ### END HIDDEN TESTS

# %%
name = "14 px, 32 units"
for most in (2, 5, 20):
    threshold = choose_threshold(labels, scores[name], most)
    recall = np.mean(scores[name][labels == 1] >= threshold)
    print(f"at most {most:2} false alarms: threshold {threshold:.3f}, recall {recall:.3f}")

thresholds, tp, fp = threshold_counts(labels, scores[name])
figure, axis = plt.subplots(figsize=(7, 3.8))
for price in (1, 10):
    curve, words = (fp + price * (labels.sum() - tp)) / len(labels), f"a missed cat costs {price}, a false alarm 1"
    best = int(np.argmin(curve))
    line = axis.plot(thresholds, curve, label=words)[0]
    axis.plot(thresholds[best], curve[best], "o", color=line.get_color())
    at_half = curve[int(np.sum(thresholds >= 0.5)) - 1]
    print(f"{words}: least cost {curve[best]:.3f} at {thresholds[best]:.3f}, at the threshold 0.5 {at_half:.3f}")
axis.set(xlabel="threshold", ylabel="mean cost of a picture", xlim=(0, 1), ylim=(0, 0.5))
axis.set_title("Where missed cats are expensive, the best threshold is low")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Each limit of false alarms has its own threshold and its own recall. If a missed cat costs ten times a false alarm, the best threshold (the dot) is far below 0.5, and the cost there is lower by a sixth or more than at 0.5. The network is the same. The threshold was chosen on the dev set, so the cost there is a little too good: measure it on a test set.
#
# ## 7. Is the difference luck?
#
# *Would the same model win on other pictures?*
#
# Two models A and B are judged on the **same** pictures. Pictures that both get right, or both wrong, say nothing about which one is better. Let $b$ be the number of pictures that only A gets wrong, and $c$ the number that only B gets wrong. If both models have the same error rate, each of these $b + c$ pictures is like the throw of a fair coin. **McNemar's test** (1947), in its exact form, asks how probable a split is that is at least as uneven as the one found. With $n = b + c$ and $k = \min(b, c)$,
#
# $$p = \min\left(1,\; 2 \sum_{j=0}^{k} \binom{n}{j} \frac{1}{2^n}\right), \qquad p = 1 \text{ if } n = 0 .$$
#
# By a common rule, a difference is called **significant** if $p \le 0.05$. If the models are equally good, this happens in at most 5 % of all dev sets. The test assumes that the pictures are independent of each other.
#
# *On paper.* $b = 1$, $c = 5$: $n = 6$, $p = 2 (1 + 6)/64 = 0.219$: may well be luck. $b = 0$, $c = 6$: $p = 2/64 = 0.031$.
#
# How *large* is the difference? The **bootstrap** gives an interval. Draw a new sample: $m$ pictures of the $m$ in the dev set, with replacement. Compute the error of A minus the error of B **on this sample**: the same pictures for both, the bootstrap is **paired**. Do this many times. The interval goes from the 2.5 % to the 97.5 % quantile of these differences. It needs independent pictures too, and enough of them: the models should disagree on ten pictures or more.
#
# *On paper.* A is wrong on pictures 0 and 1 of four, B on picture 1. A sample with the pictures 0, 0, 1, 3 has the difference $3/4 - 1/4 = 0.5$. If A and B have the same mistakes, each sample has the difference 0.
#
# ### Exercise 7: `mcnemar` and `bootstrap_interval`


# %% exercise="mcnemar"
def mcnemar(mistakes_A, mistakes_B):
    """The exact two-sided p-value of McNemar's test.

    Args:
        mistakes_A, mistakes_B: True where a model is wrong, shape (m,) each, for the same examples.

    Returns:
        p, a number above 0 and at most 1; 1 if the models disagree nowhere. It is never below 1e-100 in a check.
    """
    # 1. On how many examples is only A wrong, only B? 2. The probabilities of the smaller number and all below it.
    # 3. Both sides, but at most 1.
    ### BEGIN SOLUTION
    b, c = int(np.sum(mistakes_A & ~mistakes_B)), int(np.sum(mistakes_B & ~mistakes_A))
    tail = sum(math.comb(b + c, j) for j in range(min(b, c) + 1))
    return min(1, 2 * tail / 2 ** (b + c))
    ### END SOLUTION


# %% exercise="bootstrap_interval"
def bootstrap_interval(mistakes_A, mistakes_B, samples, rng):
    """A 95 % interval for the error of A minus the error of B, by the paired bootstrap.

    Args:
        mistakes_A, mistakes_B: True where a model is wrong, shape (m,) each, for the same examples.
        samples: how many samples are drawn, a whole number >= 1; each has m examples, with replacement.
        rng: a generator, np.random.default_rng(seed). All randomness comes from it.

    Returns:
        A tuple of two numbers, low and high: the 2.5 % and the 97.5 % quantile of the differences. Any usual way to
        compute a quantile between two neighbouring differences is right, np.quantile for example.
    """
    # 1. Which examples are in each sample? 2. The difference on each sample. 3. Two quantiles.
    ### BEGIN SOLUTION
    m = len(mistakes_A)
    chosen = rng.integers(0, m, (samples, m))
    differences = mistakes_A[chosen].mean(axis=1) - mistakes_B[chosen].mean(axis=1)
    low, high = np.quantile(differences, [0.025, 0.975])
    return low, high
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# For arrays of True and False, `mistakes_A & ~mistakes_B` is True where only A is wrong. A difference of such arrays is an error in NumPy. `math.comb(n, j)` is the binomial coefficient; it needs Python's whole numbers, as `int(...)` makes them.
# </details>
#
# <details><summary>Hint 2</summary>
#
# $\binom{n}{j}$ and $2^n$ can be larger than any float. Add up the whole numbers first and divide once, at the end: Python divides whole numbers of any size.
#
# `chosen = rng.integers(0, m, (samples, m))` are the numbers of the examples of all samples. Use the same `chosen` for both models. `mistakes_A[chosen].mean(axis=1)` are A's errors.
# </details>

# %% check="mcnemar" points=2
with checks.exercise("mcnemar"):
    A, B = np.array([1, 0, 1, 0, 0, 0, 0, 0, 1]) == 1, np.array([1, 1, 0, 1, 1, 0, 1, 1, 1]) == 1
    checks.unchanged(mcnemar, A, B)
    slips = {"two sides, not one": 7 / 64, "add up all j from 0 to k": 12 / 64, "up to k, with k": 2 / 64}
    checks.close("mcnemar(A, B), only A wrong 1, only B wrong 5", mcnemar(A, B), 14 / 64, mistakes=slips)
    checks.close("mcnemar(B, A)", mcnemar(B, A), 14 / 64, mistakes={"k is the smaller of b and c": 1})
    checks.close("mcnemar(B, B & A), only one of them wrong 5 times", mcnemar(B, B & A), 2 / 32)
    checks.close("mcnemar(A, A)", mcnemar(A, A), 1)
    checks.close("if each alone is wrong once", mcnemar(A[:3], B[:3]), 1, mistakes={"at most 1": 1.5})

    ### BEGIN HIDDEN TESTS
    def by_convolution(mistakes_A, mistakes_B):
        b, c, heads = int(np.sum(mistakes_A > mistakes_B)), int(np.sum(mistakes_A < mistakes_B)), np.ones(1)
        for _ in range(b + c):
            heads = (np.append(heads, 0) + np.append(0, heads)) / 2
        return float(heads[abs(2 * np.arange(b + c + 1) - b - c) >= abs(b - c)].sum())

    def of(b, c, both, neither):
        A, B = np.repeat([[1, 0, 1, 0], [0, 1, 1, 0]], [b, c, both, neither], axis=1) == 1
        order = np.random.default_rng(b + c).permutation(len(A))
        return A[order], B[order]

    few = [(0, 0, 3, 2), (1, 0, 0, 0), (0, 1, 2, 0), (1, 1, 0, 0), (2, 2, 9, 1), (3, 2, 0, 5), (0, 6, 1, 0)]
    many = [(0, 300, 5, 5), (300, 12, 40, 0), (480, 560, 20, 20), (1000, 990, 3, 3), (9, 14, 300, 1700), (30, 2, 7, 8)]
    cases = {f"with {split[0]} and {split[1]} wrong alone, {split[2]} both": of(*split) for split in few + many}
    draw = lambda rng, m: (rng.random(m) < 0.6, rng.random(m) < 0.4)  # noqa: E731
    checks.agrees(mcnemar, by_convolution, draw, sizes={"m": 1030}, cases=cases)
    checks.close("what SciPy has for 31 and 52", mcnemar(*of(31, 52, 9, 9)), 0.027534178012294533, rtol=1e-9, atol=0)
    ### END HIDDEN TESTS

# %% check="bootstrap_interval" points=2
with checks.exercise("bootstrap_interval"):
    B = np.repeat([True, False], [30, 70])
    A = np.repeat([True, False], [36, 64])
    checks.unchanged(bootstrap_interval, A, B, 500, np.random.default_rng(0))
    what, names = "bootstrap_interval(A, B, 2000, rng)", ["low", "high"]
    low, high = checks.results(what, bootstrap_interval(A, B, 2000, np.random.default_rng(1)), names)
    checks.that(low < high, f"{what}: low is {low:.3f}, high {high:.3f}; low must be below high")
    wide = f"{what}: from {low:.3f} to {high:.3f} is too wide; are both models judged on the same samples?"
    checks.that(high - low < 0.13, wide)
    right = abs(low - 0.02) < 0.0101 and abs(high - 0.11) < 0.0101
    checks.that(right, f"{what}: from {low:.3f} to {high:.3f}, expected about 0.02 to 0.11")
    same = bootstrap_interval(A, A, 500, np.random.default_rng(2))
    checks.close("for a model and itself", np.array(same), [0, 0])

    ### BEGIN HIDDEN TESTS
    def held(mistakes_A, mistakes_B, samples, seed):
        """Both ends lie where the exact distribution of the differences has its quantiles."""
        m, what = len(mistakes_A), f"bootstrap_interval(A, B, {samples}, rng) with {len(mistakes_A)} examples"
        ends = bootstrap_interval(mistakes_A, mistakes_B, samples, np.random.default_rng(seed))
        only_A, only_B, chances = np.mean(mistakes_A > mistakes_B), np.mean(mistakes_A < mistakes_B), np.ones(1)
        for _ in range(m):
            chances = np.convolve(chances, [only_B, 1 - only_A - only_B, only_A])
        values = np.arange(-m, m + 1) / m
        for name, end, share in zip(names, checks.results(what, ends, names), (0.025, 0.975), strict=True):
            checks.shape(f"{name} of {what}", end, ())
            near = 5 * np.sqrt(0.025 * 0.975 / samples) + 1e-12
            below, up_to = chances[values < end - 1e-9].sum(), chances[values <= end + 1e-9].sum()
            message = f"{what}: {name} is {end:.4f}, where {up_to:.3f} of all samples lie below, expected {share}"
            checks.that(below <= share + near and up_to >= share - near, message)

    alike = lambda rng, m: (*[rng.random(m) < 0.5] * 2, 1 + m % 9, rng)  # noqa: E731
    nothing = lambda mistakes_A, mistakes_B, samples, rng: (0.0, 0.0)  # noqa: E731
    checks.agrees(bootstrap_interval, nothing, alike, sizes={"m": 1030}, returns=names, apart=False)
    draw, eight = np.random.default_rng(9), np.arange(8)
    small = [
        (1, 50, 1, 0),
        (9, 40, 0, 1),
        (2, 4000, 0.5, 0.5),
        (40, 20, 0.3, 0.5),
        (8, 4000, 0.2, 0.4),
        (40, 4000, 0.1, 0.6),
    ]
    for m, samples, p, q in [*small, (300, 6000, 0.1, 0.15), (300, 6000, 0.7, 0.2), (130, 1030, 0.05, 0.05)]:
        held(draw.random(m) < p, draw.random(m) < q, samples, m)
    held(eight == 3, eight > 9, 4000, 3)
    held(eight > 9, eight == 0, 4000, 3)
    A, B, rng = draw.random(1999) < 0.3, draw.random(1999) < 0.4, np.random.default_rng(5)
    one = np.array([bootstrap_interval(A, B, 1, rng) for _ in range(30)])
    checks.close("with one sample, low and high are its difference", one[:, 0], one[:, 1])
    checks.close("with one sample of 1,999, 1999 times its difference", 1999 * one, np.rint(1999 * one), rtol=1e-10)
    spread = np.std(one[:, 0]) / np.sqrt(np.var(1.0 * A - B) / 1999)
    checks.that(0.4 < spread < 1.7, "with one sample, called 30 times: the differences vary too little or too much")
    lows = {float(bootstrap_interval(A, B, 3, np.random.default_rng(seed))[0]) for seed in range(5)}
    checks.that(len(lows) > 1, "bootstrap_interval: other seeds of rng must give other samples; draw from rng")
    ### END HIDDEN TESTS

# %%
wrong = {name: (its_scores >= 0.5) != (labels == 1) for name, its_scores in scores.items()}
rng = np.random.default_rng(0)
pairs = [("14 px", "14 px, 32 units"), ("28 px", "7 px, 16 units"), ("14 px, 32 units", "28 px, 128 units")]
for one, other in pairs:
    A, B = wrong[one], wrong[other]
    low, high = bootstrap_interval(A, B, 1000, rng)
    print(f"{one} against {other}: errors {A.mean():.4f} and {B.mean():.4f}")
    print(f"    only one wrong: {np.sum(A & ~B)} and {np.sum(B & ~A)}, p = {mcnemar(A, B):.2g}", end="")
    print(f", difference {low:.4f} to {high:.4f}")

# %% [markdown]
# *What to notice.* The hidden units are worth their multiply-adds: a difference like this would hardly ever be luck. A small picture and hidden units beat a large picture without them. But the last pair, on both sides of the flap's limit, cannot be told apart by these 1,941 pictures: $p$ is above 0.05, and the interval reaches (or nearly reaches) 0. That does **not** prove that they are equal. The interval says how much larger or smaller the one error may be.
#
# Are the test and the interval as good as promised? In the next cell the truth is known, because we draw the mistakes ourselves. Both models are wrong together on 7 % of the pictures. First each has 3 % more of its own: the models are equally good. Then A has 4 % and B 2 %. A third way is the usual test for two *independent* samples, which does not know that the pictures are the same: it calls a difference significant if it is more than 1.96 standard errors of $e_A - e_B$.


# %%
def draw_mistakes(rng, m, only_A, only_B, both=0.07):
    """Mistakes of two models on m examples, with these probabilities."""
    u = rng.random(m)
    together = u < both
    return together | ((u >= both) & (u < both + only_A)), together | ((u >= 0.5) & (u < 0.5 + only_B))


def independent_test(A, B):
    """True if the difference is more than 1.96 standard errors of two independent samples."""
    variance = (A.mean() * (1 - A.mean()) + B.mean() * (1 - B.mean())) / len(A)
    return abs(A.mean() - B.mean()) > 1.96 * np.sqrt(variance)


rng, sizes, shares = np.random.default_rng(1), (250, 500, 1000, 2000, 4000), {}
for truth, own in (("equal", (0.03, 0.03)), ("different", (0.04, 0.02))):
    for m in sizes:
        drawn = [draw_mistakes(rng, m, *own) for _ in range(400)]
        found = [(mcnemar(A, B) <= 0.05, independent_test(A, B)) for A, B in drawn]
        shares[truth, m] = np.mean(found, axis=0)
        paired, other = shares[truth, m]
        print(f"{truth:9} models, {m:4} pictures: significant by McNemar {paired:.3f}, by the other test {other:.3f}")

# %%
intervals = [bootstrap_interval(*draw_mistakes(rng, 1000, 0.04, 0.02), 300, rng) for _ in range(200)]
covered = np.mean([low <= 0.02 <= high for low, high in intervals])
print(f"The interval holds the true difference, 0.02, in {covered:.1%} of 200 dev sets")
figure, axis = plt.subplots(figsize=(7, 3.8))
lines = [("different", 0, "McNemar, errors 0.11 and 0.09"), ("different", 1, "test for independent samples, the same")]
for truth, test, words in [*lines, ("equal", 0, "McNemar, equal models")]:
    axis.plot(sizes, [shares[truth, m][test] for m in sizes], marker="o", label=words)
axis.axhline(0.05, color="gray", linewidth=1, linestyle=":")
axis.set(xlabel="pictures in the dev set", ylabel="share of significant results", ylim=(0, 1.03))
axis.set_title("A paired test needs far fewer pictures")
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* For equal models, McNemar's test says "significant" in about 5 % of the dev sets or less (the figures vary by about 0.01). For models with errors of 0.11 and 0.09 it finds the difference with 1,000 pictures about two times in three. The test for independent samples finds it much more seldom: it counts the pictures that are difficult for both models as noise. With 250 pictures neither is of much use.
#
# The interval of the bootstrap holds the truth in about 95 % of the dev sets, as promised.

# %% [markdown]
# ## What you built
#
# - `precision_recall` and `f_beta`: two rates, and one number for both.
# - `average_over_segments` and `average_scores`: weighted means, macro and micro averages.
# - `select_model` and `pareto_front`: one optimizing metric, several satisficing ones, and what is left if no limit is known.
# - `threshold_counts`, `auc`, `average_precision`: all thresholds at once, with ties.
# - `choose_threshold`: the threshold that a use asks for.
# - `mcnemar` and `bootstrap_interval`: is one model better, and by how much?
#
# ## On your own
#
# 1. Which threshold has the highest $F_1$ on the dev set? Choose it on one half of the pictures and measure it on the other half, for 100 random halves. How much of the gain over 0.5 is left?
# 2. Let a missed cat cost $r$ times a false alarm. If the scores were true probabilities, the best threshold would be $1/(1 + r)$. Derive this, then draw the best threshold of the dev set over $r$. What does the difference say about the scores?
# 3. Really hard: a bootstrap interval for the difference of two *average precisions*, paired. Check by a simulation with known truth whether it covers in 95 % of the cases, also with 20 positives only.
#
# ## In practice
#
# - `sklearn.metrics` has `precision_recall_fscore_support`, `roc_auc_score`, `average_precision_score` and `fbeta_score`, which give the same numbers as ours for the examples on paper. For 0/0 they give 0 too, with a warning; `zero_division` changes that. For large data they sort once, in place of comparing all pairs.
# - `statsmodels.stats.contingency_tables.mcnemar` is the test. Its default is the exact one.
# - Write down metric, limits and weights *before* the models are trained. If they are chosen afterwards, there is nearly always a metric by which the favourite wins.
# - If twenty models are compared, one of them is "significant" by luck. The next lesson counts how often a dev set may be looked at.
#
# ## References
#
# - Course 3, week 1, lectures 3 and 4.
# - C. J. van Rijsbergen (1979), Information Retrieval, chapter 7 (the F-measure).
# - T. Fawcett (2006), An Introduction to ROC Analysis, Pattern Recognition Letters 27.
# - J. Davis and M. Goadrich (2006), The Relationship Between Precision-Recall and ROC Curves, ICML.
# - Q. McNemar (1947), Note on the Sampling Error of the Difference Between Correlated Proportions or Percentages, Psychometrika 12.
# - T. Dietterich (1998), Approximate Statistical Tests for Comparing Supervised Classification Learning Algorithms, Neural Computation 10.
# - B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap.
