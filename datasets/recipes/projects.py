"""Measured projects: for every plan that a team can follow, what it would see and what its users would get.

A project is a digit reader with planted faults. Each plan is a set of actions; the errors on train, train-dev,
dev and test pictures are the means over the networks that were trained for it.
"""

from pathlib import Path

import numpy as np
from tqdm import tqdm

from course_tools.data.recipe_kit import write_h5
from shared_utils.data import load_digits
from shared_utils.data.corruptions import corrupt, unclear
from shared_utils.projects.classifier import fit_classifier, inputs, predict
from shared_utils.projects.simulator import CATEGORIES, PLANS

PROJECTS, NETWORKS = 32, 6
KINDS = ("few pictures", "small network", "labels wrong one way", "labels wrong at random")
KINDS += ("blurred users", "faint users", "dear mistakes", "unclear pictures")
# Of the 8,000 training pictures: to train on, to collect later, from users, train-dev, dev.
BASE, MORE, USER, TRAIN_DEV, DEV = 3000, 5000, 5600, 6200, 8000
MISTAKEN_FOR = {4: 9, 7: 1, 3: 8}


def build(target: Path) -> None:
    """Writes projects.h5 from the digits of the course."""
    projects = [measured(number) for number in tqdm(range(PROJECTS), desc="projects")]
    truths, seen, categories, costs = zip(*projects, strict=True)
    write_h5(
        target,
        {
            "plans": np.array([" ".join(plan) for plan in PLANS], dtype="S"),
            "truths": np.array(truths, dtype="S"),
            "seen": np.round(seen, 4).astype(np.float32),
            "categories": np.round(categories, 4).astype(np.float32),
            "costs": np.round(costs, 4).astype(np.float32),
        },
    )


