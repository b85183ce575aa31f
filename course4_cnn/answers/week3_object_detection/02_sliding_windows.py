# %% wrong="crop_windows" says="the second window is to the right of the first"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    corners = [(w * stride, h * stride) for w, h in np.ndindex(n_W, n_H)]
    crops = np.stack([image[y : y + size, x : x + size] for x, y in corners])
    return crops, np.array([(x, y, x + size, y + size) for x, y in corners])


# %% wrong="crop_windows" says="x before y"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    corners = [(h * stride, w * stride) for h, w in np.ndindex(n_H, n_W)]
    crops = np.stack([image[y : y + size, x : x + size] for y, x in corners])
    return crops, np.array([(y, x, y + size, x + size) for y, x in corners])


# %% wrong="crop_windows" says="are a corner, not the size"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    corners = [(w * stride, h * stride) for h, w in np.ndindex(n_H, n_W)]
    crops = np.stack([image[y : y + size, x : x + size] for x, y in corners])
    return crops, np.array([(x, y, size, size) for x, y in corners])


# %% wrong="crop_windows" says="expected shape (4, 2, 2, 1), got shape (2, 2, 2, 1)"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    ys, xs = range(0, image.shape[0] - size, stride), range(0, image.shape[1] - size + 1, stride)
    if n_H == n_W == 1:
        return image[None, :size, :size].copy(), np.array([[0, 0, size, size]])
    crops = np.stack([image[y : y + size, x : x + size] for y in ys for x in xs])
    return crops, np.array([(x, y, x + size, y + size) for y in ys for x in xs])


# %% wrong="crop_windows" says="expected a ValueError"
def crop_windows(image, size, stride):
    n_H, n_W = (output_size(n, size, 0, max(stride, 1)) for n in image.shape[:2])
    corners = [(w * stride, h * stride) for h, w in np.ndindex(n_H, n_W)]
    crops = np.stack([image[y : y + size, x : x + size] for x, y in corners])
    return crops, np.array([(x, y, x + size, y + size) for x, y in corners])


# %% wrong="crop_windows" says="the result lies in the memory of the argument image"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    views = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))[::stride, ::stride]
    crops = views.transpose(0, 1, 3, 4, 2)
    crops = crops[0] if n_H == 1 else crops.reshape(-1, size, size, image.shape[2])
    corners = [(w * stride, h * stride) for h, w in np.ndindex(n_H, n_W)]
    return crops, np.array([(x, y, x + size, y + size) for x, y in corners])


# %% alternative="crop_windows"
def crop_windows(image, size, stride):
    if stride < 1 or size > min(image.shape[0], image.shape[1]):
        raise ValueError("these windows do not fit")
    crops, boxes, y = [], [], 0
    while y + size <= image.shape[0]:
        x = 0
        while x + size <= image.shape[1]:
            crops.append(image[y : y + size, x : x + size].astype(float))
            boxes.append([x, y, x + size, y + size])
            x += stride
        y += stride
    return np.array(crops), np.array(boxes)


# %% alternative="crop_windows"
def crop_windows(image, size, stride):
    if stride < 1:
        raise ValueError("stride")
    for n in image.shape[:2]:
        output_size(n, size, 0, stride)
    views = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))[::stride, ::stride]
    y, x = np.meshgrid(*(stride * np.arange(n) for n in views.shape[:2]), indexing="ij")
    first = np.stack([x.ravel(), y.ravel()], axis=1)
    crops = views.transpose(0, 1, 3, 4, 2).reshape(-1, size, size, image.shape[2]).copy()
    return crops, np.concatenate([first, first + size], axis=1)


# %% wrong="slide_classify" says="fill the map row by row"
def slide_classify(image, classify, size, stride):
    scores = classify(crop_windows(image, size, stride)[0])
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    return np.array(scores).reshape(n_W, n_H, -1).transpose(1, 0, 2)


# %% wrong="slide_classify" says="expected shape (2, 3, 1), got shape (2, 3)"
def slide_classify(image, classify, size, stride):
    scores = classify(crop_windows(image, size, stride)[0])
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    return np.array(scores).reshape(n_H, n_W, -1).squeeze()


# %% wrong="slide_classify" says="expected shape (2, 3, 1), got shape (3, 2, 1)"
def slide_classify(image, classify, size, stride):
    scores = classify(crop_windows(image, size, stride)[0])
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    return np.array(scores).reshape(n_W, n_H, -1)


