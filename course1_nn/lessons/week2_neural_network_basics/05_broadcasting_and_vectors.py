# %% [markdown]
# You will compute a million distances between handwritten digits without writing a loop, and read digits with them.
# Before section 5 is a good place for a break.

# %% [markdown]
# ## What you will be able to do
#
# - run, restart and measure a notebook without being misled by it;
# - say, before you run a line, which shape two arrays give together, or that they do not fit;
# - divide the columns or the rows of a table by their totals, and know when you need `keepdims`;
# - tell a rank-1 array from a column, and make a column of whatever comes in;
# - compute all distances between two sets of examples with one matrix product.
#
# **What you need:** Python functions and loops, and NumPy arrays and their shapes.
# [Lesson 04](04_vectorized_logistic_regression.ipynb) shows why we avoid loops. You need no code from it.

# %%
import time

import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
rng = np.random.default_rng(5)

# %% [markdown]
# (`time` is there to measure how long a computation takes.)
#
# ## 1. The notebook itself
#
# *Which keys are useful, and how can a notebook mislead you?*
#
# A notebook has two modes. In **edit mode** the cursor blinks in a cell and you type text. In **command mode** the keys
# are commands for whole cells. Press Enter or click into a cell to edit; press Esc to command.
#
# | Keys | Mode | What they do |
# |---|---|---|
# | Shift+Enter | both | run the cell and go to the next |
# | Ctrl+Enter | both | run the cell and stay |
# | Esc, then A or B | command | a new cell above or below |
# | Esc, then D D | command | delete the cell (Z brings it back) |
# | Esc, then M or Y | command | make it a text cell or a code cell |
# | Tab | edit | complete the name that you began |
# | Shift+Tab | edit | show the help of the function under the cursor |
# | Ctrl+S (Cmd+S) | both | save |
#
# Try it now: double-click this text, look at its source, and press Shift+Enter to turn it back into text. Then make a
# new cell below with Esc B, type `np.ex`, press Tab, choose `exp`, type `(` and press Shift+Tab. Delete your cell with
# Esc D D. (Do not delete exercise or check cells.)
#
# The cells show text, but the **kernel** holds the variables. It knows only which cells were run, and in which order:
# the numbers in the brackets `[ ]` at the left. It does not know the order on the page. The next cell shows what can
# happen: three tiny cells A, B, C are run in different orders.

# %%
tiny_cells = {"A": "price = 10", "B": "price = price * 2", "C": "print('   C prints: price =', price)"}
for name, source in tiny_cells.items():
    print(f"cell {name}:  {source}")
for order in ("ABC", "ABBC", "ABCAC", "BC"):
    print("run in the order", " ".join(order))
    kernel = {}  # a fresh kernel: no variables
    try:
        for name in order:
            exec(tiny_cells[name], kernel)
    except NameError as error:
        print("   NameError:", error)

# %% [markdown]
# *What to notice.* The page is the same each time, but `price` is 20, 40 or 10, or does not exist. Running B twice
# doubles twice. The last line is what your reader sees if you deleted cell A after running it: for you everything
# works, because your kernel still remembers `price`.
#
# So: before you trust or hand in a notebook, choose **Kernel → Restart Kernel and Run All Cells**. It starts with an
# empty memory and runs the page from top to bottom. Restarting also helps when the kernel hangs or has died.
#
# A line that begins with `%` is a **magic**: it is for the notebook, not for Python. `%timeit` runs a line many times
# and gives its time. `-n 100 -r 5` means: 5 measurements of 100 runs each. `%whos ndarray` lists the arrays that the
# kernel knows, with their shapes.

# %%
numbers = rng.normal(size=10_000)
numbers_column = numbers.reshape(10_000, 1)
# %timeit -n 100 -r 5 sum(numbers)
# %timeit -n 100 -r 5 np.sum(numbers)

# %%
# %whos ndarray

# %% [markdown]
# *What to notice.* Python's `sum` visits the numbers one by one; `np.sum` is many times faster (1,000 µs are 1 ms).
#
# In the list of arrays, `numbers` has one length, 10000, and `numbers_column` has two, 10000x1. They hold the same
# numbers, but they behave differently: section 5 is about that. When an error about shapes puzzles you, look here
# first. (If you run `%whos` again later, the list is longer. It also shows names from cells that only draw, such as
# `axes`. Names inside the check cells do not appear: a check removes them when it is done.)
#
# ## 2. A small array meets a large one
#
# *How can NumPy add a column to a row?*
#
# NumPy adds arrays entry by entry. So both must have the same shape. If they do not, NumPy tries to **stretch** them:
# an axis of length 1 is repeated until it is as long as the other one. This is **broadcasting**.
#
# A column of shape $(3, 1)$ and a row of shape $(1, 4)$ both become tables of shape $(3, 4)$. The cell below draws it.


# %%
def draw_grid(axis, values, strong, title, color, other=None):
    """Draws a table of numbers; where `strong` is False, an entry is pale, or has the colour `other` if it is given."""
    strongs = np.broadcast_to(strong, values.shape)
    for (i, j), value in np.ndenumerate(values):
        corner = (j, -i)
        fill = (color, 0.9) if strongs[i, j] else (other or color, 0.2)
        axis.add_patch(plt.Rectangle(corner, 1, 1, facecolor=fill, edgecolor="white", linewidth=2))
        ink = "white" if strongs[i, j] else "black"
        axis.text(j + 0.5, 0.5 - i, f"{value:g}", ha="center", va="center", color=ink, fontsize=12)
    axis.set(xlim=(0, values.shape[1]), ylim=(1 - values.shape[0], 1), aspect="equal", title=title)
    axis.set_axis_off()


a = np.array([[0], [10], [20]])
b = np.array([[1, 2, 3, 4]])
figure, axes = plt.subplots(1, 5, figsize=(8, 2.45), width_ratios=[4, 0.5, 4, 0.5, 4])
draw_grid(axes[0], np.broadcast_to(a, (3, 4)), [[True, False, False, False]], "a, shape (3, 1)", plots.COLORS[0])
draw_grid(axes[2], np.broadcast_to(b, (3, 4)), [[True], [False], [False]], "b, shape (1, 4)", plots.COLORS[1])
draw_grid(axes[4], a + b, True, "a + b, shape (3, 4)", plots.COLORS[2])
for axis, sign in ((axes[1], "+"), (axes[3], "=")):
    axis.text(0.5, 0.5, sign, ha="center", va="center", fontsize=20)
    axis.set_axis_off()
figure.suptitle("A column and a row are stretched until they fit", fontsize=12)
plt.show()

# %% [markdown]
# *What to notice.* The dark entries exist, the pale ones are repetitions. The column is repeated to the right, the row
# downwards. Each entry of the sum is one number of `a` plus one number of `b`: `(a + b)[1, 2]` is $10 + 3 = 13$.
# (Python counts rows and columns from 0, and so do the messages of the checks.) The pale entries take no memory: NumPy
# reads the same number again.
#
# The three cases that you meet most often, with $*$ for any of $+$, $-$, $\times$, $/$:
#
# $$(m, n) * (1, n) \to (m, n), \qquad (m, n) * (m, 1) \to (m, n), \qquad (m, n) * \text{number} \to (m, n).$$
#
# Here is a use. A table says how many grams of carbohydrate, protein and fat are in 100 g of six foods (approximate
# figures, as on a packet). A gram of carbohydrate or protein gives about 4 kilocalories, a gram of fat about 9. The
# energy is one product: $(3, 6) * (3, 1) \to (3, 6)$.

