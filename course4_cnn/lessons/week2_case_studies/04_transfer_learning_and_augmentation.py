# %% [markdown]
# You will take a network that others have trained on a million photographs, and let it recognise things in nine classes of your own, from 152 pictures.
# Then you will write the augmentations that make few pictures go further, and measure which of the known tricks help.

# %% [markdown]
# ## What you will be able to do
#
# - prepare pictures exactly as the authors of a pretrained network did, and load its weights from a file without surprises;
# - turn frozen layers into features, and train a head on them;
# - say which layers to train by the amount of data, and write the step that leaves the others as they are;
# - mirror, crop, cut out, turn, shear and recolour pictures;
# - average the predictions of crops and networks, and say what that gains on a benchmark and what it costs.
#
# **What you need:** [a complete network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb), and from course 2 [softmax](../../../course2_improving/release/week3_tuning_batchnorm_frameworks/03_softmax_classifier.ipynb). The set-up cell loads what you wrote there. `h5py` reads the files in which weights are kept.

# %%
import io
import sys

import h5py
import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.files import verified
from shared_utils.grading import grade
from shared_utils.nn.conv import conv_forward_fast
from shared_utils.nn.conv_backward import conv_backward
from shared_utils.nn.pool import pool_backward, pool_forward
from shared_utils.nn.softmax import softmax
from shared_utils.pretrained import squeezenet
from shared_utils.pretrained.resize import resized

plots.use_style()

sprites = data.load_sprites()
Y_train, Y_test = sprites.Y_train, sprites.Y_test
names = data.class_names("sprites")
print("sprites:", sprites.X_train.shape, "  test:", sprites.X_test.shape, "  classes:", ", ".join(names))

# %% [markdown]
# ## 1. A network that others have trained
#
# *Somebody has trained a network for weeks and published it. What do you have to know before you can use it?*
#
# Three things, and all of them stand in the authors' code or in the text beside the weights:
#
# 1. the **architecture**: which layers, in which order, with which sizes;
# 2. the **weights**: a file, with a name for each array;
# 3. the **preprocessing**: how a picture becomes the numbers of the first layer. The order of the colours, what is subtracted, what is multiplied. Nothing fails loudly if this is wrong. The answers are only worse, or nonsense.
#
# We take SqueezeNet 1.1 (Iandola and others, 2016). It has about 1.2 million parameters, which is 50 times fewer than AlexNet, and names a thing in a photograph, one of a thousand classes of ImageNet. Its authors trained it with the library Caffe, which reads pictures in the order **blue, green, red**. From each channel they subtract its mean over ImageNet, 104.006 for blue, 116.669 for green, 122.679 for red. They do not divide by anything: the scale is 1. Other authors take red, green, blue, and divide by 255 or by a standard deviation.
#
# One pixel has the numbers $x$ in the order of the network. With the means $\mu$ in the same order and a scale $s$ it becomes $x' = s \, (x - \mu)$.
#
# `prepare` does this for one picture or for several. It makes the pixels floats *before* it subtracts, because $50 - 110$ wraps to 196 in uint8. A pixel with red 200, green 100, blue 50 becomes $0.5 \cdot (50 - 40, \; 100 - 110, \; 200 - 120) = (5, -5, 40)$ with $\mu = (40, 110, 120)$ and $s = 0.5$ in the order blue, green, red.


# %%
def prepare(images, mean, scale, order):
    """Pictures (…, 3), red, green and blue from 0 to 255, for a network that wants this order, "RGB" or "BGR"."""
    X = images if order == "RGB" else images[..., ::-1]
    return scale * (X.astype(float) - mean)


# %% [markdown]
# Now the weights. Frameworks keep them in files of many kinds; one that every language can read is **HDF5**. Such a file holds named arrays, and `h5py` opens it like a dict: `h5py.File(path, "r")["values"][()]` reads a whole array. `h5py.File` also takes an open file instead of a path. Here we have the bytes of the file already, and `io.BytesIO(content)` makes an open file of them. SqueezeNet has 52 arrays of weights. Our file packs them into only three arrays:
#
# | array | shape | what it is |
# |---|---|---|
# | `names` | $(52,)$ | the name of each array of weights, as bytes: `b"conv1/W"` |
# | `shapes` | $(52, 4)$ | the shape of each of them, with zeros after its last dimension: a bias of 64 numbers has `[64, 0, 0, 0]` |
# | `values` | $(1235496,)$ | all arrays one after the other, row by row |
#
# A network that runs with wrong weights is worse than one that stops. So the function gets the shapes that the architecture *wants*, and refuses a file that does not fit. The same number of weights in another shape does not fit either.
#
# *On paper.* Names `b, W`, shapes `[2, 0, 0, 0]` and `[1, 2, 2, 0]`, values `5, 6, 1, 2, 3, 4`: `b` is $[5, 6]$, and `W` is $[[[1, 2], [3, 4]]]$.
#
# ### Exercise 1: `load_weights`


# %% exercise="load_weights"
def load_weights(content, wanted):
    """Reads arrays of weights by name from an HDF5 file, and refuses those that do not fit.

    Args:
        content: what stands in an HDF5 file, a bytes object. It holds the arrays "names" (k,) of bytes in ASCII, all
            different, "shapes" (k, 4) of whole numbers and "values" (n,) of floats of 16, 32 or 64 bits, as in the
            text; k >= 1. Each array of weights has one to four dimensions, none of them 0.
        wanted: a dict, by name (a str) the shape that the network wants, a tuple. It may be empty. The file may hold
            other arrays as well, before, between and after these.

    Returns:
        A dict: for each name in wanted, and for no other, a new array of type float32 of this shape.

    Raises:
        KeyError: a name is not in the file. The message holds this name.
        ValueError: the array has another shape, also if it has the same number of entries. The message holds the
            name, for example "conv1/W: the file has (3, 3), the network wants (9,)".
    """
    # 1. Read the three arrays. 2. Where does each array of weights begin? 3. Each wanted name: there? fits? cut out.
    ### BEGIN SOLUTION
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, shapes, values = (h5[array][()] for array in ("names", "shapes", "values"))
    found, start = {}, 0
    for name, shape in zip(names, shapes, strict=True):  # equivalent "True → False": as many
        shape = tuple(int(n) for n in shape if n > 0)
        end = start + int(np.prod(shape))
        found[name.decode()] = values[start:end].astype(np.float32).reshape(shape)
        start = end
    for name, shape in wanted.items():
        if found[name].shape != shape:
            raise ValueError(f"{name}: the file has {found[name].shape}, the network wants {shape}")
    return {name: found[name] for name in wanted}
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `with h5py.File(io.BytesIO(content), "r") as h5:` opens the file and closes it again. `h5["names"][()]` is an array of bytes, and `name.decode()` makes a str of one of them. Go through all names of the file with a counter `start`. An array has `np.prod(shape[shape > 0])` entries, and it ends where the next one begins. Cut out all arrays into a dict first; then look at the wanted ones.
# </details>

# %% check="load_weights" points=2
with checks.exercise("load_weights"):

    def written(arrays, kind=np.float32):
        shapes = [[*array.shape, *(0,) * (4 - array.ndim)] for array in arrays.values()]
        with h5py.File(file := io.BytesIO(), "w") as h5:
            h5["names"], h5["shapes"] = np.array([name.encode() for name in arrays]), np.array(shapes)
            h5["values"] = np.concatenate([array.ravel() for array in arrays.values()]).astype(kind)
        return file.getvalue()

    content = written({"b": np.array([5.0, 6.0]), "W": np.arange(1.0, 7.0).reshape(1, 3, 2), "c": np.array([9.0])})
    found = load_weights(content, {"W": (1, 3, 2), "c": (1,)})
    checks.equal('the names for wanted = {"W": (1, 3, 2), "c": (1,)}', sorted(found or ()), ["W", "c"])
    slips = {"read column by column": [[[1, 4], [2, 5], [3, 6]]], "b stands before it": [[[5, 6], [1, 2], [3, 4]]]}
    checks.close("W of this file", found["W"], [[[1, 2], [3, 4], [5, 6]]], mistakes=slips)
    checks.equal("the number type", str(found["W"].dtype), "float32")
    checks.raises('wanted = {"V": (2,)}', KeyError, load_weights, content, {"V": (2,)})
    checks.raises('wanted = {"W": (3, 2, 1)}', ValueError, load_weights, content, {"W": (3, 2, 1)})
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(2)
    for count in (1, 2, 3, 5, 8, 13, 120) * 3:
        kind = (np.float16, np.float32, np.float64)[int(rng.integers(3))]
        shapes = [rng.integers(1, 5, rng.integers(1, 5)) for _ in range(count)]
        arrays = {f"fire/{k}/{'Wb'[k % 2]}": rng.normal(size=shape).astype(kind) for k, shape in enumerate(shapes)}
        for share in (0, 0.3, 0.7, 1):
            chosen = [name for name in rng.permutation(list(arrays)).tolist() if rng.random() < share]
            wanted = {name: arrays[name].shape for name in chosen}
            content = written(arrays, kind)
            checks.unchanged(load_weights, content, wanted)
            what, found = f"load_weights(a file of {count} arrays, {len(chosen)} names)", load_weights(content, wanted)
            checks.equal(f"the names of {what}", sorted(found), sorted(chosen))
            for name in chosen:
                checks.close(f"{name} of {what}", found[name], arrays[name].astype(np.float32), rtol=0, atol=0)
                checks.equal(f"the number type of {name} of {what}", str(found[name].dtype), "float32")
    shapes = {"conv1/W": (3, 3, 2, 4), "conv1/b": (4,), "conv10/W": (1, 1, 4, 6), "x": (6,)}
    content = written({name: np.ones(shape) for name, shape in shapes.items()})
    refused = [(name, (4,)) for name in ("conv1", "W", "conv2/W", "conv1/w", "b", "")]
    refused += [("conv1/W", shape) for shape in ((3, 3, 4, 2), (3, 3, 8), (72,), (3, 3, 2, 5), (2, 3, 3, 4), (3, 3, 2))]
    refused += [("conv10/W", (4, 6)), ("x", (2, 3)), *(("conv1/b", shape) for shape in ((1, 4), (4, 1), (5,), (3,)))]
    for name, shape in refused:
        arguments, error = (content, shapes | {name: shape}), ValueError if name in shapes else KeyError
        checks.raises(f"wanted has {name!r} of shape {shape}", error, load_weights, *arguments)
        try:
            load_weights(*arguments)
        except error as refusal:
            checks.that(name in str(refusal), f"the message of the {error.__name__} must hold the name {name!r}")
    ### END HIDDEN TESTS

