# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    gaps = {link: errors[link] - human_error for link in ("train", "dev", "test", "real")}
    return next((link for link, gap in gaps.items() if gap > tolerance), None)


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    levels = [human_error] + [errors[link] for link in ("train", "dev", "test", "real")]
    gaps = [after - before for before, after in zip(levels[:-1], levels[1:], strict=True)]
    return ("train", "dev", "test", "real")[gaps.index(max(gaps))] if max(gaps) > tolerance else None


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    before = human_error
    for link, error in errors.items():
        if error - before > tolerance:
            return link
        before = error
    return None


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    before = human_error
    for link in ("train", "dev", "test", "real"):
        if errors[link] - before >= tolerance:
            return link
        before = errors[link]
    return None


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    before = human_error
    for link in ("train", "dev", "test", "real"):
        if abs(errors[link] - before) > tolerance:
            return link
        before = errors[link]
    return None


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    before = human_error
    for link in ("train", "dev", "test", "real"):
        if errors[link] - before > tolerance:
            return link
        before = min(before, errors[link])
    return None


# %% wrong="first_broken_link" says="expected"
def first_broken_link(errors, human_error, tolerance):
    if errors["train"] > tolerance:
        return "train"
    for before, link in (("train", "dev"), ("dev", "test"), ("test", "real")):
        if errors[link] - errors[before] > tolerance:
            return link
    return None


# %% alternative="first_broken_link"
def first_broken_link(errors, human_error, tolerance):
    chain = np.array([human_error, errors["train"], errors["dev"], errors["test"], errors["real"]], dtype=float)
    broken = np.flatnonzero(np.diff(chain) > tolerance)
    return ["train", "dev", "test", "real"][broken[0]] if broken.size else None


# %% alternative="first_broken_link"
def first_broken_link(errors, human_error, tolerance):
    if errors["train"] - human_error > tolerance:
        return "train"
    if errors["dev"] - errors["train"] > tolerance:
        return "dev"
    if errors["test"] - errors["dev"] > tolerance:
        return "test"
    if errors["real"] - errors["test"] > tolerance:
        return "real"


# %% wrong="tune_in_turn" says="knob 1 must see"
def tune_in_turn(M, wanted, rounds):
    if np.any(np.diag(M) == 0):
        raise ValueError("no effect")
    x = np.zeros(len(wanted))
    positions = [x.copy()]
    for _ in range(rounds):
        x = x + (wanted - M @ x) / np.diag(M)
        positions.append(x)
    return np.array(positions)


# %% wrong="tune_in_turn" says="write down a copy"
def tune_in_turn(M, wanted, rounds):
    if np.any(np.diag(M) == 0):
        raise ValueError("no effect")
    x = np.zeros(len(wanted))
    positions = [x]
    for _ in range(rounds):
        for j in range(len(x)):
            x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x)
    return np.array(positions)


# %% wrong="tune_in_turn" says="row j of M"
def tune_in_turn(M, wanted, rounds):
    if np.any(np.diag(M) == 0):
        raise ValueError("no effect")
    x = np.zeros(len(wanted))
    positions = [x.copy()]
    for _ in range(rounds):
        for j in range(len(x)):
            x[j] += (wanted[j] - M[:, j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)


# %% wrong="tune_in_turn" says="expected shape"
def tune_in_turn(M, wanted, rounds):
    if np.any(np.diag(M) == 0):
        raise ValueError("no effect")
    x = np.zeros(len(wanted))
    positions = []
    for _ in range(rounds):
        for j in range(len(x)):
            x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)


# %% wrong="tune_in_turn" says="expected a ValueError"
def tune_in_turn(M, wanted, rounds):
    x = np.zeros(len(wanted))
    positions = [x.copy()]
    for _ in range(rounds):
        for j in range(len(x)):
            if M[j, j] != 0:
                x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)


# %% wrong="tune_in_turn" says="with whole numbers"
def tune_in_turn(M, wanted, rounds):
    if np.any(np.diag(M) == 0):
        raise ValueError("no effect")
    x = np.zeros_like(wanted)
    positions = [x.copy()]
    for _ in range(rounds):
        for j in range(len(x)):
            x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)


