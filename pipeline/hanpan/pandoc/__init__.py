"""pandoc: Markdown in, an HTML body out."""

from hanpan.pandoc.convert import to_html, version

__all__ = ["to_html", "version"]
