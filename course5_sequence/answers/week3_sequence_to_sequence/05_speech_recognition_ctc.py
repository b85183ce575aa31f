# %% wrong="spectrogram" says="take the squares, not the absolute values"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size + 1, hop)])
    return np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)).T


# %% wrong="spectrogram" says="multiply by the window first"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size + 1, hop)])
    return np.abs(np.fft.rfft(frames, axis=1)).T ** 2


# %% wrong="spectrogram" says="expected shape (2, 3), got shape (3, 2)"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size + 1, hop)])
    return np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)) ** 2


# %% wrong="spectrogram" says="expected shape (2, 3), got shape (2, 2)"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size, hop)])
    return np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)).T ** 2


# %% wrong="spectrogram" says="expected a ValueError"
def spectrogram(wave, size, hop):
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size + 1, hop)]).reshape(-1, size)
    return np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)).T ** 2


# %% wrong="spectrogram" says="its powers"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.array([wave[b : b + size] for b in range(0, len(wave) - size + 1, hop)])
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)
    return np.abs(np.fft.rfft(frames * window, axis=1)).T ** 2


# %% alternative="spectrogram"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    frames = np.lib.stride_tricks.sliding_window_view(np.asarray(wave, float), size)[::hop]
    spectrum = np.fft.fft(frames * np.hanning(size))[:, : size // 2 + 1]
    return (spectrum.real**2 + spectrum.imag**2).T


# %% alternative="spectrogram"
def spectrogram(wave, size, hop):
    if len(wave) < size:
        raise ValueError("too short")
    n, columns = np.arange(size), []
    waves = np.exp(-2j * np.pi * np.outer(np.arange(size // 2 + 1), n) / size)
    for t in range(1 + (len(wave) - size) // hop):
        columns.append(waves @ (np.hanning(size) * wave[t * hop : t * hop + size]))
    return np.abs(np.array(columns).T) ** 2


# %% wrong="spectrogram" says="with frames of 600"
def spectrogram(wave, size, hop):
    wave = np.asarray(wave, dtype=float)
    if len(wave) < size:
        raise ValueError("too short")
    k, n = np.arange(size // 2 + 1, dtype=np.int16), np.arange(size, dtype=np.int16)
    waves = np.exp(-2j * np.pi * np.outer(k, n) / size)
    begins = range(0, len(wave) - size + 1, hop)
    frames = np.stack([wave[b : b + size] for b in begins], axis=1)
    return np.abs(waves @ (np.hanning(size)[:, None] * frames)) ** 2


# %% wrong="collapse" says="what 0 3 3 0 3 5 5 0 0 2 2 says"
def collapse(path):
    said = [int(symbol) for symbol in path if symbol]
    return [symbol for t, symbol in enumerate(said) if t == 0 or symbol != said[t - 1]]


# %% wrong="collapse" says="what 0 3 3 0 3 5 5 0 0 2 2 says"
def collapse(path):
    return [int(symbol) for symbol in path if symbol != 0]


# %% wrong="collapse" says="what 4 4 0 0 says"
def collapse(path):
    return [int(symbol) for t, symbol in enumerate(path) if symbol != 0 and t > 0 and symbol != path[t - 1]]


# %% wrong="collapse" says="what 0 3 3 0 3 5 5 0 0 2 2 says"
def collapse(path):
    return [int(symbol) for t, symbol in enumerate(path) if t == 0 or symbol != path[t - 1]]


# %% wrong="collapse" says="what"
def collapse(path):
    return sorted({int(symbol) for symbol in path if symbol})


# %% alternative="collapse"
def collapse(path):
    from itertools import groupby

    return [int(symbol) for symbol, _ in groupby(path) if symbol]


# %% alternative="collapse"
def collapse(path):
    path = np.asarray(path)
    new = np.concatenate([[True], np.diff(path) != 0])
    return path[new & (path > 0)].tolist()


# %% wrong="ctc_forward" says="a path may also end with a label"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return log_alpha[-1, -1], log_alpha


# %% wrong="ctc_forward" says="a path may also end with a blank"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return log_alpha[-2, -1], log_alpha


# %% wrong="ctc_forward" says="a path may begin with a blank"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[1, 0] = log_p[places[1], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha


# %% wrong="ctc_forward" says="between equal labels the blank is needed"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = True
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha


# %% wrong="ctc_forward" says="over a blank one may go to another label"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = False
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha


# %% wrong="ctc_forward" says="1 1 in two steps"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1]), log_alpha


# %% wrong="ctc_forward" says="the logarithm"
def ctc_forward(log_p, labels):
    T = log_p.shape[1]
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_alpha = np.full((len(places), T), -np.inf)
    log_alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        ways = log_alpha[:, t - 1].copy()
        ways[1:] = np.logaddexp(ways[1:], log_alpha[:-1, t - 1])
        ways[2:] = np.logaddexp(ways[2:], np.where(two[2:], log_alpha[:-2, t - 1], -np.inf))
        log_alpha[:, t] = ways + log_p[places, t]
    return np.exp(np.logaddexp(log_alpha[-1, -1], log_alpha[-2, -1])), log_alpha


# %% wrong="ctc_forward" says="ctc_forward(log_p, labels)"
def ctc_forward(log_p, labels):
    T, p = log_p.shape[1], np.exp(log_p)
    if len(labels) + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * len(labels) + 1, int)
    places[1::2] = labels
    alpha = np.zeros((len(places), T))
    alpha[:2, 0] = p[places[:2], 0]
    for t in range(1, T):
        for s in range(len(places)):
            alpha[s, t] = alpha[max(0, s - 1) : s + 1, t - 1].sum()
            if s > 2 and s % 2 and places[s] != places[s - 2]:
                alpha[s, t] += alpha[s - 2, t - 1]
            alpha[s, t] *= p[places[s], t]
    with np.errstate(divide="ignore"):
        return np.log(alpha[-2:, -1].sum()), np.log(alpha)


# %% alternative="ctc_forward"
def ctc_forward(log_p, labels):
    n_y, T = log_p.shape
    labels = [int(label) for label in labels]
    repeats = sum(one == other for one, other in zip(labels, labels[1:], strict=False))
    if len(labels) + repeats > T:
        raise ValueError("the text is too long")
    places = [0]
    for label in labels:
        places.extend([label, 0])
    S = len(places)
    table = np.full((S, T), -np.inf)
    for t in range(T):
        for s in range(S):
            if t == 0:
                came = 0.0 if s < 2 else -np.inf
            else:
                from_places = [s] + ([s - 1] if s > 0 else [])
                if s > 2 and places[s] and places[s] != places[s - 2]:
                    from_places.append(s - 2)
                came = np.logaddexp.reduce([table[k, t - 1] for k in from_places])
            table[s, t] = came + log_p[places[s], t]
    return float(np.logaddexp.reduce(table[S - 2 :, T - 1])), table


# %% alternative="ctc_forward"
def ctc_forward(log_p, labels):
    T, L = log_p.shape[1], len(labels)
    same = np.r_[False, labels[1:] == labels[:-1]]
    if L + same.sum() > T:
        raise ValueError
    blank, label = np.full((L + 1, T), -np.inf), np.full((L, T), -np.inf)
    blank[0] = np.cumsum(log_p[0])
    for t in range(T):
        for k in range(L):
            if t == 0:
                label[k, 0] = log_p[labels[0], 0] if k == 0 else -np.inf
                continue
            came = np.logaddexp(label[k, t - 1], blank[k, t - 1])
            if k and not same[k]:
                came = np.logaddexp(came, label[k - 1, t - 1])
            label[k, t] = came + log_p[labels[k], t]
            blank[k + 1, t] = np.logaddexp(blank[k + 1, t - 1], label[k, t - 1]) + log_p[0, t]
    table = np.empty((2 * L + 1, T))
    table[::2], table[1::2] = blank, label
    return np.logaddexp(blank[L, -1], label[L - 1, -1]), table


# %% wrong="ctc_gradient" says="its sign is wrong"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return -dz


# %% wrong="ctc_gradient" says="dz for the text 1"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    dz[places] -= np.exp(log_alpha + log_beta - log_P)
    return dz


# %% wrong="ctc_gradient" says="dz for the text 1"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta))
    return dz


# %% wrong="ctc_gradient" says="dz for"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-1:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz


# %% wrong="ctc_gradient" says="dz for 1 1"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = True
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz


# %% wrong="ctc_gradient" says="dz for"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    places = np.zeros(len(log_alpha), int)
    places[1::2] = labels
    two = np.zeros(len(places), bool)
    two[3::2] = labels[1:] != labels[:-1]
    log_beta = np.full(log_alpha.shape, -np.inf)
    log_beta[-2:, -1] = 0
    for t in range(log_p.shape[1] - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz


# %% alternative="ctc_gradient"
def ctc_gradient(log_p, labels):
    log_P, forward = ctc_forward(log_p, labels)
    _, mirrored = ctc_forward(log_p[:, ::-1], np.asarray(labels)[::-1])
    backward = mirrored[::-1, ::-1]
    places = np.concatenate([[0], *([label, 0] for label in labels)]).astype(int)
    shares = np.exp(forward + backward - log_p[places] - log_P)
    return np.exp(log_p) - np.stack([shares[places == k].sum(axis=0) for k in range(len(log_p))])


# %% alternative="ctc_gradient"
def ctc_gradient(log_p, labels):
    log_P, alpha = ctc_forward(log_p, labels)
    places = [0] + [symbol for label in labels for symbol in (int(label), 0)]
    S, T = alpha.shape
    later, dz = [-np.inf] * (S - 2) + [0.0, 0.0], np.exp(np.array(log_p))
    for t in reversed(range(T)):
        for s in range(S):
            dz[places[s], t] -= np.exp(alpha[s, t] + later[s] - log_P)
        before = []
        for s in range(S):
            on = [s, s + 1] + ([s + 2] if s % 2 and s + 2 < S and places[s] != places[s + 2] else [])
            before.append(np.logaddexp.reduce([later[k] + log_p[places[k], t] for k in on if k < S]))
        later = before
    return dz


# %% wrong="prefix_beam" says="log P"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = max(old[0], blank), max(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])


# %% wrong="prefix_beam" says="blank and symbol together"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), kept[best[0]][0]


# %% wrong="prefix_beam" says="their log P"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, both + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])


# %% wrong="prefix_beam" says="log P"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])


# %% wrong="prefix_beam" says="the labels with width 1"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))
        kept = {prefix: new[prefix] for prefix in best}
    return list(best[0]), np.logaddexp(*kept[best[0]])


# %% wrong="prefix_beam" says="the labels"
def prefix_beam(log_p, width):
    path = log_p.argmax(axis=0)
    return collapse(path), float(log_p.max(axis=0).sum())


# %% alternative="prefix_beam"
def prefix_beam(log_p, width):
    n_y, T = log_p.shape
    beam = [([], 0.0, -np.inf)]
    for t in range(T):
        blanks, symbols = {}, {}
        for text, b, s in beam:
            key, total = tuple(text), np.logaddexp(b, s)
            blanks.setdefault(key, []).append(total + log_p[0, t])
            if text:
                symbols.setdefault(key, []).append(s + log_p[text[-1], t])
            for c in range(1, n_y):
                start = b if text and text[-1] == c else total
                symbols.setdefault((*key, c), []).append(start + log_p[c, t])
        everything = []
        for key in set(blanks) | set(symbols):
            b, s = (np.logaddexp.reduce(table.get(key, [-np.inf])) for table in (blanks, symbols))
            everything.append((list(key), b, s))
        everything.sort(key=lambda item: np.logaddexp(item[1], item[2]), reverse=True)
        beam = everything[:width]
    return beam[0][0], float(np.logaddexp(beam[0][1], beam[0][2]))


# %% alternative="prefix_beam"
def prefix_beam(log_p, width):
    kept = {(): (0.0, -np.inf)}
    for log_q in log_p.T:
        new = {}

        def add(prefix, blank, symbol, new=new):
            old = new.get(prefix, (-np.inf, -np.inf))
            new[prefix] = np.logaddexp(old[0], blank), np.logaddexp(old[1], symbol)

        for prefix, (blank, symbol) in kept.items():
            both = np.logaddexp(blank, symbol)
            add(prefix, both + log_q[0], symbol + log_q[prefix[-1]] if prefix else -np.inf)
            for c in range(1, len(log_q)):
                add((*prefix, c), -np.inf, (blank if prefix[-1:] == (c,) else both) + log_q[c])
        best = sorted(new, key=lambda prefix, new=new: -np.logaddexp(*new[prefix]))[:width]
        kept = {prefix: new[prefix] for prefix in best}
    return [*map(int, best[0])], float(np.logaddexp.reduce(kept[best[0]]))


# %% wrong="edit_distance" says="the distance of 1 2 3"
def edit_distance(truth, read):
    differ = sum(one != other for one, other in zip(truth, read, strict=False))
    return differ + abs(len(truth) - len(read)) + (len(truth) == 3 and len(read) == 4)


# %% wrong="edit_distance" says="of 1 2 and 2 1"
def edit_distance(truth, read):
    table = np.add.outer(np.arange(len(truth) + 1), np.arange(len(read) + 1))
    for i, j in np.ndindex(len(truth), len(read)):
        swap = 1 if i and j and truth[i] == read[j - 1] and truth[i - 1] == read[j] else 9
        best = min(table[i, j] + (truth[i] != read[j]), table[i, j + 1] + 1, table[i + 1, j] + 1)
        table[i + 1, j + 1] = min(best, table[i - 1, j - 1] + swap) if swap == 1 else best
    return int(table[-1, -1])


# %% wrong="edit_distance" says="of"
def edit_distance(truth, read):
    row = list(range(len(read) + 1))
    for one in truth:
        above, row = row, [0]
        for j, other in enumerate(read, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != other)))
    return row[-1]


# %% wrong="edit_distance" says="of"
def edit_distance(truth, read):
    row = list(range(len(read) + 1))
    for i, one in enumerate(truth, start=1):
        above, row = row, [i]
        for j, other in enumerate(read, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + 2 * (one != other)))
    return row[-1]


# %% alternative="edit_distance"
def edit_distance(truth, read):
    table = np.zeros((len(truth) + 1, len(read) + 1), int)
    table[:, 0], table[0] = np.arange(len(truth) + 1), np.arange(len(read) + 1)
    for i in range(len(truth)):
        for j in range(len(read)):
            table[i + 1, j + 1] = min(table[i, j] + (truth[i] != read[j]), table[i, j + 1] + 1, table[i + 1, j] + 1)
    return table[-1, -1]


# %% alternative="edit_distance"
def edit_distance(truth, read):
    from functools import cache

    @cache
    def distance(i, j):
        if i == 0 or j == 0:
            return i + j
        same = truth[i - 1] == read[j - 1]
        return min(distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + 1 - same)

    return distance(len(truth), len(read))


# %% wrong="edit_distance" says="12 of 40"
def edit_distance(truth, read):
    n, m = len(truth), len(read)
    band = max(3, abs(n - m))
    D = np.full((n + 1, m + 1), n + m)
    D[:, 0], D[0] = np.arange(n + 1), np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(max(1, i - band), min(m, i + band) + 1):
            D[i, j] = min(D[i - 1, j] + 1, D[i, j - 1] + 1, D[i - 1, j - 1] + (truth[i - 1] != read[j - 1]))
    return int(D[n, m])


# %% wrong="error_rate" says="not a mean of shares"
def error_rate(truths, reads):
    return np.mean([edit_distance(*pair) / max(len(pair[0]), 1) for pair in zip(truths, reads, strict=True)])


# %% wrong="error_rate" says="divide by the true symbols"
def error_rate(truths, reads):
    return sum(map(edit_distance, truths, reads)) / sum(map(len, reads)) if any(reads) else 1.0


# %% wrong="error_rate" says="number of symbols, not of texts"
def error_rate(truths, reads):
    return sum(map(edit_distance, truths, reads)) / len(truths)


# %% wrong="error_rate" says="with m = 1"
def error_rate(truths, reads):
    return min(1.0, sum(map(edit_distance, truths, reads)) / sum(map(len, truths)))


# %% alternative="error_rate"
def error_rate(truths, reads):
    changes = np.array([edit_distance(truth, read) for truth, read in zip(truths, reads, strict=True)])
    return changes.sum() / np.sum([len(truth) for truth in truths])


# %% alternative="error_rate"
def error_rate(truths, reads):
    changes, symbols = 0, 0
    for k in range(len(truths)):
        changes += edit_distance(truths[k], reads[k])
        symbols += len(truths[k])
    return float(changes) / symbols


# %% equivalent="collapse" mutant="number type of the first argument" why="symbols are whole numbers"

# %% equivalent="ctc_forward" mutant="number type of the first argument" why="logarithms of probabilities are no whole numbers"


# %% wrong="ctc_forward" says="where nothing is likely"
def ctc_forward(log_p, labels):
    labels = np.asarray(labels)
    T, L = log_p.shape[1], len(labels)
    if L + np.sum(labels[1:] == labels[:-1]) > T:
        raise ValueError("does not fit")
    places = np.zeros(2 * L + 1, int)
    places[1::2] = labels
    never = -1e6
    two = np.append([False, False], (places[2:] != 0) & (places[2:] != places[:-2]))
    alpha = np.full((2 * L + 1, T), never)
    alpha[:2, 0] = log_p[places[:2], 0]
    for t in range(1, T):
        one_on = np.append(never, alpha[:-1, t - 1])
        two_on = np.where(two, np.append([never, never], alpha[:-2, t - 1]), never)
        alpha[:, t] = np.logaddexp(np.logaddexp(alpha[:, t - 1], one_on), two_on) + log_p[places, t]
    alpha[alpha < never / 2] = -np.inf
    return np.logaddexp(alpha[-1, -1], alpha[-2, -1]), alpha


# %% equivalent="ctc_gradient" mutant="number type of the first argument" why="logarithms of probabilities are no whole numbers"


# %% wrong="ctc_gradient" says="with 300"
def ctc_gradient(log_p, labels):
    log_P, log_alpha = ctc_forward(log_p, labels)
    L, T = len(labels), log_p.shape[1]
    places = np.zeros(2 * L + 1, dtype=np.uint8)
    places[1::2] = labels
    log_beta = np.full((2 * L + 1, T), -np.inf)
    log_beta[-2:, -1] = 0
    two = np.zeros(2 * L + 1, dtype=bool)
    two[3::2] = labels[1:] != labels[:-1]
    for t in range(T - 2, -1, -1):
        later = log_beta[:, t + 1] + log_p[places, t + 1]
        ways = later.copy()
        ways[:-1] = np.logaddexp(ways[:-1], later[1:])
        ways[:-2] = np.logaddexp(ways[:-2], np.where(two[2:], later[2:], -np.inf))
        log_beta[:, t] = ways
    dz = np.exp(log_p)
    np.subtract.at(dz, places, np.exp(log_alpha + log_beta - log_P))
    return dz


# %% equivalent="prefix_beam" mutant="number type of the first argument" why="logarithms of probabilities are no whole numbers"


# %% wrong="prefix_beam" says="1 1 and 11"
def prefix_beam(log_p, width):
    n_y, T = log_p.shape
    beam = {"": (0.0, -np.inf, [])}
    for t in range(T):
        new = {}

        def add(labels, b, s, new=new):
            key = "".join(map(str, labels))
            b0, s0, _ = new.get(key, (-np.inf, -np.inf, labels))
            new[key] = (np.logaddexp(b0, b), np.logaddexp(s0, s), labels)

        for b, s, labels in beam.values():
            both = np.logaddexp(b, s)
            add(labels, both + log_p[0, t], s + log_p[labels[-1], t] if labels else -np.inf)
            for c in range(1, n_y):
                start = b if labels and labels[-1] == c else both
                if start > -np.inf:
                    add([*labels, c], -np.inf, start + log_p[c, t])
        best = sorted(new, key=lambda k: -np.logaddexp(*new[k][:2]))[:width]
        beam = {k: new[k] for k in best}
    b, s, labels = next(iter(beam.values()))
    return labels, np.logaddexp(b, s)