# %% wrong="tune_in_turn" says="no round"
def tune_in_turn(M, wanted, rounds):
    x = np.zeros(len(wanted))
    positions = [x.copy()]
    for _ in range(rounds):
        for j in range(len(x)):
            if M[j, j] == 0:
                raise ValueError("no effect")
            x[j] += (wanted[j] - M[j] @ x) / M[j, j]
        positions.append(x.copy())
    return np.array(positions)


# %% alternative="tune_in_turn"
def tune_in_turn(M, wanted, rounds):
    n = len(wanted)
    if not all(M[j][j] for j in range(n)):
        raise ValueError("a 0 in the diagonal")
    positions = [[0.0] * n]
    for _ in range(rounds):
        x = list(positions[-1])
        for j in range(n):
            others = sum(M[j][i] * x[i] for i in range(n) if i != j)
            x[j] = (wanted[j] - others) / M[j][j]
        positions.append(x)
    return np.array(positions, dtype=float)


# %% alternative="tune_in_turn"
def tune_in_turn(M, wanted, rounds):
    if (M.diagonal() == 0).any():
        raise ValueError("a knob does nothing")
    M = M.astype(float)
    positions = np.zeros((rounds + 1, len(wanted)))
    outcomes = np.zeros(len(wanted))
    for number in range(1, rounds + 1):
        positions[number] = positions[number - 1]
        for j in range(len(wanted)):
            turn = (wanted[j] - outcomes[j]) / M[j, j]
            positions[number, j] += turn
            outcomes = outcomes + turn * M[:, j]
    return positions


# %% wrong="main_effects" says="not half of it"
def main_effects(design, outcomes):
    return design.T @ outcomes / len(design)


# %% wrong="main_effects" says="not sums"
def main_effects(design, outcomes):
    return design.T @ (1.0 * outcomes)


# %% wrong="main_effects" says="on minus off"
def main_effects(design, outcomes):
    return np.array([outcomes[k < 0].mean(axis=0) - outcomes[k > 0].mean(axis=0) for k in design.T])


# %% wrong="main_effects" says="three runs"
def main_effects(design, outcomes):
    return 2 * design.T @ outcomes / len(design)


# %% wrong="main_effects" says="expected shape"
def main_effects(design, outcomes):
    return np.array([outcomes[k > 0].mean(axis=0) - outcomes[k < 0].mean(axis=0) for k in design.T]).T


# %% wrong="main_effects" says="expected"
def main_effects(design, outcomes):
    return np.array([outcomes[k > 0].mean() - outcomes[k < 0].mean(axis=0) for k in design.T])


# %% alternative="main_effects"
def main_effects(design, outcomes):
    on, off = (design > 0).astype(float), (design < 0).astype(float)
    return (on.T @ outcomes) / on.sum(axis=0)[:, None] - (off.T @ outcomes) / off.sum(axis=0)[:, None]


# %% alternative="main_effects"
def main_effects(design, outcomes):
    effects = np.empty((design.shape[1], outcomes.shape[1]))
    for j in range(design.shape[1]):
        for o in range(outcomes.shape[1]):
            effects[j, o] = np.average(outcomes[:, o], weights=design[:, j] > 0)
            effects[j, o] -= np.average(outcomes[:, o], weights=design[:, j] < 0)
    return effects


# %% wrong="interaction_effects" says="half of the difference"
def interaction_effects(design, outcome):
    k = design.shape[1]
    signs = design[:, :, None] * design[:, None, :]
    return np.einsum("nij,n->ij", signs, outcome) / (len(design) / 4) * (1 - np.eye(k))


# %% wrong="interaction_effects" says="on minus off"
def interaction_effects(design, outcome):
    k = design.shape[1]
    return -2 * np.einsum("ni,nj,n->ij", design, design, outcome) / len(design) * (1 - np.eye(k))


# %% wrong="interaction_effects" says="values are wrong"
def interaction_effects(design, outcome):
    return 2 * np.einsum("ni,nj,n->ij", design, design, outcome) / len(design)


# %% wrong="interaction_effects" says="expected"
def interaction_effects(design, outcome):
    k = design.shape[1]
    found = np.zeros((k, k))
    for i in range(k):
        for j in range(i):
            agree = design[:, i] * design[:, j] > 0
            found[i, j] = outcome[agree].mean() - outcome[~agree].mean()
    return found


