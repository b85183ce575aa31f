# %% [markdown]
# You will train an embedding of faces with triplets, and see how it tells people apart whom it has never met.
# Then you will write face verification as a classifier of pairs, and find out when 0.5 is the right threshold and when it is not.

# %% [markdown]
# ## What you will be able to do
#
# - write the triplet loss and its gradients, and say what the margin is for;
# - send a gradient through embeddings of length 1;
# - choose the triplets from which a network still learns: semi-hard and batch-hard;
# - train an embedding, and judge it on people who were not in the training set;
# - write face verification as logistic regression on pairs, with $|f_1 - f_2|$ or the chi-square similarity.
#
# **What you need:** [face recognition and one-shot learning](01_one_shot_and_siamese_networks.ipynb), which explains distances of embeddings, thresholds and AUC; from course 2 [Adam](../../../course2_improving/release/week2_optimization/03_momentum_rmsprop_adam.ipynb) and [dropout](../../../course2_improving/release/week1_practical_aspects/03_dropout_and_other_regularizers.ipynb). Pillow turns and enlarges pictures.

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.dropout import dropout_forward
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.pretrained import squeezenet
from shared_utils.pretrained.resize import resized

plots.use_style()

faces = data.load_faces()
print("faces of people 0 to 29:", faces.X_train.shape, "  of people 30 to 39:", faces.X_test.shape)

# %% [markdown]
# ## 1. Three pictures at a time
#
# *What do we want from an embedding, and how do we say it as a loss?*
#
# An embedding makes a vector $f(x)$ of a face $x$. Two pictures of one person should be near each other, and pictures of two people far from each other. But how near is near? The **triplet loss** (Schroff, Kalenichenko and Philbin, 2015) asks for no fixed number. It compares two distances that begin at the same picture:
#
# - the **anchor** $a$, a picture of some person;
# - the **positive** $p$, another picture of the same person;
# - the **negative** $n$, a picture of somebody else.
#
# Let $a, p, n$ also be the names of their embeddings, vectors of $n_f$ numbers. We want $\lVert a - p \rVert^2 \le \lVert a - n \rVert^2$. That alone is not enough: a network that gives the same vector to every face fulfils it with $0 \le 0$. So the positive must be nearer **by a margin** $\alpha > 0$:
#
# $$\lVert a - p \rVert^2 - \lVert a - n \rVert^2 + \alpha \le 0 .$$
#
# The loss of a triplet is what is missing, and 0 if nothing is missing. The loss of $k$ triplets is the mean:
#
# $$\mathcal{L}(a, p, n) = \max\left(0, \; \lVert a - p \rVert^2 - \lVert a - n \rVert^2 + \alpha\right), \qquad J = \frac{1}{k} \sum_{i=1}^{k} \mathcal{L}(a_i, p_i, n_i) .$$
#
# In this lesson each picture has a **row**, as in lesson 01. Row $i$ of $A$, $P$ and $N$, each of shape $(k, n_f)$, is triplet $i$.
#
# *On paper*, $\alpha = 1$. Anchor $(0, 2)$, positive $(1, 0)$, negative $(2, 2)$: $5 - 4 + 1 = 2$. The negative is even nearer than the positive. Anchor $(1, 0)$, positive $(0, 1)$, negative $(3, 2)$: $2 - 8 + 1 = -5$, so the loss is 0. Both together: $J = (2 + 0)/2 = 1$.
#
# ### Exercise 1: `triplet_loss`


