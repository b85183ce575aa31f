# %% wrong="initialize_deep" says="must all differ"
def initialize_deep(layer_dims, seed):
    pairs = list(zip(layer_dims, layer_dims[1:], strict=False))
    weights = {f"W{i}": np.zeros((n, before)) for i, (before, n) in enumerate(pairs, 1)}
    return weights | {f"b{i}": np.zeros((n, 1)) for i, (_, n) in enumerate(pairs, 1)}


# %% wrong="initialize_deep" says="is `seed` used?"
def initialize_deep(layer_dims, seed):
    rng, p = np.random.default_rng(0), {}
    for i in range(1, len(layer_dims)):
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) * np.sqrt(2 / layer_dims[i - 1])
        p[f"b{i}"] = np.zeros((layer_dims[i], 1))
    return p


# %% wrong="initialize_deep" says="is 0.71 times what it must be: sqrt(2 / 300)"
def initialize_deep(layer_dims, seed):
    rng, p = np.random.default_rng(seed), {}
    for i in range(1, len(layer_dims)):
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) / np.sqrt(layer_dims[i - 1])
        p[f"b{i}"] = np.zeros((layer_dims[i], 1))
    return p


# %% wrong="initialize_deep" says="with the number of units in the layer before"
def initialize_deep(layer_dims, seed):
    rng, p = np.random.default_rng(seed), {}
    for i in range(1, len(layer_dims)):
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) * np.sqrt(2 / layer_dims[i])
        p[f"b{i}"] = np.zeros((layer_dims[i], 1))
    return p


# %% wrong="initialize_deep" says="biases start at 0"
def initialize_deep(layer_dims, seed):
    rng, p = np.random.default_rng(seed), {}
    for i in range(1, len(layer_dims)):
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) * np.sqrt(2 / layer_dims[i - 1])
        p[f"b{i}"] = np.ones((layer_dims[i], 1))
    return p


# %% wrong="initialize_deep" says="make the generator only once"
def initialize_deep(layer_dims, seed):
    p = {}
    for i in range(1, len(layer_dims)):
        rng = np.random.default_rng(seed)
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) * np.sqrt(2 / layer_dims[i - 1])
        p[f"b{i}"] = np.zeros((layer_dims[i], 1))
    return p


# %% wrong="initialize_deep" says="the dict has no key 'W3'; it has the keys 'W1', 'b1', 'W2', 'b2'"
def initialize_deep(layer_dims, seed):
    rng, p = np.random.default_rng(seed), {}
    for i in range(1, len(layer_dims) - 1):
        p[f"W{i}"] = rng.normal(size=(layer_dims[i], layer_dims[i - 1])) * np.sqrt(2 / layer_dims[i - 1])
        p[f"b{i}"] = np.zeros((layer_dims[i], 1))
    return p


# %% alternative="initialize_deep"
def initialize_deep(layer_dims, seed):
    rng, parameters = np.random.RandomState(seed), {}
    for i in reversed(range(len(layer_dims) - 1)):
        parameters["b" + str(i + 1)] = np.zeros(shape=[layer_dims[i + 1], 1])
        parameters["W" + str(i + 1)] = rng.randn(layer_dims[i + 1], layer_dims[i]) * (2 / layer_dims[i]) ** 0.5
    return parameters


# %% wrong="initialize_deep" says="holds float32; make it float64"
def initialize_deep(layer_dims, seed):
    rng = np.random.default_rng(seed)
    sizes = list(enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1))
    weights = {f"W{i}": rng.normal(0, np.sqrt(2 / k), (n, k)).astype(np.float32) for i, (k, n) in sizes}
    return {**weights, **{f"b{i}": np.zeros((n, 1)) for i, (_, n) in sizes}}


# %% alternative="initialize_deep"
def initialize_deep(layer_dims, seed):
    rng = np.random.default_rng(seed)
    sizes = list(enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1))
    weights = {f"W{i}": rng.normal(0, np.sqrt(2 / k), (n, k)) for i, (k, n) in sizes}
    return {**weights, **{f"b{i}": np.zeros((n, 1)) for i, (_, n) in sizes}}


# %% equivalent="initialize_deep" mutant="square results transposed" why="random numbers turned round are as random"


# %% wrong="linear_forward" says="where NumPy sees no error: expected a ValueError, got the answer"
def linear_forward(A_prev, W, b):
    Z = W @ A_prev + b
    return Z, (A_prev, W, b, Z)


