# %% [markdown]
# You will train a network that says what lies on a photograph and where, and then, with other targets and another loss, a network that finds the four corners of a sheet of paper.
# With the corners you can pull the paper straight: a small document scanner.

# %% [markdown]
# ## What you will be able to do
#
# - write the target $(p_c, b_x, b_y, b_w, b_h, c_1, \dots)$ of a picture with one object or none;
# - write the loss of a localizer, which asks for a box only where there is an object, and its gradient;
# - say why a few wrong labels hurt a squared error so much, and use the smooth L1 loss instead;
# - train a network on landmarks some of which are missing, and measure its error in a fair unit;
# - mirror pictures together with their landmarks without a mistake.
#
# **What you need:** [a complete convolutional network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb), and from course 2 [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb) and [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb). The set-up cell loads what you wrote there.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, plots
from shared_utils.data.scenes import CLASSES, make_pages, make_scenes
from shared_utils.grading import grade
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.optimisers import adam_step
from shared_utils.nn.pool import pool_backward, pool_forward

plots.use_style()
SIDE = 48  # pixels: height and width of the pictures that the networks see

# %% [markdown]
# ## 1. What a localizer answers
#
# *A classifier says what is on a picture. How does a network say where it is?*
#
# With four more numbers. In **localization** there is at most one object on a picture. The network answers with one vector
#
# $$y = (p_c, \; b_x, \; b_y, \; b_w, \; b_h, \; c_1, \dots, c_{n_c}).$$
#
# - $p_c$ is 1 if there is an object and 0 if there is none.
# - $b_x$ and $b_y$ are the **centre** of the object's **bounding box**, the smallest upright rectangle around the object; $b_w$ and $b_h$ are the box's width and height.
# - $c_1, \dots, c_{n_c}$ are the class, **one-hot**: 1 for the right class and 0 for the others.
#
# Positions start in the upper left corner of the picture: $x$ to the right, $y$ **downward**. The four numbers of the box are **shares** of the picture: $b_x$ and $b_w$ of its width, $b_y$ and $b_h$ of its height. So they lie between 0 and 1, whatever the size of the picture. (The lecture writes $b_h$ before $b_w$. Here $x$ stands before $y$, and so $w$ before $h$, as in most programs.) If $p_c = 0$, all other numbers mean nothing. The lecture writes question marks for them; we write 0.
#
# People who label pictures mark a box by its two corners in pixels, upper left and lower right: $(x_1, y_1, x_2, y_2)$. The left edge of a picture is $x = 0$ and its right edge $x = n_W$. So the centre of the first pixel has $x = 0.5$.
#
# *On paper.* A picture of $40 \times 80$ pixels ($n_H \times n_W$), a box with the corners $(20, 10, 40, 26)$, the second of three classes. The centre is $(30, 18)$, the box is 20 wide and 16 high. So
#
# $$y = \left(1, \; \tfrac{30}{80}, \; \tfrac{18}{40}, \; \tfrac{20}{80}, \; \tfrac{16}{40}, \; 0, 1, 0\right) = (1, \; 0.375, \; 0.45, \; 0.25, \; 0.4, \; 0, 1, 0).$$
#
# ### Exercise 1: `encode_target`


# %% exercise="encode_target"
def encode_target(box, label, n_classes, size):
    """The target of a localizer for one picture.

    Args:
        box: the corners x1, y1, x2, y2 in pixels, four floats or whole numbers, a tuple or an array of shape (4,); or
            None if there is no object.
        label: the class, a whole number from 0 to n_classes - 1. It is not used if box is None, and may then be None.
        n_classes: the number of classes, a whole number >= 1.
        size: the size (n_H, n_W) of the picture in pixels, a tuple of whole numbers >= 1.

    Returns:
        y = (p_c, b_x, b_y, b_w, b_h, c_1, ...), an array of floats, shape (5 + n_classes,); all 0 without an object.

    Raises:
        ValueError: there is a box, and
            its corners are exchanged, x1 > x2 or y1 > y2 (a box without area is a box); or
            a part of it lies outside of the picture (it may touch the edges); or
            there is no class with this label.

    Example:
        encode_target((20, 10, 40, 26), 1, 3, (40, 80)) is [1, 0.375, 0.45, 0.25, 0.4, 0, 1, 0].
    """
    # 1. Zeros; is there an object at all? 2. Refuse what cannot be. 3. Centre and size, as shares. 4. The class.
    ### BEGIN SOLUTION
    y = np.zeros(5 + n_classes)
    if box is None:
        return y
    (x1, y1, x2, y2), (n_H, n_W) = box, size
    if x1 > x2 or y1 > y2:
        raise ValueError(f"the corners of the box {box} are exchanged")
    if x1 < 0 or y1 < 0 or x2 > n_W or y2 > n_H:
        raise ValueError(f"the box {box} lies outside of a picture of height {n_H} and width {n_W}")
    if not 0 <= label < n_classes:
        raise ValueError(f"there is no class {label} among {n_classes} classes")
    y[:5] = 1, (x1 + x2) / 2 / n_W, (y1 + y2) / 2 / n_H, (x2 - x1) / n_W, (y2 - y1) / n_H
    y[5 + label] = 1
    return y
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Start with `y = np.zeros(5 + n_classes)` and return it if `box is None`. Then `x1, y1, x2, y2 = box` and `n_H, n_W = size`.
# </details>
# <details><summary>Hint 2</summary>
#
# What belongs to $x$ is divided by the width, what belongs to $y$ by the height. The class with the label 0 stands at `y[5]`. A label of $-1$ would be taken for the last class by NumPy: refuse it yourself.
# </details>

# %% check="encode_target" points=2
with checks.exercise("encode_target"):
    y = encode_target((20, 10, 40, 26), 1, 3, (40, 80))
    slips = {"width and height of the picture are exchanged": [1, 0.75, 0.225, 0.5, 0.2, 0, 1, 0]}
    slips |= {"b_w stands before b_h": [1, 0.375, 0.45, 0.4, 0.25, 0, 1, 0]}
    slips |= {"these are pixels, it wants shares of the picture": [1, 30, 18, 20, 16, 0, 1, 0]}
    slips |= {"this is the upper left corner, not the centre": [1, 0.25, 0.25, 0.25, 0.4, 0, 1, 0]}
    slips |= {"the classes count from 0": [1, 0.375, 0.45, 0.25, 0.4, 1, 0, 0]}
    expected = [1, 0.375, 0.45, 0.25, 0.4, 0, 1, 0]
    checks.close("encode_target((20, 10, 40, 26), 1, 3, (40, 80))", y, expected, mistakes=slips)
    checks.close("encode_target(None, None, 2, (40, 80))", encode_target(None, None, 2, (40, 80)), np.zeros(7))
    for words, box in {"exchanged corners": (40, 10, 20, 26), "a box below the picture": (20, 10, 40, 41)}.items():
        checks.raises(words, ValueError, encode_target, box, 1, 3, (40, 80))
    checks.raises("label 3 of 3 classes", ValueError, encode_target, (20, 10, 40, 26), 3, 3, (40, 80))
    ### BEGIN HIDDEN TESTS

    def from_edges(box, label, n_classes, size):
        if box is None:
            return np.zeros(5 + n_classes)
        scaled = [float(place) / side for place, side in zip(box, (size[1], size[0]) * 2, strict=True)]
        left, top, right, bottom = scaled
        numbers = [1.0, left + (right - left) / 2, top + (bottom - top) / 2, right - left, bottom - top]
        return np.array(numbers + [float(number == label) for number in range(n_classes)])

    def labelled(rng, n_H, n_W, n_classes):
        (x1, x2), (y1, y2) = np.sort(rng.uniform(0, n_W, 2)), np.sort(rng.uniform(0, n_H, 2))
        return np.array([x1, y1, x2, y2]), int(rng.integers(n_classes)), n_classes, (n_H, n_W)

    wide, box = (40, 80), (1, 2, 6, 9)
    cases = {"with a box as large as the picture": ((0, 0, 80, 40), 0, 2, wide), "with one class": (box, 0, 1, wide)}
    cases |= {f"with the box {flat} without area": (flat, 1, 3, wide) for flat in ((3, 5, 3, 5), (80, 5.5, 80, 40))}
    cases |= {f"without an object, label {label}": (None, label, 3, wide) for label in (None, 1, 9)}
    cases |= {"with a box as a tuple of floats": ((2.5, 4.0, 8.0, 9.25), 1, 4, (12, 10))}
    cases |= {"with a box of whole numbers as an array": (np.array([2, 4, 8, 9]), 3, 4, (12, 10))}
    cases |= {"with a tiny box": ((1e-9, 2e-9, 3e-9, 7e-9), 0, 2, (5, 4))}
    cases |= {"with a label that is a NumPy number": (box, np.int64(2), 3, wide)}
    sizes = {"n_H": 1030, "n_W": 1100, "n_classes": 120}
    checks.agrees(encode_target, from_edges, labelled, sizes=sizes, apart=False, cases=cases)
    bad = ((-0.1, 1, 3, 4), (1, -0.1, 3, 4), (1, 1, 8.1, 4), (1, 1, 3, 6.1), (3, 1, 2.9, 4), (1, 4, 3, 3.9))
    for box in (
        *bad,
        (9, 1, 10, 2),
        (1, 7, 2, 8),
        (-3, 1, -2, 2),
        (1, -3, 2, -2),
        (7, 1, 1, 5),
        np.array([1, 5, 7, 2]),
    ):
        checks.raises(f"encode_target({tuple(box)}, 0, 2, (6, 8))", ValueError, encode_target, box, 0, 2, (6, 8))
    for label in (-1, 2, 5, -2):
        checks.raises(f"label {label} of 2 classes", ValueError, encode_target, (1, 1, 3, 4), label, 2, (6, 8))
    ### END HIDDEN TESTS

