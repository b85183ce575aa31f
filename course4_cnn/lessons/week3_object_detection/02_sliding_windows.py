# %% [markdown]
# You will find digits in a large picture with a network that has only seen small ones: first window by window, then with the whole network as one convolution, which gives the same numbers with an eleventh of the multiplications.
# An image pyramid then finds digits of other sizes, too.

# %% [markdown]
# ## What you will be able to do
# - cut a picture into windows and build a map of scores from any classifier;
# - turn the dense layers of a trained network into convolutions, and run the network over a picture of any size;
# - say from the layers alone which window each place of the map stands for;
# - count the multiplications of both ways, and say which part is saved;
# - search for objects of several sizes with an image pyramid.
#
# **What you need:** [convolutional layers](../week1_convolutions/03_convolution_layers.ipynb) and [pooling and a complete network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb). The set-up cell loads what you wrote there. It also has `make_network`, which makes a network with random weights from a plan, and `shrink(image, n_H, n_W)`, which makes a picture smaller: each new pixel is the mean of the area that it covers.

# %%
import sys
import time

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
from shared_utils.pretrained.resize import shrink

plots.use_style()


def make_network(plan, size, n_C, rng):
    """Layers for windows of this size: (f, stride, filters) is a convolution, (f, stride) a pool, a number dense."""
    network, side = [], size
    for each in plan:
        f, stride, *n = each if isinstance(each, tuple) else (side, 1, each)
        layer = {"kind": "conv", "stride": stride} if isinstance(each, tuple) else {"kind": "dense"}
        if n:
            shape = (f, f, n_C, *n) if layer["kind"] == "conv" else (f * f * n_C, *n)
            layer |= {"W": rng.normal(0, np.sqrt(2 / (f * f * n_C)), shape), "b": rng.normal(0, 0.1, n)}
        network.append(layer if n else {"kind": "pool", "f": f, "stride": stride})
        side, n_C = output_size(side, f, 0, stride), n[0] if n else n_C
    return network


# %% [markdown]
# ## 1. Windows
# *A network can say what is in a picture of 28 × 28 pixels. How does it find things in a photograph?*
#
# This is **object detection**: say what there is, and where. The oldest way is the **sliding window**. Cut a square of $f \times f$ pixels, the **window**, out of the upper left corner and ask the classifier. Move the window to the right by the **stride** $s$, ask again, and so on to the end of the row. Then go $s$ pixels down and begin at the left again. Only windows that lie in the picture as a whole count. As for a filter, there are
#
# $$n_H = \lfloor (n_H^{pic} - f) / s \rfloor + 1 \quad \text{rows of windows, and} \quad n_W = \lfloor (n_W^{pic} - f) / s \rfloor + 1 \quad \text{in each row.}$$
#
# A window is a box. We write it as its corners $(x_1, y_1, x_2, y_2)$ in pixels, with $x$ to the right and $y$ **downward**. So the window is `image[y1:y2, x1:x2]`: an array has its row, $y$, first, and a box has $x$ first. This is the commonest slip in programs for detection.
#
# *On paper.* A picture of 4 × 5 pixels, $f = 2$, $s = 2$. There are 2 × 2 windows: $(0, 0, 2, 2)$, $(2, 0, 4, 2)$, $(0, 2, 2, 4)$, $(2, 2, 4, 4)$. The last column of the picture is in no window.
# ### Exercise 1: `crop_windows`


# %% exercise="crop_windows"
def crop_windows(image, size, stride):
    """All windows of a picture, and where they are.

    Args:
        image: shape (n_H, n_W, n_C), floats or whole numbers; also pixels of type uint8. It need not be square.
        size: the side of a window in pixels, a whole number >= 1.
        stride: pixels from one window to the next, to the right and down, a whole number.

    Returns:
        A tuple of two new arrays:
        crops: shape (k, size, size, n_C), the k windows that lie in the picture as a whole, row by row and in a row
            from left to right. It may have the number type of image or be of floats.
        boxes: shape (k, 4), whole numbers; row number r is x1, y1, x2, y2 of crops[r].

    Raises:
        ValueError: the window is larger than the picture in height or in width; stride < 1.

    Example:
        crops, boxes = crop_windows(np.array([[[1], [2], [3]]]), 1, 2)
        crops.reshape(-1) is [1, 3], and boxes is [[0, 0, 1, 1], [2, 0, 3, 1]].
    """
    # 1. Does everything fit? 2. The upper left corners, row by row. 3. Cut, and write down the box.
    ### BEGIN SOLUTION
    if stride < 1:
        raise ValueError(f"the stride must be 1 or more, not {stride}")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    corners = [(w * stride, h * stride) for h, w in np.ndindex(n_H, n_W)]
    crops = np.stack([image[y : y + size, x : x + size] for x, y in corners])
    boxes = np.array([(x, y, x + size, y + size) for x, y in corners])
    return crops, boxes
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `output_size(n, f, p, s)` of week 1 says how many windows there are along an axis, and refuses one that is too large. It does not refuse a stride below 1.
#
# `for h, w in np.ndindex(n_H, n_W):` goes row by row. The window begins at $y = h s$ and $x = w s$. Collect the crops in a list; `np.stack(list)` makes one array and copies.
# </details>

# %% check="crop_windows" points=1
with checks.exercise("crop_windows"):
    image = np.arange(1.0, 21.0).reshape(4, 5, 1)  # 1 to 5 in the first row
    checks.unchanged(crop_windows, image, 2, 2)
    crops, boxes = checks.results("crop_windows(image, 2, 2)", crop_windows(image, 2, 2), ["crops", "boxes"])
    checks.shape("crops of a picture (4, 5, 1), size 2, stride 2", crops, (4, 2, 2, 1))
    slips = {"go row by row: the second window is to the right of the first": [[11, 12], [16, 17]]}
    checks.close("the second crop", crops[1, :, :, 0], [[3, 4], [8, 9]], mistakes=slips)
    wanted = np.array([[0, 0, 2, 2], [2, 0, 4, 2], [0, 2, 2, 4], [2, 2, 4, 4]])
    slips = {"x before y": wanted[:, [1, 0, 3, 2]], "the last two numbers are a corner, not the size": wanted.copy()}
    slips["the last two numbers are a corner, not the size"][:, 2:] = 2
    checks.close("boxes", boxes, wanted, mistakes=slips)
    checks.raises("size 5 in a picture (4, 5)", ValueError, crop_windows, image, 5, 1)
    checks.raises("stride 0", ValueError, crop_windows, image, 2, 0)
    ### BEGIN HIDDEN TESTS

    def pixel_by_pixel(image, size, stride):
        crops, boxes = [], []
        for y in range(0, image.shape[0] - size + 1, stride):
            for x in range(0, image.shape[1] - size + 1, stride):
                crops.append([[list(image[r, c]) for c in range(x, x + size)] for r in range(y, y + size)])
                boxes.append([x, y, x + size, y + size])
        return np.array(crops), np.array(boxes)

    def picture(rng, high, wide, size, n_C):
        stride = 1 + (high + size) % 4
        n_H, n_W = ((n - 1) * stride + size + n % stride for n in (high, wide))
        return rng.normal(0, 1, (n_H, n_W, n_C)), size, stride

    rng = np.random.default_rng(1)
    long = {"height": (130, 1, 1, 1), "width": (1, 130, 1, 1), "size": (1, 2, 101, 1), "n_C": (1, 2, 1, 130)}
    cases = {f"with {name} above 100": picture(rng, *numbers) for name, numbers in long.items()}
    image = rng.normal(0, 1, (7, 5, 2))
    cases |= {f"with the stride {s}": (image, 2, s) for s in (4, 5, 6, 9)}
    domain = {"real": {"image": 300}, "types": ["image"], "pixels": ["image"], "cases": cases}
    sizes = {"high": 6, "wide": 7, "size": 5, "n_C": 4}
    checks.agrees(crop_windows, pixel_by_pixel, picture, sizes=sizes, returns=("crops", "boxes"), **domain)
    checks.whole("an entry of boxes", *np.ravel(crop_windows(image, 2, 1)[1])[:8].tolist())
    for sides, size, stride in (
        *((sides, 4, stride) for sides in ((5, 3), (3, 5), (3, 3), (9, 1)) for stride in (1, 2, 5)),
        *(((4, n), size, stride) for n, size in ((5, 1), (5, 3), (4, 4)) for stride in (0, -1, -2)),
    ):
        what = f"a picture of {sides}, size {size}, stride {stride}"
        checks.raises(what, ValueError, crop_windows, np.ones((*sides, 3)), size, stride)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. A classifier for windows
# *What must a classifier learn so that it can search?*
#
# Not only the ten digits. Nearly all windows show no digit, and many show a part of one. So there are eleven classes, the last is *background*: pieces of photographs, and digits that are cut at the edge. The digits of the other windows are moved by up to 3 pixels, because a window with stride 4 meets a digit only within 2 pixels. All windows have a piece of a photograph as ground.

# %%
digits = data.load_digits()
train_digits, test_digits = digits.X_train[..., 0] / 255, digits.X_test[..., 0] / 255
greys = {name: data.load_photo(name).mean(axis=2) / 255 for name in ("astronaut", "cat", "dahlia", "rocket", "coffee")}