# %%
foods = ["apple", "rice, cooked", "potato", "tofu", "egg", "beef"]
grams = np.array([[14, 28, 17, 2, 1.1, 0], [0.3, 2.7, 2, 8, 13, 26], [0.2, 0.3, 0.1, 5, 11, 15]])
kcal_per_gram = np.array([[4], [4], [9]])
calories = grams * kcal_per_gram
print("grams", grams.shape, "* kcal_per_gram", kcal_per_gram.shape, "-> calories", calories.shape)
for name, row in zip(["carbohydrate", "protein", "fat"], calories, strict=True):
    print(f"{name:13}", "".join(f"{value:7.1f}" for value in row))

# %% [markdown]
# *What to notice.* Each row was multiplied by its own number. The first column is the apple: 56 kilocalories from
# carbohydrate, 1.2 from protein, 1.8 from fat, 59 in all.
#
# Which part of a food's energy comes from fat? Divide each column by its own total and multiply by 100. For a table $C$
# of shape $(3, k)$ the totals of the columns have shape $(1, k)$, or $(k,)$:
#
# $$T_j = \sum_{i} C_{ij}, \qquad P_{ij} = 100 \cdot \frac{C_{ij}}{T_j},
# \qquad \text{shapes } (3, k) \,/\, (1, k) \to (3, k).$$
#
# *On paper.* $C = \begin{bmatrix} 20 & 8 & 2 & 10 \\ 25 & 64 & 5 & 6 \\ 5 & 8 & 3 & 24 \end{bmatrix}$ has the totals
# $T = [50, 80, 10, 40]$ and the percentages
# $P = \begin{bmatrix} 40 & 10 & 20 & 25 \\ 50 & 80 & 50 & 15 \\ 10 & 10 & 30 & 60 \end{bmatrix}$.
#
# ### Exercise 1: `percent_of_calories`


