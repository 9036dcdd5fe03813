"""Kinds of embeds: what a frame's address shows, where a person would look at it, and its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another site: its page, its name there, and the frame that shows it or ""."""

    page: str
    name: str
    frame: str = ""


_YOUTUBE = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed|v|shorts)/|youtu\.be/)"
    r"([\w-]{6,})"
)
_YOUTUBE_LIST = re.compile(
    r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?:videoseries)?\?"
)
_VIMEO = re.compile(r"https?://player\.vimeo\.com/video/(\d+)")
_CODEPEN = re.compile(r"https?://codepen\.io/([\w-]+)/embed/(?:preview/)?([\w-]+)")
_SPOTIFY = re.compile(r"https?://open\.spotify\.com/embed/")
_NAVER = re.compile(r"https?://tv\.naver\.com/embed/(\d+)")
_KAKAO = re.compile(r"https?://(?:play-)?tv\.kakao\.com/embed/player/cliplink/(\d+)")
# host, or the end of one -> what people call it
_NAMES = {
    "codesandbox.io": "CodeSandbox",
    "stackblitz.com": "StackBlitz",
    "jsfiddle.net": "JSFiddle",
    "docs.google.com": "Google Docs",
    "drive.google.com": "Google Drive",
    "www.google.com": "Google",
    "www.slideshare.net": "SlideShare",
    "speakerdeck.com": "Speaker Deck",
    "w.soundcloud.com": "SoundCloud",
    "www.instagram.com": "Instagram",
    "www.facebook.com": "Facebook",
    "www.figma.com": "Figma",
    "colab.research.google.com": "Google Colab",
}
_GENERIC = re.compile(r"(?:YouTube video player|vimeo-player|\W*|embed\w*|iframe)\Z", re.IGNORECASE)


def _youtube(match: re.Match[str], url: str) -> Embed:
    start = parse_qs(urlsplit(url).query).get("start", [""])[0]
    at = f"?start={start}" if start.isdigit() else ""
    frame = f"https://www.youtube-nocookie.com/embed/{match[1]}{at}"
    later = f"&t={start}s" if at else ""
    return Embed(f"https://www.youtube.com/watch?v={match[1]}{later}", "YouTube", frame)


def _youtube_list(match: re.Match[str], url: str) -> Embed:
    name = re.sub(r"[^\w-]", "", parse_qs(urlsplit(url).query).get("list", [""])[0])
    frame = f"https://www.youtube-nocookie.com/embed/videoseries?list={name}"
    return Embed(f"https://www.youtube.com/playlist?list={name}", "YouTube", frame if name else "")


def _codepen(match: re.Match[str], url: str) -> Embed:
    frame = f"https://codepen.io/{match[1]}/embed/{match[2]}?default-tab=result"
    return Embed(f"https://codepen.io/{match[1]}/pen/{match[2]}", "CodePen", frame)


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Embed]], ...] = (
    (_YOUTUBE_LIST, _youtube_list),
    (_YOUTUBE, _youtube),
    (_VIMEO, lambda match, url: Embed(f"https://vimeo.com/{match[1]}", "Vimeo", url)),
    (_CODEPEN, _codepen),
    (_SPOTIFY, lambda match, url: Embed(url.replace("/embed/", "/", 1), "Spotify", url)),
    (_NAVER, lambda match, url: Embed(f"https://tv.naver.com/v/{match[1]}", "네이버TV", url)),
    (
        _KAKAO,
        lambda match, url: Embed(f"https://tv.kakao.com/v/{match[1]}", "카카오TV", url),
    ),
)


def embed_of(address: str, site_url: str = "") -> Embed | None:
    """Return what an address shows; None where it leads nowhere.

    `site_url` is the site's own address, for paths below it; frames are shown by https only.
    """
    url = f"https:{address}" if address.startswith("//") else address
    if address.startswith("/") and not address.startswith("//"):
        url = site_url + address if site_url else ""
    if not re.match(r"https?://[^\s/]", url):
        return None
    for pattern, embed in _KINDS:
        match = pattern.match(url)
        if match:
            return embed(match, url)
    try:
        host = urlsplit(url).hostname or url
    except ValueError:
        return None
    return Embed(url, _NAMES.get(host, host), url)


def card_text(name: str, title: str) -> str:
    """Return the words of a card: the name, and the title where it says more than the name."""
    title = " ".join(title.split())
    if not title or _GENERIC.match(title) or title.casefold() == name.casefold():
        return name
    return title if name.casefold() in title.casefold() else f"{name}: {title}"
