# %% [markdown]
# You will turn what a detector says about a grid of cells into boxes, keep one box for each object, and measure how good a detector is.
# At the end a really trained face detector runs through your functions, and its average precision is yours to compute.

# %% [markdown]
# ## What you will be able to do
#
# - write a box as two corners or as centre and size, and change between the two;
# - write the target of a detector for a grid of cells, and read the detector's answer back into boxes;
# - measure how well two boxes agree by intersection over union;
# - keep one box for each object by non-max suppression;
# - compute precision, recall and average precision, and say what an IoU threshold does to them.
#
# **What you need:** a detector's target $(p_c, b, c)$ from [lesson 01](01_localization_and_landmarks.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.pretrained import face_detector
from shared_utils.pretrained.resize import resized

plots.use_style()


# %% [markdown]
# ## 1. Two ways to write a box
#
# *Which four numbers are a box?*
#
# Positions are in pixels from the upper left corner of the picture: $x$ to the right, $y$ **downward**. A box can be written as two corners, $(x_1, y_1, x_2, y_2)$ with $x_1 \le x_2$ and $y_1 \le y_2$, or as its centre and its size, $(x, y, w, h)$. Corners are good for overlaps, centre and size for learning. (The lecture writes $b_h$ before $b_w$. Here $x$ stands before $y$, and so $w$ before $h$, as in most programs.)
#
# $$x = \frac{x_1 + x_2}{2}, \quad y = \frac{y_1 + y_2}{2}, \quad w = x_2 - x_1, \quad h = y_2 - y_1 .$$
#
# *On paper.* The corners $(10, 20, 40, 60)$ are the centre $(25, 40)$ and the size $(30, 40)$.
#
# ### Exercise 1: `convert_boxes`


# %% exercise="convert_boxes"
def convert_boxes(boxes, to):
    """Boxes in the other form.

    Args:
        boxes: shape (n, 4), n >= 0, floats or whole numbers. For to="center" the rows are x1, y1, x2, y2; for
            to="corner" they are x, y, w, h.
        to: the form that is wanted, "center" or "corner".

    Returns:
        The boxes in this form, a new array of floats, shape (n, 4).

    Raises:
        ValueError: another word for the form; x1 > x2 or y1 > y2; w < 0 or h < 0. (A box without area is a box.)

    Example:
        convert_boxes(np.array([[10, 20, 40, 60]]), "center") is [[25, 40, 30, 40]].
    """
    # 1. Is it one of the two forms? 2. The first two columns and the last two; is one size below 0?
    # 3. Put the two new pairs of columns side by side.
    ### BEGIN SOLUTION
    if to not in ("center", "corner"):
        raise ValueError(f'the form must be "center" or "corner", not {to!r}')
    first, last = boxes[:, :2], boxes[:, 2:]
    sizes = last - first if to == "center" else last
    if np.any(sizes < 0):
        raise ValueError("a box has corners that are exchanged, or a size below 0")
    return np.hstack([(first + last) / 2, sizes] if to == "center" else [first - sizes / 2, first + sizes / 2])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `boxes[:, :2]` and `boxes[:, 2:]` are arrays of shape $(n, 2)$: both axes at once. The corners are the centre minus and plus half the size. `np.hstack([left, right])` puts two arrays side by side.
# </details>

# %% check="convert_boxes" points=1
with checks.exercise("convert_boxes"):
    corners, centers = np.array([[10.0, 20, 40, 60], [0, 5, 2, 5]]), np.array([[25.0, 40, 30, 40], [1, 5, 2, 0]])
    checks.unchanged(convert_boxes, corners, "center")
    slips = {"this is half the size": centers * [1, 1, 0.5, 0.5], "x before y": centers[:, [1, 0, 3, 2]]}
    what = 'convert_boxes([[10, 20, 40, 60], [0, 5, 2, 5]], "center")'
    checks.close(what, convert_boxes(corners, "center"), centers, mistakes=slips)
    slips = {"half the size on each side of the centre": [[-5, 0, 55, 80], [-1, 5, 3, 5]]}
    what = 'convert_boxes([[25, 40, 30, 40], [1, 5, 2, 0]], "corner")'
    checks.close(what, convert_boxes(centers, "corner"), corners, mistakes=slips)
    checks.raises("corners that are exchanged", ValueError, convert_boxes, corners[:, [2, 1, 0, 3]], "center")
    ### BEGIN HIDDEN TESTS

    def box_by_box(boxes, to):
        rows = [[float(number) for number in box] for box in boxes]
        if to == "center":
            rows = [[a + (c - a) / 2, b + (d - b) / 2, c - a, d - b] for a, b, c, d in rows]
        else:
            rows = [[x - 0.5 * w, y - 0.5 * h, x + 0.5 * w, y + 0.5 * h] for x, y, w, h in rows]
        return np.array(rows, dtype=float).reshape(-1, 4)

    def to_centers(rng, n):
        first = rng.uniform(-50, 400, (n, 2))
        return np.hstack([first, first + rng.uniform(0, 200, (n, 2)).round(rng.integers(-2, 3))]), "center"

    def to_corners(rng, n):
        return np.hstack(
            [rng.uniform(-50, 400, (n, 2)), rng.uniform(0, 200, (n, 2)).round(rng.integers(-2, 3))]
        ), "corner"

    whole = np.array([[3, 4, 8, 9], [-7, -3, -2, 0], [1, 1, 1, 1]])
    others = {
        f"with whole numbers, to {to}": (whole + shift, to) for to, shift in (("center", 0), ("corner", [0, 0, 7, 5]))
    }
    others |= {
        "without boxes, to center": (np.zeros((0, 4)), "center"),
        "without, to corner": (np.zeros((0, 4)), "corner"),
    }
    others["with boxes of four zeros"] = np.zeros((2, 4)), "center"
    for draw in (to_centers, to_corners):
        checks.agrees(convert_boxes, box_by_box, draw, sizes={"n": 1030}, types=["boxes"], cases=others)
    for to, bad in (
        ("center", [9, 2, 8, 5]),
        ("center", [1, 6, 8, 5]),
        ("corner", [5, 5, -1, 2]),
        ("corner", [5, 5, 1, -2]),
        ("center", [9, 6, 8, 5]),
        ("corner", [5, 5, -1, -2]),
    ):
        checks.raises(
            f"a row {bad} among others, to {to}", ValueError, convert_boxes, np.array([[1, 1, 2, 2], bad]), to
        )
    for word in ("corners", "Center", "", "centre"):
        checks.raises(f"the form {word!r}", ValueError, convert_boxes, np.array([[1, 1, 2, 2]]), word)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. A grid of cells
#
# *How does a network say where several objects are?*
#
# YOLO lays a grid over the picture, for example of 13 × 13 cells. **An object belongs to the cell in which the centre of its box lies**, however large the box is. Each cell has one vector of $5 + n_c$ numbers, where $n_c$ is the number of classes:
#
# $$(p_c, \; b_x, \; b_y, \; b_w, \; b_h, \; c_1, \dots, c_{n_c}).$$
#
# Here $p_c$ is 1 if the cell has an object and 0 if not. $b_x$ and $b_y$ are the place of the centre *within the cell*, from 0 (left, top) to 1 (right, bottom). $b_w$ and $b_h$ are width and height *in cells*; they can be larger than 1. The last numbers are the class, one-hot. For a cell without an object all numbers are 0.
#
# *On paper.* A picture of 40 × 60 pixels ($n_H \times n_W$) and 2 × 3 cells: each cell is 20 × 20 pixels. The box with the corners $(20, 14, 60, 20)$ has the centre $(40, 17)$ and the size $(40, 6)$. In cells that is the centre $(2, \; 0.85)$ and the size $(2, \; 0.3)$. So it belongs to row 0 and column 2, with $b_x = 0$, $b_y = 0.85$, $b_w = 2$, $b_h = 0.3$.
#
# ### Exercise 2: `encode_grid`


