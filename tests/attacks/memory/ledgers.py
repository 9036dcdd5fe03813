"""Locks and ledgers as merges, hands and attackers leave them."""

from __future__ import annotations

import json

_DIGEST = "0" * 64
_MARKS = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"
_BLOCK = '["posts/2026-03-01-글.md".{platform}."{target}"]\n'


def ledgers(platform: str, target: str, sound: str) -> dict[str, str]:
    """Return texts in the place of crosspost.lock; `sound` is what hanpan wrote."""
    block = _BLOCK.format(platform=platform, target=target)
    values = ("5", "true", "[]", "{a = 1}", "1979-05-27", "1e999", '""', '"${OTHER_SECRET}"',
              '"../../users/me"', '"7\\r\\nX-Evil: 1"', '"\\u001b[2J"', '"\\n::error::x"',
              f'"{"a" * 100_000}"', '"\\u0000"')  # fmt: skip
    keys = ("id", "url", "slug", "status", "scheduled", "sent", "given", "version", "intent")
    texts = {f"{key}-{n}": f"{block}{key} = {v}\n" for key in keys for n, v in enumerate(values)}
    return texts | {
        "marks": _MARKS.format(sound, sound),
        "half": sound[: len(sound) // 2],
        "twice": sound + sound,
        "unknown-key": f'{block}id = "7"\nevil = "x"\n',
        "images": f"{block}images = 5\n",
        "image": f'{block}images."../../x" = ["1", "${{OTHER_SECRET}}"]\n',
        "image-short": f'{block}images.{_DIGEST} = ["1"]\n',
        "image-script": f'{block}images.{_DIGEST} = ["1", "javascript:alert(1)"]\n',
        "post-outside": block.replace("posts/", "../outside/") + 'id = "7"\n',
        "flat": "a = 1\n",
        "list": "[[a]]\nb = 1\n",
        "brackets": "a = " + "[" * 200_000,
        "dots": "a." * 60_000 + "b = 1\n",
        "bytes": "\x00\x01\udcff",
        "controls": '"\\u001b[2J" = "::error::x"\n# \x1b[2J\n',
        "long": "# " + "a" * 5_000_000,
        "nothing": "",
    }


def picture_locks(url: str) -> dict[str, str]:
    """Return texts in the place of assets.lock, about one address."""
    entries: dict[str, object] = {
        "digest-path": {"sha256": "../../../outside/secret.md", "size": 1, "type": "image/png"},
        "digest-absolute": {"sha256": "/proc/self/environ", "size": 1, "type": "image/png"},
        "digest-short": {"sha256": "", "size": 1, "type": "image/png"},
        "digest-dot": {"sha256": "..", "size": 1, "type": "image/png"},
        "digest-number": {"sha256": 5, "size": 1, "type": "image/png"},
        "size-text": {"sha256": _DIGEST, "size": "1", "type": "image/png"},
        "size-infinite": {"sha256": _DIGEST, "size": 1e999, "type": "image/png"},
        "type-script": {"sha256": _DIGEST, "size": 1, "type": '"><script>alert(1)</script>'},
        "type-list": {"sha256": _DIGEST, "size": 1, "type": ["image/png"]},
        "type-controls": {"sha256": _DIGEST, "size": 1, "type": "\x1b[2J\n::error::x"},
        "list": [],
        "number": 5,
        "nothing": None,
    }
    texts = {name: json.dumps({url: entry}) for name, entry in entries.items()}
    return texts | {
        "surrogate": json.dumps({"\ud800": {"sha256": _DIGEST, "size": 1, "type": "image/png"}}),
        "brackets": "[" * 200_000,
        "objects": '{"a":' * 200_000,
        "digits": f'{{"{url}": {"9" * 5000}}}',
        "marks": _MARKS.format("{\n", "{\n"),
        "empty": "",
        "bytes": "\x00\udcff",
        "controls": '{"\\u001b[2J::error::x": 5}',
    }


NOTES = (  # in the place of what the cache of pictures, and publishing, remember
    b"", b"null", b"[]", b"5", b"{}", b"[" * 100_000, b"\xff",
    b'{"sha256": "../../outside/secret.md"}',
    b'{"sha256": "../../../outside/secret.md", "size": 1, "type": "image/png"}',
    b'{"reason": "\\u001b[2J", "at": 1e999}', b'{"reason": 5, "at": "x"}', b'{"at": NaN}',
    b'{"reason": "\\n::error::x", "at": 99999999999}', b'{"sent": 5, "given": []}',
    b'{"sent": {"body": 5}, "given": {"body": [1]}}', b'{"sent": {"\\ud800": "\\u001b[2J"}}',
)  # fmt: skip