# %% [markdown]
# The shapes come from the architecture. SqueezeNet has a convolution, eight **fire** modules and a last convolution, which makes a map of scores for each of the 1,000 classes. A fire module squeezes the channels by 1 × 1 filters, and then expands them by 1 × 1 and 3 × 3 filters side by side, as in the lesson on Inception.

# %%
wanted = {"conv1/W": (3, 3, 3, 64), "conv1/b": (64,), "conv10/W": (1, 1, 512, 1000), "conv10/b": (1000,)}
channels = 64
for number, squeeze in zip(range(2, 10), (16, 16, 32, 32, 48, 48, 64, 64), strict=True):
    sides = ("squeeze1x1", channels, squeeze), ("expand1x1", squeeze, 4 * squeeze), ("expand3x3", squeeze, 4 * squeeze)
    for side, n_C_prev, n_C in sides:
        f = int(side[-1])
        wanted |= {f"fire{number}/{side}/W": (f, f, n_C_prev, n_C), f"fire{number}/{side}/b": (n_C,)}
    channels = 8 * squeeze
weights = load_weights(verified("networks/squeezenet.h5").read_bytes(), wanted)
print(len(weights), "arrays,", f"{sum(w.size for w in weights.values()):,} weights")

# %% [markdown]
# The network runs. What does it say about photographs, and what if the preprocessing is wrong? (The course's `squeezenet.activations` prepares pictures by itself. So the cell undoes that first, and what you see comes from the numbers that `prepare` made.)

# %%
MEAN = squeezenet.MEAN.astype(float)  # blue, green, red
classes = data.class_names("squeezenet")
ways = {"as the authors did": (MEAN, 1.0, "BGR"), "red, green, blue": (MEAN[::-1], 1.0, "RGB")}
ways |= {"without the mean": (0 * MEAN, 1.0, "BGR"), "divided by 255": (MEAN, 1 / 255, "BGR")}


