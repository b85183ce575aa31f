# %% [markdown]
# You will build the region proposal network of Faster R-CNN from its parts, train it on the features of a frozen network, and measure how many proposals it needs until it has found the objects.
# At the end a really trained proposal network for faces runs through your functions.

# %% [markdown]
# ## What you will be able to do
#
# - say what R-CNN, Fast R-CNN and Faster R-CNN do, and how often each runs its large network for one picture;
# - lay anchors over a picture, and label them by their overlap with the true boxes;
# - turn a pair of anchor and box into four numbers that a network can learn, and back;
# - train a proposal network on a balanced sample of its anchors;
# - turn its answers into a short list of proposals, and measure their recall;
# - cut a region of any size out of a feature map as an array of fixed size.
#
# **What you need:** boxes, IoU and non-max suppression from [lesson 03](03_bounding_boxes_iou_nms.ipynb), the smooth L1 loss from [lesson 01](01_localization_and_landmarks.ipynb), and anchor boxes from [lesson 04](04_anchor_boxes_and_yolo.ipynb). The set-up cell loads what you wrote.

# %%
import sys
import time

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.boxes import convert_boxes, iou, nms
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.optimisers import adam_step
from shared_utils.nn.smooth_l1 import smooth_l1
from shared_utils.pretrained import pnet, squeezenet
from shared_utils.pretrained.resize import resized

plots.use_style()
SIDE, STRIDE, CELLS = 102, 8, (12, 12)  # a picture of 102 × 102 pixels has a feature map of 12 × 12 cells


def show(axis, image, boxes, truth=(), title=None):
    """A picture, boxes on it, and the true boxes, white and dotted."""
    axis.imshow(image, extent=(0, image.shape[1], image.shape[0], 0))
    plots.draw_boxes(axis, boxes, plots.COLORS[1])
    plots.draw_boxes(axis, truth, "white", ":")
    axis.set_title(title)
    axis.set_axis_off()


# %% [markdown]
# ## 1. Where could an object be?
#
# *A network that names things is slow. On which parts of a picture should it run?*
#
# A sliding window asks at every place and in every size: many thousand windows for a picture, and nearly all of them show nothing. The R-CNN family first makes a short list of **region proposals**: boxes in which there may be an object, of whatever class. Only these are looked at closely. The three steps of its history differ in how much work they share:
#
# | | who proposes about 2,000 boxes | runs of the large network for one picture | what comes after it |
# |---|---|---|---|
# | **R-CNN** (2014) | selective search, a program that joins similar parts of the picture | about 2,000: each box is cut out, resized, and run by itself | a classifier for each box |
# | **Fast R-CNN** (2015) | selective search | **1**: the whole picture, then each box is cut out of the *feature map* (RoI pooling) | two small layers for each box |
# | **Faster R-CNN** (2015) | a small network on the same feature map, the **region proposal network** (RPN) | **1** | the same, for about 300 boxes |
#
# Fast R-CNN saves nearly all runs of the network. Then selective search, about two seconds for a picture, was the slowest part. Faster R-CNN replaces it by a few convolutions on features that are there already. On the graphics cards of their time a picture took about 50 seconds, 2 seconds, and 0.2 seconds.
#
# The RPN looks at each cell of the feature map, as YOLO does. It answers for a fixed set of boxes around the centre of the cell, its **anchors**: of several **sides** $s$ and **aspect ratios** $r = h / w$. An anchor has the area $s^2$ whatever its ratio, so
#
# $$w = \frac{s}{\sqrt r}, \qquad h = s \sqrt r .$$
#
# The cell in row $i$ and column $j$ has its centre at $x = (j + 0.5) \cdot \text{stride}$, $y = (i + 0.5) \cdot \text{stride}$, where the **stride** is the number of pixels from one cell to the next. An anchor may reach over the edge of the picture. The boxes are corners $(x_1, y_1, x_2, y_2)$ in pixels, as in lesson 03.
#
# *On paper.* Stride 10, the cell in row 0 and column 0: its centre is $(5, 5)$. The side 8 and the ratio 4 give $w = 4$ and $h = 16$, an upright anchor with the corners $(3, -3, 7, 13)$.
#
# ### Exercise 1: `generate_anchors`


# %% exercise="generate_anchors"
def generate_anchors(cells, stride, sides, ratios):
    """The anchors of all cells of a feature map.

    Args:
        cells: how many rows and columns of cells there are, a tuple of two whole numbers >= 1.
        stride: the pixels from one cell to the next, the same in both directions, a number above 0.
        sides: the roots of the areas in pixels, a tuple of k >= 1 numbers above 0.
        ratios: height divided by width, a tuple of l >= 1 numbers above 0.

    Returns:
        The corners x1, y1, x2, y2 of all anchors, an array of floats, shape (rows * columns * k * l, 4). Order: cell by
        cell, along the first row of cells, then the second, and so on; in a cell one side after the other; for each
        side one ratio after the other, both in the order in which they are given. Nothing is cut off at the edges.

    Example:
        generate_anchors((1, 1), 10, (8,), (1, 4)) is [[1, 1, 9, 9], [3, -3, 7, 13]].
    """
    # 1. Four loops in the order of the docstring, or one over np.ndindex. 2. Centre, width, height. 3. Corners.
    ### BEGIN SOLUTION
    boxes = []
    for i, j, k, q in np.ndindex(*cells, len(sides), len(ratios)):
        w, h = sides[k] / ratios[q] ** 0.5, sides[k] * ratios[q] ** 0.5
        boxes.append([(j + 0.5) * stride, (i + 0.5) * stride, w, h])
    return convert_boxes(np.array(boxes), "corner")
    ### END SOLUTION


