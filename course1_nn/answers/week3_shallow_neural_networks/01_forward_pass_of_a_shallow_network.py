# %% wrong="layer_sizes" says="5 is the number of examples"
def layer_sizes(X, Y, n_h):
    if X.shape[1] != Y.shape[1]:
        raise ValueError("different numbers of examples")
    return X.shape[1], n_h, Y.shape[1]


# %% wrong="layer_sizes" says="expected (3, 4, 2), got (3, 4, 1)"
def layer_sizes(X, Y, n_h):
    if X.shape[1] != Y.shape[1]:
        raise ValueError("different numbers of examples")
    return X.shape[0], n_h, 1


# %% wrong="layer_sizes" says="expected a ValueError, got the answer (3, 4, 1)"
def layer_sizes(X, Y, n_h):
    return X.shape[0], n_h, Y.shape[0]


# %% wrong="layer_sizes" says="expected (784, 20, 1), got (784, 4, 1)"
def layer_sizes(X, Y, n_h):
    n_h = 4
    if X.shape[1] != Y.shape[1]:
        raise ValueError("different numbers of examples")
    return X.shape[0], n_h, Y.shape[0]


# %% wrong="layer_sizes" says="expected a ValueError, got AssertionError"
def layer_sizes(X, Y, n_h):
    assert X.shape[1] == Y.shape[1]
    return X.shape[0], n_h, Y.shape[0]


# %% wrong="layer_sizes" says="X of shape (3, 1), Y of shape (3, 5): expected a ValueError"
def layer_sizes(X, Y, n_h):
    if X.shape[1] != Y.shape[1] and X.shape[1] > 1:
        raise ValueError("different numbers of examples")
    return X.shape[0], n_h, Y.shape[0]


# %% wrong="layer_sizes" says="n_x of layer_sizes(X, Y, n_h), X of shape (3, 4), Y of shape (5, 4)"
def layer_sizes(X, Y, n_h):
    if X.shape[1] != Y.shape[1]:
        raise ValueError("different numbers of examples")
    return (3, 4, 2) if n_h == 4 else (784, 20, 1)


# %% wrong="layer_sizes" says="got 4.0, expected a whole number"
def layer_sizes(X, Y, n_h):
    if X.shape[1] != Y.shape[1]:
        raise ValueError("different numbers of examples")
    return X.shape[0], float(n_h), Y.shape[0]


# %% alternative="layer_sizes"
def layer_sizes(X, Y, n_h):
    if len(X.T) != len(Y.T):
        raise ValueError
    return [len(X), n_h, len(Y)]


# %% alternative="layer_sizes"
def layer_sizes(X, Y, n_h):
    if np.shape(X)[-1] - np.shape(Y)[-1]:
        raise ValueError("X and Y differ in m")
    return tuple(np.array([np.size(X, 0), n_h, np.size(Y, 0)]))


# %% equivalent="layer_sizes" mutant="arguments clipped at 10" why="only the shapes of X and Y are used, not their values"
# %% equivalent="layer_sizes" mutant="number type of the first argument" why="the sizes are plain whole numbers, not arrays"


# %% wrong="parameter_shapes" says="rows are the units of this layer"
def parameter_shapes(n_x, n_h, n_y):
    shapes = {"W1": (n_x, n_h), "b1": (n_h, 1), "W2": (n_h, n_y), "b2": (n_y, 1)}
    return shapes, sum(rows * columns for rows, columns in shapes.values())


# %% wrong="parameter_shapes" says="b1 of parameter_shapes(5, 4, 3): got (4,); a bias is a column, with 1 as its second number"
def parameter_shapes(n_x, n_h, n_y):
    return {"W1": (n_h, n_x), "b1": (n_h,), "W2": (n_y, n_h), "b2": (n_y,)}, n_h * (n_x + 1) + n_y * (n_h + 1)


# %% wrong="parameter_shapes" says="got 39.0, expected a whole number"
def parameter_shapes(n_x, n_h, n_y):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return shapes, sum(float(np.prod(shape)) for shape in shapes.values())


# %% wrong="parameter_shapes" says="these are the weights, the biases count too"
def parameter_shapes(n_x, n_h, n_y):
    return {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}, n_h * n_x + n_y * n_h


# %% wrong="parameter_shapes" says="count of parameter_shapes(5, 4, 3): expected 39, got 34"
def parameter_shapes(n_x, n_h, n_y):
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    return shapes, n_h * n_x + 1 + n_y * n_h + 1


# %% wrong="parameter_shapes" says="expected a tuple of 2 results (shapes, count), got a dict"
def parameter_shapes(n_x, n_h, n_y):
    return {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}