def square(photo, side=227):
    """The middle of a photograph as a square of this many pixels."""
    n = min(photo.shape[:2])
    top, left = ((length - n) // 2 for length in photo.shape[:2])
    return resized(np.ascontiguousarray(photo[top : top + n, left : left + n]), side, side)


shown = {name: square(data.load_photo(name)) for name in ("coffee", "dahlia", "pagoda")}
print(f"{'':8} {'':20} the five most probable classes, in %")
for name, photo in shown.items():
    for way, (mean, scale, order) in ways.items():
        undone = (prepare(photo, mean, scale, order) + MEAN)[None, ..., ::-1]
        odds = squeezenet.activations(undone, weights)["probabilities"][0]
        best = np.argsort(-odds)[:5]
        print(f"{name:8} {way:20} {', '.join(f'{classes[k]} {100 * odds[k]:.0f}' for k in best)}")

# %% [markdown]
# *What to notice.* As its authors did it, the network sees an espresso with 99 %. A dahlia and a pagoda are not among its thousand classes, so it takes what looks like them: a honeycomb and an orange, a stupa and a monastery. With red and blue exchanged the flower is no longer orange, and it becomes a shower cap. Without the mean the answers change little. Divided by 255 all pictures look alike to the network: nearly grey, and everything is a *mosquito net* or a *Petri dish*. There was no error message in any of these cases.
#
# ## 2. Features from frozen layers
#
# *What can a network do that knows other classes than yours?*
#
# Its last layer names the thousand classes. But the layers before have learned what helps to tell *any* things apart: edges, fur, wheels, petals. **Transfer learning** keeps these layers **frozen**, which means that their weights do not change, and puts a new last layer, the **head**, on top.
#
# Frozen layers give the same activations in every epoch. So compute them **once**, keep them, and train the head on what you kept. Let $a^{[l]}$ be the activations of layer $l$ for one picture, of shape $(n_H, n_W, n_C)$. The features that we keep are the means of its channels (global average pooling), which need not know how large the picture was:
#
# $$x_c = \frac{1}{n_H n_W} \sum_{h, w} a^{[l]}_{h, w, c} .$$
#
# Several layers are put one below the other. $m$ pictures give a matrix $X$ of shape $(n_x, m)$, with $n_x$ the number of all channels.
#
# *On paper.* Layer $p$ gives $\begin{bmatrix} 1 & 3 \end{bmatrix}$ with one channel, layer $q$ one place with two channels, $(7, 9)$. For `("q", "p")` the column of features is $(7, 9, 2)^T$.
#
# ### Exercise 2: `extract_features`


# %% exercise="extract_features"
def extract_features(network, images, layers, size):
    """The means of the channels of frozen layers, for each picture; each picture goes through the network once.

    Args:
        network: a function. network(batch, layers) runs the pictures of a batch and returns a dict: for each of these
            layers its activations, floats of shape (pictures in the batch, n_H, n_W, n_C). Height, width and channels
            may differ from layer to layer.
        images: shape (m, height, width, channels), m >= 1, floats or whole numbers.
        layers: names of layers, a list or a tuple, at least one, all different; the network gets them in this order, too.
        size: how many pictures the network gets in one call, a whole number >= 1; in the last call what is left.

    Returns:
        X, floats, shape (n_x, m): the channels of the first of the layers, then those of the second, and so on; a
        column for each picture, in their order. The network is called ceil(m / size) times.
    """
    # 1. Batch after batch through the network. 2. Means over the places. 3. Layers below each other, pictures as columns.
    ### BEGIN SOLUTION
    columns = []
    for start in range(0, len(images), size):
        maps = network(images[start : start + size], layers)
        means = [np.asarray(maps[layer], dtype=float).mean(axis=(1, 2)) for layer in layers]
        columns.append(np.concatenate(means, axis=1).T)
    return np.concatenate(columns, axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for start in range(0, len(images), size)` and `images[start : start + size]`: a slice may reach over the end. The mean over the axes 1 and 2 leaves (pictures, channels). Put layers together with `np.concatenate(…, axis=1)`, transpose, and put batches together at the end.
# </details>

# %% check="extract_features" points=2
with checks.exercise("extract_features"):
    calls = []

    def network(batch, layers):
        calls.append(len(batch))
        every = {"p": batch[..., :1] * 1.0, "q": np.concatenate([batch, 2.0 * batch], axis=3)[:, :1]}
        return {layer: every[layer] for layer in layers}

    images = np.array([[[1.0, 3], [5, 7]], [[2, 2], [2, 4]], [[0, 4], [1, 1]]])[..., None]
    found = extract_features(network, images, ("q", "p"), 2)
    checks.equal("the sizes of the batches for m = 3, size = 2", list(calls), [2, 1])
    expected = np.array([[2, 2, 2], [4, 4, 4], [4, 2.5, 1.5]])
    slips = {"layers in the order asked for": expected[[2, 0, 1]], "means, no sums": expected * [[2], [2], [4]]}
    slips |= {"the mean, not the largest": [[3, 2, 4], [6, 4, 8], [7, 4, 4]]}
    checks.close('X for layers ("q", "p")', found, expected, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def run(batch, layers):
        kept = {}
        for k, layer in enumerate("abcdefg"):  # not in the order asked for
            if layer in layers:
                mix = np.cos(np.arange(batch.shape[3] * (k % 3 + 1)).reshape(batch.shape[3], -1) + k)
                maps = np.tile(batch, (1, 5, 5, 1))[:, : 5 - k % 4, : 1 + k % 5] @ mix
                kept[layer] = np.where(maps > 0, maps, 0.1 * maps)
        return kept

    def picture_by_picture(network, images, layers, size):
        every = [network(image[None], layers) for image in images]
        means = [[maps[layer].sum(axis=(0, 1, 2)) / maps[layer][..., 0].size for layer in layers] for maps in every]
        return np.array([np.concatenate(column) for column in means]).T

    def problem(rng, m, n_H, n_W, n_C, size, count=2):
        return run, rng.normal(0, 1, (m, n_H, n_W, n_C)), tuple(rng.permutation(list("abcdefg"))[:count].tolist()), size

    rng = np.random.default_rng(3)
    cases = {f"with {count} layers": problem(rng, 5, 2, 3, 2, 2, count) for count in (1, 3, 7)}
    sizes, domain = {"m": 105, "n_H": 4, "n_W": 5, "n_C": 3, "size": 9}, {"real": {"images": 30}, "types": ["images"]}
    checks.agrees(extract_features, picture_by_picture, problem, sizes=sizes, cases=cases, apart=False, **domain)
    for m, size in ((1, 1), (1, 5), (4, 2), (5, 2), (9, 3), (10, 100), (3, 1), (130, 60)):
        images, calls = rng.normal(0, 1, (m, 2, 3, 2)), []
        noted = lambda batch, asked, calls=calls: calls.append((batch, asked)) or run(batch, asked)  # noqa: E731
        extract_features(noted, images, ["g", "a"], size)
        wanted = [(len(range(m)[k : k + size]), ["g", "a"]) for k in range(0, m, size)]
        checks.equal(f"batches and layers for m = {m}, size = {size}", [(len(b), asked) for b, asked in calls], wanted)
        checks.close("all batches together", np.concatenate([b for b, _ in calls]), images)
    ### END HIDDEN TESTS

# %% [markdown]
# Now our own task: things of nine classes, 152 pictures to train and 64 to test. The sprites are laid on white, and drawn at 85 % of a square of 160 pixels. That is smaller than the 227 pixels of the authors, because it is faster. We keep the layers fire7, fire9 and conv10.

# %%
LAYERS = ("fire7", "fire9", "conv10")


def framed(pictures, side=160, share=0.85):
    """Sprites on white squares of this side, each over this share of it; uint8 (m, side, side, 3)."""
    n = round(side * share)
    start, frames = (side - n) // 2, np.full((len(pictures), side, side, 3), 255, dtype=np.uint8)
    for frame, picture in zip(frames, data.on_ground(pictures), strict=True):
        frame[start : start + n, start : start + n] = resized(picture, n, n)
    return frames


def frozen(batch, layers):
    """SqueezeNet's activations, with a sign of life."""
    bar.update(len(batch))
    return squeezenet.activations(batch, weights, layers)


images_train, images_test = framed(sprites.X_train), framed(sprites.X_test)
with tqdm(total=216, desc="pictures", file=sys.stdout) as bar:
    X_train = extract_features(frozen, images_train, LAYERS, 32)
    X_test = extract_features(frozen, images_test, LAYERS, 32)
print("features:", X_train.shape, X_test.shape)

# %% [markdown]
# ## 3. A head on frozen features
#
# *How do 152 pictures teach nine classes?*
#
# The head is softmax regression: weights $W$ of shape $(n_y, n_x)$ and biases $b$ of shape $(n_y, 1)$. There are about 1,900 features and 152 examples, so the head can learn every example by heart. We use L2 regularisation, with the cost of course 2:
#
# $$A = \operatorname{softmax}(W X + b), \qquad J = - \frac{1}{m} \sum_{i=1}^{m} \log A_{y^{(i)}, \, i} + \frac{\lambda}{2m} \sum_{k, j} W_{kj}^2 .$$
#
# Let $Y^{01}$ of shape $(n_y, m)$ hold a 1 where the class of an example is, and 0 elsewhere. Then
#
# $$\frac{\partial J}{\partial W} = \frac{1}{m} \left( (A - Y^{01}) X^T + \lambda W \right), \qquad \frac{\partial J}{\partial b} = \frac{1}{m} \sum_i (A - Y^{01})_{\cdot, i} .$$
#
# `train_head` goes downhill by these gradients. It starts at zero, because one layer has no symmetry to break. The biases are not regularised.


# %%
def train_head(X, Y, classes, lambd, learning_rate, steps):
    """Softmax regression with L2: W (classes, n_x) and b (classes, 1) for X (n_x, m) and Y (1, m)."""
    n_x, m = X.shape
    W, b, truth = np.zeros((classes, n_x)), np.zeros((classes, 1)), np.eye(classes)[Y[0]].T
    for _ in range(steps):
        dZ = (softmax(W @ X + b) - truth) / m
        W, b = W - learning_rate * (dZ @ X.T + lambd / m * W), b - learning_rate * dZ.sum(axis=1, keepdims=True)
    return W, b


# %% [markdown]
# Features of three layers have very different sizes. So they are standardised with mean and standard deviation of the *training* pictures, and divided by $\sqrt{n_x}$, so that a column has about the length 1. The rival gets the pixels of the same sprites at 32 × 32, in the same way, and the same head. Its $\lambda$ and rate suit it as well.

# %%
LAMBD, RATE, STEPS = 0.1, 5.0, 200


def head(X, Y):
    """Trains a head on standardised X (n_x, m), and returns a function: the scores (n_y, …) of other examples."""
    mean, size = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True) + 1e-6
    W, b = train_head((X - mean) / size / len(X) ** 0.5, Y, len(names), LAMBD, RATE, STEPS)
    return lambda X_new: W @ ((X_new - mean) / size / len(X) ** 0.5) + b


def pixels(pictures):
    """Sprites on white at 32 x 32 as columns, from 0 to 1: (3072, m)."""
    return framed(pictures, 32, 1.0).reshape(len(pictures), -1).T / 255


rivals = {"frozen features": (X_train, X_test), "pixels": (pixels(sprites.X_train), pixels(sprites.X_test))}
test = {name: np.mean(head(X, Y_train)(new).argmax(axis=0) == Y_test[0]) for name, (X, new) in rivals.items()}
for name, right in test.items():
    print(f"{name:16} {right:.3f} of the 64 test pictures are right")

# %%
counts, shares = (1, 2, 4, 8), np.zeros((2, 4, 5))  # rival, pictures a class, draw
for place, n in enumerate(tqdm(counts, desc="pictures a class", file=sys.stdout)):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        chosen = np.concatenate([rng.permutation(np.flatnonzero(Y_train[0] == k))[:n] for k in range(len(names))])
        for rival, (X, new) in enumerate(rivals.values()):
            scores = head(X[:, chosen], Y_train[:, chosen])(new)
            shares[rival, place, seed] = np.mean(scores.argmax(axis=0) == Y_test[0])
figure, axis = plt.subplots(figsize=(7, 3.6))
for name, values in zip(rivals, shares, strict=True):
    (line,) = axis.plot(counts, values.mean(axis=1), marker="o", label=name)
    axis.fill_between(counts, values.min(axis=1), values.max(axis=1), color=line.get_color(), alpha=0.15)
axis.axhline(test["pixels"], color="0.4", linewidth=1, linestyle=":")
axis.text(8, test["pixels"], "pixels, all 152 pictures", ha="right", va="bottom", fontsize=9)
axis.set(xlabel="training pictures in each class", ylabel="share of right test pictures", ylim=(0, 0.9), xticks=counts)
axis.set_title("One picture a class with features beats 152 pictures with pixels")
axis.legend(loc="upper left", ncols=2)
plt.show()

# %% [markdown]
# *What to notice.* The line is the mean of five draws, the band goes from the worst to the best draw. Features of a network that has never seen these classes reach at least 0.70 with all 152 pictures; pixels stay at 0.40 or below. One picture a class is enough to be better than that on average. With 64 test pictures, one picture is 1.6 points, and the standard error of a share of 0.75 is $\sqrt{0.75 \cdot 0.25 / 64} \approx 0.054$. So recipes between 0.70 and 0.80 cannot be told apart here.
#
# ## 4. Fine-tuning from layer k
#
# *Should the other layers learn, too?*
#
# The lecture gives a rule by the amount of data:
#
# | pictures of your own | frozen | trained |
# |---|---|---|
# | few | all layers but the last | the head |
# | more | the first layers | the later layers, from layer $k$ on |
# | many | nothing | all layers; the pretrained weights are only the start |
#
# The first layers look for edges, which every task needs. The later ones belong to the old task. Training that starts from pretrained weights is called **fine-tuning**. Often the lower layers get smaller steps than the higher ones (Howard and Ruder, 2018): with $L$ layers, a rate $\alpha$ and a factor $d$ for each layer further down,
#
# $$\theta^{[l]} := \begin{cases} \theta^{[l]} & l < k, \\ \theta^{[l]} - \alpha \, d^{\, L - l} \, d\theta^{[l]} & l \ge k. \end{cases}$$
#
# Frozen layers need no gradient, and the backward pass may stop at layer $k$: this saves time as well.
#
# *On paper.* $L = 3$, $k = 2$, $\alpha = 0.1$, $d = 0.5$, all gradients 10, all parameters 4: layer 3 becomes $4 - 0.1 \cdot 10 = 3$, layer 2 becomes $4 - 0.05 \cdot 10 = 3.5$, layer 1 stays 4.
#
# ### Exercise 3: `fine_tune_step`


# %% exercise="fine_tune_step"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    """One step of gradient descent that leaves the layers before `first` as they are.

    Args:
        parameters: a dict of arrays of floats or whole numbers, at least one. Each name ends with a letter and then the
            number of its layer, its only digits: "W1", "gamma2", "W12". There may be gaps in the numbers; the largest is L.
        grads: a dict of arrays of floats or whole numbers: the gradient of "W2" is "dW2", of the same shape. Those of
            layers before first may be missing; if they are there, they do not count. It holds nothing else.
        first: the number of the first layer that learns, a whole number >= 1. It may be above L: then none learns.
        learning_rate, decay: the rate of the last layer, and the factor for each layer number further down;
            floats or whole numbers above 0.

    Returns:
        A new dict with the names of parameters. Layers that learn have new values; the others have the old ones, and may
        be the same arrays.
    """
    # 1. The layer of each name. 2. The last layer. 3. A step with the rate of the layer, or none.
    ### BEGIN SOLUTION
    layer = {name: int(name[len(name.rstrip("0123456789")) :]) for name in parameters}
    last, result = max(layer.values()), {}
    for name, value in parameters.items():
        if layer[name] >= first:
            value = value - learning_rate * decay ** (last - layer[name]) * grads[f"d{name}"]
        result[name] = value
    return result
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `re.search(r"\d+$", name).group()` or a loop from the end of the name gives the digits of its layer; `int(…)` makes a number of them. As strings, "12" would come before "2". Begin with an empty dict, so that `parameters` stays as it is, and write `value - …` rather than `value -= …`.
# </details>

# %% check="fine_tune_step" points=1
with checks.exercise("fine_tune_step"):
    parameters = {"W1": np.array([[4.0, 1.0]]), "b1": np.array([4.0])}
    parameters |= {"gamma2": np.array([4.0]), "W12": np.array([[4.0]])}
    grads = {f"d{name}": np.full(value.shape, 8192.0) for name, value in parameters.items() if name != "b1"}
    checks.unchanged(fine_tune_step, parameters, grads, 2, 1.0, 0.5)
    after = fine_tune_step(parameters, grads, 2, 1.0, 0.5)
    checks.keys("fine_tune_step(parameters, grads, 2, 1, 0.5)", after, parameters)
    checks.close("W1, a layer before first", after["W1"], [[4, 1]], mistakes={"layer 1 must stay": [[0, -3]]})
    checks.close("W12, the last layer", after["W12"], [[-8188]], mistakes={"the last layer has the whole rate": [[0]]})
    slips = {"the rate is halved for each layer below the last": [-8188], "layer 2 learns, too": [4]}
    slips |= {"layer 2 is 10 layers below layer 12": [-4092]}
    checks.close("gamma2", after["gamma2"], [-4], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_layers(parameters, grads, first, learning_rate, decay):
        layers = {name: int(name.lstrip("Wbgamd_s")) for name in parameters}
        result, last = dict(parameters), max(layers.values())
        for name in [name for name in parameters if layers[name] >= first]:
            rate = np.prod([learning_rate, *[decay] * (last - layers[name])])
            result[name] = np.asarray(parameters[name]) * 1.0 - rate * grads["d" + name]
        return result

    def network(rng, layers, n, first):
        parameters = {}
        for k in range(1, layers + 1):
            parameters |= {f"W{k}": rng.normal(0, 1, (n, k + 1)), f"b{k}": rng.normal(0, 1, n)}
            parameters |= {f"gamma{k}": rng.normal(0, 1, n), f"d_s{k}": rng.normal(0, 1, (2, n, 1, 3))}
        grads = {f"d{name}": rng.normal(0, 1, value.shape) for name, value in parameters.items()}
        return parameters, grads, first, rng.uniform(0.01, 1), rng.uniform(0.3, 1.5)

    rng, cases = np.random.default_rng(5), {}
    for layers, first in ((3, 1), (3, 4), (12, 2), (12, 10), (23, 21), (1, 1), (1, 2), (104, 99)):
        parameters, grads, *rest = cases[f"with {layers} layers, first = {first}"] = network(rng, layers, 2, first)
        counts = [name for name in rng.permutation(sorted(grads)).tolist() if int(name.lstrip("dWbgam_s")) >= first]
        grads = {name: grads[name] for name in counts}
        parameters = {name: parameters[name] for name in rng.permutation(sorted(parameters)).tolist()}
        cases[f"with {layers} layers, first = {first}, only the gradients that count"] = parameters, grads, *rest
    parameters, grads, *_ = network(rng, 4, 3, 1)
    gone = {"b7": np.ones(2)} | {name: parameters[name] for name in ("b4", "W3", "W4", "b3")}
    cases["with rate and decay 1"] = parameters, grads, 2, 1, 1
    cases["with layers 3, 4 and 7 only"] = gone, {f"d{name}": value * 3 for name, value in gone.items()}, 4, 0.5, 0.5
    domain = {"real": {"parameters": 30, "grads": 30}, "types": ["parameters", "grads"], "new": False, "apart": False}
    domain["sizes"] = {"first": 6, "n": 5, "layers": 14}
    checks.agrees(fine_tune_step, by_layers, network, cases=cases, **domain)
    checks.that(fine_tune_step(parameters, {}, 9, 0.5, 0.5) is not parameters, "return a new dict")
    ### END HIDDEN TESTS

# %% [markdown]
# A small network can be fine-tuned within seconds. The old task: the digits 0 to 4, about 4,000 of them. The new task: the digits 5 to 9, with 10 or 300 pictures. The network is that of [week 1](../week1_convolutions/04_pooling_and_a_complete_network.ipynb), with two convolutions and a dense head, in float32. Its training is given here. It multiplies the old velocity by 0.9 and adds the gradient; your function makes the step.

# %%
digits = data.load_digits()
D_train, D_test = (np.asarray(X, dtype=np.float32) / 255 for X in (digits.X_train, digits.X_test))


def initialize(n_y, seed):
    """Two convolutions after He and a head for n_y classes, float32."""
    rng, parameters = np.random.default_rng(seed), {}
    for layer, shape in enumerate(((3, 3, 1, 8), (3, 3, 8, 16), (784, n_y)), start=1):
        W = rng.normal(0, ((2 if layer < 3 else 1) / np.prod(shape[:-1])) ** 0.5, shape)
        parameters |= {f"W{layer}": W.astype(np.float32), f"b{layer}": np.zeros(shape[-1], dtype=np.float32)}
    return parameters


def forward(X, parameters):
    """The probabilities (n_y, m), and what comes into each layer and out of each ReLU."""
    seen = {}
    for layer in (1, 2):
        A = np.maximum(conv_forward_fast(X, parameters[f"W{layer}"], parameters[f"b{layer}"], 1, 1), 0)
        seen[layer], X = (X, A), pool_forward(A, 2, 2, "max")
    seen[3] = X
    return softmax((X.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]).T), seen


# %%
def gradients(X, Y, parameters, first):
    """The gradients of the layers from `first` on; the backward pass stops there."""
    A, seen = forward(X, parameters)
    dZ = (A.T - np.eye(len(A), dtype=np.float32)[Y]) / np.float32(len(X))
    flat = seen[3].reshape(len(X), -1)
    grads = {"dW3": flat.T @ dZ, "db3": dZ.sum(axis=0)}
    dA = (dZ @ parameters["W3"].T).reshape(seen[3].shape)
    for layer in range(2, first - 1, -1):
        X_in, A = seen[layer]
        dZ = pool_backward(dA, A, 2, 2, "max") * (A > 0)
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(dZ, X_in, parameters[f"W{layer}"], 1, 1)
    return grads


# %%
def train(parameters, pool, Y, steps, seed, first=1, rate=0.1, size=32):
    """Momentum; `pool` (versions, m, 28, 28, 1) holds versions of each picture, of which each batch draws."""
    rng, order, velocity = np.random.default_rng(seed), [], {}
    for step in range(steps):
        if len(order) < size:
            order = rng.permutation(len(Y))
        batch, order = order[:size], order[size:]
        X = pool[rng.integers(len(pool), size=len(batch)), batch]
        for key, grad in gradients(X, Y[batch], parameters, first).items():
            velocity[key] = np.float32(0.9) * velocity.get(key, np.float32(0)) + grad
        now = float(rate * (1 + np.cos(np.pi * step / steps)) / 2)
        parameters = fine_tune_step(parameters, velocity, first, now, 1.0)
    return parameters


def accuracy(X, Y, parameters):
    """The share of pictures whose most probable class is theirs."""
    return np.mean(forward(X, parameters)[0].argmax(axis=0) == Y)


# %%
Y_all, low, high = digits.Y_train[0], digits.Y_train[0] < 5, digits.Y_test[0] > 4
old = train(initialize(5, 7), D_train[low][None], Y_all[low], 120, 0, size=50)
X_high, Y_high = D_test[high], digits.Y_test[0][high] - 5
ways = {"from random weights": 1, "the head alone": 3, "from layer 2 on": 2, "all layers": 1}
table = {10: {way: [] for way in ways}, 300: {way: [] for way in ways}}
for n, seed in tqdm([(n, seed) for n in table for seed in range(3)], desc="pictures, seeds", file=sys.stdout):
    rng, fresh = np.random.default_rng(seed), initialize(5, seed)
    chosen = np.concatenate([rng.permutation(np.flatnonzero(Y_all == k))[: n // 5] for k in range(5, 10)])
    for way, first in ways.items():
        start = fresh if way == "from random weights" else {**old, "W3": fresh["W3"], "b3": fresh["b3"]}
        learned = train(start, D_train[chosen][None], Y_all[chosen] - 5, 50, seed, first, rate=0.05)
        table[n][way].append(accuracy(X_high, Y_high, learned))
for n, found in table.items():
    print(f"{n} pictures of the digits 5 to 9")
    for way, values in found.items():
        print(f"  {way:20} {np.mean(values):.3f}   seeds", *(f"{value:.3f}" for value in values))

# %% [markdown]
# *What to notice.* With ten pictures, two of each digit, the pretrained network is far better than one that starts from random weights, in every seed. Which layers learn hardly matters then, so train the head alone: it is the cheapest. With 300 pictures pretraining gains only about a point, and it no longer matters which layers learn; with thousands of pictures one would train them all. The task was chosen well for transfer, digits to digits. From digits to clothes the same recipe gained nothing when we tried: pretraining helps where the old task has what the new one needs.
#
# ## 5. Pictures that were never taken
#
# *Photographs are dear. Which changes leave the class of a picture as it is?*
#
# A cat in a mirror is a cat. **Data augmentation** makes new training pictures from old ones, by changes that the class survives. Each picture gets its own draws, and in each epoch other ones. Three changes need only slices:
#
# - **mirror**: left and right exchanged, with probability $\tfrac12$;
# - **random crop**: a window of $h \times w$ pixels at a random place. An $n_H \times n_W$ picture has $(n_H - h + 1)(n_W - w + 1)$ places;
# - **cutout** (DeVries and Taylor, 2017): a square hole of zeros at a random place. The network must not depend on one detail.
#
# *On paper.* A picture $[1, 2, 3, 4]$ of one row, crops of $1 \times 3$: $[1, 2, 3]$ and $[2, 3, 4]$, mirrored $[3, 2, 1]$ and $[4, 3, 2]$. With a hole of side 1 one of the three numbers becomes 0: there are 12 results, each with the same probability.
#
# ### Exercise 4: `random_views`


# %% exercise="random_views"
def random_views(images, size, hole, rng):
    """A random crop of each picture, mirrored or not, with a square hole of zeros.

    Args:
        images: shape (m, n_H, n_W, n_C), m >= 1, floats or whole numbers, also pixels of type uint8.
        size: (h, w), height and width of the crops, a tuple of whole numbers >= 1.
        hole: the side of the hole in pixels, a whole number >= 0; 0 for no hole.
        rng: a generator of NumPy, from which everything is drawn.

    Returns:
        A new array, shape (m, h, w, n_C), of floats or of the number type of images. For each picture by itself: the
        crop is at a random place inside the picture; it is mirrored left to right with probability 1/2; the hole lies
        at a random place wholly inside the crop, in all channels. All places have the same probability, and all
        draws are independent of each other. The order of the draws is not asked.

    Raises:
        ValueError: a crop is higher or wider than the picture, or the hole is higher or wider than the crop.
    """
    # 1. What does not fit? 2. For each picture: where, mirrored or not, and where is the hole?
    ### BEGIN SOLUTION
    (m, n_H, n_W, n_C), (h, w) = images.shape, size
    views = np.zeros((m, h, w, n_C), dtype=images.dtype)  # equivalent "zeros → ones": every entry is written
    for view, image in zip(views, images, strict=True):  # equivalent "True → False": as many
        # rng.integers refuses 0 and less with a ValueError: a crop or a hole that has no place.
        top, left = rng.integers(n_H - h + 1), rng.integers(n_W - w + 1)
        view[:] = image[top : top + h, left : left + w]
        if rng.integers(2):
            view[:] = view[:, ::-1]
        row, column = rng.integers(h - hole + 1), rng.integers(w - hole + 1)
        view[row : row + hole, column : column + hole] = 0
    return views
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `rng.integers(n)` draws from 0 to $n - 1$, and there are `n_H - h + 1` rows at which a crop can begin. `crop[:, ::-1]` is its mirror image; it is a view into the picture, so copy before you write zeros into it. For the hole the same thought as for the crop: `h - hole + 1` rows.
# </details>

# %% check="random_views" points=2
with checks.exercise("random_views"):
    images = np.arange(1.0, 13.0).reshape(3, 1, 4, 1)
    checks.unchanged(random_views, images, (1, 3), 1, np.random.default_rng(0))
    rng, seen = np.random.default_rng(1), set()
    for _ in range(300):
        views = random_views(images, (1, 3), 1, rng)
        checks.shape("random_views(3 pictures (1, 4, 1), (1, 3), 1, rng)", views, (3, 1, 3, 1))
        seen.add(tuple(int(n) for n in views[0, 0, :, 0]))
    on_paper = {(1, 2, 3), (2, 3, 4), (3, 2, 1), (4, 3, 2)}
    on_paper = {(*row[:k], 0, *row[k + 1 :]) for row in on_paper for k in range(3)}
    checks.equal("results in 300 calls that are not on the paper", seen - on_paper, set())
    checks.equal("results on the paper that never came in 300 calls", on_paper - seen, set())
    checks.raises("a crop (2, 3) of pictures (1, 4)", ValueError, random_views, images, (2, 3), 0, rng)
    checks.raises("a hole of 2 in a crop (1, 3)", ValueError, random_views, images, (1, 3), 2, rng)
    ### BEGIN HIDDEN TESTS
    own = np.random.default_rng(6)

    def draws_of(images, size, hole, rng):
        """Where each crop and hole is and whether it is mirrored, read from pictures of different numbers, none 0."""
        views, (h, w), rows = random_views(images, size, hole, rng), size, []
        what = f"{images.dtype} pictures {images.shape}, crops {size}, hole {hole}"
        checks.shape(what, views, (len(images), h, w, images.shape[3]))
        checks.that(not np.shares_memory(views, images), "the result lies in the memory of images; return a copy")
        for view, image in zip(views, images, strict=True):
            row, column = [*np.argwhere(view == 0), (0, 0, 0)][0][:2]
            for top, left, flip in np.ndindex(len(image) - h + 1, len(image[0]) - w + 1, 2):
                crop = image[top : top + h, left : left + w][:, :: 1 - 2 * flip].copy()
                crop[row : row + hole, column : column + hole] = 0
                if np.array_equal(crop, view):
                    break
            else:
                raise checks.CheckFailed(f"{what}: this is no crop of the picture with a square of zeros of this side")
            rows.append((top, left, flip, row, column))
        return np.array(rows)

    for shape, size, hole in (((5, 4, 6, 2), (3, 4), 2), ((4, 6, 4, 1), (4, 3), 1), ((3, 5, 5, 3), (3, 3), 0),
                              ((1, 4, 7, 1), (4, 5), 3), ((6, 3, 4, 1), (3, 4), 1)):  # fmt: skip
        images, rng = 1.0 + own.permutation(np.prod(shape)).reshape(shape), np.random.default_rng(7)
        drawn = np.array([draws_of(images, size, hole, rng) for _ in range(1600 // shape[0])])
        ends = shape[1] - size[0], shape[2] - size[1], 1, *(n - hole for n in size)
        chosen = [k for k, end in enumerate(ends) if end and (hole or k < 3)]
        u = (drawn + own.random(drawn.shape)) / (np.array(ends) + 1)
        checks.uniform(f"crops {size} of {shape}, hole {hole}: rows, columns and mirrors", u[..., chosen])
    images = np.arange(1, 2 * 5 * 4 * 3 + 1).reshape(2, 5, 4, 3)
    images.flags.writeable = False
    for changed in (images, images.astype(np.uint8), images.astype(np.float32), -images, images / 7):
        draws_of(np.asfortranarray(changed), (2, 3), 1, own)
        draws_of(changed, (3, 3), 3, own)
        draws_of(changed, (5, 4), 0, own)
    draws_of(1.0 + np.arange(2 * 110 * 104).reshape(2, 110, 104, 1), (108, 103), 101, own)
    draws_of(np.arange(1.0, 2061).reshape(1030, 2, 1, 1), (1, 1), 0, own)
    pair = np.tile([1.0, 2.0], 20000).reshape(20000, 1, 2, 1)
    share = np.mean(random_views(pair, (1, 2), 0, own)[:, 0, 0, 0] == 2)
    checks.that(abs(share - 0.5) < 0.018, f"of 20,000 pictures {share:.1%} are mirrored; it wants one half")
    for size, hole in (((6, 4), 0), ((5, 5), 0), ((3, 2), 3), ((2, 3), 3), ((5, 4), 5), ((6, 1), 1)):
        checks.raises(f"crops {size}, hole {hole}, pictures (5, 4)", ValueError, random_views, images, size, hole, own)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Turning and shearing
#
# *Where does a pixel go when a picture is turned?*
#
# It is easier to ask the other way round: for each pixel $q = (r, c)$ of the **result**, where in the picture does it come from? An **affine** map about the centre $o = (\tfrac{n_H - 1}{2}, \tfrac{n_W - 1}{2})$ has a $2 \times 2$ matrix $A$ and a vector $v$, both in (row, column):
#
# $$p = o + A \, (q - o) + v .$$
#
# A turn by the angle $\theta$, a shear $s$ and a zoom $z$ are together
#
# $$A = \frac{1}{z} \begin{bmatrix} \cos \theta & - \sin \theta \\ \sin \theta & \cos \theta \end{bmatrix} \begin{bmatrix} 1 & 0 \\ s & 1 \end{bmatrix} .$$
#
# The point $p = (p_r, p_c)$ lies between pixels. **Bilinear** sampling takes the four around it, each with a weight that falls with its distance. With $r = \lfloor p_r \rfloor$, $c = \lfloor p_c \rfloor$, $\rho = p_r - r$ and $\gamma = p_c - c$:
#
# $$x(p) = (1 - \rho)(1 - \gamma) \, x_{r, c} + (1 - \rho) \, \gamma \, x_{r, c+1} + \rho \, (1 - \gamma) \, x_{r+1, c} + \rho \, \gamma \, x_{r+1, c+1} .$$
#
# A pixel outside of the picture counts as 0. So half a pixel outside the value is half that of the edge.
#
# *On paper.* The picture $[2, 6, 4]$ of one row. With $A$ the identity and $v = (0, 0.5)$ it is read at the columns 0.5, 1.5, 2.5: $[4, 5, 2]$. With $A$ twice the identity it is read at $-1, 1, 3$: $[0, 6, 0]$, a smaller picture. With $A$ half the identity at 0.5, 1, 1.5: $[4, 6, 5]$.
#
# ### Exercise 5: `affine_warp`


# %% exercise="affine_warp"
def affine_warp(images, matrices, moves):
    """Pictures under affine maps about their centres, with bilinear sampling.

    Args:
        images: shape (m, n_H, n_W, n_C), no size 0, floats or whole numbers, also pixels of type uint8.
        matrices: A for each picture, shape (m, 2, 2), any floats or whole numbers.
        moves: v for each picture, shape (m, 2), any floats or whole numbers: rows, columns.

    Returns:
        A new array of floats of the shape of images. Its pixel q is what the picture has at p = o + A (q - o) + v, by
        the formulas above; pixels outside of a picture count as 0, and p may lie far outside.
    """
    # 1. All q as columns, and their p. 2. Round down, and the two fractions. 3. Four pixels, each with its weight.
    ### BEGIN SOLUTION
    m, n_H, n_W, n_C = images.shape
    q = np.indices((n_H, n_W)).reshape(2, -1)  # equivalent "1 → 2": any number below 0
    o = np.array([[n_H - 1], [n_W - 1]]) / 2
    p = matrices @ (q - o) + o + moves[:, :, None]
    corner = np.floor(p).astype(int)
    fraction, which, result = p - corner, np.arange(m)[:, None], np.zeros((m, n_H * n_W, n_C))
    for down, right in np.ndindex(2, 2):
        r, c = corner[:, 0] + down, corner[:, 1] + right
        weight = np.abs(1 - down - fraction[:, 0]) * np.abs(1 - right - fraction[:, 1])
        weight = weight * ((r >= 0) & (r < n_H) & (c >= 0) & (c < n_W))
        result += weight[..., None] * images[which, np.clip(r, 0, n_H - 1), np.clip(c, 0, n_W - 1)]
    return result.reshape(images.shape)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# First write it with loops over `i, r, c` of the result: `p = o + matrices[i] @ (np.array([r, c]) - o) + moves[i]`. Below 0, `int(p)` rounds up; `np.floor` always rounds down.
# </details>
# <details><summary>Hint 2</summary>
#
# For each of the four corners (`down`, `right` are 0 or 1): if the pixel lies inside, add its value times its weight. The weight of a row is `1 - rho` for `down = 0` and `rho` for `down = 1`. Without loops over pixels: `np.indices((n_H, n_W)).reshape(2, -1)` holds all $q$ as columns, and `matrices @ (q - o)` has the shape $(m, 2, n_H n_W)$. `np.clip` makes indices legal; a weight of 0 makes their pixels harmless.
# </details>

# %% check="affine_warp" points=3
with checks.exercise("affine_warp"):
    row, one = np.array([2.0, 6, 4]).reshape(1, 1, 3, 1), np.eye(2)[None]
    for factor, v, expected in ((1, 0.5, [4, 5, 2]), (2, 0, [0, 6, 0]), (0.5, 0, [4, 6, 5]), (1, -0.5, [1, 4, 5])):
        checks.unchanged(affine_warp, row, factor * one, np.array([[0.0, v]]))
        found = affine_warp(row, factor * one, np.array([[0.0, v]]))
        slips = {"outside counts as 0" if v > 0 else "map from result to picture": [4, 5, 4] if v > 0 else [4, 5, 2]}
        what = f"affine_warp([2, 6, 4], {factor} times the identity, (0, {v}))"
        checks.close(what, found[0, 0, :, 0], expected, mistakes=slips)
    images = np.array([[[1.0, 2, 3], [4, 5, 6]], [[7, 8, 9], [1, 3, 5]]])[..., None]
    matrices, moves = np.array([[[0.0, -1], [1, 0]], [[1, 0], [0.5, 1]]]), np.array([[0.0, 0.5], [0.0, 0.0]])
    found, slips = affine_warp(images, matrices, moves)[..., 0], {"A is transposed": [[1.5, 4.5, 3.0], [1.0, 3.5, 2.5]]}
    slips |= {"A and v are in the order row, column": [[2.5, 5.5, 0.0], [1.5, 4.5, 0.0]]}
    checks.close("picture 0, turned by 90 degrees and moved", found[0], [[2.5, 3.5, 1], [3, 4.5, 1.5]], mistakes=slips)
    checks.close("picture 1, with a shear of 0.5", found[1], [[5.25, 7.75, 8.75], [1.5, 3.5, 3.75]])
    ### BEGIN HIDDEN TESTS

    def by_hats(images, matrices, moves):
        result, (n_H, n_W) = np.zeros(images.shape), images.shape[1:3]
        for i, r, c in np.ndindex(images.shape[:3]):
            y, x, ((a, b), (d, e)) = r - (n_H - 1) / 2, c - (n_W - 1) / 2, matrices[i]
            down = np.arange(n_H) - (n_H - 1) / 2 - (a * y + b * x + moves[i, 0])
            right = np.arange(n_W) - (n_W - 1) / 2 - (d * y + e * x + moves[i, 1])
            hats = (np.maximum(0, 1 - np.abs(distances)) for distances in (down, right))
            result[i, r, c] = np.einsum("r,c,rck->k", *hats, images[i].astype(float))
        return result

    def problem(rng, m, n_H, n_W, n_C):
        matrices = np.eye(2) * rng.uniform(0.7, 1.4, (m, 1, 1)) + rng.normal(0, 0.3, (m, 2, 2))
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), matrices, rng.normal(0, 1, (m, 2))

    rng = np.random.default_rng(8)
    cases = {"with 110 rows": problem(rng, 1, 110, 3, 1), "with 120 columns": problem(rng, 1, 3, 120, 1)}
    maps = {"the identity": [1, 0, 0, 1], "a mirror": [1, 0, 0, -1], "a turn by 180 degrees": [-1, 0, 0, -1]}
    maps |= {"a turn by 90 degrees": [0, 1, -1, 0], "zeros as matrix": [0, 0, 0, 0]}
    places = ([0, 0], [1, -2], [0.5, 0], [-0.25, -0.75], [-1, 1], [-0.5, 0.5], [1 - 5e-7, 0], [40, 0], [0, -1e4])
    for shape in ((2, 4, 6, 2), (2, 5, 5, 2), (2, 6, 3, 2), (2, 5, 2, 2)):
        for name, v in [(name, v) for name in maps for v in places]:
            matrices, moves = np.tile(np.reshape(maps[name], (2, 2)) * 1.0, (2, 1, 1)), np.tile(v, (2, 1)) * 1.0
            cases[f"with {name}, moved by {v}, {shape[1:3]}"] = rng.normal(0, 1, shape), matrices, moves
    domain = {"real": {"images": 300, "matrices": 3, "moves": 5}, "types": ["images", "matrices", "moves"]}
    domain |= {"pixels": ["images"], "cases": cases, "sizes": {"m": 102, "n_H": 9, "n_W": 8, "n_C": 110}}
    checks.agrees(affine_warp, by_hats, problem, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Other light
#
# *What else differs from photograph to photograph?*
#
# The light: noon is bluish, a lamp is orange. AlexNet was trained with colours that were shifted in the directions in which colours differ most, the **principal components** of its pixels. Take all $N$ pixels of all pictures, colours $x \in \mathbb{R}^3$ **from 0 to 1**, with the mean $\mu$. Their covariance matrix, of shape $(3, 3)$, is
#
# $$C = \frac{1}{N} \sum (x - \mu)(x - \mu)^T = \sum_{k=1}^{3} \lambda_k \, p_k p_k^T, \qquad \lambda_1 \ge \lambda_2 \ge \lambda_3, \quad \lVert p_k \rVert = 1 .$$
#
# Picture $i$ draws three numbers $\alpha_{ik}$ from a normal distribution with standard deviation 0.1, and *all* its pixels are shifted by the same vector:
#
# $$x \; \longrightarrow \; x + \sum_{k=1}^{3} \alpha_{ik} \, \lambda_k \, p_k .$$
#
# The sign of $p_k$ is free; here its entry of the largest absolute value is positive. (The paper multiplies by the variances $\lambda_k$, not by their roots. So the scale matters: with pixels from 0 to 255 the variances would be $255^2$ times as large, and after the shift one would see no picture any more.)
#
# *On paper.* Two pixels, $(0, 3, 0)$ and $(2, 0, 6)$. Their differences from the mean are $\pm(1, -1.5, 3)$. So $\lambda_1 = 1 + 2.25 + 9 = 12.25$, $p_1 = (2, -3, 6) / 7$, and the others are 0. With $\alpha_1 = 0.1$ the shift is $0.1 \cdot 12.25 / 7 \cdot (2, -3, 6) = (0.35, -0.525, 1.05)$.
#
# ### Exercise 6: `colour_shift`


# %% exercise="colour_shift"
def colour_shift(images, alphas):
    """Shifts the colours of each picture along the principal components of all pixels.

    Args:
        images: shape (m, n_H, n_W, 3), no size 0, floats or whole numbers; any real numbers, mostly from 0 to 1.
        alphas: shape (m, 3), floats or whole numbers; column 0 belongs to the component of the largest variance,
            column 2 to the smallest.

    Returns:
        A new array of floats of the shape of images, as in the formulas: the pixels of picture i are shifted by the
        sum of alphas[i, k] * lambda_k * p_k. The entry of p_k of the largest absolute value is positive. The
        result is not cut off at 0 or 1.

    Not asked: equal variances above 0, or a p_k whose two largest entries in absolute value differ only in sign.
    """
    # 1. All pixels in rows, minus their mean: C. 2. Eigenvalues from large to small, and signs. 3. A shift a picture.
    ### BEGIN SOLUTION
    pixels = images.reshape(-1, 3)  # equivalent "1 → 2": any number below 0
    centred = pixels - pixels.mean(axis=0)
    variances, axes = np.linalg.eigh(centred.T @ centred / len(pixels))
    variances, axes = variances[::-1], axes[:, ::-1]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])  # equivalent "range ends at 100": there are 3
    axes = axes * signs  # equivalent "* → /": signs are 1 or -1
    return images + ((alphas * variances) @ axes.T)[:, None, None]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.linalg.eigh(C)` gives the eigenvalues from small to **large**, and the eigenvectors as **columns**. Reverse both. For each column `p`: if `p[np.abs(p).argmax()] < 0`, take `-p`. The shift of picture `i` is `sum(alphas[i, k] * variances[k] * p_k)`, three numbers; added to `images[i]` they broadcast over its pixels.
# </details>

# %% check="colour_shift" points=2
with checks.exercise("colour_shift"):
    images, alphas = np.array([[0.0, 3, 0], [2, 0, 6]]).reshape(2, 1, 1, 3), np.array([[0.1, 0, 0], [-0.2, 0, 0]])
    checks.unchanged(colour_shift, images, alphas)
    found = colour_shift(images, alphas) - images
    shift = np.array([0.35, -0.525, 1.05])
    slips = {"divide by N, not by N - 1": 2 * shift, "multiply by the variance, not by its root": shift / 3.5}
    slips |= {"the largest variance comes first": 0 * shift, "subtract the mean for C": [0.63245553, 0.0, 1.8973666]}
    slips |= {"alphas[i] is for picture i": -2 * shift, "the entry of the largest absolute value is positive": -shift}
    checks.close("the shift of picture 0, alphas (0.1, 0, 0)", found[0, 0, 0], shift, mistakes=slips)
    checks.close("the shift of picture 1, alphas (-0.2, 0, 0)", found[1, 0, 0], -2 * shift)
    ### BEGIN HIDDEN TESTS

    def by_singular_values(images, alphas):
        rows, result = images.reshape(-1, 3) - images.reshape(-1, 3).mean(axis=0), images.astype(float)
        _, sizes, axes = np.linalg.svd(np.vstack([rows, np.zeros((3, 3))]), full_matrices=False)
        for k, p in enumerate(axes):
            p = p * np.sign(p[np.argmax(np.abs(p))])
            result = result + (alphas[:, k] * sizes[k] ** 2 / len(rows))[:, None, None, None] * p
        return result

    def problem(rng, m, n_H, n_W):
        mix = np.array([[0.6, 0.5, 0.1], [0.2, -0.4, 0.3], [-0.1, 0.3, 0.8]])
        colours = rng.normal(0, 1, (m, n_H + 3, n_W + 1, 3)) * [1.5, 0.7, 0.3]
        return colours @ mix + rng.uniform(0, 1, 3), rng.normal(0, 1, (m, 3))

    rng, cases = np.random.default_rng(9), {}
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]):
        for signs in ([1, 1, 1], [-1, 1, 1], [1, -1, 1], [1, 1, -1]):
            X, alphas = problem(rng, 3, 2, 4)[0][..., order] * signs, rng.normal(0, 1, (3, 3))
            cases[f"with channels in the order {order}, signs {signs}"] = X, alphas
            cases[f"with whole numbers, channels {order}, signs {signs}"] = np.rint(9 * X).astype(int), alphas
    cases["with grey pictures"] = np.tile(rng.uniform(0, 1, (2, 3, 4, 1)), 3), rng.normal(0, 1, (2, 3))
    cases["with one pixel"] = np.array([0.5, 0.25, 1.0]).reshape(1, 1, 1, 3), np.ones((1, 3))
    cases["with a mean far from 0"] = problem(rng, 3, 4, 4)[0] + [4e5, -2e5, 1e5], 1e6 * rng.normal(0, 1, (3, 3))
    cases["with 130 rows"], cases["with 125 columns"] = problem(rng, 2, 130, 60), problem(rng, 2, 1, 125)
    domain = {"real": {"images": 20, "alphas": 20}, "types": ["alphas"], "sizes": {"m": 105, "n_H": 6, "n_W": 7}}
    checks.agrees(colour_shift, by_singular_values, problem, cases=cases, apart=False, **domain)
    ### END HIDDEN TESTS


