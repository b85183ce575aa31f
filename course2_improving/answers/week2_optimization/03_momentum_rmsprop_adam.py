# %% wrong="initialize_velocity" says="np.zeros_like keeps the type"
def initialize_velocity(parameters):
    return {f"d{key}": np.zeros_like(value) for key, value in parameters.items()}


# %% wrong="initialize_velocity" says="has no key 'dW1'"
def initialize_velocity(parameters):
    return {key: np.zeros(value.shape) for key, value in parameters.items()}


# %% wrong="initialize_velocity" says="has no key 'dembed'"
def initialize_velocity(parameters):
    L = len(parameters) // 2
    return {f"d{k}{i}": np.zeros(parameters[f"{k}{i}"].shape) for i in range(1, L + 1) for k in "Wb"}


# %% wrong="initialize_velocity" says="expected"
def initialize_velocity(parameters):
    return {f"d{key}": 0.0 for key in parameters}


# %% wrong="initialize_velocity" says="dW1 of initialize_velocity"
def initialize_velocity(parameters):
    return {f"d{key}": np.array(value, dtype=float) for key, value in parameters.items()}


# %% wrong="initialize_velocity" says="lie in the same memory"
def initialize_velocity(parameters):
    made = {value.shape: np.zeros(value.shape) for value in parameters.values()}
    return {f"d{key}": made[value.shape] for key, value in parameters.items()}


# %% alternative="initialize_velocity"
def initialize_velocity(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = np.zeros_like(parameters[key], dtype=float)
    return v


# %% alternative="initialize_velocity"
def initialize_velocity(parameters):
    return dict(zip(map("d{}".format, parameters), [np.zeros(np.shape(a)) for a in parameters.values()], strict=True))


# %% wrong="momentum_step" says="beta and 1 - beta are exchanged"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {key: (1 - beta) * v[key] + beta * grads[key] for key in v}
    return {key: value - learning_rate * velocity[f"d{key}"] for key, value in parameters.items()}, velocity


# %% wrong="momentum_step" says="the gradient lacks its factor 1 - beta"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {key: beta * v[key] + grads[key] for key in v}
    return {key: value - learning_rate * velocity[f"d{key}"] for key, value in parameters.items()}, velocity


# %% wrong="momentum_step" says="the step follows the gradient, not the velocity"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    return {key: value - learning_rate * grads[f"d{key}"] for key, value in parameters.items()}, velocity


# %% wrong="momentum_step" says="this step is made with the old one"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    return {key: value - learning_rate * v[f"d{key}"] for key, value in parameters.items()}, velocity


# %% wrong="momentum_step" says="changes its argument v in place"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    moved = {}
    for key in parameters:
        v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        moved[key] = parameters[key] - learning_rate * v[f"d{key}"]
    return moved, v


# %% wrong="momentum_step" says="momentum_step(parameters, grads, v, learning_rate, beta)"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {key: 0.9 * v[key] + 0.1 * grads[key] for key in v}
    return {key: value - learning_rate * velocity[f"d{key}"] for key, value in parameters.items()}, velocity


# %% wrong="momentum_step" says="has no key 'embed'"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    moved, velocity = {}, {}
    for key in (key for key in parameters if key[0] in "Wb"):
        velocity[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        moved[key] = parameters[key] - learning_rate * velocity[f"d{key}"]
    return moved, velocity


# %% alternative="momentum_step"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    velocity = {name: grads[name] + beta * (v[name] - grads[name]) for name in grads}
    return [{name[1:]: parameters[name[1:]] - learning_rate * u for name, u in velocity.items()}, velocity]


# %% alternative="momentum_step"
def momentum_step(parameters, grads, v, learning_rate, beta=0.9):
    moved = {key: np.array(value, dtype=float) for key, value in parameters.items()}
    v = {key: np.array(value, dtype=float) for key, value in v.items()}
    for key in moved:
        v["d" + key] *= beta
        v["d" + key] += (1 - beta) * grads["d" + key]
        moved[key] -= learning_rate * v["d" + key]
    return moved, v


# %% wrong="rmsprop_step" says="beta and 1 - beta are exchanged"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: (1 - beta) * s[key] + beta * grads[key] ** 2 for key in s}
    moved = {
        k: w - learning_rate * grads[f"d{k}"] / (np.sqrt(averages[f"d{k}"]) + epsilon) for k, w in parameters.items()
    }
    return moved, averages


# %% wrong="rmsprop_step" says="the gradient is not squared"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] for key in s}
    moved = {
        k: w - learning_rate * grads[f"d{k}"] / (np.sqrt(averages[f"d{k}"]) + epsilon) for k, w in parameters.items()
    }
    return moved, averages


# %% wrong="rmsprop_step" says="epsilon stands outside of the root"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    moved = {
        k: w - learning_rate * grads[f"d{k}"] / np.sqrt(averages[f"d{k}"] + epsilon) for k, w in parameters.items()
    }
    return moved, averages


# %% wrong="rmsprop_step" says="the root is missing"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    moved = {k: w - learning_rate * grads[f"d{k}"] / (averages[f"d{k}"] + epsilon) for k, w in parameters.items()}
    return moved, averages


# %% wrong="rmsprop_step" says="this step is made with the old averages"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    moved = {k: w - learning_rate * grads[f"d{k}"] / (np.sqrt(s[f"d{k}"]) + epsilon) for k, w in parameters.items()}
    return moved, averages


# %% wrong="rmsprop_step" says="W1 of rmsprop_step"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    moved = {
        k: w - learning_rate * grads[f"d{k}"] / (np.sqrt(np.mean(averages[f"d{k}"])) + epsilon)
        for k, w in parameters.items()
    }
    return moved, averages


