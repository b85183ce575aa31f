# %% wrong="warm_up" says="this quotient is one-sided"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - J) / eps
    return J, dtheta, numerical, relative_difference(dtheta, numerical)


# %% wrong="warm_up" says="the two points are 2 eps apart"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / eps
    return J, dtheta, numerical, relative_difference(dtheta, numerical)


# %% wrong="warm_up" says="needs brackets"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / 2 * eps
    return J, dtheta, numerical, relative_difference(dtheta, numerical)


# %% wrong="warm_up" says="divide by the sum of both sizes"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / (2 * eps)
    return J, dtheta, numerical, abs(dtheta - numerical) / abs(dtheta)


# %% wrong="warm_up" says="dtheta of warm_up"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / (2 * eps)
    return J, dtheta, numerical, relative_difference(dtheta, numerical)


# %% wrong="warm_up" says="J of warm_up"
def warm_up(x, theta, eps):
    return 6.75, 13.5, 13.58, 0.08 / 27.08


# %% wrong="warm_up" says="only zeros in"
def warm_up(x, theta, eps):
    J, dtheta = x * theta**3, 3 * x * theta**2
    numerical = (x * (theta + eps) ** 3 - x * (theta - eps) ** 3) / (2 * eps)
    return J, dtheta, numerical, abs(dtheta - numerical) / (abs(dtheta) + abs(numerical))


# %% alternative="warm_up"
def warm_up(x, theta, eps):
    def forward(t):
        return float(x) * t * t * t

    slope = float(forward(theta + eps) / 2 / eps - forward(theta - eps) / 2 / eps)
    given = 3.0 * x * theta * theta
    return [forward(theta), given, slope, relative_difference(np.array([given]), np.array([slope]))]


# %% alternative="warm_up"
def warm_up(x, theta, eps):
    costs = x * (theta + eps * np.array([-1.0, 0.0, 1.0])) ** 3
    numerical, dtheta = (costs[2] - costs[0]) / (2.0 * eps), 3 * x * np.square(theta)
    size = np.hypot(dtheta, 0) + abs(numerical)
    return costs[1], dtheta, numerical, 0 if size == 0 else abs(numerical - dtheta) / size


# %% wrong="params_to_vector" says="the order is that of the dict"
def params_to_vector(parameters):
    return np.concatenate([value.reshape(-1, 1) for value in parameters.values()])


# %% wrong="params_to_vector" says="all W come before all b"
def params_to_vector(parameters):
    return np.concatenate([parameters[key].reshape(-1, 1) for key in sorted(parameters)])