# %% exercise="encode_grid"
def encode_grid(boxes, labels, n_classes, size, cells):
    """The target of a detector for one picture: a vector for each cell.

    Args:
        boxes: the boxes of the objects, corners x1, y1, x2, y2 in pixels, shape (n, 4), n >= 0, floats or whole numbers.
        labels: their classes, whole numbers from 0 to n_classes - 1, shape (n,).
        n_classes: the number of classes, >= 1.
        size: the size (n_H, n_W) of the picture in pixels, whole numbers.
        cells: how many rows and columns of cells there are, whole numbers >= 1. A cell need not be square, and its
            sides need not be whole numbers of pixels.

    Returns:
        Y, a new array of floats, shape (rows, columns, 5 + n_classes), as in the text. A centre on the line between two
        cells belongs to the right (the lower) one, a centre on the right (the lower) edge of the picture to the last
        cell. If two objects have their centres in one cell, the first of them in the list has it.

    Raises:
        ValueError: the centre of a box lies outside of the picture; or corners are exchanged.

    Example:
        encode_grid(np.array([[20, 14, 60, 20]]), np.array([0]), 1, (40, 60), (2, 3))[0, 2] is [1, 0, 0.85, 2, 0.3, 1].
    """
    # 1. Centre and size of each box, in cells. 2. The cell: whole numbers. What about the last edge?
    # 3. Is the cell free? Then write the vector into it.
    ### BEGIN SOLUTION
    (n_H, n_W), (rows, columns) = size, cells
    Y = np.zeros((rows, columns, 5 + n_classes))
    in_cells = convert_boxes(boxes, "center") * [columns, rows, columns, rows] / [n_W, n_H, n_W, n_H]
    for (x, y, w, h), label in zip(in_cells, labels, strict=True):  # equivalent "True → False": as many labels as boxes
        if not (0 <= x <= columns and 0 <= y <= rows):
            raise ValueError("the centre of a box lies outside of the picture")
        row, column = min(int(y), rows - 1), min(int(x), columns - 1)
        if Y[row, column, 0] == 0:
            Y[row, column, :5] = 1, x - column, y - row, w, h
            Y[row, column, 5 + label] = 1
    return Y
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# $x$ and $w$ go with the width $n_W$ and the columns, $y$ and $h$ with the height $n_H$ and the rows. The position `x` in pixels is `x * columns / n_W` in cells.
# </details>
# <details><summary>Hint 2</summary>
#
# Take `convert_boxes(boxes, "center")`. In cells, `int(x)` is the column and `x - column` is $b_x$. On the right edge of the picture `int(x)` would be one too many: use `min(int(x), columns - 1)`.
# </details>

# %% check="encode_grid" points=3
with checks.exercise("encode_grid"):
    boxes, labels = np.array([[20.0, 14, 60, 20], [0, 20, 10, 40], [8, 30, 8, 38]]), np.array([1, 0, 1])
    checks.unchanged(encode_grid, boxes, labels, 2, (40, 60), (2, 3))
    Y = encode_grid(boxes, labels, 2, (40, 60), (2, 3))
    checks.shape("Y for 2 rows, 3 columns and 2 classes", Y, (2, 3, 7))
    slips = {"the place in the cell, not in the picture": [1, 2, 0.85, 2, 0.3, 0, 1]}
    slips |= {"in cells, not in pixels": [1, 0, 17, 40, 6, 0, 1], "b_w before b_h": [1, 0, 0.85, 0.3, 2, 0, 1]}
    slips |= {"no shares of the picture": [1, 2 / 3, 0.425, 2 / 3, 0.15, 0, 1]}
    what, right = "row 0, column 2 for the box (20, 14, 60, 20) of class 1", [1, 0, 0.85, 2, 0.3, 0, 1]
    checks.close(what, Y[0, 2], right, mistakes=slips)
    slips = {"the first box in the list has the cell": [1, 0.4, 0.7, 0, 0.4, 0, 1]}
    slips |= {"the second box changed a cell that was taken": [1, 0.25, 0.5, 0.5, 1, 1, 1]}
    checks.close("row 1, column 0 for two boxes", Y[1, 0], [1, 0.25, 0.5, 0.5, 1, 1, 0], mistakes=slips)
    checks.equal("how many cells hold an object", int(np.sum(Y[..., 0])), 2)
    ### BEGIN HIDDEN TESTS

    def cell_by_cell(boxes, labels, n_classes, size, cells):
        Y = np.zeros((*cells, 5 + n_classes))
        high, wide = size[0] / cells[0], size[1] / cells[1]
        for row, column in np.ndindex(*cells):
            for (x1, y1, x2, y2), label in zip(boxes.astype(float).tolist(), labels, strict=True):
                x, y = 0.5 * x1 + 0.5 * x2, 0.5 * y1 + 0.5 * y2
                place_x, place_y = x / wide - column, y / high - row
                last_x, last_y = column + 1 == cells[1] and x == size[1], row + 1 == cells[0] and y == size[0]
                if (0 <= place_x < 1 or last_x) and (0 <= place_y < 1 or last_y):
                    Y[row, column, :5] = 1, place_x, place_y, (x2 - x1) / wide, (y2 - y1) / high
                    Y[row, column, 5 + label] = 1
                    break
        return Y

    def objects(rng, n, n_classes, rows, columns):
        n_H, n_W = (int(k) for k in rng.integers(30, 400, 2))
        centers = np.hstack([rng.uniform(0.01, 0.99, (n, 2)) * [n_W, n_H], rng.uniform(1, 90, (n, 2))])
        boxes = np.hstack([centers[:, :2] - centers[:, 2:] / 2, centers[:, :2] + centers[:, 2:] / 2])
        return boxes, rng.integers(0, n_classes, n), n_classes, (n_H, n_W), (rows, columns)

    many = np.tile(np.stack(divmod(np.arange(120.0), 12)[::-1], axis=1), 2) * 8 + [1, 2, 4, 5]
    grid = np.array(
        [
            [0.0, 0, 16, 8],
            [16, 8, 48, 24],
            [48, 24, 80, 40],
            [-8, -8, 8, 8],
            [60, 0, 68, 32],
            [0, 30, 32, 34],
            [30, 14, 36, 20],
        ]
    )
    others = {
        "with centres on lines and edges": (grid, np.array([0, 1, 2, 3, 1, 2, 0]), 4, (32, 64), (4, 8)),
        "without objects": (np.zeros((0, 4)), np.zeros(0, dtype=int), 3, (20, 30), (2, 3)),
        "with whole numbers": (np.array([[3, 5, 20, 30], [1, 2, 4, 4]]), np.array([2, 0]), 3, (35, 50), (3, 4)),
        "with three objects in a cell": (
            np.array([[5.0, 4, 5, 6], [0, 0, 4, 8], [1, 1, 3, 3]]),
            np.array([0, 1, 1]),
            2,
            (9, 9),
            (1, 1),
        ),
        "with a box larger than the picture": (np.array([[-90.0, -70, 100, 90]]), np.array([0]), 1, (30, 40), (5, 4)),
        "with 120 objects in as many cells": (many, np.arange(120) % 3, 3, (80, 96), (10, 12)),
        "with a box without area": (np.array([[7.0, 9, 7, 9]]), np.array([1]), 2, (20, 40), (2, 3)),
    }
    sizes = {"n": 130, "n_classes": 130, "rows": 7, "columns": 9}
    checks.agrees(encode_grid, cell_by_cell, objects, sizes=sizes, cases=others, apart=False)
    for bad in ([58, 2, 64, 8], [2, 38, 8, 44], [-9, 2, 7, 8], [2, -9, 8, 7]):
        given = np.array([[20, 14, 60, 20], bad]), np.array([0, 0]), 1, (40, 60), (2, 3)
        checks.raises(f"the box {bad} in a picture of 40 × 60", ValueError, encode_grid, *given)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3: `decode_grid`
#
# The network answers with an array of the same shape. Its $p_c$ is now a probability, and $c_1, \dots, c_{n_c}$ are the probabilities of the classes *if there is an object*. So the probability of an object of class $k$ is the product $p_c \, c_k$. The **score** of a cell is the largest of these products, and its label is the class that has it.
#
# *On paper.* The vector $(0.5, \; 0.25, \; 0.5, \; 2, \; 1, \; 0.2, \; 0.8)$ in row 1 and column 2, with cells of 20 × 20 pixels: the centre is $(2.25, \; 1.5)$ in cells, so $(45, 30)$ in pixels, the size $(40, 20)$, the corners $(25, 20, 65, 40)$. The score is $0.5 \cdot 0.8 = 0.4$, the label 1.


