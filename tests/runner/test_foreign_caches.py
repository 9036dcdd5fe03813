"""What is kept beside posts, by others: caches, locks, ledgers, payloads, what a preview lists."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections import OrderedDict
from pathlib import Path

import pytest

from hanpan.assets.download import Unreachable
from hanpan.assets.remote import Locked, RemoteCache, lock_text, read_lock
from hanpan.assets.turns import turn
from hanpan.commands.new import create_post
from hanpan.files import Files, NoNetwork, sha256
from hanpan.preview.artifacts import zip_files
from hanpan.preview.listing import Listing, read_listing
from hanpan.problems import UsageError
from hanpan.publish.last_sent import LastSent, LastSentStore
from hanpan.publish.ledger import open_ledger
from hanpan.publish.payload import load_payload
from hanpan.roots import RefusedFile, Root
from hanpan.site import Remote, load_site
from tests.support.blog import make_blog
from tests.support.command import hanpan
from tests.support.servers.image_host import PICTURE
from tests.support.servers.previewing import previewing

URL = "https://pictures.example/a.png"


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """Return a folder of others, with a file under each name that is looked for."""
    folder = tmp_path / "others"
    folder.mkdir()
    host = sha256(b"pictures.example")[:16]
    for name in ("lock", f"{host}-0", f"{host}-1", sha256(PICTURE), ".hanpan-x.part", "x.json"):
        (folder / name).write_text("theirs")
    return folder


def names_and_texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("link", [".hanpan", ".hanpan/remote"])
def test_a_cache_behind_a_link_is_not_used(tmp_path: Path, others: Path, link: str) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    (blog / link).parent.mkdir(exist_ok=True)
    (blog / link).symlink_to(others)
    before = names_and_texts(others)
    with pytest.raises(RefusedFile, match="link"):
        RemoteCache(Remote(), blog / ".hanpan" / "remote", {})
    ran = hanpan("build", "-e", "html", "--offline", cwd=blog)
    assert ran.code == 1 and f"{link}: error: it is a link" in ran.err
    assert names_and_texts(others) == before


def test_what_a_cache_holds_is_what_the_lock_says_or_nothing(tmp_path: Path, others: Path) -> None:
    lock = {URL: Locked(sha256(PICTURE), len(PICTURE), "image/png")}
    content = tmp_path / "remote" / "content" / sha256(PICTURE)
    content.parent.mkdir(parents=True)
    cache = RemoteCache(Remote(), tmp_path / "remote", lock, offline=True)
    content.write_bytes(PICTURE)
    assert cache.fetch(URL).data == PICTURE
    content.write_bytes(b"something else")
    with pytest.raises(Unreachable, match="not in the cache"):
        cache.fetch(URL)
    for goal in (others / sha256(PICTURE), Path("/dev/zero"), content):
        content.unlink()
        content.symlink_to(goal)
        with pytest.raises(Unreachable, match="not in the cache"):
            cache.fetch(URL)
        assert cache.fingerprint(URL) == "failed"
    content.unlink()
    os.mkfifo(content)
    with pytest.raises(Unreachable, match="not in the cache"):
        cache.fetch(URL)


@pytest.mark.parametrize(
    "note",
    [
        {"sha256": "../../others/x.json", "size": 1, "type": "image/png"},
        {"sha256": "/etc/passwd", "size": 1, "type": "image/png"},
        {"sha256": 5, "size": 1, "type": 7},
        {"size": 1},
        ["sha256"],
        "x",
        None,
    ],
)
def test_notes_of_a_cache_are_data(tmp_path: Path, others: Path, note: object) -> None:
    cache = RemoteCache(Remote(), tmp_path / "remote", {}, offline=True)
    for kind in ("index", "failed"):
        path = tmp_path / "remote" / kind / f"{sha256(URL.encode())[:32]}.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(note))
    assert cache.entry(URL) is None
    assert cache.fingerprint(URL) == "failed"
    with pytest.raises(Unreachable, match="not in the cache"):
        cache.fetch(URL)
    online = RemoteCache(Remote(), tmp_path / "remote", {})
    assert online.fingerprint(URL) == "unknown"
    (tmp_path / "assets.lock").write_text(json.dumps({URL: note}))
    with pytest.raises(ValueError, match="lock file"):
        read_lock(tmp_path / "assets.lock")


def test_a_lock_of_pictures_that_is_no_file_is_refused(tmp_path: Path, others: Path) -> None:
    (others / "assets.lock").write_text(lock_text({URL: Locked("1", 2, "x")}))
    blog = make_blog(tmp_path / "blog", posts=1)
    (blog / "assets.lock").symlink_to(others / "assets.lock")
    for _ in ("link", "pipe"):
        with pytest.raises(RefusedFile):
            read_lock(blog / "assets.lock")
        for command in (("check",), ("show", "meta", next((blog / "posts").iterdir()))):
            ran = hanpan(*command, cwd=blog, timeout=60)
            assert ran.code in (1, 2) and "assets.lock: error: it is" in ran.err
        (blog / "assets.lock").unlink()
        os.mkfifo(blog / "assets.lock")
    (blog / "assets.lock").unlink()
    (blog / "assets.lock").write_text("[" * 100_000)
    with pytest.raises(ValueError, match="lock file"):
        read_lock(blog / "assets.lock")


def test_turns_are_not_taken_through_links(tmp_path: Path, others: Path) -> None:
    hosts = tmp_path / "hosts"
    hosts.mkdir()
    (hosts / f"{sha256(b'pictures.example')[:16]}-0").symlink_to(
        others / f"{sha256(b'pictures.example')[:16]}-0"
    )
    before = names_and_texts(others)
    with pytest.raises(RefusedFile), turn(hosts, "pictures.example", 1):
        pass
    hosts.rename(tmp_path / "before")
    hosts.symlink_to(others)
    with pytest.raises(RefusedFile), turn(hosts, "pictures.example", 1):
        pass
    assert names_and_texts(others) == before


@pytest.mark.parametrize("name", ["", "lock"])
def test_a_ledgers_folder_is_not_followed(tmp_path: Path, others: Path, name: str) -> None:
    folder = tmp_path / "blog" / ".hanpan" / "publish"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).symlink_to(others / name)
    before = names_and_texts(others)
    with (
        pytest.raises(RefusedFile, match="link"),
        open_ledger(tmp_path / "blog" / "crosspost.lock", folder),
    ):
        pass
    assert names_and_texts(others) == before


def test_what_was_last_sent_is_not_read_through_a_link(tmp_path: Path, others: Path) -> None:
    key = ("posts/a.md", "devto", "a")
    store = LastSentStore(tmp_path / "publish")
    store.save(key, LastSent({"title": "글"}))
    (kept,) = (tmp_path / "publish").iterdir()
    (others / "sent.json").write_bytes(kept.read_bytes())
    kept.unlink()
    kept.symlink_to(others / "sent.json")
    assert store.load(key) == LastSent()
    store.save(key, LastSent({"title": "새 글"}))
    assert not kept.is_symlink() and "새 글" not in (others / "sent.json").read_text()


@pytest.fixture(scope="module")
def payload_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a payload with a picture, to be copied."""
    blog = make_blog(tmp_path_factory.mktemp("payload"), posts=0)
    (blog / "assets").mkdir()
    (blog / "assets" / "a.png").write_bytes(PICTURE)
    text = "---\ntitle: 글\n---\n\n![그림](/assets/a.png)\n"
    (blog / "posts" / "2026-03-01-a.md").write_text(text, "utf-8")
    assert hanpan("build", "-e", "crosspost", "--offline", cwd=blog).code == 0
    return blog / "out" / "a" / "crosspost" / "ghost"


