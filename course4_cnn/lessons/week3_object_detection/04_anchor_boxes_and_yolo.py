# %% [markdown]
# You will write YOLO from end to end: anchor boxes, the target, the loss and its gradient, the way back to boxes, and the measure of how good it is.
# You train it in NumPy to find flowers, fruit and road signs in pictures, and at the end your functions read the answer of a face detector that others have trained.

# %% [markdown]
# ## What you will be able to do
#
# - choose anchor boxes for your data by k-means with $1 - \text{IoU}$ as distance;
# - write the target of YOLO for a picture, and read raw numbers of a network back into boxes;
# - write the loss of YOLO with all its parts, and derive its gradient;
# - go from thousands of boxes to a few, and measure a detector with several classes by mAP;
# - train a detector on features of a network that is already trained, and say why it fails where it fails.
#
# **What you need:** boxes, cells, IoU, non-max suppression and average precision from [lesson 03](03_bounding_boxes_iou_nms.ipynb); the backward pass of a convolution from [week 1](../week1_convolutions/04_pooling_and_a_complete_network.ipynb). The set-up cell loads what you wrote there.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.average_precision import ap_over_thresholds
from shared_utils.nn.batch_norm import batchnorm_backward, batchnorm_forward, batchnorm_inference, update_running
from shared_utils.nn.boxes import convert_boxes, iou, nms
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.dropout import dropout_forward
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.nn.pool import pool_forward
from shared_utils.pretrained import face_detector, squeezenet
from shared_utils.pretrained.resize import resized

plots.use_style()


# %% [markdown]
# ## 1. Two objects in one cell
#
# *In lesson 03 each cell could say one object. What if a person stands in front of a car, and both have their centre in the same cell?*
#
# Then one of them is lost. The remedy: each cell gets several places to write into, one for each **anchor box**. An anchor box, short *anchor*, is a width and a height, no position: for example a high narrow one and a low wide one. An object belongs to the cell with its centre, and in it to **the anchor whose shape is most like its own**. The person goes to the high one, the car to the wide one.
#
# *Most like* means: the largest IoU, if both boxes have the same centre. Two such boxes overlap in a box that is as wide as the narrower and as high as the lower of them:
#
# $$\text{IoU} = \frac{\min(w, w_a) \, \min(h, h_a)}{w h + w_a h_a - \min(w, w_a) \, \min(h, h_a)} .$$
#
# *On paper.* An object of the size $(2, 6)$, that is, 2 wide and 6 high, and the anchors $(3, 4)$ and $(6, 2)$. With the first the intersection is $2 \cdot 4 = 8$ and the union $12 + 12 - 8 = 16$: IoU $= 1/2$. With the second it is $2 \cdot 2 = 4$ and $12 + 12 - 4 = 20$: IoU $= 1/5$. The object belongs to the first.
#
# ### Exercise 1: `size_iou`


# %% exercise="size_iou"
def size_iou(sizes, anchors):
    """The IoU of each size with each anchor, as if all boxes had the same centre.

    Args:
        sizes: widths and heights, shape (n, 2), n >= 0. anchors: the same, shape (k, 2), k >= 1. All are above 0,
            floats or whole numbers, in the same unit.

    Returns:
        A new array of floats, shape (n, k): in row i and column j the IoU of size i with anchor j.

    Example:
        size_iou(np.array([[2, 6]]), np.array([[3, 4], [6, 2]])) is [[0.5, 0.2]].
    """
    # 1. Each size beside each anchor: shape (n, k, 2). The smaller width, the smaller height.
    # 2. Intersection and union, both of shape (n, k).
    ### BEGIN SOLUTION
    intersection = np.prod(np.minimum(sizes[:, None], anchors), axis=2)
    return intersection / (np.prod(sizes, axis=1)[:, None] + np.prod(anchors, axis=1) - intersection)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `sizes[:, None]` has the shape $(n, 1, 2)$, so `np.minimum(sizes[:, None], anchors)` has the shape $(n, k, 2)$. Its product over the last axis is the intersection, shape $(n, k)$. The areas are `np.prod(sizes, axis=1)`, which must become a column, and `np.prod(anchors, axis=1)`, which stays a row.
# </details>

