# %% wrong="conv_single_step" says="the bias is missing"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return np.sum(window * W)


# %% wrong="conv_single_step" says="not for each channel"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return np.sum(np.sum(window * W, axis=(0, 1)) + b)


# %% wrong="conv_single_step" says="not to each product"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return np.sum(window * W + b)


# %% wrong="conv_single_step" says="expected a number, got an array of shape (2,)"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return np.sum(window * W, axis=(0, 1)) + b


# %% wrong="conv_single_step" says="not of the first alone"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return np.sum(window[:, :, 0] * W[:, :, 0]) + b


# %% wrong="conv_single_step" says="expected a ValueError"
def conv_single_step(window, W, b):
    return np.sum(window * W) + b


# %% wrong="conv_single_step" says="expected a ValueError"
def conv_single_step(window, W, b):
    if window.shape[2] != W.shape[2]:
        raise ValueError("another number of channels")
    return np.sum(window * W) + b


# %% alternative="conv_single_step"
def conv_single_step(window, W, b):
    if window.shape != W.shape:
        raise ValueError("another shape")
    return float(np.dot(window.ravel().astype(float), W.ravel().astype(float))) + b


# %% alternative="conv_single_step"
def conv_single_step(window, W, b):
    if any(n != k for n, k in zip(window.shape, W.shape, strict=True)):
        raise ValueError("another shape")
    z = b
    for place in np.ndindex(W.shape):
        z = z + float(window[place]) * float(W[place])
    return z


# %% wrong="conv_forward" says="turned by 180 degrees"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[::-1, ::-1, :, k], b[k])
    return Z


# %% wrong="conv_forward" says="the biases are missing"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], 0)
    return Z


# %% wrong="conv_forward" says="filter 1, stride 2, pad 1"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        Z[i, h, w, k] = conv_single_step(X[i, h : h + f, w : w + f], W[..., k], b[k])
    return Z


# %% wrong="conv_forward" says="expected shape (3, 3, 2, 2), got shape (3, 4, 3, 2)"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    for n in A_prev.shape[1:3]:
        output_size(n, len(W), pad, stride)
    n_H, n_W = (-(-(n + 2 * pad - len(W)) // stride) + 1 for n in A_prev.shape[1:3])
    if pad:
        n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = np.pad(A_prev, ((0, 0), (pad, 9), (pad, 9), (0, 0))), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], b[k])
    return Z


# %% wrong="conv_forward" says="expected shape (3, 3, 2, 2), got shape (3, 3, 3, 2)"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n = output_size(A_prev.shape[1], len(W), pad, stride)
    X, Z, f = np.pad(A_prev, ((0, 0), (pad, 9), (pad, 9), (0, 0))), np.zeros((len(A_prev), n, n, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], b[k])
    return Z


# %% wrong="conv_forward" says="two channels, filters for one: expected a ValueError"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = np.sum(window * W[..., k]) + b[k]
    return Z


# %% wrong="conv_forward" says="conv_forward(A_prev, W, b, stride, pad)"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, n_W, len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[0, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], b[k])
    return Z