# %% wrong="interaction_effects" says="the interactions on paper"
def interaction_effects(design, outcome):
    k = design.shape[1]
    found = np.zeros((k, k))
    for i in range(k):
        for j in range(i):
            both, none = (design[:, [i, j]] > 0).all(axis=1), (design[:, [i, j]] < 0).all(axis=1)
            found[i, j] = found[j, i] = outcome[both].mean() - outcome[none].mean()
    return found


# %% alternative="interaction_effects"
def interaction_effects(design, outcome):
    found = 2 * np.einsum("ni,nj,n->ij", design.astype(float), design, outcome) / len(design)
    np.fill_diagonal(found, 0)
    return found


# %% alternative="interaction_effects"
def interaction_effects(design, outcome):
    k = design.shape[1]
    found = np.zeros((k, k))
    for j in range(k):
        means = {}
        for sign in (-1, 1):
            rows = design[:, j] == sign
            part, values = design[rows], outcome[rows]
            means[sign] = [
                np.mean(values[part[:, i] > 0]) - np.mean(values[part[:, i] < 0]) if i != j else 0 for i in range(k)
            ]
        found[:, j] = (np.array(means[1]) - np.array(means[-1])) / 2
    return found


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    return int(np.argmin(effects[:, outcome]))


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    clear = effects[:, outcome] + 2 * standard_errors[:, outcome] < 0
    return int(np.argmin(np.where(clear, effects[:, outcome], np.inf))) if clear.any() else None


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    shares = np.abs(effects[:, outcome]) / np.abs(effects).sum(axis=1)
    shares[effects[:, outcome] >= 0] = -1
    return int(np.argmax(shares)) if shares.max() > 0 else None


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    clear = effects[:, outcome] + 2 * standard_errors[:, outcome] < 0
    shares = np.abs(effects[:, outcome]) / (np.abs(effects).sum(axis=1) + 1e-300)
    return int(np.argmax(np.where(clear, shares, 0)))


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    clear = np.abs(effects[:, outcome]) > 2 * standard_errors[:, outcome]
    shares = np.abs(effects[:, outcome]) / (np.abs(effects).sum(axis=1) + 1e-300)
    return int(np.argmax(np.where(clear, shares, 0))) if clear.any() else None


# %% wrong="pick_knob" says="exactly two standard errors"
def pick_knob(effects, standard_errors, outcome):
    clear = effects[:, outcome] + 2 * standard_errors[:, outcome] <= 0
    shares = np.abs(effects[:, outcome]) / (np.abs(effects).sum(axis=1) + 1e-300)
    return int(np.argmax(np.where(clear, shares, 0))) if clear.any() else None


# %% wrong="pick_knob" says="expected"
def pick_knob(effects, standard_errors, outcome):
    clear = effects[:, outcome] + 2 * standard_errors[:, outcome] < 0
    shares = -effects[:, outcome] / np.abs(effects.sum(axis=1))
    return int(np.argmax(np.where(clear, shares, 0))) if clear.any() else None


# %% alternative="pick_knob"
def pick_knob(effects, standard_errors, outcome):
    found = []
    for number, (row, errors) in enumerate(zip(effects.tolist(), standard_errors.tolist(), strict=True)):
        if row[outcome] < -2 * errors[outcome]:
            found.append((-abs(row[outcome]) / sum(map(abs, row)), number))
    return min(found)[1] if found else None


# %% alternative="pick_knob"
def pick_knob(effects, standard_errors, outcome):
    column = effects[:, outcome]
    clear = np.flatnonzero(column + 2 * standard_errors[:, outcome] < 0)
    if len(clear) == 0:
        return None
    shares = np.abs(column[clear]) / np.linalg.norm(effects[clear], ord=1, axis=1)
    return clear[np.argmax(shares)]


# %% wrong="best_reachable" says="expected"
def best_reachable(costs, days, budget, done):
    found = [cost for plan, cost in costs.items() if set(done) <= set(plan)]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% wrong="best_reachable" says="expected"
def best_reachable(costs, days, budget, done):
    found = [cost for plan, cost in costs.items() if sum(days[a] for a in plan) <= budget]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% wrong="best_reachable" says="nothing can be reached"
