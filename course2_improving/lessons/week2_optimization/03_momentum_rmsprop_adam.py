# %% [markdown]
# You will write the three optimisers that train nearly all networks of today: momentum, RMSprop and Adam, each as one step, and the two repairs that go with them: AdamW and the clipping of gradients.
# In a long valley your momentum needs less than half of the steps of gradient descent. On the words of 5,558 sentences your Adam needs less than a third.

# %% [markdown]
# ## What you will be able to do
#
# - write one step of momentum, of RMSprop and of Adam, and say what each of them keeps for the next step;
# - prove that Adam does not see the scale of the cost, and say what follows for its learning rate;
# - compare optimisers fairly: each at its own best rate, by the steps to a target cost, over several seeds;
# - show why the L2 penalty does not work as weight decay in Adam, and repair it;
# - keep one enormous gradient from destroying a network.
#
# **What you need:** mini-batches ([lesson 01](01_mini_batch_gradient_descent.ipynb)), the exponentially weighted average and its bias correction ([lesson 02](02_exponentially_weighted_averages.ipynb)).
# The set-up cell loads your deep network of course 1 as `dense`; only given cells use it.

# %%
import re
import sys
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# ## 1. A long valley
#
# *Why is gradient descent slow although it always goes downhill?*
#
# Take a cost with two parameters, $J(w_1, w_2) = \frac{1}{2}(w_1^2 + 100 \, w_2^2)$. Its gradient is $(w_1, \; 100 \, w_2)$. Across the valley, along $w_2$, the cost is 100 times more curved than along it.
# A step of gradient descent multiplies $w_1$ by $1 - \alpha$ and $w_2$ by $1 - 100 \, \alpha$. If $w_2$ is not to grow, $\alpha$ must stay below $2/100$. But then $w_1$ loses less than 2 % in a step. The steep direction sets the rate, and the flat direction has to wait.
#
# The cell draws it. It also holds `optimiser`, which calls the steps that you are going to write, and keeps their averages from one step to the next.


# %%
def optimiser(kind, learning_rate):
    """A function step(parameters, grads) that gives new parameters; it keeps its averages between two calls."""
    kept = {"t": 0}

    def step(parameters, grads):
        if kind == "gradient descent":
            return dense.update(parameters, grads, learning_rate)
        if kept["t"] == 0:
            kept["v"], kept["s"] = initialize_velocity(parameters), initialize_velocity(parameters)
        kept["t"] += 1
        v, s, t = kept["v"], kept["s"], kept["t"]
        if kind == "momentum":
            moved, kept["v"] = momentum_step(parameters, grads, v, learning_rate)
        elif kind == "RMSprop":
            moved, kept["s"] = rmsprop_step(parameters, grads, s, learning_rate)
        elif kind == "Adam":
            moved, kept["v"], kept["s"] = adam_step(parameters, grads, v, s, t, learning_rate)
        return moved

    return step


# %%
CURVATURES = np.array([1.0, 100.0])


def descend(kind, learning_rate, steps):
    """The points (w1, w2) that an optimiser visits in the valley, shape (steps + 1, 2), and their costs."""
    step, parameters, path = optimiser(kind, learning_rate), {"w": np.array([-4.0, 1.0])}, []
    for _ in range(steps + 1):
        path.append(parameters["w"])
        parameters = step(parameters, {"dw": CURVATURES * parameters["w"]})
    return np.array(path), np.array([w @ (CURVATURES * w) / 2 for w in path])


def draw_paths(runs, title, steps=60):
    """Draws the valley and a path for each (kind, rate), and prints how many steps it takes to stay below 0.01."""
    side_1, side_2 = np.meshgrid(np.linspace(-4.6, 2.5, 200), np.linspace(-1.3, 1.3, 200))
    figure, axis = plt.subplots(figsize=(8, 3.4))
    J = (side_1**2 + 100 * side_2**2) / 2
    axis.contour(side_1, side_2, J, levels=np.geomspace(0.05, 100, 12), colors="#bbbbbb", linewidths=0.7)
    for kind, rate in runs:
        path, costs = descend(kind, rate, steps=2000)
        high = np.flatnonzero(costs > 0.01)
        print(f"{kind:16}, rate {rate:7}: below 0.01 from step {high[-1] + 1 if high[-1] < 2000 else 'never'}")
        axis.plot(*path[:steps].T, marker=".", markersize=4, linewidth=1, label=f"{kind}, rate {rate}")
    axis.set(xlim=(-4.6, 2.5), ylim=(-1.3, 1.3), xlabel="w1", ylabel="w2 (stretched)", title=title)
    axis.legend(loc="upper right", fontsize=8)
    plt.show()


draw_paths([("gradient descent", 0.0183)], "Gradient descent jumps across the valley and is slow along it")

# %% [markdown]
# *What to notice.* The picture shows the first 60 steps. The rate 0.0183 is the best one for this start, found by trying 60 rates. Each step jumps to the other side of the valley. The part of the step that points along the valley is small, and it always has the same sign.
#
# ## 2. Momentum
#
# *How can the jumps cancel, and the small steps in one direction add up?*
#
# By an average. **Momentum** does not follow the gradient but the exponentially weighted average $v$ of the gradients (lesson 02). For each parameter, with the rate $\alpha$:
#
# $$v_{dW} \leftarrow \beta \, v_{dW} + (1 - \beta) \, dW, \qquad W \leftarrow W - \alpha \, v_{dW}, \qquad 0 \le \beta < 1.$$
#
# All three, $W$, $dW$ and $v_{dW}$, have the same shape, and each entry is treated on its own; biases likewise. $v$ is called the **velocity**: think of a ball that rolls through the valley. It starts at 0. $\beta = 0.9$ is the usual value: about the last ten gradients count.
# The order matters: first the new velocity, then the step with it.
#
# *On paper.* $\beta = 0.9$, $\alpha = 0.1$: $W = [2, -1]$, $dW = [1, -2]$, $v = [0.5, 0]$. The new velocity is $[0.45 + 0.1, \; 0 - 0.2] = [0.55, -0.2]$, and the new $W$ is $[2 - 0.055, \; -1 + 0.02] = [1.945, -0.98]$.
# Lesson 02 corrected the first averages, which are too small because they start at 0. With momentum one usually leaves that out: after about forty steps it hardly matters, and small first steps do no harm.
#
# ### Exercise 1: `initialize_velocity`


