"""A learner's text cells and outputs at the instructor's: nothing in them runs, and an honest one looks as it did."""

import base64
import re
import shutil

import nbformat
import pytest
from nbconvert.filters import markdown2html
from nbformat import v4

from course_tools.judge.outputs import cleaned
from course_tools.judge.text_cells import harmless, picture
from tests.conftest import CHROMIUM_OPTIONS as OPTIONS
from tests.judge.formgrader import live_parts, page_of
from tests.judge.hostile import HOSTILE

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
HONEST = """## What I *tried*

1. a list with **bold** and `code`
2. a [link](https://numpy.org/doc) and $a^2 + b_1 \\le 1$

| x | y |
|--:|---|
| 1 | 2 |

```python
for x in range(3):

    print(x < 2)
```

$$\\frac{1}{m} \\sum_i x_i$$

<details><summary>More</summary>

Some text, 中文.
</details>
"""


def shown(source, kind="markdown", **attachments):
    cell = v4.new_markdown_cell(source) if kind == "markdown" else v4.new_raw_cell(source)
    if attachments:
        cell.attachments = attachments
    return harmless(cell)[1]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_in_a_text_cell_runs_or_opens_an_address(source, kind):
    text = shown(source, kind, **{"evil.png": {"image/png": 'AA" onerror="alert(1)', "text/html": "<script>"}})
    assert live_parts(markdown2html(text)) == []
    assert "\n" not in text
    assert not re.search(r"(?<!\\)\\(href|class|style|require)", text)


def test_hostile_texts_would_run_as_they_are():
    live = [source for source in HOSTILE if "ttachment:" not in source and live_parts(markdown2html(source))]
    assert len(live) > len(HOSTILE) / 2


def plain(html):
    return re.sub(r"\s+", "", re.sub(r"&#10;| class=\"[^\"]*\"| id=\"[^\"]*\"|<a[^>]*>¶</a>|<span>|</span>", "", html))


def test_an_honest_text_looks_as_it_did():
    once, twice = markdown2html(HONEST), markdown2html(shown(HONEST))
    for part in ("<em>tried</em>", "<strong>bold</strong>", "<th", "<summary>More</summary>", "中文", "a^2 + b_1"):
        assert part in once and part in twice
    # Colours of code and anchors of headings are what is lost.
    assert plain(re.sub(r"<a[^>]*anchor-link[^>]*>.*?</a>", "", once)) in plain(twice).replace("<div>", "", 1) or len(
        plain(twice)
    ) > 0.8 * len(plain(once))


def test_a_pasted_picture_is_shown():
    text = shown("Look: ![mine](attachment:my%20image.png)", **{"my%20image.png": {"image/png": PIXEL}})
    assert f'src="data:image/png;base64,{PIXEL}"' in markdown2html(text)
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(text)])
    assert PIXEL in page_of(notebook)


@pytest.mark.parametrize("content", ['AAAA" onerror="alert(1)', "<svg>", "é", 3, None, "", "AAA"])
def test_what_is_no_picture_is_none(content):
    assert not picture(content)
    output = {"output_type": "display_data", "data": {"image/png": content, "text/html": "<script>", "text/plain": "x"}}
    assert cleaned([output])[0].data == {"text/plain": "x"}
    assert picture(PIXEL)


def test_formgraders_page_of_hostile_outputs_holds_them_as_text():
    evil = "<script>alert(1)</script>"
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": evil},
        {
            "output_type": "error",
            "ename": evil,
            "evalue": evil,
            "traceback": [evil, "\x1b]8;;javascript:alert(1)\x07x"],
        },
        {"output_type": "display_data", "data": {"text/plain": evil, "text/markdown": evil, "text/latex": evil}},
    ]
    cell = v4.new_code_cell("print(1)", outputs=cleaned(outputs))
    cells = [cell, *(v4.new_markdown_cell(shown(source)) for source in HOSTILE)]
    page = page_of(v4.new_notebook(cells=cells))
    assert "alert(1)</script>" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert nbformat.validate(v4.new_notebook(cells=cells)) is None


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed (Debian: apt install chromium)")
def test_in_a_browser_nothing_runs_and_no_address_is_opened(tmp_path):
    api = pytest.importorskip("playwright.sync_api")
    cells = [v4.new_markdown_cell(shown(source, kind)) for source in HOSTILE for kind in ("markdown", "raw")]
    picture_cell = v4.new_markdown_cell(shown("![mine](attachment:a.png)", **{"a.png": {"image/png": PIXEL}}))
    path = tmp_path / "page.html"
    path.write_text(page_of(v4.new_notebook(cells=[*cells, picture_cell])), encoding="utf-8")
    ran, asked = [], []
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        page = browser.new_page()
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.route(re.compile("^https?:"), lambda route: route.abort())
        page.goto(path.as_uri(), wait_until="load")
        assert page.locator("img[src^='data:image/png']").count() >= 1
        links = page.locator(".text_cell_render a, .jp-RenderedMarkdown a, .rendered_html a")
        for number in range(links.count()):
            links.nth(number).dispatch_event("click")
        page.wait_for_timeout(300)
        browser.close()
    assert ran == []
    assert not [url for url in asked if "evil.example" in url or url.startswith("javascript:")]
