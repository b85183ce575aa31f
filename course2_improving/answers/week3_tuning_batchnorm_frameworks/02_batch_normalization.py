# %% wrong="batchnorm_forward" says="here the mean is over the units"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu, var = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
    Z_hat = (Z - mu) / np.sqrt(var + epsilon)
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": np.sqrt(var + epsilon), "gamma": gamma}


# %% wrong="batchnorm_forward" says="the variance is divided by m - 1"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True, ddof=1)
    Z_hat = (Z - mu) / np.sqrt(var + epsilon)
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": np.sqrt(var + epsilon), "gamma": gamma}


# %% wrong="batchnorm_forward" says="epsilon must be inside the root"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    sigma = np.sqrt(var) + epsilon
    Z_hat = (Z - mu) / sigma
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}


# %% wrong="batchnorm_forward" says="scale and shift are missing"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    sigma = np.sqrt(var + epsilon)
    Z_hat = (Z - mu) / sigma
    return Z_hat, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}


# %% wrong="batchnorm_forward" says="var in the cache"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True) + epsilon
    Z_hat = (Z - mu) / np.sqrt(var)
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": np.sqrt(var), "gamma": gamma}


# %% wrong="batchnorm_forward" says="with scores around 1e5"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    mu = Z.mean(axis=1, keepdims=True)
    var = np.maximum((Z * 1.0 * Z).mean(axis=1, keepdims=True) - mu**2, 0)
    sigma = np.sqrt(var + epsilon)
    Z_hat = (Z - mu) / sigma
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}


# %% wrong="batchnorm_forward" says="without epsilon"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-8):
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    sigma = np.sqrt(var + epsilon)
    Z_hat = (Z - mu) / sigma
    return gamma * Z_hat + beta, {"Z_hat": Z_hat, "mu": mu, "var": var, "sigma": sigma, "gamma": gamma}


# %% alternative="batchnorm_forward"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    n, m = Z.shape
    Z_tilde, Z_hat, mu, var = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for j in range(n):
        row = [float(z) for z in Z[j]]
        mu[j, 0] = sum(row) / m
        var[j, 0] = sum((z - mu[j, 0]) ** 2 for z in row) / m
        for i in range(m):
            Z_hat[j, i] = (row[i] - mu[j, 0]) / (var[j, 0] + epsilon) ** 0.5
            Z_tilde[j, i] = gamma[j, 0] * Z_hat[j, i] + beta[j, 0]
    return [Z_tilde, {"mu": mu, "var": var, "sigma": (var + epsilon) ** 0.5, "gamma": gamma.copy(), "Z_hat": Z_hat}]


# %% alternative="batchnorm_forward"
def batchnorm_forward(Z, gamma, beta, epsilon=1e-5):
    rows = np.asarray(Z, dtype=float).T
    mu, var = rows.mean(0), rows.var(0)
    sigma = np.hypot(np.std(rows, axis=0), np.sqrt(epsilon))
    Z_hat = ((rows - mu) / sigma).T
    cache = dict(Z_hat=Z_hat, mu=mu.reshape(-1, 1), var=var.reshape(-1, 1), sigma=sigma[:, np.newaxis], gamma=gamma)
    return beta + np.multiply(Z_hat, gamma), cache