def best_reachable(costs, days, budget, done):
    found = [c for plan, c in costs.items() if list(plan[: len(done)]) == done and sum(days[a] for a in plan) <= budget]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% wrong="best_reachable" says="expected"
def best_reachable(costs, days, budget, done):
    found = [c for plan, c in costs.items() if set(done) <= set(plan) and sum(days[a] for a in plan) < budget]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% wrong="best_reachable" says="nothing can be reached"
def best_reachable(costs, days, budget, done):
    left = budget - sum(days[a] for a in done)
    found = [c for plan, c in costs.items() if set(done) <= set(plan) and sum(days[a] for a in plan) <= left]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% wrong="best_reachable" says="ValueError"
def best_reachable(costs, days, budget, done):
    found = [c for plan, c in costs.items() if set(done) <= set(plan) and sum(days[a] for a in plan) <= budget]
    return min(found, default=1.0)


# %% wrong="best_reachable" says="expected"
def best_reachable(costs, days, budget, done):
    found = [plan for plan in costs if set(done) <= set(plan) and sum(days[a] for a in plan) <= budget]
    if not found:
        raise ValueError("nothing can be reached")
    return min(found)


# %% alternative="best_reachable"
def best_reachable(costs, days, budget, done):
    reachable = filter(lambda plan: all(a in plan for a in done) and sum(map(days.get, plan)) <= budget, costs)
    return min(costs[plan] for plan in reachable)


# %% alternative="best_reachable"
def best_reachable(costs, days, budget, done):
    best = np.inf
    for plan in costs:
        if np.sum([days[a] for a in plan]) <= budget and not set(done).difference(plan):
            best = min(best, costs[plan])
    if best == np.inf:
        raise ValueError("no plan")
    return best


# %% wrong="decision_regrets" says="just before it"
def decision_regrets(costs, days, budget, decisions):
    start = best_reachable(costs, days, budget, [])
    return [best_reachable(costs, days, budget, decisions[: n + 1]) - start for n in range(len(decisions))]


# %% wrong="decision_regrets" says="values are wrong"
def decision_regrets(costs, days, budget, decisions):
    alone = [best_reachable(costs, days, budget, [action]) for action in decisions]
    start = best_reachable(costs, days, budget, [])
    return [each - start for each in alone]


# %% wrong="decision_regrets" says="expected"
def decision_regrets(costs, days, budget, decisions):
    reached = [best_reachable(costs, days, budget, decisions[:n]) for n in range(len(decisions) + 1)]
    return [before - after for before, after in zip(reached[:-1], reached[1:], strict=True)]


# %% wrong="decision_regrets" says="expected"
def decision_regrets(costs, days, budget, decisions):
    reached = [best_reachable(costs, days, budget, decisions[:n]) for n in range(len(decisions))]
    return np.diff(reached)


# %% wrong="decision_regrets" says="expected"
def decision_regrets(costs, days, budget, decisions):
    reached = [best_reachable(costs, days, budget, decisions[:n]) for n in range(1, len(decisions) + 1)]
    return [0.0, *np.diff(reached)][: len(decisions)]


# %% wrong="decision_regrets" says="ValueError"
def decision_regrets(costs, days, budget, decisions):
    reached = []
    for n in range(len(decisions) + 1):
        try:
            reached.append(best_reachable(costs, days, budget, decisions[:n]))
        except ValueError:
            reached.append(1.0)
    return np.diff(reached)


# %% alternative="decision_regrets"
def decision_regrets(costs, days, budget, decisions):
    regrets, before, done = [], best_reachable(costs, days, budget, []), []
    for action in decisions:
        done = [*done, action]
        after = best_reachable(costs, days, budget, done)
        regrets.append(after - before)
        before = after
    return regrets


# %% alternative="decision_regrets"
def decision_regrets(costs, days, budget, decisions):
    if not decisions:
        best_reachable(costs, days, budget, [])
        return np.zeros(0)
    earlier = decision_regrets(costs, days, budget, decisions[:-1])
    last = best_reachable(costs, days, budget, decisions) - best_reachable(costs, days, budget, decisions[:-1])
    return np.append(earlier, last)


# %% equivalent="interaction_effects" mutant="square results transposed" why="the result is symmetric"


# %% equivalent="pick_knob" mutant="number type of the first argument" why="effects are floats"
