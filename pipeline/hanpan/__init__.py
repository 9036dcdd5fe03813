"""hanpan: one Markdown post, every edition."""

try:
    from hanpan._version import __version__
except ImportError:  # a copy of the code that was neither built nor set up
    __version__ = "0.0.0"

__all__ = ["__version__"]