# %%
def random_maps(m, rng, turn=12.0, shear=0.1, zoom=0.1, move=2.5):
    """Random matrices (m, 2, 2) and moves (m, 2) within these bounds; the turn in degrees, the move in pixels."""
    angle, s = np.deg2rad(rng.uniform(-turn, turn, m)), rng.uniform(-shear, shear, m)
    turned = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]).transpose(2, 0, 1)
    sheared = np.array([[s * 0 + 1, s * 0], [s, s * 0 + 1]]).transpose(2, 0, 1)
    return turned @ sheared / rng.uniform(1 - zoom, 1 + zoom, (m, 1, 1)), rng.uniform(-move, move, (m, 2))


# %%
rng = np.random.default_rng(2)
photo = square(data.load_photo("cat"), 128)[None] / 255
five = np.repeat(photo, 5, axis=0)
strong = rng.uniform(0.06, 0.12, (5, 3)) * rng.choice([-1, 1], (5, 3)) / np.array([0.06, 0.006, 0.0015])
rows = {"crop, mirror": random_views(five, (104, 104), 0, rng), "cutout": random_views(five, (104, 104), 40, rng)}
rows["turn, shear"] = affine_warp(five, *random_maps(5, rng, turn=25, shear=0.3, move=8))
rows["colours"] = colour_shift(five, strong)
figure, axes = plt.subplots(4, 6, figsize=(8, 5))
for line, (name, pictures) in zip(axes, rows.items(), strict=True):
    for axis, picture in zip(line, [photo[0], *pictures], strict=True):
        axis.imshow(np.clip(picture, 0, 1))
        axis.set(xticks=[], yticks=[])
    line[0].set_ylabel(name)
