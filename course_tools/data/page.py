"""`datasets/README.md` and its pictures, made from the manifest: what each dataset holds and what it looks like."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from course_tools.data.examples import lines_of, loaded, picture_of
from course_tools.data.recipe_kit import write_png
from course_tools.syllabus import notebooks
from shared_utils import data
from shared_utils.data import files

KINDS = {
    "pictures": "Labelled pictures",
    "photographs": "Photographs",
    "networks": "Pretrained networks",
    "tables": "Tables of measurements",
    "series": "Series in time",
    "texts": "Texts",
    "sounds": "Sounds",
    "points": "Points drawn by a generator",
    "projects": "Measured projects",
}
SHOWN = {
    "series": "Time runs to the right: the days from their lowest to their highest temperature, over the line of 0 °C; "
    "or a tile a sequence, its features as rows, dark where they are large.",
    "sounds": "Time runs to the right, frequency from 0 up to 4,000 Hz, dark where it is loud: the first eight clips, "
    "or of the trigger words activate, captivate, hello and seven, or two seconds of noise.",
}
INTRODUCTION = """# The datasets

This page is made by `course data page` from [manifest.yml](manifest.yml), which also holds the sha256 of every source,
file and array. No notebook needs the internet: what it reads lies here, or is drawn by a generator with a fixed seed.

```python
from shared_utils import data

X_train, Y_train, X_test, Y_test = data.load_digits()
```

Every load verifies the file first; if one is missing or damaged, the message names the command that mends it,
`course data build NAME`, which fetches the source from its registry and builds the file again, value for value.
Most of the data are other people's work: their licences stand in [LICENSES.md](LICENSES.md), the credits below.
"""
FITNESS = """## What a simple model reaches

Measured by `course data fit` on two cores with plain NumPy (`course_tools/data/fitness.py`), on the test set, reading
the data included; on points drawn by a generator, on a thousand others. The tests train each model again and fail if
it falls under its floor.
"""
# So many classes are named; of a thousand only these.
FEW = 12
# The colours of shared_utils.plots, and white.
COLOURS = np.array([[0, 114, 178], [213, 94, 0], [0, 158, 115], [255, 255, 255]], dtype=np.uint8)


def readme(manifest: dict[str, dict]) -> str:
    """The text of `datasets/README.md`."""
    parts = [INTRODUCTION, _contents(manifest), FITNESS + "\n" + _fitness(manifest)]
    for kind, title in KINDS.items():
        sections = [_section(key, record) for key, record in manifest.items() if record["kind"] == kind]
        if sections:
            parts += [f"## {title}\n", *sections]
    return "\n".join(parts)


def sheets(manifest: dict[str, dict]) -> dict[str, np.ndarray]:
    """The picture of each dataset that has one, uint8 pixels, by the dataset's name."""
    draw = {"pictures": _grid, "points": _scatter, "series": picture_of, "sounds": picture_of}
    return {Path(key).stem: draw[record["kind"]](record) for key, record in manifest.items() if record["kind"] in draw}


def used_by(record: dict) -> list[str]:
    """The notebooks that use a dataset, as the syllabus orders them: those recorded and those that load it."""
    # A photograph is told by its whole call; the arguments of other loaders and generators vary.
    calls = [f"data.{load if chr(34) in load else load.split('(')[0] + '('}" for load in record["loads"]]
    texts = {book.id: book.lesson.read_text(encoding="utf-8") if book.lesson.exists() else "" for book in notebooks()}
    return [name for name, text in texts.items() if name in record["used_by"] or any(call in text for call in calls)]


def write_page() -> None:
    """Writes `datasets/README.md` and the pictures it shows, and deletes those it no longer shows."""
    manifest, folder = files.read_manifest(), files.DATASETS / "pictures"
    folder.mkdir(exist_ok=True)
    made = {f"{name}.png": pixels for name, pixels in sheets(manifest).items()}
    for name, pixels in made.items():
        write_png(folder / name, pixels)
    for path in folder.iterdir():
        if path.name not in made:
            path.unlink()
    (files.DATASETS / "README.md").write_text(readme(manifest), encoding="utf-8")


def _contents(manifest: dict[str, dict]) -> str:
    rows = []
    for key, record in manifest.items():
        name = Path(key).stem
        size = f"{record['bytes'] / 1e6:.2f} MB" if "bytes" in record else "drawn"
        rows.append((f"[{name}](#{name})", record["title"], _sizes(record), record["licence"], size))
    total = sum(record.get("bytes", 0) for record in manifest.values())
    rows.append(("**all**", "", "", "", f"{total / 1e6:.1f} MB"))
    return _table(("dataset", "what it holds", "train / test", "licence", "size"), rows)


