"""What Liquid writes begins at the margin within an element, and in its item or quote elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading import read_post

CAPTURED = """---
title: 글
---
{% capture notice %}
#### 새 기능

* 하나
* 둘
{% endcapture %}

"""


@pytest.mark.parametrize(
    "around", ['<div class="notice">\n  {}\n</div>', '<div class="notice">{}</div>']
)
def test_a_heading_that_is_captured_is_one_within_an_element(around: str, tmp_path: Path) -> None:
    text = CAPTURED + around.replace("{}", "{{ notice | markdownify }}") + "\n"
    body = " ".join(read_post(tmp_path, text).document.body.split())
    assert "새 기능</h4>" in body and "<li>하나</li>" in body and "####" not in body


@pytest.mark.parametrize("mark", ["- ", "1. ", "> "])
def test_what_goes_on_an_item_or_a_quote_stays_in_it(mark: str, tmp_path: Path) -> None:
    margin = "> " if mark == "> " else " " * len(mark)
    include = "{% include figure image_path='a.png' %}"
    text = f"---\ntitle: 글\n---\n{mark}앞\n{margin}\n{margin}{include}\n"
    body = " ".join(read_post(tmp_path, text).document.body.split())
    end = body[body.rindex("</") :]
    assert body.startswith(end.replace("/", "")) and "<img" in body
