"""pandoc: Markdown in, an HTML body out."""

from hanpan.pandoc.convert import stop, to_html, version

__all__ = ["stop", "to_html", "version"]