# %% exercise="triplet_loss"
def triplet_loss(A, P, N, margin):
    """The mean of the triplet losses, with squared distances.

    Args:
        A, P, N: embeddings of anchors, positives and negatives, shape (k, n_f) each, k >= 1, n_f >= 1, floats or whole
            numbers. Their norms may be anything up to 1e6.
        margin: a number >= 0.

    Returns:
        J as in the formula, a number.
    """
    # 1. Two squared distances for each triplet. 2. What is missing? 3. The mean over all k triplets.
    ### BEGIN SOLUTION
    missing = np.sum((A - P) ** 2, axis=1) - np.sum((A - N) ** 2, axis=1) + margin
    return np.mean(np.maximum(missing, 0))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.sum((A - P) ** 2, axis=1)` has one number for each triplet. Take the maximum with 0 *before* the mean: a triplet that is good by far must not pay for another.
# </details>

# %% check="triplet_loss" points=2
with checks.exercise("triplet_loss"):
    A, P, N = np.array([[1, 0], [0, 2], [1, 1]]), np.array([[0, 1], [1, 0], [4, 2]]), np.array([[3, 2], [2, 2], [2, 0]])
    checks.unchanged(triplet_loss, A, P, N, 1)
    slips = {"the maximum with 0 comes before the mean": 2, "the mean, not the sum": 11, "where is the margin?": 3}
    slips |= {"the mean over all triplets, also those with loss 0": 5.5, "squared distances": 1.328044}
    slips |= {"positive and negative are exchanged": 7 / 3}
    checks.close("J of three triplets with margin 1", triplet_loss(A, P, N, 1), 11 / 3, mistakes=slips)
    checks.close("J with margin 0", triplet_loss(A, P, N, 0), 3)
    ### BEGIN HIDDEN TESTS

    def triplet_by_triplet(A, P, N, margin):
        total = 0.0
        for a, p, n in zip(A, P, N, strict=True):
            value = sum((x - y) ** 2 - (x - z) ** 2 for x, y, z in zip(a, p, n, strict=True)) + margin
            total += value if value > 0 else 0.0
        return total / len(A)

    def problem(rng, k, n_f):
        A, P, N = rng.normal(0, 1, (3, k, n_f))
        return A, P, N + 0.5 * rng.normal(0, 1, (k, 1)), float(rng.integers(0, 9) / 4)

    rng = np.random.default_rng(1)
    A, P, N = rng.normal(0, 1, (3, 7, 4))
    cases = {"with anchors that are their positives": (A, A.copy(), N, 3.0), "with a margin of 100": (A, P, N, 100)}
    cases |= {"where all three are equal": (A, A.copy(), A.copy(), 0.7), "with a whole margin": (A, P, N, 2)}
    cases |= {"with very small distances": (1e-5 * A, 1e-5 * P, 1e-5 * N, 1e-11), "with margin 0": (A, P, N, 0)}
    cases |= {"where nothing is missing": (A, A + 0.01, A + 5, 0.3)}
    cases |= {"with embeddings far from 0": (A + 1e6, P + 1e6, N + 1e6, 1.0)}
    domain = {"real": dict.fromkeys("APN", 1e3), "types": ["A", "P", "N", "margin"], "cases": cases}
    checks.agrees(triplet_loss, triplet_by_triplet, problem, sizes={"k": 1030, "n_f": 130}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 2. Which way each of the three is pushed
#
# *How does the loss move the three embeddings?*
#
# A triplet with loss 0 has gradient 0. In every other triplet the loss is $\lVert a - p \rVert^2 - \lVert a - n \rVert^2 + \alpha$. The squares of $a$ cancel, so the gradient with respect to $a$ holds no $a$ at all:
#
# $$\frac{\partial J}{\partial a} = \frac{2}{k} (n - p), \qquad \frac{\partial J}{\partial p} = \frac{2}{k} (p - a), \qquad \frac{\partial J}{\partial n} = \frac{2}{k} (a - n) .$$
#
# Gradient descent goes *against* these. The positive moves toward the anchor, the negative moves away from it, and the anchor moves from the negative toward the positive. The factor $1/k$ comes from the mean over all triplets.
#
# The loss has a corner where exactly nothing is missing, $\lVert a - p \rVert^2 - \lVert a - n \rVert^2 + \alpha = 0$. There is no derivative there, and we take 0.
#
# *On paper*, one triplet ($k = 1$), $\alpha = 1$, $a = (0, 2)$, $p = (1, 0)$, $n = (2, 2)$: the gradients are $2(1, 2) = (2, 4)$ for $a$, $2 (1, -2) = (2, -4)$ for $p$ and $2 (-2, 0) = (-4, 0)$ for $n$. Their sum is 0: moving all three together changes nothing.
#
# ### Exercise 2: `triplet_gradients`


# %% exercise="triplet_gradients"
def triplet_gradients(A, P, N, margin):
    """The gradients of triplet_loss with respect to the three embeddings of each triplet.

    Args:
        A, P, N, margin: as in triplet_loss.

    Returns:
        dA, dP, dN: shape (k, n_f) each, floats. A triplet from which nothing is missing, also one at the corner, has
        zeros in all three.
    """
    # 1. From which triplets is something missing? 2. Three differences, 0 in the other triplets, and the factor.
    ### BEGIN SOLUTION
    missing = np.sum((A - P) ** 2, axis=1) - np.sum((A - N) ** 2, axis=1) + margin
    factor = 2 * (missing > 0)[:, None] / len(A)
    return factor * (N - P), factor * (P - A), factor * (A - N)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `missing > 0` is True or False for each triplet, and with `[:, None]` it becomes a column that multiplies whole rows. Divide by all $k$ triplets, not only by those that count.
# </details>

# %% check="triplet_gradients" points=2
with checks.exercise("triplet_gradients"):
    A, P, N = np.array([[1, 0], [0, 2], [1, 1]]), np.array([[0, 1], [1, 0], [4, 2]]), np.array([[3, 2], [2, 2], [2, 0]])
    checks.unchanged(triplet_gradients, A, P, N, 1)
    names = ("dA", "dP", "dN")
    found = checks.results("triplet_gradients(A, P, N, 1)", triplet_gradients(A, P, N, 1), names)
    wanted = [[0, 0], [2, 4], [-4, -4]], [[0, 0], [2, -4], [6, 2]], [[0, 0], [-4, 0], [-2, 2]]
    for name, each, thrice in zip(names, found, wanted, strict=True):
        right = np.array(thrice) / 3
        slips = {
            "its sign is wrong": -right,
            "the 2 of the square is missing": right / 2,
            "the mean has 1/k": 3 * right,
        }
        slips |= {"divide by all triplets, also those with loss 0": 1.5 * right}
        checks.close(f"{name} of three triplets with margin 1", each, right, mistakes=slips)
    corner = checks.results("triplet_gradients(A, P, N, 6)", triplet_gradients(A, P, N, 6), names)
    checks.close("dA of the first triplet with margin 6, at the corner", corner[0][0], [0, 0])
    ### BEGIN HIDDEN TESTS

    def by_complex_steps(A, P, N, margin):
        gradients = np.zeros((3, *A.shape))
        for i, (a, p, n) in enumerate(zip(A, P, N, strict=True)):
            if np.dot(a - p, a - p) - np.dot(a - n, a - n) + margin > 0:
                three = checks.complex_step(lambda a, p, n: ((a - p) ** 2 - (a - n) ** 2) / len(A), a, p, n)
                gradients[:, i] = three
        return tuple(gradients)

    def problem(rng, k, n_f):
        A, P, N = rng.normal(0, 1, (3, k, n_f))
        return A, P, N + 0.5 * rng.normal(0, 1, (k, 1)), float(rng.integers(0, 9) / 4)

    rng = np.random.default_rng(2)
    A, P, N = rng.normal(0, 1, (3, 7, 4))
    whole = [rng.integers(-2, 3, (40, 2)) for _ in range(3)]
    cases = {f"with margin {margin} and many at the corner": (*whole, margin) for margin in (0, 1, 2)}
    cases |= {"where all three are equal": (A, A.copy(), A.copy(), 0.7), "where nothing is missing": (A, A, A + 5, 0.3)}
    cases |= {"where all three are equal and the margin is 0": (A, A.copy(), A.copy(), 0), "margin 90": (A, P, N, 90)}
    cases |= {"with very small distances": (1e-5 * A, 1e-5 * P, 1e-5 * N, 1e-11)}
    cases |= {"with smaller ones and margin 0": (1e-7 * A, 1e-7 * P, 1e-7 * N, 0)}
    cases |= {"with positives that are far away": (A, P + 1e6, N, 1.0)}
    domain = {"real": dict.fromkeys("APN", 1e3), "types": ["A", "P", "N", "margin"], "returns": names, "cases": cases}
    checks.agrees(triplet_gradients, by_complex_steps, problem, sizes={"k": 105, "n_f": 24}, atol=1e-15, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. Embeddings of length 1
#
# *Can the network cheat?*
#
# Yes. Suppose that all negatives are farther than the positives, but only by a little. Then the network can multiply all its embeddings by a number that is large enough. With 10, all squared distances grow by 100. At last the margin is reached, and the network has learned nothing about faces. FaceNet closes this way out: it divides each vector $v$ of the last layer by its length,
#
# $$f = \frac{v}{\lVert v \rVert}, \qquad \lVert v \rVert = \sqrt{v_1^2 + \dots + v_{n_f}^2} .$$
#
# Now all embeddings lie on a sphere of radius 1. Squared distances are between 0 and 4, and a margin of 0.3 means the same thing for every network.
#
# **Backward.** Let $df$ be the gradient of $J$ with respect to $f$. What is $dv$? From $\partial f_i / \partial v_j = \delta_{ij} / \lVert v \rVert - v_i v_j / \lVert v \rVert^3$ follows
#
# $$dv = \frac{df - (f \cdot df)\, f}{\lVert v \rVert} ,$$
#
# where $f \cdot df$ is a number for each row. The bracket takes from $df$ its part along $f$. That part would only make $v$ longer or shorter, and the length does not count any more. So $dv$ is at a right angle to $v$. And the longer $v$ is, the less a step turns it.
#
# *On paper.* $v = (3, 4)$ has the length 5, and $f = (0.6, 0.8)$. With $df = (5, 10)$ we have $f \cdot df = 3 + 8 = 11$, and $dv = \frac{(5, 10) - 11 \cdot (0.6, 0.8)}{5} = \frac{(-1.6, \; 1.2)}{5} = (-0.32, \; 0.24)$. Its product with $v$: $-0.96 + 0.96 = 0$.
#
# The way forward is one line, and you get it.


# %%
def unit_length(V):
    """Each row of V (..., n_f) divided by its length; no row is 0."""
    return V / np.linalg.norm(V, axis=-1, keepdims=True)


# %% [markdown]
# ### Exercise 3: `unit_length_backward`


# %% exercise="unit_length_backward"
def unit_length_backward(dF, V):
    """The gradient that comes out where rows are divided by their lengths.

    Args:
        dF: the gradient with respect to the rows of length 1, shape (m, n_f), floats or whole numbers.
        V: the rows before they are divided, shape (m, n_f), m >= 1, n_f >= 1, floats or whole numbers. No row is 0,
            but rows may be very short, such as 1e-9, or very long, such as 1e9.

    Returns:
        dV: the gradient with respect to V, shape (m, n_f). It is exact: nothing is added to the length.
    """
    # 1. Lengths and rows of length 1. 2. A number for each row: the product of f and df. 3. The formula.
    ### BEGIN SOLUTION
    lengths = np.linalg.norm(V, axis=1, keepdims=True)
    F = V / lengths
    along = np.sum(F * dF, axis=1, keepdims=True)
    return (dF - along * F) / lengths
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# With `keepdims=True`, lengths and products have the shape $(m, 1)$ and go with whole rows. `np.sum(F * dF, axis=1, keepdims=True)` is $f \cdot df$ of each row.
# </details>

# %% check="unit_length_backward" points=2
with checks.exercise("unit_length_backward"):
    V, dF = np.array([[3.0, 4], [0, 2], [-5, 12]]), np.array([[5.0, 10], [4, 3], [13, 26]])
    checks.unchanged(unit_length_backward, dF, V)
    right = np.array([[-0.32, 0.24], [2, 0], [264 / 169, 110 / 169]])
    slips = {"divide by the length at the end": right * [[5], [2], [13]]}
    slips |= {"the part along f is still there": [[1, 2], [2, 1.5], [1, 2]]}
    slips |= {"f, not v, in both places of the bracket": [[-32, -42], [2, -4.5], [96, -226]]}
    checks.close("dV for the rows (3, 4), (0, 2) and (-5, 12)", unit_length_backward(dF, V), right, mistakes=slips)
    found = unit_length_backward(dF, 10 * V)
    checks.close("dV for rows that are ten times as long", found, right / 10)
    ### BEGIN HIDDEN TESTS

    def by_complex_steps(dF, V):
        def row(df, v):
            return checks.complex_step(lambda v: df * v / np.sqrt(np.sum(v * v)), v)[0]

        return np.array([row(df, v) for df, v in zip(dF, V, strict=True)])

    def problem(rng, m, n_f):
        V = rng.normal(0, 1, (m, n_f))
        return rng.normal(0, 1, (m, n_f)), np.sign(V) * (0.5 + np.abs(V))

    rng = np.random.default_rng(3)
    dF, V = problem(rng, 6, 3)
    long = V * 10.0 ** np.array([[-9], [-3], [0], [3], [9], [1]])
    cases = {"with very short and very long rows": (dF * np.linalg.norm(long, axis=1, keepdims=True), long)}
    cases |= {f"with rows of length about {scale:g}": (dF, scale * V) for scale in (1e-9, 1e9)}
    domain = {"real": {"dF": 1e3}, "types": ["dF", "V"], "cases": cases}
    cases["with rows of length 1"] = dF, V / np.linalg.norm(V, axis=1, keepdims=True)
    for scale in (1e-9, 1e-6, 1e9):
        found = scale * unit_length_backward(dF, scale * V)
        checks.close(f"dV times {scale:g} for V of this size", found, by_complex_steps(dF, V), atol=1e-12)
    checks.agrees(unit_length_backward, by_complex_steps, problem, sizes={"m": 105, "n_f": 24}, atol=1e-12, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 4. The faces
#
# *What do we train, and on what?*
#
# The ORL faces: 40 people, ten photographs each, 56 × 46 pixels. We need three groups of **people**, not of pictures:
#
# | people | for what |
# |---|---|
# | 0 to 23 | to train the embedding |
# | 24 to 29 | to choose a threshold (dev) |
# | 30 to 39 | to test; nothing is chosen with them |
#
# There is a trap in these data. All ten pictures of a person come from one camera, with the same light and the same distance. So even raw pixels tell the people apart, and when we trained a network from scratch it did not beat them. A real door camera sees faces turned, nearer, farther, and not in the middle. So we **frame all faces anew**: turned by up to 10 degrees, zoomed by up to 10 %, moved by up to 4 pixels, and mirrored half of the time. The test faces too.


# %%
def framed_anew(pictures, rng):
    """Faces (m, 56, 46, 1), each turned, zoomed, moved and perhaps mirrored at random; uint8."""
    framed, (n_H, n_W) = np.empty_like(pictures), pictures.shape[1:3]
    middle = np.array([n_W, n_H]) / 2
    for new, picture in zip(framed[..., 0], pictures[..., 0], strict=True):
        turn, zoom, move = np.deg2rad(rng.uniform(-10, 10)), rng.uniform(0.9, 1.1), rng.uniform(-4, 4, 2)
        M = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) / zoom
        shift = middle - M @ middle + move
        how = Image.Transform.AFFINE, (*M[0], shift[0], *M[1], shift[1]), Image.Resampling.BILINEAR
        image = Image.fromarray(picture).transform((n_W, n_H), *how, fillcolor=int(np.median(picture)))
        new[:] = np.asarray(image)[:, :: rng.choice([1, -1])]
    return framed


rng = np.random.default_rng(0)
copies = np.stack([faces.X_train, *(framed_anew(faces.X_train, rng) for _ in range(4))])
X_test = framed_anew(faces.X_test, np.random.default_rng(5))
Y_train, Y_dev, Y_test = faces.Y_train[0, :240], faces.Y_train[0, 240:], faces.Y_test[0]
shown = np.concatenate([*faces.X_test[[0, 1, 30, 31]], *X_test[[0, 1, 30, 31]]], axis=1)
figure, axis = plt.subplots(figsize=(8, 1.9))
axis.imshow(shown[..., 0], cmap="gray")
axis.set(xticks=[], yticks=[], title="Two people twice, as they were (left four), and framed anew (right four)")
plt.show()

# %% [markdown]
# 240 pictures are few for a network. So we take [frozen features](../week2_case_studies/04_transfer_learning_and_augmentation.ipynb): SqueezeNet, trained on photographs of things, up to its layer fire3. Its 128 channels are averaged over a grid of 3 × 3 fields, which gives $9 \cdot 128 = 1152$ numbers for a face. They come out of a ReLU, so none is negative. Each training picture is there five times: as it was, and framed anew four times.


# %%
def face_features(pictures):
    """Frozen features of faces (m, 56, 46, 1): (m, 1152) floats >= 0."""
    large = np.stack([resized(np.repeat(picture, 3, axis=2), 112, 92) for picture in pictures])
    maps = squeezenet.activations(large, weights, ("fire3",))["fire3"]
    rows, columns = (np.array_split(np.arange(n), 3) for n in maps.shape[1:3])
    means = [maps[:, r][:, :, c].mean(axis=(1, 2)) for r in rows for c in columns]
    return np.concatenate(means, axis=1).astype(float)


weights = data.load_weights("squeezenet")
batches = np.split(np.concatenate([*copies, X_test]), 32)
H = np.concatenate([face_features(batch) for batch in tqdm(batches, desc="features", file=sys.stdout)])
H_train, H_dev, H_test = H[:1500].reshape(5, 300, -1)[:, :240], H[:1500].reshape(5, 300, -1)[:, 240:], H[1500:]
mean, deviation = H_train[0].mean(axis=0), H_train[0].std(axis=0) + 1e-3
Z_train, Z_dev, Z_test = ((h - mean) / deviation for h in (H_train, H_dev, H_test))
print("features: train", H_train.shape, " dev", H_dev.shape, " test", H_test.shape)

# %% [markdown]
# Two measures from lesson 01, in short form. **AUC**: the share of comparisons in which a pair of one person is nearer than a pair of two people. **One-shot accuracy**: one picture of each of the ten test people is known, and each other picture goes to the nearest; ten rounds, so that each picture is known once.


# %%
def squared_distances(F):
    """The squared distances of all rows of F (m, n) from each other, (m, m)."""
    squares = np.sum(F**2, axis=1)
    return np.maximum(squares[:, None] + squares - 2 * F @ F.T, 0)


def auc(scores, same):
    """How often a pair with same = 1 has a higher score than one with same = 0."""
    ranks = np.argsort(np.argsort(scores)) + 1
    positives = np.sum(same == 1)
    return (ranks[same == 1].sum() - positives * (positives + 1) / 2) / (positives * np.sum(same == 0))


def judged(F):
    """AUC and one-shot accuracy of embeddings of the 100 test faces."""
    D, (i, j) = squared_distances(F), np.triu_indices(100, 1)
    rounds = []
    for k in range(10):
        nearest = D[:, k::10].argmin(axis=1)
        rest = np.arange(100) % 10 != k
        rounds.append(np.mean(nearest[rest] == (Y_test - 30)[rest]))
    return auc(-D[i, j], Y_test[i] == Y_test[j]), np.mean(rounds)


for name, F in (("raw pixels", X_test.reshape(100, -1) / 255), ("frozen features", H_test)):
    print(f"{name:16} AUC {judged(F)[0]:.3f}   one-shot {judged(F)[1]:.3f}")

# %% [markdown]
# *What to notice.* On faces framed anew, raw pixels recognise only about half of the pictures from one known example; chance is 0.1. Frozen features do better, though SqueezeNet was never trained to tell faces apart.
#
# ## 5. Which triplets?
#
# *A batch holds thousands of triplets. From which does the network learn?*
#
# A batch of 15 people with 4 pictures each has $60 \cdot 3 \cdot 56 = 10080$ triplets. Most of them are easy: two people who look different. Their loss is 0, so their gradient is 0. The lecture says: if you choose triplets at random, too many are easy. **Mining** is to look for those that are not.
#
# Let $D_{ij} = \lVert f_i - f_j \rVert^2$ for the pictures of a batch. For an anchor $a$ and a positive $p$ a negative $n$ is
#
# - **hard** if $D_{an} \le D_{ap}$: it is not farther than the positive;
# - **semi-hard** if $D_{ap} < D_{an} < D_{ap} + \alpha$: farther than the positive, but not by the margin;
# - **easy** if $D_{an} \ge D_{ap} + \alpha$: loss 0.
#
# FaceNet takes *every* pair of anchor and positive in the batch. With each it puts a semi-hard negative; here it is the **nearest** of them. If there is none, we take the nearest of all negatives, the hardest that there is.
#
# *On paper.* Five pictures on a line, at 0, 2, 3, 7 and −1; to keep the numbers small, $D$ is the plain distance here. Labels 7, 7, 2, 2, 5, margin 2.
#
# | anchor, positive | $D_{ap}$ | negatives and their distances | semi-hard | chosen |
# |---|---|---|---|---|
# | 0, 1 | 2 | row 2: 3, row 3: 7, row 4: 1 | row 2 | 2 |
# | 1, 0 | 2 | row 2: 1, row 3: 5, row 4: 3 | row 4 | 4 |
# | 2, 3 | 4 | row 0: 3, row 1: 1, row 4: 4 | none: 4 is not farther than 4 | 1, the nearest |
# | 3, 2 | 4 | row 0: 7, row 1: 5, row 4: 8 | row 1 | 1 |
#
# Row 4 is the only picture of its person. It is nobody's positive, but it can be a negative.
#
# ### Exercise 4: `semi_hard_negatives`


# %% exercise="semi_hard_negatives"
def semi_hard_negatives(D, labels, margin):
    """A triplet for each pair of an anchor and a positive: with the nearest semi-hard negative, or else the hardest.

    Args:
        D: squared distances of m pictures from each other, shape (m, m), symmetric, 0 on the diagonal, floats or whole
            numbers >= 0. Different pictures may have the distance 0, also those of different people.
        labels: who is in each picture, any whole numbers, in any order, shape (m,), m >= 2; at least two differ.
        margin: a number > 0.

    Returns:
        An array of whole numbers (int), shape (k, 3): the rows of anchor, positive and negative. There is one triplet
        for each anchor and each *other* picture of the same person, k of them; k may be 0. They are in the order of
        the anchors, and for one anchor in the order of the positives. The negative is the nearest of those with
        D[a, p] < D[a, n] < D[a, p] + margin; if there is none, it is the nearest of all negatives. Of equally near ones
        it is the one with the lowest row.
    """
    # 1. Which pairs are of one person, and not twice the same picture? 2. Which negatives are semi-hard for a pair?
    # 3. The nearest of them, or the nearest of all.
    ### BEGIN SOLUTION
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    negatives, D_ap = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi_hard = np.where((negatives > D_ap) & (negatives < D_ap + margin), negatives, np.inf)
    found = np.isfinite(semi_hard).any(axis=1)
    n = np.where(found, semi_hard.argmin(axis=1), negatives.argmin(axis=1))
    return np.stack([a, p, n], axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `labels[:, None] == labels` is True where two pictures show the same person, the diagonal included. `np.nonzero` gives the pairs in the right order.
# </details>
#
# <details><summary>Hint 2</summary>
#
# Work with all pairs at once: row $i$ of `np.where(same[a], np.inf, D[a])` holds the distances of the anchor of pair $i$ from all negatives, and infinity elsewhere. `argmin` takes the first of equal ones. A second such table has infinity also where a negative is not semi-hard.
# </details>

# %% check="semi_hard_negatives" points=3
with checks.exercise("semi_hard_negatives"):
    places, labels = np.array([0, 2, 3, 7, -1]), np.array([7, 7, 2, 2, 5])
    D = np.abs(places[:, None] - places)
    checks.unchanged(semi_hard_negatives, D, labels, 2)
    found = semi_hard_negatives(D, labels, 2)
    checks.shape("the triplets of five pictures on a line", found, (4, 3))
    checks.that(found.dtype.kind in "iu", "the triplets must be whole numbers (int): they are used as indices")
    checks.close("their anchors and positives", found[:, :2], [[0, 1], [1, 0], [2, 3], [3, 2]])
    slips = {"the nearest of all; first look for semi-hard ones": [4, 2, 1, 1], "these are the farthest": [3, 3, 4, 4]}
    slips |= {"semi-hard is farther than the positive, not as far": [2, 4, 4, 1]}
    slips |= {"without a semi-hard one, take the nearest, not the first row": [2, 4, 0, 1]}
    checks.close("their negatives", found[:, 2], [2, 4, 1, 1], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(D, labels, margin):
        triplets = []
        for a, p in np.ndindex(D.shape):
            if a != p and labels[a] == labels[p]:
                negatives = sorted((D[a, n], n) for n in range(len(D)) if labels[n] != labels[a])
                semi_hard = [pair for pair in negatives if D[a, p] < pair[0] < D[a, p] + margin]
                triplets.append((a, p, (semi_hard or negatives)[0][1]))
        return np.array(triplets, dtype=int).reshape(-1, 3)

    def problem(rng, m, people):
        labels = 7 * rng.integers(0, people, m) - 4
        labels[rng.integers(m)] = 9
        D = rng.integers(0, 12, (m, m)) / 4 if rng.random() < 0.5 else rng.uniform(0, 4, (m, m))
        D = np.triu(D, 1)
        return D + D.T, labels, float(rng.integers(1, 7) / 4)

    rng, cases = np.random.default_rng(4), {}
    for people, scale in ((1, 1), (2, 1), (4, 1), (4, 1e-9), (4, 1e9), (30, 1)):
        D, labels, margin = problem(rng, 23, people)
        cases[f"with {people} people and distances of about {scale:g}"] = scale * D, labels, scale * margin
    cases |= {"with equal distances": (1.0 - np.eye(6), np.array([3, 1, 3, 1, 2, 3]), 0.5)}
    cases |= {"with pictures that are all alike": (np.zeros((6, 6)), np.array([3, 1, 3, 1, 2, 3]), 0.5)}
    cases |= {"with a single picture of each person": (D[:4, :4], np.array([4, -1, 0, 7]), 1.0)}
    cases |= {"with labels that are large numbers": (D[:4, :4], 10**12 + np.array([1, 0, 1, 0]), 1.0)}
    F = rng.normal(0, 1, (60, 3))
    cases |= {"with 15 people of 4 pictures": (np.sum((F[:, None] - F) ** 2, axis=2), np.arange(60) // 4, 0.3)}
    cases |= {"with a large margin": (*problem(rng, 12, 3)[:2], 1000)}
    domain = {"types": ["D", "margin"], "cases": cases, "apart": False}
    found = semi_hard_negatives(0.5 * D, labels, 0.5)
    checks.that(found.dtype.kind in "iu", "the triplets must be whole numbers (int) for any D")
    checks.agrees(semi_hard_negatives, pair_by_pair, problem, sizes={"m": (2, 105), "people": (1, 12)}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 6. The hardest of a batch
#
# *Why not always take the hardest?*
#
# Hermans, Beyer and Leibe (2017) do this: one triplet for each anchor, with its **farthest positive** and its **nearest negative** in the batch. It is called **batch-hard**. FaceNet warns that the very hardest negatives can lead to a *collapsed* network, which gives all faces nearly the same vector: a mislabelled picture, for example, is always the hardest. Hermans and others answer that hardest *in a batch of 60* is not hardest of a million. Section 7 tries both.
#
# *On paper.* The five places of section 5, now with labels 7, 7, 2, 7, 5. Anchor 0: positives at distance 2 (row 1) and 7 (row 3), nearest negative row 4. So the triplet is (0, 3, 4). Anchor 1: (1, 3, 2). Anchor 3: (3, 0, 2). Rows 2 and 4 have no positive, and are no anchors.
#
# ### Exercise 5: `batch_hard`


# %% exercise="batch_hard"
def batch_hard(D, labels):
    """A triplet for each anchor: with its farthest positive and its nearest negative.

    Args:
        D, labels: as in semi_hard_negatives.

    Returns:
        An array of whole numbers (int), shape (k, 3): the rows of anchor, positive and negative, in the order of the
        anchors. Only pictures with at least one other picture of the same person are anchors; k may be 0. The positive
        is another picture than the anchor, also if all distances are 0. Of equally far positives, and of equally near
        negatives, it is the one with the lowest row.
    """
    # 1. Positives and negatives of each anchor. 2. Something that never wins in all other places. 3. Who is an anchor?
    ### BEGIN SOLUTION
    same = labels[:, None] == labels
    positives = same & ~np.eye(len(labels), dtype=bool)
    p = np.where(positives, D, -np.inf).argmax(axis=1)  # equivalent "1 → 0": D is symmetric
    n = np.where(same, np.inf, D).argmin(axis=1)  # equivalent "1 → 0": D is symmetric
    a = np.flatnonzero(positives.any(axis=1))  # equivalent "1 → 0": positives are symmetric
    return np.stack([a, p[a], n[a]], axis=1)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.where(positives, D, -np.inf)` keeps the distances of positives, and has minus infinity in all other places, which `argmax` never takes. For the negatives use infinity and `argmin`. `positives.any(axis=1)` says which rows are anchors.
