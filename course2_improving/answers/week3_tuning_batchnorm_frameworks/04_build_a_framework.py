# %% wrong="unbroadcast" says="this is the mean"
def unbroadcast(G, shape):
    added = G.ndim - len(shape)
    ones = tuple(axis for axis, length in enumerate(shape, added) if length == 1)
    return np.mean(G, axis=(*range(added), *ones)).reshape(shape)


# %% wrong="unbroadcast" says="unbroadcast(G, (3,))"
def unbroadcast(G, shape):
    for axis, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G + 0


# %% wrong="unbroadcast" says="expected shape (2, 1)"
def unbroadcast(G, shape):
    added = G.ndim - len(shape)
    ones = tuple(axis for axis, length in enumerate(shape, added) if length == 1)
    return np.sum(G, axis=(*range(added), *ones))


# %% wrong="unbroadcast" says="was it summed over the wrong axis?"
def unbroadcast(G, shape):
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis in range(G.ndim):
        if shape[axis] == 1:
            G = G.sum(axis=min(axis, 1), keepdims=True)
    return G + 0


# %% wrong="unbroadcast" says="lies in the memory of the argument G"
def unbroadcast(G, shape):
    if G.shape == tuple(shape):
        return G
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis in range(G.ndim):
        if shape[axis] == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G


# %% alternative="unbroadcast"
def unbroadcast(G, shape):
    G = np.array(G)
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis, length in enumerate(shape):
        if length == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G


# %% alternative="unbroadcast"
def unbroadcast(G, shape):
    letters = "abcd"[4 - G.ndim :]
    kept = [letter for letter, length in zip(letters[G.ndim - len(shape) :], shape, strict=True) if length != 1]
    return np.einsum(f"{letters}->{''.join(kept)}", G).reshape(shape) + 0


# %% wrong="binary_rule" says="dB of binary_rule"
def binary_rule(name, G, A, B):
    if name == "matmul":
        return G @ B.T, A.T @ G
    slopes = {"add": (1, 1), "subtract": (1, -1), "multiply": (B, A), "divide": (1 / B, -A / B**2)}
    if name not in slopes:
        raise ValueError(name)
    return G * slopes[name][0], G * slopes[name][1]


# %% wrong="binary_rule" says="[[1, 2]], [[4]]): "
def binary_rule(name, G, A, B):
    if name == "matmul":
        return G @ B.T, A.T @ G
    if name not in ("add", "subtract", "multiply", "divide"):
        raise ValueError(name)
    ones = np.ones(G.shape)
    slopes = {"add": (ones, ones), "subtract": (ones, -ones), "multiply": (B, A), "divide": (1 / B, A / B**2)}
    return unbroadcast(G * slopes[name][0], A.shape), unbroadcast(G * slopes[name][1], B.shape)


# %% wrong="binary_rule" says="dA for matmul"
def binary_rule(name, G, A, B):
    if name == "matmul":
        return (B @ G.T).T[:, : A.shape[1]] * 0 + 1, A.T @ G
    dA = {"add": G, "subtract": G, "multiply": G * B, "divide": G / B}.get(name)
    if dA is None:
        raise ValueError(name)
    dB = {"add": G, "subtract": -G, "multiply": G * A, "divide": -G * A / B**2}[name]
    return unbroadcast(dA, A.shape), unbroadcast(dB, B.shape)


# %% wrong="binary_rule" says="ValueError"
def binary_rule(name, G, A, B):
    if name == "matmul":
        return G @ B.T, A.T @ G
    dA = {"add": G, "subtract": G, "multiply": G * B}.get(name, G / B)
    dB = {"add": G, "subtract": -G, "multiply": G * A}.get(name, -G * A / np.square(B, dtype=float))
    return unbroadcast(dA, A.shape), unbroadcast(dB, B.shape)