# %% exercise="percent_of_calories"
def percent_of_calories(table):
    """For each food, how many percent of its calories come from carbohydrate, protein and fat.

    Args:
        table: calories, shape (3, k), floats or whole numbers (no uint8), none negative: the rows are carbohydrate,
            protein and fat, each of the k >= 1 columns is a food. Every food has a total above 0. The table is not
            changed.

    Returns:
        Percentages, a new array of shape (3, k); each column adds up to 100.

    Example:
        percent_of_calories(np.array([[20, 8, 2, 10], [25, 64, 5, 6], [5, 8, 3, 24]])) is
        [[40, 10, 20, 25], [50, 80, 50, 15], [10, 10, 30, 60]].
    """
    # 1. The total of each food. Along which axis do you add?
    # 2. Divide and let broadcasting work; then from parts of 1 to percent.
    ### BEGIN SOLUTION
    return 100 * table / table.sum(axis=0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# You need one total for each food. The foods stand side by side, so each total is the sum of one column.
# </details>
# <details><summary>Hint 2</summary>
#
# The axis that you name is the one that disappears: `axis=0` adds down each column and leaves one number a food.
# </details>
# <details><summary>Hint 3</summary>
#
# `table.sum(axis=0)` has shape `(k,)`, and `table / table.sum(axis=0)` divides each column by its own total. What is left to do?
# </details>

# %% check="percent_of_calories" points=1
with checks.exercise("percent_of_calories"):
    table = np.array([[20.0, 8.0, 2.0, 10.0], [25.0, 64.0, 5.0, 6.0], [5.0, 8.0, 3.0, 24.0]])
    checks.unchanged(percent_of_calories, table)
    by_row = [[50, 20, 5, 25], [25, 64, 5, 6], [12.5, 20, 7.5, 60]]
    percent = [[40, 10, 20, 25], [50, 80, 50, 15], [10, 10, 30, 60]]
    slips = {
        "each number is divided by the total of its row; the total of a food is the sum of its column (axis 0)": by_row,
        "each number is divided by the total of the whole table": table / 1.8,
        "these are parts of 1; percent is 100 times as much": np.array(percent) / 100,
    }
    what = "percent_of_calories([[20, 8, 2, 10], [25, 64, 5, 6], [5, 8, 3, 24]])"
    checks.close(what, percent_of_calories(table), percent, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def food_by_food(table):
        shares = [[100 * part / sum(food) for part in food] for food in table.T.tolist()]
        return np.array(shares).T

    def portions(rng, k):
        return rng.uniform(1, 90, (3, k))

    others = {
        "with zeros in the table": (np.array([[30.0, 0.0], [0.0, 0.0], [1.5, 2.5]]),),
        "with very small calories": (np.array([[3e-9, 1e-9], [1e-9, 0.0], [2e-9, 5e-9]]),),
        "with large and different portions": (np.array([[3e9, 1.0], [1e9, 2.0], [2e9, 5.0]]),),
        "with very small shares": (np.array([[1e8, 2.0], [0.0053, 3e8], [1.0, 7.0]]),),
        "with totals of 100": (np.array([[30.0, 20.5], [30.0, 40.0], [40.0, 39.5]]),),
        "with totals near 100": (np.array([[30.0, 20.5], [30.0, 40.0], [40.5, 39.25]]),),
    }
    checks.agrees(percent_of_calories, food_by_food, portions, sizes={"k": 1030}, types=["table"], cases=others)
    ### END HIDDEN TESTS

# %%
percent = percent_of_calories(calories)
figure, axis = plt.subplots(figsize=(7, 3.4))
start_of_bar = np.zeros(len(foods))
looks = [("carbohydrate", plots.COLORS[5], ""), ("protein", plots.COLORS[4], "//"), ("fat", plots.COLORS[3], "..")]
for (name, color, hatch), part in zip(looks, percent, strict=True):
    axis.bar(foods, part, bottom=start_of_bar, color=color, hatch=hatch, edgecolor="white", width=0.7, label=name)
    for food, (below, height) in enumerate(zip(start_of_bar, part, strict=True)):
        if height > 7:
            box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
            axis.text(food, below + height / 2, f"{height:.0f} %", ha="center", va="center", fontsize=9, bbox=box)
    start_of_bar += part
axis.grid(axis="x", visible=False)
axis.set(ylabel="% of the calories", ylim=(0, 100), title="Three foods give mostly carbohydrate, three mostly fat")
axis.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False)
plt.show()

# %% [markdown]
# *What to notice.* Every bar has the height 100. An apple, rice and a potato give 88 to 95 % of their calories as
# carbohydrate. In tofu, egg and beef fat leads with more than half, although beef holds more grams of protein (26) than
# of fat (15): a gram of fat counts 9, not 4.
#
# ## 3. The rule
#
# *Which shapes fit, and what comes out?*
#
# 1. Write the two shapes one below the other, **lined up at the right**.
# 2. Where one shape is shorter, put 1 in front until both are equally long.
# 3. Compare the numbers one by one. Equal: good. One of them is 1: it is stretched to the other. Anything else: NumPy
#    refuses.
#
# *On paper.*
#
# | | fits | fits | does not fit |
# |---|---|---|---|
# | shape of `a` | `(3, 1)` | `(5, 3, 4)` | `(2, 3)` |
# | shape of `b` | `(4,)`, read as `(1, 4)` | `(3, 1)`, read as `(1, 3, 1)` | `(2,)`, read as `(1, 2)` |
# | result | `(3, 4)` | `(5, 3, 4)` | 3 meets 2: error |
#
# The last one surprises many: a table of 2 rows and a list of 2 numbers do not fit, because a rank-1 array is read as a
# **row**. And 4 meets 2 is an error too: NumPy stretches only an axis of length 1; it never repeats a pair.
#
# ### Exercise 2: `broadcast_shape`
#
# Write the rule yourself, with tuples and a loop. `np.broadcast_shapes` gives the same in one call, and the check
# accepts it. But then you have not learned the rule, and you need it to understand your own errors.


# %% exercise="broadcast_shape"
def broadcast_shape(a, b):
    """The shape of the sum of two arrays, by the rule of broadcasting. Try it without NumPy.

    Args:
        a: the shape of the first array: a tuple of whole numbers, all at least 1; () is the shape of a number.
        b: the shape of the second array, likewise. It may have more or fewer axes than a, or as many.

    Returns:
        The shape of the result, a tuple of whole numbers.

    Raises:
        ValueError: the two shapes do not fit.

    Example:
        broadcast_shape((3, 1), (4,)) is (3, 4); broadcast_shape((2, 3), (2,)) raises a ValueError.
    """
    # 1. Put ones in front of the shorter shape, so that both are equally long.
    # 2. Go through both side by side. When do two lengths fit? Which length comes out?
    # 3. Refuse with `raise ValueError(...)`; give back a tuple.
    ### BEGIN SOLUTION
    length = max(len(a), len(b))
    a = (1,) * (length - len(a)) + a
    b = (1,) * (length - len(b)) + b
    result = []
    for size_a, size_b in zip(a, b, strict=True):  # equivalent "True → False": they are equally long by now
        if size_a != size_b and 1 not in (size_a, size_b):
            raise ValueError(f"shapes {a} and {b} do not fit: {size_a} meets {size_b}")
        result.append(max(size_a, size_b))
    return tuple(result)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# How many ones are missing in front of the shorter shape? And what is left to compare once both are equally long?
# </details>
# <details><summary>Hint 2</summary>
#
# `(1,) * 2 + (4,)` is `(1, 1, 4)`; and `(1,) * 0` is `()`, so the longer shape stays as it is. Then `zip(a, b)` gives
# the pairs. A pair fits if the two are equal, or if one of them is 1.
# </details>
# <details><summary>Hint 3</summary>
#
# `length = max(len(a), len(b))`, then `a = (1,) * (length - len(a)) + a`, and the same for `b`. If a pair fits, its larger number comes out.
# Collect these numbers in a list; at the end, `tuple(...)` makes a tuple of it.
# </details>

# %% check="broadcast_shape" points=2
with checks.exercise("broadcast_shape"):

    def fits(a, b, expected):
        try:
            result = broadcast_shape(a, b)
        except ValueError as error:
            checks.that(False, f"broadcast_shape({a}, {b}): these shapes fit, yet it raises a ValueError: {error}")
        checks.equal(f"broadcast_shape({a}, {b})", result, expected)
        checks.whole(f"broadcast_shape({a}, {b})", *result)

    fits((3, 1), (1, 4), (3, 4))
    fits((3, 1), (4,), (3, 4))
    fits((5, 3, 4), (3, 1), (5, 3, 4))
    fits((4,), (2, 3, 1), (2, 3, 4))
    fits((2, 3), (), (2, 3))
    for a, b in [((2, 3), (2,)), ((2, 4), (2, 2)), ((4, 3), (4, 1, 2))]:
        checks.raises(f"broadcast_shape({a}, {b}), where the shapes do not fit", ValueError, broadcast_shape, a, b)
    ### BEGIN HIDDEN TESTS
    from itertools import zip_longest

    def tried(a, b):
        pairs = list(zip_longest(a[::-1], b[::-1], fillvalue=1))
        if all(p == q or 1 in (p, q) for p, q in pairs):
            fits(a, b, tuple(max(pair) for pair in pairs)[::-1])
        else:
            checks.raises(f"broadcast_shape({a}, {b}), where the shapes do not fit", ValueError, broadcast_shape, a, b)

    check_rng = np.random.default_rng(22)
    for _ in range(80):  # two shapes that come from one, with some lengths made 1 and some left out in front
        full = check_rng.integers(1, 7, check_rng.integers(1, 6))
        a, b = (tuple(np.where(check_rng.integers(0, 2, len(full)), full, 1).tolist()) for _ in "ab")
        tried(a[check_rng.integers(0, len(a) + 1) :], b[check_rng.integers(0, 2) :])
    for _ in range(80):  # two shapes that have nothing to do with each other
        tried(*(tuple(check_rng.choice([1, 2, 4, 5], check_rng.integers(0, 4)).tolist()) for _ in "ab"))
    for a, b in [
        ((10**7, 1), (1, 10**7)),
        ((), ()),
        ((1,), ()),
        ((), (1, 1)),
        ((1000,), (500, 1)),
        ((1,) * 12, (2,)),
        ((2,), (2,) * 12),
    ]:
        tried(a, b)
    tried(*(tuple(np.array([1000, 70_000, 1]).tolist()) for _ in "ab"))  # equal numbers, but not the same objects
    for a, b in [
        ((2,), (3,)),
        ((1000,), (1001,)),
        ((3, 2), (2, 3)),
        ((2, 3, 4), (5, 3, 4)),
        ((3, 1, 1), (2, 1, 1)),
        ((1, 200), (1, 100)),
        ((2,) * 12, (2,) * 11 + (3,)),
    ]:
        tried(a, b)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Why `keepdims`
#
# *In exercise 1 a plain sum was enough. When is it not enough?*
#
# A sum removes an axis. The totals of the **columns** of a table $(m, n)$ have shape $(n,)$. The rule reads it as
# $(1, n)$: a row, as it should be. The totals of the **rows** have shape $(m,)$. The rule reads it as $(1, m)$: again a
# row, but we need a column $(m, 1)$. If $m \ne n$, you get an error. If $m = n$, the numbers are wrong and no error
# tells you. `keepdims=True` keeps the axis with length 1: the result has shape $(m, 1)$ and fits.
#
# A function that needs this is the **softmax**. It turns a row of scores into probabilities: positive numbers that add
# up to 1. For scores $Z$ of shape $(m, n)$ (here, as in a spreadsheet, each **row** is one example)
#
# $$S_{ij} = \frac{e^{Z_{ij}}}{\sum_{l} e^{Z_{il}}} = \frac{e^{Z_{ij} - M_i}}{\sum_{l} e^{Z_{il} - M_i}}, \qquad
# M_i = \max_j Z_{ij}, \qquad \text{shapes } Z\,(m, n),\ M\,(m, 1),\ S\,(m, n).$$
#
# The two fractions are equal: above and below were multiplied by $e^{-M_i}$. But in float64 $e^{1000}$ is `inf`, and
# `inf / inf` is `nan`. The second fraction is safe: its largest power is $e^0 = 1$.
#
# *On paper.* The row $[0, \log 3]$: the powers are 1 and 3, their sum is 4, the probabilities $[1/4, 3/4]$. The row
# $[1000, 1000]$: subtract 1000, the powers are 1 and 1, the probabilities $[1/2, 1/2]$.
#
# ### Exercise 3: `softmax_rows`


# %% exercise="softmax_rows"
def softmax_rows(Z):
    """The softmax of each row, finite for every finite Z, however large or small its numbers are.

    Args:
        Z: scores, shape (m, n), floats or whole numbers (no uint8), one example a row. The numbers of one row may be
            much larger than those of another. Z is not changed.

    Returns:
        Probabilities, shape (m, n): exp(Z[i, j]) divided by the sum of exp over row i. Each row adds up to 1. Small
        probabilities are exact, too: nothing is added, clipped or rounded.

    Example:
        softmax_rows(np.array([[0, np.log(3)], [1000, 1000]])) is [[0.25, 0.75], [0.5, 0.5]].
    """
    # 1. The largest score of each row, kept as a column; subtract it.
    # 2. e to the power of what is left.
    # 3. Divide each row by its total, kept as a column.
    ### BEGIN SOLUTION
    powers = np.exp(Z - Z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Each row has its own maximum and its own sum. Which shape must both have, so that they meet the rows and not the columns?
# </details>
# <details><summary>Hint 2</summary>
#
# `axis=1` adds along a row, and `keepdims=True` keeps the result a column of shape `(m, 1)`. This holds for `max` as for `sum`.
# One maximum for the whole table is not enough: next to a row of scores near 1000, a row of scores near 0 would become `exp(-1000)`, which
# is 0, and then `0 / 0`.
# </details>
# <details><summary>Hint 3</summary>
#
# `powers = np.exp(Z - Z.max(axis=1, keepdims=True))`. Then divide `powers` by its own sums.
# </details>

# %% check="softmax_rows" points=2
with checks.exercise("softmax_rows"):
    Z = np.log([[1.0, 3.0, 4.0], [5.0, 2.0, 3.0]])
    checks.unchanged(softmax_rows, Z)
    slips = {
        "each column adds up to 1, not each row: sum over axis 1": [[1 / 6, 3 / 5, 4 / 7], [5 / 6, 2 / 5, 3 / 7]],
        "the whole table adds up to 1, not each row": [[1 / 18, 3 / 18, 4 / 18], [5 / 18, 2 / 18, 3 / 18]],
        "the maxima are those of the columns: axis 1": [[1 / 11, 5 / 11, 5 / 11], [12 / 29, 8 / 29, 9 / 29]],
    }
    S = [[1 / 8, 3 / 8, 4 / 8], [5 / 10, 2 / 10, 3 / 10]]
    checks.close("softmax_rows([[0, log 3, log 4], [log 5, log 2, log 3]])", softmax_rows(Z), S, mistakes=slips)
    what = "softmax_rows([[0, log 3], [1000, 1000], [0, 0]])"
    S = softmax_rows(np.array([[0, np.log(3)], [1000, 1000], [0, 0]]))
    checks.shape(what, S, (3, 2))
    overflow = "row 1 is not finite: exp(1000) is inf; subtract the largest score of the row first"
    checks.that(bool(np.isfinite(S[1]).all()), f"{what}: {overflow}")
    one_for_all = "row 0 is not finite: its scores became exp(-1000) = 0; each row must lose its OWN maximum"
    checks.that(bool(np.isfinite(S[0]).all()), f"{what}: {one_for_all}")
    checks.close(what, S, [[0.25, 0.75], [0.5, 0.5], [0.5, 0.5]])
    ### BEGIN HIDDEN TESTS

    def one_by_one(Z):
        """Each probability is 1 over the sum of exp(z_l - z_j)."""
        return np.array([1 / np.exp(row - row[:, np.newaxis]).sum(axis=1) for row in Z.astype(float)])

    def scores(rng, m, n):
        return rng.normal(0, 3, (m, n))

    others = {
        "with rows that are far apart": (
            np.array([[1.0, 0.5, 3.0], [1001.0, 1000.5, 999.0], [-2001.0, -2000.0, -2003.0]]),
        ),
        "with whole numbers far apart": (np.array([[-7_000_000_001, 5, 8_123_456_789], [3, 2, 3]]),),
        "with scores of 2 million": (np.array([[2e6, 2e6 + 1], [-3e6, -3e6 - 2]]),),
        "with a large score in a row of zeros": (np.array([[0.0, 0.0, 0.0, 2000.0, 2001.0]]),),
        "with 150 scores, the last one large": (np.append(np.zeros(149), 2000.0).reshape(1, 150),),
        "with two scores of 709.5": (np.array([[709.5, 709.5]]),),
    }
    sizes = {"m": 1030, "n": 330}
    checks.agrees(softmax_rows, one_by_one, scores, sizes=sizes, real={"Z": 100}, types=["Z"], cases=others)
    small = softmax_rows(np.array([[0.0, -40.0], [0.0, -705.0], [-400.0, -740.0], [710.0, 0.0]]))[:3, 1]
    exact = [4.24835425529159e-18, 6.643397797997952e-307, 2.1871378321977182e-148]
    what = "the small probabilities of softmax_rows([[0, -40], [0, -705], [-400, -740], [710, 0]])"
    checks.close(what, small, exact, rtol=1e-9, atol=0.0)
    ### END HIDDEN TESTS

# %%
Z = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0], [0.0, 0.0, 5.0]])
careless = np.exp(Z) / np.exp(Z).sum(axis=1)
print("sums of the rows with keepdims:   ", softmax_rows(Z).sum(axis=1).round(3))
print("sums of the rows without keepdims:", careless.sum(axis=1).round(3))

