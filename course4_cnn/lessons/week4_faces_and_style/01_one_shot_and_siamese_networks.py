# %% [markdown]
# You will write what stands behind a face recognition system: distances between embeddings, a threshold, and the curves that say how often it is wrong.
# At the end you train a Siamese network of your own, and see what it learns and what it does not.

# %% [markdown]
# ## What you will be able to do
#
# - verify and recognise people by the distance between embeddings, and refuse people who are not known;
# - draw the ROC curve of a verifier, and compute the area under it and the equal error rate;
# - choose a threshold on some people, and test it on people who were never seen;
# - measure one-shot learning by episodes;
# - write a Siamese network, the contrastive loss, and the gradients with shared weights.
#
# **What you need:** dense layers and backward passes from course 1, Adam from course 2, boxes from [week 3](../week3_object_detection/03_bounding_boxes_iou_nms.ipynb).

# %%
import sys

import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from shared_utils import checks, data, plots
from shared_utils.grading import grade
from shared_utils.nn.optimisers import adam_step, initialize_adam
from shared_utils.pretrained import face_detector, face_embedding
from shared_utils.pretrained.resize import resized

plots.use_style()

# %% [markdown]
# ## 1. From a face to a distance
#
# *Is this the same person? How can a network answer for people whom it has never seen?*
#
# A softmax with one output for each person cannot do it. For a new colleague one would have to train it again, and there is only one picture of her. This is **one-shot learning**: to know a class from one example.
#
# The way out is to learn a measure of difference. A network makes a list of $n$ numbers of each face, the **embedding** $f(x)$. It is trained so that two faces of one person have embeddings that are near one another, and two faces of different people do not. The difference of two pictures is then the Euclidean distance
#
# $$d(x^{(1)}, x^{(2)}) = \lVert f(x^{(1)}) - f(x^{(2)}) \rVert = \sqrt{\sum_{k=1}^{n} \bigl(f(x^{(1)})_k - f(x^{(2)})_k\bigr)^2} .$$
#
# (Some papers use $d^2$. The order of the distances is the same, the threshold is not.) The $m_1$ embeddings of one list of pictures are the rows of $F_1$, shape $(m_1, n)$, those of another list the rows of $F_2$, shape $(m_2, n)$. All their distances are a matrix of shape $(m_1, m_2)$.
#
# *On paper.* $F_1 = \begin{bmatrix} 0 & 0 \\ 3 & 0 \end{bmatrix}$ and $F_2 = \begin{bmatrix} 3 & 4 \\ 0 & 1 \\ 3 & 0 \end{bmatrix}$ have the distances $\begin{bmatrix} 5 & 1 & 3 \\ 4 & \sqrt{10} & 0 \end{bmatrix}$.
#
# There are two good ways. One goes row by row. The other uses $\lVert a - b \rVert^2 = \lVert a \rVert^2 + \lVert b \rVert^2 - 2 \, a \cdot b$, whose last part is one matrix product for all pairs. But rounding can make it a little smaller than 0, and then the root is `nan`.
#
# ### Exercise 1: `pairwise_distances`


# %% exercise="pairwise_distances"
def pairwise_distances(F1, F2):
    """The Euclidean distance of each row of F1 from each row of F2.

    Args:
        F1: shape (m1, n). F2: shape (m2, n). All sizes >= 1; floats or whole numbers, also pixels of type uint8.

    Returns:
        An array of floats, shape (m1, m2); entry [i, j] is the distance of row i of F1 from row j of F2.
        Rounding: the distance of two equal rows may be a little above 0, up to 1e-6 times the length of the row; it is
        never nan.
        Memory: the m1 * m2 * n differences are never all in memory at the same time; those of one row of F1 may be.

    Example:
        pairwise_distances(np.array([[0, 0]]), np.array([[3, 4], [0, 1]])) is [[5, 1]].
    """
    # 1. Floats, so that pixels do not wrap. 2. Either row by row, or squares and one matrix product.
    # 3. In the second case: nothing below 0 may come under the root.
    ### BEGIN SOLUTION
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.stack([np.sqrt(np.sum((F2 - f) ** 2, axis=1)) for f in F1])
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Row by row: `F2 - f`, for one row `f` of `F1`, has the shape $(m_2, n)$. Square it, add up over axis 1, take the root. That is one row of the result.
# </details>
# <details><summary>Hint 2</summary>
#
# With a matrix product: the squared lengths of the rows of `F1` as a column $(m_1, 1)$, those of `F2` as a row $(1, m_2)$, minus `2 * F1 @ F2.T`. Then `np.maximum(..., 0)` before `np.sqrt`.
# </details>

# %% check="pairwise_distances" points=2
with checks.exercise("pairwise_distances"):
    F1, F2 = np.array([[0.0, 0], [3, 0]]), np.array([[3.0, 4], [0, 1], [3, 0]])
    checks.unchanged(pairwise_distances, F1, F2)
    slips = {
        "the root is missing": [[25, 1, 9], [16, 10, 0]],
        "add squares, not absolute values": [[7, 1, 3], [4, 4, 0]],
    }
    what = "pairwise_distances of [[0, 0], [3, 0]] and [[3, 4], [0, 1], [3, 0]]"
    checks.close(what, pairwise_distances(F1, F2), [[5, 1, 3], [4, 10**0.5, 0]], atol=3e-6, mistakes=slips)
    rows = 1 / np.arange(3.0, 303).reshape(100, 3)
    checks.close("the distance of a row from itself", np.diag(pairwise_distances(rows, rows)), np.zeros(100), atol=1e-7)
    ### BEGIN HIDDEN TESTS
    import tracemalloc

    def number_by_number(F1, F2):
        rows = [[sum((float(x) - float(z)) ** 2 for x, z in zip(a, b, strict=True)) ** 0.5 for b in F2] for a in F1]
        return np.array(rows)

    def two_lists(rng, m1, m2, n):
        return rng.normal(0, 1, (m1, n)), rng.normal(0, 1, (m2, n))

    rng = np.random.default_rng(1)
    far, wide = rng.normal(0, 1, (5, 4)), rng.normal(0, 1, (2, 300))
    cases = {
        "with numbers near 1e-9": (far * 1e-9, far[::-1][:2] * 1e-9),
        "with numbers near 1e9": (far * 1e9, far[::-1][:2] * 1e9),
        "with n = 300": (wide, wide[::-1].copy()[:1] + 1),
        "with pixels in both": (np.array([[0, 250, 9]], np.uint8), np.array([[255, 3, 9], [7, 7, 7]], np.uint8)),
    }
    domain = {"real": {"F1": 100, "F2": 100}, "types": ["F1", "F2"], "pixels": ["F1", "F2"], "cases": cases}
    checks.agrees(pairwise_distances, number_by_number, two_lists, sizes={"m1": 104, "m2": 103, "n": 130}, **domain)
    F1, F2 = rng.normal(0, 1, (150, 400)), rng.normal(0, 1, (200, 400))
    tracemalloc.start()
    pairwise_distances(F1, F2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    checks.that(peak < 70e6, "pairwise_distances makes all m1 * m2 * n differences at the same time: go row by row")
    ### END HIDDEN TESTS

# %% [markdown]
# Now real faces: the ORL set, 40 people with ten photographs each, of 56 × 46 pixels. The embedding is a residual network of 29 convolutions that was trained on about three million faces. Its 128 numbers come from a square around the face. So we must first find the face, with the detector of week 3. It likes faces that are a tenth to two thirds of the picture. We paste nine portraits on one grey sheet, which is also nine times as fast, and take in each portrait the box with the best score.

# %%
loaded = data.load_faces()
pictures = np.concatenate([loaded.X_train, loaded.X_test])[..., 0]  # (400, 56, 46)
person = np.concatenate([loaded.Y_train[0], loaded.Y_test[0]])  # 0, 0, ..., 39
DETECTOR, EMBEDDING = data.load_weights("face_detector"), data.load_weights("face_embedding")
CORNERS = np.array([(76 * column + 15, 76 * row + 10) for row in range(3) for column in range(3)])  # x, y on the sheet


def make_sheet(nine):
    """Up to nine portraits on a grey sheet of 228 × 228 pixels."""
    sheet = np.full((228, 228), 128, dtype=np.uint8)
    for (x, y), picture in zip(CORNERS, nine, strict=False):
        sheet[y : y + 56, x : x + 46] = picture
    return np.stack([sheet] * 3, axis=2)


def find_faces(pictures):
    """The box of the face in each portrait, made square and a tenth larger, in its pixels, shape (m, 4)."""
    found = []
    for start in tqdm(range(0, len(pictures), 9), desc="finding faces", file=sys.stdout):
        grid = face_detector.raw_grid(make_sheet(pictures[start : start + 9]), DETECTOR)
        boxes, scores = face_detector.decode(grid, 228)
        centres, sides = (boxes[:, :2] + boxes[:, 2:]) / 2, (boxes[:, 2:] - boxes[:, :2]).mean(axis=1)
        for corner in CORNERS[: len(pictures) - start]:
            inside = np.all((centres >= corner) & (centres <= corner + [46, 56]), axis=1)
            best = np.argmax(np.where(inside, scores, -1))
            found.append(np.concatenate([centres[best] - 0.55 * sides[best], centres[best] + 0.55 * sides[best]]))
            found[-1] -= np.tile(corner, 2)
    return np.array(found)


# %%
def embed_faces(pictures, boxes):
    """The 128 numbers of the face in each box, float32 (m, 128)."""
    rows = []
    for start in tqdm(range(0, len(pictures), 25), desc="embedding", file=sys.stdout):
        crops = []
        for picture, box in zip(pictures[start : start + 25], boxes[start : start + 25], strict=True):
            framed = np.pad(picture, 30, mode="edge")  # boxes may reach over the rim
            crops.append(face_embedding.crop(np.stack([framed] * 3, axis=2), box + 30))
        rows.append(face_embedding.embed(np.stack(crops), EMBEDDING))
    return np.concatenate(rows)


boxes = find_faces(pictures)
F = embed_faces(pictures, boxes)
print("pictures", pictures.shape, "  boxes", boxes.shape, "  embeddings", F.shape, F.dtype)

# %%
shown = np.arange(300, 309)
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.7))
left.imshow(make_sheet(pictures[shown]))
plots.draw_boxes(left, boxes[shown] + np.tile(CORNERS, 2), plots.COLORS[1])
left.set(title="Nine portraits, the square that is embedded", xticks=[], yticks=[])
some = np.concatenate([np.arange(10 * p, 10 * p + 5) for p in (15, 20, 30, 35)])
image = right.imshow(pairwise_distances(F[some], F[some]), cmap="viridis", vmin=0)
right.set(title="One person is near, others are far", xlabel="picture", ylabel="picture", xticks=[0, 5, 10, 15])
right.set_yticks([0, 5, 10, 15])
figure.colorbar(image, label="distance")
for axis in (left, right):
    axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* On the right are four people with five pictures each, so the four dark squares of 5 × 5 on the diagonal are the pairs of one person. The diagonal itself is 0: each picture and itself. Most distances between people are above 0.6, most within a person below 0.5. But dark is not black: two pictures of one person are far from equal.

