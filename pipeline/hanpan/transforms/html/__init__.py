"""Transforms for the page in a browser."""
