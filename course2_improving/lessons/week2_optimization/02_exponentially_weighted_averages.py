# %% [markdown]
# You will build the average that forgets: one number that follows a noisy series, and costs one line of code for each new value.
# You will measure its memory, its delay and its noise, mend its start, and average the weights of a network with it: on a noisy training that gains more than five points on new pictures.

# %% [markdown]
# ## What you will be able to do
#
# - compute an exponentially weighted average, and say what weight each value of the past has in it;
# - say how many values count for a given $\beta$, and what delay that costs;
# - correct the bias of the first averages, and prove that the correction is right;
# - compute how much of the noise is left, and check it on the gradients of mini-batches;
# - average the weights of a network while it trains.
#
# **What you need:** the deep network of [course 1, week 4](../../../course1_nn/release/week4_deep_neural_networks/03_building_blocks_of_deep_networks.ipynb), and for sections 5 and 6 the idea of a mini-batch ([lesson 01](01_mini_batch_gradient_descent.ipynb)): a step of gradient descent that looks at a few examples only.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn import dense

plots.use_style()
high = data.load_temperatures().high
print(f"highest temperature of {len(high)} days in Seattle, from 1 January 2012; the first five: {high[:5]} °C")

# %% [markdown]
# ## 1. An average that forgets
#
# *How warm is it at this time of the year?*
#
# The temperature of a single day does not tell: the next day may be five degrees colder. The mean of all days does not tell either: it mixes summer and winter. We want a mean of the *last few* days.
# The **exponentially weighted average** gives it without storing those days. Let $\theta_t$ be the value of day $t = 1, 2, \dots, T$, a number. Begin with $v_0 = 0$, and at each day set
#
# $$v_t = \beta \, v_{t-1} + (1 - \beta) \, \theta_t, \qquad 0 \le \beta < 1.$$
#
# All $v_t$ are numbers. The new average is a mixture: a share $\beta$ of the old average, and a share $1 - \beta$ of the new value. With $\beta = 0$ it is the new value alone. The closer $\beta$ is to 1, the longer is the memory.
#
# *On paper.* $\beta = 0.8$ and the values 10, 5, 20:
# $v_1 = 0.8 \cdot 0 + 0.2 \cdot 10 = 2$; $v_2 = 0.8 \cdot 2 + 0.2 \cdot 5 = 2.6$; $v_3 = 0.8 \cdot 2.6 + 0.2 \cdot 20 = 6.08$.
#
# ### Exercise 1: `ewa`


# %% exercise="ewa"
def ewa(values, beta):
    """The exponentially weighted averages of a series, begun at 0 and without a correction.

    Args:
        values: the series, an array of shape (T,), of floats or whole numbers.
        beta: the share that the old average keeps, a number with 0 <= beta < 1. Checks use numbers up to 0.9999.

    Returns:
        An array of shape (T,): its first entry is v_1 = (1 - beta) times the first value, its last one v_T.

    Raises:
        ValueError: beta is below 0, or 1 or above.

    Example:
        ewa(np.array([10.0, 5.0, 20.0]), 0.8) is [2, 2.6, 6.08].
    """
    # 1. Refuse a beta that is not in the range, with raise ValueError("…").
    # 2. One number is the memory. What is it before the first value?
    # 3. For each value: renew the memory, and note it down.
    ### BEGIN SOLUTION
    if not 0 <= beta < 1:
        raise ValueError(f"beta is {beta}; it must be at least 0 and below 1")
    v, averages = 0, []
    for value in values:
        v = beta * v + (1 - beta) * value
        averages.append(v)
    return np.array(averages, dtype=float)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Begin with `v = 0.0` and an empty list. A loop `for value in values` renews `v`.
# </details>
# <details><summary>Hint 2</summary>
#
# In the loop: the formula with the old `v` on the right side, then append the new `v` to the list. At the end make an array of the list.
# </details>

# %% check="ewa" points=2
with checks.exercise("ewa"):
    days = np.array([10.0, 5.0, 20.0, 0.0])
    checks.unchanged(ewa, days, 0.8)
    slips = {
        "beta and 1 - beta are exchanged": [8, 5.6, 17.12, 3.424],
        "it begins at 0, not at the first value": [10, 9, 11.2, 8.96],
        "the new value must be multiplied by 1 - beta": [10, 13, 30.4, 24.32],
        "each entry must have its own value in it already": [0, 2, 2.6, 6.08],
        "this is the mean of all values so far": [10, 7.5, 35 / 3, 8.75],
    }
    checks.close("ewa([10, 5, 20, 0], 0.8)", ewa(days, 0.8), [2, 2.6, 6.08, 4.864], mistakes=slips)
    checks.close("ewa([10, 5, 20, 0], 0)", ewa(days, 0.0), days)
    checks.raises("ewa([10, 5, 20, 0], 1)", ValueError, ewa, days, 1.0)
    checks.raises("ewa([10, 5, 20, 0], -0.1)", ValueError, ewa, days, -0.1)
    ### BEGIN HIDDEN TESTS

    def by_convolution(values, beta):
        return np.convolve(values, (1 - beta) * beta ** np.arange(len(values)))[: len(values)]

    def series(rng, T):
        return rng.normal(0, 3, T), float(rng.uniform(0.05, 0.99))

    others = {
        "with the whole number 0 as beta": (np.array([3.0, -1.0, 2.5]), 0),
        "with beta = 0 and whole numbers": (np.array([3, -1, 2]), 0.0),
        "with beta = 0.9999": (np.linspace(1, 5, 1500), 0.9999),
        "with beta = 0.001": (np.array([2.0, 7.0, -3.0]), 0.001),
        "with zeros at first": (np.array([0.0, 0.0, 4.0, 1.0]), 0.7),
        "with beta = 0.3 and 1000 values": (np.cos(np.arange(1000.0)), 0.3),
        "with 3000 values": (np.sin(np.arange(3000.0)) + 2, 0.98),
    }
    domain = {"real": {"values": 1e3}, "types": ["values"], "cases": others}
    checks.agrees(ewa, by_convolution, series, sizes={"T": 1500}, **domain)
    for beta in (-1e-9, 1 + 1e-9, 2.0, 1):
        checks.raises(f"ewa([10, 5, 20, 0], {beta})", ValueError, ewa, days, beta)
    ### END HIDDEN TESTS