# %% [markdown]
# *What to notice.* Without `keepdims` nothing fails: the table is square, so the wrong shapes fit. The rows add up to
# 1.13, 0.441 and 1.142. They are no probabilities. This is the danger of broadcasting: it also gives an answer when you
# made a mistake.
#
# ## 5. Rank-1 arrays
#
# *When is a vector neither a column nor a row?*
#
# `np.random.randn(5)` or `np.array([2, 0, 1, 3, 5])` gives shape `(5,)`: **one** axis. The lecture calls it a rank-1
# array. It looks like a row, but it is neither a row $(1, 5)$ nor a column $(5, 1)$, and it does not behave like one.

# %%
v = np.array([2, 0, 1, 3, 5])
column = v.reshape(5, 1)
print("v:      shape", v.shape, "  v.T:     ", v.T.shape, "  v @ v.T is the number", v @ v.T)
print(
    "column: shape",
    column.shape,
    " column.T:",
    column.T.shape,
    " column @ column.T has shape",
    (column @ column.T).shape,
)
print("column.T @ column is", column.T @ column)
print("v - column has shape", (v - column).shape)

# %%
figure, axes = plt.subplots(1, 5, figsize=(8, 3.7), width_ratios=[5, 0.8, 1.4, 0.8, 5])
draw_grid(axes[0], v.reshape(1, 5), True, "v, shape (5,)", plots.COLORS[0])
draw_grid(axes[2], column, True, "column\n(5, 1)", plots.COLORS[1])
draw_grid(axes[4], v - column, np.eye(5) == 1, "v - column, shape (5, 5)", plots.COLORS[2], other="black")
for axis, sign in ((axes[1], "–"), (axes[3], "=")):
    axis.text(0.5, 0.5, sign, ha="center", va="center", fontsize=20)
    axis.set_axis_off()
figure.suptitle("The same five numbers, subtracted: you want 5 zeros and get 25 numbers", fontsize=12)
plt.show()

