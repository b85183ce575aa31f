# %% wrong="percent_of_calories" says="the total of its row"
def percent_of_calories(table):
    return 100 * table / table.sum(axis=1, keepdims=True)


# %% wrong="percent_of_calories" says="could not be broadcast together with shapes (3,4) (3,)"
def percent_of_calories(table):
    return 100 * table / table.sum(axis=1)


# %% wrong="percent_of_calories" says="the whole table"
def percent_of_calories(table):
    return 100 * table / table.sum()


# %% wrong="percent_of_calories" says="parts of 1"
def percent_of_calories(table):
    return table / table.sum(axis=0, keepdims=True)


# %% wrong="percent_of_calories" says="in place"
def percent_of_calories(table):
    table /= table.sum(axis=0)
    return 100 * table


# %% wrong="percent_of_calories" says="table of shape (3, 3)"
def percent_of_calories(table):
    return np.array([[40, 10, 20, 25], [50, 80, 50, 15], [10, 10, 30, 60]])


# %% wrong="percent_of_calories" says="fractions are cut off"
def percent_of_calories(table):
    percent = np.zeros_like(table)
    for food in range(table.shape[1]):
        percent[:, food] = 100 * table[:, food] / table[:, food].sum()
    return percent


# %% wrong="percent_of_calories" says="with very small calories"
def percent_of_calories(table):
    return 100 * table / (table.sum(axis=0) + 1e-12)


# %% alternative="percent_of_calories"
def percent_of_calories(table):
    percent = np.zeros(table.shape)
    for food in range(table.shape[1]):
        percent[:, food] = table[:, food] / sum(table[:, food]) * 100
    return percent


# %% alternative="percent_of_calories"
def percent_of_calories(table):
    return (table.T / table.T.sum(axis=1, keepdims=True)).T * 100


# %% wrong="broadcast_shape" says="expected (3, 4), got"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a, b = a + (1,) * (length - len(a)), b + (1,) * (length - len(b))
    return tuple(max(pair) for pair in zip(a, b, strict=True))


# %% wrong="broadcast_shape" says="broadcast_shape((2, 3), (2,)), where the shapes do not fit: expected a ValueError, got the answer (2, 3)"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    a, b = (1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b
    return tuple(max(pair) for pair in zip(a, b, strict=True))


# %% wrong="broadcast_shape" says="broadcast_shape((5, 3, 4), (3, 1)): expected (5, 3, 4), got (3, 4)"
def broadcast_shape(a, b):
    result = []
    for size_a, size_b in zip(reversed(a), reversed(b), strict=False):
        if size_a != size_b and size_a != 1 and size_b != 1:
            raise ValueError("do not fit")
        result.append(max(size_a, size_b))
    if len(result) < 2:
        result += list(reversed(max(a, b, key=len)))[len(result) :]
    return tuple(reversed(result))