# %% [markdown]
# Now the pictures. The ground is a part of a photograph, in grey and darkened. On three of four pictures lies a piece of clothing: trousers, a sneaker or a bag, at a random place and in a random size. Everything is held out: the test pictures show other pieces of clothing on other photographs.


# %%
def targets(scenes):
    """The targets of pictures with one object or none, (m, 8)."""
    first = [objects[0] if objects else (None, None) for objects in scenes.objects]
    return np.array([encode_target(box, label, len(CLASSES), (SIDE, SIDE)) for box, label in first])


train_scenes, test_scenes = make_scenes(4000, "train", seed=0), make_scenes(500, "test", seed=1)
X_scenes, Y_scenes, X_test, Y_test = (
    train_scenes.images,
    targets(train_scenes),
    test_scenes.images,
    targets(test_scenes),
)
print("training:", X_scenes.shape, Y_scenes.shape, f"  with an object: {Y_scenes[:, 0].mean():.0%}")

# %%
INK = {name: plots.COLORS[number] for number, name in zip((4, 5, 3), CLASSES, strict=True)}


def draw_box(axis, y, style="-", color=None):
    """Draws the box of a target, or of an answer of the same form, in the colour of its class."""
    (x, y_middle, w, h), label = SIDE * y[1:5], CLASSES[np.argmax(y[5:])]
    place = (x - w / 2 - 0.5, y_middle - h / 2 - 0.5)  # imshow counts from the centre of the first pixel
    color = INK[label] if color is None else color
    axis.add_patch(plt.Rectangle(place, w, h, fill=False, linewidth=2, linestyle=style, edgecolor=color))


def show_scenes(images, title, columns=8):
    """Axes with the pictures; draw into them, then plt.show()."""
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(8, 8 / columns * rows + 0.55), squeeze=False)
    for axis, image in zip(axes.flat, images, strict=True):
        axis.imshow(image[:, :, 0], vmin=0, vmax=1)
        axis.set_axis_off()
    figure.suptitle(title, fontsize=11)
    return axes.flat


axes = show_scenes(X_scenes[:16], "Training scenes: trousers orange, sneakers light blue, bags pink")
for axis, y in zip(axes, Y_scenes[:16], strict=True):
    if y[0]:
        draw_box(axis, y)
plt.show()

# %% [markdown]
# *What to notice.* The boxes lie tightly around the pieces, with no margin: that is what the network has to learn. Some pictures have no box. Some pieces are faint, and hard to see for you too.
#
# ## 2. One loss for three questions
#
# *Is there something? Where? What? How does one loss ask all three?*
#
# The network ends with $5 + n_c$ **scores** $z$, any real numbers. They become an answer in three ways. The **sigmoid** $\sigma(z) = 1 / (1 + e^{-z})$ turns $z_0$ into the probability $\hat{p}_c$, and $z_1, \dots, z_4$ into the four shares of the box, which then lie between 0 and 1. The **softmax** turns $z_5, z_6, \dots$ into the probabilities of the classes. (This counts from 0, as Python does.)
#
# The loss of one picture is a sum. For $p_c$ it is the **log loss** of course 1; for the box the squared error; for the class the cross-entropy of softmax. **The last two count only if there is an object.** If there is none, it does not matter what the network says about box and class.
#
# $$L = \underbrace{-p_c \log \sigma(z_0) - (1 - p_c) \log (1 - \sigma(z_0))}_{\text{is there something?}} \; + \; p_c \Big[ \underbrace{\lambda \sum_{k=1}^{4} (\sigma(z_k) - y_k)^2}_{\text{where?}} \; \underbrace{- \sum_{k \ge 5} y_k \log \text{softmax}(z)_k}_{\text{what?}} \Big].$$
#
# The cost $J$ is the mean of $L$ over the $m$ pictures of a batch. The weight $\lambda$ is needed because the units differ: an error of a tenth of the picture, which is large, gives a square of only 0.01, while log losses are about 1. (The lecture writes a squared error for all parts first, and says that in practice one takes log loss and softmax as here.)
#
# A network that is very sure has scores such as 1,000 or $-1{,}000$. Then $\sigma(z_0)$ is rounded to 0 or 1, and $\log 0$ is $-\infty$. With two identities nothing is lost. The first is for the log loss, the second is the log of softmax with $M$ = the largest score:
#
# $$-p_c \log \sigma(z_0) - (1 - p_c) \log (1 - \sigma(z_0)) = \log(1 + e^{z_0}) - p_c \, z_0, \qquad \log \text{softmax}(z)_k = z_k - M - \log \sum_j e^{z_j - M} .$$
#
# `np.logaddexp(0, z)` is $\log(e^0 + e^z)$ without overflow.
#
# *On paper.* Two classes, $\lambda = 4$, scores $z = (0, \; 0, 0, 0, 0, \; \log 2, 0)$ and target $y = (1, \; 0.5, 0.25, 0.5, 0.75, \; 1, 0)$.
#
# - Is there something: $\log(1 + e^0) - 0 = \log 2 = 0.693$.
# - Where: all shares are $\sigma(0) = 0.5$, the errors are $0, 0.25, 0, -0.25$, so $4 \cdot 0.125 = 0.5$.
# - What: softmax gives $\frac{2}{3}$ and $\frac{1}{3}$; $-\log \frac{2}{3} = 0.405$.
#
# Together $L = 1.599$. With $p_c = 0$ the same scores would cost 0.693, whatever else stands in $y$.
#
# ### Exercise 2: `localization_loss`


# %% exercise="localization_loss"
def localization_loss(Z, Y, box_weight):
    """The cost of a localizer on a batch of pictures.

    Args:
        Z: the scores, a row for each picture, floats or whole numbers, shape (m, 5 + n_c), m and n_c >= 1. Also scores
            such as 1000 or -1000 must give the right, finite cost.
        Y: the targets, floats or whole numbers, shape (m, 5 + n_c). Column 0 is exactly 0 or 1. In a row with p_c = 1
            the numbers from column 5 on are one-hot. In a row with p_c = 0 the other numbers mean nothing: they may be
            anything, also NaN.
        box_weight: lambda in the formula, a number >= 0.

    Returns:
        J, a number: the mean of L over all m pictures, with or without an object.

    Example:
        For one picture with z = (0, 0, 0, 0, 0, log 2, 0), y = (1, 0.5, 0.25, 0.5, 0.75, 1, 0) and box_weight 4 it is
        1.5986.
    """
    # 1. The log loss of every picture. 2. For the pictures with an object alone: the box, and the class.
    # 3. All together, divided by the number of all pictures.
    ### BEGIN SOLUTION
    total = np.sum(np.logaddexp(0, Z[:, 0]) - Y[:, 0] * Z[:, 0])
    there = Y[:, 0] == 1
    Z, truth = Z[there], Y[there]
    boxes = 1 / (1 + np.exp(-Z[:, 1:5]))
    total += box_weight * np.sum((boxes - truth[:, 1:5]) ** 2)
    scores = Z[:, 5:] - Z[:, 5:].max(axis=1, keepdims=True)
    log_softmax = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return (total - np.sum(truth[:, 5:] * log_softmax)) / len(Y)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Add up three numbers: the log losses of all rows, and then box and class of the rows `there = Y[:, 0] == 1` alone. Do not multiply by $p_c$: 0 times NaN is NaN. `Z[there]` has the rows with an object, perhaps none at all; sums of nothing are 0.
# </details>
# <details><summary>Hint 2</summary>
#
# The rows of `Z[there][:, 5:]` minus their largest numbers, `.max(axis=1, keepdims=True)`, are never above 0, so `np.exp` cannot overflow. Take the log of the *sum*, never of a probability.
# </details>

