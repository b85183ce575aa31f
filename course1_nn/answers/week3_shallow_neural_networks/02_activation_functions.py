# %% wrong="activation" says="not finite"
def activation(name, Z):
    known = {"sigmoid": lambda: np.exp(Z) / (1 + np.exp(Z)), "tanh": lambda: np.tanh(Z)}
    known |= {"relu": lambda: np.maximum(0, Z), "leaky_relu": lambda: np.where(Z > 0, Z, 0.01 * Z)}
    if name not in known:
        raise ValueError(name)
    return known[name]()


# %% wrong="activation" says="not finite"
def activation(name, Z):
    known = {"sigmoid": lambda: 1 / (1 + np.exp(-Z)), "relu": lambda: np.maximum(0, Z)}
    known |= {"tanh": lambda: (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))}
    known |= {"leaky_relu": lambda: np.where(Z > 0, Z, 0.01 * Z)}
    if name not in known:
        raise ValueError(name)
    return known[name]()


# %% wrong="activation" says="in place"
def activation(name, Z):
    if name == "sigmoid":
        Z /= 2
        return (1 + np.tanh(Z)) / 2
    if name == "leaky_relu":
        return np.where(Z > 0, Z, 0.01 * Z)
    return np.tanh(Z) if name == "tanh" else np.maximum(0, Z)


# %% wrong="activation" says="expected a ValueError, got the answer"
def activation(name, Z):
    known = {"sigmoid": (1 + np.tanh(Z / 2)) / 2, "tanh": np.tanh(Z), "leaky_relu": np.maximum(0.01 * Z, Z)}
    return known.get(name, np.maximum(0, Z))


# %% wrong="activation" says="np.where decides for each entry"
def activation(name, Z):
    if name == "relu":
        return Z if Z > 0 else 0
    return (1 + np.tanh(Z / 2)) / 2 if name == "sigmoid" else np.tanh(Z)


# %% wrong="activation" says="below 0 the slope is 0.01"
def activation(name, Z):
    if name not in ("sigmoid", "tanh", "relu", "leaky_relu"):
        raise ValueError(name)
    known = {"sigmoid": (1 + np.tanh(Z / 2)) / 2, "tanh": np.tanh(Z)}
    return known.get(name, np.maximum(0, Z))


# %% wrong="activation" says="expected a ValueError, got KeyError"
def activation(name, Z):
    leaky = np.maximum(0.01 * Z, Z)
    return {"sigmoid": (1 + np.tanh(Z / 2)) / 2, "tanh": np.tanh(Z), "relu": np.maximum(0, Z), "leaky_relu": leaky}[
        name
    ]


# %% wrong="activation" says="Z of shape (3, 5)"
def activation(name, Z):
    if name not in ("sigmoid", "tanh", "relu", "leaky_relu"):
        raise ValueError(name)
    if Z.shape == (2,):
        return np.array([-1.0, 1.0]) if name == "tanh" else np.array([0.0, 1.0])
    z = np.array([[-2.0, -0.5, 0.0], [0.25, 3.0, 1.5]])
    known = {"sigmoid": 1 / (1 + np.exp(-z)), "tanh": np.tanh(z)}
    return known.get(name, np.where(z > 0, z, z * (0.01 if name == "leaky_relu" else 0)))


# %% alternative="activation"
def activation(name, Z):
    rules = {
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z)),
        "tanh": lambda z: np.tanh(z),
        "relu": lambda z: z if z > 0 else 0.0,
        "leaky_relu": lambda z: z if z > 0 else z / 100,
    }
    if name not in rules:
        raise ValueError(f"{name} is none of {', '.join(rules)}")
    return np.array([float(rules[name](z)) for z in Z.ravel()]).reshape(Z.shape)


# %% alternative="activation"
def activation(name, Z):
    match name:
        case "sigmoid":
            return 1 / (1 + np.exp(-Z))
        case "tanh":
            return 2 / (1 + np.exp(-2 * Z)) - 1
        case "relu":
            return Z * (Z > 0)
        case "leaky_relu":
            return np.maximum(0.01 * Z, Z)
    raise ValueError(name)


# %% wrong="collapse" says="must pass through W2 as well"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2 + 1):
        W, b = parameters[f"W{layer}"] @ W, b + parameters[f"b{layer}"]
    return W, b