# %%
betas = (0.5, 0.9, 0.98)
shown = 730
figure, axis = plt.subplots(figsize=(8, 3.8))
axis.scatter(np.arange(shown), high[:shown], s=5, color="0.7", label="each day")
for beta in betas:
    axis.plot(ewa(high, beta)[:shown], label=f"β = {beta}", linewidth=1 if beta == 0.5 else 2)
axis.set(xlabel="days since 1 January 2012", ylabel="highest temperature in °C")
axis.set_title("The larger β, the smoother and the later the curve; and it begins too low")
axis.legend(ncols=4, loc="upper left", fontsize=9)
axis.set_ylim(-2, 45)
plt.show()
change = {beta: np.abs(np.diff(ewa(high, beta)[200:])).mean() for beta in betas}
print("mean change from one day to the next:", f"{np.abs(np.diff(high[200:])).mean():.2f} °C for the days,")
print(", ".join(f"{change[beta]:.2f} °C for β = {beta}" for beta in betas))

# %% [markdown]
# *What to notice.* With $\beta = 0.5$ the curve still jumps from day to day. With 0.9 it is calm. With 0.98 it is very smooth, but its peak comes weeks after the warmest days, and it is lower than they are.
# All curves begin too low, because $v_0 = 0$ has nothing to do with the weather. You see it best for $\beta = 0.98$. The next sections measure the memory, the delay and the start.
#
# ## 2. What is in the average?
#
# *What weight does a day of last week have in today's average?*
#
# Put the formula for $v_{t-1}$ into that for $v_t$, and go on until $v_0 = 0$:
#
# $$v_n = (1-\beta)\,\theta_n + (1-\beta)\beta\,\theta_{n-1} + (1-\beta)\beta^2\,\theta_{n-2} + \dots + (1-\beta)\beta^{n-1}\,\theta_1 .$$
#
# So the average of $n$ values is a sum with weights. The weight of the newest value is $1-\beta$. Each day back in time multiplies the weight by $\beta$: an *exponential* decay, which gives the average its name.
#
# *On paper.* $\beta = 0.8$, $n = 3$: the weights, oldest first, are $0.2 \cdot 0.64 = 0.128$, then $0.2 \cdot 0.8 = 0.16$, then $0.2$. With the values 10, 5, 20: $1.28 + 0.8 + 4 = 6.08$, as before.
#
# ### Exercise 2: `ewa_weights`


# %% exercise="ewa_weights"
def ewa_weights(beta, n):
    """The weights of n values in their last exponentially weighted average, without a correction.

    Args:
        beta: a number with 0 <= beta < 1, up to 0.9999; to refuse others is not asked.
        n: how many values there are, a whole number >= 1.

    Returns:
        An array of shape (n,), in the order of the values: the weight of the oldest first, that of the newest last. So
        np.sum(ewa_weights(beta, n) * values) is the last entry of ewa(values, beta).

    Example:
        ewa_weights(0.8, 3) is [0.128, 0.16, 0.2].
    """
    # 1. How many days old is each value? The newest is 0 days old.
    # 2. The weight follows from the age.
    ### BEGIN SOLUTION
    age = np.arange(n - 1, -1, -1)
    return (1 - beta) * beta**age
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The ages, oldest first, are $n-1, n-2, \dots, 1, 0$. `np.arange` with a step of −1 gives them.
# </details>
# <details><summary>Hint 2</summary>
#
# A number to the power of an array is an array: `beta**age`. What stands before it in the formula? (`0.0**0` is 1, as it should be here.)
# </details>

# %% check="ewa_weights" points=1
with checks.exercise("ewa_weights"):
    slips = {
        "the oldest comes first, the newest last": [0.2, 0.16, 0.128],
        "each must be multiplied by 1 - beta": [0.64, 0.8, 1],
        "the newest value is 0 days old: its weight is 1 - beta": [0.1024, 0.128, 0.16],
        "beta and 1 - beta are exchanged": [0.032, 0.16, 0.8],
        "they need not add up to 1; do not divide by their sum": [0.2622951, 0.3278689, 0.4098361],
    }
    checks.close("ewa_weights(0.8, 3)", ewa_weights(0.8, 3), [0.128, 0.16, 0.2], mistakes=slips)
    checks.close("ewa_weights(0.7, 1)", ewa_weights(0.7, 1), [0.3])
    checks.close("ewa_weights(0, 3)", ewa_weights(0.0, 3), [0, 0, 1])
    ### BEGIN HIDDEN TESTS

    def day_by_day(beta, n):
        weights = np.zeros(n)
        for day in range(n):
            weights[:day] *= beta
            weights[day] = 1 - beta
        return weights

    def settings(rng, n):
        return float(rng.uniform(0.05, 0.99)), n

    others = {
        "with beta = 0 and n = 1": (0.0, 1),
        "with the whole number 0 as beta": (0, 4),
        "with beta = 0.9999": (0.9999, 3000),
        "with beta = 0.001": (0.001, 5),
    }
    checks.agrees(ewa_weights, day_by_day, settings, sizes={"n": 2000}, cases=others)
    ### END HIDDEN TESTS

# %%
for beta in betas:
    weights = ewa_weights(beta, 120)
    plt.plot(np.arange(119, -1, -1), weights / weights[-1], label=f"β = {beta}")
    print(
        f"β = {beta}: average of the last day by the weights {np.sum(ewa_weights(beta, len(high)) * high):.4f} °C,",
        end="",
    )
    print(f" by the recursion {ewa(high, beta)[-1]:.4f} °C; the newest value has the weight {weights[-1]:.2f}")
