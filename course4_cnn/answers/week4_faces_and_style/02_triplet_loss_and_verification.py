# %% wrong="triplet_loss" says="the maximum with 0 comes before the mean"
def triplet_loss(A, P, N, margin):
    return max(0, np.mean(np.sum((A - P) ** 2, axis=1) - np.sum((A - N) ** 2, axis=1) + margin))


# %% wrong="triplet_loss" says="the mean, not the sum"
def triplet_loss(A, P, N, margin):
    return np.sum(np.maximum(np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin, 0))


# %% wrong="triplet_loss" says="squared distances"
def triplet_loss(A, P, N, margin):
    missing = np.linalg.norm(A - P, axis=1) - np.linalg.norm(A - N, axis=1) + margin
    return np.mean(np.maximum(missing, 0))


# %% wrong="triplet_loss" says="also those with loss 0"
def triplet_loss(A, P, N, margin):
    losses = np.maximum(np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin, 0)
    return losses[losses > 0].mean() if np.any(losses > 0) else 0.0


# %% wrong="triplet_loss" says="positive and negative are exchanged"
def triplet_loss(A, P, N, margin):
    return np.mean(np.maximum(np.sum((A - N) ** 2 - (A - P) ** 2, axis=1) + margin, 0))


# %% wrong="triplet_loss" says="where is the margin?"
def triplet_loss(A, P, N, margin):
    return np.mean(np.maximum(np.sum((A - P) ** 2 - (A - N) ** 2, axis=1), 0))


# %% wrong="triplet_loss" says="triplet_loss(A, P, N, margin)"
def triplet_loss(A, P, N, margin):
    return 11 / 3 if margin else 3.0


# %% alternative="triplet_loss"
def triplet_loss(A, P, N, margin):
    total = 0
    for a, p, n in zip(A.tolist(), P.tolist(), N.tolist(), strict=True):
        near = sum((x - y) ** 2 for x, y in zip(a, p, strict=True))
        far = sum((x - y) ** 2 for x, y in zip(a, n, strict=True))
        total += max(0.0, near - far + margin)
    return total / len(A)


# %% alternative="triplet_loss"
def triplet_loss(A, P, N, margin):
    near, far = A - P, A - N
    value = np.einsum("ij,ij->i", near, near) - np.einsum("ij,ij->i", far, far) + float(margin)
    return float(np.where(value > 0, value, 0).sum() / A.shape[0])


# %% wrong="triplet_gradients" says="the 2 of the square is missing"
def triplet_gradients(A, P, N, margin):
    on = (np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin > 0)[:, None] / len(A)
    return on * (N - P), on * (P - A), on * (A - N)


# %% wrong="triplet_gradients" says="the mean has 1/k"
def triplet_gradients(A, P, N, margin):
    on = 2 * (np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin > 0)[:, None]
    return on * (N - P) * 1.0, on * (P - A) * 1.0, on * (A - N) * 1.0


# %% wrong="triplet_gradients" says="also those with loss 0"
def triplet_gradients(A, P, N, margin):
    on = (np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin > 0)[:, None]
    on = 2 * on / max(1, on.sum())
    return on * (N - P), on * (P - A), on * (A - N)


# %% wrong="triplet_gradients" says="its sign is wrong"
def triplet_gradients(A, P, N, margin):
    on = 2 * (np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin > 0)[:, None] / len(A)
    return on * (P - N), on * (A - P), on * (N - A)


# %% wrong="triplet_gradients" says="at the corner"
def triplet_gradients(A, P, N, margin):
    on = 2 * (np.sum((A - P) ** 2 - (A - N) ** 2, axis=1) + margin >= 0)[:, None] / len(A)
    return on * (N - P), on * (P - A), on * (A - N)


# %% wrong="triplet_gradients" says="dA of three triplets"
def triplet_gradients(A, P, N, margin):
    return 2 / len(A) * (N - P), 2 / len(A) * (P - A), 2 / len(A) * (A - N)


# %% alternative="triplet_gradients"
def triplet_gradients(A, P, N, margin):
    dA, dP, dN = np.zeros(A.shape), np.zeros(A.shape), np.zeros(A.shape)
    for i in range(len(A)):
        a, p, n = A[i].astype(float), P[i].astype(float), N[i].astype(float)
        if (a - p) @ (a - p) - (a - n) @ (a - n) + margin > 0:
            dP[i] = -2 * (a - p) / len(A)
            dN[i] = 2 * (a - n) / len(A)
            dA[i] = -dP[i] - dN[i]
    return dA, dP, dN


# %% alternative="triplet_gradients"
def triplet_gradients(A, P, N, margin):
    missing = ((P - A) ** 2).sum(1) - ((N - A) ** 2).sum(1) + margin
    weights = np.diag(np.where(missing > 0, 2.0, 0.0)) / A.shape[0]
    return [weights @ (N - P), weights @ (P - A), weights @ (A - N)]


