"""The site that is written: pages, links, lists, feeds, catalogues."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from PIL import Image

from tests.support.blog import add_post, make_blog
from tests.support.command import built, hanpan
from tests.support.site_links import broken_links

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
    '<rect width="40" height="30" fill="#0b6b5d"/></svg>'
)
TEXT = "//div[contains(@class, 'post-body')]"
ATOM = "{http://www.w3.org/2005/Atom}"
POSTS = {
    "2026-01-05-첫-글.md": "title: 첫 글\ntags: [한글]\ncategories: [조판]\nseries: 연재\n"
    "redirect_from: [/old/, /2019/first.html]",
    "2026-01-06-둘째.md": "title: '둘째 <b>글</b> & 나머지'\ntags: [한글, 글꼴]\nseries: 연재",
    "2026-01-07-about.md": "title: 자리 다툼\npermalink: /tags/",
    "2026-01-08-같은.md": "title: 같은 자리\npermalink: /첫-글/",
    "2026-01-09-hello.md": "title: Hello\nlang: en\ntags: [fonts]",
}
BODY = """
글의 첫 문단. [둘째 글](/둘째/#소제목)과 [밖](https://example.org/x)을 가리킨다.

![그림](/assets/a.svg)

## 소제목

서버를 고친다. `<script>alert(1)</script>`
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog whose site is made, of its texts and of its EPUBs."""
    folder = make_blog(
        tmp_path_factory.mktemp("site") / "blog", posts=0, settings="[site]\nper_page = 2\n"
    )
    (folder / "assets").mkdir()
    (folder / "assets" / "a.svg").write_text(PICTURE)
    for name, front in POSTS.items():
        add_post(folder, name, f"---\n{front}\n---\n{BODY}")
    built(folder, "-e", "epub", "-e", "site")
    return folder


@pytest.fixture(scope="module")
def site(blog: Path) -> Path:
    """Return the folder of the site."""
    return blog / "out" / "site"


def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text("utf-8"))


def texts(root: html.HtmlElement, path: str) -> list[str]:
    """Return the texts of the elements at a path of names and classes, `.series li`."""
    steps = [
        f"//*[contains(concat(' ', @class, ' '), ' {step[1:]} ')]"
        if step[0] == "."
        else f"//{step}"
        for step in path.split()
    ]
    return [" ".join(element.text_content().split()) for element in root.xpath("".join(steps))]


def test_no_link_within_the_site_is_broken(site: Path) -> None:
    assert broken_links(site) == []


def test_nothing_is_outside_the_site_and_no_page_has_a_mark_left(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".md", ".js", ".txt"):
            assert "hanpan-" not in path.read_text("utf-8").replace("hanpan-둘러보기", ""), path


def test_posts_are_at_their_permalinks(site: Path) -> None:
    assert texts(page(site / "첫-글" / "index.html"), "h1") == ["첫 글"]
    assert texts(page(site / "hello" / "index.html"), "h1") == ["Hello"]


def test_an_address_that_is_taken_is_given_a_number_and_reported(blog: Path, site: Path) -> None:
    assert texts(page(site / "tags-2" / "index.html"), "h1") == ["자리 다툼"]
    assert texts(page(site / "첫-글-2" / "index.html"), "h1") == ["같은 자리"]
    problems = json.loads((blog / "out" / "build.json").read_text("utf-8"))["problems"]
    rules = [problem["rule"] for problem in problems]
    assert rules.count("page-address") == 2


def test_a_link_to_another_post_leads_to_its_page(site: Path) -> None:
    links = page(site / "첫-글" / "index.html").xpath(
        "//div[contains(@class,'post-body')]//a/@href"
    )
    assert [unquote(link) for link in links if not link.startswith("#")] == [
        "../둘째/#소제목",
        "https://example.org/x",
    ]


def test_what_is_around_a_post(site: Path) -> None:
    second = page(site / "둘째" / "index.html")
    assert texts(second, ".beside-before b") == ["첫 글"]
    assert texts(second, ".beside-after b") == ["자리 다툼"]
    assert texts(second, ".series li") == ["첫 글", "둘째 글 & 나머지"]
    assert texts(second, ".downloads a")[0].startswith("EPUB ")
    assert (site / "둘째" / "둘째.epub").read_bytes()[:2] == b"PK"


def test_a_page_has_no_inline_script_and_no_handlers(site: Path) -> None:
    for path in site.rglob("*.html"):
        root = page(path)
        for script in root.iter("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", path
        assert not root.xpath("//@*[starts-with(name(), 'on')]"), path
        assert not root.xpath("//style"), path


def test_pictures_have_sizes_and_wait(site: Path) -> None:
    for picture in page(site / "첫-글" / "index.html").xpath(
        "//div[contains(@class,'post-body')]//img"
    ):
        assert picture.get("width") and picture.get("height")
        assert picture.get("loading") == "lazy"


def test_the_index_is_in_pages(site: Path) -> None:
    assert texts(page(site / "index.html"), ".entry-title") == ["Hello", "같은 자리"]
    assert texts(page(site / "page" / "3" / "index.html"), ".entry-title") == ["첫 글"]
    assert texts(page(site / "archive" / "index.html"), ".line a")[-1] == "첫 글"
    assert texts(page(site / "tags" / "한글" / "index.html"), ".entry-title a") == [
        "둘째 글 & 나머지",
        "첫 글",
    ]


def test_an_old_address_leads_to_the_post(site: Path) -> None:
    old = page(site / "2019" / "first.html")
    assert unquote(old.xpath("//meta[@http-equiv='refresh']/@content")[0]) == "0; url=../첫-글/"
    assert (site / "old" / "index.html").is_file()


def test_feeds_have_whole_texts_and_absolute_addresses(site: Path) -> None:
    feed = etree.parse(site / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    body = next(e for e in entries if e.findtext(f"{ATOM}title") == "첫 글").findtext(
        f"{ATOM}content"
    )
    assert body and "서버를 고친다" in body
    addresses = re.findall(r'(?:href|src)="([^"]*)"', body)
    assert addresses and all(address.startswith("https://") for address in addresses)
    items = json.loads((site / "feed.json").read_text("utf-8"))["items"]
    assert [item["title"] for item in items][-1] == "첫 글"
    assert all(item["url"].startswith("https://blog.example/") for item in items)


def test_catalogues_offer_the_books(site: Path) -> None:
    first = etree.parse(site / "opds" / "catalog.xml").getroot()
    links = first.findall(".//*[@rel='http://opds-spec.org/acquisition/open-access']")
    assert len(links) == 5
    assert {link.get("type") for link in links} == {"application/epub+zip"}
    second = json.loads((site / "opds" / "catalog.json").read_text("utf-8"))
    assert len(second["publications"]) == 5


def test_programs_find_the_texts(site: Path) -> None:
    listed = (site / "llms.txt").read_text("utf-8")
    assert "- [첫 글](https://blog.example/" in listed
    markdown = (site / "첫-글" / "index.html.md").read_text("utf-8")
    assert markdown.startswith("# 첫 글\n")
    assert "## 소제목" in markdown
    assert "https://blog.example/" in markdown
    assert "Sitemap: https://blog.example/sitemap.xml" in (site / "robots.txt").read_text()
    sitemap = etree.parse(site / "sitemap.xml").getroot()
    assert len(sitemap) > 10


def test_the_open_graph_picture_is_drawn(site: Path) -> None:
    content = page(site / "첫-글" / "index.html").xpath("//meta[@property='og:image']/@content")[0]
    path = site / unquote(urlsplit(content).path).lstrip("/")
    assert Image.open(path).size == (1200, 630)


def test_a_theme_of_ones_own_is_one_stylesheet(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1, settings='[site]\ntheme = "mine"\n')
    own = blog / "layouts" / "themes" / "mine"
    (own / "styles").mkdir(parents=True)
    (own / "styles" / "theme.css").write_text(".bar-title { color: rebeccapurple }")
    (own / "templates").mkdir()
    (own / "templates" / "post.html").write_text(
        '{% extends "themes/page/templates/post.html" %}'
        "{% block comments %}<p class=mine>고맙습니다.</p>{{ super() }}{% endblock %}"
    )
    built(blog, "-e", "site")
    root = page(blog / "out" / "site" / "글-1" / "index.html")
    assert texts(root, ".mine") == ["고맙습니다."]
    style = root.xpath("//link[@rel='stylesheet']/@href")[0]
    text = (blog / "out" / "site" / "글-1" / style).resolve().read_text("utf-8")
    assert text.rstrip().endswith(".bar-title { color: rebeccapurple }")


@pytest.mark.parametrize("theme", ["minimal", "gallery"])
def test_a_theme_has_every_page(blog: Path, tmp_path: Path, theme: str) -> None:
    own = shutil.copytree(blog, tmp_path / "blog", ignore=shutil.ignore_patterns("out"))
    settings = (own / "site.toml").read_text("utf-8")
    (own / "site.toml").write_text(f'{settings}theme = "{theme}"\n', "utf-8")
    built(own, "-e", "site")
    site = own / "out" / "site"
    assert broken_links(site) == []
    assert texts(page(site / "index.html"), ".entry-title") == ["Hello", "같은 자리"]
    assert len(texts(page(site / "둘째" / "index.html"), "main")) == 1


def test_a_theme_that_is_none_is_told(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1, settings='[site]\ntheme = "../x"\n')
    ran = hanpan("build", "-e", "site", cwd=blog)
    assert ran.code == 1
    assert "there is no theme `../x`" in ran.err
    assert "gallery, minimal, page" in ran.err


def test_what_is_copied_for_readers_has_no_link_into_the_site(blog: Path, tmp_path: Path) -> None:
    assert hanpan("pages", tmp_path / "pages", cwd=blog).code == 0
    copied = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert "site/" not in copied and ".epub" in copied
    assert 'href="site/' in (blog / "out" / "index.html").read_text("utf-8")


def test_text_does_not_move_when_its_font_arrives(site: Path) -> None:
    """A reader's own Noto is scaled to Pretendard's widths: of syllables, spaces and digits."""
    css = next((site / "assets").glob("fonts-*.css")).read_text("utf-8")
    scales = {
        (weight, ranges): float(scale)
        for weight, scale, ranges in re.findall(
            r'"post-body-wait";font-weight:(\d+);[^}]*size-adjust:([\d.]+)%;unicode-range:([^}]+)}',
            css,
        )
    }
    assert scales["400", "U+3000-FFFF"] == pytest.approx(1770 / 2048 / 0.92 * 100, abs=0.01)
    assert scales["700", "U+30-39"] == pytest.approx(0.6166 / 0.59 * 100, abs=0.02)
    assert '--font-body:"post-body","post-body-rare","post-body-wait",' in css
