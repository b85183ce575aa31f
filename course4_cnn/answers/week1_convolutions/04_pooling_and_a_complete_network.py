# %% wrong="pool_forward" says="the mean, not the sum"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for h, w in np.ndindex(n_H, n_W):
        window = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f]
        A[:, h, w] = window.max(axis=(1, 2)) if mode == "max" else window.sum(axis=(1, 2))
    return A


# %% wrong="pool_forward" says="do not begin with 0"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for u, v in np.ndindex(f, f):
        part = A_prev[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
        A = np.maximum(A, part) if mode == "max" else A + part / f**2
    return A


# %% wrong="pool_forward" says="got shape (1, 1, 2)"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W))
    for h, w in np.ndindex(n_H, n_W):
        window = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f]
        A[:, h, w] = (np.max if mode == "max" else np.mean)(window, axis=(1, 2, 3))
    return A


# %% wrong="pool_forward" says="mode 'mean': expected a ValueError"
def pool_forward(A_prev, f, stride, mode):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    parts = [A_prev[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] for u, v in np.ndindex(f, f)]
    return np.max(parts, axis=0) if mode == "max" else np.mean(parts, axis=0)


# %% wrong="pool_forward" says="with pixels"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    parts = [A_prev[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride] for u, v in np.ndindex(f, f)]
    total = parts[0].copy()
    for part in parts[1:]:
        total = np.maximum(total, part) if mode == "max" else total + part
    return total if mode == "max" else total / f**2


# %% wrong="pool_forward" says="do not loop over pictures"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for i, h, w, k in np.ndindex(A.shape):
        window = A_prev[i, h * stride : h * stride + f, w * stride : w * stride + f, k]
        A[i, h, w, k] = np.max(window) if mode == "max" else np.mean(window)
    return A


# %% alternative="pool_forward"
def pool_forward(A_prev, f, stride, mode):
    if mode not in ("max", "average") or stride < 1:
        raise ValueError("mode or stride")
    n_H, n_W = (output_size(n, f, 0, stride) for n in A_prev.shape[1:3])
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    for h in range(n_H):
        for w in range(n_W):
            window = A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f]
            A[:, h, w] = np.max(window, axis=(1, 2)) if mode == "max" else np.mean(window, axis=(1, 2))
    return A


