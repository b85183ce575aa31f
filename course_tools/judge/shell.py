"""A notebook's cells executed without a kernel: IPython in this process, what it shows kept as a notebook's outputs."""

import io
import subprocess
import sys
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

MOST = 2**20  # characters of text that one cell may show
SHOWN = ("text/plain", "image/png", "image/jpeg")  # Markdown and LaTeX, which could hold scripts, as the text they are


class Outputs:
    """What the running cell has shown so far, as nbformat's output dicts."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.found: list[dict] = []
        self._left, self._clear = MOST, False

    def add(self, output: dict) -> None:
        if self._clear:
            self.found, self._clear = [], False
        self.found.append(output)

    def stream(self, name: str, text: str) -> None:
        if self._left <= 0:
            return
        if len(text) > self._left:
            text = text[: self._left] + f"\n[cut: a cell may print {MOST:,} characters]\n"
        self._left -= len(text)
        last = self.found[-1] if self.found and not self._clear else {}
        if (last.get("output_type"), last.get("name")) == ("stream", name):
            last["text"] += text
        else:
            self.add({"output_type": "stream", "name": name, "text": text})

    def display(self, data: dict, metadata: dict, count: int | None = None) -> None:
        text = next((data[kind] for kind in ("text/markdown", "text/latex") if kind in data), None)
        data = data if text is None else {**data, "text/plain": text}
        data = {kind: content for kind, content in data.items() if kind in SHOWN and isinstance(content, str)}
        self._left -= sum(map(len, data.values()))
        if not data or self._left <= 0:
            return
        output = {"data": data, "metadata": {kind: metadata[kind] for kind in metadata if kind in data}}
        if count is None:
            self.add({"output_type": "display_data", **output})
        else:
            self.add({"output_type": "execute_result", "execution_count": count, **output})

    def clear(self, wait: bool) -> None:
        self._clear = True
        if not wait:
            self.found, self._clear = [], False


OUTPUTS = Outputs()


class _Stream(io.TextIOBase):
    def __init__(self, name: str):
        self.name = name

    @property
    def encoding(self) -> str:
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        OUTPUTS.stream(self.name, str(text))
        return len(text)


class _Publisher(DisplayPublisher):
    def publish(self, data: dict, metadata: dict | None = None, *, update: bool = False, **_: Any) -> None:
        OUTPUTS.display(data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        OUTPUTS.clear(wait)


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        OUTPUTS.display(format_dict, md_dict or {}, self.prompt_count)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """IPython whose outputs go to OUTPUTS."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to enable: pictures are drawn into the outputs."""

    def system(self, cmd: str) -> None:
        """`!command`, for which IPython wants a terminal."""
        done = self._ran(self.var_expand(cmd, depth=1))
        print(done.stdout, end="")
        self.user_ns["_exit_code"] = done.returncode

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        """`lines = !command`."""
        text = self._ran(self.var_expand(cmd, depth=depth + 1)).stdout
        return SList(text.splitlines()) if split else LSString(text)

    def _ran(self, command: str) -> subprocess.CompletedProcess:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.run(command, shell=True, text=True, errors="replace", check=False, **pipes)

    def ask_exit(self) -> None:
        """`quit` ends nothing here."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        lines = [str(line)[:2000] for line in stb[:200]]
        OUTPUTS.add({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue)[:2000], "traceback": lines})


def start() -> Shell:
    """The shell of this process, with matplotlib drawing into the outputs as in a notebook."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.enable_matplotlib("inline")
    return shell


def run(shell: Shell, source: str) -> list[dict]:
    """Executes a cell and returns its outputs. A learner's code may raise what it likes."""
    OUTPUTS.begin()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    try:
        shell.run_cell(source, store_history=True)
    finally:
        sys.stdout, sys.stderr = before
    return OUTPUTS.found
