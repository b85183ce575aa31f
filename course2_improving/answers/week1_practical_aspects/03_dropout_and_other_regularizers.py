# %% wrong="dropout_forward" says="of the entries are kept, expected about 80 %"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    mask = (rng.random(A.shape) >= keep_prob) / keep_prob if keep_prob < 1 else np.ones(A.shape)
    return A * mask, mask


# %% wrong="dropout_forward" says="a kept entry of the mask is 1 / keep_prob, not 1"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    mask = (rng.random(A.shape) < keep_prob) * 1.0
    return A * mask / keep_prob, mask


# %% wrong="dropout_forward" says="divide by keep_prob, do not multiply"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    mask = (rng.random(A.shape) < keep_prob) * keep_prob
    return A * mask, mask


# %% wrong="dropout_forward" says="expected a ValueError"
def dropout_forward(A, keep_prob, rng):
    mask = (rng.random(A.shape) < keep_prob) / max(keep_prob, 1e-9)
    return A * mask, mask


# %% wrong="dropout_forward" says="the entries of one mask are not independent"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    mask = np.zeros(A.size)
    mask[rng.permutation(A.size)[: round(keep_prob * A.size)]] = 1 / keep_prob
    mask = mask.reshape(A.shape)
    return A * mask, mask


# %% wrong="dropout_forward" says="rng with another seed must give another mask"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    rng = np.random.default_rng(0)
    mask = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


