# %% wrong="output_shape" says="expected (5, 2, 3)"
def output_shape(shape, window, stride, pad):
    return tuple(-(-(n + 2 * pad - f) // stride) + 1 for n, f in zip(shape, window, strict=True))


# %% wrong="output_shape" says="expected a ValueError"
def output_shape(shape, window, stride, pad):
    return tuple((n + 2 * pad - f) // stride + 1 for n, f in zip(shape, window, strict=True))


# %% wrong="output_shape" says="output_shape((9, 6), (3,), 1, 0)"
def output_shape(shape, window, stride, pad):
    if any(f > n + 2 * pad for n, f in zip(shape, window, strict=False)) or stride < 1:
        raise ValueError("does not fit")
    return tuple((n + 2 * pad - f) // stride + 1 for n, f in zip(shape, window, strict=False))


# %% wrong="output_shape" says="expected a whole number"
def output_shape(shape, window, stride, pad):
    if len(shape) != len(window) or any(f > n + 2 * pad for n, f in zip(shape, window, strict=True)) or stride < 1:
        raise ValueError("does not fit")
    return tuple(np.floor((n + 2 * pad - f) / stride) + 1 for n, f in zip(shape, window, strict=True))


# %% wrong="output_shape" says="expected a ValueError"
def output_shape(shape, window, stride, pad):
    if len(shape) != len(window) or stride < 1:
        raise ValueError("does not fit")
    sizes = tuple(int((n + 2 * pad - f) / stride) + 1 for n, f in zip(shape, window, strict=True))
    if min(sizes) < 1:
        raise ValueError("too long")
    return sizes


# %% alternative="output_shape"
def output_shape(shape, window, stride, pad):
    if len(shape) != len(window):
        raise ValueError("as many axes, please")
    sizes = []
    for n, f in zip(shape, window, strict=True):
        places = range(0, n + 2 * pad - f + 1, stride) if stride > 0 else ()
        if not len(places):
            raise ValueError("no place")
        sizes.append(len(places))
    return tuple(sizes)


# %% alternative="output_shape"
def output_shape(shape, window, stride, pad):
    if stride < 1 or np.shape(shape) != np.shape(window):
        raise ValueError("stride or axes")
    free = np.array(shape) + 2 * pad - np.array(window)
    if np.any(free < 0):
        raise ValueError("the window is too long")
    return tuple((free // stride + 1).tolist())


# %% wrong="causal_conv1d" says="this looks into the future"
def causal_conv1d(X, W, b, dilation):
    f, T = len(W), X.shape[1]
    padded = np.pad(X, ((0, 0), (0, (f - 1) * dilation), (0, 0)))
    return sum(padded[:, k * dilation : k * dilation + T] @ W[k] for k in range(f)) + b


# %% wrong="causal_conv1d" says="the last weight belongs to the present"
def causal_conv1d(X, W, b, dilation):
    f, T = len(W), X.shape[1]
    padded = np.pad(X, ((0, 0), ((f - 1) * dilation, 0), (0, 0)))
    return sum(padded[:, k * dilation : k * dilation + T] @ W[f - 1 - k] for k in range(f)) + b


# %% wrong="causal_conv1d" says="do not go around to the end"
def causal_conv1d(X, W, b, dilation):
    f = len(W)
    return sum(np.roll(X, (f - 1 - k) * dilation, axis=1) @ W[k] for k in range(f)) + b


# %% wrong="causal_conv1d" says="two steps back"
def causal_conv1d(X, W, b, dilation):
    f, T = len(W), X.shape[1]
    padded = np.pad(X, ((0, 0), (f - 1, 0), (0, 0)))
    return sum(padded[:, k : k + T] @ W[k] for k in range(f)) + b


# %% wrong="causal_conv1d" says="dilation 0"
def causal_conv1d(X, W, b, dilation):
    if X.shape[2] != W.shape[1]:
        raise ValueError("channels")
    f, T = len(W), X.shape[1]
    padded = np.concatenate([np.zeros((len(X), (f - 1) * abs(dilation), X.shape[2])), X], axis=1)
    return sum(padded[:, k * abs(dilation) : k * abs(dilation) + T] @ W[k] for k in range(f)) + b


# %% alternative="causal_conv1d"
def causal_conv1d(X, W, b, dilation):
    if dilation < 1 or X.shape[2] != W.shape[1]:
        raise ValueError("dilation or channels")
    Z = np.tile(np.asarray(b, dtype=float), (*X.shape[:2], 1))
    for back in range(len(W)):
        late = X.shape[1] - back * dilation
        if late > 0:
            Z[:, back * dilation :] += np.einsum("mtc,cd->mtd", X[:, :late], W[len(W) - 1 - back])
    return Z


# %% alternative="causal_conv1d"
def causal_conv1d(X, W, b, dilation):
    if dilation < 1 or X.shape[2] != W.shape[1]:
        raise ValueError("dilation or channels")
    m, T, _ = X.shape
    Z = np.zeros((m, T, W.shape[2]))
    for t in range(T):
        for k in range(len(W)):
            past = t - (len(W) - 1 - k) * dilation
            if past >= 0:
                Z[:, t] += X[:, past] @ W[k]
    return Z + b


# %% wrong="history" says="expected 16"
def history(layers):
    return 1 + sum(f * d for f, d in layers)


# %% wrong="history" says="expected 16"
def history(layers):
    return sum((f - 1) * d for f, d in layers)


# %% wrong="history" says="expected 1"
def history(layers):
    return (
        np.prod([f for f, _ in layers])
        if layers and len(layers) == 4
        else 1 + (layers[0][0] - 1) * layers[0][1]
        if len(layers) == 1
        else 4
    )


# %% alternative="history"
def history(layers):
    seen = 1
    for f, d in layers:
        seen += d * f - d
    return seen


# %% alternative="history"
def history(layers):
    return 1 if not layers else history(layers[1:]) + (layers[0][0] - 1) * layers[0][1]


# %% wrong="gain" says="this is the square"
def gain(w, omega):
    angles = np.outer(omega, np.arange(len(w)))
    return (np.cos(angles) @ w) ** 2 + (np.sin(angles) @ w) ** 2


# %% wrong="gain" says="the root of the sum of both squares"
def gain(w, omega):
    angles = np.outer(omega, np.arange(len(w)))
    return np.abs(np.cos(angles) @ w) + np.abs(np.sin(angles) @ w)


# %% wrong="gain" says="complex"
def gain(w, omega):
    return np.exp(1j * np.outer(omega, np.arange(len(w)))) @ w


# %% wrong="gain" says="gain"
def gain(w, omega):
    spectrum = np.abs(np.fft.rfft(w, 4))
    return spectrum[np.clip(np.rint(omega / np.pi * 2).astype(int), 0, 2)]


# %% alternative="gain"
def gain(w, omega):
    k = np.arange(len(w))
    return np.array([np.hypot(np.sum(w * np.cos(o * k)), np.sum(w * np.sin(o * k))) for o in omega])


# %% alternative="gain"
def gain(w, omega):
    z = np.exp(-1j * np.asarray(omega))
    value = np.zeros(len(omega), dtype=complex)
    for weight in w[::-1]:
        value = value * z + weight
    return np.sqrt(value.real**2 + value.imag**2)


# %% wrong="conv_nd" says="the filter was turned"
def conv_nd(A_prev, W, b, stride, pad):
    window, d = W.shape[:-2], W.ndim - 2
    sizes = output_shape(A_prev.shape[1:-1], window, stride, pad)
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    W, Z = np.flip(W, axis=tuple(range(d))), 0.0
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        Z = Z + X[:, *ends] @ W[r]
    return Z + b


# %% wrong="conv_nd" says="this picture"
def conv_nd(A_prev, W, b, stride, pad):
    window, d = W.shape[:-2], W.ndim - 2
    if A_prev.ndim != W.ndim:
        raise ValueError("axes")
    sizes = output_shape(A_prev.shape[1:-1], window, stride, pad)
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    Z = 0.0
    for r in np.ndindex(*window):
        ends = [slice(a, a + n) for a, n in zip(r, sizes, strict=True)]
        Z = Z + X[:, *ends] @ W[r]
    return Z + b


# %% wrong="conv_nd" says="stride 2, pad 1"
def conv_nd(A_prev, W, b, stride, pad):
    window, d = W.shape[:-2], W.ndim - 2
    if A_prev.ndim != W.ndim:
        raise ValueError("axes")
    sizes = output_shape(A_prev.shape[1:-1], window, stride, 0)
    Z = 0.0
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        Z = Z + A_prev[:, *ends] @ W[r]
    return Z + b


# %% wrong="conv_nd" says="expected a ValueError"
def conv_nd(A_prev, W, b, stride, pad):
    window, d = W.shape[:-2], W.ndim - 2
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * d, *[(0, 0)] * (A_prev.ndim - 1 - d)])
    sizes = [(n - f) // stride + 1 for n, f in zip(X.shape[1:], window, strict=False)]
    Z = 0.0
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        Z = Z + X[:, *ends] @ W[r]
    return Z + b


# %% wrong="conv_nd" says="with whole numbers"
def conv_nd(A_prev, W, b, stride, pad):
    window, d = W.shape[:-2], W.ndim - 2
    if A_prev.ndim != W.ndim or A_prev.shape[-1] != W.shape[-2]:
        raise ValueError("channels")
    sizes = output_shape(A_prev.shape[1:-1], window, stride, pad)
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    Z = np.zeros((len(X), *sizes, W.shape[-1]), dtype=A_prev.dtype)
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        Z = (Z + X[:, *ends] @ W[r]).astype(A_prev.dtype)
    return Z + b


# %% alternative="conv_nd"
def conv_nd(A_prev, W, b, stride, pad):
    d = W.ndim - 2
    if A_prev.ndim != W.ndim or A_prev.shape[-1] != W.shape[-2]:
        raise ValueError("channels or axes")
    sizes = output_shape(A_prev.shape[1:-1], W.shape[:d], stride, pad)
    X = np.pad(A_prev * 1.0, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    views = np.lib.stride_tricks.sliding_window_view(X, W.shape[:d], axis=tuple(range(1, d + 1)))
    views = views[(slice(None), *[slice(None, None, stride)] * d)]
    columns = np.moveaxis(views, d + 1, -1).reshape(len(X), *sizes, -1)
    return columns @ W.reshape(-1, W.shape[-1]) + b


# %% alternative="conv_nd"
def conv_nd(A_prev, W, b, stride, pad):
    d = W.ndim - 2
    if A_prev.ndim - 2 != d or A_prev.shape[-1] != W.shape[d]:
        raise ValueError("channels or axes")
    sizes = output_shape(A_prev.shape[1:-1], W.shape[:d], stride, pad)
    X = np.zeros((len(A_prev), *(n + 2 * pad for n in A_prev.shape[1:-1]), A_prev.shape[-1]))
    X[(slice(None), *(slice(pad, pad + n) for n in A_prev.shape[1:-1]))] = A_prev
    Z = np.zeros((len(X), *sizes, W.shape[-1]))
    for r in np.ndindex(*W.shape[:d]):
        rows = np.ix_(range(len(X)), *(a + stride * np.arange(n) for a, n in zip(r, sizes, strict=True)))
        Z += np.tensordot(X[rows], W[r], axes=1)
    return Z + b


# %% wrong="conv_nd_backward" says="add up"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    window, sizes = W.shape[:-2], dZ.shape[1:-1]
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    dX, dW, columns = 0.0 * X, 0.0 * W, 1.0 * dZ.reshape(-1, dZ.shape[-1])
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        dW[r] = X[:, *ends].reshape(-1, X.shape[-1]).T @ columns
        part = dZ @ W[r].T
        dX[:, *ends] = np.where(part != 0, part, dX[:, *ends])
    return dX[:, *[slice(pad, pad + n) for n in A_prev.shape[1:-1]]], dW, columns.sum(axis=0)


# %% wrong="conv_nd_backward" says="dA_prev"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    window, sizes = W.shape[:-2], dZ.shape[1:-1]
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    dX, dW, columns = 0.0 * X, 0.0 * W, 1.0 * dZ.reshape(-1, dZ.shape[-1])
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        dW[r] = X[:, *ends].reshape(-1, X.shape[-1]).T @ columns
        dX[:, *ends] += dZ @ W[r].T
    return dX, dW, columns.sum(axis=0)


# %% wrong="conv_nd_backward" says="dW"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    window, sizes = W.shape[:-2], dZ.shape[1:-1]
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    dX, dW, columns = 0.0 * X, 0.0 * W, 1.0 * dZ.reshape(-1, dZ.shape[-1])
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        dW[r] = X[:, *ends].reshape(-1, X.shape[-1]).T @ columns / len(X)
        dX[:, *ends] += dZ @ W[r].T
    return dX[:, *[slice(pad, pad + n) for n in A_prev.shape[1:-1]]], dW, columns.sum(axis=0)


# %% wrong="conv_nd_backward" says="db"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    window, sizes = W.shape[:-2], dZ.shape[1:-1]
    X = np.pad(A_prev, [(0, 0), *[(pad, pad)] * len(window), (0, 0)])
    dX, dW, columns = 0.0 * X, 0.0 * W, 1.0 * dZ.reshape(-1, dZ.shape[-1])
    for r in np.ndindex(*window):
        ends = [slice(a, a + stride * n, stride) for a, n in zip(r, sizes, strict=True)]
        dW[r] = X[:, *ends].reshape(-1, X.shape[-1]).T @ columns
        dX[:, *ends] += dZ @ W[r].T
    return dX[:, *[slice(pad, pad + n) for n in A_prev.shape[1:-1]]], dW, columns.mean(axis=0)


# %% alternative="conv_nd_backward"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    d = W.ndim - 2
    X = np.pad(A_prev * 1.0, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    for r in np.ndindex(*W.shape[:d]):
        rows = np.ix_(range(len(X)), *(a + stride * np.arange(n) for a, n in zip(r, dZ.shape[1:-1], strict=True)))
        dX[rows] += np.tensordot(dZ, W[r].T, axes=1)
        dW[r] = np.tensordot(X[rows], dZ, axes=(tuple(range(d + 1)), tuple(range(d + 1))))
    inside = tuple(slice(pad, pad + n) for n in A_prev.shape[1:-1])
    return dX[(slice(None), *inside)].copy(), dW, dZ.sum(axis=tuple(range(d + 1))) * 1.0


# %% alternative="conv_nd_backward"
def conv_nd_backward(dZ, A_prev, W, stride, pad):
    d = W.ndim - 2
    X = np.pad(A_prev * 1.0, [(0, 0), *[(pad, pad)] * d, (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(X, W.shape[:d], axis=tuple(range(1, d + 1)))
    windows = windows[(slice(None), *[slice(None, None, stride)] * d)]
    axes = tuple(range(d + 1))
    dW = np.moveaxis(np.tensordot(windows, dZ, axes=(axes, axes)), 0, d)
    wide = np.zeros((len(X), *(n - f + 1 for n, f in zip(X.shape[1:-1], W.shape[:d], strict=True)), dZ.shape[-1]))
    wide[(slice(None), *(slice(0, stride * n, stride) for n in dZ.shape[1:-1]))] = dZ
    wide = np.pad(wide, [(0, 0), *((f - 1, f - 1) for f in W.shape[:d]), (0, 0)])
    turned = np.swapaxes(np.flip(W, axis=tuple(range(d))), -1, -2)
    back = np.lib.stride_tricks.sliding_window_view(wide, W.shape[:d], axis=tuple(range(1, d + 1)))
    dX = np.tensordot(back, turned, axes=([*range(d + 2, 2 * d + 2), d + 1], [*range(d + 1)]))
    inside = tuple(slice(pad, pad + n) for n in A_prev.shape[1:-1])
    return dX[(slice(None), *inside)], dW, dZ.sum(axis=axes) * 1.0
