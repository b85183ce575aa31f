# %% [markdown]
# You will move a filter over a picture in steps of any length, with a frame of zeros around the picture or without.
# You will know in advance how large the result is, how often each pixel is used, and which pixels each result has seen.

# %% [markdown]
# ## What you will be able to do
#
# - put a frame of zeros around pictures, and compute the size of a result from filter, padding and stride;
# - say what *same* padding means for any filter and any stride;
# - write a convolution with padding and stride;
# - count how often each pixel is used, and say why the border of a picture loses;
# - compute the receptive field of a stack of layers, and the size that a transposed convolution gives back.
#
# **What you need:** how a filter is moved over a picture, from the [lesson before](01_edge_detection.ipynb).
#
# One word has changed. The last lesson said cross-correlation: the filter is laid on as it is, without turning it. Deep learning calls this **convolution**, and from here on so do we.

# %%
import matplotlib.pyplot as plt
import numpy as np

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()


def grey(name, step=1):
    """A photograph without colours, of which every step-th row and column is kept: brightness from 0 to 1."""
    return data.load_photo(name).mean(axis=2)[::step, ::step] / 255


print("the cat:", grey("cat").shape, "and every fourth pixel of it:", grey("cat", 4).shape)

# %% [markdown]
# ## 1. A frame of zeros
#
# *What is wrong with laying the filter only where it fits?*
#
# Two things. First, the picture shrinks. A filter of $f \times f$ has $n - f + 1$ places along an axis of $n$ pixels, so each layer with $f = 3$ takes away two rows and two columns. After ten layers, 20 rows are gone. Second, the pixels at the border are used less than the others: the pixel in the corner lies below the filter in a single place, a pixel in the middle in $f^2$ places.
#
# **Padding** helps against both: before the filter is laid on, $p$ rows of zeros are put above the picture and $p$ below, $p$ columns on the left and $p$ on the right. A layer gets many pictures at a time, as an array of shape $(m, n_H, n_W, n_C)$: number of pictures, height, width, channels. The frame is put around each channel of each picture,
#
# $$(m, \; n_H, \; n_W, \; n_C) \; \to \; (m, \; n_H + 2p, \; n_W + 2p, \; n_C).$$
#
# *On paper.* One picture with one channel, $\begin{bmatrix} 7 & 9 \end{bmatrix}$, and $p = 1$:
#
# $$\begin{bmatrix} 0 & 0 & 0 & 0 \\ 0 & 7 & 9 & 0 \\ 0 & 0 & 0 & 0 \end{bmatrix}, \qquad (1, 1, 2, 1) \to (1, 3, 4, 1).$$
#
# ### Exercise 1: `zero_pad`


# %% exercise="zero_pad"
def zero_pad(images, p):
    """Pictures with a frame of zeros, p pixels wide, around each channel.

    Args:
        images: shape (m, n_H, n_W, n_C), floats or whole numbers, also negative ones; also pixels of type uint8.
        p: rows above and below, columns on the left and on the right; a whole number >= 0, which may be larger than
            the pictures.

    Returns:
        A new array, shape (m, n_H + 2 * p, n_W + 2 * p, n_C): of floats, or of the number type of images. With p = 0 it
        is a copy.

    Example:
        zero_pad(np.array([[[[7], [9]]]]), 1)[0, :, :, 0] is [[0, 0, 0, 0], [0, 7, 9, 0], [0, 0, 0, 0]].
    """
    # 1. Which of the four axes grow? 2. Zeros of the new shape. 3. Where in them do the pictures lie?
    ### BEGIN SOLUTION
    m, n_H, n_W, n_C = images.shape
    shape = m, n_H + 2 * p, n_W + 2 * p, n_C
    padded = np.zeros(shape)  # equivalent "zeros of the first argument's type": either will do
    padded[:, p : p + n_H, p : p + n_W] = images
    return padded
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Begin with `np.zeros` of the new shape. The first picture row lies in row $p$ of the result, the last one in row $p + n_H - 1$.
# </details>
# <details><summary>Hint 2</summary>
#
# Take care with a slice such as `p : -p`: for $p = 0$ it is empty. `p : p + n_H` is right for each $p$. Or look at `np.pad`: it takes a pair (before, after) for each axis.
# </details>

# %% check="zero_pad" points=1
with checks.exercise("zero_pad"):
    images = np.arange(-10.0, 14.0).reshape(3, 1, 2, 4)
    checks.unchanged(zero_pad, images, 1)
    padded = zero_pad(images, 2)
    checks.shape("zero_pad(images, 2), images (3, 1, 2, 4)", padded, (3, 5, 6, 4))
    nothing = [0, 0, 0, 0, 0, 0]
    expected = [nothing, nothing, [0, 0, -1, 3, 0, 0], nothing, nothing]
    slips = {"outside the picture it wants 0, this repeats the border": [[-1, -1, -1, 3, 3, 3]] * 5}
    slips |= {"the picture lies too high: it wants the same number of rows above and below": np.roll(expected, -2, 0)}
    slips |= {"the picture lies in a corner: it wants zeros on all four sides": np.roll(expected, (-2, -2), (0, 1))}
    checks.close("picture 1, channel 1 of zero_pad(images, 2)", padded[1, :, :, 1], expected, mistakes=slips)
    checks.close("zero_pad(images, 0)", zero_pad(images, 0), images)
    ### BEGIN HIDDEN TESTS

    def pixel_by_pixel(images, p):
        m, n_H, n_W, n_C = images.shape
        rows = [row for row in range(-p, n_H + p)]
        columns = [column for column in range(-p, n_W + p)]
        padded = np.zeros((m, len(rows), len(columns), n_C))
        for k, (i, row), (j, column) in (
            (k, i, j) for k in range(m) for i in enumerate(rows) for j in enumerate(columns)
        ):
            if row in range(n_H) and column in range(n_W):
                for c in range(n_C):
                    padded[k, i, j, c] = float(images[k, row, column, c])
        return padded

    def pictures(rng, m, n_H, n_W, n_C, p):
        return rng.normal(0, 1, (m, n_H, n_W, n_C)), p

    small = {"m": 6, "n_H": 5, "n_W": 6, "n_C": 4, "p": (0, 4)}
    one = np.array([[[[2.5, -1.0]]]])
    long = {
        "with p = 60 and a picture of one pixel": (one, 60),
        "with p = 130 and two pixels": (one.reshape(1, 2, 1, 1), 130),
    }
    long |= {"with images around 1e-40": (1e-40 * np.random.default_rng(8).normal(0, 1, (2, 3, 2, 1)), 2)}
    long |= {
        f"with {what}": (np.random.default_rng(len(what)).normal(0, 1, shape), 1)
        for what, shape in {
            "1,200 pictures": (1200, 1, 1, 1),
            "130 rows": (1, 130, 2, 1),
            "131 columns": (1, 2, 131, 1),
            "150 channels": (1, 1, 2, 150),
        }.items()
    }
    domain = {"real": {"images": 300}, "types": ["images"], "pixels": ["images"], "cases": long}
    checks.agrees(zero_pad, pixel_by_pixel, pictures, sizes=small, **domain)
    ### END HIDDEN TESTS

