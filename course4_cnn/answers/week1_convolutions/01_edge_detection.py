# %% wrong="count_parameters" says="expected 76, got 72"
def count_parameters(picture, units, window=None):
    n_H, n_W, n_C = picture
    f_H, f_W = window or (n_H, n_W)
    return units * f_H * f_W * n_C


# %% wrong="count_parameters" says="expected 76, got 73"
def count_parameters(picture, units, window=None):
    n_H, n_W, n_C = picture
    f_H, f_W = window or (n_H, n_W)
    return units * f_H * f_W * n_C + 1


# %% wrong="count_parameters" says="expected 28, got 12"
def count_parameters(picture, units, window=None):
    n_H, n_W, n_C = picture
    if window is None:
        return units * (n_H * n_W * n_C + 1)
    return units * (window[0] * window[1] + 1)


# %% wrong="count_parameters" says="ValueError"
def count_parameters(picture, units, window=None):
    n_H, n_W, n_C = picture
    f_H, f_W = window or (n_H, n_W)
    return units * (f_H * f_W * n_C + 1)


# %% wrong="count_parameters" says="ValueError"
def count_parameters(picture, units, window=None):
    n_H, n_W, n_C = picture
    f_H, f_W = window or (n_H, n_W)
    if f_H * f_W > n_H * n_W or f_H > n_H:
        raise ValueError("too large")
    return units * (f_H * f_W * n_C + 1)


# %% alternative="count_parameters"
def count_parameters(picture, units, window=None):
    if window is not None:
        for f, n in zip(window, picture, strict=False):
            if n < f:
                raise ValueError("the filter is too large")
        picture = (*window, picture[-1])
    product = 1
    for n in picture:
        product *= n
    return units * product + units


# %% alternative="count_parameters"
def count_parameters(picture, units, window=None):
    seen = np.array(picture)
    if window is not None:
        if any(np.array(window) > seen[:2]):
            raise ValueError("no")
        seen[:2] = window
    return int(np.prod(seen) * units + units)


# %% wrong="cross_correlate2d" says="turned by 180 degrees"
def cross_correlate2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    K = np.flip(K)
    high, wide = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    return np.array(
        [[np.sum(X[i : i + K.shape[0], j : j + K.shape[1]] * K) for j in range(wide)] for i in range(high)], dtype=float
    )


# %% wrong="cross_correlate2d" says="it wants the sum"
def cross_correlate2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    high, wide = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    return np.array(
        [[np.mean(X[i : i + K.shape[0], j : j + K.shape[1]] * K) for j in range(wide)] for i in range(high)]
    )


# %% wrong="cross_correlate2d" says="expected shape (1, 3)"
def cross_correlate2d(X, K):
    Z = np.zeros((X.shape[0] - K.shape[0], X.shape[1] - K.shape[1]))
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i : i + K.shape[0], j : j + K.shape[1]] * K)
    return Z


# %% wrong="cross_correlate2d" says="cross_correlate2d(X, [[1, 2]])"
def cross_correlate2d(X, K):
    f = K.shape[0]
    if f > X.shape[0] or f > X.shape[1]:
        raise ValueError("too large")
    Z = np.zeros((X.shape[0] - f + 1, X.shape[1] - f + 1))
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i : i + f, j : j + f] * K)
    return Z


# %% wrong="cross_correlate2d" says="ValueError"
def cross_correlate2d(X, K):
    Z = np.zeros((max(X.shape[0] - K.shape[0] + 1, 0), max(X.shape[1] - K.shape[1] + 1, 0)))
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i : i + K.shape[0], j : j + K.shape[1]].astype(float) * K)
    return Z


