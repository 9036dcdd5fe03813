"""pandoc: Markdown in, an HTML body out."""

from hanpan.pandoc.convert import COMMONMARK_READER, HARD_WRAP, READER, stop, to_html, version

__all__ = ["COMMONMARK_READER", "HARD_WRAP", "READER", "stop", "to_html", "version"]