def make_windows(m, rng):
    """Windows (m, 28, 28, 1) with a digit (class 0 to 9), or parts of digits, or nothing (class 10)."""
    X, Y, names = np.empty((m, 28, 28, 1), dtype=np.float32), np.full(m, 10), ["astronaut", "cat", "dahlia", "rocket"]
    for i in range(m):
        photo, canvas = greys[names[rng.integers(4)]], np.zeros((84, 84))
        y, x = (rng.integers(n - 27) for n in photo.shape)
        for _ in range((1, 1, 1, 1, 1, 1, 2, 1, 2, 0)[i % 10]):  # digits, or one part, or two, or nothing
            k, move = rng.integers(len(train_digits)), rng.integers(-3, 4, 2)
            if i % 10 < 5:
                Y[i] = digits.Y_train[0, k]
            else:  # so far away that it is cut
                move = rng.permuted([rng.integers(-20, 21), rng.choice([-1, 1]) * rng.integers(8, 24)])
            place = canvas[28 + move[0] : 56 + move[0], 28 + move[1] : 56 + move[1]]
            np.maximum(place, train_digits[k], out=place)
        ground = photo[y : y + 28, x : x + 28] * rng.uniform(0.2, 0.6)
        X[i, :, :, 0] = np.maximum(ground, canvas[28:56, 28:56])
    return X, Y


X, Y = make_windows(8000, np.random.default_rng(0))
titles = ["background" if label == 10 else str(label) for label in Y[:20]]
plots.show_images(
    X[:20, :, :, 0], titles, columns=10, title="Half of the windows show a digit, half show parts or nothing"
)
plt.show()

# %% [markdown]
# The network is a list of layers, each a dict: `{"kind": "conv", "W": …, "b": …, "stride": …}`, `{"kind": "pool", "f": …, "stride": …}` (max pooling) and `{"kind": "dense", "W": …, "b": …}`. Ours has a convolution 5 × 5 with 8 filters, pooling 2 × 2, a convolution 3 × 3 with 16 filters, pooling 2 × 2, a dense layer of 32 units and one of 11, the scores. One window goes through the shapes 28 × 28 × 1, 24 × 24 × 8, 12 × 12 × 8, 10 × 10 × 16, 5 × 5 × 16, then it is flattened to 400 numbers, 32, 11.
#
# There is **no padding** anywhere (section 4 says why). The weights are in float32. ReLU follows each convolution and each dense layer, but not the last layer. A dense layer has weights $W$ of the shape $(n^{prev}, n)$, and its input is the flattened picture, `A.reshape(m, -1)`: row by row, in a row from left to right, and for each pixel its channels.


# %%
def forward(network, X):
    """The scores (m, n) of windows X, and for each layer what came in and what came out before ReLU."""
    A, cache = X, []
    for layer in network:
        if layer["kind"] == "pool":
            Z = pool_forward(A, layer["f"], layer["stride"], "max")
        elif layer["kind"] == "conv":
            Z = conv_forward_fast(A, layer["W"], layer["b"], layer["stride"], 0)
        else:
            Z = A.reshape(len(A), -1) @ layer["W"] + layer["b"]
        cache.append((A, Z))
        A = Z if layer is network[-1] else np.maximum(Z, 0)  # what comes out of a pool is 0 or more already
    return A, cache


def backward(network, cache, dZ):
    """The gradients (dW, db) of all layers, those of pools empty, from that of the scores."""
    grads = []
    for layer, (A, Z) in reversed(list(zip(network, cache, strict=True))):
        dZ = dZ if layer is network[-1] else dZ * (Z > 0)
        if layer["kind"] == "pool":
            dZ, grad = pool_backward(dZ, A, layer["f"], layer["stride"], "max"), ()
        elif layer["kind"] == "conv":
            dZ, *grad = conv_backward(dZ, A, layer["W"], layer["stride"], 0)
        else:
            grad = A.reshape(len(A), -1).T @ dZ, dZ.sum(axis=0)
            dZ = (dZ @ layer["W"].T).reshape(A.shape)
        grads.append(grad)
    return grads[::-1]


# %%
def train(network, X, Y, epochs=3, size=64, learning_rate=0.05, beta=0.9):
    """The network after some epochs of momentum, in float32; the rate falls to 0 along half a cosine."""
    network = [{key: np.float32(part) if key in "Wb" else part for key, part in layer.items()} for layer in network]
    rng, velocity, per_epoch = np.random.default_rng(0), {}, len(X) // size
    for step in tqdm(range(epochs * per_epoch), file=sys.stdout, leave=False):
        if step % per_epoch == 0:
            order = rng.permutation(len(X))
        batch = order[step % per_epoch * size :][:size]
        rate = np.float32(learning_rate * (1 + np.cos(np.pi * step / (epochs * per_epoch))) / 2)
        scores, cache = forward(network, X[batch])
        dZ = (softmax(scores.T).T - np.eye(11, dtype=np.float32)[Y[batch]]) / np.float32(size)
        for number, grad in enumerate(backward(network, cache, dZ)):
            for key, each in zip("Wb", grad, strict=False):
                velocity[number, key] = np.float32(beta) * velocity.get((number, key), 0) - rate * each
                network[number][key] = network[number][key] + velocity[number, key]
    return network


# %%
plan = [(5, 1, 8), (2, 2), (3, 1, 16), (2, 2), 32, 11]
network = train(make_network(plan, 28, 1, np.random.default_rng(0)), X, Y)
share = np.mean(forward(network, X[:2000])[0].argmax(axis=1) == Y[:2000])
print(f"windows that it has seen in training, right: {share:.0%}")


# %%
def make_scene(sizes, rng):
    """Test digits of these sizes, without overlap, on a photograph: the picture, the boxes (k, 4), the labels (k,)."""
    picture, boxes, labels = greys["coffee"][:240, :320] * 0.5, [], []
    for size in sizes:
        while True:
            x, y = rng.integers(320 - size + 1), rng.integers(240 - size + 1)
            if all(x >= b[2] or b[0] >= x + size or y >= b[3] or b[1] >= y + size for b in boxes):
                break
        k = rng.integers(len(test_digits))
        digit = shrink(np.kron(test_digits[k], np.ones((3, 3)))[:, :, None], size, size)[:, :, 0]
        place = picture[y : y + size, x : x + size]
        np.maximum(place, digit, out=place)
        boxes.append((x, y, x + size, y + size))
        labels.append(digits.Y_test[0, k])
    return picture[:, :, None].astype(np.float32), np.array(boxes), np.array(labels)


scene, truth, labels = make_scene([28] * 24, np.random.default_rng(0))
print("scene", scene.shape, "  digits:", len(truth))

# %% [markdown]
# ### Exercise 2: `slide_classify`
# The large picture has 24 test digits on a photograph that the network has never seen. Give its windows to a classifier, and put its scores back into a **map**: $n_H \times n_W$ places, each with the $n$ scores of its window. The classifier is a function. It takes any number of crops at once and gives one row of scores for each.
#
# *On paper.* 4 × 5 pixels 1 to 20, the windows of section 1, and a classifier with one score, the pixel in the upper left corner of the crop: the map is $\begin{bmatrix} 1 & 3 \\ 11 & 13 \end{bmatrix}$.


# %% exercise="slide_classify"
def slide_classify(image, classify, size, stride):
    """The scores of a classifier for all windows of a picture, as a map.

    Args:
        image: shape (n_H_pic, n_W_pic, n_C), as in crop_windows.
        classify: a function that takes crops, an array of shape (k, size, size, n_C) with any k >= 1, and returns
            scores, an array of shape (k, n), n >= 1, floats or whole numbers. The scores of a crop do not depend on
            the other crops. It may write into the array that it gets; image must stay as it is.
        size, stride: as in crop_windows.

    Returns:
        A new array of shape (n_H, n_W, n): entry [h, w] holds the scores of the window in row h and column w.

    Raises:
        ValueError: as crop_windows.
    """
    # 1. The crops. 2. Their scores. 3. From one axis of windows to two.
    ### BEGIN SOLUTION
    crops, _ = crop_windows(image, size, stride)
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    return np.array(classify(crops)).reshape(n_H, n_W, -1)  # equivalent "1 → 2": any negative number will do
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The crops come row by row, and `.reshape(n_H, n_W, -1)` fills its result row by row. So nothing must be transposed.
# </details>

