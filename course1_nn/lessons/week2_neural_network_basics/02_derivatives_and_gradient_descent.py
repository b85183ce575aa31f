# %% [markdown]
# You will build gradient descent, the method that trains every network of this course, and use it to teach a model
# with two parameters to find cats.

# %% [markdown]
# ## What you will be able to do
#
# - measure the slope of any function by a nudge to both sides, and say how large the error is;
# - name the derivatives of $3x$, $x^2$, $x^3$, $\log x$ and $e^x$;
# - write gradient descent for one parameter or many, and predict on paper when it runs away;
# - look at a list of costs and say whether the learning rate is right.
#
# **What you need:** Python functions and NumPy arrays; the sigmoid and the cost of
# [lesson 01](01_logistic_regression.ipynb) for the last section. You need no calculus: this lesson builds what we use.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()

# %% [markdown]
# ## 1. The slope of a function
#
# *If I change the input a little, how much does the output change?*
#
# Take $f(x) = 3x$. At $x = 2$ it is 6. Nudge $x$ to $2.001$: now it is $6.003$. The output moved three times as far
# as the input. We say: the **derivative** (the slope) of $f$ at $x = 2$ is 3. At $x = 5$ the nudge takes $15$ to
# $15.003$: again 3. A straight line has the same slope everywhere.
#
# A curve does not. We draw a straight line through two points of the curve, at $x$ and at $x + h$, and let $h$ shrink:
#
# $$f'(x) = \frac{df}{dx} = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}.$$

# %%
x = np.linspace(-0.3, 2.3, 100)
plt.plot(x, x**2, color="black", label="$f(x) = x^2$")
for h, line in ((1.0, "--"), (0.5, "-."), (0.1, ":")):
    slope = ((1 + h) ** 2 - 1) / h
    [drawn] = plt.plot(
        x, 1 + slope * (x - 1), linestyle=line, label=f"through x = 1 and x = {1 + h:.1f}: slope {slope:.1f}"
    )
    plt.plot(1 + h, (1 + h) ** 2, "o", color=drawn.get_color())
plt.plot(1, 1, "o", color="black")
plt.ylim(-1.3, 5)
plt.xlabel("x")
plt.ylabel("f(x)")
plt.title("As the two points come together, the slope of the line tends to 2")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Three straight lines leave the same point of the curve $x^2$, at $x = 1$. Each passes through a
# second point of the curve, a distance $h$ to the right. Their slopes are 3, 2.5 and 2.1, for $h = 1$, $0.5$ and
# $0.1$: always $2 + h$. What is left when $h$ vanishes is 2, the derivative of $x^2$ at $x = 1$.
#
# The second point always lies on the right, and the curve bends upwards, so each line is too steep. A better idea: one
# point on each side, at the same distance $h$. This is the **central difference**:
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}.$$
#
# *On paper.* $f(x) = x^3$ at $x = 2$ with $h = 0.1$; the derivative is 12.
#
# - To one side: $(2.1^3 - 2^3) / 0.1 = (9.261 - 8) / 0.1 = 12.61$. The error is $0.61$.
# - To both sides: $(2.1^3 - 1.9^3) / 0.2 = (9.261 - 6.859) / 0.2 = 12.01$. The error is $0.01$.
#
# The same nudge, and sixty times less error.
#
# ### Exercise 1: `numerical_derivative`


# %% exercise="numerical_derivative"
def numerical_derivative(f, x, h):
    """The slope of f at x by the central difference (f(x + h) - f(x - h)) / (2h).

    Args:
        f: a function that takes a number (not an array) and returns a number.
        x: where the slope is wanted, a number.
        h: how far to go to each side, a number > 0; it need not be small. f is called only between x - h and x + h.
            x and h may be whole numbers.

    Returns:
        The central difference, a number.

    Example:
        numerical_derivative(lambda t: t**3, 2.0, 0.1) is 12.01.
    """
    # 1. At which two points do you need the height of f?
    # 2. How far apart are these two points?
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A slope is a difference of heights divided by a distance. Draw the two points. How far apart are they?
# </details>
# <details><summary>Hint 2</summary>
#
# The heights are `f(x + h)` and `f(x - h)`, and the two points are $2h$ apart.
# </details>
# <details><summary>Hint 3</summary>
#
# Mind the brackets: Python reads `a - b / c` as `a - (b / c)`, and `a / 2 * h` as `(a / 2) * h`. Both the difference and the distance need brackets.
# </details>