# %% check="size_iou" points=1
with checks.exercise("size_iou"):
    sizes, anchors = np.array([[2.0, 6], [3, 4], [12, 16]]), np.array([[3.0, 4], [6, 2]])
    checks.unchanged(size_iou, sizes, anchors)
    table = size_iou(sizes, anchors)
    checks.shape("size_iou of 3 sizes and 2 anchors", table, (3, 2))
    slips = {"divide by the union, not by the sum of both areas": [1 / 3, 1 / 6]}
    slips |= {"divide by the union, not by the area of the size": [2 / 3, 1 / 3]}
    checks.close("the size (2, 6) with the anchors (3, 4) and (6, 2)", table[0], [1 / 2, 1 / 5], mistakes=slips)
    checks.close("the sizes (3, 4) and (12, 16)", table[1:], [[1, 1 / 3], [1 / 16, 1 / 16]])
    ### BEGIN HIDDEN TESTS

    def at_the_origin(sizes, anchors):
        others = np.hstack([-anchors / 2, anchors / 2])
        rows = [iou(np.array([-w / 2, -h / 2, w / 2, h / 2]), others) for w, h in sizes.tolist()]
        return np.array(rows).reshape(len(sizes), len(anchors))

    def shapes(rng, n, k):
        return rng.uniform(0.5, 9, (n, 2)), rng.uniform(0.5, 9, (k, 2))

    whole = np.array([[a, b] for a in (1, 2, 5) for b in (1, 3, 4)])
    others = {f"with sizes of about {scale}": (sizes * scale, anchors * scale) for scale in (1e-9, 1e-4, 1e6)}
    others["without sizes"] = np.zeros((0, 2)), anchors
    others["with a very small and a very large size"] = np.array([[1e-7, 2e-7], [4e5, 3e5]]), anchors
    others["with whole numbers"] = whole, whole[::2]
    others["with anchors that are the sizes"] = whole * 1.0, whole * 1.0
    others["with ones"] = np.ones((2, 2)), np.ones((2, 2))
    domain = {"sizes": {"n": 1030, "k": 130}, "types": ["sizes", "anchors"], "cases": others}
    checks.agrees(size_iou, at_the_origin, shapes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. The task, and anchors that fit it
#
# *Which pictures do we train on?*
#
# Nobody has drawn boxes for us. So we make our own pictures: parts of photographs, onto which one to three sprites are laid. Then we know each box exactly. There are three classes: flowers, fruit, road signs. **The pictures for the test show other sprites on other photographs.** In training the pictures are varied: mirrored, turned upside down, with other colours and brightness. Road signs are never mirrored: a mirrored sign is another sign, or none.

# %%
SIDE, CLASSES = 102, ("flower", "fruit", "road sign")
PHOTOS = {"train": ("astronaut", "cat", "dahlia", "rocket", "starry_night"), "test": ("coffee", "pagoda")}
PHOTOS = {part: [data.load_photo(name) for name in names] for part, names in PHOTOS.items()}
stamps, SPRITES = data.load_sprites()._asdict(), {}
for part in PHOTOS:
    kinds = [list(data.class_names("sprites")).index(name) for name in CLASSES]
    SPRITES[part] = [stamps[f"X_{part}"][stamps[f"Y_{part}"][0] == kind] for kind in kinds]


def make_ground(part, rng):
    """A square part of a photograph of this set, uint8 (SIDE, SIDE, 3); varied if it is to train."""
    photo = PHOTOS[part][rng.integers(len(PHOTOS[part]))]
    side = rng.uniform(0.35, 1) * min(photo.shape[:2])
    y, x = rng.uniform(0, np.array(photo.shape[:2]) - side)
    ground = resized(photo, SIDE, SIDE, np.array([x, y, x + side, y + side]))[:, :: rng.choice([-1, 1])]
    if part == "train":
        ground = ground[:: rng.choice([-1, 1]), :, rng.permutation(3)]
        ground = np.clip(ground * rng.uniform(0.6, 1.3) + rng.uniform(-30, 30), 0, 255)
    return np.array(ground, dtype=np.uint8)


# %%
def lay(scene, sprite, boxes, varied, mirrored, rng):
    """Lays a sprite on the scene where it hardly covers others, and adds its box to boxes; whether it found a place."""
    side = round(SIDE * rng.uniform(0.3, 0.65))
    small = resized(sprite, side, side)[:, :: -1 if mirrored else 1]
    rows, columns = (np.flatnonzero(np.any(small[..., 3] > 100, axis=axis)) for axis in (1, 0))
    small = small[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].copy()
    if varied:
        small[..., :3] = np.clip(small[..., :3] * rng.uniform(0.75, 1.2, 3), 0, 255)
    high, wide, _ = small.shape
    y, x = rng.integers(0, [SIDE - high + 1, SIDE - wide + 1])
    box = np.array([x, y, x + wide, y + high], dtype=float)
    if boxes and np.max(iou(box, np.array(boxes))) > 0.05:
        return False
    scene[y : y + high, x : x + wide] = data.on_ground(small, scene[y : y + high, x : x + wide])
    boxes.append(box)
    return True


def make_scene(sprites, photos, rng):
    """A scene uint8 (SIDE, SIDE, 3) of these two sets ("train" or "test"); its boxes (n, 4) and labels (n,)."""
    scene, boxes, labels = make_ground(photos, rng), [], []
    for label in rng.integers(len(CLASSES), size=rng.integers(1, 4)):
        sprite, mirrored = rng.choice(SPRITES[sprites][label]), CLASSES[label] != "road sign" and rng.random() < 0.5
        if any(lay(scene, sprite, boxes, sprites == "train", mirrored, rng) for _ in range(10)):
            labels.append(label)
    return scene, np.array(boxes), np.array(labels)


# %%
def make_scenes(count, sprites, photos, seed):
    """Scenes (count, SIDE, SIDE, 3), and for each picture its boxes and labels."""
    rng = np.random.default_rng(seed)
    made = [make_scene(sprites, photos, rng) for _ in tqdm(range(count), desc="scenes", file=sys.stdout)]
    return np.stack([scene for scene, _, _ in made]), [(boxes, labels) for _, boxes, labels in made]


scenes, truth = make_scenes(1000, "train", "train", seed=1)
sizes = np.concatenate([boxes[:, 2:] - boxes[:, :2] for boxes, _ in truth])
print(len(scenes), "scenes with", len(sizes), "objects, e.g. one of", *sizes[0].astype(int), "pixels")

# %%
figure, axes = plt.subplots(2, 5, figsize=(8, 3.5))
for axis, scene, (boxes, labels) in zip(axes.flat, scenes, truth, strict=False):
    axis.imshow(scene)
    for box, label in zip(boxes, labels, strict=True):
        plots.draw_boxes(axis, [box], plots.COLORS[4 - label], labels=[CLASSES[label]])
    axis.set_axis_off()
figure.suptitle("Pictures to train on, and their true boxes", fontsize=11)
plt.show()

# %% [markdown]
# *How many anchors, and which?*
#
# Those that fit the sizes in the data. **K-means** finds $k$ of them. It begins with any $k$ sizes as anchors, and repeats two steps:
#
# 1. give each size to the anchor that is nearest to it;
# 2. move each anchor to the mean of the sizes that it was given (mean width, mean height).
#
# What is *near*? The usual distance between $(w, h)$ and $(w_a, h_a)$ makes large boxes count more than small ones. YOLO takes the distance $1 - \text{IoU}$, which does not depend on the scale: the nearest anchor is the one with the largest IoU.
#
# *On paper.* Sizes $(2, 6)$, $(4, 4)$, $(6, 2)$, start $(3, 4)$ and $(6, 2)$. The IoUs of $(2, 6)$ are $1/2$ and $1/5$, those of $(4, 4)$ are $12/16$ and $8/20$, those of $(6, 2)$ are $6/18$ and $1$. So the first anchor has the first two sizes and moves to $(3, 5)$, the second has the last one and stays at $(6, 2)$.
#
# ### Exercise 2: `kmeans_anchors`


# %% exercise="kmeans_anchors"
def kmeans_anchors(sizes, start, steps):
    """Anchors for these sizes by k-means with the distance 1 - IoU of boxes with the same centre.

    Args:
        sizes: widths and heights, shape (n, 2), n >= 1. start: the first anchors, shape (k, 2), k >= 1; k may be larger
            than n. All are above 0, floats or whole numbers, in the same unit.
        steps: how often both steps are done, a whole number >= 0.

    Returns:
        The anchors after these steps, in the order of start, a new array of floats, shape (k, 2). Of anchors that are
        equally near, the first gets the size. An anchor that no size was given to stays where it is.

    Example:
        kmeans_anchors(np.array([[2, 6], [4, 4], [6, 2]]), np.array([[3, 4], [6, 2]]), 1) is [[3, 5], [6, 2]].
    """
    # 1. A copy of start, of floats. 2. In each step: which anchor has each size? All sizes are given out before any
    # anchor moves. 3. Each anchor that has sizes moves to their mean.
    ### BEGIN SOLUTION
    anchors = start.astype(float)
    for _ in range(steps):
        nearest = np.argmax(size_iou(sizes, anchors), axis=1)
        for j in np.unique(nearest):
            anchors[j] = np.mean(sizes[nearest == j], axis=0)
    return anchors
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argmax(size_iou(sizes, anchors), axis=1)` gives for each size the number of its anchor, the first of equal ones. `sizes[nearest == j]` are the sizes of anchor `j`. The mean of no sizes is not a number: leave such an anchor alone.
# </details>

# %% check="kmeans_anchors" points=2
with checks.exercise("kmeans_anchors"):
    some, start = np.array([[2.0, 6], [4, 4], [6, 2]]), np.array([[3.0, 4], [6, 2], [50, 50]])
    checks.unchanged(kmeans_anchors, some, start, 1)
    slips = {"an anchor without sizes stays": [[3, 5], [6, 2], [0, 0]]}
    what = "sizes (2, 6), (4, 4), (6, 2), start (3, 4), (6, 2), (50, 50), 1 step"
    checks.close(what, kmeans_anchors(some, start, 1), [[3, 5], [6, 2], [50, 50]], mistakes=slips)
    checks.close("the same with 0 steps", kmeans_anchors(some, start, 0), start)
    five, what = (
        np.array([[2.0, 2], [4, 4], [3, 6], [12, 11], [9, 7]]),
        "sizes (2, 2), (4, 4), (3, 6), (12, 11), (9, 7)",
    )
    slips = {"the distance is 1 - IoU, not the one between points": [[3, 4], [10.5, 9]]}
    slips |= {"these are medians": [[2, 2], [6.5, 6.5]]}
    found = kmeans_anchors(five, np.array([[1.0, 1], [9, 9]]), 1)
    checks.close(f"{what}, start (1, 1), (9, 9), 1 step", found, [[2, 2], [7, 7]], mistakes=slips)
    found, slips = kmeans_anchors(five, np.array([[1.0, 1], [2, 2]]), 2), {"this is after one step": [[1, 1], [6, 6]]}
    checks.close(f"{what}, start (1, 1), (2, 2), 2 steps", found, [[2, 2], [7, 7]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def size_by_size(sizes, start, steps):
        anchors = [[float(w), float(h)] for w, h in start]
        for _ in range(steps):
            groups = [[] for _ in anchors]
            for w, h in sizes.astype(float).tolist():
                commons = [min(w, a) * min(h, b) for a, b in anchors]
                shares = [common / (w * h + a * b - common) for common, (a, b) in zip(commons, anchors, strict=True)]
                groups[shares.index(max(shares))].append((w, h))
            means = [[sum(side) / len(group) for side in zip(*group, strict=True)] for group in groups if group]
            anchors = [means.pop(0) if group else anchor for group, anchor in zip(groups, anchors, strict=True)]
        return np.array(anchors)

    def spread(rng, n, k, steps):
        return np.exp(rng.normal(2, 0.7, (n, 2))), np.exp(rng.normal(2, 0.7, (k, 2))), steps

    near, tied = np.array([[1.0, 1], [9, 9]]), np.array([[4.0, 4], [2, 8], [8, 2]])
    others = {
        f"with sizes of about {scale}": (five * scale, five[:1] * [[0.5], [1]] * scale, 2)
        for scale in (1e-9, 1e-5, 1e6)
    }
    for steps in (0, 1, 3):
        others[f"with whole numbers, {steps} steps"] = five.astype(int), near.astype(int), steps
    others["with equal anchors at the start"] = five, near[[0, 0, 1]], 4
    others["with sizes that are equally near"] = tied, np.array([[2.0, 4], [4, 2], [8, 8]]), 1
    others["with one size many times"] = five[[0] * 7 + [3, 1]], five[1:3] + 1, 2
    lost = np.array([[1.0, 4], [3, 1], [15, 17], [7, 12], [10, 16]])
    others["with an anchor that moves and then loses its sizes"] = lost, np.array([[19, 17], [3, 16], [1, 15]]), 4
    chain = np.arange(1.0, 151)[:, None] * [1, 1.1]
    others["with 130 steps"] = chain, chain[-16:], 130
    domain = {"sizes": {"n": 1030, "k": 110, "steps": (0, 30)}, "types": ["sizes", "start"], "cases": others}
    checks.agrees(kmeans_anchors, size_by_size, spread, apart=False, rtol=1e-8, **domain)
    ### END HIDDEN TESTS

# %%
fit = [np.mean(np.max(size_iou(sizes, kmeans_anchors(sizes, sizes[:k], 20)), axis=1)) for k in range(1, 7)]
anchors = kmeans_anchors(sizes, sizes[:2], 20)
nearest = np.argmax(size_iou(sizes, anchors), axis=1)
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.4))
for j in range(2):
    left.scatter(*sizes[nearest == j].T, s=5, color=plots.COLORS[j], marker=".x"[j], linewidth=0.7)
    left.scatter(*anchors[j], s=90, color="black", marker="s")
left.set(xlabel="width (pixels)", ylabel="height (pixels)", title="Two anchors (black) share the sizes")
right.plot(range(1, 7), fit, "o-")
right.set(
    xlabel="number of anchors", ylabel="mean IoU with the nearest", title="More anchors fit better", ylim=(0.5, 0.9)
)
plt.show()
print("anchors:", anchors.round(1).tolist())

# %% [markdown]
# *What to notice.* In this data most things are about as wide as they are high. So the two anchors do not differ in shape, as the person and the car of the lecture do, but in size: a small one and a large one. The border between the two groups is where both IoUs are equal. The axis of the right picture does not begin at 0: two anchors win much, every further one wins less. We take two.
#
# ## 3. The target
#
# *What should the network answer for a picture?*
#
# For each cell, for each anchor, one vector. We begin with the vector of lesson 03, $(p_c, b_x, b_y, b_w, b_h, c_1, \dots, c_{n_c})$. The place of the centre in its cell, $b_x$ and $b_y$, stays as it is. But width and height are now written **as compared with the anchor**:
#
# $$p_c = 1, \qquad b_x, b_y \in [0, 1], \qquad t_w = \log \frac{w}{w_a}, \qquad t_h = \log \frac{h}{h_a}, \qquad c \text{ one-hot}.$$
#
# A box like its anchor has $t_w = t_h = 0$; twice as wide means $t_w = \log 2$, half as wide $-\log 2$. So the network has to learn small numbers around 0 for large and for small boxes. Places without an object hold zeros only. The target has the shape (rows, columns, $A$, $5 + n_c$), with $A$ anchors. Anchors, like boxes, are in pixels here.
#
# *On paper.* A picture of 40 × 60 pixels ($n_H \times n_W$), 2 × 3 cells of 20 × 20 pixels, the anchors $(10, 20)$ and $(20, 10)$. The box with the corners $(20, 14, 60, 20)$ has the centre $(40, 17)$ and the size $(40, 6)$. The centre lies in row 0 and column 2, with $b_x = 0$ and $b_y = 0.85$. The IoUs with the anchors are $60 / 380$ and $120 / 320$: it belongs to anchor 1. There $t_w = \log 2 \approx 0.69$ and $t_h = \log 0.6 \approx -0.51$.
#
# ### Exercise 3: `build_target`


# %% exercise="build_target"
def build_target(boxes, labels, n_classes, anchors, size, cells):
    """The target of YOLO for one picture.

    Args:
        boxes: boxes of the objects, corners x1, y1, x2, y2 in pixels, shape (n, 4), n >= 0, floats or whole numbers.
        labels: their classes, whole numbers from 0 to n_classes - 1, shape (n,).
        n_classes: the number of classes, >= 1.
        anchors: widths and heights in pixels, above 0, shape (A, 2), A >= 1, floats or whole numbers.
        size: the size (n_H, n_W) of the picture in pixels, whole numbers.
        cells: how many rows and columns of cells there are, whole numbers >= 1. A cell need not be square.

    Returns:
        A new array of floats, shape (rows, columns, A, 5 + n_classes), as in the text. As in lesson 03, a centre on the
        line between two cells belongs to the right (the lower) one, a centre on the right (the lower) edge of the
        picture to the last cell. Of anchors that fit equally well, the first has the object. If the place of an object
        is taken by one earlier in the list, the later one is left out, even if another anchor of the cell is free.

    Raises:
        ValueError: the centre of a box lies outside of the picture; a box has no area or exchanged corners.
    """
    # 1. Centres and sizes, refused where they must be. 2. The cell of each object, and its anchor.
    # 3. Is the place free? Then write the vector.
    ### BEGIN SOLUTION
    (n_H, n_W), (rows, columns) = size, cells
    middles, sides = np.split(convert_boxes(boxes, "center"), 2, axis=1)
    if np.any(sides == 0) or np.any(middles < 0) or np.any(middles > [n_W, n_H]):
        raise ValueError("a box has no area, or its centre lies outside of the picture")
    target = np.zeros((rows, columns, len(anchors), 5 + n_classes))
    nearest = np.argmax(size_iou(sides, anchors), axis=1)
    for i, (x, y) in enumerate(middles * [columns, rows] / [n_W, n_H]):
        row, column = min(int(y), rows - 1), min(int(x), columns - 1)
        vector = target[row, column, nearest[i]]
        if vector[0] == 0:
            vector[:5] = 1, x - column, y - row, *np.log(sides[i] / anchors[nearest[i]])
            vector[5 + labels[i]] = 1
    return target
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `convert_boxes(boxes, "center")` gives $x, y, w, h$ and refuses exchanged corners. `x * columns / n_W` is the centre in cells; `int` of it is the column, but at most `columns - 1`. For $y$ it is `y * rows / n_H`. The anchor of a box: `np.argmax(size_iou(np.array([[w, h]]), anchors))`. Then `target[row, column, anchor]` is the vector to fill, of length `5 + n_classes`, if its first number is still 0.
# </details>

# %% check="build_target" points=3
with checks.exercise("build_target"):
    boxes = np.array([[20.0, 14, 60, 20], [0, 20, 10, 40], [2, 21, 8, 37], [2, 25, 18, 33]])
    labels, two = np.array([1, 0, 1, 1]), np.array([[10.0, 20], [20, 10]])
    checks.unchanged(build_target, boxes, labels, 2, two, (40, 60), (2, 3))
    target = build_target(boxes, labels, 2, two, (40, 60), (2, 3))
    checks.shape("the target for 2 rows, 3 columns, 2 anchors, 2 classes", target, (2, 3, 2, 7))
    first = np.array([1, 0, 0.85, 0.693147, -0.510826, 0, 1])
    slips = {"as compared with the anchor": [1, 0, 0.85, 2, 0.3, 0, 1], "take logarithms": [1, 0, 0.85, 2, 0.6, 0, 1]}
    slips |= {"w / w_a, not w_a / w": first * [1, 1, 1, -1, -1, 1, 1], "x before y": first[[0, 2, 1, 3, 4, 5, 6]]}
    checks.close("row 0, column 2, anchor 1 for the box (20, 14, 60, 20)", target[0, 2, 1], first, mistakes=slips)
    slips = {"the first box in the list has the place": [1, 0.25, 0.45, np.log(0.6), np.log(0.8), 0, 1]}
    checks.close("row 1, column 0, anchor 0 for two boxes", target[1, 0, 0], [1, 0.25, 0.5, 0, 0, 1, 0], mistakes=slips)
    checks.close("how many objects have a place", np.sum(target[..., 0]), 3)
    flat = np.array([[3.0, 5, 9, 5]])
    checks.raises("a box without area", ValueError, build_target, flat, labels[:1], 2, two, (40, 60), (2, 3))
    ### BEGIN HIDDEN TESTS

    def place_by_place(boxes, labels, n_classes, anchors, size, cells):
        target = np.zeros((*cells, len(anchors), 5 + n_classes))
        for (x1, y1, x2, y2), label in reversed(list(zip(boxes.astype(float).tolist(), labels.tolist(), strict=True))):
            w, h = x2 - x1, y2 - y1
            commons = [(min(w, a) * min(h, b), w * h + a * b) for a, b in anchors.astype(float).tolist()]
            shares = [common / (areas - common) for common, areas in commons]
            k = shares.index(max(shares))
            x, y = 0.5 * (x1 + x2) / size[1] * cells[1], 0.5 * (y1 + y2) / size[0] * cells[0]
            column, row = (n - 1 if place == n else int(np.floor(place)) for place, n in ((x, cells[1]), (y, cells[0])))
            logs = [np.log(side) - np.log(float(other)) for side, other in zip((w, h), anchors[k], strict=True)]
            target[row, column, k] = [1, x - column, y - row, *logs, *(label == c for c in range(n_classes))]
        return target

    def objects(rng, n, n_classes, A, rows, columns):
        n_H, n_W = (int(k) for k in rng.integers(30, 400, 2))
        middles, sides = rng.uniform(0.01, 0.99, (n, 2)) * [n_W, n_H], rng.uniform(1, 90, (n, 2))
        given = np.hstack([middles - sides / 2, middles + sides / 2]), rng.integers(0, n_classes, n), n_classes
        return *given, rng.uniform(5, 60, (A, 2)), (n_H, n_W), (rows, columns)

    edges = np.array([0, 0, 16, 8, 16, 8, 48, 24, 48, 24, 80, 40, -8, -8, 8, 8, 60, 0, 68, 32, 0, 30, 32, 34.0])
    many = np.tile(np.stack(divmod(np.arange(120.0), 12)[::-1], axis=1), 2) * 8 + [1, 2, 4, 5]
    same, three = np.array([[10.0, 10, 30, 30], [12, 12, 28, 28], [10, 15, 30, 25]]), np.array([2, 0, 1])
    far = np.array([[5.0, 5, 5.001, 5.002], [-3e5, -4e5, 3e5, 4e5], [-90, -70, 100, 90]])
    others = {
        "with centres on lines and edges": (edges.reshape(6, 4), np.arange(6) % 4, 4, two, (32, 64), (4, 8)),
        "without objects": (same[:0], three[:0], 3, two, (20, 30), (2, 3)),
        "with anchors that fit equally well": (same, three, 3, two, (40, 60), (2, 3)),
        "with whole numbers": (same.astype(int), three, 3, two.astype(int), (35, 50), (3, 4)),
        "with equal anchors": (same, three, 3, two[[1, 0, 1, 0]], (35, 50), (3, 4)),
        "with three objects for one place": (same[[1, 0, 0]], three, 3, two[:1], (35, 50), (1, 1)),
        "with the same box twice": (same[[0, 0]], three[:2], 3, two, (35, 50), (3, 4)),
        "with a box like its anchor in a corner": (same[:2], three[:2], 3, two[:1] * [2, 1], (40, 60), (2, 3)),
        "with 120 objects": (many, np.arange(120) % 3, 3, two, (80, 96), (10, 12)),
        "with a very small and a very large box": (far[:2], three[:2], 3, two, (40, 60), (2, 3)),
        "with a box larger than the picture": (far[2:], three[:1], 3, two, (30, 40), (5, 4)),
    }
    limits = {"n": 130, "n_classes": 120, "A": 110, "rows": 7, "columns": 9}
    checks.agrees(build_target, place_by_place, objects, sizes=limits, cases=others, apart=False, rtol=1e-8, atol=1e-10)
    outside = [58, 2, 64, 8, 2, 38, 8, 44, -9, 2, 7, 8, 2, -9, 8, 7]
    for bad in np.reshape([*outside, 5, 5, 5, 9, 5, 5, 9, 5, 9, 5, 5, 8, 5, 9, 8, 5, 9, 9, 5, 5], (9, 4)):
        given = np.array([[20, 14, 60, 20], bad]), np.array([0, 0]), 1, two, (40, 60), (2, 3)
        checks.raises(f"the box {bad} in a picture of 40 × 60", ValueError, build_target, *given)
    ### END HIDDEN TESTS

# %%
CELLS, IMAGE = (6, 6), (SIDE, SIDE)
targets = np.stack([build_target(*picture, len(CLASSES), anchors, IMAGE, CELLS) for picture in truth])
print("targets:", targets.shape, " objects with a place:", int(np.sum(targets[..., 0])), "of", len(sizes))
rng = np.random.default_rng(0)
crowds = [np.hstack([rng.uniform(0, SIDE, (20, 2)), rng.choice(sizes, 20)]) for _ in range(100)]
crowds = [(convert_boxes(centers, "corner"), np.zeros(20, dtype=int)) for centers in crowds]
for k in (1, 2, 5):
    some = kmeans_anchors(sizes, sizes[:k], 20)
    kept = sum(np.sum(build_target(*crowd, 1, some, IMAGE, CELLS)[..., 0]) for crowd in crowds)
    print(f"20 objects in a picture, anchors: {k}  objects that find their place taken: {1 - kept / 2000:.0%}")

# %% [markdown]
# *What to notice.* In our pictures, with at most three objects that hardly overlap, 6 × 6 cells are enough: every object has its place. In a crowd of 20 objects, more than one in five finds its place taken if there is one anchor. With two anchors it is about half as many, but it still happens: one person behind another has the same shape, so the same anchor.
#
# ## 4. From raw numbers back to boxes
#
# *A network gives any real numbers. How do they become probabilities and boxes?*
#
# Call the raw numbers of one place $(t_p, t_x, t_y, t_w, t_h, t_1, \dots, t_{n_c})$. Let $\sigma(t) = 1 / (1 + e^{-t})$ be the sigmoid. Then
#
# $$p_c = \sigma(t_p), \quad b_x = \sigma(t_x), \quad b_y = \sigma(t_y), \quad w = w_a e^{t_w}, \quad h = h_a e^{t_h}, \quad (c_1, \dots, c_{n_c}) = \text{softmax}(t_1, \dots, t_{n_c}).$$
#
# The sigmoid keeps the centre within its cell, and the exponential keeps width and height above 0. The probability of an object of class $k$ is $p_c \, c_k$, as in lesson 03.
#
# *On paper.* A picture of 40 × 60 pixels with 2 × 3 cells, in row 1 and column 2 the anchor $(20, 10)$ and the raw numbers $(0, 0, 0, \log 2, 0, \log 3, 0)$. So $p_c = 1/2$, the centre is $(2.5, \; 1.5)$ in cells or $(50, 30)$ in pixels, the size $(40, 10)$, the corners $(30, 25, 70, 35)$. The softmax of $(\log 3, 0)$ is $(3/4, 1/4)$, so the probabilities are $3/8$ and $1/8$.
#
# ### Exercise 4: `decode_yolo`


# %% exercise="decode_yolo"
def decode_yolo(raw, anchors, size):
    """The boxes and the probabilities that the raw numbers of a network mean, for one picture.

    Args:
        raw: shape (rows, columns, A, 5 + n_classes), n_classes >= 1, floats or whole numbers: t_w and t_h from -50 to
            50, the others any real numbers, also -1000 or 1000.
        anchors: widths and heights in pixels, above 0, shape (A, 2), floats or whole numbers.
        size: the size (n_H, n_W) of the picture in pixels, whole numbers.

    Returns:
        boxes, corners x1, y1, x2, y2 in pixels, shape (rows * columns * A, 4), as they come out, also beyond the
        picture's edge; probabilities, p_c times those of the classes, shape (rows * columns * A, n_classes). The places
        come row by row, in a row column by column, in a cell anchor by anchor. Both are new arrays of finite floats.
    """
    # 1. Centres: the sigmoids, and which row and column it is. In pixels. 2. Sizes. 3. Corners, as rows of four.
    # 4. Probabilities, without an overflow.
    ### BEGIN SOLUTION
    rows, columns, _, n = raw.shape
    row, column = np.indices((rows, columns))
    corner = np.stack([column, row], axis=2)[:, :, None]
    p, place = np.split(np.exp(-np.logaddexp(0, -raw[..., :3])), [1], axis=3)
    centers, sides = (corner + place) * [size[1] / columns, size[0] / rows], anchors * np.exp(raw[..., 3:5])
    boxes = np.concatenate([centers, sides], axis=3).reshape(-1, 4)  # equivalent "1 → 2": any negative number will do
    odds = np.exp(raw[..., 5:] - np.max(raw[..., 5:], axis=3, keepdims=True))
    probabilities = p * odds / np.sum(odds, axis=3, keepdims=True)
    probabilities = probabilities.reshape(-1, n - 5)  # equivalent "1 → 2": any negative number will do
    return convert_boxes(boxes, "corner"), probabilities
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `row, column = np.indices((rows, columns))`, both of shape (rows, columns). They need a last axis, `row[:, :, None]`, to go with `raw[..., 2]` of shape (rows, columns, A). The anchors broadcast by themselves: `anchors[:, 0] * np.exp(raw[..., 3])`. Put $x, y, w, h$ into one array by `np.stack([x, y, w, h], axis=3)`. After `.reshape(-1, 4)` the rows are in the right order. A sigmoid without overflow: `np.exp(-np.logaddexp(0, -t))`, because $\log(1 + e^{-t})$ is `np.logaddexp(0, -t)`. A softmax without overflow: take the largest number off before `np.exp`.
# </details>

# %% check="decode_yolo" points=3
with checks.exercise("decode_yolo"):
    raw, two = np.zeros((2, 3, 2, 7)), np.array([[10.0, 20], [20, 10]])
    raw[1, 2, 1] = 0, 0, 0, np.log(2), 0, np.log(3), 0
    raw[0, 1, 0] = 1000, 1000, -1000, 0, np.log(3), -1000, 1000
    checks.unchanged(decode_yolo, raw, two, (40, 60))
    found = checks.results("decode_yolo of 2 × 3 cells", decode_yolo(raw, two, (40, 60)), ["boxes", "probabilities"])
    checks.shape("boxes of 2 × 3 cells and 2 anchors", found[0], (12, 4))
    slips = {"these are centre and size": [50, 30, 40, 10], "add the cell's row and column": [-10, 5, 30, 15]}
    slips |= {"x goes with the column": [10, 45, 50, 55], "the sigmoid of t_x and t_y": [20, 15, 60, 25]}
    checks.close("the last box", found[0][11], [30, 25, 70, 35], mistakes=slips)
    slips = {"times p_c": [0.75, 0.25], "p_c is the sigmoid of t_p": [0, 0], "a softmax": [0.375, 0.25]}
    checks.close("the last probabilities", found[1][11], [0.375, 0.125], mistakes=slips)
    checks.close("row 0, column 1, anchor 0, with raw numbers of ±1000", found[0][2], [35, -30, 45, 30])
    checks.close("its probabilities", found[1][2], [0, 1])
    ### BEGIN HIDDEN TESTS

    def number_by_number(raw, anchors, size):
        boxes, probabilities = [], []
        high, wide = size[0] / raw.shape[0], size[1] / raw.shape[1]
        for row, column, k in np.ndindex(raw.shape[:3]):
            p, x, y, w, h, *classes = raw[row, column, k].tolist()
            p, x, y = (0.5 + 0.5 * np.tanh(0.5 * t) if t > -30 else np.exp(t) for t in (p, x, y))
            right, down = (float(side) * np.e**t / 2 for side, t in zip(anchors[k], (w, h), strict=True))
            x, y = column + x, row + y
            boxes.append([x * wide - right, y * high - down, x * wide + right, y * high + down])
            probabilities.append([p / sum(np.exp(min(other - c, 700)) for other in classes) for c in classes])
        return np.array(boxes), np.array(probabilities)

    def answers(rng, rows, columns, A, n_classes):
        raw = rng.normal(0, 2, (rows, columns, A, 5 + n_classes))
        return raw, rng.uniform(5, 60, (A, 2)), (int(rng.integers(20, 400)), int(rng.integers(20, 400)))

    far, rng, three = np.zeros((2, 2, 3, 8)), np.random.default_rng(4), np.array([[5.0, 9], [8, 2], [1, 1]])
    far[..., [0, 1, 2, 5, 6, 7]] = rng.choice([-1000, 1000, -40, 3, 0], (2, 2, 3, 6))
    large = answers(rng, 3, 2, 2, 2)[0] * [1, 1, 1, 6, 6, 1, 1]
    others = {
        f"with all classes at {t}": (np.where(np.arange(8) > 4, t, far), three, (30, 70)) for t in (-1000, 1000, 0)
    }
    others["with raw numbers of ±1000"] = far, three, (30, 70)
    others["with all t_p at -50"] = np.where(np.arange(7) == 0, -50, large), two, (33, 50)
    others["with class numbers of 800 and 799"] = np.array([[[[1.0, 0, 0, 0, 0, 800, 799]]]]), two[:1], (33, 50)
    others["with large and small boxes"] = large, two, (33, 50)
    others["with as many places as classes"] = answers(rng, 2, 2, 1, 4)
    others["with t_w and t_h of ±50"] = np.array([[[[0, 1, 2, 50, -50, 1.0]]]]), two[:1], (33, 50)
    others["with a size that the cells do not divide"] = large[..., :6] / 9, two, (37, 51)
    limits, names = {"rows": 13, "columns": 12, "A": 110, "n_classes": 110}, ["boxes", "probabilities"]
    domain = {"sizes": limits, "types": ["raw", "anchors"], "returns": names, "cases": others, "atol": 1e-25}
    checks.agrees(decode_yolo, number_by_number, answers, apart=False, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. The loss
#
# *How wrong is the network?*
#
# The loss has three parts. For each of the places (cell and anchor) of a picture, with the raw numbers $t$ of the network, and the target marked by a hat:
#
# - **Is there an object?** With an object it is $-\log \sigma(t_p)$. Without one it is $-\log(1 - \sigma(t_p))$, times a weight $\lambda_{\text{empty}}$. Nearly all places are empty; a weight below 1 keeps them from drowning the others.
# - **Where and how large?** Only with an object: $\lambda_{\text{box}} \left[ (\sigma(t_x) - \hat b_x)^2 + (\sigma(t_y) - \hat b_y)^2 + (t_w - \hat t_w)^2 + (t_h - \hat t_h)^2 \right]$.
# - **Which class?** Only with an object: $-\log$ of the softmax at the true class.
#
# An empty place has no box and no class, so nothing is asked of them there. All is added up over the places, and then the mean over the $m$ pictures is taken. (The first YOLO of 2016 takes squares for all three parts; logarithms, as here, came with YOLOv3 in 2018.)
#
# *On paper.* One picture, two places, two classes, $\lambda_{\text{box}} = 5$, $\lambda_{\text{empty}} = 0.5$. The first place has an object: $\hat p_c = 1$, $\hat b = (0.5, 0.75)$, $\hat t_w = 0$, $\hat t_h = 0.5$, class 0. The network says $(0, 0, 0, 0.5, 0, \log 3, 0)$. Object: $-\log \tfrac12 \approx 0.693$. Box: $5 \cdot (0 + 0.25^2 + 0.5^2 + 0.5^2) = 2.8125$. Class: $-\log \tfrac34 \approx 0.288$. The second place is empty, and the network says $t_p = 0$: $0.5 \cdot 0.693 \approx 0.347$. The sum is about $4.140$.
#
# ### Exercise 5: `yolo_loss`
#
# The training will call it some two hundred times with thousands of places: write it for all places at once.


# %% exercise="yolo_loss"
def yolo_loss(raw, target, box_weight, empty_weight):
    """The loss of YOLO, the mean over pictures.

    Args:
        raw: what the network says, shape (m, rows, columns, A, 5 + n_classes), n_classes >= 1, floats or whole numbers,
            also -1000 or 1000.
        target: as build_target makes it for each picture, of the same shape: the first number of each place is 0 or 1.
            Where it is 0, the other numbers of the place do not count, whatever they are. Floats or whole numbers.
        box_weight, empty_weight: the weights of the squares and of the places without an object, numbers >= 0.

    Returns:
        The loss, a finite number.
    """
    # 1. Is there an object? Both logarithms, without an overflow. 2. Squares. 3. Log of the softmax, likewise.
    # 4. What counts where? Add up, and divide by m.
    ### BEGIN SOLUTION
    p, t = target[..., 0], raw[..., 0]
    empty, full = np.logaddexp(0, t), np.logaddexp(0, -t)
    places = np.exp(-np.logaddexp(0, -raw[..., 1:3]))
    squares = np.sum((places - target[..., 1:3]) ** 2, axis=4) + np.sum((raw[..., 3:5] - target[..., 3:5]) ** 2, axis=4)
    shifted = raw[..., 5:] - np.max(raw[..., 5:], axis=4, keepdims=True)
    classes = np.log(np.sum(np.exp(shifted), axis=4)) - np.sum(target[..., 5:] * shifted, axis=4)
    return np.sum(np.where(p == 1, full + box_weight * squares + classes, empty_weight * empty)) / len(raw)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.logaddexp(0, -t)` is $-\log \sigma(t)$, and `np.logaddexp(0, t)` is $-\log(1 - \sigma(t))$. Both are exact for large numbers too. $-\log$ of the softmax at the true class is $\log \sum_k e^{t_k} - t_{\text{true}}$; take the largest $t_k$ off from all of them first. `target[..., 5:]` is one-hot, so the sum of `target[..., 5:] * t` is $t_{\text{true}}$.
# </details>
# <details><summary>Hint 2</summary>
#
# All three parts as arrays of shape (m, rows, columns, A); then `np.where(target[..., 0] == 1, with_object, without)`, where the first is the sum of three parts. `np.where` lets nothing through that does not count.
# </details>

# %% check="yolo_loss" points=3
with checks.exercise("yolo_loss"):
    raw, target = np.zeros((1, 1, 2, 1, 7)), np.zeros((1, 1, 2, 1, 7))
    raw[0, 0, 0, 0], target[0, 0, 0, 0] = [0, 0, 0, 0.5, 0, np.log(3), 0], [1, 0.5, 0.75, 0, 0.5, 1, 0]
    checks.unchanged(yolo_loss, raw, target, 5.0, 0.5)
    slips = {"the weight of empty places": 4.486476, "empty places count": 3.793329, "the class is missing": 3.852221}
    slips |= {"the sigmoid of t_x and t_y": 7.889903, "no class in an empty place": 4.833050}
    slips |= {"the weight of the squares": 1.889903, "the mean over pictures": 2.069952}
    checks.close("the loss of the text", yolo_loss(raw, target, 5.0, 0.5), 4.139903, mistakes=slips, rtol=1e-5)
    found = yolo_loss(np.repeat(raw, 3, axis=0), np.repeat(target, 3, axis=0), 5.0, 0.5)
    checks.close("the loss of three such pictures", found, 4.139903, m=3, rtol=1e-5)
    raw[0, 0, :, 0, 0] = -1000, 1000
    checks.close("the same with t_p = -1000 and 1000", yolo_loss(raw, target, 5.0, 0.5), 1503.100182)
    ### BEGIN HIDDEN TESTS

    def place_by_place(raw, target, box_weight, empty_weight):
        total = 0.0
        for where in np.ndindex(raw.shape[:4]):
            (p, x, y, w, h, *classes), (full, *box) = raw[where].tolist(), target[where].tolist()[:5]
            if full:
                x, y, top = 0.5 + 0.5 * np.tanh(x / 2), 0.5 + 0.5 * np.tanh(y / 2), max(classes)
                total += box_weight * sum((a - b) ** 2 for a, b in zip((x, y, w, h), box, strict=True))
                total += np.log1p(np.exp(-abs(p))) + max(-p, 0) + top - classes[int(np.argmax(target[where][5:]))]
                total += np.log(sum(np.exp(t - top) for t in classes))
            else:
                total += empty_weight * (np.log1p(np.exp(-abs(p))) + max(p, 0))
        return total / raw.shape[0]

    def batch(rng, m, rows, columns, A, n_classes):
        target = rng.uniform(0, 1, (m, rows, columns, A, 5 + n_classes))
        target[..., 0], target[..., 5:] = target[..., 0] < 0.5, np.eye(n_classes)[np.argmax(target[..., 5:], axis=4)]
        return rng.normal(0, 2, target.shape), target, float(rng.uniform(0.5, 6)), float(rng.uniform(0.1, 2))

    rng = np.random.default_rng(5)
    raw, target, *_ = batch(rng, 3, 2, 4, 2, 3)
    first, place, p = np.arange(8) == 0, np.isin(np.arange(8), [1, 2]), target[..., :1]
    full, empty = np.where(first, 1, target), np.where(first, 0, target)
    targets = {"an object in each place": full, "numbers, but no object": empty, "nothing": empty * 0}
    targets |= {"zeros in empty places": target * p, "1e6 in empty places": np.where(first, p, target + 1e6 * (1 - p))}
    others = {f"with {name} in the target": (raw, each, 5.0, 0.5) for name, each in targets.items()}
    others["with a target of whole numbers"] = raw, np.rint(target).astype(int), 5.0, 0.5
    for t in ([-1000.0], [1000], [-1000, 1000, 0, 3]):
        others[f"with raw numbers of {t}"] = rng.choice(t, raw.shape), target, 5.0, 0.5
    others["with a network that is sure"] = np.where(place, 0, 70 * full), np.where(place, 0.5, full), 5.0, 0.5
    others["with a network that is nearly sure"] = raw + 25 * (2 * target - 1), target, 0.1, 0.7
    for weights in ((0, 0.5), (5.0, 0), (3, 2), (0, 0)):
        others[f"with the weights {weights}"] = raw, target, *weights
    limits = {"m": 110, "rows": 7, "columns": 9, "A": 6, "n_classes": 110}
    checks.agrees(yolo_loss, place_by_place, batch, sizes=limits, types=["raw"], cases=others, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6: `yolo_gradient`
#
# To train, we need the derivative of the loss with respect to each raw number. It has the same shape as `raw`. You know the parts: for the logarithms, sigmoid minus target and softmax minus one-hot; for a square $(t_w - \hat t_w)^2$, twice the difference; for $(\sigma(t_x) - \hat b_x)^2$, the chain rule with $\sigma' = \sigma (1 - \sigma)$. Where a part does not count, the derivative is 0.
#
# *On paper.* The two places from above. The first place: $\sigma(0) - 1 = -0.5$ for $t_p$; $2 \cdot 5 \cdot (0.5 - 0.5) \cdot 0.25 = 0$ for $t_x$; $2 \cdot 5 \cdot (0.5 - 0.75) \cdot 0.25 = -0.625$ for $t_y$; $2 \cdot 5 \cdot 0.5 = 5$ for $t_w$ and $-5$ for $t_h$; $(3/4 - 1, \; 1/4)$ for the classes. The second place: $0.5 \cdot \sigma(0) = 0.25$ for $t_p$, and six zeros.


# %% exercise="yolo_gradient"
def yolo_gradient(raw, target, box_weight, empty_weight):
    """The derivative of yolo_loss with respect to raw.

    Args:
        raw, target, box_weight, empty_weight: as in yolo_loss.

    Returns:
        A new array of finite floats of the shape of raw.
    """
    # 1. For t_p: with an object, without one. 2. For t_x, t_y: the chain rule. 3. For t_w, t_h. 4. For the classes.
    # 5. What counts where? It is the mean over the pictures.
    ### BEGIN SOLUTION
    full = target[..., :1] == 1
    sigmoid = np.exp(-np.logaddexp(0, -raw[..., :3]))
    p, place, side = sigmoid[..., :1], sigmoid[..., 1:], raw[..., 3:5]
    odds = np.exp(raw[..., 5:] - np.max(raw[..., 5:], axis=4, keepdims=True))
    parts = [
        np.where(full, p - 1, empty_weight * p),
        np.where(full, 2 * box_weight * (place - target[..., 1:3]) * place * (1 - place), 0),
        np.where(full, 2 * box_weight * (side - target[..., 3:5]), 0),
        np.where(full, odds / np.sum(odds, axis=4, keepdims=True) - target[..., 5:], 0),
    ]
    return np.concatenate(parts, axis=4) / len(raw)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `full = target[..., :1] == 1` has the shape (m, rows, columns, A, 1), and goes with parts of one, two or $n_c$ numbers. `np.where(full, part, 0)` keeps a part where there is an object. Four parts, for `raw[..., :1]`, `raw[..., 1:3]`, `raw[..., 3:5]` and `raw[..., 5:]`, put together by `np.concatenate(…, axis=4)`. Without an object, the derivative of $-\lambda \log(1 - \sigma(t))$ is $\lambda \, \sigma(t)$.
# </details>

# %% check="yolo_gradient" points=3
with checks.exercise("yolo_gradient"):
    raw, target = np.zeros((1, 1, 2, 1, 7)), np.zeros((1, 1, 2, 1, 7))
    raw[0, 0, 0, 0], target[0, 0, 0, 0] = [0, 0, 0, 0.5, 0, np.log(3), 0], [1, 0.5, 0.75, 0, 0.5, 1, 0]
    checks.unchanged(yolo_gradient, raw, target, 5.0, 0.5)
    gradient = yolo_gradient(raw, target, 5.0, 0.5)
    checks.shape("the gradient of two places", gradient, (1, 1, 2, 1, 7))
    true, five = np.array([-0.5, 0, -0.625, 5, -5, -0.25, 0.25]), np.array([1, 5, 5, 5, 5, 1, 1])
    slips = {"the chain rule: sigmoid times 1 minus sigmoid": true * [1, 4, 4, 1, 1, 1, 1], "its sign is wrong": -true}
    slips |= {
        "the derivative of a square has a 2": true / np.minimum(five, 2),
        "the weight of the squares": true / five,
    }
    checks.close("the place with an object", gradient[0, 0, 0, 0], true, mistakes=slips)
    slips = {"empty_weight": [0.5, 0, 0, 0, 0, 0, 0], "an empty place has no class": [0.25, 0, 0, 0, 0, 0.5, 0.5]}
    slips |= {"an empty place pushes p_c to 0": np.zeros(7), "not sigmoid minus 1": [-0.25, 0, 0, 0, 0, 0, 0]}
    checks.close("the place without one", gradient[0, 0, 1, 0], [0.25, 0, 0, 0, 0, 0, 0], mistakes=slips)
    three = yolo_gradient(np.repeat(raw, 3, axis=0), np.repeat(target, 3, axis=0), 5.0, 0.5)
    checks.close("the first of three pictures", three[0], gradient[0] / 3, m=3)
    ### BEGIN HIDDEN TESTS

    def by_complex_steps(raw, target, box_weight, empty_weight):
        result = np.zeros(raw.shape)
        for k in range(raw.shape[4]):
            t = raw + 1e-200j * (np.arange(raw.shape[4]) == k)
            result[..., k] = np.imag(each_place(t, target, box_weight, empty_weight)) / 1e-200
        return result / raw.shape[0]

    def each_place(t, target, box_weight, empty_weight):
        box = np.concatenate([0.5 + 0.5 * np.tanh(t[..., 1:3] / 2), t[..., 3:5]], axis=4) - target[..., 1:5]
        classes = t[..., 5:] - np.max(t[..., 5:].real, axis=4, keepdims=True)
        loss = np.log(np.sum(np.exp(classes), axis=4)) - np.sum(np.where(target[..., 5:] == 1, classes, 0), axis=4)
        loss = loss + box_weight * np.sum(box * box, axis=4) + softplus(-t[..., 0])
        return np.where(target[..., 0] == 1, loss, empty_weight * softplus(t[..., 0]))

    def softplus(t):
        return np.log(1 + np.exp(np.where(t.real > 0, -t, t))) + np.where(t.real > 0, t, 0)

    def batch(rng, m, rows, columns, A, n_classes):
        target = rng.uniform(0, 1, (m, rows, columns, A, 5 + n_classes))
        target[..., 0], target[..., 5:] = target[..., 0] < 0.5, np.eye(n_classes)[np.argmax(target[..., 5:], axis=4)]
        return rng.normal(0, 2, target.shape), target, float(rng.uniform(0.5, 6)), float(rng.uniform(0.1, 2))

    rng = np.random.default_rng(6)
    raw, target, *_ = batch(rng, 3, 2, 4, 2, 3)
    first, side, p = np.arange(8) == 0, np.isin(np.arange(8), [3, 4]), target[..., :1]
    full, empty = np.where(first, 1, target), np.where(first, 0, target)
    targets = {"an object in each place": full, "numbers, but no object": empty, "nothing": empty * 0}
    targets |= {"zeros in empty places": target * p, "1e6 in empty places": np.where(first, p, target + 1e6 * (1 - p))}
    others = {f"with {name} in the target": (raw, each, 5.0, 0.5) for name, each in targets.items()}
    others["with a target of whole numbers"] = raw, np.rint(target).astype(int), 5.0, 0.5
    for t in ([-1000.0], [1000], [-1000, 1000, 0, 3]):
        others[f"with raw numbers of {t}"] = rng.choice(t, raw.shape), target, 5.0, 0.5
    others["with small differences"] = np.where(side, full + 1e-7, raw), full, 5.0, 0.5
    for weights in ((0, 0.5), (5.0, 0), (3, 2), (0, 0)):
        others[f"with the weights {weights}"] = raw, target, *weights
    limits = {"m": 110, "rows": 7, "columns": 9, "A": 6, "n_classes": 110}
    domain = {"sizes": limits, "types": ["raw"], "cases": others, "apart": False, "atol": 1e-13}
    checks.agrees(yolo_gradient, by_complex_steps, batch, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Does this loss lead to the right boxes? Here is a test without any network: the raw numbers of one picture are themselves what is learned. They begin at 0 and go down the gradient.

# %%
raw, number, losses, seen = np.zeros((1, *targets[0].shape)), 3, [], {}
for step in range(401):
    if step in (0, 20, 400):
        seen[step] = decode_yolo(raw[0], anchors, IMAGE)
    losses.append(yolo_loss(raw, targets[number][None], 5.0, 0.5))
    raw = raw - 0.1 * yolo_gradient(raw, targets[number][None], 5.0, 0.5)

figure, axes = plt.subplots(1, 3, figsize=(8, 3))
for axis, (step, (boxes, probabilities)) in zip(axes, seen.items(), strict=True):
    axis.imshow(scenes[number])
    plots.draw_boxes(axis, boxes[np.max(probabilities, axis=1) > 0.15], plots.COLORS[4])
    plots.draw_boxes(axis, truth[number][0], "white", ":")
    axis.set(title=f"after {step} steps: loss {losses[step]:.2f}", xlim=(0, SIDE), ylim=(SIDE, 0))
    axis.set_axis_off()
plt.show()

# %% [markdown]
# *What to notice.* Drawn are all boxes with a probability above 0.15; dotted in white are the true boxes. At the start every place says the same: half sure, and a box like its anchor. Then the empty places fall silent, and the boxes of the others move onto the objects. The loss is right. What is left for a network is to say these numbers for pictures that it has not seen.
#
# ## 6. From all boxes to a few
#
# *The network always answers with 72 boxes. Which of them do we show?*
#
# 1. The **score** of a box is its largest probability, its label the class that has it.
# 2. Boxes whose score is below a threshold are dropped.
# 3. Non-max suppression, for each class by itself.
# 4. Of what is left, the best ones, at most so many.
#
# *On paper.* Three boxes on a line, $(0, 0, 4, 1)$, $(1, 0, 5, 1)$, $(0, 0, 4, 1)$, with the probabilities $(0.1, 0.6)$, $(0.2, 0.7)$, $(0.5, 0.3)$; threshold 0.4, overlap 0.5. The scores are 0.6, 0.7, 0.5 and the labels 1, 1, 0. The IoU of the first two is $3/5$: box 0 is dropped. Box 2 is of another class and stays. The result is box 1, then box 2.
#
# ### Exercise 7: `yolo_filter`


# %% exercise="yolo_filter"
def yolo_filter(boxes, probabilities, least, overlap, most):
    """The boxes of a picture that are worth showing.

    Args:
        boxes: corners, shape (n, 4), n >= 0, floats or whole numbers.
        probabilities: of each class, shape (n, n_classes), n_classes >= 1, floats from 0 to 1, of any sum.
        least: the score from which a box counts (a box with exactly this score counts), 0 to 1.
        overlap: of two boxes of the same class, the one with the lower score is dropped if their IoU is larger than
            this, 0 to 1, as in lesson 03's nms.
        most: at most so many boxes are kept, over all classes, a whole number >= 1.

    Returns:
        boxes, shape (k, 4); scores, shape (k,); labels, whole numbers, shape (k,); the best score first, and of equal
        scores the earlier row. Of equal probabilities of a box, the first class is its label. k may be 0. New arrays.
    """
    # 1. Scores and labels. 2. Which boxes count? 3. nms with labels; its result begins with the best.
    ### BEGIN SOLUTION
    scores, labels = np.max(probabilities, axis=1), np.argmax(probabilities, axis=1)
    counts = scores >= least
    boxes, scores, labels = boxes[counts], scores[counts], labels[counts]
    kept = nms(boxes, scores, overlap, labels)[:most]
    return boxes[kept], scores[kept], labels[kept]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.max(probabilities, axis=1)` and `np.argmax(probabilities, axis=1)`. Index all three arrays with `scores >= least` before `nms(boxes, scores, overlap, labels)`: the rows that it returns are those of the arrays that it was given.
# </details>

# %% check="yolo_filter" points=2
with checks.exercise("yolo_filter"):
    boxes = np.array([[9.0, 0, 13, 1], [0, 0, 4, 1], [1, 0, 5, 1], [0, 0, 4, 1], [20, 0, 24, 1]])
    probabilities = np.array([[0.3, 0.2], [0.1, 0.6], [0.2, 0.7], [0.5, 0.3], [0.4, 0.1]])
    checks.unchanged(yolo_filter, boxes, probabilities, 0.4, 0.5, 9)
    names, what = ["boxes", "scores", "labels"], "yolo_filter of five boxes, least 0.4, overlap 0.5"
    found = checks.results(what, yolo_filter(boxes, probabilities, 0.4, 0.5, 9), names)
    slips = {"the one with exactly 0.4 counts": [0.7, 0.5], "boxes of other classes suppress nothing": [0.7, 0.4]}
    slips |= {"the box with 0.6 overlaps with a better one": [0.7, 0.6, 0.5, 0.4], "the best first": [0.4, 0.5, 0.7]}
    for slip, wrong in slips.items():
        checks.that(np.asarray(found[1]).tolist() != wrong, f"{what}: {slip}")
    checks.close(f"scores of {what}", found[1], [0.7, 0.5, 0.4])
    checks.close(f"boxes of {what}", found[0], boxes[2:])
    checks.equal(f"labels of {what}", [int(label) for label in found[2]], [1, 0, 0])
    checks.close("scores, if at most 2", yolo_filter(boxes, probabilities, 0.4, 0.5, 2)[1], [0.7, 0.5])
    checks.shape("boxes, if none has the score 0.8", yolo_filter(boxes, probabilities, 0.8, 0.5, 2)[0], (0, 4))
    ### BEGIN HIDDEN TESTS

    def one_by_one(boxes, probabilities, least, overlap, most):
        kept, each = [], probabilities.tolist()
        for row in sorted(range(len(boxes)), key=lambda row: (-max(each[row]), row)):
            label = each[row].index(max(each[row]))
            rivals = [iou(boxes[other], boxes[row : row + 1])[0] for other, theirs in kept if theirs == label]
            if max(each[row]) >= least and max(rivals, default=-1) <= overlap:
                kept.append((row, label))
        rows, labels = [row for row, _ in kept[:most]], [label for _, label in kept[:most]]
        return boxes[rows].reshape(-1, 4), np.max(probabilities[rows], axis=1), np.array(labels, dtype=int)

    def crowd(rng, n, n_classes, most):
        first, probabilities = rng.uniform(0, 2 + n / 8, (n, 2)), rng.uniform(0, 1, (n, n_classes))
        boxes = np.hstack([first, first + rng.uniform(0.5, 3, (n, 2))])
        return boxes, probabilities.round(rng.integers(1, 4)), rng.uniform(0, 0.6), rng.uniform(0.05, 0.8), most

    line = np.array([[0.0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1], [2, 0, 6, 1], [0, 0, 4, 2]])
    equal = np.array([[0.5, 0.5, 0.2], [0.5, 0.25, 0.5], [0.1, 0.5, 0.5], [0.5, 0.5, 0.5], [0, 0, 0.5]])
    others = {f"with overlap {overlap}": (line, equal, 0.1, overlap, 9) for overlap in (0, 0.3, 0.5, 1)}
    others |= {f"with most {most}": (line, equal, 0.5, 0.3, most) for most in (1, 2, 3, 4)}
    others |= {
        "with least 0": (line, equal * 0, 0, 0.3, 9),
        "with least 1": (line, np.ceil(equal), 1, 0.3, 9),
        "without boxes": (line[:0], equal[:0], 0.5, 0.3, 9),
        "with boxes that are all dropped": (line, equal, 0.6, 0.3, 9),
        "with one class": (line, equal[:, 2:], 0.2, 0.3, 9),
        "with one box for two classes, below 0": (line[[0, 0]] - 20, np.eye(2), 0.1, 0.3, 9),
        "with two classes, all below 0": (
            20 * np.tile(line, (2, 1)) - 900,
            np.repeat([[0.9, 0.1], [0.1, 0.8]], 5, axis=0),
            0.2,
            0.3,
            9,
        ),
        "with boxes of whole numbers": (line.astype(int), equal, 0.2, 0.3, 9),
        "with scores that hardly differ": (line, 0.5 + 1e-12 * np.arange(10).reshape(5, 2), 0.5, 0.3, 9),
        "with a score a little below least": (line, equal - 1e-12, 0.5, 0.3, 9),
        "with very small probabilities": (line, equal * 1e-10, 1e-11, 0.3, 9),
    }
    others |= {f"with 40 boxes, draw {seed}": crowd(np.random.default_rng(seed), 40, 3, 12) for seed in range(12)}
    domain = {"cases": others, "returns": names, "types": ["boxes"], "apart": False}
    checks.agrees(yolo_filter, one_by_one, crowd, sizes={"n": 220, "n_classes": 110, "most": 130}, **domain)
    checks.whole("a label of yolo_filter", yolo_filter(boxes, probabilities, 0.4, 0.5, 9)[2][0])
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. How good is it?
#
# *Lesson 03 measured a detector for one class. What about several?*
#
# Take each class by itself: only the boxes with its label, only the true boxes of its class, over all pictures. That gives one average precision for each class. Their mean is the **mean average precision**, mAP. (A class without any true box has no average precision and would be left out of the mean.) A box at the right place with the wrong label counts twice against the detector: as a wrong box of one class, and as a missed object of the other.


# %%
def mean_average_precision(found, truth, least):
    """mAP and the average precision of each class; for each picture, found has boxes, scores and labels, truth two."""
    each = []
    for k in range(len(CLASSES)):
        pictures = [
            (boxes[labels == k], scores[labels == k], true_boxes[true_labels == k])
            for (boxes, scores, labels), (true_boxes, true_labels) in zip(found, truth, strict=True)
        ]
        each.append(ap_over_thresholds(pictures, np.array([least]))[0])
    return np.mean(each), each


# %% [markdown]
# ## 8. YOLO, trained
#
# *Where does the network come from?*
#
# A thousand pictures with 38 different sprites are too few to learn from nothing what an edge, a texture, a petal is. So we take SqueezeNet, which was trained on a million photographs, and use it as it is up to its layer *fire5*. For a picture of 102 × 102 pixels that gives 12 × 12 places with 256 numbers each. Max pooling makes 6 × 6 of them, one for each cell: the **features** of the picture. They are computed once; these weights do not change.
#
# Only the **head** on top is trained, in float32:
#
# | layer | what comes out |
# |---|---|
# | convolution 1 × 1, batch norm, leaky ReLU | 6 × 6 × 128 |
# | convolution 3 × 3, batch norm, leaky ReLU, dropout (half is kept) | 6 × 6 × 128 |
# | convolution 3 × 3, batch norm, leaky ReLU | 6 × 6 × 128 |
# | convolution 1 × 1 | 6 × 6 × 16, that is 6 × 6 cells × 2 anchors × (5 + 3) |
#
# The leaky ReLU, $\max(z, z / 10)$, lets a little of what is below 0 through. All layers are those that you wrote in earlier lessons. Here is only how they are put together.

# %%
weights = data.load_weights("squeezenet")


def features(scenes):
    """What SqueezeNet sees in the scenes, pooled to (m, 6, 6, 256), kept as float16 to save memory."""
    seen = []
    for k in tqdm(range(0, len(scenes), 50), desc="features", file=sys.stdout):
        maps = squeezenet.activations(scenes[k : k + 50], weights, ["fire5"])["fire5"]
        seen.append(pool_forward(maps, 2, 2, "max").astype(np.float16))
    return np.concatenate(seen)


seen = features(scenes)

# %%
LAYERS = {1: (1, 256, 128), 2: (3, 128, 128), 3: (3, 128, 128), 4: (1, 128, 16)}  # f, n_C_prev, n_C


def start_head(rng):
    """The parameters of the head, float32. At the start it says: no object, nearly everywhere."""
    parameters = {"b4": np.tile([-2.0, 0, 0, 0, 0, 0, 0, 0], 2)}
    for n, (f, n_C_prev, n_C) in LAYERS.items():
        scale = np.sqrt((2 if n < 4 else 0.1) / (f * f * n_C_prev))
        parameters[f"W{n}"] = rng.normal(0, scale, (f, f, n_C_prev, n_C))
        parameters |= {f"gamma{n}": np.ones((n_C, 1)), f"beta{n}": np.zeros((n_C, 1))} if n < 4 else {}
    return {key: value.astype(np.float32) for key, value in parameters.items()}


def block(A_prev, parameters, n, running=None):
    """Convolution, batch norm and leaky ReLU of layer n, and what its way back needs; running is for the test."""
    W, gamma, beta = (parameters[f"{name}{n}"] for name in ("W", "gamma", "beta"))
    Z, cache = conv_forward_fast(A_prev, W, np.zeros(W.shape[3], W.dtype), 1, len(W) // 2), None
    rows = Z.reshape(-1, Z.shape[3]).T
    if running is None:
        rows, cache = batchnorm_forward(rows, gamma, beta)
    else:
        rows = batchnorm_inference(rows, gamma, beta, running[n])
    Z = rows.T.reshape(Z.shape)
    return np.maximum(Z, np.float32(0.1) * Z), (A_prev, Z, cache)


# %%
def head(A, parameters, running=None, rng=None):
    """The raw numbers (m, 6, 6, 2, 8) for features, and what the way back needs; rng is for the dropout in training."""
    A, one = block(A, parameters, 1, running)
    A, two = block(A, parameters, 2, running)
    mask = None
    if rng is not None:
        A, mask = (part.astype(np.float32) for part in dropout_forward(A, 0.5, rng))
    A, three = block(A, parameters, 3, running)
    raw = conv_forward_fast(A, parameters["W4"], parameters["b4"], 1, 0)
    return raw.reshape(len(raw), *CELLS, 2, 8), ({1: one, 2: two, 3: three}, mask, A)


def head_backward(draw, parameters, memory):
    """The gradients of the head's parameters."""
    (blocks, mask, A), grads = memory, {}
    dA, grads["dW4"], grads["db4"] = conv_backward(draw.reshape(*draw.shape[:3], 16), A, parameters["W4"], 1, 0)
    for n, (A_prev, Z, cache) in reversed(blocks.items()):
        dZ = np.where(Z > 0, dA, np.float32(0.1) * dA).reshape(-1, Z.shape[3]).T
        dZ, grads[f"dgamma{n}"], grads[f"dbeta{n}"] = batchnorm_backward(dZ, cache)
        W = parameters[f"W{n}"]
        dA, grads[f"dW{n}"], _ = conv_backward(dZ.T.reshape(Z.shape), A_prev, W, 1, len(W) // 2)
        dA = dA * mask if n == 3 else dA
    return grads


# %% [markdown]
# Training: 6 epochs with batches of 32 pictures, Adam, a learning rate that grows for ten steps to 0.006 and then falls along half a cosine to 0. The weights of the loss are $\lambda_{\text{box}} = 5$ and $\lambda_{\text{empty}} = 0.25$.

# %%
BOX_WEIGHT, EMPTY_WEIGHT, BATCH, EPOCHS = 5.0, 0.25, 32, 6


def train(seen, targets, rng):
    """The parameters of the head, its running averages, and the loss of each batch."""
    parameters, running, losses = start_head(rng), {}, []
    for n in (1, 2, 3):
        running[n] = {"mu": np.zeros((128, 1), np.float32), "var": np.ones((128, 1), np.float32)}
    v, s = initialize_adam(parameters)
    batches = [rows for _ in range(EPOCHS) for rows in np.array_split(rng.permutation(len(seen)), len(seen) // BATCH)]
    for t, batch in enumerate(tqdm(batches, desc="training", file=sys.stdout), start=1):
        raw, memory = head(seen[batch].astype(np.float32), parameters, rng=rng)
        losses.append(yolo_loss(raw, targets[batch], BOX_WEIGHT, EMPTY_WEIGHT))
        draw = yolo_gradient(raw, targets[batch], BOX_WEIGHT, EMPTY_WEIGHT).astype(np.float32)
        grads = head_backward(draw, parameters, memory)
        for n, (*_, cache) in zip(running, memory[0].values(), strict=True):
            running[n] = update_running(running[n], cache)
        rate = 0.006 * min(t / 10, 1) * (1 + np.cos(np.pi * t / len(batches))) / 2
        parameters, v, s = adam_step(parameters, grads, v, s, t, rate)
        parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
    return parameters, running, losses


parameters, running, losses = train(seen, targets, np.random.default_rng(0))
print("parameters:", sum(map(np.size, parameters.values())), f"  loss: {losses[0]:.1f} → {np.mean(losses[-30:]):.1f}")

# %% [markdown]
# Now the test, on pictures of three kinds: those of the training; new pictures with the sprites of the training on photographs that it has not seen; and new pictures with *other sprites* on photographs that it has not seen. Boxes with a score of at least 0.02 go into the mAP, NMS has the threshold 0.45.


# %%
def detect(seen):
    """The boxes, scores and labels for each picture of these features."""
    raw = head(seen.astype(np.float32), parameters, running)[0]
    return [yolo_filter(*decode_yolo(each, anchors, IMAGE), 0.02, 0.45, 100) for each in raw]


test_scenes, test_truth = make_scenes(300, "test", "test", seed=7)
mixed_scenes, mixed_truth = make_scenes(150, "train", "test", seed=8)
found = detect(features(test_scenes))
kinds = {"pictures of the training": (detect(seen[:300]), truth[:300])}
kinds["its sprites, other photographs"] = detect(features(mixed_scenes)), mixed_truth
kinds["other sprites, other photographs"] = found, test_truth

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.4), width_ratios=[1, 2])
left.plot(losses, linewidth=1)
left.set(xlabel="step", ylabel="loss", title="The loss falls", ylim=(0, None))
for shift, (name, pair) in enumerate(kinds.items()):
    mAP, each = mean_average_precision(*pair, 0.5)
    print(f"{name:34} mAP@0.5 {mAP:.2f}  ", "  ".join(f"{k} {ap:.2f}" for k, ap in zip(CLASSES, each, strict=True)))
    look = {"label": name, "color": plots.COLORS[shift], "hatch": ("", "//", "..")[shift]}
    right.bar_label(right.bar(np.arange(4) + 0.27 * (shift - 1), [*each, mAP], 0.25, **look), fmt="%.2f", fontsize=7)
right.set(ylabel="average precision at IoU 0.5", ylim=(0, 1.1), title="New sprites cost more than new photographs")
right.set_xticks(range(4), [*CLASSES, "mean (mAP)"])
right.legend(loc="lower left", fontsize=8, framealpha=1)
plt.show()

# %%
figure, axes = plt.subplots(3, 5, figsize=(8, 5))
for axis, scene, answer, (true_boxes, _) in zip(axes.flat, test_scenes, found, test_truth, strict=False):
    axis.imshow(scene)
    plots.draw_boxes(axis, true_boxes, "white", ":")
    for box, score, label in zip(*answer, strict=True):
        if score >= 0.35:
            plots.draw_boxes(axis, [box], plots.COLORS[4 - label], labels=[f"{CLASSES[label]} {score:.2f}"])
    axis.set(xlim=(0, SIDE), ylim=(SIDE, 0))
    axis.set_axis_off()
figure.suptitle("Sprites and photographs that the detector has never seen (dotted: the truth)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* On the pictures of the training the detector is nearly perfect, and the same sprites on new photographs cost it little. On sprites that it has not seen, mAP is still above 0.6. So what is missing is not training time, and not a larger network: it is **data**. Each class has 12 or 13 things to learn from. If no fruit of the training is long or dark, how should the network know that a banana or an avocado is a fruit? Signs of other shapes and colours are the hardest.
#
# Drawn are boxes with a score of at least 0.35. Look for four kinds of mistakes: a thing that is missed, a box that fits badly, a wrong class, and a part of the photograph that is taken for a thing. All four are rare on the sprites of the training. That is why people train detectors with hundreds of thousands of objects.
#
# ## 9. A YOLO that others have trained
#
# *Is this how real detectors work?*
#
# The face detector of lesson 03 is a YOLO with 13 × 13 cells and five anchors, trained on many thousands of photographs of faces. Until now a function of the course read its answer. Now it is your turn. `raw_grid` gives what comes out of its last layer, an array of shape $(13, 13, 25)$: for each cell five anchors with five numbers $(t_x, t_y, t_w, t_h, t_p)$. We put $t_p$ first, and add a class, because your functions want at least one. The softmax of one number is 1, whatever it is, so a 0 will do.

# %%
astronaut = data.load_photo("astronaut")
answer = face_detector.raw_grid(astronaut, data.load_weights("face_detector"))
raw = answer.reshape(13, 13, 5, 5)[..., [4, 0, 1, 2, 3]]
raw = np.concatenate([raw, np.zeros((13, 13, 5, 1))], axis=3)
face_anchors = face_detector.ANCHORS * astronaut.shape[0] / 13  # they are given in cells; yours are in pixels

every, probabilities = decode_yolo(raw, face_anchors, astronaut.shape[:2])
boxes, scores, labels = yolo_filter(every, probabilities, 0.5, 0.4, 10)
theirs, their_scores = face_detector.detect(astronaut, data.load_weights("face_detector"))
print("your box:     ", boxes.round(2).tolist(), scores.round(4).tolist())
print("the course's: ", theirs.round(2).tolist(), their_scores.round(4).tolist())

# %%
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(8, 3))
row, column, best = np.unravel_index(np.argmax(raw[..., 0]), (13, 13, 5))
center = (np.array([column, row]) + 0.5) * astronaut.shape[0] / 13
likely = probabilities[:, 0] > 0.02
titles = "one cell, its five anchors", f"{likely.sum()} of 845 boxes above 0.02", "after your filter"
for axis, title in zip((left, middle, right), titles, strict=True):
    axis.imshow(astronaut)
    axis.set(title=title, xlim=(0, 384), ylim=(384, 0))
    axis.set_axis_off()
for k, (w, h) in enumerate(face_anchors):
    plots.draw_boxes(
        left, [[*(center - [w / 2, h / 2]), *(center + [w / 2, h / 2])]], plots.COLORS[1 if k == best else 5]
    )
plots.draw_boxes(middle, every[likely], plots.COLORS[4])
plots.draw_boxes(right, boxes, plots.COLORS[1], labels=[f"face {score:.2f}" for score in scores])
plt.show()

# %% [markdown]
# *What to notice.* Your two functions, written for flowers and road signs, read a network that you have never seen, and find the same face as the course's own function, with the same box. (The course computes in float32, so its score has other last digits.) Left: the cell with the centre of the face, and its five anchors; the one that found the face is drawn in another colour. The anchors of this detector come from the sizes of faces, by the same k-means.

# %% [markdown]
# ## What you built
#
# - `size_iou` and `kmeans_anchors`: anchor boxes that fit the data.
# - `build_target` and `decode_yolo`: from objects to the target of the network, and from its raw numbers back to boxes.
# - `yolo_loss` and `yolo_gradient`: the loss with its three parts, and what trains the network.
# - `yolo_filter`: a few boxes in the place of many; and with all of these a detector, trained and measured by mAP.
#
# ## On your own
#
# - With 6 × 6 cells and two anchors, 70 of 72 places are empty. The **focal loss** lets places count less that are nearly right already: multiply $-\log(1 - \sigma(t_p))$ by $\sigma(t_p)^2$, and likewise with an object. Derive its gradient, check it by differences, and train. Does mAP grow? Which of the scores change?
# - An empty place whose box fits an object well (IoU above 0.5) is punished all the same, for saying what is nearly true. YOLOv2 leaves such places out of the loss. Try it: what happens to the boxes before NMS?
# - Really hard: find 13 more things for each class, without new pictures. Cut fruit and flowers into pieces, mix their colours, turn them, let another sprite cover a part. Can you reach mAP 0.75 on the pictures for the test? (Choose by a validation set of training sprites that you put aside, not by the test.)
#
# ## In practice
#
# `ultralytics` and `torchvision` have detectors that are ready to use and to train on your own pictures. They have the same parts, and more of them: grids of three sizes for small and large objects, a loss that is made of the IoU itself in the place of squares, pictures put together from four others. They are trained on COCO: 118,000 photographs with 860,000 boxes of 80 classes. Many new ones have no anchors any more; each cell says width and height directly.
#
# ## References
#
# - Course 4, week 3, lectures 8 and 9.
# - J. Redmon, S. Divvala, R. Girshick and A. Farhadi (2016), You Only Look Once: Unified, Real-Time Object Detection, CVPR.
# - J. Redmon and A. Farhadi (2017), YOLO9000: Better, Faster, Stronger, CVPR. (Anchors by k-means.)
# - J. Redmon and A. Farhadi (2018), YOLOv3: An Incremental Improvement.
# - F. Iandola, S. Han, M. Moskewicz, K. Ashraf, W. Dally and K. Keutzer (2016), SqueezeNet: AlexNet-Level Accuracy with 50x Fewer Parameters and < 0.5 MB Model Size.
# - T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollár (2017), Focal Loss for Dense Object Detection, ICCV.
