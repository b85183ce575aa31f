# %% wrong="zero_pad" says="expected shape (3, 5, 6, 4)"
def zero_pad(images, p):
    return np.pad(images, p)


# %% wrong="zero_pad" says="this repeats the border"
def zero_pad(images, p):
    return np.pad(images, ((0, 0), (p, p), (p, p), (0, 0)), mode="edge")


# %% wrong="zero_pad" says="in a corner"
def zero_pad(images, p):
    return np.pad(images, ((0, 0), (0, 2 * p), (0, 2 * p), (0, 0)))


# %% wrong="zero_pad" says="expected shape (3, 5, 6, 4)"
def zero_pad(images, p):
    m, n_H, n_W, n_C = images.shape
    padded = np.zeros((m, n_H + p, n_W + p, n_C))
    padded[:, p // 2 : p // 2 + n_H, p // 2 : p // 2 + n_W] = images
    return padded


# %% wrong="zero_pad" says="could not broadcast"
def zero_pad(images, p):
    m, n_H, n_W, n_C = images.shape
    padded = np.zeros((m, n_H + 2 * p, n_W + 2 * p, n_C))
    padded[:, p:-p, p:-p] = images
    return padded


# %% wrong="zero_pad" says="with p = 0"
def zero_pad(images, p):
    if p == 0:
        return images
    return np.pad(images, ((0, 0), (p, p), (p, p), (0, 0)))


# %% wrong="zero_pad" says="every value is 0"
def zero_pad(images, p):
    m, n_H, n_W, n_C = images.shape
    return np.zeros((m, n_H + 2 * p, n_W + 2 * p, n_C))


# %% alternative="zero_pad"
def zero_pad(images, p):
    return np.pad(images, ((0, 0), (p, p), (p, p), (0, 0)), mode="constant", constant_values=0)


# %% alternative="zero_pad"
def zero_pad(images, p):
    m, n_H, n_W, n_C = images.shape
    above = np.zeros((m, p, n_W, n_C), dtype=images.dtype)
    tall = np.concatenate([above, images, above], axis=1)
    beside = np.zeros((m, n_H + 2 * p, p, n_C), dtype=images.dtype)
    return np.concatenate([beside, tall, beside], axis=2)


# %% wrong="output_size" says="expected 6, got 5"
def output_size(n, f, p=0, s=1):
    if f > n + 2 * p:
        raise ValueError("too long")
    return (n + p - f) // s + 1


# %% wrong="output_size" says="expected 4, got 3"
def output_size(n, f, p=0, s=1):
    if f > n + 2 * p:
        raise ValueError("too long")
    return (n + 2 * p - f) // s


# %% wrong="output_size" says="expected 3, got 4"
def output_size(n, f, p=0, s=1):
    if f > n + 2 * p:
        raise ValueError("too long")
    return -(-(n + 2 * p - f) // s) + 1


# %% wrong="output_size" says="expected a whole number"
def output_size(n, f, p=0, s=1):
    if f > n + 2 * p:
        raise ValueError("too long")
    return np.floor((n + 2 * p - f) / s) + 1


# %% wrong="output_size" says="ValueError"
def output_size(n, f, p=0, s=1):
    return (n + 2 * p - f) // s + 1


# %% wrong="output_size" says="output_size(3, 4, 0, 2)"
def output_size(n, f, p=0, s=1):
    size = int((n + 2 * p - f) / s) + 1
    if size < 1:
        raise ValueError("too long")
    return size


# %% alternative="output_size"
def output_size(n, f, p=0, s=1):
    places = range(0, n + 2 * p - f + 1, s)
    if not places:
        raise ValueError("no place")
    return len(places)


# %% alternative="output_size"
def output_size(n, f, p=0, s=1):
    free = (p + n + p) - f
    if free < 0:
        raise ValueError("the filter is too long")
    return int(np.floor(free / s + 1))


# %% wrong="same_padding" says="same_padding(4, 2)"
def same_padding(n, f, s=1):
    return (f - 1) // 2, (f - 1) // 2


# %% wrong="same_padding" says="same_padding(6, 3, 2)"
def same_padding(n, f, s=1):
    return (f - 1) // 2, f // 2


# %% wrong="same_padding" says="expected (0, 1), got (1, 0)"
def same_padding(n, f, s=1):
    total = max((-(-n // s) - 1) * s + f - n, 0)
    return total - total // 2, total // 2


# %% wrong="same_padding" says="where the stride is larger"
def same_padding(n, f, s=1):
    total = (-(-n // s) - 1) * s + f - n
    return total // 2, total - total // 2


# %% wrong="same_padding" says="expected a whole number"
def same_padding(n, f, s=1):
    total = max((np.ceil(n / s) - 1) * s + f - n, 0)
    return total // 2, total - total // 2


# %% wrong="same_padding" says="same_padding(6, 3, 2)"
def same_padding(n, f, s=1):
    total = (n - 1) * s + f - n
    return total // 2, total - total // 2


# %% alternative="same_padding"
def same_padding(n, f, s=1):
    rest = n % s
    total = f - s if rest == 0 else f - rest
    total = total if total > 0 else 0
    return [total // 2, (total + 1) // 2]


# %% alternative="same_padding"
def same_padding(n, f, s=1):
    last = range(0, n, s)[-1]
    lacking = np.maximum(last + f - n, 0)
    before, more = divmod(lacking, 2)
    return before, before + more


# %% wrong="conv2d" says="the filter is turned here"
def conv2d(X, K, stride=1, padding=0):
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(padding)
    sides = [(0, 0) if padding == "valid" else (padding, padding)] * 2
    if padding == "same":
        sides = [same_padding(n, f, stride) for n, f in zip(X.shape, K.shape, strict=True)]
    X, K = np.pad(np.array(X, dtype=float), sides), K[::-1, ::-1]
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)])
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return Z


# %% wrong="conv2d" says="this is every second result of stride 1"
def conv2d(X, K, stride=1, padding=0):
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(padding)
    sides = [(0, 0) if padding == "valid" else (padding, padding)] * 2
    if padding == "same":
        sides = [same_padding(n, f) for n, f in zip(X.shape, K.shape, strict=True)]
    X = np.pad(np.array(X, dtype=float), sides)
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)])
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return Z


# %% wrong="conv2d" says="at the bottom and on the right"
def conv2d(X, K, stride=1, padding=0):
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(padding)
    sides = [(0, 0) if padding == "valid" else (padding, padding)] * 2
    if padding == "same":
        sides = [same_padding(n, f, stride)[::-1] for n, f in zip(X.shape, K.shape, strict=True)]
    X = np.pad(np.array(X, dtype=float), sides)
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)])
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return Z


