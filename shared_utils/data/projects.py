"""The measured projects of course 3, by number."""

from collections.abc import Iterable

from shared_utils.data.files import open_h5
from shared_utils.projects.simulator import CATEGORIES, Project

_SEEN = ("human_error", "train_error", "train_dev_error", "dev_error", "dev_cost", "wrong_labels", "one_way")


def load_projects(numbers: Iterable[int] = range(16)) -> list[Project]:
    """Loads measured projects of machine learning, whose planted faults are known.

    Args:
        numbers: which of the projects, 0 to 31.

    Returns:
        The projects in this order: what a team sees and may do in each, and what every plan leads to.

    Raises:
        ValueError: there is no project of that number.
        DataError: the file is missing or damaged; the message names it and the command that mends it.

    Source: measured for this course with the digits of `load_digits`.
    """
    with open_h5("projects.h5") as h5:
        plans, truths = ([name.decode() for name in h5[array][()]] for array in ("plans", "truths"))
        seen, categories, costs = (h5[array][()].astype(float).round(4) for array in ("seen", "categories", "costs"))
    plans, projects = [tuple(plan.split()) for plan in plans], []
    for number in numbers:
        if not 0 <= number < len(truths):
            raise ValueError(f"there is no project {number}, only 0 to {len(truths) - 1}")
        reports = {}
        for plan, values, errors in zip(plans, seen[number].tolist(), categories[number].tolist(), strict=True):
            reports[plan] = dict(zip(_SEEN, values, strict=True))
            reports[plan]["category_errors"] = dict(zip(CATEGORIES, errors, strict=True))
        costs_of = dict(zip(plans, costs[number].tolist(), strict=True))
        projects.append(Project(number, truths[number], reports, costs_of))
    return projects