axes[0, 0].set_title("photograph", fontsize=10)
axes[0, 3].set_title("five new ones", fontsize=10)
figure.suptitle("One photograph becomes many, and all of them show a cat", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Black corners come from outside of the picture. The colour shifts are ten times as strong as in the paper, and still more for the smaller components, so that you can see them.
#
# ## 6. What augmentation gains
#
# *How much is it worth?*
#
# 100 digits, and the network of section 4 with ten classes. Once it learns from the pictures as they are; once each picture has ten more versions, turned by up to 12 degrees, sheared and zoomed by up to 10 % and moved by up to 2.5 pixels; once each picture has only its mirror image beside it. Everything else is the same: 120 steps with 32 pictures. Three seeds draw three sets of digits and of first weights.

# %%
ways = {"as they are": [], "turned, sheared, moved": [], "mirrored": []}
Y_digits, kept = digits.Y_test[0], []
for seed in tqdm(range(3), desc="seeds", file=sys.stdout):
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(D_train), 100, replace=False)
    X, Y = D_train[chosen], Y_all[chosen]
    copies = [affine_warp(X, *random_maps(100, rng)) for _ in range(10)]
    pools = (X[None], np.stack([X, *copies]).astype(np.float32), np.stack([X, X[:, :, ::-1]]))
    for way, pool in zip(ways, pools, strict=True):
        learned = train(initialize(10, seed), pool, Y, 120, seed)
        ways[way].append(accuracy(D_test, Y_digits, learned))
        kept += [(pool, Y, learned)] if way == "turned, sheared, moved" else []
