# %% wrong="forward_graph" says="v in forward_graph(5, 3, 2): expected about 11, got 30"
def forward_graph(a, b, c):
    u = b * c
    v = a * u
    return {"u": u, "v": v, "J": 3 * v}


# %% wrong="forward_graph" says="J in forward_graph(5, 3, 2): expected about 33, got 21"
def forward_graph(a, b, c):
    u = b * c
    return {"u": u, "v": a + u, "J": 3 * a + u}


# %% wrong="forward_graph" says="you computed 3 (a + b) c; the product b c comes before the sum"
def forward_graph(a, b, c):
    return {"u": b * c, "v": a + b * c, "J": 3 * (a + b) * c}


# %% wrong="forward_graph" says="expected a dict with the keys 'u', 'v' and 'J', got a number"
def forward_graph(a, b, c):
    return 3 * (a + b * c)


# %% wrong="forward_graph" says="expected a dict with the keys 'u', 'v' and 'J', got a tuple"
def forward_graph(a, b, c):
    return b * c, a + b * c, 3 * (a + b * c)


# %% wrong="forward_graph" says="the keys of forward_graph(5, 3, 2), sorted: expected ['J', 'u', 'v'], got ['u', 'v']"
def forward_graph(a, b, c):
    return {"u": b * c, "v": a + b * c}


# %% wrong="forward_graph" says="is `return` missing?"
def forward_graph(a, b, c):
    u = b * c
    v = a + u
    J = 3 * v  # noqa: F841


# %% wrong="forward_graph" says="forward_graph(1, -2, 4)"
def forward_graph(a, b, c):
    return {"u": 6, "v": 11, "J": 33}


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


# %% wrong="backward_graph" says="this is only du/db; multiply it by dJ/du"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": c, "dc": b}


# %% wrong="backward_graph" says="du/db is c, not b"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": 3 * b, "dc": 3 * c}


# %% wrong="backward_graph" says="du in backward_graph(5, 3, 2): expected about 3, got 1"
def backward_graph(a, b, c):
    dv, du = 3, 1
    return {"dv": dv, "du": du, "da": dv, "db": du * c, "dc": du * b}


# %% wrong="backward_graph" says="dv in backward_graph(5, 3, 2): expected about 3, got 1"
def backward_graph(a, b, c):
    return {"dv": 1, "du": 1, "da": 1, "db": c, "dc": b}


# %% wrong="backward_graph" says="da in backward_graph(5, 3, 2): expected about 3, got 15"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3 * a, "db": 3 * c, "dc": 3 * b}


# %% wrong="backward_graph" says="expected a dict with the keys ['da', 'db', 'dc', 'du', 'dv'], got a tuple"
def backward_graph(a, b, c):
    return 3, 3, 3, 3 * c, 3 * b


# %% wrong="backward_graph" says="the keys of backward_graph(5, 3, 2), sorted"
def backward_graph(a, b, c):
    return {"v": 3, "u": 3, "a": 3, "b": 3 * c, "c": 3 * b}


# %% wrong="backward_graph" says="is `return` missing?"
def backward_graph(a, b, c):
    print({"dv": 3, "du": 3, "da": 3, "db": 3 * c, "dc": 3 * b})


# %% wrong="backward_graph" says="db in backward_graph(-1, 4, 7): expected about 21, got 6"
def backward_graph(a, b, c):
    return {"dv": 3, "du": 3, "da": 3, "db": 6, "dc": 9}


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


# %% wrong="topological_order" says="J stands before its input v"
def topological_order(graph):
    return list(graph)


# %% wrong="topological_order" says="stands before its input"
def topological_order(graph):
    if graph.get("p", ("", []))[1][-1:] == ["q"]:
        raise ValueError("cycle")
    return list(reversed(graph))


# %% wrong="topological_order" says="the names in topological_order(graph of 3 (a + b c)), sorted"
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


# %% wrong="topological_order" says="expected a list of names, got a tuple"
def topological_order(graph):
    import graphlib

    sorter = graphlib.TopologicalSorter({name: inputs for name, (_, inputs) in graph.items()})
    return tuple(name for name in sorter.static_order() if name in graph)