# %% wrong="collapse" says="columns of A must be as many as the rows of B"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2 + 1):
        W_next, b_next = parameters[f"W{layer}"], parameters[f"b{layer}"]
        W, b = W @ W_next, W_next @ b + b_next
    return W, b


# %% wrong="collapse" says="W of collapse(3 layers): expected shape (3, 2)"
def collapse(parameters):
    W1, b1, W2, b2 = (parameters[key] for key in ("W1", "b1", "W2", "b2"))
    return W2 @ W1, W2 @ b1 + b2


# %% wrong="collapse" says="expected a tuple of 2 results (W, b)"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    W, b = parameters["W2"] @ W, parameters["W2"] @ b + parameters["b2"]
    return {"W": W, "b": b}["W"]


# %% wrong="collapse" says="b2 is left out"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2 + 1):
        W, b = parameters[f"W{layer}"] @ W, parameters[f"W{layer}"] @ b
    return W, b


# %% wrong="collapse" says="is the last layer left out?"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2):
        W, b = parameters[f"W{layer}"] @ W, parameters[f"W{layer}"] @ b + parameters[f"b{layer}"]
    return W, b


# %% wrong="collapse" says="layer 1 is taken twice"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{layer}"] @ W, parameters[f"W{layer}"] @ b + parameters[f"b{layer}"]
    return W, b


