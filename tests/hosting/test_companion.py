"""`--publish-to`: downloads at the addresses of their posts, and nothing of others touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hanpan.hosting.companion import size_text
from tests.support.command import Ran, hanpan
from tests.support.reading import read_post, rules

POST = "---\ntitle: 글\n---\n\n글이다.\n"


def make(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def publish(root: Path, folder: str = ".", *arguments: str) -> Ran:
    ran = hanpan("build", "-e", "epub", "--publish-to", folder, *arguments, cwd=root)
    assert "Traceback" not in ran.err
    return ran


def downloads(root: Path) -> list[str]:
    paths = (path.relative_to(root) for path in root.rglob("*.epub"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != "out")


def data_of(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


JEKYLL = {"_config.yml": "title: 글\nbaseurl: /blog\n", "_posts/2021-10-07-첫 글.md": POST,
          "_posts/2021-10-08-b.md": "---\ntitle: 글\npermalink: /two/\n---\n글이다.\n",
          "_drafts/초안.md": POST}  # fmt: skip


def test_jekyll(tmp_path: Path) -> None:
    root = make(tmp_path / "blog", JEKYLL)
    assert hanpan("build", "-e", "epub", "_drafts", cwd=root).code == 0  # built, and no post
    assert publish(root).code == 0
    assert downloads(root) == ["2021/10/07/첫-글.epub", "two/two.epub"]
    data = data_of(root / "_data/hanpan.json")
    (entry,) = data["posts"]["_posts/2021-10-07-첫 글.md"]
    assert entry["url"] == "/2021/10/07/%EC%B2%AB-%EA%B8%80.epub" and entry["name"] == "EPUB"
    assert entry["bytes"] == (root / "2021/10/07/첫-글.epub").stat().st_size
    assert entry["type"] == "application/epub+zip" and entry["size"].endswith(" KB")
    assert (root / "_includes/hanpan.html").is_file()
    before = (root / "_data/hanpan.json").stat().st_mtime_ns
    assert publish(root).code == 0
    assert (root / "_data/hanpan.json").stat().st_mtime_ns == before


def test_files_of_deleted_posts_go_and_those_of_others_stay(tmp_path: Path) -> None:
    root = make(tmp_path / "blog", JEKYLL)
    publish(root)
    (root / "two/photo.jpg").write_text("mine")
    (root / "_posts/2021-10-08-b.md").unlink()
    assert publish(root).code == 0
    assert downloads(root) == ["2021/10/07/첫-글.epub"]
    assert (root / "two/photo.jpg").read_text() == "mine"
    (root / "_posts/2021-10-07-첫 글.md").rename(root / "_posts/2022-01-01-첫 글.md")
    publish(root)
    assert downloads(root) == ["2022/01/01/첫-글.epub"] and not (root / "2021").exists()


def test_files_that_were_changed_or_are_another_s_are_told(tmp_path: Path) -> None:
    root = make(tmp_path / "blog", JEKYLL | {"two/two.epub": "mine"})
    ran = publish(root)
    assert "two/two.epub: warning: the file is not as hanpan has written it" in ran.err
    assert (root / "two/two.epub").read_text() == "mine"
    assert "_posts/2021-10-08-b.md" not in data_of(root / "_data/hanpan.json")["posts"]
    include = root / "_includes/hanpan.html"
    include.write_text("my own links", "utf-8")
    assert "_includes/hanpan.html: warning" in publish(root).err
    assert include.read_text("utf-8") == "my own links"
    assert publish(root, ".", "--strict").code == 1


def test_hugo_and_hexo(tmp_path: Path) -> None:
    hugo = make(tmp_path / "hugo", {
        "hugo.toml": 'baseURL = "https://blog.example/sub/"\n',
        "content/posts/글/index.md": "---\ntitle: 글\ndate: 2021-10-07\n---\n글 {{< hanpan >}}\n",
    })  # fmt: skip
    ran = publish(hugo)
    assert ran.code == 0 and "liquid-tag" not in ran.err  # links to an edition are no part of it
    assert downloads(hugo) == ["static/posts/글/글.epub"]
    posts = data_of(hugo / "data/hanpan.json")["posts"]
    assert posts["posts/글/index.md"][0]["url"] == "/posts/%EA%B8%80/%EA%B8%80.epub"
    assert (hugo / "layouts/shortcodes/hanpan.html").is_file()
    config = "url: https://blog.example\npermalink: :year/:title/\nsource_dir: source\n"
    hexo = make(tmp_path / "hexo", {
        "_config.yml": config,
        "source/_posts/글.md": "---\ntitle: 글\ndate: 2021-10-07\n---\n글이다.\n",
    })  # fmt: skip
    assert publish(hexo).code == 0
    assert downloads(hexo) == ["source/2021/글/글.epub"]
    assert [*data_of(hexo / "source/_data/hanpan.json")["posts"]] == ["_posts/글.md"]
    assert (hexo / "scripts/hanpan.js").is_file()


def test_a_folder_that_a_generator_has_made(tmp_path: Path) -> None:
    root = make(tmp_path / "blog", JEKYLL | {"_site/index.html": "x"})
    assert publish(root, "_site").code == 0
    assert downloads(root / "_site") == ["2021/10/07/첫-글.epub", "two/two.epub"]
    assert data_of(root / "_site/hanpan.json")["posts"]
    assert not (root / "_data").exists() and not (root / "_includes").exists()


@pytest.mark.parametrize("folder", ["none", "out", "out/x"])
def test_folders_that_cannot_be_used(tmp_path: Path, folder: str) -> None:
    root = make(tmp_path / "blog", JEKYLL)
    (root / "out/x").mkdir(parents=True)
    ran = publish(root, folder)
    assert ran.code == 2 and "[companion]" in ran.err


def test_addresses_and_lists_lead_nowhere_else(tmp_path: Path) -> None:
    outside = tmp_path / "theirs.txt"
    outside.write_text("x", "utf-8")
    evil = "---\ntitle: 글\npermalink: /../../theirs.txt/\n---\n글이다.\n"
    root = make(tmp_path / "blog", JEKYLL | {"_posts/2021-10-09-c.md": evil})
    publish(root)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blog", "theirs.txt"]
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of x
    path = root / "_data/hanpan.json"
    data = data_of(path)
    data["files"] |= {"../theirs.txt": digest, str(outside): digest}
    path.write_text(json.dumps(data), "utf-8")
    publish(root)
    assert outside.read_text("utf-8") == "x"
    path.write_text('{"mine": 1}', "utf-8")
    ran = publish(root)
    assert ran.code == 2 and path.read_text("utf-8") == '{"mine": 1}'
    (root / "two/two.epub").unlink()
    path.unlink()
    (root / "two").rmdir()
    (root / "two").symlink_to(tmp_path)
    assert publish(root).code == 2 and not (tmp_path / "two.epub").exists()


def test_the_include_is_no_part_of_what_is_built(tmp_path: Path) -> None:
    text = "---\ntitle: 글\n---\n글이다.\n\n{% include hanpan.html %}\n"
    reading = read_post(tmp_path, text, files={"_includes/hanpan.html": b"<p>PDF</p>"})
    assert "PDF" not in reading.document.body and "liquid-include" not in rules(reading)


@pytest.mark.parametrize(
    ("size", "text"), [(10, "1 KB"), (81_920, "82 KB"), (999_999, "1000 KB"), (1_230_000, "1.2 MB")]
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text
