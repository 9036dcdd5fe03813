"""The page to paste from, in Chromium: click, read the clipboard, paste, and compare."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from hanpan import tree
from hanpan.tree import Element
from tests.support.blog import add_post
from tests.support.command import ROOT
from tests.support.referees.html_checker import nu
from tests.support.servers.previewing import Previewed, previewing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

pytestmark = pytest.mark.conformance
MODULES = ROOT / "node_modules"
TOUR = "/post/한판-둘러보기"
COMPARED = "/compare/한판-둘러보기?left=html&right=naver"
EDITOR = '<!DOCTYPE html><div id="editor" contenteditable style="min-height: 9em"></div>'
TINYMCE = """<!DOCTYPE html><script src="tinymce.min.js"></script>
<textarea id="editor"></textarea><script>
tinymce.init({selector: "#editor", license_key: "gpl", promotion: false,
  plugins: "table lists link image code",
  setup: (editor) => editor.on("init", () => { window.ready = true; })});
</script>"""
SCHEMES = [("light", 1440, "ko-KR"), ("dark", 390, "en-US")]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    """The posts that come with hanpan, in a blog that tests may write to."""
    blog = tmp_path_factory.mktemp("blog") / "blog"
    blog.mkdir()
    for name in ("posts", "assets", "books"):
        shutil.copytree(ROOT / name, blog / name)
    shutil.copy(ROOT / "site.toml", blog)
    with previewing(blog) as running:
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        locale="ko-KR", permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    yield context
    context.close()


def opened(context: BrowserContext, preview: Previewed, path: str) -> Page:
    """Return a tab with a page of the preview, up to date."""
    tab = context.new_page()
    tab.goto(preview.address + quote(path, safe="/?="))
    tab.locator("#live[data-state=built], #live[data-state=idle]").wait_for()
    return tab


def payload(preview: Previewed, platform: str, name: str) -> str:
    folder = preview.blog / "out" / "한판-둘러보기" / "crosspost" / platform
    return (folder / name).read_text("utf-8")


def platforms(preview: Previewed, body: str) -> list[str]:
    """Return the platforms whose payload has a body file of that name."""
    folder = preview.blog / "out" / "한판-둘러보기" / "crosspost"
    return sorted(place.parent.name for place in folder.glob(f"*/{body}"))


def words_of(html: str) -> list[str]:
    """Return the words that a reader sees, with addresses of pictures and links."""
    root = tree.parse(html)
    for element in root.iter("p", "li", "td", "th", "div", "br", "tr", "h2", "h3", "h4", "pre"):
        element.tail = " " + (element.tail or "")
        element.text = " " + (element.text or "") if element.tag != "br" else None
    return tree.text_of(root).replace("\u00a0", " ").split()


def shape_of(html: str) -> list[tuple[str, str]]:
    """Return the elements in order, with what is read of each and where it leads."""
    kept = ("h2", "h3", "h4", "p", "pre", "table", "tr", "th", "td", "ul", "ol", "li", "blockquote",
            "hr", "img", "a")  # fmt: skip
    return [(str(found.tag), _said(found)) for found in tree.parse(html).iter(*kept)]


def _said(element: Element) -> str:
    text = "".join(tree.text_of(element).split())
    return f"{text} {element.get('src') or ''}{element.get('href') or ''}"


def clipboard(context: BrowserContext) -> dict[str, str]:
    """Paste into a page that keeps what it is given; return it by type."""
    tab = context.new_page()
    tab.set_content(EDITOR)
    tab.evaluate("""addEventListener("paste", ({clipboardData: given}) => {
      window.given = Object.fromEntries(given.types.map((type) => [type, given.getData(type)]));
    })""")
    tab.click("#editor")
    tab.keyboard.press("Control+V")
    tab.wait_for_function("window.given")
    given: dict[str, str] = tab.evaluate("given")
    tab.close()
    return given


def test_rich_text_is_the_payloads_body_to_the_letter(
    context: BrowserContext, preview: Previewed
) -> None:
    names = platforms(preview, "paste.html")
    assert {"naver", "tistory"} <= set(names)
    for platform in names:
        tab = opened(context, preview, f"{TOUR}/{platform}")
        tab.click("#button-rich")
        tab.get_by_text("서식 있는 글 복사: 복사했다.").wait_for()
        plain = tab.locator("#copy-plain").text_content()
        body = payload(preview, platform, "paste.html")
        assert clipboard(context) == {"text/html": body, "text/plain": plain}
        assert plain and words_of(body)[-5:] == plain.split()[-5:]
        tab.close()


@pytest.mark.parametrize(("platform", "way"), [("naver", "event"), ("tistory", "event"),
                                               ("naver", "clipboard")])  # fmt: skip
def test_pasted_into_an_editable_page_it_has_the_same_text_and_structure(
    context: BrowserContext, preview: Previewed, platform: str, way: str
) -> None:
    """`clipboard`: where a browser does not let a copy event be made."""
    tab = opened(context, preview, f"{TOUR}/{platform}")
    if way == "clipboard":
        tab.evaluate("document.execCommand = () => false")
    tab.click("#button-rich")
    tab.get_by_text("서식 있는 글 복사: 복사했다.").wait_for()
    editor = context.new_page()
    editor.set_content(EDITOR)
    editor.click("#editor")
    editor.keyboard.press("Control+V")
    editor.locator("#editor h2").first.wait_for()
    pasted = editor.inner_html("#editor")
    body = payload(preview, platform, "paste.html")
    assert words_of(pasted) == words_of(body)
    assert shape_of(pasted) == shape_of(body)


@pytest.mark.parametrize("platform", ["naver", "tistory", "medium", "substack"])
def test_pasted_into_tinymce_it_has_the_same_text_and_structure(
    context: BrowserContext, preview: Previewed, platform: str
) -> None:
    if not (MODULES / "tinymce/tinymce.min.js").is_file():
        pytest.skip("TinyMCE is not in node_modules (`make conformance`)")
    tab = opened(context, preview, f"{TOUR}/{platform}")
    tab.click("#button-rich")
    tab.get_by_text("서식 있는 글 복사: 복사했다.").wait_for()
    with serving(MODULES / "tinymce", "/editor.html", TINYMCE) as address:
        editor = context.new_page()
        editor.goto(address)
        editor.wait_for_function("window.ready === true")
        frame = editor.frame_locator("iframe").locator("body")
        frame.click()
        editor.keyboard.press("Control+V")
        frame.locator("h2").first.wait_for()
        pasted = editor.evaluate("tinymce.activeEditor.getContent()")
    body = payload(preview, platform, "paste.html")
    assert words_of(pasted) == words_of(body)
    ours, theirs = shape_of(body), shape_of(pasted)
    for tag in ("h2", "h3", "pre", "table", "tr", "img", "a"):
        assert [one for one in theirs if one[0] == tag] == [one for one in ours if one[0] == tag]


class serving:
    """A web server on loopback for a folder, with one page of our own in it."""

    def __init__(self, folder: Path, path: str, page: str) -> None:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path != path:
                    return super().do_GET()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: Any) -> None:
                pass

        handler = partial(Handler, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._path = path

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}{self._path}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_source_title_and_tags_are_copied_to_the_letter(
    context: BrowserContext, preview: Previewed
) -> None:
    tab = opened(context, preview, f"{TOUR}/velog")
    assert tab.locator("#button-rich").count() == 0  # velog takes Markdown
    wanted = {
        "#button-source": payload(preview, "velog", "body.md"),
        "#button-title": "한판 둘러보기: 글 하나로 네 판 찍기",
        "#button-tags": payload(preview, "velog", "tags.txt").rstrip("\n"),
    }
    for button, text in wanted.items():
        tab.click(button)
        tab.locator(f"{button}.done").wait_for()
        assert clipboard(context) == {"text/plain": text}
        tab.bring_to_front()


def test_where_nothing_may_be_copied_the_text_is_selected(
    context: BrowserContext, preview: Previewed
) -> None:
    tab = opened(context, preview, f"{TOUR}/naver")
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tab.evaluate("document.execCommand = () => false")
    tab.click("#button-title")
    tab.get_by_text("브라우저가 복사를 막았다").wait_for()
    assert tab.evaluate("String(getSelection())") == "한판 둘러보기: 글 하나로 네 판 찍기"
    assert tab.locator("#copy-title").is_visible()


def test_preview_html_works_from_disk(context: BrowserContext, preview: Previewed) -> None:
    folder = preview.blog / "out" / "한판-둘러보기" / "crosspost" / "naver"
    address = (folder / "preview.html").as_uri()
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address)
    assert tab.locator(".pictures img").count() >= 3
    tab.locator(".pictures img").last.scroll_into_view_if_needed()
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
    assert all(url.startswith(folder.as_uri()) for url in asked)
    tab.check("#step-2")
    tab.reload()
    assert tab.is_checked("#step-2") and not tab.is_checked("#step-1")
    tab.click("#button-rich")
    tab.get_by_text("서식 있는 글 복사: 복사했다.").wait_for()
    editor = context.new_page()
    editor.set_content(EDITOR)
    editor.click("#editor")
    editor.keyboard.press("Control+V")
    editor.locator("#editor h2").first.wait_for()
    assert shape_of(editor.inner_html("#editor")) == shape_of(
        payload(preview, "naver", "paste.html")
    )


def test_the_keyboard_is_enough(context: BrowserContext, preview: Previewed) -> None:
    """Tab, Enter and Space, and nothing else; what has the focus is seen."""
    tab = opened(context, preview, "/")
    _tab_to(tab, f"a[href='{quote(TOUR)}#to-do']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#to-do")
    _tab_to(tab, f"a[href='{quote(TOUR)}/naver']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/naver")
    tab.locator("#live[data-state=built], #live[data-state=idle]").wait_for()
    _tab_to(tab, "#button-rich")
    tab.keyboard.press("Enter")
    tab.get_by_text("서식 있는 글 복사: 복사했다.").wait_for()
    for step in (1, 2):
        _tab_to(tab, f"#step-{step}")
        tab.keyboard.press("Space")
    tab.get_by_text("5단계 가운데 2단계를 마쳤다.").wait_for()
    tab.reload()
    assert [tab.is_checked(f"#step-{step}") for step in (1, 2, 3)] == [True, True, False]
    _tab_to(tab, ".pictures a")
    with tab.expect_download() as download:
        tab.keyboard.press("Enter")
    assert download.value.suggested_filename.startswith("01-")
    _tab_to(tab, ".pictures .note a")
    with tab.expect_download() as archive:
        tab.keyboard.press("Enter")
    assert archive.value.suggested_filename == "한판-둘러보기.zip"
    _tab_to(tab, "#losses summary")
    tab.keyboard.press("Enter")
    assert tab.locator("#losses").get_attribute("open") is None
    _tab_to(tab, "#source-1 summary")
    tab.keyboard.press("Enter")
    assert tab.locator("#source-1 pre").is_visible()


def _tab_to(tab: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be seen on it."""
    for _ in range(120):
        tab.keyboard.press("Tab")
        if tab.evaluate("(asked) => document.activeElement.matches(asked)", selector):
            seen = """(focused) => [focused, ...focused.children].some((element) =>
                getComputedStyle(element).outlineStyle !== "none")"""
            assert tab.locator(":focus").evaluate(seen), selector
            return
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.parametrize(("scheme", "width", "locale"), SCHEMES)
def test_axe_finds_no_violation_and_the_policy_is_kept(
    chromium: Browser, preview: Previewed, scheme: Any, width: int, locale: str
) -> None:
    script = MODULES / "axe-core/axe.min.js"
    if not script.is_file():
        pytest.skip("axe-core is not in node_modules (`make conformance`)")
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale
    )
    folder = preview.blog / "out" / "한판-둘러보기" / "crosspost"
    paths = ["/", TOUR, COMPARED, "/none"]
    paths += [f"{TOUR}/{name}" for name in ("naver", "velog", "wordpress")]
    said: list[str] = []
    for address in [
        *(preview.address + quote(path, safe="/?=&") for path in paths),
        *((folder / name / "preview.html").as_uri() for name in ("naver", "velog")),
    ]:
        tab = context.new_page()
        tab.on("console", partial(_note, said))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(address)
        tab.wait_for_timeout(200)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
        # a world of its own: the page's policy lets no script in, also not this one
        violations = _axe(tab, script.read_text("utf-8"))
        assert violations == [], address
        tab.close()
    context.close()
    assert [line for line in said if "frame is sandboxed" not in line and "404" not in line] == []