# %% wrong="conv_forward" says="expected a ValueError"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1 or A_prev.shape[3] != W.shape[2] or A_prev.shape[1] + 2 * pad < len(W):
        raise ValueError("no")
    n_H, n_W = ((n + 2 * pad - len(W)) // stride + 1 for n in A_prev.shape[1:3])
    X, Z, f = zero_pad(A_prev, pad), np.zeros((len(A_prev), n_H, max(n_W, 0), len(b))), len(W)
    for i, h, w, k in np.ndindex(Z.shape):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        Z[i, h, w, k] = conv_single_step(window, W[..., k], b[k])
    return Z


# %% alternative="conv_forward"
def conv_forward(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    if A_prev.shape[3] != W.shape[2]:
        raise ValueError("the channels do not fit")
    for n in A_prev.shape[1:3]:
        output_size(n, len(W), pad, stride)
    windows = np.lib.stride_tricks.sliding_window_view(zero_pad(A_prev, pad), W.shape[:2], axis=(1, 2))
    return np.einsum("ihwcrs,rsck->ihwk", windows[:, ::stride, ::stride], W) + np.asarray(b, dtype=float)


# %% alternative="conv_forward"
def conv_forward(A_prev, W, b, stride, pad):
    X, f = np.pad(A_prev, [(0, 0), (pad, pad), (pad, pad), (0, 0)]).astype(float), W.shape[0]
    if stride <= 0 or min(X.shape[1:3]) < f or X.shape[3] != W.shape[2]:
        raise ValueError("this layer does not fit")
    pictures = []
    for x in X:
        rows = []
        for top in range(0, x.shape[0] - f + 1, stride):
            row = []
            for left in range(0, x.shape[1] - f + 1, stride):
                row.append(
                    [conv_single_step(x[top : top + f, left : left + f], W[..., k], b[k]) for k in range(len(b))]
                )
            rows.append(row)
        pictures.append(rows)
    return np.array(pictures)


# %% wrong="im2col" says="a window is read row by row"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    rows = []
    for i, h, w in np.ndindex(len(A_prev), n_H, n_W):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        rows.append(window.swapaxes(0, 1).reshape(-1))
    return np.array(rows)


# %% wrong="im2col" says="not channel after channel"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    rows = []
    for i, h, w in np.ndindex(len(A_prev), n_H, n_W):
        window = X[i, h * stride : h * stride + f, w * stride : w * stride + f]
        rows.append(window.transpose(2, 0, 1).reshape(-1))
    return np.array(rows)


# %% wrong="im2col" says="is it transposed?"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    columns = []
    for i, h, w in np.ndindex(len(A_prev), n_H, n_W):
        columns.append(X[i, h * stride : h * stride + f, w * stride : w * stride + f].reshape(-1))
    return np.stack(columns, axis=1)


# %% wrong="im2col" says="the values are right but in the wrong places"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    rows = []
    for h, w, i in np.ndindex(n_H, n_W, len(A_prev)):
        rows.append(X[i, h * stride : h * stride + f, w * stride : w * stride + f].reshape(-1))
    return np.array(rows)


# %% wrong="im2col" says="stride 2, pad 1"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    rows = [X[i, h : h + f, w : w + f].reshape(-1) for i, h, w in np.ndindex(len(A_prev), n_H, n_W)]
    return np.array(rows)


# %% wrong="im2col" says="the result lies in the memory of the argument A_prev"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad) if pad else A_prev
    windows = np.lib.stride_tricks.sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(len(X) * n_H * n_W, -1)


# %% alternative="im2col"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    rows = []
    for i, h, w in np.ndindex(len(A_prev), n_H, n_W):
        rows.append(X[i, h * stride : h * stride + f, w * stride : w * stride + f].reshape(-1).astype(float))
    return np.array(rows)


# %% alternative="im2col"
def im2col(A_prev, f, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    m, _, _, n_C = A_prev.shape
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = zero_pad(A_prev, pad)
    i, h, w, r, c = np.ogrid[:m, :n_H, :n_W, :f, :f]
    return X[i, h * stride + r, w * stride + c].reshape(m * n_H * n_W, f * f * n_C)


# %% wrong="conv_forward_fast" says="the biases are missing"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    return (im2col(A_prev, len(W), stride, pad) @ W.reshape(-1, len(b))).reshape(-1, n_H, n_W, len(b))


# %% wrong="conv_forward_fast" says="filter 1, stride 1, pad 0"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    Z = im2col(A_prev, len(W), stride, pad) @ W.reshape(len(b), -1).T + b
    return Z.reshape(-1, n_H, n_W, len(b))


# %% wrong="conv_forward_fast" says="expected shape (3, 3, 2, 2), got shape (18, 2)"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    Z = im2col(A_prev, len(W), stride, pad) @ W.reshape(-1, len(b)) + b
    return Z.reshape(1, n_H, n_W, len(b)) if len(A_prev) == 1 else Z


# %% wrong="conv_forward_fast" says="conv_forward_fast(A_prev, W, b, stride, pad)"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    Z = im2col(A_prev, len(W), stride, pad) @ W.reshape(-1, len(b)) + b
    return Z.reshape(n_H, n_W, -1, len(b)).transpose(2, 0, 1, 3)


# %% wrong="conv_forward_fast" says="use a matrix product"
def conv_forward_fast(A_prev, W, b, stride, pad):
    return conv_forward(A_prev, W, b, stride, pad)


# %% wrong="conv_forward_fast" says="expected a ValueError"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, len(W), pad, stride) for n in A_prev.shape[1:3])
    columns = im2col(A_prev, len(W), stride, pad)
    filters = W.reshape(-1, len(b))
    n = min(columns.shape[1], len(filters))
    return (columns[:, :n] @ filters[:n] + b).reshape(-1, n_H, n_W, len(b))


# %% alternative="conv_forward_fast"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    if A_prev.shape[-1] != W.shape[2]:
        raise ValueError("the channels do not fit")
    sides = [output_size(n, W.shape[0], pad, stride) for n in A_prev.shape[1:3]]
    windows = np.lib.stride_tricks.sliding_window_view(zero_pad(A_prev, pad), W.shape[:2], axis=(1, 2))
    Z = np.tensordot(windows[:, ::stride, ::stride], W, axes=((4, 5, 3), (0, 1, 2))) + b
    return Z.reshape(len(A_prev), *sides, len(b))


# %% alternative="conv_forward_fast"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    f, X = len(W), zero_pad(A_prev, pad)
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    Z = np.zeros((len(X), n_H, n_W, W.shape[3])) + b
    for r in range(f):
        for c in range(f):
            Z = Z + X[:, r : r + n_H * stride : stride, c : c + n_W * stride : stride].astype(float) @ W[r, c]
    return Z


# %% alternative="conv_forward_fast"
def conv_forward_fast(A_prev, W, b, stride, pad):
    if stride < 1:
        raise ValueError("stride")
    matrix = np.vstack([W.reshape(-1, W.shape[-1]), b])
    columns = im2col(A_prev, W.shape[0], stride, pad)
    Z = np.hstack([columns, np.ones((len(columns), 1))]) @ matrix
    n_H = output_size(A_prev.shape[1], W.shape[0], pad, stride)
    return Z.reshape(A_prev.shape[0], n_H, -1, W.shape[-1])


# %% wrong="col2im" says="here one replaces the other"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X = np.zeros((m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] = row.reshape(f, f, n_C_prev)
    return X[:, pad : pad + n_H_prev, pad : pad + n_W_prev]


# %% wrong="col2im" says="expected shape (1, 2, 3, 1), got shape (1, 0, 0, 1)"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X = np.zeros((m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] += row.reshape(f, f, n_C_prev)
    return X[:, pad:-pad, pad:-pad]


# %% wrong="col2im" says="stride 2, pad 1"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X = np.zeros((m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] += row.reshape(f, f, n_C_prev)
    return X[:, :n_H_prev, :n_W_prev]


# %% wrong="col2im" says="its only channel"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X, count = np.zeros((2, m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] += row.reshape(f, f, n_C_prev)
        count[i, h * stride : h * stride + f, w * stride : w * stride + f] += 1
    return (X / np.maximum(count, 1))[:, pad : pad + n_H_prev, pad : pad + n_W_prev]


# %% wrong="col2im" says="col2im(columns, shape, f, stride, pad)"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X = np.zeros((m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        window = row.reshape(n_C_prev, f, f).transpose(1, 2, 0)
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] += window
    return X[:, pad : pad + n_H_prev, pad : pad + n_W_prev]


# %% wrong="col2im" says="col2im(columns, shape, f, stride, pad)"
def col2im(columns, shape, f, stride, pad):
    numbers = im2col(np.arange(1, np.prod(shape) + 1).reshape(shape), f, stride, pad)
    pictures = np.zeros(int(np.prod(shape)) + 1)
    for row, where in zip(columns, numbers, strict=True):
        pictures[where] += row if pad < 2 else 1.0 * row.mean()
    return pictures[1:].reshape(shape)


# %% alternative="col2im"
def col2im(columns, shape, f, stride, pad):
    m, n_H_prev, n_W_prev, n_C_prev = shape
    n_H, n_W = output_size(n_H_prev, f, pad, stride), output_size(n_W_prev, f, pad, stride)
    X = np.zeros((m, n_H_prev + 2 * pad, n_W_prev + 2 * pad, n_C_prev))
    for row, (i, h, w) in zip(columns, np.ndindex(m, n_H, n_W), strict=True):
        X[i, h * stride : h * stride + f, w * stride : w * stride + f] += row.reshape(f, f, n_C_prev)
    return X[:, pad : X.shape[1] - pad, pad : X.shape[2] - pad]


# %% alternative="col2im"
def col2im(columns, shape, f, stride, pad):
    size = int(np.prod(shape))
    where = im2col(np.arange(1, size + 1).reshape(shape), f, stride, pad)
    sums = np.bincount(where.ravel(), weights=np.asarray(columns, dtype=float).ravel(), minlength=size + 1)
    return sums[1:].reshape(shape)


# %% wrong="layer_shapes" says="expected 5 entries, got 4"
def layer_shapes(input_shape, layers):
    shape, shapes = input_shape, []
    for layer in layers:
        if layer["kind"] == "conv":
            shape = (*(output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in shape[:2]), layer["filters"])
        else:
            shape = (int(np.prod(shape)),) if layer["kind"] == "flatten" else (layer["units"],)
        shapes.append(shape)
    return shapes


# %% wrong="layer_shapes" says="expected (5, 4, 8), got (5, 4, 3)"
def layer_shapes(input_shape, layers):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["kind"] == "conv":
            sides = [output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in shape[:2]]
            shapes.append((*sides, shape[2]))
        else:
            shapes.append((int(np.prod(shape)),) if layer["kind"] == "flatten" else (layer["units"],))
    return shapes


# %% wrong="layer_shapes" says="dense after a picture: expected a ValueError"
def layer_shapes(input_shape, layers):
    shapes = [input_shape]
    for layer in layers:
        kind, shape = layer["kind"], shapes[-1]
        if kind == "conv":
            sides = [output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in shape[:2]]
            shapes.append((*sides, layer["filters"]))
        elif kind == "flatten":
            shapes.append((int(np.prod(shape)),))
        elif kind == "dense":
            shapes.append((layer["units"],))
        else:
            raise ValueError("another kind")
    return shapes


# %% wrong="layer_shapes" says="a layer of the kind 'pool'"
def layer_shapes(input_shape, layers):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if "f" in layer:
            n_H, n_W, _ = shape
            sides = [output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in (n_H, n_W)]
            shapes.append((*sides, layer["filters"]))
        elif "units" in layer:
            (_,) = shape
            shapes.append((layer["units"],))
        else:
            shapes.append((int(np.prod(shape)),))
    return shapes


# %% wrong="layer_shapes" says="expected (20,), got 20"
def layer_shapes(input_shape, layers):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["kind"] == "conv":
            sides = [output_size(n, layer["f"], layer["pad"], layer["stride"]) for n in shape[:2]]
            shapes.append((*sides, layer["filters"]))
        else:
            shapes.append(int(np.prod(shape)) if layer["kind"] == "flatten" else layer["units"])
    return shapes


# %% alternative="layer_shapes"
def layer_shapes(input_shape, layers):
    if not layers:
        return [input_shape]
    *before, last = layers
    shapes = layer_shapes(input_shape, before)
    match last["kind"], shapes[-1]:
        case "conv", (n_H, n_W, _) if last["stride"] > 0:
            high = output_size(n_H, last["f"], last["pad"], last["stride"])
            wide = output_size(n_W, last["f"], last["pad"], last["stride"])
            return shapes + [(high, wide, last["filters"])]
        case "flatten", (n_H, n_W, n_C):
            return shapes + [(n_H * n_W * n_C,)]
        case "flatten", (n,):
            return shapes + [(n,)]
        case "dense", (_,):
            return shapes + [(last["units"],)]
    raise ValueError("a layer that does not fit")


# %% alternative="layer_shapes"
def layer_shapes(input_shape, layers):
    def after(shape, layer):
        if layer["kind"] == "flatten":
            return (int(np.prod(shape)),)
        if layer["kind"] not in ("conv", "dense") or (layer["kind"] == "conv") != (len(shape) == 3):
            raise ValueError("does not fit")
        if layer["kind"] == "dense":
            return (layer["units"],)
        f, stride, room = layer["f"], layer["stride"], 2 * layer["pad"]
        if stride < 1 or f > room + shape[0] or f > room + shape[1]:
            raise ValueError("does not fit")
        return tuple(1 + (n + room - f) // stride for n in shape[:2]) + (layer["filters"],)

    shapes = [tuple(input_shape)]
    for layer in layers:
        shapes = [*shapes, after(shapes[-1], layer)]
    return tuple(shapes)


# %% wrong="parameter_count" says="the biases are missing"
def parameter_count(input_shape, layers):
    counts = []
    for shape, layer in zip(layer_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append(layer["f"] ** 2 * shape[2] * layer["filters"])
        else:
            counts.append(0 if layer["kind"] == "flatten" else shape[0] * layer["units"])
    return counts


# %% wrong="parameter_count" says="one bias for each filter and unit"
def parameter_count(input_shape, layers):
    counts = []
    for shape, layer in zip(layer_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append(layer["f"] ** 2 * shape[2] * layer["filters"] + 1)
        else:
            counts.append(0 if layer["kind"] == "flatten" else shape[0] * layer["units"] + 1)
    return counts


# %% wrong="parameter_count" says="all the channels of what comes in"
def parameter_count(input_shape, layers):
    counts = []
    for shape, layer in zip(layer_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 + 1) * layer["filters"])
        else:
            counts.append(0 if layer["kind"] == "flatten" else (shape[0] + 1) * layer["units"])
    return counts


# %% wrong="parameter_count" says="expected 4 entries, got 3"
def parameter_count(input_shape, layers):
    counts = []
    for shape, layer in zip(layer_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * shape[2] + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
    return counts


# %% wrong="parameter_count" says="dense after a picture: expected a ValueError"
def parameter_count(input_shape, layers):
    counts, shape = [], input_shape
    for layer in layers:
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * shape[2] + 1) * layer["filters"])
            shape = layer_shapes(shape, [layer])[-1]
        elif layer["kind"] == "dense":
            counts.append((int(np.prod(shape)) + 1) * layer["units"])
            shape = (layer["units"],)
        else:
            counts.append(0)
    return counts


# %% alternative="parameter_count"
def parameter_count(input_shape, layers):
    counts, shape = [], input_shape
    for layer in layers:
        after = layer_shapes(shape, [layer])[1]
        bias = 0 if layer["kind"] == "flatten" else after[-1]
        seen = {"conv": layer.get("f", 0) ** 2 * shape[-1], "dense": shape[0], "flatten": 0}[layer["kind"]]
        counts.append(seen * after[-1] + bias)
        shape = after
    return counts


# %% alternative="parameter_count"
def parameter_count(input_shape, layers):
    def count(shape, kind="", f=0, filters=0, units=0, **_):
        weights = {"conv": (f, f, shape[-1], filters), "dense": (shape[0], units)}.get(kind, (0,))
        total = 1
        for n in weights:
            total *= n
        return total + filters + units

    shapes = layer_shapes(input_shape, layers)
    return [count(shapes[number], **layer) for number, layer in enumerate(layers)]


# %% equivalent="im2col" mutant="number type of the first argument" why="the numbers are those of A_prev"

# %% equivalent="col2im" mutant="number type of the first argument" why="sums of whole numbers are whole"