# %% wrong="linear_forward" says="b is left out"
def linear_forward(A_prev, W, b):
    if b.shape != (len(W), 1):
        raise ValueError("b is no column")
    Z = W @ A_prev
    return Z, (A_prev, W, b, Z)


# %% wrong="linear_forward" says="expected a tuple of 2 results (Z, cache), got an array of shape (3, 4)"
def linear_forward(A_prev, W, b):
    return W @ A_prev + b


# %% wrong="linear_forward" says="A_prev in the cache (A_prev, W, b, Z)"
def linear_forward(A_prev, W, b):
    Z = W @ A_prev + b
    return Z, (Z, W, b, A_prev)


# %% wrong="linear_forward" says="only the first bias is added"
def linear_forward(A_prev, W, b):
    if b.shape != (len(W), 1):
        raise ValueError("b is no column")
    Z = W @ A_prev + b[0, 0]
    return Z, (A_prev, W, b, Z)


# %% wrong="linear_forward" says="b of shape (1, 2): expected a ValueError, got the answer"
def linear_forward(A_prev, W, b):
    if b.ndim != 2:
        raise ValueError("b is flat")
    Z = W @ A_prev + b
    return Z, (A_prev, W, b, Z)


# %% wrong="linear_forward" says="with whole numbers in A_prev"
def linear_forward(A_prev, W, b):
    if W.shape[1] != len(A_prev) or b.shape != (len(W), 1):
        raise ValueError("the shapes do not fit")
    Z = np.zeros((len(W), A_prev.shape[1]), dtype=A_prev.dtype)
    Z[:] = W @ A_prev + b
    return Z, (A_prev, W, b, Z)


# %% wrong="linear_forward" says="Z of linear_forward(A_prev, W, b)"
def linear_forward(A_prev, W, b):
    if W.shape[1] != len(A_prev) or b.shape != (len(W), 1):
        raise ValueError("the shapes do not fit")
    Z = np.array([[1.5, -0.5, 1.0, -3.0], [-1.25, 0.75, -0.75, 3.25], [3.0, 3.0, 2.0, 7.0]])
    return Z, (A_prev, W, b, Z)


# %% alternative="linear_forward"
def linear_forward(A_prev, W, b):
    if W.shape[1] != len(A_prev):
        raise ValueError("W and A_prev do not fit")
    if b.ndim != 2 or len(b) != len(W) or b.shape[1] != 1:
        raise ValueError("b must be a column")
    Z = np.zeros((len(W), A_prev.shape[1]))
    for j in range(len(W)):
        for i in range(A_prev.shape[1]):
            Z[j, i] = sum(W[j, k] * A_prev[k, i] for k in range(len(A_prev))) + b[j, 0]
    return Z, (A_prev.copy(), W.copy(), b.copy(), Z.copy())


# %% alternative="linear_forward"
def linear_forward(A_prev, W, b):
    if b.shape != W[:, :1].shape:
        raise ValueError(f"b has shape {b.shape}")
    Z = np.dot(np.hstack([W, b]), np.vstack([A_prev, np.ones((1, A_prev.shape[1]))]))
    return [Z, [A_prev, W, b, Z]]


# %% equivalent="linear_forward" mutant="its argument handed back" why="the cache may hold the arguments themselves"


# %% wrong="linear_activation_forward" says="this is the sigmoid"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return sigmoid(Z), cache


# %% wrong="linear_activation_forward" says="keep the scores from before the activation"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        return np.maximum(0, Z, out=Z), cache
    return sigmoid(Z), cache


# %% wrong="linear_activation_forward" says="\"softplus\"): expected a ValueError, got the answer"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return np.maximum(0, Z) if activation == "relu" else sigmoid(Z), cache


# %% wrong="linear_activation_forward" says="this is Z, with no activation"
def linear_activation_forward(A_prev, W, b, activation):
    return linear_forward(A_prev, W, b)


# %% wrong="linear_activation_forward" says="this is tanh"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return (np.maximum(0, Z) if activation == "relu" else np.tanh(Z)), cache


# %% wrong="linear_activation_forward" says="expected a tuple of 4 results (A_prev, W, b, Z), got 2"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return (np.maximum(0, Z) if activation == "relu" else sigmoid(Z)), (cache, Z)