# %% [markdown]
# ## 2. Verify and recognise
#
# *How does a distance become a decision?*
#
# There are two tasks. **Face verification**: somebody says who she is, and the system compares with this one person, 1 : 1. **Face recognition**: the system looks for the person in a whole database, 1 : K. In both a **threshold** $\tau$ decides: a distance of at most $\tau$ counts as the same person. The database holds embeddings, not pictures; to add a person, one adds a row and trains nothing.
#
# There may be several pictures of a person. We compare with the **nearest** one: $d = \min_j \lVert f - e_j \rVert$. In recognition the nearest person wins, but only if she is near enough. Otherwise the answer is "unknown", in Python `None`.
#
# Verification is the same with a database of one person.
#
# *On paper.* $f = (0, 0)$. In the database are Li with one picture at $(6, 8)$, Wang with $(0, 20)$ and $(3, 4)$, and Ma with $(4, 3)$ and $(0, 9)$. The distances are 10 for Li, $\min(20, 5) = 5$ for Wang and $\min(5, 9) = 5$ for Ma. Of equal ones we take the first: Wang. With $\tau = 5$ the answer is Wang, with $\tau = 4.9$ it is `None`.
#
# ### Exercise 2: `recognise`


# %% exercise="recognise"
def recognise(f, database, threshold):
    """Who it is, of all people in a database, or None.

    Args:
        f: an embedding, shape (n,), floats or whole numbers.
        database: a dict; for each name (any string or whole number) the embeddings of this person's pictures, shape
            (k, n), floats or whole numbers. k >= 1 may differ from person to person. The dict may be empty.
        threshold: a number >= 0.

    Returns:
        The name of the person with the nearest picture, if its distance is at most the threshold (exactly the
        threshold is enough), else None. Of equal distances the person who comes first in the dict is taken.

    Example:
        recognise(np.array([0, 0]), {"Li": np.array([[6, 8]]), "Wang": np.array([[3, 4]])}, 7) is "Wang".
    """
    # 1. For each person: the smallest distance. 2. The smallest of these, and whose it is. 3. Is it small enough?
    ### BEGIN SOLUTION
    nearest = [np.min(pairwise_distances(f[np.newaxis], entry)) for entry in database.values()]
    if not nearest or np.min(nearest) > threshold:
        return None
    return list(database)[np.argmin(nearest)]
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `for name, entry in database.items():` goes through the people in the order in which they were entered. Keep the best name and distance so far. Begin with `best, least = None, np.inf`.
#
# Replace the best one only if the new distance is *smaller*; then the first of equal ones stays. A name may be 0 or "": do not ask `if name:`.
# </details>