# %% check="slide_classify" points=1
with checks.exercise("slide_classify"):
    image = np.arange(1.0, 31.0).reshape(5, 6, 1)  # 1 to 6 in the first row
    checks.unchanged(slide_classify, image, lambda crops: crops[:, 0, 0], 2, 2)
    found = slide_classify(image, lambda crops: crops[:, 0, 0], 2, 2)
    checks.shape("of a picture (5, 6, 1), size 2, stride 2, one score", found, (2, 3, 1))
    slips = {"the windows come row by row, so fill the map row by row": [[1, 5, 15], [3, 13, 17]]}
    what = "the map, if the score is the upper left pixel of the crop"
    checks.close(what, found[:, :, 0], [[1, 3, 5], [13, 15, 17]], mistakes=slips)
    found = slide_classify(image, lambda crops: crops[:, 0, :, 0], 2, 2)
    checks.close("if the scores are the two upper pixels: the second score", found[:, :, 1], [[2, 4, 6], [14, 16, 18]])
    checks.raises("size 6 in a picture (5, 6)", ValueError, slide_classify, image, lambda crops: crops[:, 0, 0], 6, 1)
    ### BEGIN HIDDEN TESTS

    def crop_by_crop(image, classify, size, stride):
        tops, lefts = (range(0, n - size + 1, stride) for n in image.shape[:2])
        return np.array([[classify(image[None, y : y + size, x : x + size].copy())[0] for x in lefts] for y in tops])

    def search(rng, high, wide, size, n_C, n):
        stride = 1 + (high + size) % 4
        n_H, n_W = ((k - 1) * stride + size + k % stride for k in (high, wide))
        V = rng.normal(0, 1, (size, size, n_C, n))

        def classify(crops):
            return np.tensordot(crops, V, axes=3) + V[0, 0, 0]

        return rng.normal(0, 1, (n_H, n_W, n_C)), classify, size, stride

    def writes(crops):
        crops += 7
        return crops.sum(axis=(1, 2))

    rng = np.random.default_rng(2)
    long = {"height": (130, 1, 1, 1, 2), "width": (1, 130, 1, 1, 1), "size": (1, 2, 101, 1, 2)}
    long |= {"n_C": (1, 2, 1, 130, 2), "n": (2, 3, 1, 1, 130)}
    cases = {f"with {name} above 100": search(rng, *numbers) for name, numbers in long.items()}
    image = rng.normal(0, 1, (7, 5, 2))
    cases["with a classifier that writes into its crops"] = image, writes, 3, 1
    for h, w in ((1, 4), (4, 1), (2, 8), (9, 4)):
        cases[f"with {h} x {w} windows"] = rng.normal(0, 1, (h, w, 2)), lambda crops: crops[:, 0, 0], 1, 1
    cases["with 256 windows"] = rng.normal(0, 1, (16, 16, 1)), lambda crops: crops[:, 0, 0] + 0 * crops.max(), 1, 1
    cases["with 2,500 windows"] = rng.normal(0, 1, (51, 51, 1)), lambda crops: crops[:, 1, 0], 2, 1
    domain = {"real": {"image": 300}, "types": ["image"], "pixels": ["image"], "cases": cases}
    sizes = {"high": 6, "wide": 7, "size": 5, "n_C": 4, "n": 5}
    checks.agrees(slide_classify, crop_by_crop, search, sizes=sizes, apart=False, **domain)
    for sides, size, stride in (((5, 3), 4, 1), ((3, 5), 4, 2), ((3, 3), 4, 5), ((4, 5), 3, 0), ((4, 5), 4, -1)):
        what = f"a picture of {sides}, size {size}, stride {stride}"
        checks.raises(what, ValueError, slide_classify, np.ones((*sides, 3)), writes, size, stride)
    ### END HIDDEN TESTS

# %% [markdown]
# The map of the scene. The *heat* is the probability that there is a digit, whichever: 1 minus the probability of the background.


# %%
def classify(crops):
    """The 11 scores of each crop."""
    return np.concatenate([forward(network, crops[first : first + 256])[0] for first in range(0, len(crops), 256)])


def heat(scores):
    """The probability of a digit at each place of a map of scores; float64, as many are nearly 1."""
    return 1 - softmax(scores.reshape(-1, 11).T.astype(float))[10].reshape(scores.shape[:2])


by_crops = slide_classify(scene, classify, 28, 4)
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4))
left.imshow(scene, cmap="gray", vmin=0, vmax=1)
right.imshow(heat(by_crops), vmin=0, vmax=1, extent=(12, 12 + 4 * 74, 12 + 4 * 54, 12))
right.set(xlim=(0, 320), ylim=(240, 0), facecolor="0.8")
for axis, title in ((left, "The picture"), (right, "The heat is high at the digits")):
    axis.set(title=title, xticks=[], yticks=[])
plt.show()
print("windows:", by_crops.shape[0] * by_crops.shape[1], "  map of scores:", by_crops.shape)

# %% [markdown]
# *What to notice.* Each square of the right picture stands at the centre of its window. Where a digit is, there is a small hot spot of a few windows. A window beside a digit shows a part of it and is cold: this is what the cut digits in training were for. The map ends before the edge of the picture, because the centre of a window cannot come nearer than 14 pixels.
#
# ## 3. The whole network as a convolution
# *Two neighbouring windows have 24 of 28 columns in common. Why compute everything twice?*
#
# A convolution computes the same thing at all places anyway. So give it the *large* picture once, and all windows share its results; so does pooling. What stops us is the dense layer: it wants a vector of exactly 400 numbers. But look at what it does with the 5 × 5 × 16 activations of one window: each unit multiplies all of them with its weights and adds up. That is one step of a filter of 5 × 5 × 16, in the only place where it fits. So a **dense layer is a convolution** whose filters are as large as its input:
#
# $$W^{dense} \; (h \cdot w \cdot c, \; n) \quad \longrightarrow \quad W^{conv} \; (h, \; w, \; c, \; n), \qquad W^{conv}_{u, v, k, j} = W^{dense}_{(u w + v) c + k, \; j} .$$
#
# Not a single weight is changed. They must only go to the right place: the order is that of flattening. A second dense layer sees the $n$ numbers of the first as one pixel with $n$ channels. So it becomes a 1 × 1 convolution, the shape is $(1, 1, n)$.
#
# *On paper.* A unit on activations of 1 × 2 pixels with 3 channels has six weights, $1, 2, \dots, 6$. The flattened order is pixel after pixel. So the filter has the weights $(1, 2, 3)$ at the left pixel and $(4, 5, 6)$ at the right one.
# ### Exercise 3: `dense_to_conv`


# %% exercise="dense_to_conv"
def dense_to_conv(W, shape):
    """The weights of a dense layer as the filters of a convolutional layer.

    Args:
        W: shape (n_prev, n), floats or whole numbers. The layer computes A.reshape(m, n_prev) @ W for activations A of
            shape (m, h, w, c).
        shape: the tuple (h, w, c), whole numbers >= 1; h and w need not be equal.

    Returns:
        The filters, an array of shape (h, w, c, n). It may share memory with W.

    Raises:
        ValueError: W is not for h * w * c numbers, also where the number of its entries would do by chance.
    """
    # 1. Does W have the right number of rows? 2. From one axis to three, in the order of flattening.
    ### BEGIN SOLUTION
    h, w, c = shape
    if len(W) != h * w * c:
        raise ValueError(f"weights for {len(W)} numbers do not fit activations of shape {shape}")
    return W.reshape(h, w, c, -1)  # equivalent "1 → 2": any negative number will do
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `reshape` is the inverse of flattening and keeps the last axis, the units, as it is. It does not see a wrong number of rows if the number of all entries can be divided; so compare the rows first.
# </details>

# %% check="dense_to_conv" points=1
with checks.exercise("dense_to_conv"):
    W = np.arange(1.0, 13.0).reshape(6, 2)  # unit 0 has the weights 1, 3, 5, 7, 9, 11
    checks.unchanged(dense_to_conv, W, (1, 2, 3))
    found = dense_to_conv(W, (1, 2, 3))
    checks.shape("dense_to_conv(W, (1, 2, 3)), W of shape (6, 2)", found, (1, 2, 3, 2))
    slips = {"the channels of a pixel stand side by side, not the pixels of a channel": [[1, 5, 9], [3, 7, 11]]}
    slips["each column of W is one unit"] = [[1, 2, 3], [4, 5, 6]]
    checks.close("the filter of unit 0", found[0, :, :, 0], [[1, 3, 5], [7, 9, 11]], mistakes=slips)
    slips = {"row by row: first the pixels of the upper row": [[1, 7], [3, 9], [5, 11]]}
    found = dense_to_conv(W, (3, 2, 1))
    checks.shape("dense_to_conv(W, (3, 2, 1))", found, (3, 2, 1, 2))
    checks.close("its filter of unit 0", found[:, :, 0, 0], [[1, 3], [5, 7], [9, 11]], mistakes=slips)
    checks.raises("W of shape (6, 2) for (2, 2, 3)", ValueError, dense_to_conv, W, (2, 2, 3))
    ### BEGIN HIDDEN TESTS

    def weight_by_weight(W, shape):
        filters = np.zeros((*shape, W.shape[1]))
        for row, place in enumerate(np.ndindex(*shape)):
            for unit in range(W.shape[1]):
                filters[(*place, unit)] = W[row, unit]
        return filters

    def layer(rng, h, w, c, n):
        return rng.normal(0, 1, (h * w * c, n)), (h, w, c)

    rng = np.random.default_rng(3)
    long = {"h": (103, 1, 2, 1), "w": (1, 103, 1, 2), "c": (2, 1, 103, 1), "n": (1, 2, 1, 103)}
    cases = {f"with {name} above 100": layer(rng, *numbers) for name, numbers in long.items()}
    cases["with dense after dense"] = rng.normal(0, 1, (8, 3)), (1, 1, 8)
    same = rng.normal(0, 1, (24, 2))
    cases |= {f"with the same W and {shape}": (same, shape) for shape in ((2, 3, 4), (3, 2, 4), (4, 3, 2), (1, 4, 6))}
    sizes = {"h": 6, "w": 7, "c": 5, "n": 6}
    domain = {"real": {"W": 300}, "types": ["W"], "cases": cases, "apart": False, "new": False}
    checks.agrees(dense_to_conv, weight_by_weight, layer, sizes=sizes, **domain)
    for rows, units, shape in ((20, 3, (3, 2, 2)), (24, 2, (3, 2, 2)), (6, 2, (3, 2, 2)), (4, 6, (1, 1, 6))):
        what = f"W of shape ({rows}, {units}) for {shape}"
        checks.raises(what, ValueError, dense_to_conv, np.ones((rows, units)), shape)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4: `conv_slide`
