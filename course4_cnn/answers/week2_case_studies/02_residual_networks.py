# %% wrong="identity_block" says="the shortcut is missing"
def identity_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"]
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="identity_block" says="add the input before the last ReLU"
def identity_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"]
    return np.maximum(S, 0) + A_prev, {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="identity_block" says="the last ReLU is missing"
def identity_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"] + A_prev
    return S, {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="identity_block" says="after the first layer is missing"
def identity_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ Z1 + parameters["b2"] + A_prev
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="identity_block" says="S in the cache"
def identity_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    Z2 = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"]
    return np.maximum(Z2 + A_prev, 0.0), {"A_prev": A_prev, "Z1": Z1, "S": Z2}


# %% wrong="identity_block" says="with dicts whose keys come in another order"
def identity_block(A_prev, parameters):
    W1, b1, W2, b2 = parameters.values()
    Z1 = W1 @ A_prev + b1
    S = W2 @ np.maximum(Z1, 0) + b2 + A_prev
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% alternative="identity_block"
def identity_block(A_prev, parameters):
    W1, b1, W2, b2 = (np.asarray(parameters[name], dtype=float) for name in ("W1", "b1", "W2", "b2"))
    Z1 = np.einsum("hn,nm->hm", W1, A_prev) + b1
    A1 = np.where(Z1 > 0, Z1, 0.0)
    S = A_prev + (np.einsum("nh,hm->nm", W2, A1) + b2)
    return [S * (S > 0), dict(A_prev=A_prev.copy(), Z1=Z1, S=S, A1=A1)]


# %% alternative="identity_block"
def identity_block(A_prev, parameters):
    n, m = A_prev.shape
    n_h = len(parameters["W1"])
    Z1, S = np.zeros((n_h, m)), np.zeros((n, m))
    for i in range(m):
        for j in range(n_h):
            Z1[j, i] = np.dot(parameters["W1"][j], A_prev[:, i]) + parameters["b1"][j, 0]
        for j in range(n):
            S[j, i] = np.dot(parameters["W2"][j], Z1[:, i].clip(0)) + parameters["b2"][j, 0] + A_prev[j, i]
    A = S.copy()
    A[A < 0] = 0
    return A, {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="identity_block_backward" says="the shortcut's part is missing"
def identity_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1, grads


# %% wrong="identity_block_backward" says="dS is its part, not dA"
def identity_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + dA, grads


# %% wrong="identity_block_backward" says="the first layer's ReLU is missing"
def identity_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + dS, grads


# %% wrong="identity_block_backward" says="the sum over the examples, no mean"
def identity_block_backward(dA, cache, parameters):
    m = dA.shape[1]
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T / m, "db1": np.mean(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T / m, "db2": np.mean(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + dS, grads


# %% wrong="identity_block_backward" says="dW2"
def identity_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ cache["Z1"].T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + dS, grads


# %% wrong="identity_block_backward" says="some 0 in Z1 and S"
def identity_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] >= 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + dS, grads


# %% alternative="identity_block_backward"
def identity_block_backward(dA, cache, parameters):
    _, cache = identity_block(cache["A_prev"], parameters)
    dS = np.where(cache["S"] > 0, dA, 0.0)
    A1 = np.clip(cache["Z1"], 0, None)
    dZ1 = np.where(A1 > 0, np.einsum("nh,nm->hm", parameters["W2"], dS), 0.0)
    dA_prev = dS + np.einsum("hn,hm->nm", parameters["W1"], dZ1)
    return dA_prev, {
        "db2": dS.sum(axis=1).reshape(-1, 1),
        "dW2": np.einsum("nm,hm->nh", dS, A1),
        "db1": dZ1.sum(axis=1)[:, None],
        "dW1": np.einsum("hm,nm->hn", dZ1, cache["A_prev"]),
    }


# %% alternative="identity_block_backward"
def identity_block_backward(dA, cache, parameters):
    W1, W2 = (np.array(parameters[name], dtype=float) for name in ("W1", "W2"))
    (n_h, n), m = W1.shape, dA.shape[1]
    grads = {"dW1": np.zeros((n_h, n)), "db1": np.zeros((n_h, 1)), "dW2": np.zeros((n, n_h)), "db2": np.zeros((n, 1))}
    dA_prev = np.zeros((n, m))
    for i in range(m):
        dS = np.array([d if s > 0 else 0.0 for d, s in zip(dA[:, i], cache["S"][:, i], strict=True)])
        dZ1 = np.array([W2[:, j] @ dS if cache["Z1"][j, i] > 0 else 0.0 for j in range(n_h)])
        grads["dW2"] += np.outer(dS, [max(z, 0) for z in cache["Z1"][:, i]])
        grads["dW1"] += np.outer(dZ1, cache["A_prev"][:, i])
        grads["db2"] += dS[:, None]
        grads["db1"] += dZ1[:, None]
        dA_prev[:, i] = dZ1 @ W1 + dS
    return [dA_prev, grads]


# %% wrong="projection_block" says="the shortcut is missing"
def projection_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"]
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="projection_block" says="no ReLU of its own"
def projection_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"] + np.maximum(parameters["W_s"] @ A_prev, 0)
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="projection_block" says="add before the last ReLU"
def projection_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"]
    return np.maximum(S, 0) + parameters["W_s"] @ A_prev, {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="projection_block" says="projection_block(A_prev, parameters)"
def projection_block(A_prev, parameters):
    Z1 = parameters["W1"] @ A_prev + parameters["b1"]
    added = A_prev if len(parameters["W2"]) == len(A_prev) else parameters["W_s"] @ A_prev
    S = parameters["W2"] @ np.maximum(Z1, 0) + parameters["b2"] + added
    return np.maximum(S, 0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% alternative="projection_block"
def projection_block(A_prev, parameters):
    W1, b1, W2, b2, W_s = (np.asarray(parameters[name], dtype=float) for name in ("W1", "b1", "W2", "b2", "W_s"))
    Z1 = np.add(np.dot(W1, A_prev), b1)
    S = np.hstack([W2, W_s, b2]) @ np.vstack([np.clip(Z1, 0, None), A_prev, np.ones((1, A_prev.shape[1]))])
    return np.where(S > 0, S, 0.0), {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% alternative="projection_block"
def projection_block(A_prev, parameters):
    columns = [[], []]
    for a in A_prev.T:
        z = [
            sum(w * x for w, x in zip(row, a, strict=True)) + b[0]
            for row, b in zip(*map(parameters.get, ("W1", "b1")), strict=True)
        ]
        s = [
            sum(w * max(x, 0) for w, x in zip(row, z, strict=True))
            + b[0]
            + sum(w * x for w, x in zip(other, a, strict=True))
            for row, b, other in zip(parameters["W2"], parameters["b2"], parameters["W_s"], strict=True)
        ]
        columns[0].append(z)
        columns[1].append(s)
    Z1, S = (np.array(each, dtype=float).T for each in columns)
    return (np.abs(S) + S) / 2, {"A_prev": A_prev, "Z1": Z1, "S": S}


# %% wrong="projection_block_backward" says="the shortcut's part is missing"
def projection_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1, grads | {"dW_s": dS @ cache["A_prev"].T}


# %% wrong="projection_block_backward" says="this is its part alone"
def projection_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W_s"].T @ dS, grads | {"dW_s": dS @ cache["A_prev"].T}


# %% wrong="projection_block_backward" says="no key 'dW_s'"
def projection_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + parameters["W_s"].T @ dS, grads


# %% wrong="projection_block_backward" says="dW_s"
def projection_block_backward(dA, cache, parameters):
    dS = dA * (cache["S"] > 0)
    dZ1 = parameters["W2"].T @ dS * (cache["Z1"] > 0)
    grads = {"dW1": dZ1 @ cache["A_prev"].T, "db1": np.sum(dZ1, axis=1, keepdims=True)}
    grads |= {"dW2": dS @ np.maximum(cache["Z1"], 0).T, "db2": np.sum(dS, axis=1, keepdims=True)}
    return parameters["W1"].T @ dZ1 + parameters["W_s"].T @ dS, grads | {"dW_s": dA @ cache["A_prev"].T}


# %% alternative="projection_block_backward"
def projection_block_backward(dA, cache, parameters):
    # An identity block gives all but the shortcut, if W_s is taken out of its part of dA_prev.
    dS, n_prev = np.where(cache["S"] > 0, dA, 0.0), len(cache["A_prev"])
    joined = np.vstack([np.maximum(cache["Z1"], 0), cache["A_prev"], np.ones((1, dA.shape[1]))])
    second = dS @ joined.T
    n_h = len(cache["Z1"])
    dZ1 = np.tensordot(parameters["W2"], dS, axes=(0, 0)) * np.heaviside(cache["Z1"], 0)
    first = dZ1 @ joined[n_h:].T
    dA_prev = np.vstack([parameters["W1"], parameters["W_s"]]).T @ np.vstack([dZ1, dS])
    return dA_prev, {
        "dW1": first[:, :n_prev].copy(),
        "db1": first[:, n_prev:].copy(),
        "dW2": second[:, :n_h].copy(),
        "dW_s": second[:, n_h:-1].copy(),
        "db2": second[:, -1:].copy(),
    }


# %% alternative="projection_block_backward"
def projection_block_backward(dA, cache, parameters):
    x, grads, dA_prev = cache["A_prev"], {}, []
    for name in ("W1", "b1", "W2", "b2", "W_s"):
        grads["d" + name] = np.zeros(parameters[name].shape, dtype=float)
    for i in range(dA.shape[1]):
        column = slice(i, i + 1)
        dS = dA[:, column] * 1.0
        dS[cache["S"][:, column] <= 0] = 0
        dA1 = parameters["W2"].T @ dS
        dZ1 = np.where(cache["Z1"][:, column] > 0, dA1, 0)
        grads["dW1"] += dZ1 @ x[:, column].T
        grads["db1"] += dZ1
        grads["dW2"] += dS @ np.maximum(cache["Z1"][:, column], 0).T
        grads["db2"] += dS
        grads["dW_s"] += dS @ x[:, column].T
        dA_prev.append(parameters["W1"].T @ dZ1 + parameters["W_s"].T @ dS)
    return np.concatenate(dA_prev, axis=1), grads


# %% wrong="initialize_block" says="not near 0.816"
def initialize_block(n_prev, n, second, rng):
    parameters = {"W1": rng.normal(0, np.sqrt(2 / n), (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": second * rng.normal(0, np.sqrt(2 / n), (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = rng.normal(0, np.sqrt(2 / n), (n, n_prev))
    return parameters


# %% wrong="initialize_block" says="keys of initialize_block(4, 4, 0, rng)"
def initialize_block(n_prev, n, second, rng):
    return {
        "W1": rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev)),
        "b1": np.zeros((n, 1)),
        "W2": second * rng.normal(0, np.sqrt(2 / n), (n, n)),
        "b2": np.zeros((n, 1)),
        "W_s": rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev)),
    }


# %% wrong="initialize_block" says="only W2 has the factor second"
def initialize_block(n_prev, n, second, rng):
    parameters = {"W1": second * rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": second * rng.normal(0, np.sqrt(2 / n), (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev))
    return parameters


# %% wrong="initialize_block" says="not independent of each other"
def initialize_block(n_prev, n, second, rng):
    parameters = {"W1": rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": second * rng.normal(0, np.sqrt(2 / n), (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = -parameters["W1"]
    return parameters


# %% wrong="initialize_block" says="not spread as they should be"
def initialize_block(n_prev, n, second, rng):
    a, c = np.sqrt(6 / n_prev), second * np.sqrt(6 / n)
    parameters = {"W1": rng.uniform(-a, a, (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": rng.uniform(-c, c, (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = rng.uniform(-a, a, (n, n_prev))
    return parameters


# %% wrong="initialize_block" says="values come again"
def initialize_block(n_prev, n, second, rng):
    rng = np.random.default_rng(0)
    parameters = {"W1": rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev)), "b1": np.zeros((n, 1))}
    parameters |= {"W2": second * rng.normal(0, np.sqrt(2 / n), (n, n)), "b2": np.zeros((n, 1))}
    if n != n_prev:
        parameters["W_s"] = rng.normal(0, np.sqrt(2 / n_prev), (n, n_prev))
    return parameters


# %% alternative="initialize_block"
def initialize_block(n_prev, n, second, rng):
    parameters = {f"b{layer}": np.zeros((n, 1)) for layer in (1, 2)}
    if n_prev != n:
        parameters["W_s"] = rng.standard_normal((n, n_prev)) * (2 / n_prev) ** 0.5
    if second > 0:
        parameters["W2"] = rng.standard_normal((n, n)) * second / np.sqrt(n / 2)
    else:
        parameters["W2"] = np.zeros((n, n))
    parameters["W1"] = rng.standard_normal((n_prev, n)).T * np.sqrt(2) / np.sqrt(n_prev)
    return parameters


# %% alternative="initialize_block"
def initialize_block(n_prev, n, second, rng):
    def normal(rows, columns, factor=1.0):
        drawn = [[rng.normal() for _ in range(columns)] for _ in range(rows)]
        return factor * np.sqrt(2 / columns) * np.array(drawn)

    parameters = dict(W1=normal(n, n_prev), b1=np.full((n, 1), 0.0), W2=normal(n, n, second), b2=np.full((n, 1), 0.0))
    return parameters if n == n_prev else parameters | {"W_s": normal(n, n_prev)}


# %% wrong="network_gradients" says="the mean over the examples, not their sum"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for block in parameters[:-1]:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = AL - Y
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for block, cache in zip(parameters[-2::-1], caches[::-1], strict=True):
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.insert(0, found)
    norms = [np.sqrt(sum(np.sum(gradient**2) for gradient in found.values())) for found in grads[:-1]]
    return cross_entropy(AL, Y) * Y.shape[1], grads, norms


# %% wrong="network_gradients" says="divide by the number of examples"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for block in parameters[:-1]:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = AL - Y
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for block, cache in zip(parameters[-2::-1], caches[::-1], strict=True):
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.insert(0, found)
    norms = [np.sqrt(sum(np.sum(gradient**2) for gradient in found.values())) for found in grads[:-1]]
    return cross_entropy(AL, Y), grads, norms


# %% wrong="network_gradients" says="the dict has no key 'dW_s'"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for block in parameters[:-1]:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = (AL - Y) / Y.shape[1]
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for block, cache in zip(parameters[-2::-1], caches[::-1], strict=True):
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.append(found)
    norms = [np.sqrt(sum(np.sum(gradient**2) for gradient in found.values())) for found in grads[1:]]
    return cross_entropy(AL, Y), grads, norms[::-1]


# %% wrong="network_gradients" says="the root is missing"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for block in parameters[:-1]:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = (AL - Y) / Y.shape[1]
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for block, cache in zip(parameters[-2::-1], caches[::-1], strict=True):
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.insert(0, found)
    norms = [sum(np.sum(gradient**2) for gradient in found.values()) for found in grads[:-1]]
    return cross_entropy(AL, Y), grads, norms


# %% wrong="network_gradients" says="these are sums of norms"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for block in parameters[:-1]:
        A, cache = (projection_block if "W_s" in block else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = (AL - Y) / Y.shape[1]
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for block, cache in zip(parameters[-2::-1], caches[::-1], strict=True):
        dA, found = (projection_block_backward if "W_s" in block else identity_block_backward)(dA, cache, block)
        grads.insert(0, found)
    norms = [sum(np.linalg.norm(gradient) for gradient in found.values()) for found in grads[:-1]]
    return cross_entropy(AL, Y), grads, norms


# %% wrong="network_gradients" says="KeyError: 'W_s'"
def network_gradients(X, Y, parameters):
    A, caches = X, []
    for k, block in enumerate(parameters[:-1]):
        A, cache = (projection_block if k == 0 else identity_block)(A, block)
        caches.append(cache)
    last = parameters[-1]
    AL = softmax(last["W"] @ A + last["b"])
    dZ = (AL - Y) / Y.shape[1]
    grads = [{"dW": dZ @ A.T, "db": np.sum(dZ, axis=1, keepdims=True)}]
    dA = last["W"].T @ dZ
    for k in range(len(caches) - 1, -1, -1):
        back = projection_block_backward if k == 0 else identity_block_backward
        dA, found = back(dA, caches[k], parameters[k])
        grads.insert(0, found)
    norms = [np.sqrt(sum(np.sum(gradient**2) for gradient in found.values())) for found in grads[:-1]]
    return cross_entropy(AL, Y), grads, norms


# %% alternative="network_gradients"
def network_gradients(X, Y, parameters):
    m, last = X.shape[1], parameters[-1]

    def rest(A, k):
        if k == len(parameters) - 1:
            AL = softmax(last["W"] @ A + last["b"])
            dZ = (AL - Y) / m
            return cross_entropy(AL, Y), last["W"].T @ dZ, [{"dW": dZ @ A.T, "db": dZ.sum(axis=1, keepdims=True)}]
        if "W_s" in parameters[k]:
            A, cache = projection_block(A, parameters[k])
            cost, dA, grads = rest(A, k + 1)
            dA, own = projection_block_backward(dA, cache, parameters[k])
        else:
            A, cache = identity_block(A, parameters[k])
            cost, dA, grads = rest(A, k + 1)
            dA, own = identity_block_backward(dA, cache, parameters[k])
        return cost, dA, [own, *grads]

    cost, _, grads = rest(X, 0)
    return cost, grads, [float(np.linalg.norm(np.hstack([g.ravel() for g in own.values()]))) for own in grads[:-1]]


# %% alternative="network_gradients"
def network_gradients(X, Y, parameters):
    n_blocks = len(parameters) - 1
    states, sums, firsts = [X], [], []
    for k in range(n_blocks):
        p = parameters[k]
        firsts.append(p["W1"] @ states[-1] + p["b1"])
        shortcut = p["W_s"] @ states[-1] if "W_s" in p else states[-1]
        sums.append(p["W2"] @ np.maximum(firsts[-1], 0) + p["b2"] + shortcut)
        states.append(np.maximum(sums[-1], 0))
    W, b = parameters[n_blocks]["W"], parameters[n_blocks]["b"]
    AL = softmax(W @ states[-1] + b)
    dZ = (AL - Y) / AL.shape[1]
    grads, norms = [None] * n_blocks + [{"dW": dZ @ states[-1].T, "db": dZ.sum(1, keepdims=True)}], np.zeros(n_blocks)
    dA = W.T @ dZ
    for k in range(n_blocks - 1, -1, -1):
        p = parameters[k]
        dS = dA * (sums[k] > 0)
        dZ1 = p["W2"].T @ dS * (firsts[k] > 0)
        grads[k] = {"dW2": dS @ np.maximum(firsts[k], 0).T, "db2": dS.sum(1, keepdims=True)}
        grads[k] |= {"dW1": dZ1 @ states[k].T, "db1": dZ1.sum(1, keepdims=True)}
        if "W_s" in p:
            grads[k]["dW_s"] = dS @ states[k].T
        dA = p["W1"].T @ dZ1 + (p["W_s"].T @ dS if "W_s" in p else dS)
        norms[k] = sum((g * g).sum() for g in grads[k].values()) ** 0.5
    return cross_entropy(AL, Y), grads, norms


# %% wrong="block_parameters" says="expected 1180672, got 1180416"
def block_parameters(kind, n_prev, n):
    layers = {"basic": [(3, n_prev, n), (3, n, n)]}
    if n % 4 == 0:
        layers["bottleneck"] = [(1, n_prev, n // 4), (3, n // 4, n // 4), (1, n // 4, n)]
    if kind not in layers:
        raise ValueError(kind)
    shortcut = [(1, n_prev, n)] if n != n_prev else []
    return sum(f * f * a * b + b for f, a, b in layers[kind] + shortcut) + 256 * (n == 256)


# %% wrong="block_parameters" says="block_parameters('basic', 2, 4)"
def block_parameters(kind, n_prev, n):
    layers = {"basic": [(3, n_prev, n), (3, n, n)]}
    if n % 4 == 0:
        layers["bottleneck"] = [(1, n_prev, n // 4), (3, n // 4, n // 4), (1, n // 4, n)]
    if kind not in layers:
        raise ValueError(kind)
    return sum(f * f * a * b + 2 * b for f, a, b in layers[kind])


# %% wrong="block_parameters" says="block_parameters('basic', 256, 256)"
def block_parameters(kind, n_prev, n):
    layers = {"basic": [(3, n_prev, n), (3, n, n)]}
    if n % 4 == 0:
        layers["bottleneck"] = [(1, n_prev, n // 4), (3, n // 4, n // 4), (1, n // 4, n)]
    if kind not in layers:
        raise ValueError(kind)
    return sum(f * f * a * b + 2 * b for f, a, b in layers[kind] + [(1, n_prev, n)])


# %% wrong="block_parameters" says="expected a ValueError"
def block_parameters(kind, n_prev, n):
    if kind == "basic":
        layers = [(3, n_prev, n), (3, n, n)]
    elif kind == "bottleneck":
        layers = [(1, n_prev, n // 4), (3, n // 4, n // 4), (1, n // 4, n)]
    else:
        raise ValueError(kind)
    return sum(f * f * a * b + 2 * b for f, a, b in layers + [(1, n_prev, n)] * (n != n_prev))


# %% alternative="block_parameters"
def block_parameters(kind, n_prev, n):
    def convolution(f, before, after):
        return before * after * f**2 + after + after

    total = convolution(1, n_prev, n) if n - n_prev else 0
    match kind:
        case "basic":
            return total + convolution(3, n_prev, n) + convolution(3, n, n)
        case "bottleneck":
            quarter, over = divmod(n, 4)
            if over:
                raise ValueError("a bottleneck needs a multiple of 4")
            return (
                total + convolution(1, n_prev, quarter) + convolution(3, quarter, quarter) + convolution(1, quarter, n)
            )
    raise ValueError(f"unknown kind {kind}")


# %% alternative="block_parameters"
def block_parameters(kind, n_prev, n):
    if kind not in ("basic", "bottleneck") or (kind == "bottleneck" and n % 4):
        raise ValueError(kind)
    shortcut = n_prev * n + 2 * n if n_prev != n else 0
    if kind == "basic":
        return 9 * n * (n_prev + n) + 4 * n + shortcut
    q = n // 4
    return q * (n_prev + 9 * q + n + 4) + 2 * n + shortcut


# %% wrong="resnet_table" says="row 3 of resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    size, n_prev, n = (n_H + 1) // 2, 64, 64 if kind == "basic" else 256
    rows = [(size, 64, 9536)]
    for count in blocks:
        size = (size + 1) // 2
        rows.append((size, n, count * block_parameters(kind, n_prev, n)))
        n_prev, n = n, 2 * n
    return [*rows, (1, classes, (n_prev + 1) * classes)]


# %% wrong="resnet_table" says="row 2 of resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    size, n_prev, n = n_H // 2, 64, 64 if kind == "basic" else 256
    rows = [(size, 64, 9536)]
    for count in blocks:
        size = size // 2
        rows.append((size, n, block_parameters(kind, n_prev, n) + (count - 1) * block_parameters(kind, n, n)))
        n_prev, n = n, 2 * n
    return [*rows, (1, classes, (n_prev + 1) * classes)]


# %% wrong="resnet_table" says="row 1 of resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    size, n_prev, n = (n_H + 1) // 2, 64, 64 if kind == "basic" else 256
    rows = [(size, 64, 9408 + 64)]
    for count in blocks:
        size = (size + 1) // 2
        rows.append((size, n, block_parameters(kind, n_prev, n) + (count - 1) * block_parameters(kind, n, n)))
        n_prev, n = n, 2 * n
    return [*rows, (1, classes, (n_prev + 1) * classes)]


# %% wrong="resnet_table" says="row 4 of resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    size, n_prev, n = (n_H + 1) // 2, 64, 64 if kind == "basic" else 256
    rows = [(size, 64, 9536)]
    for count in blocks:
        size = (size + 1) // 2
        rows.append((size, n, block_parameters(kind, n_prev, n) + (count - 1) * block_parameters(kind, n, n)))
        n_prev, n = n, 2 * n
    return [*rows, (1, classes, n_prev * classes)]


# %% alternative="resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    halved = [int(np.ceil(n_H / 2 ** (k + 1))) for k in range(len(blocks) + 1)]
    expansion = {"basic": 1, "bottleneck": 4}
    if kind not in expansion:
        raise ValueError("unknown kind")
    widths = [64] + [64 * expansion[kind] * 2**k for k in range(len(blocks))]
    table = [[halved[0], 64, 49 * 3 * 64 + 128]]
    for k in range(len(blocks)):
        before = [widths[k]] + [widths[k + 1]] * (blocks[k] - 1)
        table.append(
            [halved[k + 1], widths[k + 1], sum(block_parameters(kind, n_prev, widths[k + 1]) for n_prev in before)]
        )
    table.append([1, classes, widths[-1] * classes + classes])
    return table


# %% alternative="resnet_table"
def resnet_table(kind, blocks, n_H=224, classes=1000):
    rows, size, channels = [], -(-n_H // 2), 64
    rows.append((size, channels, 9_536))
    n = {"basic": 64, "bottleneck": 256}.get(kind)
    if n is None:
        raise ValueError(kind)
    for count in blocks:
        size, total = size // 2 + size % 2, 0
        for _ in range(count):
            total += block_parameters(kind, channels, n)
            channels = n
        rows.append((size, n, total))
        n *= 2
    rows.append((1, classes, classes * (channels + 1)))
    return tuple(rows)


# %% equivalent="identity_block" mutant="its argument handed back" why="the cache may hold A_prev itself"


# %% equivalent="projection_block" mutant="its argument handed back" why="the cache may hold A_prev itself"


# %% equivalent="initialize_block" mutant="square results transposed" why="independent weights of one deviation"
