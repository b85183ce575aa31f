# %% [markdown]
# You will write three famous networks as short lists, and compute from the lists where their parameters, multiplications and memory are.
# Then you build one of them, LeNet-5 with its table of connections, forward and backward, and train it on real digits.

# %% [markdown]
# ## What you will be able to do
#
# - compute the shapes, parameters, multiplications and memory of each layer of a network, also with pooling and groups;
# - say where a classic network keeps its parameters and where it spends its time;
# - assemble VGG-16 and VGG-19 from blocks, and explain why small filters are enough;
# - connect some channels only, by a table, and show that the groups of AlexNet are such a table;
# - write LeNet-5 forward and backward, train it, and compare it fairly with a smaller network.
#
# **What you need:** [convolutional layers](../week1_convolutions/03_convolution_layers.ipynb) and [pooling and a complete network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb). The set-up cell loads what you wrote there. It also has four short functions that describe a layer as a dict.

# %%
import math
import re
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.padding import output_size
from shared_utils.nn.pool import pool_backward, pool_forward
from shared_utils.nn.softmax import softmax

plots.use_style()


def conv(f, filters, stride=1, pad=0, groups=1):
    """A convolutional layer, as a dict."""
    return {"kind": "conv", "f": f, "filters": filters, "stride": stride, "pad": pad, "groups": groups}


def pool(f, stride):
    """A pooling layer, max or average, as a dict."""
    return {"kind": "pool", "f": f, "stride": stride}


def flatten():
    """The step from pictures to vectors, as a dict."""
    return {"kind": "flatten"}


def dense(units):
    """A fully connected layer, as a dict."""
    return {"kind": "dense", "units": units}


# %% [markdown]
# ## 1. Three networks on paper
#
# *Why look at networks of other people?*
#
# Because a choice of layers that works for one task often works for another. Nobody finds a good network by thinking alone. One reads what worked, counts what it costs, and begins there. That is a **case study**. In this lesson we read three networks:
#
# | network | year | task | what was new |
# |---|---|---|---|
# | **LeNet-5** | 1998 | digits of 32 × 32 pixels, grey | convolution, pooling, convolution, pooling, then dense layers, all trained together |
# | **AlexNet** | 2012 | photographs, 1000 classes | the same idea, a thousand times larger; ReLU; dropout; two GPUs |
# | **VGG-16** | 2014 | photographs, 1000 classes | one rule for all layers: 3 × 3 filters with same padding, 2 × 2 pooling with stride 2 |
#
# Here are the first two as lists of layers. They are given in their modern form: ReLU after each convolution and each dense layer but the last one, max pooling, softmax at the end. What the original LeNet-5 did differently comes in sections 2 and 5.

# %%
LENET5 = [conv(5, 6), pool(2, 2), conv(5, 16), pool(2, 2), flatten(), dense(120), dense(84), dense(10)]
ALEXNET = [conv(11, 96, stride=4), pool(3, 2), conv(5, 256, pad=2, groups=2), pool(3, 2)]
ALEXNET += [conv(3, 384, pad=1), conv(3, 384, pad=1, groups=2), conv(3, 256, pad=1, groups=2), pool(3, 2)]
ALEXNET += [flatten(), dense(4096), dense(4096), dense(1000)]
for layer in ALEXNET:
    print(layer)

# %% [markdown]
# Two things are new compared with your `layer_shapes`:
#
# - **pooling** with window $f$ and stride $s$, without padding: $n_H = \lfloor (n_H^{prev} - f) / s \rfloor + 1$, and $n_W$ likewise; the channels stay;
# - **groups**: the channels that come in are divided into $g$ equal groups, and so are the filters. Each filter sees the channels of its own group only. So $g$ must divide both numbers. The shape that comes out is the same as with $g = 1$.
#
# For a convolution, as before, $n_H = \lfloor (n_H^{prev} + 2p - f) / s \rfloor + 1$, and the number of channels that come out is the number of filters.
#
# Networks that do not fit together are the daily bread of building them. An error message is useful if it says **which** layer is wrong. This one shall.
#
# *On paper.* A picture of $9 \times 7$ pixels with 2 channels:
#
# | layer | shape |
# |---|---|
# | input | (9, 7, 2) |
# | `conv(3, 4, stride=2, groups=2)` | $(\lfloor 6 / 2 \rfloor + 1, \; \lfloor 4 / 2 \rfloor + 1, \; 4) = (4, 3, 4)$ |
# | `pool(2, 1)` | (3, 2, 4) |
# | `flatten()` | (24,) |
# | `dense(5)` | (5,) |
#
# ### Exercise 1: `network_shapes`


# %% exercise="network_shapes"
def network_shapes(input_shape, layers):
    """The shapes of the activations of a network, of one example (so without m).

    Args:
        input_shape: the shape of one picture, a tuple (n_H, n_W, n_C), or of one vector, a tuple (n,); all >= 1.
        layers: a list of dicts, which may be empty; the keys of a dict are in any order. The kinds of layers:
            {"kind": "conv", "f": f, "filters": n_C, "stride": s, "pad": p, "groups": g}: a picture becomes a picture.
            {"kind": "pool", "f": f, "stride": s}: a picture becomes a picture with the same channels; no padding.
            {"kind": "flatten"}: a picture becomes a vector; a vector stays as it is.
            {"kind": "dense", "units": n}: a vector becomes a vector of n numbers.
            All numbers are whole: f, filters and units >= 1, pad >= 0; stride and groups see below.

    Returns:
        A list of tuples of whole numbers (int), one more than there are layers: first input_shape, then the shape
        after each layer; (n_H, n_W, n_C) for pictures, (n,) for vectors.

    Raises:
        ValueError: another kind of layer; "conv" or "pool" after a vector; "dense" after a picture, also one of
            1 x 1 pixels; a window larger than the (padded) picture in height or in width; stride < 1; groups < 1, or
            groups does not divide the channels that come in, or not the number of filters.
            The message contains "layer n", where n is the number, from 1, of the first layer that is refused: for
            example "layer 3: a window of 5 pixels does not fit into (4, 8, 16)".
    """
    # 1. Begin with the input. 2. For each layer, with its number: what is refused? 3. Which shape comes next?
    ### BEGIN SOLUTION
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups:
                raise ValueError(f"layer {number}: {groups} groups, {shape[2]} channels")  # equivalent "2 → 1": words
            if layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number}: a window of {layer['f']} pixels does not fit into {shape}")
            shapes.append((*(output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2]), filters))
        else:
            raise ValueError(f"layer {number}: {layer} cannot follow the shape {shape}")
    return shapes
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `for number, layer in enumerate(layers, start=1):` counts from 1. The last shape is `shapes[-1]`; it is a picture if it has three numbers. `math.prod(shape)` multiplies all numbers of a shape.
# </details>
# <details><summary>Hint 2</summary>
#
# A pooling layer is computed like a convolution with `pad = 0`, `groups = 1` and as many filters as there are channels: `layer.get("pad", 0)` gives 0 where there is no key "pad". Refuse first, then call `output_size(n, f, pad, stride)` for the height and for the width. Its own error message does not know the number of the layer.
# </details>