plt.axhline(np.exp(-1), color="0.5", linewidth=1, linestyle=":", label="1/e")
plt.xlabel("age of the value in days")
plt.ylabel("weight, relative to the newest value")
plt.title("The past fades: after about 1/(1 − β) days a value counts 1/e of a new one")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* The sum with weights and the recursion give the same number, but the recursion needs one stored number and the sum needs all 1,461. That is why people use it: for a network each "value" may be an array of a million weights.
#
# ## 3. How long is the memory?
#
# *Of how many days is it an average?*
#
# In principle of all, but the old ones hardly count. The weights of the $n$ newest values add up to
#
# $$(1-\beta)(1 + \beta + \dots + \beta^{n-1}) = 1 - \beta^n,$$
#
# because $(1-\beta)(1 + \beta + \dots + \beta^{n-1})$ is $1 + \beta + \dots + \beta^{n-1}$ minus $\beta + \dots + \beta^n$. With more and more values it tends to 1. So we can ask: how many of the newest values hold, say, half of all the weight?
#
# *On paper.* $\beta = 0.8$ and a share of 0.4: one value holds $0.2$, two hold $1 - 0.64 = 0.36$, three hold $1 - 0.512 = 0.488$. So 3 values are enough, and 2 are not.
#
# ### Exercise 3: `effective_window`


# %% exercise="effective_window"
def effective_window(beta, share):
    """How many of the newest values are needed to hold a share of all the weight, in an endless series.

    Args:
        beta: a number with 0 <= beta < 1, up to 0.9999; to refuse others is not asked.
        share: a number from 1e-6 to 0.9999. For no n is it closer than 1e-9 to the weight that n values hold, so rounding
            does not matter.

    Returns:
        The smallest n >= 1 for which the n newest values hold at least this share, which can be near 100,000. A whole
        number (5.0 will do for 5).

    Example:
        effective_window(0.8, 0.4) is 3.
    """
    # 1. What do n values hold?
    # 2. Begin with one value, and take one more as long as they hold too little.
    ### BEGIN SOLUTION
    n = 1  # equivalent "1 → 0": no value holds a share above 0
    while 1 - beta**n < share:  # equivalent "< → <=": the share is never exactly what n values hold
        n += 1
    return n
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The section above has the sum of the weights of the $n$ newest values in a short form. You need no array.
# </details>
# <details><summary>Hint 2</summary>
#
# A loop `while …: n += 1` asks for each $n$ whether it is too small. (Or solve the inequality for $n$ with logarithms; then $\beta = 0$ is a case of its own.)
# </details>

# %% check="effective_window" points=2
with checks.exercise("effective_window"):
    slips = {
        "11 values hold 0.686 only": 11,
        "12 values are enough": 13,
        "this is the rule of thumb 1 / (1 - beta), which does not ask for the share": 10,
        "the older values hold beta**n of the weight; the newest hold the rest": 4,
        "the answer is a whole number of values": np.log(0.3) / np.log(0.9),
    }
    checks.close("effective_window(0.9, 0.7)", effective_window(0.9, 0.7), 12, mistakes=slips)
    checks.close("effective_window(0.9, 0.05)", effective_window(0.9, 0.05), 1)
    checks.close("effective_window(0, 0.6)", effective_window(0.0, 0.6), 1)
    ### BEGIN HIDDEN TESTS

    def by_adding(beta, share):
        n, held, weight = 0, 0.0, 1 - beta
        while held < share:
            n, held, weight = n + 1, held + weight, weight * beta
        return n

    def settings(rng, n):
        share, between = float(rng.uniform(0.1, 0.99)), rng.uniform(0.02, 0.98)
        return float((1 - share) ** (1 / (n - between))), share

    others = {
        "with the whole number 0 as beta": (0, 0.3),
        "with beta = 0 and a large share": (0.0, 0.9999),
        "with beta = 0.01": (0.01, 0.9995),
        "with beta = 0.999": (0.999, 0.99),
        "with beta = 0.9999": (0.9999, 0.2),
        "with a share of 0.9999": (0.97, 0.9999),
        "with a tiny share": (0.99, 1e-6),
        "with beta = 0.9999 and a share of 0.9999": (0.9999, 0.9999),
        "with a share a little above what 3 values hold": (0.5, 0.875 + 1e-8),
        "with a share a little below what 3 values hold": (0.5, 0.875 - 1e-8),
    }
    checks.agrees(effective_window, by_adding, settings, sizes={"n": 1500}, cases=others, apart=False)
    ### END HIDDEN TESTS

# %%
print("newest values that hold 63.2 % and 95 % of the weight, and the rule of thumb:")
for beta in (0.5, 0.9, 0.98, 0.99, 0.999):
    most, nearly_all = effective_window(beta, 1 - np.exp(-1)), effective_window(beta, 0.95)
    print(f"β = {beta:5}: {most:5.0f} {nearly_all:6.0f}     1 / (1 − β) = {1 / (1 - beta):5.0f}")

# %% [markdown]
# *What to notice.* The lecture says "an average of about $1/(1-\beta)$ days". The table shows what this rule of thumb means: that many newest values hold 63 % of the weight, which is $1 - 1/e$.
# The reason: write $\varepsilon = 1 - \beta$. Then $\beta^{1/(1-\beta)} = (1-\varepsilon)^{1/\varepsilon}$, which tends to $1/e \approx 0.37$ for small $\varepsilon$. For 95 % of the weight you need about three times as many values.
#
# **The price is a delay.** The mean age of the weight in a long series is $\sum_{k \ge 0} k \, (1-\beta)\beta^k = \beta/(1-\beta)$ days. So if the values rise by the same amount each day, $v_t$ is the value of $\beta/(1-\beta)$ days ago: 1 day for $\beta = 0.5$, 9 days for 0.9 and 49 days for 0.98.
# Is that so for the temperatures? The next cell compares the average with a mean over 61 days, 30 before and 30 after, which has no delay (but needs to know the future). By how many days does the average come later, that is: how far must we move its curve to the left until the two agree best?