# %% [markdown]
# *What to notice.* `v.T` equals `v`: with one axis there is nothing to transpose. `v @ v.T` is the number 39, not a
# table. And `v - column` subtracts every number from every other. The five zeros that you wanted stand on the green
# diagonal only. The 20 grey numbers are not wanted. (In section 2, pale meant "repeated". Here grey means "unwanted".) If
# you then take the mean, no error tells you that these 20 numbers should not be there.
#
# Three habits protect you:
#
# - make vectors with two axes from the start: `rng.normal(size=(5, 1))`, not `rng.normal(size=5)`;
# - write down what you believe: `assert v.shape == (5, 1)` costs nothing;
# - when something of unknown shape comes in, turn it into a column first. That is the next exercise.
#
# *On paper.* `[4, 7]`, shape $(2,)$; `[[4, 7]]`, shape $(1, 2)$; and `[[4], [7]]`, shape $(2, 1)$, all become
# $\begin{bmatrix} 4 \\ 7 \end{bmatrix}$, shape $(2, 1)$. A table of shape $(2, 3)$ is no vector: we refuse it, rather
# than make a column of 6 numbers that nobody asked for.
#
# ### Exercise 4: `as_column`


# %% exercise="as_column"
def as_column(v):
    """A vector in any of its forms, as a column.

    Args:
        v: n numbers (n at least 1), floats or whole numbers, as an array of shape (n,), (n, 1) or (1, n), or as a list
            that np.array turns into one of these. It is not changed.

    Returns:
        An array of shape (n, 1) with the same numbers in the same order. It may be a view of v.

    Raises:
        ValueError: v has any other shape: a single number, a table of several rows and columns, or more than two
            axes. The message holds the shape as Python writes it, for instance (2, 3), or () for a single number.

    Example:
        as_column([4, 7]) is [[4], [7]], shape (2, 1).
    """
    # 1. Make an array of what came. How many axes does it have, and how long are they?
    # 2. One axis is fine. Two are fine if one of them has length 1. Then reshape.
    # 3. Everything else: raise a ValueError with the shape in its message.
    ### BEGIN SOLUTION
    v = np.array(v)
    if v.ndim == 1 or (v.ndim == 2 and 1 in v.shape):
        return v.reshape(v.size, 1)
    raise ValueError(f"expected a vector, got an array of shape {v.shape}")
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Turn what came into an array first; then it has a shape to ask. Which shapes are good? All others are refused.
# </details>
# <details><summary>Hint 2</summary>
#
# `v = np.array(v)` takes lists and arrays. `v.ndim` is the number of axes, `v.shape` their lengths, `v.size` the number
# of entries; `1 in v.shape` asks whether some axis has length 1.
# </details>
# <details><summary>Hint 3</summary>
#
# A vector has `v.ndim == 1`, or `v.ndim == 2` with a length 1. Then `v.reshape(v.size, 1)` is the column.
# An f-string puts the shape into the message: `f"... shape {v.shape}"`.
# </details>

# %% check="as_column" points=2
with checks.exercise("as_column"):

    def becomes(v, expected):
        call = f"as_column({v})" if isinstance(v, list) else f"as_column(v), v of shape {v.shape}"
        try:
            result = as_column(v)
        except ValueError as error:
            checks.that(False, f"{call}: this is a vector, yet it was refused: {error}")
        checks.close(call, result, expected)

    v = np.array([2.0, 0.0, 5.0])
    checks.unchanged(as_column, v)
    for form in (v, v.reshape(3, 1), v.reshape(1, 3), np.array([[2.5]]), [4, 7]):
        becomes(form, {1: [[2.5]], 2: [[4], [7]], 3: [[2], [0], [5]]}[np.size(form)])
    refused = [np.ones((2, 3)), np.ones((3, 3)), 7.0]
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(v):
        return np.array([[number] for number in np.ravel(v).tolist()])

    forms = [lambda n: (n,), lambda n: (n, 1), lambda n: (1, n)]
    lists = {
        "with the list [8]": ([8],),
        "with the list [[1, 2, 3]]": ([[1, 2, 3]],),
        "with the list [[1], [2.5]]": ([[1], [2.5]],),
        "with the list [4, 7.5]": ([4, 7.5],),
        "with a whole number in front of others": (np.array([1.0, 2.5, 0.25, 3.0]),),
        "with an array that is read backwards": (np.array([1.0, 2.5, 0.25, 3.0])[::-1],),
    }
    domain = {"sizes": {"n": 1030}, "real": {"v": 1e6}, "types": ["v"], "cases": lists}
    for form in forms:

        def draw(rng, n, form=form):
            return rng.normal(0, 1, form(n))

        checks.agrees(as_column, entry_by_entry, draw, new=False, **domain)
    refused += [np.ones((3, 2)), np.ones((5, 5)), np.ones((1, 4, 1)), np.ones((1, 1, 4)), np.ones((1, 1, 1))]
    refused += [np.ones((1, 1, 1, 5)), -2, np.float64(5), np.array(5.0), [[1, 2], [3, 4]]]
    ### END HIDDEN TESTS
    for bad in refused:
        wanted = str(np.shape(bad))
        call = f"as_column(v), v of shape {wanted}" if np.ndim(bad) else f"as_column({bad})"
        checks.raises(call, ValueError, as_column, bad)
        try:
            as_column(bad)
        except ValueError as error:
            told = wanted.replace(" ", "") in str(error).replace(" ", "")
            checks.that(told, f"{call}: the message of the ValueError must hold the shape {wanted}; it says '{error}'")

# %% [markdown]
# ## 6. Two losses
#
# *How far are $m$ predictions from $m$ true values?*
#
# Predictions $\hat y$ and true values $y$, both as columns of shape $(m, 1)$, differ by $d = \hat y - y$, shape
# $(m, 1)$. Two ways to make one number of it:
#
# $$L_1(\hat y, y) = \sum_{i=1}^{m} |d_i|, \qquad L_2(\hat y, y) = \sum_{i=1}^{m} d_i^2 = d^T d, \qquad
# \text{shapes } (1, m)(m, 1) \to (1, 1).$$
#
# *On paper.* $\hat y = [3, 1, 2]$ and $y = [1, 1, 5]$: $d = [2, 0, -3]$, so $L_1 = 2 + 0 + 3 = 5$ and
# $L_2 = 4 + 0 + 9 = 13$. In $L_2$ one error of 4 costs 16, four errors of 1 cost only 4.
#
# Here is the danger of section 5 in practice: predictions often come as a column, labels from a file as a rank-1 array,
# and $\hat y - y$ is then a table. You have the right tool: `as_column` on both. One danger remains: a vector of length
# 1 would be stretched to any length. So compare the lengths, and raise a `ValueError` if they differ.
#
# For $L_2$, use the matrix product $d^T d$, and look at what it gives: an array of shape $(1, 1)$ is not a number.
#
# ### Exercise 5: `losses`