# %% exercise="decode_grid"
def decode_grid(grid, size, least):
    """The boxes that a detector's answer for one picture means.

    Args:
        grid: shape (rows, columns, 5 + n_classes), n_classes >= 1, floats; probabilities are from 0 to 1, b_w and b_h
            not below 0, b_x and b_y any numbers.
        size: the size (n_H, n_W) of the picture in pixels, whole numbers.
        least: the score from which a box counts (a box with exactly this score counts), 0 to 1.

    Returns:
        boxes, shape (k, 4), corners x1, y1, x2, y2 in pixels, as they come out, also beyond the picture's edge;
        scores, shape (k,); labels, whole numbers, shape (k,): the class with the largest c, the first of equal ones.
        The cells come row by row, k may be 0. All arrays are new.

    Example:
        see above: with the other five cells all 0, size (40, 60) and least 0.3, the box [[25, 20, 65, 40]], the score
        [0.4] and the label [1].
    """
    # 1. Scores and labels of all cells. 2. Centres: which row and column is each cell? 3. In pixels, as corners.
    # 4. Keep those with a score of at least `least`.
    ### BEGIN SOLUTION
    (n_H, n_W), (rows, columns) = size, grid.shape[:2]
    scores, labels = grid[..., 0] * np.max(grid[..., 5:], axis=2), np.argmax(grid[..., 5:], axis=2)
    row, column = np.indices((rows, columns))
    in_cells = np.stack([grid[..., 1] + column, grid[..., 2] + row, grid[..., 3], grid[..., 4]], axis=2)
    centers = in_cells * [n_W, n_H, n_W, n_H] / [columns, rows, columns, rows]
    counts = scores >= least
    return convert_boxes(centers[counts], "corner"), scores[counts], labels[counts]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `rows, columns = np.indices(grid.shape[:2])` gives for each cell its row and its column, both of shape (rows, columns). Then everything is done for all cells at once. Or loop over the cells and collect the results in lists; an empty list of boxes needs `.reshape(-1, 4)` once it is an array.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.max(grid[..., 5:], axis=2)` and `np.argmax` of the same. An array of truth values as an index, `scores[scores >= least]`, goes through the cells row by row.
# </details>

# %% check="decode_grid" points=2
with checks.exercise("decode_grid"):
    grid = np.zeros((2, 3, 7))
    grid[1, 2], grid[0, 1] = [0.5, 0.25, 0.5, 2, 1, 0.2, 0.8], [1, 0.5, 0.1, 1, 1, 0.3, 0.25]
    checks.unchanged(decode_grid, grid, (40, 60), 0.3)
    names, what = ["boxes", "scores", "labels"], "decode_grid(grid, (40, 60), 0.3)"
    boxes, scores, labels = checks.results(what, decode_grid(grid, (40, 60), 0.3), names)
    checks.shape(f"boxes of {what}", boxes, (2, 4))
    slips = {
        "these are centre and size": [[30, 2, 20, 20], [45, 30, 40, 20]],
        "add the cell's row and column": [[0, -8, 20, 12], [-15, 0, 25, 20]],
    }
    checks.close(f"boxes of {what}", boxes, [[20, -8, 40, 12], [25, 20, 65, 40]], mistakes=slips)
    slips = {"times p_c": [0.3, 0.8], "p_c times the class's probability": [1, 0.5]}
    checks.close(f"scores of {what}", scores, [0.3, 0.4], mistakes=slips)
    checks.equal(f"labels of {what}", [int(label) for label in labels], [0, 1])
    boxes, scores, labels = decode_grid(grid, (40, 60), 0.45)
    checks.shape("boxes, if none has the score 0.45", boxes, (0, 4))
    ### BEGIN HIDDEN TESTS

    def one_by_one(grid, size, least):
        boxes, scores, labels = [], [], []
        for row, column in np.ndindex(*grid.shape[:2]):
            p, x, y, w, h, *classes = grid[row, column].tolist()
            products = [p * c for c in classes]
            if max(products) >= least:
                wide, high = size[1] / grid.shape[1], size[0] / grid.shape[0]
                left, top = (column + x - 0.5 * w) * wide, (row + y - 0.5 * h) * high
                boxes.append([left, top, left + w * wide, top + h * high])
                scores.append(max(products))
                labels.append(classes.index(max(classes)))
        return np.array(boxes).reshape(-1, 4), np.array(scores, dtype=float), np.array(labels, dtype=int)

    def answers(rng, rows, columns, n_classes):
        grid = rng.uniform(0, 1, (rows, columns, 5 + n_classes))
        grid[..., 3:5] *= 4
        return grid, (int(rng.integers(20, 400)), int(rng.integers(20, 400))), float(rng.uniform(0, 0.6))

    tied = np.zeros((2, 2, 8))
    tied[0, 0], tied[1, 1], tied[1, 0] = (
        [1, 1, 1, 1, 1, 0.25, 0.5, 0.5],
        [0.5, 0, 0, 3, 0, 0.5, 0.5, 0.25],
        [0, 0.5, 0.5, 1, 1, 1, 0, 0],
    )
    others = {
        "with equal classes": (tied, (30, 50), 0.25),
        "with the least score 0": (tied, (30, 50), 0),
        "with the least score 1": (np.ones((1, 3, 6)), (30, 50), 1),
        "with nothing": (tied, (30, 50), 0.75),
        "with a box of 25 × 40 cells": (np.array([[[1, 0.5, 0.5, 25, 40, 0, 1.0]]]), (30, 50), 0.5),
    }
    domain = {"cases": others, "returns": ["boxes", "scores", "labels"]}
    checks.agrees(decode_grid, one_by_one, answers, sizes={"rows": 12, "columns": 13, "n_classes": 110}, **domain)
    ### END HIDDEN TESTS

# %%
astronaut, weights = data.load_photo("astronaut"), data.load_weights("face_detector")
face = np.array([[122.0, 56.0, 209.0, 139.0]])
Y = encode_grid(face, np.array([0]), 1, astronaut.shape[:2], (13, 13))
row, column = np.argwhere(Y[..., 0] == 1)[0]
cell = np.array([column, row, column + 1, row + 1]) * 384 / 13
figure, axis = plt.subplots(figsize=(4.6, 4.6))
axis.imshow(astronaut)
for line in np.linspace(0, 384, 14)[1:-1]:
    axis.axvline(line, color="white", linewidth=0.5, linestyle="-")
    axis.axhline(line, color="white", linewidth=0.5, linestyle="-")
plots.draw_boxes(axis, face, plots.COLORS[1])
plots.draw_boxes(axis, [cell], plots.COLORS[0])
axis.set(title=f"The cell in row {row}, column {column} has the face", xticks=[], yticks=[])
axis.grid(False)
plt.show()
print("its vector:", np.round(Y[row, column], 2).tolist())

# %% [markdown]
# *What to notice.* The small box is the cell with the centre of the face, the large box is what this cell must predict. The face reaches over nine cells and more, but only one of them is responsible for it. Two objects with their centres in one cell cannot both be written down; anchor boxes ([lesson 04](04_anchor_boxes_and_yolo.ipynb)) help there.
#
# ## 3. How well do two boxes agree?
#
# *When is a predicted box right?*
#
# It is never exactly right. The measure is the **intersection over union** (IoU): the area that both boxes cover, divided by the area that at least one covers.
#
# $$\text{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|} = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}.$$
#
# It is 1 for equal boxes (that have an area) and 0 for boxes that do not overlap, and it does not depend on the scale. By convention a box counts as found if the IoU is at least 0.5. The intersection of two boxes is a box itself: its left side is the larger one of the two left sides, its right side the smaller one of the two right sides. If it would end before it begins, it is empty.
#
# *On paper.* $A = (0, 0, 4, 3)$ and $B = (2, 1, 6, 5)$. The intersection is $(2, 1, 4, 3)$ with the area 4, the union has $12 + 16 - 4 = 24$, and IoU $= 1/6$.
#
# ### Exercise 4: `iou`


# %% exercise="iou"
def iou(box, boxes):
    """The IoU of one box with each of several boxes.

    Args:
        box: corners x1, y1, x2, y2, shape (4,). boxes: shape (n, 4), n >= 0. Floats or whole numbers.

    Returns:
        The n values, a new array of floats, shape (n,), each from 0 to 1. A box without area has the IoU 0 with every
        box, also with itself.

    Raises:
        ValueError: one of the boxes has corners that are exchanged (x1 > x2 or y1 > y2).

    Example:
        iou(np.array([0, 0, 4, 3]), np.array([[2, 1, 6, 5], [0, 0, 4, 3]])) is [1/6, 1].
    """
    # 1. Corners in the right order? 2. The sides of the intersections; a side below 0 means that it is empty.
    # 3. Areas of intersection and union. 4. Where the union is 0, do not divide.
    ### BEGIN SOLUTION
    if np.any(box[2:] < box[:2]) or np.any(boxes[:, 2:] < boxes[:, :2]):
        raise ValueError("a box has corners that are exchanged")
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    intersection = np.prod(np.maximum(sides, 0), axis=1)
    union = np.prod(box[2:] - box[:2]) + np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) - intersection
    return intersection / np.where(union > 0, union, 1)  # equivalent "1 → 2": 0 is divided by it
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.maximum(box[:2], boxes[:, :2])` are the left upper corners of all intersections, shape $(n, 2)$, and `np.minimum(box[2:], boxes[:, 2:])` the right lower ones. Their differences are the sides.
# </details>
# <details><summary>Hint 2</summary>
#
# Two sides below 0 have a product above 0! Set them to 0 before you multiply: `np.maximum(sides, 0)`. Where the union is 0, divide by 1 instead.
# </details>

