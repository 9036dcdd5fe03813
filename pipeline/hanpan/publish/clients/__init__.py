"""The clients of platforms' APIs: `[publish] client` of a platform's data file names one.

A module has `connect(http, credentials, options) -> Client`, where `options` is
`[crosspost.PLATFORM]` of site.toml (`folder` as an absolute path). It is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module

from hanpan.publish.client import Client
from hanpan.publish.http import Http
from hanpan.publish.secrets import Credentials
from hanpan.site.crosspost import PlatformSettings

# name -> module
CLIENTS: dict[str, str] = {
    "blogger": "hanpan.publish.clients.blogger",
    "devto": "hanpan.publish.clients.devto",
    "ghost": "hanpan.publish.clients.ghost",
    "hashnode": "hanpan.publish.clients.hashnode",
    "qiita": "hanpan.publish.clients.qiita",
    "wordpress": "hanpan.publish.clients.wordpress",
    "metaweblog": "hanpan.publish.clients.metaweblog",
    "zenn": "hanpan.publish.clients.zenn",
}


def connect(name: str, http: Http, credentials: Credentials, options: PlatformSettings) -> Client:
    """Return the client of that name, or `options.way`. Raises UsageError for a missing setting."""
    client: Client = import_module(CLIENTS[options.way or name]).connect(http, credentials, options)
    return client