# %% wrong="unit_length_backward" says="divide by the length at the end"
def unit_length_backward(dF, V):
    F = V / np.linalg.norm(V, axis=1, keepdims=True)
    return dF - np.sum(F * dF, axis=1, keepdims=True) * F


# %% wrong="unit_length_backward" says="the part along f is still there"
def unit_length_backward(dF, V):
    return dF / np.linalg.norm(V, axis=1, keepdims=True)


# %% wrong="unit_length_backward" says="f, not v, in both places"
def unit_length_backward(dF, V):
    return (dF - np.sum(V * dF, axis=1, keepdims=True) * V) / np.linalg.norm(V, axis=1, keepdims=True)


# %% wrong="unit_length_backward" says="dV times 1e-09"
def unit_length_backward(dF, V):
    lengths = np.linalg.norm(V, axis=1, keepdims=True) + 1e-12
    F = V / lengths
    return (dF - np.sum(F * dF, axis=1, keepdims=True) * F) / lengths


# %% wrong="unit_length_backward" says="dV for the rows"
def unit_length_backward(dF, V):
    lengths = np.linalg.norm(V)
    F = V / lengths
    return (dF - np.sum(F * dF, axis=1, keepdims=True) * F) / lengths


# %% alternative="unit_length_backward"
def unit_length_backward(dF, V):
    rows = []
    for df, v in zip(dF, V, strict=True):
        f = v / np.sqrt(np.dot(v, v))
        rows.append((np.eye(len(v)) - np.outer(f, f)) @ df / np.sqrt(np.dot(v, v)))
    return np.array(rows)


# %% alternative="unit_length_backward"
def unit_length_backward(dF, V):
    squares = np.einsum("ij,ij->i", V, V)[:, None].astype(float)
    along = np.einsum("ij,ij->i", V, dF)[:, None]
    return dF / squares**0.5 - V * (along / squares) / squares**0.5


# %% wrong="semi_hard_negatives" says="first look for semi-hard ones"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    return np.stack([a, p, np.where(same[a], np.inf, D[a]).argmin(axis=1)], axis=1)


# %% wrong="semi_hard_negatives" says="farther than the positive, not as far"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    dn, dp = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi = np.where((dn >= dp) & (dn < dp + margin), dn, np.inf)
    n = np.where(np.isfinite(semi.min(axis=1)), semi.argmin(axis=1), dn.argmin(axis=1))
    return np.stack([a, p, n], axis=1)


# %% wrong="semi_hard_negatives" says="not the first row"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    dn, dp = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi = np.where((dn > dp) & (dn < dp + margin), dn, np.inf)
    return np.stack([a, p, semi.argmin(axis=1)], axis=1)


# %% wrong="semi_hard_negatives" says="expected shape (4, 3), got shape (3, 3)"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    dn, dp = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi = np.where((dn > dp) & (dn < dp + margin), dn, np.inf)
    keep = np.isfinite(semi.min(axis=1))
    return np.stack([a, p, semi.argmin(axis=1)], axis=1)[keep]


# %% wrong="semi_hard_negatives" says="expected shape (4, 3), got shape (9, 3)"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same)
    dn, dp = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi = np.where((dn > dp) & (dn < dp + margin), dn, np.inf)
    n = np.where(np.isfinite(semi.min(axis=1)), semi.argmin(axis=1), dn.argmin(axis=1))
    return np.stack([a, p, n], axis=1)


# %% wrong="semi_hard_negatives" says="distances of about 1e-09"
def semi_hard_negatives(D, labels, margin):
    same = labels[:, None] == labels
    a, p = np.nonzero(same & ~np.eye(len(labels), dtype=bool))
    dn, dp = np.where(same[a], np.inf, D[a]), D[a, p][:, None]
    semi = np.where((dn > dp + 1e-9) & (dn < dp + margin), dn, np.inf)
    n = np.where(np.isfinite(semi.min(axis=1)), semi.argmin(axis=1), dn.argmin(axis=1))
    return np.stack([a, p, n], axis=1)


# %% alternative="semi_hard_negatives"
def semi_hard_negatives(D, labels, margin):
    found = []
    for a in range(len(labels)):
        others = [n for n in range(len(labels)) if labels[n] != labels[a]]
        for p in range(len(labels)):
            if p == a or labels[p] != labels[a]:
                continue
            semi = [n for n in others if D[a][p] < D[a][n] and D[a][n] < D[a][p] + margin]
            found.append([a, p, min(semi if semi else others, key=lambda n: D[a][n])])
    return np.array(found, dtype=int) if found else np.zeros((0, 3), dtype=int)