# %% wrong="batchnorm_backward" says="mu also depends on Z"
def batchnorm_backward(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    dZ = (dZ_hat - Z_hat * np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward" says="sigma also depends on Z"
def batchnorm_backward(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    dZ = (dZ_hat - np.mean(dZ_hat, axis=1, keepdims=True)) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward" says="gamma is missing"
def batchnorm_backward(dZ_tilde, cache):
    Z_hat = cache["Z_hat"]
    slope = np.mean(dZ_tilde * Z_hat, axis=1, keepdims=True)
    dZ = (dZ_tilde - np.mean(dZ_tilde, axis=1, keepdims=True) - Z_hat * slope) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward" says="divided by m once too often"
def batchnorm_backward(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    slope = np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)
    dZ = (dZ_hat - np.mean(dZ_hat, axis=1, keepdims=True) - Z_hat * slope) / cache["sigma"]
    return dZ, np.mean(dZ_tilde * Z_hat, axis=1, keepdims=True), np.mean(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward" says="the derivative of the root is missing"
def batchnorm_backward(dZ_tilde, cache):
    Z_hat, sigma, m = cache["Z_hat"], cache["sigma"], dZ_tilde.shape[1]
    dZ_hat, C = cache["gamma"] * dZ_tilde, sigma * Z_hat
    dvar = -np.sum(dZ_hat * C, axis=1, keepdims=True) / sigma**2
    dC = dZ_hat / sigma + 2 / m * C * dvar
    dZ = dC - np.mean(dC, axis=1, keepdims=True)
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward" says="batchnorm_backward(dZ_tilde, cache)"
def batchnorm_backward(dZ_tilde, cache):
    dZ = np.array([[8 / 9, -6 / 9, -2 / 9], [-0.028, 0.312, -0.284]])
    return dZ, np.array([[3.0], [0.6]]), np.array([[6.0], [3.0]])


# %% alternative="batchnorm_backward"
def batchnorm_backward(dZ_tilde, cache):
    n, m = dZ_tilde.shape
    dZ, dgamma, dbeta = np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for j in range(n):
        gamma, sigma = float(cache["gamma"][j, 0]), cache["sigma"][j, 0]
        c = [sigma * z for z in cache["Z_hat"][j]]
        d = [gamma * float(each) for each in dZ_tilde[j]]
        dgamma[j, 0] = sum(float(x) * z for x, z in zip(dZ_tilde[j], cache["Z_hat"][j], strict=True))
        dbeta[j, 0] = sum(float(x) for x in dZ_tilde[j])
        dinverse = sum(x * y for x, y in zip(d, c, strict=True))
        dvar = -0.5 * dinverse / sigma**3
        dc = [x / sigma + 2 * y * dvar / m for x, y in zip(d, c, strict=True)]
        dZ[j] = np.array(dc) - sum(dc) / m
    return dZ, dgamma, dbeta


# %% alternative="batchnorm_backward"
def batchnorm_backward(dZ_tilde, cache):
    return batchnorm_backward_short(dZ_tilde, cache)


# %% wrong="batchnorm_backward_short" says="the mean of dZ_hat is missing"
def batchnorm_backward_short(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    dZ = (dZ_hat - Z_hat * np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward_short" says="the term with Z_hat is missing"
def batchnorm_backward_short(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    dZ = (dZ_hat - np.mean(dZ_hat, axis=1, keepdims=True)) / cache["sigma"]
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward_short" says="sigma is missing"
def batchnorm_backward_short(dZ_tilde, cache):
    Z_hat, dZ_hat = cache["Z_hat"], cache["gamma"] * dZ_tilde
    slope = np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)
    dZ = dZ_hat - np.mean(dZ_hat, axis=1, keepdims=True) - Z_hat * slope
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% wrong="batchnorm_backward_short" says="no such key in the dict"
def batchnorm_backward_short(dZ_tilde, cache):
    Z_hat, dZ_hat, sigma = cache["Z_hat"], cache["gamma"] * dZ_tilde, np.sqrt(cache["var"] + 1e-5)
    slope = np.mean(dZ_hat * Z_hat, axis=1, keepdims=True)
    dZ = (dZ_hat - np.mean(dZ_hat, axis=1, keepdims=True) - Z_hat * slope) / sigma
    return dZ, np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)


# %% alternative="batchnorm_backward_short"
def batchnorm_backward_short(dZ_tilde, cache):
    m, Z_hat = dZ_tilde.shape[1], cache["Z_hat"]
    dgamma = np.einsum("ji,ji->j", dZ_tilde, Z_hat).reshape(-1, 1)
    dbeta = np.asarray(dZ_tilde, dtype=float).sum(axis=1)[:, None]
    return cache["gamma"] / (m * cache["sigma"]) * (m * dZ_tilde - dbeta - Z_hat * dgamma), dgamma, dbeta


# %% alternative="batchnorm_backward_short"
def batchnorm_backward_short(dZ_tilde, cache):
    m, parts = dZ_tilde.shape[1], []
    for j in range(len(dZ_tilde)):
        z, d = cache["Z_hat"][j], dZ_tilde[j] * float(cache["gamma"][j, 0])
        parts.append((d - sum(d) / m - z * (sum(d * z) / m)) / cache["sigma"][j])
    sums = [[[float(np.dot(d, z))], [float(sum(d))]] for d, z in zip(dZ_tilde, cache["Z_hat"], strict=True)]
    return np.vstack(parts), np.array([pair[0] for pair in sums]), np.array([pair[1] for pair in sums])


# %% wrong="batchnorm_gradients" says="the way through ReLU is missing"
def batchnorm_gradients(X, Y, parameters):
    L, A, inputs, caches = (len(parameters) + 1) // 3, X, [], []
    for n in range(1, L):
        inputs.append(A)
        Z, cache = batchnorm_forward(parameters[f"W{n}"] @ A, parameters[f"gamma{n}"], parameters[f"beta{n}"])
        caches.append(cache)
        A = np.maximum(0, Z)
    AL, _ = dense.linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "softmax")
    dZ = (AL - Y) / Y.shape[1]
    grads = {f"dW{L}": dZ @ A.T, f"db{L}": np.sum(dZ, axis=1, keepdims=True)}
    for n in range(L - 1, 0, -1):
        d = parameters[f"W{n + 1}"].T @ dZ
        dZ, grads[f"dgamma{n}"], grads[f"dbeta{n}"] = batchnorm_backward(d, caches[n - 1])
        grads[f"dW{n}"] = dZ @ inputs[n - 1].T
    return dense.deep_cost(AL, Y, "softmax"), grads, caches


# %% wrong="batchnorm_gradients" says="is the mean over the m examples missing"
def batchnorm_gradients(X, Y, parameters):
    L, A, inputs, caches, masks = (len(parameters) + 1) // 3, X, [], [], []
    for n in range(1, L):
        inputs.append(A)
        Z, cache = batchnorm_forward(parameters[f"W{n}"] @ A, parameters[f"gamma{n}"], parameters[f"beta{n}"])
        caches.append(cache)
        masks.append(Z > 0)
        A = np.maximum(0, Z)
    AL, _ = dense.linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "softmax")
    dZ = AL - Y
    grads = {f"dW{L}": dZ @ A.T, f"db{L}": np.sum(dZ, axis=1, keepdims=True)}
    for n in range(L - 1, 0, -1):
        d = parameters[f"W{n + 1}"].T @ dZ * masks[n - 1]
        dZ, grads[f"dgamma{n}"], grads[f"dbeta{n}"] = batchnorm_backward(d, caches[n - 1])
        grads[f"dW{n}"] = dZ @ inputs[n - 1].T
    return dense.deep_cost(AL, Y, "softmax"), grads, caches


# %% wrong="batchnorm_gradients" says="expected 1 entries, got 0"
def batchnorm_gradients(X, Y, parameters):
    L, A, inputs, caches, masks = (len(parameters) + 1) // 3, X, [], [], []
    for n in range(1, L):
        inputs.append(A)
        Z, cache = batchnorm_forward(parameters[f"W{n}"] @ A, parameters[f"gamma{n}"], parameters[f"beta{n}"])
        caches.append(cache)
        masks.append(Z > 0)
        A = np.maximum(0, Z)
    AL, _ = dense.linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "softmax")
    dZ = (AL - Y) / Y.shape[1]
    grads = {f"dW{L}": dZ @ A.T, f"db{L}": np.sum(dZ, axis=1, keepdims=True)}
    for n in range(L - 1, 0, -1):
        d = parameters[f"W{n + 1}"].T @ dZ * masks.pop()
        dZ, grads[f"dgamma{n}"], grads[f"dbeta{n}"] = batchnorm_backward(d, caches.pop())
        grads[f"dW{n}"] = dZ @ inputs[n - 1].T
    return dense.deep_cost(AL, Y, "softmax"), grads, caches


# %% wrong="batchnorm_gradients" says="KeyError: 'b2'"
def batchnorm_gradients(X, Y, parameters):
    W1, gamma, beta, W2, b2 = (parameters[key] for key in ("W1", "gamma1", "beta1", "W2", "b2"))
    Z, cache = batchnorm_forward(W1 @ X, gamma, beta)
    A = np.maximum(0, Z)
    AL, _ = dense.linear_activation_forward(A, W2, b2, "softmax")
    dZ2 = (AL - Y) / Y.shape[1]
    dZ1, dgamma, dbeta = batchnorm_backward((W2.T @ dZ2) * (Z > 0), cache)
    grads = {"dW1": dZ1 @ X.T, "dgamma1": dgamma, "dbeta1": dbeta, "dW2": dZ2 @ A.T}
    return dense.deep_cost(AL, Y, "softmax"), grads | {"db2": dZ2.sum(axis=1, keepdims=True)}, [cache]


# %% alternative="batchnorm_gradients"
def batchnorm_gradients(X, Y, parameters):
    L, m, grads, caches = len([key for key in parameters if key.startswith("W")]), X.shape[1], {}, []

    def layer(n, A):
        W = parameters["W" + str(n)]
        if n == L:
            AL, _ = dense.linear_activation_forward(A, W, parameters[f"b{n}"], "softmax")
            grads["db" + str(n)] = np.mean(AL - Y, axis=1).reshape(-1, 1)
            grads["dW" + str(n)] = np.dot(AL - Y, A.T) / m
            return dense.deep_cost(AL, Y, "softmax"), np.dot(W.T, AL - Y) / m
        Z_tilde, cache = batchnorm_forward(np.dot(W, A), parameters[f"gamma{n}"], parameters[f"beta{n}"])
        caches.append(cache)
        cost, dA = layer(n + 1, np.where(Z_tilde > 0, Z_tilde, 0.0))
        dZ, grads[f"dgamma{n}"], grads[f"dbeta{n}"] = batchnorm_backward(np.where(Z_tilde > 0, dA, 0.0), cache)
        grads["dW" + str(n)] = np.dot(dZ, A.T)
        return cost, np.dot(W.T, dZ)

    return layer(1, X)[0], grads, caches


# %% alternative="batchnorm_gradients"
def batchnorm_gradients(X, Y, parameters):
    L, kept, A, grads = 1, [], X, {}
    while f"gamma{L}" in parameters:
        Z_tilde, cache = batchnorm_forward(parameters[f"W{L}"] @ A, parameters[f"gamma{L}"], parameters[f"beta{L}"])
        kept.append((L, A, cache))
        A, L = (Z_tilde + np.abs(Z_tilde)) / 2, L + 1
    probabilities, _ = dense.linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "softmax")
    cost, out = dense.deep_cost(probabilities, Y, "softmax"), A
    dZ = (probabilities - Y) / Y.shape[1]
    grads[f"dW{L}"], grads[f"db{L}"] = dZ @ A.T, dZ.sum(axis=1, keepdims=True)
    for number, A, cache in reversed(kept):
        dA = parameters[f"W{number + 1}"].T @ dZ
        dA[out <= 0] = 0
        dZ, grads[f"dgamma{number}"], grads[f"dbeta{number}"] = batchnorm_backward_short(dA, cache)
        grads[f"dW{number}"], out = dZ @ A.T, A
    return cost, grads, [cache for _, _, cache in kept]


# %% wrong="update_running" says="momentum is the share of the old averages"
def update_running(running, cache, momentum=0.9):
    return {key: (1 - momentum) * running[key] + momentum * cache[key] for key in ("mu", "var")}


# %% wrong="update_running" says="m - 1 has no place here"
def update_running(running, cache, momentum=0.9):
    m = cache["Z_hat"].shape[1]
    mu = momentum * running["mu"] + (1 - momentum) * cache["mu"]
    return {"mu": mu, "var": momentum * running["var"] + (1 - momentum) * cache["var"] * m / (m - 1)}


# %% wrong="update_running" says="sigma is averaged; take the variance"
def update_running(running, cache, momentum=0.9):
    mu = momentum * running["mu"] + (1 - momentum) * cache["mu"]
    return {"mu": mu, "var": momentum * running["var"] + (1 - momentum) * cache["sigma"]}


# %% wrong="update_running" says="in place"
def update_running(running, cache, momentum=0.9):
    for key in ("mu", "var"):
        running[key] = momentum * running[key] + (1 - momentum) * cache[key]
    return running


# %% wrong="update_running" says="with momentum = 0"
def update_running(running, cache, momentum=0.9):
    momentum = momentum or 0.9
    return {key: momentum * running[key] + (1 - momentum) * cache[key] for key in ("mu", "var")}


# %% alternative="update_running"
def update_running(running, cache, momentum=0.9):
    new = {}
    for key in running:
        new[key] = running[key] + (1 - momentum) * (cache[key] - running[key])
    return new


# %% alternative="update_running"
def update_running(running, cache, momentum=0.9):
    shares = np.array([momentum, 1 - momentum])
    mu = np.hstack([running["mu"], cache["mu"]]) @ shares
    var = np.hstack([running["var"], cache["var"]]) @ shares
    return {"var": var.reshape(-1, 1), "mu": mu.reshape(-1, 1)}


# %% wrong="batchnorm_inference" says="the batch at hand must not matter"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    return batchnorm_forward(Z, gamma, beta, epsilon)[0]


# %% wrong="batchnorm_inference" says="epsilon is missing"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    return gamma * (Z - running["mu"]) / np.sqrt(running["var"]) + beta


# %% wrong="batchnorm_inference" says="epsilon must be inside the root"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    return gamma * (Z - running["mu"]) / (np.sqrt(running["var"]) + epsilon) + beta


# %% wrong="batchnorm_inference" says="the root is missing"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    return gamma * (Z - running["mu"]) / (running["var"] + epsilon) + beta


# %% alternative="batchnorm_inference"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    columns = [Z[:, [i]] - running["mu"] for i in range(Z.shape[1])]
    return np.hstack([column * (running["var"] + epsilon) ** -0.5 * gamma + beta for column in columns])


# %% alternative="batchnorm_inference"
def batchnorm_inference(Z, gamma, beta, running, epsilon=1e-5):
    scale = np.divide(gamma, np.sqrt(np.add(running["var"], epsilon)))
    return np.einsum("ji,jk->ji", np.subtract(Z, running["mu"]), scale) + beta


# %% wrong="fold_batchnorm" says="the old bias is missing"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    factor = gamma / np.sqrt(running["var"] + epsilon)
    return factor * W, beta - factor * running["mu"]


# %% wrong="fold_batchnorm" says="the old bias must be multiplied too"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    factor = gamma / np.sqrt(running["var"] + epsilon)
    return factor * W, b + beta - factor * running["mu"]


# %% wrong="fold_batchnorm" says="the running mean is missing"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    factor = gamma / np.sqrt(running["var"] + epsilon)
    return factor * W, factor * b + beta


# %% wrong="fold_batchnorm" says="without epsilon"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-8):
    factor = gamma / np.sqrt(running["var"] + epsilon)
    return factor * W, factor * (b - running["mu"]) + beta


# %% wrong="fold_batchnorm" says="fold_batchnorm(W, b, gamma, beta, running, epsilon)"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    return np.array([[2.0, -4.0, 0.0], [-1.0, -2.0, 0.5]]), np.array([[3.0], [-1.5]])


# %% alternative="fold_batchnorm"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    scale = np.diag((gamma / np.sqrt(running["var"] + epsilon))[:, 0])
    return scale @ W, scale @ (b - running["mu"]) + beta


# %% alternative="fold_batchnorm"
def fold_batchnorm(W, b, gamma, beta, running, epsilon=1e-5):
    weights = [w * g / np.sqrt(v + epsilon) for w, g, v in zip(W, gamma, running["var"], strict=True)]
    return np.array(weights), batchnorm_inference(b, gamma, beta, running, epsilon)


# %% wrong="layernorm" says="the mean is over the examples"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    Z_tilde, cache = batchnorm_forward(Z, gamma, beta, epsilon)
    return Z_tilde, *batchnorm_backward(dZ_tilde, cache)


# %% wrong="layernorm" says="gamma comes after the means"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    sigma = np.sqrt(Z.var(axis=0, keepdims=True) + epsilon)
    Z_hat = (Z - Z.mean(axis=0, keepdims=True)) / sigma
    slope = np.mean(dZ_tilde * Z_hat, axis=0, keepdims=True)
    dZ = gamma * (dZ_tilde - dZ_tilde.mean(axis=0, keepdims=True) - Z_hat * slope) / sigma
    sums = np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)
    return gamma * Z_hat + beta, dZ, *sums