# %% alternative="pool_forward"
def pool_forward(A_prev, f, stride, mode):
    how = {"max": np.max, "average": np.mean}
    if mode not in how:
        raise ValueError(mode)
    if stride <= 0 or f > min(A_prev.shape[1], A_prev.shape[2]):
        raise ValueError("sizes")
    windows = np.lib.stride_tricks.sliding_window_view(A_prev, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return how[mode](windows, axis=(-2, -1))


# %% alternative="pool_forward"
def pool_forward(A_prev, f, stride, mode):
    if mode != "max" and mode != "average":
        raise ValueError(mode)
    m, high, wide, n_C = A_prev.shape
    rows = im2col(A_prev, f, stride, 0).reshape(-1, f * f, n_C)
    A = rows.max(axis=1) if mode == "max" else rows.sum(axis=1, dtype=float) / (f * f)
    return A.reshape(m, output_size(high, f, 0, stride), output_size(wide, f, 0, stride), n_C)


# %% wrong="create_mask_from_window" says="one 1 only"
def create_mask_from_window(window):
    return window == np.max(window)


# %% wrong="create_mask_from_window" says="not the last"
def create_mask_from_window(window):
    mask = np.zeros(window.size)
    mask[window.size - 1 - np.argmax(window.ravel()[::-1])] = 1
    return mask.reshape(window.shape)


# %% wrong="create_mask_from_window" says="the first row comes first"
def create_mask_from_window(window):
    mask = np.zeros(window.size)
    mask[np.argmax(window.T)] = 1
    return mask.reshape(window.T.shape).T


# %% wrong="create_mask_from_window" says="not the number"
def create_mask_from_window(window):
    mask = np.zeros(window.shape)
    place = np.unravel_index(np.argmax(window), window.shape)
    mask[place] = window[place]
    return mask


# %% wrong="create_mask_from_window" says="almost equal numbers near"
def create_mask_from_window(window):
    mask = np.zeros(window.shape)
    mask.flat[np.argmax(np.isclose(window, np.max(window)))] = 1
    return mask


# %% alternative="create_mask_from_window"
def create_mask_from_window(window):
    mask = np.zeros(window.size, dtype=bool)
    mask[window.ravel().argmax()] = True
    return mask.reshape(window.shape)


# %% alternative="create_mask_from_window"
def create_mask_from_window(window):
    best = max(window.ravel().tolist())
    mask = []
    for row in window.tolist():
        mask.append([0] * len(row))
        if best is not None and best in row:
            mask[-1][row.index(best)] = 1
            best = None
    return np.array(mask)


# %% wrong="distribute_value" says="not each of them"
def distribute_value(dz, shape):
    return np.full(shape, float(dz))


# %% wrong="distribute_value" says="not one axis"
def distribute_value(dz, shape):
    return np.full(shape, dz / shape[1])


# %% wrong="distribute_value" says="of all entries"
def distribute_value(dz, shape):
    return np.full(shape, dz / shape[0])


# %% wrong="distribute_value" says="distribute_value(3, (2, 3))"
def distribute_value(dz, shape):
    return np.full(shape, dz // (shape[0] * shape[1]))


# %% alternative="distribute_value"
def distribute_value(dz, shape):
    return dz * np.ones(shape) / np.prod(shape)


# %% alternative="distribute_value"
def distribute_value(dz, shape):
    n_H, n_W = shape
    return np.array([[dz / n_H / n_W for _ in range(n_W)] for _ in range(n_H)])


# %% wrong="pool_backward" says="here one replaces the other"
def pool_backward(dA, A_prev, f, stride, mode):
    if mode not in ("max", "average"):
        raise ValueError("mode")
    dA_prev, (m, n_H, n_W, n_C) = np.zeros(A_prev.shape), dA.shape
    for h, w in np.ndindex(n_H, n_W):
        part = np.s_[:, h * stride : h * stride + f, w * stride : w * stride + f]
        first = A_prev[part].reshape(m, f * f, n_C).argmax(axis=1)
        mask = (np.arange(f * f)[None, :, None] == first[:, None, :]).reshape(m, f, f, n_C)
        dA_prev[part] = (mask if mode == "max" else 1 / f**2) * dA[:, h : h + 1, w : w + 1]
    return dA_prev


# %% wrong="pool_backward" says="the first"
def pool_backward(dA, A_prev, f, stride, mode):
    A, dA_prev, (_, n_H, n_W, _) = pool_forward(A_prev, f, stride, mode), np.zeros(A_prev.shape), dA.shape
    for u, v in np.ndindex(f, f):
        part = np.s_[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
        dA_prev[part] += dA * (A_prev[part] == A) if mode == "max" else dA / f**2
    return dA_prev


# %% wrong="pool_backward" says="shared by 4 numbers"
def pool_backward(dA, A_prev, f, stride, mode):
    A, dA_prev, (_, n_H, n_W, _) = pool_forward(A_prev, f, stride, mode), np.zeros(A_prev.shape), dA.shape
    free = np.ones(dA.shape, dtype=bool)
    for u, v in np.ndindex(f, f):
        part = np.s_[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
        hit = free & (A_prev[part] == A)
        free &= ~hit
        dA_prev[part] += dA * hit if mode == "max" else dA
    return dA_prev


# %% wrong="pool_backward" says="with whole numbers in A_prev"
def pool_backward(dA, A_prev, f, stride, mode):
    A, dA_prev, (_, n_H, n_W, _) = pool_forward(A_prev, f, stride, mode), np.zeros_like(A_prev), dA.shape
    free = np.ones(dA.shape, dtype=bool)
    for u, v in np.ndindex(f, f):
        part = np.s_[:, u : u + n_H * stride : stride, v : v + n_W * stride : stride]
        hit = free & (A_prev[part] == A)
        free &= ~hit
        dA_prev[part] = (dA_prev[part] + (dA * hit if mode == "max" else dA / f**2)).astype(A_prev.dtype)
    return dA_prev


# %% wrong="pool_backward" says="do not loop over pictures"
def pool_backward(dA, A_prev, f, stride, mode):
    if mode not in ("max", "average"):
        raise ValueError("mode")
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, k in np.ndindex(dA.shape):
        part = np.s_[i, h * stride : h * stride + f, w * stride : w * stride + f, k]
        value = float(dA[i, h, w, k])
        if mode == "max":
            dA_prev[part] += create_mask_from_window(A_prev[part]) * value
        else:
            dA_prev[part] += distribute_value(value, (f, f))
    return dA_prev


# %% alternative="pool_backward"
def pool_backward(dA, A_prev, f, stride, mode):
    if mode not in ("max", "average"):
        raise ValueError("mode")
    dA_prev, (m, n_H, n_W, n_C) = np.zeros(A_prev.shape), dA.shape
    for h in range(n_H):
        for w in range(n_W):
            rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
            if mode == "average":
                dA_prev[:, rows, columns] += dA[:, h, w][:, None, None] / (f * f)
                continue
            first = A_prev[:, rows, columns].reshape(m, f * f, n_C).argmax(axis=1)
            mask = np.arange(f * f)[None, :, None] == first[:, None, :]
            dA_prev[:, rows, columns] += (mask * dA[:, h, w][:, None]).reshape(m, f, f, n_C)
    return dA_prev


# %% alternative="pool_backward"
def pool_backward(dA, A_prev, f, stride, mode):
    if mode not in {"max", "average"}:
        raise ValueError("mode")
    n_C = A_prev.shape[3]
    if mode == "max":
        first = im2col(A_prev, f, stride, 0).reshape(-1, f * f, n_C).argmax(axis=1)
        shares = np.zeros((len(first), f * f, n_C))
        np.put_along_axis(shares, first[:, None, :], dA.reshape(-1, 1, n_C), axis=1)
    else:
        shares = np.repeat(dA.reshape(-1, 1, n_C) / f**2, f * f, axis=1)
    return col2im(shares.reshape(len(shares), -1), A_prev.shape, f, stride, 0)


# %% wrong="conv_backward" says="here one replaces the other"
def conv_backward(dZ, A_prev, W, stride, pad):
    f, n_C = len(W), W.shape[3]
    X = zero_pad(A_prev, pad)
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    for h, w in np.ndindex(dZ.shape[1:3]):
        part = np.s_[:, h * stride : h * stride + f, w * stride : w * stride + f]
        dW += np.tensordot(X[part], dZ[:, h, w], axes=(0, 0))
        dX[part] = np.tensordot(dZ[:, h, w], W, axes=(1, 3))
    high, wide = A_prev.shape[1:3]
    return dX[:, pad : pad + high, pad : pad + wide], dW, dZ.reshape(-1, n_C).sum(axis=0)


# %% wrong="conv_backward" says="turned by 180 degrees"
def conv_backward(dZ, A_prev, W, stride, pad):
    n_C = W.shape[3]
    dZ = dZ.reshape(-1, n_C)
    columns = dZ @ W[::-1, ::-1].reshape(-1, n_C).T
    dW = (im2col(A_prev, len(W), stride, pad).T @ dZ).reshape(W.shape)
    return col2im(columns, A_prev.shape, len(W), stride, pad), dW, dZ.sum(axis=0)


# %% wrong="conv_backward" says="not the mean"
def conv_backward(dZ, A_prev, W, stride, pad):
    n_C = W.shape[3]
    dZ = dZ.reshape(-1, n_C)
    dW = (im2col(A_prev, len(W), stride, pad).T @ dZ).reshape(W.shape)
    return col2im(dZ @ W.reshape(-1, n_C).T, A_prev.shape, len(W), stride, pad), dW, dZ.mean(axis=0)


# %% wrong="conv_backward" says="the last window alone"
def conv_backward(dZ, A_prev, W, stride, pad):
    f, X, dW = len(W), zero_pad(A_prev, pad), np.zeros(W.shape)
    for h, w in np.ndindex(dZ.shape[1:3]):
        window = X[:, h * stride : h * stride + f, w * stride : w * stride + f]
        dW = np.tensordot(window, dZ[:, h, w], axes=(0, 0))
    columns = dZ.reshape(-1, W.shape[3]) @ W.reshape(-1, W.shape[3]).T
    return col2im(columns, A_prev.shape, f, stride, pad), dW, dZ.sum(axis=(0, 1, 2))


# %% wrong="conv_backward" says="dW of conv_backward"
def conv_backward(dZ, A_prev, W, stride, pad):
    m, n_C = len(A_prev), W.shape[3]
    dZ = dZ.reshape(-1, n_C)
    dW = (im2col(A_prev, len(W), stride, pad).T @ dZ).reshape(W.shape) / m
    return col2im(dZ @ W.reshape(-1, n_C).T, A_prev.shape, len(W), stride, pad), dW, dZ.sum(axis=0)


# %% wrong="conv_backward" says="do not loop over pictures"
def conv_backward(dZ, A_prev, W, stride, pad):
    f, X = len(W), zero_pad(A_prev, pad).astype(float)
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[3])
    for i, h, w in np.ndindex(dZ.shape[:3]):
        part = np.s_[i, h * stride : h * stride + f, w * stride : w * stride + f]
        dX[part] += W @ dZ[i, h, w]
        dW += X[part][..., None] * dZ[i, h, w]
        db += dZ[i, h, w]
    high, wide = A_prev.shape[1:3]
    return dX[:, pad : pad + high, pad : pad + wide], dW, db


# %% alternative="conv_backward"
def conv_backward(dZ, A_prev, W, stride, pad):
    f, X = len(W), zero_pad(A_prev, pad)
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    for h in range(dZ.shape[1]):
        for w in range(dZ.shape[2]):
            rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
            dW += np.tensordot(X[:, rows, columns], dZ[:, h, w], axes=(0, 0))
            dX[:, rows, columns] += np.tensordot(dZ[:, h, w], W, axes=(1, 3))
    return dX[:, pad : X.shape[1] - pad, pad : X.shape[2] - pad], dW, dZ.sum(axis=(0, 1, 2))


# %% alternative="conv_backward"
def conv_backward(dZ, A_prev, W, stride, pad):
    (_, n_H, n_W, n_C), X = dZ.shape, np.asarray(zero_pad(A_prev, pad), dtype=float)
    dX, dW = np.zeros(X.shape), np.empty(W.shape)
    for r, c in np.ndindex(W.shape[:2]):
        part = np.s_[:, r : r + n_H * stride : stride, c : c + n_W * stride : stride]
        dW[r, c] = np.einsum("mhwp,mhwk->pk", X[part], dZ)
        dX[part] += dZ @ W[r, c].T
    _, high, wide, _ = A_prev.shape
    return [dX[:, pad:][:, :high, pad:][:, :, :wide], dW, np.ones(dZ.size // n_C) @ dZ.reshape(-1, n_C)]


# %% wrong="spatial_batch_norm" says="the root of variance + epsilon"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if gamma.shape != Z.shape[3:] or beta.shape != Z.shape[3:]:
        raise ValueError("shape")
    return gamma * (Z - Z.mean(axis=(0, 1, 2))) / (Z.var(axis=(0, 1, 2)) + epsilon) + beta


# %% wrong="spatial_batch_norm" says="not each by itself"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if gamma.shape != Z.shape[3:] or beta.shape != Z.shape[3:]:
        raise ValueError("shape")
    mu, var = Z.mean(axis=(1, 2), keepdims=True), Z.var(axis=(1, 2), keepdims=True)
    return gamma * (Z - mu) / np.sqrt(var + epsilon) + beta


# %% wrong="spatial_batch_norm" says="not one less"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if gamma.shape != Z.shape[3:] or beta.shape != Z.shape[3:]:
        raise ValueError("shape")
    return gamma * (Z - Z.mean(axis=(0, 1, 2))) / np.sqrt(Z.var(axis=(0, 1, 2), ddof=1) + epsilon) + beta


# %% wrong="spatial_batch_norm" says="channel 0"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if gamma.shape != Z.shape[3:] or beta.shape != Z.shape[3:]:
        raise ValueError("shape")
    rows = Z.reshape(len(gamma), -1)
    return batchnorm_forward(rows, gamma[:, None], beta[:, None], epsilon)[0].reshape(Z.shape)


# %% wrong="spatial_batch_norm" says="gamma of shape (1,): expected a ValueError"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    return gamma * (Z - Z.mean(axis=(0, 1, 2))) / np.sqrt(Z.var(axis=(0, 1, 2)) + epsilon) + beta


# %% wrong="spatial_batch_norm" says="with Z near 100,000"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if gamma.shape != Z.shape[3:] or beta.shape != Z.shape[3:]:
        raise ValueError("shape")
    mu = Z.mean(axis=(0, 1, 2))
    var = (Z * 1.0 * Z).mean(axis=(0, 1, 2)) - mu**2
    return gamma * (Z - mu) / np.sqrt(np.maximum(var, 0) + epsilon) + beta


# %% alternative="spatial_batch_norm"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    if not gamma.shape == beta.shape == Z.shape[-1:]:
        raise ValueError("shape")
    centred = Z - np.mean(Z, axis=(0, 1, 2))
    var = np.mean(centred**2, axis=(0, 1, 2))
    return centred * (gamma / (var + epsilon) ** 0.5) + beta


# %% alternative="spatial_batch_norm"
def spatial_batch_norm(Z, gamma, beta, epsilon):
    for each in (gamma, beta):
        if np.shape(each) != (Z.shape[3],):
            raise ValueError("shape")
    Z_tilde = np.zeros(Z.shape)
    for k in range(Z.shape[3]):
        channel = Z[:, :, :, k].astype(float)
        Z_tilde[:, :, :, k] = gamma[k] * (channel - channel.mean()) / np.sqrt(channel.var() + epsilon) + beta[k]
    return Z_tilde


# %% wrong="group_norm" says="not over the batch"
def group_norm(Z, gamma, beta, groups, epsilon):
    n_C = Z.shape[3]
    if groups < 1 or n_C % groups or gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError("sizes")
    split = Z.reshape(*Z.shape[:3], groups, -1)
    mu, var = split.mean(axis=(0, 1, 2, 4), keepdims=True), split.var(axis=(0, 1, 2, 4), keepdims=True)
    return gamma * ((split - mu) / np.sqrt(var + epsilon)).reshape(Z.shape) + beta


# %% wrong="group_norm" says="neighbouring channels are a group"
def group_norm(Z, gamma, beta, groups, epsilon):
    n_C = Z.shape[3]
    if groups < 1 or n_C % groups or gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError("sizes")
    split = Z.reshape(*Z.shape[:3], -1, groups)
    mu, var = split.mean(axis=(1, 2, 3), keepdims=True), split.var(axis=(1, 2, 3), keepdims=True)
    return gamma * ((split - mu) / np.sqrt(var + epsilon)).reshape(Z.shape) + beta


# %% wrong="group_norm" says="3 groups of 4 channels: expected a ValueError"
def group_norm(Z, gamma, beta, groups, epsilon):
    n_C = Z.shape[3]
    if gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError("sizes")
    size, result = max(n_C // groups, 1), np.zeros(Z.shape)
    for first in range(0, n_C, size):
        part = Z[..., first : first + size]
        mu, var = part.mean(axis=(1, 2, 3), keepdims=True), part.var(axis=(1, 2, 3), keepdims=True)
        result[..., first : first + size] = (part - mu) / np.sqrt(var + epsilon)
    return gamma * result + beta


# %% wrong="group_norm" says="beta of shape (1,): expected a ValueError"
def group_norm(Z, gamma, beta, groups, epsilon):
    n_C = Z.shape[3]
    if groups < 1 or n_C % groups or gamma.shape != (n_C,):
        raise ValueError("sizes")
    split = Z.reshape(*Z.shape[:3], groups, -1)
    mu, var = split.mean(axis=(1, 2, 4), keepdims=True), split.var(axis=(1, 2, 4), keepdims=True)
    return gamma * ((split - mu) / np.sqrt(var + epsilon)).reshape(Z.shape) + beta


# %% alternative="group_norm"
def group_norm(Z, gamma, beta, groups, epsilon):
    n_C = Z.shape[3]
    if groups < 1 or n_C % groups or gamma.shape != (n_C,) or beta.shape != (n_C,):
        raise ValueError("sizes")
    parts = []
    for part in np.split(Z, groups, axis=3):
        centred = part - part.mean(axis=(1, 2, 3), keepdims=True)
        parts.append(centred / np.sqrt((centred**2).mean(axis=(1, 2, 3), keepdims=True) + epsilon))
    return np.concatenate(parts, axis=3) * gamma + beta


# %% alternative="group_norm"
def group_norm(Z, gamma, beta, groups, epsilon):
    m, n_H, n_W, n_C = Z.shape
    if groups < 1 or n_C % groups or (gamma.shape, beta.shape) != ((n_C,), (n_C,)):
        raise ValueError("sizes")
    size = n_C // groups
    rows = np.moveaxis(Z.reshape(m, n_H * n_W, groups, size), 2, 1).reshape(m * groups, -1)
    ones = np.ones((m * groups, 1))
    normed, _ = batchnorm_forward(rows, ones, 0 * ones, epsilon)
    normed = np.moveaxis(normed.reshape(m, groups, n_H * n_W, size), 1, 2).reshape(Z.shape)
    return normed * gamma + beta


# %% wrong="cnn_gradients" says="1/m is missing"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = A3 - truth, {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, len(W2) // 2)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max") * (Z1 > 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return cross_entropy(A3.T, truth.T), grads


# %% wrong="cnn_gradients" says="probability minus label"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = (truth - A3) / len(X), {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, len(W2) // 2)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max") * (Z1 > 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return cross_entropy(A3.T, truth.T), grads


# %% wrong="cnn_gradients" says="not the sum"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = (A3 - truth) / len(X), {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, len(W2) // 2)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max") * (Z1 > 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return -np.sum(truth * np.log(A3)), grads


# %% wrong="cnn_gradients" says="dW1 of cnn_gradients(X, Y, p)"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = (A3 - truth) / len(X), {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, len(W2) // 2)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max")
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return cross_entropy(A3.T, truth.T), grads


# %% wrong="cnn_gradients" says="ValueError: a filter of"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, 1)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = (A3 - truth) / len(X), {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, 1)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max") * (Z1 > 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return cross_entropy(A3.T, truth.T), grads


# %% wrong="cnn_gradients" says="exactly 0 in layer 1"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    truth, A3 = np.eye(Z3.shape[1])[Y[0]], softmax(Z3.T).T
    dZ3, grads = (A3 - truth) / len(X), {}
    grads["dW3"], grads["db3"] = P2.reshape(len(X), -1).T @ dZ3, dZ3.sum(axis=0)
    dZ2 = pool_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, 2, 2, "max") * (Z2 > 0)
    dP1, grads["dW2"], grads["db2"] = conv_backward(dZ2, P1, W2, 1, len(W2) // 2)
    dZ1 = pool_backward(dP1, A1, 2, 2, "max") * (Z1 >= 0)
    _, grads["dW1"], grads["db1"] = conv_backward(dZ1, X, W1, 1, len(W1) // 2)
    return cross_entropy(A3.T, truth.T), grads


# %% alternative="cnn_gradients"
def cnn_gradients(X, Y, parameters):
    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    made = [Z1, A1, P1, Z2, A2, P2]
    m, rows = len(X), np.arange(len(X))
    shifted = Z3 - Z3.max(axis=1, keepdims=True)
    log_A3 = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    cost, d = -log_A3[rows, Y[0]].mean(), np.exp(log_A3)
    d[rows, Y[0]] -= 1
    d = d / m
    grads = {"db3": d.sum(axis=0), "dW3": np.einsum("mn,mk->nk", made[5].reshape(m, -1), d)}
    d = np.dot(d, parameters["W3"].T).reshape(made[5].shape)
    for layer, came in ((2, made[2]), (1, X)):
        Z, A, W = made[3 * layer - 3], made[3 * layer - 2], parameters[f"W{layer}"]
        d = np.where(Z > 0, pool_backward(d, A, 2, 2, "max"), 0)
        d, grads[f"dW{layer}"], grads[f"db{layer}"] = conv_backward(d, came, W, 1, (len(W) - 1) // 2)
    return cost, grads


# %% alternative="cnn_gradients"
def cnn_gradients(X, Y, parameters):
    def layer_backward(dP, A, came, W):
        dZ = pool_backward(dP, A, 2, 2, "max")
        dZ[A == 0] = 0
        return conv_backward(dZ, came, W, 1, W.shape[0] // 2)

    W1, W2 = parameters["W1"], parameters["W2"]
    Z1 = conv_forward_fast(X, W1, parameters["b1"], 1, len(W1) // 2)
    A1 = np.maximum(Z1, 0)
    P1 = pool_forward(A1, 2, 2, "max")
    Z2 = conv_forward_fast(P1, W2, parameters["b2"], 1, len(W2) // 2)
    A2 = np.maximum(Z2, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    Z3 = P2.reshape(len(X), -1) @ parameters["W3"] + parameters["b3"]
    P = softmax(np.transpose(Z3))
    truth = (np.arange(len(P))[:, None] == Y) * 1
    dZ3 = (P - truth).T / Y.size
    dP1, dW2, db2 = layer_backward((dZ3 @ parameters["W3"].T).reshape(P2.shape), A2, P1, parameters["W2"])
    dW1, db1 = layer_backward(dP1, A1, X, parameters["W1"])[1:]
    cost = -np.log(P[Y[0], range(Y.size)]).sum() / Y.size
    dW3 = P2.reshape(Y.size, -1).T.dot(dZ3)
    return cost, dict(dW1=dW1, db1=db1, dW2=dW2, db2=db2, dW3=dW3, db3=np.sum(dZ3, 0))


# %% equivalent="create_mask_from_window" mutant="float32 inside" why="0 and 1 are exact in float32"

# %% equivalent="create_mask_from_window" mutant="rounded to six places" why="0 and 1 are whole"

# %% equivalent="create_mask_from_window" mutant="number type of the first argument" why="0 and 1 are the same in all"

# %% equivalent="distribute_value" mutant="square results transposed" why="all entries are equal"
