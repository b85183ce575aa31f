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
        stored = {name: h5[name][()] for name in h5}
    plans, projects = [tuple(plan.decode().split()) for plan in stored["plans"]], []
    for number in numbers:
        if not 0 <= number < len(stored["truths"]):
            raise ValueError(f"there is no project {number}, only 0 to {len(stored['truths']) - 1}")
        seen = {}
        for plan, values, categories in zip(plans, stored["seen"][number], stored["categories"][number], strict=True):
            by_category = dict(zip(CATEGORIES, map(float, categories), strict=True))
            seen[plan] = dict(zip(_SEEN, map(float, values), strict=True)) | {"category_errors": by_category}
        costs = dict(zip(plans, map(float, stored["costs"][number]), strict=True))
        projects.append(Project(number, stored["truths"][number].decode(), seen, costs))
    return projects