# %% wrong="conv2d" says="conv2d(X, K, 2), X (5, 4), K (2, 3)"
def conv2d(X, K, stride=1, padding=0):
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(padding)
    sides = [(0, 0) if padding == "valid" else (padding, padding)] * 2
    if padding == "same":
        sides = [same_padding(n, f, stride) for n, f in zip(X.shape, K.shape, strict=True)]
    X = np.pad(np.array(X, dtype=float), sides)
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)])
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i : i + K.shape[0], j : j + K.shape[1]] * K)
    return Z


# %% wrong="conv2d" says="conv2d(X, K, 1, \"full\"): expected a ValueError"
def conv2d(X, K, stride=1, padding=0):
    if padding == "same":
        sides = [same_padding(n, f, stride) for n, f in zip(X.shape, K.shape, strict=True)]
    else:
        sides = [(0, 0) if isinstance(padding, str) else (padding, padding)] * 2
    X = np.pad(np.array(X, dtype=float), sides)
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)])
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return Z


# %% wrong="conv2d" says="with whole numbers in X"
def conv2d(X, K, stride=1, padding=0):
    if isinstance(padding, str) and padding not in ("valid", "same"):
        raise ValueError(padding)
    sides = [(0, 0) if padding == "valid" else (padding, padding)] * 2
    if padding == "same":
        sides = [same_padding(n, f, stride) for n, f in zip(X.shape, K.shape, strict=True)]
    X = np.pad(X, sides)
    Z = np.zeros([output_size(n, f, 0, stride) for n, f in zip(X.shape, K.shape, strict=True)], dtype=X.dtype)
    for i, j in np.ndindex(Z.shape):
        Z[i, j] = np.sum(X[i * stride : i * stride + K.shape[0], j * stride : j * stride + K.shape[1]] * K)
    return Z


