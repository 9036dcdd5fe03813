"""Lint: each rule finds what it is for, and nothing in a plain body."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from hanpan import tree
from hanpan.crosspost.dialect import MarkdownDialect
from hanpan.crosspost.lint.rules import RULES, lint
from hanpan.crosspost.lint.subject import Subject, without_code
from hanpan.crosspost.platform import Body, Platform
from tests.support.blog import add_post, make_blog
from tests.support.command import hanpan

BAD = {
    "bare-maths": "<p><math><mi>x</mi></math></p>",
    "colon-id": '<p id="fn:1">글</p>',
    "colour-function": '<p style="color: rgb(1, 2, 3)">글</p>',
    "data-uri": '<img src="data:image/png;base64,AAAA" alt="점"/>',
    "dropped-property": '<p style="white-space: pre">글</p>',
    "fragment-link": '<a href="#목록">글</a>',
    "heading-1": "<h1>글</h1>",
    "http-image": '<img src="http://a.b/c.png" alt="점"/>',
    "leaked-markup": "<p>글{: .notice--info}</p>",
    "missing-alt": '<img src="https://a.b/c.png"/>',
    "relative-url": '<a href="/2020/글">글</a>',
    "svg-picture": '<img src="https://a.b/c.svg?d=e" alt="점"/>',
    "style-or-script": "<style>p {}</style>",
    "unknown-tag": "<section>글</section>",
}
GOOD = '<p>글 <code>{% raw %}</code> <img src="https://a.b/c.png" alt="점"/></p>'


def judge(rule: str, html: str, writer: str = "html") -> list[str]:
    body = Body(
        files=(("body", writer),), tags=("p", "a", "img", "code"),
        without_properties=("white-space",),
    )  # fmt: skip
    dialect = MarkdownDialect(html=("br",), maths=("$", "$"))
    platform = Platform("plain", "Plain", "paste", lint=(rule,), body=body, markdown=dialect)
    root = tree.parse(html) if writer == "html" else tree.parse("")
    return [problem.rule for problem in lint(Subject(platform, html, root, root), platform.lint)]


def test_pictures_at_the_http_address_of_the_site_have_one_cause(tmp_path: Path) -> None:
    """What the settings say is put right there, once for all posts."""
    blog = make_blog(tmp_path, posts=0)
    (blog / "site.toml").write_text('url = "http://blog.example"\n')
    (blog / "images").mkdir()
    Image.new("RGB", (9, 9)).save(blog / "images/점.png")
    for number in (1, 2, 3):
        add_post(blog, f"2026-03-0{number}-글.md", "---\ntitle: 글\n---\n![점](/images/점.png)\n")
    add_post(blog, "2026-03-04-글.md", "---\ntitle: 글\n---\n![점](http://a.example/b.png)\n")
    ran = hanpan("check", "--offline", "--rule", "crosspost-http-image", "--lang", "en", cwd=blog)
    assert ran.err.count("have the site's http address") == 1
    assert "3 posts" in ran.err


def test_every_rule_is_tried() -> None:
    assert set(BAD) | {"hard-wrap", "liquid", "raw-html"} == set(RULES)


@pytest.mark.parametrize("rule", BAD)
def test_rules_find_what_they_are_for(rule: str) -> None:
    assert judge(rule, BAD[rule]) == [f"crosspost-{rule}"]
    assert judge(rule, GOOD) == []


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("한 줄이\n둘로 갈렸다", True),
        ("한 줄이  \n둘이다", False),
        ("- 하나\n- 둘", False),
        ("```\n가\n나\n```", False),
        ("| 가 |\n|---|\n| 나 |", False),
        ("말\n  3. 셋", False),
        ("- ```js\n  가\n  나\n  ```\n", False),
        ("<ul>\n<li>하나\n<ol>\n<li>속</li>\n</ol>\n이어지는 글</li>\n</ul>", False),
        ("<b>굵은</b> 글\n이어지는 글", True),
    ],
)
def test_hard_wrap(markdown: str, wrong: bool) -> None:
    assert bool(judge("hard-wrap", markdown, "markdown")) is wrong


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("글 <b>굵게</b>", True),
        ("<div>\n글\n</div>", True),
        ("줄<br>줄 <https://a.b/c> `<b>` 1 &lt; 2 <!-- -->", False),
        ("```html\n<b>\n```", False),
        ("- $x<A$ 그리고 $x>A$\n- $$a<b \\\\ c>d$$", False),
        ("$$\na<b \\\\\nc>d\n$$", False),
        ("\\$10 <b>값</b> \\$20", True),
    ],
)
def test_raw_html(markdown: str, wrong: bool) -> None:
    assert bool(judge("raw-html", markdown, "markdown")) is wrong


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("{{ site.title }}", True),
        ("{% include a.html %}", True),
        ("글 {% raw %}{{}}{% endraw %} {% katex inline %}x{% endkatex %} `{{ a }}`", False),
        ("{% details 접은 글 %}\n\n글\n\n{% enddetails %}\n\n{% embed https://a.b/c %}", False),
        ("```liquid\n{% if %}\n```", False),
    ],
)
def test_liquid(markdown: str, wrong: bool) -> None:
    assert bool(judge("liquid", markdown, "markdown")) is wrong


def test_addresses_in_markdown() -> None:
    assert judge("relative-url", "[가](/나)", "markdown") == ["crosspost-relative-url"]
    assert judge("relative-url", "`[가](/나)` [가](https://a.b)", "markdown") == []


def test_code_is_left_out() -> None:
    assert without_code("가 `` ` ``나\n\n````\n```\n다\n````\n라").split() == ["가", "나", "라"]


def test_a_decoration_needs_no_alternative_text() -> None:
    assert judge("missing-alt", '<img src="https://a.b/c.png" role="presentation"/>') == []
    assert judge("missing-alt", '<img src="https://a.b/c.png" alt=" "/>') != []