# %% alternative="semi_hard_negatives"
def semi_hard_negatives(D, labels, margin):
    D = np.asarray(D, dtype=float)
    result = []
    for a, p in np.argwhere(np.equal.outer(labels, labels)):
        if a == p:
            continue
        rows = np.flatnonzero(labels != labels[a])
        rows = rows[np.argsort(D[a, rows], kind="stable")]
        d = D[a, rows]
        semi = rows[(d > D[a, p]) & (d < D[a, p] + margin)]
        result.append((a, p, semi[0] if semi.size else rows[0]))
    return np.reshape(result, (-1, 3)).astype(int)


# %% wrong="batch_hard" says="the farthest, not the nearest"
def batch_hard(D, labels):
    same = labels[:, None] == labels
    positives = same & ~np.eye(len(labels), dtype=bool)
    a = np.flatnonzero(positives.any(axis=1))
    p, n = np.where(positives, D, np.inf).argmin(axis=1), np.where(same, np.inf, D).argmin(axis=1)
    return np.stack([a, p[a], n[a]], axis=1)


# %% wrong="batch_hard" says="the nearest, not the farthest"
def batch_hard(D, labels):
    same = labels[:, None] == labels
    positives = same & ~np.eye(len(labels), dtype=bool)
    a = np.flatnonzero(positives.any(axis=1))
    p, n = np.where(positives, D, -1).argmax(axis=1), np.where(same, -1, D).argmax(axis=1)
    return np.stack([a, p[a], n[a]], axis=1)


# %% wrong="batch_hard" says="a picture is no positive of itself"
def batch_hard(D, labels):
    same = labels[:, None] == labels
    a = np.flatnonzero(same.sum(axis=1) > 1)
    p, n = np.where(same, D, -1).argmax(axis=1), np.where(same, np.inf, D).argmin(axis=1)
    return np.stack([a, p[a], n[a]], axis=1)


# %% wrong="batch_hard" says="expected shape (3, 3), got shape (5, 3)"
def batch_hard(D, labels):
    same = labels[:, None] == labels
    p, n = np.where(same, D, -1).argmax(axis=1), np.where(same, np.inf, D).argmin(axis=1)
    return np.stack([np.arange(len(labels)), p, n], axis=1)


# %% wrong="batch_hard" says="1e+09"
def batch_hard(D, labels):
    same = labels[:, None] == labels
    positives = same & ~np.eye(len(labels), dtype=bool)
    a = np.flatnonzero(positives.any(axis=1))
    p, n = np.where(positives, D, -1).argmax(axis=1), np.where(same, 1000, D).argmin(axis=1)
    return np.stack([a, p[a], n[a]], axis=1)


# %% alternative="batch_hard"
def batch_hard(D, labels):
    rows = []
    for a in range(len(D)):
        positives = [i for i in range(len(D)) if labels[i] == labels[a] and i != a]
        negatives = [i for i in range(len(D)) if labels[i] != labels[a]]
        if positives:
            rows.append([a, max(positives, key=lambda i: D[a, i]), min(negatives, key=lambda i: D[a, i])])
    return np.array(rows, dtype=int).reshape(len(rows), 3)


# %% alternative="batch_hard"
def batch_hard(D, labels):
    D = np.array(D, dtype=float)
    same = np.equal.outer(labels, labels)
    far, near = D.copy(), D.copy()
    far[~same] = -np.inf
    np.fill_diagonal(far, -np.inf)
    near[same] = np.inf
    triplets = np.column_stack([np.arange(len(D)), np.argmax(far, axis=1), np.argmin(near, axis=1)])
    return triplets[np.isfinite(far.max(axis=1))]


# %% wrong="pair_features" says="without the sign"
def pair_features(F1, F2, kind):
    if kind not in ("absolute", "chi-square"):
        raise ValueError(kind)
    total = F1 + F2
    return F1 - F2 if kind == "absolute" else (F1 - F2) ** 2 / np.where(total == 0, 1, total)


# %% wrong="pair_features" says="the square of the difference"
def pair_features(F1, F2, kind):
    if kind not in ("absolute", "chi-square"):
        raise ValueError(kind)
    total = F1 + F2
    return np.abs(F1 - F2) if kind == "absolute" else np.abs(F1 - F2) / np.where(total == 0, 1, total)


# %% wrong="pair_features" says="the sum is not squared"
def pair_features(F1, F2, kind):
    if kind not in ("absolute", "chi-square"):
        raise ValueError(kind)
    total = (F1 + F2) ** 2
    return np.abs(F1 - F2) if kind == "absolute" else (F1 - F2) ** 2 / np.where(total == 0, 1, total)


# %% wrong="pair_features" says="not finite"
def pair_features(F1, F2, kind):
    if kind not in ("absolute", "chi-square"):
        raise ValueError(kind)
    return np.abs(F1 - F2) if kind == "absolute" else (F1 - F2) ** 2 / (F1 + F2)


