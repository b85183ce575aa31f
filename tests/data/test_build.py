"""Damage is refused with a remedy; recipes rebuild what is recorded; nothing unverified is unpacked."""

import itertools
import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import course_tools.data.rebuild
from course_tools.data import recipe_kit
from course_tools.data.commands import build
from course_tools.data.manifest import manifest_text
from shared_utils.data import DataError, files, load_cat_pictures, load_digits, read_manifest, sha256_of
from shared_utils.data.files import DATASETS

TOY_RECIPE = """
import numpy as np
from course_tools.data.recipe_kit import write_h5

def build(target):
    write_h5(target, {"x": np.arange(6).reshape(2, 3)})
"""


@pytest.fixture
def copy(tmp_path, monkeypatch):
    shutil.copytree(DATASETS, tmp_path / "datasets", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "DATASETS", tmp_path / "datasets")
    return tmp_path / "datasets"


@pytest.fixture
def toy(tmp_path, monkeypatch):
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes/toy.py").write_text(TOY_RECIPE)
    record = {"arrays": {"x": {"meaning": "a toy"}}, "sources": [], "recipe": "recipes/toy.py"}
    (tmp_path / "manifest.yml").write_text(manifest_text("# header\n", {"toy.h5": record}))
    monkeypatch.setattr(files, "DATASETS", tmp_path)
    run("toy", "--accept")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(build, arguments)


# Damage


def test_missing_file_says_how_to_mend_it(copy):
    (copy / "animals.h5").unlink()
    with pytest.raises(DataError, match=r"^datasets/animals\.h5 is missing: course data build animals$"):
        load_cat_pictures()


@pytest.mark.parametrize("place", [0, 1_000_000, -1])
def test_one_changed_byte_is_refused(copy, place):
    content = bytearray((copy / "cc-by-sa/digits.h5").read_bytes())
    content[place] ^= 1
    (copy / "cc-by-sa/digits.h5").write_bytes(content)
    with pytest.raises(DataError, match=r"^datasets/cc-by-sa/digits\.h5 is damaged .*: course data build digits$"):
        load_digits()


@pytest.mark.parametrize("text", ["", "animals.h5: [", None])
def test_missing_record_or_manifest_says_how_to_mend_it(copy, text):
    (copy / "manifest.yml").unlink()
    if text is not None:
        (copy / "manifest.yml").write_text(text)
    with pytest.raises(DataError, match=r"^datasets/manifest\.yml .*: git checkout datasets/manifest\.yml$"):
        load_digits()


# Rebuilding


def test_rebuild_restores_the_recorded_bytes(toy):
    recorded = sha256_of(toy / "toy.h5")
    (toy / "toy.h5").write_bytes(b"damaged")
    result = run("toy")
    assert "byte for byte" in result.output and result.exit_code == 0
    assert sha256_of(toy / "toy.h5") == recorded


def test_rebuild_refuses_other_values_until_accepted(toy):
    before = {path.name: path.read_bytes() for path in toy.iterdir() if path.is_file()}
    (toy / "recipes/toy.py").write_text(TOY_RECIPE.replace("arange(6).reshape(2, 3)", "arange(6.0)"))
    result = run()
    assert result.exit_code == 1
    assert "x: dtype is float64, recorded int64" in result.output and "--accept" in result.output
    assert {path.name: path.read_bytes() for path in toy.iterdir() if path.is_file()} == before

    assert "accepted" in run("toy", "--accept").output
    [facts] = read_manifest()["toy.h5"]["arrays"].values()
    assert (facts["meaning"], facts["shape"], facts["dtype"]) == ("a toy", [6], "float64")
    assert (toy / "manifest.yml").read_text().startswith("# header\ntoy.h5:")
    assert "byte for byte" in run("toy").output


def test_same_values_in_other_bytes_keep_a_sound_file_and_mend_a_damaged_one(toy):
    before = (toy / "toy.h5").read_bytes()
    (toy / "recipes/toy.py").write_text(TOY_RECIPE + "    target.write_bytes(target.read_bytes() + b'other zlib')\n")
    assert "was kept" in run("toy").output
    assert (toy / "toy.h5").read_bytes() == before
    (toy / "toy.h5").unlink()
    assert "value for value" in run("toy").output
    assert sha256_of(toy / "toy.h5") == read_manifest()["toy.h5"]["sha256"]
    assert "byte for byte" in run("toy").output


def test_drawn_points_are_compared_with_their_record(copy):
    before = (copy / "manifest.yml").read_text()
    assert "the recorded ones" in run("moons").output
    (copy / "manifest.yml").write_text(before.replace(read_manifest()["moons"]["arrays"]["X"]["sha256"], 64 * "0"))
    result = run("moons")
    assert result.exit_code == 1 and "X: sha256 is" in result.output
    assert "renewed" in run("moons", "--accept").output
    assert (copy / "manifest.yml").read_text() == before


def test_unknown_name_lists_the_known_ones(toy):
    result = run("toys")
    assert result.exit_code == 2 and "there are toy" in result.output


def test_fetch_refuses_an_archive_that_is_not_the_recorded_one(tmp_path, monkeypatch):
    def client(command, cwd, **options):
        with zipfile.ZipFile(Path(cwd, "p-1.whl"), "w") as archive:
            archive.writestr("evil.txt", "evil")

    monkeypatch.setattr(subprocess, "run", client)
    source = {"registry": "PyPI", "package": "p", "version": "1", "sha256": "0" * 64}
    with pytest.raises(DataError, match="not the recorded archive"):
        recipe_kit.fetch(source, tmp_path / "p")
    assert not (tmp_path / "p/unpacked").exists()