def _fitness(manifest: dict[str, dict]) -> str:
    rows = [
        (
            Path(key).stem,
            fit["model"],
            fit["measure"],
            f"{fit['score']:.3f}",
            f"{fit['floor']:.2f}",
            f"{fit['seconds']:.2f} s",
        )
        for key, record in manifest.items()
        for fit in record.get("fitness", [])
    ]
    return _table(("dataset", "model", "measure", "score", "floor", "time"), rows)


def _section(key: str, record: dict) -> str:
    name, calls = Path(key).stem, " and ".join(f"`data.{load}`" for load in record["loads"])
    lines = [f"### {name}", "", f"{record['title']}: {calls}.", ""]
    if record["kind"] in {"pictures", "points", "series", "sounds"}:
        lines += [f"![{record['title']}](pictures/{name}.png)", ""]
    if record["kind"] in SHOWN:
        lines += [SHOWN[record["kind"]], ""]
    if record["kind"] == "texts":
        lines += ["```", *lines_of(record), "```", ""]
    if record["kind"] == "photographs":
        lines += [f'<img src="{key}" alt="{record["title"]}" height="192">', ""]
    if "classes" in record:
        few, count = record["classes"][:FEW], len(record["classes"])
        rest = f" and so on, {count:,} in all" if count > FEW else ""
        lines += [f"Classes: {', '.join(few)}{rest}.", ""]
    arrays = [
        (f"`{array}`", str(tuple(facts["shape"])), facts["dtype"].strip("|"), facts["meaning"])
        for array, facts in record["arrays"].items()
    ]
    lines += [_table(("array", "shape", "type", "meaning"), arrays)]
    if "features" in record:
        table = loaded(record)
        named = ", ".join(
            f"{feature} ({unit}) {value:g}"
            for (feature, unit), value in zip(record["features"].items(), table.X_train[:, 0], strict=True)
        )
        lines += [
            "Features, their units (1 = a bare number, ? = not stated by the source) and the first training example: "
            f"{named}; Y is {table.Y_train[0, 0]:g}.",
            "",
        ]
    if "preparation" in record:
        lines += [record["preparation"], ""]
    for source in record.get("sources", []):
        paths = ", ".join(f"`{path}`" for path in source["paths"])
        lines += [f"Source: {source['registry']} {source['package']} {source['version']}, {paths}.", ""]
    if "made_from" in record:
        lines += ["Made from: " + ", ".join(f"`{file}`" for file in record["made_from"]) + ".", ""]
    lines += [f"Credit: {record['credit']}. Licence: {record['licence']}.", ""]
    lines += ["For: " + ", ".join(f"`{notebook}`" for notebook in record["used_by"]) + ".", ""]
    return "\n".join(lines)


def _sizes(record: dict) -> str:
    splits = record.get("splits")
    return " / ".join(f"{size:,}" for size in splits.values()) if splits else ""


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(header), tuple("---" for _ in header), *map(tuple, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _grid(record: dict) -> np.ndarray:
    """Five training pictures of each class, a column a class; of more than ten classes, one of each."""
    pictures = loaded(record)
    X = np.concatenate([pictures.X_train, pictures.X_test])
    y = np.concatenate([pictures.Y_train[0], pictures.Y_test[0]])
    X, ground = (data.on_ground(X), 255) if X.shape[-1] == 4 else (X, 0)
    classes = np.unique(y)
    if len(classes) > 10:
        chosen = np.array([np.flatnonzero(y == label)[0] for label in classes]).reshape(-1, 10)
    else:
        chosen = np.array([np.flatnonzero(y == label)[:5] for label in classes]).T
    scale = max(1, 56 // X.shape[1])
    X = np.repeat(np.repeat(X[chosen], scale, axis=2), scale, axis=3)
    border = (1 + scale // 2,) * 2
    X = np.pad(X, ((0, 0), (0, 0), border, border, (0, 0)), constant_values=ground)
    rows, columns, n_H, n_W, n_C = X.shape
    sheet = X.transpose(0, 2, 1, 3, 4).reshape(rows * n_H, columns * n_W, n_C)
    return (sheet * (255 / sheet.max())).round().astype(np.uint8).squeeze()


def _scatter(record: dict, width: int = 320, radius: float = 2.5) -> np.ndarray:
    """The points as discs on white, a colour a class, one unit as long upwards as across."""
    X, Y = loaded(record)
    low, extent = X.min(axis=1), np.ptp(X, axis=1)
    scale, margin = (width - 24) / extent[0], 12
    height = round(extent[1] * scale) + 2 * margin
    across, up = (X - low[:, np.newaxis]) * scale + margin
    colour = np.full((height, width), len(COLOURS) - 1)
    rows, columns = np.ogrid[:height, :width]
    for x, y, label in zip(across, height - up, Y[0], strict=True):
        colour[(rows - y) ** 2 + (columns - x) ** 2 <= radius**2] = label
    return COLOURS[colour]
