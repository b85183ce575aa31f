"""What Formgrader shows of an autograded notebook, made by its own exporter."""

from html.parser import HTMLParser
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

TEMPLATES = Path(handlers.template_path)


def page_of(notebook: NotebookNode) -> str:
    """The page that Formgrader's manual grading shows of a submission."""
    config = Config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    about = dict.fromkeys(("assignment_id", "notebook_id", "submission_id", "base_url", "my_id"), "x")
    about |= {"index": 0, "total": 1, "autoscore_toggle": False, "last_name": None, "first_name": None}
    about |= {"mathjax_url": "", "jquery_url": "", "max_score": 1.0, "student": "x"}
    return HTMLExporter(config=config).from_notebook_node(notebook, resources=about)[0]


class _Live(HTMLParser):
    """Notes what could run, or open an address, once a browser reads the text."""

    OPENS = ("script", "iframe", "object", "embed", "form", "link", "meta", "style", "base", "svg", "video", "audio")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.OPENS:
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("style", "srcset", "background", "formaction", "srcdoc"):
                self.found.append(f"{tag} {name}")
            elif name == "src" and not address.startswith("data:image/"):
                self.found.append(f"{tag} {name}={address}")
            elif name == "href" and not address.startswith(("http://", "https://", "mailto:", "#")):
                self.found.append(f"{tag} {name}={address}")

    handle_startendtag = handle_starttag


def live_parts(html: str) -> list[str]:
    """What of a page, or of a part of one, would run or open an address when it is shown."""
    reader = _Live()
    reader.feed(html)
    return reader.found