# %% wrong="params_to_vector" says="take it row by row"
def params_to_vector(parameters):
    keys = [f"{letter}{layer}" for layer in range(1, len(parameters) // 2 + 1) for letter in "Wb"]
    return np.concatenate([parameters[key].T.reshape(-1, 1) for key in keys])


# %% wrong="params_to_vector" says="b comes before W"
def params_to_vector(parameters):
    keys = [f"{letter}{layer}" for layer in range(1, len(parameters) // 2 + 1) for letter in "bW"]
    return np.concatenate([parameters[key].reshape(-1, 1) for key in keys])


# %% wrong="params_to_vector" says="with L = 12"
def params_to_vector(parameters):
    keys = sorted(parameters, key=lambda key: (key[1:], key[0]))
    return np.concatenate([parameters[key].reshape(-1, 1) for key in keys])


# %% wrong="params_to_vector" says="shape"
def params_to_vector(parameters):
    keys = [f"{letter}{layer}" for layer in range(1, len(parameters) // 2 + 1) for letter in "Wb"]
    return np.concatenate([parameters[key].ravel() for key in keys])


# %% wrong="params_to_vector" says="params_to_vector(parameters)"
def params_to_vector(parameters):
    return np.array([[1], [2], [2.5], [3], [4], [4.5], [5], [6], [7], [8.5], [9]])


# %% alternative="params_to_vector"
def params_to_vector(parameters):
    entries = []
    for key in sorted(parameters, key=lambda key: (int(key[1:]), key[0])):
        for row in parameters[key]:
            entries.extend(float(entry) for entry in row)
    return np.array(entries)[:, None]


# %% alternative="params_to_vector"
def params_to_vector(parameters):
    column, layer = np.zeros((0, 1)), 1
    while f"W{layer}" in parameters:
        both = np.hstack([parameters[f"W{layer}"].ravel(), parameters[f"b{layer}"].ravel()])
        column, layer = np.vstack([column, both[:, np.newaxis]]), layer + 1
    return column


# %% wrong="vector_to_params" says="fill W1 row by row"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = theta[start : start + like[key].size].reshape(like[key].shape, order="F").copy()
            start += like[key].size
    return parameters


# %% wrong="vector_to_params" says="not that of the dict"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for key in like:
        parameters[key] = theta[start : start + like[key].size].reshape(like[key].shape).copy()
        start += like[key].size
    return parameters


# %% wrong="vector_to_params" says="all W come before all b"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for key in sorted(like):
        parameters[key] = theta[start : start + like[key].size].reshape(like[key].shape).copy()
        start += like[key].size
    return parameters


# %% wrong="vector_to_params" says="expected a ValueError"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = theta[start : start + like[key].size].reshape(like[key].shape).copy()
            start += like[key].size
    return parameters


# %% wrong="vector_to_params" says="memory of the argument theta"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = theta[start : start + like[key].size].reshape(like[key].shape)
            start += like[key].size
    return parameters


# %% wrong="vector_to_params" says="changes its argument like in place"
def vector_to_params(theta, like):
    start = 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            like[key] = theta[start : start + like[key].size].reshape(like[key].shape).copy()
            start += like[key].size
    return like


# %% wrong="vector_to_params" says="whole numbers in like"
def vector_to_params(theta, like):
    parameters, start = {}, 0
    if theta.size != sum(value.size for value in like.values()):
        raise ValueError
    for layer in range(1, len(like) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            parameters[key] = np.zeros_like(like[key])
            parameters[key][:] = theta[start : start + like[key].size].reshape(like[key].shape)
            start += like[key].size
    return parameters


# %% alternative="vector_to_params"
def vector_to_params(theta, like):
    keys = sorted(like, key=lambda key: (int(key[1:]), key[0]))
    ends = np.cumsum([like[key].size for key in keys])
    if len(theta) != ends[-1]:
        raise ValueError("another number of parameters")
    pieces = np.split(np.array(theta, dtype=float).ravel(), ends[:-1])
    return {key: np.array(piece).reshape(like[key].shape) for key, piece in zip(keys, pieces, strict=True)}


# %% alternative="vector_to_params"
def vector_to_params(theta, like):
    numbers = [float(number) for number in theta[:, 0]][::-1]
    parameters = {key: np.zeros(value.shape) for key, value in like.items()}
    for layer in range(len(like) // 2):
        for letter in "Wb":
            array = parameters[letter + str(layer + 1)]
            for place in np.ndindex(array.shape):
                if not numbers:
                    raise ValueError("too short")
                array[place] = numbers.pop()
    if numbers:
        raise ValueError("too long")
    return parameters


# %% wrong="numerical_gradient" says="begin with a new column for each entry"
def numerical_gradient(f, theta, eps, entries=None):
    slopes, step = [], np.zeros(theta.shape)
    for place in range(len(theta)) if entries is None else entries:
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta - step)) / (2 * eps)])
    return np.array(slopes)


# %% wrong="numerical_gradient" says="one-sided"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in range(len(theta)) if entries is None else entries:
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta)) / eps])
    return np.array(slopes)


# %% wrong="numerical_gradient" says="cannot hold 2.1"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in range(len(theta)) if entries is None else entries:
        up, down = theta.copy(), theta.copy()
        up[place] = up[place] + eps
        down[place] = down[place] - eps
        slopes.append([(f(up) - f(down)) / (2 * eps)])
    return np.array(slopes)


# %% wrong="numerical_gradient" says="in the order of entries"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in range(len(theta)) if entries is None else sorted(entries):
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta - step)) / (2 * eps)])
    return np.array(slopes)


# %% wrong="numerical_gradient" says="f was called 40 times"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in range(len(theta)):
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta - step)) / (2 * eps)])
    return np.array(slopes) if entries is None else np.array(slopes)[entries]


