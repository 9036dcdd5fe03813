"""One save while the preview runs, until the new text can be read: `make bench ARGS=preview`."""

from __future__ import annotations

import http.client
import io
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pypdf

from benchmarks.measures import line

SLUG = "저장"
LETTERS = 5_000  # of the post that is saved
HTML, PDF = 0.15, 0.6  # seconds
_LONGEST = 60.0  # seconds to wait
_STEP = 0.005
_SENTENCE = "글을 고치고 저장하면 곧바로 새 쪽이 보여야 쓰는 흐름이 끊기지 않는다. "


def previewed_saves(folder: Path, times: int) -> str:
    """Seconds from a save of a post to its HTML and its PDF, as the preview serves them."""
    blog = folder / "blog"
    post = blog / "posts" / f"2026-03-01-{SLUG}.md"
    post.parent.mkdir(parents=True)
    (blog / "site.toml").write_text('title = "저장 시간"\n', "utf-8")
    log = folder / "log"
    _save(post, 0)
    command = [sys.executable, "-m", "hanpan", "preview", "--no-open"]
    with log.open("wb") as told:
        preview = subprocess.Popen(command, cwd=blog, stdout=told, stderr=told)
    try:
        port = _port(log)
        _wait(lambda: _mark(0) in _text_of_pdf(port), log)
        pairs = []
        for number in range(1, times + 2):
            start = time.monotonic()
            _save(post, number)
            seen = []
            for text in (_text_of_page, _text_of_pdf):
                _wait(lambda text=text, number=number: _mark(number) in text(port), log)  # type: ignore[misc]
                seen.append(time.monotonic() - start)
            pairs.append(seen)
            time.sleep(0.5)  # the editions behind the PDF
    finally:
        preview.terminate()
        preview.wait()
    html, pdf = (statistics.median(seen[part] for seen in pairs[1:]) for part in (0, 1))
    rows = (("HTML", html, HTML), ("PDF", pdf, PDF))
    return "\n".join(
        line(f"a save of {LETTERS} letters, {name} of the preview", "aim", one, aim, one / aim, 1.0)
        for name, one, aim in rows
    )


def _save(post: Path, number: int) -> None:
    words = _SENTENCE * (LETTERS // len(_SENTENCE))
    paragraphs = re.sub(r"((?:[^.]*\. ){6})", r"\1\n\n", words)
    text = f"---\ntitle: 저장\n---\n\n## {_mark(number)}\n\n{paragraphs}\n"
    post.write_text(text, "utf-8")


def _mark(number: int) -> str:
    return f"Saved-{number:03}"


def _wait(is_so: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + _LONGEST
    while not is_so():
        if time.monotonic() > end:
            sys.exit(f"the preview shows no change\n{log.read_text('utf-8')[-2000:]}")
        time.sleep(_STEP)


def _port(log: Path) -> int:
    pattern = re.compile(r"http://127\.0\.0\.1:(\d+)/")
    _wait(lambda: bool(pattern.search(log.read_text("utf-8"))), log)
    found = pattern.search(log.read_text("utf-8"))
    assert found
    return int(found[1])


def _text_of_page(port: int) -> str:
    return _get(port, "html").decode("utf-8")


def _text_of_pdf(port: int) -> str:
    data = _get(port, "pdf")
    if not data.startswith(b"%PDF"):
        return ""
    return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def _get(port: int, kind: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    connection.request("GET", quote(f"/out/{SLUG}/{SLUG}.{kind}"))
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return data if answer.status == http.client.OK else b""
