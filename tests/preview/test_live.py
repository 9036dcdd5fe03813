"""What the preview does while posts are written: builds, faults, and its end."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanpan.plan.options import Options
from hanpan.preview.builds import Builds
from hanpan.preview.hub import Hub
from hanpan.preview.serving import listen
from hanpan.preview.watch import roots, watch
from hanpan.problems import Problem
from tests.support.blog import POST, add_post, make_blog
from tests.support.command import hanpan
from tests.support.servers.previewing import Previewed, previewing

NAME = "2026-03-01-글-1.md"
with_processes = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system does not list its processes in /proc"
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    with previewing(make_blog(tmp_path_factory.mktemp("blog"), posts=1)) as running:
        yield running


def children_of(process: int) -> list[int]:
    """Return the processes that a process has begun."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found.append(int(place.parent.name))
    return found


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_save_is_seen_on_the_page(preview: Previewed) -> None:
    before = preview.get("/post/%EA%B8%80-1/velog", "HEAD").headers["etag"]
    add_post(preview.blog, NAME, POST.format(title="새 제목") + "\n덧붙인 문단이다.\n")
    preview.once(lambda: "덧붙인 문단이다." in preview.page("/post/글-1/velog"))
    assert preview.get("/post/%EA%B8%80-1/velog", "HEAD").headers["etag"] != before
    preview.once(lambda: "새 제목" in preview.page("/"))


def test_a_new_post_and_a_removed_one_are_seen(preview: Previewed) -> None:
    added = add_post(preview.blog, "2026-06-01-둘째.md", POST.format(title="둘째 글"))
    preview.once(lambda: "둘째 글" in preview.page("/"))
    added.unlink()
    preview.once(lambda: "둘째 글" not in preview.page("/"))
    assert preview.get("/post/%EB%91%98%EC%A7%B8").status == 404


def test_a_folder_that_is_new_is_watched_too(preview: Previewed) -> None:
    own = preview.blog / "layouts" / "crosspost" / "preview.html"
    own.parent.mkdir(parents=True)
    time.sleep(0.3)
    own.write_text('{{ page.title }}: <main class="page">우리 틀</main>', "utf-8")
    folder = preview.blog / "out" / "글-1" / "crosspost" / "velog"
    preview.once(lambda: "우리 틀" in (folder / "preview.html").read_text("utf-8"))
    shutil.rmtree(preview.blog / "layouts")
    preview.once(lambda: "우리 틀" not in (folder / "preview.html").read_text("utf-8"))


def test_a_post_with_a_mistake_is_told_with_its_line(preview: Previewed) -> None:
    add_post(preview.blog, NAME, '---\ntitle: "닫지 않은\n---\n\n글\n')
    preview.once(lambda: f"posts/{NAME}:2" in preview.page("/post/글-1"))
    page = preview.page("/post/글-1", accept_language="ko")
    assert "경고" in page and "큰따옴표로 묶습니다" in page
    assert "살필 점 1개" in preview.page("/", accept_language="ko")
    add_post(preview.blog, NAME, POST.format(title="닫은 글"))
    preview.once(lambda: "problem-box" not in preview.page("/post/글-1"))


def test_what_cannot_be_built_is_told_and_leaves_what_was_good(preview: Previewed) -> None:
    template = preview.blog / "layouts" / "crosspost" / "preview.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", "utf-8")
    preview.once(lambda: 'class="failure"' in preview.page("/post/글-1"))
    assert "layouts/crosspost/preview.html:1" in preview.page("/post/글-1")
    assert "닫은 글" in preview.page("/post/글-1/naver")  # what was built last
    assert 'class="failure"' in preview.page("/post/글-1/naver")
    shutil.rmtree(preview.blog / "layouts")
    preview.once(lambda: 'class="failure"' not in preview.page("/post/글-1"))


def test_what_is_of_no_single_post_is_told_on_the_terminal(preview: Previewed) -> None:
    added = add_post(preview.blog, "2026-06-02-글-1.md", POST.format(title="같은 이름"))
    preview.once(lambda: "[slug-duplicate]" in preview.log.read_text("utf-8"))
    added.unlink()
    preview.once(lambda: "같은 이름" not in preview.page("/"))


def test_settings_with_a_mistake_are_told_on_every_page(preview: Previewed) -> None:
    settings = preview.blog / "site.toml"
    good = settings.read_text("utf-8")
    settings.write_text(good + "\nnonsense = 1\n", "utf-8")
    preview.once(lambda: "nonsense" in preview.page("/"))
    assert "site.toml:" in preview.page("/post/글-1")
    settings.write_text(good, "utf-8")
    preview.once(lambda: "nonsense" not in preview.page("/"))


@with_processes
def test_the_process_that_builds_may_die(preview: Previewed) -> None:
    (builder,) = children_of(preview.process.pid)
    os.kill(builder, signal.SIGKILL)
    preview.once(lambda: not is_running(builder))
    add_post(preview.blog, NAME, POST.format(title="첫 저장"))
    preview.once(lambda: children_of(preview.process.pid) not in ([], [builder]) or
                 "exit code" in preview.page("/"))  # fmt: skip
    add_post(preview.blog, NAME, POST.format(title="다음 저장"))
    preview.once(lambda: "다음 저장" in preview.page("/"))