# %%
centred = np.convolve(high, np.ones(61) / 61, mode="valid")  # its first entry belongs to day 30
days, shifts = np.arange(300, 1200), np.arange(90)
for beta in betas:
    smooth = ewa(high, beta)
    gaps = [np.sqrt(np.mean((smooth[days + shift] - centred[days - 30]) ** 2)) for shift in shifts]
    plt.plot(shifts, gaps, label=f"β = {beta}: best at {np.argmin(gaps)} days, β/(1 − β) = {beta / (1 - beta):.0f}")
    plt.plot(np.argmin(gaps), min(gaps), "ko")
plt.xlabel("shift in days")
plt.ylabel("difference (root mean square) in °C")
plt.ylim(bottom=0)
plt.title("Each average is late, the smooth one by 40 days")
plt.legend()
plt.show()
print("share of the variance of tomorrow's temperature that a guess explains (1 would be perfect):")
for name, guess in [("today's temperature", high), *((f"average with β = {beta}", ewa(high, beta)) for beta in betas)]:
    print(f"  {name:25} {1 - np.mean((guess[200:-1] - high[201:]) ** 2) / np.var(high[201:]):5.2f}")

# %% [markdown]
# *What to notice.* For 0.5 and 0.9 the delay is what the formula says. For 0.98 it is 40 days and not 49: the formula is right for a straight line, and the year is not straight over 49 days.
# As a forecast for tomorrow each of the averages is worse than the temperature of today: 0.5 a little, 0.98 very much: smooth does not mean right. A large $\beta$ pays where the noise is large and the truth moves slowly.
#
# ## 4. The start
#
# *What went wrong in the first days?*
#
# After $n$ values the weights add up to $1 - \beta^n$ only. The rest of the weight, $\beta^n$, sits on $v_0 = 0$. If all values have the same mean $\mu$, then the mean of $v_n$ is $(1-\beta^n)\,\mu$: the average is *biased* towards 0. Divided by the weight that is there, it has the mean $\mu$, without a bias:
#
# $$\hat v_t = \frac{v_t}{1 - \beta^t}, \qquad t = 1, 2, \dots, T.$$
#
# This is the **bias correction**. Now the weights add up to exactly 1, at every $t$. The recursion itself goes on with $v_t$, not with $\hat v_t$.
#
# *On paper.* $\beta = 0.8$, values 10, 5, 20: $v = 2,\; 2.6,\; 6.08$ and $1 - \beta^t = 0.2,\; 0.36,\; 0.488$. So $\hat v = 10,\; 7.22,\; 12.46$. The first one is the first value itself.
#
# ### Exercise 4: `bias_corrected_ewa`


# %% exercise="bias_corrected_ewa"
def bias_corrected_ewa(values, beta):
    """The exponentially weighted averages of a series with the bias correction.

    Args:
        values: the series, an array of shape (T,), of floats or whole numbers.
        beta: a number with 0 <= beta < 1, up to 0.9999; to refuse others is not asked.

    Returns:
        An array of shape (T,): v_t / (1 - beta**t) for t = 1, ..., T, where v_t is what ewa gives.

    Example:
        bias_corrected_ewa(np.array([10.0, 5.0, 20.0]), 0.8) is [10, 7.2222, 12.4590], rounded.
    """
    # 1. You have the averages without the correction already.
    # 2. Which number t belongs to the first entry, and which to the last?
    ### BEGIN SOLUTION
    t = np.arange(1, len(values) + 1)
    return ewa(values, beta) / (1 - beta**t)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Call `ewa`, and divide each entry by its own number.
# </details>
# <details><summary>Hint 2</summary>
#
# The numbers $t$ go from 1 to `len(values)`, as an array of `np.arange`. Then `1 - beta**t` is an array of the same shape.
# </details>

# %% check="bias_corrected_ewa" points=2
with checks.exercise("bias_corrected_ewa"):
    days = np.array([10.0, 5.0, 20.0, 0.0])
    checks.unchanged(bias_corrected_ewa, days, 0.8)
    slips = {
        "the correction is missing": [2, 2.6, 6.08, 4.864],
        "the first entry has t = 1": [2 / 0.36, 2.6 / 0.488, 6.08 / 0.5904, 4.864 / 0.67232],
        "the power t is missing": [10, 13, 30.4, 24.32],
        "all are divided by 1 - beta**T of the last day": [3.3875339, 4.4037940, 10.2981030, 8.2384824],
        "the recursion goes on with v, not with the corrected one": [10, 25, 49.1803279, 66.6400107],
        "v begins at 0, not at the first value": [10, 9, 11.2, 8.96],
    }
    expected = [10, 7.2222222, 12.4590164, 8.2384824]
    checks.close("bias_corrected_ewa([10, 5, 20, 0], 0.8)", bias_corrected_ewa(days, 0.8), expected, mistakes=slips)
    checks.close("bias_corrected_ewa([10, 5, 20, 0], 0)", bias_corrected_ewa(days, 0.0), days)
    ### BEGIN HIDDEN TESTS

    def by_weighted_means(values, beta):
        fading = np.multiply.accumulate(np.r_[1.0, np.full(len(values) - 1, float(beta))])
        return np.array([np.average(values[: t + 1], weights=fading[t::-1]) for t in range(len(values))])

    def series(rng, T):
        return rng.normal(0, 3, T), float(rng.uniform(0.05, 0.99))

    others = {
        "with the whole number 0 as beta": (np.array([3.0, -1.0, 2.5]), 0),
        "with beta = 0.9999": (np.linspace(1, 5, 1200), 0.9999),
        "with beta = 0.001": (np.array([2.0, 7.0, -3.0]), 0.001),
        "with 0 as the first value": (np.array([0.0, 0.0, 4.0, 1.0]), 0.7),
        "with equal values": (np.full(200, 7.3), 0.98),
        "with beta = 0.3 and 1000 values": (np.cos(np.arange(1000.0)), 0.3),
        "with 2500 values": (np.sin(np.arange(2500.0)) + 2, 0.98),
    }
    domain = {"real": {"values": 1e3}, "types": ["values"], "cases": others}
    checks.agrees(bias_corrected_ewa, by_weighted_means, series, sizes={"T": 1200}, **domain)
    ### END HIDDEN TESTS