# %% check="network_shapes" points=2
with checks.exercise("network_shapes"):
    layers = [conv(3, 4, stride=2, groups=2), pool(2, 1), flatten(), dense(5)]
    checks.unchanged(network_shapes, (9, 7, 2), layers)
    found = network_shapes((9, 7, 2), layers)
    checks.length("network_shapes((9, 7, 2), layers)", found, 5)
    for number, shape in enumerate([(9, 7, 2), (4, 3, 4), (3, 2, 4), (24,), (5,)]):
        checks.equal(f"shape {number} of network_shapes((9, 7, 2), layers)", found[number], shape)
    checks.raises("3 groups of 2 channels", ValueError, network_shapes, (9, 7, 2), [conv(3, 6, groups=3)])
    checks.raises("2 groups of 5 filters", ValueError, network_shapes, (9, 7, 2), [conv(3, 5, groups=2)])
    checks.raises("dense after a picture", ValueError, network_shapes, (9, 7, 2), [dense(5)])
    try:
        checks.raises("a third layer pool(4, 1)", ValueError, network_shapes, (9, 7, 2), [*layers[:2], pool(4, 1)])
        network_shapes((9, 7, 2), [*layers[:2], pool(4, 1)])
    except ValueError as error:
        checks.that("layer 3" in str(error).lower(), f'the message must contain "layer 3"; it is "{error}"')
    ### BEGIN HIDDEN TESTS

    def drawn(rng, depth):
        """A network that fits, and the shapes of its activations, counted place by place."""
        shapes, layers = [tuple(int(n) for n in rng.integers(1, 30, 3))], []
        for _ in range(depth):
            n_C, stride, pad = shapes[-1][2], int(rng.integers(1, 5)), int(rng.integers(0, 4))
            groups = int(rng.choice([g for g in range(1, n_C + 1) if n_C % g == 0]))
            pad, filters = (0, n_C) if rng.random() < 0.4 else (pad, groups * int(rng.integers(1, 4)))
            f = int(rng.integers(1, min(shapes[-1][:2]) + 2 * pad + 1))
            layer = conv(f, filters, stride, pad, groups) if (pad, filters) != (0, n_C) else pool(f, stride)
            layers.append({key: layer[key] for key in rng.permutation(list(layer)).tolist()})
            shapes.append((*(len(range(0, n + 2 * pad - f + 1, stride)) for n in shapes[-1][:2]), filters))
        for units in [0] * int(rng.integers(0, 3)) + [int(n) for n in rng.integers(1, 20, rng.integers(0, 4))]:
            if units == 0 or len(shapes[-1]) == 1:
                layers.append({"units": units, "kind": "dense"} if units else {"kind": "flatten"})
                shapes.append((units or np.ones(shapes[-1], dtype=np.int8).size,))
        return shapes, layers

    rng = np.random.default_rng(1)
    networks = [drawn(rng, depth) for depth in [0, 1, 2, 3, 5] * 12 + [130]]
    networks += [([(7,)], []), ([(7,), (7,), (3,)], [flatten(), dense(3)]), ([(1, 1, 3), (1, 1, 3)], [pool(1, 3)])]
    networks += [([(k,) for k in range(1, 132)], [dense(k) for k in range(2, 132)])]
    networks += [([(4000, 3000, 5000), (60_000_000_000,)], [flatten()])]
    networks += [([(300, 250, 120), (299, 249, 120), (99, 82, 360)], [pool(2, 1), conv(4, 360, 3, 0, 120)])]
    networks += [([(3, 9, 2), (1, 7, 2), (1, 3, 4), (2, 4, 4)], [pool(3, 1), conv(1, 4, 3, 0, 2), conv(2, 4, 1, 1)])]
    networks += [([(2, 3, 1), (5, 6, 3)], [conv(4, 3, pad=3)]), ([(5, 8, 6), (1, 2, 6)], [conv(5, 6, 3, groups=6)])]
    for shapes, layers in networks:
        what = f"network_shapes({shapes[0]}, a list of {len(layers)} layers)"
        checks.unchanged(network_shapes, shapes[0], layers)
        found = network_shapes(shapes[0], layers)
        checks.length(what, found, len(shapes))
        checks.equal(what, list(found), shapes)
        checks.whole(what, *(n for shape in found for n in shape))
    refused = [(f"kind {kind!r}", [{**conv(1, 2), "kind": kind}]) for kind in ("Conv", "conv ", "relu", "fc", "", None)]
    refused += [(f"kind {kind!r}", [{**pool(1, 1), "kind": kind}]) for kind in ("Pool", "max", "pooling", "POOL", 0)]
    refused += [(f"kind {kind!r}", [flatten(), {**dense(1), "kind": kind}]) for kind in ("Dense", "Flatten", "softmax")]
    for stride in (0, -1, -2):
        refused += [(f"stride {stride}", [{**each, "stride": stride}]) for each in (conv(3, 4), pool(2, 1), pool(9, 1))]
    for groups in (0, -1, -2, 3, 4, 5, 6, 7, 12):
        refused += [(f"{groups} groups of 6, 14 channels", [conv(1, 6), conv(1, 14, groups=groups)])]
        refused += [(f"{groups} groups of 14, 6 channels", [conv(1, 14), conv(1, 6, groups=groups)])]
    refused += [("f = 10, pad 1", [conv(1, 2), conv(10, 1, pad=1)]), ("f = 8, conv", [conv(8, 2, stride=3)])]
    refused += [(f"pool(8, {s})", [conv(1, 5), pool(1, 1), pool(8, s)]) for s in (1, 2, 9)]
    refused += [("dense after a picture", [conv(9, 1, pad=1), dense(2)]), ("pool, vector", [flatten(), pool(1, 1)])]
    refused += [("dense after 1 x 1 pixels", [pool(7, 2), dense(2)]), ("conv, vector", [flatten(), conv(1, 1)])]
    refused += [("the second of two equal layers", [pool(4, 3), pool(4, 3)])]
    for shape in ((7, 9, 2), (9, 7, 2), (7, 7, 2)):
        for words, layers in refused:
            for before, after in (([], []), ([conv(1, 2)] * 11, [pool(1, 0), dense(1)])):
                what, number = f"{words}, layers after {shape}", len(before + layers)
                checks.raises(what, ValueError, network_shapes, shape, before + layers + after)
                try:
                    network_shapes(shape, before + layers + after)
                except ValueError as error:
                    named = re.search(rf"\blayer {number}\b", str(error).lower())
                    checks.that(bool(named), f'{what}: the message must contain "layer {number}"; it is "{error}"')
    ### END HIDDEN TESTS

# %% [markdown]
# The three networks as pictures: the height of the activations, and the number of channels. VGG-16 is written out by hand here; in section 4 you will do it with two lines.

# %%
widths = [64, 64, None, 128, 128, None, 256, 256, 256, None, 512, 512, 512, None, 512, 512, 512, None]
by_hand = [conv(3, n, pad=1) if n else pool(2, 2) for n in widths] + [flatten(), dense(4096), dense(4096), dense(1000)]
networks = {"LeNet-5": ((32, 32, 1), LENET5), "AlexNet": ((227, 227, 3), ALEXNET), "VGG-16": ((224, 224, 3), by_hand)}
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharex=True)
for (name, network), mark in zip(networks.items(), "osd", strict=True):
    volumes = [shape for shape in network_shapes(*network) if len(shape) == 3]
    for axis, number in zip(axes, (0, 2), strict=True):
        axis.plot([volume[number] for volume in volumes], marker=mark, markersize=4, label=name)
for axis, what in zip(axes, ("height in pixels", "channels"), strict=True):
    axis.set(xlabel="layer (0 is the input)", ylabel=what, yscale="log")
    axis.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
axes[0].set_title("Height falls, layer by layer")
axes[1].set_title("and the channels become more")
axes[0].legend()
plt.show()
for name, network in networks.items():
    print(f"{name:8} last volume {[shape for shape in network_shapes(*network) if len(shape) == 3][-1]}")

# %% [markdown]
# *What to notice.* All three do the same: the height falls from 32 to 5, from 227 to 6, from 224 to 7, and the channels grow. In VGG-16 it is a rule: each pooling halves the height, and the number of channels doubles in the next layer, until it is 512.
# The paper on AlexNet says that its pictures have 224 × 224 pixels. With a filter of 11 pixels, stride 4 and no padding that gives $\lfloor 213 / 4 \rfloor + 1 = 54$, not the 55 of the paper. With 227 it is 55, so everybody takes 227.
#
# ## 2. Where the parameters are
#
# *LeNet-5 has about 60 thousand parameters, AlexNet 60 million, VGG-16 138 million. Which layers have them?*
#
# A filter sees $n_C^{prev} / g$ channels, where $g$ is the number of groups. With one bias for each filter, and one for each unit of a dense layer:
#
# $$\text{convolution: } \Big( f \cdot f \cdot \frac{n_C^{prev}}{g} + 1 \Big) \, n_C, \qquad \text{dense: } (n^{prev} + 1) \, n, \qquad \text{pooling, flatten: } 0 .$$
#
# *On paper.* The small network of section 1: `conv(3, 4, stride=2, groups=2)` on 2 channels has filters of $3 \times 3 \times 1$, so $(9 \cdot 1 + 1) \cdot 4 = 40$ parameters; with `groups=1` it would be $(9 \cdot 2 + 1) \cdot 4 = 76$. Pooling and flatten have none, `dense(5)` on 24 numbers has $25 \cdot 5 = 125$. Together 165.
#
# ### Exercise 2: `network_parameters`


# %% exercise="network_parameters"
def network_parameters(input_shape, layers):
    """How many parameters, weights and biases, each layer of a network has.

    Args:
        input_shape, layers: as in network_shapes.

    Returns:
        A list of whole numbers (int), one for each layer; 0 for "pool" and "flatten".

    Raises:
        ValueError: as network_shapes, with any message.
    """
    # 1. The shape that comes into each layer. 2. How many channels does one filter see? 3. Count, with the biases.
    ### BEGIN SOLUTION
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2] // layer["groups"]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `network_shapes(input_shape, layers)[k]` is the shape that comes into the layer `layers[k]`. Because the groups divide the channels, `shape[2] // groups` is exact; `/` would give a float.
# </details>