figure, axis = plt.subplots(figsize=(7, 2.8))
for place, (way, values) in enumerate(ways.items()):
    axis.barh(place, np.mean(values), color=plots.COLORS[(1, 0, 3)[place]], alpha=0.75)
    axis.plot(values, [place] * 3, "o", color="black", markersize=4)
    print(f"{way:24}", " ".join(f"{value:.3f}" for value in values))
axis.set(yticks=range(3), yticklabels=list(ways), xlim=(0.6, 0.95), xlabel="share of right test digits (axis from 0.6)")
axis.set_title("100 digits: small turns and moves help, mirror images harm")
plt.show()

# %% [markdown]
# *What to notice.* The points are the three seeds. Turned, sheared and moved digits gain between 5 and 15 points in each of them: that is what people do when they write. Mirror images **cost** points, because a mirrored digit is no digit: what may be done to a picture depends on the task. Augmentation is knowledge about the task, not magic. In the same way, a road sign may not be mirrored, and colours may not be shifted where the class *is* the colour. And it does not always help. A small network from scratch on our sprites, for example, did not gain from it when we tried.
#
# ## 7. The state of computer vision
#
# *Which tricks win benchmarks, and do you want them?*
#
# Knowledge comes to a system from two sources: **labelled data** and **hand-engineering** (features, architectures, augmentation). The less data there is, the more the hand-engineering counts. In this lesson it was transfer and augmentation that made few pictures enough. Computer vision has long had less data than it needs, so it is rich in architectures.
#
# Two tricks are known from competitions:
#
# - **Multi-crop at test time**: run the network on several crops of a test picture and take the mean of the *probabilities*. The *ten-crop* of AlexNet takes the four corners and the centre, and the mirror images of these five. Crops of $h \times w$ at the centre begin at row $\lfloor (n_H - h) / 2 \rfloor$ and column $\lfloor (n_W - w) / 2 \rfloor$.
# - **Ensemble**: train several networks and take the mean of their probabilities. (The mean of the weights would be nonsense: units of two networks do not correspond.)
#
# With $K$ networks, and $v_j(x)$, $j = 1, \dots, 10$, for the crops of picture $x$:
#
# $$\hat y(x) = \frac{1}{10 K} \sum_{k=1}^{K} \sum_{j=1}^{10} a_k(v_j(x)) .$$
#
# *On paper.* A picture $[1, 2, 4, 8]$ of one row, crops of $1 \times 3$. The corners: $[1, 2, 4]$ and $[2, 4, 8]$, each twice; the centre begins at $\lfloor 1/2 \rfloor = 0$: $[1, 2, 4]$ again. Their mirror images: three times $[4, 2, 1]$, twice $[8, 4, 2]$. A "network" that returns the first pixel over 10 has the mean $(3 \cdot 0.1 + 2 \cdot 0.2 + 3 \cdot 0.4 + 2 \cdot 0.8) / 10 = 0.35$.
#
# ### Exercise 7: `ten_crop_predict`


