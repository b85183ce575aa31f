# %% wrong="pairwise_distances" says="the root is missing"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.stack([np.sum((F2 - f) ** 2, axis=1) for f in F1])


# %% wrong="pairwise_distances" says="add squares, not absolute values"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.stack([np.sum(np.abs(F2 - f), axis=1) for f in F1])


# %% wrong="pairwise_distances" says="nan"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.sqrt(np.sum(F1**2, axis=1)[:, np.newaxis] + np.sum(F2**2, axis=1) - 2 * F1 @ F2.T)


# %% wrong="pairwise_distances" says="is it transposed?"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.stack([np.sqrt(np.sum((F1 - f) ** 2, axis=1)) for f in F2])


# %% wrong="pairwise_distances" says="at the same time"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.linalg.norm(F1[:, np.newaxis] - F2, axis=2)


# %% wrong="pairwise_distances" says="with pixels in both"
def pairwise_distances(F1, F2):
    return np.stack([np.sqrt(np.sum((F2 - f) ** 2.0, axis=1)) for f in F1])


# %% wrong="pairwise_distances" says="got 0.0001"
def pairwise_distances(F1, F2):
    F1, F2 = F1.astype(float), F2.astype(float)
    return np.stack([np.sqrt(np.sum((F2 - f) ** 2, axis=1) + 1e-8) for f in F1])


# %% alternative="pairwise_distances"
def pairwise_distances(F1, F2):
    F1, F2 = np.asarray(F1, dtype=float), np.asarray(F2, dtype=float)
    squares = (F1**2).sum(axis=1, keepdims=True) + (F2**2).sum(axis=1) - 2 * F1 @ F2.T
    return np.sqrt(np.maximum(squares, 0))


# %% alternative="pairwise_distances"
def pairwise_distances(F1, F2):
    d = np.zeros((len(F1), len(F2)))
    for i in range(len(F1)):
        for j in range(len(F2)):
            d[i, j] = np.linalg.norm(F1[i].astype(float) - F2[j].astype(float))
    return d


# %% alternative="pairwise_distances"
def pairwise_distances(F1, F2):
    squares = np.zeros((F1.shape[0], F2.shape[0]))
    for a, b in zip(F1.T.astype(float), F2.T.astype(float), strict=True):
        squares += np.subtract.outer(a, b) ** 2
    return squares**0.5


# %% wrong="recognise" says="expected 'Wang', got 'Ma'"
def recognise(f, database, threshold):
    best, least = None, threshold
    for name, entry in database.items():
        d = np.min(pairwise_distances(f[np.newaxis], entry))
        if d <= least:
            best, least = name, d
    return best


# %% wrong="recognise" says="threshold 5, which is enough"
def recognise(f, database, threshold):
    best, least = None, threshold
    for name, entry in database.items():
        d = np.min(pairwise_distances(f[np.newaxis], entry))
        if d < least:
            best, least = name, d
    return best


# %% wrong="recognise" says="threshold 4.9: expected None"
def recognise(f, database, threshold):
    if not database:
        return None
    return min(database, key=lambda name: np.min(pairwise_distances(f[np.newaxis], database[name])))


# %% wrong="recognise" says="expected 'Wang', got 'Ma'"
def recognise(f, database, threshold):
    best, least = None, np.inf
    for name, entry in database.items():
        d = np.mean(pairwise_distances(f[np.newaxis], entry))
        if d < least and d <= threshold:
            best, least = name, d
    return best


# %% wrong="recognise" says="expected 'Wang', got 'Li'"
def recognise(f, database, threshold):
    for name, entry in database.items():
        if np.min(pairwise_distances(f[np.newaxis], entry)) <= threshold:
            return name
    return None


# %% wrong="recognise" says="with the name 0"
def recognise(f, database, threshold):
    best, least = None, np.inf
    for name, entry in database.items():
        d = np.min(pairwise_distances(f[np.newaxis], entry))
        if not best or d < least:
            best, least = name, d
    return best if best and least <= threshold else None


# %% wrong="recognise" says="empty sequence"
def recognise(f, database, threshold):
    nearest = {name: np.min(pairwise_distances(f[np.newaxis], entry)) for name, entry in database.items()}
    best = min(nearest, key=nearest.get)
    return best if nearest[best] <= threshold else None


# %% equivalent="recognise" mutant="number type of the first argument" why="the result is a name or None"


