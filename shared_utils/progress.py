"""The picture of what a learner has reached in all notebooks."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from shared_utils.plots import COLORS

SHADES = plt.get_cmap("Blues")


def draw(weeks: list[dict], following: list[int] | None) -> None:
    """Draws a row a week and a square a notebook: its share of points in per cent, by colour and as a number.

    No word stands in it, so it serves all languages.

    Args:
        weeks: each with its `name` and the `shares` of its notebooks; None for one that is not written yet.
        following: week and place in the week of the notebook that comes next, which gets a thick border.
    """
    shares = [share for week in weeks for share in week["shares"]]
    _, axes = plt.subplots(figsize=(3.6, 0.3 * len(weeks) + 0.5))
    for row, week in enumerate(weeks):
        for column, share in enumerate(week["shares"]):
            look = {"facecolor": "none", "edgecolor": "0.7", "linestyle": ":"}
            if share is not None:
                look = {"facecolor": SHADES(0.8 * share), "edgecolor": "0.4"}
                colour = "white" if share > 0.6 else "black"
                axes.text(column, row, f"{100 * share:.0f}", color=colour, ha="center", va="center", fontsize=8)
            if [row, column] == following:
                look |= {"edgecolor": COLORS[1], "linewidth": 2.5, "zorder": 2}
            axes.add_patch(Rectangle((column - 0.45, row - 0.4), 0.9, 0.8, **look))
    axes.set(xlim=(-0.6, max(len(week["shares"]) for week in weeks) - 0.4), ylim=(len(weeks) - 0.5, -0.5), xticks=[])
    axes.set_yticks(range(len(weeks)), [week["name"] for week in weeks])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.grid(False)
    axes.set_title(f"✓ {shares.count(1)} / {len(shares)}")
    plt.show()
