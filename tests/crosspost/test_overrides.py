"""Overrides: what a post and the site say for one platform alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hanpan import tree
from hanpan.crosspost.platform import load_platform
from hanpan.document import Document
from hanpan.editions import crosspost
from hanpan.problems import BuildError, UsageError
from hanpan.site import Clock, Identity, load_site
from hanpan.source.front_matter.meta import read_meta
from hanpan.source.front_matter.parse import parse_post
from tests.crosspost.sample import SITE, document, files, load, texts
from tests.support.command import ROOT

FRONT = """---
title: 글
crosspost:
  velog: false
  naver:
    title: 네이버에서는 이 제목
    tags: [하나, 둘]
    canonical: https://other.example/글/
    publish: false
  tistory: {backlink: top, backlink_text: 먼저 실린 곳}
---
"""


def asked(
    folder: Path, front: str = "", settings: str = "", body: str = "<p>본문</p>"
) -> dict[str, str]:
    """Render a document whose front matter and site say this of platforms."""
    post = parse_post("posts/글.md", (front or "---\ntitle: 글\n---\n").encode())
    (folder / "posts").mkdir(exist_ok=True)
    (folder / "posts/글.md").write_text(front, "utf-8")
    (folder / "site.toml").write_text(f'url = "{SITE}"\n{settings}', "utf-8")
    door = files(folder)
    door.site = load_site(folder)
    meta, _ = read_meta(post, door.site.identity, Clock(), f"{SITE}/글/", "")
    of_post = {"crosspost": meta.crosspost, "ai_disclosure_level": meta.ai_disclosure_level}
    return texts(crosspost.render(document(body, **of_post), door))


@pytest.mark.parametrize(
    ("front", "settings", "coloured"),
    [
        ("", "", {"tistory"}),  # a block of code on WordPress has no colours
        ("", "[crosspost]\ncode_colours = true\n", {"tistory", "wordpress"}),
        ("", "[crosspost]\ncode_colours = false\n", set()),
        ("", "[crosspost.wordpress]\ncode_colours = true\n", {"tistory", "wordpress"}),
        ("{tistory: {code_colours: false}}", "[crosspost]\ncode_colours = true\n", {"wordpress"}),
    ],
)
def test_colours_of_code_are_a_setting(
    front: str, settings: str, coloured: set[str], tmp_path: Path
) -> None:
    code = '<pre><code class="language-python">def f(): pass\n</code></pre>'
    post = f"---\ntitle: 글\ncrosspost: {front}\n---\n" if front else ""
    by_name = asked(tmp_path, post, settings, code)
    bodies = {"tistory": "paste-inline.html", "wordpress": "content.html"}
    is_coloured = {
        name for name, file in bodies.items() if '#6a3fa0">def' in by_name[f"{name}/{file}"]
    }
    assert is_coloured == coloured
    is_html = "<!-- wp:html -->\n<pre" in by_name["wordpress/content.html"]
    assert is_html == ("wordpress" in coloured)


@pytest.mark.parametrize(
    ("front", "settings", "level"),
    [
        ("", "", ""),
        ("", '[crosspost]\nai_disclosure_level = "no_ai"\n', "no_ai"),
        ("", '[crosspost.devto]\nai_disclosure_level = "some_ai"\n', "some_ai"),
        (
            "ai_disclosure_level: fully_autonomous",
            '[crosspost.devto]\nai_disclosure_level = "no_ai"\n',
            "fully_autonomous",
        ),
        ("ai_disclosure: no_ai\ncrosspost: {devto: {ai_disclosure_level: some_ai}}", "", "some_ai"),
    ],
)
def test_devto_is_told_how_much_ai_wrote(
    front: str, settings: str, level: str, tmp_path: Path
) -> None:
    by_name = asked(tmp_path, f"---\ntitle: 글\n{front}\n---\n", settings)
    article = load(by_name["devto/article.json"])["article"]
    assert article.get("ai_disclosure_level", "") == level
    assert ("`ai_disclosure_level:`" in by_name["devto/report.md"]) == (not level)
    assert "ai_disclosure" not in by_name["hashnode/report.md"]


def test_a_level_of_ai_that_is_none_is_reported() -> None:
    post = parse_post("글.md", b"---\ntitle: post\ndate: 2026-11-26\nai_disclosure: a lot\n---\n")
    meta, problems = read_meta(post, Identity(), Clock(), "", "")
    assert meta.ai_disclosure_level == ""
    assert [(p.rule, p.line) for p in problems] == [("ai-disclosure", 4)]


def test_a_post_has_its_own_title_tags_and_address(tmp_path: Path) -> None:
    by_name = asked(tmp_path, FRONT)
    assert not any(name.startswith("velog/") for name in by_name)
    manifest = load(by_name["naver/manifest.json"])
    assert manifest["title"] == "네이버에서는 이 제목" and manifest["publish"] is False
    assert [tag["out"] for tag in manifest["tags"]] == ["하나", "둘"]
    assert manifest["canonical_url"] == "https://other.example/글/"
    assert (
        "원문: " in by_name["naver/paste.html"] and "other.example" in by_name["naver/paste.html"]
    )
    page = by_name["tistory/paste.html"]
    assert page.index("먼저 실린 곳: ") < page.index("본문")
    assert load(by_name["wordpress/manifest.json"])["publish"] is True
    assert load(by_name["wordpress/manifest.json"])["title"] == "[기록] 어디에 붙여도 살아남는 글"


def test_the_site_speaks_for_all_posts_and_a_post_goes_first(tmp_path: Path) -> None:
    settings = """[crosspost.naver]