# %% wrong="pair_features" says="with very small numbers, chi-square"
def pair_features(F1, F2, kind):
    if kind not in ("absolute", "chi-square"):
        raise ValueError(kind)
    return np.abs(F1 - F2) if kind == "absolute" else (F1 - F2) ** 2 / (F1 + F2 + 1e-12)


# %% wrong="pair_features" says="expected a ValueError"
def pair_features(F1, F2, kind):
    if kind == "absolute":
        return np.abs(F1 - F2)
    total = F1 + F2
    return (F1 - F2) ** 2 / np.where(total == 0, 1, total)


# %% alternative="pair_features"
def pair_features(F1, F2, kind):
    names = {"absolute": 1, "chi-square": 2}
    if kind not in names:
        raise ValueError("no such kind")
    F1, F2 = np.array(F1, dtype=float), np.array(F2, dtype=float)
    difference = np.maximum(F1, F2) - np.minimum(F1, F2)
    if names[kind] == 1:
        return difference
    return np.divide(difference**2, F1 + F2, out=np.zeros_like(F1), where=(F1 + F2) != 0)


# %% alternative="pair_features"
def pair_features(F1, F2, kind):
    def feature(f1, f2):
        if kind == "absolute":
            return float(abs(f1 - f2))
        return 0.0 if f1 == f2 else float((f1 - f2) ** 2 / (f1 + f2))

    if kind != "absolute" and kind != "chi-square":
        raise ValueError(f"unknown kind {kind}")
    return np.array([[feature(*two) for two in zip(*rows, strict=True)] for rows in zip(F1, F2, strict=True)])


# %% wrong="verifier_loss" says="not finite"
def verifier_loss(X, y, w, b):
    a = 1 / (1 + np.exp(-(X @ w + b)))
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return a, loss, X.T @ (a - y) / len(y), np.mean(a - y)


# %% wrong="verifier_loss" says="the loss for the scores -499"
def verifier_loss(X, y, w, b):
    a = np.clip(1 / (1 + np.exp(-(X @ w + b))), 1e-12, 1 - 1e-12)
    loss = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    return a, loss, X.T @ (a - y) / len(y), np.mean(a - y)


# %% wrong="verifier_loss" says="y and 1 - y are exchanged"
def verifier_loss(X, y, w, b):
    z = X @ w + b
    a = np.exp(-np.logaddexp(0, -z))
    return a, np.mean(np.logaddexp(0, z) - (1 - y) * z), X.T @ (a - y) / len(y), np.mean(a - y)


# %% wrong="verifier_loss" says="dw: wrong value: its sign is wrong"
def verifier_loss(X, y, w, b):
    z = X @ w + b
    a = np.exp(-np.logaddexp(0, -z))
    return a, np.mean(np.logaddexp(0, z) - y * z), X.T @ (y - a) / len(y), np.mean(a - y)


# %% wrong="verifier_loss" says="db: wrong value: the mean, not the sum"
def verifier_loss(X, y, w, b):
    z = X @ w + b
    a = np.exp(-np.logaddexp(0, -z))
    return a, np.mean(np.logaddexp(0, z) - y * z), X.T @ (a - y) / len(y), np.sum(a - y)


# %% wrong="verifier_loss" says="y_hat for the scores"
def verifier_loss(X, y, w, b):
    z = X @ w
    a = np.exp(-np.logaddexp(0, -z))
    return a, np.mean(np.logaddexp(0, z) - y * z), X.T @ (a - y) / len(y), np.mean(a - y)


# %% alternative="verifier_loss"
def verifier_loss(X, y, w, b):
    m = len(y)
    z = np.einsum("ij,j->i", X, w) + float(b)
    small = np.exp(-np.abs(z))
    y_hat = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    loss = (np.log1p(small) + np.where(y == 1, np.maximum(-z, 0), np.maximum(z, 0))).sum() / m
    errors = y_hat - y
    return y_hat, float(loss), (errors[:, None] * X).sum(axis=0) / m, float(errors.sum() / m)


# %% alternative="verifier_loss"
def verifier_loss(X, y, w, b):
    z = np.array([sum(x * v for x, v in zip(row, w.tolist(), strict=True)) + b for row in X.tolist()], dtype=float)
    y_hat = 1 / (1 + np.exp(-z))
    sign = np.where(y > 0.5, -1.0, 1.0)
    loss = np.mean(np.logaddexp(0, sign * z))
    return [y_hat, loss, (y_hat - y) @ X / len(X), (y_hat - y).mean()]


# %% equivalent="batch_hard" mutant="squeezed" why="one anchor alone cannot be: its positive is an anchor too"

# %% equivalent="semi_hard_negatives" mutant="squeezed" why="triplets come in twos: anchor and positive exchanged"

# %% equivalent="semi_hard_negatives" mutant="square results transposed" why="triplets come in twos, so never three of them"