def test_the_nu_html_checker_finds_no_error(preview: Previewed, tmp_path: Path) -> None:
    paths = ["/", TOUR, COMPARED, "/none"]
    paths += [f"{TOUR}/{name}" for name in ("naver", "wordpress", "zenn")]
    pages = [preview.blog / "out/한판-둘러보기/crosspost/velog/preview.html"]
    for number, path in enumerate(paths):
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_bytes(preview.get(quote(path, safe="/?=&")).data)
    assert nu(pages) == ""


def _axe(tab: Page, script: str) -> list[Any]:
    """Return rule and element of axe's violations; frames are the posts', judged elsewhere."""
    tab.evaluate(script)
    run = "axe.run({exclude: ['iframe']}).then((found) => found.violations)"
    return [(found["id"], found["nodes"][0]["html"]) for found in tab.evaluate(run)]


def _note(said: list[str], message: ConsoleMessage) -> None:
    said.append(f"{message.type}: {message.text}")


def test_a_save_is_shown_where_one_was(context: BrowserContext, preview: Previewed) -> None:
    """Text, place and focus after a save; a mistake and its end."""
    name = "2026-05-05-쓰는-글.md"
    front = "---\ntitle: 쓰는 글\n---\n\n"
    text = "\n\n".join(f"{number}번째 문단이다." for number in range(200))
    post = add_post(preview.blog, name, front + text)
    preview.once(lambda: preview.get(quote("/post/쓰는-글/velog")).status == 200)
    tab = opened(context, preview, "/post/쓰는-글/velog")
    look = tab.frame_locator("#frame-look")
    look.get_by_text("199번째 문단이다.", exact=True).wait_for()
    tab.focus("#step-2")
    tab.evaluate("scrollTo(0, 1500)")
    tab.evaluate("window.same = true")  # until it is loaded anew
    post.write_text(front + text.replace("20번째", "스무째"), "utf-8")
    look.get_by_text("스무째 문단이다.", exact=True).wait_for()
    preview.once(lambda: tab.evaluate("[window.same, scrollY]") == [None, 1500])
    assert tab.evaluate("document.activeElement.id") == "step-2"
    post.write_text('---\ntitle: "닫지 않은\n---\n\n글\n', "utf-8")
    other = opened(context, preview, "/post/쓰는-글")
    other.get_by_text(f"posts/{name}:2").wait_for()
    template = preview.blog / "layouts" / "crosspost" / "preview.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", "utf-8")
    tab.locator(".failure").wait_for()
    assert look.get_by_text("글", exact=True).is_visible()  # what was built last
    shutil.rmtree(preview.blog / "layouts")
    tab.locator(".failure").wait_for(state="detached")
    post.unlink()
    # both: Chromium may never close a tab that is just being loaded anew
    for left in (other, tab):
        left.get_by_text("여기에는 아무것도 없다").wait_for()