# %% check="localization_loss" points=3
with checks.exercise("localization_loss"):
    Z = np.log([[1, 1, 1, 1, 1, 2, 1], [3, 1, 3, 1 / 3, 1, 1, 4], [3, 99, 0.2, 1, 2, 20, 1]])
    Y = np.array([[1, 0.5, 0.25, 0.5, 0.75, 1, 0], [1, 0.25, 0.5, 0.5, 0.5, 0, 1], [0, 9, 9, 9, 9, 1, 0]])
    checks.unchanged(localization_loss, Z, Y, 4.0)
    checks.close("the paper's picture", localization_loss(Z[:1], Y[:1], 4.0), 1.5986123)
    checks.close("the paper's scores, p_c = 0", localization_loss(Z[:1], np.zeros((1, 7)), 4.0), 0.6931472)
    slips = {"it wants the mean over the pictures": 4.2457323, "divide by the number of all pictures": 2.1228661}
    slips |= {"the weight is missing": 1.1027441, "the weight is for the box alone": 2.0438528}
    slips |= {"the sigmoid of the box is missing": 6.8004413, "without an object there is a log loss too": 0.9531460}
    checks.close("localization_loss(Z, Y, 4), m = 3", localization_loss(Z, Y, 4.0), 1.4152441, mistakes=slips)
    unknown = np.where(np.arange(7) * (Y[:, :1] == 0) > 0, np.nan, Y)
    checks.close("the same with NaN for question marks", localization_loss(Z, unknown, 4.0), 1.4152441)
    sure = np.array([[1000.0, 0, 0, 0, 0, 1000, -1000]])
    checks.close("scores of 1000 and p_c = 0", localization_loss(sure, np.zeros((1, 7)), 4.0), 1000)
    ### BEGIN HIDDEN TESTS

    def cost_by_hand(Z, Y, box_weight):
        from math import exp, log1p, tanh

        total = 0.0
        for z, y in zip(Z.astype(float).tolist(), Y.astype(float).tolist(), strict=True):
            total += (max(z[0], 0.0) - z[0] if y[0] else max(z[0], 0.0)) + log1p(exp(-abs(z[0])))
            if y[0]:
                total += float(box_weight) * sum((0.5 + 0.5 * tanh(z[k] / 2) - y[k]) ** 2 for k in range(1, 5))
                best, true = max(z[5:]), z[5 + y[5:].index(1.0)]
                others = z[5:]
                others.remove(best)
                total += best - true + log1p(sum(exp(score - best) for score in others))
        return total / len(Z)

    def localized(rng, m, n_c):
        there = rng.random(m) < 0.6
        there[0] = rng.random() < 0.75 if m == 1 else 1
        Y = np.hstack([there[:, None], rng.uniform(0, 1, (m, 4)), np.eye(n_c)[rng.integers(0, n_c, m)]])
        Y[~there, 1:] = rng.choice([np.nan, 0, 3.5, -2], (np.sum(~there), 4 + n_c))
        return rng.normal(0, 1.5, (m, 5 + n_c)), Y, rng.uniform(0.5, 20)

    some, truth, _ = localized(np.random.default_rng(5), 6, 3)
    no, every = np.full((4, 8), np.nan), truth[truth[:, 0] == 1]
    no[:, 0] = 0
    cases = {"without any object": (some[:4], no, 7.0), "with box_weight = 0": (some, truth, 0)}
    cases |= {
        "with an object on each picture": (some[: len(every)], every, 7.0),
        "with box_weight = 1": (some, truth, 1),
    }
    for large in (50.0, 700.0, 3000.0, 1e5):
        signs = np.random.default_rng(6).choice([-1.0, 1.0, 0.5], some.shape)
        cases[f"with scores up to {large:g}"] = (signs * large, truth, 3.0)
    cases["with boxes of whole numbers"] = (some[:1], np.array([[1, 0, 1, 1, 0, 0, 1, 0]]), 2.0)
    cases["with equal scores of -800"] = (np.full((2, 8), -800.0), every[:2], 2.0)
    cases["with boxes that are met exactly"] = (some[:2] * 0, np.array([[1] + [0.5] * 4 + [0, 0, 1]] * 2), 5.0)
    sizes = {"m": 1030, "n_c": 110}
    domain = {"real": {"Z": 30}, "types": ["Z"], "cases": cases, "atol": 1e-13}
    checks.agrees(localization_loss, cost_by_hand, localized, sizes=sizes, apart=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Its gradient, and a network that localizes
#
# *What does the network learn from?*
#
# Each score appears in one part only, so the derivatives are short. Those of the log loss and of softmax are known from courses 1 and 2: probability minus target. For the box, the chain rule brings the derivative of the sigmoid, $\sigma'(z) = \sigma(z) (1 - \sigma(z))$. For one picture:
#
# $$\frac{\partial L}{\partial z_0} = \sigma(z_0) - p_c, \qquad \frac{\partial L}{\partial z_k} = p_c \cdot 2 \lambda \, (\sigma(z_k) - y_k) \, \sigma(z_k) (1 - \sigma(z_k)) \;\; (k = 1, \dots, 4), \qquad \frac{\partial L}{\partial z_k} = p_c \, (\text{softmax}(z)_k - y_k) \;\; (k \ge 5).$$
#
# The cost $J$ is the mean over the pictures, so all of this is divided by $m$. Without an object, all derivatives but the first are 0: the network hears nothing about box and class.
#
# *On paper.* The picture of exercise 2 alone, $\lambda = 4$. $\sigma(z_0) - p_c = -0.5$. For the box, $2 \cdot 4 \cdot 0.25 \cdot \text{error} = 2 \cdot \text{error}$, which is $0, \; 0.5, \; 0, \; -0.5$. For the classes, $\frac{2}{3} - 1 = -\frac{1}{3}$ and $\frac{1}{3} - 0 = \frac{1}{3}$.
#
# ### Exercise 3: `localization_gradient`


# %% exercise="localization_gradient"
def localization_gradient(Z, Y, box_weight):
    """The derivative of the cost of a localizer with respect to the scores.

    Args:
        Z, Y, box_weight: as in localization_loss.

    Returns:
        dJ/dZ, a new array of floats, shape (m, 5 + n_c); exactly 0 from column 1 on where p_c = 0.

    Example:
        For the picture in the example of localization_loss it is [[-0.5, 0, 0.5, 0, -0.5, -1/3, 1/3]].
    """
    # 1. Zeros. 2. Column 0 of all rows. 3. Box and class of the rows with an object. 4. The mean.
    ### BEGIN SOLUTION
    dZ = np.zeros(Z.shape)
    dZ[:, 0] = 1 / (1 + np.exp(-Z[:, 0])) - Y[:, 0]
    there = Y[:, 0] == 1
    boxes = 1 / (1 + np.exp(-Z[there, 1:5]))
    dZ[there, 1:5] = 2 * box_weight * (boxes - Y[there, 1:5]) * boxes * (1 - boxes)
    weights = np.exp(Z[there, 5:] - Z[there, 5:].max(axis=1, keepdims=True))
    dZ[there, 5:] = weights / weights.sum(axis=1, keepdims=True) - Y[there, 5:]
    return dZ / len(Z)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `dZ[there, 1:5] = …` writes into the rows with an object and leaves the others 0. For softmax, subtract the largest score of each row first, as in exercise 2.
# </details>

# %% check="localization_gradient" points=2
with checks.exercise("localization_gradient"):
    Z = np.log([[1, 1, 1, 1, 1, 2, 1], [3, 1, 3, 1 / 3, 1, 1, 4], [3, 99, 0.2, 1, 2, 20, 1]])
    Y = np.array([[1, 0.5, 0.25, 0.5, 0.75, 1, 0], [1, 0.25, 0.5, 0.5, 0.5, 0, 1], [0, np.nan, 9, 9, 9, 1, 0]])
    checks.unchanged(localization_gradient, Z, Y, 4.0)
    paper = [[-0.5, 0, 0.5, 0, -0.5, -1 / 3, 1 / 3], [-0.25, 0.5, 0.375, -0.375, 0, 0.2, -0.2], [0.75] + [0] * 6]
    slips = {"divide by the number of pictures": paper, "divide by the number of all pictures": np.divide(paper, 2)}
    words = {"the derivative of the sigmoid is missing": [[-0.5, 0, 2, 0, -2, -1 / 3, 1 / 3]]}
    words |= {"the weight is missing": [[-0.5, 0, 0.125, 0, -0.125, -1 / 3, 1 / 3]]}
    words |= {"the factor 2 is missing": [[-0.5, 0, 0.25, 0, -0.25, -1 / 3, 1 / 3]]}
    checks.close("of the paper's picture", localization_gradient(Z[:1], Y[:1], 4.0), paper[:1], mistakes=words)
    found = localization_gradient(Z, Y, 4.0)
    checks.close("localization_gradient(Z, Y, 4), m = 3", found, np.divide(paper, 3), mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def along_the_imaginary_axis(Z, Y, box_weight):
        def cost(z, y):  # of one picture; scores are moved together so that exp does not overflow
            top = max(0, z[0].real)
            total = top + np.log(np.exp(-top) + np.exp(z[0] - top)) - y[0] * z[0]
            if y[0]:
                best = z[5:].real.max()
                total += box_weight * np.sum((np.tanh(z[1:5] / 2) / 2 + 0.5 - y[1:5]) ** 2)
                total += best + np.log(np.sum(np.exp(z[5:] - best))) - z[5 + y[5:].argmax()]
            return total

        rows = [checks.complex_step(lambda z, y=y: cost(z, y), z)[0] for z, y in zip(Z, Y.astype(float), strict=True)]
        return np.array(rows) / len(Z)

    def localized(rng, m, n_c):
        there = rng.random(m) < 0.6
        there[0] = rng.random() < 0.75 if m == 1 else 1
        Y = np.hstack([there[:, None], rng.uniform(0, 1, (m, 4)), np.eye(n_c)[rng.integers(0, n_c, m)]])
        Y[~there, 1:] = rng.choice([np.nan, 0, 3.5, -2], (np.sum(~there), 4 + n_c))
        return rng.normal(0, 1.5, (m, 5 + n_c)), Y, rng.uniform(0.5, 20)

    rng = np.random.default_rng(5)
    some, truth, _ = localized(rng, 6, 3)
    no, whole = np.full((4, 8), np.nan), np.array([[1, -2, 0, 3, 1, 2, 0, -1]])
    no[:, 0] = 0
    cases = {"without any object": (some[:4], no, 7.0), "with box_weight = 0": (some, truth, 0)}
    cases |= {"with box_weight = 1": (some, truth, 1), "with 1,030 pictures": localized(rng, 1030, 2)}
    cases |= {"with 8 pictures and 3 classes": localized(rng, 8, 3)}
    cases["with whole numbers everywhere"] = (whole, np.array([[1, 0, 1, 1, 0, 0, 1, 0]]), 2)
    cases["with equal scores of -800"] = (np.hstack([some[:, :5], np.full((6, 3), -800.0)]), truth, 2.0)
    domain = {"real": {"Z": 10}, "types": ["Z"], "atol": 1e-14, "cases": cases, "apart": False}
    sizes = {"m": 40, "n_c": 101}
    checks.agrees(localization_gradient, along_the_imaginary_axis, localized, sizes=sizes, **domain)
    sure = np.array([[3000.0, 3000, -3000, 0, 900, 2000, -2000, 1999], [-3000, 5, 5, 5, 5, 900, 0, -9]])
    seen = np.array([[1.0, 0.2, 0.9, 0.25, 1, 0, 0, 1], [0] + [np.nan] * 7])
    right = [[0, 0, 0, 0.125, 0, 0.5 / (1 + np.exp(-1)), 0, 0.5 / (1 + np.exp(1)) - 0.5], [0.0] * 8]
    checks.close("with scores up to 3000", localization_gradient(sure, seen, 2.0), right)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the network, as in week 1: three convolutional layers (8, 16 and 32 filters of $3 \times 3$; the first with stride 2, the other two followed by max pooling) and two dense layers. It ends with **eight numbers**: $1 + 4 + 3$ scores. 80,200 parameters in float32, trained by Adam.


# %%
def initialize(seed):
    """Weights after He, small ones in the last layer, and biases of 0, float32."""
    rng, parameters = np.random.default_rng(seed), {}
    shapes = [(3, 3, 1, 8), (3, 3, 8, 16), (3, 3, 16, 32), (6 * 6 * 32, 64), (64, 8)]
    for layer, shape in enumerate(shapes, start=1):
        spread = np.sqrt(2 / np.prod(shape[:-1])) * (0.1 if layer == 5 else 1)
        parameters |= {f"W{layer}": rng.normal(0, spread, shape), f"b{layer}": np.zeros(shape[-1])}
    return {key: value.astype(np.float32) for key, value in parameters.items()}


def forward(X, parameters):
    """The eight numbers at the end of the network, (m, 8), and a cache."""
    A, cache = (X - np.float32(0.3)) * 4, []
    for layer in (1, 2, 3):
        A_prev = A
        Z = conv_forward_fast(A, parameters[f"W{layer}"], parameters[f"b{layer}"], 2 if layer == 1 else 1, 1)
        A = np.maximum(Z, 0)
        cache.append((A_prev, A))
        A = pool_forward(A, 2, 2, "max") if layer > 1 else A
    flat = A.reshape(len(A), -1)
    hidden = np.maximum(flat @ parameters["W4"] + parameters["b4"], 0)
    return hidden @ parameters["W5"] + parameters["b5"], [*cache, (flat, hidden)]


def predict(X, parameters):
    """The eight numbers for many pictures, 100 at a time, float64."""
    return np.concatenate([forward(X[i : i + 100], parameters)[0] for i in range(0, len(X), 100)]).astype(float)


# %%
def backward(dZ5, parameters, cache):
    """The gradients of all parameters from the derivative with respect to the eight numbers."""
    flat, hidden = cache[3]
    dZ4 = dZ5 @ parameters["W5"].T * (hidden > 0)
    grads = {"dW5": hidden.T @ dZ5, "db5": dZ5.sum(axis=0), "dW4": flat.T @ dZ4, "db4": dZ4.sum(axis=0)}
    dA = (dZ4 @ parameters["W4"].T).reshape(-1, 6, 6, 32)
    for layer in (3, 2, 1):
        A_prev, A = cache[layer - 1]
        if layer > 1:
            dA = pool_backward(dA, A, 2, 2, "max")
        results = conv_backward(dA * (A > 0), A_prev, parameters[f"W{layer}"], 2 if layer == 1 else 1, 1)
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = results
    return grads


def train(X, gradient, epochs, seed, size=64, rate=3e-3):
    """Adam with a rate that falls to 0; gradient(outputs, rows) is the derivative for these rows of X."""
    rng, parameters, per_epoch = np.random.default_rng(seed), initialize(seed), len(X) // size
    v = s = {f"d{key}": 0 * value for key, value in parameters.items()}
    for step in tqdm(range(epochs * per_epoch), file=sys.stdout, leave=False):
        if step % per_epoch == 0:
            order = rng.permutation(len(X))
        rows = order[step % per_epoch * size :][:size]
        outputs, cache = forward(X[rows], parameters)
        grads = backward(gradient(outputs, rows).astype(np.float32), parameters, cache)
        now = float(rate * (1 + np.cos(np.pi * step / (epochs * per_epoch))) / 2)
        parameters, v, s = adam_step(parameters, grads, v, s, step + 1, now)
    return parameters


# %% [markdown]
# Training takes about ten seconds. An answer is right about the box if none of its four edges is more than 6 pixels off, an eighth of the picture. (A better measure comes in [lesson 03](03_bounding_boxes_iou_nms.ipynb).)


# %%
def answers_from(Z):
    """Scores as answers in the form of a target: probabilities, and a box in shares."""
    classes = np.exp(Z[:, 5:] - Z[:, 5:].max(axis=1, keepdims=True))
    return np.hstack([1 / (1 + np.exp(-Z[:, :5])), classes / classes.sum(axis=1, keepdims=True)])


def edge_errors(answers, Y):
    """How far each edge is off in pixels: left, top, right, bottom, shape (m, 4)."""
    off = SIDE * (answers[:, 1:5] - Y[:, 1:5])
    return np.abs(np.hstack([off[:, :2] - off[:, 2:] / 2, off[:, :2] + off[:, 2:] / 2]))


localizer = train(X_scenes, lambda Z, rows: localization_gradient(Z, Y_scenes[rows], 20.0), epochs=5, seed=0)
there = Y_test[:, 0] == 1
for name, X, Y in (("training", X_scenes[:500], Y_scenes[:500]), ("held-out", X_test, Y_test)):
    scores, seen = predict(X, localizer), Y[:, 0] == 1
    answers, worst = answers_from(scores), edge_errors(answers_from(scores), Y)[seen]
    exists, what = (answers[:, 0] > 0.5) == seen, answers[seen, 5:].argmax(axis=1) == Y[seen, 5:].argmax(axis=1)
    print(f"{name}: J {localization_loss(scores, Y, 20.0):.2f}, something or nothing {exists.mean():.0%} right", end="")
    print(
        f", class {what.mean():.0%}, median edge {np.median(worst):.1f} px, box {np.mean(worst.max(axis=1) <= 6):.0%}"
    )

# %%
axes = show_scenes(X_test[:24], "Held-out scenes: truth white and dashed, answer in colour")
for axis, y, answer in zip(axes, Y_test[:24], answers[:24], strict=True):
    if y[0]:
        draw_box(axis, y, "--", "white")
    if answer[0] > 0.5:
        draw_box(axis, answer)
plt.show()

# %% [markdown]
# *What to notice.* On scenes that it never saw the network says rightly in more than 9 of 10 cases whether there is something (always saying yes would give about 75 %), and names the class of what is there in about 9 of 10. The median error of an edge is about 2 pixels of 48, and in more than 7 of 10 boxes no edge is more than 6 pixels off. On training scenes it does better: 1,800 pieces on parts of five photographs are few. Place and size come out roughly right, but the edges are seldom exact: two dense layers have to make exact numbers out of 1,152 activations.
#
# Where does it fail? Here are the held-out objects whose worst edge is worst, and the scenes without an object where it is surest that there is one.

# %%
off = np.where(there, edge_errors(answers, Y_test).max(axis=1), 0)
imagined = np.where(there, 0, answers[:, 0])
failures = np.concatenate([np.argsort(-off)[:8], np.argsort(-imagined)[:8]])
axes = show_scenes(X_test[failures], "Failures: the worst boxes (above), and objects that are not there (below)")
for axis, i in zip(axes, failures, strict=True):
    if there[i]:
        draw_box(axis, Y_test[i], "--", "white")
    draw_box(axis, answers[i])
    axis.set_title(f"p {answers[i, 0]:.2f}", fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Most of the worst boxes belong to pieces at the edge of the picture, many of them faint or speckled, and the answer lies too near to the middle: when a squared error is unsure, the mean is the cheapest answer. Many imagined objects are shapes of the photographs, such as the rim of a cup. And the network is often quite sure ($p$ above the pictures) when it is wrong.
#
# Now two pieces on one picture. The network was never trained for it, and it has one answer only.

# %%
doubles = make_scenes(8, "test", counts=(2,), seed=7).images
axes = show_scenes(doubles, "Two objects, one answer")
for axis, answer in zip(axes, answers_from(predict(doubles, localizer)), strict=True):
    draw_box(axis, answer)
plt.show()

# %% [markdown]
# *What to notice.* The one box lies around one of the two, or around both, or between them. No training can mend that: one vector $(p_c, b, c)$ has room for one object. To find any number of objects is **detection**, and the next lessons of this week do it, with many such vectors for one picture.
#
# ## 4. Errors that do not count too much
#
# *A labeller clicked on the wrong corner. What does one wrong label do?*
#
# Now to **landmarks**: points with a name, such as the corners of the eyes, the joints of a body, or the corners of a page. Their labels are clicks of people, and some clicks are wrong by a lot (**outliers**). With the squared error, the derivative grows with the error, so the few outliers pull hardest. The **smooth L1 loss** is a square near 0 and a straight line outside, with the same slope where they meet, at $|e| = \beta$:
#
# $$\ell(e) = \begin{cases} \dfrac{e^2}{2 \beta} & \text{if } |e| < \beta, \\[2mm] |e| - \dfrac{\beta}{2} & \text{otherwise,} \end{cases} \qquad \ell'(e) = \begin{cases} e / \beta & \text{if } |e| < \beta, \\ +1 \text{ or } -1, \text{ the sign of } e & \text{otherwise.} \end{cases}$$
#
# So no error pulls harder than 1. (**Huber's loss** is $\beta$ times this one.)
#
# *On paper.* $\beta = 2$ and $e = (0.5, \; -1, \; 2, \; -5)$. The losses are $\frac{0.25}{4} = 0.0625$, $\frac{1}{4} = 0.25$, $2 - 1 = 1$, $5 - 1 = 4$. The slopes are $0.25, \; -0.5, \; 1, \; -1$.
#
# ### Exercise 4: `smooth_l1`


# %% exercise="smooth_l1"
def smooth_l1(error, beta):
    """The smooth L1 loss of each error by itself, and its derivative.

    Args:
        error: an array of any shape, floats or whole numbers.
        beta: where the square becomes a straight line, a number.

    Returns:
        losses and slopes, two new arrays of floats of the shape of error.

    Raises:
        ValueError: beta is 0 or below.

    Example:
        smooth_l1(np.array([0.5, -1, 2, -5]), 2) is [0.0625, 0.25, 1, 4], [0.25, -0.5, 1, -1].
    """
    # 1. Is beta above 0? 2. Which errors are small? 3. Both formulas for all errors, and np.where.
    ### BEGIN SOLUTION
    if beta <= 0:
        raise ValueError(f"beta must be above 0, not {beta}")
    distance = np.abs(error)
    losses = np.where(distance < beta, error**2.0 / (2 * beta), distance - beta / 2)  # equivalent "< → <=": they meet
    return losses, np.clip(error / beta, -1, 1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.where(condition, a, b)` takes from `a` where the condition holds and else from `b`. The slope is $e / \beta$, kept within $-1$ and $1$: `np.clip` does it in one line.
# </details>

# %% check="smooth_l1" points=2
with checks.exercise("smooth_l1"):
    error = np.array([0.5, -1.0, 2.0, -5.0])
    checks.unchanged(smooth_l1, error, 2.0)
    losses, slopes = checks.results("smooth_l1(error, 2)", smooth_l1(error, 2.0), ["losses", "slopes"])
    slips = {"the straight line begins at beta, not at 1": [0.125, 0.5, 1.5, 4.5]}
    slips |= {"this is half the square": [0.125, 0.5, 2, 12.5], "this is Huber's; divide by beta": [0.125, 0.5, 2, 8]}
    slips |= {"subtract beta / 2 outside": [0.0625, 0.25, 2, 5], "the square is divided by 2 beta": [0.125, 0.5, 1, 4]}
    checks.close("losses of smooth_l1([0.5, -1, 2, -5], 2)", losses, [0.0625, 0.25, 1, 4], mistakes=slips)
    slips = {"divide by beta": [0.5, -1, 1, -1], "the sign is missing": [0.25, 0.5, 1, 1]}
    slips |= {"this is Huber's": [0.5, -1, 2, -2], "this is the sign, also near 0": [1, -1, 1, -1]}
    checks.close("slopes of smooth_l1([0.5, -1, 2, -5], 2)", slopes, [0.25, -0.5, 1, -1], mistakes=slips)
    checks.raises("beta = 0", ValueError, smooth_l1, error, 0)
    ### BEGIN HIDDEN TESTS

    def error_by_error(error, beta):
        error = np.array(error, dtype=float)
        losses, slopes, beta = np.zeros(error.shape), np.zeros(error.shape), float(beta)
        for place in np.ndindex(error.shape):
            e = float(error[place])
            inner = min(max(e, -beta), beta)
            losses[place], slopes[place] = inner / beta * (e - inner / 2), inner / beta
        return losses, slopes

    def errors(rng, n, k):
        return rng.normal(0, 2, (n, k)), rng.uniform(0.5, 3)

    rng = np.random.default_rng(9)
    cases = {"with errors of beta exactly": (np.array([[-3.0, 3.0, 2.999, 3.001, 0.0]]), 3.0)}
    cases |= {f"with the shape {shape}": (rng.normal(0, 2, shape), 0.7) for shape in ((3, 4, 2), (7,), (2, 3, 1, 2))}
    cases |= {f"with beta = {beta}": (rng.normal(0, 2, (3, 2)) * beta, beta) for beta in (1e-9, 1, 50)}
    cases |= {"with whole numbers and a whole beta": (np.array([[1, -2, 3], [0, 5, -7]]), 3)}
    domain = {"real": {"error": 1e5}, "types": ["error"], "returns": ["losses", "slopes"], "cases": cases}
    checks.agrees(smooth_l1, error_by_error, errors, sizes={"n": 1030, "k": 120}, **domain)
    for beta in (-1e-9, -1, 0.0, -50):
        checks.raises(f"beta = {beta}", ValueError, smooth_l1, error, beta)
    ### END HIDDEN TESTS

# %%
e = np.linspace(-6, 6, 241)
wrong, clicks = np.arange(9), {"squared error": [], "smooth L1": []}
for number in wrong:
    x = 20 + np.random.default_rng(0).normal(0, 0.5, 20)
    x[:number] += 25
    for name, found in clicks.items():
        place = x.mean()
        for _ in range(300 if name == "smooth L1" else 0):
            place -= 0.5 * smooth_l1(place - x, 1.0)[1].mean()
        found.append(place)
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2))
axes[0].plot(e, e**2 / 2, "-", label="half the square")
axes[0].plot(e, smooth_l1(e, 1.0)[0], "--", label="smooth L1, beta = 1")
axes[0].set(xlabel="error", ylabel="loss", title="Far away, smooth L1 grows slowly")
for name, found in clicks.items():
    axes[1].plot(wrong, found, "o", label=name, linestyle="--" if name == "smooth L1" else "-")
axes[1].set(xlabel="wrong clicks of 20", ylabel="least loss at x (pixels)", title="20 clicks on a corner at x = 20")
for axis in axes:
    axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Twenty people click on a corner at $x = 20$, and some of them by mistake on another one at $x = 45$. The squared error is least at the mean, which moves by more than a pixel with each wrong click. The smooth L1 loss stays near 20 as long as the wrong clicks are clearly fewer than the right ones: it is least near the **median**.
#
# ## 5. Landmarks, some of which are missing
#
# *What if a corner is hidden?*
#
# A landmark detector ends with two numbers for each of $K$ landmarks: $x$ and $y$. Landmark 0 is always the same corner, landmark 1 always the next one; a network cannot learn if the labellers mix them. The predictions $P$ and the labels $Y$ have the shape $(m, K, 2)$, in pixels. Not every landmark is always **visible**: it may be covered, outside of the picture, or nobody marked it. A **mask** $V$ of shape $(m, K)$ says it: 1 for a visible landmark, 0 for one whose label means nothing. The loss is the mean over the $N$ visible landmarks of the whole batch:
#
# $$J = \frac{1}{N} \sum_{i, k: \; V_{ik} = 1} \big[ \ell(P_{ik0} - Y_{ik0}) + \ell(P_{ik1} - Y_{ik1}) \big], \qquad N = \sum_{i, k} V_{ik} .$$
#
# The derivative with respect to $P$ is $\ell' / N$ at visible landmarks and 0 at the others. If nothing at all is visible, $J = 0$ and so are the derivatives.
#
# *On paper.* $m = 2$ pictures, $K = 2$, $\beta = 2$. Errors $P - Y$: on the first picture $(0.5, -1)$ and $(2, -5)$, on the second the first landmark is hidden, and the second has $(1, 0)$. The losses are $0.3125$, $5$ and $0.25$; $N = 3$, so $J = 1.854$.
#
# ### Exercise 5: `landmark_loss`


# %% exercise="landmark_loss"
def landmark_loss(P, Y, visible, beta):
    """The smooth L1 loss of the visible landmarks of a batch, and its derivative.

    Args:
        P: the predictions, floats or whole numbers, shape (m, K, 2), m and K >= 1.
        Y: the labels, floats or whole numbers, shape (m, K, 2). Where a landmark is not visible they may be anything,
            also NaN.
        visible: the mask, shape (m, K), 1 or 0 (floats or whole numbers) or True and False.
        beta: as in smooth_l1, above 0.

    Returns:
        J, a number, and dJ/dP, a new array of floats, shape (m, K, 2), exactly 0 where a landmark is not visible.
        If no landmark is visible, J is 0.

    Example:
        For the pictures on paper it is 1.8542.
    """
    # 1. The errors, 0 where nothing is visible. 2. smooth_l1. 3. How many landmarks are visible?
    ### BEGIN SOLUTION
    losses, slopes = smooth_l1(np.where(visible[:, :, None], P - Y, 0), beta)
    N = max(visible.sum(), 1)
    return losses.sum() / N, slopes / N
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# An error of 0 has a loss of 0 and a slope of 0: so it is enough to put 0 where a landmark is hidden. Multiplying by the mask does not do it, because 0 times NaN is NaN; `np.where(visible[:, :, None], …, 0)` does. The mask needs a third axis to fit $(m, K, 2)$.
# </details>
# <details><summary>Hint 2</summary>
#
# $N$ counts landmarks, not coordinates and not pictures. Divide by `max(N, 1)`.
# </details>

# %% check="landmark_loss" points=2
with checks.exercise("landmark_loss"):
    off = np.array([[[0.5, -1], [2, -5]], [[9, 9], [1, 0]], [[0, -4], [7, 7]]])
    Y = np.array([[[3.0, 1], [4, 8]], [[np.nan] * 2, [2, 6]], [[5, 7], [1, 1]]])
    visible = np.array([[1, 1], [0, 1], [1, 0]])
    P = np.where(np.isnan(Y), 4.0, Y + off)
    checks.unchanged(landmark_loss, P, Y, visible, 2.0)
    paper = checks.results("landmark_loss on paper", landmark_loss(P[:2], Y[:2], visible[:2], 2.0), ["J", "dP"])
    checks.close("J on paper", paper[0], 1.8541667)
    J, dP = landmark_loss(P, Y, visible, 2.0)
    slips = {"divide by the visible landmarks, not by all": 1.4270833, "divide not by the pictures": 2.8541667}
    slips |= {"divide by landmarks, not by coordinates": 1.0703125, "it wants the mean": 8.5625}
    checks.close("J of landmark_loss(P, Y, visible, 2), m = 3", J, 2.140625, mistakes=slips)
    slopes = np.array([[[0.25, -0.5], [1, -1]], [[0, 0], [0.5, 0]], [[0, -1], [0, 0]]])
    slips = {"divide by the number of visible landmarks": slopes, "the error is P - Y": -slopes / 4}
    checks.close("dP of landmark_loss(P, Y, visible, 2), m = 3", dP, slopes / 4, mistakes=slips)
    checks.close("J if nothing is visible", landmark_loss(P, Y, 0 * visible, 2.0)[0], 0)
    ### BEGIN HIDDEN TESTS

    def point_by_point(P, Y, visible, beta):
        J, N, beta, slopes = 0.0, int(np.sum(visible)), float(beta), np.zeros(np.shape(P))
        for i, k, axis in np.ndindex(slopes.shape):
            if visible[i, k]:
                e = float(P[i, k, axis]) - float(Y[i, k, axis])
                inner = min(max(e, -beta), beta)
                J, slopes[i, k, axis] = J + inner / beta * (e - inner / 2) / N, inner / beta / N
        return J, slopes

    def marked(rng, m, K):
        visible = rng.integers(0, 2, (m, K))
        visible[0, 0] = 1
        Y = rng.uniform(-5, 50, (m, K, 2)) * np.where(
            visible[:, :, None] == 1, 1, rng.choice([np.nan, 1, 1e6], (m, K, 1))
        )
        return rng.normal(0, 2, (m, K, 2)) + np.where(visible[:, :, None] == 1, Y, 7.0), Y, visible, rng.uniform(0.5, 4)

    rng = np.random.default_rng(3)
    P, Y, visible, beta = marked(rng, 5, 3)
    cases = {f"with {kind.__name__} in visible": (P, Y, visible.astype(kind), beta) for kind in (bool, float, int)}
    cases |= {"with nothing visible": (P, Y * np.nan, 0 * visible, beta), "with beta = 1": (P, Y, visible, 1)}
    cases |= {"with all visible": (P, P + rng.normal(0, 3, P.shape), 0 * visible + 1, beta)}
    whole = rng.integers(0, 48, (2, 4, 3, 2))
    cases |= {"with whole numbers in P and Y": (*whole, np.eye(4, 3, dtype=int), 2.5)}
    cases |= {
        "with one landmark visible of 300": (np.ones((3, 100, 2)), np.zeros((3, 100, 2)), np.eye(3, 100, 99), 0.5)
    }
    cases |= {"with errors of beta exactly": (P, np.where(np.isnan(Y), Y, P - [2.0, -2.0]), visible, 2.0)}
    hit = np.where((visible == 1)[..., None] & (np.arange(3) == 0)[:, None], Y, P)
    cases |= {"with some landmarks hit exactly": (hit, Y, visible, beta)}
    half = np.where((visible == 0)[..., None] & [False, True], np.nan, 3.0)
    cases |= {
        "with NaN for y alone": (P, half, visible, beta),
        "with NaN for x alone": (P, half[..., ::-1], visible, beta),
    }
    cases |= {"with a tiny beta": (P * 1e-9, P * 1e-9 + rng.normal(0, 1e-9, P.shape), visible, 1e-9)}
    domain = {"real": {"P": 30}, "types": ["P"], "returns": ["J", "dP"], "cases": cases}
    checks.agrees(landmark_loss, point_by_point, marked, sizes={"m": 1030, "K": 105}, apart=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Left becomes right
#
# *A mirrored picture is a new picture for nothing. What about its landmarks?*
#
# If a picture of width $n_W$ is mirrored, left and right exchanged, the place $x$ goes to $n_W - x$, and $y$ stays. That is not all: on a mirrored face, what was the left eye is now on the other side of the picture, and so it *is* the right eye. The corners of a page are numbered 0 upper left, 1 upper right, 2 lower right, 3 lower left. After mirroring, 0 and 1 are exchanged, and 2 and 3: `partner = [1, 0, 3, 2]`. A landmark in the middle, such as the tip of the nose, is its own partner. Whoever forgets this teaches the network to mix left and right. (The target of a localizer has no sides: there, $b_x$ becomes $1 - b_x$, and nothing else changes.)
#
# *On paper.* A picture 3 pixels wide with two landmarks, left eye $(0.5, 1)$ and right eye $(2, 0)$, `partner = [1, 0]`. The places go to $(2.5, 1)$ and $(1, 0)$. The new left eye is the old right one: $(1, 0)$; the new right eye is $(2.5, 1)$.
#
# ### Exercise 6: `mirror`


# %% exercise="mirror"
def mirror(images, points, partner):
    """Pictures with left and right exchanged, and their landmarks.

    Args:
        images: shape (m, n_H, n_W, n_C), numbers of any type; all sizes >= 1.
        points: the landmarks x, y in pixels, floats or whole numbers, shape (m, K, 2), m and K >= 1. The left edge of a
            picture is x = 0, its right edge x = n_W. A landmark may lie outside. One that is not known has NaN for
            x and y; they go to the place of its partner, too.
        partner: for each landmark the number of the one with which it is exchanged, or its own number; a list of K
            whole numbers with partner[partner[k]] equal to k.

    Returns:
        The mirrored pictures and their landmarks, two new arrays of the same shapes.

    Example:
        Two landmarks (0.5, 1) and (2, 0) on a picture 3 pixels wide become (1, 0) and (2.5, 1) with partner [1, 0].
    """
    # 1. Turn the columns of the pictures round. 2. The new x of each landmark. 3. Exchange the partners.
    ### BEGIN SOLUTION
    n_W = images.shape[2]
    places = np.stack([n_W - points[:, :, 0], points[:, :, 1]], axis=2)
    return images[:, :, ::-1].copy(), places[:, partner]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `images[:, :, ::-1]` turns the third axis round, the columns. It is a view: return `.copy()` of it. `places[:, partner]` takes the landmarks in the order of the list.
# </details>

# %% check="mirror" points=2
with checks.exercise("mirror"):
    images = np.arange(12.0).reshape(2, 2, 3, 1)
    points = np.array([[[0.5, 1.0], [2.0, 0.0], [1.0, 1.5]], [[3.0, 2.0], [0.0, 0.5], [2.5, 0.0]]])
    checks.unchanged(mirror, images, points, [1, 0, 2])
    answer = mirror(images, points, [1, 0, 2])
    flipped, moved = checks.results("mirror(images, points, [1, 0, 2])", answer, ["pictures", "landmarks"])
    right = np.array([2.0, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9]).reshape(2, 2, 3, 1)
    slips = {"above and below are exchanged": images[:, ::-1], "the pictures change places": images[::-1]}
    checks.close("pictures of mirror(images, points, [1, 0, 2])", flipped, right, mistakes=slips)
    right = np.array([[[1.0, 0.0], [2.5, 1.0], [2.0, 1.5]], [[3.0, 0.5], [0.0, 2.0], [0.5, 0.0]]])
    slips = {"exchange the partners": right[:, [1, 0, 2]], "the right edge is n_W": right - [1, 0]}
    slips |= {"the places are still the old ones": points[:, [1, 0, 2]]}
    checks.close("landmarks of mirror(images, points, [1, 0, 2])", moved, right, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def one_by_one(images, points, partner):
        flipped, moved = np.zeros(images.shape), np.zeros(points.shape)
        for i, row, column, channel in np.ndindex(images.shape):
            flipped[i, row, images.shape[2] - 1 - column, channel] = images[i, row, column, channel]
        for i, k in np.ndindex(points.shape[:2]):
            moved[i, partner[k]] = images.shape[2] - float(points[i, k, 0]), points[i, k, 1]
        return flipped, moved

    def photographed(rng, m, n_H, n_W, n_C, K):
        partner, order = list(range(K)), rng.permutation(K)
        for a, b in zip(order[: K // 3], order[K // 3 : 2 * (K // 3)], strict=True):
            partner[a], partner[b] = int(b), int(a)
        points = rng.uniform(-3, 60, (m, K, 2))
        points[rng.random((m, K)) < 0.2] = np.nan
        return rng.uniform(0, 1, (m, n_H, n_W, n_C)), points, partner

    rng = np.random.default_rng(4)
    four = rng.uniform(0, 9, (3, 4, 2)).round(2)
    cases = {"with a page's corners": (rng.uniform(0, 1, (3, 5, 8, 1)), four, [1, 0, 3, 2])}
    cases |= {"with all landmarks in the middle": (rng.uniform(0, 1, (3, 5, 8, 1)), four, [0, 1, 2, 3])}
    cases |= {"with partners that are far apart": (rng.uniform(0, 1, (3, 8, 5, 2)), four, [3, 2, 1, 0])}
    cases |= {
        "with whole numbers in points": (rng.uniform(0, 1, (3, 6, 9, 3)), rng.integers(0, 9, (3, 4, 2)), [2, 1, 0, 3])
    }
    cases |= {"with 1,030 pictures": photographed(rng, 1030, 1, 2, 1, 2)}
    domain = {"real": {"images": 300}, "types": ["images"], "pixels": ["images"], "returns": ["pictures", "landmarks"]}
    sizes = {"m": 12, "n_H": 30, "n_W": 31, "n_C": 5, "K": 20}
    checks.agrees(mirror, one_by_one, photographed, sizes=sizes, apart=False, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the pages: sheets with handwritten digits, drawn as they would lie turned and slanted on a photograph. There are 2,500 training pages. Of their corners one in ten was not marked. With your `mirror` they become 5,000.

# %%
X_pages, Y_pages = make_pages(2500, "train", seed=2)
Y_pages[np.random.default_rng(3).random((2500, 4)) < 0.1] = np.nan
X_held, Y_held = make_pages(300, "test", seed=4)
PARTNER = [1, 0, 3, 2]
X_mirrored, Y_mirrored = mirror(X_pages, Y_pages, PARTNER)
X_both, Y_both = np.concatenate([X_pages, X_mirrored]), np.concatenate([Y_pages, Y_mirrored])
MARKS = plots.COLORS[4], plots.COLORS[5], plots.COLORS[3], plots.COLORS[2]
shown = np.concatenate([np.arange(8), np.arange(2500, 2508)])
axes = show_scenes(X_both[shown], "Pages, and the same mirrored; orange = upper left, light blue = upper right")
for axis, corners in zip(axes, Y_both[shown], strict=True):
    axis.scatter(*(corners - 0.5).T, c=MARKS, s=28, edgecolors="black", linewidths=0.5)
plt.show()

# %% [markdown]
# *What to notice.* Some corners have no mark. In the mirrored pictures the digits run from right to left, but the orange mark is again upper left. The other two colours are pink (lower right) and green (lower left).
#
# ## 7. A network that finds corners, and how good it is
#
# *Two pixels off: is that much?*
#
# That depends on the size of the page. Two pixels are little on a page that fills the picture, and much on a stamp. So distances are divided by a **reference length** $d_i$ of the picture: for faces mostly the distance between the eyes, here the diagonal of the page. The **normalised mean error** of picture $i$ is the mean over its visible landmarks
#
# $$\text{NME}_i = \frac{1}{N_i} \sum_{k: \; V_{ik} = 1} \frac{\sqrt{(P_{ik0} - Y_{ik0})^2 + (P_{ik1} - Y_{ik1})^2}}{d_i}, \qquad N_i = \sum_k V_{ik} .$$
#
# *On paper.* One picture, two landmarks, $d = 10$, errors $(3, 4)$ and $(0, 1)$. The distances are 5 and 1, their mean is 3, and NME $= 0.3$.
#
# ### Exercise 7: `normalised_mean_error`


# %% exercise="normalised_mean_error"
def normalised_mean_error(P, Y, visible, reference):
    """The mean distance of the visible landmarks of each picture, divided by the picture's reference length.

    Args:
        P, Y, visible: as in landmark_loss.
        reference: the reference length of each picture in pixels, floats or whole numbers > 0, shape (m,).

    Returns:
        The errors, an array of floats, shape (m,); NaN for a picture without any visible landmark.

    Example:
        For the picture on paper it is [0.3].
    """
    # 1. The distance of each landmark. 2. For each picture the sum over its visible ones, and their number. 3. Divide.
    ### BEGIN SOLUTION
    distances = np.where(visible, np.hypot(*np.moveaxis(P - Y, 2, 0)), 0)
    with np.errstate(invalid="ignore"):
        return distances.sum(axis=1) / visible.sum(axis=1) / reference
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.norm(P - Y, axis=2)` has the distances, shape $(m, K)$; put 0 where nothing is visible. Sums over `axis=1` belong to one picture. In NumPy, 0 / 0 is NaN, with a warning, which does no harm.
# </details>

# %% check="normalised_mean_error" points=2
with checks.exercise("normalised_mean_error"):
    off, visible = (
        np.array([[[3.0, 4], [0, 1]], [[0, 0], [6, 8]], [[1, 1], [1, 1]]]),
        np.array([[1, 1], [0, 1], [0, 0]]),
    )
    Y, lengths = np.array([[[3.0, 1], [4, 8]], [[np.nan] * 2, [2, 6]], [[5, 7], [1, 1]]]), np.array([10.0, 20.0, 5.0])
    P = np.where(np.isnan(Y), 4.0, Y + off)
    checks.unchanged(normalised_mean_error, P, Y, visible, lengths)
    slips = {"it wants the mean over the landmarks": [0.6, 0.5], "divide by the number of visible ones": [0.3, 0.25]}
    slips |= {"divide by the reference length": [3, 10], "it wants the root": [1.3, 5], "not |x| + |y|": [0.4, 0.7]}
    found = normalised_mean_error(P[:2], Y[:2], visible[:2], lengths[:2])
    checks.close("normalised_mean_error, m = 2", found, [0.3, 0.5], mistakes=slips)
    found = normalised_mean_error(P, Y, visible, lengths)
    checks.close("normalised_mean_error, nothing visible on the last picture", found, [0.3, 0.5, np.nan])
    ### BEGIN HIDDEN TESTS

    def picture_by_picture(P, Y, visible, reference):
        errors = []
        for p, y, seen, length in zip(P.astype(float), Y.astype(float), visible, reference, strict=True):
            found = [abs(complex(*(p[k] - y[k]))) / float(length) for k in np.flatnonzero(seen)]
            errors.append(sum(found) / len(found) if found else np.nan)
        return np.array(errors)

    def marked(rng, m, K):
        visible = rng.integers(0, 2, (m, K))
        Y = rng.uniform(-5, 50, (m, K, 2)) * np.where(
            visible[:, :, None] == 1, 1, rng.choice([np.nan, 1, 1e6], (m, K, 1))
        )
        return (
            rng.normal(0, 2, (m, K, 2)) + np.where(visible[:, :, None] == 1, Y, 7.0),
            Y,
            visible,
            rng.uniform(1, 40, m),
        )

    P, Y, visible, lengths = marked(np.random.default_rng(3), 5, 3)
    every = np.ones((5, 3), dtype=int)
    cases = {
        f"with {kind.__name__} in visible": (P, Y, visible.astype(kind), lengths) for kind in (bool, float, np.uint8)
    }
    cases |= {"with nothing visible": (P, Y * np.nan, 0 * visible, lengths), "with all right": (P, P, every, lengths)}
    whole = np.random.default_rng(5).integers(0, 48, (2, 4, 3, 2))
    cases |= {"with whole numbers everywhere": (*whole, every[:4], np.array([3, 1, 7, 20]))}
    cases |= {"with tiny errors": (P, P + 1e-7 * P[::-1], every, lengths * 1e-6)}
    domain = {"real": {"P": 30}, "types": ["P", "reference"], "cases": cases, "apart": False}
    with np.errstate(invalid="ignore"):
        checks.agrees(normalised_mean_error, picture_by_picture, marked, sizes={"m": 1030, "K": 105}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The network is the one of section 3. It ends with eight numbers again, but now they are the four corners: $P = 24 + 12 z$ in pixels, so that scores of about 1 cover the picture. Only the meaning of the eight numbers and the loss are new. Each held-out page is then predicted twice, as it is and mirrored, and the two answers are averaged.


# %%
def corners_from(Z):
    """The eight numbers of the network as corners (m, 4, 2) in pixels."""
    return 24 + 12 * Z.reshape(-1, 4, 2)


def corner_gradient(Z, rows):
    """The derivative of the landmark loss of these training pages with respect to the eight numbers."""
    _, dP = landmark_loss(corners_from(Z), Y_both[rows], ~np.isnan(Y_both[rows, :, 0]), 2.5)
    return 12 * dP.reshape(Z.shape)


def find_corners(X):
    """The corners on pictures, (m, 4, 2): the mean of what the network says of them as they are and mirrored."""
    once = corners_from(predict(X, finder))
    turned, _ = mirror(X, once, PARTNER)
    _, back = mirror(turned, corners_from(predict(turned, finder)), PARTNER)
    return (once + back) / 2


finder = train(X_both, corner_gradient, epochs=5, seed=0)
once, P_held, seen = corners_from(predict(X_held, finder)), find_corners(X_held), np.ones((300, 4))
diagonal = np.linalg.norm(Y_held[:, 0] - Y_held[:, 2], axis=1)
typical = np.broadcast_to(np.nanmean(Y_both, axis=0), Y_held.shape)
for name, P in (("always the mean corners", typical), ("the network, once", once), ("and mirrored", P_held)):
    pixels, errors = np.linalg.norm(P - Y_held, axis=2), normalised_mean_error(P, Y_held, seen, diagonal)
    print(f"{name:24} {pixels.mean():.2f} pixels   NME {errors.mean():.1%}", end="")
    print(f"   pages below 10 %: {np.mean(errors < 0.1):.0%}")


# %%
def draw_outline(axis, corners, color, style="-"):
    """Draws the outline of a page."""
    axis.plot(*(corners[[0, 1, 2, 3, 0]] - 0.5).T, color=color, linestyle=style, linewidth=1.5)


errors = normalised_mean_error(P_held, Y_held, seen, diagonal)
shown = [*range(16), *np.argsort(-errors)[:8]]
axes = show_scenes(X_held[shown], "Held-out pages (last row: the eight worst); truth blue and dashed, answer orange")
for axis, i in zip(axes, shown, strict=True):
    draw_outline(axis, Y_held[i], plots.COLORS[5], "--")
    draw_outline(axis, P_held[i], plots.COLORS[4])
plt.show()

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2))
names = ["upper left", "upper right", "lower right", "lower left"]
distances = np.linalg.norm(P_held - Y_held, axis=2)
axes[0].boxplot(distances, showfliers=False, medianprops={"color": plots.COLORS[1]})
axes[0].set_xticks(range(1, 5), names, fontsize=9)
axes[0].set(ylabel="distance (pixels)", ylim=(0, None), title="All four corners are about as hard")
axes[1].scatter(diagonal, distances.mean(axis=1), s=12)
axes[1].set(xlabel="diagonal of the page (pixels)", ylabel="mean distance (pixels)", ylim=(0, None))
axes[1].set_title("The error in pixels hardly depends on the size")
plt.show()

# %% [markdown]
# *What to notice.* Whoever always answers the mean corners is off by more than 8 pixels, about 24 % of the diagonal. The network is off by about 2 pixels, which is about 5 %, although every tenth corner had no label. The second answer, of the mirrored picture, makes the mean error a little smaller, for nothing but time. No corner is much harder than another: all four look alike, but for the writing beside them. The error in pixels hardly depends on the size of the page, so small pages have the larger NME. The worst pages lie at the edge of the picture or are turned far, and again the answer is too near to what is usual.
#
# ## 8. The page, pulled straight
#
# *Where is each pixel of the straight page on the photograph?*
#
# Seen by a camera, a flat sheet is mapped by a **homography**, which has eight numbers $h$:
#
# $$u = \frac{h_0 x + h_1 y + h_2}{h_6 x + h_7 y + 1}, \qquad v = \frac{h_3 x + h_4 y + h_5}{h_6 x + h_7 y + 1} .$$
#
# Multiplied by the denominator, this is linear in $h$. Each corner gives two equations, so **four corners give eight equations for eight numbers**. Now the scanner. A new page is photographed with $384 \times 384$ pixels. The network sees it shrunk to $48 \times 48$, its corners are multiplied by 8, and the homography says for each pixel of a straight sheet where it lies on the large photograph.


# %%
def homography(corners, targets, x, y):
    """Where the map that takes four corners (4, 2) to their targets (4, 2) takes the points x, y (arrays)."""
    equations = []
    for (a, b), (u, v) in zip(corners, targets, strict=True):
        equations += [[a, b, 1, 0, 0, 0, -u * a, -u * b], [0, 0, 0, a, b, 1, -v * a, -v * b]]
    h = np.linalg.solve(np.array(equations), np.ravel(targets))
    depth = h[6] * x + h[7] * y + 1
    return (h[0] * x + h[1] * y + h[2]) / depth, (h[3] * x + h[4] * y + h[5]) / depth


photos, truth = make_pages(4, "test", side=8 * SIDE, seed=12)
found = 8 * find_corners(photos.reshape(4, SIDE, 8, SIDE, 8, 1).mean(axis=(2, 4)))
sheet, (y, x) = np.array([[0, 0], [210, 0], [210, 280], [0, 280]]), np.indices((280, 210)) + 0.5
figure, axes = plt.subplots(2, 4, figsize=(8, 4.9))
for photo, corners, (above, below) in zip(photos[:, :, :, 0], found, axes.T, strict=True):
    above.imshow(photo, vmin=0, vmax=1)
    draw_outline(above, corners, plots.COLORS[4])
    u, v = (np.clip(places, 0, 8 * SIDE - 1).astype(int) for places in homography(sheet, corners, x, y))
    below.imshow(photo[v, u], vmin=0, vmax=1)
for axis in axes.flat:
    axis.set_axis_off()
figure.suptitle("Photographed (above) and pulled straight by the predicted corners (below)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The digits, slanted above, stand upright below and can be read, though the network saw nothing larger than $48 \times 48$ pixels. Where a corner is off, some of the ground is left along the edge, or some of the paper is missing. A real scanner would now look for the exact edges of the paper near to these corners.
#
# **What these numbers mean.** They come from drawn pictures: one piece or one page, always in front of a darker ground, from two held-out photographs. On real photographs, with shadows, folded pages and hands in front, both networks would do far worse, and nothing here says how much. And one vector answers for one object: to find an unknown number of objects, on a picture of any size, something else is needed. In [lesson 02](02_sliding_windows.ipynb) a classifier looks at many windows, and in [lesson 04](04_anchor_boxes_and_yolo.ipynb) each cell of a grid has a vector of its own.

# %% [markdown]
# ## What you built
#
# - `encode_target`: boxes and classes as targets, with wrong labels refused.
# - `localization_loss` and `localization_gradient`: three questions in one loss, of which only the first counts where there is no object.
# - `smooth_l1` and `landmark_loss`: a loss that outliers do not rule, over visible landmarks only.
# - `normalised_mean_error` and `mirror`: a fair unit, and twice as many pictures.
# - a localizer and a document scanner, with the same network.
#
# ## On your own
#
# 1. Train the corner finder with the 2,500 pages alone for 10 epochs, as many steps. How much was mirroring worth? And what if you forget the partners, `PARTNER = [0, 1, 2, 3]`?
# 2. Give 10 % of the training pages corners in a wrong order. Train with $\beta = 2.5$ and with $\beta = 1000$, which is nearly a squared error. How do the two errors compare?
# 3. Really hard: a **soft-argmax**. Let the network end with four maps of $12 \times 12$ scores, one for each corner. Make each map a softmax over its 144 places, and take the mean place under these probabilities as the corner. Write forward and backward and compare. Such heads keep the places of the features, which a dense layer must learn; nearly all good landmark networks work with maps.
#
# ## In practice
#
# Nobody regresses one box from a dense layer any more if several objects can appear; detectors such as those of lessons 03 to 05 do both. Landmark networks are everywhere: in PyTorch, `torch.nn.SmoothL1Loss(beta=…)` is your loss with a mean over all entries (the mask is your affair), and `torchvision.models.detection.keypointrcnn_resnet50_fpn` finds the joints of people with one map for each joint. Libraries for augmentation, such as Albumentations, mirror pictures with boxes and landmarks; the exchange of left and right landmarks must be asked for, and to forget it is a classic bug. In OpenCV, `cv2.getPerspectiveTransform` and `cv2.warpPerspective` are `homography` and the last step of the scanner.
#
# ## References
#
# - Course 4, week 3, lectures 1 and 2.
# - P. Sermanet, D. Eigen, X. Zhang, M. Mathieu, R. Fergus and Y. LeCun (2014), OverFeat: Integrated Recognition, Localization and Detection using Convolutional Networks, ICLR.
# - R. Girshick (2015), Fast R-CNN, ICCV (smooth L1 for boxes).
# - P. Huber (1964), Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35.
# - Y. Sun, X. Wang and X. Tang (2013), Deep Convolutional Network Cascade for Facial Point Detection, CVPR.
# - H. Xiao, K. Rasul and R. Vollgraf (2017), Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning Algorithms, arXiv:1708.07747.