# %%
start = 120
plt.scatter(np.arange(1, start + 1), high[:start], s=8, color="0.6", label="each day")
plt.plot(np.arange(1, start + 1), ewa(high, 0.98)[:start], label="β = 0.98 without the correction")
plt.plot(np.arange(1, start + 1), bias_corrected_ewa(high, 0.98)[:start], label="β = 0.98 with the correction")
plt.xlabel("day of the year 2012")
plt.ylabel("highest temperature in °C")
plt.title("Without the correction the first weeks are far too cold")
plt.legend(fontsize=9)
plt.show()
for t in (1, 10, 50, 149, 365):
    plain, corrected = ewa(high, 0.98)[t - 1], bias_corrected_ewa(high, 0.98)[t - 1]
    print(f"day {t:3}: {plain:5.2f} °C without, {corrected:5.2f} °C with the correction")

# %% [markdown]
# *What to notice.* On day 1 the average without the correction says 0.26 °C after a day of 12.8 °C. After 149 days, the window of 95 % in the table above, 5 % are missing. After a year the two curves are equal to the eye.
# In a training of many thousand steps the first few hundred are often not worth the correction. Where the average **steers** the training from its first step, as in Adam (lesson 03), it matters.
#
# ## 5. How much noise is left?
#
# *What do we gain by averaging?*
#
# Suppose the values are $\theta_t = \mu + \text{noise}$, where the noise of different days is uncorrelated and has variance $\sigma^2$. A sum $\sum_t w_t \theta_t$ has the variance $\sigma^2 \sum_t w_t^2$. The corrected average has the weights $w_t / \sum_s w_s$, so
#
# $$\operatorname{Var}(\hat v_n) = \sigma^2 \, \frac{\sum_{t=1}^{n} w_t^2}{\bigl(\sum_{t=1}^{n} w_t\bigr)^2}, \qquad w_t = (1-\beta)\beta^{n-t}.$$
#
# The fraction is the **variance factor**: the share of the noise variance that is left. For one value it is 1. For many values, the sum below tends to 1 and that above to $(1-\beta)^2 \sum_k \beta^{2k} = (1-\beta)^2/(1-\beta^2)$, so
#
# $$\frac{\operatorname{Var}(\hat v_n)}{\sigma^2} \to \frac{1-\beta}{1+\beta}.$$
#
# A plain mean of $N$ values has the factor $1/N$. So as far as noise is concerned, the average is worth a plain mean of $(1+\beta)/(1-\beta)$ values: 3 for $\beta = 0.5$, 19 for 0.9, 99 for 0.98.
#
# *On paper.* $\beta = 0.5$, $n = 2$: weights $0.25$ and $0.5$. Squares: $0.0625 + 0.25 = 0.3125$. Sum: $0.75$. The factor is $0.3125 / 0.5625 = 5/9 \approx 0.556$; with many values it would be $1/3$.
#
# ### Exercise 5: `variance_factor`


# %% exercise="variance_factor"
def variance_factor(beta, n):
    """The variance of the bias-corrected average of n values, divided by the variance of one value.

    The values are uncorrelated and have the same variance.

    Args:
        beta: a number with 0 <= beta < 1, up to 0.9999; to refuse others is not asked.
        n: how many values were averaged, a whole number >= 1.

    Returns:
        A number above 0, at most 1. It is exact for this n, not the limit for many values.

    Example:
        variance_factor(0.5, 2) is 5/9.
    """
    # 1. Which weights have the n values?
    # 2. Squares above; below the square of the sum.
    ### BEGIN SOLUTION
    weights = ewa_weights(beta, n)
    return np.sum(weights**2) / np.sum(weights) ** 2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `ewa_weights(beta, n)` gives the weights $w_t$ as an array.
# </details>
# <details><summary>Hint 2</summary>
#
# Two sums: one of the squared weights, one of the weights. Square the second one and divide.
# </details>

# %% check="variance_factor" points=2
with checks.exercise("variance_factor"):
    slips = {
        "the weights must be divided by their sum first": 0.081984,
        "the sum below must be squared": 0.168,
        "this is the limit for many values": 1 / 9,
        "this is the factor of a plain mean": 1 / 3,
        "this is the standard deviation; square it": 0.5867385,
        "square each weight, not the sum of them": 1.0,
    }
    checks.close("variance_factor(0.8, 3)", variance_factor(0.8, 3), 0.3442623, mistakes=slips)
    checks.close("variance_factor(0.6, 1)", variance_factor(0.6, 1), 1.0)
    checks.close("variance_factor(0.9, 1000)", variance_factor(0.9, 1000), 1 / 19)
    checks.close("variance_factor(0, 3)", variance_factor(0.0, 3), 1.0)
    ### BEGIN HIDDEN TESTS

    def closed(beta, n):
        return (1 - beta) / (1 + beta) * (1 + beta**n) / (1 - beta**n)

    def settings(rng, n):
        return float(rng.uniform(0.05, 0.99)), n

    others = {
        "with the whole number 0 as beta": (0, 4),
        "with beta = 0.9999": (0.9999, 3000),
        "with beta = 0.9999 and n = 1": (0.9999, 1),
        "with beta = 0.9999 and n = 2": (0.9999, 2),
        "with beta = 0.001": (0.001, 5),
        "with beta = 0.98 and 100 values": (0.98, 100),
        "with beta = 0.8 and 60 values": (0.8, 60),
    }
    checks.agrees(variance_factor, closed, settings, sizes={"n": 3000}, cases=others)
    ### END HIDDEN TESTS

