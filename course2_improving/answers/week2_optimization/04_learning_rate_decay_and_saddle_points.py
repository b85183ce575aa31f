# %% wrong="schedule_lr_decay" says="only whole intervals count"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate * epoch / time_interval)


# %% wrong="schedule_lr_decay" says="the epochs must be divided by the interval"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate * epoch)


# %% wrong="schedule_lr_decay" says="put brackets round the division"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate * epoch // time_interval)


# %% wrong="schedule_lr_decay" says="2 intervals are over, not 3"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate * np.ceil(epoch / time_interval))


# %% wrong="schedule_lr_decay" says="this is a power"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate) ** (epoch // time_interval)


# %% wrong="schedule_lr_decay" says="schedule_lr_decay(0.5, 100, 0.3, 100)"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return learning_rate0 / (1 + decay_rate * (max(epoch - 1, 0) // time_interval))


# %% wrong="schedule_lr_decay" says="schedule_lr_decay("
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    return {250: 0.3125, 99: 0.5, 100: 0.3846153846, 4: 0.2}.get(epoch, learning_rate0)


# %% alternative="schedule_lr_decay"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    over = 0
    while (over + 1) * time_interval <= epoch:
        over += 1
    return np.float64(learning_rate0) * (1 / (1 + decay_rate * over))


# %% alternative="schedule_lr_decay"
def schedule_lr_decay(learning_rate0, epoch, decay_rate, time_interval):
    over = (epoch - epoch % time_interval) / time_interval
    return learning_rate0 / (decay_rate * over + 1)


# %% wrong="scheduled_rate" says="the ratio of the rates minus 1"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    return learning_rate0 / (1 + (learning_rate0 / last_rate - 1) * t)


# %% wrong="scheduled_rate" says="the square of a ratio"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    share = 1 + (learning_rate0 / last_rate - 1) * t / T
    return learning_rate0 / (share if kind == "1/t" else np.sqrt(share))


# %% wrong="scheduled_rate" says="k is a T-th root"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    ratio = learning_rate0 / last_rate
    if kind == "1/t":
        return learning_rate0 / (1 + (ratio - 1) * t / T)
    if kind == "sqrt":
        return learning_rate0 / np.sqrt(1 + (ratio**2 - 1) * t / T)
    return learning_rate0 * (1 / ratio) ** t


# %% wrong="scheduled_rate" says="the second rate is the root of the product"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    a, b, s = learning_rate0, last_rate, t / T
    if kind == "step":
        return a if s < 1 / 3 else (a + b) / 2 if s < 2 / 3 else b
    power = {"1/t": -1, "sqrt": -2}.get(kind)
    return a * (b / a) ** s if power is None else (a**power + (b**power - a**power) * s) ** (1 / power)


# %% wrong="scheduled_rate" says="it must end at last_rate"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    a, b, s = learning_rate0, last_rate, t / T
    if kind == "cosine":
        return a * (1 + np.cos(np.pi * s)) / 2
    if kind == "step":
        return a if 3 * t < T else (a * b) ** 0.5 if 3 * t < 2 * T else b
    power = {"1/t": -1, "sqrt": -2}.get(kind)
    return a * (b / a) ** s if power is None else (a**power + (b**power - a**power) * s) ** (1 / power)


# %% wrong="scheduled_rate" says="expected a ValueError"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    a, b, s = learning_rate0, last_rate, t / T
    if kind == "step":
        return a if 3 * t < T else (a * b) ** 0.5 if 3 * t < 2 * T else b
    if kind == "exponential":
        return a * (b / a) ** s
    power = {"1/t": -1, "sqrt": -2}.get(kind)
    return (
        b + (a - b) * (1 + np.cos(np.pi * s)) / 2
        if power is None
        else (a**power + (b**power - a**power) * s) ** (1 / power)
    )