# %% alternative="conv2d"
def conv2d(X, K, stride=1, padding=0):
    (n_H, n_W), (f_H, f_W) = X.shape, K.shape
    if padding == "same":
        rows, columns = same_padding(n_H, f_H, stride), same_padding(n_W, f_W, stride)
    elif padding == "valid":
        rows = columns = (0, 0)
    elif isinstance(padding, str):
        raise ValueError("unknown padding")
    else:
        rows = columns = (padding, padding)
    framed = np.zeros((n_H + sum(rows), n_W + sum(columns)))
    framed[rows[0] : rows[0] + n_H, columns[0] : columns[0] + n_W] = X
    if f_H > framed.shape[0] or f_W > framed.shape[1]:
        raise ValueError("the filter does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(framed, (f_H, f_W))[::stride, ::stride]
    return np.einsum("ijab,ab->ij", windows, K.astype(float))


# %% alternative="conv2d"
def conv2d(X, K, stride=1, padding=0):
    words = {"valid": 0, "same": None}
    if padding in words:
        padding = words[padding]
    elif type(padding) is str:
        raise ValueError("unknown padding")
    around = [same_padding(X.shape[k], K.shape[k], stride) if padding is None else (padding,) * 2 for k in (0, 1)]
    total = 0.0
    high, wide = (output_size(X.shape[k] + sum(around[k]), K.shape[k], 0, stride) for k in (0, 1))
    X = np.pad(X.astype(float), around)
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            rows, columns = a + stride * np.arange(high), b + stride * np.arange(wide)
            total = total + K[a, b] * X[np.ix_(rows, columns)]
    return total


# %% wrong="pixel_uses" says="the counts downwards alone"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    covered = np.zeros(n_H + 2 * p, dtype=int)
    output_size(n_W, f, p, s)
    for place in range(output_size(n_H, f, p, s)):
        covered[place * s : place * s + f] += 1
    return np.repeat(covered[p : p + n_H, np.newaxis], n_W, axis=1)


# %% wrong="pixel_uses" says="each place downwards goes with each one"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    counts = []
    for n in (n_H, n_W):
        covered = np.zeros(n + 2 * p, dtype=int)
        for place in range(output_size(n, f, p, s)):
            covered[place * s : place * s + f] += 1
        counts.append(covered[p : p + n])
    return np.add.outer(*counts)


# %% wrong="pixel_uses" says="expected shape (2, 5), got shape (4, 7)"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    uses = np.zeros((n_H + 2 * p, n_W + 2 * p))
    for i in range(output_size(n_H, f, p, s)):
        for j in range(output_size(n_W, f, p, s)):
            uses[i * s : i * s + f, j * s : j * s + f] += 1
    return uses


# %% wrong="pixel_uses" says="the stride is missing"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    uses = np.zeros((n_H + 2 * p, n_W + 2 * p))
    for i in range(output_size(n_H, f, p)):
        for j in range(output_size(n_W, f, p)):
            uses[i : i + f, j : j + f] += 1
    return uses[p : p + n_H, p : p + n_W]


# %% wrong="pixel_uses" says="here each pixel has f * f"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    uses = np.zeros((n_H + 2 * p, n_W + 2 * p))
    for i in range(output_size(n_H, f, p, s)):
        for j in range(output_size(n_W, f, p, s)):
            uses[i * s : i * s + f, j * s : j * s + f] += 1
    uses = uses[p : p + n_H, p : p + n_W]
    return np.full((n_H, n_W), f * f) if p else uses


# %% wrong="pixel_uses" says="expected a ValueError"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    uses = np.zeros((n_H + 2 * p, n_W + 2 * p))
    for i in range(0, n_H + 2 * p - f + 1, s):
        for j in range(0, n_W + 2 * p - f + 1, s):
            uses[i : i + f, j : j + f] += 1
    return uses[p : p + n_H, p : p + n_W]


# %% wrong="pixel_uses" says="pixel_uses(4, 3, 3)"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    def along(n):
        output_size(n, f, p, s)
        if s > 1:
            places = np.arange((n + 2 * p - f) // s + 1) * s - p
            return np.array([np.sum((places <= k) & (k < places + f)) for k in range(n)])
        return np.array([min(k + 1 + p, n - k + p, f) for k in range(n)])

    return np.outer(along(n_H), along(n_W))


# %% alternative="pixel_uses"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    def along(n):
        starts = s * np.arange(output_size(n, f, p, s)) - p
        pixels = np.arange(n)[:, np.newaxis]
        return ((starts <= pixels) & (pixels < starts + f)).sum(axis=1)

    return along(n_H)[:, np.newaxis] * along(n_W)


# %% alternative="pixel_uses"
def pixel_uses(n_H, n_W, f, p=0, s=1):
    uses = np.zeros((n_H + 2 * p, n_W + 2 * p))
    for i in range(output_size(n_H, f, p, s)):
        for j in range(output_size(n_W, f, p, s)):
            uses[i * s : i * s + f, j * s : j * s + f] += 1
    return uses[p : p + n_H, p : p + n_W].copy()


# %% wrong="receptive_field" says="expected (11, 6, -1), got"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in layers:
        j *= s
        r += (f - 1) * j
        b -= p * j
    return (3, 2, -1) if layers == [(3, 1, 2)] else (r, j, b)


# %% wrong="receptive_field" says="expected (11, 6, -1), got (7, 6, -1)"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in layers:
        r += f - 1
        b -= p * j
        j *= s
    return r, j, b


# %% wrong="receptive_field" says="expected (17, 12, -7), got (17, 12, -2)"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in layers:
        r += (f - 1) * j
        b -= p
        j *= s
    return r, j, b


# %% wrong="receptive_field" says="expected (3, 2, -1), got (3, 2, 1)"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in layers:
        r += (f - 1) * j
        b += p * j
        j *= s
    return r, j, b


# %% wrong="receptive_field" says="expected (11, 6, -1), got (11, 6, -3)"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in layers[::-1]:
        r += (f - 1) * j
        b -= p * j
        j *= s
    return r, j, b


# %% wrong="receptive_field" says="expected (11, 6, -1), got (11, 5, -1)"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for number, (f, p, s) in enumerate(layers):
        r += (f - 1) * j
        b -= p * j
        j = j + s if number else s
    return r, j, b


# %% alternative="receptive_field"
def receptive_field(layers):
    r, j, b = 1, 1, 0
    for f, p, s in reversed(layers):
        r, j, b = s * (r - 1) + f, j * s, s * b - p
    return r, j, b


# %% alternative="receptive_field"
def receptive_field(layers):
    jumps = [1]
    for layer in layers:
        jumps.append(jumps[-1] * layer[2])
    size = 1 + sum((layer[0] - 1) * jump for layer, jump in zip(layers, jumps, strict=False))
    begin = -sum(layer[1] * jump for layer, jump in zip(layers, jumps, strict=False))
    return [size, jumps[-1], begin]


# %% wrong="transposed_size" says="expected 7, got 9"
def transposed_size(n, f, p=0, s=1, extra=0):
    size = (n - 1) * s + f + extra
    if not 0 <= extra < s or size < 1:
        raise ValueError("no size")
    return size


# %% wrong="transposed_size" says="expected 7, got 9"
def transposed_size(n, f, p=0, s=1, extra=0):
    size = n * s + f - 2 * p + extra
    if not 0 <= extra < s or size < 1:
        raise ValueError("no size")
    return size


# %% wrong="transposed_size" says="expected 7, got 8"
def transposed_size(n, f, p=0, s=1, extra=0):
    if not 0 <= extra < s or n * s - p < 1:
        raise ValueError("no size")
    return n * s


# %% wrong="transposed_size" says="transposed_size(4, 3, 1, 2, 2): expected a ValueError"
def transposed_size(n, f, p=0, s=1, extra=0):
    size = (n - 1) * s + f - 2 * p + extra
    if not 0 <= extra <= s or size < 1:
        raise ValueError("no size")
    return size


# %% wrong="transposed_size" says="transposed_size(1, 2, 1): expected a ValueError"
def transposed_size(n, f, p=0, s=1, extra=0):
    if not 0 <= extra < s:
        raise ValueError("no size")
    return (n - 1) * s + f - 2 * p + extra


# %% wrong="transposed_size" says="expected a ValueError"
def transposed_size(n, f, p=0, s=1, extra=0):
    size = (n - 1) * s + f - 2 * p
    if not 0 <= extra < s or size < 0:
        raise ValueError("no size")
    return size + extra


# %% alternative="transposed_size"
def transposed_size(n, f, p=0, s=1, extra=0):
    if extra not in range(s):
        raise ValueError("extra")
    size = max(extra + f - 2 * p + s * (n - 1), 0)
    if size:
        return size
    raise ValueError("nothing is left")


# %% alternative="transposed_size"
def transposed_size(n, f, p=0, s=1, extra=0):
    if extra < 0 or extra >= s:
        raise ValueError("extra")
    size = 1
    while size + 2 * p < f or (size + 2 * p - f) // s + 1 < n:
        size += 1
    if (n - 1) * s + f - 2 * p + extra < 1:
        raise ValueError("nothing is left")
    return size + extra if (n - 1) * s + f - 2 * p >= 1 else (n - 1) * s + f - 2 * p + extra


# %% equivalent="zero_pad" mutant="number type of the first argument" why="the number type of images will do"


# %% equivalent="pixel_uses" mutant="square results transposed" why="the counts of a square picture are symmetric"