# %% wrong="dropout_forward" says="gives another answer when called again"
def dropout_forward(A, keep_prob, rng):
    if not 0 < keep_prob <= 1:
        raise ValueError
    mask = (np.random.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


# %% alternative="dropout_forward"
def dropout_forward(A, keep_prob, rng):
    if keep_prob <= 0 or keep_prob > 1:
        raise ValueError("a probability above 0")
    mask = np.zeros(A.shape)
    for place in np.ndindex(A.shape):
        if rng.uniform() < keep_prob:
            mask[place] = 1 / keep_prob
    return mask * A, mask


# %% alternative="dropout_forward"
def dropout_forward(A, keep_prob, rng):
    if not (keep_prob > 0 and keep_prob <= 1):
        raise ValueError("keep_prob")
    kept = rng.binomial(1, keep_prob, size=np.shape(A)).astype(bool)
    return [np.where(kept, A / keep_prob, 0.0), np.where(kept, 1.0 / keep_prob, 0.0)]


# %% wrong="mean_over_masks" says="each mask counts the same; use the probabilities"
def mean_over_masks(f, n, keep_prob):
    return np.mean([f(np.array(pattern) / keep_prob) for pattern in np.ndindex((2,) * n)])


# %% wrong="mean_over_masks" says="the mask has 1 / keep_prob where a unit is kept"
def mean_over_masks(f, n, keep_prob):
    total = 0.0
    for pattern in np.ndindex((2,) * n):
        kept = sum(pattern)
        total += keep_prob**kept * (1 - keep_prob) ** (n - kept) * f(np.array(pattern))
    return total


# %% wrong="mean_over_masks" says="keep_prob is exchanged with 1 - keep_prob"
def mean_over_masks(f, n, keep_prob):
    total = 0.0
    for pattern in np.ndindex((2,) * n):
        kept = sum(pattern)
        total += (1 - keep_prob) ** kept * keep_prob ** (n - kept) * f(np.array(pattern) / keep_prob)
    return total


# %% wrong="mean_over_masks" says="f was called 5 times"
def mean_over_masks(f, n, keep_prob):
    total = 0.0 * f(np.ones(n) / keep_prob)
    for pattern in np.ndindex((2,) * n):
        kept = sum(pattern)
        total += keep_prob**kept * (1 - keep_prob) ** (n - kept) * f(np.array(pattern) / keep_prob)
    return total


# %% wrong="mean_over_masks" says="f gets a mask twice, or all in the same array"
def mean_over_masks(f, n, keep_prob):
    total, mask = 0.0, np.zeros(n)
    for pattern in np.ndindex((2,) * n):
        mask[:] = np.array(pattern) / keep_prob
        total += np.prod(np.where(mask > 0, keep_prob, 1 - keep_prob)) * f(mask)
    return total


# %% wrong="mean_over_masks" says="f was called 3 times"
def mean_over_masks(f, n, keep_prob):
    total = 0.0
    for pattern in list(np.ndindex((2,) * n))[1:]:
        kept = sum(pattern)
        total += keep_prob**kept * (1 - keep_prob) ** (n - kept) * f(np.array(pattern) / keep_prob)
    return total


# %% alternative="mean_over_masks"
def mean_over_masks(f, n, keep_prob):
    values, weights = [], []
    for code in range(2**n):
        bits = np.array([code >> unit & 1 for unit in range(n)], dtype=bool)
        weights.append(np.where(bits, keep_prob, 1 - keep_prob).prod())
        values.append(f(bits / keep_prob))
    return np.dot(weights, values)


# %% alternative="mean_over_masks"
def mean_over_masks(f, n, keep_prob):
    def go(mask, probability):
        if len(mask) == n:
            return probability * f(np.array(mask, dtype=float))
        return go([*mask, 0], probability * (1 - keep_prob)) + go([*mask, 1 / keep_prob], probability * keep_prob)

    return go([], 1.0)


# %% wrong="dropout_backward" says="the kept entries have the factor 1 / keep_prob also on the way back"
def dropout_backward(d_out, mask):
    return d_out * (mask > 0)


# %% wrong="dropout_backward" says="divide by keep_prob once"
def dropout_backward(d_out, mask):
    return d_out * mask * mask.max() if mask.max() > 0 else d_out * mask


# %% wrong="dropout_backward" says="a dropped entry has the derivative 0"
def dropout_backward(d_out, mask):
    return d_out * max(1, mask.max())


# %% wrong="dropout_backward" says="changes its argument d_out in place"
def dropout_backward(d_out, mask):
    d_out *= mask
    return d_out


# %% wrong="dropout_backward" says="with whole numbers in d_out"
def dropout_backward(d_out, mask):
    d_A = np.zeros_like(d_out)
    d_A[...] = d_out * mask
    return d_A


# %% alternative="dropout_backward"
def dropout_backward(d_out, mask):
    d_A = np.zeros(d_out.shape)
    for place in np.ndindex(d_out.shape):
        d_A[place] = float(d_out[place]) * mask[place]
    return d_A


# %% alternative="dropout_backward"
def dropout_backward(d_out, mask):
    return np.where(mask == 0, 0.0, np.multiply(mask, d_out))


# %% wrong="forward_with_dropout" says="do not multiply by keep_prob in test mode"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        kind = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], kind)
        caches.append(cache)
        if layer < L:
            keep = keep_probs[layer - 1]
            A, mask = dropout_forward(A, keep, rng) if train else (A * keep, np.ones(A.shape))
            masks.append(mask)
    return A, caches, masks


# %% wrong="forward_with_dropout" says="A_prev is what layer 2 gets, after dropout"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        kind = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], kind)
        caches.append(cache)
        if layer < L:
            masks.append(dropout_forward(A, keep_probs[layer - 1], rng)[1] if train else np.ones(A.shape))
    return A, caches, masks


# %% wrong="forward_with_dropout" says="the output layer has no dropout"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        kind = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], kind)
        caches.append(cache)
        A, mask = dropout_forward(A, [*keep_probs, 0.5][layer - 1], rng) if train else (A, np.ones(A.shape))
        masks.append(mask)
    return A, caches, masks[:-1]


# %% wrong="forward_with_dropout" says="the last layer has the activation output, not ReLU"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], "relu")
        caches.append(cache)
        if layer < L:
            A, mask = dropout_forward(A, keep_probs[layer - 1], rng) if train else (A, np.ones(A.shape))
            masks.append(mask)
    return A, caches, masks


# %% wrong="forward_with_dropout" says="expected about 1, got 1.11111"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    for layer in range(1, L + 1):
        kind = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], kind)
        caches.append(cache)
        if layer < L:
            A, mask = dropout_forward(A, keep_probs[0], rng) if train else (A, np.ones(A.shape))
            masks.append(mask)
    return A, caches, masks