# %% [markdown]
# Is it true for a network? The gradient of a mini-batch is the gradient of the whole training set plus noise. We keep the weights of a network fixed, draw 60 mini-batches of 16 pictures, one after the other, and average their gradients.
# How far is the average from the gradient of all pictures? Forty such series give a good estimate.

# %%
digits = data.load_small_digits()
X, X_test = (images.reshape(len(images), -1).T / 16 - 0.5 for images in (digits.X_train, digits.X_test))  # (64, m)
Y, Y_test, m = digits.Y_train, digits.Y_test, X.shape[1]  # labels 0 to 9, shape (1, m)


def one_hot(labels):
    """Labels 0 to 9, shape (1, m), as columns with a single 1, shape (10, m)."""
    return (np.arange(10).reshape(10, 1) == labels) * 1.0


def gradient(X, Y, parameters):
    """The gradient of the cost of these examples; Y has the labels 0 to 9."""
    AL, caches = dense.deep_forward(X, parameters, "softmax")
    return dense.deep_backward(AL, one_hot(Y), caches)


rng, fixed = np.random.default_rng(0), dense.initialize_deep([64, 64, 10], seed=0)
noise = []  # of each of 40 series the noise of dW1, an array (60, 64, 64)
for _ in range(40):
    batches = rng.integers(0, m, (60, 16))
    noise.append([gradient(X[:, i], Y[:, i], fixed)["dW1"] for i in batches] - gradient(X, Y, fixed)["dW1"])
noise = np.array(noise, dtype=np.float32).swapaxes(0, 1)  # (60, 40, 64, 64)

# %%
steps = np.arange(1, 61)
for number, beta in enumerate(betas):
    v, left = 0, []
    for t, new in zip(steps, noise, strict=True):
        v = beta * v + (1 - beta) * new
        left.append(np.mean((v / (1 - beta**t)) ** 2) / np.mean(noise**2))
    plt.plot(steps, [variance_factor(beta, t) for t in steps], color=plots.COLORS[number], label=f"β = {beta}")
    plt.plot(steps[::3], left[::3], "o", color=plots.COLORS[number], markersize=4)
    print(
        f"β = {beta}: after 60 steps {left[-1]:.3f} of the noise is left, by the formula {variance_factor(beta, 60):.3f}"
    )
plt.yscale("log")
plt.xlabel("mini-batches averaged")
plt.ylabel("variance, relative to one mini-batch")
plt.title("The formula (lines) says how much of the gradient's noise is left (dots)")
plt.legend()
plt.show()

# %% [markdown]
# *What to notice.* An average with $\beta = 0.9$ takes away about 95 % of the variance of the gradient, after 30 steps. This is as good as a mini-batch 19 times as large, and costs nothing but one array.
# The noise is uncorrelated here because each mini-batch is drawn anew. The temperatures of two days in a row are correlated; for them the formula would promise too much.
#
# And the weights were fixed here. In a training they move, and the average holds the gradients of older weights. That is the delay of section 3. **Momentum**, in lesson 03, lives with this delay.
#
# ## 6. Averaging the weights
#
# *Can we average the network itself?*
#
# With a constant learning rate the noise of the mini-batches keeps the weights moving around a good place, without arriving. The centre of this movement may be better than any place on the way. So average the **weights** over the steps, and use the averaged network for the test. This is *Polyak averaging*. It does not touch the training.
#
# For a network we do not want to start from zeros, so we write the recursion for the corrected average itself. From $v_t = (1-\beta^t)\,\hat v_t$ follows
#
# $$(1-\beta^t)\,\hat v_t = \beta(1-\beta^{t-1})\,\hat v_{t-1} + (1-\beta)\,\theta_t ,$$
#
# and because $\beta(1-\beta^{t-1}) = \beta - \beta^t = (1-\beta^t) - (1-\beta)$,
#
# $$\hat v_t = \hat v_{t-1} + r_t \, (\theta_t - \hat v_{t-1}), \qquad r_t = \frac{1-\beta}{1-\beta^t}.$$
#
# Here $\theta_t$ is an array of weights or biases after step $t$, and $\hat v_t$ has the same shape. The average moves towards the new weights by the share $r_t$. In step 1 it is $r_1 = 1$, so $\hat v_1 = \theta_1$: what was there before does not count. (Computed as $(1 - r_t)\,\hat v_{t-1} + r_t\,\theta_t$, this is so without rounding.) For large $t$, $r_t$ falls to $1-\beta$.
#
# *On paper.* $\beta = 0.5$, $t = 2$: $r_2 = 0.5/0.75 = 2/3$. With $\hat v_1 = [3, -1]$ and $\theta_2 = [6, 2]$: $\hat v_2 = [3 + 2, \; -1 + 2] = [5, 1]$.
#
# ### Exercise 6: `average_parameters`


# %% exercise="average_parameters"
def average_parameters(average, parameters, beta, t):
    """One step of the bias-corrected average of the parameters of a network.

    Args:
        average: a dict, the corrected average after t - 1 steps. Its arrays may have any shape, and hold floats or whole
            numbers. For t = 1 its numbers do not count, however large they are.
        parameters: a dict with the same keys, maybe in another order, and arrays of the same shapes: those after step t.
        beta: a number with 0 <= beta < 1, up to 0.9999; to refuse others is not asked.
        t: the number of the step, a whole number >= 1.

    Returns:
        A new dict with the same keys and new arrays: the corrected average after step t.

    Example:
        average_parameters({"W1": np.array([[3.0, -1.0]])}, {"W1": np.array([[6.0, 2.0]])}, 0.5, 2) is {"W1": [[5, 1]]}.
    """
    # 1. The share by which the average moves; it is the same for all arrays.
    # 2. Move each array, without changing the old one.
    ### BEGIN SOLUTION
    rate = (1 - beta) / (1 - beta**t)
    return {key: (1 - rate) * old + rate * parameters[key] for key, old in average.items()}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Compute $r_t$ first, a number. The brackets below the fraction matter.
