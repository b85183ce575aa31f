# %% wrong="load_weights" says="b stands before it"
def load_weights(content, wanted):
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, values = [name.decode() for name in h5["names"]], h5["values"][()]
    found, start = {}, 0
    for name, shape in wanted.items():
        if name not in names:
            raise KeyError(name)
        end = start + int(np.prod(shape))
        found[name] = values[start:end].astype(np.float32).reshape(shape)
        start = end
    return found


# %% wrong="load_weights" says="read column by column"
def load_weights(content, wanted):
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, shapes, values = h5["names"][()], h5["shapes"][()], h5["values"][()]
    found, start = {}, 0
    for name, shape in zip(names, shapes, strict=True):
        end = start + np.prod(shape[shape > 0])
        found[name.decode()] = values[start:end].astype(np.float32).reshape(shape[shape > 0], order="F")
        start = end
    return {name: found[name] for name in wanted}


# %% wrong="load_weights" says="expected a ValueError, got the answer"
def load_weights(content, wanted):
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, shapes, values = h5["names"][()], h5["shapes"][()], h5["values"][()]
    found, start = {}, 0
    for name, shape in zip(names, shapes, strict=True):
        end = start + np.prod(shape[shape > 0])
        found[name.decode()] = values[start:end].astype(np.float32)
        start = end
    return {name: found[name].reshape(shape) for name, shape in wanted.items()}


# %% wrong="load_weights" says="expected 'float32'"
def load_weights(content, wanted):
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, shapes, values = h5["names"][()], h5["shapes"][()], h5["values"][()]
    found, start = {}, 0
    for name, shape in zip(names, shapes, strict=True):
        shape = tuple(shape[shape > 0].tolist())
        found[name.decode()] = values[start : start + np.prod(shape)].astype(float).reshape(shape)
        start += np.prod(shape)
    for name, shape in wanted.items():
        if found[name].shape != shape:
            raise ValueError(name)
    return {name: found[name] for name in wanted}


# %% wrong="load_weights" says="must hold the name"
def load_weights(content, wanted):
    with h5py.File(io.BytesIO(content), "r") as h5:
        names, shapes, values = h5["names"][()], h5["shapes"][()], h5["values"][()]
    found, start = {}, 0
    for name, shape in zip(names, shapes, strict=True):
        shape = tuple(shape[shape > 0].tolist())
        found[name.decode()] = values[start : start + np.prod(shape)].astype(np.float32).reshape(shape)
        start += np.prod(shape)
    for name, shape in wanted.items():
        if found[name].shape != shape:
            raise ValueError("the shape does not fit")
    return {name: found[name] for name in wanted}


# %% alternative="load_weights"
def load_weights(content, wanted):
    h5 = h5py.File(io.BytesIO(content), "r")
    shapes = [tuple(int(n) for n in row if n) for row in np.array(h5["shapes"])]
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    names = np.array(h5["names"]).astype(str).tolist()
    parts = dict(zip(names, np.split(np.array(h5["values"]), ends[:-1]), strict=True))
    h5.close()
    result = {}
    for name in wanted:
        if name not in names:
            raise KeyError("no array " + name)
        shape = shapes[names.index(name)]
        if shape != tuple(wanted[name]):
            raise ValueError(f"{name} has {shape}")
        result[name] = np.array(parts[name], dtype=np.float32).reshape(shape)
    return result


# %% alternative="load_weights"
def load_weights(content, wanted):
    result = {}
    with h5py.File(io.BytesIO(content)) as h5:
        names = [bytes(name).decode("ascii") for name in h5["names"][:]]
        for name, shape in wanted.items():
            place = names.index(name) if name in names else None
            if place is None:
                raise KeyError(name)
            counts = [int(np.prod([n for n in row if n != 0])) for row in h5["shapes"][: place + 1]]
            there = [int(n) for n in h5["shapes"][place] if n != 0]
            if there != list(shape):
                raise ValueError(f"{name}: {there} and {shape}")
            start = sum(counts[:-1])
            result[name] = h5["values"][start : start + counts[-1]].reshape(there).astype("float32")
    return result