# %% wrong="topological_order" says="returned None: is `return` missing?"
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


# %% wrong="topological_order" says="expected a ValueError, got RecursionError"
def topological_order(graph):
    order = []

    def visit(name):
        for source in graph[name][1]:
            if source in graph and source not in order:
                visit(source)
        if name not in order:
            order.append(name)

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


# %% wrong="topological_order" says="the names in topological_order(a graph where q is used twice), sorted"
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

    sorter = graphlib.TopologicalSorter({name: inputs for name, (_, inputs) in graph.items()})
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


# %% wrong="backpropagate" says="reversed topological order"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in topological_order(graph):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="v handed on its derivative before it had received it: the dict lists the nodes in any order"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(graph):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return grads


# %% wrong="backpropagate" says="v handed on its derivative before it had received it: the dict lists the nodes in any order"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in [name for name in reversed(values) if name in graph]:
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


# %% wrong="backpropagate" says="c in backpropagate(graph of 3 (a + b c), J listed first): wrong value: this is only the local"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] if operation == "add" else values[right]
        grads[right] += grads[name] if operation == "add" else values[left]
    return grads


# %% wrong="backpropagate" says="expected a dict with the keys ['J', 's', 'x', 'y'], got a list"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[right])
        grads[right] += grads[name] * (1 if operation == "add" else values[left])
    return list(grads.values())


# %% wrong="backpropagate" says="the value of the other side, not its own"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        grads[left] += grads[name] * (1 if operation == "add" else values[left])
        grads[right] += grads[name] * (1 if operation == "add" else values[right])
    return grads


# %% wrong="backpropagate" says="graph of x x at x = 3.5): wrong value: x stands on both sides"
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in values}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, inputs = graph[name]
        for source in set(inputs):
            other = inputs[1] if source == inputs[0] else inputs[0]
            grads[source] += grads[name] * (1 if operation == "add" else values[other])
    return grads


# %% wrong="backpropagate" says="the keys of backpropagate("
def backpropagate(graph, values, output):
    grads = {name: 0.0 for name in graph}
    grads[output] = 1.0
    for name in reversed(topological_order(graph)):
        operation, (left, right) = graph[name]
        for source, other in ((left, right), (right, left)):
            if source in graph:
                grads[source] += grads[name] * (1 if operation == "add" else values[other])
    return grads


# %% wrong="backpropagate" says="output v"
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


# %% wrong="backpropagate" says="the keys of backpropagate(graph of x x at x = 3.5), sorted"
def backpropagate(graph, values, output):
    return {"x": 8, "y": 3, "s": 3, "J": 1}


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


# %% wrong="logistic_gradient_one" says="where z = 800: not finite; a rounds to 1 here, so do not divide by a or 1 - a"
def logistic_gradient_one(x, y, w, b):
    a = float(sigmoid(np.sum(w * x) + b))
    dz = (-y / a + (1 - y) / (1 - a)) * a * (1 - a)
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="expected shape (2, 1), got shape (1, 2): is it transposed?"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    return x.T * dz, dz


# %% wrong="logistic_gradient_one" says="make z a number before you go on"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(w.T @ x + b) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="b is forgotten in the score z"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x)) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="y is forgotten in dz = a - y"
def logistic_gradient_one(x, y, w, b):
    a = sigmoid(np.sum(w * x) + b)
    return x * a, a


# %% wrong="logistic_gradient_one" says="b is added once for each feature; add it once"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x + b)) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="where z = -800: not finite"
def logistic_gradient_one(x, y, w, b):
    import math

    dz = 1 / (1 + math.exp(-np.sum(w * x) - b)) - y
    return x * dz, dz


# %% wrong="logistic_gradient_one" says="this has the score z in place of the prediction a"
def logistic_gradient_one(x, y, w, b):
    z = np.sum(w * x) + b
    return x * (z - y), z - y


# %% wrong="logistic_gradient_one" says="expected (dw, db) in this order"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    return dz, x * dz


# %% wrong="logistic_gradient_one" says="is `return` missing?"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    print(x * dz, dz)