# %% exercise="ten_crop_predict"
def ten_crop_predict(networks, images, size):
    """The mean of the probabilities over networks and over ten crops of each picture.

    Args:
        networks: a list of functions, at least one; one may occur twice. network(crops) takes pictures (k, h, w, n_C),
            any number k >= 1 of them, and returns the probabilities of each by itself, in a new array of floats (n_y, k).
        images: shape (m, n_H, n_W, n_C), m >= 1, floats or whole numbers; they need not be square.
        size: (h, w), height and width of the crops, a tuple of whole numbers >= 1.

    Returns:
        Floats, shape (n_y, m): the mean over all networks and over the crops at the four corners and at the centre,
        each as it is and mirrored left to right. Crops that are equal count as often as they occur.

    Raises:
        ValueError: the crop is higher or wider than the pictures.
    """
    # 1. Does it fit? 2. Five places. 3. For each place, mirrored or not, and each network: add up probabilities.
    ### BEGIN SOLUTION
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError(f"a crop of {h} x {w} does not fit into pictures of {n_H} x {n_W}")
    bottom, right, total = n_H - h, n_W - w, 0
    for top, left in ((0, 0), (0, right), (bottom, 0), (bottom, right), (bottom // 2, right // 2)):
        crops = images[:, top : top + h, left : left + w]
        for network in networks:
            total = total + network(crops) + network(crops[:, :, ::-1])
    return total / (10 * len(networks))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The last row at which a crop can begin is `n_H - h`. `images[:, top : top + h, left : left + w]` crops all pictures at once, and `crops[:, :, ::-1]` mirrors them. Add up what the networks return, and divide by ten times their number.
# </details>

# %% check="ten_crop_predict" points=2
with checks.exercise("ten_crop_predict"):
    images = np.array([[1.0, 2, 4, 8], [3, 1, 5, 6], [0, 2, 2, 9]]).reshape(3, 1, 4, 1)

    def first(crops):
        return np.stack([crops[:, 0, 0, 0] / 10, 1 - crops[:, 0, 0, 0] / 10])

    checks.unchanged(ten_crop_predict, [first], images, (1, 3))
    found = ten_crop_predict([first], images, (1, 3))
    checks.shape("ten_crop_predict([first], 3 pictures, (1, 3))", found, (2, 3))
    slips = {"the mirror images are missing": [0.14, 0.22, 0.08], "these are sums; divide by 10": [3.5, 3.8, 2.8]}
    slips |= {"the centre begins at row and column (n - h) // 2": [0.40, 0.37, 0.37]}
    checks.close("the probabilities of class 0", found[0], [0.35, 0.38, 0.28], mistakes=slips)
    half = ten_crop_predict([first, lambda crops: np.full((2, len(crops)), 0.5)], images, (1, 3))
    checks.close("with a second network that says 0.5", half[0], [0.425, 0.44, 0.39])
    checks.raises("crops (2, 3) of pictures (1, 4)", ValueError, ten_crop_predict, [first], images, (2, 3))
    ### BEGIN HIDDEN TESTS

    def stand_in(rng, n_y, h, w, n_C):
        weights = rng.normal(0, 1, (n_y, h * w * n_C))
        return lambda crops: softmax(2 * np.tanh(weights @ np.asarray(crops, dtype=float).reshape(len(crops), -1).T))

    def crop_by_crop(networks, images, size):
        (h, w), (down, right) = size, np.subtract(images.shape[1:3], size)
        starts = [*((r, c) for r in (0, down) for c in (0, right)), (int(down / 2), int(right / 2))]
        crops = [[image[r : r + h, c : c + w] for r, c in starts] for image in images]
        crops = np.concatenate([crops, np.flip(crops, axis=3)], axis=1)  # (m, 10, h, w, n_C)
        return np.mean([[[net(crop[None])[:, 0] for crop in ten] for ten in crops] for net in networks], axis=(0, 2)).T

    def problem(rng, m, h, w, n_C, n_y, count, spare=None):
        down, right = spare or rng.integers(0, 6, 2)
        images = rng.normal(0, 1, (m, h + int(down), w + int(right), n_C))
        return [stand_in(rng, n_y, h, w, n_C) for _ in range(count)], images, (h, w)

    rng, cases = np.random.default_rng(10), {}
    for spare in ((0, 0), (1, 0), (0, 1), (1, 1), (2, 3), (3, 2), (5, 1), (1, 5), (101, 2), (2, 101)):
        cases[f"with {spare} rows and columns left over"] = problem(rng, 2, 3, 2, 2, 3, 2, spare)
    sure = [lambda crops: np.eye(3)[:, np.asarray(crops)[:, 0, 0, 0].astype(int) % 3]] * 2
    sure += [lambda crops: np.full((3, len(crops)), 1 / 3)]  # after one that occurs twice
    cases["with networks that are sure of one class each time"] = sure, rng.integers(0, 9, (10, 4, 6, 1)), (2, 3)
    sizes = {"m": 103, "h": 5, "w": 6, "n_C": 4, "n_y": 11, "count": 13}
    domain = {"real": {"images": 30}, "types": ["images"], "pixels": ["images"], "apart": False, "cases": cases}
    checks.agrees(ten_crop_predict, crop_by_crop, problem, sizes=sizes, rtol=1e-11, **domain)
    for size in ((6, 2), (5, 6), (3, 6), (6, 6)):
        checks.raises(f"crops {size} of (5, 5)", ValueError, ten_crop_predict, sure, np.ones((2, 5, 5, 1)), size)
    ### END HIDDEN TESTS

# %% [markdown]
# Two measurements. First ten crops of 128 × 128 of the sprites, with the head of section 3, against the whole pictures of 160 × 160. This takes about six times as much computing for each test picture. Then an ensemble: two more networks are trained on the augmented digits of seed 0, with other first weights.

# %%
scores, single = head(X_train, Y_train), []


def recogniser(crops):
    """The probabilities (9, k) of pictures, by frozen features and the head; each call is noted."""
    single.append(softmax(scores(extract_features(frozen, crops, LAYERS, 32))))
    return single[-1]


with tqdm(total=704, desc="crops", file=sys.stdout) as bar:
    whole = np.mean(recogniser(images_test).argmax(axis=0) == Y_test[0])
    ten = np.mean(ten_crop_predict([recogniser], images_test, (128, 128)).argmax(axis=0) == Y_test[0])
each = [np.mean(odds.argmax(axis=0) == Y_test[0]) for odds in single[1:] if odds.shape[1] == 64]
print(f"sprites: whole pictures {whole:.3f}   ten crops together {ten:.3f}")
print("each kind of crop alone:", " ".join(f"{right:.3f}" for right in each))

pool, Y, learned = kept[0]
members = [learned, *(train(initialize(10, seed), pool, Y, 120, seed) for seed in (10, 11))]
votes = [forward(D_test, member)[0] for member in members]
alone = [np.mean(odds.argmax(axis=0) == Y_digits) for odds in votes]
together = np.mean(sum(votes).argmax(axis=0) == Y_digits)
print(f"digits: three networks {' '.join(f'{right:.3f}' for right in alone)}   their ensemble {together:.3f}")

# %% [markdown]
# *What to notice.* Ten crops change the sprites' result by a picture or two at most; their single kinds alone differ by more, from about 0.72 to 0.80. One standard error is five points, so nobody could prove an improvement here. Over 20 other splits of the sprites, a mean over the picture and its mirror image gained about one point. The ensemble is one to three points better than its networks on average, and 2,000 test digits are enough to see that. On a benchmark one point decides who is first, so everybody does both. In a product ten crops and three networks cost about twenty times as much for every answer, and a larger network or more data usually gains more for the price.

# %% [markdown]
# ## What you built
#
# - `load_weights`: the weights of a pretrained network, refused where they do not fit.
# - `extract_features`: frozen layers computed once, for nine new classes from 152 pictures.
# - `fine_tune_step`: training from layer $k$ on.
# - `random_views`, `affine_warp` and `colour_shift`: new pictures from old ones.
# - `ten_crop_predict`: multi-crop and ensemble in one mean.
#
# ## On your own
#
# 1. **Mixup** (Zhang and others, 2018) mixes two examples, pictures *and* labels: $\gamma x_i + (1 - \gamma) x_j$ with the label $\gamma y_i + (1 - \gamma) y_j$, $\gamma$ drawn from a Beta distribution. Change `gradients` so that it takes labels between 0 and 1. Does it help 100 digits?
# 2. **Ridge regression** has a closed form: $W = T X^T (X X^T + \lambda I)^{-1}$, with $T$ for the labels. $X X^T$ has the size $n_x = 1896$, but $X^T X$ only $m = 152$. Show that $X^T (X X^T + \lambda I)^{-1} = (X^T X + \lambda I)^{-1} X^T$ holds with the right order of factors, and train the head in one step.
# 3. Really hard: fine-tune SqueezeNet itself from fire9 on. Keep the activations that come into fire9 for the 152 sprites (frozen!), write the backward pass of a fire module, and choose a rate so small that the features do not break. Judge it by several splits, not by 64 pictures.
#
# ## In practice
#
# `torchvision.models.squeezenet1_1(weights="DEFAULT")` brings the weights, and `weights.transforms()` the preprocessing that belongs to them: use it and do not guess. (It wants red, green, blue, divided by 255 and standardised: other authors, other numbers.) In PyTorch a layer is frozen by `parameter.requires_grad = False`, in Keras by `layer.trainable = False`; batch-norm layers then need care, because they have running averages. `torchvision.transforms.v2` and `albumentations` hold all augmentations of this lesson, and run them in other processes while the network trains.
#
# ## References
#
# - Course 4, week 2, lectures 8 to 11.
# - F. N. Iandola, S. Han, M. W. Moskewicz, K. Ashraf, W. J. Dally and K. Keutzer (2016), SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and < 0.5 MB model size, arXiv:1602.07360.
# - A. Krizhevsky, I. Sutskever and G. Hinton (2012), ImageNet Classification with Deep Convolutional Neural Networks, NeurIPS.
# - J. Yosinski, J. Clune, Y. Bengio and H. Lipson (2014), How transferable are features in deep neural networks?, NeurIPS.
# - J. Howard and S. Ruder (2018), Universal Language Model Fine-tuning for Text Classification, ACL.
# - T. DeVries and G. W. Taylor (2017), Improved Regularization of Convolutional Neural Networks with Cutout, arXiv:1708.04552.
# - H. Zhang, M. Cisse, Y. N. Dauphin and D. Lopez-Paz (2018), mixup: Beyond Empirical Risk Minimization, ICLR.