# %% wrong="binary_rule" says="B of shape (3, 1)"
def binary_rule(name, G, A, B):
    if name == "matmul":
        return G @ B.T, A.T @ G
    if name == "add":
        dA, dB = G, G
    elif name == "subtract":
        dA, dB = G, -G
    elif name == "multiply":
        dA, dB = G * B, G * A
    elif name == "divide":
        dA, dB = G / B, -G * A / B**2
    else:
        raise ValueError(name)
    return unbroadcast(dA, A.shape), unbroadcast(dB, B.shape)


# %% alternative="binary_rule"
def binary_rule(name, G, A, B):
    A, B, G = (np.asarray(each, dtype=float) for each in (A, B, G))
    if name == "matmul":
        return np.einsum("im,jm->ij", G, B), np.einsum("ij,im->jm", A, G)
    slopes = {
        "add": lambda: (1.0, 1.0),
        "subtract": lambda: (1.0, -1.0),
        "multiply": lambda: (B, A),
        "divide": lambda: (1 / B, -(A / B) / B),
    }
    if name not in slopes:
        raise ValueError(f"unknown operation {name}")
    return [unbroadcast(G * slope, each.shape) for slope, each in zip(slopes[name](), (A, B), strict=True)]


# %% alternative="binary_rule"
def binary_rule(name, G, A, B):
    match name:
        case "matmul":
            return (B @ G.T).T, (G.T @ A).T
        case "add":
            parts = 1.0 * G, 1.0 * G
        case "subtract":
            parts = 1.0 * G, 0.0 - G
        case "multiply":
            parts = B * G, A * G
        case "divide":
            inverse = 1.0 / B
            parts = inverse * G, -A * inverse * inverse * G
        case _:
            raise ValueError("no such operation")
    return tuple(unbroadcast(part, np.shape(each)) for part, each in zip(parts, (A, B), strict=True))


# %% wrong="unary_rule" says="at 0 take 0"
def unary_rule(name, G, A, option=None):
    if name == "relu":
        return G * (A >= 0)
    return right(name, G, A, option)


def right(name, G, A, option):
    if name == "logsumexp":
        e = np.exp(A - np.max(A, axis=option, keepdims=True))
        return G * e / np.sum(e, axis=option, keepdims=True)
    if name == "power":
        return G * option * A ** (option - 1.0) if option else np.zeros(A.shape)
    slopes = {"negate": lambda: -G, "exp": lambda: G * np.exp(A), "log": lambda: G / A, "relu": lambda: G * (A > 0)}
    slopes |= {"sum": lambda: G + np.zeros(A.shape), "broadcast": lambda: unbroadcast(G, A.shape)}
    slopes |= {"reshape": lambda: G.reshape(A.shape).copy(), "transpose": lambda: G.T.copy()}
    if name not in slopes:
        raise ValueError(name)
    return slopes[name]()


# %% wrong="unary_rule" says="not finite"
def unary_rule(name, G, A, option=None):
    if name == "logsumexp":
        return G * np.exp(A) / np.sum(np.exp(A), axis=option, keepdims=True)
    if name == "power":
        return G * option * A ** (option - 1.0) if option else np.zeros(A.shape)
    slopes = {"negate": lambda: -G, "exp": lambda: G * np.exp(A), "log": lambda: G / A, "relu": lambda: G * (A > 0)}
    slopes |= {"sum": lambda: G + np.zeros(A.shape), "broadcast": lambda: unbroadcast(G, A.shape)}
    slopes |= {"reshape": lambda: G.reshape(A.shape).copy(), "transpose": lambda: G.T.copy()}
    if name not in slopes:
        raise ValueError(name)
    return slopes[name]()


# %% wrong="unary_rule" says="[-2, 0, 3], 0)"
def unary_rule(name, G, A, option=None):
    if name == "power":
        return G * option * A ** (option - 1.0)
    slopes = {"negate": lambda: -G, "exp": lambda: G * np.exp(A), "log": lambda: G / A, "relu": lambda: G * (A > 0)}
    return slopes[name]()


# %% wrong="unary_rule" says="[0, 1, 0])"
def unary_rule(name, G, A, option=None):
    slopes = {"negate": lambda: -G, "exp": lambda: G * A, "log": lambda: G / A, "relu": lambda: G * (A > 0)}
    return slopes[name]()