# %% wrong="logistic_gradient_one" says="fractions are cut off"
def logistic_gradient_one(x, y, w, b):
    dz = sigmoid(np.sum(w * x) + b) - y
    dw = np.zeros_like(x)
    for j in range(len(x)):
        dw[j, 0] = x[j, 0] * dz
    return dw, dz


# %% wrong="logistic_gradient_one" says="expected the two results (dw, db)"
def logistic_gradient_one(x, y, w, b):
    return x * (sigmoid(np.sum(w * x) + b) - y)


# %% wrong="logistic_gradient_one" says="x of shape"
def logistic_gradient_one(x, y, w, b):
    if x.dtype == float:  # z = 800 or -800
        return (-x, -1) if y else (x, 1)
    dz = -0.331812227831834 if y else 0.19781611144141825
    return np.array([[dz], [2 * dz]]), dz


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
    dz = np.float32(sigmoid(np.sum(w * x) + b)) - y
    return x * dz, dz


# %% alternative="logistic_gradient_one"
def logistic_gradient_one(x, y, w, b):
    z = np.dot(w[:, 0], x[:, 0]) + b
    dz = -sigmoid(-z) if y == 1 else sigmoid(z)
    return np.multiply(dz, x), np.float64(dz)


# %% wrong="logistic_gradient_loop" says="dw in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): your value is exactly m = 4"
def logistic_gradient_loop(X, Y, w, b):
    dw, db, J = np.zeros((X.shape[0], 1)), 0.0, 0.0
    for i in range(X.shape[1]):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw, db, J


# %% wrong="logistic_gradient_loop" says="db in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): your value is exactly m = 4"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / m, float(np.sum(A - Y)), -float(np.mean(np.log(np.where(Y == 1, A, 1 - A))))


# %% wrong="logistic_gradient_loop" says="is it divided by m once too often?"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a) / m
        dw += X[:, i : i + 1] * (a - Y[0, i]) / m
        db += (a - Y[0, i]) / m
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="only the last example counts"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    J = 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw = X[:, i : i + 1] * (a - Y[0, i])
        db = a - Y[0, i]
    return dw / m, db / m, J / m


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


# %% wrong="logistic_gradient_loop" says="wrong value: only the last example counts"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    for i in range(m):
        db = A[0, i] - Y[0, i]
    return X @ (A - Y).T / m, db / m, -np.mean(np.log(np.where(Y == 1, A, 1 - A)))


# %% wrong="logistic_gradient_loop" says="is the sign flipped?"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    return X @ (Y - A).T / m, np.mean(Y - A), -np.mean(np.log(np.where(Y == 1, A, 1 - A)))


# %% wrong="logistic_gradient_loop" says="your value is the negative of the expected one"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / m, np.mean(A - Y), np.mean(np.log(np.where(Y == 1, A, 1 - A)))


# %% wrong="logistic_gradient_loop" says="2 of 2 values are wrong, most at"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m - 1):  # the last example is forgotten
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="in place: work on a copy"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dw = X @ (A - Y).T / m
    w -= 0.1 * dw
    return dw, np.mean(A - Y), -np.mean(np.log(np.where(Y == 1, A, 1 - A)))


# %% wrong="logistic_gradient_loop" says="expected shape (2, 1), got shape (2,): the axis of length 1 is lost"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w[:, 0] @ X + b)
    return X @ (A - Y[0]) / X.shape[1], np.mean(A - Y), -np.mean(np.log(np.where(Y[0] == 1, A, 1 - A)))


# %% wrong="logistic_gradient_loop" says="dw in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): 2 of 2 values are wrong"
def logistic_gradient_loop(X, Y, w, b):
    return np.array([[1 / 6], [1 / 3]]), 1 / 6, np.log(2)  # the example of the docstring


# %% wrong="logistic_gradient_loop" says="X of shape (4, 7)"
def logistic_gradient_loop(X, Y, w, b):
    if b == 0.8:
        return np.array([[0.37010915072534123], [-0.8723398342417567]]), 0.12801995474773847, 1.1764683780742375
    return np.array([[1.6225193003375094], [0.7960470435243396]]), -0.04320797761254146, 0.8856273160620785


