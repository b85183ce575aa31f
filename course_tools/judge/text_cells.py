"""A learner's text cells made harmless: Formgrader shows them with the rights of the instructor's JupyterLab.

A cell is rendered and cleaned as HTML, which is then its text: Markdown has made of it by then what it can.
Nothing in it runs, and no address is opened by looking at it.
"""

import base64
import binascii
import html
import re
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

PICTURES = ("image/png", "image/jpeg", "image/gif")
PASTED = re.compile(r"attachment:([^\s)\"'>]+)")
EMBEDDED = re.compile(r"data:(" + "|".join(PICTURES) + r");base64,[A-Za-z0-9+/=]+")
WRITTEN_OUT = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
COLOURED = re.compile(r"highlight( hl-\w+)?|[a-z]\w{0,2}|anchor-link")  # the classes of coloured code and of headings
# What TeX does besides setting formulas.
TEX = re.compile(r"\\(href|url|require|class|cssId|style|data|html\w*|unicode|includegraphics|def|let|newcommand)\b")
TAGS = """a b blockquote br code del details div em h1 h2 h3 h4 h5 h6 hr i img kbd li ol p pre s span strong sub summary
sup u ul table thead tbody tr th td caption""".split()


def harmless(cell: NotebookNode) -> tuple[str, str]:
    """The kind and the text of what stands for a learner's Markdown or raw cell."""
    as_it_is = f"<pre>{_one_line(html.escape(_inert(cell.source)))}</pre>"
    if cell.cell_type != "markdown":
        return "markdown", as_it_is
    # Only here, as a worker that meets no such cell needs neither.
    import bleach
    from nbconvert.filters import markdown2html

    text = PASTED.sub(lambda found: _pasted(cell.get("attachments"), found[1]), cell.source)
    attributes = {"td": ["align"], "th": ["align"]} | dict.fromkeys(("a", "img", "span", "div"), _attribute)
    try:
        rendered = _inert(markdown2html(text))
    except Exception:  # whatever the text leads to
        return "markdown", as_it_is
    cleaned = bleach.clean(rendered, TAGS, attributes, protocols=["http", "https", "mailto", "data"])
    return "markdown", f"<div>{_one_line(cleaned)}</div>"


def picture(content: Any) -> bool:
    """Whether these are the bytes of a picture in base 64, and nothing that could end the place where they stand."""
    try:
        return isinstance(content, str) and bool(base64.b64decode("".join(content.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def _attribute(tag: str, name: str, value: str) -> bool:
    if tag == "img":
        return name in ("alt", "width", "height") or (name == "src" and EMBEDDED.fullmatch(value) is not None)
    if name == "class":
        return COLOURED.fullmatch(value) is not None
    return (tag, name) == ("a", "href") and WRITTEN_OUT.match(value) is not None


def _inert(text: str) -> str:
    """The text with each of TeX's commands that are no formula made a line break and a word."""
    return TEX.sub(r"\\\\\1", text)


def _pasted(attachments: Any, name: str) -> str:
    """The address of a pasted picture that holds it; of none, if there is no such picture."""
    kinds = attachments.get(name) if isinstance(attachments, Mapping) else None
    for kind in PICTURES if isinstance(kinds, Mapping) else ():
        if picture(kinds.get(kind)):
            return f"data:{kind};base64,{''.join(kinds[kind].split())}"
    return "#"


def _one_line(text: str) -> str:
    """HTML without line breaks: to Markdown, a blank line would be its end."""
    return text.replace("\r", "").replace("\n", "&#10;")
