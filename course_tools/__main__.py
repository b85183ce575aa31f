"""`python -m course_tools COMMAND`: like `course COMMAND`, but works from a bare clone.

Where the project is not installed yet, this makes the environment `.venv` first. It therefore needs nothing but Python.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 14)


def main() -> None:
    """Runs the command here if this Python has the project installed, else in `.venv`."""
    developing = sys.argv[1:2] == ["test"]
    if _installed_here(developing):
        from course_tools.cli import course

        course()
    python = _environment(developing)
    sys.exit(subprocess.call([python, "-m", "course_tools", *sys.argv[1:]]))


def _installed_here(developing: bool) -> bool:
    try:
        importlib.metadata.version("deep-learning-course")
    except importlib.metadata.PackageNotFoundError:
        return False
    return not developing or importlib.util.find_spec("nbval") is not None


def _environment(developing: bool) -> Path:
    """The Python of `.venv`, made and brought up to date with pyproject.toml if necessary."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed, this is "
            f"{sys.version_info[0]}.{sys.version_info[1]}; say which to use, for instance: make lab PYTHON=python3.12"
        )
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = "dev" if developing else "core"
    stamp = folder / f"installed-{wanted}"
    content = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == content:
        return python
    print("Installing into .venv (once; a minute or two) ...", flush=True)
    if not python.exists():
        try:
            venv.create(folder, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            sys.exit("this Python cannot make environments; on Debian or Ubuntu: apt install python3-venv")
    project = f"{ROOT}[dev]" if developing else str(ROOT)
    if subprocess.call([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", project]):
        sys.exit("the installation failed; its last lines above say why (no network? a full disk?)")
    stamp.write_text(content)
    return python


if __name__ == "__main__":
    main()
