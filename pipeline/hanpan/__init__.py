"""hanpan: one Markdown post, every edition."""

__version__ = "0.1.0"
