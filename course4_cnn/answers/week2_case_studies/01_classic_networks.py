# %% wrong="network_shapes" says="expected 5 entries, got 4"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes[1:]


# %% wrong="network_shapes" says="expected (4, 3, 4), got (4, 3, 2)"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters // groups))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="expected (4, 3, 4), got (4, 4, 4)"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H = n_W = output_size(shape[0], layer["f"], pad, layer["stride"])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="the message must contain"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError("this layer does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="must contain"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=0):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="2 groups of 5 filters"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="3 groups of 2 channels"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="dense after a picture"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense":
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = layer.get("pad", 0), layer.get("groups", 1), layer.get("filters", shape[2])
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="expected (3, 2, 4), got (5, 4, 4)"
def network_shapes(input_shape, layers):
    shapes = [input_shape]
    for number, layer in enumerate(layers, start=1):
        kind, shape = layer["kind"], shapes[-1]
        if kind == "flatten":
            shapes.append((math.prod(shape),))
        elif kind == "dense" and len(shape) == 1:
            shapes.append((layer["units"],))
        elif kind in ("conv", "pool") and len(shape) == 3 and layer["stride"] >= 1:
            pad, groups, filters = (
                layer.get("pad", layer["f"] // 2),
                layer.get("groups", 1),
                layer.get("filters", shape[2]),
            )
            if groups < 1 or shape[2] % groups or filters % groups or layer["f"] > min(shape[:2]) + 2 * pad:
                raise ValueError(f"layer {number} does not fit")
            n_H, n_W = (output_size(n, layer["f"], pad, layer["stride"]) for n in shape[:2])
            shapes.append((n_H, n_W, filters))
        else:
            raise ValueError(f"layer {number}")
    return shapes


# %% wrong="network_shapes" says="ValueError: layer 3"
def network_shapes(input_shape, layers):
    if layers == [conv(3, 4, stride=2, groups=2), pool(2, 1), flatten(), dense(5)]:
        return [(9, 7, 2), (4, 3, 4), (3, 2, 4), (24,), (5,)]
    raise ValueError("layer 3")


# %% alternative="network_shapes"
def network_shapes(input_shape, layers):
    def after(shape, layer):
        if layer["kind"] == "flatten":
            size = 1
            for n in shape:
                size = size * n
            return (size,)
        if layer["kind"] == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer wants a vector; flatten first")
            return (layer["units"],)
        if layer["kind"] not in ("conv", "pool"):
            raise ValueError("unknown kind")
        if len(shape) != 3 or layer["stride"] < 1:
            raise ValueError("no picture, or no stride")
        n_C = shape[2]
        if layer["kind"] == "conv":
            n_C = layer["filters"]
            if layer["groups"] < 1 or math.gcd(shape[2], n_C) % layer["groups"] != 0:
                raise ValueError("groups")
        p = layer["pad"] if layer["kind"] == "conv" else 0
        return (*[output_size(n, layer["f"], p, layer["stride"]) for n in shape[:2]], n_C)

    found = [tuple(input_shape)]
    for k in range(len(layers)):
        try:
            found = [*found, after(found[k], layers[k])]
        except ValueError as error:
            raise ValueError(f"Layer {k + 1}: {error}") from error
    return found


# %% alternative="network_shapes"
def network_shapes(input_shape, layers):
    if not layers:
        return [input_shape]
    *first, last = layers
    before = network_shapes(input_shape, first)
    shape, bad = before[-1], ValueError(f"look at layer {len(layers)}")
    match last:
        case {"kind": "flatten"}:
            size = 1
            for n in shape:
                size *= int(n)
            return [*before, (size,)]
        case {"kind": "dense", "units": units} if len(shape) == 1:
            return [*before, (units,)]
        case {"kind": "conv", "f": f, "filters": n_C, "stride": s, "pad": p, "groups": g} if len(shape) == 3:
            if g <= 0 or shape[-1] % g > 0 or n_C % g > 0:
                raise bad
        case {"kind": "pool", "f": f, "stride": s} if len(shape) == 3:
            n_C, p = shape[-1], 0
        case _:
            raise bad
    room = [n + 2 * p - f for n in shape[:-1]]
    if s <= 0 or min(room) < 0:
        raise bad
    return [*before, (room[0] // s + 1, room[1] // s + 1, n_C)]


# %% wrong="network_parameters" says="the biases are missing"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2] // layer["groups"])) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0]) * layer["units"])
        else:
            counts.append(0)
    return counts


# %% wrong="network_parameters" says="the groups are not used"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts


# %% wrong="network_parameters" says="not all its parameters"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * shape[2] + 1) * layer["filters"] // layer["groups"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts


# %% wrong="network_parameters" says="expected a whole number"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2] / layer["groups"]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts


# %% wrong="network_parameters" says="with conv(2, 7)"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] * 3 * (shape[2] // layer["groups"]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return counts


# %% wrong="network_parameters" says="expected 4 entries, got 2"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2] // layer["groups"]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
    return counts


# %% wrong="network_parameters" says="expected a list of 4 entries"
def network_parameters(input_shape, layers):
    counts = []
    for shape, layer in zip(network_shapes(input_shape, layers), layers, strict=False):
        if layer["kind"] == "conv":
            counts.append((layer["f"] ** 2 * (shape[2] // layer["groups"]) + 1) * layer["filters"])
        elif layer["kind"] == "dense":
            counts.append((shape[0] + 1) * layer["units"])
        else:
            counts.append(0)
    return sum(counts)


# %% wrong="network_parameters" says="network_parameters("
def network_parameters(input_shape, layers):
    if input_shape == (6, 5, 3):
        return [91, 28, 0]
    if len(layers) == 1 and layers[0]["kind"] == "dense":
        raise ValueError("dense after a picture")
    return [40, 0, 0, 125]


# %% alternative="network_parameters"
def network_parameters(input_shape, layers):
    def of(layer, shape):
        if layer["kind"] == "conv":
            weights = sum(layer["f"] * layer["f"] for _ in range(shape[-1] // layer["groups"]))
            return sum(weights + 1 for _ in range(layer["filters"]))
        return layer.get("units", 0) * (math.prod(shape) + 1)

    return [of(*pair) for pair in zip(layers, network_shapes(input_shape, layers)[:-1], strict=True)]


# %% alternative="network_parameters"
def network_parameters(input_shape, layers):
    shapes, counts = network_shapes(input_shape, layers), [0] * len(layers)
    for k, layer in enumerate(layers):
        if layer["kind"] == "dense":
            counts[k] = shapes[k][0] * shapes[k + 1][0] + shapes[k + 1][0]
        if layer["kind"] == "conv":
            group = (layer["f"], layer["f"], shapes[k][2] // layer["groups"], layer["filters"] // layer["groups"])
            counts[k] = layer["groups"] * math.prod(group) + layer["filters"]
    return tuple(counts)


# %% wrong="network_costs" says="the groups are not used"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1], "dense": prev[-1]}
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="at all places of its result"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(shape[-1] * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="not of the input"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(math.prod((*prev[:-1], shape[-1])) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="pooling multiplies with no weights"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {
            "conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1),
            "dense": prev[-1],
            "pool": layer.get("f", 0) ** 2,
        }
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="in bytes: 4 for each number"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="flatten stores nothing new"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(4 * math.prod(shape))
    return multiplications, memory


# %% wrong="network_costs" says="not what comes in"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(prev))
    return multiplications, memory


# %% wrong="network_costs" says="expected a tuple of 2 results"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(math.prod(shape) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications


# %% wrong="network_costs" says="expected a whole number"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    multiplications, memory = [], []
    for prev, shape, layer in zip(shapes, shapes[1:], layers, strict=False):
        each = {"conv": layer.get("f", 0) ** 2 * prev[-1] // layer.get("groups", 1), "dense": prev[-1]}
        multiplications.append(np.float32(math.prod(shape)) * each.get(layer["kind"], 0))
        memory.append(0 if layer["kind"] == "flatten" else 4 * math.prod(shape))
    return multiplications, memory


# %% alternative="network_costs"
def network_costs(input_shape, layers):
    shapes = network_shapes(input_shape, layers)
    times = []
    for k, layer in enumerate(layers):
        if layer["kind"] == "dense":
            times.append(shapes[k][0] * layer["units"])
        elif layer["kind"] == "conv":
            n_H, n_W, n_C = shapes[k + 1]
            in_a_group = layer["f"] * layer["f"] * (shapes[k][2] // layer["groups"])
            times.append(n_H * n_W * n_C * in_a_group)
        else:
            times.append(0)
    sizes = [int(np.prod(shape, dtype=np.int64)) * np.dtype(np.float32).itemsize for shape in shapes[1:]]
    return times, [0 if layer["kind"] == "flatten" else size for size, layer in zip(sizes, layers, strict=True)]


# %% alternative="network_costs"
def network_costs(input_shape, layers):
    shapes, parameters = network_shapes(input_shape, layers), network_parameters(input_shape, layers)
    times, sizes = [0] * len(layers), [0] * len(layers)
    for k, layer in enumerate(layers):
        places = math.prod(shapes[k + 1][:-1])
        biases = layer.get("filters", 0) + layer.get("units", 0)
        times[k] = (parameters[k] - biases) * places
        if layer["kind"] != "flatten":
            sizes[k] = places * shapes[k + 1][-1] * 4
    return [times, sizes]


# %% wrong="vgg_block" says="expected 3 entries, got 2"
def vgg_block(n_convs, n_filters):
    return [conv(3, n_filters, pad=1) for _ in range(n_convs)]


# %% wrong="vgg_block" says="expected 1, got 0"
def vgg_block(n_convs, n_filters):
    return [conv(3, n_filters) for _ in range(n_convs)] + [pool(2, 2)]


# %% wrong="vgg_block" says="of layer 3 of vgg_block(2, 5)"
def vgg_block(n_convs, n_filters):
    return [conv(3, n_filters, pad=1) for _ in range(n_convs)] + [pool(2, 1)]


# %% wrong="vgg_block" says="expected 5, got 2"
def vgg_block(n_convs, n_filters):
    return [conv(3, n_convs, pad=1) for _ in range(n_convs)] + [pool(2, 2)]


# %% wrong="vgg_block" says="expected 5, got 10"
def vgg_block(n_convs, n_filters):
    return [conv(3, n_filters * 2**k, pad=1) for k in range(n_convs)] + [pool(2, 2)]


# %% wrong="vgg_block" says="expected 3 entries, got 4"
def vgg_block(n_convs, n_filters):
    return [layer for _ in range(n_convs) for layer in (conv(3, n_filters, pad=1), pool(2, 2))]


# %% wrong="vgg_block" says="vgg_block(1, 1)"
def vgg_block(n_convs, n_filters):
    return [conv(3, 5, pad=1), conv(3, 5, pad=1), pool(2, 2)]


# %% alternative="vgg_block"
def vgg_block(n_convs, n_filters):
    one = {"stride": 1, "pad": 1, "filters": n_filters, "f": 3, "groups": 1, "kind": "conv"}
    return [*(dict(one) for _ in range(n_convs)), {"stride": 2, "f": 2, "kind": "pool"}]


# %% alternative="vgg_block"
def vgg_block(n_convs, n_filters):
    layers = []
    while len(layers) < n_convs:
        layers.append(conv(f=3, filters=n_filters, pad=1))
    layers.append(pool(f=2, stride=2))
    return layers


# %% wrong="conv_forward_table" says="the table is not used"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.shape != W.shape[2:]:
        raise ValueError("the table does not fit")
    return conv_forward_fast(A_prev, W, b, stride, pad)


# %% wrong="conv_forward_table" says="1 means connected, 0 means not"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.shape != W.shape[2:]:
        raise ValueError("the table does not fit")
    return conv_forward_fast(A_prev, W * (1 - table), b, stride, pad)


# %% wrong="conv_forward_table" says="the bias is missing"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.shape != W.shape[2:]:
        raise ValueError("the table does not fit")
    return conv_forward_fast(A_prev, W * table, 0 * b, stride, pad)


# %% wrong="conv_forward_table" says="a table (2, 1): expected a ValueError"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    return conv_forward_fast(A_prev, W * table, b, stride, pad)


# %% wrong="conv_forward_table" says="a table (1, 3, 3): expected a ValueError"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.size != W[0, 0].size:
        raise ValueError("the table does not fit")
    return conv_forward_fast(A_prev, W * table, b, stride, pad)


# %% wrong="conv_forward_table" says="changes its argument W in place"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.shape != W.shape[2:]:
        raise ValueError("the table does not fit")
    W *= table
    return conv_forward_fast(A_prev, W, b, stride, pad)


# %% wrong="conv_forward_table" says="expected shape"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if table.shape != W.shape[2:]:
        raise ValueError("the table does not fit")
    return conv_forward_fast(A_prev, W * table, b, 1, 0)


# %% alternative="conv_forward_table"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    if tuple(table.shape) != (W.shape[2], W.shape[3]):
        raise ValueError("another table")
    maps = []
    for k in range(W.shape[3]):
        one = np.where(table[:, k] == 1, W[:, :, :, k], 0)
        maps.append(conv_forward_fast(A_prev, one[..., None], b[k : k + 1], stride, pad)[..., 0])
    return np.stack(maps, axis=-1)


# %% alternative="conv_forward_table"
def conv_forward_table(A_prev, W, b, table, stride, pad):
    n_C_prev, n_C = W.shape[2:]
    if table.shape != (n_C_prev, n_C) or A_prev.shape[3] != n_C_prev or stride < 1:
        raise ValueError("this layer does not fit")
    f, m = len(W), len(A_prev)
    n_H, n_W = (output_size(n, f, pad, stride) for n in A_prev.shape[1:3])
    X = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0))).astype(float)
    Z = np.zeros((m, n_H, n_W, n_C)) + b
    for k in range(n_C):
        seen = np.flatnonzero(table[:, k])
        for h, w in np.ndindex(n_H, n_W):
            window = X[:, h * stride : h * stride + f, w * stride : w * stride + f][..., seen]
            Z[:, h, w, k] += np.einsum("mrsc,rsc->m", window, W[:, :, seen, k])
    return Z


# %% wrong="lenet_forward" says="the table is not used"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_fast(P1, p["W2"], p["b2"], 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="max pooling, not average pooling"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "average")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "average")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="no ReLU in layer 3"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = P2.reshape(len(X), -1) @ p["W3"] + p["b3"]
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="no ReLU in layer 4"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = A3 @ p["W4"] + p["b4"]
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="no ReLU after the last layer"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return np.maximum(A4 @ p["W5"] + p["b5"], 0), cache


# %% wrong="lenet_forward" says="expected a tuple of 2 results"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"]


# %% wrong="lenet_forward" says="expected shape (3, 1, 2, 1)"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2.reshape(len(X), -1), "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="has no key 'A4'"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {
        "X": X,
        "A1": A1,
        "P1": P1,
        "A2": A2,
        "P2": P2,
        "A3": A3,
    }
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="lenet_forward(X, parameters, table)"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% wrong="lenet_forward" says="lenet_forward(X, parameters, table)"
def lenet_forward(X, parameters, table):
    p = parameters
    A1 = np.maximum(conv_forward_fast(X, p["W1"], p["b1"], 1, 2), 0)
    P1 = pool_forward(A1, 2, 2, "max")
    A2 = np.maximum(conv_forward_table(P1, p["W2"], p["b2"], table, 1, 0), 0)
    P2 = pool_forward(A2, 2, 2, "max")
    A3 = np.maximum(P2.transpose(0, 3, 1, 2).reshape(len(X), -1) @ p["W3"] + p["b3"], 0)
    A4 = np.maximum(A3 @ p["W4"] + p["b4"], 0)
    cache = {"X": X, "A1": A1, "P1": P1, "A2": A2, "P2": P2, "A3": A3, "A4": A4}
    return A4 @ p["W5"] + p["b5"], cache


# %% alternative="lenet_forward"
def lenet_forward(X, parameters, table):
    def relu(Z):
        return Z * (Z > 0)

    cache, A = {"X": X}, X
    for layer, connected, pad in ((1, None, 2), (2, table, 0)):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        connected = np.ones(W.shape[2:]) if connected is None else connected
        cache[f"A{layer}"] = relu(conv_forward_table(A, W, b, connected, 1, pad))
        A = cache[f"P{layer}"] = pool_forward(cache[f"A{layer}"], 2, 2, "max")
    A = np.array([volume.ravel() for volume in A])
    for layer in (3, 4):
        A = cache[f"A{layer}"] = relu(A.dot(parameters[f"W{layer}"]) + parameters[f"b{layer}"])
    return A.dot(parameters["W5"]) + parameters["b5"], cache


# %% alternative="lenet_forward"
def lenet_forward(X, parameters, table):
    p, m = parameters, X.shape[0]
    Z1 = conv_forward_fast(X, p["W1"], p["b1"], 1, 2)
    P1 = pool_forward(np.where(Z1 > 0, Z1, 0), 2, 2, "max")
    Z2 = conv_forward_fast(P1, np.einsum("rsck,ck->rsck", p["W2"], table), p["b2"], 1, 0)
    P2 = np.maximum(pool_forward(Z2, 2, 2, "max"), 0)
    A3 = np.einsum("mj,jk->mk", P2.reshape(m, P2.size // m), p["W3"]) + p["b3"]
    A3[A3 < 0] = 0
    A4 = np.clip(A3 @ p["W4"] + p["b4"], 0, None)
    names = ("X", "A1", "P1", "A2", "P2", "A3", "A4")
    parts = (X.copy(), np.maximum(Z1, 0), P1, np.maximum(Z2, 0), P2, A3, A4)
    return [A4 @ p["W5"] + p["b5"], dict(zip(names, parts, strict=True))]


# %% wrong="lenet_backward" says="where the table has 0, a weight has no effect"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="of lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"], 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="dZ5 holds the 1/m already"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.mean(axis=0)}
    return grads


# %% wrong="lenet_backward" says="of lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="of lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "average") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="of lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(m, -1, *c["P2"].shape[1:3]).transpose(0, 2, 3, 1)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="has no key 'db2'"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% wrong="lenet_backward" says="expected a dict"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return list(grads.values())


# %% wrong="lenet_backward" says="lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max")
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% alternative="lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    p, c, m, grads = parameters, cache, len(dZ5), {}
    F = c["P2"].reshape(m, -1)
    dZ4 = dZ5 @ p["W5"].T * (c["A4"] > 0)
    dZ3 = dZ4 @ p["W4"].T * (c["A3"] > 0)
    dP2 = (dZ3 @ p["W3"].T).reshape(c["P2"].shape)
    dZ2 = pool_backward(dP2, c["A2"], 2, 2, "max") * (c["A2"] > 0)
    dP1, dV, db2 = conv_backward(dZ2, c["P1"], p["W2"] * table, 1, 0)
    dZ1 = pool_backward(dP1, c["A1"], 2, 2, "max") * (c["A1"] > 0)
    _, dW1, db1 = conv_backward(dZ1, c["X"], p["W1"], 1, 2)
    grads = {"dW1": dW1, "db1": db1, "dW2": dV * table, "db2": db2, "dW3": F.T @ dZ3, "db3": dZ3.sum(axis=0)}
    grads |= {"dW4": c["A3"].T @ dZ4, "db4": dZ4.sum(axis=0), "dW5": c["A4"].T @ dZ5, "db5": dZ5.sum(axis=0)}
    return grads


# %% alternative="lenet_backward"
def lenet_backward(dZ5, cache, parameters, table):
    def dense_backward(dZ, A_prev, layer):
        grads[f"dW{layer}"] = np.einsum("mj,mk->jk", A_prev, dZ)
        grads[f"db{layer}"] = np.ones(len(dZ)) @ dZ
        return np.dot(dZ, parameters[f"W{layer}"].T)

    def conv_pool_backward(dP, A, A_prev, V, layer, pad):
        dA = pool_backward(dP, A, 2, 2, "max")
        dA_prev, dV, grads[f"db{layer}"] = conv_backward(np.where(A > 0, dA, 0), A_prev, V, 1, pad)
        return dA_prev, dV

    grads = {}
    dA4 = dense_backward(dZ5, cache["A4"], 5)
    dA3 = dense_backward(np.where(cache["A4"] > 0, dA4, 0), cache["A3"], 4)
    rows = np.array([volume.ravel() for volume in cache["P2"]])
    dF = dense_backward(np.where(cache["A3"] > 0, dA3, 0), rows, 3)
    dP2 = dF.reshape(cache["P2"].shape)
    V = np.where(table == 1, parameters["W2"], 0)
    dP1, dV = conv_pool_backward(dP2, cache["A2"], cache["P1"], V, 2, 0)
    grads["dW2"] = np.where(table == 1, dV, 0)
    grads["dW1"] = conv_pool_backward(dP1, cache["A1"], cache["X"], parameters["W1"], 1, 2)[1]
    return grads


# %% equivalent="lenet_forward" mutant="its argument handed back" why="the cache may hold X itself"