@pytest.mark.parametrize(
    ("registry", "message"),
    [
        ("Debian", r"^Debian p 1: apt-get is not installed: rebuild it on Debian 12, or in a container of it$"),
        ("npm", r"^npm p 1: npm is not installed$"),
        ("CPAN", r"^p: cannot fetch from CPAN, only from PyPI, npm or Debian$"),
    ],
)
def test_fetch_without_the_client_says_so(tmp_path, monkeypatch, registry, message):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match=message):
        recipe_kit.fetch({"registry": registry, "package": "p", "version": "1", "sha256": "0"}, tmp_path / "p")


def test_fetch_gives_the_reason_of_apt(tmp_path, monkeypatch):
    def client(command, **options):
        assert command[-1] == "p=1:2-3"
        raise subprocess.CalledProcessError(100, command, stderr="W: slow\nE: Version '1:2-3' for 'p' was not found\n")

    monkeypatch.setattr(subprocess, "run", client)
    with pytest.raises(DataError, match=r"cannot be fetched: Version '1:2-3' for 'p' was not found .*apt-get update"):
        recipe_kit.fetch({"registry": "Debian", "package": "p", "version": "1:2-3", "sha256": "0"}, tmp_path / "p")


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_a_debian_package_is_unpacked(tmp_path, monkeypatch):
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text("Package: p\nVersion: 1\nArchitecture: all\nMaintainer: n\nDescription: d\n")
    (tree / "usr").mkdir()
    (tree / "usr/word.txt").write_text("word")
    subprocess.run(["dpkg-deb", "-b", tree, tmp_path / "p_1_all.deb"], check=True, capture_output=True)

    run_client = subprocess.run

    def client(command, cwd, **options):
        if command[0] == "apt-get":
            return shutil.copy(tmp_path / "p_1_all.deb", cwd)
        return run_client(command, cwd=cwd, **options)

    monkeypatch.setattr(subprocess, "run", client)
    source = {"registry": "Debian", "package": "p", "version": "1", "sha256": sha256_of(tmp_path / "p_1_all.deb")}
    assert (recipe_kit.fetch(source, tmp_path / "p") / "usr/word.txt").read_text() == "word"


def test_a_wheel_is_chosen_by_its_tags(tmp_path, monkeypatch):
    def client(command, **options):
        options = dict(itertools.pairwise(command))
        assert (options["--python-version"], options["--abi"], options["--platform"]) == ("311", "cp311", "win_amd64")
        raise subprocess.CalledProcessError(1, command, stderr="ERROR: none\n")

    monkeypatch.setattr(subprocess, "run", client)
    source = {"registry": "PyPI", "package": "p", "version": "1", "wheel": "cp311-cp311-win_amd64", "sha256": "0"}
    with pytest.raises(DataError, match="ERROR: none"):
        recipe_kit.fetch(source, tmp_path / "p")


@pytest.mark.parametrize("sdist", [True, False])
def test_the_source_of_a_package_is_chosen_where_the_record_says_so(tmp_path, monkeypatch, sdist):
    def client(command, **options):
        assert (":all:" in command) == ("--no-binary" in command) == sdist
        raise subprocess.CalledProcessError(1, command, stderr="ERROR: none\n")

    monkeypatch.setattr(subprocess, "run", client)
    source = {"registry": "PyPI", "package": "p", "version": "1", "sha256": "0"} | ({"sdist": True} if sdist else {})
    with pytest.raises(DataError, match="ERROR: none"):
        recipe_kit.fetch(source, tmp_path / "p")


def test_a_recipe_imports_from_a_folder_for_a_while(tmp_path):
    (tmp_path / "only_in_this_folder.py").write_text("WORD = 'found'")
    with recipe_kit.importing(tmp_path):
        import only_in_this_folder
    assert only_in_this_folder.WORD == "found" and str(tmp_path) not in sys.path
    with pytest.raises(DataError, match="No module named 'nowhere': rebuild it on Debian 12"):
        with recipe_kit.importing(tmp_path):
            import nowhere  # noqa: F401
    assert str(tmp_path) not in sys.path


def test_a_package_is_fetched_once_in_a_run(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(course_tools.data.rebuild, "fetch", lambda source, folder: asked.append(source) or folder)
    packages = course_tools.data.rebuild.Packages(tmp_path)
    first, again, other = (packages.unpacked({"sha256": sha256}) for sha256 in "112")
    assert first == again != other and len(asked) == 2


@pytest.mark.network
@pytest.mark.parametrize("file", [file for file, record in read_manifest().items() if "recipe" in record])
def test_rebuilding_from_the_source_gives_the_recorded_values(copy, file):
    (copy / file).unlink()
    result = run(Path(file).stem)
    assert result.exit_code == 0, result.output
    assert "byte for byte" in result.output or "value for value" in result.output


@pytest.mark.parametrize("protocol", [2, 4])
def test_pickled_arrays_are_read(protocol):
    arrays = [np.arange(6, dtype=np.uint8).reshape(2, 3), np.array([1.5, -2])]
    for array, read in zip(arrays, recipe_kit.arrays_from_pickle(pickle.dumps(arrays, protocol)), strict=True):
        np.testing.assert_array_equal(read, array)


@pytest.mark.parametrize("call", [b"cos\nsystem", b"cbuiltins\neval", b"cnumpy\nload"])
def test_malicious_pickle_is_refused(tmp_path, call):
    with pytest.raises(pickle.UnpicklingError, match="refused"):
        recipe_kit.arrays_from_pickle(call + f"\n(S'touch {tmp_path}/run'\ntR.".encode())
    assert not (tmp_path / "run").exists()
