# %% [markdown]
# You will build a small program that differentiates any formula of sums and products, and the gradient of logistic
# regression, first for one example, then for all of them.

# %% [markdown]
# ## What you will be able to do
#
# - write a formula as a graph and compute its values from left to right;
# - find all its derivatives from right to left, with one pass, by the chain rule;
# - say why a value that is used twice must **add up** its derivatives;
# - derive $dz = a - y$ for logistic regression on paper, and compute the gradient of one example;
# - compute the gradient of $m$ examples with loops, and check it with finite differences.
#
# **What you need:** the sigmoid and the cost of [lesson 01](01_logistic_regression.ipynb); the derivative and gradient
# descent of [lesson 02](02_derivatives_and_gradient_descent.ipynb).
#
# The set-up cell gives you `sigmoid`, which you wrote in lesson 01. `time` will measure how slow our loops are, and
# `tqdm` shows a bar while they run (`sys` only tells it where to print).

# %%
import sys
import time

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()
rng = np.random.default_rng(3)


def sigmoid(z):
    """1 / (1 + exp(-z)) for a number or an array, as in lesson 01: finite for every z."""
    return (1 + np.tanh(z / 2)) / 2


# %% [markdown]
# ## 1. A formula as a graph
#
# *How does a computer see a formula?*
#
# Take three numbers $a$, $b$, $c$ and the formula $J(a, b, c) = 3\,(a + b\,c)$. A computer does one small step at a
# time. We give each step a name:
#
# $$u = b\,c, \qquad v = a + u, \qquad J = 3\,v.$$
#
# Draw each step as a node, with an arrow from what it needs. This is the **computation graph**:
#
# ```
# a ───────────────┐
#                  ├──► v = a + u ───► J = 3 v
# b ──┐            │
#     ├─► u = b c ─┘
# c ──┘
# ```
#
# Going through it from left to right gives the values. This is the **forward pass**.
#
# *On paper.* $a = 5$, $b = 3$, $c = 2$: first $u = 3 \cdot 2 = 6$, then $v = 5 + 6 = 11$, then $J = 3 \cdot 11 = 33$.
#
# ### Exercise 1: `forward_graph`


# %% exercise="forward_graph"
def forward_graph(a, b, c):
    """The forward pass of J = 3 (a + b c): every value of the graph.

    Args:
        a, b, c: numbers, floats or whole numbers.

    Returns:
        A dict with the keys "u", "v", "J", each value a number: u = b c, v = a + u, J = 3 v.

    Example:
        forward_graph(5, 3, 2) is {"u": 6, "v": 11, "J": 33}.
    """
    # 1. Which node needs nothing but inputs? Compute it first.
    # 2. Then the node that needs it, then the output.
    # 3. Return all three: the backward pass will want them.
    ### BEGIN SOLUTION
    u = b * c
    v = a + u
    return {"u": u, "v": v, "J": 3 * v}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write one line for each node, in the order of the arrows: first $u$, then $v$, then $J$.
# </details>
# <details><summary>Hint 2</summary>
#
# The first line is `u = b * c`. A dict is written `{"u": u, "v": v, "J": J}`.
# </details>
#
# Under each exercise stands its check. **You need not read the check; run it.** It prints how many checks passed, or
# one line that says what is wrong.