def test_a_save_during_a_build_leads_to_one_more() -> None:
    """Any number of saves: builds never overlap, and the last save is always built."""

    async def turns() -> None:
        for _ in range(100):  # of whoever can go on
            await asyncio.sleep(0)

    async def scene() -> list[str]:
        events: list[str] = []
        hub = Hub()
        may_end = asyncio.Event()

        async def built() -> None:
            events.append("end")

        builds = Builds(Options(editions=("html",)), hub, built)

        async def ask(options: Options) -> Problem | None:
            events.append("begin")
            await may_end.wait()
            return None

        builds._ask = ask  # type: ignore[method-assign]
        task = asyncio.create_task(builds.run())
        builds.want()
        await turns()
        for _ in range(5):
            builds.want()
        may_end.set()
        await turns()
        task.cancel()
        await asyncio.wait([task])
        return events

    assert asyncio.run(scene()) == ["begin", "end", "begin", "end"]


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with listen(0) as door:
        port = door.getsockname()[1]
        ran = hanpan("preview", "--no-open", "--port", str(port), cwd=make_blog(tmp_path))
    assert ran.code == 2
    assert f"port {port} is in use" in ran.err and "--port" in ran.err


def test_without_a_port_a_free_one_is_taken() -> None:
    with listen(None) as one, listen(None) as other:
        ports = [door.getsockname()[1] for door in (one, other)]
    assert ports[0] < ports[1]


def test_a_source_that_does_not_exist_is_told(tmp_path: Path) -> None:
    ran = hanpan("preview", "--no-open", "none.md", cwd=make_blog(tmp_path))
    assert ran.code == 2 and "none.md does not exist" in ran.err


@with_processes
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_with_pages_open(tmp_path: Path, sign: signal.Signals) -> None:
    with previewing(make_blog(tmp_path / "blog", posts=1), "--edition", "html") as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
        connection.request("GET", "/events")
        stream = connection.getresponse()
        assert stream.readline().startswith(b"data:")
        children = children_of(running.process.pid)
        assert children
        running.process.send_signal(sign)
        assert running.process.wait(60) == 0
        assert "Traceback" not in running.log.read_text("utf-8")
        running.once(lambda: not any(map(is_running, children)))


@with_processes
def test_nothing_is_left_when_it_is_killed(tmp_path: Path) -> None:
    with previewing(make_blog(tmp_path / "blog", posts=1), "--edition", "html") as running:
        children = children_of(running.process.pid)
        running.process.send_signal(signal.SIGKILL)
        running.once(lambda: not any(map(is_running, children)))


def test_no_save_is_missed_while_folders_come_and_go(tmp_path: Path) -> None:
    """A save just when the blog is looked at for a new folder: it is looked at once more."""
    blog = make_blog(tmp_path / "blog", posts=1)
    folder = blog / "layouts"

    async def missed() -> list[int]:
        looks: asyncio.Queue[None] = asyncio.Queue()

        async def looked() -> bool:
            try:
                await asyncio.wait_for(looks.get(), 60)
            except TimeoutError:
                return False
            return True

        watching = asyncio.create_task(
            watch(Options(sources=(blog,)), lambda: looks.put_nowait(None))
        )
        await looked()
        found = []
        for number in range(6):
            if folder.exists():
                folder.rmdir()
            else:
                folder.mkdir()
            seen = await looked()
            add_post(blog, NAME, f"글 {number}")
            if not (seen and await looked()):
                found.append(number)
        watching.cancel()
        await asyncio.wait([watching])
        return found

    assert asyncio.run(missed()) == []


def test_sites_above_the_sources_are_watched(tmp_path: Path) -> None:
    blog = make_blog(tmp_path / "blog")
    other = tmp_path / "notes"
    other.mkdir()
    assert roots(Options(sources=(blog / "posts" / NAME, other))) == (blog, other)
    assert roots(Options(sources=(tmp_path, blog))) == (tmp_path,)


def test_a_save_makes_what_a_build_makes(tmp_path: Path) -> None:
    """What is loaded ahead, from a sample, leaves no trace; pages of the EPUB are the PDF's."""
    blog = make_blog(tmp_path / "blog", posts=1)
    text = POST.format(title="고친 글") + "\n\n".join(["긴 문단이다. " * 60] * 20)
    with previewing(blog, "--edition", "html,pdf,epub") as preview:
        preview.once(lambda: (blog / "out" / "글-1" / "글-1.epub").is_file() and preview.is_built())
        add_post(blog, NAME, text)
        preview.once(lambda: "고친 글" in preview.page("/"))
        preview.once(lambda: preview.is_built() and newest(blog) == "글-1.epub")
    made = {path.name: path.read_bytes() for path in (blog / "out" / "글-1").iterdir()}
    assert hanpan("build", "-e", "html,pdf,epub", "--out", "again", cwd=blog).code == 0
    again = {path.name: path.read_bytes() for path in (blog / "again" / "글-1").iterdir()}
    assert made == again
    assert not [path for path in blog.rglob("*") if "sample" in path.name]


def newest(blog: Path) -> str:
    """Return the name of the edition that was written last."""
    files = (blog / "out" / "글-1").iterdir()
    return max(files, key=lambda path: path.stat().st_mtime_ns).name