# %% wrong="numerical_gradient" says="shape"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in range(len(theta)) if entries is None else entries:
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append((f(theta + step) - f(theta - step)) / (2 * eps))
    return np.array(slopes)


# %% wrong="numerical_gradient" says="truth value"
def numerical_gradient(f, theta, eps, entries=None):
    slopes = []
    for place in entries or range(len(theta)):
        step = np.zeros(theta.shape)
        step[place] = eps
        slopes.append([(f(theta + step) - f(theta - step)) / (2 * eps)])
    return np.array(slopes)


# %% alternative="numerical_gradient"
def numerical_gradient(f, theta, eps, entries=None):
    chosen = list(range(theta.shape[0]) if entries is None else entries)
    numerical = np.zeros((len(chosen), 1))
    for row, place in enumerate(chosen):
        moved = theta.astype(float)
        moved[place, 0] += eps
        up = f(moved)
        moved[place, 0] = theta[place, 0] - eps
        numerical[row, 0] = (up - f(moved)) / eps / 2
    return numerical


# %% alternative="numerical_gradient"
def numerical_gradient(f, theta, eps, entries=None):
    steps = eps * np.eye(len(theta))
    if entries is not None:
        steps = steps[list(entries)]
    pairs = ((f(theta + row[:, None]), f(theta - row[:, None])) for row in steps)
    return np.array([0.5 * (up - down) / eps for up, down in pairs], dtype=float).reshape(-1, 1)


# %% wrong="gradient_check_n" says="different orders"
def gradient_check_n(cost, parameters, grads, eps):
    gradient = np.concatenate([grads[f"d{key}"].reshape(-1, 1) for key in parameters])
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, eps)
    return relative_difference(gradient, numerical)


# %% wrong="gradient_check_n" says="this is the mean over the matrices"
def gradient_check_n(cost, parameters, grads, eps):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)
    return np.mean([relative_difference(grads[f"d{key}"], numerical[key]) for key in parameters])


# %% wrong="gradient_check_n" says="this is the largest over the matrices"
def gradient_check_n(cost, parameters, grads, eps):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)
    return max(relative_difference(grads[f"d{key}"], numerical[key]) for key in parameters)


# %% wrong="gradient_check_n" says="one-sided"
def gradient_check_n(cost, parameters, grads, eps):
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    theta, slopes = params_to_vector(parameters), []
    for place in range(len(theta)):
        moved = theta.copy()
        moved[place] += eps
        slopes.append([(cost(vector_to_params(moved, parameters)) - cost(parameters)) / eps])
    return relative_difference(gradient, np.array(slopes))


# %% wrong="gradient_check_n" says="with the sign of db1 changed"
def gradient_check_n(cost, parameters, grads, eps):
    return 0.0006692510004


# %% wrong="gradient_check_n" says="a single number is wanted"
def gradient_check_n(cost, parameters, grads, eps):
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, eps)
    return np.abs(gradient - numerical) / (np.abs(gradient) + np.abs(numerical))


# %% wrong="gradient_check_n" says="gradient_check_n(cost, parameters, grads, eps)"
def gradient_check_n(cost, parameters, grads, eps):
    theta, gradient = (params_to_vector(p) for p in (parameters, {key[1:]: value for key, value in grads.items()}))
    numerical = numerical_gradient(lambda column: cost(vector_to_params(column, parameters)), theta, min(eps, 0.1))
    return relative_difference(gradient, numerical)


# %% alternative="gradient_check_n"
def gradient_check_n(cost, parameters, grads, eps):
    squares = np.zeros(3)
    for key, value in parameters.items():
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = eps
            found = (cost(parameters | {key: value + step}) - cost(parameters | {key: value - step})) / (2 * eps)
            given = grads["d" + key][place]
            squares += np.array([given, found, given - found]) ** 2
    given, found, apart = np.sqrt(squares)
    return float(apart / (given + found)) if given + found > 0 else 0.0