# Now walk through the layers with the large picture. In your left hand hold the **activations** $A$ of the picture. In your right hand hold one number: the **side** that the activations of *one window* have at this point. You need it at the first dense layer, because there the filter is as large as the activations of one window.
#
# *On paper: the network of the lecture.* Windows of 14 × 14; conv 5 × 5 with 16 filters, pooling 2 × 2, dense 400, dense 400, four scores. For pictures of 16 × 16 and of 28 × 28:
#
# | | one window | picture 16 × 16 | picture 28 × 28 |
# |---|---|---|---|
# | conv 5 × 5 | 10 × 10 × 16 | 12 × 12 × 16 | 24 × 24 × 16 |
# | pooling 2 × 2 | 5 × 5 × 16 | 6 × 6 × 16 | 12 × 12 × 16 |
# | dense 400 as conv **5 × 5** | 1 × 1 × 400 | 2 × 2 × 400 | 8 × 8 × 400 |
# | dense 400 as conv 1 × 1 | 1 × 1 × 400 | 2 × 2 × 400 | 8 × 8 × 400 |
# | dense 4 as conv 1 × 1 | 1 × 1 × 4 | 2 × 2 × 4 | 8 × 8 × 4 |
#
# The 8 × 8 places are the 64 windows with stride 2 in the picture of 28 × 28. One run gives all of them.


# %% exercise="conv_slide"
def conv_slide(image, network, size):
    """A network for windows, run over a large picture as one convolution.

    Args:
        image: shape (n_H_pic, n_W_pic, n_C), floats or whole numbers; also pixels of type uint8. It need not be square.
        network: a list of one or more dicts as in section 2, "conv", "pool" (max) and "dense", with any strides,
            without padding; all "dense" come after all others. ReLU follows each "conv" and "dense" but the last layer.
        size: the side of the windows for which the network was made, in pixels.

    Returns:
        A new array of shape (n_H, n_W, n): what the layers give if each "dense" is a convolution. Entry [h, w] holds
        the scores of one window: those of the network on the crop. Without a "dense" it holds the last activations.

    Raises:
        ValueError: the picture is smaller than a window in height or in width; the filters are for another number of
            channels; the weights of a "dense" are not for the activations that a window of this size has there.

    It must be quick: for 280 x 280 pixels and two convolutions of 8 filters it has half a second. One run of the layers
    needs less than a fifth of it; a run for each crop needs more.
    """
    # 1. The picture as a batch of one, the side of a window. 2. For each layer: its result, ReLU, the new side.
    ### BEGIN SOLUTION
    if min(image.shape[:2]) < size:
        raise ValueError(f"windows of {size} pixels do not fit into the picture")
    A, side = image[None], size
    for number, layer in enumerate(network):
        f, stride = layer.get("f"), layer.get("stride", 1)
        if layer["kind"] == "pool":
            A = pool_forward(A, f, stride, "max")
        else:
            W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
            A, f = conv_forward_fast(A, W, layer["b"], stride, 0), len(W)
            A = np.maximum(A, 0) if number < len(network) - 1 else A
        side = output_size(side, f, 0, stride)
    return A[0]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# A batch of one picture: `A = image[None]`. For "conv", call `conv_forward_fast(A, layer["W"], layer["b"], layer["stride"], 0)`; for "pool", `pool_forward(A, layer["f"], layer["stride"], "max")`. These refuse channels that do not fit.
# </details>
# <details><summary>Hint 2</summary>
#
# After a layer with windows of $f$ pixels, `side = output_size(side, f, 0, stride)`. For "dense", the filters are `dense_to_conv(layer["W"], (side, side, A.shape[3]))` and the stride is 1. What is the side after it?
#
# `for number, layer in enumerate(network):`, and `if number < len(network) - 1` for ReLU. At the beginning, refuse a picture with a side below `size`. At the end, `A[0]`.
# </details>

# %% check="conv_slide" points=3
with checks.exercise("conv_slide"):
    image = np.array([[1.0, 0, 2, 1], [0, 3, 1, 0], [2, 1, 0, 1]])[:, :, None]  # 3 x 4 pixels
    conv = {"kind": "conv", "W": np.array([1.0, -1]).reshape(1, 1, 1, 2), "b": np.array([0.0, 2]), "stride": 1}
    dense = {"kind": "dense", "W": np.arange(1.0, 9).reshape(8, 1), "b": np.array([-40.0])}  # windows of 2 x 2
    last = {"kind": "dense", "W": np.array([[2.0, -1]]), "b": np.array([0.0, 5])}
    checks.unchanged(conv_slide, image, [conv, dense, last], 2)
    found = conv_slide(image, [conv, dense], 2)
    checks.shape("the map of 3 x 4 pixels for windows of 2 x 2", found, (2, 3, 1))
    slips = {"no ReLU after the last layer": [[4, 0, 0], [0, 0, 0]]}
    slips["ReLU after each layer but the last"] = [[-4, -6, -4], [-6, -5, -2]]
    checks.close("conv 1 x 1, dense", found[:, :, 0], [[4, 0, -4], [-2, -3, -2]], mistakes=slips)
    found = conv_slide(image, [conv, dense, last], 2)[:, :, 1]
    slips = {"ReLU after each layer but the last": [[1, 5, 9], [7, 8, 7]]}
    checks.close("conv, dense, dense: the second score", found, [[1, 5, 5], [5, 5, 5]], mistakes=slips)
    pool = {"kind": "pool", "f": 2, "stride": 2}
    checks.close("pool alone, windows of 2 x 2", conv_slide(image, [pool], 2)[:, :, 0], [[3, 2]])
    checks.raises("dense for 8 numbers, windows of 3 x 3", ValueError, conv_slide, image, [conv, dense], 3)
    checks.raises("windows of 4 x 4 in 3 x 4 pixels", ValueError, conv_slide, image, [conv], 4)
    ### BEGIN HIDDEN TESTS

    def one_window(A, network):
        for number, layer in enumerate(network):
            if layer["kind"] == "dense":
                A = layer["W"].T @ np.ravel(A) + layer["b"]
            else:
                f, s = layer.get("f") or len(layer["W"]), layer["stride"]
                views = np.lib.stride_tricks.sliding_window_view(A, (f, f), axis=(0, 1))[::s, ::s]
                pool = layer["kind"] == "pool"
                A = views.max(axis=(3, 4)) if pool else np.einsum("hwcuv,uvck->hwk", views, layer["W"]) + layer["b"]
            A = A * (A > 0) if layer["kind"] != "pool" and number < len(network) - 1 else A
        return A if A.ndim == 1 else A[0, 0]

    def crop_by_crop(image, network, size):
        pairs = [(each.get("f") or len(each["W"]), each["stride"]) for each in network if each["kind"] != "dense"]
        reach, step = size, 1
        for f, s in pairs:
            reach, step = (reach - f) // s + 1, step * s
        reach = reach if network[-1]["kind"] == "dense" else 1  # pixels of the last picture that one place sees
        for f, s in pairs[::-1]:
            reach = (reach - 1) * s + f
        tops, lefts = (range(0, n - reach + 1, step) for n in image.shape[:2])
        X = np.pad(image, ((0, size), (0, size), (0, 0)))  # what a window has but does not use may lie outside
        return np.array([[one_window(X[y : y + size, x : x + size], network) for x in lefts] for y in tops])

    def drawn(rng, high, wide, n_C, filters, units):
        network = make_network([(3, 1, filters), (2, 2), (2, 1, 3), units, 3], 8, n_C, rng)
        return rng.normal(0, 1, (8 + high, 8 + wide, n_C)), network, 8

    rng, cases, first = np.random.default_rng(4), {}, [(3, 1, 4), (2, 2), 5, 2]
    plans = [(8, [(2, 1, 3), (3, 2), 4, 2]), (9, [(3, 2, 4), (2, 1, 2), 5]), (11, [(2, 3, 3), (2, 2), (1, 1, 2), 3, 2])]
    plans += [
        (8, [(2, 1, 3), (2, 2), 4, 2]),
        (8, [(1, 2, 3), (2, 3), 2]),
        (6, [(3, 2), 4, 2]),
        (3, [5, 4, 2]),
        (4, [3]),
    ]
    plans += [(8, [(3, 1, 2), (2, 2), (3, 1, 4)]), (4, [(3, 1, 2), (2, 2)]), (6, [(2, 2), (2, 1, 3), 2])]
    plans += [(9, [(2, 1, 2)] * 6 + [(1, 1, 2)] * 3 + [3, 3, 2]), (4, [(3, 1, 4), (2, 2), 3, 2])]
    for size, plan in plans:
        for n_H, n_W, n_C in ((size + 5, size + 9, 2), (size, size, 1), (size, size + 7, 3)):
            image, network = rng.normal(0, 1, (n_H, n_W, n_C)), make_network(plan, size, n_C, rng)
            cases[f"with make_network({plan}, {size}, {n_C}, rng) on {n_H} x {n_W}"] = image, network, size
    for n_H, n_W in ((109, 8), (8, 109)):
        cases[f"with a picture {n_H} x {n_W}"] = rng.normal(0, 1, (n_H, n_W, 1)), make_network(first, 8, 1, rng), 8
    many = rng.normal(0, 1, (4, 5, 110)), make_network([(2, 1, 110), 110, 110], 3, 110, rng), 3
    cases["with 110 channels, filters and units"] = many
    image, network = rng.normal(0, 1, (12, 15, 2)), make_network(first, 8, 2, rng)
    whole = [{key: np.rint(9 * v).astype(int) if key in "Wb" else v for key, v in layer.items()} for layer in network]
    cases["with whole numbers everywhere"] = np.rint(3 * image).astype(int), whole, 8
    cases["with whole weights"] = image, whole, 8
    tiny = [layer | {"b": 1e-9 * layer["b"]} if "b" in layer else layer for layer in network]
    cases["with numbers near 1e-9"] = image * 1e-9, tiny, 8
    cases["with negative numbers in a pool"] = -np.abs(image), [{"kind": "pool", "f": 3, "stride": 2}], 3
    twice = {"kind": "dense", "W": rng.normal(0, 1, (3, 3)), "b": rng.normal(0, 1, 3)}
    cases["with the same layer twice"] = image[:, :, :1] * np.ones(3), [twice, twice, twice], 1
    domain = {"real": {"image": 30}, "types": ["image"], "pixels": ["image"], "cases": cases}
    sizes = {"high": (0, 7), "wide": (0, 9), "n_C": 4, "filters": 5, "units": 6}
    checks.agrees(conv_slide, crop_by_crop, drawn, sizes=sizes, **domain)
    for words, *wrong in (
        ("another number of channels", image[:, :, :1], network, 8),
        ("windows of 6 pixels, a network for 8", image, network, 6),
        ("windows of 10 pixels, a network for 8", image, network, 10),
        ("dense for another number of units", image, [*network[:3], network[3] | {"W": np.ones((4, 2))}], 8),
        ("too low", image[:7], network, 8),
        ("too narrow", image[:, :7], network, 8),
        ("too low for a window of 9, not for its layers", image[:8], make_network(first, 9, 2, rng), 9),
        ("too narrow for a window of 9, not for its layers", image[:, :8], make_network(first, 9, 2, rng), 9),
        ("dense for twice the numbers", image, [{"kind": "dense", "W": np.ones((4, 3)), "b": np.ones(3)}], 1),
    ):
        checks.raises(words, ValueError, conv_slide, *wrong)
    plan, spent = [(5, 1, 8), (2, 2), (5, 1, 8), (2, 2), 4], []
    many = rng.normal(0, 1, (280, 280, 1)), make_network(plan, 44, 1, rng), 44
    while len(spent) < 3 and min(spent, default=1) > 0.5:
        began = time.perf_counter()
        conv_slide(*many)
        spent.append(time.perf_counter() - began)
    checks.that(min(spent) < 0.5, f"280 x 280 pixels: {min(spent):.1f} seconds; run each layer once over the picture")
    ### END HIDDEN TESTS

