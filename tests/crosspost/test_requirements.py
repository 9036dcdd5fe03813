"""What platforms require of a payload: tags, and code that their editors keep (issue 14)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.support.every_edition import printed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    front = "---\ntitle: 제목\ncategories: [한글 조판, 둘째]\n---\n"
    code = "```py\nx = 1\n\n  y = 2\n```\n"
    return printed(tmp_path_factory.mktemp("site"), f"{front}글\n\n{code}", editions=["crosspost"])[
        1
    ]


def test_a_post_without_tags_has_one_of_its_categories(made: dict[str, bytes]) -> None:
    item = json.loads(made["crosspost/qiita/item.json"])
    assert [tag["name"] for tag in item["tags"]] == ["한글조판"]
    (article,) = (data for name, data in made.items() if "/zenn/articles/" in name)
    assert 'topics: ["한글조판"]' in article.decode()
    for platform in ("qiita", "zenn"):
        assert "한글조판" in made[f"crosspost/{platform}/report.md"].decode()
    assert json.loads(made["crosspost/devto/article.json"])["article"]["tags"] == []


@pytest.mark.parametrize("tags", ["", "tags: [가]\n"])
def test_none_at_all_is_told_in_the_report(tmp_path: Path, tags: str) -> None:
    _, made = printed(tmp_path, f"---\ntitle: 제목\n{tags}---\n글\n", editions=["crosspost"])
    for platform in ("qiita", "zenn", "devto"):
        is_told = "태그가 그곳에서 요구하는" in made[f"crosspost/{platform}/report.md"].decode()
        assert is_told == (not tags and platform != "devto")


@pytest.mark.parametrize("platform", ["medium", "substack"])
def test_code_is_code_to_editors(made: dict[str, bytes], platform: str) -> None:
    name = next(
        name
        for name in made
        if name.startswith(f"crosspost/{platform}/paste") and name.endswith(".html")
    )
    (pre,) = html.fromstring(made[name].decode()).iter("pre")
    assert [child.tag for child in pre] == ["code"]
    assert "".join(map(str, pre.itertext())).replace("\xa0", " ") == "x = 1  y = 2"
    assert len(pre.findall(".//br")) == 2