# %% wrong="cross_correlate2d" says="with whole numbers in X"
def cross_correlate2d(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    Z = np.zeros((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1), dtype=X.dtype)
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = (
            np.sum(X[i : i + K.shape[0], j : j + K.shape[1]] * K) % 256
            if X.dtype == np.uint8
            else np.sum(X[i : i + K.shape[0], j : j + K.shape[1]] * K.astype(float))
        )
    return Z.astype(float) if X.dtype != np.uint8 else Z


# %% alternative="cross_correlate2d"
def cross_correlate2d(X, K):
    if any(f > n for f, n in zip(K.shape, X.shape, strict=True)):
        raise ValueError("the filter does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(X.astype(float), K.shape)
    return np.einsum("ijab,ab->ij", windows, K.astype(float))


# %% alternative="cross_correlate2d"
def cross_correlate2d(X, K):
    (n_H, n_W), (f_H, f_W) = X.shape, K.shape
    if n_H < f_H or n_W < f_W:
        raise ValueError("the filter does not fit")
    rows = []
    for i in range(n_H - f_H + 1):
        row = []
        for j in range(n_W - f_W + 1):
            total = 0.0
            for a in range(f_H):
                for b in range(f_W):
                    total += float(X[i + a, j + b]) * float(K[a, b])
            row.append(total)
        rows.append(row)
    return np.array(rows)


# %% wrong="edge_filter" says="brighter on the right"
def edge_filter(name, direction):
    K = np.outer({"prewitt": [1, 1, 1], "sobel": [1, 2, 1], "scharr": [3, 10, 3]}[name], [-1, 0, 1])
    return {"vertical": K, "horizontal": -K.T}[direction]


# %% wrong="edge_filter" says="this finds horizontal edges"
def edge_filter(name, direction):
    K = np.outer({"prewitt": [1, 1, 1], "sobel": [1, 2, 1], "scharr": [3, 10, 3]}[name], [1, 0, -1])
    return {"horizontal": K, "vertical": K.T}[direction]


# %% wrong="edge_filter" says="brighter below"
def edge_filter(name, direction):
    K = np.outer({"prewitt": [1, 1, 1], "sobel": [1, 2, 1], "scharr": [3, 10, 3]}[name], [1, 0, -1])
    return {"vertical": K, "horizontal": np.rot90(K)[::-1][::-1] * 1 if name == "none" else -K.T}[direction]


# %% wrong="edge_filter" says="ValueError"
def edge_filter(name, direction):
    K = np.outer({"prewitt": [1, 1, 1], "sobel": [1, 2, 1], "scharr": [3, 10, 3]}[name], [1, 0, -1])
    return K if direction == "vertical" else K.T


# %% wrong="edge_filter" says="ValueError"
def edge_filter(name, direction):
    weights = [1, 1, 1] if name == "prewitt" else [1, 2, 1] if name == "sobel" else [3, 10, 3]
    if direction not in ("vertical", "horizontal"):
        raise ValueError(direction)
    K = np.outer(weights, [1, 0, -1])
    return K if direction == "vertical" else K.T


# %% alternative="edge_filter"
def edge_filter(name, direction):
    if name == "prewitt":
        side, middle = 1, 1
    elif name == "sobel":
        side, middle = 1, 2
    elif name == "scharr":
        side, middle = 3, 10
    else:
        raise ValueError("unknown name")
    if direction == "vertical":
        return np.array([[side, 0.0, -side], [middle, 0.0, -middle], [side, 0.0, -side]])
    if direction == "horizontal":
        return np.array([[side, middle, side], [0.0, 0.0, 0.0], [-side, -middle, -side]])
    raise ValueError("unknown direction")


# %% alternative="edge_filter"
def edge_filter(name, direction):
    smooth = {"prewitt": (1, 1, 1), "sobel": (1, 2, 1), "scharr": (3, 10, 3)}.get(name)
    difference = (1.0, 0.0, -1.0)
    if smooth is None:
        raise ValueError(f"{name}?")
    match direction:
        case "vertical":
            return np.array(smooth, dtype=float)[:, None] * np.array(difference)
        case "horizontal":
            return np.array(difference)[:, None] * np.array(smooth, dtype=float)
        case _:
            raise ValueError(f"{direction}?")


# %% wrong="edge_strength" says="divide by the sum of the absolute values"
def edge_strength(X, name):
    return np.hypot(*(cross_correlate2d(X, edge_filter(name, way)) for way in ("vertical", "horizontal")))


# %% wrong="edge_strength" says="adds the absolute values"
def edge_strength(X, name):
    parts = [np.abs(cross_correlate2d(X, edge_filter(name, way))) for way in ("vertical", "horizontal")]
    return sum(parts) / np.abs(edge_filter(name, "vertical")).sum()


# %% wrong="edge_strength" says="take the root at the end"
def edge_strength(X, name):
    parts = [cross_correlate2d(X, edge_filter(name, way)) ** 2 for way in ("vertical", "horizontal")]
    return sum(parts) / np.abs(edge_filter(name, "vertical")).sum()


# %% wrong="edge_strength" says="of a step from 0 to 1, scharr"
def edge_strength(X, name):
    return np.hypot(*(cross_correlate2d(X, edge_filter(name, way)) for way in ("vertical", "horizontal"))) / 8


# %% alternative="edge_strength"
def edge_strength(X, name):
    K = edge_filter(name, "vertical").astype(float)
    across, down = cross_correlate2d(X, K / np.abs(K).sum()), cross_correlate2d(X, K.T / np.abs(K).sum())
    return np.abs(across + 1j * down)


# %% alternative="edge_strength"
def edge_strength(X, name):
    filters = [edge_filter(name, way) for way in ("horizontal", "vertical")]
    results = np.stack([cross_correlate2d(X, K) for K in filters])
    return np.sqrt((results**2).sum(axis=0)) / np.sum(filters[0][filters[0] > 0] * 2)


# %% wrong="convolve2d" says="this is the cross-correlation"
def convolve2d(X, K, times=1):
    for _ in range(times):
        X = cross_correlate2d(X, K)
    return np.array(X, dtype=float)


# %% wrong="convolve2d" says="turn above and below as well"
def convolve2d(X, K, times=1):
    for _ in range(times):
        X = cross_correlate2d(X, K[:, ::-1])
    return np.array(X, dtype=float)


# %% wrong="convolve2d" says="turn left and right as well"
def convolve2d(X, K, times=1):
    for _ in range(times):
        X = cross_correlate2d(X, K[::-1])
    return np.array(X, dtype=float)


# %% wrong="convolve2d" says="this filter is transposed"
def convolve2d(X, K, times=1):
    for _ in range(times):
        X = cross_correlate2d(X, K.T)
    return np.array(X, dtype=float)


# %% wrong="convolve2d" says="times=2"
def convolve2d(X, K, times=1):
    return cross_correlate2d(X, K[::-1, ::-1])


# %% wrong="convolve2d" says="times=2"
def convolve2d(X, K, times=1):
    for _ in range(times):
        K = K[::-1, ::-1]
        X = cross_correlate2d(X, K)
    return np.array(X, dtype=float)


# %% alternative="convolve2d"
def convolve2d(X, K, times=1):
    if times == 0:
        return X.astype(float)
    return convolve2d(cross_correlate2d(X, np.rot90(K, 2)), K, times - 1)


# %% alternative="convolve2d"
def convolve2d(X, K, times=1):
    Z, turned = 1.0 * X, np.flip(K)
    while times:
        if K.shape[0] > Z.shape[0] or K.shape[1] > Z.shape[1]:
            raise ValueError("the filter does not fit any more")
        windows = np.lib.stride_tricks.sliding_window_view(Z, K.shape)
        Z = (windows * turned).sum(axis=(2, 3))
        times -= 1
    return Z


# %% wrong="filter_matrix" says="in the wrong places"
def filter_matrix(K, n_H, n_W):
    f_H, f_W = K.shape
    T = np.zeros((n_H - f_H + 1, n_W - f_W + 1, n_W, n_H))
    for i, j in np.ndindex(T.shape[:2]):
        T[i, j, j : j + f_W, i : i + f_H] = K.T
    return T.reshape(-1, n_H * n_W)


# %% wrong="filter_matrix" says="in the wrong places"
def filter_matrix(K, n_H, n_W):
    f_H, f_W = K.shape
    T = np.zeros((n_H - f_H + 1, n_W - f_W + 1, n_H, n_W))
    for i, j in np.ndindex(T.shape[:2]):
        T[i, j, i : i + f_H, j : j + f_W] = K[::-1, ::-1]
    return T.reshape(-1, n_H * n_W)


# %% wrong="filter_matrix" says="expected shape (2, 3), got shape (3, 2)"
def filter_matrix(K, n_H, n_W):
    f_H, f_W = K.shape
    T = np.zeros((n_H - f_H + 1, n_W - f_W + 1, n_H, n_W))
    for i, j in np.ndindex(T.shape[:2]):
        T[i, j, i : i + f_H, j : j + f_W] = K
    return T.reshape(-1, n_H * n_W).T


# %% wrong="filter_matrix" says="filter_matrix(K, n_H, n_W)"
def filter_matrix(K, n_H, n_W):
    f_H, f_W = K.shape
    T = np.zeros((n_H - f_H + 1, n_W - f_W + 1, n_H, n_W), dtype=K.dtype if K.dtype.kind == "f" else int)
    for i in range(n_H - f_H + 1):
        for j in range(n_H - f_H + 1 if n_H == 6 else n_W - f_W + 1):
            if j < T.shape[1]:
                T[i, j, i : i + f_H, j : j + f_W] = K
    return T.reshape(-1, n_H * n_W).astype(float)


# %% alternative="filter_matrix"
def filter_matrix(K, n_H, n_W):
    pixels = np.eye(n_H * n_W).reshape(-1, n_H, n_W)
    return np.array([cross_correlate2d(pixel, K).reshape(-1) for pixel in pixels]).T.copy()


# %% alternative="filter_matrix"
def filter_matrix(K, n_H, n_W):
    rows = []
    for i in range(n_H - K.shape[0] + 1):
        for j in range(n_W - K.shape[1] + 1):
            below = n_H - K.shape[0] - i, n_W - K.shape[1] - j
            rows.append(np.pad(K.astype(float), ((i, below[0]), (j, below[1]))).ravel())
    return np.vstack(rows)


# %% wrong="filter_gradient" says="the mean over the places"
def filter_gradient(X, K, target):
    error = cross_correlate2d(X, K) - target
    return np.sum(error**2), cross_correlate2d(X, 2 * error)


# %% wrong="filter_gradient" says="the square is missing"
def filter_gradient(X, K, target):
    error = cross_correlate2d(X, K) - target
    return np.mean(error), cross_correlate2d(X, 2 * error / error.size)


# %% wrong="filter_gradient" says="the factor 2 is missing"
def filter_gradient(X, K, target):
    error = cross_correlate2d(X, K) - target
    return np.mean(error**2), cross_correlate2d(X, error / error.size)


# %% wrong="filter_gradient" says="divide by the number of places"
def filter_gradient(X, K, target):
    error = cross_correlate2d(X, K) - target
    return np.mean(error**2), cross_correlate2d(X, 2 * error)


# %% wrong="filter_gradient" says="dK"
def filter_gradient(X, K, target):
    error = cross_correlate2d(X, K) - target
    return np.mean(error**2), convolve2d(X, 2 * error / error.size)


# %% alternative="filter_gradient"
def filter_gradient(X, K, target):
    T = filter_matrix(K, *X.shape)
    error = T @ X.reshape(-1) - target.reshape(-1)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape).reshape(error.size, -1)
    return error @ error / error.size, (2 / error.size * error @ windows).reshape(K.shape)


# %% alternative="filter_gradient"
def filter_gradient(X, K, target):
    error, N = cross_correlate2d(X, K) - target, target.size
    dK = np.zeros(K.shape)
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            dK[a, b] = np.mean(2 * error * X[a : a + target.shape[0], b : b + target.shape[1]])
    return float((error**2).sum() / N), dK


# %% wrong="learn_filter" says="K of learn_filter(X, K, target, 0.03, 2)"
def learn_filter(X, K, target, learning_rate, steps):
    errors = []
    for _ in range(steps):
        J, dK = filter_gradient(X, K, target)
        errors.append(J)
        K = K + learning_rate * dK
    return np.array(K, dtype=float), errors


# %% wrong="learn_filter" says="changes its argument K in place"
def learn_filter(X, K, target, learning_rate, steps):
    errors = []
    for _ in range(steps):
        J, dK = filter_gradient(X, K, target)
        errors.append(J)
        K -= learning_rate * dK
    return K, errors


# %% wrong="learn_filter" says="the errors before step 1"
def learn_filter(X, K, target, learning_rate, steps):
    errors, K = [], np.array(K, dtype=float)
    for _ in range(steps):
        K = K - learning_rate * filter_gradient(X, K, target)[1]
        errors.append(filter_gradient(X, K, target)[0])
    return K, errors


# %% wrong="learn_filter" says="errors of learn_filter"
def learn_filter(X, K, target, learning_rate, steps):
    K, errors = np.array(K, dtype=float), [filter_gradient(X, K, target)[0]]
    for _ in range(steps):
        K = K - learning_rate * filter_gradient(X, K, target)[1]
        errors.append(filter_gradient(X, K, target)[0])
    return K, errors


# %% wrong="learn_filter" says="1,200 steps"
def learn_filter(X, K, target, learning_rate, steps):
    K, errors = np.array(K, dtype=float), []
    for _ in range(steps):
        J, dK = filter_gradient(X, K, target)
        if len(errors) > 100 and errors[-1] - J < 1e-12:
            break
        errors.append(J)
        K = K - learning_rate * dK
    return K, errors


# %% alternative="learn_filter"
def learn_filter(X, K, target, learning_rate, steps):
    if steps == 0:
        return K * 1.0, []
    J, dK = filter_gradient(X, K, target)
    errors, K = [J], K - learning_rate * dK
    while len(errors) < steps:
        J, dK = filter_gradient(X, K, target)
        errors, K = errors + [J], K - learning_rate * dK
    return K, errors


# %% alternative="learn_filter"
def learn_filter(X, K, target, learning_rate, steps):
    filters, errors = [K.astype(float)], []
    for step in range(steps):
        found = filter_gradient(X, filters[step], target)
        errors.append(float(found[0]))
        filters.append(filters[step] - found[1] * learning_rate)
    return filters[-1].copy(), errors


# %% equivalent="edge_filter" mutant="squeezed" why="no axis has length 1"


# %% equivalent="filter_matrix" mutant="square results transposed" why="a filter of one number has a symmetric matrix"


# %% equivalent="filter_matrix" mutant="number type of the first argument" why="the entries are those of K"
