"""Grading on a Dask cluster: its keys, its workers, and what comes back from them."""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict

import pytest

from course_tools.grading.cluster import on_cluster, result_of
from course_tools.grading.workers import NoWorker
from course_tools.judge.sandbox import Limits
from course_tools.judge.task import Result
from tests.classroom import RIGHT, grade, scores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a class is graded on Linux")
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Two folders of keys: the cluster's, and those of somebody who made an authority of his own."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed (Debian: apt install openssl)")
    folders = []
    for name in ("ours", "theirs"):
        folder = tmp_path_factory.mktemp(name)
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster"]
        files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
        subprocess.run([*make, *files], check=True, capture_output=True)
        shutil.copy(folder / "cert.pem", folder / "ca.pem")
        folders.append(folder)
    return folders


def security_of(folder):
    roles, kinds = ("scheduler", "worker", "client"), ("cert", "key")
    names = {f"tls_{role}_{kind}": str(folder / f"{kind}.pem") for role in roles for kind in kinds}
    return distributed.security.Security(require_encryption=True, tls_ca_file=str(folder / "ca.pem"), **names)


@pytest.fixture
def cluster(keys):
    # Workers in this process: what starts them in others is Dask's own, and slow on a busy machine.
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "processes": False}
    with distributed.LocalCluster(security=security_of(keys[0]), protocol="tls://", **options) as cluster:
        yield cluster


def test_a_class_on_a_cluster_with_keys(course, cluster, keys):
    assert cluster.scheduler_address.startswith("tls://")
    run = grade(course, scheduler=cluster.scheduler_address, keys=keys[0])
    assert (run.graded, run.problems) == (8, [])
    assert scores(course) == RIGHT


def test_a_worker_that_fails_is_told_in_one_line(course, cluster, keys, monkeypatch):
    def other_version(task, how, limits):
        raise TypeError("Task has no\nfield 'hurried'")

    monkeypatch.setattr("course_tools.grading.cluster.judge_here", other_version)
    with pytest.raises(NoWorker) as said:
        grade(course, scheduler=cluster.scheduler_address, keys=keys[0])
    assert "worker of the cluster failed (TypeError: Task has no field 'hurried'); is its" in said.value.message
    assert "\n" not in said.value.message


def refused(address, keys):
    with pytest.raises(NoWorker) as said, on_cluster(address, keys, "isolate", Limits()):
        pass
    return said.value.message


def test_who_has_other_keys_or_none_does_not_get_in(cluster, keys):
    address = cluster.scheduler_address
    assert "no Dask scheduler answers" in refused(address, keys[1])
    assert "--keys" in refused(address, None)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address.replace("tls", "tcp"), "--no-nanny"]
    ran = subprocess.run([*command, "--death-timeout", "4"], capture_output=True, text=True, timeout=60)
    assert "Starting established connection" not in ran.stderr
    assert len(cluster.scheduler_info["workers"]) == 2


def test_what_cannot_be_is_said_in_one_line(tmp_path):
    assert "use tls:// and name the folder of its --keys" in refused("tcp://10.0.0.5:8786", None)
    assert "has no ca.pem" in refused("tls://10.0.0.5:8786", tmp_path)
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in refused("tcp://127.0.0.1:9", None)


@pytest.mark.parametrize(
    "returned",
    [
        None,
        b"cos\nsystem\n",
        "[]",
        "{}",
        json.dumps({"notebook": 3, "notes": [], "problem": "", "late": False}),
        json.dumps({"notebook": "", "notes": [[]], "problem": "", "late": False}),
        json.dumps({"notebook": "", "notes": [], "problem": "", "late": False, "more": 1}),
    ],
)
def test_what_is_no_result_is_refused(returned):
    with pytest.raises(NoWorker, match="no result"):
        result_of(returned)


def test_a_result_crosses():
    result = Result("{}", ["a note"], "", True)
    assert result_of(json.dumps(asdict(result))) == result
