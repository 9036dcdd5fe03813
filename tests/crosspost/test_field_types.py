"""Each field of each platform reads as the very characters that the author wrote, whatever it is.

What a field is (HTML or a text) stands here once more, from the platforms' own documentation, and
does not ask the data files.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanpan.crosspost.field_types import as_html, as_json, as_term
from hanpan.crosspost.lowering import Lowering
from hanpan.crosspost.payload import make_payload
from hanpan.crosspost.platform import load_platform, platform_names
from hanpan.crosspost.tags import cut_title
from hanpan.problems import UsageError
from hanpan.site import Crosspost, Identity
from hanpan.tree import parse, text_of
from tests.crosspost.sample import document, files, render, texts

MARK = "카나리"  # in each of an author's texts
# WordPress: post_title, post_excerpt and names of terms are HTML (tried on 6.5). Blogger: official
# themes print `<data:post.title/>` and have `.escaped` for attributes.
HTML = {
    ("wordpress", "title"),
    ("wordpress", "excerpt"),
    ("wordpress", "categories[]"),
    ("wordpress", "tags[]"),
    ("blogger", "title"),
}
# what a payload says where: the last part of a path in its JSON -> the author's own
SAID = {
    "title": "title", "excerpt": "excerpt", "description": "excerpt", "custom_excerpt": "excerpt",
    "series": "series", "categories[]": "category", "tags[]": "tag", "labels[]": "tag",
    "name": "tag", "feature_image_alt": "title", "alt": "title",
}  # fmt: skip
# of these the author's own is not asked for: bodies, whose writers have tests, and names made of it
BODIES = {
    "content", "body_markdown", "lexical", "contentMarkdown", "body", "commentary", "text", "slug",
}  # fmt: skip
BAD = (
    "<img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "</title><script>alert(1)</script>",
    "AT&T &amp; R&D &copy; &copy &#60;b&#62; &#x3c;",
    "5 < 6 > 3, vector<T>, a -> b",
    "100%ab 20%3Cb%3E",
    "<!-- wp:latest-posts /--> ]]> {{ x }} {% y %} ${HOME} $title|html",
    "\"quoted\" 'quoted' \\ back `code` **bold** [a](b)",
    "[gallery] [audio src=http://evil.example/a.mp3]",
    "--- # : - ? | > ! % @ \u0085 \u2028 \x7f \x9b \ufeff",
)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the strings of a JSON value, each with its key, `key[]` within a list."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, f"{path}[]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, key)


def payload(folder: Path, platform: str, **written: str) -> dict[str, bytes]:
    """Return the payload's files of a post whose fields are these texts."""
    tags = (written.pop("tag"),)
    categories = (written.pop("category"),)
    post = document("<p>글</p>", tags=tags, categories=categories, **written)
    lowering = Lowering(post, load_platform(platform), files(folder), Identity(), Crosspost(), {})
    return dict(make_payload(parse(post.body), lowering).files)


def read_tag(platform: str, tag: str) -> str:
    """Return a tag in the characters that a platform takes."""
    rule = load_platform(platform).tag_rule
    if rule.charset in ("alnum", "hangul-latin-digit"):
        return ""  # no sign is left: nothing that could be markup
    tag = re.sub(r"[\s,]+", "" if rule.charset == "no-blank" else " ", tag).strip()
    return tag.lower() if rule.lower else tag


def assert_said(platform: str, made: dict[str, bytes], written: dict[str, str]) -> set[str]:
    """Assert that each leaf with the mark is the author's own; return the names of those seen."""
    seen = set()
    for name, data in made.items():
        if not name.endswith(".json") or name in ("manifest.json", "lexical.json"):
            continue
        for key, leaf in leaves(json.loads(data)):
            name_of_it = key.removesuffix("[]") if key.removesuffix("[]") in BODIES else key
            if MARK not in leaf or name_of_it in BODIES or key.startswith("query"):
                continue
            what = SAID[key]  # a new field is entered there, with what it is
            wanted = written[what]
            if what == "tag":
                wanted = read_tag(platform, wanted) or leaf
            is_html = (platform, key) in HTML
            if is_html:
                assert not re.search(r"<[A-Za-z!/?]", leaf), (platform, key, leaf)
            assert (html.unescape(leaf) if is_html else leaf) == wanted, (platform, key)
            seen.add(key)
    return seen


def texts_with(text: str) -> dict[str, str]:
    return {name: f"{text} {MARK}" for name in ("title", "excerpt", "series", "category", "tag")}


@pytest.mark.parametrize("platform", platform_names())
def test_no_field_gains_markup_and_each_reads_as_it_was_written(
    platform: str, tmp_path: Path
) -> None:
    for bad in BAD:
        written = texts_with(bad)
        assert_said(platform, payload(tmp_path, platform, **written), written)


WORDS = (
    st.text(
        st.one_of(
            st.sampled_from("<>&;#%'\"\\[]{}$|`*-!/abcltgqx0123가 "),
            st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]),
        ),
        max_size=40,
    )
    .map(lambda text: " ".join(text.split()))
    .map(lambda text: unicodedata.normalize("NFC", text))
)  # as tags are


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
@pytest.mark.parametrize("platform", platform_names())
def test_the_law_of_fields(platform: str, tmp_path: Path, text: str) -> None:
    written = texts_with(text)
    assert_said(platform, payload(tmp_path, platform, **written), written)