@pytest.mark.parametrize(
    "kind", ["a path", "an absolute path", "a link", "a linked folder", "a pipe"]
)
def test_a_payload_sends_its_own_files_alone(
    tmp_path: Path, others: Path, payload_built: Path, kind: str
) -> None:
    folder = Path(shutil.copytree(payload_built, tmp_path / "payload"))
    assert load_payload(folder).pictures[0].data() == PICTURE
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    picture = folder / manifest["images"][0]["local"]
    match kind:
        case "a path":
            manifest["images"][0]["local"] = "../others/x.json"
        case "an absolute path":
            manifest["images"][0]["local"] = str(others / "x.json")
        case "a link":
            picture.unlink()
            picture.symlink_to(others / "x.json")
        case "a linked folder":
            shutil.rmtree(picture.parent)
            (others / picture.name).write_text("theirs")
            picture.parent.symlink_to(others)
        case "a pipe":
            (folder / "request.json").unlink()
            os.mkfifo(folder / "request.json")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(RefusedFile):
        load_payload(folder)


def hostile_listing(out: Path, **of_the_post: object) -> Listing:
    """Return what the preview lists of a build.json with one post."""
    post = {"slug": "a", "source": "a.md", "document": "", "artifacts": {}, "problems": []}
    summary = {"posts": [{**post, **of_the_post}], "books": [], "problems": []}
    out.mkdir(exist_ok=True)
    (out / "build.json").write_text(json.dumps(summary))
    return read_listing(out, Listing())


