"""The clients of platforms' APIs: `[publish] client` of a platform's data file names one.

A module has `connect(http, settings, options) -> Client`, where `options` is `[crosspost.PLATFORM]`
of site.toml (`folder` as an absolute path). It is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module

from pipeline.publish.client import Client
from pipeline.publish.http import Http
from pipeline.publish.secrets import Settings
from pipeline.site.crosspost import PlatformSettings

# name -> module
CLIENTS: dict[str, str] = {
    "blogger": "pipeline.publish.clients.blogger",
    "devto": "pipeline.publish.clients.devto",
    "ghost": "pipeline.publish.clients.ghost",
    "hashnode": "pipeline.publish.clients.hashnode",
    "qiita": "pipeline.publish.clients.qiita",
    "wordpress": "pipeline.publish.clients.wordpress",
    "metaweblog": "pipeline.publish.clients.metaweblog",
    "zenn": "pipeline.publish.clients.zenn",
}


def connect(name: str, http: Http, settings: Settings, options: PlatformSettings) -> Client:
    """Return the client of that name, or `options.way`. Raises UsageError for a missing setting."""
    client: Client = import_module(CLIENTS[options.way or name]).connect(http, settings, options)
    return client