def test_the_fields_that_are_told_apart_are_all_there(tmp_path: Path) -> None:
    seen = {
        (platform, key)
        for platform in platform_names()
        for key in assert_said(
            platform, payload(tmp_path, platform, **texts_with("글")), texts_with("글")
        )
    }
    assert seen >= HTML


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_html_and_json_come_back(text: str) -> None:
    for write in (as_html, as_term):
        assert "<" not in write(text)
        assert html.unescape(write(text)) == text
    assert not re.search("%[0-9A-Fa-f]{2}", as_term(text))
    for value in (text, [text]):
        assert json.loads(as_json(value)) == value
        assert yaml.safe_load(f"a: {as_json(value)}\nb: c") == {"a": value, "b": "c"}


@pytest.mark.parametrize("bad", BAD)
def test_zenns_front_matter_is_yaml_whatever_the_title_is(bad: str, tmp_path: Path) -> None:
    made = payload(tmp_path, "zenn", **texts_with(bad))
    (text,) = (data.decode() for name, data in made.items() if name.startswith("articles/"))
    front = text.split("\n---\n")[0].removeprefix("---\n")
    title = yaml.safe_load(front)["title"]
    assert title == f"{bad} {MARK}"[:70] or title.endswith("…")
    assert list(yaml.safe_load(front)) == ["title", "emoji", "type", "topics", "published"]


@pytest.mark.parametrize("bad", BAD)
def test_the_page_to_import_says_the_title_and_holds_no_more(bad: str, tmp_path: Path) -> None:
    page = payload(tmp_path, "medium", **texts_with(bad))["import.html"].decode()
    heading = re.search(r"<h1>(.*)</h1>", page)
    assert heading and html.unescape(heading[1]) == f"{bad} {MARK}"
    assert page.count("<script") == page.count("<img") == 0


def test_the_page_to_paste_from_holds_its_own_script_alone(tmp_path: Path) -> None:
    for bad in BAD:
        post = document("<p>글</p>", title=bad, excerpt=bad, tags=(bad,), categories=(bad,))
        page = texts(render(tmp_path, post, platforms=("naver",)))["naver/preview.html"]
        root = parse(page)
        assert len(list(root.iter("script"))) == 1
        assert not any(str(name).startswith("on") for e in root.iter() for name in e.attrib)
        assert [text_of(e) for e in root.iter("h1")] == [cut_title(bad, 100)]


def test_a_share_without_tags_has_no_markup_either(tmp_path: Path) -> None:
    """`@[name](urn:li:person:x)` is a mention in LinkedIn's text, and `#` begins a tag."""
    body = "<p>첫 문단</p><p># @[나](urn:li:person:x)</p>"
    rendered = render(tmp_path, document(body, tags=()), platforms=("linkedin",))
    made = {path.rpartition("/")[2]: text for path, text in texts(rendered).items()}
    assert "\\# \\@\\[나\\]\\(urn:li:person:x\\)" in made["commentary.txt"]
    assert "# @[나](urn:li:person:x)" in made["share.txt"]


def test_a_type_that_does_not_exist_is_reported_with_the_platform(tmp_path: Path) -> None:
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms/ours.toml").write_text(
        'label = "우리"\nentry = "paste"\n[[body.files]]\nname = "a.html"\nwrite = "html"\n[body]\n'
        '[[files]]\nname = "a.json"\njson = { items = [{ title = "$title|htlm" }] }\n',
        "utf-8",
    )
    with pytest.raises(UsageError, match="unknown type of field: `htlm`"):
        render(tmp_path, platforms=("ours",))


def test_a_type_goes_with_a_field_that_is_left_out(tmp_path: Path) -> None:
    written = texts_with("글") | {"excerpt": ""}
    made = json.loads(payload(tmp_path, "wordpress", **written)["post.json"])
    assert "excerpt" not in made and made["title"] == f"글 {MARK}"


def test_what_wordpress_would_run_is_text_in_a_body(tmp_path: Path) -> None:
    """A block's comment within quotes, its own shortcodes, an address alone on a line of code."""
    body = (
        '<p><img src="asset:aaaaaaaaaaaaaaaa" alt="&lt;!-- wp:latest-posts /--> [gallery]"/></p>'
        "<p>글 [audio src=x] [[caption]] [/embed] a[0] [글] [gallery-x]</p>"
        "<pre><code>[video]\nhttps://video.example/1\n  http://b.example/?a=1&amp;b=2 \nx https://c/\n"
        "</code></pre>"
    )
    made = texts(render(tmp_path, document(body), platforms=("wordpress",)))
    html_body = made["wordpress/content.html"]
    assert not re.search(r"\[\[?/?(gallery|audio|caption|embed|video)\b(?!-)", html_body)
    assert "a[0] [글] [gallery-x]" in html_body and "x https://c/" in html_body
    assert not re.search(r"(?m)^\s*https?://\S+\s*$", html_body)
    assert re.findall(r"<!-- (wp:[\w-]+)", html_body).count("wp:latest-posts") == 0
    root = parse(html_body)
    text = text_of(root)
    assert "[audio src=x] [[caption]] [/embed]" in text
    assert "[video]\nhttps://video.example/1\n  http://b.example/?a=1&b=2 \nx https://c/" in text
    assert "<!-- wp:latest-posts /--> [gallery]" in [e.get("alt") for e in root.iter("img")]
