# %% [markdown]
# You will build a neuron that learns the price of a house from its size, and a small network that explains its price in dollars.

# %% [markdown]
# ## What you will be able to do
#
# - compute the output of a neuron: a weighted sum, then ReLU;
# - let a neuron learn from examples, and say how large its error is on houses that it has not seen;
# - compute a network of two layers, and take its answer apart into pieces;
# - tell structured from unstructured data, and name the kind of network that fits a task.
#
# **What you need:** school mathematics, and a little Python: functions, `if` and `for`. The section *The Python you need* shows the rest.
#
# **How a lesson works.** A notebook is a column of cells. Click on a cell and press **Shift+Enter**: the cell runs, and the next one is selected. Work from top
# to bottom. In each exercise:
#
# 1. The exercise cell holds a *stub*: a function without its body. Replace `raise NotImplementedError` by your code and run the cell.
# 2. Run the *check* cell below it. It says how many checks passed, or in one line what is wrong.
# 3. Change your code, run **both** cells again, and so on. You can try as often as you like; if you are stuck, open the hint.
#
# The last cell, `grade()`, runs more checks, which you do not see, and shows your score. If something behaves strangely, choose *Kernel → Restart Kernel* in
# the menu and run the cells again from the top.
#
# The first code cell loads what the lesson needs. Run it now.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
print("ready")

# %% [markdown]
# ## The Python you need
#
# *Which Python and NumPy will you meet in this week?*
#
# Two cells, without points. Read a line, guess what it prints, then compare. If all of this is new to you, change a number here and there and run the cell again.
#
# First Python itself. A **dict** holds values by name; a **set** holds each value once; a **function** can be given to another function, like a number.

# %%
prices = {"flat": 180, "house": 250}  # a dict: to each name, its key, belongs a value
for kind, price in prices.items():  # goes through the dict, key and value together
    print("1.", kind, "costs", price)
print("2.", {kind: 2 * price for kind, price in prices.items()})  # a new dict, made one entry after the other
print("3.", [price for price in prices.values() if price > 200])  # a list of those for which the condition holds
for kind, rooms in zip(["flat", "house"], [2, 5], strict=True):  # goes through two lists of one length side by side
    print("4.", kind, "has", rooms, "rooms")
for number, kind in enumerate(["flat", "house"]):  # counts along, from 0
    print("5.", number, kind)
print("6.", {len(kind) for kind in ["flat", "house", "hotel"]})  # a set, made in the same way: it keeps each value once
print("7.", all(price > 200 for price in prices.values()))  # True if the condition holds for every one
print("8.", [1, 2, 3][-1], [1, 2, 3][::-1])  # -1 is the last entry, [::-1] turns a list round


def twice(function, start):
    """A function as an argument: it is called here, with brackets."""
    return function(function(start))


print("9.", twice(lambda number: number + 10, 1))  # lambda makes a small function without a name

# %% [markdown]
# Now NumPy. An **array** holds numbers in rows and columns, and computes with all of them at once.

# %%
table = np.array([[1.0, 2.0, 6.0], [-3.0, 0.5, 0.0]])
print("1.", table.shape)  # 2 rows and 3 columns
print("2.", table[0, 2], table[:, 1], table[:, [2, 0]].tolist())  # an entry, a column as a flat array, two columns
print("3.", (2 * table + 1).tolist())  # entry by entry, without a loop
print("4.", (table > 0).tolist())  # a comparison gives True and False
print("5.", np.mean(table > 0))  # they count as 1 and 0: the share of entries above 0
print("6.", np.sum(table), np.sum(table, axis=1))  # of all entries, of each row
print("7.", np.where(table > 0, table, 100).tolist())  # from the table where the condition holds, else 100
row = np.zeros((1, 3))  # a new array of zeros
row[0, 1] = 7
print("8.", row, row.shape, table[1, 2].shape)  # a number has the shape ()

# %% [markdown]
# *What to notice.* `table[:, 1]` has lost one axis: it is flat, its shape is `(2,)`. `table[:, [1]]` keeps the column, of shape `(2, 1)`.
#
# ## 1. Never below zero
#
# *A price cannot be negative. How do we build this into a formula?*
#
# A larger house costs more. A straight line says that, too, but for a very small house it can give a price below zero. We replace every negative value by 0.
# This function is called **ReLU** (rectified linear unit), and you will meet it in most networks of this course:
#
# $$\mathrm{relu}(z) = \begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise.} \end{cases}$$
#
# If $z$ is an array, each entry is treated on its own, so the result has the shape of $z$.
#
# *On paper.* $\mathrm{relu}(3) = 3$, $\mathrm{relu}(-2) = 0$, $\mathrm{relu}([-1, 0, 4]) = [0, 0, 4]$.
#
# ### Exercise 1: `relu`
#
# Your first exercise takes two minutes. Run the next cell and the check below it once **before** you write anything, and read the message.


# %% exercise="relu"
def relu(z):
    """The larger of z and 0, for each entry.

    Args:
        z: a number, or a NumPy array of any shape, of floats or whole numbers; it is not changed.

    Returns:
        A number if z is one, else a new array with the shape of z. Entries above 0 stay exactly as they are.

    Example:
        relu(np.array([-1, 0, 4])) is [0, 0, 4].
    """
    # 1. Which NumPy function takes the larger of two values, entry by entry?
    ### BEGIN SOLUTION
    return np.maximum(z, 0)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Python's `max(z, 0)` works for a number, but not for an array: NumPy has a function of its own that compares entry by entry.
# </details>
# <details><summary>Hint 2</summary>
#
# It is `np.maximum`. (`np.where(condition, this, that)` can do it, too.)
# </details>

