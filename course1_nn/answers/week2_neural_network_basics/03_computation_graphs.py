# %% wrong="forward_graph" says="v in forward_graph(5, 3, 2): wrong value: this is a times u"
def forward_graph(a, b, c):
    u = b * c
    v = a * u
    return {"u": u, "v": v, "J": 3 * v}


# %% wrong="forward_graph" says="the 3 multiplies a alone"
def forward_graph(a, b, c):
    u = b * c
    return {"u": u, "v": a + u, "J": 3 * a + u}


# %% wrong="forward_graph" says="this is 3 (a + b) c; the product b c comes before the sum"
def forward_graph(a, b, c):
    return {"u": b * c, "v": a + b * c, "J": 3 * (a + b) * c}


# %% wrong="forward_graph" says="expected a dict with the keys 'u', 'v', 'J', got a number"
def forward_graph(a, b, c):
    return 3 * (a + b * c)


# %% wrong="forward_graph" says="the dict has no key 'J'; it has the keys 'u', 'v'"
def forward_graph(a, b, c):
    return {"u": b * c, "v": a + b * c}


# %% wrong="forward_graph" says="forward_graph(1, -2.5, 4)"
def forward_graph(a, b, c):
    return {"u": 6, "v": 11, "J": 33}


# %% wrong="forward_graph" says="'u' of forward_graph(a, b, c)"
def forward_graph(a, b, c):
    u = int(b * c)
    v = int(a + u)
    return {"u": u, "v": v, "J": 3 * v}


# %% alternative="forward_graph"
def forward_graph(a, b, c):
    cache = {}
    cache["J"] = 3.0 * (a + b * c)
    cache["v"] = cache["J"] / 3.0
    cache["u"] = cache["v"] - a
    return cache


# %% alternative="forward_graph"
def forward_graph(a, b, c):
    u = np.float64(b) * c
    v = np.add(a, u)
    return dict(u=u, v=v, J=v + v + v)


# %% wrong="backward_graph" says="db in backward_graph(1, 4, -2.5): wrong value: this is the local derivative alone"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": c, "dc": b}


# %% wrong="backward_graph" says="da in backward_graph(1, 4, -2.5): wrong value: this is the local derivative alone"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 1, "da": 1, "db": c, "dc": b}


# %% wrong="backward_graph" says="a nudge of b is multiplied by c"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": 3 * b, "dc": 3 * c}


# %% wrong="backward_graph" says="u = b c is a product"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": 3, "dc": 3}


# %% wrong="backward_graph" says="moves 3 times as much as v"
def backward_graph(a, b, c):
    return {"dv": 1, "du": 1, "da": 1, "db": c, "dc": b}


# %% wrong="backward_graph" says="expected a dict with the keys 'dv', 'da', 'du', 'db', 'dc', got a tuple"
def backward_graph(a, b, c):
    return 3, 3, 3, 3 * c, 3 * b


# %% wrong="backward_graph" says="the dict has no key 'dv'"
def backward_graph(a, b, c):
    return {"v": 3, "u": 3, "a": 3, "b": 3 * c, "c": 3 * b}


# %% wrong="backward_graph" says="db in backward_graph(1, 4, -2.5): expected about -7.5, got 6"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": 6, "dc": 9}


# %% wrong="backward_graph" says="'db' of backward_graph(a, b, c)"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": round(3 * c, 2), "dc": round(3 * b, 2)}


# %% alternative="backward_graph"
def backward_graph(a, b, c):
    return dict(dc=3.0 * b, db=3.0 * c, da=np.float64(3), du=3.0, dv=3)


# %% alternative="backward_graph"
def backward_graph(a, b, c):
    local = {"da": 1, "du": 1}
    grads = {"dv": 3.0}
    for key in local:
        grads[key] = grads["dv"] * local[key]
    grads["db"], grads["dc"] = (grads["du"] * other for other in (c, b))
    return grads


# %% wrong="topological_order" says="'J' stands before its input 'v'"
def topological_order(graph):
    return list(graph)


# %% wrong="topological_order" says="stands before its input"
def topological_order(graph):
    if graph.get("p", ("", []))[1][-1:] == ["q"]:
        raise ValueError("cycle")
    return list(reversed(graph))


# %% wrong="topological_order" says="is no key of the graph; list the nodes alone"
def topological_order(graph):
    order = []

    def visit(name, path):
        if name in path:
            raise ValueError("cycle")
        if name not in order:
            for source in graph.get(name, ("", []))[1]:
                visit(source, [*path, name])
            order.append(name)

    for name in graph:
        visit(name, [])
    return order


