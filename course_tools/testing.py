"""`course test`: everything that must hold before a change lands."""

import os
import subprocess
import sys
import time

from course_tools.syllabus import ROOT

COURSE = [sys.executable, "-m", "course_tools"]
STEPS = {
    "style": [sys.executable, "-m", "ruff", "check"],
    "format": [sys.executable, "-m", "ruff", "format", "--check", "--quiet"],
    "build": [*COURSE, "build", "--check"],
    "sources": [*COURSE, "build"],
    "prove": [*COURSE, "prove"],
    # A worker takes a whole notebook: its cells need one another.
    "tests and notebooks": [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"]
    + ["--nbval-lax", "--nbval-cell-timeout=60", "tests"],
}


def run_all() -> bool:
    """Runs every step, whether or not an earlier one failed; True if all passed."""
    failed = []
    # Two workers with two threads each would wait for one another on two processors.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    for name, command in STEPS.items():
        print(f"--- {name}", flush=True)
        start = time.perf_counter()
        sources = sorted(ROOT.glob("course*/source")) if "pytest" in command else []
        if subprocess.call([*command, *map(str, sources)], cwd=ROOT, env=environment):
            failed.append(name)
        print(f"    {time.perf_counter() - start:.0f} s", flush=True)
    print(f"failed: {', '.join(failed)}" if failed else "everything passed")
    return not failed