# %% exercise="losses"
def losses(y_hat, y):
    """The L1 loss and the L2 loss of predictions.

    Args:
        y_hat: m predictions, floats or whole numbers (no uint8), as an array of shape (m,), (m, 1) or (1, m), or as a
            list of m numbers; m is at least 1.
        y: m true values in any of these forms, not necessarily the form of y_hat. Both are not changed.

    Returns:
        (L1, L2), two single numbers (no arrays, not even of shape ()): the sum of the absolute differences and the sum
        of the squared differences between predictions and true values.

    Raises:
        ValueError: y_hat and y do not hold equally many numbers, also if one of them is an array or a list of one
            number only, such as np.ones((1, 1)) or [5]. (A plain number such as 5 does not come.)

    Example:
        losses(np.array([3, 1, 2]), np.array([[1], [1], [5]])) is (5, 13).
    """
    # 1. Make both a column; you have a function for it. Are they equally long?
    # 2. Their difference d. For L1, add up its absolute values.
    # 3. For L2, d transposed times d. Which shape is it? Take the number out of the array.
    ### BEGIN SOLUTION
    y_hat, y = as_column(y_hat), as_column(y)
    if y_hat.shape != y.shape:
        raise ValueError(f"{y_hat.size} predictions for {y.size} true values")
    d = y_hat - y
    return np.sum(np.abs(d)), (d.T @ d).item()
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# First bring both into one form; then they can be compared and subtracted without surprises.
# (Exercise 4 is not done yet? `np.reshape(y, (-1, 1))` is enough here.)
# </details>
# <details><summary>Hint 2</summary>
#
# After `as_column` both have two axes, and `y_hat.shape == y.shape` asks whether they are equally long. `np.abs` works on arrays, `np.sum` without an axis gives a
# number. `d.T @ d` has shape `(1, 1)`. The other order, `d @ d.T`, would be a table of shape `(m, m)`.
# </details>
# <details><summary>Hint 3</summary>
#
# `array.item()` takes the only number out of an array; `array[0, 0]` does it too. `np.sum(np.abs(d))` is $L_1$. End with `return l1, l2`.
# </details>

# %% check="losses" points=2
with checks.exercise("losses"):
    flat, column, row = (np.reshape([3.0, 1.0, 2.0, -1.0], shape) for shape in ((4,), (4, 1), (1, 4)))
    true = [1.0, 1.5, 6.0, 0.5]
    checks.unchanged(losses, column, np.array(true))
    every = "a row and a column became a table of every prediction minus every true value"
    l1_slips = {"this is L2": 22.5, every: 35, "the differences are added with their signs": -4}
    l2_slips = {"this is L1": 8, every: 128, "a square root was taken": 22.5**0.5, "this is the square of a sum": 16}
    for y_hat, y in [(flat, np.array(true)), (flat, true), (column, np.array(true)), (row, np.reshape(true, (4, 1)))]:
        call = f"losses(y_hat, y), shapes {y_hat.shape} and {np.shape(y)}"
        L1, L2 = checks.results(call, losses(y_hat, y), ["L1", "L2"])
        checks.close(f"L1 of {call}", L1, 8, m=4, mistakes=l1_slips)
        checks.close(f"L2 of {call}", L2, 22.5, m=4, mistakes=l2_slips)
        arrays = f"{call}: a loss is an array of shape (), expected a number: .item() takes it out"
        checks.that(not isinstance(L1, np.ndarray) and not isinstance(L2, np.ndarray), arrays)
    for y_hat, y in [(flat, np.ones(3)), (np.ones(1), flat), (flat, np.ones((1, 1)))]:
        call = f"losses(y_hat, y), {y_hat.size} predictions and {y.size} true values"
        checks.raises(call, ValueError, losses, y_hat, y)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(y_hat, y):
        gaps = [a - b for a, b in zip(np.ravel(y_hat).tolist(), np.ravel(y).tolist(), strict=True)]
        return sum(map(abs, gaps)), sum(gap * gap for gap in gaps)

    forms = [lambda m: (m,), lambda m: (m, 1), lambda m: (1, m)]
    lists = {
        "with two lists": ([1, 2.5, 3], [3, 1, 0]),
        "with a list and a column": ([1, 2.5, 3], np.array([[3], [1], [0]])),
        "with a row and a list": (np.array([[3.5, 1, 0]]), [1, 2, 3]),
        "with lists of one number": ([2], [5]),
        "with predictions close to the true values": (np.array([1.0, 2.0]), np.array([1.000001, 1.99999])),
        "with predictions very close to the true values": (np.array([1.0, 2.0]), np.array([1 + 3e-9, 2 - 1e-9])),
        "with equal differences": (np.array([2.0, 3, 4, 2, 7]), np.array([[1.0], [2], [2], [1], [8]])),
        "with large whole numbers": (np.array([100_000, -3]), np.array([0, 4])),
    }
    domain = {"sizes": {"m": 1030}, "real": {"y_hat": 1e7, "y": 1e7}, "types": ["y_hat", "y"], "cases": lists}
    for one, other in [(one, other) for one in forms for other in forms]:

        def draw(rng, m, one=one, other=other):
            return rng.normal(0, 3, one(m)), rng.normal(1, 2, other(m))

        checks.agrees(losses, pair_by_pair, draw, returns=["L1", "L2"], **domain)
    for y_hat, y in [
        (row, np.ones(1)),
        (np.ones((1, 1)), row),
        ([1, 2, 3], flat),
        (column, np.ones((8, 1))),
        ([1], [2, 3]),
        (column, [5]),
    ]:
        call = f"losses(y_hat, y), {np.size(y_hat)} predictions and {np.size(y)} true values"
        checks.raises(call, ValueError, losses, y_hat, y)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. All distances at once
#
# *How far is every example from every other?*
#
# Two sets of examples as columns: $X$ of shape $(n_x, m)$ and $Y$ of shape $(n_x, k)$. (Here $Y$ holds examples, not
# labels.) We want the distance of each pair:
#
# $$D_{ij} = \lVert x^{(i)} - y^{(j)} \rVert = \sqrt{\sum_{f=1}^{n_x} (X_{fi} - Y_{fj})^2},
# \qquad \text{shape } (m, k).$$
#
# Broadcasting can subtract every $y$ from every $x$: with a third axis, $(n_x, m, 1) - (n_x, 1, k) \to (n_x, m, k)$.
# But this table is large: for 784 pixels, 2,000 and 500 pictures it takes $784 \cdot 2000 \cdot 500 \cdot 8$ bytes,
# about 6.3 GB. Better: multiply the square out.
#
# $$\lVert x - y \rVert^2 = \lVert x \rVert^2 + \lVert y \rVert^2 - 2\, x^T y$$
#
# $$D^2 = \underbrace{s_X}_{(m, 1)} + \underbrace{s_Y}_{(1, k)} - 2\, \underbrace{X^T Y}_{(m, k)}$$
#
# $s_X$ is the column of the squared lengths of the $x$, $s_Y$ the row of those of the $y$. A column plus a row: section
# 2 again. Nothing is larger than $(m, k)$, and a matrix product does the work.
#
# One trap. For two equal columns the three terms should cancel to 0. Rounding may leave a tiny negative number, such as
# $-10^{-15}$, and its square root is `nan`. No distance is negative, so put 0 in place of what is below 0 before you
# take the root. It may also leave a tiny positive number, and a root makes tiny numbers larger:
# $\sqrt{10^{-14}} = 10^{-7}$. So a distance of about $10^{-7}$ in place of 0 is no mistake.
#
# *On paper.* $X = \begin{bmatrix} 0 & 3 \\ 0 & 4 \end{bmatrix}$,
# $Y = \begin{bmatrix} 3 & 0 & 6 \\ 0 & 0 & 8 \end{bmatrix}$: $s_X = \begin{bmatrix} 0 \\ 25 \end{bmatrix}$,
# $s_Y = [9, 0, 100]$, $X^T Y = \begin{bmatrix} 0 & 0 & 0 \\ 9 & 0 & 50 \end{bmatrix}$, so
# $D^2 = \begin{bmatrix} 9 & 0 & 100 \\ 16 & 25 & 25 \end{bmatrix}$ and
# $D = \begin{bmatrix} 3 & 0 & 10 \\ 4 & 5 & 5 \end{bmatrix}$.
#
# ### Exercise 6: `pairwise_distances`