# %% alternative="recognise"
def recognise(f, database, threshold):
    best, least = None, np.inf
    for name, entry in database.items():
        d = pairwise_distances(f.reshape(1, -1), entry).min()
        if d < least:
            best, least = name, d
    return best if least <= threshold else None


# %% alternative="recognise"
def recognise(f, database, threshold):
    if len(database) == 0:
        return None
    names = [name for name, entry in database.items() for _ in entry]
    d = np.linalg.norm(np.vstack(list(database.values())) - f, axis=1)
    return names[int(d.argmin())] if d.min() <= threshold else None


# %% wrong="roc_curve" says="a distance equal to the threshold is accepted"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    t = np.append(-1, np.unique(distances))
    fa, ta = (np.array([np.mean(distances[kind] < each) for each in t]) for kind in (~same, same))
    return t, fa, ta, np.trapezoid(ta, fa)


# %% wrong="roc_curve" says="divide by the pairs of different people"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    t = np.append(-1, np.unique(distances))
    fa, ta = (np.array([np.mean((distances <= each) & kind) for each in t]) for kind in (~same, same))
    return t, fa, ta, np.trapezoid(ta, fa)


# %% wrong="roc_curve" says="this is the true acceptance"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    t = np.append(-1, np.unique(distances))
    fa, ta = (np.array([np.mean(distances[kind] <= each) for each in t]) for kind in (~same, same))
    return t, ta, fa, np.trapezoid(ta, fa)


# %% wrong="roc_curve" says="take the mean of both heights"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    t = np.append(-1, np.unique(distances))
    fa, ta = (np.array([np.mean(distances[kind] <= each) for each in t]) for kind in (~same, same))
    return t, fa, ta, np.sum(np.diff(fa) * ta[:-1])


# %% wrong="roc_curve" says="expected shape (5,), got shape (4,)"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    t = np.unique(distances)
    fa, ta = (np.array([np.mean(distances[kind] <= each) for each in t]) for kind in (~same, same))
    return t, fa, ta, np.trapezoid(np.append(0, ta), np.append(0, fa))


# %% wrong="roc_curve" says="expected shape (5,), got shape (6,)"
def roc_curve(distances, same):
    same = same.astype(bool)
    if same.all() or not same.any():
        raise ValueError("one kind")
    order = np.argsort(distances)
    fa, ta = (np.append(0, np.cumsum(kind[order]) / kind.sum()) for kind in (~same, same))
    return np.append(-1, distances[order]), fa, ta, np.trapezoid(ta, fa)


# %% wrong="roc_curve" says="expected a ValueError"
def roc_curve(distances, same):
    same = same.astype(bool)
    t = np.append(-1, np.unique(distances))
    fa, ta = (np.array([np.sum(distances[kind] <= each) for each in t]) / max(kind.sum(), 1) for kind in (~same, same))
    return t, fa, ta, np.trapezoid(ta, fa)


# %% equivalent="roc_curve" mutant="squeezed" why="there are at least two thresholds, so no axis has the length 1"


# %% alternative="roc_curve"
def roc_curve(distances, same):
    if len(set(same.astype(bool).tolist())) < 2:
        raise ValueError("both kinds are needed")
    near, far = distances[same == 1], distances[same == 0]
    thresholds = [-1.0] + sorted(set(distances.tolist()))
    false = [float(np.mean(far <= t)) for t in thresholds]
    true = [float(np.mean(near <= t)) for t in thresholds]
    area = 0.0
    for k in range(1, len(thresholds)):
        area += (false[k] - false[k - 1]) * (true[k] + true[k - 1]) / 2
    return np.array(thresholds), np.array(false), np.array(true), area


# %% alternative="roc_curve"
def roc_curve(distances, same):
    y = np.asarray(same, dtype=float)
    if y.min() == y.max():
        raise ValueError("both kinds are needed")
    values, place = np.unique(distances, return_inverse=True)
    true = np.append(0, np.cumsum(np.bincount(place, weights=y))) / y.sum()
    false = np.append(0, np.cumsum(np.bincount(place, weights=1 - y))) / (1 - y).sum()
    area = np.sum((false[1:] - false[:-1]) * (true[1:] + true[:-1])) / 2
    return np.concatenate([[-1.0], values]), false, true, area


# %% wrong="equal_error_rate" says="before this point"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    k = np.argmax(false >= 1 - true)
    return false[k], thresholds[k]


