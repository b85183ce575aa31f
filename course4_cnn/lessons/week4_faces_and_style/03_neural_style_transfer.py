# %% [markdown]
# You will ask a trained network what its units look for, fool it with a change that nobody sees, and let it draw a pineapple.
# Then you will paint a photograph in the style of van Gogh's *Starry Night*, with costs and gradients that you wrote yourself.

# %% [markdown]
# ## What you will be able to do
#
# - find the places in pictures at which a unit of a network is most active;
# - compute what each pixel does for a score, and climb that gradient to fool a network or to see what it knows of a class;
# - write the cost of the content, the cost of the style and the cost of roughness, each with its gradient;
# - say why a Gram matrix describes a style and forgets where things are;
# - train a picture in place of a network, from a small size to a large one.
#
# **What you need:** [a complete network](../week1_convolutions/04_pooling_and_a_complete_network.ipynb) with its backward pass, [transfer learning](../week2_case_studies/04_transfer_learning_and_augmentation.ipynb), and Adam from [course 2](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.data.sprites import on_ground
from shared_utils.grading import grade
from shared_utils.pretrained import squeezenet
from shared_utils.pretrained.resize import resized
from shared_utils.pretrained.squeezenet_gradient import backward, forward

plots.use_style()

weights, names = data.load_weights("squeezenet"), data.class_names("squeezenet")


def scaled(image, side):
    """A photograph of type uint8, resized so that its longer side has so many pixels, as float32."""
    n_H, n_W = (round(n * side / max(image.shape)) for n in image.shape[:2])
    return resized(image, n_H, n_W).astype(np.float32)


print("SqueezeNet:", sum(array.size for array in weights.values()), "weights,", len(names), "classes")

# %% [markdown]
# ## 1. What is a unit looking for?
#
# *A network has learned by itself what to look for. How can we find out what it is?*
#
# Ask for the pictures that it likes best. A **unit** is one channel of one layer. It gives one activation for each place of the picture, and behind each place stands a patch of pixels: its receptive field. Take many pictures, find the places at which the unit is most active, and look at the patches. This is what Zeiler and Fergus did in 2013, and what the lecture shows.
#
# Two places side by side see nearly the same pixels. So we take at most one place from each picture: the most active one.
#
# *On paper.* Three pictures, and the activations of one unit at $2 \times 2$ places of each:
#
# $$\begin{bmatrix} 0 & 3 \\ 4 & 0 \end{bmatrix}, \quad \begin{bmatrix} 0 & 0 \\ 0 & 0 \end{bmatrix}, \quad \begin{bmatrix} 1 & 9 \\ 8 & 7 \end{bmatrix} .$$
#
# The two strongest places are (picture 2, row 0, column 1) with 9 and (picture 0, row 1, column 0) with 4. The activations 8 and 7 are larger than 4, but their picture has its place already. Picture 1 has none: the unit is not active anywhere.
#
# ### Exercise 1: `strongest_places`


# %% exercise="strongest_places"
def strongest_places(A, k):
    """Where one unit is most active, at most once in each picture.

    Args:
        A: the activations of one unit, shape (m, n_H, n_W), floats or whole numbers (int64). They may be negative.
        k: how many places are wanted at most, a whole number >= 1; it may be larger than m.

    Returns:
        An array of whole numbers, shape (n, 3): picture, row and column of each place, the most active place first.
        A picture gives its most active place, if the activation there is above 0, and else none. So n is k, or
        less if fewer pictures have such a place; n may be 0. Between equal activations the smaller number of
        the picture goes first, and within a picture the smaller row, then the smaller column.

    Example:
        strongest_places(np.array([[[0, 3], [4, 0]], [[0, 0], [0, 0]], [[1, 9], [8, 7]]]), 2) is
        [[2, 0, 1], [0, 1, 0]].
    """
    # 1. The largest activation of each picture. 2. Which pictures, in which order? 3. The place within each of them.
    ### BEGIN SOLUTION
    peaks = A.max(axis=(1, 2))
    order = [i for i in np.argsort(-peaks, kind="stable") if peaks[i] > 0][:k]
    places = [(i, *np.unravel_index(A[i].argmax(), A[i].shape)) for i in order]
    return np.array(places, dtype=int).reshape(-1, 3)  # equivalent "1 → 2": any negative number will do
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `A.max(axis=(1, 2))` has one number for each picture. `np.argsort(-peaks, kind="stable")` sorts from the largest to the smallest and keeps the order of equal ones.
# </details>
# <details><summary>Hint 2</summary>
#
# `A[i].argmax()` counts the places row by row and gives the first of equal ones. `np.unravel_index(number, A[i].shape)` makes row and column of it. With no place at all, `np.array([])` has the wrong shape: `np.zeros((0, 3), dtype=int)`, or `.reshape(-1, 3)`.
# </details>

# %% check="strongest_places" points=2
with checks.exercise("strongest_places"):
    A = np.array([[[0, 3.0, 1], [4, 0, 2]], [[0, 0, 0], [0, 0, 0]], [[1, 9, 2], [8, 7, 0]], [[0, 0, 5], [0, 5, 3]]])
    checks.unchanged(strongest_places, A, 2)
    slips = {
        "at most one place from each picture": [[2, 0, 1], [2, 1, 0]],
        "this is column, row": [[2, 1, 0], [3, 2, 0]],
    }
    checks.close("strongest_places(A, 2)", strongest_places(A, 2), [[2, 0, 1], [3, 0, 2]], mistakes=slips)
    checks.close("strongest_places(A, 1)", strongest_places(A, 1), [[2, 0, 1]])
    found = strongest_places(A, 4)
    checks.that(np.shape(found) != (4, 3), "strongest_places(A, 4): in picture 1 the unit is nowhere above 0")
    checks.close("strongest_places(A, 4)", found, [[2, 0, 1], [3, 0, 2], [0, 1, 0]])
    checks.close("of equal pictures, k = 2", strongest_places(A[[1, 3, 3, 3]], 2), [[1, 0, 2], [2, 0, 2]])
    checks.shape("where no unit is active", strongest_places(A[1:2], 3), (0, 3))
    ### BEGIN HIDDEN TESTS

    def by_sorting(A, k):
        best = {}
        for (i, h, w), a in np.ndenumerate(A):
            if a > 0 and (i not in best or a > best[i][0]):
                best[i] = (a, i, h, w)
        ordered = sorted((-a, i, h, w) for a, i, h, w in best.values())[:k]
        return np.array([place for _, *place in ordered], dtype=int).reshape(-1, 3)

    def unit(rng, m, n_H, n_W, k):
        return np.maximum(rng.normal(0, 1, (m, n_H, n_W)), -0.2), k

    rng, sizes = np.random.default_rng(3), {"m": 9, "n_H": 6, "n_W": 7, "k": 8}
    ties = rng.integers(-1, 3, (40, 2, 3))
    cases = {f"with ties, k = {k}": (ties, k) for k in (1, 5, 20, 40, 100)}
    cases |= {f"with ties in floats, k = {k}": (ties / 7, k) for k in (3, 30)}
    cases |= {f"with a shape of {s}": (rng.normal(0, 1, s), 104) for s in ((130, 1, 2), (3, 120, 2), (3, 2, 120))}
    cases["with negative activations alone"] = -1.0 - rng.uniform(0, 1, (4, 3, 2)), 3
    cases["with tiny activations"] = rng.normal(0, 1e-14, (6, 3, 2)), 4
    cases["with activations that differ little"] = 1 + 1e-12 * rng.normal(0, 1, (6, 3, 2)), 4
    cases["with activations above a million"] = 1e9 * rng.normal(0, 1, (6, 3, 2)), 4
    checks.agrees(strongest_places, by_sorting, unit, sizes=sizes, real={"A": 100}, types=["A"], cases=cases)
    for arguments in ((A, 3), (A[1:2], 3)):
        found = strongest_places(*arguments)
        checks.that(
            found.dtype.kind in "iu", f"strongest_places: an array of whole numbers is wanted, not {found.dtype}"
        )
    ### END HIDDEN TESTS