# %% exercise="pairwise_distances"
def pairwise_distances(X, Y):
    """The distance of every column of X to every column of Y. Try it without a loop.

    Args:
        X: m examples as columns, shape (n_x, m), floats or whole numbers (no uint8: see section 8).
        Y: k examples as columns, shape (n_x, k), likewise. X and Y are not changed.

    Returns:
        D, shape (m, k), of floats: D[i, j] is the square root of the sum of (X[:, i] - Y[:, j]) ** 2, never nan. Its
        square may be off by the rounding of the formula: about 1e-15 times the squared lengths of the two columns. So
        for equal columns of numbers near 1, D may be up to 1e-5 in place of 0. Nothing else is added, clipped or
        rounded.

    Example:
        pairwise_distances(np.array([[0, 3], [0, 4]]), np.array([[3, 0, 6], [0, 0, 8]])) is [[3, 0, 10], [4, 5, 5]].
    """
    # 1. The squared length of each column of X, as a column (m, 1); of each column of Y, as a row (1, k).
    # 2. Every x with every y: which matrix product has shape (m, k)?
    # 3. Put the three together. Mind what rounding may have made negative, then take the root.
    ### BEGIN SOLUTION
    squares_x = np.sum(X**2, axis=0).reshape(X.shape[1], 1)
    squares_y = np.sum(Y**2, axis=0).reshape(1, Y.shape[1])
    squares = squares_x + squares_y - 2 * X.T @ Y
    return np.sqrt(np.maximum(squares, 0))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write the shapes of the three terms down: a column $(m, 1)$, a row $(1, k)$ and a table $(m, k)$. Their sum has the shape $(m, k)$.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.sum(X**2, axis=0)` adds over the features and leaves shape `(m,)`. Make it a column: `.reshape(-1, 1)` or
# `[:, None]`. The table is a product of the transposed `X` and `Y`.
# </details>
# <details><summary>Hint 3</summary>
#
# The product is `X.T @ Y`; it is taken twice and subtracted. `np.maximum(squares, 0)` compares every number with 0 and keeps the larger. Then take the root.
# </details>

# %% check="pairwise_distances" points=3
with checks.exercise("pairwise_distances"):
    X = np.array([[0.0, 1.0], [1.0, -2.0], [2.0, 2.0]])
    Y = np.array([[2.0, -1.0, 0.0, 3.0], [3.0, 0.0, 1.0, -2.0], [4.0, 0.0, 3.0, 2.0]])
    checks.unchanged(pairwise_distances, X, Y)
    slips = {
        "these are the squares; the square root is missing": [[12, 6, 1, 18], [30, 12, 11, 4]],
        "this is the sum of absolute differences, not the root of the squares": [[6, 4, 1, 6], [8, 6, 5, 2]],
        "is the product 2 X^T Y added instead of subtracted?": np.sqrt([[56, 6, 29, 26], [46, 8, 27, 48]]),
        "is the 2 of 2 X^T Y missing?": np.sqrt([[23, 6, 8, 20], [34, 11, 15, 15]]),
    }
    D, what = np.sqrt([[12, 6, 1, 18], [30, 12, 11, 4]]), "pairwise_distances(X, Y), shapes (3, 2) and (3, 4)"
    checks.close(what, pairwise_distances(X, Y), D, mistakes=slips)
    X = np.random.default_rng(31).normal(0, 1, (20, 100))
    D, what = pairwise_distances(X, X), "pairwise_distances(X, X), X of shape (20, 100)"
    rounding = "rounding made the square of a distance negative: replace what is below 0 by 0 before you take the root"
    checks.that(not np.isnan(np.asarray(D, float)).any(), f"{what}: some values are nan; {rounding}")
    checks.close(f"the distance of each column to itself in {what}", np.diag(D), np.zeros(100), atol=1e-5)
    ### BEGIN HIDDEN TESTS

    def one_by_one(X, Y):
        return np.array([((Y - x[:, np.newaxis]) ** 2).sum(axis=0) ** 0.5 for x in X.T.astype(float)])

    def points(rng, n_x, m, k):
        return rng.normal(0, 2, (n_x, m)), rng.normal(1, 1, (n_x, k))

    sizes, real = {"n_x": 130, "m": 1030, "k": 1030}, {"X": 1e7, "Y": 1e7}
    others = {"with large whole numbers": (np.array([[70_000, 0], [3, 4]]), np.array([[0, 5, -70_000], [-2, 1, 6]]))}
    checks.agrees(
        pairwise_distances, one_by_one, points, sizes=sizes, real=real, types=["X", "Y"], cases=others, atol=1e-10
    )
    X, Y = points(np.random.default_rng(28), 3, 5, 4)
    what, X, Y = "pairwise_distances(X, Y), all numbers about 1e-9", 1e-9 * X, 1e-9 * Y
    checks.close(what, pairwise_distances(X, Y), one_by_one(X, Y), rtol=1e-8, atol=0.0)
    for scale in (1, 1000):
        X = scale * np.random.default_rng(29).normal(0, 1, (784, 20))
        D, what = pairwise_distances(X, X), f"pairwise_distances(X, X), X of shape (784, 20), numbers about {scale}"
        checks.that(not np.isnan(np.asarray(D, float)).any(), f"{what}: some values are nan; {rounding}")
        checks.close(f"the distance of each column to itself in {what}", np.diag(D), np.zeros(20), atol=1e-5 * scale)
    X = np.random.default_rng(27).uniform(0, 1, (30, 60))
    D = pairwise_distances(X, X[:, ::-1])
    checks.that(bool(np.isfinite(D).all()), "pairwise_distances(X, the columns of X in reverse): some values are nan")
    checks.close("the distance of each of 60 columns to its copy", np.diag(D[:, ::-1]), np.zeros(60), atol=1e-5)
    whole = np.arange(12).reshape(3, 4)
    what = "the distances of four columns of whole numbers to each other"
    checks.close(what, pairwise_distances(whole, whole), one_by_one(whole, whole), atol=1e-5)
    ### END HIDDEN TESTS

# %% [markdown]
# How much does it help? We time three ways to compute 20 × 20 = 400 distances: a double loop over the pairs, the large
# table of shape $(n_x, 20, 20)$ made by broadcasting, and your function. The examples get longer and longer, from 2 to
# 512 features. Each way runs once to warm up, then many times, and the shortest time counts: other work of your
# computer can only make a time longer.


# %%
def distances_by_loops(X, Y):
    D = np.zeros((X.shape[1], Y.shape[1]))
    for i in range(X.shape[1]):
        for j in range(Y.shape[1]):
            D[i, j] = np.sqrt(np.sum((X[:, i] - Y[:, j]) ** 2))
    return D


def distances_by_large_table(X, Y):
    return np.sqrt(np.sum((X[:, :, None] - Y[:, None, :]) ** 2, axis=0))


def seconds(function, X, Y):
    """The shortest of at least five runs, and of as many as fit into a tenth of a second."""
    function(X, Y)  # to warm up
    times = []
    while len(times) < 5 or sum(times) < 0.1:
        start = time.perf_counter()
        function(X, Y)
        times.append(time.perf_counter() - start)
    return min(times)


features = [2, 8, 32, 128, 512]
sets = [rng.normal(size=(2, n_x, 20)) for n_x in features]
ways = {"double loop": distances_by_loops, "large table": distances_by_large_table, "your function": pairwise_distances}
timings = {name: [1000 * seconds(function, X, Y) for X, Y in sets] for name, function in ways.items()}
print("features      ", "".join(f"{n_x:9}   " for n_x in features))
for name, row in timings.items():
    print(f"{name:14}", "".join(f"{value:9.3f} ms" for value in row))

# %%
figure, axis = plt.subplots()
for (name, row), marker in zip(timings.items(), "os^", strict=True):
    axis.loglog(features, row, marker=marker, label=name)
axis.set_xticks(features, [str(n_x) for n_x in features])
axis.minorticks_off()
axis.yaxis.set_major_formatter("{x:g}")
axis.set(xlabel="features $n_x$ of an example", ylabel="milliseconds for 400 distances")
axis.set_title("For short examples, the large table is far faster than the double loop")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* Both scales are logarithmic: from one line of the grid to the next above it is a factor of 10.
#
# - The double loop is slower than the large table everywhere, and for few features by far: often by a factor
#   of 100 or more. From 2 to 128 features its time hardly changes: nearly all of it is Python, not arithmetic.
# - The time of the large table grows with $n_x$, since every difference is written to memory and read again. So it
#   loses a part of its lead.
# - Your function: that depends on how you wrote it, on $n_x$ and on your computer. With a matrix product it is usually
#   close to the large table for few features, and faster for many.
#
# Do not trust such times too much. For large matrices NumPy lets several processor cores share a matrix product; if
# another program keeps the cores busy, the same product can take many times as long. What does not depend on the
# computer is the **memory**: the large table holds $n_x m k$ numbers, the formula with the product only $m k$. For the
# million distances of section 8 these are 6.3 GB and 8 MB.
#
# ## 8. Reading digits by looking at the nearest
#
# *What are distances good for?*
#
# With them you can build a classifier that needs no training. To read a new digit, find the known digit that is nearest to it, and
# take its label. This is the **nearest-neighbour classifier**. We let 500 test digits look for their neighbours among
# 2,000 training digits: a million distances in a space of 784 dimensions.
#
# We scale the pixels to 0..1 first. This also turns them into floats. With the raw `uint8` pixels, 3 - 5 would be 254:
# whole numbers of 8 bits start again after 255.
#
# (We hand over ten test digits at a time, so that every correct answer to exercise 6 fits into memory. A double loop
# takes some seconds here. If you looped over the pixels too, it would take minutes: make exercise 6 faster first.)

# %%
digits = data.load_digits()
X_train, Y_train = digits.X_train[:2000].reshape(2000, -1).T / 255, digits.Y_train[:, :2000]
X_test, Y_test = digits.X_test[:500].reshape(500, -1).T / 255, digits.Y_test[:, :500]

start = time.perf_counter()
D = np.hstack([pairwise_distances(X_train, X_test[:, i : i + 10]) for i in range(0, 500, 10)])
print(f"X_train {X_train.shape}, X_test {X_test.shape}, D {D.shape} in {time.perf_counter() - start:.1f} s")
nearest = D.argmin(axis=0)
right = Y_train[:, nearest] == Y_test
print(f"right: {right.sum()} of {right.size} test digits, {right.mean():.1%}; a guess is right in about 10 %")
for known in (100, 500, 1000):
    few = Y_train[:, D[:known].argmin(axis=0)] == Y_test
    print(f"with only {known:4} known digits: {few.mean():.1%}")

# %%
shown = np.r_[np.flatnonzero(right[0])[:4], np.flatnonzero(~right[0])[:4]]
pictures = np.hstack([X_test[:, shown], X_train[:, nearest[shown]]]).T.reshape(16, 28, 28)
words = [f"test: {label}" for label in Y_test[0, shown]]
words += [f"nearest: {label}" for label in Y_train[0, nearest[shown]]]
figure = plots.show_images(
    pictures, words, title=f"{right.mean():.0%} have a neighbour of their own kind (left); four that have not (right)"
)
for axis in [*figure.axes[4:8], *figure.axes[12:16]]:
    axis.title.set(color=plots.COLORS[1], weight="bold")
plt.show()

# %%
shifted = np.roll(digits.X_test[:500], 2, axis=2).reshape(500, -1).T / 255
moved = np.sqrt(np.sum((shifted - X_test) ** 2, axis=0))
print(f"mean distance of a test digit to its nearest neighbour:           {D.min(axis=0).mean():.1f}")
print(f"mean distance of a test digit to itself, 2 pixels further right:  {moved.mean():.1f}")

# %% [markdown]
# *What to notice.* About 91 % are right, nine times as many as by guessing. The classifier has no weights: it only remembers the training digits.
# More memory helps: 69 % with 100 known digits, 86 % with 1,000.
#
# Why not 100 %? Look at the four mistakes. Each shares many white pixels with its neighbour, but it is another digit. A
# distance between pixels does not know what a stroke or a circle is. The last cell shows it: a digit moved right by 2
# pixels is the same digit for your eye, but its distance to itself (8.4) is larger than to its nearest neighbour (5.3).
# In course 4, convolutional networks learn features that survive such a shift.

# %% [markdown]
# ## What you built
#
# - you know the keys of a notebook, how to restart it, and why;
# - `broadcast_shape`: the rule that gives the shape of every sum, or says that the two do not fit;
# - `percent_of_calories` and `softmax_rows`: columns and rows divided by their totals, with `keepdims` where it is
#   needed;
# - `as_column` and `losses`: they give the right answer for rank-1 arrays, rows and columns;
# - `pairwise_distances`: a million distances with one formula, and a classifier that reads 91 % of the digits.
#
# ## On your own
#
# - Use all 8,000 training and 2,000 test digits. How much does it gain, and how long does it take?
# - Move all test digits 2 pixels to the right, as `shifted` does. How many are right now?
# - Let the three nearest neighbours vote instead of one. Does it help?
# - `np.broadcast_to(np.arange(4), (3, 4)).strides` is `(0, 8)`. What does the 0 say about the memory of the pale
#   entries in the first picture?
#
# ## In practice
#
# `np.broadcast_shapes` is your exercise 2. `scipy.special.softmax` takes an `axis` and is stable.
# `scipy.spatial.distance.cdist` computes pairwise distances (with examples as rows), pair by pair in C: no large table
# and no cancellation. `sklearn.metrics.pairwise.euclidean_distances` multiplies out as you did and also replaces what
# is below 0. `sklearn.neighbors.KNeighborsClassifier` finds neighbours, in few dimensions by a tree instead of all
# distances. (SciPy and scikit-learn are not part of this course's packages.)
#
# ## References
#
# - C. R. Harris and others (2020), *Array programming with NumPy*, Nature 585.
# - T. M. Cover and P. E. Hart (1967), *Nearest neighbor pattern classification*, IEEE Transactions on Information
#   Theory 13.
# - T. Kluyver and others (2016), *Jupyter Notebooks: a publishing format for reproducible computational workflows*,
#   ELPUB.