# %% alternative="gradient_check_n"
def gradient_check_n(cost, parameters, grads, eps):
    def f(column):
        return cost(vector_to_params(column, parameters))

    numerical = vector_to_params(numerical_gradient(f, params_to_vector(parameters), eps), parameters)
    a = np.concatenate([np.ravel(grads[f"d{key}"]) for key in parameters])
    b = np.concatenate([np.ravel(numerical[key]) for key in parameters])
    return relative_difference(a, b)


# %% wrong="sampled_check" says="how many different entries are moved"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            entries = start + np.arange(parameters[key].size)
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += parameters[key].size
    return differences


# %% wrong="sampled_check" says="drawn equally often"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            entries = start + np.arange(min(k, parameters[key].size))
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += parameters[key].size
    return differences


# %% wrong="sampled_check" says="how many different entries are moved"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            entries = rng.choice(parameters[key].size, min(k, parameters[key].size), replace=False)
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
    return differences


# %% wrong="sampled_check" says="how many different entries are moved"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            n = parameters[key].size
            entries = start + rng.integers(0, n, min(k, n))
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += n
    return differences


# %% wrong="sampled_check" says="Cannot take a larger sample"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            n = parameters[key].size
            entries = start + rng.choice(n, k, replace=False)
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += n
    return differences


# %% wrong="sampled_check" says="sampled_check"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            n = parameters[key].size
            entries = start + np.random.permutation(n)[:k]
            numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += n
    return differences


# %% wrong="sampled_check" says="how often an entry is moved"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    theta, start, differences = params_to_vector(parameters), 0, {}
    gradient = params_to_vector({key: grads[f"d{key}"] for key in parameters})
    for layer in range(1, len(parameters) // 2 + 1):
        for key in (f"W{layer}", f"b{layer}"):
            n = parameters[key].size
            entries = start + rng.permutation(n)[:k]
            for _ in range(2):
                numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps, entries)
            differences[f"d{key}"] = relative_difference(gradient[entries], numerical)
            start += n
    return differences


# %% alternative="sampled_check"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)
    differences = {}
    for key in parameters:
        value, grad = parameters[key], grads["d" + key]
        chosen = rng.permutation(value.size)[:k]
        found = []
        for place in chosen:
            step = np.zeros(value.size)
            step[place] = eps
            step = step.reshape(value.shape)
            found.append(
                (cost({**parameters, key: value + step}) - cost({**parameters, key: value - step})) / (2 * eps)
            )
        differences["d" + key] = relative_difference(grad.ravel()[chosen], np.array(found))
    return differences