# %% check="iou" points=3
with checks.exercise("iou"):
    box = np.array([0.0, 0, 4, 3])
    boxes = np.array([[2.0, 1, 6, 5], [0, 0, 4, 3], [4, 0, 6, 3], [5, 4, 7, 8], [1, 1, 2, 3]])
    checks.unchanged(iou, box, boxes)
    slips = {"a side is x2 - x1, not x2 - x1 + 1": [0.25, 1, 1 / 7, 0, 0.3]}
    slips |= {
        "the intersection is counted twice in the union": [1 / 7, 0.5, 0, 0, 1 / 7],
        "two sides below 0": [1 / 6, 1, 0, 1 / 19, 1 / 6],
    }
    slips |= {
        "this is the share of the first box": [1 / 3, 1, 0, 0, 1 / 6],
        "the share of the smaller box": [1 / 3, 1, 0, 0, 1],
    }
    checks.close("the IoU of (0, 0, 4, 3) with five boxes", iou(box, boxes), [1 / 6, 1, 0, 0, 1 / 6], mistakes=slips)
    checks.close(
        "the IoU of a box without area with two boxes", iou(box[[0, 0, 2, 1]], np.array([[0, 0, 4, 0], box])), [0, 0]
    )
    checks.raises("corners that are exchanged", ValueError, iou, box[[2, 1, 0, 3]], boxes)
    ### BEGIN HIDDEN TESTS

    def by_lengths(box, boxes):
        values = []
        for other in boxes.astype(float).tolist():
            common, areas = 1.0, [1.0, 1.0]
            for low, high in ((0, 2), (1, 3)):
                a, b = float(box[high]) - float(box[low]), other[high] - other[low]
                span = max(float(box[high]), other[high]) - min(float(box[low]), other[low])
                inside = min(float(box[high]), other[high]) > max(float(box[low]), other[low])
                common *= a + b - span if inside else 0.0
                areas = [areas[0] * a, areas[1] * b]
            values.append(common / (sum(areas) - common) if common else 0.0)
        return np.array(values)

    def near_boxes(rng, n):
        first, scale = rng.uniform(0, 1, (n + 1, 2)), 10 ** rng.uniform(-1, 3)
        rows = scale * np.hstack([first, first + rng.uniform(0.1, 1.5, (n + 1, 2))])
        return rows[0], rows[1:]

    on_grid = np.array(
        [[a, b, a + c, b + d] for a in (0, 2, 3) for b in (-1, 0, 2) for c in (0, 1, 3) for d in (0, 2, 3)]
    )
    others = {f"with the box {row.tolist()}, whole numbers": (row, on_grid) for row in on_grid[::4]}
    others |= {"without other boxes": (np.array([0.0, 0, 4, 3]), np.zeros((0, 4)))}
    others |= {
        "with boxes of about 1e-9": (
            np.array([0, 0, 4e-9, 3e-9]),
            np.array([[2e-9, 1e-9, 6e-9, 5e-9], [0, 0, 4e-9, 3e-9]]),
        )
    }
    others |= {
        "with one box inside the other": (np.array([0.0, 0, 9, 9]), np.array([[1.0, 2, 3, 8], [-2, -3, 12, 15]]))
    }
    checks.agrees(iou, by_lengths, near_boxes, sizes={"n": 1030}, types=["box", "boxes"], cases=others, rtol=1e-8)
    for swap in ([2, 1, 0, 3], [0, 3, 2, 1]):
        checks.raises(f"a box with the corners {swap}", ValueError, iou, box[swap], boxes)
        checks.raises(
            f"the last of five boxes with the corners {swap}", ValueError, iou, box, np.vstack([boxes, box[swap]])
        )
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(1, 4, figsize=(8, 2.3))
for axis, share in zip(axes, (0.1, 0.25, 0.5, 0.75), strict=True):
    moved = face + np.array([[0.75, 0.25, 0.75, 0.25]]) * (1 - share) ** 1.3 * 75
    axis.imshow(astronaut[20:220, 80:300], extent=(80, 300, 220, 20))
    plots.draw_boxes(axis, face, plots.COLORS[1])
    plots.draw_boxes(axis, moved, plots.COLORS[0], "--")
    axis.set(title=f"IoU {iou(face[0], moved)[0]:.2f}", xticks=[], yticks=[])
    axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* An IoU of 0.5 already looks like a good hit, though each box has a third of its area outside the other one. That is why 0.5 is the usual threshold: people who draw boxes by hand hardly agree better than 0.8.
#
# ## 4. One box for each object
#
# *What if several cells see the same object?*
#
# Each cell is asked by itself, so neighbours often claim the same object. **Non-max suppression** (NMS) keeps the best of them:
#
# 1. take the box with the largest score, and keep it;
# 2. drop all boxes whose IoU with it is *above* a threshold;
# 3. go on with those that are left.
#
# With several classes this is done for each class by itself: a person in front of a car must not suppress the car.
#
# *On paper.* Three boxes on a line, $(0, 0, 4, 1)$, $(2, 0, 6, 1)$, $(4, 0, 8, 1)$, with the scores 0.8, 0.9, 0.7 and the threshold 0.3. The second box is the best. Its IoU with both neighbours is $2/6 = 1/3 > 0.3$: both are dropped, and one box is left. With the scores 0.9, 0.8, 0.7 the first box is kept, the second is dropped, and the third stays: it overlaps only with a box that is not there any more.
#
# ### Exercise 5: `nms`


