# %% [markdown]
# You will find the edges in a photograph with filters of nine numbers, and then let gradient descent find such a filter by itself.
# On the way you see what a convolution is as a matrix, and why a picture needs one.

# %% [markdown]
# ## What you will be able to do
#
# - say how many parameters a dense layer needs on a picture, and how many a filter needs;
# - write the operation that deep learning calls *convolution*, and say what mathematicians call so;
# - build the filters of Prewitt, Sobel and Scharr, and measure the strength of an edge in any direction;
# - write a convolution as a matrix, and see in it which weights are shared and which are zero;
# - derive the gradient with respect to a filter, and learn a filter from examples.
#
# **What you need:** gradient descent from [course 1, week 2](../../../course1_nn/release/week2_neural_network_basics/02_derivatives_and_gradient_descent.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade

plots.use_style()


def grey(name):
    """A photograph without colours: brightness from 0 (black) to 1 (white), shape (n_H, n_W)."""
    return data.load_photo(name).mean(axis=2) / 255


for name in ("cat", "rocket", "coffee", "astronaut"):
    print(f"{name:10} {grey(name).shape}")

# %% [markdown]
# ## 1. Why pictures need something new
#
# *Why not give the pixels to a dense network, as in course 1?*
#
# A picture has the shape $(n_H, n_W, n_C)$: height, width and channels; a picture in colour has three channels. Its numbers in one column are $n_H \cdot n_W \cdot n_C$ inputs. A dense layer of $n$ units has one weight for each input and each unit, and one bias for each unit:
#
# $$n \, (n_H \, n_W \, n_C + 1) \text{ parameters}.$$
#
# A filter, the subject of this lesson, is a small array that is moved over the picture. It has $f_H \cdot f_W \cdot n_C$ weights and one bias, however large the picture is.
#
# *On paper.* A picture of $2 \times 3$ pixels with 3 channels, and 4 units: $4 \cdot (18 + 1) = 76$ parameters. Four filters of $1 \times 2$ pixels: $4 \cdot (6 + 1) = 28$.
#
# ### Exercise 1: `count_parameters`


