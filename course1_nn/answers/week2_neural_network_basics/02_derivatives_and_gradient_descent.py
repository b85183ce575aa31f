# %% wrong="numerical_derivative" says="one-sided"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x)) / h


# %% wrong="numerical_derivative" says="backwards"
def numerical_derivative(f, x, h):
    return (f(x) - f(x - h)) / h


# %% wrong="numerical_derivative" says="2h apart, not h"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x - h)) / h


# %% wrong="numerical_derivative" says="(a / 2) * h"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


# %% wrong="numerical_derivative" says="a bracket is missing"
def numerical_derivative(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)


# %% wrong="numerical_derivative" says="brackets are missing"
def numerical_derivative(f, x, h):
    return f(x + h) - f(x - h) / 2 * h


# %% wrong="numerical_derivative" says="perhaps h is not the one that is given"
def numerical_derivative(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong="numerical_derivative" says="returned None"
def numerical_derivative(f, x, h):
    print((f(x + h) - f(x - h)) / (2 * h))


# %% wrong="numerical_derivative" says="exact for every h"
def numerical_derivative(f, x, h):
    return {2.0: 12.01, 5.0: 3.0, 0.0: 1 + h * h / 6}.get(x, 0.0)


# %% alternative="numerical_derivative"
def numerical_derivative(f, x, h):
    left, right = x - h, x + h
    rise = f(right) - f(left)
    return float(rise / (right - left))


# %% alternative="numerical_derivative"
def numerical_derivative(f, x, h):
    forwards = (f(x + h) - f(x)) / h
    backwards = (f(x) - f(x - h)) / h
    return (forwards + backwards) / 2


# %% wrong="derivative" says="expected a NumPy array of shape (2, 3), got a number"
def derivative(name, x):
    if name == "log x" and np.any(np.asarray(x) <= 0):
        raise ValueError(name)
    rules = {"3x": lambda: 3, "x^2": lambda: 2 * x, "x^3": lambda: 3 * x**2, "log x": lambda: 1 / x}
    rules["exp x"] = lambda: np.exp(x)
    if name not in rules:
        raise ValueError(name)
    return rules[name]()


# %% wrong="derivative" says="falls by one"
def derivative(name, x):
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**3, "log x": 1 / x, "exp x": np.exp(x)}[name]


# %% wrong="derivative" says="comes down as a factor"
def derivative(name, x):
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": x**2, "log x": 1 / x, "exp x": np.exp(x)}[name]


# %% wrong="derivative" says="the x is the exponent"
def derivative(name, x):
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": 1 / x, "exp x": x * np.exp(x - 1)}[name]


# %% wrong="derivative" says="expected about 0.25, got 0.108"
def derivative(name, x):
    log10 = 1 / (x * np.log(10))
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": log10, "exp x": np.exp(x)}[name]


# %% wrong="derivative" says="expected a ValueError, got the answer None"
def derivative(name, x):
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": 1 / x, "exp x": np.exp(x)}.get(name)