# %%
by_conv = conv_slide(scene, network, 28)
print("map of scores:", by_conv.shape, "  largest score:", np.abs(by_conv).max().round(1))
print("largest difference from slide_classify:", np.abs(by_conv - by_crops).max())

# %% [markdown]
# *What to notice.* The two maps are equal, up to the rounding of float32. This is not an approximation: the same products are added up, but each activation that several windows share is computed once.
#
# ## 4. Why there is no padding
# *Most networks use "same" padding. What would go wrong?*
#
# A crop has an edge, and padding puts zeros beyond it. In the large picture there is no edge at this place: there are the pixels of the next window. So the first layer gives other numbers at the rim of the crop. The second layer mixes these one pixel deeper, and so on. Here is one crop of a photograph, alone and cut out of the large map, with random 3 × 3 filters and "same" padding.

# %%
rng, figure = np.random.default_rng(1), plt.figure(figsize=(9, 3))
A_crop, A_all = greys["cat"][None, 100:128, 100:128, None], greys["cat"][None, :, :, None]
for depth in range(1, 5):
    W = rng.normal(0, np.sqrt(2 / (9 * A_all.shape[3])), (3, 3, A_all.shape[3], 8))
    A_crop, A_all = (np.maximum(conv_forward_fast(A, W, np.zeros(8), 1, 1), 0) for A in (A_crop, A_all))
    other = (np.abs(A_crop - A_all[:, 100:128, 100:128]).max(axis=3) > 1e-9)[0]
    axis = figure.add_subplot(1, 4, depth)
    axis.imshow(other, vmin=0, vmax=1, cmap="cividis")
    axis.set_title(f"{depth} layer{'s' * (depth > 1)}: {other.mean():.0%}", fontsize=11)
    axis.set_axis_off()