# %% wrong="rmsprop_step" says="with gradients of about 1e-30"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    averages = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    epsilon = max(epsilon, 1e-16)
    moved = {
        k: w - learning_rate * grads[f"d{k}"] / (np.sqrt(averages[f"d{k}"]) + epsilon) for k, w in parameters.items()
    }
    return moved, averages


# %% alternative="rmsprop_step"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    moved, averages = {}, {}
    for key, value in parameters.items():
        g = np.asarray(grads["d" + key], dtype=float)
        averages["d" + key] = average = g * g + beta * (s["d" + key] - g * g)
        moved[key] = value + -learning_rate * g / (average**0.5 + epsilon)
    return moved, averages


# %% alternative="rmsprop_step"
def rmsprop_step(parameters, grads, s, learning_rate, beta=0.9, epsilon=1e-8):
    moved, averages = {}, {}
    for key in parameters:
        w, q = np.empty(parameters[key].shape), np.empty(parameters[key].shape)
        for place in np.ndindex(w.shape):
            slope = float(grads["d" + key][place])
            q[place] = beta * s["d" + key][place] + (1 - beta) * slope**2
            w[place] = parameters[key][place] - learning_rate * slope / (q[place] ** 0.5 + epsilon)
        moved[key], averages["d" + key] = w, q
    return moved, averages


# %% wrong="initialize_adam" says="the same dict or the same arrays"
def initialize_adam(parameters):
    v = s = initialize_velocity(parameters)
    return v, s


# %% wrong="initialize_adam" says="the same dict or the same arrays"
def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    return v, dict(v)


# %% wrong="initialize_adam" says="expected zeros of float64"
def initialize_adam(parameters):
    v, s = ({f"d{key}": np.zeros_like(value) for key, value in parameters.items()} for _ in range(2))
    return v, s


# %% wrong="initialize_adam" says="a dict"
def initialize_adam(parameters):
    return initialize_velocity(parameters)


# %% wrong="initialize_adam" says="dW1 in s of"
def initialize_adam(parameters):
    return initialize_velocity(parameters), {f"d{key}": np.ones(value.shape) for key, value in parameters.items()}


# %% alternative="initialize_adam"
def initialize_adam(parameters):
    v, s = {}, {}
    for key, value in parameters.items():
        v["d" + key] = np.zeros(value.shape)
        s["d" + key] = np.zeros(value.shape)
    return v, s


# %% alternative="initialize_adam"
def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    return [v, {key: value.copy() for key, value in v.items()}]


# %% wrong="adam_step" says="the corrected one serves this step only"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1:
        raise ValueError
    v = {k: (beta1 * v[k] + (1 - beta1) * grads[k]) / (1 - beta1**t) for k in v}
    s = {k: (beta2 * s[k] + (1 - beta2) * grads[k] ** 2) / (1 - beta2**t) for k in s}
    return {k: w - learning_rate * v["d" + k] / (np.sqrt(s["d" + k]) + epsilon) for k, w in parameters.items()}, v, s


# %% wrong="adam_step" says="s takes beta2, not beta1"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1:
        raise ValueError
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta1 * s[k] + (1 - beta1) * grads[k] ** 2 for k in s}
    c, d = 1 - beta1**t, 1 - beta2**t
    return (
        {k: w - learning_rate * v["d" + k] / c / (np.sqrt(s["d" + k] / d) + epsilon) for k, w in parameters.items()},
        v,
        s,
    )