# %% check="relu" points=1
with checks.exercise("relu"):
    slips = {"where z > 0 the result is z itself, not 1": 1, "this keeps the smaller of z and 0; keep the larger": 0}
    checks.close("relu(3)", relu(3), 3, mistakes=slips)
    slips = {"a negative number must become 0": -2, "this is the absolute value; negative numbers become 0": 2}
    checks.close("relu(-2)", relu(-2), 0, mistakes=slips)
    z = np.array([-1.0, 0.0, 4.0, 0.5, -0.25])
    checks.unchanged(relu, z)
    checks.close("relu([-1, 0, 4, 0.5, -0.25])", relu(z), [0, 0, 4, 0.5, 0])
    ### BEGIN HIDDEN TESTS

    def one_by_one(z):
        return np.array([max(entry, 0.0) for entry in np.ravel(z).tolist()]).reshape(np.shape(z))

    others = {
        "with a number": (2.5,),
        "with a negative number": (-0.001,),
        "with the number 0": (0,),
        "with a NumPy number": (np.float64(-2.5),),
        "with a whole number": (-7,),
        "with an array of shape (4,)": (np.array([-3.0, 0.25, 0.0, 9.0]),),
        "with an array of shape (1,)": (np.array([0.7]),),
        "with an array of shape (2, 1, 3)": (np.array([[[1.0, -2.0, 3.0]], [[-4.0, 5.0, -6.0]]]),),
        "with numbers of size 1e12": (np.array([1e12, -1e12, 3e11]),),
        "with whole numbers of size 1e6": (np.array([3_000_000, -200, 70_001]),),
        "with an array of shape (1, 1)": (np.array([[-0.7]]),),
        "with numbers of size 1e-12": (np.array([1e-12, -1e-12, 3e-13]),),
    }
    domain = {"sizes": {"rows": 130, "columns": 1030}, "real": {"z": 1e6}, "types": ["z"], "cases": others}
    checks.agrees(relu, one_by_one, lambda rng, rows, columns: rng.normal(0, 3, (rows, columns)), **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# *What to notice.* The first message was: *relu is still a stub*. Now the check says how many checks passed. All exercises work in this way.
#
# ## 2. One neuron
#
# *A house has many properties. How do they become one number?*
#
# The inputs are $n_x$ numbers $x_1, \dots, x_{n_x}$, written one below the other: a **column** $x$ of shape $(n_x, 1)$. A **neuron** has a **weight** for each
# input, in a column $w$ of the same shape, and one more number, the **bias** $b$. It computes a weighted sum $z$ and its output $a$:
#
# $$z = w_1 x_1 + w_2 x_2 + \dots + w_{n_x} x_{n_x} + b, \qquad a = \mathrm{relu}(z).$$
#
# Both $z$ and $a$ are single numbers. With a positive weight, more of this input makes the sum higher; with a negative weight, it makes the sum lower. The bias is added
# once. Warren McCulloch and Walter Pitts described such a unit in 1943, as a simple picture of a nerve cell.
#
# *On paper.* $x = \begin{bmatrix} 2 \\ 5 \end{bmatrix}$, $w = \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}$: with $b = 8$, $z = 1 - 5 + 8 = 4$ and $a = 4$.
# With $b = 1$, $z = -3$ and $a = 0$.
#
# ### Exercise 2: `neuron`


# %% exercise="neuron"
def neuron(x, w, b):
    """The output of one neuron: relu of the weighted sum of its inputs and the bias.

    Args:
        x: inputs, shape (n_x, 1), for any n_x >= 1.
        w: weights, shape (n_x, 1).
        b: bias, a number. All three may be floats or whole numbers.

    Returns:
        a, a single number >= 0 (no array).

    Example:
        neuron(np.array([[2], [5]]), np.array([[0.5], [-1]]), 8) is 4.
    """
    # 1. Multiply each input by its weight, and add up the products.
    # 2. The bias comes once, and relu last.
    ### BEGIN SOLUTION
    return relu(np.sum(w * x) + b)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# In which order does the formula work? Three steps: the sum of the products, the bias, ReLU.
# </details>
# <details><summary>Hint 2</summary>
#
# `w * x` multiplies entry by entry and has the shape `(n_x, 1)`.
# </details>
# <details><summary>Hint 3</summary>
#
# `np.sum(w * x)` is one number. Add `b` to it, then use your `relu`.
# </details>

# %% check="neuron" points=2
with checks.exercise("neuron"):
    x, w = np.array([[2.0], [5.0]]), np.array([[0.5], [-1.0]])
    checks.unchanged(neuron, x, w, 8.0)
    slips = {
        "the bias is added to each product; add it once, to their sum": 12,
        "relu comes last, after the sum and the bias, not for each product": 9,
        "only the last input counts; add up all products": 3,
        "where z > 0 the result is z itself, not 1": 1,
        "relu comes after the bias": 8,
        "the bias b is not added to the sum": 0,
    }
    checks.close("neuron([[2], [5]], [[0.5], [-1]], b=8)", neuron(x, w, 8.0), 4, mistakes=slips)
    slips = {"a negative sum must become 0 (relu)": -3, "relu comes last, after the bias": 1}
    checks.close("neuron([[2], [5]], [[0.5], [-1]], b=1)", neuron(x, w, 1.0), 0, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def product_by_product(x, w, b):
        z = float(b)
        for weight, value in zip(w[:, 0].tolist(), x[:, 0].tolist(), strict=True):
            z += weight * value
        return z if z > 0 else 0.0

    def unit(rng, n_x):
        w, x = rng.normal(0, 1, (n_x, 1)), rng.normal(0, 1, (n_x, 1))
        return x, w, abs(rng.normal()) - np.sum(w * x) / 2

    others = {
        "with z = 0": (np.array([[2.0], [1.0]]), np.array([[1.0], [0.5]]), -2.5),
        "with z = 50": (np.array([[25.0], [5.0], [0.0]]), np.array([[3.0], [-12.0], [7.0]]), 35.0),
        "with z below 0": (np.array([[1.0], [-2.0], [0.5]]), np.array([[0.5], [0.25], [3.0]]), -4.0),
        "with one input and z below 0": (np.array([[2.0]]), np.array([[-1.5]]), 1.0),
        "with equal weights and equal products": (
            np.array([[2.0], [2.0], [3.0]]),
            np.array([[0.5], [0.5], [0.5]]),
            1.0,
        ),
        "with z = 1e12": (np.array([[1e12]]), np.array([[1.0]]), 0.0),
        "with z = 4e6": (np.array([[1e3], [-2e3]]), np.array([[2e3], [-1e3]]), 0.0),
        "with z = 1e-9": (np.array([[1e-9]]), np.array([[1.0]]), 0.0),
        "with whole numbers in x alone": (np.array([[3], [1]]), np.array([[0.5], [0.25]]), 0.3),
        "with whole numbers in x and w alone": (np.array([[3], [1]]), np.array([[2], [5]]), 0.5),
        "with whole numbers in x, w and b": (np.array([[3], [1], [2]]), np.array([[2], [5], [1]]), -3),
    }
    domain = {"sizes": {"n_x": 1030}, "real": {"x": 1e3, "w": 1e3, "b": 1e3}, "types": ["x", "w", "b"]}
    checks.agrees(neuron, product_by_product, unit, cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# What can one neuron say? The next cell draws its output for houses of every size: a single input, the living area.

# %%
sizes = np.linspace(0, 3, 61)
for w, b in ((120, 0), (120, -90), (60, 60)):
    outputs = [neuron(np.array([[size]]), np.array([[w]]), b) for size in sizes]
    plt.plot(sizes, outputs, label=f"w = {w}, b = {b}")
plt.xlabel("living area in hundreds of m²")
plt.ylabel("output a, a price in thousands of dollars")
plt.title("The weight sets the slope, the bias moves the line, and ReLU cuts it off at 0")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Each output is a straight line, and where the line would be below 0, the output is 0. With $w = 120$ each hundred m² adds 120 thousand dollars. The dashed line has the same
# slope but a negative bias: it stays at 0 up to 75 m², then it rises.
#
# ## 3. Learning from examples
#
# *Which weight and bias are right? Who tells the neuron?*
#
# Examples do. This is **supervised learning**: each example has an input $x$ and the right answer $y$, called the **label**. The program finds $w$ and $b$ such
# that the outputs come near the labels. Then we use them for new inputs, whose labels nobody knows.
#
# Our examples are houses in Ames, a town in the United States, and the prices that people really paid from 2006 to 2010. A house is a column, so a table of $m$
# houses with $n_x$ properties is a matrix of shape $(n_x, m)$; the prices have the shape $(1, m)$. The **training set** is for learning; the **test set** is
# kept apart, to see what was learned.

# %%
houses = data.load_house_prices()
print("training set:", houses.X_train.shape, " prices:", houses.Y_train.shape, " test set:", houses.X_test.shape)
for name, unit, value in zip(houses.features, houses.units, houses.X_train[:, 0], strict=True):
    print(f"{name:12} {value:10.2f}  {'' if unit == '1' else unit}")
print(f"price of this house: {houses.Y_train[0, 0]:.0f} thousand dollars")

# %% [markdown]
# For now we use one input, the living area. Learning goes best when inputs are numbers near 1, so we count the area in hundreds of m² (1 m² is 10.76 ft²). The
# choice of the unit does not change a house; it only changes the numbers.

# %%
X_train, Y_train = houses.X_train[[0]] / 1076, houses.Y_train
X_test, Y_test = houses.X_test[[0]] / 1076, houses.Y_test
print("X_train:", X_train.shape, " from", X_train.min().round(2), "to", X_train.max().round(2), "hundred m²")

# %% [markdown]
# With one input, $w$ is one number. Start with $w = 0$ and $b = 0$, then make many small corrections. In each **step**, compare the weighted sum with the
# label, for all $m$ houses:
#
# $$z^{(i)} = w \, x^{(i)} + b, \qquad e^{(i)} = z^{(i)} - y^{(i)} \qquad (i = 1, \dots, m).$$
#
# The number in round brackets is the number of the house. If the error $e^{(i)}$ is positive, $z^{(i)}$ is too high, so $b$ must go down. A change of $w$ changes $z^{(i)}$ by $x^{(i)}$ times as much: $w$ must go down
# if $x^{(i)}$ is positive, up if it is negative, and it matters most where $x^{(i)}$ is large. So the error is multiplied by $x^{(i)}$ in the correction of $w$:
#
# $$w \leftarrow w - \alpha \, \frac{1}{m} \sum_{i=1}^{m} e^{(i)} x^{(i)}, \qquad b \leftarrow b - \alpha \, \frac{1}{m} \sum_{i=1}^{m} e^{(i)}.$$
#
# The **learning rate** $\alpha$ is a small number that says how strong a correction is. Both corrections use the same errors, computed before $w$ or $b$
# changes. Week 2 shows why this rule works. Frank Rosenblatt's perceptron of 1958 learned by corrections, too, from decisions that were wrong.
# Bernard Widrow and Ted Hoff (1960) used the rule above, but made a correction after each single example; we make one in each step, with the mean over all examples.
# While the neuron learns we leave ReLU out. Afterwards $z$ is positive for every house of our table, so ReLU then changes nothing.
#
# *On paper.* Two houses, $x = 1, 3$ with $y = 100, 300$, and $\alpha = 0.1$. Step 1: $e = -100, -300$, so $w = 0 + 0.1 \cdot \frac{100 + 900}{2} = 50$
# and $b = 0 + 0.1 \cdot \frac{400}{2} = 20$. Step 2: $z = 70, 170$, $e = -30, -130$, so $w = 50 + 0.1 \cdot \frac{30 + 390}{2} = 71$
# and $b = 20 + 0.1 \cdot \frac{160}{2} = 28$.
#
# ### Exercise 3: `fit_single_neuron`


# %% exercise="fit_single_neuron"
def fit_single_neuron(X, Y, learning_rate, steps):
    """Learn the weight and the bias of a neuron with one input, by small corrections that start at w = 0, b = 0.

    Args:
        X: inputs, shape (1, m), for any m >= 1. They may be negative.
        Y: labels, shape (1, m). Both may be floats or whole numbers; they are not changed.
        learning_rate: alpha, a number > 0. It is the same in each step.
        steps: how many corrections are made, a whole number >= 0; all of them are made.

    Returns:
        (w, b), two numbers (no arrays). Leave relu out; nothing is rounded.

    Example:
        fit_single_neuron(np.array([[1, 3]]), np.array([[100, 300]]), 0.1, 2) is (71, 28).
    """
    # 1. Start at zero. The same happens in each step:
    # 2. the errors of all examples, an array of shape (1, m);
    # 3. then w and b move, both by these errors.
    ### BEGIN SOLUTION
    w, b = 0, 0
    for _ in range(steps):
        errors = w * X + b - Y
        w = w - learning_rate * np.mean(errors * X)
        b = b - learning_rate * np.mean(errors)
    return w, b
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The only loop is that over the steps, `for _ in range(steps):`. NumPy computes with all $m$ houses at once.
# </details>
# <details><summary>Hint 2</summary>
#
# `errors = w * X + b - Y` are all $m$ errors. Where must this line stand, so that each step has its own errors?
# </details>
# <details><summary>Hint 3</summary>
#
# `np.mean(errors * X)` is the mean in the correction of $w$, `np.mean(errors)` that of $b$. `return` stands behind the loop, not in it.
# </details>

# %% check="fit_single_neuron" points=3
with checks.exercise("fit_single_neuron"):
    X, Y = np.array([[-1.0, 3.0, 2.0]]), np.array([[100.0, 300.0, 260.0]])
    checks.unchanged(fit_single_neuron, X, Y, 0.1, 2)
    one, two = "after 1 step, X = [[-1, 3, 2]], Y = [[100, 300, 260]]", "after 2 steps, the same X and Y"
    slips = {"each error is multiplied by its x in the correction of w; return w first": 22, "no correction is made": 0}
    slips |= {"w and b move after each house; they move once a step, by the mean over all houses": 95.2}
    slips |= {
        "the corrections hold no factor 2": 88,
        "the learning rate is missing": 440,
        "one step too many": 64.5333333333,
    }
    w, b = checks.results(f"fit_single_neuron {one}", fit_single_neuron(X, Y, 0.1, 1), ["w", "b"])
    checks.close(f"w {one}", w, 44, m=3, mistakes=slips)
    late = {"its errors were computed with the new w; compute the errors once, before both corrections": 16.1333333333}
    checks.close(f"b {one}", b, 22, m=3, mistakes=late)
    w, b = checks.results(f"fit_single_neuron {two}", fit_single_neuron(X, Y, 0.1, 2), ["w", "b"])
    once, again = "only one step is made; is `return` inside the loop?", "compute the errors anew in each step"
    slips = {once: 44, again: 88, "leave relu out here": 65.2666666667}
    checks.close(f"w {two}", w, 64.5333333333, mistakes=slips)
    checks.close(f"b {two}", b, 35.9333333333, mistakes={once: 22, again: 44})
    ### BEGIN HIDDEN TESTS

    def by_sums(X, Y, learning_rate, steps):
        """The same steps from five sums over the examples, which do not change while w and b move."""
        m, x, y = X.shape[1], X[0].tolist(), Y[0].tolist()
        xx, xy = sum(value * value for value in x), sum(value * label for value, label in zip(x, y, strict=True))
        w = b = 0.0
        for _ in range(steps):
            slopes = w * xx + b * sum(x) - xy, w * sum(x) + b * m - sum(y)
            w, b = w - learning_rate * slopes[0] / m, b - learning_rate * slopes[1] / m
        return w, b

    def examples(rng, m, steps):
        return rng.normal(0.5, 1, (1, m)), rng.normal(2, 3, (1, m)), rng.uniform(0.05, 0.3), steps

    x, y = np.array([[1.0, 1.1, 0.9, 1.2]]), np.array([[3.0, -2.0, 4.0, 1.0]])
    others = {
        "with 1 step": (x, y, 0.5, 1),
        "with 3,000 steps that become small": (x, y, 0.5, 3000),
        "with a learning rate of 1e-5": (x, y, 1e-5, 20),
        "with a learning rate so large that the errors grow": (3 * x, y, 1.0, 30),
        "with prices, a whole learning rate and whole numbers": (
            np.array([[1, -2, 1]]),
            np.array([[95, 150, 420]]),
            1,
            4,
        ),
        "with every y = 0": (x, 0 * y, 0.5, 5),
        "with errors that grow to 1e100": (10 * x, y, 1.0, 50),
        "with a w that needs no first correction": (np.array([[1.0, -1.0, 2.0]]), np.array([[3.0, 7.0, 2.0]]), 0.25, 4),
    }
    domain = {"sizes": {"m": 1030, "steps": (0, 1100)}, "real": {"X": 30, "Y": 1e3}, "types": ["X", "Y"]}
    checks.agrees(fit_single_neuron, by_sums, examples, returns=["w", "b"], cases=others, **domain)
    x = np.array([[-1.0, 3.0, 2.0, 0.5]])
    slope, height = np.polyfit(x[0], y[0], 1)
    w, b = fit_single_neuron(x, y, 0.2, 500)
    checks.close("w after 500 steps, against the best straight line", w, slope)
    checks.close("b after 500 steps, against the best straight line", b, height)
    ### END HIDDEN TESTS

# %% [markdown]
# Now let it learn. `np.polyfit` computes the straight line with the smallest sum of squared errors directly: the **least squares** line. It tells us whether
# our neuron arrives.

# %%
plt.scatter(X_train, Y_train, s=4, color="silver")
sizes = np.array([0, 4.1])
slope, height = np.polyfit(X_train[0], Y_train[0], 1)
label = f"least squares: w = {slope:.1f}, b = {height:.1f}"
plt.plot(sizes, slope * sizes + height, color="gold", linestyle="-", linewidth=8, label=label)
for steps in (1, 10, 50, 500):
    w, b = fit_single_neuron(X_train, Y_train, learning_rate=0.3, steps=steps)
    plt.plot(sizes, w * sizes + b, label=f"{steps} step{'s' if steps > 1 else ''}: w = {w:.1f}, b = {b:.1f}")
plt.xlabel("living area in hundreds of m²")
plt.ylabel("price in thousands of dollars")
plt.title("500 small corrections lead to the least squares line")
plt.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Each grey point is a house of the training set. After one step the line already passes through the middle of the points; its slope takes longer.
# After 500 steps the learned line (dotted) lies on the broad yellow one: each hundred m² adds about 125 thousand dollars. For every house in the table $z$ is
# positive, so ReLU changes nothing.
#
# Is it any good? We ask the 400 houses of the test set. To judge the error, we compare it with a guess that ignores the house: always the mean price of the
# training set.

# %%
w, b = fit_single_neuron(X_train, Y_train, learning_rate=0.3, steps=500)
errors = relu(w * X_test + b) - Y_test
print(f"always the mean price: wrong by {np.mean(np.abs(Y_train.mean() - Y_test)):.0f} thousand dollars on average")
print(f"one neuron:            wrong by {np.mean(np.abs(errors)):.0f} thousand dollars on average")

# %%
plt.scatter(houses.X_test[7], errors, s=8)
plt.axhline(0, color="black", linewidth=1, linestyle="-")
plt.xlabel("age of the house in years")
plt.ylabel("predicted minus real price\nin thousands of dollars")
plt.title("The neuron's price is too low for most new houses and too high for most old ones")
plt.show()

# %% [markdown]
# *What to notice.* The neuron is wrong by about 32 thousand dollars on average, at a mean price of 180; the constant guess is wrong by 54. The picture shows
# one reason. Points above the black line are houses for which the prediction is too high. New houses lie mostly below the line, old ones mostly above: the neuron does not know
# the age. It needs more inputs.
#
# ## 4. A network
#
# *How can many properties of a house work together?*
#
# A **neural network** is made of neurons in layers. Each neuron of the **hidden layer** takes inputs and sums up one idea: is there much room, is the house
# new? The **output** neuron takes the outputs of the hidden layer as *its* inputs. For hidden unit $j$ and for the price:
#
# $$a_j = \mathrm{relu}\Bigl(b_j + \sum_k w_{jk} \, x_k\Bigr), \qquad \text{price} = \mathrm{relu}\Bigl(b + \sum_j v_j \, a_j\Bigr).$$
#
# For $m$ houses at once, each $x_k$ and $a_j$ is an array of shape $(1, m)$, and so is the price.
#
# In this section the network is *wired by hand*: we choose four ideas, and write each neuron as a dict with its weights by name and its bias. An input that is
# not in the dict has weight 0.

# %%
four_ideas = {
    "room": {"weights": {"area": 1.0, "basement": 0.7, "bedrooms": -0.15}, "bias": -0.3},
    "comfort": {"weights": {"bathrooms": 1.0, "garage": 1.0, "fireplaces": 1.0}, "bias": -2.0},
    "newness": {"weights": {"age": -1.0}, "bias": 5.0},
    "place": {"weights": {"north": 1.0}, "bias": 0.0},
}
price_unit = {"weights": {"room": 80.0, "comfort": 9.0, "newness": 7.0, "place": 3.0}, "bias": 35.0}


def inputs_of(X):
    """The inputs by name: areas in hundreds of m², age in tens of years, north in km from the middle of the town."""
    area, bedrooms, bathrooms, basement, garage, fireplaces, _, age, latitude, _ = X[:, np.newaxis]
    return {"area": area / 1076, "basement": basement / 1076, "bedrooms": bedrooms, "bathrooms": bathrooms,
            "garage": garage, "fireplaces": fireplaces, "age": age / 10, "north": 111 * (latitude - 42.03)}  # fmt: skip


# %%
on_the_left = ["area", "basement", "bedrooms", "bathrooms", "garage", "fireplaces", "age", "north"]
heights = {name: -k for k, name in enumerate(on_the_left)} | {"room": -1, "comfort": -3.5, "newness": -5.5, "place": -7}
heights["price"] = -4
columns = {name: 0 if name in on_the_left else 1 for name in heights} | {"price": 2}
figure, axis = plt.subplots(figsize=(7, 4.2))
units = four_ideas | {"price": price_unit}
for name, unit in units.items():
    for source, weight in unit["weights"].items():
        ends = [columns[source], columns[name]], [heights[source], heights[name]]
        axis.plot(*ends, color=plots.COLORS[int(weight < 0)], linestyle="--" if weight < 0 else "-", zorder=1)
        middle = [0.65 * end[0] + 0.35 * end[1] for end in ends]
        axis.text(*middle, f"{weight:g}", fontsize=8, ha="center", va="center", backgroundcolor="white")
box = {"boxstyle": "round", "facecolor": "white", "edgecolor": "black"}
for name, height in heights.items():
    label = f"{name}\nbias {units[name]['bias']:g}" if name in units else name
    axis.text(columns[name], height, label, ha="center", va="center", bbox=box, zorder=2)
axis.set(xlim=(-0.3, 2.3), ylim=(-7.6, 0.6))
axis.set_axis_off()
axis.set_title("Each hidden unit sums up a few inputs; the output adds the ideas up to a price")
plt.show()

# %% [markdown]
# *What to notice.* Blue lines are positive weights, dashed orange lines are negative ones. The inputs stand on the left, the hidden layer in the middle, the output on the right. The age has
# a negative weight in *newness*, and the bias is 5: a new house gets 5, a house of 20 years gets 3, and every house older than 50 years gets 0. Without ReLU
# a house would lose the same amount in every decade, however old it is. Bedrooms have a negative weight: when the area is the same, more bedrooms mean smaller rooms. The newer and more expensive
# parts of the town lie in the north, so *place* counts the km north of the middle; south of it ReLU makes it 0.
#
# *On paper.* One hidden unit, room, with weight 1 for the area and bias $-0.5$; output weight 80, bias 35. Areas $[[1, 0.2]]$ give $a = [[0.5, 0]]$ and the
# prices $[[75, 35]]$. With output bias $-30$ the sums are $10$ and $-30$, so the prices are $[[10, 0]]$.
#
# ### Exercise 4: `hidden_features`


# %% exercise="hidden_features"
def hidden_features(inputs, hidden_units, output_unit):
    """Compute a network of two layers: the output of each hidden unit, and the price.

    Args:
        inputs: a dict of name: array of shape (1, m), for any m >= 1, of floats or whole numbers.
        hidden_units: a dict of name: unit; a unit is a dict with "weights", a dict of the name of an input: weight
            (one or more), and "bias", a number. No unit has the name of an input.
        output_unit: a unit in the same form; its "weights" hold one weight for each hidden unit, in any order.
            Nothing in the three is changed.

    Returns:
        (hidden, price): a dict of the name of a hidden unit: its output, shape (1, m), and the prices, shape (1, m).

    Example:
        hidden_features({"area": np.array([[1, 0.2]])}, {"room": {"weights": {"area": 1}, "bias": -0.5}},
                        {"weights": {"room": 80}, "bias": 35}) is ({"room": [[0.5, 0]]}, [[75, 35]]).
    """
    # 1. For each hidden unit: start with its bias, add weight times input for each of its weights, then relu.
    # 2. The output unit does the same. What are its inputs?
    ### BEGIN SOLUTION
    hidden = {}
    for name, unit in hidden_units.items():
        z = unit["bias"]
        for source, weight in unit["weights"].items():
            z = z + weight * inputs[source]
        hidden[name] = relu(z)
    price = output_unit["bias"]
    for source, weight in output_unit["weights"].items():
        price = price + weight * hidden[source]
    return hidden, relu(price)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Begin with an empty dict `hidden = {}` and one loop: `for name, unit in hidden_units.items():` goes through the units.
# </details>
# <details><summary>Hint 2</summary>
#
# In this loop start with `z = unit["bias"]`. A second loop, `for source, weight in unit["weights"].items():`, goes through the weights of the unit; `inputs[source]` is the input with this name.
# </details>
# <details><summary>Hint 3</summary>
#
# Add up with `z = z + weight * inputs[source]`, and after the inner loop write `hidden[name] = relu(z)`. The output unit works in the same way, with `hidden[source]` in place of `inputs[source]`.
# </details>

# %% check="hidden_features" points=3
with checks.exercise("hidden_features"):
    known = {"area": np.array([[1.0, 2.0, 0.2]]), "age": np.array([[6.0, 1.0, 3.0]])}
    newness = {"weights": {"age": -1.0, "area": 0.5}, "bias": 5.0}
    units = {"room": {"weights": {"area": 1.0}, "bias": -0.5}, "newness": newness}
    output = {"weights": {"newness": 7.0, "room": 80.0}, "bias": -30.0}
    checks.unchanged(hidden_features, known, units, output)
    what = "hidden_features(inputs, hidden_units, output_unit)"
    hidden, price = checks.results(what, hidden_features(known, units, output), ["hidden", "price"])
    checks.keys(f"hidden of {what}", hidden, ["room", "newness"])
    slips = {"relu is missing in the hidden layer": [[0.5, 1.5, -0.3]]}
    checks.close("room for areas [[1, 2, 0.2]], weight 1, bias -0.5", hidden["room"], [[0.5, 1.5, 0]], mistakes=slips)
    slips = {"only the last input counts; add up all of them": [[5.5, 6, 5.1]]}
    slips |= {"the bias is added for each input; add it once": [[4.5, 10, 7.1]]}
    checks.close("newness from age and area", hidden["newness"], [[0, 5, 2.1]], mistakes=slips)
    slips = {"a price below 0 must become 0 (relu of the output unit)": [[10, 125, -15.3]]}
    slips |= {"the bias of the output unit is missing": [[40, 155, 14.7]]}
    slips |= {"a weight belongs to the hidden unit of the same name; the order may differ": [[0, 380.5, 138]]}
    slips |= {"the output uses the sums before relu; its inputs are the hidden outputs": [[6.5, 125, 0]]}
    checks.close("the prices, with output bias -30", price, [[10, 125, 0]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_matrices(inputs, hidden_units, output_unit):
        X, names = np.vstack(list(inputs.values())), list(hidden_units)
        W = np.array([[hidden_units[name]["weights"].get(source, 0) for source in inputs] for name in names])
        A = np.clip(W @ X + [[hidden_units[name]["bias"]] for name in names], 0, None)
        v = np.array([[output_unit["weights"][name] for name in names]])
        return {name: A[[j]] for j, name in enumerate(names)}, np.clip(v @ A + output_unit["bias"], 0, None)

    def network(rng, n_x, n_h, m):
        inputs = {f"input {k}": rng.normal(0, 1, (1, m)) for k in rng.permutation(n_x)}
        units = {}
        for j in rng.permutation(n_h):
            chosen = rng.permutation(n_x)[: max(1, n_x - 1)]
            weights = {f"input {k}": float(rng.normal()) for k in chosen}
            units[f"idea {j}"] = {"bias": float(rng.normal()), "weights": weights}
        weights = {f"idea {j}": float(rng.normal()) for j in rng.permutation(n_h)}
        return inputs, units, {"weights": weights, "bias": float(rng.normal())}

    low = {"weights": {"room": 1.0, "newness": 2.0}, "bias": -100.0}
    equal = {"weights": {"room": 2.0, "newness": 2.0}, "bias": 1.0}
    huge = {"weights": {"room": 1e12, "newness": 7.0}, "bias": 1.0}
    both = {"room": {"weights": {"area": 1.5, "age": 1.5}, "bias": -0.5}, "newness": newness}
    tiny = {"room": {"weights": {"area": 1e-12}, "bias": 0.0}, "newness": newness}
    renamed = {"price": units["room"], "newness": newness}
    named = {"weights": {"price": output["weights"]["room"], "newness": 2.0}, "bias": -1.0}
    others = {
        "where every price is 0": (known, units, low),
        "with a hidden unit called price": (known, renamed, named),
        "with equal weights": (known, both, equal),
        "with prices of 1e12": (known, units, huge),
        "with a weight of 1e-12": (known, tiny, output),
    }
    names = ["inputs", "hidden_units", "output_unit"]
    sizes, real = {"n_x": 130, "n_h": 130, "m": 1030}, dict.fromkeys(names, 1e3)
    domain = {"sizes": sizes, "real": real, "types": names, "cases": others}
    checks.agrees(hidden_features, by_matrices, network, returns=["hidden", "price"], **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Now ask the network for the prices of the test houses. Because the price is a sum, we can show its pieces: idea $j$ adds $v_j a_j$ thousand dollars, where $v_j$ is its weight in the output unit.

# %%
hidden, price = hidden_features(inputs_of(houses.X_test), four_ideas, price_unit)
print(f"one neuron:  wrong by {np.mean(np.abs(errors)):.0f} thousand dollars on average")
print(f"the network: wrong by {np.mean(np.abs(price - Y_test)):.0f} thousand dollars on average")
X_all, X_new = (np.vstack([X, np.ones(X.shape[1])]) for X in (houses.X_train, houses.X_test))
weights = np.linalg.lstsq(X_all.T, Y_train[0], rcond=None)[0]
print(f"a weighted sum of all ten inputs: wrong by {np.mean(np.abs(weights @ X_new - Y_test)):.0f}")

# %%
shown = [26, 8, 6, 11]
left = np.full(4, price_unit["bias"])
figure, axis = plt.subplots(figsize=(8, 3.8))
axis.barh(range(4), left, 0.6, color="silver", label="bias")
for color, (name, weight) in zip(plots.COLORS, price_unit["weights"].items(), strict=False):
    pieces = weight * hidden[name][0, shown]
    bars = axis.barh(range(4), pieces, 0.6, left=left, color=color, label=name)
    axis.bar_label(bars, [f"{piece:.0f}" if piece > 5 else "" for piece in pieces], label_type="center", color="white")
    left = left + pieces
above = np.arange(4) + 0.4
axis.scatter((w * X_test + b)[0, shown], above, marker="x", color="black", label="one neuron")
axis.scatter(Y_test[0, shown], above, marker="D", color="black", label="real price")
axis.set_yticks(range(4), [f"{100 * X_test[0, i]:.0f} m²,\n{houses.X_test[7, i]:.0f} years" for i in shown])
axis.set_xlabel("price in thousands of dollars")
axis.set_title("The upper two houses have nearly the same size: newness and comfort tell them apart")
figure.legend(fontsize=8, loc="outside right")
plt.show()

# %% [markdown]
# *What to notice.* The mean error falls from 32 to 21 thousand dollars. But be careful with the reason: a weighted sum of all ten inputs is also wrong by 21 thousand.
# So the gain comes from the *inputs*; the hidden layer only makes the answer readable. Week 3 shows what a hidden layer can do that no weighted sum can.
#
# Each bar is one house; the numbers in it are the pieces of its price. The two upper houses have nearly the same size. One neuron (×) gives them nearly the
# same price. The network adds 32 thousand to the upper one because it is new and 18 for more comfort, and the real prices (diamonds) are near. For the house at the bottom
# the network is wrong by 74 thousand: its inputs do not show why this old house is so expensive.
#
# We chose the weights of the hidden layer by common sense and a look at the training set, and computed those of the output from the training set, by least
# squares, rounded. In a real network each hidden unit is connected with *all* inputs, and all weights are learned together, from $x$ and $y$ alone. Nobody
# tells a hidden unit what to look for, and it rarely has a name as clear as *newness*. From week 3 on you will train such networks.
#
# ## 5. Which network for which data?
#
# *Houses are rows of a table. What about pictures, sounds and sentences?*
#
# Data are **structured** if each number has a meaning that you can write above it: area, age, price. They are **unstructured** if the meaning lies in many
# values together: one pixel says nothing about a cat. Look at one example of each.

# %%
figure, axes = plt.subplots(2, 2, figsize=(8, 4.8))
axes[0, 0].set_title("table: every number has a name")
row = [f"{name}: {value:.6g}" for name, value in zip(houses.features[:8], houses.X_train[:8, 0], strict=True)]
axes[0, 0].text(0.5, 0.5, "\n".join(row), ha="center", va="center")
axes[0, 1].set_title("image: 255 × 384 pixels of three colours")
axes[0, 1].imshow(data.load_photo("cat"))
clips = data.load_spoken_digits()
wave = clips.waves[7] / 32768
axes[1, 0].set_title(f"audio: {len(wave):,} numbers, the word “{clips.words[7]}”")
axes[1, 0].plot(np.arange(len(wave)) / clips.rate, wave, linewidth=0.5)
axes[1, 0].set(xlabel="time in seconds", ylabel="pressure of the air")
axes[1, 1].set_title("text: words in an order that matters")
axes[1, 1].text(0.5, 0.5, data.load_sentiment().x_train[16].replace(" is ", "\nis "), ha="center", va="center")
for axis in (axes[0, 0], axes[0, 1], axes[1, 1]):
    axis.set_axis_off()
figure.suptitle("Structured data (top left) and three kinds of unstructured data", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* In the table you understand each number alone. In the picture and in the wave no number means anything alone. Yet you see the cat at once,
# and you would hear the word. People are good at unstructured data; before deep learning, computers were much better at structured data.
#
# Supervised learning works with all of them; only the network differs. A **standard** network is like the one of section 4: all inputs side by side. A **CNN**
# (convolutional network, course 4) combines neighbouring pixels. An **RNN** (recurrent network, course 5) takes one value after another and keeps in mind what
# came before.
#
# | kind of input | what it is | data | network |
# |---|---|---|---|
# | `"table"` | named numbers, in any order | structured | `"standard"` |
# | `"sequence"` | a named number, measured again and again: the temperature of each day | structured | `"rnn"` |
# | `"image"` | pixels; neighbours belong together | unstructured | `"cnn"` |
# | `"audio"` | a wave, moment after moment | unstructured | `"rnn"` |
# | `"text"` | words, one after the other | unstructured | `"rnn"` |
#
# A task may have several inputs. **If all of them need the same network, take that one; otherwise the task needs a `"hybrid"`**, which joins several networks.
# A self-driving car sees an image and measures distances with radar: hybrid. The data of a task are structured only if **all** its inputs are.
#
# *On paper.* Inputs `["image", "table"]`: CNN and standard differ, so hybrid; an image is among them, so unstructured. Inputs `["audio", "text"]`: both need an
# RNN, so `"rnn"`; unstructured.
#
# ### Exercise 5: `choose_architecture`


# %% exercise="choose_architecture"
def choose_architecture(task):
    """The kind of network that fits a task, and the kind of its data.

    Args:
        task: a dict with "application", what it is for, in words; and "inputs", a list of one or more of
            "table", "sequence", "image", "audio", "text"; the same kind may come more than once. It is not changed.

    Returns:
        (network, kind): two strings; network is "standard", "cnn", "rnn" or "hybrid", kind is "structured" or
        "unstructured". Both depend on the inputs alone.

    Example:
        choose_architecture({"application": "price of a house", "inputs": ["table"]}) is ("standard", "structured").
    """
    # 1. Which network does each input need? A dict can hold this part of the table.
    # 2. How many different networks are these?
    # 3. Are all inputs structured?
    ### BEGIN SOLUTION
    networks = {"table": "standard", "sequence": "rnn", "image": "cnn", "audio": "rnn", "text": "rnn"}
    needed = {networks[kind] for kind in task["inputs"]}
    network = needed.pop() if len(needed) == 1 else "hybrid"
    structured = all(kind in ("table", "sequence") for kind in task["inputs"])
    return network, "structured" if structured else "unstructured"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write the table as a dict `networks`, from the kind of input to its network. A set keeps each value once: how can it tell whether all inputs need the same network?
# </details>
# <details><summary>Hint 2</summary>
#
# `needed = {networks[kind] for kind in task["inputs"]}` is the set of the networks that are needed. If `len(needed)` is 1, `needed.pop()` takes the only one out.
# </details>
# <details><summary>Hint 3</summary>
#
# `all(kind in ("table", "sequence") for kind in task["inputs"])` is `True` if every input is structured.
# </details>

# %% check="choose_architecture" points=2
with checks.exercise("choose_architecture"):
    tasks = [
        ("price of a house", ["table"], "standard", "structured", "a table alone"),
        ("cat or not", ["image"], "cnn", "unstructured", "pixels"),
        ("words from speech", ["audio"], "rnn", "unstructured", "a wave in time"),
        ("for or against the film", ["text"], "rnn", "unstructured", "words in order"),
        ("tomorrow's temperature", ["sequence"], "rnn", "structured", "each number has a meaning"),
        ("self-driving car", ["image", "table"], "hybrid", "unstructured", "two different networks, one kind unstructured"),
        ("same person or not", ["image", "image"], "cnn", "unstructured", "both need the same network"),
        ("subtitles for a film", ["audio", "text"], "rnn", "unstructured", "both need the same network"),
        ("rent of a shop", ["table", "sequence"], "hybrid", "structured", "two different networks, both kinds structured"),
    ]  # fmt: skip
    checks.unchanged(choose_architecture, {"application": "captions", "inputs": ["image", "text"]})
    for application, kinds, network, kind, why in tasks:
        what = f"choose_architecture, inputs {kinds} ({why})"
        answer = choose_architecture({"application": application, "inputs": kinds})
        answer = checks.results(what, answer, ["network", "kind"])
        checks.equal(f"network of {what}", answer[0], network)
        checks.equal(f"kind of {what}", answer[1], kind)
    ### BEGIN HIDDEN TESTS

    def by_tables(task):
        codes = {"table": "0s", "sequence": "2s", "image": "1u", "audio": "2u", "text": "2u"}
        found = [codes[kind] for kind in task["inputs"]]
        low, high = min(found)[0], max(found)[0]
        network = ("standard", "cnn", "rnn")[int(low)] if low == high else "hybrid"
        return network, "unstructured" if "u" in "".join(found) else "structured"

    def tasks_of(rng, n):
        kinds = rng.choice(["table", "sequence", "image", "audio", "text"], n).tolist()
        return {"inputs": kinds, "application": str(rng.choice([*(task[0] for task in tasks), "speech", ""]))}

    kinds = ["table", "sequence", "image", "audio", "text"]
    lists = [[kind] for kind in kinds] + [[first, second] for first in kinds for second in kinds]
    lists += [["image"] * 150, ["table"] * 149 + ["text"], ["sequence", "text", "audio"], ["text", "sequence", "table"]]
    others = {f"with inputs {inputs[:2]}": ({"application": "a task", "inputs": inputs},) for inputs in lists[:30]}
    others |= {f"with {len(inputs)} inputs": ({"application": "", "inputs": inputs},) for inputs in lists[30:]}
    for told in kinds:
        others |= {f"with the application {told!r}": ({"application": told, "inputs": [kind]},) for kind in kinds}
    checks.agrees(choose_architecture, by_tables, tasks_of, sizes={"n": 130}, cases=others, returns=["network", "kind"])
    ### END HIDDEN TESTS

# %% [markdown]
# Use your rule on some tasks of this course and of daily life.

# %%
tasks = {
    "will this user click on the advert?": ["table"],
    "translate this sentence": ["text"],
    "write down this speech": ["audio"],
    "price of a house, from its photographs, too": ["table", "image"],
    "rain tomorrow, from the last 30 days": ["sequence"],
}
for application, inputs in tasks.items():
    network, kind = choose_architecture({"application": application, "inputs": inputs})
    print(f"{application:44} {' + '.join(inputs):14} {network:9} {kind}")

# %% [markdown]
# *What to notice.* The rule looks at the kinds of input, never at the name of the application. It is a first choice, not a law: a CNN can read sound as a
# picture of its frequencies, and today transformers, which grew out of the attention of course 5, do much of what RNNs did.

# %% [markdown]
# ## What you built
#
# - `relu` and `neuron`: a weighted sum that never falls below 0;
# - `fit_single_neuron`: learning from examples, by small corrections, up to the least squares line; on new houses it is wrong by 32 thousand dollars on average;
# - `hidden_features`: a network of two layers, whose price can be taken apart; it is wrong by 21 thousand;
# - `choose_architecture`: a rule that tells structured from unstructured data, and which network fits.
#
# ## On your own
#
# - Fit the neuron with `learning_rate=0.7`. What happens to $w$? Try 0.6 and 0.1, too.
# - Do not divide the area by 1076. How small must the learning rate be, and how many steps does it take then?
# - Add a hidden unit of your own to the network, for example for a large plot. Does the error on the test set fall?
#
# ## In practice
#
# For a table with few inputs, `sklearn.linear_model.LinearRegression` gives the least squares solution at once; steps as yours pay off when there is no
# formula, as in every network with a hidden layer. In PyTorch the network of section 4 is `torch.nn.Linear(8, 4)`, `ReLU`, `torch.nn.Linear(4, 1)`, `ReLU`,
# with all weights learned. For tables, trees such as `HistGradientBoostingRegressor` are often as good or better.
#
# ## References
#
# - W. S. McCulloch and W. Pitts (1943), *A logical calculus of the ideas immanent in nervous activity*, Bulletin of Mathematical Biophysics 5.
# - F. Rosenblatt (1958), *The perceptron: a probabilistic model for information storage and organization in the brain*, Psychological Review 65.
# - B. Widrow and M. E. Hoff (1960), *Adaptive switching circuits*, IRE WESCON Convention Record 4.
# - D. De Cock (2011), *Ames, Iowa: alternative to the Boston housing data as an end of semester regression project*, Journal of Statistics Education 19.
