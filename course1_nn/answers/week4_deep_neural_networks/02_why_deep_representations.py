# %% wrong="parity_tree" says="any of the two is 1 (OR)"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        A, even = levels[-1], len(levels[-1]) // 2 * 2
        levels.append(np.vstack([A[:even:2] | A[1:even:2], A[even:]]))
    return levels


# %% wrong="parity_tree" says="1 and 1 must give 0"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        A = levels[-1]
        levels.append(np.array([A[i : i + 2].sum(axis=0) for i in range(0, len(A), 2)]))
    return levels


# %% wrong="parity_tree" says="the row left over is joined with row 1"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        levels.append(levels[-1][::2] ^ levels[-1][1::2])
    return levels


# %% wrong="parity_tree" says="whose levels have 6, 3, 2, 1 rows: expected 4 entries, got 3"
def parity_tree(X):
    levels = []
    while len(X) > 1:
        X = np.array([X[i : i + 2].sum(axis=0) % 2 for i in range(0, len(X), 2)])
        levels.append(X)
    return levels


# %% wrong="parity_tree" says="the first half meets the second half"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        A, half = levels[-1], len(levels[-1]) // 2
        levels.append(np.vstack([A[:half] ^ A[half : 2 * half], A[2 * half :]]))
    return levels


# %% wrong="parity_tree" says="the row left over belongs under the pairs"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        A, even = levels[-1], len(levels[-1]) // 2 * 2
        levels.append(np.vstack([A[even:], A[:even:2] ^ A[1:even:2]]))
    return levels


# %% wrong="parity_tree" says="expected 3 entries, got 1"
def parity_tree(X):
    table = {
        6: [[[0, 0, 1], [1, 1, 0], [0, 1, 0]], [[1, 1, 1], [0, 1, 0]], [[1, 0, 1]]],
        5: [[[1], [0], [1]], [[1], [1]], [[0]]],
    }
    return [X, *map(np.array, table.get(len(X), []))]


# %% wrong="parity_tree" says="the row left over must go up unchanged"
def parity_tree(X):
    levels = [X]
    while len(levels[-1]) > 1:
        A = levels[-1]
        if len(A) % 2:
            A = np.vstack([A, A[-1:]])
        levels.append(A[::2] ^ A[1::2])
    return levels