# %% wrong="linear_activation_forward" says="\"tanh\"): expected a ValueError, got the answer"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    if activation not in ("relu", "sigmoid", "tanh"):
        raise ValueError(activation)
    return {"relu": np.maximum(0, Z), "sigmoid": sigmoid(Z), "tanh": np.tanh(Z)}[activation], cache


# %% wrong="linear_activation_forward" says="A of linear_activation_forward(A_prev, W, b, activation)"
def linear_activation_forward(A_prev, W, b, activation):
    if activation not in ("relu", "sigmoid"):
        raise ValueError
    _, cache = linear_forward(A_prev, W, b)
    Z = np.array([[1.0, -1.0, 0.5], [-1.0, 1.0, -0.5], [3.0, 3.0, 2.0]])
    return np.maximum(0, Z) if activation == "relu" else sigmoid(Z), cache


# %% alternative="linear_activation_forward"
def linear_activation_forward(A_prev, W, b, activation):
    functions = {"relu": lambda z: z * (z > 0), "sigmoid": lambda z: 1 / (1 + np.exp(-z))}
    if activation not in functions:
        raise ValueError("unknown")
    Z = W @ A_prev + b
    return functions[activation](Z), (A_prev, W, b, Z)


# %% alternative="linear_activation_forward"
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    A = Z.copy()
    match activation:
        case "relu":
            A[A < 0] = 0
        case "sigmoid":
            A = sigmoid(A)
        case _:
            raise ValueError(activation)
    return A, cache


# %% equivalent="linear_activation_forward" mutant="its argument handed back" why="the cache may hold the arguments"


# %% wrong="deep_forward" says="the hidden layers have the sigmoid"
def deep_forward(X, parameters):
    A, caches = X, {}
    for i in range(1, len(parameters) // 2 + 1):
        A, caches[i] = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "sigmoid")
    return A, list(caches.values())


# %% wrong="deep_forward" says="has shape (2, 3): that is layer 2, but the last is layer 3"
def deep_forward(X, parameters):
    A, caches, L = X, {}, len(parameters) // 2
    for i in range(1, L):
        A, caches[i] = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "relu")
    return A, list(caches.values())


# %% wrong="deep_forward" says="expected a list of 3 caches, one for each layer, got 2 entries"
def deep_forward(X, parameters):
    A, caches, L = X, {}, len(parameters) // 2
    for i in range(1, L):
        A, caches[i] = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], "relu")
    return linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")[0], list(caches.values())


# %% wrong="deep_forward" says="the layers are taken in alphabetical order"
def deep_forward(X, parameters):
    A, caches, keys = X, [], sorted(key for key in parameters if key[0] == "W")
    for key in keys:
        activation = "sigmoid" if key == keys[-1] else "relu"
        A, cache = linear_activation_forward(A, parameters[key], parameters["b" + key[1:]], activation)
        caches.append(cache)
    return A, caches


# %% wrong="deep_forward" says="the layers are taken in the order of the dict"
def deep_forward(X, parameters):
    A, caches, layers = X, [], [int(key[1:]) for key in parameters if key[0] == "W"]
    for i in layers:
        activation = "sigmoid" if i == layers[-1] else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], activation)
        caches.append(cache)
    return A, caches


# %% wrong="deep_forward" says="expected a list of 3 caches, one for each layer, got 4 entries"
def deep_forward(X, parameters):
    A, L = X, len(parameters) // 2
    for i in range(1, L + 1):
        activation = "sigmoid" if i == L else "relu"
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], activation)
    return A, cache


# %% wrong="deep_forward" says="the caches are in reverse order; caches[0] is that of layer 1"
def deep_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for i in range(1, L + 1):
        A, cache = linear_activation_forward(
            A, parameters[f"W{i}"], parameters[f"b{i}"], "relu" if i < L else "sigmoid"
        )
        caches.insert(0, cache)
    return A, caches


# %% wrong="deep_forward" says="with 10 layers of one unit"
def deep_forward(X, parameters):
    if len(parameters) == 2:
        AL, cache = linear_activation_forward(X, parameters["W1"], parameters["b1"], "sigmoid")
        return AL, [cache]
    A1, first = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    A2, second = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "relu")
    A3, third = linear_activation_forward(A2, parameters["W3"], parameters["b3"], "sigmoid")
    return A3, [first, second, third]


