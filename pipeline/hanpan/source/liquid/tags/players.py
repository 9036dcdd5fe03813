"""Players: videos and other content of a provider, by its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from hanpan.source.liquid.tags.standins import attribute, block, frame, link

PROVIDERS = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
    "dailymotion": "https://www.dailymotion.com/embed/video/{}",
    "google-drive": "https://drive.google.com/file/d/{}/preview",
    "bilibili": "https://player.bilibili.com/player.html?bvid={}",
    "twitch": "https://player.twitch.tv/?video={}",
    "spotify": "https://open.spotify.com/embed/track/{}",
    "soundcloud": "https://w.soundcloud.com/player/?url={}",
    "codepen": "https://codepen.io/pen/embed/{}",
    "jsfiddle": "https://jsfiddle.net/{}/embedded/",
}
_ADDRESS = re.compile(r"https?://|/")


def player(provider: str, named: Mapping[str, str]) -> str:
    """Return what plays the thing that the arguments name; "" where they name nothing."""
    provider = provider.lower()
    title = named.get("title", "")
    address = named.get("src") or named.get("url") or ""
    if provider in ("video", "audio") and address:
        attributes = f' title="{attribute(title)}"' if title else ""
        return block(f'<{provider} src="{attribute(address)}"{attributes}></{provider}>')
    name = named.get("id") or named.get("video_id") or address
    if not name:
        return ""
    if _ADDRESS.match(name):
        return frame(name, title)
    form = PROVIDERS.get(provider)
    return frame(form.format(quote(name, safe="/-_?=&.")), title) if form else ""


def gist(words: list[str]) -> str:
    """Return a gist as the script that GitHub gives for it."""
    name = words[0] if words else ""
    if not re.fullmatch(r"[\w./-]+", name):
        return ""
    file = f"?file={quote(words[1])}" if len(words) > 1 else ""
    return block(f'<script src="https://gist.github.com/{name}.js{file}"></script>')


def tweet(words: list[str], named: Mapping[str, str]) -> str:
    """Return a tweet as a link."""
    user, name = named.get("user", "i"), named.get("id", "")
    for word in words:
        if _ADDRESS.match(word):
            return link(word, "")
        user, name = (word, name) if not word.isdigit() else (user, word)
    return link(f"https://x.com/{user}/status/{name}", "") if name else ""