# %% wrong="adam_step" says="neither average is corrected"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1:
        raise ValueError
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * grads[k] ** 2 for k in s}
    return {k: w - learning_rate * v["d" + k] / (np.sqrt(s["d" + k]) + epsilon) for k, w in parameters.items()}, v, s


# %% wrong="adam_step" says="with the power t"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1:
        raise ValueError
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * grads[k] ** 2 for k in s}
    c, d = 1 - beta1, 1 - beta2
    return (
        {k: w - learning_rate * v["d" + k] / c / (np.sqrt(s["d" + k] / d) + epsilon) for k, w in parameters.items()},
        v,
        s,
    )


# %% wrong="adam_step" says="epsilon stands outside of the root"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1:
        raise ValueError
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * grads[k] ** 2 for k in s}
    c, d = 1 - beta1**t, 1 - beta2**t
    return (
        {k: w - learning_rate * v["d" + k] / c / np.sqrt(s["d" + k] / d + epsilon) for k, w in parameters.items()},
        v,
        s,
    )


# %% wrong="adam_step" says="expected a ValueError"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = max(t, 1)
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * grads[k] ** 2 for k in s}
    c, d = 1 - beta1**t, 1 - beta2**t
    return (
        {k: w - learning_rate * v["d" + k] / c / (np.sqrt(s["d" + k] / d) + epsilon) for k, w in parameters.items()},
        v,
        s,
    )


# %% wrong="adam_step" says="W1 of adam_step"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    # The short form of the paper, whose epsilon is another one: it stands beside the root of s, not of s_hat.
    if t < 1:
        raise ValueError
    v = {k: beta1 * v[k] + (1 - beta1) * grads[k] for k in v}
    s = {k: beta2 * s[k] + (1 - beta2) * grads[k] ** 2 for k in s}
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return {k: w - rate * v["d" + k] / (np.sqrt(s["d" + k]) + epsilon) for k, w in parameters.items()}, v, s


# %% alternative="adam_step"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if not t >= 1:
        raise ValueError("t")
    v = {name: g + beta1 * (v[name] - g) for name, g in grads.items()}
    s = {name: np.square(g) + beta2 * (s[name] - np.square(g)) for name, g in grads.items()}
    root = np.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    return {k: w - rate * v["d" + k] / (s["d" + k] ** 0.5 + epsilon * root) for k, w in parameters.items()}, v, s


# %% alternative="adam_step"
def adam_step(parameters, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t <= 0:
        raise ValueError("t")
    _, v = momentum_step(parameters, grads, v, 1.0, beta1)
    _, s = momentum_step(parameters, {key: g**2 for key, g in grads.items()}, s, 1.0, beta2)
    moved = {}
    for key in parameters:
        w = np.array(parameters[key], dtype=float)
        for place in np.ndindex(w.shape):
            mean, square = v["d" + key][place] / (1 - beta1**t), s["d" + key][place] / (1 - beta2**t)
            w[place] -= learning_rate * mean / (square**0.5 + epsilon)
        moved[key] = w
    return [moved, v, s]


# %% wrong="adamw_step" says="the decay must stay out of the averages"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    grads = {f"d{k}": grads[f"d{k}"] + decay * w * k.startswith("W") for k, w in parameters.items()}
    return adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)


# %% wrong="adamw_step" says="the learning rate is missing in the decay"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    return {k: w - decay * parameters[k] * k.startswith("W") for k, w in moved.items()}, v, s


# %% wrong="adamw_step" says="the old W decays, not the one after the step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    return {k: w * (1 - learning_rate * decay * k.startswith("W")) for k, w in moved.items()}, v, s


# %% wrong="adamw_step" says="it is a bias and does not decay"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    return {k: w - learning_rate * decay * parameters[k] * ("W" in k) for k, w in moved.items()}, v, s


# %% wrong="adamw_step" says="expected a ValueError"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    return {k: w - learning_rate * decay * parameters[k] * k.startswith("W") for k, w in moved.items()}, v, s


# %% wrong="adamw_step" says="of v of adamw_step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    moved, _, _ = adam_step(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    return (
        {k: w - learning_rate * decay * parameters[k] * k.startswith("W") for k, w in moved.items()},
        {k: a * 1.0 for k, a in v.items()},
        {k: a * 1.0 for k, a in s.items()},
    )