# %% exercise="count_parameters"
def count_parameters(picture, units, window=None):
    """How many parameters a layer has that looks at a picture.

    Args:
        picture: the shape (n_H, n_W, n_C), a tuple of whole numbers >= 1.
        units: the number of units or of filters, a whole number >= 1.
        window: None for a dense layer. Else the shape (f_H, f_W) of a filter, whole numbers >= 1.

    Returns:
        The number of weights and biases, a whole number (int).

    Raises:
        ValueError: the filter is higher or wider than the picture.

    Example:
        count_parameters((2, 3, 3), 4) is 76; count_parameters((2, 3, 3), 4, (1, 2)) is 28.
    """
    # 1. How many numbers does a unit see, how many a filter? 2. One weight for each of them, and a bias.
    ### BEGIN SOLUTION
    n_H, n_W, n_C = picture
    f_H, f_W = (n_H, n_W) if window is None else window
    if f_H > n_H or f_W > n_W:
        raise ValueError(f"a filter of {f_H} x {f_W} does not fit into a picture of {n_H} x {n_W}")
    return units * (f_H * f_W * n_C + 1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# A dense unit is a filter as large as the picture: one formula does both.
# </details>

# %% check="count_parameters" points=1
with checks.exercise("count_parameters"):
    checks.equal("count_parameters((2, 3, 3), 4)", count_parameters((2, 3, 3), 4), 76)
    checks.equal("count_parameters((2, 3, 3), 4, (1, 2))", count_parameters((2, 3, 3), 4, (1, 2)), 28)
    checks.equal("count_parameters((1000, 1000, 3), 1000)", count_parameters((1000, 1000, 3), 1000), 3_000_001_000)
    checks.raises("count_parameters((2, 3, 3), 4, (3, 2))", ValueError, count_parameters, (2, 3, 3), 4, (3, 2))
    ### BEGIN HIDDEN TESTS

    def one_by_one(picture, units, window=None):
        seen = np.ones(picture if window is None else (*window, picture[2]), dtype=np.int8)
        return sum(int(seen.size) + 1 for _ in range(units))

    rng = np.random.default_rng(2)
    for _ in range(60):
        picture = tuple(int(n) for n in rng.integers(1, 20, 3))
        units, window = int(rng.integers(1, 30)), tuple(int(rng.integers(1, n + 1)) for n in picture[:2])
        for given in ((picture, units), (picture, units, None), (picture, units, window), (picture, 1, picture[:2])):
            found = count_parameters(*given)
            checks.whole(f"count_parameters{given}", found)
            checks.equal(f"count_parameters{given}", found, one_by_one(*given))
    for given in (((5, 3, 1), 2, (3, 4)), ((3, 5, 1), 2, (4, 3)), ((1, 9, 3), 1, (2, 9)), ((9, 1, 3), 1, (9, 2))):
        checks.raises(f"count_parameters{given}", ValueError, count_parameters, *given)
    checks.equal("count_parameters((5, 3, 1), 2, (5, 3))", count_parameters((5, 3, 1), 2, (5, 3)), 32)
    ### END HIDDEN TESTS

# %% [markdown]
# A picture from a telephone with 1000 × 1000 pixels and a layer of 1,000 units: three billion parameters. Nobody has enough pictures to learn so many. Ten filters of 3 × 3 with three channels: 280 parameters.
#
# ## 2. Moving a filter over a picture
#
# *How does one find an edge?*
#
# At an edge, the pixels on one side are brighter than those on the other. So take the difference. A **filter** (or **kernel**) $K$ of shape $(f_H, f_W)$ is laid on the picture $X$; each number of the filter is multiplied by the pixel below it, and all products are added up. This gives one number. Then the filter moves by one pixel:
#
# $$Z_{ij} = \sum_{a=0}^{f_H - 1} \sum_{b=0}^{f_W - 1} K_{ab} \, X_{i + a, \, j + b}, \qquad i = 0, \dots, n_H - f_H, \quad j = 0, \dots, n_W - f_W .$$
#
# The result has the shape $(n_H - f_H + 1, \; n_W - f_W + 1)$: that is how many places the filter has. Mathematicians call this the **cross-correlation** of $X$ and $K$.
#
# *On paper.* The filter of the lecture for vertical edges, on a picture that is bright on the left:
#
# $$X = \begin{bmatrix} 10 & 10 & 0 & 0 \\ 10 & 10 & 0 & 0 \\ 10 & 10 & 0 & 0 \end{bmatrix}, \quad K = \begin{bmatrix} 1 & 0 & -1 \\ 1 & 0 & -1 \\ 1 & 0 & -1 \end{bmatrix}, \quad Z = [30, \; 30].$$
#
# With $K$ mirrored left to right, $Z = [-30, -30]$: the sign says whether it becomes darker or brighter from left to right.
#
# ### Exercise 2: `cross_correlate2d`


# %% exercise="cross_correlate2d"
def cross_correlate2d(X, K):
    """The cross-correlation of a picture and a filter, at all places where the filter lies inside the picture.

    Args:
        X: a picture without channels, shape (n_H, n_W), floats or whole numbers; also pixels of type uint8.
        K: the filter, shape (f_H, f_W), floats or whole numbers; it need not be square.

    Returns:
        Z as in the formula, floats, shape (n_H - f_H + 1, n_W - f_W + 1).

    Raises:
        ValueError: the filter is higher or wider than the picture.

    Example:
        cross_correlate2d(np.array([[10, 10, 0, 0]]), np.array([[1, 0, -1]])) is [[10, 10]].
    """
    # 1. Does the filter fit? 2. For each place: the window of X below the filter, times K, added up.
    ### BEGIN SOLUTION
    (n_H, n_W), (f_H, f_W) = X.shape, K.shape
    if f_H > n_H or f_W > n_W:
        raise ValueError(f"a filter of {f_H} x {f_W} does not fit into a picture of {n_H} x {n_W}")
    Z = np.zeros((n_H - f_H + 1, n_W - f_W + 1))
    for a in range(f_H):
        for b in range(f_W):
            Z += K[a, b] * X[a : a + Z.shape[0], b : b + Z.shape[1]].astype(float)
    return Z
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Two loops over the places: `i` in `range(n_H - f_H + 1)` and `j` in the same way. The window is `X[i : i + f_H, j : j + f_W]`.
# </details>
# <details><summary>Hint 2</summary>
#
# Much faster: two loops over the numbers of the *filter*. `K[a, b]` is multiplied by the whole part of the picture that it meets on its way, `X[a : a + height, b : b + width]`, and all these arrays are added up. The difference of two pixels of type uint8 wraps below 0: make them floats first.
# </details>

# %% check="cross_correlate2d" points=2
with checks.exercise("cross_correlate2d"):
    X = np.array([[10.0, 10, 0, 0, 7], [10, 10, 0, 0, 7], [10, 10, 0, 0, 9]])
    K = np.array([[1.0, 0, -1], [1, 0, -1], [2, 0, -3]])
    checks.unchanged(cross_correlate2d, X, K)
    slips = {"the filter was turned by 180 degrees; lay it on as it is": [[-50, -50, 30]]}
    slips |= {"this is the mean over the window; it wants the sum": [[40 / 9, 40 / 9, -41 / 9]]}
    checks.close(
        "cross_correlate2d(X, K), X (3, 5), K (3, 3)", cross_correlate2d(X, K), [[40, 40, -41]], mistakes=slips
    )
    wide = np.array([[1.0, 2.0]])
    checks.close(
        "cross_correlate2d(X, [[1, 2]])",
        cross_correlate2d(X, wide),
        np.array([[30, 10, 0, 14]] * 2 + [[30, 10, 0, 18]]),
    )
    checks.close("cross_correlate2d(X, [[3]])", cross_correlate2d(X, np.array([[3.0]])), 3 * X)
    checks.raises("cross_correlate2d(X, a filter (4, 1))", ValueError, cross_correlate2d, X, np.ones((4, 1)))
    ### BEGIN HIDDEN TESTS

    def place_by_place(X, K):
        Z = np.zeros((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1))
        for i, j, a, b in np.ndindex(*Z.shape, *K.shape):
            Z[i, j] += float(K[a, b]) * float(X[i + a, j + b])
        return Z

    def picture(rng, n_H, n_W, f_H, f_W):
        n_H, n_W = n_H + f_H - 1, n_W + f_W - 1
        return rng.uniform(0, 1, (n_H, n_W)), rng.normal(0, 1, (f_H, f_W))

    sizes = {"n_H": 12, "n_W": 12, "f_H": 5, "f_W": 4}
    domain = {"real": {"X": 300, "K": 30}, "types": ["X", "K"], "pixels": ["X"], "apart": False}
    large = np.random.default_rng(4).normal(0, 1, (120, 3)), np.array([[1.0, 2.0, -1.0]])
    others = {"with a high picture": large, "with a wide picture": (large[0].T, large[1].T)}
    long = np.random.default_rng(5).normal(0, 1, (131, 2)), np.random.default_rng(6).normal(0, 1, (130, 1))
    others["with a large pixel that meets a 0"] = np.array([[1.0, 2, 3, 5, 4, 6, 1e12]]), np.array([[1.0, -1, 0]])
    others |= {"with 130 rows in the filter": long, "with 130 columns in the filter": (long[0].T, long[1].T)}
    checks.agrees(cross_correlate2d, place_by_place, picture, sizes=sizes, cases=others, **domain)
    for shape in ((3, 4), (4, 3), (9, 1), (1, 9)):
        checks.raises(f"X (3, 3) and a filter {shape}", ValueError, cross_correlate2d, X[:, :3], np.ones(shape))
    ### END HIDDEN TESTS

# %%
photo = grey("rocket")
vertical = np.array([[1.0, 0, -1], [1, 0, -1], [1, 0, -1]])
figure, axes = plt.subplots(1, 3, figsize=(10, 2.9))
for axis, picture, title in zip(
    axes,
    (photo, cross_correlate2d(photo, vertical), cross_correlate2d(photo, vertical.T)),
    ("the photograph", "vertical edges", "horizontal edges"),
    strict=True,
):
    reach = 1 if picture is photo else 1.2
    shown = axis.imshow(
        picture, cmap="gray" if picture is photo else "RdBu", vmin=1 - reach if picture is photo else -reach, vmax=reach
    )
    axis.set_title(title)
    axis.set_axis_off()
figure.colorbar(shown, ax=axes[2], label="Z")
figure.suptitle("Blue: brighter on the left (or above); red: brighter on the right (or below)", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* The tower and the edges of the rocket, which stand upright, are seen by the first filter and not by the second. Flat regions, such as the sky, give 0, whether they are bright or dark.
#
# ## 3. Better filters, and edges in any direction
#
# *Which nine numbers are the best?*
#
# All the classical filters are a **product**: along one direction they take a difference, $[1, 0, -1]$; along the other they smooth, with three weights $[1, s, 1]$. For vertical edges, as a product of a column and a row,
#
# $$K = \begin{bmatrix} 1 \\ s \\ 1 \end{bmatrix} \begin{bmatrix} 1 & 0 & -1 \end{bmatrix} = \begin{bmatrix} 1 & 0 & -1 \\ s & 0 & -s \\ 1 & 0 & -1 \end{bmatrix}.$$
#
# The filter for horizontal edges is its transpose. Prewitt has $s = 1$ (the filter of the lecture). Sobel has $s = 2$, which gives the middle row more weight. Scharr has the smoothing weights $[3, 10, 3]$: with them the strength of an edge depends least on its direction, of the three.
#
# A vertical edge is found by the first filter, a horizontal one by the second, and one that lies in between by both. Let $Z_v$ and $Z_h$ be the two results. Together they are a vector at each pixel, and its length is the strength of the edge whatever its direction:
#
# $$\text{strength} = \sqrt{Z_v^2 + Z_h^2}.$$
#
# *On paper.* $X = \begin{bmatrix} 1 & 1 & 0 \\ 1 & 0 & 0 \\ 0 & 0 & 0 \end{bmatrix}$, a corner of light in the upper left. Sobel: $Z_v = 1 + 2 + 0 - 0 = 3$, $Z_h = 3$, strength $\sqrt{18} \approx 4.24$.
#
# ### Exercise 3: `edge_filter`


# %% exercise="edge_filter"
def edge_filter(name, direction):
    """A classical filter of shape (3, 3) for edges.

    Args:
        name: "prewitt", "sobel" or "scharr"; smoothing weights 1 1 1, 1 2 1, 3 10 3.
        direction: "vertical" for vertical edges, positive where it is brighter on the left; "horizontal" for
            horizontal edges, positive where it is brighter above.

    Returns:
        The filter, an array of floats or whole numbers, shape (3, 3); a new one in each call.

    Raises:
        ValueError: another name or another direction.

    Example:
        edge_filter("sobel", "vertical") is [[1, 0, -1], [2, 0, -2], [1, 0, -1]].
    """
    # 1. The smoothing weights by name. 2. The outer product with [1, 0, -1]. 3. The direction.
    ### BEGIN SOLUTION
    weights = {"prewitt": [1, 1, 1], "sobel": [1, 2, 1], "scharr": [3, 10, 3]}
    if name not in weights or direction not in ("vertical", "horizontal"):
        raise ValueError(f"no filter {name!r} for {direction!r} edges")
    K = np.outer(weights[name], [1, 0, -1])
    return K if direction == "vertical" else K.T
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.outer(column, row)` multiplies each number of the first by each of the second. The filter for horizontal edges is the transpose of the other.
# </details>

# %% check="edge_filter" points=1
with checks.exercise("edge_filter"):
    sobel = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    slips = {"this is brighter on the right": np.negative(sobel), "this finds horizontal edges": np.transpose(sobel)}
    checks.close('edge_filter("sobel", "vertical")', edge_filter("sobel", "vertical"), sobel, mistakes=slips)
    slips = {"this is brighter below": [[-3, -10, -3], [0, 0, 0], [3, 10, 3]]}
    scharr = [[3, 10, 3], [0, 0, 0], [-3, -10, -3]]
    checks.close('edge_filter("scharr", "horizontal")', edge_filter("scharr", "horizontal"), scharr, mistakes=slips)
    for given in (("sobel", "diagonal"), ("canny", "vertical")):
        checks.raises(f"edge_filter{given}", ValueError, edge_filter, *given)
    ### BEGIN HIDDEN TESTS
    for name, s in (("prewitt", (1, 1)), ("sobel", (1, 2)), ("scharr", (3, 10))):
        expected = np.array([[s[0], 0, -s[0]], [s[1], 0, -s[1]], [s[0], 0, -s[0]]])
        for direction, wanted in (("vertical", expected), ("horizontal", expected.swapaxes(0, 1))):
            checks.unchanged(edge_filter, name, direction)
            checks.close(f'edge_filter("{name}", "{direction}")', edge_filter(name, direction), wanted)
            edge_filter(name, direction)[:] = 0
            checks.close(
                f'edge_filter("{name}", "{direction}"), after the last one was changed',
                edge_filter(name, direction),
                wanted,
            )
    for given in (
        ("canny", "vertical"),
        ("Sobel", "vertical"),
        ("sobel", "Vertical"),
        ("", "horizontal"),
        ("sobel", ""),
        ("vertical", "sobel"),
    ):
        checks.raises(f"edge_filter{given}", ValueError, edge_filter, *given)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4: `edge_strength`


# %% exercise="edge_strength"
def edge_strength(X, name):
    """The strength of the edges of a picture, whatever their direction.

    Args:
        X: a picture, shape (n_H, n_W) with n_H >= 3 and n_W >= 3, floats or whole numbers; also pixels of type uint8.
        name: "prewitt", "sobel" or "scharr".

    Returns:
        Floats, shape (n_H - 2, n_W - 2): at each pixel the length of the vector (Z_v, Z_h) of the two filters of this name,
        divided by the sum of the absolute values of one filter. So a step from 0 to 1 along a whole column has the strength 1/2.

    Raises:
        ValueError: another name, or the picture is smaller than 3 x 3.

    Example:
        edge_strength(np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]]), "sobel") is [[sqrt(18) / 8]], about 0.53.
    """
    # 1. Both filters of this name. 2. Root of the sum of the squares. 3. Divide.
    ### BEGIN SOLUTION
    K_v, K_h = (edge_filter(name, direction) for direction in ("vertical", "horizontal"))
    return np.hypot(cross_correlate2d(X, K_v), cross_correlate2d(X, K_h)) / np.sum(np.abs(K_v))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.sqrt(Z_v**2 + Z_h**2) / np.abs(K).sum()`, where `K` is either of the two filters.
# </details>

# %% check="edge_strength" points=2
with checks.exercise("edge_strength"):
    X = np.array([[1.0, 1, 0], [1, 0, 0], [0, 0, 0]])
    checks.unchanged(edge_strength, X, "sobel")
    slips = {"divide by the sum of the absolute values of a filter, 8": [[18**0.5]]}
    slips |= {"this adds the absolute values of both results": [[6 / 8]], "take the root at the end": [[18 / 8]]}
    checks.close(
        "edge_strength([[1, 1, 0], [1, 0, 0], [0, 0, 0]], sobel)",
        edge_strength(X, "sobel"),
        [[18**0.5 / 8]],
        mistakes=slips,
    )
    checks.close(
        "of [[3, 1, 0], [0, 0, 0], [0, 0, 0]]", edge_strength(np.outer([1, 0, 0], [3, 1, 0]), "sobel"), [[34**0.5 / 8]]
    )
    step = np.array([[0.0, 0, 1, 1]] * 3)
    checks.close("edge_strength of a step from 0 to 1, scharr", edge_strength(step, "scharr"), [[0.5, 0.5]])
    checks.raises('edge_strength(X, "canny")', ValueError, edge_strength, X, "canny")
    ### BEGIN HIDDEN TESTS

    def by_pixels(X, name):
        s, X = {"prewitt": (1, 1), "sobel": (1, 2), "scharr": (3, 10)}[name], X.astype(float)
        strength = np.zeros((X.shape[0] - 2, X.shape[1] - 2))
        for i, j in np.ndindex(strength.shape):
            w = X[i : i + 3, j : j + 3]
            across = s[0] * (w[0, 0] - w[0, 2] + w[2, 0] - w[2, 2]) + s[1] * (w[1, 0] - w[1, 2])
            down = s[0] * (w[0, 0] - w[2, 0] + w[0, 2] - w[2, 2]) + s[1] * (w[0, 1] - w[2, 1])
            strength[i, j] = abs(complex(across, down)) / (4 * s[0] + 2 * s[1])
        return strength

    for name in ("prewitt", "sobel", "scharr"):

        def picture(rng, n_H, n_W, name=name):
            return rng.uniform(0, 1, (n_H, n_W)), name

        domain = {"sizes": {"n_H": (3, 12), "n_W": (3, 105)}, "real": {"X": 300}, "types": ["X"], "pixels": ["X"]}
        # Where all pixels are equal, the difference of equal numbers may leave a last digit.
        checks.agrees(edge_strength, by_pixels, picture, atol=1e-11, **domain)
    for words, given in {"X (2, 5)": (np.ones((2, 5)), "sobel"), "X (5, 2)": (np.ones((5, 2)), "sobel")}.items():
        checks.raises(f"edge_strength({words})", ValueError, edge_strength, *given)
    checks.raises('edge_strength(X, "Sobel")', ValueError, edge_strength, np.ones((4, 4)), "Sobel")
    ### END HIDDEN TESTS

# %%
figure, axes = plt.subplots(2, 3, figsize=(10, 5))
for column, name in enumerate(("cat", "coffee", "astronaut")):
    photo = grey(name)
    axes[0, column].imshow(photo)
    axes[1, column].imshow(edge_strength(photo, "scharr"), cmap="gray_r", vmin=0, vmax=0.25)
    for axis in axes[:, column]:
        axis.set_axis_off()
figure.suptitle("Edges in any direction: dark where the brightness changes fast", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Eighteen numbers turn a photograph into something like a drawing. But texture, such as fur or the threads of the suit, gives edges too: which of them matter, a filter of this size cannot know. Later layers will.
#
# ## 4. What mathematicians call convolution
#
# *Everybody says convolution. Is it one?*
#
# Not quite. The **convolution** of mathematics turns the filter by 180 degrees before it is laid on, that is, it exchanges left and right and above and below:
#
# $$(X * K)_{ij} = \sum_{a} \sum_{b} K_{f_H - 1 - a, \; f_W - 1 - b} \; X_{i + a, \, j + b} .$$
#
# Why would anybody do that? Because then convolving is like multiplying. Two filters one after the other are the same as one larger filter, $(X * K) * L = X * (K * L)$, and in $K * L$ the order does not matter (where the pictures are padded with enough zeros). For the cross-correlation this does not hold. But networks *learn* their filters, and a learned filter can as well be learned turned. So they leave the turning out, and still say convolution. We do the same from the next lesson on.
#
# *On paper.* $X = [1, 2, 4]$ as a row, $K = [1, 10]$. Cross-correlation: $[1 + 20, \; 2 + 40] = [21, 42]$. Convolution: $[10 + 2, \; 20 + 4] = [12, 24]$.
#
# ### Exercise 5: `convolve2d`


# %% exercise="convolve2d"
def convolve2d(X, K, times=1):
    """The convolution of mathematics, at all places where the filter lies inside the picture, once or several times.

    Args:
        X: a picture, shape (n_H, n_W), floats or whole numbers; also pixels of type uint8.
        K: the filter, shape (f_H, f_W), floats or whole numbers; it need not be square.
        times: how often the filter is applied, each time to the last result, a whole number >= 0.

    Returns:
        Floats, shape (n_H - times * (f_H - 1), n_W - times * (f_W - 1)); for times = 0 the picture as floats.

    Raises:
        ValueError: the filter is higher or wider than the picture that it is applied to (for times = 0 it is not applied).

    Example:
        convolve2d(np.array([[1, 2, 4]]), np.array([[1, 10]])) is [[12, 24]].
    """
    # 1. Turn the filter by 180 degrees. 2. Apply it as in exercise 2, so many times.
    ### BEGIN SOLUTION
    X = np.array(X, dtype=float)
    for _ in range(times):
        X = cross_correlate2d(X, K[::-1, ::-1])
    return X
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `K[::-1, ::-1]` is turned by 180 degrees. `K.T` is something else.
# </details>

# %% check="convolve2d" points=2
with checks.exercise("convolve2d"):
    X, K = np.array([[1.0, 2, 4], [0, 1, 0]]), np.array([[1.0, 10], [0, 100]])
    checks.unchanged(convolve2d, X, K)
    slips = {
        "this is the cross-correlation; turn the filter": [[121, 42]],
        "turn above and below as well": [[12, 124]],
    }
    slips |= {"turn left and right as well": [[210, 401]], "this filter is transposed": [[101, 12]]}
    checks.close(
        "convolve2d([[1, 2, 4], [0, 1, 0]], [[1, 10], [0, 100]])", convolve2d(X, K), [[101, 210]], mistakes=slips
    )
    twice = convolve2d(np.array([[1.0, 2, 4]]), np.array([[1.0, 10]]), 2)
    checks.close("convolve2d([[1, 2, 4]], [[1, 10]], times=2)", twice, [[144]])
    checks.raises("the same three times", ValueError, convolve2d, np.array([[1.0, 2, 4]]), np.array([[1.0, 10]]), 3)
    ### BEGIN HIDDEN TESTS

    def by_index(X, K, times=1):
        X = X.astype(float)
        for _ in range(times):
            Z = np.zeros((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1))
            for i, j, a, b in np.ndindex(*Z.shape, *K.shape):
                Z[i, j] += float(K[a, b]) * X[i + K.shape[0] - 1 - a, j + K.shape[1] - 1 - b]
            X = Z
        return X

    for number in (1, 0, 2, 3):

        def picture(rng, n_H, n_W, f_H, f_W, times=number):
            shape = n_H + times * (f_H - 1), n_W + times * (f_W - 1)
            return rng.uniform(0, 1, shape), rng.normal(0, 1, (f_H, f_W)), times

        domain = {"real": {"X": 300, "K": 10}, "types": ["X", "K"], "pixels": ["X"], "apart": False}
        checks.agrees(convolve2d, by_index, picture, sizes={"n_H": 7, "n_W": 8, "f_H": 4, "f_W": 3}, **domain)
    high = np.random.default_rng(6).uniform(0, 1, (140, 2))
    checks.close(
        "convolve2d of a picture (140, 2), 110 times",
        convolve2d(high, np.array([[0.5], [0.5]]), 110),
        by_index(high, np.array([[0.5], [0.5]]), 110),
    )
    rng = np.random.default_rng(8)
    X, K, L = rng.normal(0, 1, (9, 8)), rng.normal(0, 1, (2, 3)), rng.normal(0, 1, (3, 2))
    checks.close("K and then L, against L and then K", convolve2d(convolve2d(X, K), L), convolve2d(convolve2d(X, L), K))
    for shape, times in (((3, 4), 1), ((4, 3), 1), ((2, 1), 3), ((1, 2), 3)):
        checks.raises(
            f"X (3, 3), a filter {shape}, {times} times", ValueError, convolve2d, X[:3, :3], np.ones(shape), times
        )
    ### END HIDDEN TESTS

# %% [markdown]
# ## 5. A convolution is a matrix
#
# *A dense layer multiplies by a matrix. What does the matrix of a filter look like?*
#
# Write the pixels of $X$ in one column $x$, row after row, shape $(n_H n_W, 1)$, and the results $Z$ in the same way. Each result is a sum of pixels with weights, so there is a matrix $T$ with $z = T x$. Row $r$ of $T$ belongs to one place $(i, j)$ of the filter: it holds the numbers of $K$ in the columns of the pixels that the filter covers there, and 0 elsewhere.
#
# *On paper.* A picture of $1 \times 4$ pixels and $K = [a, b]$ have three places:
#
# $$T = \begin{bmatrix} a & b & 0 & 0 \\ 0 & a & b & 0 \\ 0 & 0 & a & b \end{bmatrix}.$$
#
# ### Exercise 6: `filter_matrix`


# %% exercise="filter_matrix"
def filter_matrix(K, n_H, n_W):
    """The matrix that does to the pixels of a picture what the filter does.

    Args:
        K: the filter, shape (f_H, f_W), floats or whole numbers.
        n_H, n_W: height and width of the picture, whole numbers, at least those of the filter.

    Returns:
        T, floats, shape ((n_H - f_H + 1) * (n_W - f_W + 1), n_H * n_W): for each picture X of this size, T times its
        pixels (X.reshape(-1)) is the cross-correlation of X and K, row after row.

    Example:
        filter_matrix(np.array([[5, 7]]), 1, 3) is [[5, 7, 0], [0, 5, 7]].
    """
    # 1. Begin with zeros. 2. For each place, which row is it? 3. For each number of K, which column is its pixel?
    ### BEGIN SOLUTION
    f_H, f_W = K.shape
    T = np.zeros((n_H - f_H + 1, n_W - f_W + 1, n_H, n_W))  # equivalent "zeros of the first argument's type": K's own
    for i, j in np.ndindex(T.shape[:2]):
        T[i, j, i : i + f_H, j : j + f_W] = K
    return T.reshape(-1, n_H * n_W)  # equivalent "1 → 2": any negative number will do
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Pixel $(i, j)$ of a picture of width $n_W$ has the number $i \, n_W + j$, counted from 0. The results are counted in the same way, with *their* width.
# </details>
# <details><summary>Hint 2</summary>
#
# Shorter: an array `T` of zeros with four axes, (place i, place j, pixel row, pixel column). For each place, put `K` into `T[i, j, i : i + f_H, j : j + f_W]`. At the end, reshape it to two axes.
# </details>

# %% check="filter_matrix" points=2
with checks.exercise("filter_matrix"):
    K = np.array([[1.0, 2.0], [3.0, 4.0]])
    checks.unchanged(filter_matrix, K, 3, 3)
    checks.close("filter_matrix([[5, 7]], 1, 3)", filter_matrix(np.array([[5.0, 7.0]]), 1, 3), [[5, 7, 0], [0, 5, 7]])
    expected = [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]
    slips = {"these are the places column after column": np.array(expected)[[0, 2, 1, 3]]}
    slips |= {
        "the filter is turned here": np.array(expected)[::-1, ::-1],
        "this is its transpose": np.transpose(expected),
    }
    checks.close("filter_matrix([[1, 2], [3, 4]], 3, 3)", filter_matrix(K, 3, 3), expected, mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def pixel_by_pixel(K, n_H, n_W):
        high, wide = n_H - K.shape[0] + 1, n_W - K.shape[1] + 1
        T = np.zeros((high * wide, n_H * n_W))
        for place, pixel in np.ndindex(T.shape):
            a, b = pixel // n_W - place // wide, pixel % n_W - place % wide
            if 0 <= a < K.shape[0] and 0 <= b < K.shape[1]:
                T[place, pixel] = K[a, b]
        return T

    def sizes_and_filter(rng, high, wide, f_H, f_W):
        return rng.normal(0, 1, (f_H, f_W)), high + f_H - 1, wide + f_W - 1

    sizes = {"high": 6, "wide": 5, "f_H": 4, "f_W": 3}
    long = {
        "with a picture of 1 x 120 pixels": (np.array([[2.0, -1.0]]), 1, 120),
        "with 110 rows": (np.ones((2, 1)), 110, 1),
        "with 105 rows in the filter": (np.arange(105.0)[:, None] + 1, 106, 1),
    }
    domain = {"real": {"K": 30}, "types": ["K"], "apart": False}
    checks.agrees(filter_matrix, pixel_by_pixel, sizes_and_filter, sizes=sizes, cases=long, **domain)
    ### END HIDDEN TESTS

# %%
T = filter_matrix(edge_filter("sobel", "vertical"), 6, 7)
figure, axis = plt.subplots(figsize=(8, 4.2))
shown = axis.imshow(T, cmap="RdBu", vmin=-2, vmax=2)
axis.set(xlabel="pixel of the picture (6 × 7)", ylabel="place of the filter (4 × 5)", yticks=range(0, 20, 5))
axis.grid(False)
figure.colorbar(shown, label="weight", shrink=0.8)
axis.set_title(f"{T.size} weights, {np.sum(T != 0)} of them not 0, and they are nine numbers again and again")
plt.show()

# %% [markdown]
# *What to notice.* A dense layer could learn every one of these weights by itself. The filter says two things in advance: most weights are 0, because a result depends on near pixels only (**sparse connections**), and each row has the same numbers (**parameter sharing**), because an edge is an edge wherever it is. That is knowledge about pictures, built in.
#
# ## 6. A filter that is learned
#
# *Where do the nine numbers come from?*
#
# Prewitt, Sobel and Scharr thought about them. A network learns them. Let us try it with one filter: given a picture $X$ and the result $Z^*$ that we wish (the *target*), look for the filter whose result has the least mean squared error
#
# $$J(K) = \frac{1}{N} \sum_{i, j} (Z_{ij} - Z^*_{ij})^2, \qquad Z = \text{cross-correlation of } X \text{ and } K, \quad N \text{ places}.$$
#
# How does $J$ change with $K_{ab}$? This number is used at every place, with the pixel $X_{i+a, j+b}$ each time; so its derivative is a sum over all places. Write $G_{ij} = \partial J / \partial Z_{ij} = \frac{2}{N} (Z_{ij} - Z^*_{ij})$. Then
#
# $$\frac{\partial J}{\partial K_{ab}} = \sum_{i} \sum_{j} G_{ij} \, X_{i + a, \, j + b} .$$
#
# Look at the formula of exercise 2: this is the cross-correlation of $X$ with $G$ as the filter! The gradient of a convolution is a convolution.
#
# *On paper.* $X = [1, 2, 4]$, $K = [1, 0]$, target $[0, 4]$. $Z = [1, 2]$, $G = \frac{2}{2} [1, -2]$, and the gradient is $[1 \cdot 1 - 2 \cdot 2, \; 1 \cdot 2 - 2 \cdot 4] = [-3, -6]$.
#
# ### Exercise 7: `filter_gradient`


# %% exercise="filter_gradient"
def filter_gradient(X, K, target):
    """The mean squared error of a filter's result, and its gradient with respect to the filter.

    Args:
        X: a picture, shape (n_H, n_W), floats or whole numbers.
        K: the filter, shape (f_H, f_W), not larger than the picture, floats or whole numbers.
        target: the result that is wished, shape (n_H - f_H + 1, n_W - f_W + 1), floats or whole numbers.

    Returns:
        J, a number, and dK, an array of floats of the shape of K.

    Example:
        filter_gradient(np.array([[1, 2, 4]]), np.array([[1, 0]]), np.array([[0, 4]])) is 2.5, [[-3, -6]].
    """
    # 1. The error at each place. 2. Its mean square. 3. G, and the cross-correlation that gives the gradient.
    ### BEGIN SOLUTION
    error = cross_correlate2d(X, K) - target
    return np.mean(error**2), cross_correlate2d(X, 2 * error / error.size)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `error = cross_correlate2d(X, K) - target`. The number of places $N$ is `error.size`. $G$ has the shape of the result, and as a filter on $X$ it has exactly as many places as $K$ has numbers.
# </details>

# %% check="filter_gradient" points=2
with checks.exercise("filter_gradient"):
    X, K = np.array([[1.0, 2, 4, 0], [0, 1, 5, 1], [3, 0, 1, 2]]), np.array([[1.0, 0], [2, -1]])
    target = np.array([[0.0, 4, 1], [1, 1, 0]])
    checks.unchanged(filter_gradient, X, K, target)
    J, dK = checks.results("filter_gradient(X, K, target)", filter_gradient(X, K, target), ["J", "dK"])
    slips = {"it wants the mean over the places": 220.0, "the square is missing": 2.6666667}
    checks.close("J, X (3, 4), K (2, 2)", J, 36.6666667, mistakes=slips)
    slips = {
        "the factor 2 is missing": [[10.3333333, -2.5], [12.5, -0.6666667]],
        "divide by the number of places": [[124.0, -30.0], [150.0, -8.0]],
    }
    slips |= {
        "N is the number of places, not that of K's numbers": [[31.0, -7.5], [37.5, -2.0]],
        "it is turned": [[-1.3333333, 25.0], [-5.0, 20.6666667]],
    }
    checks.close("dK", dK, [[20.6666667, -5.0], [25.0, -1.3333333]], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def by_numbers(X, K, target):
        error, dK = -np.array(target, dtype=float), np.zeros(K.shape)
        for i, j, a, b in np.ndindex(*error.shape, *K.shape):
            error[i, j] += float(K[a, b]) * X[i + a, j + b]
        for i, j, a, b in np.ndindex(*error.shape, *K.shape):
            dK[a, b] += 2 / error.size * error[i, j] * X[i + a, j + b]
        return float(np.sum(error * error)) / error.size, dK

    def problem(rng, high, wide, f_H, f_W):
        return (
            rng.normal(0, 1, (high + f_H - 1, wide + f_W - 1)),
            rng.normal(0, 1, (f_H, f_W)),
            rng.normal(0, 1, (high, wide)),
        )

    sizes = {"high": 6, "wide": 7, "f_H": 4, "f_W": 3}
    domain = {"real": {"X": 30, "K": 30, "target": 30}, "types": ["X", "K", "target"], "returns": ["J", "dK"]}
    long = {
        "with 110 places": problem(np.random.default_rng(3), 110, 1, 2, 2),
        "with a wide picture": problem(np.random.default_rng(4), 1, 120, 2, 3),
    }
    checks.agrees(filter_gradient, by_numbers, problem, sizes=sizes, cases=long, apart=False, **domain)
    X, K, target = problem(np.random.default_rng(9), 5, 6, 3, 2)
    checks.gradient("dK", lambda K: filter_gradient(X, K, target)[0], filter_gradient(X, K, target)[1], K)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8: `learn_filter`
#
# Now gradient descent, from a given filter. One thing first: the pixels of a photograph are all positive and near their mean, so the nine inputs of a filter are nearly the same number, and gradient descent becomes slow (course 2, week 1, normalising inputs). So the picture is standardised before it is given to this function. A part of the photograph is enough: 48 × 48 pixels, 2,116 places.


# %% exercise="learn_filter"
def learn_filter(X, K, target, learning_rate, steps):
    """Gradient descent on the mean squared error of a filter's result.

    Args:
        X, target: as in filter_gradient. K: the filter to begin with.
        learning_rate: above 0.
        steps: how many steps, a whole number >= 0.

    Returns:
        The filter after the last step, a new array of floats, and the list of the errors J before each step: `steps`
        numbers.
    """
    # 1. A copy of K as floats. 2. In each step: error and gradient, note the error, go against the gradient.
    ### BEGIN SOLUTION
    K, errors = np.array(K, dtype=float), []
    for _ in range(steps):
        J, dK = filter_gradient(X, K, target)
        errors.append(J)
        K = K - learning_rate * dK
    return K, errors
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `K = np.array(K, dtype=float)` makes a copy. Call `filter_gradient(X, K, target)` once in each step.
# </details>

# %% check="learn_filter" points=2
with checks.exercise("learn_filter"):
    X, K = np.array([[1.0, 2, 4, 0], [0, 1, 5, 1], [3, 0, 1, 2]]), np.array([[1.0, 0], [2, -1]])
    target = np.array([[0.0, 4, 1], [1, 1, 0]])
    checks.unchanged(learn_filter, X, K, target, 0.03, 2)
    what = "learn_filter(X, K, target, 0.03, 2)"
    learned, errors = checks.results(what, learn_filter(X, K, target, 0.03, 2), ["K", "errors"])
    checks.close(f"K of {what}", learned, [[0.2135, 0.4019], [0.9206, -0.7251]])
    checks.length(f"errors of {what}", errors, 2)
    checks.close("the errors before step 1 and before step 2", np.array(errors), [36.6666667, 13.8589833])
    learned, errors = learn_filter(X, K, target, 0.03, 0)
    checks.close("K after 0 steps", learned, K)
    ### BEGIN HIDDEN TESTS

    def by_steps(X, K, target, learning_rate, steps):
        K, errors = K.astype(float), []
        windows = np.array([X[i : i + K.shape[0], j : j + K.shape[1]].reshape(-1) for i, j in np.ndindex(target.shape)])
        for _ in range(steps):
            error = np.einsum("pk,k->p", windows, K.reshape(-1)) - target.reshape(-1)
            errors.append(float(np.dot(error, error)) / error.size)
            K = K - learning_rate * 2 * np.einsum("pk,p->k", windows, error).reshape(K.shape) / error.size
        return K, errors

    def problem(rng, high, wide, f_H, f_W, steps):
        X = rng.normal(0, 1, (high + f_H - 1, wide + f_W - 1))
        return X, rng.normal(0, 1, (f_H, f_W)), rng.normal(0, 1, (high, wide)), rng.uniform(0.01, 0.05), steps

    sizes = {"high": 5, "wide": 6, "f_H": 3, "f_W": 3, "steps": (0, 7)}
    rising = *problem(np.random.default_rng(5), 5, 5, 3, 3, 0)[:3], 2.0, 12
    long = *problem(np.random.default_rng(6), 3, 4, 1, 2, 0)[:3], 0.01, 1200
    high = *problem(np.random.default_rng(7), 120, 2, 2, 2, 0)[:3], 0.05, 5
    large = *(30 * each for each in problem(np.random.default_rng(8), 4, 4, 2, 2, 0)[:3]), 1e-4, 4
    others = {"with a rate at which the error rises": rising, "with 1,200 steps": long}
    others |= {"with 121 rows in X": high, "with large numbers": large}
    others["with a filter that is right already"] = np.eye(4), np.ones((1, 1)), np.eye(4), 0.1, 3
    domain = {"types": ["X", "K", "target"], "returns": ["K", "errors"], "apart": False, "cases": others}
    checks.agrees(learn_filter, by_steps, problem, sizes=sizes, **domain)
    ### END HIDDEN TESTS

# %%
part = grey("rocket")[100:148, 170:218]
X = (part - part.mean()) / part.std()
sobel = edge_filter("sobel", "vertical")
target = cross_correlate2d(X, sobel)
learned = np.random.default_rng(0).normal(0, 0.1, (3, 3))
errors, shown = [], {}
for step in tqdm(range(301), desc="steps", file=sys.stdout):
    if step in (0, 10, 300):
        shown[step] = learned
    learned, error = learn_filter(X, learned, target, 0.1, 1)
    errors += error
print("the learned filter:", *np.round(shown[300], 2).tolist(), sep="\n")
print(f"the largest difference from Sobel's numbers: {np.max(np.abs(shown[300] - sobel)):.2f}")

# %%
figure, axes = plt.subplots(1, 6, figsize=(12, 2.4), width_ratios=[1, 2, 1, 1, 1, 1])
axes[0].imshow(part)
axes[0].set_title("the picture")
axes[0].set_axis_off()
axes[1].plot(errors)
axes[1].set(yscale="log", xlabel="step", ylabel="mean squared error", title="The error falls")
for axis, (title, K) in zip(
    axes[2:], [*((f"step {step}", K) for step, K in shown.items()), ("Sobel", sobel)], strict=True
):
    axis.imshow(K, cmap="RdBu", vmin=-2, vmax=2)
    for (a, b), value in np.ndenumerate(K):
        axis.text(
            b, a, f"{value:.1f}", ha="center", va="center", fontsize=8, color="white" if abs(value) > 1.2 else "black"
        )
    axis.set_title(title)
    axis.set_axis_off()
figure.suptitle("From random numbers to Sobel's filter, only by comparing results", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Nobody told the computer about differences or smoothing. After ten steps the filter is already positive on the left and negative on the right; after 300 its numbers differ from Sobel's by less than 0.1. (With other first numbers as well: try another seed.) A network learns in this way, but without a target for each filter: its only target is at the very end.

# %% [markdown]
# ## What you built
#
# - `count_parameters`: why a dense layer on a large picture is hopeless.
# - `cross_correlate2d` and `convolve2d`: the operation of all convolutional networks, and the one of mathematics.
# - `edge_filter` and `edge_strength`: the classical filters, and edges in any direction.
# - `filter_matrix`: a convolution as a sparse matrix with shared weights.
# - `filter_gradient` and `learn_filter`: a filter found by gradient descent.
#
# ## On your own
#
# An edge in `edge_strength` is several pixels wide. **Thin** it, as Canny's detector does: keep a pixel only if its strength is not below that of its two neighbours *in the direction of the vector* $(Z_v, Z_h)$, rounded to one of four directions. Which pixels are neighbours for each of them? Then compare the drawings.
#
# ## In practice
#
# `scipy.signal.correlate2d` and `convolve2d` with `mode="valid"` are your functions; `scipy.ndimage.sobel` and `skimage.filters.scharr` are the filters, `skimage.feature.canny` the whole detector. In frameworks, `torch.nn.Conv2d` and `tf.keras.layers.Conv2D` compute cross-correlations, whatever their names say.
#
# ## References
#
# - Course 4, week 1, lectures 1 to 3.
# - I. Sobel and G. Feldman (1968), A 3 × 3 Isotropic Gradient Operator for Image Processing, talk at the Stanford Artificial Intelligence Project.
# - H. Scharr (2000), Optimale Operatoren in der Digitalen Bildverarbeitung, thesis, University of Heidelberg.
# - J. Canny (1986), A Computational Approach to Edge Detection, IEEE Transactions on Pattern Analysis and Machine Intelligence 8(6).