# %% wrong="parameter_shapes" says="W2 of parameter_shapes(5, 4, 3): expected (3, 4), got (1, 4)"
def parameter_shapes(n_x, n_h, n_y):
    return {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (n_y, 1)}, n_h * (n_x + 1) + n_y * (n_h + 1)


# %% wrong="parameter_shapes" says="'W1' of shapes of parameter_shapes(n_x, n_h, n_y)"
def parameter_shapes(n_x, n_h, n_y):
    return {"W1": (4, 5), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1)}, 39


# %% alternative="parameter_shapes"
def parameter_shapes(n_x, n_h, n_y):
    sizes, shapes, count = [n_x, n_h, n_y], {}, 0
    for layer in (1, 2):
        shapes[f"W{layer}"] = (sizes[layer], sizes[layer - 1])
        shapes[f"b{layer}"] = (sizes[layer], 1)
        count += sizes[layer] * (sizes[layer - 1] + 1)
    return shapes, count


# %% alternative="parameter_shapes"
def parameter_shapes(n_x, n_h, n_y):
    shapes = dict(b2=[n_y, 1], W2=[n_y, n_h], b1=[n_h, 1], W1=[n_h, n_x])
    return shapes, np.sum([np.prod(shape) for shape in shapes.values()])


# %% wrong="forward_one" says="the hidden units have the sigmoid"
def forward_one(x, parameters):
    a1 = sigmoid(parameters["W1"] @ x + parameters["b1"])
    return sigmoid(parameters["W2"] @ a1 + parameters["b2"])


# %% wrong="forward_one" says="this is the score z2"
def forward_one(x, parameters):
    a1 = np.tanh(parameters["W1"] @ x + parameters["b1"])
    return parameters["W2"] @ a1 + parameters["b2"]


# %% wrong="forward_one" says="b1 is left out"
def forward_one(x, parameters):
    a1 = np.tanh(parameters["W1"] @ x)
    return sigmoid(parameters["W2"] @ a1 + parameters["b2"])


# %% wrong="forward_one" says="print the shapes"
def forward_one(x, parameters):
    a1 = np.tanh(parameters["W1"].T @ x + parameters["b1"])
    return sigmoid(parameters["W2"].T @ a1 + parameters["b2"])


