"""Every attack of `attacks.py` among honest submissions, in one run over the class.

It is run as whoever runs the tests, and as an ordinary user.
"""

import hashlib
import json
import socket
import subprocess
import sys
from collections import Counter

import nbformat
import pytest

from course_tools.authoring.build import build
from course_tools.demo import answer_notebook
from course_tools.syllabus import written
from tests.classroom import ORDINARY, recorded_scores, run_of, unshared
from tests.conftest import project as make_project
from tests.judge import attacks
from tests.judge.formgrader import live_parts, page_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="learners' code is locked in on Linux only")
HONEST = ("honest_1", "honest_2")


class Ran:
    """A graded class with all the attacks in it.

    Args:
        root: a project's folder.
        ordinary: whether an ordinary user grades, and not who runs the tests, who may be root.
    """

    def __init__(self, root, ordinary):
        self.root, self.book = root, written(root)[0]
        build(root)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0.1)
        port = listener.getsockname()[1]
        for name, attack in attacks.ATTACKS.items():
            attacks.write(attack, self.book.release, self.submission(name), root, port)
        self.submission("shared_utils_beside").with_name("shared_utils.py").write_text("raise SystemExit")
        for name in HONEST:
            self.submission(name).parent.mkdir(parents=True)
            answer_notebook(self.book, self.submission(name))
        self.link = self.submission("link")
        self.link.parent.mkdir(parents=True)
        self.link.symlink_to(self.submission("honest_1"))
        self.before = self.hashes()
        command = run_of(self.book, seconds=3)
        if ordinary:
            said = unshared(*ORDINARY, command=command)
        else:
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        *self.lines, last = said.splitlines()
        self.graded, self.problems = json.loads(last)
        try:
            self.visitor = listener.accept()
        except TimeoutError:
            self.visitor = None

    def submission(self, student):
        return self.root / "course1_nn" / "submitted" / student / self.book.week / f"{self.book.name}.ipynb"

    def autograded(self, student):
        path = self.root / "course1_nn" / "autograded" / student / self.book.week / f"{self.book.name}.ipynb"
        return nbformat.read(path, 4)

    def score(self, student):
        return sum(score for _, score, _ in recorded_scores(self.book, student))

    def hashes(self):
        folders = ("lessons", "source", "release", "submitted")
        files = [
            file for folder in folders for file in (self.root / "course1_nn" / folder).rglob("*") if file.is_file()
        ]
        return {file: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module", params=[False, True], ids=["as it is run", "as an ordinary user"])
def ran(tmp_path_factory, request):
    return Ran(make_project.__wrapped__(tmp_path_factory.mktemp("class")), request.param)


GRADED = [name for name, attack in attacks.ATTACKS.items() if attack.earned is not None]


@pytest.mark.parametrize("name", GRADED)
def test_an_attack_gets_what_it_earned(ran, name):
    assert ran.score(name) == attacks.ATTACKS[name].earned


@pytest.mark.parametrize("name", GRADED)
def test_an_attack_sees_no_hidden_test_and_leaves_no_script_nor_tons_of_output(ran, name):
    outputs = [output for cell in ran.autograded(name).cells if cell.cell_type == "code" for output in cell.outputs]
    text = str(outputs)
    assert attacks.LEAK not in text and "BEGIN HIDDEN" not in text
    assert not Counter(live_parts(page_of(ran.autograded(name)))) - Counter(
        live_parts(page_of(ran.autograded("honest_1")))
    )
    assert "WRITTEN" not in text and "TAKEN" not in text
    assert len(text) < 5e6


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_beside_them_is_graded(ran, name):
    assert ran.score(name) == 3


def test_what_cannot_be_graded_is_said(ran):
    problems = {line.split("/submitted/")[1].split("/")[0]: line for line in ran.problems}
    assert set(problems) == {"broken_json", "not_utf8", "link"}
    assert "is not a notebook" in problems["broken_json"]
    assert "is a link" in problems["link"]
    assert not any("\n" in line for line in ran.problems)


def test_everything_else_was_graded_and_no_file_was_touched(ran):
    assert ran.graded == len(GRADED) + len(HONEST)
    assert ran.hashes() == ran.before


def test_nobody_was_told_over_the_network(ran):
    assert ran.visitor is None


def test_nothing_is_left_running(ran):
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert attacks.ORPHAN not in found


def test_what_was_mended_is_said(ran):
    lines = {line.split()[0]: line for line in ran.lines}
    assert "the check cell double_check is not as the lesson has it; the lesson's was used" in lines["edited_check"]
    assert "the check cell double_check was missing; it was put back" in lines["deleted_checks"]
    assert "no cell defines double; its empty cell was put back" in lines["deleted_answer"]