# </details>
# <details><summary>Hint 2</summary>
#
# A loop over `average.items()` fills a new dict. `average[key] += …` would change the old arrays: write a sum instead.
# </details>

# %% check="average_parameters" points=3
with checks.exercise("average_parameters"):
    old = {"W1": np.array([[3.0, -1.0, 2.0]]), "b1": np.array([[9.0]])}
    new = {"b1": np.array([[2.0]]), "W1": np.array([[6.0, 2.5, -5.0]])}
    checks.unchanged(average_parameters, old, new, 0.5, 3)
    answer, what = average_parameters(old, new, 0.5, 3), "average_parameters(average, parameters, 0.5, 3)"
    checks.keys(what, answer, ["W1", "b1"])
    slips = {
        "the share must be corrected: 1 - beta is for large t only": [[4.5, 0.75, -1.5]],
        "old and new are exchanged": [[4.2857143, 0.5, -1.0]],
        "this is the share of step t - 1": [[5.0, 1.3333333, -2.6666667]],
        "the old average is corrected already; do not divide it again": [[5.1428571, 0.8571429, -1.7142857]],
        "this is the plain mean over all steps": [[4.0, 0.1666667, -0.3333333]],
    }
    checks.close(f"W1 of {what}", answer["W1"], [[4.7142857, 1.0, -2.0]], mistakes=slips)
    checks.close(f"b1 of {what}", answer["b1"], [[5.0]])
    checks.close("W1 of average_parameters(…, 0.9, 1)", average_parameters(old, new, 0.9, 1)["W1"], new["W1"])
    ### BEGIN HIDDEN TESTS

    def undone_and_redone(average, parameters, beta, t):
        moved = {}
        for key in parameters:
            v = np.asarray(average[key], float) * (1 - beta ** (t - 1))
            moved[key] = (beta * v + (1 - beta) * np.asarray(parameters[key], float)) / (1 - beta**t)
        return moved

    def networks(rng, n, n_prev, L, t):
        shapes = {f"{k}{i}": (n, n_prev) if k == "W" else (n, 1) for i in range(1, L + 1) for k in "Wb"}
        both = [{key: rng.normal(size=shapes[key]) for key in rng.permutation(list(shapes)).tolist()} for _ in "12"]
        return *both, float(rng.uniform(0.05, 0.99)), t

    W, V = np.array([[1.5, -2.0, 0.25]]), np.array([[4.0, 0.5, -3.0]])
    others = {
        "with beta = 0": ({"W1": W}, {"W1": V}, 0.0, 7),
        "with the whole number 0 as beta": ({"W1": W}, {"W1": V}, 0, 1),
        "with beta = 0.9999": ({"W1": W, "b1": V}, {"b1": W + 1, "W1": V}, 0.9999, 2),
        "with beta = 0.9999 and t = 5000": ({"W1": W}, {"W1": V}, 0.9999, 5000),
        "with beta = 0.5 and t = 22": ({"W1": W}, {"W1": V}, 0.5, 22),
        "with beta = 0.5 and t = 27": ({"W1": W}, {"W1": V}, 0.5, 27),
        "with other keys and shapes": (
            {"kernel": W[0], "c": np.array(2.0), "E": np.ones((2, 3, 2))},
            {"E": np.zeros((2, 3, 2)), "kernel": V[0], "c": np.array(5.0)},
            0.9,
            4,
        ),
        "with t = 1 and an average of 1e20": ({"W1": 1e20 * W}, {"W1": V}, 0.9, 1),
        "with average and parameters equal": ({"W1": W}, {"W1": W.copy()}, 0.9, 3),
    }
    sizes = {"n": 130, "n_prev": 130, "L": 12, "t": 2000}
    domain = {"real": {"average": 1e3, "parameters": 1e3}, "types": ["average", "parameters"], "cases": others}
    checks.agrees(average_parameters, undone_and_redone, networks, sizes=sizes, **domain)

    check_rng = np.random.default_rng(5)
    thetas, running = check_rng.normal(size=(40, 2, 3)), {"W1": np.full((2, 3), 50.0)}
    for step in range(1, 41):
        running = average_parameters(running, {"W1": thetas[step - 1]}, 0.95, step)
    mean = np.average(thetas, axis=0, weights=0.95 ** np.arange(39, -1, -1))
    checks.close("40 steps of average_parameters from 50s, beta = 0.95", running["W1"], mean, rtol=1e-9)
    ### END HIDDEN TESTS

# %% [markdown]
# Now train the network on small digits with mini-batches of 4 pictures, 2,000 steps with a learning rate of 0.3. We do it twice: with the true labels, and with two in five labels drawn anew (so about 36 % are wrong, as in [week 1](../week1_practical_aspects/02_l2_regularization.ipynb)). Wrong labels make noisy steps.
# Each 50 steps we ask both networks, the last weights and their average with $\beta = 0.99$, for the test pictures, whose labels are true. Five seeds each.


# %%
def accuracy(parameters):
    """The share of test pictures that a network names rightly."""
    return np.mean(dense.deep_forward(X_test, parameters, "softmax")[0].argmax(axis=0) == Y_test[0])


def train(seed, spoilt, beta=0.99, last_rate=0.3):
    """2,000 steps on batches of 4; last_rate is the learning rate of the last 500. Both accuracies each 50 steps, (40, 2)."""
    rng, labels = np.random.default_rng(seed), Y.copy()
    anew = rng.random((1, m)) < spoilt
    labels[anew] = rng.integers(0, 10, anew.sum())
    parameters = average = dense.initialize_deep([64, 64, 10], seed)
    rows = []
    for t in range(1, 2001):
        batch = rng.integers(0, m, 4)
        grads = gradient(X[:, batch], labels[:, batch], parameters)
        parameters = dense.update(parameters, grads, 0.3 if t <= 1500 else last_rate)
        average = average_parameters(average, parameters, beta, t)
        if t % 50 == 0:
            rows.append([accuracy(parameters), accuracy(average)])
    return np.array(rows)


