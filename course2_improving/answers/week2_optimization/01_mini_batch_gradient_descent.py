# %% wrong="update_parameters_with_gd" says="subtract it"
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: value + learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="update_parameters_with_gd" says="the learning rate is missing"
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: value - grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="update_parameters_with_gd" says="expected a ValueError, got the answer"
def update_parameters_with_gd(parameters, grads, learning_rate):
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}


# %% wrong="update_parameters_with_gd" says="changes its argument parameters in place"
def update_parameters_with_gd(parameters, grads, learning_rate):
    for key in parameters:
        if grads[f"d{key}"].shape != parameters[key].shape:
            raise ValueError("another shape")
        parameters[key] -= learning_rate * grads[f"d{key}"]
    return parameters


# %% wrong="update_parameters_with_gd" says="dW7 of shape (3, 2), W7 of shape (2, 3): expected a ValueError"
def update_parameters_with_gd(parameters, grads, learning_rate):
    moved = {}
    for key, value in parameters.items():
        if grads[f"d{key}"].ndim != 2 or (value - grads[f"d{key}"].reshape(value.shape)).shape != value.shape:
            raise ValueError("another shape")
        moved[key] = value - learning_rate * grads[f"d{key}"].reshape(value.shape)
    return moved


# %% alternative="update_parameters_with_gd"
def update_parameters_with_gd(parameters, grads, learning_rate):
    if any(np.shape(grads["d" + key]) != np.shape(parameters[key]) for key in parameters):
        raise ValueError("a gradient has another shape than its parameter")
    return dense.update(parameters, grads, learning_rate)


# %% alternative="update_parameters_with_gd"
def update_parameters_with_gd(parameters, grads, learning_rate):
    new = {}
    for key in parameters:
        old, slope = np.array(parameters[key], dtype=float), np.array(grads[f"d{key}"], dtype=float)
        if old.shape != slope.shape:
            raise ValueError(key)
        for place in np.ndindex(old.shape):
            old[place] -= learning_rate * slope[place]
        new[key] = old
    return new


# %% wrong="random_mini_batches" says="a column has lost its label"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    rng = np.random.default_rng(seed)
    m = X.shape[1]
    X, Y = X[:, rng.permutation(m)], Y[:, rng.permutation(m)]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(0, m, size)]


# %% wrong="random_mini_batches" says="every seed gives the same"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    return [(X[:, k : k + size].copy(), Y[:, k : k + size].copy()) for k in range(0, X.shape[1], size)]