# %% exercise="initialize_velocity"
def initialize_velocity(parameters):
    """The velocity before the first step: zeros for each parameter.

    Args:
        parameters: a dict of arrays of any shapes, of floats or whole numbers. Its keys are any words.

    Returns:
        A dict with the key "d" + key for each key of parameters ("dW1" for "W1"), in the same order. Each value is a new
        array of float64 zeros with the shape of its parameter.

    Example:
        initialize_velocity({"W1": np.array([[2, -1]]), "b1": np.array([[5]])}) is {"dW1": [[0.0, 0.0]], "db1": [[0.0]]}.
    """
    # 1. Go through the keys and the arrays.
    # 2. Zeros of which shape, and of which number type?
    ### BEGIN SOLUTION
    return {f"d{key}": np.zeros(value.shape) for key, value in parameters.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.zeros(shape)` makes zeros of float64; `np.zeros_like(array)` takes the number type of `array`, which may be whole numbers. In a loop over `parameters.items()` the new key is `f"d{key}"`.
# </details>

# %% check="initialize_velocity" points=1
with checks.exercise("initialize_velocity"):
    p = {"W1": np.array([[2, -1, 4], [0, 3, 1]]), "b1": np.array([[5.0], [1.0]]), "embed": np.ones((2, 3, 4))}
    checks.unchanged(initialize_velocity, p)
    what, v = "initialize_velocity(parameters with W1, b1, embed)", initialize_velocity(p)
    checks.keys(what, v, ["dW1", "db1", "dembed"])
    checks.close(f"dW1 of {what}", v["dW1"], np.zeros((2, 3)))
    floats = "W1 has whole numbers; its velocity must be float64 all the same (np.zeros_like keeps the type)"
    checks.that(np.asarray(v["dW1"]).dtype == np.float64, f"dW1 of {what}: {floats}")
    ### BEGIN HIDDEN TESTS

    def as_products(parameters):
        return {"d" + key: parameters[key].astype(float) * 0.0 for key in list(parameters)}

    def arrays(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "d": (n,), "head": (n, 2, n_prev)}
        return {key: rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}

    others = {f"with the key {key} alone": ({key: np.ones(3)},) for key in ("a", "b")}
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 12}, "types": ["parameters"], "cases": others}
    checks.agrees(initialize_velocity, as_products, arrays, **domain)
    single = {k: value.astype(np.float32) for k, value in arrays(np.random.default_rng(80), 2, 2, 2).items()}
    v = initialize_velocity(single)
    checks.that(
        list(v) == [f"d{key}" for key in single], "initialize_velocity: keep the order of the keys of parameters"
    )
    doubles = all(value.dtype == np.float64 for value in v.values())
    checks.that(doubles, "initialize_velocity(float32 arrays): expected zeros of float64")
    shared = any(np.shares_memory(v[key], v[other]) for key in v for other in v if key != other)
    checks.that(not shared, "initialize_velocity: two of its arrays lie in the same memory; make one for each key")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2: `momentum_step`


# %% exercise="momentum_step"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    """One step of gradient descent with momentum.

    Args:
        parameters: a dict of arrays of any shapes, of floats or whole numbers. Its keys are any words.
        grads: a dict with the key "d" + key for each key of parameters, in any order: the gradients, as floats or whole
            numbers, each of the shape of its parameter.
        v: the velocity before this step, a dict of arrays with the same keys as grads, in any order.
        learning_rate: alpha, a number > 0.
        beta: the share of the old velocity, a number with 0 <= beta < 1.

    Returns:
        A tuple (parameters, v) of two new dicts of new arrays, with the keys of the old ones: the parameters after the step,
        and the new velocity.

    Example:
        momentum_step({"W1": np.array([[2.0, -1.0]])}, {"dW1": np.array([[1.0, -2.0]])}, {"dW1": np.array([[0.5, 0.0]])}, 0.1)
        is ({"W1": [[1.945, -0.98]]}, {"dW1": [[0.55, -0.2]]}).
    """
    # 1. The new velocity of a parameter: how much of the old one, how much of the gradient?
    # 2. The step goes against it.
    ### BEGIN SOLUTION
    moved, velocity = {}, {}
    for key, value in parameters.items():
        velocity[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        moved[key] = value - learning_rate * velocity[f"d{key}"]
    return moved, velocity
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Begin with two empty dicts and go through `parameters.items()`. Nothing is written into the dicts that come in.
# </details>
# <details><summary>Hint 2</summary>
#
# For one parameter, compute `average = beta * v[name] + (1 - beta) * grads[name]` with `name = f"d{key}"`. It is stored, and it is what `learning_rate` multiplies.
# </details>

# %% check="momentum_step" points=2
with checks.exercise("momentum_step"):
    p, g = {"W1": np.array([[2.0, -1.0, 4.0]]), "b1": np.array([[0.5]])}, {"db1": np.array([[-4.0]])}
    g, v = g | {"dW1": np.array([[1.0, -2.0, 3.0]])}, {"dW1": np.array([[0.5, 0.0, -1.0]]), "db1": np.array([[2.0]])}
    checks.unchanged(momentum_step, p, g, v, 0.1)
    what = "momentum_step(parameters, grads, v, 0.1)"
    moved, velocity = checks.results(what, momentum_step(p, g, v, 0.1), ["parameters", "v"])
    checks.keys(f"v of {what}", velocity, ["dW1", "db1"])
    checks.keys(f"parameters of {what}", moved, ["W1", "b1"])
    slips = {"beta and 1 - beta are exchanged": [[0.95, -1.8, 2.6]]}
    slips["the gradient lacks its factor 1 - beta"] = [[1.45, -2.0, 2.1]]
    checks.close(f"dW1 in v of {what}", velocity["dW1"], [[0.55, -0.2, -0.6]], mistakes=slips)
    slips = {"the step follows the gradient, not the velocity": [[1.9, -0.8, 3.7]]}
    slips["first the new velocity, then the step; this step is made with the old one"] = [[1.95, -1.0, 4.1]]
    checks.close(f"W1 of {what}", moved["W1"], [[1.945, -0.98, 4.06]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_differences(parameters, grads, v, learning_rate, beta):
        gaps = {key: grads["d" + key].astype(float) - v["d" + key] for key in parameters}
        velocity = {"d" + key: v["d" + key] + (1.0 - beta) * gap for key, gap in gaps.items()}
        return {key: w - velocity["d" + key] * learning_rate for key, w in parameters.items()}, velocity

    def training(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "embed": (n,), "d": (2, n_prev, 2)}
        p, g, v = (
            {d + k: rng.normal(0, 3, shapes[k]) for k in rng.permutation([*shapes]).tolist()} for d in ("", *"dd")
        )
        return p, g, v, rng.uniform(0.01, 2), rng.uniform(0.1, 0.99)

    p, g, v, rate, beta = training(np.random.default_rng(81), 3, 2, 2)
    still = {key: 0 * value for key, value in v.items()}
    others = {
        "with beta = 0": (p, g, v, rate, 0.0),
        "with beta = 0 and v = 0": (p, g, still, rate, 0),
        "with beta = 0.9999": (p, g, v, rate, 0.9999),
        "with gradients of 0": (p, {key: 0 * value for key, value in g.items()}, v, rate, beta),
        "with a learning rate of 1 that is a whole number": (p, g, v, 1, beta),
        "with a learning rate of 1e-9": ({key: 1e-9 * a for key, a in p.items()}, g, v, 1e-9, beta),
        "with gradients of about 1e-12": (p, {key: 1e-12 * a for key, a in g.items()}, still, rate, beta),
        "with gradients of about 1e9": (p, {key: 1e9 * a for key, a in g.items()}, still, rate, beta),
    }
    names, typed = {"parameters": (), "v": ()}, ["parameters", "grads", "v"]
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 11}, "real": {"grads": 1e3, "v": 1e3}, "types": typed}
    checks.agrees(momentum_step, by_differences, training, returns=names, cases=others, **domain)
    ### END HIDDEN TESTS

# %%
runs = [("gradient descent", 0.0183), ("momentum", 0.0375)]
draw_paths(runs, "Momentum swings, but it gets along the valley")

# %% [markdown]
# *What to notice.* Each optimiser has its best rate out of 60. Momentum takes less than half of the steps to stay below the cost 0.01. Across the valley the signs change, so the average is small. Along it the gradients agree, so the average is as large as they are, and the rate may be twice as large.
# The ball rolls past the minimum and comes back. That is the price of momentum: it does not stop where the slope ends.
#
# For a valley of two parameters with the curvatures 1 and $K$ the gain grows with $K$: with the best $\alpha$ and $\beta$, gradient descent needs a number of steps proportional to $K$, momentum one proportional to $\sqrt{K}$ (B. Polyak, 1964; not shown here).
#
# ## 3. RMSprop
#
# *Could each parameter have a learning rate of its own?*
#
# In the valley, $w_2$ wants a rate 100 times smaller than $w_1$. One sees it from the gradients: those of $w_2$ are large. **RMSprop** divides each gradient by its own recent size, the *root of the mean square*. The mean is again an exponentially weighted average, $s$, now of the squares:
#
# $$s_{dW} \leftarrow \beta \, s_{dW} + (1 - \beta) \, dW^2, \qquad W \leftarrow W - \alpha \, \frac{dW}{\sqrt{s_{dW}} + \varepsilon}.$$
#
# The square, the root and the fraction are taken entry by entry, so all shapes are that of $W$. $\varepsilon = 10^{-8}$ keeps the fraction from becoming $0/0$. It stands **outside** of the root.
#
# *On paper.* $\beta = 0.9$, $\alpha = 0.1$, $\varepsilon$ negligible: $W = [2, -1]$, $dW = [3, -2]$, $s = [1, 0]$. The new $s$ is $[0.9 + 0.9, \; 0 + 0.4] = [1.8, 0.4]$, its root is $[1.342, 0.632]$. The steps are $0.1 \cdot 3 / 1.342 = 0.224$ and $0.1 \cdot (-2) / 0.632 = -0.316$, so the new $W$ is $[1.776, -0.684]$.
# Look at the second entry. Its $s$ was 0, as in the very first step. Its step is $\alpha / \sqrt{1 - \beta} = 3.16 \, \alpha$, whatever the gradient is. The first steps of RMSprop are too long, because the first averages are too small.
#
# ### Exercise 3: `rmsprop_step`


# %% exercise="rmsprop_step"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    """One step of RMSprop, without a correction of the first averages.

    Args:
        parameters, grads, learning_rate: as in momentum_step.
        s: the averages of the squares before this step, all >= 0, a dict of arrays with the same keys as grads, in any order.
        beta: the share of the old average, a number with 0 <= beta < 1.
        epsilon: a number > 0, added to the root.

    Returns:
        A tuple (parameters, s) of two new dicts of new arrays, with the keys of the old ones: the parameters after the step,
        and the new averages.

    Example:
        rmsprop_step({"W1": np.array([[2.0, -1.0]])}, {"dW1": np.array([[3.0, -2.0]])}, {"dW1": np.array([[1.0, 0.0]])}, 0.1)
        is ({"W1": [[1.776, -0.684]]}, {"dW1": [[1.8, 0.4]]}), rounded.
    """
    # 1. What is averaged, and what does it look like after this gradient?
    # 2. What is divided by what? Where does epsilon stand?
    ### BEGIN SOLUTION
    moved, averages = {}, {}
    for key, value in parameters.items():
        gradient = grads[f"d{key}"]
        averages[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * gradient**2
        moved[key] = value - learning_rate * gradient / (np.sqrt(averages[f"d{key}"]) + epsilon)
    return moved, averages
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# It is built like `momentum_step`. The average is one of `grads[name] ** 2`, the step is made with `grads[name]` itself.
# </details>
# <details><summary>Hint 2</summary>
#
# The divisor is `np.sqrt(average) + epsilon`, with the new average. Put it in brackets: a fraction is worked out before a sum.
# </details>

# %% check="rmsprop_step" points=2
with checks.exercise("rmsprop_step"):
    p, g, s = {"W1": [[2.0, -1.0, 4.0]]}, {"dW1": [[3.0, -2.0, 0.0]]}, {"dW1": [[1.0, 0.0, 4.0]]}
    p, g, s = ({key: np.array(value) for key, value in part.items()} for part in (p, g, s))
    checks.unchanged(rmsprop_step, p, g, s, 0.1, 0.9, 0.5)
    what = "rmsprop_step(parameters, grads, s, 0.1, beta=0.9, epsilon=0.5)"
    moved, averages = checks.results(what, rmsprop_step(p, g, s, 0.1, 0.9, 0.5), ["parameters", "s"])
    checks.keys(f"s of {what}", averages, ["dW1"])
    checks.keys(f"parameters of {what}", moved, ["W1"])
    slips = {"beta and 1 - beta are exchanged": [[8.2, 3.6, 0.4]], "the gradient is not squared": [[1.2, -0.2, 3.6]]}
    checks.close(f"dW1 in s of {what}", averages["dW1"], [[1.8, 0.4, 3.6]], mistakes=slips)
    slips = {"epsilon stands outside of the root": [[1.802185858, -0.7891814893, 4.0]]}
    slips["the root is missing"] = [[1.8695652174, -0.7777777778, 4.0]]
    slips["this step is made with the old averages; take the new ones"] = [[1.8, -0.6, 4.0]]
    checks.close(f"W1 of {what}", moved["W1"], [[1.8371017833, -0.823392624, 4.0]], mistakes=slips, rtol=1e-7)
    ### BEGIN HIDDEN TESTS

    def by_differences(parameters, grads, s, learning_rate, beta, epsilon):
        slopes = {key: grads["d" + key].astype(float) for key in parameters}
        averages = {"d" + key: d * d - beta * (d * d - s["d" + key]) for key, d in slopes.items()}
        shares = {key: d / (averages["d" + key] ** 0.5 + epsilon) for key, d in slopes.items()}
        return {key: w - shares[key] * learning_rate for key, w in parameters.items()}, averages

    def training(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "embed": (n,), "d": (2, n_prev, 2)}
        p, g, s = (
            {d + k: rng.normal(0, 3, shapes[k]) for k in rng.permutation([*shapes]).tolist()} for d in ("", *"dd")
        )
        s = {key: value**2 for key, value in s.items()}
        return p, g, s, rng.uniform(0.01, 2), rng.uniform(0.1, 0.99), rng.uniform(1e-8, 1)

    p, g, s, rate, beta, epsilon = training(np.random.default_rng(82), 3, 2, 2)
    still, small = ({key: factor * value for key, value in g.items()} for factor in (0, 1e-30))
    others = {
        "with beta = 0": (p, g, s, rate, 0.0, 1e-8),
        "with gradients and averages of 0": (p, still, still, rate, beta, 1e-8),
        "with gradients of about 1e-30 and epsilon = 1e-60": (p, small, still, rate, beta, 1e-60),
        "with gradients of about 1e-30": ({k: 1e-30 * a for k, a in p.items()}, small, still, rate, beta, 1e-8),
        "with a learning rate of 1 that is a whole number": (p, g, s, 1, beta, epsilon),
    }
    names, typed = {"parameters": (), "s": ()}, ["parameters", "grads", "s"]
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 11}, "real": {"parameters": 1, "grads": 1e3}, "types": typed}
    checks.agrees(rmsprop_step, by_differences, training, returns=names, cases=others, **domain)
    light, what = {key: 1e-8 * value for key, value in g.items()}, "of rmsprop_step(…, 0.1), gradients of about 1e-8"
    for ours, theirs in zip(
        rmsprop_step(p, light, still, 0.1), by_differences(p, light, still, 0.1, 0.9, 1e-8), strict=True
    ):
        for key in theirs:
            checks.close(f"{key} {what}", ours[key], theirs[key], rtol=1e-9, atol=0)
    ### END HIDDEN TESTS

# %%
runs = [("gradient descent", 0.0183), ("RMSprop", 0.02618), ("RMSprop", 0.3)]
draw_paths(runs, "RMSprop makes equally long steps in both directions")

# %% [markdown]
# *What to notice.* Both paths of RMSprop start along the diagonal: a large and a small gradient give steps of the same length. RMSprop does not see that the valley is steep on one side. With the rate 0.3 it is near the minimum after about twenty steps, but it does not stay there. Near the minimum the gradients become small and so does their root. So a step stays about $\alpha$ long, and $w_2$ jumps from side to side.
# The rate that stays below 0.01 first is much smaller, and with it RMSprop needs at least as many steps as gradient descent. So RMSprop wants a learning rate that falls with time. That is [lesson 04](04_learning_rate_decay_and_saddle_points.ipynb).
#
# ## 4. Adam
#
# *Can one have both?*
#
# **Adam** (adaptive moment estimation) takes the velocity of momentum, divides it by the root of RMSprop, and corrects both averages as in lesson 02. In step $t = 1, 2, \dots$, for each parameter:
#
# $$v \leftarrow \beta_1 v + (1 - \beta_1) \, dW, \qquad s \leftarrow \beta_2 s + (1 - \beta_2) \, dW^2,$$
#
# $$\hat{v} = \frac{v}{1 - \beta_1^t}, \qquad \hat{s} = \frac{s}{1 - \beta_2^t}, \qquad W \leftarrow W - \alpha \, \frac{\hat{v}}{\sqrt{\hat{s}} + \varepsilon}.$$
#
# $\beta_1^t$ is a power. The usual values are $\beta_1 = 0.9$, $\beta_2 = 0.999$ and $\varepsilon = 10^{-8}$; mostly $\alpha$ alone is tuned. What is kept for the next step is $v$ and $s$, **not** $\hat{v}$ and $\hat{s}$.
#
# *On paper.* The first step, $t = 1$, with $v = s = 0$: $v = 0.1 \, dW$ and $\hat{v} = dW$; $s = 0.001 \, dW^2$ and $\hat{s} = dW^2$. So the step is $\alpha \, dW / (\lvert dW \rvert + \varepsilon)$, nearly $\alpha$ times the **sign** of the gradient.
# For $W = [2, -1]$, $dW = [3, -0.002]$ and $\alpha = 0.1$ the new $W$ is $[1.9, -0.9]$. Without the correction the step would be $0.1 / \sqrt{0.001} = 3.16$ times as long.
#
# ### Exercise 4: `initialize_adam`


# %% exercise="initialize_adam"
def initialize_adam(parameters):
    """Both averages of Adam before the first step: zeros for each parameter, twice.

    Args:
        parameters: a dict of arrays of any shapes, of floats or whole numbers. Its keys are any words.

    Returns:
        A tuple (v, s) of two dicts, each as initialize_velocity makes it: the keys "d" + key, new arrays of float64 zeros.
        All arrays are apart: whoever writes into one of v changes none of s.

    Example:
        initialize_adam({"b1": np.array([[5]])}) is ({"db1": [[0.0]]}, {"db1": [[0.0]]}).
    """
    # What is needed twice, you have already. Twice the same dict will not do.
    ### BEGIN SOLUTION
    return initialize_velocity(parameters), initialize_velocity(parameters)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `v = s = {...}` is one dict with two names. Make two.
# </details>

# %% check="initialize_adam" points=1
with checks.exercise("initialize_adam"):
    p = {"W1": np.array([[2, -1, 4], [0, 3, 1]]), "b1": np.array([[5.0], [1.0]])}
    checks.unchanged(initialize_adam, p)
    v, s = checks.results("initialize_adam(parameters)", initialize_adam(p), ["v", "s"])
    for name, average in (("v", v), ("s", s)):
        checks.keys(f"{name} of initialize_adam(parameters)", average, ["dW1", "db1"])
        checks.close(f"dW1 in {name} of initialize_adam(parameters)", average["dW1"], np.zeros((2, 3)))
    apart = v is not s and not np.shares_memory(v["dW1"], s["dW1"])
    checks.that(apart, "initialize_adam: v and s are the same dict or the same arrays; make two of each")
    ### BEGIN HIDDEN TESTS

    def as_products(parameters):
        v, s = ({"d" + key: parameters[key].astype(float) * 0.0 for key in list(parameters)} for _ in range(2))
        return v, s

    def arrays(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "d": (n,), "head": (n, 2, n_prev)}
        return {key: rng.normal(0, 2, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}

    others = {f"with the key {key} alone": ({key: np.ones(3)},) for key in ("a", "b")}
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 12}, "types": ["parameters"], "cases": others}
    checks.agrees(initialize_adam, as_products, arrays, returns={"v": (), "s": ()}, **domain)
    v, s = initialize_adam({"b1": np.array([1, 2]), "W1": np.ones((2, 2), dtype=np.float32), "W2": np.ones((2, 2))})
    parts = [*v.values(), *s.values()]
    checks.that(all(array.dtype == np.float64 for array in parts), "initialize_adam: expected zeros of float64")
    shared = any(np.shares_memory(array, other) for i, array in enumerate(parts) for other in parts[:i])
    checks.that(not shared, "initialize_adam: two of its arrays lie in the same memory; make one for each")
    checks.that(list(v) == list(s) == ["db1", "dW1", "dW2"], "initialize_adam: keep the order of the keys")
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5: `adam_step`


# %% exercise="adam_step"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of Adam.

    Args:
        parameters, grads, learning_rate: as in momentum_step.
        v: the averages of the gradients before this step, a dict of arrays with the same keys as grads, in any order.
        s: the averages of their squares before this step, all >= 0, likewise.
        t: the number of this step, a whole number (also a NumPy number), up to 100,000; the first step has t = 1.
        beta1: the share of the old v, a number with 0 <= beta1 < 1.
        beta2: the share of the old s, a number with 0 <= beta2 < 1.
        epsilon: a number > 0, added to the root of the corrected average.

    Returns:
        A tuple (parameters, v, s) of three new dicts of new arrays, with the keys of the old ones: the parameters after the
        step, and the new averages, not corrected.

    Raises:
        ValueError: t is below 1.

    Example:
        for W1 = [[2, -1]], dW1 = [[3, -0.002]], averages of 0, t = 1 and the rate 0.1, the new W1 is [[1.9, -0.9]], rounded.
    """
    # 1. Refuse a step number below 1.
    # 2. Both averages, as you had them.
    # 3. Correct copies of them, then step. Which power belongs to which?
    ### BEGIN SOLUTION
    if t < 1:
        raise ValueError(f"t is {t}; the first step has the number 1")
    moved, means, squares = {}, {}, {}
    for key, value in parameters.items():
        name = f"d{key}"
        means[name] = beta1 * v[name] + (1 - beta1) * grads[name]
        squares[name] = beta2 * s[name] + (1 - beta2) * grads[name] ** 2
        v_hat = means[name] / (1 - beta1**t)
        s_hat = squares[name] / (1 - beta2**t)
        moved[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
    return moved, means, squares
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Three empty dicts and one loop over the parameters. The two averages are those of `momentum_step` and of `rmsprop_step`.
# </details>
# <details><summary>Hint 2</summary>
#
# The corrected averages are numbers of this step only: `v_hat = v_new / (1 - beta1**t)`. Do not store them.
# </details>
# <details><summary>Hint 3</summary>
#
# The step is the one of RMSprop, with `v_hat` in the place of the gradient and `s_hat` under the root.
# </details>

# %% check="adam_step" points=3
with checks.exercise("adam_step"):
    p, g, v, s = {"W1": [[2.0, -1, 4]]}, {"dW1": [[3.0, -2, 0.5]]}, {"dW1": [[0.5, 0, -1]]}, {"dW1": [[0.2, 0, 0.03]]}
    p, g, v, s = ({key: np.array(value) for key, value in part.items()} for part in (p, g, v, s))
    checks.unchanged(adam_step, p, g, v, s, 3, 0.1, 0.9, 0.99, 0.5)
    what, answer = "adam_step(…, t=3, 0.1, 0.9, 0.99, 0.5)", adam_step(p, g, v, s, 3, 0.1, 0.9, 0.99, 0.5)
    moved, means, squares = checks.results(what, answer, ["parameters", "v", "s"])
    slips = {"keep v as it is; the corrected one serves this step only": [[2.7675276753, -0.7380073801, -3.1365313653]]}
    checks.close(f"dW1 in v of {what}", means["dW1"], [[0.75, -0.2, -0.85]], mistakes=slips)
    slips = {"s takes beta2, not beta1": [[1.08, 0.4, 0.052]]}
    checks.close(f"dW1 in s of {what}", squares["dW1"], [[0.288, 0.04, 0.0322]], mistakes=slips)
    slips = {"neither average is corrected": [[1.9276520107, -0.9714285714, 4.125102366]]}
    slips["1 - beta is to be corrected with the power t"] = [[1.872156835, -0.92, 4.370461437]]
    slips["epsilon stands outside of the root"] = [[1.9133310848, -0.9456929834, 4.2492028755]]
    checks.close(f"W1 of {what}", moved["W1"], [[1.9234208341, -0.9555550621, 4.2035096781]], mistakes=slips)
    checks.raises("adam_step(…, t=0, 0.1)", ValueError, adam_step, p, g, v, s, 0, 0.1)
    ### BEGIN HIDDEN TESTS

    def by_differences(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon):
        moved, means, squares = {}, {}, {}
        first, second = (1.0 - float(np.prod(np.full(t, beta, dtype=float))) for beta in (beta1, beta2))
        for key, value in parameters.items():
            d, u, q = (part["d" + key].astype(float) for part in (grads, v, s))
            u, q = u + (1.0 - beta1) * (d - u), np.square(d) - beta2 * (np.square(d) - q)
            moved[key] = value - learning_rate * (u / first) / ((q / second) ** 0.5 + epsilon)
            means["d" + key], squares["d" + key] = u, q
        return moved, means, squares

    def training(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "embed": (n,), "d": (2, n_prev, 2)}
        p, g, v, s = (
            {d + k: rng.normal(0, 3, shapes[k]) for k in rng.permutation([*shapes]).tolist()} for d in ("", *"ddd")
        )
        numbers = rng.uniform(0.01, 2), rng.uniform(0.1, 0.95), rng.uniform(0.5, 0.9999), rng.uniform(1e-8, 1)
        return p, g, v, {key: value**2 for key, value in s.items()}, int(rng.integers(1, 20)), *numbers

    p, g, v, s, t, rate, beta1, beta2, epsilon = training(np.random.default_rng(84), 3, 2, 2)
    still, small = ({key: factor * value for key, value in g.items()} for factor in (0, 1e-30))
    usual = 0.9, 0.999, 1e-8
    others = {
        "with t = 1 and averages of 0": (p, g, still, still, 1, 0.1, *usual),
        "with t = 5000": (p, g, v, s, 5000, rate, 0.9, 0.9999, epsilon),
        "with t = 20,000": (p, g, v, s, 20_000, rate, 0.9, 0.9999, epsilon),
        "with t = 3 that is a NumPy number": (p, g, v, s, np.int64(3), rate, 0.9, 0.9999, epsilon),
        "with beta1 = 0": (p, g, v, s, t, rate, 0.0, beta2, epsilon),
        "with beta2 = 0": (p, g, v, s, t, rate, beta1, 0, epsilon),
        "with beta1 larger than beta2": (p, g, v, s, 3, rate, 0.99, 0.6, epsilon),
        "with t = 1 and beta2 = 0.9999": (p, g, still, still, 1, rate, 0.9, 0.9999, 1e-8),
        "with gradients and averages of 0": (p, still, still, still, 1, 0.1, *usual),
        "with gradients of about 1e-30 and epsilon = 1e-60": (p, small, still, still, 1, 0.1, 0.9, 0.999, 1e-60),
        "with gradients of about 1e-30": ({k: 1e-30 * a for k, a in p.items()}, small, still, still, 4, 0.1, *usual),
        "with a learning rate of 1 that is a whole number": (p, g, v, s, t, 1, *usual),
    }
    names, typed = {"parameters": (), "v": (), "s": ()}, ["parameters", "grads", "v", "s"]
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 11}, "real": {"grads": 1e3, "v": 1e3}, "types": typed}
    checks.agrees(adam_step, by_differences, training, returns=names, cases=others, **domain)
    light, what = {key: 1e-8 * value for key, value in g.items()}, "of adam_step(…, 1, 0.1), gradients of about 1e-8"
    wanted = by_differences(p, light, still, still, 1, 0.1, *usual)
    for ours, theirs in zip(adam_step(p, light, still, still, 1, 0.1), wanted, strict=True):
        for key in theirs:
            checks.close(f"{key} {what}", ours[key], theirs[key], rtol=1e-9, atol=0)
    checks.raises("adam_step(…, t=-1, 0.1)", ValueError, adam_step, p, g, v, s, -1, 0.1)

    def walked(scale):
        q, v, s = p, still, still
        for t in range(1, 31):
            slopes = {f"d{key}": scale * (np.sin(3 * value) + value) for key, value in q.items()}
            q, v, s = adam_step(q, slopes, v, s, t, 0.05, 0.9, 0.999, 1e-90)
        return q

    here = walked(1.0)
    for scale in (1e6, 1e-6):
        there, what = walked(scale), f"30 steps of adam_step, the cost times {scale:g}, epsilon = 1e-90"
        for key in here:
            checks.close(f"{key} after {what}, compared with the cost as it was", there[key], here[key], rtol=1e-6)
    ### END HIDDEN TESTS

# %%
runs = [("gradient descent", 0.0183), ("momentum", 0.0375), ("RMSprop", 0.02618), ("Adam", 0.158)]
draw_paths(runs, "In the long valley momentum and Adam arrive first")

# %% [markdown]
# *What to notice.* Each one has the best of 60 rates. Momentum and Adam need less than half of the steps of gradient descent. Adam's rate is four times that of momentum. A rate of Adam is a length: about how far a parameter moves in one step.
#
# **Adam does not see the scale of the cost.** Multiply the cost by a number $c > 0$, for example because you add up the losses instead of taking their mean. Then all gradients are multiplied by $c$, hence $v$ by $c$, $s$ by $c^2$ and $\sqrt{\hat{s}}$ by $c$. In $\hat{v} / \sqrt{\hat{s}}$ the factor cancels. But for $\varepsilon$ the path stays the same. The cell tries it in the valley.


# %%
def last_place(kind, rate, scale):
    """Where an optimiser is after 60 steps in the valley, if the cost is multiplied by scale."""
    step, parameters = optimiser(kind, rate), {"w": np.array([-4.0, 1.0])}
    for _ in range(60):
        parameters = step(parameters, {"dw": scale * CURVATURES * parameters["w"]})
    return parameters["w"]


for kind, rate in runs:
    print(f"{kind:16}: " + " | ".join(f"cost times {c:5}: {last_place(kind, rate, c)}" for c in (0.01, 1, 100)))

# %% [markdown]
# *What to notice.* RMSprop and Adam are where they were, to about five digits. With a hundredth of the cost gradient descent and momentum hardly move along the valley; with a hundredfold cost they explode.
# The same holds for a single parameter: if the gradients of one weight are always small, because its input is rare or weak, its steps are as long as those of the others. The next section shows where that helps.
#
# ## 5. What they gain on data
#
# *Which one should you take?*
#
# A fair comparison needs three things. Each optimiser gets its own best rate. One counts the steps to a **target cost**, of the whole training set. And one does it for several seeds.
#
# First task: 5,558 sentences from film reviews, for or against the film. The input is a **bag of words**: 2,000 inputs, one for each of the most frequent words, 1 if it occurs in the sentence, else 0. The model is logistic regression, the batches have 64 sentences. Most words are rare, so most entries of a gradient are 0, and a rare word gets a gradient only once in many steps.

# %%
reviews = data.load_sentiment()
words = [sorted(set(re.findall(r"[a-z']+", sentence.lower()))) for sentence in reviews.x_train]
place = {word: i for i, (word, _) in enumerate(Counter(word for each in words for word in each).most_common(2000))}
bags = np.zeros((2000, len(words)), order="F")
for column, each in enumerate(words):
    bags[[place[word] for word in each if word in place], column] = 1
print(
    f"a sentence has {bags.sum(axis=0).mean():.0f} words; half of the words stand in at most {np.median(bags.sum(axis=1)):.0f}"
)


def batches(m, rng, size=64):
    """Endless batches: arrays of `size` numbers of examples from 0 to m - 1, shuffled anew in each epoch."""
    while True:
        order = rng.permutation(m)
        yield from (order[first : first + size] for first in range(0, m - size + 1, size))


def steps_to(target, kind, rate, X, Y, layer_dims, seed, output, limit=400):
    """Steps until the cost of the whole training set is below target, looked at each 10 steps; None if it never is."""
    parameters, step = dense.initialize_deep(layer_dims, seed), optimiser(kind, rate)
    for t, batch in zip(range(1, limit + 1), batches(X.shape[1], np.random.default_rng(seed)), strict=False):
        AL, caches = dense.deep_forward(X[:, batch], parameters, output)
        parameters = step(parameters, dense.deep_backward(AL, Y[:, batch], caches))
        if t % 10 == 0 and dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output) < target:
            return t
    return None


# %%
rates = {"gradient descent": (2, 4, 8, 16, 32), "momentum": (4, 8, 16, 32, 64)}
rates |= {"RMSprop": (0.03, 0.06, 0.1, 0.2, 0.4), "Adam": (0.03, 0.06, 0.1, 0.2, 0.4)}
runs = [(kind, rate) for kind, tried in rates.items() for rate in tried]
needed = {}
for kind, rate in tqdm(runs, desc="rates", file=sys.stdout):
    needed[kind, rate] = steps_to(0.3, kind, rate, bags, reviews.Y_train, [2000, 1], 0, "sigmoid")
for kind, tried in rates.items():
    arrived = [rate for rate in tried if needed[kind, rate]]
    plt.plot(arrived, [needed[kind, rate] for rate in arrived], marker="o", label=kind)
plt.gca().set(xscale="log", ylim=(0, 420), ylabel="steps to a cost of 0.30")
plt.xlabel("learning rate (rates that did not arrive in 400 steps are left out)")
plt.title("Rare words: RMSprop and Adam need by far the fewest steps")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* Every optimiser has a rate that is too small and one that is too large. Compare the lowest points. The rates of gradient descent are about a hundred times those of Adam, because the gradient of a rare word is small.
# The next cell takes the best rates for three seeds, on three tasks:
#
# - the words;
# - the small digits, 8 × 8 pixels, with the network 64-64-10 and the target 0.10;
# - an **autoencoder** of six tanh layers, 64-64-16-4-16-64-64. It has to put out the picture that it gets, through a layer of four units only. Here we measure the mean squared error of a pixel after 600 steps.

# %%
digits = data.load_small_digits()
pixels = digits.X_train.reshape(len(digits.X_train), -1).T / 16 - 0.5
classes = (np.arange(10).reshape(10, 1) == digits.Y_train) * 1.0


def autoencoder(kind, rate, seed, layer_dims=(64, 64, 16, 4, 16, 64, 64)):
    """The mean squared error of a pixel after 600 steps of an autoencoder of tanh layers (the last one is linear)."""
    L, step = len(layer_dims) - 1, optimiser(kind, rate)
    parameters = {key: value / np.sqrt(2) for key, value in dense.initialize_deep(list(layer_dims), seed).items()}

    def outputs(X, parameters):
        A = [X]
        for i in range(1, L + 1):
            Z = parameters[f"W{i}"] @ A[-1] + parameters[f"b{i}"]
            A.append(np.tanh(Z) if i < L else Z)
        return A

    for _, batch in zip(range(600), batches(pixels.shape[1], np.random.default_rng(seed)), strict=False):
        A, grads = outputs(pixels[:, batch], parameters), {}
        dZ = (A[-1] - A[0]) / len(batch)
        for i in range(L, 0, -1):
            grads[f"dW{i}"], grads[f"db{i}"] = dZ @ A[i - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = parameters[f"W{i}"].T @ dZ * (1 - A[i - 1] ** 2)
        parameters = step(parameters, grads)
    return np.mean((outputs(pixels, parameters)[-1] - pixels) ** 2)


# %%
best = {"gradient descent": (8, 1, 0.05), "momentum": (16, 3, 0.05)}
best |= {"RMSprop": (0.1, 0.05, 0.003), "Adam": (0.1, 0.03, 0.01)}
table = []
for kind, (for_words, for_digits, for_auto) in tqdm(best.items(), desc="optimisers", file=sys.stdout):
    on_words = [steps_to(0.3, kind, for_words, bags, reviews.Y_train, [2000, 1], seed, "sigmoid") for seed in range(3)]
    on_digits = [steps_to(0.1, kind, for_digits, pixels, classes, [64, 64, 10], seed, "softmax") for seed in range(3)]
    errors = [round(float(autoencoder(kind, for_auto, seed)), 4) for seed in range(3)]
    table.append(f"{kind:16}: words {on_words}, digits {on_digits}, autoencoder {errors}")
print(*table, sep="\n")

# %% [markdown]
# *What to notice.* One entry for each seed.
# **Words:** RMSprop and Adam need about half of the steps of momentum, and less than a third of those of gradient descent. Here a rate for each weight pays.
# **Digits:** the inputs have one scale and none is rare. Momentum, RMSprop and Adam all need between 40 and 70 steps, gradient descent about 100.
# **Autoencoder:** the gradients of its six layers differ in size. Adam's error is at least a tenth lower than those of gradient descent and of momentum. RMSprop comes near it.
#
# Nowhere does Adam lose much, and this is why it is the usual first choice. But its best rate went from 0.1 to 0.03 and 0.01: the claim that Adam needs no tuning is not true here. And a low training cost is not yet a good model: on the words all four are near 80 % of new sentences, whichever came first.
#
# ## 6. AdamW is not L2
#
# *Is the L2 penalty a weight decay in Adam as well?*
#
# For gradient descent both are the same ([week 1, lesson 02](../week1_practical_aspects/02_l2_regularization.ipynb)). For Adam they are not. Put the penalty into the gradient, $dW + \lambda W$. Then the pull $\lambda W$ is divided by $\sqrt{\hat{s}}$, like everything else. A weight with large gradients is hardly pulled at all.
# **AdamW** keeps the decay apart. The averages see the gradient of the data only, and the weight shrinks by its own rule:
#
# $$W \leftarrow (1 - \alpha \lambda) \, W - \alpha \, \frac{\hat{v}}{\sqrt{\hat{s}} + \varepsilon}.$$
#
# Both terms start from the same old $W$. $\lambda \ge 0$ is called `decay` in code; there is no $m$ in it. Biases do not decay.
#
# *On paper.* $\alpha = 0.1$, $\lambda = 0.5$: the factor is 0.95. In a first step with $W = [2, -1]$ and $dW = [3, -0.002]$, Adam moves by $[-0.1, +0.1]$. So $W$ becomes $[1.9 - 0.1, \; -0.95 + 0.1] = [1.8, -0.85]$.
#
# ### Exercise 6: `adamw_step`


# %% exercise="adamw_step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of AdamW: Adam with a weight decay that does not go through the averages.

    Args:
        parameters: a dict of arrays of any shapes, of floats or whole numbers. Keys that begin with a capital "W" ("W1",
            "Wx", "W_out") belong to weights, which decay; all others do not.
        grads, v, s, t, learning_rate, beta1, beta2, epsilon: as in adam_step; grads are WITHOUT a penalty.
        decay: lambda, a number >= 0.

    Returns:
        A tuple (parameters, v, s) of new dicts of new arrays. v and s are those of adam_step. A weight is
        (1 - learning_rate * decay) times the old one plus the step of Adam.

    Raises:
        ValueError: t is below 1, or decay is negative.

    Example:
        for W1 = [[2, -1]], dW1 = [[3, -0.002]], averages of 0, t = 1, learning_rate 0.1 and decay 0.5, the new W1 is
        [[1.8, -0.85]], rounded.
    """
    # 1. Refuse a negative decay.
    # 2. Adam's step is there. What does it return, and what is missing?
    # 3. Shrink the weights only. By how much of which W?
    ### BEGIN SOLUTION
    if decay < 0:
        raise ValueError(f"decay is {decay}; it must be 0 or above")
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    for key in moved:
        if key.startswith("W"):
            moved[key] = moved[key] - learning_rate * decay * parameters[key]
    return moved, v, s
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Begin with `moved, v, s = adam_step(...)`, all numbers handed on. `moved` is a new dict, so you may change it. $(1 - \alpha\lambda) W - \text{step} = (W - \text{step}) - \alpha\lambda W$. The first bracket is `moved[key]`, and the last $W$ is the **old** one.
# </details>

# %% check="adamw_step" points=2
with checks.exercise("adamw_step"):
    p, g, v, s = {"W1": [[2.0, -1, 4]]}, {"dW1": [[3.0, -2, 0.5]]}, {"dW1": [[0.5, 0, -1]]}, {"dW1": [[0.2, 0, 0.03]]}
    p, g, v, s = p | {"bW": [[2.0]]}, g | {"dbW": [[3.0]]}, v | {"dbW": [[0.5]]}, s | {"dbW": [[0.2]]}
    p, g, v, s = ({key: np.array(value) for key, value in part.items()} for part in (p, g, v, s))
    checks.unchanged(adamw_step, p, g, v, s, 3, 0.1, 0.5, 0.9, 0.99, 0.5)
    what, answer = "adamw_step(…, t=3, 0.1, decay=0.5, …)", adamw_step(p, g, v, s, 3, 0.1, 0.5, 0.9, 0.99, 0.5)
    moved, _, _ = checks.results(what, answer, ["parameters", "v", "s"])
    slips = {"this is L2; the decay must stay out of the averages": [[1.92103018038, -0.95270693716, 4.1060404841]]}
    slips["the learning rate is missing in the decay"] = [[0.9234208341, -0.4555550621, 2.2035096781]]
    slips["the old W decays, not the one after the step"] = [[1.8272497924, -0.907777309, 3.9933341942]]
    slips["the decay is missing"] = [[1.9234208341, -0.9555550621, 4.2035096781]]
    checks.close(f"W1 of {what}", moved["W1"], [[1.8234208341, -0.9055550621, 4.0035096781]], mistakes=slips)
    slips = {"bW does not begin with W; it is a bias and does not decay": [[1.8234208341]]}
    checks.close(f"bW of {what}", moved["bW"], [[1.9234208341]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def with_a_factor(parameters, grads, v, s, t, learning_rate, decay, beta1, beta2, epsilon):
        moved, means, squares = {}, {}, {}
        first, second = (1.0 - float(np.prod(np.full(t, beta, dtype=float))) for beta in (beta1, beta2))
        for key, value in parameters.items():
            shrunk = 1 - learning_rate * decay if key[0] == "W" else 1.0
            d, u, q = (part["d" + key].astype(float) for part in (grads, v, s))
            u, q = u + (1.0 - beta1) * (d - u), np.square(d) - beta2 * (np.square(d) - q)
            moved[key] = shrunk * value - learning_rate * (u / first) / ((q / second) ** 0.5 + epsilon)
            means["d" + key], squares["d" + key] = u, q
        return moved, means, squares

    def training(rng, n, n_prev, L):
        shapes = {f"W{i}": (n, n_prev) for i in range(1, L + 1)} | {"b1": (n, 1), "weight": (n,), "dW": (2, n_prev, 2)}
        shapes |= {"W": (n,), "Wx": (n, 2), "W_out": (2, n)}
        p, g, v, s = (
            {d + k: rng.normal(0, 3, shapes[k]) for k in rng.permutation([*shapes]).tolist()} for d in ("", *"ddd")
        )
        numbers = [*rng.uniform(0.01, 2, 2), rng.uniform(0.1, 0.95), rng.uniform(0.5, 0.9999), rng.uniform(1e-8, 1)]
        return p, g, v, {key: value**2 for key, value in s.items()}, int(rng.integers(1, 20)), *map(float, numbers)

    p, g, v, s, t, rate, decay, *betas, epsilon = training(np.random.default_rng(85), 3, 2, 2)
    still = {key: 0 * value for key, value in g.items()}
    heavy, light = {key: 1e9 * value for key, value in p.items()}, {key: 1e-8 * value for key, value in g.items()}
    others = {
        "with decay = 0": (p, g, v, s, t, rate, 0, *betas, epsilon),
        "with t = 1 and averages of 0": (p, g, still, still, 1, 0.1, decay, *betas, 1e-8),
        "with gradients and averages of 0": (p, still, still, still, 1, 0.1, decay, *betas, 1e-8),
        "with a decay that turns the sign": (p, g, v, s, t, 1.0, 3.0, *betas, epsilon),
        "with a decay of 1e-6 of weights of 1e9": (heavy, g, v, s, 2, 1.0, 1e-6, *betas, 1.0),
        "with beta1 = beta2 = 0": (p, g, v, s, t, 1, 1, 0, 0, epsilon),
    }
    typed, names = ["parameters", "grads", "v", "s"], {"parameters": (), "v": (), "s": ()}
    domain = {"sizes": {"n": 130, "n_prev": 130, "L": 11}, "real": {"parameters": 1e3, "grads": 1e3}, "types": typed}
    checks.agrees(adamw_step, with_a_factor, training, returns=names, cases=others, **domain)
    wanted = with_a_factor(p, light, still, still, 1, 0.1, 0.5, 0.9, 0.999, 1e-8)
    for ours, theirs in zip(adamw_step(p, light, still, still, 1, 0.1, 0.5), wanted, strict=True):
        for key in theirs:
            what = f"{key} of adamw_step(…, 1, 0.1, 0.5), gradients of about 1e-8"
            checks.close(what, ours[key], theirs[key], rtol=1e-9, atol=0)
    for t, decay in ((1, -1e-9), (1, -0.5), (0, 0.5), (-2, 0.0)):
        what = f"adamw_step(…, t={t}, 0.1, decay={decay})"
        checks.raises(what, ValueError, adamw_step, p, g, v, s, t, 0.1, decay)
    b, db = {"b1": p["b1"]}, {"db1": g["db1"]}
    checks.raises("adamw_step(…, decay=-1) of biases alone", ValueError, adamw_step, b, db, db, still, 1, 0.1, -1.0)
    ### END HIDDEN TESTS

# %% [markdown]
# Two weights, both 1, in a task where the data say nothing about them: their gradients are noise with mean 0. For the first one the noise has the deviation 10, for the second one 0.01. With $\lambda = 1$ and $\alpha = 0.001$ a weight decay should bring both to $0.999^{1000} = 0.37$ in 1,000 steps, but for the noise.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
for axis, name in zip(axes, ("Adam with L2", "AdamW"), strict=True):
    rng, weights, paths = np.random.default_rng(0), {"W": np.ones(2)}, []
    v, s = initialize_adam(weights)
    for t in range(1, 1001):
        paths.append(weights["W"])
        slopes = rng.normal(size=2) * [10, 0.01]
        if name == "AdamW":
            weights, v, s = adamw_step(weights, {"dW": slopes}, v, s, t, 0.001, decay=1)
        else:
            weights, v, s = adam_step(weights, {"dW": slopes + 1 * weights["W"]}, v, s, t, 0.001)
    for path, noise in zip(np.transpose(paths), ("10", "0.01"), strict=True):
        axis.plot(path, label=f"gradients with deviation {noise}")
    axis.plot(0.999 ** np.arange(1000), color="grey", linewidth=1, label="$0.999^t$")
    axis.set(title=name, xlabel="step")
axes[0].set_ylabel("weight")
axes[0].legend(fontsize=8, loc="lower left")
figure.suptitle("Adam spares the weight with large gradients, AdamW shrinks both alike", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left: the weight with large gradients keeps more than 80 % of its size, the other one falls faster than the decay asks. The penalty is not the same for the two, and which weight is spared has nothing to do with what it is good for. Right: both follow the grey curve, and what is left is noise.
#
# ## 7. One enormous gradient
#
# *What if a single batch throws the network out of its place?*
#
# A deep network is a product of many factors, and products explode ([week 1, lesson 04](../week1_practical_aspects/04_normalization_and_initialization.ipynb)). Its cost has cliffs: places where the gradient is suddenly thousands of times larger than anywhere else. One step there, and the parameters are far away.
# The remedy keeps the direction of the gradient and limits its length. The length is that of **all** gradients together, the **global norm**:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_{k} \sum_{i} (dW_{k, i})^2}, \qquad dW_k \leftarrow dW_k \cdot \min \Bigl(1, \; \frac{c}{\lVert g \rVert} \Bigr),$$
#
# where $k$ runs through all arrays in `grads`, also the biases, $i$ through all entries of one, and $c > 0$ is the largest length that is allowed. All arrays get the same factor. A gradient that is short enough stays as it is.
#
# *On paper.* $dW_1 = [3, 0]$, $db_1 = [-4]$: the norm is $\sqrt{9 + 0 + 16} = 5$. With $c = 2$ the factor is 0.4: $[1.2, 0]$ and $[-1.6]$. With $c = 10$ nothing changes.
#
# ### Exercise 7: `clip_grad_norm`


# %% exercise="clip_grad_norm"
def clip_grad_norm(grads, max_norm):
    """Shorten gradients that are longer than max_norm, all by the same factor.

    Args:
        grads: a dict of arrays of any shapes, of floats or whole numbers. Its keys are any words.
        max_norm: the largest global norm that is allowed, a number > 0.

    Returns:
        A tuple (clipped, norm): a new dict of new arrays with the keys of grads, and the global norm BEFORE clipping, a number
        (the root of the sum of the squares of all entries of all arrays). Gradients whose norm is at most max_norm are not
        changed.

    Raises:
        ValueError: max_norm is 0 or negative.

    Example:
        clip_grad_norm({"dW1": np.array([[3.0, 0.0]]), "db1": np.array([[-4.0]])}, 2.0) is
        ({"dW1": [[1.2, 0.0]], "db1": [[-1.6]]}, 5.0).
    """
    # 1. Refuse a limit that is not positive.
    # 2. One norm for everything.
    # 3. One factor for everything. When is it 1?
    ### BEGIN SOLUTION
    if max_norm <= 0:
        raise ValueError(f"max_norm is {max_norm}; it must be above 0")
    norm = np.sqrt(sum(np.sum(np.square(gradient, dtype=float)) for gradient in grads.values()))
    factor = max_norm / norm if norm > max_norm else 1.0  # equivalent "> → >=": the factor is 1 where both are equal
    return {key: gradient * factor for key, gradient in grads.items()}, norm
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Add up `np.sum(gradient**2)` over `grads.values()`, and take one root at the end.
# </details>
# <details><summary>Hint 2</summary>
#
# Decide with `if norm > max_norm`. Then no norm of 0 is ever divided by.
# </details>

# %% check="clip_grad_norm" points=2
with checks.exercise("clip_grad_norm"):
    g = {"dW1": np.array([[3.0, 0.0, 2.0]]), "db1": np.array([[-6.0]])}
    checks.unchanged(clip_grad_norm, g, 3.5)
    what = "clip_grad_norm({dW1: [[3, 0, 2]], db1: [[-6]]}, 3.5)"
    clipped, norm = checks.results(what, clip_grad_norm(g, 3.5), ["clipped", "norm"])
    slips = {"this is the sum of the two norms; add up the squares first": 9.6055513, "the root is missing": 49.0}
    slips["this is the norm after clipping"] = 3.5
    checks.close(f"norm of {what}", norm, 7.0, mistakes=slips)
    checks.keys(f"clipped of {what}", clipped, ["dW1", "db1"])
    slips = {"each array is clipped alone; one norm is for all": [[2.9121760, 0.0, 1.9414507]]}
    slips["this clips each entry; the direction changes"] = [[3.0, 0.0, 2.0]]
    checks.close(f"dW1 of {what}", clipped["dW1"], [[1.5, 0.0, 1.0]], mistakes=slips)
    slips = {"these are short enough; they are not made longer": [[30.0, 0.0, 20.0]]}
    checks.close("dW1 of clip_grad_norm(the same, 70)", clip_grad_norm(g, 70.0)[0]["dW1"], [[3, 0, 2]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(grads, max_norm):
        every = [float(entry) for gradient in grads.values() for entry in gradient.ravel().tolist()]
        largest = max(map(abs, every)) or 1.0
        norm = largest * sum((entry / largest) ** 2 for entry in every) ** 0.5
        factor = 1.0 if norm <= max_norm else max_norm / norm
        return {key: np.array(gradient, dtype=float) * factor for key, gradient in grads.items()}, norm

    def gradients(rng, n, n_prev, L):
        shapes = {f"dW{i}": (n, n_prev) for i in range(1, L + 1)} | {"db1": (n, 1), "W": (n,), "x": (2, n_prev, 2)}
        g = {key: rng.normal(0, 3, shapes[key]) for key in rng.permutation(list(shapes)).tolist()}
        return g, float(rng.uniform(0.2, 2) * sum(a.size for a in g.values()) ** 0.5)

    g, _ = gradients(np.random.default_rng(86), 3, 2, 2)
    row = {"dW": np.array([[3.0, 4.0]]), "db": np.array([[12.0]])}
    others = {
        "with only zeros": ({key: 0 * value for key, value in g.items()}, 1.0),
        "with a norm that is max_norm exactly": (row, 13.0),
        "with a norm a little above max_norm": (row, 13 - 1e-6),
        "with a max_norm that is a whole number": (row, 2),
        "with two equal arrays": (row | {"dW2": row["dW"].copy()}, 3.0),
        "with gradients of about 1e-12 that are short enough": ({key: 1e-12 * value for key, value in g.items()}, 1.0),
        "with gradients of about 1e-12 that are too long": ({key: 1e-12 * value for key, value in g.items()}, 1e-13),
        "with one gradient of 1e80": (g | {"dW1": np.full((3, 2), 1e80)}, 5.0),
    }
    names, domain = {"clipped": (), "norm": ()}, {"real": {"grads": 1e3}, "types": ["grads"]}
    sizes = {"n": 130, "n_prev": 130, "L": (1, 11)}
    checks.agrees(clip_grad_norm, entry_by_entry, gradients, sizes=sizes, returns=names, cases=others, **domain)
    for limit in (0, 0.0, -1e-9, -3.0):
        for each, name in ((g, "grads"), ({key: 0 * value for key, value in g.items()}, "zeros")):
            checks.raises(f"clip_grad_norm({name}, {limit})", ValueError, clip_grad_norm, each, limit)
    ### END HIDDEN TESTS

# %% [markdown]
# A chain of 20 linear layers with the same weight $w$ in each, and a bias $b$ at the end: it puts out $w^{20} + b$ for the input 1, and it should put out 1. With the error $e = w^{20} + b - 1$ the cost is $J = \frac{1}{2} e^2$ and its gradient is $(20 \, w^{19} e, \; e)$. It starts at $w = 1.3$, $b = 0$, where the output is about 190. That is not far: $w = 1$ would do.

# %%
for name, limit in (("not clipped", None), ("clipped at 5", 5.0)):
    parameters, costs, norms = {"w": np.array([1.3]), "b": np.array([0.0])}, [], []
    for _ in range(40):
        error = parameters["w"] ** 20 + parameters["b"] - 1
        grads = {"dw": 20 * parameters["w"] ** 19 * error, "db": error}
        clipped, norm = clip_grad_norm(grads, limit or 1e300)
        costs.append(error.item() ** 2 / 2)
        norms.append(norm)
        parameters = dense.update(parameters, clipped, 0.003)
        if not np.abs(parameters["w"]).max() < 2:
            break
    label, marker = f"{name}: w = {parameters['w'].item():.4g} at the end", "." if limit else "o"
    plt.plot(np.maximum(costs, 1e-9), marker=marker, label=label)
    print(f"{label}; the first norm is {norms[0]:.3g}, the last one {norms[-1]:.2g}")
plt.gca().set(yscale="log", xlabel="step", ylabel="cost J (below 1e-9: drawn there)")
plt.title("Without clipping the first step leaves the picture, with it the chain learns")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The first gradient has a norm of more than half a million. One step with the rate 0.003 brings $w$ to about $-1657$; the next output would have 65 digits. Clipped, each step is at most $0.003 \cdot 5 = 0.015$ long, and $w$ walks down the cliff. As soon as the norm is below 5, clipping does nothing, and gradient descent finishes the work.
# Recurrent networks (course 5) multiply by the same matrix at every step in time, as this chain does. They are hardly ever trained without clipping.
#
# Clip **before** the optimiser sees the gradient. Adam is bounded in a way already. But one enormous gradient $G$ makes the next steps too long, as it is still in $v$. It stays much longer in $s$: once it has left $v$, the steps are too short for thousands of steps, until $\beta_2^t G^2$ is small.

# %% [markdown]
# ## What you built
#
# - `initialize_velocity` and `momentum_step`: an average of the gradients, in which jumps cancel and small steps add up;
# - `rmsprop_step`: each gradient divided by its own recent size;
# - `initialize_adam` and `adam_step`: both together, with corrected averages; it does not see the scale of the cost;
# - `adamw_step`: a weight decay that is the same for all weights;
# - `clip_grad_norm`: one factor that keeps all gradients together short enough;
# - and a fair comparison: with rare words Adam needed less than a third of the steps of gradient descent; on small digits momentum did as well.
#
# ## On your own
#
# - **Nesterov.** Take the gradient at the place where the velocity is about to carry you: at $W - \alpha \beta \, v$ instead of $W$. Does the ball in the valley roll less far past the minimum?
# - **AdaGrad** adds the squares up, $s \leftarrow s + dW^2$, and forgets nothing. Try it on the words and on the digits. Where does it become too slow, and why less so for rare words?
# - Turn the valley by 45 degrees: $J = \frac{1}{4} (w_1 + w_2)^2 + 25 (w_1 - w_2)^2$. Gradient descent and momentum do as before. What about RMSprop and Adam, and why?
# - *Hard.* Write Adam's step for `beta1 = 0` and a gradient that is 1 in one of a thousand steps and else 0. How far does the parameter move altogether, compared with gradient descent? Choose $\beta_2$ so that it moves as far as a parameter that gets the gradient 0.001 in each step. Then find an example in which Adam walks away from the minimum for ever (Reddi, Kale and Kumar, 2018).
#
# ## In practice
#
# In PyTorch `torch.optim.SGD(params, lr, momentum=0.9)` leaves out your factor $1 - \beta$, so its rate is a tenth of yours for $\beta = 0.9$; `nesterov=True` is there too. `torch.optim.RMSprop` has $\beta = 0.99$ by default (there `alpha`), `torch.optim.Adam` your values and `lr=0.001`.
# `torch.optim.Adam(weight_decay=...)` is Adam with L2, `torch.optim.AdamW` is your `adamw_step`; it lets all parameters decay unless you make two groups. `torch.nn.utils.clip_grad_norm_` clips in place and adds $10^{-6}$ to the norm.
#
# ## References
#
# - B. T. Polyak (1964), *Some methods of speeding up the convergence of iteration methods*, USSR Computational Mathematics and Mathematical Physics 4.
# - J. Duchi, E. Hazan and Y. Singer (2011), *Adaptive subgradient methods for online learning and stochastic optimization*, JMLR 12.
# - T. Tieleman and G. Hinton (2012), *Lecture 6.5: RMSprop*, Neural Networks for Machine Learning, Coursera.
# - R. Pascanu, T. Mikolov and Y. Bengio (2013), *On the difficulty of training recurrent neural networks*, ICML.
# - D. P. Kingma and J. Ba (2015), *Adam: a method for stochastic optimization*, ICLR.
# - S. J. Reddi, S. Kale and S. Kumar (2018), *On the convergence of Adam and beyond*, ICLR.
# - I. Loshchilov and F. Hutter (2019), *Decoupled weight decay regularization*, ICLR.