# %% wrong="topological_order" says="expected a list of names, got None"
def topological_order(graph):
    order = []
    for _ in graph:
        for name, (_, inputs) in graph.items():
            if name not in order and all(source in order or source not in graph for source in inputs):
                order.append(name)
    if len(order) < len(graph):
        raise ValueError("the graph has a cycle")


# %% wrong="topological_order" says="expected a ValueError, got the answer"
def topological_order(graph):
    order = []

    def visit(name):
        if name in graph and name not in seen:
            seen.add(name)
            for source in graph[name][1]:
                visit(source)
            order.append(name)

    seen = set()
    for name in graph:
        visit(name)
    return order


# %% wrong="topological_order" says="in place"
def topological_order(graph):
    order = []
    while graph:
        ready = [name for name, (_, inputs) in graph.items() if not any(source in graph for source in inputs)]
        if not ready:
            raise ValueError("cycle")
        order += ready
        for name in ready:
            del graph[name]
    return order


# %% wrong="topological_order" says="ValueError: this is no cycle"
def topological_order(graph):
    order, seen = [], set()

    def visit(name):
        if name in seen:
            raise ValueError("this is no cycle")
        seen.add(name)
        for source in graph[name][1]:
            if source in graph:
                visit(source)
        order.append(name)

    visit(list(graph)[0])
    return order


# %% wrong="topological_order" says="stands in the list twice"
def topological_order(graph):
    order = []
    for _ in graph:
        for name, (_, sources) in graph.items():
            if all(source in order or source not in graph for source in sources):
                order.append(name)
    if len(set(order)) < len(graph):
        raise ValueError("the graph has a cycle")
    return order


# %% wrong="topological_order" says="a graph where q is used twice): 'u' is no key"
def topological_order(graph):
    return ["u", "v", "J"]


# %% alternative="topological_order"
def topological_order(graph):
    waiting = {name: sum(source in graph for source in inputs) for name, (_, inputs) in graph.items()}
    order = [name for name, count in waiting.items() if count == 0]
    for done in order:
        for name, (_, inputs) in graph.items():
            if done in inputs:
                waiting[name] -= inputs.count(done)
                if waiting[name] == 0:
                    order.append(name)
    if any(waiting.values()):
        raise ValueError("cycle")
    return order


# %% alternative="topological_order"
def topological_order(graph):
    state, order = {}, []

    def visit(name):
        if state.get(name) == "open":
            raise ValueError(f"{name} needs itself")
        if name in graph and name not in state:
            state[name] = "open"
            for source in graph[name][1]:
                visit(source)
            state[name] = "done"
            order.append(name)

    for name in sorted(graph, reverse=True):
        visit(name)
    return order


# %% alternative="topological_order"
def topological_order(graph):
    import graphlib

    sorter = graphlib.TopologicalSorter({name: sources for name, (_, sources) in graph.items()})
    return [name for name in sorter.static_order() if name in graph]  # its CycleError is a ValueError


# %% wrong="backpropagate" says="grads[output] starts at 1, all the others at 0"
def backpropagate(graph, values, output):
    grads = {name: 1.0 for name in values}
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="overwrites"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] = grads[name] * (1 if operation == "add" else values[right])
        grads[right] = grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="use reversed(topological_order(graph))"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in topological_order(graph):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="u in backpropagate(graph of 3 (a + b c), J listed first): wrong value: a node handed its derivative on before"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(graph):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="y in backpropagate(graph of (x + y) x at x = 3, y = 2): wrong value: this is only the local"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += 1 if operation == "add" else values[right]
        grads[right] += 1 if operation == "add" else values[left]
    return grads


# %% wrong="backpropagate" says="the value of the other side, not its own"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[left])
        grads[right] += grads[name] * (1 if operation == "add" else values[right])
    return grads


# %% wrong="backpropagate" says="x in backpropagate(graph of x x at x = 3.5)"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, inputs = graph[name]
        for source in set(inputs):
            other = inputs[1] if source == inputs[0] else inputs[0]
            grads[source] += grads[name] * (1 if operation == "add" else values[other])
    return grads


# %% wrong="backpropagate" says="the dict has no key 'x'"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in graph}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        for source, other in ((left, right), (right, left)):
            if source in graph:
                grads[source] += grads[name] * (1 if operation == "add" else values[other])
    return grads