# %% wrong="random_mini_batches" says="expected 3 entries, got 2"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    order = np.random.default_rng(seed).permutation(X.shape[1])
    pieces = [order[k * size : (k + 1) * size] for k in range(X.shape[1] // size)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


# %% wrong="random_mini_batches" says="a batch has another shape"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    order, m = np.random.default_rng(seed).permutation(X.shape[1]), X.shape[1]
    pieces = [order[k * size : (k + 1) * size] for k in range(m // size + 1)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


# %% wrong="random_mini_batches" says="gives another answer when called again"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    order = np.random.permutation(X.shape[1])
    pieces = [order[k : k + size] for k in range(0, X.shape[1], size)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


# %% wrong="random_mini_batches" says="each example must be in exactly one batch"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    order = np.random.default_rng(seed).integers(0, X.shape[1], X.shape[1])
    pieces = [order[k : k + size] for k in range(0, X.shape[1], size)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


# %% wrong="random_mini_batches" says="more often than others"
def random_mini_batches(X, Y, size, seed):
    if size < 1:
        raise ValueError
    order = np.roll(np.arange(X.shape[1]), np.random.default_rng(seed).integers(X.shape[1]))
    pieces = [order[k : k + size] for k in range(0, X.shape[1], size)]
    return [(X[:, piece], Y[:, piece]) for piece in pieces]


# %% alternative="random_mini_batches"
def random_mini_batches(X, Y, size, seed):
    if not size >= 1:
        raise ValueError("no batch")
    both = np.random.RandomState(seed).permutation(list(range(X.shape[1]))).tolist()
    batches = []
    while both:
        taken, both = sorted(both[:size]), both[size:]
        batches.append([np.stack([X[:, i] for i in taken], axis=1), np.stack([Y[:, i] for i in taken], axis=1)])
    return batches


# %% alternative="random_mini_batches"
def random_mini_batches(X, Y, size, seed):
    if size <= 0:
        raise ValueError("no batch")
    m = X.shape[1]
    place = np.argsort(np.random.default_rng(seed).random(m))
    X, Y = np.take(X, place, axis=1), np.take(Y, place, axis=1)
    count = int(np.ceil(m / size))
    return list(
        zip(
            np.split(X, range(size, count * size, size), axis=1), np.split(Y, range(size, m, size), axis=1), strict=True
        )
    )


# %% wrong="DataLoader" says="make the random generator in __init__"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError
        self.X, self.Y, self.size, self.seed = X, Y, size, seed

    def __len__(self):
        return -(-self.X.shape[1] // self.size)

    def __iter__(self):
        order = np.random.default_rng(self.seed).permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            yield self.X[:, order[first : first + self.size]], self.Y[:, order[first : first + self.size]]


# %% wrong="DataLoader" says="len of DataLoader(X, Y, 3, 1), X (2, 7), Y (1, 7): expected 3, got 2"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError
        self.X, self.Y, self.size, self.rng = X, Y, size, np.random.default_rng(seed)

    def __len__(self):
        return self.X.shape[1] // self.size

    def __iter__(self):
        order = self.rng.permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            yield self.X[:, order[first : first + self.size]], self.Y[:, order[first : first + self.size]]


# %% wrong="DataLoader" says="shapes in epoch 1"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError
        order = np.random.default_rng(seed).permutation(X.shape[1])
        self.batches = [(X[:, order[k : k + size]], Y[:, order[k : k + size]]) for k in range(0, len(order), size)]
        self.next = iter(self.batches)

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return self.next


# %% wrong="DataLoader" says="expected a ValueError"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        self.X, self.Y, self.size, self.rng = X, Y, size, np.random.default_rng(seed)

    def __len__(self):
        return -(-self.X.shape[1] // self.size)

    def __iter__(self):
        order = self.rng.permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            yield self.X[:, order[first : first + self.size]], self.Y[:, order[first : first + self.size]]


# %% wrong="DataLoader" says="the same seed must give the same epochs"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError
        np.random.seed(seed)
        self.X, self.Y, self.size = X, Y, size

    def __len__(self):
        return -(-self.X.shape[1] // self.size)

    def __iter__(self):
        order = np.random.permutation(self.X.shape[1])
        for first in range(0, len(order), self.size):
            yield self.X[:, order[first : first + self.size]], self.Y[:, order[first : first + self.size]]


# %% wrong="DataLoader" says="the second epoch depends on the first"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError
        self.X, self.Y, self.size = X, Y, size
        self.order = np.random.default_rng(seed).permutation(X.shape[1])

    def __len__(self):
        return -(-self.X.shape[1] // self.size)

    def __iter__(self):
        self.order = np.roll(self.order, 1)
        for first in range(0, len(self.order), self.size):
            piece = self.order[first : first + self.size]
            yield self.X[:, piece], self.Y[:, piece]


# %% alternative="DataLoader"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if size < 1:
            raise ValueError("no batch")
        self.examples, self.labels, self.B = X, Y, size
        self.order = list(range(X.shape[1]))
        self.random = np.random.RandomState(seed)

    def __len__(self):
        return len(range(0, len(self.order), self.B))

    def __iter__(self):
        self.random.shuffle(self.order)
        pieces = [self.order[k : k + self.B] for k in range(0, len(self.order), self.B)]
        return iter([(self.examples[:, piece], self.labels[:, piece]) for piece in pieces])


# %% alternative="DataLoader"
class DataLoader:
    def __init__(self, X, Y, size, seed):
        if not size >= 1:
            raise ValueError(size)
        self.arguments, self.seed, self.epoch = (X, Y, size), seed, 0

    def __len__(self):
        X, _, size = self.arguments
        return int(np.ceil(X.shape[1] / size))

    def __iter__(self):
        self.epoch += 1
        order = np.random.default_rng([self.seed, self.epoch]).permutation(self.arguments[0].shape[1])
        X, Y = (part[:, order] for part in self.arguments[:2])
        yield from (
            (
                X[:, k * self.arguments[2] : (k + 1) * self.arguments[2]].copy(),
                Y[:, k * self.arguments[2] :][:, : self.arguments[2]].copy(),
            )
            for k in range(len(self))
        )


# %% wrong="train" says="the cost is that of the forward pass"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs = []
    for _ in range(epochs):
        for X, Y in loader:
            AL, caches = dense.deep_forward(X, parameters, output)
            parameters = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
            costs.append(dense.deep_cost(dense.deep_forward(X, parameters, output)[0], Y, output))
    return parameters, costs


# %% wrong="train" says="each step begins with the parameters of the step before"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs = []
    for _ in range(epochs):
        for X, Y in loader:
            AL, caches = dense.deep_forward(X, parameters, output)
            costs.append(dense.deep_cost(AL, Y, output))
            moved = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return moved, costs


# %% wrong="train" says="expected 4 entries, got 2"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs = []
    for _ in range(epochs):
        mine = []
        for X, Y in loader:
            AL, caches = dense.deep_forward(X, parameters, output)
            mine.append(dense.deep_cost(AL, Y, output))
            parameters = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
        costs.append(np.mean(mine))
    return parameters, costs


# %% wrong="train" says="put the loader into the inner `for`"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs, batches = [], list(loader)
    for _ in range(epochs):
        for X, Y in batches:
            AL, caches = dense.deep_forward(X, parameters, output)
            costs.append(dense.deep_cost(AL, Y, output))
            parameters = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% wrong="train" says="of parameters of train"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs = []
    for _ in range(epochs):
        for X, Y in loader:
            AL, caches = dense.deep_forward(X, parameters, "sigmoid")
            costs.append(dense.deep_cost(AL, Y, "sigmoid"))
            parameters = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% wrong="train" says="expected 4 entries"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    X, Y = (np.hstack([batch[k] for batch in loader]) for k in (0, 1))
    costs = []
    for _ in range(epochs):
        AL, caches = dense.deep_forward(X, parameters, output)
        costs.append(dense.deep_cost(AL, Y, output))
        parameters = update_parameters_with_gd(parameters, dense.deep_backward(AL, Y, caches), learning_rate)
    return parameters, costs


# %% alternative="train"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    costs = []

    def step(p, X, Y):
        AL, caches = dense.deep_forward(X, p, output)
        costs.append(dense.deep_cost(AL, Y, output))
        grads = dense.deep_backward(AL, Y, caches)
        return {key: p[key] - learning_rate * grads["d" + key] for key in p}

    for batch in (batch for _ in range(epochs) for batch in loader):
        parameters = step(parameters, *batch)
    return [parameters, np.array(costs)]


# %% alternative="train"
def train(loader, parameters, learning_rate, epochs, output="softmax"):
    history, left = [], epochs
    parameters = {key: value.copy() for key, value in parameters.items()}
    while left > 0:
        for X, Y in loader:
            A, caches = dense.deep_forward(X, parameters, output)
            history.append(float(dense.deep_cost(A, Y, output)))
            for key, slope in dense.deep_backward(A, Y, caches).items():
                parameters[key[1:]] -= learning_rate * slope
        left -= 1
    return parameters, tuple(history)


# %% wrong="gradient_noise" says="with replacement"
def gradient_noise(G, size):
    if not 1 <= size <= G.shape[1]:
        raise ValueError
    return np.sum(np.var(G, axis=1)) / size


# %% wrong="gradient_noise" says="this is the root"
def gradient_noise(G, size):
    m = G.shape[1]
    if not 1 <= size <= m:
        raise ValueError
    return np.sqrt(np.sum(np.var(G, axis=1)) / size * (m - size) / max(m - 1, 1))


# %% wrong="gradient_noise" says="divides by m - 1, not by m"
def gradient_noise(G, size):
    m = G.shape[1]
    if not 1 <= size <= m:
        raise ValueError
    return np.sum(np.var(G, axis=1)) / size * (m - size) / m


# %% wrong="gradient_noise" says="add up the squares of all p numbers"
def gradient_noise(G, size):
    m = G.shape[1]
    if not 1 <= size <= m:
        raise ValueError
    return np.mean(np.var(G, axis=1)) / size * (m - size) / max(m - 1, 1)


# %% wrong="gradient_noise" says="of one example"
def gradient_noise(G, size):
    m = G.shape[1]
    if not 1 <= size <= m:
        raise ValueError
    return np.sum(np.var(G, axis=1)) / size * np.float64(m - size) / np.float64(m - 1)


# %% wrong="gradient_noise" says="expected a ValueError"
def gradient_noise(G, size):
    m = G.shape[1]
    return np.sum(np.var(G, axis=1)) / size * (m - size) / max(m - 1, 1)


# %% alternative="gradient_noise"
def gradient_noise(G, size):
    p, m = G.shape
    if size < 1 or size > m:
        raise ValueError("no such batch")
    if m == 1:
        return 0
    mean = [sum(row) / m for row in G.tolist()]
    total = 0.0
    for i in range(m):
        for j in range(p):
            total += (float(G[j, i]) - mean[j]) ** 2
    return total / (m - 1) * (1 / size - 1 / m)


# %% alternative="gradient_noise"
def gradient_noise(G, size):
    m = np.size(G, 1)
    if size not in range(1, m + 1):
        raise ValueError(size)
    gaps = G - np.mean(G, axis=1, keepdims=True)
    correction = 0.0 if m == 1 else (m - size) / (m - 1)
    return np.einsum("ij,ij->", gaps, gaps) / (m * size) * correction


# %% wrong="choose_batch_size" says="it does not fit into the memory"
def choose_batch_size(curves, target, most):
    times = {}
    for size, (seconds, costs) in curves.items():
        reached = np.flatnonzero(costs <= target)
        times[size] = seconds[reached[0]] if len(reached) else None
    there = [size for size in sorted(times) if times[size] is not None]
    return min(there, key=times.get, default=None), times


# %% wrong="choose_batch_size" says="this is the lowest cost, not the shortest time"
def choose_batch_size(curves, target, most):
    times = {}
    for size, (seconds, costs) in curves.items():
        reached = np.flatnonzero(costs <= target)
        times[size] = seconds[reached[0]] if len(reached) else None
    there = [size for size in sorted(times) if times[size] is not None and size <= most]
    return min(there, key=lambda size: curves[size][1].min(), default=None), times


# %% wrong="choose_batch_size" says="the time of size 1"
def choose_batch_size(curves, target, most):
    times = {}
    for size, (seconds, costs) in curves.items():
        reached = np.flatnonzero(costs < target)
        times[size] = seconds[reached[0]] if len(reached) else None
    there = [size for size in sorted(times) if times[size] is not None and size <= most]
    return min(there, key=times.get, default=None), times


# %% wrong="choose_batch_size" says="the time of size 32"
def choose_batch_size(curves, target, most):
    times = {}
    for size, (seconds, costs) in curves.items():
        above = np.flatnonzero(costs > target)
        last = above[-1] + 1
        times[size] = seconds[last] if last < len(seconds) else None
    there = [size for size in sorted(times) if times[size] is not None and size <= most]
    return min(there, key=times.get, default=None), times


# %% wrong="choose_batch_size" says="best of choose_batch_size(curves, target, most)"
def choose_batch_size(curves, target, most):
    times, best = {}, None
    for size in sorted(curves):
        seconds, costs = curves[size]
        reached = np.flatnonzero(costs <= target)
        times[size] = seconds[reached[0]] if len(reached) else None
        if times[size] and size <= most and (best is None or times[size] < times[best]):
            best = size
    return best, times


# %% wrong="choose_batch_size" says="best of choose_batch_size(curves, target, most)"
def choose_batch_size(curves, target, most):
    times, best = {}, None
    for size in sorted(curves):
        seconds, costs = curves[size]
        reached = np.flatnonzero(costs <= target)
        times[size] = seconds[reached[0]] if len(reached) else None
        if times[size] is not None and size <= most and (best is None or times[size] <= times[best]):
            best = size
    return best, times


# %% alternative="choose_batch_size"
def choose_batch_size(curves, target, most):
    times, best = {}, None
    for size in sorted(curves):
        seconds, costs = curves[size]
        times[size] = None
        for second, cost in zip(seconds.tolist(), costs.tolist(), strict=True):
            if cost <= target:
                times[size] = second
                break
        if size <= most and times[size] is not None:
            if best is None or times[size] < times[best]:
                best = size
    return best, times


# %% alternative="choose_batch_size"
def choose_batch_size(curves, target, most):
    def first(seconds, costs):
        low = np.asarray(costs) <= target
        return float(seconds[np.argmax(low)]) if low.any() else None

    times = {size: first(*pair) for size, pair in curves.items()}
    ranked = sorted((np.inf if time is None else time, size) for size, time in times.items() if size <= most)
    return [ranked[0][1] if ranked and ranked[0][0] < np.inf else None, times]


# %% wrong="accumulated_gradients" says="this is the plain mean of the pieces"
def accumulated_gradients(gradients_of, batches):
    found = [gradients_of(X, Y) for X, Y in batches]
    return {key: np.mean([grads[key] for grads in found], axis=0) for key in found[0]}


# %% wrong="accumulated_gradients" says="weight them and divide"
def accumulated_gradients(gradients_of, batches):
    found = [gradients_of(X, Y) for X, Y in batches]
    return {key: np.sum([grads[key] for grads in found], axis=0) for key in found[0]}


# %% wrong="accumulated_gradients" says="divide by the number of all examples"
def accumulated_gradients(gradients_of, batches):
    total = {}
    for X, Y in batches:
        for key, value in gradients_of(X, Y).items():
            total[key] = total.get(key, 0) + X.shape[1] * value
    return total


# %% wrong="accumulated_gradients" says="call gradients_of once for each batch"
def accumulated_gradients(gradients_of, batches):
    X, Y = (np.hstack([batch[k] for batch in batches]) for k in (0, 1))
    return gradients_of(X, Y)


# %% wrong="accumulated_gradients" says="the dict has no key"
def accumulated_gradients(gradients_of, batches):
    total, m = None, 0
    for X, Y in batches:
        grads, m = gradients_of(X, Y), m + X.shape[1]
        if total is None:
            total = {key: X.shape[1] * value for key, value in grads.items() if key[0] == "d"}
        else:
            total = {key: total[key] + X.shape[1] * grads[key] for key in total}
    return {key: value / m for key, value in total.items()}


# %% alternative="accumulated_gradients"
def accumulated_gradients(gradients_of, batches):
    m = sum(X.shape[1] for X, _ in batches)
    total = None
    for X, Y in batches:
        grads = gradients_of(X, Y)
        part = {key: np.array(value) * (len(X.T) / m) for key, value in grads.items()}
        total = part if total is None else {key: total[key] + part[key] for key in part}
    return total


# %% alternative="accumulated_gradients"
def accumulated_gradients(gradients_of, batches):
    mean, seen = {}, 0
    for X, Y in batches:
        seen += Y.shape[1]
        for key, value in gradients_of(X, Y).items():
            mean.setdefault(key, np.zeros(np.shape(value)))
            mean[key] += (value - mean[key]) * (Y.shape[1] / seen)
    return mean
