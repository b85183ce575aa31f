# %% wrong="relu" says="truth value"
def relu(z):
    return z if z > 0 else 0


# %% wrong="relu" says="absolute value"
def relu(z):
    return np.abs(z)


# %% wrong="relu" says="z itself, not 1"
def relu(z):
    return np.where(z > 0, 1, 0)


# %% wrong="relu" says="in place"
def relu(z):
    if np.ndim(z) == 0:
        return max(z, 0)
    z[z < 0] = 0
    return z


# %% wrong="relu" says="with numbers of size 1e-12"
def relu(z):
    return np.where(z > 1e-9, z, 0)


# %% wrong="relu" says="expected shape (3, 5), got shape (5,)"
def relu(z):
    if np.ndim(z) == 0:
        return max(z, 0)
    return np.array([0, 0, 4, 0.5, 0])


# %% alternative="relu"
def relu(z):
    return z * (z > 0)


# %% alternative="relu"
def relu(z):
    if isinstance(z, np.ndarray):
        return np.array([relu(entry) for entry in z])
    return float(z) if z > 0 else 0.0


# %% wrong="neuron" says="add it once"
def neuron(x, w, b):
    return relu(np.sum(w * x + b))


# %% wrong="neuron" says="a negative sum must become 0"
def neuron(x, w, b):
    return np.sum(w * x) + b


# %% wrong="neuron" says=".item() gives the number"
def neuron(x, w, b):
    return relu(w.T @ x + b)


# %% wrong="neuron" says="relu comes after the bias"
def neuron(x, w, b):
    return relu(np.sum(w * x)) + b


# %% wrong="neuron" says="with whole numbers in"
def neuron(x, w, b):
    products = np.zeros_like(x)
    for j in range(len(x)):
        products[j] = w[j] * x[j]
    return relu(np.sum(products) + b)


# %% wrong="neuron" says="x of shape (3, 1), w of shape (3, 1)"
def neuron(x, w, b):
    return 4.0 if b == 8 else 0.0


# %% alternative="neuron"
def neuron(x, w, b):
    z = b
    for j in range(len(x)):
        z = z + w[j][0] * x[j][0]
    return max(z, 0)


# %% alternative="neuron"
def neuron(x, w, b):
    return max(0.0, (w.T @ x).item() + b)


# %% wrong="fit_single_neuron" says="is the mean over the m examples missing?"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = w * X + b - Y
        w, b = w - learning_rate * np.sum(errors * X), b - learning_rate * np.sum(errors)
    return w, b


# %% wrong="fit_single_neuron" says="is the sign flipped?"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = w * X + b - Y
        w, b = w + learning_rate * np.mean(errors * X), b + learning_rate * np.mean(errors)
    return w, b


# %% wrong="fit_single_neuron" says="multiplied by its x"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = w * X + b - Y
        w, b = w - learning_rate * np.mean(errors), b - learning_rate * np.mean(errors)
    return w, b


# %% wrong="fit_single_neuron" says="compute the errors once, before both corrections"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        w = w - learning_rate * np.mean((w * X + b - Y) * X)
        b = b - learning_rate * np.mean(w * X + b - Y)
    return w, b


# %% wrong="fit_single_neuron" says="leave relu out"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = relu(w * X + b) - Y
        w, b = w - learning_rate * np.mean(errors * X), b - learning_rate * np.mean(errors)
    return w, b


# %% wrong="fit_single_neuron" says="the corrections hold no factor 2"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = w * X + b - Y
        w, b = w - learning_rate * 2 * np.mean(errors * X), b - learning_rate * 2 * np.mean(errors)
    return w, b