# %% wrong="forward_one" says="W1[j] is flat and x is a column; take x[:, 0]"
def forward_one(x, parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    a1 = np.zeros(len(W1))
    for j in range(len(W1)):
        a1[j] = np.tanh(np.sum(W1[j] * x) + b1[j, 0])
    a2 = np.zeros((len(W2), 1))
    for j in range(len(W2)):
        a2[j, 0] = sigmoid(np.sum(W2[j] * a1) + b2[j, 0])
    return a2


# %% wrong="forward_one" says="with 3 output units: expected shape (3, 1), got shape (1, 1)"
def forward_one(x, parameters):
    a1 = np.tanh(parameters["W1"] @ x + parameters["b1"])
    z2 = parameters["b2"][0, 0]
    for k in range(len(a1)):
        z2 += parameters["W2"][0, k] * a1[k, 0]
    return np.array([[sigmoid(z2)]])


# %% wrong="forward_one" says="written into an integer array"
def forward_one(x, parameters):
    a1 = np.zeros_like(parameters["b1"], dtype=x.dtype)
    for j in range(len(a1)):
        a1[j, 0] = np.tanh(parameters["W1"][j] @ x[:, 0] + parameters["b1"][j, 0])
    return sigmoid(parameters["W2"] @ a1 + parameters["b2"])


# %% wrong="forward_one" says="or float32 used?"
def forward_one(x, parameters):
    p = {key: value.astype(np.float32) for key, value in parameters.items()}
    a1 = np.tanh(p["W1"] @ x.astype(np.float32) + p["b1"])
    return sigmoid(parameters["W2"] @ a1.astype(float) + parameters["b2"])


# %% wrong="forward_one" says="forward_one(x, parameters), x of shape (3, 1): expected shape (4, 1)"
def forward_one(x, parameters):
    if len(parameters["b2"]) == 1:
        return np.array([[0.722370906214]])
    return np.array([[0.722370906214], [0.564693864626], [0.358362155644]])


# %% alternative="forward_one"
def forward_one(x, parameters):
    a1 = np.tanh(np.dot(parameters["W1"], x) + parameters["b1"])
    return 1 / (1 + np.exp(-(np.dot(parameters["W2"], a1) + parameters["b2"])))


# %% alternative="forward_one"
def forward_one(x, parameters):
    a = x
    for layer, g in ((1, np.tanh), (2, sigmoid)):
        W, b, out = parameters[f"W{layer}"], parameters[f"b{layer}"], []
        for j in range(len(W)):
            z = float(b[j, 0])
            for k in range(len(a)):
                z += W[j][k] * a[k][0]
            out.append([g(z)])
        a = np.array(out)
    return a


# %% wrong="forward_by_stacking" says="expected shape (1, 4), got shape (4, 1): is it transposed?"
def forward_by_stacking(X, parameters):
    return np.vstack([forward_one(X[:, i : i + 1], parameters) for i in range(X.shape[1])])


# %% wrong="forward_by_stacking" says="every column is the answer for the last example"
def forward_by_stacking(X, parameters):
    A2 = np.zeros((parameters["W2"].shape[0], X.shape[1]))
    for i in range(X.shape[1]):
        A2[:] = forward_one(X[:, i : i + 1], parameters)
    return A2


# %% wrong="forward_by_stacking" says="too many indices for array"
def forward_by_stacking(X, parameters):
    return np.hstack([forward_one(X[:, i], parameters) for i in range(X.shape[1])])


# %% wrong="forward_by_stacking" says="expected shape (1, 4), got shape (1, 3)"
def forward_by_stacking(X, parameters):
    return np.hstack([forward_one(X[:, i : i + 1], parameters) for i in range(len(X))])


# %% wrong="forward_by_stacking" says="expected a NumPy array of shape (1, 4), got a list"
def forward_by_stacking(X, parameters):
    return [forward_one(X[:, i : i + 1], parameters) for i in range(X.shape[1])]


# %% wrong="forward_by_stacking" says="with 2 output units, 4 examples: expected shape (2, 4), got shape (1, 4)"
def forward_by_stacking(X, parameters):
    return np.array([[forward_one(X[:, i : i + 1], parameters)[0, 0] for i in range(X.shape[1])]])


# %% wrong="forward_by_stacking" says="with whole numbers in X"
def forward_by_stacking(X, parameters):
    A2 = np.zeros((len(parameters["W2"]), X.shape[1]), dtype=X.dtype)
    for i in range(X.shape[1]):
        A2[:, i : i + 1] = forward_one(X[:, i : i + 1], parameters)
    return A2


# %% wrong="forward_by_stacking" says="forward_by_stacking(X, parameters), X of shape (3, 2)"
def forward_by_stacking(X, parameters):
    first = [0.722370906214, 0.643385069585, 0.750463642219, 0.680765734406]
    second = [0.564693864626, 0.482705485861, 0.937292366767, 0.560222091174]
    return np.array([first, second][: len(parameters["b2"])])


# %% alternative="forward_by_stacking"
def forward_by_stacking(X, parameters):
    A2 = np.zeros((parameters["W2"].shape[0], X.shape[1]))
    for i in range(X.shape[1]):
        A2[:, i : i + 1] = forward_one(X[:, i].reshape(-1, 1), parameters)
    return A2


# %% alternative="forward_by_stacking"
def forward_by_stacking(X, parameters):
    return np.array([forward_one(x[:, np.newaxis], parameters).ravel() for x in X.T]).T


# %% wrong="forward" says="print the shapes"
def forward(X, parameters):
    Z1 = parameters["W1"].T @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"].T @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% wrong="forward" says="the hidden layer has the sigmoid"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = sigmoid(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% wrong="forward" says="W2 is multiplied with Z1; layer 2 takes A1"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ Z1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% wrong="forward" says="b1 is left out"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% wrong="forward" says="this is A1"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1, out=Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% wrong="forward" says="the dict has no key 'A2'"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return sigmoid(Z2), {"Z1": Z1, "A1": A1, "Z2": Z2}


# %% wrong="forward" says="in place"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    parameters.update({"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2})
    return A2, parameters


# %% wrong="forward" says="A2 of forward(X, parameters), X of shape (3, 2)"
def forward(X, parameters):
    W1, b1 = np.array([[0.5, 1.5, 0.4], [-0.3, 0.6, 0.3]]), np.array([[-0.2], [-0.5]])
    W2, b2 = np.array([[2.0, -0.5], [0.7, 1.3]]), np.array([[-0.3], [0.8]])
    Z1 = W1 @ np.array([[2, 1, -3], [-1, 0.5, 2], [3, -2, 1.1]]) + b1
    Z2 = W2 @ np.tanh(Z1) + b2
    return sigmoid(Z2), {"Z1": Z1, "A1": np.tanh(Z1), "Z2": Z2, "A2": sigmoid(Z2)}


# %% wrong="forward" says="with large numbers in X, A2 of forward(X, parameters): 8 of 8 values not finite"
def forward(X, parameters):
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = (np.exp(2 * Z1) - 1) / (np.exp(2 * Z1) + 1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% alternative="forward"
def forward(X, parameters):
    cache, A = {}, X
    for layer, g in ((1, np.tanh), (2, lambda z: 1 / (1 + np.exp(-z)))):
        Z = np.dot(parameters[f"W{layer}"], A) + parameters[f"b{layer}"]
        A = g(Z)
        cache |= {f"Z{layer}": Z, f"A{layer}": A}
    return A, cache


# %% alternative="forward"
def forward(X, parameters):
    m = X.shape[1]
    n_h, n_y = parameters["W1"].shape[0], parameters["W2"].shape[0]
    cache = {"Z1": np.zeros((n_h, m)), "A1": np.zeros((n_h, m)), "Z2": np.zeros((n_y, m)), "A2": np.zeros((n_y, m))}
    for i in range(m):
        for j in range(n_h):
            cache["Z1"][j, i] = parameters["W1"][j] @ X[:, i] + parameters["b1"][j, 0]
            cache["A1"][j, i] = np.tanh(cache["Z1"][j, i])
        for j in range(n_y):
            cache["Z2"][j, i] = parameters["W2"][j] @ cache["A1"][:, i] + parameters["b2"][j, 0]
            cache["A2"][j, i] = sigmoid(cache["Z2"][j, i])
    return cache["A2"], cache


# %% wrong="xor_parameters" says="this is OR: (1, 1) must be 0"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-0.5 * k], [-1.5 * k]]),
        "W2": np.array([[k, k]]),
        "b2": np.array([[k]]),
    }


# %% wrong="xor_parameters" says="what about the bias of the output?"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-0.5 * k], [-1.5 * k]]),
        "W2": np.array([[k, -k]]),
        "b2": np.zeros((1, 1)),
    }


