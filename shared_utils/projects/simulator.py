"""Machine-learning projects with a hidden truth: what a team sees, what it may do, and what each decision was worth.

Each project is a digit reader with planted faults (too few pictures, too small a network, wrong labels, users with
other cameras, mistakes that cost more than others, pictures that nobody can read). A team has seven days and makes
three decisions, each another action. All that can happen was measured once, by training six networks for each plan
(`datasets/recipes/projects.py`); `shared_utils.data.load_projects` loads it.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import NamedTuple

# The actions, and the days that each takes.
DAYS = {
    "more_data": 3,
    "user_data": 3,
    "clean_labels": 3,
    "synthesise": 2,
    "bigger_network": 1,
    "regularise": 1,
    "change_metric": 1,
}
BUDGET, DECISIONS = 7, 3
CATEGORIES = ("plain", "blurred", "shifted", "faint")
# Every set of actions that fits into the days and the decisions.
PLANS = [
    plan
    for size in range(DECISIONS + 1)
    for plan in combinations(DAYS, size)
    if sum(DAYS[action] for action in plan) <= BUDGET
]

Plan = tuple[str, ...]
Report = dict[str, float | int | list[str] | dict[str, float]]


class Decision(NamedTuple):
    """One decision of a team.

    Attributes:
        project: the number of the project.
        action: what it did.
        cost: the cost on the users' test pictures after it.
        regret: by how much the best cost that is still within reach has become worse by it, 0 or more.
        better: what would have been best instead; the action itself if it was.
    """

    project: int
    action: str
    cost: float
    regret: float
    better: str


class Project:
    """One measured project.

    Attributes:
        number: 0, 1, 2, …; projects with other numbers have other faults.
        truth: the planted faults, in words.
        costs: for each plan (a tuple of actions, in the order of DAYS, that fit into seven days and three decisions)
            the cost on the users' test pictures: the share of mistakes, each weighted by what it costs.
    """

    def __init__(self, number: int, truth: str, seen: dict[Plan, Report], costs: dict[Plan, float]):
        self.number, self.truth, self.costs, self._seen = number, truth, costs, seen

    def report(self, done: Iterable[str] = ()) -> Report:
        """What the team sees after these actions.

        Returns:
            days_left and decisions_left; possible: the actions that may follow; human_error, train_error,
            train_dev_error, dev_error: shares of mistakes, of people and of the network, on pictures with checked
            labels (train_dev: as in training, but not trained on; dev: the users'); dev_cost: the dev error, each
            mistake weighted by what it costs; wrong_labels: the share of wrong ones among the training labels;
            one_way: the share of these that confuse one digit with always the same other one; category_errors:
            for each category of the users' pictures, the mistakes in it as a share of all dev pictures.

        Raises:
            ValueError: these actions do not fit into the days and decisions, or there is no such action.
        """
        plan = plan_of(done)
        left = BUDGET - sum(DAYS[action] for action in plan)
        more = len(plan) < DECISIONS
        possible = [action for action in DAYS if more and action not in plan and DAYS[action] <= left]
        seen = {**self._seen[plan], "category_errors": dict(self._seen[plan]["category_errors"])}
        return {"days_left": left, "decisions_left": DECISIONS - len(plan), "possible": possible, **seen}

    def best_cost(self, done: Iterable[str] = ()) -> float:
        """The least cost of three decisions that begin with these actions."""
        begun = set(plan_of(done))
        return min(self.costs[plan] for plan in PLANS if len(plan) == DECISIONS and begun <= set(plan))


def plan_of(done: Iterable[str]) -> Plan:
    """The plan of these actions, in the order of DAYS.

    Raises:
        ValueError: they do not fit into the days and decisions, or there is no such action.
    """
    done = list(done)
    plan = tuple(action for action in DAYS if action in done)
    if sorted(done) != sorted(plan) or plan not in PLANS:
        raise ValueError(f"{done} is no plan: up to {DECISIONS} different ones of {', '.join(DAYS)} in {BUDGET} days")
    return plan


def play(project: Project, policy: Callable[[Report], str]) -> list[Decision]:
    """Lets a policy make the three decisions of a project.

    Args:
        policy: policy(report) gives one of report["possible"].

    Raises:
        ValueError: it gave something else.
    """
    done, decisions = [], []
    while possible := project.report(done)["possible"]:
        action = policy(project.report(done))
        if action not in possible:
            raise ValueError(f"the policy gave {action!r}; possible are {', '.join(possible)}")
        after = {other: project.best_cost([*done, other]) for other in possible}
        better = min(possible, key=lambda other: (after[other], other != action))
        regret = after[action] - project.best_cost(done)
        done.append(action)
        decisions.append(Decision(project.number, action, project.costs[plan_of(done)], regret, better))
    return decisions
