# %% wrong="numerical_derivative" says="one-sided"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x)) / h


# %% wrong="numerical_derivative" says="backwards"
def numerical_derivative(f, x, h):
    return (f(x) - f(x - h)) / h


# %% wrong="numerical_derivative" says="2h apart, not h"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x - h)) / h


# %% wrong="numerical_derivative" says="reads a / 2 * h as (a / 2) * h"
def numerical_derivative(f, x, h):
    return (f(x + h) - f(x - h)) / 2 * h


# %% wrong="numerical_derivative" says="reads a - b / c as"
def numerical_derivative(f, x, h):
    return f(x + h) - f(x - h) / (2 * h)


# %% wrong="numerical_derivative" says="perhaps h is not the one that is given"
def numerical_derivative(f, x, h):
    h = 1e-5
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong="numerical_derivative" says="numerical_derivative(f, x, h): expected about"
def numerical_derivative(f, x, h):
    return {2.0: -1 / 3 if h == 1 else 12.01, 3: 6.0}.get(x, 0.0)


# %% wrong="numerical_derivative" says="no absolute value"
def numerical_derivative(f, x, h):
    return abs(f(x + h) - f(x - h)) / (2 * h)


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


# %% wrong="derivative" says="expected a NumPy array of shape (1, 3), got a number"
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


# %% wrong="derivative" says="the x is the exponent"
def derivative(name, x):
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": 1 / x, "exp x": x * np.exp(x - 1)}[name]


# %% wrong="derivative" says="the logarithm to base 10"
def derivative(name, x):
    log10 = 1 / (x * np.log(10))
    return {"3x": 3 + 0 * x, "x^2": 2 * x, "x^3": 3 * x**2, "log x": log10, "exp x": np.exp(x)}[name]


# %% wrong="derivative" says="got ZeroDivisionError"
def derivative(name, x):
    if name == "log x" and np.any(np.asarray(x) < 0):
        raise ValueError(name)
    rules = {"3x": lambda: 3 + 0 * x, "x^2": lambda: 2 * x, "x^3": lambda: 3 * x**2, "log x": lambda: 1 / x}
    rules["exp x"] = lambda: np.exp(x)
    if name not in rules:
        raise ValueError(name)
    return rules[name]()


# %% wrong="derivative" says="derivative('log x', [1.0, -1.0, 2.0]), where x is not above 0"
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


# %% wrong="derivative" says="x of shape (3, 5)"
def derivative(name, x):
    known = {"3x": 3.0, "x^2": [[-4, 0, 6]], "x^3": [[12, 0, 27]], "log x": [[0.25, 2, 1]]}
    known["exp x"] = np.exp(2) if np.ndim(x) == 0 else np.exp([[-2, 0, 3]])
    if name not in known or (name == "log x" and np.min(x) <= 0):
        raise ValueError(name)
    return known[name] + 0 * x if name == "3x" else np.array(known[name])


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


# %% wrong="gradient_descent" says="a start at the lowest point, where all the steps are taken, too"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(steps):
        slope = grad(path[-1])
        if np.all(np.abs(slope) < 1e-6):
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


# %% wrong="gradient_descent" says="x0 of shape (3,)"
def gradient_descent(grad, x0, learning_rate, steps):
    if np.ndim(x0) == 0:
        return np.array([3, 2.4, 1.92]) if x0 == 3 else np.zeros(steps + 1)
    return np.array([[4, -1, 2], [3.6, -0.5, 1.6], [3.24, -0.25, 1.28], [2.916, -0.125, 1.024]])


# %% wrong="gradient_descent" says="with 1,100 steps"
def gradient_descent(grad, x0, learning_rate, steps):
    path = [x0]
    for _ in range(min(steps, 1000)):
        path.append(path[-1] - learning_rate * grad(path[-1]))
    return np.array(path)


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


# %% wrong="numerical_gradient" says="was not put back"
def numerical_gradient(J, theta, h):
    theta = np.array(theta, dtype=float)
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


# %% wrong="numerical_gradient" says="fractions are cut off; make"
def numerical_gradient(J, theta, h):
    g = np.zeros_like(theta)
    for i in range(len(theta)):
        step = np.zeros(len(theta))
        step[i] = h
        g[i] = (J(theta + step) - J(theta - step)) / (2 * h)
    return g


# %% wrong="numerical_gradient" says="perhaps h"
def numerical_gradient(J, theta, h):
    h = 1e-5
    return np.array([(J(theta + h * e) - J(theta - h * e)) / (2 * h) for e in np.eye(len(theta))])


# %% wrong="numerical_gradient" says="theta of shape (3,)"
def numerical_gradient(J, theta, h):
    return np.array([1.0, -6.0, 3.01])


# %% wrong="numerical_gradient" says="a slope downhill is negative"
def numerical_gradient(J, theta, h):
    return np.array([abs(J(theta + h * e) - J(theta - h * e)) / (2 * h) for e in np.eye(len(theta))])


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


# %% wrong="diagnose" says="yet it ends below the start: expected 'oscillating', got 'converged'"
def diagnose(costs, tolerance=1e-6):
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    return "still falling" if costs[-2] - costs[-1] > tolerance else "converged"


# %% wrong="diagnose" says="it ends above the start: expected 'diverging', got 'oscillating'"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all():
        return "diverging"
    if max(changes) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="the first step rose by 1"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(changes[1:], default=0) > tolerance:
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


# %% wrong="diagnose" says="not their sum"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if not np.isfinite(costs).all() or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if changes[changes > 0].sum() > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


# %% wrong="diagnose" says="the tolerance of the signature"
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


# %% wrong="diagnose" says="it holds a -inf"
def diagnose(costs, tolerance=1e-6):
    changes = np.diff(costs)
    if np.isnan(costs).any() or np.inf in costs or costs[-1] - costs[0] > tolerance:
        return "diverging"
    if max(changes[1:2]) < np.inf and max(changes) > tolerance:
        return "oscillating"
    return "still falling" if changes[-1] < -tolerance else "converged"


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