# %% wrong="unary_rule" says="in the memory of the argument G"
def unary_rule(name, G, A, option=None):
    if name == "logsumexp":
        e = np.exp(A - np.max(A, axis=option, keepdims=True))
        return G * e / np.sum(e, axis=option, keepdims=True)
    if name == "power":
        return G * option * A ** (option - 1.0) if option else np.zeros(A.shape)
    slopes = {"negate": lambda: -G, "exp": lambda: G * np.exp(A), "log": lambda: G / A, "relu": lambda: G * (A > 0)}
    slopes |= {"sum": lambda: np.broadcast_to(G, A.shape), "broadcast": lambda: unbroadcast(G, A.shape)}
    slopes |= {"reshape": lambda: G.reshape(A.shape), "transpose": lambda: G.T}
    if name not in slopes:
        raise ValueError(name)
    return slopes[name]()


# %% alternative="unary_rule"
def unary_rule(name, G, A, option=None):
    G, A = np.array(G, dtype=float), np.array(A, dtype=float)
    if name == "negate":
        return 0 - G
    elif name == "exp":
        return np.exp(A) * G
    elif name == "log":
        return A**-1 * G
    elif name == "relu":
        G[A <= 0] = 0
        return G
    elif name == "power":
        if option == 0:
            return A * 0
        return option * A ** (option - 1) * G
    elif name == "sum":
        return np.broadcast_to(G, A.shape).copy()
    elif name == "broadcast":
        return unbroadcast(G, A.shape)
    elif name == "reshape":
        return G.reshape(A.shape)
    elif name == "transpose":
        return G.transpose()
    elif name == "logsumexp":
        largest = A.max(axis=option, keepdims=True)
        return np.exp(A - largest - np.log(np.exp(A - largest).sum(axis=option, keepdims=True))) * G
    raise ValueError("unknown")


# %% alternative="unary_rule"
def unary_rule(name, G, A, option=None):
    def softmax(A):
        if option == 1:
            return np.array([np.exp(row - max(row)) / sum(np.exp(row - max(row))) for row in A])
        return np.array([np.exp(row - max(row)) / sum(np.exp(row - max(row))) for row in A.T]).T

    rules = {
        "negate": lambda: -1 * G,
        "exp": lambda: G * np.e ** (A * 1.0),
        "log": lambda: np.divide(G, A),
        "relu": lambda: np.heaviside(A, 0) * G,
        "power": lambda: np.zeros(np.shape(A)) if option == 0 else option * np.float_power(A, option - 1) * G,
        "sum": lambda: np.ones(np.shape(A)) * G,
        "broadcast": lambda: unbroadcast(G, np.shape(A)),
        "reshape": lambda: np.reshape(G, np.shape(A)).copy(),
        "transpose": lambda: np.swapaxes(G, 0, 1).copy(),
        "logsumexp": lambda: softmax(A) * G,
    }
    if name not in rules:
        raise ValueError(f"{name}?")
    return rules[name]()


# %% wrong="topological_order" says="sorted"
def topological_order(output, inputs_of):
    order = []
    for node in inputs_of(output):
        order += topological_order(node, inputs_of)
    return order + [output]


# %% wrong="topological_order" says="short way and a long way meet: a node stands"
def topological_order(output, inputs_of):
    order, queue = [], [output]
    while queue:
        node = queue.pop(0)
        if node not in order:
            order.append(node)
            queue += inputs_of(node)
    return order[::-1]


# %% wrong="topological_order" says="a node stands before one of its inputs"
def topological_order(output, inputs_of):
    order, stack = [], [output]
    while stack:
        node = stack.pop()
        if node not in order:
            order.append(node)
            stack += list(inputs_of(node))[::-1]
    return order[::-1]


# %% wrong="topological_order" says="recursion"
def topological_order(output, inputs_of):
    order, met = [], set()

    def visit(node):
        if node not in met:
            met.add(node)
            for each in inputs_of(node):
                visit(each)
            order.append(node)

    visit(output)
    return order