# %%
photo = data.load_photo("coffee")[np.newaxis, ::2, ::2] / 255
figure, axes = plt.subplots(1, 3, figsize=(10, 2.9), width_ratios=[192, 232, 312])
for axis, p in zip(axes, (0, 20, 60), strict=True):
    padded = zero_pad(photo, p)
    axis.imshow(padded[0])
    axis.set_title(f"p = {p}: {padded.shape[1]} × {padded.shape[2]} pixels")
    axis.set_axis_off()
figure.suptitle("Zeros are black: a frame that the filter can stand on", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The photograph is the same, pixel by pixel; only the frame has grown. A filter will now see an edge between the photograph and the frame, although there is none in the scene. This is the price of padding with zeros.
#
# ## 2. How large is the result?
#
# *How many places does the filter have if it moves by more than one pixel at a time?*
#
# The **stride** $s$ is the number of pixels from one place of the filter to the next. With padding, an axis has $n + 2p$ pixels. The first place begins at its pixel 0, the next ones at $s$, $2s$, and so on. The last place must end inside, so it begins at $n + 2p - f$ at most. Hence the number of places is
#
# $$\text{size} = \left\lfloor \frac{n + 2p - f}{s} \right\rfloor + 1 .$$
#
# The brackets say *round down*: if the division leaves a remainder, then the pixels at the far end are not used, because a filter that stands half outside is not allowed.
#
# *On paper.* $n = 7$, $f = 3$, $p = 0$, $s = 2$: $\lfloor 4 / 2 \rfloor + 1 = 3$. With $n = 8$: $\lfloor 5 / 2 \rfloor + 1 = 3$ as well. With $n = 6$, $p = 1$, $s = 1$: $\lfloor 5 / 1 \rfloor + 1 = 6$, so the size is kept.
#
# ### Exercise 2: `output_size`


# %% exercise="output_size"
def output_size(n, f, p=0, s=1):
    """In how many places a filter can lie along one axis.

    Args:
        n: pixels along this axis, a whole number >= 1.
        f: pixels of the filter along this axis, a whole number >= 1.
        p: pixels of padding on each of the two sides, a whole number >= 0.
        s: the stride, a whole number >= 1; it may be larger than the filter, and than the picture.

    Returns:
        The number of places, a whole number >= 1 (an int).

    Raises:
        ValueError: the filter is longer than the axis with its padding.

    Example:
        output_size(7, 3, s=2) is 3, and output_size(6, 3, 1) is 6.
    """
    # 1. Does the filter fit? 2. The formula; round down, and give an int.
    ### BEGIN SOLUTION
    if f > n + 2 * p:
        raise ValueError(f"a filter of {f} pixels does not fit into {n} pixels with {p} more on each side")
    return (n + 2 * p - f) // s + 1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `//` divides whole numbers and rounds down; the result is an int. Ask first whether the filter fits.
# </details>

# %% check="output_size" points=1
with checks.exercise("output_size"):
    for given, size in {(6, 3): 4, (6, 3, 1): 6, (9, 2, 3, 1): 14, (7, 3, 0, 2): 3, (8, 3, 0, 2): 3}.items():
        checks.equal(f"output_size{given}", output_size(*given), size)
    checks.equal("output_size(7, 3, s=2)", output_size(7, 3, s=2), 3)
    checks.whole("output_size(8, 3, 0, 2)", output_size(8, 3, 0, 2))
    checks.raises("output_size(3, 4)", ValueError, output_size, 3, 4)
    checks.raises("output_size(3, 4, 0, 2)", ValueError, output_size, 3, 4, 0, 2)
    ### BEGIN HIDDEN TESTS

    def counted(n, f, p=0, s=1):
        return sum(1 for start in range(0, n + 2 * p, s) if start + f <= n + 2 * p)

    rng = np.random.default_rng(1)
    small = [(n, f, p, s) for n in range(1, 7) for f in range(1, 9) for p in range(4) for s in range(1, 6)]
    large = [tuple(int(k) for k in rng.integers((1, 1, 0, 1), (1200, 400, 200, top))) for top in (3, 60, 5000) * 20]
    for given in [
        *small,
        *large,
        (3000, 3000, 0, 7),
        (1, 2900, 1500, 1),
        (2101, 4, 0, 1),
        (2900, 3, 700, 2500),
        (2, 1001, 500, 1),
        (5, 5),
        (9, 4),
        (9, 4, 2),
    ]:
        if given[1] <= given[0] + 2 * sum(given[2:3]):
            found = output_size(*given)
            checks.whole(f"output_size{given}", found)
            checks.equal(f"output_size{given}", found, counted(*given))
        else:
            checks.raises(f"output_size{given}", ValueError, output_size, *given)
    for given in ((3001, 3000), (2, 1), (1003, 1001, 1), (1003, 1002, 0, 2), (1004, 1001, 1, 1500)):
        n, f, *rest = given
        checks.raises(f"output_size{f, n, *rest}", ValueError, output_size, f - 2 * sum(rest[:1]) - 1, f, *rest)
    checks.equal("output_size(5, 3, s=2)", output_size(5, 3, s=2), 2)
    checks.equal("output_size(5, 3, s=2, p=1)", output_size(5, 3, s=2, p=1), 3)
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(1, 3, figsize=(11, 2.6))
for axis, (n, f, p, s) in zip(axes, ((8, 3, 0, 1), (8, 3, 0, 2), (8, 3, 1, 2)), strict=True):
    places = output_size(n, f, p, s)
    used = {pixel for k in range(places) for pixel in range(k * s - p, k * s - p + f)}
    for pixel in range(-p, n + p):
        color = "white" if pixel not in range(n) else plots.COLORS[5] if pixel in used else plots.COLORS[1]
        axis.barh(0, 0.9, left=pixel + 0.05, color=color, edgecolor="black")
        axis.text(pixel + 0.5, 0, pixel if pixel in range(n) else "", ha="center", va="center")
    for k in range(places):
        axis.barh(k + 1, f - 0.1, left=k * s - p + 0.05, height=0.5, color=plots.COLORS[0])
    axis.set(title=f"p = {p}, s = {s}: {places} places", xticks=[], yticks=[], xlim=(-1.2, 9.2), ylim=(7, -0.6))
    axis.set_axis_off()
figure.suptitle(
    "A row of 8 pixels (above) and the places of a filter with f = 3: white is padding, orange never used", fontsize=11
)
plt.show()

# %% [markdown]
# *What to notice.* With stride 2 and no padding, the last pixel is never used. With $p = 1$ all pixels are used, and it is the zero on the right that the filter never reaches. Whenever the division leaves a remainder, something at the far end is lost: at the right, and at the bottom.
#
# ## 3. Padding that keeps the size
#
# *How many zeros keep a picture as large as it is?*
#
# Two kinds of padding have names. **Valid** means no padding. **Same** means: with stride 1, the result has the size of the picture. So $n + t - f + 1 = n$, where $t$ is the number of zeros on both sides together, and $t = f - 1$. For an odd filter these are $p = (f - 1) / 2$ on each side. This is one reason why nearly all filters have an odd size.
#
# For an even filter $t$ is odd, and one side gets one zero more. And with a stride $s > 1$ the result is smaller than the picture. Frameworks say then: the result has $\lceil n / s \rceil$ places (rounded up), with as few zeros as possible. The last of these places begins at $(\lceil n / s \rceil - 1) \, s$ and is $f$ long; what it lacks are zeros,
#
# $$t = \max \big( (\lceil n / s \rceil - 1) \, s + f - n, \; 0 \big), \qquad \text{before: } \lfloor t / 2 \rfloor, \quad \text{after: } t - \lfloor t / 2 \rfloor .$$
#
# Before is above or on the left, after is below or on the right: if $t$ is odd, there is one row more at the bottom and one column more on the right. The maximum is needed because with $s > f$ the difference can be negative: then pixels are left over, and no zeros are wanted.
#
# *On paper.* $n = 5$, $f = 3$, $s = 1$: $t = 4 + 3 - 5 = 2$, so $(1, 1)$. An even filter, $n = 4$, $f = 2$, $s = 1$: $t = 3 + 2 - 4 = 1$, so $(0, 1)$. A stride, $n = 6$, $f = 3$, $s = 2$: three places, $t = 2 \cdot 2 + 3 - 6 = 1$, so $(0, 1)$, whereas $n = 5$ gives $t = 4 + 3 - 5 = 2$, so $(1, 1)$. With a stride, $t$ depends on $n$.
#
# ### Exercise 3: `same_padding`


# %% exercise="same_padding"
def same_padding(n, f, s=1):
    """How many zeros "same" padding puts before and after the pixels of one axis.

    Args:
        n: pixels along this axis, a whole number >= 1.
        f: pixels of the filter along this axis, a whole number >= 1, odd or even; it may be larger than n.
        s: the stride, a whole number >= 1; it may be larger than f, and than n.

    Returns:
        (before, after), a tuple of two whole numbers (ints): the fewest zeros with which the filter has n / s places,
        rounded up. The zeros are shared out equally; if their number is odd, there is one more after.

    Example:
        same_padding(5, 3) is (1, 1); same_padding(4, 2) is (0, 1); same_padding(6, 3, 2) is (0, 1).
    """
    # 1. How many places? 2. Where does the last one end, and how much is missing? 3. Share it out.
    ### BEGIN SOLUTION
    places = -(-n // s)
    total = max((places - 1) * s + f - n, 0)
    return total // 2, total - total // 2
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Rounded up with whole numbers: `-(-n // s)`, or `(n + s - 1) // s`.
# </details>
# <details><summary>Hint 2</summary>
#
# `total` is the larger of 0 and what the last place lacks. Half of it, rounded down, comes before; the rest comes after.
# </details>

# %% check="same_padding" points=2
with checks.exercise("same_padding"):
    for given, pair in {
        (5, 3): (1, 1),
        (4, 2): (0, 1),
        (6, 3, 2): (0, 1),
        (5, 3, 2): (1, 1),
        (7, 4, 1): (1, 2),
    }.items():
        found = checks.results(f"same_padding{given}", same_padding(*given), ["before", "after"])
        checks.whole(f"same_padding{given}", *found)
        checks.equal(f"same_padding{given}", tuple(found), pair)
    checks.equal("same_padding(5, 1, 3), where the stride is larger", tuple(same_padding(5, 1, 3)), (0, 0))
    ### BEGIN HIDDEN TESTS

    def by_trying(n, f, s=1):
        wanted, total = len(range(0, n, s)), 0
        while len(range(0, n + total - f + 1, s)) < wanted:
            total += 1
        return total // 2, (total + 1) // 2

    rng = np.random.default_rng(3)
    small = [(n, f, s) for n in range(1, 10) for f in range(1, 8) for s in range(1, 7)]
    large = [tuple(int(k) for k in rng.integers(1, (3000, 200, top))) for top in (2, 4, 40, 2500) * 10]
    for given in [*small, *large, (1, 900, 1), (3, 901, 2), (2000, 7, 1999), (5, 4), (1, 1), (8, 5), (2999, 151)]:
        found = checks.results(f"same_padding{given}", same_padding(*given), ["before", "after"])
        checks.whole(f"same_padding{given}", *found)
        checks.equal(f"same_padding{given}", tuple(found), by_trying(*given))
    checks.equal("same_padding(5, 4, s=2)", tuple(same_padding(5, 4, s=2)), (1, 2))
    ### END HIDDEN TESTS

# %%
print("  n   f   s  before after   size")
for n, f, s in ((224, 3, 1), (224, 4, 1), (224, 7, 2), (225, 7, 2), (224, 1, 2)):
    before, after = same_padding(n, f, s)
    print(f"{n:3} {f:3} {s:3} {before:7} {after:5} {output_size(n + before + after, f, 0, s):6}")

# %% [markdown]
# *What to notice.* In the third row, seven pixels and stride 2, the frame is not equally wide on both sides, although the filter is odd. Frameworks differ here: TensorFlow does what you have just written; PyTorch puts $p$ zeros on both sides. Networks that are carried over from one to the other are then shifted by a pixel.
#
# ## 4. The convolution
#
# *How do padding and stride enter the formula?*
#
# Let $\tilde X$ be the picture with its zeros. The place $(i, j)$ of the filter begins at row $i s$ and column $j s$ of $\tilde X$:
#
# $$Z_{ij} = \sum_{a=0}^{f_H - 1} \sum_{b=0}^{f_W - 1} K_{ab} \, \tilde X_{i s + a, \, j s + b} .$$
#
# How many places there are along each axis, exercise 2 knows; how many zeros *same* needs, exercise 3.
#
# *On paper.* $X = [1, 2, 3, 4]$ as a row and $K = [1, 10]$, both of height 1. Stride 2, valid: $[1 + 20, \; 3 + 40] = [21, 43]$. Stride 1, same: one zero on the right, $[21, 32, 43, 4]$.
#
# ### Exercise 4: `conv2d`


# %% exercise="conv2d"
def conv2d(X, K, stride=1, padding=0):
    """The convolution (filter not turned) of a picture without channels, with padding and stride.

    Args:
        X: the picture, shape (n_H, n_W), floats or whole numbers; also pixels of type uint8.
        K: the filter, shape (f_H, f_W), floats or whole numbers; it need not be square.
        stride: s, downwards and to the right, a whole number >= 1.
        padding: a whole number >= 0, the zeros on each of the four sides; or "valid" for none; or "same" for those of
            same_padding, for each axis with its own size and its own length of the filter.

    Returns:
        Z as in the formula, an array of floats; its shape has the number of places along each axis.

    Raises:
        ValueError: padding is another word (also "Same"), or the filter is higher or wider than the picture with its zeros.

    Example:
        conv2d(np.array([[1, 2, 3, 4]]), np.array([[1, 10]]), 2) is [[21, 43]].
    """
    # 1. How many zeros on which side? 2. Put them there. 3. How many places? 4. At each: window times filter, summed.
    ### BEGIN SOLUTION
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(f'padding is a number, "valid" or "same", not {padding!r}')
    rows = columns = (0, 0) if padding == "valid" else (padding, padding)
    (n_H, n_W), (f_H, f_W) = X.shape, K.shape
    if padding == "same":
        rows, columns = same_padding(n_H, f_H, stride), same_padding(n_W, f_W, stride)
    X = np.pad(np.array(X, dtype=float), (rows, columns))
    places = output_size(X.shape[0], f_H, 0, stride), output_size(X.shape[1], f_W, 0, stride)
    Z = np.zeros(places)  # equivalent "zeros → ones", "zeros of the first argument's type": all overwritten; floats
    for i, j in np.ndindex(places):
        Z[i, j] = np.sum(X[i * stride : i * stride + f_H, j * stride : j * stride + f_W] * K)
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Bring the three kinds of padding to one: a pair (before, after) for the rows and one for the columns. Then `np.pad(X, (rows, columns))` puts zeros around a picture, and from there on there is no padding any more.
# </details>
# <details><summary>Hint 2</summary>
#
# The number of places downwards is `output_size(height, f_H, 0, stride)`, where `height` is that of the picture with its zeros. `output_size` also refuses a filter that does not fit.
# </details>
# <details><summary>Hint 3</summary>
#
# Two loops, `i` and `j`, over the places. The window is `X[i * stride : i * stride + f_H, j * stride : j * stride + f_W]`.
# </details>

# %% check="conv2d" points=3
with checks.exercise("conv2d"):
    X = np.array([[1.0, 2, 0, 3], [0, 1, 4, 1], [2, 0, 1, 5], [1, 3, 0, 2], [2, 2, 1, 0]])
    K = np.array([[1.0, 0, 2], [0, -1, 3]])
    checks.unchanged(conv2d, X, K, 2, 1)
    slips = {"the filter is turned here; lay it on as it is": [[5], [8]]}
    checks.close("conv2d(X, K, 2), X (5, 4), K (2, 3)", conv2d(X, K, 2), [[12], [1]], mistakes=slips)
    checks.close('conv2d(X, K, 1, "valid")', conv2d(X, K, 1, "valid"), [[12, 7], [11, 17], [1, 16], [2, 6]])
    checks.close("conv2d(X, K, 3, 2)", conv2d(X, K, 3, 2), [[0, 0], [6, 17], [4, 2]])
    slips = {"the odd zero belongs at the bottom and on the right": [[5, 9], [0, 17], [10, 6]]}
    slips |= {"this is every second result of stride 1; with stride 2 the zeros are others": [[7, 7], [8, 16], [4, 2]]}
    checks.close('conv2d(X, K, 2, "same")', conv2d(X, K, 2, "same"), [[12, -1], [1, -1], [4, 1]], mistakes=slips)
    checks.raises('conv2d(X, K, 1, "full")', ValueError, conv2d, X, K, 1, "full")
    checks.raises("conv2d(X, a filter (6, 1))", ValueError, conv2d, X, np.ones((6, 1)))
    ### BEGIN HIDDEN TESTS

    def by_places(X, K, stride=1, padding=0):
        shape, before = [], []
        for n, f in zip(X.shape, K.shape, strict=True):
            zeros = 0 if padding == "valid" else padding
            if padding == "same":
                shape.append(len(range(0, n, stride)))
                before.append(max(range(0, n, stride)[-1] + f - n, 0) // 2)
            else:
                shape.append(len(range(-zeros, n + zeros - f + 1, stride)))
                before.append(zeros)
        Z = np.zeros(shape)
        for i, j, a, b in np.ndindex(*shape, *K.shape):
            row, column = i * stride + a - before[0], j * stride + b - before[1]
            if 0 <= row < X.shape[0] and 0 <= column < X.shape[1]:
                Z[i, j] += float(K[a, b]) * float(X[row, column])
        return Z

    domain = {"real": {"X": 300, "K": 30}, "types": ["X", "K"], "pixels": ["X"]}
    sizes = {"n_H": 7, "n_W": 6, "f_H": 4, "f_W": 5, "stride": 4}
    for padding in ("same", 2):

        def picture(rng, n_H, n_W, f_H, f_W, stride, padding=padding):
            return rng.uniform(0, 1, (n_H, n_W)), rng.normal(0, 1, (f_H, f_W)), stride, padding

        checks.agrees(conv2d, by_places, picture, sizes=sizes, **domain)
    rng, others = np.random.default_rng(7), {}
    for kind in ("valid", 0, "same", 1, 3, 4, 7) * 25:
        (n_H, n_W), (f_H, f_W), s = rng.integers(1, 10, 2), rng.integers(1, 6, 2), int(rng.integers(1, 6))
        around = 0 if isinstance(kind, str) else 2 * kind
        fits = kind == "same" or (f_H <= n_H + around and f_W <= n_W + around)
        given = rng.normal(0, 1, (n_H, n_W)), rng.normal(0, 1, (f_H, f_W)), s, kind
        words = f"with X {n_H, n_W}, K {f_H, f_W}, stride {s} and padding {kind!r}".replace("np.int64", "")
        if fits:
            others[words] = given
        else:
            checks.raises(words, ValueError, conv2d, *given)
    line, column = rng.normal(0, 1, (1, 131)), rng.normal(0, 1, (125, 2))
    others |= {"with 131 columns": (line, line[:, :2], 1, 0), "with 125 rows": (column, line[:, :1], 1, 1)}
    others |= {
        "with 121 columns in K": (line, line[:, :121], 2, "valid"),
        "with stride 130": (line, line[:, :1], 130, 0),
    }
    others |= {"with 101 rows in K": (column[:7], column[:101], 2, "same")}
    others |= {"with padding of type int64": (column[:5], column[:3], np.int64(2), np.int64(1))}
    bright = np.full((3, 4), 200, dtype=np.uint8)
    others |= {"with pixels (uint8) and whole numbers in K": (bright, np.array([[2, -1], [3, 7]]), 1, "same")}
    others |= {"with X around 1e-40": (1e-40 * column[:9], column[:3], 2, "same")}
    others |= {"with padding 105": (column[:1, :1], column[:2], 50, 105)}

    def small(rng, n, s):
        return rng.normal(0, 1, (n, 3)), rng.normal(0, 1, (1, 2)), s, 0

    checks.agrees(conv2d, by_places, small, sizes={"n": 9, "s": 3}, cases=others)
    for given in ((column, column[:3, :1]), (column, column[:3, :1], 3)):
        checks.close(f"conv2d with {4 - len(given)} options left out", conv2d(*given), by_places(*given))
    for given in ((1, "Same"), (1, ""), (1, "same "), (2, "v"), (2, "VALID"), (1, "zeros"), (1, "0"), (3, "s")):
        checks.raises(
            f"conv2d(X, K, {given[0]}, {given[1]!r})", ValueError, conv2d, np.ones((4, 5)), np.ones((2, 3)), *given
        )
    for shape, *given in (
        ((4, 1),),
        ((1, 5), 3),
        ((6, 2), 3, 1),
        ((2, 7), 1, 1),
        ((4, 2), 2, "valid"),
        ((3, 5), 1, "valid"),
    ):
        checks.raises(
            f"X (3, 4) and a filter {shape}, {given}", ValueError, conv2d, np.ones((3, 4)), np.ones(shape), *given
        )
    ### END HIDDEN TESTS

# %%
start, blur = grey("cat", 4), np.ones((7, 7)) / 49
figure, axes = plt.subplots(2, 4, figsize=(10, 4.2))
for row, padding in zip(axes, ("valid", "same"), strict=True):
    picture = start
    for layer in range(7):
        if layer % 2 == 0:
            axis, (n_H, n_W) = row[layer // 2], picture.shape
            axis.imshow(picture, vmin=0, vmax=1, extent=(-n_W / 2, n_W / 2, -n_H / 2, n_H / 2))
            axis.set(xlim=(-50, 50), ylim=(-34, 34), xticks=[], yticks=[], facecolor="#fbe3d6")
            axis.grid(False)
            axis.set_title(f"{padding}, {layer} layers: {n_H} × {n_W}", fontsize=10)
        picture = conv2d(picture, blur, 1, padding)
figure.suptitle("Layers with filters of 7 × 7: valid ones shrink the picture, same ones keep its size", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Each valid layer takes away six rows and six columns; six of them leave little more than a quarter of the pixels. The same layers keep the size, but look at the border: the zeros flow in and make it dark, layer by layer. Padding keeps the *size*; it does not know what lies outside of the photograph.

# %%
photo = grey("rocket", 3)
figure, axes = plt.subplots(1, 3, figsize=(10, 2.9))
for axis, stride in zip(axes, (1, 2, 4), strict=True):
    Z = conv2d(photo, np.ones((5, 5)) / 25, stride, "same")
    axis.imshow(Z, vmin=0, vmax=1)
    axis.set_title(f"stride {stride}: {Z.shape[0]} × {Z.shape[1]}, {Z.size:,} places")
    axis.set_axis_off()
figure.suptitle("Twice the stride, a quarter of the places: a smaller picture for a quarter of the work", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* A stride of 2 halves height and width, so the layer has a quarter of the products to compute, and the layer behind it as well. What gets lost is the exact place of things.
#
# ## 5. How often is each pixel used?
#
# *Is it true that the border counts less?*
#
# Let us count: in how many places does the filter lie on the pixel $(i, j)$? Along one axis, the place $k$ covers the pixels $k s - p$ to $k s - p + f - 1$ of the picture (the zeros before it have negative numbers). A place of the whole filter is a place downwards together with a place to the right, so the counts along the two axes are multiplied by one another.
#
# *On paper.* One row of $n = 4$ pixels and $f = 3$. Stride 1, no padding: the places cover pixels 0 to 2 and 1 to 3, so the counts are $[1, 2, 2, 1]$. With $p = 1$ there are four places, and the counts are $[2, 3, 3, 2]$. With $p = 0$ and $s = 2$ there is one place: $[1, 1, 1, 0]$. For a picture of $4 \times 4$ pixels without padding, the corner has $1 \cdot 1 = 1$ and the middle $2 \cdot 2 = 4$.
#
# ### Exercise 5: `pixel_uses`


# %% exercise="pixel_uses"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    """In how many places a filter lies on each pixel of a picture.

    Args:
        n_H, n_W: height and width of the picture, whole numbers >= 1.
        f: height and width of the filter, a whole number >= 1.
        p: zeros on each of the four sides, a whole number >= 0.
        s: the stride in both directions, a whole number >= 1.

    Returns:
        The counts, a new array of shape (n_H, n_W): ints, or floats that hold whole numbers. They are for the pixels of
        the picture, not for the zeros around it; a pixel that is never used has 0.

    Raises:
        ValueError: the filter is higher or wider than the picture with its zeros.

    Example:
        pixel_uses(4, 3, 3) is [[1, 1, 1], [2, 2, 2], [2, 2, 2], [1, 1, 1]].
    """
    # 1. Count along one axis: which pixels does each place cover? 2. Do so for both. 3. Multiply: each with each.
    ### BEGIN SOLUTION
    counts = []
    for n in (n_H, n_W):
        covered = np.zeros(n + 2 * p, dtype=int)  # equivalent "2 → 3", "2 → 1": what lies behind the picture is cut off
        for place in range(output_size(n, f, p, s)):
            end = place * s + f
            covered[place * s : end] += 1  # equivalent "+ → -": minus times minus
        counts.append(covered[p : p + n])
    return np.outer(*counts)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# The simplest way is to count: zeros of the size of the picture *with* its frame, and for each place of the filter add 1 to the window that it covers. At the end, cut the frame off.
# </details>
# <details><summary>Hint 2</summary>
#
# Quicker: do so along one axis only, twice. `np.outer(rows, columns)` multiplies each count with each.
# </details>

# %% check="pixel_uses" points=2
with checks.exercise("pixel_uses"):
    down, side = np.array([[1], [2], [2], [1]]), np.ones((1, 4))
    slips = {"these are the counts downwards alone; multiply them by those to the right": down * side}
    slips |= {"add up no counts: each place downwards goes with each one to the right": down + down.T}
    expected = [[1, 2, 2, 1], [2, 4, 4, 2], [2, 4, 4, 2], [1, 2, 2, 1]]
    checks.close("pixel_uses(4, 4, 3)", pixel_uses(4, 4, 3), expected, mistakes=slips)
    checks.close("pixel_uses(4, 3, 3)", pixel_uses(4, 3, 3), [[1, 1, 1], [2, 2, 2], [2, 2, 2], [1, 1, 1]])
    slips = {"this is without padding": [[0] * 5] * 2, "here each pixel has f * f": [[9] * 5] * 2}
    checks.close("pixel_uses(2, 5, 3, 1)", pixel_uses(2, 5, 3, 1), [[4, 6, 6, 6, 4]] * 2, mistakes=slips)
    slips = {"the stride is missing": [[1, 2, 3, 3, 2, 1]] * 3}
    checks.close("pixel_uses(3, 6, 3, 0, 2)", pixel_uses(3, 6, 3, 0, 2), [[1, 1, 2, 1, 1, 0]] * 3, mistakes=slips)
    checks.raises("pixel_uses(5, 3, 4)", ValueError, pixel_uses, 5, 3, 4)
    ### BEGIN HIDDEN TESTS

    def by_marking(n_H, n_W, f, p=0, s=1):
        uses = np.zeros((n_H, n_W), dtype=int)
        for top in range(-p, n_H + p - f + 1, s):
            for left in range(-p, n_W + p - f + 1, s):
                uses[max(top, 0) : max(top + f, 0), max(left, 0) : max(left + f, 0)] += 1
        return uses

    rng, others = np.random.default_rng(11), {}
    for _ in range(160):
        given = tuple(int(k) for k in rng.integers((1, 1, 1, 0, 1), (10, 10, 7, 5, 6)))
        if max(given[2] - given[0], given[2] - given[1]) <= 2 * given[3]:
            others[f"in pixel_uses{given}"] = given
        else:
            checks.raises(f"pixel_uses{given}", ValueError, pixel_uses, *given)
    for given in (
        (130, 3, 2, 0, 1),
        (2, 140, 2, 1, 1),
        (3, 4, 3, 0, 1),
        (9, 1, 1, 0, 9),
        (2, 3, 120, 60, 1),
        (1, 2, 2, 130, 40),
        (120, 5, 3, 1, 110),
        (103, 104, 51, 0, 1),
    ):
        others[f"in pixel_uses{given}"] = given

    def draw(rng, n_H, n_W, f, p, s):
        return n_H + f - 1, n_W + f - 1, f, p, s

    sizes = {"n_H": 6, "n_W": 7, "f": 4, "p": (0, 3), "s": 4}
    checks.agrees(pixel_uses, by_marking, draw, sizes=sizes, cases=others)
    for given in ((5, 4, 3), (3, 4, 2, 1)):
        checks.close(f"pixel_uses{given}", pixel_uses(*given), by_marking(*given))
    total = float(np.sum(pixel_uses(103, 104, 51), dtype=float))
    checks.equal("the sum of pixel_uses(103, 104, 51): 53 * 54 places of 51 * 51 pixels", total, 53 * 54 * 51 * 51)
    checks.close("pixel_uses(6, 5, 3, s=2)", pixel_uses(6, 5, 3, s=2), by_marking(6, 5, 3, 0, 2))
    for given in ((5, 8, 6), (8, 5, 6), (2, 9, 5, 1, 2), (9, 2, 5, 1, 3)):
        checks.raises(f"pixel_uses{given}", ValueError, pixel_uses, *given)
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(1, 3, figsize=(11, 3.4))
for axis, (p, s) in zip(axes, ((0, 1), (2, 1), (1, 2)), strict=True):
    uses = pixel_uses(8, 9, 5, p, s)
    shown = axis.imshow(uses, cmap="viridis", vmin=0, vmax=25)
    for (i, j), count in np.ndenumerate(uses):
        axis.text(j, i, int(count), ha="center", va="center", fontsize=8, color="white" if count < 15 else "black")
    axis.set(title=f"p = {p}, s = {s}: corner {int(uses[0, 0])}, at most {int(uses.max())}", xticks=[], yticks=[])
    axis.grid(False)
figure.colorbar(shown, ax=axes, label="times used", shrink=0.8)
figure.suptitle("A filter of 5 × 5 on 8 × 9 pixels: the corners are used least, with padding as well")
plt.show()

# %% [markdown]
# *What to notice.* Without padding, the corner is used once and the middle 20 times. Same padding ($p = 2$) gives the corner 9 and the middle 25. With stride 1, a frame of $p = f - 1$ makes all pixels used equally often, and then the picture grows (try it). With stride 2 the counts form a pattern: neighbours are not used equally often. We shall meet it again in section 7.
#
# ## 6. What a result has seen
#
# *A filter of 3 × 3 sees nine pixels. How does a network recognise a whole cat?*
#
# By layers. The **receptive field** of a result is the part of the picture from which it is computed. A result of the second layer sees 3 × 3 results of the first one, and each of these has seen 3 × 3 pixels, moved by one: together 5 × 5.
#
# Along one axis, after some layers, three numbers say everything: the **size** $r$ of the receptive field; the **jump** $j$, how many pixels lie between the first pixels of two neighbours' fields, counted from one to the next; and the first pixel $q$ that place 0 sees. Then place $i$ sees the pixels
#
# $$q + i \, j, \; \dots, \; q + i \, j + r - 1,$$
#
# as far as they lie in the picture; the others are zeros of a padding. Before the first layer, each pixel sees itself: $r = 1$, $j = 1$, $q = 0$. A layer with $f$, $p$, $s$ looks at $f$ neighbours, which are $j$ apart. It begins $p$ places further to the left. Its own neighbours are $s$ places apart, each of them $j$ pixels:
#
# $$r \leftarrow r + (f - 1) \, j, \qquad q \leftarrow q - p \, j, \qquad j \leftarrow j \, s .$$
#
# The jump $j$ in the first two formulas is the one from *before* this layer.
#
# *On paper.* A layer with $f = 3$, $p = 1$, $s = 2$: $r = 3$, $q = -1$, $j = 2$. After it $f = 5$, $p = 0$, $s = 3$: $r = 3 + 4 \cdot 2 = 11$, $q = -1$, $j = 6$. Place 1 sees the pixels 5 to 15.
#
# ### Exercise 6: `receptive_field`


# %% exercise="receptive_field"
def receptive_field(layers):
    """Which pixels a place in the last of several layers sees, along one axis.

    Args:
        layers: a list of tuples (f, p, s), the layer next to the picture first: length of the filter >= 1, padding on
            each side >= 0, stride >= 1, whole numbers. It may be empty: a pixel sees itself.

    Returns:
        (r, j, q), a tuple of three whole numbers (ints): size of the receptive field, jump, first pixel of place 0 (0 or
        negative, if it begins in the padding). The size is not cut at the border of a picture.

    Example:
        receptive_field([(3, 1, 2), (5, 0, 3)]) is (11, 6, -1); receptive_field([]) is (1, 1, 0).
    """
    # 1. What does a pixel see? 2. From the first layer to the last: which of the three must change last?
    ### BEGIN SOLUTION
    r, j, q = 1, 1, 0
    for f, p, s in layers:
        r += (f - 1) * j
        q -= p * j
        j *= s
    return r, j, q
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# One loop, `for f, p, s in layers:`, with the three formulas in the order of the text. The jump comes last, because the two others need the old one.
# </details>

# %% check="receptive_field" points=2
with checks.exercise("receptive_field"):
    layers = [(3, 1, 2), (5, 0, 3), (2, 1, 2)]
    checks.unchanged(receptive_field, layers)
    for number, three in enumerate([(1, 1, 0), (3, 2, -1), (11, 6, -1), (17, 12, -7)]):
        found = checks.results(f"receptive_field({layers[:number]})", receptive_field(layers[:number]), ["r", "j", "q"])
        checks.whole(f"receptive_field({layers[:number]})", *found)
        checks.equal(f"receptive_field({layers[:number]})", tuple(found), three)
    checks.equal("receptive_field([(3, 1, 1)] * 10)", tuple(receptive_field([(3, 1, 1)] * 10)), (21, 1, -10))
    ### BEGIN HIDDEN TESTS

    def traced_back(layers):
        ends = []
        for place in (0, 1):
            left = right = place
            for f, p, s in layers[::-1]:
                left, right = left * s - p, right * s - p + f - 1
            ends.append((left, right))
        return ends[0][1] - ends[0][0] + 1, ends[1][0] - ends[0][0], ends[0][0]

    def stack(rng, number):
        return [tuple(int(k) for k in rng.integers((1, 0, 1), (8, 5, 4))) for _ in range(number)]

    rng = np.random.default_rng(13)
    stacks = [stack(rng, number) for number in (0, 1, 2, 3, 4, 5, 9) * 12]
    stacks += [
        [(3, 1, 1)] * 150,
        [(1, 0, 1)] * 3,
        [(1, 0, 2)] * 12,
        [(2, 0, 2)] * 20,
        [(1, 3, 1)],
        [(2, 5, 7), (1, 1, 1)],
    ]
    stacks += [
        [(3, 1, 2)] * 40,
        [(1500, 0, 1)],
        [(3, 900, 1)],
        [(3, 1, 1200), (3, 1, 1)],
        [(3, 1, 2)] + [(3, 0, 1)] * 120 + [(5, 2, 2)],
    ]
    for layers in stacks:
        words = f"receptive_field({layers if len(layers) < 6 else f'{len(layers)} layers, the first {layers[0]}'})"
        found = checks.results(words, receptive_field(layers), ["r", "j", "q"])
        checks.whole(words, *found)
        checks.equal(words, tuple(found), traced_back(layers))
        checks.unchanged(receptive_field, layers)
    ### END HIDDEN TESTS

# %%
layers, n, place = [(3, 1, 2), (3, 1, 1), (3, 1, 2)], 16, 2
sizes = [n]
for f, p, s in layers:
    sizes.append(output_size(sizes[-1], f, p, s))
figure, axis = plt.subplots(figsize=(8, 3.4))
for level, size in enumerate(sizes):
    jump, begin = receptive_field(layers[:level])[1:]
    centre = begin + (receptive_field(layers[:level])[0] - 1) / 2
    r, j, q = receptive_field(layers[level:])
    for i in range(min(0, q + place * j), max(size, q + place * j + r)):
        is_seen, is_real = q + place * j <= i < q + place * j + r, 0 <= i < size
        color = plots.COLORS[1] if is_seen and is_real else "white"
        axis.plot(
            centre + i * jump, level, "s", markersize=16, color=color, markeredgecolor="black" if is_real else "#bbbbbb"
        )
    names = ("picture", *(f"layer {k}: s = {s}" for k, (f, p, s) in enumerate(layers, 1)))
    axis.text(-6.8, level, f"{names[level]}\n{size} places", va="center", fontsize=9)
axis.set(xlim=(-7, 17), ylim=(-0.6, 3.6))
axis.set_axis_off()
axis.set_title(f"One place of the third layer has seen {receptive_field(layers)[0]} pixels (orange)")
plt.show()

# %% [markdown]
# *What to notice.* Read it from above: one place of layer 3 looks at three of layer 2, these at five of layer 1, and these at eleven pixels. Each picture of a square lies above the middle of what it sees. Strides make the jump larger, and every later filter then reaches further.

# %%
depths = range(13)
kinds = {
    "stride 1 in all layers": [(3, 1, 1)] * 12,
    "stride 2 in every third layer": [(3, 1, 1), (3, 1, 1), (3, 1, 2)] * 4,
    "stride 2 in all layers": [(3, 1, 2)] * 12,
}
figure, axes = plt.subplots(1, 2, figsize=(11, 3.6), width_ratios=[1, 1.15])
for name, layers in kinds.items():
    axes[0].plot(depths, [receptive_field(layers[:depth])[0] for depth in depths], label=name)
axes[0].set(
    yscale="log", xlabel="layers of 3 × 3", ylabel="receptive field (pixels)", title="Without strides it grows slowly"
)
axes[0].legend(fontsize=8)
axes[1].imshow(grey("cat"))
for number, depth in enumerate((3, 6, 9, 12)):
    r, j, q = receptive_field(kinds["stride 2 in every third layer"][:depth])
    i, k = 110 // j, 190 // j
    color, name = plots.COLORS[(5, 2, 4, 1)[number]], f"{depth} layers: {r} × {r}"
    corner = q + k * j - 0.5, q + i * j - 0.5
    axes[1].add_patch(plt.Rectangle(corner, r, r, fill=False, linewidth=2, edgecolor=color, label=name))
axes[1].legend(fontsize=8, loc="upper right")
axes[1].set_title("What one result sees after 3, 6, 9 and 12 layers")
axes[1].set_axis_off()
plt.show()

# %% [markdown]
# *What to notice.* After twelve layers with stride 1, a result has seen 25 × 25 pixels, not even an eye of the cat. With a stride of 2 in every third layer, it has seen 91 × 91. This is how classical networks are built: some layers, then a step that halves the picture, and so on.
#
# But are all pixels of a receptive field equally important? Put a single pixel of brightness 1 into a black picture and look where its light goes after ten layers of the filter whose nine numbers are all $1/9$. Because this filter is the same when it is turned, this is also the weight with which each pixel enters the result in the middle.

# %%
spot = np.zeros((31, 31))
spot[15, 15] = 1
for _ in range(10):
    spot = conv2d(spot, np.ones((3, 3)) / 9, 1, "same")
size = receptive_field([(3, 1, 1)] * 10)[0]
inner = spot[10:21, 10:21].sum()
figure, axis = plt.subplots(figsize=(5.6, 4))
shown = axis.imshow(100 * spot, cmap="viridis")
axis.add_patch(plt.Rectangle((15 - size / 2, 15 - size / 2), size, size, fill=False, edgecolor="white", linestyle="--"))
axis.add_patch(plt.Rectangle((9.5, 9.5), 11, 11, fill=False, edgecolor=plots.COLORS[4], linewidth=2))
axis.set(
    xticks=[], yticks=[], title=f"The inner 11 × 11 pixels of {size} × {size} have {100 * inner:.0f} % of the weight"
)
axis.grid(False)
figure.colorbar(shown, label="weight of this pixel (%)")
plt.show()

# %% [markdown]
# *What to notice.* The receptive field is 21 × 21 (dashed). But there are many more paths from a pixel in the middle to the result than from one in the corner, so the weights form a bell, and the inner quarter has over 90 % of the weight. The **effective** receptive field is smaller than the formula says.
#
# ## 7. The way back: transposed convolution
#
# *A picture has become small. Which layer makes it large again?*
#
# To colour a picture, or to say of each pixel what it belongs to, a network needs a result as large as the picture. The **transposed convolution** turns the roles around: where a convolution *reads* a window of $f \times f$ numbers and gives one, the transposed one takes one number, multiplies the whole filter by it, and *adds* that to a window of $f \times f$ of the result. The windows lie where those of a convolution with the same $f$, $p$, $s$ lie, and what falls into the frame of $p$ is cut off.
#
# So its size is the inverse of exercise 2: from $n$ places, find the size whose convolution has $n$ places. The $n$ windows cover $(n - 1) s + f$ pixels, and the frame is cut off on both sides:
#
# $$\text{size} = (n - 1) \, s + f - 2p + e .$$
#
# What is $e$? Exercise 2 rounds down, so up to $s$ different sizes give the same number of places. The formula with $e = 0$ gives the smallest of them; $e = 0, \dots, s - 1$ extra rows choose among them.
#
# *On paper.* $f = 3$, $p = 1$, $s = 2$ makes 4 places of 7 pixels, and of 8. Back from $n = 4$: $3 \cdot 2 + 3 - 2 = 7$ with $e = 0$, and 8 with $e = 1$.
#
# ### Exercise 7: `transposed_size`


# %% exercise="transposed_size"
def transposed_size(n, f, p=0, s=1, extra=0):
    """The size of the result of a transposed convolution along one axis.

    Args:
        n: the number of places that it begins with, a whole number >= 1.
        f: length of the filter, a whole number >= 1.
        p: what is cut off on each of the two sides, a whole number >= 0.
        s: the stride, a whole number >= 1.
        extra: e in the formula, a whole number from 0 to s - 1.

    Returns:
        The size in pixels, a whole number >= 1 (an int).

    Raises:
        ValueError: extra is below 0 or above s - 1, or the size, with extra, is below 1.

    Example:
        transposed_size(4, 3, 1, 2) is 7, and transposed_size(4, 3, 1, 2, 1) is 8.
    """
    # 1. Is extra allowed? 2. The formula. 3. Is anything left?
    ### BEGIN SOLUTION
    size = (n - 1) * s + f - 2 * p + extra
    if not 0 <= extra < s or size < 1:
        raise ValueError(f"no size for n={n}, f={f}, p={p}, s={s}, extra={extra}")
    return size
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Python understands `0 <= extra < s`. Two reasons to refuse, and each of them alone is enough.
# </details>

# %% check="transposed_size" points=1
with checks.exercise("transposed_size"):
    for given, size in {(4, 3, 1, 2): 7, (4, 3, 1, 2, 1): 8, (5, 3): 7, (5, 4, 1): 6, (3, 2, 0, 4): 10}.items():
        checks.equal(f"transposed_size{given}", transposed_size(*given), size)
    checks.raises("transposed_size(4, 3, 1, 2, 2)", ValueError, transposed_size, 4, 3, 1, 2, 2)
    checks.raises("transposed_size(4, 3, 1, 2, -1)", ValueError, transposed_size, 4, 3, 1, 2, -1)
    checks.raises("transposed_size(1, 2, 1)", ValueError, transposed_size, 1, 2, 1)
    ### BEGIN HIDDEN TESTS

    def by_windows(n, f, p=0, s=1, extra=0):
        reached = 0
        for place in range(n):
            reached = place * s + f
        return len(range(p, reached + extra - p))

    rng = np.random.default_rng(17)
    small = [
        (n, f, p, s, e)
        for n in range(1, 5)
        for f in range(1, 5)
        for p in range(4)
        for s in range(1, 4)
        for e in range(-1, 4)
    ]
    large = [tuple(int(k) for k in rng.integers((1, 1, 0, 1, 0), (900, 90, 40, 60, 70))) for _ in range(60)]
    others = [
        (1000, 3),
        (7, 5, 2),
        (9, 4, 1, 3),
        (1, 1, 1500, 3200, 3000),
        (1, 1200),
        (2, 3, 1, 1000, 999),
        (2000, 1, 900, 2),
    ]
    for given in [*small, *large, *others]:
        n, f, p, s, extra = (*given, *(0, 1, 0)[len(given) - 2 :])
        size = by_windows(*given)
        if extra in range(s) and size:
            found = transposed_size(*given)
            checks.whole(f"transposed_size{given}", found)
            checks.equal(f"transposed_size{given}", found, size)
        else:
            checks.raises(f"transposed_size{given}", ValueError, transposed_size, *given)
    checks.equal("transposed_size(3, 2, s=4)", transposed_size(3, 2, s=4), 10)
    checks.equal("transposed_size(3, 2, s=4, extra=3)", transposed_size(3, 2, s=4, extra=3), 13)
    ### END HIDDEN TESTS

# %% [markdown]
# How many numbers are added up in each pixel of the result? The windows are those of a convolution, so you have counted this already: it is `pixel_uses` of the *result*. Let every number and every weight be 1; then the counts are the picture that comes out.

# %%
figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.6))
for axis, (f, p) in zip(axes, ((3, 1), (5, 2), (4, 1)), strict=True):
    size = transposed_size(8, f, p, 2)
    counts = pixel_uses(size, size, f, p, 2)
    shown = axis.imshow(counts, vmin=0, vmax=9)
    middle = np.unique(counts[2:-2, 2:-2]).astype(int)
    axis.set_title(f"f = {f}, p = {p}: {size} × {size}\nin the middle {', '.join(map(str, middle))}")
    axis.set(xticks=[], yticks=[])
    axis.grid(False)
figure.colorbar(shown, ax=axes, label="numbers added", shrink=0.8)
figure.suptitle("Transposed convolutions with stride 2 draw a chessboard, unless the stride divides f", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* With $f = 3$ and stride 2, a pixel gets one, two or four numbers, depending on where it lies: a chessboard. Pictures that early networks had drawn showed such patterns. With $f = 4$, which the stride divides, each pixel of the middle gets four. The learned weights could make up for the differences, but it is better not to make them.

# %% [markdown]
# ## What you built
#
# - `zero_pad`: a frame of zeros around the pictures of a layer.
# - `output_size` and `same_padding`: sizes, and the zeros that keep them, with any filter and stride.
# - `conv2d`: the convolution with padding and stride.
# - `pixel_uses`: how often each pixel is used, with the border and the chessboard in it.
# - `receptive_field` and `transposed_size`: what a result has seen, and the way back.
#
# ## On your own
#
# Which pixels does place $i$ of the last layer see *really*, that is, without those that lie in the padding of any layer? Write `pixels_seen(i, n, layers)`, which goes back from the last layer to the picture and cuts at the borders of *each* layer. Test it with `conv2d`: change one pixel after the other, and note which of them change the result. When is cutting once, at the end, not the same? (Look for a stride that leaves a remainder.)
#
# ## In practice
#
# `np.pad` pads, also with mirrored pixels (`mode="reflect"`), which avoids the dark border. `torch.nn.Conv2d(stride=2, padding=1)` takes the same $p$ on both sides, `padding="same"` only for stride 1; `tf.keras.layers.Conv2D(padding="same")` is your `same_padding`. Both know one more number, `dilation`: gaps between the numbers of the filter, which widen the receptive field. `ConvTranspose2d` calls $e$ `output_padding`.
#
# ## References
#
# - Course 4, week 1, lectures 4 and 5.
# - V. Dumoulin and F. Visin (2016), A guide to convolution arithmetic for deep learning, arXiv:1603.07285.
# - W. Luo, Y. Li, R. Urtasun and R. Zemel (2016), Understanding the Effective Receptive Field in Deep Convolutional Neural Networks, NIPS.
# - A. Odena, V. Dumoulin and C. Olah (2016), Deconvolution and Checkerboard Artifacts, Distill.
