# %% [markdown]
# You will make the learning rate fall in six ways, and see which of them gains most when the steps are noisy.
# Then you will look at the cost as a landscape: you will measure its curvature, recognise saddle points, leave them, and compute from which learning rate on gradient descent jumps out of a valley.

# %% [markdown]
# ## What you will be able to do
#
# - write a schedule for the learning rate, and choose its numbers from the first and the last rate;
# - say why a falling rate helps with noisy steps, and what it costs;
# - compute curvatures of a cost from its gradient alone, and tell minimum, maximum and saddle point apart;
# - leave a saddle point with noise, and a plateau with momentum;
# - predict the largest learning rate that is stable, and check it on a network.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), mini-batches ([lesson 01](01_mini_batch_gradient_descent.ipynb)), and [averages that forget](02_exponentially_weighted_averages.ipynb). Momentum (lesson 03) is repeated where it is used.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()

# %% [markdown]
# ## 1. Smaller and smaller steps
#
# *Which learning rate do you want at the start, and which at the end?*
#
# At the start the weights are far from good ones, and large steps save time. Later the weights move around a good place. The gradient of a mini-batch is noisy, so each step goes partly in a wrong direction. The larger the learning rate, the wider is this movement. Small steps calm it.
# So the rate should fall: **learning-rate decay**. The classical form uses the number $e = 0, 1, 2, \dots$ of the epoch (one pass over the training set), the first rate $\alpha_0$ and a number $k \ge 0$, the *decay rate*:
#
# $$\alpha = \frac{\alpha_0}{1 + k \, e} .$$
#
# With $k = 1$ the rates are $\alpha_0, \alpha_0/2, \alpha_0/3, \dots$ If you train for many epochs, the rate soon becomes too small. A remedy is to let it fall only once in an interval of $n$ epochs, and to keep it constant in between:
#
# $$\alpha = \frac{\alpha_0}{1 + k \, \lfloor e / n \rfloor} .$$
#
# $\lfloor x \rfloor$ is the largest whole number that is not above $x$. $\alpha_0$, $k$ and the result are numbers, no arrays. With $n = 1$ the second form is the first, so one function is enough for both. (Some courses call them `update_lr` and `schedule_lr_decay`.)
#
# *On paper.* $\alpha_0 = 0.5$, $k = 0.3$, $n = 100$. In epoch 99: $\lfloor 0.99 \rfloor = 0$ and $\alpha = 0.5$. In epoch 100: $0.5/1.3 = 0.3846$. In epoch 250: $\lfloor 2.5 \rfloor = 2$ and $\alpha = 0.5/1.6 = 0.3125$.
#
# ### Exercise 1: `schedule_lr_decay`


