"""The project simulator: plans, reports, decisions and their regrets; and that the measured projects have stakes."""

import numpy as np
import pytest

from shared_utils.data import load_projects
from shared_utils.projects.simulator import BUDGET, CATEGORIES, DAYS, DECISIONS, PLANS, plan_of, play

PROJECTS = load_projects(range(32))


def first_possible(report):
    return report["possible"][0]


def test_each_unfinished_plan_can_be_continued_to_three_decisions():
    assert max(map(len, PLANS)) == DECISIONS
    for plan in PLANS:
        report = PROJECTS[0].report(plan)
        assert report["days_left"] == BUDGET - sum(DAYS[action] for action in plan)
        assert bool(report["possible"]) == (len(plan) < DECISIONS)
        for action in report["possible"]:
            assert plan_of([*plan, action]) in PLANS


def test_the_order_of_the_actions_does_not_matter():
    assert plan_of(["bigger_network", "more_data"]) == ("more_data", "bigger_network")
    assert PROJECTS[1].report(["bigger_network", "more_data"]) == PROJECTS[1].report(["more_data", "bigger_network"])


@pytest.mark.parametrize("done", [["sleep"], ["more_data", "more_data"], ["more_data", "user_data", "synthesise"]])
def test_what_is_no_plan_is_refused(done):
    with pytest.raises(ValueError, match="is no plan: up to 3 different ones of more_data"):
        PROJECTS[0].report(done)


def test_a_report_may_be_changed_without_changing_the_project():
    report = PROJECTS[0].report()
    report["possible"].clear()
    report["category_errors"].clear()
    assert PROJECTS[0].report()["possible"] and set(PROJECTS[0].report()["category_errors"]) == set(CATEGORIES)


def test_the_regrets_of_the_decisions_add_up_to_what_was_lost():
    for project in PROJECTS:
        decisions = play(project, first_possible)
        assert len(decisions) == DECISIONS
        lost = decisions[-1].cost - project.best_cost()
        assert sum(decision.regret for decision in decisions) == pytest.approx(lost, abs=1e-9)
        assert all(decision.regret >= 0 for decision in decisions)
        assert all((decision.regret == 0) == (decision.better == decision.action) for decision in decisions)


def test_a_policy_that_follows_the_better_actions_has_no_regret():
    for project in PROJECTS[:8]:
        done = []
        while possible := project.report(done)["possible"]:
            done.append(min(possible, key=lambda action: project.best_cost([*done, action])))
        assert project.costs[plan_of(done)] == project.best_cost()


def test_a_policy_that_wants_what_is_not_possible_is_told_so():
    with pytest.raises(ValueError, match="the policy gave 'sleep'; possible are more_data"):
        play(PROJECTS[0], lambda report: "sleep")


def test_there_is_something_to_win_in_the_projects():
    full = [plan for plan in PLANS if len(plan) == DECISIONS]
    chance = [np.mean([project.costs[plan] for plan in full]) - project.best_cost() for project in PROJECTS]
    assert np.mean(chance) > 0.04 and min(chance) > 0.01
    assert len({project.truth for project in PROJECTS}) > 20


def first_of(*wishes):
    return lambda report: next(action for action in wishes if action in report["possible"])


def test_the_figures_that_lessons_quote():
    def mean(policy, projects):
        return np.mean([sum(decision.regret for decision in play(project, policy)) for project in projects])

    practice = PROJECTS[:16]
    assert mean(first_of("more_data", "user_data", "bigger_network"), practice) == pytest.approx(0.046, abs=5e-4)
    bigger = first_of("bigger_network", "regularise", "change_metric", "more_data")
    assert mean(bigger, practice) == pytest.approx(0.083, abs=5e-4)
    full = [plan for plan in PLANS if len(plan) == DECISIONS]
    lost = np.array([[project.costs[plan] - project.best_cost() for plan in full] for project in PROJECTS])
    best = lost[:16].mean(axis=0).argmin()
    assert lost[:16, best].mean() == pytest.approx(0.015, abs=5e-4)
    assert lost[16:, best].mean() == pytest.approx(0.025, abs=5e-4)
    assert lost[:16].mean() == pytest.approx(0.06, abs=5e-3)


def test_a_project_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="there is no project 32, only 0 to 31"):
        load_projects([32])
