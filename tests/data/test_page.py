"""`datasets/README.md` and its pictures are what the manifest says."""

import re
import shutil

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from course_tools.data.commands import data as command
from course_tools.data.manifest import manifest_text
from course_tools.data.page import KINDS, readme, sheets
from shared_utils.data import files, read_manifest
from shared_utils.data.files import DATASETS

MANIFEST = read_manifest()
REMEDY = "run: course data page"


def pixels(path):
    with Image.open(path) as picture:
        return np.array(picture)


def test_committed_page_is_made_from_the_manifest():
    assert (DATASETS / "README.md").read_text(encoding="utf-8") == readme(MANIFEST), REMEDY


def test_committed_pictures_are_made_from_the_data():
    made = sheets(MANIFEST)
    assert {path.name for path in (DATASETS / "pictures").iterdir()} == {f"{name}.png" for name in made}, REMEDY
    for name, sheet in made.items():
        shown = pixels(DATASETS / "pictures" / f"{name}.png")
        assert shown.shape == sheet.shape
        # Another processor may move a point across the edge of a pixel.
        assert (shown != sheet).mean() < 0.001, f"{name}: {REMEDY}"


def test_pictures_are_small():
    assert sum(path.stat().st_size for path in (DATASETS / "pictures").iterdir()) < 1e6


def test_everything_that_the_page_shows_exists():
    text = (DATASETS / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)|src=\"([^\"]+)\"|\]\(([^)#]+)\)", text)
    assert len(shown) > 15
    for path in map("".join, shown):
        assert (DATASETS / path).is_file()
    anchors = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert anchors == set(re.findall("^### (.+)$", text, flags=re.MULTILINE))


def test_page_tells_each_record_in_full():
    text = readme(MANIFEST)
    for record in MANIFEST.values():
        assert all(part in text for part in (record["title"], record["credit"], record.get("preparation", "")))
        assert all(f"`data.{load}`" in text for load in record["loads"])
        assert record["kind"] in KINDS
    assert "://" not in text


def test_tables_have_as_many_cells_in_every_row():
    for table in re.findall(r"(?:^\|.*\n)+", readme(MANIFEST), flags=re.MULTILINE):
        assert len({row.count("|") for row in table.splitlines()}) == 1


def test_command_renews_the_page_and_drops_what_it_no_longer_shows(tmp_path, monkeypatch):
    record = MANIFEST["moons"]
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/old.png").write_bytes(b"old")
    monkeypatch.setattr(files, "DATASETS", tmp_path)
    (tmp_path / "manifest.yml").write_text(manifest_text("# header\n", {"moons": record}), encoding="utf-8")
    result = CliRunner().invoke(command, ["page"])
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["moons.png"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == readme(read_manifest())


@pytest.mark.parametrize("name", ["moons", "diabetes"])
def test_fit_records_what_a_model_reaches_and_keeps_the_rest(tmp_path, monkeypatch, name):
    shutil.copytree(DATASETS, tmp_path / "datasets", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "DATASETS", tmp_path / "datasets")
    result = CliRunner().invoke(command, ["fit", name])
    assert result.exit_code == 0 and f"{name}: " in result.output
    renewed = read_manifest()
    [key] = [key for key in MANIFEST if key.startswith(name)]
    for before, after in zip(MANIFEST[key]["fitness"], renewed[key]["fitness"], strict=True):
        assert (before["model"], before["floor"]) == (after["model"], after["floor"])
    renewed[key]["fitness"] = MANIFEST[key]["fitness"]
    assert renewed == MANIFEST