# %% check="numerical_derivative" points=2
with checks.exercise("numerical_derivative"):
    slips = {
        "this is a one-sided difference; take one point on each side, at x + h and at x - h": 12.61,
        "this is a one-sided difference (backwards); take the points x + h and x - h": 11.41,
        "perhaps h is not the one that is given, or the exact rule was used": 12.0,
        "brackets are missing; Python reads a - b / c as a - (b / c)": -25.034,
        "brackets are missing; Python reads a - b / 2 * h as a - (b / 2) * h": 8.91805,
        "the points x + h and x - h are 2h apart, not h": 24.02,
        "brackets are missing; Python reads a / 2 * h as (a / 2) * h": 0.1201,
    }
    what = "numerical_derivative(x^3, 2, 0.1)"
    checks.close(what, numerical_derivative(lambda t: t**3, 2.0, 0.1), 12.01, mistakes=slips)
    falling = {"the slope of a falling function is negative; no absolute value, no swapped points": 1 / 3}
    got = numerical_derivative(lambda t: 1 / t, 2.0, 1.0)
    checks.close("numerical_derivative(1/x, 2, 1)", got, -1 / 3, mistakes=falling)
    checks.close("numerical_derivative(x^2, 3, 2)", numerical_derivative(lambda t: t * t, 3, 2), 6.0)
    ### BEGIN HIDDEN TESTS
    import math

    def mean_of_two_sides(f, x, h):
        forwards, backwards = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
        return (forwards + backwards) / 2

    def curve(rng, degree):
        *c, a = rng.normal(0, 1, degree + 1).tolist()
        f = lambda t: a * math.sin(t) + sum(c_k * t**k for k, c_k in enumerate(c, start=1))  # noqa: E731
        return f, float(rng.normal()), float(rng.uniform(0.3, 1.5))

    others = {
        "with the logarithm, x = 0.2, h = 0.1": (math.log, 0.2, 0.1),
        "with h = 1e-5": (math.exp, 1.0, 1e-5),
        "with h = 30": (lambda t: t**3 + t, 7.0, 30.0),
        "with a step at x and h = 1e-10": (lambda t: 1 if t >= 0 else 0, 0.0, 1e-10),
        "with a slope of 1e-10": (lambda t: 1e-10 * t, 0.5, 0.25),
        "with a slope of 1e10": (lambda t: 1e10 * t, 0.5, 0.25),
        "with whole numbers and the slope 1/2": (lambda t: max(t, 0), 0, 1),
        "with whole numbers and the slope -1/4": (lambda t: int(t < 3), 3, 2),
        "with x^3, x = 2, h = 0.1": (lambda t: t**3, 2.0, 0.1),
        "with a function that does not change": (lambda t: 4.0, 1.5, 0.5),
        "with a corner at x": (abs, 0.0, 0.5),
        "with a step at x": (lambda t: 1 if t >= 0 else 0, 0.0, 0.5),
    }
    domain = {"sizes": {"degree": 5}, "real": {"x": 20}, "types": ["x", "h"], "cases": others}
    checks.agrees(numerical_derivative, mean_of_two_sides, curve, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Why is the central difference so much better? For $x^3$ both errors can be computed exactly. Multiply out:
#
# $$\frac{(x+h)^3 - x^3}{h} = 3x^2 + 3xh + h^2, \qquad \frac{(x+h)^3 - (x-h)^3}{2h} = 3x^2 + h^2.$$
#
# The one-sided error shrinks like $h$, the central error like $h^2$: ten times smaller $h$, a hundred times smaller
# error. So take $h$ as small as possible? Let the computer answer, with the slope of $e^x$ at $x = 1$, which is $e$.

# %%
h_values = 10.0 ** np.linspace(-15, 0, 61)
central = [abs(numerical_derivative(np.exp, 1.0, h) - np.e) for h in h_values]
one_sided = [abs((np.exp(1 + h) - np.e) / h - np.e) for h in h_values]
for name, errors in (("one-sided", one_sided), ("central", central)):
    best = int(np.argmin(errors))
    print(f"{name}: error {errors[40]:.0e} at h = {h_values[40]:.0e}, {errors[0]:.0e} at h = {h_values[0]:.0e}")
    print(f"    lowest: {errors[best]:.1e} at h = {h_values[best]:.0e}")

plt.loglog(h_values, one_sided, label="one-sided difference")
plt.loglog(h_values, central, label="central difference")
plt.annotate("rounding:\ngrows like 1/h", (5e-12, 8e-4), ha="left", color="dimgray")
plt.annotate("one-sided:\ngrows like h", (6e-4, 2e-2), ha="right", color="dimgray")
plt.annotate("central:\ngrows like $h^2$", (2.5e-3, 4e-9), color="dimgray")
plt.xlabel("h")
plt.ylabel("error of the slope of $e^x$ at 1")
plt.title("The smallest h is not the best: the central difference is best just below $10^{-5}$")
plt.legend(loc="lower left")
plt.show()

# %% [markdown]
# *What to notice.* Read from right to left. Both errors fall at first, the central one twice as steeply. Then each
# turns and rises again, so each curve looks roughly like a V, with a jagged left side. The reason is rounding: float64
# keeps 16 digits, and when $h$ is tiny, $f(x + h)$ and $f(x - h)$ agree in almost all of them. Their difference holds
# only the last digits, which are rounded, and dividing by $h$ makes that error large. How large it is depends on chance: that is why the curve is jagged. The one-sided curve is lowest near $h = 10^{-8}$, the central one between $10^{-6}$ and $10^{-5}$,
# and its lowest point is about two hundred times lower. From now on we take $h = 10^{-5}$.
#
# ## 2. Five slopes worth remembering
#
# *Do I always have to measure?*
#
# No. For the usual functions somebody let $h$ go to 0 on paper, once and for all:
#
# | function | slope | at $x = 2$ | nudge $x$ from 2 to 2.001: the function moves |
# |---|---|---|---|
# | $3x$ | $3$ | 3 | from 6 to 6.003 |
# | $x^2$ | $2x$ | 4 | from 4 to about 4.004 |
# | $x^3$ | $3x^2$ | 12 | from 8 to about 8.012 |
# | $\log x$ | $1/x$, for $x > 0$ | 1/2 | from 0.69315 to about 0.69365 |
# | $e^x$ | $e^x$ | 7.389 | from 7.389 to about 7.396 |
#
# For powers: the exponent comes down as a factor, and falls by one. $e^x$ is **not** a power of $x$, because here $x$
# is the exponent; it is its own slope. And $\log x$ exists for $x > 0$ only, so it has no slope elsewhere, although
# $1/x$ would give a number.
#
# *On paper.* The slope of $x^2$ is 4 at $x = 2$, and 10 at $x = 5$: on a curve, the slope depends on where you stand.
#
# ### Exercise 2: `derivative`


# %% exercise="derivative"
def derivative(name, x):
    """The exact slope of a function at x, by its rule (not by a difference quotient).

    Args:
        name: exactly one of these five strings: "3x", "x^2", "x^3", "log x", "exp x" (for e^x).
        x: a number, or an array of any shape (then the slope at each entry is wanted): floats or whole numbers; an
            array is not changed. Only for "log x" must it be above 0. Empty arrays and nan are not asked.

    Returns:
        The slope: a number if x is one, else a new array of the shape of x.

    Raises:
        ValueError: the name is another one, also "e^x" (and also if only capitals or spaces differ); or the name is "log x" and x, or
            any entry of x, is not above 0.

    Example:
        derivative("x^2", np.array([2.0, 5.0])) is [4, 10].
    """
    # 1. Which of the five rules is asked for?
    # 2. One slope is the same everywhere. Which shape must it have when x is an array?
    # 3. One function does not exist for every x.
    ### BEGIN SOLUTION
    if name == "3x":
        return np.full(np.shape(x), 3.0)
    if name == "x^2":
        return 2 * x
    if name == "x^3":
        return 3 * x**2
    if name == "log x" and np.all(x > 0):
        return 1 / x
    if name == "exp x":
        return np.exp(x)
    raise ValueError(f"no slope of {name!r} at this x")
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The table above holds the five rules. Which of them gives the same number everywhere, and which is not allowed everywhere?
# </details>
# <details><summary>Hint 2</summary>
#
# Write five times `if name == …: return …`, and at the end `raise ValueError("…")` for everything else.
# The slope 3 must get the shape of `x`: `np.full(np.shape(x), 3.0)` makes that shape full of threes; `3 + 0 * x` does so as well.
# </details>
# <details><summary>Hint 3</summary>
#
# `np.all(x > 0)` is true if every entry is above 0; it works for a number too. So `if name == "log x" and np.all(x > 0):` comes before `return 1 / x`.
# </details>

# %% check="derivative" points=2
with checks.exercise("derivative"):
    x, above_0 = np.array([[-2.0, 0.0, 3.0]]), np.array([[4.0, 0.5, 1.0]])
    slips = {
        "the exponent falls by one: it is 2 after the 3 came down": [[-24, 0, 81]],
        "the exponent comes down as a factor": [[4, 0, 9]],
        "the rule of powers is for x^n; in exp x the x is the exponent": [[-0.0995741367, 0, 22.1671682968]],
        "this is the slope of the logarithm to base 10": [[0.1085736205, 0.8685889638, 0.4342944819]],
    }
    slopes = {"3x": [[3, 3, 3]], "x^2": [[-4, 0, 6]], "x^3": [[12, 0, 27]], "log x": [[0.25, 2, 1]]}
    for name, expected in (slopes | {"exp x": [[0.1353352832, 1, 20.0855369232]]}).items():
        at = above_0 if name == "log x" else x
        checks.unchanged(derivative, name, at)
        checks.close(f"derivative({name!r}, {at.tolist()})", derivative(name, at), expected, mistakes=slips)
    exact = abs(derivative("exp x", 2.0) - 7.38905609893065) < 1e-12
    checks.that(exact, "derivative('exp x', 2) is close but not exact: use the rule, not a difference quotient")
    checks.raises("derivative('sin x', 1)", ValueError, derivative, "sin x", 1.0)
    for bad in (-2.0, 0.0, np.array([1.0, -1.0, 2.0])):
        what = f"derivative('log x', {np.asarray(bad).tolist()}), where x is not above 0"
        checks.raises(what, ValueError, derivative, "log x", bad)
    ### BEGIN HIDDEN TESTS
    checks.close("derivative('3x', 5)", derivative("3x", 5), 3.0)
    rules = {
        "3x": lambda z: z - z + 3,
        "x^2": lambda z: z + z,
        "x^3": lambda z: z * z + z * z + z * z,
        "log x": lambda z: np.exp(-np.log(z)),
        "exp x": lambda z: 1 / np.exp(-z),
    }

    def by_another_rule(name, x):
        return rules[name](np.asarray(x, float))

    for name in rules:
        positive = name == "log x"

        def where(rng, rows, columns, name=name, positive=positive):
            return name, rng.uniform(0.3, 3, (rows, columns)) if positive else rng.normal(0, 1.5, (rows, columns))

        others = {
            "with a number": (name, 1.7),
            "with a whole number": (name, 3),
            "with an array of shape (1,)": (name, np.array([0.7])),
            "with an array of shape (1, 1)": (name, np.array([[0.7]])),
            "with an array of shape (4,)": (name, np.array([0.2, 1.0, 2.0, 5.0])),
            "with an array of shape (2, 1, 2)": (name, np.array([[[0.3, 0.6]], [[0.9, 1.2]]])),
            "with numbers from 1e-9 to 300": (name, np.array([1e-9, 1e-5, 20.0, 300.0])),
        }
        real = {} if positive else {"x": 80}
        domain = {"sizes": {"rows": 130, "columns": 130}, "real": real, "types": ["x"], "cases": others}
        checks.agrees(derivative, by_another_rule, where, rtol=1e-11, atol=1e-30, apart=False, **domain)
    near = (
        "x^4",
        "EXP X",
        "X^2",
        "exp",
        "3 x",
        " 3x",
        "log",
        "",
        "e^x",
        "ln x",
        "exp(x)",
        "log(x)",
        "x**2",
        "x",
        "expx",
    )
    for bad in near:
        checks.raises(f"derivative({bad!r}, 1)", ValueError, derivative, bad, 1.0)
        checks.raises(f"derivative({bad!r}, [1, 2])", ValueError, derivative, bad, np.array([1.0, 2.0]))
    for bad in (0, -3, np.array([[2, 0]]), np.array([0.0]), np.array([[1.0], [-1e-9]]), np.array([3, 2, -1, 4, 5])):
        what = f"derivative('log x', {np.asarray(bad).tolist()}), where x is not above 0"
        checks.raises(what, ValueError, derivative, "log x", bad)
    ### END HIDDEN TESTS

# %% [markdown]
# Rule and measurement must agree. This is how you find a mistake in a derivative, here and in networks with millions
# of parameters:

# %%
functions = {"3x": lambda t: 3 * t, "x^2": lambda t: t**2, "x^3": lambda t: t**3, "log x": np.log, "exp x": np.exp}
print("slope at 2     rule   measured   difference")
for name, function in functions.items():
    rule, measured = float(derivative(name, 2.0)), numerical_derivative(function, 2.0, 1e-5)
    small = "below 1e-8" if abs(rule - measured) < 1e-8 else f"{rule - measured:.0e}"
    print(f"{name:10} {rule:8.4f} {measured:10.4f}   {small}")

# %% [markdown]
# *What to notice.* For all five functions, the rule and the central difference differ by less than $10^{-8}$.
#
# ## 3. Downhill, step by step
#
# *How does a slope lead to the lowest point?*
#
# Learning means: find the parameter $w$ where the cost $J(w)$ is lowest. We stand somewhere, in the dark, and feel
# only the slope under our feet. Where the slope is positive, downhill is to the left; where it is negative, to the
# right. In both cases we go **against the slope**. This is **gradient descent**: from a start $w_0$, repeat
#
# $$w_{t+1} = w_t - \alpha \, J'(w_t), \qquad t = 0, 1, 2, \ldots$$
#
# ($J'$ is also written $dJ/dw$, and `dw` in code.) The **learning rate** $\alpha > 0$ says how far one step goes. On
# steep ground the steps are long; near the lowest point, where the slope is nearly 0, they become short by
# themselves.
#
# Why does the cost fall? A small step $d$ changes the cost by about $J'(w)\, d$: that is what a slope means. With
# $d = -\alpha J'(w)$ the change is about $-\alpha J'(w)^2$, and that is never positive. The word *small* matters: the
# formula promises nothing for a large step.
#
# Could we end in the wrong valley? Not here: the cost of logistic regression is **convex**, which means that it has no
# valleys apart from the lowest one. So where the path comes to rest, no point is lower. (Two things can still differ from a simple bowl.
# If the features depend on one another, many points are equally low, and the start decides which of them is reached.
# If some straight line separates the two classes without a mistake, there is no lowest point: the cost falls for ever while the weights grow.)
#
# *On paper.* $J(w) = w^2$ has the slope $2w$. Start at $w_0 = 3$ with $\alpha = 0.1$: $w_1 = 3 - 0.1 \cdot 6 = 2.4$,
# then $w_2 = 2.4 - 0.1 \cdot 4.8 = 1.92$. After two steps the path has **three** points.
#
# A model has many parameters. Then $w_t$ is an array of them, and so is the slope, one entry for each parameter
# (section 4 shows how to get it). The formula stays the same, and so does your code.
#
# ### Exercise 3: `gradient_descent`


# %% exercise="gradient_descent"
def gradient_descent(grad, x0, learning_rate, steps):
    """Walk downhill from x0: each point is the one before it minus learning_rate * (the slope there).

    Args:
        grad: a function that returns the slope at a point: it takes, and returns, a number if x0 is a number,
            an array of shape (n,) if x0 is one. It may return its own argument, or an array that it keeps and
            that must not be changed.
        x0: the start, a number or an array of shape (n,); it may hold whole numbers, and it is not changed.
        learning_rate: a number > 0, the same in all steps.
        steps: how many steps, a whole number >= 0; all of them are taken, also where the slope is 0, and also where the
            points go ever farther from the lowest point, or become inf or nan.

    Returns:
        The path, an array with all steps + 1 points, the start first: shape (steps + 1,) if x0 is a number,
        shape (steps + 1, n) if x0 has shape (n,).

    Example:
        gradient_descent(lambda w: 2 * w, 3, 0.1, 2) is [3, 2.4, 1.92].
    """
    # 1. The path begins with the start.
    # 2. Each step asks for the slope at the point where you stand now.
    # 3. Make a new point each time; a point already on the path must not move.
    ### BEGIN SOLUTION
    point = x0
    path = [point]
    for _ in range(steps):
        point = point - learning_rate * grad(point)
        path.append(point)
    return np.array(path)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A loop runs `steps` times. In each round, where do you stand, and which slope do you need?
# </details>
# <details><summary>Hint 2</summary>
#
# Keep the points in a list, `path = [x0]`, and append one new point a step. At the end `np.array(path)` makes shape
# `(steps + 1,)` from numbers and `(steps + 1, n)` from arrays.
# </details>
# <details><summary>Hint 3</summary>
#
# Write `x = x - learning_rate * grad(x)`, not `x -= …`: for an array, `-=`
# changes the array that is already in the list, and in the end all points of the path are the last one.
# </details>

# %% check="gradient_descent" points=3
with checks.exercise("gradient_descent"):
    same = "all points of the path are the same array, changed in place; make a new one in each step"
    slips = {
        "it walks uphill; go against the slope": [3, 3.6, 4.32],
        "each step uses the slope at the start; ask grad at the point where you stand": [3, 2.4, 1.8],
        "the learning rate is not used": [3, -3, 3],
        same: [1.92] * 3,
    }
    what = "gradient_descent(2w, 3, 0.1, 2), the start and two steps"
    checks.close(what, gradient_descent(lambda w: 2 * w, 3, 0.1, 2), [3, 2.4, 1.92], mistakes=slips)
    what = "gradient_descent(2w, 0, 0.1, 3), a start at the lowest point, where all the steps are taken, too"
    checks.close(what, gradient_descent(lambda w: 2 * w, 0.0, 0.1, 3), [0, 0, 0, 0])
    start, stretch = np.array([4.0, -1.0, 2.0]), np.array([1.0, 5.0, 2.0])
    checks.unchanged(gradient_descent, lambda w: stretch * w, start, 0.1, 3)
    path = [[4, -1, 2], [3.6, -0.5, 1.6], [3.24, -0.25, 1.28], [2.916, -0.125, 1.024]]
    slips = {same: [path[3]] * 4}
    what = "gradient_descent(grad, x0, 0.1, 3), x0 of shape (3,)"
    checks.close(what, gradient_descent(lambda w: stretch * w, start, 0.1, 3), path, mistakes=slips)
    ### BEGIN HIDDEN TESTS
    import math

    def by_the_sum_of_slopes(grad, x0, learning_rate, steps):
        """Each point is the start minus learning_rate times all the slopes so far."""
        path, total = [np.asarray(x0, float)[()]], 0.0
        for _ in range(steps):
            total = total + grad(path[-1])
            path.append(path[0] - learning_rate * total)
        return np.array(path)

    def with_arrays(rng, n, steps):
        steep, lowest = rng.uniform(0.5, 4, n), rng.normal(0, 2, n)
        return (
            lambda w: steep * (w - lowest) + np.cos(w) + w.mean(),
            rng.normal(0, 2, n),
            float(rng.uniform(0.1, 0.4)),
            steps,
        )

    def with_numbers(rng, steps):
        steep, lowest = rng.uniform(0.5, 4), rng.normal()
        return lambda w: steep * (w - lowest) + math.cos(w), float(rng.normal()), float(rng.uniform(0.1, 0.4)), steps

    wide, kept = np.array([1.0, -3.0, 0.5]), np.array([0.5, 2.0, -1.0])
    others = {
        "with a grad that returns an array that it keeps": (lambda w: kept, wide, 0.25, 4),
        "with points above 1e12": (lambda w: 2 * w, wide, 1.5, 45),
        "with points that become inf": (lambda w: np.where(w > 0, w, np.inf), wide**2, 1.5, 5),
        "with points that become nan": (lambda w: np.where(w > 0, w, np.nan), wide**2, 1.5, 5),
        "with one step": (lambda w: 2 * w, wide, 0.1, 1),
        "with one step from another start": (lambda w: 2 * w, wide + 1, 0.1, 1),
        "with 1,100 steps": (lambda w: w * wide**2, wide, 0.03, 1100),
        "with a start close to the lowest point": (lambda w: 2 * w, 1e-9 * wide, 0.1, 5),
        "with a rate at which it runs away": (lambda w: 2 * w, wide, 1.5, 9),
        "with a rate at which it runs away fast": (lambda w: 2 * w, wide, 10, 4),
        "with a path of 3 points with 3 entries": (lambda w: wide * w, wide, 0.3, 2),
        "with slopes of 1,000": (lambda w: np.sign(w) * 1000, wide, 0.5, 4),
        "with a rate of 1e-9": (lambda w: 1e9 * (w - 1), wide, 1e-9, 3),
        "with points that rise first": (lambda w: np.cos(3 * w), wide, 2.0, 8),
    }
    domain = {"real": {"x0": 100}, "types": ["x0", "learning_rate"]}
    checks.agrees(
        gradient_descent, by_the_sum_of_slopes, with_arrays, sizes={"n": 130, "steps": (0, 12)}, cases=others, **domain
    )
    what = "gradient_descent with a grad that returns its own argument"
    path = wide * 0.75 ** np.arange(5.0)[:, np.newaxis]
    checks.close(what, gradient_descent(lambda w: w, wide, 0.25, 4), path, rtol=1e-9)
    others = {
        "with a number and 1,100 steps": (lambda w: 2 * w, 5.0, 0.01, 1100),
        "with one step from a number": (lambda w: 2 * w, 5.0, 0.1, 1),
        "with one step from another number": (lambda w: 2 * w, 7.0, 0.1, 1),
        "with a number and points above 1e12": (lambda w: 2 * w, 3, 1.5, 45),
        "with a number that lands at 0": (lambda w: 2 * w, -2, 0.5, 3),
        "with a number and a slope of 4w^3": (lambda w: 4 * w**3, 1.5, 0.07, 6),
    }
    checks.agrees(
        gradient_descent, by_the_sum_of_slopes, with_numbers, sizes={"steps": (0, 12)}, cases=others, **domain
    )
    ### END HIDDEN TESTS

# %% [markdown]
# **When does it run away?** For $J(w) = w^2$ one step is
#
# $$w_{t+1} = w_t - \alpha \cdot 2 w_t = (1 - 2\alpha)\, w_t,$$
#
# so each step multiplies $w$ by the same number, and $w_t = (1 - 2\alpha)^t w_0$. The path comes ever closer to
# the lowest point $w = 0$ if $|1 - 2\alpha| < 1$, that is for $0 < \alpha < 1$. For $\alpha > 1$ each step lands farther away than it
# began. (More generally, $J(w) = \frac{c}{2} w^2$ has the slope $cw$ and the factor $1 - \alpha c$, so the limit is
# $\alpha < 2/c$: the more sharply a valley bends, the smaller the rate must be.) Three rates for $w^2$:

# %%
figure, axes = plt.subplots(1, 3, figsize=(8, 3.4), sharey=True)
curve = np.linspace(-4.5, 4.5, 100)
words = {0.1: "creeps", 0.9: "jumps over, comes closer", 1.1: "runs away"}
for axis, (rate, word) in zip(axes, words.items(), strict=True):
    path = gradient_descent(lambda w: 2 * w, 2.0, rate, 4)
    print(f"rate {rate}: factor {1 - 2 * rate:.1f}, path", *(f"{w:.2f}" for w in path))
    axis.plot(curve, curve**2, color="gray", linewidth=1)
    axis.plot(path, path**2, marker="o", markersize=5, linestyle=":", linewidth=1.5)
    axis.annotate("start", (2, 4), xytext=(8, -4), textcoords="offset points")
    axis.set_title(rf"$\alpha = {rate}$, factor ${1 - 2 * rate:.1f}$:" + f"\n{word}")
    axis.set_xlabel("w")
axes[0].set_ylabel("$J(w) = w^2$")
figure.suptitle(r"The factor $1 - 2\alpha$ decides between coming closer and running away", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* All paths start at $w = 2$. With $\alpha = 0.1$ the points slide down one side. With
# $\alpha = 0.9$ they jump from one side to the other, and still come closer: the factor is $-0.8$. With
# $\alpha = 1.1$ the factor is $-1.2$, and each jump ends higher than it began. The first two have the same costs,
# step for step, because $0.8^2 = (-0.8)^2$.
#
# ## 4. Many parameters: the gradient
#
# *A cost of two parameters has a slope in every direction. Which ones do we need?*
#
# Two are enough, one along each axis. Move $w$ alone and keep $b$ fixed: the slope is the **partial derivative**
# $\partial J / \partial w$. Move $b$ alone: $\partial J / \partial b$. Together they form the **gradient**. We write
# all $n$ parameters as one array $\theta$ (theta), shape $(n,)$. Its gradient $\nabla J$ has the same shape:
#
# $$(\nabla J)_i = \frac{\partial J}{\partial \theta_i} \approx \frac{J(\theta + h\, e_i) - J(\theta - h\, e_i)}{2h},
# \qquad i = 1, \ldots, n,$$
#
# where $e_i$ is 1 in place $i$ and 0 elsewhere. It is exercise 1, once for each parameter.
#
# *On paper.* $J(w, b) = w^2 + 3wb$ at $w = 2$, $b = 1$, with $h = 0.1$. Move $w$: $(10.71 - 9.31) / 0.2 = 7$. Move
# $b$, with $w$ back at 2: $(10.6 - 9.4) / 0.2 = 6$. The gradient is $[7, 6]$. (The rules say the same: $2w + 3b = 7$
# and $3w = 6$.)
#
# ### Exercise 4: `numerical_gradient`


# %% exercise="numerical_gradient"
def numerical_gradient(J, theta, h):
    """The gradient of J at theta by central differences, moving one parameter at a time.

    Args:
        J: a function that takes an array of shape (n,) and returns a number.
        theta: the parameters, an array of shape (n,); it may hold whole numbers, and it is not changed.
        h: how far to move each parameter to each side, a number > 0; it need not be small.

    Returns:
        The gradient, an array of floats of shape (n,): entry i is (J(theta + h e_i) - J(theta - h e_i)) / (2h),
        where e_i is 1 in place i and 0 elsewhere.

    Example:
        numerical_gradient(lambda p: p[0] ** 2 + 3 * p[0] * p[1], np.array([2.0, 1.0]), 0.1) is [7, 6].
    """
    # 1. Take one parameter after the other.
    # 2. Which array differs from theta in this one place only? Make a new one each time.
    # 3. The slope in this direction is the entry of the gradient.
    ### BEGIN SOLUTION
    slopes = []
    for axis in np.eye(len(theta)):
        slopes.append((J(theta + h * axis) - J(theta - h * axis)) / (2 * h))
    return np.array(slopes)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# It is exercise 1 in a loop over the parameters. In round `i`, which two arrays do you give to `J`?
# </details>
# <details><summary>Hint 2</summary>
#
# `step = np.zeros(len(theta))`, then `step[i] = h`: now `theta + step` and `theta - step` are new arrays, and `theta`
# stays as it is. If you copy `theta` instead, make the copy float: an array of whole numbers cannot hold 2.1.
# </details>
# <details><summary>Hint 3</summary>
#
# The slopes go into an array of floats, `np.zeros(len(theta))`. Entry `i` is `(J(theta + step) - J(theta - step)) / (2 * h)`, with a new `step` in each round.
# (The rows of `np.eye(n)` are the arrays $e_1, \ldots, e_n$.)
# </details>

# %% check="numerical_gradient" points=2
with checks.exercise("numerical_gradient"):
    slips = {
        "every parameter moved at once; move one and keep the others where they were": [-1.99, -1.99, -1.99],
        "a parameter was not put back before the next one moved": [1, -5.7, 3.01],
        "earlier parameters still moved; set the step back to 0, or make a new one": [1, -5, -1.99],
        "these are one-sided differences; go to both sides": [1.1, -6, 2.71],
        "the two points are 2h apart, not h": [2, -12, 6.02],
        "a slope downhill is negative; no absolute value": [1, 6, 3.01],
        "an array of whole numbers cannot hold theta + h; make the copy float": [0, -30, 5],
        "the fractions are cut off; make the array of the slopes float": [0, -6, 3],
        "perhaps h is not the one that is given, or the exact rule was used": [1, -6, 3],
    }
    checks.unchanged(numerical_gradient, lambda p: p[0] ** 2 - p[1], np.array([2.0, 1.0]), 0.1)
    for kind in (float, int):
        got = numerical_gradient(lambda p: p[0] ** 2 - 3 * p[0] * p[1] + p[2] ** 3, np.array([2, 1, -1], kind), 0.1)
        what = f"numerical_gradient(u^2 - 3uv + w^3, [2, 1, -1], 0.1), {'floats' if kind is float else 'whole numbers'}"
        at_once = np.ndim(got) == 0 and got is not None and abs(got + 1.99) < 1e-6
        checks.that(not at_once, f"{what} is one number, -1.99: every parameter moved at once; move one at a time")
        checks.close(what, got, [1, -6, 3.01], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_two_sides(J, theta, h):
        middle, slopes = J(np.asarray(theta, float)), []
        for i in range(len(theta)):
            up, down = (np.array([t + side * (j == i) for j, t in enumerate(theta.tolist())]) for side in (h, -h))
            slopes.append(((J(up) - middle) / h + (middle - J(down)) / h) / 2)
        return np.array(slopes)

    def costs(rng, n):
        A, c = rng.normal(0, 1, (n, n)) / n, rng.normal(0, 1, n)
        return lambda p: float(p @ A @ p + c @ np.sin(p)), rng.normal(0, 1, n), float(rng.uniform(0.3, 1.5))

    bumpy, place = np.array([1.0, -2.0, 3.0]), np.array([0.5, 1.5, -2.0])
    others = {
        "with h = 1e-5": (lambda p: float(np.exp(p @ bumpy / 5)), place, 1e-5),
        "with h = 30": (lambda p: float(p @ (bumpy * p)), place, 30.0),
        "with a J that does not change": (lambda p: 4.0, place, 0.5),
        "with a J that returns whole numbers": (lambda p: int(p[0] > 0.2) - 2 * int(p[2] > -2), place, 0.5),
        "with a J that needs an array": (lambda p: float((p * p).sum() + p.mean() * p.shape[0]), place, 0.5),
        "with a J that has a step at theta and h = 1e-10": (lambda p: float((p >= 0) @ bumpy), 0 * place, 1e-10),
        "with the example of the docstring": (lambda p: p[0] ** 2 + 3 * p[0] * p[1], np.array([2.0, 1.0]), 0.1),
        "with slopes of 1,000": (lambda p: float(1000 * p[0] - 2000 * p[2]), place, 0.25),
        "with slopes of 1e-9": (lambda p: float(1e-9 * p[0] - 2e-9 * p[2] * p[1]), place, 0.25),
    }
    domain = {"sizes": {"n": 130}, "real": {"theta": 10}, "types": ["theta", "h"], "cases": others}
    checks.agrees(numerical_gradient, by_two_sides, costs, **domain)
    whole = np.asarray(numerical_gradient(lambda p: int(p[0] - p[1]), np.array([2, 1]), 1)).dtype.kind != "f"
    checks.that(not whole, "numerical_gradient, with whole numbers in theta and h, must be an array of floats")
    ### END HIDDEN TESTS

# %% [markdown]
# Now your two functions together: gradient descent in an elongated bowl, $J(w, b) = \tfrac12 (w^2 + 10\, b^2)$. Along
# $w$ a step multiplies by $1 - \alpha$, along $b$ by $1 - 10\alpha$. So the steep direction sets the limit,
# $\alpha < 0.2$. We try one rate below the limit, and one above.


# %%
def bowl(theta):
    return 0.5 * (theta[0] ** 2 + 10 * theta[1] ** 2)


figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharey=True)
w_grid, b_grid = np.meshgrid(np.linspace(-4.8, 1.6, 80), np.linspace(-2.7, 2.7, 80))
for axis, rate in zip(axes, (0.15, 0.21), strict=True):
    path = gradient_descent(lambda theta: numerical_gradient(bowl, theta, 1e-5), np.array([-4.0, 0.8]), rate, 12)
    costs = [bowl(theta) for theta in path]
    print(f"rate {rate}: cost", " ".join(f"{cost:.1f}" for cost in costs))
    axis.contour(w_grid, b_grid, bowl([w_grid, b_grid]), levels=[0.5, 2, 5, 10, 18, 28], colors="gray", linewidths=0.7)
    axis.plot(*path.T, marker="o", markersize=4, linestyle="-", linewidth=1.2)
    axis.plot(0, 0, "*", color=plots.COLORS[1], markersize=11)
    axis.annotate("start", path[0], xytext=(0, 7), textcoords="offset points", ha="center")
    axis.set_aspect("equal")
    axis.set_title(rf"$\alpha$ = {rate}: " + ("comes closer" if rate < 0.2 else "runs away across the valley"))
    axis.set_xlabel("w")
axes[0].set_ylabel("b")
figure.suptitle("The steep direction sets the limit for the learning rate", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The grey lines join points of equal cost; the star is the lowest point. With $\alpha = 0.15$ the
# path crosses the valley a few times ($b$ is halved and changes sign in each step), then walks along its floor; the
# cost falls from 11.2 to 0.2. With $\alpha = 0.21$, $w$ still comes closer, but $b$ grows by a tenth in each step:
# the cost falls to 7.6 in three steps, then rises beyond its start, to 31.5. If both directions were equally steep,
# one rate would suit both. That is why lesson 01 standardised the features.
#
# ## 5. Is the learning rate right?
#
# *With a thousand parameters there is no picture of the path. What can I look at instead?*
#
# You can look at the costs. Write down $J$ before the first step and after each step. The list tells you what to do:
#
# | what the costs do | name in this lesson | what to do |
# |---|---|---|
# | end above the start, or are no numbers any more (`inf`, `nan`) | `diverging` | a much smaller rate |
# | rise on the way, but end no higher than they began | `oscillating` | a smaller rate |
# | still fall in the last step | `still falling` | more steps, or a larger rate |
# | do not change any more | `converged` | stop |
#
# The names describe the list, not the future: costs that are called `diverging` end higher than they began, or are no numbers any more. They need not grow without limit. Section 6 shows such a case.
#
# Costs are rounded numbers: at the lowest point they may change in the last digits. A change of at most `tolerance`
# therefore counts as no change. And one trap: a comparison with `nan` is always false. `nan > 3` is false, and so is
# `nan < 3`.
#
# *On paper*, with the tolerance 0.1: $[5, 3, 2.95]$ has converged, the last change is 0.05. $[5, 3, 2]$ is still
# falling. $[5, 2, 3]$ is oscillating: it rose by 1. $[5, 6]$ is diverging.
#
# ### Exercise 5: `diagnose`


# %% exercise="diagnose"
def diagnose(costs, tolerance=1e-6):
    """Say in one word or two what a history of costs shows.

    Args:
        costs: the cost before the first step and after each step, a list of at least two numbers; some may be
            inf, -inf or nan. The list is not changed.
        tolerance: a change of at most this size counts as no change, a number >= 0.

    Returns:
        The first of these four strings that fits:
        "diverging": some cost is inf or nan, or the last cost is above the first by more than the tolerance;
        "oscillating": in some step, the cost rose by more than the tolerance;
        "still falling": in the last step, the cost fell by more than the tolerance;
        "converged": none of the above.

    Example:
        diagnose([5, 3, 2.95], tolerance=0.1) is "converged".
    """
    # 1. First look for costs that are no finite numbers: later comparisons cannot see them.
    # 2. Compare the last cost with the first.
    # 3. Compare each cost with the one before it. Which of these changes decide?
    ### BEGIN SOLUTION
    if not np.all(np.isfinite(costs)) or costs[-1] - costs[0] > tolerance:
        return "diverging"
    changes = np.diff(costs)
    if max(changes) > tolerance:
        return "oscillating"
    if changes[-1] < -tolerance:
        return "still falling"
    return "converged"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The order of the four questions is that of the docstring; `return` as soon as one fits.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.isfinite(costs)` gives True or False for each cost, `np.all(…)` joins them. `np.diff(costs)` gives the changes:
# each cost minus the one before, so a rise is positive and a fall is negative.
# </details>
# <details><summary>Hint 3</summary>
#
# The first question is `if not np.all(np.isfinite(costs)) or costs[-1] - costs[0] > tolerance:`. For the second, compare the largest change with the tolerance; for the third, the last change.
# </details>

# %% check="diagnose" points=3
with checks.exercise("diagnose"):
    for costs, name, why in (
        ([5, 3, 2.95], "converged", "the last step fell by 0.05 only"),
        ([5, 3, 2], "still falling", "the last step fell by 1"),
        ([5, 2, 3], "oscillating", "the last step rose by 1, yet it ends below the start"),
        ([5, 6], "diverging", "it ends above the start"),
        ([4, 5, 1, 0.5, 0.5], "oscillating", "the first step rose by 1"),
        ([4, np.nan, 3, 2], "diverging", "one nan is enough, and a comparison with nan is always false"),
        ([4, -np.inf, 3, 2], "diverging", "it holds a -inf"),
        ([4, 3, 2.75], "converged", "a change of exactly the tolerance counts as no change"),
        ([4, 2, 2.2, 2.4, 2.4], "converged", "each step alone is compared with the tolerance, not their sum"),
    ):
        checks.equal(f"diagnose({costs}, tolerance=0.25), {why}", diagnose(list(costs), tolerance=0.25), name)
    default = "with the tolerance of the signature"
    checks.equal(f"diagnose([3, 2, 2 - 1e-5]), {default}", diagnose([3, 2, 2 - 1e-5]), "still falling")
    checks.equal(f"diagnose([3, 2, 2 - 1e-7]), {default}", diagnose([3, 2, 2 - 1e-7]), "converged")
    checks.unchanged(diagnose, [0.7, 0.5, 0.4])
    ### BEGIN HIDDEN TESTS

    def question_by_question(costs, tolerance):
        if any(cost in (np.inf, -np.inf) or cost != cost for cost in costs) or costs[0] + tolerance < costs[-1]:
            return "diverging"
        if any(before + tolerance < after for before, after in zip(costs, costs[1:], strict=False)):
            return "oscillating"
        return "still falling" if costs[-1] + tolerance < costs[-2] else "converged"

    def history(rng, k):
        """Quarters, whose differences are exact, most of them falling."""
        return (60 + rng.choice([-1.0, -0.5, -0.25, 0.25], k).cumsum()).tolist(), float(rng.choice([0.0, 0.25, 0.5]))

    check_rng = np.random.default_rng(25)
    others = {
        "with 1,100 costs, a rise at the end": ([*range(1100, 2, -1), 2, 3], 0.25),
        "with 1,100 costs that end level": ([*range(1100, 2, -1), 2, 2], 0.25),
        "with 500 costs, a rise at the third alone": ([600, 599, 599.5, *range(598, 101, -1)], 0.25),
        "with 500 costs, a rise at the 480th alone": ([*range(599, 120, -1), 121.5, *range(120, 100, -1)], 0.25),
        "with 500 costs, one nan at the third": ([600, 599, np.nan, *range(598, 101, -1)], 0.25),
        "with costs of 1e12": ([4e12, 3e12, 2e12], 0.5),
        "with two costs, -inf first": ([-np.inf, 3], 0.25),
        "with two costs, -inf last": ([3, -np.inf], 0.25),
        "with two costs, inf first": ([np.inf, 3], 0.25),
        "with two costs, nan last": ([3, np.nan], 0.25),
        "with two equal costs": ([3, 3], 0.25),
        "with a tolerance of 1e-12": ([4e-9, 3e-9, 3.1e-9], 1e-12),
        "with inf first": ([np.inf, 3, 2], 0.25),
        "with inf last": ([4, 3, np.inf], 0.25),
        "with nan last": ([4, 3, np.nan], 0.25),
        "with nan first": ([np.nan, 3, 2], 0.25),
        "with negative costs": ([-4, -5, -6], 0.25),
        "with negative costs that rise": ([-4, -3], 0.25),
        "with costs of 1e9": ([4e9, 3e9, 3e9 - 1], 0.5),
        "with costs of 1e9 that end above the start": ([4e9, 3e9, 4e9 + 1], 0.5),
        "with costs of 1e-9 and the tolerance 0": ([4e-9, 3e-9, 2e-9], 0.0),
        "with costs of 1e-9 that rise": ([4e-9, 2e-9, 3e-9], 0.0),
        "with equal costs and the tolerance 0": ([4, 4, 4], 0),
        "with a tolerance of 2": ([9, 4, 6, 5, 3], 2),
        "with a rise in the first step alone": ([6, 7, 2, 1.5, 1.5], 0.25),
        "with a fall that has come to rest": ([4, 3, 2, 2, 2, 1.5, 1.5], 0.25),
        "with an end as high as the start": ([4, 1, 2, 4], 0.25),
        "with an end a little above the start": ([4, 4.25], 0.25),
        "with an end far above the start": ([4, 1, 2, 4.5], 0.25),
    }
    for number in range(60):
        others[f"with the history {number}"] = history(check_rng, int(check_rng.integers(2, 6)))
    checks.agrees(diagnose, question_by_question, history, sizes={"k": (2, 130)}, cases=others)
    for rate, name in ((1e-3, "still falling"), (0.3, "converged"), (1.01, "diverging"), (40.0, "diverging")):
        costs = (9 * (1 - 2 * rate) ** np.arange(0.0, 201.0, 2)).tolist()
        checks.equal(f"diagnose(100 steps on w^2 with the rate {rate})", diagnose(costs), name)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. On the real pictures: a cat detector with two parameters
#
# *Can gradient descent find cats?*
#
# We describe each picture of lesson 01 by **one** number: the mean row of its white, counted from the top. A sitting
# cat is broad at the bottom. A standing horse has a heavy body above and thin legs below. So the mean row should be larger
# for cats. Standardised, with the mean and the standard deviation of the training pictures, it is our feature $x$.
#
# The model is logistic regression with one weight: the probability of a cat is $a = \sigma(z)$ with $z = wx + b$. Its
# cost is the one of lesson 01. Written with $z$ it is short and safe from overflow:
#
# $$J(w, b) = \frac{1}{m} \sum_{i=1}^{m} \bigl(\log(1 + e^{z^{(i)}}) - y^{(i)} z^{(i)}\bigr),
# \qquad z^{(i)} = w x^{(i)} + b.$$
#
# (For $y = 0$ the bracket is $\log(1 + e^{z}) = -\log(1 - a)$. For $y = 1$ it is $\log(1 + e^{-z}) = -\log a$.)
# `np.logaddexp(0, z)` computes $\log(1 + e^z)$.

# %%
cats = data.load_cat_pictures()


def mean_row(images):
    """The mean row of the white in each picture, 0 at the top; images of shape (m, 28, 28, 1), result (m,)."""
    white = images[..., 0].sum(axis=2, dtype=float)  # (m, 28): how much white each row holds
    return white @ np.arange(28) / white.sum(axis=1)


rows_train, rows_test = mean_row(cats.X_train), mean_row(cats.X_test)
x_train = (rows_train - rows_train.mean()) / rows_train.std()
x_test = (rows_test - rows_train.mean()) / rows_train.std()
y_train, y_test = cats.Y_train[0], cats.Y_test[0]
print(
    f"mean row of the white: cats {rows_train[y_train == 1].mean():.1f}, others {rows_train[y_train == 0].mean():.1f}"
)


def J(theta):
    w, b = theta
    z = w * x_train + b
    return np.mean(np.logaddexp(0, z) - y_train * z)


# %% [markdown]
# Everything else is yours: the gradient by central differences, 30 steps of gradient descent from $w = b = 0$, and
# the diagnosis, for four learning rates.

# %%
start, histories, paths = np.zeros(2), {}, {}
for rate in (0.1, 10.0, 25.0, 100.0):
    paths[rate] = gradient_descent(lambda theta: numerical_gradient(J, theta, 1e-5), start, rate, 30)
    histories[rate] = [J(theta) for theta in paths[rate]]
    print(f"rate {rate:4g}: cost {histories[rate][0]:.3f} → {histories[rate][-1]:.3f}, {diagnose(histories[rate])}")

w, b = paths[10.0][-1]
right_train, right_test = np.mean((w * x_train + b > 0) == y_train), np.mean((w * x_test + b > 0) == y_test)
print(f"rate 10 found w = {w:.2f}, b = {b:.2f}")
print(f"right on {right_train:.1%} of the training and {right_test:.1%} of the test pictures; a guess is right on 50 %")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.8))
for rate, costs in histories.items():
    left.semilogy(costs, linewidth=1.7, label=rf"$\alpha$ = {rate:g}: {diagnose(costs)}")
left.axhline(np.log(2), color="gray", linestyle="-", linewidth=0.8, label="knowing nothing: log 2")
left.set_ylim(0.25, 90)
left.set_yticks([0.3, 1, 3, 10], ["0.3", "1", "3", "10"])
left.set_xlabel("step")
left.set_ylabel("cost J, logarithmic scale")
left.set_title("Four rates, four diagnoses")
left.legend(fontsize=8, loc="upper left")

scale = np.linspace(9, 18, 200)
for label, name, height in ((1, "cats", 1.07), (0, "others", -0.07)):
    rows = rows_test[y_test == label]
    right.plot(rows, np.full(len(rows), height), "|", color=plots.LABEL_COLORS[label], markersize=10)
    right.annotate(name, (9 if label else 18, height), va="center", ha="left" if label else "right")
z = w * (scale - rows_train.mean()) / rows_train.std() + b
right.plot(scale, 1 / (1 + np.exp(-z)), color="black", linestyle="-")
right.set_xlabel("mean row of the white (0 = top of the picture)")
right.set_ylabel("probability of a cat")
right.set_title("Two parameters tell most cats from others")
plt.show()

# %% [markdown]
# *What to notice.* On the left, every cost starts at $\log 2 \approx 0.693$, the price of knowing nothing: with
# $w = b = 0$ the model says $a = 1/2$ for every picture, and the loss of each is $-\log \tfrac12 = \log 2$. The rate 0.1
# is too small: after 30 steps the cost is 0.469 and still falls. The rate 10 reaches 0.342 within 10 steps and stays
# there. The rate 25 rises in the very first step, to 0.710. Then it comes down just as far, but cannot stay: each step
# overshoots, and the cost climbs again to more than 0.4. The rate 100 jumps to more than ten times the start, and ends
# at 1.889.
#
# `diagnose` says `diverging` here, because the last cost is above the first. But the cost does not grow without limit, as it does for $w^2$: far from the lowest point the slope of this cost no
# longer grows. The path jumps back and forth instead, and the last cost depends on the step at which you stop. Always look at the whole curve.
#
# On the right, each mark is one test picture: cats above, others below. The black curve is the probability that the
# model gives. It crosses 1/2 near row 14: a picture whose mean row is larger than 14 is called a cat. That is right on
# about 85 % of the test pictures, where a guess is right on 50 %. The mean pictures of lesson 01 needed 784 weights
# for 86 %.
#
# Why not 100 %? Around row 14 both kinds of marks overlap. There no $w$ and no $b$ can tell them apart; the model
# needs more than one number about a picture.
#
# Why not all 784 pixels, then? Central differences need two costs for each parameter. With 2 parameters, the gradients
# of 30 steps need 120 costs. With 785 they would need 47,100, and a network has millions of parameters. The next
# lesson, [03](03_computation_graphs.ipynb), finds the exact gradient of all parameters at once, for the price of a few
# costs.

# %% [markdown]
# ## What you built
#
# - `numerical_derivative` and `numerical_gradient`: the slope of any function in one or many directions, with an
#   error that falls a hundredfold when $h$ falls tenfold;
# - `derivative`: five rules, checked against a measurement;
# - `gradient_descent`: against the slope, step by step, for a number or an array; on $w^2$ it runs away for
#   $\alpha > 1$;
# - `diagnose`: from a list of costs to a verdict about the learning rate.
#
# ## On your own
#
# - Run gradient descent on $w^2$ with $\alpha = 1$ exactly. What does the path do? What does `diagnose` say about its
#   costs, and is it right?
# - Which is the largest rate that still converges on the cats, in 200 steps? Measure how sharply $J$ bends at the
#   lowest point (the derivative of the derivative, along $w$ and along $b$) and compare with $2/c$ of section 3.
# - Add a second number about each picture, for instance the mean of its lowest eight rows. How far does the test
#   accuracy go?
#
# ## In practice
#
# Nobody trains with numerical gradients, but everybody tests with them: `scipy.optimize.check_grad` and
# `torch.autograd.gradcheck` compare an exact gradient with differences. `scipy.optimize.approx_fprime` is our
# `numerical_gradient` with one-sided differences: half the price, less exact. `torch.optim.SGD` takes the steps of
# our `gradient_descent`, without keeping the path. For a convex cost with few parameters, `scipy.optimize.minimize`
# chooses the length of each step by itself.
#
# ## References
#
# - A. Cauchy (1847), *Méthode générale pour la résolution des systèmes d'équations simultanées*, Comptes rendus de
#   l'Académie des sciences: the first gradient descent.
# - S. Boyd and L. Vandenberghe (2004), *Convex Optimization*, section 9.3.
# - I. Goodfellow, Y. Bengio and A. Courville (2016), *Deep Learning*, section 4.3.