# %% wrong="collapse" says="the two are exchanged"
def collapse(parameters):
    W, b = parameters["W1"], parameters["b1"]
    for layer in range(2, len(parameters) // 2 + 1):
        W, b = parameters[f"W{layer}"] @ W, parameters[f"W{layer}"] @ b + parameters[f"b{layer}"]
    return b, W


# %% wrong="collapse" says="result 1 of collapse(parameters)"
def collapse(parameters):
    if len(parameters) == 4:
        return np.array([[3.0, 5.0]]), np.array([[8.0]])
    return np.array([[6.0, 10.0], [-3.0, -5.0], [12.0, 20.0]]), np.array([[16.0], [-7.0], [34.0]])


# %% alternative="collapse"
def collapse(parameters):
    layers = len(parameters) // 2

    def network(x):
        for layer in range(1, layers + 1):
            x = parameters[f"W{layer}"] @ x + parameters[f"b{layer}"]
        return x

    n_0 = parameters["W1"].shape[1]
    b = network(np.zeros((n_0, 1)))
    return network(np.eye(n_0)) - b, b


# %% alternative="collapse"
def collapse(parameters):
    L = len(parameters) // 2
    W, b = np.eye(parameters[f"W{L}"].shape[0]), 0
    for layer in range(L, 0, -1):
        b = b + np.einsum("ij,jk->ik", W, parameters[f"b{layer}"])
        W = np.einsum("ij,jk->ik", W, parameters[f"W{layer}"])
    return W, b


# %% wrong="activation_derivative" says="the activation a belongs there, not z"
def activation_derivative(name, Z):
    if name == "sigmoid":
        return Z * (1 - Z)
    return 1 - np.tanh(Z) ** 2


# %% wrong="activation_derivative" says="activation_derivative('tanh', Z)"
def activation_derivative(name, Z):
    A = activation(name, Z)
    if name in ("sigmoid", "tanh"):
        return A * (1 - A)
    return np.where(Z > 0, 1.0, 0.01 if name == "leaky_relu" else 0)


# %% wrong="activation_derivative" says="this is the activation itself, not its slope"
def activation_derivative(name, Z):
    A = activation(name, Z)
    if name == "sigmoid":
        return A * (1 - A)
    return 1 - A**2 if name == "tanh" else A


# %% wrong="activation_derivative" says="below 0 it is 0.01, not 0.01 z"
def activation_derivative(name, Z):
    A = activation(name, Z)
    if name == "sigmoid":
        return A * (1 - A)
    if name == "tanh":
        return 1 - A**2
    return np.where(Z > 0, 1, 0.01 * Z if name == "leaky_relu" else 0)


# %% wrong="activation_derivative" says="at z = 0 take the slope of z < 0"
def activation_derivative(name, Z):
    A = activation(name, Z)
    if name == "sigmoid":
        return A * (1 - A)
    if name == "tanh":
        return 1 - A**2
    return np.where(Z >= 0, 1.0, 0.01 if name == "leaky_relu" else 0)


# %% wrong="activation_derivative" says="expected numbers, got True and False"
def activation_derivative(name, Z):
    A = activation(name, Z)
    slopes = {"sigmoid": A * (1 - A), "tanh": 1 - A**2, "relu": Z > 0, "leaky_relu": np.where(Z > 0, 1, 0.01)}
    return slopes[name]


# %% wrong="activation_derivative" says="Z of shape (3, 5)"
def activation_derivative(name, Z):
    activation(name, Z)
    z = np.array([[-2.0, -0.5], [0.25, 3.0], [0.0, -1.25]])
    a = activation(name, z)
    smooth = {"sigmoid": a * (1 - a), "tanh": 1 - a**2}
    return smooth.get(name, np.where(z > 0, 1.0, 0.01 if name == "leaky_relu" else 0))


# %% alternative="activation_derivative"
def activation_derivative(name, Z):
    if name == "sigmoid":
        return 0.25 * (1 - np.tanh(Z / 2) ** 2)
    if name == "tanh":
        return (1 - np.tanh(Z)) * (1 + np.tanh(Z))
    if name in ("relu", "leaky_relu"):
        slopes = np.ones(Z.shape)
        slopes[Z <= 0] = 0.01 if name == "leaky_relu" else 0
        return slopes
    raise ValueError(name)


# %% alternative="activation_derivative"
def activation_derivative(name, Z):
    if name == "relu":
        return (Z > 0) * 1
    if name == "leaky_relu":
        return np.vectorize(lambda z: 1.0 if z > 0 else 0.01)(Z)
    A = activation(name, Z)
    return A - A**2 if name == "sigmoid" else 1 - A * A


# %% wrong="output_activation" says="output_activation([[0, 1, 1]]): expected 'sigmoid', got 'relu'"
def output_activation(Y):
    if np.all(Y >= 0):
        return "relu"
    return "sigmoid" if np.all((Y == 0) | (Y == 1)) else "linear"


# %% wrong="output_activation" says="expected 'relu', got 'sigmoid'"
def output_activation(Y):
    if np.all((Y >= 0) & (Y <= 1)):
        return "sigmoid"
    return "relu" if np.all(Y >= 0) else "linear"


# %% wrong="output_activation" says="need one truth value"
def output_activation(Y):
    if np.all(Y == 0 or Y == 1):
        return "sigmoid"
    return "relu" if np.all(Y >= 0) else "linear"


# %% wrong="output_activation" says="expected 'linear', got 'sigmoid'"
def output_activation(Y):
    if np.all(np.isclose(Y, 0) | np.isclose(Y, 1)):
        return "sigmoid"
    return "relu" if np.all(Y >= 0) else "linear"


# %% wrong="output_activation" says="2,029 zeros"
def output_activation(Y):
    few = Y[0, :100]
    if np.all((few == 0) | (few == 1)):
        return "sigmoid"
    return "relu" if np.all(few >= 0) else "linear"


# %% wrong="output_activation" says="with floats in Y, output_activation(Y): expected 'sigmoid', got 'relu'"
def output_activation(Y):
    if Y.dtype.kind == "i":
        return "sigmoid"
    return "relu" if np.all(Y >= 0) else "linear"


# %% wrong="output_activation" says="output_activation([[3.5, 0]]): expected 'relu', got 'linear'"
def output_activation(Y):
    if np.all((Y == 0) | (Y == 1)):
        return "sigmoid"
    return "relu" if np.all(Y > 0) else "linear"


# %% alternative="output_activation"
def output_activation(Y):
    if set(np.unique(Y)) <= {0, 1}:
        return "sigmoid"
    return "linear" if Y.min() < 0 else "relu"


# %% alternative="output_activation"
def output_activation(Y):
    answer = "sigmoid"
    for y in Y.ravel():
        if y < 0:
            return "linear"
        if y not in (0, 1):
            answer = "relu"
    return answer


# %% equivalent="collapse" mutant="its argument handed back" why="for one layer the docstring allows it"
# %% equivalent="output_activation" mutant="arguments clipped at 10" why="only signs and the values 0 and 1 matter"
