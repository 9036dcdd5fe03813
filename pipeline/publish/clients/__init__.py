"""The clients of platforms' APIs: `[publish] client` of a platform's data file names one.

A module has `connect(http, settings, options) -> Client`, where `options` are the keys of
`[crosspost.PLATFORM]` in site.toml. It is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pipeline.publish.client import Client
from pipeline.publish.http import Http
from pipeline.publish.secrets import Settings

# name -> module
CLIENTS: dict[str, str] = {
    "wordpress": "pipeline.publish.clients.wordpress",
}


def connect(name: str, http: Http, settings: Settings, options: Mapping[str, Any]) -> Client:
    """Return the client of that name. Raises UsageError where a setting is missing."""
    client: Client = import_module(CLIENTS[name]).connect(http, settings, options)
    return client
