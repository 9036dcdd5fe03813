"""Addresses: where a bare one ends in Korean text (`https://a.kr에서`), and their valid form."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'`\\\[\]{}|^（）「」『』《》“”‘’、。，…→]{1,2000}"
)
# Hangul, kana, hanja: letters that go on right behind an address
_LETTERS = re.compile("[가-힣ㄱ-ㅣぁ-ゖァ-ヺー一-鿿々]+")
_HANGUL_DOMAINS = ("한국", "닷컴", "닷넷", "삼성")  # the root zone's, IANA
_GLUE = frozenset("),;:!.*~'")  # an address may hold them, but before such letters they end it
_EMAIL = re.compile(
    r"[^\s@]+@(?:[\w-]+\.)+"
    rf"(?:[A-Za-z]{{2,24}}(?![A-Za-z0-9_-]|\.[A-Za-z0-9])|{'|'.join(_HANGUL_DOMAINS)})"
)
# Korean grammar glues these to a noun; as the whole last part of an address they are none of it
_PARTICLE = re.compile(
    "(?:에서|에게서|에게|에|으로서|으로써|으로|로서|로써|로|부터|까지|처럼|보다|마다|와|과|하고|이랑|랑|"
    "이나|나|을|를|은|는|이|가|의|도|만|뿐|조차|밖에|라는|이라는|라고|이라고|라며|이라며|란|이란|며|이며|"
    "고|이고|등|및)(?:는|도|만|의|은|을|를|이|가|부터|까지)?"
    "|입니다|이다|였다|이었다|예요|이에요|인데|이지만|지만|임"
)
_NEXT = re.compile(r"[·,;](?=https?://)")  # `a.kr·https://b.kr`
_GOES_ON = re.compile(r"[-_/%+?&=#][\w%]|\.[a-z]")
_SAFE = "/:@!$&'()*+,;=~%?"  # RFC 3986: what may stand unescaped, and what escapes already
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_\-]*[a-z0-9_])?)*\.?\Z")
# `[https://a.kr](한글 이름)`, and what is an address after all
_REVERSED = re.compile(
    r"\[(https?://[^\s\[\]<>()]+)\]\(([^()\[\]<>\n]*?[^\x00-\x7f ][^()\[\]<>\n]*)\)"
)
_ADDRESS_LIKE = re.compile(r"(?=\S*[/.#])\S++\Z|https?:|\S++\s++[\"']")
_TRAILING = ".,;:!?*_~'\"…·("


def end_of_address(url: str) -> str:
    """Return the part of a bare address that is one: no particle, no closing mark.

    Hangul right after a letter, a digit or a mark such as `,` is not part of it, unless the path
    goes on (`/2021년-봄`); after `/`, `?`, `=`, `#`, `_` or `(` it is (`/wiki/한글`), unless it is
    nothing but a particle (`/TR/klreq/에서`). So are kana and hanja.
    """
    url = url.partition("**")[0]  # `https://**a.kr**:443` points at a part of an address
    url = _NEXT.split(url, 1)[0]
    start = url.find("://") + 3 if "://" in url[:8] else 0
    host_end = url.find("/", start) if "/" in url[start:] else len(url)
    for run in _LETTERS.finditer(url, start):
        before = url[run.start() - 1]
        in_host = run.start() < host_end
        is_glued = before in _GLUE or (before.isascii() and before.isalnum())
        if in_host and before == ".":  # `https://한글.한국`, and `https://a.kr.그리고`
            is_glued = url[start : run.start()].isascii() and not run[0].startswith(_HANGUL_DOMAINS)
        if _ends_before(url, run.start()):
            is_glued = True
        elif not in_host and before not in _GLUE and _GOES_ON.match(url, run.end()):
            continue
        if is_glued or (not in_host and _PARTICLE.fullmatch(run[0])):
            url = url[: run.start()]
            break
    while True:
        cut = url.rstrip(_TRAILING)
        if cut.endswith(")") and cut.count(")") > cut.count("("):
            cut = cut[:-1]
        if cut == url:
            return url
        url = cut


def _ends_before(url: str, at: int) -> bool:
    """Tell whether `?` or `(` in front of Hangul is no part of an address.

    That is a question, `/a?그래`, and a remark, `/repo(저장소)`, unlike `/wiki/한글_(문자)`.
    """
    if url[at - 1] == "?":
        return "=" not in url
    return url[at - 1] == "(" and url[at - 2].isascii() and url[at - 2].isalnum()


def end_of_email(address: str) -> int:
    """Return the length of the part of `a@b.com입니다` that is an address of mail, 0 for none."""
    match = _EMAIL.match(address)
    return match.end() if match else 0


def valid_address(url: str) -> str:
    """Return `url` with everything escaped that RFC 3986 wants escaped; "" where it is no address.

    Only schemes that a reader can open count: EPUBCheck knows them too.
    """
    url = re.sub(r"[\x00-\x1f]+", "", unicodedata.normalize("NFC", url.strip()))
    scheme, colon, rest = url.replace("\\", "/").partition(":")
    scheme = scheme.lower()
    if scheme in ("mailto", "tel", "sms") and colon and not rest.startswith("/"):
        return f"{scheme}:{_percent_encode(rest)}" if rest else ""
    if scheme not in ("http", "https", "ftp"):
        return ""
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    if not _HOST.match(host) or port == 0:
        return ""
    user, at, _ = parts.netloc.rpartition("@")
    place = f"{_percent_encode(user)}{at}{host}{f':{port}' if port else ''}"
    query = f"?{_percent_encode(parts.query)}" if parts.query else ""
    fragment = f"#{_percent_encode(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{place}{_percent_encode(parts.path)}{query}{fragment}"


def _percent_encode(text: str) -> str:
    """Percent-encode, also each `%` that escapes nothing."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_SAFE)


def reversed_link(text: str, at: int) -> re.Match[str] | None:
    """Return the link at `at` whose text and address are swapped."""
    match = _REVERSED.match(text, at)
    return None if not match or _ADDRESS_LIKE.match(match[2]) else match