# %% check="recognise" points=2
with checks.exercise("recognise"):
    f, database = np.array([0.0, 0]), {"Li": np.array([[6.0, 8]]), "Wang": np.array([[0.0, 20], [3, 4]])}
    database["Ma"] = np.array([[4.0, 3], [0, 9]])
    checks.unchanged(recognise, f, database, 7.0)
    what = "recognise: Li at 10, Wang at 20 and 5, Ma at 5 and 9; threshold 12"
    checks.equal(what, recognise(f, database, 12.0), "Wang")
    checks.equal("the same with the threshold 5, which is enough", recognise(f, database, 5.0), "Wang")
    checks.equal("the same with the threshold 4.9", recognise(f, database, 4.9), None)
    checks.equal("recognise with an empty database", recognise(f, {}, 5.0), None)
    ### BEGIN HIDDEN TESTS

    def all_pictures(f, database, threshold):
        seen = [
            (sum((float(a) - float(b)) ** 2 for a, b in zip(f, row, strict=True)) ** 0.5, number, name)
            for number, (name, entry) in enumerate(database.items())
            for row in entry
        ]
        return min(seen)[2] if seen and min(seen)[0] <= threshold else None

    def door(rng, people, n):
        names = [f"person {number}" for number in rng.permutation(people)]
        database = {name: rng.normal(0, 1, (int(rng.integers(1, 5)), n)) for name in names}
        f = database[names[rng.integers(people)]][-1] + rng.normal(0, 1, n) * 0.3
        return f, database, float(rng.uniform(0.15, 0.6) * n**0.5)

    line = {0: np.array([[5]]), 1: np.array([[2], [9]]), "": np.array([[-2]]), 7: np.array([[7]])}
    cases = {
        "with the name 0": (np.array([5]), line, 0),
        "with the name ''": (np.array([-3]), line, 1),
        "with the name 0 and a tie": (np.array([6]), line, 3),
        "with a tie behind a far person": (np.array([0]), line, 2),
        "with a tie at the end": (np.array([8]), line, 5),
        "with nobody near enough": (np.array([100]), line, 90),
        "with numbers above 100": (np.array([120.0]), {"a": np.array([[200.0]]), "b": np.array([[50.0]])}, 75),
        "with n = 130": (np.zeros(130), {"a": 7 * np.eye(130)[129:], "b": 5 * np.eye(130)[:1]}, 9),
        "with 130 pictures": (np.ones(1), {"a": np.array([[9]]), "b": np.arange(130, 0, -1).reshape(130, 1)}, 9),
        "with one person": (np.array([0.5]), {"Li": np.array([[1.0]])}, 0.5),
        "with one person who is too far": (np.array([0.5]), {"Li": np.array([[1 + 1e-12]])}, 0.5),
        "with 130 people": (np.array([150]), {-k: np.array([[k]]) for k in range(130)}, 300),
        "with near ties": (np.zeros(1), {"a": np.array([[1 + 1e-12]]), "b": np.array([[1.0]])}, 2),
        "with threshold 0 and an empty database": (np.array([1.0]), {}, 0),
        "with threshold 0 and nobody equal": (np.array([1.0]), {"a": np.array([[1.5]]), "b": np.array([[1.25]])}, 0),
    }
    domain = {"types": ["f", "database"], "real": {"f": 10}, "cases": cases}
    checks.agrees(recognise, all_pictures, door, sizes={"people": 104, "n": (3, 130)}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# ## 3. How good is a verifier?
#
# *One threshold lets strangers in, another keeps friends out. How can two systems be compared?*
#
# Take many pairs of pictures of which we know whether they show the same person. For a threshold $t$, the pairs with $d \le t$ are accepted. There are two rates:
#
# $$\text{FA}(t) = \frac{\text{accepted pairs of different people}}{\text{all pairs of different people}}, \qquad \text{TA}(t) = \frac{\text{accepted pairs of one person}}{\text{all pairs of one person}} .$$
#
# **False acceptance** FA should be small and **true acceptance** TA large. Both can only grow with $t$, and they change only at distances that occur. Let $t_1 < t_2 < \dots < t_K$ be the *different* distances, and $t_0 = -1$, where nobody is accepted. The points $(\text{FA}(t_k), \text{TA}(t_k))$ for $k = 0, \dots, K$, joined by straight lines, are the **ROC curve** (receiver operating characteristic). Pairs with equal distances come in together, for no threshold can tell them apart.
#
# One number for all thresholds is the **area under the curve** (AUC), by trapezoids:
#
# $$\text{AUC} = \sum_{k=1}^{K} \bigl(\text{FA}(t_k) - \text{FA}(t_{k-1})\bigr) \, \frac{\text{TA}(t_k) + \text{TA}(t_{k-1})}{2} .$$
#
# It has a meaning: draw one pair of one person and one pair of different people. The AUC is the probability that the first has the smaller distance, where a tie counts one half. Guessing gives 0.5.
#
# *On paper.* Three pairs of one person have the distances 0.4, 0.2, 0.7, two pairs of different people 0.9, 0.4.
#
# | $t$ | −1 | 0.2 | 0.4 | 0.7 | 0.9 |
# |---|---|---|---|---|---|
# | FA | 0 | 0 | 1/2 | 1/2 | 1 |
# | TA | 0 | 1/3 | 2/3 | 1 | 1 |
#
# $\text{AUC} = \frac12 \cdot \frac{1/3 + 2/3}{2} + \frac12 \cdot 1 = 0.75$. Of the six combinations, four are right and one is a tie: $4.5 / 6 = 0.75$.
#
# ### Exercise 3: `roc_curve`


# %% exercise="roc_curve"
def roc_curve(distances, same):
    """The ROC curve of a verifier and the area under it.

    Args:
        distances: of n pairs, numbers >= 0, in any order, shape (n,), floats or whole numbers.
        same: True for a pair of one person, False for one of different people (or 1 and 0), shape (n,).

    Returns:
        thresholds: -1 and then the different distances, from small to large, an array of shape (K + 1,). Distances
            are different if they differ at all.
        false_acceptance, true_acceptance: arrays of FA and TA at these thresholds, from 0 to 1, shape (K + 1,).
        area: the area under the curve, a number.

    Raises:
        ValueError: there is no pair of one person, or none of different people.

    Example:
        roc_curve(np.array([3, 1]), np.array([False, True])) is ([-1, 1, 3], [0, 0, 1], [0, 1, 1], 1).
    """
    # 1. Both kinds there? 2. The different distances, -1 before them. 3. The shares at or below each. 4. Trapezoids.
    ### BEGIN SOLUTION
    same = same.astype(bool)
    if np.all(same) or not np.any(same):
        raise ValueError("there must be pairs of one person and pairs of different people")
    thresholds = np.append(-1, np.unique(distances))
    rates = []
    for kind in (~same, same):
        rates.append(np.searchsorted(np.sort(distances[kind]), thresholds, side="right") / np.sum(kind))
    return thresholds, rates[0], rates[1], float(np.trapezoid(rates[1], rates[0]))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `np.unique` gives the different distances, sorted. `same.astype(bool)` makes truth values of 1 and 0, and `~same` turns them around. With few pairs, FA at `t` is `np.mean(distances[~same] <= t)`.
# </details>
# <details><summary>Hint 2</summary>
#
# There will be thousands of pairs. `np.searchsorted(values, thresholds, side="right")` counts, for each threshold, how many of the *sorted* `values` are at most as large; that is quick. `np.trapezoid(y, x)` gives the area.
# </details>

# %% check="roc_curve" points=2
with checks.exercise("roc_curve"):
    distances, same = np.array([0.4, 0.2, 0.9, 0.4, 0.7]), np.array([True, True, False, False, True])
    checks.unchanged(roc_curve, distances, same)
    names = "thresholds", "false_acceptance", "true_acceptance", "area"
    thresholds, false, true, area = checks.results("roc_curve of five pairs", roc_curve(distances, same), names)
    checks.close("thresholds of five pairs", thresholds, [-1, 0.2, 0.4, 0.7, 0.9])
    slips = {"a distance equal to the threshold is accepted": [0, 0, 0, 0.5, 0.5]}
    slips |= {"divide by the pairs of different people, not by all": [0, 0, 0.2, 0.2, 0.4]}
    slips |= {"this is the true acceptance": [0, 1 / 3, 2 / 3, 1, 1]}
    checks.close("false_acceptance of five pairs", false, [0, 0, 0.5, 0.5, 1], mistakes=slips)
    slips = {"this is the rejection of pairs of one person": [1, 2 / 3, 1 / 3, 0, 0]}
    checks.close("true_acceptance of five pairs", true, [0, 1 / 3, 2 / 3, 1, 1], mistakes=slips)
    slips = {
        "take the mean of both heights": 4 / 6,
        "the mean of both heights": 5 / 6,
        "this is 1 minus the area": 0.25,
    }
    checks.close("area of five pairs", area, 0.75, mistakes=slips)
    checks.raises("pairs of one person only", ValueError, roc_curve, distances[:2], same[:2])
    ### BEGIN HIDDEN TESTS

    def by_counting(distances, same):
        near = [float(d) for d, s in zip(distances, same, strict=True) if s]
        far = [float(d) for d, s in zip(distances, same, strict=True) if not s]
        thresholds = np.array([-1.0, *sorted({*near, *far})])
        rates = [
            np.array([np.count_nonzero(np.array(kind) <= t) / len(kind) for t in thresholds]) for kind in (far, near)
        ]
        wins = np.array(near)[:, np.newaxis] - np.array(far)
        return thresholds, *rates, float(np.mean((wins < 0) + (wins == 0) / 2))

    def pairs(rng, n):
        distances, same = rng.uniform(0, 2, n), rng.integers(0, 2, n).astype(bool)
        same[:2] = rng.permutation([True, False])
        distances -= 0.3 * same * distances
        return distances.round(1) if rng.integers(2) else distances, same

    truth = np.array([True, False, True, False, False])
    others = {
        "with 1 and 0": (np.array([0.4, 0.2, 0.9]), np.array([0, 1, 1])),
        "with 1.0 and 0.0": (np.array([0.4, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])),
        "with all distances equal": (np.full(5, 0.5), truth),
        "with distances that are 0": (np.array([0, 0, 0.5, 1, 0]), truth),
        "with distances that hardly differ": (0.5 + 1e-13 * np.array([3, 9, 5, 4, 3]), truth),
        "with whole numbers": (np.array([3, 1, 3, 4, 0]), truth),
        "with all in the right order": (np.array([1.0, 4, 2, 5, 3]), truth),
        "with all in the wrong order": (np.array([4.0, 1, 5, 2, 3]), truth),
        "with large distances": (np.array([2e3, 4e3, 3e3, 1e3, 2e3]), truth),
    }
    checks.agrees(roc_curve, by_counting, pairs, sizes={"n": (2, 1030)}, returns=names, cases=others, apart=False)
    for bad in (np.array([False, False, False]), np.array([1, 1, 1]), np.array([0])):
        checks.raises(f"same = {bad.tolist()}", ValueError, roc_curve, np.arange(1.0, len(bad) + 1), bad)
    ### END HIDDEN TESTS

# %% [markdown]
# Now three systems on 25 people, persons 15 to 39, with every second picture of each, 125 in all. There are $125 \cdot 124 / 2 = 7750$ pairs, of which 250 show one person.
#
# - *pixels*: the 2,576 grey levels themselves are the embedding;
# - *fixed square*: the network, with the same square in each picture;
# - *detector*: the network, with the square around the face that was found.
#
# The ORL pictures were all taken in front of the same wall, with the head in the middle. This makes it easy for pixels. So the same pictures also come **framed anew**: moved by up to 4 pixels, and up to 12 % smaller or 14 % larger, as if somebody else had held the camera.

# %%
half = np.arange(150, 400, 2)
FIXED = np.tile([-4.0, 4, 50, 58], (125, 1))  # the best of seven that we tried
rng, framed_anew = np.random.default_rng(0), []
for picture in pictures[half]:
    size = np.array([46, 56]) * rng.uniform(0.88, 1.14)
    corner = [53, 58] + rng.uniform(-4, 4, 2) - size / 2  # around the middle, in the picture with its wider rim
    rgb = np.stack([np.pad(picture, 30, mode="edge")] * 3, axis=2)
    framed_anew.append(resized(rgb, 56, 46, np.concatenate([corner, corner + size]))[..., 0])
framed_anew = np.stack(framed_anew)

plain = {"pixels": pictures[half].reshape(125, -1), "fixed square": embed_faces(pictures[half], FIXED)}
plain["detector"] = F[half]
anew = {"pixels": framed_anew.reshape(125, -1), "fixed square": embed_faces(framed_anew, FIXED)}
anew["detector"] = embed_faces(framed_anew, find_faces(framed_anew))


def pairs_of(F, person):
    """The distances of all pairs of different pictures, and whether both are of one person."""
    first, second = np.triu_indices(len(F), 1)
    return pairwise_distances(F, F)[first, second], person[first] == person[second]


# %%
figure, axes = plt.subplots(1, 2, figsize=(8, 3.8))
titles = "Plain pictures: the network is ahead", "Framed anew: pixels fail"
for axis, systems, title in zip(axes, (plain, anew), titles, strict=True):
    for name, rows in systems.items():
        _, false, true, area = roc_curve(*pairs_of(rows, person[half]))
        axis.plot(false, true, label=f"{name}: AUC {area:.3f}")
    axis.set(xscale="log", xlim=(1e-4, 1), ylim=(0, 1.03), xlabel="false acceptance (logarithmic)", title=title)
    axis.legend(loc="lower right", fontsize=8)
axes[0].set_ylabel("true acceptance")
plt.show()
plots.show_images(
    np.concatenate([pictures[half[:4]], framed_anew[:4]]),
    columns=8,
    title="Four plain pictures, and the same four framed anew",
)
plt.show()

# %% [markdown]
# *What to notice.* Look at the left part, for nobody wants a door that opens to 10 % of the strangers. At a false acceptance of 1 % the network with the detector accepts more than 95 of 100 true pairs, pixels about 55. Framed anew, pixels accept about 20, the network with a fixed square fewer than 50, and the one with the detector still more than 90. The network was trained on faces in one position, so **finding the face is half of the work**.

# %% [markdown]
# ## 4. Which threshold?
#
# *The curve holds all thresholds. Which one do you put into the door?*
#
# Let $\text{FR}(t) = 1 - \text{TA}(t)$ be the **false rejection**: pairs of one person that are refused. With growing $t$, FA rises from 0 to 1 and FR falls from 1 to 0. Where the two curves cross, both errors are equally frequent. This is the **equal error rate** (EER), one number that many papers give.
#
# The points of the curves are at $t_0, \dots, t_K$, so they may cross between two of them. We join the points by straight lines, for FA, for FR and for $t$ alike. The difference $g_k = \text{FA}(t_k) - \text{FR}(t_k)$ rises from $-1$ to $1$, and rises at each step. Let $k$ be the first index with $g_k \ge 0$. Then
#
# $$s = \frac{-g_{k-1}}{g_k - g_{k-1}}, \qquad \text{EER} = \text{FA}(t_{k-1}) + s \, \bigl(\text{FA}(t_k) - \text{FA}(t_{k-1})\bigr), \qquad t^* = t_{k-1} + s \, (t_k - t_{k-1}) .$$
#
# *On paper*, with the table above: $g = -1, -\frac23, \frac16, \frac12, 1$. So $k = 2$, $s = \frac{2/3}{1/6 + 2/3} = 0.8$, EER $= 0.8 \cdot \frac12 = 0.4$, and $t^* = 0.2 + 0.8 \cdot 0.2 = 0.36$.
#
# ### Exercise 4: `equal_error_rate`


# %% exercise="equal_error_rate"
def equal_error_rate(distances, same):
    """The equal error rate of a verifier, and the threshold that belongs to it.

    Args:
        distances, same: as in roc_curve.

    Returns:
        rate: the EER as in the formula, a number from 0 to 1.
        threshold: t* as in the formula, a number.

    Raises:
        ValueError: there is no pair of one person, or none of different people.

    Example:
        equal_error_rate(np.array([0.4, 0.2, 0.9, 0.4, 0.7]), np.array([1, 1, 0, 0, 1])) is (0.4, 0.36).
    """
    # 1. The curve. 2. FA minus FR at each point. 3. Where is it 0? The rate and the threshold there, by straight lines.
    ### BEGIN SOLUTION
    thresholds, false, true, _ = roc_curve(distances, same)
    difference = false - (1 - true)
    return float(np.interp(0, difference, false)), float(np.interp(0, difference, thresholds))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `np.argmax(g >= 0)` is the first index with $g_k \ge 0$; it is at least 1, because $g_0 = -1$. The rest is the formula.
#
# `np.interp(0, g, values)` reads off a curve made of straight lines at the place where `g` is 0; `g` must rise, and it does.
# </details>

# %% check="equal_error_rate" points=3
with checks.exercise("equal_error_rate"):
    distances, same = np.array([0.4, 0.2, 0.9, 0.4, 0.7]), np.array([True, True, False, False, True])
    checks.unchanged(equal_error_rate, distances, same)
    rate, threshold = checks.results("equal_error_rate", equal_error_rate(distances, same), ("rate", "threshold"))
    slips = {"join the points by lines: the curves cross before this point": 0.5}
    slips |= {"join the points by lines: this is the mean of FA and FR at one point": 5 / 12}
    checks.close("rate of five pairs", rate, 0.4, mistakes=slips)
    slips = {"the curves cross before this threshold": 0.4, "the curves do not cross in the middle": 0.3}
    checks.close("threshold of five pairs", threshold, 0.36, mistakes=slips)
    checks.raises("pairs of different people only", ValueError, equal_error_rate, distances[2:4], same[2:4])
    ### BEGIN HIDDEN TESTS

    def by_walking(distances, same):
        near = [float(d) for d, s in zip(distances, same, strict=True) if s]
        far = [float(d) for d, s in zip(distances, same, strict=True) if not s]
        t_before, fa_before, fr_before = -1.0, 0.0, 1.0
        for t in sorted({*near, *far}):
            fa, fr = sum(d <= t for d in far) / len(far), sum(d > t for d in near) / len(near)
            if fa >= fr:
                s = (fr_before - fa_before) / (fa - fr + fr_before - fa_before)
                return fa_before + s * (fa - fa_before), t_before + s * (t - t_before)
            t_before, fa_before, fr_before = t, fa, fr

    def pairs(rng, n):
        distances, same = rng.uniform(0, 2, n), rng.integers(0, 2, n).astype(bool)
        same[:2] = rng.permutation([True, False])
        distances -= 0.5 * same * distances
        return distances.round(1) if rng.integers(2) else distances, same

    truth = np.array([True, False, True, False, False])
    others = {
        "with 1 and 0": (np.array([0.4, 0.2, 0.9]), np.array([0, 1, 1])),
        "with all distances equal": (np.full(5, 0.5), truth),
        "with all distances 0": (np.zeros(5), truth),
        "with all in the right order": (np.array([1.0, 4, 2, 5, 3]), truth),
        "with all in the wrong order": (np.array([4.0, 1, 5, 2, 3]), truth),
        "with whole numbers": (np.array([3, 1, 3, 4, 0]), truth),
        "with a crossing at a point": (np.array([1.0, 2, 3, 4]), np.array([True, False, True, False])),
        "with distances near 1e-6": (1e-6 * np.array([4.0, 1, 1, 2, 3]), truth),
        "with large distances": (np.array([2e3, 4e3, 3e3, 1e3, 2e3]), truth),
    }
    names = "rate", "threshold"
    checks.agrees(equal_error_rate, by_walking, pairs, sizes={"n": (2, 400)}, returns=names, cases=others, apart=False)
    checks.raises("pairs of one person only", ValueError, equal_error_rate, distances[:2], same[:2])
    for seed in range(30):
        given = pairs(np.random.default_rng(seed), 12)
        checks.close(f"rate and threshold of draw {seed}", np.array(equal_error_rate(*given)), by_walking(*given))
    ### END HIDDEN TESTS

# %% [markdown]
# The threshold must not be chosen on the pictures on which it is tested, and not even on the same *people*. So persons 0 to 14 are the **dev people**: on them the threshold is chosen. Persons 15 to 39 are met for the first time afterwards. We choose two thresholds: that of the EER, and a strict one, the largest that accepts at most one of 1,000 pairs of different dev people.

# %%
dev, test = np.arange(150), np.arange(150, 400)
dev_pairs, test_pairs = pairs_of(F[dev], person[dev]), pairs_of(F[test], person[test])
rate, tau = equal_error_rate(*dev_pairs)
thresholds, false, true, _ = roc_curve(*dev_pairs)
strict = thresholds[false <= 0.001][-1]
print(f"dev people: EER {rate:.4f} at {tau:.3f}; test people: EER {equal_error_rate(*test_pairs)[0]:.4f}")
for name, t in (("EER", tau), ("strict", strict)):
    for who, (distances, same) in (("dev", dev_pairs), ("test", test_pairs)):
        fa, fr = np.mean(distances[~same] <= t), np.mean(distances[same] > t)
        right = np.mean((distances <= t) == same)
        print(f"threshold {name:6} {t:.3f}, {who:4} people: FA {fa:.4f}  FR {fr:.4f}  pairs that are right {right:.4f}")

figure, axis = plt.subplots(figsize=(7, 3.3))
axis.plot(thresholds[1:], false[1:], label="false acceptance, dev people")
axis.plot(thresholds[1:], 1 - true[1:], label="false rejection, dev people")
_, *curves, _ = roc_curve(*test_pairs)
axis.plot(np.unique(test_pairs[0]), curves[0][1:], color=plots.COLORS[0], linestyle=":", label="... test people")
axis.plot(np.unique(test_pairs[0]), 1 - curves[1][1:], color=plots.COLORS[1], linestyle=":", label="... test people")
axis.vlines([tau, strict], 0, 0.4, color="black", linewidth=1)
axis.set(
    xlim=(0.3, 0.8),
    ylim=(0, 0.4),
    xlabel="threshold on the distance",
    ylabel="rate",
    title="A threshold holds for new people",
)
axis.legend(loc="upper center", fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* The equal error rate is about 2 %, for the dev people and for people who were never seen; the embedding's author gives 0.6 as the threshold, near ours. The strict threshold (left line) makes false acceptance much rarer, at the price of refusing about one true pair in ten. Which is better depends on the cost of the two errors: a phone and a photo album do not want the same. "Pairs that are right" says little, as 94 to 96 % of the pairs are of different people: who refuses everybody has 96 %, too.
#
# Where does it fail? The worst pairs of the test people:

# %%
first, second = np.triu_indices(250, 1)
order, worst = np.argsort(test_pairs[0]), []
for pairs in (order[~test_pairs[1][order]], order[test_pairs[1][order]][::-1]):
    _, earliest = np.unique(100 * person[test][first[pairs]] + person[test][second[pairs]], return_index=True)
    worst.append(pairs[np.sort(earliest)[:4]])  # two people come only once
figure, axes = plt.subplots(2, 4, figsize=(8, 4.1))
for row, kind, rows in zip(axes, ("different", "the same"), worst, strict=True):
    for axis, pair in zip(row, rows, strict=True):
        axis.imshow(np.hstack([pictures[test][first[pair]], pictures[test][second[pair]]]))
        axis.set(title=f"{kind}, d = {test_pairs[0][pair]:.2f}", xticks=[], yticks=[])
        axis.grid(False)
plt.show()

# %% [markdown]
# *What to notice.* Above, different people whom the network takes for one: three of the pairs wear the same kind of glasses. Below, one person whom it takes for two: with and without glasses, with another expression, with the head turned. For the first pair below we see no reason at all. A network does not tell us why.
#
# Now recognition. Persons 15 to 29 are in the database, each with **one** picture. Persons 30 to 39 are strangers, who should be refused.

# %%
known, strangers = np.arange(150, 300), np.arange(300, 400)
probes = known[known % 10 > 0]
database = {int(person[row]): F[row : row + 1] for row in known[::10]}
for name, t in (("EER", tau), ("strict", strict)):
    answers = [recognise(F[row], database, t) for row in probes]
    right = np.mean([answer == person[row] for answer, row in zip(answers, probes, strict=True)])
    refused = np.mean([answer is None for answer in answers])
    let_in = np.mean([recognise(F[row], database, t) is not None for row in strangers])
    print(f"threshold {name:6} {t:.3f}: people right {right:.3f}, refused {refused:.3f}; strangers let in {let_in:.3f}")

# %% [markdown]
# *What to notice.* With the threshold of the EER, more than one stranger in ten is let in, though the false acceptance is only 2 %. A stranger is compared with 15 people, so he has 15 chances. If they were independent, he would get in with the probability $1 - (1 - 0.016)^{15} \approx 0.21$. **Recognition needs a stricter threshold than verification**, and the larger the database, the stricter. With the strict one, few strangers come in, and most of the known people are still recognised from one picture.

# %% [markdown]
# ## 5. One-shot learning
#
# *How does it depend on the number of people?*
#
# One-shot learning is measured by **episodes**. An $n$-way $k$-shot episode has $n$ people. Of each, $k$ pictures are known, the **support**, and some others, the **queries**, are to be told apart. With $k$ pictures one takes their mean, the **prototype** $c_j = \frac{1}{k} \sum_i f(x_{j, i})$, and a query belongs to the person with the nearest prototype. Nobody is unknown here, so there is no threshold.
#
# An episode is given by rows of the array of all embeddings $F$, shape $(m, n_f)$: support rows of shape $(n, k)$, and query rows of shape $(n, q)$ for $q$ queries of each of the $n$ people. For $e$ episodes there is one more axis in front.
#
# *On paper.* $F$ has the rows $0, 4, 20, 8, 7, 9, 10, 13$, one number each. Support: rows 0, 1 of person 0 and rows 2, 3 of person 1, so the prototypes are 2 and 14. Queries: rows 4 and 6 of person 0, rows 5 and 7 of person 1. 7 is nearer to 2, right. 10 is nearer to 14, wrong. 9 and 13 are nearer to 14, right. The accuracy is $\frac34$.
#
# ### Exercise 5: `one_shot_accuracy`


# %% exercise="one_shot_accuracy"
def one_shot_accuracy(F, support, query):
    """The share of queries that are given to the right person, over all episodes.

    Args:
        F: all embeddings, shape (m, n_f), floats or whole numbers.
        support: rows of F, whole numbers, shape (e, n, k): in episode i, support[i, j] are the k known pictures of
            person j. All sizes >= 1.
        query: rows of F, shape (e, n, q): query[i, j] are pictures of person j.

    Returns:
        The accuracy, a number from 0 to 1. A query belongs to the person with the nearest prototype (the mean of the k
        embeddings); of equal distances, to the person with the smaller j.
    """
    # For each episode: 1. the prototypes, (n, n_f); 2. the distances of all n * q queries from them;
    # 3. the nearest one, and the person it should be. At the end: the share of all queries of all episodes.
    ### BEGIN SOLUTION
    right = []
    for known, asked in zip(support, query, strict=True):  # equivalent "True → False": both are e long
        nearest = np.argmin(pairwise_distances(F[asked.ravel()], np.mean(F[known], axis=1)), axis=1)
        right.append(np.mean(nearest == np.repeat(np.arange(len(known)), asked.shape[1])))
    return float(np.mean(right))
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint</summary>
#
# `F[support[i]]` has the shape $(n, k, n_f)$; its mean over axis 1 is the prototypes. `F[query[i].ravel()]` are the queries of episode $i$, person after person.
#
# The right answers are $0, \dots, 0, 1, \dots, 1, \dots$, each $q$ times: `np.repeat(np.arange(n), q)`. `np.argmin` takes the first of equal ones.
# </details>

# %% check="one_shot_accuracy" points=2
with checks.exercise("one_shot_accuracy"):
    line = np.array([0.0, 4, 20, 8, 7, 9, 10, 13]).reshape(8, 1)
    support, query = np.array([[[0, 1], [2, 3]]]), np.array([[[4, 6], [5, 7]]])
    checks.unchanged(one_shot_accuracy, line, support, query)
    slips = {"compare with the mean of the k pictures, not with the nearest one": 0.5, "it wants a share": 3}
    checks.close("one_shot_accuracy on paper", one_shot_accuracy(line, support, query), 0.75, mistakes=slips)
    two = np.array([[[0, 1], [2, 3]], [[2, 3], [0, 1]]]), np.array([[[4], [5]], [[4], [5]]])
    checks.close("of two episodes, the second one all wrong", one_shot_accuracy(line, *two), 0.5)
    tie = one_shot_accuracy(line, np.array([[[0], [3]]]), np.array([[[1], [1]]]))
    checks.close("with ties, which go to the earlier person", tie, 0.5)
    ### BEGIN HIDDEN TESTS

    def query_by_query(F, support, query):
        right = []
        for i, j, each in np.ndindex(query.shape):
            f = F[query[i, j, each]].astype(float)
            prototypes = [sum(F[row].astype(float) for row in rows) / len(rows) for rows in support[i]]
            gaps = [float(np.sqrt(((f - c) ** 2).sum())) for c in prototypes]
            right.append(gaps.index(min(gaps)) == j)
        return sum(right) / len(right)

    def episodes(rng, e, n, q, k, n_f):
        m = n * (k + q) + 3
        rows = np.stack([rng.permutation(m)[: n * (k + q)].reshape(n, k + q) for _ in range(e)])
        F = rng.normal(0, 1, (m, n_f))
        for episode in rows:
            F[episode] += rng.normal(0, 1, (n, 1, n_f))
        return F, rows[..., :k], rows[..., k:]

    half = np.array([[0, 0], [2, 4], [4, 0], [2, -4], [2, 1], [9, 9]])
    equal = np.array([[[4], [0], [1]], [[5], [2], [3]]])
    cases = {
        "with ties and whole numbers": (half, np.array([[[0], [2], [5]], [[2], [0], [3]]]), equal),
        "with ties of prototypes": (half, np.array([[[0, 2], [1, 3], [5, 5]]]), np.array([[[4], [4], [5]]])),
        "with small numbers": (1e-6 * half, np.array([[[5], [3], [2]]]), np.array([[[0], [1], [4]]])),
        "with one person": (half, np.array([[[0, 1]]]), np.array([[[4, 5, 2]]])),
        "with the query itself in the support": (half, np.array([[[0], [1]]]), np.array([[[0], [1]]])),
        "with a row twice in the support": (half.astype(float), np.array([[[0, 0, 5], [3, 2, 2]]]), equal[:1, :2]),
        "with two people": (half, np.array([[[0], [2]]]), np.array([[[4], [3]]])),
    }
    sizes = {"e": 60, "n": 30, "q": 30, "k": 40, "n_f": 130}
    checks.agrees(one_shot_accuracy, query_by_query, episodes, sizes=sizes, types=["F"], cases=cases, apart=False)
    ### END HIDDEN TESTS


# %%
def draw_episodes(e, n, k, rng):
    """e episodes: n of the 40 people, of each k pictures and one query; support (e, n, k) and query (e, n, 1)."""
    rows = [[10 * p + rng.permutation(10)[: k + 1] for p in rng.permutation(40)[:n]] for _ in range(e)]
    return np.array(rows)[..., :k], np.array(rows)[..., k:]


ways, rng = (2, 5, 10, 20, 40), np.random.default_rng(1)
everybody = {"pixels": pictures.reshape(400, -1), "detector": F}
results = {(name, k): [] for name in everybody for k in (1, 5)}
for n in tqdm(ways, desc="episodes", file=sys.stdout):
    for k in (1, 5):
        drawn = draw_episodes(100, n, k, rng)
        for name, rows in everybody.items():
            results[name, k].append(one_shot_accuracy(rows, *drawn))

figure, axis = plt.subplots(figsize=(7, 3.4))
for (name, k), values in results.items():
    print(f"{name:9} {k}-shot:", "  ".join(f"{n}-way {value:.3f}" for n, value in zip(ways, values, strict=True)))
    axis.plot(ways, values, marker="o", label=f"{name}, {k}-shot")
axis.plot(ways, 1 / np.array(ways), color="black", linewidth=1, linestyle=":", label="guessing")
axis.set(
    xscale="log", xticks=ways, xlabel="n people (logarithmic)", ylabel="accuracy", title="The more people, the harder"
)
axis.set_xticks(ways, labels=[str(n) for n in ways])
axis.minorticks_off()
axis.legend(fontsize=8)
plt.show()

# %% [markdown]
# *What to notice.* Accuracy falls with $n$ on the whole: a number without its $n$ says nothing. With one picture of each of 40 people the embedding is right in more than 93 of 100 cases, pixels in about 67. Five pictures help both, and help pixels most.

# %% [markdown]
# ## 6. A Siamese network
#
# *Where does such an embedding come from?*
#
# A **Siamese network** takes two pictures. Each goes through the same network, with the *same* weights, and the two embeddings are compared. Here the network has two dense layers, and pictures are rows:
#
# $$F = \max(0, \; X W_1 + b_1) \, W_2 + b_2, \qquad X: (m, n_x), \; W_1: (n_x, n_h), \; b_1: (n_h,), \; W_2: (n_h, n_f), \; b_2: (n_f,), \; F: (m, n_f) .$$
#
# *On paper.* $W_1 = \begin{bmatrix} 1 & -1 \\ 2 & 0 \end{bmatrix}$, $b_1 = (0, 1)$, $W_2 = \begin{bmatrix} 1 \\ 3 \end{bmatrix}$, $b_2 = -1$. For $x^{(1)} = (1, 1)$: $z = (3, 0)$, $f = 3 - 1 = 2$. For $x^{(2)} = (0, 1)$: $z = (2, 1)$, $f = 2 + 3 - 1 = 4$.
#
# ### Exercise 6: `siamese_forward`


# %% exercise="siamese_forward"
def siamese_forward(X1, X2, parameters):
    """The embeddings of m pairs of pictures, by one network.

    Args:
        X1, X2: row i of both is pair i, shape (m, n_x) each, floats or whole numbers.
        parameters: a dict with "W1" (n_x, n_h), "b1" (n_h,), "W2" (n_h, n_f), "b2" (n_f,), floats or whole numbers.

    Returns:
        F1, F2: as in the formula, arrays of floats, shape (m, n_f) each.
    """
    # The same formula with the same parameters, for each of the two.
    ### BEGIN SOLUTION
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    F1, F2 = (np.maximum(X @ W1 + b1, 0) @ W2 + b2 for X in (X1, X2))
    return F1, F2
    ### END SOLUTION


# %% check="siamese_forward" points=1
with checks.exercise("siamese_forward"):
    parameters = {"W1": np.array([[1.0, -1], [2, 0]]), "b1": np.array([0.0, 1])}
    parameters |= {"W2": np.array([[1.0], [3]]), "b2": np.array([-1.0])}
    X1, X2 = np.array([[1.0, 1], [0, 1], [2, 3]]), np.array([[0.0, 1], [2, -1], [1, 1]])
    checks.unchanged(siamese_forward, X1, X2, parameters)
    F1, F2 = checks.results("siamese_forward", siamese_forward(X1, X2, parameters), ("F1", "F2"))
    checks.close("F1 on paper", F1, [[2], [4], [7]], mistakes={"ReLU belongs after the first layer": [[2], [4], [4]]})
    checks.close("F2 on paper", F2, [[4], [-1], [2]])
    ### BEGIN HIDDEN TESTS

    def unit_by_unit(X1, X2, parameters):
        W1, b1, W2, b2 = (parameters[key].astype(float) for key in ("W1", "b1", "W2", "b2"))
        found = []
        for X in (X1, X2):
            hidden = [[max(float(w @ x) + b, 0.0) for w, b in zip(W1.T, b1, strict=True)] for x in X.astype(float)]
            found.append(np.einsum("mh,hf->mf", np.array(hidden), W2) + b2)
        return tuple(found)

    def twins(rng, m, n_x, n_h, n_f):
        parameters = {"W1": rng.normal(0, 1, (n_x, n_h)), "b1": rng.normal(0, 1, n_h)}
        parameters |= {"W2": rng.normal(0, 1, (n_h, n_f)), "b2": rng.normal(0, 1, n_f)}
        return rng.normal(0, 1, (m, n_x)), rng.normal(0, 1, (m, n_x)), parameters

    domain = {"real": {"X1": 30, "X2": 30, "parameters": 10}, "types": ["X1", "X2", "parameters"]}
    sizes = {"m": 104, "n_x": 110, "n_h": 120, "n_f": 130}
    checks.agrees(siamese_forward, unit_by_unit, twins, sizes=sizes, returns=("F1", "F2"), **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The **contrastive loss** says what the distances should be. Let $y_i = 1$ for a pair of the same class, $y_i = 0$ for a pair of different classes, and $d_i = \lVert f^{(1)}_i - f^{(2)}_i \rVert$:
#
# $$\mathcal{L} = \frac{1}{m} \sum_{i=1}^{m} \Bigl( y_i \, d_i^2 + (1 - y_i) \max(0, \; \alpha - d_i)^2 \Bigr) .$$
#
# Pairs of the same class are pulled together. Pairs of different classes are pushed apart, until they are as far as the **margin** $\alpha$; beyond it they have no influence. Without the second part all embeddings could fall into one point.
#
# The gradient. From $\partial d / \partial f^{(1)} = (f^{(1)} - f^{(2)}) / d$ follows, with $\delta_i = f^{(1)}_i - f^{(2)}_i$,
#
# $$\frac{\partial \mathcal{L}}{\partial f^{(1)}_i} = \frac{1}{m} \Bigl( 2 \, y_i \, \delta_i - 2 \, (1 - y_i) \max(0, \; \alpha - d_i) \, \frac{\delta_i}{d_i} \Bigr), \qquad \frac{\partial \mathcal{L}}{\partial f^{(2)}_i} = - \frac{\partial \mathcal{L}}{\partial f^{(1)}_i} .$$
#
# At $d_i = 0$ there is no direction in which to push. There the second part has no derivative, and we take 0.
#
# *On paper.* $m = 3$, $\alpha = 7$, $f^{(1)} = (0, 0)$ each time. (1) $f^{(2)} = (3, 4)$, $y = 1$: $25$. (2) $f^{(2)} = (3, 4)$, $y = 0$: $(7 - 5)^2 = 4$. (3) $f^{(2)} = (6, 8)$, $y = 0$: $d = 10$, so 0. $\mathcal{L} = \frac{29}{3}$. With respect to $f^{(2)}$: $\frac13 (6, 8)$, then $-\frac13 \cdot 2 \cdot 2 \cdot \frac{(3, 4)}{5} = -\frac13 (2.4, 3.2)$, then 0.
#
# ### Exercise 7: `contrastive_loss`


# %% exercise="contrastive_loss"
def contrastive_loss(F1, F2, y, margin):
    """The contrastive loss of m pairs and its gradients.

    Args:
        F1, F2: the embeddings, row i of both is pair i, shape (m, n_f) each, floats or whole numbers.
        y: 1 for a pair of the same class, 0 for different classes, as numbers, shape (m,).
        margin: a number > 0.

    Returns:
        loss: as in the formula, a number.
        dF1, dF2: its gradients with respect to F1 and F2, shape (m, n_f) each. Exact also for very small distances such
            as 1e-20; only for d = 0 the second part counts as 0.
    """
    # 1. The differences and the distances, one for each pair. 2. How much is missing to the margin? 3. The loss.
    # 4. The gradient with respect to F1, without a division by 0; that of F2 is its negative.
    ### BEGIN SOLUTION
    difference = F1 - F2
    d = np.sqrt(np.sum(difference**2, axis=1))
    missing = np.maximum(margin - d, 0)
    loss = np.mean(y * d**2 + (1 - y) * missing**2)
    divisor = np.where(d > 0, d, 1)  # equivalent "1 → 2": where d is 0, the difference is 0, too
    push = (1 - y) * missing / divisor
    dF1 = 2 * (y - push)[:, np.newaxis] * difference / len(y)
    return float(loss), dF1, -dF1
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# `F1 - F2` has the shape $(m, n_f)$ and `d` the shape $(m,)$. (Not `pairwise_distances`: that compares each with each.) To multiply a row by its number, write `number[:, np.newaxis]`.
# </details>
# <details><summary>Hint 2</summary>
#
# `np.where(d > 0, d, 1)` is `d`, with 1 in the places where it is 0. There the difference is 0 anyway, so the quotient becomes 0. Do not add a small number to `d`: it would change small distances.
# </details>

# %% check="contrastive_loss" points=3
with checks.exercise("contrastive_loss"):
    F1, F2, y = np.zeros((3, 2)), np.array([[3.0, 4], [3, 4], [6, 8]]), np.array([1, 0, 0])
    checks.unchanged(contrastive_loss, F1, F2, y, 7.0)
    names = "loss", "dF1", "dF2"
    loss, dF1, dF2 = checks.results("contrastive_loss", contrastive_loss(F1, F2, y, 7.0), names)
    slips = {"it wants the mean over the pairs": 29, "beyond the margin a pair counts 0": 38 / 3}
    slips |= {"y = 1 is the same class, y = 0 different ones": 43, "there is no factor 1/2": 29 / 6}
    slips |= {"square both parts": 7 / 3}
    checks.close("the loss on paper", loss, 29 / 3, mistakes=slips)
    right = np.array([[6, 8], [-2.4, -3.2], [0, 0]]) / 3
    slips = {"1/m belongs to the gradient, too": 3 * right, "divide by d": right * [[1], [5], [1]]}
    checks.close("dF2 on paper", dF2, right, mistakes=slips)
    checks.close("dF1 on paper", dF1, -right)
    ### BEGIN HIDDEN TESTS

    def pair_by_pair(F1, F2, y, margin):
        total, gradients = 0.0, []
        for a, b, label in zip(F1.astype(float), F2.astype(float), y.tolist(), strict=True):
            d = float(np.sqrt(sum((a - b) ** 2)))
            if label == 1:
                total, both = total + d * d, checks.complex_step(lambda a, b: np.sum((a - b) ** 2), a, b)
            elif 0 < d < margin:
                total, unit = total + (margin - d) ** 2, (a - b) / d
                both = -2 * (margin - d) * unit, 2 * (margin - d) * unit
            else:
                total, both = total + max(margin - d, 0) ** 2, (0 * a, 0 * b)
            gradients.append(both)
        return total / len(y), *(np.array([g[side] for g in gradients]) / len(y) for side in (0, 1))

    def pairs(rng, m, n_f):
        F1, margin = rng.normal(0, 1, (m, n_f)), float(rng.uniform(0.5, 3))
        step = rng.normal(0, 1, (m, n_f))
        step *= rng.uniform(0, 2 * margin, (m, 1)) / np.sqrt((step**2).sum(axis=1, keepdims=True))
        return F1, F1 + step, rng.integers(0, 2, m), margin

    rng = np.random.default_rng(8)
    zero, tiny = np.zeros((3, 4)), rng.normal(0, 1, (3, 4))
    cases = {
        "with d = 0": (tiny, tiny.copy(), np.array([0, 1, 0]), 1.5),
        "with d = 0 in whole numbers": (np.ones((2, 3), dtype=int), np.ones((2, 3), dtype=int), np.array([0, 0]), 2),
        "with d near 1e-20": (zero, 1e-20 * tiny, np.array([0, 1, 0]), 1.0),
        "with d near 1e-9": (1e-9 * tiny, zero, np.array([0, 0, 0]), 0.5),
        "with near rows far from 0": (tiny + 5, tiny + 5 + 1e-7 * tiny[::-1], np.array([0, 1, 0]), 0.5),
        "with d equal to the margin": (zero[:, :2], np.array([[3.0, 4], [6, 8], [0, 5]]), np.array([0, 0, 1]), 5),
        "with y of floats": (tiny, tiny[::-1].copy(), np.array([1.0, 0.0, 0.0]), 4.0),
        "with pairs of the same class only": (tiny, zero, np.array([1, 1, 1]), 1.0),
        "with a small margin": (zero, 1e-3 * tiny, np.array([0, 0, 1]), 2e-3),
        "with margin 100": (tiny, zero, np.array([0, 0, 1]), 100),
    }
    domain = {"real": {"F1": 10, "F2": 10}, "types": ["F1", "F2", "y"], "returns": names, "cases": cases}
    checks.agrees(contrastive_loss, pair_by_pair, pairs, sizes={"m": 1030, "n_f": 60}, **domain)
    ### END HIDDEN TESTS

# %% [markdown]
# The last step goes back through the network. The two branches have the same $W_1$, so a small change of $W_1$ changes both embeddings, and the chain rule adds up both ways:
#
# $$dW_1 = dW_1^{(1)} + dW_1^{(2)} = X_1^T dZ_1 + X_2^T dZ_2, \qquad dZ_j = (dF_j \, W_2^T) \circ [Z_j > 0],$$
#
# and likewise for $b_1$, $W_2$, $b_2$; $\circ$ multiplies entry by entry. The $1/m$ is already in $dF_1$ and $dF_2$. (At $Z = 0$ exactly, the derivative of ReLU counts as 0.)
#
# *On paper*, the network above with $dF_1 = -4$ and $dF_2 = 1$. The hidden activations are $(3, 0)$ and $(2, 1)$, so $dW_2 = -4 \, (3, 0) + (2, 1) = (-10, 1)$ and $db_2 = -3$. $dZ_1 = (-4, 0)$, for $z = 0$ lets nothing through; $dZ_2 = (1, 3)$. With $x^{(1)} = (1, 1)$ and $x^{(2)} = (0, 1)$:
#
# $$dW_1 = \begin{bmatrix} -4 & 0 \\ -4 & 0 \end{bmatrix} + \begin{bmatrix} 0 & 0 \\ 1 & 3 \end{bmatrix} = \begin{bmatrix} -4 & 0 \\ -3 & 3 \end{bmatrix}, \qquad db_1 = (-3, 3) .$$
#
# ### Exercise 8: `siamese_gradients`


# %% exercise="siamese_gradients"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    """The gradients of the shared parameters.

    Args:
        X1, X2, parameters: as in siamese_forward.
        dF1, dF2: the gradients with respect to the two embeddings, shape (m, n_f) each, floats or whole numbers. One
            need not be the negative of the other.

    Returns:
        A dict with "dW1", "db1", "dW2", "db2", each of the shape of its parameter: for each, the sum of what comes
        through both branches.
    """
    # For each branch: 1. Z and the hidden activations once more. 2. The gradients of the second layer.
    # 3. dZ, then those of the first layer. At the end: add up both branches.
    ### BEGIN SOLUTION
    W1, b1, W2 = (parameters[key] for key in ("W1", "b1", "W2"))
    branches = []
    for X, dF in ((X1, dF1), (X2, dF2)):
        Z = X @ W1 + b1
        dZ = dF @ W2.T * (Z > 0)
        branches.append((X.T @ dZ, np.sum(dZ, axis=0), np.maximum(Z, 0).T @ dF, np.sum(dF, axis=0)))
    keys = "dW1", "db1", "dW2", "db2"
    return {key: a + b for key, a, b in zip(keys, *branches, strict=True)}  # equivalent "True → False": all hold four
    ### END SOLUTION


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# For one branch: `Z = X @ W1 + b1`, `H = np.maximum(Z, 0)`, `dW2 = H.T @ dF`, `db2 = dF.sum(axis=0)`, `dZ = dF @ W2.T * (Z > 0)`, `dW1 = X.T @ dZ`, `db1 = dZ.sum(axis=0)`.
# </details>
# <details><summary>Hint 2</summary>
#
# Write it as a loop over the two branches. Or put both batches into one, `np.vstack([X1, X2])` and `np.vstack([dF1, dF2])`: one network on $2m$ pictures is the same, and the sum comes by itself.
# </details>

# %% check="siamese_gradients" points=3
with checks.exercise("siamese_gradients"):
    parameters = {"W1": np.array([[1.0, -1], [2, 0]]), "b1": np.array([0.0, 1])}
    parameters |= {"W2": np.array([[1.0], [3]]), "b2": np.array([-1.0])}
    arguments = np.array([[1.0, 1]]), np.array([[0.0, 1]]), np.array([[-4.0]]), np.array([[1.0]]), parameters
    checks.unchanged(siamese_gradients, *arguments)
    grads = siamese_gradients(*arguments)
    checks.keys("siamese_gradients on paper", grads, ["dW1", "db1", "dW2", "db2"])
    slips = {"the second branch is missing": [[-12], [0]], "the first branch is missing": [[2], [1]]}
    slips |= {"add the branches, do not take their mean": [[-5], [0.5]], "add, do not subtract": [[-14], [-1]]}
    checks.close("dW2 on paper", grads["dW2"], [[-10], [1]], mistakes=slips)
    slips = {"where Z is 0, ReLU lets nothing through": [[-4, -12], [-3, -9]]}
    checks.close("dW1 on paper", grads["dW1"], [[-4, 0], [-3, 3]], mistakes=slips)
    checks.close("db1 on paper", grads["db1"], [-3, 3])
    checks.close("db2 on paper", grads["db2"], [-3])
    ### BEGIN HIDDEN TESTS

    def picture_by_picture(X1, X2, dF1, dF2, parameters):
        W1, b1, W2, b2 = (parameters[key].astype(float) for key in ("W1", "b1", "W2", "b2"))
        grads = {"dW1": 0 * W1, "db1": 0 * b1, "dW2": 0 * W2, "db2": 0 * b2}
        for x, df in zip(np.vstack([X1, X2]).astype(float), np.vstack([dF1, dF2]).astype(float), strict=True):
            z = np.array([float(np.dot(w, x)) for w in W1.T]) + b1
            dz = np.array([float(np.dot(w, df)) if on else 0.0 for w, on in zip(W2, z > 0, strict=True)])
            hidden = np.where(z > 0, z, 0)
            for key, part in (("dW1", np.outer(x, dz)), ("db1", dz), ("dW2", np.outer(hidden, df)), ("db2", df)):
                grads[key] = grads[key] + part
        return grads

    def branches(rng, m, n_x, n_h, n_f):
        parameters = {"W1": rng.normal(0, 1, (n_x, n_h)), "b1": rng.normal(0, 1, n_h)}
        parameters |= {"W2": rng.normal(0, 1, (n_h, n_f)), "b2": rng.normal(0, 1, n_f)}
        return *rng.normal(0, 1, (2, m, n_x)), *rng.normal(0, 1, (2, m, n_f)), parameters

    names = ["X1", "X2", "dF1", "dF2", "parameters"]
    near_0 = {"W1": 1e-12 * np.eye(2, 3), "b1": np.zeros(3), "W2": np.ones((3, 2)), "b2": np.ones(2)}
    cases = {"with Z near 1e-12 and 0": (np.eye(2), -np.eye(2), np.array([[2, -2], [3, 4]]), np.ones((2, 2)), near_0)}
    cases["with dF whose sum is 0"] = np.eye(2), -np.eye(2), *np.array([[[2.0, -2], [3, -3]]] * 2), near_0
    domain = {"real": dict.fromkeys(names, 10), "types": names, "cases": cases}
    sizes = {"m": 104, "n_x": 40, "n_h": 50, "n_f": 60}
    checks.agrees(siamese_gradients, picture_by_picture, branches, sizes=sizes, **domain)
    X1, X2, dF1, dF2, parameters = branches(np.random.default_rng(9), 4, 3, 5, 2)

    def both(parameters):
        found = (np.maximum(X @ parameters["W1"] + parameters["b1"], 0) @ parameters["W2"] for X in (X1, X2))
        return sum(float(np.sum(dF * (F + parameters["b2"]))) for dF, F in zip((dF1, dF2), found, strict=True))

    grads = siamese_gradients(X1, X2, dF1, dF2, parameters)
    checks.gradients("siamese_gradients", both, grads, parameters)
    ### END HIDDEN TESTS

# %% [markdown]
# Now train one: on handwritten digits of 8 × 8 pixels, but only on the classes 0 to 6. The embedding has two numbers, so that it can be drawn. The network never sees which digit a picture shows, only pairs and whether they are the same. The digits 7, 8 and 9 are kept away.

# %%
digits = data.load_small_digits()
X, labels = digits.X_train.reshape(-1, 64) / 16, digits.Y_train[0]
X_new, labels_new = digits.X_test.reshape(-1, 64) / 16, digits.Y_test[0]
rows_of = [np.flatnonzero(labels == digit) for digit in range(7)]
rng = np.random.default_rng(0)


def draw_pairs(m, rng):
    """m pairs of training pictures of the digits 0 to 6, about half of them of the same digit; rows, rows, y."""
    y, first = rng.integers(0, 2, m), rng.integers(0, 7, m)
    second = np.where(y == 1, first, (first + rng.integers(1, 7, m)) % 7)
    return *([rng.choice(rows_of[digit]) for digit in side] for side in (first, second)), y


parameters = {"W1": rng.normal(0, (2 / 64) ** 0.5, (64, 64)), "b1": np.zeros(64)}
parameters |= {"W2": rng.normal(0, 64**-0.5, (64, 2)), "b2": np.zeros(2)}
before, (v, s), losses = parameters, initialize_adam(parameters), []
for t in tqdm(range(1, 601), desc="training", file=sys.stdout):
    first, second, y = draw_pairs(64, rng)
    F1, F2 = siamese_forward(X[first], X[second], parameters)
    loss, dF1, dF2 = contrastive_loss(F1, F2, y, 1.0)
    grads = siamese_gradients(X[first], X[second], dF1, dF2, parameters)
    parameters, v, s = adam_step(parameters, grads, v, s, t, 0.003)
    losses.append(loss)
print(f"loss: first 50 steps {np.mean(losses[:50]):.3f}, last 50 steps {np.mean(losses[-50:]):.3f}")

# %%
figure, axes = plt.subplots(1, 3, figsize=(8, 3.2))
titles = "Before: one cloud", "After: seven islands", "Never seen: a cloud"
groups = range(7), range(7), range(7, 10)
for axis, weights, title, group in zip(axes, (before, parameters, parameters), titles, groups, strict=True):
    points = siamese_forward(X_new, X_new, weights)[0]
    for digit in group:
        here = points[labels_new == digit]
        axis.scatter(*here.T, s=6, color=plots.COLORS[digit % 7])
        axis.text(*np.median(here, axis=0), str(digit), fontsize=13, weight="bold", backgroundcolor=(1, 1, 1, 0.6))
    axis.set(title=title, xlabel="first number")
axes[0].set_ylabel("second number")
plt.show()

for name, group in (("0 to 6, classes of the training", range(7)), ("7 to 9, classes never seen", range(7, 10))):
    rows = np.isin(labels_new, list(group))
    areas = []
    for points in (X_new, siamese_forward(X_new, X_new, parameters)[0]):
        areas.append(roc_curve(*pairs_of(points[rows], labels_new[rows]))[3])
    print(f"new pictures of the digits {name}: AUC pixels {areas[0]:.3f}, embedding {areas[1]:.3f}")

# %% [markdown]
# *What to notice.* For new pictures of the classes of the training, the verifier is nearly perfect, with two numbers instead of 64. For the digits 7, 8 and 9 it is *worse than pixels*. With seven classes the network has learned what tells these seven apart, and it threw away the rest. To verify things of classes that were never seen, it must see thousands of classes in training, until what it learns is "what makes two of them different" in general. This is why a network for faces is trained on thousands of people.

# %% [markdown]
# ## 7. What a number does not say
#
# A system that is right in 98 % of cases is not yet one that should be used. Three questions are not technical alone.
#
# - **Bias.** One threshold is not equally strict for all. Below you see that some of our 25 people are taken for others much more often than the average says. When the network has seen few faces of a group in training, the whole group has more errors, as Buolamwini and Gebru and later the NIST have measured for women and for people with darker skin. Our 40 people, from one English laboratory around 1993 and mostly men, cannot show this: a test set without a group says nothing about it. So report errors for each group, not only the mean.
# - **Consent.** A face cannot be changed like a password, and it can be photographed from afar. In many countries the law wants people to agree before their faces are put into a database, with a purpose and a time after which the data are deleted. The embeddings are such data, too. The three million faces of the network were collected from the web, and hardly anybody was asked.
# - **Liveness.** The verifier compares pictures. A printed photograph or a video of you has the distance of a picture of you, and is accepted. A door needs another check that a living person stands there: depth, movement, or a human being.

# %%
first, second = np.triu_indices(250, 1)
distances, same = test_pairs
shares = []
for p in np.unique(person[test]):
    with_others = ~same & ((person[test][first] == p) | (person[test][second] == p))
    shares.append(np.mean(distances[with_others] <= tau))
figure, axis = plt.subplots(figsize=(7, 2.8))
axis.bar(np.arange(25), np.sort(shares), color=plots.COLORS[0])
axis.axhline(np.mean(distances[~same] <= tau), color=plots.COLORS[1], label="all people")
axis.set(xlabel="person, sorted", ylabel="false acceptance", title="One threshold is not equally strict for all")
axis.legend()
plt.show()
print(f"false acceptance at {tau:.3f}: from {min(shares):.4f} to {max(shares):.4f}")

# %% [markdown]
# ## What you built
#
# - `pairwise_distances` and `recognise`: from embeddings to decisions, with "unknown".
# - `roc_curve` and `equal_error_rate`: how good a verifier is, and a threshold that holds for new people.
# - `one_shot_accuracy`: $n$-way $k$-shot episodes with prototypes.
# - `siamese_forward`, `contrastive_loss` and `siamese_gradients`: a network that learns a distance from pairs.
#
# The [next lesson](02_triplet_loss_and_verification.ipynb) trains embeddings of faces in other ways.
#
# ## On your own
#
# 1. Embed the pictures of the strangers turned by 5, 10, ... 90 degrees. At which angle does the distance from the upright picture pass the threshold? And if you run the detector again on the turned picture?
# 2. Put three pictures of each person into the database. What happens to known people, and what to strangers? Why?
# 3. Really hard: a threshold for each person. Estimate it from the distances of her pictures to those of the dev people, so that her false acceptance is 0.1 %. Show on the test people whether the bars of the last picture become more equal, and what that costs in false rejections.
#
# ## In practice
#
# `sklearn.metrics.roc_curve` wants scores that are large for the same person, so give it `-distances`; it leaves out points on straight lines, and `roc_auc_score` gives the area. `scipy.spatial.distance.cdist` computes all distances. For databases of millions of faces, libraries such as FAISS find the nearest rows without comparing with all. Newer face networks (ArcFace) are trained with a softmax over tens of thousands of people and a margin on the angle; the last layer is thrown away, and the rest is the embedding.
#
# ## References
#
# - Course 4, week 4, lectures 1 to 3.
# - J. Bromley, I. Guyon, Y. LeCun, E. Säckinger and R. Shah (1993), Signature Verification using a "Siamese" Time Delay Neural Network, NIPS.
# - R. Hadsell, S. Chopra and Y. LeCun (2006), Dimensionality Reduction by Learning an Invariant Mapping, CVPR (the contrastive loss, there with a factor ½).
# - Y. Taigman, M. Yang, M. Ranzato and L. Wolf (2014), DeepFace: Closing the Gap to Human-Level Performance in Face Verification, CVPR.
# - J. Snell, K. Swersky and R. Zemel (2017), Prototypical Networks for Few-shot Learning, NIPS.
# - J. Buolamwini and T. Gebru (2018), Gender Shades: Intersectional Accuracy Disparities in Commercial Gender Classification, FAT*.
# - P. Grother, M. Ngan and K. Hanaoka (2019), Face Recognition Vendor Test, Part 3: Demographic Effects, NIST IR 8280.