# %% exercise="nms"
def nms(boxes, scores, overlap, labels=None):
    """Non-max suppression.

    Args:
        boxes: corners in the right order, shape (n, 4), n >= 0. scores: shape (n,), any real numbers. Both floats or
            whole numbers.
        overlap: a box is dropped if its IoU with a kept box is larger than this, 0 <= overlap <= 1.
        labels: None, or the classes, any whole numbers, shape (n,). Then only boxes of the same class drop one another.

    Returns:
        The rows of boxes that are kept, an array of whole numbers, shape (k,), the best score first, whatever the class.
        Of equal scores, the earlier row comes first (and is kept, if they overlap).

    Example:
        nms(np.array([[0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1]]), np.array([0.9, 0.8, 0.7]), 0.3) is [0, 2].
    """
    # 1. All rows, the best score first. 2. Keep the first one; which of the others stay? 3. Go on with these.
    ### BEGIN SOLUTION
    left, kept = np.argsort(-scores, kind="stable"), []
    while len(left):
        best, left = left[0], left[1:]
        kept.append(best)
        left = left[(iou(boxes[best], boxes[left]) <= overlap) | (labels is not None and labels[left] != labels[best])]
    return np.array(kept, dtype=int)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.argsort(-scores, kind="stable")` gives the rows from the best score to the worst; `stable` leaves rows with equal scores in their order.
# </details>
# <details><summary>Hint 2</summary>
#
# While there are rows left: take the first one off and keep it. Call `iou` once, with this box and all boxes that are left, and go on with the rows where it is not above the threshold. A box of another class always stays.
# </details>

# %% check="nms" points=3
with checks.exercise("nms"):
    boxes = np.array([[4.0, 0, 8, 1], [0, 0, 4, 1], [2, 0, 6, 1], [20, 0, 24, 1]])
    scores, other = np.array([0.7, 0.9, 0.8, 0.5]), np.array([0.7, 0.8, 0.9, 0.5])
    checks.unchanged(nms, boxes, scores, 0.3)
    kept = np.asarray(nms(boxes, scores, 0.3)).tolist()
    checks.that(kept != [1, 3], "nms of four boxes: row 0 overlaps only with row 2, which was dropped before; keep it")
    checks.that(kept != [0, 1, 3], "nms of four boxes: the best score comes first")
    checks.equal("nms of four boxes with the scores 0.7, 0.9, 0.8, 0.5 and overlap 0.3", kept, [1, 0, 3])
    checks.equal("the same, if row 2 has the best score", np.asarray(nms(boxes, other, 0.3)).tolist(), [2, 3])
    checks.equal("the same with overlap 0.5", np.asarray(nms(boxes, scores, 0.5)).tolist(), [1, 2, 0, 3])
    kept = np.asarray(nms(boxes, scores, 0.3, np.array([1, 1, 0, 1]))).tolist()
    checks.equal("with overlap 0.3 and labels 1, 1, 0, 1", kept, [1, 2, 0, 3])
    ### BEGIN HIDDEN TESTS

    def by_pairs(boxes, scores, overlap, labels=None):
        n = len(boxes)
        order = sorted(range(n), key=lambda row: (-float(scores[row]), row))
        kept = []
        for row in order:
            ax, ay, bx, by = (float(k) for k in boxes[row])
            for other in kept:
                cx, cy, dx, dy = (float(k) for k in boxes[other])
                common = max(min(bx, dx) - max(ax, cx), 0.0) * max(min(by, dy) - max(ay, cy), 0.0)
                union = (bx - ax) * (by - ay) + (dx - cx) * (dy - cy) - common
                if common > overlap * union and (labels is None or labels[row] == labels[other]):
                    break
            else:
                kept.append(row)
        return np.array(kept, dtype=int)

    def crowd(rng, n, classes):
        first = rng.uniform(0, 2 + n / 10, (n, 2))
        boxes, scores = (
            np.hstack([first, first + rng.uniform(0.5, 3, (n, 2))]),
            rng.normal(0, 1, n).round(rng.integers(1, 4)),
        )
        return boxes, scores, float(rng.uniform(0.05, 0.8)), rng.integers(0, classes, n)

    line = np.array([[0.0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1], [2, 0, 6, 1], [0, 0, 4, 2]])
    labels = np.array([3, 0, 3, 0, -1])
    others = {
        "with an IoU equal to overlap": (line, np.array([0.5, 0.4, 0.3, 0.2, 0.6]), 0.5, None),
        "with equal scores": (line, np.array([1, 1, 1, 1, 1]), 0.3, None),
        "with equal scores and labels": (line, np.array([0.5, 0.5, 0.5, 0.5, 0.5]), 0.3, labels),
        "with scores below 0": (line, -np.array([0.5, 0.4, 0.3, 0.2, 0.6]), 0.3, None),
        "with overlap 0": (np.vstack([line, line[:1] + [4, 0, 4, 0]]), np.arange(6.0), 0, None),
        "with overlap 0 and labels": (line, np.arange(5.0), 0, labels),
        "with places below 0 and labels": (line - [9, 9, 9, 9], np.arange(5.0), 0.3, labels),
        "with overlap 1": (line, np.arange(5.0), 1, None),
        "without boxes": (np.zeros((0, 4)), np.zeros(0), 0.5, None),
        "without boxes, with labels": (np.zeros((0, 4)), np.zeros(0), 0.5, np.zeros(0, dtype=int)),
        "with boxes without area": (line[:, [0, 1, 2, 1]], np.arange(5.0), 0.3, None),
        "with labels None": (line, np.arange(5.0), 0.3, None),
        "with scores that hardly differ": (line, np.array([0.5, 0.5 + 1e-12, 0.5, 0.5 + 2e-12, 0.1]), 0.3, None),
    }
    domain = {"cases": others, "types": ["boxes"], "apart": False}
    checks.agrees(nms, by_pairs, crowd, sizes={"n": 300, "classes": 4}, **domain)
    checks.whole("a row that nms keeps", nms(boxes, scores, 0.3)[0])
    for seed in range(20):
        given = crowd(np.random.default_rng(seed), 40, 3)[:3]
        checks.equal(f"nms of 40 boxes, draw {seed}", np.asarray(nms(*given)).tolist(), by_pairs(*given).tolist())
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. How good is a detector?
#
# *Two detectors, many pictures: which one is better?*
#
# Show the detector pictures whose true boxes are known. First, in each picture, decide which of its boxes are **right**. Go through them, the best score first. Each box may take one true box that is still free: of the free ones, the one with which it has the largest IoU. If that IoU reaches a threshold, the box is right, and the true box is taken. Otherwise the box is wrong. So a second box on the same object is wrong, too.
#
# *On paper.* One true box, two boxes on it with the IoU 0.6 (score 0.7) and 0.8 (score 0.5). With the threshold 0.5 the first one takes it and is right; the second is wrong, though it fits better.
#
# ### Exercise 6: `true_positives`


# %% exercise="true_positives"
def true_positives(boxes, scores, truth, least):
    """Which boxes of a detector are right, in one picture and for one class.

    Args:
        boxes: corners in the right order, shape (n, 4), n >= 0, floats or whole numbers.
        scores: any real numbers, floats or whole numbers, shape (n,).
        truth: the true boxes, as boxes, shape (k, 4), k >= 0.
        least: the IoU that is enough (exactly this is enough), 0 < least <= 1.

    Returns:
        An array with True or False for each box, in the order of `boxes`, shape (n,). Of equal scores the earlier row comes first; of
        equal IoUs the earlier true box is taken.

    Example:
        for two equal boxes with the scores [0.5, 0.7] on one true box it is [False, True].
    """
    # 1. The rows by score. 2. For each: the IoU with the true boxes that are still free. 3. Is the largest enough?
    ### BEGIN SOLUTION
    right, free = np.zeros(len(boxes), dtype=bool), np.ones(len(truth), dtype=bool)
    for row in np.argsort(-scores, kind="stable"):
        agreement = np.where(free, iou(boxes[row], truth), 0)
        if len(truth) and np.max(agreement) >= least:
            right[row], free[np.argmax(agreement)] = True, False
    return right
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# An array `free` of truth values says which true boxes are left. Set the IoU of the others to 0 (or to −1), then `np.argmax` finds the best of those that are free. Remember that there may be no true box at all: `np.max` of an empty array is an error.
# </details>

# %% check="true_positives" points=2
with checks.exercise("true_positives"):
    truth = np.array([[0.0, 0, 10, 10], [20, 0, 30, 10]])
    boxes = np.array([[0.0, 0, 8, 10], [20, 0, 26, 10], [0, 0, 10, 6], [40, 0, 50, 10], [20, 0, 30, 7]])
    scores = np.array([0.5, 0.9, 0.7, 0.8, 0.6])
    checks.unchanged(true_positives, boxes, scores, truth, 0.5)
    what, right = (
        "true_positives of five boxes with two true ones, least 0.5",
        true_positives(boxes, scores, truth, 0.5),
    )
    checks.length(what, right, 5)
    right = [bool(each) for each in right]
    checks.that(right != [True] * 3 + [False, True], f"{what}: a true box can be found only once")
    checks.that(
        right != [True, False, False, False, True], f"{what}: the best score takes the true box, not the best IoU"
    )
    checks.equal(what, right, [False, True, True, False, False])
    found = true_positives(boxes, scores, truth, 0.65)
    checks.equal("the same with least 0.65", [bool(each) for each in found], [True, False, False, False, True])
    checks.length("the result without true boxes", true_positives(boxes, scores, truth[:0], 0.5), 5)
    ### BEGIN HIDDEN TESTS

    def by_search(boxes, scores, truth, least):
        right, taken = [False] * len(boxes), set()
        for row in sorted(range(len(boxes)), key=lambda row: (-float(scores[row]), row)):
            best, where = -1.0, None
            for k, (cx, cy, dx, dy) in enumerate(truth.astype(float).tolist()):
                ax, ay, bx, by = (float(number) for number in boxes[row])
                common = max(min(bx, dx) - max(ax, cx), 0.0) * max(min(by, dy) - max(ay, cy), 0.0)
                share = common / ((bx - ax) * (by - ay) + (dx - cx) * (dy - cy) - common) if common else 0.0
                if k not in taken and share > best:
                    best, where = share, k
            if where is not None and best >= least:
                right[row] = True
                taken.add(where)
        return np.array(right, dtype=bool)

    def seen(rng, n, k):
        first = rng.uniform(0, 1 + k / 2, (k, 2))
        truth = np.hstack([first, first + rng.uniform(1, 3, (k, 2))])
        boxes = np.vstack([truth, truth[rng.integers(0, k, n)]])[k:] + rng.normal(0, 0.2, (n, 4))
        return boxes, rng.normal(0, 1, n).round(rng.integers(1, 4)), truth, float(rng.uniform(0.2, 0.7))

    pair = np.array([[0.0, 0, 4, 2], [2, 0, 6, 2], [0, 0, 4, 2]])
    others = {
        "with IoUs equal to least": (np.array([[0.0, 0, 4, 2]]), np.array([0.5]), np.array([[0.0, 0, 4, 1]]), 0.5),
        "with least 1": (pair, np.array([0.1, 0.2, 0.3]), pair[:2], 1),
        "with equal scores": (pair, np.array([1, 1, 1]), pair[:1], 0.3),
        "with scores below 0": (pair, np.array([-2.0, -0.5, -1]), pair[:1], 0.3),
        "with two equally good true boxes": (pair[[0, 1]] + [1, 0, 1, 0], np.array([0.9, 0.8]), pair[[1, 0]], 0.5),
        "with three boxes for two true ones": (pair, np.array([0.9, 0.8, 0.7]), pair[[1, 0]], 0.3),
        "without true boxes": (pair, np.array([0.9, 0.8, 0.7]), pair[:0], 0.5),
        "without boxes": (pair[:0], np.zeros(0), pair, 0.5),
        "without any": (pair[:0], np.zeros(0), pair[:0], 0.5),
        "with whole numbers": (pair.astype(int), np.array([3, 1, 2]), pair.astype(int), 0.3),
        "with boxes without area": (pair[:, [0, 1, 2, 1]], np.array([3, 1, 2]), pair[:, [0, 1, 2, 1]], 0.001),
    }
    checks.agrees(true_positives, by_search, seen, sizes={"n": 130, "k": 20}, cases=others, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# Now collect all boxes of all pictures, with their scores and whether they are right. Let $N$ be the number of all true boxes. A **threshold** $t$ keeps the boxes with a score of at least $t$. Of these,
#
# $$\text{precision} = \frac{\text{right ones among those kept}}{\text{all that are kept}}, \qquad \text{recall} = \frac{\text{right ones among those kept}}{N}.$$
#
# With a lower threshold recall can only grow, and precision mostly falls. One number for all thresholds is the **average precision** (AP). Let $t_1 > t_2 > \dots > t_K$ be the *different* scores, with precisions $P_k$ and recalls $R_k$, and $R_0 = 0$:
#
# $$\text{AP} = \sum_{k=1}^{K} (R_k - R_{k-1}) \max_{j \ge k} P_j .$$
#
# It is the area under the curve of precision against recall, after each dip is filled up: for a recall of $R_k$ one may as well lower the threshold further, if the precision is better there. Boxes with equal scores come in together, for no threshold can tell them apart. A perfect detector has AP 1. The mean over the classes is called **mAP**.
#
# *On paper.* $N = 4$, scores 0.9, 0.8, 0.7, 0.6; right, wrong, right, right. Precisions: $1, \frac{1}{2}, \frac{2}{3}, \frac{3}{4}$; recalls: $\frac14, \frac14, \frac12, \frac34$. Filled up, the precisions are $1, \frac34, \frac34, \frac34$. AP $= \frac14 \cdot 1 + 0 + \frac14 \cdot \frac34 + \frac14 \cdot \frac34 = \frac58$.
#
# ### Exercise 7: `average_precision`


# %% exercise="average_precision"
def average_precision(right, scores, n_truth):
    """The average precision of a detector for one class, over all pictures.

    Args:
        right: which boxes are right, True or False (or 1 and 0), shape (n,), n >= 0; at most n_truth are True.
        scores: their scores, any real numbers, floats or whole numbers, shape (n,), in any order.
        n_truth: the number of true boxes in all pictures, a whole number.

    Returns:
        AP as in the formula, a number from 0 to 1; 0 if there are no boxes. It does not depend on the order of the boxes.

    Raises:
        ValueError: n_truth < 1 (there is nothing to find).

    Example:
        average_precision(np.array([True, False, True, True]), np.array([0.9, 0.8, 0.7, 0.6]), 4) is 0.625.
    """
    # 1. The best score first: how many are right, how many are kept, after each box?
    # 2. Of boxes with equal scores, leave out all entries but the last. 3. Precision, filled up from the end. 4. The sum.
    ### BEGIN SOLUTION
    if n_truth < 1:
        raise ValueError("n_truth must be at least 1: there is nothing to find")
    order = np.argsort(-scores, kind="stable")  # equivalent "stable → quicksort": equal scores come in together
    found, ranked = np.cumsum(right[order].astype(int)), scores[order]
    last = np.append(ranked[1:] != ranked[:-1], True)[: len(ranked)]
    precision = (found / np.arange(1, len(found) + 1))[last]
    recall = found[last] / n_truth
    filled = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall, prepend=0) * filled))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# In the order of falling scores, `np.cumsum` of `right` counts the right ones, and `np.arange(1, n + 1)` those that are kept. Where the next score is the same, leave the entry out.
# </details>
# <details><summary>Hint 2</summary>
#
# The largest precision from $k$ on: turn the precisions around, `np.maximum.accumulate`, and turn the result around again. `np.diff(recall, prepend=0)` gives the steps of recall. Or loop over the different scores, from the largest: `np.unique(scores)[::-1]`.
# </details>

# %% check="average_precision" points=3
with checks.exercise("average_precision"):
    right, scores = np.array([True, True, False, True]), np.array([0.6, 0.9, 0.8, 0.7])
    checks.unchanged(average_precision, right, scores, 4)
    slips = {
        "the dips are not filled up": 1 / 4 + 1 / 6 + 3 / 16,
        "the missed ones count, too: divide by n_truth": 5 / 6,
    }
    slips |= {"this is the mean of all precisions": 35 / 48, "the best score first": 0.75 * 1 / 4 + 1 / 2}
    what = "average_precision of right, wrong, right, right, by falling score, n_truth 4,"
    checks.close(what, average_precision(right, scores, 4), 0.625, mistakes=slips)
    tied = np.array([0.5, 0.5, 0.5, 0.5])
    slips = {"equal scores come in together": 1.0 * 2 / 4 + 0.75 / 4}
    checks.close(
        "average_precision, if all four scores are equal,", average_precision(right, tied, 4), 9 / 16, mistakes=slips
    )
    checks.close("average_precision without boxes", average_precision(right[:0], scores[:0], 4), 0.0)
    checks.raises("average_precision with n_truth = 0", ValueError, average_precision, right[:0], scores[:0], 0)
    ### BEGIN HIDDEN TESTS

    def by_thresholds(right, scores, n_truth):
        points = []
        for t in sorted({float(score) for score in scores}, reverse=True):
            kept = [bool(each) for each, score in zip(right, scores, strict=True) if score >= t]
            points.append((sum(kept) / n_truth, sum(kept) / len(kept)))
        area, before = 0.0, 0.0
        for k, (recall, _) in enumerate(points):
            area += (recall - before) * max(precision for _, precision in points[k:])
            before = recall
        return area

    def results(rng, n):
        right = rng.uniform(0, 1, n) < rng.uniform(0.2, 0.9)
        return right, rng.normal(0, 1, n).round(int(rng.integers(0, 4))), int(right.sum() + rng.integers(1, 5))

    ones = np.array([1, 0, 1, 1, 0])
    others = {
        "with 1 and 0": (ones, np.array([0.3, 0.9, 0.5, 0.5, 0.1]), 3),
        "with 1 and 0 as floats": (ones * 1.0, np.array([0.3, 0.9, 0.5, 0.5, 0.1]), 3),
        "with whole scores": (ones == 1, np.array([90.0, 30, 50, 50, -10]), 6),
        "with scores that hardly differ": (ones == 1, 0.5 + 1e-12 * np.array([3, 9, 5, 4, 1]), 4),
        "with all right": (np.ones(5, dtype=bool), np.arange(5.0), 5),
        "with none right": (np.zeros(5, dtype=bool), np.arange(5.0), 2),
        "with equal scores at the end": (ones == 1, np.array([0.9, 0.8, 0.1, 0.1, 0.1]), 3),
        "with one box that is wrong": (np.array([False]), np.array([0.2]), 1),
        "with scores below 0": (ones == 1, np.array([-0.3, -0.9, -0.5, -0.5, 0.0]), 3),
        "without boxes": (np.zeros(0, dtype=bool), np.zeros(0), 1),
    }
    checks.agrees(average_precision, by_thresholds, results, sizes={"n": 1030}, cases=others, apart=False)
    right, scores, n_truth = results(np.random.default_rng(8), 60)
    turned = np.random.default_rng(9).permutation(60)
    found, again = (average_precision(right[rows], scores[rows], n_truth) for rows in (slice(None), turned))
    checks.close("average_precision of the same boxes in another order", again, found)
    for bad in (0, -1):
        checks.raises(
            f"average_precision with n_truth = {bad}", ValueError, average_precision, ones == 0, scores[:5], bad
        )
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8: `ap_over_thresholds`
#
# AP depends on the IoU that counts as enough: AP@0.5, AP@0.75. A box may be right for the first and wrong for the second. The COCO competition takes the mean over ten thresholds, $0.5, 0.55, \dots, 0.95$, which rewards boxes that fit well.


# %% exercise="ap_over_thresholds"
def ap_over_thresholds(pictures, thresholds):
    """The average precision for one class at several IoU thresholds.

    Args:
        pictures: a list, for each picture a tuple (boxes, scores, truth) as in true_positives; some may be without boxes
            or without true boxes.
        thresholds: IoUs that are enough, an array of floats, shape (k,), k >= 1, each above 0 and at most 1, in any order.

    Returns:
        The k average precisions, in the order of the thresholds, an array of floats of shape (k,).

    Raises:
        ValueError: there is no true box in any of the pictures.

    Example:
        for one picture with the boxes (0, 0, 6, 1) and (8, 0, 9, 1), the scores 0.8 and 0.9 and the true box (0, 0, 8, 1),
        the thresholds [0.5, 0.8] give [0.5, 0].
    """
    # For each threshold: which boxes are right, in each picture by itself? Then all pictures together.
    ### BEGIN SOLUTION
    scores = np.concatenate([scores for _, scores, _ in pictures])
    n_truth = sum(len(truth) for *_, truth in pictures)
    right = [np.concatenate([true_positives(*picture, least) for picture in pictures]) for least in thresholds]
    return np.array([average_precision(each, scores, n_truth) for each in right])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.concatenate` puts the arrays of a list one after the other: the scores of all pictures, and `true_positives` of all pictures in the same order. True boxes of a picture without boxes count, too. AP is computed once for each threshold, not once for each picture.