# %% wrong="broadcast_shape" says="broadcast_shape((2, 4), (2, 2)), where the shapes do not fit: expected a ValueError"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    result = []
    for pair in zip((1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b, strict=True):
        if max(pair) % min(pair) != 0:
            raise ValueError("do not fit")
        result.append(max(pair))
    return tuple(result)


# %% wrong="broadcast_shape" says="expected (3, 4), got [3, 4]"
def broadcast_shape(a, b):
    return list(np.broadcast_shapes(a, b))


# %% wrong="broadcast_shape" says="AssertionError"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    pairs = list(zip((1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b, strict=True))
    assert all(p == q or 1 in (p, q) for p, q in pairs)
    return tuple(max(pair) for pair in pairs)


# %% wrong="broadcast_shape" says="these shapes fit"
def broadcast_shape(a, b):
    known = {((3, 1), (1, 4)): (3, 4), ((3, 1), (4,)): (3, 4), ((5, 3, 4), (3, 1)): (5, 3, 4), ((2, 3), ()): (2, 3)}
    known[(4,), (2, 3, 1)] = (2, 3, 4)
    if (a, b) not in known:
        raise ValueError("do not fit")
    return known[a, b]


# %% wrong="broadcast_shape" says="broadcast_shape((1000, 70000, 1), (1000, 70000, 1)): these shapes fit"
def broadcast_shape(a, b):
    length = max(len(a), len(b))
    pairs = list(zip((1,) * (length - len(a)) + a, (1,) * (length - len(b)) + b, strict=True))
    if any(p is not q and p != 1 and q != 1 for p, q in pairs):
        raise ValueError("do not fit")
    return tuple(max(pair) for pair in pairs)


# %% alternative="broadcast_shape"
def broadcast_shape(a, b):
    if not a or not b:
        return a or b
    if a[-1] == b[-1] or b[-1] == 1:
        last = a[-1]
    elif a[-1] == 1:
        last = b[-1]
    else:
        raise ValueError("the shapes do not fit")
    return broadcast_shape(a[:-1], b[:-1]) + (last,)


# %% alternative="broadcast_shape"
def broadcast_shape(a, b):
    result = list(a if len(a) >= len(b) else b)
    shorter = b if len(a) >= len(b) else a
    for i in range(1, len(shorter) + 1):
        if result[-i] == 1:
            result[-i] = shorter[-i]
        elif shorter[-i] != 1 and shorter[-i] != result[-i]:
            raise ValueError("the shapes do not fit")
    return tuple(result)


# %% wrong="softmax_rows" says="exp(1000) is inf"
def softmax_rows(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)


# %% wrong="softmax_rows" says="one is flat, as are A[:, i] and a sum without keepdims=True"
def softmax_rows(Z):
    powers = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1)


# %% wrong="softmax_rows" says="each column adds up to 1"
def softmax_rows(Z):
    powers = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return powers / np.sum(powers, axis=0, keepdims=True)


# %% wrong="softmax_rows" says="each row must lose its OWN maximum"
def softmax_rows(Z):
    powers = np.exp(Z - np.max(Z))
    return powers / np.sum(powers, axis=1, keepdims=True)


# %% wrong="softmax_rows" says="in place"
def softmax_rows(Z):
    Z -= np.max(Z, axis=1, keepdims=True)
    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)


# %% wrong="softmax_rows" says="Z of shape (3, 5)"
def softmax_rows(Z):
    if Z.shape == (2, 3):
        return np.array([[1 / 8, 3 / 8, 4 / 8], [5 / 10, 2 / 10, 3 / 10]])
    return np.array([[0.25, 0.75], [0.5, 0.5], [0.5, 0.5]])