# %% wrong="layernorm" says="mean and deviation also depend on Z"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    sigma = np.sqrt(Z.var(axis=0, keepdims=True) + epsilon)
    Z_hat = (Z - Z.mean(axis=0, keepdims=True)) / sigma
    sums = np.sum(dZ_tilde * Z_hat, axis=1, keepdims=True), np.sum(dZ_tilde, axis=1, keepdims=True)
    return gamma * Z_hat + beta, gamma * dZ_tilde / sigma, *sums


# %% wrong="layernorm" says="expected shape (3, 1), got shape (1, 2)"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    sigma = np.sqrt(Z.var(axis=0, keepdims=True) + epsilon)
    Z_hat, d = (Z - Z.mean(axis=0, keepdims=True)) / sigma, gamma * dZ_tilde
    dZ = (d - d.mean(axis=0, keepdims=True) - Z_hat * np.mean(d * Z_hat, axis=0, keepdims=True)) / sigma
    return gamma * Z_hat + beta, dZ, np.sum(dZ_tilde * Z_hat, axis=0, keepdims=True), np.sum(dZ_tilde, axis=0)


# %% alternative="layernorm"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    n, m = Z.shape
    ones, zeros = np.ones((m, 1)), np.zeros((m, 1))
    turned, cache = batchnorm_forward(Z.T, ones, zeros, epsilon)
    dZ = batchnorm_backward((gamma * dZ_tilde).T, cache)[0].T
    return turned.T * gamma + beta, dZ, np.sum(turned.T * dZ_tilde, axis=1).reshape(n, 1), dZ_tilde @ ones


# %% alternative="layernorm"
def layernorm(Z, gamma, beta, dZ_tilde, epsilon=1e-5):
    n, m = Z.shape
    out, dZ, dgamma, dbeta = np.zeros((n, m)), np.zeros((n, m)), np.zeros((n, 1)), np.zeros((n, 1))
    for i in range(m):
        z, d = np.array(Z[:, [i]], dtype=float), np.array(dZ_tilde[:, [i]], dtype=float)
        c = z - z.mean()
        sigma = np.sqrt(np.mean(c**2) + epsilon)
        out[:, [i]] = gamma * c / sigma + beta
        dgamma, dbeta = dgamma + d * c / sigma, dbeta + d
        g = gamma * d
        dc = g / sigma - c * np.sum(g * c) / (n * sigma**3)
        dZ[:, [i]] = dc - dc.mean()
    return out, dZ, dgamma, dbeta


# %% equivalent="batchnorm_forward" mutant="its argument handed back" why="the cache may hold gamma itself; nothing else that is returned can equal an argument"
# %% equivalent="batchnorm_gradients" mutant="its argument handed back" why="the caches hold gamma itself, as batchnorm_forward lets them"
