"""Judging a learner's notebook: the answers run in a sandbox, the checks in a clean process that only talks to it.

A *worker* (`worker.py`) repairs a notebook, has a *box* run the learner's cells, and forks a process that runs the
checks (`check.py`). A box (`box.py`) is a process that the *warm* process (`warm_process.py`) forked, with Python,
NumPy and matplotlib already loaded, and that `sandbox.py` and `seccomp.py` have locked in. The two sides exchange
plain data alone (`wire.py`, `peer.py`): no code, no pickles, no objects.
"""