# %% wrong="forward_with_dropout" says="forward_with_dropout(X, parameters, keep_probs, rng, output, train)"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    A, first = dense.linear_activation_forward(X, W1, b1, "relu")
    A, mask = dropout_forward(A, keep_probs[0], rng) if train else (A, np.ones(A.shape))
    AL, second = dense.linear_activation_forward(A, W2, b2, output)
    return AL, [first, second], [mask]


# %% wrong="forward_with_dropout" says="two layers have the same mask"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    A, caches, masks, L = X, [], [], len(parameters) // 2
    state = rng.bit_generator.state if train else None
    for layer in range(1, L + 1):
        kind = "relu" if layer < L else output
        A, cache = dense.linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], kind)
        caches.append(cache)
        if layer < L:
            if train:
                rng.bit_generator.state = state
            A, mask = dropout_forward(A, keep_probs[layer - 1], rng) if train else (A, np.ones(A.shape))
            masks.append(mask)
    return A, caches, masks


# %% alternative="forward_with_dropout"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    L = len(parameters) // 2
    caches, masks, A = [], [], np.asarray(X, dtype=float)
    for layer in range(1, L):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = np.dot(W, A) + b
        caches.append((A, W, b, Z))
        mask = np.ones_like(Z)
        if train:
            keep = keep_probs[layer - 1]
            mask = np.where(rng.uniform(size=Z.shape) < keep, 1 / keep, 0.0)
        masks.append(mask)
        A = np.where(Z > 0, Z, 0.0) * mask
    W, b = parameters[f"W{L}"], parameters[f"b{L}"]
    AL, cache = dense.linear_activation_forward(A, W, b, output)
    return AL, [*caches, cache], masks


# %% alternative="forward_with_dropout"
def forward_with_dropout(X, parameters, keep_probs, rng, output="sigmoid", train=True):
    L = len(parameters) // 2

    def rest(A, layer):
        W, b = parameters["W" + str(layer)], parameters["b" + str(layer)]
        out, cache = dense.linear_activation_forward(A, W, b, output if layer == L else "relu")
        if layer == L:
            return out, [cache], []
        mask = np.ones(out.shape)
        if train:
            out, mask = dropout_forward(out, keep_probs[layer - 1], rng)
        AL, caches, masks = rest(out, layer + 1)
        return AL, [cache, *caches], [mask, *masks]

    return rest(X, 1)


# %% wrong="backward_with_dropout" says="the factor 1 / keep_prob is missing on the way back"
def backward_with_dropout(AL, Y, caches, masks):
    return dense.deep_backward(AL, Y, caches)


# %% wrong="backward_with_dropout" says="the mask is missing on the way back"
def backward_with_dropout(AL, Y, caches, masks):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        grads[f"dW{layer}"], grads[f"db{layer}"] = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dZ = W.T @ dZ * (caches[layer - 2][3] > 0)
    return grads


# %% wrong="backward_with_dropout" says="the derivative of ReLU is missing"
def backward_with_dropout(AL, Y, caches, masks):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        grads[f"dW{layer}"], grads[f"db{layer}"] = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dZ = dropout_backward(W.T @ dZ, masks[layer - 2])
    return grads


# %% wrong="backward_with_dropout" says="A_prev in the cache has passed the dropout already"
def backward_with_dropout(AL, Y, caches, masks):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        A_prev = A_prev * masks[layer - 2] if layer > 1 else A_prev
        grads[f"dW{layer}"], grads[f"db{layer}"] = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dZ = dropout_backward(W.T @ dZ, masks[layer - 2]) * (caches[layer - 2][3] > 0)
    return grads


# %% wrong="backward_with_dropout" says="backward_with_dropout(AL, Y, caches, masks)"
def backward_with_dropout(AL, Y, caches, masks):
    grads, m, dZ = {}, Y.shape[1], AL - Y
    for layer in range(len(caches), 0, -1):
        A_prev, W, _, _ = caches[layer - 1]
        grads[f"dW{layer}"], grads[f"db{layer}"] = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        if layer > 1:
            dZ = W.T @ dZ * masks[0].max() * (A_prev > 0)
    return grads