# %% wrong="extract_features" says="in the order asked for"
def extract_features(network, images, layers, size):
    columns = []
    for start in range(0, len(images), size):
        maps = network(images[start : start + size], layers)
        columns.append(np.concatenate([maps[layer].mean(axis=(1, 2)) for layer in sorted(maps)], axis=1).T)
    return np.concatenate(columns, axis=1)


# %% wrong="extract_features" says="means, no sums"
def extract_features(network, images, layers, size):
    columns = []
    for start in range(0, len(images), size):
        maps = network(images[start : start + size], layers)
        columns.append(np.concatenate([maps[layer].sum(axis=(1, 2)) for layer in layers], axis=1).T)
    return np.concatenate(columns, axis=1)


# %% wrong="extract_features" says="not the largest"
def extract_features(network, images, layers, size):
    columns = []
    for start in range(0, len(images), size):
        maps = network(images[start : start + size], layers)
        columns.append(np.concatenate([maps[layer].max(axis=(1, 2)) for layer in layers], axis=1).T)
    return np.concatenate(columns, axis=1)


# %% wrong="extract_features" says="the sizes of the batches"
def extract_features(network, images, layers, size):
    parts = []
    for layer in layers:
        batches = [network(images[k : k + size], [layer])[layer] for k in range(0, len(images), size)]
        parts.append(np.concatenate(batches).mean(axis=(1, 2)).T)
    return np.concatenate(parts)


# %% wrong="extract_features" says="the sizes of the batches"
def extract_features(network, images, layers, size):
    maps = network(images, layers)
    return np.concatenate([maps[layer].mean(axis=(1, 2)) for layer in layers], axis=1).T


# %% wrong="extract_features" says="expected shape (3, 3), got shape (2, 3)"
def extract_features(network, images, layers, size):
    columns = []
    for start in range(0, len(images), size):
        maps = network(images[start : start + size], layers)
        columns.append(maps[layers[0]].mean(axis=(1, 2)).T)
    return np.concatenate(columns, axis=1)


# %% alternative="extract_features"
def extract_features(network, images, layers, size):
    rows = []
    start = 0
    while start < len(images):
        maps = network(images[start : start + size], layers)
        for i in range(len(images[start : start + size])):
            row = []
            for layer in layers:
                a = np.asarray(maps[layer][i], dtype=float)
                row.extend(a[..., c].sum() / (a.shape[0] * a.shape[1]) for c in range(a.shape[2]))
            rows.append(row)
        start += size
    return np.array(rows).T