seeds, spoilts = range(5), {"true labels": 0.0, "36 % wrong labels": 0.4}
jobs = [(name, seed) for name in spoilts for seed in seeds]
runs = {job: train(job[1], spoilts[job[0]]) for job in tqdm(jobs, file=sys.stdout)}

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharey=True)
for axis, name in zip(axes, spoilts, strict=True):
    for column, label in enumerate(("last weights", "averaged weights, β = 0.99")):
        curves = 100 * np.array([runs[name, seed][:, column] for seed in seeds])
        color, steps = plots.COLORS[1 - column], np.arange(50, 2001, 50)
        axis.fill_between(steps, curves.min(axis=0), curves.max(axis=0), color=color, alpha=0.15)
        axis.plot(steps, curves[0], color=color, linestyle="--" if column == 0 else "-", label=label, linewidth=1.5)
    axis.set(title=f"trained on {name}", xlabel="steps", ylim=(50, 100))
axes[0].set_ylabel("right test pictures in %, from 50")
axes[0].legend(fontsize=9, loc="lower right")
figure.suptitle("The noisier the steps, the more the average gains (line: seed 0; shade: all five seeds)", fontsize=11)
plt.show()
for name in spoilts:
    print(f"{name}, steps 1,050 to 2,000:")
    for seed in seeds:
        (last, averaged), spread = 100 * runs[name, seed][20:].mean(axis=0), 100 * runs[name, seed][20:].std(axis=0)
        print(f"  seed {seed}: last weights {last:.1f} % ± {spread[0]:.1f}, average {averaged:.1f} % ± {spread[1]:.1f}")

# %% [markdown]
# *What to notice.* With wrong labels the accuracy of the last weights goes up and down by several points from one look to the next, and you never know at which moment you stop. The average moves by about one point, and in each of the five seeds it is better by more than five points in the mean.
# With true labels it is better in each seed as well, but only by half a point to two points: there is less noise to take away. With larger mini-batches the gain becomes smaller still.
#
# **Is there another way?** The movement also becomes smaller with the learning rate. The next cell divides it by 10 for the last 500 steps, and looks at the last weights only.

# %%
smaller = [train(seed, 0.4, last_rate=0.03)[-5:, 0].mean() for seed in tqdm(seeds, file=sys.stdout)]
print("36 % wrong labels, mean of the last five looks (steps 1,800 to 2,000):")
for seed, calmed in zip(seeds, smaller, strict=True):
    last, averaged = runs["36 % wrong labels", seed][-5:].mean(axis=0)
    print(f"  seed {seed}: last weights {last:.1%}, averaged {averaged:.1%}; with the smaller rate {calmed:.1%}")

# %% [markdown]
# *What to notice.* A smaller learning rate at the end does about as much as the average: both calm the noise. So averaging is no magic. But it needs no decision when the rate should fall, and it is there at every step. Lesson 04 of this week is about making the rate fall.
#
# Two limits. The weights of one run stay close together, so their mean makes sense; the mean of two networks from different starts is mostly useless (not shown here).
# And $\beta$ has its price as before: with $\beta = 0.999$ the average remembers more than a thousand steps, also those after which the network knew little.

# %% [markdown]
# ## What you built
#
# - `ewa` and `ewa_weights`: an average that forgets, as a recursion and as a sum;
# - `effective_window`: how many values it remembers; with that goes a delay of about $\beta/(1-\beta)$ steps;
# - `bias_corrected_ewa`: the right start, because the weights add up to 1 from the first value on;
# - `variance_factor`: the noise that is left, $(1-\beta)/(1+\beta)$ after many values; the gradients of mini-batches obey it;
# - `average_parameters`: the average of a whole network, which gained more than five points on a noisy training in each seed.
#
# ## On your own
#
# - Train with $\beta = 0.9$ and $\beta = 0.999$. Which is best after 200 steps, and which after 2,000?
# - Let $\beta$ go to 1 in `average_parameters`. Which $r_t$ do you get, and which well-known average is that?
# - Average twice: the average of the average, $\text{ewa}(\text{ewa}(\theta))$. Draw its weights. What is its delay? Can you combine $v$ and the doubled average into one that has no delay on a straight line?
# - *Hard.* Let the truth do a random walk: $\mu_t = \mu_{t-1} + $ noise of variance $q$, and $\theta_t = \mu_t + $ noise of variance $1$. Which $\beta$ makes $E[(v_t - \mu_t)^2]$ smallest in the long run? Find it by simulation for three $q$, then by a formula. (It is the Kalman filter of this walk.)
#
# ## In practice
#
# In pandas `series.ewm(alpha=1 - beta, adjust=True).mean()` is your `bias_corrected_ewa`. With `adjust=False` pandas begins at the first value instead of 0, which is neither of yours.
# In PyTorch `torch.optim.swa_utils.AveragedModel` averages weights, with `get_ema_multi_avg_fn(0.999)` as you did, but from the first weights on and not with $r_t$. Image generators and large language models are often published with averaged weights. Batch normalization (week 3) keeps such an average of means and variances, and there PyTorch's `momentum` is $1 - \beta$.
#
# ## References
#
# - S. W. Roberts (1959), *Control chart tests based on geometric moving averages*, Technometrics 1.
# - B. T. Polyak and A. B. Juditsky (1992), *Acceleration of stochastic approximation by averaging*, SIAM Journal on Control and Optimization 30.
# - D. P. Kingma and J. Ba (2015), *Adam: a method for stochastic optimization*, ICLR (section 3: the bias correction).
# - P. Izmailov, D. Podoprikhin, T. Garipov, D. Vetrov and A. G. Wilson (2018), *Averaging weights leads to wider optima and better generalization*, UAI.