def planted(number: int) -> dict:
    """The faults of a project: one of the kinds in full, and perhaps another in a lesser degree."""
    rng = np.random.default_rng([1, number])
    main = np.random.default_rng([2, number // len(KINDS)]).permutation(len(KINDS))[number % len(KINDS)]
    second = rng.integers(len(KINDS))
    if {main, second} == {2, 3}:  # labels are wrong in one of the two ways
        second = main
    faults = {"pictures": 1500, "units": 48, "wrong": 0.02, "one_way": False, "blurred": 0.05, "faint": 0.05}
    faults |= {"dear": int(rng.integers(10)), "price": 1.0, "unclear": 0.02}
    for kind, full in ((second, False), (main, True)) if second != main else ((main, True),):
        u = rng.random()
        faults |= (
            {"pictures": int(200 + 150 * u) if full else int(600 + 300 * u)},
            {"units": int(5 + 3 * u) if full else int(12 + 4 * u)},
            {"wrong": 0.35 + 0.1 * u if full else 0.15 + 0.1 * u, "one_way": True},
            {"wrong": 0.30 + 0.1 * u if full else 0.12 + 0.06 * u, "one_way": False},
            {"blurred": 0.40 + 0.15 * u if full else 0.15 + 0.1 * u},
            {"faint": 0.30 + 0.15 * u if full else 0.10 + 0.1 * u},
            {"price": 10 + 10 * u if full else 4 + 4 * u},
            {"unclear": 0.20 + 0.1 * u if full else 0.08 + 0.04 * u},
        )[kind]
    names = KINDS[main] if second == main else f"{KINDS[main]}, and to a lesser degree {KINDS[second]}"
    return faults | {"truth": names}


def measured(number: int) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """The faults in words; what is seen (plans, 7), the mistakes by category (plans, 4), and the costs (plans,)."""
    faults, rng, digits = planted(number), np.random.default_rng([3, number]), load_digits()
    order = rng.permutation(DEV)
    images, labels, _ = unclear(digits.X_train[order, ..., 0] / 255, digits.Y_train[0, order], faults["unclear"], rng)
    given = mislabelled(labels, faults, rng)
    base, more, user = slice(faults["pictures"]), slice(BASE, MORE), slice(MORE, USER)
    from_users, _ = as_users_take_them(images[user], faults, rng)
    dev, category = as_users_take_them(images[TRAIN_DEV:], faults, rng)
    test, test_labels, _ = unclear(
        np.repeat(digits.X_test[..., 0] / 255, 2, axis=0), np.repeat(digits.Y_test[0], 2), faults["unclear"], rng
    )
    test, _ = as_users_take_them(test, faults, rng)
    sets = {
        "base": (inputs(images[base]), given[base], labels[base]),
        "more_data": (inputs(images[more]), given[more], labels[more]),
        "user_data": (inputs(from_users), labels[user], labels[user]),
        "synthesise": (inputs(synthesised(images[base], faults, rng)), given[base], labels[base]),
    }
    price = np.where(np.arange(10) == faults["dear"], faults["price"], 1.0)
    held = [(inputs(images[USER:TRAIN_DEV]), labels[USER:TRAIN_DEV]), (inputs(dev), labels[TRAIN_DEV:])]
    held.append((inputs(test), test_labels))
    seen, categories, costs = [], [], []
    for plan in PLANS:
        parts = [sets[name] for name in ("base", "more_data", "user_data", "synthesise") if name in {"base", *plan}]
        X = np.concatenate([part[0] for part in parts], axis=1)
        targets = np.concatenate([part[2 if "clean_labels" in plan else 1] for part in parts])
        errors, of_categories = [], []
        for seed in range(NETWORKS):
            parameters = fit_classifier(
                X,
                targets,
                (faults["units"] * (4 if "bigger_network" in plan else 1),),
                seed,
                l2=0.03 if "regularise" in plan else 0.0,
                weights=price[targets] if "change_metric" in plan else None,
            )
            train = predict(sets["base"][0], parameters) != labels[base]
            train_dev, dev_wrong, test_wrong = (predict(X, parameters) != truth for X, truth in held)
            dear = [
                np.average(wrong, weights=price[truth])
                for wrong, (_, truth) in zip((dev_wrong, test_wrong), held[1:], strict=True)
            ]
            errors.append([train.mean(), train_dev.mean(), dev_wrong.mean(), *dear])
            of_categories.append([np.mean(dev_wrong & (category == k)) for k in range(len(CATEGORIES))])
        *mean, cost = np.mean(errors, axis=0)
        wrong = given[base] != labels[base]
        share = 0.0 if "clean_labels" in plan else wrong.mean()
        seen.append([faults["unclear"] / 2 + 0.01, *mean, share, one_way(given[base], labels[base]) * (share > 0)])
        categories.append(np.mean(of_categories, axis=0))
        costs.append(cost)
    return faults["truth"], np.array(seen), np.array(categories), np.array(costs)


def mislabelled(labels, faults, rng):
    """The labels that the team was given: some wrong, all in one of three ways or at random."""
    wrong, given = rng.random(len(labels)) < faults["wrong"], labels.copy()
    if not faults["one_way"]:
        given[wrong] = rng.integers(0, 10, wrong.sum())
    else:
        for digit, mistaken in MISTAKEN_FOR.items():
            given[wrong & (labels == digit)] = mistaken
    return given


def one_way(given, labels):
    """The share of the wrong labels that lie in the three commonest confusions."""
    wrong = given != labels
    counts = np.bincount(10 * labels[wrong] + given[wrong], minlength=100)
    return np.sort(counts)[-3:].sum() / max(1, wrong.sum())


def as_users_take_them(images, faults, rng):
    """Pictures by the users' cameras, and the category of each."""
    shares = [0.95 - faults["blurred"] - faults["faint"], faults["blurred"], 0.05, faults["faint"]]
    category, images = rng.choice(len(CATEGORIES), len(images), p=shares), images.astype(np.float32)
    for k, kind in enumerate(CATEGORIES[1:], start=1):
        images[category == k] = corrupt(images[category == k], kind, rng)
    return images, category


def synthesised(images, faults, rng):
    """The training pictures as if blurred or shifted, in the users' proportion; faint ones are not made."""
    blurred = rng.random(len(images)) < faults["blurred"] / (faults["blurred"] + 0.05)
    made = corrupt(images, "shifted", rng)
    made[blurred] = corrupt(images[blurred], "blurred", rng)
    return made
