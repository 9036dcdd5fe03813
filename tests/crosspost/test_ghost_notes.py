"""Footnotes of Ghost's payloads: every mark leads to its note, every note back to a mark."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hanpan.reading import read
from tests.crosspost.sample import files, render, texts

NOTES = "\n\n[^a]: 첫 각주\n[^나]: 둘째 `각주`\n\n    ```py\n    x = 1\n    ```\n"
PLACES = {
    "twice in a paragraph": "글[^a]과 글[^a], 다른 글[^나].",
    "headings": "## 제목[^a]\n\n글[^나].\n\n### 안쪽 제목[^a]",
    "a table": "| 가[^a] | 나 |\n|---|---|\n| [^a] | 다[^나] |",
    "merged cells": "<table><tr><td colspan='2'>칸[^a]</td></tr>"
    "<tr><td>가</td><td>[^나]</td></tr></table>",
    "a callout": "> 알림[^a] 글[^나]\n{: .prompt-info }",
    "folded text": "<details markdown='1'><summary>접은 글[^a]</summary>\n\n안[^나][^a]\n\n"
    "</details>",
    "terms": "용어[^a]\n: 뜻[^나]",
    "lists and quotes": "- 하나[^a]\n    1. 안[^a]\n\n> 인용[^나]",
    "beside a formula": "식 $\\frac{1}{2}$[^a] 그리고 **굵게[^나]**",
    "a caption": "<figure><img src='/assets/그림 하나.png' alt='점'><figcaption>설명[^a]"
    "</figcaption></figure>\n\n글[^나]",
}


@pytest.mark.parametrize("place", PLACES)
def test_every_link_of_a_footnote_has_its_target(place: str, tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    door = files(tmp_path, platforms=("ghost",))
    text = PLACES[place]
    (tmp_path / "posts/글.md").write_text(
        f"---\ntitle: 글\ndate: 2026-11-26\n---\n{text}{NOTES}", "utf-8"
    )
    found = texts(render(tmp_path, read("posts/글.md", "글", door).document, platforms=("ghost",)))
    cards = json.loads(found["ghost/lexical.json"])["root"]["children"]
    html = "\n".join(str(card) for card in cards).replace("\\'", "'")
    ids = re.findall(r'id="([^"]+)"', html)
    links = re.findall(r'href="#([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    marks = len(re.findall(r"\[\^", text))
    assert sorted(links) == sorted(
        [*(link for link in links if link.startswith("fn-")), "fnref-1", "fnref-2"]
    )
    assert sum(link.startswith("fn-") for link in links) == marks