# %% alternative="backward_with_dropout"
def backward_with_dropout(AL, Y, caches, masks):
    grads, L, delta = {}, len(caches), (AL - Y) / Y.shape[1]
    for layer in reversed(range(L)):
        A_prev, W, b, Z = caches[layer]
        grads["dW" + str(layer + 1)] = np.einsum("ji,ki->jk", delta, A_prev)
        grads["db" + str(layer + 1)] = delta.sum(axis=1).reshape(-1, 1)
        if layer:
            before = caches[layer - 1][3]
            delta = np.where(before > 0, masks[layer - 1] * np.einsum("jk,ji->ki", W, delta), 0.0)
    return grads


# %% alternative="backward_with_dropout"
def backward_with_dropout(AL, Y, caches, masks):
    def back(dZ, layer):
        A_prev, W, _, _ = caches[layer - 1]
        here = {f"dW{layer}": dZ.dot(A_prev.T) / Y.shape[1], f"db{layer}": dZ.mean(axis=1, keepdims=True)}
        if layer == 1:
            return here
        return back((A_prev > 0) * masks[layer - 2] * W.T.dot(dZ) * (caches[layer - 2][3] > 0), layer - 1) | here

    return back(AL - Y, len(caches))


# %% wrong="augment_flip_shift" says="what leaves a picture is lost"
def augment_flip_shift(images, rng, shift=2, flip=True):
    moved = np.zeros_like(images)
    for i, picture in enumerate(images):
        dy, dx = rng.integers(-shift, shift + 1, 2)
        picture = picture[:, ::-1] if flip and rng.random() < 0.5 else picture
        moved[i] = np.roll(picture, (dy, dx), axis=(0, 1))
    return moved


# %% wrong="augment_flip_shift" says="the rows in which a 5 stands"
def augment_flip_shift(images, rng, shift=2, flip=True):
    framed, moved = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0))), np.zeros_like(images)
    for i in range(len(images)):
        top, left = rng.integers(0, max(2 * shift, 1), 2)
        picture = framed[i, top : top + images.shape[1], left : left + images.shape[2]]
        moved[i] = picture[:, ::-1] if flip and rng.random() < 0.5 else picture
    return moved


# %% wrong="augment_flip_shift" says="the columns in which a 5 stands"
def augment_flip_shift(images, rng, shift=2, flip=True):
    framed, moved = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0))), np.zeros_like(images)
    for i in range(len(images)):
        top, left = rng.integers(0, 2 * shift + 1, 2)
        picture = framed[i, top : top + images.shape[1], left : left + images.shape[2]]
        moved[i] = picture[::-1] if flip and rng.random() < 0.5 else picture
    return moved


# %% wrong="augment_flip_shift" says="the rows in which a 5 stands"
def augment_flip_shift(images, rng, shift=2, flip=True):
    framed = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0)))
    top, left = rng.integers(0, 2 * shift + 1, 2)
    moved = framed[:, top : top + images.shape[1], left : left + images.shape[2]].copy()
    return moved[:, :, ::-1].copy() if flip and rng.random() < 0.5 else moved


# %% wrong="augment_flip_shift" says="moves and flips are not equally likely"
def augment_flip_shift(images, rng, shift=2, flip=True):
    framed, moved = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0))), np.zeros_like(images)
    for i in range(len(images)):
        top, left = np.rint(rng.uniform(0, 2 * shift, 2)).astype(int)
        picture = framed[i, top : top + images.shape[1], left : left + images.shape[2]]
        moved[i] = picture[:, ::-1] if flip and rng.random() < 0.5 else picture
    return moved


# %% wrong="augment_flip_shift" says="a second call with the same rng gives the same"
def augment_flip_shift(images, rng, shift=2, flip=True):
    rng, moved = np.random.default_rng(0), np.zeros_like(images)
    framed = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0)))
    for i in range(len(images)):
        top, left = rng.integers(0, 2 * shift + 1, 2)
        picture = framed[i, top : top + images.shape[1], left : left + images.shape[2]]
        moved[i] = picture[:, ::-1] if flip and rng.random() < 0.5 else picture
    return moved


