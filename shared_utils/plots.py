"""The look that all pictures of the course share, and the plots that more than one lesson needs."""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito (2008), "Color Universal Design": eight colours that colour-blind readers tell apart.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
# One colour for each label, in every lesson.
LABEL_COLORS = {0: COLORS[1], 1: COLORS[0]}
_LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))


def use_style() -> None:
    """Sets the course's plot style: colours that colour-blind readers can tell apart, each with its own line style."""
    plt.rcParams.update(
        {
            "figure.figsize": (7, 3.8),
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "axes.prop_cycle": cycler(color=COLORS) + cycler(linestyle=_LINES),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.25,
            "axes.titlesize": 11,
            "lines.linewidth": 2,
            "image.cmap": "gray",
        }
    )


def show_images(images: np.ndarray, titles: Sequence[str] = (), columns: int = 8, title: str = "") -> Figure:
    """Draws pictures of shape (m, height, width) or (m, height, width, 1) in a grid, each with its title if given."""
    images = np.asarray(images)
    rows = -(-len(images) // columns)
    row_height = 1.25 if len(titles) else 1.0
    figure, axes = plt.subplots(rows, columns, figsize=(columns, row_height * rows + 0.4), squeeze=False)
    for axis in axes.flat:
        axis.set_axis_off()
    for number, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image.reshape(image.shape[:2]))
        if len(titles):
            axis.set_title(titles[number], fontsize=8)
    figure.suptitle(title, fontsize=11)
    return figure


def draw_boxes(axis: Axes, boxes: np.ndarray, color: str, style: str | tuple = "-", labels: Sequence[str] = ()) -> None:
    """Draws boxes (n, 4), corners x1, y1, x2, y2 in pixels, on a picture, each with its label if given."""
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        axis.add_patch(plt.Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, color=color, linestyle=style, linewidth=2))
        if len(labels):
            axis.text(x1, y1 - 1, labels[number], color="black", fontsize=7, bbox={"fc": color, "pad": 0.5, "lw": 0})


def show_decision(axis: Axes, decide: Callable[[np.ndarray], np.ndarray], X: np.ndarray, Y: np.ndarray) -> None:
    """Shades the plane blue where decide(points (2, n)) is True, else orange; draws X (2, m) by its labels Y (1, m)."""
    reach = 1.1 * np.abs(X).max()
    side = np.linspace(-reach, reach, 120)
    plane = np.stack([grid.ravel() for grid in np.meshgrid(side, side)])
    axis.contourf(side, side, decide(plane).reshape(120, 120), levels=[-0.5, 0.5, 1.5], colors=["#fbe3d6", "#d6e6f5"])
    for label, marker in ((0, "x"), (1, ".")):
        axis.scatter(*X[:, Y[0] == label], s=10, c=LABEL_COLORS[label], marker=marker)
    axis.set(xticks=[], yticks=[], aspect="equal")


def draw_network(axis: Axes, sizes: Sequence[int], parameters: Mapping[str, np.ndarray] | None = None) -> None:
    """Draws the units of layers 0, 1, … and an edge for each weight; if given, the values of the parameters.

    `sizes` are the numbers of units; `parameters` holds "W1", "b1", "W2", …, in the usual shapes. An edge is as wide as
    its weight is large, and dashed if the weight is negative.
    """
    places = [[(layer, (n - 1) / 2 - j) for j in range(n)] for layer, n in enumerate(sizes)]
    for layer in range(1, len(sizes)):
        W = None if parameters is None else parameters[f"W{layer}"]
        for j, end in enumerate(places[layer]):
            for k, begin in enumerate(places[layer - 1]):
                _draw_weight(axis, begin, end, W if W is None else W[j, k] / np.abs(W).max())
                if W is not None:
                    (x, y), label = begin, {"ha": "center", "va": "center", "fontsize": 9, "backgroundcolor": "white"}
                    axis.text(x + 0.3, y + 0.3 * (end[1] - y), f"{W[j, k]:.3g}", **label)
    for layer, column in enumerate(places):
        for j, (x, y) in enumerate(column):
            axis.scatter(x, y, s=1000, facecolor="white", edgecolor="black", linewidth=1.5, zorder=2)
            index = f"_{j + 1}" if len(column) > 1 or layer == 0 else ""
            name = f"$a^{{[{layer}]}}{index}$" if layer else f"$x{index}$"
            axis.text(x, y, name, ha="center", va="center", fontsize=12, zorder=3)
            if parameters is not None and layer > 0:
                axis.text(x, y - 0.24, f"b = {parameters[f'b{layer}'][j, 0]:.3g}", ha="center", va="top", fontsize=9)
    axis.set(xlim=(-0.35, len(sizes) - 0.65), ylim=(-max(sizes) / 2 - 0.1, max(sizes) / 2 + 0.1))
    axis.set_axis_off()


def _draw_weight(axis: Axes, begin: tuple[int, float], end: tuple[int, float], share: float | None) -> None:
    """An edge; `share` is the weight as a share of the largest one in its layer, or None if there are no values."""
    plain = {"color": "silver", "linewidth": 1.5, "linestyle": "-"}
    valued = {
        "color": "dimgray",
        "linewidth": 0.5 + 3 * abs(share or 0),
        "linestyle": "-" if (share or 0) >= 0 else "--",
    }
    axis.plot(*zip(begin, end, strict=True), **(plain if share is None else valued), zorder=1)