# %% wrong="adamw_step" says="W1 of adamw_step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if decay < 0:
        raise ValueError
    moved, v, s = adam_step(parameters, grads, v, s, t, learning_rate)
    return {k: w - learning_rate * decay * parameters[k] * k.startswith("W") for k, w in moved.items()}, v, s


# %% alternative="adamw_step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if not decay >= 0:
        raise ValueError("decay")
    still = {key: np.zeros(value.shape) for key, value in parameters.items()}
    steps, v, s = adam_step(still, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    shrunk = {k: (1 - learning_rate * decay if k[0] == "W" else 1) * w for k, w in parameters.items()}
    return {key: shrunk[key] + steps[key] for key in parameters}, v, s


# %% alternative="adamw_step"
def adamw_step(parameters, grads, v, s, t, learning_rate, decay, beta1=0.9, beta2=0.999, epsilon=1e-8):
    if t < 1 or decay < 0:
        raise ValueError("t or decay")
    moved, means, squares = {}, {}, {}
    for key, w in parameters.items():
        g = grads["d" + key]
        means["d" + key] = beta1 * v["d" + key] + (1 - beta1) * g
        squares["d" + key] = beta2 * s["d" + key] + (1 - beta2) * g * g
        pull = decay * w if key[:1] == "W" else 0.0
        root = np.sqrt(squares["d" + key] / (1 - beta2**t)) + epsilon
        moved[key] = w - learning_rate * (means["d" + key] / (1 - beta1**t) / root + pull)
    return moved, means, squares


# %% wrong="clip_grad_norm" says="this is the sum of the two norms"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = sum(np.linalg.norm(g) for g in grads.values())
    return {key: g * min(1.0, max_norm / max(norm, 1e-300)) for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="the root is missing"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = sum(np.sum(g**2.0) for g in grads.values())
    return {key: g * min(1.0, max_norm / max(norm, 1e-300)) for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="this is the norm after clipping"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: g * min(1.0, max_norm / max(norm, 1e-300)) for key, g in grads.items()}, min(norm, max_norm)


# %% wrong="clip_grad_norm" says="each array is clipped alone"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: g * min(1.0, max_norm / max(np.linalg.norm(g), 1e-300)) for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="this clips each entry"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: np.clip(g, -max_norm, max_norm) * 1.0 for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="they are not made longer"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: g * max_norm / max(norm, 1e-300) for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="digits only"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: g * min(1.0, max_norm / (norm + 1e-7)) for key, g in grads.items()}, norm


# %% wrong="clip_grad_norm" says="expected a ValueError"
def clip_grad_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2.0) for g in grads.values()))
    return {key: g * min(1.0, max_norm / max(norm, 1e-300)) for key, g in grads.items()}, norm


# %% alternative="clip_grad_norm"
def clip_grad_norm(grads, max_norm):
    if not max_norm > 0:
        raise ValueError("max_norm")
    norm = float(np.linalg.norm(np.concatenate([np.ravel(g) for g in grads.values()])))
    if norm <= max_norm:
        return {key: np.array(g, dtype=float) for key, g in grads.items()}, norm
    return {key: max_norm * (g / norm) for key, g in grads.items()}, norm


# %% alternative="clip_grad_norm"
def clip_grad_norm(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("max_norm")
    total = 0.0
    for g in grads.values():
        for entry in g.flat:
            total += float(entry) ** 2
    norm = total**0.5
    clipped = {key: g.copy() for key, g in grads.items()}
    if norm > max_norm:
        for key in clipped:
            clipped[key] = clipped[key] / norm * max_norm
    return [clipped, norm]


# %% equivalent="initialize_velocity" mutant="float32 inside" why="the result is 0, which every number type holds exactly"
# %% equivalent="initialize_velocity" mutant="rounded to six places" why="the result is 0 everywhere"
# %% equivalent="initialize_velocity" mutant="arguments clipped at 10" why="the values of the parameters do not matter"
# %% equivalent="initialize_velocity" mutant="square results transposed" why="a square of zeros is its own transpose"
# %% equivalent="initialize_adam" mutant="float32 inside" why="the result is 0, which every number type holds exactly"
# %% equivalent="initialize_adam" mutant="rounded to six places" why="the result is 0 everywhere"
# %% equivalent="initialize_adam" mutant="arguments clipped at 10" why="the values of the parameters do not matter"
# %% equivalent="initialize_adam" mutant="square results transposed" why="a square of zeros is its own transpose"