tags = ["블로그"]
canonical = "https://n.example/{slug}"
publish = true
[crosspost.wordpress]
tags = ["늘"]
canonical = "none"
backlink = "top"
publish = false
url = "https://wp.example"
"""
    by_name = asked(tmp_path, FRONT, settings)
    naver, wordpress = (load(by_name[f"{n}/manifest.json"]) for n in ("naver", "wordpress"))
    assert [tag["out"] for tag in naver["tags"]] == ["하나", "둘"] and naver["publish"] is False
    assert [tag["in"] for tag in wordpress["tags"]][-1] == "늘" and wordpress["publish"] is False
    assert wordpress["canonical_url"] is None
    plain = load(asked(tmp_path, "", settings)["naver/manifest.json"])
    assert plain["canonical_url"] == "https://n.example/%EA%B8%80"


def test_the_teaser_is_above_the_body_or_the_cover_alone(tmp_path: Path) -> None:
    def counted(settings: str) -> dict[str, int]:
        """Count the pictures in bodies of a post that has none but its teaser."""
        by_name = asked(tmp_path, "", f"[crosspost]\n{settings}")
        wordpress, ghost = load(by_name["wordpress/post.json"]), load(by_name["ghost/lexical.json"])
        assert load(by_name["wordpress/media.json"])["featured_media"]
        assert load(by_name["devto/article.json"])["article"]["main_image"]
        return {
            "wordpress": wordpress["content"].count("<img"),
            "ghost": str(ghost).count("'src'"),
            "devto": load(by_name["devto/article.json"])["article"]["body_markdown"].count("!["),
            "tistory": by_name["tistory/paste.html"].count("<img"),
        }

    usual = {"wordpress": 1, "ghost": 0, "devto": 0, "tistory": 1}
    assert counted("") == usual
    assert counted('teaser = "first"') == dict.fromkeys(usual, 1)
    # Tistory has no field for a cover: nothing vanishes
    assert counted('teaser = "cover"') == {**usual, "wordpress": 0}
    assert counted('[crosspost.wordpress]\nteaser = "cover"') == {**usual, "wordpress": 0}


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        ("crosspost:\n  naver:\n    titel: 제목", 5, "`crosspost.naver.titel`"),
        ("crosspost:\n  naver:\n    tags: [a]\n  velog:\n    tgas: [a]", 7, "`tags`"),
        ("crosspost: {myspace: {title: 제목}}", 3, "unknown platform `myspace`"),
        ("crosspost:\n  velog: later", 4, "`crosspost.velog.later`"),
        ("crosspost:\n  velog:\n    publish: nein", 5, "true or false"),
        ("crosspost:\n  velog:\n    canonical: /글/", 5, "https://"),
        ("crosspost:\n  velog:\n    backlink: left", 5, "top, bottom, none"),
        ("crosspost:\n  devto:\n    ai_disclosure_level: often", 5, "no_ai, some_ai, fully"),
    ],
)
def test_mistakes_name_their_line(tmp_path: Path, front: str, line: int, words: str) -> None:
    text = f"---\ntitle: 글\n{front}\n---\n"
    with pytest.raises(BuildError) as caught:
        asked(tmp_path, text)
    problem = caught.value.problem
    assert (problem.path, problem.severity) == ("posts/글.md", "error")
    assert parse_post("posts/글.md", text.encode()).line_of(*caught.value.keys) == line
    assert words in problem.message + problem.remedy


def test_documents_keep_what_was_said() -> None:
    settings = (("naver", (("tags", ("가", "나")), ("publish", False))), ("velog", ()))
    post = document(crosspost=settings)
    assert Document.from_json(post.as_json()) == post


OWN = re.search(r"```toml\n(.*?)```", (ROOT / "docs/platforms.md").read_text("utf-8"), re.DOTALL)


def own(folder: Path, text: str = "") -> None:
    """Write a fifteenth platform beside site.toml: the one that the docs show."""
    assert OWN
    (folder / "platforms").mkdir()
    (folder / "platforms/ours.toml").write_text(text or OWN[1], "utf-8")


def test_a_site_brings_a_platform_of_its_own(tmp_path: Path) -> None:
    own(tmp_path)
    by_name = asked(tmp_path, settings='[crosspost]\nplatforms = ["ours", "velog"]\n')
    assert "<p>본문</p>" in by_name["ours/paste.html"] and "원문: " in by_name["ours/paste.html"]
    manifest = load(by_name["ours/manifest.json"])
    assert manifest["label"] == "우리 위키" and manifest["steps"]["ko"][0] == "새 문서를 연다."
    assert load(by_name["ours/post.json"])["body"] == by_name["ours/paste.html"]
    assert "velog/body.md" in by_name
    page = texts(crosspost.render(document(), files(tmp_path, platforms=("ours",))))
    root = tree.parse(page["ours/paste.html"])
    assert {e.tag for e in root.iterdescendants()} <= set(
        load_platform("ours", files(tmp_path)).body.tags
    )


def test_a_name_that_there_is_not_is_said(tmp_path: Path) -> None:
    assert OWN
    own(tmp_path, OWN[1].replace('"backlink", ', '"backlnk", '))
    with pytest.raises(UsageError, match="`backlnk`") as caught:
        asked(tmp_path, settings='[crosspost]\nplatforms = ["ours"]\n')
    assert caught.value.problem.path == "platforms/ours.toml"


@pytest.mark.parametrize(
    "wrong", ["label = ", 'label = "a"\n', "colour = 3\n" + (OWN[1] if OWN else "")]
)
def test_what_is_wrong_in_it_names_its_file(tmp_path: Path, wrong: str) -> None:
    own(tmp_path, wrong)
    with pytest.raises(UsageError) as caught:
        load_platform("ours", files(tmp_path))
    assert caught.value.problem.path == "platforms/ours.toml"