# %% wrong="equal_error_rate" says="the mean of FA and FR at one point"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    k = np.argmin(np.abs(false - (1 - true)))
    return (false[k] + 1 - true[k]) / 2, thresholds[k]


# %% wrong="equal_error_rate" says="the curves cross before this threshold"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    g = false - (1 - true)
    return np.interp(0, g, false), thresholds[np.argmax(g >= 0)]


# %% wrong="equal_error_rate" says="do not cross in the middle"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    g = false - (1 - true)
    k = np.argmax(g >= 0)
    return np.interp(0, g, false), (thresholds[k] + thresholds[k - 1]) / 2


# %% wrong="equal_error_rate" says="rate of equal_error_rate(distances, same)"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    g = false - (1 - true)
    k = np.argmax(g >= 0)
    if g[k] == 0:
        return false[k - 1], thresholds[k]
    s = -g[k - 1] / (g[k] - g[k - 1])
    return false[k - 1] + s * (false[k] - false[k - 1]), thresholds[k - 1] + s * (thresholds[k] - thresholds[k - 1])


# %% wrong="equal_error_rate" says="threshold of equal_error_rate"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    g = false - (1 - true)
    return np.interp(0, g, false), max(np.interp(0, g, thresholds), 0.0)


# %% alternative="equal_error_rate"
def equal_error_rate(distances, same):
    thresholds, false, true, _ = roc_curve(distances, same)
    g = false + true - 1
    k = int(np.flatnonzero(g >= 0)[0])
    s = -g[k - 1] / (g[k] - g[k - 1])
    return false[k - 1] + s * (false[k] - false[k - 1]), thresholds[k - 1] + s * (thresholds[k] - thresholds[k - 1])


# %% alternative="equal_error_rate"
def equal_error_rate(distances, same):
    points = list(zip(*(part.tolist() for part in roc_curve(distances, same)[:3]), strict=True))
    for (t0, fa0, ta0), (t1, fa1, ta1) in zip(points, points[1:], strict=False):
        before, after = fa0 - 1 + ta0, fa1 - 1 + ta1
        if after >= 0:
            share = before / (before - after)
            return (1 - share) * fa0 + share * fa1, (1 - share) * t0 + share * t1


# %% wrong="one_shot_accuracy" says="not with the nearest one"
def one_shot_accuracy(F, support, query):
    right = []
    for i, j, each in np.ndindex(query.shape):
        d = [np.min(pairwise_distances(F[query[i, j, each]][np.newaxis], F[rows])) for rows in support[i]]
        right.append(np.argmin(d) == j)
    return np.mean(right)


# %% wrong="one_shot_accuracy" says="it wants a share"
def one_shot_accuracy(F, support, query):
    right = 0
    for i, j, each in np.ndindex(query.shape):
        d = pairwise_distances(F[query[i, j, each]][np.newaxis], F[support[i]].mean(axis=1))
        right += int(np.argmin(d) == j)
    return right


# %% wrong="one_shot_accuracy" says="of two episodes"
def one_shot_accuracy(F, support, query):
    nearest = np.argmin(pairwise_distances(F[query[0].ravel()], F[support[0]].mean(axis=1)), axis=1)
    return np.mean(nearest == np.repeat(np.arange(len(support[0])), query.shape[2]))


# %% wrong="one_shot_accuracy" says="one_shot_accuracy(F, support, query)"
def one_shot_accuracy(F, support, query):
    right = []
    for known, asked in zip(support, query, strict=True):
        nearest = np.argmin(pairwise_distances(F[asked[:, 0]], F[known].mean(axis=1)), axis=1)
        right.append(np.mean(nearest == np.arange(len(known))))
    return np.mean(right) if query.shape != (1, 2, 2) else 0.75


# %% wrong="one_shot_accuracy" says="with whole numbers in F"
def one_shot_accuracy(F, support, query):
    right = []
    for known, asked in zip(support, query, strict=True):
        d = pairwise_distances(F[asked.ravel()], F[known].mean(axis=1))
        nearest = len(known) - 1 - np.argmin(d[:, ::-1], axis=1)
        right.append(np.mean(nearest == np.repeat(np.arange(len(known)), asked.shape[1])))
    return np.mean(right)