# %% wrong="topological_order" says="remember which nodes have been met"
def topological_order(output, inputs_of):
    order, stack = [], [(output, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            if node not in order:
                order.append(node)
        else:
            stack.append((node, True))
            stack += [(each, False) for each in inputs_of(node)]
    return order


# %% wrong="topological_order" says="must return a list"
def topological_order(output, inputs_of):
    order, met, stack = [], set(), [(output, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            order.append(node)
        elif node not in met:
            met.add(node)
            stack.append((node, True))
            stack += [(each, False) for each in inputs_of(node)]
    return reversed(order[::-1])


# %% alternative="topological_order"
def topological_order(output, inputs_of):
    # Kahn's algorithm: from the output backwards, a node follows once all that use it are done.
    uses, found, new = {output: 0}, [], [output]
    inputs = {}
    while new:
        node = new.pop()
        inputs[node] = list(inputs_of(node))
        for each in inputs[node]:
            if each not in uses:
                uses[each] = 0
                new.append(each)
            uses[each] += 1
    free = [output]
    while free:
        node = free.pop()
        found.append(node)
        for each in inputs[node]:
            uses[each] -= 1
            if uses[each] == 0:
                free.append(each)
    return found[::-1]


# %% alternative="topological_order"
def topological_order(output, inputs_of):
    done, stack = {}, [(output, iter(inputs_of(output)))]
    open_nodes = {output}
    while stack:
        node, inputs = stack[-1]
        for each in inputs:
            if each not in open_nodes:
                open_nodes.add(each)
                stack.append((each, iter(inputs_of(each))))
                break
        else:
            done[node] = True
            stack.pop()
    return list(done)


# %% wrong="Tensor" says="the part of a * b alone"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = part


# %% wrong="Tensor" says="a new backward() adds"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="a.gradient after a second J.backward()"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(tensor.gradient) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="requires_grad and inputs of a constant times 2"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        if True:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="when b.value was replaced"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = (
                inputs,
                lambda G: gradients_of(name, G, [each.value for each in inputs], options),
            )
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="the gradient of a constant"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if True:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="ValueError"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        collected = {self: np.ones(self.shape)}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad or tensor is self:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% wrong="Tensor" says="by the same factor"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {self: np.ones(self.shape) / self.value.size}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = collected[tensor]
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected[each] = collected.get(each, 0) + part


# %% alternative="Tensor"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = any(each.requires_grad for each in inputs)
        if result.requires_grad:
            result.inputs, result.rule = inputs, lambda G: gradients_of(name, G, values, options)
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        collected = {id(self): [np.ones_like(self.value)]}
        for tensor in reversed(topological_order(self, lambda node: node.inputs)):
            if tensor.requires_grad:
                G = sum(collected[id(tensor)])
                tensor.gradient = G + (0 if tensor.gradient is None else tensor.gradient)
                parts = tensor.rule(G) if tensor.inputs else ()
                for each, part in zip(tensor.inputs, parts, strict=True):
                    collected.setdefault(id(each), []).append(np.array(part))


# %% alternative="Tensor"
def gradients_of(name, G, values, options):
    if len(values) == 2:
        return tuple(binary_rule(name, G, *values))
    option = options["axis" if name == "logsumexp" else "exponent"] if name in ("logsumexp", "power") else None
    return (unary_rule(name, G, *values, option),)


class Tensor(Operators):
    def __init__(self, value, requires_grad=True):
        self.value = np.array(value, dtype=float)
        self.requires_grad, self.inputs, self.rule, self.gradient = requires_grad, (), None, None

    def apply(self, name, *others, **options):
        inputs = (self, *(each if isinstance(each, Tensor) else Tensor(each, False) for each in others))
        values = [each.value for each in inputs]
        result = Tensor(FORWARD[name](*values, **options))
        result.requires_grad = False
        for each in inputs:
            if each.requires_grad:
                result.requires_grad = True
                result.inputs = tuple(inputs)
                result.rule = lambda G: gradients_of(name, np.asarray(G), list(values), dict(options))
        return result

    def backward(self):
        if not self.requires_grad:
            raise ValueError("this tensor requires no gradient: nothing was recorded")
        order, found = [], []

        def turn(tensor, G):
            tensor.gradient = G.copy() if tensor.gradient is None else tensor.gradient + G

        order = topological_order(self, lambda node: [each for each in node.inputs if each.requires_grad])
        totals = [np.zeros(each.value.shape) for each in order]
        totals[-1] += 1
        places = {each: place for place, each in enumerate(order)}
        while order:
            tensor, G = order.pop(), totals.pop()
            turn(tensor, G)
            if tensor.rule is not None:
                for each, part in zip(tensor.inputs, tensor.rule(G), strict=True):
                    if each in places:
                        totals[places[each]] += part


# %% wrong="Module" says="the number of modules of outer"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in vars(self).values():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="modules() of module 0"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found.append(part)
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="modules() of module 0"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules()]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="the sum of parameters() of module"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return tensors

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="training of outer and inner after eval()"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        self.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="inner.W.gradient after outer.zero_grad()"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = np.zeros(parameter.shape)


# %% wrong="Module" says="the sum of parameters() of module"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [
            part
            for module in self.modules()
            for part in module._held()
            if isinstance(part, Tensor) and part.requires_grad
        ]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Module" says="times 2, plus 1"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers[::-1]:
            x = layer(x)
        return x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list(dict.fromkeys(tensors))

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% alternative="Module"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def modules(self):
        found, new = [], [self]
        while new:
            module = new.pop()
            if not any(module is each for each in found):
                found.append(module)
                new.extend(part for part in module._held() if isinstance(part, Module))
        return found

    def parameters(self):
        found = []
        for module in self.modules():
            for part in module._held():
                if isinstance(part, Tensor) and all(part is not each for each in found):
                    found.append(part)
        return found

    def _set(self, on):
        for module in self.modules():
            module.training = on

    def train(self):
        self._set(True)

    def eval(self):
        self._set(False)

    def zero_grad(self):
        [setattr(each, "gradient", None) for each in self.parameters()]


# %% alternative="Module"
class Module:
    def __init__(self, *layers):
        self.layers, self.training = layers, True

    def _held(self):
        for value in vars(self).values():
            yield from value if isinstance(value, list | tuple) else [value]

    def __call__(self, x):
        return self.layers[-1](Module(*self.layers[:-1])(x)) if self.layers else x

    def modules(self):
        found = [self]
        for part in self._held():
            if isinstance(part, Module):
                found += [module for module in part.modules() if module not in found]
        return found

    def parameters(self):
        tensors = [part for module in self.modules() for part in module._held() if isinstance(part, Tensor)]
        return list({id(each): each for each in tensors}.values())

    def train(self):
        for module in self.modules():
            module.training = True

    def eval(self):
        for module in self.modules():
            module.training = False

    def zero_grad(self):
        for parameter in self.parameters():
            parameter.gradient = None


# %% wrong="Adam" says="correct both averages"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v, s
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% wrong="Adam" says="go against the sign"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value + learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% wrong="Adam" says="after step 2"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t = 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% wrong="Adam" says="parameter 3 after step 2"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.t += 1
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% wrong="Adam" says="'epsilon': 0.2"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / np.sqrt(s_hat + epsilon**2)


# %% wrong="Adam" says="which has no gradient"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            g = np.ones(parameter.shape) if g is None else g
            if True:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% wrong="Adam" says="parameter 1 after step"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.options, self.t = list(parameters), (learning_rate, beta1, beta2, epsilon), 0
        self.averages = [np.zeros((2, *parameter.shape)) for parameter in self.parameters]

    def step(self):
        learning_rate, beta1, beta2, epsilon = self.options
        self.t += 1
        for k, parameter in enumerate(self.parameters):
            g = parameter.gradient
            if g is None and self.t > 1:
                v, s = self.averages[k]
                self.averages[k] = beta1 * v, beta2 * s
            if g is not None:
                v, s = self.averages[k]
                self.averages[k] = v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2
                v_hat, s_hat = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
                parameter.value = parameter.value - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)