# %% [markdown]
# Now 188 pictures of $128 \times 128$ pixels: 36 parts of our photographs, and the 152 sprites. We take three units of each of three layers, and show the eight patches that each of them likes best. A place of `conv1` sees $3 \times 3$ pixels, one of `fire3` $23 \times 23$, and one of `fire7` $143 \times 143$, which is more than the whole picture; the patches show the middle of it.

# %%
photos = [data.load_photo(name) for name in ("astronaut", "cat", "coffee", "dahlia", "pagoda", "rocket")]
parts = [
    photo[top : top + 128, left : left + 128]
    for photo in photos
    for top in range(0, photo.shape[0] - 127, 128)
    for left in range(0, photo.shape[1] - 127, 128)
]
sprites = [resized(on_ground(sprite, 200), 128, 128) for sprite in data.load_sprites().X_train]
pictures = np.stack(parts + sprites)
UNITS = {"conv1": (12, 33, 47), "fire3": (10, 12, 94), "fire7": (266, 276, 382)}
found = {layer: [] for layer in UNITS}
for batch in tqdm(np.array_split(pictures, 12), desc="pictures", file=sys.stdout):
    for layer, a in squeezenet.activations(batch, weights, list(UNITS)).items():
        found[layer].append(a[..., UNITS[layer]])
found = {layer: np.concatenate(arrays) for layer, arrays in found.items()}
print({layer: a.shape for layer, a in found.items()})

# %%
# By layer: pixels between two places, the middle of the first receptive field, half the side of the patch.
FIELDS = {"conv1": (2, 1, 6), "fire3": (4, 3, 14), "fire7": (16, 15, 44)}
figure, axes = plt.subplots(9, 8, figsize=(6, 6.2))
for row, (layer, number) in zip(axes, [(layer, n) for layer in UNITS for n in range(3)], strict=True):
    step, middle, half = FIELDS[layer]
    for axis, (i, h, w) in zip(row, strongest_places(found[layer][..., number], 8), strict=True):
        top, left = (int(np.clip(step * place + middle - half, 0, 128 - 2 * half)) for place in (h, w))
        axis.imshow(pictures[i, top : top + 2 * half, left : left + 2 * half])
        axis.set(xticks=[], yticks=[])
        axis.grid(False)
    row[0].set_ylabel(f"{layer}\n{UNITS[layer][number]}", rotation=0, ha="right", va="center", fontsize=8)