# </details>

# %% check="batch_hard" points=2
with checks.exercise("batch_hard"):
    places, labels = np.array([0, 2, 3, 7, -1]), np.array([7, 7, 2, 7, 5])
    D = np.abs(places[:, None] - places)
    checks.unchanged(batch_hard, D, labels)
    found = batch_hard(D, labels)
    checks.shape("the triplets of five pictures on a line", found, (3, 3))
    checks.that(found.dtype.kind in "iu", "the triplets must be whole numbers (int): they are used as indices")
    checks.close("the anchors", found[:, 0], [0, 1, 3])
    checks.close("the positives", found[:, 1], [3, 3, 0], mistakes={"the farthest, not the nearest": [1, 0, 1]})
    checks.close("the negatives", found[:, 2], [4, 2, 2], mistakes={"the nearest, not the farthest": [2, 4, 4]})
    found = batch_hard(0 * D, labels)
    slips = {"a picture is no positive of itself": [0, 0, 0]}
    checks.close("the positives where all distances are 0", found[:, 1], [1, 0, 0], mistakes=slips)
    ### BEGIN HIDDEN TESTS

    def anchor_by_anchor(D, labels):
        triplets, every = [], range(len(D))
        for a in every:
            farthest = sorted((-D[a, p], p) for p in every if p != a and labels[p] == labels[a])
            nearest = sorted((D[a, n], n) for n in every if labels[n] != labels[a])
            triplets += [(a, farthest[0][1], nearest[0][1])] if farthest else []
        return np.array(triplets, dtype=int).reshape(-1, 3)

    def problem(rng, m, people):
        labels = 7 * rng.integers(0, people, m) - 4
        labels[rng.integers(m)] = 9
        D = np.triu(rng.integers(0, 12, (m, m)) / 4 if rng.random() < 0.5 else rng.uniform(0, 4, (m, m)), 1)
        return D + D.T, labels

    rng, cases = np.random.default_rng(5), {}
    for people, scale in ((1, 1), (2, 1), (4, 1), (4, 1e-9), (4, 1e-14), (4, 1e9), (30, 1)):
        D, labels = problem(rng, 23, people)
        cases[f"with {people} people and distances of about {scale:g}"] = scale * D, labels
    cases |= {"with equal distances": (1.0 - np.eye(6), np.array([3, 1, 3, 1, 2, 3]))}
    cases |= {"with pictures that are all alike": (np.zeros((6, 6)), np.array([3, 1, 3, 1, 2, 3]))}
    cases |= {"with a single picture of each person": (D[:4, :4], np.array([4, -1, 0, 7]))}
    cases |= {"with labels that are large numbers": (D[:4, :4], 10**12 + np.array([1, 0, 1, 0]))}
    cases |= {"with 300 pictures": problem(rng, 300, 9)}
    domain = {"types": ["D"], "cases": cases, "apart": False}
    found = batch_hard(0.5 * D, labels)
    checks.that(found.dtype.kind in "iu", "the triplets must be whole numbers (int) for any D")
    checks.agrees(batch_hard, anchor_by_anchor, problem, sizes={"m": (2, 105), "people": (1, 12)}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 7. Training
#
# *Does it learn faces, or the 24 people?*
#
# The network is small: dropout that keeps 70 % of the features, one dense layer from 1,152 to 64 numbers, length 1. 300 batches of 15 people with 4 pictures each, margin 0.3, Adam with a rate that falls from 0.002 to 0 along half a cosine. Everything that you wrote runs in the loop: mining on the distances, gradients of the triplets, the way back through the length. One picture can be in many triplets, and `np.add.at` adds up the gradients of all of them.

# %%
MARGIN = 0.3


def random_negatives(D, labels, rng):
    """A triplet for each pair of an anchor and a positive, with any negative."""
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    n = np.where(same[a], -1, rng.random((len(a), len(labels)))).argmax(axis=1)
    return np.stack([a, p, n], axis=1)


def share_without_loss(D, labels):
    """Which share of all triplets of a batch have the loss 0."""
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    return np.mean((D[a, p][:, None] - D[a] + MARGIN <= 0)[~same[a]])


def embed(Z, parameters):
    """Embeddings of length 1 from features (..., 1152): (..., 64)."""
    return unit_length(Z @ parameters["W"] + parameters["b"])


# %%
def train(mine, seed, steps=300):
    """Trains an embedding on triplets that mine(D, labels, rng) chooses; its parameters, and a history (steps, 3).

    A line of the history: the share of all triplets without loss, that of the chosen ones, and their loss.
    """
    rng, history = np.random.default_rng(seed), []
    parameters = {"W": rng.normal(0, 1152**-0.5, (1152, 64)), "b": np.zeros(64)}
    v, s = initialize_adam(parameters)
    for t in range(1, steps + 1):
        people = rng.choice(24, 15, replace=False)
        rows = np.concatenate([10 * person + rng.choice(10, 4, replace=False) for person in people])
        X, _ = dropout_forward(Z_train[rng.integers(5, size=60), rows], 0.7, rng)
        V = X @ parameters["W"] + parameters["b"]
        F = unit_length(V)
        D, labels = squared_distances(F), Y_train[rows]
        triplets = mine(D, labels, rng).T
        three = [F[place] for place in triplets]
        gradients = triplet_gradients(*three, MARGIN)
        without = np.mean(~np.any(gradients[0], axis=1))
        history.append((share_without_loss(D, labels), without, triplet_loss(*three, MARGIN)))
        dF = np.zeros_like(F)
        for place, gradient in zip(triplets, gradients, strict=True):
            np.add.at(dF, place, gradient)
        dV = unit_length_backward(dF, V)
        rate = 0.002 * (1 + np.cos(np.pi * t / steps)) / 2
        parameters, v, s = adam_step(parameters, {"dW": X.T @ dV, "db": dV.sum(axis=0)}, v, s, t, rate)
    return parameters, np.array(history)


# %%
ways = {"random": random_negatives, "semi-hard": lambda D, labels, rng: semi_hard_negatives(D, labels, MARGIN)}
ways |= {"batch-hard": lambda D, labels, rng: batch_hard(D, labels)}
runs = {(way, seed): None for way in ways for seed in range(3)}
for way, seed in tqdm(runs, desc="trainings", file=sys.stdout):
    runs[way, seed] = train(ways[way], seed)
results = {run: judged(embed(Z_test, parameters)) for run, (parameters, _) in runs.items()}
for way in ways:
    of_way = np.array([results[way, seed] for seed in range(3)])
    print(f"{way:11} AUC {of_way[:, 0].round(3)}   one-shot {of_way[:, 1].round(3)}")
D, (i, j) = squared_distances(embed(Z_train[1], runs["semi-hard", 0][0])), np.triu_indices(240, 1)
print(f"the training people themselves (semi-hard): AUC {auc(-D[i, j], Y_train[i] == Y_train[j]):.4f}")

# %% [markdown]
# Ten people whom the embedding has never seen, before and after. A map of 1,152 or 64 dimensions on paper: the two principal components, the directions in which the points differ most.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 4.2))
after = embed(Z_test, runs["semi-hard", 0][0])
for axis, F, name in zip(axes, (H_test, after), ("frozen features", "after training with triplets"), strict=True):
    centred = F - F.mean(axis=0)
    components = np.linalg.svd(centred, full_matrices=False)[2][:2]
    x, y = components @ centred.T
    for person in range(10):
        own = Y_test == 30 + person
        axis.scatter(x[own], y[own], marker=f"${person}$", s=45, color=plots.COLORS[person % 7])
    axis.set(xticks=[], yticks=[], title=name, xlabel="component 1")
axes[0].set_ylabel("component 2")
figure.suptitle("Ten people who were not in the training set: a digit for each person", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* Left, many groups lie across each other. Right, most are a little tighter and farther apart, but not all: person 0 lies in two groups. A map is a weak witness here. Two components hold less than a third of the spread on the left, and less than a half on the right. So look at *all* the distances: each point below shows the squared distance of one test picture from another, dark is near. The pictures are sorted by person, ten by ten.

# %%
figure, axes = plt.subplots(1, 3, figsize=(8, 3))
panels = {"raw pixels": X_test.reshape(100, -1) / 255, "frozen features": H_test, "after training": after}
for axis, (name, F) in zip(axes, panels.items(), strict=True):
    axis.imshow(squared_distances(F), cmap="gray")
    axis.set(xticks=range(5, 100, 10), yticks=range(5, 100, 10), title=name, xlabel="person")
    axis.set_xticklabels(range(10))
    axis.set_yticklabels(range(10))
    axis.grid(False)
figure.suptitle("After training most unseen people have a dark block: near to themselves", fontsize=11)
plt.show()

# %% [markdown]
# *What to notice.* On raw pixels only the diagonal is dark, where each picture meets itself. After training most people have a dark block of ten times ten pictures, though the network never saw any of them. Not all is well: person 0 has two blocks, person 5 hardly has one, and persons 2, 7 and 8 look alike to the network.

# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.4))
axes[0].plot(runs["semi-hard", 0][1][:, 0], color="black", linestyle="-", label="all triplets of the batch")
for color, style, way in zip((1, 0, 2), (":", "--", "-."), ways, strict=True):
    smooth = np.convolve(runs[way, 0][1][:, 1], np.ones(9) / 9, mode="valid")
    axes[0].plot(np.arange(len(smooth)) + 4, smooth, style, color=plots.COLORS[color], label=f"chosen: {way}")
axes[0].set(xlabel="step", ylabel="share with loss 0", title="Soon nearly all triplets have loss 0")
axes[0].legend(fontsize=8)
levels = {"raw pixels": judged(X_test.reshape(100, -1) / 255)[1], "frozen": judged(H_test)[1]}
levels |= {way: [results[way, seed][1] for seed in range(3)] for way in ways}
for place, (color, values) in enumerate(zip((6, 6, 1, 0, 2), levels.values(), strict=True)):
    axes[1].plot(np.atleast_1d(values), np.full(np.size(values), place), "o", color=plots.COLORS[color])
axes[1].set(yticks=range(5), yticklabels=list(levels), xlim=(0.45, 0.9), ylim=(4.5, -0.5))
axes[1].set(xlabel="one-shot accuracy (axis from 0.45)", title="Unseen people: training pays, mining too")
plt.show()

# %% [markdown]
# *What to notice.* Left: after about 20 steps nine of ten triplets of a batch have loss 0, and at the end more than 99 of 100. If negatives are chosen at random, the chosen triplets have nothing to say either. The mined ones still teach something after 100 steps. Right: each point is a seed. Raw pixels recognise about 0.52, frozen features 0.63, random triplets about 0.74 to 0.78, semi-hard ones about 0.80. Semi-hard was ahead of random in each seed.
#
# Batch-hard is as good as semi-hard here, and three seeds cannot tell them apart. Nothing collapsed. We also tried a rate 50 times as large: everything became worse, and still nothing collapsed. The features are frozen, there is one layer, no label is wrong, and the hardest of 60 pictures is not very hard. The warning of FaceNet is about deep networks and batches of thousands.
#
# On the *training* people the AUC is above 0.999, on unseen people about 0.935. So the embedding knows its 24 people far too well. More people would help, not more steps: FaceNet had eight million.
#
# ## 8. Verification as a classifier of pairs
#
# *Can a network learn the comparison too?*
#
# The second way of the lecture needs no triplets: face verification is **binary classification** of pairs. Take the embeddings $f_1, f_2$ of two pictures, make features of the pair, and let a logistic unit say how probable it is that both show the same person ($y = 1$) or not ($y = 0$):
#
# $$x_j = |f_{1j} - f_{2j}| \qquad \text{or} \qquad x_j = \frac{(f_{1j} - f_{2j})^2}{f_{1j} + f_{2j}}, \qquad \hat y = \sigma\Big(\sum_j w_j x_j + b\Big) .$$
#
# The second one is the **chi-square similarity** $\chi^2$ of DeepFace (Taigman and others, 2014). It needs features that are not negative, such as those after a ReLU. The same difference counts more where both numbers are small. Where both are 0, the fraction is $0/0$; nothing differs there, so $x_j = 0$.
#
# *On paper.* $f_1 = (1, 0, 4)$, $f_2 = (3, 0, 1)$: $|f_1 - f_2| = (2, 0, 3)$, and $\chi^2 = (\frac{4}{4}, 0, \frac{9}{5}) = (1, 0, 1.8)$.
#
# ### Exercise 6: `pair_features`


# %% exercise="pair_features"
def pair_features(F1, F2, kind):
    """The features of pairs of embeddings for a verifier.

    Args:
        F1, F2: row i of both is pair i, shape (m, n_f) each, m >= 1, n_f >= 1, floats or whole numbers (int64). For
            "chi-square" none of them is negative.
        kind: "absolute" or "chi-square".

    Returns:
        Floats or whole numbers, shape (m, n_f): the absolute differences, or the chi-square similarities. These are
        exact, with nothing added below the fraction, and 0 where both embeddings are 0.

    Raises:
        ValueError: kind is anything else.
    """
    # 1. Which kind? 2. Where both are 0, do not divide.
    ### BEGIN SOLUTION
    if kind == "absolute":
        return np.abs(F1 - F2)
    if kind != "chi-square":
        raise ValueError(f'kind is "absolute" or "chi-square", not {kind!r}')
    total = np.asarray(F1 + F2, dtype=float)
    return (F1 - F2) ** 2 / np.where(total > 0, total, 1)  # equivalent "1 → 2": 0 over anything
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# Where $f_1 + f_2 = 0$, both are 0 and the numerator is 0 as well. So divide by 1 in these places: `np.where(total > 0, total, 1)`.
# </details>

# %% check="pair_features" points=1
with checks.exercise("pair_features"):
    F1, F2 = np.array([[1.0, 0], [2, 5], [4, 0]]), np.array([[3.0, 0], [2, 1], [1, 8]])
    checks.unchanged(pair_features, F1, F2, "chi-square")
    slips = {"without the sign": [[-2, 0], [0, 4], [3, -8]], "not squared": [[4, 0], [0, 16], [9, 64]]}
    absolute = pair_features(F1, F2, "absolute")
    checks.close('the "absolute" features', absolute, [[2, 0], [0, 4], [3, 8]], mistakes=slips)
    slips = {"the square of the difference": [[0.5, 0], [0, 4 / 6], [3 / 5, 1]]}
    slips |= {"the sum is not squared": [[0.25, 0], [0, 16 / 36], [9 / 25, 1]]}
    chi_square = pair_features(F1, F2, "chi-square")
    checks.close('the "chi-square" features', chi_square, [[1, 0], [0, 16 / 6], [9 / 5, 8]], mistakes=slips)
    checks.raises('kind = "chi"', ValueError, pair_features, F1, F2, "chi")
    ### BEGIN HIDDEN TESTS

    def number_by_number(F1, F2, kind):
        features = np.zeros(F1.shape)
        for place in np.ndindex(F1.shape):
            one, two = float(F1[place]), float(F2[place])
            if one != two:
                features[place] = max(one, two) - min(one, two)
                features[place] *= features[place] / (one + two) if kind == "chi-square" else 1
        return features

    def problem(rng, m, n_f, kind):
        F1, F2 = np.abs(rng.normal(0, 1, (2, m, n_f))) if kind else rng.normal(0, 1, (2, m, n_f))
        if m * n_f > 3:
            F1[rng.random(F1.shape) < 0.3], F2[rng.random(F1.shape) < 0.3] = 0, 0
        return F1, F2, ("absolute", "chi-square")[kind]

    rng, cases = np.random.default_rng(6), {}
    for kind in (0, 1):
        F1, F2, name = problem(rng, 6, 4, kind)
        cases[f"with very small and very large numbers, {name}"] = F1 * 10.0 ** np.array([[-12, -8, 8, 12]]), F2, name
        cases[f"with very small numbers, {name}"] = 1e-10 * F1, 1e-10 * F2, name
        cases[f"with whole numbers, {name}"] = np.rint(3 * F1).astype(int), np.rint(3 * F2).astype(int), name
        cases[f"with floats and whole numbers, {name}"] = F1, np.rint(3 * F2).astype(int), name
        cases[f"with embeddings that hardly differ, {name}"] = F1, F1 * (1 + 1e-6 * rng.random(F1.shape)), name
        cases[f"with equal embeddings, {name}"] = F1, F1.copy(), name
        cases[f"with embeddings that are 0, {name}"] = 0 * np.abs(F1), 0 * np.abs(F2), name
        cases[f"with one embedding that is 0, {name}"] = 0 * np.abs(F1), F2, name
    domain = {"sizes": {"m": 130, "n_f": 120, "kind": (0, 1)}, "types": ["F1", "F2"], "cases": cases, "atol": 0}
    checks.agrees(pair_features, number_by_number, problem, **domain)
    found = pair_features(np.array([[1e-9, 1.0]]), np.array([[3e-9, 2.0]]), "chi-square")
    checks.close("a chi-square feature of 1e-9 and 3e-9", 1e9 * found[0, 0], 1.0)
    for kind in ("Absolute", "chi square", "chi_square", "chi2", "CHI-SQUARE", "absolut", "abs", "", None, "square"):
        checks.raises(f"kind = {kind!r}", ValueError, pair_features, F1, F2, kind)
    ### END HIDDEN TESTS

# %% [markdown]
# Now the logistic unit on $m$ pairs. Row $i$ of $X$, of shape $(m, n_f)$, holds the features of pair $i$. With the scores $z = Xw + b$,
#
# $$\hat y = \sigma(z) = \frac{1}{1 + e^{-z}}, \qquad J = -\frac{1}{m} \sum_{i=1}^{m} \big[y_i \log \hat y_i + (1 - y_i) \log (1 - \hat y_i)\big],$$
#
# $$dw = \frac{1}{m} X^T (\hat y - y), \qquad db = \frac{1}{m} \sum_i (\hat y_i - y_i) .$$
#
# You know this from course 1. Only one thing is new: scores of pairs can be large. With $z = 800$ and $y = 0$, $\hat y$ rounds to 1, and $\log(1 - \hat y)$ is $\log 0$. Put $\sigma$ into the loss, and it can be computed without $\hat y$:
#
# $$-y \log \sigma(z) - (1 - y) \log (1 - \sigma(z)) = \log (1 + e^{z}) - y z ,$$
#
# and `np.logaddexp(0, z)` computes $\log(e^0 + e^z)$ for any $z$.
#
# ### Exercise 7: `verifier_loss`


# %% exercise="verifier_loss"
def verifier_loss(X, y, w, b):
    """The probabilities of a logistic verifier on pairs, its loss and the gradients of the loss.

    Args:
        X: features of m pairs, shape (m, n_f), m >= 1, n_f >= 1, floats or whole numbers.
        y: 1 for a pair of one person, 0 for two people, as numbers, shape (m,).
        w: weights, shape (n_f,), floats or whole numbers.
        b: the bias, a number.

    Returns:
        y_hat: the probability of "same person" for each pair, shape (m,); exact to 9 digits also where it is small.
        loss: J as in the formula, a number. Exact for scores of any size, also for z = 5000: no clipping.
        dw, db: the gradients, shape (n_f,), and a number.
    """
    # 1. Scores, probabilities. 2. The loss, from the scores. 3. The gradients, from the errors.
    ### BEGIN SOLUTION
    z = X @ w + b
    y_hat = np.exp(-np.logaddexp(0, -z))
    loss = np.mean(np.logaddexp(0, z) - y * z)
    return y_hat, loss, X.T @ (y_hat - y) / len(y), np.mean(y_hat - y)
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# The loss is the mean of `np.logaddexp(0, z) - y * z`. `1 / (1 + np.exp(-z))` overflows for $z = -800$ and still gives the right 0, with a warning. `np.exp(-np.logaddexp(0, -z))` is the same without one.
# </details>

# %% check="verifier_loss" points=2
with checks.exercise("verifier_loss"):
    X, y, w = np.array([[0, 1.0], [3, 0], [1, 3]]), np.array([1, 0, 1]), np.array([-1, -0.5])
    checks.unchanged(verifier_loss, X, y, w, 1)
    names = ("y_hat", "loss", "dw", "db")
    found = checks.results("verifier_loss(X, y, w, 1)", verifier_loss(X, y, w, 1), names)
    checks.close("y_hat for the scores 0.5, -2, -1.5", found[0], [0.622459, 0.119203, 0.182426], rtol=1e-5)
    slips = {"the mean, not the sum": 2.302418, "its sign is wrong": -0.767473, "y and 1 - y are exchanged": 1.100806}
    checks.close("the loss", found[1], 0.767473, rtol=1e-5, mistakes=slips)
    checks.close(
        "dw", found[2], [-0.153322, -0.943421], rtol=1e-4, mistakes={"its sign is wrong": [0.153322, 0.943421]}
    )
    checks.close("db", found[3], -0.358637, rtol=1e-5, mistakes={"the mean, not the sum": -1.075912})
    far = checks.results("verifier_loss(1000 X, y, w, 1)", verifier_loss(1000 * X, y, w, 1), names)
    checks.close("the loss for the scores -499, -2999, -2499", far[1], 2998 / 3)
    ### BEGIN HIDDEN TESTS

    def pair_after_pair(X, y, w, b):
        y_hat, losses = np.zeros(len(X)), np.zeros(len(X))
        for i, x in enumerate(X):
            z = sum(float(each) * float(weight) for each, weight in zip(x, w, strict=True)) + b
            small = np.exp(-abs(z))
            y_hat[i] = (1 if z >= 0 else small) / (1 + small)
            losses[i] = np.log1p(small) + max(-z if y[i] else z, 0)
        errors = np.where(y == 1, y_hat - 1, y_hat)
        return y_hat, losses.sum() / len(X), np.einsum("i,ij->j", errors, X) / len(X), errors.sum() / len(X)

    def problem(rng, m, n_f):
        return rng.normal(0, 1, (m, n_f)), rng.integers(0, 2, m), rng.normal(0, 1, n_f), float(rng.normal(0, 1))

    rng = np.random.default_rng(7)
    X, y, w, b = problem(rng, 9, 4)
    cases = {f"with scores of about {scale:g}": (X, y, scale * w, b) for scale in (30, 300, 5000)}
    cases |= {f"with all labels {label}": (X, np.full(9, label), w, b) for label in (0, 1)}
    cases |= {"with scores of 0": (X, y, 0 * w, 0.0), "with one pair and score 0": (X[:1], y[:1], 0 * w, 0)}
    whole = np.rint(3 * X).astype(int), y, np.rint(2 * w).astype(int), 1
    cases |= {"with whole numbers everywhere": whole}
    small = verifier_loss(np.array([[-30.0]]), np.array([0]), np.array([1.0]), 0)[0]
    checks.close("1e13 times y_hat for a score of -30", 1e13 * small, 1e13 * np.exp([-30.0]))
    cases |= {"with bias 0": (X, y, w, 0), "with bias 800": (X, y, w, 800), "with bias -800": (X, y, w, -800.0)}
    domain = {"real": {"X": 1e3, "w": 1e3}, "types": ["X", "y", "w", "b"], "returns": names, "cases": cases}
    checks.agrees(verifier_loss, pair_after_pair, problem, sizes={"m": 1030, "n_f": 130}, atol=1e-14, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The comparison. There are many more pairs of different people than of one person (ten times as many among the test people). So we train on as many pairs of each kind, and we judge by the **balanced accuracy**: the mean of the share that is right among pairs of one person, and of the share that is right among pairs of two.
#
# - The plain **distance** has one parameter, the threshold. It is the best one for the six dev people.
# - The **verifier** has a weight for each feature. It learns on pairs of the 24 training people, and says "same" above 0.5. Its features are divided by their means over the training pairs.
#
# Each on frozen features and on our embedding (semi-hard). $\chi^2$ only goes with the frozen features: embeddings of length 1 have negative numbers.


# %%
def draw_pairs(F, labels, count, rng):
    """`count` pairs of one person and as many of two, from faces (copies, m, n): (2 count, n) twice, and y."""
    i, j = np.triu_indices(len(labels), 1)
    same = labels[i] == labels[j]
    rows = np.concatenate([rng.choice(np.flatnonzero(kind), count) for kind in (same, ~same)])
    first, second = rng.integers(1, len(F), (2, 2 * count))  # any of the pictures framed anew
    return F[first, i[rows]], F[second, j[rows]], same[rows].astype(float)


def train_verifier(F, labels, kind, rate, rng, steps=300):
    """A logistic verifier, trained by Adam on 100 + 100 new pairs in each step: a function that scores pairs."""
    scale = pair_features(*draw_pairs(F, labels, 1000, rng)[:2], kind).mean(axis=0) + 1e-9
    parameters = {"w": np.zeros(F.shape[2]), "b": np.zeros(())}
    v, s = initialize_adam(parameters)
    for t in range(1, steps + 1):
        F1, F2, y = draw_pairs(F, labels, 100, rng)
        _, _, dw, db = verifier_loss(pair_features(F1, F2, kind) / scale, y, parameters["w"], float(parameters["b"]))
        grads = {"dw": dw, "db": np.asarray(db)}
        parameters, v, s = adam_step(parameters, grads, v, s, t, rate * (1 + np.cos(np.pi * t / steps)) / 2)
    return lambda F1, F2: pair_features(F1, F2, kind) / scale @ parameters["w"] + parameters["b"]


def balanced(says_same, y):
    """The mean of the shares that are right, among pairs of one person and of two."""
    return (np.mean(says_same[y == 1]) + np.mean(~says_same[y == 0])) / 2


# %%
def compare(kind, F_train, F_dev, F_test, rate, seed):
    """Scores of the test pairs by one kind of verifier, above 0 for "same", and the best threshold on dev people."""
    rng, (i, j) = np.random.default_rng(seed), np.triu_indices(100, 1)
    score = lambda F1, F2: -np.sum((F1 - F2) ** 2, axis=1)  # noqa: E731
    if kind != "distance":
        score = train_verifier(F_train, Y_train, kind, rate, rng)
    F1, F2, y = draw_pairs(F_dev, Y_dev, 1000, rng)
    dev = score(F1, F2)
    best = max(np.sort(dev)[::5], key=lambda threshold: balanced(dev > threshold, y))
    return score(F_test[i], F_test[j]), best


# %%
same = (Y_test[:, None] == Y_test)[np.triu_indices(100, 1)]
tried = [("frozen", kind, 0.003) for kind in ("distance", "absolute", "chi-square")]
tried += [("embedding", kind, 0.05) for kind in ("distance", "absolute")]
report = ["features  verifier   threshold from  balanced accuracy, 3 seeds   FA   FR     AUC (means of the seeds)"]
for features, kind, rate in tqdm(tried, desc="verifiers", file=sys.stdout):
    lines = {"0.5": [], "dev people": []}
    for seed in range(3):
        groups = H_train, H_dev, H_test
        if features == "embedding":
            groups = [embed(Z, runs["semi-hard", seed][0]) for Z in (Z_train, Z_dev, Z_test)]
        scores, best = compare(kind, *groups, rate, seed)
        for name, threshold in (("0.5", 0), ("dev people", best)):
            says = scores > threshold
            lines[name].append((balanced(says, same), says[~same].mean(), (~says[same]).mean(), auc(scores, same)))
    for name, found in lines.items():
        right, accepted, rejected, area = np.transpose(found)
        if kind != "distance" or name != "0.5":
            shares = f"{accepted.mean():.2f} {rejected.mean():.2f}   {area.mean():.3f}"
            report.append(f"{features:9} {kind:10} {name:15} {str(right.round(3)):27}  {shares}")
print("\n".join(report))

# %% [markdown]
# *What to notice.* On the frozen features a verifier with a weight for each feature beats the plain distance, by about two points with $\chi^2$. FA and FR are the shares of false acceptances and of false rejections.
#
# On the embedding the plain distance is the best, and the verifier with its threshold of 0.5 is the worst: it accepts about one stranger in 20, and it rejects about three of ten right people. Why? It learned on pairs of the 24 people whom the embedding knows too well. Their pictures lie very near each other. Two pictures of an *unseen* person lie farther apart, and the verifier takes that for two people. A threshold from the six dev people repairs most of this. The AUC, which needs no threshold, shows that 64 weights did not help: the triplet loss has already made the plain distance the right measure.
#
# So 0.5 is the right threshold only where the pairs are like those of the training, and where both kinds are equally frequent. At the door of an office nearly everybody may come in. In a search for one person in a crowd nearly nobody is the right one. Choose the threshold for the case at hand.

# %% [markdown]
# ## What you built
#
# - `triplet_loss` and `triplet_gradients`: nearer than others by a margin, without a number for "near".
# - `unit_length_backward`: the gradient through embeddings of length 1.
# - `semi_hard_negatives` and `batch_hard`: the triplets that still teach something.
# - An embedding of 64 numbers that tells people apart whom it has never met.
# - `pair_features` and `verifier_loss`: verification as a classifier of pairs.
#
# ## On your own
#
# 1. Put one wrong label into each person's pictures of the training set. Which way of mining suffers most, and why?
# 2. **InfoNCE** (van den Oord and others, 2018) is a modern relative: one positive against *all* negatives of the batch, by a softmax over similarities, $-\log \frac{e^{a \cdot p / \tau}}{e^{a \cdot p / \tau} + \sum_n e^{a \cdot n / \tau}}$ with a temperature $\tau$, about 0.1. Write it with its gradient, and train with it. No mining is needed: which negatives have the largest gradients?
# 3. Really hard: train the embedding *through* the verifier, as in the second way of the lecture. Send the gradient of the log loss through $|f_1 - f_2|$ and the length back to $W$ and $b$. Is the threshold 0.5 then better on unseen people? Keep the six dev people apart.
#
# ## In practice
#
# - A door does not embed its employees again and again. It keeps their vectors $f(x)$ in a database and embeds only the picture of the camera. This works for both ways of the lecture.
# - `torch.nn.TripletMarginLoss` is the triplet loss with plain distances; `pytorch-metric-learning` has the miners of this lesson and many more. Today's face networks are mostly trained as classifiers of hundreds of thousands of people with an angular margin (ArcFace); the last layer is thrown away, and what is left is an embedding of length 1.
# - The companies of the lecture train on 10 to 100 million pictures. Take a network that they have published, as in [lesson 01](01_one_shot_and_siamese_networks.ipynb), and choose the threshold on people of your own.
# - Test by groups of people. An embedding is worse on groups that were rare in its training set, and a wrong face can have heavy consequences. Faces are personal data: many countries have laws on who may store them.
#
# ## References
#
# - Course 4, week 4, lectures 4 and 5.
# - F. Schroff, D. Kalenichenko and J. Philbin (2015), FaceNet: A Unified Embedding for Face Recognition and Clustering, CVPR.
# - Y. Taigman, M. Yang, M. Ranzato and L. Wolf (2014), DeepFace: Closing the Gap to Human-Level Performance in Face Verification, CVPR.
# - A. Hermans, L. Beyer and B. Leibe (2017), In Defense of the Triplet Loss for Person Re-Identification, arXiv:1703.07737.
# - A. van den Oord, Y. Li and O. Vinyals (2018), Representation Learning with Contrastive Predictive Coding, arXiv:1807.03748.
# - F. Samaria and A. Harter (1994), Parameterisation of a Stochastic Model for Human Face Identification, WACV (the ORL faces).