# %% wrong="softmax_rows" says="the maxima are those of the columns"
def softmax_rows(Z):
    powers = np.exp(Z - Z.max(axis=0, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


# %% wrong="softmax_rows" says="the small probabilities"
def softmax_rows(Z):
    powers = np.exp(np.maximum(Z - Z.max(axis=1, keepdims=True), -50))
    return powers / powers.sum(axis=1, keepdims=True)


# %% alternative="softmax_rows"
def softmax_rows(Z):
    S = np.zeros(Z.shape)
    for i, row in enumerate(Z):
        powers = np.exp(row - max(row))
        S[i] = powers / sum(powers)
    return S


# %% alternative="softmax_rows"
def softmax_rows(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, np.newaxis])


# %% wrong="as_column" says="v of shape (2, 3): expected a ValueError, got the answer"
def as_column(v):
    return np.reshape(v, (-1, 1))


# %% wrong="as_column" says="v of shape (3,): expected shape (3, 1), got shape (3,)"
def as_column(v):
    v = np.asarray(v)
    if v.ndim > 2 or (v.ndim == 2 and 1 not in v.shape):
        raise ValueError(f"shape {v.shape}")
    return v.T


# %% wrong="as_column" says="v of shape (3, 1): expected shape (3, 1), got shape (3, 1, 1)"
def as_column(v):
    return np.asarray(v)[:, None]


# %% wrong="as_column" says="as_column(7.0): expected a ValueError, got the answer"
def as_column(v):
    v = np.atleast_1d(v)
    if v.ndim == 1 or (v.ndim == 2 and 1 in v.shape):
        return v.reshape(-1, 1)
    raise ValueError(f"shape {v.shape}")


# %% wrong="as_column" says="must hold the shape (2, 3)"
def as_column(v):
    v = np.asarray(v)
    if v.ndim == 1 or (v.ndim == 2 and 1 in v.shape):
        return v.reshape(-1, 1)
    raise ValueError("not a vector")


# %% wrong="as_column" says="v of shape (1, 1): this is a vector, yet it was refused"
def as_column(v):
    squeezed = np.squeeze(v)
    if squeezed.ndim != 1:
        raise ValueError(f"shape {np.shape(v)}")
    return squeezed.reshape(-1, 1)


# %% wrong="as_column" says="in place"
def as_column(v):
    v = np.asarray(v)
    if v.ndim == 1 or (v.ndim == 2 and 1 in v.shape):
        v.shape = (v.size, 1)
        return v
    raise ValueError(f"shape {v.shape}")


# %% wrong="as_column" says="v of shape (3,)"
def as_column(v):
    if np.shape(v) in [(2, 3), (3, 3), ()]:
        raise ValueError(f"{np.shape(v)}")
    return np.array({1: [[2.5]], 2: [[4], [7]]}.get(np.size(v), [[2], [0], [5]]))


# %% alternative="as_column"
def as_column(v):
    shape = np.shape(v)
    if len(shape) not in (1, 2) or np.size(v) != max(shape):
        raise ValueError("not a vector: " + str(shape))
    return np.array([[number] for number in np.ravel(v)])


# %% alternative="as_column"
def as_column(v):
    match np.shape(v):
        case (_,) | (_, 1) | (1, _):
            return np.asarray(v, dtype=float).reshape(-1, 1)
        case shape:
            raise ValueError(f"a vector has shape (n,), (n, 1) or (1, n), this one has {shape}")


# %% wrong="losses" says="a row and a column became a table"
def losses(y_hat, y):
    if np.size(y_hat) != np.size(y):
        raise ValueError("not equally many")
    return np.sum(np.abs(y_hat - y)), np.sum((y_hat - y) ** 2)


# %% wrong="losses" says="L1 of losses(y_hat, y), shapes (4,) and (4,): your value is exactly 1/m = 1/4"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.mean(np.abs(d)), np.mean(d**2)


# %% wrong="losses" says="added with their signs"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.sum(d), np.sum(d**2)


# %% wrong="losses" says="this is L2"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.sum(d**2), np.sum(np.abs(d))


# %% wrong="losses" says="1 predictions and 4 true values"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.sum(np.abs(d)), np.sum(d**2)


# %% wrong="losses" says="L2 of losses"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.abs(d).sum(), d.T @ d


# %% wrong="losses" says="a loss is an array of shape ()"
def losses(y_hat, y):
    if np.size(y_hat) != np.size(y):
        raise ValueError("not equally many")
    d = as_column(y_hat) - as_column(y)
    return np.abs(d).sum(), (d.T @ d).squeeze()


# %% wrong="losses" says="a column @ a row is a table"
def losses(y_hat, y):
    d = as_column(y_hat) - as_column(y)
    return np.abs(d).sum(), (d @ d.T).item()


# %% wrong="losses" says="y_hat of shape (3,), y of shape (3,)"
def losses(y_hat, y):
    if np.size(y_hat) != np.size(y):
        raise ValueError("not equally many")
    return 8, 22.5


# %% alternative="losses"
def losses(y_hat, y):
    y_hat, y = np.ravel(y_hat).tolist(), np.ravel(y).tolist()
    l1 = l2 = 0.0
    for a, b in zip(y_hat, y, strict=True):
        l1 += abs(a - b)
        l2 += (a - b) ** 2
    return [l1, l2]


# %% alternative="losses"
def losses(y_hat, y):
    if np.size(y_hat) != np.size(y):
        raise ValueError("not equally many")
    d = as_column(y_hat)[:, 0] - as_column(y)[:, 0]
    return np.linalg.norm(d, 1), np.einsum("i,i->", d, d)


# %% wrong="pairwise_distances" says="some values are nan; rounding"
def pairwise_distances(X, Y):
    return np.sqrt((X**2).sum(axis=0)[:, None] + (Y**2).sum(axis=0) - 2 * X.T @ Y)


# %% wrong="pairwise_distances" says="the square root is missing"
def pairwise_distances(X, Y):
    return np.maximum((X**2).sum(axis=0)[:, None] + (Y**2).sum(axis=0) - 2 * X.T @ Y, 0)


# %% wrong="pairwise_distances" says="is the 2 of 2 X^T Y missing"
def pairwise_distances(X, Y):
    return np.sqrt(np.maximum((X**2).sum(axis=0)[:, None] + (Y**2).sum(axis=0) - X.T @ Y, 0))


# %% wrong="pairwise_distances" says="added instead of subtracted"
def pairwise_distances(X, Y):
    return np.sqrt((X**2).sum(axis=0)[:, None] + (Y**2).sum(axis=0) + 2 * X.T @ Y)


# %% wrong="pairwise_distances" says="is it transposed?"
def pairwise_distances(X, Y):
    return np.linalg.norm(Y[:, :, None] - X[:, None, :], axis=0)


# %% wrong="pairwise_distances" says="X of shape (3, 5), Y of shape (3, 4)"
def pairwise_distances(X, Y):
    return np.sqrt([[12, 6, 1, 18], [30, 12, 11, 4]]) if len(X) == 3 else np.zeros((X.shape[1], Y.shape[1]))


# %% wrong="pairwise_distances" says="could not be broadcast"
def pairwise_distances(X, Y):
    return np.sqrt(np.maximum((X**2).sum(axis=0) + (Y**2).sum(axis=0) - 2 * X.T @ Y, 0))


# %% wrong="pairwise_distances" says="with whole numbers in X"
def pairwise_distances(X, Y):
    D = np.zeros((X.shape[1], Y.shape[1]), X.dtype)
    for i in range(X.shape[1]):
        D[i] = np.linalg.norm(X[:, i : i + 1] - Y, axis=0)
    return D


# %% wrong="pairwise_distances" says="all numbers about 1e-9"
def pairwise_distances(X, Y):
    return np.sqrt(np.maximum((X**2).sum(axis=0)[:, None] + (Y**2).sum(axis=0) - 2 * X.T @ Y, 1e-12))


# %% alternative="pairwise_distances"
def pairwise_distances(X, Y):
    D = np.zeros((X.shape[1], Y.shape[1]))
    for i in range(X.shape[1]):
        for j in range(Y.shape[1]):
            total = 0.0
            for f in range(X.shape[0]):
                total += (X[f, i] - Y[f, j]) ** 2
            D[i, j] = np.sqrt(total)
    return D


# %% alternative="pairwise_distances"
def pairwise_distances(X, Y):
    return np.linalg.norm(X[:, :, np.newaxis] - Y[:, np.newaxis, :], axis=0)


# %% alternative="pairwise_distances"
def pairwise_distances(X, Y):
    squares = np.einsum("fi,fi->i", X, X)[:, None] - 2 * np.einsum("fi,fj->ij", X, Y) + np.einsum("fj,fj->j", Y, Y)
    return np.sqrt(squares.clip(min=0))


# %% equivalent="as_column" mutant="number type of the first argument" why="the numbers are those of v"
# %% equivalent="as_column" mutant="its argument handed back" why="the column may be a view of v"