# </details>

# %% check="ap_over_thresholds" points=2
with checks.exercise("ap_over_thresholds"):
    one = np.array([[0.0, 0, 6, 1], [8, 0, 9, 1]]), np.array([0.8, 0.9]), np.array([[0.0, 0, 8, 1]])
    two = np.array([[0.0, 0, 1, 9]]), np.array([0.95]), np.array([[0.0, 0, 1, 10]])
    missed = np.zeros((0, 4)), np.zeros(0), np.array([[0.0, 0, 8, 1]])
    thresholds = np.array([0.5, 0.8])
    checks.unchanged(ap_over_thresholds, [one, two], thresholds)
    checks.close("the AP of one picture at 0.5 and 0.8", ap_over_thresholds([one], thresholds), [0.5, 0.0])
    slips = {"this is the mean of the pictures' APs": [0.75, 0.5], "one AP for each threshold": [2 / 3]}
    checks.close("the AP of two pictures", ap_over_thresholds([one, two], thresholds), [5 / 6, 0.5], mistakes=slips)
    slips = {"a true box in a picture without boxes is missed": [5 / 6, 0.5]}
    checks.close("the AP of three", ap_over_thresholds([one, two, missed], thresholds), [5 / 9, 1 / 3], mistakes=slips)
    checks.raises("pictures without true boxes", ValueError, ap_over_thresholds, [(*one[:2], one[2][:0])], thresholds)
    ### BEGIN HIDDEN TESTS

    def one_at_a_time(pictures, thresholds):
        values = []
        for least in thresholds.tolist():
            found, n_truth = [], 0
            for boxes, scores, truth in pictures:
                n_truth += len(truth)
                right = by_search(boxes, scores, truth, least)
                found += [(float(score), bool(hit)) for score, hit in zip(scores, right, strict=True)]
            values.append(by_pairs(found, n_truth))
        return np.array(values)

    def by_search(boxes, scores, truth, least):
        right, taken = [False] * len(boxes), set()
        for row in sorted(range(len(boxes)), key=lambda row: (-float(scores[row]), row)):
            best, where = -1.0, None
            for k, (cx, cy, dx, dy) in enumerate(truth.astype(float).tolist()):
                ax, ay, bx, by = (float(number) for number in boxes[row])
                common = max(min(bx, dx) - max(ax, cx), 0.0) * max(min(by, dy) - max(ay, cy), 0.0)
                share = common / ((bx - ax) * (by - ay) + (dx - cx) * (dy - cy) - common) if common else 0.0
                if k not in taken and share > best:
                    best, where = share, k
            if where is not None and best >= least:
                right[row] = True
                taken.add(where)
        return right

    def by_pairs(found, n_truth):
        points = []
        for t in sorted({score for score, _ in found}, reverse=True):
            kept = [hit for score, hit in found if score >= t]
            points.append((sum(kept) / n_truth, sum(kept) / len(kept)))
        steps = [recall - before for (recall, _), before in zip(points, [0.0, *[r for r, _ in points]], strict=False)]
        return sum(step * max(precision for _, precision in points[k:]) for k, step in enumerate(steps))

    def album(rng, n, k):
        pictures = []
        for _ in range(n):
            first = rng.uniform(0, 4, (int(rng.integers(0, 4)), 2))
            truth = np.hstack([first, first + rng.uniform(1, 3, first.shape)])
            boxes = np.vstack([truth, truth + rng.normal(0, 0.15, truth.shape), [[9.0, 9, 11, 12]]])[
                rng.integers(0, 2) :
            ]
            pictures.append((boxes, rng.normal(0, 1, len(boxes)).round(1), truth))
        pictures[0] = (*pictures[0][:2], np.array([[9.0, 9, 11, 12]]))
        return pictures, rng.uniform(0.1, 1, k)

    others = {
        "with thresholds that fall": ([one, two, missed], np.array([1, 0.85, 0.5, 0.75, 0.9])),
        "with a picture without true boxes": ([(*one[:2], one[2][:0]), two], np.array([0.5])),
        "with no boxes at all": ([missed, missed], np.array([0.5, 0.6])),
        "with the same picture twice": ([one, one], np.array([0.5, 0.5, 0.8])),
        "with whole numbers": ([tuple(np.rint(10 * part).astype(int) for part in one)], np.array([0.5, 0.6])),
        "with whole numbers and other thresholds": (
            [tuple(np.rint(10 * part).astype(int) for part in one)],
            np.array([0.7, 0.8]),
        ),
    }
    checks.agrees(ap_over_thresholds, one_at_a_time, album, sizes={"n": 30, "k": 110}, cases=others, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. A real detector
#
# *How good is a detector on pictures that it has never seen?*
#
# The course's face detector is a small YOLO that others have trained. We make it pictures whose true boxes we know: photographs, onto which three portraits of the ORL set are pasted, at random places and of random sizes; they may overlap a little. Each cell of the detector predicts five boxes ([lesson 04](04_anchor_boxes_and_yolo.ipynb) says why); all boxes with a score of at least 0.01 go on.
#
# A portrait shows hair and shoulders, too. The people who drew the boxes for this detector drew them from the eyebrows to the chin. So the true box is the part of the portrait from 27 % of its height down to a little below it.

# %%
PORTRAITS = data.load_faces()[0]
GROUNDS = [data.load_photo(name) for name in ("coffee", "pagoda", "rocket", "dahlia", "cat", "starry_night")]


def paste(scene, frames, rng):
    """Pastes a portrait into the scene, at a place where it overlaps the others at most a little; its frame, or None."""
    high = int(rng.integers(60, 150))
    wide = round(high * 46 / 56)
    y, x = int(rng.integers(0, 288 - high)), int(rng.integers(0, 384 - wide))
    frame = np.array([x, y, x + wide, y + high], dtype=float)
    if frames and np.max(iou(frame, np.array(frames))) > 0.25:
        return None
    portrait = PORTRAITS[rng.integers(len(PORTRAITS))]
    scene[y : y + high, x : x + wide] = resized(portrait.repeat(3, axis=2), high, wide)
    return frame


def make_scene(number, rng):
    """A photograph (288, 384, 3) with three portraits, and their frames, corners, shape (3, 4)."""
    scene, frames = np.array(resized(GROUNDS[number % len(GROUNDS)], 288, 384)), []
    while len(frames) < 3:
        frame = paste(scene, frames, rng)
        frames += [] if frame is None else [frame]
    return scene.round().clip(0, 255).astype(np.uint8), np.array(frames)


# %%
rng, scenes, raw = np.random.default_rng(0), [], []
for number in tqdm(range(24), desc="scenes", file=sys.stdout):
    scene, frames = make_scene(number, rng)
    boxes, scores = face_detector.decode(face_detector.raw_grid(scene, weights), 384)
    counts = scores >= 0.01
    sides = frames[:, 3:] - frames[:, 1:2]
    faces = frames + np.hstack([0 * sides, 0.27 * sides, 0 * sides, 0.03 * sides])
    scenes.append((scene, frames, faces))
    raw.append((boxes[counts], scores[counts]))

kept = [nms(boxes, scores, 0.4) for boxes, scores in raw]
clean = [(boxes[rows], scores[rows]) for (boxes, scores), rows in zip(raw, kept, strict=True)]
print(sum(len(faces) for *_, faces in scenes), "faces")
print(sum(len(boxes) for boxes, _ in raw), "boxes before non-max suppression,", sum(map(len, kept)), "after it")

# %%
figure, axes = plt.subplots(2, 3, figsize=(8, 4.6))
for above, below, number in zip(*axes, (0, 4, 10), strict=True):
    for axis, (boxes, scores), title in ((above, raw[number], "before"), (below, clean[number], "after")):
        boxes = boxes[scores >= 0.1]
        axis.imshow(scenes[number][0])
        plots.draw_boxes(axis, boxes, plots.COLORS[1])
        plots.draw_boxes(axis, scenes[number][2], "white", ":")
        axis.set(title=f"{title}: {len(boxes)} boxes", xticks=[], yticks=[])
        axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* Drawn are the boxes with a score of at least 0.1, and dotted in white the true ones. Before, most faces have several boxes; after it, one for nearly every face. With 0.01 in the place of 0.1 one would also see boxes where there is no face. Average precision needs no such threshold: it looks at all of them.

# %%
truths = {"the face": [faces for *_, faces in scenes], "the whole portrait": [frames for _, frames, _ in scenes]}
curve = {}
for name, found in (("before NMS", raw), ("after NMS", clean)):
    scores = np.concatenate([each for _, each in found])
    hits = [true_positives(*each, faces, 0.5) for each, faces in zip(found, truths["the face"], strict=True)]
    ranked = np.concatenate(hits)[np.argsort(-scores)]
    recall, precision = np.cumsum(ranked) / 72, np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    curve[f"{name}: AP@0.5 = {average_precision(np.concatenate(hits), scores, 72):.3f}"] = recall, precision

thresholds = np.linspace(0.3, 0.95, 14)
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
for name, points in curve.items():
    left.plot(*points, label=name)
left.set(xlabel="recall", ylabel="precision", title="A face counts once", ylim=(0, 1.05))
for name, true_boxes in truths.items():
    album = [(*found, true) for found, true in zip(clean, true_boxes, strict=True)]
    values = ap_over_thresholds(album, thresholds)
    right.plot(thresholds, values, label=f"true box: {name}")
    print(
        f"true box {name:20} AP@0.5 {values[4]:.3f}   AP@0.75 {values[9]:.3f}   mean of 0.5 to 0.95 {values[4:].mean():.3f}"
    )
right.set(xlabel="IoU that is enough", ylabel="average precision", title="What is a hit decides", ylim=(0, 1.05))
left.legend(loc="lower left")
right.legend(loc="lower left")
plt.show()

# %% [markdown]
# *What to notice.* Left: without NMS the second and third boxes of a face count as wrong, and precision falls as soon as they come in. NMS costs a little recall, where two faces stand close together, and wins average precision. Right: the same detector has AP@0.75 near 0.5 with one kind of true boxes and near 0 with the other. It has not become worse: it frames faces, and we asked for portraits. Before you compare two detectors, ask how the true boxes were drawn.

# %% [markdown]
# ## What you built
#
# - `convert_boxes`: corners, centre and size.
# - `encode_grid` and `decode_grid`: from objects to the target of a grid, and from an answer back to boxes.
# - `iou` and `nms`: how well boxes agree, and one box for each object.
# - `true_positives`, `average_precision` and `ap_over_thresholds`: how good a detector is.
#
# ## On your own
#
# - NMS drops a face that stands behind another one. **Soft-NMS** lowers its score instead: multiply it by $1 - \text{IoU}$ if the IoU is above the threshold, and sort again. Does AP@0.5 grow on the 24 scenes?
# - Really hard: two boxes that do not overlap have IoU 0, whether they are near or far, so IoU gives no gradient. The **generalised IoU** subtracts the share of the smallest box around both that neither covers. Show that it lies between $-1$ and 1, write it, and move a box onto another one by gradient descent on $1 - \text{GIoU}$.
#
# ## In practice
#
# `torchvision.ops` has `box_convert`, `box_iou`, `nms` and `batched_nms` (one class at a time), and `pycocotools` measures AP. It reads the precision at 101 fixed recalls, breaks ties by order, and takes the mean over ten IoU thresholds; so its numbers differ a little from yours. Newer detectors (DETR) are trained with one-to-one matching, and need no NMS.
#
# ## References
#
# - Course 4, week 3, lectures 5 to 7.
# - J. Redmon, S. Divvala, R. Girshick and A. Farhadi (2016), You Only Look Once: Unified, Real-Time Object Detection, CVPR.
# - M. Everingham, L. Van Gool, C. Williams, J. Winn and A. Zisserman (2010), The Pascal Visual Object Classes (VOC) Challenge, International Journal of Computer Vision 88.
# - N. Bodla, B. Singh, R. Chellappa and L. Davis (2017), Soft-NMS: Improving Object Detection with One Line of Code, ICCV.
# - H. Rezatofighi et al. (2019), Generalized Intersection over Union, CVPR.
