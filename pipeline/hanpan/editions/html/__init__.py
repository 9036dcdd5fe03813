"""The HTML edition."""