# %% alternative="augment_flip_shift"
def augment_flip_shift(images, rng, shift=2, flip=True):
    m, n_H, n_W, n_C = images.shape
    moved = np.zeros(images.shape)
    down, right = rng.integers(-shift, shift + 1, m), rng.integers(-shift, shift + 1, m)
    turned = (rng.random(m) < 0.5) & flip
    for i in range(m):
        picture = np.flip(images[i], axis=1) if turned[i] else images[i]
        for y in range(n_H):
            for x in range(n_W):
                if 0 <= y - down[i] < n_H and 0 <= x - right[i] < n_W:
                    moved[i, y, x] = picture[y - down[i], x - right[i]]
    return moved


# %% alternative="augment_flip_shift"
def augment_flip_shift(images, rng, shift=2, flip=True):
    m, n_H, n_W, _ = images.shape
    turned = rng.choice([False, True], m).reshape(m, 1, 1, 1)
    source = np.where(turned, images[:, :, ::-1], images) if flip else images
    framed = np.pad(source, ((0, 0), (shift, shift), (shift, shift), (0, 0)))
    rows = np.arange(n_H) + rng.integers(0, 2 * shift + 1, (m, 1))
    columns = np.arange(n_W) + rng.integers(0, 2 * shift + 1, (m, 1))
    return framed[np.arange(m)[:, None, None], rows[:, :, None], columns[:, None, :]]


# %% wrong="early_stopping" says="it stops one measurement too late"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError
    best = 0
    for place, error in enumerate(history):
        if error < history[best]:
            best = place
        elif place - best > patience:
            return best, place
    return best, len(history) - 1


# %% wrong="early_stopping" says="the errors after the stop are never measured"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError
    best = 0
    for place, error in enumerate(history):
        if error < history[best]:
            best = place
        elif place - best >= patience:
            return int(np.argmin(history)), place
    return best, len(history) - 1


# %% wrong="early_stopping" says="an equal error is not lower"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError
    best = 0
    for place, error in enumerate(history):
        if error <= history[best]:
            best = place
        elif place - best >= patience:
            return best, place
    return best, len(history) - 1


# %% wrong="early_stopping" says="stop of early_stopping"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError
    rises = 0
    for place in range(1, len(history)):
        rises = rises + 1 if history[place] > history[place - 1] else 0
        if rises >= patience:
            return int(np.argmin(history[: place + 1])), place
    return int(np.argmin(history)), len(history) - 1


# %% wrong="early_stopping" says="expected a ValueError"
def early_stopping(history, patience):
    best = 0
    for place, error in enumerate(history):
        if error < history[best]:
            best = place
        elif place - best >= patience:
            return best, place
    return best, len(history) - 1


# %% wrong="early_stopping" says="with errors that fall by 1e-12"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError
    best = 0
    for place, error in enumerate(history):
        if error < history[best] - 1e-9:
            best = place
        elif place - best >= patience:
            return best, place
    return best, len(history) - 1


# %% alternative="early_stopping"
def early_stopping(history, patience):
    if patience < 1:
        raise ValueError("patience")
    best, lowest, waited = 0, float("inf"), 0
    for place in range(len(history)):
        if history[place] < lowest:
            best, lowest, waited = place, history[place], 0
        elif place:
            waited += 1
            if waited == patience:
                break
    return [best, place]


# %% alternative="early_stopping"
def early_stopping(history, patience):
    if not patience >= 1:
        raise ValueError
    lowest = np.minimum.accumulate(np.asarray(history, dtype=float))
    bests = np.searchsorted(-lowest, -lowest, side="left")
    late = np.flatnonzero(np.arange(len(lowest)) - bests >= patience)
    stop = int(late[0]) if late.size else len(lowest) - 1
    return int(bests[stop]), stop


# %% equivalent="augment_flip_shift" mutant="number type of the first argument" why="the pictures keep their numbers, in any type"
# %% equivalent="forward_with_dropout" mutant="its argument handed back" why="the caches hold X, W and b themselves"
