"""Translations: posts that say the same in another language know each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from hanpan.document import Translation
from hanpan.problems import UsageError
from hanpan.site import load_site
from hanpan.source.languages import place_of
from tests.support.command import hanpan
from tests.support.reading import read_post

SITE = 'url = "https://blog.example"\nlang = "ko"\n'
POST = "---\ntitle: 글\n{}---\n\n글이다.\n"


def translations(
    folder: Path, name: str, front: str = "", *, config: str = "", **others: str
) -> list[tuple[str, str]]:
    files = {path: POST.format(more).encode() for path, more in others.items()}
    if config:
        files["_config.yml"] = config.encode()
    document = read_post(folder, POST.format(front), name=name, site=SITE, files=files).document
    assert all(isinstance(each, Translation) for each in document.meta.translations)
    return [(each.lang, each.address) for each in document.meta.translations]


def test_folders_named_for_languages_are_translations_of_each_other(tmp_path: Path) -> None:
    others = ("ko/2026-01-01-x.md", "ja/2026-01-01-y.md", "js/2026-01-01-x.md")
    posts = {f"posts/{path}": "" for path in others}
    assert translations(tmp_path, "posts/en/2026-01-01-x.md", **posts) == [
        ("en", "https://blog.example/%EA%B8%80/"),
        ("ko", "https://blog.example/x/"),
    ]


def test_a_folder_that_looks_like_a_language_is_none_without_a_translation(tmp_path: Path) -> None:
    reading = read_post(tmp_path, POST.format(""), name="posts/en/2026-01-01-x.md", site=SITE)
    assert reading.document.meta.lang == "ko"
    assert reading.document.meta.translations == ()


POLYGLOT = "title: 글\nurl: https://blog.example\nlanguages: [en, ko]\ndefault_lang: ko\n"


def test_the_default_language_of_polyglot_is_the_site_s(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("languages: [en, ko]\ndefault_lang: en\n", "utf-8")
    site = load_site(tmp_path)
    assert site.identity.lang == "en" and site.publication.languages[0] == ("en", "")


def test_polyglot_shows_other_languages_below_their_own_folder(tmp_path: Path) -> None:
    found = translations(
        tmp_path, "_posts/ko/2026-01-01-x.md", config=POLYGLOT, **{"_posts/en/2026-01-01-x.md": ""}
    )
    assert found == [
        ("en", "https://blog.example/en/2026/01/01/x.html"),
        ("ko", "https://blog.example/2026/01/01/x.html"),
    ]


@pytest.mark.parametrize("key", ["page_id", "translation_key", "ref", "permalink"])
def test_a_key_joins_posts_of_any_name(tmp_path: Path, key: str) -> None:
    value = "/one/" if key == "permalink" else "one"
    found = translations(
        tmp_path,
        "_posts/2026-01-01-x.md",
        f"lang: ko\n{key}: {value}\n",
        config=POLYGLOT,
        **{
            "_posts/2026-01-02-y.md": f"lang: en\n{key}: {value}\n",
            "_posts/2026-01-03-z.md": "lang: en\nref: other\n",
            "_posts/2026-01-04-draft.md": f"lang: ja\npublished: false\n{key}: {value}\n",
        },
    )
    assert [lang for lang, _ in found] == ["en", "ko"]


@pytest.mark.parametrize(
    ("path", "lang", "form"),
    [
        ("content/글.en.md", "en", "content/글.*.md"),
        ("content/글.md", "", "content/글.*.md"),
        ("content/글/index.ko.md", "ko", "content/글/index.*.md"),
        ("content/KO/글.md", "ko", "content/*/글.md"),
        ("content/v1.0.md", "", "content/v1.0.*.md"),
        ("content/taiwan/글.md", "zh-TW", "*/글.md"),
    ],
)
def test_a_path_names_its_language(path: str, lang: str, form: str) -> None:
    languages = (("ko", ""), ("en", ""), ("zh-TW", "content/taiwan"))
    assert place_of(path, languages) == (lang, form)


def test_pages_and_the_index_name_translations(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('url = "https://blog.example"\n', "utf-8")
    for lang in ("ko", "en"):
        folder = tmp_path / "posts" / lang
        folder.mkdir(parents=True)
        (folder / "2026-01-01-x.md").write_text(POST.format(""), "utf-8")
    ran = hanpan("build", "--edition", "html", cwd=tmp_path)
    assert ran.code == 0, ran.err
    for slug in ("x", "en-x"):
        page = (tmp_path / "out" / slug / f"{slug}.html").read_text("utf-8")
        for lang, address in (("ko", "x"), ("en", "en-x"), ("x-default", "x")):
            link = f'hreflang="{lang}" href="https://blog.example/{address}/"'
            assert f'<link rel="alternate" {link}>' in page
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert '<a href="en-x/en-x.html" hreflang="en" lang="en">English</a>' in index
    assert '<a href="x/x.html" hreflang="ko" lang="ko">한국어</a>' in index


def test_site_toml_names_languages_where_no_generator_does(tmp_path: Path) -> None:
    """Documentation: `docs/x.md` in the site's own language, `docs/ko/x.md` in another."""
    (tmp_path / "docs/ko").mkdir(parents=True)
    (tmp_path / "site.toml").write_text(
        'url = "https://blog.example"\nlang = "en"\n'
        '[source]\nposts = ["docs"]\nlanguages = ["en", "ko"]\n',
        "utf-8",
    )
    (tmp_path / "docs/x.md").write_text("# One\n\nText.\n", "utf-8")
    (tmp_path / "docs/ko/x.md").write_text("# 하나\n\n글이다.\n", "utf-8")
    ended = hanpan("build", "--edition", "html", cwd=tmp_path)
    assert ended.code == 0 and "slug-duplicate" not in ended.err
    page = (tmp_path / "out/ko-x/ko-x.html").read_text("utf-8")
    assert '<html lang="ko"' in page and 'hreflang="en"' in page


def test_what_is_no_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[source]\nlanguages = ["en", "한국어"]\n', "utf-8")
    with pytest.raises(UsageError, match="한국어"):
        load_site(tmp_path)