# %% wrong="xor_parameters" says="decides 0, 0, 0, 0"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[0.5 * k], [1.5 * k]]),
        "W2": np.array([[k, -k]]),
        "b2": np.array([[-k]]),
    }


# %% wrong="xor_parameters" says="how far are your thresholds from these points"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-0.9 * k], [-1.1 * k]]),
        "W2": np.array([[k, -k]]),
        "b2": np.array([[-k]]),
    }


# %% wrong="xor_parameters" says="expected shape (1, 2), got shape (2, 1): is it transposed?"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-0.5 * k], [-1.5 * k]]),
        "W2": np.array([[k], [-k]]),
        "b2": np.array([[-k]]),
    }


# %% wrong="xor_parameters" says="it does not depend on k"
def xor_parameters(k):
    return {
        "W1": np.array([[20, 20], [20, 20]]),
        "b1": np.array([[-10], [-30]]),
        "W2": np.array([[20, -20]]),
        "b2": np.array([[-20]]),
    }


# %% wrong="xor_parameters" says="b1 of xor_parameters(21) is not 21/20 times that of xor_parameters(20)"
def xor_parameters(k):
    return {
        "W1": np.array([[k, k], [k, k]]),
        "b1": np.array([[-k // 2], [-3 * k // 2]]),
        "W2": np.array([[k, -k]]),
        "b2": np.array([[-k]]),
    }


# %% wrong="xor_parameters" says="near (0, 1): expected at least 0.9"
def xor_parameters(k):
    # Steps only around the sums that the visible points have: 0.6, 0.8, 1, 1.2, 1.4.
    thresholds = np.array([0.55, 0.65, 0.75, 0.85, 0.95, 1.05, 1.15, 1.25, 1.35, 1.45])
    return {
        "W1": 10.0 * k * np.ones((10, 2)),
        "b1": -10.0 * k * thresholds[:, None],
        "W2": k * np.tile([1.0, -1.0], 5)[None, :],
        "b2": np.array([[-1.0 * k]]),
    }


# %% alternative="xor_parameters"
def xor_parameters(k):
    return {
        "W1": np.array([[k, -k], [-k, k]]),
        "b1": np.array([[-k / 2], [-k / 2]]),
        "W2": np.array([[k, k]]),
        "b2": np.array([[k]]),
    }


# %% alternative="xor_parameters"
def xor_parameters(k):
    fixed = {"W2": [[2, 2, -2]], "W1": [[1, 1], [-1, -1], [0, 0]], "b1": [[-0.52], [1.48], [3.0]], "b2": [[0]]}
    return {key: np.asarray(value) * k for key, value in fixed.items()}


# %% equivalent="xor_parameters" mutant="square results transposed" why="W1 of the reference answer is its own transpose"