def test_a_page_whose_frame_is_empty_takes_the_next_save(
    context: BrowserContext, preview: Previewed
) -> None:
    post = add_post(preview.blog, "2026-05-06-빈-틀.md", "---\ntitle: 빈 틀\n---\n\n글\n")
    page = preview.blog / "out" / "빈-틀" / "빈-틀.html"
    preview.once(page.exists)
    preview.once(preview.is_built)
    page.unlink()
    tab = opened(context, preview, "/post/빈-틀")
    post.write_text("---\ntitle: 빈 틀\n---\n\n찬 글\n", "utf-8")
    tab.frame_locator("#frame-html").get_by_text("찬 글", exact=True).wait_for()
    post.unlink()
    tab.get_by_text("여기에는 아무것도 없다").wait_for()


def test_what_a_post_holds_cannot_run(context: BrowserContext, preview: Previewed) -> None:
    """Even if a script came through: neither in a frame, nor in a tab, nor from disk."""
    out = preview.blog / "out"
    victims = (
        out / "eojeol" / "eojeol.html",
        out / "eojeol" / "crosspost" / "velog" / "preview.html",
    )
    evil = (
        "<script>parent.document.title = document.title = 'owned'</script>"
        "<img src=x onerror=\"parent.document.title = document.title = 'owned'\">"
        "<a href=\"javascript:parent.document.title = 'owned'\">x</a></body>"
    )
    for victim in victims:
        text = victim.read_text("utf-8")
        victim.write_text(text.replace("</body>", evil), "utf-8")
    (out / "evil.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "owned"</script></svg>'
    )
    paths = ["/post/eojeol", "/post/eojeol/velog", "/out/eojeol/eojeol.html", "/out/evil.svg",
             "/out/eojeol/crosspost/velog/preview.html"]  # fmt: skip
    for address in (*(preview.address + path for path in paths), victims[1].as_uri()):
        tab = context.new_page()
        tab.goto(address)
        tab.wait_for_timeout(300)
        assert tab.title() != "owned", address
        tab.close()