# %% check="forward_graph" points=1
with checks.exercise("forward_graph"):
    early = "this is 3 (a + b) c; the product b c comes before the sum"
    alone = "the 3 multiplies a alone; it must multiply the whole sum v"
    for numbers, u, v, J, slips in (
        ((5, 3, 2), 6, 11, 33, {early: 48, alone: 21}),
        ((1, -2.5, 4), -10, -9, -27, {early: -18, alone: -7}),
    ):
        what, values = f"forward_graph{numbers}", forward_graph(*numbers)
        checks.keys(what, values, ["u", "v", "J"])
        checks.close(f"u in {what}", values["u"], u, mistakes={"this is b + c; u is the product": sum(numbers[1:])})
        checks.close(f"v in {what}", values["v"], v, mistakes={"this is a times u; v is the sum": numbers[0] * u})
        checks.close(f"J in {what}", values["J"], J, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def products(a, b, c):
        return {"u": np.prod([b, c]), "v": np.dot([a, b], [1, c]), "J": np.dot([a, b], [3, 3 * c])}

    numbers = ["a", "b", "c"]
    domain = {"sizes": {}, "real": dict.fromkeys(numbers, 1e4), "types": numbers}
    others = {"with whole numbers": (-4, 7, 12), "with b c below 0": (6.5, -2, 3), "with v = 0": (-6.0, 3.0, 2.0)}
    others |= {"with numbers of 1e-12": (3e-12, 2e-12, 0.5), "with numbers of 1e9": (1e9, 2e9, 3.0)}
    others |= {"with equal numbers": (2, 2, 2), "with the example of the docstring": (5, 3, 2)}
    checks.agrees(
        forward_graph, products, lambda rng: tuple(rng.normal(0, 4, 3).tolist()), cases=others, atol=1e-12, **domain
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Derivatives from right to left
#
# *If I change one input a little, how much does $J$ move?*
#
# A **nudge** is a tiny change of one value. Nudge $v$ from 11 to 11.001. Then $J = 3v$ goes from 33 to 33.003: it moves
# 3 times as much, so $dJ/dv = 3$.
#
# Now nudge $a$ from 5 to 5.001. This moves $v$ to 11.001, and that moves $J$ to 33.003. The effects **multiply** along
# the path. This is the **chain rule**:
#
# $$\frac{dJ}{da} = \frac{dJ}{dv} \cdot \frac{dv}{da} = 3 \cdot 1 = 3.$$
#
# So we start at $J$ and walk against the arrows. Each node needs only two things: the derivative that comes from its
# right, and its own **local derivative**. This is the **backward pass**, or **backpropagation**.
#
# *Names in code.* We always differentiate the last value $J$. So the short name `dv` means $dJ/dv$, `db` means $dJ/db$,
# and so on.
#
# *On paper*, with $a = 5$, $b = 3$, $c = 2$:
#
# | step | chain rule | local derivative | result |
# |---|---|---|---|
# | `dv` | $dJ/dv$ | $J = 3v$ gives 3 | $3$ |
# | `da` | $dJ/dv \cdot dv/da$ | $v = a + u$ gives 1 | $3 \cdot 1 = 3$ |
# | `du` | $dJ/dv \cdot dv/du$ | $v = a + u$ gives 1 | $3 \cdot 1 = 3$ |
# | `db` | $dJ/du \cdot du/db$ | $u = b\,c$ gives $c = 2$ | $3 \cdot 2 = 6$ |
# | `dc` | $dJ/du \cdot du/dc$ | $u = b\,c$ gives $b = 3$ | $3 \cdot 3 = 9$ |
#
# ### Exercise 2: `backward_graph`


# %% exercise="backward_graph"
def backward_graph(a, b, c):
    """The backward pass of J = 3 (a + b c): the derivative of J with respect to every value before it.

    Args:
        a, b, c: numbers, floats or whole numbers.

    Returns:
        A dict with the keys "dv", "du", "da", "db", "dc", each value a number: "dv" is dJ/dv, and so on.

    Example:
        backward_graph(5, 3, 2) is {"dv": 3, "du": 3, "da": 3, "db": 6, "dc": 9}.
    """
    # 1. Start at the right end: what does J = 3 v do to a nudge of v?
    # 2. Pass it back through v = a + u, to both inputs.
    # 3. Pass it back through u = b c. By which number is a nudge of b multiplied?
    ### BEGIN SOLUTION
    dv = 3
    da = dv
    du = dv
    db = du * c
    dc = du * b
    return {"dv": dv, "du": du, "da": da, "db": db, "dc": dc}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Write one line for each row of the table above, in the same order, with names in place of the numbers.
# </details>
# <details><summary>Hint 2</summary>
#
# Each line is the derivative that comes from the right, times the local derivative. For $v = a + u$ the local derivative
# is 1, so `da = dv * 1`.
# </details>
# <details><summary>Hint 3</summary>
#
# In $u = b\,c$ a nudge of $b$ is multiplied by $c$: `db = du * c`. The factor `du` carries everything that happens
# further to the right.
# </details>

# %% check="backward_graph" points=2
with checks.exercise("backward_graph"):
    local = "this is the local derivative alone; multiply it by the derivative that comes from the right"
    other = "a nudge of b is multiplied by c, and a nudge of c by b"
    summed = "it is handed on unchanged, as by a sum; u = b c is a product"
    names = ["dv", "da", "du", "db", "dc"]
    first = {"da": {local: 1}, "du": {local: 1}, "db": {local: -2.5, other: 12, summed: 3}}
    first |= {"dc": {local: 4, other: -7.5, summed: 3}, "dv": {"J = 3 v moves 3 times as much as v": 1}}
    for numbers, expected, slips in (((1, 4, -2.5), [3, 3, 3, -7.5, 12], first), ((5, 3, 2), [3, 3, 3, 6, 9], {})):
        what, grads = f"backward_graph{numbers}", backward_graph(*numbers)
        checks.keys(what, grads, names)
        for name, value in zip(names, expected, strict=True):
            checks.close(f"{name} in {what}", grads[name], value, mistakes=slips.get(name))
    ### BEGIN HIDDEN TESTS

    def by_nudges(a, b, c):
        e = 1e-30j  # an imaginary nudge, so small that it is exact: what it adds is the derivative times the nudge
        moved = {"dv": 3 * e, "du": 3 * e, "da": 3 * ((a + e) + b * c), "db": 3 * (b + e) * c, "dc": 3 * b * (c + e)}
        return {name: complex(J).imag / 1e-30 for name, J in moved.items()}

    domain = {"sizes": {}, "real": dict.fromkeys("abc", 1e4), "types": list("abc")}
    others = {"with whole numbers": (-4, 7, 12), "with b c below 0": (6.5, -2, 3), "with v = 0": (-6.0, 3.0, 2.0)}
    others |= {"with numbers of 1e-12": (3e-12, 2e-12, 0.5), "with numbers of 1e9": (1e9, 2e9, 3.0)}
    others |= {"with equal numbers": (2, 2, 2), "with the example of the docstring": (5, 3, 2)}
    checks.agrees(backward_graph, by_nudges, lambda rng: tuple(rng.normal(0, 4, 3).tolist()), cases=others, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Now draw both passes. Two helpers do it; you need not read them. The first draws the arrows between two boxes:


# %%
def draw_arrows(axes, start, end, backward):
    """A blue arrow from start to end; beside it, if `backward`, a dashed orange one from end to start."""
    across = np.array(end) - np.array(start)
    aside = 0.06 * np.array([-across[1], across[0]]) / np.linalg.norm(across)
    style = {"arrowstyle": "->", "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end + aside, start + aside, arrowprops=style | {"color": plots.COLORS[0]})
    if backward:
        axes.annotate("", start - aside, end - aside, arrowprops=style | {"color": plots.COLORS[1], "linestyle": "--"})


# %% [markdown]
# The second draws the whole graph, with the value above each box and the derivative below it:


# %%
def draw_graph(nodes, values, grads, title, height=3.4):
    """Draw a computation graph; nodes: name -> (x, y, text in the box, names of its inputs), x and y in inches."""
    blue, orange = plots.COLORS[:2]
    axes = plt.figure(figsize=(8, height)).gca()
    half = {name: max(0.45, 0.17 + 0.05 * len(node[2])) for name, node in nodes.items()}  # half the width of a box
    for name, (x, y, text, inputs) in nodes.items():
        tall = max(0.19, 0.16 * len(inputs))  # half the height: each input gets its own place at the left side
        axes.add_patch(plt.Rectangle((x - half[name], y - tall), 2 * half[name], 2 * tall, fill=False))
        axes.text(x, y, text, ha="center", va="center", fontsize=11)
        axes.text(x, y + tall + 0.05, f"{values[name]:.3g}", ha="center", va="bottom", color=blue, fontsize=12)
        if name in grads:
            words = f"d{name} = {grads[name]:.3g}"
            axes.text(x, y - tall - 0.07, words, ha="center", va="top", color=orange, fontsize=11)
        for k, source in enumerate(inputs):
            start = nodes[source][0] + half[source] + 0.1, nodes[source][1] + 0.1 * np.sign(y - nodes[source][1])
            end = x - half[name] - 0.1, y + 2 * tall * (0.5 - (k + 0.5) / len(inputs))
            draw_arrows(axes, start, end, source in grads)
    axes.plot([], [], "-", color=blue, label="forward: value, above the box")
    axes.plot([], [], "--", color=orange, label="backward: derivative, below the box")
    axes.legend(loc="lower right", fontsize=9)
    axes.set(xlim=(0, 8), ylim=(0, height - 0.35), title=title)
    axes.set_axis_off()


# %% [markdown]
# Here are your numbers of exercises 1 and 2:

# %%
nodes = {
    "a": (0.8, 2.45, "a", []),
    "b": (0.8, 1.5, "b", []),
    "c": (0.8, 0.5, "c", []),
    "u": (2.9, 1.0, "u = b c", ["b", "c"]),
    "v": (5.0, 1.85, "v = a + u", ["a", "u"]),
    "J": (7.1, 1.85, "J = 3 v", ["v"]),
}
values = {"a": 5, "b": 3, "c": 2} | forward_graph(5, 3, 2)
grads = {key[1:]: value for key, value in backward_graph(5, 3, 2).items()} | {"J": 1}
draw_graph(nodes, values, grads, "Values flow to the right, derivatives flow back to the left")
plt.show()

# %% [markdown]
# *What to notice.* Blue numbers above the boxes are made from left to right, orange ones below the boxes from right to
# left. The start is $dJ = dJ/dJ = 1$. A sum hands its derivative on unchanged: 3 comes to $v$, and 3 goes to $a$ and to
# $u$. A product hands on the derivative times **the other** factor: $3 \cdot c = 6$ goes to $b$, $3 \cdot b = 9$ goes
# to $c$.
#
# One backward pass gave all five derivatives. Finite differences need another forward pass for every single input. A
# network with a million weights would need a million of them: this is why backpropagation matters.
#
# ## 3. In which order?
#
# *For three nodes you saw the order. How does a program find it for any graph?*
#
# We write a graph as plain data: a dict from the name of a node to its operation and its two inputs. A name that is no
# key of the dict is an input of the whole formula: its value is given from outside.

# %%
formula = {
    "J": ("mul", ["three", "v"]),
    "v": ("add", ["a", "u"]),
    "u": ("mul", ["b", "c"]),
}
for name in formula:
    operation, sources = formula[name]
    print(f"{name} is {operation} of {sources}; nodes among these: {[each for each in sources if each in formula]}")

# %% [markdown]
# *What to notice.* `formula["v"]` is the pair of an operation and a list of two names. `"u" in formula` is true, because
# `u` is a node. `"a" in formula` is false: $a$ is given from outside.
#
# The dict lists the nodes in any order. Here $J$ stands first, although it must be computed last. A **topological
# order** is a list of the nodes in which every node stands **after** its inputs. Forward goes through this list,
# backward goes through it in reverse.
#
# To make such a list, start with an empty one. A node is **ready** when each of its inputs is given from outside or
# stands in the list already. Look at all nodes, one after the other, and append each one that is ready. This is one
# round. Then begin the next round.
#
# *On paper.* The nodes of `formula`, in the order of the dict:
#
# | round | `J` needs the node `v` | `v` needs the node `u` | `u` needs no node | the list after the round |
# |---|---|---|---|---|
# | 1 | not ready | not ready | ready | `["u"]` |
# | 2 | not ready | ready | in the list | `["u", "v"]` |
# | 3 | ready | in the list | in the list | `["u", "v", "J"]` |
#
# In round 2 the program looks at `J` before it appends `v`, so `J` must wait for round 3. If several nodes are ready at
# the same time, any of them may go first.
#
# There may be no order at all. Suppose that `p` needs `q`, `q` needs `p`, and `r` needs no node. Round 1 appends `r`.
# Round 2 appends nothing, and so no later round can append anything. This is a **cycle**: `p` and `q` wait for each
# other. A node that needs itself is a cycle too.
#
# ### Exercise 3: `topological_order`


# %% exercise="topological_order"
def topological_order(graph):
    """An order of the nodes in which every node comes after its inputs.

    Args:
        graph: a dict, name -> (operation, [input, input]); the names are strings. An input that is no key of graph is
            given from outside and always ready. The two inputs may be the same name. The graph is not changed.

    Returns:
        A new list of all keys of graph, each exactly once, each after those of its inputs that are keys of graph. If
        there are several such orders, any of them will do. An empty graph gives an empty list.

    Raises:
        ValueError: the graph has a cycle, so no such order exists.

    Example:
        topological_order({"v": ("add", ["a", "u"]), "u": ("mul", ["b", "c"])}) is ["u", "v"].
    """
    # 1. When is a node ready? Say it in one sentence about its inputs.
    # 2. Collect ready nodes, again and again. Each one that you take may make others ready.
    # 3. How many rounds are enough? And what does it mean if some nodes are left then?
    ### BEGIN SOLUTION
    order = []
    for _ in graph:  # each round finds at least one more node, unless the rest is stuck in a cycle
        for name, (_operation, inputs) in graph.items():
            if name not in order and all(source in order or source not in graph for source in inputs):
                order.append(name)
    if len(order) < len(graph):
        raise ValueError("the graph has a cycle")
    return order
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Do what the table does. You need a list `order`, a loop over the rounds, and inside it a loop over the nodes of the
# graph. In each round at least one node is appended, or there is a cycle: so `len(graph)` rounds are enough.
# </details>
# <details><summary>Hint 2</summary>
#
# `for name, (operation, sources) in graph.items():` gives each node with its inputs. An input `source` does not keep it
# waiting if `source in order` or `source not in graph`. The node is ready if this holds for all its inputs.
# </details>
# <details><summary>Hint 3</summary>
#
# `if name not in order and all(source in order or source not in graph for source in sources):` append the name.
# After the rounds, fewer names in `order` than keys in `graph` mean a cycle: `raise ValueError("the graph has a cycle")`.
# If you write `while` instead of `for`, stop when a round appends nothing; otherwise a cycle never ends (the ■ button
# interrupts).
# </details>

# %% check="topological_order" points=2
with checks.exercise("topological_order"):

    def check_order(words, graph):
        what, order = f"topological_order({words})", topological_order(dict(graph))
        checks.that(isinstance(order, list | tuple), f"{what}: expected a list of names, got {order!r:.40}")
        for place, name in enumerate(order):
            checks.that(name in graph, f"{what}: {name!r} is no key of the graph; list the nodes alone")
            checks.that(name not in order[:place], f"{what}: {name!r} stands in the list twice")
            late = [source for source in graph[name][1] if source in graph and source not in order[:place]]
            checks.that(not late, f"{what}: {name!r} stands before its input {''.join(late[:1])!r}, or without it")
        missing = sorted(graph.keys() - set(order))
        checks.that(not missing, f"{what}: {''.join(missing[:1])!r} is missing")

    graph = {"J": ("mul", ["three", "v"]), "v": ("add", ["a", "u"]), "u": ("mul", ["b", "c"])}
    check_order("the graph of 3 (a + b c)", graph)
    checks.unchanged(topological_order, graph)
    diamond = {"y": ("add", ["p", "q"]), "q": ("mul", ["x", "x"]), "p": ("add", ["s", "t"]), "s": ("mul", ["q", "k"])}
    check_order("a graph where q is used twice", diamond)
    cycle = {"p": ("add", ["x", "q"]), "q": ("mul", ["x", "p"]), "r": ("add", ["x", "x"])}
    checks.raises("topological_order(p needs q and q needs p)", ValueError, topological_order, cycle)
    ### BEGIN HIDDEN TESTS

    def check_cycle(what, graph):
        before = str(graph)
        checks.raises(f"topological_order({what})", ValueError, topological_order, graph)
        checks.that(str(graph) == before, f"topological_order({what}): it changes the graph; work on a copy")

    def node(*sources):
        return "add", list(sources)

    check_order("an empty graph", {})
    check_order("one node", {"p": node("x", "x")})
    check_order("one node named like an operation", {"add": node("mul", "x")})
    check_order("a node named by the empty string", {"p": node("", "x"), "": node("x", "y")})
    check_order("two parts that are not joined", {"p": node("x", "x"), "q": node("r", "r"), "r": node("y", "z")})
    check_order("a chain of 130 nodes, listed backwards", {f"n{k}": node("x", f"n{k - 1}") for k in range(130, 0, -1)})
    check_order("a chain of 130 nodes", {f"n{k}": node(f"n{k - 1}", "x") for k in range(1, 131)})
    check_order("130 nodes without nodes as inputs", {f"n{k}": node("x", "y") for k in range(130)})
    check_rng = np.random.default_rng(33)
    for size in (2, 5, 8, 20, 40):
        for _ in range(3):
            sources = check_rng.integers(-4, np.arange(size)[:, None], (size, 2)).tolist()
            names = [[f"n{j}" if j >= 0 else f"x{-j}" for j in pair] for pair in sources]
            graph = {f"n{k}": node(*names[k]) for k in check_rng.permutation(size).tolist()}
            checks.unchanged(topological_order, graph)
            check_order(f"a random graph of {size} nodes", graph)
            knot = {"n0": node("x1", f"n{size - 1}"), f"n{size - 1}": node("n0", "x2")}
            check_cycle("a graph with a cycle", graph | knot)
    check_cycle("p needs itself", {"p": node("p", "x")})
    check_cycle("p needs itself twice", {"q": node("x", "y"), "p": node("p", "p")})
    check_cycle(
        "a cycle of three", {"p": node("x", "q"), "q": node("x", "r"), "r": node("x", "p"), "s": node("r", "x")}
    )
    check_cycle("a cycle of 130", {f"n{k}": node("x", f"n{(k + 1) % 130}") for k in range(130)})
    first = topological_order({"p": node("x", "x")})
    topological_order({"q": node("x", "x")})
    checks.equal("topological_order(one node) after another call", list(first), ["p"])
    ### END HIDDEN TESTS

# %% [markdown]
# With the order the forward pass of **any** graph is a loop. It is given:


# %%
def evaluate(graph, inputs):
    """The values of all names, a dict: the given inputs, then every node of the graph in topological order."""
    values = dict(inputs)
    for name in topological_order(graph):
        operation, (left, right) = graph[name]
        values[name] = values[left] + values[right] if operation == "add" else values[left] * values[right]
    return values


print("order: ", topological_order(formula))
print("values:", evaluate(formula, {"a": 5, "b": 3, "c": 2, "three": 3}))

# %% [markdown]
# *What to notice.* $u = 6$, $v = 11$ and $J = 33$ once more, although the dict lists the nodes in the wrong order. The
# number 3 has become an input called `three`, because our graphs know only sums and products of two names.
#
# ## 4. Backpropagation through any graph
#
# *What if a value is used twice?*
#
# The rules for the two operations, where `d` of the node is already known:
#
# | node | to the left input | to the right input |
# |---|---|---|
# | $s = l + r$ | $dl \mathrel{+}= ds$ | $dr \mathrel{+}= ds$ |
# | $p = l \cdot r$ | $dl \mathrel{+}= dp \cdot r$ | $dr \mathrel{+}= dp \cdot l$ |
#
# Why `+=` and not `=`? Because a value can move $J$ on **several paths**, and the effects **add up**.
#
# *On paper.* $s = x + y$ and $J = s \cdot x$, with $x = 3$, $y = 2$: $s = 5$, $J = 15$. $x$ is used twice. The order is
# `["s", "J"]`, so backward visits `J` first, then `s`. Each row of the table shows all derivatives after one step:
#
# | step | `dJ` | `ds` | `dx` | `dy` |
# |---|---|---|---|---|
# | start: 1 for $J$, 0 for all others | 1 | 0 | 0 | 0 |
# | at $J = s \cdot x$: $s$ receives $dJ \cdot x = 3$, $x$ receives $dJ \cdot s = 5$ | 1 | **3** | **5** | 0 |
# | at $s = x + y$: $x$ and $y$ receive $ds = 3$ each | 1 | 3 | $5 + 3 =$ **8** | **3** |
#
# The derivative of $s$ is complete when we come to $s$, because every node that uses $s$ was visited before. This is
# what the reversed topological order is for.
#
# Test it: $J = (x + y)\,x = x^2 + xy$ has the derivative $2x + y = 8$. With `=` in place of `+=` the 5 would be lost,
# and $dx$ would be 3.
#
# *If you are stuck* on exercise 3 or 4, go on with section 5 and come back later. Exercises 5 and 6 do not need them.
#
# ### Exercise 4: `backpropagate`


# %% exercise="backpropagate"
def backpropagate(graph, values, output):
    """The derivative of one value of a graph with respect to every value of it.

    Args:
        graph: a dict, name -> (operation, [left, right]), without a cycle; operation is "add" (left + right) or "mul"
            (left * right). A name can be used by several nodes, and twice by one node. The nodes stand in any order.
        values: a dict, name -> number (a float or a whole number): the values of all inputs and all nodes, in any
            order (`evaluate` makes it).
        output: the name of the node that is differentiated. It need not be the last one.

    Returns:
        A new dict with the keys of values: the derivative of `output` with respect to each, a number. It is 1 for the
        output itself, and 0 for what the output does not depend on.

    Example:
        backpropagate({"s": ("add", ["x", "y"]), "J": ("mul", ["s", "x"])}, {"x": 3, "y": 2, "s": 5, "J": 15}, "J") is
        {"x": 8, "y": 3, "s": 3, "J": 1}.
    """
    # 1. A derivative for every name: what is the one of the output, and what are the others before you start?
    # 2. In which order must the nodes be visited, so that a derivative is complete before it is handed on?
    # 3. Hand it on to both inputs by the table above. What if an input has received something before?
    ### BEGIN SOLUTION
    grads = dict.fromkeys(values, 0)
    grads[output] = 1
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        if operation == "add":
            grads[left] += grads[name]
            grads[right] += grads[name]
        else:
            grads[left] += grads[name] * values[right]
            grads[right] += grads[name] * values[left]
    return grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Do what the table does: one dict `grads`, with a 0 for each name in `values`, and a 1 for the output. Then one loop
# over the nodes. A node comes after its inputs in the topological order; in the reversed order it comes before them.
# </details>
# <details><summary>Hint 2</summary>
#
# `grads = {name: 0 for name in values}` and `grads[output] = 1`. The loop is
# `for name in reversed(topological_order(graph)):`, and its first line `operation, (left, right) = graph[name]`.
# </details>
# <details><summary>Hint 3</summary>
#
# For `"add"`: `grads[left] += grads[name]`, and the same for `right`. For `"mul"` each side gets `grads[name]` times the
# **value** of the other side: `grads[left] += grads[name] * values[right]`.
# </details>

# %% check="backpropagate" points=3
with checks.exercise("backpropagate"):
    early = "a node handed its derivative on before it was complete; use reversed(topological_order(graph))"
    own = "in a product each side receives the value of the other side, not its own"
    local = "this is only the local derivative; multiply it by the derivative of the node, grads[name]"
    start = "grads[output] starts at 1, all the others at 0"
    overwritten = "x is used twice: its derivatives must add up (+=), but the second overwrites the first (=)"
    slips = {"s": {own: 5, start: 4}, "y": {early: 0, local: 1}, "x": {overwritten: 3, early: 5}, "u": {early: 0}}
    twice, square = {"s": ("add", ["x", "y"]), "J": ("mul", ["s", "x"])}, {"J": ("mul", ["x", "x"])}
    lecture = {"J": ("mul", ["three", "v"]), "v": ("add", ["a", "u"]), "u": ("mul", ["b", "c"])}
    at = {"a": -1.0, "b": 4.0, "c": 2.0, "three": 3.0, "u": 8.0, "v": 7.0, "J": 21.0}
    for what, graph, values, expected in (
        ("(x + y) x at x = 3, y = 2", twice, {"x": 3, "y": 2, "s": 5, "J": 15}, {"J": 1, "s": 3, "y": 3, "x": 8}),
        ("x x at x = 3.5", square, {"x": 3.5, "J": 12.25}, {"J": 1, "x": 7}),
        ("3 (a + b c), J listed first", lecture, at, {"J": 1, "v": 3, "three": 7, "u": 3, "a": 3, "c": 12, "b": 6}),
    ):
        checks.unchanged(backpropagate, graph, values, "J")
        grads = backpropagate(graph, values, "J")
        checks.keys(f"backpropagate(graph of {what})", grads, values)
        for name, value in expected.items():
            checks.close(f"{name} in backpropagate(graph of {what})", grads[name], value, mistakes=slips.get(name))
    ### BEGIN HIDDEN TESTS

    def valued(graph, values):
        """The values of all names, each in as many copies: one with an imaginary nudge, so small that it is exact."""
        found, nudges = {}, dict(zip(values, 1e-30j * np.eye(len(values)), strict=True))

        def value(name):
            if name not in found:
                if name in graph:
                    left, right = map(value, graph[name][1])
                    found[name] = nudges[name] + (left + right if graph[name][0] == "add" else left * right)
                else:
                    found[name] = nudges[name] + values[name]
            return found[name]

        return {name: value(name) for name in values}

    def by_nudges(graph, values, output):
        slopes = valued(graph, values)[output].imag / 1e-30
        return dict(zip(values, slopes.tolist(), strict=True))

    def example(rng, graph, inputs, output):
        names = list(rng.permutation([*graph, *inputs]))
        values = valued(graph, dict.fromkeys(map(str, names)) | inputs)
        return graph, {name: float(value[0].real) for name, value in values.items()}, output

    def graphs(rng, nodes, inputs):
        """Up to eight nodes joined at random, the rest a chain."""
        given = {f"x{j}": rng.choice([-1, 1]) * rng.uniform(0.8, 1.2) for j in range(inputs)}
        known, graph = list(given), {}
        for k in range(nodes):
            left, right = rng.choice(known[-8:] if k < 8 else known[-1:]), rng.choice(known if k < 8 else list(given))
            graph[f"n{k}"] = ("mul" if k % 3 else "add", [str(name) for name in rng.permutation([left, right])])
            known.append(f"n{k}")
        graph = {str(name): graph[name] for name in rng.permutation(list(graph))}
        return example(rng, graph, given, f"n{nodes - 1 - (nodes > 4) * rng.integers(0, 2)}")

    check_rng = np.random.default_rng(34)
    given, whole = {"a": -1.5, "b": 0.5, "c": 4.0, "three": 3.0}, {"a": 5, "b": 3, "c": 2, "three": 3}
    others = {
        "with output v": example(check_rng, lecture, given, "v"),
        "with whole numbers": (lecture, whole | {"u": 6, "v": 11, "J": 33}, "J"),
        "with x = 0": (twice, {"x": 0.0, "y": 2.0, "s": 2.0, "J": 0.0}, "J"),
        "with an input that nothing uses": (square, {"x": 2.5, "unused": 1.0, "J": 6.25}, "J"),
        "with x x at x = 2": (square, {"x": 2, "J": 4}, "J"),
        "with an input of 1e-12": (square, {"x": 1e-12, "J": 1e-24}, "J"),
        "with an input of 1e9": (square, {"x": 1e9, "J": 1e18}, "J"),
        "with equal values": (twice, {"x": 2.0, "y": 0.0, "s": 2.0, "J": 4.0}, "J"),
        "with the example of the docstring": (twice, {"x": 3, "y": 2, "s": 5, "J": 15}, "J"),
        "with the values in another order": (lecture, dict(reversed(at.items())), "J"),
        "with x + x": ({"J": ("add", ["x", "x"])}, {"x": 2.5, "J": 5.0}, "J"),
        "with very small numbers": example(check_rng, twice, {"x": 1e-9, "y": 3e-8}, "J"),
        "with large numbers": example(check_rng, lecture, {"a": 2e5, "b": -7e4, "c": 3e6, "three": 4e3}, "J"),
    }
    sizes = {"nodes": 130, "inputs": 40}
    checks.agrees(backpropagate, by_nudges, graphs, sizes=sizes, cases=others, apart=False)
    ### END HIDDEN TESTS

# %% [markdown]
# Forward and backward numbers side by side, and a test of each derivative by finite differences: nudge an input by
# 0.001, run the forward pass again, and see how far $J$ moves.

# %%
inputs = {"a": 5, "b": 3, "c": 2, "three": 3}
values = evaluate(formula, inputs)
grads = backpropagate(formula, values, "J")
print("name     forward   backward   finite difference")
for name in values:
    line = f"{name:6}{values[name]:10}{grads[name]:11}"
    if name in inputs:
        nudged_values = evaluate(formula, inputs | {name: inputs[name] + 0.001})
        line += f"{(nudged_values['J'] - values['J']) / 0.001:20.3f}"
    print(line)

# %%
twice = {"s": ("add", ["x", "y"]), "J": ("mul", ["s", "x"])}
values = evaluate(twice, {"x": 3, "y": 2})
nodes = {
    "x": (1.2, 2.1, "x", []),
    "y": (1.2, 0.8, "y", []),
    "s": (3.8, 0.95, "s = x + y", ["x", "y"]),
    "J": (6.6, 2.45, "J = s x", ["x", "s"]),
}
title = "x is used twice: 5 comes back on one path and 3 on the other, together 8"
draw_graph(nodes, values, backpropagate(twice, values, "J"), title)
plt.show()

# %% [markdown]
# *What to notice.* In the table the last two columns agree. In the picture two dashed arrows come back to $x$: one
# straight from $J$ with $s = 5$, one through $s$ with 3. Under the box of $x$ stands their sum. In a neural network
# nearly every value is used more than once, so this sum is everywhere.
#
# ## 5. Logistic regression, one example
#
# *In which direction should each weight move, if I look at one picture?*
#
# One example $x$ of shape $(n_x, 1)$ with label $y$ (0 or 1); weights $w$ of shape $(n_x, 1)$, bias $b$, a number.
# Three nodes:
#
# $$z = w^T x + b, \qquad a = \sigma(z), \qquad \mathcal{L}(a, y) = -\bigl(y \log a + (1 - y) \log (1 - a)\bigr).$$
#
# $z$, $a$ and $\mathcal{L}$ are numbers. From here on $a$ is the prediction, no longer an input as in sections 1 and 2, and
# the last node is $\mathcal{L}$: the short name `da` now means $d\mathcal{L}/da$, `dw` means $d\mathcal{L}/dw$. Walk from
# right to left. Take a pencil and do each step yourself.
#
# **Step 1: through the loss.** The derivative of $\log a$ is $1/a$; the derivative of $\log(1 - a)$ is $-1/(1 - a)$. So
#
# $$da = \frac{d\mathcal{L}}{da} = -\frac{y}{a} + \frac{1 - y}{1 - a}.$$
#
# **Step 2: through the sigmoid.** Differentiate $\sigma(z) = (1 + e^{-z})^{-1}$:
#
# $$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}} = a\,(1 - a).$$
#
# The last factor is $1 - a$, because $1 - \frac{1}{1 + e^{-z}} = \frac{e^{-z}}{1 + e^{-z}}$.
#
# **Step 3: multiply.** The chain rule gives
#
# $$dz = \frac{d\mathcal{L}}{dz} = da \cdot \sigma'(z)
# = \left(-\frac{y}{a} + \frac{1 - y}{1 - a}\right) a\,(1 - a) = -y\,(1 - a) + (1 - y)\,a.$$
#
# Multiply out: $-y + y a + a - y a$. The two terms $y a$ cancel, and what is left is short:
#
# $$\boxed{\;dz = a - y\;}$$
#
# It says: *what was predicted minus what is true*.
#
# **Step 4: through the score.** $z = w_1 x_1 + w_2 x_2 + \dots + b$. A nudge of $w_j$ is multiplied by $x_j$; a nudge
# of $b$ by 1. So
#
# $$dw = x\,dz, \quad \text{shape } (n_x, 1); \qquad db = dz, \quad \text{a number}.$$
#
# *On paper.* $x = [1, 2]^T$, $w = [2, -1.5]^T$, $b = 1$, $y = 1$: $z = 2 - 3 + 1 = 0$, $a = 0.5$,
# $\mathcal{L} = -\log 0.5 \approx 0.693$. Backward: $da = -1/0.5 = -2$, $\sigma'(z) = 0.5 \cdot 0.5 = 0.25$,
# $dz = -2 \cdot 0.25 = -0.5$, which is $a - y$. Then $dw = [1, 2]^T \cdot (-0.5) = [-0.5, -1]^T$ and $db = -0.5$.
#
# *A trap.* When the model is very sure, $a$ rounds to exactly 0 or 1 in float64, and $1/a$ or $1/(1-a)$ in step 1 is a
# division by 0. The short form $a - y$ has no division: use it.
#
# ### Exercise 5: `logistic_gradient_one`


# %% exercise="logistic_gradient_one"
def logistic_gradient_one(x, y, w, b):
    """The gradient of the loss of one example, by dz = a - y.

    Args:
        x: the example, shape (n_x, 1): floats, whole numbers or pixels (uint8).
        y: its label, 0 or 1, as a whole number or a float.
        w: weights, shape (n_x, 1), floats or whole numbers.
        b: bias, a number. No argument is changed.

    Returns:
        (dw, db), floats: the derivatives of the loss with respect to w, a new array of shape (n_x, 1), and to b, a
        number. Both are right and finite for every finite score z, also where sigmoid(z) rounds to 0 or 1.

    Example:
        logistic_gradient_one(np.array([[1], [2]]), 1, np.array([[2], [-1.5]]), 1) is ([[-0.5], [-1]], -0.5).
    """
    # 1. Forward: the score, as a number and not as an array of shape (1, 1); then the prediction.
    # 2. Backward: the boxed formula.
    # 3. What does step 4 do with it?
    ### BEGIN SOLUTION
    z = (w.T @ x).item() + b
    a = sigmoid(z)
    dz = a - y
    return x * dz, dz
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Follow the example on paper: $z$, then $a$, then $dz$, then $dw$ and $db$. You need neither the loss nor `da`.
# </details>
# <details><summary>Hint 2</summary>
#
# `w.T @ x` has shape `(1, 1)`; `(w.T @ x).item()` or `np.sum(w * x)` makes it a number. `sigmoid` is given in the
# set-up cell. Then `dz = a - y` is a number too.
# </details>
# <details><summary>Hint 3</summary>
#
# `x * dz` has the shape of `x`, and `db` is `dz` itself. The function returns both: `return x * dz, dz`.
# </details>

# %% check="logistic_gradient_one" points=2
with checks.exercise("logistic_gradient_one"):
    x, w = np.array([[1], [2]]), np.array([[2.0], [-1.5]])
    checks.unchanged(logistic_gradient_one, x, 1, w, 1.7)
    what = "logistic_gradient_one([[1], [2]], 1, [[2], [-1.5]], 1.7)"
    dw, db = checks.results(what, logistic_gradient_one(x, 1, w, 1.7), ["dw", "db"])
    slips = {
        "a (1 - a) is already used up in dz = a - y; use it once": [[-0.0735670424], [-0.1471340849]],
        "this comes from da, before the sigmoid; dz = a - y": [[-1.4965853038], [-2.9931706076]],
        "b is added once for each feature; add it once": [[-0.0831726965], [-0.166345393]],
        "this is dz for every weight; the factor x is missing": [[-0.3318122278], [-0.3318122278]],
    }
    checks.close(f"dw in {what}", dw, [[-0.3318122278], [-0.6636244557]], mistakes=slips)
    checks.close(f"db in {what}", db, -0.3318122278, mistakes={"this is the sum of dw; db = dz": -0.9954366835})
    for sign, y in ((1, 0), (-1, 1)):
        what, w = f"logistic_gradient_one(x, {y}, w, 0) where z = {sign * 800}", sign * np.array([[200.0], [300.0]])
        dw, db = logistic_gradient_one(np.array([[1.0], [2.0]]), y, w, 0.0)
        trap = f"{what}: not finite; a rounds to {1 - y} here, so do not divide by a or 1 - a, take dz = a - y"
        checks.that(np.isfinite(dw).all() and np.isfinite(db), trap)
        checks.close(f"dw in {what}", dw, [[sign], [2 * sign]], rtol=1e-9)
    ### BEGIN HIDDEN TESTS

    def by_cases(x, y, w, b):
        z = sum(float(weight) * float(value) for weight, value in zip(w[:, 0], x[:, 0], strict=True)) + b
        dz = -np.exp(-np.logaddexp(0, z)) if y == 1 else np.exp(-np.logaddexp(0, -z))
        return np.array([[dz * float(value)] for value in x[:, 0]]), float(dz)

    def example(rng, n_x):
        w = rng.normal(0, 1, (n_x, 1)) / n_x**0.5
        return rng.normal(0, 1, (n_x, 1)), int(rng.integers(0, 2)), w, rng.normal()

    x, w = np.array([[1], [2], [-5]]), np.array([[100.0], [300.0], [-20.0]])
    others = {
        "with z = 800 and y = 1": (x, 1, w, 0.0),
        "with z = 800 and y = 0": (x, 0, w, 0.0),
        "with z = -800 and y = 0": (x, 0, -w, 0.0),
        "with z = -800 and y = 1": (x, 1, -w, 0.0),
        "with z = 9 and y = 1": (x, 1, 9 / 800 * w, 0.0),
        "with z = 22 and y = 1": (x, 1, 22 / 800 * w, 0.0),
        "with y = 1 as a float": (x, 1.0, w / 800, 0.25),
        "with weights all 0": (x, 1, 0 * w, 0.0),
    }
    real, types = {"x": 100, "w": 100, "b": 100}, ["x", "y", "w", "b"]
    domain = {"sizes": {"n_x": 1030}, "real": real, "types": types, "pixels": ["x"], "returns": ["dw", "db"]}
    checks.agrees(logistic_gradient_one, by_cases, example, cases=others, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The example from the paper, drawn. $x$ and $y$ are data: they have no derivative here, because we cannot change them.

# %%
x, y, w, b = np.array([[1.0], [2.0]]), 1, np.array([[2.0], [-1.5]]), 1.0
z = np.sum(w * x) + b
a = sigmoid(z)
dw, db = logistic_gradient_one(x, y, w, b)
values = {"w1": w[0, 0], "x1": x[0, 0], "w2": w[1, 0], "x2": x[1, 0], "b": b, "y": y}
values |= {"z": z, "a": a, "L": -np.log(a)}
grads = {"w1": dw[0, 0], "w2": dw[1, 0], "b": db, "z": db, "a": -y / a + (1 - y) / (1 - a), "L": 1}
places = {"w1": 4.1, "x1": 3.2, "w2": 2.45, "x2": 1.55, "b": 0.8}
nodes = {name: (0.6, height, name, []) for name, height in places.items()} | {
    "z": (3.2, 2.45, "z = w1 x1 + w2 x2 + b", ["w1", "x1", "w2", "x2", "b"]),
    "a": (5.5, 2.45, "a = σ(z)", ["z"]),
    "y": (5.5, 3.5, "y", []),
    "L": (7.25, 2.45, "L(a, y)", ["y", "a"]),
}
draw_graph(nodes, values, grads, "One example: dz = a - y = -0.5 comes back to both weights and to b", 5)
plt.show()

# %% [markdown]
# *What to notice.* $da = -2$ comes back from the loss. The sigmoid multiplies it by $a\,(1-a) = 0.25$, and $dz = -0.5$
# arrives: $a - y$. Each weight gets $dz$ times its own input: $w_2$ twice as much as $w_1$, because $x_2$ is twice
# $x_1$. The derivatives are negative: to lower the loss, gradient descent makes both weights and the bias larger.
#
# The score $z$ is made of sums and products only. So the program of exercise 4 can do step 4 for us:

# %%
score = {
    "p1": ("mul", ["w1", "x1"]),
    "p2": ("mul", ["w2", "x2"]),
    "s": ("add", ["p1", "p2"]),
    "z": ("add", ["s", "b"]),
}
inputs = {"w1": 2, "x1": 1, "w2": -1.5, "x2": 2, "b": 1}
dz_by = backpropagate(score, evaluate(score, inputs), "z")
for name, ours in (("w1", dw[0, 0]), ("w2", dw[1, 0]), ("b", db)):
    print(f"d{name}: backpropagate gives {dz_by[name]} times dz = {(a - y) * dz_by[name]:5}, your formula {ours:5}")

# %% [markdown]
# *What to notice.* The two ways agree. This is what PyTorch and TensorFlow do: they know many more operations than
# `add` and `mul`, but the walk from right to left is the same.
#
# ## 6. All $m$ examples
#
# *One example gives one gradient. What is the gradient of the cost of all examples?*
#
# The cost is the mean of the losses, so its gradient is the mean of the gradients. With $x^{(i)}$ the column $i$ of
# $X$, shape $(n_x, m)$, and $y^{(i)}$ the entry $i$ of $Y$, shape $(1, m)$:
#
# $$J = \frac1m \sum_{i=1}^m \mathcal{L}(a^{(i)}, y^{(i)}), \qquad dw = \frac1m \sum_{i=1}^m x^{(i)} dz^{(i)}, \qquad
# db = \frac1m \sum_{i=1}^m dz^{(i)}, \qquad dz^{(i)} = a^{(i)} - y^{(i)}.$$
#
# As a program: start all sums at 0. **For each example** compute $z$, $a$, $dz$, and add its part to $J$, $dw$, $db$.
# Divide by $m$ at the end. `dw` and `db` are now *accumulators*: they need `+=`, just as a value that is used twice.
# (It is the same thing: $w$ is used $m$ times.)
#
# *On paper.* $w = [2, -1.5]^T$ and $b = 1$ as before, and three examples:
#
# | $i$ | $x^{(i)}$ | $y^{(i)}$ | $z$ | $a$ | loss | $dz$ | $x^{(i)} dz$ |
# |---|---|---|---|---|---|---|---|
# | 1 | $[1, 2]^T$ | 1 | $2 - 3 + 1 = 0$ | 0.5 | 0.693 | $-0.5$ | $[-0.5, -1]^T$ |
# | 2 | $[4, 6]^T$ | 0 | $8 - 9 + 1 = 0$ | 0.5 | 0.693 | $0.5$ | $[2, 3]^T$ |
# | 3 | $[-2, -2]^T$ | 0 | $-4 + 3 + 1 = 0$ | 0.5 | 0.693 | $0.5$ | $[-1, -1]^T$ |
# | mean | | | | | 0.693 | 0.167 | $[0.167, 0.333]^T$ |
#
# ### Exercise 6: `logistic_gradient_loop`
#
# Write it with explicit loops, as in the lecture: one over the examples, and inside it one over the features. No `@`,
# no `np.dot`. The check cannot see how you wrote it; but with loops you will *feel* in section 7 what they cost, and
# lesson 04 takes them away.


# %% exercise="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    """The gradient of the cost of m examples, and the cost, with one loop over examples and one over features.

    Args:
        X: examples as columns, shape (n_x, m), m >= 1: floats, whole numbers or pixels (uint8).
        Y: labels, 0 or 1, shape (1, m), as whole numbers or floats.
        w: weights, shape (n_x, 1), floats or whole numbers.
        b: bias, a number. No argument is changed.

    Returns:
        (dw, db, J), floats: the mean over the examples of x_i dz_i, a new array of shape (n_x, 1); of dz_i = a_i - y_i,
        a number; and of the loss -(y_i log a_i + (1 - y_i) log(1 - a_i)), a number. The scores are small enough that no
        a_i is 0 or 1.

    Example:
        logistic_gradient_loop(np.array([[1, 4, -2], [2, 6, -2]]), np.array([[1, 0, 0]]), np.array([[2], [-1.5]]), 1) is
        ([[0.167], [0.333]], 0.167, 0.693).
    """
    # 1. Three sums that start at 0. Which shape does dw have? Its numbers have fractions, even if X has none.
    # 2. For each example: z feature by feature, then a, its loss and its dz.
    # 3. Add its part to all three sums. Which of them needs another loop over the features?
    # 4. Sums become means.
    ### BEGIN SOLUTION
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0, 0
    for i in range(m):
        z = b
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a, y = sigmoid(z), Y[0, i]
        J += -(y * np.log(a) + (1 - y) * np.log(1 - a))
        dz = a - y
        for j in range(n_x):
            dw[j, 0] += X[j, i] * dz
        db += dz
    return dw / m, db / m, J / m
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `n_x, m = X.shape`. Feature `j` of example `i` is `X[j, i]`, its label is `Y[0, i]`, its weight is `w[j, 0]`. Start
# `dw` with `np.zeros((n_x, 1))`; `np.zeros_like(X)` would have the wrong shape, and cut off fractions if `X` holds
# whole numbers.
# </details>
# <details><summary>Hint 2</summary>
#
# Inside `for i in range(m):` the score starts with `z = b`, for each example anew; a loop over `j` adds the products.
# Then come $a$, the loss and $dz$, as in exercise 5. A second loop over `j` adds to `dw`.
# </details>
# <details><summary>Hint 3</summary>
#
# The inner loops hold `z += w[j, 0] * X[j, i]` and `dw[j, 0] += X[j, i] * dz`. `db += dz` and
# `J += -(y * np.log(a) + (1 - y) * np.log(1 - a))` stand in the outer loop. The division by `m` comes once, after the
# loops.
# </details>

# %% check="logistic_gradient_loop" points=3
with checks.exercise("logistic_gradient_loop"):
    X, Y, w = np.array([[1, 4, -2], [2, -1, 1]]), np.array([[1, 0, 0]]), np.array([[0.5], [-0.4]])
    checks.unchanged(logistic_gradient_loop, X, Y, w, 0.8)
    what, names = "logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 3)", ["dw", "db", "J"]
    dw, db, J = checks.results(what, logistic_gradient_loop(X, Y, w, 0.8), names)
    last = "only the last example counts: set the sums to 0 once, before the loop, and add with +="
    slips = {
        last: [[-0.2362291292], [0.1181145646]],
        "only the first example counts: does `return` stand inside the loop?": [[-0.1258468896], [-0.2516937792]],
        "the division by m stands inside the loop; divide once, after it": [[0.1768253396], [-0.016610775]],
        "b is added once for each feature; start with z = b": [[0.8714073829], [-0.2868366089]],
        "z still holds the examples before; start each example with z = b": [[0.5928987088], [-0.2951177661]],
    }
    slips |= {f"1/m is missing, and {words}": 3 * np.array(value) for words, value in slips.items()}
    checks.close(f"dw in {what}", dw, [[0.9190363508], [-0.453857307]], m=3, mistakes=slips)
    order = {"this is J; the order is (dw, db, J)": 1.3838394226, last: 0.1181145646}
    checks.close(f"db in {what}", db, 0.3125457674, m=3, mistakes=order)
    only_1 = "the examples with y = 0 give nothing; the loss has a part (1 - y) log(1 - a)"
    checks.close(f"J in {what}", J, 1.3838394226, m=3, mistakes={only_1: 0.1580256614})
    ### BEGIN HIDDEN TESTS

    def all_at_once(X, Y, w, b):
        z = w[:, 0] @ X + b
        dz = 0.5 + np.tanh(z / 2) / 2 - Y[0]
        return (X * dz).mean(axis=1)[:, None], float(dz.mean()), float((np.logaddexp(0, z) - Y[0] * z).mean())

    def examples(rng, n_x, m):
        w, X = rng.normal(0, 1, (n_x, 1)) / n_x**0.5, rng.normal(0, 1, (n_x, m))
        return X, rng.integers(0, 2, (1, m)), w, rng.normal()

    X, Y = np.array([[12, 250, 90], [200, 130, 255]], np.uint8), np.array([[0, 1, 0]])
    others = {
        "with pixels (uint8) in X": (X, Y, np.array([[0.01], [-0.02]]), 0.5),
        "with confident mistakes (scores from -17 to 17)": (X / 15, Y, np.array([[-1.3], [1.3]]), 0.5),
        "with an example three times": (X[:, [0, 0, 1, 0]], Y[:, [0, 0, 1, 0]], np.array([[0.01], [-0.02]]), 0.5),
        "with weights and bias 0": (X, Y, np.zeros((2, 1)), 0),
    }
    domain = {"sizes": {"n_x": 130, "m": 1030}, "real": {"X": 4, "w": 4, "b": 8}, "types": ["X", "Y", "w", "b"]}
    checks.agrees(logistic_gradient_loop, all_at_once, examples, returns=names, cases=others, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Never trust a gradient that you have not checked. For each parameter compare it with finite differences of the cost,
# $(J(\theta + \varepsilon) - J(\theta - \varepsilon)) / 2\varepsilon$, by the relative error
# $|g - g_\text{num}| / (|g| + |g_\text{num}|)$. For a right gradient in float64 this is usually below $10^{-6}$, often far
# below: the dashed line in the picture. Where $g$ itself is nearly 0 it says little, because rounding alone can make it
# large; none of the eight derivatives here is that small. Next to yours we draw a gradient with a mistake put in on
# purpose: in `db` the division by $m$ is forgotten.

# %%
X, Y = rng.normal(0, 1, (7, 12)), np.arange(12).reshape(1, 12) % 2
theta = rng.normal(0, 1, (8, 1))  # seven weights, and the bias as the last one
dw, db, _ = logistic_gradient_loop(X, Y, theta[:7], theta[7, 0])
yours = np.vstack([dw, [[db]]])
with_mistake = np.vstack([dw, [[db * 12]]])
numerical = np.zeros((8, 1))
for k in range(8):
    step = 1e-5 * (np.arange(8) == k).reshape(8, 1)
    more, less = theta + step, theta - step
    difference = (
        logistic_gradient_loop(X, Y, more[:7], more[7, 0])[2] - logistic_gradient_loop(X, Y, less[:7], less[7, 0])[2]
    )
    numerical[k, 0] = difference / 2e-5
for gradient, marker, label in ((yours, "o", "your gradient"), (with_mistake, "x", "the same, but db without 1/m")):
    error = np.abs(gradient - numerical) / (np.abs(gradient) + np.abs(numerical))
    plt.semilogy(error[:, 0], marker, markersize=9, markerfacecolor="none", markeredgewidth=2, label=label)
plt.xticks(range(8), [*(f"w{j}" for j in range(1, 8)), "b"])
plt.axhline(1e-6, color="gray", linestyle="--", linewidth=1)
plt.ylabel("relative error")
plt.title("A right gradient lies below the dashed line, parameter by parameter")
plt.legend(loc="upper center")
plt.show()

# %% [markdown]
# *What to notice.* If your gradient is right, all circles lie far below the dashed line at $10^{-6}$; what is left is
# mostly rounding. The cross of `b` stands near 1, millions of times higher. This mistake is visible at once, and you see
# in which parameter it is.
#
# ## 7. On real pictures, with loops
#
# *Does it learn? And how long does it take?*
#
# We take 400 training pictures of lesson 01 and do 20 steps of gradient descent: $w \leftarrow w - \alpha\, dw$,
# $b \leftarrow b - \alpha\, db$, with the learning rate $\alpha = 0.02$.
#
# The pixels are divided by 255 and not standardised as in lesson 01. This keeps the program short: one division brings
# every pixel between 0 and 1. With pixels up to 255 the steps would be far too long. Standardising would make the
# descent faster still; lesson 04 does it. Now run the cell and watch the bar.

# %%
cats = data.load_cat_pictures()
m = 400
X_train, Y_train = cats.X_train[:m].reshape(m, -1).T / 255, cats.Y_train[:, :m]
w, b = np.zeros((X_train.shape[0], 1)), 0.0
costs, seconds = [], []
begin = time.perf_counter()
for _ in tqdm(range(20), desc="gradient descent", file=sys.stdout):
    dw, db, J = logistic_gradient_loop(X_train, Y_train, w, b)
    w, b = w - 0.02 * dw, b - 0.02 * db
    costs.append(J)
    seconds.append(time.perf_counter() - begin)

# %%
X_test = cats.X_test.reshape(len(cats.X_test), -1).T / 255
correct = np.mean((sigmoid(w.T @ X_test + b) > 0.5) == cats.Y_test)
print(f"cost: {costs[0]:.3f} at the start, {costs[-1]:.3f} in step 20; right on {correct:.0%} of the test pictures")
a_step = seconds[-1] / 20
print(f"{a_step:.3f} seconds a step for {m} pictures")
minutes = a_step / m * 1584 * 2000 / 60
print(f"2,000 steps on all 1,584 training pictures would take {minutes:.1f} minutes")
plt.plot(seconds, costs, marker="o")
plt.axhline(np.log(2), color="gray", linestyle="--", linewidth=1)
plt.text(seconds[-1], np.log(2) - 0.004, "knowing nothing: log 2", ha="right", va="top", color="gray")
plt.xlabel("seconds since the start")
plt.ylabel("cost on the 400 training pictures")
plt.title("The cost falls in every step, slowly enough to watch")
plt.show()

# %% [markdown]
# *What to notice.* The first cost is $\log 2 \approx 0.693$, as it must be with $w = 0$. Every step lowers it. After 20
# steps on 400 pictures the classifier is right on about 85 % of the test pictures; a constant guess gets 50 %. The
# others have shapes that one weight for each pixel cannot tell apart, and 20 steps are far from the end.
#
# *In lesson 01 a guess without training was right on 86 %. So why train?* Compare what went in. That guess used all
# 1,584 training pictures, standardised; it is a single formula, and nothing in it is trained. Here we took only 400
# pictures and 20 slow steps from $w = 0$, because our loops are slow, and the cost was still falling when we stopped.
# Lesson 04 trains on all pictures, with many more steps, and does better than the guess.
#
# But it takes long. Each dot is one step, and the printed lines say how many seconds it needs. With both loops Python
# touches 784 pixels of 400 pictures twice in every step, one number at a time. These are small pictures, and few. Lesson
# 04 computes the same numbers, up to rounding, with two matrix products and no loop.

# %% [markdown]
# ## What you built
#
# - `forward_graph`: a formula as a graph, its values from left to right;
# - `backward_graph`: all derivatives from right to left by the chain rule;
# - `topological_order` and `backpropagate`: the same for any graph of sums and products, where derivatives of a value
#   that is used twice add up;
# - `logistic_gradient_one`: $dz = a - y$, derived on paper;
# - `logistic_gradient_loop`: the mean gradient of $m$ examples, checked with finite differences, and slow.
#
# ## On your own
#
# - Add the operations `"sub"` and `"sigmoid"` (one input) to `evaluate` and `backpropagate`. What are their local
#   derivatives?
# - Replace the loss by $(a - y)^2 / 2$. What is $dz$ now, and why does a confident mistake learn slowly?
# - Build the graph of $x^{16}$ with four nodes. How many multiplications do the forward and the backward pass need?
# - In section 7, how large may the learning rate be before the cost rises?
#
# ## In practice
#
# Hardly anybody writes backward passes by hand today. `torch.autograd` records the graph while the forward pass runs,
# and `loss.backward()` walks it in reversed topological order; it **adds** into `.grad`, also from one step to the
# next, so `optimizer.zero_grad()` is needed before each step. `jax.grad` and `tf.GradientTape` do the same work.
# Python's `graphlib.TopologicalSorter` finds a topological order. `torch.autograd.gradcheck` is our gradient check.
# PyTorch's `binary_cross_entropy_with_logits` uses $dz = a - y$ inside, for the same reason as we do: no division by 0.
#
# ## References
#
# - S. Linnainmaa (1976), *Taylor expansion of the accumulated rounding error*, BIT Numerical Mathematics.
# - D. E. Rumelhart, G. E. Hinton, R. J. Williams (1986), *Learning representations by back-propagating errors*, Nature.
# - A. Griewank, A. Walther (2008), *Evaluating Derivatives*, second edition, SIAM.
# - A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind (2018),
#   *Automatic differentiation in machine learning: a survey*, Journal of Machine Learning Research.