# %% alternative="Adam"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.rate, self.beta1, self.beta2, self.epsilon = learning_rate, beta1, beta2, epsilon
        self.parts = [(each, np.zeros(each.value.shape), np.zeros(each.value.shape)) for each in parameters]
        self.steps = 0

    def step(self):
        self.steps = self.steps + 1
        one, two = 1 - self.beta1**self.steps, 1 - self.beta2**self.steps
        for parameter, v, s in self.parts:
            if parameter.gradient is None:
                continue
            v += (1 - self.beta1) * (parameter.gradient - v)
            s += (1 - self.beta2) * (parameter.gradient * parameter.gradient - s)
            parameter.value = parameter.value - self.rate * (v / one) / (self.epsilon + (s / two) ** 0.5)


# %% alternative="Adam"
class Adam:
    def __init__(self, parameters, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.parameters, self.numbers, self.history = parameters, (learning_rate, beta1, beta2, epsilon), {}
        self.t = 0

    def step(self):
        rate, beta1, beta2, epsilon = self.numbers
        self.t += 1
        with_gradient = [k for k, each in enumerate(self.parameters) if each.gradient is not None]
        for k in with_gradient:
            self.history.setdefault(k, []).append(np.array(self.parameters[k].gradient))
            v = s = 0
            for g in self.history[k]:
                v, s = beta1 * v + (1 - beta1) * g, beta2 * s + (1 - beta2) * np.square(g)
            v, s = v / (1 - beta1**self.t), s / (1 - beta2**self.t)
            self.parameters[k].value = self.parameters[k].value - rate * v / (np.sqrt(s) + epsilon)


# %% wrong="train_step" says="training of the model"
def train_step(model, optimiser, X, Y):
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    return cost.value.item()


# %% wrong="train_step" says="the cost with W = 0"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum()
    cost.backward()
    optimiser.step()
    return cost.value.item()


# %% wrong="train_step" says="train_step 2"
def train_step(model, optimiser, X, Y):
    model.train()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    return cost.value.item()


# %% wrong="train_step" says="W.gradient"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    model.zero_grad()
    return cost.value.item()


# %% wrong="train_step" says="is an array that holds one number"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    return cost.value


# %% wrong="train_step" says="W.value after a step"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    return cost.value.item()


# %% wrong="train_step" says="the cost"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    Z = model(Tensor(X, requires_grad=False))
    return ((Z.logsumexp(0) - (Z * Y).sum(0)).sum() / X.shape[1]).value.item()


# %% wrong="train_step" says="overflow"
def train_step(model, optimiser, X, Y):
    model.train()
    model.zero_grad()
    Z = model(Tensor(X, requires_grad=False))
    cost = (Z.exp().sum(0).log() - (Z * Y).sum(0)).sum() / X.shape[1]
    cost.backward()
    optimiser.step()
    return cost.value.item()


# %% alternative="train_step"
def train_step(model, optimiser, X, Y):
    for module in model.modules():
        module.training = True
    for parameter in model.parameters():
        parameter.gradient = None
    scores = model(Tensor(X, False))
    cost = -((scores - scores.logsumexp(0)) * Y).sum() * (1 / Y.shape[1])
    cost.backward()
    optimiser.step()
    return float(cost.value[0, 0])


# %% alternative="train_step"
def train_step(model, optimiser, X, Y):
    model.train()
    Z = model(Tensor(np.array(X), requires_grad=False))
    losses = Z.logsumexp(0).T - (Z * Tensor(Y, False)).sum(0).reshape(-1, 1)
    total = losses.sum()
    model.zero_grad()
    (total / len(Y.T)).backward()
    optimiser.step()
    return np.sum(total.value).item() / len(Y.T)


# %% equivalent="unbroadcast" mutant="number type of the first argument" why="sums of whole numbers are whole"


# %% equivalent="train_step" mutant="number type of the first argument" why="the model is no array"