def test_a_preview_lists_titles_of_its_own_documents_alone(tmp_path: Path, others: Path) -> None:
    make_blog(tmp_path / "blog", posts=1)
    assert hanpan("build", "-e", "html", "--offline", cwd=tmp_path / "blog").code == 0
    documents = tmp_path / "blog" / "out" / ".hanpan" / "documents"
    (document,) = (path for path in documents.iterdir() if '"headings"' in path.read_text("utf-8"))
    shutil.copy(document, others / "secret.json")
    out = tmp_path / "out"
    for name in ("../../../others/secret", str(others / "secret"), "linked"):
        (out / ".hanpan" / "documents").mkdir(parents=True, exist_ok=True)
        with_link = out / ".hanpan" / "documents" / "linked.json"
        with_link.unlink(missing_ok=True)
        with_link.symlink_to(others / "secret.json")
        (post,) = hostile_listing(out, document=name).posts
        assert post.title == "a"
    (out / "build.json").unlink()
    os.mkfifo(out / "build.json")
    assert read_listing(out, Listing()) == Listing()


def test_a_preview_offers_pictures_below_out_alone(tmp_path: Path, others: Path) -> None:
    out = tmp_path / "out"
    (out / "a").mkdir(parents=True)
    (out / "a" / "own.png").write_bytes(PICTURE)
    (out / "linked").symlink_to(others)
    paths = ["a/own.png", "linked/x.json", "../others/x.json", str(others / "x.json")]
    with zipfile.ZipFile(io.BytesIO(zip_files(out, paths))) as archive:
        assert archive.namelist() == ["own.png"]
    for folder in ("../others", str(others), "linked"):
        with pytest.raises(RefusedFile):
            Root.own(out).names(folder)


def test_a_preview_says_which_layout_it_cannot_read(tmp_path: Path, others: Path) -> None:
    blog = make_blog(tmp_path / "blog", posts=1)
    (blog / "layouts" / "preview").mkdir(parents=True)
    (blog / "layouts" / "preview" / "list.html").symlink_to(others / "x.json")
    with previewing(blog, "--edition", "html") as preview:
        answer = preview.get("/")
        assert answer.status == 500
        assert answer.data.startswith(b"layouts/preview/list.html: it is outside the site")
        assert "Traceback" not in preview.log.read_text("utf-8")


def test_fonts_for_pdfs_are_those_of_the_site_whatever_out_remembers(
    tmp_path: Path, others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hanpan.editions.pdf import loaded

    state = tmp_path / ".hanpan"
    monkeypatch.setenv("HANPAN_CACHE", str(state))
    monkeypatch.setattr(loaded, "_fonts", OrderedDict())
    files = Files(load_site(tmp_path), NoNetwork())
    loaded.load_fonts(files)
    (kept,) = state.glob("fonts-*.conf")
    conf = kept.read_text("utf-8")
    kept.write_text("<fontconfig><dir>/</dir></fontconfig>")
    os.mkfifo(state / "fontconfig" / "x.cache-9")
    loaded._fonts.clear()
    loaded.load_fonts(files)
    assert kept.read_text("utf-8") == conf
    assert not (state / "fontconfig" / "x.cache-9").exists()
    shutil.rmtree(state / "fontconfig")
    (state / "fontconfig").symlink_to(others)
    loaded._fonts.clear()
    with pytest.raises(RefusedFile):
        loaded.load_fonts(files)
    loaded._fonts.clear()


def test_a_new_post_is_not_written_out_of_the_site(
    tmp_path: Path, others: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog = make_blog(tmp_path / "blog", posts=0)
    (blog / "posts").rmdir()
    (blog / "posts").symlink_to(others)
    monkeypatch.chdir(blog)
    with pytest.raises(UsageError, match="outside the site"):
        create_post("글", None)
    assert not list(others.glob("*.md"))
    (blog / "content").mkdir()
    (blog / "posts").unlink()
    (blog / "posts").symlink_to("content")
    assert create_post("글", None).is_file()