# %% alternative="deep_forward"
def deep_forward(X, parameters):
    L, layers = len(parameters) // 2, []
    for i in range(1, L):
        W, b = parameters["W" + str(i)], parameters["b" + str(i)]
        Z = np.dot(W, X) + b
        layers.append((X, W, b, Z))
        X = np.maximum(Z, 0)
    Z = parameters[f"W{L}"] @ X + parameters[f"b{L}"]
    layers.append((X, parameters[f"W{L}"], parameters[f"b{L}"], Z))
    return 1 / (1 + np.exp(-Z)), tuple(layers)


# %% alternative="deep_forward"
def deep_forward(X, parameters):
    def go(A, i):
        if f"W{i}" not in parameters:
            return A, []
        activation = "relu" if f"W{i + 1}" in parameters else "sigmoid"
        A, cache = linear_activation_forward(A, parameters[f"W{i}"], parameters[f"b{i}"], activation)
        AL, later = go(A, i + 1)
        return AL, [cache, *later]

    return go(X, 1)


# %% equivalent="deep_forward" mutant="its argument handed back" why="the caches may hold the arguments themselves"


# %% wrong="shapes_table" says="W1 of shapes_table([2, 3, 4, 1], 5): got (2, 3); rows are the units of this layer"
def shapes_table(layer_dims, m):
    s = {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        s |= {f"W{i}": (k, n), f"b{i}": (n, 1), f"Z{i}": (n, m), f"A{i}": (n, m)}
    return s


# %% wrong="shapes_table" says="got (3,); two numbers are wanted"
def shapes_table(layer_dims, m):
    s = {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        s |= {f"W{i}": (n, k), f"b{i}": (n,), f"Z{i}": (n, m), f"A{i}": (n, m)}
    return s


# %% wrong="shapes_table" says="Z1 of shapes_table([2, 3, 4, 1], 5): got (5, 3)"
def shapes_table(layer_dims, m):
    s = {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        s |= {f"W{i}": (n, k), f"b{i}": (n, 1), f"Z{i}": (m, n), f"A{i}": (m, n)}
    return s


# %% wrong="shapes_table" says="b1 of shapes_table([2, 3, 4, 1], 5): expected (3, 1), got (3, 5)"
def shapes_table(layer_dims, m):
    s = {}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        s |= {f"W{i}": (n, k), f"b{i}": (n, m), f"Z{i}": (n, m), f"A{i}": (n, m)}
    return s


# %% wrong="shapes_table" says="the dict has no key 'W3'"
def shapes_table(layer_dims, m):
    s = {}
    for i, (k, n) in enumerate(zip(layer_dims[:-1], layer_dims[1:-1], strict=False), 1):
        s |= {f"W{i}": (n, k), f"b{i}": (n, 1), f"Z{i}": (n, m), f"A{i}": (n, m)}
    return s


# %% wrong="shapes_table" says="W, b, Z and A of layers 1 to 3"
def shapes_table(layer_dims, m):
    s = {"A0": (layer_dims[0], m)}
    for i, (k, n) in enumerate(zip(layer_dims, layer_dims[1:], strict=False), 1):
        s |= {f"W{i}": (n, k), f"b{i}": (n, 1), f"Z{i}": (n, m), f"A{i}": (n, m)}
    return s


# %% wrong="shapes_table" says="'W1' of shapes_table(layer_dims, m)"
def shapes_table(layer_dims, m):
    shapes = {"W1": (3, 2), "b1": (3, 1), "Z1": (3, 5), "A1": (3, 5), "W2": (4, 3), "b2": (4, 1), "Z2": (4, 5)}
    return shapes | {"A2": (4, 5), "W3": (1, 4), "b3": (1, 1), "Z3": (1, 5), "A3": (1, 5)}


# %% alternative="shapes_table"
def shapes_table(layer_dims, m):
    A, table = np.zeros((layer_dims[0], m)), {}
    for i, n in enumerate(layer_dims[1:], start=1):
        W, b = np.zeros((n, len(A))), np.zeros((n, 1))
        A = W @ A + b
        table.update({f"W{i}": W.shape, f"b{i}": b.shape, f"Z{i}": A.shape, f"A{i}": A.shape})
    return table


# %% alternative="shapes_table"
def shapes_table(layer_dims, m):
    layers = range(1, len(layer_dims))
    columns = {"A": lambda i: m, "Z": lambda i: m, "b": lambda i: 1, "W": lambda i: layer_dims[i - 1]}
    return {f"{key}{i}": [np.int64(layer_dims[i]), columns[key](i)] for key in columns for i in layers}


# %% wrong="check_dimensions" says="KeyError: 'b2'"
def check_dimensions(parameters, layer_dims):
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if parameters[key].shape != expected:
                return f"{key}: expected shape {expected}, got {parameters[key].shape}"


# %% wrong="check_dimensions" says="name the first wrong one, b1, by its key and no other; you name W3"
def check_dimensions(parameters, layer_dims):
    message = None
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if key not in parameters:
                message = f"{key} is missing"
            elif parameters[key].shape != expected:
                message = f"{key}: expected shape {expected}, got {parameters[key].shape}"
    return message


# %% wrong="check_dimensions" says="name the first wrong one, b1, by its key and no other; you name W3, b1"
def check_dimensions(parameters, layer_dims):
    wrong = []
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if key not in parameters or parameters[key].shape != expected:
                wrong.append(f"{key}: expected shape {expected}, got {parameters[key].shape}")
    return "; ".join(wrong) or None


# %% wrong="check_dimensions" says="with W2 (4, 2): expected a sentence about W2, got None"
def check_dimensions(parameters, layer_dims):
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if key not in parameters:
                return f"{key} is missing"
            if parameters[key].size != expected[0] * expected[1]:
                return f"{key}: expected shape {expected}, got {parameters[key].shape}"


# %% wrong="check_dimensions" says="name the first wrong one, b1, by its key"
def check_dimensions(parameters, layer_dims):
    for letter in "Wb":
        for i in range(1, len(layer_dims)):
            key, expected = f"{letter}{i}", (layer_dims[i], layer_dims[i - 1] if letter == "W" else 1)
            if key not in parameters:
                return f"{key} is missing"
            if parameters[key].shape != expected:
                return f"{key}: expected shape {expected}, got {parameters[key].shape}"


# %% wrong="check_dimensions" says="expected None, got True"
def check_dimensions(parameters, layer_dims):
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if key not in parameters:
                return f"{key} is missing"
            if parameters[key].shape != expected:
                return f"{key}: expected shape {expected}, got {parameters[key].shape}"
    return True


# %% wrong="check_dimensions" says="name the expected shape, then the one that came: ((2, 4), (4, 2))"
def check_dimensions(parameters, layer_dims):
    for i in range(1, len(layer_dims)):
        for key, expected in ((f"W{i}", (layer_dims[i], layer_dims[i - 1])), (f"b{i}", (layer_dims[i], 1))):
            if key not in parameters or parameters[key].shape != expected:
                return f"{key} is wrong"


# %% wrong="check_dimensions" says="check_dimensions(parameters, [5, 2]) with W1"
def check_dimensions(parameters, layer_dims):
    if "b2" not in parameters and "W2" in parameters:
        return "b2 is missing"
    if "W2" in parameters and parameters["W2"].shape == (4, 2):
        return "W2: expected shape (2, 4), got (4, 2)"
    return "b1: expected shape (4, 1), got (4,)" if parameters["b1"].shape == (4,) else None


# %% alternative="check_dimensions"
def check_dimensions(parameters, layer_dims):
    keys = [f"{letter}{i}" for i in range(1, len(layer_dims)) for letter in ("W", "b")]
    sizes = [size for a, b in zip(layer_dims[:-1], layer_dims[1:], strict=True) for size in ([b, a], [b, 1])]
    for key, size in zip(keys, sizes, strict=True):
        array = parameters.get(key)
        if array is None:
            return "there is no " + key
        if list(np.shape(array)) != size:
            return f'parameters["{key}"] should have the shape {size} but has {list(array.shape)}'


# %% alternative="check_dimensions"
def check_dimensions(parameters, layer_dims):
    table = shapes_table(layer_dims, 1)
    messages = [
        f"{key} is missing"
        if key not in parameters
        else f"{key}.shape: expected {table[key]}, got {parameters[key].shape}"
        for i in range(1, len(layer_dims))
        for key in (f"W{i}", f"b{i}")
        if key not in parameters or parameters[key].shape != tuple(table[key])
    ]
    return messages[0] if messages else None