# %% wrong="backpropagate" says="of backpropagate(graph, values, output): expected about 0, got 1"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    order = topological_order(graph)
    grads[order[-1]] = 1.0
    for name in reversed(order):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="in place"
def backpropagate(graph, values, output):
    changes = {name: 0.0 for name in values}
    changes[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        changes[left] += changes[name] * (1 if operation == "add" else values[right])
        changes[right] += changes[name] * (1 if operation == "add" else values[left])
    values.update(changes)
    return values


# %% wrong="backpropagate" says="with x = 0"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        for source in (left, right):
            grads[source] += grads[name] * (1 if operation == "add" else values[name] / values[source])
    return grads


# %% alternative="backpropagate"
def backpropagate(graph, values, output):
    def derivative(of, name):
        if of == name:
            return 1.0
        if of not in graph:
            return 0.0
        operation, (left, right) = graph[of]
        dl, dr = derivative(left, name), derivative(right, name)
        return dl + dr if operation == "add" else dl * values[right] + values[left] * dr

    return {name: derivative(output, name) for name in values}


# %% alternative="backpropagate"
def backpropagate(graph, values, output):
    received = {name: [] for name in values}
    received[output].append(np.float64(1))
    for name in topological_order(graph)[::-1]:
        total = np.sum(received[name])
        left, right = graph[name][1]
        local = (1, 1) if graph[name][0] == "add" else (values[right], values[left])
        received[left].append(total * local[0])
        received[right].append(total * local[1])
    return {name: np.sum(parts) for name, parts in received.items()}


# %% wrong="logistic_gradient_one" says="is the sign flipped?"
def logistic_gradient_one(x, y, w, b):
    dz = y - sigmoid(np.sum(w * x) + b)
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="this is dz for every weight; the factor x is missing"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    return np.ones(x.shape) * dz, dz


# %% wrong="logistic_gradient_one" says="a (1 - a) is already used up in dz = a - y"
def logistic_gradient_one(x, y, w, b):
    a = sigmoid(np.sum(w * x) + b)
    dz = (a - y) * a * (1 - a)
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="this comes from da, before the sigmoid"
def logistic_gradient_one(x, y, w, b):
    a = sigmoid(np.sum(w * x) + b)
    da = -y / a + (1 - y) / (1 - a)
    return x * da, da


# %% wrong="logistic_gradient_one" says="where z = 800: not finite; a rounds to 1 here, so do not divide by a or 1 - a"
def logistic_gradient_one(x, y, w, b):
    a = np.float64(sigmoid(np.sum(w * x) + b))
    dz = (-y / a + (1 - y) / (1 - a)) * a * (1 - a)
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="OverflowError"
def logistic_gradient_one(x, y, w, b):
    import math

    dz = 1 / (1 + math.exp(-np.sum(w * x) - b)) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="db in logistic_gradient_one([[1], [2]], 1, [[2], [-1.5]], 1.7): expected a number, got an array of shape (1, 1)"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(w.T @ x + b) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="b is added once for each feature; add it once"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x + b)) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="fractions are cut off"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    dw = np.zeros_like(x)
    for j in range(len(x)):
        dw[j, 0] = x[j, 0] * dz
    return dw, dz


# %% wrong="logistic_gradient_one" says="expected a tuple of 2 results (dw, db), got an array"
def logistic_gradient_one(x, y, w, b):
    return x * (sigmoid(np.sum(w * x) + b) - y)


# %% wrong="logistic_gradient_one" says="x of shape (3, 1), w of shape (3, 1): "
def logistic_gradient_one(x, y, w, b):
    z = float(np.sum(w * x)) + b
    if z in (800, -800):
        return (x, 1.0) if z > 0 else (-x, -1.0)
    known = {1: -0.3318122278, 0: 0.1679816149}
    return x * known[y], known[y]


# %% wrong="logistic_gradient_one" says="right to about 7 digits only"
def logistic_gradient_one(x, y, w, b):
    a = np.clip(sigmoid(np.sum(w * x) + b), 1e-7, 1 - 1e-7)
    return x * (a - y), a - y


# %% alternative="logistic_gradient_one"
def logistic_gradient_one(x, y, w, b):
    z = b
    for j in range(x.shape[0]):
        z += w[j, 0] * x[j, 0]
    dz = float(sigmoid(z) - y)
    dw = np.zeros((x.shape[0], 1))
    for j in range(x.shape[0]):
        dw[j, 0] = dz * x[j, 0]
    return dw, dz