# %% check="generate_anchors" points=1
with checks.exercise("generate_anchors"):
    shapes = np.array([[3.0, 3, 7, 7], [4, 1, 6, 9], [1, 1, 9, 9], [3, -3, 7, 13]])
    slips = {"the ratio is h / w": shapes[:, [1, 0, 3, 2]], "ratio by ratio for each side": shapes[[0, 2, 1, 3]]}
    slips |= {"the centre of the cell is half a stride further": shapes - 5}
    slips |= {"the area is the square of the side": [[3, 3, 7, 7], [3, -3, 7, 13], [1, 1, 9, 9], [1, -11, 9, 21]]}
    anchors = generate_anchors((1, 1), 10, (4, 8), (1, 4))
    checks.close("generate_anchors((1, 1), 10, (4, 8), (1, 4))", anchors, shapes, mistakes=slips)
    places = np.array([[1.0, 1, 9, 9], [11, 1, 19, 9], [1, 11, 9, 19], [11, 11, 19, 19]])
    slips = {"along the first row of cells first": places[[0, 2, 1, 3]]}
    what = "generate_anchors((2, 2), 10, (8,), (1,))"
    checks.close(what, generate_anchors((2, 2), 10, (8,), (1,)), places, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def one_by_one(cells, stride, sides, ratios):
        boxes = np.zeros((cells[0] * cells[1] * len(sides) * len(ratios), 4))
        for number in range(len(boxes)):
            cell, k = divmod(number // len(ratios), len(sides))
            i, j = divmod(cell, cells[1])
            w = np.exp(np.log(sides[k]) - np.log(ratios[number % len(ratios)]) / 2)
            h = sides[k] ** 2 / w
            x, y = stride * j + stride / 2, stride * i + stride / 2
            boxes[number] = x - w / 2, y - h / 2, x + w / 2, y + h / 2
        return boxes

    def grids(rng, rows, columns, k, n_ratios):
        sides, ratios = tuple(rng.uniform(5, 300, k)), tuple(rng.uniform(0.2, 5, n_ratios))
        return (rows, columns), float(rng.uniform(1, 30)), sides, ratios

    cases = {"with whole numbers": ((3, 5), 16, (128, 256, 512), (2, 1, 3)), "with lists": ((2, 1), 4, [7, 3], [3, 1])}
    cases |= {"with one anchor": ((1, 1), 0.5, (3,), (0.5,)), "with equal sides": ((2, 3), 8, (5, 5), (1, 2))}
    cases |= {"with many cells": ((2, 110), 8, (9,), (0.5, 2)), "with many rows": ((110, 2), 3, (9, 4), (2,))}
    sizes = {"rows": 4, "columns": 6, "k": 5, "n_ratios": 3}
    checks.agrees(generate_anchors, one_by_one, grids, sizes=sizes, cases=cases, apart=False, rtol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the pictures on which we train. Sprites (animals, plants, things) lie on parts of photographs, one to three on each, of very different sizes. Everything is held out: the test pictures show other sprites on other photographs.

# %%
SPRITES = data.load_sprites()
GROUNDS = {"train": ("astronaut", "cat", "dahlia", "rocket", "starry_night"), "test": ("coffee", "pagoda")}


def cut_sprite(sprite, rng):
    """The sprite in a random size, without its empty margin: colours (h, w, 3) and opacity (h, w, 1) from 0 to 1."""
    n = int(rng.uniform(0.22, 0.5) * SIDE)
    colours, opacity = resized(sprite[..., :3], n, n), resized(sprite[..., 3:].repeat(3, axis=2), n, n)[..., :1]
    rows, columns = (np.flatnonzero(np.any(opacity[..., 0] > 100, axis=axis)) for axis in (1, 0))
    inside = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    return colours[inside], opacity[inside] / 255


# %%
def make_scene(sprites, photos, varied, rng):
    """A picture (102, 102, 3), the boxes of its sprites (k, 4), and which sprites they are."""
    photo = photos[rng.integers(len(photos))]
    part = rng.uniform(0.35, 1) * min(photo.shape[:2])
    y, x = rng.uniform(0, np.array(photo.shape[:2]) - part)
    scene = resized(photo, SIDE, SIDE, (x, y, x + part, y + part)).astype(float)
    if varied:  # mirrored, colours exchanged, brighter or darker: more grounds to train on
        scene = scene[:, :: 1 - 2 * rng.integers(2), rng.permutation(3)] * rng.uniform(0.6, 1.2)
    boxes, numbers = [], []
    for number in rng.integers(len(sprites), size=rng.integers(1, 4)):
        colours, opacity = cut_sprite(sprites[number], rng)
        h, w = opacity.shape[:2]
        y, x = int(rng.integers(SIDE - h + 1)), int(rng.integers(SIDE - w + 1))
        box = np.array([x, y, x + w, y + h], dtype=float)
        if not boxes or np.max(iou(box, np.array(boxes))) <= 0.1:
            scene[y : y + h, x : x + w] += opacity * (colours - scene[y : y + h, x : x + w])
            boxes, numbers = [*boxes, box], [*numbers, number]
    return scene.clip(0, 255).astype(np.uint8), np.array(boxes), numbers


def make_scenes(m, split, seed):
    """Pictures (m, 102, 102, 3); for each its true boxes, and the group of each: 0 animal, 1 plant, 2 thing."""
    X, Y = (SPRITES.X_train, SPRITES.Y_train) if split == "train" else (SPRITES.X_test, SPRITES.Y_test)
    photos, rng = [data.load_photo(name) for name in GROUNDS[split]], np.random.default_rng(seed)
    images, boxes, numbers = zip(*(make_scene(X, photos, split == "train", rng) for _ in range(m)), strict=True)
    return np.stack(images), boxes, [Y[0, some] // 3 for some in numbers]


# %%
X_train, boxes_train, groups_train = make_scenes(700, "train", seed=0)
X_test, boxes_test, groups_test = make_scenes(60, "test", seed=1)
ANCHORS = generate_anchors(CELLS, STRIDE, (20, 32, 46), (0.5, 1, 2))
print(len(ANCHORS), "anchors on a picture;", sum(map(len, boxes_train)), "objects to train on")

figure, axes = plt.subplots(1, 4, figsize=(8, 2.6))
for number, axis in enumerate(axes[:3]):
    show(axis, X_train[number], (), boxes_train[number], "true boxes")
show(axes[3], X_train[3], ANCHORS[702:711], (), "9 anchors of one cell")
plt.show()

# %% [markdown]
# *What to notice.* There are $12 \cdot 12 \cdot 9 = 1{,}296$ anchors on every picture, always the same. The nine of one cell have three areas and three shapes. Nearly all anchors of a picture lie around nothing.
#
# ## 2. Which anchors are right?
#
# *What should the network answer for an anchor?*
#
# The first answer is the **objectness**: is there an object here? The target comes from the IoU of the anchor with the true boxes:
#
# - if its largest IoU is at least `high`, the anchor is **positive**, label 1;
# - if its largest IoU is below `low`, it is **negative**, label 0;
# - between them it is half right. Such an anchor is **ignored**, label $-1$: no answer is asked.
#
# A true box of an unusual shape may have no anchor with an IoU of at least `high`. It would never be learned. So for **each true box the anchor that fits it best is positive, too**, whatever the IoU is, if only it is above 0.
#
# *On paper.* On a line of height 1: true boxes $(0, 0, 10, 1)$ and $(30, 0, 40, 1)$, `low` = 0.3, `high` = 0.7.
#
# | anchor | largest IoU | with | label |
# |---|---|---|---|
# | $(0, 0, 8, 1)$ | $8/10$ | the first | 1 |
# | $(0, 0, 5, 1)$ | $5/10$ | the first | $-1$ |
# | $(8, 0, 18, 1)$ | $2/18$ | the first | 0 |
# | $(36, 0, 46, 1)$ | $4/16$ | the second | **1**: nothing fits the second box better |
# | $(37, 0, 47, 1)$ | $3/17$ | the second | 0 |
#
# ### Exercise 2: `label_anchors`


# %% exercise="label_anchors"
def label_anchors(anchors, truth, low, high):
    """What the network should say about each anchor of a picture.

    Args:
        anchors: corners in the right order, shape (n, 4), n >= 1, floats or whole numbers.
        truth: the true boxes, as the anchors, shape (k, 4), k >= 0.
        low, high: the two IoUs of the text, 0 < low <= high <= 1.

    Returns:
        labels: whole numbers 1 (an IoU of at least high), 0 (all IoUs below low) or -1 (the rest), shape (n,).
        matched: for each anchor the row of the true box with which it has the largest IoU, of equal IoUs the earlier
            row (so 0 if it overlaps none), whole numbers, shape (n,). Without true boxes it is -1 everywhere.
        After this, for each true box, in their order: the anchor with the largest IoU with it (of equal IoUs the
        earlier anchor), if this IoU is above 0, gets the label 1 and is matched to this true box, whatever it had
        before. So an anchor that is the best of two true boxes is matched to the later one.

    Example:
        for the anchors [[0, 0, 8, 1], [0, 0, 5, 1], [8, 0, 18, 1]] and truth [[0, 0, 10, 1]], with low = 0.3 and
        high = 0.7, it is [1, -1, 0], [0, 0, 0].
    """
    # 1. Without true boxes? 2. The IoUs of each true box with all anchors. 3. Labels by the largest IoU.
    # 4. The best anchor of each true box.
    ### BEGIN SOLUTION
    labels = np.zeros(len(anchors), dtype=int)
    if len(truth) == 0:
        return labels, labels - 1
    overlaps = np.array([iou(box, anchors) for box in truth])
    largest, matched = overlaps.max(axis=0), overlaps.argmax(axis=0)
    labels[largest >= low] = -1
    labels[largest >= high] = 1
    for k, best in enumerate(overlaps.argmax(axis=1)):
        if overlaps[k, best] > 0:
            labels[best], matched[best] = 1, k
    return labels, matched
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.array([iou(box, anchors) for box in truth])` has the shape $(k, n)$. The maximum along axis 0 says how well each anchor fits, `argmax` along axis 0 which true box it fits. `argmax` along axis 1 gives the best anchor of each true box. Write these labels last, in a loop over the true boxes, so that nothing overwrites them.
# </details>

# %% check="label_anchors" points=3
with checks.exercise("label_anchors"):
    truth, starts = np.array([[0.0, 0, 10, 1], [30, 0, 40, 1]]), np.array([[0.0], [0], [8], [36], [37]])
    anchors = np.hstack([starts, 0 * starts, starts + [[8], [5], [10], [10], [10]], 0 * starts + 1])
    checks.unchanged(label_anchors, anchors, truth, 0.3, 0.7)
    what = "label_anchors of the five anchors in the text"
    labels, matched = checks.results(what, label_anchors(anchors, truth, 0.3, 0.7), ["labels", "matched"])
    slips = {"the best anchor of each true box is positive": [1, -1, 0, 0, 0]}
    slips |= {"between low and high the label is -1": [1, 0, 0, 1, 0], "below low the label is 0": [1, -1, -1, 1, -1]}
    checks.close(f"labels of {what}", labels, [1, -1, 0, 1, 0], mistakes=slips)
    checks.close(f"matched of {what}", matched, [0, 0, 0, 1, 1])
    both = checks.results(what, label_anchors(anchors, truth[:0], 0.3, 0.7), ["labels", "matched"])
    checks.close("labels and matched without true boxes", np.array(both), [[0] * 5, [-1] * 5])
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(anchors, truth, low, high):
        share = [[0.0] * len(anchors) for _ in truth]
        for k, (ax, ay, bx, by) in enumerate(truth.astype(float).tolist()):
            for n, (cx, cy, dx, dy) in enumerate(anchors.astype(float).tolist()):
                common = max(min(bx, dx) - max(ax, cx), 0.0) * max(min(by, dy) - max(ay, cy), 0.0)
                share[k][n] = common / ((bx - ax) * (by - ay) + (dx - cx) * (dy - cy) - common) if common else 0.0
        labels, matched = [0] * len(anchors), [-1] * len(anchors)
        for n in range(len(anchors)):
            fits = [row[n] for row in share]
            if fits:
                labels[n] = 1 if max(fits) >= high else -1 if max(fits) >= low else 0
                matched[n] = fits.index(max(fits))
        for k, row in enumerate(share):
            if max(row) > 0:
                labels[row.index(max(row))], matched[row.index(max(row))] = 1, k
        return np.array(labels), np.array(matched)

    def around(rng, n, k):
        first = rng.uniform(0, 20 + 4 * k, (k, 2))
        truth = np.hstack([first, first + rng.uniform(5, 30, (k, 2))])
        near = truth[rng.integers(0, k, n)] if k else np.tile([10.0, 10, 40, 40], (n, 1))
        low, high = np.sort(rng.uniform(0.1, 0.8, 2))
        return near + rng.normal(0, 4, (n, 4)).clip(-2.4, 2.4) * rng.integers(0, 2, (n, 1)), truth, low, high

    line = np.array([[0, 0, 4, 1], [2, 0, 6, 1], [0, 0, 4, 1], [3, 0, 7, 1], [90, 0, 94, 1], [0, 0, 4, 2]])
    cases = {f"with low {low}, high {high}": (line, line[:1], low, high) for low, high in ((0.2, 0.5), (0.5, 0.9))}
    cases |= {"with low = high": (line, line[:1], 0.5, 0.5), "with high = 1": (line, line[:2], 0.1, 1)}
    cases |= {"with equal anchors": (line[[4, 5, 5, 0, 0]], line[:1] + [0, 0, 1, 0], 0.85, 0.9)}
    cases |= {"with equal true boxes": (line, line[[0, 0, 1, 1]], 0.3, 0.7)}
    cases |= {"with one anchor for three true boxes": (line[1:2], line[[1, 0, 3]], 0.3, 0.7)}
    cases |= {"with an anchor that two true boxes need": (line[[4, 1, 4]], line[[3, 0]] + [0, 0, 0, 2], 0.3, 0.7)}
    for words, truth in (("an untouched true box", line[[4, 0]]), ("a true box without area", line[:1] * [1, 1, 0, 1])):
        cases |= {f"with {words}": (line[:4], truth, 0.3, 0.7)}
    cases |= {"with boxes that touch at an edge": (line[:1], line[:1] + [4, 0, 4, 0], 0.3, 0.7)}
    cases |= {"with a tiny IoU": (np.array([[0.0, 0, 1e-5, 1e-5]]), np.array([[0.0, 0, 900, 900]]), 0.3, 0.7)}
    cases |= {"with places below 0": (line - 50, line[[1, 3]] - 50, 0.3, 0.7)}
    sizes, returns = {"n": 300, "k": (0, 12)}, ["labels", "matched"]
    checks.agrees(label_anchors, pair_by_pair, around, sizes=sizes, returns=returns, cases=cases, apart=False)
    for each in (*label_anchors(line * 1.0, line[:1] * 1.0, 0.3, 0.7), *label_anchors(line, line[:0], 0.3, 0.7)):
        checks.whole("a label, or a row in matched", each[0])
    ### END HIDDEN TESTS

# %%
labelled = [label_anchors(ANCHORS, truth, 0.3, 0.5) for truth in boxes_train]
shares = [np.mean([np.mean(labels == label) for labels, _ in labelled]) for label in (1, 0, -1)]
print("positive {:.1%}, negative {:.1%}, ignored {:.1%} of the anchors".format(*shares))
figure, axes = plt.subplots(1, 4, figsize=(8, 2.4))
for number, axis in enumerate(axes):
    positive = ANCHORS[labelled[number][0] == 1]
    show(axis, X_train[number], positive, boxes_train[number], f"{len(positive)} positive anchors")
plt.show()

# %% [markdown]
# *What to notice.* Our anchors are few, so we take `high` = 0.5 (the paper takes 0.7). Even so, fewer than 2 of 100 anchors are positive. They lie around the objects, but hardly any of them *is* the true box: something must still move them.
#
# ## 3. From an anchor to a box
#
# *How does the network say how to move an anchor?*
#
# By four numbers, the **deltas**. Let $(x_a, y_a, w_a, h_a)$ be centre and size of the anchor, and $(x, y, w, h)$ those of the box:
#
# $$t_x = \frac{x - x_a}{w_a}, \qquad t_y = \frac{y - y_a}{h_a}, \qquad t_w = \log \frac{w}{w_a}, \qquad t_h = \log \frac{h}{h_a} .$$
#
# The shift is measured in widths and heights of the anchor, so that it means the same for small and large anchors. The logarithm makes twice as wide and half as wide equally far from 0, and no answer can give a size below 0. The way back solves for the box: $x = x_a + t_x w_a$, $w = w_a e^{t_w}$, and so on. Both ways together change nothing.
#
# *On paper.* The anchor $(0, 0, 20, 10)$ has the centre $(10, 5)$ and the size $(20, 10)$. The box $(8, 4, 18, 24)$ has the centre $(13, 14)$ and the size $(10, 20)$. So $t = \left(\frac{3}{20}, \; \frac{9}{10}, \; \log \frac12, \; \log 2\right) = (0.15, \; 0.9, \; -0.693, \; 0.693)$.
#
# ### Exercise 3: `box_deltas`


# %% exercise="box_deltas"
def box_deltas(anchors, boxes):
    """The deltas that turn each anchor into the box in the same row.

    Args:
        anchors, boxes: corners, each of shape (n, 4), n >= 0, floats or whole numbers.

    Returns:
        tx, ty, tw, th for each row, a new array of floats, shape (n, 4).

    Raises:
        ValueError: an anchor or a box has x1 >= x2 or y1 >= y2 (a box without area has no logarithm).

    Example:
        box_deltas(np.array([[0, 0, 20, 10]]), np.array([[8, 4, 18, 24]])) is [[0.15, 0.9, -0.693, 0.693]].
    """
    # 1. Centres and sizes, by convert_boxes. Is one size not above 0? 2. The shifts. 3. The logarithms.
    ### BEGIN SOLUTION
    anchors, boxes = convert_boxes(anchors, "center"), convert_boxes(boxes, "center")
    if np.any(anchors[:, 2:] == 0) or np.any(boxes[:, 2:] == 0):
        raise ValueError("an anchor or a box has no area")
    shifts = (boxes[:, :2] - anchors[:, :2]) / anchors[:, 2:]
    return np.hstack([shifts, np.log(boxes[:, 2:] / anchors[:, 2:])])
    ### END SOLUTION


# %% check="box_deltas" points=1
with checks.exercise("box_deltas"):
    anchors, boxes = np.array([[0.0, 0, 20, 10], [4, 4, 6, 9]]), np.array([[8.0, 4, 18, 24], [4, 5, 6, 10]])
    checks.unchanged(box_deltas, anchors, boxes)
    right = np.array([[0.15, 0.9, -np.log(2), np.log(2)], [0, 0.2, 0, 0]])
    slips = {"divide by the sizes of the anchor": [[0.3, 0.45, -np.log(2), np.log(2)], [0, 0.2, 0, 0]]}
    slips |= {"from the anchor to the box": [[-0.3, -0.45, np.log(2), -np.log(2)], [0, -0.2, 0, 0]]}
    slips |= {"from centre to centre": [[0.4, 0.4, -np.log(2), np.log(2)], [0, 0.2, 0, 0]]}
    slips |= {"the logarithm is missing": [[0.15, 0.9, 0.5, 2], [0, 0.2, 1, 1]]}
    checks.close("box_deltas of two anchors and boxes", box_deltas(anchors, boxes), right, mistakes=slips)
    checks.raises("a box without width", ValueError, box_deltas, anchors, boxes[:, [0, 1, 0, 3]])
    ### BEGIN HIDDEN TESTS

    def row_by_row(anchors, boxes):
        rows = []
        for (ax, ay, bx, by), (cx, cy, dx, dy) in zip(anchors.tolist(), boxes.tolist(), strict=True):
            wide, high = float(bx - ax), float(by - ay)
            shifts = [((cx + dx) - (ax + bx)) / (2 * wide), ((cy + dy) - (ay + by)) / (2 * high)]
            rows.append([*shifts, np.log(dx - cx) - np.log(wide), np.log(dy - cy) - np.log(high)])
        return np.array(rows, dtype=float).reshape(-1, 4)

    def two_boxes(rng, n):
        first, sides = rng.uniform(-50, 400, (2, n, 2)), 10 ** rng.uniform(0.6, 2.5, (2, n, 2))
        return tuple(np.hstack([a, a + s]) for a, s in zip(first, sides, strict=True))

    cases = {"without boxes": (np.zeros((0, 4)), np.zeros((0, 4))), "with equal boxes": (anchors, anchors.copy())}
    cases |= {"with the centre 0": (np.array([[-2, -3, 2, 3]]), np.array([[-1, -5, 1, 5]]))}
    cases |= {"with tiny boxes": (anchors * 1e-9, boxes * 1e-9), "with a tiny and a large box": (anchors, boxes * 1e7)}
    checks.agrees(box_deltas, row_by_row, two_boxes, sizes={"n": 1030}, types=["anchors", "boxes"], cases=cases)
    for bad in ([1, 1, 1, 5], [1, 3, 4, 3], [5, 1, 2, 3], [1, 5, 2, 3], [5, 5, 2, 3]):
        rows = np.array([[0, 0, 2, 3], bad])
        checks.raises(f"a box {bad} among others", ValueError, box_deltas, rows[[0, 0]], rows)
        checks.raises(f"an anchor {bad} among others", ValueError, box_deltas, rows, rows[[0, 0]])
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4: `apply_deltas`


# %% exercise="apply_deltas"
def apply_deltas(anchors, deltas):
    """The boxes into which the deltas turn the anchors: the way back of box_deltas.

    Args:
        anchors: corners x1 < x2 and y1 < y2, shape (n, 4), n >= 0, floats or whole numbers.
        deltas: tx, ty, tw, th for each row, any real numbers (tw and th up to about 20), floats or whole numbers,
            shape (n, 4).

    Returns:
        The corners of the boxes, a new array of floats, shape (n, 4). Nothing is cut off.

    Example:
        apply_deltas(np.array([[0, 0, 20, 10]]), np.array([[0.15, 0.9, 0, 0]])) is [[3, 9, 23, 19]].
    """
    # 1. Centre and size of the anchors. 2. Those of the boxes. 3. Corners again.
    ### BEGIN SOLUTION
    anchors = convert_boxes(anchors, "center")
    centers = anchors[:, :2] + deltas[:, :2] * anchors[:, 2:]
    return convert_boxes(np.hstack([centers, anchors[:, 2:] * np.exp(deltas[:, 2:])]), "corner")
    ### END SOLUTION


# %% check="apply_deltas" points=1
with checks.exercise("apply_deltas"):
    anchors = np.array([[0.0, 0, 20, 10], [4, 4, 6, 9]])
    deltas = np.array([[0.15, 0.9, -np.log(2), np.log(2)], [0, 0.2, 0, 0]])
    checks.unchanged(apply_deltas, anchors, deltas)
    slips = {"these are centre and size": [[13, 14, 10, 20], [5, 7.5, 2, 5]]}
    slips |= {"the shift is in sizes of the anchor": [[5.15, -4.1, 15.15, 15.9], [4, 4.2, 6, 9.2]]}
    slips |= {"the shift is in sizes of the anchor, not of the box": [[6.5, 13, 16.5, 33], [4, 5, 6, 10]]}
    slips |= {"the way back of the logarithm is exp": [[19.9, 10.5, 6.1, 17.5], [5, 7.5, 5, 7.5]]}
    right = [[8, 4, 18, 24], [4, 5, 6, 10]]
    checks.close("apply_deltas of two anchors", apply_deltas(anchors, deltas), right, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def corner_by_corner(anchors, deltas):
        boxes = np.zeros((len(anchors), 4))
        for row, (a, t) in enumerate(zip(anchors.tolist(), deltas.tolist(), strict=True)):
            for axis in (0, 1):
                side = float(a[axis + 2] - a[axis])
                for corner in (0, 1):
                    stretch = (corner - 0.5) * float(np.exp(float(t[axis + 2])))
                    boxes[row, axis + 2 * corner] = a[axis] + side * (0.5 + t[axis] + stretch)
        return boxes

    def moved(rng, n):
        first = rng.uniform(-50, 400, (n, 2))
        return np.hstack([first, first + 10 ** rng.uniform(0.6, 2.5, (n, 2))]), rng.normal(0, 1, (n, 4))

    cases = {"without boxes": (np.zeros((0, 4)), np.zeros((0, 4))), "with deltas of 0": (anchors, 0 * deltas)}
    cases |= {"with tiny anchors": (anchors * 1e-9, deltas), "with large deltas": (anchors, deltas * 9 + 12)}
    cases |= {"with whole deltas": (anchors, np.array([[1, -2, 3, 0], [0, 1, -1, 2]]))}
    domain = {"types": ["anchors", "deltas"], "cases": cases, "rtol": 1e-8}
    checks.agrees(apply_deltas, corner_by_corner, moved, sizes={"n": 1030}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Learn from a balanced sample
#
# *Fewer than 2 of 100 anchors are positive. What would a network learn from all of them?*
#
# To say "nothing" everywhere, for then it is right nearly always. So each step draws a small sample of $n$ anchors from each picture, in which at most one of `part` is positive. The RPN takes $n = 256$ and `part` = 2, at most half. The second stage of Fast R-CNN takes `part` = 4: one positive to three negatives. If there are too few positives, more negatives fill the sample. Ignored anchors are never drawn.
#
# *On paper.* $n = 7$, `part` = 2, with 2 positive, 100 negative and 5 ignored anchors. At most $\lfloor 7 / 2 \rfloor = 3$ may be positive, but there are 2 only: so 2 positives and 5 negatives.
#
# ### Exercise 5: `sample_anchors`


# %% exercise="sample_anchors"
def sample_anchors(labels, n, part, rng):
    """Draws the anchors from which one step learns.

    Args:
        labels: 1 (positive), 0 (negative) or -1 (ignored), whole numbers, shape (N,), N >= 0.
        n: how many to draw at most, a whole number >= 1.
        part: at most n // part of them may be positive, a whole number >= 1.
        rng: a NumPy Generator, the only source of randomness. It moves on: the next call draws anew.

    Returns:
        The rows that are drawn, all different, whole numbers, in any order, an array of shape (k,). Of the positives
        n // part, or all if there are fewer; the rest up to n are negatives, or all negatives if there are fewer.
        Each choice of so many positives and so many negatives has the same chance.

    Example:
        of the labels [1, 0, 1, -1, 0, 1], n = 3 and part = 2 give one of the rows 0, 2, 5, and both rows 1 and 4.
    """
    # 1. The rows of the positives and of the negatives. 2. How many of each? 3. Draw without replacement.
    ### BEGIN SOLUTION
    positive, negative = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    positive = rng.permutation(positive)[: n // part]
    return np.concatenate([positive, rng.permutation(negative)[: n - len(positive)]])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.flatnonzero(labels == 1)` gives the rows of the positives. `rng.permutation(rows)[:k]` draws $k$ of them without replacement, or all if there are fewer. The number of negatives depends on how many positives you have *got*.
# </details>

# %% check="sample_anchors" points=2
with checks.exercise("sample_anchors"):
    checks.unchanged(sample_anchors, np.array([1, 0, -1, 0, 1, 0, 0]), 4, 2, np.random.default_rng(0))
    wanted = {(9, 30, 5, 8, 2): (4, 4), (2, 30, 5, 7, 2): (2, 5), (9, 30, 0, 8, 4): (2, 6), (9, 1, 9, 8, 2): (4, 1)}
    for (*counts, n, part), numbers in wanted.items():
        labels = np.random.default_rng(n).permutation(np.repeat([1, 0, -1], counts))
        what = f"a sample of {n}, part = {part}, from {counts[0]} positives, {counts[1]} negatives, {counts[2]} ignored"
        rows = np.asarray(sample_anchors(labels, n, part, np.random.default_rng(1)))
        checks.that(np.all(labels[rows] >= 0), f"{what}: it holds an ignored anchor")
        checks.that(len(set(rows.tolist())) == len(rows), f"{what}: a row comes twice")
        found = int(np.sum(labels[rows] == 1)), int(np.sum(labels[rows] == 0))
        checks.equal(f"{what}: positives and negatives", found, numbers)
    ### BEGIN HIDDEN TESTS
    plans = "0 9 3 6 2, 5 0 3 6 2, 5 9 0 7 3, 3 4 2 99 2, 6 8 2 1 2, 6 8 2 5 1, 3 8 2 5 1, 3 8 2 2 7, 0 0 4 6 2, 0 0 0 6 2, "
    for plan in (plans + "0 1 0 5 2, 200 3000 9 256 2").split(", "):
        *counts, n, part = (int(number) for number in plan.split())
        positives = min(counts[0], n // part)
        wanted = positives, min(counts[1], n - positives)
        labels = np.random.default_rng(n).permutation(np.repeat([1, 0, -1], counts)).repeat(2)[::2]
        labels.flags.writeable = False
        what = f"a sample with n = {n}, part = {part}, of {counts}"
        rows = sample_anchors(labels, n, part, np.random.default_rng(2))
        checks.shape(what, rows, (sum(wanted),))
        if len(rows):
            checks.whole(f"a row of {what}", rows[0])
        rows = rows.astype(int)
        different = len(set(rows.tolist())) == len(rows) and np.all(rows >= 0)
        checks.that(different, f"{what}: a row comes twice, or is below 0")
        checks.equal(what, (int(np.sum(labels[rows] == 1)), int(np.sum(labels[rows] == 0))), wanted)
        again = sample_anchors(labels, n, part, np.random.default_rng(2))
        checks.equal(f"{what}, again with the same rng", again.tolist(), rows.tolist())
        checks.that(not np.shares_memory(labels, again), f"{what}: this is labels itself; return a new array")
    labels, rng = np.random.default_rng(5).permutation(np.repeat([1, 0, -1], (12, 12, 6))), np.random.default_rng(3)
    drawn = np.zeros((800, len(labels)))
    for each in drawn:
        each[sample_anchors(labels, 8, 2, rng)] = 1
    chance = np.choose(labels + 1, [0, 4 / 12, 4 / 12])
    far = np.abs(drawn.mean(axis=0) - chance) > 5 * np.sqrt(chance * (1 - chance) / len(drawn))
    checks.that(not np.any(far), "800 samples: some rows are drawn too often or too seldom")
    both = chance * chance[:, np.newaxis]
    for label in (0, 1):
        both[np.outer(labels == label, labels == label)] = 4 * 3 / (12 * 11)
    far = np.abs(drawn.T @ drawn / len(drawn) - both) > 6 * np.sqrt(both / len(drawn))
    checks.that(not np.any(np.triu(far, 1)), "800 samples: some rows come together too often or too seldom")
    together = np.mean(np.sum(drawn[1:] * drawn[:-1], axis=1)) - np.sum(chance**2)
    checks.that(abs(together) < 0.22, "800 samples, one rng: a sample depends on the one before; draw anew")
    ### END HIDDEN TESTS

# %% [markdown]
# The loss of a picture asks both questions. Let $S$ be the sampled anchors, $k$ their number, $z_i$ the score of anchor $i$, $y_i$ its label, $t_i$ the deltas that the network answers and $t_i^*$ their targets. The **objectness** has the log loss of course 1, for all of the sample. The deltas have the smooth L1 loss $\ell$ of lesson 01 with $\beta = 1$, **for the positives of the sample only**: a negative anchor has no box to which it could move. Both are divided by $k$.
#
# $$J = \frac{1}{k} \sum_{i \in S} \big[ \log(1 + e^{z_i}) - y_i z_i \big] + \frac{\lambda}{k} \sum_{i \in S, \; y_i = 1} \; \sum_{c \in \{x, y, w, h\}} \ell(t_{ic} - t^*_{ic})$$
#
# The derivatives: $\dfrac{\partial J}{\partial z_i} = \dfrac{\sigma(z_i) - y_i}{k}$ for $i$ in $S$, $\dfrac{\partial J}{\partial t_{ic}} = \dfrac{\lambda}{k} \, \ell'(t_{ic} - t^*_{ic})$ for the positives of $S$, and 0 for all others.
#
# *On paper.* A sample of two anchors, $\lambda = 2$. The first is positive, its score is 0, and its deltas are off by $(0.5, -2, 0, 0)$. The second is negative, its score is $-\log 3$. Objectness: $\frac12 \left( \log 2 + \log \frac43 \right) = 0.490$. Deltas: $\frac22 \left( \frac{0.25}{2} + 1.5 \right) = 1.625$. So $J = 2.115$, with the derivatives $\frac{0.5 - 1}{2} = -0.25$ and $\frac{0.25 - 0}{2} = 0.125$ for the scores, and $(0.5, -1, 0, 0)$ for the deltas.
#
# ### Exercise 6: `rpn_loss`


# %% exercise="rpn_loss"
def rpn_loss(scores, deltas, labels, targets, rows, box_weight):
    """The cost of a proposal network on a picture, and its gradient.

    Args:
        scores: z of the n anchors, any real numbers (also 1000 or -1000), floats or whole numbers, shape (n,).
        deltas: the deltas that the network answers, floats or whole numbers, shape (n, 4).
        labels: 1, 0 or -1, whole numbers, shape (n,).
        targets: the deltas that would be right, floats, shape (n, 4). Only those of sampled positives mean something:
            the others may be anything, also NaN.
        rows: the sampled anchors, all different, with labels 1 or 0, in any order, whole numbers, shape (k,), k >= 1.
        box_weight: lambda in the formula, a number >= 0.

    Returns:
        J, a number; dscores, shape (n,), and ddeltas, shape (n, 4), its derivatives with respect to scores and deltas,
        new arrays of floats.

    Example:
        for scores [0, -log 3], deltas [[0.5, -2, 0, 0], [0, 0, 0, 0]], labels [1, 0], targets of 0, rows [0, 1] and
        box_weight 2: 2.115, [-0.25, 0.125], [[0.5, -1, 0, 0], [0, 0, 0, 0]].
    """
    # 1. The log loss of the sampled anchors. 2. The smooth L1 loss of the positives among them.
    # 3. The derivatives, into arrays of zeros.
    ### BEGIN SOLUTION
    z, y = scores[rows], labels[rows]
    positive = rows[y == 1]
    losses, slopes = smooth_l1(deltas[positive] - targets[positive], 1)
    dscores, ddeltas = np.zeros(scores.shape), np.zeros(deltas.shape)
    dscores[rows] = (np.exp(-np.logaddexp(0, -z)) - y) / len(rows)
    ddeltas[positive] = box_weight * slopes / len(rows)
    J = (np.sum(np.logaddexp(0, z) - y * z) + box_weight * np.sum(losses)) / len(rows)
    return float(J), dscores, ddeltas
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `z = scores[rows]` and `y = labels[rows]` are the scores and labels of the sample. `np.logaddexp(0, z)` is $\log(1 + e^z)$ without overflow. $\sigma(z) = e^{-\log(1 + e^{-z})}$ does not overflow either.
#
# `positive = rows[y == 1]` are the rows for the deltas. Take these rows out of `deltas` and `targets` *before* you compute anything, for the other targets may be NaN. `smooth_l1(error, 1)` returns the losses and the slopes. Write the derivatives back with `dscores[rows] = ...`.
# </details>

# %% check="rpn_loss" points=3
with checks.exercise("rpn_loss"):
    scores, labels = np.array([-np.log(3), 0, 2, 5]), np.array([0, 1, -1, 1])
    deltas, targets = np.array([[3.0, 1, 1, 1], [1, -1, 2, 3], [5, 5, 5, 5], [1, 1, 1, 1]]), np.full((4, 4), np.nan)
    targets[1], rows = [0.5, 1, 2, 3], np.array([1, 0])
    given, names = (scores, deltas, labels, targets, rows, 2.0), ["J", "dscores", "ddeltas"]
    checks.unchanged(rpn_loss, *given)
    what = "rpn_loss of four anchors, two of them sampled,"
    J, dscores, ddeltas = checks.results(what, rpn_loss(*given), names)
    checks.that(np.all(np.isfinite(J)), f"{what} is {J}: targets of other rows than the sampled positives may be NaN")
    log_loss = np.log(2) / 2 + np.log(4 / 3) / 2
    slips = {"divide the deltas' part by the sample": log_loss + 3.25, "divide by the sample": log_loss / 2 + 0.8125}
    slips |= {"box_weight is missing": log_loss + 0.8125, "the sum over four deltas, not the mean": log_loss + 0.40625}
    checks.close(f"J of {what}", J, log_loss + 1.625, mistakes=slips)
    checks.close(f"dscores of {what}", dscores, [0.125, -0.25, 0, 0])
    checks.close(f"ddeltas of {what}", ddeltas, [[0] * 4, [0.5, -1, 0, 0], [0] * 4, [0] * 4])
    ### BEGIN HIDDEN TESTS

    def anchor_by_anchor(scores, deltas, labels, targets, rows, box_weight):
        k, J, dscores, ddeltas = len(rows), 0.0, np.zeros(len(scores)), np.zeros((len(scores), 4))
        for row in rows.tolist():
            z, y = float(scores[row]), int(labels[row])
            wrong = -z if y == 1 else z
            small = np.exp(-abs(wrong))
            J += (max(wrong, 0.0) + np.log1p(small)) / k
            slope = 1 / (1 + small) if wrong > 0 else small / (1 + small)
            dscores[row] = (-slope if y == 1 else slope) / k
            for c in range(4 if y == 1 else 0):
                e = float(deltas[row, c]) - float(targets[row, c])
                J += box_weight / k * (e * e / 2 if -1 < e < 1 else abs(e) - 0.5)
                ddeltas[row, c] = box_weight / k * max(-1.0, min(1.0, e))
        return J, dscores, ddeltas

    def answers(rng, n, k):
        labels = rng.integers(-1, 2, n + k)
        rows = rng.permutation(n + k)[:k]
        labels[rows] = rng.integers(0, 2, k)
        targets = np.where(rng.uniform(size=(n + k, 1)) < 0.5, np.nan, rng.normal(0, 1, (n + k, 4)))
        wanted = rows[labels[rows] == 1]
        targets[wanted] = rng.normal(0, 1, (len(wanted), 4))
        return rng.normal(0, 3, n + k), rng.normal(0, 1, (n + k, 4)), labels, targets, rows, float(rng.uniform(0.2, 9))

    few = np.arange(4)
    cases = {"with scores up to 1000": (scores * 200, deltas, np.array([0, 1, 0, 1]), deltas + 0.3, few, 1)}
    cases |= {"with scores down to -1000": (scores * -200, deltas, np.array([0, 1, 0, 1]), deltas + 0.3, few, 1)}
    cases |= {"with negatives only": (scores, deltas, 0 * few, targets, few[[3, 0, 1]], 3)}
    cases |= {"with positives only": (scores, deltas, 0 * few + 1, deltas - 2, few, 0.5)}
    cases |= {"with box_weight 0": (scores, deltas, 0 * few + 1, deltas - 0.2, few, 0)}
    cases |= {"with deltas off by 1 and -1": (scores, deltas, 0 * few + 1, deltas + [1, -1, 1, -1], few, 2)}
    cases |= {"with one row": (scores, deltas, labels, targets, few[1:2], 2.0)}
    cases |= {"with one anchor": (scores[:1], deltas[:1], few[1:2], deltas[:1] - 0.2, few[:1], 2)}
    cases |= {"with whole numbers": (few - 1, np.arange(16).reshape(4, 4), few % 2, deltas * 4, few, 3)}
    sizes = {"n": 300, "k": 120}
    checks.agrees(rpn_loss, anchor_by_anchor, answers, sizes=sizes, returns=names, cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# The large network is SqueezeNet, which others have trained on photographs of a thousand classes. It stays **frozen**: it runs once on each picture, and we keep its feature map of $12 \times 12$ cells with 256 channels (its layer `fire5`). The RPN is a head of three small convolutions: $1 \times 1$ with 64 filters, $3 \times 3$ with 64 filters, and $1 \times 1$ with $9 \cdot 5$ filters. For each of the nine anchors of a cell it answers one score and four deltas. All of it is float32.


# %%
def feature_maps(images):
    """The features (m, 12, 12, 256) of pictures (m, 102, 102, 3), float32."""
    weights, found = data.load_weights("squeezenet"), []
    for start in tqdm(range(0, len(images), 25), desc="features", file=sys.stdout, leave=False):
        found.append(squeezenet.activations(images[start : start + 25], weights, ("fire5",))["fire5"] / np.float32(50))
    return np.concatenate(found)


def initialize(seed):
    """Weights after He, small ones in the last layer, and biases of 0, float32."""
    rng, parameters = np.random.default_rng(seed), {}
    for layer, shape in enumerate([(1, 1, 256, 64), (3, 3, 64, 64), (1, 1, 64, 45)], start=1):
        spread = np.sqrt(2 / np.prod(shape[:-1])) * (0.1 if layer == 3 else 1)
        parameters[f"W{layer}"] = rng.normal(0, spread, shape).astype(np.float32)
        parameters[f"b{layer}"] = np.zeros(shape[-1], dtype=np.float32)
    return parameters


def forward(F, parameters):
    """A score and four deltas for each anchor, (m, 1296, 5), in the order of ANCHORS, and a cache."""
    A1 = np.maximum(conv_forward_fast(F, parameters["W1"], parameters["b1"], 1, 0), 0)
    A2 = np.maximum(conv_forward_fast(A1, parameters["W2"], parameters["b2"], 1, 1), 0)
    return conv_forward_fast(A2, parameters["W3"], parameters["b3"], 1, 0).reshape(len(F), -1, 5), (F, A1, A2)


# %%
def backward(dZ, parameters, cache):
    """The gradients of all parameters from the derivative with respect to the answers."""
    (F, A1, A2), grads = cache, {}
    dA2, grads["dW3"], grads["db3"] = conv_backward(dZ.reshape(*A2.shape[:3], 45), A2, parameters["W3"], 1, 0)
    dA1, grads["dW2"], grads["db2"] = conv_backward(dA2 * (A2 > 0), A1, parameters["W2"], 1, 1)
    _, grads["dW1"], grads["db1"] = conv_backward(dA1 * (A1 > 0), F, parameters["W1"], 1, 0)
    return grads


def train(F, labels, targets, seed, epochs=6, size=20, rate=2e-3):
    """Adam with a rate that falls to 0; from each picture of a batch 32 anchors, at most half of them positive."""
    rng, parameters, per_epoch, costs = np.random.default_rng(seed), initialize(seed), len(F) // size, []
    v = s = {f"d{key}": 0 * value for key, value in parameters.items()}
    for step in tqdm(range(epochs * per_epoch), desc="training", file=sys.stdout, leave=False):
        if step % per_epoch == 0:
            order = rng.permutation(len(F))
        batch = order[step % per_epoch * size :][:size]
        Z, cache = forward(F[batch], parameters)
        dZ, J = np.zeros_like(Z), 0.0
        for dz, z, i in zip(dZ, Z.astype(float), batch, strict=True):
            rows = sample_anchors(labels[i], 32, 2, rng)
            cost, dz[:, 0], dz[:, 1:] = rpn_loss(z[:, 0], z[:, 1:], labels[i], targets[i], rows, 1.0)
            J += cost / size
        now = float(rate * (1 + np.cos(np.pi * step / (epochs * per_epoch))) / 2)
        parameters, v, s = adam_step(parameters, backward(dZ / size, parameters, cache), v, s, step + 1, now)
        costs.append(J)
    return parameters, costs


# %%
targets = [box_deltas(ANCHORS, truth[match]) for truth, (_, match) in zip(boxes_train, labelled, strict=True)]
F_train, F_test = feature_maps(X_train), feature_maps(X_test)
rpn, costs = train(F_train, [labels for labels, _ in labelled], targets, seed=0)
print(f"cost of the first 20 steps {np.mean(costs[:20]):.2f}, of the last 20 steps {np.mean(costs[-20:]):.2f}")

# %% [markdown]
# ## 5. From answers to proposals
#
# *1,296 answers: which of them go on?*
#
# Move the anchors by their deltas, and cut the boxes off at the edges of the picture: a corner below 0 becomes 0, one beyond the width or the height becomes the width or the height. If nothing is left of a box, it is dropped. Of the others take the best by their scores, before non-max suppression, for that is slow with many boxes. Then suppress, and keep the best again. NMS has a high threshold here, 0.7: a proposal too many costs little, an object that is lost now is never found.
#
# *On paper.* A picture of 40 × 60 pixels ($n_H \times n_W$). The anchor $(30, 20, 50, 40)$ with the deltas $(0.5, \; 0.5, \; \log 2, \; \log 2)$ becomes $(30, 20, 70, 60)$, cut off $(30, 20, 60, 40)$. The box $(-30, 0, -10, 10)$ becomes $(0, 0, 0, 10)$: it has no area, and is dropped.
#
# ### Exercise 7: `proposals`


# %% exercise="proposals"
def proposals(anchors, scores, deltas, size, before, overlap, after):
    """The proposals for a picture, the best first.

    Args:
        anchors: corners x1 < x2 and y1 < y2, shape (n, 4), n >= 0.
        scores: any real numbers, shape (n,).
        deltas: as in apply_deltas, shape (n, 4).
        size: the size (n_H, n_W) of the picture in pixels, a tuple of numbers above 0.
        before: how many boxes at most go into non-max suppression, a whole number >= 1.
        overlap: the IoU above which the box with the lower score is dropped, 0 <= overlap <= 1.
        after: how many proposals there are at most, a whole number >= 1.

    Returns:
        boxes: the corners of the proposals, cut off at the edges of the picture, floats, shape (k, 4).
        scores: their scores, as they were given, shape (k,), the best first. Of equal scores the earlier anchor first.
        A box whose width or height is 0 after it is cut off is dropped first: it is not one of the `before`.

    Example:
        for the anchors [[0, 0, 20, 20], [2, 0, 22, 20], [50, 0, 70, 20]] with deltas of 0 and the scores
        [0.6, 0.9, 0.8], size (40, 60), before 9, overlap 0.7 and after 9:
        [[2, 0, 22, 20], [50, 0, 60, 20]] and [0.9, 0.8].
    """
    # 1. Move the anchors, cut the boxes off. 2. Which have an area? Of these the best `before`. 3. NMS, then `after`.
    ### BEGIN SOLUTION
    boxes = np.clip(apply_deltas(anchors, deltas), 0, [size[1], size[0], size[1], size[0]])
    rows = np.flatnonzero((boxes[:, 0] < boxes[:, 2]) & (boxes[:, 1] < boxes[:, 3]))
    rows = rows[np.argsort(-scores[rows], kind="stable")][:before]
    rows = rows[nms(boxes[rows], scores[rows], overlap)][:after]
    return boxes[rows], scores[rows]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.clip(boxes, 0, [n_W, n_H, n_W, n_H])` cuts all boxes off at once. Mind the order in `size`. Work with row numbers: `rows = np.flatnonzero(...)`, then `rows = rows[np.argsort(-scores[rows], kind="stable")][:before]`. `nms(boxes[rows], scores[rows], overlap)` counts within these rows: index `rows` with its result.
# </details>

# %% check="proposals" points=2
with checks.exercise("proposals"):
    anchors = np.array([[0.0, 0, 20, 20], [-30, 0, -10, 10], [2, 0, 22, 20], [30, 20, 50, 40]])
    scores, deltas = np.array([0.6, 0.95, 0.9, 0.8]), np.zeros((4, 4))
    deltas[3] = 0.5, 0.5, np.log(2), np.log(2)
    right = np.array([[0.0, 0, 20, 20], [0, 0, 0, 10], [2, 0, 22, 20], [30, 20, 60, 40]])
    checks.unchanged(proposals, anchors, scores, deltas, (40, 60), 9, 0.7, 9)
    names, what = ["boxes", "scores"], "proposals of four anchors"
    wanted = {(9, 0.7, 9): [2, 3], (2, 0.7, 9): [2, 3], (9, 0.7, 1): [2], (9, 0.9, 9): [2, 3, 0]}
    for (before, overlap, after), expected in wanted.items():
        this = f"{what} with before {before}, overlap {overlap}, after {after}"
        boxes, best = checks.results(this, proposals(anchors, scores, deltas, (40, 60), before, overlap, after), names)
        checks.that(len(best) == 0 or best[0] != 0.95, f"{this}: nothing is left of row 1 in the picture; drop it")
        checks.that(before > 2 or len(best) == 2, f"{this}: row 1 has no area; drop it before you count")
        checks.close(f"scores of {this}", best, scores[expected])
        slips = {"cut off at n_W in x and n_H in y": [[2, 0, 22, 20], [30, 20, 40, 60]]}
        slips |= {"cut the boxes off at the edges": [[2, 0, 22, 20], [30, 20, 70, 60]]}
        checks.close(f"boxes of {this}", boxes, right[expected], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def greedily(anchors, scores, deltas, size, before, overlap, after):
        boxes = []
        for row, ((ax, ay, bx, by), t) in enumerate(zip(anchors.tolist(), deltas.tolist(), strict=True)):
            x, y = (ax + bx) / 2 + t[0] * (bx - ax), (ay + by) / 2 + t[1] * (by - ay)
            w, h = (bx - ax) * np.exp(t[2]), (by - ay) * np.exp(t[3])
            x1, x2 = (min(max(edge, 0.0), size[1]) for edge in (x - w / 2, x + w / 2))
            y1, y2 = (min(max(edge, 0.0), size[0]) for edge in (y - h / 2, y + h / 2))
            if (x2 - x1) * (y2 - y1) > 0:
                boxes.append((-float(scores[row]), row, (x1, y1, x2, y2)))
        kept = []
        for _, row, (ax, ay, bx, by) in sorted(boxes)[:before]:
            for _, (cx, cy, dx, dy) in kept:
                common = max(min(bx, dx) - max(ax, cx), 0.0) * max(min(by, dy) - max(ay, cy), 0.0)
                if common > overlap * ((bx - ax) * (by - ay) + (dx - cx) * (dy - cy) - common):
                    break
            else:
                kept.append((row, (ax, ay, bx, by)))
        kept = kept[:after]
        return np.array([box for _, box in kept], dtype=float).reshape(-1, 4), scores[[row for row, _ in kept]]

    def answered(rng, n, before, after):
        n_H, n_W = (int(k) for k in rng.integers(40, 200, 2))
        first = rng.uniform(-0.3, 1, (n, 2)) * [n_W, n_H]
        anchors, scores = np.hstack([first, first + rng.uniform(5, 90, (n, 2))]), rng.normal(0, 2, n).round(1)
        return anchors, scores, rng.normal(0, 0.3, (n, 4)), (n_H, n_W), before, float(rng.uniform(0.1, 0.8)), after

    zero = np.zeros((5, 4))
    line = np.array([[0.0, 0, 4, 2], [0, 0, 4, 1], [8, 0, 12, 2], [8, 0, 12, 2], [-3, -3, 4, 2]])
    cases = {"without anchors": (line[:0], scores[:0], zero[:0], (9, 7), 5, 0.5, 5)}
    cases |= {"with an IoU equal to overlap": (line, np.arange(5.0), zero, (20, 30), 9, 0.5, 9)}
    cases |= {"with equal scores": (line, 0 * np.arange(5.0) - 900, zero, (20, 30), 3, 0.3, 2)}
    moves = {"outside": [50, 0, 50, 0], "at the right edge": [30, 0, 30, 0], "at the lower edge": [0, 20, 0, 20]}
    for where, move in moves.items():
        cases |= {f"with boxes {where}": (line + move, np.arange(5.0), zero, (20, 30), 9, 0.5, 9)}
    cases |= {"with slim boxes": (line * [1, 1e-7, 1, 1e-7], np.arange(5.0), zero, (20, 30), 9, 0.5, 9)}
    cases |= {"with overlap 1": (line, np.arange(5.0), zero, (20, 30), 9, 1, 9)}
    cases |= {"with whole numbers": (line.astype(int), np.arange(5), zero + 0.1, (20, 11), 9, 0.5, 9)}
    sizes, domain = {"n": 130, "before": 60, "after": 40}, {"returns": names, "cases": cases, "apart": False}
    checks.agrees(proposals, greedily, answered, sizes=sizes, **domain, rtol=1e-8)
    ### END HIDDEN TESTS

# %% [markdown]
# How good is a list of proposals? By its **recall**: the share of the true boxes that at least one of the first $N$ proposals hits, that is, with an IoU of at least 0.5. (Precision does not matter yet; the next stage throws wrong ones away.) We compare the trained RPN with the same network before training, and with boxes drawn at random places in random sizes.


# %%
def recalls(found, truths, numbers, least=0.5):
    """The share of true boxes that one of the first N proposals of their picture hits, for each N in numbers."""
    hits = [iou(box, boxes) >= least for boxes, truth in zip(found, truths, strict=True) for box in truth]
    return [np.mean([np.any(hit[:number]) for hit in hits]) for number in numbers]


def random_boxes(n, size, low, high, rng):
    """n boxes with sides from low to high, somewhere in a picture of the size (n_H, n_W)."""
    sides = np.exp(rng.uniform(np.log(low), np.log(high), (n, 2)))
    first = rng.uniform(0, 1, (n, 2)) * (np.array([size[1], size[0]]) - sides)
    return np.hstack([first, first + sides])


def propose(F, parameters):
    """Up to 300 proposals for each picture."""
    Z = forward(F, parameters)[0].astype(float)
    return [proposals(ANCHORS, z[:, 0], z[:, 1:], (SIDE, SIDE), 1000, 0.7, 300)[0] for z in Z]


rng, numbers = np.random.default_rng(0), np.array([1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300])
found = {"RPN": propose(F_test, rpn), "RPN before training": propose(F_test, initialize(1))}
found["random boxes"] = [random_boxes(300, (SIDE, SIDE), 12, 51, rng) for _ in X_test]

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharey=True)
for axis, least in zip(axes, (0.5, 0.7), strict=True):
    for name, boxes in found.items():
        values = recalls(boxes, boxes_test, numbers, least)
        axis.semilogx(numbers, values, label=name)
        print(f"IoU {least} {name:20}", "".join(f"  N = {numbers[k]:3d}: {values[k]:.2f}" for k in (0, 4, 8, 10)))
    axis.set(xlabel="number N of proposals", title=f"IoU at least {least}", ylim=(0, 1))
axes[0].set_ylabel("recall")
axes[0].legend()
plt.show()

# %%
figure, axes = plt.subplots(2, 5, figsize=(8, 3.6))
for number, axis in enumerate(axes.flat):
    show(axis, X_test[number], found["RPN"][number][:3], boxes_test[number])
figure.suptitle("The three best proposals, and the true boxes (dotted)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* On sprites and photographs that it never saw, ten proposals of the RPN find more than half of the objects, ten random boxes about one of ten. It knows where something is, without knowing any class. It also proposes the cup, the spoon and parts of the pagoda: they are objects, too, only nobody marked them. With 300 boxes on a picture of 102 × 102 pixels chance finds most of the objects as well, for the measure is generous: an IoU of 0.5. With an IoU of 0.7 the random boxes fall far behind, and so does the RPN before training: its deltas have to be *learned*. On its training scenes the RPN finds more: 152 sprites are few.
#
# ## 6. One run for all regions
#
# *A region has any size. The layers after it want a fixed one. How does one cut it out of the feature map?*
#
# **RoI pooling** (region of interest) divides the region into `bins` × `bins` parts, and takes the largest number of each part, for each channel by itself. Everything is rounded outward to whole cells:
#
# - columns: from $c_1 = \lfloor x_1 / \text{stride} \rfloor$ up to, but not including, $c_2 = \lceil x_2 / \text{stride} \rceil$; rows likewise from $y_1$ and $y_2$. What reaches over the map is cut off, and at least one cell is left.
# - With $w = c_2 - c_1$, bin $j$ takes the columns from $c_1 + \lfloor j w / \text{bins} \rfloor$ up to, but not including, $c_1 + \lceil (j + 1) w / \text{bins} \rceil$. Neighbouring bins may share a column, and no bin is empty, even if $w$ is less than `bins`.
#
# *On paper.* A map of 3 × 5 cells with stride 8, one channel, and the box $(9, 2, 39, 20)$. $c_1 = \lfloor 9/8 \rfloor = 1$, $c_2 = \lceil 39/8 \rceil = 5$, so $w = 4$; the rows go from 0 up to 3, so $h = 3$. With 2 bins the columns are 1, 2 and 3, 4; the rows are 0, 1 and 1, 2.
#
# $$\begin{pmatrix} 9 & 1 & 2 & 3 & 2 \\ 8 & 3 & 7 & 5 & 4 \\ 6 & 2 & 1 & 6 & 8 \end{pmatrix} \longrightarrow \begin{pmatrix} 7 & 5 \\ 7 & 8 \end{pmatrix}$$
#
# ### Exercise 8: `roi_pool`


# %% exercise="roi_pool"
def roi_pool(features, box, stride, bins):
    """The features in a box as an array of fixed size.

    Args:
        features: a feature map, any real numbers, shape (n_H, n_W, n_C).
        box: corners x1 < x2 and y1 < y2 in pixels of the picture, an array of shape (4,). It may reach over the map, or
            lie beyond it.
        stride: the pixels from one cell of the map to the next, a whole number >= 1.
        bins: the number of bins in each direction, a whole number >= 1.

    Returns:
        The largest number of each bin, for each channel by itself, a new array of shape (bins, bins, n_C), rows before
        columns. The first column c1 is floor(x1 / stride), but at least 0 and at most n_W - 1. The column c2 at which
        the region ends is ceil(x2 / stride), but at least c1 + 1 and at most n_W. The same for the rows.

    Example:
        for the map of 3 × 5 cells in the text, the box (9, 2, 39, 20), stride 8 and 2 bins it is [[[7], [5]], [[7], [8]]].
    """
    # 1. The first and the last column, and row. 2. Where does each bin begin and end? 3. The maximum of each bin.
    ### BEGIN SOLUTION
    n_H, n_W, n_C = features.shape
    c1, r1 = np.clip(np.floor(box[:2] / stride), 0, [n_W - 1, n_H - 1]).astype(int)
    c2, r2 = np.clip(np.ceil(box[2:] / stride), [c1 + 1, r1 + 1], [n_W, n_H]).astype(int)
    pooled = np.zeros((bins, bins, n_C), dtype=features.dtype)  # equivalent "zeros → ones": each number is written
    for i, j in np.ndindex(bins, bins):
        rows = slice(r1 + i * (r2 - r1) // bins, r1 - (-(i + 1) * (r2 - r1) // bins))
        columns = slice(c1 + j * (c2 - c1) // bins, c1 - (-(j + 1) * (c2 - c1) // bins))
        pooled[i, j] = np.max(features[rows, columns], axis=(0, 1))
    return pooled
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Cut the region out first: `part = features[r1:r2, c1:c2]`, with height $h$ and width $w$. `np.clip` keeps the four numbers in the map. `//` rounds down: `j * w // bins`. Rounding up is `-(-a // b)`, or `int(np.ceil(a / b))`. Then `part[rows, columns].max(axis=(0, 1))` has one number for each channel.
# </details>

# %% check="roi_pool" points=2
with checks.exercise("roi_pool"):
    table = np.array([[9.0, 1, 2, 3, 2], [8, 3, 7, 5, 4], [6, 2, 1, 6, 8]])
    features, box = np.stack([table, -table], axis=2), np.array([9.0, 2, 39, 20])
    checks.unchanged(roi_pool, features, box, 8, 2)
    what, pooled = "of the map in the text, 2 bins,", roi_pool(features, box, 8, 2)
    checks.shape(f"roi_pool {what} with two channels", pooled, (2, 2, 2))
    slips = {"the end of a bin is rounded up": [[2, 3], [7, 8]], "rows before columns": [[7, 7], [5, 8]]}
    slips |= {"this is the mean": [[3.25, 3.5], [3.25, 5.75]]}
    checks.close(f"channel 0 of roi_pool {what}", pooled[:, :, 0], [[7, 5], [7, 8]], mistakes=slips)
    slips = {"numbers below 0 have a maximum, too": [[0, 0], [0, 0]]}
    what = "channel 1 (minus channel 0) of roi_pool " + what
    checks.close(what, pooled[:, :, 1], [[-1, -2], [-1, -4]], mistakes=slips)
    pooled = roi_pool(features, np.array([17.0, 9, 23, 15]), 8, 2)
    checks.close("roi_pool of a box in one cell, 2 bins", pooled, np.tile([7.0, -7], (2, 2, 1)))
    ### BEGIN HIDDEN TESTS

    def cell_by_cell(features, box, stride, bins):
        ranges = []
        for low, high, n in ((box[1], box[3], features.shape[0]), (box[0], box[2], features.shape[1])):
            first = min(max(int(np.floor(float(low) / stride)), 0), n - 1)
            ranges.append((first, max(min(int(np.ceil(float(high) / stride)), n), first + 1)))
        pooled = np.full((bins, bins, features.shape[2]), -np.inf)
        for place in np.ndindex(bins, bins):
            cells = []
            for b, (first, end) in zip(place, ranges, strict=True):
                n = end - first
                cells.append([first + c for c in range(n) if (c + 1) * bins > b * n and c * bins < (b + 1) * n])
            for channel in range(features.shape[2]):
                pooled[place][channel] = max(float(features[r, c, channel]) for r in cells[0] for c in cells[1])
        return pooled

    def regions(rng, n_H, n_W, n_C, bins):
        stride = int(rng.integers(2, 17))
        first = rng.uniform(-0.2, 0.7, 2) * stride * np.array([n_W, n_H])
        box = np.concatenate([first, first + rng.uniform(0.1, 0.9, 2) * stride * np.array([n_W, n_H])])
        return rng.normal(-1, 1, (n_H, n_W, n_C)), box, stride, bins

    def places(*rows):
        rng = np.random.default_rng(4)
        return {f"with the box {row}": (rng.normal(-2, 1, (5, 7, 3)), np.array(row, float), 8, 3) for row in rows}

    cases = places([8, 16, 24, 40], [0, 0, 56, 40], [8.5, 7.9, 8.6, 8.1], [-40, -30, 90, 80], [60, 50, 70, 80])
    cases |= places([-30, -20, -8, -3], [56, 3, 64, 20], [3, 40, 20, 48], [-9, 3, 0, 9], [15, 1, 17, 39])
    large = np.arange(26400.0).reshape(110, 120, 2)
    cases |= places([3, 3, 16.000000001, 17]) | {"with a large map": (large, np.array([1, 1, 950, 870]), 8, 2)}
    cases |= {"with a box of whole numbers": (features, np.array([7, 3, 30, 9]), 4, 1)}
    cases |= {"with stride 1": (features, np.array([1, 0.5, 3.5, 3]), 1, 2)}
    sizes = {"n_H": 11, "n_W": 17, "n_C": 12, "bins": 7}
    checks.agrees(roi_pool, cell_by_cell, regions, sizes=sizes, types=["features"], cases=cases, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# What does the one run save? We measure it, for 100 proposals on one picture: the way of R-CNN, and the way of Fast R-CNN.

# %%
best = found["RPN"][0][:100]
begin = time.perf_counter()
feature_maps(np.stack([resized(X_test[0], SIDE, SIDE, tuple(box)) for box in best]))
middle = time.perf_counter()
features = feature_maps(X_test[:1])[0]
regions = [roi_pool(features, box, STRIDE, 3) for box in best]
end = time.perf_counter()
print(f"R-CNN:      {len(best)} runs of the network            {middle - begin:.2f} s")
print(f"Fast R-CNN: 1 run of the network, {len(best)} × roi_pool {end - middle:.2f} s")

# %% [markdown]
# Now the second stage: a small classifier on what `roi_pool` cuts out, $3 \cdot 3 \cdot 256 = 2{,}304$ numbers. Ours is linear, fitted to the true boxes of the training scenes by least squares with weight decay (no steps needed: one system of linear equations). Its classes are animal, plant and thing. It names the proposals that hit an object.


# %%
def pooled_rows(F, boxes):
    """The pooled features of all boxes of all pictures, a row for each box."""
    return np.array([roi_pool(f, box, STRIDE, 3).ravel() for f, some in zip(F, boxes, strict=True) for box in some])


R, Y = pooled_rows(F_train, boxes_train), np.eye(3)[np.concatenate(groups_train)]
center, spread, share = R.mean(axis=0), R.std(axis=0) + 1e-6, Y.mean(axis=0)
R = (R - center) / spread
W = np.linalg.solve(R.T @ R + 1e4 * np.eye(R.shape[1]), R.T @ (Y - share))
pairs = zip(found["RPN"], boxes_test, strict=True)
hitting = [[boxes[np.argmax(iou(box, boxes[:30]))] for box in truth] for boxes, truth in pairs]
truth = np.concatenate(groups_test)
for name, boxes in (("true boxes", boxes_test), ("the best of 30 proposals", hitting)):
    answers = ((pooled_rows(F_test, boxes) - center) / spread @ W + share).argmax(axis=1)
    print(f"{name}: {np.mean(answers == truth):.0%} named rightly")
print(f"always the most frequent group: {np.bincount(truth).max() / len(truth):.0%}")

# %% [markdown]
# *What to notice.* 100 runs take several times as long as one run and 100 times `roi_pool`, and the picture has one feature map whatever the number of proposals. And the pooled features still know what the thing is: a linear classifier names most of the held-out sprites rightly. This is all of Faster R-CNN in small: one run, proposals, pooling, names. The real one has a fourth class for "nothing", learns a second set of deltas for each class, and trains all of it together.
# RoI pooling rounds to whole cells of 8 pixels. For small objects, and for masks, that is too coarse: **RoIAlign** does not round, but reads the map between the cells by bilinear interpolation.
#
# ## 7. A real proposal network
#
# *How good are proposals when the network has seen thousands of faces?*
#
# **P-Net** is the first of three networks in MTCNN, a face detector that others have trained. It is an RPN with a single anchor per cell: a window of 12 × 12 pixels, every 2 pixels. It finds faces of all sizes because it reads the picture at many sizes, an **image pyramid**: each time the sides are 0.709 times as long, so the area is halved. It answers with a probability for each window, and with four shifts of the corners in sides of the window. So for us: anchors by `generate_anchors` (the first window's centre is 5 pixels further right and down than the first cell's), shifts as deltas, and one call of `proposals` for all sizes together.


# %%
def read_pyramid(image, weights):
    """Anchors, probabilities and deltas of P-Net at all sizes of a picture, in pixels of the picture itself."""
    scale, levels = 12 / 20, []  # so the smallest faces are of about 20 pixels
    while min(image.shape[:2]) * scale >= 12:
        n_H, n_W = (round(side * scale) for side in image.shape[:2])
        faces, shifts = pnet.maps(resized(image, n_H, n_W), weights)
        probabilities, shifts = faces.ravel().astype(float), shifts.reshape(-1, 4).astype(float)
        anchors = (generate_anchors(faces.shape, 2, (12,), (1,)) + 5) / scale
        deltas = np.hstack([(shifts[:, :2] + shifts[:, 2:]) / 2, np.log(1 + shifts[:, 2:] - shifts[:, :2])])
        likely = probabilities >= 0.1
        levels.append((anchors[likely], probabilities[likely], deltas[likely]))
        scale *= 0.709
    return [np.concatenate(part) for part in zip(*levels, strict=True)]


PNET = data.load_weights("pnet")
astronaut = data.load_photo("astronaut")
boxes, _ = proposals(*read_pyramid(astronaut, PNET), astronaut.shape[:2], 1000, 0.7, 300)

# %% [markdown]
# For the recall we need pictures whose true boxes we know: photographs, onto which three portraits of the ORL set are pasted. Portraits show hair and shoulders; P-Net was trained on faces. We take as true box the part of a portrait from 15 % of its height down to 3 % above its end.


# %%
def paste_portraits(photo, portraits, rng):
    """The photograph (288, 384, 3) with three portraits side by side, and their true boxes (3, 4)."""
    scene, boxes = np.array(resized(photo, 288, 384)), []
    for left in (0, 128, 256):
        high = int(rng.integers(50, 150))
        wide = round(high * 46 / 56)
        y, x = int(rng.integers(0, 288 - high)), left + int(rng.integers(0, 128 - wide))
        portrait = portraits[rng.integers(len(portraits))].repeat(3, axis=2)
        scene[y : y + high, x : x + wide] = resized(portrait, high, wide)
        boxes.append([x, y + 0.15 * high, x + wide, y + 0.97 * high])
    return scene, np.array(boxes)


rng, portraits, scenes, answers = np.random.default_rng(0), data.load_faces()[0], [], []
photos = [data.load_photo(name) for name in ("coffee", "pagoda", "rocket", "dahlia", "cat", "starry_night")]
for number in tqdm(range(12), desc="P-Net", file=sys.stdout, leave=False):
    scenes.append(paste_portraits(photos[number % 6], portraits, rng))
    answers.append(proposals(*read_pyramid(scenes[-1][0], PNET), (288, 384), 1000, 0.7, 300)[0])

# %%
guesses, truths = [random_boxes(300, (288, 384), 30, 130, rng) for _ in scenes], [faces for _, faces in scenes]
figure, axes = plt.subplots(1, 3, figsize=(8, 2.9))
show(axes[0], astronaut, boxes[:5], title="the five best proposals")
show(axes[1], scenes[1][0], answers[1][:5], truths[1], "the five best proposals")
for name, some in (("P-Net", answers), ("random boxes", guesses)):
    axes[2].semilogx(numbers, recalls(some, truths, numbers), label=name)
axes[2].set(xlabel="number N of proposals", ylabel="recall", title="Ten find nearly all faces", ylim=(0, 1.05))
axes[2].legend(loc="center right")
plt.show()

# %% [markdown]
# *What to notice.* On the photograph the best proposal lies around the face, and the next ones around parts of it. With three faces on a picture, three proposals find more than half of them, and ten nearly all. Three hundred random boxes find fewer than ten of its proposals. P-Net has fewer than 7,000 parameters. It need not be right, it need only not lose a face: two larger networks look at what it proposes.

# %% [markdown]
# ## What you built
#
# - `generate_anchors` and `label_anchors`: boxes to choose from, and what the network should say about each.
# - `box_deltas` and `apply_deltas`: the way from an anchor to a box, and back.
# - `sample_anchors` and `rpn_loss`: a balanced sample, and a loss for both questions.
# - `proposals`: a short list of boxes, the best first.
# - `roi_pool`: a region of any size as an array of fixed size.
#
# ## On your own
#
# - Give the second stage a fourth class, "nothing": add anchors with the label 0 to its training rows. Keep the proposals that are not named "nothing", suppress within each class, and measure the average precision of your Faster R-CNN with `shared_utils.nn.average_precision`.
# - Really hard: write `roi_align`. Four points in each bin, at a quarter and three quarters of its sides, without any rounding; the map is read between the centres of its cells by bilinear interpolation; the bin is the mean of the four. Then write its backward pass, and check it by a numerical gradient.
#
# ## In practice
#
# `torchvision.models.detection` has `fasterrcnn_resnet50_fpn`; its `AnchorGenerator`, `BoxCoder`, `BalancedPositiveNegativeSampler` and `RegionProposalNetwork` are your functions, with anchors on several feature maps (a feature pyramid) in the place of an image pyramid. `torchvision.ops` has `roi_pool` and `roi_align`. Detectors with one stage, such as YOLO, skip the proposals and are faster; two stages still serve where small objects or masks matter.
#
# ## References
#
# - Course 4, week 3, lecture 10.
# - R. Girshick, J. Donahue, T. Darrell and J. Malik (2014), Rich Feature Hierarchies for Accurate Object Detection and Semantic Segmentation, CVPR.
# - R. Girshick (2015), Fast R-CNN, ICCV.
# - S. Ren, K. He, R. Girshick and J. Sun (2015), Faster R-CNN: Towards Real-Time Object Detection with Region Proposal Networks, NeurIPS.
# - K. He, G. Gkioxari, P. Dollár and R. Girshick (2017), Mask R-CNN, ICCV.
# - K. Zhang, Z. Zhang, Z. Li and Y. Qiao (2016), Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks, IEEE Signal Processing Letters 23.