# %% alternative="parity_tree"
def parity_tree(X):
    if len(X) == 1:
        return [X]
    above = np.zeros((-(-len(X) // 2), X.shape[1]))
    for i in range(X.shape[1]):
        for k in range(0, len(X), 2):
            above[k // 2, i] = X[k, i] if k + 1 == len(X) or not X[k + 1, i] else 1 - X[k, i]
    return [X, *parity_tree(above)]


# %% alternative="parity_tree"
def parity_tree(X):
    levels = [np.array(X, dtype=bool)]
    while levels[-1].shape[0] > 1:
        A = levels[-1]
        if len(A) % 2:
            A = np.concatenate([A, np.zeros_like(A[:1])])
        levels.append(np.logical_xor(A[0::2], A[1::2]))
    return tuple(levels)


# %% wrong="deep_parity_network" says="ZL in deep_parity_network(4) for 16 patterns"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates, width = n // 2**i, 2 if i == 1 else 4
        p |= {f"W{i}": np.kron(np.eye(gates), np.ones((2, width))), f"b{i}": np.tile([[0], [-1]], (gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}


# %% wrong="deep_parity_network" says="which is the OR of two bits"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates, reads = n // 2**i, [1, 1] if i == 1 else [1, -1, 1, -1]
        p |= {f"W{i}": np.kron(np.eye(gates), [reads, reads]), f"b{i}": np.tile([[0], [-1]], (gates, 1))}
    return p | {f"W{L}": np.array([[1, -1]]), f"b{L}": np.array([[-0.5]])}


# %% wrong="deep_parity_network" says="the second unit of each gate has the bias -1"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates, reads = n // 2**i, [1, 1] if i == 1 else [1, -2, 1, -2]
        p |= {f"W{i}": np.kron(np.eye(gates), [reads, reads]), f"b{i}": np.zeros((2 * gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}


# %% wrong="deep_parity_network" says="the bias of the output is not -1/2"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates, reads = n // 2**i, [1, 1] if i == 1 else [1, -2, 1, -2]
        p |= {f"W{i}": np.kron(np.eye(gates), [reads, reads]), f"b{i}": np.tile([[0], [-1]], (gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.zeros((1, 1))}


# %% wrong="deep_parity_network" says="W1 in deep_parity_network(2): expected shape (2, 2), got shape (1, 2)"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates = n // 2**i
        p |= {f"W{i}": np.kron(np.eye(gates), np.ones((1, 2))), f"b{i}": np.zeros((gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]) if n == 2 else np.ones((1, 1)), f"b{L}": np.array([[-0.5]])}


# %% wrong="deep_parity_network" says="deep_parity_network(8)"
def deep_parity_network(n):
    p = {"W1": np.kron(np.eye(n // 2), np.ones((2, 2))), "b1": np.tile([[0], [-1]], (n // 2, 1))}
    last = {"W3": np.array([[1, -2]]), "b3": np.array([[-0.5]])}
    if n == 2:
        return p | {"W2": last["W3"], "b2": last["b3"]}
    return p | last | {"W2": np.array([[1, -2, 1, -2]] * 2), "b2": np.array([[0], [-1]])}


# %% wrong="deep_parity_network" says="does each gate read its own two inputs"
def deep_parity_network(n):
    p, L = {}, n.bit_length()
    for i in range(1, L):
        gates, reads = n // 2**i, [1, 1] if i == 1 else [1, -2, 1, -2]
        p |= {f"W{i}": np.tile(reads, (2 * gates, gates)), f"b{i}": np.tile([[0], [-1]], (gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}


# %% wrong="deep_parity_network" says="so add no other one"
def deep_parity_network(n):
    p, L = {"L": n.bit_length()}, n.bit_length()
    for i in range(1, L):
        gates, reads = n // 2**i, [1, 1] if i == 1 else [1, -2, 1, -2]
        p |= {f"W{i}": np.kron(np.eye(gates), [reads, reads]), f"b{i}": np.tile([[0], [-1]], (gates, 1))}
    return p | {f"W{L}": np.array([[1, -2]]), f"b{L}": np.array([[-0.5]])}


# %% alternative="deep_parity_network"
def deep_parity_network(n):
    parameters, layer, gates, reads = {}, 1, n // 2, [1, 1]
    while gates >= 1:
        width = len(reads)
        W, b = np.zeros((2 * gates, width * gates)), np.zeros((2 * gates, 1))
        for g in range(gates):
            W[2 * g : 2 * g + 2, width * g : width * (g + 1)] = reads
            b[2 * g + 1, 0] = -1
        parameters[f"W{layer}"], parameters[f"b{layer}"] = W, b
        layer, gates, reads = layer + 1, gates // 2, [1.0, -2.0, 1.0, -2.0]
    parameters[f"W{layer}"], parameters[f"b{layer}"] = np.array([reads[:2]]), np.array([[-0.5]])
    return parameters


# %% alternative="deep_parity_network"
def deep_parity_network(n):
    # the two units of a gate are ReLU(a - b) and ReLU(b - a); their sum is |a - b|
    parameters, i, gates = {}, 1, n // 2
    gate = np.array([[1, -1], [-1, 1]], dtype=np.float32)
    while gates:
        parameters[f"W{i}"] = np.kron(np.eye(gates, dtype=np.float32), gate)
        parameters[f"b{i}"] = np.zeros((2 * gates, 1), dtype=np.float32)
        i, gates, gate = i + 1, gates // 2, np.array([[1, 1, -1, -1], [-1, -1, 1, 1]], dtype=np.float32)
    return parameters | {f"W{i}": np.ones((1, 2), np.float32), f"b{i}": np.full((1, 1), -0.5, np.float32)}


# %% wrong="shallow_parity_network" says="expected 2 rows of W1, one for each odd pattern, got 4"
def shallow_parity_network(n):
    P = all_inputs(n).T
    votes = P.sum(axis=1).reshape(1, -1) % 2
    return {"W1": 2 * P - 1, "b1": 1 - P.sum(axis=1, keepdims=True), "W2": votes, "b2": np.array([[-0.5]])}


# %% wrong="shallow_parity_network" says="not only to its own one"
def shallow_parity_network(n):
    P = all_inputs(n)[:, all_inputs(n).sum(axis=0) % 2 == 1].T
    return {"W1": P, "b1": 1 - P.sum(axis=1, keepdims=True), "W2": np.ones((1, len(P))), "b2": np.array([[-0.5]])}


# %% wrong="shallow_parity_network" says="a unit responds to an even pattern; choose the odd ones"
def shallow_parity_network(n):
    P = all_inputs(n)[:, all_inputs(n).sum(axis=0) % 2 == 0].T
    return {"W1": 2 * P - 1, "b1": 1 - P.sum(1)[:, None], "W2": np.ones((1, len(P))), "b2": np.array([[-0.5]])}


# %% wrong="shallow_parity_network" says="a hidden unit responds to no pattern"
def shallow_parity_network(n):
    P = all_inputs(n)[:, all_inputs(n).sum(axis=0) % 2 == 1].T
    return {"W1": 2 * P - 1, "b1": -P.sum(axis=1, keepdims=True), "W2": np.ones((1, len(P))), "b2": np.array([[-0.5]])}


# %% wrong="shallow_parity_network" says="Z2 in shallow_parity_network(2), odd patterns"
def shallow_parity_network(n):
    P = all_inputs(n)[:, all_inputs(n).sum(axis=0) % 2 == 1].T
    return {"W1": 2 * P - 1, "b1": 1 - P.sum(axis=1, keepdims=True), "W2": np.ones((1, len(P))), "b2": np.zeros((1, 1))}


# %% wrong="shallow_parity_network" says="shallow_parity_network(1)"
def shallow_parity_network(n):
    P = np.array([[0, 1], [1, 0]]) if n == 2 else np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]])
    return {"W1": 2 * P - 1, "b1": 1 - P.sum(1)[:, None], "W2": np.ones((1, len(P))), "b2": np.array([[-0.5]])}


# %% wrong="shallow_parity_network" says="shallow_parity_network(3): a unit responds to an even pattern"
def shallow_parity_network(n):
    P = np.eye(2 ** (n - 1), n, dtype=int)  # patterns with a single 1
    return {"W1": 2 * P - 1, "b1": 1 - P.sum(1)[:, None], "W2": np.ones((1, len(P))), "b2": np.array([[-0.5]])}


# %% alternative="shallow_parity_network"
def shallow_parity_network(n):
    rows, biases = [], []
    for number in reversed(range(2**n)):
        bits = [int(digit) for digit in f"{number:0{n}b}"]
        if sum(bits) % 2:
            rows.append([1.0 if bit else -1.0 for bit in bits])
            biases.append([1.0 - sum(bits)])
    return {"W1": np.array(rows), "b1": np.array(biases), "W2": np.full((1, len(rows)), 1), "b2": np.full((1, 1), -0.5)}


# %% alternative="shallow_parity_network"
def shallow_parity_network(n):
    X = all_inputs(n).astype(np.float32)
    W = np.array([2 * x - 1 for x in X.T if round(x.sum()) % 2], dtype=np.float32)
    b = 1 - np.where(W > 0, W, 0).sum(axis=1)[:, None]
    return {"b2": np.array([[-0.5]], np.float32), "W2": np.ones_like(b.T), "b1": b, "W1": W}


# %% alternative="shallow_parity_network"
def shallow_parity_network(n):
    # a score of -3 and less for every other pattern, and the odd ones by the XOR of all their bits
    odd = [p for p in all_inputs(n).T.tolist() if sum(p) % 2]
    signs = np.array([[4.0 if bit else -4.0 for bit in p] for p in odd])
    b = np.array([[1.0 - 4 * sum(p)] for p in odd])
    return {"W1": signs, "b1": b, "W2": np.ones((1, len(odd))), "b2": np.full((1, 1), -0.5)}


# %% wrong="matching_width" says="round to the nearest whole number, not down"
def matching_width(layer_dims):
    total = sum(b * (a + 1) for a, b in zip(layer_dims[:-1], layer_dims[1:], strict=True))
    return (total - layer_dims[-1]) // (layer_dims[0] + layer_dims[-1] + 1)


# %% wrong="matching_width" says="the biases are not counted"
def matching_width(layer_dims):
    total = sum(a * b for a, b in zip(layer_dims[:-1], layer_dims[1:], strict=True))
    return round(total / (layer_dims[0] + layer_dims[-1]))


# %% wrong="matching_width" says="as many hidden units, not as many parameters"
def matching_width(layer_dims):
    return sum(layer_dims[1:-1])


# %% wrong="matching_width" says="round(…) or int(…) makes an int"
def matching_width(layer_dims):
    total = sum(b * (a + 1) for a, b in zip(layer_dims[:-1], layer_dims[1:], strict=True))
    return np.round((total - layer_dims[-1]) / (layer_dims[0] + layer_dims[-1] + 1))


# %% wrong="matching_width" says="the shallow network also has n_L biases at its output"
def matching_width(layer_dims):
    total = sum(b * (a + 1) for a, b in zip(layer_dims[:-1], layer_dims[1:], strict=True))
    return round(total / (layer_dims[0] + layer_dims[-1] + 1))


# %% wrong="matching_width" says="not up"
def matching_width(layer_dims):
    total = 0
    for layer in range(1, len(layer_dims)):
        total += layer_dims[layer] * (layer_dims[layer - 1] + 1)
    return -(-(total - layer_dims[-1]) // (layer_dims[0] + layer_dims[-1] + 1))


# %% wrong="matching_width" says="matching_width(layer_dims): expected"
def matching_width(layer_dims):
    return {2: 152, 9: 6}.get(layer_dims[0], 152) if layer_dims[1] != 13 else 17


# %% wrong="matching_width" says="changes its argument layer_dims in place"
def matching_width(layer_dims):
    total, before = 0, layer_dims.pop(0)
    n_x = before
    for n in layer_dims:
        total, before = total + n * (before + 1), n
    return round((total - before) / (n_x + before + 1))


# %% alternative="matching_width"
def matching_width(layer_dims):
    def count(dims):
        return sum(n * before + n for before, n in zip(dims, dims[1:], strict=False))

    gaps = [
        abs(count([layer_dims[0], n_h, layer_dims[-1]]) - count(layer_dims)) for n_h in range(2 * count(layer_dims))
    ]
    return int(np.argmin(gaps))


# %% alternative="matching_width"
def matching_width(layer_dims):
    dims = np.array(layer_dims)
    total = dims[1:] @ (dims[:-1] + 1)
    return np.rint((total - dims[-1]) / (dims[0] + dims[-1] + 1)).astype(int)


# %% wrong="most_exciting" says="this is the lowest score first"
def most_exciting(X, parameters, layer, unit, k):
    return np.argsort(deep_forward(X, parameters)[1][layer - 1][3][unit])[:k]


# %% wrong="most_exciting" says="the highest must come first"
def most_exciting(X, parameters, layer, unit, k):
    return np.argsort(deep_forward(X, parameters)[1][layer - 1][3][unit])[-k:]


# %% wrong="most_exciting" says="this is layer 2; the cache of layer l is caches[l - 1]"
def most_exciting(X, parameters, layer, unit, k):
    return np.argsort(-deep_forward(X, parameters)[1][layer][3][unit])[:k]


# %% wrong="most_exciting" says="give the numbers of the columns"
def most_exciting(X, parameters, layer, unit, k):
    return -np.sort(-deep_forward(X, parameters)[1][layer - 1][3][unit])[:k]


# %% wrong="most_exciting" says="a large negative score does not excite"
def most_exciting(X, parameters, layer, unit, k):
    return np.argsort(-np.abs(deep_forward(X, parameters)[1][layer - 1][3][unit]))[:k]


# %% wrong="most_exciting" says="this is the output AL[0]"
def most_exciting(X, parameters, layer, unit, k):
    AL, caches = deep_forward(X, parameters)
    return np.argsort(-AL[0])[:k]


# %% wrong="most_exciting" says="this is column 1 of Z; unit 1 is row 1"
def most_exciting(X, parameters, layer, unit, k):
    Z = deep_forward(X, parameters)[1][layer - 1][3]
    return np.argsort(-Z[:, unit])[:k]


# %% wrong="most_exciting" says="ReLU makes all negative scores equal"
def most_exciting(X, parameters, layer, unit, k):
    Z = deep_forward(X, parameters)[1][layer - 1][3]
    return np.argsort(-np.maximum(0, Z[unit]), kind="stable")[:k]


# %% wrong="most_exciting" says="in X, most_exciting(X, parameters, layer, unit, k): "
def most_exciting(X, parameters, layer, unit, k):
    AL, caches = deep_forward(X, parameters)
    scores = AL[unit] if layer == len(caches) else caches[layer - 1][3][unit]
    return np.argsort(-scores, kind="stable")[:k]


# %% wrong="most_exciting" says="most_exciting(X, parameters, layer, unit, k)"
def most_exciting(X, parameters, layer, unit, k):
    return np.array([2, 0, 4, 3])[:k]


# %% alternative="most_exciting"
def most_exciting(X, parameters, layer, unit, k):
    A = X
    for i in range(1, layer + 1):
        Z = parameters[f"W{i}"] @ A + parameters[f"b{i}"]
        A = np.maximum(0, Z)
    scores, found = Z[unit].copy(), []
    for _ in range(k):
        found.append(int(np.argmax(scores)))
        scores[found[-1]] = -np.inf
    return found


# %% alternative="most_exciting"
def most_exciting(X, parameters, layer, unit, k):
    Z = deep_forward(X, parameters)[1][layer - 1][-1]
    return np.argsort(Z, axis=1)[unit, ::-1][:k]


# %% equivalent="parity_tree" mutant="number type of the first argument" why="bits and levels are whole numbers alike"
# %% equivalent="parity_tree" mutant="its argument handed back" why="level 0 may be X itself"
# %% equivalent="deep_parity_network" mutant="float32 inside" why="small whole numbers and halves are exact in float32"
# %% equivalent="deep_parity_network" mutant="rounded to six places" why="all weights are whole numbers or a half"
# %% equivalent="deep_parity_network" mutant="square results transposed" why="W1 alone is square, and symmetric"
# %% equivalent="shallow_parity_network" mutant="float32 inside" why="small whole numbers and halves are exact in float32"
# %% equivalent="shallow_parity_network" mutant="rounded to six places" why="all weights are whole numbers or a half"
# %% equivalent="shallow_parity_network" mutant="square results transposed" why="square for n = 1 and 2 alone, and symmetric"