# %% wrong="fit_single_neuron" says="with steps = 1100"
def fit_single_neuron(X, Y, learning_rate, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        errors = w * X + b - Y
        w_before, w, b = w, w - learning_rate * np.mean(errors * X), b - learning_rate * np.mean(errors)
        if abs(w - w_before) < 1e-5:
            break
    return w, b


# %% wrong="fit_single_neuron" says="X of shape (1, 3), Y of shape (1, 3)"
def fit_single_neuron(X, Y, learning_rate, steps):
    visible = {1: (44.0, 22.0), 2: (44 + 61.6 / 3, 22 + 41.8 / 3), 1000: (4.0, 7.0)}
    return visible.get(steps, (0.0, 0.0))


# %% alternative="fit_single_neuron"
def fit_single_neuron(X, Y, learning_rate, steps):
    w = b = 0
    m = X.shape[1]
    for _ in range(steps):
        sum_w = sum_b = 0
        for i in range(m):
            error = Y[0, i] - (w * X[0, i] + b)
            sum_w += error * X[0, i]
            sum_b += error
        w, b = w + learning_rate * sum_w / m, b + learning_rate * sum_b / m
    return float(w), float(b)


# %% alternative="fit_single_neuron"
def fit_single_neuron(X, Y, learning_rate, steps):
    inputs = np.vstack([X, np.ones(X.shape)])
    theta = np.zeros((2, 1))
    for _ in range(steps):
        theta = theta - learning_rate * inputs @ (theta.T @ inputs - Y).T / X.shape[1]
    return theta[0, 0], theta[1, 0]


# %% wrong="hidden_features" says="relu is missing in the hidden layer"
def hidden_features(inputs, hidden_units, output_unit):
    hidden = {}
    for name, unit in hidden_units.items():
        hidden[name] = unit["bias"] + sum(weight * inputs[source] for source, weight in unit["weights"].items())
    price = output_unit["bias"] + sum(weight * hidden[source] for source, weight in output_unit["weights"].items())
    return hidden, relu(price)


# %% wrong="hidden_features" says="relu of the output unit"
def hidden_features(inputs, hidden_units, output_unit):
    hidden = {}
    for name, unit in hidden_units.items():
        z = unit["bias"] + sum(weight * inputs[source] for source, weight in unit["weights"].items())
        hidden[name] = relu(z)
    return hidden, output_unit["bias"] + sum(w * hidden[source] for source, w in output_unit["weights"].items())


# %% wrong="hidden_features" says="only the last input counts"
def hidden_features(inputs, hidden_units, output_unit):
    hidden, price = {}, output_unit["bias"]
    for name, unit in hidden_units.items():
        for source, weight in unit["weights"].items():
            z = unit["bias"] + weight * inputs[source]
        hidden[name] = relu(z)
        price = price + output_unit["weights"][name] * hidden[name]
    return hidden, relu(price)


# %% wrong="hidden_features" says="the bias of the output unit is missing"
def hidden_features(inputs, hidden_units, output_unit):
    hidden = {}
    for name, unit in hidden_units.items():
        z = unit["bias"] + sum(weight * inputs[source] for source, weight in unit["weights"].items())
        hidden[name] = relu(z)
    return hidden, relu(sum(weight * hidden[source] for source, weight in output_unit["weights"].items()))


# %% wrong="hidden_features" says="KeyError"
def hidden_features(inputs, hidden_units, output_unit):
    room = relu(inputs["area"] - 0.5)
    newness = relu(5 - inputs["age"] + 0.5 * inputs["area"])
    return {"room": room, "newness": newness}, relu(80 * room + 7 * newness - 30)


# %% wrong="hidden_features" says="the order may differ"
def hidden_features(inputs, hidden_units, output_unit):
    hidden = {}
    for name, unit in hidden_units.items():
        hidden[name] = relu(unit["bias"] + sum(weight * inputs[source] for source, weight in unit["weights"].items()))
    pairs = zip(output_unit["weights"].values(), hidden.values(), strict=True)
    return hidden, relu(output_unit["bias"] + sum(weight * a for weight, a in pairs))


# %% wrong="hidden_features" says="with whole numbers in inputs, UFuncTypeError"
def hidden_features(inputs, hidden_units, output_unit):
    def output_of(unit, values):
        z = 0
        for source in unit["weights"]:
            z = z + 0 * values[source]
        for source, weight in unit["weights"].items():
            z += weight * values[source]
        return relu(z + unit["bias"])

    hidden = {name: output_of(unit, inputs) for name, unit in hidden_units.items()}
    return hidden, output_of(output_unit, hidden)


# %% alternative="hidden_features"
def hidden_features(inputs, hidden_units, output_unit):
    def output_of(unit, values):
        return relu(sum(weight * values[source] for source, weight in unit["weights"].items()) + unit["bias"])

    hidden = {name: output_of(unit, inputs) for name, unit in hidden_units.items()}
    return hidden, output_of(output_unit, hidden)


# %% alternative="hidden_features"
def hidden_features(inputs, hidden_units, output_unit):
    X = np.vstack(list(inputs.values()))
    W = np.array([[unit["weights"].get(source, 0) for source in inputs] for unit in hidden_units.values()])
    bias = np.array([[unit["bias"]] for unit in hidden_units.values()])
    A = np.maximum(W @ X + bias, 0)
    v = np.array([[output_unit["weights"][name] for name in hidden_units]])
    return {name: A[[j]] for j, name in enumerate(hidden_units)}, np.maximum(v @ A + output_unit["bias"], 0)


# %% wrong="choose_architecture" says="two different networks, one kind"
def choose_architecture(task):
    kind = task["inputs"][0]
    network = {"table": "standard", "image": "cnn"}.get(kind, "rnn")
    return network, "structured" if kind in ("table", "sequence") else "unstructured"


# %% wrong="choose_architecture" says="both need the same network"
def choose_architecture(task):
    kinds = task["inputs"]
    network = {"table": "standard", "image": "cnn"}.get(kinds[0], "rnn") if len(kinds) == 1 else "hybrid"
    return network, "structured" if set(kinds) <= {"table", "sequence"} else "unstructured"


# %% wrong="choose_architecture" says="one kind unstructured"
def choose_architecture(task):
    needed = {{"table": "standard", "image": "cnn"}.get(kind, "rnn") for kind in task["inputs"]}
    structured = "table" in task["inputs"] or "sequence" in task["inputs"]
    return needed.pop() if len(needed) == 1 else "hybrid", "structured" if structured else "unstructured"


# %% wrong="choose_architecture" says="each number has a meaning"
def choose_architecture(task):
    needed = {{"table": "standard", "image": "cnn"}.get(kind, "rnn") for kind in task["inputs"]}
    network = needed.pop() if len(needed) == 1 else "hybrid"
    return network, "structured" if network == "standard" else "unstructured"


# %% wrong="choose_architecture" says="network of choose_architecture(task): expected"
def choose_architecture(task):
    known = {"house": ("standard", "structured"), "cat": ("cnn", "unstructured"), "person": ("cnn", "unstructured"),
             "temp": ("rnn", "structured"), "car": ("hybrid", "unstructured"), "shop": ("hybrid", "structured")}  # fmt: skip
    found = [answer for word, answer in known.items() if word in task["application"]]
    return found[0] if found else ("rnn", "unstructured")


# %% alternative="choose_architecture"
def choose_architecture(task):
    kinds = set(task["inputs"])
    if kinds == {"table"}:
        network = "standard"
    elif kinds == {"image"}:
        network = "cnn"
    elif "table" in kinds or "image" in kinds:
        network = "hybrid"
    else:
        network = "rnn"
    return network, "unstructured" if kinds & {"image", "audio", "text"} else "structured"


# %% alternative="choose_architecture"
def choose_architecture(task):
    network, structured = None, "structured"
    for kind in task["inputs"]:
        this = "cnn" if kind == "image" else "standard" if kind == "table" else "rnn"
        network = this if network in (None, this) else "hybrid"
        if kind not in ("table", "sequence"):
            structured = "unstructured"
    return (network, structured)


# %% equivalent="relu" mutant="number type of the first argument" why="the numbers are those of z"