# %% exercise="schedule_lr_decay"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    """The learning rate of an epoch, if it falls once in an interval of epochs.

    Args:
        learning_rate0: the rate of the first epochs, a number > 0.
        epoch: the number of the epoch, a whole number >= 0; the first one is 0.
        decay_rate: k in the formula, a number >= 0.
        time_interval: n in the formula, after how many epochs the rate changes, a whole number >= 1. With 1 it changes in
            each epoch.

    Returns:
        The learning rate of this epoch, a number.

    Example:
        schedule_lr_decay(0.5, 250, 0.3, 100) is 0.3125.
    """
    # 1. How many intervals are over?
    # 2. Divide the first rate.
    ### BEGIN SOLUTION
    return learning_rate0 / (1 + decay_rate * (epoch // time_interval))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# For whole numbers `7 // 3` is 2: it divides and leaves out the rest. It binds as tightly as `*`, so use brackets.
# </details>

# %% check="schedule_lr_decay" points=1
with checks.exercise("schedule_lr_decay"):
    slips = {
        "only whole intervals count; leave out the rest of the division": 0.2857143,
        "the epochs must be divided by the interval": 0.0065789474,
        "the product is computed first here; put brackets round the division": 0.5,
        "after 250 epochs 2 intervals are over, not 3": 0.2631579,
        "k is multiplied by the number of intervals; this is a power": 0.2958580,
    }
    for epoch, rate in {250: 0.3125, 99: 0.5, 100: 0.3846153846}.items():
        what, slips = f"schedule_lr_decay(0.5, {epoch}, 0.3, 100)", slips if epoch == 250 else {}
        checks.close(what, schedule_lr_decay(0.5, epoch, 0.3, 100), rate, mistakes=slips)
    checks.close("schedule_lr_decay(0.6, 4, 0.5, 1)", schedule_lr_decay(0.6, 4, 0.5, 1), 0.2)
    ### BEGIN HIDDEN TESTS

    def by_counting(learning_rate0, epoch, decay_rate, time_interval):
        share = 1.0
        for passed in range(1, epoch + 1):
            share += decay_rate if passed % time_interval == 0 else 0
        return learning_rate0 / share

    def settings(rng, epoch, time_interval):
        return float(rng.uniform(0.01, 2)), epoch, float(rng.uniform(0.05, 3)), time_interval

    others = {
        "with decay_rate = 0": (0.3, 55, 0.0, 10),
        "with whole numbers": (2, 9, 3, 4),
        "with the last epoch of an interval": (0.3, 39, 0.7, 10),
        "with the interval 49 and epoch 49": (0.3, 49, 0.7, 49),
        "with a rate below 1e-6": (1e-5, 50, 1.0, 1),
        "with 3000 epochs and the interval 1": (0.3, 3000, 0.7, 1),
    }
    domain = {"sizes": {"epoch": (0, 3000), "time_interval": 500}, "cases": others}
    checks.agrees(schedule_lr_decay, by_counting, settings, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Which way down?
#
# *From 0.3 to 0.003 in 2,000 steps: which path?*
#
# There are many schedules, and each has a number of its own. To compare them, let them all begin at the rate $\alpha_0$ in step $t = 0$ and reach the rate $\alpha_T$ at $t = T$. Then their own number $k$ follows. With $t = 0, 1, \dots, T$:
#
# | kind | rate in step $t$ |
# |---|---|
# | `"1/t"` | $\alpha_0 / (1 + k t)$, with the $k$ that gives $\alpha_T$ at $t = T$ |
# | `"sqrt"` | $\alpha_0 / \sqrt{1 + k t}$, with the $k$ that gives $\alpha_T$ at $t = T$ |
# | `"exponential"` | $\alpha_0 \, k^t$, with the $k$ that gives $\alpha_T$ at $t = T$ |
# | `"step"` | $\alpha_0$ while $t < T/3$; then $\sqrt{\alpha_0 \alpha_T}$ while $t < 2T/3$; then $\alpha_T$ |
# | `"cosine"` | $\alpha_T + (\alpha_0 - \alpha_T) \, \frac{1}{2} \bigl(1 + \cos (\pi t / T)\bigr)$ |
#
# Courses often write the second one as $k\,\alpha_0/\sqrt{t}$; it has the same shape for large $t$. The step schedule divides twice by the same number.
#
# *On paper.* $\alpha_0 = 0.9$, $\alpha_T = 0.1$, $T = 6$, $t = 2$.
# `"1/t"`: $0.9/(1 + 6k) = 0.1$ gives $1 + 6k = 9$ and $k = 4/3$; so $0.9/(1 + 8/3) = 0.2455$.
# `"step"`: $t = 2$ is $T/3$ already, so $\sqrt{0.09} = 0.3$.
# `"cosine"`: $0.1 + 0.8 \cdot (1 + \cos 60°)/2 = 0.1 + 0.8 \cdot 0.75 = 0.7$. Find $k$ for the other two yourself: they give 0.1711 and 0.4327.
#
# ### Exercise 2: `scheduled_rate`


# %% exercise="scheduled_rate"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    """The learning rate of step t of a schedule that goes from one rate to another.

    Args:
        kind: "1/t", "sqrt", "exponential", "step" or "cosine".
        learning_rate0: the rate at t = 0, a number.
        last_rate: the rate at t = T, a number with 0 < last_rate <= learning_rate0.
        t: the number of the step, a whole number from 0 to T.
        T: how many steps there are, a whole number from 1 to a few thousand. The first rate is at most 1e9 times the last.

    Returns:
        The learning rate of step t, a number. With "step", t = T / 3 and t = 2 T / 3 have the smaller rate already.

    Raises:
        ValueError: another kind.

    Example:
        scheduled_rate("cosine", 0.9, 0.1, 2, 6) is 0.7.
    """
    # 1. Solve "rate at T is last_rate" for k, on paper, for the first three kinds.
    # 2. One case for each kind; the last case refuses.
    ### BEGIN SOLUTION
    ratio = learning_rate0 / last_rate
    if kind == "1/t":
        return learning_rate0 / (1 + (ratio - 1) / T * t)
    if kind == "sqrt":
        return learning_rate0 / np.sqrt(1 + (ratio**2 - 1) / T * t)
    if kind == "exponential":
        return learning_rate0 * ratio ** (-t / T)
    if kind == "step":
        return learning_rate0 * ratio ** (-min(3 * t // T, 2) / 2)
    if kind == "cosine":
        return last_rate + (learning_rate0 - last_rate) * (1 + np.cos(np.pi * t / T)) / 2
    raise ValueError(f"unknown kind {kind!r}")
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Let $r = \alpha_0 / \alpha_T$. For `"1/t"` it must be $1 + kT = r$. For `"sqrt"` it must be $1 + kT = r^2$. For `"exponential"` it must be $k^T = 1/r$.
# </details>
# <details><summary>Hint 2</summary>
#
# The $T$-th root of $x$ is `x ** (1 / T)`. For `"step"`, ask `if 3 * t < T` and `if 3 * t < 2 * T`: these compare whole numbers, so no rounding decides.
# </details>

# %% check="scheduled_rate" points=3
with checks.exercise("scheduled_rate"):
    rates = {"1/t": 0.2142857143, "sqrt": 0.1566698904, "exponential": 0.3737192819, "step": 0.3}
    rates["cosine"] = 0.6236067977
    slips = {"1/t": {"k T, not k, is the ratio of the rates minus 1": 0.0272727}}
    slips["sqrt"] = {"solve for k again: here 1 + k T is the square of a ratio": 0.4391550328}
    slips["exponential"] = {"k is a T-th root": 0.0001371742, "this is a straight line": 0.58}
    slips["step"] = {"the second rate is the root of the product": 0.5, "t = 4 is in the second third": 0.9}
    slips["cosine"] = {"it must end at last_rate": 0.5890576475, "it must begin at learning_rate0": 0.5236067977}
    for kind, rate in rates.items():
        what = f'scheduled_rate("{kind}", 0.9, 0.1, 4, 10)'
        checks.close(what, scheduled_rate(kind, 0.9, 0.1, 4, 10), rate, mistakes=slips[kind])
    checks.close('scheduled_rate("1/t", 0.9, 0.1, 10, 10)', scheduled_rate("1/t", 0.9, 0.1, 10, 10), 0.1)
    checks.raises('scheduled_rate("linear", 0.9, 0.1, 4, 10)', ValueError, scheduled_rate, "linear", 0.9, 0.1, 4, 10)
    ### BEGIN HIDDEN TESTS

    def by_interpolation(kind, learning_rate0, last_rate, t, T):
        powers = {"1/t": -1.0, "sqrt": -2.0}
        if kind in powers:  # this power of the rate is a straight line
            power = powers[kind]
            return np.interp(t, [0, T], [learning_rate0**power, last_rate**power]) ** (1 / power)
        if kind == "exponential":
            return np.exp(np.interp(t, [0, T], np.log([learning_rate0, last_rate])))
        if kind == "step":
            third = sum(t * 3 >= part * T for part in (1, 2))
            return [learning_rate0, (learning_rate0 * last_rate) ** 0.5, last_rate][third]
        return learning_rate0 - (learning_rate0 - last_rate) * np.sin(np.pi * t / T / 2) ** 2

    def settings(rng, t, more):
        first = float(rng.uniform(0.1, 2))
        return kind, first, first * float(rng.uniform(0.01, 0.9)), t, t + more

    for kind in rates:
        times = [(0, 1), (1, 1), (99, 300), (100, 300), (13, 21), (14, 21), (3, 10), (6, 10), (7, 10)]
        times += [(1666, 5000), (3333, 5000)]
        others = {f"with t = {t} and T = {T}": (kind, 0.3, 1e-3, t, T) for t, T in times}
        others |= {f"with {T} steps": (kind, 0.3, 1e-9, T // 7, T) for T in (5000, 4999)}
        others["with equal rates"] = (kind, 0.7, 0.7, 3, 8)
        others["with whole numbers as rates"] = (kind, 90, 4, 3, 8)
        domain = {"sizes": {"t": (1, 2000), "more": (0, 3000)}, "cases": others}
        checks.agrees(scheduled_rate, by_interpolation, settings, **domain)
    for kind in ("Cosine", "STEP", "exp", "", "1/T", "cos", "steps", "1/2"):
        for t in (0, 4, 10):
            checks.raises(
                f"scheduled_rate({kind!r}, 0.9, 0.1, {t}, 10)", ValueError, scheduled_rate, kind, 0.9, 0.1, t, 10
            )
    ### END HIDDEN TESTS

# %% [markdown]
# Now train your network of course 1 on small digits with mini-batches of 4 pictures. Two labels in five are drawn anew, so about 36 % are wrong, as in [lesson 02](02_exponentially_weighted_averages.ipynb): the steps are very noisy. The test labels are true.
# Each schedule goes from 0.3 to 0.003. Four constant rates are there for comparison.

# %%
digits = data.load_small_digits()
X, X_test = (images.reshape(len(images), -1).T / 16 for images in (digits.X_train, digits.X_test))  # (64, m)
Y, Y_test, m = digits.Y_train, digits.Y_test, X.shape[1]  # labels 0 to 9, shape (1, m)


def one_hot(labels):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == labels) * 1.0


def train(seed, rate_of, steps, batch_size, spoilt=0.0):
    """Mini-batch steps with the rate rate_of(t). Returns the cost of each batch, and each 50 steps the test accuracy."""
    rng, labels = np.random.default_rng(seed), Y.copy()
    anew = rng.random((1, m)) < spoilt
    labels[anew] = rng.integers(0, 10, anew.sum())
    parameters, costs, right = dense.initialize_deep([64, 64, 10], seed), [], []
    for t in range(steps):
        batch = rng.integers(0, m, batch_size)
        AL, caches = dense.deep_forward(X[:, batch], parameters, "softmax")
        costs.append(dense.deep_cost(AL, one_hot(labels[:, batch]), "softmax"))
        grads = dense.deep_backward(AL, one_hot(labels[:, batch]), caches)
        parameters = dense.update(parameters, grads, rate_of(t))
        if t % 50 == 49:
            names = dense.deep_forward(X_test, parameters, "softmax")[0].argmax(axis=0)
            right.append(np.mean(names == Y_test[0]))
    return np.array(costs), np.array(right)


# %%
T = 2000
kinds = ("1/t", "sqrt", "exponential", "step", "cosine")
schedules = {kind: [scheduled_rate(kind, 0.3, 0.003, t, T) for t in range(T)] for kind in kinds}
schedules |= {f"constant {rate}": [rate] * T for rate in (0.3, 0.1, 0.03, 0.01)}
jobs = [(name, seed) for name in schedules for seed in range(3)]
runs = {(name, seed): train(seed, schedules[name].__getitem__, T, 4, 0.4) for name, seed in tqdm(jobs, file=sys.stdout)}

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8))
for name in (*kinds, "constant 0.3"):
    axes[0].plot(schedules[name], label=name)
    smooth = np.mean([runs[name, seed][0] for seed in range(3)], axis=0).reshape(-1, 100).mean(axis=1)
    axes[1].plot(np.arange(50, T, 100), smooth)
axes[0].set(xlabel="steps", ylabel="learning rate", yscale="log", title="the schedules")
axes[1].set(
    xlabel="steps", ylabel="cost of the batches, from 1", title="their costs (100 steps, 3 seeds)", ylim=(1, 2.4)
)
figure.legend(*axes[0].get_legend_handles_labels(), fontsize=8, ncols=6, loc="outside lower center")
figure.suptitle("The cost falls when the rate falls, but not if it falls at once", fontsize=11)
plt.show()
print("right test pictures, mean of the last five looks, seeds 0, 1, 2:")
for name in schedules:
    print(f"  {name:13}", "  ".join(f"{runs[name, seed][1][-5:].mean():.1%}" for seed in range(3)))

# %% [markdown]
# *What to notice.* With the constant rate 0.3 the weights never come to rest. The cosine schedule begins with the same rate and ends more than eight points higher, in each seed.
# The fairest opponent is the best of the four constant rates: a small one is calm, but slow. The cosine beats the best of them by more than a point in each seed.
# Decay is no guarantee, though: `"sqrt"` has lost nine tenths of its rate after 1 % of the steps if it must reach 1/100 at the end, and it is worse than a good constant rate. The shape matters: stay high for long, and come down at the end.
# With true labels the gain is small (try `spoilt=0.0`): without noise there is little to calm.
#
# **Where should it start?** Let the rate grow from step to step, and watch the cost: the *learning-rate range test*. It costs one short run.

# %%
rates = np.geomspace(1e-3, 10, 150)
tests = [train(seed, rates.__getitem__, 150, 32)[0] for seed in range(3)]
for seed, costs in enumerate(tests):
    plt.plot(rates[9:], np.convolve(costs, np.full(10, 0.1), mode="valid"), label=f"seed {seed}")
labels = {"xlabel": "learning rate (grows by 6 % in each step)", "ylabel": "cost, mean of 10 batches of 32"}
plt.gca().set(xscale="log", ylim=(0, 5), **labels)
plt.title("Range test: below 0.01 hardly any progress, well above 1 the cost jumps")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* A good first rate lies below the lowest point of the curve, where the cost falls fast: here about 0.3. The test says nothing about the end of the training.
#
# **Up before down.** Some schedules begin small and grow for a while: *warm-up*. The *one-cycle* schedule grows for a third of the training and then falls to 0. Here are both beside a cosine, at a moderate and at a very high peak, on true labels with batches of 32.

# %%
t = np.arange(600)
shapes = {"constant": np.ones(600), "cosine": 0.5 * (1 + np.cos(np.pi * t / 600))}
shapes["warm-up of 60 steps"] = shapes["cosine"] * np.minimum((t + 1) / 60, 1)
shapes["one cycle"] = np.where(t < 180, t / 180, 0.5 * (1 + np.cos(np.pi * (t - 180) / 420)))
for peak in (0.3, 1.5):
    print(f"peak {peak}: mean cost of the last 50 batches, seeds 0, 1, 2")
    for name, shape in shapes.items():
        ends = [train(seed, (peak * shape).__getitem__, 600, 32)[0][-50:].mean() for seed in range(3)]
        print(f"  {name:20}", "  ".join(f"{end:.3f}" for end in ends))

# %% [markdown]
# *What to notice.* At the peak 0.3 a slow start gains nothing: this network needs none. The constant rate even has the lowest cost, because 600 steps are few and batches of 32 are less noisy. At 1.5 the constant rate fails, while the one-cycle schedule learns in each seed. So a slow start does not make the network better here; it lets it survive a rate that is too high for its first steps. Very deep networks often need it (not shown here). Section 6 shows what "too high" means.
#
# ## 3. The slope of the slope
#
# *The gradient is 0. Is this a minimum?*
#
# The gradient says how steep the cost is. To know what lies around a point you need the **curvature**: how the gradient changes. For a cost $J$ of $n$ parameters $\theta$, shape $(n,)$, with the gradient $g(\theta)$, shape $(n,)$, the **Hessian** $H$, shape $(n, n)$, has the entries
#
# $$H_{ij} = \frac{\partial^2 J}{\partial \theta_i \, \partial \theta_j} = \frac{\partial g_i}{\partial \theta_j} .$$
#
# It is symmetric. A network of a million weights has a Hessian of $10^{12}$ numbers, which nobody stores. But the product $Hv$ with a direction $v$, shape $(n,)$, is the rate at which the gradient changes when you walk in that direction. It needs two gradients:
#
# $$H v \approx \frac{g(\theta + \varepsilon v) - g(\theta - \varepsilon v)}{2 \varepsilon}, \qquad \text{shape } (n,) .$$
#
# Our example in this lesson is the smallest deep network: one input $x = 1$, one unit, then one more, no activation, no bias. Its output is $w_1 w_2$, and it shall be 1:
#
# $$J(w_1, w_2) = \tfrac{1}{2} (1 - w_1 w_2)^2, \qquad g = \begin{bmatrix} (w_1 w_2 - 1) \, w_2 \\ (w_1 w_2 - 1) \, w_1 \end{bmatrix}, \qquad H = \begin{bmatrix} w_2^2 & 2 w_1 w_2 - 1 \\ 2 w_1 w_2 - 1 & w_1^2 \end{bmatrix} .$$
#
# *On paper.* $\theta = (2, 1)$ and $v = (1, 0)$. Then $g(2 + \varepsilon, 1) = (1 + \varepsilon, \; 2 + 3\varepsilon + \varepsilon^2)$ and $g(2 - \varepsilon, 1) = (1 - \varepsilon, \; 2 - 3\varepsilon + \varepsilon^2)$. The difference is $(2\varepsilon, 6\varepsilon)$, so $Hv = (1, 3)$. That is the first column of $H$ at this point.
#
# ### Exercise 3: `hessian_vector_product`


# %% exercise="hessian_vector_product"
def hessian_vector_product(gradient, theta, v, eps):
    """How the gradient changes in the direction v: the Hessian times v, by a central difference.

    Args:
        gradient: a function; gradient(theta) is the gradient at theta, a new array of shape (n,). It is called exactly
            twice, because it is expensive, whatever v is.
        theta: the parameters, shape (n,), of floats or whole numbers.
        v: the direction, shape (n,), of floats or whole numbers, of any length. It is used as it is.
        eps: the step, a number > 0, for instance 1e-5.

    Returns:
        An array of shape (n,), of floats: the central difference with this eps.

    Example:
        hessian_vector_product(lambda theta: theta**2, np.array([3.0, 5.0]), np.array([1.0, 2.0]), 1e-5) is [6, 20].
    """
    # 1. The gradients at two points, one on each side of theta.
    # 2. Their difference, divided by the distance in steps.
    ### BEGIN SOLUTION
    return (gradient(theta + eps * v) - gradient(theta - eps * v)) / (2 * eps)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `gradient(theta + eps * v)` is the gradient on one side. Write the formula in one line, and mind the brackets below the fraction.
# </details>

# %% check="hessian_vector_product" points=2
with checks.exercise("hessian_vector_product"):
    g = lambda theta: np.array([theta[0] ** 3 + theta[1], theta[0] - 2 * theta[1]])  # noqa: E731
    theta, v = np.array([1.0, 4.0]), np.array([2.0, -1.0])
    checks.unchanged(hessian_vector_product, g, theta, v, 0.5)
    slips = {
        "take one point on each side of theta": [13.0, 4.0],
        "the two points are 2 eps apart": [14.0, 8.0],
        "it is divided by 2, not by 2 eps": [1.75, 1.0],
        "v is used as it is, not brought to length 1": [2.4149534, 1.7888544],
        "use the eps that is given, also a large one": [5.0, 4.0],
    }
    change = hessian_vector_product(g, theta, v, 0.5)
    checks.close("hessian_vector_product(g, [1, 4], [2, -1], 0.5)", change, [7, 4], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def entry_by_entry(gradient, theta, v, eps):
        sides = [gradient(np.array([x + s * eps * y for x, y in zip(theta, v, strict=True)])) for s in (1, -1)]
        return np.array([(a - b) / 2 / eps for a, b in zip(*sides, strict=True)])

    def cubic(rng, n):
        c, k = rng.normal(size=n), float(rng.uniform(0.2, 2))
        return lambda th: c * th**3 + k * th.sum(), rng.normal(size=n), rng.normal(size=n), float(rng.uniform(0.1, 1))

    others = {
        "with eps = 1e-5": (lambda th: th**3, np.array([0.5, -2.0]), np.array([1.0, 0.25]), 1e-5),
        "with eps = 1, a whole number": (lambda th: th**3, np.array([3, -2]), np.array([1, 2]), 1),
        "with a direction of length 1000": (lambda th: th * th, np.ones(2), np.array([600.0, 800.0]), 0.01),
    }
    domain = {"real": {"theta": 10, "v": 10}, "types": ["theta", "v"], "cases": others}
    checks.agrees(hessian_vector_product, entry_by_entry, cubic, sizes={"n": 2000}, atol=1e-12, **domain)
    calls = []
    for number, v in enumerate((np.ones(5), np.zeros(5)), 1):
        hessian_vector_product(lambda theta: calls.append(1) or 2.0 * theta, np.arange(5.0), v, 0.1)
        checks.equal("the calls of gradient in hessian_vector_product(gradient, …)", len(calls), 2 * number)
    ### END HIDDEN TESTS

# %% [markdown]
# For a small problem you may want all of $H$. Its column $j$ is $H e_j$, where $e_j$ is the $j$-th unit vector: 1 in place $j$, else 0. Differences are not exact, so the columns do not fit together perfectly. The mean of the matrix and its transpose is symmetric again.
#
# *On paper.* At $\theta = (2, 1)$ the first column was $(1, 3)$. The second is $(3, 4)$ in the same way, so $H = \begin{bmatrix} 1 & 3 \\ 3 & 4 \end{bmatrix}$.
#
# ### Exercise 4: `hessian`


# %% exercise="hessian"
def hessian(gradient, theta, eps):
    """The whole Hessian, column by column from central differences, made symmetric.

    Args:
        gradient: a function; gradient(theta) is the gradient at theta, a new array of shape (n,).
        theta: the parameters, shape (n,), of floats or whole numbers; n is at most a few hundred.
        eps: the step of the central differences, a number > 0.

    Returns:
        An array H of shape (n, n), the mean of the matrix of the columns and its transpose. H[i, j] == H[j, i] exactly.

    Example:
        hessian(lambda theta: theta**2, np.array([3.0, 5.0]), 1e-5) is [[6, 0], [0, 10]].
    """
    # 1. One column for each parameter.
    # 2. The mean with the transpose.
    ### BEGIN SOLUTION
    H = np.array([hessian_vector_product(gradient, theta, unit, eps) for unit in np.eye(len(theta))])
    return (H + H.T) / 2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for unit in np.eye(n)` goes through the unit vectors. Collect your `hessian_vector_product` of each in a list. `np.array` of the list has them as rows, which makes no difference after step 2.
# </details>

# %% check="hessian" points=1
with checks.exercise("hessian"):
    g = lambda th: np.array([th[0] * th[1] ** 3, 1.5 * th[0] ** 2 * th[1] ** 2])  # noqa: E731
    checks.unchanged(hessian, g, np.array([2.0, 1.0]), 0.5)
    slips = {
        "the matrix is not made symmetric; take the mean with its transpose": [[1, 6.5], [6, 12]],
        "here the columns stand as rows, and are not made symmetric": [[1, 6], [6.5, 12]],
        "divide the sum with the transpose by 2": [[2, 12.5], [12.5, 24]],
    }
    H = hessian(g, np.array([2.0, 1.0]), 0.5)
    checks.close("hessian(g, [2, 1], 0.5)", H, [[1, 6.25], [6.25, 12]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(gradient, theta, eps):
        n = len(theta)
        H = np.zeros((n, n))
        for j in range(n):
            there, back = np.array(theta, float), np.array(theta, float)
            there[j] += eps
            back[j] -= eps
            change = (gradient(there) - gradient(back)) / eps / 4
            H[:, j] += change
            H[j, :] += change
        return H

    def mixed(rng, n):
        A, c = rng.normal(size=(n, n)), rng.normal(size=n)
        return lambda th: A @ th + c * th**3, rng.normal(size=n), float(rng.uniform(0.1, 1))

    others = {"with eps = 1, a whole number": (lambda th: th**3 + th.sum(), np.array([3, -2]), 1)}
    others["with second derivatives of 1e-10"] = (
        lambda th: 1e-10 * th**2 + 3e-10 * th.sum(),
        np.array([0.5, 2.0]),
        0.5,
    )
    uneven = lambda th: np.array([th[0] + 3 * th[1] ** 3, 3.003 * th[0] + th[1]])  # noqa: E731
    others["with columns that are nearly symmetric"] = (uneven, np.array([0.2, 0.5774]), 0.01)
    domain = {"sizes": {"n": 120}, "real": {"theta": 10}, "types": ["theta"], "cases": others}
    checks.agrees(hessian, pair_by_pair, mixed, atol=1e-12, **domain)
    H = hessian(lambda th: np.sin(th.sum() * np.arange(1, 8)), np.linspace(0, 0.3, 7), 1e-5)
    checks.that(np.array_equal(H, H.T), "hessian(…): H[i, j] and H[j, i] must be equal exactly")
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. Valleys, peaks and saddles
#
# *What does a point look like where the gradient is 0?*
#
# Such a point is **critical**: gradient descent stands still. Around it the cost is, up to small terms of third order, $J(\theta + d) \approx J(\theta) + \frac{1}{2} d^T H d$. The eigenvalues of $H$, $n$ real numbers, are the curvatures along $n$ perpendicular directions:
#
# - all above 0: the cost rises in every direction, a **minimum**;
# - all below 0: it falls in every direction, a **maximum**;
# - some above and some below 0: it rises here and falls there, a **saddle point**, whatever the other eigenvalues are;
# - otherwise, some are 0 and the others do not differ in sign: along those directions the Hessian does **not decide**.
#
# *On paper.* At $\theta = (0, 0)$ the smallest deep network has $g = 0$ and $H = \begin{bmatrix} 0 & -1 \\ -1 & 0 \end{bmatrix}$ with the eigenvalues 1 and $-1$: a saddle point. At $(2, 0.5)$ the cost is 0, and $H = \begin{bmatrix} 0.25 & 1 \\ 1 & 4 \end{bmatrix}$ has the eigenvalues 0 and 4.25: not decided by $H$. (It is a minimum, but not an isolated one: all points with $w_1 w_2 = 1$ cost 0.)
#
# Rounding hardly ever leaves an eigenvalue exactly 0. So whatever is not farther from 0 than a tolerance counts as 0.
#
# ### Exercise 5: `classify_critical_point`


# %% exercise="classify_critical_point"
def classify_critical_point(H, tolerance):
    """What kind of critical point has this Hessian.

    Args:
        H: a symmetric array of shape (n, n), n >= 1, of floats or whole numbers.
        tolerance: a number > 0. An eigenvalue from -tolerance to tolerance counts as 0. Rounding of the eigenvalues is far
            smaller than tolerance, and none is so close to the limits that it matters.

    Returns:
        "minimum", "maximum", "saddle" or "undecided".

    Example:
        classify_critical_point(np.array([[0.25, 1.0], [1.0, 4.0]]), 1e-8) is "undecided".
    """
    # 1. The eigenvalues of a symmetric matrix.
    # 2. Are there any above 0? Any below? Are they all?
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(H)
    up = curvatures > tolerance  # equivalent "> → >=": no eigenvalue is that close to the limit
    down = curvatures < -tolerance  # equivalent "< → <=": no eigenvalue is that close to the limit
    if up.any() and down.any():
        return "saddle"
    return "minimum" if up.all() else "maximum" if down.all() else "undecided"
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.eigvalsh(H)` gives the $n$ eigenvalues of a symmetric matrix, the smallest one first. The signs of the entries of $H$ do not tell; nor does the determinant.
# Two arrays of True and False: which eigenvalues are above the tolerance, and which are below its negative. `.any()` and `.all()` of them answer all four cases.
# </details>

# %% check="classify_critical_point" points=2
with checks.exercise("classify_critical_point"):
    checks.unchanged(classify_critical_point, np.array([[2.0, -1.0], [-1.0, 3.0]]), 1e-8)
    points = [("minimum", [[2, -1], [-1, 3]]), ("saddle", [[1, 3], [3, 4]]), ("maximum", [[-2, 1], [1, -3]])]
    points += [("undecided", [[0.25, 1], [1, 4]]), ("saddle", [[0, 0, 1], [0, 0, 0], [1, 0, 0]])]
    points += [("saddle", [[-1, 0, 0], [0, -2, 0], [0, 0, 5]]), ("undecided", [[0]])]
    for kind, H in points:
        checks.equal(f"classify_critical_point({H}, 1e-8)", classify_critical_point(np.array(H), 1e-8), kind)
    ### BEGIN HIDDEN TESTS

    def by_general_eigenvalues(H, tolerance):
        signs = {0 if abs(c) <= tolerance else int(np.sign(c)) for c in np.linalg.eigvals(H.astype(float)).real}
        if {1, -1} <= signs:
            return "saddle"
        return {frozenset({1}): "minimum", frozenset({-1}): "maximum"}.get(frozenset(signs), "undecided")

    def curved(rng, n):
        Q, curvatures = np.linalg.qr(rng.normal(size=(n, n)))[0], rng.uniform(0.1, 2, n)
        curvatures *= rng.choice([[1] * n, [-1] * n, rng.choice([-1, 1], n)])
        H = Q * curvatures @ Q.T
        return H + H.T, 1e-6

    Q = np.linalg.qr(np.random.default_rng(40).normal(size=(4, 4)))[0]
    lists = ([3, 2, 1, 4], [-3, -2, -1, -4], [3, 2, 0, 4], [-3, 0, -1, -4], [3, 0, 0, -4], [0, 0, 0, 0], [-1, 9, 9, 9])
    lists += ([1, -9, -9, -9], [0.05, 2, 3, 1], [-0.05, 2, 3, 1], [-0.05, -2, -3, -1], [0.05, 0.05, -0.05, 0.01])
    lists += ([0.05, -2, -3, -1], [0.2, -0.2, 0.05, 0.05], [0.11, 0.2, 0.3, 0.4], [-0.11, -0.2, -9, -1])
    lists += ([0.2, 0.05, -2, 0],)
    others = {}
    for curvatures in lists:
        H = Q * np.array(curvatures) @ Q.T
        others[f"with the eigenvalues {curvatures} and the tolerance 0.1"] = ((H + H.T) / 2, 0.1)
    for number in (2.0, -2.0, 0.0, 1e-9, -1e-9):
        others[f"with the only eigenvalue {number}"] = (np.array([[number]]), 1e-8)
    others["with eigenvalues of 1e-12 and the tolerance 1e-14"] = (1e-12 * np.diag([1.0, 2.0, 5.0]), 1e-14)
    others["with whole numbers"] = (np.array([[2, 5], [5, 2]]), 1e-8)
    others["with entries below the tolerance 1, eigenvalues above"] = (np.array([[0.9, 0.9], [0.9, -0.9]]), 1)
    others["with the eigenvalues 1, -1, 0, 0, 0"] = (np.diag([1.0, -1, 0, 0, 0]), 0.1)
    others["with curvatures of 1e-5 and 2e-5"] = (np.diag([1e-5, 2e-5]), 1e-8)
    others["with large curvatures"] = (np.array([[20.0, 15.0], [15.0, 12.0]]), 1e-8)
    others["with 120 parameters and one curvature below 0"] = (np.diag([1.0] * 119 + [-1.0]), 1e-8)
    checks.agrees(classify_critical_point, by_general_eigenvalues, curved, sizes={"n": 120}, cases=others)
    ### END HIDDEN TESTS

# %%
pair_cost = lambda w1, w2: (1 - w1 * w2) ** 2 / 2  # noqa: E731
pair_gradient = lambda w: (w[0] * w[1] - 1) * w[::-1]  # noqa: E731
W1, W2 = np.meshgrid(np.linspace(-1.6, 1.6, 60), np.linspace(-1.6, 1.6, 60))
figure = plt.figure(figsize=(7, 4.5))
axis = figure.add_subplot(projection="3d", computed_zorder=False)
axis.plot_surface(W1, W2, np.minimum(pair_cost(W1, W2), 3), cmap="viridis", alpha=0.8)
axis.scatter([0], [0], [0.5], color=plots.COLORS[1], s=50, depthshade=False, zorder=5)
axis.set(xlabel="$w_1$", ylabel="$w_2$", zlabel="cost J")
axis.set_title("A saddle point between two valleys: the smallest deep network at (0, 0)")
axis.view_init(elev=40, azim=-75)
plt.show()
for point in ([0.0, 0.0], [2.0, 0.5], [-1.0, -1.0]):
    H = hessian(pair_gradient, np.array(point), 1e-5)
    print(f"w = {point}: curvatures {np.linalg.eigvalsh(H).round(4) + 0.0}, {classify_critical_point(H, 1e-6)}")

# %% [markdown]
# *What to notice.* At the dot the surface falls towards both valleys, and rises in the two directions between them. All points in the valley have the cost 0 and a curvature of 0 along the valley. Networks have such valleys in large numbers, because many different weights compute the same function.
#
# **How common are saddle points?** A minimum needs the right sign in every one of $n$ directions. If the signs were thrown like coins, a critical point would be a minimum or a maximum with the probability $2 \cdot 2^{-n}$. The eigenvalues of one matrix are not independent, so let us draw random symmetric matrices and count.

# %%
rng, shares, dimensions = np.random.default_rng(0), [], range(1, 9)
for n in dimensions:
    drawn = rng.normal(size=(2000, n, n))
    found = [classify_critical_point((A + A.T) / 2, 1e-9) for A in drawn]
    shares.append(np.mean([kind == "saddle" for kind in found]))
plt.plot(dimensions, shares, "o-", label="random symmetric matrices")
plt.plot(dimensions, [1 - 2 * 0.5**n for n in dimensions], "s--", label="independent coins")
plt.gca().set(xlabel="number of parameters n", ylabel="share of saddle points")
plt.title("With five parameters and more nearly all are saddle points")
plt.legend()
plt.show()
print("share of saddle points, n = 1, 2, …:", ", ".join(f"{share:.1%}" for share in shares))

# %% [markdown]
# *What to notice.* In one dimension there is no saddle, in two about 70 % (exactly $1/\sqrt 2$), with five parameters more than 99 %. It grows even faster than with coins, because eigenvalues repel each other: they spread over both sides of 0.
# A random matrix is not the Hessian of a network. So look at a real one: 4 features of iris flowers, 5 hidden units, 3 classes, 43 parameters.

# %%
iris = data.load_iris()
X_iris = (iris.X_train - iris.X_train.mean(axis=1, keepdims=True)) / iris.X_train.std(axis=1, keepdims=True)
Y_iris = (np.arange(3).reshape(3, 1) == iris.Y_train) * 1.0


def flat(parameters):
    """All parameters of a network in one array of shape (n,)."""
    return np.concatenate([values.ravel() for values in parameters.values()])


def as_functions(parameters, X, Y):
    """The cost and its gradient for these examples, as functions of all parameters in one array of shape (n,)."""
    ends = np.cumsum([values.size for values in parameters.values()])[:-1]

    def network(theta):
        parts = zip(parameters.items(), np.split(theta, ends), strict=True)
        return {key: part.reshape(values.shape) for (key, values), part in parts}

    def cost(theta):
        return dense.deep_cost(dense.deep_forward(X, network(theta), "softmax")[0], Y, "softmax")

    def gradient(theta):
        AL, caches = dense.deep_forward(X, network(theta), "softmax")
        grads = dense.deep_backward(AL, Y, caches)
        return flat({key: grads[f"d{key}"] for key in parameters})

    return cost, gradient


# %%
for seed in range(3):
    start = dense.initialize_deep([4, 5, 3], seed)
    cost, gradient = as_functions(start, X_iris, Y_iris)
    theta = flat(start)
    for t in range(1001):
        if t in (10, 100, 1000):
            curvatures = np.linalg.eigvalsh(hessian(gradient, theta, 1e-7))
            below, near = np.sum(curvatures < -1e-6), np.sum(np.abs(curvatures) <= 1e-6)
            print(
                f"seed {seed}, step {t:4}: cost {cost(theta):.3f}; {below} curvatures below 0, {near} are 0;", end=" "
            )
            print(f"smallest {curvatures[0]:.4f}, largest {curvatures[-1]:.2f}")
        theta = theta - 0.1 * gradient(theta)

# %% [markdown]
# *What to notice.* Even after 1,000 steps, with a cost of a few hundredths, some curvatures are below 0: the network is not in a minimum. But the most negative one shrinks towards 0 while the cost falls.
# At least six curvatures are 0 at each point. They belong to changes that softmax does not see: the same number added to all three outputs. That makes 5 directions in $W_2$ and 1 in $b_2$.
# So the picture of a ball that is caught in a bad local minimum does not fit. What costs time are saddle points and flat regions, **plateaus**.
#
# ## 5. How to leave a saddle point
#
# *The gradient is 0, and yet there is a way down. Who finds it?*
#
# Two remedies. **Noise**: add to each entry of the gradient a normal random number with deviation $\sigma$. Mini-batches do about that by themselves. **Momentum**, as in [lesson 03](03_momentum_rmsprop_adam.ipynb): follow the average $v$ of the gradients. With $v = 0$ at first, all arrays of shape $(n,)$, each step is
#
# $$\tilde g = g(\theta) + \sigma z, \quad z_i \sim N(0, 1), \qquad v \leftarrow \beta v + (1 - \beta) \, \tilde g, \qquad \theta \leftarrow \theta - \alpha v .$$
#
# *On paper.* $g(\theta) = (\theta_1, 4 \theta_2)$, $\alpha = 0.1$, $\beta = 0.5$, $\sigma = 0$, from $(2, 1)$. Step 1: $v = 0.5 \cdot (2, 4) = (1, 2)$, $\theta = (1.9, 0.8)$. Step 2: $v = 0.5 \cdot (1, 2) + 0.5 \cdot (1.9, 3.2) = (1.45, 2.6)$, $\theta = (1.755, 0.54)$.
#
# ### Exercise 6: `descend`


# %% exercise="descend"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    """The path of gradient descent with momentum and noise.

    Args:
        gradient: a function; gradient(theta) is the gradient at theta, an array of shape (n,), of whole numbers if theta is.
        theta: the start, shape (n,), of floats or whole numbers.
        learning_rate: a number > 0.
        steps: how many steps there are, a whole number >= 0.
        beta: the share of v that is kept, a number with 0 <= beta < 1. There is no correction of the first v.
        sigma: the deviation of the noise, a number >= 0. Each entry of each gradient gets a normal number of its own.
        rng: a generator, from np.random.default_rng(seed). All noise is drawn from it, in any order.

    Returns:
        An array of shape (steps + 1, n): the start, then the parameters after each step.

    Example:
        descend(lambda theta: 1 * theta, np.array([2.0]), 0.1, 2, 0.5, 0.0, np.random.default_rng(0)) is [[2], [1.9], [1.755]].
    """
    # 1. Begin with v = 0, and a list with the start.
    # 2. In each step: gradient with noise, then v, then the parameters; note them down.
    # 3. Does a later step change what you have noted before?
    ### BEGIN SOLUTION
    v, path = np.zeros(theta.shape), [theta]
    for _ in range(steps):
        noise = sigma * rng.standard_normal(theta.shape)
        noisy = gradient(theta) + noise  # equivalent "+ → -": normal numbers are symmetric
        v = beta * v + (1 - beta) * noisy
        theta = theta - learning_rate * v
        path.append(theta)
    return np.array(path)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.standard_normal(theta.shape)` draws one number for each entry. Draw anew in each step.
# Write `theta = theta - learning_rate * v`, which makes a new array. `theta -= …` would change the array that is in the list already, and the start of the caller.
# </details>

# %% check="descend" points=3
with checks.exercise("descend"):
    g, start = (lambda theta: theta * np.array([1.0, 4.0])), np.array([2.0, 1.0])
    checks.unchanged(descend, g, start, 0.1, 2, 0.8, 0.0, np.random.default_rng(0))
    slips = {
        "the new gradient must be multiplied by 1 - beta": [1.46, 0.04],
        "the second step must use the v of the first one": [1.9208, 0.8464],
        "beta and 1 - beta are exchanged": [1.6608, 0.3984],
        "v is 0 before the first step, not the first gradient": [1.604, 0.232],
        "there is no correction of v here": [1.6111111, 0.2888889],
    }
    path, what = (
        descend(g, start, 0.1, 2, 0.8, 0.0, np.random.default_rng(0)),
        "descend(g, [2, 1], 0.1, 2, 0.8, 0, rng)",
    )
    checks.shape(what, path, (3, 2))
    checks.close(f"the last row of {what}", path[2], [1.8888, 0.7824], mistakes=slips)
    checks.close(f"the first row of {what}", path[0], start)
    noisy = [descend(g, start, 0.1, 2, 0.8, 0.5, np.random.default_rng(seed)) for seed in (1, 2)]
    checks.that(not np.allclose(*noisy), "descend with noise: another seed must give another path")
    ### BEGIN HIDDEN TESTS

    def by_differences(gradient, theta, learning_rate, steps, beta, sigma, rng):
        path = [np.array(theta, float)] * 2
        for _ in range(steps):
            now, before = path[-1], path[-2]
            path.append(now - learning_rate * (1 - beta) * gradient(now) + beta * (now - before))
        return np.array(path[1:])

    def waves(rng, n, steps):
        c = rng.uniform(0.2, 2, n)
        g = lambda th: c * th + 0.3 * np.sin(th.sum())  # noqa: E731
        rate, beta = float(rng.uniform(0.05, 0.2)), float(rng.uniform(0.1, 0.9))
        return g, rng.normal(size=n), rate, steps, beta, 0.0, np.random.default_rng(3)

    line, rng = (lambda th: 1.0 * th), np.random.default_rng(0)
    others = {
        "with no step": (line, np.array([1.5, 2.0]), 0.1, 0, 0.5, 0.0, rng),
        "with whole numbers": (line, np.array([3, -2]), 1, 4, 0, 0, rng),
        "with whole numbers also in the gradient": (lambda th: 2 * th, np.array([3, -2]), 0.25, 4, 0.5, 0.0, rng),
        "with beta = 0.999": (line, np.array([3.0]), 2.0, 1500, 0.999, 0.0, rng),
        "with a rate at which it grows": (line, np.array([1e-3, 2.0]), 2.5, 60, 0.0, 0.0, rng),
        "with a gradient that becomes 0": (lambda th: (th > 1) * 1.0, np.array([1.05, 1.2]), 0.1, 30, 0.9, 0.0, rng),
        "from a critical point": (line, np.zeros(3), 0.5, 10, 0.9, 0.0, rng),
    }
    domain = {"real": {"theta": 10}, "types": ["theta"], "cases": others, "rtol": 1e-8, "atol": 1e-12}
    checks.agrees(descend, by_differences, waves, sizes={"n": 130, "steps": 1200}, **domain)

    def noise(seed, n, steps, beta, sigma, rate):
        """The normal numbers that one path was made with."""
        g = lambda th: 0.5 * th + 1  # noqa: E731
        path = np.asarray(descend(g, np.linspace(-1, 2, n), rate, steps, beta, sigma, np.random.default_rng(seed)))
        v = np.vstack([np.zeros((1, n)), (path[:-1] - path[1:]) / rate])
        return ((v[1:] - beta * v[:-1]) / (1 - beta) - (0.5 * path[:-1] + 1)) / sigma

    for setting in ((5, 8, 1500, 0.0, 0.3, 0.1), (6, 3, 3000, 0.9, 2.0, 0.05), (7, 120, 100, 0.5, 0.01, 0.2)):
        z, what = noise(*setting), f"descend with beta = {setting[3]} and sigma = {setting[4]}"
        N = z.size
        off = abs(z.mean()) > 5 / N**0.5 or abs(z.var() - 1) > 5 * (2 / N) ** 0.5
        checks.that(not off, f"{what}: the noise of the gradients must have mean 0 and the deviation sigma")
        forced = np.abs(z.mean(axis=0)).max() < 0.05 / len(z) ** 0.5
        checks.that(not forced, f"{what}: draw the noise and leave it as it is; its mean must not be made 0")
        tails = abs(np.abs(z).mean() - 0.7979) > 5 * 0.603 / N**0.5
        checks.that(not tails, f"{what}: the noise of the gradients must be normal")
        related = max(abs((z[1:] * z[:-1]).mean()), abs((z[:, 1:] * z[:, :-1]).mean())) > 7 / N**0.5
        repeated = np.unique(z.round(7)).size < 0.99 * N
        checks.that(not related and not repeated, f"{what}: each entry of each step needs a number of its own")
    rng = np.random.default_rng(8)
    two = [descend(g, start, 0.1, 2, 0.8, 0.5, rng) for _ in range(2)]
    same = [descend(g, start, 0.1, 2, 0.8, 0.5, np.random.default_rng(1)) for _ in range(2)]
    checks.close("descend with noise, called twice with the same seed", *same)
    checks.that(not np.allclose(*two), "descend, called twice with one generator, must give two different paths")
    ### END HIDDEN TESTS

# %% [markdown]
# Start the smallest deep network at $(1, -1)$. By symmetry the gradient there points straight at the saddle point. Four runs with the same rate, the noise with five seeds.

# %%
settings = {"plain": (0.0, 0.0), "momentum 0.9": (0.9, 0.0), "noise 0.001": (0.0, 0.001), "noise 0.01": (0.0, 0.01)}
paths = {}
for name, (beta, sigma) in settings.items():
    for seed in range(5):
        paths[name, seed] = descend(
            pair_gradient, np.array([1.0, -1.0]), 0.1, 300, beta, sigma, np.random.default_rng(seed)
        )
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8))
axes[0].contour(W1, W2, pair_cost(W1, W2), levels=[0.02, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.5, 2.5], colors="0.7")
for name in settings:
    axes[0].plot(*paths[name, 0].T)
    axes[1].plot(pair_cost(*paths[name, 0].T), label=name)
axes[0].set(xlabel="$w_1$", ylabel="$w_2$", aspect="equal", title="the paths (grey: lines of equal cost)")
axes[1].set(xlabel="steps", ylabel="cost J", title="their costs")
axes[1].legend(fontsize=8)
figure.suptitle("Without noise it stays on the saddle point for ever (seed 0)", fontsize=11)
plt.show()
for name in settings:
    reached = [np.argmax(pair_cost(*paths[name, seed].T) < 0.01) for seed in range(5)]
    print(f"{name:13} steps until the cost is below 0.01:", [int(step) if step else "never" for step in reached])

# %% [markdown]
# *What to notice.* Plain gradient descent walks into the saddle point and stays. So does momentum: it cannot break a symmetry that the gradients have. A tiny noise is enough, because near the saddle point any deviation grows by the factor $1 + \alpha$ in each step. Ten times as much noise saves only the 20 to 30 steps in which it would grow by itself.
# For a like reason a network must not start with equal weights: gradient descent keeps a symmetry that the start has. And it is why the noise of mini-batches is not only a nuisance.
#
# **What momentum is good for.** Let one direction be steep and the other nearly flat: $J = \frac12 x^2 + 0.01 \, (\frac14 y^4 - \frac12 y^2)$, with a saddle point at $(0, 0)$ and minima at $y = \pm 1$. Start at $(1, 0.001)$.

# %%
plateau = lambda p: np.array([p[0], 0.01 * (p[1] ** 3 - p[1])])  # noqa: E731
for beta, rate in ((0.0, 0.5), (0.0, 1.9), (0.0, 2.1), (0.9, 1.9), (0.9, 19.0)):
    path = descend(plateau, np.array([1.0, 0.001]), rate, 2000, beta, 0.0, np.random.default_rng(0))
    said = f"y > 0.9 after {np.argmax(path[:, 1] > 0.9)} steps" if np.abs(path[-1, 0]) < 1 else "x grows without end"
    print(f"beta = {beta}, rate {rate:4}: {said}")

# %% [markdown]
# *What to notice.* The steep direction forbids rates above 2, the flat one would need them. With the same rate, momentum is no faster. But with momentum a rate of 19 is stable as well, and that saves four fifths of the steps: in the steep direction the steps to and fro cancel in the average, in the flat one they add up.
# Why 2? That is the last question.
#
# ## 6. The largest rate that is stable
#
# *From which learning rate on does the cost rise?*
#
# In a direction with the curvature $\lambda > 0$ the cost is a parabola, $\frac12 \lambda d^2$, where $d$ is the distance from its lowest point. Its slope is $\lambda d$, and a step makes $d$ into $d - \alpha \lambda d = (1 - \alpha \lambda) \, d$. The distance shrinks exactly if $|1 - \alpha \lambda| < 1$:
#
# $$\alpha < \frac{2}{\lambda} .$$
#
# The direction with the largest curvature sets the limit. To find that curvature without storing $H$, begin with any direction $v$, multiply it by $H$, bring it to length 1, and repeat: **power iteration**. The part of $v$ along the eigenvector with the largest $|\lambda|$ grows most, and in the end only that is left (unless it was exactly 0 at first). Then $v^T H v$ is the eigenvalue:
#
# $$v \leftarrow \frac{Hv}{\lVert Hv \rVert} \quad \text{(repeated)}, \qquad \lambda \approx v^T H v .$$
#
# *On paper.* $H = \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix}$, from $v = (1, 0)$. Once: $Hv = (2, 1)$, $v = (2, 1)/\sqrt 5$, and $v^T H v = (2, 1) \cdot (5, 4) / 5 = 2.8$. Twice: $v = (5, 4)/\sqrt{41}$ and $v^T H v = 122/41 = 2.976$. The true value is 3.
#
# ### Exercise 7: `largest_eigenvalue`


# %% exercise="largest_eigenvalue"
def largest_eigenvalue(product, v, iterations):
    """Power iteration: the eigenvalue of a symmetric matrix H that is largest in absolute value, with its sign.

    Args:
        product: a function; product(v) is H v, an array of shape (n,), of whole numbers if H and v are, maybe v itself. It
            is never 0 here, but H may be as small as 1e-40 or as large as 1e40.
        v: the first direction, shape (n,), of floats or whole numbers, not 0. Its length may be any number.
        iterations: how often v is multiplied by H and brought to length 1, a whole number >= 1.

    Returns:
        The number v · (H v) of the last v, which has length 1. It is exact for this number of iterations: no stop before,
        and no iteration more.

    Example:
        With H = np.array([[2.0, 1.0], [1.0, 2.0]]), largest_eigenvalue(lambda v: H @ v, np.array([1.0, 0.0]), 1) is 2.8.
    """
    # 1. Multiply and bring to length 1, as often as asked.
    # 2. One product more gives the number.
    ### BEGIN SOLUTION
    for _ in range(iterations):
        v = product(v)
        v = v / np.linalg.norm(v)
    return v @ product(v)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.norm(v)` is the length of `v`. The loop has two lines; a new array for each `v` keeps the argument as it was.
# After it, `np.sum` of `v` times one more product is the answer. The length of $Hv$ would have lost the sign.
# </details>

# %% check="largest_eigenvalue" points=2
with checks.exercise("largest_eigenvalue"):
    H, v = np.array([[1.0, 3.0], [3.0, 4.0]]), np.array([1.0, 0.0])
    checks.unchanged(largest_eigenvalue, lambda v: H @ v, v, 2)
    slips = {
        "this is one iteration less": 5.5,
        "this is one iteration more": 5.8539326,
        "this is the length of H v; take v · (H v)": 5.8507068,
        "bring v to length 1 before the last product": 1900.0,
        "this is the exact eigenvalue; stop after the iterations that are asked for": 5.8541020,
    }
    answer = largest_eigenvalue(lambda v: H @ v, v, 2)
    checks.close("largest_eigenvalue(product by [[1, 3], [3, 4]], [1, 0], 2)", answer, 5.8461538462, mistakes=slips)
    answer = largest_eigenvalue(lambda v: -H @ v, np.array([0, 2]), 1)
    checks.close("largest_eigenvalue(product by [[-1, -3], [-3, -4]], [0, 2], 1)", answer, -5.8)
    ### BEGIN HIDDEN TESTS

    def by_eigenvectors(product, v, iterations):
        curvatures, Q = np.linalg.eigh(np.array([product(unit) for unit in np.eye(len(v))]))
        parts = Q.T @ (v / np.abs(v).max())
        grown = (curvatures / np.abs(curvatures).max()) ** iterations * parts
        return np.sum(curvatures * grown**2) / np.sum(grown**2)

    def matrices(rng, n, iterations):
        A = rng.normal(size=(n, n))
        H = (A + A.T) * float(rng.uniform(0.1, 30))
        return lambda v: H @ v, rng.normal(size=n), iterations

    times = lambda entries: lambda v: np.array(entries) * v  # noqa: E731
    others = {
        "with a product that returns its argument": (lambda v: v, np.array([3.0, -4.0]), 3),
        "with a negative eigenvalue of one parameter": (times([-3.0]), np.array([2.0]), 4),
        "with eigenvalues -5 and 4.99 and 300 iterations": (times([-5.0, 4.99]), np.array([0.5, 3.0]), 300),
        "with eigenvalues of 1e-9": (times([1e-9, 3e-9]), np.array([1.0, 1.0]), 400),
        "with eigenvalues of 1e9": (times([1e9, 1.001e9]), np.array([1.0, 1e-3]), 900),
        "with a first direction of length 31": (times([2.0, 1.0]), np.array([30.0, 7.0]), 1),
        "with a first direction of length 1e-12": (times([2.0, 1.0]), np.array([1e-12, 2e-12]), 3),
        "with whole numbers in v": (times([2.0, 3.0, -1.0]), np.array([1, 2, 3]), 2),
        "with whole numbers in v and in H": (times([2, 3, -1]), np.array([1, 2, 3]), 2),
        "with eigenvalues of 1e-20": (times([1e-20, 3e-20]), np.array([1.0, 1.0]), 3),
    }
    checks.agrees(largest_eigenvalue, by_eigenvectors, matrices, sizes={"n": 110, "iterations": 1200}, cases=others)
    ### END HIDDEN TESTS

# %% [markdown]
# Now your network of course 1 on all small digits, with true labels and no mini-batches. After 100 steps with the rate 0.1 we measure the largest curvature $\lambda$. Its limit is $2/\lambda$.
# From there we go on with 0.5, 0.9, 1.5 and 2 times that limit. (A step $\varepsilon$ of $10^{-7}$ is small enough that hardly any ReLU changes its side in between.)


# %%
def sharpness(gradient, theta):
    """The largest curvature of the cost at theta, by 40 iterations from a random direction."""
    first = np.random.default_rng(0).normal(size=theta.size) / np.sqrt(theta.size)
    return largest_eigenvalue(lambda v: hessian_vector_product(gradient, theta, v, 1e-7), first, 40)


multiples, curves, outcome = (0.5, 0.9, 1.5, 2.0), {}, []
for seed in tqdm(range(3), file=sys.stdout):
    start = dense.initialize_deep([64, 64, 10], seed)
    cost, gradient = as_functions(start, X, one_hot(Y))
    theta = descend(gradient, flat(start), 0.1, 100, 0.0, 0.0, np.random.default_rng(0))[-1]
    limit = 2 / sharpness(gradient, theta)
    for multiple in multiples:
        path = descend(gradient, theta, multiple * limit, 60, 0.0, 0.0, np.random.default_rng(0))
        curves[seed, multiple] = [cost(point) for point in path]
        outcome.append(
            (seed, limit, multiple, np.sum(np.diff(curves[seed, multiple]) > 0), sharpness(gradient, path[-1]))
        )

# %%
for multiple in multiples:
    plt.plot(curves[0, multiple], label=f"{multiple} · 2/λ")
plt.gca().set(xlabel="further steps with all examples", ylabel="cost")
plt.title("Below 2/λ the cost falls in each step; above it, it jumps (seed 0)")
plt.legend(title="learning rate")
plt.show()
for seed, limit, multiple, rises, after in outcome:
    last, allowed = curves[seed, multiple][-1], 2 / limit / multiple
    print(f"seed {seed}, rate {multiple} · {limit:.3f}: {rises:2} of 60 steps go up, last cost {last:.3f};", end=" ")
    print(f"λ was {2 / limit:.2f}, is {after:.2f} now, and may be {allowed:.2f}")

# %% [markdown]
# *What to notice.* Below the limit the cost falls in each of the 60 steps, in all three seeds. At 1.5 and at 2 times the limit it falls at first, because the part along the steepest direction is tiny; this part grows, and the cost jumps.
# Then something happens that no parabola shows: the weights do not fly away. They are thrown to a place where the largest curvature is *smaller* than before, and near to what this rate allows. The last two lines of each seed show it. On such a landscape a rate somewhat above the limit need not be a disaster: here it ends even lower.
# So $2/\lambda$ tells where stability ends, but not which rate is best. And because a training begins where the curvature may be large, a small rate in the first steps, a warm-up, can be the safe way in.

# %% [markdown]
# ## What you built
#
# - `schedule_lr_decay` and `scheduled_rate`: six ways down; on noisy steps the cosine beat every constant rate;
# - `hessian_vector_product` and `hessian`: curvature from the gradient alone;
# - `classify_critical_point`: minimum, maximum or saddle; with many parameters nearly always a saddle;
# - `descend`: noise leaves a saddle point, momentum crosses a plateau;
# - `largest_eigenvalue`: the largest curvature, and with it the limit $2/\lambda$ for the learning rate.
#
# ## On your own
#
# - Combine the cosine schedule with the averaged weights of lesson 02. Do the gains add up? And if the rate goes back to 0.3 every 500 steps (*warm restarts*)?
# - At a minimum of the smallest deep network, with $w_1 w_2 = 1$, the largest curvature is $w_1^2 + w_2^2$. Which minima can gradient descent with $\alpha = 0.5$ stay in? Try it from several starts.
# - *Hard.* Prove that with momentum as in section 5 a direction with curvature $\lambda$ is stable exactly for $\alpha < \frac{2 (1 + \beta)}{(1 - \beta) \lambda}$. (Write two steps as one matrix, and ask when its eigenvalues have absolute values below 1.) Check it on the plateau with $\beta = 0.9$.
# - *Hard.* Follow $\lambda$ through a whole training with full batches, for several rates. For many networks it rises until it is about $2/\alpha$ and stays there, the *edge of stability*. Here it falls in the long run; find out what changes if you use the squared error.
#
# ## In practice
#
# PyTorch has the schedules in `torch.optim.lr_scheduler`: `StepLR`, `ExponentialLR`, `CosineAnnealingLR`, `OneCycleLR`. A call of `scheduler.step()` goes to the next rate. Large language models are usually trained with a warm-up followed by a cosine or a straight line.
# `torch.autograd.functional.hvp` computes $Hv$ exactly, by differentiating twice, at the price of a few gradients and without any $\varepsilon$. `scipy.sparse.linalg.eigsh` finds the largest eigenvalues from products alone, in fewer of them than power iteration.
#
# ## References
#
# - Y. Dauphin, R. Pascanu, C. Gulcehre, K. Cho, S. Ganguli and Y. Bengio (2014), *Identifying and attacking the saddle point problem in high-dimensional non-convex optimization*, NIPS.
# - B. Pearlmutter (1994), *Fast exact multiplication by the Hessian*, Neural Computation 6.
# - L. N. Smith (2017), *Cyclical learning rates for training neural networks*, WACV.
# - I. Loshchilov and F. Hutter (2017), *SGDR: stochastic gradient descent with warm restarts*, ICLR.
# - J. Cohen, S. Kaur, Y. Li, J. Z. Kolter and A. Talwalkar (2021), *Gradient descent on neural networks typically occurs at the edge of stability*, ICLR.