figure.suptitle("With “same” padding the rim of a crop (yellow) is not what it is in the large picture", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* After one layer 14 % of the places differ from those of the large picture, after four layers 49 %: the rim is one pixel wider after each layer. Without padding nothing outside the window is ever asked for, and the maps agree exactly. (Networks with "same" padding are run over large pictures as well. Then the scores are *not* those of the crops, and the network should be trained on large pictures, too.)
#
# ## 5. Which window is this?
# *The map is hot at row 10 and column 20. Where in the picture is that?*
#
# For this, the weights do not matter. Each layer has a side $f_l$ and a stride $s_l$; pooling has them like a convolution, and a dense layer is a convolution with stride 1. One step to the right in the map is $s_L$ steps in the map before, which are $s_{L-1} s_L$ steps in the map before that one, and so on. So
#
# $$\text{the stride of the network:} \quad S = s_1 s_2 \cdots s_L, \qquad \text{its window:} \quad R = 1 + \sum_{l=1}^{L} (f_l - 1) \, s_1 \cdots s_{l-1} .$$
#
# $R$ is also called the **receptive field**: the pixels on which one number of the map depends. Layer $l$ adds $f_l - 1$ pixels of *its own* input, and these are $s_1 \cdots s_{l-1}$ pixels of the picture apart. (For $l = 1$ the product is empty, and that is 1.) Place $(i, j)$ of the map, row and column, is the window with the upper left corner $x_1 = j S$, $y_1 = i S$.
#
# **The stride of the network is the stride of the window.** You cannot choose it when you search: pooling has chosen it when the network was built.
#
# *On paper.* Our network is $(f, s) = (5, 1), (2, 2), (3, 1), (2, 2), (5, 1), (1, 1)$. $S = 1 \cdot 2 \cdot 1 \cdot 2 \cdot 1 \cdot 1 = 4$ and $R = 1 + 4 \cdot 1 + 1 \cdot 1 + 2 \cdot 2 + 1 \cdot 2 + 4 \cdot 4 + 0 \cdot 4 = 28$.
# ### Exercise 5: `window_and_stride`


# %% exercise="window_and_stride"
def window_and_stride(layers):
    """The window and the stride of a network, from its layers.

    Args:
        layers: a list of pairs (f, stride), whole numbers, in the order of the layers; it may be empty. A dense layer
            stands there as the convolution that it is.

    Returns:
        A tuple (window, stride) of whole numbers: R and S of the text. Without layers they are 1 and 1.

    Raises:
        ValueError: an f or a stride below 1.

    Example:
        window_and_stride([(3, 2), (2, 1)]) is (5, 2).
    """
    # 1. Begin with one pixel and stride 1. 2. For each layer: are both at least 1? How far does it reach, in pixels?
    ### BEGIN SOLUTION
    window, stride = 1, 1
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError(f"a layer has f and stride of 1 or more, not {f} and {s}")
        window += (f - 1) * stride
        stride *= s
    return window, stride
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Keep two numbers, `window = 1` and `stride = 1`. A layer first widens the window by $(f - 1)$ times the stride *so far*; then it multiplies the stride.
# </details>

# %% check="window_and_stride" points=1
with checks.exercise("window_and_stride"):
    layers, call = [(3, 2), (5, 3), (2, 2)], "window_and_stride([(3, 2), (5, 3), (2, 2)])"
    checks.unchanged(window_and_stride, layers)
    window, stride = checks.results(call, window_and_stride(layers), ["window", "stride"])
    slips = {"the strides before a layer count, not its own": 41, "the strides of the layers before are missing": 8}
    slips |= {"each layer adds f - 1, not f": 26, "begin with one pixel": 16}
    checks.close(f"window of {call}", window, 17, mistakes=slips)
    slips = {"multiply the strides, do not add them": 7, "the strides of all layers count": 2}
    checks.close(f"stride of {call}", stride, 12, mistakes=slips)
    window, stride = window_and_stride([(5, 1), (2, 2), (3, 1), (2, 2), (5, 1), (1, 1)])
    checks.equal("the network of section 2: window and stride", (window, stride), (28, 4))
    checks.equal("without layers", tuple(window_and_stride([])), (1, 1))
    checks.raises("a stride of 0", ValueError, window_and_stride, [(3, 1), (2, 0)])
    ### BEGIN HIDDEN TESTS

    def backwards(layers):
        window, stride = 1, 1
        for f, s in layers[::-1]:
            window, stride = (window - 1) * s + f, stride * s
        return window, stride

    rng = np.random.default_rng(5)
    lists = [[(int(f), int(s)) for f, s in rng.integers(1, (8, 4), (n, 2))] for n in [0, 1, 2, 3, 4, 6, 9] * 6]
    lists += [[(2, 2)] * 30, [(3, 1)] * 130, [(1, 5), (3, 1)], [(101, 103), (102, 1)], [(1, 9)], [(224, 1)]]
    for layers in lists:
        what = f"window_and_stride of {layers[:4]}{' …' * (len(layers) > 4)}"
        checks.unchanged(window_and_stride, layers)
        found = checks.results(what, window_and_stride(layers), ["window", "stride"])
        checks.equal(what, tuple(found), backwards(layers))
        checks.whole(what, *found)
    bad = [(0, 1), (-1, 1), (1, 0), (3, -2), (0, 0), (-1, -1), (2, 0)]
    inside = [[(3, 2), each, (2, 1)] for each in bad]
    for layers in [*([each] for each in bad), *inside, [(3, -1)] * 2, [(2, 2), (1, 0)]]:
        checks.raises(f"window_and_stride({layers})", ValueError, window_and_stride, layers)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6: `window_boxes`
# Now the boxes, for many places at once. In section 7 the picture will be a smaller copy of the original. Then one of its pixels is `scale_x` pixels of the original wide and `scale_y` high, and the box must be in pixels of the original:
#
# $$(x_1, \; y_1, \; x_2, \; y_2) = \big( j S \, \text{scale}_x, \;\; i S \, \text{scale}_y, \;\; (j S + R) \, \text{scale}_x, \;\; (i S + R) \, \text{scale}_y \big) .$$
#
# *On paper.* $R = 28$, $S = 4$, place $(i, j) = (10, 20)$: the box is $(80, 40, 108, 68)$. With the scales $\text{scale}_x = 2$ and $\text{scale}_y = 1.5$ it is $(160, 60, 216, 102)$.


# %% exercise="window_boxes"
def window_boxes(places, window, stride, scale):
    """The boxes of the windows that places of a map stand for, in pixels of the original picture.

    Args:
        places: shape (k, 2), k >= 0, whole numbers >= 0; each row is i, j: row and column in the map.
        window, stride: whole numbers >= 1, as window_and_stride gives them.
        scale: a pair (scale_x, scale_y), floats or whole numbers: how many pixels of the original one pixel of the
            picture is wide and high.

    Returns:
        A new array of shape (k, 4), floats or whole numbers: x1, y1, x2, y2 of each window.
    """
    # 1. x comes from the column, y from the row. 2. The first corner, the second corner. 3. The scale of each axis.
    ### BEGIN SOLUTION
    first = places[:, ::-1] * stride
    return np.hstack([first, first + window]) * np.tile(scale, 2)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `i, j = places.T` gives two vectors of length $k$. `np.stack([x1, y1, x2, y2], axis=1)` puts four vectors side by side, also if $k = 0$.
# </details>

# %% check="window_boxes" points=1
with checks.exercise("window_boxes"):
    places = np.array([[10, 20], [0, 3], [7, 0]])
    checks.unchanged(window_boxes, places, 28, 4, (1, 1))
    found = window_boxes(places, 28, 4, (1, 1))
    wanted = np.array([[80, 40, 108, 68], [12, 0, 40, 28], [0, 28, 28, 56]])
    slips = {"x comes from the column, the second number of a place": wanted[:, [1, 0, 3, 2]]}
    slips["the last two numbers are a corner, not the size"] = np.hstack([wanted[:, :2], np.full((3, 2), 28)])
    slips["the places are not pixels: multiply by the stride"] = [[20, 10, 48, 38], [3, 0, 31, 28], [0, 7, 28, 35]]
    checks.close("window_boxes([[10, 20], [0, 3], [7, 0]], 28, 4, (1, 1))", found, wanted, mistakes=slips)
    slips = {"scale_x is for x, and it comes first": [[120, 80, 162, 136]]}
    slips["the size of the window is in pixels of the small picture: scale it, too"] = [[160, 60, 188, 88]]
    found = window_boxes(places[:1], 28, 4, (2, 1.5))
    checks.close("with the scale (2, 1.5), the first box", found, [[160, 60, 216, 102]], mistakes=slips)
    checks.shape("without places", window_boxes(places[:0], 28, 4, (2, 1.5)), (0, 4))
    ### BEGIN HIDDEN TESTS

    def box_by_box(places, window, stride, scale):
        boxes = np.zeros((len(places), 4))
        for box, (i, j) in zip(boxes, places, strict=True):
            x, y = int(j) * stride, int(i) * stride
            box[:] = x * scale[0], y * scale[1], (x + window) * scale[0], (y + window) * scale[1]
        return boxes

    def hits(rng, k):
        window, stride = int(rng.integers(1, 60)), int(rng.integers(1, 9))
        return rng.integers(0, 90, (k, 2)), window, stride, tuple(rng.uniform(1, 4, 2).tolist())

    rng = np.random.default_rng(6)
    some = rng.integers(0, 9, (4, 2)), 12, 4
    cases = {f"with the scale {scale}": (*some, scale) for scale in ((1, 1), (3, 2), (0.5, 0.25), (1, 1.2), [1.5, 2])}
    cases["with places at 0 and equal places"] = np.array([[0, 0], [3, 3], [3, 3], [0, 0]]), 5, 2, (1.25, 1.75)
    cases |= {f"with window {f}, stride {s}": (*some[:1], f, s, (2.5, 1)) for f, s in ((1, 1), (3, 7), (200, 32))}
    cases["with places of type int32"] = np.array([[2000, 90], [100, 5000]], dtype=np.int32), 28, 8, (2, 3)
    checks.agrees(window_boxes, box_by_box, hits, sizes={"k": (0, 1030)}, cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the detections. A digit makes a hot spot of several places. Take the places where the heat is above one half and nowhere higher within three places around: its **local maxima**. This is the largest value of a window, so your max pooling with stride 1 does it.


# %%
def local_maxima(heat, least=0.5, around=3):
    """The places (k, 2) where a map is above `least` and nowhere higher in the square around."""
    padded = np.pad(heat, around, constant_values=-1)[None, :, :, None]
    highest = pool_forward(padded, 2 * around + 1, 1, "max")[0, :, :, 0]
    return np.argwhere((heat == highest) & (heat > least))


def covered(box, truth):
    """The digits that a box shows: about as large, with the centre near its centre."""
    sides, centres = truth[:, 2] - truth[:, 0], (truth[:, :2] + truth[:, 2:]) / 2
    near = np.abs(centres - (box[:2] + box[2:]) / 2).max(axis=1) < sides / 4
    return set(np.flatnonzero(near & (np.abs(np.log((box[2] - box[0]) / sides)) < np.log(1.35))).tolist())


def show_boxes(axis, picture, boxes, names, truth):
    """Draws the boxes with their names; those that show no digit are dashed."""
    axis.imshow(picture, cmap="gray", vmin=0, vmax=1)
    for box, name in zip(boxes, names, strict=True):
        color, line = (plots.COLORS[5], "-") if covered(box, truth) else (plots.COLORS[4], "--")
        axis.add_patch(plt.Rectangle(box[:2], *(box[2:] - box[:2]), fill=False, edgecolor=color, linestyle=line))
        axis.text(*box[:2], name, fontsize=8, color=color, va="bottom")
    axis.set_axis_off()


# %%
window, stride = window_and_stride([(5, 1), (2, 2), (3, 1), (2, 2), (5, 1), (1, 1)])
places = local_maxima(heat(by_conv))
boxes = window_boxes(places, window, stride, (1, 1))
names = by_conv[places[:, 0], places[:, 1], :10].argmax(axis=1)
hits = [covered(box, truth) for box in boxes]
right = {k for hit, name in zip(hits, names, strict=True) for k in hit if labels[k] == name}
figure, axis = plt.subplots(figsize=(7, 5))
show_boxes(axis, scene, boxes, names, truth)
axis.set_title("One run of the network finds the digits (dashed: false alarms)")
plt.show()
print(f"found {len(set().union(*hits))} of {len(truth)} digits, {len(right)} of them with the right name;", end=" ")
print(f"{sum(not hit for hit in hits)} false alarms")

# %% [markdown]
# *What to notice.* At least 22 of the 24 digits are found, and mostly all, with hardly a false alarm. A box is off by some pixels: the window moves in steps of 4. The names are less certain: with other random numbers between 17 and 24 of them were right. The strokes now lie on a photograph. How many false alarms are too many? Among 3,996 windows, a classifier that is wrong once in a thousand raises four. Sliding windows ask very many questions.
#
# ## 6. What is saved
# *How many multiplications does each way need?*
#
# A convolution that gives $n_H \times n_W \times n_C$ numbers from $n_C^{prev}$ channels needs $n_H n_W n_C \cdot f^2 n_C^{prev}$ multiplications. A dense layer on one window needs $n^{prev} n$. Pooling, biases and ReLU multiply nothing.
#
# - **Crops**: (the number of windows) × (the multiplications of the network on one window).
# - **Convolution**: the same formula, layer after layer, with the sizes of the *large* picture. A dense layer is computed once for each place of the map.
#
# *On paper.* The convolution 5 × 5 × 3 with 16 filters of the lecture's network, on 16 × 16: for the four crops it needs $4 \cdot (10 \cdot 10 \cdot 16 \cdot 75) = 480{,}000$, the large picture $12 \cdot 12 \cdot 16 \cdot 75 = 172{,}800$. The dense layers cost the same both ways: four windows, four places.
# ### Exercise 7: `slide_costs`


# %% exercise="slide_costs"
def slide_costs(network, n_H, n_W, size):
    """The multiplications of a search, by crops and as one convolution.

    Args:
        network: as in conv_slide; its layers fit a window of this size, and it is not changed.
        n_H, n_W: height and width of the picture, whole numbers.
        size: the side of a window. The windows are those of conv_slide: as many as its map has places.

    Returns:
        A tuple (crops, convolution) of whole numbers: the number of windows times the multiplications of one window;
        and the multiplications of one run over the picture. Only products of weights and activations count.

    Raises:
        ValueError: the picture is smaller than a window in height or in width.
    """
    # 1. For the picture and for one window: the multiplications of all layers. 2. How many places are in the map?
    ### BEGIN SOLUTION
    if min(n_H, n_W) < size:
        raise ValueError(f"windows of {size} pixels do not fit into {n_H} x {n_W} pixels")
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += sides[0] * sides[1] * weights
        one += sides[2] ** 2 * weights
    return sides[0] * sides[1] * one, picture
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The number of weights of a convolution is $f^2 n_C^{prev} n_C$: each weight is used once at each place. So the multiplications of a layer are `W.size` times the places of its result. This holds for "dense" as well.
# </details>
# <details><summary>Hint 2</summary>
#
# Follow three sides through the layers: the height and the width of the picture, and the side of one window. For "dense", $f$ is the side that one window has at this point, and the stride is 1. At the end the first two are the size of the map.
# </details>

# %% check="slide_costs" points=2
with checks.exercise("slide_costs"):
    lecture = [{"kind": "conv", "W": np.zeros((5, 5, 3, 16)), "b": np.ones(16), "stride": 1}]
    lecture += [{"kind": "pool", "f": 2, "stride": 2}, {"kind": "dense", "W": np.zeros((400, 6)), "b": np.ones(6)}]
    checks.unchanged(slide_costs, lecture, 16, 18, 14)
    names = ["crops", "convolution"]
    crops, run = checks.results("slide_costs(…)", slide_costs(lecture, 16, 18, 14), names)
    # one window: 10 * 10 * 1200 + 2400 = 122,400; 2 * 3 windows; the picture: 12 * 14 * 1200 + 6 * 2400
    slips = {"this is one window": 122_400, "the stride of the network is 2, not 1": 15 * 122_400}
    checks.close("conv 5 x 5, pool, dense on 16 x 18: crops", crops, 734_400, mistakes=slips)
    slips = {"the dense layer is computed at each place of the map": 204_000, "the dense layer is missing": 201_600}
    checks.close("conv 5 x 5, pool, dense on 16 x 18: convolution", run, 216_000, mistakes=slips)
    checks.equal("on one window both are equal", tuple(slide_costs(lecture, 14, 14, 14)), (122_400, 122_400))
    checks.raises("windows of 14 in 13 x 20 pixels", ValueError, slide_costs, lecture, 13, 20, 14)
    ### BEGIN HIDDEN TESTS

    def counted(plan, size, n_C, *sides):
        """Multiplications and places, layer by layer; `sides` are those of the picture."""
        total = 0
        for each in plan:
            f, stride, *n = each if isinstance(each, tuple) else (size, 1, each)
            size, *sides = (len(range(0, side - f + 1, stride)) for side in (size, *sides))
            total += sides[0] * sides[1] * f * f * n_C * n[0] if n else 0
            n_C = n[0] if n else n_C
        return total, sides[0] * sides[1]

    rng, plans = np.random.default_rng(7), [([(5, 1, 8), (2, 2), (3, 1, 16), (2, 2), 32, 11], 28), ([5, 4, 2], 3)]
    plans += [([(2, 1, 3), (3, 2), 4, 2], 8), ([(2, 3, 3), (2, 2), (1, 1, 2), 3], 11), ([(3, 1, 2), (2, 2)], 4)]
    plans += [([(2, 1, 3), (2, 2), 4, 2], 8), ([(1, 1, 3), 4], 1), ([(3, 1, 2), (2, 2), (3, 1, 4)], 8), ([7], 4)]
    plans += [([(2, 2), (2, 1, 3), 2], 6), ([(2, 1, 2)] * 20 + [3] * 10, 21), ([(2, 2)], 2), ([(1, 2, 3), 2], 8)]
    plans += [([(3, 1, 4), (3, 1, 4)], 8), ([(1, 1, 1)] * 110, 2), ([(3, 1, 100), 120], 12), ([(3, 2, 4), 5], 9)]
    for plan, size in plans:
        for n_C, more in ((1, (0, 0)), (3, (5, 9)), (2, (0, 130)), (2, (110, 1)), (1, (1, 0)), (1, (4000, 7000))):
            network = make_network(plan, size, n_C, rng)
            n_H, n_W = size + more[0], size + more[1]
            what = f"slide_costs({len(network)} layers, {n_H}, {n_W}, {size})"
            checks.unchanged(slide_costs, network, n_H, n_W, size)
            found = checks.results(what, slide_costs(network, n_H, n_W, size), names)
            run, places = counted(plan, size, n_C, n_H, n_W)
            both = places * counted(plan, size, n_C, size, size)[0], run
            for name, count, wanted in zip(names, found, both, strict=True):
                checks.equal(f"{name} of {what}", count, wanted)
                checks.whole(f"{name} of {what}", count)
        for sides in ((size - 1, size), (size, size - 1), (size - 1, size + 9), (size + 9, size - 1)):
            checks.raises(f"windows of {size} in {sides}", ValueError, slide_costs, network, *sides, size)
    ### END HIDDEN TESTS

# %% [markdown]
# And the time? Both ways on the scene, the best of three runs.

# %%
seconds = {"crops": [], "convolution": []}
ways = [lambda: slide_classify(scene, classify, 28, 4), lambda: conv_slide(scene, network, 28)]
for way, search in 3 * list(zip(seconds, ways, strict=True)):
    began = time.perf_counter()
    search()
    seconds[way].append(time.perf_counter() - began)
costs = dict(zip(seconds, slide_costs(network, 240, 320, 28), strict=True))
figure, axes = plt.subplots(1, 2, figsize=(9, 2.4), layout="constrained")
millions, milliseconds = (
    {way: cost / 1e6 for way, cost in costs.items()},
    {w: 1000 * max(min(s), 1e-3) for w, s in seconds.items()},
)
for axis, values, unit in zip(axes, (millions, milliseconds), ("million multiplications", "milliseconds"), strict=True):
    bars = axis.barh(list(values), list(values.values()), color=plots.COLORS[1::-1], height=0.6)
    axis.bar_label(bars, fmt="{:,.0f}", padding=3)
    axis.set(xlabel=unit, title=f"{values['crops'] / values['convolution']:.0f} times less by convolution")
    axis.margins(x=0.2)
plt.show()
print({way: f"{cost:,}" for way, cost in costs.items()})

# %% [markdown]
# *What to notice.* 973 million multiplications become 88 million, 11 times fewer. What is saved is what the windows share: the convolutions. The dense layers are not shared, each place needs its own: they are 53 of the 88 million that are left. The time falls by more, at least 8 times and mostly more than 15 times: the activations of thousands of crops must also be written to memory and read again.
#
# ## 7. Other sizes: the image pyramid
# *The network knows digits of 28 pixels. What about one of 70?*
#
# Make the picture smaller until the digit has 28 pixels. As nobody knows the size, try many: an **image pyramid** is the picture in smaller and smaller copies. **Level** $k$ has
#
# $$n_H / \text{factor}^k \;\; \text{rows and} \;\; n_W / \text{factor}^k \;\; \text{columns, both rounded,}$$
#
# for $k = 0, 1, 2, \dots$, as long as both are at least as large as the window. Each level is made from the *original*: a copy of a copy of a copy would be blurred. As the sizes are rounded, one pixel of level $k$ is exactly $\text{scale}_x = n_W / (\text{its width})$ pixels wide, and $\text{scale}_y = n_H / (\text{its height})$ high. These need not be equal.
#
# *On paper.* 45 × 70 pixels, factor 1.5, smallest 20. Level 1: 30 × 47 (70 / 1.5 = 46.7), with the scales $70 / 47 = 1.489$ and $45 / 30 = 1.5$. Level 2: 20 × 31. Level 3 would have 13 rows, so there is none.
# ### Exercise 8: `image_pyramid`


# %% exercise="image_pyramid"
def image_pyramid(image, factor, smallest):
    """A picture in smaller and smaller copies, with their scales.

    Args:
        image: shape (n_H, n_W, n_C), floats or whole numbers; also pixels of type uint8. It need not be square.
        factor: a number; how many times smaller each level is than the one before.
        smallest: the least height and the least width that a level may have, a whole number >= 1.

    Returns:
        A list of tuples (picture, scale), level 0 first; empty if the image itself is too small.
        picture: shrink(image, its height, its width), made from the image itself; sizes as in the text, rounded to the
            nearest whole number (a half may go either way). Level 0 may also be the image itself or a copy.
        scale: a tuple (scale_x, scale_y) of floats, as in the text.

    Raises:
        ValueError: factor is 1 or less: the levels would never end.
    """
    # 1. A factor that does not end? 2. The size of the next level, from the original. 3. Large enough? Then keep it.
    ### BEGIN SOLUTION
    if factor <= 1:
        raise ValueError(f"the factor must be above 1, not {factor}")
    (n_H, n_W), levels = image.shape[:2], []
    h, w = n_H, n_W
    while min(h, w) >= smallest:
        levels.append((shrink(image, h, w), (n_W / w, n_H / h)))
        k = len(levels)
        h, w = (round(n / factor**k) for n in (n_H, n_W))  # equivalent "1e-08 added under the division": rounded away
    return levels
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `shrink(image, n_H, n_W)` is in the set-up cell. `len(levels)` is the number of the next level.
#
# `h, w = round(n_H / factor**k), round(n_W / factor**k)`; stop when `min(h, w) < smallest`. Do not divide `h` again and again: the errors of rounding would add up.
# </details>

# %% check="image_pyramid" points=2
with checks.exercise("image_pyramid"):
    image = np.arange(45 * 70 * 2.0).reshape(45, 70, 2)
    checks.unchanged(image_pyramid, image, 1.5, 20)
    levels = image_pyramid(image, 1.5, 20)
    checks.length("image_pyramid(a picture (45, 70, 2), 1.5, 20)", levels, 3)
    for number, shape in enumerate([(45, 70, 2), (30, 47, 2), (20, 31, 2)]):
        checks.shape(f"the picture of level {number}", levels[number][0], shape)
    slips = {"scale_x comes first": [1.5, 1.489362], "each axis has its own scale": [1.5, 1.5]}
    checks.close("the scale of level 1", np.array(levels[1][1]), [1.489362, 1.5], rtol=1e-5, mistakes=slips)
    row = image_pyramid(np.array([[[1], [2], [4], [8], [16], [32], [64], [128]]] * 8), 2, 2)[2][0][0, :, 0]
    checks.close("level 2 of a picture (8, 8), factor 2: its first row", row, [3.75, 60])
    checks.length("the levels of a picture (45, 70) with smallest 46", image_pyramid(image, 1.5, 46), 0)
    checks.raises("the factor 1", ValueError, image_pyramid, image, 1, 20)
    ### BEGIN HIDDEN TESTS

    def area(image, h, w):
        """Means of areas, by sums of fine copies."""
        rows = np.repeat(image.astype(float), h, axis=0).reshape(h, *image.shape).mean(axis=1)
        return np.repeat(rows, w, axis=1).reshape(h, w, image.shape[1], -1).mean(axis=2)

    def level_by_level(image, factor, smallest):
        levels, n_H, n_W = [], image.shape[0], image.shape[1]
        for k in range(1000):
            h, w = (int(np.floor(n / factor**k + 0.5)) for n in (n_H, n_W))
            if h < smallest or w < smallest:
                return levels
            levels.append((area(image, h, w), (n_W / w, n_H / h)))

    def picture(rng, high, wide, n_C):
        n_H, n_W, factor = 11 + 6 * high, 11 + 6 * wide, 1.3 + 0.17 * n_C
        return rng.normal(0, 1, (n_H, n_W, n_C)), factor, 5

    rng = np.random.default_rng(8)
    cases, some = {}, [(23, 17, 1.1, 7), (16, 32, 2, 4), (27, 55, 3, 2), (10, 12, 1.5, 10), (9, 30, 1.5, 10)]
    some += [(7, 11, 1.6, 1), (16, 40, 2, 8), (40, 16, 2, 8), (23, 40, 1.2, 16), (8, 107, 1.4, 4), (107, 8, 1.4, 4)]
    for n_H, n_W, factor, smallest in [*some, (30, 9, 1.5, 10), (6, 9, 1.01, 6), (50, 60, 1.25, 13)]:
        where = f"with a picture ({n_H}, {n_W}), factor {factor}, smallest {smallest}"
        cases[where] = rng.normal(0, 1, (n_H, n_W, 2)), factor, smallest
    domain = {"real": {"image": 300}, "types": ["image"], "pixels": ["image"], "cases": cases}
    sizes = {"high": 4, "wide": 5, "n_C": 4}
    checks.agrees(image_pyramid, level_by_level, picture, sizes=sizes, new=False, **domain)
    for factor, n_H in ((factor, n_H) for factor in (1, 1.0, 0.9, 0.5, 0, -1, -2) for n_H in (9, 3)):
        wrong = np.ones((n_H, 8, 1)), factor, 4
        checks.raises(f"the factor {factor}, a picture ({n_H}, 8), smallest 4", ValueError, image_pyramid, *wrong)
    ### END HIDDEN TESTS

# %%
# the same network on every level of a new scene, all boxes back in the original
sizes = [84, 70, 56, 56, 42, 42, 35, 28, 28]
scene, truth, labels = make_scene(sizes, np.random.default_rng(3))
boxes, names, numbers = [], [], []
for number, (picture, scale) in enumerate(image_pyramid(scene, 1.4, window)):
    scores = conv_slide(picture.astype(np.float32), network, window)
    places = local_maxima(heat(scores), least=0.9)
    boxes.append(window_boxes(places, window, stride, scale))
    names.append(scores[places[:, 0], places[:, 1], :10].argmax(axis=1))
    numbers += [number] * len(places)
boxes, names, numbers = np.concatenate(boxes), np.concatenate(names), np.array(numbers)
first = set().union(*(covered(box, truth) for box in boxes[numbers == 0]))
every = set().union(*(covered(box, truth) for box in boxes))
print(f"level {numbers.max()} is the highest with boxes; digits with a box that fits:", end=" ")
print(f"{len(first)} of {len(sizes)} from level 0, {len(every)} from all levels")
figure, axes = plt.subplots(1, 2, figsize=(10, 4))
for axis, chosen, title in ((axes[0], numbers == 0, "Level 0 alone"), (axes[1], numbers >= 0, "All levels")):
    show_boxes(axis, scene, boxes[chosen], names[chosen], truth)
    axis.set_title(f"{title}: {chosen.sum()} boxes")
figure.suptitle("Only the pyramid finds the large digits, and it finds most of them more than once", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Level 0 finds the small digits only, three of the nine. With all levels at least seven of the nine have a box that fits, and mostly all. But there are far more boxes than digits: one digit is found at several levels, and a part of a large digit looks like a small digit, a stroke like a *1* (dashed). [The next lesson](03_bounding_boxes_iou_nms.ipynb) keeps one box for each object. And every box is a square of one of seven sizes: a network that says where the box is, not only whether there is one, comes after that.

# %% [markdown]
# ## What you built
# - `crop_windows` and `slide_classify`: a map of scores from any classifier.
# - `dense_to_conv` and `conv_slide`: the same map from one run of the network, and `slide_costs`: what both ways cost.
# - `window_and_stride` and `window_boxes`: from a place of the map to a box in the picture.
# - `image_pyramid`: one network for objects of all sizes.
#
# ## On your own
# 1. Give the network 16 units in its first dense layer, or 128. What happens to both costs and to their ratio?
# 2. A window with stride 4 is too coarse for you? Run `conv_slide` on the picture moved by 0, 1, 2 and 3 pixels in both directions, and put the 16 maps together into one with stride 1. Compare it with `slide_classify` with stride 1.
# 3. Really hard: the second pooling makes the stride 4. Replace "pool 2 × 2 with stride 2" by "pool 2 × 2 with stride 1", and spread the filters of all later layers: between two neighbouring weights put one row and one column of zeros (a *dilated* convolution, *à trous*). Show that one run now gives the map of stride 2 (and of stride 1, if you do it for both poolings), equal to the crops.
#
# ## In practice
# In PyTorch a network of convolutions and pools takes pictures of any size; `nn.Linear(400, 32)` becomes `nn.Conv2d(16, 32, 5)` with `conv.weight.copy_(linear.weight.view(32, 16, 5, 5))`, because its flattened order is channel after channel. A network without dense layers is called *fully convolutional*. Detectors of today keep the idea of one run over the whole picture, and let each place of the map also say how large its box is.
#
# ## References
# - Course 4, week 3, lectures 3 and 4.
# - P. Sermanet, D. Eigen, X. Zhang, M. Mathieu, R. Fergus and Y. LeCun (2014), OverFeat: Integrated Recognition, Localization and Detection using Convolutional Networks, ICLR.
# - J. Long, E. Shelhamer and T. Darrell (2015), Fully Convolutional Networks for Semantic Segmentation, CVPR.
# - O. Matan, C. J. C. Burges, Y. LeCun and J. S. Denker (1992), Multi-Digit Recognition Using a Space Displacement Neural Network, NIPS 4.
