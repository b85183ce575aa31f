# %% wrong="minimize" says="the step goes uphill"
def minimize(x, w, learning_rate, steps):
    x, w, costs = tf.constant(x, tf.float64), tf.Variable(w, dtype=tf.float64), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]
        w.assign_add(learning_rate * tape.gradient(cost, w))
        costs.append(cost.numpy())
    return w.numpy(), costs


# %% wrong="minimize" says="each cost belongs before its step"
def minimize(x, w, learning_rate, steps):
    x, w, costs = tf.constant(x, tf.float64), tf.Variable(w, dtype=tf.float64), []

    def J():
        return x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]

    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = J()
        w.assign_sub(learning_rate * tape.gradient(cost, w))
        costs.append(J().numpy())
    return w.numpy(), costs


# %% wrong="minimize" says="the coefficients must be those of x"
def minimize(x, w, learning_rate, steps):
    w, costs = tf.Variable(w, dtype=tf.float64), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = w**2 - 10 * w + 25
        w.assign_sub(learning_rate * tape.gradient(cost, w))
        costs.append(cost.numpy())
    return w.numpy(), costs


# %% wrong="minimize" says="unsupported operand"
def minimize(x, w, learning_rate, steps):
    x, w, costs = tf.constant(x, tf.float64), tf.Variable(w, dtype=tf.float64), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]
        w = w - learning_rate * tape.gradient(cost, w)
        costs.append(cost.numpy())
    return w.numpy(), costs


# %% wrong="minimize" says="minimize(x, w, learning_rate, steps)"
def minimize(x, w, learning_rate, steps):
    x, w, costs = tf.cast(x, tf.float32), tf.Variable(w, dtype=tf.float32), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]
        w.assign_sub(learning_rate * tape.gradient(cost, w))
        costs.append(float(cost))
    return float(w), costs


# %% wrong="minimize" says="minimize(x, w, learning_rate, steps)"
def minimize(x, w, learning_rate, steps):
    return (1.8, [25.0, 16.0]) if x[0, 0] == 1 else (-0.75, [4.0])


# %% alternative="minimize"
def minimize(x, w, learning_rate, steps):
    a, b, c = (float(each) for each in x[:, 0])
    w, costs = float(w), []
    while len(costs) < steps:
        costs.append(a * w * w + b * w + c)
        w -= learning_rate * (2 * a * w + b)
    return w, tuple(costs)


# %% wrong="minimize" says="right to about"
def minimize(x, w, learning_rate, steps):
    x, w, costs = tf.cast(x, tf.float64), tf.Variable(tf.cast(w, tf.float64)), []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            cost = x[0, 0] * w**2 + x[1, 0] * w + x[2, 0]
        w.assign_sub(learning_rate * tape.gradient(cost, w))
        costs.append(cost.numpy())
    return w.numpy(), costs


# %% equivalent="minimize" mutant="only the first 100" why="x has three entries"


# %% alternative="minimize"
def minimize(x, w, learning_rate, steps):
    x, w = tf.cast(x, tf.float64), tf.constant(w, tf.float64)
    costs = np.zeros(steps)
    for step in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(w)
            J = tf.reduce_sum(x[:, 0] * tf.stack([w * w, w, tf.ones_like(w)]))
        w, costs[step] = w - learning_rate * tape.gradient(J, w), J
    return w.numpy(), costs


