"""The HTML edition: what other rooms import of it."""

from hanpan.editions.html.render import render

__all__ = ["render"]