figure.suptitle("From edges and colours to signs and animals: what nine units like best", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The units of `conv1` see an edge that is bright above, something blue, something red. In `fire3` it is colours in shapes and textures: red with round borders, fine stripes, a corner that points downward. In `fire7` one unit likes animals with their heads, from a cock to a bull, the next one bodies of animals above their legs, the last one traffic signs, whatever their colour or shape. Near the end of a row the unit is less sure: a pomegranate, a flower. Nobody told the network about any of this; it had to name things, and this helped. (We chose these nine units by eye. Many others are harder to put into words.)
#
# ## 2. The gradient with respect to the picture
#
# *Which pixels make the network say "cat"?*
#
# In training, the picture is fixed and we ask for the derivative with respect to the weights. But the backward pass goes on to the picture as well. Let $s_c$ be the score of class $c$ (before the softmax) and $x_{ijk}$ the pixel in row $i$ and column $j$, colour $k$. Then
#
# $$g_{ijk} = \frac{\partial s_c}{\partial x_{ijk}}$$
#
# says how the score changes if this number becomes a little larger. The largest $|g_{ijk}|$ over the three colours, one number for each pixel, is the **saliency map** of Simonyan, Vedaldi and Zisserman: bright where the score depends most on the pixel.
#
# The functions `forward` and `backward` of `shared_utils.pretrained.squeezenet_gradient` run SqueezeNet on one picture, and go back from the derivatives at any layers to the picture. They are the loops that you know from week 1, without the gradients of the weights, which nobody needs here.


# %%
def probabilities(scores):
    """The softmax of the scores of one picture, (1000,)."""
    odds = np.exp(scores - scores.max())
    return odds / odds.sum()


def score_gradient(image, label):
    """The scores of all classes, and the gradient of one class's score with respect to the picture."""
    kept, cache = forward(image.astype(np.float32), weights, ["scores"])
    one_hot = np.zeros(len(names))
    one_hot[label] = 1
    return kept["scores"], backward({"scores": one_hot}, cache, weights)


def saliency_map(image, label, copies=1, noise=0.0):
    """For each pixel the largest absolute derivative over its colours, (n_H, n_W), as the mean over noisy copies."""
    rng, total = np.random.default_rng(0), np.zeros(image.shape[:2])
    for _ in range(copies):
        _, gradient = score_gradient(np.clip(image + rng.normal(0, noise, image.shape), 0, 255), label)
        total += np.abs(gradient).max(axis=2)
    return total / copies


# %%
figure, axes = plt.subplots(3, 3, figsize=(8, 5))
for column, name in zip(axes.T, ("cat", "coffee", "pagoda"), strict=True):
    image = scaled(data.load_photo(name), 224)
    scores = forward(image, weights, ["scores"])[0]["scores"]
    maps = saliency_map(image, scores.argmax()), saliency_map(image, scores.argmax(), copies=12, noise=20)
    column[0].imshow(image.astype(np.uint8))
    column[0].set_title(f"{names[scores.argmax()]}: {probabilities(scores).max():.0%}", fontsize=10)
    for axis, saliency in zip(column[1:], maps, strict=True):
        axis.imshow(saliency, cmap="inferno", vmax=np.quantile(saliency, 0.995))
for axis in axes.flat:
    axis.set_axis_off()
figure.suptitle("Bright: the score depends on this pixel. Below: the mean over 12 noisy copies", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The plain map, in the middle, is grainy: the gradient jumps from pixel to pixel. So the lower map is the mean over twelve copies of the photograph with a little noise (*SmoothGrad*). What remains are the cat's eyes, the cup with the saucer below it, and the tower. The network does look at the thing that it names. (The fine grid comes from strides of two: some rows and columns lie in fewer windows than others.)
#
# ### Climbing the gradient
#
# The gradient says how to *change* a picture so that the score rises. A step has to be large enough for numbers from 0 to 255, whatever the size of the gradient. So we divide by its root mean square, and the numbers of the picture change by `size` on (quadratic) average:
#
# $$x \leftarrow \text{clip}\left(x + \text{size} \cdot \frac{g}{\text{rms}(g)}, \; 0, \; 255\right), \qquad \text{rms}(g) = \sqrt{\frac{1}{N} \sum_{ijk} g_{ijk}^2}, \quad N = n_H \, n_W \cdot 3 .$$
#
# Clipping keeps it a picture: what is below 0 becomes 0, what is above 255 becomes 255.
#
# *On paper.* Two pixels, $x = (10, 1, 100), (50, 252, 200)$, and $g = (1, -1, 2), (0, 3, -3)$. The squares add up to 24, so $\text{rms}(g) = \sqrt{24 / 6} = 2$. With size 4, $x + 2 g = (12, -1, 104), (50, 258, 194)$, which is clipped to $(12, 0, 104), (50, 255, 194)$.
#
# ### Exercise 2: `ascent_step`


# %% exercise="ascent_step"
def ascent_step(image, gradient, size):
    """One step up a gradient, of a given size, that leaves the picture a picture.

    Args:
        image: shape (n_H, n_W, 3), floats or whole numbers from 0 to 255; also pixels of type uint8.
        gradient: the same shape, floats or whole numbers. It may be all zeros, or tiny (1e-30), or large.
        size: the root mean square of the step before it is clipped, a number >= 0.

    Returns:
        A new array of floats, the same shape: the picture after the step, as in the formula; not rounded. If the gradient
        is 0 everywhere, there is no direction, and it is the picture as it was.

    Example:
        With image [[[10, 1, 100], [50, 252, 200]]], gradient [[[1, -1, 2], [0, 3, -3]]] and size 4 it is
        [[[12, 0, 104], [50, 255, 194]]].
    """
    # 1. The root mean square. 2. Is there a direction at all? 3. The step, and what is outside 0 to 255.
    ### BEGIN SOLUTION
    rms = np.sqrt(np.mean(np.square(gradient, dtype=float)))
    if rms == 0:
        return np.array(image, dtype=float)
    return np.clip(image + size * gradient / rms, 0, 255)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.sqrt(np.mean(gradient**2))` is the root mean square, `np.clip(array, 0, 255)` cuts. No small number below the fraction, please: it would swallow a tiny gradient. Ask for 0 instead.
# </details>

# %% check="ascent_step" points=2
with checks.exercise("ascent_step"):
    image = np.array([[[10.0, 1, 100], [50, 252, 200]]])
    gradient = np.array([[[1.0, -1, 2], [0, 3, -3]]])
    checks.unchanged(ascent_step, image, gradient, 4)
    slips = {"clip the result to 0 … 255": [[[12, -1, 104], [50, 258, 194]]]}
    slips |= {"this goes down": [[[8, 3, 96], [50, 246, 206]]]}
    too_short = [[[10.8164966, 0.1835034, 101.6329932], [50, 254.4494897, 197.5505103]]]
    slips |= {"take the mean of the squares, not their sum": too_short}
    slips |= {"divide by the root mean square": [[[14, 0, 108], [50, 255, 188]]]}
    slips |= {"take the root of the mean square": [[[11, 0, 102], [50, 255, 197]]]}
    right, found = [[[12, 0, 104], [50, 255, 194]]], ascent_step(image, gradient, 4)
    checks.close("ascent_step(image, gradient, 4)", found, right, mistakes=slips)
    checks.close("with size 1", ascent_step(image, gradient, 1), [[[10.5, 0.5, 101], [50, 253.5, 198.5]]])
    checks.close("with a gradient of 0", ascent_step(image, 0 * gradient, 4), image)
    checks.close("with a tiny gradient", ascent_step(image, 1e-30 * gradient, 4), right)
    ### BEGIN HIDDEN TESTS

    def number_by_number(image, gradient, size):
        squares = sum(float(g) ** 2 for g in gradient.flat) / gradient.size
        scale = size / squares**0.5 if squares else 0.0
        pairs = zip(image.flat, gradient.flat, strict=True)
        return np.array([min(max(float(x) + scale * float(g), 0.0), 255.0) for x, g in pairs]).reshape(image.shape)

    def picture(rng, n_H, n_W):
        return rng.uniform(0, 4, (n_H, n_W, 3)), rng.normal(0, 1, (n_H, n_W, 3)), float(rng.uniform(0.1, 3))

    rng = np.random.default_rng(5)
    image, gradient, _ = picture(rng, 5, 4)
    cases = {f"with size {size}": (60 * image, gradient, size) for size in (0, 0.0, 1, 200, 1000.0, 1e-9)}
    cases |= {f"with a gradient of about {scale}": (60 * image, gradient * scale, 3) for scale in (1e-60, 1e-9, 1e60)}
    cases["with a picture that is nearly black"] = image / 8, gradient, 20.0
    cases["with one number in the gradient"] = 60 * image, np.where(np.arange(60).reshape(5, 4, 3) == 17, 1e-5, 0), 2.0
    cases["with a gradient whose sum is 0"] = np.full((1, 2, 3), 7.0), np.array([[[1.0, -1, 0], [2, -2, 0]]]), 0.5
    cases |= {"with a height of 130": picture(rng, 130, 2), "with a width of 130": picture(rng, 2, 130)}
    cases["with a gradient of 0 and uint8"] = np.array([[[0, 255, 7]]], dtype=np.uint8), np.zeros((1, 1, 3)), 3.0
    domain = {"real": {"gradient": 1e6}, "types": ["image", "gradient"], "pixels": ["image"], "cases": cases}
    checks.agrees(ascent_step, number_by_number, picture, sizes={"n_H": 6, "n_W": 7}, **domain)
    found = ascent_step(cases["with a gradient of 0 and uint8"][0], np.zeros((1, 1, 3)), 1)
    checks.that(found.dtype.kind == "f", f"ascent_step with a gradient of 0: floats are wanted, not {found.dtype}")
    ### END HIDDEN TESTS

# %% [markdown]
# First application: a **fooling picture**. Start from the photograph of the cat, and climb the score of the class *toaster* until the network is sure. Then round to whole numbers, as a file would.

# %%
original = scaled(data.load_photo("cat"), 256)
toaster, fooled, steps = names.index("toaster"), original, 0
for _ in range(60):
    scores, gradient = score_gradient(fooled, toaster)
    if probabilities(scores)[toaster] > 0.95:
        break
    fooled, steps = ascent_step(fooled, gradient, 0.5), steps + 1
fooled = np.rint(fooled)
figure, axes = plt.subplots(1, 3, figsize=(8, 2.2))
for axis, image in zip(axes, (original, fooled, 128 + 10 * (fooled - original)), strict=True):
    if axis is not axes[2]:
        odds = probabilities(score_gradient(image, toaster)[0])
        axis.set_title(f"{names[odds.argmax()]}: {odds.max():.0%}", fontsize=10)
    axis.imshow(np.clip(image, 0, 255).astype(np.uint8))
    axis.set_axis_off()
axes[2].set_title("ten times the difference", fontsize=10)
plt.show()
print(f"{steps} steps; a number of the picture changed by {np.abs(fooled - original).mean():.1f} of 255 on average")

# %% [markdown]
# *What to notice.* Fewer than ten steps are enough, and on average a number changes by about 1 of 255. We cannot see it; even ten times the difference, on the right, does not look like a toaster. The change is no noise: it has been computed for this network. Pictures like this are called **adversarial examples** (Szegedy and others, 2013), and they are an open problem wherever somebody has a reason to fool a network.
#
# Second application: **class visualisation**. Start from grey noise, and climb the score of a class for a longer time. Without help this ends in such noise as above. Three tricks make the network's idea visible: first a small picture and then a large one, a blur from time to time, and a picture that is moved by a few pixels before each step, so that nothing can depend on single pixels.


# %%
def visualise(label, steps=50):
    """A picture of 160 x 160 pixels that the network takes for this class, from grey noise."""
    rng = np.random.default_rng(0)
    image = np.clip(120 + rng.normal(0, 10, (80, 80, 3)), 0, 255)
    for step in range(2 * steps):
        if step == steps:
            image = resized(np.rint(image).astype(np.uint8), 160, 160).astype(float)
        shift = rng.integers(-8, 9, 2)
        _, gradient = score_gradient(np.roll(image, shift, axis=(0, 1)), label)
        image = ascent_step(image, np.roll(gradient, -shift, axis=(0, 1)), 8)
        image = 120 + 0.99 * (image - 120)
        if step % 8 == 7:
            for axis in (0, 1):
                image = (np.roll(image, 1, axis) + 2 * image + np.roll(image, -1, axis)) / 4
    return image


classes = ("pineapple", "flamingo", "peacock", "volcano")
drawn = {name: visualise(names.index(name)) for name in tqdm(classes, desc="classes", file=sys.stdout)}

# %%
figure, axes = plt.subplots(1, 4, figsize=(8, 2.4))
for axis, (name, image) in zip(axes, drawn.items(), strict=True):
    axis.imshow(np.clip(128 + 45 * (image - image.mean()) / image.std(), 0, 255).astype(np.uint8))
    axis.set_title(f"{name}: {probabilities(score_gradient(image, names.index(name))[0])[names.index(name)]:.0%}")
    axis.set_axis_off()
figure.suptitle("Drawn by climbing a score, from nothing but noise", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Leaves above a scaly fruit, a bent beak on a long neck, a small head on a blue neck, a mountain with fire in it: nobody showed these things in this picture; all of it comes from the weights. It is no photograph either. Parts come several times, and the colours are far too bright. A score only asks *how much* of a thing is there, not how many or whether it is possible.
#
# ## 3. The content of a picture
#
# *Now the painting. We look for a picture that shows what the photograph shows, as the painting would show it. What does "shows the same" mean?*
#
# Not: has the same pixels. The painting of a pagoda has quite other colours than the photograph. But a network that finds edges, textures and parts finds about the same parts in both. So compare the **activations** of a layer in the middle of the network: $a$ of the new picture, $t$ (the target) of the photograph, both of the shape $(n_H, n_W, n_C)$. The content cost is their squared distance, relative to the size of the target:
#
# $$J_{content} = \frac{\sum_{ijk} (a_{ijk} - t_{ijk})^2}{\sum_{ijk} t_{ijk}^2}, \qquad \frac{\partial J_{content}}{\partial a_{ijk}} = \frac{2 \, (a_{ijk} - t_{ijk})}{\sum_{ijk} t_{ijk}^2} .$$
#
# The lecture has the factor $\frac{1}{2}$ in place of the denominator. With the denominator, 0 means the same activations, and 1 means as far away as if the network saw nothing at all. It makes layers of different sizes comparable.
#
# *On paper.* $1 \times 2$ places, two channels: $a = (1, 2), (0, 3)$ and $t = (2, 2), (1, 1)$. The differences are $(-1, 0), (-1, 2)$, so $J = (1 + 0 + 1 + 4) / (4 + 4 + 1 + 1) = 0.6$. The gradient is $0.2 \cdot (-1, 0), (-1, 2) = (-0.2, 0), (-0.2, 0.4)$.
#
# ### Exercise 3: `content_cost`


# %% exercise="content_cost"
def content_cost(a, target):
    """How far activations are from those of the photograph, and the gradient.

    Args:
        a: activations of the new picture, shape (n_H, n_W, n_C), floats or whole numbers.
        target: activations of the photograph at the same layer, the same shape, floats or whole numbers, not all 0.

    Returns:
        J, a number, and the gradient of J with respect to a, floats of the shape of a; both as in the formula.

    Example:
        content_cost(np.array([[[1, 2], [0, 3]]]), np.array([[[2, 2], [1, 1]]])) is
        0.6, [[[-0.2, 0], [-0.2, 0.4]]].
    """
    # 1. The differences. 2. The size of the target. 3. Cost and gradient.
    ### BEGIN SOLUTION
    error, size = a - target, np.sum(np.square(target, dtype=float))
    return np.sum(np.square(error, dtype=float)) / size, 2 * error / size
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `error = a - target` and `size = np.sum(target**2)` are all that you need. What is constant, and what depends on `a`?
# </details>

# %% check="content_cost" points=1
with checks.exercise("content_cost"):
    a, target = np.array([[[1.0, 2], [0, 3]]]), np.array([[[2.0, 2], [1, 1]]])
    checks.unchanged(content_cost, a, target)
    J, da = checks.results("content_cost(a, target)", content_cost(a, target), ["J", "gradient"])
    slips = {
        "divide by the sum of the squares of the target": 6.0,
        "this is the lecture's 1/2": 3.0,
        "this is the mean": 1.5,
    }
    slips |= {"divide by the squares of the target, not of a": 6 / 14, "take the squares before the sum": 0.0}
    checks.close("J", J, 0.6, mistakes=slips)
    slips = {"the factor 2 is missing": [[[-0.1, 0], [-0.1, 0.2]]], "its sign is wrong": [[[0.2, 0], [0.2, -0.4]]]}
    slips |= {"divide it by the size of the target as well": [[[-2, 0], [-2, 4]]]}
    checks.close("the gradient", da, [[[-0.2, 0], [-0.2, 0.4]]], mistakes=slips)
    checks.close("J where a is 0 everywhere", content_cost(0 * a, target)[0], 1)
    checks.close("J where a is the target", content_cost(target, target)[0], 0)
    ### BEGIN HIDDEN TESTS

    def by_numbers(a, target):
        size = sum(float(t) * float(t) for t in target.flat)
        errors = [float(x) - float(t) for x, t in zip(a.flat, target.flat, strict=True)]
        return sum(e * e for e in errors) / size, np.array([2 * e / size for e in errors]).reshape(a.shape)

    def layer(rng, n_H, n_W, n_C):
        return rng.normal(0, 1, (n_H, n_W, n_C)), rng.normal(0, 1, (n_H, n_W, n_C))

    rng = np.random.default_rng(6)
    cases = {f"with a shape of {shape}": layer(rng, *shape) for shape in ((120, 2, 1), (1, 130, 2), (2, 1, 140))}
    cases |= {f"with numbers near {s}": tuple(s * x for x in layer(rng, 3, 4, 2)) for s in (1e-9, 1e9)}
    cases["with a tiny target"] = rng.normal(0, 1, (2, 3, 4)), rng.normal(0, 1e-8, (2, 3, 4))
    cases["with the same a and target"] = (target, target.copy())
    domain = {"real": {"a": 1000}, "types": ["a", "target"], "returns": ["J", "gradient"], "cases": cases}
    checks.agrees(content_cost, by_numbers, layer, sizes={"n_H": 5, "n_W": 6, "n_C": 7}, **domain)
    a, target = layer(rng, 3, 4, 2)
    checks.gradient("the gradient", lambda a: content_cost(a, target)[0], content_cost(a, target)[1], a)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. The style of a picture
#
# *What is a style, in numbers?*
#
# A stroke that is curved and yellow, and never straight and yellow. In words of the network: **which channels are active together**. For a layer with activations $a$, count at all places how much channel $k$ and channel $l$ are active at the same time:
#
# $$G_{kl} = \frac{1}{n_H \, n_W} \sum_{i=1}^{n_H} \sum_{j=1}^{n_W} a_{ijk} \, a_{ijl} .$$
#
# $G$ has the shape $(n_C, n_C)$ and is called the **Gram matrix** (the lecture: *style matrix*). It is symmetric, $G_{kl} = G_{lk}$. The sum over places forgets *where* something is, and this is the point: the style of a painting is the same in its left half and its right half. We divide by the number of places, so that a painting of another size than the photograph can be compared with it.
#
# With all activations in a table $V$ of the shape $(n_H n_W, \; n_C)$, a row for each place, the whole matrix is one product: $G = \frac{1}{n_H n_W} V^T V$.
#
# *On paper.* $1 \times 3$ places, two channels: $a = (1, 2), (0, 3), (2, 0)$.
#
# $$G = \frac{1}{3} \begin{bmatrix} 1 + 0 + 4 & 2 + 0 + 0 \\ 2 + 0 + 0 & 4 + 9 + 0 \end{bmatrix} = \frac{1}{3} \begin{bmatrix} 5 & 2 \\ 2 & 13 \end{bmatrix} .$$
#
# ### Exercise 4: `gram_matrix`
#
# It will be called some thousand times, with up to 24,576 places or 256 channels. Use a matrix product, which takes a few thousandths of a second; with loops over channels you would wait very long.


# %% exercise="gram_matrix"
def gram_matrix(a):
    """Which channels of a layer are active together.

    Args:
        a: activations, shape (n_H, n_W, n_C), floats or whole numbers.

    Returns:
        G as in the formula, floats, shape (n_C, n_C).

    Example:
        gram_matrix(np.array([[[1, 2], [0, 3], [2, 0]]])) is [[5, 2], [2, 13]] / 3.
    """
    # 1. A table with a row for each place. 2. One product. 3. How many places are there?
    ### BEGIN SOLUTION
    V = a.reshape(-1, a.shape[2])  # equivalent "1 → 2": any negative number will do
    return V.T @ V / len(V)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `V = a.reshape(-1, n_C)` keeps the channels of a place together in a row. `V.T @ V` sums over places. The other order, `V @ V.T`, compares places and not channels.
# </details>

# %% check="gram_matrix" points=2
with checks.exercise("gram_matrix"):
    a = np.array([[[1.0, 2], [0, 3], [2, 0]]])
    checks.unchanged(gram_matrix, a)
    slips = {
        "divide by the number of places, 3": [[5, 2], [2, 13]],
        "divide by the number of places alone": [[5 / 6, 1 / 3], [1 / 3, 13 / 6]],
    }
    slips |= {
        "divide by the places, not by the channels": [[2.5, 1], [1, 6.5]],
        "no means are subtracted here": [[2 / 3, -1], [-1, 14 / 9]],
    }
    checks.close("gram_matrix(a), 1 x 3 places", gram_matrix(a), [[5 / 3, 2 / 3], [2 / 3, 13 / 3]], mistakes=slips)
    four = np.array([[[1.0, 2, 0], [0, 3, 1]], [[2, 0, 1], [0, 0, 5]]])
    expected = np.array([[5, 2, 2], [2, 13, 3], [2, 3, 27]]) / 4
    checks.close("of 2 x 2 places and 3 channels", gram_matrix(four), expected)
    checks.close("of one channel, 2, 4 and 4", gram_matrix(np.array([[[2.0]], [[4.0]], [[4.0]]])), [[12]])
    ### BEGIN HIDDEN TESTS

    def by_pairs(a):
        n_H, n_W, n_C = a.shape
        G = np.zeros((n_C, n_C))
        for k, j in np.ndindex(n_C, n_C):
            G[k, j] = np.sum(a[:, :, k].astype(float) * a[:, :, j]) / (n_H * n_W)
        return G

    def layer(rng, n_H, n_W, n_C):
        return rng.normal(0.2, 1, (n_H, n_W, n_C))

    rng = np.random.default_rng(7)
    cases = {f"with a shape of {shape}": (layer(rng, *shape),) for shape in ((120, 2, 3), (1, 130, 2), (2, 3, 110))}
    cases |= {f"with numbers near {s}": (s * layer(rng, 3, 4, 2),) for s in (1e-9, 1e9)}
    cases |= {"with 2,501 places": (layer(rng, 41, 61, 2),)}
    cases |= {"with places where all is 0": (np.maximum(layer(rng, 6, 7, 2) - 0.5, 0),)}
    sizes = {"n_H": 6, "n_W": 7, "n_C": 8}
    checks.agrees(gram_matrix, by_pairs, layer, sizes=sizes, real={"a": 1000}, types=["a"], cases=cases)
    ### END HIDDEN TESTS

# %% [markdown]
# Does the Gram matrix forget where things are? Cut the painting into four quarters and exchange them. Compare with the painting as it was: the activations by `content_cost`, and the Gram matrices by the same relative distance.

# %%
painting = data.load_photo("starry_night")
half = painting.shape[0] // 2, painting.shape[1] // 2
mixed = np.roll(painting, half, axis=(0, 1))
for layer in ("conv1", "fire3", "fire5"):
    print(f"{layer}:", end="")
    own = forward(painting, weights, [layer])[0][layer]
    for title, other in (("quarters exchanged", mixed), ("the dahlia", scaled(data.load_photo("dahlia"), 256))):
        a = forward(other, weights, [layer])[0][layer]
        rows, columns = min(len(a), len(own)), min(a.shape[1], own.shape[1])
        content = content_cost(a[:rows, :columns], own[:rows, :columns])[0]
        G, S = gram_matrix(a), gram_matrix(own)
        print(f"   {title}: activations {content:.2f}, Gram matrix {np.sum((G - S) ** 2) / np.sum(S**2):.4f}", end="")
    print()

# %% [markdown]
# *What to notice.* With its quarters exchanged, the painting has quite other activations at each place, more than 0.8 away. Its Gram matrices are nearly the same, less than 0.03 away; those of another picture are 0.7 and more away. The seams between the quarters make the small difference.
#
# ### The cost of a style
#
# Let $S$ be the Gram matrix of the painting at some layer, and $G$ that of the new picture. The style cost of the layer is their squared distance, again relative to the size of the target:
#
# $$J_{style} = \frac{\sum_{kl} (G_{kl} - S_{kl})^2}{\sum_{kl} S_{kl}^2} .$$
#
# Its gradient needs two steps of the chain rule. Write $D = G - S$, a symmetric matrix, $N = n_H n_W$ for the number of places, and $v_{pk}$ for the table $V$, place $p$ and channel $k$. First, $\partial J / \partial G_{kl} = 2 D_{kl} / \sum S^2$. Second, $G_{kl} = \frac{1}{N} \sum_p v_{pk} v_{pl}$ holds $v_{pk}$ in row $k$ *and* in column $k$ of $G$, each time multiplied by another channel of the same place. Both give the same sum, because $D$ is symmetric. Together
#
# $$\frac{\partial J_{style}}{\partial v_{pk}} = \frac{2}{\sum S^2} \cdot \frac{2}{N} \sum_{l} v_{pl} \, D_{lk} , \qquad \text{that is,} \quad \frac{4}{N \sum S^2} \; V D .$$
#
# *On paper.* $1 \times 2$ places, $a = (1, 2), (0, 3)$, and $S = \begin{bmatrix} 1 & 0 \\ 0 & 2 \end{bmatrix}$. Then $G = \begin{bmatrix} 0.5 & 1 \\ 1 & 6.5 \end{bmatrix}$, $D = \begin{bmatrix} -0.5 & 1 \\ 1 & 4.5 \end{bmatrix}$, and $J = (0.25 + 1 + 1 + 20.25) / 5 = 4.5$. The gradient is $\frac{4}{2 \cdot 5} V D = 0.4 \cdot \begin{bmatrix} 1.5 & 10 \\ 3 & 13.5 \end{bmatrix} = (0.6, 4), (1.2, 5.4)$.
#
# ### Exercise 5: `layer_style_cost`


# %% exercise="layer_style_cost"
def layer_style_cost(a, gram_style):
    """How far the style of one layer is from that of the painting, and the gradient.

    Args:
        a: activations of the new picture, shape (n_H, n_W, n_C), floats or whole numbers.
        gram_style: the Gram matrix of the painting at this layer, shape (n_C, n_C), symmetric, floats or whole
            numbers, not all 0.

    Returns:
        J, a number, and the gradient of J with respect to a, floats of the shape of a; both as in the formula.

    Example:
        layer_style_cost(np.array([[[1, 2], [0, 3]]]), np.array([[1, 0], [0, 2]])) is
        4.5, [[[0.6, 4], [1.2, 5.4]]].
    """
    # 1. The difference of the Gram matrices. 2. The cost. 3. The gradient of the table, and its shape.
    ### BEGIN SOLUTION
    V = a.reshape(-1, a.shape[2])  # equivalent "1 → 2": any negative number will do
    D, size = gram_matrix(a) - gram_style, np.sum(np.square(gram_style, dtype=float))
    return np.sum(D**2) / size, (4 / (len(V) * size) * (V @ D)).reshape(a.shape)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `D = gram_matrix(a) - gram_style`. The cost is as in `content_cost`, with `D` for the error.
# </details>
# <details><summary>Hint 2</summary>
#
# `V = a.reshape(-1, n_C)`, then `4 / (len(V) * size) * (V @ D)`, and `.reshape(a.shape)` at the end.
# </details>

# %% check="layer_style_cost" points=3
with checks.exercise("layer_style_cost"):
    a, S = np.array([[[1.0, 2], [0, 3]]]), np.array([[1.0, 0], [0, 2]])
    checks.unchanged(layer_style_cost, a, S)
    J, da = checks.results("layer_style_cost(a, S)", layer_style_cost(a, S), ["J", "gradient"])
    slips = {"divide by the sum of the squares of the painting's matrix": 22.5}
    slips |= {"divide by the painting's, not by G's": 22.5 / 44.5}
    checks.close("J", J, 4.5, mistakes=slips)
    right = np.array([[[0.6, 4], [1.2, 5.4]]])
    slips = {"this is half of it: v stands in a row and in a column of G": right / 2}
    slips |= {"the squares give a 2, G another": right / 4, "its sign is wrong": -right}
    slips |= {"divide by the number of places": 2 * right}
    slips |= {"divide by the size of the painting's matrix": 5 * right}
    checks.close("the gradient", da, right, mistakes=slips)
    wide = np.array([[[1.0, 0, 2]], [[0, 1, 1]]])
    J, da = layer_style_cost(wide, np.array([[2.0, 0, 1], [0, 1, 0], [1, 0, 2]]))
    checks.close("J for a (2, 1, 3)", J, 3.25 / 11)
    checks.close("the gradient for a (2, 1, 3)", da, np.array([[[-3, 2, 2]], [[0, 0, 2]]]) / 11)
    ### BEGIN HIDDEN TESTS

    def by_places(a, gram_style):
        a, S = a.astype(float), gram_style.astype(float)
        n_H, n_W, n_C = a.shape
        G = np.einsum("ijk,ijl->kl", a, a) / (n_H * n_W)
        dG, da = 2 * (G - S) / np.sum(S * S), np.zeros(a.shape)
        for k, j in np.ndindex(n_C, n_C):
            da[..., k] += dG[k, j] * a[..., j] / (n_H * n_W)
            da[..., j] += dG[k, j] * a[..., k] / (n_H * n_W)
        return np.sum((G - S) * (G - S)) / np.sum(S * S), da

    def layer(rng, n_H, n_W, n_C):
        style = rng.normal(0, 1, (n_C, n_C))
        return rng.normal(0.3, 1, (n_H, n_W, n_C)), style + style.T

    rng = np.random.default_rng(8)
    cases = {f"with a shape of {shape}": layer(rng, *shape) for shape in ((120, 2, 3), (1, 130, 2), (2, 3, 105))}
    for scale in (1e-6, 1e6):
        a, S = layer(rng, 3, 4, 2)
        cases[f"with numbers near {scale}"] = scale * a, scale**2 * S
    cases["with a tiny matrix of the painting"] = layer(rng, 3, 2, 3)[0], 1e-9 * layer(rng, 3, 2, 3)[1]
    domain = {"real": {"a": 100}, "types": ["a", "gram_style"], "returns": ["J", "gradient"], "cases": cases}
    checks.agrees(layer_style_cost, by_places, layer, sizes={"n_H": 5, "n_W": 6, "n_C": 7}, atol=1e-11, **domain)
    a, S = layer(rng, 3, 4, 2)
    checks.gradient("the gradient", lambda a: layer_style_cost(a, S)[0], layer_style_cost(a, S)[1], a)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. A cost of roughness
#
# *The network looks at strides of two pixels and more. What keeps neighbouring pixels together?*
#
# Nothing in the two costs. A fine net of dots that the network hardly sees would stay in the picture. So one adds a third cost, the **total variation**: here the squared differences (often the absolute ones) between neighbours, to the right and below, in each colour, divided by how many numbers the picture has:
#
# $$J_{tv} = \frac{1}{n_H n_W n_C} \left( \sum_{ijk} (x_{i, j+1, k} - x_{ijk})^2 + \sum_{ijk} (x_{i+1, j, k} - x_{ijk})^2 \right) .$$
#
# The sums run over all pairs of neighbours; the last column has no neighbour to the right, the last row none below. For the gradient, look at one pair with the difference $d = x_{i, j+1, k} - x_{ijk}$. The derivative of $d^2$ is $2d$ for the right pixel and $-2d$ for the left one. Each pixel collects this from all its pairs, up to four.
#
# *On paper.* One colour, $x = \begin{bmatrix} 1 & 4 \\ 1 & 2 \end{bmatrix}$. Differences to the right: 3 and 1; below: 0 and $-2$. $J = (9 + 1 + 0 + 4) / 4 = 3.5$. The upper right pixel collects $2 \cdot 3$ from its left pair and $-2 \cdot (-2)$ from its lower pair, together 10; divided by 4, 2.5. The whole gradient is $\begin{bmatrix} -1.5 & 2.5 \\ -0.5 & -0.5 \end{bmatrix}$. Its sum is 0: if all pixels become brighter alike, nothing changes.
#
# ### Exercise 6: `tv_cost`


# %% exercise="tv_cost"
def tv_cost(image):
    """The total variation of a picture, and its gradient.

    Args:
        image: shape (n_H, n_W, n_C), floats or whole numbers; also pixels of type uint8. It may have one row or one
            column only, and any number of colours.

    Returns:
        J, a number, and the gradient of J with respect to the picture, floats of its shape; both as in the formula.

    Example:
        tv_cost(np.array([[1, 4], [1, 2]]).reshape(2, 2, 1)) is 3.5, [[-1.5, 2.5], [-0.5, -0.5]] of shape (2, 2, 1).
    """
    # 1. Floats, so that differences may be negative. 2. Both kinds of differences. 3. Cost; each pair's two pixels.
    ### BEGIN SOLUTION
    x = np.array(image, dtype=float)
    across, down = np.diff(x, axis=1), np.diff(x, axis=0)
    gradient = np.zeros(x.shape)
    gradient[:, 1:] += 2 * across
    gradient[:, :-1] -= 2 * across
    gradient[1:] += 2 * down
    gradient[:-1] -= 2 * down
    return (np.sum(across**2) + np.sum(down**2)) / x.size, gradient / x.size
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `across = x[:, 1:] - x[:, :-1]` has one column less than `x`, and `np.sum(across**2)` is the first sum.
# </details>
# <details><summary>Hint 2</summary>
#
# Begin with zeros in the shape of the picture. `gradient[:, 1:] += 2 * across` gives all right pixels of a pair their share, `gradient[:, :-1] -= 2 * across` all left ones. The same for rows. Divide at the end.
# </details>

# %% check="tv_cost" points=2
with checks.exercise("tv_cost"):
    image = np.array([[1.0, 4], [1, 2]]).reshape(2, 2, 1)
    checks.unchanged(tv_cost, image)
    J, gradient = checks.results("tv_cost(image)", tv_cost(image), ["J", "gradient"])
    slips = {"divide by how many numbers the picture has": 14.0, "these are absolute differences": 1.5}
    slips |= {"the differences downward are missing": 2.5, "the differences to the right are missing": 1.0}
    checks.close("J of [[1, 4], [1, 2]]", J, 3.5, mistakes=slips)
    right = np.array([[-1.5, 2.5], [-0.5, -0.5]])
    slips = {"a square gives a factor 2": right / 2, "its sign is wrong": -right, "divide it as well": 4 * right}
    slips |= {"each pair has two pixels": np.array([[-1.5, 1.0], [-0.5, 0]])}
    slips = {words: np.reshape(values, (2, 2, 1)) for words, values in slips.items()}
    checks.close("the gradient", gradient, right.reshape(2, 2, 1), mistakes=slips)
    checks.close("J of one row, 1 3 6", tv_cost(np.array([1.0, 3, 6]).reshape(1, 3, 1))[0], 13 / 3)
    checks.close("J of one pixel with 3 colours", tv_cost(np.array([[[1.0, 5, 9]]]))[0], 0)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(image):
        x, J = image.astype(float), 0.0
        gradient = np.zeros(x.shape)
        for i, j, k in np.ndindex(x.shape):
            for other in ((i, j + 1, k), (i + 1, j, k)):
                if other[0] < x.shape[0] and other[1] < x.shape[1]:
                    d = float(x[other]) - float(x[i, j, k])
                    J += d * d / x.size
                    gradient[other] += 2 * d / x.size
                    gradient[i, j, k] -= 2 * d / x.size
        return J, gradient

    def picture(rng, n_H, n_W, n_C):
        return rng.normal(0, 1, (n_H, n_W, n_C))

    rng = np.random.default_rng(9)
    cases = {f"with a shape of {shape}": (picture(rng, *shape),) for shape in ((120, 2, 3), (2, 130, 3), (2, 3, 105))}
    cases |= {f"with numbers near {scale}": (scale * picture(rng, 3, 4, 3),) for scale in (1e-9, 1e9)}
    domain = {"real": {"image": 255}, "types": ["image"], "pixels": ["image"], "returns": ["J", "gradient"]}
    checks.agrees(
        tv_cost, pair_by_pair, picture, sizes={"n_H": 6, "n_W": 7, "n_C": 4}, cases=cases, atol=1e-12, **domain
    )
    image = picture(rng, 4, 3, 2)
    checks.gradient("the gradient", lambda x: tv_cost(x)[0], tv_cost(image)[1], image)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. Training a picture
#
# *All gradients are there. How does the picture learn?*
#
# With Adam from course 2, only that the parameters are pixels. Let $g$ be the gradient of the total cost with respect to the picture $x$, and $t = 1, 2, \dots$ the number of the step:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1) \, g, \qquad v \leftarrow \beta_2 v + (1 - \beta_2) \, g^2, \qquad x \leftarrow \text{clip}\left(x - \eta \, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}, \; 0, \; 255\right) .$$
#
# The moving averages $m$ and $v$ have the shape of the picture and begin with zeros. The learning rate $\eta$ is measured in levels of brightness: a pixel moves by about $\eta$ in a step. The derivatives are small here, one of many thousand pixels does not change much; so $\epsilon = 10^{-12}$ in place of the usual $10^{-8}$.
#
# *On paper.* Step 1, one pixel: $x = (100, 3, 254)$, $g = (0.2, 0.001, -5)$, $\eta = 8$. The corrected averages are $g$ and $g^2$, so each number moves by 8 against the sign of $g$: $(92, -5, 262)$, clipped to $(92, 0, 255)$. New averages with $\beta_1 = 0.9$, $\beta_2 = 0.99$: $m = (0.02, 0.0001, -0.5)$, $v = (0.0004, 10^{-8}, 0.25)$.
#
# ### Exercise 7: `train_step`


# %% exercise="train_step"
def train_step(image, gradient, m, v, t, learning_rate, beta1=0.9, beta2=0.99, epsilon=1e-12):
    """One step of Adam on a picture.

    Args:
        image: x, shape (n_H, n_W, 3), floats or whole numbers from 0 to 255.
        gradient: g, the same shape, floats.
        m, v: the moving averages before this step, the same shape, floats; v is nowhere below 0.
        t: the number of this step, a whole number >= 1.
        learning_rate: levels of brightness, a number above 0.
        beta1, beta2: numbers, 0 <= beta < 1.
        epsilon: a number above 0.

    Returns:
        The picture after the step, and the new m and v; three new arrays of floats of this shape. m and v are
        returned without the correction.
    """
    # 1. The averages. 2. Corrected for their start from 0. 3. The step, and what is outside 0 to 255.
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient**2
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    return np.clip(image - learning_rate * step, 0, 255), m, v
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Four lines, one for each part of the formula. Give the corrected averages other names, or write them into the step: $m$ and $v$ are returned as they are. `np.clip` as in exercise 2.
# </details>

# %% check="train_step" points=2
with checks.exercise("train_step"):
    image, gradient = np.array([[[100.0, 3, 254]]]), np.array([[[0.2, 0.001, -5]]])
    m, v = np.zeros((1, 1, 3)), np.zeros((1, 1, 3))
    checks.unchanged(train_step, image, gradient, m, v, 1, 8)
    what = "train_step(image, gradient, m, v, 1, 8)"
    x, m, v = checks.results(what, train_step(image, gradient, m, v, 1, 8), ["image", "m", "v"])
    slips = {"clip it to 0 … 255": [[[92, -5, 262]]], "this goes up": [[[108, 11, 246]]]}
    checks.close(f"image of {what}", x, [[[92, 0, 255]]], mistakes=slips)
    slips = {"return m without the correction": gradient, "this is beta1 g": 0.9 * gradient}
    checks.close(f"m of {what}", m, [[[0.02, 0.0001, -0.5]]], mistakes=slips)
    checks.close(f"v of {what}", v, [[[0.0004, 1e-8, 0.25]]], atol=1e-12)
    x, m, v = train_step(x, -0.5 * gradient, m, v, 2, 8)
    checks.close("the image after step 2, with -g / 2", x, [[[89.8664046, 0, 255]]])
    ### BEGIN HIDDEN TESTS

    def number_by_number(image, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        results = np.zeros((3, image.size))
        parts = zip(image.flat, gradient.flat, m.flat, v.flat, strict=True)
        for place, (x, g, first, second) in enumerate(parts):
            first, second = float(first) + (1 - beta1) * (g - first), float(second) + (1 - beta2) * (g * g - second)
            root = (second / (1 - beta2**t)) ** 0.5
            stepped = x - learning_rate * first / ((1 - beta1**t) * (root + epsilon))
            results[:, place] = min(max(stepped, 0.0), 255.0), first, second
        return tuple(part.reshape(image.shape) for part in results)

    def by_default(image, gradient, m, v, t, learning_rate):
        return number_by_number(image, gradient, m, v, t, learning_rate, 0.9, 0.99, 1e-12)

    def state(rng, n_H, n_W, t):
        shape = n_H, n_W, 3
        image, gradient = rng.uniform(0, 255, shape), rng.normal(0, 1, shape)
        return image, gradient, rng.normal(0, 0.3, shape), rng.uniform(0.1, 1, shape), t, float(rng.uniform(1, 20))

    def all_given(rng, n_H, n_W, t):
        chosen = float(rng.uniform(0.2, 0.95)), float(rng.uniform(0.2, 0.995)), float(rng.uniform(0.01, 0.5))
        return *state(rng, n_H, n_W, t), *chosen

    rng = np.random.default_rng(10)
    first = state(rng, 4, 3, 5)
    cases = {f"with step {t}": state(rng, 3, 2, t) for t in (1, 2, 3, 150, 5000)}
    cases |= {"with a height of 130": state(rng, 130, 2, 4), "with a width of 130": state(rng, 2, 130, 4)}
    for scale in (1e-7, 1e-9, 1e6):
        image, gradient, m, v, t, rate = state(rng, 3, 4, 6)
        cases[f"with gradients near {scale}"] = image, scale * gradient, scale * m, scale**2 * v, t, rate
    cases["with zeros before and a gradient of 0"] = first[0], *(np.zeros((4, 3, 3)) for _ in range(3)), 1, 8.0
    cases["with a gradient of 0 and averages that are not"] = first[0], 0 * first[1], *first[2:]
    cases["with a small rate"] = *first[:5], 1e-7
    domain = {"sizes": {"n_H": 5, "n_W": 6, "t": 9}, "types": ["image"], "returns": ["image", "m", "v"]}
    checks.agrees(train_step, by_default, state, cases=cases, **domain)
    cases = {"with beta1 = 0 and beta2 = 0": (*first, 0.0, 0.0, 1e-12), "with epsilon = 30": (*first, 0.9, 0.99, 30.0)}
    checks.agrees(train_step, number_by_number, all_given, cases=cases, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. The painting
#
# The total cost of a picture, with $\beta$ for how much the style counts and $\lambda$ for smoothness:
#
# $$J = J_{content} + \frac{\beta}{5} \sum_{\text{5 layers}} J_{style} + \lambda \, J_{tv} .$$
#
# The content is compared at `fire5`, where a unit sees parts of things. The style is compared at five layers, from the fine strokes of `conv1` to the swirls of `fire5`, all with the same weight. The derivatives at all these layers go into **one** backward pass, which returns the gradient with respect to the picture.


# %%
CONTENT, STYLE = "fire5", ("conv1", "fire2", "fire3", "fire4", "fire5")


def total_cost(image, target, grams, beta, lambd, pool):
    """The three costs of a picture, and the gradient of the total cost, (n_H, n_W, 3)."""
    a, cache = forward(image, weights, {CONTENT, *STYLE}, pool)
    J_content, gradient = content_cost(a[CONTENT], target)
    gradients, J_style = {CONTENT: gradient}, 0.0
    for layer in STYLE:
        J, gradient = layer_style_cost(a[layer], grams[layer])
        J_style += J / len(STYLE)
        gradients[layer] = gradients.get(layer, 0) + beta / len(STYLE) * gradient
    J_tv, gradient = tv_cost(image)
    return (J_content, J_style, J_tv), backward(gradients, cache, weights) + lambd * gradient


# %%
def stylise(photo, painting, plan, beta=60, lambd=1e-3, pool="average"):
    """A photograph in the style of a painting, and its way there; plan: longer side, steps and rate of each stage."""
    image, path, costs = None, [], []
    bar = tqdm(total=sum(steps for _, steps, _ in plan), desc="steps", file=sys.stdout)
    for side, steps, rate in plan:
        content, style = scaled(photo, side), scaled(painting, min(side, max(painting.shape)))
        target = forward(content, weights, [CONTENT], pool)[0][CONTENT]
        grams = {layer: gram_matrix(a) for layer, a in forward(style, weights, STYLE, pool)[0].items()}
        image = content if image is None else scaled(np.rint(image).astype(np.uint8), side)
        m, v = np.zeros(image.shape), np.zeros(image.shape)
        for t in range(1, steps + 1):
            parts, gradient = total_cost(image, target, grams, beta, lambd, pool)
            path.append(image)
            costs.append(parts)
            slower = (1 + np.cos(np.pi * (t - 1) / steps)) / 2
            image, m, v = train_step(image, gradient, m, v, t, rate * slower)
            image = image.astype(np.float32)
            bar.update()
    bar.close()
    return image[3:-5, 3:-3], path, np.array(costs)


# %% [markdown]
# Four choices are in this code.
#
# - **Where to start?** From the photograph: then only the style has to be learned. The lecture starts from noise.
# - **From small to large.** Style transfer at 128 pixels first, then its enlarged result goes on at 192, 288 and 384. In a small picture, a receptive field sees a large part of it, so the large swirls come first and the fine strokes later. Straight at 288 pixels, in about the same time, we got short strokes and no swirls.
# - **Average pooling** in place of the max pooling that the network was trained with. Gatys and others noticed that it gives better pictures. The weights stay the same. You will see the difference below.
# - **The rim is cut off**, 3 to 5 pixels: no window of the pooling reaches the last rows and columns, so their gradient is poor.
#
# All of it is float32, which saves time and memory.

# %%
photo, painting = data.load_photo("pagoda"), data.load_photo("starry_night")
PLAN = ((128, 100, 12), (192, 80, 8), (288, 60, 6), (384, 40, 5))
result, path, costs = stylise(photo, painting, PLAN)
print(f"at the end: content {costs[-1, 0]:.2f}, style {costs[-1, 1]:.4f} (the photograph: {costs[0, 1]:.2f})")

# %%
figure, axis = plt.subplots(figsize=(8, 5))
axis.imshow(np.rint(result).astype(np.uint8), interpolation="bicubic")
axis.set_axis_off()
axis.set_title("A pagoda over a lake, as van Gogh never saw it", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The pagoda, the shore and the trees are where they were, and everything is painted. The sky has swirls and even a moon, which is not in the photograph. Nobody asked for a moon, only for the same Gram matrices. The style cost begins near 1 and ends below 0.01. The content cost is near 1: for `fire5` this is as far away as a picture without anything; we recognise much more than it measures.

# %%
figure, axes = plt.subplots(2, 4, figsize=(8, 3.1))
for axis, step in zip(axes.flat, (0, 3, 10, 30, 99, 179, 239, 279), strict=True):
    axis.imshow(np.rint(path[step]).astype(np.uint8))
    axis.set_title(f"step {step}: {max(path[step].shape)} pixels", fontsize=9)
    axis.set_axis_off()
figure.suptitle("The picture on its way: first the large strokes, then the fine ones", fontsize=11)
plt.show()

figure, axis = plt.subplots(figsize=(8, 3))
axis.plot(range(1, len(costs)), costs[1:, 0], label="content")
axis.plot(range(1, len(costs)), costs[1:, 1], label="style")
for step in np.cumsum([steps for _, steps, _ in PLAN])[:-1]:
    axis.axvline(step, color="0.6", linewidth=1, linestyle=":")
axis.set(yscale="log", xlabel="step (dotted: the picture is enlarged)", ylabel="relative cost")
axis.set_title("The style is learned, the content is paid for it")
axis.legend()
plt.show()

# %% [markdown]
# *What to notice.* After three steps the colours are going, after thirty the strokes are there. Each time the picture is enlarged, the style cost jumps up by a factor of more than ten, because an enlarged picture is blurred and has no fine strokes. About twenty steps later most of this is made up for. The content cost rises at once and then stays: no picture has both, and the total cost seeks the compromise.
#
# ### How much style, and which pooling?
#
# Smaller pictures are enough for a comparison: three values of $\beta$, and once the max pooling of the original network.

# %%
SHORT = ((128, 70, 12), (192, 50, 8))
runs = {
    "average, β = 1": stylise(photo, painting, SHORT, beta=1),
    "average, β = 10": stylise(photo, painting, SHORT, beta=10),
    "average, β = 100": stylise(photo, painting, SHORT, beta=100),
    "max, β = 100": stylise(photo, painting, SHORT, beta=100, pool="max"),
}
figure, axes = plt.subplots(2, 2, figsize=(8, 5))
for axis, (title, (image, _, history)) in zip(axes.flat, runs.items(), strict=True):
    axis.imshow(np.rint(image).astype(np.uint8), interpolation="bicubic")
    axis.set_title(f"{title}: content {history[-1, 0]:.2f}, style {history[-1, 1]:.3f}", fontsize=10)
    axis.set_axis_off()
figure.suptitle("A larger β: more of the painting, less of the photograph", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* With $\beta = 1$ it is the photograph on a bluish canvas; with 10 the strokes follow the edges of the pagoda; with 100 the sky is van Gogh's. Content and style costs move against each other. Max pooling passes the derivative to one of the nine numbers of a window, average pooling to all of them; with it the strokes become shorter and the large swirls are missing. (Its costs cannot be compared with the other three: its targets are other activations.)

# %% [markdown]
# ## What you built
#
# - `strongest_places`: what a unit of a network looks for.
# - `ascent_step`: a cat that is taken for a toaster, and a pineapple out of noise.
# - `content_cost`: what a picture shows, with its gradient.
# - `gram_matrix` and `layer_style_cost`: how it is painted, with its gradient.
# - `tv_cost` and `train_step`: smoothness, and a picture that is trained.
#
# ## On your own
#
# - Take a photograph of your own (Pillow: `np.array(Image.open(path).convert("RGB"))`, at most 400 pixels), or another pair: the cat, the rocket, or the dahlia as the painting. What does a style become that has no strokes?
# - **Feature inversion:** set $\beta = 0$ and begin with grey noise in place of the photograph. What can be recovered from `fire2`, what from `fire5`, what from `fire9`? Which knowledge about the picture has each layer given up?
# - Really hard: keep the colours of the photograph. One way: transfer the style of the brightness alone, and take the other two coordinates of a colour (as in YCbCr) from the photograph. The other way: before the transfer, change the colours of the *painting* linearly, so that their mean and covariance are those of the photograph. Derive the matrix that does it, and compare.
#
# ## In practice
#
# Frameworks give you the gradient with respect to a picture if you ask for it: `image.requires_grad_()` in PyTorch, `tape.watch(image)` in TensorFlow. VGG-19 is the usual network; its convolutions have about 20 million weights, ours 1.2 million. L-BFGS is the usual optimiser. Training a picture anew for each photograph is slow: Johnson and others train a *network* on the same costs once for each style, which then paints in one forward pass, also films. For saliency maps there is the library Captum, with SmoothGrad and many others.
#
# ## References
#
# - Course 4, week 4, lectures 6 to 10.
# - M. Zeiler and R. Fergus (2013), Visualizing and Understanding Convolutional Networks, arXiv:1311.2901.
# - K. Simonyan, A. Vedaldi and A. Zisserman (2014), Deep Inside Convolutional Networks: Visualising Image Classification Models and Saliency Maps, ICLR workshop.
# - C. Szegedy et al. (2013), Intriguing Properties of Neural Networks, arXiv:1312.6199.
# - D. Smilkov et al. (2017), SmoothGrad: Removing Noise by Adding Noise, arXiv:1706.03825.
# - L. Gatys, A. Ecker and M. Bethge (2015), A Neural Algorithm of Artistic Style, arXiv:1508.06576.
# - A. Mahendran and A. Vedaldi (2015), Understanding Deep Image Representations by Inverting Them, CVPR.
# - J. Johnson, A. Alahi and L. Fei-Fei (2016), Perceptual Losses for Real-Time Style Transfer and Super-Resolution, ECCV.