# %% alternative="extract_features"
def extract_features(network, images, layers, size):
    calls = -(-images.shape[0] // size)
    maps = [network(images[k * size : (k + 1) * size], layers) for k in range(calls)]
    whole = {layer: np.concatenate([m[layer].astype(np.float64) for m in maps]) for layer in layers}
    return np.vstack([np.einsum("mhwc->cm", a) / (a.shape[1] * a.shape[2]) for a in whole.values()])


# %% wrong="fine_tune_step" says="layer 1 must stay"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    return {name: p - 2.0**-11 * grads.get(f"d{name}", 0 * p) if name == "W1" else p for name, p in parameters.items()}


# %% wrong="fine_tune_step" says="has the whole rate"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    result = {}
    for name, p in parameters.items():
        layer = int("".join(c for c in name if c.isdigit()))
        result[name] = p - learning_rate * decay ** (layer - 1) * grads[f"d{name}"] if layer >= first else p
    return result


# %% wrong="fine_tune_step" says="the rate is halved for each layer"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    result = {}
    for name, p in parameters.items():
        layer = int("".join(c for c in name if c.isdigit()))
        result[name] = p - learning_rate * grads[f"d{name}"] if layer >= first else p
    return result


# %% wrong="fine_tune_step" says="10 layers below layer 12"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    layers = {name: int("".join(c for c in name if c.isdigit())) for name in parameters}
    order, result = sorted(set(layers.values()), reverse=True), {}
    for name, p in parameters.items():
        rate = learning_rate * decay ** order.index(layers[name])
        result[name] = p - rate * grads[f"d{name}"] if layers[name] >= first else p
    return result


# %% wrong="fine_tune_step" says="KeyError"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    result, last = {}, max(int("".join(c for c in name if c.isdigit())) for name in parameters)
    for name, p in parameters.items():
        layer = int("".join(c for c in name if c.isdigit()))
        g = grads[f"d{name}"]
        result[name] = p - learning_rate * decay ** (last - layer) * g if layer >= first else p
    return result


# %% alternative="fine_tune_step"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    import re

    number = {name: int(re.search(r"\d+$", name).group()) for name in parameters}
    after = {name: np.array(p, dtype=float) for name, p in parameters.items()}
    for name in after:
        if number[name] >= first:
            after[name] = (
                after[name] - learning_rate * decay ** (max(number.values()) - number[name]) * grads["d" + name]
            )
    return after


# %% alternative="fine_tune_step"
def fine_tune_step(parameters, grads, first, learning_rate, decay):
    def layer_of(name):
        return int(name[-1]) if not name[-2].isdigit() else int(name[-1]) + 10 * layer_of(name[:-1])

    last = max(map(layer_of, parameters))
    rate = {name: learning_rate * decay ** (last - layer_of(name)) for name in parameters}
    return {n: parameters[n] - rate[n] * grads["d" + n] if layer_of(n) >= first else parameters[n] for n in parameters}


# %% wrong="random_views" says="results on the paper that never came"
def random_views(images, size, hole, rng):
    (m, n_H, n_W, n_C), (h, w) = images.shape, size
    if h > n_H or w > n_W or hole > min(h, w):
        raise ValueError("too large")
    views = []
    for image in images:
        top, left = rng.integers(n_H - h + 1), rng.integers(n_W - w + 1)
        view = image[top : top + h, left : left + w].copy()
        row, column = rng.integers(h - hole + 1), rng.integers(w - hole + 1)
        view[row : row + hole, column : column + hole] = 0
        views.append(view)
    return np.stack(views)


# %% wrong="random_views" says="not independent of each other"
def random_views(images, size, hole, rng):
    (m, n_H, n_W, n_C), (h, w) = images.shape, size
    if h > n_H or w > n_W or hole > min(h, w):
        raise ValueError("too large")
    top, left = rng.integers(n_H - h + 1), rng.integers(n_W - w + 1)
    views = images[:, top : top + h, left : left + w].copy()
    views = views[:, :, ::-1].copy() if rng.random() < 0.5 else views
    row, column = rng.integers(h - hole + 1), rng.integers(w - hole + 1)
    views[:, row : row + hole, column : column + hole] = 0
    return views


# %% wrong="random_views" says="results on the paper that never came"
def random_views(images, size, hole, rng):
    (m, n_H, n_W, n_C), (h, w) = images.shape, size
    if h > n_H or w > n_W or hole > min(h, w):
        raise ValueError("too large")
    views = []
    for image in images:
        top, left = rng.integers(max(n_H - h, 1)), rng.integers(max(n_W - w, 1))
        view = image[top : top + h, left : left + w][:, :: rng.choice([1, -1])].copy()
        row, column = rng.integers(h - hole + 1), rng.integers(w - hole + 1)
        view[row : row + hole, column : column + hole] = 0
        views.append(view)
    return np.stack(views)


# %% wrong="random_views" says="in place: work on a copy"
def random_views(images, size, hole, rng):
    (m, n_H, n_W, n_C), (h, w) = images.shape, size
    if h > n_H or w > n_W or hole > min(h, w):
        raise ValueError("too large")
    views = []
    for image in images:
        top, left = rng.integers(n_H - h + 1), rng.integers(n_W - w + 1)
        view = image[top : top + h, left : left + w][:, :: rng.choice([1, -1])]
        row, column = rng.integers(h - hole + 1), rng.integers(w - hole + 1)
        view[row : row + hole, column : column + hole] = 0
        views.append(view)
    return np.stack(views)


# %% alternative="random_views"
def random_views(images, size, hole, rng):
    n_H, n_W = images.shape[1:3]
    h, w = size
    if n_H < h or n_W < w or h < hole or w < hole:
        raise ValueError("does not fit")
    m = len(images)
    rows = rng.integers(0, n_H - h + 1, m)[:, None] + np.arange(h)
    columns = rng.integers(0, n_W - w + 1, m)[:, None] + np.arange(w)
    mirror = rng.integers(0, 2, m).astype(bool)
    columns[mirror] = columns[mirror][:, ::-1]
    views = np.array(images[np.arange(m)[:, None, None], rows[:, :, None], columns[:, None, :]])
    top, left = rng.integers(0, h - hole + 1, m)[:, None], rng.integers(0, w - hole + 1, m)[:, None]
    inside_r = (np.arange(h) >= top) & (np.arange(h) < top + hole)
    inside_c = (np.arange(w) >= left) & (np.arange(w) < left + hole)
    views[inside_r[:, :, None] & inside_c[:, None, :]] = 0
    return views


# %% alternative="random_views"
def random_views(images, size, hole, rng):
    h, w = size
    if h > images.shape[1] or w > images.shape[2] or hole > h or hole > w:
        raise ValueError("does not fit")
    result = []
    for image in images:
        row, column = int(rng.random() * (h - hole + 1)), int(rng.random() * (w - hole + 1))
        flip, left = rng.random() >= 0.5, int(rng.random() * (image.shape[1] - w + 1))
        top = int(rng.random() * (image.shape[0] - h + 1))
        mask = np.ones((h, w, 1))
        mask[row : row + hole, column : column + hole] = 0
        crop = image[top : top + h, left : left + w].astype(float)
        result.append((np.flip(crop, axis=1) if flip else crop) * mask)
    return np.array(result)


# %% wrong="affine_warp" says="outside counts as 0"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    o, result = np.array([n_H - 1, n_W - 1]) / 2, np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        p = o + matrices[i] @ (np.array([r, c]) - o) + moves[i]
        p = np.clip(p, 0, [n_H - 1, n_W - 1])
        rows, columns = np.maximum(0, 1 - abs(np.arange(n_H) - p[0])), np.maximum(0, 1 - abs(np.arange(n_W) - p[1]))
        result[i, r, c] = np.einsum("r,c,rck->k", rows, columns, images[i].astype(float))
    return result


# %% wrong="affine_warp" says="affine_warp([2, 6, 4], 1 times the identity, (0, 0.5))"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    o, result = np.array([n_H - 1, n_W - 1]) / 2, np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        p = np.rint(o + matrices[i] @ (np.array([r, c]) - o) + moves[i]).astype(int)
        if 0 <= p[0] < n_H and 0 <= p[1] < n_W:
            result[i, r, c] = images[i, p[0], p[1]]
    return result


# %% wrong="affine_warp" says="(0, -0.5)"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    o, result = np.array([n_H - 1, n_W - 1]) / 2, np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        p = o + matrices[i] @ (np.array([r, c]) - o) + moves[i]
        if np.any(p < 0):
            continue
        rows, columns = np.maximum(0, 1 - abs(np.arange(n_H) - p[0])), np.maximum(0, 1 - abs(np.arange(n_W) - p[1]))
        result[i, r, c] = np.einsum("r,c,rck->k", rows, columns, images[i].astype(float))
    return result


# %% wrong="affine_warp" says="A is transposed"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    o, result = np.array([n_H - 1, n_W - 1]) / 2, np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        p = o + (np.array([r, c]) - o) @ matrices[i] + moves[i]
        rows, columns = np.maximum(0, 1 - abs(np.arange(n_H) - p[0])), np.maximum(0, 1 - abs(np.arange(n_W) - p[1]))
        result[i, r, c] = np.einsum("r,c,rck->k", rows, columns, images[i].astype(float))
    return result


# %% wrong="affine_warp" says="2 times the identity"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    result = np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        p = matrices[i] @ np.array([r, c]) + moves[i]
        rows, columns = np.maximum(0, 1 - abs(np.arange(n_H) - p[0])), np.maximum(0, 1 - abs(np.arange(n_W) - p[1]))
        result[i, r, c] = np.einsum("r,c,rck->k", rows, columns, images[i].astype(float))
    return result


# %% alternative="affine_warp"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, _ = images.shape
    o_r, o_c, result = (n_H - 1) / 2, (n_W - 1) / 2, np.zeros(images.shape)
    for i, r, c in np.ndindex(m, n_H, n_W):
        (a, b), (d, e) = matrices[i]
        at_r = o_r + a * (r - o_r) + b * (c - o_c) + moves[i][0]
        at_c = o_c + d * (r - o_r) + e * (c - o_c) + moves[i][1]
        low_r, low_c = int(np.floor(at_r)), int(np.floor(at_c))
        for y, wy in ((low_r, 1 - (at_r - low_r)), (low_r + 1, at_r - low_r)):
            for x, wx in ((low_c, 1 - (at_c - low_c)), (low_c + 1, at_c - low_c)):
                if 0 <= y < n_H and 0 <= x < n_W:
                    result[i, r, c] += wy * wx * images[i, y, x]
    return result


# %% alternative="affine_warp"
def affine_warp(images, matrices, moves):
    m, n_H, n_W, n_C = images.shape
    padded = np.pad(images.astype(float), ((0, 0), (2, 2), (2, 2), (0, 0)))
    q = np.stack(np.meshgrid(np.arange(n_H), np.arange(n_W), indexing="ij"), axis=-1)
    o = np.array([(n_H - 1) / 2, (n_W - 1) / 2])
    result = []
    for i in range(m):
        p = np.einsum("ab,rcb->rca", matrices[i], q - o) + o + moves[i]
        p = np.clip(p, -1.5, np.array([n_H, n_W]) + 0.5) + 2
        p = np.where((p < 1) | (p > np.array([n_H, n_W]) + 2), 0.5, p)
        low = np.floor(p).astype(int)
        f, (r, c) = p - low, (low[..., 0], low[..., 1])
        above = padded[i, r, c] * (1 - f[..., 1:]) + padded[i, r, c + 1] * f[..., 1:]
        below = padded[i, r + 1, c] * (1 - f[..., 1:]) + padded[i, r + 1, c + 1] * f[..., 1:]
        outside = np.any((p < 1) | (p > np.array([n_H, n_W]) + 2), axis=-1)[..., None]
        result.append(np.where(outside, 0, above * (1 - f[..., :1]) + below * f[..., :1]))
    return np.stack(result)


# %% wrong="colour_shift" says="divide by N, not by N - 1"
def colour_shift(images, alphas):
    values, axes = np.linalg.eigh(np.cov(images.reshape(-1, 3).T))
    values, axes = values[::-1], axes[:, ::-1]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% wrong="colour_shift" says="not by its root"
def colour_shift(images, alphas):
    values, axes = np.linalg.eigh(np.cov(images.reshape(-1, 3).T, ddof=0))
    values, axes = np.sqrt(np.maximum(values[::-1], 0)), axes[:, ::-1]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% wrong="colour_shift" says="the shift of picture 0"
def colour_shift(images, alphas):
    values, axes = np.linalg.eigh(np.cov(images.reshape(-1, 3).T, ddof=0))
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% wrong="colour_shift" says="the entry of the largest absolute value is positive"
def colour_shift(images, alphas):
    values, axes = np.linalg.eigh(np.cov(images.reshape(-1, 3).T, ddof=0))
    values, axes = values[::-1], axes[:, ::-1]
    axes = -axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% wrong="colour_shift" says="subtract the mean for C"
def colour_shift(images, alphas):
    pixels = images.reshape(-1, 3)
    values, axes = np.linalg.eigh(pixels.T @ pixels / len(pixels))
    values, axes = values[::-1], axes[:, ::-1]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(3)])
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% wrong="colour_shift" says="colour_shift(images, alphas)"
def colour_shift(images, alphas):
    values, axes = np.linalg.eigh(np.cov(images.reshape(-1, 3).T, ddof=0))
    values, axes = values[::-1], axes[:, ::-1]
    axes = axes * np.sign(axes.sum(axis=0))
    return images + ((alphas * values) @ axes.T)[:, None, None]