def test_another_site_sees_nothing(context: BrowserContext, preview: Previewed) -> None:
    """A page of another origin that asks, listens, frames and loads what it can name."""
    page = (Path(__file__).parent / "other_site.html").read_text("utf-8")
    page = page.replace("ADDRESS", preview.address)
    with serving(preview.blog, "/other.html", page) as address:
        tab = context.new_page()
        tab.goto(address.replace("127.0.0.1", "localhost"))
        tab.wait_for_function("window.told")
        told = tab.evaluate("told")
        frames = [frame.evaluate("document.body.innerText") for frame in tab.frames[1:]]
    assert told.pop("post") in ("opaque", "refused")  # it may not read that it was refused
    assert set(told.values()) == {"refused"}
    assert not any("한판" in text for text in frames)


def test_a_platform_is_done_once_its_steps_are_ticked_until_the_post_changes(
    context: BrowserContext, preview: Previewed
) -> None:
    tab = opened(context, preview, f"{TOUR}/naver")
    for box in tab.query_selector_all(".steps input"):
        box.check()
    tab.goto(preview.address + quote(TOUR))
    assert tab.locator("#done li a").all_text_contents() == ["네이버 블로그"]
    assert "네이버 블로그" not in tab.locator("#to-do li a").all_text_contents()
    tab.goto(preview.address)
    desk = tab.locator(".posts li", has_text="한판 둘러보기").locator(".desk")
    assert desk.locator(".done").text_content() == "한 일 1"
    tab.evaluate("""() => {
      const key = "hanpan/한판-둘러보기/naver";
      const kept = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key, JSON.stringify({ ...kept, content: "of an older text" }));
    }""")
    tab.reload()
    assert desk.locator(".done").text_content() == "한 일 0"
    tab.goto(preview.address + quote(TOUR))
    assert tab.locator("#done li").count() == 0
    assert tab.get_by_text("표시한 뒤 글이 바뀌었다").count() == 1


def test_what_is_searched_leaves_the_posts_that_have_it(
    context: BrowserContext, preview: Previewed
) -> None:
    tab = opened(context, preview, "/")
    tab.keyboard.press("/")
    tab.keyboard.type("eojeol.md")
    assert tab.locator(".posts:not(.books) > li:visible").count() == 1
    tab.click(".filter button")
    tab.wait_for_function("document.querySelectorAll('.posts > li[hidden]').length === 0")
