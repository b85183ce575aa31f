"""`course lab`: the learner's notebooks in `workspace/`, and JupyterLab on top of them."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from course_tools.nbgrader_config import EXCHANGE
from course_tools.syllabus import ROOT, written
from shared_utils.grading import IN_GRADING

CONFIG = Path(__file__).resolve().parent / "jupyter"


def fill_workspace(root: Path = ROOT) -> list[Path]:
    """Copies each released notebook that is not in `workspace/` yet, and returns the new files; old ones stay."""
    new = [book for book in written(root) if not book.workspace.exists()]
    for book in new:
        book.workspace.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(book.release, book.workspace)
    return [book.workspace for book in new]


def start_jupyterlab(open_browser: bool) -> int:
    """Runs JupyterLab until it is stopped, says where it is, and returns its exit code.

    It serves the whole clone, so that an instructor's Formgrader finds the course folders, and opens in `workspace/`.
    """
    EXCHANGE.mkdir(exist_ok=True)
    port, token = _free_port(), secrets.token_hex(16)
    first = written()[0].workspace.relative_to(ROOT).as_posix()
    options = {
        "ServerApp.root_dir": str(ROOT),
        "FileContentsManager.preferred_dir": str(ROOT / "workspace"),
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": open_browser,
        "ServerApp.log_level": "WARN",
        "LabApp.default_url": f"/lab/tree/{first}",
    }
    command = [sys.executable, "-P", "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    paths = [str(CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    # The lessons' matrices are small: on a busy machine several threads for each product wait for one another.
    one_thread = {"OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1")}
    environment = os.environ | one_thread | {"JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": os.pathsep.join(paths)}
    environment.pop(IN_GRADING, None)
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            while server.poll() is None and not _serves(token):
                time.sleep(0.2)
            if server.poll() is None:
                print(f"JupyterLab is at http://localhost:{port}/lab/tree/{first}?token={token}")
                print("Stop it with Ctrl+C.", flush=True)
            return server.wait()
        except KeyboardInterrupt:
            return server.wait()


def _serves(token: str) -> bool:
    """Whether our server, and not another one on its port, is there: its file has our token, and it listens by now."""
    for told in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with contextlib.suppress(OSError, ValueError):
            server = json.loads(told.read_text(encoding="utf-8"))
            if server.get("token") == token:
                socket.create_connection((server["hostname"], server["port"]), timeout=1).close()
                return True
    return False


def _free_port() -> int:
    for port in range(8888, 8988):
        with socket.socket() as server:
            try:
                server.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("ports 8888 to 8987 are all taken; close another JupyterLab first")