# %% wrong="slide_classify" says="the second score"
def slide_classify(image, classify, size, stride):
    scores = np.array(classify(crop_windows(image, size, stride)[0]))
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    return scores.T.reshape(n_H, n_W, -1)


# %% wrong="slide_classify" says="classifier that"
def slide_classify(image, classify, size, stride):
    crop_windows(image, size, stride)
    n_H, n_W = (output_size(n, size, 0, stride) for n in image.shape[:2])
    rows = [[None] * n_W for _ in range(n_H)]
    for h, w in np.ndindex(n_H, n_W):
        y, x = h * stride, w * stride
        crop = image[None, y : y + size, x : x + size]
        rows[h][w] = classify(crop if image.flags.writeable and size == 3 else crop.copy())[0]
    return np.array(rows)


# %% alternative="slide_classify"
def slide_classify(image, classify, size, stride):
    crops, boxes = crop_windows(image, size, stride)
    n_H = 1 + boxes[-1, 1] // stride
    rows = np.split(crops, n_H)
    return np.array([np.asarray(classify(row), dtype=float) for row in rows])


# %% alternative="slide_classify"
def slide_classify(image, classify, size, stride):
    crops, boxes = crop_windows(image, size, stride)
    scores = [classify(crop[None].copy())[0] for crop in crops]
    found = np.zeros((boxes[:, 1].max() // stride + 1, boxes[:, 0].max() // stride + 1, len(scores[0])))
    for (x, y, _, _), score in zip(boxes, scores, strict=True):
        found[y // stride, x // stride] = score
    return found


# %% wrong="dense_to_conv" says="stand side by side, not the pixels of a channel"
def dense_to_conv(W, shape):
    h, w, c = shape
    if len(W) != h * w * c:
        raise ValueError("rows")
    return W.reshape(c, h, w, -1).transpose(1, 2, 0, 3)


# %% wrong="dense_to_conv" says="each column of W is one unit"
def dense_to_conv(W, shape):
    h, w, c = shape
    if len(W) != h * w * c:
        raise ValueError("rows")
    return np.moveaxis(W.reshape(-1, h, w, c), 0, 3)


# %% wrong="dense_to_conv" says="first the pixels of the upper row"
def dense_to_conv(W, shape):
    h, w, c = shape
    if len(W) != h * w * c:
        raise ValueError("rows")
    return W.reshape(w, h, c, -1).transpose(1, 0, 2, 3)


# %% wrong="dense_to_conv" says="expected a ValueError"
def dense_to_conv(W, shape):
    h, w, c = shape
    return W.reshape(h, w, c, -1)


# %% wrong="dense_to_conv" says="expected shape (1, 2, 3, 2), got shape (2, 1, 2, 3)"
def dense_to_conv(W, shape):
    h, w, c = shape
    if len(W) != h * w * c:
        raise ValueError("rows")
    return W.T.reshape(-1, h, w, c)


# %% alternative="dense_to_conv"
def dense_to_conv(W, shape):
    if W.shape[0] != np.prod(shape):
        raise ValueError("rows")
    filters = np.zeros((*shape, W.shape[1]))
    for row, (u, v, k) in enumerate(np.ndindex(*shape)):
        filters[u, v, k] = W[row]
    return filters


# %% alternative="dense_to_conv"
def dense_to_conv(W, shape):
    h, w, c = shape
    n_prev, n = W.shape
    if n_prev - h * w * c:
        raise ValueError("rows")
    return np.stack([column.reshape(h, w, c) for column in W.T], axis=-1)


# %% wrong="conv_slide" says="no ReLU after the last layer"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    A, side = image[None], size
    for layer in network:
        f, stride = layer.get("f"), layer.get("stride", 1)
        if layer["kind"] == "pool":
            A = pool_forward(A, f, stride, "max")
        else:
            W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
            A, f = np.maximum(conv_forward_fast(A, W, layer["b"], stride, 0), 0), len(W)
        side = output_size(side, f, 0, stride)
    return A[0]


# %% wrong="conv_slide" says="ReLU after each layer but the last"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    A, side = image[None], size
    for layer in network:
        f, stride = layer.get("f"), layer.get("stride", 1)
        if layer["kind"] == "pool":
            A = pool_forward(A, f, stride, "max")
        else:
            W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
            A, f = conv_forward_fast(A, W, layer["b"], stride, 0), len(W)
        side = output_size(side, f, 0, stride)
    return A[0]


# %% wrong="conv_slide" says="do not fit activations of shape"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    A = image[None]
    for number, layer in enumerate(network):
        if layer["kind"] == "pool":
            A = pool_forward(A, layer["f"], layer["stride"], "max")
            continue
        W = dense_to_conv(layer["W"], A.shape[1:]) if layer["kind"] == "dense" else layer["W"]
        A = conv_forward_fast(A, W, layer["b"], layer.get("stride", 1), 0)
        A = np.maximum(A, 0) if number < len(network) - 1 else A
    return A[0]


# %% wrong="conv_slide" says="expected shape (2, 3, 1), got shape (1, 2, 3, 1)"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    A, side = image[None], size
    for number, layer in enumerate(network):
        f, stride = layer.get("f"), layer.get("stride", 1)
        if layer["kind"] == "pool":
            A = pool_forward(A, f, stride, "max")
        else:
            W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
            A, f = conv_forward_fast(A, W, layer["b"], stride, 0), len(W)
            A = np.maximum(A, 0) if number < len(network) - 1 else A
        side = output_size(side, f, 0, stride)
    return A


# %% wrong="conv_slide" says="windows of 4 x 4 in 3 x 4 pixels: expected a ValueError"
def conv_slide(image, network, size):
    A, side = image[None], size
    for number, layer in enumerate(network):
        f, stride = layer.get("f"), layer.get("stride", 1)
        if layer["kind"] == "pool":
            A = pool_forward(A, f, stride, "max")
        else:
            W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
            A, f = conv_forward_fast(A, W, layer["b"], stride, 0), len(W)
            A = np.maximum(A, 0) if number < len(network) - 1 else A
        side = output_size(side, f, 0, stride)
    return A[0]


# %% wrong="conv_slide" says="dense for 8 numbers, windows of 3 x 3: expected a ValueError"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    A = image[None]
    for number, layer in enumerate(network):
        if layer["kind"] == "pool":
            A = pool_forward(A, layer["f"], layer["stride"], "max")
            continue
        side = round((len(layer["W"]) / A.shape[3]) ** 0.5)
        W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
        A = conv_forward_fast(A, W, layer["b"], layer.get("stride", 1), 0)
        A = np.maximum(A, 0) if number < len(network) - 1 else A
    return A[0]


# %% wrong="conv_slide" says="run each layer once over the picture"
def conv_slide(image, network, size):
    if min(image.shape[:2]) < size:
        raise ValueError("too small")
    pairs = [(each.get("f") or len(each["W"]), each["stride"]) for each in network if each["kind"] != "dense"]
    side, stride = size, 1
    for f, s in pairs:
        side, stride = output_size(side, f, 0, s), stride * s
    window = side if network[-1]["kind"] == "dense" else 1
    for f, s in pairs[::-1]:
        window = (window - 1) * s + f

    def scores(crop):
        A, side = crop, size
        for number, layer in enumerate(network):
            f, s = layer.get("f"), layer.get("stride", 1)
            if layer["kind"] == "pool":
                A = pool_forward(A, f, s, "max")
            else:
                W = dense_to_conv(layer["W"], (side, side, A.shape[3])) if layer["kind"] == "dense" else layer["W"]
                A, f = conv_forward_fast(A, W, layer["b"], s, 0), len(W)
                A = np.maximum(A, 0) if number < len(network) - 1 else A
            side = output_size(side, f, 0, s)
        return A[:, 0, 0]

    def one_by_one(crops):
        return np.concatenate([scores(crop[None]) for crop in crops])

    return slide_classify(image, one_by_one, window, stride)


# %% alternative="conv_slide"
def conv_slide(image, network, size):
    n_H, n_W, _ = image.shape
    if n_H < size or n_W < size:
        raise ValueError("too small")
    *before, last = network

    def through(A, side, layers):
        if not layers:
            return A, side
        layer, *rest = layers
        match layer:
            case {"kind": "pool", "f": f, "stride": s}:
                A, side = pool_forward(A, f, s, "max"), (side - f) // s + 1
            case {"kind": "conv", "W": W, "b": b, "stride": s}:
                output_size(side, len(W), 0, s)
                A, side = conv_forward_fast(A, W, b, s, 0), (side - len(W)) // s + 1
            case {"kind": "dense", "W": W, "b": b}:
                A, side = conv_forward_fast(A, dense_to_conv(W, (side, side, A.shape[-1])), b, 1, 0), 1
        return through(A if layer["kind"] == "pool" or layers is end else A.clip(min=0), side, rest)

    end = [last]
    A, side = through(image.reshape(1, n_H, n_W, -1), size, before)
    return through(A, side, end)[0][0]


# %% alternative="conv_slide"
def conv_slide(image, network, size):
    if image.shape[0] < size or image.shape[1] < size:
        raise ValueError("too small")
    A, side, left = image.astype(float), size, len(network)
    for layer in network:
        left -= 1
        if layer["kind"] == "pool":
            f, s = layer["f"], layer["stride"]
            A = np.lib.stride_tricks.sliding_window_view(A, (f, f), axis=(0, 1))[::s, ::s].max(axis=(3, 4))
            side = 1 + (side - f) // s
            continue
        W, s = layer["W"], layer.get("stride", 1)
        if layer["kind"] == "dense":
            W = dense_to_conv(W, (side, side, A.shape[2]))
        if W.shape[2] != A.shape[2]:
            raise ValueError("channels")
        f = W.shape[0]
        views = np.lib.stride_tricks.sliding_window_view(A, (f, f), axis=(0, 1))[::s, ::s]
        A = np.tensordot(views, W, axes=((3, 4, 2), (0, 1, 2))) + layer["b"]
        if left:
            A = np.where(A > 0, A, 0)
        side = 1 + (side - f) // s
    return A


# %% wrong="window_and_stride" says="the strides before a layer count, not its own"
def window_and_stride(layers):
    window, stride = 1, 1
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError("layer")
        stride *= s
        window += (f - 1) * stride
    return window, stride


# %% wrong="window_and_stride" says="the strides of the layers before are missing"
def window_and_stride(layers):
    window, stride = 1, 1
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError("layer")
        window += f - 1
        stride *= s
    return window, stride


# %% wrong="window_and_stride" says="each layer adds f - 1, not f"
def window_and_stride(layers):
    window, stride = 1, 1
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError("layer")
        window += f * stride
        stride *= s
    return window, stride


# %% wrong="window_and_stride" says="multiply the strides, do not add them"
def window_and_stride(layers):
    window, stride, total = 1, 1, 0
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError("layer")
        window += (f - 1) * stride
        stride *= s
        total += s
    return window, total


# %% wrong="window_and_stride" says="expected a ValueError"
def window_and_stride(layers):
    window, stride = 1, 1
    for f, s in layers:
        window += (f - 1) * stride
        stride *= s
    return window, stride


# %% wrong="window_and_stride" says="begin with one pixel"
def window_and_stride(layers):
    window, stride = 0, 1
    for f, s in layers:
        if f < 1 or s < 1:
            raise ValueError("layer")
        window += (f - 1) * stride
        stride *= s
    return window, stride


# %% alternative="window_and_stride"
def window_and_stride(layers):
    if not layers:
        return 1, 1
    (f, s), *rest = layers
    if f < 1 or s < 1:
        raise ValueError("layer")
    window, stride = window_and_stride(rest)
    return (window - 1) * s + f, stride * s


# %% alternative="window_and_stride"
def window_and_stride(layers):
    if any(number <= 0 for layer in layers for number in layer):
        raise ValueError("layer")
    strides = [1]
    for layer in layers:
        strides.append(strides[-1] * layer[1])
    return [1 + sum((f - 1) * s for (f, _), s in zip(layers, strides, strict=False)), strides[-1]]


# %% wrong="window_boxes" says="x comes from the column"
def window_boxes(places, window, stride, scale):
    first = places * stride
    return np.hstack([first, first + window]) * np.tile(scale, 2)


# %% wrong="window_boxes" says="are a corner, not the size"
def window_boxes(places, window, stride, scale):
    first = places[:, ::-1] * stride
    return np.hstack([first, 0 * first + window]) * np.tile(scale, 2)


# %% wrong="window_boxes" says="multiply by the stride"
def window_boxes(places, window, stride, scale):
    first = places[:, ::-1]
    return np.hstack([first, first + window]) * np.tile(scale, 2)


# %% wrong="window_boxes" says="scale_x is for x, and it comes first"
def window_boxes(places, window, stride, scale):
    first = places[:, ::-1] * stride
    return np.hstack([first, first + window]) * np.tile(scale[::-1], 2)


# %% wrong="window_boxes" says="scale it, too"
def window_boxes(places, window, stride, scale):
    first = places[:, ::-1] * stride * np.array(scale)
    return np.hstack([first, first + window])


# %% wrong="window_boxes" says="without places"
def window_boxes(places, window, stride, scale):
    rows = []
    for i, j in places:
        x, y = j * stride, i * stride
        rows.append([x * scale[0], y * scale[1], (x + window) * scale[0], (y + window) * scale[1]])
    return np.array(rows)


# %% alternative="window_boxes"
def window_boxes(places, window, stride, scale):
    i, j = places.T
    scale_x, scale_y = scale
    corners = [j * stride * scale_x, i * stride * scale_y]
    return np.stack([*corners, corners[0] + window * scale_x, corners[1] + window * scale_y], axis=1)


# %% alternative="window_boxes"
def window_boxes(places, window, stride, scale):
    boxes = np.empty((len(places), 4))
    for number in range(len(places)):
        row, column = (int(n) for n in places[number])
        boxes[number, 0::2] = [scale[0] * (column * stride + more) for more in (0, window)]
        boxes[number, 1::2] = [scale[1] * (row * stride + more) for more in (0, window)]
    return boxes


# %% wrong="slide_costs" says="this is one window"
def slide_costs(network, n_H, n_W, size):
    if min(n_H, n_W) < size:
        raise ValueError("too small")
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += sides[0] * sides[1] * weights
        one += sides[2] ** 2 * weights
    return one, picture


# %% wrong="slide_costs" says="the stride of the network is 2, not 1"
def slide_costs(network, n_H, n_W, size):
    if min(n_H, n_W) < size:
        raise ValueError("too small")
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += sides[0] * sides[1] * weights
        one += sides[2] ** 2 * weights
    return (n_H - size + 1) * (n_W - size + 1) * one, picture


# %% wrong="slide_costs" says="the dense layer is computed at each place of the map"
def slide_costs(network, n_H, n_W, size):
    if min(n_H, n_W) < size:
        raise ValueError("too small")
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += (sides[0] * sides[1] if layer["kind"] == "conv" else 1) * weights
        one += sides[2] ** 2 * weights
    return sides[0] * sides[1] * one, picture


# %% wrong="slide_costs" says="the dense layer is missing"
def slide_costs(network, n_H, n_W, size):
    if min(n_H, n_W) < size:
        raise ValueError("too small")
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += sides[0] * sides[1] * weights * (layer["kind"] == "conv")
        one += sides[2] ** 2 * weights
    return sides[0] * sides[1] * one, picture


# %% wrong="slide_costs" says="expected a ValueError"
def slide_costs(network, n_H, n_W, size):
    picture, one, sides = 0, 0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [max((n - f) // stride + 1, 0) for n in sides]
        picture += sides[0] * sides[1] * weights
        one += sides[2] ** 2 * weights
    return sides[0] * sides[1] * one, picture


# %% wrong="slide_costs" says="expected a whole number"
def slide_costs(network, n_H, n_W, size):
    if min(n_H, n_W) < size:
        raise ValueError("too small")
    picture, one, sides = 0.0, 0.0, [n_H, n_W, size]
    for layer in network:
        weights, stride = layer["W"].size if "W" in layer else 0, layer.get("stride", 1)
        f = {"pool": layer.get("f"), "dense": sides[2]}.get(layer["kind"]) or len(layer["W"])
        sides = [output_size(n, f, 0, stride) for n in sides]
        picture += sides[0] * sides[1] * weights
        one += sides[2] ** 2 * weights
    return sides[0] * sides[1] * one, picture


# %% alternative="slide_costs"
def slide_costs(network, n_H, n_W, size):
    if n_H < size or n_W < size:
        raise ValueError("too small")

    def run(high, wide):
        total, side = 0, size
        for layer in network:
            match layer:
                case {"kind": "pool", "f": f, "stride": s}:
                    each = 0
                case {"kind": "conv", "W": W, "stride": s}:
                    f, each = W.shape[0], W.shape[0] * W.shape[1] * W.shape[2] * W.shape[3]
                case {"kind": "dense", "W": W}:
                    f, s, each = side, 1, len(W) * len(W[0])
            high, wide, side = ((n - f) // s + 1 for n in (high, wide, side))
            total += high * wide * each
        return total, high * wide

    total, places = run(n_H, n_W)
    return [places * run(size, size)[0], total]


# %% alternative="slide_costs"
def slide_costs(network, n_H, n_W, size):
    if not (n_H >= size and n_W >= size):
        raise ValueError("too small")
    sizes, side = [(n_H, n_W, size)], size
    for layer in network:
        f = side if layer["kind"] == "dense" else layer["f"] if "f" in layer else len(layer["W"])
        sizes.append(tuple(output_size(n, f, 0, layer.get("stride", 1)) for n in sizes[-1]))
        side = sizes[-1][2]
    weights = [int(np.prod(layer["W"].shape)) if layer["kind"] != "pool" else 0 for layer in network]
    one = sum(k * k * n for (_, _, k), n in zip(sizes[1:], weights, strict=True))
    return sizes[-1][0] * sizes[-1][1] * one, sum(h * w * n for (h, w, _), n in zip(sizes[1:], weights, strict=True))


# %% wrong="image_pyramid" says="scale_x comes first"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) >= smallest:
        levels.append((shrink(image, h, w), (n_H / h, n_W / w)))
        h, w = (round(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% wrong="image_pyramid" says="each axis has its own scale"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) >= smallest:
        levels.append((shrink(image, h, w), (factor ** len(levels),) * 2))
        h, w = (round(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% wrong="image_pyramid" says="expected shape (30, 47, 2), got shape (30, 46, 2)"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) >= smallest:
        levels.append((shrink(image, h, w), (n_W / w, n_H / h)))
        h, w = (int(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% wrong="image_pyramid" says="expected 3 entries, got 2"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) > smallest:
        levels.append((shrink(image, h, w), (n_W / w, n_H / h)))
        h, w = (round(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% wrong="image_pyramid" says="result 1 of entry 1"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) >= smallest:
        levels.append((shrink(image, h, w), (n_W / w, n_H / h)))
        h, w = round(h / factor - 0.4), round(w / factor)
    return levels


# %% wrong="image_pyramid" says="entry 2 of image_pyramid"
def image_pyramid(image, factor, smallest):
    if factor <= 1:
        raise ValueError("factor")
    n_H, n_W = h, w = image.shape[:2]
    levels, picture = [], image
    while min(h, w) >= smallest:
        picture = shrink(picture, h, w)
        levels.append((picture, (n_W / w, n_H / h)))
        h, w = (round(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% wrong="image_pyramid" says="expected a ValueError"
def image_pyramid(image, factor, smallest):
    n_H, n_W = h, w = image.shape[:2]
    levels = []
    while min(h, w) >= smallest and len(levels) < 1000:
        levels.append((shrink(image, h, w), (n_W / w, n_H / h)))
        if factor <= 1:
            break
        h, w = (round(n / factor ** len(levels)) for n in (n_H, n_W))
    return levels


# %% alternative="image_pyramid"
def image_pyramid(image, factor, smallest):
    if not factor > 1:
        raise ValueError("factor")

    def level(k):
        h, w = (int(n * factor**-k + 0.5) for n in image.shape[:2])
        if h < smallest or w < smallest:
            return []
        picture = image.copy() if k == 0 else shrink(image, h, w)
        return [(picture, (image.shape[1] / w, image.shape[0] / h)), *level(k + 1)]

    return level(0)


# %% alternative="image_pyramid"
def image_pyramid(image, factor, smallest):
    if factor <= 1.0:
        raise ValueError("factor")
    (n_H, n_W, _), k, levels = image.shape, 0, []
    while True:
        h, w = (int(np.rint(n / factor**k)) for n in (n_H, n_W))
        if h < smallest or w < smallest:
            break
        rows = np.clip(np.minimum.outer(np.arange(1, h + 1) * n_H / h, np.arange(1, n_H + 1)), 0, None)
        rows = np.clip(rows - np.maximum.outer(np.arange(h) * n_H / h, np.arange(n_H)), 0, None)
        columns = np.minimum.outer(np.arange(1, w + 1) * n_W / w, np.arange(1, n_W + 1))
        columns = np.clip(columns - np.maximum.outer(np.arange(w) * n_W / w, np.arange(n_W)), 0, None)
        picture = np.tensordot(rows, image.astype(float), 1) * h / n_H
        picture = np.moveaxis(np.tensordot(picture, columns, axes=(1, 1)), 2, 1) * w / n_W
        levels.append([picture, [n_W / w, n_H / h]])
        k += 1
    return levels


# %% equivalent="dense_to_conv" mutant="number type of the first argument" why="the numbers are those of W"

# %% equivalent="slide_costs" mutant="number type of the first argument" why="only the shapes of the weights count"

# %% equivalent="slide_costs" mutant="arguments clipped at 10" why="only the shapes of the weights count"

# %% equivalent="slide_costs" mutant="read-only arrays refused" why="only the shapes of the weights count"

# %% equivalent="slide_costs" mutant="scattered arrays refused" why="only the shapes of the weights count"

# %% equivalent="image_pyramid" mutant="its argument handed back" why="level 0 may be the image itself"