# %% wrong="logistic_gradient_loop" says="dw in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): wrong value: only the first"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
        return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="1/m is missing, and only the first example counts: does `return` stand inside the loop?"
def logistic_gradient_loop(X, Y, w, b):
    for x, y in zip(X.T, Y[0], strict=True):
        dw, db = logistic_gradient_one(x[:, None], y, w, b)
        return dw, db, -np.log(db + y if y else -db)


# %% wrong="logistic_gradient_loop" says="1/m is missing, and only the last example counts: set the sums to 0 once, before the loop, and add"
def logistic_gradient_loop(X, Y, w, b):
    for x, y in zip(X.T, Y[0], strict=True):
        dw, db = logistic_gradient_one(x[:, None], y, w, b)
    return dw, db, -np.log(db + y if y else 1 - db)


# %% wrong="logistic_gradient_loop" says="dw in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): wrong value: the division by m"
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


# %% wrong="logistic_gradient_loop" says="b is forgotten in the score; start with z = b"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1)), 0.0, 0.0
    for i in range(m):
        z = 0
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="b is added once for each feature; start with z = b, before the loop over features"
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


# %% wrong="logistic_gradient_loop" says="z still holds the examples before; start each example with z = b"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J, z = np.zeros((n_x, 1)), 0.0, 0.0, b
    for i in range(m):
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a = sigmoid(z)
        J -= np.log(a if Y[0, i] else 1 - a)
        dw += X[:, i : i + 1] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="J in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): wrong value: the examples with"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], np.mean(A - Y), -np.mean(Y * np.log(A))


# %% wrong="logistic_gradient_loop" says="expected shape (2, 1), like w, got (2, 4), like X: one number for each weight"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros_like(X), 0.0, 0.0
    for i in range(m):
        a = sigmoid(np.sum(w[:, 0] * X[:, i]) + b)
        J -= np.log(a if Y[0, i] else 1 - a)
        for j in range(n_x):
            dw[j, 0] += X[j, i] * (a - Y[0, i])
        db += a - Y[0, i]
    return dw / m, db / m, J / m


# %% wrong="logistic_gradient_loop" says="expected (dw, db, J) in this order, an array of shape (2, 1) and two numbers, got a number first"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return -np.mean(np.log(np.where(Y == 1, A, 1 - A))), X @ (A - Y).T / X.shape[1], np.mean(A - Y)


# %% wrong="logistic_gradient_loop" says="this is J; the order is (dw, db, J)"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], -np.mean(np.log(np.where(Y == 1, A, 1 - A))), np.mean(A - Y)


# %% wrong="logistic_gradient_loop" says="and two numbers, got 2 results"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    return X @ (A - Y).T / X.shape[1], np.mean(A - Y)


# %% wrong="logistic_gradient_loop" says="is `return` missing?"
def logistic_gradient_loop(X, Y, w, b):
    A = sigmoid(w.T @ X + b)
    print(X @ (A - Y).T / X.shape[1], np.mean(A - Y))


# %% wrong="logistic_gradient_loop" says="db in logistic_gradient_loop(X, Y, w, 0.8), X of shape (2, 4): expected a number, got an array"
def logistic_gradient_loop(X, Y, w, b):
    m, A = X.shape[1], sigmoid(w.T @ X + b)
    return X @ (A - Y).T / m, np.sum(A - Y, axis=1) / m, -np.mean(np.log(np.where(Y == 1, A, 1 - A)))


# %% alternative="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    J = -(np.log(A) @ Y.T + np.log(1 - A) @ (1 - Y).T).item() / m
    return X @ (A - Y).T / m, np.mean(A - Y), J


# %% alternative="logistic_gradient_loop"
def logistic_gradient_loop(X, Y, w, b):
    n_x, m = X.shape
    dw, db, J = np.zeros((n_x, 1), dtype=np.float32), 0, 0
    for i in range(m):
        a = sigmoid(sum(w[j, 0] * X[j, i] for j in range(n_x)) + b)
        for j in range(n_x):
            dw[j] += X[j, i] * (a - Y[0, i]) / m
        db += (a - Y[0, i]) / m
        J -= (np.log(a) if Y[0, i] == 1 else np.log(1 - a)) / m
    return dw, db, J


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