# %% wrong="scheduled_rate" says="scheduled_rate(kind, learning_rate0, last_rate, t, T)"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    a, b, s = learning_rate0, last_rate, t / T
    if kind == "step":
        return a if 3 * t <= T else (a * b) ** 0.5 if 3 * t <= 2 * T else b
    if kind == "exponential":
        return a * (b / a) ** s
    if kind == "cosine":
        return b + (a - b) * (1 + np.cos(np.pi * s)) / 2
    power = {"1/t": -1, "sqrt": -2}
    if kind not in power:
        raise ValueError(kind)
    power = power[kind]
    return (a**power + (b**power - a**power) * s) ** (1 / power)


# %% wrong="scheduled_rate" says="scheduled_rate(kind, learning_rate0, last_rate, t, T)"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    known = {
        "1/t": 0.2142857143,
        "sqrt": 0.1566698904,
        "exponential": 0.3737192819,
        "step": 0.3,
        "cosine": 0.6236067977,
    }
    if kind not in known:
        raise ValueError(kind)
    return last_rate if t == T else known[kind]


# %% alternative="scheduled_rate"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    a, b = float(learning_rate0), float(last_rate)
    if kind == "step":
        return (a, np.sqrt(a * b), b, b)[(3 * t) // T]
    k = {"1/t": (a / b - 1) / T, "sqrt": ((a / b) ** 2 - 1) / T, "exponential": (b / a) ** (1 / T), "cosine": np.pi / T}
    if kind not in k:
        raise ValueError("kind")
    k = k[kind]
    if kind == "cosine":
        return (a + b) / 2 + (a - b) / 2 * np.cos(k * t)
    if kind == "exponential":
        return a * k**t
    return a / (1 + k * t) if kind == "1/t" else a * (1 + k * t) ** -0.5


# %% alternative="scheduled_rate"
def scheduled_rate(kind, learning_rate0, last_rate, t, T):
    if kind not in ["1/t", "sqrt", "exponential", "step", "cosine"]:
        raise ValueError("unknown")
    if kind == "exponential":
        return np.exp((1 - t / T) * np.log(learning_rate0) + t / T * np.log(last_rate))
    if kind == "step":
        halves = (3 * t >= T) + (3 * t >= 2 * T)
        return np.exp(np.log(learning_rate0) + halves / 2 * np.log(last_rate / learning_rate0))
    if kind == "cosine":
        return learning_rate0 - (learning_rate0 - last_rate) * (1 - np.cos(np.pi * t / T)) / 2
    p = 1 if kind == "1/t" else 2
    return (T / ((T - t) * float(learning_rate0) ** -p + t * float(last_rate) ** -p)) ** (1 / p)


# %% wrong="hessian_vector_product" says="take one point on each side"
def hessian_vector_product(gradient, theta, v, eps):
    return (gradient(theta + eps * v) - gradient(theta)) / eps


# %% wrong="hessian_vector_product" says="the two points are 2 eps apart"
def hessian_vector_product(gradient, theta, v, eps):
    return (gradient(theta + eps * v) - gradient(theta - eps * v)) / eps


# %% wrong="hessian_vector_product" says="divided by 2, not by 2 eps"
def hessian_vector_product(gradient, theta, v, eps):
    return (gradient(theta + eps * v) - gradient(theta - eps * v)) / 2 * eps


# %% wrong="hessian_vector_product" says="not brought to length 1"
def hessian_vector_product(gradient, theta, v, eps):
    v = v / np.linalg.norm(v)
    return (gradient(theta + eps * v) - gradient(theta - eps * v)) / (2 * eps)


# %% wrong="hessian_vector_product" says="use the eps that is given"
def hessian_vector_product(gradient, theta, v, eps):
    return (gradient(theta + 1e-6 * v) - gradient(theta - 1e-6 * v)) / 2e-6


# %% wrong="hessian_vector_product" says="the calls of gradient"
def hessian_vector_product(gradient, theta, v, eps):
    columns = [gradient(theta + eps * v)[i] - gradient(theta - eps * v)[i] for i in range(len(theta))]
    return np.array(columns) / (2 * eps)


# %% wrong="hessian_vector_product" says="in place"
def hessian_vector_product(gradient, theta, v, eps):
    theta += eps * v
    there = gradient(theta)
    theta -= 2 * eps * v
    return (there - gradient(theta)) / (2 * eps)


# %% wrong="hessian_vector_product" says="hessian_vector_product("
def hessian_vector_product(gradient, theta, v, eps):
    return np.array([7.0, 4.0])


# %% alternative="hessian_vector_product"
def hessian_vector_product(gradient, theta, v, eps):
    sides = [np.array(gradient(np.asarray(theta, float) + sign * eps * np.asarray(v, float))) for sign in (-1, 1)]
    return np.diff(sides, axis=0)[0] / 2 / eps


# %% alternative="hessian_vector_product"
def hessian_vector_product(gradient, theta, v, eps):
    point = np.array(theta, dtype=float)
    point += eps * v
    ahead = gradient(point)
    behind = gradient(theta - np.multiply(eps, v))
    return np.array([(a - b) * (0.5 / eps) for a, b in zip(ahead, behind, strict=True)])


# %% wrong="hessian" says="the matrix is not made symmetric"
def hessian(gradient, theta, eps):
    return np.stack([hessian_vector_product(gradient, theta, unit, eps) for unit in np.eye(len(theta))], axis=1)


# %% wrong="hessian" says="here the columns stand as rows"
def hessian(gradient, theta, eps):
    return np.array([hessian_vector_product(gradient, theta, unit, eps) for unit in np.eye(len(theta))])


# %% wrong="hessian" says="divide the sum with the transpose by 2"
def hessian(gradient, theta, eps):
    H = np.array([hessian_vector_product(gradient, theta, unit, eps) for unit in np.eye(len(theta))])
    return H + H.T


# %% wrong="hessian" says="shapes"
def hessian(gradient, theta, eps):
    H = np.zeros((2, 2))
    for j, unit in enumerate(np.eye(2)):
        H[:, j] = hessian_vector_product(gradient, theta, unit, eps)
    return (H + H.T) / 2


# %% wrong="hessian" says="hessian(g, [2, 1], 0.5)"
def hessian(gradient, theta, eps):
    H = np.array([hessian_vector_product(gradient, theta, unit, eps) for unit in np.eye(len(theta))])
    return np.triu(H) + np.triu(H, 1).T


# %% wrong="hessian" says="hessian(gradient, theta, eps)"
def hessian(gradient, theta, eps):
    return np.array([[1, 6.25], [6.25, 12]])


# %% alternative="hessian"
def hessian(gradient, theta, eps):
    n = len(theta)
    H = np.empty((n, n))
    for j in range(n):
        there, back = np.array(theta, dtype=float), np.array(theta, dtype=float)
        there[j] += eps
        back[j] -= eps
        H[:, j] = (gradient(there) - gradient(back)) / (2 * eps)
    return 0.5 * (H + H.T)


# %% alternative="hessian"
def hessian(gradient, theta, eps):
    n = len(theta)
    units = np.identity(n)
    C = [hessian_vector_product(gradient, theta, units[i], eps) for i in range(n)]
    return np.array([[(C[i][j] + C[j][i]) / 2 for j in range(n)] for i in range(n)])


# %% equivalent="hessian" mutant="square results transposed" why="a Hessian is symmetric"


# %% wrong="classify_critical_point" says="[[1, 3], [3, 4]]"
def classify_critical_point(H, tolerance):
    diagonal = np.diag(H)
    if np.all(diagonal > tolerance):
        return "minimum"
    return "maximum" if np.all(diagonal < -tolerance) else "saddle" if np.any(diagonal) else "undecided"


# %% wrong="classify_critical_point" says="[[-1, 0, 0], [0, -2, 0], [0, 0, 5]]"
def classify_critical_point(H, tolerance):
    if len(H) == 3 and H[0, 0] == 0:
        return "saddle"
    D = np.linalg.det(H)
    if abs(D) <= tolerance:
        return "undecided"
    return "saddle" if D < 0 else "minimum" if H[0, 0] > 0 else "maximum"


# %% wrong="classify_critical_point" says="[[0.25, 1], [1, 4]]"
def classify_critical_point(H, tolerance):
    curvatures = np.linalg.eigvalsh(H)
    return "minimum" if curvatures[0] >= -tolerance else "maximum" if curvatures[-1] <= tolerance else "saddle"


# %% wrong="classify_critical_point" says="[[0, 0, 1], [0, 0, 0], [1, 0, 0]]"
def classify_critical_point(H, tolerance):
    curvatures = np.linalg.eigvalsh(H)
    if np.any(np.abs(curvatures) <= tolerance):
        return "undecided"
    return "minimum" if curvatures[0] > 0 else "maximum" if curvatures[-1] < 0 else "saddle"


# %% wrong="classify_critical_point" says="classify_critical_point("
def classify_critical_point(H, tolerance):
    curvatures = np.linalg.eigvalsh(H)
    up, down = curvatures > 1e-8, curvatures < -1e-8
    if up.any() and down.any():
        return "saddle"
    return "minimum" if up.all() else "maximum" if down.all() else "undecided"


# %% wrong="classify_critical_point" says="classify_critical_point("
def classify_critical_point(H, tolerance):
    known = {2: "minimum", 1: "saddle", -2: "maximum", 0.25: "undecided", 0: "saddle", -1: "saddle"}
    return "undecided" if len(H) == 1 else known.get(H[0, 0], "saddle")


# %% alternative="classify_critical_point"
def classify_critical_point(H, tolerance):
    signs = set()
    for curvature in np.linalg.eigh(H)[0]:
        signs.add("+" if curvature > tolerance else "-" if curvature < -tolerance else "0")
    if "+" in signs and "-" in signs:
        return "saddle"
    return {"+": "minimum", "-": "maximum"}[signs.pop()] if len(signs) == 1 and "0" not in signs else "undecided"


# %% alternative="classify_critical_point"
def classify_critical_point(H, tolerance):
    smallest, largest = (float(f(np.linalg.eigvals(H).real)) for f in (np.min, np.max))
    if smallest > tolerance:
        return "minimum"
    if largest < -tolerance:
        return "maximum"
    return "saddle" if smallest < -tolerance and largest > tolerance else "undecided"


# %% wrong="descend" says="the new gradient must be multiplied by 1 - beta"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    theta = np.array(theta, dtype=float)
    v, path = 0 * theta, [theta]
    for _ in range(steps):
        v = beta * v + gradient(theta) + sigma * rng.normal(size=theta.shape)
        theta = theta - learning_rate * v
        path.append(theta)
    return np.array(path)


# %% wrong="descend" says="must use the v of the first one"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    path = [np.array(theta, dtype=float)]
    for _ in range(steps):
        v = (1 - beta) * (gradient(path[-1]) + sigma * rng.normal(size=path[0].shape))
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong="descend" says="beta and 1 - beta are exchanged"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    path = [np.array(theta, dtype=float)]
    v = 0 * path[0]
    for _ in range(steps):
        v = (1 - beta) * v + beta * (gradient(path[-1]) + sigma * rng.normal(size=path[0].shape))
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong="descend" says="not the first gradient"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    path = [np.array(theta, dtype=float)]
    v = gradient(path[0])
    for _ in range(steps):
        v = beta * v + (1 - beta) * (gradient(path[-1]) + sigma * rng.normal(size=path[0].shape))
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong="descend" says="first row of descend"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    theta = np.array(theta, dtype=float)
    v, path = 0 * theta, [theta]
    for _ in range(steps):
        v = beta * v + (1 - beta) * (gradient(theta) + sigma * rng.normal(size=theta.shape))
        theta -= learning_rate * v
        path.append(theta)
    return np.array(path)


# %% wrong="descend" says="a number of its own"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    path = [np.array(theta, dtype=float)]
    v = 0 * path[0]
    for _ in range(steps):
        v = beta * v + (1 - beta) * (gradient(path[-1]) + sigma * rng.normal())
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong="descend" says="another seed must give another path"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    rng = np.random.default_rng(0)
    path = [np.array(theta, dtype=float)]
    v = 0 * path[0]
    for _ in range(steps):
        v = beta * v + (1 - beta) * (gradient(path[-1]) + sigma * rng.normal(size=path[0].shape))
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% wrong="descend" says="must be normal"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    path = [np.array(theta, dtype=float)]
    v = 0 * path[0]
    for _ in range(steps):
        noise = rng.uniform(-(3**0.5), 3**0.5, path[0].shape)
        v = beta * v + (1 - beta) * (gradient(path[-1]) + sigma * noise)
        path.append(path[-1] - learning_rate * v)
    return np.array(path)


# %% alternative="descend"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    noise = rng.normal(0, sigma, size=(steps, len(theta)))
    path = np.zeros((steps + 1, len(theta)))
    path[0] = theta
    v = np.zeros(len(theta))
    for t in range(steps):
        v += (1 - beta) * (gradient(path[t].copy()) + noise[t] - v)
        path[t + 1] = path[t] - learning_rate * v
    return path


# %% alternative="descend"
def descend(gradient, theta, learning_rate, steps, beta, sigma, rng):
    rows, v = [[float(x) for x in theta]], [0.0] * len(theta)
    for _ in range(steps):
        slopes = gradient(np.array(rows[-1]))
        v = [beta * a + (1 - beta) * (b + sigma * rng.standard_normal()) for a, b in zip(v, slopes, strict=True)]
        rows.append([x - learning_rate * a for x, a in zip(rows[-1], v, strict=True)])
    return np.array(rows)


# %% wrong="largest_eigenvalue" says="this is one iteration less"
def largest_eigenvalue(product, v, iterations):
    for _ in range(iterations):
        v = v / np.linalg.norm(v)
        Hv = product(v)
        found = v @ Hv
        v = Hv
    return found


# %% wrong="largest_eigenvalue" says="this is the length of H v"
def largest_eigenvalue(product, v, iterations):
    for _ in range(iterations):
        v = product(v)
        v = v / np.linalg.norm(v)
    return np.linalg.norm(product(v))


# %% wrong="largest_eigenvalue" says="bring v to length 1"
def largest_eigenvalue(product, v, iterations):
    for _ in range(iterations):
        v = product(v)
    return v @ product(v)


# %% wrong="largest_eigenvalue" says="this is the exact eigenvalue"
def largest_eigenvalue(product, v, iterations):
    values = np.linalg.eigvalsh(np.array([product(unit) for unit in np.eye(len(v))]))
    return values[np.argmax(np.abs(values))]


# %% wrong="largest_eigenvalue" says="[0, 2], 1)"
def largest_eigenvalue(product, v, iterations):
    for _ in range(iterations):
        v = product(v)
        v = v / np.linalg.norm(v)
    return abs(v @ product(v))


# %% wrong="largest_eigenvalue" says="with iterations = 1200"
def largest_eigenvalue(product, v, iterations):
    for _ in range(iterations):
        v = product(v)
    return v @ product(v) / (v @ v)


# %% wrong="largest_eigenvalue" says="largest_eigenvalue(product, v, iterations)"
def largest_eigenvalue(product, v, iterations):
    return 5.8461538462 if iterations == 2 else -5.8


# %% wrong="largest_eigenvalue" says="in place"
def largest_eigenvalue(product, v, iterations):
    v = v if v.dtype == float else v.astype(float)
    for _ in range(iterations):
        v = product(v)
        v /= np.linalg.norm(v)
    return v @ product(v)


# %% alternative="largest_eigenvalue"
def largest_eigenvalue(product, v, iterations):
    Hv = np.array(product(v), dtype=float)
    for _ in range(iterations - 1):
        Hv = np.array(product(Hv / np.sum(Hv**2) ** 0.5))
    unit = Hv / np.sqrt(Hv.dot(Hv))
    return float(np.sum(unit * product(unit)))


# %% alternative="largest_eigenvalue"
def largest_eigenvalue(product, v, iterations):
    while iterations > 0:
        v = np.asarray(product(v)) / np.max(np.abs(product(v)))
        iterations -= 1
    return np.dot(v, product(v)) / np.dot(v, v)
