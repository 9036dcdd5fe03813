"""What the settings of Docusaurus and Astro say, and where they show posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.site import load_site
from hanpan.site.javascript import plain_values
from tests.support.reading import read_post

DOCUSAURUS = """
// url: 'https://comment.kr'
import {themes} from 'prism-react-renderer';
const HOME = 'https://a.kr/';
const pattern = /['"{]/;

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: `봄 기록`, favicon: 'img/a.ico',
  url: HOME,
  baseUrl: '/notes/',
  i18n: {defaultLocale: 'en', locales: ['en']},
  presets: [
    ['classic', {docs: {sidebarPath: './sidebars.js'}, blog: {routeBasePath: 'log'}}],
  ],
  plugins: [
    ['@docusaurus/plugin-content-docs', {id: 'til', path: 'til', routeBasePath: '/til'}],
  ],
  themeConfig: {navbar: {title: '다른 제목', items: [{href: '/x', url: 'https://b.kr'}]}},
};
module.exports = config;
"""
ASTRO = """
import { defineConfig } from 'astro/config';
export default defineConfig({
  site: "https://a.kr", // 집
  base: '/b',
  vite: { server: { base: '/no' } },
});
"""
ROUTE = """---
import { getCollection } from 'astro:content';
export async function getStaticPaths() {
  const posts = await getCollection('blog');
  return posts.map((post) => ({ params: { slug: post.id }, props: post }));
}
---
"""


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def canonical(folder: Path, name: str, front: str = "", files: dict[str, str] | None = None) -> str:
    own = {path: text.encode() for path, text in (files or {}).items()}
    reading = read_post(folder, f"---\ntitle: 글\n{front}---\n글이다.\n", name=name, files=own)
    return reading.document.meta.canonical_url


def test_values_that_are_plain_are_read_with_their_keys() -> None:
    values = dict(plain_values(DOCUSAURUS))
    assert values["title",] == "봄 기록"
    assert values["url",] == "https://a.kr/"
    assert values["themeConfig", "navbar", "title"] == "다른 제목"
    assert values["presets", "classic", "blog", "routeBasePath"] == "log"


@pytest.mark.parametrize(
    "text",
    [
        "a = {url: 'x' + y}",
        "a = {url: on ? 'x' : 'y'}",
        "a = {url: `x${y}`}",
        "a = {url: process.env.URL}",
        "a = {url: f('x')}",
        "// {url: 'x'}",
        "/* {url: 'x'}",
        "a = {url: 'x",
        "{" * 99 + "url: 'x'" + "}" * 99,
    ],
)
def test_what_is_computed_or_broken_is_left_out(text: str) -> None:
    assert [keys for keys, _ in plain_values(text) if keys[-1] == "url"] == []


def test_the_address_of_docusaurus_is_the_site_s(tmp_path: Path) -> None:
    put(tmp_path, {"docusaurus.config.ts": DOCUSAURUS})
    site = load_site(tmp_path)
    assert (site.identity.title, site.identity.url) == ("봄 기록", "https://a.kr/notes")
    assert site.identity.lang == "en"  # a Korean post is Korean all the same
    assert site.publication.project == "docusaurus"
    put(tmp_path, {"site.toml": 'url = "https://c.kr"\n'})
    assert load_site(tmp_path).identity.url == "https://c.kr"


def test_an_address_that_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, {"astro.config.mjs": "export default {\n  site: 'a.kr',\n};\n"})
    site = load_site(tmp_path)
    assert site.identity.url == ""
    (problem,) = site.problems
    assert (problem.path, problem.line, problem.severity) == ("astro.config.mjs", 2, "warning")


@pytest.mark.parametrize(
    ("name", "front", "address"),
    [
        ("blog/2026-01-02-spring.md", "", "log/2026/01/02/spring"),
        ("blog/2026/2026-01-02-spring/index.md", "", "log/2026/2026/01/02/spring"),
        ("blog/spring.mdx", "", "log/spring"),
        ("blog/2026-01-02-spring.md", "slug: /own\n", "log/own"),
        ("docs/01-intro/02-first.md", "", "docs/intro/first"),
        ("docs/intro/index.md", "", "docs/intro/"),
        ("docs/intro/README.md", "", "docs/intro/"),
        ("docs/intro/first.md", "id: other\n", "docs/intro/other"),
        ("docs/intro/first.md", "slug: /\n", "docs/"),
        ("docs/2026-01-02-notes.md", "", "docs/2026-01-02-notes"),
        ("til/a.md", "", "til/a"),
    ],
)
def test_posts_of_docusaurus_have_its_addresses(
    tmp_path: Path, name: str, front: str, address: str
) -> None:
    files = {"docusaurus.config.js": DOCUSAURUS}
    assert canonical(tmp_path, name, front, files) == f"https://a.kr/notes/{address}"


@pytest.mark.parametrize(
    ("name", "front", "address"),
    [
        ("src/content/blog/First Post.md", "", "blog/first-post/"),
        ("src/content/blog/2026/봄, 꽃!.md", "", "blog/2026/%EB%B4%84-%EA%BD%83/"),
        ("src/content/blog/spring/index.mdx", "", "blog/spring/"),
        ("src/content/blog/spring.md", "slug: own\n", "blog/own/"),
    ],
)
def test_posts_of_astro_are_where_a_page_shows_them(
    tmp_path: Path, name: str, front: str, address: str
) -> None:
    files = {"astro.config.mjs": ASTRO, "src/pages/blog/[...slug].astro": ROUTE}
    assert canonical(tmp_path, name, front, files) == f"https://a.kr/b/{address}"


def test_a_page_that_no_route_shows_has_no_address(tmp_path: Path) -> None:
    """A wrong canonical address is worse than none."""
    files = {"astro.config.mjs": ASTRO}
    assert canonical(tmp_path, "src/content/notes/a.md", "", files) == ""
    assert canonical(tmp_path, "src/content/notes/a.md", "permalink: /a/\n", files) != ""
    own = {**files, "site.toml": 'url = "https://a.kr"\n'}
    assert canonical(tmp_path, "src/content/notes/a.md", "", own) == "https://a.kr/%EA%B8%80/"


def test_links_between_pages_of_unknown_addresses_are_told_as_such(tmp_path: Path) -> None:
    text = "---\ntitle: 글\n---\n[가](/about/) [나](./b.md) [다](../c/)\n"
    files = {"astro.config.mjs": ASTRO.encode(), "src/content/notes/b.md": "글\n".encode()}
    reading = read_post(tmp_path, text, name="src/content/notes/a.md", files=files)
    assert 'href="https://a.kr/b/about/"' in reading.document.body
    told = [p.message for p in reading.problems if p.rule == "link-relative"]
    assert len(told) == 2
    assert all("addresses are not known" in message for message in told)
    assert "link-file" not in {problem.rule for problem in reading.problems}