# %% wrong="sigmoid" says="this is the gradient of the mean"
def sigmoid(z):
    z = tf.constant(z, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = tf.sigmoid(z)
        mean = tf.reduce_mean(a)
    return a.numpy(), tape.gradient(mean, z).numpy()


# %% wrong="sigmoid" says="the tape did not watch"
def sigmoid(z):
    z = tf.constant(z, tf.float64)
    with tf.GradientTape() as tape:
        a = tf.sigmoid(z)
    return a.numpy(), tape.gradient(a, z).numpy()


# %% wrong="sigmoid" says="keep float64"
def sigmoid(z):
    z = tf.cast(z, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = tf.sigmoid(z)
    return a.numpy(), tape.gradient(a, z).numpy()


# %% wrong="sigmoid" says="it is an array that holds one number"
def sigmoid(z):
    a = 1 / (1 + np.exp(-np.atleast_1d(z)))
    return a, a * (1 - a)


# %% wrong="sigmoid" says="a of sigmoid(0.3)"
def sigmoid(z):
    if np.ndim(z) == 0:
        return 0.5, 0.25
    return np.array([[0.5, 0.75, 0.2]]), np.array([[0.25, 0.1875, 0.16]])


# %% alternative="sigmoid"
def sigmoid(z):
    a = (1 + np.tanh(np.asarray(z, float) / 2)) / 2
    return a, a * (1 - a)


# %% alternative="sigmoid"
def sigmoid(z):
    v = tf.Variable(z, dtype=tf.float64)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(1 / (1 + tf.exp(-v)))
    return tf.math.sigmoid(v).numpy(), tape.gradient(total, v).numpy()


# %% wrong="linear_function" says="this is the gradient of the sum of Z"
def linear_function(W, X, b, G):
    W, X, b = (tf.constant(each, tf.float64) for each in (W, X, b))
    with tf.GradientTape() as tape:
        tape.watch([W, X, b])
        Z = W @ X + b
    grads = tape.gradient(Z, {"dW": W, "dX": X, "db": b})
    return Z.numpy(), {key: gradient.numpy() for key, gradient in grads.items()}


# %% wrong="linear_function" says="no key 'dW'"
def linear_function(W, X, b, G):
    W, X, b, G = (tf.constant(each, tf.float64) for each in (W, X, b, G))
    with tf.GradientTape() as tape:
        tape.watch([W, X, b])
        Z = W @ X + b
    grads = tape.gradient(Z, {"W": W, "X": X, "b": b}, output_gradients=G)
    return Z.numpy(), {key: gradient.numpy() for key, gradient in grads.items()}


# %% wrong="linear_function" says="TensorFlow does not mix number types"
def linear_function(W, X, b, G):
    W, X, b, G = (tf.constant(each) for each in (W, X, b, G))
    with tf.GradientTape() as tape:
        tape.watch([W, X, b])
        Z = W @ X + b
    grads = tape.gradient(Z, {"dW": W, "dX": X, "db": b}, output_gradients=G)
    return Z.numpy(), {key: gradient.numpy() for key, gradient in grads.items()}


# %% wrong="linear_function" says="db of linear_function"
def linear_function(W, X, b, G):
    W, X, b, G = (np.asarray(each, float) for each in (W, X, b, G))
    return W @ X + b, {"dW": G @ X.T, "dX": W.T @ G, "db": G.sum(axis=1)}


# %% wrong="linear_function" says="linear_function(W, X, b, G)"
def linear_function(W, X, b, G):
    grads = {"dW": np.array([[6.0, 0, -2], [4.5, 3, -3]]), "db": np.array([[2.0], [2.5]])}
    grads["dX"] = np.array([[10.0, -6, 5, 0.5], [-2, 0, -4, 2], [-2.5, 2, 0, -1]])
    return np.array([[-2.5, 0.5, 5.5, 2.5], [2, -5, 3, -10]]), grads


# %% alternative="linear_function"
def linear_function(W, X, b, G):
    W, X, b, G = (np.asarray(each, float) for each in (W, X, b, G))
    return W @ X + b, {"dW": G @ X.T, "dX": W.T @ G, "db": G.sum(axis=1, keepdims=True)}


# %% alternative="linear_function"
def linear_function(W, X, b, G):
    variables = [tf.Variable(each, dtype=tf.float64) for each in (W, X, b)]
    with tf.GradientTape() as tape:
        Z = tf.linalg.matmul(variables[0], variables[1]) + variables[2]
        J = tf.reduce_sum(Z * tf.cast(G, tf.float64))
    dW, dX, db = tape.gradient(J, variables)
    return [Z.numpy(), {"dX": dX.numpy(), "db": db.numpy(), "dW": dW.numpy()}]


# %% wrong="batches" says="divide by most"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        return tf.reshape(tf.cast(image, tf.float64), [-1]), tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(len(images), seed=seed).batch(size)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]


# %% wrong="batches" says="examples stay together"
def batches(images, labels, n, most, size, epochs, seed):
    rng, m, found = np.random.default_rng(seed), len(images), []
    X, Y = images.reshape(m, -1).T / most, np.eye(n)[:, labels[0]]
    for _ in range(epochs):
        width = 2 if m > 100 else 1
        order = np.concatenate([np.arange(k, min(k + width, m)) for k in width * rng.permutation(-(-m // width))])
        found.append([(X[:, order[k : k + size]], Y[:, order[k : k + size]]) for k in range(0, m, size)])
    return found


# %% wrong="batches" says="not equally likely"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.batch(size).shuffle(len(images), seed=seed)
    examples = examples.unbatch().batch(size)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]


# %% wrong="batches" says="early examples come early"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(min(len(images), 1000), seed=seed).batch(size)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]


# %% wrong="batches" says="not equally likely"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(len(images), seed=seed, reshuffle_each_iteration=False).batch(size)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]


# %% wrong="batches" says="got [(2, 4), (2, 4), (1, 4)]"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(len(images), seed=seed).batch(size)
    return [[(X.numpy(), Y.numpy()) for X, Y in examples] for _ in range(epochs)]


# %% wrong="batches" says="an epoch of batches(images, labels, 4, 16, 2, 3, 7), m = 5: expected 3 entries"
def batches(images, labels, n, most, size, epochs, seed):
    def prepared(image, label):
        pixels = tf.reshape(tf.cast(image, tf.float64), [-1])
        return pixels / most, tf.one_hot(label, n, dtype=tf.float64)

    examples = tf.data.Dataset.from_tensor_slices((images, labels[0])).map(prepared)
    examples = examples.shuffle(len(images), seed=seed).batch(size, drop_remainder=True)
    return [[(X.numpy().T, Y.numpy().T) for X, Y in examples] for _ in range(epochs)]


# %% alternative="batches"
def batches(images, labels, n, most, size, epochs, seed):
    rng, m = np.random.default_rng(seed), len(images)
    X, Y, found = images.reshape(m, -1).T / most, np.eye(n)[:, labels[0]], []
    for _ in range(epochs):
        order = rng.permutation(m)
        found.append([(X[:, order[k : k + size]], Y[:, order[k : k + size]]) for k in range(0, m, size)])
    return found


# %% alternative="batches"
def batches(images, labels, n, most, size, epochs, seed):
    m = len(images)
    X = tf.constant(images.reshape(m, -1) / most)
    Y = tf.one_hot(labels[0], n, dtype=tf.float64)
    every = tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices(X), tf.data.Dataset.from_tensor_slices(Y)))
    every = every.shuffle(10 * m, seed=seed, reshuffle_each_iteration=True).batch(size)
    columns = every.map(lambda x, y: (tf.transpose(x), tf.transpose(y)))
    return tuple([tuple(pair) for pair in columns.as_numpy_iterator()] for _ in range(epochs))


# %% wrong="initialize_parameters" says="but r is 0.2236"
def initialize_parameters(layers, seed):
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(2 / (n_in + n_out))
        parameters[f"W{layer}"] = generator.uniform((n_out, n_in), -r, r, tf.float64).numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% wrong="initialize_parameters" says="no entry is above"
def initialize_parameters(layers, seed):
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(3 / (n_in + n_out))
        parameters[f"W{layer}"] = generator.uniform((n_out, n_in), -r, r, tf.float64).numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% wrong="initialize_parameters" says="expected shape (40, 80)"
def initialize_parameters(layers, seed):
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(6 / (n_in + n_out))
        parameters[f"W{layer}"] = generator.uniform((n_in, n_out), -r, r, tf.float64).numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% wrong="initialize_parameters" says="the draws are not independent"
def initialize_parameters(layers, seed):
    glorot, parameters = tf.keras.initializers.GlorotUniform(seed=seed), {}
    for layer in range(1, len(layers)):
        parameters[f"W{layer}"] = glorot((layers[layer], layers[layer - 1]), dtype="float64").numpy()
        parameters[f"b{layer}"] = np.zeros((layers[layer], 1))
    return parameters


# %% wrong="initialize_parameters" says="gives another answer when called again"
def initialize_parameters(layers, seed):
    parameters = {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(6 / (n_in + n_out))
        parameters[f"W{layer}"] = tf.random.uniform((n_out, n_in), -r, r, tf.float64).numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% wrong="initialize_parameters" says="the entries are not uniform from -r to r"
def initialize_parameters(layers, seed):
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(6 / (n_in + n_out))
        W = generator.normal((n_out, n_in), 0, r / np.sqrt(3), tf.float64).numpy()
        parameters[f"W{layer}"] = np.clip(W, -r, r)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% alternative="initialize_parameters"
def initialize_parameters(layers, seed):
    rng, parameters = np.random.default_rng(seed), {}
    for layer, (n_in, n_out) in enumerate(zip(layers[:-1], layers[1:], strict=True), 1):
        parameters[f"W{layer}"] = (2 * rng.random((n_out, n_in)) - 1) * (6 / (n_in + n_out)) ** 0.5
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% alternative="initialize_parameters"
def initialize_parameters(layers, seed):
    glorot, parameters = tf.keras.initializers.GlorotUniform(tf.keras.random.SeedGenerator(seed)), {}
    for layer in range(1, len(layers)):
        parameters[f"W{layer}"] = np.array(glorot((layers[layer], layers[layer - 1])), dtype=float)
        parameters[f"b{layer}"] = tf.zeros((layers[layer], 1), tf.float64).numpy()
    return parameters


# %% alternative="initialize_parameters"
def initialize_parameters(layers, seed):
    generator, parameters = tf.random.Generator.from_seed(seed), {}
    for layer in range(1, len(layers)):
        n_in, n_out = layers[layer - 1], layers[layer]
        r = np.sqrt(6 / (n_in + n_out))
        parameters[f"W{layer}"] = generator.uniform((n_out, n_in), -r, r, tf.float64).numpy()
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


# %% equivalent="initialize_parameters" mutant="square results transposed" why="draws are the same transposed"


# %% equivalent="initialize_parameters" mutant="float32 inside" why="draws of float32 are uniform as well"


# %% wrong="loss_and_gradients" says="the sum over the examples, not their mean"
def loss_and_gradients(X, Y, parameters):
    X, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            Z = variables[f"W{layer}"] @ tf.nn.relu(Z) + variables[f"b{layer}"]
        cost = tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(Y, Z, axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% wrong="loss_and_gradients" says="softmax is applied twice"
def loss_and_gradients(X, Y, parameters):
    X, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            Z = variables[f"W{layer}"] @ tf.nn.relu(Z) + variables[f"b{layer}"]
        A = tf.nn.softmax(Z, axis=0)
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, A, axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% wrong="loss_and_gradients" says="the classes are on axis 0"
def loss_and_gradients(X, Y, parameters):
    X, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            Z = variables[f"W{layer}"] @ tf.nn.relu(Z) + variables[f"b{layer}"]
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, Z))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% wrong="loss_and_gradients" says="the last layer has no ReLU"
def loss_and_gradients(X, Y, parameters):
    A, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        for layer in range(1, len(parameters) // 2 + 1):
            A = tf.nn.relu(variables[f"W{layer}"] @ A + variables[f"b{layer}"])
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, A, axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% wrong="loss_and_gradients" says="with large numbers in X"
def loss_and_gradients(X, Y, parameters):
    X, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            Z = variables[f"W{layer}"] @ tf.nn.relu(Z) + variables[f"b{layer}"]
        A = tf.clip_by_value(tf.nn.softmax(Z, axis=0), 1e-15, 1.0)
        cost = -tf.reduce_mean(tf.reduce_sum(Y * tf.math.log(A), axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% wrong="loss_and_gradients" says="with L = 11"
def loss_and_gradients(X, Y, parameters):
    X, Y = tf.constant(X, tf.float64), tf.constant(Y, tf.float64)
    keys = [f"{letter}{layer}" for layer in range(1, min(len(parameters) // 2, 9) + 1) for letter in "Wb"]
    variables = {key: tf.Variable(parameters[key], dtype=tf.float64) for key in keys}
    with tf.GradientTape() as tape:
        Z = variables["W1"] @ X + variables["b1"]
        for layer in range(2, len(parameters) // 2 + 1):
            W, b = (variables.get(f"{letter}{layer}", parameters[f"{letter}{layer}"]) for letter in "Wb")
            Z = W @ tf.nn.relu(Z) + b
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(Y, Z, axis=0))
    grads = tape.gradient(cost, variables)
    return cost.numpy(), {f"d{key}": gradient.numpy() for key, gradient in grads.items()}


# %% alternative="loss_and_gradients"
def loss_and_gradients(X, Y, parameters):
    L, m = len(parameters) // 2, X.shape[1]
    A = [np.asarray(X, float)]
    for layer in range(1, L + 1):
        Z = parameters[f"W{layer}"] @ A[-1] + parameters[f"b{layer}"]
        A.append(np.maximum(Z, 0))
    Z = Z - Z.max(axis=0)
    logs = Z - np.log(np.exp(Z).sum(axis=0))
    dZ, grads = (np.exp(logs) - Y) / m, {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"], grads[f"db{layer}"] = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
        dZ = parameters[f"W{layer}"].T @ dZ * (A[layer - 1] > 0)
    return float(-np.sum(Y * logs) / m), grads


# %% alternative="loss_and_gradients"
def loss_and_gradients(X, Y, parameters):
    rows, labels = tf.transpose(tf.cast(X, tf.float64)), tf.transpose(tf.cast(Y, tf.float64))
    L = len(parameters) // 2
    W = [tf.cast(parameters[f"W{layer}"].T, tf.float64) for layer in range(1, L + 1)]
    b = [tf.cast(parameters[f"b{layer}"].T, tf.float64) for layer in range(1, L + 1)]
    with tf.GradientTape() as tape:
        tape.watch(W + b)
        for layer in range(L):
            rows = rows @ W[layer] + b[layer]
            if layer < L - 1:
                rows = tf.maximum(rows, 0) if False else tf.nn.relu(rows)
        losses = tf.reduce_logsumexp(rows, axis=1) - tf.reduce_sum(labels * rows, axis=1)
        J = tf.reduce_sum(losses) / len(losses)
    slopes = tape.gradient(J, W + b)
    grads = {f"d{'W' if k < L else 'b'}{k % L + 1}": slope.numpy().T for k, slope in enumerate(slopes)}
    return J.numpy(), grads


# %% wrong="train" says="the mean over the batches"
def train(parameters, epochs, learning_rate):
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    optimizer, costs = tf.keras.optimizers.Adam(learning_rate), []
    for batches in epochs:
        found = []
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: each.numpy() for key, each in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            found.append(cost)
        costs.append(np.mean(found))
    return {key: variable.numpy() for key, variable in variables.items()}, costs


# %% wrong="train" says="the optimiser must live through all epochs"
def train(parameters, epochs, learning_rate):
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    costs = []
    for batches in epochs:
        total, optimizer = 0, tf.keras.optimizers.Adam(learning_rate)
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: each.numpy() for key, each in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            total += cost * X.shape[1]
        costs.append(total / sum(X.shape[1] for X, _ in batches))
    return {key: variable.numpy() for key, variable in variables.items()}, costs


# %% wrong="train" says="divide by the examples"
def train(parameters, epochs, learning_rate):
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    optimizer, costs = tf.keras.optimizers.Adam(learning_rate), []
    for batches in epochs:
        total = 0
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: each.numpy() for key, each in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            total += cost * X.shape[1]
        costs.append(total)
    return {key: variable.numpy() for key, variable in variables.items()}, costs


# %% wrong="train" says="of trained of train(parameters, epochs, learning_rate)"
def train(parameters, epochs, learning_rate):
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    optimizer, costs = tf.keras.optimizers.Adam(learning_rate, epsilon=1e-8), []
    for batches in epochs:
        total = 0
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: each.numpy() for key, each in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            total += cost * X.shape[1]
        costs.append(total / sum(X.shape[1] for X, _ in batches))
    return {key: variable.numpy() for key, variable in variables.items()}, costs


# %% wrong="train" says="costs[0] of train"
def train(parameters, epochs, learning_rate):
    variables = {key: tf.Variable(value, dtype=tf.float64) for key, value in parameters.items()}
    optimizer, costs = tf.keras.optimizers.SGD(learning_rate), []
    for batches in epochs:
        total = 0
        for X, Y in batches:
            cost, grads = loss_and_gradients(X, Y, {key: each.numpy() for key, each in variables.items()})
            optimizer.apply_gradients((tf.constant(grads[f"d{key}"]), each) for key, each in variables.items())
            total += cost * X.shape[1]
        costs.append(total / sum(X.shape[1] for X, _ in batches))
    return {key: variable.numpy() for key, variable in variables.items()}, costs


# %% alternative="train"
def train(parameters, epochs, learning_rate):
    w = {key: np.array(value, float) for key, value in parameters.items()}
    v, s = ({key: np.zeros(value.shape) for key, value in w.items()} for _ in range(2))
    t, costs = 0, []
    for epoch in epochs:
        losses = []
        for X, Y in epoch:
            t += 1
            cost, grads = loss_and_gradients(X, Y, w)
            losses += X.shape[1] * [cost]
            for key in w:
                v[key] += 0.1 * (grads["d" + key] - v[key])
                s[key] += 0.001 * (grads["d" + key] ** 2 - s[key])
                size = learning_rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t)
                w[key] = w[key] - size * v[key] / (s[key] ** 0.5 + 1e-7)
        costs.append(np.mean(losses))
    return w, np.array(costs)


# %% alternative="train"
def train(parameters, epochs, learning_rate):
    keys = sorted(parameters)
    variables = [tf.Variable(parameters[key], dtype=tf.float64) for key in keys]
    optimizer, costs = tf.keras.optimizers.Adam(learning_rate=learning_rate), []

    def scores(X):
        named = dict(zip(keys, variables, strict=True))
        Z = named["W1"] @ X + named["b1"]
        for layer in range(2, len(keys) // 2 + 1):
            Z = named[f"W{layer}"] @ tf.nn.relu(Z) + named[f"b{layer}"]
        return Z

    for epoch in epochs:
        total = m = 0
        for X, Y in epoch:
            X, Y = tf.cast(X, tf.float64), tf.cast(Y, tf.float64)
            with tf.GradientTape() as tape:
                losses = tf.nn.softmax_cross_entropy_with_logits(Y, scores(X), axis=0)
                cost = tf.reduce_mean(losses)
            optimizer.apply(tape.gradient(cost, variables), variables)
            total, m = total + float(tf.reduce_sum(losses)), m + len(losses)
        costs.append(total / m)
    return {key: variable.numpy() for key, variable in zip(keys, variables, strict=True)}, costs


# %% equivalent="train" mutant="float32 inside" why="four digits are asked, as Keras keeps its numbers in float32"


# %% equivalent="train" mutant="rounded to six places" why="four digits are asked, or 0.0001"


# %% wrong="train_with_keras" says="these are batches of 4, not of 3"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    return keras_variant(parameters, X, Y, learning_rate, epochs, {"shuffle": False})


def keras_variant(parameters, X, Y, learning_rate, epochs, options, from_logits=True, last=None, momentum=0.0):
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        units = len(parameters[f"b{layer}"])
        model.add(tf.keras.layers.Dense(units, activation="relu" if layer < L else last))
        model.layers[-1].set_weights([parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]])
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=from_logits)
    model.compile(tf.keras.optimizers.SGD(learning_rate, momentum), loss)
    history = model.fit(X.T, Y.T, epochs=epochs, verbose=0, **options)
    weights = model.get_weights()
    trained = {f"W{layer}": weights[2 * layer - 2].T for layer in range(1, L + 1)}
    return trained | {f"b{layer}": weights[2 * layer - 1][:, None] for layer in range(1, L + 1)}, history.history[
        "loss"
    ]


# %% wrong="train_with_keras" says="W1 of train_with_keras"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    options = {"shuffle": False, "batch_size": size}
    trained, costs = keras_variant(parameters, X, Y, learning_rate, epochs, options)
    return parameters, costs


def keras_variant(parameters, X, Y, learning_rate, epochs, options):
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        model.add(tf.keras.layers.Dense(len(parameters[f"b{layer}"]), activation="relu" if layer < L else None))
        model.layers[-1].set_weights([parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]])
    model.compile(tf.keras.optimizers.SGD(learning_rate), tf.keras.losses.CategoricalCrossentropy(from_logits=True))
    history = model.fit(X.T, Y.T, epochs=epochs, verbose=0, **options)
    return model.get_weights(), history.history["loss"]


# %% wrong="train_with_keras" says="with L = 2, m = 107"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        model.add(tf.keras.layers.Dense(len(parameters[f"b{layer}"])))
        model.layers[-1].set_weights([parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]])
    model.compile(tf.keras.optimizers.SGD(learning_rate), tf.keras.losses.CategoricalCrossentropy(from_logits=True))
    history = model.fit(X.T, Y.T, batch_size=size, epochs=epochs, shuffle=False, verbose=0)
    weights = model.get_weights()
    trained = {f"W{layer}": weights[2 * layer - 2].T for layer in range(1, L + 1)}
    return trained | {f"b{layer}": weights[2 * layer - 1][:, None] for layer in range(1, L + 1)}, history.history[
        "loss"
    ]


# %% wrong="train_with_keras" says="costs of train_with_keras"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        units, activation = len(parameters[f"b{layer}"]), "relu" if layer < L else None
        model.add(tf.keras.layers.Dense(units, activation=activation))
        model.layers[-1].set_weights([parameters[f"W{layer}"].T, parameters[f"b{layer}"][:, 0]])
    model.compile(tf.keras.optimizers.SGD(learning_rate), tf.keras.losses.CategoricalCrossentropy())
    history = model.fit(X.T, Y.T, batch_size=size, epochs=epochs, shuffle=False, verbose=0)
    weights = model.get_weights()
    trained = {f"W{layer}": weights[2 * layer - 2].T for layer in range(1, L + 1)}
    return trained | {f"b{layer}": weights[2 * layer - 1][:, None] for layer in range(1, L + 1)}, history.history[
        "loss"
    ]


# %% wrong="train_with_keras" says="with layers of 4, 4 and 4 units"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    L, model = len(parameters) // 2, tf.keras.Sequential([tf.keras.Input((len(X),))])
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        model.add(tf.keras.layers.Dense(len(b), activation="relu" if layer < L else None))
        model.layers[-1].set_weights([W if W.shape[0] == W.shape[1] else W.T, b[:, 0]])
    model.compile(tf.keras.optimizers.SGD(learning_rate), tf.keras.losses.CategoricalCrossentropy(from_logits=True))
    history = model.fit(X.T, Y.T, batch_size=size, epochs=epochs, shuffle=False, verbose=0)
    weights = model.get_weights()
    trained = {f"W{layer}": weights[2 * layer - 2].T for layer in range(1, L + 1)}
    return trained | {f"b{layer}": weights[2 * layer - 1][:, None] for layer in range(1, L + 1)}, history.history[
        "loss"
    ]


# %% alternative="train_with_keras"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    trained = {key: np.array(value, float) for key, value in parameters.items()}
    m, costs = X.shape[1], []
    for _ in range(epochs):
        total = 0
        for k in range(0, m, size):
            cost, grads = loss_and_gradients(X[:, k : k + size], Y[:, k : k + size], trained)
            total += cost * X[:, k : k + size].shape[1]
            trained = {key: value - learning_rate * grads["d" + key] for key, value in trained.items()}
        costs.append(total / m)
    return trained, costs


# %% alternative="train_with_keras"
def train_with_keras(parameters, X, Y, learning_rate, size, epochs):
    rows = inputs = tf.keras.Input(shape=(X.shape[0],))
    L, weights, costs = len(parameters) // 2, [], []
    for n in range(L):
        W, b = parameters[f"W{n + 1}"], parameters[f"b{n + 1}"]
        rows = tf.keras.layers.Dense(W.shape[0])(rows)
        rows = tf.keras.layers.ReLU()(rows) if n + 1 < L else rows
        weights += [W.T.copy(), b.ravel()]
    model = tf.keras.Model(inputs, rows)
    model.set_weights(weights)
    model.compile(
        optimizer=tf.keras.optimizers.SGD(learning_rate=learning_rate),
        loss=lambda y, z: tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=z),
    )
    for _ in range(epochs):
        total = 0
        for k in range(0, X.shape[1], size):
            model.reset_metrics()
            batch = X.T[k : k + size].astype("float32"), Y.T[k : k + size].astype("float32")
            total += float(model.train_on_batch(*batch)) * len(batch[0])
        costs.append(total / X.shape[1])
    found = model.get_weights()
    trained = {}
    for n in range(L):
        trained[f"W{n + 1}"], trained[f"b{n + 1}"] = found[2 * n].T.astype(float), found[2 * n + 1].reshape(-1, 1)
    return trained, costs


# %% equivalent="train_with_keras" mutant="float32 inside" why="a Keras model may stay in float32"


# %% equivalent="train_with_keras" mutant="rounded to six places" why="four digits, or 0.00001, are asked"


# %% equivalent="train_with_keras" mutant="number type of the first argument" why="parameters are floats"


# %% equivalent="train_with_keras" mutant="only 100 steps" why="there are at most 50 epochs"