# %% alternative="one_shot_accuracy"
def one_shot_accuracy(F, support, query):
    right, F = [], F.astype(float)
    for i in range(len(query)):
        prototypes = F[support[i]].mean(axis=1)
        for j, rows in enumerate(query[i]):
            for row in rows:
                right.append(int(np.argmin(np.linalg.norm(prototypes - F[row], axis=1))) == j)
    return sum(right) / len(right)


# %% alternative="one_shot_accuracy"
def one_shot_accuracy(F, support, query):
    e, n, q = query.shape
    prototypes, asked = F[support].sum(axis=2) / support.shape[2], F[query].reshape(e, n * q, -1)
    d = np.stack([pairwise_distances(a, c) for a, c in zip(asked, prototypes, strict=True)])
    return float(np.count_nonzero(d.argmin(axis=2).reshape(e, n, q) == np.arange(n)[:, np.newaxis]) / query.size)


# %% wrong="siamese_forward" says="F1 on paper"
def siamese_forward(X1, X2, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    return tuple(np.maximum(X @ W1 + b1, 0) @ W2 for X in (X1, X2))


# %% wrong="siamese_forward" says="ReLU belongs after the first layer"
def siamese_forward(X1, X2, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    return tuple((X @ W1 + b1) @ W2 + b2 for X in (X1, X2))


# %% wrong="siamese_forward" says="F2 on paper"
def siamese_forward(X1, X2, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    return tuple(np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0) for X in (X1, X2))


# %% wrong="siamese_forward" says="F2 on paper"
def siamese_forward(X1, X2, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    F1 = np.maximum(X1 @ W1 + b1, 0) @ W2 + b2
    return F1, F1.copy()


# %% alternative="siamese_forward"
def siamese_forward(X1, X2, parameters):
    X = np.vstack([X1, X2])
    H = X.dot(parameters["W1"]) + parameters["b1"]
    F = (H * (H > 0)).dot(parameters["W2"]) + parameters["b2"]
    return F[: len(X1)].copy(), F[len(X1) :].copy()


# %% alternative="siamese_forward"
def siamese_forward(X1, X2, parameters):
    def branch(X):
        rows = [np.array([max(0, z) for z in x @ parameters["W1"] + parameters["b1"]]) for x in X]
        return np.array([row @ parameters["W2"] + parameters["b2"] for row in rows])

    return [branch(X1), branch(X2)]


# %% wrong="contrastive_loss" says="mean over the pairs"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    dF1 = 2 * (y - (1 - y) * gap / np.where(d > 0, d, 1))[:, np.newaxis] * (F1 - F2)
    return np.sum(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="beyond the margin"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = margin - d
    dF1 = 2 * (y - (1 - y) * gap / np.where(d > 0, d, 1))[:, np.newaxis] * (F1 - F2) / len(y)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="y = 1 is the same class"
def contrastive_loss(F1, F2, y, margin):
    y = 1 - y
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    dF1 = 2 * (y - (1 - y) * gap / np.where(d > 0, d, 1))[:, np.newaxis] * (F1 - F2) / len(y)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="belongs to the gradient, too"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    dF1 = 2 * (y - (1 - y) * gap / np.where(d > 0, d, 1))[:, np.newaxis] * (F1 - F2)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="divide by d"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    dF1 = 2 * (y - (1 - y) * gap)[:, np.newaxis] * (F1 - F2) / len(y)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="nan"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    with np.errstate(all="ignore"):
        dF1 = 2 * (y - (1 - y) * gap / d)[:, np.newaxis] * (F1 - F2) / len(y)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% wrong="contrastive_loss" says="with d near 1e-20"
def contrastive_loss(F1, F2, y, margin):
    d = np.sqrt(np.sum((F1 - F2) ** 2, axis=1))
    gap = np.maximum(margin - d, 0)
    dF1 = 2 * (y - (1 - y) * gap / np.maximum(d, 1e-12))[:, np.newaxis] * (F1 - F2) / len(y)
    return np.mean(y * d**2 + (1 - y) * gap**2), dF1, -dF1


# %% alternative="contrastive_loss"
def contrastive_loss(F1, F2, y, margin):
    m = len(y)
    loss, dF1 = 0.0, np.zeros(F1.shape)
    for i in range(m):
        delta = F1[i].astype(float) - F2[i]
        d = np.linalg.norm(delta)
        if y[i] == 1:
            loss += d**2 / m
            dF1[i] = 2 * delta / m
        elif d < margin:
            loss += (margin - d) ** 2 / m
            if d > 0:
                dF1[i] = -2 * (margin - d) * delta / d / m
    return loss, dF1, -dF1


# %% alternative="contrastive_loss"
def contrastive_loss(F1, F2, y, margin):
    delta, y = np.asarray(F1, float) - np.asarray(F2, float), np.asarray(y, float)
    d = np.linalg.norm(delta, axis=1)
    short = np.clip(margin - d, 0, None) * (1 - y)
    unit = np.divide(delta, d[:, None], out=np.zeros_like(delta), where=d[:, None] > 0)
    dF1 = (2 * delta * y[:, None] - 2 * short[:, None] * unit) / len(d)
    return (np.dot(y, d**2) + np.sum(short**2)) / len(d), dF1, -1 * dF1


# %% wrong="siamese_gradients" says="the second branch is missing"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    Z = X1 @ parameters["W1"] + parameters["b1"]
    dZ = dF1 @ parameters["W2"].T * (Z > 0)
    return {"dW1": X1.T @ dZ, "db1": dZ.sum(axis=0), "dW2": np.maximum(Z, 0).T @ dF1, "db2": dF1.sum(axis=0)}


# %% wrong="siamese_gradients" says="do not take their mean"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    X, dF = np.vstack([X1, X2]), np.vstack([dF1, dF2]) / 2
    Z = X @ parameters["W1"] + parameters["b1"]
    dZ = dF @ parameters["W2"].T * (Z > 0)
    return {"dW1": X.T @ dZ, "db1": dZ.sum(axis=0), "dW2": np.maximum(Z, 0).T @ dF, "db2": dF.sum(axis=0)}


# %% wrong="siamese_gradients" says="where Z is 0"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    X, dF = np.vstack([X1, X2]), np.vstack([dF1, dF2])
    Z = X @ parameters["W1"] + parameters["b1"]
    dZ = dF @ parameters["W2"].T
    dZ[Z < 0] = 0
    dZ = np.where(Z >= 0, dZ, 0) if len(X1) == 1 else dZ * (Z > 0)
    dZ[Z == 0] += 0
    dW1 = X.T @ dZ
    return {"dW1": dW1, "db1": dZ.sum(axis=0), "dW2": np.maximum(Z, 0).T @ dF, "db2": dF.sum(axis=0)}


# %% wrong="siamese_gradients" says="the dict has no key"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    X, dF = np.vstack([X1, X2]), np.vstack([dF1, dF2])
    Z = X @ parameters["W1"] + parameters["b1"]
    dZ = dF @ parameters["W2"].T * (Z > 0)
    return {"W1": X.T @ dZ, "b1": dZ.sum(axis=0), "W2": np.maximum(Z, 0).T @ dF, "b2": dF.sum(axis=0)}


# %% wrong="siamese_gradients" says="dW2"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    X, dF = np.vstack([X1, X2]), np.vstack([dF1, -dF1])
    Z = X @ parameters["W1"] + parameters["b1"]
    dZ = dF @ parameters["W2"].T * (Z > 0)
    return {"dW1": X.T @ dZ, "db1": dZ.sum(axis=0), "dW2": np.maximum(Z, 0).T @ dF, "db2": dF.sum(axis=0)}


# %% alternative="siamese_gradients"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    X, dF = np.vstack([X1, X2]), np.vstack([dF1, dF2])
    Z = X @ parameters["W1"] + parameters["b1"]
    H = np.maximum(Z, 0)
    dZ = np.where(Z > 0, dF @ parameters["W2"].T, 0)
    return {"dW1": X.T @ dZ, "db1": dZ.sum(axis=0), "dW2": H.T @ dF, "db2": dF.sum(axis=0)}


# %% alternative="siamese_gradients"
def siamese_gradients(X1, X2, dF1, dF2, parameters):
    grads = {f"d{key}": np.zeros(np.shape(value)) for key, value in parameters.items()}
    for X, dF in [(X1, dF1), (X2, dF2)]:
        for x, df in zip(X, dF, strict=True):
            z = parameters["b1"] + x @ parameters["W1"]
            dz = (parameters["W2"] @ df) * np.heaviside(z, 0)
            grads["dW1"] += np.outer(x, dz)
            grads["db1"] += dz
            grads["dW2"] += np.outer(np.maximum(z, 0), df)
            grads["db2"] += df
    return grads