# %% check="network_parameters" points=1
with checks.exercise("network_parameters"):
    layers = [conv(3, 4, stride=2, groups=2), pool(2, 1), flatten(), dense(5)]
    checks.unchanged(network_parameters, (9, 7, 2), layers)
    found = network_parameters((9, 7, 2), layers)
    checks.length("network_parameters((9, 7, 2), layers)", found, 4)
    slips = {"the biases are missing": [36, 0, 0, 120], "the groups are not used": [76, 0, 0, 125]}
    slips |= {"the groups divide the channels that a filter sees, not all its parameters": [38, 0, 0, 125]}
    checks.close("network_parameters((9, 7, 2), layers)", np.array(found), [40, 0, 0, 125], mistakes=slips)
    found = network_parameters((6, 5, 3), [conv(2, 7), conv(1, 14, groups=7), flatten()])
    checks.close("with conv(2, 7) on 3 channels, conv(1, 14, groups=7)", np.array(found), [91, 28, 0])
    checks.raises("dense after a picture", ValueError, network_parameters, (9, 7, 2), layers[3:])
    ### BEGIN HIDDEN TESTS

    def drawn(rng, depth):
        """An input, a network that fits, and its parameters, counted in arrays of the right shape."""
        start, layers, counts = tuple(int(n) for n in rng.integers(1, 20, 3)), [], []
        n_H, n_W, n_C = start
        for _ in range(depth):
            stride, pad = int(rng.integers(1, 5)), int(rng.integers(0, 4)) * int(rng.random() < 0.6)
            groups = int(rng.choice([g for g in range(1, n_C + 1) if n_C % g == 0]))
            each, f = int(rng.integers(1, 4)), int(rng.integers(1, min(n_H, n_W) + 2 * pad + 1))
            if pad or rng.random() < 0.5:
                layer = conv(f, each * groups, stride, pad, groups)
                counts.append(groups * (np.zeros((f, f, n_C // groups, each)).size + np.zeros(each).size))
                n_C = each * groups
            else:
                layer = pool(f, stride)
                counts.append(0)
            layers.append({key: layer[key] for key in rng.permutation(list(layer)).tolist()})
            n_H, n_W = (len(range(0, n + 2 * pad - f + 1, stride)) for n in (n_H, n_W))
        if depth % 2:
            n, units = n_H * n_W * n_C, int(rng.integers(1, 20))
            layers += [flatten(), {"units": units, "kind": "dense"}, dense(3)][: int(rng.integers(1, 4))]
            counts += [0, sum(n + 1 for _ in range(units)), units + units + units + 3][: len(layers) - depth]
        return start, layers, counts

    rng = np.random.default_rng(2)
    networks = [drawn(rng, depth) for depth in [0, 1, 2, 3, 5] * 12 + [130]]
    networks += [((7,), [], []), ((7,), [dense(2)] * 120, [16] + [6] * 119), ((7,), [flatten(), dense(2)], [0, 16])]
    networks += [((1000, 900, 3), [flatten(), dense(3000)], [0, 8_100_003_000])]
    networks += [((9, 8, 2000), [conv(3, 3000), conv(3, 3000, groups=3000), pool(2, 2)], [54_003_000, 30_000, 0])]
    networks += [((9, 8, 6), [conv(2, 12, groups=3), pool(2, 1), conv(2, 9, groups=3)], [108, 0, 153])]
    for start, layers, counts in networks:
        what = f"network_parameters({start}, a list of {len(layers)} layers)"
        checks.unchanged(network_parameters, start, layers)
        found = network_parameters(start, layers)
        checks.length(what, found, len(counts))
        checks.whole(what, *found)
        checks.equal(what, list(found), counts)
    refused = [[{**conv(1, 2), "kind": kind}] for kind in ("Conv", "Pool", "relu", "", None)]
    refused += [[flatten(), each] for each in ({**dense(1), "kind": "Dense"}, pool(1, 1), conv(1, 1))]
    refused += [[conv(1, 4), {**each, "stride": s}] for each in (conv(2, 2), pool(2, 1)) for s in (0, -1)]
    refused += [[conv(1, 4), conv(1, 6, groups=g)] for g in (0, -1, 3, 4)] + [[conv(8, 1)], [pool(8, 1)], [dense(1)]]
    for shape, layers in [(shape, layers) for shape in ((7, 9, 2), (9, 7, 2)) for layers in refused]:
        checks.raises(f"network_parameters({shape}, {layers})", ValueError, network_parameters, shape, layers)
    ### END HIDDEN TESTS

# %%
for name, network in networks.items():
    print(f"{name:30} {sum(network_parameters(*network)):12,} parameters")
without = [{**layer, "groups": 1} if layer["kind"] == "conv" else layer for layer in ALEXNET]
print(f"{'AlexNet without groups':30} {sum(network_parameters((227, 227, 3), without)):12,}")
C1, S2, C3, S4, _, C5, F6, output = network_parameters(*networks["LeNet-5"])
C3 -= 36 * 25  # 60 of the 96 connections between maps, 25 weights each: section 5
print(f"{'LeNet-5 of 1998, trained':30} {C1 + 2 * 6 + C3 + 2 * 16 + C5 + F6:12,}")
print(f"{'and 10 * 84 fixed weights':30} {C1 + 2 * 6 + C3 + 2 * 16 + C5 + F6 + 840:12,}")

# %% [markdown]
# *What to notice.* For one network you may read several numbers, and all are right:
#
# - **AlexNet** has 60,965,224 parameters with the two groups of the paper (it was trained on two GPUs, and each had one half of the channels), and 62,378,344 without groups.
# - **VGG-16** has 138,357,544.
# - **LeNet-5** has 61,706 in the modern form of our list. The original of 1998 had **60,000** that were trained. Its second convolution, C3, had a table that leaves out 36 of the 96 connections between maps ($36 \cdot 25 = 900$ weights fewer: 1,516 instead of 2,416). Its pooling layers S2 and S4 had one factor and one bias for each map ($12 + 32 = 44$ more). And its last layer had no weights to train: it compared the 84 numbers with ten small pictures of digits, drawn by hand ($850$ fewer). So $61{,}706 - 900 + 44 - 850 = 60{,}000$. If you count the $10 \cdot 84$ fixed numbers of these pictures as well, it is 60,840.
#
# ## 3. Where the time and the memory go
#
# *Does the layer with most parameters also take most time?*
#
# Count the **multiplications** of weights with activations, for one picture. Each number that comes out of a convolution needs one for each weight of its filter, and each filter is used at $n_H \cdot n_W$ places:
#
# $$\text{convolution: } n_H \, n_W \, n_C \cdot f \cdot f \cdot \frac{n_C^{prev}}{g}, \qquad \text{dense: } n^{prev} \, n .$$
#
# Pooling compares or averages; it multiplies with no weights, so we count 0. Adding the biases is not counted either.
#
# In training, the results of all layers must be kept for the backward pass. With float32, a number takes 4 bytes. So the **activation memory** of a layer is 4 times the number of its results, for one picture. Flatten stores nothing new: 0.
#
# *On paper.* The small network again, shapes (9, 7, 2), (4, 3, 4), (3, 2, 4), (24,), (5,): the convolution makes $4 \cdot 3 \cdot 4 = 48$ numbers with $9 \cdot 1$ multiplications each, 432; pooling and flatten 0; dense $24 \cdot 5 = 120$. The memory in bytes is 192, 96, 0 and 20.
#
# ### Exercise 3: `network_costs`


# %% exercise="network_costs"
def network_costs(input_shape, layers):
    """The multiplications and the activation memory of each layer of a network, for one example.

    Args:
        input_shape, layers: as in network_shapes.

    Returns:
        multiplications: a list of whole numbers (int), one for each layer; 0 for "pool" and "flatten".
        memory: a list of whole numbers (int), one for each layer: the bytes of its result in float32; 0 for "flatten".

    Raises:
        ValueError: as network_shapes, with any message.
    """
    # 1. The shapes before and after each layer. 2. How many results? 3. How many multiplications for each of them?
    ### BEGIN SOLUTION
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"pool": 0, "flatten": 0, "dense": prev[0]}
        if layer["kind"] == "conv":
            each["conv"] = layer["f"] ** 2 * prev[2] // layer["groups"]
        multiplications.append(math.prod(shape) * each[layer["kind"]])
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `zip(shapes, shapes[1:], layers)` goes through the shape before, the shape after and the layer. The number of results is `math.prod(shape)`, for a convolution and for a dense layer alike.
# </details>

# %% check="network_costs" points=2
with checks.exercise("network_costs"):
    layers = [conv(3, 4, stride=2, groups=2), pool(2, 1), flatten(), dense(5)]
    checks.unchanged(network_costs, (9, 7, 2), layers)
    names, call = ["multiplications", "memory"], "network_costs((9, 7, 2), layers)"
    found, memory = checks.results(call, network_costs((9, 7, 2), layers), names)
    checks.length(f"multiplications of {call}", found, 4)
    checks.length(f"memory of {call}", memory, 4)
    slips = {"the groups are not used": [864, 0, 0, 120], "pooling multiplies with no weights": [432, 96, 0, 120]}
    slips |= {"each filter is used at all places of its result": [36, 0, 0, 120]}
    slips |= {"the places are those of the result, not of the input": [2268, 0, 0, 120]}
    slips |= {"the biases are added, not multiplied": [480, 0, 0, 125]}
    checks.close("multiplications", np.array(found), [432, 0, 0, 120], mistakes=slips)
    slips = {"in bytes: 4 for each number": [48, 24, 0, 5], "flatten stores nothing new": [192, 96, 96, 20]}
    slips |= {"the result of the layer, not what comes in": [504, 192, 0, 96]}
    checks.close("memory", np.array(memory), [192, 96, 0, 20], mistakes=slips)
    checks.raises("dense after a picture", ValueError, network_costs, (9, 7, 2), layers[3:])
    ### BEGIN HIDDEN TESTS

    def drawn(rng, depth):
        """An input, a network that fits, its multiplications and its bytes, counted window by window."""
        start, layers, times, sizes = tuple(int(n) for n in rng.integers(1, 20, 3)), [], [], []
        n_H, n_W, n_C = start
        for _ in range(depth):
            stride, pad = int(rng.integers(1, 5)), int(rng.integers(0, 4)) * int(rng.random() < 0.6)
            groups = int(rng.choice([g for g in range(1, n_C + 1) if n_C % g == 0]))
            each, f = int(rng.integers(1, 4)), int(rng.integers(1, min(n_H, n_W) + 2 * pad + 1))
            n_H, n_W = (len(range(0, n + 2 * pad - f + 1, stride)) for n in (n_H, n_W))
            if pad or rng.random() < 0.5:
                layer = conv(f, each * groups, stride, pad, groups)
                window = np.zeros((f, f, n_C // groups)).size
                times.append(sum(window * each * n_W for _ in range(n_H)) * groups)
                n_C = each * groups
            else:
                layer = pool(f, stride)
                times.append(0)
            sizes.append(np.zeros((n_H, n_W, n_C), dtype=np.float32).nbytes)
            layers.append({key: layer[key] for key in rng.permutation(list(layer)).tolist()})
        if depth % 2:
            n, units = n_H * n_W * n_C, int(rng.integers(1, 20))
            layers += [flatten(), {"units": units, "kind": "dense"}, dense(3)][: int(rng.integers(1, 4))]
            times += [0, sum(n for _ in range(units)), units + units + units][: len(layers) - depth]
            sizes += [0, np.zeros(units, dtype=np.float32).nbytes, 12][: len(layers) - depth]
        return start, layers, times, sizes

    rng = np.random.default_rng(3)
    networks = [drawn(rng, depth) for depth in [0, 1, 2, 3, 5] * 12 + [130]]
    networks += [((7,), [], [], []), ((7,), [flatten(), dense(2), flatten()], [0, 14, 0], [0, 8, 0])]
    networks += [((1000, 900, 3), [flatten(), dense(3000)], [0, 8_100_000_000], [0, 12_000])]
    networks += [((999, 998, 512), [conv(3, 512, pad=1)], [2_352_222_830_592], [2_041_860_096])]
    networks += [((9, 8, 6), [conv(2, 12, groups=3), conv(2, 9, 2, groups=3)], [5376, 1728], [2688, 432])]
    for start, layers, times, sizes in networks:
        call = f"network_costs({start}, a list of {len(layers)} layers)"
        checks.unchanged(network_costs, start, layers)
        for k, answer in enumerate(checks.results(call, network_costs(start, layers), names)):
            what, wanted = names[k], (times, sizes)[k]
            checks.length(f"{what} of {call}", answer, len(wanted))
            checks.whole(f"{what} of {call}", *answer)
            checks.equal(f"{what} of {call}", list(answer), wanted)
    refused = [[{**conv(1, 2), "kind": kind}] for kind in ("Conv", "Pool", "relu", "", None)]
    refused += [[flatten(), each] for each in ({**dense(1), "kind": "Dense"}, pool(1, 1), conv(1, 1))]
    refused += [[conv(1, 4), {**each, "stride": s}] for each in (conv(2, 2), pool(2, 1)) for s in (0, -1)]
    refused += [[conv(1, 4), conv(1, 6, groups=g)] for g in (0, -1, 3, 4)] + [[conv(8, 1)], [pool(8, 1)], [dense(1)]]
    for shape, layers in [(shape, layers) for shape in ((7, 9, 2), (9, 7, 2)) for layers in refused]:
        checks.raises(f"network_costs({shape}, {layers})", ValueError, network_costs, shape, layers)
    ### END HIDDEN TESTS

# %% [markdown]
# Each bar is one layer; flatten is left out. The height is its share of the whole network.

# %%
colours = {"conv": plots.COLORS[0], "pool": plots.COLORS[4], "dense": plots.COLORS[1]}
hatches = {"conv": "", "pool": "..", "dense": "//"}
figure, axes = plt.subplots(3, 3, figsize=(8, 5), sharex="row", sharey=True)
for row, (name, network) in zip(axes, networks.items(), strict=True):
    times, memory = network_costs(*network)
    kinds = [layer["kind"] for layer in network[1] if layer["kind"] != "flatten"]
    columns = {"memory": memory, "multiplications": times, "parameters": network_parameters(*network)}
    for axis, (what, numbers) in zip(row, columns.items(), strict=True):
        kept = [n for n, layer in zip(numbers, network[1], strict=True) if layer["kind"] != "flatten"]
        for k, (kind, number) in enumerate(zip(kinds, kept, strict=True), start=1):
            axis.bar(k, 100 * number / sum(kept), color=colours[kind], hatch=hatches[kind], edgecolor="white")
        total = f"{sum(kept) / 1e6:,.2f}"
        axis.set_title(f"{name}: {total} MB" if what == "memory" else f"{what}: {total} million", fontsize=9)
        axis.xaxis.get_major_locator().set_params(integer=True)
    row[0].set_ylabel("share in %")
for axis in axes[2]:
    axis.set_xlabel("layer")
named = [plt.Rectangle((0, 0), 1, 1, color=colours[k], hatch=hatches[k], ec="white", label=k) for k in colours]
axes[0, 0].legend(handles=named, fontsize=8)
figure.suptitle("Memory in front, multiplications in the middle, parameters at the back", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left: the memory; in the middle: the multiplications; right: the parameters. In VGG-16, the first four convolutions need 64 % of the 60 megabytes that one picture takes, because their maps are large. The three dense layers have 89 % of the parameters, 74 % are in the first of them alone, and under 1 % of the multiplications. In AlexNet, the dense layers have 96 % of the parameters and 8 % of the multiplications. LeNet-5 has the same form on a small scale.
#
# This tells you what to change. Too slow? Look at the convolutions. Too little memory in training? Make the batch smaller: with 64 pictures, the activations of VGG-16 take 3.9 gigabytes, and their derivatives take as much again where they are all kept. Too large a file? Look at the dense layers. Later networks take the mean of each map instead of flatten (ResNet, next lesson), and most of the parameters are gone.
#
# ## 4. VGG: a few numbers describe the network
#
# *How does one choose 16 layers without choosing 16 times?*
#
# By a rule. A **VGG block** is a number of 3 × 3 convolutions with same padding (stride 1, padding 1, no groups), all with the same number of filters, and then max pooling, 2 × 2 with stride 2. VGG-16 has five such blocks, with 2, 2, 3, 3, 3 convolutions and 64, 128, 256, 512, 512 filters; then flatten and dense layers of 4096, 4096 and 1000. The 16 counts the layers with weights: $13 + 3$.
#
# Why 3 × 3? Two convolutions of 3 × 3, one after the other, see a window of 5 × 5 pixels; three see 7 × 7, as much as one filter of 7 × 7. With $C$ channels before and after each, three of them have $3 \cdot 9 \, C^2 = 27 \, C^2$ weights, one of 7 × 7 has $49 \, C^2$. So the small ones are cheaper, and there are three ReLUs instead of one, which makes more functions possible.
#
# *On paper.* A block with 2 convolutions and 5 filters on (9, 6, 3), so `conv(3, 5, pad=1)` twice and then `pool(2, 2)`: shapes (9, 6, 5), (9, 6, 5), (4, 3, 5). Parameters: $(27 + 1) \cdot 5 = 140$, $(45 + 1) \cdot 5 = 230$, 0.
#
# ### Exercise 4: `vgg_block`


# %% exercise="vgg_block"
def vgg_block(n_convs, n_filters):
    """The layers of a VGG block.

    Args:
        n_convs: how many convolutions, a whole number >= 1.
        n_filters: how many filters each of them has, a whole number >= 1.

    Returns:
        A new list of n_convs + 1 new dicts, as conv(…) and pool(…) of the set-up cell return them: the convolutions, then
        the pooling.
    """
    # 1. One convolution that keeps height and width. 2. So many of them. 3. One pooling that halves both.
    ### BEGIN SOLUTION
    return [conv(3, n_filters, pad=1) for _ in range(n_convs)] + [pool(2, 2)]
    ### END SOLUTION


# %% check="vgg_block" points=1
with checks.exercise("vgg_block"):
    found = vgg_block(2, 5)
    checks.length("vgg_block(2, 5)", found, 3)
    same = {"kind": "conv", "f": 3, "filters": 5, "stride": 1, "pad": 1, "groups": 1}
    for number, wanted in enumerate([same, same, {"kind": "pool", "f": 2, "stride": 2}]):
        checks.keys(f"layer {number + 1} of vgg_block(2, 5)", found[number], wanted)
        for key, value in wanted.items():
            checks.equal(f'"{key}" of layer {number + 1} of vgg_block(2, 5)', found[number][key], value)
    ### BEGIN HIDDEN TESTS
    for n_convs in (1, 2, 3, 4, 5, 7, 16, 101, 130):
        for n_filters in (1, 2, 3, 6, 8, 64, 100, 128, 500, 512, 1024, 4096):
            call = f"vgg_block({n_convs}, {n_filters})"
            found, again = vgg_block(n_convs, n_filters), vgg_block(n_convs, n_filters + 1)
            checks.that(isinstance(found, list), f"{call}: expected a list")
            checks.length(call, found, n_convs + 1)
            wanted = [{**same, "filters": n_filters}] * n_convs + [{"kind": "pool", "f": 2, "stride": 2}]
            for number, (layer, right) in enumerate(zip(found, wanted, strict=True), start=1):
                checks.equal(f"layer {number} of {call}", dict(layer), right)
                checks.whole(f"layer {number} of {call}", *(n for key, n in layer.items() if key != "kind"))
            checks.equal(f"the filters in the block after {call}", again[0]["filters"], n_filters + 1)
    first = vgg_block(1, 3)
    first[0]["filters"], first[1]["stride"], first[2:] = 99, 99, ["a change by the caller"]
    checks.length("vgg_block(1500, 3)", vgg_block(1500, 3), 1501)
    what, wanted = "vgg_block(1, 3), after an earlier one was changed", [{**same, "filters": 3}, pool(2, 2)]
    checks.equal(what, vgg_block(1, 3), wanted)
    ### END HIDDEN TESTS


# %%
def vgg(blocks):
    """A VGG network for 1000 classes: blocks of (convolutions, filters), then three dense layers."""
    layers = [layer for block in blocks for layer in vgg_block(*block)]
    return [*layers, flatten(), dense(4096), dense(4096), dense(1000)]


VGG16 = vgg([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)])
VGG19 = vgg([(2, 64), (2, 128), (4, 256), (4, 512), (4, 512)])
print("the same as by hand:", VGG16 == networks["VGG-16"][1])
for name, layers in (("VGG-16", VGG16), ("VGG-19", VGG19)):
    multiplications = sum(network_costs((224, 224, 3), layers)[0])
    counted = sum(network_parameters((224, 224, 3), layers))
    print(f"{name}: {counted:11,} parameters, {multiplications / 1e9:4.1f} thousand million multiplications")
stacks = {"one 7 x 7": [conv(7, 256, pad=3)], "three 3 x 3": [conv(3, 256, pad=1)] * 3}
for name in stacks:
    multiplications = sum(network_costs((56, 56, 256), stacks[name])[0])
    counted = sum(network_parameters((56, 56, 256), stacks[name]))
    print(f"{name:11} from 256 to 256 channels: {counted:9,} parameters, {multiplications / 1e9:4.1f} thousand million")

# %% [markdown]
# *What to notice.* VGG-19 has three convolutions more, 4 % more parameters and 27 % more multiplications. Three filters of 3 × 3 see the same 49 pixels as one of 7 × 7, with 55 % of the parameters and of the multiplications.
#
# ## 5. A table of connections
#
# *Must each filter see all channels?*
#
# No. In the convolution C3 of LeNet-5, only some of the 6 feature maps go into each of the 16 filters. The authors gave two reasons: fewer connections to compute, and filters that see different maps must find different things. A **table of connections** $T$ of shape $(n_C^{prev}, n_C)$ says it: $T_{ck} = 1$ if channel $c$ goes into filter $k$, otherwise 0. With the notation of week 1, where $X$ stands for the padded $A^{prev}$,
#
# $$Z_{i, h, w, k} = \sum_{u, v, c} T_{ck} \, W_{u, v, c, k} \; X_{i, \; h s + u, \; w s + v, \; c} + b_k .$$
#
# This is a convolution with the filters $T \odot W$, where $T$ is multiplied with each of the $f \times f$ weights. Weights that are not connected have no effect at all, so nobody counts them as parameters.
#
# *On paper.* Filters of 1 × 1, two channels, three filters: a pixel $(3, 5)$, $b = (0, 0, 1)$,
#
# $$W = \begin{bmatrix} 1 & 2 & 4 \\ 1 & 10 & 2 \end{bmatrix}, \quad T = \begin{bmatrix} 1 & 0 & 1 \\ 1 & 1 & 0 \end{bmatrix}, \quad Z = (3 + 5, \;\; 50, \;\; 12 + 1) = (8, 50, 13) .$$
#
# ### Exercise 5: `conv_forward_table`


# %% exercise="conv_forward_table"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    """A convolutional layer in which each filter sees some of the channels only, without its activation function.

    Args:
        A_prev: shape (m, n_H_prev, n_W_prev, n_C_prev), floats or whole numbers; also pixels of type uint8.
        W: the filters, shape (f, f, n_C_prev, n_C), floats or whole numbers. A weight that the table does not
            connect may be any number.
        b: the biases, shape (n_C,), floats or whole numbers.
        table: shape (n_C_prev, n_C); 1 where a channel goes into a filter, otherwise 0; as floats, whole numbers or
            True and False.
        stride, pad: as in conv_forward_fast.

    Returns:
        Z as in the formula, shape (m, n_H, n_W, n_C).

    Raises:
        ValueError: the table does not have the shape (n_C_prev, n_C), also where NumPy would broadcast it; and, as
            conv_forward_fast does: the filters are for another number of channels than A_prev has; the filter is
            larger than the padded picture in height or in width; stride < 1.
    """
    # 1. Does the table belong to these filters? 2. Which weights count? 3. A convolution that you have.
    ### BEGIN SOLUTION
    if table.shape != W.shape[2:]:
        raise ValueError(f"a table {table.shape} does not belong to filters {W.shape}")
    return conv_forward_fast(A_prev, W * table, b, stride, pad)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The last two axes of `W` are those of the table, so `W * table` multiplies as the formula wants. Then `conv_forward_fast(A_prev, …, b, stride, pad)` does the rest and refuses what it must.
# </details>

# %% check="conv_forward_table" points=1
with checks.exercise("conv_forward_table"):
    pixels = np.array([[3.0, 5.0], [1.0, 0.0]]).reshape(2, 1, 1, 2)
    W = np.array([[1.0, 2, 4], [1, 10, 2]]).reshape(1, 1, 2, 3)
    b, table = np.array([0.0, 0, 1]), np.array([[1, 0, 1], [1, 1, 0]])
    checks.unchanged(conv_forward_table, pixels, W, b, table, 1, 0)
    Z = conv_forward_table(pixels, W, b, table, 1, 0)
    checks.shape("conv_forward_table(pixels, W, b, table, 1, 0)", Z, (2, 1, 1, 3))
    slips = {"the table is not used": [[8, 56, 23], [1, 2, 5]], "the bias is missing": [[8, 50, 12], [1, 0, 4]]}
    slips |= {"1 means connected, 0 means not": [[0, 6, 11], [0, 2, 1]]}
    checks.close("of the pixels (3, 5) and (1, 0)", Z[:, 0, 0], [[8, 50, 13], [1, 0, 5]], mistakes=slips)
    checks.raises("a table (2, 1)", ValueError, conv_forward_table, pixels, W, b, table[:, :1], 1, 0)
    checks.raises("a table (3, 2)", ValueError, conv_forward_table, pixels, W, b, table.T, 1, 0)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(A_prev, W, b, table, stride, pad):
        X, f = np.pad(A_prev.astype(float), ((0, 0), (pad, pad), (pad, pad), (0, 0))), len(W)
        high, wide = ((n - f) // stride + 1 for n in X.shape[1:3])
        Z = np.zeros((len(X), high, wide, len(b))) + b
        for c, k in zip(*np.nonzero(table), strict=True):
            for r, s in np.ndindex(f, f):
                part = X[:, r : r + (high - 1) * stride + 1 : stride, s : s + (wide - 1) * stride + 1 : stride, c]
                Z[..., k] += W[r, s, c, k] * part
        return Z

    def layer(rng, m, high, wide, f, n_C_prev, n_C, steps=None):
        stride, pad = steps or (1 + (m + f) % 3, (high + n_C) % 3)
        n_H, n_W = (max(1, (n - 1) * stride + f - 2 * pad + n % stride) for n in (high, wide))
        W, b = rng.normal(0, 1, (f, f, n_C_prev, n_C)), rng.normal(0, 1, n_C)
        return rng.normal(0, 1, (m, n_H, n_W, n_C_prev)), W, b, rng.integers(0, 2, (n_C_prev, n_C)), stride, pad

    rng = np.random.default_rng(5)
    long = {"m": (103, 1, 2, 1, 1, 2), "height": (1, 104, 1, 2, 1, 1), "width": (1, 1, 104, 2, 1, 1)}
    long |= {"f": (1, 1, 1, 101, 1, 1), "n_C_prev": (1, 1, 1, 1, 130, 1), "n_C": (1, 1, 1, 1, 1, 130)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    picture, W, b, table, *_ = layer(rng, 2, 5, 7, 4, 3, 3, (1, 0))
    table = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]])  # square, and not its own mirror image
    for stride, pad, f in [(s, p, f) for s in (1, 2, 3, 9) for p in (0, 1, 3) for f in (1, 2, 3, 4)]:
        cases[f"with f = {f}, stride {stride}, pad {pad}"] = picture, W[:f, :f], b, table, stride, pad
    cases["with True and False in the table"] = picture, W, b, table == 1, 1, 1
    whole = (np.rint(9 * each).astype(int) for each in (picture, W, b))
    cases["with True and False in the table, whole numbers in all others"] = *whole, table == 1, 1, 1
    cases["with the table as float32"] = picture, W, b, table.astype(np.float32), 1, 1
    cases["with the table as int8"] = picture, W, b, table.astype(np.int8), 2, 0
    cases["with no connections"] = picture, W, b, 0 * table, 1, 0
    cases["with all connections"] = picture, W, b, 0 * table + 1, 1, 0
    cases["with weights of 1e12 that are not connected"] = picture, np.where(table, W, 1e12), b, table, 1, 1
    cases["with numbers near 1e-9"] = picture * 1e-9, W * 1e-3, b * 1e-12, table, 1, 1
    domain = {"real": {"A_prev": 300, "W": 30, "b": 30}, "types": ["A_prev", "W", "b"], "pixels": ["A_prev"]}
    sizes = {"m": 4, "high": 5, "wide": 6, "f": 5, "n_C_prev": 5, "n_C": 6}
    checks.agrees(conv_forward_table, pair_by_pair, layer, sizes=sizes, cases=cases, **domain)
    for shape in ((3, 1), (1, 3), (1, 1), (3,), (), (2, 3), (3, 2), (4, 3), (3, 4), (9,), (9, 1), (1, 3, 3), (4, 3, 3)):
        checks.raises(f"a table {shape}", ValueError, conv_forward_table, picture, W, b, np.ones(shape), 1, 0)
    for words, wrong in {
        "a table (2, 3) for filters (4, 4, 3, 2)": (picture, W[..., :2], b[:2], np.ones((2, 3)), 1, 0),
        "filters for 2 of 3 channels": (picture, W[:, :, :2], b, table[:2], 1, 0),
        "filters for 1 of 3 channels": (picture, W[:, :, :1], b, table[:1], 1, 0),
        "filters for 3 channels, 1 there": (picture[..., :1], W, b, table, 1, 0),
        **{f"stride {s}": (picture, W, b, table, s, 0) for s in (0, -1, -2)},
        **{f"f = 4 on 3 rows, stride {s}": (picture[:, :3], W, b, table, s, 0) for s in (1, 2)},
        **{f"f = 4 on 1 column, pad 1, stride {s}": (picture[:, :, :1], W, b, table, s, 1) for s in (1, 2)},
    }.items():
        checks.raises(words, ValueError, conv_forward_table, *wrong)
    ### END HIDDEN TESTS

# %% [markdown]
# The table of C3, from the paper: six filters see three neighbouring maps (the last map is a neighbour of the first), six see four neighbours, three see two pairs of neighbours, and the last one sees all. Beside it: the second convolution of AlexNet with its two groups is nothing but a table with two blocks.

# %%
C3 = np.zeros((6, 16), dtype=np.float32)
for k in range(6):
    C3[[(k + step) % 6 for step in range(3)], k] = 1
    C3[[(k + step) % 6 for step in range(4)], 6 + k] = 1
for k, maps in ((12, [0, 1, 3, 4]), (13, [1, 2, 4, 5]), (14, [0, 2, 3, 5]), (15, range(6))):
    C3[list(maps), k] = 1
print(f"connections in C3: {C3.sum():.0f} of {C3.size}; weights: {25 * C3.sum():.0f} of {25 * C3.size}")
rng = np.random.default_rng(6)
A_prev, W, b = rng.normal(0, 1, (2, 9, 8, 6)), rng.normal(0, 1, (3, 3, 6, 4)), rng.normal(0, 1, 4)
halves = [(slice(3 * g, 3 * g + 3), slice(2 * g, 2 * g + 2)) for g in (0, 1)]
two = [conv_forward_fast(A_prev[..., c], W[:, :, c, k], b[k], 1, 1) for c, k in halves]
blocks = np.kron(np.eye(2), np.ones((3, 2)))
difference = np.abs(conv_forward_table(A_prev, W, b, blocks, 1, 1) - np.concatenate(two, axis=3)).max()
print(f"two convolutions side by side against one with a table of two blocks: {difference:.1e}")
figure, axes = plt.subplots(1, 2, figsize=(8, 2.8), width_ratios=[1.5, 1])
axes[0].imshow(C3, cmap="Blues", vmin=0, vmax=1.3, aspect="auto")
axes[0].set(xticks=range(16), yticks=range(6), xlabel="filter of C3", ylabel="map of S2")
axes[0].set_title("LeNet-5: 60 of 96 connections")
axes[1].imshow(np.kron(np.eye(2), np.ones((48, 128))), cmap="Blues", vmin=0, vmax=1.3, aspect="auto")
axes[1].set(xlabel="filter", ylabel="channel", title="AlexNet: two groups, half of all")
for axis in axes:
    axis.grid(visible=False)
plt.show()

# %% [markdown]
# *What to notice.* Blue means connected. Each map of LeNet-5 goes into ten filters, and no two filters see the same maps. The two ways of computing AlexNet's groups agree up to rounding. With the table you still multiply all the zeros; with groups, you compute two small convolutions and save half of the work. So groups are the form that has survived.
#
# ## 6. LeNet-5, forward and backward
#
# *Can we train a network of 1998 in our own layers?*
#
# Yes, in its modern form, with the table for its second convolution:
#
# | name | layer | for digits of 28 × 28 |
# |---|---|---|
# | `X` | pictures | (m, 28, 28, 1) |
# | `A1` | convolution 5 × 5, stride 1, padding 2, ReLU | (m, 28, 28, 6) |
# | `P1` | max pooling 2 × 2, stride 2 | (m, 14, 14, 6) |
# | `A2` | convolution 5 × 5 with the table, stride 1, no padding, ReLU | (m, 10, 10, 16) |
# | `P2` | max pooling 2 × 2, stride 2 | (m, 5, 5, 16) |
# | | flatten: a **row** for each example | (m, 400) |
# | `A3`, `A4` | dense, ReLU; twice | (m, 120), (m, 84) |
# | $Z_5$ | dense, no activation function: the **scores** | (m, 10) |
#
# (The padding of 2 gives the digits of 28 × 28 pixels the black border that the paper's digits of 32 × 32 pixels already have.) A dense layer with examples as rows is $Z = A^{prev} W + b$.
#
# *On paper.* A black picture of $12 \times 16$ pixels with one pixel of brightness $v$ at row 5, column 7. Both filters of layer 1 are 1 in the middle and 0 around it, $b_1 = 0$: both maps are the picture again. Pooling puts $v$ at row 2, column 3 of the maps of $6 \times 8$. One filter in layer 2: all its weights for map 0 are 1, all for map 1 are 100, but the table says that map 1 is not connected. Each of the $2 \times 4$ windows contains the pixel, so all entries of $A_2$ are $v$, and $P_2$ has two numbers $v$. With $W_3 = (1, 10)^T$, $b_3 = -2$: $Z_3 = 11 v - 2$. With $W_4 = (1, -1)$, $b_4 = 0$: $Z_4 = (A_3, -A_3)$. With $W_5 = \begin{bmatrix} 1 & 0 \\ 5 & 5 \end{bmatrix}$, $b_5 = (-30, 7)$: for $v = 2$, $A_3 = 20$, $A_4 = (20, 0)$, and the scores are $(-10, 7)$.
#
# ### Exercise 6: `lenet_forward`


# %% exercise="lenet_forward"
def lenet_forward(X, parameters, table):
    """The scores of LeNet-5 as in the text, and what its backward pass needs.

    Args:
        X: pictures, shape (m, n_H, n_W, n_C), floats or whole numbers; height and width from 12, not always equal.
        parameters: a dict of floats: "W1" (5, 5, n_C, n_1), "b1" (n_1,); "W2" (5, 5, n_1, n_2), "b2" (n_2,);
            "W3" (n, n_3), "b3" (n_3,), where n is the number of entries of P2 of one example; "W4" (n_3, n_4),
            "b4" (n_4,); "W5" (n_4, n_y), "b5" (n_y,). The n_1 to n_4 and n_y are any numbers >= 1.
        table: which channels go into which filters of layer 2, shape (n_1, n_2), 0 or 1 as floats or whole numbers.

    Returns:
        Z5, the scores, shape (m, n_y); and the cache, a dict of the arrays "X", "A1", "P1", "A2", "P2", "A3" and "A4"
        of the text; P2 as a volume, not flattened. The cache may hold X itself.
    """
    # 1. Convolution, ReLU, pooling. 2. The same with the table. 3. A row for each example. 4. Three dense layers.
    ### BEGIN SOLUTION
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    F = P2.reshape(len(X), -1)  # equivalent "1 → 2": any negative number will do
    A3 = np.maximum(F @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The first three lines: `A1 = np.maximum(conv_forward_fast(X, W1, b1, 1, 2), 0)`, then `P1 = pool_forward(A1, 2, 2, "max")`, then `conv_forward_table` on `P1`, with padding 0.
# </details>
# <details><summary>Hint 2</summary>
#
# `P2.reshape(len(X), -1)` has a row for each example. Dense layers with rows: `np.maximum(rows @ W3 + b3, 0)`. The last layer has no ReLU.
# </details>

# %% check="lenet_forward" points=2
with checks.exercise("lenet_forward"):
    X, middle = np.zeros((3, 12, 16, 1)), np.zeros((5, 5, 1, 2))
    X[:, 5, 7, 0], middle[2, 2], W2 = [2, 4, 0], 1, np.ones((5, 5, 2, 1))
    W2[:, :, 1] = 100
    p = {"W1": middle, "b1": [0, 0], "W2": W2, "b2": [0], "W3": [[1], [10]], "b3": [-2], "W4": [[1, -1]], "b4": [0, 0]}
    p |= {"W5": [[1, 0], [5, 5]], "b5": [-30, 7]}
    p = {key: np.array(value, dtype=float) for key, value in p.items()}
    checks.unchanged(lenet_forward, X, p, np.array([[1], [0]]))
    Z5, cache = checks.results("lenet_forward", lenet_forward(X, p, np.array([[1], [0]])), ["Z5", "cache"])
    slips = {"the table is not used": [[2190, 7], [4412, 7], [-30, 7]]}
    slips |= {"it has no ReLU in layer 3": [[-10, 7], [12, 7], [-20, 17]]}
    slips |= {"it has no ReLU in layer 4": [[-110, -93], [-198, -203], [-30, 7]]}
    slips |= {"there is no ReLU after the last layer": [[0, 7], [12, 7], [0, 7]]}
    slips |= {"it wants max pooling, not average pooling": [[-26.5, 7], [-21, 7], [-30, 7]]}
    checks.close("the scores for v = 2, 4, 0", Z5, [[-10, 7], [12, 7], [-30, 7]], mistakes=slips)
    checks.keys("the cache", cache, ["X", "A1", "P1", "A2", "P2", "A3", "A4"])
    checks.shape('cache["P2"]', cache["P2"], (3, 1, 2, 1))
    ### BEGIN HIDDEN TESTS

    def by_shifts(X, parameters, table):
        cache, A = {"X": X}, X * 1.0
        for layer, pad in ((1, 2), (2, 0)):
            W = parameters[f"W{layer}"].copy()
            for c, k in np.ndindex(table.shape if layer == 2 else (0, 0)):
                W[:, :, c, k] = W[:, :, c, k] if table[c, k] else 0
            A = np.pad(A, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
            high, wide = A.shape[1] - 4, A.shape[2] - 4
            Z = sum(A[:, r : r + high, c : c + wide] @ W[r, c] for r, c in np.ndindex(5, 5)) + parameters[f"b{layer}"]
            cache[f"A{layer}"] = Z * (Z > 0)
            blocks = cache[f"A{layer}"][:, : high // 2 * 2, : wide // 2 * 2]
            A = cache[f"P{layer}"] = blocks.reshape(len(X), high // 2, 2, wide // 2, 2, -1).max(axis=(2, 4))
        A = np.stack([picture.ravel() for picture in A])
        for layer in (3, 4, 5):
            A = np.einsum("mj,jk->mk", A, parameters[f"W{layer}"]) + parameters[f"b{layer}"]
            if layer < 5:
                A = cache[f"A{layer}"] = A * (A > 0)
        return A, cache

    def network(rng, m, n_H, n_W, n_C, n_1, n_2, n_3=3, n_4=4, n_y=2):
        n = (n_H // 2 - 4) // 2 * ((n_W // 2 - 4) // 2) * n_2
        shapes = {"W1": (5, 5, n_C, n_1), "W2": (5, 5, n_1, n_2), "W3": (n, n_3), "W4": (n_3, n_4), "W5": (n_4, n_y)}
        parameters = {key: rng.normal(0, (2 / np.prod(shape[:-1])) ** 0.5, shape) for key, shape in shapes.items()}
        parameters |= {f"b{key[1]}": rng.normal(0, 0.3, shape[-1]) for key, shape in shapes.items()}
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), parameters, rng.integers(0, 2, (n_1, n_2))

    rng = np.random.default_rng(7)
    long = {"103 pictures": (103, 12, 13, 1, 2, 1), "height 104": (1, 104, 12, 1, 2, 1)}
    long |= {"width 104": (1, 12, 104, 1, 2, 1), "equal sizes": (3, 12, 16, 1, 2, 2, 3, 3, 3)}
    long |= {"120 channels": (1, 12, 12, 120, 1, 2), "130 filters": (1, 12, 12, 1, 130, 2)}
    long |= {"101 filters in layer 2": (2, 12, 12, 1, 2, 101), "28 x 28": (2, 28, 28, 1, 6, 16, 120, 84, 10)}
    ends = ((130, 1, 1), (1, 130, 2), (2, 1, 130))
    long |= {f"n_3, n_4, n_y = {n}": (3, 12, 16, 1, 2, 2, *n) for n in ends}
    cases = {f"with {name}": network(rng, *numbers) for name, numbers in long.items()}
    X, parameters, table = network(rng, 4, 18, 21, 2, 3, 3)
    cases["with a table that is not symmetric"] = X, parameters, np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]])
    cases["with a table of floats"] = X, parameters, np.array([[1.0, 0, 0], [1, 1, 0], [0, 1, 1]])
    cases["with a table of float32"] = X, parameters, np.ones((3, 3), dtype=np.float32)
    cases["with no connections"] = X, parameters, 0 * table
    no_biases = {key: 0 * value for key, value in parameters.items() if key[0] == "b"}
    cases["with numbers near 1e-9"] = 1e-9 * X, parameters | no_biases, table
    for k in (1, 2, 3, 4, 5):
        cases[f"with b{k} of -9"] = X, parameters | {f"b{k}": parameters[f"b{k}"] - 9}, table
    domain = {"real": {"X": 30}, "types": ["X"], "pixels": ["X"], "cases": cases, "new": False, "atol": 1e-11}
    sizes = {"m": 4, "n_H": (12, 19), "n_W": (12, 22), "n_C": 3, "n_1": 4, "n_2": 5}
    checks.agrees(lenet_forward, by_shifts, network, sizes=sizes, returns={"Z5": (), "cache": ()}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# Backward, all the pieces are yours already. Write $dZ_5$ for the derivative of the cost with respect to the scores, and $F$ for the rows of $P_2$. A dense layer with rows, $Z = A^{prev} W + b$, has
#
# $$dW = (A^{prev})^T \, dZ, \qquad db = \sum_i dZ_i, \qquad dA^{prev} = dZ \, W^T .$$
#
# A ReLU lets the derivative pass where its result is positive: $dZ = dA \odot (A > 0)$. If $A = 0$, the derivative is taken as 0. Then from $dF$ back to the shape of $P_2$, through pooling, ReLU and convolution, twice.
#
# The table comes in twice. The convolution was done with $V = T \odot W_2$, so $dP_1$ needs these filters $V$, and not $W_2$. And by the chain rule
#
# $$dW_2 = T \odot dV ,$$
#
# so a weight that is not connected has the derivative 0 and never moves.
#
# ### Exercise 7: `lenet_backward`


# %% exercise="lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    """The gradients of a cost with respect to all parameters of LeNet-5.

    Args:
        dZ5: the derivative of the cost with respect to the scores, shape (m, n_y), floats or whole numbers;
            whatever the cost divides by, m for example, is in it already.
        cache: what lenet_forward returned for these pictures, parameters and table.
        parameters, table: as in lenet_forward.

    Returns:
        grads, a dict with "dW1", "db1", …, "dW5", "db5", of the shapes of the parameters. Entries of "dW2" that the
        table does not connect are 0. Where the result of a ReLU is 0, its derivative is taken as 0.
    """
    # 1. Layers 5, 4, 3, each from the one after it. 2. The shape of P2. 3. Layer 2 with the table. 4. Layer 1.
    ### BEGIN SOLUTION
    F = cache["P2"].reshape(len(dZ5), -1)  # equivalent "1 → 2": any negative number will do
    grads, dZ, inputs = {}, dZ5, {5: cache["A4"], 4: cache["A3"], 3: F}
    for layer, A_prev in inputs.items():
        grads[f"dW{layer}"], grads[f"db{layer}"] = A_prev.T @ dZ, dZ.sum(axis=0)
        dA = dZ @ parameters[f"W{layer}"].T
        dZ = dA * (A_prev > 0)
    dP = dA.reshape(cache["P2"].shape)
    dZ2 = pool_backward(dP, cache["A2"], 2, 2, "max") * (cache["A2"] > 0)
    dP, dV, grads["db2"] = conv_backward(dZ2, cache["P1"], parameters["W2"] * table, 1, 0)
    grads["dW2"] = dV * table
    dZ1 = pool_backward(dP, cache["A1"], 2, 2, "max") * (cache["A1"] > 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, cache["X"], parameters["W1"], 1, 2)
    return grads
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Layer 5: `dW5 = A4.T @ dZ5`, `db5 = dZ5.sum(axis=0)`, `dA4 = dZ5 @ W5.T`, `dZ4 = dA4 * (A4 > 0)`. Layers 4 and 3 likewise; what came into layer 3 is `cache["P2"].reshape(m, -1)`.
# </details>
# <details><summary>Hint 2</summary>
#
# `dP2 = dF.reshape(cache["P2"].shape)`. A convolutional layer backward is three lines: `dA2 = pool_backward(dP2, A2, 2, 2, "max")`, `dZ2 = dA2 * (A2 > 0)`, and `dP1, dV, db2 = conv_backward(dZ2, P1, W2 * table, 1, 0)`. For layer 1 take `X`, `W1`, stride 1 and padding 2; nobody needs the derivative with respect to `X`.
# </details>

# %% check="lenet_backward" points=3
with checks.exercise("lenet_backward"):
    rng, table = np.random.default_rng(8), np.array([[1, 0, 1], [1, 1, 0]])
    shapes = {"W1": (5, 5, 1, 2), "W2": (5, 5, 2, 3), "W3": (6, 4), "W4": (4, 5), "W5": (5, 2)}
    p = {key: rng.normal(0, (2 / np.prod(shape[:-1])) ** 0.5, shape) for key, shape in shapes.items()}
    p |= {f"b{key[1]}": rng.normal(0.2, 0.1, shape[-1]) for key, shape in shapes.items()}
    X, dZ5 = rng.normal(0, 1, (3, 12, 16, 1)), rng.normal(0, 1, (3, 2))
    _, cache = lenet_forward(X, p, table)
    checks.unchanged(lenet_backward, dZ5, cache, p, table)
    grads = lenet_backward(dZ5, cache, p, table)
    checks.keys("grads", grads, [f"d{key}" for key in p])
    slips = {"dZ5 holds the 1/m already": dZ5.sum(axis=0) / 3}
    checks.close('grads["db5"]', grads["db5"], dZ5.sum(axis=0), mistakes=slips)
    words = 'grads["dW2"]: where the table has 0, a weight has no effect, so its derivative is 0'
    checks.that(np.all(np.asarray(grads["dW2"])[:, :, table == 0] == 0), words)
    checks.gradients("lenet_backward", lambda p: np.sum(dZ5 * lenet_forward(X, p, table)[0]), grads, p)
    ### BEGIN HIDDEN TESTS

    def by_hand(dZ5, cache, parameters, table):
        m, grads, d = len(dZ5), {}, dZ5
        for layer, before in ((5, cache["A4"]), (4, cache["A3"]), (3, np.stack([P.ravel() for P in cache["P2"]]))):
            grads[f"dW{layer}"], grads[f"db{layer}"] = np.einsum("mj,mk->jk", before, d), np.einsum("mk->k", d)
            d = np.einsum("mk,jk->mj", d, parameters[f"W{layer}"])
            d[before <= 0] = 0
        d = d.reshape(cache["P2"].shape)
        for layer, came, pad in ((2, cache["P1"], 0), (1, cache["X"], 2)):
            A, (n_H, n_W, n_C) = cache[f"A{layer}"], d.shape[1:]
            blocks = A[:, : 2 * n_H, : 2 * n_W].reshape(m, n_H, 2, n_W, 2, n_C).transpose(0, 1, 3, 5, 2, 4)
            first = np.eye(4)[blocks.reshape(m, n_H, n_W, n_C, 4).argmax(axis=4)]
            dZ = np.zeros(A.shape)
            spread = (d[..., None] * first).reshape(m, n_H, n_W, n_C, 2, 2).transpose(0, 1, 4, 2, 5, 3)
            dZ[:, : 2 * n_H, : 2 * n_W] = spread.reshape(m, 2 * n_H, 2 * n_W, n_C)
            dZ[A <= 0] = 0
            X = np.pad(came * 1.0, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
            W, back, (high, wide) = parameters[f"W{layer}"], np.zeros(X.shape), A.shape[1:3]
            dW, on = np.zeros(W.shape), table != 0 if layer == 2 else np.ones(W.shape[2:], dtype=bool)
            for r, c in np.ndindex(5, 5):
                part = np.s_[:, r : r + high, c : c + wide]
                dW[r, c] = np.where(on, np.einsum("mhwc,mhwk->ck", X[part], dZ), 0)
                back[part] += dZ @ np.where(on, W[r, c], 0).T
            grads[f"dW{layer}"], grads[f"db{layer}"], d = dW, dZ.sum(axis=(0, 1, 2)), back
        return grads

    def network(rng, m, n_H, n_W, n_C, n_1, n_2, n_3=3, n_4=4, n_y=2, table=None, shift=0.0):
        n = (n_H // 2 - 4) // 2 * ((n_W // 2 - 4) // 2) * n_2
        shapes = {"W1": (5, 5, n_C, n_1), "W2": (5, 5, n_1, n_2), "W3": (n, n_3), "W4": (n_3, n_4), "W5": (n_4, n_y)}
        parameters = {key: rng.normal(0, (2 / np.prod(shape[:-1])) ** 0.5, shape) for key, shape in shapes.items()}
        parameters |= {f"b{key[1]}": rng.normal(0.2 + shift, 0.3, shape[-1]) for key, shape in shapes.items()}
        table = rng.integers(0, 2, (n_1, n_2)) if table is None else table
        X = rng.normal(0, 1, (m, n_H, n_W, n_C))
        return rng.normal(0, 1, (m, n_y)), lenet_forward(X, parameters, table)[1], parameters, table

    rng = np.random.default_rng(9)
    long = {"103 pictures": (103, 12, 13, 1, 2, 1), "height 104": (1, 104, 12, 1, 2, 1)}
    long |= {"width 104": (1, 12, 104, 1, 2, 1), "equal sizes": (3, 12, 16, 1, 2, 2, 3, 3, 3)}
    long |= {"120 channels": (1, 12, 12, 120, 1, 2), "130 filters": (1, 12, 12, 1, 130, 2)}
    long |= {"101 filters in layer 2": (2, 12, 12, 1, 2, 101), "28 x 28": (2, 28, 28, 1, 6, 16, 120, 84, 10)}
    ends = ((130, 1, 1), (1, 130, 2), (2, 1, 130))
    long |= {f"n_3, n_4, n_y = {n}": (3, 12, 16, 1, 2, 2, *n) for n in ends}
    cases = {f"with {name}": network(rng, *numbers) for name, numbers in long.items()}
    sizes = (4, 18, 21, 2, 3, 3, 3, 4, 2)
    square = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1]])
    for words, table in {"not symmetric": square, "of floats": 1.0 * square, "of zeros": 0 * square}.items():
        cases[f"with a table {words}"] = network(rng, *sizes, table)
    for shift in (-3.0, -0.6, 2.0):
        cases[f"with biases near {shift}"] = network(rng, *sizes, None, shift)
    dZ5, cache, parameters, table = network(rng, *sizes, square)
    large = parameters | {"W2": np.where(table, parameters["W2"], 1e6)}
    some = parameters | {"W2": parameters["W2"] * rng.integers(0, 2, parameters["W2"].shape)}
    cases["with weights that are 0"] = dZ5, lenet_forward(cache["X"], some, table)[1], some, table
    cases["with weights of 1e6 that are not connected"] = dZ5, cache, large, table
    cases["with dZ5 near 1e-9"] = 1e-9 * dZ5, cache, parameters, table
    tiny = lenet_forward(1e-9 * cache["X"], {key: p * (key[0] == "W") for key, p in parameters.items()}, table)[1]
    cases["with activations near 1e-9"] = dZ5, tiny, parameters, table
    sizes = {"m": 4, "n_H": (12, 19), "n_W": (12, 22), "n_C": 3, "n_1": 4, "n_2": 5}
    domain = {"real": {"dZ5": 30}, "types": ["dZ5"], "cases": cases, "apart": False, "atol": 1e-11}
    checks.agrees(lenet_backward, by_hand, network, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. LeNet-5 on real digits
#
# *Does the table of connections cost accuracy? And is LeNet-5 better than the small network of the last lesson?*
#
# The training is given: He's start, softmax and cross entropy, momentum 0.9, batches of 64, a rate that falls from 0.05 to 0 along half a cosine, 4 epochs, float32. A filter that sees three maps adds up fewer products than one that sees six; so the variance of its weights is 2 divided by the number of weights that are **connected**. Two networks are trained: one with all connections, one with the table of C3. Each takes about ten seconds.

# %%
X_train, Y_train, X_test, Y_test = data.load_digits()
X_train, X_test = (X.astype(np.float32) / 255 for X in (X_train, X_test))
SHAPES = {"W1": (5, 5, 1, 6), "W2": (5, 5, 6, 16), "W3": (400, 120), "W4": (120, 84), "W5": (84, 10)}


def initialize(table, seed):
    """Weights after He, biases of 0, float32; the last layer, which has no ReLU, gets weights of half the variance."""
    rng, parameters = np.random.default_rng(seed), {}
    for key, shape in SHAPES.items():
        connected = 25 * table.sum(axis=0) if key == "W2" else np.prod(shape[:-1])
        W = rng.normal(0, 1, shape) * np.sqrt((1 if key == "W5" else 2) / connected)
        parameters |= {key: W.astype(np.float32), f"b{key[1]}": np.zeros(shape[-1], dtype=np.float32)}
    return parameters


# %%
def train(table, seed, epochs=4, size=64, learning_rate=0.05):
    """The parameters of LeNet-5 with this table of connections, trained."""
    rng, parameters, per_epoch = np.random.default_rng(seed), initialize(table, seed), len(X_train) // size
    velocity = {key: 0 * value for key, value in parameters.items()}
    for step in tqdm(range(epochs * per_epoch), file=sys.stdout, leave=False):
        if step % per_epoch == 0:
            order = rng.permutation(len(X_train))
        batch = order[step % per_epoch * size :][:size]
        Z5, cache = lenet_forward(X_train[batch], parameters, table)
        A5, truth = softmax(Z5.T).T, np.eye(10, dtype=np.float32)[Y_train[0, batch]]
        grads = lenet_backward((A5 - truth) / np.float32(size), cache, parameters, table)
        rate = learning_rate * (1 + math.cos(math.pi * step / (epochs * per_epoch))) / 2
        for key in parameters:
            velocity[key] = (0.9 * velocity[key] - rate * grads[f"d{key}"]).astype(np.float32)
            parameters[key] = parameters[key] + velocity[key]
    return parameters


# %%
tables = {"all connections": np.ones((6, 16), dtype=np.float32), "the table of C3": C3}
trained = {name: train(table, seed=0) for name, table in tables.items()}
predictions = {name: lenet_forward(X_test, trained[name], tables[name])[0].argmax(axis=1) for name in tables}
for name, table in tables.items():
    used = sum(p.size for p in trained[name].values()) - 25 * int((table == 0).sum())
    right = predictions[name] == Y_test[0]
    print(f"{name:16} {used:6,} parameters, test accuracy {right.mean():.3f}, {np.sum(~right)} mistakes")
small = [conv(3, 8, pad=1), pool(2, 2), conv(3, 16, pad=1), pool(2, 2), flatten(), dense(10)]
for name, shape, layers in (("LeNet-5", (32, 32, 1), LENET5), ("last lesson", (28, 28, 1), small)):
    counts, times = network_parameters(shape, layers), network_costs(shape, layers)[0]
    print(f"{name:12} {sum(counts):6,} parameters, {sum(times):7,} multiplications")

# %% [markdown]
# *What to notice.* Both networks are right on 96.5 % of the test digits or more. In six trainings of each, with three seeds, the network with all connections was right on 97.5 to 97.9 %, the one with the table on 97.2 to 98.1 %. The mean is 0.2 points lower with the table. From six runs and 2,000 test digits, one cannot tell that from chance. So to leave out 900 weights costs little, if anything, and a gain does not show either.
#
# And the small network of the last lesson? It had 9,098 parameters and was right on 97 % or more, after 6 epochs. LeNet-5 has nearly seven times as many parameters and 1.4 times as many multiplications, and is not clearly better: both are between 97 and 98 %. On these 8,000 digits, most of the parameters of LeNet-5 (48,120 of 61,706, in its first dense layer) buy little. A larger network needs more data, or a harder task, to show what it can do: that was AlexNet's chance with 1.2 million photographs.

# %%
name = "the table of C3"
wrong = np.flatnonzero(predictions[name] != Y_test[0])[:24]
titles = [f"{Y_test[0, i]}, read as {predictions[name][i]}" for i in wrong]
plots.show_images(X_test[wrong], titles, columns=8, title="Digits that LeNet-5 reads wrongly")
plt.show()

# %% [markdown]
# *What to notice.* Above each digit stand its label and what the network read. Some are hard for people, too. Others are plain, and the network is wrong all the same. Look at each of them before you think about a larger network (course 3, error analysis).
#
# What did the first layer learn?

# %%
parameters, digit = trained[name], X_test[:1]
_, cache = lenet_forward(digit, parameters, C3)
figure, axes = plt.subplots(2, 7, figsize=(8, 2.9))
reach = np.abs(parameters["W1"]).max()
axes[0, 0].set_axis_off()
axes[0, 0].text(0.5, 0.5, "filters", ha="center", va="center", transform=axes[0, 0].transAxes)
axes[1, 0].imshow(digit[0, :, :, 0])
axes[1, 0].set_title("a digit", fontsize=9)
for k in range(6):
    axes[0, k + 1].imshow(parameters["W1"][:, :, 0, k], cmap="RdBu", vmin=-reach, vmax=reach)
    axes[1, k + 1].imshow(cache["A1"][0, :, :, k], vmin=0, vmax=cache["A1"].max())
    axes[1, k + 1].set_title(f"map {k}", fontsize=9)
for axis in axes.flat:
    axis.set_axis_off()
figure.suptitle("The six filters of layer 1 (blue positive, red negative) and their maps after ReLU", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The filters look rough, but their maps differ: one keeps strokes of one direction, another the edges on one side of a stroke. So they do what the filters did that you made by hand in week 1, and nobody told the network to do it. One map may be dark: its filter finds nothing in this digit, or has learned little.

# %% [markdown]
# ## What you built
#
# - `network_shapes`, `network_parameters`, `network_costs`: what a network costs, layer by layer, before a single picture goes through it.
# - `vgg_block`: VGG-16 and VGG-19 from ten numbers each.
# - `conv_forward_table`: a convolution with a table of connections, of which groups are a special case.
# - `lenet_forward` and `lenet_backward`: LeNet-5, which reads real digits with an accuracy above 96.5 %.
#
# ## On your own
#
# 1. Put global average pooling in the place of flatten in VGG-16, and only one dense layer behind it. How many parameters are left? Which layer has most of them now?
# 2. Train LeNet-5 as in 1998: tanh instead of ReLU, average pooling instead of max pooling. How many points does it lose in 4 epochs, and at which learning rate?
# 3. Really hard: write a convolution with groups, forward and backward, that computes only what is needed (no multiplications with zeros), without a loop over the groups. Compare its speed with that of the table for 2, 4 and as many groups as channels.
#
# ## In practice
#
# `torchvision.models.alexnet()` and `vgg16()` give you these networks, with trained weights if you want. The package `torchinfo` prints the tables of sections 1 to 3; `torch.nn.Conv2d(96, 256, 5, padding=2, groups=2)` is AlexNet's second convolution. (The AlexNet of torchvision has no groups and other numbers of filters, from a later paper: 61,100,840 parameters.)
#
# What is out of date: the local response normalisation of AlexNet, which the authors of VGG tried and found useless (batch norm does that work today); two GPUs as a reason for groups; trained factors in pooling layers; tanh; dense layers of 4096 units behind the convolutions. What remains: small filters in blocks; half the height and twice the channels from block to block; ReLU; dropout and augmented pictures in training. Groups came back for another reason, to save multiplications: in ResNeXt, and in MobileNet, with as many groups as channels (lesson 3 of this week).
#
# ## References
#
# - Course 4, week 2, lectures 1 and 2.
# - Y. LeCun, L. Bottou, Y. Bengio and P. Haffner (1998), Gradient-Based Learning Applied to Document Recognition, Proceedings of the IEEE 86(11). C3's table is Table I.
# - A. Krizhevsky, I. Sutskever and G. Hinton (2012), ImageNet Classification with Deep Convolutional Neural Networks, NIPS.
# - K. Simonyan and A. Zisserman (2015), Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR.