# %% alternative="colour_shift"
def colour_shift(images, alphas):
    rows = images.reshape(-1, 3) - images.reshape(-1, 3).mean(axis=0)
    _, sizes, turned = np.linalg.svd(rows, full_matrices=False)
    result = np.array(images, dtype=float)
    for k in range(len(sizes)):
        p = turned[k]
        p = -p if p[np.argmax(np.abs(p))] < 0 else p
        for i in range(len(result)):
            result[i] += alphas[i, k] * sizes[k] ** 2 / len(rows) * p
    return result


# %% alternative="colour_shift"
def colour_shift(images, alphas):
    C = np.cov(np.stack([images[..., k].ravel() for k in range(3)]).astype(float), bias=True)
    values, axes = np.linalg.eigh(C)
    pairs = sorted(zip(values, axes.T, strict=True), key=lambda pair: -pair[0])
    shifts = 0
    for k, (value, p) in enumerate(pairs):
        sign = 1 if max(p, key=abs) > 0 else -1
        shifts = shifts + value * np.outer(alphas[:, k], sign * p)
    return images + shifts.reshape(-1, 1, 1, 3)


# %% wrong="ten_crop_predict" says="the mirror images are missing"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError("too large")
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), (d // 2, e // 2))
    return np.mean([net(images[:, r : r + h, c : c + w]) for net in networks for r, c in places], axis=0)


# %% wrong="ten_crop_predict" says="the centre begins at"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError("too large")
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), ((d + 1) // 2, (e + 1) // 2))
    crops = [images[:, r : r + h, c : c + w][:, :, ::s] for r, c in places for s in (1, -1)]
    return np.mean([net(crop) for net in networks for crop in crops], axis=0)


# %% wrong="ten_crop_predict" says="these are sums"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError("too large")
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), (d // 2, e // 2))
    crops = [images[:, r : r + h, c : c + w][:, :, ::s] for r, c in places for s in (1, -1)]
    return sum(net(crop) for net in networks for crop in crops) / len(networks)


# %% wrong="ten_crop_predict" says="with a second network"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError("too large")
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), (d // 2, e // 2))
    crops = [images[:, r : r + h, c : c + w][:, :, ::s] for r, c in places for s in (1, -1)]
    return np.mean([networks[0](crop) for crop in crops], axis=0)


# %% wrong="ten_crop_predict" says="ten_crop_predict(networks, images, size)"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    if h > n_H or w > n_W:
        raise ValueError("too large")
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), (d // 2, e // 2))
    crops = [images[:, r : r + h, c : c + w][:, :, ::s] for r, c in places for s in (1, -1)]
    logs = np.mean([np.log(net(crop) + 1e-300) for net in networks for crop in crops], axis=0)
    return np.exp(logs) if h > 1 else np.mean([net(crop) for net in networks for crop in crops], axis=0)


# %% wrong="ten_crop_predict" says="ValueError"
def ten_crop_predict(networks, images, size):
    (n_H, n_W), (h, w) = images.shape[1:3], size
    d, e = n_H - h, n_W - w
    places = ((0, 0), (0, e), (d, 0), (d, e), (d // 2, e // 2))
    crops = [images[:, r : r + h, c : c + w][:, :, ::s] for r, c in places for s in (1, -1)]
    return np.mean([net(crop) for net in networks for crop in crops], axis=0)


# %% alternative="ten_crop_predict"
def ten_crop_predict(networks, images, size):
    m, n_H, n_W, n_C = images.shape
    h, w = size
    if n_H < h or n_W < w:
        raise ValueError("does not fit")
    both = np.concatenate([images, images[:, :, ::-1]])
    e, f = n_H - h, n_W - w
    parts = [both[:, r : r + h, c : c + w] for r in (0, e) for c in (0, f)]
    parts.append(images[:, e // 2 : e // 2 + h, f // 2 : f // 2 + w])
    parts.append(parts[-1][:, :, ::-1])
    every = np.concatenate(parts)
    odds = np.mean([network(every) for network in networks], axis=0)
    return odds.reshape(len(odds), 10, m).mean(axis=1)


# %% alternative="ten_crop_predict"
def ten_crop_predict(networks, images, size):
    h, w = size
    columns = []
    for image in images:
        down, right = image.shape[0] - h, image.shape[1] - w
        if min(down, right) < 0:
            raise ValueError("does not fit")
        crops = []
        for top, left in [(0, 0), (down, 0), (0, right), (down, right), (down // 2, right // 2)]:
            crop = image[top : top + h, left : left + w]
            crops += [crop, crop[:, ::-1]]
        votes = [network(np.stack(crops)).mean(axis=1) for network in networks]
        columns.append(sum(votes) / len(votes))
    return np.stack(columns, axis=1)


# %% equivalent="load_weights" mutant="float32 inside" why="the result is float32 in any case"

# %% equivalent="random_views" mutant="number type of the first argument" why="the contract allows the type of images"

# %% equivalent="fine_tune_step" mutant="its argument handed back" why="the arrays of frozen layers may be the same"