# %% alternative="sampled_check"
def sampled_check(cost, parameters, grads, eps, k, seed):
    rng = np.random.default_rng(seed)

    def f(column):
        return cost(vector_to_params(column, parameters))

    theta = params_to_vector(parameters)
    gradient = params_to_vector({key[1:]: value for key, value in grads.items()})
    result, begin = {}, 0
    for layer in range(len(parameters) // 2):
        for letter in ("W", "b"):
            size = parameters[f"{letter}{layer + 1}"].size
            keys = sorted((rng.random(), place) for place in range(begin, begin + size))
            entries = [place for _, place in keys[:k]]
            found = numerical_gradient(f, theta, eps, entries)[:, 0]
            result[f"d{letter}{layer + 1}"] = float(relative_difference(gradient[entries, 0], found))
            begin += size
    return result


# %% wrong="find_the_bug" says="wrong: dW1, db1, dW2, db2"
def find_the_bug(cost, parameters, grads, eps, tol):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)
    for layer in range(len(parameters) // 2, 0, -1):
        for letter in "Wb":
            if relative_difference(grads[f"d{letter}{layer}"], numerical[f"{letter}{layer}"]) > tol:
                return f"d{letter}{layer}"
    return None


# %% wrong="find_the_bug" says="wrong: dW1, db1, db2"
def find_the_bug(cost, parameters, grads, eps, tol):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)
    for layer in range(1, len(parameters) // 2 + 1):
        wrong = [c for c in "Wb" if relative_difference(grads[f"d{c}{layer}"], numerical[f"{c}{layer}"]) > tol]
        if wrong:
            return f"d{wrong[0] if len(wrong) == 1 else 'Z'}{layer}"
    return None


# %% wrong="find_the_bug" says="with a nan in dW1"
def find_the_bug(cost, parameters, grads, eps, tol):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)

    def is_wrong(key):
        grad = grads[f"d{key}"]
        return grad.shape != numerical[key].shape or relative_difference(grad, numerical[key]) > tol

    for layer in range(len(parameters) // 2, 0, -1):
        wrong = [letter for letter in "Wb" if is_wrong(f"{letter}{layer}")]
        if wrong:
            return f"d{wrong[0] if len(wrong) == 1 else 'Z'}{layer}"
    return None


# %% wrong="find_the_bug" says="with db1 not summed"
def find_the_bug(cost, parameters, grads, eps, tol):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)

    def is_wrong(key):
        apart = np.abs(grads[f"d{key}"] - numerical[key]) / (np.abs(numerical[key]) + 1e-30)
        return not np.max(apart) <= 2 * tol

    for layer in range(len(parameters) // 2, 0, -1):
        wrong = [letter for letter in "Wb" if is_wrong(f"{letter}{layer}")]
        if wrong:
            return f"d{wrong[0] if len(wrong) == 1 else 'Z'}{layer}"
    return None


# %% wrong="find_the_bug" says="wrong: nothing"
def find_the_bug(cost, parameters, grads, eps, tol):
    return "db2"


# %% wrong="find_the_bug" says="tol = 0.001"
def find_the_bug(cost, parameters, grads, eps, tol):
    theta = params_to_vector(parameters)
    numerical = numerical_gradient(lambda t: cost(vector_to_params(t, parameters)), theta, eps)
    numerical = vector_to_params(numerical, parameters)

    def is_wrong(key):
        grad = grads[f"d{key}"]
        return grad.shape != numerical[key].shape or not relative_difference(grad, numerical[key]) <= 1e-5

    for layer in range(len(parameters) // 2, 0, -1):
        wrong = [letter for letter in "Wb" if is_wrong(f"{letter}{layer}")]
        if wrong:
            return f"d{wrong[0] if len(wrong) == 1 else 'Z'}{layer}"
    return None


# %% alternative="find_the_bug"
def find_the_bug(cost, parameters, grads, eps, tol):
    suspects = {}
    for key in parameters:
        grad, value = np.asarray(grads["d" + key], dtype=float), parameters[key]
        if grad.shape != value.shape or not np.isfinite(grad).all():
            suspects[key] = True
            continue
        numerical = np.zeros(value.shape)
        for place in np.ndindex(value.shape):
            step = np.zeros(value.shape)
            step[place] = eps
            up, down = cost({**parameters, key: value + step}), cost({**parameters, key: value - step})
            numerical[place] = (up - down) / (2 * eps)
        suspects[key] = relative_difference(grad, numerical) > tol
    names = {(True, True): "dZ", (True, False): "dW", (False, True): "db"}
    layer = len(parameters) // 2
    while layer and not (suspects[f"W{layer}"] or suspects[f"b{layer}"]):
        layer -= 1
    return names[bool(suspects[f"W{layer}"]), bool(suspects[f"b{layer}"])] + str(layer) if layer else None


# %% alternative="find_the_bug"
def find_the_bug(cost, parameters, grads, eps, tol):
    def f(column):
        return cost(vector_to_params(column, parameters))

    theta, end = params_to_vector(parameters), sum(value.size for value in parameters.values())
    for layer in range(len(parameters) // 2, 0, -1):
        right = {}
        for letter in "bW":
            value, grad = parameters[f"{letter}{layer}"], grads[f"d{letter}{layer}"]
            found = numerical_gradient(f, theta, eps, range(end - value.size, end))
            end -= value.size
            fits = grad.shape == value.shape and np.all(np.isfinite(grad))
            right[letter] = fits and relative_difference(grad.reshape(-1, 1), found) <= tol
        if not right["W"]:
            return f"dW{layer}" if right["b"] else f"dZ{layer}"
        if not right["b"]:
            return f"db{layer}"


# %% equivalent="vector_to_params" mutant="number type of the first argument" why="its results are the entries of theta"
# %% equivalent="sampled_check" mutant="number type of the first argument" why="the parameters are floats"
# %% equivalent="gradient_check_n" mutant="number type of the first argument" why="the parameters are floats"
