"""pandoc: Markdown in, an HTML body out."""

from hanpan.pandoc.convert import COMMONMARK_READER, READER, stop, to_html, version

__all__ = ["COMMONMARK_READER", "READER", "stop", "to_html", "version"]