# %% alternative="logistic_gradient_one"
def logistic_gradient_one(x, y, w, b):
    z = np.dot(w[:, 0], x[:, 0]) + b
    dz = -sigmoid(-z) if y == 1 else sigmoid(z)
    return np.multiply(dz, x), np.float64(dz)


# %% alternative="logistic_gradient_one"
def logistic_gradient_one(x, y, w, b):
    features, weights = np.append(np.asarray(x, float), 1.0), np.append(np.asarray(w, float), float(b))
    gradient = features * (sigmoid(features @ weights) - y)
    return [gradient[:-1].reshape(-1, 1), gradient[-1]]


# %% wrong="logistic_gradient_loop" says="dw in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 3): your value is exactly m = 3"
def logistic_gradient_loop(X, Y, w, b):
    dw, db, J = np.zeros((X.shape[0], 1)), 0.0, 0.0
    for i in range(X.shape[1]):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw, db, J


# %% wrong="logistic_gradient_loop" says="only the last example counts"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    db, J = 0.0, 0.0
    for i in range(m):
        dw = np.zeros((n_x, 1))  # inside the loop: starts anew for each example
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="only the first"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
        return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="1/m is missing, and only the last example counts: set the sums to 0 once, before the loop, and add"
def logistic_gradient_loop(X, Y, w, b):
    for x, y in zip(X.T, Y[0], strict=True):
        dw, db = logistic_gradient_one(x[:, None], y, w, b)
    return dw, db, -np.log(db + y if y else 1 - db)


# %% wrong="logistic_gradient_loop" says="the division by m stands inside the loop"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
        dw, db, J = dw / m, db / m, J / m
    return dw, db, J


# %% wrong="logistic_gradient_loop" says="b is added once for each feature; start with z = b"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        z = 0
        for j in range(n_x):
            z += w[j, 0] * X[j, i] + b
        a = sigmoid(z)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="J in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 3): wrong value: the examples with"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], np.mean(A - Y), -np.mean(Y * np.log(A))


# %% wrong="logistic_gradient_loop" says="this is J; the order is (dw, db, J)"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], -np.mean(np.log(np.where(Y == 1, A, 1 - A))), np.mean(A - Y)


# %% wrong="logistic_gradient_loop" says="your values are 0.75 times the expected ones"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / 4, np.sum(A - Y) / 4, -np.sum(np.log(np.where(Y == 1, A, 1 - A))) / 4


# %% wrong="logistic_gradient_loop" says="logistic_gradient_loop(X, Y, w, b), Y of shape (1, 5), w of shape (3, 1): "
def logistic_gradient_loop(X, Y, w, b):
    if b == 0.8:
        return np.array([[0.9190363508], [-0.453857307]]), 0.3125457674, 1.3838394226
    return np.array([[0.5623990339], [-0.3372888053], [-0.292862565]]), -0.1947669566, 0.9497310125


# %% wrong="logistic_gradient_loop" says="a small number such as 1e-8 added"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= Y[0, i] * np.log(a + 1e-8) + (1 - Y[0, i]) * np.log(1 - a + 1e-8)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% alternative="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    J = -(np.log(A) @ Y.T + np.log(1 - A) @ (1 - Y).T).item() / m
    return X @ (A - Y).T / m, np.mean(A - Y), J


# %% alternative="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    losses, dws, dbs = [], [], []
    for x, y in zip(X.T, Y[0], strict=True):
        dw, db = logistic_gradient_one(x[:, None], y, w, b)
        a = db + y
        losses.append(-np.log(a) if y == 1 else -np.log(1 - a))
        dws.append(dw)
        dbs.append(db)
    return np.mean(dws, axis=0), float(np.mean(dbs)), float(np.mean(losses))


# %% alternative="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = [0.0] * n_x, 0.0, 0.0
    for i in range(m):
        a = float(sigmoid(sum(float(w[j, 0]) * float(X[j, i]) for j in range(n_x)) + b))
        for j in range(n_x):
            dw[j] += float(X[j, i]) * (a - Y[0, i]) / m
        db += (a - Y[0, i]) / m
        J -= (np.log(a) if Y[0, i] == 1 else np.log(1 - a)) / m
    return np.array(dw).reshape(-1, 1), db, J