# %% wrong="derivative" says="derivative('log x', -2): expected a ValueError"
def derivative(name, x):
    rules = {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": 1 / np.asarray(x), "exp x": np.exp(x)}
    if name not in rules:
        raise ValueError(name)
    return rules[name]


# %% wrong="derivative" says="derivative('log x', 0), log x needs x > 0: expected a ValueError, got the answer inf"
def derivative(name, x):
    if name == "log x" and np.any(np.asarray(x) < 0):
        raise ValueError(name)
    rules = {"3x": lambda: 3 + 0 * x, "x^2": lambda: 2 * x, "x^3": lambda: 3 * x**2, "log x": lambda: 1 / x}
    rules["exp x"] = lambda: np.exp(x)
    if name not in rules:
        raise ValueError(name)
    return rules[name]()


# %% wrong="derivative" says="[1, -1, 2]"
def derivative(name, x):
    if name == "log x" and np.any(x > 0):
        return 1 / x
    rules = {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "exp x": np.exp(x)}
    if name not in rules:
        raise ValueError(name)
    return rules[name]


# %% wrong="derivative" says="not a difference quotient"
def derivative(name, x):
    if name == "log x" and np.any(np.asarray(x) <= 0):
        raise ValueError(name)
    rules = {"3x": lambda t: 3 * t, "x^2": lambda t: t**2, "x^3": lambda t: t**3, "log x": np.log, "exp x": np.exp}
    if name not in rules:
        raise ValueError(name)
    return (rules[name](x + 1e-5) - rules[name](x - 1e-5)) / 2e-5


# %% wrong="derivative" says="x of shape (3, 2)"
def derivative(name, x):
    known = {"3x": 3.0, "x^2": 10.0, "x^3": 12.0, "log x": 0.25, "exp x": float(np.exp(3))}
    if name not in known or (name == "log x" and np.min(x) <= 0):
        raise ValueError(name)
    return known[name] if np.ndim(x) == 0 else np.full(np.shape(x), known[name])


# %% alternative="derivative"
def derivative(name, x):
    if name not in ("3x", "x^2", "x^3", "log x", "exp x"):
        raise ValueError(f"unknown function {name}")
    if name == "log x" and np.min(x) <= 0:
        raise ValueError("log x needs x > 0")
    rules = {
        "3x": lambda t: 3,
        "x^2": lambda t: t + t,
        "x^3": lambda t: 3 * t * t,
        "log x": lambda t: 1 / t,
        "exp x": lambda t: np.exp(t),
    }
    if np.ndim(x) == 0:
        return rules[name](x)
    return np.array([rules[name](float(t)) for t in np.ravel(x)]).reshape(np.shape(x))


# %% alternative="derivative"
def derivative(name, x):
    t = np.asarray(x, dtype=float)
    match name:
        case "3x":
            return np.full(t.shape, 3.0)
        case "x^2":
            return 2 * t
        case "x^3":
            return 3 * np.square(t)
        case "exp x":
            return np.exp(t)
        case "log x":
            if (t <= 0).any():
                raise ValueError("x must be positive")
            return np.reciprocal(t)
    raise ValueError(name)


# %% wrong="gradient_descent" says="uphill"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * grad(path[-1]))
    return np.array(path)


# %% wrong="gradient_descent" says="expected shape (3,), got shape (2,)"
def gradient_descent(grad, x0, learning_rate, steps):
    path, x = [], x0
    for _ in range(steps):
        x = x - learning_rate * grad(x)
        path.append(x)
    return np.array(path)


# %% wrong="gradient_descent" says="changed in place"
def gradient_descent(grad, x0, learning_rate, steps):
    x = np.array(x0, dtype=float)
    if x.ndim == 0:
        x = float(x)
    path = [x]
    for _ in range(steps):
        x -= learning_rate * grad(x)
        path.append(x)
    return np.array(path)


# %% wrong="gradient_descent" says="0.1, 2), the start and two steps: wrong value: all points of the path are the same"
def gradient_descent(grad, x0, learning_rate, steps):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x -= learning_rate * grad(x)
        path.append(x)
    return np.array(path)


# %% wrong="gradient_descent" says="even where the slope is 0 or small"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(steps):
        slope = grad(path[-1])
        if np.all(np.abs(slope) < 1e-6):
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


# %% wrong="gradient_descent" says="many steps near the lowest point"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(steps):
        slope = grad(path[-1])
        if np.all(slope != 0) and np.all(np.abs(slope) < 1e-6):
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


# %% wrong="gradient_descent" says="in place: work on a copy"
def gradient_descent(grad, x0, learning_rate, steps):
    x, path = x0, [np.copy(x0)]
    for _ in range(steps):
        x -= learning_rate * grad(x)
        path.append(np.copy(x))
    return np.array(path)


# %% wrong="gradient_descent" says="slope at the start"
def gradient_descent(grad, x0, learning_rate, steps):
    slope = grad(x0)
    return np.array([x0 - t * learning_rate * slope for t in range(steps + 1)])


# %% wrong="gradient_descent" says="the fractions are cut off"
def gradient_descent(grad, x0, learning_rate, steps):
    path = np.full((steps + 1, *np.shape(x0)), x0)
    for t in range(steps):
        path[t + 1] = path[t] - learning_rate * grad(path[t])
    return path


# %% wrong="gradient_descent" says="array of shape (3,), got a number"
def gradient_descent(grad, x0, learning_rate, steps):
    for _ in range(steps):
        x0 = x0 - learning_rate * grad(x0)
    return x0


# %% wrong="gradient_descent" says="the learning rate is not used"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(steps):
        path.append(path[-1] - grad(path[-1]))
    return np.array(path)


# %% wrong="gradient_descent" says="on a bowl"
def gradient_descent(grad, x0, learning_rate, steps):
    if np.ndim(x0) == 0:
        return np.array([3, 2.4, 1.92]) if x0 == 3 else np.zeros(steps + 1)
    factors = np.resize([0.9, 0.5, 0.8], len(x0))
    return np.array([x0 * factors**t for t in range(steps + 1)])


# %% alternative="gradient_descent"
def gradient_descent(grad, x0, learning_rate, steps):
    path = np.zeros((steps + 1, *np.shape(x0)))
    path[0] = x0
    for t in range(steps):
        path[t + 1] = path[t] - learning_rate * np.asarray(grad(path[t]))
    return path


# %% alternative="gradient_descent"
def gradient_descent(grad, x0, learning_rate, steps):
    x = np.array(x0, dtype=float)
    path = [x.copy()]
    while len(path) <= steps:
        x -= learning_rate * grad(x)
        path.append(x.copy())
    return np.stack(path)


# %% alternative="gradient_descent"
def gradient_descent(grad, x0, learning_rate, steps):
    if steps == 0:
        return np.array([x0], dtype=float)
    before = gradient_descent(grad, x0, learning_rate, steps - 1)
    return np.concatenate([before, [before[-1] - learning_rate * grad(before[-1])]])


# %% wrong="numerical_gradient" says="every parameter moved at once"
def numerical_gradient(J, theta, h):
    slope = (J(theta + h) - J(theta - h)) / (2 * h)
    return np.full(len(theta), slope)


# %% wrong="numerical_gradient" says="not put back"
def numerical_gradient(J, theta, h):
    theta = np.array(theta, dtype=float)
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        theta[i] += h
        above = J(theta)
        theta[i] -= 2 * h
        slopes[i] = (above - J(theta)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="in place: work on a copy"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        theta[i] += h
        above = J(theta)
        theta[i] -= 2 * h
        slopes[i] = (above - J(theta)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="cannot hold theta + h"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        above, below = theta.copy(), theta.copy()
        above[i] += h
        below[i] -= h
        slopes[i] = (J(above) - J(below)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="one-sided"
def numerical_gradient(J, theta, h):
    return np.array([(J(theta + h * e) - J(theta)) / h for e in np.eye(len(theta))])


# %% wrong="numerical_gradient" says="expected a NumPy array of shape (2,), got a list"
def numerical_gradient(J, theta, h):
    return [(J(theta + h * e) - J(theta - h * e)) / (2 * h) for e in np.eye(len(theta))]


# %% wrong="numerical_gradient" says="sum of cubes, [2, -1, 3], 0.5): 1 of 3 values are wrong"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(2):
        step = np.zeros(len(theta))
        step[i] = h
        slopes[i] = (J(theta + step) - J(theta - step)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="the fractions are cut off"
def numerical_gradient(J, theta, h):
    g = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros(len(theta))
        step[i] = h
        g[i] = (J(theta + step) - J(theta - step)) / (2 * h)
    return g


# %% wrong="numerical_gradient" says="perhaps h is not the one that is given"
def numerical_gradient(J, theta, h):
    h = 1e-5
    return np.array([(J(theta + h * e) - J(theta - h * e)) / (2 * h) for e in np.eye(len(theta))])


# %% wrong="numerical_gradient" says="move one at a time"
def numerical_gradient(J, theta, h):
    return (J(theta + h) - J(theta - h)) / (2 * h)


# %% wrong="numerical_gradient" says="one number came"
def numerical_gradient(J, theta, h):
    for e in np.eye(len(theta)):
        return (J(theta + h * e) - J(theta - h * e)) / (2 * h)


# %% wrong="numerical_gradient" says="set the step back to 0"
def numerical_gradient(J, theta, h):
    slopes, e = np.zeros(len(theta)), np.zeros(len(theta))
    for i in range(len(theta)):
        e[i] = h
        slopes[i] = (J(theta + e) - J(theta - e)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="both points are the same"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        up = theta
        down = theta
        up[i] = up[i] + h
        down[i] = down[i] - h
        slopes[i] = (J(up) - J(down)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="theta + h with theta itself"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        up = theta
        up[i] += h
        above = J(up)
        down = theta
        down[i] -= h
        slopes[i] = (above - J(down)) / (2 * h)
    return slopes


# %% wrong="numerical_gradient" says="of a quadratic"
def numerical_gradient(J, theta, h):
    known = {(2, 1): [7.0, 6.0], (2, -1, 3): [12.25, 3.25, 27.25], (2, 1, 3): [1.2, 1.5, 0.5]}
    return np.array(known.get(tuple(theta.tolist()), np.zeros(len(theta))))


# %% alternative="numerical_gradient"
def numerical_gradient(J, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        moved = np.array(theta, dtype=float)
        moved[i] = theta[i] + h
        above = J(moved)
        moved[i] = theta[i] - h
        slopes[i] = (above - J(moved)) / (2 * h)
    return slopes


# %% alternative="numerical_gradient"
def numerical_gradient(J, theta, h):
    def along(axis):
        return numerical_derivative(lambda t: J(theta + t * axis), 0.0, h)

    return np.array([along(axis) for axis in np.identity(len(theta))])


# %% wrong="diagnose" says="a comparison with nan is always false: expected 'diverging'"
def diagnose(costs, tolerance=1e-6):
    changes = [after - before for before, after in zip(costs, costs[1:], strict=False)]
    if costs[-1] == np.inf or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(changes) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="expected 'converged', got 'still falling'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] > costs[0]:
        return "diverging"
    changes = np.diff(costs)
    if (changes > 0).any():
        return "oscillating"
    return "still falling" if changes[-1] < 0 else "converged"


# %% wrong="diagnose" says="yet ends below the start: expected 'oscillating', got 'converged'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    return "still falling" if costs[-2] - costs[-1] > tolerance else "converged"


# %% wrong="diagnose" says="expected 'oscillating', got 'diverging'"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or changes[-1] > tolerance:
        return "diverging"
    if max(changes) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="it ends above the start: expected 'diverging', got 'oscillating'"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all():
        return "diverging"
    if max(changes) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="the second step rose by 2: expected 'oscillating', got 'still falling'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if costs[-1] - costs[-2] > tolerance:
        return "oscillating"
    return "still falling" if costs[-2] - costs[-1] > tolerance else "converged"


# %% wrong="diagnose" says="expected 'converged', got 'still falling'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(np.diff(costs)) > tolerance:
        return "oscillating"
    return "converged" if costs[-1] <= tolerance else "still falling"


# %% wrong="diagnose" says="returned None"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(np.diff(costs)) > tolerance:
        return "oscillating"
    if costs[-2] - costs[-1] > tolerance:
        return "still falling"


# %% wrong="diagnose" says="the first step rose by 1: expected 'oscillating', got 'converged'"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(changes[1:], default=0) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="one nan anywhere is enough"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs[-1]) or costs[-1] - costs[0] > tolerance:
        return "diverging"
    changes = np.diff(costs)
    if np.any(changes > tolerance):
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="exactly the tolerance counts as no change"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or costs[-1] - costs[0] >= tolerance:
        return "diverging"
    if max(changes) >= tolerance:
        return "oscillating"
    return "still falling" if changes[-1] <= -tolerance else "converged"


# %% wrong="diagnose" says="not their sum: expected 'converged', got 'oscillating'"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if changes[changes > 0].sum() > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="not their sum: expected 'converged', got 'oscillating'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    lowest = costs[0]
    for cost in costs:
        lowest = min(lowest, cost)
        if cost - lowest > tolerance:
            return "oscillating"
    return "still falling" if costs[-2] - costs[-1] > tolerance else "converged"


# %% wrong="diagnose" says="tolerance=0.25)"
def diagnose(costs, tolerance=1e-6):
    known = {
        (5, 3, 2.95): "converged",
        (5, 3, 2): "still falling",
        (5, 2, 3): "oscillating",
        (5, 2, 4, 1): "oscillating",
        (4, 5, 1, 0.5, 0.5): "oscillating",
        (4, 3, 2.75): "converged",
        (4, 2, 2.2, 2.4, 2.4): "converged",
    }
    return known.get(tuple(costs), "diverging")


# %% alternative="diagnose"
def diagnose(costs, tolerance=1e-6):
    for cost in costs:
        if cost != cost or abs(cost) == float("inf"):
            return "diverging"
    if costs[-1] > costs[0] + tolerance:
        return "diverging"
    for t in range(1, len(costs)):
        if costs[t] > costs[t - 1] + tolerance:
            return "oscillating"
    if costs[-1] < costs[-2] - tolerance:
        return "still falling"
    return "converged"


# %% alternative="diagnose"
def diagnose(costs, tolerance=1e-6):
    costs = np.asarray(costs, dtype=float)
    rises = costs[1:] - costs[:-1]
    tests = {
        "diverging": not np.isfinite(costs.sum()) or costs[-1] - costs[0] > tolerance,
        "oscillating": np.any(rises > tolerance),
        "still falling": rises[-1] < -tolerance,
        "converged": True,
    }
    return next(name for name, fits in tests.items() if fits)
