"""`course kit`: what an instructor gives to students without a clone: notebooks and what they import, no solutions."""

import json
import shutil
import tomllib
from pathlib import Path

import click

from course_tools.syllabus import ROOT, written

README = """# Deep learning, written by hand: your notebooks

You need Python {python}. In this folder:

```
python -m venv .venv
source .venv/bin/activate         # Windows: .venv\\Scripts\\activate
pip install .
jupyter lab
```

Open the first notebook, `{first}`, and work from top to bottom: write each exercise, then run its check, the grey bar
below it. At the end `grade()` runs all these checks once more. Hand in the notebook as your instructor says; hidden
checks are run there.

Licences: [LICENSE](LICENSE) and [datasets/manifest.yml](datasets/manifest.yml).
"""
PYPROJECT = """[build-system]
requires = {requires}
build-backend = "{backend}"

[project]
name = "deep-learning-notebooks"
version = "{version}"
requires-python = "{python}"
dependencies = {dependencies}

[tool.hatch.build.targets.wheel]
only-include = ["shared_utils", "datasets"]

[tool.hatch.build.targets.wheel.sources]
datasets = "shared_utils/datasets"
"""


def write_kit(folder: Path, root: Path = ROOT) -> None:
    """Writes into a new folder what students need; they install it with `pip install .` there.

    Raises ClickException if there is something at `folder` already.
    """
    if folder.exists():
        raise click.ClickException(f"{folder} is there already; name a folder that is not")
    books = written(root)
    for book in books:
        copy = folder / book.course / book.week / f"{book.name}.ipynb"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(book.release, copy)
    for name in ("shared_utils", "datasets"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(root / "LICENSE", folder / "LICENSE")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    python = project["project"]["requires-python"]
    made = PYPROJECT.format(
        requires=json.dumps(project["build-system"]["requires"]),
        backend=project["build-system"]["build-backend"],
        version=project["project"]["version"],
        python=python,
        dependencies=json.dumps(project["project"]["dependencies"], indent=4),
    )
    (folder / "pyproject.toml").write_text(made, encoding="utf-8")
    first = f"{books[0].course}/{books[0].week}/{books[0].name}.ipynb"
    (folder / "README.md").write_text(README.format(python=python, first=first), encoding="utf-8")
